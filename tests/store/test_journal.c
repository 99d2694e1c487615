/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <support.h>
#include <tend/mem.h>

#include "book.h"
#include "sqlite/sqlite.h"

static enum tend_status travel(struct book *b, bool back)
{
	struct tend_arena arena = {0};
	struct tend_history_row row;
	enum tend_status status = back
		? tend_store_undo(b->store, 0, DAY(1), &arena, &row, &b->err)
		: tend_store_redo(b->store, 0, DAY(1), &arena, &row, &b->err);
	tend_arena_finish(&arena);
	return status;
}

static void assert_touched(struct book *b, const int64_t *ids, size_t n)
{
	int64_t *touched = NULL;
	size_t count = 0;
	assert_done(b, tend_store_touched(b->store, &touched, &count, &b->err));
	assert_int_equal(count, n);
	for (size_t i = 0; i < n; i++) {
		assert_int_equal(touched[i], ids[i]);
	}
	free(touched);
}

/* Reads the one alert, hands it to the caller to change, writes it back. */
static void set_alert_state(struct book *b, int64_t id, const char *state)
{
	struct tend_list list;
	book_read_of(b, TEND_READ_ALERT, &tend_alert_type, id, &list);
	assert_int_equal(list.n, 1);
	struct tend_alert *a = tend_list_at(&list, 0);
	a->state = state;
	a->note = "seen";
	assert_done(b, tend_store_update(b->store, &tend_alert_type, a, &b->err));
	tend_list_finish(&list);
}

static void a_row_says_who_did_what_when(void **state)
{
	struct book *b = *state;
	book_begin(b, "tend customer add");
	(void)book_add_customer(b, "acme", "Acme");
	(void)book_add_customer(b, "other", "Other");
	assert_int_equal(book_commit(b, "2 customers added"), 2);
	struct tend_list list;
	book_read_of(b, TEND_READ_HISTORY, &tend_history_type, -1, &list);
	assert_int_equal(list.n, 1);
	const struct tend_history_row *r = tend_list_at(&list, 0);
	assert_int_equal(r->id, 1);
	assert_int_equal(r->at, 1700000000);
	assert_int_equal(r->day.day, 20000);
	assert_string_equal(r->actor, "wang");
	assert_string_equal(r->command, "tend customer add");
	assert_string_equal(r->summary, "2 customers added");
	assert_int_equal(r->changes, 2);
	assert_int_equal(r->undone, 0);
	tend_list_finish(&list);
	assert_done(b, tend_store_begin(b->store, NULL, &b->err));
	(void)book_add_customer(b, "silent", "Not journalled");
	assert_int_equal(book_commit(b, NULL), 0);
	assert_int_equal(book_number(b->path, "SELECT count(*) FROM journal"), 1);
}

static void history_of_a_customer_is_what_touched_it(void **state)
{
	struct book *b = *state;
	book_begin(b, "one");
	int64_t acme = book_add_customer(b, "acme", "Acme");
	int64_t other = book_add_customer(b, "other", "Other");
	(void)book_commit(b, "one");
	book_begin(b, "two");
	int64_t m = book_add_milestone(b, other, "kickoff", 20000);
	(void)book_commit(b, "two");
	book_begin(b, "three");
	(void)book_add_item(b, m, 1);
	(void)book_commit(b, "three");
	static const int64_t expected[] = {3, 2, 1};
	struct tend_list list;
	book_read_of(b, TEND_READ_HISTORY_OF, &tend_history_type, other, &list);
	assert_int_equal(list.n, 3);
	for (size_t i = 0; i < 3; i++) {
		assert_int_equal(
			((struct tend_history_row *)tend_list_at(&list, i))->id, expected[i]);
	}
	tend_list_finish(&list);
	book_read_of(b, TEND_READ_HISTORY_OF, &tend_history_type, acme, &list);
	assert_int_equal(list.n, 1);
	tend_list_finish(&list);
	book_read_of(b, TEND_READ_HISTORY, &tend_history_type, 2, &list); /* the newest two */
	assert_int_equal(list.n, 2);
	assert_int_equal(((struct tend_history_row *)tend_list_at(&list, 0))->id, 3);
	tend_list_finish(&list);
}

