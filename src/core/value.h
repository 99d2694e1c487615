/* SPDX-License-Identifier: MIT */
/* Values in an order of their own: what sorting compares, made once per value. */
#ifndef CORE_VALUE_H
#define CORE_VALUE_H

#include <tend/record.h>

enum sort_class { SORT_NUMBER, SORT_TEXT, SORT_UNKNOWN }; /* in this order */
struct sort_key {
	enum sort_class class;
	uint64_t order; /* of numbers whole; of texts the first bytes */
	const char *text; /* folded */
};
/* Folded texts go to `arena`. */
struct sort_key value_sort_key(struct tend_value v, struct tend_arena *arena);
int sort_key_compare(const struct sort_key *a, const struct sort_key *b);

/* `n` bytes of text as a message may show them: printable, at most `max` bytes and an ellipsis. */
const char *value_shown(const char *text, size_t n, size_t max, struct tend_arena *arena);
/* The UTC day of a TEND_TIME. */
struct tend_date value_day(int64_t seconds);
/* "yes no true false 1 0" in any case. */
bool value_bool_parse(const char *text, bool *ret);

#endif
