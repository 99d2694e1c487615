/* SPDX-License-Identifier: MIT */
#define _XOPEN_SOURCE 700
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <tend/file.h>
#include <tend/mem.h>

#include "session.h"
#include "support.h"

int64_t now_ms(void)
{
	struct timespec t;
	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

size_t session_settle(struct session *s, int quiet)
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

void session_type(struct session *s, const char *bytes)
{
	size_t n = strlen(bytes);
	assert_int_equal(write(s->master, bytes, n), n);
}

bool session_shows(struct session *s, const char *text)
{
	char row[SESSION_COLUMNS * 8];
	for (int y = 0; y < SESSION_ROWS; y++) {
		VTermRect r = {.start_row = y,
			.end_row = y + 1,
			.start_col = 0,
			.end_col = SESSION_COLUMNS};
		size_t n = vterm_screen_get_text(s->screen, row, sizeof(row) - 1, r);
		row[n] = '\0';
		if (strstr(row, text) != NULL) {
			return true;
		}
	}
	return false;
}

void session_wait(struct session *s, const char *text)
{
	int64_t end = now_ms() + LONG_MS;
	while (!session_shows(s, text)) {
		(void)session_settle(s, 20);
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

void session_start(struct session *s, const char *term)
{
	demo_make(&s->demo);
	s->demo.o.drafts = tend_path_join(s->demo.dir, "state");
	s->master = posix_openpt(O_RDWR | O_NOCTTY);
	assert_true(s->master >= 0);
	assert_int_equal(grantpt(s->master), 0);
	assert_int_equal(unlockpt(s->master), 0);
	struct winsize ws = {.ws_row = SESSION_ROWS, .ws_col = SESSION_COLUMNS};
	/* Held open here, so that what is set stays when the child is gone. */
	int slave = open(ptsname(s->master), O_RDWR | O_NOCTTY);
	assert_int_equal(ioctl(slave, TIOCSWINSZ, &ws), 0);
	assert_int_equal(tcgetattr(slave, &s->before), 0);
	s->vt = vterm_new(SESSION_ROWS, SESSION_COLUMNS);
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

int session_reap(struct session *s)
{
	int status = 0;
	int64_t end = now_ms() + LONG_MS;
	while (waitpid(s->child, &status, WNOHANG) == 0) {
		if (s->master >= 0) {
			(void)session_settle(s, 10);
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

void session_finish(struct session *s)
{
	if (s->master >= 0) {
		(void)close(s->master);
	}
	vterm_free(s->vt);
	free((char *)s->demo.o.drafts);
	demo_remove(&s->demo);
}
