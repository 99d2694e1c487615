/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "reading.h"

#define HEAD "journey: t\nversion: 1\ntitle: T\n"
#define STAGES "stages: [{key: growth, from: start}]\n"
#define GOOD HEAD STAGES

static void the_documented_example_is_read_whole(void **state)
{
	(void)state;
	struct tend_journey *j = reading_journey(
		"journey: tob-annual\n"
		"version: 3\n"
		"title: {en: Annual To-B contract, zh: To B "
		"\xE5\xB9\xB4\xE5\xBA\xA6\xE5\x90\x88\xE5\x90\x8C}\n"
		"term: 1 year\n"
		"calendar: cn            # optional: workdays\n"
		"health: default\n"
		"alerts: default\n"
		"next: tob-second\n"
		"stages:\n"
		"  - {key: growth, title: {en: Growth, zh: \xE6\x88\x90\xE9\x95\xBF}, from: "
		"start}\n"
		"  - {key: maturity, from: start + 3 months}\n"
		"  - {key: winback, title: Win-back, from: renewal, when: lapsed}\n"
		"milestones:\n"
		"  - {key: signed, stage: growth, title: {en: Contract signed}, due: start}\n"
		"  - key: handover\n"
		"    stage: growth\n"
		"    title: Hand-over\n"
		"    due: start + 3 workdays\n"
		"    required: no\n"
		"    visible: yes\n"
		"    effort: 2h\n"
		"    items:\n"
		"      - {en: Papers, zh: \xE8\xB5\x84\xE6\x96\x99}\n"
		"      - {id: call, en: First call}\n"
		"      - {id: mail, title: {en: Mail}}\n"
		"      - Note\n"
		"    after: [signed]\n"
		"    when: segment == \"enterprise\" or arr >= 100000\n"
		"    done_when: days_since(logins) <= 7\n"
		"    guide: {en: Guide, zh: \xE6\x8C\x87\xE5\x8D\x97}\n"
		"    deliverable: Report\n"
		"  - key: monthly-review\n"
		"    stage: maturity\n"
		"    title: Review\n"
		"    due: milestone.handover + 3 months\n"
		"    effort: 45m\n"
		"    repeat: {every: 1 month, until: renewal - 2 months}\n");
	assert_string_equal(j->key, "tob-annual");
	assert_int_equal(j->version, 3);
	assert_string_equal(j->title.en, "Annual To-B contract");
	assert_int_equal(j->term.n, 1);
	assert_int_equal(j->term.unit, TEND_YEAR);
	assert_string_equal(j->calendar, "cn");
	assert_string_equal(j->next, "tob-second");
	assert_int_equal(j->nstages, 3);
	assert_string_equal(j->stages[1].title.zh, "maturity");
	assert_string_equal(j->stages[2].when, "lapsed");
	assert_non_null(j->stages[2].when_expr);
	assert_int_equal(j->stages[2].line, 12);
	assert_int_equal(j->stages[2].column, 11);
	assert_int_equal(j->nmilestones, 3);
	const struct tend_template_milestone *m = &j->milestones[0];
	assert_true(m->required);
	assert_false(m->visible);
	assert_int_equal(m->effort, -1);
	assert_null(m->title.zh);
	m = &j->milestones[1];
	assert_false(m->required);
	assert_true(m->visible);
	assert_int_equal(m->effort, 120);
	assert_int_equal(m->nitems, 4);
	assert_string_equal(m->items[0].key, "1");
	assert_string_equal(m->items[1].key, "call");
	assert_string_equal(m->items[1].title.en, "First call");
	assert_string_equal(m->items[2].title.en, "Mail");
	assert_string_equal(m->items[3].key, "4");
	assert_string_equal(m->items[3].title.zh, "Note");
	assert_int_equal(m->nafter, 1);
	assert_int_equal(m->after_ref[0], 0);
	assert_int_equal(m->after_at[0].line, 27);
	assert_string_equal(m->done_when, "days_since(logins) <= 7");
	assert_string_equal(m->guide.en, "Guide");
	assert_string_equal(m->deliverable.en, "Report");
	assert_int_equal(m->line, 15);
	assert_int_equal(m->column, 10);
	m = &j->milestones[2];
	assert_int_equal(m->stage, 1);
	assert_int_equal(m->due.ref, 1);
	assert_int_equal(m->effort, 45);
	assert_true(m->repeats && m->has_until);
	assert_int_equal(m->until.offset.n, -2);
	tend_journey_destroy(j);
}

