/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include <tend/care.h>
#include <tend/money.h>

#include "inside.h"

#define CANDIDATES_SHOWN 10
#define TERM_MONTHS_MAX 600

struct tend_date renewal_of(struct tend_date start, int64_t term_months)
{
	return tend_has_date(start) && term_months > 0 && term_months <= TERM_MONTHS_MAX
		? tend_date_add_months(start, (int)term_months)
		: start;
}

bool term_parse(const char *text, int64_t *ret_months)
{
	struct tend_duration d;
	long long n;
	int months;
	if (tend_parse_int(text, &n)) {
		months = n > 0 && n <= TERM_MONTHS_MAX ? (int)n : 0;
	} else if (!tend_duration_parse(text, &d) || !tend_duration_months(d, &months)) {
		return false;
	}
	*ret_months = months;
	return months > 0 && months <= TERM_MONTHS_MAX;
}

bool is_term_field(const char *name)
{
	return strcmp(name, "term") == 0 || strcmp(name, "term_months") == 0;
}

enum tend_status given_term(const char *text, int64_t *ret_months, struct tend_error *err)
{
	return term_parse(text, ret_months)
		? TEND_OK
		: tend_fail(err, TEND_USAGE,
			_("term: \"%s\" is not a term; write 12m, 1y or a number of months up to "
			  "%d"),
			text, TERM_MONTHS_MAX);
}

enum tend_status custom_names(struct tend_app *a, struct tend_arena *arena, struct names_list *ret,
	struct tend_error *err)
{
	const char *const *used = NULL;
	size_t nused = 0;
	enum tend_status status = a->store != NULL
		? tend_store_custom_names(a->store, arena, &used, &nused, err)
		: TEND_OK;
	if (status != TEND_OK) {
		*ret = (struct names_list){0};
		return status;
	}
	/* The declared ones are those that the environment of files knows beside the given. */
	struct tend_yaml_env env = sources_env(&a->sources, arena, used, nused);
	*ret = (struct names_list){.items = env.names.custom, .n = env.names.ncustom};
	return TEND_OK;
}

enum tend_status customer_read(struct tend_app *a, int64_t id, struct tend_list *ret,
	struct tend_customer **ret_customer, struct tend_error *err)
{
	enum tend_status status =
		read_list(a, TEND_READ_CUSTOMER_STORED, id, &tend_customer_type, ret, err);
	if (status == TEND_OK && ret->n == 0) {
		status = tend_fail(err, TEND_NOT_FOUND, _("there is no such customer any more"));
	}
	if (status != TEND_OK) {
		return status;
	}
	*ret_customer = tend_list_at(ret, 0);
	return TEND_OK;
}

/* --- reading --- */

const char *tend_app_stage_title(struct tend_app *a, const char *journey, const char *stage)
{
	char key[TEND_KEY_MAX + 1];
	int64_t version;
	const struct tend_journey *j = journey != NULL && stage != NULL
			&& journey_name_parse(journey, key, sizeof(key), &version)
		? journey_stages(a, key, version)
		: NULL;
	for (size_t i = 0; j != NULL && i < j->nstages; i++) {
		if (strcmp(j->stages[i].key, stage) == 0) {
			return tend_pick(j->stages[i].title);
		}
	}
	return NULL;
}

/* Where each one's stage stands in its journey. Neighbours often share theirs. */
static void number_stages(struct tend_app *a, struct tend_list *customers)
{
	const struct tend_journey *j = NULL;
	const char *of = NULL;
	for (size_t i = 0; i < customers->n; i++) {
		struct tend_customer *c = tend_list_at(customers, i);
		char key[TEND_KEY_MAX + 1];
		int64_t version;
		if (c->journey == NULL || c->stage == NULL) {
			continue;
		}
		if (of == NULL || strcmp(of, c->journey) != 0) {
			of = c->journey;
			bool named = journey_name_parse(of, key, sizeof(key), &version);
			j = named ? journey_stages(a, key, version) : NULL;
		}
		c->stage_order = TEND_NO_INT;
		for (size_t k = 0; j != NULL && k < j->nstages; k++) {
			c->stage_order =
				tend_same(j->stages[k].key, c->stage) ? (int64_t)k : c->stage_order;
		}
	}
}

enum tend_status tend_app_sort(
	struct tend_app *a, struct tend_list *list, const char *fields, struct tend_error *err)
{
	if (list->type == &tend_customer_type && strstr(fields, "stage") != NULL) {
		number_stages(a, list);
	}
	return tend_list_sort(list, fields, err);
}

static void pick_reasons(struct tend_list *customers)
{
	for (size_t i = 0; i < customers->n; i++) {
		struct tend_customer *c = tend_list_at(customers, i);
		c->track_reason = both_pick(&customers->arena, c->track_reason);
	}
}

