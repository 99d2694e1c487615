/* SPDX-License-Identifier: MIT */
/* Records of several kinds in one list: those of a part of a customer's page, and the timeline. */
#include <stdlib.h>
#include <string.h>

#include <tend/fields.h>
#include <tend/money.h>
#include <tend/words.h>

#include "inside.h"

#define E struct tend_entry

static const struct tend_field entry_fields[] = {
	DATE(E, date, TEND_F_DERIVED, "Date", "日期"),
	TEXT(E, kind, TEND_F_DERIVED, "Kind", "类型"),
	TEXT(E, name, TEND_F_KEY | TEND_F_DERIVED, "Name", "名称"),
	TEXT(E, title, TEND_F_DERIVED, "Title", "标题"),
	TEXT(E, detail, TEND_F_DERIVED | TEND_F_WIDE, "Detail", "详情"),
	TEXT(E, state, TEND_F_DERIVED, "State", "状态"),
	BOOL(E, open, TEND_F_DERIVED, "Open", "未结"),
	TEXT(E, customer, TEND_F_DERIVED | TEND_F_WIDE, "Customer", "客户"),
	INT(E, kind_order, TEND_F_DERIVED | TEND_F_HIDDEN, "Group", "分组"),
	ROW_ID(E, id),
	ROW_ID(E, customer_id),
};
const struct tend_record_type tend_entry_type =
	RECORD_TYPE_OF(E, "entry", "Entry", "条目", entry_fields);

/* The first line that says something; NULL where there is none. */
static const char *first_line(const char *text, struct tend_arena *arena)
{
	const char *at = text != NULL ? text + strspn(text, " \t\r\n") : "";
	size_t n = strcspn(at, "\r\n");
	while (n > 0 && (at[n - 1] == ' ' || at[n - 1] == '\t')) {
		n--;
	}
	return n > 0 ? tend_arena_strndup(arena, at, n) : NULL;
}

/* A field by its role; money folded, with its sign. */
static const char *role_text(
	const struct tend_kind *k, const void *record, const char *field, struct tend_arena *arena)
{
	struct tend_value v = tend_kind_value(k, record, field);
	struct tend_value currency = tend_kind_value(k, record, "currency");
	char money[TEND_MONEY_LEN];
	if (v.null) {
		return NULL;
	}
	if (v.type == TEND_TEXT || v.type == TEND_TAGS) {
		return first_line(v.text, arena);
	}
	if (v.type == TEND_MONEY) {
		return tend_arena_format(arena, "%s%s",
			currency.null ? "" : tend_currency_sign(currency.text),
			tend_money_fold(v.integer, money));
	}
	struct tend_str text = {0};
	tend_value_format(v, &text);
	const char *copy = tend_arena_strdup(arena, tend_str_text(&text));
	tend_str_finish(&text);
	return copy;
}

/* What stands for a record in a list: its label with its figure; else what it is. */
static const char *title_of(const struct tend_kind *k, const void *record, struct tend_arena *arena)
{
	const char *label = role_text(k, record, k->label, arena);
	const char *figure = role_text(k, record, k->figure, arena);
	if (label == NULL) {
		/* What happened is told by its state; what is under way has one besides. */
		bool under_way = k->open != NULL || k->ended != NULL;
		const char *state = under_way ? NULL : role_text(k, record, k->state, arena);
		return state != NULL ? tend_word(k->state, state) : tend_pick(k->type->title);
	}
	const struct tend_field *f = tend_field_find(k->type, k->label);
	label = f->values != NULL ? tend_word(k->label, label) : label;
	return figure != NULL ? tend_arena_format(arena, "%s %s", label, figure) : label;
}

static void add_entry(struct tend_list *ret, const struct tend_kind *k, const void *record)
{
	struct tend_entry *e = tend_list_add(ret);
	struct tend_arena *arena = &ret->arena;
	struct tend_value key = tend_kind_value(k, record, "key");
	struct tend_value when = tend_kind_value(k, record, k->when);
	e->id = tend_kind_value(k, record, "id").integer;
	e->customer_id = tend_kind_value(k, record, "customer_id").integer;
	e->kind = k->noun;
	e->name = !key.null ? tend_arena_strdup(arena, key.text)
			    : tend_arena_format(arena, "%lld", (long long)e->id);
	e->customer = tend_arena_strdup(arena, tend_kind_value(k, record, "customer").text);
	e->date = when.null ? TEND_NO_DATE : when.date;
	e->title = title_of(k, record, arena);
	e->detail = role_text(k, record, k->detail, arena);
	e->state = role_text(k, record, k->state, arena);
	e->open = tend_kind_is_open(k, record) ? 1 : 0;
	e->kind_order = (int64_t)tend_kind_index(k);
}

