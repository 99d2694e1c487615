/* SPDX-License-Identifier: MIT */
/* Journeys that extend others: what they come to, and where what is wrong in them is said. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "reading.h"

#define BASE                                                                                       \
	"journey: base\nversion: 2\ntitle: {en: Base, zh: B}\nterm: 6 months\ncalendar: cn\n"      \
	"standard: {response: 4h, recovery: 2 workdays}\n"                                         \
	"stages:\n"                                                                                \
	"  - {key: growth, title: Growth, from: start}\n"                                          \
	"  - {key: renewal, title: Renewal, from: renewal - 2 months, when: not lapsed}\n"         \
	"milestones:\n"                                                                            \
	"  - {key: a, stage: growth, title: A, due: start, items: [One, Two], effort: 1h}\n"       \
	"  - {key: b, stage: growth, title: B, due: start + 1 week, after: [a]}\n"                 \
	"  - {key: c, stage: renewal, title: C, due: renewal - 1 month, after: [a, b], when: arr " \
	"> 5}\n"

#define HEAD "journey: ours\nversion: 1\nextends: base\n"

static const struct {
	const char *name, *text;
} files[] = {
	{"base", BASE},
	{"base@2", BASE},
	{"middle", "journey: middle\nversion: 1\nextends: base@2\ntitle: Middle\ndrop: [a]\n"},
	{"hurt", "journey: hurt\nversion: 1\ntitle: T\nstages: [\n"},
	{"wrong",
		"journey: wrong\nversion: 1\ntitle: T\nstages: [{key: s, from: start}]\n"
		"milestones:\n  - {key: m, stage: s, title: M, due: soon}\n"},
	{"hanging",
		"journey: hanging\nversion: 1\ntitle: T\nstages: [{key: s, from: start}]\n"
		"milestones:\n  - {key: go-live, stage: s, title: M, due: start}\n"
		"  - {key: review, stage: s, title: M, due: milestone.go-live + 1 week}\n"},
	{"english",
		"journey: english\nversion: 1\ntitle: T\nstages: [{key: s, from: start}]\n"
		"milestones: [{key: m, stage: s, title: {en: M}, due: start}]\n"},
	{"health", "health: health\n"},
	{"ring", "journey: ring\nversion: 1\nextends: ring-two\n"},
	{"ring-two", "journey: ring-two\nversion: 1\nextends: ring\n"},
	{"newer", "journey: ours\nversion: 1\ntitle: T\n"},
};

static enum tend_status base_text(
	void *ctx, const char *name, struct tend_str *ret_text, struct tend_error *err)
{
	(void)ctx;
	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		if (strcmp(files[i].name, name) == 0) {
			tend_str_add(ret_text, files[i].text);
			return TEND_OK;
		}
	}
	/* deep1 extends deep2, and so on without an end */
	if (strncmp(name, "deep", 4) == 0) {
		long long n;
		assert_true(tend_parse_int(name + 4, &n));
		tend_str_addf(
			ret_text, "journey: deep%lld\nversion: 1\nextends: deep%lld\n", n, n + 1);
		return TEND_OK;
	}
	return tend_fail(err, TEND_NOT_FOUND, "there is no journey \"%s\"", name);
}

static const struct tend_yaml_env env = {.base = base_text};

static struct tend_journey *read_variant(const char *text)
{
	struct tend_findings findings;
	struct tend_journey *j;
	tend_findings_init(&findings, "t.yaml");
	if (tend_yaml_journey(text, strlen(text), &env, &findings, &j) != TEND_OK) {
		char *found = reading_findings(&findings);
		fail_msg("%s", found);
	}
	tend_findings_finish(&findings);
	return j;
}

