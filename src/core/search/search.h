/* SPDX-License-Identifier: MIT */
/* Inside of searching: how a text is laid out, and how it is read. */
#ifndef CORE_SEARCH_H
#define CORE_SEARCH_H

#include <tend/search.h>

/* Bytes that UTF-8 never has. */
#define RECORD_MARK '\xFF'
#define TITLE_MARK '\xFE'
/* In a head, six bits a byte, as bytes that no needle begins with. */
#define HEAD_BYTE 0x80u
enum { DAY_BYTES = 4, TITLE_BYTES = 4, ID_BYTES = 11 };

/* A record of a text: texts may be of a store that somebody else made, so nothing is taken for granted. */
struct search_record {
	struct tend_search_head head;
	const char *lines, *end; /* its lines */
};
/* The one that begins at `at`, where a mark is, and ends where the next one begins; false where it is damaged. */
bool search_read(const char *at, const char *end, struct search_record *ret);
/* The first mark from `at` on, or `end`. */
const char *search_next(const char *at, const char *end);
/* The number of the title that stands in the place of the names; false where there is none. */
bool search_title(const struct search_record *r, uint32_t *ret);
/* The first place of the needle; NULL. */
const char *search_find(const char *from, const char *to, const char *needle, size_t n);
/* A character that no word has within. */
bool search_apart(uint32_t c);

#endif
