/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <tend/lang.h>
#include <tend/mem.h>
#include <tend/store.h>

#include "sqlite/check.h"
#include "sqlite/schema.h"

struct db_stmt {
	struct sqlite_db *db;
	sqlite3_stmt *handle;
	bool gives_id, given; /* its one row is the id of the row that it inserted */
};

/* What RETURNING costs in SQLite (a temporary table a row) is more than the insert itself: the id of the
 * new row is known anyway. */
#define RETURNING_ID " RETURNING id"
/*
 * One row is there whole or not at all: what can be wrong with it is found before any of it is written,
 * so that it can do without a journal of the statement, which would cost as much again.
 */
#define INSERT "INSERT INTO "
#define INSERT_FAIL "INSERT OR FAIL INTO "

static struct sqlite_db *of(struct db *db)
{
	return (struct sqlite_db *)db;
}

static enum db_problem problem_of(int code)
{
	switch (code & 0xff) {
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return DB_PROBLEM_BUSY;
	case SQLITE_FULL:
		return DB_PROBLEM_FULL;
	case SQLITE_READONLY:
	case SQLITE_PERM:
		return DB_PROBLEM_READ_ONLY;
	case SQLITE_CORRUPT:
	case SQLITE_NOTADB:
	case SQLITE_TOOBIG: /* longer than any text that gets in */
		return DB_PROBLEM_DAMAGED;
	case SQLITE_MISMATCH:
		return DB_PROBLEM_VALUE;
	case SQLITE_CONSTRAINT:
		return code == SQLITE_CONSTRAINT_UNIQUE || code == SQLITE_CONSTRAINT_PRIMARYKEY
				|| code == SQLITE_CONSTRAINT_ROWID
			? DB_PROBLEM_UNIQUE
			: code == SQLITE_CONSTRAINT_FOREIGNKEY ? DB_PROBLEM_REFERENCE
							       : DB_PROBLEM_VALUE;
	default:
		return DB_PROBLEM_OTHER;
	}
}

static enum tend_status fail_busy(const char *path, struct tend_error *err)
{
	long holder = sqlite_lock_holder(path);
	if (holder > 0) {
		return tend_fail(err, TEND_UNAVAILABLE,
			_("%s: the store is busy: process %ld is writing to it; try again, or end "
			  "that "
			  "process"),
			path, holder);
	}
	return tend_fail(err, TEND_UNAVAILABLE,
		_("%s: the store is busy: another program is using it; try again when it is done"),
		path);
}

enum tend_status sqlite_fail(struct sqlite_db *db, struct tend_error *err)
{
	const char *path = db->base.path;
	int code = sqlite3_extended_errcode(db->handle);
	if ((code & 0xff) == SQLITE_NOTADB) {
		return tend_fail(err, TEND_UNAVAILABLE, _("%s: not a store of tend"), path);
	}
	switch (problem_of(code)) {
	case DB_PROBLEM_BUSY:
		return fail_busy(path, err);
	case DB_PROBLEM_FULL:
		return tend_fail(err, TEND_FAILED,
			_("%s: the disk is full: nothing was saved; make room and try again"),
			path);
	case DB_PROBLEM_READ_ONLY:
		return tend_fail(err, TEND_UNAVAILABLE,
			_("%s: the store cannot be written: the file or its folder is read-only"),
			path);
	case DB_PROBLEM_DAMAGED:
		return tend_fail(err, TEND_UNAVAILABLE,
			_("%s: the store is damaged (%s); put a backup in its place with `tend "
			  "store "
			  "restore`"),
			path, sqlite3_errmsg(db->handle));
	case DB_PROBLEM_UNIQUE:
	case DB_PROBLEM_REFERENCE:
	case DB_PROBLEM_VALUE:
		return tend_fail(err, TEND_BAD_INPUT, "%s: %s", path, sqlite3_errmsg(db->handle));
	case DB_PROBLEM_OTHER:
		break;
	}
	int os = sqlite3_system_errno(db->handle);
	if ((code & 0xff) == SQLITE_IOERR || (code & 0xff) == SQLITE_CANTOPEN) {
		return tend_fail(err, TEND_UNAVAILABLE,
			_("%s: the store cannot be read or written: %s"), path,
			os != 0 ? strerror(os) : sqlite3_errmsg(db->handle));
	}
	return tend_fail(err, TEND_FAILED, "%s: %s", path, sqlite3_errmsg(db->handle));
}

