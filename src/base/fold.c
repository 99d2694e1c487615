/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include <utf8proc.h>

#include <tend/mem.h>
#include <tend/str.h>
#include <tend/text.h>

enum {
	FOLDING = UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD
		| UTF8PROC_IGNORE,
	SHORT = 256, /* characters that are folded without allocating */
};

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* True where folding does nothing but lower ASCII letters: ASCII and the common ideographs. */
static bool folds_plainly(const char *s)
{
	while (*s != '\0') {
		if ((unsigned char)*s < 0x80) {
			s++;
			continue;
		}
		uint32_t c;
		int length = tend_utf8_decode(s, strlen(s), &c);
		if (length != 3 || c < 0x4E00 || c > 0x9FFF) {
			return false;
		}
		s += length;
	}
	return true;
}

/* utf8proc refuses invalid bytes, which a search must survive. */
static char *with_replacements(const char *s)
{
	struct tend_str out = {0};
	size_t n = strlen(s);
	for (size_t at = 0; at < n;) {
		uint32_t c;
		int length = tend_utf8_decode(s + at, n - at, &c);
		if (length > 0) {
			tend_str_addn(&out, s + at, (size_t)length);
			at += (size_t)length;
		} else {
			tend_str_add(&out, "\xEF\xBF\xBD");
			at++;
		}
	}
	return tend_str_steal(&out);
}

char *tend_fold(const char *s)
{
	if (folds_plainly(s)) {
		char *folded = tend_strdup(s);
		for (char *p = folded; *p != '\0'; p++) {
			*p = lower(*p);
		}
		return folded;
	}
	char *valid = with_replacements(s);
	utf8proc_uint8_t *mapped = NULL;
	utf8proc_ssize_t length = utf8proc_map((const utf8proc_uint8_t *)valid, 0, &mapped,
		(utf8proc_option_t)(UTF8PROC_NULLTERM | FOLDING));
	if (length < 0) {
		free(mapped);
		return valid;
	}
	free(valid);
	char *folded = tend_strndup((const char *)mapped, (size_t)length);
	free(mapped);
	return folded;
}

static bool contains_lower(const char *text, const char *needle)
{
	for (; *text != '\0'; text++) {
		size_t i = 0;
		while (needle[i] != '\0' && lower(text[i]) == needle[i]) {
			i++;
		}
		if (needle[i] == '\0') {
			return true;
		}
	}
	return needle[0] == '\0';
}

bool tend_contains_folded(const char *text, const char *folded_needle)
{
	if (folds_plainly(text)) {
		return contains_lower(text, folded_needle);
	}
	utf8proc_int32_t buffer[SHORT + 1];
	utf8proc_ssize_t n = utf8proc_decompose((const utf8proc_uint8_t *)text,
		(utf8proc_ssize_t)strlen(text), buffer, SHORT, (utf8proc_option_t)FOLDING);
	if (n >= 0 && n <= SHORT) {
		(void)utf8proc_reencode(buffer, n, (utf8proc_option_t)FOLDING);
		return strstr((const char *)buffer, folded_needle) != NULL;
	}
	char *folded = tend_fold(text);
	bool found = strstr(folded, folded_needle) != NULL;
	free(folded);
	return found;
}

uint32_t tend_ascii_twin(uint32_t c)
{
	if (c >= 0xFF01 && c <= 0xFF5E) {
		return c - 0xFF01 + '!';
	}
	return c == 0x3000 ? ' ' : c;
}
