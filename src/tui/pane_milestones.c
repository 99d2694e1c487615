/* SPDX-License-Identifier: MIT */
/* The milestones of the selected customer: all of them, the open ones, and by stage. */
#include <stdlib.h>
#include <string.h>

#include <tend/care.h>
#include <tend/mem.h>

#include "cells.h"
#include "chart.h"
#include "draw.h"
#include "panes.h"
#include "words.h"

/* So many rows stand before the one that a list opens at. */
#define ROWS_BEFORE 2
#define DUE_COLUMNS 10 /* a day with its year */

static enum role box_cell(const struct grid_context *ctx, const void *record, struct tend_str *out)
{
	(void)ctx;
	return cell_box(record, out);
}

static enum role title_cell(
	const struct grid_context *ctx, const void *record, struct tend_str *out)
{
	(void)ctx;
	const struct tend_milestone *m = record;
	milestone_title(m, out);
	return tend_is_open_state(m->state) ? ROLE_TEXT : ROLE_DIM;
}

/* With the playbook that it comes from. */
static enum role whole_title_cell(
	const struct grid_context *ctx, const void *record, struct tend_str *out)
{
	const struct tend_milestone *m = record;
	enum role role = title_cell(ctx, record, out);
	if (m->playbook_title != NULL) {
		tend_str_addf(out, " < %s", m->playbook_title);
	}
	return role;
}

static enum role items_cell(
	const struct grid_context *ctx, const void *record, struct tend_str *out)
{
	(void)ctx;
	const struct tend_milestone *m = record;
	if (m->items > 0) {
		tend_str_addf(out, "%d/%d", (int)m->items_done, (int)m->items);
	}
	return ROLE_DIM;
}

static enum role owner_cell(
	const struct grid_context *ctx, const void *record, struct tend_str *out)
{
	(void)ctx;
	const char *owner = ((const struct tend_milestone *)record)->owner;
	tend_str_add(out, owner != NULL ? owner : "");
	return ROLE_DIM;
}

static enum role due_cell(const struct grid_context *ctx, const void *record, struct tend_str *out)
{
	const struct tend_milestone *m = record;
	bool done = tend_same(m->state, "done") && tend_has_date(m->done_on);
	cell_day(done ? m->done_on : m->due, ctx->today, out);
	if (m->projected > 0 && !done && tend_columns(tend_str_text(out)) < DUE_COLUMNS) {
		struct tend_str day = *out;
		*out = (struct tend_str){0};
		tend_str_addf(out, "~%s", tend_str_text(&day));
		tend_str_finish(&day);
	}
	return tend_is_open_state(m->state) ? ROLE_TEXT : ROLE_DIM;
}

static enum role delta_cell(
	const struct grid_context *ctx, const void *record, struct tend_str *out)
{
	const struct tend_milestone *m = record;
	if (!tend_is_open_state(m->state) || tend_same(m->state, "blocked")) {
		tend_str_add(out, word_text(m->state));
		return tend_same(m->state, "done")       ? ROLE_GOOD
			: tend_same(m->state, "blocked") ? ROLE_BAD
							 : ROLE_DIM;
	}
	return cell_delta(m->due, ctx->today, out);
}

static const struct grid_column columns[] = {
	{NULL, 3, TEND_LEFT, 0, NULL, box_cell},
	{N_("Milestone"), 0, TEND_LEFT, 0, NULL, whole_title_cell},
	{N_("Items"), 6, TEND_RIGHT, 36, NULL, items_cell},
	{N_("Owner"), 8, TEND_LEFT, 60, NULL, owner_cell},
	{N_("Due"), DUE_COLUMNS, TEND_RIGHT, 44, NULL, due_cell},
	{N_("State"), 7, TEND_RIGHT, 0, NULL, delta_cell},
};
const struct grid_spec milestones_spec = {
	columns, sizeof(columns) / sizeof(columns[0]), false, NULL};

static int by_due(const void *a, const void *b)
{
	const struct tend_milestone *x = a, *y = b;
	if (x->due.day != y->due.day) {
		return x->due.day < y->due.day ? -1 : 1;
	}
	return x->position != y->position ? (x->position < y->position ? -1 : 1)
					  : (x->occurrence < y->occurrence ? -1 : 1);
}

static enum tend_status load(
	struct workbench *wb, struct view *v, struct pane *p, struct tend_error *err)
{
	if (v->customer_id == 0) {
		return TEND_OK;
	}
	tend_list_finish(&p->list);
	enum tend_status status = tend_app_milestones(wb->app, v->customer_id, NULL, &p->list, err);
	if (p->list.n > 0) {
		qsort(p->list.items, p->list.n, p->list.type->size, by_due);
	}
	return status;
}

