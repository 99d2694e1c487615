/* SPDX-License-Identifier: MIT */
/*
 * The images that the journal keeps of a changed row: of the columns that differ, and of those that name the
 * record, which somebody may ask for when it is gone. Made here and not in SQL, where an upgrade of many customers
 * spent more on spelling out what had not changed than on the change.
 */
#include <stdlib.h>
#include <string.h>

#include <tend/mem.h>
#include <tend/store.h>

#include "sqlite/image.h"

struct kept {
	char *name;
	bool names; /* kept where it is the same as well */
};
struct kept_columns {
	struct kept *items;
	size_t n;
};

static void kept_columns_free(void *ctx)
{
	struct kept_columns *c = ctx;
	for (size_t i = 0; i < c->n; i++) {
		free(c->items[i].name);
	}
	free(c->items);
	free(c);
}

static bool names_a_record(const struct db_table *t, const char *column)
{
	bool found = t->label != NULL && strcmp(t->label, column) == 0;
	for (size_t i = 0; tend_store_naming[i] != NULL && !found; i++) {
		found = strcmp(tend_store_naming[i], column) == 0;
	}
	return found;
}

/* As IS compares in a strict table, where all values of a column are of one type. */
static bool is_same(sqlite3_value *a, sqlite3_value *b)
{
	int type = sqlite3_value_type(a);
	if (type != sqlite3_value_type(b)) {
		return false;
	}
	switch (type) {
	case SQLITE_INTEGER:
		return sqlite3_value_int64(a) == sqlite3_value_int64(b);
	case SQLITE_FLOAT:
		return sqlite3_value_double(a) == sqlite3_value_double(b);
	case SQLITE_NULL:
		return true;
	default: {
		const void *x = sqlite3_value_text(a), *y = sqlite3_value_text(b);
		int n = sqlite3_value_bytes(a);
		return x != NULL && y != NULL && n == sqlite3_value_bytes(b)
			&& memcmp(x, y, (size_t)n) == 0;
	}
	}
}

static void add_text(sqlite3_str *out, const char *text, size_t n)
{
	size_t from = 0;
	sqlite3_str_appendchar(out, 1, '"');
	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)text[i];
		if (c >= ' ' && c != '"' && c != '\\') {
			continue;
		}
		sqlite3_str_append(out, text + from, (int)(i - from));
		if (c < ' ') {
			sqlite3_str_appendf(out, "\\u%04x", c);
		} else {
			sqlite3_str_appendf(out, "\\%c", c);
		}
		from = i + 1;
	}
	sqlite3_str_append(out, text + from, (int)(n - from));
	sqlite3_str_appendchar(out, 1, '"');
}

/* Numbers with a fraction are kept as texts of 17 digits, as in whole images. */
static void add_value(sqlite3_str *out, sqlite3_value *v)
{
	const char *text;
	switch (sqlite3_value_type(v)) {
	case SQLITE_INTEGER:
		sqlite3_str_appendf(out, "%lld", sqlite3_value_int64(v));
		break;
	case SQLITE_FLOAT:
		sqlite3_str_appendf(out, "\"%!.17g\"", sqlite3_value_double(v));
		break;
	case SQLITE_NULL:
		sqlite3_str_appendall(out, "null");
		break;
	default:
		text = (const char *)sqlite3_value_text(v);
		add_text(out, text != NULL ? text : "", (size_t)sqlite3_value_bytes(v));
		break;
	}
}

/* For each column its value in the row that the image is of, and its value in the other one. */
static void make_image(sqlite3_context *ctx, int n, sqlite3_value **values)
{
	const struct kept_columns *columns = sqlite3_user_data(ctx);
	sqlite3_str *out = sqlite3_str_new(sqlite3_context_db_handle(ctx));
	sqlite3_str_appendchar(out, 1, '{');
	for (int i = 0; i + 1 < n && (size_t)i / 2 < columns->n; i += 2) {
		const struct kept *column = &columns->items[i / 2];
		bool wanted = !is_same(values[i], values[i + 1])
			|| (column->names && sqlite3_value_type(values[i]) != SQLITE_NULL);
		if (wanted) {
			sqlite3_str_appendall(out, sqlite3_str_length(out) > 1 ? ",\"" : "\"");
			sqlite3_str_appendall(out, column->name);
			sqlite3_str_appendall(out, "\":");
			add_value(out, values[i]);
		}
	}
	sqlite3_str_appendchar(out, 1, '}');
	int code = sqlite3_str_errcode(out), length = sqlite3_str_length(out);
	char *text = sqlite3_str_finish(out);
	if (code != SQLITE_OK || text == NULL) {
		sqlite3_free(text);
		sqlite3_result_error_code(ctx, code != SQLITE_OK ? code : SQLITE_NOMEM);
		return;
	}
	sqlite3_result_text(ctx, text, length, sqlite3_free);
}

enum tend_status image_function(struct sqlite_db *db, const char *name, const struct db_table *t,
	const char *const *columns, size_t n, struct tend_error *err)
{
	struct kept_columns *c = tend_alloc(sizeof(*c));
	c->items = tend_calloc(n + 1, sizeof(*c->items));
	c->n = n;
	for (size_t i = 0; i < n; i++) {
		c->items[i] = (struct kept){tend_strdup(columns[i]), names_a_record(t, columns[i])};
	}
	/* frees them also where it fails */
	return sqlite3_create_function_v2(db->handle, name, (int)(2 * n),
		       SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS, c, make_image, NULL,
		       NULL, kept_columns_free)
			== SQLITE_OK
		? TEND_OK
		: sqlite_fail(db, err);
}
