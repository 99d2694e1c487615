/* SPDX-License-Identifier: MIT */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <sqlite3.h>
#include <support.h>
#include <tend/mem.h>
#include <tend/str.h>

#include "book.h"

static void state_is_kept_beside_the_customer_and_replaced(void **state)
{
	struct book *b = *state;
	book_begin(b, "add");
	int64_t id = book_add_customer(b, "acme", "Acme");
	(void)book_commit(b, "added");
	for (int day = 20000; day < 20002; day++) {
		struct tend_list list;
		book_read_of(b, TEND_READ_CUSTOMER, &tend_customer_type, id, &list);
		struct tend_customer *c = tend_list_at(&list, 0);
		c->status = "lapsed";
		c->stage = "renewal";
		c->month = 11;
		c->days_to_renewal = -5;
		c->arr = 1234567;
		c->health = 71.5;
		c->health_band = "good";
		c->overdue = 2;
		c->next_due = DAY(day);
		c->next_milestone = "review#3";
		c->alerts = 1;
		c->last_contact = DAY(19990);
		c->track = "behind";
		c->track_reason = "it is late";
		book_begin(b, NULL);
		assert_done(b, tend_store_put_state(b->store, c, DAY(day), &b->err));
		assert_int_equal(book_commit(b, NULL), 0); /* never journalled */
		tend_list_finish(&list);
		book_read_of(b, TEND_READ_CUSTOMER, &tend_customer_type, id, &list);
		c = tend_list_at(&list, 0);
		assert_string_equal(c->status, "lapsed");
		assert_string_equal(c->stage, "renewal");
		assert_int_equal(c->month, 11);
		assert_int_equal(c->days_to_renewal, -5);
		assert_int_equal(c->arr, 1234567);
		assert_true(fabs(c->health - 71.5) < 1e-12);
		assert_string_equal(c->health_band, "good");
		assert_int_equal(c->overdue, 2);
		assert_int_equal(c->next_due.day, day);
		assert_string_equal(c->next_milestone, "review#3");
		assert_int_equal(c->alerts, 1);
		assert_int_equal(c->last_contact.day, 19990);
		assert_string_equal(c->track, "behind");
		assert_string_equal(c->track_reason, "it is late");
		tend_list_finish(&list);
	}
	assert_int_equal(book_number(b->path, "SELECT count(*) FROM customer_state"), 1);
	assert_int_equal(book_number(b->path, "SELECT count(*) FROM journal"), 1);
}

static void the_renewal_follows_from_the_start_and_the_term(void **state)
{
	struct book *b = *state;
	static const struct {
		const char *started;
		int64_t term;
		const char *renewal;
	} rows[] = {
		{"2026-01-31", 1, "2026-02-28"},
		{"2026-01-01", 12, "2027-01-01"},
		{"2024-02-29", 12, "2025-02-28"},
		{"2026-01-01", TEND_NO_INT, ""},
		{"", 12, ""},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char key[16], text[TEND_DATE_LEN];
		struct tend_customer c;
		(void)snprintf(key, sizeof(key), "c%zu", i);
		tend_record_clear(&tend_customer_type, &c);
		c.key = key;
		c.name = "A";
		(void)tend_date_parse(rows[i].started, &c.started);
		c.term_months = rows[i].term;
		int64_t id;
		book_begin(b, "add");
		assert_done(b, tend_store_insert(b->store, &tend_customer_type, &c, &id, &b->err));
		(void)book_commit(b, "added");
		struct tend_list list;
		book_read_of(b, TEND_READ_CUSTOMER, &tend_customer_type, id, &list);
		struct tend_customer *r = tend_list_at(&list, 0);
		assert_string_equal(tend_date_format(r->renewal, text), rows[i].renewal);
		tend_list_finish(&list);
	}
}

static void put_row(struct book *b, int64_t customer, double rank, int due, const char *subject)
{
	struct tend_today_row r;
	tend_record_clear(&tend_today_type, &r);
	r.id = 7;
	r.customer_id = customer;
	r.kind = "overdue";
	r.subject = subject;
	r.title = "启动会";
	r.due = DAY(due);
	r.rank = rank;
	r.band = due % 3;
	r.required = 1;
	r.nth = 3;
	r.arr = 32000000;
	r.renewal = DAY(20100);
	r.day = DAY(20012);
	assert_done(b, tend_store_put_today(b->store, &r, &b->err));
}

