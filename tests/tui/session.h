/* SPDX-License-Identifier: MIT */
/* The workbench on a pseudo terminal: a child runs it, the test types and looks. Include after cmocka. */
#ifndef TEST_SESSION_H
#define TEST_SESSION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>
#include <termios.h>

#include <vterm.h>

#include "demo.h"

#define SESSION_COLUMNS 80
#define SESSION_ROWS 24
#define QUIET_MS 120
#define LONG_MS 5000

struct session {
	struct demo demo;
	int master; /* -1: the test closed it */
	pid_t child;
	VTerm *vt;
	VTermScreen *screen;
	struct termios before;
};

int64_t now_ms(void);
/* Over the demo's book, at 80x24. */
void session_start(struct session *s, const char *term);
/* Reads until nothing has come for `quiet` ms; returns the bytes. */
size_t session_settle(struct session *s, int quiet);
void session_type(struct session *s, const char *bytes);
bool session_shows(struct session *s, const char *text);
/* Waits until the text is there, or fails. */
void session_wait(struct session *s, const char *text);
/* Reaps within a few seconds, or fails; the status as of waitpid. */
int session_reap(struct session *s);
void session_finish(struct session *s);

#endif
