/* SPDX-License-Identifier: MIT */
/* The inside of a mapping: where each field of a record comes from, and how its text is read. */
#ifndef EXCHANGE_MAPPING_H
#define EXCHANGE_MAPPING_H

#include <tend/exchange.h>

#define MAPPING_NO_COLUMN SIZE_MAX /* a constant */

struct target {
	const char *name; /* ours */
	const struct tend_field *field; /* NULL: one of the user's own */
	bool required, term; /* term: months, or a duration */
	size_t column;
	const char *constant, *format;
};
struct targets {
	struct target *items;
	size_t n, cap;
};
struct metric {
	const char *name;
	size_t column;
};

struct tend_mapping {
	const struct tend_record_type *type;
	const struct tend_map *map; /* NULL: none */
	const char *const *columns; /* theirs */
	size_t ncolumns;
	struct targets fields; /* ours, in the order of the import kind */
	struct targets own; /* the user's own, by name */
	struct metrics {
		struct metric *items;
		size_t n, cap;
	} metrics;
	bool *taken; /* by column */
	size_t *extra, nextra;
	size_t *metric_columns;
	const char *via;
};

/* A cell on its way to a value. */
struct cell_text {
	const struct tend_mapping *mapping;
	const struct target *target;
	const char *text;
	struct tend_arena *arena;
	size_t *cleaned;
	struct tend_row_error *bad;
};

/* Reads `text` as the target's field; false with `bad` set. */
bool mapping_read(const struct cell_text *cell, struct tend_value *ret);
/* A date in `format` ("%d/%m/%Y"), or ISO where NULL; a time after it is dropped. */
bool mapping_date(const char *text, const char *format, struct tend_date *ret);

#endif
