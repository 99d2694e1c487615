/* SPDX-License-Identifier: MIT */
#include <tend/mem.h>

#include "internal.h"

enum tend_status tend_store_get(
	struct tend_store *s, const char *name, char **ret, struct tend_error *err)
{
	const struct db_driver *driver = s->db->driver;
	struct statement *st = statement_get(s, SQL_SETTING_GET, err);
	if (st == NULL) {
		return driver->fail(s->db, err);
	}
	statement_text(s, st, 1, name);
	enum db_row row = driver->step(st->handle);
	enum tend_status status = row != DB_ERROR ? TEND_OK : driver->fail(s->db, err);
	if (status == TEND_OK) {
		size_t n;
		*ret = row == DB_ROW ? tend_strdup(driver->column_text(st->handle, 0, &n)) : NULL;
	}
	driver->reset(st->handle);
	return status;
}

static enum tend_status put(
	struct tend_store *s, const char *name, const char *value, struct tend_error *err)
{
	enum tend_status status = journal_open(s, err);
	if (status != TEND_OK) {
		return status;
	}
	struct statement *st =
		statement_get(s, value != NULL ? SQL_SETTING_PUT : SQL_SETTING_REMOVE, err);
	if (st == NULL) {
		return s->db->driver->fail(s->db, err);
	}
	statement_text(s, st, 1, name);
	statement_text(s, st, 2, value);
	return statement_run(s, st, NULL, err);
}

enum tend_status tend_store_set(
	struct tend_store *s, const char *name, const char *value, struct tend_error *err)
{
	if (s->begun) {
		return put(s, name, value, err);
	}
	enum tend_status status = tend_store_begin(s, NULL, err);
	status = status == TEND_OK ? put(s, name, value, err) : status;
	if (status == TEND_OK) {
		return tend_store_commit(s, NULL, NULL, err);
	}
	tend_store_rollback(s);
	return status;
}
