/* SPDX-License-Identifier: MIT */
/* The page of one entry of the journal: when, who, by what, and each field that it changed. */
#include <string.h>

#include "cells.h"
#include "workbench.h"
#include "words.h"

static void add_head(
	struct workbench *wb, const struct tend_history_row *r, int columns, struct lines *l)
{
	struct tend_str when = {0};
	cell_time(r->at + wb->open.utc_offset, wb->today, &when);
	lines_add(l, ROLE_TITLE, "%s", r->summary != NULL ? r->summary : "");
	lines_value(l, _("when"), tend_str_text(&when));
	lines_value(l, _("who"), r->actor);
	lines_value(l, _("state"), r->undone > 0 ? _("undone") : NULL);
	if (r->command != NULL) {
		lines_wrap(l, ROLE_DIM, columns, r->command);
	}
	tend_str_finish(&when);
}

static bool same_record(const struct tend_change *a, const struct tend_change *b)
{
	return tend_same(a->kind, b->kind) && tend_same(a->name, b->name)
		&& tend_same(a->customer, b->customer) && a->field != NULL && b->field != NULL;
}

static void add_record(const struct tend_change *c, struct lines *l)
{
	const char *done = strcmp(c->action, "added") == 0 ? _("added")
		: strcmp(c->action, "removed") == 0        ? _("removed")
							   : "";
	struct tend_str text = {0};
	tend_str_addf(&text, "%s  %s", c->kind, c->name != NULL ? c->name : "");
	if (c->customer != NULL) {
		tend_str_addf(&text, "  (%s)", c->customer);
	}
	lines_add(
		l, ROLE_ACCENT, "%s%s%s", tend_str_text(&text), done[0] != '\0' ? "  " : "", done);
	tend_str_finish(&text);
}

/* On one line where there is room, else the new value below the old one. */
static void add_field(const struct tend_change *c, int columns, struct lines *l)
{
	const char *before = c->before != NULL ? word_text(c->before) : "--";
	const char *after = c->after != NULL ? word_text(c->after) : "--";
	if (tend_columns(c->title) + tend_columns(before) + tend_columns(after) + 8 <= columns) {
		lines_label(l, c->title, ROLE_TEXT, "%s -> %s", before, after);
		return;
	}
	lines_label(l, c->title, ROLE_DIM, "%s", before);
	lines_label(l, "", ROLE_TEXT, "-> %s", after);
}

static void add_changes(const struct tend_list *list, int columns, struct lines *l)
{
	const struct tend_change *last = NULL;
	for (size_t i = 0; i < list->n; i++) {
		const struct tend_change *c = tend_list_at(list, i);
		if (last == NULL || !same_record(last, c)) {
			add_record(c, l);
		}
		if (c->field != NULL) {
			add_field(c, columns, l);
		}
		last = c;
	}
}

enum follow open_entry(struct workbench *wb)
{
	struct pane *p = wb_pane(wb);
	const struct tend_history_row *r = grid_selected(&p->grid, &p->list);
	struct tend_error err = {0};
	struct tend_list list;
	struct lines lines = {0};
	if (r == NULL) {
		return FOLLOW_NOTHING;
	}
	if (tend_app_history_entry(wb->app, r->id, &list, &err) != TEND_OK) {
		wb_error(wb, &err);
	} else {
		int columns = wb->canvas.columns - 4;
		add_head(wb, r, columns, &lines);
		add_changes(&list, columns, &lines);
		wb_push(wb, &textbox_create(_("What it changed"), &lines)->base);
	}
	tend_list_finish(&list);
	return FOLLOW_NOTHING;
}
