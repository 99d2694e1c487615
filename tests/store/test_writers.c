/* SPDX-License-Identifier: MIT */
/* Several programs on one store. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>
#include <sqlite3.h>
#include <support.h>
#include <tend/mem.h>

#include "book.h"

enum { WRITERS = 4, EDITS = 100 };

/* In a child: `EDITS` entries; the number of those that failed is its exit status. */
static int write_many(const char *path, int writer)
{
	struct tend_store *s = NULL;
	struct tend_error err = {0};
	int failed = tend_store_open(path, 0, &s, &err) != TEND_OK;
	for (int i = 0; i < EDITS && failed == 0; i++) {
		char key[32];
		struct tend_journal_entry entry = {
			.at = i, .day = DAY(1), .actor = "w", .command = "add"};
		struct tend_customer c;
		int64_t id;
		(void)snprintf(key, sizeof(key), "%d-%d", writer, i);
		tend_record_clear(&tend_customer_type, &c);
		c.key = key;
		c.name = "A";
		failed += tend_store_begin(s, &entry, &err) != TEND_OK
			|| tend_store_insert(s, &tend_customer_type, &c, &id, &err) != TEND_OK
			|| tend_store_commit(s, "added", NULL, &err) != TEND_OK;
	}
	if (failed > 0) {
		(void)fprintf(stderr, "%s\n", err.text);
	}
	tend_store_close(s);
	return failed;
}

/* In a child, until it is killed: reads all customers again and again. */
static int read_many(const char *path)
{
	struct tend_store *s = NULL;
	if (tend_store_open(path, TEND_STORE_READ_ONLY, &s, NULL) != TEND_OK) {
		return 1;
	}
	for (size_t before = 0;;) {
		struct tend_list list;
		tend_list_init(&list, &tend_customer_type);
		if (tend_store_read(s, TEND_READ_CUSTOMERS, NULL, 0, &list, NULL) != TEND_OK
			|| list.n < before) {
			return 1;
		}
		before = list.n;
		tend_list_finish(&list);
	}
}

static void four_writers_and_a_reader_lose_nothing(void **state)
{
	struct book *b = *state;
	pid_t reader = fork();
	if (reader == 0) {
		_exit(read_many(b->path));
	}
	pid_t writers[WRITERS];
	for (int i = 0; i < WRITERS; i++) {
		writers[i] = fork();
		if (writers[i] == 0) {
			_exit(write_many(b->path, i));
		}
	}
	for (int i = 0; i < WRITERS; i++) {
		int status = -1;
		assert_int_equal(waitpid(writers[i], &status, 0), writers[i]);
		assert_int_equal(status, 0);
	}
	int status = 0;
	assert_int_equal(waitpid(reader, &status, WNOHANG), 0); /* it still reads */
	(void)kill(reader, SIGKILL);
	(void)waitpid(reader, &status, 0);
	assert_int_equal(book_number(b->path, "SELECT count(*) FROM customer"), WRITERS * EDITS);
	assert_int_equal(book_number(b->path, "SELECT count(*) FROM journal WHERE changes = 1"),
		WRITERS * EDITS);
	struct tend_findings findings;
	tend_findings_init(&findings, b->path);
	assert_done(b, tend_store_check(b->store, &findings, &b->err));
	assert_int_equal(findings.n, 0);
	tend_findings_finish(&findings);
}

static void another_program_s_commit_is_noticed(void **state)
{
	struct book *b = *state;
	int64_t before = tend_store_version(b->store);
	assert_int_equal(tend_store_version(b->store), before);
	book_begin(b, "own");
	(void)book_add_customer(b, "own", "Own");
	(void)book_commit(b, "own");
	assert_int_equal(tend_store_version(b->store), before); /* not one's own */
	book_execute(b->path, "UPDATE customer SET owner = 'li'");
	assert_true(tend_store_version(b->store) != before);
}

