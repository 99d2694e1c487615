/* SPDX-License-Identifier: MIT */
/* What the store remembers beside the records. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "book.h"

static void a_setting_is_remembered_and_taken_back(void **state)
{
	(void)state;
	static const struct {
		const char *name, *value;
	} rows[] = {{"lang", "zh"}, {"theme", "dark"}, {"today", "2026-11-16"}};
	struct book_fixture b = {0};
	book_make(&b, "2026-01-05");
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct tend_error err;
		assert_int_equal(
			tend_app_set_setting(b.app, rows[i].name, rows[i].value, &err), TEND_OK);
		char *value = tend_app_setting(b.app, rows[i].name);
		assert_string_equal(value, rows[i].value);
		free(value);
		assert_int_equal(tend_app_set_setting(b.app, rows[i].name, "", &err), TEND_OK);
		value = tend_app_setting(b.app, rows[i].name);
		assert_null(value);
		free(value);
	}
	book_remove(&b);
}

static void a_fixed_day_holds_until_it_is_taken_back(void **state)
{
	(void)state;
	struct book_fixture b = {0};
	book_make(&b, NULL);
	struct tend_date clock = tend_app_today(b.app);
	assert_int_equal(tend_app_set_setting(b.app, "today", "2026-11-16", NULL), TEND_OK);
	book_reopen(&b, NULL);
	assert_int_equal(tend_app_today(b.app).day, book_day("2026-11-16").day);
	assert_true(tend_app_day_is_fixed(b.app));
	book_reopen(&b, "2026-12-01"); /* the day of the call goes before */
	assert_int_equal(tend_app_today(b.app).day, book_day("2026-12-01").day);
	assert_int_equal(tend_app_set_setting(b.app, "today", "", NULL), TEND_OK);
	book_reopen(&b, NULL);
	assert_int_equal(tend_app_today(b.app).day, clock.day);
	book_remove(&b);
}

static void what_is_no_setting_is_refused_and_changes_nothing(void **state)
{
	(void)state;
	static const struct {
		const char *name, *value;
		enum tend_status status;
		const char *said;
	} rows[] = {
		{"lang", "xx", TEND_USAGE, "en or zh"},
		{"lang", "zh_CN", TEND_USAGE, "en or zh"},
		{"today", "no", TEND_USAGE, "YYYY-MM-DD"},
		{"today", "2026-02-30", TEND_USAGE, "YYYY-MM-DD"},
		{"today", "+3d", TEND_USAGE, "YYYY-MM-DD"},
		{"theme", "drak", TEND_NOT_FOUND, "dark"},
		{"theme", "nothing like it", TEND_NOT_FOUND, "no theme"},
		{"thema", "dark", TEND_USAGE, "did you mean \"theme\""},
		{"colour", "red", TEND_USAGE, "lang, theme and today"},
		{"colour", "", TEND_USAGE, "lang, theme and today"},
	};
	struct book_fixture b = {0};
	book_make(&b, "2026-01-05");
	assert_int_equal(tend_app_set_setting(b.app, "lang", "zh", NULL), TEND_OK);
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct tend_error err = {0};
		assert_int_equal(tend_app_set_setting(b.app, rows[i].name, rows[i].value, &err),
			rows[i].status);
		if (strstr(err.text, rows[i].said) == NULL) {
			fail_msg("%s=%s: %s", rows[i].name, rows[i].value, err.text);
		}
	}
	char *lang = tend_app_setting(b.app, "lang");
	assert_string_equal(lang, "zh");
	free(lang);
	book_remove(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_setting_is_remembered_and_taken_back),
		cmocka_unit_test(a_fixed_day_holds_until_it_is_taken_back),
		cmocka_unit_test(what_is_no_setting_is_refused_and_changes_nothing),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
