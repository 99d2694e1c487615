/* SPDX-License-Identifier: MIT */
/* Subscriptions, activities, complaints and churn: updated by key, or the same when all is the same. */
#include <stdlib.h>
#include <string.h>

#include "alike.h"

/* The keys of a kind that others refer to. */
struct import_references {
	const struct tend_kind *kind;
	struct tend_list rows;
	struct table keys;
	struct import_references *next;
};

static struct import_references *references_of(struct import *im, const char *noun)
{
	const struct tend_kind *kind = tend_kind_called(noun);
	for (struct import_references *r = im->references; r != NULL; r = r->next) {
		if (r->kind == kind) {
			return r;
		}
	}
	struct import_references *r = tend_alloc(sizeof(*r));
	*r = (struct import_references){.kind = kind, .next = im->references};
	im->references = r;
	const struct tend_field *key = tend_field_find(kind->type, "key");
	(void)read_records(im->app, kind->type, 0, &r->rows, NULL);
	for (size_t i = 0; i < r->rows.n; i++) {
		table_put(&r->keys, tend_field_get(key, tend_list_at(&r->rows, i)).text, i);
	}
	return r;
}

void import_references_finish(struct import *im)
{
	while (im->references != NULL) {
		struct import_references *r = im->references;
		im->references = r->next;
		tend_list_finish(&r->rows);
		table_finish(&r->keys);
		free(r);
	}
}

static bool check_references(struct import *im, const void *record)
{
	bool good = true;
	for (size_t i = 0; i < im->kind->type->nfields; i++) {
		const struct tend_field *f = &im->kind->type->fields[i];
		struct tend_value v = tend_field_get(f, record);
		if (f->refers != NULL && !v.null
			&& table_get(&references_of(im, f->refers)->keys, v.text) == TABLE_NONE) {
			good = import_bad(im, f->name, _("%s: there is no %s \"%s\""), f->name,
				record_noun(tend_kind_called(f->refers)->type), v.text);
		}
	}
	return good;
}

/* The field that a message begins with; NULL. */
static const char *field_named(const struct tend_record_type *t, const char *text)
{
	for (size_t i = 0; i < t->nfields; i++) {
		size_t n = strlen(t->fields[i].name);
		if (strncmp(text, t->fields[i].name, n) == 0 && text[n] == ':') {
			return t->fields[i].name;
		}
	}
	return NULL;
}

bool import_check_record(struct import *im, void *record)
{
	const struct tend_record_type *t = im->kind->type;
	const struct tend_kind *kind = tend_kind_of(t);
	struct tend_error err = {0};
	if (kind->settle != NULL && kind->settle(record, &err) != TEND_OK) {
		return import_bad(im, field_named(t, err.text), "%s", err.text);
	}
	for (size_t i = 0; i < t->nfields; i++) {
		const struct tend_field *f = &t->fields[i];
		if (f->initial != NULL && tend_field_get(f, record).null) {
			tend_field_set(f, record,
				(struct tend_value){.type = TEND_TEXT, .text = f->initial});
		}
	}
	if (filters_check(im->app, t, record, &im->staged, &err) != TEND_OK) {
		return import_bad(im, field_named(t, err.text), "%s", err.text);
	}
	return check_references(im, record);
}

static int64_t owner_of(const struct tend_record_type *t, const void *record)
{
	const struct tend_field *f = tend_field_find(t, "customer_id");
	return f != NULL ? tend_field_get(f, record).integer : 0;
}

/* What tells apart records without a key: all that the file gives, and what is filled where it gives nothing. */
static bool tells_apart(const struct import *im, const struct tend_field *f)
{
	return (f->flags & (TEND_F_HIDDEN | TEND_F_DERIVED | TEND_F_KEY)) == 0
		&& strcmp(f->name, "customer") != 0
		&& (import_has(im, f->name) || f->initial != NULL);
}

static const char *whole(const struct import *im, const void *record, struct tend_arena *arena)
{
	const struct tend_record_type *t = im->kind->type;
	struct tend_str text = {0};
	tend_str_addf(&text, "%lld", (long long)owner_of(t, record));
	for (size_t i = 0; i < t->nfields; i++) {
		if (tells_apart(im, &t->fields[i])) {
			tend_str_addc(&text, '\x1f');
			tend_value_format(tend_field_get(&t->fields[i], record), &text);
		}
	}
	char *copy = tend_arena_strndup(arena, tend_str_text(&text), text.len);
	tend_str_finish(&text);
	return copy;
}

/* The records that are there and those that were put, by their keys and by all that they say. */
struct present {
	struct tend_list rows;
	struct table keys, wholes,
		numbers; /* numbers: by customer, the last that a key was made with */
	struct alikes alikes; /* of contacts */
	const struct tend_field *key; /* NULL where the kind has none */
};

