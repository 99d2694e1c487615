/* SPDX-License-Identifier: MIT */
#ifndef TUI_WORDS_H
#define TUI_WORDS_H

#include <tend/date.h>
#include <tend/str.h>

/* A value that records hold ("lapsed", "blocked", "call", "on-track") as people read it in the current
 * language; the value itself where it is not a known one. NULL gives "". */
const char *word_text(const char *value);
/* "2 workdays". */
void word_duration(struct tend_duration d, struct tend_str *out);

#endif
