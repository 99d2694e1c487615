/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <support.h>

#include "book.h"

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

static const struct tend_template *find(
	const struct tend_list *list, const char *key, int64_t version)
{
	for (size_t i = 0; i < list->n; i++) {
		const struct tend_template *t = tend_list_at(list, i);
		if (strcmp(t->key, key) == 0 && t->version == version) {
			return t;
		}
	}
	return NULL;
}

static void journeys_are_listed_with_their_source(void **state)
{
	struct book_fixture *b = *state;
	struct tend_list list;
	assert_int_equal(tend_app_journeys(b->app, &list, NULL), TEND_OK);
	const struct tend_template *t = find(&list, "small", 1);
	assert_non_null(t);
	assert_string_equal(t->source, "config");
	assert_string_equal(t->title, "Small");
	t = find(&list, "tob-annual", 1);
	assert_non_null(t);
	assert_string_equal(t->source, "built-in");
	tend_list_finish(&list);
	book_add(b, "key=acme|name=Acme|started=2026-03-02|journey=small");
	assert_int_equal(tend_app_journeys(b->app, &list, NULL), TEND_OK);
	t = find(&list, "small", 1);
	assert_string_equal(t->source, "store");
	assert_string_equal(t->title, "Small");
	assert_int_equal(t->customers, 1);
	tend_list_finish(&list);
}

static void one_that_is_wrong_is_listed_and_its_findings_have_lines(void **state)
{
	struct book_fixture *b = *state;
	struct tend_list list;
	struct tend_findings findings;
	char *text = NULL;
	static const char wrong[] =
		"journey: wrong\nversion: 3\ntitle: {en: Wrong, zh: 有错}\n"
		"stages:\n  - {key: a, title: {en: A, zh: 甲}, from: start}\n"
		"milestones:\n"
		"  - {key: one, stage: b, title: {en: One, zh: 一}, due: start}\n";
	book_config(b, "wrong.yaml", wrong);
	assert_int_equal(tend_app_journeys(b->app, &list, NULL), TEND_OK);
	const struct tend_template *t = find(&list, "wrong", 3);
	assert_non_null(t);
	assert_string_equal(t->title, "Wrong");
	assert_string_equal(t->source, "config");
	tend_list_finish(&list);
	tend_findings_init(&findings, "wrong@3");
	assert_int_equal(
		tend_app_journey_check(b->app, "wrong@3", &findings, &text, NULL), TEND_OK);
	assert_string_equal(text, wrong);
	assert_int_equal(findings.errors, 1);
	assert_int_equal(findings.items[0].line, 7);
	assert_int_equal(findings.items[0].column, 23);
	tend_findings_finish(&findings);
	free(text);
	text = NULL;
	tend_findings_init(&findings, "small");
	assert_int_equal(tend_app_journey_check(b->app, "small", &findings, &text, NULL), TEND_OK);
	assert_int_equal(findings.errors, 0);
	tend_findings_finish(&findings);
	free(text);
	tend_findings_init(&findings, "nothing");
	assert_int_equal(
		tend_app_journey_check(b->app, "nothing", &findings, &text, NULL), TEND_NOT_FOUND);
	tend_findings_finish(&findings);
}

static enum tend_status publish(struct book_fixture *b, const char *text,
	struct tend_findings *findings, int64_t *ret_changes, struct tend_error *err)
{
	struct tend_done done;
	const char *path = book_file(b, "j.yaml", text);
	tend_findings_init(findings, path);
	enum tend_status status = tend_app_journey_publish(b->app, path, findings, &done, err);
	*ret_changes = done.changes;
	tend_done_finish(&done);
	return status;
}

