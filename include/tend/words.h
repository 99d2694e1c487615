/* SPDX-License-Identifier: MIT */
/* The words that records hold ("lapsed", "blocked", "on-track") as people read them. */
#ifndef TEND_WORDS_H
#define TEND_WORDS_H

/* In the current language; the value itself where it is not a known one. NULL gives "". `field` is the name of
 * the field that holds it, where it is known: some words say something else there ("added"); else NULL. */
const char *tend_word(const char *field, const char *value);

#endif
