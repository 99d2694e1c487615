/* SPDX-License-Identifier: MIT */
/* The commands of playbooks, capacity and the next term, on a small book. */
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
		{"capacity|--weeks|1|--owner|wang", 0, "    0.0              0.0       30.0", NULL},
		{"capacity|--weeks|1|--owner|wang|-f|md", 0,
			"|   0.0 |             0.0 |      30.0 |", NULL},
		{"capacity|hour > 1", 2, "", "hours"},
		{"capacity|--weeks|1|--template|small@1|-q", 0, "li\n", ""},
		{"capacity|--weeks|1|--template|small@1|--owner|li", 0, NULL,
			"as if applied: nobody follows small at another version than 1"},
		{"capacity|--template|smal", 4, "", "did you mean \"small\"?"},
		{"capacity|--weeks|0", 2, "", "from 1 on"},
		{"capacity|--weeks|105", 2, "", "from 1 to 104"},
		{"capacity|--weeks|99999999999", 2, "", "from 1 to 104"},
	};
	shell_table(s, rows, COUNT(rows));
}

static void playbooks_are_listed_run_and_followed(void **state)
{
	struct shell *s = *state;
	shell_file(s, "help.yaml",
		"playbook: help\ntitle: {en: Help, zh: 帮助}\nwhen: segment == \"mid\"\nsteps:\n"
		"  - {key: call, title: {en: Call, zh: 致电}, due: start, effort: 1h}\n"
		"  - {key: gift, title: {en: Gift, zh: 礼物}, due: start + 1 week, when: arr > "
		"5}\n");
	static const struct shell_row rows[] = {
		{"playbook|list|-f|csv|--columns|key,steps,source", 0, "fading,6,built-in\r\n", ""},
		{"publish|@help.yaml", 0, "", "playbook help@1 published"},
		{"playbook|list|acme|-f|json|--limit|2", 0,
			"{\"key\": \"help\", \"version\": 1, \"title\": \"Help\", \"steps\": 2",
			""},
		{"playbook|list|nobody", 4, "", "nobody"},
		{"playbook|show|help", 0, "playbook: help", ""},
		{"playbook|show|halp", 4, "", "help"},
		{"playbook|run|acme|halp", 4, "", "did you mean \"help\"?"},
		{"playbook|run|help", 2, "", NULL},
		{"playbook|run|acme|help|--start|never", 2, "", "is not a date"},
		{"playbook|run|acme|yunlan|help|-n|-f|csv|--columns|customer,key,due_after", 0,
			"acme,help.call,2026-03-16\r\nacme,help.gift,2026-03-23\r\n"
			"yunlan,help.call,2026-03-16\r\n",
			"would be done: playbook help started for 2 customers: 3 milestones\n"},
		{"playbook|runs|-f|json", 0, "[]", ""},
		{"playbook|run|acme|yunlan|help|--start|2026-03-20", 0, "",
			"tend: note: its condition (segment == \"mid\") is not true for yunlan; 1 "
			"milestone was left out"},
		{"playbook|runs|acme|-f|csv", 0,
			"customer,playbook,version,day,open,done,alert\r\nacme,help,1,2026-03-20,2,"
			"0,\r\n",
			""},
		{"milestone|list|acme|playbook == \"help@1\"|-f|csv|--columns|key,due,effort", 0,
			"key,due,effort\r\nhelp.call,2026-03-20,60\r\nhelp.gift,2026-03-27,\r\n",
			""},
		{"done|acme|help.call", 0, "", "help.call"},
		{"playbook|runs|-f|csv|open == 1 and done == 1|--columns|customer,playbook", 0,
			NULL, NULL},
		{"playbook|run|acme|help", 0, "", "help is running already for acme"},
		{"undo|2", 0, "", "playbook help started"},
		{"playbook|runs|-q", 0, "", ""},
	};
	shell_table(s, rows, COUNT(rows));
}

static void the_next_term_begins_without_naming_a_journey(void **state)
{
	static const struct shell_row rows[] = {
		{"journey|enroll|yunlan", 2, "", "yunlan follows no journey"},
		{"done|acme|signed", 0, NULL, NULL},
		{"customer|set|acme|started=2027-03-02", 0, "",
			"a new term: tend journey enroll acme starts small for it"},
		{"journey|enroll|acme", 0, "", "acme enrolled in small@1 from 2027-03-02 on"},
		{"milestone|list|acme|key == \"signed\"|-f|csv|--columns|state,due", 0,
			"done,2026-03-02\r\ntodo,2027-03-02\r\n", ""},
		{"journey|enroll|acme", 0, "", "runs already; nothing to do"},
		{"journey|enroll|acme|small|--start|2027-04-01", 0, "", "acme enrolled in small@1"},
	};
	shell_table(*state, rows, COUNT(rows));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, shell_setup, shell_teardown)

int main(void)
{
	tend_lang_set(TEND_EN);
	const struct CMUnitTest tests[] = {
		TEST(capacity_per_owner_and_week),
		TEST(playbooks_are_listed_run_and_followed),
		TEST(the_next_term_begins_without_naming_a_journey),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