static void drive_close(struct db *base)
{
	struct sqlite_db *db = of(base);
	(void)sqlite3_finalize(db->version);
	(void)sqlite3_finalize(db->schema);
	(void)sqlite3_finalize(db->begin);
	(void)sqlite3_finalize(db->commit);
	(void)sqlite3_finalize(db->hold);
	recorder_destroy(db->recorder);
	(void)sqlite3_close_v2(db->handle);
	spool_destroy(db->spool);
	free(db->base.path);
	free(db);
}

static enum tend_status drive_prepare(
	struct db *base, const char *sql, struct db_stmt **ret, struct tend_error *err)
{
	sqlite3_stmt *handle = NULL;
	size_t n = strlen(sql), head = sizeof(INSERT) - 1, tail = sizeof(RETURNING_ID) - 1;
	bool gives_id = n > head + tail && strncmp(sql, INSERT, head) == 0
		&& strcmp(sql + n - tail, RETURNING_ID) == 0;
	char *own = gives_id ? tend_format(INSERT_FAIL "%.*s", (int)(n - head - tail), sql + head)
			     : NULL;
	int code = sqlite3_prepare_v3(of(base)->handle, own != NULL ? own : sql, -1,
		SQLITE_PREPARE_PERSISTENT, &handle, NULL);
	free(own);
	if (code != SQLITE_OK) {
		return sqlite_fail(of(base), err);
	}
	struct db_stmt *s = tend_alloc(sizeof(*s));
	s->db = of(base);
	s->handle = handle;
	s->gives_id = gives_id;
	*ret = s;
	return TEND_OK;
}

static void drive_finalize(struct db_stmt *s)
{
	if (s != NULL) {
		(void)sqlite3_finalize(s->handle);
		free(s);
	}
}

static int drive_param_count(struct db_stmt *s)
{
	return sqlite3_bind_parameter_count(s->handle);
}

static const char *drive_param_name(struct db_stmt *s, int i)
{
	const char *name = sqlite3_bind_parameter_name(s->handle, i);
	return name != NULL ? name + 1 : "";
}

/* Binding fails on numbers out of range and on texts past SQLite's limit: step then finds NULL. */
static void drive_bind_null(struct db_stmt *s, int i)
{
	(void)sqlite3_bind_null(s->handle, i);
}

static void drive_bind_int(struct db_stmt *s, int i, int64_t value)
{
	(void)sqlite3_bind_int64(s->handle, i, value);
}

static void drive_bind_double(struct db_stmt *s, int i, double value)
{
	(void)sqlite3_bind_double(s->handle, i, value);
}

static void drive_bind_text(struct db_stmt *s, int i, const char *text)
{
	(void)sqlite3_bind_text(s->handle, i, text, -1, SQLITE_STATIC);
}

static enum db_row drive_step(struct db_stmt *s)
{
	if (s->given) {
		s->given = false;
		return DB_DONE;
	}
	struct recorder *recorder = s->db->recorder;
	if (recorder != NULL && recorder_is_full(recorder)
		&& recorder_write(recorder) != SQLITE_OK) {
		return DB_ERROR;
	}
	size_t before = recorder != NULL ? recorder_mark(recorder) : 0;
	switch (sqlite3_step(s->handle)) {
	case SQLITE_ROW:
		return DB_ROW;
	case SQLITE_DONE:
		s->given = s->gives_id;
		return s->given ? DB_ROW : DB_DONE;
	default:
		if (recorder != NULL) {
			recorder_forget(recorder, before);
		}
		return DB_ERROR;
	}
}

static int drive_column_count(struct db_stmt *s)
{
	return sqlite3_column_count(s->handle);
}

static const char *drive_column_name(struct db_stmt *s, int i)
{
	return sqlite3_column_name(s->handle, i);
}

static bool drive_column_null(struct db_stmt *s, int i)
{
	return sqlite3_column_type(s->handle, i) == SQLITE_NULL;
}

static int64_t drive_column_int(struct db_stmt *s, int i)
{
	if (s->given) {
		return sqlite3_last_insert_rowid(sqlite3_db_handle(s->handle));
	}
	return sqlite3_column_int64(s->handle, i);
}

static bool drive_column_known(struct db_stmt *s, int i, int64_t *ret)
{
	sqlite3_value *value = sqlite3_column_value(s->handle, i);
	*ret = sqlite3_value_int64(value);
	return *ret != 0 || sqlite3_value_type(value) != SQLITE_NULL;
}

static double drive_column_double(struct db_stmt *s, int i)
{
	return sqlite3_column_double(s->handle, i);
}

