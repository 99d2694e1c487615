/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include <tend/lang.h>
#include <tend/mem.h>

#include "internal.h"

/* Runs a statement with numbers. */
static enum tend_status run(struct tend_store *s, enum sql which, const int64_t *args, size_t n,
	int64_t *ret, struct tend_error *err)
{
	struct statement *st = statement_get(s, which, err);
	if (st == NULL) {
		return s->db->driver->fail(s->db, err);
	}
	for (size_t i = 0; i < n; i++) {
		statement_int(s, st, (int)i + 1, args[i]);
	}
	return statement_run(s, st, ret, err);
}

enum tend_status journal_open(struct tend_store *s, struct tend_error *err)
{
	if (!s->journalled || s->entry_id != 0) {
		return TEND_OK;
	}
	struct statement *st = statement_get(s, SQL_JOURNAL_OPEN, err);
	if (st == NULL) {
		return s->db->driver->fail(s->db, err);
	}
	statement_int(s, st, 1, s->entry.at);
	statement_date(s, st, 2, s->entry.day);
	statement_text(s, st, 3, s->entry.actor);
	statement_text(s, st, 4, s->entry.command);
	int64_t id = 0, seq = 0;
	enum tend_status status = statement_run(s, st, &id, err);
	status = status == TEND_OK ? run(s, SQL_JOURNAL_LAST_SEQ, NULL, 0, &seq, err) : status;
	if (status == TEND_OK) {
		s->db->driver->record(s->db, id);
		s->entry_id = id;
		s->first_seq = seq + 1;
	}
	return status;
}

static enum tend_status keep_entry(
	struct tend_store *s, const char *summary, int64_t last_seq, struct tend_error *err)
{
	struct statement *st = statement_get(s, SQL_JOURNAL_CLOSE, err);
	if (st == NULL) {
		return s->db->driver->fail(s->db, err);
	}
	statement_int(s, st, 1, s->entry_id);
	statement_text(s, st, 2, summary);
	statement_int(s, st, 3, s->first_seq);
	statement_int(s, st, 4, last_seq);
	enum tend_status status = statement_run(s, st, NULL, err);
	return status == TEND_OK ? run(s, SQL_JOURNAL_BURY, NULL, 0, NULL, err) : status;
}

enum tend_status journal_close(
	struct tend_store *s, const char *summary, int64_t *ret_changes, struct tend_error *err)
{
	if (s->entry_id == 0) {
		return TEND_OK;
	}
	int64_t seq = 0;
	enum tend_status status = s->db->driver->recorded(s->db, err);
	s->db->driver->record(s->db, 0);
	status = status == TEND_OK ? run(s, SQL_JOURNAL_LAST_SEQ, NULL, 0, &seq, err) : status;
	if (status != TEND_OK) {
		return status;
	}
	if (seq < s->first_seq) {
		return run(s, SQL_JOURNAL_REMOVE, (int64_t[]){s->entry_id}, 1, NULL, err);
	}
	*ret_changes = seq - s->first_seq + 1;
	return keep_entry(s, summary, seq, err);
}

enum tend_status tend_store_touched(
	struct tend_store *s, int64_t **ret_ids, size_t *ret_n, struct tend_error *err)
{
	const struct db_driver *driver = s->db->driver;
	bool open = s->begun && s->entry_id != 0;
	enum tend_status status = open ? driver->recorded(s->db, err) : TEND_OK;
	if (status != TEND_OK) {
		return status;
	}
	struct statement *st = statement_get(s, SQL_JOURNAL_TOUCHED, err);
	if (st == NULL) {
		return driver->fail(s->db, err);
	}
	/* An open entry that wrote nothing yet touched nobody. */
	bool nothing = s->begun && s->journalled && s->entry_id == 0;
	statement_int(s, st, 1, nothing ? -1 : open ? s->entry_id : s->last_entry);
	struct {
		int64_t *items;
		size_t n, cap;
	} ids = {0};
	enum db_row row;
	while ((row = driver->step(st->handle)) == DB_ROW) {
		*TEND_PUSH(&ids) = driver->column_int(st->handle, 0);
	}
	status = row == DB_DONE ? TEND_OK : driver->fail(s->db, err);
	driver->reset(st->handle);
	if (status != TEND_OK) {
		free(ids.items);
		return status;
	}
	*ret_ids = ids.items != NULL ? ids.items : tend_alloc(sizeof(*ids.items));
	*ret_n = ids.n;
	return TEND_OK;
}
