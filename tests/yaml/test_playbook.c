/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "reading.h"

static struct tend_playbook *read_playbook(const char *text)
{
	struct tend_findings findings;
	struct tend_playbook *p;
	tend_findings_init(&findings, "t.yaml");
	if (tend_yaml_playbook(text, strlen(text), NULL, &findings, &p) != TEND_OK) {
		char *found = reading_findings(&findings);
		fail_msg("%s", found);
	}
	tend_findings_finish(&findings);
	return p;
}

static const char fading[] =
	"playbook: fading\n"
	"title: {en: Use is fading, zh: \xE4\xBD\xBF\xE7\x94\xA8\xE4\xB8\x8B\xE6\xBB\x91}\n"
	"version: 3\n"
	"when: arr > 1000\n"
	"steps:\n"
	"  - {key: nudge, title: Nudge, due: start + 1 workday, effort: 30m}\n"
	"  - key: training\n"
	"    title: Training\n"
	"    due: milestone.nudge + 1 week\n"
	"    items: [Date, Talk]\n"
	"    after: [nudge]\n"
	"    when: segment == \"enterprise\"\n"
	"    done_when: days_since(logins) <= 7\n"
	"  - {key: last, title: Last, due: renewal - 1 month, required: no, visible: yes}\n";

static void the_steps_are_milestones_of_one_nameless_stage(void **state)
{
	(void)state;
	struct tend_playbook *p = read_playbook(fading);
	assert_string_equal(p->key, "fading");
	assert_int_equal(p->version, 3);
	assert_string_equal(p->title.en, "Use is fading");
	assert_string_equal(p->when, "arr > 1000");
	assert_non_null(p->when_expr);
	const struct tend_journey *j = p->steps;
	assert_string_equal(j->key, "fading");
	assert_int_equal(j->version, 3);
	assert_int_equal(j->nstages, 1);
	assert_string_equal(j->stages[0].key, "");
	assert_int_equal(j->nmilestones, 3);
	for (size_t i = 0; i < j->nmilestones; i++) {
		assert_int_equal(j->milestones[i].stage, 0);
		assert_string_equal(j->milestones[i].stage_key, "");
		assert_false(j->milestones[i].repeats);
	}
	assert_int_equal(j->milestones[0].effort, 30);
	assert_int_equal(j->milestones[1].nitems, 2);
	assert_int_equal(j->milestones[1].after_ref[0], 0);
	assert_non_null(j->milestones[1].when_expr);
	assert_non_null(j->milestones[1].done_when_expr);
	assert_false(j->milestones[2].required);
	tend_playbook_destroy(p);
	p = read_playbook("playbook: p\ntitle: P\nsteps: [{key: a, title: A, due: start}]\n");
	assert_int_equal(p->version, 1);
	assert_null(p->when);
	tend_playbook_destroy(p);
	tend_playbook_destroy(NULL);
}

static struct tend_date done_on(void *ctx, size_t milestone)
{
	(void)ctx;
	struct tend_date ret = TEND_NO_DATE;
	if (milestone == 0) {
		assert_true(tend_date_parse("2026-03-10", &ret));
	}
	return ret;
}

static void assert_schedule(
	const struct tend_playbook *p, const struct tend_schedule_input *in, const char *expected)
{
	struct tend_schedule s;
	struct tend_error err;
	struct tend_str out = {0};
	char buf[TEND_DATE_LEN];
	assert_int_equal(tend_journey_schedule(p->steps, in, &s, &err), TEND_OK);
	for (size_t i = 0; i < s.n; i++) {
		tend_str_addf(&out, "%s %s%s\n", p->steps->milestones[s.items[i].milestone].key,
			tend_date_format(s.items[i].due, buf), s.items[i].projected ? "?" : "");
	}
	assert_string_equal(tend_str_text(&out), expected);
	tend_str_finish(&out);
	tend_schedule_finish(&s);
}

static void its_dates_count_from_the_day_on_which_it_is_run(void **state)
{
	(void)state;
	struct tend_playbook *p = read_playbook(fading);
	struct tend_schedule_input in = {0};
	assert_true(tend_date_parse("2026-03-06", &in.start)); /* a Friday */
	assert_true(tend_date_parse("2026-05-31", &in.renewal));
	assert_schedule(p, &in, "nudge 2026-03-09\ntraining 2026-03-16?\nlast 2026-04-30\n");
	in.done_on = done_on;
	assert_schedule(p, &in, "nudge 2026-03-09\ntraining 2026-03-17\nlast 2026-04-30\n");
	tend_playbook_destroy(p);
}

static void a_step_hangs_on_no_stage(void **state)
{
	(void)state;
	static const struct reading_row rows[] = {
		{"stages and former keys are of journeys",
			"playbook: p\ntitle: P\nsteps:\n"
			"  - {key: a, title: A, due: stage.growth, was: b}\n"
			"  - {key: c, title: C, due: stage.+ 1 day}\n",
			"4:29: error: there is no stage \"growth\"\n"
			"4:43: error: unknown key \"was\"\n"
			"5:29: error: \"due\": unknown anchor \"stage.\": expected start, renewal, "
			"stage.KEY or milestone.KEY\n"},
		{"keys that are too long together",
			"playbook: a-playbook-with-quite-a-long-key-of-its-own\ntitle: P\nsteps:\n"
			"  - {key: and-a-step-of-20-byt, title: A, due: start}\n"
			"  - {key: and-a-step-of-21-byte, title: C, due: start}\n",
			"5:11: error: the keys of playbook and step together have at most 63 "
			"letters\n"},
	};
	reading_assert_rows(rows, sizeof(rows) / sizeof(rows[0]), NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_steps_are_milestones_of_one_nameless_stage),
		cmocka_unit_test(its_dates_count_from_the_day_on_which_it_is_run),
		cmocka_unit_test(a_step_hangs_on_no_stage),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
