/* SPDX-License-Identifier: MIT */
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
#include <tend/records.h>

#include "grid.h"
#include "support.h"

static enum role name_cell(const struct grid_context *ctx, const void *record, struct tend_str *out)
{
	(void)ctx;
	tend_str_add(out, ((const struct tend_customer *)record)->name);
	return ROLE_TEXT;
}

static enum role owner_cell(
	const struct grid_context *ctx, const void *record, struct tend_str *out)
{
	(void)ctx;
	tend_str_add(out, ((const struct tend_customer *)record)->owner);
	return ROLE_BAD;
}

static enum role month_cell(
	const struct grid_context *ctx, const void *record, struct tend_str *out)
{
	(void)ctx;
	tend_str_addf(out, "%d", (int)((const struct tend_customer *)record)->month);
	return ROLE_TEXT;
}

static const char *owner_group(const struct grid_context *ctx, const void *record)
{
	(void)ctx;
	return ((const struct tend_customer *)record)->owner;
}

static const struct grid_column columns[] = {
	{"Name", 0, TEND_LEFT, 0, "name", name_cell},
	{"Owner", 6, TEND_LEFT, 30, "owner", owner_cell},
	{"M", 3, TEND_RIGHT, 0, "month", month_cell},
};
static const struct grid_spec spec = {columns, 3, true, NULL};
static const struct grid_spec grouped = {columns, 3, false, owner_group};

struct fixture {
	struct tend_list list;
	struct grid grid;
	struct canvas canvas;
};

static void make(struct fixture *f, size_t n, const struct grid_spec *s)
{
	*f = (struct fixture){0};
	tend_list_init(&f->list, &tend_customer_type);
	for (size_t i = 0; i < n; i++) {
		struct tend_customer *c = tend_list_add(&f->list);
		c->name = tend_arena_format(
			&f->list.arena, "%s %zu", i == 1 ? "云图物流" : "Customer", i);
		c->owner = i < 2 ? "li" : "emma";
		c->month = (int64_t)i;
	}
	size_t *rows = tend_calloc(n + 1, sizeof(*rows));
	for (size_t i = 0; i < n; i++) {
		rows[i] = i;
	}
	grid_set(&f->grid, rows, n, n);
	struct grid_context ctx = {0};
	grid_group(&f->grid, s, &f->list, &ctx);
}

static void finish(struct fixture *f)
{
	tend_list_finish(&f->list);
	grid_finish(&f->grid);
	canvas_finish(&f->canvas);
}

static void expect(struct fixture *f, const struct grid_spec *s, int w, int h, const char *sort,
	const char *picture)
{
	struct tend_str out = {0};
	struct grid_context ctx = {0};
	struct grid_look look = {true, sort};
	canvas_resize(&f->canvas, w, h);
	grid_draw(&f->grid, s, &f->list, &ctx, &look, &f->canvas, (struct area){0, 0, w, h});
	canvas_dump(&f->canvas, &out);
	assert_same_text(tend_str_text(&out), picture);
	tend_str_finish(&out);
}

static void heads_stand_over_their_values(void **state)
{
	(void)state;
	struct fixture f;
	make(&f, 3, &spec);
	expect(&f, &spec, 40, 5, NULL,
		"  Name                       Owner    M\n"
		"> Customer 0                 li       0\n"
		"  云图物流 1                 li       1\n"
		"  Customer 2                 emma     2\n");
	expect(&f, &spec, 40, 5, "-month",
		"  Name                       Owner   Mv\n"
		"> Customer 0                 li       0\n"
		"  云图物流 1                 li       1\n"
		"  Customer 2                 emma     2\n");
	finish(&f);
}

static void columns_leave_before_the_name_gets_too_short(void **state)
{
	(void)state;
	struct fixture f;
	make(&f, 3, &spec);
	expect(&f, &spec, 24, 4, "name",
		"  Name^               M\n"
		"> Customer 0          0\n"
		"  云图物流 1          1\n"
		"  Customer 2          2\n");
	finish(&f);
}

static void the_list_scrolls_only_as_far_as_it_must(void **state)
{
	(void)state;
	struct fixture f;
	size_t first, last;
	make(&f, 100, &spec);
	canvas_resize(&f.canvas, 40, 11);
	grid_move(&f.grid, 5);
	grid_scroll(&f.grid, 10);
	assert_int_equal(f.grid.top, 0);
	grid_move(&f.grid, 5);
	grid_scroll(&f.grid, 10);
	assert_int_equal(f.grid.top, 1);
	grid_move(&f.grid, 1000);
	assert_int_equal(f.grid.cursor, 99);
	grid_scroll(&f.grid, 10);
	grid_shown(&f.grid, 10, &first, &last);
	assert_int_equal(first, 91);
	assert_int_equal(last, 100);
	grid_move(&f.grid, -5);
	grid_scroll(&f.grid, 10);
	assert_int_equal(f.grid.top, 90);
	grid_move(&f.grid, -1000);
	grid_scroll(&f.grid, 10);
	assert_int_equal(f.grid.cursor, 0);
	assert_int_equal(f.grid.top, 0);
	grid_scroll(&f.grid, 0);
	grid_scroll(&f.grid, 500);
	assert_int_equal(f.grid.top, 0);
	finish(&f);
}

