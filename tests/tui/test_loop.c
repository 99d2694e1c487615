/* SPDX-License-Identifier: MIT */
/* The whole loop on a pseudo terminal: a child runs the workbench, the test types and looks. */
#define _XOPEN_SOURCE 700
#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <poll.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>
#include <vterm.h>

#include <tend/mem.h>

#include "demo.h"
#include "support.h"

#define COLUMNS 80
#define ROWS 24
#define QUIET_MS 120
#define LONG_MS 5000

struct session {
	struct demo demo;
	int master;
	pid_t child;
	VTerm *vt;
	VTermScreen *screen;
	struct termios before;
};

static int64_t now_ms(void)
{
	struct timespec t;
	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* Reads until nothing has come for `quiet` ms; returns the bytes. */
static size_t settle(struct session *s, int quiet)
{
	size_t all = 0;
	char bytes[4096];
	struct pollfd p = {.fd = s->master, .events = POLLIN};
	while (poll(&p, 1, quiet) > 0) {
		ssize_t n = read(s->master, bytes, sizeof(bytes));
		if (n <= 0) {
			break;
		}
		(void)vterm_input_write(s->vt, bytes, (size_t)n);
		all += (size_t)n;
	}
	return all;
}

static void type(struct session *s, const char *bytes)
{
	size_t n = strlen(bytes);
	assert_int_equal(write(s->master, bytes, n), n);
}

static bool shows(struct session *s, const char *text)
{
	char row[COLUMNS * 8];
	for (int y = 0; y < ROWS; y++) {
		VTermRect r = {
			.start_row = y, .end_row = y + 1, .start_col = 0, .end_col = COLUMNS};
		size_t n = vterm_screen_get_text(s->screen, row, sizeof(row) - 1, r);
		row[n] = '\0';
		if (strstr(row, text) != NULL) {
			return true;
		}
	}
	return false;
}

/* Waits until the text is there. */
static void wait_for(struct session *s, const char *text)
{
	int64_t end = now_ms() + LONG_MS;
	while (!shows(s, text)) {
		(void)settle(s, 20);
		if (now_ms() > end) {
			fail_msg("\"%s\" did not appear", text);
		}
	}
}

static void child_main(struct session *s, const char *term)
{
	(void)setsid();
	int slave = open(ptsname(s->master), O_RDWR);
	(void)ioctl(slave, TIOCSCTTY, 0);
	(void)dup2(slave, STDIN_FILENO);
	(void)dup2(slave, STDOUT_FILENO);
	(void)setenv("TERM", term, 1);
	(void)unsetenv("ESCDELAY");
	(void)close(s->master);
	FILE *messages = fopen(support_path(s->demo.dir, "messages"), "w");
	int code = tend_workbench_run(&s->demo.o, messages);
	(void)fclose(messages);
	_exit(code);
}

static void start(struct session *s, const char *term)
{
	demo_make(&s->demo);
	s->master = posix_openpt(O_RDWR | O_NOCTTY);
	assert_true(s->master >= 0);
	assert_int_equal(grantpt(s->master), 0);
	assert_int_equal(unlockpt(s->master), 0);
	struct winsize ws = {.ws_row = ROWS, .ws_col = COLUMNS};
	/* Held open here, so that what is set stays when the child is gone. */
	int slave = open(ptsname(s->master), O_RDWR | O_NOCTTY);
	assert_int_equal(ioctl(slave, TIOCSWINSZ, &ws), 0);
	assert_int_equal(tcgetattr(slave, &s->before), 0);
	s->vt = vterm_new(ROWS, COLUMNS);
	vterm_set_utf8(s->vt, 1);
	s->screen = vterm_obtain_screen(s->vt);
	vterm_screen_enable_altscreen(s->screen, 1);
	vterm_screen_reset(s->screen, 1);
	s->child = fork();
	assert_true(s->child >= 0);
	if (s->child == 0) {
		child_main(s, term);
	}
	(void)close(slave);
}

/* Reaps within a second, or fails. */
static int reap(struct session *s)
{
	int status = 0;
	int64_t end = now_ms() + LONG_MS;
	while (waitpid(s->child, &status, WNOHANG) == 0) {
		if (s->master >= 0) {
			(void)settle(s, 10);
		} else {
			(void)poll(NULL, 0, 10);
		}
		if (now_ms() > end) {
			(void)kill(s->child, SIGKILL);
			fail_msg("the workbench did not end");
		}
	}
	return status;
}

static void finish(struct session *s)
{
	if (s->master >= 0) {
		(void)close(s->master);
	}
	vterm_free(s->vt);
	demo_remove(&s->demo);
}

static void it_starts_shows_today_and_quits(void **state)
{
	(void)state;
	struct session s;
	start(&s, "xterm-256color");
	wait_for(&s, "Today");
	wait_for(&s, "Northwind");
	wait_for(&s, "? help");
	type(&s, "Q");
	int status = reap(&s);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
	finish(&s);
}

static void keys_typed_ahead_are_all_taken(void **state)
{
	(void)state;
	struct session s;
	start(&s, "xterm-256color");
	type(&s, "gpjjjj");
	wait_for(&s, "> Goneby");
	type(&s, "\033[A\033OA");
	wait_for(&s, "> Cedar");
	type(&s, "q");
	assert_int_equal(WEXITSTATUS(reap(&s)), 0);
	finish(&s);
}

static void nothing_is_sent_while_nobody_types(void **state)
{
	(void)state;
	struct session s;
	start(&s, "xterm-256color");
	wait_for(&s, "Northwind");
	(void)settle(&s, 400);
	assert_int_equal(settle(&s, 1500), 0);
	type(&s, "Q");
	(void)reap(&s);
	finish(&s);
}

static void a_move_of_the_cursor_sends_little(void **state)
{
	(void)state;
	struct session s;
	start(&s, "xterm-256color");
	type(&s, "gp");
	wait_for(&s, "Portfolio");
	(void)settle(&s, QUIET_MS);
	for (int i = 0; i < 5; i++) {
		type(&s, "j");
		size_t n = settle(&s, QUIET_MS);
		assert_true(n > 0 && n < 1500);
	}
	type(&s, "+");
	(void)settle(&s, QUIET_MS);
	for (int i = 0; i < 4; i++) {
		type(&s, "j");
		size_t n = settle(&s, QUIET_MS);
		assert_true(n > 0 && n < 300);
	}
	type(&s, "Q");
	(void)reap(&s);
	finish(&s);
}

static void an_escape_is_answered_soon(void **state)
{
	(void)state;
	struct session s;
	start(&s, "xterm-256color");
	type(&s, "?");
	wait_for(&s, "Keys:");
	(void)settle(&s, QUIET_MS);
	int64_t before = now_ms();
	struct pollfd p = {.fd = s.master, .events = POLLIN};
	type(&s, "\033");
	assert_true(poll(&p, 1, LONG_MS) > 0);
	/* 25 ms of waiting for the rest of a sequence, and room for a busy machine. */
	assert_true(now_ms() - before < 250);
	wait_for(&s, "To do");
	type(&s, "Q");
	(void)reap(&s);
	finish(&s);
}

static void pasted_keys_fire_no_action(void **state)
{
	(void)state;
	struct session s;
	start(&s, "xterm-256color");
	wait_for(&s, "Northwind");
	type(&s, "\033[200~xuQ:quit\rq\033[201~");
	(void)settle(&s, QUIET_MS);
	assert_true(shows(&s, "Today"));
	type(&s, ":\033[200~sort\nx\033[201~");
	wait_for(&s, ":sort x");
	type(&s, "\003Q");
	assert_int_equal(WEXITSTATUS(reap(&s)), 0);
	char *milestone = demo_milestone(&s.demo, "northwind", "review#3", "state");
	assert_string_equal(milestone, "todo");
	free(milestone);
	finish(&s);
}

static void a_new_size_is_drawn_whole(void **state)
{
	(void)state;
	struct session s;
	start(&s, "xterm-256color");
	wait_for(&s, "Northwind");
	static const int sizes[][2] = {{10, 40}, {5, 20}, {24, 80}, {1, 1}, {24, 80}};
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		struct winsize ws = {.ws_row = (unsigned short)sizes[i][0],
			.ws_col = (unsigned short)sizes[i][1]};
		assert_int_equal(ioctl(s.master, TIOCSWINSZ, &ws), 0);
		vterm_set_size(s.vt, sizes[i][0], sizes[i][1]);
		(void)settle(&s, QUIET_MS);
	}
	wait_for(&s, "To do");
	wait_for(&s, "? help");
	type(&s, "Q");
	assert_int_equal(WEXITSTATUS(reap(&s)), 0);
	finish(&s);
}