/* What belongs to the time after a running contract is not to be done. */
static bool is_ahead(const struct view *v, const struct tend_milestone *m)
{
	const struct tend_customer *c = view_customer(v);
	return !tend_is_open_state(m->state) || c == NULL || !tend_is_after_term(c, m->due);
}

static enum tend_status load_ahead(
	struct workbench *wb, struct view *v, struct pane *p, struct tend_error *err)
{
	enum tend_status status = load(wb, v, p, err);
	size_t n = 0;
	for (size_t i = 0; i < p->list.n; i++) {
		const struct tend_milestone *m = tend_list_at(&p->list, i);
		if (is_ahead(v, m)) {
			memmove(tend_list_at(&p->list, n++), m, sizeof(*m));
		}
	}
	p->list.n = n;
	return status;
}

/* While the first pane has the keys the cursor stands on what `x` there completes: the milestone of its
 * row, else the first open one. */
static void settle(struct view *v, struct pane *p)
{
	const struct pane *first = &v->panes[0];
	const struct tend_today_row *row = first->list.type == &tend_today_type
		? grid_selected(&first->grid, &first->list)
		: NULL;
	bool of_row =
		row != NULL && (strcmp(row->kind, "overdue") == 0 || strcmp(row->kind, "due") == 0);
	for (size_t i = 0; p != &v->panes[v->focus] && i < p->grid.n; i++) {
		const struct tend_milestone *m = tend_list_at(&p->list, p->grid.rows[i]);
		if (of_row ? m->id == row->id : tend_is_open_state(m->state)) {
			/* What comes next is of more use than all that is done. */
			p->grid.cursor = i;
			p->grid.top = i > ROWS_BEFORE ? i - ROWS_BEFORE : 0;
			break;
		}
	}
}

static void counts(const struct view *v, const struct pane *p, size_t *ret_done, size_t *ret_all)
{
	*ret_done = *ret_all = 0;
	for (size_t i = 0; i < p->list.n; i++) {
		const struct tend_milestone *m = tend_list_at(&p->list, i);
		*ret_all += is_ahead(v, m) ? 1 : 0;
		*ret_done += tend_is_open_state(m->state) ? 0 : 1;
	}
}

static void heading(struct workbench *wb, struct view *v, struct pane *p, int room,
	struct tend_str *left, struct tend_str *right)
{
	(void)wb;
	const struct tend_customer *c = view_customer(v);
	size_t done, all;
	counts(v, p, &done, &all);
	if (p->list.n > 0) {
		tend_str_addf(right, "%zu/%zu", done, all);
	}
	if (c != NULL) {
		draw_summary(v, room, left);
	}
}

void milestone_below(
	const struct view *v, const void *record, int room, int columns_wide, struct lines *l)
{
	const struct tend_milestone *m = record;
	struct tend_str text = {0};
	milestone_title(m, &text);
	if (tend_columns(tend_str_text(&text)) > room) {
		lines_wrap(l, ROLE_TITLE, columns_wide, tend_str_text(&text));
	}
	tend_str_clear(&text);
	if (tend_is_open_state(m->state) && m->waiting != NULL && m->waiting[0] != '\0') {
		titles_of_keys(v, m->customer_id, m->waiting, &text);
		lines_label(l, _("waits for"), ROLE_TEXT, "%s", tend_str_text(&text));
	}
	if (m->by_condition > 0) {
		lines_add(l, ROLE_DIM, "%s", _("done by its condition"));
	}
	tend_str_finish(&text);
}

static const char *empty(struct workbench *wb, struct view *v, struct pane *p)
{
	(void)wb;
	(void)p;
	if (v->customer_id == 0) {
		return _("No customer is selected.");
	}
	return _("No milestones. :enroll JOURNEY starts a journey, a adds a milestone of its own.");
}

#define MILESTONE_OFFERS (CX_CUSTOMER | CX_MILESTONE | CX_MARK | CX_WHY | CX_OPEN | CX_ADD)

const struct pane_ops pane_milestones = {
	.title = N_("Milestones"),
	.offers = MILESTONE_OFFERS,
	.type = &tend_milestone_type,
	.spec = &milestones_spec,
	.follows = true,
	.load = load_ahead,
	.settle = settle,
	.heading = heading,
	.empty = empty,
	.below = milestone_below,
	.below_everywhere = true,
};

