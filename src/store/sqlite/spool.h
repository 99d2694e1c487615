/* SPDX-License-Identifier: MIT */
/* A file system for SQLite that gathers what is written into the rollback journal until it is synced. */
#ifndef STORE_SQLITE_SPOOL_H
#define STORE_SQLITE_SPOOL_H

#include <sqlite3.h>

struct spool;
/* Over the one that is the default now; its name (owned by it) is what sqlite3_open_v2() takes. NULL, and
 * the name left alone, where SQLite cannot begin. */
struct spool *spool_create(const char **ret_name);
/* After the connections that use it are closed. NULL is nothing. */
void spool_destroy(struct spool *s);

#endif
