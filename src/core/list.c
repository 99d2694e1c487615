/* SPDX-License-Identifier: MIT */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include <tend/record.h>
#include <tend/str.h>

#include "value.h"

enum { SORT_FIELDS_MAX = 8, CANDIDATES_MAX = 128, SMALL = 12 };

struct order { /* one field that is sorted by */
	char name[TEND_KEY_MAX + 1];
	const struct tend_field *field; /* NULL for a custom one */
	bool descending;
	struct sort_key *keys; /* by record; of all but the first field */
};

struct sorter {
	struct order orders[2 * SORT_FIELDS_MAX]; /* one field may stand for two */
	size_t n, named;
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
	if (s->named++ == SORT_FIELDS_MAX) {
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
	if (o->field != NULL && o->field->order != NULL) {
		/* Its place first, then itself. */
		s->orders[s->n] = *o;
		o->field = tend_field_find(list->type, o->field->order);
		s->n++;
	}
	return TEND_OK;
}

/* A record on its way: its first key at hand, the others by its index. */
struct entry {
	struct sort_key first;
	size_t index;
};

static struct sort_key make_key(
	const struct order *o, const struct tend_list *list, size_t i, struct tend_arena *arena)
{
	const void *record = tend_list_at(list, i);
	struct tend_value v;
	if (o->field != NULL) {
		return value_sort_key(tend_field_get(o->field, record), arena);
	}
	double number;
	(void)tend_record_get(list->type, record, o->name, &v);
	if (!v.null && tend_parse_number(v.text, &number)) {
		v = (struct tend_value){.type = TEND_NUMBER, .number = number};
	}
	return value_sort_key(v, arena);
}

static int compare_keys(const struct order *o, const struct sort_key *a, const struct sort_key *b)
{
	int order = sort_key_compare(a, b);
	bool unknown = a->class == SORT_UNKNOWN || b->class == SORT_UNKNOWN;
	return o->descending && !unknown ? -order : order;
}

static int compare_entries(const struct sorter *s, const struct entry *a, const struct entry *b)
{
	int order = compare_keys(&s->orders[0], &a->first, &b->first);
	for (size_t i = 1; order == 0 && i < s->n; i++) {
		const struct order *o = &s->orders[i];
		order = compare_keys(o, &o->keys[a->index], &o->keys[b->index]);
	}
	return order;
}

static void insertion_sort(const struct sorter *s, struct entry *items, size_t n)
{
	for (size_t i = 1; i < n; i++) {
		struct entry moved = items[i];
		size_t at = i;
		for (; at > 0 && compare_entries(s, &items[at - 1], &moved) > 0; at--) {
			items[at] = items[at - 1];
		}
		items[at] = moved;
	}
}

/* Sorts from[0..n) into itself, using to[0..n). */
static void merge_sort(const struct sorter *s, struct entry *from, struct entry *to, size_t n)
{
	if (n <= SMALL) {
		insertion_sort(s, from, n);
		return;
	}
	size_t half = n / 2, a = 0, b = half;
	merge_sort(s, from, to, half);
	merge_sort(s, from + half, to + half, n - half);
	if (compare_entries(s, &from[half - 1], &from[half]) <= 0) {
		return;
	}
	for (size_t i = 0; i < n; i++) {
		bool left = b == n || (a < half && compare_entries(s, &from[a], &from[b]) <= 0);
		to[i] = left ? from[a++] : from[b++];
	}
	memcpy(from, to, n * sizeof(from[0]));
}

/* Moves the records in place, one cycle of the permutation after the other. */
static void permute(struct tend_list *list, struct entry *entries)
{
	size_t size = list->type->size;
	char *held = tend_alloc(size);
	for (size_t i = 0; i < list->n; i++) {
		size_t to = i, from = entries[i].index;
		if (from == i) {
			continue;
		}
		memcpy(held, tend_list_at(list, i), size);
		while (from != i) {
			memcpy(tend_list_at(list, to), tend_list_at(list, from), size);
			entries[to].index = to;
			to = from;
			from = entries[to].index;
		}
		memcpy(tend_list_at(list, to), held, size);
		entries[to].index = to;
	}
	free(held);
}

static void sort_by(struct sorter *s, struct tend_list *list)
{
	struct entry *entries = tend_calloc(list->n, 2 * sizeof(entries[0]));
	for (size_t i = 0; i < list->n; i++) {
		entries[i] = (struct entry){make_key(&s->orders[0], list, i, &s->arena), i};
	}
	for (size_t k = 1; k < s->n; k++) {
		struct order *o = &s->orders[k];
		o->keys = tend_calloc(list->n, sizeof(o->keys[0]));
		for (size_t i = 0; i < list->n; i++) {
			o->keys[i] = make_key(o, list, i, &s->arena);
		}
	}
	merge_sort(s, entries, entries + list->n, list->n);
	permute(list, entries);
	for (size_t k = 1; k < s->n; k++) {
		free(s->orders[k].keys);
	}
	free(entries);
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
	if (list->n > 1) {
		sort_by(&s, list);
	}
	tend_arena_finish(&s.arena);
	return TEND_OK;
}
