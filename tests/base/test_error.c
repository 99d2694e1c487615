/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <tend/error.h>
#include <tend/lang.h>
#include <tend/str.h>
#include <tend/text.h>

#include "support.h"

static void failing_fills_the_error_and_returns_the_status(void **state)
{
	(void)state;
	struct tend_error err = {0};
	assert_int_equal(tend_fail(&err, TEND_BAD_INPUT, "%s: %d", "file", 3), TEND_BAD_INPUT);
	assert_int_equal(err.status, TEND_BAD_INPUT);
	assert_same_text(err.text, "file: 3");
	assert_int_equal(tend_fail(NULL, TEND_NOT_FOUND, "%s", "x"), TEND_NOT_FOUND);
}

/* `n` bytes of three-byte characters after `shift` letters. */
static void fill(struct tend_str *s, size_t n, size_t shift)
{
	while (shift-- > 0) {
		tend_str_addc(s, 'x');
	}
	while (s->len < n) {
		tend_str_add(s, "中");
	}
}

static void long_messages_end_at_a_whole_character(void **state)
{
	(void)state;
	for (size_t shift = 0; shift < 4; shift++) {
		struct tend_str s = {0};
		struct tend_error err = {0};
		fill(&s, 3000, shift);
		(void)tend_fail(&err, TEND_FAILED, "%s", tend_str_text(&s));
		assert_in_range(strlen(err.text), 1019, 1023);
		assert_true(tend_utf8_valid(err.text, strlen(err.text)));
		tend_str_finish(&s);
	}
}

static void a_prefix_goes_before_the_message(void **state)
{
	(void)state;
	struct tend_error err = {.text = "no such day"};
	tend_error_prefix(&err, "line %d", 3);
	assert_same_text(err.text, "line 3: no such day");
	tend_error_prefix(&err, "%s", "a.csv");
	assert_same_text(err.text, "a.csv: line 3: no such day");
	tend_error_prefix(NULL, "%s", "x");
}

static void long_prefixes_and_messages_stay_whole_characters(void **state)
{
	(void)state;
	for (size_t shift = 0; shift < 9; shift++) {
		struct tend_str prefix = {0}, text = {0};
		struct tend_error err = {0};
		fill(&prefix, shift % 2 == 0 ? 900 : 5, shift % 3);
		fill(&text, 1500, shift / 3);
		(void)tend_fail(&err, TEND_FAILED, "%s", tend_str_text(&text));
		tend_error_prefix(&err, "%s", tend_str_text(&prefix));
		assert_in_range(strlen(err.text), 1000, 1023);
		assert_true(tend_utf8_valid(err.text, strlen(err.text)));
		assert_non_null(strstr(err.text, ": "));
		tend_str_finish(&prefix);
		tend_str_finish(&text);
	}
}

static void findings_print_with_their_place_in_order(void **state)
{
	(void)state;
	struct tend_findings f;
	struct tend_str out = {0};
	tend_findings_init(&f, "a.yaml");
	tend_findings_add(&f, TEND_ERROR, 9, 1, "late");
	tend_findings_add(&f, TEND_WARNING, 2, 5, "unknown %s", "field");
	tend_findings_add(&f, TEND_ERROR, 2, 5, "same place, later");
	tend_findings_add(&f, TEND_ERROR, 2, 3, "earlier column");
	tend_findings_add(&f, TEND_ERROR, 0, 0, "whole file");
	assert_int_equal(f.errors, 4);
	assert_int_equal(f.n, 5);
	tend_findings_sort(&f);
	tend_findings_format(&f, &out);
	assert_same_text(tend_str_text(&out),
		"a.yaml: error: whole file\n"
		"a.yaml:2:3: error: earlier column\n"
		"a.yaml:2:5: warning: unknown field\n"
		"a.yaml:2:5: error: same place, later\n"
		"a.yaml:9:1: error: late\n");
	tend_str_finish(&out);
	tend_findings_finish(&f);
	assert_int_equal(f.n, 0);
}

static void a_long_finding_ends_at_a_whole_character(void **state)
{
	(void)state;
	struct tend_findings f;
	struct tend_str s = {0};
	fill(&s, 4000, 1);
	tend_findings_init(&f, "a.yaml");
	tend_findings_add(&f, TEND_ERROR, 1, 1, "%s", tend_str_text(&s));
	assert_true(tend_utf8_valid(f.items[0].text, strlen(f.items[0].text)));
	tend_findings_finish(&f);
	tend_str_finish(&s);
}

static void the_nearest_word_is_within_a_few_slips(void **state)
{
	(void)state;
	static const char *const words[] = {"milestones", "stages", "journey", "due", "every"};
	static const struct {
		const char *word, *expected;
	} rows[] = {
		{"milestone", "milestones"},
		{"milstones", "milestones"},
		{"stage", "stages"},
		{"juorney", "journey"},
		{"deu", "due"}, /* swapped: one slip */
		{"dex", NULL}, /* two slips in three letters are too many */
		{"x", NULL},
		{"dua", "due"},
		{"evry", "every"},
		{"nothing-near", NULL},
		{"", NULL},
		{"due", "due"},
		{"mmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmm"
		 "mmm",
			NULL},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const char *nearest =
			tend_nearest(rows[i].word, words, sizeof(words) / sizeof(words[0]));
		assert_same_text(nearest, rows[i].expected);
	}
	assert_null(tend_nearest("x", words, 0));
}

static void words_of_a_file_act_on_nothing_in_a_finding(void **state)
{
	(void)state;
	struct tend_findings f;
	tend_findings_init(&f, "x.yaml");
	tend_findings_add(
		&f, TEND_ERROR, 1, 1, "did you mean \"%s\"?", "re\tn\x1b[31mew\xe2\x80\xae");
	assert_true(tend_is_printable(f.items[0].text, strlen(f.items[0].text)));
	assert_non_null(strstr(f.items[0].text, "[31mew"));
	tend_findings_add(&f, TEND_WARNING, 2, 1, "%s", "");
	assert_string_equal(f.items[1].text, "");
	tend_findings_finish(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(failing_fills_the_error_and_returns_the_status),
		cmocka_unit_test(long_messages_end_at_a_whole_character),
		cmocka_unit_test(a_prefix_goes_before_the_message),
		cmocka_unit_test(words_of_a_file_act_on_nothing_in_a_finding),
		cmocka_unit_test(long_prefixes_and_messages_stay_whole_characters),
		cmocka_unit_test(findings_print_with_their_place_in_order),
		cmocka_unit_test(a_long_finding_ends_at_a_whole_character),
		cmocka_unit_test(the_nearest_word_is_within_a_few_slips),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