static void a_published_version_does_not_change(void **state)
{
	static const char one[] = "journey: mine\nversion: 1\ntitle: Mine\nstages:\n"
				  "  - {key: a, from: start}\nmilestones:\n  - {key: m, stage: a, "
				  "title: M, due: start}\n";
	static const char other[] = "journey: mine\nversion: 1\ntitle: Other\nstages:\n"
				    "  - {key: a, from: start}\nmilestones: []\n";
	struct book_fixture *b = *state;
	struct tend_findings findings;
	struct tend_error err = {0};
	int64_t changes;
	assert_int_equal(publish(b, one, &findings, &changes, &err), TEND_OK);
	assert_int_equal(changes, 1);
	tend_findings_finish(&findings);
	assert_int_equal(publish(b, one, &findings, &changes, &err), TEND_OK);
	assert_int_equal(changes, 0);
	tend_findings_finish(&findings);
	assert_int_equal(publish(b, other, &findings, &changes, &err), TEND_FAILED);
	assert_non_null(strstr(err.text, "version: 2"));
	tend_findings_finish(&findings);
	char *text = NULL;
	assert_int_equal(tend_app_journey_text(b->app, "mine@1", &text, NULL), TEND_OK);
	assert_string_equal(text, one);
	free(text);
	struct tend_done done;
	assert_int_equal(tend_app_undo(b->app, 1, &done, NULL), TEND_OK);
	tend_done_finish(&done);
	assert_int_equal(tend_app_journey_text(b->app, "mine", &text, &err), TEND_NOT_FOUND);
}

static void a_file_with_errors_is_not_published(void **state)
{
	static const char bad[] = "journey: mine\nversion: 0\ntitle: Mine\nstages:\n"
				  "  - {key: a, frm: start}\nmilestones:\n  - {key: m, stage: b, "
				  "title: M, due: stat}\n";
	struct book_fixture *b = *state;
	struct tend_findings findings;
	struct tend_error err = {0};
	int64_t changes;
	assert_int_equal(publish(b, bad, &findings, &changes, &err), TEND_BAD_INPUT);
	assert_true(findings.errors >= 3);
	tend_findings_finish(&findings);
	struct tend_done done;
	tend_findings_init(&findings, "none");
	assert_int_equal(
		tend_app_journey_publish(b->app, "/nonexistent/x.yaml", &findings, &done, &err),
		TEND_FAILED);
	tend_done_finish(&done);
	tend_findings_finish(&findings);
}

static void a_preview_shows_the_dates_and_the_conditions(void **state)
{
	static const struct {
		const char *set, *value;
		size_t rows;
		bool has_big;
	} rows[] = {{NULL, NULL, 9, true}, {"segment", "enterprise", 9, true},
		{"segment", "small", 8, false}, {"owner", "li", 9, true}};
	struct book_fixture *b = *state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct tend_assignment set = {rows[i].set, rows[i].value};
		struct tend_list list;
		struct tend_error err = {0};
		struct tend_duration none = {0};
		assert_int_equal(tend_app_journey_preview(b->app, "small", book_day("2026-01-31"),
					 none, &set, rows[i].set != NULL, &list, NULL, &err),
			TEND_OK);
		assert_int_equal(list.n, rows[i].rows);
		bool has_big = false;
		for (size_t k = 0; k < list.n; k++) {
			const struct tend_preview_row *row = tend_list_at(&list, k);
			if (strcmp(row->key, "big") == 0) {
				has_big = true;
				assert_int_equal(row->conditional, 1);
			}
			if (strcmp(row->key, "review") == 0 && row->occurrence == 1) {
				assert_int_equal(row->due.day, book_day("2026-02-28").day);
			}
		}
		assert_int_equal(has_big, rows[i].has_big);
		tend_list_finish(&list);
	}
}

static void a_term_of_its_own_can_be_previewed(void **state)
{
	struct book_fixture *b = *state;
	struct tend_list list;
	struct tend_duration term = {3, TEND_MONTH};
	assert_int_equal(tend_app_journey_preview(b->app, "small", book_day("2026-01-15"), term,
				 NULL, 0, &list, NULL, NULL),
		TEND_OK);
	const struct tend_preview_row *last = tend_list_at(&list, list.n - 1);
	assert_string_equal(last->key, "offer");
	assert_int_equal(last->due.day, book_day("2026-03-15").day);
	tend_list_finish(&list);
	struct tend_error err = {0};
	struct tend_assignment slip = {"segmnt", "x"};
	struct tend_error said = {0};
	assert_int_equal(tend_app_journey_preview(b->app, "small", book_day("2026-01-15"), term,
				 &slip, 1, &list, NULL, &said),
		TEND_USAGE);
	assert_non_null(strstr(said.text, "did you mean \"segment\""));
	tend_list_finish(&list);
	assert_int_equal(tend_app_journey_preview(b->app, "nosuch", book_day("2026-01-15"), term,
				 NULL, 0, &list, NULL, &err),
		TEND_NOT_FOUND);
	tend_list_finish(&list);
	struct tend_assignment bad = {"arr", "much"};
	assert_int_not_equal(tend_app_journey_preview(b->app, "small", book_day("2026-01-15"), term,
				     &bad, 1, &list, NULL, &err),
		TEND_OK);
	tend_list_finish(&list);
}

