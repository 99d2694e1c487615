/* SPDX-License-Identifier: MIT */
#include "grid.h"

#include <stdlib.h>
#include <string.h>

#include <tend/lang.h>
#include <tend/mem.h>

#include "cells.h"

#define PREFIX 2 /* the columns of cursor and mark */
#define FLEX_MIN 8
#define FLEX_WANTED 16 /* before it gets less, other columns go */
#define NARROW 72 /* under it columns stand closer */

void grid_set(struct grid *g, size_t *rows, size_t n, size_t nitems)
{
	if (g->marked == NULL) {
		g->marked = tend_calloc(nitems + 1, 1);
		g->nmarked = 0;
	}
	free(g->rows);
	free(g->lines);
	g->rows = rows;
	g->n = n;
	g->lines = NULL;
	g->nlines = n;
	g->ranging = false;
	if (g->cursor >= n) {
		g->cursor = n > 0 ? n - 1 : 0;
	}
}

void grid_group(struct grid *g, const struct grid_spec *spec, const struct tend_list *list,
	const struct grid_context *ctx)
{
	if (spec->group == NULL) {
		return;
	}
	free(g->lines);
	g->lines = tend_calloc(2 * g->n + 1, sizeof(*g->lines));
	g->nlines = 0;
	const char *before = NULL;
	for (size_t i = 0; i < g->n; i++) {
		const char *heading = spec->group(ctx, tend_list_at(list, g->rows[i]));
		if (!tend_same(heading, before)) {
			g->lines[g->nlines++] = GRID_HEADING;
		}
		before = heading;
		g->lines[g->nlines++] = i;
	}
}

void grid_finish(struct grid *g)
{
	free(g->rows);
	free(g->lines);
	free(g->marked);
	*g = (struct grid){0};
}

void grid_move(struct grid *g, long by)
{
	if (g->n == 0) {
		return;
	}
	if (by < 0) {
		g->cursor = (size_t)-by > g->cursor ? 0 : g->cursor - (size_t)-by;
	} else {
		g->cursor = (size_t)by >= g->n - g->cursor ? g->n - 1 : g->cursor + (size_t)by;
	}
}

void *grid_selected(const struct grid *g, const struct tend_list *list)
{
	return g->cursor < g->n ? tend_list_at(list, g->rows[g->cursor]) : NULL;
}

void grid_mark(struct grid *g, size_t row, bool on)
{
	unsigned char *mark = &g->marked[g->rows[row]];
	if (on != (*mark != 0)) {
		*mark = on;
		g->nmarked = on ? g->nmarked + 1 : g->nmarked - 1;
	}
}

static bool in_range(const struct grid *g, size_t row)
{
	return g->ranging
		&& ((row >= g->anchor && row <= g->cursor)
			|| (row <= g->anchor && row >= g->cursor));
}

bool grid_is_marked(const struct grid *g, size_t row)
{
	return g->marked[g->rows[row]] != 0 || in_range(g, row);
}

void grid_unmark_all(struct grid *g)
{
	for (size_t i = 0; i < g->n; i++) {
		grid_mark(g, i, false);
	}
	g->ranging = false;
}

void grid_end_range(struct grid *g)
{
	for (size_t i = 0; i < g->n; i++) {
		if (in_range(g, i)) {
			grid_mark(g, i, true);
		}
	}
	g->ranging = false;
}

static size_t line_of(const struct grid *g, size_t row)
{
	if (g->lines == NULL) {
		return row;
	}
	size_t at = row;
	while (at < g->nlines && g->lines[at] != row) {
		at++;
	}
	return at;
}

void grid_scroll(struct grid *g, int height)
{
	size_t h = height > 0 ? (size_t)height : 1;
	size_t line = line_of(g, g->cursor);
	/* A heading is shown with the first row of its group. */
	size_t first = g->lines != NULL && line > 0 && g->lines[line - 1] == GRID_HEADING && h > 1
		? line - 1
		: line;
	if (first < g->top) {
		g->top = first;
	}
	if (line >= g->top + h) {
		g->top = line - h + 1;
	}
	if (g->nlines <= h) {
		g->top = 0;
	} else if (g->top + h > g->nlines) {
		g->top = g->nlines - h;
	}
}

static size_t row_at(const struct grid *g, size_t line)
{
	return g->lines == NULL ? line : g->lines[line];
}

void grid_shown(const struct grid *g, int height, size_t *ret_first, size_t *ret_last)
{
	*ret_first = *ret_last = 0;
	for (size_t i = g->top; i < g->nlines && i < g->top + (size_t)(height > 0 ? height : 0);
		i++) {
		size_t row = row_at(g, i);
		if (row != GRID_HEADING) {
			*ret_first = *ret_first == 0 ? row + 1 : *ret_first;
			*ret_last = row + 1;
		}
	}
}

struct placed {
	const struct grid_column *column;
	int x, w;
};

static int flex_width(const struct placed *p, size_t n, struct area a, int gap)
{
	int fixed = PREFIX + 1;
	for (size_t i = 0; i < n; i++) {
		fixed += p[i].w + (i > 0 ? gap : 0);
	}
	return a.w - fixed;
}

/* The column that is the first to go; n where none may. */
static size_t first_to_go(const struct placed *p, size_t n)
{
	size_t found = n;
	for (size_t i = 0; i < n; i++) {
		if (p[i].column->from > 0
			&& (found == n || p[i].column->from > p[found].column->from)) {
			found = i;
		}
	}
	return found;
}

