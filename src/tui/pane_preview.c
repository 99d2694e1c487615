/* SPDX-License-Identifier: MIT */
/* All dates that a version gives for a start, by month. */
#include "journeys.h"

#include <stdlib.h>
#include <string.h>

#include <tend/mem.h>

#include "cells.h"
#include "panes.h"
#include "words.h"

static enum role due_cell(const struct grid_context *ctx, const void *record, struct tend_str *out)
{
	(void)ctx;
	char day[TEND_DATE_LEN];
	tend_str_add(out, tend_date_format(((const struct tend_preview_row *)record)->due, day));
	return ROLE_TEXT;
}

static enum role weekday_cell(
	const struct grid_context *ctx, const void *record, struct tend_str *out)
{
	(void)ctx;
	static const struct tend_text names[] = {{"Mon", "周一"}, {"Tue", "周二"}, {"Wed", "周三"},
		{"Thu", "周四"}, {"Fri", "周五"}, {"Sat", "周六"}, {"Sun", "周日"}};
	int day = tend_date_weekday(((const struct tend_preview_row *)record)->due);
	tend_str_add(out, tend_pick(names[day - 1]));
	return day > 5 ? ROLE_SOON : ROLE_DIM;
}

static enum role milestone_cell(
	const struct grid_context *ctx, const void *record, struct tend_str *out)
{
	(void)ctx;
	const struct tend_preview_row *r = record;
	tend_str_addf(out, r->occurrence > 1 ? "%s #%d" : "%s", r->title, (int)r->occurrence);
	return ROLE_TEXT;
}

static enum role stage_cell(
	const struct grid_context *ctx, const void *record, struct tend_str *out)
{
	(void)ctx;
	tend_str_add(out, ((const struct tend_preview_row *)record)->stage);
	return ROLE_ACCENT;
}

static enum role days_cell(const struct grid_context *ctx, const void *record, struct tend_str *out)
{
	struct tend_date start = sample_start(ctx->owner);
	tend_str_addf(
		out, "%+dd", (int)(((const struct tend_preview_row *)record)->due.day - start.day));
	return ROLE_DIM;
}

static enum role rules_cell(
	const struct grid_context *ctx, const void *record, struct tend_str *out)
{
	(void)ctx;
	const struct tend_preview_row *r = record;
	tend_str_add(out,
		r->conditional > 0        ? word_text("conditional")
			: r->required > 0 ? ""
					  : _("optional"));
	return ROLE_ACCENT;
}

static enum role after_cell(
	const struct grid_context *ctx, const void *record, struct tend_str *out)
{
	(void)ctx;
	const char *after = ((const struct tend_preview_row *)record)->after;
	tend_str_add(out, after != NULL ? after : "");
	return ROLE_DIM;
}

static const char *month_group(const struct grid_context *ctx, const void *record)
{
	static const char *const names[] = {N_("January"), N_("February"), N_("March"), N_("April"),
		N_("May"), N_("June"), N_("July"), N_("August"), N_("September"), N_("October"),
		N_("November"), N_("December")};
	(void)ctx;
	int y, m, d;
	tend_date_to_ymd(((const struct tend_preview_row *)record)->due, &y, &m, &d);
	return _(names[m - 1]);
}

static const struct grid_column columns[] = {
	{N_("Due"), 10, TEND_LEFT, 0, NULL, due_cell},
	{NULL, 4, TEND_LEFT, 44, NULL, weekday_cell},
	{N_("From start"), 10, TEND_RIGHT, 76, NULL, days_cell},
	{N_("Stage"), 9, TEND_LEFT, 60, NULL, stage_cell},
	{N_("Milestone"), 0, TEND_LEFT, 0, NULL, milestone_cell},
	{N_("Rules"), 8, TEND_LEFT, 56, NULL, rules_cell},
	{N_("After"), 30, TEND_LEFT, 120, NULL, after_cell},
};
static const struct grid_spec spec = {
	columns, sizeof(columns) / sizeof(columns[0]), true, month_group};

/* The stages by their titles. */
static void name_stages(struct workbench *wb, const char *name, struct tend_list *list)
{
	struct tend_journey *j = NULL;
	if (tend_app_journey(wb->app, name, NULL, &j, NULL) != TEND_OK) {
		return;
	}
	for (size_t s = 0; s < j->nstages; s++) {
		const char *title = tend_arena_strdup(&list->arena, tend_pick(j->stages[s].title));
		for (size_t i = 0; i < list->n; i++) {
			struct tend_preview_row *r = tend_list_at(list, i);
			r->stage = tend_same(r->stage, j->stages[s].key) ? title : r->stage;
		}
	}
	tend_journey_destroy(j);
}

static enum tend_status load(
	struct workbench *wb, struct view *v, struct pane *p, struct tend_error *err)
{
	tend_list_finish(&p->list);
	enum tend_status status = tend_app_journey_preview(wb->app, v->subject, sample_start(wb),
		wb->sample_term, NULL, 0, &p->list, NULL, err);
	name_stages(wb, v->subject, &p->list);
	return status;
}

static void heading(struct workbench *wb, struct view *v, struct pane *p, int room,
	struct tend_str *left, struct tend_str *right)
{
	(void)p;
	(void)right;
	char day[TEND_DATE_LEN];
	tend_date_format(sample_start(wb), day);
	struct tend_str text = {0};
	tend_str_addf(&text, _("What %s plans for a start on %s"), v->subject, day);
	if (wb->sample_term.n > 0) {
		tend_str_add(&text, ", ");
		word_duration(wb->sample_term, &text);
	}
	if (tend_columns(tend_str_text(&text)) > room) {
		tend_str_clear(&text);
		tend_str_addf(&text, _("%s from %s on"), v->subject, day);
	}
	tend_str_add(left, tend_str_text(&text));
	tend_str_finish(&text);
}

static int64_t identity(const void *record)
{
	const struct tend_preview_row *r = record;
	uint64_t h = 5381;
	for (const char *c = r->key; *c != '\0'; c++) {
		h = h * 33 + (unsigned char)*c;
	}
	return (int64_t)(((h << 12) + (uint64_t)r->occurrence) >> 1);
}

const struct pane_ops pane_preview = {
	.title = N_("Preview"),
	.offers = CX_TEMPLATE | CX_FILTER,
	.type = &tend_preview_type,
	.spec = &spec,
	.load = load,
	.heading = heading,
	.identity = identity,
};
