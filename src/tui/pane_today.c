/* SPDX-License-Identifier: MIT */
/* The queue of the day: by day, and within it by rank. */
#include <stdlib.h>
#include <string.h>

#include <tend/mem.h>

#include "cells.h"
#include "panes.h"
#include "words.h"

#define QUEUE_ROWS 5000

/* 0 late, 1 today (alerts and renewals call now), 2 later. */
static int group_of(const struct tend_today_row *r, struct tend_date today)
{
	if (strcmp(r->kind, "overdue") == 0) {
		return 0;
	}
	return strcmp(r->kind, "due") == 0 && tend_has_date(r->due) && r->due.day > today.day ? 2
											      : 1;
}

static const char *group(const struct grid_context *ctx, const void *record)
{
	static const char *const titles[] = {N_("Late"), N_("Today"), N_("Coming days")};
	return _(titles[group_of(record, ctx->today)]);
}

static enum role glyph_cell(
	const struct grid_context *ctx, const void *record, struct tend_str *out)
{
	(void)ctx;
	const struct tend_today_row *r = record;
	bool overdue = strcmp(r->kind, "overdue") == 0;
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
	{N_("Kind"), 8, TEND_LEFT, 64, NULL, kind_cell},
	{N_("Due"), 5, TEND_RIGHT, 34, NULL, due_cell},
	{N_("Rank"), 5, TEND_RIGHT, 56, NULL, rank_cell},
};
static const struct grid_spec spec = {columns, sizeof(columns) / sizeof(columns[0]), true, group};

struct placed {
	size_t at;
	int group;
};

static int compare(const void *a, const void *b)
{
	const struct placed *x = a, *y = b;
	return x->group != y->group ? x->group - y->group : x->at < y->at ? -1 : 1;
}

/* The queue comes by rank; on screen the days stand together. */
static void order(struct workbench *wb, struct tend_list *list)
{
	size_t size = list->type->size;
	struct placed *p = tend_calloc(list->n + 1, sizeof(*p));
	char *sorted = tend_calloc(list->n + 1, size);
	for (size_t i = 0; i < list->n; i++) {
		p[i] = (struct placed){i, group_of(tend_list_at(list, i), wb->today)};
	}
	qsort(p, list->n, sizeof(*p), compare);
	for (size_t i = 0; i < list->n; i++) {
		memcpy(sorted + i * size, tend_list_at(list, p[i].at), size);
	}
	if (list->n > 0) {
		memcpy(list->items, sorted, list->n * size);
	}
	free(p);
	free(sorted);
}

static enum tend_status load(
	struct workbench *wb, struct view *v, struct pane *p, struct tend_error *err)
{
	/* The first page, then as many as a person may walk through; a filter looks in all. */
	size_t limit = !v->loaded ? FIRST_ROWS : v->filter == NULL ? QUEUE_ROWS : 0;
	struct tend_query q = {.limit = limit};
	tend_list_finish(&p->list);
	enum tend_status status = tend_app_today_queue(wb->app, &q, &p->list, err);
	bool cut = limit > 0 && p->list.n == limit;
	v->partial = cut && limit == FIRST_ROWS;
	v->cut = cut && limit == QUEUE_ROWS;
	order(wb, &p->list);
	return status;
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
	int64_t kind = strcmp(r->kind, "alert") == 0 ? 1 : strcmp(r->kind, "renewal") == 0 ? 2 : 0;
	return (kind == 2 ? r->customer_id : r->id) * 4 + kind;
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
