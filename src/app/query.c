/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include <tend/expr.h>
#include <tend/text.h>

#include "inside.h"

struct tend_value int_value(int64_t n)
{
	return (struct tend_value){.type = TEND_INT, .integer = n};
}

struct tend_value text_value(const char *text)
{
	return (struct tend_value){.type = TEND_TEXT, .null = text == NULL, .text = text};
}

enum tend_status read_list(struct tend_app *a, enum tend_read what, int64_t id,
	const struct tend_record_type *t, struct tend_list *ret, struct tend_error *err)
{
	tend_list_init(ret, t);
	struct tend_value arg = int_value(id);
	return a->store == NULL ? TEND_OK
				: tend_store_read(a->store, what, &arg, id != 0, ret, err);
}

enum tend_status read_records(struct tend_app *a, const struct tend_record_type *t,
	int64_t customer_id, struct tend_list *ret, struct tend_error *err)
{
	tend_list_init(ret, t);
	return a->store == NULL ? TEND_OK : more_records(a, customer_id, ret, err);
}

enum tend_status more_records(
	struct tend_app *a, int64_t customer_id, struct tend_list *list, struct tend_error *err)
{
	return tend_store_records(a->store, customer_id != 0 ? TEND_OF_CUSTOMER : TEND_OF_ALL,
		int_value(customer_id), list, err);
}

void list_cut(struct tend_list *list, size_t n)
{
	if (n < list->n) {
		list->n = n;
	}
}

const char *given_text(struct tend_app *a, const char *text, struct tend_arena *arena)
{
	size_t n = text != NULL ? strlen(text) : 0;
	if (n == 0 || tend_is_printable(text, n)) {
		return text;
	}
	struct tend_str visible = {0};
	a->cleaned += tend_printable_lines(&visible, text, n);
	const char *kept = tend_arena_strdup(arena, tend_str_text(&visible));
	tend_str_finish(&visible);
	return kept;
}

/* Keys are refused where they have something invisible, as is what is no UTF-8: parsing says so. */
static bool is_free(const struct tend_field *f, const char *text)
{
	return (f->type == TEND_TEXT || f->type == TEND_TAGS)
		&& (f->values == NULL || (f->flags & TEND_F_OPEN) != 0)
		&& (f->flags & (TEND_F_KEY | TEND_F_CURRENCY)) == 0
		&& tend_utf8_valid(text, strlen(text));
}

enum tend_status given_value(struct tend_app *a, const struct tend_field *f, const char *text,
	struct tend_arena *arena, struct tend_value *ret, struct tend_error *err)
{
	struct tend_date date;
	if (f->type == TEND_DATE && tend_date_parse_human(text, a->today, NULL, &date)) {
		*ret = (struct tend_value){.type = TEND_DATE, .date = date};
		return TEND_OK;
	}
	text = is_free(f, text) ? given_text(a, text, arena) : text;
	enum tend_status status = tend_field_parse(f, text, arena, ret, err);
	if (status == TEND_BAD_INPUT) {
		status = TEND_USAGE;
		if (err != NULL) {
			err->status = status;
		}
	}
	return status;
}

/* Keeps the customers that have the words in key, name or a tag; false where none has. */
static bool search(struct tend_list *list, const char *words)
{
	if (list->type != &tend_customer_type || strpbrk(words, "=<>()[]\"") != NULL) {
		return false;
	}
	char *needle = tend_fold(words);
	size_t n = 0;
	for (size_t i = 0; i < list->n; i++) {
		struct tend_customer *c = tend_list_at(list, i);
		bool found = tend_contains_folded(c->key, needle)
			|| (c->name != NULL && tend_contains_folded(c->name, needle))
			|| (c->tags != NULL && tend_contains_folded(c->tags, needle));
		if (found) {
			memmove(tend_list_at(list, n++), c, sizeof(*c));
		}
	}
	list->n = n > 0 ? n : list->n;
	free(needle);
	return n > 0;
}

static void keep_true(struct tend_list *list, const enum tend_truth *truths)
{
	size_t n = 0;
	for (size_t i = 0; i < list->n; i++) {
		if (truths[i] == TEND_TRUE) {
			memmove(tend_list_at(list, n++), tend_list_at(list, i), list->type->size);
		}
	}
	list->n = n;
}

enum tend_status query_filter(struct tend_app *a, struct tend_list *list, const struct tend_expr *e,
	struct tend_error *err)
{
	if (!tend_expr_calls(e, NULL, NULL)) {
		tend_expr_filter(e, list);
		return TEND_OK;
	}
	enum tend_truth *truths = tend_calloc(list->n + 1, sizeof(*truths));
	enum tend_status status = tend_app_truths(a, e, list, truths, err);
	if (status == TEND_OK) {
		keep_true(list, truths);
	}
	free(truths);
	return status;
}

enum tend_status query_parse(struct tend_app *a, const struct tend_record_type *t,
	const char *filter, const struct names_list *custom, struct tend_expr **ret,
	struct tend_error *err)
{
	struct tend_arena arena = {0};
	struct tend_names names = tend_names_of(t);
	names.functions = t == &tend_customer_type;
	if (custom != NULL) {
		names.custom = custom->items;
		names.ncustom = custom->n;
	}
	if (names.functions) {
		sources_segments(&a->sources, &arena, &names);
	}
	enum tend_status status = tend_expr_parse_line(filter, &names, ret, err);
	tend_arena_finish(&arena);
	return status;
}