static void a_small_journey_has_the_defaults(void **state)
{
	(void)state;
	struct tend_journey *j = reading_journey("\xEF\xBB\xBF---\n" GOOD "...\n");
	assert_int_equal(j->term.n, 12);
	assert_int_equal(j->term.unit, TEND_MONTH);
	assert_null(j->calendar);
	assert_int_equal(j->nmilestones, 0);
	tend_journey_destroy(j);
}

static void wrong_keys_and_types_are_found_at_their_place(void **state)
{
	(void)state;
	static const struct reading_row rows[] = {
		{"right", GOOD, ""},
		{"all that is required is missing", "journey: t\n",
			"1:1: error: the key \"version\" is missing\n"
			"1:1: error: the key \"title\" is missing\n"
			"1:1: error: the key \"stages\" is missing\n"},
		{"unknown keys with and without a suggestion", GOOD "tilte: x\nwhatever: x\n",
			"5:1: error: unknown key \"tilte\"; did you mean \"title\"?\n"
			"6:1: error: unknown key \"whatever\"\n"},
		{"duplicate key", GOOD "title: again\n",
			"5:1: error: the key \"title\" stands here twice\n"},
		{"a key that is a list", GOOD "[a]: x\n", "5:1: error: a key must be a text\n"},
		{"version of zero", "journey: t\nversion: 0\ntitle: T\n" STAGES,
			"2:10: error: \"version\": expected a whole number from 1 on, found "
			"\"0\"\n"},
		{"version in words", "journey: t\nversion: one\ntitle: T\n" STAGES,
			"2:10: error: \"version\": expected a whole number from 1 on, found "
			"\"one\"\n"},
		{"version as text", "journey: t\nversion: \"1\"\ntitle: T\n" STAGES,
			"2:10: error: \"version\": expected a whole number from 1 on, found "
			"\"1\"\n"},
		{"version with decimals", "journey: t\nversion: 1.5\ntitle: T\n" STAGES,
			"2:10: error: \"version\": expected a whole number from 1 on, found "
			"\"1.5\"\n"},
		{"title as list, number, nothing", "journey: t\nversion: 1\ntitle: [a]\n" STAGES,
			"3:8: error: \"title\": expected a text or {en: \xE2\x80\xA6, zh: "
			"\xE2\x80\xA6}, "
			"found a list\n"},
		{"title as number", "journey: t\nversion: 1\ntitle: 2026\n" STAGES,
			"3:8: error: \"title\": expected a text, found 2026: put it in quotes\n"},
		{"title as quoted number", "journey: t\nversion: 1\ntitle: \"2026\"\n" STAGES, ""},
		{"title of nothing", "journey: t\nversion: 1\ntitle:\n" STAGES,
			"3:7: error: \"title\": expected a text, found nothing\n"},
		{"title of null", "journey: t\nversion: 1\ntitle: null\n" STAGES,
			"3:8: error: \"title\": expected a text, found nothing\n"},
		{"title in another language",
			"journey: t\nversion: 1\ntitle: {fr: Titre, en: T}\n" STAGES,
			"3:9: warning: the language \"fr\" is never shown: en and zh are\n"},
		{"title in another language alone",
			"journey: t\nversion: 1\ntitle: {fr: Titre}\n" STAGES,
			"3:8: error: \"title\" has a text in neither en nor zh\n"
			"3:9: warning: the language \"fr\" is never shown: en and zh are\n"},
		{"a language twice",
			"journey: t\nversion: 1\ntitle: {en: T, en: U, zh: [x]}\n" STAGES,
			"3:16: error: the key \"en\" stands here twice\n"
			"3:27: error: \"title\": expected a text, found a list\n"},
		{"a key with a blank", "journey: a b\nversion: 1\ntitle: T\n" STAGES,
			"1:10: error: \"a b\" is not a key: letters, digits, - _ and . without "
			"blanks, at "
			"most 64 bytes\n"},
		{"a key with a sign in front", "journey: -b\nversion: 1\ntitle: T\n" STAGES,
			"1:10: error: \"-b\" is not a key: letters, digits, - _ and . without "
			"blanks, at "
			"most 64 bytes\n"},
		{"term of days", GOOD "term: 90 days\n",
			"5:7: error: \"term\" is counted in months, quarters or years\n"},
		{"term of nothing", GOOD "term: 0 months\n",
			"5:7: error: \"term\": a duration of nothing: it must be more than 0\n"},
		{"term too long", GOOD "term: 101 years\n",
			"5:7: error: \"term\" is longer than 100 years\n"},
		{"term in a word", GOOD "term: long\n",
			"5:7: error: \"term\": expected a duration such as 7 days or 3 months, "
			"found "
			"\"long\"\n"},
		{"stages as text", HEAD "stages: growth\n",
			"4:9: error: \"stages\": expected a list, found \"growth\"\n"},
		{"no stages", HEAD "stages: []\n",
			"4:9: error: \"stages\" is empty: at least one is needed\n"},
		{"a stage that is a text", HEAD "stages: [growth]\n",
			"4:10: error: expected a mapping (key: value), found \"growth\"\n"},
		{"a stage without key and from", HEAD "stages: [{title: x}]\n",
			"4:10: error: the key \"key\" is missing\n"
			"4:10: error: the key \"from\" is missing\n"},
		{"an absolute date", HEAD "stages: [{key: a, from: 2026-01-31}]\n",
			"4:25: error: \"from\": \"2026-01-31\" is an absolute date: count from "
			"start, "
			"renewal, stage.KEY or milestone.KEY\n"},
		{"a date that is a list", HEAD "stages: [{key: a, from: [start]}]\n",
			"4:25: error: \"from\": expected a date such as start + 3 days, found a "
			"list\n"},
	};
	reading_assert_rows(rows, sizeof(rows) / sizeof(rows[0]), NULL);
}

