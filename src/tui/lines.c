/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <tend/mem.h>

#include "draw.h"

static char *format(const char *fmt, va_list args)
{
	va_list again;
	va_copy(again, args);
	int n = vsnprintf(NULL, 0, fmt, args);
	char *text = tend_alloc((size_t)(n > 0 ? n : 0) + 1);
	(void)vsnprintf(text, (size_t)(n > 0 ? n : 0) + 1, fmt, again);
	va_end(again);
	return text;
}

void lines_add(struct lines *l, enum role role, const char *fmt, ...)
{
	va_list args;
	va_start(args, fmt);
	*TEND_PUSH(l) = (struct line){NULL, format(fmt, args), role, false};
	va_end(args);
}

void lines_label(struct lines *l, const char *label, enum role role, const char *fmt, ...)
{
	va_list args;
	va_start(args, fmt);
	*TEND_PUSH(l) = (struct line){tend_strdup(label), format(fmt, args), role, false};
	va_end(args);
	int w = tend_columns(label);
	l->label = w > l->label ? w : l->label;
}

void lines_value(struct lines *l, const char *label, const char *text)
{
	if (text != NULL && text[0] != '\0') {
		lines_label(l, label, ROLE_TEXT, "%s", text);
	}
}

void lines_wrap(struct lines *l, enum role role, int columns, const char *text)
{
	struct tend_str printable = {0}, wrapped = {0};
	/* Line breaks of the text itself are kept. */
	while (*text != '\0') {
		size_t n = strcspn(text, "\n");
		tend_str_clear(&printable);
		tend_str_clear(&wrapped);
		tend_printable(&printable, text, n);
		tend_wrap(&wrapped, tend_str_text(&printable), columns > 4 ? columns : 4);
		for (const char *at = tend_str_text(&wrapped); *at != '\0';) {
			size_t len = strcspn(at, "\n");
			lines_add(l, role, "%.*s", (int)len, at);
			at += at[len] == '\n' ? len + 1 : len;
		}
		text += text[n] == '\n' ? n + 1 : n;
	}
	tend_str_finish(&printable);
	tend_str_finish(&wrapped);
}

void lines_finish(struct lines *l)
{
	for (size_t i = 0; i < l->n; i++) {
		free(l->items[i].label);
		free(l->items[i].text);
	}
	free(l->items);
	*l = (struct lines){0};
}

static void draw_line(struct canvas *c, const struct lines *l, size_t i, struct area a)
{
	const struct line *line = &l->items[i];
	int label = l->label > a.w / 2 ? a.w / 2 : l->label;
	int x = a.x;
	if (line->label != NULL) {
		canvas_text(c, x, a.y, label, ROLE_DIM, line->label);
		x += label + 2;
	}
	canvas_text(c, x, a.y, a.x + a.w - x, line->role, line->text);
}

/* Lines from `at` on that stand together in two columns; 1 where the line has a row of its own. */
static size_t block_at(const struct lines *l, size_t at)
{
	size_t n = 0;
	while (at + n < l->n && (l->two || l->items[at + n].pair)) {
		n++;
	}
	return n > 0 ? n : 1;
}

static size_t block_rows(const struct lines *l, size_t at, size_t n)
{
	return l->two || l->items[at].pair ? (n + 1) / 2 : 1;
}

size_t lines_rows(const struct lines *l)
{
	size_t rows = 0;
	for (size_t at = 0, n; at < l->n; at += n) {
		n = block_at(l, at);
		rows += block_rows(l, at, n);
	}
	return rows;
}

void draw_lines(struct canvas *c, const struct lines *l, size_t top, struct area a)
{
	size_t row = 0;
	for (size_t at = 0, n; at < l->n; at += n) {
		n = block_at(l, at);
		bool two = l->two || l->items[at].pair;
		size_t rows = block_rows(l, at, n);
		int w = two ? a.w / 2 - 1 : a.w;
		for (size_t i = 0; i < rows; i++, row++) {
			if (row < top || (int)(row - top) >= a.h) {
				continue;
			}
			struct area cell = {a.x, a.y + (int)(row - top), w, 1};
			draw_line(c, l, at + i, cell);
			if (two && rows + i < n) {
				cell.x += w + 2;
				draw_line(c, l, at + rows + i, cell);
			}
		}
	}
}

void draw_hints(struct canvas *c, int y, int columns, const char *hints)
{
	int x = 1;
	while (*hints != '\0') {
		const char *end = strstr(hints, "  ");
		size_t len = end != NULL ? (size_t)(end - hints) : strlen(hints);
		size_t key = strcspn(hints, " ");
		key = key < len ? key : len;
		char *first = tend_strndup(hints, key),
		     *rest = tend_strndup(hints + key, len - key);
		if (x + tend_columns(first) + tend_columns(rest) > columns - 1) {
			free(first);
			free(rest);
			return;
		}
		x += canvas_text(c, x, y, columns - x, ROLE_KEY, first);
		x += canvas_text(c, x, y, columns - x, ROLE_HINT, rest) + 2;
		free(first);
		free(rest);
		hints += len;
		hints += strspn(hints, " ");
	}
}
