/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <tend/money.h>
#include <tend/records.h>
#include <tend/str.h>

#include <tend/fields.h>
#include "support.h"

/* Key, name, ARR in minor units (-1: unknown), a custom field `zone`. */
struct row {
	const char *key, *name;
	int64_t arr;
	const char *zone;
};

static void fill(struct tend_list *list, const struct row *rows, size_t n)
{
	tend_list_init(list, &tend_customer_type);
	for (size_t i = 0; i < n; i++) {
		struct tend_customer *c = tend_list_add(list);
		c->key = rows[i].key;
		c->name = rows[i].name;
		c->arr = rows[i].arr < 0 ? TEND_NO_MONEY : rows[i].arr;
		if (rows[i].zone != NULL) {
			c->custom.items =
				tend_arena_alloc(&list->arena, sizeof(c->custom.items[0]));
			c->custom.items[0] = (struct tend_custom_value){"zone", rows[i].zone};
			c->custom.n = 1;
		}
	}
}

static void expect_keys(const struct tend_list *list, const char *expected)
{
	struct tend_str keys = {0};
	for (size_t i = 0; i < list->n; i++) {
		tend_str_add(&keys, ((const struct tend_customer *)tend_list_at(list, i))->key);
	}
	assert_same_text(tend_str_text(&keys), expected);
	tend_str_finish(&keys);
}

static void stages_sort_by_their_place_then_by_key(void **state)
{
	(void)state;
	static const struct {
		const char *key, *stage;
		int64_t place;
	} rows[] = {{"a", "renewal", 2}, {"b", "adoption", 0}, {"c", NULL, TEND_NO_INT},
		{"d", "growth", 0}, {"e", "growth", 1}, {"f", "zebra", TEND_NO_INT}};
	static const struct {
		const char *sort, *keys;
	} orders[] = {{"stage", "bdeafc"}, {"-stage", "aedbfc"}, {"stage,-key", "bdeafc"}};
	for (size_t i = 0; i < COUNT_OF(orders); i++) {
		struct tend_list list;
		tend_list_init(&list, &tend_customer_type);
		for (size_t k = 0; k < COUNT_OF(rows); k++) {
			struct tend_customer *c = tend_list_add(&list);
			c->key = rows[k].key;
			c->stage = rows[k].stage;
			c->stage_order = rows[k].place;
		}
		assert_int_equal(tend_list_sort(&list, orders[i].sort, NULL), TEND_OK);
		expect_keys(&list, orders[i].keys);
		tend_list_finish(&list);
	}
}

static void lists_sort_by_several_fields(void **state)
{
	(void)state;
	static const struct row customers[] = {
		{"a", "north", 300, "10"},
		{"b", "South", 100, "9"},
		{"c", "NORTH", -1, "x"},
		{"d", "south", 300, NULL},
		{"e", NULL, 200, "100"},
		{"f", "北方", 100, "X"},
	};
	static const struct {
		const char *fields, *keys;
	} rows[] = {
		{"key", "abcdef"},
		{"-key", "fedcba"},
		{"name", "acbdfe"},
		{"-name", "fbdace"},
		{"arr", "bfeadc"},
		{"-arr", "adebfc"},
		{"-arr,-key", "daefbc"},
		{"arr,name", "bfeadc"},
		{" -arr , +name ", "adebfc"},
		{"name,-arr", "acdbfe"},
		{"zone", "baecfd"},
		{"-zone", "cfeabd"},
		{"status,-key", "fedcba"},
		{"days_to_renewal", "abcdef"},
	};
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct tend_list list;
		struct tend_error err = {0};
		fill(&list, customers, COUNT_OF(customers));
		if (tend_list_sort(&list, rows[i].fields, &err) != TEND_OK) {
			fail_msg("%s: %s", rows[i].fields, err.text);
		}
		expect_keys(&list, rows[i].keys);
		(void)tend_list_add(&list); /* it still grows */
		assert_int_equal(list.n, COUNT_OF(customers) + 1);
		tend_list_finish(&list);
	}
}

