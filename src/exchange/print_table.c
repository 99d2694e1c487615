/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include <tend/text.h>

#include "clean.h"
#include "columns.h"
#include "grid.h"

enum { GAP = 2, FLEX_MIN = 12 };

struct table {
	const struct tend_list *list;
	const struct columns *columns;
	struct tend_str *scratch;
};

static void head(const void *ctx, size_t column, struct tend_str *out)
{
	const struct table *t = ctx;
	clean_line(out, column_title(&t->columns->items[column]));
}

static void cell(const void *ctx, size_t row, size_t column, struct tend_str *out)
{
	const struct table *t = ctx;
	const struct column *c = &t->columns->items[column];
	struct tend_value v = column_value(c, t->list->type, tend_list_at(t->list, row));
	if (!column_is_text(c)) {
		column_people(t->list->type, c, v, out);
		return;
	}
	tend_str_clear(t->scratch);
	column_people(t->list->type, c, v, t->scratch);
	clean_line(out, tend_str_text(t->scratch));
}

static bool right(const void *ctx, size_t column)
{
	const struct table *t = ctx;
	return column_is_number(&t->columns->items[column]);
}

static int most(const void *ctx, size_t column)
{
	const struct tend_field *f = ((const struct table *)ctx)->columns->items[column].field;
	return f != NULL && f->type == TEND_DATE ? TEND_DATE_LEN - 1 : 0;
}

/* The one column that gives way when the terminal is too narrow; the number of columns where none. */
static size_t flexible(const struct columns *columns)
{
	static const char *const names[] = {
		"name", "title", "text", "summary", "reason", "command"};
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		for (size_t c = 0; c < columns->n; c++) {
			if (strcmp(columns->items[c].name, names[i]) == 0) {
				return c;
			}
		}
	}
	return columns->n;
}

static void fit(int *widths, const struct columns *columns, int width)
{
	int total = -GAP;
	for (size_t c = 0; c < columns->n; c++) {
		total += widths[c] + GAP;
	}
	size_t flex = flexible(columns);
	if (width <= 0 || total <= width || flex == columns->n) {
		return;
	}
	int left = widths[flex] - (total - width);
	int least = widths[flex] < FLEX_MIN ? widths[flex] : FLEX_MIN;
	widths[flex] = left > least ? left : least;
}

static void end_line(struct tend_str *out, size_t from)
{
	while (out->len > from && out->data[out->len - 1] == ' ') {
		out->data[--out->len] = '\0';
	}
	tend_str_addc(out, '\n');
}

static void add_padded(struct tend_str *out, const struct tend_str *text, int width, bool to_right)
{
	tend_pad(out, tend_str_text(text), width, to_right ? TEND_RIGHT : TEND_LEFT);
}

void print_table_list(const struct tend_list *list, const struct columns *columns, int width,
	struct tend_str *out)
{
	struct tend_str scratch = {0}, text = {0};
	struct table table = {list, columns, &scratch};
	struct grid grid = {&table, list->n, columns->n, head, cell, right, most};
	if (list->n == 0) {
		return;
	}
	int *widths = grid_measure(&grid);
	fit(widths, columns, width);
	size_t from = out->len;
	for (size_t c = 0; c < columns->n; c++) {
		tend_str_clear(&text);
		head(&table, c, &text);
		tend_str_add(out, c > 0 ? "  " : "");
		add_padded(out, &text, widths[c], right(&table, c));
	}
	end_line(out, from);
	for (size_t r = 0; r < list->n; r++) {
		from = out->len;
		for (size_t c = 0; c < columns->n; c++) {
			tend_str_clear(&text);
			cell(&table, r, c, &text);
			tend_str_add(out, c > 0 ? "  " : "");
			add_padded(out, &text, widths[c], right(&table, c));
		}
		end_line(out, from);
	}
	free(widths);
	tend_str_finish(&text);
	tend_str_finish(&scratch);
}

/* One value, each of its lines wrapped and set under the first. */
static void add_block(struct tend_str *out, const char *value, int indent, int width)
{
	struct tend_str lines = {0}, wrapped = {0};
	clean_lines(&lines, value, strlen(value));
	const char *p = tend_str_text(&lines);
	bool first = true;
	do {
		size_t n = strcspn(p, "\n");
		char *line = tend_strndup(p, n > 0 && p[n - 1] == '\r' ? n - 1 : n);
		tend_str_clear(&wrapped);
		if (width - indent >= FLEX_MIN && *line != '\0') {
			tend_wrap(&wrapped, line, width - indent);
		} else {
			tend_str_add(&wrapped, line);
			tend_str_addc(&wrapped, '\n');
		}
		for (const char *w = tend_str_text(&wrapped); *w != '\0'; first = false) {
			size_t len = strcspn(w, "\n");
			size_t from = out->len;
			for (int i = 0; !first && i < indent; i++) {
				tend_str_addc(out, ' ');
			}
			tend_str_addn(out, w, len);
			end_line(out, first ? 0 : from);
			w += len + (w[len] == '\n');
		}
		free(line);
		p += n + (p[n] == '\n');
	} while (*p != '\0');
	tend_str_finish(&lines);
	tend_str_finish(&wrapped);
}

void print_table_record(const struct tend_record_type *t, const void *record,
	const struct columns *columns, int width, struct tend_str *out)
{
	struct tend_str title = {0}, value = {0};
	int indent = 0;
	for (size_t c = 0; c < columns->n; c++) {
		tend_str_clear(&title);
		clean_line(&title, column_title(&columns->items[c]));
		int w = tend_columns(tend_str_text(&title)) + GAP;
		indent = w > indent ? w : indent;
	}
	for (size_t c = 0; c < columns->n; c++) {
		tend_str_clear(&title);
		tend_str_clear(&value);
		clean_line(&title, column_title(&columns->items[c]));
		column_people(
			t, &columns->items[c], column_value(&columns->items[c], t, record), &value);
		add_padded(out, &title, indent, false);
		add_block(out, tend_str_text(&value), indent, width);
	}
	tend_str_finish(&title);
	tend_str_finish(&value);
}
