/* SPDX-License-Identifier: MIT */
/* Playbooks, health, alerts and messages; conditions in any file. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "reading.h"

static const char *const metrics[] = {"logins", "seats"};
static const char *const custom[] = {"region"};

static bool exists(void *ctx, enum tend_file_kind kind, const char *key)
{
	(void)ctx;
	return kind == TEND_KIND_PLAYBOOK && tend_same(key, "free-training");
}

static const struct tend_yaml_env env = {.exists = exists,
	.names = {.metrics = metrics, .nmetrics = 2, .custom = custom, .ncustom = 1}};

static void health_profiles_are_checked(void **state)
{
	(void)state;
	static const struct reading_row rows[] = {
		{"the documented example",
			"health: default\n"
			"for: stage != \"winback\"\n"
			"measures:\n"
			"  - {key: activity, weight: 50, value: days_since(logins), good: 3, bad: "
			"30, valid: 14 days, title: {en: Activity}}\n"
			"  - {key: trend, weight: 30, value: \"change(logins, 30d)\", good: 0, "
			"bad: -50%}\n"
			"  - {key: judgement, weight: 20, value: judgement, good: 6, bad: 1, "
			"valid: 30 days}\n"
			"bands: {good: 70, fair: 40}\n",
			""},
		{"weights by the hundredth",
			"health: h\nmeasures:\n"
			"  - {key: a, weight: 33.3, value: arr, good: 1, bad: 0}\n"
			"  - {key: b, weight: 33.3, value: arr, good: 1, bad: 0}\n"
			"  - {key: c, weight: 33.4, value: arr, good: 1, bad: 0}\n",
			""},
		{"weights that total 90",
			"health: h\nmeasures: [{key: a, weight: 90, value: arr, good: 1, bad: "
			"0}]\n",
			"2:11: error: the weights total 90, not 100\n"},
		{"weights of nothing and less",
			"health: h\nmeasures:\n"
			"  - {key: a, weight: 0, value: arr, good: 1, bad: 0}\n"
			"  - {key: b, weight: -5, value: arr, good: 1, bad: 0}\n"
			"  - {key: c, weight: 105, value: arr, good: 1, bad: 0}\n",
			"3:22: error: a weight must be more than 0\n"
			"4:22: error: a weight must be more than 0\n"},
		{"good is bad",
			"health: h\nmeasures: [{key: a, weight: 100, value: arr, good: 30%, bad: "
			"0.3}]\n",
			"2:62: error: \"good\" and \"bad\" are equal\n"},
		{"measures twice, and what they lack",
			"health: h\nmeasures:\n"
			"  - {key: a, weight: 50, value: arr, good: 1, bad: 0}\n"
			"  - {key: a, weight: x, value: arr + , good: \"1\", bda: 0}\n",
			"4:5: error: the key \"bad\" is missing\n"
			"4:11: error: another measure has the key \"a\"\n"
			"4:22: error: \"weight\": expected a number, found \"x\"\n"
			"4:37: error: the expression ends where a value should follow\n"
			"4:46: error: \"good\": expected a number, found \"1\"\n"
			"4:51: error: unknown key \"bda\"; did you mean \"bad\"?\n"},
		{"bands upside down",
			"health: h\nmeasures: [{key: a, weight: 100, value: arr, good: 1, bad: "
			"0}]\n"
			"bands: {good: 40, fair: 40}\n",
			"3:8: error: the band \"good\" must begin above \"fair\"\n"},
		{"bands beyond the scale",
			"health: h\nmeasures: [{key: a, weight: 100, value: arr, good: 1, bad: "
			"0}]\n"
			"bands: {good: 101, fair: -1}\n",
			"3:15: error: a band begins between 0 and 100\n"
			"3:26: error: a band begins between 0 and 100\n"},
		{"half a band",
			"health: h\nmeasures: [{key: a, weight: 100, value: arr, good: 1, bad: "
			"0}]\n"
			"bands: {good: 70}\n",
			"3:8: error: the key \"fair\" is missing\n"},
		{"no measures", "health: h\nmeasures: []\n",
			"2:11: error: the weights total 0, not 100\n"},
		{"an unknown metric is a warning",
			"health: h\nmeasures: [{key: a, weight: 100, value: latest(login), good: "
			"1, bad: 0}]\n",
			"2:48: warning: there is no metric \"login\"; did you mean logins?\n"},
	};
	reading_assert_rows(rows, sizeof(rows) / sizeof(rows[0]), &env);
}

static void alert_rules_are_checked(void **state)
{
	(void)state;
	static const struct reading_row rows[] = {
		{"the documented example",
			"alerts: default\nrules:\n"
			"  - key: fading\n"
			"    severity: high\n"
			"    title: {en: Use is fading, zh: \xE4\xBD\xBF\xE7\x94\xA8}\n"
			"    when: change(logins, 30d) <= -30%\n"
			"    clear: change(logins, 30d) > -10%\n"
			"    cooldown: 14 days\n"
			"    suggest: [free-training]\n"
			"    for: status == \"churned\"\n"
			"    why: {en: \"Logins fell {change(logins, 30d)} in 30 days\", zh: "
			"\"{owner}\"}\n",
			""},
		{"what a rule lacks", "alerts: a\nrules: [{}]\n",
			"2:9: error: the key \"key\" is missing\n"
			"2:9: error: the key \"severity\" is missing\n"
			"2:9: error: the key \"title\" is missing\n"
			"2:9: error: the key \"when\" is missing\n"},
		{"what is wrong in one",
			"alerts: a\nrules:\n"
			"  - key: a\n"
			"    severity: higher\n"
			"    title: A\n"
			"    when: arr >\n"
			"    clear: arr\n"
			"    cooldown: soon\n"
			"    suggest: [free-traning, free-training, free-training]\n"
			"    whye: x\n",
			"4:15: error: \"severity\": unknown \"higher\"; did you mean \"high\"?\n"
			"6:16: error: the expression ends where a value should follow\n"
			"7:12: error: a condition is expected here; arr is a number\n"
			"8:15: error: \"cooldown\": expected a duration such as 7 days or 3 "
			"months, found \"soon\"\n"
			"9:15: warning: there is no file \"playbook: free-traning\"\n"
			"9:44: error: \"free-training\" stands in the list twice\n"
			"10:5: error: unknown key \"whye\"; did you mean \"why\"?\n"},
		{"braces",
			"alerts: a\nrules:\n"
			"  - {key: a, severity: low, title: A, when: lapsed, why: \"{arr\"}\n"
			"  - {key: b, severity: low, title: B, when: lapsed, why: \"arr}\"}\n"
			"  - {key: c, severity: low, title: C, when: lapsed, why: {zh: "
			"\"\xE4\xB8\xAD {ar}\", en: \"{}\"}}\n"
			"  - {key: d, severity: low, title: D, when: lapsed, why: \"{{arr}}\"}\n",
			"3:58: error: a brace without its other half: {\xE2\x80\xA6} holds an "
			"expression\n"
			"4:58: error: a brace without its other half: {\xE2\x80\xA6} holds an "
			"expression\n"
			"5:67: warning: there is no field \"ar\"; did you mean arr?\n"
			"5:79: error: the expression ends where a value should follow\n"
			"6:58: error: a brace without its other half: {\xE2\x80\xA6} holds an "
			"expression\n"},
		{"twice",
			"alerts: a\nrules:\n"
			"  - {key: a, severity: low, title: A, when: lapsed}\n"
			"  - {key: a, severity: low, title: A, when: lapsed}\n",
			"4:11: error: another rule has the key \"a\"\n"},
		{"rules as text", "alerts: a\nrules: none\n",
			"2:8: error: \"rules\": expected a list, found \"none\"\n"},
	};
	reading_assert_rows(rows, sizeof(rows) / sizeof(rows[0]), &env);
}

static void messages_are_checked(void **state)
{
	(void)state;
	static const struct reading_row rows[] = {
		{"right",
			"message: hello\ntitle: T\nsubject: {en: \"Hi {name}\"}\nbody:\n  en: |\n  "
			"  Dear {owner},\n"
			"    welcome.\n  zh: \xE4\xBD\xA0\xE5\xA5\xBD\n",
			""},
		{"no body", "message: hello\n", "1:1: error: the key \"body\" is missing\n"},
		{"an unknown name", "message: hello\nbody: Dear {onwer}\n",
			"2:13: warning: there is no field \"onwer\"; did you mean owner?\n"},
		{"a body of another language", "message: hello\nbody: {fr: x}\n",
			"2:7: error: \"body\" has a text in neither en nor zh\n"
			"2:8: warning: the language \"fr\" is never shown: en and zh are\n"},
	};
	reading_assert_rows(rows, sizeof(rows) / sizeof(rows[0]), &env);
}

static void playbooks_are_checked_like_milestones(void **state)
{
	(void)state;
	static const struct reading_row rows[] = {
		{"right",
			"playbook: save\nversion: 2\ntitle: T\nwhen: arr > 1000\nsteps:\n"
			"  - {key: call, title: Call, due: start, items: [a, b]}\n"
			"  - {key: visit, title: Visit, due: milestone.call + 3 workdays, after: "
			"[call], effort: 2h}\n",
			""},
		{"what it lacks", "playbook: save\n",
			"1:1: error: the key \"title\" is missing\n"
			"1:1: error: the key \"steps\" is missing\n"},
		{"no steps", "playbook: save\ntitle: T\nsteps: []\n",
			"3:8: error: \"steps\" is empty: at least one is needed\n"},
		{"stages belong to journeys",
			"playbook: save\ntitle: T\nsteps:\n"
			"  - {key: a, stage: growth, title: A, due: stage.growth}\n",
			"4:14: error: unknown key \"stage\"\n"
			"4:44: error: there is no stage \"growth\"\n"},
		{"cycles",
			"playbook: save\ntitle: T\nsteps:\n"
			"  - {key: a, title: A, due: start, after: [b]}\n"
			"  - {key: b, title: B, due: start, after: [a]}\n",
			"5:44: error: these milestones wait for each other: a > b > a\n"},
		{"a condition",
			"playbook: save\ntitle: T\nwhen: arr >> 1\nsteps: [{key: a, title: A, due: "
			"start}]\n",
			"3:12: error: a value is expected here, not >\n"},
	};
	reading_assert_rows(rows, sizeof(rows) / sizeof(rows[0]), &env);
}

#define J(milestone)                                                                               \
	"journey: j\nversion: 1\ntitle: T\nstages: [{key: s, from: start}]\nmilestones:\n  - "     \
	"{key: a, stage: s, title: A, due: start, " milestone "}\n"

static void conditions_are_found_at_their_characters(void **state)
{
	(void)state;
	static const struct reading_row rows[] = {
		{"right",
			J("when: region == \"north\" and not lapsed, done_when: latest(seats) > 3"),
			""},
		{"plain", J("when: arr >> 1"), "6:57: error: a value is expected here, not >\n"},
		{"quoted", J("when: \"segmnt == 'x'\""),
			"6:53: warning: there is no field \"segmnt\"; did you mean segment?\n"},
		{"in another scalar", J("done_when: 'days_since(login) < 3'"),
			"6:69: warning: there is no metric \"login\"; did you mean logins?\n"},
		{"both", J("when: arr >, done_when: arr <"),
			"6:57: error: the expression ends where a value should follow\n6:75: "
			"error: the expression ends where a value should follow\n"},
		{"a list", J("when: [arr]"),
			"6:52: error: \"when\": expected a text, found a list\n"},
		{"block",
			"journey: j\nversion: 1\ntitle: T\nstages:\n  - key: s\n    from: start\n  "
			"  when: >-\n"
			"      \xE4\xB8\xAD == 1\n",
			"8:7: warning: there is no field \"\xE4\xB8\xAD\"\n"},
	};
	reading_assert_rows(rows, sizeof(rows) / sizeof(rows[0]), &env);
}

static void without_an_environment_no_name_is_unknown(void **state)
{
	(void)state;
	static const struct reading_row rows[] = {
		{"names", J("when: whatever == 1 and latest(foo) > 2"), ""},
		{"errors stay", J("when: whatever =="),
			"6:63: error: the expression ends where a value should follow\n"},
	};
	reading_assert_rows(rows, sizeof(rows) / sizeof(rows[0]), NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(health_profiles_are_checked),
		cmocka_unit_test(alert_rules_are_checked),
		cmocka_unit_test(messages_are_checked),
		cmocka_unit_test(playbooks_are_checked_like_milestones),
		cmocka_unit_test(conditions_are_found_at_their_characters),
		cmocka_unit_test(without_an_environment_no_name_is_unknown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
