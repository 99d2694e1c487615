/* SPDX-License-Identifier: MIT */
/* What a search looks in: when it is read from records, when from what is kept, and who has to wait for it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>
#include <support.h>
#include <tend/mem.h>

#include "book.h"

static int64_t add(struct book *b, const char *key, const char *name)
{
	book_begin(b, "add");
	int64_t id = book_add_customer(b, key, name);
	(void)book_commit(b, "added");
	return id;
}

/* Opens, renews all; `*ret_read` customers were read again. */
static struct tend_search_texts *open_texts(struct book *b, bool held, size_t *ret_read)
{
	struct tend_search_texts *x = NULL;
	size_t left = 1;
	assert_done(b, tend_store_search_open(b->store, held, &x, &b->err));
	assert_done(b, tend_store_search_renew(b->store, x, 0, &left, ret_read, &b->err));
	assert_int_equal(left, 0);
	return x;
}

static size_t count(struct book *b, struct tend_search_texts *x, const char *text)
{
	struct tend_search_words w;
	struct tend_search_hits hits = {0};
	const struct tend_search_how how = {.kind = -1};
	assert_true(tend_search_words_init(&w, text));
	assert_done(b, tend_store_search_run(b->store, x, &w, &how, &hits, &b->err));
	size_t n = hits.n;
	tend_search_hits_finish(&hits);
	tend_search_words_finish(&w);
	return n;
}

/* How many a search of its own finds, and how many customers it had to read. */
static size_t search(struct book *b, const char *text, size_t *ret_read)
{
	struct tend_search_texts *x = open_texts(b, false, ret_read);
	size_t n = count(b, x, text);
	assert_true(tend_store_search_is_used(x) || *ret_read > 0);
	tend_store_search_close(b->store, x);
	return n;
}

static void keep(struct book *b)
{
	size_t read;
	struct tend_search_texts *x = open_texts(b, true, &read);
	tend_store_search_keep(b->store, x);
	tend_store_search_close(b->store, x);
}

static void only_what_was_touched_is_read_again(void **state)
{
	struct book *b = *state;
	size_t read;
	int64_t acme = add(b, "acme", "Acme");
	(void)add(b, "beta", "Beta");
	assert_int_equal(search(b, "acme", &read), 1);
	assert_int_equal(read, 2); /* nothing is kept */
	keep(b);
	assert_int_equal(search(b, "acme", &read), 1);
	assert_int_equal(read, 0);
	book_begin(b, "log");
	(void)book_add_activity(b, acme, 20000, "Tea with Acme");
	(void)book_commit(b, "logged");
	assert_int_equal(search(b, "tea", &read), 1);
	assert_int_equal(read, 1);
	keep(b);
	assert_int_equal(search(b, "tea", &read), 1);
	assert_int_equal(read, 0);
	struct tend_arena arena = {0};
	struct tend_history_row row;
	assert_done(b, tend_store_undo(b->store, 0, DAY(1), &arena, &row, &b->err));
	assert_int_equal(search(b, "tea", &read), 0);
	assert_int_equal(read, 1);
	assert_done(b, tend_store_redo(b->store, 0, DAY(1), &arena, &row, &b->err));
	assert_int_equal(search(b, "tea", &read), 1);
	tend_arena_finish(&arena);
	assert_int_equal(book_number(b->path, "SELECT count(*) FROM journal"), 3);
}

static void a_customer_that_goes_is_found_no_more_and_again_when_it_is_back(void **state)
{
	struct book *b = *state;
	size_t read;
	int64_t acme = add(b, "acme", "Acme");
	(void)add(b, "beta", "Beta of Acme");
	keep(b);
	struct tend_search_texts *held = open_texts(b, true, &read);
	assert_int_equal(count(b, held, "acme"), 2);
	book_begin(b, "remove");
	assert_done(b, tend_store_delete(b->store, &tend_customer_type, acme, &b->err));
	(void)book_commit(b, "removed");
	assert_int_equal(search(b, "acme", &read), 1);
	size_t left, all;
	assert_done(b, tend_store_search_renew(b->store, held, 0, &left, &all, &b->err));
	assert_int_equal(count(b, held, "acme"), 1);
	tend_store_search_keep(b->store, held);
	assert_int_equal(book_number(b->path, "SELECT count(*) FROM search_text"), 1);
	struct tend_arena arena = {0};
	struct tend_history_row row;
	assert_done(b, tend_store_undo(b->store, 0, DAY(1), &arena, &row, &b->err));
	tend_arena_finish(&arena);
	assert_int_equal(search(b, "acme", &read), 2);
	assert_done(b, tend_store_search_renew(b->store, held, 0, &left, &all, &b->err));
	assert_int_equal(count(b, held, "acme"), 2);
	tend_store_search_close(b->store, held);
}

