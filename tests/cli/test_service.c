/* SPDX-License-Identifier: MIT */
/* Promises, complaints and standards on the command line, on 2026-03-16, a Monday. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "shell.h"

#define TABLE(s, rows) shell_table(s, rows, sizeof(rows) / sizeof((rows)[0]))

/* Growth until 2026-05-01: an answer is promised within 2 hours, a solution within 2 workdays. */
#define BETA                                                                                       \
	{                                                                                          \
		"customer|add|beta|Beta|--started|2026-02-01|--journey|tob-annual", 0, NULL, NULL  \
	}

static void promises_stand_in_today_until_they_are_kept(void **state)
{
	static const struct shell_row rows[] = {
		{"log|acme|--kind|call|Spoke|--promise|Send the plan|--by|2026-03-13|--date|"
		 "2026-03-10|--contact|Ana|--next|Ask Li",
			0, "", "call logged (acme), promised for 2026-03-13"},
		{"log|acme|--kind|call|Spoke|--promise|Quote|--by|+3d", 0, "",
			"promised for 2026-03-19"},
		{"log|acme|--kind|call|Spoke|--promise|Some day", 0, "", "the promise has no day"},
		{"log|acme|--kind|call|Spoke|--promise|Far|--by|2026-04-30", 0, "", NULL},
		{"log|acme|--kind|call|Spoke|--promise|Past|--by|2026-03-01", 2, "",
			"promised lies before date"},
		{"log|acme|--kind|call|Spoke|--by|never", 2, "", "--by: \"never\" is not a date"},
		{"promise|list|-f|csv", 0,
			"number,customer,contact,promise,promised,kept,days_late,state,owner,"
			"date\r\n"
			"1,acme,Ana,Send the plan,2026-03-13,,3,late,",
			""},
		{"promise|list|state == \"open\" and promise == \"Some day\"|-q", 0, "3\n", ""},
		{"promise|list|acme|days_late > 0|-q", 0, "1\n", ""},
		{"promise|list|yunlan|-f|json", 0, "[]\n", ""},
		{"today|kind == \"promise\"|-f|csv|--columns|subject,title,due,rank", 0,
			"subject,title,due,rank\r\n"
			"1,Send the plan,2026-03-13,49\r\n"
			"2,Quote,2026-03-19,30\r\n",
			""},
		{"activity|keep|1|--date|2026-03-17", 2, "", "in the future"},
		{"activity|keep|1|--date|2026-03-09", 2, "", "kept lies before date"},
		{"activity|keep|1|2", 0, "", "2 promises kept"},
		{"today|kind == \"promise\"|-q", 0, "", NULL},
		{"promise|list|-q", 0, "4\n3\n1\n2\n", ""},
		{"promise|list|state == \"kept-late\"|-q", 0, "1\n", ""},
		{"undo", 0, NULL, "undone: 2 promises kept"},
		{"today|kind == \"promise\"|-q", 0, "1\n2\n", NULL},
		{"activity|keep|1|99", 4, "", "there is no activity 99"},
		{"today|kind == \"promise\"|-q", 0, "1\n2\n", NULL},
		{"activity|keep|x", 2, "", "\"x\" is not the number of an activity"},
		{"activity|add|acme|kind=note|text=Only a note", 0, "", NULL},
		{"activity|keep|5", 4, "", "activity 5 promises nothing"},
		{"-n|activity|keep|1", 0, "", "promise kept: Send the plan (acme)"},
		{"today|kind == \"promise\"|-q", 0, "1\n2\n", NULL},
		{"customer|set|acme|status=churned", 0, NULL, NULL},
		{"today|kind == \"promise\"|-q", 0, "", NULL},
		{"--lang|zh|promise|list", 0, "超期", ""},
	};
	TABLE(*state, rows);
}

