/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <support.h>
#include <tend/str.h>

#include "book.h"
#include "sqlite/schema.h"
#include "sql/sql.h"

static void the_fingerprint_of_a_new_store_is_the_one_that_is_known(void **state)
{
	(void)state;
	char *dir = support_make_dir();
	const char *path = support_path(dir, "new.db");
	support_write(path, "", 0);
	struct tend_error err;
	assert_int_equal(sqlite_create(path, &err), TEND_OK);
	struct sqlite_db *db = NULL;
	assert_int_equal(sqlite_connect(path, 0, &db, &err), TEND_OK);
	uint64_t fingerprint = 0;
	assert_int_equal(schema_fingerprint(db, &fingerprint, &err), TEND_OK);
	db->base.driver->close(&db->base);
	support_remove_dir(dir);
	if (fingerprint != schema_current.fingerprints[SCHEMA_VERSION]) {
		print_error("sqlite/schema.c: the fingerprint of version %d has to be "
			    "UINT64_C(0x%" PRIx64 ")\n",
			SCHEMA_VERSION, fingerprint);
		fail();
	}
}

static void every_statement_has_its_text_and_compiles(void **state)
{
	struct book *b = *state;
	struct sqlite_db *db = NULL;
	assert_done(b, sqlite_connect(b->path, 0, &db, &b->err));
	for (size_t i = 0; i < SQL_COUNT; i++) {
		if (sql_text[i] == NULL) {
			print_error("statement %zu has no text\n", i);
			fail();
		}
		struct db_stmt *s = NULL;
		char *sql = sql_whole((enum sql)i);
		assert_done(b, db->base.driver->prepare(&db->base, sql, &s, &b->err));
		free(sql);
		db->base.driver->finalize(s);
	}
	db->base.driver->close(&db->base);
}

static void a_new_store_is_stamped_and_private(void **state)
{
	struct book *b = *state;
	assert_int_equal(support_mode(b->path), 0600);
	assert_int_equal(book_number(b->path, "PRAGMA application_id"), SCHEMA_APPLICATION);
	assert_int_equal(book_number(b->path, "PRAGMA user_version"), SCHEMA_VERSION);
	/* the store and its rollback journal: no temporary file is left */
	assert_true(support_count_entries(b->dir) <= 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_fingerprint_of_a_new_store_is_the_one_that_is_known),
		cmocka_unit_test_setup_teardown(
			every_statement_has_its_text_and_compiles, book_setup, book_teardown),
		cmocka_unit_test_setup_teardown(
			a_new_store_is_stamped_and_private, book_setup, book_teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