/* Of the derived fields only what follows from a record itself: that is all that roles ask for. */
static enum tend_status add_kind(struct tend_app *a, int64_t customer_id, const struct tend_kind *k,
	bool dated, struct tend_list *ret, struct tend_error *err)
{
	struct tend_list list;
	enum tend_status status = read_records(a, k->type, customer_id, &list, err);
	for (size_t i = 0; status == TEND_OK && i < list.n; i++) {
		void *record = tend_list_at(&list, i);
		if (k->derive != NULL) {
			k->derive(record, a->today);
		}
		if (!dated || !tend_kind_value(k, record, k->when).null) {
			add_entry(ret, k, record);
		}
	}
	tend_list_finish(&list);
	return status;
}

enum tend_status tend_app_entries(struct tend_app *a, int64_t customer_id, enum tend_tab tab,
	struct tend_list *ret, struct tend_error *err)
{
	enum tend_status status = TEND_OK;
	tend_list_init(ret, &tend_entry_type);
	for (size_t i = 0; i < tend_kind_count && status == TEND_OK; i++) {
		if (tend_kinds[i]->tab == tab
			&& tend_kind_belongs(tend_kinds[i]) != TEND_TO_NOBODY) {
			status = add_kind(a, customer_id, tend_kinds[i], false, ret, err);
		}
	}
	return status;
}

static enum tend_status add_milestones(
	struct tend_app *a, int64_t customer_id, struct tend_list *ret, struct tend_error *err)
{
	struct tend_list list;
	enum tend_status status = read_list(
		a, TEND_READ_MILESTONES_OF, customer_id, &tend_milestone_type, &list, err);
	for (size_t i = 0; status == TEND_OK && i < list.n; i++) {
		const struct tend_milestone *m = tend_list_at(&list, i);
		if (!tend_same(m->state, "done") || !tend_has_date(m->done_on)) {
			continue;
		}
		const char *title = tend_pick((struct tend_text){m->title_en, m->title_zh});
		long long number = m->occurrence;
		struct tend_entry *e = tend_list_add(ret);
		e->id = m->id;
		e->customer_id = m->customer_id;
		e->kind = "milestone";
		e->name = tend_arena_format(
			&ret->arena, m->repeats > 0 ? "%s#%lld" : "%s", m->key, number);
		e->customer = tend_arena_strdup(&ret->arena, m->customer);
		e->date = m->done_on;
		e->title = tend_arena_format(
			&ret->arena, m->repeats > 0 ? "%s #%lld" : "%s", title, number);
		e->state = "done";
		e->open = 0;
		e->kind_order = (int64_t)tend_kind_count;
	}
	tend_list_finish(&list);
	return status;
}

static enum tend_status add_alerts(
	struct tend_app *a, int64_t customer_id, struct tend_list *ret, struct tend_error *err)
{
	struct tend_list list;
	enum tend_status status =
		read_list(a, TEND_READ_ALERTS_EVER_OF, customer_id, &tend_alert_type, &list, err);
	for (size_t i = 0; status == TEND_OK && i < list.n; i++) {
		struct tend_alert *v = tend_list_at(&list, i);
		alert_fill(v, &ret->arena);
		struct tend_entry *e = tend_list_add(ret);
		e->id = v->id;
		e->customer_id = v->customer_id;
		e->kind = "alert";
		e->name = tend_arena_format(&ret->arena, "%lld", (long long)v->id);
		e->customer = tend_arena_strdup(&ret->arena, v->customer);
		e->date = v->raised;
		e->title = tend_arena_strdup(&ret->arena, v->title);
		e->detail = first_line(v->reason, &ret->arena);
		e->state = tend_arena_strdup(&ret->arena, v->state);
		e->open = !tend_same(v->state, "resolved") ? 1 : 0;
		e->kind_order = (int64_t)tend_kind_count + 1;
	}
	tend_list_finish(&list);
	return status;
}

static int newest_first(const void *a, const void *b)
{
	const struct tend_entry *x = a, *y = b;
	if (x->date.day != y->date.day) {
		return x->date.day > y->date.day ? -1 : 1;
	}
	if (x->kind_order != y->kind_order) {
		return x->kind_order < y->kind_order ? -1 : 1;
	}
	return x->id > y->id ? -1 : x->id < y->id;
}

enum tend_status tend_app_timeline(struct tend_app *a, int64_t customer_id,
	const struct tend_query *q, struct tend_list *ret, struct tend_error *err)
{
	enum tend_status status = TEND_OK;
	tend_list_init(ret, &tend_entry_type);
	for (size_t i = 0; i < tend_kind_count && status == TEND_OK; i++) {
		const struct tend_kind *k = tend_kinds[i];
		if (k->when != NULL && tend_kind_belongs(k) != TEND_TO_NOBODY) {
			status = add_kind(a, customer_id, k, true, ret, err);
		}
	}
	status = status != TEND_OK ? status : add_milestones(a, customer_id, ret, err);
	status = status != TEND_OK ? status : add_alerts(a, customer_id, ret, err);
	if (status == TEND_OK && ret->n > 0) {
		qsort(ret->items, ret->n, ret->type->size, newest_first);
	}
	return status != TEND_OK ? status : query_apply(a, ret, q, NULL, err);
}
