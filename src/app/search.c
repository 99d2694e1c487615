/* SPDX-License-Identifier: MIT */
/* Searching: the hits of the core, each with what it is called and the line that was found. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <tend/fields.h>
#include <tend/text.h>

#include "inside.h"

enum {
	LINE_MAX_BYTES = 160, /* of a line that is shown whole */
	BEFORE = 40, /* bytes of a longer one that are shown before the hit */
};

#define F struct tend_found

static const struct tend_field found_fields[] = {
	TEXT(F, customer, 0, "Customer", "客户"),
	TEXT(F, name, 0, "Name", "名称"),
	TEXT(F, kind, 0, "Kind", "种类"),
	TEXT(F, record, TEND_F_KEY, "Record", "记录"),
	TEXT(F, title, 0, "Title", "标题"),
	TEXT(F, where, 0, "Where", "命中处"),
	INT(F, score, 0, "Score", "得分"),
	ROW_ID(F, customer_id),
	ROW_ID(F, id),
};
const struct tend_record_type tend_found_type =
	RECORD_TYPE_OF(F, "hit", "Hit", "命中", found_fields);

/* --- bringing up to date --- */

enum tend_status tend_app_search_renew(struct tend_app *a, bool hold, size_t limit,
	size_t *ret_left, size_t *ret_all, struct tend_error *err)
{
	if (a->search != NULL && tend_store_search_is_used(a->search)) {
		tend_app_search_forget(a);
	}
	enum tend_status status = a->search != NULL
		? TEND_OK
		: tend_store_search_open(a->store, hold, &a->search, err);
	status = status == TEND_OK
		? tend_store_search_renew(a->store, a->search, limit, ret_left, ret_all, err)
		: status;
	if (status != TEND_OK) { /* with what it holds */
		tend_app_search_forget(a);
	}
	return status;
}

void tend_app_search_keep(struct tend_app *a, size_t least)
{
	if (a->search != NULL && !a->dry_run && tend_store_search_changed(a->search) >= least) {
		tend_store_search_keep(a->store, a->search);
		a->version = tend_store_version(a->store);
	}
}

void tend_app_search_forget(struct tend_app *a)
{
	tend_store_search_close(a->store, a->search);
	a->search = NULL;
}

/* --- what a hit says --- */

struct showing {
	const struct tend_search_words *words;
	struct tend_arena *arena;
	struct tend_found *found;
	bool named; /* customers and contacts: found by what abbreviates their names */
};

/* The line of `text` in which a word is found; false where none is. `ret_hit` is the place in it. */
static bool find_line(const struct showing *s, const char *text, bool fuzzy, const char **ret,
	size_t *ret_n, size_t *ret_hit)
{
	for (const char *line = text;; line++) {
		size_t n = strcspn(line, "\n");
		char *own = tend_strndup(line, n);
		bool *marks = tend_calloc(n + 1, sizeof(*marks));
		bool found = tend_search_marks(s->words, own, fuzzy, marks) > 0;
		for (*ret_hit = 0; found && !marks[*ret_hit];) {
			(*ret_hit)++;
		}
		free(own);
		free(marks);
		*ret = line;
		*ret_n = n;
		line += n;
		if (found || *line == '\0') {
			return found;
		}
	}
}

/* From a little before the hit on. */
static const char *around(const struct showing *s, const char *line, size_t n, size_t hit)
{
	size_t from = n > LINE_MAX_BYTES && hit > BEFORE ? hit - BEFORE : 0;
	size_t to = n - from > LINE_MAX_BYTES ? from + LINE_MAX_BYTES : n;
	while (from > 0 && ((unsigned char)line[from] & 0xC0) == 0x80) {
		from--;
	}
	while (to < n && ((unsigned char)line[to] & 0xC0) == 0x80) {
		to++;
	}
	return tend_arena_format(s->arena, "%s%.*s%s", from > 0 ? "~" : "", (int)(to - from),
		line + from, to < n ? "~" : "");
}

/* Looks in a field, unless the hit was shown before; `own`: it is the title. */
static void look_in(struct showing *s, bool *shown, const char *field, const char *text, bool own)
{
	const char *line;
	size_t n, hit;
	if (*shown || text == NULL || !find_line(s, text, s->named, &line, &n, &hit)) {
		return;
	}
	*shown = true;
	const char *part = around(s, line, n, hit);
	if (own && line == text && tend_same(s->found->title, part)) {
		return;
	}
	s->found->where = own ? part : tend_arena_format(s->arena, "%s: %s", field, part);
}

