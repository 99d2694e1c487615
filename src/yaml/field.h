/* SPDX-License-Identifier: MIT */
/*
 * Typed access to mappings, driven by tables of their keys. Each problem is a finding at the token that is
 * wrong, and none hides another: a value that cannot be read leaves its member as it was.
 */
#ifndef FIELD_H
#define FIELD_H

#include <stdbool.h>
#include <stddef.h>
#include <tend/expr.h>
#include <tend/journey.h>
#include <tend/rules.h>
#include <tend/yaml.h>

#include "doc.h"

/* Places of texts that stand in one language only. */
struct places {
	struct tend_place *items;
	size_t n, cap;
};

struct reader {
	struct tend_arena *arena;
	struct tend_findings *findings;
	const struct tend_yaml_env *env; /* may be NULL */
	struct places one_language;
	bool both_languages; /* a text of the file stands in both */
};
/* Whether the environment asks for more than errors. */
bool reader_lints(const struct reader *r);

enum field_type {
	FIELD_NODE, /* const struct node *: whatever it is, read by the caller */
	FIELD_SCALAR, /* const struct node *, a scalar that is not empty */
	FIELD_LIST, /* const struct node *, a sequence */
	FIELD_MAP, /* const struct node *, a mapping */
	FIELD_STRING, /* const char *: any scalar that is not empty */
	FIELD_KEY, /* const char *: a name without blanks */
	FIELD_TEXT, /* struct tend_text: a text, or one per language */
	FIELD_BOOL, /* bool: yes no true false */
	FIELD_COUNT, /* int from 1 */
	FIELD_NUMBER, /* double; 30% is 0.3 */
	FIELD_DURATION, /* struct tend_duration, more than nothing */
	FIELD_WHEN, /* struct tend_when */
	FIELD_CHOICE, /* const char *, one of `values` */
};

struct field {
	const char *name;
	enum field_type type;
	size_t offset; /* of the member in the struct that is filled */
	bool required;
	const char *const *values; /* FIELD_CHOICE: NULL-ended */
};
#define FIELD_COUNT_OF(table) (sizeof(table) / sizeof((table)[0]))

/* Reads the mapping into `ret`; false where `node` is none (which is a finding). */
bool read_mapping(
	struct reader *r, const struct node *node, const struct field *fields, size_t n, void *ret);
/* The same for one value, named `name` in messages. */
bool read_value(struct reader *r, const struct node *node, const struct field *field, void *ret);

/* Letters of any script, digits, '_', '-', '.'; no sign in front. */
bool is_key(const char *s);
/* Value of a key (the first of that name), or NULL. */
const struct node *node_get(const struct node *mapping, const char *name);

/* An expression; *ret_text (may be NULL) its text. False where it is none. */
bool read_expr(struct reader *r, const struct node *node, const struct tend_names *names,
	const char **ret_text, struct tend_expr **ret);
/* The same of a condition: a warning where it is never true. */
bool read_condition(struct reader *r, const struct node *node, const struct tend_names *names,
	const char **ret_text, struct tend_expr **ret);
/* The names that conditions know: those of the environment or, without one, the customer's. */
struct tend_names reader_names(struct reader *r);
/* `names` and one field more, unless it is there. */
struct tend_names names_with(
	struct reader *r, struct tend_names names, const char *name, enum tend_type type);
/* The parts in braces of a text, in each language. */
void check_placeholders(struct reader *r, const struct node *node, const struct tend_names *names);
/* A warning where the environment does not know the file that `key` names. */
void check_reference(
	struct reader *r, const struct node *node, enum tend_file_kind kind, const char *key);
/* Findings for keys that stand twice in a list of such; `what` is "\"%s\" …" with one %s. */
void check_unique(struct reader *r, const struct node *const *keys, size_t n, const char *what);

/* Text as messages show it: printable, cut to a bearable length. */
const char *quoted(struct reader *r, const char *text);
/* An error; `rule` is one of tend/rules.h. */
void report(struct reader *r, const struct node *at, const char *rule, const char *fmt, ...)
	__attribute__((format(printf, 4, 5)));
void warn(struct reader *r, const struct node *at, const char *rule, const char *fmt, ...)
	__attribute__((format(printf, 4, 5)));

/* The same where a text that is no key or mapping has a full-width colon; false where it has none. */
bool report_wide_colon(struct reader *r, const struct node *node);
/* Of a key that nobody knows: whether a full-width colon or a comma in a text made it, which is reported then. */
bool report_sign(struct reader *r, const struct node *mapping, const struct node *key,
	const struct node *value);

/* The file's root, a mapping whose first key is the kind's name; NULL where it is not. */
const struct node *read_file(
	struct reader *r, const char *text, size_t n, enum tend_file_kind kind);
/* Sorts the findings; TEND_BAD_INPUT where one is an error. `before`: errors that were there already. */
enum tend_status finish_file(struct reader *r, size_t before);

#endif
