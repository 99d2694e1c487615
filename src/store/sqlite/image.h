/* SPDX-License-Identifier: MIT */
/*
 * json_object() for the journal's triggers. SQLite's own may not be used by triggers where the schema is
 * not trusted; this one has its name, its result, and the mark that it is harmless, so that the store
 * also works in other programs that trust it.
 */
#ifndef STORE_SQLITE_IMAGE_H
#define STORE_SQLITE_IMAGE_H

#include <sqlite3.h>

int image_register(sqlite3 *handle); /* an SQLite code */

#endif