static void read_today(struct book *b, int64_t limit, int64_t offset, struct tend_list *list)
{
	struct tend_value args[] = {book_int(limit), book_int(offset)};
	tend_list_init(list, &tend_today_type);
	assert_done(b, tend_store_read(b->store, TEND_READ_TODAY, args, 2, list, &b->err));
}

static void today_is_read_by_rank_in_pages_with_what_ranks_it(void **state)
{
	struct book *b = *state;
	book_begin(b, "add");
	int64_t acme = book_add_customer(b, "acme", "Acme");
	int64_t other = book_add_customer(b, "other", "Other");
	put_row(b, acme, 30.1, 20001, "third");
	put_row(b, other, 50, 20000, "first");
	put_row(b, acme, 30.1, 20000, "second");
	put_row(b, acme, 1, 20000, "last");
	(void)book_commit(b, "added");
	static const char *const expected[] = {"first", "second", "third", "last"};
	for (int64_t offset = 0; offset < 4; offset += 2) {
		struct tend_list list;
		read_today(b, 2, offset, &list);
		assert_int_equal(list.n, 2);
		for (size_t i = 0; i < 2; i++) {
			const struct tend_today_row *r = tend_list_at(&list, i);
			assert_string_equal(r->subject, expected[(size_t)offset + i]);
		}
		tend_list_finish(&list);
	}
	struct tend_list list;
	read_today(b, -1, 1, &list);
	const struct tend_today_row *r = tend_list_at(&list, 0);
	assert_int_equal(r->id, 7);
	assert_string_equal(r->customer, "acme");
	assert_string_equal(r->name, "Acme");
	assert_int_equal(r->required, 1);
	assert_int_equal(r->nth, 3);
	assert_int_equal(r->arr, 32000000);
	assert_int_equal(r->renewal.day, 20100);
	assert_int_equal(r->day.day, 20012);
	tend_list_finish(&list);
}

static void put_state(struct book *b, int64_t customer)
{
	struct tend_customer c;
	tend_record_clear(&tend_customer_type, &c);
	c.id = customer;
	assert_done(b, tend_store_put_state(b->store, &c, DAY(20000), &b->err));
}

static void assert_counted(struct book *b, int64_t all, int64_t urgent)
{
	int64_t count = 0, late = 0;
	assert_done(b, tend_store_today_count(b->store, &count, &late, &b->err));
	assert_int_equal(count, all);
	assert_int_equal(late, urgent);
}

static struct tend_today_row row_of(
	int64_t customer, double rank, int64_t band, const char *subject)
{
	static int64_t id = 7; /* each is about another record */
	struct tend_today_row r;
	tend_record_clear(&tend_today_type, &r);
	r.customer_id = customer;
	r.id = id++;
	r.kind = "due";
	r.subject = subject;
	r.title = "Step";
	r.due = DAY(20005);
	r.rank = rank;
	r.band = band;
	r.day = DAY(20000);
	return r;
}

static void bands_come_one_after_the_other_each_by_rank(void **state)
{
	struct book *b = *state;
	book_begin(b, "add");
	int64_t acme = book_add_customer(b, "acme", "Acme");
	struct tend_today_row rows[] = {row_of(acme, 1, 1, "second"), row_of(acme, 99, 2, "last"),
		row_of(acme, 5, 0, "first"), row_of(acme, 0, 1, "third")};
	put_state(b, acme);
	assert_done(b, tend_store_put_queue(b->store, acme, rows, 4, &b->err));
	(void)book_commit(b, "added");
	static const char *const expected[] = {"first", "second", "third"};
	struct tend_value args[] = {book_int(3), book_int(0)};
	struct tend_list list;
	tend_list_init(&list, &tend_today_type);
	assert_done(b, tend_store_read(b->store, TEND_READ_TODAY_BANDS, args, 2, &list, &b->err));
	assert_int_equal(list.n, 3);
	for (size_t i = 0; i < list.n; i++) {
		const struct tend_today_row *r = tend_list_at(&list, i);
		assert_string_equal(r->subject, expected[i]);
	}
	tend_list_finish(&list);
	assert_counted(b, 4, 1);
}

