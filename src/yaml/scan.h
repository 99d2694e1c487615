/* SPDX-License-Identifier: MIT */
/* A look at a file's characters before YAML is: size, encoding, control characters, and places. */
#ifndef SCAN_H
#define SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <tend/error.h>

/* Both from 1; columns in characters. */
struct scan_place {
	int line, column;
};

size_t scan_bom(const char *text, size_t n); /* length of a UTF-8 byte order mark, or 0 */
/* Finds what no YAML file of ours may have; false where there was something. */
bool scan_text(const char *text, size_t n, struct tend_findings *findings);
/* The place of a byte. */
struct scan_place scan_place(const char *text, size_t n, size_t offset);
/* A byte of the text and how many characters lie before it: places are asked for in their order. */
struct scan_cursor {
	size_t index, byte;
};
/*
 * The first character on the lines after the `index`-th character: where a block text begins. The line is
 * counted from that character's line (0). The cursor is left at the index.
 */
struct scan_place scan_next_text(
	const char *text, size_t n, size_t index, struct scan_cursor *cursor);

#endif
