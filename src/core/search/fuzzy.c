/* SPDX-License-Identifier: MIT */
/* Names by what abbreviates them, and which characters of a shown text a search stands for. */
#include <stdlib.h>
#include <string.h>

#include <tend/text.h>

#include "search.h"

enum {
	BEGINS = 8, /* points of a character that begins a word */
	FOLLOWS = 6, /* that follows the one before */
	LEAST = 50, /* percent */
	NOWHERE = -1,
};

bool search_apart(uint32_t c)
{
	bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
	return c < 0x80 ? !letter : (c >= 0x2000 && c < 0x2070) || (c >= 0x3000 && c <= 0x303F);
}

static bool ideograph(uint32_t c)
{
	return c >= 0x2E80 && !search_apart(c);
}

static bool begins(const uint32_t *text, size_t at)
{
	if (search_apart(text[at])) {
		return false;
	}
	return at == 0 || ideograph(text[at]) || search_apart(text[at - 1])
		|| (text[at] < 0x80) != (text[at - 1] < 0x80);
}

static size_t characters(const char *s, size_t n, uint32_t *ret, size_t max)
{
	size_t count = 0;
	for (size_t at = 0; at < n && count < max; count++) {
		int length = tend_utf8_decode(s + at, n - at, &ret[count]);
		if (length <= 0) {
			ret[count] = 0xFFFD;
			length = 1;
		}
		at += (size_t)length;
	}
	return count;
}

/*
 * best[i][j]: the most points of the first i + 1 characters of the word where the last of them stands at j of the text;
 * NOWHERE where it cannot. Returns the place of the best end, or n.
 */
static size_t fill(
	const uint32_t *text, size_t n, const uint32_t *word, size_t m, int best[][TEND_FUZZY_MAX])
{
	for (size_t i = 0; i < m; i++) {
		int before = i == 0 ? 0 : NOWHERE; /* the best of i - 1 at any place before j */
		for (size_t j = 0; j < n; j++) {
			int last = i > 0 && j > 0 ? best[i - 1][j - 1] : NOWHERE;
			before = last > before ? last : before;
			best[i][j] = NOWHERE;
			if (text[j] != word[i] || before == NOWHERE) {
				continue;
			}
			int alone = before + (begins(text, j) ? BEGINS : 0);
			bool follows = last != NOWHERE && last + FOLLOWS > alone;
			best[i][j] = follows ? last + FOLLOWS : alone;
		}
	}
	size_t end = n;
	for (size_t j = 0; j < n; j++) {
		if (best[m - 1][j] != NOWHERE && (end == n || best[m - 1][j] > best[m - 1][end])) {
			end = j;
		}
	}
	return end;
}

/* Whether the bytes come in this order at all: most names are told by that. */
static bool in_order(const char *name, size_t n, const char *word, size_t nword)
{
	const char *end = name + n;
	for (size_t i = 0; i < nword; i++) {
		name = memchr(name, (unsigned char)word[i], (size_t)(end - name));
		if (name == NULL) {
			return false;
		}
		name++;
	}
	return true;
}

static int percent(int points, size_t m)
{
	int part = points * 100 / (BEGINS * (int)m);
	return part >= LEAST ? part : 0;
}

int tend_fuzzy(const char *name, size_t n, const char *word, size_t nword)
{
	if (nword < 2 || nword > n || !in_order(name, n, word, nword)) {
		return 0;
	}
	uint32_t text[TEND_FUZZY_MAX], wanted[TEND_FUZZY_MAX];
	size_t length = characters(name, n, text, TEND_FUZZY_MAX);
	size_t m = characters(word, nword, wanted, TEND_FUZZY_MAX);
	if (m < 2 || m > length || m == TEND_FUZZY_MAX) {
		return 0;
	}
	int best[TEND_FUZZY_MAX][TEND_FUZZY_MAX];
	size_t end = fill(text, length, wanted, m, best);
	return end < length ? percent(best[m - 1][end], m) : 0;
}

/* --- what is emphasised --- */

/* A text folded cluster by cluster, with where each byte comes from. */
struct shown {
	struct tend_str folded;
	struct {
		size_t *items;
		size_t n, cap;
	} from; /* offset in the text, for each folded byte, and the end */
};

