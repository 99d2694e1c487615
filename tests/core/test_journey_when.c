/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include <tend/journey.h>
#include <tend/str.h>

static void every_anchor_and_unit_is_read(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		enum tend_anchor anchor;
		const char *key;
		bool has_offset, backwards;
		int n;
		enum tend_unit unit;
	} rows[] = {
		{"start", TEND_AT_START, NULL, false, false, 0, TEND_DAY},
		{"  renewal\t", TEND_AT_RENEWAL, NULL, false, false, 0, TEND_DAY},
		{"start + 3 workdays", TEND_AT_START, NULL, true, false, 3, TEND_WORKDAY},
		{"start+3 workdays", TEND_AT_START, NULL, true, false, 3, TEND_WORKDAY},
		{"start +1 day", TEND_AT_START, NULL, true, false, 1, TEND_DAY},
		{"start+ 2 days", TEND_AT_START, NULL, true, false, 2, TEND_DAY},
		{"renewal-2 months", TEND_AT_RENEWAL, NULL, true, true, -2, TEND_MONTH},
		{"renewal - 2 months", TEND_AT_RENEWAL, NULL, true, true, -2, TEND_MONTH},
		{"renewal- 2 months", TEND_AT_RENEWAL, NULL, true, true, -2, TEND_MONTH},
		{"renewal -1 month", TEND_AT_RENEWAL, NULL, true, true, -1, TEND_MONTH},
		{"start + 1 quarter", TEND_AT_START, NULL, true, false, 1, TEND_QUARTER},
		{"start + 2 quarters", TEND_AT_START, NULL, true, false, 2, TEND_QUARTER},
		{"start + 1 year", TEND_AT_START, NULL, true, false, 1, TEND_YEAR},
		{"start + 2 years", TEND_AT_START, NULL, true, false, 2, TEND_YEAR},
		{"start + 1 week", TEND_AT_START, NULL, true, false, 1, TEND_WEEK},
		{"start + 0 workdays", TEND_AT_START, NULL, true, false, 0, TEND_WORKDAY},
		{"start - 0 workdays", TEND_AT_START, NULL, true, true, 0, TEND_WORKDAY},
		{"stage.growth", TEND_AT_STAGE, "growth", false, false, 0, TEND_DAY},
		{"stage.growth + 3 days", TEND_AT_STAGE, "growth", true, false, 3, TEND_DAY},
		{"milestone.go-live", TEND_AT_MILESTONE, "go-live", false, false, 0, TEND_DAY},
		{"milestone.go-live-3 days", TEND_AT_MILESTONE, "go-live", true, true, -3,
			TEND_DAY},
		{"milestone.phase-2", TEND_AT_MILESTONE, "phase-2", false, false, 0, TEND_DAY},
		{"milestone.phase-2 - 3 days", TEND_AT_MILESTONE, "phase-2", true, true, -3,
			TEND_DAY},
		{"milestone.phase-2+3 days", TEND_AT_MILESTONE, "phase-2", true, false, 3,
			TEND_DAY},
		{"milestone.phase-2-3 days", TEND_AT_MILESTONE, "phase-2", true, true, -3,
			TEND_DAY},
		{"milestone.phase-2- 3 days", TEND_AT_MILESTONE, "phase-2", true, true, -3,
			TEND_DAY},
		{"milestone.\xE4\xB8\x8A\xE7\xBA\xBF + 1 day", TEND_AT_MILESTONE,
			"\xE4\xB8\x8A\xE7\xBA\xBF", true, false, 1, TEND_DAY},
		{"start + 100 years", TEND_AT_START, NULL, true, false, 100, TEND_YEAR},
		{"start + 1200 months", TEND_AT_START, NULL, true, false, 1200, TEND_MONTH},
		{"start + 00003 days", TEND_AT_START, NULL, true, false, 3, TEND_DAY},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct tend_arena arena = {0};
		struct tend_when when;
		struct tend_error err = {0};
		if (tend_when_parse(rows[i].text, &arena, &when, &err) != TEND_OK) {
			fail_msg("%s: %s", rows[i].text, err.text);
		}
		if (when.anchor != rows[i].anchor || when.has_offset != rows[i].has_offset
			|| when.backwards != rows[i].backwards || when.offset.n != rows[i].n) {
			fail_msg(
				"%s: read as %d %d", rows[i].text, (int)when.anchor, when.offset.n);
		}
		if (rows[i].has_offset) {
			assert_int_equal(when.offset.unit, rows[i].unit);
		}
		if (rows[i].key != NULL) {
			assert_string_equal(when.ref_key, rows[i].key);
		} else {
			assert_null(when.ref_key);
		}
		tend_arena_finish(&arena);
	}
}

