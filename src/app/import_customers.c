/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include <tend/care.h>
#include <tend/money.h>

#include "alike.h"

#define TERM_MONTHS 12

/* What customers are compared with: the book before the import. */
struct present {
	struct tend_list customers, subscriptions;
	struct spans subscriptions_of;
	struct table keys; /* customers by key */
	struct table subscription_keys;
	struct alikes alikes;
};

static const struct loaded_journey *journey_of(
	struct import *im, const char *name, struct tend_error *err)
{
	for (size_t i = 0; i < im->njourneys; i++) {
		if (strcmp(im->journeys[i].name, name) == 0) {
			return &im->journeys[i];
		}
	}
	struct loaded_journey loaded = {0};
	char key[TEND_KEY_MAX + 1];
	int64_t version;
	if (strchr(name, '/') != NULL || !journey_name_parse(name, key, sizeof(key), &version)) {
		(void)tend_fail(err, TEND_BAD_INPUT,
			_("journey: \"%.60s\" is not KEY or KEY@VERSION"), name);
		return NULL;
	}
	if (journey_load(im->app, name, &loaded.text, &loaded.journey, err) != TEND_OK) {
		journey_text_finish(&loaded.text);
		return NULL;
	}
	loaded.name = tend_strdup(name);
	im->journeys = tend_realloc(im->journeys, im->njourneys + 1, sizeof(*im->journeys));
	im->journeys[im->njourneys] = loaded;
	return &im->journeys[im->njourneys++];
}

bool import_check_customer(struct import *im, void *record)
{
	struct tend_customer *c = record;
	if (!tend_same(c->status, "churned") && !tend_same(c->status, "pooled")) {
		c->status = NULL;
	}
	if (c->arr != TEND_NO_MONEY && c->arr < 0) {
		return import_bad(im, "arr", _("arr cannot be negative"));
	}
	if (c->term_months != TEND_NO_INT && (c->term_months < 1 || c->term_months > 600)) {
		return import_bad(im, "term", _("term is 1 to 600 months"));
	}
	/* Of a customer that is there already, the start may be known though the file lacks it. */
	if (!tend_has_date(c->started) && import_customer_id(im, c->key) == 0
		&& (c->arr != TEND_NO_MONEY || c->journey != NULL)) {
		return import_bad(im, "started", _("arr and journey need started"));
	}
	struct tend_error err = {0};
	if (c->journey != NULL && journey_of(im, c->journey, &err) == NULL) {
		return import_bad(im, "journey", "%s", err.text);
	}
	return true;
}

/* --- the book before --- */

static void present_finish(struct present *p)
{
	tend_list_finish(&p->customers);
	tend_list_finish(&p->subscriptions);
	spans_finish(&p->subscriptions_of);
	table_finish(&p->keys);
	table_finish(&p->subscription_keys);
	alikes_finish(&p->alikes);
}

static enum tend_status present_read(struct import *im, struct present *p, struct tend_error *err)
{
	*p = (struct present){0};
	tend_list_init(&p->subscriptions, &tend_subscription_type);
	enum tend_status status = read_list(
		im->app, TEND_READ_CUSTOMERS_STORED, 0, &tend_customer_type, &p->customers, err);
	status = status != TEND_OK ? status
				   : tend_store_read_custom(im->app->store, 0, &p->customers, err);
	if (status == TEND_OK && import_has(im, "arr")) {
		status = more_records(im->app, 0, &p->subscriptions, err);
	}
	for (size_t i = 0; i < p->customers.n; i++) {
		const struct tend_customer *c = tend_list_at(&p->customers, i);
		table_put(&p->keys, c->key, i);
		alikes_put_customer(&p->alikes, c, i);
	}
	spans_init(&p->subscriptions_of, &p->subscriptions,
		offsetof(struct tend_subscription, customer_id));
	for (size_t i = 0; i < p->subscriptions.n; i++) {
		const struct tend_subscription *s = tend_list_at(&p->subscriptions, i);
		table_put(&p->subscription_keys, s->key, i);
	}
	return status;
}

/* --- custom fields, money, journey --- */

static enum tend_status put_custom(struct import *im, int64_t id, const struct tend_custom *before,
	const struct tend_custom *after, struct tend_error *err)
{
	enum tend_status status = TEND_OK;
	for (size_t i = 0; status == TEND_OK && i < after->n; i++) {
		const char *was = NULL;
		for (size_t k = 0; before != NULL && k < before->n; k++) {
			if (strcmp(before->items[k].name, after->items[i].name) == 0) {
				was = before->items[k].value;
			}
		}
		const char *value = after->items[i].value;
		value = value != NULL && value[0] != '\0' ? value : NULL;
		if (!tend_same(was, value)) {
			status = write_custom(im->app, id, after->items[i].name, value, err);
		}
	}
	return status;
}