static void shown_init(struct shown *s, const char *text)
{
	size_t n = strlen(text);
	*s = (struct shown){0};
	for (size_t at = 0; at < n;) {
		int columns;
		size_t length = tend_grapheme(text + at, n - at, &columns);
		char *cluster = tend_strndup(text + at, length), *folded = tend_fold(cluster);
		tend_str_add(&s->folded, folded);
		for (const char *p = folded; *p != '\0'; p++) {
			*TEND_PUSH(&s->from) = at;
		}
		free(cluster);
		free(folded);
		at += length;
	}
	*TEND_PUSH(&s->from) = n;
}

static void shown_finish(struct shown *s)
{
	tend_str_finish(&s->folded);
	free(s->from.items);
}

/* Bytes `from` to `to` of the folded text, all that they come from. */
static void mark(const struct shown *s, size_t from, size_t to, bool *marks)
{
	size_t first = s->from.items[from], last = s->from.items[to - 1], next = to;
	while (next < s->from.n - 1 && s->from.items[next] == last) {
		next++;
	}
	for (size_t i = first; i < s->from.items[next]; i++) {
		marks[i] = true;
	}
}

static bool mark_word(const struct shown *s, const char *word, size_t n, bool *marks)
{
	const char *text = tend_str_text(&s->folded);
	bool found = false;
	for (const char *at = text; (at = strstr(at, word)) != NULL; at += n) {
		mark(s, (size_t)(at - text), (size_t)(at - text) + n, marks);
		found = true;
	}
	return found;
}

/* Backwards along the best way. */
static void mark_way(const struct shown *s, const uint32_t *text, size_t end, size_t m,
	int best[][TEND_FUZZY_MAX], bool *marks)
{
	size_t offsets[TEND_FUZZY_MAX + 1] = {0}, count = 0;
	for (size_t at = 0; count < TEND_FUZZY_MAX && at < s->folded.len; count++) {
		uint32_t c;
		int length = tend_utf8_decode(s->folded.data + at, s->folded.len - at, &c);
		at += length > 0 ? (size_t)length : 1;
		offsets[count + 1] = at;
	}
	size_t j = end;
	for (size_t i = m; i-- > 0;) {
		mark(s, offsets[j], offsets[j + 1], marks);
		if (i == 0) {
			return;
		}
		int points = best[i][j], own = begins(text, j) ? BEGINS : 0;
		bool follows = best[i - 1][j - 1] != NOWHERE
			&& best[i - 1][j - 1] + (FOLLOWS > own ? FOLLOWS : own) == points;
		size_t k = j - 1;
		while (!follows && k > 0 && best[i - 1][k] != points - own) {
			k--;
		}
		j = k;
	}
}

static void mark_fuzzy(const struct shown *s, const char *word, size_t nword, bool *marks)
{
	const char *name = tend_str_text(&s->folded);
	if (tend_fuzzy(name, s->folded.len, word, nword) == 0) {
		return;
	}
	uint32_t text[TEND_FUZZY_MAX], wanted[TEND_FUZZY_MAX];
	int best[TEND_FUZZY_MAX][TEND_FUZZY_MAX];
	size_t n = characters(name, s->folded.len, text, TEND_FUZZY_MAX);
	size_t m = characters(word, nword, wanted, TEND_FUZZY_MAX);
	mark_way(s, text, fill(text, n, wanted, m, best), m, best, marks);
}

size_t tend_search_marks(
	const struct tend_search_words *w, const char *text, bool fuzzy, bool *marks)
{
	size_t n = strlen(text), count = 0;
	struct shown s;
	shown_init(&s, text);
	memset(marks, 0, n * sizeof(*marks));
	for (size_t i = 0; i < w->n && s.folded.len > 0; i++) {
		if (!mark_word(&s, w->items[i], w->lengths[i], marks) && fuzzy) {
			mark_fuzzy(&s, w->items[i], w->lengths[i], marks);
		}
	}
	for (size_t i = 0; i < n; i++) {
		count += marks[i];
	}
	shown_finish(&s);
	return count;
}
