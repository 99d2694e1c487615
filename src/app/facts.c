/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "facts.h"

struct series { /* of one metric, of all customers that were read */
	const char *metric;
	bool gauge;
	struct tend_list points;
	struct spans of;
};

/* --- what is asked for --- */

void needs_add_metric(struct needs *n, const char *metric, int reach)
{
	for (size_t i = 0; i < n->n; i++) {
		if (strcmp(n->items[i].metric, metric) == 0) {
			n->items[i].reach = reach > n->items[i].reach ? reach : n->items[i].reach;
			return;
		}
	}
	*TEND_PUSH(n) =
		(struct need){.metric = tend_arena_strdup(&n->arena, metric), .reach = reach};
}

/* Of points before the window the newest is read too: it tells that there are any, and is the latest. */
static int reach_of(const char *function, int window)
{
	if (strcmp(function, "days_since") == 0) {
		return NEED_ALL;
	}
	return strcmp(function, "change") == 0 ? 2 * window : window;
}

static bool is_about_contacts(const char *function)
{
	return strcmp(function, "silent") == 0 || strcmp(function, "missing") == 0
		|| strcmp(function, "single_thread") == 0;
}

static void need_open(struct needs *n, const char *plural)
{
	const struct tend_kind *kind = tend_kind_imported(plural);
	n->milestones = n->milestones || strcmp(plural, "milestones") == 0;
	if (kind == NULL || kind->type == &tend_complaint_type) {
		n->complaints = n->complaints || kind != NULL;
		return;
	}
	for (size_t i = 0; i < n->kinds.n; i++) {
		if (n->kinds.items[i] == kind) {
			return;
		}
	}
	*TEND_PUSH(&n->kinds) = kind;
}

static void need_call(void *ctx, const char *function, const char *arg, int window)
{
	struct needs *n = ctx;
	bool records = strcmp(function, "open") == 0 || strcmp(function, "overdue") == 0;
	if (strcmp(function, "done") == 0) {
		n->milestones = n->done = true;
	} else if (records) {
		need_open(n, arg);
	} else if (is_about_contacts(function)) {
		n->contacts = true;
	} else if (strcmp(function, "latest_score") == 0) {
		n->surveys = true;
	} else if (strcmp(arg, "contact") != 0) { /* the customer's record has that */
		needs_add_metric(n, arg, reach_of(function, window));
	}
}

static void need_field(void *ctx, const char *name)
{
	struct needs *n = ctx;
	n->custom = n->custom || tend_field_find(&tend_customer_type, name) == NULL;
}

void needs_add(struct needs *n, const struct tend_expr *e)
{
	if (e != NULL) {
		(void)tend_expr_calls(e, need_call, n);
		tend_expr_fields(e, need_field, n);
	}
}

void needs_finish(struct needs *n)
{
	for (size_t i = 0; i < n->n; i++) {
		ids_finish(&n->items[i].only);
	}
	free(n->items);
	free(n->kinds.items);
	tend_arena_finish(&n->arena);
	*n = (struct needs){0};
}

/* --- reading --- */

/* All of it, or the rows of each of the customers after one another; what else the reads take is in args[1] on. */
static enum tend_status read_rows(struct tend_app *a, enum tend_read all, enum tend_read of,
	struct tend_value *args, size_t nargs, const int64_t *ids, size_t n, struct tend_list *list,
	struct tend_error *err)
{
	if (n == 0) {
		return tend_store_read(a->store, all, args + 1, nargs, list, err);
	}
	enum tend_status status = TEND_OK;
	for (size_t i = 0; i < n && status == TEND_OK; i++) {
		args[0] = int_value(ids[i]);
		status = tend_store_read(a->store, of, args, nargs + 1, list, err);
	}
	return status;
}

static enum tend_status read_series(struct tend_app *a, const struct need *need, const int64_t *ids,
	size_t n, struct series *s, struct tend_error *err)
{
	const struct tend_metric *known = sources_metric(&a->sources, need->metric);
	s->metric = need->metric;
	s->gauge = known != NULL && known->gauge;
	tend_list_init(&s->points, &tend_point_type);
	struct tend_value args[] = {int_value(0), text_value(need->metric),
		int_value(need->reach == NEED_ALL ? INT32_MIN : a->today.day - need->reach + 1)};
	bool limited = n == 0 && need->limited;
	const int64_t *whose = limited ? need->only.items : ids;
	size_t count = limited ? need->only.n : n;
	enum tend_status status = limited && count == 0
		? TEND_OK
		: read_rows(a, TEND_READ_SERIES, TEND_READ_SERIES_OF, args, 2, whose, count,
			&s->points, err);
	spans_init(&s->of, &s->points, offsetof(struct tend_point, customer_id));
	return status;
}

