/* SPDX-License-Identifier: MIT */
/* The people at customers on the screen: the rows of the portfolio and the map. */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "demo.h"
#include "support.h"

/* One after the other on the same book. */
struct row {
	const char *size, *view, *keys, *has, *lacks; /* NULL: anything */
};

static void each(const struct row *rows, size_t n)
{
	struct demo d;
	demo_make(&d);
	demo_add_records(&d);
	for (size_t i = 0; i < n; i++) {
		char *screen = demo_screen(&d, rows[i].size, rows[i].view, rows[i].keys);
		bool has = rows[i].has == NULL || strstr(screen, rows[i].has) != NULL;
		bool lacks = rows[i].lacks == NULL || strstr(screen, rows[i].lacks) == NULL;
		if (!has || !lacks) {
			print_message("%s\n", screen);
			fail_msg("row %zu, after \"%s\"", i, rows[i].keys);
		}
		free(screen);
	}
	demo_remove(&d);
}

#define EACH(rows) each(rows, sizeof(rows) / sizeof((rows)[0]))
#define MAP "/ northwind Enter Tab"

static void who_is_silent_is_flagged_in_the_row_and_on_the_map(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{"80x24", "stakeholders", "/ northwind Enter", ">    Northwind Traders", "> !"},
		{"80x24", "stakeholders", MAP, "* Dana Whitlock", "not known"},
		{"80x24", "portfolio",
			": add Space contact Space northwind Space name=Quiet Space cadence=1d "
			"Space influence=high Space stance=blocker Enter",
			"contact added", NULL},
		{"80x24", "stakeholders", NULL, "> !  Northwind Traders", NULL}, /* comes first */
		{"80x24", "stakeholders", MAP, "! Quiet: never touched, meant every 1 day", NULL},
		{"80x24", "stakeholders", MAP, "* Dana Whitlock                          !Quiet",
			NULL},
		{"40x12", "stakeholders", MAP, "! Quiet: never touched, meant every", NULL},
		{"40x16", "stakeholders", MAP, "  !Quiet, blocker", NULL},
	};
	EACH(rows);
}

static void the_page_leads_to_the_people_of_a_customer(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{"80x24", "portfolio", "g k", "1 Stakeholders", NULL},
		{"80x24", "portfolio", ": stakeholders Enter", "1 Stakeholders", NULL},
		{"80x24", "stakeholders", "/ northwind Enter Enter", "[People]", NULL},
		{"80x24", "stakeholders", "/ northwind Enter Enter 3", "━ 3 Map", NULL},
		{"80x24", "stakeholders", "/ northwind Enter Enter q", "1 Stakeholders", NULL},
		{"80x24", "stakeholders", "/ silent Space > Space 3 Enter", "Nothing matches",
			NULL},
		{"80x24", "stakeholders", ": sort Space -contacts Enter g g", ">    Northwind",
			NULL},
	};
	EACH(rows);
}

static void w_shows_the_arithmetic_of_records(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{"80x24", "portfolio", ": customer Space northwind Enter P w",
			"day > last_touch + cadence: false", NULL},
		{"80x24", "portfolio", ": customer Space northwind Enter T w",
			"(now - baseline) / (target - baseline)", NULL},
		{"80x24", "portfolio", ": customer Space acme Enter P w", "━ Why", "day >"},
		{"80x24", "stakeholders", "w", "? missing: decision maker", NULL},
		{"80x24", "stakeholders", "/ northwind Enter w", "3 people touched", "? missing"},
	};
	EACH(rows);
}

int main(void)
{
	(void)setlocale(LC_CTYPE, "C.UTF-8");
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(who_is_silent_is_flagged_in_the_row_and_on_the_map),
		cmocka_unit_test(w_shows_the_arithmetic_of_records),
		cmocka_unit_test(the_page_leads_to_the_people_of_a_customer),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
