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

/* What an expression may name. */
struct tend_names {
	const struct tend_field *fields; /* by name and type */
	size_t nfields;
	const char *const *custom; /* the user's own fields: text that may read as a number */
	size_t ncustom;
	const char *const *metrics; /* arguments of the functions over metrics */
	size_t nmetrics;
	bool any_column; /* `where` of maps: every name is a column, its type is text */
	bool functions; /* false: functions are refused with a message */
	bool any_type; /* true: numbers and texts will do (health values, texts with {…}); else a condition */
};
#define TEND_EXPR_BYTES_MAX 4096
#define TEND_EXPR_DEPTH_MAX 64
#define TEND_EXPR_WINDOW_MAX 3660 /* days */

/* How a value is had during evaluation. Both may be NULL: unknown. */
struct tend_inputs {
	void *ctx;
	struct tend_value (*field)(void *ctx, const char *name);
	/* `window` is 0 days where the function takes none; `arg` a metric, record or milestone; of
	 * days_since, a metric or "contact". */
	struct tend_value (*call)(void *ctx, const char *function, const char *arg, int window);
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
/* Calls `each` once for every field name that the expression reads. */
void tend_expr_fields(
	const struct tend_expr *e, void (*each)(void *ctx, const char *name), void *ctx);
/* The names of a record type (custom fields given), ready for tend_expr_parse. */
struct tend_names tend_names_of(const struct tend_record_type *t);

#endif
