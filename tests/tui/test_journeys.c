/* SPDX-License-Identifier: MIT */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <tend/mem.h>
#include <tend/text.h>

#include "demo.h"
#include "support.h"

static int setup(void **state)
{
	struct demo *d = tend_alloc(sizeof(*d));
	demo_make(d);
	demo_add_journeys(d);
	*state = d;
	return 0;
}

static int teardown(void **state)
{
	demo_remove(*state);
	free(*state);
	return 0;
}

struct row {
	const char *keys, *text;
};

static void each(struct demo *d, const struct row *rows, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		char *screen = demo_screen(d, "80x24", "journeys", rows[i].keys);
		if (strstr(screen, rows[i].text) == NULL) {
			print_message("%s\n", screen);
			fail_msg("\"%s\" is not on the screen after \"%s\"", rows[i].text,
				rows[i].keys);
		}
		free(screen);
	}
}

#define EACH(d, rows) each(d, rows, sizeof(rows) / sizeof((rows)[0]))

static void hours_can_be_seen_as_if_a_version_were_applied(void **state)
{
	static const struct row rows[] = {
		{"g c t", "> demo@2  A year together"},
		{"g c t Enter", "1 Hours as if demo@2 were applied"},
		{"g c t Enter t", "> As it is"},
		{"g c t Enter t Enter", "1 Hours promised, by week"},
	};
	EACH(*state, rows);
	char *before = demo_screen(*state, "80x24", "capacity", NULL);
	char *after = demo_screen(*state, "80x24", "capacity", "t Enter t Enter");
	assert_string_equal(before, after);
	free(before);
	free(after);
}

static void versions_and_pages_are_reached_by_keys(void **state)
{
	static const struct row rows[] = {
		{"k", "> demo@2"},
		{"j", "> demo@1"},
		{"j", "2 demo@1 from 2026-11-16 on"},
		{"2 j j j", "> Go-live"},
		{"2 j j j Enter", "━ Milestone of the template"},
		{"2 j j j Enter Esc", "━ 2 demo@2"},
		{"2 j j 1 j", "> Contract signed"}, /* another version is read from its start */
		{"Enter", " tend  Preview"},
		{"Enter q", " tend  Journeys"},
		{"Enter p", " tend  Upgrade plan"},
		{"p", " tend  Upgrade plan"},
		{"p Enter", "━ 2 Acme Anvils"},
		{"p Enter Esc", "━ 1 journey demo@2"},
		{"p Enter Esc Esc", " tend  Journeys"},
		{"p j", "─ 2 Dune Analytics"},
		{"p j j Enter +", "2027-05-04 -> 2027-04-27"},
		{"p", "Space mark"},
		{"j p", "━ 1 demo@1 ━"},
		{"/ errors Space > Space 0 Enter", "> wrong@1"},
		{"/ tob Enter", "> tob-annual@1"},
		{"/ ours Enter 4", "━ 4 Difference to demo@1"},
		{"/ ours Enter 4", "- milestone training  Advanced training"},
		{"/ ours Enter", "2 ours@1, a variant of demo@1, from 2026-11-16 on"},
	};
	EACH((struct demo *)*state, rows);
}

static void what_is_wrong_says_so_and_plans_nothing(void **state)
{
	static const struct row rows[] = {
		{"G", "!3 ?1"},
		{"G", "It has errors and plans nothing"},
		{"G 4", "It has errors: nothing to compare yet."},
		{"G 3", "error 7:49  \"due\": unknown unit \"dayz\"; did you mean \"day\"?"},
		{"G 3", "   7    - {key: one, stage: b, title: {en: One}, due: start + 3 dayz}"},
		{"G p", "there is no stage \"b\""},
		{"G Enter", "there is no stage \"b\""},
	};
	EACH((struct demo *)*state, rows);
}

/* The column of the caret is that of the character which the finding names, counted in cells. */
static void the_caret_stands_below_its_character(void **state)
{
	static const struct row rows[] = {
		{"stage: b", "b, title: {en: One}"},
		{"+ 3 dayz", "start + 3 dayz"},
		{"mil", "mil"},
	};
	char *screen = demo_screen(*state, "80x24", "journeys", "G 3");
	const char *at = screen;
	size_t found = 0;
	for (char *line = strstr(at, "\n  error"); line != NULL && found < 3;
		line = strstr(line + 1, "\n  error")) {
		char *source = strchr(line + 1, '\n') + 1, *below = strchr(source, '\n') + 1;
		char *name = strstr(source, rows[found].text);
		int caret = (int)(strchr(below, '^') - below);
		char *before = tend_strndup(source, (size_t)(name - source));
		assert_non_null(name);
		assert_int_equal(caret, tend_columns(before));
		free(before);
		found++;
	}
	assert_int_equal(found, 3);
	free(screen);
}

static void dates_follow_the_start_and_the_term(void **state)
{
	static const struct row rows[] = {
		{"d C-u 2027-03-01 Enter", "a start on 2027-03-01"},
		{"d C-u 2027-03-01 Enter q", "2 demo@2 from 2027-03-01 on"},
		{"d C-u 2027-03-01 Tab 6m Enter",
			"2027-07-28  Wed        +149d  Renewal    Renewal proposal"},
		{"d C-u 2027-03-01 Tab 6m Enter d Tab C-u Enter",
			"2028-01-19  Wed        +324d  Renewal    Usage report"},
		{"d C-u soon Enter", "> Start  soon "},
		{"d C-u soon Enter", "not a date"},
		{"d Tab never Enter", "not a term"},
		{"d Tab never Enter", "> Term   never"},
		{"d C-u 2027-03-01 Esc", "2 demo@2 from 2026-11-16 on"},
	};
	EACH((struct demo *)*state, rows);
}

