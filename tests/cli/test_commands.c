/* SPDX-License-Identifier: MIT */
/* What the commands do and say, on a small book. */
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

static void the_daily_commands(void **state)
{
	static const struct shell_row rows[] = {
		{"today|-f|json", 0, "\"subject\": \"signed\"", ""},
		{"today|customer == \"yunlan\"|-f|csv", 0, NULL, ""},
		{"today|custmer == \"acme\"", 2, "", "customer"},
		{"due|--within|3w|-f|csv|--columns|key,due", 0, "review,2026-04-02", ""},
		{"due|--within|soon", 2, "", "7d, 2w, 3m"},
		{"due|--overdue|-f|csv|--columns|key,overdue_days", 0, "signed,14\r\nkickoff,7\r\n",
			""},
		{"done|acme|kickoff", 0, "", "kickoff"},
		{"done|acme|kickoff#2", 4, "", "kickoff"},
		{"done|acme|signed|review#2", 0, "", "2 milestones"},
		{"done|acme|revew", 4, "", "review"},
		{"log|acme|--kind|call|They|like|it", 0, "", "acme"},
		{"log|acme|--kind|cal|x", 2, "", "call"},
		{"log|acme|no kind", 2, "", "--kind is needed"},
		{"log|acme|--kind|visit|--date|2026-03-10|--contact|Ada|Tea", 0, "", NULL},
		{"log|acme|--kind|visit|--date|never|x", 2, "", "is not a date"},
		{"activity|list|acme|-f|csv|--columns|date,kind,text,contact", 0,
			"2026-03-16,call,They like it,\r\n2026-03-10,visit,Tea,Ada\r\n", ""},
	};
	shell_table(*state, rows, COUNT(rows));
}

static void customers_are_added_changed_and_listed(void **state)
{
	static const struct shell_row rows[] = {
		{"customer|add|beta|Beta|--started|2026-01-05|--term|6m|--tags|vip,eu", 0, "",
			"beta"},
		{"customer|list|tags == \"vip\"|-q", 0, "beta\n", ""},
		{"customer|show|beta|-f|csv", 0, "term_months,6", ""},
		{"customer|add|beta|Again|--started|2026-01-05", 1, "", "beta"},
		{"customer|add|gamma|Gamma|--started|05.01.2026", 2, "", "05.01.2026"},
		{"customer|add|gamma|Gamma|--started|2026-01-05|--currency|EURO", 2, "", "EURO"},
		{"customer|add|gamma|Gamma|--started|2026-01-05|--journey|smal", 4, "", "smal"},
		{"customer|set|beta|owner=li|segment=small", 0, "", "beta"},
		{"customer|add|x|X", 2, "", "--started is needed"},
		{"customer|set|beta|owner", 2, "", "FIELD=VALUE"},
		{"customer|set|beta|=li", 2, "", "FIELD=VALUE"},
		{"customer|set|beta|ownr=li", 2, "", "owner"},
		{"customer|set|beta|health=90", 2, "", "health"},
		{"customer|set|nobody|owner=li", 4, "", "nobody"},
		{"customer|list|owner == \"li\"|-q", 0, "acme\nbeta\n", ""},
		{"customer|list|arr > 1000000", 0, "", "nothing to show"},
		{"customer|list|arr > 1000000|-f|json", 0, "[]", ""},
		{"customer|list|arr >", 2, "", "column"},
		{"customer|list|--columns|key,nmae", 2, "", "name"},
		{"customer|list|--sort|nothing", 2, "", "nothing"},
		{"history|show|2|-f|csv|--columns|record,action", 0, "customer,added", ""},
		{"history|show|99", 4, "", "no entry 99"},
		{"history|show|x", 2, "", "not the number of an entry"},
		{"customer|show|be", 0, "Beta", ""},
	};
	shell_table(*state, rows, COUNT(rows));
}

