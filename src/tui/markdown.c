/* SPDX-License-Identifier: MIT */
/* Notes in Markdown as plain lines: headings and lists are seen, marks of emphasis are gone. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include <tend/mem.h>

#include "workbench.h"

#define INDENT_MAX 12

/* A mark that opens or closes a stress: "**", "*", "`", "~~", and "_" at the edge of a word. Its length, 0: none. */
static size_t emphasis(const char *text, size_t at)
{
	const char *s = text + at;
	if (strncmp(s, "**", 2) == 0 || strncmp(s, "__", 2) == 0 || strncmp(s, "~~", 2) == 0) {
		return 2;
	}
	bool word_before = at > 0 && (isalnum((unsigned char)s[-1]) || (s[-1] & 0x80) != 0);
	bool word_after = isalnum((unsigned char)s[1]) || (s[1] & 0x80) != 0;
	if (*s == '_') {
		return word_before != word_after ? 1 : 0;
	}
	/* A star alone between blanks multiplies. */
	bool blank = at > 0 && s[-1] == ' ' && (s[1] == ' ' || s[1] == '\0');
	return *s == '`' || (*s == '*' && !blank) ? 1 : 0;
}

/* "[text](address)": its length, 0 where it is none. */
static size_t link_at(const char *s, size_t *ret_text, size_t *ret_address)
{
	size_t n = *s == '[' ? strcspn(s + 1, "]") : 0;
	if (n == 0 || s[n + 1] != ']' || s[n + 2] != '(') {
		return 0;
	}
	size_t m = strcspn(s + n + 3, ") ");
	*ret_text = n;
	*ret_address = m;
	return s[n + 3 + m] == ')' ? n + m + 4 : 0;
}

/* The text of a line without its marks. */
static void add_plain(struct tend_str *out, const char *text)
{
	for (size_t at = 0; text[at] != '\0';) {
		size_t words, address, n = link_at(text + at, &words, &address);
		if (n > 0) {
			tend_str_addf(out, "%.*s (%.*s)", (int)words, text + at + 1, (int)address,
				text + at + words + 3);
			at += n;
			continue;
		}
		if (text[at] == '\\' && ispunct((unsigned char)text[at + 1])) {
			tend_str_addn(out, text + at + 1, 1);
			at += 2;
			continue;
		}
		n = emphasis(text, at);
		if (n == 0) {
			tend_str_addn(out, text + at, 1);
			n = 1;
		}
		at += n;
	}
}

/* Wrapped to `columns`, the lines after the first under its text. */
static void add_hanging(
	struct lines *l, enum role role, int columns, const char *lead, const char *text)
{
	int indent = tend_columns(lead);
	indent = indent < columns / 2 ? indent : columns / 2;
	struct lines inner = {0};
	lines_wrap(&inner, role, columns - indent, text);
	for (size_t i = 0; i < inner.n; i++) {
		lines_add(l, role, "%*s%s", i > 0 ? indent : 0, i > 0 ? "" : lead,
			inner.items[i].text);
	}
	if (inner.n == 0) {
		lines_add(l, role, "%s", lead);
	}
	lines_finish(&inner);
}

/* "- ", "* ", "3. ", "[x] " after one of them: the length of the mark, and what stands for it. */
static size_t list_mark(const char *s, struct tend_str *lead)
{
	size_t digits = strspn(s, "0123456789");
	if (digits > 0 && digits < 4 && (s[digits] == '.' || s[digits] == ')')
		&& s[digits + 1] == ' ') {
		tend_str_addn(lead, s, digits + 2);
		return digits + 2;
	}
	if (strchr("-*+", *s) == NULL || *s == '\0' || s[1] != ' ') {
		return 0;
	}
	if (s[2] == '[' && strchr(" xX", s[3]) != NULL && s[3] != '\0' && s[4] == ']') {
		tend_str_addn(lead, s + 2, 3);
		tend_str_add(lead, " ");
		return s[5] == ' ' ? 6 : 5;
	}
	tend_str_add(lead, "- ");
	return 2;
}

static bool is_rule(const char *s)
{
	size_t n = strspn(s, "-*_ ");
	size_t marks = 0;
	for (size_t i = 0; i < n; i++) {
		marks += s[i] == s[0] ? 1 : 0;
	}
	return s[n] == '\0' && s[0] != ' ' && s[0] != '\0' && marks >= 3
		&& strspn(s,
			   s[0] == '-'           ? "- "
				   : s[0] == '*' ? "* "
						 : "_ ")
		== n;
}

static void add_line(struct lines *l, int columns, const char *line)
{
	struct tend_str lead = {0}, text = {0};
	size_t indent = strspn(line, " ");
	const char *s = line + indent;
	size_t level = strspn(s, "#");
	enum role role = ROLE_TEXT;
	if (level > 0 && level <= 6 && s[level] == ' ') {
		role = level < 3 ? ROLE_TITLE : ROLE_ACCENT;
		s += level + strspn(s + level, " ");
	} else if (*s == '>') {
		role = ROLE_DIM;
		tend_str_add(&lead, "> ");
		s += s[1] == ' ' ? 2 : 1;
	} else {
		tend_str_addf(&lead, "%*s", (int)(indent < INDENT_MAX ? indent : INDENT_MAX), "");
		s += list_mark(s, &lead);
	}
	if (is_rule(line + indent)) {
		tend_str_clear(&lead);
		tend_str_add(&text, "---");
	} else {
		add_plain(&text, s);
	}
	if (lead.len == 0 && text.len == 0) {
		lines_add(l, role, "%s", "");
	} else {
		add_hanging(l, role, columns, tend_str_text(&lead), tend_str_text(&text));
	}
	tend_str_finish(&lead);
	tend_str_finish(&text);
}

void lines_markdown(struct lines *l, int columns, const char *text)
{
	bool code = false;
	while (*text != '\0') {
		size_t n = strcspn(text, "\n");
		char *line = tend_strndup(text, n > 0 && text[n - 1] == '\r' ? n - 1 : n);
		for (char *tab = strchr(line, '\t'); tab != NULL; tab = strchr(tab, '\t')) {
			*tab = ' ';
		}
		bool fence = strncmp(line + strspn(line, " "), "```", 3) == 0;
		code = fence ? !code : code;
		if (code && !fence) {
			add_hanging(l, ROLE_DIM, columns, "  ", line);
		} else if (!fence) {
			add_line(l, columns, line);
		}
		free(line);
		text += text[n] == '\n' ? n + 1 : n;
	}
}
