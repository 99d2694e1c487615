/* SPDX-License-Identifier: MIT */
/* The whole loop on a pseudo terminal: a child runs the workbench, the test types and looks. */
#define _XOPEN_SOURCE 700
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
#include <unistd.h>

#include <cmocka.h>

#include <tend/mem.h>

#include "session.h"
#include "support.h"

static void it_starts_shows_today_and_quits(void **state)
{
	(void)state;
	struct session s;
	session_start(&s, "xterm-256color");
	session_wait(&s, "Today");
	session_wait(&s, "Northwind");
	session_wait(&s, "? help");
	session_type(&s, "Q");
	int status = session_reap(&s);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
	session_finish(&s);
}

static void keys_typed_ahead_are_all_taken(void **state)
{
	(void)state;
	struct session s;
	session_start(&s, "xterm-256color");
	session_type(&s, "gpjjjj");
	session_wait(&s, "> Goneby");
	session_type(&s, "\033[A\033OA");
	session_wait(&s, "> Cedar");
	session_type(&s, "q");
	assert_int_equal(WEXITSTATUS(session_reap(&s)), 0);
	session_finish(&s);
}

static void nothing_is_sent_while_nobody_types(void **state)
{
	(void)state;
	struct session s;
	session_start(&s, "xterm-256color");
	session_wait(&s, "Northwind");
	(void)session_settle(&s, 400);
	assert_int_equal(session_settle(&s, 1500), 0);
	session_type(&s, "Q");
	(void)session_reap(&s);
	session_finish(&s);
}

static void a_move_of_the_cursor_sends_little(void **state)
{
	(void)state;
	struct session s;
	session_start(&s, "xterm-256color");
	session_type(&s, "gp");
	session_wait(&s, "Portfolio");
	(void)session_settle(&s, QUIET_MS);
	for (int i = 0; i < 5; i++) {
		session_type(&s, "j");
		size_t n = session_settle(&s, QUIET_MS);
		assert_true(n > 0 && n < 1500);
	}
	session_type(&s, "+");
	(void)session_settle(&s, QUIET_MS);
	for (int i = 0; i < 4; i++) {
		session_type(&s, "j");
		size_t n = session_settle(&s, QUIET_MS);
		assert_true(n > 0 && n < 300);
	}
	session_type(&s, "Q");
	(void)session_reap(&s);
	session_finish(&s);
}

static void an_escape_is_answered_soon(void **state)
{
	(void)state;
	struct session s;
	session_start(&s, "xterm-256color");
	session_type(&s, "?");
	session_wait(&s, "Keys:");
	(void)session_settle(&s, QUIET_MS);
	int64_t before = now_ms();
	struct pollfd p = {.fd = s.master, .events = POLLIN};
	session_type(&s, "\033");
	assert_true(poll(&p, 1, LONG_MS) > 0);
	/* 25 ms of waiting for the rest of a sequence, and room for a busy machine. */
	assert_true(now_ms() - before < 250);
	session_wait(&s, "To do");
	session_type(&s, "Q");
	(void)session_reap(&s);
	session_finish(&s);
}

static void pasted_keys_fire_no_action(void **state)
{
	(void)state;
	struct session s;
	session_start(&s, "xterm-256color");
	session_wait(&s, "Northwind");
	session_type(&s, "\033[200~xuQ:quit\rq\033[201~");
	(void)session_settle(&s, QUIET_MS);
	assert_true(session_shows(&s, "Today"));
	session_type(&s, ":\033[200~sort\nx\033[201~");
	session_wait(&s, ":sort x");
	session_type(&s, "\003Q");
	assert_int_equal(WEXITSTATUS(session_reap(&s)), 0);
	char *milestone = demo_milestone(&s.demo, "northwind", "review#3", "state");
	assert_string_equal(milestone, "todo");
	free(milestone);
	session_finish(&s);
}