static void milestones_change_their_state_and_fields(void **state)
{
	static const struct shell_row rows[] = {
		{"milestone|list|acme|-f|csv|--columns|key,occurrence,state", 0, "review,3,todo",
			""},
		{"milestone|list|acme|key == \"review\" and occurrence > 1|-q", 0,
			"review#2\nreview#3\n", ""},
		{"milestone|list|state == \"todo\"|--limit|1|-q", 0, "signed\n", ""},
		{"milestone|start|acme|signed", 0, "", "signed"},
		{"milestone|block|acme|kickoff|--reason|no room", 0, "", "kickoff"},
		{"milestone|show|acme|kickoff", 0, "Agenda", ""},
		{"milestone|show|acme|kickoff", 0, "Be short.", ""},
		{"milestone|show|acme|kickoff", 0, "Deliverable: A plan", ""},
		{"milestone|show|acme|kickoff|-f|csv", 0, "reason,no room", ""},
		{"--lang|zh|milestone|show|acme|kickoff", 0, "议程", ""},
		{"--lang|en|milestone|skip|acme|review#3|--reason|too many", 0, "", "review"},
		{"milestone|reopen|acme|kickoff", 0, "", "kickoff"},
		{"milestone|check|acme|kickoff|1", 0, "", "Agenda"},
		{"milestone|check|acme|kickoff|纪要", 0, "", NULL},
		{"milestone|check|acme|kickoff|9", 4, "", "no item"},
		{"milestone|uncheck|acme|kickoff|Agenda", 0, "", "Agenda"},
		{"milestone|show|acme|kickoff|-f|csv", 0, "items_done,1", ""},
		{"milestone|set|acme|kickoff|due=2026-04-01", 0, "", "kickoff"},
		{"milestone|set|acme|kickoff|due=2026-13-01", 2, "", "2026-13-01"},
		{"milestone|set|acme|kickoff|state=done", 2, "", "state"},
		{"milestone|add|acme|dinner|Dinner|--stage|growth|--due|2026-03-20", 0, "",
			"dinner"},
		{"milestone|add|acme|dinner2|Dinner|--stage|grwth|--due|2026-03-20", 2, "",
			"growth"},
		{"milestone|show|acme|dinner|-f|csv", 0, "title,Dinner", ""},
		{"milestone|show|acme|nothing", 4, "", "nothing"},
	};
	shell_table(*state, rows, COUNT(rows));
}

static void alerts_are_acknowledged_snoozed_and_closed(void **state)
{
	static const struct shell_row rows[] = {
		{"alert|list|acme|-f|csv|--columns|id,rule,state", 0, "milestone-overdue,open", ""},
		{"alert|ack|1|--note|seen", 0, "", NULL},
		{"alert|show|1", 0, "acked", ""},
		{"alert|snooze|1", 2, "", "--reason is needed"},
		{"alert|snooze|1|--reason|fair|--until|2026-03-01", 2, "", "2026-03-16"},
		{"alert|snooze|1|--reason|fair", 0, "", NULL},
		{"alert|show|1|-f|csv", 0, "until,2026-03-23", ""},
		{"alert|resolve|1", 0, "", NULL},
		{"alert|list|--all|state == \"resolved\"|-q", 0, "1\n", ""},
		{"alert|show|one", 2, "", "is not the number of an alert"},
		{"alert|show|99", 4, "", "99"},
		{"alert|ack|99", 4, "", "99"},
	};
	shell_table(*state, rows, COUNT(rows));
}

static void conditions_and_filters_are_explained(void **state)
{
	static const struct shell_row rows[] = {
		{"explain|filter|acme|segment == \"mid\" and days_since(logins) > 3", 0,
			"filter\n  segment == \"mid\" and days_since(logins) > 3: unknown, "
			"days_since(logins)\n    segment == \"mid\": true\n      segment: mid\n",
			""},
		{"explain|filter|acme|arr > 5|-f|csv", 0,
			"filter,0,arr > 5,true,,,,,\r\nfilter,1,arr,120000,,,,,\r\n", ""},
		{"explain|filter|acme|arr >", 2, "", "column 6"},
		{"explain|condition|acme|signed", 0, "", "signed: no condition"},
		{"explain|condition|acme|signed|-f|json", 0, "[]", "signed: no condition"},
		{"explain|condition|acme|sgned", 4, "", "did you mean \"signed\""},
		{"explain|condition|nobody|signed", 4, "", "nobody"},
		{"explain|condition|acme", 2, "", NULL},
		{"customer|list|open(milestones) > 0|-q", 0, "acme\n", ""},
		{"customer|list|sum(logns, 30d) > 0", 2, "", "did you mean logins"},
	};
	shell_table(*state, rows, COUNT(rows));
}