static const char *first_line(const struct showing *s, const char *text)
{
	return text != NULL ? around(s, text, strcspn(text, "\n"), 0) : NULL;
}

static const char *title_of(const struct tend_record_type *t, const char *field)
{
	return tend_pick(tend_field_find(t, field)->title);
}

static void show_customer(struct showing *s, const struct tend_customer *c)
{
	static const char *const names[] = {"name", "key", "tags", "owner", "segment", "industry"};
	bool shown = false;
	s->named = true;
	s->found->record = tend_arena_strdup(s->arena, c->key);
	s->found->title = tend_arena_strdup(s->arena, c->name);
	for (size_t i = 0; i < COUNT_OF(names); i++) {
		struct tend_value v;
		(void)tend_record_get(&tend_customer_type, c, names[i], &v);
		look_in(s, &shown, title_of(&tend_customer_type, names[i]), v.null ? NULL : v.text,
			i == 0);
		s->named = i < 1;
	}
	for (size_t i = 0; i < c->custom.n; i++) {
		look_in(s, &shown, c->custom.items[i].name, c->custom.items[i].value, false);
	}
}

static void show_milestone(struct showing *s, const struct tend_milestone *m)
{
	bool shown = false;
	char number[32] = "";
	if (m->repeats == 1) {
		(void)snprintf(number, sizeof(number), " #%lld", (long long)m->occurrence);
	}
	s->found->record = m->repeats == 1
		? tend_arena_format(s->arena, "%s#%lld", m->key, (long long)m->occurrence)
		: tend_arena_strdup(s->arena, m->key);
	s->found->title = tend_arena_format(s->arena, "%s", m->title != NULL ? m->title : m->key);
	look_in(s, &shown, "", m->title, true);
	look_in(s, &shown, title_of(&tend_milestone_type, "title"), m->title_en, true);
	look_in(s, &shown, title_of(&tend_milestone_type, "title"), m->title_zh, true);
	look_in(s, &shown, title_of(&tend_milestone_type, "key"), m->key, false);
	look_in(s, &shown, title_of(&tend_milestone_type, "owner"), m->owner, false);
	look_in(s, &shown, title_of(&tend_milestone_type, "reason"), m->reason, false);
	s->found->title = tend_arena_format(s->arena, "%s%s", s->found->title, number);
}

static const char *text_of(const struct tend_kind *k, const void *record, const char *field)
{
	struct tend_value v = tend_kind_value(k, record, field);
	return v.null || (v.type != TEND_TEXT && v.type != TEND_TAGS) ? NULL : v.text;
}

static void show_record(struct showing *s, const struct tend_kind *k, const void *record)
{
	bool shown = false;
	const char *key = text_of(k, record, "key"), *label = text_of(k, record, k->label);
	label = label != NULL && *label != '\0' ? label : text_of(k, record, k->detail);
	s->found->record = key != NULL
		? tend_arena_strdup(s->arena, key)
		: tend_arena_format(s->arena, "%lld", (long long)s->found->id);
	s->found->title = first_line(s, label);
	s->named = k->type == &tend_contact_type;
	const struct tend_field *first = tend_field_find(k->type, k->label);
	if (tend_field_is_searched(first)) {
		look_in(s, &shown, "", text_of(k, record, k->label), true);
	}
	s->named = false;
	for (size_t i = 0; i < k->type->nfields; i++) {
		const struct tend_field *f = &k->type->fields[i];
		if (f != first && tend_field_is_searched(f)) {
			look_in(s, &shown, tend_pick(f->title), text_of(k, record, f->name), false);
		}
	}
}

/* The record of a hit, alone in `list`; none where it is gone by now. */
static enum tend_status read_hit(struct tend_app *a, const struct tend_search_hit *h,
	struct tend_list *list, struct tend_error *err)
{
	struct tend_value id = int_value(h->id);
	enum tend_status status;
	switch (h->kind) {
	case TEND_FOUND_CUSTOMER:
		tend_list_init(list, &tend_customer_type);
		status = tend_store_read(a->store, TEND_READ_CUSTOMER_STORED, &id, 1, list, err);
		return status != TEND_OK ? status
					 : tend_store_read_custom(a->store, h->id, list, err);
	case TEND_FOUND_MILESTONE:
		tend_list_init(list, &tend_milestone_type);
		return tend_store_read(a->store, TEND_READ_MILESTONE, &id, 1, list, err);
	default:
		tend_list_init(list, tend_kinds[h->kind - TEND_FOUND_KIND]->type);
		return tend_store_records(a->store, TEND_OF_ID, id, list, err);
	}
}

