/* SPDX-License-Identifier: MIT */
/* The customer's page: contacts that were had, and money. */
#include <stdlib.h>
#include <string.h>

#include <tend/money.h>

#include "cells.h"
#include "panes.h"
#include "words.h"

#define TOUCHES 24 /* the timeline has all */

/* --- activities --- */

static enum role activity_day(
	const struct grid_context *ctx, const void *record, struct tend_str *out)
{
	cell_day(((const struct tend_activity *)record)->date, ctx->today, out);
	return ROLE_TEXT;
}

static enum role activity_kind(
	const struct grid_context *ctx, const void *record, struct tend_str *out)
{
	(void)ctx;
	const char *kind = ((const struct tend_activity *)record)->kind;
	tend_str_add(out, kind != NULL ? word_text(kind) : "--");
	return ROLE_ACCENT;
}

static enum role activity_text(
	const struct grid_context *ctx, const void *record, struct tend_str *out)
{
	(void)ctx;
	const struct tend_activity *a = record;
	tend_str_add(out, a->text != NULL ? a->text : "");
	return ROLE_TEXT;
}

static enum role activity_contact(
	const struct grid_context *ctx, const void *record, struct tend_str *out)
{
	(void)ctx;
	const struct tend_activity *a = record;
	tend_str_add(out, a->contact != NULL ? a->contact : "");
	return ROLE_DIM;
}

static const struct grid_column activity_columns[] = {
	{N_("Day"), 10, TEND_RIGHT, 44, NULL, activity_day},
	{N_("Kind"), 8, TEND_LEFT, 0, NULL, activity_kind},
	{N_("Text"), 0, TEND_LEFT, 0, NULL, activity_text},
	{N_("Contact"), 14, TEND_LEFT, 80, NULL, activity_contact},
};
static const struct grid_spec touches_spec = {
	activity_columns, sizeof(activity_columns) / sizeof(activity_columns[0]), false, NULL};

static enum tend_status load_activities(
	struct workbench *wb, struct view *v, struct pane *p, struct tend_error *err)
{
	struct tend_query q = {.limit = TOUCHES}; /* the newest first, as they are ordered */
	if (v->customer_id == 0) {
		return TEND_OK;
	}
	tend_list_finish(&p->list);
	return tend_app_records(wb->app, &tend_activity_type, v->customer_id, &q, &p->list, err);
}

static const char *activities_empty(struct workbench *wb, struct view *v, struct pane *p)
{
	(void)wb;
	(void)v;
	(void)p;
	return _("No contact is logged yet. l logs a call, a meeting or a mail, n a note.");
}

const struct pane_ops pane_touches = {
	.title = N_("Last contacts"),
	.offers = CX_CUSTOMER | CX_RECORD | CX_ADD,
	.type = &tend_activity_type,
	.spec = &touches_spec,
	.follows = true,
	.load = load_activities,
	.empty = activities_empty,
};

/* --- money --- */

static enum role plan_cell(const struct grid_context *ctx, const void *record, struct tend_str *out)
{
	(void)ctx;
	const struct tend_subscription *s = record;
	tend_str_add(out, s->plan != NULL && s->plan[0] != '\0' ? s->plan : s->key);
	return ROLE_TEXT;
}

static bool runs(const struct tend_subscription *s, struct tend_date today)
{
	return s->start.day <= today.day && (!tend_has_date(s->end) || today.day < s->end.day);
}

static enum role term_cell(const struct grid_context *ctx, const void *record, struct tend_str *out)
{
	const struct tend_subscription *s = record;
	char from[TEND_DATE_LEN], to[TEND_DATE_LEN];
	tend_str_addf(
		out, "%s - %s", tend_date_format(s->start, from), tend_date_format(s->end, to));
	return runs(s, ctx->today) ? ROLE_TEXT : ROLE_DIM;
}

static enum role amount_cell(
	const struct grid_context *ctx, const void *record, struct tend_str *out)
{
	const struct tend_subscription *s = record;
	int64_t year = s->annual;
	if (year == TEND_NO_MONEY && s->monthly != TEND_NO_MONEY && s->monthly < INT64_MAX / 12) {
		year = s->monthly * 12;
	}
	enum role role = cell_money(year, out);
	return runs(s, ctx->today) ? role : ROLE_DIM;
}

