/* SPDX-License-Identifier: MIT */
/* What an upgrade of many knows of their open milestones is what the store has of them. */
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
#include "upgrade.h"

enum { CUSTOMERS = 150 }; /* more than are planned at once */

#define HEAD                                                                                       \
	"title: {en: Small, zh: 小旅程}\n"                                                      \
	"term: 6 months\n"                                                                         \
	"stages:\n"                                                                                \
	"  - {key: growth, from: start}\n"                                                         \
	"  - {key: renewal, from: renewal - 3 months}\n"                                           \
	"milestones:\n"

/* Rows of one day, a chain, repeats that become more and fewer, one that goes and one that comes, a renamed key. */
static const char first[] =
	"journey: many\nversion: 1\n" HEAD
	"  - {key: gone, stage: growth, title: {en: Gone}, due: start + 20 days}\n"
	"  - {key: a, stage: growth, title: {en: A, zh: 甲}, due: start + 10 days}\n"
	"  - {key: b, stage: growth, title: {en: B}, due: start + 10 days}\n"
	"  - {key: c, stage: growth, title: {en: C}, due: milestone.b + 1 week}\n"
	"  - {key: more, stage: growth, title: {en: More}, due: start + 1 month, "
	"repeat: {every: 1 month, until: start + 3 months}}\n"
	"  - {key: fewer, stage: growth, title: {en: Fewer}, due: start + 1 month, "
	"repeat: {every: 1 month, until: renewal}}\n"
	"  - {key: old, stage: renewal, title: {en: Renamed}, due: renewal - 1 month}\n";
static const char second[] =
	"journey: many\nversion: 2\n" HEAD
	"  - {key: b, stage: growth, title: {en: B, zh: 乙}, due: start + 20 days, required: no}\n"
	"  - {key: new, stage: growth, title: {en: New}, due: start + 20 days}\n"
	"  - {key: a, stage: growth, title: {en: A again, zh: 甲}, due: start + 20 days}\n"
	"  - {key: c, stage: growth, title: {en: C}, due: milestone.b + 1 week}\n"
	"  - {key: more, stage: growth, title: {en: More}, due: start + 1 month, "
	"repeat: {every: 2 weeks, until: start + 4 months}}\n"
	"  - {key: fewer, stage: growth, title: {en: Fewer}, due: start + 1 month, "
	"repeat: {every: 1 month, until: start + 2 months}}\n"
	"  - {key: young, was: old, stage: renewal, title: {en: Renamed}, due: renewal - 1 month}\n"
	"  - {key: big, stage: growth, title: {en: Big}, due: start + 5 days, "
	"when: segment == \"big\"}\n";

static int set_up(void **state)
{
	struct book_fixture *b = tend_alloc(sizeof(*b));
	book_make(b, "2026-03-10");
	book_config(b, "many.yaml", first);
	book_reopen(b, "2026-03-10");
	*state = b;
	return 0;
}

static int tear_down(void **state)
{
	book_remove(*state);
	free(*state);
	return 0;
}

static void add_own(struct book_fixture *b, int64_t id, struct tend_date due, const char *key)
{
	char day[TEND_DATE_LEN];
	struct tend_assignment fields[] = {
		{"key", key}, {"title", "Own"}, {"due", tend_date_format(due, day)}};
	struct tend_done done;
	struct tend_error err = {0};
	if (tend_app_milestone_add(b->app, id, fields, 3, &done, &err) != TEND_OK) {
		fail_msg("%s", err.text);
	}
	tend_done_finish(&done);
}

static void run_playbook(struct book_fixture *b, int64_t id)
{
	struct tend_done done;
	struct tend_error err = {0};
	if (tend_app_playbook_run(b->app, "welcome", &id, 1, TEND_NO_DATE, &done, &err)
		!= TEND_OK) {
		fail_msg("%s", err.text);
	}
	tend_done_finish(&done);
}

static void fill(struct book_fixture *b, struct support_random *r)
{
	static const char *const states[] = {"done", "doing", "blocked", "skipped"};
	static const char *const keys[] = {"a", "b", "gone", "old"};
	for (int i = 0; i < CUSTOMERS; i++) {
		struct tend_date start = {book_day("2026-03-10").day - (int)support_random(r, 90)};
		char day[TEND_DATE_LEN], key[8];
		char *fields = tend_format("key=c%03d|name=C|started=%s|segment=%s%s",
			i * 7 % CUSTOMERS, tend_date_format(start, day), i % 3 ? "small" : "big",
			support_random(r, 9) == 0 ? "" : "|journey=many");
		int64_t id = book_add(b, fields);
		bool follows = strstr(fields, "journey") != NULL;
		(void)snprintf(key, sizeof(key), "c%03d", i * 7 % CUSTOMERS);
		free(fields);
		for (int n = support_random(r, 3); follows && n > 0; n--) {
			book_state(
				b, key, keys[support_random(r, 4)], states[support_random(r, 4)]);
		}
		if (support_random(r, 4) == 0) {
			add_own(b, id, (struct tend_date){start.day + 20}, "own");
		}
		if (support_random(r, 6) == 0) {
			run_playbook(b, id);
		}
	}
}

