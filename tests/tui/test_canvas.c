/* SPDX-License-Identifier: MIT */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <tend/mem.h>

#include "canvas.h"
#include "support.h"

static char *drawn(struct canvas *c)
{
	struct tend_str out = {0};
	canvas_dump(c, &out);
	return tend_str_steal(&out);
}

static void expect(struct canvas *c, const char *text)
{
	char *got = drawn(c);
	assert_same_text(got, text);
	free(got);
}

static void text_is_cut_where_its_columns_end(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		int columns;
		const char *shown;
		int used;
	} rows[] = {
		{"Northwind", 9, "Northwind\n", 9},
		{"Northwind", 8, "Northwi~\n", 8},
		{"Northwind", 1, "~\n", 1},
		{"Northwind", 0, "\n", 0},
		{"Northwind", -3, "\n", 0},
		{"云图物流", 8, "云图物流\n", 8},
		{"云图物流", 7, "云图物~\n", 7},
		{"云图物流", 6, "云图~\n", 5},
		{"a云b", 3, "a~\n", 2},
		{"", 5, "\n", 0},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct canvas c = {0};
		canvas_resize(&c, 12, 2);
		int used = canvas_text(&c, 0, 0, rows[i].columns, ROLE_TEXT, rows[i].text);
		expect(&c, rows[i].shown);
		assert_int_equal(used, rows[i].used);
		canvas_finish(&c);
	}
}

static void fields_are_padded_on_the_side_that_is_asked(void **state)
{
	(void)state;
	struct canvas c = {0};
	canvas_resize(&c, 12, 4);
	canvas_line(&c, 0, 0, 12, ROLE_RULE, ".");
	canvas_line(&c, 0, 1, 12, ROLE_RULE, ".");
	canvas_line(&c, 0, 2, 12, ROLE_RULE, ".");
	canvas_field(&c, 1, 0, 6, TEND_LEFT, ROLE_TEXT, "ab");
	canvas_field(&c, 1, 1, 6, TEND_RIGHT, ROLE_TEXT, "云b");
	canvas_field(&c, 1, 2, 6, TEND_RIGHT, ROLE_TEXT, "much too long");
	expect(&c, ".ab    .....\n.   云b.....\n.much ~.....\n");
	canvas_finish(&c);
}

static void half_of_a_wide_cell_never_stays(void **state)
{
	(void)state;
	struct canvas c = {0};
	canvas_resize(&c, 6, 1);
	canvas_text(&c, 0, 0, 6, ROLE_TEXT, "云图物");
	canvas_text(&c, 1, 0, 1, ROLE_TEXT, "x");
	expect(&c, " x图物\n");
	canvas_text(&c, 2, 0, 1, ROLE_TEXT, "y");
	expect(&c, " xy 物\n");
	canvas_text(&c, 3, 0, 2, ROLE_TEXT, "流");
	expect(&c, " xy流\n");
	assert_int_equal(canvas_at(&c, 4, 0)->width, 0);
	canvas_finish(&c);
}

static void what_lies_outside_is_dropped(void **state)
{
	(void)state;
	struct canvas c = {0};
	canvas_resize(&c, 4, 2);
	canvas_text(&c, 2, 0, 10, ROLE_TEXT, "abcdef");
	canvas_text(&c, 0, 5, 10, ROLE_TEXT, "below");
	canvas_text(&c, 0, -1, 10, ROLE_TEXT, "above");
	canvas_text(&c, 3, 1, 10, ROLE_TEXT, "云");
	canvas_line(&c, -2, 1, 3, ROLE_RULE, "-");
	canvas_restyle(&c, -1, 0, 99, ROLE_BAD);
	canvas_restyle(&c, 0, 9, 99, ROLE_BAD);
	expect(&c, "  ab\n-\n");
	canvas_cursor(&c, 99, 99);
	assert_int_equal(c.cursor_x, 3);
	assert_int_equal(c.cursor_y, 1);
	canvas_finish(&c);
}

static void a_canvas_is_never_smaller_than_a_cell(void **state)
{
	(void)state;
	struct canvas c = {0};
	canvas_resize(&c, 0, -4);
	assert_int_equal(c.columns, 1);
	assert_int_equal(c.rows, 1);
	canvas_text(&c, 0, 0, 5, ROLE_TEXT, "云");
	expect(&c, "\n");
	canvas_finish(&c);
}