static enum role seats_cell(
	const struct grid_context *ctx, const void *record, struct tend_str *out)
{
	(void)ctx;
	const struct tend_subscription *s = record;
	if (s->seats == TEND_NO_INT) {
		tend_str_add(out, "--");
		return ROLE_DIM;
	}
	tend_str_addf(out, "%lld", (long long)s->seats);
	return ROLE_TEXT;
}

static enum role subscription_state(
	const struct grid_context *ctx, const void *record, struct tend_str *out)
{
	const struct tend_subscription *s = record;
	bool active = runs(s, ctx->today);
	tend_str_add(out,
		s->trial > 0                            ? _("trial")
			: active                        ? word_text("active")
			: s->start.day > ctx->today.day ? _("later")
							: _("ended"));
	return active && s->trial <= 0 ? ROLE_GOOD : ROLE_DIM;
}

static const struct grid_column subscription_columns[] = {
	{N_("Subscription"), 0, TEND_LEFT, 0, NULL, plan_cell},
	{N_("Term"), 23, TEND_LEFT, 56, NULL, term_cell},
	{N_("Seats"), 5, TEND_RIGHT, 40, NULL, seats_cell},
	{N_("A year"), 6, TEND_RIGHT, 0, NULL, amount_cell},
	{N_("State"), 7, TEND_LEFT, 0, NULL, subscription_state},
};
static const struct grid_spec subscription_spec = {subscription_columns,
	sizeof(subscription_columns) / sizeof(subscription_columns[0]), true, NULL};

static enum tend_status load_subscriptions(
	struct workbench *wb, struct view *v, struct pane *p, struct tend_error *err)
{
	struct tend_query q = {.sort = "-start"};
	tend_list_finish(&p->list);
	return tend_app_records(
		wb->app, &tend_subscription_type, v->customer_id, &q, &p->list, err);
}

static const char *subscriptions_empty(struct workbench *wb, struct view *v, struct pane *p)
{
	(void)wb;
	(void)v;
	(void)p;
	return _("No subscriptions. :import subscriptions FILE.csv brings them in.");
}

const struct pane_ops pane_subscriptions = {
	.title = N_("Subscriptions"),
	.offers = CX_CUSTOMER | CX_RECORD | CX_ADD | CX_OPEN,
	.type = &tend_subscription_type,
	.spec = &subscription_spec,
	.load = load_subscriptions,
	.empty = subscriptions_empty,
};

static void money_text(
	struct workbench *wb, struct view *v, struct pane *p, int columns, struct lines *l)
{
	(void)p;
	(void)columns;
	const struct tend_customer *c = view_customer(v);
	char day[TEND_DATE_LEN];
	if (c == NULL) {
		return;
	}
	size_t active = 0;
	for (size_t i = 0; i < v->panes[0].list.n; i++) {
		active += runs(tend_list_at(&v->panes[0].list, i), wb->today) ? 1 : 0;
	}
	struct tend_str amount = {0};
	cell_amount(c->arr, c->currency, &amount);
	lines_label(l, _("ARR"), ROLE_TEXT, "%s", tend_str_text(&amount));
	tend_str_finish(&amount);
	lines_label(l, _("active"), ROLE_TEXT, _("%zu of %zu subscriptions"), active,
		v->panes[0].list.n);
	if (tend_has_date(c->renewal)) {
		struct tend_str delta = {0};
		enum role role = cell_delta(c->renewal, wb->today, &delta);
		lines_label(l, _("renewal"), role, "%s  %s", tend_date_format(c->renewal, day),
			tend_str_text(&delta));
		tend_str_finish(&delta);
	}
	if (c->term_months > 0) {
		lines_label(l, _("term"), ROLE_TEXT, _("%d months"), (int)c->term_months);
	}
	lines_add(l, ROLE_DIM, "%s", _("X writes the renewal checklist."));
}

const struct pane_ops pane_money_facts = {
	.title = N_("Renewal"),
	.offers = CX_CUSTOMER | CX_FACTS,
	.text = money_text,
};
