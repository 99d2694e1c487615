/* SPDX-License-Identifier: MIT */
/* Saved segments: what expressions may name, whether their filters can be read, and how many customers each has. */
#include <stdlib.h>
#include <string.h>

#include "derive.h"
#include "facts.h"

/* Names of segments in the making: the first of a key holds. */
struct saved {
	struct tend_saved_filter *items;
	size_t n, cap;
};

static void add(struct saved *all, struct tend_arena *arena, const char *key, const char *filter)
{
	if (key != NULL && filter != NULL) {
		*TEND_PUSH(all) = (struct tend_saved_filter){
			tend_arena_strdup(arena, key), tend_arena_strdup(arena, filter)};
	}
}

static void add_list(struct saved *all, struct tend_arena *arena, const struct tend_list *segments)
{
	for (size_t i = 0; i < segments->n; i++) {
		const struct tend_segment *s = tend_list_at(segments, i);
		add(all, arena, s->key, s->filter);
	}
}

/* `names` are those before: what is added stands after them. */
static void give(struct saved *all, struct tend_arena *arena, struct tend_names *names)
{
	struct tend_saved_filter *kept =
		tend_arena_alloc(arena, (all->n + names->nsegments + 1) * sizeof(*kept));
	for (size_t i = 0; i < names->nsegments; i++) {
		kept[i] = names->segments[i];
	}
	for (size_t i = 0; i < all->n; i++) {
		kept[names->nsegments + i] = all->items[i];
	}
	names->segments = kept;
	names->nsegments += all->n;
	free(all->items);
}

void sources_segments(struct sources *s, struct tend_arena *arena, struct tend_names *names)
{
	struct saved all = {0};
	struct tend_list stored;
	tend_list_init(&stored, &tend_segment_type);
	if (s->app != NULL && s->app->store != NULL) {
		(void)more_records(s->app, 0, &stored, NULL);
	}
	add_list(&all, arena, &stored);
	tend_list_finish(&stored);
	const struct tend_config *c;
	for (size_t i = 0; (c = sources_config(s, i)) != NULL; i++) {
		for (size_t k = 0; k < c->nsegments; k++) {
			add(&all, arena, c->segments[k].key, c->segments[k].filter);
		}
	}
	give(&all, arena, names);
}

/* The names of a filter over customers; `before` (may be NULL) are segments that come before the others. */
static enum tend_status filter_names(struct tend_app *a, const struct tend_list *before,
	struct tend_arena *arena, struct tend_names *ret, struct tend_error *err)
{
	struct names_list custom;
	struct saved first = {0};
	enum tend_status status = custom_names(a, arena, &custom, err);
	*ret = tend_names_of(&tend_customer_type);
	ret->functions = true;
	ret->custom = custom.items;
	ret->ncustom = custom.n;
	if (before != NULL) {
		add_list(&first, arena, before);
	}
	give(&first, arena, ret);
	sources_segments(&a->sources, arena, ret);
	return status;
}

/* Metrics are known by their points as well, which an evaluation of nobody finds out. */
static enum tend_status check_metrics(
	struct tend_app *a, const struct tend_expr *e, struct tend_error *err)
{
	struct tend_list nobody;
	enum tend_truth truth;
	if (!tend_expr_calls(e, NULL, NULL)) {
		return TEND_OK;
	}
	tend_list_init(&nobody, &tend_customer_type);
	enum tend_status status = tend_app_truths(a, e, &nobody, &truth, err);
	tend_list_finish(&nobody);
	return status;
}

enum tend_status filters_check(struct tend_app *a, const struct tend_record_type *t,
	const void *record, const struct tend_list *before, struct tend_error *err)
{
	struct tend_arena arena = {0};
	struct tend_list segments;
	enum tend_status status = TEND_OK;
	tend_list_init(&segments, &tend_segment_type);
	if (t == &tend_segment_type) {
		/* As it will be: one that uses itself, by whatever way, is found. */
		memcpy(tend_list_add(&segments), record, t->size);
	}
	for (size_t i = 0; before != NULL && before->type == &tend_segment_type && i < before->n;
		i++) {
		memcpy(tend_list_add(&segments), tend_list_at(before, i), t->size);
	}
	for (size_t i = 0; i < t->nfields && status == TEND_OK; i++) {
		struct tend_value v = tend_field_get(&t->fields[i], record);
		struct tend_names names;
		struct tend_expr *e = NULL;
		if ((t->fields[i].flags & TEND_F_FILTER) == 0 || v.null) {
			continue;
		}
		status = filter_names(a, &segments, &arena, &names, err);
		status = status != TEND_OK ? status : tend_expr_parse_line(v.text, &names, &e, err);
		status = status != TEND_OK ? status : check_metrics(a, e, err);
		tend_expr_destroy(e);
	}
	tend_list_finish(&segments);
	tend_arena_finish(&arena);
	return status;
}

/* --- the customers of one --- */

