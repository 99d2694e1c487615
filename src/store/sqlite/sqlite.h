/* SPDX-License-Identifier: MIT */
/* The SQLite driver: one file, a rollback journal, every write synced. */
#ifndef STORE_SQLITE_H
#define STORE_SQLITE_H

#include <sqlite3.h>

#include "db.h"
#include "sqlite/recorder.h"
#include "sqlite/spool.h"

#define SQLITE_CACHE "PRAGMA cache_size = -8192"
#define SQLITE_WRITER_CACHE "PRAGMA cache_size = -16384"

struct sqlite_db {
	struct db base;
	sqlite3 *handle;
	struct spool *spool; /* through which it writes */
	sqlite3_stmt *version, *schema, *begin, *commit, *hold;
	bool impatient; /* waits for nobody's lock */
	bool writes; /* it was made ready for that */
	struct recorder *recorder; /* NULL before the first entry of the journal */
	int64_t seen; /* the version that was read last */
	int64_t wait_began; /* of the wait that is going on, in ms of the monotonic clock */
	uint32_t random;
};

extern const struct db_driver sqlite_driver;

/* An existing store: checked before anything in it is read; migrated where it is older. */
enum tend_status sqlite_open(
	const char *path, unsigned flags, struct db **ret, struct tend_error *err);
/* Makes the schema in the file `path`, which is there and empty. */
enum tend_status sqlite_create(const char *path, struct tend_error *err);
/* Any SQLite file, with the settings of a store, nothing checked. */
enum tend_status sqlite_connect(
	const char *path, unsigned flags, struct sqlite_db **ret, struct tend_error *err);
enum tend_status sqlite_run(struct sqlite_db *db, const char *sql, struct tend_error *err);
enum tend_status sqlite_fail(struct sqlite_db *db, struct tend_error *err);
/* The number that a statement without parameters gives; -1 where it fails. */
int64_t sqlite_number(struct sqlite_db *db, const char *sql);
/* The process that holds a lock on the file, 0 where it cannot be told. */
long sqlite_lock_holder(const char *path);

#endif
