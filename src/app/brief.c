/* SPDX-License-Identifier: MIT */
/* A customer at a glance. */
#include <string.h>

#include <tend/people.h>

#include "inside.h"

#define ACTIVITIES 6
#define SURVEYS 24 /* so many of the newest are looked through for one of each kind */

static bool decides(const struct tend_contact *c)
{
	return tend_same(c->role, "decision-maker") || tend_same(c->role, "sponsor");
}

static enum tend_status read_people(
	struct tend_app *a, int64_t customer_id, struct tend_list *ret, struct tend_error *err)
{
	struct tend_list all;
	enum tend_status status = tend_app_people(a, customer_id, &all, err);
	for (int second = 0; second < 2; second++) {
		for (size_t i = 0; i < all.n; i++) {
			const struct tend_contact *c = tend_list_at(&all, i);
			if (decides(c) == (second == 0)) {
				memcpy(tend_list_add(ret), c, sizeof(*c));
			}
		}
	}
	/* The texts live on in the list that is given. */
	struct tend_arena arena = ret->arena;
	ret->arena = all.arena;
	all.arena = arena;
	tend_list_finish(&all);
	return status;
}

static enum tend_status read_seats(
	struct tend_app *a, int64_t customer_id, int64_t *ret, struct tend_error *err)
{
	struct tend_list list;
	enum tend_status status = read_records(a, &tend_subscription_type, customer_id, &list, err);
	*ret = TEND_NO_INT;
	for (size_t i = 0; i < list.n; i++) {
		const struct tend_subscription *s = tend_list_at(&list, i);
		bool active = s->start.day <= a->today.day
			&& (!tend_has_date(s->end) || a->today.day < s->end.day);
		if (active && s->trial <= 0 && s->seats != TEND_NO_INT && s->seats < INT32_MAX) {
			*ret = (*ret == TEND_NO_INT ? 0 : *ret) + s->seats;
		}
	}
	tend_list_finish(&list);
	return status;
}

/* Keeps the first of each kind. */
static enum tend_status read_surveys(
	struct tend_app *a, int64_t customer_id, struct tend_list *ret, struct tend_error *err)
{
	const struct tend_kind *k = tend_kind_of(&tend_survey_type);
	enum tend_status status = tend_store_some(
		a->store, TEND_OF_CUSTOMER, int_value(customer_id), SURVEYS, ret, err);
	size_t n = 0;
	for (size_t i = 0; i < ret->n; i++) {
		struct tend_survey *s = tend_list_at(ret, i);
		bool known = s->date.day > a->today.day;
		for (size_t j = 0; j < n && !known; j++) {
			known = tend_same(
				((struct tend_survey *)tend_list_at(ret, j))->kind, s->kind);
		}
		if (!known) {
			k->derive(s, a->today);
			memmove(tend_list_at(ret, n++), s, sizeof(*s));
		}
	}
	ret->n = n;
	return status;
}

/* The points of the days that count, metric by metric. */
static enum tend_status read_use(
	struct tend_app *a, int64_t customer_id, struct tend_brief *ret, struct tend_error *err)
{
	struct tend_list names, points;
	tend_list_init(&names, &tend_point_type);
	tend_list_init(&points, &tend_point_type);
	const char *metric = "";
	enum tend_status status = TEND_OK;
	while (status == TEND_OK) {
		struct tend_value next[] = {int_value(customer_id), text_value(metric)};
		size_t before = names.n, first = points.n;
		status = tend_store_read(a->store, TEND_READ_NEXT_METRIC_OF, next, 2, &names, err);
		if (status != TEND_OK || names.n == before) {
			break;
		}
		metric = ((struct tend_point *)tend_list_at(&names, before))->metric;
		struct tend_value args[] = {int_value(customer_id), text_value(metric),
			int_value(a->today.day - ret->use_days + 1)};
		status = tend_store_read(a->store, TEND_READ_SERIES_OF, args, 3, &points, err);
		for (size_t i = first; i < points.n; i++) {
			((struct tend_point *)tend_list_at(&points, i))->metric = metric;
		}
	}
	tend_app_usage(a, &points, &ret->arena, &ret->usage, &ret->nusage);
	tend_list_finish(&points);
	tend_list_finish(&names);
	return status;
}

enum tend_status tend_app_brief(struct tend_app *a, int64_t customer_id, int use_days,
	struct tend_brief *ret, struct tend_error *err)
{
	struct tend_value id = int_value(customer_id);
	*ret = (struct tend_brief){.seats = TEND_NO_INT, .use_days = use_days};
	tend_list_init(&ret->people, &tend_contact_type);
	tend_list_init(&ret->activities, &tend_activity_type);
	tend_list_init(&ret->promises, &tend_activity_type);
	tend_list_init(&ret->complaints, &tend_complaint_type);
	tend_list_init(&ret->surveys, &tend_survey_type);
	tend_list_init(&ret->churn, &tend_churn_type);
	enum tend_status status = read_people(a, customer_id, &ret->people, err);
	status = status != TEND_OK ? status : read_seats(a, customer_id, &ret->seats, err);
	status = status != TEND_OK ? status
				   : tend_store_some(a->store, TEND_OF_CUSTOMER, id, ACTIVITIES,
					   &ret->activities, err);
	status = status != TEND_OK
		? status
		: tend_store_read(a->store, TEND_READ_PROMISES_OF, &id, 1, &ret->promises, err);
	status = status != TEND_OK
		? status
		: tend_store_some(a->store, TEND_OF_CUSTOMER_OPEN, id, 0, &ret->complaints, err);
	status = status != TEND_OK ? status : read_surveys(a, customer_id, &ret->surveys, err);
	status = status != TEND_OK
		? status
		: tend_store_some(a->store, TEND_OF_CUSTOMER, id, 1, &ret->churn, err);
	return status != TEND_OK ? status : read_use(a, customer_id, ret, err);
}

void tend_brief_finish(struct tend_brief *b)
{
	struct tend_list *lists[] = {
		&b->people, &b->activities, &b->promises, &b->complaints, &b->surveys, &b->churn};
	for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++) {
		if (lists[i]->type != NULL) {
			tend_list_finish(lists[i]);
		}
	}
	tend_arena_finish(&b->arena);
	*b = (struct tend_brief){0};
}

enum tend_status tend_app_tab_counts(struct tend_app *a, int64_t customer_id,
	int64_t ret[TEND_TAB_NOTES + 1], struct tend_error *err)
{
	return tend_store_tab_counts(a->store, customer_id, ret, err);
}
