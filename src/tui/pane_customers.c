/* SPDX-License-Identifier: MIT */
/* Lists of customers: the portfolio, renewals by date, and terms that are over. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <tend/care.h>
#include <tend/mem.h>

#include "cells.h"
#include "panes.h"
#include "words.h"

static enum role name_cell(const struct grid_context *ctx, const void *record, struct tend_str *out)
{
	(void)ctx;
	tend_str_add(out, ((const struct tend_customer *)record)->name);
	return ROLE_TEXT;
}

static enum role owner_cell(
	const struct grid_context *ctx, const void *record, struct tend_str *out)
{
	(void)ctx;
	const char *owner = ((const struct tend_customer *)record)->owner;
	tend_str_add(out, owner != NULL ? owner : "--");
	return ROLE_DIM;
}

static enum role stage_cell(
	const struct grid_context *ctx, const void *record, struct tend_str *out)
{
	const struct tend_customer *c = record;
	bool running = tend_same(c->status, "active");
	if (!running && c->status != NULL) {
		tend_str_add(out, word_text(c->status));
		return tend_same(c->status, "lapsed") ? ROLE_BAD : ROLE_DIM;
	}
	tend_str_add(out, stage_title(ctx->owner, c->journey, c->stage));
	return c->stage != NULL ? ROLE_TEXT : ROLE_DIM;
}

static enum role month_cell(
	const struct grid_context *ctx, const void *record, struct tend_str *out)
{
	(void)ctx;
	const struct tend_customer *c = record;
	if (c->month == TEND_NO_INT || c->month <= 0) {
		tend_str_add(out, "--");
		return ROLE_DIM;
	}
	tend_str_addf(out, "%d", (int)c->month);
	return ROLE_TEXT;
}

static enum role health_cell(
	const struct grid_context *ctx, const void *record, struct tend_str *out)
{
	(void)ctx;
	const struct tend_customer *c = record;
	return cell_health(c->health, c->health_band, out);
}

static enum role arr_cell(const struct grid_context *ctx, const void *record, struct tend_str *out)
{
	(void)ctx;
	return cell_money(((const struct tend_customer *)record)->arr, out);
}

static enum role renews_cell(
	const struct grid_context *ctx, const void *record, struct tend_str *out)
{
	const struct tend_customer *c = record;
	enum role role = cell_delta(c->renewal, ctx->today, out);
	return role == ROLE_SOON || role == ROLE_BAD                                 ? role
		: tend_has_date(c->renewal) && c->renewal.day - ctx->today.day <= 60 ? ROLE_SOON
										     : role;
}

static enum role renewal_day_cell(
	const struct grid_context *ctx, const void *record, struct tend_str *out)
{
	cell_day(((const struct tend_customer *)record)->renewal, ctx->today, out);
	return ROLE_TEXT;
}

static enum role next_cell(const struct grid_context *ctx, const void *record, struct tend_str *out)
{
	const struct tend_customer *c = record;
	bool none = tend_is_after_term(c, c->next_due);
	return cell_delta(none ? TEND_NO_DATE : c->next_due, ctx->today, out);
}

static enum role alerts_cell(
	const struct grid_context *ctx, const void *record, struct tend_str *out)
{
	(void)ctx;
	int64_t n = ((const struct tend_customer *)record)->alerts;
	if (n > 0) {
		tend_str_addf(out, n > 9 ? "!+" : "!%d", (int)n);
	}
	return ROLE_BAD;
}

static const struct grid_column columns[] = {
	{N_("Name"), 0, TEND_LEFT, 0, "name", name_cell},
	{N_("Owner"), 8, TEND_LEFT, 90, "owner", owner_cell},
	{N_("Stage"), 8, TEND_LEFT, 50, "stage", stage_cell},
	{N_("M"), 2, TEND_RIGHT, 60, "month", month_cell},
	{N_("Health"), 8, TEND_RIGHT, 56, "health", health_cell},
	{N_("ARR"), 5, TEND_RIGHT, 0, "arr", arr_cell},
	{N_("Renews"), 6, TEND_RIGHT, 44, "renewal", renews_cell},
	{N_("Next"), 6, TEND_RIGHT, 0, "next_due", next_cell},
	{N_("!"), 2, TEND_LEFT, 0, "alerts", alerts_cell},
};
static const struct grid_spec spec = {columns, sizeof(columns) / sizeof(columns[0]), true, NULL};

/* A column that knows of nobody gives its room to the names. */
static void hide_unknown_health(struct pane *p)
{
	bool known = false;
	for (size_t i = 0; i < p->list.n && !known; i++) {
		known = !isnan(((const struct tend_customer *)tend_list_at(&p->list, i))->health);
	}
	p->grid.hidden = 0;
	const struct grid_spec *shown = pane_spec(p);
	for (size_t i = 0; i < shown->n && !known && shown == p->ops->spec; i++) {
		if (shown->columns[i].cell == health_cell) {
			p->grid.hidden |= 1u << i;
		}
	}
}

static enum tend_status load(
	struct workbench *wb, struct view *v, struct pane *p, struct tend_error *err)
{
	struct tend_query q = {.sort = v->sort};
	tend_list_finish(&p->list);
	enum tend_status status = tend_app_customers(wb->app, &q, &p->list, err);
	hide_unknown_health(p);
	return status;
}

