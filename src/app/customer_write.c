/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include <tend/money.h>

#include "alike.h"
#include "customer_change.h"

#define TERM_MONTHS 12

/* --- the one subscription that `arr` stands for --- */

static enum tend_status free_key(struct tend_app *a, const char *customer, struct tend_arena *arena,
	const char **ret, struct tend_error *err)
{
	struct tend_list keys;
	enum tend_status status =
		read_list(a, TEND_READ_SUBSCRIPTION_KEYS, 0, &tend_subscription_type, &keys, err);
	for (int number = 1; status == TEND_OK; number++) {
		*ret = number == 1 ? tend_arena_format(arena, "%s-arr", customer)
				   : tend_arena_format(arena, "%s-arr-%d", customer, number);
		bool taken = false;
		for (size_t i = 0; i < keys.n && !taken; i++) {
			const struct tend_subscription *s = tend_list_at(&keys, i);
			taken = tend_same(s->key, *ret);
		}
		if (!taken) {
			break;
		}
	}
	tend_list_finish(&keys);
	return status;
}

struct tend_subscription arr_contract(const struct tend_customer *c, int64_t arr)
{
	struct tend_subscription s;
	tend_record_clear(&tend_subscription_type, &s);
	s.customer_id = c->id;
	s.start = c->started;
	s.end = renewal_of(c->started, c->term_months);
	s.annual = arr;
	s.currency = c->currency;
	s.trial = 0;
	return s;
}

enum tend_status customer_add_arr(
	struct tend_app *a, const struct tend_customer *c, int64_t arr, struct tend_error *err)
{
	struct tend_arena arena = {0};
	struct tend_subscription s = arr_contract(c, arr);
	enum tend_status status = free_key(a, c->key, &arena, &s.key, err);
	if (status == TEND_OK) {
		status = write_insert(a, &tend_subscription_type, &s, c->id, NULL, err);
	}
	tend_arena_finish(&arena);
	return status;
}

/* `arr` of a customer with one subscription changes that; dates that followed the term follow it. */
enum tend_status customer_change_arr(struct tend_app *a, const struct tend_customer *before,
	const struct tend_customer *after, const int64_t *arr, struct tend_error *err)
{
	struct tend_list subs;
	enum tend_status status = read_records(a, &tend_subscription_type, after->id, &subs, err);
	if (status == TEND_OK && subs.n > 1 && arr != NULL) {
		status = tend_fail(err, TEND_FAILED,
			_("%s has %zu subscriptions: change the amount of one of them instead of "
			  "arr"),
			after->key, subs.n);
	} else if (status == TEND_OK && subs.n == 0 && arr != NULL) {
		status = customer_add_arr(a, after, *arr, err);
	} else if (status == TEND_OK && subs.n == 1) {
		struct tend_subscription *s = tend_list_at(&subs, 0), was = *s;
		struct tend_date end = renewal_of(before->started, before->term_months);
		if (s->start.day == before->started.day && s->end.day == end.day) {
			s->start = after->started;
			s->end = renewal_of(after->started, after->term_months);
		}
		if (tend_same(s->currency, before->currency)) {
			s->currency = after->currency;
		}
		if (arr != NULL) {
			s->annual = *arr;
			s->monthly = TEND_NO_MONEY;
		}
		if (s->start.day != was.start.day || s->end.day != was.end.day
			|| s->annual != was.annual || s->monthly != was.monthly
			|| !tend_same(s->currency, was.currency)) {
			status = write_update(a, &tend_subscription_type, s, after->id, err);
		}
	}
	tend_list_finish(&subs);
	return status;
}

/* --- add --- */

