/* SPDX-License-Identifier: MIT */
/* Times of what people wait for. Run by `meson test --benchmark`; prints milliseconds. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include <cmocka.h>
#include <support.h>
#include <tend/mem.h>

#include "book.h"

static double now_ms(void)
{
	struct timespec t;
	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static double lap(const char *what, double since)
{
	double now = now_ms();
	print_message("%-48s %9.2f ms\n", what, now - since);
	return now_ms();
}

enum { CUSTOMERS = 500, POINTS = 200, MILESTONES = 34 };

static void fill(struct book *b, int64_t *ids)
{
	char key[32];
	double t = now_ms();
	book_begin(b, "fill");
	for (int i = 0; i < CUSTOMERS; i++) {
		(void)snprintf(key, sizeof(key), "customer-%d", i);
		ids[i] = book_add_customer(b, key, "A customer");
	}
	(void)book_commit(b, "customers");
	t = lap("500 customers", t);
	book_begin(b, "points");
	for (int i = 0; i < CUSTOMERS * POINTS; i++) {
		(void)book_add_point(b, ids[i / POINTS], "logins", i % POINTS, i * 0.37);
	}
	(void)book_commit(b, "points");
	t = lap("100,000 points with the journal", t);
	book_begin(b, "milestones");
	for (int i = 0; i < CUSTOMERS * MILESTONES; i++) {
		(void)snprintf(key, sizeof(key), "step-%d", i % MILESTONES);
		int64_t id = book_add_milestone(b, ids[i / MILESTONES], key, 20000 + i % 365);
		(void)book_add_item(b, id, 1);
		(void)book_add_item(b, id, 2);
	}
	(void)book_commit(b, "milestones");
	(void)lap("17,000 milestones with 34,000 items", t);
}

static void read_all(
	struct book *b, enum tend_read what, const struct tend_record_type *type, const char *name)
{
	struct tend_list list;
	double t = now_ms();
	book_read(b, what, type, &list);
	(void)lap(name, t);
	tend_list_finish(&list);
}

static void times(void **state)
{
	struct book *b = *state;
	int64_t ids[CUSTOMERS];
	fill(b, ids);
	read_all(b, TEND_READ_CUSTOMERS, &tend_customer_type, "read 500 customers");
	read_all(b, TEND_READ_MILESTONES, &tend_milestone_type, "read 17,000 milestones");
	read_all(b, TEND_READ_MILESTONES, &tend_milestone_type, "read 17,000 milestones again");
	read_all(b, TEND_READ_MILESTONES_OPEN, &tend_milestone_type, "read 17,000 open milestones");
	read_all(b, BOOK_RECORDS, &tend_point_type, "read 100,000 points");
	double t = now_ms();
	for (int i = 0; i < 100; i++) {
		book_begin(b, "log");
		(void)book_add_activity(b, ids[i], 20000, "a call");
		(void)book_commit(b, "logged");
	}
	t = lap("100 edits, one commit each", t);
	for (int i = 0; i < 100; i++) {
		book_reopen(b);
	}
	t = lap("opened 100 times", t);
	for (int i = 0; i < 102; i++) {
		struct tend_arena arena = {0};
		struct tend_history_row row;
		assert_done(b, tend_store_undo(b->store, 0, DAY(1), &arena, &row, &b->err));
		tend_arena_finish(&arena);
		t = i == 99 ? lap("100 edits undone", t) : t;
		t = i == 100 ? lap("milestones undone", t) : t;
		t = i == 101 ? lap("points undone", t) : t;
	}
}

/* 100,000 customers, each with its derived state and a row of Today. */
static void fill_large(struct book *b)
{
	char key[32];
	book_begin(b, "fill");
	for (int i = 0; i < 100000; i++) {
		(void)snprintf(key, sizeof(key), "customer-%d", i);
		struct tend_customer c;
		struct tend_today_row r;
		tend_record_clear(&tend_customer_type, &c);
		tend_record_clear(&tend_today_type, &r);
		c.id = book_add_customer(b, key, "A customer");
		c.arr = i;
		c.stage = "growth";
		assert_done(b, tend_store_put_state(b->store, &c, DAY(20000), &b->err));
		r.customer_id = c.id;
		r.id = i;
		r.kind = "due";
		r.rank = i % 977;
		assert_done(b, tend_store_put_today(b->store, &r, &b->err));
	}
	(void)book_commit(b, "customers");
}

static void read_args(struct book *b, enum tend_read what, const struct tend_record_type *type,
	const struct tend_value *args, size_t n, const char *name)
{
	struct tend_list list;
	double t = now_ms();
	tend_list_init(&list, type);
	assert_done(b, tend_store_read(b->store, what, args, n, &list, &b->err));
	(void)lap(name, t);
	tend_list_finish(&list);
}

static void large(void **state)
{
	struct book *b = *state;
	int64_t ids[200];
	size_t n;
	double t = now_ms();
	fill_large(b);
	(void)lap("100,000 customers with state and queue", t);
	const struct tend_value page[] = {book_int(50), book_int(0)};
	read_args(b, TEND_READ_TODAY, &tend_today_type, page, 2, "first page of Today");
	read_args(b, TEND_READ_CUSTOMERS, &tend_customer_type, NULL, 0, "read 100,000 customers");
	read_args(b, TEND_READ_CUSTOMER_KEYS, &tend_customer_type, NULL, 0, "read 100,000 keys");
	const struct tend_value like[] = {book_text("customer-9999")};
	read_args(b, TEND_READ_CUSTOMERS_LIKE, &tend_customer_type, like, 1, "find by key");
	t = now_ms();
	assert_done(b, tend_store_stale(b->store, DAY(20001), ids, 200, &n, &b->err));
	t = lap("200 stale of all", t);
	assert_done(b, tend_store_stale(b->store, DAY(20000), ids, 200, &n, &b->err));
	(void)lap("none stale", t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(times, book_setup, book_teardown),
		cmocka_unit_test_setup_teardown(large, book_setup, book_teardown)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
