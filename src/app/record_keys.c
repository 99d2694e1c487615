/* SPDX-License-Identifier: MIT */
/* The keys of records: made where none is given, and had by those that refer to them. */
#include <stdlib.h>
#include <string.h>

#include "inside.h"

/* --- made --- */

const char *record_key_stem(
	const struct tend_kind *kind, const char *customer, struct tend_arena *arena)
{
	bool owned = customer != NULL && *customer != '\0';
	return tend_arena_format(
		arena, "%s%s%s-", owned ? customer : "", owned ? "-" : "", kind->made_key);
}

static enum tend_status is_there(struct tend_app *a, const struct tend_kind *kind, const char *key,
	bool *ret, struct tend_error *err)
{
	struct tend_list list;
	tend_list_init(&list, kind->type);
	enum tend_status status =
		tend_store_records(a->store, TEND_OF_KEY, text_value(key), &list, err);
	*ret = list.n > 0;
	tend_list_finish(&list);
	return status;
}

/* Which of the numbers up to as many as there are the keys of the list have after the stem. */
static bool *taken_numbers(const struct tend_list *list, const char *stem)
{
	const struct tend_field *f = tend_field_find(list->type, "key");
	bool *taken = tend_calloc(list->n + 1, sizeof(*taken));
	size_t n = strlen(stem);
	for (size_t i = 0; i < list->n; i++) {
		struct tend_value v = tend_field_get(f, tend_list_at(list, i));
		long long number;
		if (!v.null && strncmp(v.text, stem, n) == 0 && tend_parse_int(v.text + n, &number)
			&& number > 0 && (size_t)number <= list->n) {
			taken[number] = true;
		}
	}
	return taken;
}

enum tend_status record_make_key(struct tend_app *a, const struct tend_kind *kind,
	const struct tend_customer *c, struct tend_arena *arena, const char **ret,
	struct tend_error *err)
{
	struct tend_list own;
	enum tend_status status = read_records(a, kind->type, c != NULL ? c->id : 0, &own, err);
	const char *stem = record_key_stem(kind, c != NULL ? c->key : NULL, arena);
	bool *taken = taken_numbers(&own, stem), there = true;
	for (size_t number = 1; status == TEND_OK && there; number++) {
		if (number <= own.n && taken[number]) {
			continue;
		}
		*ret = tend_arena_format(arena, "%s%zu", stem, number);
		/* Another customer's record may have been given that very key. */
		status = is_there(a, kind, *ret, &there, err);
	}
	free(taken);
	tend_list_finish(&own);
	return status;
}

/* --- referred to --- */

enum tend_status record_check_references(struct tend_app *a, const struct tend_kind *kind,
	const void *record, struct tend_error *err)
{
	enum tend_status status = TEND_OK;
	for (size_t i = 0; status == TEND_OK && i < kind->type->nfields; i++) {
		const struct tend_field *f = &kind->type->fields[i];
		struct tend_value v = tend_field_get(f, record);
		const struct tend_kind *other =
			f->refers != NULL ? tend_kind_called(f->refers) : NULL;
		bool there = true;
		if (other == NULL || v.null) {
			continue;
		}
		status = is_there(a, other, v.text, &there, err);
		if (status == TEND_OK && !there) {
			status = tend_fail(err, TEND_NOT_FOUND, _("%s: there is no %s \"%s\""),
				f->name, record_noun(other->type), v.text);
		}
	}
	return status;
}

/* Looks for the key in a field of a kind. */
static enum tend_status check_field(struct tend_app *a, const struct tend_kind *kind,
	const struct tend_field *f, const struct tend_kind *of, const char *key,
	struct tend_error *err)
{
	struct tend_list list;
	enum tend_status status = read_records(a, kind->type, 0, &list, err);
	for (size_t i = 0; status == TEND_OK && i < list.n; i++) {
		const void *other = tend_list_at(&list, i);
		struct tend_value v = tend_field_get(f, other),
				  name = tend_kind_value(kind, other, "key");
		if (v.null || strcmp(v.text, key) != 0) {
			continue;
		}
		struct tend_str text = {0};
		tend_value_format(name.null ? tend_kind_value(kind, other, "id") : name, &text);
		status = tend_fail(err, TEND_FAILED,
			_("%s %s stays: %s %s has it as its %s; change or remove that first"),
			record_noun(of->type), key, record_noun(kind->type), tend_str_text(&text),
			f->name);
		tend_str_finish(&text);
	}
	tend_list_finish(&list);
	return status;
}

enum tend_status record_check_unnamed(struct tend_app *a, const struct tend_kind *kind,
	const void *record, struct tend_error *err)
{
	struct tend_value key = tend_kind_value(kind, record, "key");
	enum tend_status status = TEND_OK;
	for (size_t i = 0; status == TEND_OK && !key.null && i < tend_kind_count; i++) {
		const struct tend_record_type *t = tend_kinds[i]->type;
		for (size_t k = 0; status == TEND_OK && k < t->nfields; k++) {
			if (tend_same(t->fields[k].refers, kind->noun)) {
				status = check_field(
					a, tend_kinds[i], &t->fields[k], kind, key.text, err);
			}
		}
	}
	return status;
}
