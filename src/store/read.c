/* SPDX-License-Identifier: MIT */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <tend/lang.h>
#include <tend/mem.h>

#include "internal.h"

/* What lists of a type need beside the columns of the row. */
static void complete_customer(void *record, struct tend_arena *arena)
{
	struct tend_customer *c = record;
	(void)arena;
	if (tend_has_date(c->started) && c->term_months != TEND_NO_INT && c->term_months >= 0
		&& c->term_months <= INT32_MAX) {
		c->renewal = tend_date_add_months(c->started, (int)c->term_months);
	}
}

static void complete_milestone(void *record, struct tend_arena *arena)
{
	struct tend_milestone *m = record;
	(void)arena;
	m->title = tend_pick((struct tend_text){m->title_en, m->title_zh});
}

static void complete_item(void *record, struct tend_arena *arena)
{
	struct tend_item *i = record;
	(void)arena;
	i->title = tend_pick((struct tend_text){i->title_en, i->title_zh});
}

/* The record type that each read gives, and how many arguments it takes. */
static const struct {
	const struct tend_record_type *type;
	size_t nargs;
	void (*complete)(void *record, struct tend_arena *arena);
} reads[TEND_READ_COUNT] = {
	[TEND_READ_CUSTOMERS] = {&tend_customer_type, 0, complete_customer},
	[TEND_READ_CUSTOMER] = {&tend_customer_type, 1, complete_customer},
	[TEND_READ_CUSTOMERS_STORED] = {&tend_customer_type, 0, complete_customer},
	[TEND_READ_CUSTOMER_STORED] = {&tend_customer_type, 1, complete_customer},
	[TEND_READ_CUSTOMER_KEYS] = {&tend_customer_type, 0, NULL},
	[TEND_READ_CUSTOMERS_LIKE] = {&tend_customer_type, 1, complete_customer},
	[TEND_READ_MILESTONES] = {&tend_milestone_type, 0, complete_milestone},
	[TEND_READ_MILESTONES_OF] = {&tend_milestone_type, 1, complete_milestone},
	[TEND_READ_MILESTONES_OWNED] = {&tend_milestone_type, 1, complete_milestone},
	[TEND_READ_MILESTONES_AHEAD_OF] = {&tend_milestone_type, 2, complete_milestone},
	[TEND_READ_MILESTONES_OPEN] = {&tend_milestone_type, 0, complete_milestone},
	[TEND_READ_MILESTONES_CLOSED] = {&tend_milestone_type, 0, NULL},
	[TEND_READ_MILESTONES_PLANNED] = {&tend_milestone_type, 2, NULL},
	[TEND_READ_MILESTONES_DUE] = {&tend_milestone_type, 2, complete_milestone},
	[TEND_READ_MILESTONE] = {&tend_milestone_type, 1, complete_milestone},
	[TEND_READ_ITEMS_OF] = {&tend_item_type, 1, complete_item},
	[TEND_READ_ITEMS_OF_CUSTOMER] = {&tend_item_type, 1, complete_item},
	[TEND_READ_SUBSCRIPTION_KEYS] = {&tend_subscription_type, 0, NULL},
	[TEND_READ_SERIES] = {&tend_point_type, 2, NULL},
	[TEND_READ_SERIES_OF] = {&tend_point_type, 3, NULL},
	[TEND_READ_NEXT_METRIC_OF] = {&tend_point_type, 2, NULL},
	[TEND_READ_PROMISES_OF] = {&tend_activity_type, 1, NULL},
	[TEND_READ_ACTIVITIES_LAST] = {&tend_activity_type, 0, NULL},
	[TEND_READ_TOUCHES] = {&tend_activity_type, 0, NULL},
	[TEND_READ_TOUCHES_OF] = {&tend_activity_type, 1, NULL},
	[TEND_READ_UNKEPT] = {&tend_activity_type, 1, NULL},
	[TEND_READ_UNKEPT_OF] = {&tend_activity_type, 2, NULL},
	[TEND_READ_COMPLAINTS] = {&tend_complaint_type, 1, NULL},
	[TEND_READ_COMPLAINTS_OF] = {&tend_complaint_type, 2, NULL},
	[TEND_READ_ALERTS] = {&tend_alert_type, 0, NULL},
	[TEND_READ_ALERTS_ALL] = {&tend_alert_type, 0, NULL},
	[TEND_READ_ALERTS_QUIET] = {&tend_alert_type, 0, NULL},
	[TEND_READ_ALERTS_OF] = {&tend_alert_type, 1, NULL},
	[TEND_READ_ALERTS_EVER_OF] = {&tend_alert_type, 1, NULL},
	[TEND_READ_ALERT] = {&tend_alert_type, 1, NULL},
	[TEND_READ_TODAY] = {&tend_today_type, 2, NULL},
	[TEND_READ_TODAY_BANDS] = {&tend_today_type, 2, NULL},
	[TEND_READ_HISTORY] = {&tend_history_type, 1, NULL},
	[TEND_READ_HISTORY_OF] = {&tend_history_type, 1, NULL},
	[TEND_READ_CHANGES] = {&tend_change_type, 2, NULL},
	[TEND_READ_RUNS] = {&tend_run_type, 0, NULL},
	[TEND_READ_RUNS_OF] = {&tend_run_type, 1, NULL},
	[TEND_READ_CONDITIONS] = {&tend_condition_type, 0, NULL},
	[TEND_READ_CONDITIONS_OF] = {&tend_condition_type, 1, NULL},
	[TEND_READ_DOCUMENTS] = {&tend_document_type, 0, NULL},
	[TEND_READ_DOCUMENT] = {&tend_document_type, 3, NULL},
	[TEND_READ_TEMPLATES] = {&tend_template_type, 0, NULL},
	[TEND_READ_TEMPLATE] = {&tend_template_type, 2, NULL},
};

