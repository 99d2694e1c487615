/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include <tend/mem.h>
#include <tend/str.h>

#include "sqlite/schema.h"

/* The statements by which undo and redo take rows from the images of the journal and put them back. */

struct column {
	char *name;
	bool real;
};
struct columns {
	struct column *items;
	size_t n, cap;
};

static void columns_finish(struct columns *c)
{
	for (size_t i = 0; i < c->n; i++) {
		free(c->items[i].name);
	}
	free(c->items);
}

/* The columns that an image holds. */
static enum tend_status columns_load(
	struct sqlite_db *db, const struct db_table *t, struct columns *ret, struct tend_error *err)
{
	*ret = (struct columns){0};
	sqlite3_stmt *s = NULL;
	if (sqlite3_prepare_v2(
		    db->handle, "SELECT name, type FROM pragma_table_info($1)", -1, &s, NULL)
		!= SQLITE_OK) {
		return sqlite_fail(db, err);
	}
	(void)sqlite3_bind_text(s, 1, t->name, -1, SQLITE_STATIC);
	while (sqlite3_step(s) == SQLITE_ROW) {
		const char *name = (const char *)sqlite3_column_text(s, 0);
		const char *type = (const char *)sqlite3_column_text(s, 1);
		struct column *c = TEND_PUSH(ret);
		c->name = tend_strdup(name);
		c->real = strcmp(type, "REAL") == 0;
	}
	return sqlite3_finalize(s) == SQLITE_OK ? TEND_OK : sqlite_fail(db, err);
}

/* json_object(…) of a row; `row` is "OLD.", "NEW." or "". Numbers with a fraction are kept as texts of 17
 * digits, so that they come back to the last bit. */
static void add_image(struct tend_str *out, const struct columns *c, const char *row)
{
	tend_str_add(out, "json_object(");
	for (size_t i = 0; i < c->n; i++) {
		const char *name = c->items[i].name;
		tend_str_addf(out,
			c->items[i].real ? "%s'%s', CASE WHEN %s\"%s\" IS NOT NULL THEN "
					   "printf('%%!.17g', %s\"%s\") END"
					 : "%s'%s', %s\"%s\"",
			i > 0 ? ", " : "", name, row, name, row, name);
	}
	tend_str_add(out, ")");
}

/* The value of a column in the image that parameter `param` holds. */
static void add_value(struct tend_str *out, const struct column *c, const char *param)
{
	tend_str_addf(out,
		c->real ? "CAST(json_extract(%s, '$.\"%s\"') AS REAL)"
			: "json_extract(%s, '$.\"%s\"')",
		param, c->name);
}

static void add_update_sql(struct tend_str *out, const struct columns *c)
{
	for (size_t i = 0; i < c->n; i++) {
		tend_str_addf(out, "%s\"%s\" = CASE WHEN \"%s\" IS ", i > 0 ? ", " : "",
			c->items[i].name, c->items[i].name);
		add_value(out, &c->items[i], "$3");
		tend_str_add(out, " THEN ");
		add_value(out, &c->items[i], "$2");
		tend_str_addf(out, " ELSE \"%s\" END", c->items[i].name);
	}
	tend_str_add(out, " WHERE id = $1");
}

static void add_insert_sql(struct tend_str *out, const struct columns *c)
{
	for (size_t i = 0; i < c->n; i++) {
		tend_str_addf(out, "%s\"%s\"", i > 0 ? ", " : "", c->items[i].name);
	}
	tend_str_add(out, ") VALUES (");
	for (size_t i = 0; i < c->n; i++) {
		tend_str_add(out, i > 0 ? ", " : "");
		add_value(out, &c->items[i], "$1");
	}
	tend_str_add(out, ")");
}

char *schema_image_sql(
	struct sqlite_db *db, const struct db_table *t, enum db_image what, struct tend_error *err)
{
	struct columns columns;
	struct tend_str sql = {0};
	char *text = NULL;
	if (columns_load(db, t, &columns, err) == TEND_OK) {
		switch (what) {
		case DB_IMAGE_TAKE:
			tend_str_add(&sql, "SELECT ");
			add_image(&sql, &columns, "");
			tend_str_addf(&sql, " FROM %s WHERE id = $1", t->name);
			break;
		case DB_IMAGE_INSERT:
			tend_str_addf(&sql, "INSERT INTO %s (", t->name);
			add_insert_sql(&sql, &columns);
			break;
		case DB_IMAGE_UPDATE:
			tend_str_addf(&sql, "UPDATE %s SET ", t->name);
			add_update_sql(&sql, &columns);
			break;
		case DB_IMAGE_DELETE:
		case DB_IMAGE_COUNT:
			tend_str_addf(&sql, "DELETE FROM %s WHERE id = $1", t->name);
			break;
		}
		text = tend_str_steal(&sql);
	}
	columns_finish(&columns);
	tend_str_finish(&sql);
	return text;
}
