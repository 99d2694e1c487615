/* SPDX-License-Identifier: MIT */
/* What is inside a pane: its text, its list, what stands below the list, or why it is empty. */
#include <stdlib.h>

#include "draw.h"

#define BELOW_MAX 4 /* lines of the text below a list, the blank one before it included */
#define LIST_MIN 4 /* lines that the list keeps */

static void draw_empty(struct workbench *wb, struct view *v, struct pane *p, struct area a)
{
	struct lines lines = {0};
	const char *why = p->problem;
	if (why == NULL && p == &v->panes[0] && v->compiled != NULL && p->list.n > 0) {
		why = _("Nothing matches the filter. Esc clears it.");
	}
	if (why == NULL && p->ops->empty != NULL) {
		why = p->ops->empty(wb, v, p);
	}
	lines_wrap(&lines, p->problem != NULL ? ROLE_ERROR : ROLE_DIM, a.w - 4,
		why != NULL ? why : _("Nothing here."));
	draw_lines(&wb->canvas, &lines, 0, (struct area){a.x + 2, a.y, a.w - 4, a.h});
	lines_finish(&lines);
}

/* Returns the rows that the text took. */
static int draw_text(struct workbench *wb, struct view *v, struct pane *p, struct area a)
{
	struct lines lines = {0};
	p->ops->text(wb, v, p, a.w - 4, &lines);
	int rows = (int)lines_rows(&lines);
	p->overflow = rows > a.h ? rows - a.h : 0;
	p->scroll = p->scroll > p->overflow ? p->overflow : p->scroll;
	int n = rows - p->scroll;
	draw_lines(
		&wb->canvas, &lines, (size_t)p->scroll, (struct area){a.x + 2, a.y, a.w - 4, a.h});
	lines_finish(&lines);
	return n < a.h ? n : a.h;
}

/* The selected row in full where its own line cuts it: the lines below the list, a blank one first. */
static int below_rows(struct workbench *wb, const struct view *v, struct pane *p, struct area a,
	struct lines *lines)
{
	const void *record = grid_selected(&p->grid, &p->list);
	int room = grid_flexible(&p->grid, pane_spec(p), a);
	bool wide = wb->canvas.columns >= SIDE_COLUMNS || p->ops->below_everywhere;
	if (p->ops->below == NULL || record == NULL || !wide) {
		return 0;
	}
	p->ops->below(v, record, room, a.w - 4, lines);
	int rows = lines->n > 0 ? (int)lines->n + 1 : 0;
	rows = rows > BELOW_MAX ? BELOW_MAX : rows;
	return a.h - rows < LIST_MIN ? 0 : rows;
}

static void draw_list(struct workbench *wb, struct view *v, int index, struct area a)
{
	struct pane *p = &v->panes[index];
	struct grid_context ctx = wb_context(wb);
	struct grid_look look = {index == v->focus, index == 0 ? v->sort : NULL};
	struct lines lines = {0};
	int below = below_rows(wb, v, p, a, &lines);
	int rows = (int)p->grid.nlines + (pane_spec(p)->header ? 1 : 0);
	a.h -= below;
	p->height = a.h;
	grid_draw(&p->grid, pane_spec(p), &p->list, &ctx, &look, &wb->canvas, a);
	if (below > 0) {
		int y = a.y + (rows < a.h ? rows : a.h) + 1;
		draw_lines(&wb->canvas, &lines, 0, (struct area){a.x + 2, y, a.w - 4, below - 1});
	}
	lines_finish(&lines);
}

void draw_content(struct workbench *wb, struct view *v, int index, struct area a)
{
	struct pane *p = &v->panes[index];
	p->height = a.h;
	if (p->ops->text != NULL && p->problem == NULL) {
		/* A list below the text keeps its room, or a third where it is long. */
		int rows = p->ops->spec != NULL ? (int)p->grid.n : 0;
		int most = a.h / 3 > LIST_MIN ? a.h / 3 : LIST_MIN;
		struct area above = a;
		rows = rows < most ? rows : most;
		above.h = p->height = a.h > rows ? a.h - rows : 0;
		int used = draw_text(wb, v, p, above);
		a.y += used;
		a.h -= used;
	}
	if (p->ops->spec != NULL && p->grid.n > 0 && p->problem == NULL) {
		draw_list(wb, v, index, a);
	} else if (p->ops->text == NULL || p->problem != NULL) {
		draw_empty(wb, v, p, a);
	}
}
