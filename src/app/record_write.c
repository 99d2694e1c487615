/* SPDX-License-Identifier: MIT */
/* Records of a customer that share one way of being added and changed. */
#include <stdlib.h>
#include <string.h>

#include "import.h"

/* What the kinds differ in. */
struct kind {
	const struct tend_record_type *type;
	const char *date; /* the field that is the day unless it is given */
	const char *key; /* the middle of a made key; NULL where records have none */
};

static const struct kind kinds[] = {
	{&tend_subscription_type, "start", "sub"},
	{&tend_point_type, "date", NULL},
	{&tend_activity_type, "date", NULL},
	{&tend_complaint_type, "opened", "complaint"},
	{&tend_churn_type, "date", NULL},
};

static const struct kind *kind_of(const struct tend_record_type *t, struct tend_error *err)
{
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		if (kinds[i].type == t) {
			return &kinds[i];
		}
	}
	(void)tend_fail(err, TEND_USAGE, _("there are no records of the kind %s"), t->name);
	return NULL;
}

static bool may_give(const struct tend_field *f, bool adding)
{
	if (strcmp(f->name, "customer") == 0 || (f->flags & TEND_F_DERIVED) != 0) {
		return false;
	}
	return (f->flags & TEND_F_SETTABLE)
		|| (adding && (f->flags & (TEND_F_REQUIRED | TEND_F_KEY)));
}

