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

#include "textarea.h"

/* The rows with '|' between them. */
static char *broken(const char *text, int columns)
{
	struct text_rows rows;
	struct tend_str out = {0};
	text_rows_make(text, columns, &rows);
	for (size_t i = 0; i < rows.n; i++) {
		tend_str_add(&out, i > 0 ? "|" : "");
		tend_str_addn(
			&out, text + rows.items[i].from, rows.items[i].to - rows.items[i].from);
	}
	text_rows_finish(&rows);
	char *copy = tend_strdup(tend_str_text(&out));
	tend_str_finish(&out);
	return copy;
}

static void lines_break_behind_blanks_and_between_wide_characters(void **state)
{
	(void)state;
	/* One column stays for the caret. */
	static const struct {
		const char *text;
		int columns;
		const char *rows;
	} rows[] = {
		{"abc", 10, "abc"},
		{"one two three", 9, "one two |three"},
		{"one two three", 8, "one two |three"},
		{"one two three", 7, "one |two |three"},
		{"abcdefghij", 5, "abcd|efgh|ij"},
		{"a\nb", 10, "a|b"},
		{"a\n\nb", 10, "a||b"},
		{"a\n", 10, "a|"},
		{"\n", 10, "|"},
		{"云图物流有限", 5, "云图|物流|有限"},
		{"云图 abc", 6, "云图 |abc"},
		{"a云", 2, "a|云"},
		{"a   b", 4, "a   |b"},
		{"a    b", 4, "a   | b"},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char *is = broken(rows[i].text, rows[i].columns);
		assert_string_equal(is, rows[i].rows);
		free(is);
	}
}

static void every_byte_stands_in_one_row_at_every_width(void **state)
{
	(void)state;
	static const char text[] =
		"对方 confirmed, 但 e\314\201 wants  more\n\n  - 价格 of it\nlong-word-that-"
		"does-not-fit-anywhere 云云云云云云\n";
	for (int columns = 1; columns < 60; columns++) {
		struct text_rows rows;
		size_t at = 0;
		text_rows_make(text, columns, &rows);
		for (size_t i = 0; i < rows.n; i++) {
			if (rows.items[i].from == at + 1) {
				assert_int_equal(text[at], '\n');
			} else {
				assert_int_equal(rows.items[i].from, at);
			}
			at = rows.items[i].to;
		}
		assert_int_equal(at, sizeof(text) - 1);
		/* Each caret is on the row that has it. */
		for (size_t c = 0; c < sizeof(text); c++) {
			struct text_row r = rows.items[text_row_of(&rows, c)];
			assert_true(r.from <= c && c <= r.to);
		}
		text_rows_finish(&rows);
	}
}

static void the_caret_moves_by_rows_and_keeps_near_its_column(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		int columns;
		size_t from;
		int step;
		size_t to; /* SIZE_MAX: there is no such row */
	} rows[] = {
		{"abc\nde\nfgh", 20, 2, 1, 6},
		{"abc\nde\nfgh", 20, 9, -1, 6},
		{"abc\nde\nfgh", 20, 6, 1, 9},
		{"abc", 20, 1, 1, SIZE_MAX},
		{"abc", 20, 1, -1, SIZE_MAX},
		{"abc\n", 20, 3, 1, 4},
		{"云图\nabc", 20, 6, 1, 10},
		{"abc\n云图", 20, 3, 1, 7},
		{"one two three", 9, 1, 1, 9},
		{"one two three", 9, 13, -1, 5},
		/* The end of a row that goes on is the start of the next one. */
		{"ab cd\nabcdefgh", 4, 5, 1, 8},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct editor e = {0};
		editor_set(&e, rows[i].text);
		e.caret = rows[i].from;
		bool there = textarea_move(&e, rows[i].columns, rows[i].step);
		assert_int_equal(there, rows[i].to != SIZE_MAX);
		assert_int_equal(e.caret, there ? rows[i].to : rows[i].from);
		editor_finish(&e);
	}
}

static void keys_of_a_line_stay_within_it(void **state)
{
	(void)state;
	static const struct {
		const char *key, *text;
		size_t caret;
	} rows[] = {
		{"Home", "one\ntwo\nsix", 4},
		{"End", "one\ntwo\nsix", 7},
		{"C-u", "one\no\nsix", 4},
		{"C-k", "one\ntw\nsix", 6},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct editor e = {0};
		struct key k;
		editor_set(&e, "one\ntwo\nsix");
		e.caret = 6;
		assert_true(key_parse(rows[i].key, &k));
		(void)editor_key(&e, k);
		assert_string_equal(editor_text(&e), rows[i].text);
		assert_int_equal(e.caret, rows[i].caret);
		editor_finish(&e);
	}
}

static void the_caret_is_always_in_the_area(void **state)
{
	(void)state;
	struct canvas c = {0};
	struct editor e = {0};
	canvas_resize(&c, 30, 12);
	editor_set(&e,
		"first of all\n\n第二行很长很长很长很长很长很长很长\nthird and a last one\nend");
	for (int w = 2; w < 26; w++) {
		for (int h = 1; h < 8; h++) {
			for (size_t caret = 0; caret <= e.text.len;) {
				int columns;
				e.caret = caret;
				canvas_clear(&c);
				textarea_draw(&e, &c, (struct area){3, 2, w, h}, true);
				assert_true(c.cursor_x >= 3 && c.cursor_x < 3 + w);
				assert_true(c.cursor_y >= 2 && c.cursor_y < 2 + h);
				caret += caret == e.text.len ? 1
							     : tend_grapheme(e.text.data + caret,
								     e.text.len - caret, &columns);
			}
		}
	}
	editor_finish(&e);
	canvas_finish(&c);
}

static void a_text_that_goes_on_says_so_where_it_is_not_in_focus(void **state)
{
	(void)state;
	struct canvas c = {0};
	struct editor e = {0};
	struct tend_str out = {0};
	canvas_resize(&c, 12, 3);
	editor_set(&e, "a\nb\nc\nd");
	textarea_draw(&e, &c, (struct area){0, 0, 10, 3}, false);
	canvas_dump(&c, &out);
	assert_string_equal(tend_str_text(&out), "a\nb\nc        ~\n");
	tend_str_clear(&out);
	textarea_draw(&e, &c, (struct area){0, 0, 10, 3}, true);
	canvas_dump(&c, &out);
	assert_string_equal(tend_str_text(&out), "b\nc\nd\n");
	tend_str_finish(&out);
	editor_finish(&e);
	canvas_finish(&c);
}

int main(void)
{
	(void)setlocale(LC_CTYPE, "C.UTF-8");
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_break_behind_blanks_and_between_wide_characters),
		cmocka_unit_test(every_byte_stands_in_one_row_at_every_width),
		cmocka_unit_test(the_caret_moves_by_rows_and_keeps_near_its_column),
		cmocka_unit_test(keys_of_a_line_stay_within_it),
		cmocka_unit_test(the_caret_is_always_in_the_area),
		cmocka_unit_test(a_text_that_goes_on_says_so_where_it_is_not_in_focus),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
