/* SPDX-License-Identifier: MIT */
#include "standard.h"

#include <stdlib.h>
#include <string.h>

void standards_finish(struct standards *s)
{
	tend_list_finish(&s->milestones);
	*s = (struct standards){0};
}

enum tend_status standards_of(struct tend_app *a, struct standards *s, int64_t customer_id,
	int64_t term_months, const struct tend_enrollment *e, const struct tend_journey *j,
	struct tend_error *err)
{
	enum tend_status status = TEND_OK;
	standards_finish(s);
	s->customer_id = customer_id;
	s->journey = j;
	if (j == NULL) {
		return TEND_OK;
	}
	s->in = (struct tend_schedule_input){.start = e->start,
		.renewal = renewal_of(e->start, term_months),
		.calendar = journey_calendar(a, j)};
	if (stages_hang_on_milestones(j)) {
		status = read_list(a, TEND_READ_MILESTONES_OF, customer_id, &tend_milestone_type,
			&s->milestones, err);
		s->progress = (struct progress){.journey = j, .milestones = &s->milestones};
		progress_fill(&s->in, &s->progress);
	}
	return status;
}

static bool promises(const struct tend_standard *s)
{
	return s->response > 0 || s->recovery > 0 || s->cadence.n > 0;
}

bool standards_on(const struct standards *s, struct tend_date day, struct tend_standard *ret)
{
	if (s->journey == NULL || !tend_has_date(day)) {
		return false;
	}
	bool over = tend_has_date(s->in.renewal) && day.day >= s->in.renewal.day;
	*ret = tend_journey_standard(
		s->journey, tend_journey_stage_on(s->journey, &s->in, day, over, NULL));
	return promises(ret);
}

struct tend_clock standards_clock(
	const struct standards *s, const struct tend_complaint *c, struct tend_date today)
{
	struct tend_standard promised;
	bool any = standards_on(s, c->opened, &promised);
	return tend_complaint_clock(c, any ? &promised : NULL, s->in.calendar, today);
}

/* --- of many --- */

static int by_customer(const void *a, const void *b)
{
	const struct tend_enrollment *x = a, *y = b;
	return (x->customer_id > y->customer_id) - (x->customer_id < y->customer_id);
}

static enum tend_status add_enrollments(
	struct tend_app *a, struct standards_book *b, const char *journey, struct tend_error *err)
{
	struct tend_enrollment *items = NULL;
	size_t n = 0;
	enum tend_status status = tend_store_enrollments(a->store, journey, &items, &n, err);
	for (size_t i = 0; status == TEND_OK && i < n; i++) {
		*TEND_PUSH(&b->enrollments) = items[i];
	}
	free(items);
	return status;
}

/* Of each journey that any of the customers follows. */
static enum tend_status read_enrollments(
	struct tend_app *a, struct standards_book *b, struct tend_error *err)
{
	struct {
		char (*items)[TEND_KEY_MAX + 1];
		size_t n, cap;
	} seen = {0};
	enum tend_status status = TEND_OK;
	const char *last = NULL;
	for (size_t i = 0; status == TEND_OK && i < b->customers.n; i++) {
		const struct tend_customer *c = tend_list_at(&b->customers, i);
		char key[TEND_KEY_MAX + 1];
		int64_t version;
		if (c->journey == NULL || tend_same(c->journey, last)
			|| !journey_name_parse(c->journey, key, sizeof(key), &version)) {
			continue;
		}
		last = c->journey;
		bool known = false;
		for (size_t k = 0; k < seen.n && !known; k++) {
			known = strcmp(seen.items[k], key) == 0;
		}
		if (!known) {
			memcpy(*TEND_PUSH(&seen), key, sizeof(key));
			status = add_enrollments(a, b, key, err);
		}
	}
	free(seen.items);
	if (b->enrollments.n > 0) {
		qsort(b->enrollments.items, b->enrollments.n, sizeof(b->enrollments.items[0]),
			by_customer);
	}
	return status;
}

enum tend_status standards_book_read(
	struct tend_app *a, struct standards_book *b, int64_t customer_id, struct tend_error *err)
{
	bool all = customer_id == 0;
	enum tend_status status =
		read_list(a, all ? TEND_READ_CUSTOMERS_STORED : TEND_READ_CUSTOMER_STORED,
			customer_id, &tend_customer_type, &b->customers, err);
	spans_init(&b->of, &b->customers, offsetof(struct tend_customer, id));
	if (status == TEND_OK && all) {
		status = read_enrollments(a, b, err);
	} else if (status == TEND_OK) {
		struct tend_enrollment e;
		status = tend_store_enrollment(a->store, customer_id, &e, err);
		if (status == TEND_OK && e.id != 0) {
			*TEND_PUSH(&b->enrollments) = e;
		}
	}
	return status;
}

enum tend_status standards_book_of(struct tend_app *a, const struct standards_book *b,
	int64_t customer_id, struct standards *ret, struct tend_error *err)
{
	struct span span = spans_of(&b->of, customer_id);
	const struct tend_customer *c = span.n > 0 ? tend_list_at(&b->customers, span.first) : NULL;
	const struct tend_enrollment key = {.customer_id = customer_id};
	const struct tend_enrollment *e = b->enrollments.n == 0
		? NULL
		: bsearch(&key, b->enrollments.items, b->enrollments.n, sizeof(key), by_customer);
	const struct tend_journey *j =
		c != NULL && e != NULL ? journey_kept(a, e->journey, e->version) : NULL;
	return standards_of(
		a, ret, customer_id, c != NULL ? c->term_months : TEND_NO_INT, e, j, err);
}

void standards_book_finish(struct standards_book *b)
{
	spans_finish(&b->of);
	tend_list_finish(&b->customers);
	free(b->enrollments.items);
	*b = (struct standards_book){0};
}