/* The one subscription that `arr` stands for: the made one, or the only one. */
static struct tend_subscription *arr_subscription(
	const struct present *p, const struct tend_customer *c, size_t *ret_n)
{
	struct span span = spans_of(&p->subscriptions_of, c->id);
	struct tend_arena arena = {0};
	const char *key = tend_arena_format(&arena, "%s-arr", c->key);
	struct tend_subscription *found = NULL;
	for (size_t i = 0; i < span.n; i++) {
		struct tend_subscription *s = tend_list_at(&p->subscriptions, span.first + i);
		found = span.n == 1 || strcmp(s->key, key) == 0 ? s : found;
	}
	tend_arena_finish(&arena);
	*ret_n = span.n;
	return found;
}

static int64_t yearly(const struct tend_subscription *s)
{
	if (s->annual != TEND_NO_MONEY) {
		return s->annual;
	}
	int64_t year = 0;
	if (s->monthly != TEND_NO_MONEY && __builtin_mul_overflow(s->monthly, 12, &year)) {
		year = INT64_MAX;
	}
	return year;
}

/* What a list prints as the customer's ARR. */
static int64_t arr_now(
	const struct import *im, const struct present *p, const struct tend_customer *c)
{
	struct span span = spans_of(&p->subscriptions_of, c->id);
	return span.n == 0 ? 0
			   : tend_arr_on(tend_list_at(&p->subscriptions, span.first), span.n,
				   im->app->today, NULL);
}

static enum tend_status put_arr(struct import *im, const struct present *p,
	const struct tend_customer *c, int64_t arr, struct tend_error *err)
{
	size_t n = 0;
	struct tend_subscription *s = arr_subscription(p, c, &n);
	if (arr == arr_now(im, p, c)) {
		return TEND_OK; /* also 0 after a contract's end, as lists print it */
	}
	if (n == 0) {
		struct tend_subscription made = arr_contract(c, arr);
		struct tend_arena arena = {0};
		const char *key = tend_arena_format(&arena, "%s-arr", c->key);
		for (int i = 2; table_get(&p->subscription_keys, key) != TABLE_NONE; i++) {
			key = tend_arena_format(&arena, "%s-arr-%d", c->key, i);
		}
		made.key = key;
		enum tend_status status =
			write_insert(im->app, &tend_subscription_type, &made, c->id, NULL, err);
		tend_arena_finish(&arena);
		return status;
	}
	if (s == NULL || yearly(s) == arr) {
		return TEND_OK; /* several contracts say more than one number */
	}
	s->annual = arr;
	s->monthly = TEND_NO_MONEY;
	return write_update(im->app, &tend_subscription_type, s, c->id, err);
}

/* KEY means any version of it; KEY@V that one. */
static bool follows(const struct tend_customer *c, const char *journey)
{
	if (c->journey == NULL) {
		return false;
	}
	size_t n = strlen(journey);
	return strncmp(c->journey, journey, n) == 0
		&& (c->journey[n] == '\0' || c->journey[n] == '@');
}

static enum tend_status put_journey(struct import *im, const struct tend_customer *c,
	const char *journey, struct tend_error *err)
{
	const struct loaded_journey *loaded = journey_of(im, journey, err);
	if (loaded == NULL) {
		return TEND_BAD_INPUT;
	}
	size_t left_out = 0;
	return enroll_customer(im->app, c, loaded->journey, TEND_NO_DATE, &left_out, err);
}

/* --- one row --- */

static enum tend_status add(
	struct import *im, const struct present *p, struct tend_customer *c, struct tend_error *err)
{
	const struct loaded_journey *loaded =
		c->journey != NULL ? journey_of(im, c->journey, err) : NULL;
	if (c->term_months == TEND_NO_INT) {
		int months = TERM_MONTHS;
		if (loaded != NULL && !tend_duration_months(loaded->journey->term, &months)) {
			months = TERM_MONTHS;
		}
		c->term_months = months;
	}
	im->report->added++;
	enum tend_status status = write_insert(im->app, &tend_customer_type, c, 0, &c->id, err);
	if (status != TEND_OK) {
		return status;
	}
	ids_add(&im->app->touched, c->id);
	status = put_custom(im, c->id, NULL, &c->custom, err);
	if (status == TEND_OK && c->arr != TEND_NO_MONEY) {
		status = put_arr(im, p, c, c->arr, err);
	}
	if (status == TEND_OK && c->journey != NULL) {
		const char *journey = c->journey;
		c->journey = NULL;
		status = put_journey(im, c, journey, err);
	}
	return status;
}