/* "growth renewal | a(2) b<a c<a,b?" : stages; milestones with how many items, what they wait for, if they ask. */
static void assert_shape(const char *text, const char *shape)
{
	struct tend_journey *j = read_variant(text);
	struct tend_str out = {0};
	for (size_t i = 0; i < j->nstages; i++) {
		tend_str_addf(&out, "%s ", j->stages[i].key);
	}
	tend_str_add(&out, "|");
	for (size_t i = 0; i < j->nmilestones; i++) {
		const struct tend_template_milestone *m = &j->milestones[i];
		tend_str_addf(&out, " %s", m->key);
		if (m->nitems > 0) {
			tend_str_addf(&out, "(%zu)", m->nitems);
		}
		for (size_t k = 0; k < m->nafter; k++) {
			tend_str_addf(&out, "%s%s", k == 0 ? "<" : ",", m->after[k]);
		}
		tend_str_add(&out, m->when != NULL ? "?" : "");
	}
	assert_string_equal(tend_str_text(&out), shape);
	tend_str_finish(&out);
	tend_journey_destroy(j);
}

static void a_variant_has_all_that_its_base_has(void **state)
{
	(void)state;
	assert_shape(HEAD, "growth renewal | a(2) b<a c<a,b?");
	struct tend_journey *j = read_variant(HEAD "title: Ours\n");
	assert_string_equal(j->key, "ours");
	assert_int_equal(j->version, 1);
	assert_string_equal(j->extends, "base");
	assert_string_equal(j->title.zh, "Ours");
	assert_int_equal(j->term.n, 6);
	assert_string_equal(j->calendar, "cn");
	assert_int_equal(j->milestones[0].effort, 60);
	assert_int_equal(j->milestones[0].line, 0);
	assert_int_equal(j->milestones[1].after_at[0].line, 0);
	assert_int_equal(j->stages[0].from.line, 0);
	tend_journey_destroy(j);
	assert_shape(
		"journey: ours\nversion: 1\nextends: base@2\n", "growth renewal | a(2) b<a c<a,b?");
}

static void what_it_says_stands_over_the_base(void **state)
{
	(void)state;
	struct tend_journey *j =
		read_variant(HEAD "term: 12 months\n"
				  "calendar: ~\n"
				  "standard: {response: 30m, cadence: 1 month, recovery: ~}\n"
				  "stages:\n"
				  "  - {key: renewal, from: renewal - 3 months}\n"
				  "milestones:\n"
				  "  - {key: b, due: start + 2 weeks, visible: yes}\n"
				  "  - {key: c, when: ~, after: [b]}\n");
	assert_string_equal(j->title.en, "Base");
	assert_int_equal(j->term.n, 12);
	assert_null(j->calendar);
	assert_int_equal(j->standard.response, 30);
	assert_int_equal(j->standard.recovery, 0);
	assert_int_equal(j->standard.cadence.n, 1);
	assert_int_equal(j->stages[1].from.offset.n, -3);
	assert_string_equal(j->stages[1].title.en, "Renewal");
	assert_string_equal(j->stages[1].when, "not lapsed");
	assert_int_equal(j->stages[1].line, 8);
	assert_int_equal(j->milestones[1].due.offset.n, 2);
	assert_string_equal(j->milestones[1].title.en, "B");
	assert_true(j->milestones[1].visible);
	assert_int_equal(j->milestones[1].nafter, 1);
	assert_int_equal(j->milestones[1].line, 10);
	assert_null(j->milestones[2].when);
	assert_int_equal(j->milestones[2].nafter, 1);
	assert_string_equal(j->milestones[2].after[0], "b");
	tend_journey_destroy(j);
}