static void touched_customers_are_known_within_and_after(void **state)
{
	struct book *b = *state;
	assert_touched(b, NULL, 0);
	book_begin(b, "one");
	assert_touched(b, NULL, 0);
	int64_t ids[3];
	ids[0] = book_add_customer(b, "a", "A");
	ids[1] = book_add_customer(b, "b", "B");
	assert_touched(b, ids, 2);
	ids[2] = book_add_customer(b, "c", "C");
	(void)book_commit(b, "one");
	assert_touched(b, ids, 3);
	book_begin(b, "two");
	assert_touched(b, NULL, 0); /* not those of the entry before */
	(void)book_add_activity(b, ids[1], 1, "x");
	assert_touched(b, &ids[1], 1);
	(void)book_commit(b, "two");
	assert_touched(b, &ids[1], 1);
	assert_int_equal(travel(b, true), TEND_OK);
	assert_touched(b, &ids[1], 1);
	assert_int_equal(travel(b, true), TEND_OK);
	assert_touched(b, NULL, 0); /* they are gone */
	assert_int_equal(travel(b, false), TEND_OK);
	assert_touched(b, ids, 3);
}

static void a_row_that_moves_touches_both_customers(void **state)
{
	struct book *b = *state;
	book_begin(b, "one");
	int64_t ids[2] = {book_add_customer(b, "a", "A"), book_add_customer(b, "b", "B")};
	int64_t activity = book_add_activity(b, ids[0], 1, "x");
	(void)book_commit(b, "one");
	book_begin(b, "two");
	struct tend_activity a;
	tend_record_clear(&tend_activity_type, &a);
	a.id = activity;
	a.customer_id = ids[1];
	a.date = DAY(1);
	assert_done(b, tend_store_update(b->store, &tend_activity_type, &a, &b->err));
	assert_touched(b, ids, 2);
	(void)book_commit(b, "two");
	assert_touched(b, ids, 2);
}

static void a_deleted_customer_comes_back_with_all_it_had(void **state)
{
	struct book *b = *state;
	book_begin(b, "one");
	int64_t id = book_add_customer(b, "acme", "Acme");
	struct tend_enrollment e = {
		.customer_id = id, .journey = "annual", .version = 1, .start = DAY(19900)};
	assert_done(b, tend_store_enroll(b->store, &e, &b->err));
	int64_t m = book_add_milestone(b, id, "kickoff", 20000);
	(void)book_add_item(b, m, 1);
	(void)book_add_point(b, id, "logins", 1, 0.1);
	(void)book_add_alert(b, id, "fading");
	assert_done(b, tend_store_set_custom(b->store, id, "region", "华东", &b->err));
	(void)book_commit(b, "one");
	char *before = book_dump(b);
	book_begin(b, "two");
	assert_done(b, tend_store_delete(b->store, &tend_customer_type, id, &b->err));
	assert_int_equal(book_commit(b, "two"), 7);
	assert_int_equal(book_number(b->path, "SELECT count(*) FROM item"), 0);
	char *without = book_dump(b);
	assert_int_equal(travel(b, true), TEND_OK);
	char *back = book_dump(b);
	assert_same_text(back, before);
	assert_int_equal(travel(b, false), TEND_OK);
	char *again = book_dump(b);
	assert_same_text(again, without);
	free(before);
	free(without);
	free(back);
	free(again);
}

/* A new day resolves an alert outside of the journal: an older acknowledgement that is undone must not
 * bring it back to life. */
static void undo_leaves_what_evaluation_changed_since(void **state)
{
	struct book *b = *state;
	book_begin(b, "one");
	int64_t id = book_add_customer(b, "acme", "Acme");
	int64_t alert = book_add_alert(b, id, "fading");
	(void)book_commit(b, "one");
	book_begin(b, "ack");
	set_alert_state(b, alert, "acked");
	(void)book_commit(b, "acknowledged");
	assert_done(b, tend_store_begin(b->store, NULL, &b->err));
	set_alert_state(b, alert, "resolved");
	(void)book_commit(b, NULL);
	assert_int_equal(travel(b, true), TEND_OK);
	assert_int_equal(
		book_number(b->path,
			"SELECT count(*) FROM alert WHERE state = 'resolved' AND note IS NULL"),
		1);
	assert_int_equal(travel(b, false), TEND_OK);
	assert_int_equal(
		book_number(b->path,
			"SELECT count(*) FROM alert WHERE state = 'resolved' AND note = 'seen'"),
		1);
}

static void undo_of_an_acknowledgement_opens_the_alert(void **state)
{
	struct book *b = *state;
	book_begin(b, "one");
	int64_t alert = book_add_alert(b, book_add_customer(b, "acme", "Acme"), "fading");
	(void)book_commit(b, "one");
	char *before = book_dump(b);
	book_begin(b, "ack");
	set_alert_state(b, alert, "acked");
	(void)book_commit(b, "acknowledged");
	assert_int_equal(travel(b, true), TEND_OK);
	char *after = book_dump(b);
	assert_same_text(after, before);
	free(before);
	free(after);
}

