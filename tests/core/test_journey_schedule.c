/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include <tend/journey.h>
#include <tend/str.h>

#include "support.h"

/* A journey made of date expressions, as a reader would make it. */
struct maker {
	struct tend_journey *j;
	struct tend_stage stages[8];
	struct tend_template_milestone milestones[2048];
};

static struct tend_when when_of(struct maker *m, const char *text)
{
	struct tend_when when;
	struct tend_error err;
	if (tend_when_parse(text, &m->j->arena, &when, &err) != TEND_OK) {
		fail_msg("%s: %s", text, err.text);
	}
	return when;
}

static struct maker *make(void)
{
	struct maker *m = tend_alloc(sizeof(*m));
	m->j = tend_alloc(sizeof(*m->j));
	m->j->key = "test";
	m->j->stages = m->stages;
	m->j->milestones = m->milestones;
	return m;
}

static void stage(struct maker *m, const char *key, const char *from)
{
	m->stages[m->j->nstages++] = (struct tend_stage){.key = key, .from = when_of(m, from)};
}

static struct tend_template_milestone *milestone(
	struct maker *m, const char *key, const char *due, const char *every, const char *until)
{
	struct tend_template_milestone *t = &m->milestones[m->j->nmilestones++];
	*t = (struct tend_template_milestone){
		.key = key, .stage_key = m->stages[0].key, .due = when_of(m, due)};
	if (every != NULL) {
		t->repeats = true;
		assert_true(tend_duration_parse(every, &t->every));
	}
	if (until != NULL) {
		t->has_until = true;
		t->until = when_of(m, until);
	}
	return t;
}

static void linked(struct maker *m)
{
	struct tend_findings findings;
	tend_findings_init(&findings, "t");
	tend_journey_link(m->j, &findings);
	if (findings.n > 0) {
		fail_msg("%s", findings.items[0].text);
	}
	tend_findings_finish(&findings);
}

static void unmake(struct maker *m)
{
	m->j->nstages = 0;
	m->j->nmilestones = 0;
	tend_journey_destroy(m->j);
	free(m);
}

static struct tend_date date(const char *text)
{
	struct tend_date d;
	assert_true(tend_date_parse(text, &d));
	return d;
}

/* The dates of a schedule, apart by blanks; "~" after a projected one. */
static char *dates_of(const struct tend_schedule *s)
{
	struct tend_str out = {0};
	for (size_t i = 0; i < s->n; i++) {
		char buf[TEND_DATE_LEN];
		tend_str_addf(&out, "%s%s%s", i > 0 ? " " : "",
			tend_date_format(s->items[i].due, buf), s->items[i].projected ? "~" : "");
	}
	return tend_str_steal(&out);
}