/* Neighbouring rows repeat most of their short texts: the copy of the row before is used again. */
static const char *keep_text(
	const char *text, size_t n, const char *before, struct tend_arena *arena)
{
	if (before != NULL && *before == *text && strncmp(before, text, n) == 0
		&& before[n] == '\0') {
		return before;
	}
	return tend_arena_strndup(arena, text, n);
}

static void fill_text(const struct db_driver *driver, const struct slot *slot, struct db_stmt *row,
	const char **member, const void *before, struct tend_arena *arena)
{
	size_t n;
	const char *text = driver->column_text(row, slot->at, &n);
	if (text != NULL) { /* the record was cleared */
		const char *last = before != NULL
			? *(const char *const *)((const char *)before + slot->offset)
			: NULL;
		*member = keep_text(text, n, last, arena);
	}
}

/* The record was cleared: what is not there stays unknown. */
static void fill(const struct db_driver *driver, const struct slot *slot, struct db_stmt *row,
	void *record, const void *before, struct tend_arena *arena)
{
	void *member = (char *)record + slot->offset;
	int64_t n;
	switch (slot->type) {
	case TEND_TEXT:
	case TEND_TAGS:
		fill_text(driver, slot, row, member, before, arena);
		break;
	case TEND_INT:
	case TEND_BOOL:
	case TEND_TIME:
	case TEND_MONEY:
		if (driver->column_known(row, slot->at, &n)) {
			*(int64_t *)member = n;
		}
		break;
	case TEND_DATE:
		if (driver->column_known(row, slot->at, &n)) {
			((struct tend_date *)member)->day = (int32_t)n;
		}
		break;
	case TEND_NUMBER:
	case TEND_RATIO:
		if (!driver->column_null(row, slot->at)) {
			*(double *)member = driver->column_double(row, slot->at);
		}
		break;
	case TEND_TERMS:
		break; /* made from the rest of the row by those who show it */
	}
}

void record_fill(
	struct tend_store *s, const struct statement *st, void *record, struct tend_arena *arena)
{
	for (size_t i = 0; i < st->ncolumns; i++) {
		fill(s->db->driver, &st->columns[i], st->handle, record, NULL, arena);
	}
}

