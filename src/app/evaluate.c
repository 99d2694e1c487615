/* SPDX-License-Identifier: MIT */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <tend/care.h>

#include "evaluate.h"

/* Under so many customers, reading theirs alone is cheaper than reading the whole book in order. */
#define BULK_FROM 100

static void book_finish(struct book *b)
{
	tend_list_finish(&b->customers);
	tend_list_finish(&b->milestones);
	tend_list_finish(&b->subscriptions);
	tend_list_finish(&b->alerts);
	if (b->has_quiet) {
		tend_list_finish(&b->quiet);
	}
	spans_finish(&b->milestones_of);
	spans_finish(&b->subscriptions_of);
	spans_finish(&b->alerts_of);
	tend_arena_finish(&b->arena);
}

static void book_join(struct book *b)
{
	spans_init(&b->milestones_of, &b->milestones, offsetof(struct tend_milestone, customer_id));
	spans_init(&b->subscriptions_of, &b->subscriptions,
		offsetof(struct tend_subscription, customer_id));
	spans_init(&b->alerts_of, &b->alerts, offsetof(struct tend_alert, customer_id));
}

static void keep_last_contact(
	struct tend_customer *c, const struct tend_activity *v, struct tend_date day)
{
	if (v->date.day <= day.day
		&& (!tend_has_date(c->last_contact) || v->date.day > c->last_contact.day)) {
		c->last_contact = v->date;
	}
}

static enum tend_status read_contacts_of(
	struct tend_app *a, struct tend_customer *c, struct tend_error *err)
{
	struct tend_list activities;
	enum tend_status status =
		read_list(a, TEND_READ_ACTIVITIES_OF, c->id, &tend_activity_type, &activities, err);
	for (size_t i = 0; i < activities.n; i++) {
		keep_last_contact(c, tend_list_at(&activities, i), a->today);
	}
	tend_list_finish(&activities);
	return status;
}

/* The last ones alone, unless they are yet to come. */
static enum tend_status read_contacts_all(
	struct tend_app *a, struct book *b, struct tend_error *err)
{
	struct tend_list last;
	enum tend_status status =
		read_list(a, TEND_READ_ACTIVITIES_LAST, 0, &tend_activity_type, &last, err);
	struct spans of;
	spans_init(&of, &last, offsetof(struct tend_activity, customer_id));
	for (size_t i = 0; status == TEND_OK && i < b->customers.n; i++) {
		struct tend_customer *c = tend_list_at(&b->customers, i);
		struct span span = spans_of(&of, c->id);
		const struct tend_activity *v = span.n > 0 ? tend_list_at(&last, span.first) : NULL;
		if (v != NULL && v->date.day > a->today.day) {
			status = read_contacts_of(a, c, err);
		} else if (v != NULL) {
			c->last_contact = v->date;
		}
	}
	spans_finish(&of);
	tend_list_finish(&last);
	return status;
}

static void book_init(struct book *b)
{
	*b = (struct book){0};
	tend_list_init(&b->customers, &tend_customer_type);
	tend_list_init(&b->milestones, &tend_milestone_type);
	tend_list_init(&b->subscriptions, &tend_subscription_type);
	tend_list_init(&b->alerts, &tend_alert_type);
}

/* The whole book, one pass a table. The customers may be there already. */
static enum tend_status book_read_all(struct tend_app *a, struct book *b, struct tend_error *err)
{
	enum tend_status status = TEND_OK;
	if (b->customers.n == 0) {
		status = tend_store_read(
			a->store, TEND_READ_CUSTOMERS_STORED, NULL, 0, &b->customers, err);
	}
	status = status != TEND_OK ? status
				   : tend_store_read(a->store, TEND_READ_MILESTONES_OPEN, NULL, 0,
					   &b->milestones, err);
	status = status != TEND_OK ? status
				   : tend_store_read(a->store, TEND_READ_SUBSCRIPTIONS, NULL, 0,
					   &b->subscriptions, err);
	status = status != TEND_OK
		? status
		: tend_store_read(a->store, TEND_READ_ALERTS, NULL, 0, &b->alerts, err);
	status = status != TEND_OK ? status : read_contacts_all(a, b, err);
	book_join(b);
	return status;
}