static void entries_are_added_placed_changed_and_dropped(void **state)
{
	(void)state;
	assert_shape(HEAD
		"milestones: [{key: d, stage: growth, title: D, due: start, items: [X]}]\n",
		"growth renewal | a(2) b<a c<a,b? d(1)");
	assert_shape(HEAD "stages: [{key: middle, before: renewal, from: start + 1 month}]\n"
			  "milestones:\n"
			  "  - {key: d, before: b, stage: middle, title: D, due: start}\n"
			  "  - {key: e, before: d, stage: middle, title: E, due: start}\n",
		"growth middle renewal | a(2) e d b<a c<a,b?");
	assert_shape(HEAD "milestones:\n"
			  "  - {key: e, before: d, stage: growth, title: E, due: start}\n"
			  "  - {key: d, before: b, stage: growth, title: D, due: start}\n"
			  "  - {key: f, before: b, stage: growth, title: F, due: start}\n",
		"growth renewal | a(2) e d f b<a c<a,b?");
	assert_shape(
		HEAD "milestones: [{key: c, before: a}]\n", "growth renewal | c<a,b? a(2) b<a");
	assert_shape(HEAD "milestones: [{key: a, items: [One, Two, Three]}]\n",
		"growth renewal | a(3) b<a c<a,b?");
	assert_shape(HEAD "milestones: [{key: a, items: ~}]\n", "growth renewal | a b<a c<a,b?");
	assert_shape(HEAD "drop: [a]\n", "growth renewal | b c<b?");
	assert_shape(HEAD
		"drop: [a, b]\nmilestones: [{key: d, stage: growth, title: D, due: start}]\n",
		"growth renewal | c? d");
	assert_shape("journey: ours\nversion: 1\nextends: middle\n", "growth renewal | b c<b?");
	assert_shape("journey: ours\nversion: 1\nextends: middle\n"
		     "milestones: [{key: a, stage: growth, title: A, due: start}]\n",
		"growth renewal | b c<b? a");
}

static void what_is_wrong_in_a_variant_is_said_at_its_place(void **state)
{
	(void)state;
	static const struct reading_row rows[] = {
		{"right", HEAD, ""},
		{"its own keys",
			HEAD "titel: T\nmilestones:\n  - {key: b, du: start}\n  - {key: d, before: "
			     "bb, stage: growth, title: D, due: start}\n",
			"4:1: error: unknown key \"titel\"; did you mean \"title\"?\n"
			"6:14: error: unknown key \"du\"; did you mean \"due\"?\n"
			"7:22: error: the base has no \"bb\"; did you mean \"b\"?\n"},
		{"a new entry has all that it needs", HEAD "milestones: [{key: e, title: E}]\n",
			"4:14: error: the key \"stage\" is missing\n"
			"4:14: error: the key \"due\" is missing\n"},
		{"its own references",
			HEAD "milestones:\n  - {key: b, stage: groth, after: [aa]}\n",
			"5:21: error: there is no stage \"groth\"; did you mean \"growth\"?\n"
			"5:36: error: there is no milestone \"aa\"; did you mean \"a\"?\n"},
		{"drop", HEAD "drop: [aa, a, a, [b]]\nmilestones: [{key: c, visible: yes}]\n",
			"4:8: error: the base has no \"aa\"; did you mean \"a\"?\n"
			"4:15: error: \"a\" stands in the list twice\n"
			"4:18: error: the base has no \"\"\n"},
		{"drop and change", HEAD "drop: [c]\nmilestones: [{key: c, visible: yes}]\n",
			"4:8: error: \"c\" is dropped and changed at once\n"},
		{"no list to drop", HEAD "drop: c\n",
			"4:7: error: \"drop\": expected a list of keys\n"},
		{"twice", HEAD "milestones: [{key: c, visible: yes}, {key: c, visible: no}]\n",
			"4:44: error: \"c\" stands in the list twice\n"},
		{"the version is its own", "journey: ours\nextends: base\n",
			"1:1: error: the key \"version\" is missing\n"},
		{"before itself", HEAD "milestones: [{key: c, before: c}]\n",
			"4:31: error: \"c\" cannot stand before itself\n"},
		{"in a circle", HEAD "milestones: [{key: c, before: b}, {key: b, before: c}]\n",
			"4:31: error: \"c\" cannot stand before itself\n"},
		{"before what is dropped", HEAD "drop: [b]\nmilestones: [{key: c, before: b}]\n",
			"5:31: error: \"b\" is dropped\n"},
		{"nothing to place in a journey of its own",
			"journey: t\nversion: 1\ntitle: T\nstages: [{key: s, from: start}]\n"
			"drop: [x]\n",
			"5:1: error: unknown key \"drop\"\n"},
	};
	reading_assert_rows(rows, sizeof(rows) / sizeof(rows[0]), &env);
}

