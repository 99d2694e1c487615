/* SPDX-License-Identifier: MIT */
/* Records of any kind in lists on a customer's page: the timeline, and what belongs to a tab. */
#include <string.h>

#include <tend/care.h>
#include <tend/words.h>

#include "cells.h"
#include "panes.h"

#define AHEAD_SHOWN 2 /* rows of what lies ahead above the newest */

/* --- cells --- */

static enum role day_cell(const struct grid_context *ctx, const void *record, struct tend_str *out)
{
	const struct tend_entry *e = record;
	cell_day(e->date, ctx->today, out);
	return e->date.day > ctx->today.day || e->open > 0 ? ROLE_TEXT : ROLE_DIM;
}

/* How far off it is, for what lies ahead. */
static enum role ahead_cell(
	const struct grid_context *ctx, const void *record, struct tend_str *out)
{
	const struct tend_entry *e = record;
	return tend_has_date(e->date) && e->date.day >= ctx->today.day
		? cell_delta(e->date, ctx->today, out)
		: ROLE_DIM;
}

/* A contact by what it was; it has no state of its own. */
static bool is_contact(const struct tend_entry *e)
{
	return strcmp(e->kind, tend_activity_type.name) == 0;
}

const char *entry_kind(const char *noun)
{
	const struct tend_kind *k = tend_kind_called(noun);
	return tend_pick(k != NULL                       ? k->type->title
			: strcmp(noun, "milestone") == 0 ? tend_milestone_type.title
							 : tend_alert_type.title);
}

static enum role kind_cell(const struct grid_context *ctx, const void *record, struct tend_str *out)
{
	(void)ctx;
	const struct tend_entry *e = record;
	const char *word = is_contact(e) && e->state != NULL ? tend_word("kind", e->state)
							     : entry_kind(e->kind);
	tend_str_add(out, word);
	return is_contact(e) ? ROLE_ACCENT : ROLE_TEXT;
}

static enum role title_cell(
	const struct grid_context *ctx, const void *record, struct tend_str *out)
{
	(void)ctx;
	const struct tend_entry *e = record;
	tend_str_add(out, e->title);
	return ROLE_TEXT;
}

static enum role detail_cell(
	const struct grid_context *ctx, const void *record, struct tend_str *out)
{
	(void)ctx;
	const struct tend_entry *e = record;
	tend_str_add(out, e->detail != NULL ? e->detail : "");
	return ROLE_DIM;
}

static enum role state_cell(
	const struct grid_context *ctx, const void *record, struct tend_str *out)
{
	(void)ctx;
	const struct tend_entry *e = record;
	if (e->state != NULL && !is_contact(e)) {
		tend_str_add(out, tend_word("state", e->state));
	}
	return e->open <= 0 ? ROLE_DIM : severity_role(e->state);
}

static const struct grid_column timeline_columns[] = {
	{N_("Day"), 10, TEND_RIGHT, 0, "date", day_cell, 5},
	{NULL, 5, TEND_RIGHT, 90, NULL, ahead_cell},
	{N_("Kind"), 15, TEND_LEFT, 0, "kind", kind_cell, 8},
	{N_("Text"), 0, TEND_LEFT, 0, "title", title_cell},
	{N_("State"), 11, TEND_LEFT, 60, "state", state_cell},
};
static const struct grid_spec timeline_spec = {
	timeline_columns, sizeof(timeline_columns) / sizeof(timeline_columns[0]), true, NULL};

static const char *kind_group(const struct grid_context *ctx, const void *record)
{
	(void)ctx;
	const struct tend_kind *k = tend_kind_called(((const struct tend_entry *)record)->kind);
	return k != NULL ? tend_pick(k->titles) : "";
}

static const struct grid_column entry_columns[] = {
	{N_("Title"), 0, TEND_LEFT, 0, NULL, title_cell},
	{N_("Detail"), 24, TEND_LEFT, 84, NULL, detail_cell},
	{N_("Day"), 10, TEND_RIGHT, 44, NULL, day_cell},
	{N_("State"), 11, TEND_LEFT, 0, NULL, state_cell},
};
static const struct grid_spec entries_spec = {
	entry_columns, sizeof(entry_columns) / sizeof(entry_columns[0]), false, kind_group};

/* Rows of several kinds may have the same number. */
static int64_t identity(const void *record)
{
	const struct tend_entry *e = record;
	return e->id * 64 + e->kind_order;
}

/* --- the timeline --- */

