/* SPDX-License-Identifier: MIT */
/* The commands of playbooks and capacity, on a small book. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <tend/lang.h>

#include "shell.h"
#include "support.h"

#define COUNT(rows) (sizeof(rows) / sizeof((rows)[0]))

static int setup(void **state)
{
	struct shell *s = calloc(1, sizeof(*s));
	assert_non_null(s);
	shell_open(s);
	shell_book(s);
	*state = s;
	return 0;
}

static int teardown(void **state)
{
	shell_close(*state);
	free(*state);
	return 0;
}

static void capacity_per_owner_and_week(void **state)
{
	struct shell *s = *state;
	shell_expect(s, 0, "customer|set|acme|owner=li");
	shell_expect(s, 0, "milestone|set|acme|kickoff|owner=wang");
	static const struct shell_row rows[] = {
		{"capacity|--weeks|1|-f|json", 0, "{\"owner\": \"li\", \"week\": \"2026-03-16\"",
			"no effort, nor do their journeys"},
		{"capacity|--weeks|1|--owner|wang|-f|csv", 0,
			"owner,week,hours,overdue_hours,available,load\r\nwang,2026-03-16,0,0,30,0."
			"0000\r\n",
			NULL},
		{"capacity|week == \"2026-03-16\"|-f|csv|--columns|owner,available", 0, "li,30",
			NULL},
		{"capacity|hour > 1", 2, "", "hours"},
		{"capacity|--weeks|0", 2, "", "from 1 on"},
		{"capacity|--weeks|105", 2, "", "from 1 to 104"},
		{"capacity|--weeks|99999999999", 2, "", "from 1 to 104"},
	};
	shell_table(s, rows, COUNT(rows));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	tend_lang_set(TEND_EN);
	const struct CMUnitTest tests[] = {
		TEST(capacity_per_owner_and_week),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