static void assert_journey(struct demo *d, const char *customer, const char *journey)
{
	char *now = demo_value(d, customer, "journey");
	assert_string_equal(now, journey);
	free(now);
}

static void press(struct demo *d, const char *keys)
{
	free(demo_screen(d, "80x24", "journeys", keys));
}

static void an_upgrade_is_carried_out_only_when_it_was_confirmed(void **state)
{
	struct demo *d = *state;
	size_t before = demo_count(d, NULL, "history");
	press(d, "p");
	press(d, "p A");
	press(d, "p A Esc");
	press(d, "p A q");
	press(d, "p / zzzz Enter A Enter"); /* a filter that shows nobody takes nobody */
	press(d, "p Space / yuntu Enter A Enter q q"); /* nor does it who is marked and not shown */
	assert_int_equal(demo_count(d, NULL, "history"), before);
	assert_journey(d, "acme", "demo@1");
	press(d, "p A Enter");
	assert_int_equal(demo_count(d, NULL, "history"), before + 1);
	assert_journey(d, "acme", "demo@2");
	assert_journey(d, "yuntu", "demo@2");
	char *due = demo_milestone(d, "yuntu", "golive-talk", "due");
	assert_string_equal(due, "2026-12-19");
	free(due);
	static const struct row again[] = {{"p A", "There is nobody to take to it."}};
	EACH(d, again);
	static const struct row back[] = {
		{"j p A", "Version 2 is newer: this goes back to an older one."}};
	EACH(d, back);
	press(d, "p u");
	assert_journey(d, "acme", "demo@1");
	assert_journey(d, "yuntu", "demo@1");
}

static void only_the_marked_ones_are_taken_to_it(void **state)
{
	struct demo *d = *state;
	press(d, "p Space A Enter");
	assert_journey(d, "acme", "demo@2");
	assert_journey(d, "dune", "demo@1");
	/* A filter means those that it shows; another customer keeps what was edited. */
	press(d, "p / dune Enter A Enter");
	assert_journey(d, "dune", "demo@2");
	assert_journey(d, "yuntu", "demo@1");
	char *due = demo_milestone(d, "dune", "handover", "due");
	assert_string_equal(due, "2026-11-20");
	free(due);
}

static void press_in(struct demo *d, const char *view, const char *keys)
{
	free(demo_screen(d, "80x24", view, keys));
}

static void new_dates_are_saved_once_their_plan_was_seen(void **state)
{
	struct demo *d = *state;
	size_t before = demo_count(d, NULL, "history");
	static const struct row rows[] = {
		{"g p / dune Enter e Tab Tab Tab Tab C-u 2026-11-16 Enter",
			"━ What the new dates do"},
		{"g p / dune Enter e Tab Tab Tab Tab C-u 2026-11-16 Enter", "! conflict Hand-over"},
		{"g p / dune Enter e Tab Tab Tab Tab C-u 2026-11-16 Enter Esc",
			"> Started        2026-11-16"},
		{"g p / dune Enter 4 d C-u 2026-11-16 Enter", "━ What the new dates do"},
		{"g p / dune Enter 4 d C-u 2026-11-16 Enter Esc Esc", "━ 4 Facts"},
		{"g p / dune Enter e C-u Dunes Enter", "> Dunes "}, /* no date, no question */
		{"g p / dune Enter e Tab Tab Tab Tab C-u soon Enter", "> Started        soon"},
		{"g p / dune Enter e Tab Tab Tab Tab Tab C-u never Enter",
			"> Term (months)  never"},
	};
	EACH(d, rows);
	assert_int_equal(demo_count(d, NULL, "history"), before + 1);
	press_in(d, "portfolio", "/ dune Enter e Tab Tab Tab Tab C-u 2026-11-16 Enter Enter");
	assert_int_equal(demo_count(d, NULL, "history"), before + 2);
	char *started = demo_value(d, "dune", "started");
	assert_string_equal(started, "2026-11-16");
	free(started);
	char *due = demo_milestone(d, "dune", "golive", "due");
	assert_string_equal(due, "2027-01-16");
	free(due);
	due = demo_milestone(d, "dune", "handover", "due");
	assert_string_equal(due, "2026-11-20"); /* a person gave it */
	free(due);
}

int main(void)
{
	(void)setlocale(LC_CTYPE, "C.UTF-8");
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(hours_can_be_seen_as_if_a_version_were_applied),
		TEST(versions_and_pages_are_reached_by_keys),
		TEST(what_is_wrong_says_so_and_plans_nothing),
		TEST(the_caret_stands_below_its_character),
		TEST(dates_follow_the_start_and_the_term),
		TEST(an_upgrade_is_carried_out_only_when_it_was_confirmed),
		TEST(new_dates_are_saved_once_their_plan_was_seen),
		TEST(only_the_marked_ones_are_taken_to_it),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
