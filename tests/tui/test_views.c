/* SPDX-License-Identifier: MIT */
/* Saved views, chosen columns, and changes to many customers at once. */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <tend/mem.h>

#include "demo.h"
#include "support.h"

struct step {
	const char *view, *keys;
	const char *there, *not_there; /* NULL: anything */
};

static void walk(const struct step *steps, size_t n)
{
	struct demo d;
	demo_make(&d);
	for (size_t i = 0; i < n; i++) {
		char *screen = demo_screen(&d, "80x24", steps[i].view, steps[i].keys);
		bool good = (steps[i].there == NULL || strstr(screen, steps[i].there) != NULL)
			&& (steps[i].not_there == NULL
				|| strstr(screen, steps[i].not_there) == NULL);
		if (!good) {
			print_message("%s\n", screen);
			fail_msg("step %zu: \"%s\": wanted \"%s\", not \"%s\"", i, steps[i].keys,
				steps[i].there != NULL ? steps[i].there : "",
				steps[i].not_there != NULL ? steps[i].not_there : "");
		}
		free(screen);
	}
	demo_remove(&d);
}
#define WALK(steps) walk(steps, sizeof(steps) / sizeof((steps)[0]))

static void a_view_brings_filter_sort_and_columns_back(void **state)
{
	(void)state;
	static const struct step steps[] = {
		{"portfolio", ": columns Space name,owner,arr Enter", "Owner", "Renews"},
		{"portfolio",
			"/ arr Space > Space 50000 Enter : sort Space -arr Enter : columns Space "
			"name,owner,arr Enter V s rich Enter",
			"[rich]  arr > 50000", "Renews"},
		{"today", "V", "rich      5  Portfolio  arr > 50000  -arr  name,owner,arr", NULL},
		{"today", "V 1", "Portfolio [rich]  arr > 50000", "Renews"},
		{"today", "V 1", "ARRv", "Acme Anvils"},
		{"today", "V Enter Esc", "[rich*]", "arr > 50000"},
		{"today", "V Enter : columns Enter", "Renews", "[rich] "},
		{"today", ": view Space rich Enter : sort Space name Enter", "[rich*]", NULL},
		/* Saved again under its name it is as it is now. */
		{"today", ": view Space rich Enter Esc V s Enter", "[rich]", "[rich*]"},
		{"today", ": view Space rich Enter", "Portfolio [rich]", "arr > 50000"},
		{"portfolio", "u : view Space rich Enter", "[rich]  arr > 50000", NULL},
		{"portfolio", "V D", "Save this one", "rich      5"},
		{"portfolio", "u : view Space rich Enter", "[rich]  arr > 50000", NULL},
		{"portfolio", ": view Space rihc Enter", "there is no view", NULL},
		{"history", ": view Space save Space x Enter", "can be saved as views", NULL},
		{"alerts",
			"/ severity Space == Space \"high\" Enter : view Space save Space bad "
			"Enter",
			"Alerts [bad]", NULL},
		{"today", ": view Space bad Enter", "Alerts [bad]  severity == \"high\"", NULL},
		{"portfolio", ": view Space remove Space bad Enter V", "rich", "bad  "},
	};
	WALK(steps);
}

static void columns_are_fields_of_customers(void **state)
{
	(void)state;
	static const struct step steps[] = {
		{"portfolio", ": columns Space started,tags Enter", "Acme Anvils", "ARR"},
		{"portfolio", ": columns Space name,ownr Enter", "did you mean \"owner\"?", NULL},
		{"portfolio", ": columns Space name,ownr Enter Esc", "Renews", NULL},
		{"history", ": columns Space name Enter", "Only lists of customers", NULL},
		{"portfolio",
			": columns Space "
			"key,name,status,stage,month,owner,segment,industry,journey,started,"
			"renewal,arr,"
			"currency,health,overdue,alerts,tags Enter",
			"at most 16 columns", NULL},
		{"portfolio", ": columns Space name,industry Enter S", "Industry", NULL},
		{"portfolio", ": columns Space name,ow Tab", "name,owner", NULL},
		{"renewals", ": columns Space owner,arr,month Enter", "Northwind Traders",
			"Renewal day"},
	};
	WALK(steps);
}

static void a_segment_filters_as_it_is_typed(void **state)
{
	(void)state;
	static const struct step steps[] = {
		{"portfolio", "/ in_segment(\"rich\") Enter", "there is no segment \"rich\"", NULL},
		{"portfolio", ": add Space segment Space key=rich Space \"filter=arr>50000\" Enter",
			"segment added (rich)", NULL},
		{"portfolio", "/ in_segment(\"rich\") Enter", "5 of 12", "Acme Anvils"},
		{"portfolio", "/ in_segment(\"rich Enter", "column", NULL},
	};
	WALK(steps);
}

static void expect_owner(struct demo *d, const char *customer, const char *owner)
{
	char *got = demo_value(d, customer, "owner");
	assert_string_equal(got, owner);
	free(got);
}

static void marked_customers_change_together_once_it_was_shown(void **state)
{
	(void)state;
	struct demo d;
	demo_make(&d);
	size_t before = demo_count(&d, NULL, "history");
	free(demo_screen(&d, "80x24", "portfolio", "v j j v e zoe Tab Tab Tab vip C-s Esc"));
	assert_int_equal(demo_count(&d, NULL, "history"), before);
	expect_owner(&d, "acme", "tom");
	char *screen =
		demo_screen(&d, "80x24", "portfolio", "v j j v e zoe Tab Tab Tab vip C-s Enter");
	assert_non_null(strstr(screen, "3 customers set: owner=zoe, tags+=vip"));
	free(screen);
	assert_int_equal(demo_count(&d, NULL, "history"), before + 1);
	expect_owner(&d, "acme", "zoe");
	char *tags = demo_value(&d, "acme", "tags");
	assert_string_equal(tags, "vip");
	free(tags);
	free(demo_screen(&d, "80x24", "portfolio", "u"));
	expect_owner(&d, "acme", "tom");
	/* What would change nothing is said, and is no entry. */
	screen = demo_screen(&d, "80x24", "portfolio", "v j j v e Tab Tab Tab Tab none C-s");
	assert_non_null(strstr(screen, "Nothing would change."));
	free(screen);
	demo_remove(&d);
}

#define OWN "/ huadong Enter Tab o C-u tom Enter o C-u li Enter S-Tab Esc * o zoe Enter "

static void milestones_of_the_old_owner_go_along_unless_they_are_to_stay(void **state)
{
	(void)state;
	static const struct {
		const char *keys, *owner;
	} rows[] = {{OWN "Enter", "zoe"}, {OWN "m Enter", "li"}, {OWN "m m Enter", "zoe"}};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct demo d;
		demo_make(&d);
		free(demo_screen(&d, "80x24", "portfolio", rows[i].keys));
		char *got = demo_milestone(&d, "huadong", "training", "owner");
		assert_string_equal(got, rows[i].owner);
		free(got);
		expect_owner(&d, "huadong", "zoe");
		expect_owner(&d, "acme", "zoe");
		demo_remove(&d);
	}
}

int main(void)
{
	(void)setlocale(LC_ALL, "C.UTF-8");
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_view_brings_filter_sort_and_columns_back),
		cmocka_unit_test(columns_are_fields_of_customers),
		cmocka_unit_test(a_segment_filters_as_it_is_typed),
		cmocka_unit_test(marked_customers_change_together_once_it_was_shown),
		cmocka_unit_test(milestones_of_the_old_owner_go_along_unless_they_are_to_stay),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
