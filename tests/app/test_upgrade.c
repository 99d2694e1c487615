/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <support.h>
#include <tend/upgrade.h>

#include "book.h"

#define TODAY "2026-03-10"

/* The small journey's second version: one moved, one reworded, one renamed, one gone, one new, one for some. */
static const char second[] =
	"journey: small\n"
	"version: 2\n"
	"title: {en: Small, zh: 小旅程}\n"
	"term: 6 months\n"
	"stages:\n"
	"  - {key: growth, from: start}\n"
	"  - {key: renewal, from: renewal - 3 months}\n"
	"milestones:\n"
	"  - {key: signed, stage: growth, title: {en: Contract signed, zh: 合同签署}, due: start}\n"
	"  - key: kickoff\n"
	"    stage: growth\n"
	"    title: {en: Kick-off call, zh: 启动会}\n"
	"    due: start + 10 days\n"
	"    after: [signed]\n"
	"    visible: yes\n"
	"    items: [{en: Agenda, zh: 议程}, {en: Guests, zh: 来宾}, {en: Invitations, zh: 邀请}]\n"
	"  - {key: next-steps, was: follow, stage: growth, title: {en: Follow up, zh: 跟进}, "
	"due: milestone.kickoff + 3 days}\n"
	"  - key: review\n"
	"    stage: growth\n"
	"    title: {en: Review, zh: 回访}\n"
	"    due: start + 1 month\n"
	"    repeat: {every: 1 month, until: renewal - 3 months}\n"
	"  - key: big\n"
	"    stage: growth\n"
	"    title: {en: For big ones, zh: 大客户}\n"
	"    due: start + 10 days\n"
	"    when: segment == \"enterprise\" or segment == \"middle\"\n"
	"  - {key: survey, stage: renewal, title: {en: Survey, zh: 调研}, due: renewal - 2 "
	"months}\n";

static int set_up(void **state)
{
	struct book_fixture *b = tend_alloc(sizeof(*b));
	book_make(b, TODAY);
	book_add(b, "key=acme|name=Acme|started=2026-03-02|journey=small|segment=middle");
	*state = b;
	return 0;
}

static int tear_down(void **state)
{
	book_remove(*state);
	free(*state);
	return 0;
}

/* Lines as "key#occurrence action before after detail". */
static char *lines_of(const struct tend_list *list, const char *customer)
{
	struct tend_str out = {0};
	for (size_t i = 0; i < list->n; i++) {
		const struct tend_plan_line *l = tend_list_at(list, i);
		char before[TEND_DATE_LEN], after[TEND_DATE_LEN];
		if (customer != NULL && strcmp(l->customer, customer) != 0) {
			continue;
		}
		tend_str_addf(&out, "%s#%lld %s %s %s %s\n", l->key, (long long)l->occurrence,
			l->action, tend_date_format(l->due_before, before),
			tend_date_format(l->due_after, after), l->detail != NULL ? l->detail : "-");
	}
	char *lines = tend_str_steal(&out);
	return lines != NULL ? lines : tend_strdup("");
}

static char *plan(struct book_fixture *b, const char *journey, const int64_t *ids, size_t n)
{
	struct tend_list list;
	struct tend_done done;
	struct tend_error err = {0};
	if (tend_app_journey_plan(b->app, journey, ids, n, &list, NULL, &done, &err) != TEND_OK) {
		fail_msg("%s", err.text);
	}
	char *lines = lines_of(&list, NULL);
	tend_done_finish(&done);
	tend_list_finish(&list);
	return lines;
}

static void apply(struct book_fixture *b, const char *journey, int64_t *ret_changes)
{
	struct tend_done done;
	struct tend_error err = {0};
	if (tend_app_journey_apply(b->app, journey, NULL, 0, &done, &err) != TEND_OK) {
		fail_msg("%s", err.text);
	}
	*ret_changes = done.changes;
	tend_done_finish(&done);
}