static void unknown_fields_are_refused_with_the_nearest(void **state)
{
	(void)state;
	static const struct row customers[] = {{"b", "x", 1, "1"}, {"a", "y", 2, "2"}};
	static const struct {
		const char *fields, *message;
	} rows[] = {
		{"nmae", "sort: there is no field \"nmae\"; did you mean name?"},
		{"key,-helth", "sort: there is no field \"helth\"; did you mean health?"},
		{"zon", "sort: there is no field \"zon\"; did you mean zone?"},
		{"qqqqqq", "sort: there is no field \"qqqqqq\""},
		{"", "sort: write names of fields"},
		{"key,", "sort: write names of fields"},
		{"-", "sort: write names of fields"},
		{"--key", "sort: there is no field \"-key\"; did you mean key?"},
		{"key,key,key,key,key,key,key,key,key", "sort: more than 8 fields"},
	};
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct tend_list list;
		struct tend_error err = {0};
		fill(&list, customers, COUNT_OF(customers));
		assert_int_equal(tend_list_sort(&list, rows[i].fields, &err), TEND_USAGE);
		if (!tend_starts_with(err.text, rows[i].message)) {
			fail_msg("%s: %s", rows[i].fields, err.text);
		}
		expect_keys(&list, "ba");
		tend_list_finish(&list);
	}
}

static void an_empty_list_sorts_by_what_it_could_have(void **state)
{
	(void)state;
	struct tend_list list;
	tend_list_init(&list, &tend_customer_type);
	assert_int_equal(tend_list_sort(&list, "-arr,name", NULL), TEND_OK);
	assert_int_equal(tend_list_sort(&list, "a_field_of_mine", NULL), TEND_OK);
	tend_list_finish(&list);
	tend_list_init(&list, &tend_milestone_type);
	assert_int_equal(tend_list_sort(&list, "due,-state", NULL), TEND_OK);
	assert_int_equal(tend_list_sort(&list, "a_field_of_mine", NULL), TEND_USAGE);
	tend_list_finish(&list);
}

/* Sorted with insertion, which is stable, the list has the same order. */
static void random_lists_sort_like_a_slow_sort(void **state)
{
	(void)state;
	enum { N = 200 };
	struct support_random r = {11};
	for (int round = 0; round < 20; round++) {
		struct tend_list list;
		size_t order[N];
		tend_list_init(&list, &tend_milestone_type);
		for (size_t i = 0; i < N; i++) {
			struct tend_milestone *m = tend_list_add(&list);
			m->id = (int64_t)i;
			if (support_random(&r, 10) > 0) {
				m->due.day = (int32_t)support_random(&r, 8);
			}
			m->overdue_days = support_random(&r, 5);
		}
		for (size_t i = 0; i < N; i++) {
			size_t at = i;
			const struct tend_milestone *m = tend_list_at(&list, i);
			for (; at > 0; at--) {
				const struct tend_milestone *o = tend_list_at(&list, order[at - 1]);
				int64_t due = tend_has_date(m->due) ? m->due.day : 999;
				int64_t other = tend_has_date(o->due) ? o->due.day : 999;
				if (other < due
					|| (other == due && o->overdue_days >= m->overdue_days)) {
					break;
				}
				order[at] = order[at - 1];
			}
			order[at] = i;
		}
		assert_int_equal(tend_list_sort(&list, "due,-overdue_days", NULL), TEND_OK);
		for (size_t i = 0; i < N; i++) {
			assert_int_equal(
				((struct tend_milestone *)tend_list_at(&list, i))->id, order[i]);
		}
		tend_list_finish(&list);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(stages_sort_by_their_place_then_by_key),
		cmocka_unit_test(lists_sort_by_several_fields),
		cmocka_unit_test(unknown_fields_are_refused_with_the_nearest),
		cmocka_unit_test(an_empty_list_sorts_by_what_it_could_have),
		cmocka_unit_test(random_lists_sort_like_a_slow_sort),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
