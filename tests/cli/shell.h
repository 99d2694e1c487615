/* SPDX-License-Identifier: MIT */
/* The command line in a folder of its own, run in this process. Include after cmocka. */
#ifndef TEST_SHELL_H
#define TEST_SHELL_H

#include <stdbool.h>

struct shell {
	char *dir;
	char *out, *messages; /* of the last run */
	int code;
	bool terminal; /* results go to a terminal of 80 columns */
	int opened; /* how often the workbench was opened */
};

void shell_open(struct shell *s);
void shell_close(struct shell *s);
/* Words are separated by '|'; `@NAME` is a path in the shell's folder. Returns the exit code. */
int shell_run(struct shell *s, const char *words);
/* Runs and fails the test, with what was said, where the exit code is another. */
void shell_expect(struct shell *s, int code, const char *words);
void shell_file(struct shell *s, const char *name, const char *text);
/* A store with customers acme (on the journey small) and yunlan, worked on 2026-03-16. */
void shell_book(struct shell *s);

/* A shell with that book, as a fixture: *state is a struct shell *. */
int shell_setup(void **state);
int shell_teardown(void **state);

struct shell_row {
	const char *words;
	int code;
	const char *out, *messages; /* NULL: anything; "": nothing; else a part of it */
};
/* Runs the rows one after the other on the same book. */
void shell_table(struct shell *s, const struct shell_row *rows, size_t n);

#endif
