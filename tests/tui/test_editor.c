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

#include "editor.h"
#include "support.h"

static void press(struct editor *e, const char *keys)
{
	while (*keys != '\0') {
		size_t n = strcspn(keys, " ");
		char *name = tend_strndup(keys, n);
		struct key k;
		assert_true(key_parse(name, &k));
		(void)editor_key(e, k);
		free(name);
		keys += n + (keys[n] == ' ' ? 1 : 0);
	}
}

static void keys_edit_by_whole_clusters(void **state)
{
	(void)state;
	static const struct {
		const char *start, *keys, *text;
		size_t caret;
	} rows[] = {
		{"", "a b c", "abc", 3},
		{"abc", "Left x", "abxc", 3},
		{"abc", "Home x", "xabc", 1},
		{"abc", "C-a Delete", "bc", 0},
		{"abc", "C-a C-e BS", "ab", 2},
		{"abc", "C-b C-b C-f x", "abxc", 3},
		{"one two", "C-w", "one ", 4},
		{"one two  ", "C-w", "one ", 4},
		{"one", "C-w C-w", "", 0},
		{"one two", "Left C-u", "o", 0},
		{"one two", "Home C-k", "", 0},
		{"one two", "Home Right C-k", "o", 1},
		{"云图", "BS", "云", 3},
		{"云图", "Left x", "云x图", 4},
		{"e\314\201x", "BS BS", "", 0},
		{"e\314\201x", "Left Left", "e\314\201x", 0},
		{"abc", "Right Right", "abc", 3},
		{"", "BS Delete Left Home End C-w C-u C-k", "", 0},
		{"a", "Space b", "a b", 3},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct editor e = {0};
		editor_set(&e, rows[i].start);
		press(&e, rows[i].keys);
		assert_string_equal(editor_text(&e), rows[i].text);
		assert_int_equal(e.caret, rows[i].caret);
		editor_finish(&e);
	}
}

static void what_is_proposed_goes_when_something_else_is_typed(void **state)
{
	(void)state;
	static const struct {
		const char *keys, *text;
	} rows[] = {
		{"x y", "xy"},
		{"BS", ""},
		{"Delete x", "x"},
		{"C-u x", "x"},
		{"End x", "+7dx"},
		{"Right x", "+7dx"},
		{"Left BS 9", "+9d"},
		{"Home x", "x+7d"},
		{"C-e BS x", "+7x"},
		{"F1 x", "x"},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct editor e = {0};
		editor_propose(&e, "+7d");
		press(&e, rows[i].keys);
		assert_string_equal(editor_text(&e), rows[i].text);
		editor_finish(&e);
	}
}

static void what_is_proposed_is_shown_as_selected(void **state)
{
	(void)state;
	struct canvas c = {0};
	struct editor e = {0};
	canvas_resize(&c, 12, 1);
	editor_propose(&e, "+7d");
	editor_draw(&e, &c, 0, 0, 10, true);
	assert_int_equal(c.cells[2].role, ROLE_SELECTION);
	assert_int_equal(c.cells[3].role, ROLE_INPUT);
	editor_draw(&e, &c, 0, 0, 10, false);
	assert_int_equal(c.cells[2].role, ROLE_INPUT);
	press(&e, "End");
	editor_draw(&e, &c, 0, 0, 10, true);
	assert_int_equal(c.cells[2].role, ROLE_INPUT);
	editor_finish(&e);
	canvas_finish(&c);
}

static void keys_that_are_not_for_editing_are_left(void **state)
{
	(void)state;
	struct editor e = {0};
	editor_set(&e, "abc");
	static const struct key keys[] = {
		{K_ENTER, 0}, {K_ESC, 0}, {K_TAB, 0}, {K_UP, 0}, {K_F1, 0}, {'g', MOD_CTRL}};
	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		assert_int_equal(editor_key(&e, keys[i]), EDITOR_IGNORED);
	}
	assert_string_equal(editor_text(&e), "abc");
	editor_finish(&e);
}

