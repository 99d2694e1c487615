/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <tend/lang.h>
#include <tend/text.h>

#include "catalogue.h"
#include "support.h"

static void names_of_languages_are_read(void **state)
{
	(void)state;
	static const struct {
		const char *s;
		bool known;
		enum tend_lang lang;
	} rows[] = {{"en", true, TEND_EN}, {"zh", true, TEND_ZH}, {"zh_CN.UTF-8", true, TEND_ZH},
		{"zh-Hans", true, TEND_ZH}, {"en_GB", true, TEND_EN}, {"zh.UTF-8", true, TEND_ZH},
		{"zh@x", true, TEND_ZH}, {"", false, 0}, {"de", false, 0}, {"zho", false, 0},
		{"english", false, 0}, {"C", false, 0}, {"ZH", false, 0}};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		enum tend_lang lang = TEND_EN;
		assert_int_equal(tend_lang_parse(rows[i].s, &lang), rows[i].known);
		assert_int_equal(lang, rows[i].lang);
	}
}

static void the_environment_is_asked_in_order(void **state)
{
	(void)state;
	static const struct {
		const char *all, *messages, *lang;
		enum tend_lang expected;
	} rows[] = {
		{"", "", "", TEND_EN},
		{"", "", "zh_CN.UTF-8", TEND_ZH},
		{"", "en_US", "zh_CN.UTF-8", TEND_EN},
		{"zh", "en_US", "en", TEND_ZH},
		{"C.UTF-8", "zh", "zh", TEND_EN},
		{"", "", "de_DE", TEND_EN},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		(void)setenv("LC_ALL", rows[i].all, 1);
		(void)setenv("LC_MESSAGES", rows[i].messages, 1);
		(void)setenv("LANG", rows[i].lang, 1);
		assert_int_equal(tend_lang_from_env(), rows[i].expected);
	}
	(void)unsetenv("LC_ALL");
	(void)unsetenv("LC_MESSAGES");
	(void)unsetenv("LANG");
	assert_int_equal(tend_lang_from_env(), TEND_EN);
}

static void messages_come_in_the_current_language(void **state)
{
	(void)state;
	assert_int_equal(tend_lang(), TEND_EN);
	assert_string_equal(_("unknown"), "unknown");
	tend_lang_set(TEND_ZH);
	assert_int_equal(tend_lang(), TEND_ZH);
	assert_string_equal(_("unknown"), "未知");
	assert_string_equal(
		_("a message without a translation"), "a message without a translation");
	assert_string_equal(_(""), "");
	tend_lang_set(TEND_EN);
}

static void texts_fall_back_to_the_other_language(void **state)
{
	(void)state;
	static const struct {
		struct tend_text text;
		const char *en, *zh;
	} rows[] = {
		{{"Stage", "阶段"}, "Stage", "阶段"},
		{{"Stage", NULL}, "Stage", "Stage"},
		{{NULL, "阶段"}, "阶段", "阶段"},
		{{NULL, NULL}, "", ""},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		tend_lang_set(TEND_EN);
		assert_string_equal(tend_pick(rows[i].text), rows[i].en);
		tend_lang_set(TEND_ZH);
		assert_string_equal(tend_pick(rows[i].text), rows[i].zh);
	}
	tend_lang_set(TEND_EN);
}

/* A message that bsearch cannot find would silently stay English. */
static void the_catalogue_is_sorted_printable_and_found(void **state)
{
	(void)state;
	tend_lang_set(TEND_ZH);
	for (size_t i = 0; i < catalogue_zh_count; i++) {
		const struct catalogue_entry *entry = &catalogue_zh[i];
		if (i > 0 && strcmp(entry[-1].message, entry->message) >= 0) {
			fail_msg("'%s' stands after '%s'", entry->message, entry[-1].message);
		}
		assert_string_equal(tend_tr(entry->message), entry->translation);
		assert_true(tend_utf8_valid(entry->translation, strlen(entry->translation)));
	}
	tend_lang_set(TEND_EN);
	assert_true(catalogue_zh_count > 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_of_languages_are_read),
		cmocka_unit_test(the_environment_is_asked_in_order),
		cmocka_unit_test(messages_come_in_the_current_language),
		cmocka_unit_test(texts_fall_back_to_the_other_language),
		cmocka_unit_test(the_catalogue_is_sorted_printable_and_found),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