/* Puts the queue, and compares what is stored then. */
static void put_queue(struct book *b, int64_t customer, const struct tend_today_row *rows, size_t n)
{
	book_begin(b, NULL);
	assert_done(b, tend_store_put_queue(b->store, customer, rows, n, &b->err));
	(void)book_commit(b, NULL);
	sqlite3 *db;
	sqlite3_stmt *s;
	char *count = tend_format(
		"SELECT count(*) FROM today_row WHERE customer_id = %lld", (long long)customer);
	assert_int_equal(book_number(b->path, count), (long long)n);
	free(count);
	assert_int_equal(sqlite3_open(b->path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_prepare_v2(db,
				 "SELECT ref_id, kind, subject, title, due, rank, severity, band, "
				 "day, required, nth, arr, renewal FROM today_row WHERE "
				 "customer_id = ?1 AND kind = ?2 AND ref_id = ?3",
				 -1, &s, NULL),
		SQLITE_OK);
	(void)sqlite3_bind_int64(s, 1, customer);
	for (size_t i = 0; i < n; i++) {
		const struct tend_today_row *r = &rows[i];
		const int64_t numbers[] = {r->id, r->band, r->required, r->nth, r->arr};
		const struct tend_date dates[] = {r->due, r->day, r->renewal};
		const char *texts[] = {r->kind, r->subject, r->title, r->severity};
		static const int number_at[] = {0, 7, 9, 10, 11}, date_at[] = {4, 8, 12},
				 text_at[] = {1, 2, 3, 6};
		(void)sqlite3_bind_text(s, 2, r->kind, -1, SQLITE_STATIC);
		(void)sqlite3_bind_int64(s, 3, r->id);
		assert_int_equal(sqlite3_step(s), SQLITE_ROW);
		for (size_t k = 0; k < 5; k++) {
			bool null = sqlite3_column_type(s, number_at[k]) == SQLITE_NULL;
			assert_int_equal(null ? TEND_NO_INT : sqlite3_column_int64(s, number_at[k]),
				numbers[k]);
		}
		for (size_t k = 0; k < 3; k++) {
			bool null = sqlite3_column_type(s, date_at[k]) == SQLITE_NULL;
			assert_int_equal(
				null ? TEND_NO_DATE.day : sqlite3_column_int(s, date_at[k]),
				dates[k].day);
		}
		for (size_t k = 0; k < 4; k++) {
			const char *text = (const char *)sqlite3_column_text(s, text_at[k]);
			assert_true(tend_same(text, texts[k]));
		}
		assert_true(sqlite3_column_double(s, 5) == r->rank);
		assert_int_equal(sqlite3_step(s), SQLITE_DONE);
		(void)sqlite3_reset(s);
	}
	(void)sqlite3_finalize(s);
	(void)sqlite3_close(db);
}

/* Rows that come, go, change in one column and change places, again and again. */
static void a_queue_becomes_what_it_is_to_be(void **state)
{
	struct book *b = *state;
	static const char *const subjects[] = {"a", "b", "c", "d", "e", "f", "g", "h"};
	struct tend_today_row rows[8], other;
	size_t n = 0;
	unsigned random = 7;
	book_begin(b, "add");
	int64_t acme = book_add_customer(b, "acme", "Acme");
	int64_t beta = book_add_customer(b, "beta", "Beta");
	put_state(b, acme);
	put_state(b, beta);
	(void)book_commit(b, "added");
	other = row_of(beta, 3, 0, "other");
	put_queue(b, beta, &other, 1);
	for (int round = 0; round < 400; round++) {
		random = random * 1103515245u + 12345u;
		size_t at = n > 0 ? (random >> 8) % n : 0;
		switch ((random >> 16) % 4) {
		case 0: /* one more, anywhere */
			if (n < 8) {
				memmove(rows + at + 1, rows + at, (n - at) * sizeof(rows[0]));
				rows[at] = row_of(acme, 1.0 / (1 + at), (random >> 20) % 3,
					subjects[(random >> 24) % 8]);
				n++;
			}
			break;
		case 1: /* one less */
			if (n > 0) {
				memmove(rows + at, rows + at + 1, (n - at - 1) * sizeof(rows[0]));
				n--;
			}
			break;
		case 2:
			if (n > 0) {
				struct tend_today_row first = rows[0];
				rows[0] = rows[at];
				rows[at] = first;
			}
			break;
		default:
			if (n > 0) {
				rows[at].title = (random >> 20) % 2 == 0 ? NULL : "Other";
				rows[at].nth = (random >> 21) % 2 == 0 ? TEND_NO_INT : 4;
			}
		}
		put_queue(b, acme, rows, n);
		int64_t urgent = 1;
		for (size_t i = 0; i < n; i++) {
			urgent += rows[i].band == 0;
		}
		assert_counted(b, (int64_t)n + 1, urgent);
	}
	put_queue(b, acme, NULL, 0);
	assert_counted(b, 1, 1);
	put_queue(b, beta, &other, 1);
}

/* Each column makes a difference, and nothing is written without one. */
static void only_what_differs_of_a_queue_is_written(void **state)
{
	struct book *b = *state;
	book_begin(b, "add");
	int64_t acme = book_add_customer(b, "acme", "Acme");
	put_state(b, acme);
	(void)book_commit(b, "added");
	struct tend_today_row rows[3] = {row_of(acme, 1.0 / 3, 1, "one"), row_of(acme, 2, 1, "two"),
		row_of(acme, 3, 1, "three")};
	put_queue(b, acme, rows, 3);
	static const char others[] = "SELECT sum(row) FROM today_row WHERE subject <> 'one'";
	long long stay = book_number(b->path, others);
	for (int column = 0; column < 13; column++) {
		struct tend_today_row more[3] = {rows[0], rows[1], rows[2]}, *r = &more[0];
		int64_t *numbers[] = {&r->id, &r->required, &r->nth, &r->arr, &r->band};
		struct tend_date *dates[] = {&r->due, &r->renewal, &r->day};
		const char **texts[] = {&r->kind, &r->subject, &r->title, &r->severity};
		if (column < 5) {
			*numbers[column] = 3;
		} else if (column < 8) {
			*dates[column - 5] = DAY(1);
		} else if (column < 12) {
			static const char *const words[] = {"overdue", "ste", "ste", "high"};
			*texts[column - 8] = words[column - 8];
		} else {
			r->rank = 0.333333;
		}
		put_queue(b, acme, more, 3);
		put_queue(b, acme, rows, 3);
	}
	put_queue(b, acme, rows + 1,
		2); /* whatever becomes of the first, the others stay where they are */
	assert_int_equal(book_number(b->path, others), stay);
	book_begin(b, NULL);
	int64_t before = tend_store_version(b->store);
	assert_done(b, tend_store_put_queue(b->store, acme, rows + 1, 2, &b->err));
	(void)book_commit(b, NULL);
	assert_int_equal(tend_store_version(b->store), before);
}

static void rows_that_nobody_counted_are_counted(void **state)
{
	struct book *b = *state;
	book_begin(b, "add");
	int64_t acme = book_add_customer(b, "acme", "Acme");
	put_state(b, acme);
	struct tend_today_row row = row_of(acme, 1, 0, "one");
	assert_done(b, tend_store_put_today(b->store, &row, &b->err));
	(void)book_commit(b, "added");
	assert_counted(b, 0, 0);
	put_queue(b, acme, &row, 1);
	assert_counted(b, 1, 1);
}

static void customers_without_the_days_state_are_stale(void **state)
{
	struct book *b = *state;
	int64_t ids[5], stale[8];
	book_begin(b, "add");
	for (int i = 0; i < 5; i++) {
		char key[16];
		(void)snprintf(key, sizeof(key), "c%d", 9 - i);
		ids[i] = book_add_customer(b, key, "A");
		struct tend_customer c;
		tend_record_clear(&tend_customer_type, &c);
		c.id = ids[i];
		if (i < 4) { /* the last one has none at all */
			assert_done(
				b, tend_store_put_state(b->store, &c, DAY(100 + i % 2), &b->err));
		}
	}
	(void)book_commit(b, "added");
	static const struct {
		int day;
		size_t limit, n, first, last; /* places in ids */
	} rows[] = {{100, 8, 3, 1, 4}, {101, 8, 3, 0, 4}, {102, 8, 5, 0, 4}, {102, 2, 2, 0, 1},
		{102, 0, 0, 0, 0}};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		size_t n = 99;
		assert_done(b,
			tend_store_stale(
				b->store, DAY(rows[i].day), stale, rows[i].limit, &n, &b->err));
		assert_int_equal(n, rows[i].n);
		if (n > 0) {
			assert_int_equal(stale[0], ids[rows[i].first]);
			assert_int_equal(stale[n - 1], ids[rows[i].last]);
		}
	}
}

