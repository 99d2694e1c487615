/* SPDX-License-Identifier: MIT */
/* The two faces: what main calls. */
#ifndef TEND_FACES_H
#define TEND_FACES_H

#include <stdio.h>
#include <tend/app.h>

/* --- the workbench --- */
struct tend_workbench_options {
	const struct tend_app_options *app;
	const char *theme; /* NULL: the store's setting, else default */
	bool no_color, ascii; /* ascii: the codeset is not UTF-8 */
	const char *drafts; /* the folder for what was typed and not saved; NULL: in memory only */
	bool lang_given; /* by --lang: the setting of the store does not count */
};
/* Runs until the person quits; returns the exit code. `out` gets messages after the terminal is back. */
int tend_workbench_run(const struct tend_workbench_options *o, FILE *messages);
/* `tend screen`: the screen as text after those keys. */
struct tend_screen_options {
	int columns, rows;
	const char *view; /* NULL: the first view */
	const char *keys; /* separated by blanks; NULL */
};
enum tend_status tend_workbench_screen(const struct tend_workbench_options *o,
	const struct tend_screen_options *s, struct tend_str *out, struct tend_error *err);

/* What the workbench would find on this terminal, asked without touching it. */
struct tend_terminal {
	bool known, cursor; /* TERM is in the list of terminals; it can place a cursor */
	int colors; /* 0, 8, 16, 256 or 1 << 24 */
	int escape_ms; /* how long Esc waits for the rest of a key: $ESCDELAY, or our own */
	const char *library; /* and its version */
};
void tend_workbench_terminal(struct tend_terminal *ret);

/* --- the command line --- */
struct tend_cli_env {
	FILE *out, *messages;
	bool out_is_terminal;
	int columns; /* of the terminal; 0 where there is none */
	int64_t (*clock)(void *ctx);
	void *clock_ctx;
	int utc_offset;
	/* The other face, for a call without a command and for `tend screen`. */
	int (*workbench)(const struct tend_workbench_options *o, FILE *messages);
	enum tend_status (*screen)(const struct tend_workbench_options *o,
		const struct tend_screen_options *s, struct tend_str *out, struct tend_error *err);
	void (*terminal)(struct tend_terminal *ret); /* for `tend doctor`; NULL: not known */
};
/* Returns the exit code. */
int tend_cli_run(int argc, char **argv, const struct tend_cli_env *env);

#endif