static void records_of_customers(void **state)
{
	static const struct shell_row rows[] = {
		{"subscription|list|-f|csv|--columns|customer,annual", 0, "acme,120000.00", ""},
		{"subscription|add|yunlan|key=s1|start=2026-01-01|monthly=100|currency=CNY", 0, "",
			"yunlan"},
		{"customer|show|yunlan|-f|csv", 0, "arr,1200.00", ""},
		{"subscription|set|s1|monthly=200", 0, "", NULL},
		{"customer|show|yunlan|-f|csv", 0, "arr,2400.00", ""},
		{"subscription|set|s1|monthly=much", 2, "", "much"},
		{"subscription|set|s9|monthly=1", 4, "", "s9"},
		{"subscription|show|s1|-f|csv", 0, "currency,CNY", ""},
		{"usage|add|acme|metric=logins|value=5", 0, "", "acme"},
		{"usage|list|acme|-f|csv|--columns|date,metric,value", 0, "2026-03-16,logins,5",
			""},
		{"complaint|add|acme|key=t1|text=Slow|severity=high", 0, "", "acme"},
		{"complaint|show|t1|-f|csv", 0, "severity,high", ""},
		{"complaint|set|t1|closed=2026-03-17", 0, "", NULL},
		{"complaint|set|t1|severity=huge", 2, "", "urgent"},
		{"churn|add|yunlan|reason=budget", 0, "", "yunlan"},
		{"churn|list|-f|csv|--columns|customer,reason", 0, "yunlan,budget", ""},
	};
	shell_table(*state, rows, COUNT(rows));
}

static void the_journal_is_shown_and_taken_back(void **state)
{
	static const struct shell_row rows[] = {
		{"history|-f|csv|--columns|actor,undone", 0, "li,false", ""},
		{"history|yunlan|-f|csv|--columns|command", 0, "customer add yunlan", ""},
		{"history|--since|2027-01-01|-f|json", 0, "[]", ""},
		{"undo", 0, "", "yunlan"},
		{"customer|list|-q", 0, "acme\n", ""},
		{"redo", 0, "", "yunlan"},
		{"redo", 4, "", NULL},
		{"undo|2", 0, "", NULL},
		{"customer|list|-f|json", 0, "[]", ""},
		{"undo|none", 2, "", "is not a number of entries"},
		{"undo|0", 2, "", NULL},
		{"undo|9", 4, "", "entr"},
		{"redo|9", 4, "", "can be done again"},
		{"redo|2", 0, "", "done again: "},
		{"undo|3", 0, "", "undone: "},
		{"undo", 4, "", NULL},
	};
	shell_table(*state, rows, COUNT(rows));
}

static void journeys_and_files(void **state)
{
	struct shell *s = *state;
	shell_file(s, "bad.yaml", "journey: bad\nversion: 0\ntitel: x\nstages: []\n");
	shell_file(s, "cal.yaml", "calendar: ours\nholidays: [2026-01-01]\n");
	static const struct shell_row rows[] = {
		{"check|@small.yaml|@cal.yaml", 0, "", "2 files checked: 0 errors"},
		{"check|@bad.yaml", 3, "", "bad.yaml:3:1: error"},
		{"check|@bad.yaml|-f|json", 3, "\"line\": 3", NULL},
		{"check|@cal.yaml", 0, "", "1 file checked: 0 errors, 0 warnings"},
		{"check|@none.yaml", 1, "", "none.yaml"},
		{"check|-q|@small.yaml", 0, "", ""},
		{"journey|list|-q", 0, "small", ""},
		{"journey|list|--sort|-key|-q", 0, NULL, ""},
		{"journey|show|small@1", 0, "journey: small", ""},
		{"journey|show|smal", 4, "", "smal"},
		{"journey|preview|small|--start|2026-01-31|-f|csv|--columns|key,due", 0,
			"review,2026-02-28\r\nreview,2026-03-31\r\n", ""},
		{"journey|preview|@small.yaml|--start|2026-01-31|--term|soon", 2, "", "7d"},
		{"journey|preview|tob-annual|--start|2026-03-02", 0, "2026-04-06",
			"hours of effort in all\ntend: note: 18 fall on days off: csm-plan#1 "
			"2026-04-06"},
		{"journey|preview|tob-annual|--start|2026-03-02|-f|csv", 0, "2026-04-06", ""},
		{"journey|preview|@small.yaml|--set|x", 2, "", "FIELD=VALUE"},
		{"journey|publish|@small.yaml", 0, "", NULL},
		{"journey|publish|@bad.yaml", 3, "", "bad.yaml:2:"},
		{"publish|@bad.yaml", 3, "", "bad.yaml:2:"},
		{"journey|enroll|yunlan|small|--start|2026-03-01", 0, "", "yunlan"},
		{"customer|show|yunlan|-f|csv", 0, "journey,small@1", ""},
		{"journey|enroll|yunlan|nothing", 4, "", "nothing"},
	};
	shell_table(s, rows, COUNT(rows));
}