static void merge(
	const struct import *im, struct tend_customer *to, const struct tend_customer *from)
{
	static const char *const fields[] = {
		"name", "status", "started", "owner", "segment", "industry", "currency", "tags"};
	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {
		const struct tend_field *f = tend_field_find(&tend_customer_type, fields[i]);
		/* a currency may be shown that is the contracts' own: no cell does not take it away */
		struct tend_value v = tend_field_get(f, from);
		if (import_has(im, fields[i]) && !(v.null && f->flags & TEND_F_CURRENCY)) {
			tend_field_set(f, to, v);
		}
	}
	if (from->term_months != TEND_NO_INT) {
		to->term_months = from->term_months;
	}
}

static bool same_customer(const struct tend_customer *x, const struct tend_customer *y)
{
	const char *tags_x = x->tags != NULL ? x->tags : "",
		   *tags_y = y->tags != NULL ? y->tags : "";
	return tend_same(x->name, y->name) && tend_same(x->status, y->status)
		&& x->started.day == y->started.day && x->term_months == y->term_months
		&& tend_same(x->owner, y->owner) && tend_same(x->segment, y->segment)
		&& tend_same(x->industry, y->industry) && tend_same(x->currency, y->currency)
		&& strcmp(tags_x, tags_y) == 0;
}

static enum tend_status update(struct import *im, const struct present *p, struct tend_customer *c,
	const struct tend_customer *row, struct tend_error *err)
{
	int64_t writes = im->app->writes;
	struct tend_customer before = *c;
	merge(im, c, row);
	enum tend_status status = TEND_OK;
	if (!same_customer(c, &before)) {
		status = write_update(im->app, &tend_customer_type, c, c->id, err);
		bool moved = c->started.day != before.started.day
			|| c->term_months != before.term_months;
		if (status == TEND_OK && moved) {
			status = customer_moved(im->app, &before, c, err);
		}
	}
	status = status != TEND_OK ? status
				   : put_custom(im, c->id, &before.custom, &row->custom, err);
	if (status == TEND_OK && row->arr != TEND_NO_MONEY) {
		status = put_arr(im, p, c, row->arr, err);
	}
	if (status == TEND_OK && row->journey != NULL && !follows(&before, row->journey)) {
		status = put_journey(im, c, row->journey, err);
	}
	if (im->app->writes == writes) {
		im->report->unchanged++;
	} else {
		im->report->updated++;
	}
	return status;
}

static enum tend_status publish(struct import *im, struct tend_error *err)
{
	enum tend_status status = TEND_OK;
	for (size_t i = 0; status == TEND_OK && i < im->njourneys; i++) {
		status = journey_put(
			im->app, im->journeys[i].journey, im->journeys[i].text.text, err);
	}
	return status;
}

/* A new one that looks like one of the book, or of an earlier row. */
static void note_alike(struct import *im, struct present *p, size_t at)
{
	const struct tend_customer *c = tend_list_at(&im->staged, at);
	size_t found = alikes_customer(&p->alikes, c);
	if (found != TABLE_NONE) {
		const struct tend_customer *other = found < p->customers.n
			? tend_list_at(&p->customers, found)
			: tend_list_at(&im->staged, found - p->customers.n);
		import_note(im, at, other->key, other->name);
	}
	alikes_put_customer(&p->alikes, c, p->customers.n + at);
}

enum tend_status import_apply_customers(struct import *im, struct tend_error *err)
{
	struct present p;
	enum tend_status status = present_read(im, &p, err);
	status = status != TEND_OK ? status : publish(im, err);
	for (size_t i = 0; status == TEND_OK && i < im->staged.n; i++) {
		struct tend_customer *row = tend_list_at(&im->staged, i);
		size_t at = table_get(&p.keys, row->key);
		if (at == TABLE_NONE) {
			note_alike(im, &p, i);
		}
		status = at == TABLE_NONE
			? add(im, &p, row, err)
			: update(im, &p, tend_list_at(&p.customers, at), row, err);
	}
	present_finish(&p);
	return status;
}
