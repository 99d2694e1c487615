/* SPDX-License-Identifier: MIT */
/*
 * Records: a kind of thing that the product keeps is a C struct and one description of its fields.
 * The store, lists, imports, filters, forms and commands all work from that description, so that
 * adding a field or a kind is done in one place.
 */
#ifndef TEND_RECORD_H
#define TEND_RECORD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <tend/date.h>
#include <tend/error.h>
#include <tend/lang.h>
#include <tend/mem.h>

/* What a field holds, the C type of its member, and the value that means unknown. */
enum tend_type {
	TEND_TEXT, /* const char *, NULL */
	TEND_INT, /* int64_t, TEND_NO_INT */
	TEND_NUMBER, /* double, NAN */
	TEND_RATIO, /* double 0..1, NAN; printed as a percentage for people */
	TEND_MONEY, /* int64_t minor units, TEND_NO_MONEY */
	TEND_DATE, /* struct tend_date, TEND_NO_DATE */
	TEND_BOOL, /* int64_t 0 or 1, TEND_NO_INT */
	TEND_TIME, /* int64_t UTC seconds, TEND_NO_INT */
	TEND_TAGS, /* const char *, comma-separated without blanks around; "" or NULL where none */
	TEND_TERMS, /* struct tend_terms: the arithmetic of a rank or score */
};
#define TEND_NO_INT INT64_MIN

struct tend_term {
	const char *label; /* in the current language */
	double points;
};
struct tend_terms {
	struct tend_term *items;
	size_t n;
};

enum tend_field_flags {
	TEND_F_KEY = 1 << 0, /* names the record (tend -q prints it) */
	TEND_F_REQUIRED = 1 << 1, /* an import or a form must give it */
	TEND_F_DERIVED = 1 << 2, /* computed; cannot be set */
	TEND_F_HIDDEN = 1 << 3, /* internal (ids): never printed */
	TEND_F_WIDE = 1 << 4, /* not in the default table for people; in json, csv, tsv, md */
	TEND_F_SETTABLE = 1 << 5, /* `set FIELD=VALUE` and forms may change it */
	TEND_F_ID = 1 << 6, /* the number of a row: 0, not TEND_NO_INT, where there is none */
	TEND_F_CURRENCY = 1 << 7, /* a code of ISO 4217 */
	TEND_F_STORED = 1 << 8, /* nobody can set it, and yet it is kept: who wrote it */
	TEND_F_OPEN = 1 << 9, /* `values` are proposed, other words are taken as well */
	TEND_F_DURATION = 1 << 10, /* a text like 7d, 2w, 1m; a bare number is one of days */
	TEND_F_LONG = 1 << 11, /* may have lines of its own; Markdown */
	TEND_F_FILTER = 1 << 12, /* an expression over customers */
	TEND_F_PAST =
		1 << 13, /* the day on which something was done: a person gives none after today */
};

struct tend_field {
	const char *name; /* snake_case; a column of lists, a name in expressions */
	enum tend_type type;
	size_t offset; /* of the member in the record's struct */
	unsigned flags;
	struct tend_text title; /* for people: column heads and forms */
	const char *const *values; /* what it may hold, NULL-ended; NULL where free */
	size_t max; /* bytes that a text may have, 0: TEND_TEXT_MAX; the largest number, 0: any */
	int min; /* the smallest number, for integers and numbers */
	const char *order; /* the integer that it is sorted by first; NULL */
	int decimals; /* of a number in tables for people, 0: as many as it has, two at most */
	const char *initial; /* what it is where a new record does not say; NULL: unknown */
	const char *refers; /* the noun of the records whose key it holds; NULL */
	const char *suggests; /* the noun of the records whose key or label it may hold; NULL */
	const char *not_before; /* the date that it must not lie before; NULL */
};
#define TEND_TEXT_MAX 4096
#define TEND_LONG_TEXT_MAX 16384 /* what was said in a call or a complaint */
#define TEND_NAME_MAX 200
#define TEND_KEY_MAX 64

struct tend_record_type {
	const char *name; /* "customer" */
	struct tend_text title;
	size_t size; /* sizeof the struct */
	const struct tend_field *fields;
	size_t nfields;
	/* Where records carry fields of the user's own: offset of a struct tend_custom; else -1. */
	ptrdiff_t custom;
};

/* The user's own fields of one record, in the order of their names. */
struct tend_custom_value {
	const char *name;
	const char *value;
};
struct tend_custom {
	struct tend_custom_value *items;
	size_t n;
};

struct tend_value {
	enum tend_type type;
	bool null;
	union {
		const char *text; /* TEXT, TAGS; borrowed */
		int64_t integer; /* INT, MONEY, BOOL, TIME */
		double number; /* NUMBER, RATIO */
		struct tend_date date;
		const struct tend_terms *terms;
	};
};

void tend_record_clear(const struct tend_record_type *t, void *record); /* every field unknown */
const struct tend_field *tend_field_find(const struct tend_record_type *t, const char *name);
struct tend_value tend_field_get(const struct tend_field *f, const void *record);
/* Texts are borrowed. The types must agree. */
void tend_field_set(const struct tend_field *f, void *record, struct tend_value v);
/*
 * Reads `text` as the field's type, checks `values`, `min` and `max`. Empty text is unknown. Texts are
 * copied into `arena`. The message names the field, the value and what is expected. Values and
 * booleans (yes no true false 1 0) are taken in any case, ratios also as a percentage, tags with
 * blanks around them; keys have no blanks at the ends, no '-' in front and nothing invisible.
 */
enum tend_status tend_field_parse(const struct tend_field *f, const char *text,
	struct tend_arena *arena, struct tend_value *ret, struct tend_error *err);
struct tend_str;
/* For machines: dates ISO, money "1234.50", booleans true/false, ratios with at least 4 decimals,
 * unknown "". */
void tend_value_format(struct tend_value v, struct tend_str *out);
/* Orders like a list is sorted: numbers and dates by size, texts by folded form; unknown last. The
 * types are the same, or both are numbers or both are texts. */
int tend_value_compare(struct tend_value a, struct tend_value b);

/* Records of one type in a row, with the memory that their texts live in. */
struct tend_list {
	const struct tend_record_type *type;
	char *items;
	size_t n, cap;
	void *blank; /* a cleared record; NULL until the first one is added */
	struct tend_arena arena;
};
void tend_list_init(struct tend_list *list, const struct tend_record_type *type);
void *tend_list_add(struct tend_list *list); /* a cleared record, valid until the next add */
void *tend_list_at(const struct tend_list *list, size_t i);
void tend_list_finish(struct tend_list *list);
/* Field by name, the custom fields included; false (and unknown) where this record has none. */
bool tend_record_get(const struct tend_record_type *t, const void *record, const char *name,
	struct tend_value *ret);
/* Sorts by a comma-separated list of fields, '-' before one for descending; stable. What is unknown
 * comes last either way; custom fields that read as numbers are sorted as numbers, before texts.
 * TEND_USAGE where there is no such field (a custom one exists where any record has it). */
enum tend_status tend_list_sort(struct tend_list *list, const char *fields, struct tend_error *err);

#endif
