/* SPDX-License-Identifier: MIT */
#include <string.h>

#include <tend/text.h>

int tend_utf8_decode(const char *s, size_t n, uint32_t *ret)
{
	static const uint32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};
	if (n == 0) {
		return 0;
	}
	unsigned char first = (unsigned char)s[0];
	if (first < 0x80) {
		*ret = first;
		return 1;
	}
	int length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
	if (first < 0xC2 || first > 0xF4 || n < (size_t)length) {
		return -1;
	}
	uint32_t c = first & (0xFFU >> (length + 1));
	for (int i = 1; i < length; i++) {
		unsigned char next = (unsigned char)s[i];
		if ((next & 0xC0) != 0x80) {
			return -1;
		}
		c = c << 6 | (next & 0x3FU);
	}
	if (c < smallest[length] || c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) {
		return -1;
	}
	*ret = c;
	return length;
}

int tend_utf8_encode(uint32_t c, char buf[4])
{
	if (c < 0x80) {
		buf[0] = (char)c;
		return 1;
	}
	int length = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
	for (int i = length - 1; i > 0; i--) {
		buf[i] = (char)(0x80 | (c & 0x3F));
		c >>= 6;
	}
	buf[0] = (char)((0xF00 >> length) | c);
	return length;
}

size_t tend_utf8_invalid_at(const char *s, size_t n)
{
	size_t at = 0;
	while (at < n) {
		uint32_t c;
		int length = tend_utf8_decode(s + at, n - at, &c);
		if (length < 1 || c == 0) {
			return at;
		}
		at += (size_t)length;
	}
	return n;
}

bool tend_utf8_valid(const char *s, size_t n)
{
	return tend_utf8_invalid_at(s, n) == n;
}
