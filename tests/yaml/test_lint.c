/* SPDX-License-Identifier: MIT */
/* Warnings about what may stand in a file but is hardly meant, and the names of rules. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include <tend/rules.h>

#include "reading.h"

#define HEAD "journey: t\nversion: 1\ntitle: T\n"
#define STAGES                                                                                     \
	"stages:\n  - {key: growth, from: start}\n  - {key: renewal, from: renewal - 2 months}\n"  \
	"  - {key: winback, from: renewal, when: lapsed}\n"
#define GOOD HEAD STAGES "milestones:\n"
#define CN "\xE5\x90\x88"

static const struct tend_yaml_env env = {.lint = true};

static void milestones_lie_inside_their_stage(void **state)
{
	(void)state;
	static const struct reading_row rows[] = {
		{"inside",
			GOOD "  - {key: a, stage: growth, title: A, due: start}\n"
			     "  - {key: b, stage: growth, title: B, due: renewal - 9 weeks}\n"
			     "  - {key: c, stage: renewal, title: C, due: stage.renewal}\n"
			     "  - {key: d, stage: renewal, title: D, due: renewal + 1 week}\n"
			     "  - {key: e, stage: winback, title: E, due: renewal}\n",
			""},
		{"after it", GOOD "  - {key: a, stage: growth, title: A, due: renewal - 1 month}\n",
			"9:44: warning: due outside its stage \"growth\": a start on 2026-01-01 "
			"gives 2026-12-01, in \"renewal\"\n"},
		{"before it",
			GOOD "  - {key: a, stage: renewal, title: A, due: start + 1 year - 1}\n",
			"9:45: error: \"due\": \"- 1\" is too much: a date has one anchor "
			"and one offset\n"},
		{"before it begins",
			GOOD "  - {key: a, stage: renewal, title: A, due: stage.renewal - 1 day}\n",
			"9:45: warning: due outside its stage \"renewal\": a start on 2026-01-01 "
			"gives 2026-10-31, in \"growth\"\n"},
		{"before all", GOOD "  - {key: a, stage: growth, title: A, due: start - 1 week}\n",
			"9:44: warning: due outside its stage \"growth\": a start on 2026-01-01 "
			"gives 2025-12-25, before any stage\n"},
		{"on its own term",
			HEAD
			"term: 2 months\n" STAGES
			"milestones: [{key: a, stage: growth, title: A, due: start + 1 week}]\n",
			"9:53: warning: due outside its stage \"growth\": a start on 2026-01-01 "
			"gives 2026-01-08, in \"renewal\"\n"},
		{"only where months are short",
			GOOD "  - {key: a, stage: growth, title: A, due: renewal - 62 days}\n", ""},
		{"the first of many",
			GOOD "  - {key: a, stage: growth, title: A, due: start, repeat: {every: 1 "
			     "month}}\n",
			""},
		{"too many",
			GOOD "  - {key: a, stage: growth, title: A, due: start - 3 years, repeat: "
			     "{every: 1 day}}\n",
			"9:3: warning: milestone \"a\" repeats more than 1000 times\n"},
	};
	reading_assert_rows(rows, sizeof(rows) / sizeof(rows[0]), &env);
}

static void what_repeats_has_a_day(void **state)
{
	(void)state;
	static const struct reading_row rows[] = {
		{"it ends before it begins",
			GOOD "  - {key: a, stage: growth, title: A, due: start + 2 months, repeat: "
			     "{every: "
			     "1 month, until: start + 1 month}}\n"
			     "  - {key: b, stage: growth, title: B, due: start + 1 day, repeat: "
			     "{every: 1 "
			     "month, until: start}}\n"
			     "  - {key: c, stage: growth, title: C, due: start + 2 months, repeat: "
			     "{every: "
			     "1 month, until: start + 5 weeks}}\n"
			     "  - {key: d, stage: growth, title: D, due: start + 8 months, repeat: "
			     "{every: "
			     "1 month, until: renewal - 5 months}}\n",
			"9:70: warning: this never happens: \"until\" lies before the first day\n"
			"10:67: warning: this never happens: \"until\" lies before the first day\n"
			"11:70: warning: this never happens: \"until\" lies before the first day\n"
			"12:70: warning: this never happens: \"until\" lies before the first "
			"day\n"},
		{"it begins after the renewal",
			GOOD
			"  - {key: a, stage: growth, title: A, due: start + 12 months, repeat: "
			"{every: 1 month}}\n",
			"9:71: warning: this never happens: without \"until\" it repeats only "
			"before "
			"the renewal\n"},
		{"on its first day",
			GOOD "  - {key: a, stage: growth, title: A, due: start + 1 month, repeat: "
			     "{every: "
			     "1 month, until: start + 1 month}}\n",
			""},
		{"on some days alone",
			GOOD "  - {key: a, stage: growth, title: A, due: start + 31 days, repeat: "
			     "{every: "
			     "1 month, until: start + 1 month}}\n",
			""},
	};
	reading_assert_rows(rows, sizeof(rows) / sizeof(rows[0]), &env);
}

static void what_comes_after_is_due_later(void **state)
{
	(void)state;
	static const struct reading_row rows[] = {
		{"before it",
			GOOD "  - {key: needs, stage: growth, title: N, due: start + 3 weeks}\n"
			     "  - {key: kickoff, stage: growth, title: K, due: start + 5 workdays, "
			     "after: "
			     "[needs]}\n",
			"10:78: warning: due before \"needs\", after which it comes: a start on "
			"2026-01-01 gives 2026-01-08 and 2026-01-22\n"},
		{"of several",
			GOOD
			"  - {key: a, stage: growth, title: A, due: start}\n"
			"  - {key: b, stage: growth, title: B, due: start + 2 days, after: [a]}\n"
			"  - {key: c, stage: growth, title: C, due: start + 1 day, after: [a, "
			"b]}\n",
			"11:70: warning: due before \"b\", after which it comes: a start on "
			"2026-01-01 "
			"gives 2026-01-02 and 2026-01-03\n"},
		{"of steps",
			"playbook: p\ntitle: P\nsteps:\n"
			"  - {key: a, title: A, due: start + 1 week}\n"
			"  - {key: b, title: B, due: start + 1 day, after: [a]}\n"
			"  - {key: c, title: C, due: renewal - 1 year, after: [a]}\n"
			"  - {key: d, title: D, due: milestone.c, after: [a]}\n",
			"5:52: warning: due before \"a\", after which it comes: a start on "
			"2026-01-01 "
			"gives 2026-01-02 and 2026-01-08\n"},
		{"on the same day",
			GOOD "  - {key: a, stage: growth, title: A, due: start}\n"
			     "  - {key: b, stage: growth, title: B, due: start, after: [a]}\n",
			""},
		{"on some days alone",
			GOOD
			"  - {key: a, stage: growth, title: A, due: start + 1 month}\n"
			"  - {key: b, stage: growth, title: B, due: start + 30 days, after: [a]}\n",
			""},
	};
	reading_assert_rows(rows, sizeof(rows) / sizeof(rows[0]), &env);
}

static void what_others_have_is_missed(void **state)
{
	(void)state;
	static const struct reading_row rows[] = {
		{"nobody says efforts",
			GOOD "  - {key: a, stage: growth, title: A, due: start}\n"
			     "  - {key: b, stage: growth, title: B, due: start}\n",
			""},
		{"one does not",
			GOOD "  - {key: a, stage: growth, title: A, due: start, effort: 1h}\n"
			     "  - {key: b, stage: growth, title: B, due: start}\n",
			"10:5: warning: no effort is given here; other milestones say theirs\n"},
		{"a wrong one is not missing",
			GOOD "  - {key: a, stage: growth, title: A, due: start, effort: 1h}\n"
			     "  - {key: b, stage: growth, title: B, due: start, effort: 1}\n",
			"10:59: error: \"effort\": expected hours or minutes such as 2h or 30m, "
			"found \"1\"\n"},
		{"steps",
			"playbook: p\ntitle: P\nsteps:\n  - {key: a, title: A, due: start, effort: "
			"1h}\n  - {key: b, title: B, due: start}\n",
			"5:5: warning: no effort is given here; other milestones say theirs\n"},
		{"no language is missing",
			GOOD "  - {key: a, stage: growth, title: {en: A}, due: start}\n", ""},
		{"a language is missing",
			GOOD "  - {key: a, stage: growth, title: {en: A, zh: " CN "}, due: start}\n"
			     "  - {key: b, stage: growth, title: {zh: " CN CN "}, due: start,\n"
			     "     items: [{id: x, en: X}, One text for all]}\n",
			"10:36: warning: this text stands in one language only; others stand in en "
			"and zh\n"
			"11:14: warning: this text stands in one language only; others stand in en "
			"and zh\n"},
		{"in other kinds",
			"signals: s\nmetrics:\n  - {key: a, title: {en: A, zh: " CN "}}\n"
			"  - {key: b, title: {en: B}}\n",
			"4:21: warning: this text stands in one language only; others stand in en "
			"and zh\n"},
		{"of fields",
			"config: c\nfields:\n  - {key: a, title: {en: A, zh: " CN "}}\n"
			"  - {key: b, title: {zh: " CN "}}\n",
			"4:21: warning: this text stands in one language only; others stand in en "
			"and zh\n"},
	};
	reading_assert_rows(rows, sizeof(rows) / sizeof(rows[0]), &env);
}

static void titles_tell_milestones_apart(void **state)
{
	(void)state;
	static const struct reading_row rows[] = {
		{"twice",
			GOOD "  - {key: a, stage: growth, title: A, due: start}\n"
			     "  - {key: b, stage: growth, title: A, due: start}\n",
			"10:36: warning: \"A\" is the title of another milestone too\n"},
		{"in one language",
			GOOD "  - {key: a, stage: growth, title: {en: A, zh: " CN "}, due: start}\n"
			     "  - {key: b, stage: growth, title: {en: B, zh: " CN
			     "}, due: start}\n",
			"10:36: warning: \"" CN "\" is the title of another milestone too\n"},
		{"across languages they may",
			GOOD "  - {key: a, stage: growth, title: {en: A}, due: start}\n"
			     "  - {key: b, stage: growth, title: {zh: A}, due: start}\n",
			""},
	};
	reading_assert_rows(rows, sizeof(rows) / sizeof(rows[0]), &env);
}

static void conditions_that_never_hold_are_said(void **state)
{
	(void)state;
	static const struct reading_row rows[] = {
		{"of a milestone",
			GOOD
			"  - {key: a, stage: growth, title: A, due: start, when: arr > 5 and arr "
			"< 3,\n     done_when: arr == null}\n",
			"9:57: warning: this condition is never true\n"
			"10:17: warning: this condition is never true\n"},
		{"against its stage",
			GOOD "  - {key: a, stage: growth, title: A, due: start, when: stage == "
			     "\"renewal\"}\n",
			"9:57: warning: this condition is never true in the stage \"growth\"\n"},
		{"of a milestone that there is not",
			GOOD "  - {key: call, stage: growth, title: A, due: start, when: "
			     "done(\"cal\") or "
			     "done(\"call\"),\n     done_when: 'done(\"fading.nudge\") or "
			     "done(\"elsewhere\")'}\n",
			"9:60: warning: this journey has no milestone \"cal\"; did you mean "
			"\"call\"?\n"
			"10:17: warning: this journey has no milestone \"elsewhere\"\n"},
		{"of a stage that there is not",
			GOOD "  - {key: a, stage: growth, title: A, due: start, when: 'stage in "
			     "[\"grwoth\", \"x\"]',\n     done_when: stage == \"renewals\" and arr "
			     "> 1}\n"
			     "  - {key: b, stage: growth, title: B, due: start, when: stage == "
			     "\"x\" or arr > 1, done_when: stage == \"winback\"}\n",
			"9:57: warning: this condition is never true in a stage of this journey\n"
			"10:17: warning: this condition is never true in a stage of this "
			"journey\n"},
		{"of a stage", HEAD "stages: [{key: a, from: start, when: false}]\n",
			"4:38: warning: this condition is never true\n"},
		{"of a playbook",
			"playbook: p\ntitle: P\nwhen: not true\nsteps: [{key: a, title: A, due: "
			"start, when: stage == \"x\"}]\n",
			"3:7: warning: this condition is never true\n"},
		{"of rules",
			"alerts: a\nrules:\n  - {key: r, severity: low, title: R, when: arr < 1 "
			"and "
			"arr > 1, for: false, clear: false}\n",
			"3:45: warning: this condition is never true\n"
			"3:71: warning: this condition is never true\n"},
		{"of a profile",
			"health: h\nfor: stage == \"a\" and stage == \"b\"\nmeasures:\n"
			"  - {key: m, weight: 100, value: arr, good: 1, bad: 0}\n",
			"2:6: warning: this condition is never true\n"},
	};
	reading_assert_rows(rows, sizeof(rows) / sizeof(rows[0]), &env);
}

static void parts_of_a_hundred_have_their_sign(void **state)
{
	(void)state;
	const struct tend_yaml_env strict = reading_strict_env();
	static const struct reading_row rows[] = {
		{"without",
			HEAD
			"stages: [{key: a, from: start, when: 'change(logins, 30d) <= -30'}]\n",
			"4:62: warning: change() is a part of 1, and -30 is -3000%; did you mean "
			"-30%?\n"},
		{"the other way round",
			HEAD
			"stages: [{key: a, from: start, when: '50 < change(logins, 30d) + 0'},\n"
			"  {key: b, from: start, when: '20 < change(logins, 30d)'}]\n",
			"5:32: warning: change() is a part of 1, and 20 is 2000%; did you mean "
			"20%?\n"},
		{"with",
			HEAD "stages: [{key: a, from: start, when: 'change(logins, 30d) <= -30% or "
			     "change(logins, 30d) > 1000%'}]\n",
			""},
		{"parts",
			HEAD "stages: [{key: a, from: start, when: 'change(logins, 30d) <= -0.3 or "
			     "change(logins, 30d) > 2 or sum(logins, 30d) > 30'}]\n",
			""},
	};
	reading_assert_rows(rows, sizeof(rows) / sizeof(rows[0]), &strict);
}

#define EARLIER                                                                                    \
	"journey: t\nversion: 2\ntitle: T\n" STAGES "milestones:\n"                                \
	"  - {key: photos, stage: growth, title: {en: Photos, zh: " CN "}, due: start}\n"          \
	"  - {key: visit, stage: growth, title: Visit, due: start}\n"

static enum tend_status earlier_text(
	void *ctx, const char *name, struct tend_str *ret_text, struct tend_error *err)
{
	(void)ctx;
	if (strcmp(name, "t@2") == 0) {
		tend_str_add(ret_text, EARLIER);
		return TEND_OK;
	}
	if (strcmp(name, "v@1") == 0) {
		tend_str_add(ret_text,
			"journey: v\nversion: 1\nextends: t@2\nmilestones: [{key: own, "
			"stage: growth, title: Own, due: start}]\n");
		return TEND_OK;
	}
	return tend_fail(err, TEND_NOT_FOUND, "there is no journey \"%s\"", name);
}

static void former_keys_are_those_of_the_version_before(void **state)
{
	(void)state;
	static const struct tend_yaml_env with_earlier = {.lint = true, .base = earlier_text};
#define LATER(version) "journey: t\nversion: " version "\ntitle: T\n" STAGES "milestones:\n"
	static const struct reading_row rows[] = {
		{"one that was not there",
			LATER("3") "  - {key: pictures, was: fotos, stage: growth, title: P, due: "
				   "start}\n"
				   "  - {key: see, was: nothing-near, stage: growth, title: S, "
				   "due: "
				   "start}\n",
			"9:26: warning: version 2 has no milestone \"fotos\"; did you mean "
			"\"photos\"?\n"
			"10:21: warning: version 2 has no milestone \"nothing-near\"\n"},
		{"none, where the title stays",
			LATER("4") "  - {key: pictures, stage: growth, title: {en: Pictures, "
				   "zh: " CN "}, due: start}\n"
				   "  - {key: meeting, stage: growth, title: Visit, due: start}\n",
			"9:11: warning: version 2 calls this \"photos\": with \"was: photos\" "
			"customers keep what they did of it\n"
			"10:11: warning: version 2 calls this \"visit\": with \"was: visit\" "
			"customers keep what they did of it\n"},
		{"said rightly, and still said in the next version",
			LATER("3") "  - {key: pictures, was: photos, stage: growth, title: Photos, "
				   "due: "
				   "start}\n"
				   "  - {key: visit, was: tour, stage: growth, title: V, due: "
				   "start}\n"
				   "  - {key: more, stage: growth, title: More, due: start}\n",
			""},
		{"no version before",
			LATER("2") "  - {key: pictures, was: fotos, stage: growth, title: P, due: "
				   "start}\n",
			""},
		{"of a variant",
			"journey: v\nversion: 2\nextends: t@2\nmilestones:\n"
			"  - {key: mine, stage: growth, title: Own, due: start}\n",
			"5:11: warning: version 1 calls this \"own\": with \"was: own\" customers "
			"keep what they did of it\n"},
	};
#undef LATER
	reading_assert_rows(rows, sizeof(rows) / sizeof(rows[0]), &with_earlier);
	struct tend_findings findings;
	tend_findings_init(&findings, "t.yaml");
	(void)tend_yaml_check(rows[1].text, strlen(rows[1].text), &with_earlier, &findings, NULL);
	assert_int_equal(findings.n, 2);
	assert_string_equal(findings.items[0].rule, TEND_RULE_RENAMED);
	tend_findings_finish(&findings);
}

static void without_the_wish_there_are_no_such_warnings(void **state)
{
	(void)state;
	static const char text[] = GOOD
		"  - {key: a, stage: growth, title: A, due: renewal, effort: 1h, when: false}\n"
		"  - {key: b, stage: growth, title: A, due: start}\n";
	const struct tend_yaml_env quiet = {.lint = false};
	const struct tend_yaml_env *envs[] = {NULL, &quiet};
	for (size_t i = 0; i < 2; i++) {
		char *found = reading_check(text, strlen(text), envs[i]);
		assert_string_equal(found, "");
		free(found);
	}
}

static void findings_name_their_rule(void **state)
{
	(void)state;
	static const struct {
		const char *text, *rule;
	} rows[] = {
		{"journey: [", TEND_RULE_SYNTAX},
		{"journey: &a x", TEND_RULE_SYNTAX},
		{"journy: x\n", TEND_RULE_KIND},
		{HEAD STAGES "colour: x\n", TEND_RULE_UNKNOWN_KEY},
		{HEAD, TEND_RULE_MISSING_KEY},
		{HEAD STAGES "term: 1 month\nterm: 2 months\n", TEND_RULE_DUPLICATE_KEY},
		{HEAD STAGES "term: soon\n", TEND_RULE_TYPE},
		{HEAD STAGES "term: 3 days\n", TEND_RULE_VALUE},
		{HEAD "stages: [{key: a, from: start}, {key: a, from: start}]\n",
			TEND_RULE_DUPLICATE},
		{GOOD "  - {key: a, stage: groth, title: A, due: start}\n", TEND_RULE_REFERENCE},
		{GOOD "  - {key: a, stage: growth, title: A, due: milestone.a}\n", TEND_RULE_CYCLE},
		{GOOD "  - {key: a, stage: growth, title: A, due: start, when: arr >}\n",
			TEND_RULE_EXPRESSION},
		{"journey: t\nversion: 1\nextends: base\n", TEND_RULE_EXTENDS},
		{HEAD STAGES "health: mine\n", TEND_RULE_UNKNOWN_FILE},
		{GOOD "  - {key: a, stage: growth, title: A, due: start, when: ar > 5}\n",
			TEND_RULE_UNKNOWN_NAME},
		{HEAD "stages: [{key: a, from: start, when: 'change(logins, 30d) > 30'}]\n",
			TEND_RULE_PERCENT},
		{"journey: t\nversion: 1\ntitle: {en: T, fr: T}\n" STAGES, TEND_RULE_LANGUAGE},
		{GOOD "  - {key: a, stage: growth, title: A, due: renewal}\n",
			TEND_RULE_OUTSIDE_STAGE},
		{GOOD "  - {key: a, stage: growth, title: A, due: start, when: false}\n",
			TEND_RULE_UNREACHABLE},
		{GOOD "  - {key: a, stage: winback, title: A, due: renewal, repeat: {every: 1 "
		      "month}}\n",
			TEND_RULE_NEVER},
		{GOOD "  - {key: a, stage: growth, title: A, due: start + 1 day}\n"
		      "  - {key: b, stage: growth, title: B, due: start, after: [a]}\n",
			TEND_RULE_ORDER},
		{"calendar: c\nworkdays: [2026-01-02]\n", TEND_RULE_NO_EFFECT},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct tend_yaml_env full = reading_strict_env();
		struct tend_findings findings;
		tend_findings_init(&findings, "t.yaml");
		(void)tend_yaml_check(rows[i].text, strlen(rows[i].text), &full, &findings, NULL);
		bool found = false;
		for (size_t k = 0; k < findings.n; k++) {
			found = found || strcmp(findings.items[k].rule, rows[i].rule) == 0;
		}
		if (!found) {
			fail_msg("%s: nothing of the rule %s", rows[i].text, rows[i].rule);
		}
		tend_findings_finish(&findings);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(milestones_lie_inside_their_stage),
		cmocka_unit_test(what_repeats_has_a_day),
		cmocka_unit_test(what_comes_after_is_due_later),
		cmocka_unit_test(what_others_have_is_missed),
		cmocka_unit_test(titles_tell_milestones_apart),
		cmocka_unit_test(conditions_that_never_hold_are_said),
		cmocka_unit_test(parts_of_a_hundred_have_their_sign),
		cmocka_unit_test(former_keys_are_those_of_the_version_before),
		cmocka_unit_test(without_the_wish_there_are_no_such_warnings),
		cmocka_unit_test(findings_name_their_rule),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