/* An entry raised an alert; it is undone; evaluation raises one for the same cause; redo. */
static void one_alert_a_rule_stays_after_redo(void **state)
{
	struct book *b = *state;
	book_begin(b, "one");
	int64_t id = book_add_customer(b, "acme", "Acme");
	(void)book_commit(b, "one");
	book_begin(b, "two");
	int64_t journalled = book_add_alert(b, id, "fading");
	(void)book_commit(b, "two");
	assert_int_equal(travel(b, true), TEND_OK);
	assert_done(b, tend_store_begin(b->store, NULL, &b->err));
	int64_t evaluated = book_add_alert(b, id, "fading");
	int64_t another = book_add_alert(b, id, "overdue");
	(void)book_commit(b, NULL);
	assert_true(evaluated != journalled); /* an id is never given twice */
	assert_int_equal(travel(b, false), TEND_OK);
	assert_int_equal(
		book_number(b->path, "SELECT count(*) FROM alert WHERE rule = 'fading'"), 1);
	assert_int_equal(
		book_number(b->path, "SELECT id FROM alert WHERE rule = 'fading'"), journalled);
	assert_int_equal(
		book_number(b->path, "SELECT id FROM alert WHERE rule = 'overdue'"), another);
}

/* Evaluation removed the alert that an entry raised. */
static void undo_of_an_alert_that_went_is_no_error(void **state)
{
	struct book *b = *state;
	book_begin(b, "one");
	int64_t id = book_add_customer(b, "acme", "Acme");
	int64_t alert = book_add_alert(b, id, "fading");
	(void)book_commit(b, "one");
	assert_done(b, tend_store_begin(b->store, NULL, &b->err));
	assert_done(b, tend_store_delete(b->store, &tend_alert_type, alert, &b->err));
	(void)book_commit(b, NULL);
	assert_int_equal(travel(b, true), TEND_OK);
	assert_int_equal(travel(b, false), TEND_OK);
	assert_int_equal(book_number(b->path, "SELECT count(*) FROM customer"), 1);
}

static void a_history_that_does_not_fit_changes_nothing(void **state)
{
	struct book *b = *state;
	book_begin(b, "one");
	int64_t id = book_add_customer(b, "acme", "Acme");
	(void)book_add_activity(b, id, 1, "x");
	(void)book_commit(b, "one");
	book_execute(b->path, "DELETE FROM activity"); /* behind the journal's back */
	char *before = book_dump(b);
	assert_int_equal(travel(b, true), TEND_FAILED);
	assert_non_null(strstr(b->err.text, "the history does not fit"));
	char *after = book_dump(b);
	assert_same_text(after, before);
	assert_int_equal(book_number(b->path, "SELECT count(*) FROM journal WHERE undone <> 0"), 0);
	free(before);
	free(after);
}

static void undo_joins_a_transaction_without_an_entry(void **state)
{
	struct book *b = *state;
	struct tend_journal_entry entry = {.at = 1, .day = DAY(1)};
	book_begin(b, "one");
	(void)book_add_customer(b, "acme", "Acme");
	(void)book_commit(b, "one");
	assert_done(b, tend_store_begin(b->store, NULL, &b->err));
	assert_int_equal(travel(b, true), TEND_OK);
	assert_int_equal(travel(b, true), TEND_NOT_FOUND); /* and the transaction goes on */
	tend_store_rollback(b->store);
	assert_int_equal(book_number(b->path, "SELECT count(*) FROM customer"), 1);
	assert_int_equal(book_number(b->path, "SELECT count(*) FROM journal_event"), 0);
	assert_done(b, tend_store_begin(b->store, NULL, &b->err));
	assert_int_equal(travel(b, true), TEND_OK);
	(void)book_commit(b, NULL);
	assert_int_equal(book_number(b->path, "SELECT count(*) FROM customer"), 0);
	assert_done(b, tend_store_begin(b->store, &entry, &b->err));
	assert_int_equal(travel(b, false), TEND_FAILED); /* never within an entry */
	tend_store_rollback(b->store);
}

