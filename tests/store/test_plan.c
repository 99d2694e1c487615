/* SPDX-License-Identifier: MIT */
/* What planning reads and writes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <tend/mem.h>
#include <tend/str.h>

#include "book.h"

static bool is_early(const void *record)
{
	return ((const struct tend_milestone *)record)->due.day < 20000;
}

static enum tend_status note(void *ctx, struct tend_list *list, struct tend_error *err)
{
	(void)err;
	struct tend_str *out = ctx;
	for (size_t i = 0; i < list->n; i++) {
		const struct tend_milestone *m = tend_list_at(list, i);
		tend_str_addf(out, "%s%lld:%s%s", i > 0 ? " " : "", (long long)m->customer_id,
			m->key, m->required == TEND_NO_INT ? "~" : "");
	}
	tend_str_add(out, "; ");
	return TEND_OK;
}

static enum tend_status refuse(void *ctx, struct tend_list *list, struct tend_error *err)
{
	(void)list;
	++*(int *)ctx;
	return tend_fail(err, TEND_FAILED, "enough");
}

static void fill(struct book *b, int64_t ids[3])
{
	static const char *const keys[] = {"zeta", "acme", "mid"};
	book_begin(b, "add");
	for (size_t i = 0; i < 3; i++) {
		ids[i] = book_add_customer(b, keys[i], keys[i]);
	}
	for (size_t i = 0; i < 2; i++) {
		(void)book_add_milestone(
			b, ids[0], i == 0 ? "late" : "early", i == 0 ? 20010 : 19000);
		(void)book_add_milestone(
			b, ids[1], i == 0 ? "late" : "early", i == 0 ? 20010 : 19000);
	}
	(void)book_commit(b, "added");
}

static void a_walk_gives_one_customer_after_the_other(void **state)
{
	struct book *b = *state;
	int64_t ids[3];
	fill(b, ids);
	struct tend_str out = {0};
	struct tend_value all[] = {book_text("a"), book_text("zz")};
	struct tend_walk walk = {.what = TEND_READ_MILESTONES_PLANNED,
		.args = all,
		.nargs = 2,
		.type = &tend_milestone_type,
		.each = note,
		.ctx = &out};
	assert_done(b, tend_store_walk(b->store, &walk, &b->err));
	char *expected = tend_format("%lld:early %lld:late; %lld:early %lld:late; ",
		(long long)ids[1], (long long)ids[1], (long long)ids[0], (long long)ids[0]);
	assert_string_equal(tend_str_text(&out), expected);
	free(expected);
	tend_str_clear(&out);
	walk.whole = is_early; /* the others in brief */
	assert_done(b, tend_store_walk(b->store, &walk, &b->err));
	expected = tend_format("%lld:early %lld:late~; %lld:early %lld:late~; ", (long long)ids[1],
		(long long)ids[1], (long long)ids[0], (long long)ids[0]);
	assert_string_equal(tend_str_text(&out), expected);
	free(expected);
	struct tend_value some[] = {book_text("mid"), book_text("zeta")};
	tend_str_clear(&out);
	walk.args = some; /* from the one to the other */
	assert_done(b, tend_store_walk(b->store, &walk, &b->err));
	expected = tend_format("%lld:early %lld:late~; ", (long long)ids[0], (long long)ids[0]);
	assert_string_equal(tend_str_text(&out), expected);
	free(expected);
	tend_str_finish(&out);
	walk.args = all;
	int calls = 0;
	walk.each = refuse;
	walk.ctx = &calls;
	assert_int_equal(tend_store_walk(b->store, &walk, &b->err), TEND_FAILED);
	assert_string_equal(b->err.text, "enough");
	assert_int_equal(calls, 1);
	walk.nargs = 1;
	assert_int_equal(tend_store_walk(b->store, &walk, &b->err), TEND_FAILED);
	assert_int_equal(calls, 1);
	walk.nargs = 0;
	walk.what = TEND_READ_CUSTOMERS;
	walk.type = &tend_customer_type; /* whose rows have no customer */
	assert_int_equal(tend_store_walk(b->store, &walk, &b->err), TEND_FAILED);
}

