/* SPDX-License-Identifier: MIT */
/* The texts of all customers, the table of titles, and what is searched for. */
#include <stdlib.h>
#include <string.h>

#include <tend/text.h>

#include "search.h"

#define SLOTS (4 * TEND_SEARCH_TITLES)

void tend_search_finish(struct tend_search *s)
{
	for (size_t i = 0; i < s->n; i++) {
		free(s->items[i].text);
	}
	for (size_t i = 0; i < s->titles.n; i++) {
		free(s->titles.items[i].raw);
		free(s->titles.items[i].folded);
	}
	free(s->items);
	free(s->titles.items);
	free(s->titles.slots);
	*s = (struct tend_search){0};
}

/* The place of a customer, or where it belongs; the end is looked at first, as they mostly come in order. */
static size_t place_of(const struct tend_search *s, int64_t id)
{
	size_t low = 0, high = s->n;
	if (s->n > 0 && s->items[s->n - 1].customer_id < id) {
		return s->n;
	}
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (s->items[middle].customer_id < id) {
			low = middle + 1;
		} else {
			high = middle;
		}
	}
	return low;
}

const struct tend_search_text *tend_search_of(const struct tend_search *s, int64_t customer_id)
{
	size_t at = place_of(s, customer_id);
	return at < s->n && s->items[at].customer_id == customer_id ? &s->items[at] : NULL;
}

static void take_out(struct tend_search *s, size_t at)
{
	free(s->items[at].text);
	s->n--;
	memmove(&s->items[at], &s->items[at + 1], (s->n - at) * sizeof(*s->items));
}

void tend_search_put(
	struct tend_search *s, int64_t customer_id, struct tend_str *text, bool changed)
{
	size_t at = place_of(s, customer_id), n = text->len;
	bool there = at < s->n && s->items[at].customer_id == customer_id;
	if (n == 0) {
		if (there) {
			take_out(s, at);
		}
		return;
	}
	if (there && s->items[at].n == n && memcmp(s->items[at].text, text->data, n) == 0) {
		tend_str_clear(text);
		return;
	}
	if (there) {
		free(s->items[at].text);
	} else {
		(void)TEND_PUSH(s);
		memmove(&s->items[at + 1], &s->items[at], (s->n - 1 - at) * sizeof(*s->items));
	}
	s->items[at] = (struct tend_search_text){customer_id, tend_str_steal(text), n, changed};
}

/* Each line folded by itself, so that the lines stay. */
static char *fold_lines(const char *raw)
{
	struct tend_str out = {0};
	for (;;) {
		size_t n = strcspn(raw, "\n");
		char *line = tend_strndup(raw, n);
		tend_search_name(&out, line);
		free(line);
		if (raw[n] == '\0') {
			return tend_str_steal(&out);
		}
		raw += n + 1;
	}
}

static size_t slot_of(const struct tend_search *s, const char *raw)
{
	uint64_t h = UINT64_C(14695981039346656037);
	for (const char *p = raw; *p != '\0'; p++) {
		h = (h ^ (unsigned char)*p) * UINT64_C(1099511628211);
	}
	size_t at = (size_t)(h >> 20) % SLOTS;
	while (s->titles.slots[at] != 0
		&& strcmp(s->titles.items[s->titles.slots[at] - 1].raw, raw) != 0) {
		at = (at + 1) % SLOTS;
	}
	return at;
}

bool tend_search_title_of(struct tend_search *s, const char *raw, uint32_t *ret)
{
	if (s->titles.slots == NULL) {
		s->titles.slots = tend_calloc(SLOTS, sizeof(*s->titles.slots));
	}
	size_t at = slot_of(s, raw);
	if (s->titles.slots[at] == 0) {
		if (s->titles.n >= TEND_SEARCH_TITLES) {
			return false;
		}
		*TEND_PUSH(&s->titles) =
			(struct tend_search_title){tend_strdup(raw), fold_lines(raw)};
		s->titles.slots[at] = (uint32_t)s->titles.n;
	}
	*ret = s->titles.slots[at] - 1;
	return true;
}

/* --- what is searched for --- */

/* At most so many bytes of it, and no half character at the end. */
static char *cut(const char *text)
{
	size_t n = strlen(text);
	if (n > TEND_SEARCH_MAX) {
		n = TEND_SEARCH_MAX;
		while (n > 0 && ((unsigned char)text[n] & 0xC0) == 0x80) {
			n--;
		}
	}
	return tend_strndup(text, n);
}

bool tend_search_words_init(struct tend_search_words *w, const char *text)
{
	*w = (struct tend_search_words){0};
	char *some = cut(text), *folded = tend_fold(some);
	for (char *p = folded; *p != '\0'; p++) {
		*p = (unsigned char)*p < 0x20 ? ' ' : *p;
	}
	size_t end = strlen(folded);
	while (end > 0 && folded[end - 1] == ' ') {
		folded[--end] = '\0';
	}
	for (const char *at = folded + strspn(folded, " "); *at != '\0';) {
		bool last = w->n == TEND_SEARCH_WORDS - 1;
		size_t n = last ? strlen(at) : strcspn(at, " ");
		w->items[w->n] = tend_strndup(at, n);
		w->lengths[w->n++] = n;
		at += n;
		at += strspn(at, " ");
	}
	free(some);
	free(folded);
	return w->n > 0;
}

void tend_search_words_finish(struct tend_search_words *w)
{
	for (size_t i = 0; i < w->n; i++) {
		free(w->items[i]);
	}
	*w = (struct tend_search_words){0};
}