static void imports_and_their_reports(void **state)
{
	struct shell *s = *state;
	shell_file(s, "c.csv", "key,name,started\nk1,One,2026-01-01\nk2,Two,2026-01-02\n");
	shell_file(s, "bad.csv", "key,name,started\nk3,Three,2026-01-01\nk4,Four,soon\n");
	static const struct shell_row rows[] = {
		{"import|custmers|@c.csv", 2, "", "did you mean customers?"},
		{"import|galaxies|@c.csv", 2, "", "it is one of"},
		{"-n|import|customers|@c.csv", 0, "2", NULL},
		{"customer|list|-q", 0, "acme\nyunlan\n", ""},
		{"import|customers|@c.csv|-f|json", 0, "\"added\": 2", ""},
		{"import|customers|@c.csv|-f|json", 0, "\"unchanged\": 2", ""},
		{"import|customers|@bad.csv", 3, NULL, "bad.csv:3:"},
		{"import|customers|@bad.csv|--partial|-f|json", 0, "\"rejected\": 1", "bad.csv:3:"},
		{"customer|list|key == \"k3\"|-q", 0, "k3\n", ""},
		{"import|customers|@none.csv", 1, "", "none.csv"},
		{"import|customers|@c.csv|--map|@none.yaml", 1, "", "none.yaml"},
	};
	shell_table(s, rows, COUNT(rows));
	assert_true(support_exists(support_path(s->dir, "bad.csv.rejected.csv")));
}

static void renewal_checklists(void **state)
{
	static const struct shell_row rows[] = {
		{"renewal|prepare", 2, "", "--within 60d"},
		{"renewal|prepare|acme|--within|60d", 2, "", "not both"},
		{"renewal|prepare|acme|--format|docx", 2, "", "md, html, csv, json"},
		{"renewal|prepare|acme", 0, "Acme Works", ""},
		{"renewal|prepare|acme|-f|json", 0, "\"acme\"", ""},
		{"renewal|prepare|acme|yunlan|--out|@packs", 0, "acme-renewal.md", ""},
		{"renewal|prepare|acme|--out|@packs", 1, "", "acme-renewal.md"},
		{"renewal|prepare|acme|--out|@packs|--force", 0, "acme-renewal.md", ""},
		{"-n|renewal|prepare|acme|--out|@none", 0, "", "would write"},
		{"renewal|prepare|--within|10d", 0, "", "no renewal in this time"},
		{"renewal|prepare|nobody", 4, "", "nobody"},
	};
	shell_table(*state, rows, COUNT(rows));
	struct shell *s = *state;
	assert_false(support_exists(support_path(s->dir, "none")));
	assert_int_equal(support_mode(support_path(s->dir, "packs/acme-renewal.md")), 0600);
}

static void records_without_a_key_have_a_number(void **state)
{
	static const struct shell_row rows[] = {
		{"log|acme|--kind|call|One", 0, "", NULL},
		{"activity|list|-q", 0, "1\n", ""},
		{"activity|list|-f|csv", 0, "id,customer", ""},
		{"activity|list|-f|json", 0, "\"id\": 1", ""},
		{"activity|show|1|-f|csv", 0, "text,One", ""},
		{"activity|set|1|text=Two|date=-1d", 0, "", NULL},
		{"activity|show|1|-f|csv", 0, "date,2026-03-15", ""},
		{"activity|set|1|date=+1d", 2, "", "in the future"},
		{"activity|set|1|id=7", 2, "", "id"},
		{"churn|add|acme|reason=price|date=-6d", 0, "", NULL},
		{"churn|list|-q", 0, "1\n", ""},
		{"churn|show|1|-f|csv", 0, "date,2026-03-10", ""},
		{"churn|set|1|reason=budget", 0, "", NULL},
		{"churn|add|acme|reason=x|id=9", 2, "", "id"},
	};
	shell_table(*state, rows, COUNT(rows));
}