#define M(rest) GOOD "milestones:\n  - {key: a, stage: growth, title: A, due: start" rest "}\n"

static void milestones_are_checked_key_by_key(void **state)
{
	(void)state;
	static const struct reading_row rows[] = {
		{"right", M(""), ""},
		{"nothing required", GOOD "milestones: [{}]\n",
			"5:14: error: the key \"key\" is missing\n"
			"5:14: error: the key \"stage\" is missing\n"
			"5:14: error: the key \"title\" is missing\n"
			"5:14: error: the key \"due\" is missing\n"},
		{"required as a word", M(", required: maybe"),
			"6:61: error: \"required\": expected yes or no, found \"maybe\"\n"},
		{"required in quotes", M(", required: \"yes\""),
			"6:61: error: \"required\": expected yes or no, found \"yes\"\n"},
		{"all four words", M(", required: true, visible: false"), ""},
		{"effort in days", M(", effort: 2d"),
			"6:59: error: \"effort\": expected hours or minutes such as 2h or 30m, "
			"found "
			"\"2d\"\n"},
		{"effort without unit", M(", effort: 2"),
			"6:59: error: \"effort\": expected hours or minutes such as 2h or 30m, "
			"found "
			"\"2\"\n"},
		{"effort beyond a life", M(", effort: 99999999h"),
			"6:59: error: \"effort\" is too much\n"},
		{"items as text", M(", items: x"),
			"6:58: error: \"items\": expected a list, found \"x\"\n"},
		{"an item as list", M(", items: [[x]]"),
			"6:59: error: \"items\": expected a text or {en: \xE2\x80\xA6, zh: "
			"\xE2\x80\xA6}, "
			"found a list\n"},
		{"item ids that collide",
			M(", items: [{id: x, en: X}, {id: x, en: Y}, {id: 4, en: Z}, W]"),
			"6:80: error: another item has the id \"x\"\n"
			"6:96: error: another item has the id \"4\"\n"},
		{"an item with too much", M(", items: [{id: x, title: X, en: Y}]"),
			"6:77: error: unknown key \"en\"\n"},
		{"an item without text", M(", items: [{id: x}]"),
			"6:59: error: \"items\" has a text in neither en nor zh\n"},
		{"an item with two ids", M(", items: [{id: x, id: y, en: X}]"),
			"6:67: error: the key \"id\" stands here twice\n"},
		{"after as text", M(", after: a"),
			"6:58: error: \"after\": expected a list, found \"a\"\n"},
		{"after twice the same",
			M(", after: [b, b]") "  - {key: b, stage: growth, title: B, "
					     "due: start}\n",
			"6:62: error: \"b\" stands in the list twice\n"},
		{"after unknown",
			M(", after: [bb]") "  - {key: b1, stage: growth, title: B, due: "
					   "start}\n",
			"6:59: error: there is no milestone \"bb\"; did you mean \"b1\"?\n"},
		{"stage unknown",
			GOOD "milestones: [{key: a, stage: grwth, title: A, due: stage.other}]\n",
			"5:30: error: there is no stage \"grwth\"; did you mean \"growth\"?\n"
			"5:52: error: there is no stage \"other\"\n"},
		{"anchor unknown",
			GOOD "milestones: [{key: a, stage: growth, title: A, due: milestone.nope + "
			     "1 day}]\n",
			"5:53: error: there is no milestone \"nope\"\n"},
		{"until unknown", M(", repeat: {every: 1 month, until: milestone.x}"),
			"6:83: error: there is no milestone \"x\"\n"},
		{"every of zero", M(", repeat: {every: 0}"),
			"6:67: error: \"every\": expected a duration such as 7 days or 3 months, "
			"found "
			"\"0\"\n"},
		{"every of zero months", M(", repeat: {every: 0 months}"),
			"6:67: error: \"every\": a duration of nothing: it must be more than 0\n"},
		{"repeat without every", M(", repeat: {until: renewal}"),
			"6:59: error: the key \"every\" is missing\n"},
		{"repeat as text", M(", repeat: monthly"),
			"6:59: error: \"repeat\": expected a mapping, found \"monthly\"\n"},
		{"a repeat that never happens",
			GOOD "milestones: [{key: a, stage: growth, title: A, due: renewal, repeat: "
			     "{every: 1 month}}]\n",
			"5:70: warning: this never happens: without \"until\" it repeats only "
			"before the "
			"renewal\n"},
		{"milestones twice", M("") "  - {key: a, stage: growth, title: B, due: start}\n",
			"7:11: error: another milestone has the key \"a\"\n"},
		{"stages twice", HEAD "stages: [{key: a, from: start}, {key: a, from: renewal}]\n",
			"4:39: error: another stage has the key \"a\"\n"},
		{"everything at once",
			GOOD "milestones:\n"
			     "  - {key: a, stage: x, titel: A, due: soon, effort: 1}\n"
			     "  - nothing\n",
			"6:5: error: the key \"title\" is missing\n"
			"6:21: error: there is no stage \"x\"\n"
			"6:24: error: unknown key \"titel\"; did you mean \"title\"?\n"
			"6:39: error: \"due\": unknown anchor \"soon\": expected start, renewal, "
			"stage.KEY "
			"or milestone.KEY\n"
			"6:53: error: \"effort\": expected hours or minutes such as 2h or 30m, "
			"found "
			"\"1\"\n"
			"7:5: error: expected a mapping (key: value), found \"nothing\"\n"},
	};
	reading_assert_rows(rows, sizeof(rows) / sizeof(rows[0]), NULL);
}

