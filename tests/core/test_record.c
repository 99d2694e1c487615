/* SPDX-License-Identifier: MIT */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <tend/records.h>
#include <tend/str.h>

#include <tend/fields.h>

static const struct tend_record_type *const types[] = {&tend_customer_type, &tend_milestone_type,
	&tend_item_type, &tend_subscription_type, &tend_point_type, &tend_activity_type,
	&tend_complaint_type, &tend_churn_type, &tend_alert_type, &tend_today_type,
	&tend_history_type, &tend_change_type, &tend_template_type};

/* The names of the fields that are printed, in order, as the interface lists them. */
static void expect_order(const struct tend_record_type *t, const char *expected)
{
	struct tend_str names = {0};
	for (size_t i = 0; i < t->nfields; i++) {
		if ((t->fields[i].flags & TEND_F_HIDDEN) == 0) {
			tend_str_addf(&names, "%s%s", names.len > 0 ? " " : "", t->fields[i].name);
		}
	}
	if (!tend_starts_with(tend_str_text(&names), expected)) {
		fail_msg("%s prints \"%s\"", t->name, tend_str_text(&names));
	}
	tend_str_finish(&names);
}

static void fields_print_in_the_order_of_the_interface(void **state)
{
	(void)state;
	expect_order(&tend_customer_type,
		"key name status stage month owner segment industry journey started term_months "
		"renewal "
		"days_to_renewal arr currency health health_band overdue next_due next_milestone "
		"alerts "
		"tags");
	expect_order(&tend_milestone_type,
		"customer key occurrence stage title due state done_on items items_done required "
		"visible "
		"owner overdue_days");
	expect_order(&tend_alert_type,
		"id customer rule severity state raised last_seen count until title reason "
		"value_at_risk "
		"suggest");
	expect_order(&tend_today_type, "kind customer subject title due rank terms");
	expect_order(&tend_history_type, "id at actor command summary undone");
}

static void every_description_is_complete(void **state)
{
	(void)state;
	for (size_t t = 0; t < COUNT_OF(types); t++) {
		const struct tend_record_type *type = types[t];
		assert_non_null(type->title.en);
		assert_non_null(type->title.zh);
		for (size_t i = 0; i < type->nfields; i++) {
			const struct tend_field *f = &type->fields[i];
			assert_non_null(f->title.en);
			assert_non_null(f->title.zh);
			assert_true(f->offset < type->size);
			assert_ptr_equal(tend_field_find(type, f->name), f);
			assert_false((f->flags & TEND_F_SETTABLE) != 0
				&& (f->flags & TEND_F_DERIVED) != 0);
			for (size_t j = 0; j < i; j++) {
				assert_int_not_equal(type->fields[j].offset, f->offset);
			}
		}
		assert_null(tend_field_find(type, "nonsense"));
		assert_null(tend_field_find(type, ""));
	}
}

static struct tend_value sample(enum tend_type type, const struct tend_terms *terms)
{
	struct tend_value v = {.type = type};
	switch (type) {
	case TEND_TEXT:
	case TEND_TAGS:
		v.text = "text";
		break;
	case TEND_NUMBER:
	case TEND_RATIO:
		v.number = 0.25;
		break;
	case TEND_DATE:
		v.date.day = 20000;
		break;
	case TEND_TERMS:
		v.terms = terms;
		break;
	default:
		v.integer = 1;
	}
	return v;
}

