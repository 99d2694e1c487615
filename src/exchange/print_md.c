/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "columns.h"
#include "grid.h"

struct table {
	const struct tend_list *list;
	const struct columns *columns;
	struct tend_str *scratch;
};

static void add_value(struct tend_str *out, const struct column *c,
	const struct tend_record_type *t, const void *record, struct tend_str *scratch)
{
	tend_str_clear(scratch);
	column_people(t, c, column_value(c, t, record), scratch);
	if (strcmp(tend_str_text(scratch), COLUMN_UNKNOWN) == 0) {
		tend_str_add(out, "–"); /* "--" would have to be escaped */
	} else {
		tend_md_text(out, tend_str_text(scratch));
	}
}

static void head(const void *ctx, size_t column, struct tend_str *out)
{
	const struct table *t = ctx;
	tend_md_text(out, column_title(&t->columns->items[column]));
}

static void cell(const void *ctx, size_t row, size_t column, struct tend_str *out)
{
	const struct table *t = ctx;
	const struct column *c = &t->columns->items[column];
	add_value(out, c, t->list->type, tend_list_at(t->list, row), t->scratch);
}

static bool right(const void *ctx, size_t column)
{
	const struct table *t = ctx;
	return column_is_number(&t->columns->items[column]);
}

void print_md_list(
	const struct tend_list *list, const struct columns *columns, struct tend_str *out)
{
	struct tend_str scratch = {0};
	struct table table = {list, columns, &scratch};
	grid_markdown(&(struct grid){&table, list->n, columns->n, head, cell, right}, out);
	tend_str_finish(&scratch);
}

void print_md_record(const struct tend_record_type *t, const void *record,
	const struct columns *columns, struct tend_str *out)
{
	struct tend_str scratch = {0};
	tend_str_addf(out, "| %s | %s |\n| --- | --- |\n", _("Field"), _("Value"));
	for (size_t c = 0; c < columns->n; c++) {
		tend_str_add(out, "| ");
		tend_md_text(out, column_title(&columns->items[c]));
		tend_str_add(out, " | ");
		add_value(out, &columns->items[c], t, record, &scratch);
		tend_str_add(out, " |\n");
	}
	tend_str_finish(&scratch);
}