static enum tend_status book_read_one(
	struct tend_app *a, struct book *b, int64_t id, struct tend_error *err)
{
	static const enum tend_read reads[] = {TEND_READ_CUSTOMER_STORED, TEND_READ_MILESTONES_OF,
		TEND_READ_SUBSCRIPTIONS_OF, TEND_READ_ALERTS_OF};
	struct tend_list *lists[] = {&b->customers, &b->milestones, &b->subscriptions, &b->alerts};
	struct tend_value arg = int_value(id);
	size_t before = b->customers.n;
	for (size_t i = 0; i < sizeof(reads) / sizeof(reads[0]); i++) {
		enum tend_status status =
			tend_store_read(a->store, reads[i], &arg, 1, lists[i], err);
		if (status != TEND_OK) {
			return status;
		}
	}
	for (size_t i = before; i < b->customers.n; i++) {
		struct tend_customer *c = tend_list_at(&b->customers, i);
		enum tend_status status = read_contacts_of(a, c, err);
		if (status != TEND_OK) {
			return status;
		}
	}
	return TEND_OK;
}

/* --- one customer --- */

static enum tend_status derive_stage(
	struct tend_app *a, struct tend_customer *c, struct tend_error *err)
{
	struct tend_enrollment e;
	enum tend_status status = tend_store_enrollment(a->store, c->id, &e, err);
	c->stage = NULL;
	if (status != TEND_OK || e.id == 0) {
		return status;
	}
	const struct tend_journey *j = journey_kept(a, e.journey, e.version);
	if (j == NULL) {
		return TEND_OK;
	}
	struct tend_list milestones;
	tend_list_init(&milestones, &tend_milestone_type);
	struct progress p = {.journey = j, .milestones = &milestones};
	struct tend_schedule_input in = {.start = e.start,
		.renewal = renewal_of(e.start, c->term_months),
		.calendar = journey_calendar(a, j)};
	if (stages_hang_on_milestones(j)) {
		struct tend_value arg = int_value(c->id);
		status = tend_store_read(
			a->store, TEND_READ_MILESTONES_OF, &arg, 1, &milestones, err);
		progress_fill(&in, &p);
	}
	struct condition_inputs ctx = {.customer = c, .day = a->today};
	struct tend_inputs inputs = customer_inputs(&ctx);
	int stage =
		tend_journey_stage_on(j, &in, a->today, tend_same(c->status, "lapsed"), &inputs);
	c->stage = stage >= 0 ? j->stages[stage].key : NULL;
	tend_list_finish(&milestones);
	return status;
}

static enum tend_status derive(
	struct tend_app *a, struct book *b, struct tend_customer *c, struct tend_error *err)
{
	struct tend_date day = a->today;
	bool begins = tend_has_date(c->started);
	c->renewal = renewal_of(c->started, c->term_months);
	c->days_to_renewal = begins ? (int64_t)c->renewal.day - day.day : TEND_NO_INT;
	c->month = begins ? tend_month_of_term(c->started, day) : TEND_NO_INT;
	c->status = tend_status_on(c->status, c->renewal, day);
	c->health = NAN;
	c->health_band = "unknown";
	struct span span = spans_of(&b->subscriptions_of, c->id);
	c->arr = span.n == 0 ? 0
			     : tend_arr_on(tend_list_at(&b->subscriptions, span.first), span.n, day,
				     &c->currency);
	span = spans_of(&b->milestones_of, c->id);
	tend_derive_milestones(c, span.n > 0 ? tend_list_at(&b->milestones, span.first) : NULL,
		span.n, day, &b->arena);
	return derive_stage(a, c, err);
}

/* --- together --- */