static void dates_may_be_written_as_people_do(void **state)
{
	static const struct shell_row rows[] = {
		{"milestone|add|acme|lunch|Lunch|--due|fri", 0, "", NULL},
		{"milestone|show|acme|lunch|-f|csv", 0, "due,2026-03-20", ""},
		{"milestone|set|acme|lunch|due=+3d", 0, "", NULL},
		{"milestone|show|acme|lunch|-f|csv", 0, "due,2026-03-19", ""},
		{"milestone|set|acme|lunch|due=下周五", 0, "", NULL},
		{"milestone|show|acme|lunch|-f|csv", 0, "due,2026-03-27", ""},
		{"milestone|set|acme|lunch|due=someday", 2, "", "someday"},
		{"log|acme|--kind|call|--date|-3d|Hello", 0, "", NULL},
		{"log|acme|--kind|call|--date|tomorrow|Hello", 2, "", "in the future"},
		{"log|acme|--kind|call|--date|2026-03-17|Hello", 2, "", "in the future"},
		{"customer|add|new|New|--started|today", 0, "", NULL},
		{"customer|show|new|-f|csv", 0, "started,2026-03-16", ""},
		{"customer|add|two words|New|--started|today", 2, "", "no blanks"},
		{"alert|snooze|1|--reason|fair|--until|fri", 0, "", NULL},
		{"alert|show|1|-f|csv", 0, "until,2026-03-20", ""},
	};
	shell_table(*state, rows, COUNT(rows));
}

static void plain_words_search_the_customers(void **state)
{
	static const struct shell_row rows[] = {
		{"customer|set|yunlan|tags=Key Account", 0, "", NULL},
		{"customer|list|acm|-q", 0, "acme\n", ""},
		{"customer|list|WORKS|-q", 0, "acme\n", ""},
		{"customer|list|key account|-q", 0, "yunlan\n", ""},
		{"customer|list|a|--sort|-key|--limit|1|-q", 0, "yunlan\n", ""},
		{"customer|list|ferry", 2, "", "ferry"},
		{"customer|list|acme ==", 2, "", "column"},
	};
	shell_table(*state, rows, COUNT(rows));
}

static void everything_is_searched(void **state)
{
	static const struct shell_row rows[] = {
		{"search|acm|-q", 0, "acme\n", ""},
		{"search|ACME|kick|-f|csv|--columns|customer,kind,record,where", 0,
			"acme,milestone,kickoff,\r\n", ""},
		{"contact|add|acme|name=Ada Blue|department=Engines", 0, "", NULL},
		{"search|engine|-f|json", 0, "\"where\": \"Department: Engines\"", ""},
		{"--lang|zh|search|engine|-f|csv", 0, "部门: Engines", ""},
		{"--lang|en|search|ab|--kind|contact|-q", 0, "acme-contact-1\n", ""},
		{"search|ａｄａ", 0, "Ada Blue", ""}, {"undo", 0, "", NULL},
		{"search|engine", 0, "", "nothing to show"}, {"search|engine|-f|json", 0, "[]", ""},
		{"redo", 0, "", NULL}, {"search|engine|-q", 0, "acme-contact-1\n", ""},
		{"search|review|--limit|1", 0, "review", "--limit N shows more"},
		{"search|review|--limit|0", 0, "review", ""}, {"search", 2, "", "TEXT"},
		{"search| ", 2, "", "nothing to search for"},
		{"search|a|--kind|usage", 2, "", "no kind that can be searched"},
		{"search|a|--limit|x", 2, "", "limit"},
		{"history|-q|--limit|1", 0, "4\n", ""}, /* no trace */
	};
	shell_table(*state, rows, COUNT(rows));
}