static void groups_have_headings_that_are_not_rows(void **state)
{
	(void)state;
	struct fixture f;
	make(&f, 4, &grouped);
	expect(&f, &grouped, 40, 8, NULL,
		" li\n"
		"> Customer 0                 li       0\n"
		"  云图物流 1                 li       1\n"
		" emma\n"
		"  Customer 2                 emma     2\n"
		"  Customer 3                 emma     3\n");
	grid_move(&f.grid, 2);
	expect(&f, &grouped, 40, 3, NULL,
		"  云图物流 1                 li       1\n"
		" emma\n"
		"> Customer 2                 emma     2\n");
	grid_move(&f.grid, -2);
	expect(&f, &grouped, 40, 2, NULL,
		" li\n"
		"> Customer 0                 li       0\n");
	finish(&f);
}

static void marks_and_ranges_count_rows_once(void **state)
{
	(void)state;
	struct fixture f;
	make(&f, 6, &spec);
	grid_mark(&f.grid, 1, true);
	grid_mark(&f.grid, 1, true);
	assert_int_equal(f.grid.nmarked, 1);
	grid_mark(&f.grid, 2, false);
	assert_int_equal(f.grid.nmarked, 1);
	f.grid.ranging = true;
	f.grid.anchor = 4;
	f.grid.cursor = 2;
	assert_true(grid_is_marked(&f.grid, 3));
	assert_false(grid_is_marked(&f.grid, 5));
	grid_end_range(&f.grid);
	assert_int_equal(f.grid.nmarked, 4);
	grid_unmark_all(&f.grid);
	assert_int_equal(f.grid.nmarked, 0);
	finish(&f);
}

static void an_empty_list_takes_every_move(void **state)
{
	(void)state;
	struct fixture f;
	size_t first, last;
	make(&f, 0, &grouped);
	grid_move(&f.grid, 1);
	grid_move(&f.grid, -1);
	grid_scroll(&f.grid, 5);
	grid_unmark_all(&f.grid);
	grid_end_range(&f.grid);
	assert_null(grid_selected(&f.grid, &f.list));
	grid_shown(&f.grid, 5, &first, &last);
	assert_int_equal(first, 0);
	assert_int_equal(last, 0);
	expect(&f, &grouped, 30, 3, NULL, "\n");
	finish(&f);
}

static void the_selection_is_one_role_over_the_whole_row(void **state)
{
	(void)state;
	struct fixture f;
	struct tend_str roles = {0};
	struct grid_context ctx = {0};
	struct grid_look look = {true, NULL};
	make(&f, 2, &spec);
	grid_mark(&f.grid, 1, true);
	canvas_resize(&f.canvas, 30, 3);
	grid_draw(&f.grid, &spec, &f.list, &ctx, &look, &f.canvas, (struct area){0, 0, 30, 3});
	canvas_dump_roles(&f.canvas, 1, &roles);
	assert_string_equal(tend_str_text(&roles), "ssssssssssssssssssssssssssssss");
	tend_str_clear(&roles);
	canvas_dump_roles(&f.canvas, 2, &roles);
	assert_int_equal(tend_str_text(&roles)[1], 'm');
	/* Without the focus the row keeps its colours, and only the sign stands before it. */
	look.focused = false;
	canvas_clear(&f.canvas);
	grid_draw(&f.grid, &spec, &f.list, &ctx, &look, &f.canvas, (struct area){0, 0, 30, 3});
	tend_str_clear(&roles);
	canvas_dump_roles(&f.canvas, 1, &roles);
	assert_null(strchr(tend_str_text(&roles), 's'));
	assert_int_equal(tend_str_text(&roles)[0], 'f');
	tend_str_finish(&roles);
	finish(&f);
}

int main(void)
{
	(void)setlocale(LC_CTYPE, "C.UTF-8");
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(heads_stand_over_their_values),
		cmocka_unit_test(columns_leave_before_the_name_gets_too_short),
		cmocka_unit_test(the_list_scrolls_only_as_far_as_it_must),
		cmocka_unit_test(groups_have_headings_that_are_not_rows),
		cmocka_unit_test(marks_and_ranges_count_rows_once),
		cmocka_unit_test(an_empty_list_takes_every_move),
		cmocka_unit_test(the_selection_is_one_role_over_the_whole_row),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
