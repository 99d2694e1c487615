/* SPDX-License-Identifier: MIT */
/* The journey of the next term: which one, from when, and what becomes of the present one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <support.h>

#include <tend/lang.h>
#include <tend/mem.h>

#include "book.h"

#define TODAY "2026-06-20" /* the term of six months ends on 2026-07-05 */

static const char first[] = "journey: first\n"
			    "version: 1\n"
			    "title: First\n"
			    "term: 6 months\n"
			    "next: second\n"
			    "stages: [{key: s, from: start}]\n"
			    "milestones:\n"
			    "  - {key: a, stage: s, title: A, due: start}\n"
			    "  - {key: b, stage: s, title: B, due: start + 1 month}\n"
			    "  - {key: c, stage: s, title: C, due: renewal - 1 week}\n";

static const char second[] = "journey: second\n"
			     "version: 3\n"
			     "title: Second\n"
			     "term: 6 months\n"
			     "stages: [{key: s, from: start}]\n"
			     "milestones:\n"
			     "  - {key: b, stage: s, title: B, due: start + 1 month}\n"
			     "  - {key: c, stage: s, title: C, due: renewal - 1 week}\n";

static int setup(void **state)
{
	struct book_fixture *b = calloc(1, sizeof(*b));
	assert_non_null(b);
	book_make(b, TODAY);
	book_config(b, "first.yaml", first);
	book_config(b, "second.yaml", second);
	book_reopen(b, TODAY);
	(void)book_add(b, "key=acme|name=Acme|started=2026-01-05|term=6m|journey=first");
	book_state(b, "acme", "a", "done");
	book_state(b, "acme", "b", "done");
	*state = b;
	return 0;
}

static int teardown(void **state)
{
	book_remove(*state);
	free(*state);
	return 0;
}

/* The summary, or the message of what failed; lasts until the next call. */
static const char *enroll(
	struct book_fixture *b, const char *customer, const char *start, enum tend_status expected)
{
	static char said[1024];
	struct tend_done done;
	struct tend_error err = {0};
	int64_t id = book_customer(b, customer);
	struct tend_date day = start != NULL ? book_day(start) : TEND_NO_DATE;
	assert_int_equal(tend_app_journey_enroll(b->app, &id, 1, NULL, day, &done, &err), expected);
	(void)snprintf(said, sizeof(said), "%s", expected == TEND_OK ? done.summary : err.text);
	tend_done_finish(&done);
	return said;
}

/* "key state due" of all milestones, one a line. */
static void assert_rows(struct book_fixture *b, const char *customer, const char *expected)
{
	struct tend_list list;
	const struct tend_query q = {.sort = "due,key"};
	assert_int_equal(
		tend_app_milestones(b->app, book_customer(b, customer), &q, &list, NULL), TEND_OK);
	struct tend_str out = {0};
	for (size_t i = 0; i < list.n; i++) {
		const struct tend_milestone *m = tend_list_at(&list, i);
		char day[TEND_DATE_LEN];
		tend_str_addf(&out, "%s %s %s\n", m->key, m->state, tend_date_format(m->due, day));
	}
	assert_same_text(tend_str_text(&out), expected);
	tend_str_finish(&out);
	tend_list_finish(&list);
}

static void it_is_the_one_that_the_present_one_names(void **state)
{
	struct book_fixture *b = *state;
	char *before = book_dump(b);
	assert_same_text(
		enroll(b, "acme", NULL, TEND_OK), "acme enrolled in second@3 from 2026-07-05 on");
	assert_same_text(book_value(b, "acme", "journey"), "second@3");
	assert_rows(b, "acme",
		"a done 2026-01-05\nb done 2026-02-05\n"
		"b todo 2026-08-05\nc todo 2026-12-29\n");
	book_assert_undo(b, before);
	free(before);
}

static void without_one_it_is_the_same_again(void **state)
{
	struct book_fixture *b = *state;
	(void)enroll(b, "acme", NULL, TEND_OK);
	book_reopen(b, "2026-12-20"); /* nobody has said yet that the contract goes on */
	book_set(b, "acme", "started=2026-07-05");
	book_state(b, "acme", "b", "done");
	assert_same_text(
		enroll(b, "acme", NULL, TEND_OK), "acme enrolled in second@3 from 2027-01-05 on");
	assert_rows(b, "acme",
		"a done 2026-01-05\nb done 2026-02-05\nb done 2026-08-05\n"
		"b todo 2027-02-05\nc todo 2027-06-28\n");
	assert_same_text(enroll(b, "acme", NULL, TEND_OK),
		"the journey of this term runs already; nothing to do");
}

