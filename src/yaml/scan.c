/* SPDX-License-Identifier: MIT */
#include <stdint.h>
#include <string.h>

#include <tend/lang.h>
#include <tend/rules.h>
#include <tend/text.h>

#include "doc.h"
#include "scan.h"

enum { SHOWN_MAX = 20 }; /* findings about single characters */

size_t scan_bom(const char *text, size_t n)
{
	return n >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
}

static bool is_utf16(const char *text, size_t n)
{
	const unsigned char *s = (const unsigned char *)text;
	if (n >= 2 && ((s[0] == 0xFF && s[1] == 0xFE) || (s[0] == 0xFE && s[1] == 0xFF))) {
		return true;
	}
	/* without a mark: every second byte of the first word is NUL */
	return n >= 4 && (s[0] == 0) != (s[1] == 0) && (s[2] == 0) == (s[0] == 0)
		&& (s[3] == 0) == (s[1] == 0);
}

static bool is_line_break(uint32_t c)
{
	return c == '\n' || c == 0x85 || c == 0x2028 || c == 0x2029;
}

/* What libyaml reads. */
static bool is_allowed(uint32_t c)
{
	if (c < 0x20) {
		return c == '\t' || c == '\n' || c == '\r';
	}
	return c < 0x7F || c == 0x85 || (c >= 0xA0 && c != 0xFEFF && c != 0xFFFE && c != 0xFFFF);
}

static const char *problem_of(int length, uint32_t c)
{
	if (length < 0) {
		return _("not UTF-8: save the file in UTF-8");
	}
	return c == 0 ? _("a NUL character") : _("a control character");
}

bool scan_text(const char *text, size_t n, struct tend_findings *findings)
{
	if (n > DOC_SIZE_MAX) {
		struct scan_place at = scan_place(text, n, DOC_SIZE_MAX);
		tend_findings_add_rule(findings, TEND_ERROR, TEND_RULE_SYNTAX, at.line, at.column,
			_("the file is too large: over 64 KiB"));
		return false;
	}
	if (is_utf16(text, n)) {
		tend_findings_add_rule(findings, TEND_ERROR, TEND_RULE_SYNTAX, 1, 1,
			_("the file is UTF-16: save it in UTF-8"));
		return false;
	}
	int shown = 0;
	struct scan_place at = {1, 1};
	for (size_t i = 0; i < n && shown < SHOWN_MAX;) {
		uint32_t c = 0;
		int length = tend_utf8_decode(text + i, n - i, &c);
		if (length < 0 || !is_allowed(c)) {
			tend_findings_add_rule(findings, TEND_ERROR, TEND_RULE_SYNTAX, at.line,
				at.column, "%s", problem_of(length, c));
			shown++;
		}
		bool crlf = c == '\r' && i + 1 < n && text[i + 1] == '\n';
		if (length > 0 && (is_line_break(c) || (c == '\r' && !crlf))) {
			at = (struct scan_place){at.line + 1, 1};
		} else if (!crlf) {
			at.column++;
		}
		i += length > 0 ? (size_t)length : 1;
	}
	return shown == 0;
}

struct scan_place scan_place(const char *text, size_t n, size_t offset)
{
	struct scan_place at = {1, 1};
	for (size_t i = 0; i < n && i < offset;) {
		uint32_t c = 0;
		int length = tend_utf8_decode(text + i, n - i, &c);
		at.column++;
		if (length > 0 && is_line_break(c)) {
			at = (struct scan_place){at.line + 1, 1};
		}
		i += length > 0 ? (size_t)length : 1;
	}
	return at;
}

static void move_to(const char *text, size_t n, size_t index, struct scan_cursor *cursor)
{
	for (; cursor->index < index && cursor->byte < n; cursor->index++) {
		uint32_t c;
		int length = tend_utf8_decode(text + cursor->byte, n - cursor->byte, &c);
		cursor->byte += length > 0 ? (size_t)length : 1;
	}
}

struct scan_place scan_next_text(
	const char *text, size_t n, size_t index, struct scan_cursor *cursor)
{
	struct scan_place at = {0, 1};
	move_to(text, n, index, cursor);
	for (size_t i = cursor->byte; i < n; i++) {
		if (text[i] == '\n') {
			at = (struct scan_place){at.line + 1, 1};
		} else if (at.line > 0 && text[i] != ' ' && text[i] != '\r') {
			break;
		} else {
			at.column++;
		}
	}
	return at;
}
