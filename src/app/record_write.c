/* SPDX-License-Identifier: MIT */
/* Records of a customer that share one way of being added and changed. */
#include <stdlib.h>
#include <string.h>

#include "derive.h"
#include "alike.h"

static const struct tend_kind *kind_of(const struct tend_record_type *t, struct tend_error *err)
{
	const struct tend_kind *k = tend_kind_of(t);
	if (k == NULL) {
		(void)tend_fail(err, TEND_USAGE, _("there are no records of the kind %s"), t->name);
	}
	return k;
}

static enum tend_status unknown_field(
	const struct tend_record_type *t, const char *field, bool adding, struct tend_error *err)
{
	const char **words = tend_calloc(t->nfields, sizeof(*words));
	size_t n = 0;
	for (size_t i = 0; i < t->nfields; i++) {
		if (tend_field_is_given(&t->fields[i], adding)) {
			words[n++] = t->fields[i].name;
		}
	}
	const char *near = tend_nearest(field, words, n);
	free(words);
	return near != NULL
		? tend_fail(err, TEND_USAGE,
			_("%s has no field \"%s\" that can be given; did you mean \"%s\"?"),
			record_noun(t), field, near)
		: tend_fail(err, TEND_USAGE, _("%s has no field \"%s\" that can be given"),
			record_noun(t), field);
}

static enum tend_status parse_fields(struct tend_app *a, const struct tend_record_type *t,
	void *record, const struct tend_assignment *fields, size_t n, bool adding,
	struct tend_arena *arena, struct tend_error *err)
{
	for (size_t i = 0; i < n; i++) {
		const struct tend_field *f = tend_field_find(t, fields[i].field);
		if (f == NULL || !tend_field_is_given(f, adding)) {
			return unknown_field(t, fields[i].field, adding, err);
		}
		struct tend_value v;
		enum tend_status status = given_value(a, f, fields[i].value, arena, &v, err);
		if (status != TEND_OK) {
			return status;
		}
		if (v.null && (f->flags & TEND_F_REQUIRED)) {
			return tend_fail(err, TEND_USAGE, _("%s cannot be empty"), f->name);
		}
		tend_field_set(f, record, v);
	}
	return TEND_OK;
}

enum tend_status record_check_past(const struct tend_app *a, const struct tend_field *f,
	struct tend_value v, struct tend_error *err)
{
	return v.null || v.date.day <= a->today.day
		? TEND_OK
		: tend_fail(
			err, TEND_USAGE, _("%s: what was done cannot be in the future"), f->name);
}

enum tend_status record_check_order(
	const struct tend_record_type *t, const void *record, struct tend_error *err)
{
	const struct tend_field *from, *to;
	return tend_kind_backwards(t, record, &from, &to)
		? tend_fail(err, TEND_USAGE, _("%s lies before %s"), to->name, from->name)
		: TEND_OK;
}

static enum tend_status check_dates(const struct tend_app *a, const struct tend_record_type *t,
	const void *record, struct tend_error *err)
{
	for (size_t i = 0; i < t->nfields; i++) {
		const struct tend_field *f = &t->fields[i];
		enum tend_status status = (f->flags & TEND_F_PAST) != 0
			? record_check_past(a, f, tend_field_get(f, record), err)
			: TEND_OK;
		if (status != TEND_OK) {
			return status;
		}
	}
	return record_check_order(t, record, err);
}

static void set_text(
	const struct tend_record_type *t, void *record, const char *field, const char *text)
{
	const struct tend_field *f = tend_field_find(t, field);
	if (f != NULL && text != NULL && *text != '\0' && tend_field_get(f, record).null) {
		tend_field_set(f, record, text_value(text));
	}
}

