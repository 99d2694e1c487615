/* SPDX-License-Identifier: MIT */
/*
 * A file system that fails: the first, second, third … write, sync, read, truncation or lock, once or
 * from then on, until a whole edit, undo, backup or creation went through. Each time it ends in a
 * message or in success, and the store is as before or complete.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <support.h>
#include <tend/mem.h>

#include "book.h"
#include "shim.h"

static struct {
	volatile int left; /* calls until the fault; 0: none is planned */
	volatile int kinds; /* enum shim_call */
	volatile int code;
	volatile bool for_good;
	volatile bool hit;
} fault;

static bool strikes(int kind)
{
	if ((fault.kinds & kind) == 0 || fault.left == 0) {
		return fault.hit && fault.for_good && (fault.kinds & kind) != 0;
	}
	fault.left--;
	fault.hit = fault.hit || fault.left == 0;
	return fault.left == 0;
}

static int strike(enum shim_call call, const char *path, const void *data, int n, sqlite3_int64 at)
{
	(void)path;
	(void)data;
	(void)n;
	(void)at;
	return strikes((int)call) ? fault.code : SQLITE_OK;
}

static int group_setup(void **state)
{
	(void)state;
	shim_set(strike);
	return 0;
}

static void plan(int kinds, int code, int after, bool for_good)
{
	fault.kinds = kinds;
	fault.code = code;
	fault.for_good = for_good;
	fault.hit = false;
	fault.left = after;
}

static void heal(void)
{
	fault.left = 0;
	fault.kinds = 0;
	fault.hit = false;
}

static const struct {
	const char *name;
	int kinds, code;
} faults[] = {
	{"writing fails", SHIM_WRITE, SQLITE_IOERR_WRITE},
	{"the disk is full", SHIM_WRITE, SQLITE_FULL},
	{"syncing fails", SHIM_SYNC, SQLITE_IOERR_FSYNC},
	{"reading fails", SHIM_READ, SQLITE_IOERR_READ},
	{"truncating fails", SHIM_TRUNCATE, SQLITE_IOERR_TRUNCATE},
	{"locking fails", SHIM_LOCK, SQLITE_IOERR_LOCK},
	{"opening fails", SHIM_OPEN, SQLITE_CANTOPEN},
};
enum { FAULTS = sizeof(faults) / sizeof(faults[0]), TRIES = 200, ROWS = 25 };

static enum tend_status edit(struct book *b, struct tend_error *err)
{
	struct tend_journal_entry entry = {.at = 1, .day = DAY(1), .actor = "w", .command = "log"};
	enum tend_status status = tend_store_begin(b->store, &entry, err);
	for (int i = 0; i < ROWS && status == TEND_OK; i++) {
		struct tend_activity a;
		int64_t id;
		tend_record_clear(&tend_activity_type, &a);
		a.customer_id = 1;
		a.date = DAY(i);
		a.text =
			"a call about the renewal of the contract and the training of the new team";
		status = tend_store_insert(b->store, &tend_activity_type, &a, &id, err);
	}
	if (status == TEND_OK) {
		return tend_store_commit(b->store, "logged", NULL, err);
	}
	tend_store_rollback(b->store);
	return status;
}

static enum tend_status undo(struct book *b, struct tend_error *err)
{
	struct tend_arena arena = {0};
	struct tend_history_row row;
	enum tend_status status = tend_store_undo(b->store, 1, DAY(1), &arena, &row, err);
	tend_arena_finish(&arena);
	return status;
}

static enum tend_status reopened_edit(struct book *b, struct tend_error *err)
{
	tend_store_close(b->store);
	b->store = NULL;
	enum tend_status status = tend_store_open(b->path, 0, &b->store, err);
	return status == TEND_OK ? edit(b, err) : status;
}

static void assert_sound(struct book *b)
{
	book_reopen(b);
	struct tend_findings findings;
	tend_findings_init(&findings, b->path);
	assert_done(b, tend_store_check(b->store, &findings, &b->err));
	if (findings.n > 0) {
		print_error("check: %s\n", findings.items[0].text);
		fail();
	}
	tend_findings_finish(&findings);
}

