/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include <tend/lang.h>
#include <tend/mem.h>

#include "internal.h"

/* A recorded change, copied: the statement that gave it is not kept busy while it is taken back. */
struct change {
	int64_t seq, row_id;
	size_t table; /* of db_table_at; db_table_count() where it is none */
	char op; /* I, U, D */
	const char *before, *after; /* NULL */
};
struct changes {
	struct change *items;
	size_t n, cap;
	struct tend_arena arena;
};

static size_t table_called(const char *name)
{
	size_t i = 0;
	while (i < db_table_count() && strcmp(db_table_at(i).name, name) != 0) {
		i++;
	}
	return i;
}

static bool is_evaluated(const struct change *c)
{
	return db_table_at(c->table).evaluated;
}

static enum tend_status fail_journal(
	struct tend_store *s, const struct change *c, struct tend_error *err)
{
	return tend_fail(err, TEND_FAILED,
		_("%s: the history does not fit the records any more (%s %lld): nothing was "
		  "changed; see "
		  "`tend store check`"),
		s->path, c->table < db_table_count() ? db_table_at(c->table).name : "?",
		(long long)c->row_id);
}

static struct db_stmt *image_statement(
	struct tend_store *s, size_t table, enum db_image what, struct tend_error *err)
{
	if (s->images == NULL) {
		s->images =
			tend_calloc(db_table_count() * DB_IMAGE_COUNT, sizeof(struct db_stmt *));
	}
	struct db_stmt **st = &s->images[table * DB_IMAGE_COUNT + what];
	if (*st == NULL) {
		struct db_table t = db_table_at(table);
		char *sql = s->db->driver->image_sql(s->db, &t, what, err);
		if (sql != NULL) {
			(void)s->db->driver->prepare(s->db, sql, st, err);
		}
		free(sql);
	}
	return *st;
}

/* The parameter `$number` of an image statement. */
static int param(struct tend_store *s, struct db_stmt *st, char number)
{
	int count = s->db->driver->param_count(st);
	for (int i = 1; i <= count; i++) {
		const char *name = s->db->driver->param_name(st, i);
		if (name[0] == number && name[1] == '\0') {
			return i;
		}
	}
	return 0;
}

static enum tend_status run_image(struct tend_store *s, struct db_stmt *st, struct tend_error *err)
{
	const struct db_driver *driver = s->db->driver;
	enum tend_status status = driver->step(st) != DB_ERROR ? TEND_OK : driver->fail(s->db, err);
	driver->reset(st);
	return status;
}

/* Keeps the image of a row that is about to go, so that redo can put it back. */
static enum tend_status keep_image(
	struct tend_store *s, const struct change *c, struct tend_error *err)
{
	const struct db_driver *driver = s->db->driver;
	struct db_stmt *take = image_statement(s, c->table, DB_IMAGE_TAKE, err);
	struct statement *keep = statement_get(s, SQL_JOURNAL_KEEP_IMAGE, err);
	if (take == NULL || keep == NULL) {
		return driver->fail(s->db, err);
	}
	driver->bind_int(take, param(s, take, '1'), c->row_id);
	enum tend_status status = TEND_OK;
	enum db_row row = driver->step(take);
	if (row == DB_ROW) {
		size_t n;
		char *image = tend_strdup(driver->column_text(take, 0, &n));
		driver->reset(take);
		statement_int(s, keep, 1, c->seq);
		statement_text(s, keep, 2, image);
		status = statement_run(s, keep, NULL, err);
		free(image);
	} else {
		status = row == DB_ERROR  ? driver->fail(s->db, err)
			: is_evaluated(c) ? TEND_OK
					  : fail_journal(s, c, err);
		driver->reset(take);
	}
	return status;
}

static enum tend_status remove_row(
	struct tend_store *s, const struct change *c, struct tend_error *err)
{
	struct db_stmt *st = image_statement(s, c->table, DB_IMAGE_DELETE, err);
	if (st == NULL) {
		return s->db->driver->fail(s->db, err);
	}
	s->db->driver->bind_int(st, param(s, st, '1'), c->row_id);
	return run_image(s, st, err);
}

/* Evaluation may have raised an alert for the cause that a restored one stands for. */
static enum tend_status remove_clashes(
	struct tend_store *s, const struct change *c, struct tend_error *err)
{
	struct statement *st = statement_get(s, SQL_ALERT_CLASHES, err);
	if (st == NULL) {
		return s->db->driver->fail(s->db, err);
	}
	statement_int(s, st, 1, c->row_id);
	return statement_run(s, st, NULL, err);
}

