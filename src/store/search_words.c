/* SPDX-License-Identifier: MIT */
/* The texts of customers, made from their records: all kinds one after the other, for a row of customers. */
#include <stdlib.h>
#include <string.h>

#include <tend/mem.h>

#include "search.h"

/* The texts of customers that are being made, by id. */
struct making {
	struct tend_search *texts;
	struct tend_str *items;
	int64_t from, to;
	struct tend_str raw; /* names of a milestone */
	struct tend_list list;
};

static struct tend_str *text_of(struct making *m, int64_t customer)
{
	return customer >= m->from && customer <= m->to ? &m->items[customer - m->from] : NULL;
}

/* The column's text, or NULL; valid until the next step. */
static const char *column(struct tend_store *s, const struct statement *st, int i)
{
	size_t n;
	return s->db->driver->column_text(st->handle, i, &n);
}

static struct tend_date date(struct tend_store *s, const struct statement *st, int i)
{
	return COLUMN_NULL(s, st, i) ? TEND_NO_DATE
				     : (struct tend_date){(int32_t)COLUMN_INT(s, st, i)};
}

typedef void row_fn(struct tend_store *s, const struct statement *st, struct making *m);

static void customer_row(struct tend_store *s, const struct statement *st, struct making *m)
{
	int64_t id = COLUMN_INT(s, st, 0);
	struct tend_str *text = text_of(m, id);
	if (text != NULL) {
		tend_search_begin(text,
			(struct tend_search_head){
				.kind = TEND_FOUND_CUSTOMER, .id = id, .day = TEND_NO_DATE});
		tend_search_name(text, column(s, st, 1));
		tend_search_name(text, column(s, st, 2));
		for (int i = 3; i <= 6; i++) {
			tend_search_line(text, column(s, st, i));
		}
	}
}

/* Fields of the user's own belong to the customer, whose record is the only one so far. */
static void custom_row(struct tend_store *s, const struct statement *st, struct making *m)
{
	struct tend_str *text = text_of(m, COLUMN_INT(s, st, 0));
	if (text != NULL && text->len > 0) {
		tend_search_line(text, column(s, st, 2));
	}
}

static void add_line(struct tend_str *raw, const char *name)
{
	size_t from = raw->len;
	tend_str_add(raw, name != NULL ? name : "");
	for (size_t i = from; i < raw->len; i++) {
		raw->data[i] = raw->data[i] == '\n' ? ' ' : raw->data[i];
	}
}

static void milestone_row(struct tend_store *s, const struct statement *st, struct making *m)
{
	struct tend_str *text = text_of(m, COLUMN_INT(s, st, 0));
	if (text == NULL) {
		return;
	}
	bool open = COLUMN_INT(s, st, 9) != 0;
	struct tend_date due = date(s, st, 7), done = date(s, st, 8);
	tend_search_begin(text,
		(struct tend_search_head){.kind = TEND_FOUND_MILESTONE,
			.id = COLUMN_INT(s, st, 1),
			.day = open || !tend_has_date(done) ? due : done,
			.open = open});
	tend_str_clear(&m->raw);
	for (int i = 2; i <= 4; i++) {
		tend_str_add(&m->raw, i > 2 ? "\n" : "");
		add_line(&m->raw, column(s, st, i));
	}
	uint32_t number;
	if (tend_search_title_of(m->texts, tend_str_text(&m->raw), &number)) {
		tend_search_title(text, number);
	} else {
		tend_search_name(text, column(s, st, 2));
		tend_search_name(text, column(s, st, 3));
		tend_search_line(text, column(s, st, 4));
	}
	tend_search_line(text, column(s, st, 5));
	tend_search_line(text, column(s, st, 6));
}