static enum tend_status unknown_segment(
	const struct tend_names *names, const char *key, struct tend_error *err)
{
	const char **keys = tend_calloc(names->nsegments + 1, sizeof(*keys));
	for (size_t i = 0; i < names->nsegments; i++) {
		keys[i] = names->segments[i].key;
	}
	const char *near = tend_nearest(key, keys, names->nsegments);
	enum tend_status status = near != NULL
		? tend_fail(err, TEND_NOT_FOUND,
			_("there is no segment \"%s\"; did you mean \"%s\"?"), key, near)
		: tend_fail(err, TEND_NOT_FOUND,
			_("there is no segment \"%s\"; see tend segment list"), key);
	free(keys);
	return status;
}

static enum tend_status parse_segment(
	struct tend_app *a, const char *key, struct tend_expr **ret, struct tend_error *err)
{
	struct tend_arena arena = {0};
	struct tend_names names;
	enum tend_status status = filter_names(a, NULL, &arena, &names, err);
	const char *filter = NULL;
	for (size_t i = 0; i < names.nsegments && filter == NULL; i++) {
		filter = strcmp(names.segments[i].key, key) == 0 ? names.segments[i].filter : NULL;
	}
	if (status == TEND_OK && filter == NULL) {
		status = unknown_segment(&names, key, err);
	} else if (status == TEND_OK) {
		status = tend_expr_parse_line(filter, &names, ret, err);
		if (status != TEND_OK) {
			tend_error_prefix(err, _("segment %s"), key);
		}
	}
	tend_arena_finish(&arena);
	return status;
}

