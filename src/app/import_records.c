/* SPDX-License-Identifier: MIT */
/* Subscriptions, activities, complaints and churn: updated by key, or the same when all is the same. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "import.h"

#define RECORD_MAX 512 /* bytes of the struct of a record */

bool import_check_record(struct import *im, void *record)
{
	const struct tend_record_type *t = im->kind->type;
	const struct tend_field *from, *to;
	if (dates_backwards(t, record, &from, &to)) {
		char a[TEND_DATE_LEN], b[TEND_DATE_LEN];
		return import_bad(im, to->name, _("%s %s lies before %s %s"), to->name,
			tend_date_format(tend_field_get(to, record).date, b), from->name,
			tend_date_format(tend_field_get(from, record).date, a));
	}
	if (t == &tend_activity_type && ((struct tend_activity *)record)->kind == NULL) {
		((struct tend_activity *)record)->kind = "note";
	}
	return true;
}

/* All fields of a record that has no key, as one text. */
static char *whole(const struct tend_record_type *t, const void *record, int64_t customer_id,
	struct tend_arena *arena)
{
	struct tend_str text = {0};
	tend_str_addf(&text, "%lld", (long long)customer_id);
	for (size_t i = 0; i < t->nfields; i++) {
		const struct tend_field *f = &t->fields[i];
		if ((f->flags & (TEND_F_HIDDEN | TEND_F_DERIVED))
			|| strcmp(f->name, "customer") == 0) {
			continue;
		}
		tend_str_addc(&text, '\x1f');
		tend_value_format(tend_field_get(f, record), &text);
	}
	char *copy = tend_arena_strndup(arena, tend_str_text(&text), text.len);
	tend_str_finish(&text);
	return copy;
}

static int64_t owner_of(const struct tend_record_type *t, const void *record)
{
	return tend_field_get(tend_field_find(t, "customer_id"), record).integer;
}

static const char *name_of(
	const struct tend_record_type *t, const void *record, struct tend_arena *arena)
{
	const struct tend_field *key = tend_field_find(t, "key");
	struct tend_value v =
		key != NULL ? tend_field_get(key, record) : (struct tend_value){.null = true};
	return v.null ? whole(t, record, owner_of(t, record), arena) : v.text;
}

static enum tend_status put(struct import *im, void *record, void *present, struct tend_error *err)
{
	const struct tend_record_type *t = im->kind->type;
	int64_t customer_id = owner_of(t, record);
	if (present == NULL) {
		im->report->added++;
		return write_insert(im->app, t, record, customer_id, NULL, err);
	}
	char before[RECORD_MAX];
	memcpy(before, present, t->size);
	import_merge(im, present, record);
	const struct tend_field *owner = tend_field_find(t, "customer_id");
	tend_field_set(
		owner, present, (struct tend_value){.type = TEND_INT, .integer = customer_id});
	/* The customer's key is compared by its id: a map may have found it via another record. */
	const struct tend_field *customer = tend_field_find(t, "customer");
	tend_field_set(customer, present, tend_field_get(customer, before));
	if (record_same(t, before, present) && owner_of(t, before) == customer_id) {
		im->report->unchanged++;
		return TEND_OK;
	}
	im->report->updated++;
	ids_add(&im->app->touched, owner_of(t, before));
	return write_update(im->app, t, present, customer_id, err);
}

enum tend_status import_apply_records(struct import *im, struct tend_error *err)
{
	const struct tend_record_type *t = im->kind->type;
	struct tend_list present;
	struct table names = {0};
	assert(t->size <= RECORD_MAX);
	enum tend_status status = tend_app_records(im->app, t, 0, NULL, &present, err);
	for (size_t i = 0; i < present.n; i++) {
		table_put(&names, name_of(t, tend_list_at(&present, i), &present.arena), i);
	}
	for (size_t i = 0; status == TEND_OK && i < im->staged.n; i++) {
		void *record = tend_list_at(&im->staged, i);
		const char *name = name_of(t, record, &present.arena);
		size_t at = table_get(&names, name);
		if (at == TABLE_NONE) {
			status = put(im, record, NULL, err);
			table_put(&names, name, present.n + i);
		} else if (at >= present.n) {
			im->report->unchanged++; /* the same row stands twice in the file */
		} else {
			status = put(im, record, tend_list_at(&present, at), err);
		}
	}
	table_finish(&names);
	tend_list_finish(&present);
	return status;
}