static void add_goals(struct book_fixture *b, struct upgrade_run *r)
{
	struct tend_enrollment *all = NULL;
	size_t n = 0;
	assert_int_equal(
		tend_store_read(b->app->store, TEND_READ_CUSTOMERS, NULL, 0, &r->customers, NULL),
		TEND_OK);
	assert_int_equal(tend_store_enrollments(b->app->store, "many", &all, &n, NULL), TEND_OK);
	for (size_t i = 0; i < r->customers.n; i++) {
		const struct tend_customer *c = tend_list_at(&r->customers, i);
		for (size_t k = 0; k < n; k++) {
			if (all[k].customer_id == c->id) {
				upgrade_add_dates(r, c, c, &all[k]);
			}
		}
	}
	free(all);
}

static char *text_of(const struct tend_milestone *m)
{
	struct tend_str out = {0};
	for (size_t i = 0; i < tend_milestone_type.nfields; i++) {
		const struct tend_field *f = &tend_milestone_type.fields[i];
		struct tend_value v = tend_field_get(f, m);
		tend_str_addf(&out, "%s=", f->name);
		tend_str_add(&out,
			v.null                                           ? "NULL"
				: v.type == TEND_TEXT && *v.text == '\0' ? "''"
									 : "");
		tend_value_format(v, &out);
		tend_str_add(&out, " ");
	}
	tend_str_addf(&out, "customer=%s title=%s", m->customer, m->title);
	return tend_str_steal(&out);
}

static bool is_goal(const struct upgrade_run *r, int64_t id)
{
	bool found = false;
	for (size_t i = 0; i < r->goals.n && !found; i++) {
		found = r->goals.items[i].e.customer_id == id;
	}
	return found;
}

static void open_rows_are_known_as_the_store_has_them(void **state)
{
	struct book_fixture *b = *state;
	struct support_random random = {11};
	fill(b, &random);
	struct tend_error err = {0};
	struct tend_journey *now = NULL;
	struct tend_list rows;
	struct upgrade_run r;
	struct tend_done done = {0};
	assert_int_equal(
		tend_app_journey(b->app, book_file(b, "second.yaml", second), NULL, &now, &err),
		TEND_OK);
	assert_int_equal(write_begin(b->app, &err), TEND_OK);
	upgrade_init(&r, b->app, now);
	add_goals(b, &r);
	assert_in_range(r.goals.n, 110, CUSTOMERS);
	if (upgrade_apply(&r, &err) != TEND_OK) {
		fail_msg("%s", err.text);
	}
	assert_true(b->app->writes > CUSTOMERS);
	tend_list_init(&rows, &tend_milestone_type);
	assert_int_equal(
		tend_store_read(b->app->store, TEND_READ_MILESTONES_OPEN, NULL, 0, &rows, &err),
		TEND_OK);
	size_t at = 0;
	for (size_t i = 0; i < rows.n; i++) {
		const struct tend_milestone *m = tend_list_at(&rows, i);
		if (is_goal(&r, m->customer_id)) {
			assert_true(at < r.open.n);
			char *known = text_of(tend_list_at(&r.open, at++)), *stored = text_of(m);
			assert_string_equal(known, stored);
			free(known);
			free(stored);
		}
	}
	assert_int_equal(at, r.open.n);
	tend_list_finish(&rows);
	upgrade_finish(&r);
	assert_int_equal(write_end(b->app, TEND_FAILED, &done, &err), TEND_FAILED);
	tend_done_finish(&done);
	tend_journey_destroy(now);
}

/* All that is derived from them, once more from what the store has. */
static void judging_again_after_it_changes_nothing(void **state)
{
	struct book_fixture *b = *state;
	struct support_random random = {12};
	fill(b, &random);
	struct tend_done done;
	struct tend_error err = {0};
	char *before = book_dump(b);
	if (tend_app_journey_apply(
		    b->app, book_file(b, "second.yaml", second), NULL, 0, &done, &err)
		!= TEND_OK) {
		fail_msg("%s", err.text);
	}
	assert_true(done.changes > CUSTOMERS);
	tend_done_finish(&done);
	char *known = book_dump(b);
	struct ids ids = {0};
	for (int64_t id = 1; id <= CUSTOMERS; id++) {
		ids_add(&ids, id);
	}
	assert_int_equal(tend_store_begin(b->app->store, NULL, &err), TEND_OK);
	assert_int_equal(evaluate_customers(b->app, ids.items, ids.n, false, &err), TEND_OK);
	assert_int_equal(tend_store_commit(b->app->store, NULL, NULL, &err), TEND_OK);
	ids_finish(&ids);
	char *again = book_dump(b);
	assert_same_text(again, known);
	free(again);
	free(known);
	book_assert_undo(b, before);
	free(before);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(open_rows_are_known_as_the_store_has_them),
		TEST(judging_again_after_it_changes_nothing),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
