/* SPDX-License-Identifier: MIT */
/* Published files of every kind: found before those of the folder, replaced or kept, taken back. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <support.h>

#include "book.h"
#include "inside.h"

#define TODAY "2026-03-10"

static int set_up(void **state)
{
	struct book_fixture *b = tend_alloc(sizeof(*b));
	book_make(b, TODAY);
	*state = b;
	return 0;
}

static int tear_down(void **state)
{
	book_remove(*state);
	free(*state);
	return 0;
}

/* What it did, or what was wrong. */
static const char *publish(struct book_fixture *b, const char *text, enum tend_status expected)
{
	static char said[1024];
	struct tend_findings findings;
	struct tend_done done = {0};
	struct tend_error err = {0};
	const char *path = book_file(b, "f.yaml", text);
	tend_findings_init(&findings, path);
	enum tend_status status = tend_app_publish(b->app, path, &findings, &done, &err);
	(void)snprintf(said, sizeof(said), "%s", status == TEND_OK ? done.summary : err.text);
	if (status != expected) {
		fail_msg("%s", said);
	}
	tend_done_finish(&done);
	tend_findings_finish(&findings);
	return said;
}

static const struct tend_document *find(
	const struct tend_list *list, const char *kind, const char *key, int64_t version)
{
	for (size_t i = 0; i < list->n; i++) {
		const struct tend_document *d = tend_list_at(list, i);
		if (strcmp(d->kind, kind) == 0 && strcmp(d->key, key) == 0
			&& d->version == version) {
			return d;
		}
	}
	return NULL;
}

static char *text_of(struct book_fixture *b, const char *kind, const char *name)
{
	char *text = NULL;
	struct tend_error err = {0};
	if (tend_app_document_text(b->app, kind, name, &text, &err) != TEND_OK) {
		fail_msg("%s", err.text);
	}
	return text;
}

static void undo(struct book_fixture *b)
{
	struct tend_done done;
	assert_int_equal(tend_app_undo(b->app, 1, &done, NULL), TEND_OK);
	tend_done_finish(&done);
}

#define PLAYBOOK                                                                                   \
	"playbook: free-training\ntitle: {en: Training, zh: T}\nversion: 2\nsteps:\n"              \
	"  - {key: call, title: {en: Call, zh: C}, due: start + 1 day}\n"

static void a_playbook_keeps_its_versions(void **state)
{
	struct book_fixture *b = *state;
	assert_string_equal(publish(b, PLAYBOOK, TEND_OK), "playbook free-training@2 published");
	assert_string_equal(
		publish(b, PLAYBOOK, TEND_OK), "playbook free-training@2 is published already");
	assert_non_null(strstr(publish(b, PLAYBOOK "# other\n", TEND_FAILED), "version: 3"));
	assert_string_equal(publish(b,
				    "playbook: free-training\ntitle: Newest\nversion: 10\nsteps: "
				    "[{key: a, title: A, due: start}]\n",
				    TEND_OK),
		"playbook free-training@10 published");
	assert_string_equal(publish(b,
				    "playbook: free-training\ntitle: First\nsteps: "
				    "[{key: a, title: A, due: start}]\n",
				    TEND_OK),
		"playbook free-training@1 published");
	char *text = text_of(b, "playbook", "free-training");
	assert_non_null(strstr(text, "Newest"));
	free(text);
	text = text_of(b, "playbook", "free-training@2");
	assert_string_equal(text, PLAYBOOK);
	free(text);
	const struct source *f =
		sources_find(&b->app->sources, TEND_KIND_PLAYBOOK, "free-training");
	assert_string_equal(f->origin, "store");
	assert_int_equal(f->version, 10);
	struct tend_list list;
	assert_int_equal(tend_app_documents(b->app, &(struct tend_query){0}, &list, NULL), TEND_OK);
	const struct tend_document *d = find(&list, "playbook", "free-training", 2);
	assert_string_equal(d->title, "Training");
	assert_string_equal(d->source, "store");
	assert_int_equal(d->published.day, book_day(TODAY).day);
	tend_list_finish(&list);
}

