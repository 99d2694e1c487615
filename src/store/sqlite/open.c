/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <tend/lang.h>
#include <tend/mem.h>

#include "sqlite/look.h"
#include "sqlite/schema.h"

enum {
	BUSY_MS = 5000,
	LOOKASIDE_SIZE = 4096, /* bytes */
	LOOKASIDE_ROOMS = 24,
	ROW_MAX =
		4 * 1024 * 1024, /* bytes; ten times what the longest texts and their images need */
};

/*
 * Short, even waits with some jitter: a wait that grew with every try would let programs that come
 * later overtake for seconds.
 */
static int wait_busy(void *ctx, int tries)
{
	struct sqlite_db *db = ctx;
	struct timespec now;
	if (db->impatient) {
		return 0;
	}
	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	int64_t ms = (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
	if (tries == 0) {
		db->wait_began = ms;
	}
	if (ms - db->wait_began >= BUSY_MS) {
		return 0;
	}
	db->random = db->random * 1664525u + 1013904223u;
	long us = tries < 3 ? 200 + (db->random >> 16) % 300 : 700 + (db->random >> 16) % 1200;
	struct timespec pause = {.tv_nsec = us * 1000};
	(void)nanosleep(&pause, NULL);
	return 1;
}

/* What a file may not do when it is opened, before any of it is read. */
static enum tend_status secure(struct sqlite_db *db, struct tend_error *err)
{
	/* Rooms for what a row that goes along runs in: else each asks the system for one. */
	(void)sqlite3_db_config(
		db->handle, SQLITE_DBCONFIG_LOOKASIDE, NULL, LOOKASIDE_SIZE, LOOKASIDE_ROOMS);
	static const struct {
		int option, on;
	} options[] = {
		{SQLITE_DBCONFIG_DEFENSIVE, 1},
		{SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},
		{SQLITE_DBCONFIG_DQS_DML, 0},
		{SQLITE_DBCONFIG_DQS_DDL, 0},
		{SQLITE_DBCONFIG_ENABLE_VIEW, 0},
		{SQLITE_DBCONFIG_ENABLE_FKEY, 1},
	};
	for (size_t i = 0; i < sizeof(options) / sizeof(options[0]); i++) {
		if (sqlite3_db_config(db->handle, options[i].option, options[i].on, NULL)
			!= SQLITE_OK) {
			return sqlite_fail(db, err);
		}
	}
	(void)sqlite3_limit(db->handle, SQLITE_LIMIT_ATTACHED, 0);
	(void)sqlite3_limit(db->handle, SQLITE_LIMIT_LENGTH, ROW_MAX);
	(void)sqlite3_busy_handler(db->handle, wait_busy, db);
	/* A reader passes by most pages once: the system keeps them, and memory that is new each time costs. */
	return sqlite_run(db,
		"PRAGMA mmap_size = 0; PRAGMA cell_size_check = ON; PRAGMA synchronous = "
		"FULL; " SQLITE_CACHE "; PRAGMA temp_store = MEMORY",
		err);
}

/* One thread, which asks for no statistics of its memory: locks around each allocation cost a tenth of an
 * import. Refused, and no matter, where the library runs already. */
static void spare_locks(void)
{
	(void)sqlite3_config(SQLITE_CONFIG_SINGLETHREAD);
	(void)sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

enum tend_status sqlite_connect(
	const char *path, unsigned flags, struct sqlite_db **ret, struct tend_error *err)
{
	spare_locks();
	struct sqlite_db *db = tend_alloc(sizeof(*db));
	db->base.driver = &sqlite_driver;
	/* ":memory:" is a file name here. */
	db->base.path = path[0] == ':' ? tend_format("./%s", path) : tend_strdup(path);
	db->random = (uint32_t)getpid() * 2654435761u;
	int how = (flags & DB_READ_ONLY) != 0 ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
	how |= SQLITE_OPEN_EXRESCODE | SQLITE_OPEN_NOMUTEX;
	how |= (flags & DB_NO_FOLLOW) != 0 ? SQLITE_OPEN_NOFOLLOW : 0;
	enum tend_status status;
	const char *system = NULL;
	db->spool = spool_create(&system);
	if (sqlite3_open_v2(db->base.path, &db->handle, how, system) != SQLITE_OK) {
		status = tend_fail(err, TEND_UNAVAILABLE, _("%s: the store cannot be opened: %s"),
			path, strerror(errno != 0 ? errno : ENOENT));
	} else {
		status = secure(db, err);
	}
	if (status != TEND_OK) {
		sqlite_driver.close(&db->base);
		return status;
	}
	*ret = db;
	return TEND_OK;
}

enum tend_status sqlite_open(
	const char *path, unsigned flags, struct db **ret, struct tend_error *err)
{
	struct sqlite_db *db = NULL;
	enum tend_status status = sqlite_look(path, err);
	status = status == TEND_OK ? sqlite_connect(path, flags, &db, err) : status;
	if (status != TEND_OK) {
		return status;
	}
	int version = 0;
	if ((flags & DB_UNCHECKED) == 0) { /* as of one moment */
		sqlite_driver.hold(&db->base, true);
		status = schema_verify(db, &schema_current, &version, err);
		status = status == TEND_OK ? sqlite_whole(db, err) : status;
		sqlite_driver.hold(&db->base, false);
	}
	if (status == TEND_OK && (flags & (DB_READ_ONLY | DB_UNCHECKED)) == 0) {
		status = sqlite_run(db, "PRAGMA journal_mode = TRUNCATE", err);
	}
	if (status == TEND_OK && (flags & DB_UNCHECKED) == 0 && version < schema_current.version) {
		status = schema_migrate(db, &schema_current, version, err);
	}
	if (status != TEND_OK) {
		sqlite_driver.close(&db->base);
		return status;
	}
	*ret = &db->base;
	return TEND_OK;
}

enum tend_status sqlite_create(const char *path, struct tend_error *err)
{
	struct sqlite_db *db = NULL;
	enum tend_status status = sqlite_connect(path, DB_NO_FOLLOW, &db, err);
	if (status != TEND_OK) {
		return status;
	}
	status = schema_create(db, err);
	sqlite_driver.close(&db->base);
	return status;
}
