/* SPDX-License-Identifier: MIT */
/* What words find in the texts, and in which order. */
#include <stdlib.h>
#include <string.h>

#include "search.h"

enum {
	/* Where a word is found; docs/formulas.md has the same numbers. */
	EXACT = 90,
	PREFIX = 80,
	WORD = 70,
	INSIDE = 60,
	TEXT = 50,
	KEY = 45,
	TOGETHER = 40,
	FUZZY = 30, /* of an abbreviation that is as good as any */
	/* Between what is found alike. */
	BY_PLACE = 100,
	BY_KIND = 30,
	BY_OPEN = 15,
	NEAREST = 14,
};

struct tend_search_run {
	const struct tend_search *s;
	const struct tend_search_words *w;
	struct tend_search_how how;
	unsigned contacts; /* the kind */
	unsigned char *titles; /* how a word is found in each title, word by word */
	bool in_titles[TEND_SEARCH_WORDS]; /* in any */
	struct tend_search_hits hits;
	size_t cap, nth;
	int floor; /* under which nothing is among the best */
};

/* --- bytes --- */

enum { BLOCK = 16 };
typedef unsigned char block __attribute__((vector_size(BLOCK)));

static block block_of(const char *at)
{
	block b;
	memcpy(&b, at, sizeof(b));
	return b;
}

static bool any(block b)
{
	uint64_t halves[2];
	memcpy(halves, &b, sizeof(halves));
	return (halves[0] | halves[1]) != 0;
}

/* Two bytes of the needle are looked for at once in sixteen places; those of ideographs that differ most. */
const char *search_find(const char *from, const char *to, const char *needle, size_t n)
{
	if (from >= to || (size_t)(to - from) < n) {
		return NULL;
	}
	if (n == 1) {
		return memchr(from, (unsigned char)*needle, (size_t)(to - from));
	}
	const char *last = to - n; /* the last place */
	size_t one = (unsigned char)*needle < 0x80 ? 0 : n - 2;
	const block first = (block){0} + (unsigned char)needle[one];
	const block second = (block){0} + (unsigned char)needle[n - 1];
	for (; last - from >= BLOCK; from += BLOCK) {
		block same = (block)(block_of(from + one) == first)
			& (block)(block_of(from + n - 1) == second);
		for (int i = 0; any(same) && i < BLOCK; i++) {
			if (same[i] != 0 && memcmp(from + i, needle, n) == 0) {
				return from + i;
			}
		}
	}
	for (; from <= last; from++) {
		if (*from == *needle && memcmp(from, needle, n) == 0) {
			return from;
		}
	}
	return NULL;
}

/* --- how well --- */

/* Of a place in names that stand a line each between `from` and `to`. */
static int place(const char *from, const char *to, const char *at, const char *word, size_t n)
{
	bool begins = at == from || at[-1] == '\n';
	if (begins) {
		return at + n == to || at[n] == '\n' ? EXACT : PREFIX;
	}
	unsigned char before = (unsigned char)at[-1];
	bool apart = before < 0x80 ? search_apart(before) : (unsigned char)*word < 0x80;
	return apart ? WORD : INSIDE;
}

static int in_names(const char *from, const char *to, const char *word, size_t n)
{
	int best = 0;
	const char *at = from;
	while (best < EXACT && (at = search_find(at, to, word, n)) != NULL) {
		int found = place(from, to, at, word, n);
		best = found > best ? found : best;
		at++;
	}
	return best;
}

static const char *line_end(const char *from, const char *to)
{
	const char *line = memchr(from, '\n', (size_t)(to - from));
	return line != NULL ? line + 1 : to;
}

/* Of a record other than a customer the first line is a key, which is mostly made from the customer's. */
static int in_key_and_names(const char *from, const char *to, const char *word, size_t n)
{
	const char *names = line_end(from, to);
	int key = in_names(from, names, word, n), name = in_names(names, to, word, n);
	key = key > 0 && key < EXACT ? KEY : key;
	return name > key ? name : key;
}

static const char *names_end(const struct search_record *r)
{
	return line_end(line_end(r->lines, r->end), r->end);
}

/* Of a contact the name alone. */
static int fuzzy_names(const struct search_record *r, const char *word, size_t n)
{
	int best = 0;
	const char *at = r->lines;
	for (int i = 0; i < 2 && at < r->end; i++) {
		const char *next = line_end(at, r->end);
		size_t length = (size_t)(next - at) - (next[-1] == '\n');
		int found = i == 0 && r->head.kind != TEND_FOUND_CUSTOMER
			? 0
			: tend_fuzzy(at, length, word, n) * FUZZY / 100;
		best = found > best ? found : best;
		at = next;
	}
	return best;
}

