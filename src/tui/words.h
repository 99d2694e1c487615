/* SPDX-License-Identifier: MIT */
#ifndef TUI_WORDS_H
#define TUI_WORDS_H

#include <tend/date.h>
#include <tend/str.h>

/* tend_word of any field. */
const char *word_text(const char *value);
/* "2 workdays". */
void word_duration(struct tend_duration d, struct tend_str *out);

#endif
