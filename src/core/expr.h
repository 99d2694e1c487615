/* SPDX-License-Identifier: MIT */
/* The tree of an expression, and the steps from text to it: tokens, syntax, types. */
#ifndef CORE_EXPR_H
#define CORE_EXPR_H

#include <tend/expr.h>

/* What a sub-expression gives, as far as it is known before it is evaluated. */
enum expr_class {
	CLASS_ANY, /* a field of the user's own: a text that may read as something else */
	CLASS_NULL,
	CLASS_NUMBER,
	CLASS_TEXT,
	CLASS_TAGS,
	CLASS_DATE,
	CLASS_BOOL,
};

enum expr_kind {
	EXPR_NUMBER,
	EXPR_TEXT,
	EXPR_DATE, /* a text literal that stands beside a date */
	EXPR_BOOL,
	EXPR_NULL,
	EXPR_FIELD,
	EXPR_CALL,
	EXPR_LIST, /* items from `left` on, by `next` */
	EXPR_NEGATE,
	EXPR_NOT,
	EXPR_AND,
	EXPR_OR,
	EXPR_ADD,
	EXPR_SUBTRACT,
	EXPR_MULTIPLY,
	EXPR_DIVIDE,
	EXPR_EQ,
	EXPR_NE,
	EXPR_LT,
	EXPR_LE,
	EXPR_GT,
	EXPR_GE,
	EXPR_IN,
	EXPR_NOT_IN,
};

/* Where something stands in the text. */
struct expr_place {
	size_t from, to; /* bytes, `to` is past the end */
	int column; /* of `from`, in characters from 1 */
};

struct expr_node {
	enum expr_kind kind;
	enum expr_class class;
	struct expr_place at, sign; /* sign: of the operator */
	struct expr_node *left, *right;
	struct expr_node *next; /* in a list */
	double number;
	const char *text; /* text literal, name of a field or function */
	const char *arg; /* of a call */
	const char *
		inner; /* of in_segment(): the segment's text, its tree being `left`; NULL: there is none */
	struct expr_place arg_at, window_at;
	bool arg_is_text; /* written in quotes */
	bool beside_text; /* a name that stands where a field of text has its value */
	bool percent; /* a number written with % */
	int window; /* days; 0 where none is written */
	size_t field; /* index in the names that the expression reads */
	struct tend_date date;
};

struct tend_expr {
	struct tend_arena arena;
	const char *text;
	struct expr_node *root;
	const char **names; /* that it reads, each once */
	size_t nnames, names_cap;
	size_t nsegments; /* that were put in */
};

enum expr_token_kind {
	TOKEN_END,
	TOKEN_NUMBER,
	TOKEN_DURATION,
	TOKEN_TEXT,
	TOKEN_NAME,
	TOKEN_QUOTED_NAME, /* `…`: a name with blanks or signs in it */
	TOKEN_SIGN, /* operators, brackets and commas: `text` */
	TOKEN_BAD, /* reported already */
};

struct expr_token {
	enum expr_token_kind kind;
	const char *text; /* the name, sign or literal; full-width forms as their ASCII twins */
	double number;
	bool percent; /* a number with % */
	struct expr_place at;
	bool glued; /* no blank before it */
};

/* The segments that the text at hand is part of, from the inside out. */
struct expr_within {
	const char *key;
	const struct expr_within *outer;
};

/* What is being parsed. */
struct expr_source {
	const char *text;
	size_t n, pos;
	int column; /* of pos, from 1 */
	struct tend_arena *arena;
	struct tend_findings *findings;
	int line, first_column;
	bool failed; /* an error was reported */
	const struct expr_within *within; /* NULL: it is no segment's */
};

void expr_report(struct expr_source *s, enum tend_severity severity, struct expr_place at,
	const char *fmt, ...) __attribute__((format(printf, 4, 5)));
struct expr_token expr_next_token(struct expr_source *s);
/* The part of the text at `at`, short and printable; from the source's arena. */
const char *expr_excerpt(struct expr_source *s, struct expr_place at);

/* NULL where the syntax is wrong, which is reported. */
struct expr_node *expr_parse_tree(struct expr_source *s);
/* Checks names and types, and fills `class` and `field` of every node. */
void expr_check(
	struct expr_source *s, struct tend_expr *e, const struct tend_names *names, bool strict);

/* Where values come from: inputs, or a record whose fields were looked up once. */
struct evaluation {
	const struct tend_inputs *in;
	const struct tend_record_type *type;
	const void *record;
	const struct tend_field *const *fields; /* by expr_node.field; NULL: custom */
	struct expr_trace *trace; /* NULL: nobody asks why */
};
struct expr_trace {
	const char *text; /* that the nodes' places are in: the expression's, or a segment's */
	const char *part;
	struct tend_list *rows;
	int depth;
	const struct expr_node *parent; /* NULL: of the whole */
	struct tend_basis basis; /* of the last call */
};
struct tend_value expr_evaluate(const struct evaluation *ev, const struct expr_node *node);
/* The same without a row of its own; its operands have theirs. */
struct tend_value expr_evaluate_plain(const struct evaluation *ev, const struct expr_node *node);
/* expr_evaluate where there is a trace. */
struct tend_value expr_evaluate_traced(const struct evaluation *ev, const struct expr_node *node);

#endif
