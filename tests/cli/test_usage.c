/* SPDX-License-Identifier: MIT */
/* How a command is written: options, words, help, and what is said where it is wrong. */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

#include <tend/lang.h>

#include "cli.h"
#include "shell.h"
#include "support.h"

#define COUNT(rows) (sizeof(rows) / sizeof((rows)[0]))

static int setup(void **state)
{
	struct shell *s = calloc(1, sizeof(*s));
	assert_non_null(s);
	shell_open(s);
	*state = s;
	return 0;
}

static int teardown(void **state)
{
	shell_close(*state);
	free(*state);
	return 0;
}

static void wrong_words_exit_2_and_say_what_is_near(void **state)
{
	static const struct shell_row rows[] = {
		{"custmer|list", 2, "", "did you mean \"customer\"?"},
		{"customer|lst", 2, "", "did you mean \"customer list\"?"},
		{"customer", 2, "", "list, show, add, set"},
		{"frobnicate", 2, "", "unknown command \"frobnicate\""},
		{"frobnicate|--help", 2, "", "unknown command \"frobnicate\""},
		{"custmer|-h", 2, "", "did you mean \"customer\"?"},
		{"customer|lst|--help", 2, "", "did you mean \"customer list\"?"},
		{"customer|--help", 0, "customer list", ""},
		{"customer|list|--srot|arr", 2, "", "did you mean --sort?"},
		{"customer|list|--wat", 2, "", "unknown option --wat"},
		{"--as-off|2026-01-01|today", 2, "", "unknown option --as-off"},
		{"--tody|2026-01-01|customer|list", 2, "", "did you mean --today?"},
		{"--tody=2026-01-01|customer|list", 2, "", "did you mean --today?"},
		{"-z|custmer|list", 2, "", "unknown option -z"},
		{"--datum|custmer", 2, "", "unknown option --datum"},
		{"--sort|arr|custmer", 2, "", "did you mean \"customer\"?"},
		{"customer|list|-z", 2, "", "unknown option"},
		{"customer|list|--sort", 2, "", "--sort needs a value"},
		{"customer|list|--within|7d", 2, "", "unknown option --within"},
		{"customer|list|--format|jsno", 2, "", "did you mean json?"},
		{"customer|list|--format|pdf", 2, "", "none of table, json, csv, tsv, md"},
		{"--today|2026-02-30|today", 2, "", "\"2026-02-30\" is not a date"},
		{"--today|tomorrow|today", 2, "", "YYYY-MM-DD"},
		{"--lang|fr|today", 2, "", "write en or zh"},
		{"done|acme", 2, "", "usage: tend done CUSTOMER MILESTONE"},
		{"customer|show|a|b", 2, "", "too many arguments"},
		{"store|generate", 2, "", "tend --db FILE store generate"},
		{"screen|--size|80", 2, "", "write 80x24"},
		{"screen|--size|0x24", 2, "", "write 80x24"},
		{"screen|--size|80x99999", 2, "", "write 80x24"},
	};
	shell_table(*state, rows, COUNT(rows));
}

static void help_names_every_command_and_option(void **state)
{
	struct shell *s = *state;
	shell_expect(s, 0, "--help");
	char *help = strdup(s->out);
	assert_non_null(help);
	for (size_t t = 0; t < cli_table_count; t++) {
		for (const struct cli_command *row = cli_tables[t]; row->noun != NULL; row++) {
			char words[64];
			(void)snprintf(words, sizeof(words), "  %s%s%s", row->noun,
				row->verb != NULL ? " " : "", row->verb != NULL ? row->verb : "");
			if (strstr(help, words) == NULL) {
				fail_msg("the help lacks \"%s\"", words);
			}
		}
	}
	free(help);
	static const struct shell_row rows[] = {
		{"today|--help", 0, "usage: tend today", ""},
		{"customer|--help", 0, "customer add", ""},
		{"done|-h", 0, "MILESTONE[#N]", ""},
		{"help", 0, "Commands:", ""},
		{"help|alert", 0, "alert snooze", ""},
		{"due|--help", 0, "--within DURATION", ""},
		{"--version", 0, "tend ", ""},
		{"--lang|zh|--help", 0, "用法", ""},
	};
	shell_table(s, rows, COUNT(rows));
}

static void every_command_has_help_in_both_languages(void **state)
{
	struct shell *s = *state;
	for (size_t t = 0; t < cli_table_count; t++) {
		for (const struct cli_command *row = cli_tables[t]; row->noun != NULL; row++) {
			tend_lang_set(TEND_EN);
			char english[256];
			(void)snprintf(english, sizeof(english), "%s", _(row->help));
			assert_true(english[0] != '\0');
			tend_lang_set(TEND_ZH);
			assert_string_not_equal(_(row->help), english);
			tend_lang_set(TEND_EN);
			char words[96];
			(void)snprintf(words, sizeof(words), "%s%s%s|--help", row->noun,
				row->verb != NULL ? "|" : "", row->verb != NULL ? row->verb : "");
			shell_expect(s, 0, words);
			assert_non_null(strstr(s->out, row->noun));
		}
	}
}

