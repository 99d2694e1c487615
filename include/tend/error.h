/* SPDX-License-Identifier: MIT */
/*
 * Status codes, error messages and the findings of a file.
 *
 * Every function that can fail returns an enum tend_status and takes a struct tend_error as its
 * last argument (NULL is allowed). The message says what failed, on what, and what to do.
 */
#ifndef TEND_ERROR_H
#define TEND_ERROR_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

struct tend_str;

/* The values are the program's exit codes. */
enum tend_status {
	TEND_OK = 0,
	TEND_FAILED = 1,
	TEND_USAGE = 2,
	TEND_BAD_INPUT = 3,
	TEND_NOT_FOUND = 4, /* or ambiguous */
	TEND_UNAVAILABLE = 5, /* the store is busy, unreachable or not a store */
};

struct tend_error {
	enum tend_status status;
	char text[1024]; /* whole UTF-8 characters, no trailing newline */
};

/* Fills `err` (if not NULL) and returns `status`. */
enum tend_status tend_fail(struct tend_error *err, enum tend_status status, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/* Puts "PREFIX: " before the message that `err` holds already. */
void tend_error_prefix(struct tend_error *err, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

enum tend_severity { TEND_ERROR, TEND_WARNING };

struct tend_finding {
	enum tend_severity severity;
	int line, column; /* from 1; 0 where the finding is about the whole file */
	const char *rule; /* what was looked for, tend/rules.h; "" where it has no name */
	char *text;
};

/* All problems of one file, in the order in which they were found. */
struct tend_findings {
	char *file; /* the name to print */
	struct tend_finding *items;
	size_t n, cap;
	size_t errors; /* how many of the items are errors */
};

void tend_findings_init(struct tend_findings *f, const char *file);
void tend_findings_finish(struct tend_findings *f);
void tend_findings_add(struct tend_findings *f, enum tend_severity severity, int line, int column,
	const char *fmt, ...) __attribute__((format(printf, 5, 6)));
/* The same with the name of the rule, a text that stays. */
void tend_findings_add_rule(struct tend_findings *f, enum tend_severity severity, const char *rule,
	int line, int column, const char *fmt, ...) __attribute__((format(printf, 6, 7)));
/* Sorts by line and column; findings at the same place keep their order. */
void tend_findings_sort(struct tend_findings *f);
/* Appends a line "FILE:LINE:COLUMN: error: TEXT\n" per finding. */
void tend_findings_format(const struct tend_findings *f, struct tend_str *out);

/* The candidate nearest to `word` (a few slips apart), or NULL: for did-you-mean. Asking costs: in a file with
 * more findings than TEND_SUGGESTED_MAX nothing is proposed any more. */
#define TEND_SUGGESTED_MAX 100
const char *tend_nearest(const char *word, const char *const *candidates, size_t n);

#endif