/* At the newest that has happened: what lies ahead stands above it. */
static void go_to_today(struct workbench *wb, struct pane *p)
{
	size_t at = 0;
	while (at < p->list.n
		&& ((const struct tend_entry *)tend_list_at(&p->list, at))->date.day
			> wb->today.day) {
		at++;
	}
	p->grid.cursor = at < p->list.n ? at : 0;
	p->grid.top = p->grid.cursor > AHEAD_SHOWN ? p->grid.cursor - AHEAD_SHOWN : 0;
}

static enum tend_status load_timeline(
	struct workbench *wb, struct view *v, struct pane *p, struct tend_error *err)
{
	bool fresh = p->grid.rows == NULL;
	tend_list_finish(&p->list);
	enum tend_status status = tend_app_timeline(wb->app, v->customer_id, NULL, &p->list, err);
	if (fresh) {
		go_to_today(wb, p);
	}
	return status;
}

static void timeline_heading(struct workbench *wb, struct view *v, struct pane *p, int room,
	struct tend_str *left, struct tend_str *right)
{
	(void)wb;
	(void)right;
	tend_str_add(left, _(p->ops->title));
	if (v->filter != NULL) {
		tend_str_add(left, "  ");
		tend_clip(left, v->filter, room - 12);
	}
}

static const char *timeline_empty(struct workbench *wb, struct view *v, struct pane *p)
{
	(void)wb;
	(void)v;
	(void)p;
	return _("Nothing has happened yet. l logs a call, a meeting or a mail, n a note, a adds a "
		 "complaint, a "
		 "survey or a gift.");
}

const struct pane_ops pane_timeline = {
	.title = N_("Timeline"),
	.offers = CX_CUSTOMER | CX_RECORD | CX_ADD | CX_OPEN | CX_FILTER | CX_SORT,
	.type = &tend_entry_type,
	.spec = &timeline_spec,
	.load = load_timeline,
	.heading = timeline_heading,
	.empty = timeline_empty,
	.identity = identity,
};

/* --- what belongs to the tab --- */

/* Kinds that have a pane of their own on the page. */
static bool has_pane(const struct page *page, const char *kind)
{
	const struct tend_kind *k = tend_kind_called(kind);
	for (int i = 0; k != NULL && i < page->shape.npanes; i++) {
		if (page->panes[i]->type == k->type) {
			return true;
		}
	}
	return false;
}

static enum tend_status load_entries(
	struct workbench *wb, struct view *v, struct pane *p, struct tend_error *err)
{
	tend_list_finish(&p->list);
	enum tend_status status =
		tend_app_entries(wb->app, v->customer_id, v->page->part, &p->list, err);
	size_t n = 0;
	for (size_t i = 0; i < p->list.n; i++) {
		const struct tend_entry *e = tend_list_at(&p->list, i);
		if (!has_pane(v->page, e->kind)) {
			memmove(tend_list_at(&p->list, n++), e, sizeof(*e));
		}
	}
	p->list.n = n;
	return status;
}

static const char *kinds_of(const struct page *page, struct tend_str *out)
{
	for (size_t i = 0; i < tend_kind_count; i++) {
		const struct tend_kind *k = tend_kinds[i];
		if (k->tab == page->part && !has_pane(page, k->noun)) {
			tend_str_addf(
				out, "%s%s", out->len > 0 ? _(", ") : "", tend_pick(k->titles));
		}
	}
	return tend_str_text(out);
}

/* "Nothing yet of: Notes, Best practices, Debriefs. a adds one." */
static const char *entries_empty(struct workbench *wb, struct view *v, struct pane *p)
{
	(void)wb;
	struct tend_str kinds = {0};
	const char *text = tend_arena_format(
		&p->arena, _("Nothing yet of: %s. a adds one."), kinds_of(v->page, &kinds));
	tend_str_finish(&kinds);
	return text;
}

#define ENTRIES(pane, its_title, more)                                                             \
	const struct pane_ops pane = {                                                             \
		.title = its_title,                                                                \
		.offers = CX_CUSTOMER | CX_RECORD | CX_ADD | CX_OPEN | (more),                     \
		.type = &tend_entry_type,                                                          \
		.spec = &entries_spec,                                                             \
		.load = load_entries,                                                              \
		.empty = entries_empty,                                                            \
		.identity = identity,                                                              \
	}

ENTRIES(pane_outcomes, N_("Outcomes"), CX_WHY);
ENTRIES(pane_notes, N_("Notes"), 0);
ENTRIES(pane_others, N_("Also"), 0);
