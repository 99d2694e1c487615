/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <sqlite3.h>
#include <support.h>
#include <tend/mem.h>
#include <tend/str.h>

#include "book.h"
#include "db.h"

void book_assert(const struct book *b, enum tend_status status, const char *file, int line)
{
	if (status != TEND_OK) {
		print_error("%s:%d: status %d: %s\n", file, line, (int)status, b->err.text);
		_fail(file, line);
	}
}

int book_setup(void **state)
{
	struct book *b = tend_alloc(sizeof(*b));
	b->dir = support_make_dir();
	b->path = tend_format("%s/book.db", b->dir);
	assert_done(b, tend_store_open(b->path, TEND_STORE_CREATE, &b->store, &b->err));
	*state = b;
	return 0;
}

int book_teardown(void **state)
{
	struct book *b = *state;
	tend_store_close(b->store);
	support_remove_dir(b->dir);
	free(b->path);
	free(b);
	return 0;
}

void book_reopen(struct book *b)
{
	tend_store_close(b->store);
	b->store = NULL;
	assert_done(b, tend_store_open(b->path, 0, &b->store, &b->err));
}

void book_begin(struct book *b, const char *command)
{
	struct tend_journal_entry entry = {
		.at = 1700000000, .day = DAY(20000), .actor = "wang", .command = command};
	assert_done(b, tend_store_begin(b->store, command != NULL ? &entry : NULL, &b->err));
}

int64_t book_commit(struct book *b, const char *summary)
{
	int64_t changes = -1;
	assert_done(b, tend_store_commit(b->store, summary, &changes, &b->err));
	return changes;
}

static int64_t insert(struct book *b, const struct tend_record_type *t, const void *record)
{
	int64_t id = 0;
	assert_done(b, tend_store_insert(b->store, t, record, &id, &b->err));
	assert_true(id > 0);
	return id;
}

int64_t book_add_customer(struct book *b, const char *key, const char *name)
{
	struct tend_customer c;
	tend_record_clear(&tend_customer_type, &c);
	c.key = key;
	c.name = name;
	c.started = DAY(19900);
	c.term_months = 12;
	return insert(b, &tend_customer_type, &c);
}

int64_t book_add_milestone(struct book *b, int64_t customer, const char *key, int due)
{
	struct tend_milestone m;
	tend_record_clear(&tend_milestone_type, &m);
	m.customer_id = customer;
	m.key = key;
	m.title_en = "Kick-off";
	m.title_zh = "启动会";
	m.due = DAY(due);
	m.state = "todo";
	m.origin = "template";
	return insert(b, &tend_milestone_type, &m);
}

int64_t book_add_item(struct book *b, int64_t milestone, int position)
{
	struct tend_item i;
	tend_record_clear(&tend_item_type, &i);
	i.milestone_id = milestone;
	i.position = position;
	i.title_en = "Invite";
	i.done = 0;
	return insert(b, &tend_item_type, &i);
}

int64_t book_add_alert(struct book *b, int64_t customer, const char *rule)
{
	struct tend_alert a;
	tend_record_clear(&tend_alert_type, &a);
	a.customer_id = customer;
	a.rule = rule;
	a.severity = "high";
	a.state = "open";
	a.raised = DAY(20000);
	a.count = 1;
	return insert(b, &tend_alert_type, &a);
}

int64_t book_add_activity(struct book *b, int64_t customer, int day, const char *text)
{
	struct tend_activity a;
	tend_record_clear(&tend_activity_type, &a);
	a.customer_id = customer;
	a.date = DAY(day);
	a.kind = "call";
	a.text = text;
	return insert(b, &tend_activity_type, &a);
}

int64_t book_add_point(struct book *b, int64_t customer, const char *metric, int day, double value)
{
	struct tend_point p;
	tend_record_clear(&tend_point_type, &p);
	p.customer_id = customer;
	p.metric = metric;
	p.date = DAY(day);
	p.value = value;
	return insert(b, &tend_point_type, &p);
}

static void dump_row(sqlite3_stmt *s, struct tend_str *out)
{
	for (int i = 0; i < sqlite3_column_count(s); i++) {
		tend_str_addc(out, '|');
		if (sqlite3_column_type(s, i) == SQLITE_FLOAT) {
			tend_str_addf(out, "%a", sqlite3_column_double(s, i));
		} else if (sqlite3_column_type(s, i) == SQLITE_NULL) {
			tend_str_add(out, "NULL");
		} else {
			tend_str_add(out, (const char *)sqlite3_column_text(s, i));
		}
	}
	tend_str_addc(out, '\n');
}

char *book_dump(struct book *b)
{
	sqlite3 *db = NULL;
	assert_int_equal(sqlite3_open_v2(b->path, &db, SQLITE_OPEN_READONLY, NULL), SQLITE_OK);
	struct tend_str out = {0};
	for (size_t i = 0; i < db_table_count(); i++) {
		char *sql = tend_format("SELECT * FROM %s ORDER BY id", db_table_at(i).name);
		sqlite3_stmt *s = NULL;
		assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &s, NULL), SQLITE_OK);
		tend_str_addf(&out, "%s\n", db_table_at(i).name);
		while (sqlite3_step(s) == SQLITE_ROW) {
			dump_row(s, &out);
		}
		assert_int_equal(sqlite3_finalize(s), SQLITE_OK);
		free(sql);
	}
	assert_int_equal(sqlite3_close(db), SQLITE_OK);
	return tend_str_steal(&out);
}

long long book_number(const char *path, const char *sql)
{
	sqlite3 *db = NULL;
	sqlite3_stmt *s = NULL;
	assert_int_equal(sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &s, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_step(s), SQLITE_ROW);
	long long number = sqlite3_column_int64(s, 0);
	(void)sqlite3_finalize(s);
	(void)sqlite3_close(db);
	return number;
}

void book_execute(const char *path, const char *sql)
{
	sqlite3 *db = NULL;
	char *message = NULL;
	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	if (sqlite3_exec(db, sql, NULL, NULL, &message) != SQLITE_OK) {
		print_error("%s: %s\n", sql, message);
		fail();
	}
	(void)sqlite3_close(db);
}

void book_read(struct book *b, enum tend_read what, const struct tend_record_type *t,
	struct tend_list *list)
{
	tend_list_init(list, t);
	assert_done(b,
		what == BOOK_RECORDS ? tend_store_records(
			b->store, TEND_OF_ALL, (struct tend_value){0}, list, &b->err)
				     : tend_store_read(b->store, what, NULL, 0, list, &b->err));
}

void book_read_of(struct book *b, enum tend_read what, const struct tend_record_type *t, int64_t id,
	struct tend_list *list)
{
	tend_list_init(list, t);
	struct tend_value arg = book_int(id);
	assert_done(b,
		what == BOOK_RECORDS
			? tend_store_records(b->store, TEND_OF_CUSTOMER, arg, list, &b->err)
			: tend_store_read(b->store, what, &arg, 1, list, &b->err));
}

struct tend_value book_int(int64_t value)
{
	return (struct tend_value){.type = TEND_INT, .integer = value};
}

struct tend_value book_text(const char *text)
{
	return (struct tend_value){.type = TEND_TEXT, .text = text};
}

struct tend_value book_date(int day)
{
	return (struct tend_value){.type = TEND_DATE, .date = DAY(day)};
}