/* How word `i` is found in a record, where its next place in the text is known. */
static int found_in(const struct tend_search_run *run, const struct search_record *r, size_t i,
	const char *next)
{
	const char *word = run->w->items[i];
	size_t n = run->w->lengths[i];
	uint32_t title;
	int best = 0;
	if (run->in_titles[i] && search_title(r, &title) && title < run->s->titles.n) {
		best = run->titles[i * run->s->titles.n + title];
	}
	if (next < r->end) {
		const char *names = names_end(r);
		int here = next >= names ? 0
			: r->head.kind == TEND_FOUND_CUSTOMER
			? in_names(r->lines, names, word, n)
			: in_key_and_names(r->lines, names, word, n);
		bool text = here < TEXT && search_find(names, r->end, word, n) != NULL;
		here = text ? TEXT : here;
		best = here > best ? here : best;
	}
	bool named = r->head.kind == TEND_FOUND_CUSTOMER || r->head.kind == run->contacts;
	return best == 0 && named ? fuzzy_names(r, word, n) : best;
}

/* 14 on the day, one less with each doubling of the days that lie between. */
static int nearness(const struct tend_search_run *run, struct tend_date day)
{
	if (!tend_has_date(day) || !tend_has_date(run->how.day)) {
		return 0;
	}
	int64_t days = (int64_t)day.day - run->how.day.day;
	days = days < 0 ? -days : days;
	int points = NEAREST;
	for (; days > 0 && points > 0; days /= 2) {
		points--;
	}
	return points;
}

/* --- the best --- */

static int by_score(const void *a, const void *b)
{
	const struct tend_search_hit *x = a, *y = b;
	if (x->score != y->score) {
		return x->score < y->score ? 1 : -1;
	}
	return (x->nth > y->nth) - (x->nth < y->nth);
}

static void keep_best(struct tend_search_run *run)
{
	struct tend_search_hits *h = &run->hits;
	if (h->n == 0) {
		return;
	}
	qsort(h->items, h->n, sizeof(*h->items), by_score);
	if (run->how.limit > 0 && h->n >= run->how.limit) {
		h->n = run->how.limit;
		run->floor = h->items[h->n - 1].score;
	}
}

static void add_hit(
	struct tend_search_run *run, int64_t customer, const struct tend_search_head *r, int score)
{
	struct tend_search_hits *h = &run->hits;
	h->all++;
	if (score <= run->floor) {
		return;
	}
	struct {
		struct tend_search_hit *items;
		size_t n, cap;
	} grown = {h->items, h->n, run->cap};
	*TEND_PUSH(&grown) = (struct tend_search_hit){customer, r->id, r->kind, score, run->nth++};
	h->items = grown.items;
	h->n = grown.n;
	run->cap = grown.cap;
	if (run->how.limit > 0 && h->n >= 2 * run->how.limit + 64) {
		keep_best(run);
	}
}

static bool wanted(const struct tend_search_run *run, unsigned kind)
{
	return run->how.kind < 0 || (unsigned)run->how.kind == kind;
}

static void rate(
	struct tend_search_run *run, int64_t customer, const struct tend_search_head *r, int points)
{
	if (!wanted(run, r->kind)) {
		return;
	}
	int kind = r->kind == TEND_FOUND_CUSTOMER ? 2 : r->kind == run->contacts;
	add_hit(run, customer, r,
		points * BY_PLACE / (int)run->w->n + kind * BY_KIND + (r->open ? BY_OPEN : 0)
			+ nearness(run, r->day));
}

/* --- a customer's text --- */

struct look {
	const char *end;
	const char *next[TEND_SEARCH_WORDS]; /* the next place of each word, or end */
	int head[TEND_SEARCH_WORDS]; /* how the customer itself has it */
	bool seen[TEND_SEARCH_WORDS]; /* in any record */
	struct tend_search_head customer;
	bool has_customer, hit;
};

static void seek(const struct tend_search_run *run, struct look *l, size_t i, const char *from)
{
	const char *at = search_find(from, l->end, run->w->items[i], run->w->lengths[i]);
	l->next[i] = at != NULL ? at : l->end;
}

static void look_in_record(struct tend_search_run *run, int64_t customer, struct look *l,
	const struct search_record *r)
{
	int points = 0;
	bool own = false, all = true;
	for (size_t i = 0; i < run->w->n; i++) {
		int found = found_in(run, r, i, l->next[i]);
		own = own || found > 0;
		l->seen[i] = l->seen[i] || found > 0;
		if (r->head.kind == TEND_FOUND_CUSTOMER) {
			l->head[i] = found;
		}
		found = found > 0 ? found : l->head[i];
		all = all && found > 0;
		points += found;
		if (l->next[i] < r->end) {
			seek(run, l, i, r->end);
		}
	}
	if (r->head.kind == TEND_FOUND_CUSTOMER) {
		l->customer = r->head;
		l->has_customer = true;
	}
	if (own && all) {
		l->hit = true;
		rate(run, customer, &r->head, points);
	}
}

/* A milestone that has nothing but its title, from `at` to `next`. */
static void rate_title(struct tend_search_run *run, int64_t customer, struct look *l,
	const char *at, const char *next, uint32_t title)
{
	size_t n = run->s->titles.n;
	int points = 0;
	bool own = false, all = true;
	for (size_t i = 0; i < run->w->n; i++) {
		int found = title < n ? run->titles[i * n + title] : 0;
		own = own || found > 0;
		l->seen[i] = l->seen[i] || found > 0;
		found = found > 0 ? found : l->head[i];
		all = all && found > 0;
		points += found;
	}
	if (!own || !all) {
		return;
	}
	l->hit = true;
	int most = points * BY_PLACE / (int)run->w->n + BY_OPEN + NEAREST;
	struct search_record r;
	if (most <= run->floor && wanted(run, TEND_FOUND_MILESTONE)) {
		run->hits.all++;
	} else if (search_read(at, next, &r)) {
		rate(run, customer, &r.head, points);
	}
}