static enum tend_status unknown_field(
	const struct tend_record_type *t, const char *field, bool adding, struct tend_error *err)
{
	const char *words[32];
	size_t n = 0;
	for (size_t i = 0; i < t->nfields && n < 32; i++) {
		if (may_give(&t->fields[i], adding)) {
			words[n++] = t->fields[i].name;
		}
	}
	const char *near = tend_nearest(field, words, n);
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
		if (f == NULL || !may_give(f, adding)) {
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

bool dates_backwards(const struct tend_record_type *t, const void *record,
	const struct tend_field **ret_from, const struct tend_field **ret_to)
{
	static const char *const pairs[][2] = {{"start", "end"}, {"opened", "closed"}};
	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
		const struct tend_field *f = tend_field_find(t, pairs[i][0]);
		const struct tend_field *g = tend_field_find(t, pairs[i][1]);
		if (f == NULL || g == NULL) {
			continue;
		}
		struct tend_value from = tend_field_get(f, record), to = tend_field_get(g, record);
		if (!from.null && !to.null && to.date.day < from.date.day) {
			*ret_from = f;
			*ret_to = g;
			return true;
		}
	}
	return false;
}

static enum tend_status check_dates(const struct tend_app *a, const struct tend_record_type *t,
	const void *record, struct tend_error *err)
{
	if (t == &tend_activity_type
		&& ((const struct tend_activity *)record)->date.day > a->today.day) {
		return tend_fail(
			err, TEND_USAGE, _("a contact that was made cannot be in the future"));
	}
	const struct tend_field *from, *to;
	if (dates_backwards(t, record, &from, &to)) {
		return tend_fail(err, TEND_USAGE, _("%s lies before %s"), to->name, from->name);
	}
	return TEND_OK;
}

static enum tend_status make_key(struct tend_app *a, const struct kind *kind, const char *customer,
	struct tend_arena *arena, const char **ret, struct tend_error *err)
{
	struct tend_list all;
	enum tend_status status = tend_app_records(a, kind->type, 0, NULL, &all, err);
	const struct tend_field *f = tend_field_find(kind->type, "key");
	for (int number = 1; status == TEND_OK; number++) {
		*ret = tend_arena_format(arena, "%s-%s-%d", customer, kind->key, number);
		bool taken = false;
		for (size_t i = 0; i < all.n && !taken; i++) {
			struct tend_value v = tend_field_get(f, tend_list_at(&all, i));
			taken = !v.null && strcmp(v.text, *ret) == 0;
		}
		if (!taken) {
			break;
		}
	}
	tend_list_finish(&all);
	return status;
}

static enum tend_status fill_defaults(struct tend_app *a, const struct kind *kind,
	const struct tend_customer *c, void *record, struct tend_arena *arena,
	struct tend_error *err)
{
	const struct tend_field *date = tend_field_find(kind->type, kind->date);
	if (tend_field_get(date, record).null) {
		tend_field_set(
			date, record, (struct tend_value){.type = TEND_DATE, .date = a->today});
	}
	const struct tend_field *key = tend_field_find(kind->type, "key");
	if (key != NULL && tend_field_get(key, record).null) {
		const char *made = NULL;
		enum tend_status status = make_key(a, kind, c->key, arena, &made, err);
		if (status != TEND_OK) {
			return status;
		}
		tend_field_set(key, record, text_value(made));
	}
	for (size_t i = 0; i < kind->type->nfields; i++) {
		const struct tend_field *f = &kind->type->fields[i];
		if ((f->flags & TEND_F_REQUIRED) && strcmp(f->name, "customer") != 0
			&& tend_field_get(f, record).null) {
			return tend_fail(err, TEND_USAGE, _("%s needs %s"), record_noun(kind->type),
				f->name);
		}
	}
	return TEND_OK;
}

/* One value a customer, metric and day: a second one replaces the first. */
static enum tend_status put_point(struct tend_app *a, struct tend_point *p, struct tend_error *err)
{
	struct tend_list points;
	enum tend_status status =
		read_list(a, TEND_READ_POINTS_OF, p->customer_id, &tend_point_type, &points, err);
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

/* A slip in the name of a metric is stored like any other: only this says so. */
static void warn_of_metric(struct tend_app *a, const struct tend_point *p, struct tend_done *done)
{
	if (sources_metric(&a->sources, p->metric) != NULL) {
		return;
	}
	const char *near = sources_metric_near(&a->sources, p->metric);
	if (near != NULL) {
		done_warn(done, _("no signals: file has a metric \"%s\"; did you mean %s?"),
			p->metric, near);
	} else {
		done_warn(done, _("no signals: file has a metric \"%s\""), p->metric);
	}
}

enum tend_status tend_app_record_add(struct tend_app *a, const struct tend_record_type *t,
	int64_t customer_id, const struct tend_assignment *fields, size_t n, struct tend_done *ret,
	struct tend_error *err)
{
	done_begin(a, ret);
	const struct kind *kind = kind_of(t, err);
	if (kind == NULL) {
		return TEND_USAGE;
	}
	struct tend_list customer = {0}, list;
	struct tend_customer *c = NULL;
	tend_list_init(&list, t);
	void *record = tend_list_add(&list);
	enum tend_status status = parse_fields(a, t, record, fields, n, true, &list.arena, err);
	status = status != TEND_OK ? status : write_begin(a, err);
	if (status == TEND_OK) {
		/* Within the transaction: two programs must not make the same key. */
		status = customer_read(a, customer_id, &customer, &c, err);
		status = status != TEND_OK ? status
					   : fill_defaults(a, kind, c, record, &list.arena, err);
		status = status != TEND_OK ? status : check_dates(a, t, record, err);
		if (status == TEND_OK) {
			tend_field_set(
				tend_field_find(t, "customer_id"), record, int_value(customer_id));
			ret->summary = tend_arena_format(
				&ret->arena, _("%s added (%s)"), record_noun(t), c->key);
			status = t == &tend_point_type
				? put_point(a, record, err)
				: write_insert(a, t, record, customer_id, NULL, err);
			if (status == TEND_OK && t == &tend_point_type) {
				warn_of_metric(a, record, ret);
			}
		}
		status = write_end(a, status, ret, err);
	}
	tend_list_finish(&customer);
	tend_list_finish(&list);
	return status;
}

static void *find_record(const struct tend_list *list, const char *name)
{
	const struct tend_field *key = tend_field_find(list->type, "key");
	const struct tend_field *id = tend_field_find(list->type, "id");
	long long number = 0;
	bool is_number = tend_parse_int(name, &number);
	for (size_t i = 0; i < list->n; i++) {
		void *record = tend_list_at(list, i);
		struct tend_value v = key != NULL ? tend_field_get(key, record)
						  : (struct tend_value){.null = true};
		if ((!v.null && strcmp(v.text, name) == 0)
			|| (is_number && tend_field_get(id, record).integer == number)) {
			return record;
		}
	}
	return NULL;
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
	const struct kind *kind = kind_of(t, err);
	if (kind == NULL) {
		return TEND_USAGE;
	}
	struct tend_list list, before;
	tend_list_init(&before, t);
	enum tend_status status = tend_app_records(a, t, 0, NULL, &list, err);
	void *record = status == TEND_OK ? find_record(&list, name) : NULL;
	if (status == TEND_OK && record == NULL) {
		status = tend_fail(
			err, TEND_NOT_FOUND, _("there is no %s \"%s\""), record_noun(t), name);
	}
	if (status == TEND_OK) {
		memcpy(tend_list_add(&before), record, t->size);
		status = parse_fields(a, t, record, fields, n, false, &list.arena, err);
	}
	status = status != TEND_OK ? status : check_dates(a, t, record, err);
	status = status != TEND_OK ? status : write_begin(a, err);
	if (status == TEND_OK) {
		int64_t customer_id =
			tend_field_get(tend_field_find(t, "customer_id"), record).integer;
		ret->summary =
			tend_arena_format(&ret->arena, _("%s %s changed"), record_noun(t), name);
		if (!record_same(t, record, tend_list_at(&before, 0))) {
			status = write_update(a, t, record, customer_id, err);
		}
		status = write_end(a, status, ret, err);
	}
	tend_list_finish(&before);
	tend_list_finish(&list);
	return status;
}
