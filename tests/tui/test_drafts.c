/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <dirent.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

#include <tend/file.h>
#include <tend/mem.h>

#include "demo.h"
#include "workbench.h"

static struct demo demo;
static char *folder;

static int set_up(void **state)
{
	(void)state;
	demo_make(&demo);
	folder = tend_path_join(demo.dir, "state/drafts");
	demo.o.drafts = folder;
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	free(folder);
	demo_remove(&demo);
	return 0;
}

static void start(struct workbench *wb)
{
	assert_int_equal(workbench_open(wb, &demo.o, "portfolio", NULL), TEND_OK);
	canvas_resize(&wb->canvas, 80, 24);
	workbench_settle(wb);
}

static void press(struct workbench *wb, const char *keys)
{
	while (*keys != '\0') {
		size_t n = strcspn(keys, " ");
		char *name = tend_strndup(keys, n);
		struct key k;
		assert_true(key_parse(name, &k));
		(void)workbench_key(wb, k);
		free(name);
		keys += keys[n] == ' ' ? n + 1 : n;
	}
}

static void expect_screen(struct workbench *wb, const char *text, bool shown)
{
	struct tend_str screen = {0};
	workbench_draw(wb);
	canvas_dump(&wb->canvas, &screen);
	if ((strstr(tend_str_text(&screen), text) != NULL) != shown) {
		fail_msg("%s\n\"%s\" must %sbe there", tend_str_text(&screen), text,
			shown ? "" : "not ");
	}
	tend_str_finish(&screen);
}

/* How many drafts there are; each file is its owner's alone. */
static int files(void)
{
	int n = 0;
	DIR *dir = opendir(folder);
	const struct dirent *entry;
	while (dir != NULL && (entry = readdir(dir)) != NULL) {
		struct stat at;
		if (entry->d_name[0] != '.') {
			char *path = tend_path_join(folder, entry->d_name);
			assert_int_equal(stat(path, &at), 0);
			assert_int_equal(at.st_mode & 0777, 0600);
			free(path);
			n++;
		}
	}
	if (dir != NULL) {
		(void)closedir(dir);
	}
	return n;
}

static void what_was_typed_outlives_a_crash(void **state)
{
	(void)state;
	struct workbench crashed, next;
	bool changed;
	start(&crashed);
	press(&crashed, "l 客 u");
	assert_int_equal(files(), 0);
	(void)workbench_tick(&crashed, 5000, &changed);
	assert_int_equal(files(), 1);
	press(&crashed, "\\ Q");
	(void)workbench_tick(&crashed, 5500, &changed); /* not more than once a second */
	start(&next);
	press(&next, "l");
	expect_screen(&next, "客u", true);
	expect_screen(&next, "客u\\Q", false);
	workbench_close(&next);
	(void)workbench_tick(&crashed, 6100, &changed);
	start(&next);
	press(&next, "l");
	expect_screen(&next, "客u\\Q", true);
	/* The file that a crash left is gone once the text is saved. */
	press(&next, "C-s");
	assert_null(next.dialog);
	assert_int_equal(files(), 0);
	workbench_close(&next);
	workbench_close(&crashed);
}

static void a_hang_up_keeps_each_kind_of_line(void **state)
{
	(void)state;
	static const struct {
		const char *open, *typed, *again, *shown;
	} rows[] = {
		{"n", "a b c", "n", "abc"},
		{"e", "End X", "e", "Acme AnvilsX"},
		{"d", "f r i", "d", "fri"},
		{"o", "z e d", "o", ": zed"},
		{"a C", "k e y", "a C", "key"},
		{"a c", "D a n", "a c", "Dan"},
		{"s", "b w h y", "s b", "why"},
		{":", "c u s t", ": Up", ":cust"},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct workbench wb;
		start(&wb);
		press(&wb, rows[i].open);
		press(&wb, rows[i].typed);
		workbench_close(&wb);
		assert_int_equal(files(), (int)i + 1);
		start(&wb);
		press(&wb, rows[i].again);
		expect_screen(&wb, rows[i].shown, true);
		press(&wb, "Esc");
		workbench_close(&wb);
		assert_int_equal(files(), (int)i + 1);
	}
}

static void nothing_typed_is_no_draft(void **state)
{
	(void)state;
	struct workbench wb;
	bool changed;
	start(&wb);
	press(&wb, "l Tab S-Tab Esc e Esc o Esc");
	(void)workbench_tick(&wb, 5000, &changed);
	workbench_close(&wb);
	assert_int_equal(files(), 0);
}

static void another_place_and_another_store_have_their_own(void **state)
{
	(void)state;
	struct workbench wb;
	start(&wb);
	press(&wb, "l m i n e Esc j l");
	expect_screen(&wb, "mine", false);
	workbench_close(&wb);
	assert_int_equal(files(), 1);
	struct demo other;
	demo_make(&other);
	other.o.drafts = folder;
	assert_int_equal(workbench_open(&wb, &other.o, "portfolio", NULL), TEND_OK);
	canvas_resize(&wb.canvas, 80, 24);
	workbench_settle(&wb);
	press(&wb, "l");
	expect_screen(&wb, "mine", false);
	workbench_close(&wb);
	demo_remove(&other);
	assert_int_equal(files(), 1);
}

static void a_broken_file_is_no_draft(void **state)
{
	(void)state;
	struct workbench wb;
	static const char *const texts[] = {"", "tend draft 9\n2 bad\n",
		"tend draft 1\n2bad\nxx bad\n", "tend draft 1\n9 bad\n77 bad\n"};
	start(&wb);
	press(&wb, "l z z q Esc");
	workbench_close(&wb);
	DIR *dir = opendir(folder);
	const struct dirent *entry;
	char *path = NULL;
	while ((entry = readdir(dir)) != NULL) {
		if (entry->d_name[0] != '.') {
			free(path);
			path = tend_path_join(folder, entry->d_name);
		}
	}
	(void)closedir(dir);
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		assert_int_equal(
			tend_file_write(path, texts[i], strlen(texts[i]), true, NULL), TEND_OK);
		start(&wb);
		press(&wb, "l");
		expect_screen(&wb, "zzq", false);
		expect_screen(&wb, "bad", false);
		workbench_close(&wb);
	}
	free(path);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
	(void)setlocale(LC_CTYPE, "C.UTF-8");
	const struct CMUnitTest tests[] = {
		TEST(what_was_typed_outlives_a_crash),
		TEST(a_hang_up_keeps_each_kind_of_line),
		TEST(nothing_typed_is_no_draft),
		TEST(another_place_and_another_store_have_their_own),
		TEST(a_broken_file_is_no_draft),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
