/* SPDX-License-Identifier: MIT */
/*
 * Text for people: UTF-8, grapheme clusters, columns, and the one function that makes text
 * printable. Columns are those that the terminal uses (wcwidth of the running libc), taken by
 * grapheme cluster.
 */
#ifndef TEND_TEXT_H
#define TEND_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct tend_str;

/* The version of the library that knows Unicode, for `tend doctor`. */
const char *tend_text_library(void);

/* Decodes one character; returns its length in bytes, 0 at the end (n == 0), -1 where invalid. */
int tend_utf8_decode(const char *s, size_t n, uint32_t *ret);
/* Appends up to 4 bytes to `buf`; returns how many. */
int tend_utf8_encode(uint32_t c, char buf[4]);
/* True where there is neither an invalid byte nor a NUL. */
bool tend_utf8_valid(const char *s, size_t n);
/* Offset of the first invalid byte or NUL, or n. */
size_t tend_utf8_invalid_at(const char *s, size_t n);

/*
 * The length in bytes of the grapheme cluster at `s`; sets its columns (0, 1 or 2). A cluster is what
 * fits a terminal's cell: one character with columns of its own (the first) and the zero-width marks
 * on it, so that flags and spacing vowel signs come apart; an emoji sequence (ZWJ, skin tone) stays one
 * cluster, of which a cell shows the first character and the marks up to the next wide one. What
 * wcwidth does not know counts one column and is to be drawn as U+FFFD.
 */
size_t tend_grapheme(const char *s, size_t n, int *ret_columns);
/* Columns of the whole text. */
int tend_columns(const char *s);

/* The length in bytes of the longest start of `s` that fits into `columns`; sets what it uses. */
size_t tend_fit(const char *s, int columns, int *ret_used);
/* Appends `s` cut to `columns` (with '~' at the end where cut, at a grapheme boundary). */
void tend_clip(struct tend_str *out, const char *s, int columns);
enum tend_align { TEND_LEFT, TEND_RIGHT };
/* Appends `s` clipped and padded with blanks to exactly `columns`. */
void tend_pad(struct tend_str *out, const char *s, int columns, enum tend_align align);
/* Appends `s` wrapped at blanks and between wide characters into lines of at most `columns`,
 * lines ended by '\n'. */
void tend_wrap(struct tend_str *out, const char *s, int columns);

/*
 * Appends `s` made safe to print: control characters become their picture (U+2400 block), newline
 * and tab a blank (CR LF one), as do blanks of other widths save U+3000; bidi controls, zero-width,
 * unassigned, private and other invisible characters (U+2800 too) a visible mark (<U+202E>); invalid
 * bytes U+FFFD; combining marks stay up to four per base. ZWJ inside an emoji sequence and variation
 * selectors after an emoji stay. Returns how many places were changed. Idempotent.
 */
size_t tend_printable(struct tend_str *out, const char *s, size_t n);
/* The same for text of several lines: LF and CR LF stay as they are. */
size_t tend_printable_lines(struct tend_str *out, const char *s, size_t n);
/* True where tend_printable would change nothing. */
bool tend_is_printable(const char *s, size_t n);

/* Case-folded, width-folded (full-width to ASCII) NFKC form, for matching while typing. */
char *tend_fold(const char *s);
/* True where the folded form of `text` contains `folded_needle` (already folded). */
bool tend_contains_folded(const char *text, const char *folded_needle);
/*
 * The form in which names that look alike are equal: compatible forms, twins of other scripts
 * (Cyrillic, Greek, kana and ideographs), l I 1, O 0, rn m, and runs of blanks are levelled, what is invisible
 * is dropped. To compare with, never to show. Allocated.
 */
char *tend_skeleton(const char *s);
/* Full-width ASCII twins (U+FF01..FF5E, U+3000) to ASCII; others unchanged. */
uint32_t tend_ascii_twin(uint32_t c);

#endif