static void dates_follow_the_rules_of_the_calendar(void **state)
{
	(void)state;
	static const struct {
		const char *name, *start, *renewal, *due, *every, *until, *expected;
	} rows[] = {
		{"a plain one", "2026-01-31", "2027-01-31", "start", NULL, NULL, "2026-01-31"},
		{"31 January and a month", "2026-01-31", "2027-01-31", "start + 1 month", NULL,
			NULL, "2026-02-28"},
		{"31 January and two", "2026-01-31", "2027-01-31", "start + 2 months", NULL, NULL,
			"2026-03-31"},
		{"29 February and a year", "2024-02-29", "2025-02-28", "start + 1 year", NULL, NULL,
			"2025-02-28"},
		{"29 February and four", "2024-02-29", "2025-02-28", "start + 4 years", NULL, NULL,
			"2028-02-29"},
		{"back from 31 May", "2026-01-01", "2026-05-31", "renewal - 1 quarter", NULL, NULL,
			"2026-02-28"},
		{"months are counted from the anchor", "2026-01-31", "2026-05-31",
			"start + 1 month", "1 month", NULL, "2026-02-28 2026-03-31 2026-04-30"},
		{"also from the anchor alone", "2026-01-31", "2026-05-01", "start", "1 month", NULL,
			"2026-01-31 2026-02-28 2026-03-31 2026-04-30"},
		{"quarters and months add up", "2025-11-30", "2026-12-01", "start + 1 quarter",
			"2 months", "start + 8 months", "2026-02-28 2026-04-30 2026-06-30"},
		{"years too", "2023-02-28", "2030-01-01", "start + 1 year", "1 year",
			"start + 3 years", "2024-02-28 2025-02-28 2026-02-28"},
		{"after days months are counted from due", "2026-01-28", "2026-05-01",
			"start + 3 days", "1 month", NULL,
			"2026-01-31 2026-02-28 2026-03-31 2026-04-30"},
		{"before the anchor", "2026-01-01", "2026-05-31", "renewal - 3 months", "1 month",
			NULL, "2026-02-28 2026-03-31 2026-04-30"},
		{"weeks are counted from due", "2026-01-01", "2026-02-01", "start + 1 month",
			"1 week", "start + 50 days", "2026-02-01 2026-02-08 2026-02-15"},
		{"every 30 days", "2026-01-01", "2026-04-01", "start", "30 days", NULL,
			"2026-01-01 2026-01-31 2026-03-02"},
		{"until is the last day that counts", "2026-01-01", "2027-01-01", "start",
			"1 month", "start + 2 months", "2026-01-01 2026-02-01 2026-03-01"},
		{"the renewal itself does not count", "2026-01-01", "2026-03-01", "start",
			"1 month", NULL, "2026-01-01 2026-02-01"},
		{"unless until says so", "2026-01-01", "2026-03-01", "start", "1 month", "renewal",
			"2026-01-01 2026-02-01 2026-03-01"},
		{"until before due: none", "2026-01-01", "2027-01-01", "start + 3 months",
			"1 month", "start + 2 months", ""},
		{"until on due: one", "2026-01-01", "2027-01-01", "start + 3 months", "1 month",
			"start + 3 months", "2026-04-01"},
		{"in a term of three months the reviews end before they begin", "2026-01-01",
			"2026-04-01", "start + 3 months", "1 month", "renewal - 2 months", ""},
		{"no repeat at or after the renewal without until", "2026-01-01", "2026-04-01",
			"renewal", "1 month", NULL, ""},
		{"in the win-back with until", "2026-01-01", "2026-04-01", "renewal + 1 month",
			"1 month", "renewal + 3 months", "2026-05-01 2026-06-01 2026-07-01"},
		/* 2026-01-02 is a Friday. */
		{"three workdays", "2026-01-02", "2027-01-02", "start + 3 workdays", NULL, NULL,
			"2026-01-07"},
		{"three workdays back", "2026-01-05", "2027-01-02", "start - 3 workdays", NULL,
			NULL, "2025-12-31"},
		{"no workdays on a workday", "2026-01-02", "2027-01-02", "start + 0 workdays", NULL,
			NULL, "2026-01-02"},
		{"no workdays on a Saturday", "2026-01-03", "2027-01-02", "start + 0 workdays",
			NULL, NULL, "2026-01-05"},
		{"no workdays back from a Saturday", "2026-01-03", "2027-01-02",
			"start - 0 workdays", NULL, NULL, "2026-01-02"},
		{"every five workdays", "2026-01-03", "2026-01-25", "start + 0 workdays",
			"5 workdays", NULL, "2026-01-05 2026-01-12 2026-01-19"},
		{"every two workdays over a weekend", "2026-01-08", "2026-01-15", "start", "2wd",
			NULL, "2026-01-08 2026-01-12 2026-01-14"},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct maker *m = make();
		stage(m, "growth", "start");
		milestone(m, "a", rows[i].due, rows[i].every, rows[i].until);
		linked(m);
		struct tend_schedule_input in = {
			.start = date(rows[i].start), .renewal = date(rows[i].renewal)};
		struct tend_schedule s;
		struct tend_error err = {0};
		if (tend_journey_schedule(m->j, &in, &s, &err) != TEND_OK) {
			fail_msg("%s: %s", rows[i].name, err.text);
		}
		char *dates = dates_of(&s);
		if (strcmp(dates, rows[i].expected) != 0) {
			fail_msg("%s: %s, expected %s", rows[i].name, dates, rows[i].expected);
		}
		for (size_t k = 0; k < s.n; k++) {
			assert_int_equal(s.items[k].number, (int)k + 1);
		}
		free(dates);
		tend_schedule_finish(&s);
		unmake(m);
	}
}

