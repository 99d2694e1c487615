/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include <tend/mem.h>
#include <tend/store.h>
#include <tend/str.h>

#include "db.h"
#include "sqlite/recorder.h"

enum {
	FULL = 512, /* changes */
	AT_ONCE = 16, /* rows of the journal that one statement writes, where there are many */
	NOBODY = -1, /* ids of customers begin at 1 */
};

struct column {
	char *label; /* as it stands before a value: "name": */
	size_t nlabel;
	bool names; /* the record, which somebody may ask for when it is gone: kept also where it is the same */
};
struct table {
	struct db_table is;
	struct column *columns; /* NULL until the first change */
	int ncolumns, owner; /* the column of the customer; -1 where it belongs to nobody */
};
struct cell {
	int type; /* of SQLite; that of the column, or NULL */
	int64_t integer;
	double real;
	const char *text;
	size_t n;
};
struct change {
	const struct table *table;
	const char *op; /* I, U, D */
	int depth; /* 0: the statement's own; one that goes along with another lies deeper */
	int64_t row, customer,
		from; /* the customer that it had before where it has another now; NOBODY */
	size_t before, nbefore,
		nafter; /* in the texts: the image after it follows; 0 bytes where there is none */
};
struct recorder {
	sqlite3 *handle;
	sqlite3_stmt *keep, *keep_many, *note;
	struct table *tables; /* by name */
	size_t ntables;
	int64_t entry;
	int64_t noted; /* the customer of the change that was written last */
	struct {
		struct change *items;
		size_t n, cap;
	} changes;
	struct tend_str texts;
	struct cell *old, *new; /* the row at hand; texts are borrowed */
	int room; /* for as many columns */
	bool writes; /* what comes is its own */
	int code; /* why a change could not be gathered: nothing is written then */
};

static int compare_tables(const void *a, const void *b)
{
	return strcmp(((const struct table *)a)->is.name, ((const struct table *)b)->is.name);
}

static bool names_a_record(const struct db_table *t, const char *column)
{
	bool found = t->label != NULL && strcmp(t->label, column) == 0;
	for (size_t i = 0; tend_store_naming[i] != NULL && !found; i++) {
		found = strcmp(tend_store_naming[i], column) == 0;
	}
	return found;
}

static void make_room(struct recorder *r, int columns)
{
	if (columns > r->room) {
		r->old = tend_realloc(r->old, (size_t)columns, sizeof(*r->old));
		r->new = tend_realloc(r->new, (size_t)columns, sizeof(*r->new));
		r->room = columns;
	}
}

static void forget_columns(struct table *t)
{
	for (int i = 0; i < t->ncolumns; i++) {
		free(t->columns[i].label);
	}
	free(t->columns);
	t->columns = NULL;
	t->ncolumns = 0;
}

/* Finds its columns, as they stand in a row. */
static int describe(struct recorder *r, struct table *t)
{
	static const char sql[] = "SELECT name FROM pragma_table_info($1)";
	struct {
		struct column *items;
		size_t n, cap;
	} columns = {0};
	sqlite3_stmt *s = NULL;
	if (sqlite3_prepare_v2(r->handle, sql, -1, &s, NULL) != SQLITE_OK) {
		return sqlite3_extended_errcode(r->handle);
	}
	(void)sqlite3_bind_text(s, 1, t->is.name, -1, SQLITE_STATIC);
	t->owner = -1;
	while (sqlite3_step(s) == SQLITE_ROW) {
		const char *name = (const char *)sqlite3_column_text(s, 0);
		if (tend_same(name, t->is.owner)) {
			t->owner = (int)columns.n;
		}
		struct column *c = TEND_PUSH(&columns);
		c->label = tend_format("\"%s\":", name);
		c->nlabel = strlen(c->label);
		c->names = names_a_record(&t->is, name);
	}
	t->columns = columns.items;
	t->ncolumns = (int)columns.n;
	make_room(r, t->ncolumns);
	int code = sqlite3_finalize(s);
	if (code != SQLITE_OK) {
		forget_columns(t);
	}
	return code;
}

/* --- the row at hand --- */

/* Texts as bytes: asked for as a text, SQLite would copy each to end it with a NUL. */
static void read_cell(sqlite3_value *v, struct cell *ret)
{
	ret->type = sqlite3_value_type(v);
	switch (ret->type) {
	case SQLITE_INTEGER:
		ret->integer = sqlite3_value_int64(v);
		break;
	case SQLITE_FLOAT:
		ret->real = sqlite3_value_double(v);
		break;
	case SQLITE_NULL:
		break;
	default:
		ret->text = sqlite3_value_blob(v); /* NULL where it is empty */
		ret->n = ret->text != NULL ? (size_t)sqlite3_value_bytes(v) : 0;
		ret->text = ret->text != NULL ? ret->text : "";
		break;
	}
}

