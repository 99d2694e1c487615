/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include <tend/money.h>

#include "inside.h"

#define TERM_MONTHS 12

/* What the assignments of an add or a set ask for. */
struct change {
	struct tend_arena arena;
	struct tend_customer customer; /* the fields that are given */
	const struct tend_field **fields; /* which ones */
	size_t nfields;
	bool has_arr, has_term, has_started, has_currency;
	int64_t arr;
	const char *journey;
	struct tend_assignment *custom; /* as they are kept */
	size_t ncustom;
};

static void change_finish(struct change *ch)
{
	free(ch->fields);
	free(ch->custom);
	tend_arena_finish(&ch->arena);
}

enum tend_status customer_unknown_field(
	const char *field, const struct names_list *custom, struct tend_error *err)
{
	const struct tend_record_type *t = &tend_customer_type;
	const char **words = tend_calloc(t->nfields + custom->n + 3, sizeof(*words));
	size_t n = 0;
	for (size_t i = 0; i < t->nfields; i++) {
		if (t->fields[i].flags & TEND_F_SETTABLE) {
			words[n++] = t->fields[i].name;
		}
	}
	words[n++] = "term";
	words[n++] = "arr";
	for (size_t i = 0; i < custom->n; i++) {
		words[n++] = custom->items[i];
	}
	const char *near = tend_nearest(field, words, n);
	enum tend_status status;
	const struct tend_field *f = tend_field_find(t, field);
	if (f != NULL && !(f->flags & TEND_F_HIDDEN)) {
		status = tend_fail(err, TEND_USAGE, _("%s is computed and cannot be set"), field);
	} else if (near != NULL) {
		status = tend_fail(err, TEND_USAGE,
			_("a customer has no field \"%s\"; did you mean \"%s\"?"), field, near);
	} else {
		status = tend_fail(err, TEND_USAGE,
			_("a customer has no field \"%s\"; declare it in a config: file to use it"),
			field);
	}
	free(words);
	return status;
}

static enum tend_status parse_custom(struct tend_app *a, struct change *ch,
	const struct tend_assignment *f, struct tend_error *err)
{
	const struct tend_config_field *declared = sources_field(&a->sources, f->field);
	struct tend_field field = {.name = f->field,
		.type = declared != NULL ? declared->type : TEND_TEXT,
		.values = declared != NULL ? declared->values : NULL};
	struct tend_value v;
	enum tend_status status = given_value(a, &field, f->value, &ch->arena, &v, err);
	bool is_text = status == TEND_OK && !v.null && (v.type == TEND_TEXT || v.type == TEND_TAGS);
	ch->custom[ch->ncustom++] = (struct tend_assignment){f->field, is_text ? v.text : f->value};
	return status;
}

static enum tend_status parse_term(
	struct change *ch, const struct tend_assignment *f, struct tend_error *err)
{
	ch->has_term = true;
	return given_term(f->value, &ch->customer.term_months, err);
}

static enum tend_status parse_arr(
	struct change *ch, const struct tend_assignment *f, struct tend_error *err)
{
	ch->has_arr = true;
	if (!tend_money_parse(f->value, &ch->arr) || ch->arr < 0) {
		return tend_fail(err, TEND_USAGE,
			_("arr: \"%s\" is not an amount; write it like 12000 or 12000.50"),
			f->value);
	}
	return TEND_OK;
}