static void events_tell_what_was_undone_when(void **state)
{
	struct book *b = *state;
	for (int i = 0; i < 2; i++) {
		book_begin(b, "one");
		(void)book_add_customer(b, i == 0 ? "a" : "b", "A");
		(void)book_commit(b, "one");
	}
	assert_int_equal(travel(b, true), TEND_OK);
	assert_int_equal(travel(b, false), TEND_OK);
	assert_int_equal(
		book_number(b->path, "SELECT entry FROM journal_event WHERE kind = 'undo'"), 2);
	assert_int_equal(
		book_number(b->path, "SELECT newest FROM journal_event WHERE kind = 'redo'"), 2);
	assert_int_equal(book_number(b->path, "SELECT day FROM journal_event WHERE seq = 1"), 1);
}

/* What a transaction recorded is gone with it. */
static void what_follows_a_rollback_is_recorded_as_well(void **state)
{
	struct book *b = *state;
	for (int pass = 0; pass < 3; pass++) {
		book_begin(b, "tend customer add");
		int64_t id = book_add_customer(b, "acme", "Acme");
		(void)book_add_activity(b, id, 1, "call");
		tend_store_rollback(b->store);
	}
	book_begin(b, "tend customer add");
	int64_t id = book_add_customer(b, "acme", "Acme");
	(void)book_add_activity(b, id, 1, "call");
	assert_int_equal(book_commit(b, "added"), 2);
	book_begin(b, "tend customer remove");
	assert_done(b, tend_store_delete(b->store, &tend_customer_type, id, &b->err));
	assert_int_equal(book_commit(b, "removed"), 2); /* with what went along */
	assert_done(b, travel(b, true));
	assert_int_equal(book_number(b->path, "SELECT count(*) FROM activity"), 1);
}

/* Rows of other tables, which nobody named. */
static void what_goes_along_with_a_row_is_recorded(void **state)
{
	struct book *b = *state;
	struct tend_run run;
	book_begin(b, "add");
	int64_t acme = book_add_customer(b, "acme", "Acme");
	int64_t kickoff = book_add_milestone(b, acme, "kickoff", 100);
	(void)book_add_item(b, kickoff, 1);
	(void)book_add_item(b, kickoff, 2);
	tend_record_clear(&tend_run_type, &run);
	run.customer_id = acme;
	run.playbook = "rescue";
	run.day = DAY(90);
	assert_done(b, tend_store_insert(b->store, &tend_run_type, &run, &run.id, &b->err));
	struct tend_milestone step;
	tend_record_clear(&tend_milestone_type, &step);
	step.customer_id = acme;
	step.key = "rescue.call";
	step.occurrence = 1;
	step.due = DAY(95);
	step.run_id = run.id;
	assert_done(b, tend_store_insert(b->store, &tend_milestone_type, &step, &step.id, &b->err));
	(void)book_commit(b, "added");
	char *before = book_dump(b);
	static const struct {
		const struct tend_record_type *type;
		int64_t changes;
	} removals[] = {
		{&tend_milestone_type, 3}, /* its items */
		{&tend_run_type, 2}, /* its step is nobody's */
		{&tend_customer_type, 7}, /* all six, one of them once more without its run */
	};
	for (size_t i = 0; i < sizeof(removals) / sizeof(removals[0]); i++) {
		int64_t id = i == 0 ? kickoff : i == 1 ? run.id : acme;
		book_reopen(b);
		book_begin(b, "remove");
		assert_done(b, tend_store_delete(b->store, removals[i].type, id, &b->err));
		assert_int_equal(book_commit(b, "removed"), removals[i].changes);
		assert_done(b, travel(b, true));
		char *after = book_dump(b);
		assert_string_equal(after, before);
		free(after);
		assert_done(b, travel(b, false)); /* and they go along again */
		assert_done(b, travel(b, true));
		after = book_dump(b);
		assert_string_equal(after, before);
		free(after);
	}
	free(before);
}