static void what_is_no_date_is_refused_with_its_reason(void **state)
{
	(void)state;
	static const struct {
		const char *text, *reason;
	} rows[] = {
		{"", "no date"},
		{"   ", "no date"},
		{"2026-01-31", "absolute date"},
		{"2026-01-31 + 3 days", "absolute date"},
		{"31.01.2026", "absolute date"},
		{"20260131", "absolute date"},
		{"6 weeks before renewal",
			"\"6 weeks before renewal\" is written \"renewal - 6 weeks\""},
		{"1 day after stage.go", "is written \"stage.go + 1 day\""},
		{"6  weeks  before  milestone.a", "is written \"milestone.a - 6 weeks\""},
		{"6 weeks before the renewal",
			"the anchor comes first, as in \"renewal - 6 weeks\""},
		{"6 weeks", "the anchor comes first, as in \"renewal - 6 weeks\""},
		{"6", "the anchor comes first"},
		{"6 weeks before 2026-01-31", "the anchor comes first"},
		{"strat", "did you mean \"start\""},
		{"Start + 3 days", "did you mean \"start\""},
		{"begin", "unknown anchor"},
		{"stage", "unknown anchor"},
		{"stage.", "unknown anchor"},
		{"milestone. + 3 days", "unknown anchor"},
		{"starting", "unknown anchor"},
		{"start 3 days", "not expected here"},
		{"start + ", "whole number"},
		{"start + days", "whole number"},
		{"start + 1.5 months", "unknown unit \".5\""},
		{"start + -3 days", "whole number"},
		{"start + 3", "lacks its unit"},
		{"start + 3 fortnights", "unknown unit \"fortnights\""},
		{"start + 3d", "unknown unit \"d\""},
		{"start + 3 moths", "did you mean \"months\"?"},
		{"start + 3 wrokdays", "did you mean \"workdays\"?"},
		{"start + 3months", "unknown unit \"months\""},
		{"start + 3 months + 2 days", "too much"},
		{"start + 3 months later", "too much"},
		{"start + 101 years", "100 years"},
		{"start + 36601 days", "100 years"},
		{"start + 99999999999999999999 days", "100 years"},
		{"start ++ 3 days", "whole number"},
		{"start \x01", "not expected here"},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct tend_arena arena = {0};
		struct tend_when when;
		struct tend_error err = {0};
		if (tend_when_parse(rows[i].text, &arena, &when, &err) != TEND_BAD_INPUT) {
			fail_msg("%s was taken", rows[i].text);
		}
		if (strstr(err.text, rows[i].reason) == NULL) {
			fail_msg("%s: \"%s\" lacks \"%s\"", rows[i].text, err.text, rows[i].reason);
		}
		tend_arena_finish(&arena);
	}
}

static void messages_hold_nothing_that_acts_on_a_terminal(void **state)
{
	(void)state;
	struct tend_arena arena = {0};
	struct tend_when when;
	struct tend_error err = {0};
	assert_int_equal(tend_when_parse("\x1B[31mred", &arena, &when, &err), TEND_BAD_INPUT);
	assert_null(strchr(err.text, '\x1B'));
	tend_arena_finish(&arena);
}

static void what_was_read_is_written_as_a_file_says_it(void **state)
{
	static const struct {
		const char *text, *expected;
	} rows[] = {
		{"start", "start"},
		{"renewal-2 months", "renewal - 2 months"},
		{"start + 1 week", "start + 1 week"},
		{"start - 0 workdays", "start - 0 workdays"},
		{"stage.growth+3workday", NULL},
		{"milestone.go-live - 1 days", "milestone.go-live - 1 day"},
		{"stage.a  +  2   quarter", "stage.a + 2 quarters"},
	};
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct tend_arena arena = {0};
		struct tend_when when;
		struct tend_str out = {0};
		if (tend_when_parse(rows[i].text, &arena, &when, NULL) != TEND_OK) {
			assert_null(rows[i].expected);
		} else {
			tend_when_format(&when, &out);
			assert_string_equal(tend_str_text(&out), rows[i].expected);
		}
		tend_str_finish(&out);
		tend_arena_finish(&arena);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_anchor_and_unit_is_read),
		cmocka_unit_test(what_is_no_date_is_refused_with_its_reason),
		cmocka_unit_test(what_was_read_is_written_as_a_file_says_it),
		cmocka_unit_test(messages_hold_nothing_that_acts_on_a_terminal),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