void record_defaults(struct tend_app *a, const struct tend_kind *kind,
	const struct tend_customer *c, void *record)
{
	const struct tend_record_type *t = kind->type;
	const struct tend_field *day = kind->day != NULL ? tend_field_find(t, kind->day) : NULL;
	if (day != NULL && tend_field_get(day, record).null) {
		tend_field_set(
			day, record, (struct tend_value){.type = TEND_DATE, .date = a->today});
	}
	for (size_t i = 0; i < t->nfields; i++) {
		set_text(t, record, t->fields[i].name, t->fields[i].initial);
	}
	set_text(t, record, "actor", app_actor(a));
	if (kind->type != &tend_subscription_type) {
		set_text(t, record, "currency", c != NULL ? c->currency : NULL);
	}
}

enum tend_status record_check(
	struct tend_app *a, const struct tend_kind *kind, void *record, struct tend_error *err)
{
	for (size_t i = 0; i < kind->type->nfields; i++) {
		const struct tend_field *f = &kind->type->fields[i];
		struct tend_value v = tend_field_get(f, record);
		if ((f->flags & TEND_F_REQUIRED) && strcmp(f->name, "customer") != 0 && v.null) {
			return tend_fail(err, TEND_USAGE, _("%s needs %s"), record_noun(kind->type),
				f->name);
		}
	}
	enum tend_status status = record_check_references(a, kind, record, err);
	if (status != TEND_OK) {
		return status;
	}
	if (kind->settle != NULL && kind->settle(record, err) != TEND_OK) {
		if (err != NULL) {
			err->status = TEND_USAGE;
		}
		return TEND_USAGE;
	}
	status = filters_check(a, kind->type, record, NULL, err);
	return status != TEND_OK ? status : check_dates(a, kind->type, record, err);
}

static enum tend_status fill_defaults(struct tend_app *a, const struct tend_kind *kind,
	const struct tend_customer *c, void *record, struct tend_arena *arena,
	struct tend_error *err)
{
	const struct tend_field *key = tend_field_find(kind->type, "key");
	record_defaults(a, kind, c, record);
	if (key != NULL && kind->made_key != NULL && tend_field_get(key, record).null) {
		const char *made = NULL;
		enum tend_status status = record_make_key(a, kind, c, arena, &made, err);
		if (status != TEND_OK) {
			return status;
		}
		tend_field_set(key, record, text_value(made));
	}
	return record_check(a, kind, record, err);
}

/* One value a customer, metric and day: a second one replaces the first. */
static enum tend_status put_point(struct tend_app *a, struct tend_point *p, struct tend_error *err)
{
	struct tend_list points;
	enum tend_status status = read_records(a, &tend_point_type, p->customer_id, &points, err);
	const struct tend_point *same = NULL;
	for (size_t i = 0; i < points.n; i++) {
		const struct tend_point *row = tend_list_at(&points, i);
		if (row->date.day == p->date.day && tend_same(row->metric, p->metric)) {
			same = row;
		}
	}
	if (status == TEND_OK && same != NULL && same->value != p->value) {
		p->id = same->id;
		status = write_update(a, &tend_point_type, p, p->customer_id, err);
	} else if (status == TEND_OK && same == NULL) {
		status = write_insert(a, &tend_point_type, p, p->customer_id, NULL, err);
	}
	tend_list_finish(&points);
	return status;
}

/* "Renewal call", or the key: what a record is called in a message; NULL where it has neither. */
static const char *called(
	const struct tend_kind *kind, const void *record, struct tend_arena *arena)
{
	struct tend_value key = tend_kind_value(kind, record, "key");
	struct tend_value label = tend_kind_value(kind, record, kind->label);
	return !key.null                                 ? tend_arena_strdup(arena, key.text)
		: !label.null && label.type == TEND_TEXT ? tend_arena_strdup(arena, label.text)
							 : NULL;
}

static void say_added(struct tend_done *ret, const struct tend_kind *kind, const void *record,
	const struct tend_customer *c)
{
	const char *noun = record_noun(kind->type), *name = called(kind, record, &ret->arena);
	if (c != NULL) {
		ret->summary = tend_arena_format(&ret->arena, _("%s added (%s)"), noun, c->key);
	} else {
		ret->summary = tend_arena_format(
			&ret->arena, _("%s added (%s)"), noun, name != NULL ? name : "");
	}
}