static void replanning_leaves_what_a_person_did(void **state)
{
	struct book *b = *state;
	struct tend_list list;
	book_begin(b, "add");
	int64_t acme = book_add_customer(b, "acme", "Acme");
	int64_t id = book_add_milestone(b, acme, "kickoff", 20000);
	(void)book_commit(b, "added");
	book_read_of(b, TEND_READ_MILESTONE, &tend_milestone_type, id, &list);
	struct tend_milestone *m = tend_list_at(&list, 0);
	m->state = "blocked";
	m->reason = "ill";
	m->owner = "li";
	book_begin(b, "set");
	assert_done(b, tend_store_update(b->store, &tend_milestone_type, m, &b->err));
	m->state = "done"; /* none of this is written */
	m->reason = m->owner = NULL;
	m->key = "call";
	m->due = m->template_due = DAY(20007);
	assert_done(b, tend_store_replan(b->store, m, &b->err));
	assert_int_equal(book_commit(b, "planned"), 2);
	tend_list_finish(&list);
	book_read_of(b, TEND_READ_MILESTONE, &tend_milestone_type, id, &list);
	m = tend_list_at(&list, 0);
	assert_string_equal(m->state, "blocked");
	assert_string_equal(m->reason, "ill");
	assert_string_equal(m->owner, "li");
	assert_string_equal(m->key, "call");
	assert_int_equal(m->due.day, 20007);
	assert_int_equal(m->template_due.day, 20007);
	m->due = DAY(1);
	m->key = "talk";
	book_begin(b, "rename");
	assert_done(b, tend_store_rename(b->store, m, &b->err));
	m->id = 999;
	assert_int_equal(tend_store_rename(b->store, m, &b->err), TEND_NOT_FOUND);
	assert_int_equal(book_commit(b, "renamed"), 1);
	tend_list_finish(&list);
	book_read_of(b, TEND_READ_MILESTONE, &tend_milestone_type, id, &list);
	m = tend_list_at(&list, 0);
	assert_string_equal(m->key, "talk");
	assert_int_equal(m->due.day, 20007);
	tend_list_finish(&list);
}

static void an_enrolment_goes_on_at_another_version(void **state)
{
	struct book *b = *state;
	struct tend_enrollment e = {.journey = "small", .version = 1, .start = DAY(100)}, *all;
	size_t n;
	book_begin(b, "add");
	e.customer_id = book_add_customer(b, "acme", "Acme");
	assert_done(b, tend_store_enroll(b->store, &e, &b->err));
	(void)book_commit(b, "added");
	char *before = book_dump(b);
	int64_t id = e.id;
	e.version = 2;
	e.start = DAY(107);
	assert_int_equal(tend_store_move_enrollment(b->store, &e, &b->err), TEND_FAILED);
	book_begin(b, "apply");
	assert_done(b, tend_store_move_enrollment(b->store, &e, &b->err));
	assert_int_equal(book_commit(b, "applied"), 1);
	assert_done(b, tend_store_enrollments(b->store, "small", &all, &n, &b->err));
	assert_int_equal(n, 1);
	assert_int_equal(all[0].id, id);
	assert_int_equal(all[0].version, 2);
	assert_int_equal(all[0].start.day, 107);
	free(all);
	assert_done(b, tend_store_enrollments(b->store, "other", &all, &n, &b->err));
	assert_int_equal(n, 0);
	free(all);
	struct tend_arena arena = {0};
	struct tend_history_row row;
	assert_done(b, tend_store_undo(b->store, 0, DAY(0), &arena, &row, &b->err));
	char *undone = book_dump(b);
	assert_string_equal(undone, before);
	free(undone);
	free(before);
	tend_arena_finish(&arena);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, book_setup, book_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_walk_gives_one_customer_after_the_other),
		TEST(replanning_leaves_what_a_person_did),
		TEST(an_enrolment_goes_on_at_another_version),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