static enum tend_status enroll(struct book_fixture *b, const char *customer, const char *journey,
	const char *start, struct tend_done *done, struct tend_error *err)
{
	int64_t id = book_customer(b, customer);
	return tend_app_journey_enroll(
		b->app, &id, 1, journey, start != NULL ? book_day(start) : TEND_NO_DATE, done, err);
}

static void enrolling_in_the_middle_leaves_the_past_open(void **state)
{
	struct book_fixture *b = *state;
	struct tend_done done;
	book_add(b, "key=acme|name=Acme|started=2026-01-05|term=6m");
	char *before = book_dump(b);
	assert_int_equal(enroll(b, "acme", "small", NULL, &done, NULL), TEND_OK);
	assert_string_equal(done.summary, "acme enrolled in small@1");
	assert_string_equal(done.warning, "1 milestone was left out: its condition is not true");
	tend_done_finish(&done);
	assert_string_equal(book_milestone_value(b, "acme", "kickoff", "state"), "todo");
	assert_string_equal(book_value(b, "acme", "overdue"), "5");
	book_assert_undo(b, before);
	assert_string_equal(book_value(b, "acme", "journey"), "small@1");
	free(before);
	assert_int_equal(enroll(b, "acme", "small", NULL, &done, NULL), TEND_OK);
	assert_int_equal(done.changes, 0);
	assert_string_equal(done.summary, "small@1 runs already from that day; nothing to do");
	tend_done_finish(&done);
}

static void a_start_of_its_own_counts_for_the_journey(void **state)
{
	struct book_fixture *b = *state;
	struct tend_done done;
	book_add(b, "key=acme|name=Acme|started=2025-01-05|term=24m");
	assert_int_equal(enroll(b, "acme", "small", "2026-03-01", &done, NULL), TEND_OK);
	tend_done_finish(&done);
	assert_string_equal(book_milestone_value(b, "acme", "kickoff", "due"), "2026-03-08");
	assert_string_equal(book_value(b, "acme", "started"), "2025-01-05");
}

static void another_journey_replaces_what_is_open_and_keeps_what_is_done(void **state)
{
	struct book_fixture *b = *state;
	struct tend_done done;
	book_config(b, "two.yaml",
		"journey: two\nversion: 1\ntitle: Two\nstages:\n"
		"  - {key: only, from: start}\nmilestones:\n"
		"  - {key: kickoff, stage: only, title: Kick, due: start + 1 day}\n"
		"  - {key: other, stage: only, title: Other, due: start + 2 days}\n");
	book_reopen(b, TODAY);
	book_add(b, "key=acme|name=Acme|started=2026-03-02|journey=small");
	book_state(b, "acme", "kickoff", "done");
	char *before = book_dump(b);
	assert_int_equal(enroll(b, "acme", "two", NULL, &done, NULL), TEND_OK);
	assert_string_equal(done.warning,
		"open milestones of another journey: 7 that nobody touched gone, 0 kept; two is "
		"made for "
		"12 months, the customer has another term: tend customer set CUSTOMER term=12m");
	tend_done_finish(&done);
	struct tend_list list;
	assert_int_equal(tend_app_milestones(b->app, 0, NULL, &list, NULL), TEND_OK);
	assert_int_equal(list.n, 2);
	assert_string_equal(((struct tend_milestone *)tend_list_at(&list, 0))->key, "other");
	assert_string_equal(((struct tend_milestone *)tend_list_at(&list, 1))->state, "done");
	tend_list_finish(&list);
	assert_string_equal(book_value(b, "acme", "stage"), "only");
	book_assert_undo(b, before);
	free(before);
}

