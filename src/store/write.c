/* SPDX-License-Identifier: MIT */
#include <string.h>

#include <tend/lang.h>

#include "internal.h"

static const struct {
	const struct tend_record_type *type;
	enum sql insert, update, remove;
} writes[] = {
	{&tend_customer_type, SQL_CUSTOMER_INSERT, SQL_CUSTOMER_UPDATE, SQL_CUSTOMER_DELETE},
	{&tend_milestone_type, SQL_MILESTONE_INSERT, SQL_MILESTONE_UPDATE, SQL_MILESTONE_DELETE},
	{&tend_item_type, SQL_ITEM_INSERT, SQL_ITEM_UPDATE, SQL_ITEM_DELETE},
	{&tend_alert_type, SQL_ALERT_INSERT, SQL_ALERT_UPDATE, SQL_ALERT_DELETE},
	{&tend_run_type, SQL_RUN_INSERT, SQL_RUN_UPDATE, SQL_RUN_DELETE},
	{&tend_document_type, SQL_DOCUMENT_INSERT, SQL_DOCUMENT_UPDATE, SQL_DOCUMENT_DELETE},
	{&tend_template_type, SQL_TEMPLATE_INSERT, SQL_TEMPLATE_UPDATE, SQL_TEMPLATE_DELETE},
};
enum { WRITES = sizeof(writes) / sizeof(writes[0]) };

static size_t writes_of(const struct tend_record_type *t)
{
	size_t i = 0;
	while (i < WRITES && writes[i].type != t) {
		i++;
	}
	return i;
}

enum tend_status store_want_transaction(struct tend_store *s, struct tend_error *err)
{
	return s->begun ? TEND_OK
			: tend_fail(err, TEND_FAILED, "store: a write outside of a transaction");
}

enum tend_status store_fail_write(
	struct tend_store *s, const char *what, const char *key, struct tend_error *err)
{
	switch (s->problem) {
	case DB_PROBLEM_UNIQUE:
		if (key != NULL) {
			return tend_fail(
				err, TEND_FAILED, _("%s: \"%s\" is there already"), what, key);
		}
		return tend_fail(err, TEND_FAILED, _("%s: there is one like it already"), what);
	case DB_PROBLEM_REFERENCE:
		return tend_fail(err, TEND_NOT_FOUND,
			_("%s: the record that it belongs to is not there"), what);
	case DB_PROBLEM_VALUE:
		return tend_fail(err, TEND_BAD_INPUT, "%s: %s", what, s->detail.text);
	case DB_PROBLEM_OTHER:
	case DB_PROBLEM_BUSY:
	case DB_PROBLEM_FULL:
	case DB_PROBLEM_READ_ONLY:
	case DB_PROBLEM_DAMAGED:
		break;
	}
	return tend_fail(err, s->detail.status, "%s", s->detail.text);
}

static const char *key_of(const struct tend_record_type *t, const void *record)
{
	for (size_t i = 0; i < t->nfields; i++) {
		if ((t->fields[i].flags & TEND_F_KEY) != 0 && t->fields[i].type == TEND_TEXT) {
			return tend_field_get(&t->fields[i], record).text;
		}
	}
	return NULL;
}

/* Within a transaction, and with the entry of the journal there. */
static enum tend_status ready_to_write(struct tend_store *s, struct tend_error *err)
{
	enum tend_status status = store_want_transaction(s, err);
	return status == TEND_OK ? journal_open(s, err) : status;
}

enum operation { INSERT, UPDATE, REMOVE };

/* What does it to records of the type. */
static enum tend_status statement_for(struct tend_store *s, const struct tend_record_type *t,
	enum operation what, struct statement **ret, struct tend_error *err)
{
	static const enum kind_sql of_kinds[] = {
		[INSERT] = KIND_INSERT, [UPDATE] = KIND_UPDATE, [REMOVE] = KIND_DELETE};
	const struct tend_kind *k = tend_kind_of(t);
	size_t i = k == NULL ? writes_of(t) : 0;
	if (k == NULL && i == WRITES) {
		return tend_fail(err, TEND_FAILED, "store: %s records are not written", t->name);
	}
	enum tend_status status = ready_to_write(s, err);
	if (status != TEND_OK) {
		return status;
	}
	*ret = k != NULL         ? statement_of_kind(s, k, of_kinds[what], err)
		: what == INSERT ? statement_get(s, writes[i].insert, err)
		: what == UPDATE ? statement_get(s, writes[i].update, err)
				 : statement_get(s, writes[i].remove, err);
	return *ret != NULL ? TEND_OK : s->db->driver->fail(s->db, err);
}