static void cycles_are_named_once_with_all_that_take_part(void **state)
{
	(void)state;
	static const struct reading_row rows[] = {
		{"after itself", M(", after: [a]"),
			"6:59: error: these milestones wait for each other: a > a\n"},
		{"after in a ring",
			GOOD "milestones:\n"
			     "  - {key: a, stage: growth, title: A, due: start, after: [c]}\n"
			     "  - {key: b, stage: growth, title: B, due: start, after: [a]}\n"
			     "  - {key: c, stage: growth, title: C, due: start, after: [b]}\n"
			     "  - {key: d, stage: growth, title: D, due: start, after: [c]}\n",
			"7:59: error: these milestones wait for each other: a > c > b > a\n"},
		{"a milestone's own date",
			GOOD "milestones: [{key: a, stage: growth, title: A, due: milestone.a}]\n",
			"5:53: error: these dates wait for each other: milestone.a > "
			"milestone.a\n"},
		{"stages in a ring",
			HEAD "stages: [{key: a, from: stage.b}, {key: b, from: stage.a}]\n",
			"4:50: error: these dates wait for each other: stage.a > stage.b > "
			"stage.a\n"},
		{"a ring through both",
			HEAD "stages: [{key: a, from: milestone.m + 1 day}]\n"
			     "milestones: [{key: m, stage: a, title: M, due: stage.a}]\n",
			"5:48: error: these dates wait for each other: stage.a > milestone.m > "
			"stage.a\n"},
		{"both graphs have one",
			GOOD
			"milestones:\n"
			"  - {key: a, stage: growth, title: A, due: milestone.b, after: [b]}\n"
			"  - {key: b, stage: growth, title: B, due: milestone.a, after: [a]}\n",
			"7:44: error: these dates wait for each other: milestone.a > milestone.b > "
			"milestone.a\n"
			"7:65: error: these milestones wait for each other: a > b > a\n"},
		{"after one way and dates the other are none",
			GOOD "milestones:\n"
			     "  - {key: a, stage: growth, title: A, due: milestone.b}\n"
			     "  - {key: b, stage: growth, title: B, due: start, after: [a]}\n",
			""},
		{"until may name what follows",
			GOOD
			"milestones:\n"
			"  - {key: a, stage: growth, title: A, due: start, repeat: {every: 1 week, "
			"until: milestone.b}}\n"
			"  - {key: b, stage: growth, title: B, due: milestone.a + 1 month}\n",
			""},
		{"stages out of order in time are allowed",
			HEAD "stages: [{key: a, from: renewal}, {key: b, from: start}]\n", ""},
	};
	reading_assert_rows(rows, sizeof(rows) / sizeof(rows[0]), NULL);
}

