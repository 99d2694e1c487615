/* SPDX-License-Identifier: MIT */
/* The profile of customers: fields of the config files, by section. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "book.h"

static const char team[] =
	"config: profile\n"
	"sections:\n"
	"  - key: who\n"
	"    title: {en: Who, zh: 是谁}\n"
	"    fields:\n"
	"      - {key: city, title: {en: City, zh: 城市}, hint: where they sit}\n"
	"      - key: phase\n"
	"        values: [{key: Seed round, title: {en: seed, zh: 种子轮}}, grown]\n"
	"  - {key: size, fields: [{key: heads, type: number}]}\n"
	"fields: [{key: crm_id}]\n";

static int setup(void **state)
{
	struct book_fixture *b = calloc(1, sizeof(*b));
	book_make(b, "2026-11-16");
	book_config(b, "profile.yaml", team);
	book_reopen(b, "2026-11-16");
	(void)book_add(b, "key=acme|name=Acme|started=2026-01-31");
	(void)book_add(b, "key=zeta|name=Zeta|started=2026-01-31");
	*state = b;
	return 0;
}

static int teardown(void **state)
{
	book_remove(*state);
	free(*state);
	return 0;
}

static void a_file_of_the_team_takes_the_place_of_the_built_in_profile(void **state)
{
	struct book_fixture *b = *state;
	struct tend_list list;
	assert_int_equal(tend_app_profile(b->app, book_customer(b, "acme"), &list, NULL), TEND_OK);
	static const char *const expected[][4] = {{"Who", "city", "City", "text"},
		{"Who", "phase", "phase", "text"}, {"size", "heads", "heads", "number"}};
	assert_int_equal(list.n, 3); /* a field without a section is none of the profile */
	for (size_t i = 0; i < 3; i++) {
		const struct tend_profile_field *f = tend_list_at(&list, i);
		assert_string_equal(f->section, expected[i][0]);
		assert_string_equal(f->field, expected[i][1]);
		assert_string_equal(f->title, expected[i][2]);
		assert_string_equal(f->type, expected[i][3]);
		assert_null(f->value);
	}
	tend_list_finish(&list);
}

static void words_are_taken_as_people_write_them_and_shown_by_their_titles(void **state)
{
	struct book_fixture *b = *state;
	struct tend_error err;
	struct tend_list list;
	book_set(b, "acme", "phase=seed_round");
	assert_int_equal(tend_app_profile(b->app, book_customer(b, "acme"), &list, NULL), TEND_OK);
	const struct tend_profile_field *f = tend_list_at(&list, 1);
	assert_string_equal(f->value, "Seed round");
	assert_string_equal(f->shown, "seed");
	assert_string_equal(f->values, "Seed round,grown");
	tend_list_finish(&list);
	assert_int_equal(book_try_set(b, "acme", "phase=old", &err), TEND_USAGE);
	assert_non_null(strstr(err.text, "phase"));
	assert_int_equal(book_try_set(b, "acme", "heads=many", &err), TEND_USAGE);
	assert_string_equal(book_found(b, "phase == \"Seed round\""), "acme");
}

static void yes_and_days_are_kept_as_what_they_mean(void **state)
{
	static const struct {
		const char *given, *field, *kept;
	} rows[] = {
		{"listed=true", "listed", "yes"},
		{"listed=1", "listed", "yes"},
		{"listed=YES", "listed", "yes"},
		{"listed=0", "listed", "no"},
		{"listed=False", "listed", "no"},
		{"since=+3d", "since", "2026-11-19"},
		{"since=2026-01-02", "since", "2026-01-02"},
	};
	struct book_fixture *b = *state;
	struct tend_import_report report;
	struct tend_done done;
	book_config(b, "profile.yaml",
		"config: profile\nsections: [{key: s, fields: [{key: listed, type: bool}, "
		"{key: since, type: date}]}]\n");
	book_reopen(b, "2026-11-16");
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		book_set(b, "acme", rows[i].given);
		assert_string_equal(book_value(b, "acme", rows[i].field), rows[i].kept);
	}
	/* A file keeps its own words: what is shown of them is right as well. */
	const struct tend_import_options keep = {
		.map = book_file(b, "map.yaml", "map: m\nkind: customers\nextra: keep\n")};
	const char *file =
		book_file(b, "c.csv", "key,name,started,listed\nzeta,Zeta,2026-01-31,True\n");
	assert_int_equal(
		tend_app_import(b->app, "customers", file, &keep, &report, &done, NULL), TEND_OK);
	tend_done_finish(&done);
	tend_import_report_finish(&report);
	struct tend_list list;
	assert_int_equal(tend_app_profile(b->app, book_customer(b, "zeta"), &list, NULL), TEND_OK);
	assert_string_equal(
		((const struct tend_profile_field *)tend_list_at(&list, 0))->value, "yes");
	assert_string_equal(
		((const struct tend_profile_field *)tend_list_at(&list, 0))->shown, "yes");
	tend_list_finish(&list);
}

static void how_much_is_known_is_counted_per_customer(void **state)
{
	struct book_fixture *b = *state;
	struct tend_list list;
	const struct tend_query q = {.filter = "share < 1", .sort = "share,customer"};
	book_set(b, "acme", "city=Hangzhou|heads=40|crm_id=7");
	assert_int_equal(tend_app_profiles(b->app, &q, &list, NULL), TEND_OK);
	assert_int_equal(list.n, 2);
	const struct tend_profile_row *zeta = tend_list_at(&list, 0),
				      *acme = tend_list_at(&list, 1);
	assert_string_equal(zeta->customer, "zeta");
	assert_int_equal(zeta->known, 0);
	assert_string_equal(zeta->missing, "city,phase,heads");
	assert_int_equal(acme->known, 2);
	assert_int_equal(acme->fields, 3);
	assert_string_equal(acme->missing, "phase");
	tend_list_finish(&list);
}

static void only_fields_of_the_profile_pass_its_check(void **state)
{
	struct book_fixture *b = *state;
	static const struct {
		const char *field, *says;
	} rows[] = {{"city", NULL}, {"cty", "did you mean \"city\"?"}, {"crm_id", "no field"},
		{"owner", "no field"}};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct tend_error err = {0};
		const struct tend_assignment f = {rows[i].field, "x"};
		enum tend_status status = tend_app_profile_check(b->app, &f, 1, &err);
		assert_int_equal(status, rows[i].says == NULL ? TEND_OK : TEND_USAGE);
		assert_true(rows[i].says == NULL || strstr(err.text, rows[i].says) != NULL);
	}
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(a_file_of_the_team_takes_the_place_of_the_built_in_profile),
		TEST(words_are_taken_as_people_write_them_and_shown_by_their_titles),
		TEST(yes_and_days_are_kept_as_what_they_mean),
		TEST(how_much_is_known_is_counted_per_customer),
		TEST(only_fields_of_the_profile_pass_its_check),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
