/* SPDX-License-Identifier: MIT */
/*
 * The rows of Today of one customer. A change of a record moves few of them: what is stored is compared with what is
 * to be, and what differs is written over.
 */
#include <stdlib.h>

#include <tend/mem.h>
#include <tend/str.h>

#include "internal.h"

struct wanted {
	int64_t row; /* where it is stored; 0: nowhere */
	bool same;
};
struct gone {
	int64_t *items;
	size_t n, cap;
};

/* The rows that are to be are in the order in which they were stored, but for what came or went: the one that is
 * looked for is mostly the next. */
static size_t find(
	const struct tend_today_row *rows, size_t n, size_t from, const char *kind, int64_t id)
{
	for (size_t k = 0; k < n; k++) {
		size_t i = (from + k) % n;
		if (rows[i].id == id && tend_same(rows[i].kind, kind)) {
			return i;
		}
	}
	return n;
}

static enum tend_status compare(struct tend_store *s, int64_t customer_id,
	const struct tend_today_row *rows, size_t n, struct wanted *wanted, struct gone *gone,
	struct tend_error *err)
{
	enum { ROW, ID, KIND };
	const struct db_driver *driver = s->db->driver;
	struct statement *st = statement_get(s, SQL_TODAY_OF, err);
	if (st == NULL) {
		return driver->fail(s->db, err);
	}
	statement_match(s, st, &tend_today_type);
	statement_int(s, st, 1, customer_id);
	size_t next = 0, length;
	enum db_row row;
	while ((row = driver->step(st->handle)) == DB_ROW) {
		const char *kind = driver->column_text(st->handle, KIND, &length);
		size_t i = find(rows, n, next, kind, COLUMN_INT(s, st, ID));
		if (i == n || wanted[i].row != 0) {
			*TEND_PUSH(gone) = COLUMN_INT(s, st, ROW);
			continue;
		}
		wanted[i] = (struct wanted){
			.row = COLUMN_INT(s, st, ROW), .same = record_is(s, st, &rows[i])};
		next = i + 1;
	}
	enum tend_status status = row == DB_ERROR ? driver->fail(s->db, err) : TEND_OK;
	driver->reset(st->handle);
	return status;
}

static enum tend_status remove_row(struct tend_store *s, int64_t row, struct tend_error *err)
{
	struct statement *st = statement_get(s, SQL_TODAY_REMOVE, err);
	if (st == NULL) {
		return s->db->driver->fail(s->db, err);
	}
	statement_int(s, st, 1, row);
	return statement_run(s, st, NULL, err);
}

static enum tend_status write_over(struct tend_store *s, int64_t row,
	const struct tend_today_row *record, struct tend_error *err)
{
	struct statement *st = statement_get(s, SQL_TODAY_UPDATE, err);
	if (st == NULL) {
		return s->db->driver->fail(s->db, err);
	}
	enum tend_status status = statement_record(s, st, &tend_today_type, record, err);
	if (status != TEND_OK) {
		s->db->driver->reset(st->handle);
		return status;
	}
	statement_int(s, st, 1, row);
	return statement_run(s, st, NULL, NULL) == TEND_OK
		? TEND_OK
		: store_fail_write(s, "today", NULL, err);
}

/* What the head of the list says of all customers is the sum of these. */
static enum tend_status put_counts(struct tend_store *s, int64_t customer_id,
	const struct tend_today_row *rows, size_t n, struct tend_error *err)
{
	int64_t urgent = 0;
	struct statement *st = statement_get(s, SQL_TODAY_COUNTED, err);
	if (st == NULL) {
		return s->db->driver->fail(s->db, err);
	}
	for (size_t i = 0; i < n; i++) {
		urgent += rows[i].band == 0 || tend_same(rows[i].severity, "high");
	}
	statement_int(s, st, 1, customer_id);
	statement_int(s, st, 2, (int64_t)n);
	statement_int(s, st, 3, urgent);
	return statement_run(s, st, NULL, err);
}

enum tend_status tend_store_put_queue(struct tend_store *s, int64_t customer_id,
	const struct tend_today_row *rows, size_t n, struct tend_error *err)
{
	struct wanted *wanted = tend_calloc(n + 1, sizeof(*wanted));
	struct gone gone = {0};
	enum tend_status status = store_want_transaction(s, err);
	status = status == TEND_OK ? compare(s, customer_id, rows, n, wanted, &gone, err) : status;
	for (size_t i = 0; i < gone.n && status == TEND_OK; i++) {
		status = remove_row(s, gone.items[i], err);
	}
	for (size_t i = 0; i < n && status == TEND_OK; i++) {
		if (wanted[i].row == 0) {
			status = tend_store_put_today(s, &rows[i], err);
		} else if (!wanted[i].same) {
			status = write_over(s, wanted[i].row, &rows[i], err);
		}
	}
	free(gone.items);
	free(wanted);
	return status == TEND_OK ? put_counts(s, customer_id, rows, n, err) : status;
}
