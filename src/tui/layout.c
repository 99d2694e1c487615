/* SPDX-License-Identifier: MIT */
#include "layout.h"

/* The pane in focus counts twice. */
#define FOCUS_FACTOR 2
#define PANE_MIN 3 /* the rule and two rows */

struct part {
	int pane, share;
};

/* Divides rows from y on among the parts; what does not divide goes to the largest. */
static void divide(struct layout *l, const struct part *parts, int n, struct area a)
{
	int total = 0, given = 0, largest = 0, heights[PANES_MAX] = {0};
	for (int i = 0; i < n; i++) {
		total += parts[i].share;
		largest = parts[i].share > parts[largest].share ? i : largest;
	}
	for (int i = 0; i < n; i++) {
		heights[i] = total > 0 ? a.h * parts[i].share / total : 0;
		heights[i] = heights[i] < PANE_MIN ? PANE_MIN : heights[i];
		given += heights[i];
	}
	heights[largest] += a.h - given;
	int y = a.y;
	for (int i = 0; i < n; i++) {
		l->panes[parts[i].pane] = (struct area){a.x, y, a.w, heights[i]};
		y += heights[i];
	}
}

static int left_columns(int columns)
{
	return 65 + (columns - SIDE_COLUMNS) * 27 / 50;
}

static void plan_side(struct layout *l, const struct layout_shape *s, struct area body, int focus)
{
	int left = s->left > 0 ? body.w * s->left / 100 : left_columns(body.w);
	struct part parts[PANES_MAX];
	int n = 0;
	for (int i = 1; i < s->npanes; i++) {
		parts[n++] = (struct part){i, s->side[i] * (i == focus ? FOCUS_FACTOR : 1)};
	}
	l->panes[0] = (struct area){body.x, body.y, left, body.h};
	l->divider = left;
	divide(l, parts, n, (struct area){left + 1, body.y, body.w - left - 1, body.h});
}

static void plan_stack(struct layout *l, const struct layout_shape *s, struct area body, int focus)
{
	struct part parts[PANES_MAX];
	int n = 0;
	for (int i = 0; i < s->npanes; i++) {
		if (s->stack[i] > 0) {
			parts[n++] =
				(struct part){i, s->stack[i] * (i == focus ? FOCUS_FACTOR : 1)};
		} else if (i == focus && n > 0) {
			parts[n - 1] = (struct part){i, parts[n - 1].share * FOCUS_FACTOR};
		}
	}
	/* What does not fit leaves, the last first, but never the one in focus. */
	while (n > 1 && n * PANE_MIN > body.h) {
		int drop = parts[n - 1].pane == focus ? n - 2 : n - 1;
		for (int i = drop; i < n - 1; i++) {
			parts[i] = parts[i + 1];
		}
		n--;
	}
	divide(l, parts, n, body);
}

struct layout layout_plan(const struct layout_shape *s, int columns, int rows, int focus, bool zoom)
{
	struct layout l = {.divider = -1};
	if (columns < MIN_COLUMNS || rows < MIN_ROWS) {
		l.too_small = true;
		return l;
	}
	bool single = columns < STACK_COLUMNS || rows < STACK_ROWS;
	int ribbon = rows < 10 ? 0 : s->ribbon;
	l.title = (struct area){0, 0, columns, 1};
	l.ribbon = (struct area){0, 1, columns, ribbon};
	l.status = (struct area){0, rows - 2, columns, 1};
	l.hint = (struct area){0, rows - 1, columns, 1};
	struct area body = {0, 1 + ribbon, columns, rows - 3 - ribbon};
	if (zoom || single || s->npanes == 1) {
		l.panes[focus] = body;
	} else if (columns >= SIDE_COLUMNS) {
		plan_side(&l, s, body, focus);
	} else {
		plan_stack(&l, s, body, focus);
	}
	return l;
}
