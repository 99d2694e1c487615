/* SPDX-License-Identifier: MIT */
#define _XOPEN_SOURCE 700 /* wcwidth */
#include <stdbool.h>
#include <string.h>
#include <wchar.h>

#include <utf8proc.h>

#include <tend/str.h>
#include <tend/text.h>

enum { ZWJ = 0x200D };

static bool is_plain(char c)
{
	return c >= 0x20 && c < 0x7F;
}

static int code_columns(uint32_t c)
{
	int columns = wcwidth((wchar_t)c);
	return columns < 0 ? 1 : columns; /* drawn as U+FFFD */
}

static bool is_emoji(uint32_t c)
{
	return utf8proc_get_property((utf8proc_int32_t)c)->boundclass
		== UTF8PROC_BOUNDCLASS_EXTENDED_PICTOGRAPHIC;
}

static bool is_skin_tone(uint32_t c)
{
	return c >= 0x1F3FB && c <= 0x1F3FF;
}

/* Common ideographs (U+4E00-9FFF) are never joined to one another, nor to ASCII. */
static bool is_ideograph(const char *s, size_t n)
{
	unsigned char first = n > 0 ? (unsigned char)s[0] : 0;
	return (first > 0xE4 && first < 0xEA)
		|| (first == 0xE4 && n > 1 && (unsigned char)s[1] >= 0xB8);
}

static bool stands_alone(const char *s, size_t n, size_t length)
{
	return is_ideograph(s, n)
		&& (length == n || (unsigned char)s[length] < 0x80
			|| is_ideograph(s + length, n - length));
}

/*
 * A terminal cell holds one character with columns of its own and the marks above it. Clusters
 * with more of them (spacing vowel signs, flags) are taken apart, so that none is lost and the
 * columns are the terminal's; emoji sequences are the exception, as one picture stands for them.
 */
static bool shares_cell(uint32_t base, uint32_t before, uint32_t c)
{
	return is_emoji(base) && ((before == ZWJ && is_emoji(c)) || is_skin_tone(c));
}

size_t tend_grapheme(const char *s, size_t n, int *ret_columns)
{
	if (n > 0 && is_plain(s[0]) && (n == 1 || (unsigned char)s[1] < 0x80)) {
		*ret_columns = 1;
		return 1;
	}
	uint32_t base, before, c;
	int length = tend_utf8_decode(s, n, &base);
	*ret_columns = length != 0;
	if (length <= 0) {
		return length != 0;
	}
	size_t at = (size_t)length;
	int columns = code_columns(base);
	if (stands_alone(s, n, at)) {
		*ret_columns = columns;
		return at;
	}
	utf8proc_int32_t state = 0;
	before = base;
	while ((length = tend_utf8_decode(s + at, n - at, &c)) > 0) {
		if (utf8proc_grapheme_break_stateful(
			    (utf8proc_int32_t)before, (utf8proc_int32_t)c, &state)) {
			break;
		}
		int more = code_columns(c);
		if (more > 0 && columns > 0 && !shares_cell(base, before, c)) {
			break;
		}
		columns = more > columns ? more : columns;
		at += (size_t)length;
		before = c;
	}
	*ret_columns = columns;
	return at;
}

/* How many bytes at `s` are ASCII characters that stand alone. */
static size_t plain_run(const char *s, size_t n)
{
	size_t i = 0;
	while (i < n && is_plain(s[i])) {
		i++;
	}
	return i < n && i > 0 && (unsigned char)s[i] >= 0x80 ? i - 1 : i;
}

int tend_columns(const char *s)
{
	size_t n = strlen(s), at = plain_run(s, n);
	int total = (int)at;
	while (at < n) {
		int columns;
		at += tend_grapheme(s + at, n - at, &columns);
		total += columns;
	}
	return total;
}

size_t tend_fit(const char *s, int columns, int *ret_used)
{
	size_t n = strlen(s);
	size_t at = plain_run(s, n);
	if (columns < 0) {
		columns = 0;
	}
	if (at > (size_t)columns) {
		*ret_used = columns;
		return (size_t)columns;
	}
	int used = (int)at;
	while (at < n) {
		int more;
		size_t length = tend_grapheme(s + at, n - at, &more);
		if (used + more > columns) {
			break;
		}
		used += more;
		at += length;
	}
	*ret_used = used;
	return at;
}

static int clip(struct tend_str *out, const char *s, int columns)
{
	int used;
	size_t length = tend_fit(s, columns, &used);
	bool cut = s[length] != '\0' && columns > 0;
	if (cut) {
		length = tend_fit(s, columns - 1, &used);
	}
	tend_str_addn(out, s, length);
	if (cut) {
		tend_str_addc(out, '~');
	}
	return used + cut;
}

void tend_clip(struct tend_str *out, const char *s, int columns)
{
	(void)clip(out, s, columns);
}

static void add_blanks(struct tend_str *out, int n)
{
	static const char blanks[] = "                                ";
	enum { BLANKS = sizeof(blanks) - 1 };
	for (; n > 0; n -= BLANKS) {
		tend_str_addn(out, blanks, n < BLANKS ? (size_t)n : BLANKS);
	}
}

void tend_pad(struct tend_str *out, const char *s, int columns, enum tend_align align)
{
	if (align == TEND_LEFT) {
		add_blanks(out, columns - clip(out, s, columns));
		return;
	}
	struct tend_str clipped = {0};
	int used = clip(&clipped, s, columns);
	add_blanks(out, columns - used);
	tend_str_add(out, tend_str_text(&clipped));
	tend_str_finish(&clipped);
}

const char *tend_text_library(void)
{
	return utf8proc_version();
}