static void complaints_are_answered_and_resolved_by_the_clock(void **state)
{
	static const struct shell_row rows[] = {
		BETA,
		{"complaint|add|beta|text=Slow reports|severity=urgent|opened=2026-03-13", 0, "",
			"speaks for 26 who stay silent: an answer is promised until 2026-03-13"},
		{"complaint|add|acme|text=Slow|opened=2026-03-01", 0, "",
			"nothing says until when an answer is promised"},
		{"complaint|add|beta|key=done|opened=2026-03-02|closed=2026-03-04|first_response="
		 "30",
			0, "", "complaint added (beta)\n"},
		{"complaint|list|beta|-f|csv|--columns|key,state,answer_due,recovery_due,late", 0,
			"beta-complaint-1,late,2026-03-13,2026-03-17,true\r\n"
			"done,resolved,2026-03-02,2026-03-04,false\r\n",
			""},
		/* nothing was promised: not late, however long it waits */
		{"complaint|list|acme|-f|csv|--columns|state,answer_due,late,days_open", 0,
			"waiting,,,15\r\n", ""},
		{"today|kind == \"complaint\"|-f|csv|--columns|subject,title,due,rank,severity", 0,
			"beta-complaint-1,Not answered: Slow reports,2026-03-13,53,high\r\n", ""},
		{"--lang|zh|today|kind == \"complaint\"", 0, "未响应：Slow reports", ""},
		{"--lang|en|promise|list", 0, NULL, NULL},
		{"complaint|respond|beta-complaint-1|--minutes|9000", 2, "", "in the future"},
		{"complaint|respond|beta-complaint-1|--date|2026-03-12", 2, "", "opened later"},
		{"complaint|respond|beta-complaint-1|--minutes|121|--note|We look into it", 0, "",
			"complaint beta-complaint-1 answered (beta)"},
		{"complaint|respond|beta-complaint-1", 2, "", "was answered on 2026-03-13"},
		{"activity|list|beta|-f|csv|--columns|date,kind,text", 0,
			"2026-03-13,message,We look into it\r\n", ""},
		{"complaint|list|beta|late == "
		 "true|-f|csv|--columns|key,state,answered,first_response",
			0, "beta-complaint-1,answered,2026-03-13,121\r\n", ""},
		{"today|kind == \"complaint\"|-q", 0, "", NULL},
		/* two workdays are over */
		{"--today|2026-03-18|today|kind == \"complaint\"|-f|csv|--columns|title,due", 0,
			"Not solved: Slow reports,2026-03-17\r\n", ""},
		{"complaint|resolve|beta-complaint-1|--rating|6", 2, "", "rating"},
		{"complaint|resolve|beta-complaint-1|--by|Wang|--recovery|A cache|--rating|5", 0,
			"", "a good recovery makes an advocate"},
		{"complaint|list|beta|advocate == "
		 "true|-f|csv|--columns|key,closed,recovered_by,recovery,rating",
			0, "beta-complaint-1,2026-03-16,Wang,A cache,5\r\n", ""},
		{"complaint|resolve|beta-complaint-1", 2, "", "was resolved on 2026-03-16"},
		{"complaint|reopen|beta-complaint-1", 0, "", "is open again (beta)"},
		{"complaint|reopen|beta-complaint-1", 2, "", "is open"},
		{"complaint|list|beta|-f|csv|--columns|key,state,rating", 0,
			"beta-complaint-1,answered,\r\n", ""},
		{"customer|list|open(complaints) == 1|-q", 0, "acme\nbeta\n", ""},
		{"undo|3", 0, NULL, NULL},
		{"complaint|list|beta|-f|csv|--columns|key,state,answered", 0,
			"beta-complaint-1,late,\r\n", ""},
		{"complaint|resolve|acme-complaint-1", 0, "", "this counts as the answer"},
		{"complaint|set|done|responded=2026-03-09", 2, "", "does not fit first_response"},
		{"complaint|respond|nothing", 4, "", "nothing"},
		{"customer|list|open(complaints) == 1|-q", 0, "beta\n", ""},
	};
	TABLE(*state, rows);
}

/* The stage of the day on which it was opened promises, not that of today. */
static void what_was_promised_is_that_of_the_day_it_was_opened(void **state)
{
	static const struct shell_row rows[] = {
		{"customer|add|gamma|Gamma|--started|2025-10-01|--journey|saas-service", 0, NULL,
			NULL},
		{"complaint|add|gamma|key=early|opened=2025-10-15|first_response=400", 0, "", NULL},
		{"complaint|add|gamma|key=later|opened=2026-02-15|first_response=400", 0, "", NULL},
		{"complaint|list|gamma|-f|csv|--columns|key,late", 0,
			"later,true\r\nearly,true\r\n", ""},
		{"complaint|resolve|early|--date|2025-10-20", 0, NULL, NULL},
		{"complaint|resolve|later|--date|2026-02-18", 0, NULL, NULL},
		{"complaint|list|gamma|-f|csv|--columns|key,late", 0,
			"later,false\r\nearly,true\r\n", ""},
	};
	TABLE(*state, rows);
}

