/* SPDX-License-Identifier: MIT */
/* Alerts: of the selected customer, and of all. */
#include <stdlib.h>
#include <string.h>

#include <tend/mem.h>
#include <tend/money.h>

#include "cells.h"
#include "panes.h"
#include "words.h"

static enum role glyph_cell(
	const struct grid_context *ctx, const void *record, struct tend_str *out)
{
	(void)ctx;
	const struct tend_alert *a = record;
	bool waits = tend_same(a->state, "snoozed"), seen = tend_same(a->state, "acked");
	tend_str_add(out, waits ? "z" : seen ? "v" : severity_glyph(a->severity));
	return waits || seen ? ROLE_DIM : severity_role(a->severity);
}

static enum role name_cell(const struct grid_context *ctx, const void *record, struct tend_str *out)
{
	(void)ctx;
	const struct tend_alert *a = record;
	tend_str_add(out, a->name != NULL ? a->name : a->customer);
	return ROLE_TEXT;
}

static enum role reason_cell(
	const struct grid_context *ctx, const void *record, struct tend_str *out)
{
	(void)ctx;
	const struct tend_alert *a = record;
	/* The reason says more than the rule's title, which `w` shows. */
	const char *title = a->title != NULL ? a->title : a->rule;
	tend_str_add(out, a->reason != NULL && a->reason[0] != '\0' ? a->reason : title);
	return tend_same(a->state, "open") ? ROLE_TEXT : ROLE_DIM;
}

static enum role state_cell(
	const struct grid_context *ctx, const void *record, struct tend_str *out)
{
	const struct tend_alert *a = record;
	if (tend_same(a->state, "snoozed") && tend_has_date(a->until)) {
		tend_str_add(out, "z ");
		cell_day(a->until, ctx->today, out);
		return ROLE_DIM;
	}
	tend_str_add(out, word_text(a->state));
	return tend_same(a->state, "open") ? ROLE_TEXT : ROLE_DIM;
}

static enum role age_cell(const struct grid_context *ctx, const void *record, struct tend_str *out)
{
	const struct tend_alert *a = record;
	int days = tend_has_date(a->raised) ? ctx->today.day - a->raised.day : 0;
	tend_str_addf(out, "%dd", days > 0 ? days : 0);
	return ROLE_DIM;
}

static enum role value_cell(
	const struct grid_context *ctx, const void *record, struct tend_str *out)
{
	(void)ctx;
	const struct tend_alert *a = record;
	char text[TEND_MONEY_LEN];
	if (a->value_at_risk == TEND_NO_MONEY) {
		tend_str_add(out, "--");
		return ROLE_DIM;
	}
	tend_str_addf(out, "%s%s", a->currency != NULL ? tend_currency_sign(a->currency) : "",
		tend_money_fold(a->value_at_risk, text));
	return ROLE_TEXT;
}

/* The whole reason where the list cuts it. */
static void below(
	const struct view *v, const void *record, int room, int columns_wide, struct lines *l)
{
	(void)v;
	const struct tend_alert *a = record;
	if (a->reason != NULL && tend_columns(a->reason) > room) {
		lines_wrap(l, ROLE_DIM, columns_wide, a->reason);
	}
}

static const struct grid_column columns[] = {
	{NULL, 1, TEND_LEFT, 0, NULL, glyph_cell},
	{N_("Alert"), 0, TEND_LEFT, 0, NULL, reason_cell},
	{N_("State"), 9, TEND_LEFT, 90, NULL, state_cell},
	{N_("Age"), 4, TEND_RIGHT, 0, NULL, age_cell},
	{N_("At stake"), 8, TEND_RIGHT, 60, NULL, value_cell},
};
static const struct grid_spec spec = {columns, sizeof(columns) / sizeof(columns[0]), false, NULL};

static int by_severity(const void *a, const void *b)
{
	static const char *const order[] = {"high", "medium", "low"};
	const struct tend_alert *x = a, *y = b;
	/* What was put off until later comes last. */
	bool wx = tend_same(x->state, "snoozed"), wy = tend_same(y->state, "snoozed");
	if (wx != wy) {
		return wx ? 1 : -1;
	}
	int sx = 0, sy = 0;
	while (sx < 3 && !tend_same(order[sx], x->severity)) {
		sx++;
	}
	while (sy < 3 && !tend_same(order[sy], y->severity)) {
		sy++;
	}
	return sx != sy ? sx - sy : x->id < y->id ? -1 : x->id > y->id;
}

static enum tend_status load(
	struct workbench *wb, struct view *v, struct pane *p, struct tend_error *err)
{
	if (v->customer_id == 0) {
		return TEND_OK;
	}
	tend_list_finish(&p->list);
	enum tend_status status =
		tend_app_alerts(wb->app, v->customer_id, false, NULL, &p->list, err);
	if (p->list.n > 1) {
		qsort(p->list.items, p->list.n, p->list.type->size, by_severity);
	}
	return status;
}

static const char *empty(struct workbench *wb, struct view *v, struct pane *p)
{
	(void)wb;
	(void)v;
	(void)p;
	return _("No alerts.");
}

const struct pane_ops pane_alerts = {
	.title = N_("Alerts"),
	.offers = CX_CUSTOMER | CX_ALERT | CX_MARK | CX_WHY | CX_OPEN,
	.type = &tend_alert_type,
	.spec = &spec,
	.follows = true,
	.load = load,
	.empty = empty,
	.below = below,
};

/* --- of all customers --- */

static const struct grid_column all_columns[] = {
	{NULL, 1, TEND_LEFT, 0, NULL, glyph_cell},
	{N_("Customer"), 20, TEND_LEFT, 0, "name", name_cell, 12},
	{N_("Alert"), 0, TEND_LEFT, 0, "rule", reason_cell},
	{N_("State"), 9, TEND_LEFT, 90, "state", state_cell},
	{N_("Age"), 4, TEND_RIGHT, 34, "raised", age_cell},
	{N_("At stake"), 8, TEND_RIGHT, 72, "value_at_risk", value_cell},
};
static const struct grid_spec all_spec = {
	all_columns, sizeof(all_columns) / sizeof(all_columns[0]), true, NULL};

static enum tend_status load_all(
	struct workbench *wb, struct view *v, struct pane *p, struct tend_error *err)
{
	tend_list_finish(&p->list);
	enum tend_status status = tend_app_alerts(wb->app, 0, false, NULL, &p->list, err);
	if (p->list.n > 1 && v->sort == NULL) {
		qsort(p->list.items, p->list.n, p->list.type->size, by_severity);
	}
	return status;
}

static const char *all_empty(struct workbench *wb, struct view *v, struct pane *p)
{
	(void)wb;
	(void)v;
	(void)p;
	return _("No alerts: nothing is late, silent or about to end. g t shows what is due.");
}

const struct pane_ops pane_all_alerts = {
	.title = N_("Alerts"),
	.offers = CX_CUSTOMER | CX_ALERT | CX_MARK | CX_FILTER | CX_SORT | CX_WHY | CX_OPEN,
	.type = &tend_alert_type,
	.spec = &all_spec,
	.load = load_all,
	.empty = all_empty,
	.below = below,
};
