/* SPDX-License-Identifier: MIT */
/*
 * The schema of a store file: its tables, the fingerprint that tells a stranger's file, and the steps from
 * older versions.
 */
#ifndef STORE_SCHEMA_H
#define STORE_SCHEMA_H

#include "sqlite/sqlite.h"

#define SCHEMA_APPLICATION 0x74656e64 /* "tend" */
#define SCHEMA_VERSION 4

/* A step to `version` from the one before it: statements, NULL-ended. */
struct schema_step {
	int version;
	const char *const *statements;
};
/* A line of versions; the product has one, tests have their own. */
struct schema {
	int version; /* the newest */
	const struct schema_step *steps; /* from the oldest */
	size_t nsteps;
	const uint64_t *fingerprints; /* by version, from 1 */
};
extern const struct schema schema_current;

/* The steps of the product, NULL-ended each; a new file goes through all of them. */
extern const char *const schema_version_1[],
	*const schema_version_2[], *const schema_version_3[], *const schema_version_4[];

/* Makes everything in an empty file, stamped; one transaction. */
enum tend_status schema_create(struct sqlite_db *db, struct tend_error *err);
enum tend_status schema_fingerprint(struct sqlite_db *db, uint64_t *ret, struct tend_error *err);
/* Looks at the stamps and the fingerprint; `*ret_version` is set where it is a store. */
enum tend_status schema_verify(struct sqlite_db *db, const struct schema *schema, int *ret_version,
	struct tend_error *err);
/* All steps from `version` on, in one transaction, after a verified backup beside the file. */
enum tend_status schema_migrate(
	struct sqlite_db *db, const struct schema *schema, int version, struct tend_error *err);
/* See db.h. */
char *schema_image_sql(
	struct sqlite_db *db, const struct db_table *t, enum db_image what, struct tend_error *err);

#endif
