/* SPDX-License-Identifier: MIT */
#include <string.h>

#include <tend/exchange.h>
#include <tend/text.h>

#include "clean.h"

/*
 * A spreadsheet takes a cell that starts so for a formula. Full-width forms count as well: some turn
 * them into their ASCII twins.
 */
static bool is_trigger(const char *s)
{
	uint32_t c = 0;
	if (*s == '\0' || tend_utf8_decode(s, strlen(s), &c) <= 0) {
		return false;
	}
	c = tend_ascii_twin(c);
	return c == '=' || c == '+' || c == '-' || c == '@' || c == '\t' || c == '\r' || c == '\n';
}

/*
 * Apostrophes before a formula count too: else a text that had one itself could not be told from
 * a guarded one when it is read back.
 */
static bool wants_guard(const char *s)
{
	double number;
	if (tend_parse_number(s, &number)) {
		return false;
	}
	return is_trigger(s + strspn(s, "'"));
}

const char *tend_csv_unguard(const char *s)
{
	return s[0] == '\'' && is_trigger(s + strspn(s, "'")) ? s + 1 : s;
}

void tend_csv_cell(struct tend_str *out, const char *s, char delimiter, bool guard)
{
	struct tend_str clean = {0};
	if (*s == '\0') {
		return;
	}
	bool guarded = guard && wants_guard(s);
	size_t n = strlen(s);
	if (!tend_is_printable(s, n)) {
		clean_lines(&clean, s, n);
		s = tend_str_text(&clean);
		guarded = guarded || (guard && wants_guard(s));
	}
	/* A program that takes another delimiter for the right one must not find a new cell inside. */
	bool quoted = strpbrk(s, delimiter == '\t' ? "\t\"\r\n" : ",;\t\"\r\n") != NULL
		|| strchr(s, delimiter) != NULL;
	if (quoted) {
		tend_str_addc(out, '"');
	}
	if (guarded) {
		tend_str_addc(out, '\'');
	}
	while (*s != '\0') {
		size_t run = strcspn(s, "\"");
		tend_str_addn(out, s, run);
		s += run;
		if (*s == '"') {
			tend_str_add(out, "\"\"");
			s++;
		}
	}
	if (quoted) {
		tend_str_addc(out, '"');
	}
	tend_str_finish(&clean);
}
