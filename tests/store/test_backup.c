/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <support.h>
#include <tend/mem.h>

#include "book.h"
#include "sqlite/schema.h"

static void add(struct book *b, const char *key)
{
	book_begin(b, "add");
	(void)book_add_customer(b, key, "A");
	(void)book_commit(b, "added");
}

static long long customers(const char *path)
{
	return book_number(path, "SELECT count(*) FROM customer");
}

static void a_backup_is_a_store_with_the_same_records(void **state)
{
	struct book *b = *state;
	add(b, "acme");
	const char *copy = support_path(b->dir, "copy.db");
	assert_done(b, tend_store_backup(b->store, copy, false, &b->err));
	assert_int_equal(support_mode(copy), 0600);
	assert_int_equal(customers(copy), 1);
	struct tend_store *s = NULL;
	assert_done(b, tend_store_open(copy, TEND_STORE_READ_ONLY, &s, &b->err));
	tend_store_close(s);
	/* the store with its journal, and the copy alone */
	assert_int_equal(support_count_entries(b->dir), 3);
}

static void a_backup_replaces_nothing_unless_forced(void **state)
{
	struct book *b = *state;
	add(b, "acme");
	const char *taken = support_path(b->dir, "taken");
	support_write_text(taken, "precious");
	const char *link_path = support_path(b->dir, "link");
	assert_int_equal(symlink("taken", link_path), 0);
	assert_int_equal(tend_store_backup(b->store, taken, false, &b->err), TEND_FAILED);
	assert_non_null(strstr(b->err.text, "is there already"));
	assert_int_equal(tend_store_backup(b->store, link_path, false, &b->err), TEND_FAILED);
	assert_int_equal(tend_store_backup(b->store, b->path, true, &b->err), TEND_FAILED);
	assert_int_equal(
		tend_store_backup(b->store, support_path(b->dir, "no/x.db"), false, &b->err),
		TEND_FAILED);
	size_t n;
	char *kept = support_read(taken, &n);
	assert_string_equal(kept, "precious");
	free(kept);
	assert_done(b,
		tend_store_backup(b->store, link_path, true, &b->err)); /* the link itself goes */
	assert_int_equal(customers(link_path), 1);
	kept = support_read(taken, &n);
	assert_string_equal(kept, "precious");
	free(kept);
	assert_done(b, tend_store_backup(b->store, taken, true, &b->err));
	assert_int_equal(customers(taken), 1);
}

static void a_restored_store_is_as_it_was_and_the_present_is_kept(void **state)
{
	struct book *b = *state;
	add(b, "acme");
	const char *copy = support_path(b->dir, "copy.db");
	assert_done(b, tend_store_backup(b->store, copy, false, &b->err));
	add(b, "later");
	/* the store is open all the while: it goes on with the restored content */
	int64_t version = tend_store_version(b->store);
	char *kept = NULL;
	assert_done(b, tend_store_restore(copy, b->path, &kept, &b->err));
	assert_string_equal(kept, support_path(b->dir, "book.db.before-restore-1"));
	assert_int_equal(customers(kept), 2);
	assert_int_equal(support_mode(kept), 0600);
	assert_true(tend_store_version(b->store) != version);
	struct tend_list list;
	book_read(b, TEND_READ_CUSTOMERS, &tend_customer_type, &list);
	assert_int_equal(list.n, 1);
	tend_list_finish(&list);
	add(b, "again");
	free(kept);
	assert_done(b, tend_store_restore(copy, b->path, &kept, &b->err));
	assert_string_equal(kept, support_path(b->dir, "book.db.before-restore-2"));
	free(kept);
	assert_int_equal(customers(copy), 1);
}

static void a_store_is_restored_where_there_is_none(void **state)
{
	struct book *b = *state;
	add(b, "acme");
	const char *path = support_path(b->dir, "new.db");
	char *kept = NULL;
	assert_done(b, tend_store_restore(b->path, path, &kept, &b->err));
	assert_null(kept);
	assert_int_equal(customers(path), 1);
	assert_int_equal(support_mode(path), 0600);
}

static void a_damaged_store_is_moved_aside_and_its_journal_is_gone(void **state)
{
	struct book *b = *state;
	add(b, "acme");
	const char *path = support_path(b->dir, "bad.db");
	const char *journal = support_path(b->dir, "bad.db-journal");
	support_write_text(path, "not a store any more");
	support_write_text(journal, "its journal");
	char *kept = NULL;
	assert_done(b, tend_store_restore(b->path, path, &kept, &b->err));
	assert_string_equal(kept, support_path(b->dir, "bad.db.before-restore-1"));
	assert_int_equal(customers(path), 1);
	size_t n;
	char *text = support_read(kept, &n);
	assert_string_equal(text, "not a store any more");
	free(text);
	assert_false(support_exists(journal)); /* it would be rolled back into the new file */
	free(kept);
}