static void a_second_term_begins_anew(void **state)
{
	struct book_fixture *b = *state;
	struct tend_done done;
	book_add(b, "key=acme|name=Acme|started=2026-03-02|journey=small");
	book_state(b, "acme", "kickoff", "done");
	assert_int_equal(enroll(b, "acme", "small", "2026-09-02", &done, NULL), TEND_OK);
	tend_done_finish(&done);
	assert_string_equal(book_milestone_value(b, "acme", "kickoff", "state"), "todo");
	assert_string_equal(book_milestone_value(b, "acme", "kickoff", "due"), "2026-09-09");
}

static void unknown_journeys_and_files_are_named(void **state)
{
	struct book_fixture *b = *state;
	static const struct {
		const char *name;
		enum tend_status status;
		const char *says;
	} rows[] = {{"smal", TEND_NOT_FOUND, "small"}, {"small@7", TEND_NOT_FOUND, "small@7"},
		{"small@0", TEND_USAGE, "VERSION"}, {"@1", TEND_USAGE, "KEY"},
		{"/no/such.yaml", TEND_FAILED, "/no/such.yaml"}};
	book_add(b, "key=acme|name=Acme|started=2026-03-02");
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct tend_done done;
		struct tend_error err = {0};
		print_message("%s\n", rows[i].name);
		assert_int_equal(
			enroll(b, "acme", rows[i].name, NULL, &done, &err), rows[i].status);
		assert_non_null(strstr(err.text, rows[i].says));
		tend_done_finish(&done);
	}
}

static void a_file_is_checked_with_and_without_a_store(void **state)
{
	struct book_fixture *b = *state;
	const char *good = book_file(b, "good.yaml", book_journey);
	const char *bad = book_file(b, "bad.yaml", "journey: x\nversion: 1\ntitel: X\n");
	struct tend_app *apps[] = {b->app, NULL};
	for (size_t i = 0; i < 2; i++) {
		struct tend_findings findings;
		tend_findings_init(&findings, good);
		assert_int_equal(tend_app_check(apps[i], good, &findings, NULL), TEND_OK);
		tend_findings_finish(&findings);
		tend_findings_init(&findings, bad);
		assert_int_equal(tend_app_check(apps[i], bad, &findings, NULL), TEND_BAD_INPUT);
		assert_true(findings.errors > 0);
		tend_findings_finish(&findings);
		struct tend_error err = {0};
		tend_findings_init(&findings, "x");
		assert_int_equal(tend_app_check(apps[i], "/no/such", &findings, &err), TEND_FAILED);
		tend_findings_finish(&findings);
	}
}

static const char variant[] =
	"journey: ours\nversion: 1\nextends: small # the team's own\n"
	"title: Ours\ndrop: [big]\nmilestones:\n"
	"  - {key: kickoff, due: start + 9 days}\n"
	"  - {key: extra, before: kickoff, stage: growth, title: X, due: start}\n";

static char *journey_text(struct book_fixture *b, const char *name)
{
	char *text = NULL;
	struct tend_error err = {0};
	if (tend_app_journey_text(b->app, name, &text, &err) != TEND_OK) {
		fail_msg("%s", err.text);
	}
	return text;
}

static void a_variant_is_published_with_its_base_at_a_version(void **state)
{
	struct book_fixture *b = *state;
	struct tend_findings findings;
	struct tend_list list;
	struct tend_error err = {0};
	int64_t changes;
	assert_int_equal(publish(b, variant, &findings, &changes, &err), TEND_OK);
	assert_int_equal(changes, 2);
	tend_findings_finish(&findings);
	char *text = journey_text(b, "ours");
	assert_non_null(strstr(text, "\nextends: small@1 # the team's own\n"));
	free(text);
	text = journey_text(b, "small@1");
	assert_string_equal(text, book_journey);
	free(text);
	assert_int_equal(publish(b, variant, &findings, &changes, &err), TEND_OK);
	assert_int_equal(changes, 0);
	tend_findings_finish(&findings);
	assert_int_equal(tend_app_journeys(b->app, &list, NULL), TEND_OK);
	const struct tend_template *t = find(&list, "ours", 1);
	assert_string_equal(t->source, "store");
	assert_string_equal(find(&list, "small", 1)->source, "store");
	tend_list_finish(&list);
	struct tend_done done;
	assert_int_equal(tend_app_undo(b->app, 1, &done, NULL), TEND_OK);
	tend_done_finish(&done);
	assert_int_equal(tend_app_journeys(b->app, &list, NULL), TEND_OK);
	assert_null(find(&list, "ours", 1));
	assert_string_equal(find(&list, "small", 1)->source, "config");
	tend_list_finish(&list);
}