/* --- the open ones, on the customer's page --- */

enum tend_status milestones_load_open(
	struct workbench *wb, struct view *v, struct pane *p, struct tend_error *err)
{
	bool fresh = p->grid.rows == NULL;
	size_t n = 0;
	tend_list_finish(&p->list);
	enum tend_status status = tend_app_milestones_ahead(wb->app, v->customer_id, &p->list, err);
	for (size_t i = 0; i < p->list.n; i++) {
		const struct tend_milestone *m = tend_list_at(&p->list, i);
		if (is_ahead(v, m)) {
			memmove(tend_list_at(&p->list, n++), m, sizeof(*m));
		}
	}
	p->list.n = n;
	for (size_t i = 0; fresh && i < n; i++) {
		const struct tend_milestone *m = tend_list_at(&p->list, i);
		/* What was done today stays in sight: a slip can be taken back. */
		if (tend_is_open_state(m->state)) {
			p->grid.cursor = i;
			break;
		}
	}
	return status;
}

/* --- all, by stage, then those of each playbook --- */

static const struct grid_column journey_columns[] = {
	{NULL, 3, TEND_LEFT, 0, NULL, box_cell},
	{N_("Milestone"), 0, TEND_LEFT, 0, NULL, title_cell},
	{N_("Items"), 6, TEND_RIGHT, 36, NULL, items_cell},
	{N_("Owner"), 8, TEND_LEFT, 60, NULL, owner_cell},
	{N_("Due"), DUE_COLUMNS, TEND_RIGHT, 44, NULL, due_cell},
	{N_("State"), 7, TEND_RIGHT, 0, NULL, delta_cell},
};

static const char *stage_group(const struct grid_context *ctx, const void *record)
{
	const struct tend_milestone *m = record;
	const struct tend_customer *c = view_customer(wb_view(ctx->owner));
	return m->playbook_title != NULL
		? m->playbook_title
		: stage_title(ctx->owner, c != NULL ? c->journey : NULL, m->stage);
}

static const struct grid_spec journey_spec = {
	journey_columns, sizeof(journey_columns) / sizeof(journey_columns[0]), true, stage_group};

struct staged {
	struct tend_milestone m;
	size_t stage;
};

static int by_stage(const void *a, const void *b)
{
	const struct staged *x = a, *y = b;
	if (x->stage != y->stage) {
		return x->stage < y->stage ? -1 : 1;
	}
	return x->m.run_id != y->m.run_id ? (x->m.run_id < y->m.run_id ? -1 : 1)
					  : by_due(&x->m, &y->m);
}

static enum tend_status load_journey(
	struct workbench *wb, struct view *v, struct pane *p, struct tend_error *err)
{
	bool fresh = p->grid.rows == NULL;
	enum tend_status status = load(wb, v, p, err);
	struct staged *all = tend_calloc(p->list.n + 1, sizeof(*all));
	for (size_t i = 0; i < p->list.n; i++) {
		all[i].m = *(const struct tend_milestone *)tend_list_at(&p->list, i);
		all[i].stage = all[i].m.run_id != 0 ? v->nstages + 1 : 0;
		while (all[i].stage < v->nstages
			&& !tend_same(v->stages[all[i].stage].key, all[i].m.stage)) {
			all[i].stage++;
		}
	}
	qsort(all, p->list.n, sizeof(*all), by_stage);
	for (size_t i = 0; i < p->list.n; i++) {
		*(struct tend_milestone *)tend_list_at(&p->list, i) = all[i].m;
		if (fresh && tend_is_open_state(all[i].m.state)) {
			p->grid.cursor = i;
			fresh = false;
		}
	}
	free(all);
	return status;
}

static void journey_heading(struct workbench *wb, struct view *v, struct pane *p, int room,
	struct tend_str *left, struct tend_str *right)
{
	(void)room;
	(void)wb;
	const struct tend_customer *c = view_customer(v);
	size_t done, all;
	counts(v, p, &done, &all);
	tend_str_add(left, c != NULL && c->journey != NULL ? c->journey : _("Milestones"));
	if (p->list.n > 0) {
		tend_str_addf(right, "%zu/%zu", done, all);
	}
}