enum tend_status tend_app_customers(struct tend_app *a, const struct tend_query *q,
	struct tend_list *ret, struct tend_error *err)
{
	enum tend_status status =
		read_list(a, a->unwritable ? TEND_READ_CUSTOMERS_STORED : TEND_READ_CUSTOMERS, 0,
			&tend_customer_type, ret, err);
	if (status == TEND_OK && a->unwritable) {
		status = evaluate_in_memory(a, ret, err);
	}
	status = status != TEND_OK ? status : tend_store_read_custom(a->store, 0, ret, err);
	pick_reasons(ret);
	struct tend_arena arena = {0};
	struct names_list custom = {0};
	if (status == TEND_OK && q != NULL && (q->filter != NULL || q->sort != NULL)) {
		status = custom_names(a, &arena, &custom, err);
	}
	if (status == TEND_OK && q != NULL && q->sort != NULL && strstr(q->sort, "stage") != NULL) {
		number_stages(a, ret);
	}
	status = status != TEND_OK ? status : query_apply(a, ret, q, &custom, err);
	tend_arena_finish(&arena);
	return status;
}

enum tend_status tend_app_customer(
	struct tend_app *a, int64_t id, struct tend_list *ret, struct tend_error *err)
{
	enum tend_status status =
		read_list(a, TEND_READ_CUSTOMER, id, &tend_customer_type, ret, err);
	if (status == TEND_OK && ret->n == 0) {
		return tend_fail(err, TEND_NOT_FOUND, _("there is no such customer any more"));
	}
	if (status == TEND_OK && a->unwritable) {
		struct tend_list all;
		status = tend_app_customers(a, NULL, &all, err);
		for (size_t i = 0; status == TEND_OK && i < all.n; i++) {
			const struct tend_customer *c = tend_list_at(&all, i);
			if (c->id == id) {
				memcpy(tend_list_at(&all, 0), c, sizeof(*c));
				all.n = 1;
				tend_list_finish(ret);
				*ret = all;
				return TEND_OK;
			}
		}
		tend_list_finish(&all);
	}
	pick_reasons(ret);
	return status != TEND_OK ? status : tend_store_read_custom(a->store, id, ret, err);
}

/* --- finding --- */

static enum tend_status explain_unknown(
	struct tend_app *a, const char *customer, struct tend_error *err)
{
	struct tend_list keys;
	enum tend_status status =
		read_list(a, TEND_READ_CUSTOMER_KEYS, 0, &tend_customer_type, &keys, err);
	if (status != TEND_OK) {
		tend_list_finish(&keys);
		return status;
	}
	const char **words = tend_calloc(keys.n * 2 + 1, sizeof(*words));
	size_t n = 0;
	for (size_t i = 0; i < keys.n; i++) {
		const struct tend_customer *c = tend_list_at(&keys, i);
		words[n++] = c->key;
		if (c->name != NULL) {
			words[n++] = c->name;
		}
	}
	const char *near = tend_nearest(customer, words, n);
	status = near != NULL
		? tend_fail(err, TEND_NOT_FOUND,
			_("there is no customer \"%s\"; did you mean \"%s\"?"), customer, near)
		: tend_fail(err, TEND_NOT_FOUND, _("there is no customer \"%s\""), customer);
	free(words);
	tend_list_finish(&keys);
	return status;
}

static enum tend_status explain_ambiguous(
	const char *customer, const struct tend_list *found, struct tend_error *err)
{
	struct tend_str names = {0};
	for (size_t i = 0; i < found->n && i < CANDIDATES_SHOWN; i++) {
		const struct tend_customer *c = tend_list_at(found, i);
		tend_str_addf(&names, "%s%s (%s)", i > 0 ? ", " : "", c->key, c->name);
	}
	if (found->n > CANDIDATES_SHOWN) {
		tend_str_addf(&names, ", …");
	}
	enum tend_status status =
		tend_fail(err, TEND_NOT_FOUND, _("\"%s\" is ambiguous: %zu customers match: %s"),
			customer, found->n, tend_str_text(&names));
	tend_str_finish(&names);
	return status;
}

enum tend_status tend_app_find_customer(
	struct tend_app *a, const char *customer, int64_t *ret_id, struct tend_error *err)
{
	if (customer == NULL || customer[0] == '\0') {
		return tend_fail(err, TEND_NOT_FOUND, _("no customer was named"));
	}
	if (a->store == NULL) {
		return app_no_store(a->path, err);
	}
	struct tend_list found;
	tend_list_init(&found, &tend_customer_type);
	struct tend_value arg = text_value(customer);
	enum tend_status status =
		tend_store_read(a->store, TEND_READ_CUSTOMERS_LIKE, &arg, 1, &found, err);
	const struct tend_customer *match = NULL;
	for (size_t i = 0; status == TEND_OK && i < found.n && match == NULL; i++) {
		const struct tend_customer *c = tend_list_at(&found, i);
		match = tend_same(c->key, customer) || found.n == 1 ? c : NULL;
	}
	if (match != NULL) {
		*ret_id = match->id;
	} else if (status == TEND_OK) {
		status = found.n == 0 ? explain_unknown(a, customer, err)
				      : explain_ambiguous(customer, &found, err);
	}
	tend_list_finish(&found);
	return status;
}