static void a_key_that_is_nearly_the_bases_is_no_new_one(void **state)
{
	(void)state;
	static const struct reading_row rows[] = {
		{"a milestone",
			"journey: ours\nversion: 1\nextends: hanging\nmilestones:\n"
			"  - {key: go-life, effort: 1h}\n",
			"5:11: error: the base has no \"go-life\"; did you mean \"go-live\"?\n"},
		{"a stage", HEAD "stages: [{key: grwth, title: More}]\n",
			"4:16: error: the base has no \"grwth\"; did you mean \"growth\"?\n"},
		{"what is wrong in it is said beside",
			"journey: ours\nversion: 1\nextends: hanging\nmilestones:\n"
			"  - {key: go-life, effort: soon}\n",
			"5:11: error: the base has no \"go-life\"; did you mean \"go-live\"?\n"
			"5:28: error: \"effort\": expected hours or minutes such as 2h or 30m, "
			"found "
			"\"soon\"\n"},
		{"a whole one is new",
			"journey: ours\nversion: 1\nextends: hanging\nmilestones:\n"
			"  - {key: go-life, stage: s, title: L, due: start}\n",
			""},
		{"a whole stage is new", HEAD "stages: [{key: growths, from: start + 1 month}]\n",
			""},
		{"far from all", HEAD "milestones: [{key: training, stage: growth, due: start}]\n",
			"4:14: error: the key \"title\" is missing\n"},
	};
	reading_assert_rows(rows, sizeof(rows) / sizeof(rows[0]), &env);
}

static void what_is_wrong_in_the_whole_is_said_as_such(void **state)
{
	(void)state;
	static const struct reading_row rows[] = {
		{"a date hangs on what is dropped",
			"journey: ours\nversion: 1\nextends: base\nmilestones:\n"
			"  - {key: d, stage: growth, title: D, due: milestone.b}\ndrop: [b]\n",
			"5:44: error: there is no milestone \"b\"\n"},
		{"the base's date hangs on it",
			"journey: ours\nversion: 1\nextends: hanging\ndrop: [go-live]\n",
			"3:10: error: together with hanging@1, line 7, \"review\": there is no "
			"milestone "
			"\"go-live\"\n"},
		{"and is changed with it",
			"journey: ours\nversion: 1\nextends: hanging\ndrop: [go-live]\n"
			"milestones: [{key: review, due: start + 1 month}]\n",
			""},
		{"the base's own", "journey: ours\nversion: 1\nextends: wrong\n",
			"3:10: error: together with wrong@1, line 6, \"m\": \"due\": unknown "
			"anchor "
			"\"soon\": expected start, renewal, stage.KEY or milestone.KEY\n"},
		{"mended",
			"journey: ours\nversion: 1\nextends: wrong\nmilestones: [{key: m, due: "
			"start}]\n",
			""},
		{"a circle over both", HEAD "milestones: [{key: a, after: [b]}]\n",
			"3:10: error: together with base@2, line 12, \"b\": these milestones wait "
			"for "
			"each "
			"other: a > b > a\n"},
	};
	reading_assert_rows(rows, sizeof(rows) / sizeof(rows[0]), &env);
}

static void a_base_that_cannot_be_had_is_said_once(void **state)
{
	(void)state;
	static const struct reading_row rows[] = {
		{"missing", "journey: ours\nversion: 1\nextends: bas\n",
			"3:10: error: there is no journey \"bas\"\n"},
		{"no name", "journey: ours\nversion: 1\nextends: [a]\n",
			"3:10: error: \"\" is not a journey: write KEY or KEY@VERSION\n"},
		{"a path", "journey: ours\nversion: 1\nextends: /etc/passwd\n",
			"3:10: error: \"/etc/passwd\" is not a journey: write KEY or "
			"KEY@VERSION\n"},
		{"no version", "journey: ours\nversion: 1\nextends: base@zero\n",
			"3:10: error: \"base@zero\" is not a journey: write KEY or KEY@VERSION\n"},
		{"not readable", "journey: ours\nversion: 1\nextends: hurt\n",
			"3:10: error: in hurt, line 5: not readable as YAML: did not find expected "
			"node "
			"content\n"},
		{"no journey", "journey: ours\nversion: 1\nextends: health\n",
			"3:10: error: health is no journey\n"},
		{"itself", "journey: ours\nversion: 1\nextends: newer\n",
			"3:10: error: ours@1 extends itself\n"},
		{"a ring", "journey: ours\nversion: 1\nextends: ring\n",
			"3:10: error: ring@1 extends itself\n"},
		{"too deep", "journey: ours\nversion: 1\nextends: deep1\n",
			"3:10: error: more than 8 journeys extend each other\n"},
	};
	reading_assert_rows(rows, sizeof(rows) / sizeof(rows[0]), &env);
	char *found = reading_check(HEAD, strlen(HEAD), NULL);
	assert_string_equal(found, "3:10: error: there is no journey \"base\"\n");
	free(found);
}