static void options_of_every_command_exist_and_explain_themselves(void **state)
{
	(void)state;
	for (int i = 0; i < OPT_COUNT; i++) {
		assert_non_null(cli_options[i].name);
		assert_true(cli_options[i].help != NULL && cli_options[i].help[0] != '\0');
		for (int k = 0; k < i; k++) {
			assert_string_not_equal(cli_options[i].name, cli_options[k].name);
		}
	}
}

static void without_a_command_it_helps_or_opens_the_workbench(void **state)
{
	struct shell *s = *state;
	shell_expect(s, 2, "");
	assert_non_null(strstr(s->out, "usage: tend"));
	s->terminal = true;
	shell_expect(s, 0, "");
	assert_string_equal(s->messages, "workbench\n");
	shell_expect(s, 0, "--no-color|--today|2026-03-16");
	assert_string_equal(s->messages, "workbench\n");
}

static void the_screen_gets_its_size_view_and_keys(void **state)
{
	static const struct shell_row rows[] = {
		{"screen", 0, "80x24 - -\n", ""},
		{"screen|--size|160x48|--view|portfolio|--keys|j j Enter", 0,
			"160x48 portfolio j j Enter\n", ""},
		{"screen|--size|40X12", 0, "40x12 - -\n", ""},
	};
	shell_table(*state, rows, COUNT(rows));
}

static void a_store_that_is_not_there_is_exit_5(void **state)
{
	static const struct shell_row rows[] = {
		{"--db|@none.db|today", 5, "", "none.db"},
		{"--db|@none.db|customer|add|a|A|--started|2026-01-01", 5, "", "none.db"},
		{"--db|@none.db|store|info", 5, "", "none.db"},
		{"today", 5, "", "tend.db"},
	};
	shell_table(*state, rows, COUNT(rows));
	struct shell *s = *state;
	assert_false(support_exists(support_path(s->dir, "none.db")));
}

static void journeys_are_looked_at_without_a_store(void **state)
{
	static const struct shell_row rows[] = {
		{"--db|@none.db|check|@own.yaml", 0, "", "0 errors"},
		{"--db|@none.db|journey|preview|@own.yaml|--start|2026-03-02|-f|csv", 0,
			"signed,1,growth,Signed,2026-03-02", ""},
		{"--db|@none.db|journey|preview|own|--start|2026-03-02|-f|csv", 4, "",
			"there is no journey \"own\""},
		{"--db|@none.db|journey|preview|tob-annual|--start|2026-03-02|--set|segment=mid|-q",
			0, "signed\n", ""},
		{"--db|@none.db|--today|2026-03-02|journey|preview|@own.yaml|-f|csv", 0,
			",2026-03-02,", ""},
		{"--db|@none.db|journey|preview|tob-anual|--start|2026-03-02", 4, "",
			"did you mean \"tob-annual\"?"},
		{"--db|@none.db|journey|preview|tob-annual|--start|soon", 2, "", "not a date"},
		{"--db|@none.db|journey|preview|tob-annual|--set|started=soon", 2, "", "soon"},
		{"--db|@none.db|journey|list|-f|csv", 0, "tob-annual", ""},
		{"--db|@none.db|journey|show|tob-annual", 0, "journey: tob-annual", ""},
		{"--db|@none.db|journey|publish|@own.yaml", 5, "", "none.db"},
		{"--db|@none.db|playbook|list", 0, "win-back", ""},
		{"--db|@none.db|playbook|list|acme", 5, "", "make one with `tend store init`"},
		{"--db|@own.yaml|journey|preview|tob-annual|--start|2026-03-02", 5, "", "own.yaml"},
	};
	struct shell *s = *state;
	shell_file(s, "own.yaml",
		"journey: own\nversion: 1\ntitle: Own\nstages:\n"
		"  - {key: growth, from: start}\nmilestones:\n"
		"  - {key: signed, stage: growth, title: Signed, due: start}\n");
	shell_table(s, rows, COUNT(rows));
	assert_false(support_exists(support_path(s->dir, "none.db")));
}