static enum tend_status put_row(
	struct tend_store *s, const struct change *c, const char *image, struct tend_error *err)
{
	struct db_stmt *st = image_statement(s, c->table, DB_IMAGE_INSERT, err);
	if (st == NULL) {
		return s->db->driver->fail(s->db, err);
	}
	if (image == NULL) { /* it had gone before the undo */
		return is_evaluated(c) ? TEND_OK : fail_journal(s, c, err);
	}
	s->db->driver->bind_text(st, param(s, st, '1'), image);
	enum tend_status status = run_image(s, st, err);
	return status == TEND_OK && is_evaluated(c) ? remove_clashes(s, c, err) : status;
}

static enum tend_status change_row(struct tend_store *s, const struct change *c, const char *to,
	const char *from, struct tend_error *err)
{
	const struct db_driver *driver = s->db->driver;
	struct db_stmt *st = image_statement(s, c->table, DB_IMAGE_UPDATE, err);
	if (st == NULL || to == NULL || from == NULL) {
		return st == NULL ? driver->fail(s->db, err) : fail_journal(s, c, err);
	}
	driver->bind_int(st, param(s, st, '1'), c->row_id);
	driver->bind_text(st, param(s, st, '2'), to);
	driver->bind_text(st, param(s, st, '3'), from);
	enum tend_status status = run_image(s, st, err);
	if (status == TEND_OK && driver->changes(s->db) == 0 && !is_evaluated(c)) {
		return fail_journal(s, c, err);
	}
	return status == TEND_OK && is_evaluated(c) ? remove_clashes(s, c, err) : status;
}

static enum tend_status take_back(
	struct tend_store *s, const struct change *c, struct tend_error *err)
{
	switch (c->op) {
	case 'I': {
		enum tend_status status = keep_image(s, c, err);
		return status == TEND_OK ? remove_row(s, c, err) : status;
	}
	case 'U':
		return change_row(s, c, c->before, c->after, err);
	case 'D':
		return put_row(s, c, c->before, err);
	default:
		return fail_journal(s, c, err);
	}
}

static enum tend_status do_again(
	struct tend_store *s, const struct change *c, struct tend_error *err)
{
	switch (c->op) {
	case 'I':
		return put_row(s, c, c->after, err);
	case 'U':
		return change_row(s, c, c->after, c->before, err);
	case 'D':
		return remove_row(s, c, err);
	default:
		return fail_journal(s, c, err);
	}
}

static const char *copy_text(
	struct tend_store *s, struct db_stmt *row, int i, struct tend_arena *arena)
{
	size_t n;
	const char *text = s->db->driver->column_text(row, i, &n);
	return text != NULL ? tend_arena_strndup(arena, text, n) : NULL;
}

enum { CHUNK = 2000 }; /* changes in memory at a time */

/* Loads the next changes of `first` … `last`; from the end where `back`. */
static enum tend_status load_changes(struct tend_store *s, int64_t first, int64_t last, bool back,
	struct changes *ret, struct tend_error *err)
{
	const struct db_driver *driver = s->db->driver;
	struct statement *st =
		statement_get(s, back ? SQL_JOURNAL_ROWS_BACK : SQL_JOURNAL_ROWS, err);
	if (st == NULL) {
		return driver->fail(s->db, err);
	}
	statement_int(s, st, 1, first);
	statement_int(s, st, 2, last);
	enum db_row row = DB_DONE;
	while (ret->n < CHUNK && (row = driver->step(st->handle)) == DB_ROW) {
		size_t n;
		struct change *c = TEND_PUSH(ret);
		c->seq = driver->column_int(st->handle, 0);
		c->table = table_called(driver->column_text(st->handle, 1, &n));
		c->row_id = driver->column_int(st->handle, 2);
		c->op = driver->column_text(st->handle, 3, &n)[0];
		c->before = copy_text(s, st->handle, 4, &ret->arena);
		c->after = copy_text(s, st->handle, 5, &ret->arena);
	}
	enum tend_status status = row != DB_ERROR ? TEND_OK : driver->fail(s->db, err);
	driver->reset(st->handle);
	return status;
}

static enum tend_status apply(
	struct tend_store *s, int64_t first, int64_t last, bool back, struct tend_error *err)
{
	enum tend_status status = TEND_OK;
	while (status == TEND_OK && first <= last) {
		struct changes changes = {0};
		status = load_changes(s, first, last, back, &changes, err);
		for (size_t i = 0; status == TEND_OK && i < changes.n; i++) {
			const struct change *c = &changes.items[i];
			if (c->table == db_table_count()) {
				status = fail_journal(s, c, err);
			} else {
				status = back ? take_back(s, c, err) : do_again(s, c, err);
			}
			last = back ? c->seq - 1 : last;
			first = back ? first : c->seq + 1;
		}
		if (changes.n == 0) {
			first = last + 1;
		}
		free(changes.items);
		tend_arena_finish(&changes.arena);
	}
	return status;
}