enum tend_status facts_read_closed(struct tend_app *a, struct facts_book *b, struct tend_error *err)
{
	enum tend_status status =
		tend_store_read(a->store, TEND_READ_MILESTONES_CLOSED, NULL, 0, &b->closed, err);
	spans_init(&b->closed_of, &b->closed, offsetof(struct tend_milestone, customer_id));
	return status;
}

/* Of single customers their milestones are read whole; of all, the open ones and the others apart. */
static enum tend_status read_milestones(struct tend_app *a, const struct needs *needs,
	const int64_t *ids, size_t n, struct facts_book *b, struct tend_error *err)
{
	enum tend_status status = TEND_OK;
	struct tend_value arg;
	if (needs->milestones) {
		status = read_rows(a, TEND_READ_MILESTONES_OPEN, TEND_READ_MILESTONES_OF, &arg, 0,
			ids, n, &b->milestones, err);
	}
	if (status == TEND_OK && needs->done && n == 0) {
		status = facts_read_closed(a, b, err);
	}
	return status;
}

/* The records of a kind, of all (n 0) or of each. */
static enum tend_status read_records_of(struct tend_app *a, const int64_t *ids, size_t n,
	struct tend_list *list, struct tend_error *err)
{
	enum tend_status status = n == 0 ? more_records(a, 0, list, err) : TEND_OK;
	for (size_t i = 0; i < n && status == TEND_OK; i++) {
		status = more_records(a, ids[i], list, err);
	}
	return status;
}

/* With their touches. */
static enum tend_status read_contacts(struct tend_app *a, const int64_t *ids, size_t n,
	struct facts_book *b, struct tend_error *err)
{
	struct tend_list touches;
	struct tend_value arg;
	tend_list_init(&touches, &tend_activity_type);
	enum tend_status status = read_records_of(a, ids, n, &b->contacts, err);
	if (status == TEND_OK && b->contacts.n > 0) {
		status = read_rows(
			a, TEND_READ_TOUCHES, TEND_READ_TOUCHES_OF, &arg, 0, ids, n, &touches, err);
		tend_people_touch(tend_list_at(&b->contacts, 0), b->contacts.n,
			touches.n > 0 ? tend_list_at(&touches, 0) : NULL, touches.n, a->today);
	}
	tend_list_finish(&touches);
	return status;
}

/* With what a kind derives from a record alone. */
static enum tend_status read_kinds(struct tend_app *a, const struct needs *needs,
	const int64_t *ids, size_t n, struct facts_book *b, struct tend_error *err)
{
	enum tend_status status = TEND_OK;
	b->kinds = tend_calloc(needs->kinds.n + 1, sizeof(*b->kinds));
	b->records = tend_calloc(needs->kinds.n + 1, sizeof(*b->records));
	for (size_t i = 0; i < needs->kinds.n && status == TEND_OK; i++) {
		struct kind_rows *rows = &b->kinds[b->nkinds++];
		rows->kind = needs->kinds.items[i];
		tend_list_init(&rows->list, rows->kind->type);
		status = read_records_of(a, ids, n, &rows->list, err);
		for (size_t k = 0; rows->kind->derive != NULL && k < rows->list.n; k++) {
			rows->kind->derive(tend_list_at(&rows->list, k), a->today);
		}
		const struct tend_field *owner = tend_field_find(rows->kind->type, "customer_id");
		spans_init(&rows->of, &rows->list, owner->offset);
	}
	return status;
}

enum tend_status facts_read(struct tend_app *a, const struct needs *needs, const int64_t *ids,
	size_t n, struct facts_book *ret, struct tend_error *err)
{
	struct facts_book *b = ret;
	*b = (struct facts_book){.facts = {.day = a->today}};
	tend_list_init(&b->milestones, &tend_milestone_type);
	tend_list_init(&b->closed, &tend_milestone_type);
	tend_list_init(&b->complaints, &tend_complaint_type);
	tend_list_init(&b->contacts, &tend_contact_type);
	tend_list_init(&b->surveys, &tend_survey_type);
	b->series = tend_calloc(needs->n + 1, sizeof(*b->series));
	enum tend_status status = read_milestones(a, needs, ids, n, b, err);
	if (status == TEND_OK && needs->complaints) {
		status = read_records_of(a, ids, n, &b->complaints, err);
	}
	if (status == TEND_OK && needs->surveys) {
		status = read_records_of(a, ids, n, &b->surveys, err);
	}
	if (status == TEND_OK && needs->contacts) {
		status = read_contacts(a, ids, n, b, err);
	}
	status = status != TEND_OK ? status : read_kinds(a, needs, ids, n, b, err);
	for (size_t i = 0; i < needs->n && status == TEND_OK; i++) {
		b->nseries++;
		status = read_series(a, &needs->items[i], ids, n, &b->series[i], err);
	}
	spans_init(&b->milestones_of, &b->milestones, offsetof(struct tend_milestone, customer_id));
	spans_init(&b->complaints_of, &b->complaints, offsetof(struct tend_complaint, customer_id));
	spans_init(&b->contacts_of, &b->contacts, offsetof(struct tend_contact, customer_id));
	spans_init(&b->surveys_of, &b->surveys, offsetof(struct tend_survey, customer_id));
	return status;
}