static void undo_takes_back_what_was_asked_or_nothing(void **state)
{
	static const struct shell_row rows[] = {
		{"log|acme|--kind|call|1", 0, "", NULL},
		{"log|acme|--kind|call|2", 0, "", NULL},
		{"log|acme|--kind|call|3", 0, "", NULL},
		{"log|acme|--kind|call|4", 0, "", NULL},
		{"undo|99999", 4, "", "entries can be taken back"},
		{"activity|list|-q", 0, "4\n3\n2\n1\n", ""},
		{"undo|4", 0, "", "call logged (acme) and 1 more"},
		{"activity|list|-f|json", 0, "[]", ""},
		{"redo|4", 0, "", "done again: call logged"},
		{"redo|0", 2, "", "is not a number of entries"},
	};
	shell_table(*state, rows, COUNT(rows));
}

static const char *find_bytes(const char *data, size_t n, const char *needle)
{
	size_t len = strlen(needle);
	for (size_t i = 0; i + len <= n; i++) {
		if (memcmp(data + i, needle, len) == 0) {
			return data + i;
		}
	}
	return NULL;
}

/* U+202E turns what follows around, U+200B shows nothing, 0x1B begins a terminal's command. */
static void what_is_invisible_in_given_texts_is_made_visible_and_counted(void **state)
{
#define RLO "\xE2\x80\xAE"
#define ZWSP "\xE2\x80\x8B"
	static const struct shell_row rows[] = {
		{"customer|add|evil|A" RLO "B|--started|2026-03-02|--tags|x" ZWSP "y", 0, "",
			"2 invisible or control characters were made visible"},
		{"customer|show|evil|-f|csv", 0, "name,A<U+202E>B\r\n", ""},
		{"customer|show|evil|-f|csv", 0, "x<U+200B>y", ""},
		{"customer|set|evil|segment=a\x1b[2Jb", 0, "",
			"1 invisible or control character was made visible"},
		{"customer|show|evil|-f|csv", 0, "segment,a\xE2\x90\x9B[2Jb", ""},
		{"log|acme|--kind|call|--contact|Z" RLO "|said" ZWSP, 0, "", "2 invisible"},
		{"activity|list|acme|-f|csv", 0, "Z<U+202E>", ""},
		{"activity|list|acme|-f|csv", 0, "said<U+200B>", ""},
		{"milestone|add|acme|own|T" RLO "|--due|2026-04-01", 0, "", "1 invisible"},
		{"milestone|show|acme|own|-f|csv", 0, "title,T<U+202E>", ""},
		{"milestone|set|acme|own|owner=" ZWSP "li", 0, "", "1 invisible"},
		{"milestone|block|acme|own|--reason|no" RLO, 0, "", "1 invisible"},
		{"milestone|show|acme|own|-f|csv", 0, "reason,no<U+202E>", ""},
		{"alert|ack|1|--note|seen" RLO, 0, "", "1 invisible"},
		{"alert|show|1|-f|csv", 0, "note,seen<U+202E>", ""},
		{"complaint|add|acme|text=bad" ZWSP "|severity=high", 0, "", "1 invisible"},
		{"complaint|list|acme|-f|csv", 0, "bad<U+200B>", ""},
		{"history|-f|csv", 0, "customer evil added (A<U+202E>B)", ""},
		{"customer|set|evil|owner=li", 0, "", "owner=li\n"},
		{"customer|add|ev" ZWSP "il|A|--started|2026-03-02", 2, "", "invisible characters"},
		{"customer|set|evil|name=A\xff", 2, "", "valid UTF-8"},
	};
	struct shell *s = *state;
	shell_table(s, rows, COUNT(rows));
	assert_null(strstr(s->messages, "visible or control"));
	/* nowhere in the file of the store */
	size_t n = 0;
	char *store = support_read(support_path(s->dir, "book.db"), &n);
	assert_null(find_bytes(store, n, RLO));
	assert_null(find_bytes(store, n, ZWSP));
	assert_null(find_bytes(store, n, "\x1b[2J"));
	free(store);
}

static void what_stops_work_wants_a_reason(void **state)
{
	static const struct shell_row rows[] = {
		{"milestone|block|acme|kickoff", 0, "", "say why with --reason"},
		{"-q|milestone|block|acme|signed", 0, "", ""},
		{"milestone|skip|acme|review#3", 0, "", "say why with --reason"},
	};
	shell_table(*state, rows, COUNT(rows));
}

