/* SPDX-License-Identifier: MIT */
/* A layer between SQLite and the file system, on which tests let calls fail or write them down. */
#ifndef TEST_STORE_SHIM_H
#define TEST_STORE_SHIM_H

#include <sqlite3.h>

enum shim_call {
	SHIM_OPEN = 1,
	SHIM_READ = 2,
	SHIM_WRITE = 4,
	SHIM_TRUNCATE = 8,
	SHIM_SYNC = 16,
	SHIM_LOCK = 32,
};

/* Called before each call; another result than SQLITE_OK is given back instead of doing it (of a write,
 * half is done then). `path` is NULL for temporary files. */
typedef int shim_hook(
	enum shim_call call, const char *path, const void *data, int n, sqlite3_int64 at);

/* From now on every file is opened through the shim; NULL: nothing is watched. */
void shim_set(shim_hook *hook);

#endif
