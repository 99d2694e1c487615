/* SPDX-License-Identifier: MIT */
/*
 * The rows of Today of one customer. A change of a record moves few of them: rows are written over in place
 * where they differ, so that their order, which is that of their numbers, stays what the caller gave.
 */
#include <stdlib.h>
#include <string.h>

#include <tend/mem.h>
#include <tend/str.h>

#include "internal.h"

struct stored {
	int64_t row;
	bool same; /* as the new row at its place */
	bool same_from_end; /* as the new row at its place counted from the end */
};
struct queue {
	struct stored *items;
	size_t n, cap;
};

static enum tend_status load(struct tend_store *s, int64_t customer_id,
	const struct tend_today_row *rows, size_t n, struct queue *q, struct tend_error *err)
{
	const struct db_driver *driver = s->db->driver;
	struct statement *st = statement_get(s, SQL_TODAY_OF, err);
	if (st == NULL) {
		return driver->fail(s->db, err);
	}
	statement_match(s, st, &tend_today_type);
	statement_int(s, st, 1, customer_id);
	enum db_row row;
	while ((row = driver->step(st->handle)) == DB_ROW) {
		size_t i = q->n;
		struct stored *stored = TEND_PUSH(q);
		*stored = (struct stored){.row = COLUMN_INT(s, st, 0)};
		stored->same = i < n && record_is(s, st, &rows[i]);
	}
	enum tend_status status = row == DB_ERROR ? driver->fail(s->db, err) : TEND_OK;
	driver->reset(st->handle);
	return status;
}

/* More rows are stored than there are to be: most often one has gone, and those after it are what they were. */
static enum tend_status compare_from_end(struct tend_store *s, int64_t customer_id,
	const struct tend_today_row *rows, size_t n, struct queue *q, struct tend_error *err)
{
	const struct db_driver *driver = s->db->driver;
	struct statement *st = statement_get(s, SQL_TODAY_OF, err);
	if (st == NULL) {
		return driver->fail(s->db, err);
	}
	statement_int(s, st, 1, customer_id);
	size_t gone = q->n - n;
	enum db_row row = DB_DONE;
	for (size_t i = 0; i < q->n && (row = driver->step(st->handle)) == DB_ROW; i++) {
		q->items[i].same_from_end = i >= gone && record_is(s, st, &rows[i - gone]);
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

/* The stored rows that go: those before the ones at the end that stay. */
static enum tend_status remove_rows(struct tend_store *s, int64_t customer_id,
	const struct tend_today_row *rows, size_t n, struct queue *q, struct tend_error *err)
{
	enum tend_status status = compare_from_end(s, customer_id, rows, n, q, err);
	size_t end = q->n, gone = q->n - n;
	while (end > gone && q->items[end - 1].same_from_end) {
		end--;
	}
	for (size_t i = end - gone; i < end && status == TEND_OK; i++) {
		status = remove_row(s, q->items[i].row, err);
	}
	for (size_t i = end; i < q->n; i++) {
		q->items[i - gone] = q->items[i];
		q->items[i - gone].same = true;
	}
	q->n = n;
	return status;
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
	struct queue q = {0};
	enum tend_status status = store_want_transaction(s, err);
	status = status == TEND_OK ? load(s, customer_id, rows, n, &q, err) : status;
	if (status == TEND_OK && q.n > n) {
		status = remove_rows(s, customer_id, rows, n, &q, err);
	}
	for (size_t i = 0; i < n && status == TEND_OK; i++) {
		if (i >= q.n) {
			status = tend_store_put_today(s, &rows[i], err);
		} else if (!q.items[i].same) {
			status = write_over(s, q.items[i].row, &rows[i], err);
		}
	}
	free(q.items);
	return status == TEND_OK ? put_counts(s, customer_id, rows, n, err) : status;
}