/* Which columns there is room for, and where they stand. */
static size_t place(
	const struct grid_spec *spec, unsigned hidden, struct area a, struct placed *ret)
{
	int gap = a.w < NARROW ? 1 : 2;
	size_t n = 0;
	for (size_t i = 0; i < spec->n && n < GRID_COLUMNS_MAX; i++) {
		const struct grid_column *col = &spec->columns[i];
		bool empty = a.w < GRID_WIDE && (hidden & (1u << i)) != 0;
		if (!empty && (col->width == 0 || a.w >= col->from)) {
			int w = a.w < GRID_TIGHT && col->narrow > 0 ? col->narrow : col->width;
			ret[n++] = (struct placed){col, 0, w};
		}
	}
	int flex = flex_width(ret, n, a, gap);
	for (size_t go = first_to_go(ret, n); flex < FLEX_WANTED && go < n;
		go = first_to_go(ret, n)) {
		memmove(&ret[go], &ret[go + 1], (n - go - 1) * sizeof(*ret));
		flex = flex_width(ret, --n, a, gap);
	}
	int x = a.x + PREFIX;
	for (size_t i = 0; i < n; i++) {
		if (ret[i].column->width == 0) {
			ret[i].w = flex > FLEX_MIN ? flex : FLEX_MIN;
		}
		ret[i].x = x;
		x += ret[i].w + gap;
	}
	return n;
}

int grid_flexible(const struct grid *g, const struct grid_spec *spec, struct area a)
{
	struct placed placed[GRID_COLUMNS_MAX];
	size_t n = place(spec, g->hidden, a, placed);
	for (size_t i = 0; i < n; i++) {
		if (placed[i].column->width == 0) {
			return placed[i].w;
		}
	}
	return 0;
}

static void draw_header(const struct placed *p, size_t n, const struct grid_context *ctx,
	const struct grid_look *look, struct canvas *c, int y)
{
	struct tend_str title = {0};
	for (size_t i = 0; i < n; i++) {
		const struct grid_column *col = p[i].column;
		if (col->paint != NULL) {
			col->paint(ctx, NULL, c, p[i].x, y, p[i].w);
		}
		if (col->title == NULL) {
			continue;
		}
		tend_str_clear(&title);
		bool down = look->sort != NULL && look->sort[0] == '-';
		bool sorted = col->sort != NULL && look->sort != NULL
			&& strcmp(look->sort + (down ? 1 : 0), col->sort) == 0;
		tend_str_add(&title, _(col->title));
		if (sorted && tend_columns(tend_str_text(&title)) < p[i].w) {
			tend_str_add(&title, down ? "v" : "^");
		}
		canvas_field(c, p[i].x, y, p[i].w, col->align, sorted ? ROLE_ACCENT : ROLE_DIM,
			tend_str_text(&title));
	}
	tend_str_finish(&title);
}

static void draw_row(const struct grid *g, const struct placed *p, size_t n, size_t row,
	const struct tend_record_type *type, const void *record, const struct grid_context *ctx,
	bool focused, struct canvas *c, struct area a, int y)
{
	struct tend_str text = {0};
	bool marked = grid_is_marked(g, row), selected = row == g->cursor;
	enum role before = ROLE_TEXT;
	for (size_t i = 0; i < n; i++) {
		if (p[i].column->paint != NULL) {
			p[i].column->paint(ctx, record, c, p[i].x, y, p[i].w);
			before = ROLE_COUNT;
			continue;
		}
		tend_str_clear(&text);
		const struct grid_column *col = p[i].column;
		enum role role = col->cell != NULL
			? col->cell(ctx, record, &text)
			: cell_field(type, record, col->field, ctx->today, &text);
		int room = a.x + a.w - p[i].x;
		role = marked && role == ROLE_TEXT ? ROLE_MARKED : role;
		canvas_field(c, p[i].x, y, p[i].w < room ? p[i].w : room, p[i].column->align, role,
			tend_str_text(&text));
		/* Between columns of one role nothing has to be switched. */
		if (i > 0 && role == before) {
			int end = p[i - 1].x + p[i - 1].w;
			canvas_restyle(c, end, y, p[i].x - end, role);
		}
		before = role;
	}
	if (marked) {
		canvas_text(c, a.x + 1, y, 1, ROLE_MARKED, "*");
	}
	if (selected) {
		canvas_text(c, a.x, y, 1, ROLE_FOCUS, ">");
		if (focused) {
			canvas_restyle(c, a.x, y, a.w, ROLE_SELECTION);
		}
	}
	tend_str_finish(&text);
}

void grid_draw(struct grid *g, const struct grid_spec *spec, const struct tend_list *list,
	const struct grid_context *ctx, const struct grid_look *look, struct canvas *c,
	struct area a)
{
	struct placed placed[GRID_COLUMNS_MAX];
	size_t n = place(spec, g->hidden, a, placed);
	int y = a.y, end = a.y + a.h;
	if (spec->header && a.h > 1) {
		draw_header(placed, n, ctx, look, c, y++);
	}
	grid_scroll(g, end - y);
	for (size_t i = g->top; i < g->nlines && y < end; i++, y++) {
		size_t row = row_at(g, i);
		if (row == GRID_HEADING) {
			const void *first = tend_list_at(list, g->rows[row_at(g, i + 1)]);
			canvas_text(c, a.x + 1, y, a.w - 2, ROLE_ACCENT, spec->group(ctx, first));
		} else {
			draw_row(g, placed, n, row, list->type, tend_list_at(list, g->rows[row]),
				ctx, look->focused, c, a, y);
		}
	}
}
