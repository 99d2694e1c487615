/* SPDX-License-Identifier: MIT */
#ifndef STORE_SQLITE_LOOK_H
#define STORE_SQLITE_LOOK_H

#include "sqlite/sqlite.h"

/*
 * TEND_UNAVAILABLE where `path` is not a file that could be a store, or where a file beside it that
 * SQLite would open with it (a journal, a log) is a link, a pipe or a stranger's.
 */
enum tend_status sqlite_look(const char *path, struct tend_error *err);
/* TEND_UNAVAILABLE where the file has less than its header says: SQLite reads what lacks of the last
 * page as zeros, and rows that are gone would look as if they had never been. Within a hold. */
enum tend_status sqlite_whole(struct sqlite_db *db, struct tend_error *err);

#endif
