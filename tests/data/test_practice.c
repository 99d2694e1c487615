/* SPDX-License-Identifier: MIT */
/* The built-in practice: that it can be read, speaks both languages, and gives plans that hold. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <tend/str.h>
#include <tend/yaml.h>

#include "support.h"

#define DATA SOURCE_ROOT "/data/"
enum { TERM = 12 };

static char *read_data(const char *path, size_t *n)
{
	char *text = support_read(path, n);
	if (text == NULL) {
		fail_msg("%s cannot be read", path);
	}
	return text;
}

static void expect_no_findings(struct tend_findings *f)
{
	struct tend_str out = {0};
	tend_findings_format(f, &out);
	if (f->n > 0) {
		fail_msg("%s", tend_str_text(&out));
	}
	tend_str_finish(&out);
	tend_findings_finish(f);
}

static struct tend_journey *read_journey(const char *path)
{
	size_t n;
	char *text = read_data(path, &n);
	struct tend_journey *journey = NULL;
	struct tend_findings findings;
	tend_findings_init(&findings, path);
	assert_int_equal(tend_yaml_journey(text, n, NULL, &findings, &journey), TEND_OK);
	expect_no_findings(&findings);
	free(text);
	return journey;
}

static struct tend_journey *annual(void)
{
	return read_journey(DATA "journeys/tob-annual.yaml");
}

static struct tend_journey *service(void)
{
	return read_journey(DATA "journeys/saas-service.yaml");
}

static struct tend_calendar_file *calendar(const char *path)
{
	size_t n;
	char *text = read_data(path, &n);
	struct tend_calendar_file *file = NULL;
	struct tend_findings findings;
	tend_findings_init(&findings, path);
	assert_int_equal(tend_yaml_calendar(text, n, &findings, &file), TEND_OK);
	expect_no_findings(&findings);
	free(text);
	return file;
}

static void every_built_in_file_is_read_without_a_finding(void **state)
{
	(void)state;
	glob_t found;
	assert_int_equal(glob(DATA "*/*.yaml", 0, NULL, &found), 0);
	(void)glob(SOURCE_ROOT "/themes/*.yaml", GLOB_APPEND, NULL, &found);
	assert_true(found.gl_pathc >= 4);
	for (size_t i = 0; i < found.gl_pathc; i++) {
		size_t n;
		char *text = read_data(found.gl_pathv[i], &n);
		struct tend_findings findings;
		enum tend_file_kind kind;
		tend_findings_init(&findings, found.gl_pathv[i]);
		enum tend_status status = tend_yaml_check(text, n, NULL, &findings, &kind);
		expect_no_findings(&findings);
		assert_int_equal(status, TEND_OK);
		assert_int_not_equal(kind, TEND_KIND_NONE);
		free(text);
	}
	globfree(&found);
}

static void every_built_in_file_is_listed_for_the_build(void **state)
{
	(void)state;
	size_t n;
	char *list = read_data(DATA "meson.build", &n);
	glob_t found;
	assert_int_equal(glob(DATA "*/*.yaml", 0, NULL, &found), 0);
	for (size_t i = 0; i < found.gl_pathc; i++) {
		const char *name = found.gl_pathv[i] + strlen(DATA);
		struct tend_str quoted = {0};
		tend_str_addf(&quoted, "'%s'", name);
		if (strstr(list, tend_str_text(&quoted)) == NULL) {
			fail_msg("%s is not in data/meson.build", name);
		}
		tend_str_finish(&quoted);
	}
	globfree(&found);
	free(list);
}

/* CJK ideographs begin with these bytes in UTF-8. */
static bool has_chinese(const char *s)
{
	for (; *s != '\0'; s++) {
		if ((unsigned char)*s >= 0xe4 && (unsigned char)*s <= 0xe9) {
			return true;
		}
	}
	return false;
}

static void expect_both(struct tend_text text, const char *where, const char *what)
{
	if (text.en == NULL || text.zh == NULL || has_chinese(text.en) || !has_chinese(text.zh)) {
		fail_msg("%s: %s lacks one of the languages", where, what);
	}
}

static void milestones_speak_both(const struct tend_journey *j)
{
	for (size_t i = 0; i < j->nmilestones; i++) {
		const struct tend_template_milestone *m = &j->milestones[i];
		expect_both(m->title, m->key, "title");
		expect_both(m->guide, m->key, "guide");
		expect_both(m->deliverable, m->key, "deliverable");
		assert_in_range(m->nitems, 3, 8);
		assert_in_range(m->effort, 15, 10 * 60);
		for (size_t k = 0; k < m->nitems; k++) {
			expect_both(m->items[k].title, m->key, "item");
		}
	}
}