static void a_calendar_moves_workdays(void **state)
{
	(void)state;
	/* Spring Festival 2026: the week off, the Saturday before it worked. */
	const struct tend_date holidays[] = {date("2026-02-16"), date("2026-02-17"),
		date("2026-02-18"), date("2026-02-19"), date("2026-02-20"), date("2026-02-23")};
	const struct tend_date workdays[] = {date("2026-02-14")};
	struct tend_calendar cn = {"cn", holidays, 6, workdays, 1};
	struct maker *m = make();
	stage(m, "growth", "start");
	milestone(m, "one", "start + 1 workday", NULL, NULL);
	milestone(m, "two", "start + 2 workdays", NULL, NULL);
	milestone(m, "back", "start + 0 workdays", "3 workdays", "start + 20 days");
	linked(m);
	struct tend_schedule_input in = {
		.start = date("2026-02-13"), .renewal = date("2027-02-13"), .calendar = &cn};
	struct tend_schedule s;
	assert_int_equal(tend_journey_schedule(m->j, &in, &s, NULL), TEND_OK);
	char *dates = dates_of(&s);
	assert_string_equal(
		dates, "2026-02-13 2026-02-14 2026-02-24 2026-02-25 2026-03-02 2026-03-05");
	free(dates);
	tend_schedule_finish(&s);
	unmake(m);
}

struct progress {
	struct tend_date done[4], due[4];
};

static struct tend_date done_on(void *ctx, size_t milestone)
{
	return ((struct progress *)ctx)->done[milestone];
}

static struct tend_date due_now(void *ctx, size_t milestone)
{
	return ((struct progress *)ctx)->due[milestone];
}

static void what_follows_an_open_milestone_is_projected(void **state)
{
	(void)state;
	static const struct {
		const char *name, *done, *due, *expected;
	} rows[] = {
		{"nothing known", NULL, NULL,
			"2026-01-11 2026-01-14~ 2026-01-14~ 2026-01-19~ 2026-01-26~"},
		{"moved by hand", NULL, "2026-01-15",
			"2026-01-11 2026-01-18~ 2026-01-18~ 2026-01-23~ 2026-01-30~"},
		{"done", "2026-01-20", "2026-01-15",
			"2026-01-11 2026-01-23 2026-01-23 2026-01-28 2026-02-04"},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct maker *m = make();
		stage(m, "growth", "start");
		stage(m, "use", "milestone.live + 3 days");
		milestone(m, "live", "start + 10 days", NULL, NULL);
		milestone(m, "train", "stage.use", NULL, NULL);
		milestone(m, "check", "stage.use + 5 days", "1 week", "stage.use + 13 days");
		milestone(m, "visit", "milestone.live + 3 days", NULL, NULL);
		linked(m);
		struct progress p = {{TEND_NO_DATE, TEND_NO_DATE, TEND_NO_DATE, TEND_NO_DATE},
			{TEND_NO_DATE, TEND_NO_DATE, TEND_NO_DATE, TEND_NO_DATE}};
		p.done[0] = rows[i].done != NULL ? date(rows[i].done) : TEND_NO_DATE;
		p.due[0] = rows[i].due != NULL ? date(rows[i].due) : TEND_NO_DATE;
		struct tend_schedule_input in = {.start = date("2026-01-01"),
			.renewal = date("2027-01-01"),
			.done_on = done_on,
			.due_now = due_now,
			.ctx = &p};
		struct tend_schedule s;
		assert_int_equal(tend_journey_schedule(m->j, &in, &s, NULL), TEND_OK);
		char *dates = dates_of(&s);
		if (strcmp(dates, rows[i].expected) != 0) {
			fail_msg("%s: %s, expected %s", rows[i].name, dates, rows[i].expected);
		}
		free(dates);
		tend_schedule_finish(&s);
		unmake(m);
	}
}

