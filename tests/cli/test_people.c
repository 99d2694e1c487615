/* SPDX-License-Identifier: MIT */
/* What the commands about people, outcomes, gifts and content do and say. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "shell.h"
#include "support.h"

#define COUNT(rows) (sizeof(rows) / sizeof((rows)[0]))

static void the_map_names_who_is_silent_and_what_is_missing(void **state)
{
	static const struct shell_row rows[] = {
		{"stakeholder|show|acme", 0, "nobody is there", ""},
		{"contact|add|acme|name=Ann|role=user|influence=high|stance=champion|cadence=30d",
			0, "", NULL},
		{"contact|add|acme|name=Bo|influence=high|stance=critic|cadence=1w", 0, "", NULL},
		{"log|acme|--kind|call|--date|2026-03-01|--contact|bo|hello", 0, "", NULL},
		{"stakeholder|show|acme", 0, "Ann !", ""},
		{"stakeholder|show|acme", 0, "silent: Ann, never touched, every 30d\n", ""},
		{"stakeholder|show|acme", 0, "silent: Bo, 15 days, every 1w\n", ""},
		{"stakeholder|show|acme", 0, "missing: decision maker\nmissing: system contact\n",
			""},
		{"stakeholder|show|acme", 0, "single thread: in 90 days only Bo was touched\n", ""},
		{"stakeholder|show|acme|-f|csv|--columns|key,silent_days", 0,
			"acme-contact-1,\r\nacme-contact-2,15\r\n", ""},
		{"stakeholder|list|-f|csv|--columns|customer,contacts,silent,single_thread", 0,
			"acme,2,2,true\r\nyunlan,0,0,\r\n", ""},
		{"stakeholder|list|silent > 0|-q", 0, "acme\n", ""},
		{"stakeholder|list|silnt > 0", 2, "", "silent"},
		{"stakeholder|show|nobody", 4, "", "nobody"},
		{"explain|contact|acme-contact-2|--lang|en", 0,
			"day > last_touch + cadence: true\n    last_touch: 2026-03-01\n      "
			"2026-03-01: "
			"bo\n    cadence: 1w\n    last_touch + cadence: 2026-03-08\n",
			""},
		{"explain|contact|acme-contact-1", 0, "last_touch: unknown", ""},
		{"explain|contact|acme-contact-9", 4, "", "acme-contact-9"},
		{"stakeholder|show|acme|--lang|zh", 0, "只接触过 Bo", ""},
	};
	shell_table(*state, rows, COUNT(rows));
}

static void outcomes_are_measured_and_explained(void **state)
{
	static const struct shell_row rows[] = {
		{"outcome|add|acme|key=errors|title=Fewer errors|baseline=20|target=5|experience=4",
			0, "", NULL},
		{"explain|outcome|errors", 0, "now, by hand: unknown", ""},
		{"outcome|measure|errors|14|--date|2026-03-10", 0, "", NULL},
		{"outcome|list|-f|csv|--columns|now,progress,as_of,success", 0,
			"14,0.4000,2026-03-10,false\r\n", ""},
		{"explain|outcome|errors", 0, "(now - baseline) / (target - baseline): 0.4\n", ""},
		{"outcome|measure|errors|3", 0, "", NULL},
		{"explain|outcome|errors", 0, "result and experience: true", ""},
		{"outcome|set|errors|metric=logins", 0, "", NULL},
		{"usage|add|acme|metric=logins|value=10|date=2026-03-02", 0, "", NULL},
		{"outcome|measure|errors|4", 0, "", "its signal goes before"},
		{"explain|outcome|errors", 0, "now = sum(logins, 30d): 10", ""},
		{"explain|outcome|errors", 0, "2026-03-02: 10\n", ""},
		{"outcome|add|acme|key=few|title=Few|metric=logins|value=9", 0, "", NULL},
		{"explain|outcome|few|--today|2026-05-20", 0, "now = sum(logins, 30d): 0", ""},
		{"outcome|measure|errors|much", 2, "", "much"},
		{"outcome|measure|errors|1|--date|2026-04-01", 2, "", "future"},
		{"outcome|measure|eror|1", 4, "", "eror"},
		{"explain|outcome|eror", 4, "", "eror"},
	};
	shell_table(*state, rows, COUNT(rows));
}

static void gifts_past_the_budget_are_warned_of(void **state)
{
	static const struct shell_row rows[] = {
		{"customer|set|acme|arr=10000|currency=EUR", 0, "", NULL},
		{"gift|add|acme|title=Tea|amount=30", 0, "", "gift added"},
		{"gift|add|acme|title=Cake|amount=20.01", 0, "", "come to 50.01 EUR; the budget"},
		{"gift|set|acme-gift-2|amount=20", 0, "", "changed"},
		{"gift|set|acme-gift-2|amount=21", 0, "", "come to 51.00 EUR; the budget"},
		{"gift|set|acme-gift-2|state=returned", 0, "", "changed"},
		{"explain|gift|acme-gift-1", 0,
			"budget - spent: 20.00\n    budget: 50.00\n      arr: 10000.00\n      "
			"share: "
			"0.005\n",
			""},
		{"explain|gift|acme-gift-2", 0, "    spent: 30.00\n      acme-gift-1: 30.00\n", ""},
		{"gift|list|-f|csv|--columns|key,spent,budget,budget_left", 0,
			"acme-gift-2,30.00,50.00,20.00\r\nacme-gift-1,30.00,50.00,20.00\r\n", ""},
	};
	shell_table(*state, rows, COUNT(rows));
}

static void content_is_sent_once_to_whom_it_fits(void **state)
{
	static const struct shell_row rows[] = {
		{"customer|set|acme|industry=Retail", 0, "", NULL},
		{"content|add|key=any|title=For all", 0, "", NULL},
		{"content|add|key=shop|title=Shops|stage=成长, growth|industry=ｒetail", 0, "",
			NULL},
		{"content|add|key=bank|title=Banks|industry=finance", 0, "", NULL},
		{"content|add|key=late|title=Late|stage=renewal", 0, "", NULL},
		{"content|add|key=es|title=Hola|language=es", 0, "", NULL},
		{"content|add|key=old|title=Old|added=2025-01-01|retired=2026-03-16", 0, "", NULL},
		{"content|fit|acme|-f|csv|--columns|key,matches", 0,
			"key,matches\r\nshop,2\r\nany,0\r\nes,0\r\n", ""},
		{"contact|add|acme|name=Ann|language=en", 0, "", NULL},
		{"content|fit|acme|-q", 0, "shop\nany\n", ""},
		{"content|send|shop|acme|yunlan|--contact|Ann", 0, "", "shop sent to 2 customers"},
		{"content|fit|acme|-q", 0, "any\n", ""},
		{"content|send|shop|acme", 0, "", "acme had it on 2026-03-16 already"},
		{"content|list|sent > 0|-f|csv|--columns|key,sent", 0, "shop,3\r\n", ""},
		{"undo", 0, "", NULL},
		{"undo", 0, "", "2 customers"},
		{"sending|list|-f|json", 0, "[]", ""},
		{"content|send|old|acme", 2, "", "retired since 2026-03-16"},
		{"content|send|old|acme|--date|2026-03-15", 0, "", "old sent"},
		{"content|send|none|acme", 4, "", "none"},
		{"content|send|any|nobody", 4, "", "nobody"},
		{"content|send|any|acme|--date|2026-03-17", 2, "", "future"},
		{"content|fit|acme|--lang|zh", 0, "行业", ""},
	};
	shell_table(*state, rows, COUNT(rows));
}

static void an_effort_is_best_where_it_is_little(void **state)
{
	static const struct shell_row rows[] = {
		{"survey|add|acme|kind=ces|score=1", 0, "", NULL},
		{"survey|add|acme|kind=ces|score=1|direction=higher", 0, "", NULL},
		{"survey|add|acme|kind=nps|score=1", 0, "", NULL},
		{"survey|list|acme|-f|csv|--columns|direction,group", 0,
			"higher,detractor\r\nhigher,unsatisfied\r\nlower,satisfied\r\n", ""},
	};
	shell_table(*state, rows, COUNT(rows));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, shell_setup, shell_teardown)
	const struct CMUnitTest tests[] = {
		TEST(the_map_names_who_is_silent_and_what_is_missing),
		TEST(outcomes_are_measured_and_explained),
		TEST(gifts_past_the_budget_are_warned_of),
		TEST(content_is_sent_once_to_whom_it_fits),
		TEST(an_effort_is_best_where_it_is_little),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
