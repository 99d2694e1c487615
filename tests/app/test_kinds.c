/* SPDX-License-Identifier: MIT */
/* Every kind of records through the use cases, from its description alone; more in tests/cli/kinds.py. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <support.h>

#include <tend/kind.h>

#include "book.h"

enum { MOST = 64 };

static const char *sample(const struct tend_field *f)
{
	if (f->refers != NULL) {
		return f->refers; /* referred() makes a record with that key */
	}
	if (f->values != NULL) {
		return f->values[0];
	}
	if (f->type == TEND_TEXT) {
		return (f->flags & TEND_F_CURRENCY) != 0    ? "EUR"
			: (f->flags & TEND_F_DURATION) != 0 ? "2w"
			: strcmp(f->name, "filter") == 0    ? "arr > 0"
			: strcmp(f->name, "columns") == 0   ? "key"
			: strcmp(f->name, "sort") == 0      ? "key"
							    : "Sample";
	}
	return f->type == TEND_DATE     ? "2026-03-10"
		: f->type == TEND_BOOL  ? "yes"
		: f->type == TEND_MONEY ? "12.50"
		: f->type == TEND_TAGS  ? "a,b"
					: "4";
}

static size_t given(const struct tend_kind *k, const char *key, struct tend_assignment *fields)
{
	size_t n = 0;
	for (size_t i = 0; i < k->type->nfields; i++) {
		const struct tend_field *f = &k->type->fields[i];
		if (tend_field_is_given(f, true)) {
			assert_true(n < MOST);
			fields[n++] = (struct tend_assignment){
				f->name, (f->flags & TEND_F_KEY) != 0 ? key : sample(f)};
		}
	}
	return n;
}

static void add(struct book_fixture *b, const struct tend_kind *k, const char *key)
{
	struct tend_assignment fields[MOST];
	struct tend_done done;
	struct tend_error err = {0};
	for (size_t i = 0; i < k->type->nfields; i++) {
		const struct tend_field *f = &k->type->fields[i];
		struct tend_list there;
		if (f->refers != NULL
			&& tend_app_record(b->app, tend_kind_called(f->refers)->type, f->refers,
				   &there, NULL)
				!= TEND_OK) {
			add(b, tend_kind_called(f->refers), f->refers);
		} else if (f->refers != NULL) {
			tend_list_finish(&there);
		}
	}
	size_t n = given(k, key, fields);
	int64_t id = tend_kind_belongs(k) == TEND_TO_CUSTOMER ? book_customer(b, "acme") : 0;
	if (tend_app_record_add(b->app, k->type, id, fields, n, &done, &err) != TEND_OK) {
		fail_msg("%s: %s", k->noun, err.text);
	}
	tend_done_finish(&done);
}

static char *listed(struct book_fixture *b, const struct tend_kind *k)
{
	struct tend_list list;
	struct tend_str out = {0};
	assert_int_equal(tend_app_records(b->app, k->type, 0, NULL, &list, NULL), TEND_OK);
	for (size_t i = 0; i < list.n; i++) {
		for (size_t f = 0; f < k->type->nfields; f++) {
			tend_value_format(
				tend_field_get(&k->type->fields[f], tend_list_at(&list, i)), &out);
			tend_str_addc(&out, '|');
		}
		tend_str_addc(&out, '\n');
	}
	tend_list_finish(&list);
	return tend_str_steal(&out);
}

static void assert_listed(struct book_fixture *b, const struct tend_kind *k, const char *wanted)
{
	char *now = listed(b, k);
	if (strcmp(now != NULL ? now : "", wanted != NULL ? wanted : "") != 0) {
		fail_msg("%s: %s is not %s", k->noun, now, wanted);
	}
	free(now);
}

static void every_kind_is_added_undone_and_redone(void **state)
{
	(void)state;
	struct book_fixture b;
	struct tend_done done;
	book_make(&b, "2026-03-16");
	book_add(&b, "key=acme|name=Acme|started=2026-01-01|currency=USD");
	for (size_t i = 0; i < tend_kind_count; i++) {
		const struct tend_kind *k = tend_kinds[i];
		add(&b, k, "first");
		char *before = listed(&b, k);
		add(&b, k, "second");
		char *after = listed(&b, k);
		if (k->type != &tend_point_type) { /* the same point is no second one */
			assert_string_not_equal(before, after);
			assert_int_equal(tend_app_undo(b.app, 1, &done, NULL), TEND_OK);
			tend_done_finish(&done);
			assert_listed(&b, k, before);
			assert_int_equal(tend_app_redo(b.app, 1, &done, NULL), TEND_OK);
			tend_done_finish(&done);
		}
		assert_listed(&b, k, after);
		free(before);
		free(after);
	}
	book_remove(&b);
}

static void what_no_kind_takes_is_refused(void **state)
{
	(void)state;
	struct book_fixture b;
	struct tend_done done;
	book_make(&b, "2026-03-16");
	int64_t acme = book_add(&b, "key=acme|name=Acme|started=2026-01-01");
	for (size_t i = 0; i < tend_kind_count; i++) {
		const struct tend_kind *k = tend_kinds[i];
		struct tend_assignment fields[MOST + 1];
		int64_t id = tend_kind_belongs(k) == TEND_TO_CUSTOMER ? acme : 0;
		size_t n = given(k, "first", fields);
		char *before = listed(&b, k);
		for (size_t f = 0; f < k->type->nfields; f++) {
			struct tend_error err = {0};
			const struct tend_field *field = &k->type->fields[f];
			if (tend_field_is_given(field, true)) {
				continue;
			}
			fields[n] = (struct tend_assignment){field->name, "1"};
			assert_int_equal(
				tend_app_record_add(b.app, k->type, id, fields, n + 1, &done, &err),
				TEND_USAGE);
			assert_non_null(strstr(err.text, field->name));
			tend_done_finish(&done);
		}
		assert_listed(&b, k, before);
		free(before);
	}
	book_remove(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_kind_is_added_undone_and_redone),
		cmocka_unit_test(what_no_kind_takes_is_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
