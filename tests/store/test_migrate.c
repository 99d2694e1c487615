/* SPDX-License-Identifier: MIT */
/* Steps from version to version, tried with versions that only this test knows. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <support.h>
#include <tend/mem.h>
#include <tend/str.h>

#include "book.h"
#include "sqlite/schema.h"

static const char *const add_phone[] = {"ALTER TABLE customer ADD COLUMN phone TEXT",
	"CREATE INDEX customer_phone ON customer (phone)", NULL};
static const char *const fill_phone[] = {"UPDATE customer SET phone = 'none'", NULL};
static const char *const broken[] = {
	"UPDATE customer SET phone = 'half'", "INSERT INTO nowhere VALUES (1)", NULL};
static const char *const orphans[] = {"UPDATE activity SET customer_id = 99", NULL};

enum { NOW = SCHEMA_VERSION, NEXT, AFTER_NEXT };

static struct sqlite_db *connect_to(struct book *b)
{
	struct sqlite_db *db = NULL;
	assert_done(b, sqlite_connect(b->path, 0, &db, &b->err));
	return db;
}

static void disconnect(struct sqlite_db *db)
{
	db->base.driver->close(&db->base);
}

/* What the schema looks like after the steps, so that the test need not know the number. */
static uint64_t fingerprint_after(struct book *b, const char *const *const *lists, size_t n)
{
	const char *path = support_path(b->dir, "scratch.db");
	support_write(path, "", 0);
	assert_done(b, sqlite_create(path, &b->err));
	struct sqlite_db *db = NULL;
	assert_done(b, sqlite_connect(path, 0, &db, &b->err));
	for (size_t i = 0; i < n; i++) {
		for (size_t k = 0; lists[i][k] != NULL; k++) {
			assert_done(b, sqlite_run(db, lists[i][k], &b->err));
		}
	}
	uint64_t fingerprint = 0;
	assert_done(b, schema_fingerprint(db, &fingerprint, &b->err));
	disconnect(db);
	return fingerprint;
}

static const char *kept_path(struct book *b, const char *ending)
{
	char *name = tend_format("book.db.v%d.bak%s", (int)NOW, ending);
	const char *path = support_path(b->dir, name);
	free(name);
	return path;
}

static int setup(void **state)
{
	(void)book_setup(state);
	struct book *b = *state;
	book_begin(b, "add");
	int64_t id = book_add_customer(b, "acme", "Acme");
	(void)book_add_activity(b, id, 1, "a call");
	(void)book_commit(b, "added");
	return 0;
}

static void an_older_store_is_brought_up_step_by_step(void **state)
{
	struct book *b = *state;
	const char *const *const lists[] = {add_phone, fill_phone};
	uint64_t end = fingerprint_after(b, lists, 2);
	const uint64_t fingerprints[] = {
		[NOW] = schema_current.fingerprints[NOW], [AFTER_NEXT] = end};
	const struct schema_step steps[] = {
		{.version = NOW, .statements = schema_version_1},
		{.version = NEXT, .statements = add_phone},
		{.version = AFTER_NEXT, .statements = fill_phone},
	};
	const struct schema next = {
		.version = AFTER_NEXT, .steps = steps, .nsteps = 3, .fingerprints = fingerprints};
	struct sqlite_db *db = connect_to(b);
	int version = 0;
	assert_done(b, schema_verify(db, &next, &version, &b->err));
	assert_int_equal(version, NOW);
	assert_done(b, schema_migrate(db, &next, version, &b->err));
	assert_done(b, schema_verify(db, &next, &version, &b->err));
	assert_int_equal(version, AFTER_NEXT);
	/* the new column is in the journal */
	assert_done(b, sqlite_run(db, "BEGIN", &b->err));
	db->base.driver->record(&db->base, 1);
	assert_done(b, sqlite_run(db, "UPDATE customer SET phone = '1'", &b->err));
	assert_done(b, db->base.driver->recorded(&db->base, &b->err));
	assert_done(b, sqlite_run(db, "COMMIT", &b->err));
	disconnect(db);
	assert_int_equal(
		book_number(b->path,
			"SELECT count(*) FROM journal_row WHERE before LIKE '%\"phone\"%'"),
		1);
	const char *kept = kept_path(b, "");
	assert_int_equal(support_mode(kept), 0600);
	assert_int_equal(book_number(kept, "PRAGMA user_version"), NOW);
	assert_int_equal(book_number(kept, "SELECT count(*) FROM activity"), 1);
	/* this program refuses the newer one now; also where it had it open before */
	assert_int_equal(tend_store_begin(b->store, &(struct tend_journal_entry){0}, &b->err),
		TEND_UNAVAILABLE);
	assert_non_null(strstr(b->err.text, "another version of tend"));
	struct tend_store *s = NULL;
	assert_int_equal(tend_store_open(b->path, 0, &s, &b->err), TEND_UNAVAILABLE);
	assert_non_null(strstr(b->err.text, "newer tend"));
}

