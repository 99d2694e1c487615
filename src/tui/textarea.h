/* SPDX-License-Identifier: MIT */
/* A text of several lines in an area of the screen: where its lines break, and where the caret stands. */
#ifndef TUI_TEXTAREA_H
#define TUI_TEXTAREA_H

#include "editor.h"

/* What stands on a row: bytes of the text, without the line's end. */
struct text_row {
	size_t from, to;
};
struct text_rows {
	struct text_row *items;
	size_t n, cap;
};
/* At least one row. Lines break behind blanks, and between wide characters. */
void text_rows_make(const char *text, int columns, struct text_rows *ret);
void text_rows_finish(struct text_rows *rows);
/* The row that the caret is on: where a line was broken, the second one. */
size_t text_row_of(const struct text_rows *rows, size_t caret);
/* How many rows the text takes. */
int textarea_height(const struct editor *e, int columns);
/* The caret goes a row up (-1) or down (1), as near to its column as there is text; false: there is none. */
bool textarea_move(struct editor *e, int columns, int step);
/* Draws the rows around the caret, or the first ones where it is not focused. */
void textarea_draw(struct editor *e, struct canvas *c, struct area a, bool focused);

#endif
