/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <tend/lang.h>
#include <tend/mem.h>

#include "internal.h"
#include "place.h"
#include "sqlite/check.h"

static void close_db(struct db *db)
{
	if (db != NULL) {
		db->driver->close(db);
	}
}

/* Opens a copy as a store and looks at all of it. */
static enum tend_status verify(const char *path, struct tend_error *err)
{
	struct db *db = NULL;
	enum tend_status status = sqlite_open(path, DB_READ_ONLY | DB_NO_FOLLOW, &db, err);
	status = status == TEND_OK ? sqlite_sound((struct sqlite_db *)db, err) : status;
	close_db(db);
	return status;
}

/* A verified copy in a new file beside `target`. */
static enum tend_status copy_beside(
	struct db *db, const char *target, char **ret_temp, struct tend_error *err)
{
	char *temp = NULL;
	enum tend_status status = place_temp(target, &temp, err);
	status = status == TEND_OK ? db->driver->copy(db, temp, err) : status;
	status = status == TEND_OK ? verify(temp, err) : status;
	if (status != TEND_OK) {
		place_discard(temp);
		return status;
	}
	*ret_temp = temp;
	return TEND_OK;
}

static bool is_same_file(const char *a, const char *b)
{
	struct stat x, y;
	return stat(a, &x) == 0 && stat(b, &y) == 0 && x.st_dev == y.st_dev && x.st_ino == y.st_ino;
}

enum tend_status tend_store_backup(
	struct tend_store *s, const char *path, bool force, struct tend_error *err)
{
	struct stat st;
	if (is_same_file(s->path, path)) {
		return tend_fail(err, TEND_FAILED,
			_("%s: is the store itself, not a place for a backup"), path);
	}
	if (!force && lstat(path, &st) == 0) {
		return tend_fail(err, TEND_FAILED,
			_("%s: is there already; choose another name, or --force to replace it"),
			path);
	}
	char *temp = NULL;
	enum tend_status status = copy_beside(s->db, path, &temp, err);
	status = status == TEND_OK ? place_file(temp, path, force, err) : status;
	place_discard(temp);
	return status;
}

/* --- restore --- */

static char *kept_name(const char *path)
{
	for (int i = 1;; i++) {
		struct stat st;
		char *name = tend_format("%s.before-restore-%d", path, i);
		if (lstat(name, &st) != 0) {
			return name;
		}
		free(name);
	}
}

/* What a file that is no store any more leaves: its bytes, with the journal that belongs to them. */
static enum tend_status move_aside(const char *path, const char *kept, struct tend_error *err)
{
	char *journal = tend_format("%s-journal", path);
	char *kept_journal = tend_format("%s-journal", kept);
	enum tend_status status = TEND_OK;
	if (rename(path, kept) != 0) {
		status = tend_fail(err, TEND_FAILED, _("%s: cannot be kept as %s: %s"), path, kept,
			strerror(errno));
	} else if (rename(journal, kept_journal) != 0 && errno != ENOENT) {
		status = tend_fail(err, TEND_FAILED, _("%s: cannot be kept as %s: %s"), journal,
			kept_journal, strerror(errno));
	}
	free(journal);
	free(kept_journal);
	return status;
}

/* Into the store that is there, as one transaction: programs that have it open go on with the new
 * content, and a crash leaves the old one. */
static enum tend_status copy_over(
	struct db *from, struct db *present, const char *kept, struct tend_error *err)
{
	char *temp = NULL;
	enum tend_status status = copy_beside(present, kept, &temp, err);
	status = status == TEND_OK ? place_file(temp, kept, false, err) : status;
	place_discard(temp);
	return status == TEND_OK ? from->driver->copy(from, present->path, err) : status;
}

static enum tend_status put_in_place(
	struct db *from, const char *path, const char *kept, bool move, struct tend_error *err)
{
	char *temp = NULL;
	enum tend_status status = copy_beside(from, path, &temp, err);
	status = status == TEND_OK && move ? move_aside(path, kept, err) : status;
	status = status == TEND_OK ? place_file(temp, path, false, err) : status;
	place_discard(temp);
	return status;
}

static enum tend_status restore_from(
	struct db *from, const char *path, const char *kept, bool *ret_kept, struct tend_error *err)
{
	struct stat st;
	if (lstat(path, &st) != 0) {
		return put_in_place(from, path, kept, false, err);
	}
	struct tend_error problem;
	struct db *present = NULL;
	enum tend_status status = sqlite_open(path, 0, &present, &problem);
	if (status == TEND_OK) {
		status = sqlite_sound((struct sqlite_db *)present, &problem);
	}
	*ret_kept = true;
	status = status == TEND_OK ? copy_over(from, present, kept, err)
				   : put_in_place(from, path, kept, true, err);
	close_db(present);
	return status;
}

enum tend_status tend_store_restore(
	const char *from, const char *path, char **ret_kept, struct tend_error *err)
{
	if (is_same_file(from, path)) {
		return tend_fail(
			err, TEND_FAILED, _("%s: is the store itself, not a backup of it"), from);
	}
	struct db *source = NULL;
	enum tend_status status = sqlite_open(from, DB_READ_ONLY, &source, err);
	status = status == TEND_OK ? sqlite_sound((struct sqlite_db *)source, err) : status;
	char *kept = kept_name(path);
	bool is_kept = false;
	status = status == TEND_OK ? restore_from(source, path, kept, &is_kept, err) : status;
	close_db(source);
	if (status == TEND_OK && ret_kept != NULL) {
		*ret_kept = is_kept ? kept : NULL;
		kept = is_kept ? NULL : kept;
	}
	free(kept);
	return status;
}