static void help_knows_commands_and_their_options(void **state)
{
	static const struct shell_row rows[] = {
		{"help|nosuch", 2, "", "unknown command"},
		{"help|custmer", 2, "", "did you mean \"customer\"?"},
		{"help|customer|ad", 2, "", "did you mean \"customer add\"?"},
		{"help|import", 0, "--partial", ""},
		{"help|customer", 0, "--started", ""},
		{"help|milestone|add", 0, "--due", ""},
		{"customer|--help", 0, "--started", ""},
	};
	shell_table(*state, rows, COUNT(rows));
}

static void the_store_as_a_whole(void **state)
{
	static const struct shell_row rows[] = {
		{"store|init", 1, "", "book.db"},
		{"store|check", 0, "", "is sound"},
		{"store|info|-f|csv", 0, "customers,2", ""},
		{"store|backup|@copy.db", 0, "", "copy.db"},
		{"store|backup|@copy.db", 1, "", "copy.db"},
		{"store|backup|@copy.db|--force", 0, "", "copy.db"},
		{"customer|set|acme|owner=wang", 0, "", NULL},
		{"store|restore|@copy.db", 0, "", "is kept as"},
		{"customer|show|acme|-f|csv", 0, "owner,li", ""},
		{"store|restore|@none.db", 5, "", "none.db"},
		{"evaluate", 0, "", "2026-03-16"},
		{"--db|@trial.db|store|generate|--customers|3|--seed|1", 0, "", NULL},
		{"--db|@trial.db|customer|list|-q", 0, NULL, ""},
		{"--db|@trial.db|store|generate|--customers|0", 2, "", "from 1 on"},
	};
	shell_table(*state, rows, COUNT(rows));
}

static void a_dry_run_says_what_would_be_done(void **state)
{
	static const struct shell_row rows[] = {
		{"-n|done|acme|signed", 0, "", "signed"},
		{"-n|customer|set|acme|owner=wang", 0, "", "acme"},
		{"-n|log|acme|--kind|call|x", 0, "", "acme"},
		{"milestone|show|acme|signed|-f|csv", 0, "state,todo", ""},
		{"customer|show|acme|-f|csv", 0, "owner,li", ""},
		{"activity|list|-f|json", 0, "[]", ""},
	};
	shell_table(*state, rows, COUNT(rows));
}

static void messages_are_chinese_where_the_language_is(void **state)
{
	struct shell *s = *state;
	static const struct shell_row rows[] = {
		{"--lang|zh|custmer|list", 2, "", NULL},
		{"--lang|zh|customer|show|nobody", 4, "", NULL},
		{"--lang|zh|customer|list|arr >", 2, "", NULL},
		{"--lang|zh|done|acme|nothing", 4, "", NULL},
		{"--lang|zh|log|acme|x", 2, "", NULL},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		shell_table(s, &rows[i], 1);
		bool chinese = false;
		for (const char *at = s->messages; *at != '\0'; at++) {
			chinese = chinese || (unsigned char)*at >= 0xE4;
		}
		if (!chinese) {
			fail_msg("%s: not Chinese: %s", rows[i].words, s->messages);
		}
	}
	tend_lang_set(TEND_EN);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, shell_setup, shell_teardown)
	const struct CMUnitTest tests[] = {
		TEST(the_daily_commands),
		TEST(customers_are_added_changed_and_listed),
		TEST(milestones_change_their_state_and_fields),
		TEST(alerts_are_acknowledged_snoozed_and_closed),
		TEST(conditions_and_filters_are_explained),
		TEST(conditions_and_filters_are_explained),
		TEST(records_of_customers),
		TEST(the_journal_is_shown_and_taken_back),
		TEST(journeys_and_files),
		TEST(imports_and_their_reports),
		TEST(renewal_checklists),
		TEST(records_without_a_key_have_a_number),
		TEST(dates_may_be_written_as_people_do),
		TEST(plain_words_search_the_customers),
		TEST(everything_is_searched),
		TEST(undo_takes_back_what_was_asked_or_nothing),
		TEST(what_is_invisible_in_given_texts_is_made_visible_and_counted),
		TEST(what_stops_work_wants_a_reason),
		TEST(help_knows_commands_and_their_options),
		TEST(the_store_as_a_whole),
		TEST(a_dry_run_says_what_would_be_done),
		TEST(messages_are_chinese_where_the_language_is),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