/* By the value: it is looked up once, not for the text and again for its length. */
static const char *drive_column_text(struct db_stmt *s, int i, size_t *ret_n)
{
	sqlite3_value *value = sqlite3_column_value(s->handle, i);
	const unsigned char *text = sqlite3_value_text(value);
	*ret_n = text != NULL ? (size_t)sqlite3_value_bytes(value) : 0;
	return (const char *)text;
}

static void drive_reset(struct db_stmt *s)
{
	s->given = false;
	(void)sqlite3_reset(s->handle);
	(void)sqlite3_clear_bindings(s->handle);
}

enum tend_status sqlite_run(struct sqlite_db *db, const char *sql, struct tend_error *err)
{
	return sqlite3_exec(db->handle, sql, NULL, NULL, NULL) == SQLITE_OK ? TEND_OK
									    : sqlite_fail(db, err);
}

static int64_t drive_changes(struct db *base)
{
	return sqlite3_changes64(of(base)->handle);
}

/* Runs a statement that is prepared on its first use and gives no rows. */
static int run_kept(struct sqlite_db *db, sqlite3_stmt **kept, const char *sql)
{
	if (*kept == NULL
		&& sqlite3_prepare_v3(db->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, kept, NULL)
			!= SQLITE_OK) {
		return SQLITE_ERROR;
	}
	int code = sqlite3_step(*kept);
	(void)sqlite3_reset(*kept);
	return code;
}

/* The number that a statement gives which is prepared on its first use; -1 where it fails. */
static int64_t kept_number(struct sqlite_db *db, sqlite3_stmt **kept, const char *sql)
{
	int64_t number = -1;
	if (*kept == NULL
		&& sqlite3_prepare_v3(db->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, kept, NULL)
			!= SQLITE_OK) {
		return number;
	}
	if (sqlite3_step(*kept) == SQLITE_ROW) {
		number = sqlite3_column_int64(*kept, 0);
	}
	(void)sqlite3_reset(*kept);
	return number;
}

static void drive_rollback(struct db *base)
{
	if (sqlite3_get_autocommit(of(base)->handle) == 0) {
		(void)sqlite3_exec(of(base)->handle, "ROLLBACK", NULL, NULL, NULL);
	}
	if (of(base)->recorder != NULL) {
		recorder_follow(of(base)->recorder, 0);
	}
}

static void drive_passing(struct db *base, bool passes)
{
	(void)sqlite_run(of(base),
		passes                     ? "PRAGMA cache_size = -128"
			: of(base)->writes ? SQLITE_WRITER_CACHE
					   : SQLITE_CACHE,
		NULL);
}

/* Nothing fails here that reading does not say: without it each read asks for its own lock. */
static void drive_hold(struct db *base, bool holds)
{
	struct sqlite_db *db = of(base);
	(void)(holds ? run_kept(db, &db->hold, "BEGIN") : run_kept(db, &db->commit, "COMMIT"));
}

static void drive_patience(struct db *base, bool waits)
{
	of(base)->impatient = !waits;
}

/* A newer program may have changed the tables since the file was opened. */
static enum tend_status verify_schema(struct sqlite_db *db, struct tend_error *err)
{
	int64_t version = kept_number(db, &db->schema, "PRAGMA user_version");
	if (version == SCHEMA_VERSION) {
		return TEND_OK;
	}
	drive_rollback(&db->base);
	return tend_fail(err, TEND_UNAVAILABLE,
		_("%s: another version of tend has changed the store (schema %d, this one knows "
		  "%d): "
		  "nothing was saved; start tend again"),
		db->base.path, (int)version, SCHEMA_VERSION);
}

/*
 * Room for pages that wait to be written, which only writers need. More room costs more than it spares: what falls
 * out of the processor's caches is as far as what the system keeps of the file.
 */
static enum tend_status ready_to_write(struct sqlite_db *db, struct tend_error *err)
{
	return sqlite_run(db, SQLITE_WRITER_CACHE, err);
}

static enum tend_status drive_begin(struct db *base, struct tend_error *err)
{
	struct sqlite_db *db = of(base);
	enum tend_status status = db->writes ? TEND_OK : ready_to_write(db, err);
	if (status != TEND_OK) {
		return status;
	}
	db->writes = true;
	if (run_kept(db, &db->begin, "BEGIN IMMEDIATE") != SQLITE_DONE) {
		return sqlite_fail(db, err);
	}
	return verify_schema(db, err);
}

