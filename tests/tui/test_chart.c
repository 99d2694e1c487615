/* SPDX-License-Identifier: MIT */
/* Pictures made of text: what stands where, in any size. */
#include <locale.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <tend/mem.h>

#include "demo.h"
#include "support.h"
#include "cells.h"
#include "chart.h"

/* A line a row, its label before a '|'. */
static char *text_of(struct lines *l)
{
	struct tend_str out = {0};
	for (size_t i = 0; i < l->n; i++) {
		const char *label = l->items[i].label;
		tend_str_addf(&out, "%s%s%s\n", label != NULL ? label : "",
			label != NULL ? "|" : "", l->items[i].text);
	}
	lines_finish(l);
	return tend_str_steal(&out);
}

static char *bars_of(const double *values, size_t n, int columns, int rows, bool ascii)
{
	static const char *const labels[] = {"01-05", "02-04", "03-06", "04-05"};
	const struct bars b = {values, labels, n};
	struct lines l = {0};
	chart_bars(&b, columns, rows, ascii, &l);
	return text_of(&l);
}

/* --- columns --- */

static void bars_stand_on_nothing_or_on_the_least(void **state)
{
	(void)state;
	static const struct {
		double values[4];
		int columns, rows;
		bool ascii;
		const char *shown;
	} rows[] = {
		{{1, 2, NAN, 4}, 32, 6, false,
			"     4|                  █████\n"
			"      |                  █████\n"
			"     2|      █████       █████\n"
			"     0|█████ █████       █████\n"
			"|01-05 02-04 03-06 04-05\n"
			"|    1     2    --     4\n"},
		/* Negative ones go down to the ground, which is the least. */
		{{-10, 0, 5, 10}, 32, 4, false,
			"    10|            ▄▄▄▄▄ █████\n"
			"   -10|▁▁▁▁▁ █████ █████ █████\n"
			"|01-05 02-04 03-06 04-05\n"
			"|  -10     0     5    10\n"},
		/* No use at all is not the same as no data. */
		{{0, NAN, 0, 0}, 32, 3, true,
			"     0|_____       _____ _____\n"
			"|01-05 02-04 03-06 04-05\n"
			"|    0    --     0     0\n"},
		{{1, 2, 3, 4}, 20, 3, true,
			"     4|.. -- ++ ##\n"
			"|02-04 04-05\n"
			"| 1  2  3  4\n"},
		/* Where not all have room the newest do. */
		{{1000000, 2, 3, 4}, 10, 2, true, "     4|+#\n|\n|34\n"},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char *text =
			bars_of(rows[i].values, 4, rows[i].columns, rows[i].rows, rows[i].ascii);
		assert_string_equal(text, rows[i].shown);
		free(text);
	}
}

/* Whatever the values and the room are: no row is wider, the rows are those that there are, a larger value is
 * never lower, and ASCII is ASCII. */
static void bars_stay_within_their_room(void **state)
{
	(void)state;
	static const char *const labels[12] = {"01-05", "02-04", "03-06", "04-05", "05-05", "06-04",
		"07-04", "08-03", "09-02", "10-02", "11-01", "12-01"};
	unsigned seed = 7;
	for (int round = 0; round < 2000; round++) {
		double values[12];
		for (size_t i = 0; i < 12; i++) {
			seed = seed * 1103515245u + 12345u;
			values[i] = (seed >> 16) % 9 == 0
				? NAN
				: ((int)((seed >> 16) % 4001) - 500) * 0.37;
		}
		int columns = 20 + round % 100, rows = 1 + round % 20;
		struct lines l = {0};
		chart_bars(&(struct bars){values, labels, 12}, columns, rows, true, &l);
		assert_true(l.n >= 2 && (int)l.n <= (rows < 3 ? 3 : rows));
		for (size_t i = 0; i < l.n; i++) {
			assert_true(tend_columns(l.items[i].text) + l.label + 2 <= columns);
			for (const char *at = l.items[i].text; *at != '\0'; at++) {
				assert_true((unsigned char)*at < 0x80);
			}
		}
		lines_finish(&l);
	}
}

/* --- the line of a term --- */

static struct tend_date on(const char *day)
{
	struct tend_date ret;
	assert_true(tend_date_parse(day, &ret));
	return ret;
}

static void add_milestone(
	struct tend_list *list, const char *state, const char *due, const char *done)
{
	struct tend_milestone *m = tend_list_add(list);
	tend_record_clear(&tend_milestone_type, m);
	m->state = state;
	m->due = on(due);
	m->done_on = done != NULL ? on(done) : TEND_NO_DATE;
}

static char *timeline_of(const char *today, const char *renewal, int columns, int rows, bool ascii)
{
	const struct tend_pack_stage stages[] = {
		{.key = "growth", .title = "Growth", .from = on("2026-01-01")},
		{.key = "maturity", .title = "成熟", .from = on("2026-04-01"), .current = true},
		{.key = "renewal", .title = "Renewal", .from = on("2026-10-01")}};
	struct tend_customer c;
	struct tend_list list;
	struct lines l = {0};
	tend_record_clear(&tend_customer_type, &c);
	c.renewal = renewal != NULL ? on(renewal) : TEND_NO_DATE;
	tend_list_init(&list, &tend_milestone_type);
	add_milestone(&list, "done", "2026-01-20", "2026-02-01");
	add_milestone(&list, "skipped", "2026-03-01", NULL);
	add_milestone(&list, "todo", "2026-05-15", NULL);
	add_milestone(&list, "doing", "2026-09-01", NULL);
	add_milestone(&list, "todo", "2027-03-01", NULL);
	const struct timeline t = {&c, stages, 3, &list, on(today)};
	bool shown = chart_timeline(&t, columns, rows, ascii, &l);
	assert_int_equal(shown, l.n > 0);
	tend_list_finish(&list);
	return text_of(&l);
}

