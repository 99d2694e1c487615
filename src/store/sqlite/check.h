/* SPDX-License-Identifier: MIT */
/* Copies of a store file, and what can be wrong with one. */
#ifndef STORE_SQLITE_CHECK_H
#define STORE_SQLITE_CHECK_H

#include "sqlite/sqlite.h"

/* See db.h. */
enum tend_status sqlite_copy(struct sqlite_db *db, const char *path, struct tend_error *err);
enum tend_status sqlite_check(
	struct sqlite_db *db, struct tend_findings *findings, struct tend_error *err);
/* TEND_UNAVAILABLE where the pages, indexes or foreign keys of the file are not sound. */
enum tend_status sqlite_sound(struct sqlite_db *db, struct tend_error *err);

#endif