static bool is_holiday(struct book_fixture *b, const char *day)
{
	const struct tend_calendar *c = sources_calendar(&b->app->sources, "cn");
	assert_non_null(c);
	return !tend_is_workday(c, book_day(day));
}

static void other_kinds_are_replaced_and_found_first(void **state)
{
	struct book_fixture *b = *state;
	assert_false(is_holiday(b, "2026-03-11"));
	assert_string_equal(publish(b, "calendar: cn\nholidays: [2026-03-11]\n", TEND_OK),
		"calendar cn published");
	assert_true(is_holiday(b, "2026-03-11"));
	assert_string_equal(publish(b, "calendar: cn\nholidays: [2026-03-12]\n", TEND_OK),
		"calendar cn published");
	assert_false(is_holiday(b, "2026-03-11"));
	assert_true(is_holiday(b, "2026-03-12"));
	undo(b);
	assert_true(is_holiday(b, "2026-03-11"));
	undo(b);
	assert_false(is_holiday(b, "2026-03-11"));
	struct tend_done done;
	assert_int_equal(tend_app_redo(b->app, 2, &done, NULL), TEND_OK);
	tend_done_finish(&done);
	book_reopen(b, TODAY);
	assert_true(is_holiday(b, "2026-03-12"));
}

static void every_kind_can_be_published(void **state)
{
	struct book_fixture *b = *state;
	static const struct {
		const char *text, *said;
	} rows[] = {
		{"health: h\nmeasures: [{key: m, weight: 100, value: arr, good: 1, bad: 0}]\n",
			"health h published"},
		{"alerts: a\nrules: [{key: r, severity: low, title: R, when: arr > 1}]\n",
			"alerts a published"},
		{"signals: s\nmetrics: [{key: scans, title: Scans}]\n", "signals s published"},
		{"calendar: c\n", "calendar c published"},
		{"message: m\nbody: Hello\n", "message m published"},
		{"map: x\nkind: usage\n", "map x published"},
		{"theme: t\nroles: {bad: {fg: red}}\n", "theme t published"},
		{"keys: k\nbindings: {}\n", "keys k published"},
		{"config: c\nfields: [{key: region}]\n", "config c published"},
		{book_journey, "journey small@1 published"},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		assert_string_equal(publish(b, rows[i].text, TEND_OK), rows[i].said);
	}
	assert_non_null(sources_metric(&b->app->sources, "scans"));
	assert_non_null(sources_field(&b->app->sources, "region"));
	struct tend_theme *theme = NULL;
	assert_int_equal(tend_app_theme(b->app, "t", &theme, NULL), TEND_OK);
	tend_theme_destroy(theme);
	struct tend_query q = {.filter = "source == \"store\"", .sort = "kind"};
	struct tend_list list;
	struct tend_error err = {0};
	assert_int_equal(tend_app_documents(b->app, &q, &list, &err), TEND_OK);
	assert_int_equal(list.n, 9);
	tend_list_finish(&list);
}

static void kinds_that_nothing_uses_are_said(void **state)
{
	struct book_fixture *b = *state;
	static const struct {
		const char *text;
		size_t warnings;
	} rows[] = {
		{"health: h\nmeasures: [{key: m, weight: 100, value: arr, good: 1, bad: 0}]\n", 1},
		{"alerts: a\nrules: [{key: r, severity: low, title: R, when: arr > 1}]\n", 1},
		{"message: m\nbody: Hello\n", 1},
		{"calendar: c\n", 0},
		{"config: c\nfields: [{key: region}]\n", 0},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct tend_findings f;
		tend_findings_init(&f, "file.yaml");
		assert_int_equal(
			tend_app_check(b->app, book_file(b, "file.yaml", rows[i].text), &f, NULL),
			TEND_OK);
		assert_int_equal(f.n, rows[i].warnings);
		if (f.n > 0) {
			assert_string_equal(f.items[0].rule, "no-effect");
			assert_non_null(strstr(f.items[0].text, "not used by this version"));
		}
		tend_findings_finish(&f);
	}
}