static void a_chain_hangs_on_the_last_one_that_is_done(void **state)
{
	(void)state;
	struct maker *m = make();
	stage(m, "growth", "start");
	milestone(m, "c", "milestone.b + 1 month", NULL, NULL);
	milestone(m, "b", "milestone.a + 1 month", "1 month", "milestone.a + 2 months");
	milestone(m, "a", "start + 1 month", NULL, NULL);
	linked(m);
	struct progress p = {{TEND_NO_DATE, TEND_NO_DATE, date("2026-03-10"), TEND_NO_DATE},
		{TEND_NO_DATE, TEND_NO_DATE, TEND_NO_DATE, TEND_NO_DATE}};
	struct tend_schedule_input in = {.start = date("2026-01-31"),
		.renewal = date("2027-01-31"),
		.done_on = done_on,
		.ctx = &p};
	struct tend_schedule s;
	assert_int_equal(tend_journey_schedule(m->j, &in, &s, NULL), TEND_OK);
	char *dates = dates_of(&s);
	assert_string_equal(dates, "2026-02-28 2026-04-10 2026-05-10~ 2026-05-10");
	free(dates);
	tend_schedule_finish(&s);
	unmake(m);
}

static void equal_days_keep_the_order_of_the_file(void **state)
{
	(void)state;
	struct maker *m = make();
	stage(m, "growth", "start");
	milestone(m, "late", "start + 5 days", NULL, NULL);
	milestone(m, "again", "start", "1 day", "start + 5 days");
	milestone(m, "first", "start", NULL, NULL);
	linked(m);
	struct tend_schedule_input in = {
		.start = date("2026-01-01"), .renewal = date("2027-01-01")};
	struct tend_schedule s;
	assert_int_equal(tend_journey_schedule(m->j, &in, &s, NULL), TEND_OK);
	assert_int_equal(s.n, 8);
	assert_int_equal(s.items[0].milestone, 1);
	assert_int_equal(s.items[1].milestone, 2);
	assert_int_equal(s.items[6].milestone, 0);
	assert_int_equal(s.items[7].milestone, 1);
	assert_int_equal(s.items[7].number, 6);
	tend_schedule_finish(&s);
	unmake(m);
}

static void dates_and_numbers_have_limits(void **state)
{
	(void)state;
	static const struct {
		const char *start, *renewal, *due, *every, *until, *reason;
	} rows[] = {
		{"2026-01-01", "2126-01-01", "start", "1 day", NULL, "more than 1000 times"},
		{"2026-01-01", "2027-01-01", "start", "1 day", "start + 1000 days",
			"more than 1000 times"},
		{"2599-01-01", "2600-01-01", "start + 3 years", NULL, NULL, "1600 to 2600"},
		{"1600-01-01", "1601-01-01", "start - 1 day", NULL, NULL, "1600 to 2600"},
		{"2599-01-01", "2600-01-01", "start + 90 years", NULL, NULL, "1600 to 2600"},
		{"2599-01-01", "2600-01-01", "start", "1 month", "renewal + 1 year",
			"1600 to 2600"},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct maker *m = make();
		stage(m, "growth", "start");
		milestone(m, "a", rows[i].due, rows[i].every, rows[i].until);
		linked(m);
		struct tend_schedule_input in = {
			.start = date(rows[i].start), .renewal = date(rows[i].renewal)};
		struct tend_schedule s;
		struct tend_error err = {0};
		if (tend_journey_schedule(m->j, &in, &s, &err) != TEND_BAD_INPUT) {
			fail_msg("row %zu was taken", i);
		}
		if (strstr(err.text, rows[i].reason) == NULL) {
			fail_msg("row %zu: %s", i, err.text);
		}
		unmake(m);
	}
	static const char *const keys[] = {"a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k"};
	struct maker *m = make();
	stage(m, "growth", "start");
	for (size_t i = 0; i < 10; i++) {
		milestone(m, keys[i], "start", "1 day", "start + 999 days");
	}
	linked(m);
	struct tend_schedule_input in = {
		.start = date("2026-01-01"), .renewal = date("2027-01-01")};
	struct tend_schedule s;
	assert_int_equal(tend_journey_schedule(m->j, &in, &s, NULL), TEND_OK);
	assert_int_equal(s.n, TEND_SCHEDULE_MAX);
	tend_schedule_finish(&s);
	milestone(m, keys[10], "start", NULL, NULL);
	linked(m);
	struct tend_error err = {0};
	assert_int_equal(tend_journey_schedule(m->j, &in, &s, &err), TEND_BAD_INPUT);
	assert_non_null(strstr(err.text, "more than 10000 milestones"));
	unmake(m);
}

