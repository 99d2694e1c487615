/* SPDX-License-Identifier: MIT */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <support.h>

#include <tend/kind.h>
#include <tend/service.h>

static struct tend_date day_of(const char *text)
{
	struct tend_date d = TEND_NO_DATE;
	if (text != NULL) {
		assert_true(tend_date_parse(text, &d));
	}
	return d;
}

static struct tend_complaint complaint(const char *opened, const char *responded, int64_t minutes,
	const char *closed, double rating)
{
	struct tend_complaint c;
	tend_record_clear(&tend_complaint_type, &c);
	c.opened = day_of(opened);
	c.responded = day_of(responded);
	c.first_response = minutes;
	c.closed = day_of(closed);
	c.rating = rating;
	return c;
}

enum { NONE = INT32_MIN };

/* 2026-03-06 is a Friday. The promise: 4 hours, and 2 workdays. */
static void a_complaint_is_held_against_what_was_promised(void **state)
{
	(void)state;
	static const struct {
		const char *opened, *responded, *closed, *today;
		int minutes; /* NONE: not known */
		const char *state;
		enum tend_kept answer, recovery;
		int late;
	} rows[] = {
		{"2026-03-06", NULL, NULL, "2026-03-06", NONE, "waiting", TEND_STILL_OPEN,
			TEND_STILL_OPEN, 0},
		{"2026-03-06", NULL, NULL, "2026-03-07", NONE, "late", TEND_MISSED, TEND_STILL_OPEN,
			1},
		{"2026-03-06", "2026-03-06", NULL, "2026-03-10", NONE, "answered", TEND_KEPT,
			TEND_STILL_OPEN, 0},
		{"2026-03-06", "2026-03-06", NULL, "2026-03-11", NONE, "answered", TEND_KEPT,
			TEND_MISSED, 1},
		{"2026-03-06", "2026-03-07", NULL, "2026-03-09", NONE, "answered", TEND_MISSED,
			TEND_STILL_OPEN, 1},
		/* minutes decide to the minute */
		{"2026-03-06", NULL, NULL, "2026-03-09", 240, "answered", TEND_KEPT,
			TEND_STILL_OPEN, 0},
		{"2026-03-06", NULL, NULL, "2026-03-09", 241, "answered", TEND_MISSED,
			TEND_STILL_OPEN, 1},
		{"2026-03-06", "2026-03-07", NULL, "2026-03-09", 239, "answered", TEND_KEPT,
			TEND_STILL_OPEN, 0},
		/* closed: the second workday after a Friday is a Tuesday */
		{"2026-03-06", "2026-03-06", "2026-03-10", "2026-04-01", NONE, "resolved",
			TEND_KEPT, TEND_KEPT, 0},
		{"2026-03-06", "2026-03-06", "2026-03-11", "2026-04-01", NONE, "resolved",
			TEND_KEPT, TEND_MISSED, 1},
		/* closing is an answer where none was noted */
		{"2026-03-06", NULL, "2026-03-06", "2026-04-01", NONE, "resolved", TEND_KEPT,
			TEND_KEPT, 0},
		{"2026-03-06", NULL, "2026-03-09", "2026-04-01", NONE, "resolved", TEND_MISSED,
			TEND_KEPT, 1},
		/* what lies after the day has not happened */
		{"2026-03-06", "2026-03-09", "2026-03-10", "2026-03-06", NONE, "waiting",
			TEND_STILL_OPEN, TEND_STILL_OPEN, 0},
		{"2026-03-06", NULL, NULL, "2026-03-05", NONE, NULL, TEND_STILL_OPEN,
			TEND_STILL_OPEN, 0},
	};
	const struct tend_standard promised = {
		.response = 240, .recovery = 2 * 24 * 60, .recovery_workdays = true};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct tend_complaint c = complaint(rows[i].opened, rows[i].responded,
			rows[i].minutes == NONE ? TEND_NO_INT : rows[i].minutes, rows[i].closed,
			NAN);
		struct tend_date today = day_of(rows[i].today);
		struct tend_clock k = tend_complaint_clock(&c, &promised, NULL, today);
		tend_complaint_derive(&c, &k, today);
		if (k.answer != rows[i].answer || k.recovery != rows[i].recovery
			|| c.late != rows[i].late) {
			fail_msg("row %zu: answer %d, recovery %d, late %d", i, (int)k.answer,
				(int)k.recovery, (int)c.late);
		}
		assert_int_equal(c.answer_due.day, day_of("2026-03-06").day);
		assert_int_equal(c.recovery_due.day, day_of("2026-03-10").day);
		assert_string_equal(c.state != NULL ? c.state : "-",
			rows[i].state != NULL ? rows[i].state : "-");
	}
}