static void fees_that_nobody_can_follow_are_said(void **state)
{
	static const struct shell_row rows[] = {
		{"fee|add|acme|title=Setup|amount=10", 0, "", "neither a basis nor an explanation"},
		{"fee|add|acme|title=Seats|amount=10|basis=2 x 5", 0, "", "no explanation"},
		{"fee|add|acme|title=Seats|amount=10|explanation=Two seats", 0, "", "no basis"},
		{"fee|add|acme|title=More|amount=10|hidden=yes", 0, "", "was not announced"},
		{"fee|add|acme|title=Plain|amount=10|basis=1|explanation=One", 0, "",
			"fee added (acme)\n"},
		{"fee|list|flag in [\"hidden\", \"unexplained\"]|-f|csv|--columns|title,flag", 0,
			"More,hidden\r\nSeats,unexplained\r\nSeats,unexplained\r\nSetup,"
			"unexplained\r\n",
			""},
	};
	TABLE(*state, rows);
}

/* Beta: contacts within a week are promised in this stage, an answer within 2 hours. */
static void standards_say_what_was_kept_of_what_was_promised(void **state)
{
	static const struct shell_row rows[] = {
		BETA,
		{"standard|list|beta|-f|csv|--columns|promise,promised,measured,kept,missed,open,"
		 "share",
			0,
			"response,2h,0,0,0,0,\r\n"
			"recovery,2wd,0,0,0,0,\r\n"
			"cadence,1 week,1,0,1,0,0.0000\r\n",
			""},
		{"log|beta|--kind|call|--date|2026-02-05|x", 0, NULL, NULL},
		{"log|beta|--kind|call|--date|2026-02-12|x", 0, NULL, NULL},
		{"log|beta|--kind|call|--date|2026-02-20|x|--promise|A|--by|2026-02-25", 0, NULL,
			NULL},
		{"log|beta|--kind|call|--date|2026-03-12|x", 0, NULL, NULL},
		{"complaint|add|beta|key=a|opened=2026-03-02|first_response=120|closed=2026-03-04",
			0, NULL, NULL},
		{"complaint|add|beta|key=b|opened=2026-03-02|first_response=121|closed=2026-03-09",
			0, NULL, NULL},
		{"complaint|add|beta|key=c|opened=2026-03-16", 0, NULL, NULL},
		{"standard|list|beta|-f|csv|--columns|"
		 "promise,measured,kept,missed,open,share,worst,worst_days",
			0,
			"response,2,1,1,1,0.5000,b,0\r\n"
			"recovery,2,1,1,1,0.5000,b,5\r\n"
			"cadence,4,2,2,1,0.5000,2026-02-20,13\r\n"
			"promise,1,0,1,0,0.0000,3,19\r\n",
			""},
		{"explain|standard|beta|-f|csv", 0,
			"cadence,,2026-02-01,2026-02-08,2026-02-05,kept,0\r\n"
			"cadence,,2026-02-05,2026-02-12,2026-02-12,kept,0\r\n"
			"cadence,,2026-02-12,2026-02-19,2026-02-20,missed,1\r\n"
			"cadence,,2026-02-20,2026-02-27,2026-03-12,missed,13\r\n"
			"cadence,,2026-03-12,2026-03-19,,open,0\r\n",
			""},
		{"standard|list|acme|-f|json", 0, "[]\n", ""},
		{"standard|list|share < 0.6 and customer == \"beta\"|-q", 0,
			"beta\nbeta\nbeta\nbeta\n", ""},
		{"standard|list|beta", 0, NULL, "fewer than 30"},
	};
	TABLE(*state, rows);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, shell_setup, shell_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(promises_stand_in_today_until_they_are_kept),
		TEST(complaints_are_answered_and_resolved_by_the_clock),
		TEST(what_was_promised_is_that_of_the_day_it_was_opened),
		TEST(standards_say_what_was_kept_of_what_was_promised),
		TEST(fees_that_nobody_can_follow_are_said),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
