/* SPDX-License-Identifier: MIT */
/* The queue of the day: by day, and within it by rank. */
#include <stdlib.h>
#include <string.h>

#include <tend/mem.h>

#include "cells.h"
#include "panes.h"
#include "words.h"

static const char *group(const struct grid_context *ctx, const void *record)
{
	(void)ctx;
	static const char *const titles[] = {N_("Late"), N_("Today"), N_("Coming days")};
	int64_t band = ((const struct tend_today_row *)record)->band;
	return _(titles[band >= 0 && band <= 2 ? band : 1]);
}

static enum role glyph_cell(
	const struct grid_context *ctx, const void *record, struct tend_str *out)
{
	(void)ctx;
	const struct tend_today_row *r = record;
	bool overdue = r->band == 0;
	tend_str_add(out, overdue ? "!" : r->severity != NULL ? severity_glyph(r->severity) : " ");
	return overdue ? ROLE_BAD : severity_role(r->severity);
}

static enum role name_cell(const struct grid_context *ctx, const void *record, struct tend_str *out)
{
	(void)ctx;
	const struct tend_today_row *r = record;
	tend_str_add(out, r->name != NULL ? r->name : r->customer);
	return ROLE_TEXT;
}

static enum role title_cell(
	const struct grid_context *ctx, const void *record, struct tend_str *out)
{
	(void)ctx;
	const struct tend_today_row *r = record;
	const char *number = r->subject != NULL ? strchr(r->subject, '#') : NULL;
	tend_str_add(out, r->title != NULL ? r->title : r->subject);
	if (number != NULL && strstr(tend_str_text(out), number) == NULL) {
		tend_str_addf(out, " %s", number);
	}
	return ROLE_TEXT;
}

static enum role kind_cell(const struct grid_context *ctx, const void *record, struct tend_str *out)
{
	(void)ctx;
	tend_str_add(out, word_text(((const struct tend_today_row *)record)->kind));
	return ROLE_DIM;
}

static enum role due_cell(const struct grid_context *ctx, const void *record, struct tend_str *out)
{
	const struct tend_today_row *r = record;
	if (strcmp(r->kind, "alert") == 0) {
		/* An alert is not due: how long it has stood is what counts. */
		return ROLE_DIM;
	}
	return cell_delta(r->due, ctx->today, out);
}

static enum role rank_cell(const struct grid_context *ctx, const void *record, struct tend_str *out)
{
	(void)ctx;
	tend_str_addf(out, "%.0f", ((const struct tend_today_row *)record)->rank);
	return ROLE_DIM;
}

static const struct grid_column columns[] = {
	{NULL, 1, TEND_LEFT, 0, NULL, glyph_cell},
	{N_("Customer"), 22, TEND_LEFT, 0, NULL, name_cell, 12},
	{N_("What"), 0, TEND_LEFT, 0, NULL, title_cell},
	{N_("Kind"), 9, TEND_LEFT, 64, NULL, kind_cell},
	{N_("Due"), 5, TEND_RIGHT, 34, NULL, due_cell},
	{N_("Rank"), 5, TEND_RIGHT, 56, NULL, rank_cell},
};
static const struct grid_spec spec = {columns, sizeof(columns) / sizeof(columns[0]), true, group};

/* The first page, and more as one moves on; a filter looks in all. */
static enum tend_status load(
	struct workbench *wb, struct view *v, struct pane *p, struct tend_error *err)
{
	size_t limit = v->filter == NULL ? v->wanted : 0;
	tend_list_finish(&p->list);
	return tend_app_today_bands(wb->app, limit, &p->list, &v->all, &v->urgent, err);
}

static const char *empty(struct workbench *wb, struct view *v, struct pane *p)
{
	(void)wb;
	(void)v;
	(void)p;
	return _("Nothing is due, late or alerting. g p shows all customers, g r the renewals "
		 "ahead.");
}

static int64_t identity(const void *record)
{
	const struct tend_today_row *r = record;
	static const char *const kinds[] = {"alert", "renewal", "promise", "complaint"};
	enum { KINDS = sizeof(kinds) / sizeof(kinds[0]) };
	int64_t kind = 0; /* a milestone */
	for (int i = 0; i < KINDS; i++) {
		kind = strcmp(r->kind, kinds[i]) == 0 ? i + 1 : kind;
	}
	return r->id * (KINDS + 1) + kind;
}

const struct pane_ops pane_today = {
	.title = N_("To do"),
	.offers = CX_CUSTOMER | CX_MILESTONE | CX_ALERT | CX_MARK | CX_FILTER | CX_WHY | CX_OPEN,
	.type = &tend_today_type,
	.spec = &spec,
	.load = load,
	.empty = empty,
	.identity = identity,
};
