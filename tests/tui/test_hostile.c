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

#include <unistd.h>

#include <tend/mem.h>
#include <tend/text.h>

#include "demo.h"
#include "support.h"

static const char *const names[] = {"\033[31mRed\033[0m", "Bell\a\b\b", "Tab\tand\tmore",
	"Bidi \342\200\256evil\342\200\254", "Zero\342\200\213width\357\273\277", "C1 \302\233 31m",
	"Combining e\314\201\314\201\314\201\314\201\314\201\314\201\314\201\314\201",
	"Family \360\237\221\250\342\200\215\360\237\221\251\342\200\215\360\237\221\247",
	"Flag 🇨🇳", "Tags \363\240\201\261", "%s%n%d", "\357\274\241\357\274\242",
	"Line\342\200\250sep", "<b>&amp;"};

/* Bytes of the screen that could act on a terminal, or change what others look like. */
static void check_screen(const char *screen, const char *where)
{
	size_t n = strlen(screen);
	if (!tend_utf8_valid(screen, n)) {
		fail_msg("%s is not UTF-8", where);
	}
	for (size_t at = 0; at < n;) {
		uint32_t c;
		int len = tend_utf8_decode(screen + at, n - at, &c);
		bool control = (c < 0x20 && c != '\n') || c == 0x7F || (c >= 0x80 && c < 0xA0);
		bool bidi = (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069)
			|| c == 0x200E || c == 0x200F || c == 0x061C;
		bool hidden = c == 0x200B || c == 0xFEFF || c == 0x2028 || c == 0x2029
			|| (c >= 0xE0000 && c < 0xE1000);
		if (control || bidi || hidden) {
			fail_msg("U+%04X on the screen after %s", (unsigned)c, where);
		}
		at += (size_t)len;
	}
}

static void make(struct demo *d)
{
	struct tend_app *a = NULL;
	struct tend_error err = {0};
	demo_make(d);
	assert_int_equal(tend_app_open(&d->app, &a, &err), TEND_OK);
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		struct tend_done done = {0};
		char *key = tend_format("h%zu", i);
		struct tend_assignment fields[] = {{"key", key}, {"name", names[i]},
			{"started", "2026-06-01"}, {"owner", names[i]}, {"segment", names[i]},
			{"tags", "a"}, {"journey", "demo"}};
		enum tend_status status = tend_app_customer_add(a, fields, 7, &done, &err);
		/* What the store refuses cannot reach a screen. */
		if (status == TEND_OK) {
			int64_t id;
			struct tend_done logged = {0};
			assert_int_equal(tend_app_find_customer(a, key, &id, &err), TEND_OK);
			(void)tend_app_log(a, &id, 1,
				&(struct tend_log){.kind = "call",
					.text = names[i],
					.date = TEND_NO_DATE,
					.contact = names[i],
					.by = TEND_NO_DATE},
				&logged, NULL);
			tend_done_finish(&logged);
		}
		tend_done_finish(&done);
		free(key);
	}
	tend_app_close(a);
}

static void completion_ends_between_characters(void **state)
{
	(void)state;
	struct demo d;
	demo_make(&d);
	demo_add(&d, "华东,Hua,2026-06-01,12m,li,,0,USD"); /* E4 B8 9C, and */
	demo_add(&d, "华丰,Hua,2026-06-01,12m,li,,0,USD"); /* E4 B8 B0 */
	char *screen = demo_screen(&d, "80x24", "portfolio", ": customer Space 华 Tab");
	check_screen(screen, "Tab");
	assert_non_null(strstr(screen, " :customer 华\n"));
	free(screen);
	demo_remove(&d);
}

static void hostile_names_stay_text_on_every_screen(void **state)
{
	(void)state;
	static const char *const views[] = {"today", "portfolio", "customer", "alerts", "capacity",
		"history", "renewals", "winback", "journeys", "stakeholders"};
	static const char *const keys[] = {NULL, "G", "/ h1 Enter Enter", "l", "w", "X m", "e", "s",
		"i", "Tab", "4", "* l", "?", ": customer Space h3 Enter",
		": customer Space h5 Enter C Enter", ": done Space h2 Space nonsense Enter", "G o"};
	struct demo d;
	make(&d);
	for (size_t v = 0; v < sizeof(views) / sizeof(views[0]); v++) {
		for (size_t k = 0; k < sizeof(keys) / sizeof(keys[0]); k++) {
			char *screen =
				demo_screen(&d, k % 2 == 0 ? "80x24" : "160x48", views[v], keys[k]);
			check_screen(screen, keys[k] != NULL ? keys[k] : views[v]);
			free(screen);
		}
	}
	demo_remove(&d);
}

static void no_row_is_wider_than_the_screen(void **state)
{
	(void)state;
	struct demo d;
	make(&d);
	for (int w = 30; w < 130; w += 7) {
		char *size = tend_format("%dx30", w);
		char *screen = demo_screen(&d, size, "portfolio", "G");
		char *save = NULL;
		for (char *row = strtok_r(screen, "\n", &save); row != NULL;
			row = strtok_r(NULL, "\n", &save)) {
			assert_true(tend_columns(row) <= w);
		}
		free(screen);
		free(size);
	}
	demo_remove(&d);
}

/* Random keys, also such as no keyboard has: every screen is sound. */
static void random_keys_never_break_a_screen(void **state)
{
	(void)state;
	static const char *const keys[] = {"j", "k", "G", "g", "x", "u", "U", "l", "n", "s", "i",
		"d", "z", "A", "X", "w", "S", "/", ":", "?", "Tab", "S-Tab", "Enter", "Esc",
		"Space", "v", "*", "+", "]", "[", "1", "2", "3", "4", "C-d", "C-u", "C-w", "BS",
		"Up", "Down", "Left", "Right", "Home", "End", "a", "e", "o", "R", "p", "t", "h",
		"r", "C-p", "C-l", "F1", "F9", "云", "b", "m", "y"};
	struct support_random r = {20261116};
	char *here = getcwd(NULL, 0);
	for (int round = 0; round < 60; round++) {
		struct demo d;
		struct tend_str line = {0};
		demo_make(&d);
		/* Exports land in a folder that vanishes. */
		assert_int_equal(chdir(d.dir), 0);
		d.app.dry_run = round % 2 == 0;
		for (int i = 0; i < 60; i++) {
			tend_str_addf(&line, "%s ",
				keys[support_random(&r, sizeof(keys) / sizeof(keys[0]))]);
		}
		char *screen = demo_screen(
			&d, round % 3 == 0 ? "44x13" : "100x30", NULL, tend_str_text(&line));
		check_screen(screen, tend_str_text(&line));
		free(screen);
		tend_str_finish(&line);
		assert_int_equal(chdir(here), 0);
		demo_remove(&d);
	}
	free(here);
}

int main(void)
{
	(void)setlocale(LC_CTYPE, "C.UTF-8");
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(completion_ends_between_characters),
		cmocka_unit_test(hostile_names_stay_text_on_every_screen),
		cmocka_unit_test(no_row_is_wider_than_the_screen),
		cmocka_unit_test(random_keys_never_break_a_screen),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