static void two_versions_are_compared_in_words(void **state)
{
	struct book_fixture *b = *state;
	const char *path = book_file(b, "second.yaml", second);
	struct tend_list list;
	struct tend_str text = {0};
	assert_int_equal(
		tend_app_journey_diff(b->app, "small@1", path, &list, NULL, NULL), TEND_OK);
	for (size_t i = 0; i < list.n; i++) {
		const struct tend_difference *d = tend_list_at(&list, i);
		tend_str_addf(&text, "%s %s %s %s %s > %s\n", d->what, d->key, d->action,
			d->field != NULL ? d->field : "-", d->before != NULL ? d->before : "-",
			d->after != NULL ? d->after : "-");
	}
	assert_same_text(tend_str_text(&text),
		"stage renewal changed from renewal - 2 months > renewal - 3 months\n"
		"milestone signed changed title Signed > Contract signed\n"
		"milestone kickoff changed title Kick-off > Kick-off call\n"
		"milestone kickoff changed due start + 7 days > start + 10 days\n"
		"milestone kickoff changed guide Begin with the people > -\n"
		"milestone kickoff changed deliverable Minutes > -\n"
		"item kickoff added - - > Guests\n"
		"milestone next-steps renamed key follow > next-steps\n"
		"milestone review changed repeat every 1 month until renewal - 2 months > every 1 "
		"month until renewal - 3 months\n"
		"milestone big changed when segment == \"enterprise\" > segment == \"enterprise\" "
		"or segment == \"middle\"\n"
		"milestone survey added - - > Survey\n"
		"milestone offer removed - Offer > -\n");
	tend_str_finish(&text);
	tend_list_finish(&list);
	assert_int_equal(tend_app_journey_diff(b->app, path, path, &list, NULL, NULL), TEND_OK);
	assert_int_equal(list.n, 0);
	tend_list_finish(&list);
	struct tend_error err = {0};
	assert_int_equal(tend_app_journey_diff(b->app, "small@1", "small@9", &list, NULL, &err),
		TEND_NOT_FOUND);
	tend_list_finish(&list);
}

static void a_plan_says_what_applying_does(void **state)
{
	struct book_fixture *b = *state;
	const char *path = book_file(b, "second.yaml", second);
	book_state(b, "acme", "signed", "done");
	char *before = book_dump(b);
	char *lines = plan(b, path, NULL, 0);
	assert_same_text(lines,
		"signed#1 kept-done 2026-03-02 2026-03-02 not followed: title\n"
		"kickoff#1 moved 2026-03-09 2026-03-12 -\n"
		"kickoff#1 changed 2026-03-09 2026-03-12 title: Kick-off > Kick-off call; 1 item "
		"added\n"
		"big#1 added  2026-03-12 -\n"
		"next-steps#1 moved 2026-03-12 2026-03-15 -\n"
		"next-steps#1 changed 2026-03-12 2026-03-15 key: follow > next-steps\n"
		"survey#1 added  2026-07-02 -\n"
		"review#4 retired 2026-07-02  the template has it no more\n"
		"offer#1 retired 2026-08-02  the template has it no more\n");
	free(lines);
	char *still = book_dump(b);
	assert_same_text(still, before);
	int64_t changes;
	apply(b, path, &changes);
	assert_true(changes > 0);
	assert_string_equal(book_value(b, "acme", "journey"), "small@2");
	assert_string_equal(book_milestone_value(b, "acme", "signed", "title"), "Signed");
	assert_string_equal(book_milestone_value(b, "acme", "kickoff", "due"), "2026-03-12");
	assert_string_equal(book_milestone_value(b, "acme", "kickoff", "items"), "3");
	assert_string_equal(book_milestone_value(b, "acme", "next-steps", "due"), "2026-03-15");
	assert_string_equal(book_milestone_value(b, "acme", "survey", "stage"), "renewal");
	book_assert_undo(b, before);
	lines = plan(b, "small@2", NULL, 0);
	assert_string_equal(lines, "");
	free(lines);
	apply(b, "small@2", &changes);
	assert_int_equal(changes, 0);
	free(still);
	free(before);
}

/* What applying the version would say beside its summary; lasts until the next call. */
static const char *warning_of(struct book_fixture *b, const char *journey)
{
	static char text[1024];
	struct tend_done done;
	b->dry_run = true;
	book_reopen(b, TODAY);
	assert_int_equal(tend_app_journey_apply(b->app, journey, NULL, 0, &done, NULL), TEND_OK);
	(void)snprintf(text, sizeof(text), "%s", done.warning != NULL ? done.warning : "");
	tend_done_finish(&done);
	b->dry_run = false;
	book_reopen(b, TODAY);
	return text;
}

