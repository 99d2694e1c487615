/* SPDX-License-Identifier: MIT */
/*
 * A grid of cells between the views and the terminal. Views put text with a role on it; whatever they
 * put is made printable here, so that no text from outside can act on the terminal.
 */
#ifndef TUI_CANVAS_H
#define TUI_CANVAS_H

#include <stdint.h>
#include <tend/str.h>
#include <tend/text.h>

#include "role.h"

#define CELL_BYTES 29

struct cell {
	char text[CELL_BYTES]; /* one grapheme cluster, not NUL-ended */
	uint8_t len;
	uint8_t width; /* 1 or 2 columns; 0: the right half of the cell before */
	uint8_t role; /* enum role */
};

struct area {
	int x, y, w, h;
};

struct canvas {
	int columns, rows;
	struct cell *cells;
	int cursor_x, cursor_y; /* of the caret; -1: hidden */
	struct tend_str scratch, clipped;
	bool ascii; /* the terminal's codeset is not UTF-8 */
};

/* A canvas of zeroes is ready to be resized. All cells become blanks. */
void canvas_resize(struct canvas *c, int columns, int rows);
void canvas_finish(struct canvas *c);
void canvas_clear(struct canvas *c);
const struct cell *canvas_at(const struct canvas *c, int x, int y);

/* Draws `text` in at most `columns` columns from x, cut with '~' where it is longer; returns the columns
 * used. What lies outside the canvas is dropped. */
int canvas_text(struct canvas *c, int x, int y, int columns, enum role role, const char *text);
/* The same in exactly `columns` columns, padded with blanks. */
void canvas_field(struct canvas *c, int x, int y, int columns, enum tend_align align,
	enum role role, const char *text);
/* Repeats a one-column grapheme. */
void canvas_line(struct canvas *c, int x, int y, int columns, enum role role, const char *glyph);
void canvas_blank(struct canvas *c, struct area a, enum role role);
/* Gives cells another role and keeps their text. */
void canvas_restyle(struct canvas *c, int x, int y, int columns, enum role role);
void canvas_cursor(struct canvas *c, int x, int y);

/* The text of the grid: a line a row, without trailing blanks, and without trailing empty rows. */
void canvas_dump(const struct canvas *c, struct tend_str *out);
/* The roles of a row as letters, for tests: the first letter of each role's name. */
void canvas_dump_roles(const struct canvas *c, int y, struct tend_str *out);

#endif
