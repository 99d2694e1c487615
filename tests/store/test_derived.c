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
#include <support.h>
#include <tend/mem.h>

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

static void bands_come_one_after_the_other_each_by_rank(void **state)
{
	struct book *b = *state;
	book_begin(b, "add");
	int64_t acme = book_add_customer(b, "acme", "Acme");
	put_row(b, acme, 1, 1, "second");
	put_row(b, acme, 99, 2, "last");
	put_row(b, acme, 5, 0, "first");
	put_row(b, acme, 0, 1, "third");
	struct tend_customer c;
	tend_record_clear(&tend_customer_type, &c);
	c.id = acme;
	assert_done(b, tend_store_put_state(b->store, &c, DAY(20000), &b->err));
	assert_done(b, tend_store_today_counted(b->store, acme, &b->err));
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
	int64_t count = 0, urgent = 0;
	assert_done(b, tend_store_today_count(b->store, &count, &urgent, &b->err));
	assert_int_equal(count, 4);
	assert_int_equal(urgent, 1);
}

static bool queue_is(struct book *b, int64_t customer, const struct tend_today_row *rows, size_t n)
{
	bool same = false;
	assert_done(b, tend_store_today_is(b->store, customer, rows, n, &same, &b->err));
	return same;
}

/* Each column of a row, another order, one row more or less. */
static void a_queue_is_the_same_only_where_all_of_it_is_and_is_counted(void **state)
{
	struct book *b = *state;
	book_begin(b, "add");
	int64_t acme = book_add_customer(b, "acme", "Acme");
	struct tend_today_row rows[2];
	for (size_t i = 0; i < 2; i++) {
		tend_record_clear(&tend_today_type, &rows[i]);
		rows[i].customer_id = acme;
		rows[i].id = 7 + (int64_t)i;
		rows[i].kind = "due";
		rows[i].subject = "step";
		rows[i].title = i == 0 ? "Step" : NULL;
		rows[i].due = i == 0 ? DAY(20005) : TEND_NO_DATE;
		rows[i].rank = 1.0 / 3 + (double)i;
		rows[i].band = 1;
		rows[i].day = DAY(20000);
		rows[i].nth = i == 0 ? 2 : TEND_NO_INT;
		assert_done(b, tend_store_put_today(b->store, &rows[i], &b->err));
	}
	assert_false(queue_is(b, acme, rows, 2)); /* not counted yet */
	struct tend_customer c;
	tend_record_clear(&tend_customer_type, &c);
	c.id = acme;
	assert_done(b, tend_store_put_state(b->store, &c, DAY(20000), &b->err));
	assert_done(b, tend_store_today_counted(b->store, acme, &b->err));
	(void)book_commit(b, "added");
	assert_true(queue_is(b, acme, rows, 2));
	assert_false(queue_is(b, acme, rows, 1));
	assert_false(queue_is(b, acme, rows + 1, 1));
	assert_false(queue_is(b, acme, NULL, 0));
	struct tend_today_row turned[3] = {rows[1], rows[0], rows[0]};
	assert_false(queue_is(b, acme, turned, 2));
	struct tend_today_row more[3] = {rows[0], rows[1], rows[1]};
	assert_false(queue_is(b, acme, more, 3));
	for (int column = 0; column < 13; column++) {
		struct tend_today_row *r = &more[0];
		more[0] = rows[0];
		int64_t *numbers[] = {&r->id, &r->required, &r->nth, &r->arr, &r->band};
		struct tend_date *dates[] = {&r->due, &r->renewal, &r->day};
		const char **texts[] = {&r->kind, &r->subject, &r->title, &r->severity};
		if (column < 5) {
			*numbers[column] = 3;
		} else if (column < 8) {
			*dates[column - 5] = DAY(1);
		} else if (column < 12) {
			*texts[column - 8] = "ste";
		} else {
			r->rank = 0.333333;
		}
		assert_false(queue_is(b, acme, more, 2));
	}
	assert_true(queue_is(b, acme + 1, NULL, 0));
}

static void the_queue_is_cleared_by_customer_or_whole(void **state)
{
	struct book *b = *state;
	book_begin(b, "add");
	int64_t acme = book_add_customer(b, "acme", "Acme");
	int64_t other = book_add_customer(b, "other", "Other");
	put_row(b, acme, 1, 1, "a");
	put_row(b, other, 2, 1, "b");
	put_row(b, other, 3, 1, "c");
	(void)book_commit(b, "added");
	static const long long left[] = {1, 0};
	const int64_t whom[] = {other, 0};
	for (size_t i = 0; i < 2; i++) {
		book_begin(b, NULL);
		assert_done(b, tend_store_clear_today(b->store, whom[i], &b->err));
		(void)book_commit(b, NULL);
		assert_int_equal(book_number(b->path, "SELECT count(*) FROM today_row"), left[i]);
	}
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
		TEST(a_queue_is_the_same_only_where_all_of_it_is_and_is_counted),
		TEST(the_queue_is_cleared_by_customer_or_whole),
		TEST(customers_without_the_days_state_are_stale),
		TEST(derived_rows_go_with_their_customer),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
