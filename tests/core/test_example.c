/* SPDX-License-Identifier: MIT */
/* The example of CONTRIBUTING.md, as it stands there: it compiles, and its table has its fields. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <tend/fields.h>
#include <tend/kind.h>
#include <tend/str.h>

/* As in src/store/sqlite/tables.c. */
#define CUSTOMER_ID "customer_id INTEGER NOT NULL REFERENCES customer(id) ON DELETE CASCADE"
#define LATER " DEFERRABLE INITIALLY DEFERRED"

static const char *const migration[] = {
#include "example_migration.inc"
};

extern const struct tend_kind kind_partner;

static const char *sql_type(const struct tend_field *f)
{
	return f->type == TEND_TEXT || f->type == TEND_TAGS       ? "TEXT"
		: f->type == TEND_NUMBER || f->type == TEND_RATIO ? "REAL"
								  : "INTEGER";
}

static void its_table_has_a_column_for_each_stored_field(void **state)
{
	(void)state;
	struct tend_str wanted = {0};
	const struct tend_record_type *t = kind_partner.type;
	tend_str_addf(&wanted, "CREATE TABLE %s (id INTEGER PRIMARY KEY, %s%s", kind_partner.table,
		CUSTOMER_ID, LATER);
	for (size_t i = 0; i < t->nfields; i++) {
		const struct tend_field *f = &t->fields[i];
		bool key = (f->flags & TEND_F_KEY) != 0;
		bool required = key || (f->flags & TEND_F_REQUIRED) != 0;
		if (tend_field_is_stored(f)) {
			tend_str_addf(&wanted, ", %s %s%s%s", f->name, sql_type(f),
				required ? " NOT NULL" : "", key ? " UNIQUE" : "");
		}
	}
	tend_str_add(&wanted, ") STRICT");
	assert_string_equal(migration[0], tend_str_text(&wanted));
	tend_str_finish(&wanted);
}

static void its_index_is_in_its_order(void **state)
{
	(void)state;
	assert_int_equal(COUNT_OF(migration), 2);
	assert_string_equal(kind_partner.order, "-since,-id");
	assert_string_equal(migration[1],
		"CREATE INDEX partner_customer ON partner (customer_id, since DESC, id DESC)");
}

static void it_fits_among_the_others(void **state)
{
	(void)state;
	assert_null(tend_kind_called(kind_partner.noun));
	assert_null(tend_kind_imported(kind_partner.plural));
	assert_int_equal(tend_kind_belongs(&kind_partner), TEND_TO_CUSTOMER);
	assert_non_null(tend_field_find(kind_partner.type, kind_partner.label));
	assert_non_null(tend_field_find(kind_partner.type, kind_partner.detail));
	assert_non_null(tend_field_find(kind_partner.type, kind_partner.when));
	assert_non_null(tend_field_find(kind_partner.type, kind_partner.state));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(its_table_has_a_column_for_each_stored_field),
		cmocka_unit_test(its_index_is_in_its_order),
		cmocka_unit_test(it_fits_among_the_others),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
