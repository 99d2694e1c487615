/* SPDX-License-Identifier: MIT */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "layout.h"
#include "support.h"

static const struct layout_shape portfolio = {4, {5, 3, 2, 0}, {0, 6, 3, 5}, 0};
static const struct layout_shape one = {1, {1}, {1}, 0};
static const struct layout_shape page = {4, {4, 5, 3, 3}, {0, 4, 5, 4}, 1};

static void fill(struct canvas *c, struct area a, const char *glyph)
{
	for (int y = a.y; y < a.y + a.h; y++) {
		canvas_line(c, a.x, y, a.w, ROLE_TEXT, glyph);
	}
}

/* T title, r ribbon, 1-4 panes, S status, H hint, | divider; a column stands for ten, a row for one. */
static void expect(const struct layout_shape *s, int columns, int rows, int focus, bool zoom,
	const char *picture)
{
	static const char *const digits[] = {"1", "2", "3", "4"};
	struct layout l = layout_plan(s, columns, rows, focus, zoom);
	struct canvas c = {0};
	struct tend_str out = {0};
	canvas_resize(&c, columns, rows);
	fill(&c, l.title, "T");
	fill(&c, l.ribbon, "r");
	for (int i = 0; i < s->npanes; i++) {
		fill(&c, l.panes[i], digits[i]);
	}
	fill(&c, l.status, "S");
	fill(&c, l.hint, "H");
	for (int y = 0; y < rows; y++) {
		for (int x = 4; x < columns; x += 10) {
			tend_str_addn(&out, canvas_at(&c, x, y)->text, 1);
		}
		tend_str_addc(&out, '\n');
	}
	assert_same_text(tend_str_text(&out), picture);
	tend_str_finish(&out);
	canvas_finish(&c);
}

static void panes_are_stacked_on_usual_screens(void **state)
{
	(void)state;
	expect(&portfolio, 80, 24, 0, false,
		"TTTTTTTT\n11111111\n11111111\n11111111\n11111111\n11111111\n11111111\n11111111\n"
		"11111111\n11111111\n11111111\n11111111\n11111111\n11111111\n11111111\n22222222\n22"
		"222222\n"
		"22222222\n22222222\n33333333\n33333333\n33333333\nSSSSSSSS\nHHHHHHHH\n");
}

static void the_pane_in_focus_grows(void **state)
{
	(void)state;
	struct layout before = layout_plan(&portfolio, 80, 24, 0, false);
	for (int focus = 1; focus < 3; focus++) {
		struct layout l = layout_plan(&portfolio, 80, 24, focus, false);
		assert_true(l.panes[focus].h > before.panes[focus].h);
		assert_true(l.panes[0].h < before.panes[0].h);
	}
}

static void a_pane_without_a_place_takes_the_last_one_while_it_has_the_focus(void **state)
{
	(void)state;
	struct layout l = layout_plan(&portfolio, 80, 24, 3, false);
	assert_int_equal(l.panes[2].h, 0);
	assert_true(l.panes[3].h >= 4);
	assert_true(l.panes[0].h > 0 && l.panes[1].h > 0);
}

static void panes_stand_side_by_side_on_wide_screens(void **state)
{
	(void)state;
	expect(&portfolio, 120, 16, 0, false,
		"TTTTTTTTTTTT\n111111122222\n111111122222\n111111122222\n111111122222\n111111122222"
		"\n"
		"111111122222\n111111133333\n111111133333\n111111133333\n111111144444\n111111144444"
		"\n"
		"111111144444\n111111144444\nSSSSSSSSSSSS\nHHHHHHHHHHHH\n");
	struct layout l = layout_plan(&portfolio, 160, 48, 0, false);
	assert_int_equal(l.panes[0].w, 92);
	assert_int_equal(l.divider, 92);
	assert_int_equal(l.panes[1].x, 93);
	assert_int_equal(l.panes[1].w, 67);
}

static void small_screens_show_one_pane(void **state)
{
	(void)state;
	expect(&portfolio, 40, 8, 1, false, "TTTT\n2222\n2222\n2222\n2222\n2222\nSSSS\nHHHH\n");
	expect(&portfolio, 59, 16, 2, false,
		"TTTTTT\n333333\n333333\n333333\n333333\n333333\n333333\n333333\n333333\n333333\n33"
		"3333\n"
		"333333\n333333\n333333\nSSSSSS\nHHHHHH\n");
	expect(&one, 100, 6, 0, false,
		"TTTTTTTTTT\n1111111111\n1111111111\n1111111111\nSSSSSSSSSS\nHHHHHHHHHH\n");
}

static void zoom_shows_the_pane_in_focus_alone(void **state)
{
	(void)state;
	struct layout l = layout_plan(&portfolio, 160, 48, 2, true);
	for (int i = 0; i < 4; i++) {
		assert_int_equal(l.panes[i].h, i == 2 ? 45 : 0);
	}
	assert_int_equal(l.divider, -1);
}

static void a_ribbon_leaves_where_rows_are_few(void **state)
{
	(void)state;
	assert_int_equal(layout_plan(&page, 80, 24, 0, false).ribbon.h, 1);
	assert_int_equal(layout_plan(&page, 80, 9, 0, false).ribbon.h, 0);
}

static void under_the_least_size_nothing_is_planned(void **state)
{
	(void)state;
	assert_true(layout_plan(&portfolio, 29, 24, 0, false).too_small);
	assert_true(layout_plan(&portfolio, 80, 5, 0, false).too_small);
	assert_true(layout_plan(&portfolio, 0, 0, 0, false).too_small);
	assert_false(layout_plan(&portfolio, 30, 6, 0, false).too_small);
}

/* Whatever the size: areas lie within the screen, do not overlap, and leave no row free. */
static void every_size_is_covered_without_overlap(void **state)
{
	(void)state;
	static const struct layout_shape *const shapes[] = {&portfolio, &one, &page};
	for (size_t s = 0; s < 3; s++) {
		for (int w = 30; w <= 200; w += 5) {
			for (int h = 6; h <= 70; h++) {
				for (int focus = 0; focus < shapes[s]->npanes; focus++) {
					struct layout l =
						layout_plan(shapes[s], w, h, focus, false);
					int cells = w * 3 + l.ribbon.h * w;
					for (int i = 0; i < shapes[s]->npanes; i++) {
						struct area a = l.panes[i];
						assert_true(a.h == 0 || a.h >= 3);
						assert_true(a.x >= 0 && a.y >= 0 && a.x + a.w <= w
							&& a.y + a.h <= h - 2);
						cells += a.h > 0 ? a.w * a.h : 0;
					}
					cells += l.divider >= 0 ? l.panes[0].h : 0;
					assert_int_equal(cells, w * h);
					assert_true(l.panes[focus].h >= 3);
				}
			}
		}
	}
}

int main(void)
{
	(void)setlocale(LC_CTYPE, "C.UTF-8");
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(panes_are_stacked_on_usual_screens),
		cmocka_unit_test(the_pane_in_focus_grows),
		cmocka_unit_test(a_pane_without_a_place_takes_the_last_one_while_it_has_the_focus),
		cmocka_unit_test(panes_stand_side_by_side_on_wide_screens),
		cmocka_unit_test(small_screens_show_one_pane),
		cmocka_unit_test(zoom_shows_the_pane_in_focus_alone),
		cmocka_unit_test(a_ribbon_leaves_where_rows_are_few),
		cmocka_unit_test(under_the_least_size_nothing_is_planned),
		cmocka_unit_test(every_size_is_covered_without_overlap),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
