/* SPDX-License-Identifier: MIT */
/* Which of our fields a column of somebody else's file may be. */
#ifndef EXCHANGE_GUESS_H
#define EXCHANGE_GUESS_H

#include <tend/kind.h>

/* What a column holds in the first rows: cells that are not empty, a few different ones. */
struct guess_column {
	const char *name;
	const char **cells; /* different ones, in the order of the file */
	size_t n;
	bool full; /* there are more than are kept */
};

/* 0: not at all; 100: its header is the field's name. */
int guess_name(
	const struct tend_kind *k, const char *field, struct tend_text title, const char *header);
/* Its cells can be read as the field: dates in `*ret_format` (NULL: as ours), words also where a map has to
 * say what they are. */
bool guess_fits(const struct tend_field *f, const struct guess_column *c, const char **ret_format);
/* The word of the field that theirs means; NULL. "" for a yes-or-no that says nothing. */
const char *guess_word(
	const struct tend_record_type *t, const struct tend_field *f, const char *theirs);
/* The kind whose key the column holds, told by its header ("subscription_id"); NULL. */
const struct tend_kind *guess_key_of(const char *header);

#endif
