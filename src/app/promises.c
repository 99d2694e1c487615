/* SPDX-License-Identifier: MIT */
/* Promises as a list: a view of the activities that made them. */
#include <string.h>

#include <tend/app_service.h>
#include <tend/fields.h>
#include <tend/service.h>

#include "inside.h"

#define P struct tend_promise

static const char *const states[] = {"late", "open", "kept", "kept-late", NULL};

static const struct tend_field fields[] = {
	INT(P, number, TEND_F_KEY | TEND_F_DERIVED, "No.", "编号"),
	TEXT(P, customer, TEND_F_DERIVED, "Customer", "客户"),
	TEXT(P, contact, TEND_F_DERIVED, "Contact", "联系人"),
	TEXT(P, promise, TEND_F_DERIVED, "Promise", "承诺"),
	DATE(P, promised, TEND_F_DERIVED, "Promised for", "承诺日期"),
	DATE(P, kept, TEND_F_DERIVED, "Kept on", "兑现日"),
	INT(P, days_late, TEND_F_DERIVED, "Days late", "延误天数"),
	TEXT(P, state, TEND_F_DERIVED, "State", "状态", .values = states),
	TEXT(P, owner, TEND_F_DERIVED | TEND_F_WIDE, "Owner", "负责人"),
	DATE(P, date, TEND_F_DERIVED | TEND_F_WIDE, "Date", "日期"),
	BOOL(P, over, TEND_F_HIDDEN | TEND_F_DERIVED, "Over", "已完"),
	ROW_ID(P, customer_id),
};

const struct tend_record_type tend_promise_type = {
	.name = "promise",
	.title = {"Promise", "承诺"},
	.size = sizeof(P),
	.fields = fields,
	.nfields = COUNT_OF(fields),
	.custom = -1,
};

static void fill(struct tend_app *a, const struct tend_activity *v, struct tend_promise *p,
	struct tend_arena *arena)
{
	const char *what = v->promise != NULL ? v->promise : v->next_step;
	bool kept = tend_has_date(v->kept);
	p->number = v->id;
	p->customer_id = v->customer_id;
	p->customer = tend_arena_strdup(arena, v->customer);
	p->contact = tend_arena_strdup(arena, v->contact);
	p->promise = tend_arena_strdup(arena, what != NULL ? what : v->text);
	p->promised = v->promised;
	p->kept = v->kept;
	p->date = v->date;
	p->days_late = tend_promise_days_late(v, a->today);
	bool late = p->days_late != TEND_NO_INT && p->days_late > 0;
	p->state = kept && late ? "kept-late" : kept ? "kept" : late ? "late" : "open";
	p->over = kept;
}

/* The owner of each, who is the customer's. */
static enum tend_status fill_owners(
	struct tend_app *a, struct tend_list *list, struct tend_error *err)
{
	struct tend_list customers;
	if (list->n == 0) {
		return TEND_OK;
	}
	enum tend_status status =
		read_list(a, TEND_READ_CUSTOMERS_STORED, 0, &tend_customer_type, &customers, err);
	if (status != TEND_OK) {
		tend_list_finish(&customers);
		return status;
	}
	struct spans of;
	spans_init(&of, &customers, offsetof(struct tend_customer, id));
	for (size_t i = 0; i < list->n; i++) {
		struct tend_promise *p = tend_list_at(list, i);
		struct span span = spans_of(&of, p->customer_id);
		const struct tend_customer *c =
			span.n > 0 ? tend_list_at(&customers, span.first) : NULL;
		p->owner = c != NULL ? tend_arena_strdup(&list->arena, c->owner) : NULL;
	}
	spans_finish(&of);
	tend_list_finish(&customers);
	return TEND_OK;
}

enum tend_status tend_app_promises(struct tend_app *a, int64_t customer_id,
	const struct tend_query *q, struct tend_list *ret, struct tend_error *err)
{
	struct tend_list activities;
	tend_list_init(ret, &tend_promise_type);
	enum tend_status status =
		read_records(a, &tend_activity_type, customer_id, &activities, err);
	for (size_t i = 0; status == TEND_OK && i < activities.n; i++) {
		const struct tend_activity *v = tend_list_at(&activities, i);
		if (v->promise != NULL || tend_has_date(v->promised)) {
			fill(a, v, tend_list_add(ret), &ret->arena);
		}
	}
	tend_list_finish(&activities);
	status = status != TEND_OK ? status : fill_owners(a, ret, err);
	/* Open ones first, the longest overdue on top; then what was kept, the newest on top. */
	status = status != TEND_OK
		? status
		: tend_list_sort(ret, "over,-kept,promised,customer,number", err);
	return status != TEND_OK ? status : query_apply(a, ret, q, NULL, err);
}
