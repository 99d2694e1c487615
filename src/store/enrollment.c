/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <stdlib.h>

#include <tend/lang.h>
#include <tend/mem.h>

#include "internal.h"

static struct tend_enrollment row_enrollment(struct tend_store *s, struct db_stmt *row)
{
	const struct db_driver *driver = s->db->driver;
	struct tend_enrollment e;
	size_t n;
	e.id = driver->column_int(row, 0);
	e.customer_id = driver->column_int(row, 1);
	(void)snprintf(e.journey, sizeof(e.journey), "%s", driver->column_text(row, 2, &n));
	e.version = driver->column_int(row, 3);
	e.start.day = (int32_t)driver->column_int(row, 4);
	return e;
}

enum tend_status tend_store_enrollment(struct tend_store *s, int64_t customer_id,
	struct tend_enrollment *ret, struct tend_error *err)
{
	const struct db_driver *driver = s->db->driver;
	struct statement *st = statement_get(s, SQL_ENROLLMENT, err);
	if (st == NULL) {
		return driver->fail(s->db, err);
	}
	statement_int(s, st, 1, customer_id);
	struct tend_enrollment e = {.start = TEND_NO_DATE};
	enum db_row row = driver->step(st->handle);
	if (row == DB_ROW) {
		e = row_enrollment(s, st->handle);
	}
	enum tend_status status = row != DB_ERROR ? TEND_OK : driver->fail(s->db, err);
	driver->reset(st->handle);
	if (status == TEND_OK) {
		*ret = e;
	}
	return status;
}

static enum tend_status end_running(
	struct tend_store *s, const struct tend_enrollment *e, struct tend_error *err)
{
	struct statement *st = statement_get(s, SQL_ENROLLMENT_END, err);
	if (st == NULL) {
		return s->db->driver->fail(s->db, err);
	}
	struct tend_date day = s->journalled ? s->entry.day : e->start;
	statement_int(s, st, 1, e->customer_id);
	statement_int(s, st, 2, tend_has_date(day) ? day.day : e->start.day);
	return statement_run(s, st, NULL, err);
}

enum tend_status tend_store_enroll(
	struct tend_store *s, struct tend_enrollment *e, struct tend_error *err)
{
	enum tend_status status = store_want_transaction(s, err);
	status = status == TEND_OK ? journal_open(s, err) : status;
	status = status == TEND_OK ? end_running(s, e, err) : status;
	if (status != TEND_OK) {
		return status;
	}
	struct statement *st = statement_get(s, SQL_ENROLLMENT_INSERT, err);
	if (st == NULL) {
		return s->db->driver->fail(s->db, err);
	}
	statement_int(s, st, 1, e->customer_id);
	statement_text(s, st, 2, e->journey);
	statement_int(s, st, 3, e->version);
	statement_date(s, st, 4, e->start);
	return statement_run(s, st, &e->id, NULL) == TEND_OK
		? TEND_OK
		: store_fail_write(s, "journey", e->journey, err);
}

enum tend_status tend_store_move_enrollment(
	struct tend_store *s, const struct tend_enrollment *e, struct tend_error *err)
{
	enum tend_status status = store_want_transaction(s, err);
	status = status == TEND_OK ? journal_open(s, err) : status;
	if (status != TEND_OK) {
		return status;
	}
	struct statement *st = statement_get(s, SQL_ENROLLMENT_MOVE, err);
	if (st == NULL) {
		return s->db->driver->fail(s->db, err);
	}
	statement_int(s, st, 1, e->id);
	statement_int(s, st, 2, e->version);
	statement_date(s, st, 3, e->start);
	return statement_run(s, st, NULL, err);
}

enum tend_status tend_store_enrollments(struct tend_store *s, const char *journey,
	struct tend_enrollment **ret, size_t *ret_n, struct tend_error *err)
{
	const struct db_driver *driver = s->db->driver;
	struct statement *st = statement_get(s, SQL_ENROLLMENTS, err);
	if (st == NULL) {
		return driver->fail(s->db, err);
	}
	struct {
		struct tend_enrollment *items;
		size_t n, cap;
	} all = {0};
	statement_text(s, st, 1, journey);
	enum db_row row;
	while ((row = driver->step(st->handle)) == DB_ROW) {
		*TEND_PUSH(&all) = row_enrollment(s, st->handle);
	}
	enum tend_status status = row == DB_DONE ? TEND_OK : driver->fail(s->db, err);
	driver->reset(st->handle);
	if (status != TEND_OK) {
		free(all.items);
		return status;
	}
	*ret = all.items != NULL ? all.items : tend_alloc(sizeof(*all.items));
	*ret_n = all.n;
	return TEND_OK;
}
