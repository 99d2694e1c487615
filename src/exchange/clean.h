/* SPDX-License-Identifier: MIT */
/* Text that leaves or enters by a file: printable, with its line breaks where a format carries them. */
#ifndef EXCHANGE_CLEAN_H
#define EXCHANGE_CLEAN_H

#include <stddef.h>
#include <tend/str.h>

/* Appends `s` printable; LF and CRLF stay as they are. Returns how many places were changed. */
size_t clean_lines(struct tend_str *out, const char *s, size_t n);
/* The same in one line: line breaks become blanks. */
size_t clean_line(struct tend_str *out, const char *s);

#endif
