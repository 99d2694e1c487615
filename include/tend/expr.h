/* SPDX-License-Identifier: MIT */
/*
 * The one expression language: conditions of journeys, filters of lists, `where` of import maps, and
 * later alert rules and health values. Parsed once to a tree with source positions, checked against
 * the names that exist, evaluated three-valued. Grammar: tend-journey(5) and docs/formulas.md,
 * EXPRESSIONS. Money is in major units; times count as their UTC day. Where the names have `status`
 * and no `lapsed`, `lapsed` is known too, and follows from it.
 */
#ifndef TEND_EXPR_H
#define TEND_EXPR_H

#include <tend/error.h>
#include <tend/record.h>

struct tend_expr;
struct tend_str;

/* A saved expression over customers, for others to name: in_segment("key"). */
struct tend_saved_filter {
	const char *key, *filter;
};

/* What an expression may name. */
struct tend_names {
	const struct tend_field *fields; /* by name and type */
	size_t nfields;
	const char *const *custom; /* the user's own fields: text that may read as a number */
	size_t ncustom;
	const char *const *metrics; /* arguments of the functions over metrics */
	size_t nmetrics;
	/* What in_segment() may name, where two have a key the first; NULL: any key will do, and says nothing. */
	const struct tend_saved_filter *segments;
	size_t nsegments;
	bool any_column; /* `where` of maps: every name is a column, its type is text */
	bool functions; /* false: functions are refused with a message */
	bool any_type; /* true: numbers and texts will do (health values, texts with {…}); else a condition */
};
#define TEND_EXPR_BYTES_MAX 4096
#define TEND_EXPR_DEPTH_MAX 64
#define TEND_EXPR_WINDOW_MAX 3660 /* days */
#define TEND_EXPR_SEGMENT_DEPTH_MAX 8 /* segments that use segments */
#define TEND_EXPR_SEGMENTS_MAX 64 /* in one expression, with those that they use */

/* Why a function has no answer. */
enum tend_missing {
	TEND_MISSING_NOTHING,
	TEND_MISSING_FIELD, /* what it asks about is not known */
	TEND_MISSING_POINTS, /* no point of the metric up to the day */
	TEND_MISSING_USE, /* no point above zero */
	TEND_MISSING_WINDOW, /* no point in the window, or in one of the two that are compared */
	TEND_MISSING_BEFORE, /* zero before: there is no change from it */
	TEND_MISSING_CONTACT, /* no activity */
	TEND_MISSING_SEGMENT, /* there is no such segment */
	TEND_MISSING_PEOPLE, /* nobody is there, or nobody was touched of late */
	TEND_MISSING_ANSWER, /* nobody answered such a survey */
};
/* What the answer of a function rests on. */
struct tend_basis {
	struct tend_date from,
		to; /* its window; both windows where two are compared; or TEND_NO_DATE */
	struct tend_date newest; /* the newest point or record */
	int64_t rows; /* points or records */
	enum tend_missing missing;
};

/* How a value is had during evaluation. All may be NULL: unknown. */
struct tend_inputs {
	void *ctx;
	struct tend_value (*field)(void *ctx, const char *name);
	/* `window` is 0 days where the function takes none; `arg` a metric, record or milestone; of
	 * days_since, a metric or "contact". */
	struct tend_value (*call)(void *ctx, const char *function, const char *arg, int window);
	/* The same with what it rests on, for tend_expr_trace. */
	struct tend_value (*basis)(void *ctx, const char *function, const char *arg, int window,
		struct tend_basis *ret);
};

/*
 * Errors go to `findings` at `line` and, for the first byte of `text`, `column`; an unknown field or
 * metric is a warning there (with a did-you-mean) unless `strict`. Returns TEND_BAD_INPUT where there
 * was an error. The tree is independent of `text`; free it with tend_expr_destroy (NULL is fine).
 */
enum tend_status tend_expr_parse(const char *text, const struct tend_names *names, bool strict,
	struct tend_findings *findings, int line, int column, struct tend_expr **ret);
/* The same, strict, with one message, for a filter that a person typed: TEND_USAGE and
 * "filter: column 7: …". */
enum tend_status tend_expr_parse_line(const char *text, const struct tend_names *names,
	struct tend_expr **ret, struct tend_error *err);
void tend_expr_destroy(struct tend_expr *e);

enum tend_truth { TEND_FALSE, TEND_TRUE, TEND_UNKNOWN };
struct tend_value tend_expr_value(const struct tend_expr *e, const struct tend_inputs *in);
enum tend_truth tend_expr_truth(const struct tend_expr *e, const struct tend_inputs *in);
/* Keeps the records of the list for which the expression is true. */
void tend_expr_filter(const struct tend_expr *e, struct tend_list *list);
/*
 * Whether it is never true, as far as that can be told from its text: constants, and what contradicts itself
 * (`arr > 5 and arr < 3`). `field` (may be NULL) is taken to be `text` then.
 */
bool tend_expr_never(const struct tend_expr *e, const char *field, const char *text);
/* Calls `each` once for every field name that the expression reads. */
void tend_expr_fields(
	const struct tend_expr *e, void (*each)(void *ctx, const char *name), void *ctx);
/* Calls `each` (may be NULL) for every call of a function in it and in the segments that it names; false where
 * there is none. in_segment() itself counts as none. */
bool tend_expr_calls(const struct tend_expr *e,
	void (*each)(void *ctx, const char *function, const char *arg, int window), void *ctx);
/* As it was written. */
const char *tend_expr_text(const struct tend_expr *e);

/* One sub-expression, what it gave, and what that rests on. */
struct tend_trace {
	const char *part; /* what the expression is for: "when" */
	int64_t depth; /* 0: the whole; its parts follow, one deeper */
	const char *expression; /* as written */
	const char *value; /* as lists for machines have it; NULL where unknown */
	int64_t rows; /* points or records behind a function; TEND_NO_INT where it is none */
	struct tend_date newest, from, to; /* of these; the window */
	const char *missing; /* why the value is unknown, in the current language */
};
extern const struct tend_record_type tend_trace_type;
/*
 * Evaluates the expression once, and appends a row for the whole, then for its parts in their order; literals
 * have none. Both sides of `and` and `or` are evaluated, also where one settles the whole.
 */
struct tend_value tend_expr_trace(const struct tend_expr *e, const struct tend_inputs *in,
	const char *part, struct tend_list *ret);
/* Appends one line of a trace for people, indented by two blanks a level: "logins: 3 (30 points, …)". */
void tend_trace_line(const struct tend_trace *t, struct tend_str *out);
/* The names of a record type (custom fields given), ready for tend_expr_parse. */
struct tend_names tend_names_of(const struct tend_record_type *t);

#endif