static enum tend_status put_record(struct tend_app *a, const struct tend_kind *kind, void *record,
	const struct tend_customer *c, struct tend_done *ret, struct tend_error *err)
{
	const struct tend_record_type *t = kind->type;
	int64_t customer_id = c != NULL ? c->id : 0;
	if (c != NULL) {
		tend_field_set(tend_field_find(t, "customer_id"), record, int_value(customer_id));
	}
	say_added(ret, kind, record, c);
	enum tend_status status = t == &tend_point_type
		? put_point(a, record, err)
		: write_insert(a, t, record, customer_id, &ret->added, err);
	if (status == TEND_OK) {
		record_note(a, kind, record, ret);
	}
	if (status == TEND_OK && t == &tend_gift_type) {
		status = gift_warn(a, record, ret, err);
	}
	return status;
}

static enum tend_status add_one(struct tend_app *a, const struct tend_kind *kind,
	int64_t customer_id, const struct tend_assignment *fields, size_t n, struct tend_done *ret,
	struct tend_error *err)
{
	struct tend_list customer = {0}, list;
	struct tend_customer *c = NULL;
	tend_list_init(&list, kind->type);
	void *record = tend_list_add(&list);
	enum tend_status status =
		parse_fields(a, kind->type, record, fields, n, true, &list.arena, err);
	if (status == TEND_OK && customer_id != 0) {
		status = customer_read(a, customer_id, &customer, &c, err);
	}
	status = status != TEND_OK ? status : fill_defaults(a, kind, c, record, &list.arena, err);
	if (status == TEND_OK && kind->type == &tend_contact_type) {
		((struct tend_contact *)record)->customer_id = customer_id;
		status = alike_warn_contact(a, record, ret, err);
	}
	status = status != TEND_OK ? status : put_record(a, kind, record, c, ret, err);
	tend_list_finish(&customer);
	tend_list_finish(&list);
	return status;
}

enum tend_status tend_app_record_add_each(struct tend_app *a, const struct tend_record_type *t,
	const int64_t *customer_ids, size_t ncustomers, const struct tend_assignment *fields,
	size_t n, struct tend_done *ret, struct tend_error *err)
{
	done_begin(a, ret);
	const struct tend_kind *kind = kind_of(t, err);
	if (kind == NULL) {
		return TEND_USAGE;
	}
	/* Within the transaction: two programs must not make the same key. */
	enum tend_status status = write_begin(a, err);
	if (status != TEND_OK) {
		return status;
	}
	for (size_t i = 0; status == TEND_OK && i < ncustomers; i++) {
		status = add_one(a, kind, customer_ids[i], fields, n, ret, err);
	}
	if (ncustomers > 1) {
		ret->summary = tend_arena_format(
			&ret->arena, _("%s added for %zu customers"), record_noun(t), ncustomers);
	}
	return write_end(a, status, ret, err);
}

enum tend_status tend_app_record_add(struct tend_app *a, const struct tend_record_type *t,
	int64_t customer_id, const struct tend_assignment *fields, size_t n, struct tend_done *ret,
	struct tend_error *err)
{
	return tend_app_record_add_each(a, t, &customer_id, 1, fields, n, ret, err);
}

enum tend_status record_find(struct tend_app *a, const struct tend_record_type *t, const char *name,
	struct tend_list *ret, void **ret_record, struct tend_error *err)
{
	long long number = 0;
	bool by_key = tend_field_find(t, "key") != NULL;
	enum tend_status status = TEND_OK;
	tend_list_init(ret, t);
	if (by_key) {
		status = tend_store_records(a->store, TEND_OF_KEY, text_value(name), ret, err);
	}
	if (status == TEND_OK && ret->n == 0 && tend_parse_int(name, &number)) {
		status = tend_store_records(a->store, TEND_OF_ID, int_value(number), ret, err);
	}
	if (status == TEND_OK && ret->n == 0) {
		status = tend_fail(
			err, TEND_NOT_FOUND, _("there is no %s \"%s\""), record_noun(t), name);
	}
	*ret_record = status == TEND_OK ? tend_list_at(ret, 0) : NULL;
	return status;
}