static int read_old(struct recorder *r, int column)
{
	sqlite3_value *v = NULL;
	int code = sqlite3_preupdate_old(r->handle, column, &v);
	if (code == SQLITE_OK) {
		read_cell(v, &r->old[column]);
	}
	return code;
}

static int read_new(struct recorder *r, int column)
{
	sqlite3_value *v = NULL;
	int code = sqlite3_preupdate_new(r->handle, column, &v);
	if (code == SQLITE_OK) {
		read_cell(v, &r->new[column]);
	}
	return code;
}

/* As IS compares in a strict table. */
static bool is_same(const struct cell *a, const struct cell *b)
{
	if (a->type != b->type) {
		return false;
	}
	switch (a->type) {
	case SQLITE_INTEGER:
		return a->integer == b->integer;
	case SQLITE_FLOAT:
		return a->real == b->real;
	case SQLITE_NULL:
		return true;
	default:
		return a->n == b->n && memcmp(a->text, b->text, a->n) == 0;
	}
}

/* --- images: flat JSON objects --- */

static void add_text(struct tend_str *out, const char *text, size_t n)
{
	size_t from = 0;
	tend_str_addc(out, '"');
	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)text[i];
		if (c >= ' ' && c != '"' && c != '\\') {
			continue;
		}
		tend_str_addn(out, text + from, i - from);
		if (c < ' ') {
			tend_str_addf(out, "\\u%04x", c);
		} else {
			tend_str_addc(out, '\\');
			tend_str_addc(out, (char)c);
		}
		from = i + 1;
	}
	tend_str_addn(out, text + from, n - from);
	tend_str_addc(out, '"');
}

static void add_integer(struct tend_str *out, int64_t value)
{
	char digits[24];
	size_t at = sizeof(digits);
	uint64_t left = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
	do {
		digits[--at] = (char)('0' + left % 10);
		left /= 10;
	} while (left > 0);
	if (value < 0) {
		digits[--at] = '-';
	}
	tend_str_addn(out, digits + at, sizeof(digits) - at);
}

/* Numbers with a fraction are kept as texts of 17 digits, so that they come back to the last bit. */
static void add_value(struct tend_str *out, const struct cell *v)
{
	char number[40];
	switch (v->type) {
	case SQLITE_INTEGER:
		add_integer(out, v->integer);
		break;
	case SQLITE_FLOAT:
		sqlite3_snprintf(sizeof(number), number, "\"%!.17g\"", v->real);
		tend_str_add(out, number);
		break;
	case SQLITE_NULL:
		tend_str_add(out, "null");
		break;
	default:
		add_text(out, v->text, v->n);
		break;
	}
}

/* Of a changed row what differs in the other one, and what names it; of a row that goes all that it has. */
static size_t add_image(struct tend_str *out, const struct table *t, const struct cell *own,
	const struct cell *other)
{
	size_t from = out->len;
	for (int i = 0; i < t->ncolumns; i++) {
		const struct column *c = &t->columns[i];
		bool kept = own[i].type != SQLITE_NULL && (other == NULL || c->names);
		if (kept || (other != NULL && !is_same(&own[i], &other[i]))) {
			tend_str_addc(out, out->len > from ? ',' : '{');
			tend_str_addn(out, c->label, c->nlabel);
			add_value(out, &own[i]);
		}
	}
	tend_str_add(out, out->len > from ? "}" : "{}");
	return out->len - from;
}

/* --- gathering --- */

static int64_t owner_in(const struct table *t, const struct cell *row)
{
	bool known = t->owner >= 0 && row[t->owner].type == SQLITE_INTEGER;
	return known ? row[t->owner].integer : NOBODY;
}

static struct change *add_change(
	struct recorder *r, const struct table *t, const char *op, int64_t row)
{
	struct change *c = TEND_PUSH(&r->changes);
	*c = (struct change){.table = t,
		.op = op,
		.depth = sqlite3_preupdate_depth(r->handle),
		.row = row,
		.customer = NOBODY,
		.from = NOBODY,
		.before = r->texts.len};
	return c;
}

static int gather_insert(struct recorder *r, const struct table *t, int64_t row)
{
	int code = t->owner >= 0 ? read_new(r, t->owner) : SQLITE_OK;
	if (code == SQLITE_OK) {
		add_change(r, t, "I", row)->customer = owner_in(t, r->new);
	}
	return code;
}

