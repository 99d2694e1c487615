/* SPDX-License-Identifier: MIT */
/* The words that records hold ("lapsed", "blocked", "on-track") as people read them. */
#ifndef TEND_WORDS_H
#define TEND_WORDS_H

#include <tend/record.h>

/* In the current language; the value itself where it is not a known one. NULL gives "". `field` is the name of
 * the field that holds it, where it is known: some words say something else there ("added"); else NULL. */
const char *tend_word(const char *field, const char *value);
/* The same of a field of that type: what is open is something else of an alert and of an outcome. NULL: of any. */
const char *tend_word_of(const struct tend_record_type *t, const char *field, const char *value);
/* Whether a person who writes `text`, in either language, means that value of the field. */
bool tend_word_is(const char *field, const char *value, const char *text);

#endif