static void no_byte_of_a_text_acts_on_the_terminal(void **state)
{
	(void)state;
	static const char *const hostile[] = {"\033[31mred", "bell\a", "a\tb", "two\nlines",
		"del\177", "c1 \302\233 31m", "\342\200\256bidi", "zero\342\200\213width",
		"bad \377 byte", "\r"};
	for (size_t i = 0; i < sizeof(hostile) / sizeof(hostile[0]); i++) {
		struct canvas c = {0};
		canvas_resize(&c, 40, 1);
		canvas_text(&c, 0, 0, 40, ROLE_TEXT, hostile[i]);
		for (int x = 0; x < 40; x++) {
			const struct cell *cell = canvas_at(&c, x, 0);
			for (size_t k = 0; k < cell->len; k++) {
				unsigned char b = (unsigned char)cell->text[k];
				assert_true(b >= 0x20 && b != 0x7F && b != 0xFF);
			}
		}
		char *shown = drawn(&c);
		assert_null(strstr(shown, "\342\200\256"));
		assert_null(strstr(shown, "\342\200\213"));
		assert_null(strstr(shown, "\302\233"));
		free(shown);
		canvas_finish(&c);
	}
}

static void long_clusters_keep_whole_characters(void **state)
{
	(void)state;
	struct canvas c = {0};
	struct tend_str text = {0};
	tend_str_add(&text, "e");
	for (int i = 0; i < 40; i++) {
		tend_str_add(&text, "\314\201");
	}
	canvas_resize(&c, 8, 1);
	canvas_text(&c, 0, 0, 8, ROLE_TEXT, tend_str_text(&text));
	const struct cell *cell = canvas_at(&c, 0, 0);
	assert_true(cell->len > 1 && cell->len <= CELL_BYTES);
	assert_true(tend_utf8_valid(cell->text, cell->len));
	tend_str_finish(&text);
	canvas_finish(&c);
}

static void without_utf8_the_screen_is_ascii(void **state)
{
	(void)state;
	struct canvas c = {0};
	c.ascii = true;
	canvas_resize(&c, 12, 3);
	canvas_line(&c, 0, 0, 4, ROLE_RULE, "━");
	canvas_line(&c, 4, 0, 4, ROLE_RULE, "─");
	canvas_line(&c, 8, 0, 1, ROLE_RULE, "│");
	canvas_text(&c, 0, 1, 12, ROLE_TEXT, "云a é");
	expect(&c, "====----|\n??a ?\n");
	canvas_finish(&c);
}

static void restyling_keeps_the_text(void **state)
{
	(void)state;
	struct canvas c = {0};
	struct tend_str roles = {0};
	canvas_resize(&c, 8, 1);
	canvas_text(&c, 0, 0, 8, ROLE_BAD, "云 ab");
	canvas_restyle(&c, 2, 0, 2, ROLE_GOOD);
	canvas_dump_roles(&c, 0, &roles);
	assert_string_equal(tend_str_text(&roles), "bbggbttt");
	expect(&c, "云 ab\n");
	tend_str_finish(&roles);
	canvas_finish(&c);
}

static void every_role_has_a_name_of_its_own(void **state)
{
	(void)state;
	for (int i = 0; i < ROLE_COUNT; i++) {
		enum role back;
		assert_true(role_parse(role_name((enum role)i), &back));
		assert_int_equal(back, i);
	}
	enum role none;
	assert_false(role_parse("nothing", &none));
	assert_false(role_parse("", &none));
}

int main(void)
{
	(void)setlocale(LC_CTYPE, "C.UTF-8");
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_is_cut_where_its_columns_end),
		cmocka_unit_test(fields_are_padded_on_the_side_that_is_asked),
		cmocka_unit_test(half_of_a_wide_cell_never_stays),
		cmocka_unit_test(what_lies_outside_is_dropped),
		cmocka_unit_test(a_canvas_is_never_smaller_than_a_cell),
		cmocka_unit_test(no_byte_of_a_text_acts_on_the_terminal),
		cmocka_unit_test(long_clusters_keep_whole_characters),
		cmocka_unit_test(without_utf8_the_screen_is_ascii),
		cmocka_unit_test(restyling_keeps_the_text),
		cmocka_unit_test(every_role_has_a_name_of_its_own),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