static void milestones_stand_on_their_days(void **state)
{
	(void)state;
	static const struct {
		const char *today, *renewal;
		int columns, rows;
		bool ascii;
		const char *shown;
	} rows[] = {
		{"2026-06-15", "2027-01-01", 40, 3, false,
			"Growth   [成熟]              Renewal\n"
			"━━━●━━━━━╋━━━━!━━━───────○───┼──────────\n"
			"01-01            ^ today      2027-01-01\n"},
		{"2026-06-15", "2027-01-01", 40, 1, true,
			"===x=====|====!===-------o---|----------\n"},
		/* Early, the days to the right of it; late, to the left. */
		{"2026-01-03", "2027-01-01", 40, 2, true,
			"=--x-----|----o----------o---|----------\n"
			"^ today                       2027-01-01\n"},
		{"2026-12-20", "2027-01-01", 40, 2, true,
			"===x=====|====!==========!===|========--\n"
			"01-01                          today ^\n"},
		/* After the term, or without one, up to what comes last. */
		{"2027-02-01", "2027-01-01", 20, 1, true, "=x==|=!===!=|=====-o\n"},
		{"2026-06-15", NULL, 20, 1, true, "=x==|=!=--o-|------o\n"},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char *text = timeline_of(rows[i].today, rows[i].renewal, rows[i].columns,
			rows[i].rows, rows[i].ascii);
		assert_string_equal(text, rows[i].shown);
		free(text);
	}
}

static void timelines_stay_within_their_room(void **state)
{
	(void)state;
	static const char *const days[] = {
		"2025-06-01", "2026-01-01", "2026-06-15", "2026-12-31", "2027-01-01", "2029-02-01"};
	for (size_t d = 0; d < sizeof(days) / sizeof(days[0]); d++) {
		for (int columns = 0; columns < 90; columns++) {
			char *text = timeline_of(
				days[d], "2027-01-01", columns, 1 + columns % 3, columns % 2 == 0);
			for (char *at = text, *end; *at != '\0'; at = end + 1) {
				end = strchr(at, '\n');
				*end = '\0';
				assert_true(tend_columns(at) <= columns);
			}
			free(text);
		}
	}
}

static void nothing_is_drawn_where_there_is_no_time(void **state)
{
	(void)state;
	struct tend_list list;
	struct lines l = {0};
	tend_list_init(&list, &tend_milestone_type);
	const struct timeline t = {.milestones = &list, .today = on("2026-06-15")};
	assert_false(chart_timeline(&t, 40, 3, false, &l));
	assert_int_equal(l.n, 0);
	tend_list_finish(&list);
}

/* --- numbers --- */

static void numbers_keep_to_their_columns(void **state)
{
	(void)state;
	static const struct {
		double value;
		int columns;
		const char *shown;
	} rows[] = {{120, 7, "120"}, {-3.25, 7, "-3.25"}, {123456, 7, "123456"},
		{1234567, 7, "1.2e+06"}, {0.000123456, 7, "0.00012"}, {NAN, 7, "--"},
		{2.0 / 3, 4, "0.67"}};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct tend_str out = {0};
		(void)cell_quantity(rows[i].value, rows[i].columns, &out);
		assert_string_equal(tend_str_text(&out), rows[i].shown);
		tend_str_finish(&out);
	}
}

/* --- the pages --- */

static void enter_opens_the_chart_of_the_selected_metric(void **state)
{
	(void)state;
	static const struct {
		const char *size, *keys, *shown;
	} rows[] = {
		{"80x24", "I", "─ 2 Logins: 30 days each"},
		{"80x24", "I j", "─ 2 reports: 30 days each"},
		{"80x24", "I / rep Enter", "─ 2 reports: 30 days each"},
		{"80x24", "I / change Space < Space 0 Enter", "> Logins "},
		{"40x12", "I", "━ 1 Usage"},
		{"40x12", "I Enter", "━ 2 Logins: 30 days each"},
		{"40x12", "I Enter Esc", "━ 1 Usage"},
		{"80x24", "I / nothing Enter", "Nothing matches the filter."},
	};
	struct demo demo;
	demo_make(&demo);
	demo_add_records(&demo);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char *keys = tend_format(": customer Space northwind Enter %s", rows[i].keys);
		char *screen = demo_screen(&demo, rows[i].size, "portfolio", keys);
		if (strstr(screen, rows[i].shown) == NULL) {
			fail_msg("%s: no \"%s\" in\n%s", keys, rows[i].shown, screen);
		}
		free(screen);
		free(keys);
	}
	demo_remove(&demo);
}

int main(void)
{
	(void)setlocale(LC_ALL, "C.UTF-8");
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bars_stand_on_nothing_or_on_the_least),
		cmocka_unit_test(bars_stay_within_their_room),
		cmocka_unit_test(milestones_stand_on_their_days),
		cmocka_unit_test(timelines_stay_within_their_room),
		cmocka_unit_test(nothing_is_drawn_where_there_is_no_time),
		cmocka_unit_test(numbers_keep_to_their_columns),
		cmocka_unit_test(enter_opens_the_chart_of_the_selected_metric),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
