/* SPDX-License-Identifier: MIT */
/*
 * What a search looks in: kept in the store as of a place in the journal, and renewed from there. Nothing
 * that writes has to care: every change of a customer's records is an entry, an undo or a redo.
 */
#include "search.h"

#include <stdlib.h>
#include <string.h>

#include <tend/mem.h>

enum {
	RUN_MAX = 256, /* customers that are read together */
	GAP_MAX = 4, /* ids between two of them, which are read as well */
	MANY = 1000, /* customers that have to be read again while others wait */
};

struct position {
	int64_t entry, event; /* of the journal: the newest that the texts are as of */
};

struct tend_search_texts {
	struct tend_search texts;
	struct position at, kept;
	bool is_kept; /* the store has a mark of this program's format, and it is `kept` */
	bool renewed; /* differs from what is kept */
	bool held; /* all texts are in memory; else those that were renewed */
	bool used; /* not held, and searched */
	bool reading; /* a transaction is open for it */
	struct {
		int64_t *items;
		size_t n, cap, at;
	} left; /* ids, ordered: those from `at` on have to be read again */
	bool shared_left; /* as has what is shared */
	size_t titles_kept;
};

static bool same(struct position a, struct position b)
{
	return a.entry == b.entry && a.event == b.event;
}

/* --- what is kept --- */

static enum tend_status read_position(
	struct tend_store *s, struct position *ret, struct tend_error *err)
{
	struct statement *st = statement_get(s, SQL_SEARCH_HEAD, err);
	if (st == NULL) {
		return s->db->driver->fail(s->db, err);
	}
	bool found = s->db->driver->step(st->handle) == DB_ROW;
	enum tend_status status = found ? TEND_OK : s->db->driver->fail(s->db, err);
	if (found) {
		*ret = (struct position){COLUMN_INT(s, st, 0), COLUMN_INT(s, st, 1)};
	}
	s->db->driver->reset(st->handle); /* a busy one would hold up other programs */
	return status;
}

/* `ret_is_kept`: there is one of this format; `shared` may be NULL. */
static enum tend_status read_mark(struct tend_store *s, struct position *ret, bool *ret_is_kept,
	struct tend_str *shared, struct tend_error *err)
{
	struct statement *st = statement_get(s, SQL_SEARCH_MARK, err);
	if (st == NULL) {
		return s->db->driver->fail(s->db, err);
	}
	enum db_row row = s->db->driver->step(st->handle);
	*ret_is_kept = row == DB_ROW && COLUMN_INT(s, st, 2) == tend_search_format();
	if (*ret_is_kept) {
		size_t n;
		*ret = (struct position){COLUMN_INT(s, st, 0), COLUMN_INT(s, st, 1)};
		const char *text = s->db->driver->column_text(st->handle, 3, &n);
		if (shared != NULL && text != NULL) {
			tend_str_addn(shared, text, n);
		}
	}
	enum tend_status status = row != DB_ERROR ? TEND_OK : s->db->driver->fail(s->db, err);
	s->db->driver->reset(st->handle);
	return status;
}

static enum tend_status read_titles(
	struct tend_store *s, struct tend_search_texts *x, struct tend_error *err)
{
	struct statement *st = statement_get(s, SQL_SEARCH_TITLES, err);
	if (st == NULL) {
		return s->db->driver->fail(s->db, err);
	}
	enum db_row row;
	size_t n;
	uint32_t number;
	while ((row = s->db->driver->step(st->handle)) == DB_ROW) {
		const char *names = s->db->driver->column_text(st->handle, 0, &n);
		(void)tend_search_title_of(&x->texts, names != NULL ? names : "", &number);
	}
	enum tend_status status = row == DB_DONE ? TEND_OK : s->db->driver->fail(s->db, err);
	s->db->driver->reset(st->handle);
	x->titles_kept = x->texts.titles.n;
	return status;
}

static void look(struct tend_search_run *run, const struct tend_search_text *t)
{
	tend_search_look(run, t->customer_id, t->text, t->n);
}

/* Gives each kept text to the search, or where that is NULL keeps it in memory. What was renewed stands in the place of
 * what is kept. */
static enum tend_status read_texts(struct tend_store *s, struct tend_search_texts *x,
	struct tend_search_run *run, struct tend_error *err)
{
	struct statement *st = statement_get(s, SQL_SEARCH_TEXTS, err);
	if (st == NULL) {
		return s->db->driver->fail(s->db, err);
	}
	enum db_row row;
	size_t n, next = 0; /* next: of those in memory */
	const struct tend_search *t = &x->texts;
	while ((row = s->db->driver->step(st->handle)) == DB_ROW) {
		int64_t id = COLUMN_INT(s, st, 0);
		const char *text = s->db->driver->column_text(st->handle, 1, &n);
		if (run == NULL) {
			struct tend_str copy = {0};
			tend_str_addn(&copy, text != NULL ? text : "", n);
			tend_search_put(&x->texts, id, &copy, false);
			tend_str_finish(&copy);
			continue;
		}
		for (; next < t->n && t->items[next].customer_id < id; next++) {
			look(run, &t->items[next]);
		}
		bool renewed = next < t->n && t->items[next].customer_id == id;
		if (!renewed && text != NULL) {
			tend_search_look(run, id, text, n);
		}
	}
	for (; run != NULL && next < t->n; next++) {
		look(run, &t->items[next]);
	}
	enum tend_status status = row == DB_DONE ? TEND_OK : s->db->driver->fail(s->db, err);
	s->db->driver->reset(st->handle);
	return status;
}

