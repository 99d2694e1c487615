/* SPDX-License-Identifier: MIT */
/*
 * Searching: the folded words of every customer and of its records as one text each, which part of a text is
 * which record, what a few words find in them, and in which order. Pure: the store keeps and renews the texts.
 *
 * A text is a row of records, the customer itself first: a head that no text for people can contain, then lines.
 * The first two lines are its names (key and label, empty where it has none), the others whatever else it says.
 * Titles of milestones repeat in each plan: they stand once in a table, and a number in the place of the names.
 */
#ifndef TEND_SEARCH_H
#define TEND_SEARCH_H

#include <tend/kind.h>
#include <tend/str.h>

#define TEND_SEARCH_FORMAT 1 /* of the texts; another one is made anew */
#define TEND_SEARCH_WORDS 8 /* further ones are part of the last */
#define TEND_SEARCH_MAX 200 /* bytes of what is searched for; the rest is not looked at */
#define TEND_SEARCH_TITLES 4096 /* titles that the table holds; further ones stand in the texts */

/* What a record is: these, and from TEND_FOUND_KIND on tend_kinds. */
enum { TEND_FOUND_CUSTOMER, TEND_FOUND_MILESTONE, TEND_FOUND_KIND };
/* "customer", "milestone", or the kind's noun. */
const char *tend_found_noun(unsigned kind);
/* By its noun; false where there is none that is searched. */
bool tend_found_kind(const char *noun, unsigned *ret);
/* Whether records of the kind are searched: all but measured points. */
bool tend_is_searched(const struct tend_kind *k);
/* Whether a search looks in the field: texts but words of a closed list, currencies and durations. */
bool tend_field_is_searched(const struct tend_field *f);
/* Changes with the kinds, their fields and the format: texts made by another are not to be read. */
int64_t tend_search_format(void);

/* --- making a text --- */
struct tend_search_head {
	unsigned kind;
	int64_t id;
	struct tend_date day; /* by which newer goes before older; none */
	bool open; /* still to be looked after */
};
void tend_search_begin(struct tend_str *text, struct tend_search_head head);
void tend_search_name(struct tend_str *text, const char *name); /* NULL: an empty line */
void tend_search_title(struct tend_str *text, uint32_t number); /* in the place of the names */
void tend_search_line(struct tend_str *text, const char *words); /* NULL: nothing */
/* A record of a kind with all its fields. */
void tend_search_record(struct tend_str *text, const struct tend_kind *k, const void *record);

/* --- the texts --- */
struct tend_search_text {
	int64_t customer_id; /* 0: what is shared by all */
	char *text;
	size_t n;
	bool changed; /* differs from what is kept */
};
struct tend_search_title {
	char *raw; /* names as given, a line each */
	char *folded;
};
/* One of zeroes is ready to use. */
struct tend_search {
	struct tend_search_text *items; /* by customer */
	size_t n, cap;
	struct {
		struct tend_search_title *items; /* number is the place */
		size_t n, cap;
		uint32_t *slots; /* numbers + 1 by hash; 0: free */
	} titles;
};
void tend_search_finish(struct tend_search *s);
/* Puts a customer's text in the place of the one it had; empties `text`. An empty one takes it away; one that is the
 * same stays as it is, changed or not. */
void tend_search_put(
	struct tend_search *s, int64_t customer_id, struct tend_str *text, bool changed);
const struct tend_search_text *tend_search_of(const struct tend_search *s, int64_t customer_id);
/* The number of names in the table, which are added where they are not in it; false where it is full. */
bool tend_search_title_of(struct tend_search *s, const char *raw, uint32_t *ret);

/* --- searching --- */
struct tend_search_words {
	char *items[TEND_SEARCH_WORDS]; /* folded */
	size_t lengths[TEND_SEARCH_WORDS];
	size_t n;
};
/* False where there is none. */
bool tend_search_words_init(struct tend_search_words *w, const char *text);
void tend_search_words_finish(struct tend_search_words *w);

struct tend_search_hit {
	int64_t customer_id, id; /* of the customer (0: nobody's) and of the record */
	unsigned kind;
	int score;
	size_t nth; /* place in the texts */
};
struct tend_search_hits {
	struct tend_search_hit *items; /* best first */
	size_t n;
	size_t all; /* without the limit */
};
struct tend_search_how {
	struct tend_date day; /* from which near and far are told */
	int kind; /* of which alone; -1: any */
	size_t limit; /* 0: all */
};
/*
 * A record is a hit where each word is found in it or in its customer, and one at least in itself; a customer also
 * where its records have the words only together. A word is found in the folded text, or in the name or key of
 * customers and the name of contacts as tend_fuzzy says.
 *
 * The score (docs/formulas.md) goes by where a word was found: a name that is it, begins with it, has a word that
 * begins with it, has it anywhere, any other text, records together, fuzzy; on average. Then customers before contacts
 * before others, open before done, near the day before far. What is equal stays in the order of the texts.
 */
void tend_search_run(const struct tend_search *s, const struct tend_search_words *w,
	const struct tend_search_how *how, struct tend_search_hits *ret);
/* The same in steps, of texts that are nowhere all together: those of `s` have the titles alone. */
struct tend_search_run;
struct tend_search_run *tend_search_run_begin(const struct tend_search *s,
	const struct tend_search_words *w, const struct tend_search_how *how);
void tend_search_look(struct tend_search_run *run, int64_t customer_id, const char *text, size_t n);
void tend_search_run_end(struct tend_search_run *run, struct tend_search_hits *ret);
void tend_search_hits_finish(struct tend_search_hits *h);

#define TEND_FUZZY_MAX 64 /* characters of a name that are looked at */
/*
 * How well `word` abbreviates `name` (both folded): its characters come in this order, 8 points each where it begins
 * a word (each ideograph does), 6 where it follows the one before; the best way, in percent of the most. 0 where it
 * does not or under 50.
 */
int tend_fuzzy(const char *name, size_t n, const char *word, size_t nword);
/*
 * Which bytes of `text` (as shown) a word of the search stands for: `marks` has a boolean a byte. Where none is found
 * as it is and `fuzzy`, the characters that abbreviate it. Returns how many bytes.
 */
size_t tend_search_marks(
	const struct tend_search_words *w, const char *text, bool fuzzy, bool *marks);

#endif