static int gather_delete(struct recorder *r, const struct table *t, int64_t row)
{
	int code = SQLITE_OK;
	for (int i = 0; code == SQLITE_OK && i < t->ncolumns; i++) {
		code = read_old(r, i);
	}
	if (code == SQLITE_OK) {
		struct change *c = add_change(r, t, "D", row);
		c->customer = owner_in(t, r->old);
		c->nbefore = add_image(&r->texts, t, r->old, NULL);
	}
	return code;
}

/* A row that is written as it was has not changed; one that moves to another customer touches both. */
static int gather_update(struct recorder *r, const struct table *t, int64_t row)
{
	int code = SQLITE_OK;
	bool differs = false;
	for (int i = 0; code == SQLITE_OK && i < t->ncolumns; i++) {
		code = read_old(r, i);
		code = code == SQLITE_OK ? read_new(r, i) : code;
		differs = differs || (code == SQLITE_OK && !is_same(&r->old[i], &r->new[i]));
	}
	if (code == SQLITE_OK && differs) {
		struct change *c = add_change(r, t, "U", row);
		c->customer = owner_in(t, r->new);
		c->from = owner_in(t, r->old);
		c->from = c->from != c->customer ? c->from : NOBODY;
		c->nbefore = add_image(&r->texts, t, r->old, r->new);
		c->nafter = add_image(&r->texts, t, r->new, r->old);
	}
	return code;
}

static void gather(void *ctx, sqlite3 *handle, int op, const char *schema, const char *name,
	sqlite3_int64 old_row, sqlite3_int64 row)
{
	struct recorder *r = ctx;
	(void)handle;
	if (r->entry == 0 || r->writes || r->code != SQLITE_OK || strcmp(schema, "main") != 0) {
		return;
	}
	const struct table key = {.is = {.name = name}};
	struct table *t = bsearch(&key, r->tables, r->ntables, sizeof(key), compare_tables);
	if (t == NULL) {
		return; /* derived, or the journal itself */
	}
	r->code = t->columns == NULL ? describe(r, t) : SQLITE_OK;
	if (r->code == SQLITE_OK) {
		r->code = op == SQLITE_INSERT ? gather_insert(r, t, row)
			: op == SQLITE_DELETE ? gather_delete(r, t, old_row)
					      : gather_update(r, t, row);
	}
}

/* --- writing --- */

static int run(sqlite3_stmt *s)
{
	(void)sqlite3_step(s);
	return sqlite3_reset(s);
}

/*
 * SQLite tells of a row before those that go along with it. They are written before it, as they go: who takes it back
 * puts the row there first, who does it again finds them there. In place, with the rows that wait for theirs.
 */
static void put_in_order(struct recorder *r)
{
	struct change *all = r->changes.items;
	struct change *waiting = tend_calloc(r->changes.n + 1, sizeof(*waiting));
	size_t n = 0, nwaiting = 0;
	for (size_t i = 0; i < r->changes.n; i++) {
		struct change c = all[i];
		while (nwaiting > 0 && waiting[nwaiting - 1].depth >= c.depth) {
			all[n++] = waiting[--nwaiting];
		}
		waiting[nwaiting++] = c;
	}
	while (nwaiting > 0) {
		all[n++] = waiting[--nwaiting];
	}
	free(waiting);
}

static void bind_customer(sqlite3_stmt *s, int at, int64_t customer)
{
	if (customer != NOBODY) {
		(void)sqlite3_bind_int64(s, at, customer);
	} else {
		(void)sqlite3_bind_null(s, at);
	}
}

static void bind_image(sqlite3_stmt *s, int at, const char *text, size_t n)
{
	(void)sqlite3_bind_text(s, at, n > 0 ? text : NULL, (int)n, SQLITE_STATIC);
}

/* One row of the journal; the statement has `place` before it. */
static void bind_change(struct recorder *r, sqlite3_stmt *s, int place, const struct change *c)
{
	enum { COLUMNS = 8 };
	const char *images = tend_str_text(&r->texts) + c->before;
	int at = place * COLUMNS;
	(void)sqlite3_bind_int64(s, at + 1, r->entry);
	(void)sqlite3_bind_text(s, at + 2, c->table->is.name, -1, SQLITE_STATIC);
	(void)sqlite3_bind_int64(s, at + 3, c->row);
	bind_customer(s, at + 4, c->customer);
	bind_customer(s, at + 5, c->from);
	(void)sqlite3_bind_text(s, at + 6, c->op, 1, SQLITE_STATIC);
	bind_image(s, at + 7, images, c->nbefore);
	bind_image(s, at + 8, images + c->nbefore, c->nafter);
}

static int write_changes(struct recorder *r)
{
	int code = SQLITE_OK;
	for (size_t i = 0; code == SQLITE_OK && i < r->changes.n;) {
		bool many = r->changes.n - i >= AT_ONCE;
		sqlite3_stmt *s = many ? r->keep_many : r->keep;
		for (int place = 0; place < (many ? AT_ONCE : 1); place++) {
			bind_change(r, s, place, &r->changes.items[i++]);
		}
		code = run(s);
	}
	return code;
}