/* Runs `act` with ever later faults until one run meets none. */
static void run_all(struct book *b, enum tend_status (*act)(struct book *, struct tend_error *))
{
	for (int k = 0; k < FAULTS * 2; k++) {
		for (int after = 1; after <= TRIES; after++) {
			char *before = book_dump(b);
			struct tend_error err = {0};
			plan(faults[k / 2].kinds, faults[k / 2].code, after, k % 2 == 1);
			enum tend_status status = act(b, &err);
			bool met = fault.hit;
			heal();
			assert_sound(b);
			char *now = book_dump(b);
			if (status != TEND_OK) {
				assert_true(err.text[0] != '\0');
				/* a sync that fails may still have written: all or nothing */
				if (strcmp(now, before) != 0 && faults[k / 2].kinds != SHIM_SYNC
					&& faults[k / 2].kinds != SHIM_TRUNCATE) {
					print_error("%s, call %d: refused, but changed: %s\n",
						faults[k / 2].name, after, err.text);
					fail();
				}
			}
			bool changed = strcmp(now, before) != 0;
			free(before);
			free(now);
			if (changed && act != undo) { /* start anew from the same book */
				assert_done(b, undo(b, &b->err));
			} else if (changed) {
				assert_done(b, edit(b, &b->err));
			}
			if (!met) {
				assert_int_equal(status, TEND_OK);
				break;
			}
		}
	}
}

static int setup(void **state)
{
	(void)book_setup(state);
	struct book *b = *state;
	book_begin(b, "add");
	(void)book_add_customer(b, "acme", "Acme");
	(void)book_commit(b, "added");
	assert_done(b, edit(b, &b->err));
	return 0;
}

static void an_edit_is_whole_or_not_there(void **state)
{
	run_all(*state, edit);
}

static void an_edit_after_opening_is_whole_or_not_there(void **state)
{
	run_all(*state, reopened_edit);
}

static void an_undo_is_whole_or_not_there(void **state)
{
	run_all(*state, undo);
}

static void a_backup_is_whole_or_not_there(void **state)
{
	struct book *b = *state;
	const char *path = support_path(b->dir, "copy.db");
	for (int k = 0; k < FAULTS * 2; k++) {
		for (int after = 1; after <= TRIES; after++) {
			struct tend_error err = {0};
			plan(faults[k / 2].kinds, faults[k / 2].code, after, k % 2 == 1);
			enum tend_status status = tend_store_backup(b->store, path, false, &err);
			bool met = fault.hit;
			heal();
			assert_int_equal(support_exists(path), status == TEND_OK);
			if (status == TEND_OK) {
				assert_int_equal(
					book_number(path, "SELECT count(*) FROM activity"), ROWS);
			}
			(void)unlink(path);
			assert_true(support_count_entries(b->dir) <= 2); /* no half copy either */
			if (!met) {
				assert_int_equal(status, TEND_OK);
				break;
			}
		}
	}
}

static void a_new_store_is_whole_or_not_there(void **state)
{
	struct book *b = *state;
	const char *path = support_path(b->dir, "new.db");
	for (int k = 0; k < FAULTS * 2; k++) {
		for (int after = 1; after <= TRIES; after++) {
			struct tend_error err = {0};
			struct tend_store *s = NULL;
			plan(faults[k / 2].kinds, faults[k / 2].code, after, k % 2 == 1);
			enum tend_status status =
				tend_store_open(path, TEND_STORE_CREATE, &s, &err);
			bool met = fault.hit;
			heal();
			tend_store_close(s);
			s = NULL;
			if (support_exists(
				    path)) { /* made, though perhaps it could not be opened then */
				assert_done(b, tend_store_open(path, 0, &s, &b->err));
				tend_store_close(s);
			}
			(void)unlink(path);
			(void)unlink(support_path(b->dir, "new.db-journal"));
			assert_true(support_count_entries(b->dir) <= 2);
			if (!met) {
				assert_int_equal(status, TEND_OK);
				break;
			}
		}
	}
}

static void a_full_disk_is_called_so(void **state)
{
	struct book *b = *state;
	struct tend_error err = {0};
	plan(SHIM_WRITE, SQLITE_FULL, 1, true);
	assert_int_equal(edit(b, &err), TEND_FAILED);
	heal();
	assert_non_null(strstr(err.text, "the disk is full"));
	assert_non_null(strstr(err.text, b->path));
	assert_done(b, edit(b, &b->err)); /* and it goes on when there is room again */
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, book_teardown)
	const struct CMUnitTest tests[] = {
		TEST(an_edit_is_whole_or_not_there),
		TEST(an_edit_after_opening_is_whole_or_not_there),
		TEST(an_undo_is_whole_or_not_there),
		TEST(a_backup_is_whole_or_not_there),
		TEST(a_new_store_is_whole_or_not_there),
		TEST(a_full_disk_is_called_so),
	};
	return cmocka_run_group_tests(tests, group_setup, NULL);
}