static void what_a_person_did_is_kept(void **state)
{
	struct book_fixture *b = *state;
	const char *path = book_file(b, "second.yaml", second);
	struct tend_assignment fields[] = {{"due", "2026-04-01"}, {"title", "Our call"}};
	struct tend_done done;
	int64_t id = book_milestone(b, "acme", "kickoff");
	assert_int_equal(tend_app_milestone_set(b->app, &id, 1, fields, 2, &done, NULL), TEND_OK);
	tend_done_finish(&done);
	struct tend_list items;
	assert_int_equal(tend_app_items(b->app, id, &items, NULL), TEND_OK);
	int64_t item = ((struct tend_item *)tend_list_at(&items, 1))->id;
	tend_list_finish(&items);
	assert_int_equal(tend_app_item_check(b->app, item, id, true, &done, NULL), TEND_OK);
	tend_done_finish(&done);
	book_state(b, "acme", "offer", "doing");
	char *lines = plan(b, path, NULL, 0);
	assert_non_null(strstr(lines,
		"kickoff#1 conflict 2026-04-01 2026-04-01 title stays Our call, the template says "
		"Kick-off call; due stays 2026-04-01, the template says 2026-03-12\n"));
	assert_non_null(strstr(lines, "offer#1 kept-edited 2026-08-02 2026-08-02"));
	/* What hangs on the edited date stays where it is. */
	assert_null(strstr(lines, "next-steps#1 moved"));
	free(lines);
	int64_t changes;
	assert_non_null(strstr(warning_of(b, path),
		"1 milestone stays as it is here, though the template says otherwise: acme kickoff "
		"(title "
		"stays Our call, the template says Kick-off call; due stays 2026-04-01, the "
		"template says "
		"2026-03-12)"));
	apply(b, path, &changes);
	assert_string_equal(book_milestone_value(b, "acme", "kickoff", "title"), "Our call");
	assert_string_equal(book_milestone_value(b, "acme", "kickoff", "due"), "2026-04-01");
	assert_string_equal(book_milestone_value(b, "acme", "kickoff", "items_done"), "1");
	assert_string_equal(book_milestone_value(b, "acme", "kickoff", "items"), "3");
	assert_string_equal(book_milestone_value(b, "acme", "offer", "state"), "doing");
	lines = plan(b, "small@2", NULL, 0);
	assert_string_equal(lines, "");
	free(lines);
}

static void only_those_who_follow_the_journey_are_taken(void **state)
{
	struct book_fixture *b = *state;
	const char *path = book_file(b, "second.yaml", second);
	book_config(b, "two.yaml",
		"journey: two\nversion: 1\ntitle: Two\nstages:\n"
		"  - {key: only, from: start}\nmilestones: []\n");
	book_reopen(b, TODAY);
	int64_t other = book_add(b, "key=beta|name=Beta|started=2026-03-02|journey=two");
	int64_t none = book_add(b, "key=gamma|name=Gamma|started=2026-03-02");
	const struct {
		int64_t id;
		const char *says;
	} rows[] = {{other, "beta follows two@1, not small"}, {none, "gamma follows no journey"}};
	for (size_t i = 0; i < 2; i++) {
		struct tend_list list;
		struct tend_done done;
		struct tend_error err = {0};
		assert_int_equal(tend_app_journey_plan(
					 b->app, path, &rows[i].id, 1, &list, NULL, &done, &err),
			TEND_FAILED);
		assert_non_null(strstr(err.text, rows[i].says));
		tend_done_finish(&done);
		tend_list_finish(&list);
		assert_int_equal(tend_app_journey_apply(b->app, path, &rows[i].id, 1, &done, &err),
			TEND_FAILED);
		tend_done_finish(&done);
	}
	/* Nobody was taken, so nothing was published either. */
	struct tend_error err = {0};
	char *text = NULL;
	assert_int_equal(tend_app_journey_text(b->app, "small@2", &text, &err), TEND_NOT_FOUND);
}

