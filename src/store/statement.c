/* SPDX-License-Identifier: MIT */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <tend/lang.h>
#include <tend/mem.h>
#include <tend/str.h>

#include "internal.h"

static const char *param_name(struct tend_store *s, const struct statement *st, int i)
{
	return s->db->driver->param_name(st->handle, i);
}

/* Engines number parameters in their own way: `$2` may be the first one. */
static void find_arguments(struct tend_store *s, struct statement *st)
{
	int count = s->db->driver->param_count(st->handle);
	st->arguments = tend_calloc((size_t)count + 1, sizeof(*st->arguments));
	st->narguments = (size_t)count;
	for (int i = 1; i <= count; i++) {
		long long number;
		if (tend_parse_int(param_name(s, st, i), &number) && number >= 1
			&& number <= count) {
			st->arguments[number] = i;
		}
	}
}

/* Ready to bind; `sql` is freed. */
static struct statement *prepare(
	struct tend_store *s, struct statement *st, char *sql, struct tend_error *err)
{
	bool ready = s->db->driver->prepare(s->db, sql, &st->handle, err) == TEND_OK;
	free(sql);
	if (!ready) {
		return NULL;
	}
	find_arguments(s, st);
	return st;
}

struct statement *statement_get(struct tend_store *s, enum sql which, struct tend_error *err)
{
	struct statement *st = &s->statements[which];
	return st->handle != NULL ? st : prepare(s, st, sql_whole(which), err);
}

/* As statement_get, of a kind of records. */
struct statement *statement_of_kind(
	struct tend_store *s, const struct tend_kind *k, enum kind_sql what, struct tend_error *err)
{
	if (s->kinds == NULL) {
		s->kinds = tend_calloc(tend_kind_count * KIND_SQL_COUNT, sizeof(*s->kinds));
	}
	struct statement *st = &s->kinds[tend_kind_index(k) * KIND_SQL_COUNT + what];
	return st->handle != NULL ? st : prepare(s, st, kind_sql(k, what), err);
}

static int argument(const struct statement *st, int i)
{
	return i >= 1 && (size_t)i <= st->narguments ? st->arguments[i] : 0;
}

void statement_int(struct tend_store *s, struct statement *st, int i, int64_t value)
{
	if (argument(st, i) > 0) {
		s->db->driver->bind_int(st->handle, argument(st, i), value);
	}
}

void statement_text(struct tend_store *s, struct statement *st, int i, const char *text)
{
	if (argument(st, i) > 0 && text != NULL) {
		s->db->driver->bind_text(st->handle, argument(st, i), text);
	}
}

void statement_date(struct tend_store *s, struct statement *st, int i, struct tend_date date)
{
	if (tend_has_date(date)) {
		statement_int(s, st, i, date.day);
	}
}

static void bind_value(struct tend_store *s, struct statement *st, int at, struct tend_value v)
{
	const struct db_driver *driver = s->db->driver;
	if (v.null) {
		driver->bind_null(st->handle, at);
		return;
	}
	switch (v.type) {
	case TEND_TEXT:
	case TEND_TAGS:
		driver->bind_text(st->handle, at, v.text);
		break;
	case TEND_INT:
	case TEND_BOOL:
	case TEND_TIME:
	case TEND_MONEY:
		driver->bind_int(st->handle, at, v.integer);
		break;
	case TEND_NUMBER:
	case TEND_RATIO:
		driver->bind_double(st->handle, at, v.number);
		break;
	case TEND_DATE:
		driver->bind_int(st->handle, at, v.date.day);
		break;
	case TEND_TERMS: /* follows from the rest of the row: not kept */
		driver->bind_null(st->handle, at);
		break;
	}
}

void statement_value(struct tend_store *s, struct statement *st, int i, struct tend_value v)
{
	if (argument(st, i) > 0) {
		bind_value(s, st, argument(st, i), v);
	}
}

static void match_params(
	struct tend_store *s, struct statement *st, const struct tend_record_type *t)
{
	int count = s->db->driver->param_count(st->handle);
	st->params = tend_calloc((size_t)count + 1, sizeof(*st->params));
	for (int i = 1; i <= count; i++) {
		const struct tend_field *f = tend_field_find(t, param_name(s, st, i));
		if (f != NULL) {
			st->params[st->nparams++] = (struct slot){i, f->type, f->offset, f};
		}
	}
}