/* The customer's key and name, which hits of the same customer share. */
static enum tend_status name_customer(struct tend_app *a, struct tend_list *list,
	struct tend_found *found, struct tend_error *err)
{
	const struct tend_found *last = list->n > 1 ? tend_list_at(list, list->n - 2) : NULL;
	if (last != NULL && last->customer_id == found->customer_id) {
		found->customer = last->customer;
		found->name = last->name;
		return TEND_OK;
	}
	struct tend_list customer;
	enum tend_status status = read_list(a, TEND_READ_CUSTOMER_STORED, found->customer_id,
		&tend_customer_type, &customer, err);
	if (status == TEND_OK && customer.n > 0) {
		const struct tend_customer *c = tend_list_at(&customer, 0);
		found->customer = tend_arena_strdup(&list->arena, c->key);
		found->name = tend_arena_strdup(&list->arena, c->name);
	}
	tend_list_finish(&customer);
	return status;
}

static enum tend_status show(struct tend_app *a, const struct tend_search_hit *h,
	const struct tend_search_words *words, struct tend_list *ret, struct tend_error *err)
{
	struct tend_list record = {0};
	enum tend_status status = read_hit(a, h, &record, err);
	if (status == TEND_OK && record.n > 0) {
		struct tend_found *found = tend_list_add(ret);
		found->customer_id = h->customer_id;
		found->id = h->id;
		found->kind = tend_found_noun(h->kind);
		found->score = h->score;
		struct showing s = {.words = words, .arena = &ret->arena, .found = found};
		const void *r = tend_list_at(&record, 0);
		if (h->kind == TEND_FOUND_CUSTOMER) {
			show_customer(&s, r);
		} else if (h->kind == TEND_FOUND_MILESTONE) {
			show_milestone(&s, r);
		} else {
			show_record(&s, tend_kinds[h->kind - TEND_FOUND_KIND], r);
		}
		status = h->customer_id != 0 ? name_customer(a, ret, found, err) : TEND_OK;
	}
	tend_list_finish(&record);
	return status;
}

static enum tend_status prepare(struct tend_app *a, const struct tend_search_for *q,
	struct tend_search_how *how, struct tend_search_words *words, struct tend_error *err)
{
	unsigned kind = 0;
	size_t left, all;
	*how = (struct tend_search_how){.day = a->today, .kind = -1, .limit = q->limit};
	if (q->kind != NULL) {
		if (!tend_found_kind(q->kind, &kind)) {
			return tend_fail(err, TEND_USAGE,
				_("%s: no kind that can be searched; it is customer, milestone, or "
				  "one that `tend kind list` names, but usage"),
				q->kind);
		}
		how->kind = (int)kind;
	}
	if (!tend_search_words_init(words, q->text)) {
		return tend_fail(err, TEND_USAGE, "%s", _("there is nothing to search for"));
	}
	bool stay = q->as_it_is && a->search != NULL;
	return stay ? TEND_OK : tend_app_search_renew(a, false, 0, &left, &all, err);
}

enum tend_status tend_app_search(struct tend_app *a, const struct tend_search_for *q,
	struct tend_list *ret, size_t *ret_all, struct tend_error *err)
{
	struct tend_search_words words = {0};
	struct tend_search_how how;
	struct tend_search_hits hits = {0};
	tend_list_init(ret, &tend_found_type);
	*ret_all = 0;
	enum tend_status status = prepare(a, q, &how, &words, err);
	if (status == TEND_OK) {
		status = tend_store_search_run(a->store, a->search, &words, &how, &hits, err);
		*ret_all = hits.all;
	}
	for (size_t i = 0; i < hits.n && status == TEND_OK; i++) {
		status = show(a, &hits.items[i], &words, ret, err);
	}
	tend_search_hits_finish(&hits);
	tend_search_words_finish(&words);
	return status;
}