static void doctor_looks_at_everything_without_a_store(void **state)
{
	struct shell *s = *state;
	static const struct shell_row rows[] = {
		{"--db|@none.db|doctor|-f|csv", 0, "program,tend,", ""},
		{"--db|@none.db|doctor|-f|csv", 0, "\"not there; it can be made\"\r\n", ""},
		{"--db|@none.db|doctor|-f|csv", 0, "store,open,,warning,\"there is none", ""},
		{"--db|@none.db|doctor|-f|json", 0, "\"area\": \"library\", \"name\": \"SQLite\"",
			""},
		{"--db|@none.db|doctor|-f|csv", 0, "width,cjk,中文,ok,4 columns", ""},
		{"--db|@none.db|doctor|-f|csv", 0, "width,combining,e\xCC\x81,ok,1 column\r\n", ""},
		{"--db|@none.db|doctor", 0, "\n|abc|中文|", ""},
		{"--db|@no.yaml|doctor|-f|csv", 1, "store,open,,error,", "1 of them is an error"},
		{"--db|postgresql://x/y|doctor|-f|csv", 1,
			"error,\"postgresql://x/y: only store files", "its note says what to do"},
		{"--db|@none.db|--lang|zh|doctor|-f|csv", 0, "language,zh", ""},
		{"--lang|en|doctor|x", 2, "", "too many arguments"},
	};
	shell_file(s, "no.yaml", "theme: no\n");
	shell_table(s, rows, COUNT(rows));
	assert_false(support_exists(support_path(s->dir, "none.db")));
	shell_book(s);
	shell_expect(s, 0, "doctor|-f|csv");
	assert_non_null(strstr(s->out, "mode 0600; it can be written\""));
	assert_non_null(strstr(s->out, "2 customers\""));
	assert_int_equal(chmod(support_path(s->dir, "book.db"), 0644), 0);
	shell_expect(s, 0, "doctor|-f|csv");
	assert_non_null(strstr(s->out, "mode 0644; it can be written; others on this machine"));
}

static void doctor_names_what_is_wrong_in_the_files_of_the_team(void **state)
{
	struct shell *s = *state;
	assert_int_equal(mkdir(support_path(s->dir, "config"), 0755), 0);
	assert_int_equal(mkdir(support_path(s->dir, "config/tend"), 0755), 0);
	shell_file(
		s, "config/tend/bad.yaml", "calendar: mine\ntitle: Mine\nholidays: [2026-02-30]\n");
	shell_file(s, "config/tend/good.yaml", "calendar: ours\ntitle: Ours\n");
	shell_file(s, "config/tend/other.yaml", "nothing: 1\n");
	shell_expect(s, 1, "doctor|-f|csv");
	assert_non_null(strstr(s->out, "bad.yaml,3:12,error,"));
	assert_non_null(strstr(s->out, "good.yaml,,ok,\r\n"));
	assert_non_null(strstr(s->out, "other.yaml,1:1,error,"));
	assert_non_null(strstr(s->out, "mode 0755; it can be written\""));
}

static void options_stand_anywhere(void **state)
{
	struct shell *s = *state;
	shell_book(s);
	static const struct shell_row rows[] = {
		{"-q|customer|list", 0, "acme\nyunlan\n", ""},
		{"customer|-q|list", 0, "acme\nyunlan\n", ""},
		{"customer|list|-q", 0, "acme\nyunlan\n", ""},
		{"customer|list|--limit=1|-q", 0, "acme\n", ""},
		{"customer|--lim|1|list|-q", 0, "acme\n", ""},
		{"-f|csv|customer|list|--columns|key,owner", 0,
			"key,owner\r\nacme,li\r\nyunlan,wang\r\n", ""},
		{"customer|list|-fcsv|--columns|key", 0, "key\r\nacme\r\n", ""},
		{"customer|show|--|acme|-f", 2, "", "too many"},
		{"customer|show|--|-f", 4, "", "-f"},
		{"customer|list|--sort|-key|-q", 0, "yunlan\nacme\n", ""},
	};
	shell_table(s, rows, COUNT(rows));
}

int main(void)
{
	(void)setlocale(LC_CTYPE, "C.UTF-8");
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			wrong_words_exit_2_and_say_what_is_near, setup, teardown),
		cmocka_unit_test_setup_teardown(
			help_names_every_command_and_option, setup, teardown),
		cmocka_unit_test_setup_teardown(
			every_command_has_help_in_both_languages, setup, teardown),
		cmocka_unit_test(options_of_every_command_exist_and_explain_themselves),
		cmocka_unit_test_setup_teardown(
			without_a_command_it_helps_or_opens_the_workbench, setup, teardown),
		cmocka_unit_test_setup_teardown(
			the_screen_gets_its_size_view_and_keys, setup, teardown),
		cmocka_unit_test_setup_teardown(
			a_store_that_is_not_there_is_exit_5, setup, teardown),
		cmocka_unit_test_setup_teardown(
			journeys_are_looked_at_without_a_store, setup, teardown),
		cmocka_unit_test_setup_teardown(
			doctor_looks_at_everything_without_a_store, setup, teardown),
		cmocka_unit_test_setup_teardown(
			doctor_names_what_is_wrong_in_the_files_of_the_team, setup, teardown),
		cmocka_unit_test_setup_teardown(options_stand_anywhere, setup, teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
