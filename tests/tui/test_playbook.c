/* SPDX-License-Identifier: MIT */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "demo.h"
#include "support.h"

static int setup(void **state)
{
	struct demo *d = calloc(1, sizeof(*d));
	assert_non_null(d);
	demo_make(d);
	*state = d;
	return 0;
}

static int teardown(void **state)
{
	demo_remove(*state);
	free(*state);
	return 0;
}

static void expect_on(struct demo *d, const char *view, const char *keys, const char *text)
{
	char *screen = demo_screen(d, "80x24", view, keys);
	if (strstr(screen, text) == NULL) {
		print_message("%s\n", screen);
		fail_msg("\"%s\" is not on the screen after \"%s\"", text, keys);
	}
	free(screen);
}

static void expect_milestone(struct demo *d, const char *customer, const char *milestone,
	const char *field, const char *value)
{
	char *got = demo_milestone(d, customer, milestone, field);
	assert_string_equal(got, value);
	free(got);
}

#define LATE "/ late Enter p "

static void p_offers_what_an_alert_suggests_first(void **state)
{
	struct demo *d = *state;
	expect_on(d, "portfolio", LATE, "Suggested by alerts\n> Win-back ");
	expect_on(d, "portfolio", LATE, "; The term is over, not renewed");
	expect_on(d, "portfolio", LATE, "Playbook for Lateward Mills");
	expect_on(d, "portfolio", LATE "/ second", "> Second implementation");
	expect_on(d, "alerts", "/ term-over Enter w", "suggests   Win-back\n");
	expect_on(d, "alerts", "p", "Playbook for Northwind Traders");
	expect_on(d, "today", "p", "Playbook for ");
	expect_on(d, "portfolio", "v j j p", "Playbook for 3 customers");
}

static void what_it_adds_is_read_before_it_is_done(void **state)
{
	struct demo *d = *state;
	size_t before = demo_count(d, NULL, "history");
	expect_on(d, "portfolio", LATE "Enter", "Adds 5 milestones:\n 11-19 ");
	expect_on(d, "portfolio", LATE "Enter Esc", "1 Customers");
	expect_on(d, "portfolio", LATE "G Enter", "is not true for late");
	assert_int_equal(demo_count(d, NULL, "history"), before);
}

static void enter_runs_it_and_u_takes_it_back(void **state)
{
	struct demo *d = *state;
	size_t before = demo_count(d, NULL, "history");
	expect_on(d, "portfolio", LATE "Enter Enter",
		"u: playbook win-back started for late: 5 miles");
	assert_int_equal(demo_count(d, NULL, "history"), before + 1);
	expect_milestone(d, "late", "win-back.reason", "playbook", "win-back@1");
	expect_milestone(d, "late", "win-back.reason", "due", "2026-11-19");
	expect_on(d, "portfolio", LATE, "; is running");
	expect_on(d, "portfolio", LATE "Enter", "win-back is running already for late");
	expect_on(d, "portfolio", "u", "undone: playbook win-back");
	expect_on(d, "portfolio", LATE "Enter", "Adds 5 milestones:");
}

static void it_can_be_named_on_the_command_line(void **state)
{
	struct demo *d = *state;
	expect_on(d, "portfolio", "/ late Enter : playbook Space win-back Enter",
		"Adds 5 milestones:");
	expect_on(d, "portfolio", "/ late Enter : playbook Enter", "> Win-back ");
	expect_on(d, "portfolio", ": playbook Space winback Enter", "did you mean \"win-back\"?");
	expect_on(d, "portfolio", ": playbook Space a Space b Enter", "p lists the playbooks");
	expect_on(d, "portfolio", "/ late Enter : playbook Space win-back Enter Enter",
		"u: playbook win-back started for late");
}

static void marked_customers_are_one_entry(void **state)
{
	struct demo *d = *state;
	size_t before = demo_count(d, NULL, "history");
	expect_on(d, "portfolio", "v j j p / welcome Enter Enter",
		"u: playbook welcome started for 3 customers: 21 m");
	assert_int_equal(demo_count(d, NULL, "history"), before + 1);
}

static void its_milestones_say_where_they_come_from_and_that_they_wait(void **state)
{
	struct demo *d = *state;
	expect_on(d, "portfolio", LATE "Enter Enter Tab G", "[.]  Lead speaks to lead < Win-back ");
	expect_on(d, "portfolio", ": customer Space late Enter ] G",
		" Win-back\n  [ ]  The reason behind the reason ");
	expect_on(d, "portfolio", ": customer Space late Enter ] G Tab", "waits for");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	(void)setlocale(LC_CTYPE, "C.UTF-8");
	const struct CMUnitTest tests[] = {
		TEST(p_offers_what_an_alert_suggests_first),
		TEST(what_it_adds_is_read_before_it_is_done),
		TEST(enter_runs_it_and_u_takes_it_back),
		TEST(it_can_be_named_on_the_command_line),
		TEST(marked_customers_are_one_entry),
		TEST(its_milestones_say_where_they_come_from_and_that_they_wait),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