const char *customers_empty(struct workbench *wb, struct view *v, struct pane *p)
{
	(void)wb;
	(void)v;
	(void)p;
	return _("No customers yet. Press a to add one, or type :import customers FILE.csv");
}

#define CUSTOMER_OFFERS                                                                            \
	(CX_CUSTOMER | CX_MILESTONE | CX_MARK | CX_FILTER | CX_SORT | CX_WHY | CX_OPEN | CX_ADD)

const struct pane_ops pane_customers = {
	.title = N_("Customers"),
	.offers = CUSTOMER_OFFERS,
	.type = &tend_customer_type,
	.spec = &spec,
	.load = load,
	.empty = customers_empty,
};

/* --- renewals: by date, in groups of a month --- */

static const char *month_group(const struct grid_context *ctx, const void *record)
{
	static const char *const names[] = {N_("January"), N_("February"), N_("March"), N_("April"),
		N_("May"), N_("June"), N_("July"), N_("August"), N_("September"), N_("October"),
		N_("November"), N_("December")};
	const struct tend_customer *c = record;
	if (!tend_has_date(c->renewal)) {
		return _("No renewal date");
	}
	if (c->renewal.day < ctx->today.day) {
		return _("Past their day");
	}
	int y, m, d;
	tend_date_to_ymd(c->renewal, &y, &m, &d);
	return _(names[m - 1]);
}

static const struct grid_column renewal_columns[] = {
	{N_("Name"), 0, TEND_LEFT, 0, "name", name_cell},
	{N_("Owner"), 8, TEND_LEFT, 60, "owner", owner_cell},
	{N_("Renewal day"), 11, TEND_RIGHT, 44, "renewal", renewal_day_cell},
	{N_("Renews"), 6, TEND_RIGHT, 0, "renewal", renews_cell},
	{N_("ARR"), 5, TEND_RIGHT, 0, "arr", arr_cell},
	{N_("Health"), 8, TEND_RIGHT, 56, "health", health_cell},
	{N_("Next"), 6, TEND_RIGHT, 50, "next_due", next_cell},
	{N_("!"), 2, TEND_LEFT, 0, "alerts", alerts_cell},
};
static const struct grid_spec renewal_spec = {
	renewal_columns, sizeof(renewal_columns) / sizeof(renewal_columns[0]), true, month_group};

/* Two quarters ahead, and what is past its day. */
static enum tend_status load_renewals(
	struct workbench *wb, struct view *v, struct pane *p, struct tend_error *err)
{
	(void)v;
	struct tend_query q = {.filter = tend_app_page_filter("renewals"), .sort = "renewal,name"};
	tend_list_finish(&p->list);
	enum tend_status status = tend_app_customers(wb->app, &q, &p->list, err);
	hide_unknown_health(p);
	return status;
}

static const char *renewals_empty(struct workbench *wb, struct view *v, struct pane *p)
{
	(void)wb;
	(void)v;
	(void)p;
	return _("No term ends within 180 days. g p shows all customers.");
}

const struct pane_ops pane_renewals = {
	.title = N_("Renewals within 180 days"),
	.offers = CUSTOMER_OFFERS & ~((unsigned)CX_SORT | CX_ADD),
	.type = &tend_customer_type,
	.spec = &renewal_spec,
	.load = load_renewals,
	.empty = renewals_empty,
};

/* --- terms that are over: lapsed, churned, pooled --- */

static const char *status_group(const struct grid_context *ctx, const void *record)
{
	(void)ctx;
	const char *status = ((const struct tend_customer *)record)->status;
	return tend_same(status, "lapsed")    ? _("Lapsed: to win back")
		: tend_same(status, "pooled") ? _("Lead pool")
					      : _("Churned");
}

static const struct grid_spec ended_spec = {
	renewal_columns, sizeof(renewal_columns) / sizeof(renewal_columns[0]), true, status_group};

static enum tend_status load_ended(
	struct workbench *wb, struct view *v, struct pane *p, struct tend_error *err)
{
	(void)v;
	static const char *const order[] = {"lapsed", "churned", "pooled"};
	struct tend_query q = {.filter = tend_app_page_filter("winback"), .sort = "renewal,name"};
	tend_list_finish(&p->list);
	enum tend_status status = tend_app_customers(wb->app, &q, &p->list, err);
	/* Sorted by the order in which a person works on them. */
	size_t n = 0, size = tend_customer_type.size;
	char *sorted = tend_calloc(p->list.n + 1, size);
	for (size_t k = 0; k < sizeof(order) / sizeof(order[0]); k++) {
		for (size_t i = 0; i < p->list.n; i++) {
			const struct tend_customer *c = tend_list_at(&p->list, i);
			if (tend_same(c->status, order[k])) {
				memcpy(sorted + n++ * size, c, size);
			}
		}
	}
	memcpy(p->list.items != NULL ? p->list.items : sorted, sorted, n * size);
	p->list.n = n;
	free(sorted);
	hide_unknown_health(p);
	return status;
}

static const char *ended_empty(struct workbench *wb, struct view *v, struct pane *p)
{
	(void)wb;
	(void)v;
	(void)p;
	return _("Nobody has lapsed, left or gone to the lead pool. g p shows all customers.");
}

const struct pane_ops pane_ended = {
	.title = N_("Terms that are over"),
	.offers = CUSTOMER_OFFERS & ~((unsigned)CX_SORT | CX_ADD),
	.type = &tend_customer_type,
	.spec = &ended_spec,
	.load = load_ended,
	.empty = ended_empty,
};