/* A child that holds the write lock until it is killed. */
static pid_t hold(struct book *b)
{
	int ready[2];
	assert_int_equal(pipe(ready), 0);
	pid_t child = fork();
	if (child == 0) {
		struct tend_store *s = NULL;
		int bad = tend_store_open(b->path, 0, &s, NULL) != TEND_OK
			|| tend_store_begin(s, NULL, NULL) != TEND_OK;
		bad = write(ready[1], bad ? "n" : "y", 1) != 1 || bad;
		while (bad == 0 && pause() != 0) {}
		_exit(1);
	}
	char answer = 'n';
	assert_int_equal(read(ready[0], &answer, 1), 1);
	assert_int_equal(answer, 'y');
	(void)close(ready[0]);
	(void)close(ready[1]);
	return child;
}

static void a_held_lock_ends_in_a_message_that_names_the_holder(void **state)
{
	struct book *b = *state;
	pid_t child = hold(b);
	struct tend_list list; /* reading goes on meanwhile */
	book_read(b, TEND_READ_CUSTOMERS, &tend_customer_type, &list);
	tend_list_finish(&list);
	assert_int_equal(tend_store_begin(b->store, NULL, &b->err), TEND_UNAVAILABLE);
	assert_non_null(strstr(b->err.text, b->path));
	assert_non_null(strstr(b->err.text, "busy"));
	char pid[32];
	(void)snprintf(pid, sizeof(pid), "process %ld", (long)child);
	if (support_exists("/proc/locks")) {
		assert_non_null(strstr(b->err.text, pid));
	}
	(void)kill(child, SIGKILL);
	(void)waitpid(child, NULL, 0);
	assert_done(b, tend_store_begin(b->store, NULL, &b->err));
	tend_store_rollback(b->store);
}

static void a_lock_that_is_given_up_in_time_is_waited_for(void **state)
{
	struct book *b = *state;
	pid_t child = hold(b);
	pid_t killer = fork();
	if (killer == 0) {
		(void)nanosleep(&(struct timespec){.tv_nsec = 300000000}, NULL);
		(void)kill(child, SIGKILL);
		_exit(0);
	}
	assert_done(b, tend_store_begin(b->store, NULL, &b->err));
	tend_store_rollback(b->store);
	(void)waitpid(child, NULL, 0);
	(void)waitpid(killer, NULL, 0);
}

static size_t customers_seen(struct book *b)
{
	struct tend_list list;
	book_read(b, TEND_READ_CUSTOMERS, &tend_customer_type, &list);
	size_t n = list.n;
	tend_list_finish(&list);
	return n;
}

static void what_is_read_in_a_hold_is_of_one_moment(void **state)
{
	static const char add[] = "INSERT INTO customer (key, name) VALUES ('other', 'Other')";
	struct book *b = *state;
	sqlite3 *other;
	assert_int_equal(sqlite3_open(b->path, &other), SQLITE_OK);
	tend_store_hold(b->store);
	tend_store_hold(b->store);
	assert_int_equal(customers_seen(b), 0);
	tend_store_release(b->store);
	assert_int_equal(
		sqlite3_exec(other, add, NULL, NULL, NULL), SQLITE_BUSY); /* not in between */
	assert_int_equal(customers_seen(b), 0);
	tend_store_release(b->store);
	assert_int_equal(sqlite3_exec(other, add, NULL, NULL, NULL), SQLITE_OK);
	assert_int_equal(customers_seen(b), 1);
	/* a write within one ends it, and what follows is read as ever */
	tend_store_hold(b->store);
	assert_int_equal(customers_seen(b), 1);
	book_begin(b, "own");
	(void)book_add_customer(b, "own", "Own");
	assert_int_equal(book_commit(b, "own"), 1);
	assert_int_equal(customers_seen(b), 2);
	assert_int_equal(
		sqlite3_exec(other, "DELETE FROM customer WHERE key = 'other'", NULL, NULL, NULL),
		SQLITE_OK);
	tend_store_release(b->store);
	assert_int_equal(customers_seen(b), 1);
	assert_int_equal(sqlite3_close(other), SQLITE_OK);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, book_setup, book_teardown)
	const struct CMUnitTest tests[] = {
		TEST(four_writers_and_a_reader_lose_nothing),
		TEST(another_program_s_commit_is_noticed),
		TEST(a_held_lock_ends_in_a_message_that_names_the_holder),
		TEST(a_lock_that_is_given_up_in_time_is_waited_for),
		TEST(what_is_read_in_a_hold_is_of_one_moment),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
