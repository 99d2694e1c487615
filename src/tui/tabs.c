/* SPDX-License-Identifier: MIT */
/* The title row of a customer's page. */
#include <stdlib.h>

#include <tend/mem.h>

#include "draw.h"

/* How the tabs may stand, the fullest first; what the name must have beside them. */
struct wording {
	bool program, letters, counts;
	int gap, name;
};
static const struct wording wordings[] = {
	{true, true, true, 2, 26},
	{true, true, true, 1, 20},
	{true, true, false, 1, 18},
	{true, false, true, 1, 14},
	{false, false, false, 1, 12},
};

/* "P People 5" */
static void tab_text(struct workbench *wb, const struct view *v, size_t i, const struct wording *w,
	struct tend_str *out)
{
	const struct page *page = &customer_tabs[i];
	if (w->letters) {
		keymap_keys(&wb->keymap, page->name, page->opens, out);
		tend_str_addc(out, ' ');
	}
	tend_str_add(out, _(page->tab));
	if (w->counts && v->counts[page->part] > 0) {
		tend_str_addf(out, " %lld", (long long)v->counts[page->part]);
	}
}

/* With the brackets of the present one. */
static int tabs_columns(struct workbench *wb, const struct view *v, const struct wording *w)
{
	int all = 2 - w->gap;
	struct tend_str text = {0};
	for (size_t i = 0; i < customer_tab_count; i++) {
		tend_str_clear(&text);
		tab_text(wb, v, i, w, &text);
		all += tend_columns(tend_str_text(&text)) + w->gap;
	}
	tend_str_finish(&text);
	return all;
}

static void put_tabs(struct workbench *wb, const struct view *v, const struct wording *w, int x,
	int y, int right)
{
	struct tend_str text = {0};
	for (size_t i = 0; i < customer_tab_count; i++) {
		bool current = v->page == &customer_tabs[i];
		tend_str_clear(&text);
		tab_text(wb, v, i, w, &text);
		char *shown = tend_format(current ? "[%s]" : "%s", tend_str_text(&text));
		x += canvas_text(
			&wb->canvas, x, y, right - x, current ? ROLE_FOCUS : ROLE_TEXT, shown);
		free(shown);
		x += w->gap;
	}
	tend_str_finish(&text);
}

void draw_tabs(struct workbench *wb, const struct view *v, int y, int right)
{
	enum { PROGRAM = 6, BESIDE = 2 };
	struct canvas *c = &wb->canvas;
	const struct tend_customer *customer = view_customer(v);
	int name = tend_columns(customer->name), x = 1;
	for (size_t i = 0; i < sizeof(wordings) / sizeof(wordings[0]); i++) {
		const struct wording *w = &wordings[i];
		int start = x + (w->program ? PROGRAM : 0);
		int room = right - start - BESIDE - tabs_columns(wb, v, w);
		if (room < (name < w->name ? name : w->name)) {
			continue;
		}
		if (w->program) {
			canvas_text(c, x, y, PROGRAM, ROLE_ACCENT, "tend");
		}
		int used = canvas_text(c, start, y, room, ROLE_TITLE, customer->name);
		put_tabs(wb, v, w, start + used + BESIDE, y, right);
		return;
	}
	char *text = tend_format("[%s] %zu/%zu", _(v->page->tab),
		(size_t)(v->page - customer_tabs) + 1, customer_tab_count);
	int room = right - x - BESIDE - tend_columns(text);
	x += canvas_text(c, x, y, room, ROLE_TITLE, customer->name) + BESIDE;
	(void)canvas_text(c, x, y, right - x, ROLE_FOCUS, text);
	free(text);
}