static void journey_speaks_both(struct tend_journey *j)
{
	expect_both(j->title, j->key, "title");
	for (size_t i = 0; i < j->nstages; i++) {
		expect_both(j->stages[i].title, j->stages[i].key, "title");
	}
	milestones_speak_both(j);
	tend_journey_destroy(j);
}

static void the_journeys_speak_both_languages(void **state)
{
	(void)state;
	journey_speaks_both(annual());
	journey_speaks_both(service());
}

/* Calls `each` for every built-in playbook. */
static void each_playbook(void (*each)(const struct tend_playbook *p))
{
	glob_t found;
	assert_int_equal(glob(DATA "playbooks/*.yaml", 0, NULL, &found), 0);
	assert_true(found.gl_pathc >= 6);
	for (size_t i = 0; i < found.gl_pathc; i++) {
		size_t n;
		char *text = read_data(found.gl_pathv[i], &n);
		struct tend_playbook *p = NULL;
		struct tend_findings findings;
		tend_findings_init(&findings, found.gl_pathv[i]);
		assert_int_equal(tend_yaml_playbook(text, n, NULL, &findings, &p), TEND_OK);
		expect_no_findings(&findings);
		each(p);
		tend_playbook_destroy(p);
		free(text);
	}
	globfree(&found);
}

static void playbook_speaks_both(const struct tend_playbook *p)
{
	expect_both(p->title, p->key, "title");
	assert_non_null(p->when); /* whom it suits */
	milestones_speak_both(p->steps);
}

static void the_playbooks_speak_both_languages(void **state)
{
	(void)state;
	each_playbook(playbook_speaks_both);
}

static const struct tend_template_milestone *find(const struct tend_journey *j, const char *key)
{
	for (size_t i = 0; i < j->nmilestones; i++) {
		if (strcmp(j->milestones[i].key, key) == 0) {
			return &j->milestones[i];
		}
	}
	fail_msg("no milestone %s", key);
	return NULL;
}

static struct tend_date day_of(const char *text)
{
	struct tend_date d;
	assert_true(tend_date_parse(text, &d));
	return d;
}

/* The first occurrence of each milestone. */
static void first_dates(
	const struct tend_journey *j, const struct tend_schedule_input *in, struct tend_date *due)
{
	struct tend_schedule s = {0};
	struct tend_error err;
	for (size_t i = 0; i < j->nmilestones; i++) {
		due[i] = TEND_NO_DATE;
	}
	assert_int_equal(tend_journey_schedule(j, in, &s, &err), TEND_OK);
	for (size_t i = 0; i < s.n; i++) {
		if (s.items[i].number == 1) {
			due[s.items[i].milestone] = s.items[i].due;
		}
	}
	tend_schedule_finish(&s);
}

/* The steps stand in the file as they fall due, and none before what it comes after. */
static void steps_come_in_order(const struct tend_playbook *p)
{
	struct tend_date due[64], start = day_of("2026-02-09");
	struct tend_calendar_file *cn = calendar(DATA "calendars/cn.yaml");
	struct tend_schedule_input in = {.start = start,
		.renewal = tend_date_add_months(start, TERM),
		.calendar = &cn->calendar};
	assert_in_range(p->steps->nmilestones, 4, 8);
	first_dates(p->steps, &in, due);
	for (size_t i = 0; i < p->steps->nmilestones; i++) {
		const struct tend_template_milestone *m = &p->steps->milestones[i];
		assert_true(tend_has_date(due[i]) && due[i].day >= start.day);
		if (i > 0 && due[i].day < due[i - 1].day) {
			fail_msg("%s: %s is due too early", p->key, m->key);
		}
		for (size_t k = 0; k < m->nafter; k++) {
			assert_true(find(p->steps, m->after[k]) < m);
		}
	}
	tend_calendar_file_destroy(cn);
}

static void the_steps_of_a_playbook_come_in_order(void **state)
{
	(void)state;
	each_playbook(steps_come_in_order);
}