/* The entry that is next to take back or to do again, with the span of its changes. */
static enum tend_status find_entry(struct tend_store *s, bool back, struct tend_arena *arena,
	struct tend_history_row *ret, int64_t span[2], struct tend_error *err)
{
	const struct db_driver *driver = s->db->driver;
	struct statement *st =
		statement_get(s, back ? SQL_JOURNAL_LAST_DONE : SQL_JOURNAL_FIRST_UNDONE, err);
	struct statement *of = statement_get(s, SQL_JOURNAL_SPAN, err);
	if (st == NULL || of == NULL) {
		return driver->fail(s->db, err);
	}
	statement_match(s, st, &tend_history_type);
	enum db_row row = driver->step(st->handle);
	enum tend_status status = TEND_OK;
	if (row == DB_ROW) {
		tend_record_clear(&tend_history_type, ret);
		record_fill(s, st, ret, arena);
	} else {
		status = row == DB_ERROR ? driver->fail(s->db, err)
					 : tend_fail(err, TEND_NOT_FOUND, "%s",
						 back ? _("there is nothing to undo")
						      : _("there is nothing to redo"));
	}
	driver->reset(st->handle);
	if (status != TEND_OK) {
		return status;
	}
	statement_int(s, of, 1, ret->id);
	if (driver->step(of->handle) == DB_ROW) {
		span[0] = COLUMN_INT(s, of, 0);
		span[1] = COLUMN_INT(s, of, 1);
	} else {
		status = driver->fail(s->db, err);
	}
	driver->reset(of->handle);
	return status;
}

static enum tend_status mark(struct tend_store *s, int64_t entry, bool back, int64_t at,
	struct tend_date day, struct tend_error *err)
{
	struct statement *st = statement_get(s, SQL_JOURNAL_MARK, err);
	struct statement *event = statement_get(s, SQL_JOURNAL_EVENT, err);
	if (st == NULL || event == NULL) {
		return s->db->driver->fail(s->db, err);
	}
	statement_int(s, st, 1, entry);
	statement_int(s, st, 2, back ? 1 : 0);
	enum tend_status status = statement_run(s, st, NULL, err);
	if (status != TEND_OK) {
		return status;
	}
	statement_int(s, event, 1, entry);
	statement_text(s, event, 2, back ? "undo" : "redo");
	statement_int(s, event, 3, at);
	statement_date(s, event, 4, day);
	return statement_run(s, event, NULL, err);
}

static enum tend_status travel(struct tend_store *s, bool back, int64_t at, struct tend_date day,
	struct tend_arena *arena, struct tend_history_row *row, struct tend_error *err)
{
	if (s->begun && s->journalled) {
		return tend_fail(err, TEND_FAILED, "store: an undo within an entry");
	}
	bool own = !s->begun;
	enum tend_status status = own ? tend_store_begin(s, NULL, err) : TEND_OK;
	if (status != TEND_OK) {
		return status;
	}
	int64_t span[2] = {0, -1};
	status = find_entry(s, back, arena, row, span, err);
	status = status == TEND_OK ? s->db->driver->defer(s->db, err) : status;
	status = status == TEND_OK ? apply(s, span[0], span[1], back, err) : status;
	status = status == TEND_OK ? mark(s, row->id, back, at, day, err) : status;
	if (status == TEND_OK && own) {
		status = tend_store_commit(s, NULL, NULL, err);
	} else if (status != TEND_OK && (own || status != TEND_NOT_FOUND)) {
		tend_store_rollback(s); /* half an undo must not be committed */
	}
	if (status == TEND_OK) {
		s->last_entry = row->id;
		row->undone = back;
	}
	return status;
}

enum tend_status tend_store_undo(struct tend_store *s, int64_t at, struct tend_date day,
	struct tend_arena *arena, struct tend_history_row *row, struct tend_error *err)
{
	return travel(s, true, at, day, arena, row, err);
}

enum tend_status tend_store_redo(struct tend_store *s, int64_t at, struct tend_date day,
	struct tend_arena *arena, struct tend_history_row *row, struct tend_error *err)
{
	return travel(s, false, at, day, arena, row, err);
}