static int64_t owner_of(const struct tend_record_type *t, const void *record)
{
	const struct tend_field *f = tend_field_find(t, "customer_id");
	return f != NULL ? tend_field_get(f, record).integer : 0;
}

bool record_same(const struct tend_record_type *t, const void *x, const void *y)
{
	for (size_t i = 0; i < t->nfields; i++) {
		const struct tend_field *f = &t->fields[i];
		struct tend_value a = tend_field_get(f, x), b = tend_field_get(f, y);
		if (f->flags & (TEND_F_HIDDEN | TEND_F_DERIVED)) {
			continue;
		}
		if (a.null || b.null) {
			if (a.null != b.null) {
				return false;
			}
		} else if (f->type == TEND_TEXT || f->type == TEND_TAGS) {
			if (strcmp(a.text, b.text) != 0) {
				return false;
			}
		} else if (tend_value_compare(a, b) != 0) {
			return false;
		}
	}
	return true;
}

enum tend_status tend_app_record_set(struct tend_app *a, const struct tend_record_type *t,
	const char *name, const struct tend_assignment *fields, size_t n, struct tend_done *ret,
	struct tend_error *err)
{
	done_begin(a, ret);
	const struct tend_kind *kind = kind_of(t, err);
	if (kind == NULL) {
		return TEND_USAGE;
	}
	struct tend_list list = {0}, before;
	void *record = NULL;
	tend_list_init(&before, t);
	enum tend_status status = write_begin(a, err);
	if (status != TEND_OK) {
		return status;
	}
	status = record_find(a, t, name, &list, &record, err);
	if (status == TEND_OK) {
		memcpy(tend_list_add(&before), record, t->size);
		status = parse_fields(a, t, record, fields, n, false, &list.arena, err);
	}
	status = status != TEND_OK ? status : record_check(a, kind, record, err);
	if (status == TEND_OK) {
		ret->summary =
			tend_arena_format(&ret->arena, _("%s %s changed"), record_noun(t), name);
		if (!record_same(t, record, tend_list_at(&before, 0))) {
			status = write_update(a, t, record, owner_of(t, record), err);
			record_note(a, kind, record, ret);
		}
	}
	if (status == TEND_OK && t == &tend_gift_type) {
		status = gift_warn(a, record, ret, err);
	}
	status = write_end(a, status, ret, err);
	tend_list_finish(&before);
	tend_list_finish(&list);
	return status;
}

enum tend_status tend_app_record_remove(struct tend_app *a, const struct tend_record_type *t,
	const char *name, struct tend_done *ret, struct tend_error *err)
{
	done_begin(a, ret);
	const struct tend_kind *kind = kind_of(t, err);
	if (kind == NULL) {
		return TEND_USAGE;
	}
	struct tend_list list = {0};
	void *record = NULL;
	enum tend_status status = write_begin(a, err);
	if (status != TEND_OK) {
		return status;
	}
	status = record_find(a, t, name, &list, &record, err);
	status = status != TEND_OK ? status : record_check_unnamed(a, kind, record, err);
	if (status == TEND_OK) {
		ret->summary =
			tend_arena_format(&ret->arena, _("%s %s removed"), record_noun(t), name);
		int64_t id = tend_field_get(tend_field_find(t, "id"), record).integer;
		status = write_delete(a, t, id, owner_of(t, record), err);
		if (status == TEND_OK && t == &tend_segment_type) {
			segments_warn_unreadable(a, ret);
		}
	}
	status = write_end(a, status, ret, err);
	tend_list_finish(&list);
	return status;
}
