/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <tend/file.h>
#include <tend/lang.h>
#include <tend/mem.h>
#include <tend/str.h>

#include "internal.h"
#include "place.h"
#include "sqlite/sqlite.h"

static enum tend_status make_folder(const char *path, struct tend_error *err)
{
	const char *slash = strrchr(path, '/');
	if (slash == NULL || slash == path) {
		return TEND_OK;
	}
	char *folder = tend_strndup(path, (size_t)(slash - path));
	enum tend_status status = tend_mkdirs(folder, err);
	free(folder);
	return status;
}

static enum tend_status fail_existing(const char *path, struct tend_error *err)
{
	return tend_fail(
		err, TEND_FAILED, _("%s: is there already: a new store needs a new name"), path);
}

/* Made beside its place and linked there when it is whole: nobody ever opens half a store. */
static enum tend_status create(const char *path, struct tend_error *err)
{
	struct stat st;
	if (lstat(path, &st) == 0) {
		return fail_existing(path, err);
	}
	char *temp = NULL;
	enum tend_status status = make_folder(path, err);
	status = status == TEND_OK ? place_temp(path, &temp, err) : status;
	status = status == TEND_OK ? sqlite_create(temp, err) : status;
	if (status == TEND_OK) {
		status = place_file(temp, path, false, err);
		if (status != TEND_OK && lstat(path, &st) == 0) {
			status = fail_existing(path, err);
		}
	}
	place_discard(temp);
	return status;
}

enum tend_status tend_store_open(
	const char *path, unsigned flags, struct tend_store **ret, struct tend_error *err)
{
	enum tend_status status = TEND_OK;
	if (tend_starts_with(path, "postgresql://") || tend_starts_with(path, "postgres://")) {
		return tend_fail(err, TEND_UNAVAILABLE, "%s",
			_("this tend keeps its store in a file; a server's address cannot be "
			  "opened"));
	}
	if ((flags & TEND_STORE_CREATE) != 0) {
		status = create(path, err);
	}
	struct db *db = NULL;
	bool read_only = (flags & TEND_STORE_READ_ONLY) != 0;
	status = status == TEND_OK ? sqlite_open(path, read_only ? DB_READ_ONLY : 0, &db, err)
				   : status;
	if (status != TEND_OK) {
		return status;
	}
	struct tend_store *s = tend_alloc(sizeof(*s));
	s->db = db;
	s->path = tend_strdup(path);
	s->read_only = read_only;
	*ret = s;
	return TEND_OK;
}

void tend_store_close(struct tend_store *s)
{
	if (s == NULL) {
		return;
	}
	tend_store_rollback(s);
	statements_finish(s);
	s->db->driver->close(s->db);
	free(s->path);
	free(s);
}

const char *tend_store_path(const struct tend_store *s)
{
	return s->path;
}

int64_t tend_store_version(struct tend_store *s)
{
	return s->db->driver->version(s->db);
}

void tend_store_hold(struct tend_store *s)
{
	if (s->holds++ == 0 && !s->begun) {
		s->db->driver->hold(s->db, true);
		s->held = true;
	}
}

static void end_hold(struct tend_store *s)
{
	if (s->held) {
		s->db->driver->hold(s->db, false);
		s->held = false;
	}
}

void tend_store_release(struct tend_store *s)
{
	if (--s->holds == 0) {
		end_hold(s);
	}
}

static void forget_entry(struct tend_store *s)
{
	free((char *)s->entry.actor);
	free((char *)s->entry.command);
	s->entry = (struct tend_journal_entry){0};
	s->begun = false;
	s->journalled = false;
	s->entry_id = 0;
	s->first_seq = 0;
}

enum tend_status tend_store_begin(
	struct tend_store *s, const struct tend_journal_entry *entry, struct tend_error *err)
{
	if (s->begun) {
		return tend_fail(err, TEND_FAILED, "store: a transaction within a transaction");
	}
	if (s->read_only) {
		return tend_fail(err, TEND_UNAVAILABLE,
			_("%s: the store was opened for reading only"), s->path);
	}
	end_hold(s);
	enum tend_status status = s->db->driver->begin(s->db, err);
	if (status != TEND_OK) {
		return status;
	}
	s->begun = true;
	s->journalled = entry != NULL;
	if (entry != NULL) {
		s->entry = *entry;
		s->entry.actor = tend_strdup(entry->actor);
		s->entry.command = tend_strdup(entry->command);
	}
	return TEND_OK;
}

enum tend_status tend_store_commit(
	struct tend_store *s, const char *summary, int64_t *ret_changes, struct tend_error *err)
{
	enum tend_status status = store_want_transaction(s, err);
	if (status != TEND_OK) {
		return status;
	}
	int64_t changes = 0, id = s->entry_id;
	status = journal_close(s, summary, &changes, err);
	status = status == TEND_OK ? s->db->driver->commit(s->db, err) : status;
	if (status != TEND_OK) {
		tend_store_rollback(s);
		return status;
	}
	if (changes > 0) {
		s->last_entry = id;
	}
	forget_entry(s);
	if (ret_changes != NULL) {
		*ret_changes = changes;
	}
	return TEND_OK;
}

void tend_store_rollback(struct tend_store *s)
{
	if (s->begun) {
		s->db->driver->rollback(s->db);
		forget_entry(s);
	}
}

enum tend_status tend_store_info(
	struct tend_store *s, struct tend_store_info *ret, struct tend_error *err)
{
	const struct db_driver *driver = s->db->driver;
	struct statement *st = statement_get(s, SQL_INFO, err);
	if (st == NULL) {
		return driver->fail(s->db, err);
	}
	enum tend_status status = TEND_OK;
	if (driver->step(st->handle) == DB_ROW) {
		*ret = (struct tend_store_info){
			.schema_version = driver->schema_version(s->db),
			.customers = COLUMN_INT(s, st, 0),
			.milestones = COLUMN_INT(s, st, 1),
			.points = COLUMN_INT(s, st, 2),
			.activities = COLUMN_INT(s, st, 3),
			.entries = COLUMN_INT(s, st, 4),
			.bytes = driver->bytes(s->db),
		};
	} else {
		status = driver->fail(s->db, err);
	}
	driver->reset(st->handle);
	return status;
}
