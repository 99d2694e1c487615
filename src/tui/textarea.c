/* SPDX-License-Identifier: MIT */
#include "textarea.h"

#include <stdlib.h>
#include <string.h>

#include <tend/mem.h>

/* Where the row that starts at `from` ends, and where the next one starts. */
static struct text_row row_at(
	const char *text, size_t from, size_t end, int columns, size_t *ret_next)
{
	size_t at = from, fits = from;
	int used = 0;
	while (at < end) {
		int w;
		size_t n = tend_grapheme(text + at, end - at, &w);
		/* A blank may hang over the edge: the caret stands there. */
		bool hangs = text[at] == ' ' && used == columns;
		if (used + w > columns && !hangs && at > from) {
			break;
		}
		used += w;
		at += n;
		if (text[at - 1] == ' ' || w == 2) {
			fits = at;
		}
	}
	if (at < end && fits > from) {
		at = fits;
	}
	*ret_next = at;
	return (struct text_row){from, at};
}

void text_rows_make(const char *text, int columns, struct text_rows *ret)
{
	size_t at = 0;
	int room = columns > 1 ? columns - 1 : 1; /* the caret stands behind the last character */
	*ret = (struct text_rows){0};
	for (;;) {
		size_t end = at + strcspn(text + at, "\n");
		do {
			*TEND_PUSH(ret) = row_at(text, at, end, room, &at);
		} while (at < end);
		if (text[end] == '\0') {
			return;
		}
		at = end + 1;
	}
}

void text_rows_finish(struct text_rows *rows)
{
	free(rows->items);
	*rows = (struct text_rows){0};
}

size_t text_row_of(const struct text_rows *rows, size_t caret)
{
	size_t row = 0;
	while (row + 1 < rows->n && rows->items[row + 1].from <= caret) {
		row++;
	}
	return row;
}

int textarea_height(const struct editor *e, int columns)
{
	struct text_rows rows;
	text_rows_make(editor_text(e), columns, &rows);
	int n = (int)rows.n;
	text_rows_finish(&rows);
	return n;
}

static int columns_of(const char *text, size_t from, size_t to)
{
	int columns = 0;
	while (from < to) {
		int w;
		from += tend_grapheme(text + from, to - from, &w);
		columns += w;
	}
	return columns;
}

bool textarea_move(struct editor *e, int columns, int step)
{
	struct text_rows rows;
	const char *text = editor_text(e);
	text_rows_make(text, columns, &rows);
	size_t row = text_row_of(&rows, e->caret);
	bool there = step < 0 ? row > 0 : row + 1 < rows.n;
	if (there) {
		int want = columns_of(text, rows.items[row].from, e->caret), used = 0;
		struct text_row to = rows.items[step < 0 ? row - 1 : row + 1];
		/* The end of a row that goes on belongs to the next one. */
		bool goes_on = text[to.to] != '\n' && text[to.to] != '\0';
		size_t at = to.from;
		while (at < to.to) {
			int w;
			size_t n = tend_grapheme(text + at, to.to - at, &w);
			if (used + w > want || (goes_on && at + n == to.to)) {
				break;
			}
			used += w;
			at += n;
		}
		e->caret = at;
	}
	text_rows_finish(&rows);
	return there;
}

static void scroll_to(struct editor *e, const struct text_rows *rows, size_t row, int height)
{
	size_t h = (size_t)height;
	e->scroll = row < e->scroll ? row : e->scroll;
	e->scroll = row >= e->scroll + h ? row - h + 1 : e->scroll;
	/* No empty rows below where there is text above. */
	size_t most = rows->n > h ? rows->n - h : 0;
	e->scroll = e->scroll > most ? most : e->scroll;
}

void textarea_draw(struct editor *e, struct canvas *c, struct area a, bool focused)
{
	struct text_rows rows;
	const char *text = editor_text(e);
	if (a.w < 2 || a.h < 1) {
		return;
	}
	text_rows_make(text, a.w, &rows);
	size_t row = text_row_of(&rows, e->caret);
	if (focused) {
		scroll_to(e, &rows, row, a.h);
	} else {
		e->scroll = 0;
	}
	canvas_blank(c, a, ROLE_INPUT);
	for (int y = 0; y < a.h && e->scroll + (size_t)y < rows.n; y++) {
		struct text_row r = rows.items[e->scroll + (size_t)y];
		char *line = tend_strndup(text + r.from, r.to - r.from);
		canvas_text(c, a.x, a.y + y, a.w, ROLE_INPUT, line);
		free(line);
	}
	bool more = e->scroll + (size_t)a.h < rows.n;
	if (more && !focused) {
		canvas_text(c, a.x + a.w - 1, a.y + a.h - 1, 1, ROLE_DIM, "~");
	}
	if (focused) {
		/* Behind a blank that hangs over the edge it stands at the edge. */
		int x = columns_of(text, rows.items[row].from, e->caret);
		canvas_cursor(c, a.x + (x < a.w ? x : a.w - 1), a.y + (int)(row - e->scroll));
	}
	text_rows_finish(&rows);
}