static void assert_fails(struct book *b, const char *const *last, uint64_t end, const char *part)
{
	const uint64_t fingerprints[] = {[NOW] = schema_current.fingerprints[NOW], [NEXT] = end};
	const struct schema_step steps[] = {
		{.version = NEXT, .statements = add_phone},
		{.version = NEXT, .statements = last},
	};
	const struct schema next = {
		.version = NEXT, .steps = steps, .nsteps = 2, .fingerprints = fingerprints};
	char *before = book_dump(b);
	struct sqlite_db *db = connect_to(b);
	assert_true(schema_migrate(db, &next, NOW, &b->err) != TEND_OK);
	assert_non_null(strstr(b->err.text, "could not be brought to this version"));
	assert_non_null(strstr(b->err.text, part));
	int version = 0;
	assert_done(b, schema_verify(db, &schema_current, &version, &b->err));
	assert_int_equal(version, NOW);
	disconnect(db);
	char *after = book_dump(b);
	assert_same_text(after, before);
	free(before);
	free(after);
	book_reopen(b);
}

static void a_step_that_fails_leaves_the_older_store(void **state)
{
	struct book *b = *state;
	const char *const *const lists[] = {add_phone};
	uint64_t end = fingerprint_after(b, lists, 1);
	assert_fails(b, broken, end, "nowhere");
	assert_fails(b, orphans, end, "foreign key");
	assert_fails(b, fill_phone, end + 1, "refused");
	/* three tries, three backups: none takes another's place */
	assert_true(support_exists(kept_path(b, "")));
	assert_true(support_exists(kept_path(b, "-2")));
	assert_true(support_exists(kept_path(b, "-3")));
}

static void a_store_that_another_program_brought_up_is_left_alone(void **state)
{
	struct book *b = *state;
	const struct schema_step steps[] = {{.version = NEXT, .statements = broken}};
	const uint64_t fingerprints[] = {[NEXT] = schema_current.fingerprints[NOW]};
	const struct schema next = {
		.version = NEXT, .steps = steps, .nsteps = 1, .fingerprints = fingerprints};
	char *stamp = tend_format("PRAGMA user_version = %d", (int)NEXT);
	book_execute(b->path, stamp);
	free(stamp);
	struct sqlite_db *db = connect_to(b);
	assert_done(b, schema_migrate(db, &next, NOW, &b->err));
	disconnect(db);
}

static struct tend_store *bring_up(struct book *b, const char *file, const char *more)
{
	size_t n;
	char *sql = support_read(file, &n);
	b->path = (char *)support_path(b->dir, "old.db"); /* lives as long as the test */
	book_execute(b->path, sql);
	free(sql);
	book_execute(b->path, more);
	struct tend_store *s = NULL;
	assert_done(b, tend_store_open(b->path, 0, &s, &b->err));
	assert_int_equal(book_number(b->path, "PRAGMA user_version"), NOW);
	assert_int_equal(
		book_number(b->path, "SELECT count(*) FROM sqlite_schema WHERE type = 'trigger'"),
		0);
	return s;
}

/* Images of older versions fit the wider tables: all is taken back, and done again to the last row. */
static void takes_all_back_and_does_it_again(struct book *b, struct tend_store *s, int entries)
{
	struct tend_arena arena = {0};
	struct tend_history_row row;
	char *before = book_dump(b);
	for (int i = 0; i < entries; i++) {
		assert_done(b, tend_store_undo(s, 1, DAY(20514), &arena, &row, &b->err));
	}
	assert_int_equal(tend_store_undo(s, 1, DAY(20514), &arena, &row, &b->err), TEND_NOT_FOUND);
	assert_int_equal(book_number(b->path, "SELECT count(*) FROM customer"), 0);
	assert_int_equal(book_number(b->path, "SELECT count(*) FROM complaint"), 0);
	for (int i = 0; i < entries; i++) {
		assert_done(b, tend_store_redo(s, 1, DAY(20514), &arena, &row, &b->err));
	}
	char *after = book_dump(b);
	assert_same_text(after, before);
	free(after);
	free(before);
	tend_arena_finish(&arena);
}

static void is_sound(struct book *b, struct tend_store *s)
{
	struct tend_findings findings;
	tend_findings_init(&findings, b->path);
	assert_done(b, tend_store_check(s, &findings, &b->err));
	assert_int_equal(findings.n, 0);
	tend_findings_finish(&findings);
}