static void warnings_of_the_whole_are_said_as_such(void **state)
{
	(void)state;
	static const struct reading_row rows[] = {
		{"a text of the base in one language",
			"journey: ours\nversion: 1\nextends: english\ntitle: {en: T, zh: T}\n",
			"3:10: warning: together with english@1, line 5, \"m\": this text stands "
			"in one "
			"language only; others stand in en and zh\n"},
		{"of the base", "journey: ours\nversion: 1\nextends: hanging\n",
			"3:10: warning: together with hanging@1, line 7, \"review\": \"M\" is the "
			"title of "
			"another "
			"milestone too\n"},
		{"a date of the base in another stage of the variant",
			HEAD "stages: [{key: renewal, from: start + 1 day, when: ~}]\n"
			     "milestones: [{key: a, due: start + 3 days, effort: ~}]\n",
			"3:10: warning: together with base@2, line 12, \"b\": due outside its "
			"stage "
			"\"growth\": a start on 2026-01-01 gives 2026-01-08, in \"renewal\"\n"
			"5:28: warning: due outside its stage \"growth\": a start on 2026-01-01 "
			"gives 2026-01-04, in \"renewal\"\n"},
	};
	struct tend_yaml_env strict = {.base = base_text, .lint = true};
	reading_assert_rows(rows, sizeof(rows) / sizeof(rows[0]), &strict);
}

static void a_version_is_written_behind_the_base(void **state)
{
	(void)state;
	static const struct {
		const char *text, *pinned;
	} rows[] = {
		{"journey: o\nextends: base # ours\n", "journey: o\nextends: base@7 # ours\n"},
		{"journey: o\r\nextends: 'base'\r\n", "journey: o\r\nextends: 'base@7'\r\n"},
		{"\xEF\xBB\xBFjourney: \xE5\x90\x88\nextends: \"\xE5\x90\x88\"",
			"\xEF\xBB\xBFjourney: \xE5\x90\x88\nextends: \"\xE5\x90\x88@7\""},
		{"{journey: o, extends: base, version: 1}\n",
			"{journey: o, extends: base@7, version: 1}\n"},
		{"journey: o\nextends: base@3\n", "journey: o\nextends: base@3\n"},
		{"journey: o\n", "journey: o\n"},
		{"extends: [a]\n", "extends: [a]\n"},
		{"", ""},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char *pinned = tend_yaml_pin(rows[i].text, strlen(rows[i].text), 7);
		assert_string_equal(pinned, rows[i].pinned);
		free(pinned);
	}
	assert_int_equal(tend_yaml_version(BASE, strlen(BASE)), 2);
	assert_int_equal(tend_yaml_version("version: 0\n", 11), 0);
	assert_int_equal(tend_yaml_version("a: [\n", 5), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_variant_has_all_that_its_base_has),
		cmocka_unit_test(what_it_says_stands_over_the_base),
		cmocka_unit_test(entries_are_added_placed_changed_and_dropped),
		cmocka_unit_test(what_is_wrong_in_a_variant_is_said_at_its_place),
		cmocka_unit_test(a_key_that_is_nearly_the_bases_is_no_new_one),
		cmocka_unit_test(what_is_wrong_in_the_whole_is_said_as_such),
		cmocka_unit_test(a_base_that_cannot_be_had_is_said_once),
		cmocka_unit_test(warnings_of_the_whole_are_said_as_such),
		cmocka_unit_test(a_version_is_written_behind_the_base),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