/* Whom the entry touched; the changes of a customer mostly come one after another. */
static int note_customer(struct recorder *r, int64_t customer)
{
	if (customer == NOBODY || customer == r->noted) {
		return SQLITE_OK;
	}
	r->noted = customer;
	(void)sqlite3_bind_int64(r->note, 1, customer);
	(void)sqlite3_bind_int64(r->note, 2, r->entry);
	return run(r->note);
}

static int prepare(struct recorder *r, const char *sql, sqlite3_stmt **ret)
{
	return sqlite3_prepare_v3(r->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, ret, NULL);
}

static int prepare_keep(struct recorder *r, int rows, sqlite3_stmt **ret)
{
	struct tend_str sql = {0};
	tend_str_add(&sql,
		"INSERT OR FAIL INTO journal_row (entry, tbl, row_id, customer_id, "
		"from_customer, op, before, after) VALUES ");
	for (int i = 0; i < rows; i++) {
		tend_str_addf(&sql, "%s(?, ?, ?, ?, ?, ?, ?, ?)", i > 0 ? ", " : "");
	}
	int code = prepare(r, tend_str_text(&sql), ret);
	tend_str_finish(&sql);
	return code;
}

/* What is needed to write what was gathered. */
static int make_ready(struct recorder *r)
{
	int code = SQLITE_OK;
	if (r->keep == NULL) {
		code = prepare_keep(r, 1, &r->keep);
	}
	if (code == SQLITE_OK && r->keep_many == NULL && r->changes.n >= AT_ONCE) {
		code = prepare_keep(r, AT_ONCE, &r->keep_many);
	}
	if (code == SQLITE_OK && r->note == NULL) {
		code = prepare(r,
			"INSERT OR IGNORE INTO journal_customer (customer_id, entry) VALUES (?, ?)",
			&r->note);
	}
	return code;
}

int recorder_write(struct recorder *r)
{
	int code = r->code;
	if (code == SQLITE_OK && r->changes.n > 0) {
		/* SQLite has taken the transaction back by itself, and what was gathered is no more. */
		bool over = sqlite3_get_autocommit(r->handle) != 0;
		code = over ? SQLITE_ABORT : make_ready(r);
		put_in_order(r);
	}
	r->writes = true;
	code = code == SQLITE_OK ? write_changes(r) : code;
	for (size_t i = 0; code == SQLITE_OK && i < r->changes.n; i++) {
		code = note_customer(r, r->changes.items[i].from);
		code = code == SQLITE_OK ? note_customer(r, r->changes.items[i].customer) : code;
	}
	r->writes = false;
	r->code = code; /* half of it may be written: nothing more is, until another entry */
	if (code == SQLITE_OK) {
		recorder_forget(r, 0);
	}
	return code;
}

bool recorder_is_full(const struct recorder *r)
{
	return r->changes.n >= FULL;
}

size_t recorder_mark(const struct recorder *r)
{
	return r->changes.n;
}

void recorder_forget(struct recorder *r, size_t mark)
{
	r->changes.n = mark < r->changes.n ? mark : r->changes.n;
	if (r->changes.n == 0) {
		tend_str_clear(&r->texts);
	}
}

void recorder_follow(struct recorder *r, int64_t entry)
{
	r->entry = entry;
	r->noted = NOBODY;
	r->code = SQLITE_OK;
	recorder_forget(r, 0);
}

struct recorder *recorder_create(sqlite3 *handle)
{
	struct recorder *r = tend_alloc(sizeof(*r));
	r->handle = handle;
	r->noted = NOBODY;
	r->ntables = db_table_count();
	r->tables = tend_calloc(r->ntables, sizeof(*r->tables));
	for (size_t i = 0; i < r->ntables; i++) {
		r->tables[i].is = db_table_at(i);
	}
	qsort(r->tables, r->ntables, sizeof(*r->tables), compare_tables);
	(void)sqlite3_preupdate_hook(handle, gather, r);
	return r;
}

void recorder_destroy(struct recorder *r)
{
	if (r == NULL) {
		return;
	}
	(void)sqlite3_preupdate_hook(r->handle, NULL, NULL);
	(void)sqlite3_finalize(r->keep);
	(void)sqlite3_finalize(r->keep_many);
	(void)sqlite3_finalize(r->note);
	for (size_t i = 0; i < r->ntables; i++) {
		forget_columns(&r->tables[i]);
	}
	free(r->tables);
	free(r->changes.items);
	free(r->old);
	free(r->new);
	tend_str_finish(&r->texts);
	free(r);
}