static enum tend_status check_required(const struct tend_customer *c, struct tend_error *err)
{
	const char *missing = c->key == NULL ? "key"
		: c->name == NULL            ? "name"
		: !tend_has_date(c->started) ? "started"
					     : NULL;
	if (missing != NULL) {
		return tend_fail(err, TEND_USAGE, _("a customer needs %s"), missing);
	}
	/* A key is typed in every command: it has to be one word. */
	return strchr(c->key, ' ') == NULL
		? TEND_OK
		: tend_fail(err, TEND_USAGE, _("key: \"%s\" must have no blanks"), c->key);
}

static enum tend_status check_new_key(struct tend_app *a, const char *key, struct tend_error *err)
{
	struct tend_list found;
	tend_list_init(&found, &tend_customer_type);
	struct tend_value arg = text_value(key);
	enum tend_status status =
		tend_store_read(a->store, TEND_READ_CUSTOMERS_LIKE, &arg, 1, &found, err);
	for (size_t i = 0; status == TEND_OK && i < found.n; i++) {
		const struct tend_customer *c = tend_list_at(&found, i);
		if (tend_same(c->key, key)) {
			status = tend_fail(err, TEND_FAILED,
				_("there is a customer \"%s\" already (%s)"), key, c->name);
		}
	}
	tend_list_finish(&found);
	return status;
}

static enum tend_status add(struct tend_app *a, struct change *ch, struct tend_journey *j,
	size_t *ret_left_out, struct tend_error *err)
{
	struct tend_customer *c = &ch->customer;
	customer_normalise_status(c);
	enum tend_status status = check_new_key(a, c->key, err);
	if (status == TEND_OK) {
		status = write_insert(a, &tend_customer_type, c, 0, &c->id, err);
		ids_add(&a->touched, c->id);
	}
	status = status != TEND_OK ? status : change_put_custom(a, c->id, ch, NULL, err);
	if (status == TEND_OK && ch->has_arr) {
		status = customer_add_arr(a, c, ch->arr, err);
	}
	if (status == TEND_OK && j != NULL) {
		status = enroll_customer(a, c, j, TEND_NO_DATE, ret_left_out, err);
	}
	return status;
}

enum tend_status tend_app_customer_add(struct tend_app *a, const struct tend_assignment *fields,
	size_t n, struct tend_done *ret, struct tend_error *err)
{
	done_begin(a, ret);
	struct change ch;
	struct tend_journey *j = NULL;
	struct journey_text text = {0};
	size_t left_out = 0;
	enum tend_status status = change_parse(a, fields, n, true, &ch, err);
	status = status != TEND_OK ? status : check_required(&ch.customer, err);
	if (status == TEND_OK && ch.journey != NULL && ch.journey[0] != '\0') {
		status = journey_load(a, ch.journey, &text, &j, err);
	}
	if (status == TEND_OK && ch.customer.term_months == TEND_NO_INT) {
		int months = TERM_MONTHS;
		if (j != NULL && !tend_duration_months(j->term, &months)) {
			months = TERM_MONTHS;
		}
		ch.customer.term_months = months;
	}
	if (status == TEND_OK) {
		ret->summary = tend_arena_format(&ret->arena, _("customer %s added (%s)"),
			ch.customer.key, ch.customer.name);
		status = write_begin(a, err);
		if (status == TEND_OK) {
			status = j != NULL ? journey_put(a, j, text.text, err) : TEND_OK;
			status = status != TEND_OK ? status
						   : alike_warn_customer(a, &ch.customer, ret, err);
			status = status != TEND_OK ? status : add(a, &ch, j, &left_out, err);
			status = write_end(a, status, ret, err);
		}
	}
	done_warn_left_out(ret, left_out);
	tend_journey_destroy(j);
	journey_text_finish(&text);
	change_finish(&ch);
	return status;
}

enum tend_status customer_moved(struct tend_app *a, const struct tend_customer *before,
	const struct tend_customer *after, struct tend_error *err)
{
	enum tend_status status = customer_change_arr(a, before, after, NULL, err);
	return status != TEND_OK ? status : enroll_move(a, before, after, err);
}
