/* SPDX-License-Identifier: MIT */
/*
 * The seam between the store and a database engine: a handle with a private table of functions.
 * The store writes its SQL once, in the dialect that the engines share, with parameters `$1` … or
 * `$name`; what only one engine can say (its schema, images of rows, copies) is an operation here.
 * Texts of columns are borrowed until the next step or reset.
 */
#ifndef STORE_DB_H
#define STORE_DB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <tend/error.h>

struct db;
struct db_stmt;

enum db_flags {
	DB_READ_ONLY = 1 << 0,
	DB_NO_FOLLOW = 1 << 1, /* a symbolic link is refused */
	DB_UNCHECKED = 1
		<< 2, /* open without looking at version and fingerprint: for repairs and checks */
};

enum db_capabilities {
	DB_CAN_COPY = 1 << 0, /* copy: one file that holds everything */
	DB_CAN_TELL_CHANGES = 1 << 1, /* version: tells that another program committed */
};

enum db_row { DB_ROW, DB_DONE, DB_ERROR };

/* Why the last operation failed, as far as the store wants to know. */
enum db_problem {
	DB_PROBLEM_OTHER,
	DB_PROBLEM_BUSY,
	DB_PROBLEM_UNIQUE,
	DB_PROBLEM_REFERENCE, /* a foreign key */
	DB_PROBLEM_VALUE, /* NOT NULL, a wrong type, a range */
	DB_PROBLEM_FULL,
	DB_PROBLEM_READ_ONLY,
	DB_PROBLEM_DAMAGED,
};

/* What the journal does with the image of a row. Parameters of the statements: */
enum db_image {
	DB_IMAGE_TAKE, /* [row id]: gives the image */
	DB_IMAGE_INSERT, /* [image] */
	DB_IMAGE_UPDATE, /* [row id, image as it should be, image as it should be now]: sets what differs
	                    between both and is as expected now */
	DB_IMAGE_DELETE, /* [row id] */
	DB_IMAGE_COUNT
};

/* A table whose rows the journal records. */
struct db_table {
	const char *name;
	const char *owner; /* the column that holds the customer's id; NULL: belongs to none */
	const char *label; /* the column that names a row; NULL: one of tend_store_naming */
	bool evaluated; /* rows are also changed outside of entries, by evaluation */
};

size_t db_table_count(void);
struct db_table db_table_at(size_t i);

struct db_driver {
	const char *name;
	unsigned capabilities;
	void (*close)(struct db *db);
	/* The statement stays prepared until it is finalized. */
	enum tend_status (*prepare)(
		struct db *db, const char *sql, struct db_stmt **ret, struct tend_error *err);
	void (*finalize)(struct db_stmt *s);
	/* Parameters count from 1; the name is without '$'. */
	int (*param_count)(struct db_stmt *s);
	const char *(*param_name)(struct db_stmt *s, int i);
	void (*bind_null)(struct db_stmt *s, int i);
	void (*bind_int)(struct db_stmt *s, int i, int64_t value);
	void (*bind_double)(struct db_stmt *s, int i, double value);
	void (*bind_text)(struct db_stmt *s, int i, const char *text); /* valid until reset */
	enum db_row (*step)(struct db_stmt *s);
	/* Columns count from 0. */
	int (*column_count)(struct db_stmt *s);
	const char *(*column_name)(struct db_stmt *s, int i);
	bool (*column_null)(struct db_stmt *s, int i);
	int64_t (*column_int)(struct db_stmt *s, int i);
	/* The same of a row that was read; false where it is NULL, and *ret 0. */
	bool (*column_known)(struct db_stmt *s, int i, int64_t *ret);
	double (*column_double)(struct db_stmt *s, int i);
	/* NULL where the column is; valid until the next step. */
	const char *(*column_text)(struct db_stmt *s, int i, size_t *ret_n);
	void (*reset)(struct db_stmt *s); /* gives up locks, forgets parameters */
	int64_t (*changes)(struct db *db); /* rows that the last statement changed */
	/* Begin takes the write lock and waits for it up to 5 s. */
	enum tend_status (*begin)(struct db *db, struct tend_error *err);
	enum tend_status (*commit)(struct db *db, struct tend_error *err);
	void (*rollback)(struct db *db);
	/* From here on what changes in the tables of db_table_at is recorded under that entry of the journal; 0: is
	 * not, as after a rollback. Its rows, and whom it touched, are in the journal when `recorded` says so. */
	void (*record)(struct db *db, int64_t entry);
	enum tend_status (*recorded)(struct db *db, struct tend_error *err);
	/* Whether what is read next is passed by once, so that keeping it in memory is of no use. */
	void (*passing)(struct db *db, bool passes);
	/* Whether what follows is read as of one moment; outside of begin and commit. */
	void (*hold)(struct db *db, bool holds);
	/* Whether what follows waits for locks of others, as it does when opened. */
	void (*patience)(struct db *db, bool waits);
	/* Foreign keys are looked at when the transaction ends. */
	enum tend_status (*defer)(struct db *db, struct tend_error *err);
	enum db_problem (*problem)(struct db *db);
	/* Fills `err` with what went wrong last, naming the store. */
	enum tend_status (*fail)(struct db *db, struct tend_error *err);
	int64_t (*version)(struct db *db);
	int64_t (*bytes)(struct db *db);
	int64_t (*schema_version)(struct db *db);
	/* SQL, allocated; NULL with `err` where it fails. */
	char *(*image_sql)(struct db *db, const struct db_table *t, enum db_image what,
		struct tend_error *err);
	/* A copy in the file `path`, which is there and empty, or a database that is replaced. */
	enum tend_status (*copy)(struct db *db, const char *path, struct tend_error *err);
	/* Whole pages, indexes, foreign keys and the schema. Appends what is wrong. */
	enum tend_status (*check)(
		struct db *db, struct tend_findings *findings, struct tend_error *err);
};

struct db {
	const struct db_driver *driver;
	char *path;
};

#endif