static void what_is_wrong_is_not_published(void **state)
{
	struct book_fixture *b = *state;
	assert_non_null(
		strstr(publish(b, "calendar: c\nholiday: []\n", TEND_BAD_INPUT), "holidays"));
	assert_non_null(strstr(publish(b, "hello: c\n", TEND_BAD_INPUT), "first key"));
	assert_non_null(strstr(publish(b, "", TEND_BAD_INPUT), "empty"));
	struct tend_list list;
	struct tend_query q = {.filter = "source == \"store\""};
	assert_int_equal(tend_app_documents(b->app, &q, &list, NULL), TEND_OK);
	assert_int_equal(list.n, 0);
	tend_list_finish(&list);
}

static void a_dry_run_publishes_nothing(void **state)
{
	struct book_fixture *b = *state;
	b->dry_run = true;
	book_reopen(b, TODAY);
	assert_string_equal(publish(b, "calendar: cn\nholidays: [2026-03-11]\n", TEND_OK),
		"calendar cn published");
	assert_false(is_holiday(b, "2026-03-11"));
}

static void files_are_listed_and_shown_by_kind_and_key(void **state)
{
	struct book_fixture *b = *state;
	struct tend_error err = {0};
	struct tend_list list;
	book_config(b, "p.yaml", PLAYBOOK);
	book_reopen(b, TODAY);
	assert_int_equal(tend_app_documents(b->app, &(struct tend_query){0}, &list, NULL), TEND_OK);
	const struct tend_document *d = find(&list, "playbook", "free-training", 2);
	assert_string_equal(d->source, "config");
	assert_false(tend_has_date(d->published));
	d = find(&list, "calendar", "cn", TEND_NO_INT);
	assert_string_equal(d->source, "built-in");
	assert_string_equal(d->title, "Mainland China");
	tend_list_finish(&list);
	char *text = text_of(b, "journey", "small");
	assert_string_equal(text, book_journey);
	free(text);
	static const struct {
		const char *kind, *name;
		enum tend_status status;
		const char *says;
	} rows[] = {
		{"calender", "cn", TEND_USAGE, "calendar"},
		{"calendar", "cm", TEND_NOT_FOUND, "did you mean \"cn\""},
		{"calendar", "nowhere", TEND_NOT_FOUND, "calendar: nowhere"},
		{"playbook", "free-training@1", TEND_NOT_FOUND, "free-training@1"},
		{"playbook", "@1", TEND_USAGE, "KEY"},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		assert_int_equal(
			tend_app_document_text(b->app, rows[i].kind, rows[i].name, &text, &err),
			rows[i].status);
		assert_non_null(strstr(err.text, rows[i].says));
	}
}

static void a_published_journey_is_no_unknown_file(void **state)
{
	struct book_fixture *b = *state;
	struct tend_findings findings;
	(void)publish(b, "journey: later\nversion: 1\ntitle: L\nstages: [{key: a, from: start}]\n",
		TEND_OK);
	const char *path = book_file(b, "n.yaml",
		"journey: now\nversion: 1\ntitle: N\nnext: later\nstages: [{key: a, from: "
		"start}]\n");
	tend_findings_init(&findings, path);
	assert_int_equal(tend_app_check(b->app, path, &findings, NULL), TEND_OK);
	assert_int_equal(findings.n, 0);
	tend_findings_finish(&findings);
}

/* The findings of several files that are checked together, one a line. */
static char *check_together(
	struct tend_app *a, const char *const *paths, size_t n, enum tend_status *ret_worst)
{
	struct tend_checked checked[8];
	struct tend_str out = {0};
	assert_true(n <= 8);
	*ret_worst = TEND_OK;
	tend_app_check_files(a, paths, n, checked);
	for (size_t i = 0; i < n; i++) {
		const struct tend_findings *f = &checked[i].findings;
		for (size_t k = 0; k < f->n; k++) {
			tend_str_addf(&out, "%zu:%d: %s\n", i, f->items[k].line, f->items[k].text);
		}
		*ret_worst = checked[i].status > *ret_worst ? checked[i].status : *ret_worst;
		tend_findings_finish(&checked[i].findings);
	}
	return tend_str_steal(&out);
}