static bool is_text(const struct db_driver *driver, const struct slot *slot, struct db_stmt *row,
	const char *member)
{
	size_t n;
	const char *text = driver->column_text(row, slot->at, &n);
	return text == NULL || member == NULL ? text == member
					      : strncmp(member, text, n) == 0 && member[n] == '\0';
}

static bool is_same(const struct db_driver *driver, const struct slot *slot, struct db_stmt *row,
	const void *member)
{
	int64_t n;
	double number;
	switch (slot->type) {
	case TEND_TEXT:
	case TEND_TAGS:
		return is_text(driver, slot, row, *(const char *const *)member);
	case TEND_INT:
	case TEND_BOOL:
	case TEND_TIME:
	case TEND_MONEY:
		n = driver->column_known(row, slot->at, &n) ? n : TEND_NO_INT;
		return n == *(const int64_t *)member;
	case TEND_DATE:
		n = driver->column_known(row, slot->at, &n) ? n : TEND_NO_DATE.day;
		return n == ((const struct tend_date *)member)->day;
	case TEND_NUMBER:
	case TEND_RATIO:
		number = *(const double *)member;
		return driver->column_null(row, slot->at)
			? isnan(number)
			: driver->column_double(row, slot->at) == number;
	case TEND_TERMS:
		break; /* follows from the rest */
	}
	return true;
}

bool record_is(struct tend_store *s, const struct statement *st, const void *record)
{
	bool same = true;
	for (size_t i = 0; i < st->ncolumns && same; i++) {
		const struct slot *slot = &st->columns[i];
		same = is_same(
			s->db->driver, slot, st->handle, (const char *)record + slot->offset);
	}
	return same;
}

/* Adds the row that the statement stands on; `whole` NULL: all of it. */
static void add_row(struct tend_store *s, const struct statement *st, struct tend_list *list,
	size_t first, bool (*whole)(const void *record))
{
	void *record = tend_list_add(list);
	const void *before = list->n - 1 > first ? tend_list_at(list, list->n - 2) : NULL;
	for (size_t i = 0; i < st->ncolumns; i++) {
		if (i == TEND_BRIEF_COLUMNS && whole != NULL && !whole(record)) {
			break;
		}
		fill(s->db->driver, &st->columns[i], st->handle, record, before, &list->arena);
	}
}

enum tend_status tend_store_read(struct tend_store *s, enum tend_read what,
	const struct tend_value *args, size_t nargs, struct tend_list *list, struct tend_error *err)
{
	if (what >= TEND_READ_COUNT || reads[what].type != list->type
		|| reads[what].nargs != nargs) {
		return tend_fail(err, TEND_FAILED, "store: read %d is called wrongly", (int)what);
	}
	struct statement *st = statement_get(s, (enum sql)what, err);
	if (st == NULL) {
		return s->db->driver->fail(s->db, err);
	}
	statement_match(s, st, list->type);
	for (size_t i = 0; i < nargs; i++) {
		statement_value(s, st, (int)i + 1, args[i]);
	}
	size_t first = list->n;
	enum db_row row;
	while ((row = s->db->driver->step(st->handle)) == DB_ROW) {
		add_row(s, st, list, first, NULL);
		if (reads[what].complete != NULL) {
			reads[what].complete(tend_list_at(list, list->n - 1), &list->arena);
		}
	}
	enum tend_status status = row == DB_DONE ? TEND_OK : s->db->driver->fail(s->db, err);
	s->db->driver->reset(st->handle);
	return status;
}

