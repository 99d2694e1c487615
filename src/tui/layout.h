/* SPDX-License-Identifier: MIT */
/* Where the panes stand: one pure function of the window's size, the focus and the zoom. */
#ifndef TUI_LAYOUT_H
#define TUI_LAYOUT_H

#include <stdbool.h>

#include "canvas.h"

#define PANES_MAX 4
#define MIN_COLUMNS 30
#define MIN_ROWS 6
#define STACK_COLUMNS 60 /* under it, and under STACK_ROWS, one pane at a time */
#define STACK_ROWS 16
#define SIDE_COLUMNS 110 /* from here on the panes stand side by side */

struct layout_shape {
	int npanes;
	/* Shares of the rows. A pane of share 0 in the stack is there only while it has the focus, in the
	 * place of the last one. */
	int stack[PANES_MAX];
	int side[PANES_MAX]; /* of the right column; the first pane is the left one */
	int ribbon; /* rows between the title and the panes */
	int left; /* share of the columns of the left pane, in hundredths; 0: the usual */
};

struct layout {
	bool too_small; /* one line says what is needed */
	struct area title, ribbon, status, hint;
	/* Each with its rule as the first row; h is 0 where the pane is not shown. */
	struct area panes[PANES_MAX];
	int divider; /* the column of the vertical line; -1 */
};

struct layout layout_plan(
	const struct layout_shape *s, int columns, int rows, int focus, bool zoom);

#endif