static enum tend_status parse_one(struct tend_app *a, struct change *ch,
	const struct tend_assignment *f, bool adding, const struct names_list *custom,
	struct tend_error *err)
{
	if (is_term_field(f->field)) {
		return parse_term(ch, f, err);
	}
	if (strcmp(f->field, "arr") == 0) {
		return parse_arr(ch, f, err);
	}
	if (adding && strcmp(f->field, "journey") == 0) {
		ch->journey = f->value;
		return TEND_OK;
	}
	const struct tend_field *field = tend_field_find(&tend_customer_type, f->field);
	if (field != NULL
		&& ((field->flags & TEND_F_SETTABLE) || (adding && (field->flags & TEND_F_KEY)))) {
		struct tend_value v;
		enum tend_status status = given_value(a, field, f->value, &ch->arena, &v, err);
		if (status == TEND_OK && (field->flags & (TEND_F_REQUIRED | TEND_F_KEY))
			&& v.null) {
			status = tend_fail(err, TEND_USAGE, _("%s cannot be empty"), field->name);
		}
		if (status != TEND_OK) {
			return status;
		}
		tend_field_set(field, &ch->customer, v);
		ch->fields[ch->nfields++] = field;
		ch->has_started = ch->has_started || strcmp(f->field, "started") == 0;
		ch->has_currency = ch->has_currency || strcmp(f->field, "currency") == 0;
		return TEND_OK;
	}
	for (size_t i = 0; i < custom->n; i++) {
		if (strcmp(custom->items[i], f->field) == 0) {
			return parse_custom(a, ch, f, err);
		}
	}
	return customer_unknown_field(f->field, custom, err);
}

static enum tend_status change_parse(struct tend_app *a, const struct tend_assignment *fields,
	size_t n, bool adding, struct change *ret, struct tend_error *err)
{
	*ret = (struct change){0};
	tend_record_clear(&tend_customer_type, &ret->customer);
	ret->fields = tend_calloc(n + 1, sizeof(struct tend_field *));
	ret->custom = tend_calloc(n + 1, sizeof(*ret->custom));
	struct names_list custom;
	enum tend_status status = custom_names(a, &ret->arena, &custom, err);
	for (size_t i = 0; status == TEND_OK && i < n; i++) {
		status = parse_one(a, ret, &fields[i], adding, &custom, err);
	}
	if (tend_has_date(ret->customer.started) && status == TEND_OK) {
		struct tend_date last;
		if (!tend_date_from_ymd(2590, 1, 1, &last)
			|| ret->customer.started.day > last.day) {
			status = tend_fail(err, TEND_USAGE, _("started is too far in the future"));
		}
	}
	return status;
}

static enum tend_status put_custom(struct tend_app *a, int64_t id, const struct change *ch,
	const struct tend_customer *present, struct tend_error *err)
{
	enum tend_status status = TEND_OK;
	for (size_t i = 0; i < ch->ncustom && status == TEND_OK; i++) {
		const struct tend_assignment *f = &ch->custom[i];
		const char *value = f->value[0] != '\0' ? f->value : NULL;
		const char *before = NULL;
		for (size_t k = 0; present != NULL && k < present->custom.n; k++) {
			if (strcmp(present->custom.items[k].name, f->field) == 0) {
				before = present->custom.items[k].value;
			}
		}
		if (!tend_same(value, before)) {
			status = write_custom(a, id, f->field, value, err);
		}
	}
	return status;
}

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

static void normalise_status(struct tend_customer *c)
{
	if (!tend_same(c->status, "churned") && !tend_same(c->status, "pooled")) {
		c->status = NULL;
	}
}