static void pasted_line_breaks_become_blanks(void **state)
{
	(void)state;
	struct editor e = {0};
	(void)editor_key(&e, (struct key){'a', MOD_PASTED});
	(void)editor_key(&e, (struct key){K_ENTER, MOD_PASTED});
	(void)editor_key(&e, (struct key){K_TAB, MOD_PASTED});
	(void)editor_key(&e, (struct key){'b', MOD_PASTED});
	(void)editor_key(&e, (struct key){'u', MOD_PASTED | MOD_CTRL});
	assert_string_equal(editor_text(&e), "a  b");
	editor_finish(&e);
}

static void the_history_gives_lines_back_and_keeps_the_new_one(void **state)
{
	(void)state;
	struct editor_history h = {0};
	editor_history_add(&h, "first");
	editor_history_add(&h, "second");
	editor_history_add(&h, "");
	editor_history_add(&h, "first"); /* moves to the end */
	assert_int_equal(h.n, 2);
	struct editor e = {.history = &h};
	editor_set(&e, "new");
	press(&e, "Up");
	assert_string_equal(editor_text(&e), "first");
	press(&e, "Up");
	assert_string_equal(editor_text(&e), "second");
	press(&e, "Up");
	assert_string_equal(editor_text(&e), "second");
	press(&e, "Down Down");
	assert_string_equal(editor_text(&e), "new");
	press(&e, "Down");
	assert_string_equal(editor_text(&e), "new");
	editor_finish(&e);
	editor_history_finish(&h);
}

static void the_history_does_not_grow_without_end(void **state)
{
	(void)state;
	struct editor_history h = {0};
	for (int i = 0; i < 300; i++) {
		char line[16];
		(void)snprintf(line, sizeof(line), "line %d", i);
		editor_history_add(&h, line);
	}
	assert_int_equal(h.n, 100);
	assert_string_equal(h.items[99], "line 299");
	editor_history_finish(&h);
}

static void a_text_has_an_end(void **state)
{
	(void)state;
	struct editor e = {0};
	for (int i = 0; i < 6000; i++) {
		(void)editor_key(&e, (struct key){'x', 0});
	}
	assert_int_equal(strlen(editor_text(&e)), 4096);
	editor_finish(&e);
}

static void the_cursor_stands_at_the_caret(void **state)
{
	(void)state;
	static const struct {
		const char *text, *keys, *shown;
		int cursor;
	} rows[] = {
		{"abc", "", "[abc", 4},
		{"abc", "Home", "[abc", 1},
		{"云图", "Left", "[云图", 3},
		{"abcdefghijkl", "", "[<hijkl", 7},
		{"abcdefghijkl", "Home", "[abcdef~", 1},
		{"云图物流云图", "", "[<  流云图", 8},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct canvas c = {0};
		struct editor e = {0};
		struct tend_str out = {0};
		canvas_resize(&c, 12, 1);
		canvas_text(&c, 0, 0, 1, ROLE_TEXT, "[");
		editor_set(&e, rows[i].text);
		if (rows[i].keys[0] != '\0') {
			press(&e, rows[i].keys);
		}
		editor_draw(&e, &c, 1, 0, 7, true);
		assert_true(c.cursor_x >= 1 && c.cursor_x <= 8);
		canvas_dump(&c, &out);
		assert_int_equal(c.cursor_y, 0);
		if (i != 3 && i != 5) {
			assert_int_equal(c.cursor_x, rows[i].cursor);
			assert_true(tend_starts_with(tend_str_text(&out), rows[i].shown));
		} else {
			assert_true(tend_starts_with(tend_str_text(&out), "[<"));
		}
		tend_str_finish(&out);
		editor_finish(&e);
		canvas_finish(&c);
	}
}

int main(void)
{
	(void)setlocale(LC_CTYPE, "C.UTF-8");
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(keys_edit_by_whole_clusters),
		cmocka_unit_test(what_is_proposed_goes_when_something_else_is_typed),
		cmocka_unit_test(what_is_proposed_is_shown_as_selected),
		cmocka_unit_test(keys_that_are_not_for_editing_are_left),
		cmocka_unit_test(pasted_line_breaks_become_blanks),
		cmocka_unit_test(the_history_gives_lines_back_and_keeps_the_new_one),
		cmocka_unit_test(the_history_does_not_grow_without_end),
		cmocka_unit_test(a_text_has_an_end),
		cmocka_unit_test(the_cursor_stands_at_the_caret),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