/* The same promise to everyone, closer where it matters; and a journey to go on with. */
static void journeys_say_what_is_promised_and_what_follows(void **state)
{
	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct tend_journey *j = i == 0 ? annual() : service();
		struct tend_standard all = tend_journey_standard(j, -1);
		assert_true(all.response > 0 && all.recovery > all.response && all.cadence.n > 0);
		for (size_t k = 0; k < j->nstages; k++) {
			struct tend_standard here = tend_journey_standard(j, (int)k);
			assert_true(here.response > 0 && here.response <= all.response);
			assert_int_equal(here.recovery, all.recovery);
		}
		assert_string_equal(j->next, j->key);
		assert_true(j->track_behind > 0 && j->track_stuck > j->track_behind);
		tend_journey_destroy(j);
	}
}

static void expect_what_comes_first_first(struct tend_journey *j)
{
	struct tend_calendar_file *cn = calendar(DATA "calendars/cn.yaml");
	struct tend_date due[64];
	assert_true(j->nmilestones <= 64);
	for (int day = day_of("2025-01-01").day; day <= day_of("2026-12-31").day; day++) {
		struct tend_schedule_input in = {.start = {day},
			.renewal = tend_date_add_months((struct tend_date){day}, TERM),
			.calendar = &cn->calendar};
		first_dates(j, &in, due);
		for (size_t i = 0; i < j->nmilestones; i++) {
			const struct tend_template_milestone *m = &j->milestones[i];
			assert_true(tend_has_date(due[i]));
			for (size_t k = 0; k < m->nafter; k++) {
				size_t first = (size_t)(find(j, m->after[k]) - j->milestones);
				if (due[first].day > due[i].day) {
					fail_msg("day %d: %s before %s", day, m->key, m->after[k]);
				}
			}
		}
	}
	tend_calendar_file_destroy(cn);
	tend_journey_destroy(j);
}

static void whatever_comes_first_is_due_first_on_every_start(void **state)
{
	(void)state;
	expect_what_comes_first_first(annual());
	expect_what_comes_first_first(service());
}

static void expect_all_within_their_stages(struct tend_journey *j)
{
	struct tend_date due[64];
	/* the Spring Festival stretches the first workdays most */
	static const char *const starts[] = {
		"2026-01-05", "2026-02-13", "2026-08-31", "2025-09-29"};
	struct tend_calendar_file *cn = calendar(DATA "calendars/cn.yaml");
	for (size_t i = 0; i < sizeof(starts) / sizeof(*starts); i++) {
		struct tend_date start = day_of(starts[i]);
		struct tend_schedule_input in = {.start = start,
			.renewal = tend_date_add_months(start, TERM),
			.calendar = &cn->calendar};
		first_dates(j, &in, due);
		for (size_t m = 0; m < j->nmilestones; m++) {
			size_t stage = j->milestones[m].stage;
			struct tend_date from = tend_journey_stage_from(j, stage, &in);
			struct tend_date to = stage + 1 < j->nstages
				? tend_journey_stage_from(j, stage + 1, &in)
				: tend_date_add_months(in.renewal, 3);
			if (due[m].day < from.day || due[m].day > to.day) {
				fail_msg("%s: %s is outside of its stage", starts[i],
					j->milestones[m].key);
			}
		}
	}
	tend_calendar_file_destroy(cn);
	tend_journey_destroy(j);
}

static void every_milestone_is_due_within_its_stage(void **state)
{
	(void)state;
	expect_all_within_their_stages(annual());
	expect_all_within_their_stages(service());
}

static void odd_terms_give_a_plan_too(void **state)
{
	(void)state;
	struct tend_journey *j = annual();
	static const struct {
		const char *start;
		int months;
		size_t reviews; /* occurrences of monthly-review */
	} rows[] = {{"2026-01-31", 12, 8}, {"2024-02-29", 12, 7}, {"2026-10-26", 3, 0},
		{"2026-06-01", 6, 2}, {"2026-04-13", 24, 20}, {"2026-05-18", 36, 32}};
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct tend_date start = day_of(rows[i].start);
		struct tend_schedule_input in = {
			.start = start, .renewal = tend_date_add_months(start, rows[i].months)};
		struct tend_schedule s = {0};
		assert_int_equal(tend_journey_schedule(j, &in, &s, NULL), TEND_OK);
		size_t reviews = 0;
		for (size_t k = 0; k < s.n; k++) {
			reviews += strcmp(j->milestones[s.items[k].milestone].key, "monthly-review")
				== 0;
		}
		assert_int_equal(reviews, rows[i].reviews);
		tend_schedule_finish(&s);
	}
	tend_journey_destroy(j);
}