static void a_cycle_that_nobody_linked_ends_in_an_error(void **state)
{
	(void)state;
	struct maker *m = make();
	stage(m, "growth", "start");
	milestone(m, "a", "milestone.b", NULL, NULL)->due.ref = 1;
	milestone(m, "b", "milestone.a", NULL, NULL)->due.ref = 0;
	struct tend_schedule_input in = {
		.start = date("2026-01-01"), .renewal = date("2027-01-01")};
	struct tend_schedule s;
	assert_int_equal(tend_journey_schedule(m->j, &in, &s, NULL), TEND_BAD_INPUT);
	unmake(m);
}

static void the_later_stage_in_the_list_holds(void **state)
{
	(void)state;
	static const struct {
		const char *renewal, *day;
		int expected;
	} rows[] = {
		{"2027-01-31", "2026-01-30", -1},
		{"2027-01-31", "2026-01-31", 0},
		{"2027-01-31", "2026-04-29", 0},
		{"2027-01-31", "2026-04-30", 1},
		{"2027-01-31", "2026-11-29", 1},
		{"2027-01-31", "2026-11-30", 2},
		{"2027-01-31", "2030-01-01", 2},
		/* a term of three months: renewal from month 1 on, though maturity begins later */
		{"2026-04-30", "2026-02-27", 0},
		{"2026-04-30", "2026-02-28", 2},
		{"2026-04-30", "2026-05-15", 2},
	};
	struct maker *m = make();
	stage(m, "growth", "start");
	stage(m, "maturity", "start + 3 months");
	stage(m, "renewal", "renewal - 2 months");
	linked(m);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct tend_schedule_input in = {
			.start = date("2026-01-31"), .renewal = date(rows[i].renewal)};
		int found = tend_journey_stage_on(m->j, &in, date(rows[i].day), false, NULL);
		if (found != rows[i].expected) {
			fail_msg("%s: stage %d, expected %d", rows[i].day, found, rows[i].expected);
		}
	}
	struct tend_schedule_input in = {
		.start = date("2026-01-31"), .renewal = date("2027-01-31")};
	assert_int_equal(tend_journey_stage_from(m->j, 1, &in).day, date("2026-04-30").day);
	in.start = date("2600-12-01");
	assert_false(tend_has_date(tend_journey_stage_from(m->j, 1, &in)));
	assert_int_equal(tend_journey_stage_on(m->j, &in, date("2600-12-02"), false, NULL), 2);
	unmake(m);
}

static struct tend_value big_field(void *ctx, const char *name)
{
	(void)ctx;
	struct tend_value v = {.type = TEND_TEXT, .text = "big"};
	v.null = !tend_same(name, "segment");
	return v;
}

static struct tend_value seven_days(void *ctx, const char *function, const char *arg, int window)
{
	(void)ctx;
	(void)arg;
	(void)window;
	return (struct tend_value){
		.type = TEND_NUMBER, .number = 7, .null = strcmp(function, "latest") == 0};
}

