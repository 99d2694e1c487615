/* SPDX-License-Identifier: MIT */
/* A list with columns: which rows of a list are shown, the cursor, marks, groups and scrolling. */
#ifndef TUI_GRID_H
#define TUI_GRID_H

#include <stdbool.h>
#include <tend/record.h>

#include "canvas.h"

/* What the cells may need beside the record. */
struct grid_context {
	void *owner; /* the workbench */
	struct tend_date today;
};

struct grid_column {
	const char *title; /* to be translated; NULL: none */
	int width; /* 0: this one takes what is left */
	enum tend_align align;
	/* Columns that the pane must have for it to be shown; the largest is the first to go where there
	 * is little room. 0: it always stays. */
	int from;
	const char *sort; /* the field behind it; NULL: not to sort by */
	/* Appends the text and returns its role. */
	enum role (*cell)(const struct grid_context *ctx, const void *record, struct tend_str *out);
	int narrow; /* its width in a list of under GRID_TIGHT columns; 0: the same */
	/* In the place of `cell`: draws what takes `columns` columns from x; record NULL: the head. */
	void (*paint)(const struct grid_context *ctx, const void *record, struct canvas *c, int x,
		int y, int columns);
	/* In the place of `cell`: the value of this field, or of one of the team's own, as its type looks. */
	const char *field;
};

#define GRID_COLUMNS_MAX 16
#define GRID_TIGHT 50
#define GRID_WIDE 100

struct grid_spec {
	const struct grid_column *columns;
	size_t n;
	bool header;
	/* The heading of a record's group, the same text for all of it; NULL: no groups. */
	const char *(*group)(const struct grid_context *ctx, const void *record);
};

#define GRID_HEADING SIZE_MAX

struct grid {
	size_t *rows; /* indexes into the list, in the order shown */
	size_t n;
	size_t cursor; /* into rows */
	size_t top; /* the first line shown */
	size_t *lines; /* rows and headings; NULL where there are no groups */
	size_t nlines;
	unsigned char *marked; /* by index into the list */
	size_t nmarked;
	unsigned
		hidden; /* columns with nothing in them: left out of lists under GRID_WIDE columns */
	bool ranging; /* a range is being marked, from `anchor` to the cursor */
	size_t anchor;
};

/* Takes `rows`. The cursor stays within them; marks are kept where `nitems` is as before. */
void grid_set(struct grid *g, size_t *rows, size_t n, size_t nitems);
/* To be called after grid_set where the spec has groups. */
void grid_group(struct grid *g, const struct grid_spec *spec, const struct tend_list *list,
	const struct grid_context *ctx);
void grid_finish(struct grid *g);

void grid_move(struct grid *g, long by);
/* NULL where there is no row. */
void *grid_selected(const struct grid *g, const struct tend_list *list);
void grid_mark(struct grid *g, size_t row, bool on);
bool grid_is_marked(const struct grid *g, size_t row); /* the range being marked included */
void grid_unmark_all(struct grid *g);
/* Marks what lies in the range and ends it. */
void grid_end_range(struct grid *g);

/* Scrolls so that the cursor is among `height` lines. */
void grid_scroll(struct grid *g, int height);
/* Which lines the rows shown are, from 1; 0 where none. */
void grid_shown(const struct grid *g, int height, size_t *ret_first, size_t *ret_last);

/* The width of the flexible column in a list of that area; 0 where there is none. */
int grid_flexible(const struct grid *g, const struct grid_spec *spec, struct area a);

struct grid_look {
	bool focused;
	const char *sort; /* the field that the list is sorted by, '-' before it; NULL */
};
/* Draws header and rows into the area. */
void grid_draw(struct grid *g, const struct grid_spec *spec, const struct tend_list *list,
	const struct grid_context *ctx, const struct grid_look *look, struct canvas *c,
	struct area a);

#endif
