/* SPDX-License-Identifier: MIT */
/* The same change to many customers: what it would do is what it does, in one entry. */
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

#define TODAY "2026-03-10"
enum { CUSTOMERS = 3 };

static int set_up(void **state)
{
	struct book_fixture *b = tend_alloc(sizeof(*b));
	book_make(b, TODAY);
	book_config(b, "team.yaml",
		"config: team\nfields:\n  - {key: city, title: {en: City, zh: 城市}}\n");
	book_reopen(b, TODAY);
	book_add(b, "key=a|name=A|started=2026-01-01|owner=li|journey=small|arr=1000|tags=x,y");
	book_add(b, "key=b|name=B|started=2026-01-01|owner=li|journey=small|tags=y");
	book_add(b, "key=c|name=C|started=2024-01-01|owner=wang|city=Bern");
	*state = b;
	return 0;
}

static int tear_down(void **state)
{
	book_remove(*state);
	free(*state);
	return 0;
}

static void set_owner(
	struct book_fixture *b, const char *customer, const char *milestone, const char *owner)
{
	int64_t id = book_milestone(b, customer, milestone);
	struct tend_assignment field = {"owner", owner};
	struct tend_done done = {0};
	assert_int_equal(tend_app_milestone_set(b->app, &id, 1, &field, 1, &done, NULL), TEND_OK);
	tend_done_finish(&done);
}

static void gather(struct book_fixture *b, int64_t *ids)
{
	static const char *const keys[CUSTOMERS] = {"a", "b", "c"};
	for (size_t i = 0; i < CUSTOMERS; i++) {
		ids[i] = book_customer(b, keys[i]);
	}
}

/* "a owner li>emma, b owner li>emma" */
static char *preview(struct book_fixture *b, const struct tend_bulk *bulk)
{
	struct tend_list list;
	struct tend_error err = {0};
	struct tend_str text = {0};
	if (tend_app_bulk_preview(b->app, bulk, &list, &err) != TEND_OK) {
		tend_str_addf(&text, "error: %s", err.text);
	}
	for (size_t i = 0; i < list.n; i++) {
		const struct tend_change *r = tend_list_at(&list, i);
		bool milestone = strcmp(r->record, "milestone") == 0;
		tend_str_addf(&text, "%s%s%s%s %s %s>%s", i > 0 ? ", " : "", r->customer,
			milestone ? "/" : "", milestone ? r->name : "", r->field,
			r->before != NULL ? r->before : "--", r->after != NULL ? r->after : "--");
	}
	tend_list_finish(&list);
	return tend_str_steal(&text);
}

static const struct bulk_case {
	struct tend_assignment fields[3];
	const char *expected, *summary;
} cases[] = {
	{{{"owner", "emma"}}, "a owner li>emma, b owner li>emma, c owner wang>emma",
		"3 customers set: owner=emma"},
	{{{"owner", "li"}}, "c owner wang>li", "1 customers set: owner=li"},
	{{{"owner", ""}}, "a owner li>--, b owner li>--, c owner wang>--",
		"3 customers set: owner="},
	{{{"tags+", "y, z"}}, "a tags x,y>x,y,z, b tags y>y,z, c tags -->y,z",
		"3 customers set: tags+=y, z"},
	{{{"tags-", "y"}}, "a tags x,y>x, b tags y>--", "2 customers set: tags-=y"},
	{{{"tags-", "x"}, {"tags+", "q"}}, "a tags x,y>y,q, b tags y>y,q, c tags -->q",
		"3 customers set: tags-=x, tags+=q"},
	{{{"tags-", "zz"}}, NULL, NULL},
	{{{"city", "Bern"}}, "a city -->Bern, b city -->Bern", "2 customers set: city=Bern"},
	{{{"city", ""}}, "c city Bern>--", "1 customers set: city="},
	{{{"status", "churned"}},
		"a status active>churned, b status active>churned, c status lapsed>churned",
		"3 customers set: status=churned"},
	{{{"status", "active"}}, NULL, NULL},
	{{{"term", "24m"}}, "a term_months 6>24, b term_months 6>24, c term_months 12>24",
		"3 customers set: term=24m"},
	{{{"segment", "smb"}, {"industry", "health"}},
		"a segment -->smb, a industry -->health, b segment -->smb, b industry -->health, "
		"c segment -->smb, c industry -->health",
		"3 customers set: segment=smb, industry=health"},
};

