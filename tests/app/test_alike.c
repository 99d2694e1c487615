/* SPDX-License-Identifier: MIT */
/* Customers and contacts that look like others are warned of, never refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <support.h>

#include "alike.h"
#include "book.h"

static void names_are_compared_without_what_does_not_tell_them_apart(void **state)
{
	static const struct {
		const char *one, *other;
		bool company, alike;
	} rows[] = {
		{"Acme", "ACME", true, true}, {"Acme", "ＡＣＭＥ", true, true},
		{"Acme GmbH", "acme, Inc.", true, true},
		{"Acme Holding GmbH & Co. KG", "Acme", true, true},
		{"Acme S.A.", "Acme SA", true, true},
		{"Acme",
			"\xd0\x90"
			"cme",
			true, true}, /* a Cyrillic A */
		{"Ac\xe2\x80\x8b"
		 "me",
			"Acme", true, true},
		{"New-One", "new one", true, true},
		{"甲科技有限公司", "甲科技股份有限公司", true, true},
		{"甲科技（北京）有限公司", "甲科技(北京)", true, true},
		{"Ann Lee", "ann  lee", false, true}, {"Ann Lee", "Ann Lees", false, false},
		{"Acme", "Acne", true, false}, {"Company 1", "Company 11", true, false},
		{"甲公司", "乙公司", true, false},
		{"Mr Co", "Mr", false, false}, /* of a person nothing is taken off */
		{"Ltd", "Inc", true, false}, /* a name of nothing but an ending stays */
	};
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char *one = alike_name(rows[i].one, rows[i].company);
		char *other = alike_name(rows[i].other, rows[i].company);
		if ((strcmp(one, other) == 0) != rows[i].alike || *one == '\0') {
			fail_msg("%s (%s), %s (%s)", rows[i].one, one, rows[i].other, other);
		}
		free(one);
		free(other);
	}
}

static void names_of_punctuation_alone_are_like_nothing(void **state)
{
	(void)state;
	struct alikes x = {0};
	const struct tend_customer c = {.name = "***"}, d = {.name = "---"};
	alikes_put_customer(&x, &c, 0);
	assert_int_equal(alikes_customer(&x, &d), TABLE_NONE);
	alikes_finish(&x);
}

static void contacts_are_compared_within_their_customer(void **state)
{
	(void)state;
	struct alikes x = {0};
	const struct tend_contact ann = {
		.customer_id = 1, .name = "Ann Lee", .email = "ann@x.example"};
	const struct tend_contact same = {.customer_id = 1, .name = "ANN LEE"};
	const struct tend_contact mail = {
		.customer_id = 1, .name = "A. L.", .email = "Ann@X.example"};
	const struct tend_contact elsewhere = {
		.customer_id = 2, .name = "Ann Lee", .email = "ann@x.example"};
	const struct tend_contact other = {.customer_id = 1, .name = "Bo"};
	alikes_put_contact(&x, &ann, 7);
	assert_int_equal(alikes_contact(&x, &same), 7);
	assert_int_equal(alikes_contact(&x, &mail), 7);
	assert_int_equal(alikes_contact(&x, &elsewhere), TABLE_NONE);
	assert_int_equal(alikes_contact(&x, &other), TABLE_NONE);
	alikes_finish(&x);
}

static void imports_name_the_lines_and_stay_bounded(void **state)
{
	(void)state;
	struct book_fixture b;
	struct tend_str text = {0};
	struct tend_import_report report;
	struct tend_done done;
	struct tend_error err = {0};
	book_make(&b, "2026-03-10");
	book_add(&b, "key=acme|name=Acme Ltd|started=2026-01-01");
	tend_str_add(&text, "key,name\nnew,New\n");
	for (int i = 0; i < 30; i++) {
		tend_str_addf(&text, "a%d,ACME\n", i);
	}
	tend_str_add(&text, "acme,Acme Ltd\n");
	const char *path = book_file(&b, "c.csv", tend_str_text(&text));
	assert_int_equal(
		tend_app_import(b.app, "customers", path, NULL, &report, &done, &err), TEND_OK);
	assert_int_equal(report.added, 31);
	assert_int_equal(report.unchanged, 1);
	assert_int_equal(report.look_alike, 30);
	assert_int_equal(report.nnotes, TEND_NOTES_MAX);
	assert_int_equal(report.notes[0].line, 3);
	assert_string_equal(report.notes[0].reason, "it looks like acme (Acme Ltd)");
	tend_import_report_finish(&report);
	tend_done_finish(&done);
	assert_int_equal(
		tend_app_import(b.app, "customers", path, NULL, &report, &done, &err), TEND_OK);
	assert_int_equal(report.look_alike, 0); /* they are there, and are what they are */
	tend_import_report_finish(&report);
	tend_done_finish(&done);
	tend_str_finish(&text);
	book_remove(&b);
}

static void what_is_added_by_hand_is_warned_of(void **state)
{
	(void)state;
	struct book_fixture b;
	struct tend_done done;
	struct tend_error err = {0};
	book_make(&b, "2026-03-10");
	int64_t id = book_add(&b, "key=acme|name=Acme Ltd|started=2026-01-01");
	const struct tend_assignment fields[] = {
		{"key", "acme2"}, {"name", "ACME"}, {"started", "2026-01-01"}};
	assert_int_equal(tend_app_customer_add(b.app, fields, 3, &done, &err), TEND_OK);
	assert_string_equal(done.warning, "the name looks like that of acme (Acme Ltd)");
	tend_done_finish(&done);
	const struct tend_assignment name = {"name", "Ann Lee"}, again = {"name", "ann lee"};
	assert_int_equal(
		tend_app_record_add(b.app, &tend_contact_type, id, &name, 1, &done, &err), TEND_OK);
	assert_null(done.warning);
	tend_done_finish(&done);
	assert_int_equal(tend_app_record_add(b.app, &tend_contact_type, id, &again, 1, &done, &err),
		TEND_OK);
	assert_string_equal(done.warning, "the contact looks like acme-contact-1 (Ann Lee)");
	tend_done_finish(&done);
	book_remove(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_are_compared_without_what_does_not_tell_them_apart),
		cmocka_unit_test(names_of_punctuation_alone_are_like_nothing),
		cmocka_unit_test(contacts_are_compared_within_their_customer),
		cmocka_unit_test(imports_name_the_lines_and_stay_bounded),
		cmocka_unit_test(what_is_added_by_hand_is_warned_of),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