static void what_was_not_promised_is_neither_kept_nor_late(void **state)
{
	(void)state;
	struct tend_complaint c = complaint("2026-03-06", NULL, TEND_NO_INT, NULL, NAN);
	struct tend_date today = day_of("2026-06-01");
	struct tend_clock k = tend_complaint_clock(&c, NULL, NULL, today);
	tend_complaint_derive(&c, &k, today);
	assert_int_equal(k.answer, TEND_NOT_PROMISED);
	assert_int_equal(k.recovery, TEND_NOT_PROMISED);
	assert_int_equal(c.late, TEND_NO_INT);
	assert_string_equal(c.state, "waiting");
	assert_int_equal(c.days_open, 87);
	assert_false(tend_has_date(c.answer_due));
	/* Only one of the two is promised. */
	const struct tend_standard half = {.response = 3 * 24 * 60};
	k = tend_complaint_clock(&c, &half, NULL, day_of("2026-03-09"));
	assert_int_equal(k.answer, TEND_STILL_OPEN);
	k = tend_complaint_clock(&c, &half, NULL, day_of("2026-03-10"));
	tend_complaint_derive(&c, &k, day_of("2026-03-10"));
	assert_int_equal(k.answer, TEND_MISSED);
	assert_int_equal(k.recovery, TEND_NOT_PROMISED);
	assert_int_equal(c.late, 1);
}

static void a_good_recovery_names_an_advocate(void **state)
{
	(void)state;
	static const struct {
		const char *closed;
		double rating;
		int64_t advocate;
	} rows[] = {{"2026-03-09", 4, 1}, {"2026-03-09", 5, 1}, {"2026-03-09", 3.9, 0},
		{"2026-03-09", NAN, TEND_NO_INT}, {NULL, 5, TEND_NO_INT}};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct tend_complaint c =
			complaint("2026-03-06", NULL, 10, rows[i].closed, rows[i].rating);
		struct tend_clock k = tend_complaint_clock(&c, NULL, NULL, day_of("2026-03-20"));
		tend_complaint_derive(&c, &k, day_of("2026-03-20"));
		assert_int_equal(c.advocate, rows[i].advocate);
	}
}

static void day_and_minutes_of_an_answer_agree(void **state)
{
	(void)state;
	static const struct {
		const char *responded;
		int64_t minutes;
		bool fits;
	} rows[] = {{"2026-03-06", 0, true}, {"2026-03-07", 30, true}, {"2026-03-08", 30, false},
		{"2026-03-06", 1440, false}, {"2026-03-07", 1440, true}, {"2026-03-08", 1440, true},
		{NULL, 99999, true}, {NULL, -1, false}, {"2026-03-09", TEND_NO_INT, true}};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct tend_complaint c =
			complaint("2026-03-06", rows[i].responded, rows[i].minutes, NULL, NAN);
		enum tend_status status = tend_kind_of(&tend_complaint_type)->settle(&c, NULL);
		assert_int_equal(status == TEND_OK, rows[i].fits);
	}
	struct tend_complaint c = complaint("2026-03-06", NULL, 2 * 1440 + 5, NULL, NAN);
	assert_int_equal(tend_complaint_answered(&c).day, day_of("2026-03-08").day);
}

static void a_promise_counts_from_its_day(void **state)
{
	(void)state;
	static const struct {
		const char *promised, *kept;
		int64_t late;
	} rows[] = {{"2026-03-12", NULL, 0}, {"2026-03-10", NULL, 0}, {"2026-03-09", NULL, 1},
		{"2026-03-01", "2026-03-01", 0}, {"2026-03-01", "2026-03-04", 3},
		{"2026-03-05", "2026-03-01", 0}, {NULL, NULL, TEND_NO_INT}};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct tend_activity v;
		tend_record_clear(&tend_activity_type, &v);
		v.promised = day_of(rows[i].promised);
		v.kept = day_of(rows[i].kept);
		assert_int_equal(tend_promise_days_late(&v, day_of("2026-03-10")), rows[i].late);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_complaint_is_held_against_what_was_promised),
		cmocka_unit_test(what_was_not_promised_is_neither_kept_nor_late),
		cmocka_unit_test(a_good_recovery_names_an_advocate),
		cmocka_unit_test(day_and_minutes_of_an_answer_agree),
		cmocka_unit_test(a_promise_counts_from_its_day),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