/* What a customer's year takes has to fit a desk: about ten such customers are a full job. */
static void the_promised_hours_fit_a_desk(void **state)
{
	(void)state;
	struct tend_journey *j = annual();
	struct tend_date start = day_of("2026-01-05");
	struct tend_schedule_input in = {
		.start = start, .renewal = tend_date_add_months(start, TERM)};
	struct tend_schedule s = {0};
	assert_int_equal(tend_journey_schedule(j, &in, &s, NULL), TEND_OK);
	int minutes = 0;
	for (size_t i = 0; i < s.n; i++) {
		const struct tend_template_milestone *m = &j->milestones[s.items[i].milestone];
		minutes += strcmp(m->stage_key, "winback") != 0 ? m->effort : 0;
	}
	assert_in_range(minutes, 80 * 60, 160 * 60);
	tend_schedule_finish(&s);
	tend_journey_destroy(j);
}

static void calendars_know_their_days(void **state)
{
	(void)state;
	static const struct {
		const char *file, *day;
		bool worked;
	} rows[] = {
		{"cn", "2025-01-26", true}, /* a Sunday, worked for the Spring Festival */
		{"cn", "2025-01-27", true},
		{"cn", "2025-01-28", false},
		{"cn", "2025-02-04", false},
		{"cn", "2025-02-05", true},
		{"cn", "2025-02-08", true},
		{"cn", "2025-10-08", false},
		{"cn", "2025-10-11", true},
		{"cn", "2026-01-02", false},
		{"cn", "2026-01-04", true},
		{"cn", "2026-02-14", true},
		{"cn", "2026-02-16", false},
		{"cn", "2026-02-24", true},
		{"cn", "2026-05-09", true},
		{"cn", "2026-09-20", true},
		{"cn", "2026-10-07", false},
		{"cn", "2026-10-08", true},
		{"cn", "2026-11-14", false},
		{"cn", "2027-02-08", false},
		{"us", "2026-07-03", false},
		{"us", "2026-07-06", true},
		{"us", "2026-11-26", false},
		{"us", "2026-02-16", false},
		{"us", "2027-07-05", false},
		{"us", "2026-02-14", false},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct tend_str path = {0};
		tend_str_addf(&path, DATA "calendars/%s.yaml", rows[i].file);
		struct tend_calendar_file *file = calendar(tend_str_text(&path));
		expect_both(file->title, rows[i].file, "title");
		if (tend_is_workday(&file->calendar, day_of(rows[i].day)) != rows[i].worked) {
			fail_msg("%s: %s", rows[i].file, rows[i].day);
		}
		tend_calendar_file_destroy(file);
		tend_str_finish(&path);
	}
}

static void metrics_have_names_units_and_the_right_kind(void **state)
{
	(void)state;
	size_t n;
	char *text = read_data(DATA "signals/default.yaml", &n);
	struct tend_signals_file *file = NULL;
	struct tend_findings findings;
	tend_findings_init(&findings, "signals");
	assert_int_equal(tend_yaml_signals(text, n, &findings, &file), TEND_OK);
	expect_no_findings(&findings);
	static const struct {
		const char *key;
		bool gauge;
	} rows[] = {{"logins", false}, {"active_users", true}, {"seats", true},
		{"key_actions", false}, {"tickets", false}, {"help_views", false}, {"usage", false},
		{"password_resets", false}};
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		const struct tend_metric *found = NULL;
		for (size_t k = 0; k < file->n; k++) {
			const struct tend_metric *m = &file->metrics[k];
			expect_both(m->title, m->key, "title");
			assert_non_null(m->unit);
			found = strcmp(m->key, rows[i].key) == 0 ? m : found;
		}
		assert_non_null(found);
		assert_int_equal(found->gauge, rows[i].gauge);
	}
	tend_signals_file_destroy(file);
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_built_in_file_is_read_without_a_finding),
		cmocka_unit_test(every_built_in_file_is_listed_for_the_build),
		cmocka_unit_test(the_journeys_speak_both_languages),
		cmocka_unit_test(the_playbooks_speak_both_languages),
		cmocka_unit_test(the_steps_of_a_playbook_come_in_order),
		cmocka_unit_test(journeys_say_what_is_promised_and_what_follows),
		cmocka_unit_test(whatever_comes_first_is_due_first_on_every_start),
		cmocka_unit_test(every_milestone_is_due_within_its_stage),
		cmocka_unit_test(odd_terms_give_a_plan_too),
		cmocka_unit_test(the_promised_hours_fit_a_desk),
		cmocka_unit_test(calendars_know_their_days),
		cmocka_unit_test(metrics_have_names_units_and_the_right_kind),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