/* The rows of a customer in the list; NULL where there are none. */
static const void *rows_of(
	const struct tend_list *list, const struct spans *of, int64_t id, size_t *ret_n)
{
	struct span span = spans_of(of, id);
	*ret_n = span.n;
	return span.n > 0 ? tend_list_at(list, span.first) : NULL;
}

struct tend_inputs facts_of(struct facts_book *b, const struct tend_customer *c)
{
	struct tend_facts *f = &b->facts;
	f->customer = c;
	f->milestones = rows_of(&b->milestones, &b->milestones_of, c->id, &f->nmilestones);
	f->closed = rows_of(&b->closed, &b->closed_of, c->id, &f->nclosed);
	f->complaints = rows_of(&b->complaints, &b->complaints_of, c->id, &f->ncomplaints);
	f->contacts = rows_of(&b->contacts, &b->contacts_of, c->id, &f->ncontacts);
	f->surveys = rows_of(&b->surveys, &b->surveys_of, c->id, &f->nsurveys);
	for (size_t i = 0; i < b->nkinds; i++) {
		struct tend_facts_records *r = &b->records[i];
		r->kind = b->kinds[i].kind;
		r->rows = rows_of(&b->kinds[i].list, &b->kinds[i].of, c->id, &r->n);
	}
	f->records = b->records;
	f->nrecords = b->nkinds;
	tend_facts_clear(f);
	for (size_t i = 0; i < b->nseries; i++) {
		const struct series *s = &b->series[i];
		size_t n;
		const struct tend_point *points = rows_of(&s->points, &s->of, c->id, &n);
		tend_facts_series(f, s->metric, s->gauge, points, n);
	}
	return tend_facts_inputs(f);
}

void facts_finish(struct facts_book *b)
{
	for (size_t i = 0; i < b->nseries; i++) {
		tend_list_finish(&b->series[i].points);
		spans_finish(&b->series[i].of);
	}
	free(b->series);
	for (size_t i = 0; i < b->nkinds; i++) {
		tend_list_finish(&b->kinds[i].list);
		spans_finish(&b->kinds[i].of);
	}
	free(b->kinds);
	free(b->records);
	tend_list_finish(&b->milestones);
	tend_list_finish(&b->closed);
	tend_list_finish(&b->complaints);
	tend_list_finish(&b->contacts);
	tend_list_finish(&b->surveys);
	spans_finish(&b->milestones_of);
	spans_finish(&b->closed_of);
	spans_finish(&b->complaints_of);
	spans_finish(&b->contacts_of);
	spans_finish(&b->surveys_of);
	tend_facts_finish(&b->facts);
	*b = (struct facts_book){0};
}

/* --- filters --- */

static enum tend_status no_metric(struct tend_app *a, const char *metric, struct tend_error *err)
{
	struct tend_arena arena = {0};
	struct tend_yaml_env env = sources_env(&a->sources, &arena, NULL, 0);
	const char *near = tend_nearest(metric, env.names.metrics, env.names.nmetrics);
	enum tend_status status = near != NULL
		? tend_fail(err, TEND_USAGE,
			_("filter: there is no metric \"%s\"; did you mean %s?"), metric, near)
		: tend_fail(err, TEND_USAGE, _("filter: there is no metric \"%s\""), metric);
	tend_arena_finish(&arena);
	return status;
}

enum tend_status tend_app_truths(struct tend_app *a, const struct tend_expr *e,
	const struct tend_list *customers, enum tend_truth *ret, struct tend_error *err)
{
	struct needs needs = {0};
	struct facts_book b;
	needs_add(&needs, e);
	enum tend_status status = facts_read(a, &needs, NULL, 0, &b, err);
	for (size_t i = 0; status == TEND_OK && i < b.nseries; i++) {
		/* A metric that no file describes is there where anybody has a point of it. */
		if (b.series[i].points.n == 0
			&& sources_metric(&a->sources, b.series[i].metric) == NULL) {
			status = no_metric(a, b.series[i].metric, err);
		}
	}
	for (size_t i = 0; status == TEND_OK && i < customers->n; i++) {
		struct tend_inputs in = facts_of(&b, tend_list_at(customers, i));
		ret[i] = tend_expr_truth(e, &in);
	}
	facts_finish(&b);
	needs_finish(&needs);
	return status;
}