static void a_customer_on_a_variant_keeps_its_base(void **state)
{
	struct book_fixture *b = *state;
	struct tend_done done;
	book_config(b, "ours.yaml", variant);
	book_reopen(b, TODAY);
	book_add(b, "key=acme|name=Acme|started=2026-01-05|term=6m|segment=enterprise");
	assert_int_equal(enroll(b, "acme", "ours", NULL, &done, NULL), TEND_OK);
	tend_done_finish(&done);
	assert_string_equal(book_milestone_value(b, "acme", "kickoff", "due"), "2026-01-14");
	assert_string_equal(book_milestone_value(b, "acme", "extra", "due"), "2026-01-05");
	assert_string_equal(book_milestone_value(b, "acme", "follow", "due"), "2026-01-17");
	assert_string_equal(book_value(b, "acme", "stage"), "growth");
	/* another base in the folder changes nobody's plan */
	book_config(b, "small.yaml",
		"journey: small\nversion: 2\ntitle: T\nstages: [{key: growth, from: start}]\n");
	book_reopen(b, TODAY);
	book_state(b, "acme", "kickoff", "done");
	assert_string_equal(book_milestone_value(b, "acme", "follow", "due"), "2026-03-13");
	struct tend_journey *j = NULL;
	assert_int_equal(tend_app_journey(b->app, "ours@1", NULL, &j, NULL), TEND_OK);
	assert_string_equal(j->extends, "small@1");
	assert_int_equal(j->nstages, 2);
	tend_journey_destroy(j);
}

static void a_variant_is_checked_and_previewed_with_its_base(void **state)
{
	struct book_fixture *b = *state;
	struct tend_findings findings;
	struct tend_list list;
	const char *path = book_file(b, "ours.yaml", variant);
	tend_findings_init(&findings, path);
	assert_int_equal(tend_app_check(b->app, path, &findings, NULL), TEND_OK);
	assert_int_equal(findings.n, 0);
	assert_int_equal(tend_app_journey_preview(b->app, path, book_day("2026-01-05"),
				 (struct tend_duration){0}, NULL, 0, &list, NULL, NULL),
		TEND_OK);
	assert_int_equal(list.n, 9);
	tend_list_finish(&list);
	tend_findings_finish(&findings);
	static const char annual[] = "journey: o\nversion: 1\nextends: tob-annual@1\n";
	path = book_file(b, "annual.yaml", annual);
	tend_findings_init(&findings, path);
	assert_int_equal(tend_app_check(NULL, path, &findings, NULL), TEND_OK);
	tend_findings_finish(&findings);
	path = book_file(b, "wrong.yaml", "journey: o\nversion: 1\nextends: tob-anual\n");
	struct tend_app *apps[] = {b->app, NULL};
	for (size_t i = 0; i < 2; i++) {
		tend_findings_init(&findings, path);
		assert_int_equal(tend_app_check(apps[i], path, &findings, NULL), TEND_BAD_INPUT);
		assert_int_equal(findings.n, 1);
		assert_string_equal(findings.items[0].text,
			"there is no journey \"tob-anual\"; did you mean \"tob-annual\"?");
		tend_findings_finish(&findings);
	}
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(journeys_are_listed_with_their_source),
		TEST(one_that_is_wrong_is_listed_and_its_findings_have_lines),
		TEST(a_published_version_does_not_change),
		TEST(a_file_with_errors_is_not_published),
		TEST(a_preview_shows_the_dates_and_the_conditions),
		TEST(a_term_of_its_own_can_be_previewed),
		TEST(enrolling_in_the_middle_leaves_the_past_open),
		TEST(a_start_of_its_own_counts_for_the_journey),
		TEST(another_journey_replaces_what_is_open_and_keeps_what_is_done),
		TEST(a_second_term_begins_anew),
		TEST(unknown_journeys_and_files_are_named),
		TEST(a_file_is_checked_with_and_without_a_store),
		TEST(a_variant_is_published_with_its_base_at_a_version),
		TEST(a_customer_on_a_variant_keeps_its_base),
		TEST(a_variant_is_checked_and_previewed_with_its_base),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
