/* SPDX-License-Identifier: MIT */
/* Inside of the store: the handle, the cache of statements, and how records are bound and filled. */
#ifndef STORE_INTERNAL_H
#define STORE_INTERNAL_H

#include <tend/store.h>

#include "db.h"
#include "sql/kind.h"
#include "sql/sql.h"

/* Where a column or parameter of a statement lives in a record. */
struct slot {
	int at; /* column from 0, parameter from 1 */
	enum tend_type type; /* of the field */
	size_t offset; /* of the field */
	const struct tend_field *field;
};

/* A prepared statement with its slots for the record type that it was used with last. */
struct statement {
	struct db_stmt *handle;
	const struct tend_record_type *type;
	struct slot *columns, *params;
	size_t ncolumns, nparams;
	int *arguments; /* $1 … $n: the number of the parameter, 0 where there is none */
	size_t narguments;
};

struct tend_store {
	struct db *db;
	char *path;
	struct statement statements[SQL_COUNT];
	struct statement *kinds; /* of tend_kinds, times KIND_SQL_COUNT; NULL until one is used */
	struct db_stmt **images; /* of db_table_at, times DB_IMAGE_COUNT; likewise */
	bool read_only;
	int holds; /* that are not released */
	bool held; /* a transaction for reading is open for them */
	/* The open transaction. */
	bool begun, journalled;
	struct tend_journal_entry entry; /* texts are owned */
	int64_t entry_id; /* 0 until the first journalled write */
	int64_t first_seq;
	int64_t last_entry; /* that was committed, undone or redone */
	enum db_problem problem; /* why the last statement that was run failed */
	struct tend_error detail;
};

/* --- statements --- */
/* Ready to bind; NULL with `err`. */
struct statement *statement_get(struct tend_store *s, enum sql which, struct tend_error *err);
struct statement *statement_of_kind(struct tend_store *s, const struct tend_kind *k,
	enum kind_sql what, struct tend_error *err);
/* Bind argument $i. */
void statement_int(struct tend_store *s, struct statement *st, int i, int64_t value);
void statement_text(struct tend_store *s, struct statement *st, int i, const char *text); /* NULL */
void statement_date(struct tend_store *s, struct statement *st, int i, struct tend_date date);
void statement_value(struct tend_store *s, struct statement *st, int i, struct tend_value v);
/* Binds every parameter that is named like a field. */
enum tend_status statement_record(struct tend_store *s, struct statement *st,
	const struct tend_record_type *t, const void *record, struct tend_error *err);
/* Finds where the columns go in records of a type. */
void statement_match(struct tend_store *s, struct statement *st, const struct tend_record_type *t);
/* Runs a statement that gives no rows, or one number (`ret`, may be NULL, untouched without a row). */
enum tend_status statement_run(
	struct tend_store *s, struct statement *st, int64_t *ret, struct tend_error *err);
void statements_finish(struct tend_store *s);

/* --- records --- */
/* Fills a record from the present row; texts go into `arena`. */
void record_fill(
	struct tend_store *s, const struct statement *st, void *record, struct tend_arena *arena);

/* Whether the columns of the present row are what the record has. */
bool record_is(struct tend_store *s, const struct statement *st, const void *record);

/* --- the journal --- */
/* Called before each journalled write: opens the entry at the first one. */
enum tend_status journal_open(struct tend_store *s, struct tend_error *err);
/* Before the commit; sets how many rows were recorded. */
enum tend_status journal_close(
	struct tend_store *s, const char *summary, int64_t *ret_changes, struct tend_error *err);

/* A row of numbers and texts, for statements outside of the record types. */
#define COLUMN_INT(s, st, i) ((s)->db->driver->column_int((st)->handle, (i)))
#define COLUMN_NULL(s, st, i) ((s)->db->driver->column_null((st)->handle, (i)))

/* Refused outside of begin and commit, or where the store is read-only. */
enum tend_status store_want_transaction(struct tend_store *s, struct tend_error *err);
/* What went wrong in the write of `what` that statement_run just refused. */
enum tend_status store_fail_write(
	struct tend_store *s, const char *what, const char *key, struct tend_error *err);

#endif
