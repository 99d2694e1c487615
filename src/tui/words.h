/* SPDX-License-Identifier: MIT */
#ifndef TUI_WORDS_H
#define TUI_WORDS_H

/* A value that records hold ("lapsed", "blocked", "call", "on-track") as people read it in the current
 * language; the value itself where it is not a known one. NULL gives "". */
const char *word_text(const char *value);

#endif