static void derived_rows_go_with_their_customer(void **state)
{
	struct book *b = *state;
	book_begin(b, "add");
	int64_t id = book_add_customer(b, "acme", "Acme");
	(void)book_commit(b, "added");
	book_begin(b, NULL);
	struct tend_customer c;
	tend_record_clear(&tend_customer_type, &c);
	c.id = id;
	assert_done(b, tend_store_put_state(b->store, &c, DAY(1), &b->err));
	put_row(b, id, 1, 1, "a");
	c.id = 99;
	assert_int_equal(tend_store_put_state(b->store, &c, DAY(1), &b->err), TEND_NOT_FOUND);
	(void)book_commit(b, NULL);
	struct tend_arena arena = {0};
	struct tend_history_row row;
	assert_done(b, tend_store_undo(b->store, 1, DAY(1), &arena, &row, &b->err));
	tend_arena_finish(&arena);
	assert_int_equal(book_number(b->path, "SELECT count(*) FROM customer_state"), 0);
	assert_int_equal(book_number(b->path, "SELECT count(*) FROM today_row"), 0);
}

static void what_conditions_said_is_kept_and_replaced_without_an_entry(void **state)
{
	struct book *b = *state;
	book_begin(b, "add");
	int64_t id = book_add_customer(b, "acme", "Acme");
	(void)book_commit(b, "added");
	book_begin(b, NULL);
	struct tend_condition c = {
		.customer_id = id, .name = "review#2", .truth = TEND_NO_INT, .ticked = 0};
	assert_done(b, tend_store_put_condition(b->store, &c, &b->err));
	c.truth = 1;
	c.ticked = 1;
	assert_done(b, tend_store_put_condition(b->store, &c, &b->err));
	c.name = "kickoff";
	c.truth = TEND_NO_INT;
	assert_done(b, tend_store_put_condition(b->store, &c, &b->err));
	assert_int_equal(book_commit(b, NULL), 0);
	struct tend_list list;
	book_read_of(b, TEND_READ_CONDITIONS_OF, &tend_condition_type, id, &list);
	assert_int_equal(list.n, 2);
	const struct tend_condition *kickoff = tend_list_at(&list, 0);
	const struct tend_condition *review = tend_list_at(&list, 1);
	assert_string_equal(kickoff->name, "kickoff");
	assert_true(kickoff->truth == TEND_NO_INT && kickoff->ticked == 1);
	assert_string_equal(review->customer, "acme");
	assert_true(review->truth == 1 && review->ticked == 1);
	tend_list_finish(&list);
	book_begin(b, NULL);
	assert_done(b, tend_store_clear_conditions(b->store, id, &b->err));
	(void)book_commit(b, NULL);
	book_read(b, TEND_READ_CONDITIONS, &tend_condition_type, &list);
	assert_int_equal(list.n, 0);
	tend_list_finish(&list);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, book_setup, book_teardown)
	const struct CMUnitTest tests[] = {
		TEST(what_conditions_said_is_kept_and_replaced_without_an_entry),
		TEST(state_is_kept_beside_the_customer_and_replaced),
		TEST(the_renewal_follows_from_the_start_and_the_term),
		TEST(today_is_read_by_rank_in_pages_with_what_ranks_it),
		TEST(bands_come_one_after_the_other_each_by_rank),
		TEST(a_queue_becomes_what_it_is_to_be),
		TEST(only_what_differs_of_a_queue_is_written),
		TEST(rows_that_nobody_counted_are_counted),
		TEST(customers_without_the_days_state_are_stale),
		TEST(derived_rows_go_with_their_customer),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