/* The customers that the statement gives are to be read again. */
static enum tend_status want(
	struct tend_store *s, struct tend_search_texts *x, enum sql which, struct tend_error *err)
{
	struct statement *st = statement_get(s, which, err);
	if (st == NULL) {
		return s->db->driver->fail(s->db, err);
	}
	statement_int(s, st, 1, x->at.entry);
	statement_int(s, st, 2, x->at.event);
	enum db_row row;
	while ((row = s->db->driver->step(st->handle)) == DB_ROW) {
		*TEND_PUSH(&x->left) = COLUMN_INT(s, st, 0);
	}
	enum tend_status status = row == DB_DONE ? TEND_OK : s->db->driver->fail(s->db, err);
	s->db->driver->reset(st->handle);
	x->shared_left = true;
	return status;
}

static int by_id(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
	return (x > y) - (x < y);
}

/* What was left and what came since, ordered. */
static void settle(struct tend_search_texts *x)
{
	size_t n = x->left.n - x->left.at, kept = 0;
	int64_t *ids = x->left.items;
	if (n > 0) {
		memmove(ids, ids + x->left.at, n * sizeof(*ids));
		qsort(ids, n, sizeof(*ids), by_id);
	}
	for (size_t i = 0; i < n; i++) {
		if (kept == 0 || ids[kept - 1] != ids[i]) {
			ids[kept++] = ids[i];
		}
	}
	x->left.n = kept;
	x->left.at = 0;
}

/* Where what is read next has to be as of the journal's end: what is newer by then is touched again later. */
static enum tend_status follow(
	struct tend_store *s, struct tend_search_texts *x, struct tend_error *err)
{
	struct position end;
	enum tend_status status = read_position(s, &end, err);
	if (status != TEND_OK || same(end, x->at)) {
		return status;
	}
	status = want(s, x, SQL_SEARCH_TOUCHED, err);
	if (status == TEND_OK) {
		x->at = end;
		x->renewed = true;
		settle(x);
	}
	return status;
}

static enum tend_status read_kept(
	struct tend_store *s, struct tend_search_texts *x, struct tend_error *err)
{
	struct tend_str shared = {0};
	enum tend_status status = read_mark(s, &x->kept, &x->is_kept, &shared, err);
	if (status == TEND_OK && x->is_kept) {
		x->at = x->kept;
		tend_search_put(&x->texts, 0, &shared, false);
		status = read_titles(s, x, err);
		status = status == TEND_OK ? follow(s, x, err) : status;
		x->held = x->held || x->left.n > MANY;
		if (status == TEND_OK && x->held) {
			status = read_texts(s, x, NULL, err);
		}
	} else if (status == TEND_OK) {
		x->held = true;
		status = read_position(s, &x->at, err);
		status = status == TEND_OK ? want(s, x, SQL_SEARCH_ALL, err) : status;
	}
	tend_str_finish(&shared);
	return status;
}

static void end_reading(struct tend_store *s, struct tend_search_texts *x)
{
	if (x->reading) {
		tend_store_release(s);
		s->db->driver->passing(s->db, false);
		x->reading = false;
	}
}

enum tend_status tend_store_search_open(
	struct tend_store *s, bool held, struct tend_search_texts **ret, struct tend_error *err)
{
	struct tend_search_texts *x = tend_alloc(sizeof(*x));
	x->held = held;
	s->db->driver->passing(s->db, true);
	/* The mark and the texts as of one moment. */
	tend_store_hold(s);
	x->reading = true;
	enum tend_status status = read_kept(s, x, err);
	if (status != TEND_OK || x->held) {
		end_reading(s, x);
	}
	if (status != TEND_OK) {
		tend_store_search_close(s, x);
		return status;
	}
	*ret = x;
	return TEND_OK;
}

void tend_store_search_close(struct tend_store *s, struct tend_search_texts *x)
{
	if (x != NULL) {
		end_reading(s, x);
		tend_search_finish(&x->texts);
		free(x->left.items);
		free(x);
	}
}

enum tend_status tend_store_search_run(struct tend_store *s, struct tend_search_texts *x,
	const struct tend_search_words *w, const struct tend_search_how *how,
	struct tend_search_hits *ret, struct tend_error *err)
{
	if (x->held) {
		tend_search_run(&x->texts, w, how, ret);
		return TEND_OK;
	}
	struct tend_search_run *run = tend_search_run_begin(&x->texts, w, how);
	enum tend_status status = read_texts(s, x, run, err);
	tend_search_run_end(run, ret);
	end_reading(s, x);
	x->used = true;
	return status;
}

bool tend_store_search_is_used(const struct tend_search_texts *x)
{
	return x->used;
}