static int by_key(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Rows of the customers that are in the segment, by the customer's key that they show. */
static enum tend_status keep_rows(
	struct tend_app *a, struct tend_list *list, const char *segment, struct tend_error *err)
{
	const struct tend_field *f = tend_field_find(list->type, "customer");
	const struct tend_query q = {.segment = segment};
	struct tend_list customers;
	enum tend_status status = tend_app_customers(a, &q, &customers, err);
	const char **keys = tend_calloc(customers.n + 1, sizeof(*keys));
	for (size_t i = 0; i < customers.n; i++) {
		keys[i] = ((const struct tend_customer *)tend_list_at(&customers, i))->key;
	}
	qsort(keys, customers.n, sizeof(*keys), by_key);
	size_t n = 0;
	for (size_t i = 0; status == TEND_OK && i < list->n; i++) {
		struct tend_value v = f != NULL ? tend_field_get(f, tend_list_at(list, i))
						: (struct tend_value){.null = true};
		if (!v.null && bsearch(&v.text, keys, customers.n, sizeof(*keys), by_key) != NULL) {
			memmove(tend_list_at(list, n++), tend_list_at(list, i), list->type->size);
		}
	}
	list->n = n;
	free(keys);
	tend_list_finish(&customers);
	return status;
}

enum tend_status segment_keep(
	struct tend_app *a, struct tend_list *list, const char *segment, struct tend_error *err)
{
	struct tend_expr *e = NULL;
	if (list->type != &tend_customer_type) {
		return keep_rows(a, list, segment, err);
	}
	enum tend_status status = parse_segment(a, segment, &e, err);
	status = status != TEND_OK ? status : query_filter(a, list, e, err);
	tend_expr_destroy(e);
	return status;
}

/* --- what a list shows --- */

static bool has_key(const struct tend_list *list, const char *key)
{
	for (size_t i = 0; i < list->n; i++) {
		if (tend_same(((const struct tend_segment *)tend_list_at(list, i))->key, key)) {
			return true;
		}
	}
	return false;
}

void segments_add_files(struct tend_app *a, const char *key, struct tend_list *list)
{
	const struct tend_config *c;
	for (size_t i = 0; (c = sources_config(&a->sources, i)) != NULL; i++) {
		for (size_t k = 0; k < c->nsegments; k++) {
			const struct tend_config_segment *from = &c->segments[k];
			if ((key != NULL && strcmp(key, from->key) != 0)
				|| has_key(list, from->key)) {
				continue;
			}
			struct tend_segment *s = tend_list_add(list);
			s->id = 0;
			s->key = tend_arena_strdup(&list->arena, from->key);
			s->title = tend_arena_strdup(&list->arena, tend_pick(from->title));
			s->filter = tend_arena_strdup(&list->arena, from->filter);
		}
	}
}

/* The filters of a list of segments, read; NULL where one cannot be. */
static struct tend_expr **parse_all(
	const struct tend_list *list, const struct tend_names *names, struct needs *needs)
{
	struct tend_expr **all = tend_calloc(list->n + 1, sizeof(struct tend_expr *));
	for (size_t i = 0; i < list->n; i++) {
		const struct tend_segment *s = tend_list_at(list, i);
		struct tend_error err = {0};
		if (tend_expr_parse_line(s->filter, names, &all[i], &err) == TEND_OK) {
			needs_add(needs, all[i]);
		} else {
			all[i] = NULL;
		}
	}
	return all;
}

/* All filters are asked in one pass over the customers, with what any of them needs read once. */
static enum tend_status count(struct tend_app *a, struct tend_expr *const *filters,
	const struct needs *needs, struct tend_list *list, struct tend_error *err)
{
	struct tend_list customers;
	struct facts_book book;
	enum tend_status status = tend_app_customers(a, NULL, &customers, err);
	if (status == TEND_OK) {
		status = facts_read(a, needs, NULL, 0, &book, err);
		for (size_t i = 0; status == TEND_OK && i < customers.n; i++) {
			struct tend_inputs in = facts_of(&book, tend_list_at(&customers, i));
			for (size_t k = 0; k < list->n; k++) {
				struct tend_segment *s = tend_list_at(list, k);
				s->customers += filters[k] != NULL
					&& tend_expr_truth(filters[k], &in) == TEND_TRUE;
			}
		}
		facts_finish(&book);
	}
	tend_list_finish(&customers);
	return status;
}

enum tend_status derive_segments(
	struct tend_app *a, int64_t customer_id, struct tend_list *list, struct tend_error *err)
{
	(void)customer_id;
	struct tend_arena arena = {0};
	struct tend_names names;
	struct needs needs = {0};
	enum tend_status status = filter_names(a, NULL, &arena, &names, err);
	if (status == TEND_OK) {
		struct tend_expr **filters = parse_all(list, &names, &needs);
		for (size_t i = 0; i < list->n; i++) {
			struct tend_segment *s = tend_list_at(list, i);
			s->customers = filters[i] != NULL ? 0 : TEND_NO_INT;
			s->origin = s->id != 0 ? "store" : "config";
		}
		status = count(a, filters, &needs, list, err);
		for (size_t i = 0; i < list->n; i++) {
			tend_expr_destroy(filters[i]);
		}
		free(filters);
	}
	needs_finish(&needs);
	tend_arena_finish(&arena);
	return status;
}

/* --- after one was changed --- */

void segments_warn_unreadable(struct tend_app *a, struct tend_done *ret)
{
	struct tend_arena arena = {0};
	struct tend_names names;
	struct tend_list list;
	struct tend_str keys = {0};
	struct tend_error err;
	bool known = filter_names(a, NULL, &arena, &names, NULL) == TEND_OK;
	(void)read_records(a, &tend_segment_type, 0, &list, NULL);
	for (size_t i = 0; known && i < list.n; i++) {
		const struct tend_segment *s = tend_list_at(&list, i);
		struct tend_expr *e = NULL;
		if (tend_expr_parse_line(s->filter, &names, &e, &err) != TEND_OK) {
			tend_str_addf(&keys, "%s%s", keys.len > 0 ? ", " : "", s->key);
		}
		tend_expr_destroy(e);
	}
	if (keys.len > 0) {
		done_warn(ret, _("segments that cannot be read now: %s"), tend_str_text(&keys));
	}
	tend_str_finish(&keys);
	tend_list_finish(&list);
	tend_arena_finish(&arena);
}

/* Whether a condition of a published journey or playbook may name a segment. */
static bool is_asked(struct tend_app *a)
{
	struct tend_list templates;
	const struct source *f;
	bool asked = false;
	(void)read_list(a, TEND_READ_TEMPLATES, 0, &tend_template_type, &templates, NULL);
	for (size_t i = 0; i < templates.n && !asked; i++) {
		const struct tend_template *t = tend_list_at(&templates, i);
		struct journey_text text = {0};
		asked = journey_published(a, t->key, t->version, &text, NULL) == TEND_OK
			&& text.text != NULL && strstr(text.text, "in_segment") != NULL;
		journey_text_finish(&text);
	}
	tend_list_finish(&templates);
	for (size_t i = 0; !asked && (f = sources_at(&a->sources, TEND_KIND_PLAYBOOK, i)) != NULL;
		i++) {
		asked = strcmp(f->origin, "store") == 0 && strstr(f->text, "in_segment") != NULL;
	}
	return asked;
}

enum tend_status segments_touch(struct tend_app *a, struct ids *ret, struct tend_error *err)
{
	struct tend_list customers;
	journeys_forget(a);
	if (!is_asked(a)) {
		return TEND_OK;
	}
	enum tend_status status =
		read_list(a, TEND_READ_CUSTOMER_KEYS, 0, &tend_customer_type, &customers, err);
	for (size_t i = 0; status == TEND_OK && i < customers.n; i++) {
		ids_add(ret, ((const struct tend_customer *)tend_list_at(&customers, i))->id);
	}
	tend_list_finish(&customers);
	return status;
}

char *segments_stamp(struct tend_app *a)
{
	struct tend_list list;
	struct tend_str all = {0};
	(void)read_records(a, &tend_segment_type, 0, &list, NULL);
	for (size_t i = 0; i < list.n; i++) {
		const struct tend_segment *s = tend_list_at(&list, i);
		tend_str_addf(&all, "%s\x1f%s\n", s->key, s->filter);
	}
	tend_list_finish(&list);
	return tend_str_steal(&all);
}