static enum tend_status drive_commit(struct db *base, struct tend_error *err)
{
	struct sqlite_db *db = of(base);
	if (run_kept(db, &db->commit, "COMMIT") == SQLITE_DONE) {
		return TEND_OK;
	}
	enum tend_status status = sqlite_fail(db, err);
	drive_rollback(base);
	return status;
}

static void drive_record(struct db *base, int64_t entry)
{
	struct sqlite_db *db = of(base);
	if (db->recorder == NULL) {
		db->recorder = recorder_create(db->handle);
	}
	recorder_follow(db->recorder, entry);
}

static enum tend_status drive_recorded(struct db *base, struct tend_error *err)
{
	struct sqlite_db *db = of(base);
	int code = db->recorder != NULL ? recorder_write(db->recorder) : SQLITE_OK;
	if (code == SQLITE_OK || code == sqlite3_extended_errcode(db->handle)) {
		return code == SQLITE_OK ? TEND_OK : sqlite_fail(db, err);
	}
	return tend_fail(err, TEND_FAILED, "%s: %s", db->base.path, sqlite3_errstr(code));
}

static enum tend_status drive_defer(struct db *base, struct tend_error *err)
{
	return sqlite_run(of(base), "PRAGMA defer_foreign_keys = ON", err);
}

static enum db_problem drive_problem(struct db *base)
{
	return problem_of(sqlite3_extended_errcode(of(base)->handle));
}

static enum tend_status drive_fail(struct db *base, struct tend_error *err)
{
	return sqlite_fail(of(base), err);
}

static int64_t drive_version(struct db *base)
{
	struct sqlite_db *db = of(base);
	int64_t version = kept_number(db, &db->version, "PRAGMA data_version");
	db->seen = version >= 0 ? version : db->seen;
	return db->seen;
}

int64_t sqlite_number(struct sqlite_db *db, const char *sql)
{
	sqlite3_stmt *s = NULL;
	int64_t number = -1;
	if (sqlite3_prepare_v2(db->handle, sql, -1, &s, NULL) == SQLITE_OK
		&& sqlite3_step(s) == SQLITE_ROW) {
		number = sqlite3_column_int64(s, 0);
	}
	return sqlite3_finalize(s) == SQLITE_OK ? number : -1;
}

static int64_t drive_bytes(struct db *base)
{
	struct stat st;
	return stat(base->path, &st) == 0 ? st.st_size : 0;
}

static int64_t drive_schema_version(struct db *base)
{
	return sqlite_number(of(base), "PRAGMA user_version");
}

static char *drive_image_sql(
	struct db *base, const struct db_table *t, enum db_image what, struct tend_error *err)
{
	return schema_image_sql(of(base), t, what, err);
}

static enum tend_status drive_copy(struct db *base, const char *path, struct tend_error *err)
{
	return sqlite_copy(of(base), path, err);
}

static enum tend_status drive_check(
	struct db *base, struct tend_findings *findings, struct tend_error *err)
{
	return sqlite_check(of(base), findings, err);
}

const struct db_driver sqlite_driver = {
	.name = "sqlite",
	.capabilities = DB_CAN_COPY | DB_CAN_TELL_CHANGES,
	.close = drive_close,
	.prepare = drive_prepare,
	.finalize = drive_finalize,
	.param_count = drive_param_count,
	.param_name = drive_param_name,
	.bind_null = drive_bind_null,
	.bind_int = drive_bind_int,
	.bind_double = drive_bind_double,
	.bind_text = drive_bind_text,
	.step = drive_step,
	.column_count = drive_column_count,
	.column_name = drive_column_name,
	.column_null = drive_column_null,
	.column_int = drive_column_int,
	.column_known = drive_column_known,
	.column_double = drive_column_double,
	.column_text = drive_column_text,
	.reset = drive_reset,
	.changes = drive_changes,
	.begin = drive_begin,
	.commit = drive_commit,
	.rollback = drive_rollback,
	.record = drive_record,
	.recorded = drive_recorded,
	.passing = drive_passing,
	.hold = drive_hold,
	.patience = drive_patience,
	.defer = drive_defer,
	.problem = drive_problem,
	.fail = drive_fail,
	.version = drive_version,
	.bytes = drive_bytes,
	.schema_version = drive_schema_version,
	.image_sql = drive_image_sql,
	.copy = drive_copy,
	.check = drive_check,
};

const char *tend_store_library(void)
{
	return sqlite3_libversion();
}