static void a_write_before_does_not_speak_in_the_summary(void **state)
{
	struct book_fixture *b = *state;
	struct tend_done done;
	struct tend_error err = {0};
	book_log(b, "acme", "note", NULL, "invisible: \x01");
	const char *path = book_file(b, "second.yaml", second);
	assert_int_equal(tend_app_journey_apply(b->app, path, NULL, 0, &done, &err), TEND_OK);
	assert_true(done.changes > 0);
	assert_null(done.warning);
	tend_done_finish(&done);
}

static void a_published_version_is_applied_as_it_is(void **state)
{
	struct book_fixture *b = *state;
	char *other = tend_strdup(second);
	memcpy(strstr(other, "version: 2"), "version: 1", 10);
	const char *path = book_file(b, "other.yaml", other);
	struct tend_done done;
	struct tend_error err = {0};
	assert_int_equal(tend_app_journey_apply(b->app, path, NULL, 0, &done, &err), TEND_FAILED);
	assert_non_null(strstr(err.text, "version: 2"));
	tend_done_finish(&done);
	char *lines = plan(b, path, NULL, 0); /* a plan shows it all the same */
	assert_non_null(strstr(lines, "survey#1 added"));
	free(lines);
	free(other);
}

/* More than are read one by one: the way of many has to say what the way of one says. */
static void many_are_planned_as_one_is(void **state)
{
	struct book_fixture *b = *state;
	const char *path = book_file(b, "second.yaml", second);
	for (int i = 0; i < 120; i++) {
		char *fields = tend_format("key=c%03d|name=C%d|started=2026-0%d-%02d|segment=%s%s",
			i, i, 1 + i % 3, 1 + i % 28, i % 2 ? "middle" : "small",
			i % 10 == 9 ? "" : "|journey=small");
		int64_t id = book_add(b, fields);
		char *key = tend_format("c%03d", i);
		if (i % 10 != 9 && i % 4 == 0) {
			book_state(b, key, "signed", "done");
			book_state(b, key, "follow", "doing");
			book_state(b, key, "kickoff", i % 8 == 0 ? "done" : "blocked");
		}
		(void)id;
		free(key);
		free(fields);
	}
	struct tend_list all;
	struct tend_done done;
	assert_int_equal(
		tend_app_journey_plan(b->app, path, NULL, 0, &all, NULL, &done, NULL), TEND_OK);
	assert_non_null(strstr(done.summary, "109 customers"));
	tend_done_finish(&done);
	for (int i = 0; i < 120; i += 7) {
		char *key = tend_format("c%03d", i);
		if (i % 10 != 9) {
			int64_t id = book_customer(b, key);
			char *one = plan(b, path, &id, 1), *among = lines_of(&all, key);
			assert_string_not_equal(one, "");
			assert_same_text(among, one);
			free(one);
			free(among);
		}
		free(key);
	}
	tend_list_finish(&all);
	char *before = book_dump(b);
	int64_t changes;
	apply(b, path, &changes);
	char *lines = plan(b, "small@2", NULL, 0);
	assert_string_equal(lines, "");
	free(lines);
	book_assert_undo(b, before);
	free(before);
}

static void other_dates_are_planned_before_they_are_set(void **state)
{
	struct book_fixture *b = *state;
	struct tend_list list;
	int64_t id = book_customer(b, "acme");
	book_state(b, "acme", "signed", "done");
	const struct tend_assignment fields[] = {
		{"started", "2026-03-05"}, {"term", "5m"}, {"owner", "li"}};
	assert_int_equal(tend_app_dates_plan(b->app, &id, 1, fields, 3, &list, NULL), TEND_OK);
	char *lines = lines_of(&list, NULL);
	tend_list_finish(&list);
	assert_same_text(lines,
		"signed#1 kept-done 2026-03-02 2026-03-02 not followed: due\n"
		"kickoff#1 moved 2026-03-09 2026-03-12 -\n"
		"follow#1 moved 2026-03-12 2026-03-15 -\n"
		"review#1 moved 2026-04-02 2026-04-05 -\n"
		"review#2 moved 2026-05-02 2026-05-05 -\n"
		"review#3 moved 2026-06-02 2026-06-05 -\n"
		"offer#1 moved 2026-08-02 2026-07-05 -\n"
		"review#4 retired 2026-07-02  the template has it no more\n");
	free(lines);
	book_set(b, "acme", "started=2026-03-05|term=5m");
	assert_string_equal(book_milestone_value(b, "acme", "signed", "due"), "2026-03-02");
	assert_string_equal(book_milestone_value(b, "acme", "offer", "due"), "2026-07-05");
	assert_int_equal(tend_app_dates_plan(b->app, &id, 1, fields, 3, &list, NULL), TEND_OK);
	assert_int_equal(list.n, 0);
	tend_list_finish(&list);
	const struct tend_assignment bad[] = {{"started", "soon"}, {"term", "soon"}};
	for (size_t i = 0; i < 2; i++) {
		assert_int_equal(
			tend_app_dates_plan(b->app, &id, 1, &bad[i], 1, &list, NULL), TEND_USAGE);
		tend_list_finish(&list);
	}
	const struct tend_assignment other = {"terms_of_delivery", "by ship"}; /* a team's field */
	assert_int_equal(tend_app_dates_plan(b->app, &id, 1, &other, 1, &list, NULL), TEND_OK);
	assert_int_equal(list.n, 0);
	tend_list_finish(&list);
}

