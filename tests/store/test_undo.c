/* SPDX-License-Identifier: MIT */
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

static enum tend_status undo(struct book *b, int64_t *ret_id)
{
	struct tend_arena arena = {0};
	struct tend_history_row row;
	enum tend_status status =
		tend_store_undo(b->store, 1700000100, DAY(20001), &arena, &row, &b->err);
	if (status == TEND_OK && ret_id != NULL) {
		*ret_id = row.id;
	}
	tend_arena_finish(&arena);
	return status;
}

static enum tend_status redo(struct book *b, int64_t *ret_id)
{
	struct tend_arena arena = {0};
	struct tend_history_row row;
	enum tend_status status =
		tend_store_redo(b->store, 1700000200, DAY(20002), &arena, &row, &b->err);
	if (status == TEND_OK && ret_id != NULL) {
		*ret_id = row.id;
	}
	tend_arena_finish(&arena);
	return status;
}

static void assert_sound(struct book *b)
{
	struct tend_findings findings;
	tend_findings_init(&findings, b->path);
	assert_done(b, tend_store_check(b->store, &findings, &b->err));
	if (findings.n > 0) {
		print_error("check: %s\n", findings.items[0].text);
		fail();
	}
	tend_findings_finish(&findings);
}

static int64_t one_customer(struct book *b, const char *key)
{
	book_begin(b, "customer add");
	int64_t id = book_add_customer(b, key, "Acme");
	assert_true(book_commit(b, "customer added") > 0);
	return id;
}

static void an_insert_is_taken_back_and_done_again(void **state)
{
	struct book *b = *state;
	char *empty = book_dump(b);
	(void)one_customer(b, "acme");
	char *full = book_dump(b);
	assert_done(b, undo(b, NULL));
	char *undone = book_dump(b);
	assert_same_text(undone, empty);
	assert_done(b, redo(b, NULL));
	char *redone = book_dump(b);
	assert_same_text(redone, full);
	assert_sound(b);
	free(empty);
	free(full);
	free(undone);
	free(redone);
}

static void there_is_nothing_to_undo_in_a_new_store(void **state)
{
	struct book *b = *state;
	assert_int_equal(undo(b, NULL), TEND_NOT_FOUND);
	assert_string_equal(b->err.text, "there is nothing to undo");
	assert_int_equal(redo(b, NULL), TEND_NOT_FOUND);
	assert_string_equal(b->err.text, "there is nothing to redo");
}

static void an_entry_that_touched_nothing_leaves_no_trace(void **state)
{
	struct book *b = *state;
	int64_t id = one_customer(b, "acme");
	struct tend_list list;
	book_read_of(b, TEND_READ_CUSTOMER, &tend_customer_type, id, &list);
	book_begin(b, "customer set");
	assert_done(b,
		tend_store_update(b->store, &tend_customer_type, tend_list_at(&list, 0), &b->err));
	assert_int_equal(book_commit(b, "nothing changed"), 0);
	tend_list_finish(&list);
	book_begin(b, "nothing");
	assert_int_equal(book_commit(b, "nothing at all"), 0);
	assert_int_equal(book_number(b->path, "SELECT count(*) FROM journal"), 1);
	/* it does not take the way of redo either */
	assert_done(b, undo(b, NULL));
	book_begin(b, "nothing");
	assert_int_equal(book_commit(b, "nothing at all"), 0);
	assert_done(b, redo(b, NULL));
}

static void undo_goes_back_in_order_and_redo_forwards(void **state)
{
	struct book *b = *state;
	int64_t seen = 0;
	(void)one_customer(b, "a");
	(void)one_customer(b, "b");
	(void)one_customer(b, "c");
	for (int64_t id = 3; id >= 1; id--) {
		assert_done(b, undo(b, &seen));
		assert_int_equal(seen, id);
	}
	assert_int_equal(undo(b, &seen), TEND_NOT_FOUND);
	for (int64_t id = 1; id <= 3; id++) {
		assert_done(b, redo(b, &seen));
		assert_int_equal(seen, id);
	}
	assert_int_equal(redo(b, &seen), TEND_NOT_FOUND);
	assert_int_equal(book_number(b->path, "SELECT count(*) FROM journal_event"), 6);
}