enum tend_status query_apply(struct tend_app *a, struct tend_list *list, const struct tend_query *q,
	const struct names_list *custom, struct tend_error *err)
{
	if (q == NULL) {
		return TEND_OK;
	}
	if (q->segment != NULL) {
		enum tend_status status = segment_keep(a, list, q->segment, err);
		if (status != TEND_OK) {
			return status;
		}
	}
	if (q->filter != NULL && q->filter[0] != '\0') {
		struct tend_expr *e = NULL;
		struct tend_error own = {0};
		enum tend_status status = query_parse(a, list->type, q->filter, custom, &e, &own);
		if (status == TEND_OK) {
			status = query_filter(a, list, e, err);
			tend_expr_destroy(e);
		} else if (!q->exact && search(list, q->filter)) {
			status = TEND_OK;
		} else if (err != NULL) {
			*err = own;
			err->status = status;
		}
		if (status != TEND_OK) {
			return status;
		}
	}
	if (q->sort != NULL && q->sort[0] != '\0') {
		enum tend_status status = tend_list_sort(list, q->sort, err);
		if (status != TEND_OK) {
			return status;
		}
	}
	if (q->limit > 0) {
		list_cut(list, q->limit);
	}
	return TEND_OK;
}

void given_summary(struct tend_app *a, const struct tend_record_type *t,
	const struct tend_assignment *fields, size_t n, struct tend_str *out)
{
	struct tend_arena arena = {0};
	for (size_t i = 0; i < n; i++) {
		const struct tend_field *f = tend_field_find(t, fields[i].field);
		struct tend_value v = {.null = true};
		tend_str_addf(out, "%s%s=", i > 0 ? ", " : "", fields[i].field);
		if (f != NULL && f->type == TEND_DATE
			&& given_value(a, f, fields[i].value, &arena, &v, NULL) == TEND_OK
			&& !v.null) {
			tend_value_format(v, out);
		} else {
			tend_str_add(out, fields[i].value);
		}
	}
	tend_arena_finish(&arena);
}

const char *words_joined(const char *const *words, struct tend_arena *arena)
{
	struct tend_str text = {0};
	for (size_t i = 0; words != NULL && words[i] != NULL; i++) {
		tend_str_addf(&text, "%s%s", i > 0 ? "," : "", words[i]);
	}
	const char *copy = tend_arena_strdup(arena, tend_str_text(&text));
	tend_str_finish(&text);
	return copy;
}

const char *record_noun(const struct tend_record_type *t)
{
	return tend_lang() == TEND_ZH ? tend_pick(t->title) : t->name;
}

static size_t slot_of(const struct spans *s, int64_t id)
{
	size_t at = ((uint64_t)id * 0x9E3779B97F4A7C15U >> 32) & (s->size - 1);
	while (s->items[at].n > 0 && s->ids[at] != id) {
		at = (at + 1) & (s->size - 1);
	}
	return at;
}

void spans_init(struct spans *s, const struct tend_list *list, size_t customer_offset)
{
	*s = (struct spans){0};
	if (list->n == 0) {
		return;
	}
	size_t customers = 0;
	int64_t last = 0;
	for (size_t i = 0; i < list->n; i++) {
		int64_t id;
		memcpy(&id, (const char *)tend_list_at(list, i) + customer_offset, sizeof(id));
		customers += i == 0 || id != last;
		last = id;
	}
	for (s->size = 16; s->size < customers * 2;) {
		s->size *= 2;
	}
	s->ids = tend_calloc(s->size, sizeof(*s->ids));
	s->items = tend_calloc(s->size, sizeof(*s->items));
	for (size_t i = 0; i < list->n; i++) {
		int64_t id;
		memcpy(&id, (const char *)tend_list_at(list, i) + customer_offset, sizeof(id));
		size_t at = slot_of(s, id);
		if (s->items[at].n == 0) {
			s->ids[at] = id;
			s->items[at].first = i;
		}
		s->items[at].n++;
	}
}

struct span spans_of(const struct spans *s, int64_t customer_id)
{
	return s->size == 0 ? (struct span){0} : s->items[slot_of(s, customer_id)];
}

void spans_finish(struct spans *s)
{
	free(s->ids);
	free(s->items);
	*s = (struct spans){0};
}

#define BOTH_MARK '\x1f'

char *both_join(struct tend_arena *arena, const char *en, const char *zh)
{
	size_t n = en != NULL ? strlen(en) : 0, m = zh != NULL ? strlen(zh) : 0;
	char *both = tend_arena_alloc(arena, n + m + 2); /* all zeroes */
	if (n > 0) {
		memcpy(both, en, n);
	}
	both[n] = BOTH_MARK;
	if (m > 0) {
		memcpy(both + n + 1, zh, m);
	}
	return both;
}

const char *both_pick(struct tend_arena *arena, const char *stored)
{
	const char *mark = stored != NULL ? strchr(stored, BOTH_MARK) : NULL;
	if (mark == NULL) {
		return stored;
	}
	bool has_en = mark > stored, has_zh = mark[1] != '\0';
	if (has_zh && (tend_lang() == TEND_ZH || !has_en)) {
		return mark + 1;
	}
	return tend_arena_strndup(arena, stored, (size_t)(mark - stored));
}