static enum tend_status add(struct tend_app *a, struct change *ch, struct tend_journey *j,
	size_t *ret_left_out, struct tend_error *err)
{
	struct tend_customer *c = &ch->customer;
	normalise_status(c);
	enum tend_status status = check_new_key(a, c->key, err);
	if (status == TEND_OK) {
		status = write_insert(a, &tend_customer_type, c, 0, &c->id, err);
		ids_add(&a->touched, c->id);
	}
	status = status != TEND_OK ? status : put_custom(a, c->id, ch, NULL, err);
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

/* --- set --- */

static bool same_value(const struct tend_field *f, const void *x, const void *y)
{
	struct tend_value a = tend_field_get(f, x), b = tend_field_get(f, y);
	if (a.null || b.null) {
		return a.null == b.null;
	}
	if (f->type == TEND_TEXT || f->type == TEND_TAGS) {
		return strcmp(a.text, b.text) == 0;
	}
	return tend_value_compare(a, b) == 0;
}

enum tend_status customer_moved(struct tend_app *a, const struct tend_customer *before,
	const struct tend_customer *after, struct tend_error *err)
{
	enum tend_status status = customer_change_arr(a, before, after, NULL, err);
	return status != TEND_OK ? status : enroll_move(a, before, after, err);
}

static enum tend_status set_one(
	struct tend_app *a, int64_t id, const struct change *ch, struct tend_error *err)
{
	struct tend_list list;
	struct tend_customer *c = NULL;
	enum tend_status status = customer_read(a, id, &list, &c, err);
	status = status != TEND_OK ? status : tend_store_read_custom(a->store, id, &list, err);
	if (status == TEND_OK) {
		struct tend_customer before = *c;
		bool changed = false;
		for (size_t i = 0; i < ch->nfields; i++) {
			tend_field_set(
				ch->fields[i], c, tend_field_get(ch->fields[i], &ch->customer));
		}
		normalise_status(c);
		if (ch->has_term) {
			c->term_months = ch->customer.term_months;
			changed = c->term_months != before.term_months;
		}
		for (size_t i = 0; i < ch->nfields; i++) {
			changed = changed || !same_value(ch->fields[i], c, &before);
		}
		if (changed) {
			status = write_update(a, &tend_customer_type, c, id, err);
		}
		status = status != TEND_OK ? status : put_custom(a, id, ch, &before, err);
		if (status == TEND_OK && (ch->has_arr || changed)) {
			status = customer_change_arr(
				a, &before, c, ch->has_arr ? &ch->arr : NULL, err);
		}
		if (status == TEND_OK && changed && (ch->has_started || ch->has_term)) {
			status = enroll_move(a, &before, c, err);
		}
	}
	tend_list_finish(&list);
	return status;
}

static const char *set_summary(struct tend_app *a, struct tend_arena *arena,
	const struct tend_assignment *fields, size_t n, const char *key, size_t nids)
{
	struct tend_str text = {0};
	given_summary(a, &tend_customer_type, fields, n, &text);
	const char *summary = nids == 1
		? tend_arena_format(arena, _("customer %s set: %s"), key, tend_str_text(&text))
		: tend_arena_format(arena, _("%zu customers set: %s"), nids, tend_str_text(&text));
	tend_str_finish(&text);
	return summary;
}

/* A start past the end of the term that was is that of the next one. */
static void propose_next(
	struct tend_app *a, const struct tend_customer *before, struct tend_done *ret)
{
	struct tend_list list;
	struct tend_customer *c = NULL;
	struct tend_enrollment e = {0};
	struct tend_date renewal = renewal_of(before->started, before->term_months);
	if (customer_read(a, before->id, &list, &c, NULL) == TEND_OK
		&& tend_has_date(before->started) && c->started.day >= renewal.day
		&& tend_store_enrollment(a->store, c->id, &e, NULL) == TEND_OK && e.id != 0) {
		done_warn(ret, _("a new term: tend journey enroll %s starts %s for it"), c->key,
			enroll_next_name(a, &e, &ret->arena));
	}
	tend_list_finish(&list);
}

enum tend_status tend_app_customer_set(struct tend_app *a, const int64_t *ids, size_t nids,
	const struct tend_assignment *fields, size_t n, struct tend_done *ret,
	struct tend_error *err)
{
	done_begin(a, ret);
	struct change ch;
	struct tend_list first = {0};
	struct tend_customer *c = NULL;
	enum tend_status status = change_parse(a, fields, n, false, &ch, err);
	if (status == TEND_OK && nids == 1) {
		status = customer_read(a, ids[0], &first, &c, err);
	}
	if (status == TEND_OK) {
		ret->summary =
			set_summary(a, &ret->arena, fields, n, c != NULL ? c->key : "", nids);
		status = write_begin(a, err);
		if (status == TEND_OK) {
			for (size_t i = 0; i < nids && status == TEND_OK; i++) {
				status = set_one(a, ids[i], &ch, err);
			}
			status = write_end(a, status, ret, err);
		}
	}
	if (c != NULL) {
		if (status == TEND_OK) {
			propose_next(a, c, ret);
		}
		tend_list_finish(&first);
	}
	change_finish(&ch);
	return status;
}