enum tend_status tend_store_some(struct tend_store *s, enum tend_of of, struct tend_value arg,
	size_t limit, struct tend_list *list, struct tend_error *err)
{
	static const enum kind_sql statements[] = {[TEND_OF_ALL] = KIND_ALL,
		[TEND_OF_CUSTOMER] = KIND_OF,
		[TEND_OF_CUSTOMER_OPEN] = KIND_OPEN,
		[TEND_OF_ID] = KIND_ONE,
		[TEND_OF_KEY] = KIND_CALLED};
	const struct tend_kind *k = tend_kind_of(list->type);
	if (k == NULL) {
		return tend_fail(err, TEND_FAILED, "store: %s is no kind", list->type->name);
	}
	struct statement *st = statement_of_kind(s, k, statements[of], err);
	if (st == NULL) {
		return s->db->driver->fail(s->db, err);
	}
	statement_match(s, st, list->type);
	if (of != TEND_OF_ALL) {
		statement_value(s, st, 1, arg);
	}
	size_t first = list->n;
	enum db_row row = DB_DONE;
	while ((limit == 0 || list->n - first < limit)
		&& (row = s->db->driver->step(st->handle)) == DB_ROW) {
		add_row(s, st, list, first, NULL);
	}
	enum tend_status status = row == DB_ERROR ? s->db->driver->fail(s->db, err) : TEND_OK;
	s->db->driver->reset(st->handle);
	return status;
}

enum tend_status tend_store_records(struct tend_store *s, enum tend_of of, struct tend_value arg,
	struct tend_list *list, struct tend_error *err)
{
	return tend_store_some(s, of, arg, 0, list, err);
}

enum tend_status tend_store_tab_counts(struct tend_store *s, int64_t customer_id,
	int64_t ret[TEND_TAB_NOTES + 1], struct tend_error *err)
{
	const struct db_driver *driver = s->db->driver;
	struct statement *st = statement_get(s, SQL_TAB_COUNTS, err);
	if (st == NULL) {
		return driver->fail(s->db, err);
	}
	statement_int(s, st, 1, customer_id);
	enum db_row row = driver->step(st->handle);
	for (int tab = 0; row == DB_ROW && tab <= TEND_TAB_NOTES; tab++) {
		ret[tab] = driver->column_int(st->handle, tab);
	}
	enum tend_status status = row == DB_ERROR ? driver->fail(s->db, err) : TEND_OK;
	driver->reset(st->handle);
	return status;
}

/* The column of a bulk read that says whose the row is; -1. */
static int customer_column(const struct statement *st)
{
	for (size_t i = 0; i < st->ncolumns; i++) {
		if (strcmp(st->columns[i].field->name, "customer_id") == 0) {
			return st->columns[i].at;
		}
	}
	return -1;
}

static void empty(struct tend_list *list)
{
	list->n = 0;
	tend_arena_clear(&list->arena);
}

enum tend_status tend_store_walk(
	struct tend_store *s, const struct tend_walk *w, struct tend_error *err)
{
	const struct db_driver *driver = s->db->driver;
	struct statement *st = statement_get(s, (enum sql)w->what, err);
	if (st == NULL) {
		return driver->fail(s->db, err);
	}
	statement_match(s, st, w->type);
	int at = customer_column(st);
	if (reads[w->what].type != w->type || reads[w->what].nargs != w->nargs || at < 0) {
		return tend_fail(
			err, TEND_FAILED, "store: read %d is called wrongly", (int)w->what);
	}
	for (size_t i = 0; i < w->nargs; i++) {
		statement_value(s, st, (int)i + 1, w->args[i]);
	}
	struct tend_list list;
	tend_list_init(&list, w->type);
	int64_t customer = 0;
	enum tend_status status = TEND_OK;
	enum db_row row = DB_DONE;
	while (status == TEND_OK && (row = driver->step(st->handle)) == DB_ROW) {
		int64_t id = driver->column_int(st->handle, at);
		if (list.n > 0 && id != customer) {
			status = w->each(w->ctx, &list, err);
			empty(&list);
		}
		customer = id;
		add_row(s, st, &list, 0, w->whole);
	}
	if (status == TEND_OK && row == DB_ERROR) {
		status = driver->fail(s->db, err);
	}
	driver->reset(st->handle);
	status = status == TEND_OK && list.n > 0 ? w->each(w->ctx, &list, err) : status;
	tend_list_finish(&list);
	return status;
}
