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
	read_all(b, TEND_READ_POINTS, &tend_point_type, "read 100,000 points");
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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(times, book_setup, book_teardown)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
