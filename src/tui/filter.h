/* SPDX-License-Identifier: MIT */
/* What a person types to narrow a list: an expression where it is one, else text. */
#ifndef TUI_FILTER_H
#define TUI_FILTER_H

#include <tend/error.h>
#include <tend/expr.h>
#include <tend/record.h>

struct filter;

/*
 * `names`: what it may name, see tend_app_names. A text that looks like an expression but has an error is
 * TEND_USAGE with the parser's message; empty text gives NULL.
 */
enum tend_status filter_create(const char *text, const struct tend_names *names,
	struct filter **ret, struct tend_error *err);
void filter_destroy(struct filter *f);
bool filter_is_text(const struct filter *f);
/* The expression where it calls functions: it is evaluated by the app, for all customers at once; else NULL. */
const struct tend_expr *filter_calls(const struct filter *f);
/* `folded`: the record's text to look in, used where the filter is a text. */
bool filter_keeps(const struct filter *f, const struct tend_record_type *type, const void *record,
	const char *folded);
/* The text of a record that a person would look for, folded: key, name, title, tags …; allocated. */
char *filter_haystack(const struct tend_record_type *type, const void *record);

#endif