static void present_put(struct import *im, struct present *p, const void *record, size_t at)
{
	struct tend_value key =
		p->key != NULL ? tend_field_get(p->key, record) : (struct tend_value){.null = true};
	if (!key.null) {
		table_put(&p->keys, key.text, at);
	}
	table_put(&p->wholes, whole(im, record, &p->rows.arena), at);
	if (im->kind->type == &tend_contact_type) {
		alikes_put_contact(&p->alikes, record, at);
	}
}

static size_t present_find(struct import *im, struct present *p, const void *record)
{
	struct tend_value key =
		p->key != NULL ? tend_field_get(p->key, record) : (struct tend_value){.null = true};
	return !key.null ? table_get(&p->keys, key.text)
			 : table_get(&p->wholes, whole(im, record, &p->rows.arena));
}

static void present_finish(struct present *p)
{
	table_finish(&p->keys);
	table_finish(&p->wholes);
	table_finish(&p->numbers);
	alikes_finish(&p->alikes);
	tend_list_finish(&p->rows);
}

/* CUSTOMER-MIDDLE-N with a number that is free. */
static void make_key(struct import *im, struct present *p, void *record)
{
	const struct tend_kind *kind = tend_kind_of(im->kind->type);
	if (p->key == NULL || kind->made_key == NULL || !tend_field_get(p->key, record).null) {
		return;
	}
	const char *customer = tend_kind_value(kind, record, "customer").text;
	customer = customer != NULL ? customer : "";
	const char *stem = record_key_stem(kind, customer, &p->rows.arena);
	size_t last = table_get(&p->numbers, customer), number = last == TABLE_NONE ? 0 : last;
	const char *key;
	do {
		number++;
		key = tend_arena_format(&p->rows.arena, "%s%zu", stem, number);
	} while (table_get(&p->keys, key) != TABLE_NONE);
	table_put(&p->numbers, customer, number);
	tend_field_set(p->key, record, (struct tend_value){.type = TEND_TEXT, .text = key});
}

/* A new contact that looks like one of its customer, in the book or in an earlier row. */
static void note_alike(struct import *im, struct present *p, const void *record, size_t at)
{
	if (im->kind->type != &tend_contact_type) {
		return;
	}
	size_t found = alikes_contact(&p->alikes, record);
	if (found != TABLE_NONE) {
		const struct tend_contact *other = found < p->rows.n
			? tend_list_at(&p->rows, found)
			: tend_list_at(&im->staged, found - p->rows.n);
		import_note(im, at - p->rows.n, other->key, other->name);
	}
	alikes_put_contact(&p->alikes, record, at);
}

static enum tend_status add(
	struct import *im, struct present *p, void *record, size_t at, struct tend_error *err)
{
	const char *all = whole(im, record, &p->rows.arena);
	make_key(im, p, record);
	note_alike(im, p, record, at);
	im->report->added++;
	table_put(&p->wholes, all, at);
	if (p->key != NULL && !tend_field_get(p->key, record).null) {
		table_put(&p->keys, tend_field_get(p->key, record).text, at);
	}
	return write_insert(
		im->app, im->kind->type, record, owner_of(im->kind->type, record), NULL, err);
}

static enum tend_status change(
	struct import *im, void *record, void *present, struct tend_error *err)
{
	const struct tend_record_type *t = im->kind->type;
	int64_t customer_id = owner_of(t, record);
	struct tend_list before;
	tend_list_init(&before, t);
	void *was = tend_list_add(&before);
	memcpy(was, present, t->size);
	import_merge(im, present, record);
	const struct tend_field *owner = tend_field_find(t, "customer_id");
	const struct tend_field *customer = tend_field_find(t, "customer");
	if (owner != NULL) {
		tend_field_set(owner, present,
			(struct tend_value){.type = TEND_INT, .integer = customer_id});
		/* The customer's key is compared by its id: a map may have found it via another record. */
		tend_field_set(customer, present, tend_field_get(customer, was));
	}
	int64_t from = owner_of(t, was);
	bool same = record_same(t, was, present) && from == customer_id;
	tend_list_finish(&before);
	if (same) {
		im->report->unchanged++;
		return TEND_OK;
	}
	im->report->updated++;
	ids_add(&im->app->touched, from);
	return write_update(im->app, t, present, customer_id, err);
}

enum tend_status import_apply_records(struct import *im, struct tend_error *err)
{
	const struct tend_record_type *t = im->kind->type;
	struct present p = {.key = tend_field_find(t, "key")};
	enum tend_status status = read_records(im->app, t, 0, &p.rows, err);
	for (size_t i = 0; i < p.rows.n; i++) {
		present_put(im, &p, tend_list_at(&p.rows, i), i);
	}
	for (size_t i = 0; status == TEND_OK && i < im->staged.n; i++) {
		void *record = tend_list_at(&im->staged, i);
		size_t at = present_find(im, &p, record);
		if (at == TABLE_NONE) {
			status = add(im, &p, record, p.rows.n + i, err);
		} else if (at >= p.rows.n) {
			im->report->unchanged++; /* the same row stands twice in the file */
		} else {
			status = change(im, record, tend_list_at(&p.rows, at), err);
		}
	}
	present_finish(&p);
	return status;
}
