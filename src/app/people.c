/* SPDX-License-Identifier: MIT */
/* The people at the customers, a row for each customer. */
#include <string.h>

#include <tend/care.h>

#include "inside.h"

static void begin_row(
	struct tend_stakeholder *s, const struct tend_customer *c, struct tend_list *ret)
{
	s->customer_id = c->id;
	s->customer = tend_arena_strdup(&ret->arena, c->key);
	s->name = tend_arena_strdup(&ret->arena, c->name);
	s->owner = tend_arena_strdup(&ret->arena, c->owner);
	s->segment = tend_arena_strdup(&ret->arena, c->segment);
	s->currency = tend_arena_strdup(&ret->arena, c->currency);
	s->arr = c->arr;
}

enum tend_status tend_app_stakeholders(struct tend_app *a, int64_t customer_id,
	const struct tend_query *q, struct tend_list *ret, struct tend_error *err)
{
	struct tend_list customers, contacts;
	struct spans of = {0};
	tend_list_init(ret, &tend_stakeholder_type);
	tend_list_init(&contacts, &tend_contact_type);
	enum tend_status status = customer_id != 0
		? tend_app_customer(a, customer_id, &customers, err)
		: tend_app_customers(a, NULL, &customers, err);
	if (status == TEND_OK) {
		status = tend_app_records(a, &tend_contact_type, customer_id, NULL, &contacts, err);
	}
	spans_init(&of, &contacts, offsetof(struct tend_contact, customer_id));
	for (size_t i = 0; status == TEND_OK && i < customers.n; i++) {
		const struct tend_customer *c = tend_list_at(&customers, i);
		if (customer_id == 0 && tend_is_gone(c)) {
			continue;
		}
		struct span span = spans_of(&of, c->id);
		struct tend_stakeholder *s = tend_list_add(ret);
		begin_row(s, c, ret);
		tend_stakeholder_fill(s, span.n > 0 ? tend_list_at(&contacts, span.first) : NULL,
			span.n, a->today, &ret->arena);
	}
	spans_finish(&of);
	tend_list_finish(&contacts);
	tend_list_finish(&customers);
	return status != TEND_OK ? status : query_apply(a, ret, q, NULL, err);
}

static int place(const struct tend_contact *c)
{
	return tend_influence_rank(c->influence) * TEND_STANCES + tend_stance_rank(c->stance);
}

enum tend_status tend_app_people(
	struct tend_app *a, int64_t customer_id, struct tend_list *ret, struct tend_error *err)
{
	enum tend_status status =
		tend_app_records(a, &tend_contact_type, customer_id, NULL, ret, err);
	struct tend_contact *all = ret->n > 0 ? tend_list_at(ret, 0) : NULL;
	size_t n = 0;
	for (size_t i = 0; i < ret->n; i++) {
		if (tend_contact_is_there(&all[i], a->today)) {
			struct tend_contact c = all[i];
			size_t at = n++;
			while (at > 0 && place(&all[at - 1]) > place(&c)) {
				all[at] = all[at - 1];
				at--;
			}
			all[at] = c;
		}
	}
	ret->n = n;
	return status;
}
