/* SPDX-License-Identifier: MIT */
#include <stdbool.h>
#include <string.h>

#include <tend/str.h>
#include <tend/text.h>

/* Where the line may end, and where the next one would begin. */
struct opportunity {
	size_t end, next;
};

static bool is_one_of(const char *s, size_t n, const char *const *set, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (strlen(set[i]) == n && memcmp(set[i], s, n) == 0) {
			return true;
		}
	}
	return false;
}

/* Closing marks do not begin a line. */
static bool is_closing(const char *s, size_t n)
{
	static const char *const set[] = {"、", "。", "，", "；", "：", "？", "！", "）", "》",
		"〉", "】", "』", "」", "〕", "”", "’", "…", "％", ",", ".", ";", ":", "?", "!",
		")", "]", "}", "%"};
	return is_one_of(s, n, set, sizeof(set) / sizeof(set[0]));
}

/* Opening marks do not end one. */
static bool is_opening(const char *s, size_t n)
{
	static const char *const set[] = {
		"（", "《", "〈", "【", "『", "「", "〔", "“", "‘", "￥", "(", "[", "{"};
	return is_one_of(s, n, set, sizeof(set) / sizeof(set[0]));
}

static void add_line(struct tend_str *out, const char *s, size_t n)
{
	while (n > 0 && s[n - 1] == ' ') {
		n--;
	}
	tend_str_addn(out, s, n);
	tend_str_addc(out, '\n');
}

static size_t skip_blanks(const char *s, size_t n, size_t at)
{
	while (at < n && s[at] == ' ') {
		at++;
	}
	return at;
}

/* Appends the first line of the paragraph `s`; returns where the second begins, or n. */
static size_t wrap_line(struct tend_str *out, const char *s, size_t n, int columns)
{
	struct opportunity last = {0, 0};
	size_t at = 0, before = 0, before_length = 0;
	int used = 0, before_columns = 0;
	while (at < n) {
		int more;
		size_t length = tend_grapheme(s + at, n - at, &more);
		bool blank = length == 1 && s[at] == ' ';
		if (blank && at > skip_blanks(s, n, 0)) {
			last = (struct opportunity){at, skip_blanks(s, n, at)};
		} else if (at > 0 && (more == 2 || before_columns == 2)
			&& !is_closing(s + at, length) && !is_opening(s + before, before_length)
			&& s[before] != ' ') {
			last = (struct opportunity){at, at};
		}
		if (used + more > columns) {
			break;
		}
		used += more;
		before = at;
		before_length = length;
		before_columns = more;
		at += length;
	}
	if (at == n) {
		add_line(out, s, n);
		return n;
	}
	if (last.end > 0) {
		add_line(out, s, last.end);
		return last.next;
	}
	if (at == 0) { /* a wide character where not even one fits */
		int more;
		add_line(out, "~", 1);
		return tend_grapheme(s, n, &more);
	}
	add_line(out, s, at);
	return at;
}

void tend_wrap(struct tend_str *out, const char *s, int columns)
{
	if (columns < 1) {
		columns = 1;
	}
	while (*s != '\0') {
		size_t n = strcspn(s, "\n"), at = 0;
		do {
			at += wrap_line(out, s + at, n - at, columns);
		} while (at < n);
		s += n + (s[n] == '\n');
	}
}
