/* SPDX-License-Identifier: MIT */
/* The queue of Today, the other records of customers, and renewals that come up. */
#include <string.h>

#include <tend/care.h>

#include "inside.h"

#define TODAY_ALL 1000000

static void fill_today(struct tend_today_row *row, struct tend_arena *arena)
{
	row->title = both_pick(arena, row->title);
	if (tend_same(row->kind, "renewal")) {
		row->title = _("Renewal");
	}
	if (tend_same(row->kind, "promise") && row->title == NULL) {
		row->title = _("Promise");
	}
	for (size_t i = 0; tend_same(row->kind, "alert") && i < tend_alert_rule_count; i++) {
		if (tend_same(tend_alert_rules[i].key, row->subject)) {
			row->title = tend_pick(tend_alert_rules[i].title);
		}
	}
	const struct tend_customer c = {.arr = row->arr, .renewal = row->renewal};
	tend_rank(row, &c, row->severity, row->day, arena);
}

static enum tend_status read_today(struct tend_app *a, enum tend_read what,
	const struct tend_query *q, struct tend_list *ret, struct tend_error *err)
{
	tend_list_init(ret, &tend_today_type);
	/* Rows in their own order can be cut by the store. */
	bool plain = q != NULL && q->filter == NULL && q->sort == NULL && q->limit > 0;
	struct tend_value args[] = {int_value(plain ? (int64_t)q->limit : TODAY_ALL), int_value(0)};
	enum tend_status status = tend_store_read(a->store, what, args, 2, ret, err);
	for (size_t i = 0; i < ret->n; i++) {
		fill_today(tend_list_at(ret, i), &ret->arena);
	}
	return status != TEND_OK ? status : query_apply(a, ret, q, NULL, err);
}

enum tend_status tend_app_today_queue(struct tend_app *a, const struct tend_query *q,
	struct tend_list *ret, struct tend_error *err)
{
	return read_today(a, TEND_READ_TODAY, q, ret, err);
}

enum tend_status tend_app_today_bands(struct tend_app *a, size_t limit, struct tend_list *ret,
	size_t *ret_all, size_t *ret_urgent, struct tend_error *err)
{
	const struct tend_query q = {.limit = limit};
	int64_t all = 0, urgent = 0;
	enum tend_status status = read_today(a, TEND_READ_TODAY_BANDS, &q, ret, err);
	status = status != TEND_OK ? status : tend_store_today_count(a->store, &all, &urgent, err);
	*ret_all = (size_t)all;
	*ret_urgent = (size_t)urgent;
	return status;
}

enum tend_status tend_app_records(struct tend_app *a, const struct tend_record_type *t,
	int64_t customer_id, const struct tend_query *q, struct tend_list *ret,
	struct tend_error *err)
{
	const struct tend_kind *kind = tend_kind_of(t);
	if (kind == NULL) {
		tend_list_init(ret, t);
		return tend_fail(
			err, TEND_USAGE, _("there are no records of the kind %s"), t->name);
	}
	/* Rows in their own order can be cut by the store. */
	bool plain = q != NULL && q->filter == NULL && q->sort == NULL && t != &tend_segment_type;
	tend_list_init(ret, t);
	enum tend_status status = a->store == NULL
		? TEND_OK
		: tend_store_some(a->store, customer_id != 0 ? TEND_OF_CUSTOMER : TEND_OF_ALL,
			int_value(customer_id), plain ? q->limit : 0, ret, err);
	if (status == TEND_OK && t == &tend_segment_type) {
		segments_add_files(a, NULL, ret);
	}
	status = status != TEND_OK ? status : records_derive(a, kind, customer_id, ret, err);
	return status != TEND_OK ? status : query_apply(a, ret, q, NULL, err);
}

enum tend_status tend_app_record(struct tend_app *a, const struct tend_record_type *t,
	const char *name, struct tend_list *ret, struct tend_error *err)
{
	void *record = NULL;
	enum tend_status status = record_find(a, t, name, ret, &record, err);
	if (status == TEND_NOT_FOUND && t == &tend_segment_type) {
		segments_add_files(a, name, ret);
		status = ret->n > 0 ? TEND_OK : status;
	}
	return status != TEND_OK ? status : records_derive(a, tend_kind_of(t), 0, ret, err);
}

enum tend_status tend_app_renewals_within(struct tend_app *a, struct tend_duration within,
	struct tend_list *ret, struct tend_error *err)
{
	enum tend_status status = tend_app_customers(a, NULL, ret, err);
	struct tend_date to = tend_date_add(NULL, a->today, within);
	size_t n = 0;
	for (size_t i = 0; i < ret->n; i++) {
		const struct tend_customer *c = tend_list_at(ret, i);
		if (c->renewal.day >= a->today.day && c->renewal.day <= to.day
			&& !tend_same(c->status, "churned") && !tend_same(c->status, "pooled")) {
			memmove(tend_list_at(ret, n++), c, sizeof(*c));
		}
	}
	ret->n = n;
	return status != TEND_OK ? status : tend_list_sort(ret, "renewal,key", err);
}