static void a_new_entry_ends_the_way_of_redo_for_good(void **state)
{
	struct book *b = *state;
	int64_t seen = 0;
	(void)one_customer(b, "a");
	(void)one_customer(b, "b");
	assert_done(b, undo(b, NULL));
	(void)one_customer(b, "c");
	assert_int_equal(redo(b, NULL), TEND_NOT_FOUND);
	assert_done(b, undo(b, &seen));
	assert_int_equal(seen, 3);
	assert_done(b, redo(b, &seen)); /* the third one, not the second */
	assert_int_equal(seen, 3);
	struct tend_list list;
	book_read_of(b, TEND_READ_HISTORY, &tend_history_type, -1, &list);
	assert_int_equal(list.n, 3);
	const int64_t undone[] = {0, 1, 0}; /* newest first */
	for (size_t i = 0; i < 3; i++) {
		assert_int_equal(
			((struct tend_history_row *)tend_list_at(&list, i))->undone, undone[i]);
	}
	tend_list_finish(&list);
	assert_sound(b);
}

static void rename_customer(struct book *b, int64_t id, const char *name)
{
	struct tend_list list;
	book_begin(b, "customer set");
	book_read_of(b, TEND_READ_CUSTOMER_STORED, &tend_customer_type, id, &list);
	struct tend_customer *c = tend_list_at(&list, 0);
	c->name = name;
	c->owner = "wang";
	c->term_months = TEND_NO_INT;
	assert_done(b, tend_store_update(b->store, &tend_customer_type, c, &b->err));
	tend_list_finish(&list);
	(void)book_commit(b, "renamed");
}

/* Back and forth twice: nothing of it is lost on the way. */
static void assert_travels(struct book *b, const char *before, const char *after)
{
	for (int i = 0; i < 4; i++) {
		assert_done(b, i % 2 == 0 ? undo(b, NULL) : redo(b, NULL));
		char *dump = book_dump(b);
		assert_same_text(dump, i % 2 == 0 ? before : after);
		free(dump);
	}
	assert_sound(b);
}

static void a_change_keeps_what_differs_and_what_names_the_record(void **state)
{
	struct book *b = *state;
	int64_t id = one_customer(b, "acme");
	char *before = book_dump(b);
	rename_customer(b, id, "\"A\\\n\x01\x1f\xe8\xb4\x9d");
	char *after = book_dump(b);
	assert_int_equal(
		book_number(b->path,
			"SELECT before = '{\"key\":\"acme\",\"name\":\"Acme\",\"term_months\":12,"
			"\"owner\":null}' AND json_extract(after, '$.name') = "
			"(SELECT name FROM customer) AND json_extract(after, '$.owner') = 'wang' "
			"AND json_type(after, '$.term_months') = 'null' "
			"AND json_type(after, '$.started') IS NULL "
			"FROM journal_row WHERE op = 'U'"),
		1);
	assert_travels(b, before, after);
	free(before);
	free(after);
}

/* As programs wrote them before: with all columns. */
static void whole_images_of_a_change_are_undone_too(void **state)
{
	struct book *b = *state;
	int64_t id = one_customer(b, "acme");
	char *before = book_dump(b);
	rename_customer(b, id, "Other");
	char *after = book_dump(b);
	book_execute(b->path,
		"UPDATE journal_row SET before = "
		"'{\"id\":1,\"key\":\"acme\",\"name\":\"Acme\",\"status\":null,\"started\":19900,"
		"\"term_months\":12,\"owner\":null,\"segment\":null,\"industry\":null,"
		"\"currency\":null,\"tags\":null}', after = "
		"'{\"id\":1,\"key\":\"acme\",\"name\":\"Other\",\"status\":null,\"started\":19900,"
		"\"term_months\":null,\"owner\":\"wang\",\"segment\":null,\"industry\":null,"
		"\"currency\":null,\"tags\":null}' WHERE op = 'U'");
	assert_travels(b, before, after);
	free(before);
	free(after);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			an_insert_is_taken_back_and_done_again, book_setup, book_teardown),
		cmocka_unit_test_setup_teardown(
			there_is_nothing_to_undo_in_a_new_store, book_setup, book_teardown),
		cmocka_unit_test_setup_teardown(
			an_entry_that_touched_nothing_leaves_no_trace, book_setup, book_teardown),
		cmocka_unit_test_setup_teardown(
			undo_goes_back_in_order_and_redo_forwards, book_setup, book_teardown),
		cmocka_unit_test_setup_teardown(
			a_new_entry_ends_the_way_of_redo_for_good, book_setup, book_teardown),
		cmocka_unit_test_setup_teardown(
			a_change_keeps_what_differs_and_what_names_the_record, book_setup,
			book_teardown),
		cmocka_unit_test_setup_teardown(
			whole_images_of_a_change_are_undone_too, book_setup, book_teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
