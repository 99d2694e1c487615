/* SPDX-License-Identifier: MIT */
/* A menu of letters in columns, each group in one piece, and what the selected item says below. */
#include <stdlib.h>

#include "picker_columns.h"

#define LEFT 2
#define KEY 2 /* columns of a letter and the blank behind it */
#define GAP 3
#define BELOW 2 /* rows: one that is blank, and what the item says */

struct place {
	int column, y;
};

static bool heads(const struct picker *p, size_t i)
{
	return i == 0 || !tend_same(p->items[p->shown[i]].group, p->items[p->shown[i - 1]].group);
}

static int height_of_group(const struct picker *p, size_t first)
{
	int n = 1;
	for (size_t i = first; i < p->nshown && (i == first || !heads(p, i)); i++) {
		n++;
	}
	return n;
}

/* Columns that one of them needs; a heading is as wide as it is. */
static int width_of(const struct picker *p)
{
	int width = 0;
	for (size_t i = 0; i < p->nshown; i++) {
		const struct picker_item *item = &p->items[p->shown[i]];
		int w = KEY + tend_columns(item->title);
		int head = item->group != NULL ? tend_columns(item->group) : 0;
		w = head > w ? head : w;
		width = w > width ? w : width;
	}
	return width + GAP;
}

/* Where each item stands in columns of that height; how many columns that takes. */
static int place(const struct picker *p, int height, struct place *ret)
{
	int column = 0, y = 0;
	for (size_t i = 0; i < p->nshown; i++) {
		if (heads(p, i)) {
			if (y > 0 && y + height_of_group(p, i) > height) {
				column++;
				y = 0;
			}
			y++;
		}
		ret[i] = (struct place){column, y++};
	}
	return column + 1;
}

/* The least height that fits; 0: there is none. */
static int lay_out(const struct picker *p, const struct canvas *c, struct place *ret)
{
	int most = drawer_rows(c, c->rows) - BELOW, least = 0;
	int columns = (c->columns - LEFT) / width_of(p);
	for (size_t i = 0; i < p->nshown; i++) {
		int n = heads(p, i) ? height_of_group(p, i) : 0;
		least = n > least ? n : least;
	}
	for (int height = least; height <= most && p->nshown > 0; height++) {
		if (place(p, height, ret) <= columns) {
			return height;
		}
	}
	return 0;
}

static void draw_item(const struct picker *p, struct canvas *c, size_t i, int x, int y, int width)
{
	const struct picker_item *item = &p->items[p->shown[i]];
	if (heads(p, i) && item->group != NULL) {
		canvas_text(c, x, y - 1, width, ROLE_ACCENT, item->group);
	}
	canvas_text(c, x, y, KEY, ROLE_KEY, item->key);
	canvas_text(c, x + KEY, y, width - KEY, item->role, item->title);
	if (i == p->cursor) {
		canvas_text(c, x - 2, y, 1, ROLE_FOCUS, ">");
		canvas_restyle(c, x - 2, y, width - 1, ROLE_SELECTION);
	}
}

bool picker_columns_draw(struct picker *p, struct canvas *c)
{
	struct place *places = tend_calloc(p->nshown + 1, sizeof(*places));
	int height = p->in_columns && !p->searching ? lay_out(p, c, places) : 0;
	if (height > 0) {
		int width = width_of(p);
		struct area a = drawer_open(c, height + BELOW, p->base.title, NULL);
		for (size_t i = 0; i < p->nshown; i++) {
			draw_item(p, c, i, a.x + LEFT + places[i].column * width, a.y + places[i].y,
				width - GAP + 1);
		}
		const struct picker_item *item = &p->items[p->shown[p->cursor]];
		canvas_text(c, a.x + LEFT, a.y + a.h - 1, a.w - LEFT - 1, ROLE_DIM,
			item->detail != NULL ? item->detail : "");
	}
	free(places);
	return height > 0;
}

bool picker_columns_key(struct picker *p, const struct canvas *c, struct key k)
{
	if (!p->in_columns || p->searching || k.mods != 0
		|| (k.code != K_LEFT && k.code != K_RIGHT)) {
		return false;
	}
	struct place *places = tend_calloc(p->nshown + 1, sizeof(*places));
	bool there = lay_out(p, c, places) > 0;
	if (there) {
		struct place from = places[p->cursor];
		int want = from.column + (k.code == K_LEFT ? -1 : 1), best = -1;
		for (size_t i = 0; i < p->nshown; i++) {
			int off = abs(places[i].y - from.y);
			if (places[i].column == want && (best < 0 || off < best)) {
				best = off;
				p->cursor = i;
			}
		}
	}
	free(places);
	return there;
}