static void a_change_does_what_its_preview_says(void **state)
{
	struct book_fixture *b = *state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		int64_t ids[CUSTOMERS];
		size_t n = 0;
		struct tend_done done = {0};
		gather(b, ids);
		while (n < 3 && cases[i].fields[n].field != NULL) {
			n++;
		}
		const struct tend_bulk bulk = {
			.ids = ids, .nids = CUSTOMERS, .fields = cases[i].fields, .n = n};
		char *before = book_dump(b), *said = preview(b, &bulk);
		assert_string_equal(said != NULL ? said : "",
			cases[i].expected != NULL ? cases[i].expected : "");
		free(said);
		char *still = book_dump(b);
		assert_string_equal(still, before);
		free(still);
		assert_int_equal(tend_app_bulk_set(b->app, &bulk, &done, NULL), TEND_OK);
		if (cases[i].summary == NULL) {
			assert_int_equal(done.changes, 0);
		} else {
			assert_string_equal(done.summary, cases[i].summary);
			said = preview(b, &bulk); /* nothing is left of it */
			assert_string_equal(said != NULL ? said : "", "");
			free(said);
			book_assert_undo(b, before);
			tend_done_finish(&done);
			assert_int_equal(tend_app_undo(b->app, 1, &done, NULL), TEND_OK);
		}
		tend_done_finish(&done);
		free(before);
	}
}

static void what_cannot_be_set_is_said_and_changes_nobody(void **state)
{
	struct book_fixture *b = *state;
	static const struct {
		struct tend_assignment field;
		const char *message;
	} rows[] = {
		{{"owner+", "li"}, "owner: only tags take += and -=, write owner=VALUE"},
		{{"arr-", "5"}, "arr: only tags take += and -=, write arr=VALUE"},
		{{"tags+", ""}, "tags cannot be empty"},
		{{"month", "3"}, "month is computed and cannot be set"},
		{{"ownr", "li"}, "a customer has no field \"ownr\"; did you mean \"owner\"?"},
	};
	int64_t ids[CUSTOMERS];
	gather(b, ids);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct tend_error err = {0};
		struct tend_done done = {0};
		const struct tend_bulk bulk = {
			.ids = ids, .nids = CUSTOMERS, .fields = &rows[i].field, .n = 1};
		assert_int_equal(tend_app_bulk_set(b->app, &bulk, &done, &err), TEND_USAGE);
		assert_string_equal(err.text, rows[i].message);
		tend_done_finish(&done);
		char *said = preview(b, &bulk);
		assert_string_equal(said + strlen("error: "), rows[i].message);
		free(said);
	}
}

/* Those without an owner of their own follow; of the others only the old owner's open ones are taken along. */
static void milestones_of_the_old_owner_go_along(void **state)
{
	struct book_fixture *b = *state;
	int64_t ids[CUSTOMERS];
	struct tend_done done = {0};
	struct tend_assignment owner = {"owner", "emma"};
	set_owner(b, "a", "signed", "tom"); /* then li: an owner of its own who is the customer's */
	set_owner(b, "a", "signed", "li");
	set_owner(b, "a", "follow", "tom");
	set_owner(b, "b", "signed", "tom");
	set_owner(b, "b", "signed", "li");
	book_state(b, "b", "signed", "done");
	gather(b, ids);
	struct tend_bulk bulk = {.ids = ids, .nids = CUSTOMERS, .fields = &owner, .n = 1};
	bulk.milestones = true;
	char *said = preview(b, &bulk), *before = book_dump(b);
	assert_string_equal(said,
		"a owner li>emma, a/signed owner li>emma, b owner li>emma, c owner wang>emma");
	free(said);
	assert_int_equal(tend_app_bulk_set(b->app, &bulk, &done, NULL), TEND_OK);
	assert_string_equal(done.summary, "3 customers set: owner=emma; 1 milestone goes along");
	tend_done_finish(&done);
	assert_string_equal(book_milestone_value(b, "a", "signed", "owner"), "emma");
	assert_string_equal(book_milestone_value(b, "a", "kickoff", "owner"), "emma");
	assert_string_equal(book_milestone_value(b, "a", "follow", "owner"), "tom");
	assert_string_equal(book_milestone_value(b, "b", "signed", "owner"), "li");
	book_assert_undo(b, before);
	free(before);
	/* Left behind where they are not to go along. */
	assert_int_equal(tend_app_undo(b->app, 1, &done, NULL), TEND_OK);
	tend_done_finish(&done);
	bulk.milestones = false;
	assert_int_equal(tend_app_bulk_set(b->app, &bulk, &done, NULL), TEND_OK);
	tend_done_finish(&done);
	assert_string_equal(book_milestone_value(b, "a", "signed", "owner"), "li");
	assert_string_equal(book_milestone_value(b, "a", "kickoff", "owner"), "emma");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			a_change_does_what_its_preview_says, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			what_cannot_be_set_is_said_and_changes_nobody, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			milestones_of_the_old_owner_go_along, set_up, tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