static void signals_give_the_terminal_back(void **state)
{
	(void)state;
	static const struct {
		int signal;
		bool exits; /* else it dies by the signal */
	} rows[] = {{SIGTERM, true}, {SIGINT, true}, {SIGQUIT, true}, {SIGHUP, true},
		{SIGABRT, false}, {SIGSEGV, false}};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct session s;
		struct termios after;
		start(&s, "xterm-256color");
		wait_for(&s, "Northwind");
		assert_int_equal(kill(s.child, rows[i].signal), 0);
		int status = reap(&s);
		assert_int_equal(WIFEXITED(status), rows[i].exits);
		int slave = open(ptsname(s.master), O_RDWR | O_NOCTTY);
		assert_int_equal(tcgetattr(slave, &after), 0);
		assert_int_equal(after.c_lflag, s.before.c_lflag);
		assert_int_equal(after.c_iflag, s.before.c_iflag);
		(void)close(slave);
		finish(&s);
	}
}

static void it_ends_when_the_terminal_goes_away(void **state)
{
	(void)state;
	struct session s;
	start(&s, "xterm-256color");
	wait_for(&s, "Northwind");
	(void)close(s.master);
	s.master = -1;
	int status = reap(&s);
	assert_true(WIFEXITED(status));
	finish(&s);
}

