/* SPDX-License-Identifier: MIT */
/* The customer's page: how the product is used. A row per metric, and a chart of the selected one. */
#include <math.h>
#include <stdlib.h>

#include <tend/fields.h>
#include <tend/mem.h>

#include "cells.h"
#include "chart.h"
#include "panes.h"

#define SPAN_DAYS 30
#define NUMBER_COLUMNS 7

struct metric_row {
	int64_t id; /* from 1 */
	const char *key, *name; /* of the metric, and how people call it */
	double last30, before30, change;
	struct tend_date newest;
	const struct tend_pack_usage *usage;
};
#define SPANS COUNT_OF(((struct tend_pack_usage *)NULL)->spans)

#define R struct metric_row
static const struct tend_field metric_fields[] = {
	TEXT(R, key, 0, "Key", "编号"),
	TEXT(R, name, 0, "Metric", "指标"),
	NUMBER(R, last30, 0, "30 days", "近 30 天"),
	NUMBER(R, before30, 0, "Before", "之前"),
	NUMBER(R, change, 0, "Change", "变化"),
	DATE(R, newest, 0, "Newest", "最新"),
};
static const struct tend_record_type metric_type =
	RECORD_TYPE_OF(R, "metric", "Metric", "指标", metric_fields);

static enum tend_status load(
	struct workbench *wb, struct view *v, struct pane *p, struct tend_error *err)
{
	struct tend_list points;
	const struct tend_pack_usage *usage = NULL;
	size_t n = 0;
	enum tend_status status =
		tend_app_records(wb->app, &tend_point_type, v->customer_id, NULL, &points, err);
	if (status == TEND_OK) {
		tend_app_usage(wb->app, &points, &p->list.arena, &usage, &n);
	}
	for (size_t i = 0; i < n; i++) {
		struct metric_row *row = tend_list_add(&p->list);
		*row = (struct metric_row){.id = (int64_t)i + 1,
			.key = usage[i].metric,
			.name = usage[i].title,
			.last30 = usage[i].last30,
			.before30 = usage[i].before30,
			.change = usage[i].change,
			.newest = usage[i].newest,
			.usage = &usage[i]};
	}
	tend_list_finish(&points);
	return status;
}

/* --- the list --- */

static enum role name_cell(const struct grid_context *ctx, const void *record, struct tend_str *out)
{
	(void)ctx;
	tend_str_add(out, ((const struct metric_row *)record)->name);
	return ROLE_TEXT;
}

static enum role spark_cell(
	const struct grid_context *ctx, const void *record, struct tend_str *out)
{
	const struct workbench *wb = ctx->owner;
	cell_spark(((const struct metric_row *)record)->usage->spans, SPANS, wb->o->ascii, out);
	return ROLE_CHART;
}

static enum role last_cell(const struct grid_context *ctx, const void *record, struct tend_str *out)
{
	(void)ctx;
	return cell_quantity(((const struct metric_row *)record)->last30, NUMBER_COLUMNS, out);
}

static enum role before_cell(
	const struct grid_context *ctx, const void *record, struct tend_str *out)
{
	(void)ctx;
	(void)cell_quantity(((const struct metric_row *)record)->before30, NUMBER_COLUMNS, out);
	return ROLE_DIM;
}

static enum role change_cell(
	const struct grid_context *ctx, const void *record, struct tend_str *out)
{
	(void)ctx;
	return cell_change(((const struct metric_row *)record)->change, out);
}

static enum role newest_cell(
	const struct grid_context *ctx, const void *record, struct tend_str *out)
{
	struct tend_date day = ((const struct metric_row *)record)->newest;
	cell_day(day, ctx->today, out);
	bool old = !tend_has_date(day) || ctx->today.day - day.day > SPAN_DAYS;
	return old ? ROLE_BAD : ROLE_DIM;
}

static const struct grid_column metric_columns[] = {
	{N_("Metric"), 0, TEND_LEFT, 0, "name", name_cell},
	{N_("360 days"), (int)SPANS, TEND_LEFT, 36, NULL, spark_cell},
	{N_("30 days"), NUMBER_COLUMNS, TEND_RIGHT, 0, "last30", last_cell},
	{N_("Before"), NUMBER_COLUMNS, TEND_RIGHT, 56, "before30", before_cell},
	{N_("Change"), 7, TEND_RIGHT, 0, "change", change_cell, 6},
	{N_("Newest"), 10, TEND_RIGHT, 64, "newest", newest_cell},
};
static const struct grid_spec metric_spec = {metric_columns, COUNT_OF(metric_columns), true, NULL};

static const char *empty(struct workbench *wb, struct view *v, struct pane *p)
{
	(void)wb;
	(void)v;
	(void)p;
	return _("No usage yet. :import usage FILE.csv brings it in: customer, metric, date, "
		 "value.");
}

const struct pane_ops pane_usage = {
	.title = N_("Usage"),
	.offers = CX_CUSTOMER | CX_FILTER | CX_SORT | CX_OPEN,
	.type = &metric_type,
	.spec = &metric_spec,
	.load = load,
	.empty = empty,
};

/* --- the selected one over a year --- */

static const struct metric_row *selected(const struct view *v)
{
	return grid_selected(&v->panes[0].grid, &v->panes[0].list);
}

static void chart_text(
	struct workbench *wb, struct view *v, struct pane *p, int columns, struct lines *l)
{
	const struct metric_row *row = selected(v);
	char days[SPANS][TEND_DATE_LEN];
	const char *labels[SPANS];
	if (row == NULL) {
		return;
	}
	for (size_t i = 0; i < SPANS; i++) {
		/* A year at most: the year itself is not needed. */
		struct tend_date end = {wb->today.day - SPAN_DAYS * (int)(SPANS - 1 - i)};
		labels[i] = tend_date_format(end, days[i]) + 5;
	}
	const struct bars bars = {row->usage->spans, labels, SPANS};
	chart_bars(&bars, columns, p->height, wb->o->ascii, l);
}

static void chart_heading(struct workbench *wb, struct view *v, struct pane *p, int room,
	struct tend_str *left, struct tend_str *right)
{
	(void)wb;
	(void)p;
	(void)room;
	(void)right;
	const struct metric_row *row = selected(v);
	if (row != NULL) {
		tend_str_addf(left, _("%s: 30 days each, up to the day below"), row->name);
	}
}

const struct pane_ops pane_chart = {
	.title = N_("Chart"),
	.offers = CX_CUSTOMER,
	.details = true,
	.text = chart_text,
	.heading = chart_heading,
};
