/* SPDX-License-Identifier: MIT */
#ifndef STORE_IMAGE_H
#define STORE_IMAGE_H

#include "sqlite/sqlite.h"

/*
 * Makes a function of this connection for the rows of a table with these columns: name(value, other, value, other, …),
 * two arguments a column, gives the values of the columns in which two rows differ, and of those that name the record,
 * as a JSON object. A column that an image lacks is the same in both.
 */
enum tend_status image_function(struct sqlite_db *db, const char *name, const struct db_table *t,
	const char *const *columns, size_t n, struct tend_error *err);

#endif