/*
 * Milestones with nothing but a title come by the hundred thousand, and most only count: they are passed by in one
 * go, up to the first record that is something else or has a word of its own.
 */
static const char *look_in_plan(
	struct tend_search_run *run, int64_t customer, struct look *l, const char *at)
{
	const int before_id = 3 + DAY_BYTES, after_id = 1 + 1 + TITLE_BYTES + 2;
	const char *soonest = l->end;
	for (size_t i = 0; i < run->w->n; i++) {
		soonest = l->next[i] < soonest ? l->next[i] : soonest;
	}
	while (l->end - at >= before_id + after_id
		&& (unsigned char)at[1] == (HEAD_BYTE | TEND_FOUND_MILESTONE)) {
		const char *line = at + before_id;
		while (l->end - line > after_id && *line != '\n') {
			line++;
		}
		const char *next = line + after_id;
		if (next > soonest || line[0] != '\n' || line[1] != TITLE_MARK || next[-2] != '\n'
			|| next[-1] != '\n' || (next < l->end && *next != RECORD_MARK)) {
			break;
		}
		struct search_record r = {.lines = line + 1, .end = next};
		uint32_t title;
		if (search_title(&r, &title)) {
			rate_title(run, customer, l, at, next, title);
		}
		at = next;
	}
	return at;
}

/* Whether a record that is neither customer nor contact can still be a hit, or help the customer to be one. */
static bool may_come(const struct tend_search_run *run, const struct look *l)
{
	bool any_left = false;
	for (size_t i = 0; i < run->w->n; i++) {
		bool left = l->next[i] < l->end || run->in_titles[i];
		if (!left && !l->seen[i]) {
			return false;
		}
		any_left = any_left || left;
	}
	return any_left;
}

void tend_search_look(struct tend_search_run *run, int64_t customer_id, const char *text, size_t n)
{
	struct look l = {.end = text + n};
	bool names = true; /* customer and contacts come first */
	for (size_t i = 0; i < run->w->n; i++) {
		seek(run, &l, i, text);
	}
	const char *at = search_next(text, l.end);
	while (at < l.end) {
		if (!names && !may_come(run, &l)) {
			break;
		}
		const char *rest = names ? at : look_in_plan(run, customer_id, &l, at);
		if (rest != at) {
			at = rest;
			continue;
		}
		const char *next = search_next(at + 1, l.end);
		struct search_record r;
		if (search_read(at, next, &r)) {
			names = names
				&& (r.head.kind == TEND_FOUND_CUSTOMER
					|| r.head.kind == run->contacts);
			if (!names && !may_come(run, &l)) {
				break;
			}
			look_in_record(run, customer_id, &l, &r);
		}
		at = next;
	}
	bool together = l.has_customer && !l.hit;
	for (size_t i = 0; i < run->w->n; i++) {
		together = together && l.seen[i];
	}
	if (together) {
		rate(run, customer_id, &l.customer, TOGETHER * (int)run->w->n);
	}
}

static void look_in_titles(struct tend_search_run *run)
{
	size_t n = run->s->titles.n;
	run->titles = tend_calloc(n * run->w->n + 1, 1);
	for (size_t i = 0; i < run->w->n; i++) {
		for (size_t k = 0; k < n; k++) {
			const char *names = run->s->titles.items[k].folded;
			int found = in_names(
				names, names + strlen(names), run->w->items[i], run->w->lengths[i]);
			run->titles[i * n + k] = (unsigned char)found;
			run->in_titles[i] = run->in_titles[i] || found > 0;
		}
	}
}

struct tend_search_run *tend_search_run_begin(const struct tend_search *s,
	const struct tend_search_words *w, const struct tend_search_how *how)
{
	struct tend_search_run *run = tend_alloc(sizeof(*run));
	run->s = s;
	run->w = w;
	run->how = *how;
	run->floor = -1;
	(void)tend_found_kind("contact", &run->contacts);
	look_in_titles(run);
	return run;
}

void tend_search_run_end(struct tend_search_run *run, struct tend_search_hits *ret)
{
	keep_best(run);
	*ret = run->hits;
	free(run->titles);
	free(run);
}

void tend_search_run(const struct tend_search *s, const struct tend_search_words *w,
	const struct tend_search_how *how, struct tend_search_hits *ret)
{
	struct tend_search_run *run = tend_search_run_begin(s, w, how);
	for (size_t i = 0; i < s->n; i++) {
		tend_search_look(run, s->items[i].customer_id, s->items[i].text, s->items[i].n);
	}
	tend_search_run_end(run, ret);
}

void tend_search_hits_finish(struct tend_search_hits *h)
{
	free(h->items);
	*h = (struct tend_search_hits){0};
}
