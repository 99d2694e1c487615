/* SPDX-License-Identifier: MIT */
/* The seam to the terminal: one that curses drives, and one that only keeps the last frame. */
#ifndef TUI_TERM_H
#define TUI_TERM_H

#include <tend/error.h>

#include "canvas.h"
#include "style.h"

struct term;

struct term_ops {
	/* What the terminal has now. */
	void (*size)(struct term *t, int *ret_columns, int *ret_rows);
	int (*colors)(struct term *t); /* 0, 8, 16, 256 or COLORS_TRUE */
	void (*set_styles)(struct term *t, const struct styles *s);
	/* Brings the frame on the screen; sends only what differs from the one before. */
	void (*present)(struct term *t, const struct canvas *c);
	/* Forgets what the screen holds: the next frame is sent whole. */
	void (*forget)(struct term *t);
	/* Gives the terminal back as it was; takes it again. */
	void (*suspend)(struct term *t);
	void (*resume)(struct term *t);
	void (*bell)(struct term *t);
	void (*close)(struct term *t);
};

struct term {
	const struct term_ops *ops;
	int input; /* where keys are read; -1: none */
};

struct term_options {
	bool no_color;
	const char *type; /* $TERM */
	int input, output;
};
/* TEND_FAILED with a message that names TERM where it cannot place a cursor. */
enum tend_status term_curses_open(
	const struct term_options *o, struct term **ret, struct tend_error *err);
/* What a terminal of that type can do: sends it nothing. *ret_colors as of term_ops. */
void term_curses_look(const char *type, bool *ret_known, bool *ret_cursor, int *ret_colors);
const char *term_curses_library(void);
/* A terminal of that size without a device. */
struct term *term_null_open(int columns, int rows);

#endif