/* A store as version 1 left it: a customer on a journey, seven entries, one of them undone and redone. */
static void a_store_of_version_1_keeps_its_rows_and_its_history(void **state)
{
	struct book *b = *state, old = *b;
	struct tend_store *s = bring_up(&old, TEST_DATA "/version-1.sql",
		"INSERT INTO today_row (customer_id, ref_id, kind, rank, band) "
		"VALUES (1, 2, 'due', 1, 2)");
	static const char rows[] =
		"SELECT count(*) FROM milestone WHERE state = 'done' OR occurrence = 3";
	assert_int_equal(book_number(old.path, rows), 2);
	/* the queue is made anew: version 1 kept no counts beside it */
	assert_int_equal(book_number(old.path, "SELECT count(*) FROM today_row"), 0);
	takes_all_back_and_does_it_again(&old, s, 7);
	assert_int_equal(book_number(old.path, rows), 2);
	is_sound(&old, s);
	tend_store_close(s);
}

/* As version 2 left it: published files, a playbook that runs, a milestone that a condition has done, and each of
 * the records that there were; eleven entries, the tenth undone for good. */
static void a_store_of_version_2_keeps_its_rows_and_its_history(void **state)
{
	static const struct {
		const char *sql;
		long long number;
	} rows[] = {
		{"SELECT count(*) FROM customer WHERE key = 'acme' AND currency = 'EUR'", 1},
		{"SELECT count(*) FROM milestone", 6},
		{"SELECT count(*) FROM milestone WHERE by_condition = 1 AND state = 'done'", 1},
		{"SELECT count(*) FROM milestone m JOIN playbook_run r ON m.run_id = r.id", 1},
		{"SELECT count(*) FROM document", 2},
		{"SELECT count(*) FROM activity WHERE text = 'First talk' AND promise IS NULL", 1},
		{"SELECT count(*) FROM activity", 1},
		{"SELECT rating FROM complaint WHERE closed = 20513 AND recovery IS NULL", 4},
		{"SELECT sum(annual) FROM subscription", 1250000},
		{"SELECT count(*) FROM churn WHERE reason = 'pricing'", 1},
		{"SELECT value FROM metric_point WHERE metric = 'logins'", 3},
		{"SELECT count(*) FROM condition_state", 1},
		{"SELECT count(*) FROM journal", 11},
		{"SELECT count(*) FROM contact", 0},
	};
	struct book *b = *state, old = *b;
	struct tend_store *s = bring_up(&old, TEST_DATA "/version-2.sql", "SELECT 1");
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		if (book_number(old.path, rows[i].sql) != rows[i].number) {
			fail_msg("%s", rows[i].sql);
		}
	}
	takes_all_back_and_does_it_again(&old, s, 10);
	is_sound(&old, s);
	tend_store_close(s);
}

/* As version 3 left it: records of the kinds that came with it, one removed, a promise; fourteen entries, the
 * thirteenth undone for good. */
static void a_store_of_version_3_keeps_its_rows_and_its_history(void **state)
{
	static const struct {
		const char *sql;
		long long number;
	} rows[] = {
		{"SELECT count(*) FROM milestone WHERE state = 'done'", 1},
		{"SELECT count(*) FROM contact WHERE title = 'CTO' AND language = 'en'", 1},
		{"SELECT count(*) FROM contact", 1},
		{"SELECT count(*) FROM outcome WHERE target = 10", 1},
		{"SELECT amount FROM gift", 2050},
		{"SELECT count(*) FROM need", 1},
		{"SELECT promised FROM activity", 20517},
		{"SELECT count(*) FROM complaint WHERE severity = 'high'", 1},
		{"SELECT count(*) FROM journal", 14},
		{"SELECT count(*) FROM sqlite_schema WHERE name = 'journal_current'", 0},
	};
	struct book *b = *state, old = *b;
	struct tend_store *s = bring_up(&old, TEST_DATA "/version-3.sql", "SELECT 1");
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		if (book_number(old.path, rows[i].sql) != rows[i].number) {
			fail_msg("%s", rows[i].sql);
		}
	}
	takes_all_back_and_does_it_again(&old, s, 13);
	is_sound(&old, s);
	tend_store_close(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			an_older_store_is_brought_up_step_by_step, setup, book_teardown),
		cmocka_unit_test_setup_teardown(
			a_step_that_fails_leaves_the_older_store, setup, book_teardown),
		cmocka_unit_test_setup_teardown(a_store_of_version_1_keeps_its_rows_and_its_history,
			book_setup, book_teardown),
		cmocka_unit_test_setup_teardown(a_store_of_version_2_keeps_its_rows_and_its_history,
			book_setup, book_teardown),
		cmocka_unit_test_setup_teardown(a_store_of_version_3_keeps_its_rows_and_its_history,
			book_setup, book_teardown),
		cmocka_unit_test_setup_teardown(
			a_store_that_another_program_brought_up_is_left_alone, setup,
			book_teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