/* Records of a kind, whose type the list has. */
static void record_row(struct tend_store *s, const struct statement *st, struct making *m)
{
	void *record = tend_list_add(&m->list);
	record_fill(s, st, record, &m->list.arena);
	const struct tend_kind *k = tend_kind_of(m->list.type);
	struct tend_value customer = tend_kind_value(k, record, "customer_id");
	struct tend_str *text = text_of(m, customer.null ? 0 : customer.integer);
	if (text != NULL) {
		tend_search_record(text, k, record);
	}
	m->list.n = 0;
	tend_arena_clear(&m->list.arena);
}

static enum tend_status each_row(struct tend_store *s, struct statement *st, struct making *m,
	row_fn *row_of, struct tend_error *err)
{
	const struct db_driver *driver = s->db->driver;
	if (st == NULL) {
		return driver->fail(s->db, err);
	}
	statement_int(s, st, 1, m->from);
	statement_int(s, st, 2, m->to);
	enum db_row row;
	while ((row = driver->step(st->handle)) == DB_ROW) {
		row_of(s, st, m);
	}
	enum tend_status status = row == DB_DONE ? TEND_OK : driver->fail(s->db, err);
	driver->reset(st->handle);
	return status;
}

static enum tend_status each_record(struct tend_store *s, const struct tend_kind *k,
	struct making *m, bool shared, struct tend_error *err)
{
	enum tend_belongs belongs = tend_kind_belongs(k);
	if (!tend_is_searched(k) || belongs == (shared ? TEND_TO_CUSTOMER : TEND_TO_NOBODY)) {
		return TEND_OK;
	}
	struct statement *st =
		statement_of_kind(s, k, shared ? KIND_WORDS_SHARED : KIND_WORDS, err);
	if (st != NULL) {
		statement_match(s, st, k->type);
	}
	tend_list_init(&m->list, k->type);
	enum tend_status status = each_row(s, st, m, record_row, err);
	tend_list_finish(&m->list);
	return status;
}

/* Contacts first, as their names are looked at more closely, then the others in their order. */
static enum tend_status all_kinds(
	struct tend_store *s, struct making *m, bool shared, struct tend_error *err)
{
	const struct tend_kind *contact = tend_kind_of(&tend_contact_type);
	enum tend_status status = each_record(s, contact, m, shared, err);
	for (size_t i = 0; i < tend_kind_count && status == TEND_OK; i++) {
		if (tend_kinds[i] != contact) {
			status = each_record(s, tend_kinds[i], m, shared, err);
		}
	}
	return status;
}

static struct making making(struct tend_search *texts, int64_t from, int64_t to)
{
	return (struct making){.texts = texts,
		.items = tend_calloc((size_t)(to - from + 1), sizeof(struct tend_str)),
		.from = from,
		.to = to};
}

static void finish(struct making *m, enum tend_status status)
{
	for (int64_t id = m->from; id <= m->to; id++) {
		struct tend_str *text = &m->items[id - m->from];
		if (status == TEND_OK) {
			tend_search_put(m->texts, id, text, true);
		}
		tend_str_finish(text);
	}
	free(m->items);
	tend_str_finish(&m->raw);
}

enum tend_status search_words_of(struct tend_store *s, struct tend_search *texts, int64_t from,
	int64_t to, struct tend_error *err)
{
	struct making m = making(texts, from, to);
	enum tend_status status =
		each_row(s, statement_get(s, SQL_SEARCH_CUSTOMERS, err), &m, customer_row, err);
	if (status == TEND_OK) {
		status = each_row(s, statement_get(s, SQL_CUSTOM, err), &m, custom_row, err);
	}
	status = status == TEND_OK ? all_kinds(s, &m, false, err) : status;
	if (status == TEND_OK) {
		status = each_row(
			s, statement_get(s, SQL_SEARCH_MILESTONES, err), &m, milestone_row, err);
	}
	finish(&m, status);
	return status;
}

enum tend_status search_words_shared(
	struct tend_store *s, struct tend_search *texts, struct tend_error *err)
{
	struct making m = making(texts, 0, 0);
	enum tend_status status = all_kinds(s, &m, true, err);
	finish(&m, status);
	return status;
}
