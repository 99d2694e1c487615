/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include <tend/mem.h>

#include "internal.h"

/* Customers by id, to walk beside the values, which are ordered by customer id. */
static int compare_ids(const void *a, const void *b)
{
	const struct tend_customer *x = *(struct tend_customer *const *)a;
	const struct tend_customer *y = *(struct tend_customer *const *)b;
	return (x->id > y->id) - (x->id < y->id);
}

static void append(
	struct tend_customer *c, size_t *cap, struct tend_custom_value v, struct tend_arena *arena)
{
	if (c->custom.n == *cap) {
		*cap = *cap > 0 ? *cap * 2 : 4;
		struct tend_custom_value *items = tend_arena_alloc(arena, *cap * sizeof(*items));
		if (c->custom.n > 0) {
			memcpy(items, c->custom.items, c->custom.n * sizeof(*items));
		}
		c->custom.items = items;
	}
	c->custom.items[c->custom.n++] = v;
}

static enum tend_status fill_customers(struct tend_store *s, struct statement *st,
	struct tend_customer **byid, size_t n, struct tend_arena *arena, struct tend_error *err)
{
	const struct db_driver *driver = s->db->driver;
	size_t at = 0, cap = 0, len;
	enum db_row row;
	while ((row = driver->step(st->handle)) == DB_ROW) {
		int64_t id = driver->column_int(st->handle, 0);
		while (at < n && byid[at]->id < id) {
			at++;
			cap = 0;
		}
		if (at < n && byid[at]->id == id) {
			struct tend_custom_value v;
			const char *name = driver->column_text(st->handle, 1, &len);
			v.name = tend_arena_strndup(arena, name, len);
			const char *value = driver->column_text(st->handle, 2, &len);
			v.value = tend_arena_strndup(arena, value, len);
			append(byid[at], &cap, v, arena);
		}
	}
	enum tend_status status = row == DB_DONE ? TEND_OK : driver->fail(s->db, err);
	driver->reset(st->handle);
	return status;
}

enum tend_status tend_store_read_custom(struct tend_store *s, int64_t customer_id,
	struct tend_list *customers, struct tend_error *err)
{
	struct statement *st = statement_get(s, SQL_CUSTOM, err);
	if (st == NULL) {
		return s->db->driver->fail(s->db, err);
	}
	struct tend_customer **byid = tend_calloc(customers->n, sizeof(*byid));
	for (size_t i = 0; i < customers->n; i++) {
		byid[i] = tend_list_at(customers, i);
		byid[i]->custom = (struct tend_custom){0};
	}
	qsort(byid, customers->n, sizeof(*byid), compare_ids);
	statement_int(s, st, 1, customer_id != 0 ? customer_id : INT64_MIN);
	statement_int(s, st, 2, customer_id != 0 ? customer_id : INT64_MAX);
	enum tend_status status = fill_customers(s, st, byid, customers->n, &customers->arena, err);
	free(byid);
	return status;
}

enum tend_status tend_store_custom_names(struct tend_store *s, struct tend_arena *arena,
	const char *const **ret, size_t *ret_n, struct tend_error *err)
{
	const struct db_driver *driver = s->db->driver;
	struct statement *st = statement_get(s, SQL_CUSTOM_NAMES, err);
	if (st == NULL) {
		return driver->fail(s->db, err);
	}
	struct {
		const char **items;
		size_t n, cap;
	} names = {0};
	enum db_row row;
	while ((row = driver->step(st->handle)) == DB_ROW) {
		size_t len;
		const char *name = driver->column_text(st->handle, 0, &len);
		*TEND_PUSH(&names) = tend_arena_strndup(arena, name, len);
	}
	enum tend_status status = row == DB_DONE ? TEND_OK : driver->fail(s->db, err);
	driver->reset(st->handle);
	if (status == TEND_OK) {
		const char **kept = tend_arena_alloc(arena, (names.n + 1) * sizeof(*kept));
		if (names.n > 0) {
			memcpy(kept, names.items, names.n * sizeof(*kept));
		}
		*ret = kept;
		*ret_n = names.n;
	}
	free(names.items);
	return status;
}

enum tend_status tend_store_set_custom(struct tend_store *s, int64_t customer_id, const char *name,
	const char *value, struct tend_error *err)
{
	enum tend_status status = store_want_transaction(s, err);
	status = status == TEND_OK ? journal_open(s, err) : status;
	if (status != TEND_OK) {
		return status;
	}
	struct statement *st =
		statement_get(s, value != NULL ? SQL_CUSTOM_PUT : SQL_CUSTOM_REMOVE, err);
	if (st == NULL) {
		return s->db->driver->fail(s->db, err);
	}
	statement_int(s, st, 1, customer_id);
	statement_text(s, st, 2, name);
	statement_text(s, st, 3, value);
	return statement_run(s, st, NULL, NULL) == TEND_OK
		? TEND_OK
		: store_fail_write(s, "customer", name, err);
}
