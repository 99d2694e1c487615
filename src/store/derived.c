/* SPDX-License-Identifier: MIT */
#include "internal.h"

static enum tend_status ready(
	struct tend_store *s, enum sql which, struct statement **ret, struct tend_error *err)
{
	enum tend_status status = store_want_transaction(s, err);
	if (status == TEND_OK) {
		*ret = statement_get(s, which, err);
		status = *ret != NULL ? TEND_OK : s->db->driver->fail(s->db, err);
	}
	return status;
}

enum tend_status tend_store_put_state(struct tend_store *s, const struct tend_customer *c,
	struct tend_date day, struct tend_error *err)
{
	struct statement *st;
	enum tend_status status = ready(s, SQL_STATE_PUT, &st, err);
	if (status != TEND_OK) {
		return status;
	}
	status = statement_record(s, st, &tend_customer_type, c, err);
	if (status != TEND_OK) {
		s->db->driver->reset(st->handle);
		return status;
	}
	statement_date(s, st, 1, day);
	return statement_run(s, st, NULL, NULL) == TEND_OK
		? TEND_OK
		: store_fail_write(s, "customer", NULL, err);
}

enum tend_status tend_store_put_condition(
	struct tend_store *s, const struct tend_condition *c, struct tend_error *err)
{
	struct statement *st;
	enum tend_status status = ready(s, SQL_CONDITION_PUT, &st, err);
	if (status != TEND_OK) {
		return status;
	}
	statement_int(s, st, 1, c->customer_id);
	statement_text(s, st, 2, c->name);
	if (c->truth != TEND_NO_INT) {
		statement_int(s, st, 3, c->truth);
	}
	statement_int(s, st, 4, c->ticked == 1);
	return statement_run(s, st, NULL, NULL) == TEND_OK
		? TEND_OK
		: store_fail_write(s, "condition", c->name, err);
}

enum tend_status tend_store_clear_conditions(
	struct tend_store *s, int64_t customer_id, struct tend_error *err)
{
	struct statement *st;
	enum tend_status status = ready(s, SQL_CONDITIONS_CLEAR, &st, err);
	if (status == TEND_OK) {
		statement_int(s, st, 1, customer_id);
		status = statement_run(s, st, NULL, err);
	}
	return status;
}

enum tend_status tend_store_put_today(
	struct tend_store *s, const struct tend_today_row *row, struct tend_error *err)
{
	struct statement *st;
	enum tend_status status = ready(s, SQL_TODAY_INSERT, &st, err);
	if (status != TEND_OK) {
		return status;
	}
	status = statement_record(s, st, &tend_today_type, row, err);
	if (status != TEND_OK) {
		s->db->driver->reset(st->handle);
		return status;
	}
	return statement_run(s, st, NULL, NULL) == TEND_OK
		? TEND_OK
		: store_fail_write(s, "today", NULL, err);
}

enum tend_status tend_store_today_count(
	struct tend_store *s, int64_t *ret_all, int64_t *ret_urgent, struct tend_error *err)
{
	struct statement *st = statement_get(s, SQL_TODAY_COUNT, err);
	if (st == NULL) {
		return s->db->driver->fail(s->db, err);
	}
	enum tend_status status = TEND_OK;
	if (s->db->driver->step(st->handle) == DB_ROW) {
		*ret_all = COLUMN_INT(s, st, 0);
		*ret_urgent = COLUMN_INT(s, st, 1);
	} else {
		status = s->db->driver->fail(s->db, err);
	}
	s->db->driver->reset(st->handle);
	return status;
}

enum tend_status tend_store_stale(struct tend_store *s, struct tend_date day, int64_t *ids,
	size_t limit, size_t *ret_n, struct tend_error *err)
{
	const struct db_driver *driver = s->db->driver;
	struct statement *st = statement_get(s, SQL_STALE, err);
	if (st == NULL) {
		return driver->fail(s->db, err);
	}
	statement_int(s, st, 1, day.day);
	statement_int(s, st, 2, limit < INT64_MAX ? (int64_t)limit : INT64_MAX);
	size_t n = 0;
	enum db_row row;
	while ((row = driver->step(st->handle)) == DB_ROW) {
		ids[n++] = driver->column_int(st->handle, 0);
	}
	enum tend_status status = row == DB_DONE ? TEND_OK : driver->fail(s->db, err);
	driver->reset(st->handle);
	if (status == TEND_OK) {
		*ret_n = n;
	}
	return status;
}