static void match_columns(
	struct tend_store *s, struct statement *st, const struct tend_record_type *t)
{
	int count = s->db->driver->column_count(st->handle);
	st->columns = tend_calloc((size_t)count + 1, sizeof(*st->columns));
	for (int i = 0; i < count; i++) {
		const struct tend_field *f =
			tend_field_find(t, s->db->driver->column_name(st->handle, i));
		if (f != NULL) {
			st->columns[st->ncolumns++] = (struct slot){i, f->type, f->offset, f};
		}
	}
}

void statement_match(struct tend_store *s, struct statement *st, const struct tend_record_type *t)
{
	if (st->type == t) {
		return;
	}
	free(st->params);
	free(st->columns);
	st->nparams = 0;
	st->ncolumns = 0;
	match_params(s, st, t);
	match_columns(s, st, t);
	st->type = t;
}

/* What a store never takes, whoever asks: a word that is none of the field's, an infinite number. */
static enum tend_status check_value(const struct tend_record_type *t, const struct tend_field *f,
	struct tend_value v, struct tend_error *err)
{
	if (v.null) {
		return TEND_OK;
	}
	if ((f->type == TEND_NUMBER || f->type == TEND_RATIO) && !isfinite(v.number)) {
		return tend_fail(
			err, TEND_BAD_INPUT, _("%s: %s is not a finite number"), t->name, f->name);
	}
	if (f->type != TEND_TEXT || f->values == NULL || (f->flags & TEND_F_OPEN) != 0) {
		return TEND_OK;
	}
	for (const char *const *value = f->values; *value != NULL; value++) {
		if (strcmp(*value, v.text) == 0) {
			return TEND_OK;
		}
	}
	return tend_fail(
		err, TEND_BAD_INPUT, _("%s: %s cannot be \"%s\""), t->name, f->name, v.text);
}

enum tend_status statement_record(struct tend_store *s, struct statement *st,
	const struct tend_record_type *t, const void *record, struct tend_error *err)
{
	statement_match(s, st, t);
	for (size_t i = 0; i < st->nparams; i++) {
		const struct tend_field *f = st->params[i].field;
		struct tend_value v = tend_field_get(f, record);
		if (check_value(t, f, v, err) != TEND_OK) {
			return TEND_BAD_INPUT;
		}
		if (f->type == TEND_TAGS && v.text != NULL && *v.text == '\0') {
			v.null = true; /* no tags: one way to say so */
		}
		bind_value(s, st, st->params[i].at, v);
	}
	return TEND_OK;
}

enum tend_status statement_run(
	struct tend_store *s, struct statement *st, int64_t *ret, struct tend_error *err)
{
	const struct db_driver *driver = s->db->driver;
	enum db_row row;
	while ((row = driver->step(st->handle)) == DB_ROW) {
		if (ret != NULL) {
			*ret = driver->column_int(st->handle, 0);
		}
	}
	enum tend_status status = TEND_OK;
	if (row == DB_ERROR) { /* before the reset, which forgets some of it */
		s->problem = driver->problem(s->db);
		status = driver->fail(s->db, &s->detail);
		if (err != NULL) {
			*err = s->detail;
		}
	}
	driver->reset(st->handle);
	return status;
}

static void finish(struct tend_store *s, struct statement *st, size_t n)
{
	for (size_t i = 0; i < n; i++, st++) {
		s->db->driver->finalize(st->handle);
		free(st->columns);
		free(st->params);
		free(st->arguments);
	}
}

void statements_finish(struct tend_store *s)
{
	finish(s, s->statements, SQL_COUNT);
	if (s->kinds != NULL) {
		finish(s, s->kinds, tend_kind_count * KIND_SQL_COUNT);
		free(s->kinds);
	}
	for (size_t i = 0; s->images != NULL && i < db_table_count() * DB_IMAGE_COUNT; i++) {
		s->db->driver->finalize(s->images[i]);
	}
	free(s->images);
}