/* More than are kept in memory, and a failure among them. */
static void an_entry_of_many_changes_has_each_once_and_in_order(void **state)
{
	enum { MANY = 1700 };
	struct book *b = *state;
	struct tend_customer twice;
	int64_t id;
	book_begin(b, "many");
	int64_t acme = book_add_customer(b, "acme", "Acme");
	for (int i = 0; i < MANY; i++) {
		(void)book_add_activity(b, acme, i, "call");
		if (i % 500 == 499) {
			tend_record_clear(&tend_customer_type, &twice);
			twice.key = "acme";
			twice.name = "Twice";
			assert_int_equal(tend_store_insert(b->store, &tend_customer_type, &twice,
						 &id, &b->err),
				TEND_FAILED);
		}
	}
	assert_int_equal(book_commit(b, "many"), MANY + 1);
	assert_int_equal(
		book_number(b->path,
			"SELECT count(*) FROM journal_row WHERE op = 'I' AND customer_id = 1 "
			"AND before IS NULL AND after IS NULL AND from_customer IS NULL"),
		MANY + 1);
	assert_int_equal(book_number(b->path,
				 "SELECT count(*) FROM journal_row r JOIN journal_row q ON q.seq = "
				 "r.seq + 1 "
				 "AND q.row_id = r.row_id + 1 WHERE r.tbl = 'activity'"),
		MANY - 1);
	assert_int_equal(book_number(b->path, "SELECT count(*) FROM journal_customer"), 1);
	book_begin(b, "all go");
	assert_done(b, tend_store_delete(b->store, &tend_customer_type, acme, &b->err));
	assert_int_equal(book_commit(b, "all go"), MANY + 1);
	assert_int_equal(travel(b, true), TEND_OK);
	assert_int_equal(book_number(b->path, "SELECT count(*) FROM activity"), MANY);
	assert_int_equal(travel(b, true), TEND_OK);
	assert_int_equal(book_number(b->path, "SELECT count(*) FROM activity"), 0);
}

static void a_failed_write_leaves_its_entry_whole(void **state)
{
	struct book *b = *state;
	struct tend_customer c;
	int64_t id;
	book_begin(b, "one");
	(void)book_add_customer(b, "a", "A");
	tend_record_clear(&tend_customer_type, &c);
	c.key = "a";
	c.name = "Twice";
	assert_int_equal(
		tend_store_insert(b->store, &tend_customer_type, &c, &id, &b->err), TEND_FAILED);
	(void)book_add_customer(b, "b", "B");
	assert_int_equal(book_commit(b, "one"), 2);
	assert_int_equal(travel(b, true), TEND_OK);
	assert_int_equal(book_number(b->path, "SELECT count(*) FROM customer"), 0);
}

static void a_statement_that_fails_half_way_records_nothing(void **state)
{
	struct book *b = *state;
	book_begin(b, "two");
	(void)book_add_customer(b, "a", "A");
	(void)book_add_customer(b, "b", "B");
	(void)book_commit(b, "two");
	struct sqlite_db *db = NULL;
	struct db_stmt *st = NULL;
	assert_done(b, sqlite_connect(b->path, 0, &db, &b->err));
	const struct db_driver *driver = db->base.driver;
	assert_done(b, driver->begin(&db->base, &b->err));
	driver->record(&db->base, 1);
	assert_done(b,
		driver->prepare(&db->base, "UPDATE customer SET key = 'a' || id, name = 'C'", &st,
			&b->err));
	assert_int_equal(driver->step(st), DB_DONE);
	driver->finalize(st);
	assert_done(b, driver->prepare(&db->base, "UPDATE customer SET key = 'c'", &st, &b->err));
	assert_int_equal(driver->step(st), DB_ERROR); /* at the second */
	driver->finalize(st);
	assert_done(b, driver->recorded(&db->base, &b->err));
	assert_done(b, driver->commit(&db->base, &b->err));
	driver->close(&db->base);
	assert_int_equal(
		book_number(b->path, "SELECT count(*) FROM journal_row WHERE op = 'U'"), 2);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, book_setup, book_teardown)
	const struct CMUnitTest tests[] = {
		TEST(a_row_says_who_did_what_when),
		TEST(history_of_a_customer_is_what_touched_it),
		TEST(touched_customers_are_known_within_and_after),
		TEST(a_row_that_moves_touches_both_customers),
		TEST(a_deleted_customer_comes_back_with_all_it_had),
		TEST(undo_leaves_what_evaluation_changed_since),
		TEST(undo_of_an_acknowledgement_opens_the_alert),
		TEST(one_alert_a_rule_stays_after_redo),
		TEST(undo_of_an_alert_that_went_is_no_error),
		TEST(a_history_that_does_not_fit_changes_nothing),
		TEST(undo_joins_a_transaction_without_an_entry),
		TEST(events_tell_what_was_undone_when),
		TEST(what_follows_a_rollback_is_recorded_as_well),
		TEST(what_goes_along_with_a_row_is_recorded),
		TEST(an_entry_of_many_changes_has_each_once_and_in_order),
		TEST(a_failed_write_leaves_its_entry_whole),
		TEST(a_statement_that_fails_half_way_records_nothing),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