static bool knows_default(void *ctx, enum tend_file_kind kind, const char *key)
{
	(void)ctx;
	return kind == TEND_KIND_CALENDAR || tend_same(key, "default");
}

static void references_that_are_not_found_are_warnings(void **state)
{
	(void)state;
	static const struct reading_row rows[] = {
		{"known", GOOD "calendar: cn\nhealth: default\nalerts: default\n", ""},
		{"unknown", GOOD "health: mine\nalerts: \"ours\"\nnext: later\n",
			"5:9: warning: there is no file \"health: mine\"\n"
			"6:9: warning: there is no file \"alerts: ours\"\n"
			"7:7: warning: there is no file \"journey: later\"\n"},
		{"itself", GOOD "next: t\n", ""},
	};
	struct tend_yaml_env env = {.exists = knows_default};
	reading_assert_rows(rows, sizeof(rows) / sizeof(rows[0]), &env);
}

static void what_is_promised_is_read_and_a_stage_overrides_it(void **state)
{
	(void)state;
	struct tend_journey *j = reading_journey(HEAD
		"standard: {response: 4h, recovery: 2 workdays, cadence: 1 month}\n"
		"track: {behind: 1 day, stuck: 3 weeks}\n"
		"stages:\n"
		"  - {key: growth, from: start}\n"
		"  - {key: renewal, from: renewal - 2 months, standard: {response: 30 minutes, "
		"cadence: 2w}}\n"
		"  - {key: after, from: renewal, standard: {recovery: 3 days}}\n");
	struct tend_standard said = tend_journey_standard(j, -1);
	assert_int_equal(said.response, 240);
	assert_false(said.response_workdays);
	assert_int_equal(said.recovery, 2 * 1440);
	assert_true(said.recovery_workdays);
	assert_int_equal(said.cadence.n, 1);
	assert_int_equal(said.cadence.unit, TEND_MONTH);
	assert_memory_equal(&(struct tend_standard){0}, &j->stages[0].standard, sizeof(said));
	assert_int_equal(tend_journey_standard(j, 0).response, 240);
	said = tend_journey_standard(j, 1);
	assert_int_equal(said.response, 30);
	assert_int_equal(said.recovery, 2 * 1440);
	assert_int_equal(said.cadence.n, 2);
	assert_int_equal(said.cadence.unit, TEND_WEEK);
	said = tend_journey_standard(j, 2);
	assert_int_equal(said.recovery, 3 * 1440);
	assert_false(said.recovery_workdays);
	assert_int_equal(tend_journey_standard(j, 3).recovery, 2 * 1440);
	assert_int_equal(j->track_behind, 1);
	assert_int_equal(j->track_stuck, 21);
	tend_journey_destroy(j);
	j = reading_journey(GOOD);
	assert_int_equal(tend_journey_standard(j, 0).response, 0);
	assert_int_equal(j->track_behind, 0);
	assert_int_equal(j->track_stuck, 30);
	tend_journey_destroy(j);
}

