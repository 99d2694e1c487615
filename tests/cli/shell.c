/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <tend/faces.h>
#include <tend/mem.h>
#include <tend/str.h>

#include "shell.h"
#include "support.h"

enum { WORDS_MAX = 40 };

static const char journey[] =
	"journey: small\nversion: 1\ntitle: {en: Small, zh: 小型}\nterm: 12 months\nstages:\n"
	"  - {key: growth, title: {en: Growth, zh: 成长}, from: start}\n"
	"  - {key: renewal, title: {en: Renewal, zh: 续费}, from: renewal - 2 months}\n"
	"milestones:\n"
	"  - {key: signed, stage: growth, title: {en: Signed, zh: 签约}, due: start}\n"
	"  - key: kickoff\n    stage: growth\n    title: {en: Kick-off, zh: 启动}\n"
	"    due: start + 1 week\n    after: [signed]\n"
	"    items: [{en: Agenda, zh: 议程}, {en: Minutes, zh: 纪要}]\n"
	"    guide: {en: Be short., zh: 简短。}\n    deliverable: {en: A plan, zh: 计划}\n"
	"  - key: review\n    stage: growth\n    title: {en: Review, zh: 回访}\n"
	"    due: start + 1 month\n    repeat: {every: 1 month, until: start + 3 months}\n";

static int64_t fixed_clock(void *ctx)
{
	(void)ctx;
	return 1773650000; /* 2026-03-16 */
}

static int open_workbench(const struct tend_workbench_options *o, FILE *messages)
{
	assert_non_null(o->app);
	(void)fputs("workbench\n", messages);
	return 0;
}

static enum tend_status print_screen(const struct tend_workbench_options *o,
	const struct tend_screen_options *s, struct tend_str *out, struct tend_error *err)
{
	(void)o;
	(void)err;
	tend_str_addf(out, "%dx%d %s %s\n", s->columns, s->rows, s->view != NULL ? s->view : "-",
		s->keys != NULL ? s->keys : "-");
	return TEND_OK;
}

void shell_open(struct shell *s)
{
	*s = (struct shell){.dir = support_make_dir()};
	tend_lang_set(TEND_EN);
	assert_int_equal(setenv("XDG_CONFIG_HOME", support_path(s->dir, "config"), 1), 0);
	assert_int_equal(setenv("XDG_DATA_HOME", support_path(s->dir, "data"), 1), 0);
	assert_int_equal(setenv("USER", "li", 1), 0);
	assert_int_equal(unsetenv("TEND_DB"), 0);
	assert_int_equal(unsetenv("TEND_TODAY"), 0);
}

void shell_close(struct shell *s)
{
	free(s->out);
	free(s->messages);
	support_remove_dir(s->dir);
	tend_lang_set(TEND_EN);
}

void shell_file(struct shell *s, const char *name, const char *text)
{
	support_write_text(support_path(s->dir, name), text);
}

int shell_run(struct shell *s, const char *words)
{
	free(s->out);
	free(s->messages);
	size_t out_size, messages_size;
	FILE *out = open_memstream(&s->out, &out_size);
	FILE *messages = open_memstream(&s->messages, &messages_size);
	assert_true(out != NULL && messages != NULL);
	char *argv[WORDS_MAX + 1] = {tend_strdup("tend")};
	int argc = 1;
	for (const char *at = words; *at != '\0';) {
		size_t n = strcspn(at, "|");
		assert_true(argc < WORDS_MAX);
		char *word = tend_strndup(at, n);
		argv[argc++] = word[0] == '@' ? tend_strdup(support_path(s->dir, word + 1))
					      : tend_strdup(word);
		free(word);
		at += n + (at[n] == '|');
	}
	char *words_of[WORDS_MAX + 1]; /* getopt moves them around */
	memcpy(words_of, argv, sizeof(argv));
	struct tend_cli_env env = {.out = out,
		.messages = messages,
		.out_is_terminal = s->terminal,
		.columns = s->terminal ? 80 : 0,
		.clock = fixed_clock,
		.workbench = open_workbench,
		.screen = print_screen};
	s->code = tend_cli_run(argc, argv, &env);
	(void)fclose(out);
	(void)fclose(messages);
	for (int i = 0; i < argc; i++) {
		free(words_of[i]);
	}
	return s->code;
}

void shell_expect(struct shell *s, int code, const char *words)
{
	if (shell_run(s, words) != code) {
		fail_msg("%s: exit %d instead of %d\n%s%s", words, s->code, code, s->out,
			s->messages);
	}
}

void shell_book(struct shell *s)
{
	assert_int_equal(setenv("TEND_DB", support_path(s->dir, "book.db"), 1), 0);
	assert_int_equal(setenv("TEND_TODAY", "2026-03-16", 1), 0);
	shell_file(s, "small.yaml", journey);
	shell_expect(s, 0, "store|init");
	shell_expect(s, 0, "journey|publish|@small.yaml");
	shell_expect(s, 0,
		"customer|add|acme|Acme "
		"Works|--started|2026-03-02|--arr|120000|--currency|USD|--owner|li|"
		"--segment|mid|--journey|small");
	shell_expect(s, 0, "customer|add|yunlan|云岚科技|--started|2025-12-31|--owner|wang");
}

static void check(const char *words, const char *what, const char *text, const char *expected)
{
	if (expected == NULL) {
		return;
	}
	bool good = expected[0] == '\0' ? text[0] == '\0' : strstr(text, expected) != NULL;
	if (!good) {
		fail_msg("%s: %s is\n%s\nwithout\n%s", words, what, text, expected);
	}
}

void shell_table(struct shell *s, const struct shell_row *rows, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		shell_expect(s, rows[i].code, rows[i].words);
		check(rows[i].words, "the output", s->out, rows[i].out);
		check(rows[i].words, "the message", s->messages, rows[i].messages);
	}
}

int shell_setup(void **state)
{
	struct shell *s = calloc(1, sizeof(*s));
	assert_non_null(s);
	shell_open(s);
	shell_book(s);
	*state = s;
	return 0;
}

int shell_teardown(void **state)
{
	shell_close(*state);
	free(*state);
	return 0;
}