/* A title of one's own does not hold a date; a date of one's own does, and so does what hangs on it. */
static void a_field_that_was_edited_holds_itself_alone(void **state)
{
	struct book_fixture *b = *state;
	struct tend_assignment title = {"title", "Our call"}, due = {"due", "2026-03-20"};
	struct tend_done done;
	int64_t id = book_milestone(b, "acme", "kickoff");
	assert_int_equal(tend_app_milestone_set(b->app, &id, 1, &title, 1, &done, NULL), TEND_OK);
	tend_done_finish(&done);
	book_set(b, "acme", "started=2026-03-04");
	assert_string_equal(book_milestone_value(b, "acme", "kickoff", "due"), "2026-03-11");
	assert_string_equal(book_milestone_value(b, "acme", "follow", "due"), "2026-03-14");
	assert_int_equal(tend_app_milestone_set(b->app, &id, 1, &due, 1, &done, NULL), TEND_OK);
	tend_done_finish(&done);
	assert_string_equal(book_milestone_value(b, "acme", "follow", "due"), "2026-03-23");
	book_set(b, "acme", "started=2026-03-06");
	assert_string_equal(book_milestone_value(b, "acme", "kickoff", "due"), "2026-03-20");
	assert_string_equal(book_milestone_value(b, "acme", "follow", "due"), "2026-03-23");
	assert_string_equal(book_milestone_value(b, "acme", "review#1", "due"), "2026-04-06");
}

/* Another version of the same term is no new beginning, whoever asks for it. */
static void enrolling_in_another_version_upgrades(void **state)
{
	struct book_fixture *b = *state;
	const char *path = book_file(b, "second.yaml", second);
	struct tend_done done;
	int64_t id = book_customer(b, "acme");
	book_state(b, "acme", "kickoff", "doing");
	book_state(b, "acme", "signed", "done");
	char *before = book_dump(b);
	assert_int_equal(
		tend_app_journey_enroll(b->app, &id, 1, path, TEND_NO_DATE, &done, NULL), TEND_OK);
	tend_done_finish(&done);
	assert_string_equal(book_value(b, "acme", "journey"), "small@2");
	assert_string_equal(book_milestone_value(b, "acme", "kickoff", "state"), "doing");
	assert_string_equal(book_milestone_value(b, "acme", "kickoff", "due"), "2026-03-12");
	assert_string_equal(book_milestone_value(b, "acme", "signed", "state"), "done");
	char *lines = plan(b, "small@2", NULL, 0);
	assert_string_equal(lines, "");
	free(lines);
	book_assert_undo(b, before);
	free(before);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(two_versions_are_compared_in_words),
		TEST(a_plan_says_what_applying_does),
		TEST(what_a_person_did_is_kept),
		TEST(only_those_who_follow_the_journey_are_taken),
		TEST(a_write_before_does_not_speak_in_the_summary),
		TEST(a_published_version_is_applied_as_it_is),
		TEST(many_are_planned_as_one_is),
		TEST(other_dates_are_planned_before_they_are_set),
		TEST(a_field_that_was_edited_holds_itself_alone),
		TEST(enrolling_in_another_version_upgrades),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