static void files_that_are_checked_together_know_each_other(void **state)
{
	struct book_fixture *b = *state;
	const char *const paths[] = {
		book_file(b, "variant.yaml",
			"journey: ours\nversion: 1\nextends: basis\nhealth: strict\nmilestones:\n"
			"  - {key: m, when: zone == \"north\" and days_since(swipes) < 7}\n"),
		book_file(b, "basis.yaml",
			"journey: basis\nversion: 4\ntitle: B\nstages: [{key: s, from: start}]\n"
			"milestones: [{key: m, stage: s, title: M, due: start}]\n"),
		book_file(b, "health.yaml",
			"health: strict\nmeasures: [{key: a, weight: 100, value: latest(swipes), "
			"good: "
			"9, bad: 1}]\n"),
		book_file(b, "config.yaml", "config: team\nfields: [{key: zone}]\n"),
		book_file(b, "signals.yaml", "signals: s\nmetrics: [{key: swipes}]\n"),
	};
	struct tend_app *apps[] = {b->app, NULL};
	for (size_t i = 0; i < 2; i++) {
		enum tend_status worst;
		char *found = check_together(apps[i], paths, 5, &worst);
		assert_string_equal(found,
			"2:1: files of the kind health are checked, but not used by this "
			"version\n");
		assert_int_equal(worst, TEND_OK);
		free(found);
		found = check_together(apps[i], paths, 1, &worst);
		assert_string_equal(found, "0:3: there is no journey \"basis\"\n");
		assert_int_equal(worst, TEND_BAD_INPUT);
		free(found);
	}
}

static void files_that_say_they_are_the_same_are_told(void **state)
{
	struct book_fixture *b = *state;
	enum tend_status worst;
	const char *first = book_file(b, "a.yaml", "calendar: cn\n");
	const char *const paths[] = {first, book_file(b, "b.yaml", "# b\ncalendar: cn\n"),
		book_file(b, "c.yaml", "calendar: us\n"),
		book_file(b, "d.yaml", "signals: s\nmetrics: []\n"),
		book_file(b, "e.yaml", "signals: s\nmetrics: []\n"),
		book_file(b, "f.yaml", PLAYBOOK),
		book_file(b, "g.yaml",
			"playbook: free-training\ntitle: T\nsteps: [{key: a, title: A, due: "
			"start}]\n")};
	char *found = check_together(NULL, paths, 7, &worst);
	char *expected =
		tend_format("1:2: %s is \"calendar: cn\" too: one of them is found\n", first);
	assert_string_equal(found, expected);
	assert_int_equal(worst, TEND_OK);
	free(found);
	free(expected);
}

static void a_checked_file_is_not_its_own_base(void **state)
{
	struct book_fixture *b = *state;
	enum tend_status worst;
	(void)publish(b, book_journey, TEND_OK);
	const char *const next[] = {book_file(
		b, "next.yaml", "journey: small\nversion: 2\nextends: small\ntitle: Next\n")};
	char *found = check_together(b->app, next, 1, &worst);
	assert_int_equal(worst, TEND_OK);
	free(found);
	/* what is given stands before what is published */
	const char *const both[] = {
		book_file(b, "base.yaml",
			"journey: small\nversion: 3\ntitle: T\nstages: [{key: x, from: start}]\n"),
		book_file(b, "ours.yaml",
			"journey: ours\nversion: 1\nextends: small\n"
			"milestones: [{key: m, stage: x, title: M, due: start}]\n")};
	found = check_together(b->app, both, 2, &worst);
	assert_string_equal(found != NULL ? found : "", "");
	free(found);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_playbook_keeps_its_versions),
		TEST(other_kinds_are_replaced_and_found_first),
		TEST(every_kind_can_be_published),
		TEST(kinds_that_nothing_uses_are_said),
		TEST(what_is_wrong_is_not_published),
		TEST(a_dry_run_publishes_nothing),
		TEST(files_are_listed_and_shown_by_kind_and_key),
		TEST(a_published_journey_is_no_unknown_file),
		TEST(files_that_are_checked_together_know_each_other),
		TEST(files_that_say_they_are_the_same_are_told),
		TEST(a_checked_file_is_not_its_own_base),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