/* Above the list: a row where there is little room, with its days and stages where there is more. */
static void journey_text(
	struct workbench *wb, struct view *v, struct pane *p, int columns_wide, struct lines *l)
{
	enum { DAYS = 5, STAGES = 16 };
	const struct timeline t = {.customer = view_customer(v),
		.stages = v->stages,
		.nstages = v->nstages,
		.milestones = &p->list,
		.today = wb->today};
	int rows = p->height < DAYS ? 1 : p->height < STAGES ? 2 : 3;
	if (p->grid.n > 0 && chart_timeline(&t, columns_wide, rows, wb->o->ascii, l) && rows == 3) {
		lines_add(l, ROLE_TEXT, "%s", "");
	}
}

const struct pane_ops pane_journey = {
	.title = N_("Journey"),
	.offers = MILESTONE_OFFERS,
	.type = &tend_milestone_type,
	.spec = &journey_spec,
	.load = load_journey,
	.text = journey_text,
	.heading = journey_heading,
	.empty = empty,
};

/* --- the selected milestone in full --- */

static void detail_items(struct workbench *wb, const struct tend_milestone *m, struct lines *l)
{
	struct tend_list items;
	if (tend_app_items(wb->app, m->id, &items, NULL) == TEND_OK) {
		for (size_t i = 0; i < items.n; i++) {
			const struct tend_item *item = tend_list_at(&items, i);
			lines_add(l, item->done > 0 ? ROLE_DIM : ROLE_TEXT, "[%s] %s",
				item->done > 0 ? "x" : " ", item->title);
		}
	}
	tend_list_finish(&items);
}

static void milestone_lines(struct workbench *wb, const struct view *v,
	const struct tend_milestone *m, int columns_wide, struct lines *l)
{
	struct tend_arena arena = {0};
	struct tend_milestone_detail detail = {0};
	(void)tend_app_milestone_detail(wb->app, m, &arena, &detail, NULL);
	struct tend_str title = {0}, due = {0};
	milestone_title(m, &title);
	lines_wrap(l, ROLE_TITLE, columns_wide, tend_str_text(&title));
	tend_str_finish(&title);
	char day[TEND_DATE_LEN];
	tend_str_addf(&due, "%s ", tend_date_format(m->due, day));
	enum role role =
		tend_is_open_state(m->state) ? cell_delta(m->due, wb->today, &due) : ROLE_TEXT;
	lines_label(l, _("key"), ROLE_TEXT, m->repeats > 0 ? "%s#%d" : "%s", m->key,
		(int)m->occurrence);
	lines_label(l, _("due"), role, "%s", tend_str_text(&due));
	if (m->by_condition > 0) {
		lines_label(l, _("state"), ROLE_GOOD, "%s  %s", word_text(m->state),
			_("done by its condition"));
	} else {
		lines_label(l, _("state"), ROLE_TEXT, "%s", word_text(m->state));
	}
	lines_value(l, _("owner"), m->owner);
	struct tend_str waits = {0};
	titles_of_keys(v, m->customer_id, m->waiting, &waits);
	lines_value(l, _("waits for"), tend_str_text(&waits));
	tend_str_finish(&waits);
	lines_value(l, _("reason"), m->reason);
	detail_items(wb, m, l);
	if (detail.deliverable != NULL) {
		lines_add(l, ROLE_ACCENT, "%s", _("Deliverable"));
		lines_wrap(l, ROLE_TEXT, columns_wide, detail.deliverable);
	}
	if (detail.guide != NULL) {
		lines_add(l, ROLE_ACCENT, "%s", _("Guide"));
		lines_wrap(l, ROLE_TEXT, columns_wide, detail.guide);
	}
	tend_str_finish(&due);
	tend_arena_finish(&arena);
}

static void detail_text(
	struct workbench *wb, struct view *v, struct pane *p, int columns_wide, struct lines *l)
{
	(void)p;
	const struct pane *list = &v->panes[0];
	const struct tend_milestone *m = grid_selected(&list->grid, &list->list);
	if (m != NULL) {
		milestone_lines(wb, v, m, columns_wide, l);
	}
}

void lines_milestone(struct workbench *wb, const struct view *v, int64_t customer_id, int64_t id,
	int columns_wide, struct lines *l)
{
	struct tend_list list;
	(void)tend_app_milestones(wb->app, customer_id, NULL, &list, NULL);
	for (size_t i = 0; i < list.n; i++) {
		const struct tend_milestone *m = tend_list_at(&list, i);
		if (m->id == id) {
			milestone_lines(wb, v, m, columns_wide, l);
		}
	}
	tend_list_finish(&list);
}

const struct pane_ops pane_detail = {
	.title = N_("Milestone"),
	.offers = CX_CUSTOMER | CX_MILESTONE | CX_WHY,
	.details = true,
	.text = detail_text,
};
