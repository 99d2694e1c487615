/* SPDX-License-Identifier: MIT */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include <tend/record.h>
#include <tend/str.h>

#include "value.h"

enum { SORT_FIELDS_MAX = 8, CANDIDATES_MAX = 128 };

struct order { /* one field that is sorted by */
	char name[TEND_KEY_MAX + 1];
	const struct tend_field *field; /* NULL for a custom one */
	bool descending;
	struct sort_key *keys; /* by record */
};

struct sorter {
	struct order orders[SORT_FIELDS_MAX];
	size_t n;
	struct tend_arena arena;
};

static const struct tend_custom *custom_of(const struct tend_list *list, size_t i)
{
	if (list->type->custom < 0) {
		return NULL;
	}
	return (const struct tend_custom *)(const void *)((const char *)tend_list_at(list, i)
		+ list->type->custom);
}

static bool custom_exists(const struct tend_list *list, const char *name)
{
	for (size_t i = 0; i < list->n && list->type->custom >= 0; i++) {
		struct tend_value v;
		if (tend_record_get(list->type, tend_list_at(list, i), name, &v)) {
			return true;
		}
	}
	return false;
}

static const char *nearest_field(const struct tend_list *list, const char *name)
{
	const char *candidates[CANDIDATES_MAX];
	size_t n = 0;
	for (size_t i = 0; i < list->type->nfields && n < CANDIDATES_MAX; i++) {
		if ((list->type->fields[i].flags & TEND_F_HIDDEN) == 0) {
			candidates[n++] = list->type->fields[i].name;
		}
	}
	const struct tend_custom *custom = list->n > 0 ? custom_of(list, 0) : NULL;
	for (size_t i = 0; custom != NULL && i < custom->n && n < CANDIDATES_MAX; i++) {
		candidates[n++] = custom->items[i].name;
	}
	return tend_nearest(name, candidates, n);
}

static enum tend_status no_such_field(
	const struct tend_list *list, const char *name, struct tend_error *err)
{
	const char *near = nearest_field(list, name);
	if (near != NULL) {
		return tend_fail(err, TEND_USAGE,
			_("sort: there is no field \"%s\"; did you mean %s?"), name, near);
	}
	return tend_fail(err, TEND_USAGE, _("sort: there is no field \"%s\""), name);
}

/* One "[-]NAME" of `n` bytes. */
static enum tend_status add_order(struct sorter *s, const struct tend_list *list, const char *text,
	size_t n, struct tend_error *err)
{
	if (s->n == SORT_FIELDS_MAX) {
		return tend_fail(err, TEND_USAGE, _("sort: more than %d fields"), SORT_FIELDS_MAX);
	}
	while (n > 0 && isspace((unsigned char)text[0])) {
		text++;
		n--;
	}
	while (n > 0 && isspace((unsigned char)text[n - 1])) {
		n--;
	}
	struct order *o = &s->orders[s->n];
	o->descending = n > 0 && text[0] == '-';
	if (n > 0 && (text[0] == '-' || text[0] == '+')) {
		text++;
		n--;
	}
	if (n == 0 || n >= sizeof(o->name)) {
		return tend_fail(err, TEND_USAGE, "%s",
			_("sort: write names of fields with commas between them; '-' before one "
			  "sorts "
			  "downwards"));
	}
	memcpy(o->name, text, n);
	o->name[n] = '\0';
	o->field = tend_field_find(list->type, o->name);
	if (o->field == NULL && !custom_exists(list, o->name)
		&& (list->n > 0 || list->type->custom < 0)) {
		return no_such_field(list, o->name, err);
	}
	s->n++;
	return TEND_OK;
}

static void make_keys(struct sorter *s, struct order *o, const struct tend_list *list)
{
	o->keys = tend_calloc(list->n, sizeof(o->keys[0]));
	for (size_t i = 0; i < list->n; i++) {
		const void *record = tend_list_at(list, i);
		struct tend_value v;
		if (o->field != NULL) {
			v = tend_field_get(o->field, record);
		} else {
			(void)tend_record_get(list->type, record, o->name, &v);
			double number;
			if (!v.null && tend_parse_number(v.text, &number)) {
				v = (struct tend_value){.type = TEND_NUMBER, .number = number};
			}
		}
		o->keys[i] = value_sort_key(v, &s->arena);
	}
}

static int compare_records(const struct sorter *s, size_t a, size_t b)
{
	for (size_t i = 0; i < s->n; i++) {
		const struct order *o = &s->orders[i];
		const struct sort_key *ka = &o->keys[a], *kb = &o->keys[b];
		int order = sort_key_compare(ka, kb);
		if (order != 0) {
			bool unknown = ka->class == SORT_UNKNOWN || kb->class == SORT_UNKNOWN;
			return o->descending && !unknown ? -order : order;
		}
	}
	return 0;
}

/* Sorts from[0..n) into itself, using to[0..n). */
static void merge_sort(const struct sorter *s, size_t *from, size_t *to, size_t n)
{
	if (n < 2) {
		return;
	}
	size_t half = n / 2, a = 0, b = half;
	merge_sort(s, from, to, half);
	merge_sort(s, from + half, to + half, n - half);
	if (compare_records(s, from[half - 1], from[half]) <= 0) {
		return;
	}
	for (size_t i = 0; i < n; i++) {
		bool left = b == n || (a < half && compare_records(s, from[a], from[b]) <= 0);
		to[i] = left ? from[a++] : from[b++];
	}
	memcpy(from, to, n * sizeof(from[0]));
}

static void permute(struct tend_list *list, const size_t *order)
{
	size_t size = list->type->size;
	char *items = tend_calloc(list->n, size);
	for (size_t i = 0; i < list->n; i++) {
		memcpy(items + i * size, list->items + order[i] * size, size);
	}
	free(list->items);
	list->items = items;
	list->cap = list->n;
}

enum tend_status tend_list_sort(struct tend_list *list, const char *fields, struct tend_error *err)
{
	struct sorter s = {0};
	for (const char *at = fields;; at++) {
		size_t n = strcspn(at, ",");
		enum tend_status status = add_order(&s, list, at, n, err);
		if (status != TEND_OK) {
			return status;
		}
		at += n;
		if (*at == '\0') {
			break;
		}
	}
	if (list->n < 2) {
		return TEND_OK;
	}
	for (size_t i = 0; i < s.n; i++) {
		make_keys(&s, &s.orders[i], list);
	}
	size_t *order = tend_calloc(list->n, 2 * sizeof(order[0]));
	for (size_t i = 0; i < list->n; i++) {
		order[i] = i;
	}
	merge_sort(&s, order, order + list->n, list->n);
	permute(list, order);
	free(order);
	for (size_t i = 0; i < s.n; i++) {
		free(s.orders[i].keys);
	}
	tend_arena_finish(&s.arena);
	return TEND_OK;
}
