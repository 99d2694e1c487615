/* SPDX-License-Identifier: MIT */
/* Long texts in another program's hands, on a pseudo terminal: scripts are the editor. */
#define _XOPEN_SOURCE 700
#include <dirent.h>
#include <locale.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include <tend/mem.h>

#include "session.h"
#include "support.h"

#define CTRL_E "\005"
#define CTRL_S "\023"

/* A script in a folder of its own, which is the editor from here on. */
static char *give_editor(const char *script)
{
	char *dir = support_make_dir();
	char *path = tend_format("%s/editor with blanks", dir);
	char *command = tend_format("sh -eu '%s'", path);
	support_write_text(path, script);
	(void)unsetenv("VISUAL");
	(void)setenv("EDITOR", command, 1);
	free(command);
	free(path);
	return dir;
}

/* The note's form of Acme, with the caret in its text. */
static void open_note(struct session *s)
{
	session_start(s, "xterm-256color");
	session_wait(s, "Northwind");
	session_type(s, "gp");
	session_wait(s, "> Acme");
	session_type(s, "nA title\t\tone line");
	session_wait(s, "one line");
}

static void quit(struct session *s)
{
	session_type(s, "\033");
	(void)session_settle(s, QUIET_MS);
	session_type(s, "Q");
	assert_int_equal(WEXITSTATUS(session_reap(s)), 0);
}

static char *text_of_note(struct session *s)
{
	struct tend_app *a = NULL;
	struct tend_list all = {0};
	struct tend_error err = {0};
	char *text = NULL;
	assert_int_equal(tend_app_open(&s->demo.app, &a, &err), TEND_OK);
	const struct tend_kind *k = tend_kind_called("note");
	assert_int_equal(tend_app_records(a, k->type, 0, NULL, &all, &err), TEND_OK);
	if (all.n == 1) {
		text = tend_strdup(tend_kind_value(k, tend_list_at(&all, 0), "text").text);
	}
	tend_list_finish(&all);
	tend_app_close(a);
	return text;
}

/* How many files of texts that were edited are there. */
static int left_files(struct session *s)
{
	int n = 0;
	DIR *dir = opendir(s->demo.o.drafts);
	const struct dirent *entry;
	while (dir != NULL && (entry = readdir(dir)) != NULL) {
		n += strncmp(entry->d_name, "edit-", 5) == 0 ? 1 : 0;
	}
	if (dir != NULL) {
		(void)closedir(dir);
	}
	return n;
}

static void the_editor_gets_the_text_and_the_form_what_it_wrote(void **state)
{
	(void)state;
	struct session s;
	char *dir = give_editor("test \"$(stat -c %a \"$1\")\" = 600\n"
				"test \"$(cat \"$1\")\" = 'one line'\n"
				"printf '\\n第二行\\r\\n\\n' >> \"$1\"\n");
	open_note(&s);
	session_type(&s, CTRL_E);
	session_wait(&s, "第二行");
	assert_int_equal(left_files(&s), 0);
	session_type(&s, CTRL_S);
	session_wait(&s, "note added");
	quit(&s);
	char *text = text_of_note(&s);
	assert_string_equal(text, "one line\n\n第二行");
	free(text);
	session_finish(&s);
	support_remove_dir(dir);
}

static void the_editor_has_the_terminal_to_itself(void **state)
{
	(void)state;
	struct session s;
	char *dir = give_editor("echo EDITING\nread x\necho \"$x\" > \"$1\"\n");
	open_note(&s);
	session_type(&s, CTRL_E);
	session_wait(&s, "EDITING");
	assert_false(session_shows(&s, "Portfolio"));
	/* As a terminal that nobody has made raw: the line is echoed, and Ctrl-U erases it. */
	session_type(&s, "wrong\025typed there\r");
	session_wait(&s, "New note");
	assert_true(session_shows(&s, " typed there"));
	assert_true(session_shows(&s, "Portfolio"));
	/* Keys come one by one again, and the screen is drawn whole. */
	session_type(&s, "!");
	session_wait(&s, "typed there!");
	quit(&s);
	session_finish(&s);
	support_remove_dir(dir);
}

static void an_editor_that_fails_changes_nothing(void **state)
{
	(void)state;
	static const char *const scripts[] = {"exit 3\n", "kill -9 $$\n", "rm \"$1\"\n"};
	for (size_t i = 0; i < sizeof(scripts) / sizeof(scripts[0]); i++) {
		struct session s;
		char *dir = give_editor(scripts[i]);
		open_note(&s);
		session_type(&s, CTRL_E);
		session_wait(&s, "the text is as it was");
		assert_true(session_shows(&s, "one line"));
		assert_int_equal(left_files(&s), 0);
		session_type(&s, CTRL_S);
		session_wait(&s, "note added");
		quit(&s);
		session_finish(&s);
		support_remove_dir(dir);
	}
}

static void what_a_failed_editor_wrote_is_kept_and_named(void **state)
{
	(void)state;
	struct session s;
	char *dir = give_editor("echo precious > \"$1\"\nexit 1\n");
	open_note(&s);
	session_type(&s, CTRL_E);
	session_wait(&s, "what it wrote is in");
	assert_true(session_shows(&s, "one line"));
	assert_int_equal(left_files(&s), 1);
	quit(&s);
	session_finish(&s);
	support_remove_dir(dir);
}

static void an_editor_that_is_not_there_says_so(void **state)
{
	(void)state;
	struct session s;
	(void)setenv("VISUAL", "no-such-editor-anywhere", 1);
	open_note(&s);
	session_type(&s, CTRL_E);
	session_wait(&s, "cannot be run: set $EDITOR");
	assert_true(session_shows(&s, "one line"));
	quit(&s);
	session_finish(&s);
	(void)unsetenv("VISUAL");
}

static void an_interrupt_ends_the_editor_and_not_the_workbench(void **state)
{
	(void)state;
	struct session s;
	char *dir = give_editor("echo EDITING\nread x\n");
	open_note(&s);
	session_type(&s, CTRL_E);
	session_wait(&s, "EDITING");
	session_type(&s, "\003");
	session_wait(&s, "the text is as it was");
	assert_true(session_shows(&s, "one line"));
	quit(&s);
	session_finish(&s);
	support_remove_dir(dir);
}

static void a_hang_up_while_it_runs_keeps_the_draft(void **state)
{
	(void)state;
	struct session s;
	char *dir = give_editor("echo EDITING\nread x\n");
	open_note(&s);
	session_type(&s, CTRL_E);
	session_wait(&s, "EDITING");
	(void)close(s.master);
	s.master = -1;
	(void)session_reap(&s);
	DIR *folder = opendir(s.demo.o.drafts);
	const struct dirent *entry;
	bool found = false;
	while ((entry = readdir(folder)) != NULL) {
		found = found || strstr(entry->d_name, "record-note-") != NULL;
	}
	(void)closedir(folder);
	assert_true(found);
	session_finish(&s);
	support_remove_dir(dir);
}

int main(void)
{
	(void)setlocale(LC_CTYPE, "C.UTF-8");
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_editor_gets_the_text_and_the_form_what_it_wrote),
		cmocka_unit_test(the_editor_has_the_terminal_to_itself),
		cmocka_unit_test(an_editor_that_fails_changes_nothing),
		cmocka_unit_test(what_a_failed_editor_wrote_is_kept_and_named),
		cmocka_unit_test(an_editor_that_is_not_there_says_so),
		cmocka_unit_test(an_interrupt_ends_the_editor_and_not_the_workbench),
		cmocka_unit_test(a_hang_up_while_it_runs_keeps_the_draft),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