size_t tend_store_search_changed(const struct tend_search_texts *x)
{
	size_t n = 0;
	for (size_t i = 0; i < x->texts.n; i++) {
		n += x->texts.items[i].changed;
	}
	return n;
}

/* --- renewing --- */

/* The next customers that stand close together, at most `limit`. */
static size_t next_run(const struct tend_search_texts *x, size_t limit)
{
	const int64_t *ids = x->left.items + x->left.at;
	size_t n = 1, most = x->left.n - x->left.at;
	most = most > limit ? limit : most;
	most = most > RUN_MAX ? RUN_MAX : most;
	while (n < most && ids[n] - ids[n - 1] <= GAP_MAX) {
		n++;
	}
	return n;
}

enum tend_status tend_store_search_renew(struct tend_store *s, struct tend_search_texts *x,
	size_t limit, size_t *ret_left, size_t *ret_all, struct tend_error *err)
{
	enum tend_status status = follow(s, x, err);
	if (status == TEND_OK && x->shared_left) {
		status = search_words_shared(s, &x->texts, err);
		x->shared_left = status != TEND_OK;
		x->renewed = true;
	}
	size_t room = limit == 0 ? SIZE_MAX : limit;
	while (status == TEND_OK && room > 0 && x->left.at < x->left.n) {
		size_t n = next_run(x, room);
		const int64_t *ids = x->left.items + x->left.at;
		status = search_words_of(s, &x->texts, ids[0], ids[n - 1], err);
		x->left.at += status == TEND_OK ? n : 0;
		room -= n;
	}
	*ret_left = x->left.n - x->left.at;
	*ret_all = x->left.n;
	return status;
}

/* --- keeping --- */

static enum tend_status run(struct tend_store *s, struct statement *st)
{
	return st != NULL ? statement_run(s, st, NULL, NULL) : TEND_FAILED;
}

static enum tend_status put(struct tend_store *s, enum sql which, int64_t number, const char *text)
{
	struct statement *st = statement_get(s, which, NULL);
	if (st != NULL) {
		statement_int(s, st, 1, number);
		statement_text(s, st, 2, text);
	}
	return run(s, st);
}

static enum tend_status put_mark(struct tend_store *s, const struct tend_search_texts *x)
{
	const struct tend_search_text *shared = tend_search_of(&x->texts, 0);
	struct statement *st = statement_get(s, SQL_SEARCH_MARK_PUT, NULL);
	if (st != NULL) {
		statement_int(s, st, 1, x->at.entry);
		statement_int(s, st, 2, x->at.event);
		statement_int(s, st, 3, tend_search_format());
		statement_text(s, st, 4, shared != NULL ? shared->text : "");
	}
	return run(s, st);
}

static enum tend_status put_all(struct tend_store *s, struct tend_search_texts *x)
{
	enum tend_status status = TEND_OK;
	if (!x->is_kept) {
		status = run(s, statement_get(s, SQL_SEARCH_TEXTS_CLEAR, NULL));
		status = status == TEND_OK ? run(s, statement_get(s, SQL_SEARCH_TITLES_CLEAR, NULL))
					   : status;
		x->titles_kept = 0;
	}
	for (size_t i = x->titles_kept; i < x->texts.titles.n && status == TEND_OK; i++) {
		status = put(s, SQL_SEARCH_TITLE_PUT, (int64_t)i, x->texts.titles.items[i].raw);
	}
	for (size_t i = 0; i < x->texts.n && status == TEND_OK; i++) {
		const struct tend_search_text *t = &x->texts.items[i];
		if (t->customer_id != 0 && (t->changed || !x->is_kept)) {
			status = put(s, SQL_SEARCH_TEXT_PUT, t->customer_id, t->text);
		}
	}
	return status == TEND_OK ? put_mark(s, x) : status;
}

/* Nobody else has kept anything, and nothing has happened, since the texts were read. */
static bool stands(struct tend_store *s, const struct tend_search_texts *x)
{
	struct position mark = {0}, end;
	bool is_kept;
	return read_position(s, &end, NULL) == TEND_OK && same(end, x->at)
		&& read_mark(s, &mark, &is_kept, NULL, NULL) == TEND_OK && is_kept == x->is_kept
		&& (!is_kept || same(mark, x->kept));
}

void tend_store_search_keep(struct tend_store *s, struct tend_search_texts *x)
{
	if (s->read_only || s->begun || !x->renewed || x->left.at < x->left.n) {
		return;
	}
	s->db->driver->patience(s->db, false);
	if (tend_store_begin(s, NULL, NULL) == TEND_OK) {
		if (stands(s, x) && put_all(s, x) == TEND_OK
			&& tend_store_commit(s, NULL, NULL, NULL) == TEND_OK) {
			for (size_t i = 0; i < x->texts.n; i++) {
				x->texts.items[i].changed = false;
			}
			x->titles_kept = x->texts.titles.n;
			x->kept = x->at;
			x->is_kept = true;
			x->renewed = false;
		} else {
			tend_store_rollback(s);
		}
	}
	s->db->driver->patience(s->db, true);
}