static void what_is_no_store_restores_nothing(void **state)
{
	struct book *b = *state;
	add(b, "acme");
	const char *text = support_path(b->dir, "text");
	support_write_text(text, "not a store");
	const char *stranger = support_path(b->dir, "stranger");
	book_execute(stranger, "CREATE TABLE t (a)");
	const struct {
		const char *from;
		enum tend_status status;
	} rows[] = {
		{text, TEND_UNAVAILABLE},
		{stranger, TEND_UNAVAILABLE},
		{support_path(b->dir, "missing"), TEND_UNAVAILABLE},
		{b->dir, TEND_UNAVAILABLE},
		{b->path, TEND_FAILED},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char *kept = NULL;
		assert_int_equal(
			tend_store_restore(rows[i].from, b->path, &kept, &b->err), rows[i].status);
		assert_null(kept);
	}
	assert_int_equal(customers(b->path), 1);
	assert_false(support_exists(support_path(b->dir, "book.db.before-restore-1")));
}

static void check_finds_what_was_tampered_with(void **state)
{
	struct book *b = *state;
	static const struct {
		const char *sql, *part;
	} rows[] = {
		{"DELETE FROM journal WHERE id = 1", "belong to no entry"},
		{"DELETE FROM journal_row WHERE seq = 1", "lack some of their changes"},
		{"UPDATE journal SET undone = 1 WHERE id = 1", "undone out of order"},
		{"INSERT INTO journal_event (entry, kind, at, newest) VALUES (9, 'undo', 1, 1)",
			"undos belong to no entry"},
		{"UPDATE milestone SET state = 'nearly'", "state cannot be \"nearly\""},
		{"UPDATE activity SET customer_id = 99", "foreign key"},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		void *fresh = NULL;
		(void)book_setup(&fresh);
		struct book *t = fresh;
		add(t, "acme");
		book_begin(t, "more");
		(void)book_add_milestone(t, 1, "kickoff", 20000);
		(void)book_add_activity(t, 1, 1, "x");
		(void)book_commit(t, "more");
		struct tend_findings findings;
		tend_findings_init(&findings, t->path);
		assert_done(t, tend_store_check(t->store, &findings, &t->err));
		assert_int_equal(findings.n, 0);
		book_execute(t->path, rows[i].sql);
		assert_done(t, tend_store_check(t->store, &findings, &t->err));
		bool found = false;
		for (size_t k = 0; k < findings.n; k++) {
			found = found || strstr(findings.items[k].text, rows[i].part) != NULL;
		}
		if (!found) {
			print_error("%s: not found\n", rows[i].sql);
			fail();
		}
		tend_findings_finish(&findings);
		(void)book_teardown(&fresh);
	}
	(void)b;
}

static void info_counts_the_records(void **state)
{
	struct book *b = *state;
	add(b, "acme");
	book_begin(b, "more");
	(void)book_add_milestone(b, 1, "kickoff", 20000);
	(void)book_add_point(b, 1, "m", 1, 1);
	(void)book_add_point(b, 1, "m", 2, 1);
	(void)book_add_activity(b, 1, 1, "x");
	(void)book_commit(b, "more");
	struct tend_store_info info;
	assert_done(b, tend_store_info(b->store, &info, &b->err));
	assert_int_equal(info.schema_version, SCHEMA_VERSION);
	assert_int_equal(info.customers, 1);
	assert_int_equal(info.milestones, 1);
	assert_int_equal(info.points, 2);
	assert_int_equal(info.activities, 1);
	assert_int_equal(info.entries, 2);
	assert_true(info.bytes > 4096);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, book_setup, book_teardown)
	const struct CMUnitTest tests[] = {
		TEST(a_backup_is_a_store_with_the_same_records),
		TEST(a_backup_replaces_nothing_unless_forced),
		TEST(a_restored_store_is_as_it_was_and_the_present_is_kept),
		TEST(a_store_is_restored_where_there_is_none),
		TEST(a_damaged_store_is_moved_aside_and_its_journal_is_gone),
		TEST(what_is_no_store_restores_nothing),
		TEST(check_finds_what_was_tampered_with),
		TEST(info_counts_the_records),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
