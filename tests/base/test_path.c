/* SPDX-License-Identifier: MIT */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <tend/file.h>
#include <tend/str.h>
#include <tend/text.h>

#include "path.h"
#include "support.h"

static void names_from_outside_become_file_names(void **state)
{
	(void)state;
	static const char *const rows[][2] = {
		{"Northwind Traders", "Northwind Traders"},
		{"华东渠道科技有限公司", "华东渠道科技有限公司"},
		{"a/b\\c", "a_b_c"},
		{"../../etc/passwd", "_.._etc_passwd"},
		{".hidden", "hidden"},
		{"...", "unnamed"},
		{"", "unnamed"},
		{"   ", "unnamed"},
		{"-rf", "rf"},
		{"--", "unnamed"},
		{" . - x", "x"},
		{"\u3000x\u3000", "x"},
		{"name. . ", "name"},
		{"C:\\x?*\"<>|", "C__x______"},
		{"a\nb", "a b"},
		{"a\x1B[2Jb", "a␛[2Jb"},
		{"exe\u202Etxt", "exe_U+202E_txt"},
		{"-\u0301x", "_U+0301_x"},
		{"a\xFF", "a\uFFFD"},
		{"\t-x", "x"},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char *name = tend_safe_name(rows[i][0]);
		assert_same_text(name, rows[i][1]);
		free(name);
	}
}

static void long_names_are_cut_at_a_whole_character(void **state)
{
	(void)state;
	struct tend_str s = {0};
	for (int i = 0; i < 50; i++) {
		tend_str_add(&s, "中");
	}
	char *name = tend_safe_name(tend_str_text(&s));
	assert_int_equal(strlen(name), 99);
	free(name);
	tend_str_clear(&s);
	for (int i = 0; i < 60; i++) {
		tend_str_add(&s, "e\u0301");
	}
	name = tend_safe_name(tend_str_text(&s));
	assert_int_equal(strlen(name), 99);
	free(name);
	tend_str_finish(&s);
}

static void check_name(const char *dir, const char *text)
{
	char *name = tend_safe_name(text), *again = tend_safe_name(name);
	size_t n = strlen(name);
	assert_in_range(n, 1, 100);
	assert_null(strpbrk(name, "/\\"));
	assert_true(name[0] != '.' && name[0] != '-' && name[0] != ' ');
	assert_true(name[n - 1] != '.' && name[n - 1] != ' ');
	assert_true(tend_utf8_valid(name, n));
	assert_true(tend_is_printable(name, n));
	assert_same_text(again, name);
	if (dir != NULL) {
		char *path = tend_path_join(dir, name);
		assert_int_equal(tend_file_write(path, "x", 1, true, NULL), TEND_OK);
		assert_true(support_exists(path));
		free(path);
	}
	free(again);
	free(name);
}

static void evil_names_stay_in_their_folder(void **state)
{
	(void)state;
	static const char *const pieces[] = {"..", "/", "\\", ".", "-", " ", "a", "中", "\u202E",
		"\x1B", "\n", "\xFF", "\u3000", "con", ":", "\u0301", "\u200D", "\U0001F468", "～",
		"$HOME", "`x`", "\xC0\xAE", "\uFF0F", "%2e%2e%2f"};
	struct support_random random = {23};
	char *dir = support_make_dir();
	char *inner = tend_path_join(dir, "inner");
	assert_int_equal(tend_mkdirs(inner, NULL), TEND_OK);
	for (int i = 0; i < 5000; i++) {
		struct tend_str s = {0};
		for (unsigned n = support_random(&random, 40); n > 0; n--) {
			tend_str_add(&s, pieces[support_random(&random, 24)]);
		}
		check_name(i < 500 ? inner : NULL, tend_str_text(&s));
		tend_str_finish(&s);
	}
	assert_int_equal(support_count_entries(dir), 1);
	free(inner);
	support_remove_dir(dir);
}

static void paths_are_joined_with_one_slash(void **state)
{
	(void)state;
	static const char *const rows[][3] = {{"a", "b", "a/b"}, {"a/", "b", "a/b"},
		{"/", "b", "/b"}, {"", "b", "b"}, {".", "b", "./b"}};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char *path = tend_path_join(rows[i][0], rows[i][1]);
		assert_same_text(path, rows[i][2]);
		free(path);
	}
}

static void the_folder_of_a_path_is_found(void **state)
{
	(void)state;
	static const char *const rows[][2] = {
		{"a", "."}, {"a/b", "a"}, {"/a", "/"}, {"/a/b/c", "/a/b"}, {"", "."}, {"a/", "a"}};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char *dir = path_dir(rows[i][0]);
		assert_same_text(dir, rows[i][1]);
		free(dir);
	}
}

static void own_folders_follow_the_environment(void **state)
{
	(void)state;
	static const struct {
		const char *config, *data, *home, *expected_config, *expected_data;
	} rows[] = {
		{NULL, NULL, "/home/li", "/home/li/.config/tend", "/home/li/.local/share/tend"},
		{"/c", "/d", "/home/li", "/c/tend", "/d/tend"},
		{"", "", "/home/li", "/home/li/.config/tend", "/home/li/.local/share/tend"},
		{"relative", "../x", "/home/li", "/home/li/.config/tend",
			"/home/li/.local/share/tend"},
		{NULL, NULL, NULL, "./.config/tend", "./.local/share/tend"},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const char *const names[] = {"XDG_CONFIG_HOME", "XDG_DATA_HOME", "HOME"};
		const char *const values[] = {rows[i].config, rows[i].data, rows[i].home};
		for (size_t j = 0; j < 3; j++) {
			if (values[j] != NULL) {
				(void)setenv(names[j], values[j], 1);
			} else {
				(void)unsetenv(names[j]);
			}
		}
		char *config = tend_config_dir(), *data = tend_data_dir();
		assert_same_text(config, rows[i].expected_config);
		assert_same_text(data, rows[i].expected_data);
		free(config);
		free(data);
	}
}

int main(void)
{
	(void)setlocale(LC_CTYPE, "C.UTF-8");
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_from_outside_become_file_names),
		cmocka_unit_test(long_names_are_cut_at_a_whole_character),
		cmocka_unit_test(evil_names_stay_in_their_folder),
		cmocka_unit_test(paths_are_joined_with_one_slash),
		cmocka_unit_test(the_folder_of_a_path_is_found),
		cmocka_unit_test(own_folders_follow_the_environment),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