static void it_stops_and_goes_on(void **state)
{
	(void)state;
	struct session s;
	int status = 0;
	start(&s, "xterm-256color");
	wait_for(&s, "Northwind");
	type(&s, "\032");
	int64_t end = now_ms() + LONG_MS;
	while (waitpid(s.child, &status, WUNTRACED | WNOHANG) == 0 && now_ms() < end) {
		(void)settle(&s, 10);
	}
	/* A process group without a parent in its session is not stopped by the system. */
	if (WIFSTOPPED(status)) {
		assert_int_equal(kill(s.child, SIGCONT), 0);
	}
	wait_for(&s, "To do");
	type(&s, "j");
	(void)settle(&s, QUIET_MS);
	type(&s, "Q");
	assert_int_equal(WEXITSTATUS(reap(&s)), 0);
	finish(&s);
}

static void a_dumb_terminal_gets_one_line(void **state)
{
	(void)state;
	struct session s;
	start(&s, "dumb");
	int status = reap(&s);
	assert_int_equal(WEXITSTATUS(status), 1);
	char *said = support_read(support_path(s.demo.dir, "messages"), NULL);
	assert_non_null(strstr(said, "TERM=dumb"));
	assert_ptr_equal(strchr(said, '\n'), said + strlen(said) - 1);
	free(said);
	finish(&s);
}

static void changes_of_other_programs_appear(void **state)
{
	(void)state;
	struct session s;
	struct tend_app *a = NULL;
	struct tend_error err = {0};
	start(&s, "xterm-256color");
	wait_for(&s, "Northwind");
	(void)settle(&s, 300);
	assert_int_equal(tend_app_open(&s.demo.app, &a, &err), TEND_OK);
	int64_t id;
	struct tend_done done = {0};
	assert_int_equal(tend_app_find_customer(a, "northwind", &id, &err), TEND_OK);
	struct tend_assignment name = {"name", "Renamed Traders"};
	assert_int_equal(tend_app_customer_set(a, &id, 1, &name, 1, &done, &err), TEND_OK);
	tend_done_finish(&done);
	tend_app_close(a);
	wait_for(&s, "Renamed Traders");
	type(&s, "Q");
	(void)reap(&s);
	finish(&s);
}

int main(void)
{
	(void)setlocale(LC_CTYPE, "C.UTF-8");
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_starts_shows_today_and_quits),
		cmocka_unit_test(keys_typed_ahead_are_all_taken),
		cmocka_unit_test(nothing_is_sent_while_nobody_types),
		cmocka_unit_test(a_move_of_the_cursor_sends_little),
		cmocka_unit_test(an_escape_is_answered_soon),
		cmocka_unit_test(pasted_keys_fire_no_action),
		cmocka_unit_test(a_new_size_is_drawn_whole),
		cmocka_unit_test(signals_give_the_terminal_back),
		cmocka_unit_test(it_ends_when_the_terminal_goes_away),
		cmocka_unit_test(it_stops_and_goes_on),
		cmocka_unit_test(a_dumb_terminal_gets_one_line),
		cmocka_unit_test(changes_of_other_programs_appear),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