static void it_is_read_in_slices_while_others_write(void **state)
{
	struct book *b = *state;
	struct tend_search_texts *x = NULL;
	size_t left = 0, all = 0;
	int64_t first = 0;
	for (int i = 0; i < 20; i++) {
		char *key = tend_format("c%02d", i);
		int64_t id = add(b, key, "Acme");
		first = i == 0 ? id : first;
		free(key);
	}
	assert_done(b, tend_store_search_open(b->store, true, &x, &b->err));
	assert_done(b, tend_store_search_renew(b->store, x, 7, &left, &all, &b->err));
	assert_int_equal(left, 13);
	assert_int_equal(all, 20);
	assert_int_equal(count(b, x, "acme"), 7);
	tend_store_search_keep(b->store, x); /* not while some are left */
	assert_int_equal(book_number(b->path, "SELECT count(*) FROM search_mark"), 0);
	/* One that was read before, and a new one. */
	book_begin(b, "log");
	(void)book_add_activity(b, first, 20000, "Tea");
	(void)book_commit(b, "logged");
	(void)add(b, "new", "Acme");
	do {
		assert_done(b, tend_store_search_renew(b->store, x, 7, &left, &all, &b->err));
	} while (left > 0);
	assert_int_equal(count(b, x, "acme"), 21);
	assert_int_equal(count(b, x, "tea"), 1);
	tend_store_search_keep(b->store, x);
	assert_int_equal(book_number(b->path, "SELECT count(*) FROM search_text"), 21);
	tend_store_search_close(b->store, x);
}

static void it_waits_for_nobody_and_keeps_nothing_then(void **state)
{
	struct book *b = *state;
	size_t read;
	struct timespec began, ended;
	(void)add(b, "acme", "Acme");
	struct tend_store *other = NULL;
	assert_done(b, tend_store_open(b->path, 0, &other, &b->err));
	struct tend_search_texts *x = open_texts(b, true, &read);
	assert_done(b, tend_store_begin(other, NULL, &b->err));
	(void)clock_gettime(CLOCK_MONOTONIC, &began);
	tend_store_search_keep(b->store, x);
	(void)clock_gettime(CLOCK_MONOTONIC, &ended);
	assert_true(ended.tv_sec - began.tv_sec < 3); /* a lock is waited for five seconds */
	tend_store_rollback(other);
	assert_int_equal(book_number(b->path, "SELECT count(*) FROM search_mark"), 0);
	tend_store_search_keep(b->store, x);
	assert_int_equal(book_number(b->path, "SELECT count(*) FROM search_mark"), 1);
	tend_store_search_close(b->store, x);
	tend_store_close(other);
}

static void what_others_kept_or_changed_meanwhile_is_not_written_over(void **state)
{
	struct book *b = *state;
	size_t read;
	(void)add(b, "acme", "Acme");
	struct tend_search_texts *x = open_texts(b, true, &read);
	(void)add(b, "beta", "Beta");
	tend_store_search_keep(b->store, x); /* the book went on */
	assert_int_equal(book_number(b->path, "SELECT count(*) FROM search_mark"), 0);
	keep(b);
	book_execute(b->path, "UPDATE search_mark SET entry = 1");
	tend_store_search_keep(b->store, x); /* somebody else kept something */
	assert_int_equal(book_number(b->path, "SELECT count(*) FROM search_text"), 2);
	tend_store_search_close(b->store, x);
	assert_int_equal(search(b, "beta", &read), 1);
}

static void what_another_version_kept_is_made_anew(void **state)
{
	struct book *b = *state;
	size_t read;
	(void)add(b, "acme", "Acme");
	keep(b);
	book_execute(b->path, "UPDATE search_mark SET format = format + 1");
	book_execute(b->path, "UPDATE search_text SET text = 'rubbish'");
	assert_int_equal(search(b, "acme", &read), 1);
	assert_int_equal(read, 1);
	keep(b);
	assert_int_equal(search(b, "acme", &read), 1);
	assert_int_equal(read, 0);
}

static void a_store_for_reading_only_is_searched(void **state)
{
	struct book *b = *state;
	size_t read;
	(void)add(b, "acme", "Acme");
	tend_store_close(b->store);
	assert_done(b, tend_store_open(b->path, TEND_STORE_READ_ONLY, &b->store, &b->err));
	keep(b);
	assert_int_equal(search(b, "acme", &read), 1);
	assert_int_equal(read, 1);
}

static void a_search_under_way_lets_others_write_once_it_is_over(void **state)
{
	struct book *b = *state;
	size_t read;
	int64_t acme = add(b, "acme", "Acme");
	keep(b);
	struct tend_search_texts *x = open_texts(b, false, &read);
	assert_int_equal(count(b, x, "acme"), 1);
	book_begin(b, "log"); /* the same program too, before it closes it */
	(void)book_add_activity(b, acme, 20000, "Tea");
	(void)book_commit(b, "logged");
	tend_store_search_close(b->store, x);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, book_setup, book_teardown)
	const struct CMUnitTest tests[] = {
		TEST(only_what_was_touched_is_read_again),
		TEST(a_customer_that_goes_is_found_no_more_and_again_when_it_is_back),
		TEST(it_is_read_in_slices_while_others_write),
		TEST(it_waits_for_nobody_and_keeps_nothing_then),
		TEST(what_others_kept_or_changed_meanwhile_is_not_written_over),
		TEST(what_another_version_kept_is_made_anew),
		TEST(a_store_for_reading_only_is_searched),
		TEST(a_search_under_way_lets_others_write_once_it_is_over),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