static enum tend_status bring_up(
	struct tend_app *a, struct book *b, struct tend_customer *c, struct tend_error *err)
{
	enum tend_status status = derive(a, b, c, err);
	status = status != TEND_OK ? status : judge_alerts(a, b, c, err);
	if (b->write) {
		status = status != TEND_OK ? status
					   : tend_store_put_state(a->store, c, a->today, err);
		status = status != TEND_OK ? status : queue_rows(a, b, c, err);
		tend_arena_finish(&b->arena);
	}
	return status;
}

static bool among(const int64_t *ids, size_t n, int64_t id)
{
	size_t low = 0, high = n;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (ids[middle] < id) {
			low = middle + 1;
		} else {
			high = middle;
		}
	}
	return low < n && ids[low] == id;
}

enum tend_status evaluate_customers(
	struct tend_app *a, const int64_t *ids, size_t n, struct tend_error *err)
{
	struct book b;
	book_init(&b);
	b.write = true;
	enum tend_status status = TEND_OK;
	if (n >= BULK_FROM) {
		status = book_read_all(a, &b, err);
	} else {
		for (size_t i = 0; i < n && status == TEND_OK; i++) {
			status = book_read_one(a, &b, ids[i], err);
		}
		book_join(&b);
	}
	for (size_t i = 0; status == TEND_OK && i < b.customers.n; i++) {
		struct tend_customer *c = tend_list_at(&b.customers, i);
		if (n < BULK_FROM || among(ids, n, c->id)) {
			status = bring_up(a, &b, c, err);
		}
	}
	book_finish(&b);
	return status;
}

enum tend_status evaluate_in_memory(
	struct tend_app *a, struct tend_list *customers, struct tend_error *err)
{
	if (customers->n == 0) {
		return TEND_OK;
	}
	struct book b;
	book_init(&b);
	tend_list_finish(&b.customers);
	b.customers = *customers;
	enum tend_status status = book_read_all(a, &b, err);
	for (size_t i = 0; status == TEND_OK && i < b.customers.n; i++) {
		struct tend_customer *c = tend_list_at(&b.customers, i);
		status = bring_up(a, &b, c, err);
		c->next_milestone = tend_arena_strdup(&b.customers.arena, c->next_milestone);
		c->currency = tend_arena_strdup(&b.customers.arena, c->currency);
	}
	*customers = b.customers;
	tend_list_init(&b.customers, &tend_customer_type);
	book_finish(&b);
	return status;
}

/* The customers whose state is not of the day, by id; allocated. */
static enum tend_status stale(
	struct tend_app *a, int64_t **ret, size_t *ret_n, struct tend_error *err)
{
	size_t cap = 1024;
	for (;; cap *= 8) {
		*ret = tend_realloc(*ret, cap, sizeof(**ret));
		enum tend_status status =
			tend_store_stale(a->store, a->today, *ret, cap, ret_n, err);
		if (status != TEND_OK || *ret_n < cap) {
			return status;
		}
	}
}

enum tend_status tend_app_evaluate(
	struct tend_app *a, size_t limit, size_t *ret_left, struct tend_error *err)
{
	int64_t *ids = NULL;
	size_t n = 0;
	enum tend_status status = stale(a, &ids, &n, err);
	size_t now = limit == 0 || limit > n ? n : limit;
	if (status == TEND_OK && now > 0) {
		status = tend_store_begin(a->store, NULL, err);
		if (status == TEND_OK) {
			status = evaluate_customers(a, ids, now, err);
			if (status == TEND_OK) {
				status = tend_store_commit(a->store, NULL, NULL, err);
			} else {
				tend_store_rollback(a->store);
			}
		}
	}
	a->version = tend_store_version(a->store);
	if (ret_left != NULL) {
		*ret_left = n - now;
	}
	free(ids);
	return status;
}

enum tend_status tend_app_stale(struct tend_app *a, size_t *ret_n, struct tend_error *err)
{
	int64_t *ids = NULL;
	enum tend_status status = stale(a, &ids, ret_n, err);
	free(ids);
	return status;
}