static void every_field_keeps_what_is_set_and_nothing_else_moves(void **state)
{
	(void)state;
	struct tend_term term = {"one", 1};
	struct tend_terms terms = {&term, 1};
	for (size_t t = 0; t < COUNT_OF(types); t++) {
		const struct tend_record_type *type = types[t];
		void *record = tend_alloc(type->size);
		void *clear = tend_alloc(type->size);
		tend_record_clear(type, clear);
		for (size_t i = 0; i < type->nfields; i++) {
			const struct tend_field *f = &type->fields[i];
			tend_record_clear(type, record);
			bool id = (f->flags & TEND_F_ID) != 0;
			bool tags = f->type == TEND_TAGS; /* none is known to be none */
			assert_int_equal(tend_field_get(f, record).null, !id && !tags);
			tend_field_set(f, record, sample(f->type, &terms));
			assert_false(tend_field_get(f, record).null);
			assert_int_equal(tend_value_compare(tend_field_get(f, record),
						 sample(f->type, &terms)),
				0);
			assert_int_not_equal(memcmp(record, clear, type->size), 0);
			tend_field_set(f, record, tend_field_get(f, clear));
			if (!id && !tags) {
				assert_true(tend_field_get(f, record).null);
			}
		}
		free(record);
		free(clear);
	}
}

static void ids_of_a_cleared_record_are_zero(void **state)
{
	(void)state;
	struct tend_milestone m;
	memset(&m, 0xEE, sizeof(m));
	tend_record_clear(&tend_milestone_type, &m);
	assert_int_equal(m.id, 0);
	assert_int_equal(m.customer_id, 0);
	assert_true(m.occurrence == TEND_NO_INT);
	assert_null(m.title);
	assert_false(tend_has_date(m.due));
	struct tend_customer c;
	memset(&c, 0xEE, sizeof(c));
	tend_record_clear(&tend_customer_type, &c);
	assert_int_equal(c.custom.n, 0);
	assert_true(isnan(c.health));
}

static void custom_fields_are_found_by_name(void **state)
{
	(void)state;
	struct tend_custom_value values[] = {{"color", "red"}, {"crm", NULL}, {"zone", "7"}};
	struct tend_customer c;
	tend_record_clear(&tend_customer_type, &c);
	c.name = "Acme";
	c.custom = (struct tend_custom){values, COUNT_OF(values)};
	struct tend_value v;
	assert_true(tend_record_get(&tend_customer_type, &c, "zone", &v));
	assert_string_equal(v.text, "7");
	assert_true(tend_record_get(&tend_customer_type, &c, "crm", &v));
	assert_true(v.null);
	assert_true(tend_record_get(&tend_customer_type, &c, "name", &v));
	assert_string_equal(v.text, "Acme");
	assert_false(tend_record_get(&tend_customer_type, &c, "colour", &v));
	assert_true(v.null);
	c.custom.n = 0;
	assert_false(tend_record_get(&tend_customer_type, &c, "zone", &v));
	struct tend_item item;
	tend_record_clear(&tend_item_type, &item);
	assert_false(tend_record_get(&tend_item_type, &item, "zone", &v));
}

static void lists_grow_and_clear_what_they_add(void **state)
{
	(void)state;
	struct tend_list list;
	tend_list_init(&list, &tend_item_type);
	for (int i = 0; i < 1000; i++) {
		struct tend_item *item = tend_list_add(&list);
		assert_true(item->position == TEND_NO_INT);
		item->position = i;
		item->key = tend_arena_format(&list.arena, "k%d", i);
	}
	for (size_t i = 0; i < list.n; i++) {
		char key[32];
		(void)snprintf(key, sizeof(key), "k%zu", i);
		const struct tend_item *item = tend_list_at(&list, i);
		assert_int_equal(item->position, i);
		assert_string_equal(item->key, key);
	}
	tend_list_finish(&list);
	assert_int_equal(list.n, 0);
	tend_list_finish(&list);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(fields_print_in_the_order_of_the_interface),
		cmocka_unit_test(every_description_is_complete),
		cmocka_unit_test(every_field_keeps_what_is_set_and_nothing_else_moves),
		cmocka_unit_test(ids_of_a_cleared_record_are_zero),
		cmocka_unit_test(custom_fields_are_found_by_name),
		cmocka_unit_test(lists_grow_and_clear_what_they_add),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
