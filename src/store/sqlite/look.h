/* SPDX-License-Identifier: MIT */
#ifndef STORE_SQLITE_LOOK_H
#define STORE_SQLITE_LOOK_H

#include <tend/error.h>

/*
 * TEND_UNAVAILABLE where `path` is not a file that could be a store, or where a file beside it that
 * SQLite would open with it (a journal, a log) is a link, a pipe or a stranger's.
 */
enum tend_status sqlite_look(const char *path, struct tend_error *err);

#endif