static void wrong_promises_are_found(void **state)
{
	(void)state;
	static const struct reading_row rows[] = {
		{"times", GOOD "standard: {response: 4, recovery: 2 moons, cadence: often}\n",
			"5:22: error: \"response\": expected a time such as 30m, 4h or 2 "
			"workdays, found \"4\"\n"
			"5:35: error: \"recovery\": expected a time such as 30m, 4h or 2 "
			"workdays, found \"2 moons\"\n"
			"5:53: error: \"cadence\": expected a duration such as 7 days or 3 "
			"months, found \"often\"\n"},
		{"no time and too much", GOOD "standard: {response: 0h, recovery: 367 days}\n",
			"5:22: error: \"response\" lies between a minute and 366 days\n"
			"5:36: error: \"recovery\" lies between a minute and 366 days\n"},
		{"keys", GOOD "standard: {reponse: 4h}\ntrack: {late: 1 day}\n",
			"5:12: error: unknown key \"reponse\"; did you mean \"response\"?\n"
			"6:9: error: unknown key \"late\"\n"},
		{"of a stage",
			HEAD "stages: [{key: s, from: start, standard: {cadence: 0 days}}]\n",
			"4:52: error: \"cadence\": a duration of nothing: it must be more than "
			"0\n"},
		{"a list", GOOD "standard: [4h]\ntrack: 3 days\n",
			"5:11: error: \"standard\": expected a mapping, found a list\n"
			"6:8: error: \"track\": expected a mapping, found \"3 days\"\n"},
		{"no days", GOOD "track: {behind: soon, stuck: 1 month}\n",
			"5:17: error: \"behind\": expected days or weeks such as 7 days, found "
			"\"soon\"\n"
			"5:30: error: \"stuck\": expected days or weeks such as 7 days, found \"1 "
			"month\"\n"},
		{"the wrong way round", GOOD "track: {behind: 30 days}\n",
			"5:8: error: \"stuck\" must be more days than \"behind\": 30 is not more "
			"than 30\n"},
		{"at once", GOOD "track: {behind: 0 days, stuck: 1 day}\n", ""},
	};
	reading_assert_rows(rows, sizeof(rows) / sizeof(rows[0]), NULL);
}

static void a_milestone_can_say_its_former_key(void **state)
{
	(void)state;
	struct tend_journey *j = reading_journey(
		GOOD "milestones: [{key: b, was: a, stage: growth, title: B, due: start}]\n");
	assert_string_equal(j->milestones[0].was, "a");
	tend_journey_destroy(j);
	static const struct reading_row rows[] = {
		{"still there",
			GOOD "milestones:\n"
			     "  - {key: a, stage: growth, title: A, due: start}\n"
			     "  - {key: b, was: a, stage: growth, title: B, due: start}\n",
			"7:19: error: a milestone has the key \"a\" still\n"},
		{"its own key",
			GOOD "milestones: [{key: b, was: b, stage: growth, title: B, due: "
			     "start}]\n",
			"5:28: error: a milestone has the key \"b\" still\n"},
		{"of two",
			GOOD "milestones:\n"
			     "  - {key: b, was: a, stage: growth, title: B, due: start}\n"
			     "  - {key: c, was: a, stage: growth, title: C, due: start}\n",
			"7:19: error: another milestone had the key \"a\" already\n"},
		{"no key",
			GOOD
			"milestones: [{key: b, was: [a], stage: growth, title: B, due: start}]\n",
			"5:28: error: \"was\": expected a key, found a list\n"},
	};
	reading_assert_rows(rows, sizeof(rows) / sizeof(rows[0]), NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_documented_example_is_read_whole),
		cmocka_unit_test(a_small_journey_has_the_defaults),
		cmocka_unit_test(wrong_keys_and_types_are_found_at_their_place),
		cmocka_unit_test(milestones_are_checked_key_by_key),
		cmocka_unit_test(cycles_are_named_once_with_all_that_take_part),
		cmocka_unit_test(references_that_are_not_found_are_warnings),
		cmocka_unit_test(what_is_promised_is_read_and_a_stage_overrides_it),
		cmocka_unit_test(wrong_promises_are_found),
		cmocka_unit_test(a_milestone_can_say_its_former_key),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