static void a_stage_whose_condition_is_not_true_does_not_hold(void **state)
{
	(void)state;
	const struct tend_inputs inputs = {.field = big_field, .call = seven_days};
	const struct tend_inputs nothing = {0};
	static const struct {
		const char *when;
		bool lapsed;
		int known, unknown, without; /* the stage with inputs, with empty ones, with none */
	} rows[] = {
		{"lapsed", true, 1, 1, 1},
		{"lapsed", false, 0, 0, 0},
		{"not lapsed", false, 1, 1, 1},
		{"segment == \"big\"", false, 1, 0, 0},
		{"segment != \"big\"", false, 0, 0, 0},
		{"lapsed or segment == \"big\"", true, 1, 1, 1},
		{"lapsed and segment == \"big\"", true, 1, 0, 0},
		{"days_since(logins) == 7", false, 1, 0, 0},
		{"latest(logins) == 7", false, 0, 0, 0},
		{"owner == \"li\"", true, 0, 0, 0},
	};
	static const struct tend_field fields[] = {{.name = "lapsed", .type = TEND_BOOL},
		{.name = "segment", .type = TEND_TEXT}, {.name = "owner", .type = TEND_TEXT}};
	static const char *const metrics[] = {"logins"};
	const struct tend_names names = {.fields = fields,
		.nfields = 3,
		.metrics = metrics,
		.nmetrics = 1,
		.functions = true};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct maker *m = make();
		struct tend_error err = {0};
		struct tend_expr *when = NULL;
		stage(m, "growth", "start");
		stage(m, "special", "start + 1 day");
		linked(m);
		if (tend_expr_parse_line(rows[i].when, &names, &when, &err) != TEND_OK) {
			fail_msg("%s", err.text);
		}
		m->stages[1].when_expr = when;
		struct tend_schedule_input in = {
			.start = date("2026-01-01"), .renewal = date("2027-01-01")};
		struct tend_date day = date("2026-02-01");
		int known = tend_journey_stage_on(m->j, &in, day, rows[i].lapsed, &inputs);
		int unknown = tend_journey_stage_on(m->j, &in, day, rows[i].lapsed, &nothing);
		int without = tend_journey_stage_on(m->j, &in, day, rows[i].lapsed, NULL);
		if (known != rows[i].known || unknown != rows[i].unknown
			|| without != rows[i].without) {
			fail_msg("%s: %d %d %d", rows[i].when, known, unknown, without);
		}
		tend_expr_destroy(when);
		unmake(m);
	}
}

static void many_milestones_are_scheduled(void **state)
{
	(void)state;
	struct maker *m = make();
	struct tend_arena names = {0};
	stage(m, "growth", "start");
	milestone(m, "m0", "start", NULL, NULL);
	for (int i = 1; i < 1500; i++) { /* each a day after the one before: the deepest chain */
		milestone(m, tend_arena_format(&names, "m%d", i),
			tend_arena_format(&names, "milestone.m%d + 1 day", i - 1), NULL, NULL);
	}
	linked(m);
	struct tend_schedule_input in = {
		.start = date("2026-01-01"), .renewal = date("2027-01-01")};
	struct tend_schedule s;
	assert_int_equal(tend_journey_schedule(m->j, &in, &s, NULL), TEND_OK);
	assert_int_equal(s.n, 1500);
	assert_int_equal(s.items[1499].due.day - in.start.day, 1499);
	tend_schedule_finish(&s);
	tend_arena_finish(&names);
	unmake(m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(dates_follow_the_rules_of_the_calendar),
		cmocka_unit_test(a_calendar_moves_workdays),
		cmocka_unit_test(what_follows_an_open_milestone_is_projected),
		cmocka_unit_test(a_chain_hangs_on_the_last_one_that_is_done),
		cmocka_unit_test(equal_days_keep_the_order_of_the_file),
		cmocka_unit_test(dates_and_numbers_have_limits),
		cmocka_unit_test(a_cycle_that_nobody_linked_ends_in_an_error),
		cmocka_unit_test(the_later_stage_in_the_list_holds),
		cmocka_unit_test(a_stage_whose_condition_is_not_true_does_not_hold),
		cmocka_unit_test(many_milestones_are_scheduled),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