/* Without its parent a record has no number to name it by: said in those words. */
static void look_for_parent(
	struct tend_store *s, const struct tend_record_type *t, const void *record)
{
	bool item = t == &tend_item_type;
	const struct tend_field *f = tend_field_find(t, item ? "milestone_id" : "customer_id");
	struct tend_value v =
		f != NULL ? tend_field_get(f, record) : (struct tend_value){.null = true};
	struct statement *st = s->problem == DB_PROBLEM_VALUE && !v.null
		? statement_get(s, item ? SQL_MILESTONE_IS : SQL_CUSTOMER_IS, NULL)
		: NULL;
	int64_t count = 1;
	if (st == NULL) {
		return;
	}
	struct tend_error before = s->detail;
	statement_int(s, st, 1, v.integer);
	if (statement_run(s, st, &count, NULL) == TEND_OK) {
		s->problem = count == 0 ? DB_PROBLEM_REFERENCE : DB_PROBLEM_VALUE;
	}
	s->detail = before;
}

/* Runs a statement with a record's fields bound; says which parent is missing where one is. */
static enum tend_status write_row(struct tend_store *s, struct statement *st,
	const struct tend_record_type *t, const void *record, int64_t *ret_id,
	struct tend_error *err)
{
	enum tend_status status = statement_record(s, st, t, record, err);
	if (status != TEND_OK) {
		s->db->driver->reset(st->handle);
		return status;
	}
	if (statement_run(s, st, ret_id, NULL) != TEND_OK) {
		look_for_parent(s, t, record);
		return store_fail_write(s, t->name, key_of(t, record), err);
	}
	return TEND_OK;
}

enum tend_status tend_store_insert(struct tend_store *s, const struct tend_record_type *t,
	const void *record, int64_t *ret_id, struct tend_error *err)
{
	struct statement *st;
	int64_t id = 0;
	enum tend_status status = statement_for(s, t, INSERT, &st, err);
	status = status == TEND_OK ? write_row(s, st, t, record, &id, err) : status;
	if (status == TEND_OK && ret_id != NULL) {
		*ret_id = id;
	}
	return status;
}

static enum tend_status not_there(
	const struct tend_record_type *t, int64_t id, struct tend_error *err)
{
	return tend_fail(
		err, TEND_NOT_FOUND, _("%s %lld is not there any more"), t->name, (long long)id);
}

/* A statement that changes the one row of the record. */
static enum tend_status update_row(struct tend_store *s, struct statement *st,
	const struct tend_record_type *t, const void *record, struct tend_error *err)
{
	enum tend_status status = write_row(s, st, t, record, NULL, err);
	if (status == TEND_OK && s->db->driver->changes(s->db) == 0) {
		status =
			not_there(t, tend_field_get(tend_field_find(t, "id"), record).integer, err);
	}
	return status;
}

enum tend_status tend_store_update(struct tend_store *s, const struct tend_record_type *t,
	const void *record, struct tend_error *err)
{
	struct statement *st;
	enum tend_status status = statement_for(s, t, UPDATE, &st, err);
	return status == TEND_OK ? update_row(s, st, t, record, err) : status;
}

static enum tend_status update_milestone(struct tend_store *s, enum sql which,
	const struct tend_milestone *m, struct tend_error *err)
{
	enum tend_status status = ready_to_write(s, err);
	if (status != TEND_OK) {
		return status;
	}
	struct statement *st = statement_get(s, which, err);
	return st != NULL ? update_row(s, st, &tend_milestone_type, m, err)
			  : s->db->driver->fail(s->db, err);
}

enum tend_status tend_store_replan(
	struct tend_store *s, const struct tend_milestone *m, struct tend_error *err)
{
	return update_milestone(s, SQL_MILESTONE_REPLAN, m, err);
}

enum tend_status tend_store_rename(
	struct tend_store *s, const struct tend_milestone *m, struct tend_error *err)
{
	return update_milestone(s, SQL_MILESTONE_RENAME, m, err);
}

enum tend_status tend_store_delete(
	struct tend_store *s, const struct tend_record_type *t, int64_t id, struct tend_error *err)
{
	struct statement *st;
	enum tend_status status = statement_for(s, t, REMOVE, &st, err);
	if (status != TEND_OK) {
		return status;
	}
	statement_int(s, st, 1, id);
	if (statement_run(s, st, NULL, NULL) != TEND_OK) {
		return store_fail_write(s, t->name, NULL, err);
	}
	return s->db->driver->changes(s->db) > 0 ? TEND_OK : not_there(t, id, err);
}