static void what_a_person_changed_stays_beside_the_new_one(void **state)
{
	struct book_fixture *b = *state;
	struct tend_done done;
	int64_t id = book_milestone(b, "acme", "c");
	const struct tend_assignment due = {"due", "2026-07-01"};
	assert_int_equal(tend_app_milestone_set(b->app, &id, 1, &due, 1, &done, NULL), TEND_OK);
	tend_done_finish(&done);
	(void)enroll(b, "acme", NULL, TEND_OK);
	assert_rows(b, "acme",
		"a done 2026-01-05\nb done 2026-02-05\nc todo 2026-07-01\n"
		"b todo 2026-08-05\nc todo 2026-12-29\n");
}

static void a_start_in_the_next_term_proposes_it(void **state)
{
	struct book_fixture *b = *state;
	static const struct {
		const char *started, *warning;
	} rows[] = {{"2026-01-20", NULL}, {"2026-07-05", NULL}, /* the term ends on 2026-07-20 */
		{"2027-01-05", "a new term: tend journey enroll acme starts second for it"}};
	int64_t id = book_customer(b, "acme");
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct tend_done done;
		const struct tend_assignment field = {"started", rows[i].started};
		assert_int_equal(
			tend_app_customer_set(b->app, &id, 1, &field, 1, &done, NULL), TEND_OK);
		if (rows[i].warning == NULL) {
			assert_null(done.warning);
		} else {
			assert_same_text(done.warning, rows[i].warning);
		}
		tend_done_finish(&done);
	}
}

static void it_can_follow_a_start_that_was_moved(void **state)
{
	struct book_fixture *b = *state;
	book_config(b, "first.yaml",
		"journey: first\nversion: 2\ntitle: First\nterm: 6 months\n"
		"stages: [{key: s, from: start}]\nmilestones:\n"
		"  - {key: a, stage: s, title: A, due: start}\n"
		"  - {key: c, stage: s, title: C, due: renewal - 1 week}\n");
	book_reopen(b, TODAY);
	(void)book_add(b, "key=beta|name=Beta|started=2026-01-05|term=6m|journey=first@2");
	book_state(b, "beta", "a", "done");
	book_set(b, "beta", "started=2026-07-05");
	assert_rows(b, "beta", "a done 2026-01-05\nc todo 2026-12-29\n");
	assert_same_text(
		enroll(b, "beta", NULL, TEND_OK), "beta enrolled in first@2 from 2026-07-05 on");
	assert_rows(b, "beta", "a done 2026-01-05\na todo 2026-07-05\nc todo 2026-12-29\n");
	assert_same_text(enroll(b, "beta", NULL, TEND_OK),
		"the journey of this term runs already; nothing to do");
}

static void another_day_may_be_given(void **state)
{
	assert_same_text(enroll(*state, "acme", "2026-08-01", TEND_OK),
		"acme enrolled in second@3 from 2026-08-01 on");
}

static void who_follows_none_is_asked_for_one(void **state)
{
	struct book_fixture *b = *state;
	(void)book_add(b, "key=gamma|name=Gamma|started=2026-01-05");
	assert_same_text(enroll(b, "gamma", NULL, TEND_USAGE),
		"gamma follows no journey: name one to enrol it in");
	book_config(b, "first.yaml",
		"journey: lost\nversion: 1\ntitle: Lost\nnext: nowhere\n"
		"stages: [{key: s, from: start}]\n"
		"milestones: [{key: a, stage: s, title: A, due: start}]\n");
	book_reopen(b, TODAY);
	(void)book_add(b, "key=delta|name=Delta|started=2026-01-05|journey=lost");
	assert_same_text(
		enroll(b, "delta", NULL, TEND_NOT_FOUND), "delta: there is no journey \"nowhere\"");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	tend_lang_set(TEND_EN);
	const struct CMUnitTest tests[] = {
		TEST(it_is_the_one_that_the_present_one_names),
		TEST(without_one_it_is_the_same_again),
		TEST(what_a_person_changed_stays_beside_the_new_one),
		TEST(a_start_in_the_next_term_proposes_it),
		TEST(it_can_follow_a_start_that_was_moved),
		TEST(another_day_may_be_given),
		TEST(who_follows_none_is_asked_for_one),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