static void a_new_size_is_drawn_whole(void **state)
{
	(void)state;
	struct session s;
	session_start(&s, "xterm-256color");
	session_wait(&s, "Northwind");
	static const int sizes[][2] = {{10, 40}, {5, 20}, {24, 80}, {1, 1}, {24, 80}};
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		struct winsize ws = {.ws_row = (unsigned short)sizes[i][0],
			.ws_col = (unsigned short)sizes[i][1]};
		assert_int_equal(ioctl(s.master, TIOCSWINSZ, &ws), 0);
		vterm_set_size(s.vt, sizes[i][0], sizes[i][1]);
		(void)session_settle(&s, QUIET_MS);
	}
	session_wait(&s, "To do");
	session_wait(&s, "? help");
	session_type(&s, "Q");
	assert_int_equal(WEXITSTATUS(session_reap(&s)), 0);
	session_finish(&s);
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
		session_start(&s, "xterm-256color");
		session_wait(&s, "Northwind");
		assert_int_equal(kill(s.child, rows[i].signal), 0);
		int status = session_reap(&s);
		assert_int_equal(WIFEXITED(status), rows[i].exits);
		int slave = open(ptsname(s.master), O_RDWR | O_NOCTTY);
		assert_int_equal(tcgetattr(slave, &after), 0);
		assert_int_equal(after.c_lflag, s.before.c_lflag);
		assert_int_equal(after.c_iflag, s.before.c_iflag);
		(void)close(slave);
		session_finish(&s);
	}
}

static void it_ends_when_the_terminal_goes_away(void **state)
{
	(void)state;
	struct session s;
	session_start(&s, "xterm-256color");
	session_wait(&s, "Northwind");
	(void)close(s.master);
	s.master = -1;
	int status = session_reap(&s);
	assert_true(WIFEXITED(status));
	session_finish(&s);
}

static void it_stops_and_goes_on(void **state)
{
	(void)state;
	struct session s;
	int status = 0;
	session_start(&s, "xterm-256color");
	session_wait(&s, "Northwind");
	session_type(&s, "\032");
	int64_t end = now_ms() + LONG_MS;
	while (waitpid(s.child, &status, WUNTRACED | WNOHANG) == 0 && now_ms() < end) {
		(void)session_settle(&s, 10);
	}
	/* A process group without a parent in its session is not stopped by the system. */
	if (WIFSTOPPED(status)) {
		assert_int_equal(kill(s.child, SIGCONT), 0);
	}
	session_wait(&s, "To do");
	session_type(&s, "j");
	(void)session_settle(&s, QUIET_MS);
	session_type(&s, "Q");
	assert_int_equal(WEXITSTATUS(session_reap(&s)), 0);
	session_finish(&s);
}

static void a_dumb_terminal_gets_one_line(void **state)
{
	(void)state;
	struct session s;
	session_start(&s, "dumb");
	int status = session_reap(&s);
	assert_int_equal(WEXITSTATUS(status), 1);
	char *said = support_read(support_path(s.demo.dir, "messages"), NULL);
	assert_non_null(strstr(said, "TERM=dumb"));
	assert_ptr_equal(strchr(said, '\n'), said + strlen(said) - 1);
	free(said);
	session_finish(&s);
}

static void changes_of_other_programs_appear(void **state)
{
	(void)state;
	struct session s;
	struct tend_app *a = NULL;
	struct tend_error err = {0};
	session_start(&s, "xterm-256color");
	session_wait(&s, "Northwind");
	(void)session_settle(&s, 300);
	assert_int_equal(tend_app_open(&s.demo.app, &a, &err), TEND_OK);
	int64_t id;
	struct tend_done done = {0};
	assert_int_equal(tend_app_find_customer(a, "northwind", &id, &err), TEND_OK);
	struct tend_assignment name = {"name", "Renamed Traders"};
	assert_int_equal(tend_app_customer_set(a, &id, 1, &name, 1, &done, &err), TEND_OK);
	tend_done_finish(&done);
	tend_app_close(a);
	session_wait(&s, "Renamed Traders");
	session_type(&s, "Q");
	(void)session_reap(&s);
	session_finish(&s);
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
