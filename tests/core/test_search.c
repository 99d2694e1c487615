/* SPDX-License-Identifier: MIT */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <support.h>

#include <tend/search.h>
#include <tend/text.h>

#include "search/search.h"

#define DAY(n) ((struct tend_date){n})

/* --- a small book --- */

static void add(struct tend_str *text, unsigned kind, int64_t id, int day, bool open,
	const char *key, const char *label, const char *line)
{
	tend_search_begin(text,
		(struct tend_search_head){kind, id, day != 0 ? DAY(day) : TEND_NO_DATE, open});
	tend_search_name(text, key);
	tend_search_name(text, label);
	tend_search_line(text, line);
}

static unsigned kind_of(const char *noun)
{
	unsigned kind = 0;
	assert_true(tend_found_kind(noun, &kind));
	return kind;
}

static void make(struct tend_search *s)
{
	struct tend_str text = {0};
	uint32_t title = 0;
	*s = (struct tend_search){0};
	add(&text, TEND_FOUND_CUSTOMER, 1, 0, false, "acme", "Acme Widgets", "vip,east");
	add(&text, kind_of("contact"), 7, 0, true, "acme-contact-1", "Ada Lovelace",
		"head of engines");
	add(&text, kind_of("note"), 3, 90, false, "acme-note-1", "Kick-off",
		"They want\nwidgets in blue");
	assert_true(tend_search_title_of(s, "handover\nHand-over\n交接", &title));
	tend_search_begin(
		&text, (struct tend_search_head){TEND_FOUND_MILESTONE, 20, DAY(95), true});
	tend_search_title(&text, title);
	tend_search_begin(
		&text, (struct tend_search_head){TEND_FOUND_MILESTONE, 21, DAY(95), false});
	tend_search_title(&text, title);
	tend_search_put(s, 1, &text, true);
	add(&text, TEND_FOUND_CUSTOMER, 2, 0, false, "huadong", "华东渠道科技有限公司", "li");
	tend_search_begin(
		&text, (struct tend_search_head){TEND_FOUND_MILESTONE, 22, DAY(100), true});
	tend_search_title(&text, title);
	tend_search_put(s, 2, &text, true);
	tend_str_finish(&text);
}

/* "contact/7 customer/1": what is found, best first. */
static void expect(const struct tend_search *s, const char *words, int kind, size_t limit,
	const char *expected, size_t all)
{
	struct tend_search_words w;
	struct tend_search_hits hits;
	struct tend_search_how how = {.day = DAY(100), .kind = kind, .limit = limit};
	struct tend_str found = {0};
	assert_true(tend_search_words_init(&w, words));
	tend_search_run(s, &w, &how, &hits);
	for (size_t i = 0; i < hits.n; i++) {
		tend_str_addf(&found, "%s%s/%lld", i > 0 ? " " : "",
			tend_found_noun(hits.items[i].kind), (long long)hits.items[i].id);
	}
	if (strcmp(tend_str_text(&found), expected) != 0 || hits.all != all) {
		fail_msg("%s: \"%s\" (%zu) instead of \"%s\" (%zu)", words, tend_str_text(&found),
			hits.all, expected, all);
	}
	tend_str_finish(&found);
	tend_search_hits_finish(&hits);
	tend_search_words_finish(&w);
}

static void words_find_records_and_the_best_comes_first(void **state)
{
	(void)state;
	struct tend_search s;
	make(&s);
	static const struct {
		const char *words;
		int kind;
		size_t limit;
		const char *expected;
		size_t all;
	} rows[] = {
		{"acme", -1, 0, "customer/1 contact/7 note/3", 3},
		{"ACME", -1, 0, "customer/1 contact/7 note/3", 3},
		{"ａｃｍｅ", -1, 0, "customer/1 contact/7 note/3", 3},
		{"acme", -1, 2, "customer/1 contact/7", 3},
		{"acme", TEND_FOUND_MILESTONE, 0, "", 0},
		{"widgets", -1, 0, "customer/1 note/3", 2}, {"east", -1, 0, "customer/1", 1},
		{"ngines", -1, 0, "contact/7", 1},
		/* open before done, near before far */
		{"handover", -1, 0, "milestone/22 milestone/20 milestone/21", 3},
		{"交", -1, 0, "milestone/22 milestone/20 milestone/21", 3},
		{"交接", TEND_FOUND_MILESTONE, 1, "milestone/22", 3},
		{"渠道", -1, 0, "customer/2", 1}, {"司", -1, 0, "customer/2", 1},
		{"华科", -1, 0, "customer/2", 1}, {"alove", -1, 0, "contact/7", 1},
		/* all words within the record and its customer */
		{"acme hand", -1, 0, "milestone/20 milestone/21", 2},
		{"hand acme", -1, 0, "milestone/20 milestone/21", 2},
		{"li 交接", -1, 0, "milestone/22", 1},
		{"acme vip", -1, 0, "customer/1 contact/7 note/3", 3}, {"acme 渠道", -1, 0, "", 0},
		/* only together */
		{"engines blue", -1, 0, "customer/1", 1}, {"engines blue green", -1, 0, "", 0},
		{"ada handover", -1, 0, "customer/1", 1}, {"nothing", -1, 0, "", 0},
		{"want widgets", -1, 0, "note/3", 1}, {"1", -1, 0, "contact/7 note/3", 2},
		{"acme-note-1", -1, 0, "note/3", 1},
		{"acon", -1, 0, "", 0}, /* made keys are not abbreviated */
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		expect(&s, rows[i].words, rows[i].kind, rows[i].limit, rows[i].expected,
			rows[i].all);
	}
	tend_search_finish(&s);
}

static void a_name_goes_before_its_beginning_a_word_and_a_part_of_it(void **state)
{
	(void)state;
	static const char *const names[] = {
		"Xblue", "Deep Blue", "Bluebird", "blue", "Be lucky use it", "Other"};
	struct tend_search s = {0};
	struct tend_str text = {0};
	for (int i = 0; i < 6; i++) {
		add(&text, TEND_FOUND_CUSTOMER, i + 1, 0, false, NULL, names[i],
			i == 5 ? "blue" : NULL);
		tend_search_put(&s, i + 1, &text, true);
	}
	expect(&s, "blue", -1, 0,
		"customer/4 customer/3 customer/2 customer/1 customer/6 customer/5", 6);
	tend_str_finish(&text);
	tend_search_finish(&s);
}

static void texts_are_put_replaced_and_taken_away(void **state)
{
	(void)state;
	struct tend_search s;
	struct tend_str text = {0};
	make(&s);
	add(&text, TEND_FOUND_CUSTOMER, 1, 0, false, "acme", "Blue", NULL);
	tend_search_put(&s, 1, &text, true);
	expect(&s, "blue", -1, 0, "customer/1", 1);
	expect(&s, "widgets ada", -1, 0, "", 0);
	tend_search_put(&s, 1, &text, true); /* empty */
	expect(&s, "blue", -1, 0, "", 0);
	assert_null(tend_search_of(&s, 1));
	assert_non_null(tend_search_of(&s, 2));
	tend_str_finish(&text);
	tend_search_finish(&s);
}

/* --- the finder of bytes, and damaged texts --- */

static void bytes_are_found_where_they_are(void **state)
{
	(void)state;
	struct support_random random = {7};
	char hay[120], needle[6];
	for (int round = 0; round < 40000; round++) {
		size_t n = support_random(&random, sizeof(hay));
		size_t m = 1 + support_random(&random, 5);
		for (size_t i = 0; i < n; i++) {
			hay[i] = (char)(round % 2 == 0 ? 'a' + (int)support_random(&random, 3)
						       : 0xE4 + (int)support_random(&random, 2));
		}
		for (size_t i = 0; i < m; i++) {
			needle[i] = (char)(round % 2 == 0 ? 'a' + (int)support_random(&random, 3)
							  : 0xE4 + (int)support_random(&random, 2));
		}
		const char *found = search_find(hay, hay + n, needle, m), *slow = NULL;
		for (size_t i = 0; i + m <= n && slow == NULL; i++) {
			slow = memcmp(hay + i, needle, m) == 0 ? hay + i : NULL;
		}
		assert_ptr_equal(found, slow);
	}
}

static void damaged_texts_are_survived(void **state)
{
	(void)state;
	struct support_random random = {11};
	struct tend_search s;
	make(&s);
	const struct tend_search_text *whole = tend_search_of(&s, 1);
	for (int round = 0; round < 5000; round++) {
		/* Memory of its own, so that reading beyond the end is seen. */
		size_t n = support_random(&random, (unsigned)whole->n + 1);
		char *text = malloc(n + 1);
		memcpy(text, whole->text, n);
		for (int i = 0; i < 8 && n > 0; i++) {
			text[support_random(&random, (unsigned)n)] =
				(char)(support_random(&random, 2) == 0
						? 0xFF
						: support_random(&random, 256));
		}
		text = realloc(text, n > 0 ? n : 1);
		struct tend_search_words w;
		struct tend_search_hits hits;
		struct tend_search_how how = {.day = DAY(100), .kind = -1, .limit = 5};
		assert_true(tend_search_words_init(&w, round % 2 == 0 ? "a" : "hand acme"));
		struct tend_search_run *run = tend_search_run_begin(&s, &w, &how);
		tend_search_look(run, 1, text, n);
		tend_search_run_end(run, &hits);
		tend_search_hits_finish(&hits);
		tend_search_words_finish(&w);
		free(text);
	}
	tend_search_finish(&s);
}

static void what_is_typed_is_cut_into_words(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		size_t n;
		const char *first, *last;
	} rows[] = {
		{"", 0, NULL, NULL},
		{"  \t ", 0, NULL, NULL},
		{" Acme  Kick-Off ", 2, "acme", "kick-off"},
		{"华东\xE3\x80\x80渠道", 2, "华东", "渠道"},
		{"a b c d e f g h i j", 8, "a", "h i j"},
		{"\xFF\xFE", 1, "\xEF\xBF\xBD\xEF\xBF\xBD", "\xEF\xBF\xBD\xEF\xBF\xBD"},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct tend_search_words w;
		assert_int_equal(tend_search_words_init(&w, rows[i].text), rows[i].n > 0);
		assert_int_equal(w.n, rows[i].n);
		if (w.n > 0) {
			assert_string_equal(w.items[0], rows[i].first);
			assert_string_equal(w.items[w.n - 1], rows[i].last);
		}
		tend_search_words_finish(&w);
	}
	char *many = tend_alloc(5001);
	memset(many, 'x', 5000);
	struct tend_search_words w;
	assert_true(tend_search_words_init(&w, many));
	assert_int_equal(w.lengths[0], TEND_SEARCH_MAX);
	tend_search_words_finish(&w);
	free(many);
}

/* --- abbreviations --- */

/* Every way to find the rest of the word, its points; -1 where there is none. ASCII alone. */
static int slow_points(const char *name, size_t at, const char *word, bool follows)
{
	if (*word == '\0') {
		return 0;
	}
	int best = -1;
	for (size_t i = at; name[i] != '\0'; i++) {
		if (name[i] != *word) {
			continue;
		}
		int rest = slow_points(name, i + 1, word + 1, true);
		if (rest < 0) {
			continue;
		}
		int own = (i == 0 || name[i - 1] == ' ') && name[i] != ' ' ? 8 : 0;
		own = follows && i == at && own < 6 ? 6 : own;
		best = own + rest > best ? own + rest : best;
	}
	return best;
}

static void the_best_way_to_abbreviate_is_found(void **state)
{
	(void)state;
	struct support_random random = {3};
	int found = 0;
	for (int round = 0; round < 20000; round++) {
		char name[14] = {0}, word[6] = {0};
		size_t n = 2 + support_random(&random, 11), m = 2 + support_random(&random, 3);
		for (size_t i = 0; i < n; i++) {
			name[i] = "abc "[support_random(&random, 4)];
		}
		for (size_t i = 0; i < m; i++) {
			word[i] = "abc"[support_random(&random, 3)];
		}
		int points = slow_points(name, 0, word, false);
		int expected = points < 0 ? 0 : points * 100 / (8 * (int)m);
		expected = expected >= 50 ? expected : 0;
		int got = tend_fuzzy(name, n, word, m);
		if (got != expected) {
			fail_msg("\"%s\" for \"%s\": %d instead of %d", word, name, got, expected);
		}
		found += got > 0;
		/* What is marked is the word itself, in its order, or all of its places. */
		struct tend_search_words w;
		bool marks[14];
		assert_true(tend_search_words_init(&w, word));
		size_t marked = tend_search_marks(&w, name, true, marks);
		if (strstr(name, word) == NULL) {
			assert_int_equal(marked, got > 0 ? m : 0);
			for (size_t i = 0, k = 0; got > 0 && i < n; i++) {
				if (marks[i]) {
					assert_int_equal(name[i], word[k++]);
				}
			}
		} else {
			assert_true(marked >= m);
		}
		tend_search_words_finish(&w);
	}
	assert_true(found > 1000);
}

static void names_are_abbreviated_in_any_script(void **state)
{
	(void)state;
	static const struct {
		const char *name, *word;
		bool found;
	} rows[] = {
		{"northwind traders", "nt", true},
		{"northwind traders", "ntrad", true},
		{"northwind traders", "tn", false}, /* another order */
		{"gardener", "ren", false}, /* nothing begins a word */
		{"华东渠道科技有限公司", "华科", true},
		{"华东渠道科技有限公司", "科华", false},
		{"acme华东", "a东", true},
		{"a", "ab", false},
		{"ab", "a", false},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		int got = tend_fuzzy(
			rows[i].name, strlen(rows[i].name), rows[i].word, strlen(rows[i].word));
		if ((got > 0) != rows[i].found) {
			fail_msg("%s for %s: %d", rows[i].word, rows[i].name, got);
		}
	}
}

static void the_found_characters_of_a_shown_text_are_marked(void **state)
{
	(void)state;
	static const struct {
		const char *words, *text, *marked; /* '^' where it is, a sign a byte */
	} rows[] = {
		{"acme", "Acme and ACME", "^^^^     ^^^^"}, {"acme", "ＡＣ me", "        "},
		{"ac", "ＡＣ me", "^^^^^^   "}, {"渠", "华东渠道", "      ^^^   "},
		{"fi", "o\xEF\xAC\x81x", " ^^^ "}, /* a ligature is one character */
		{"f", "o\xEF\xAC\x81x", " ^^^ "}, {"b a", "abc", "^^ "},
		{"é", "cafe\xCC\x81!", "   ^^^ "}, /* composed and not */
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		bool marks[64];
		struct tend_search_words w;
		assert_true(tend_search_words_init(&w, rows[i].words));
		(void)tend_search_marks(&w, rows[i].text, false, marks);
		for (size_t k = 0; rows[i].text[k] != '\0'; k++) {
			if (marks[k] != (rows[i].marked[k] == '^')) {
				fail_msg("%s in %s: byte %zu", rows[i].words, rows[i].text, k);
			}
		}
		tend_search_words_finish(&w);
	}
}

static void every_kind_but_points_is_searched(void **state)
{
	(void)state;
	unsigned kind;
	assert_false(tend_found_kind("usage", &kind));
	assert_false(tend_found_kind("nothing", &kind));
	for (size_t i = 0; i < tend_kind_count; i++) {
		if (tend_kinds[i]->type != &tend_point_type) {
			assert_true(tend_found_kind(tend_kinds[i]->noun, &kind));
			assert_string_equal(tend_found_noun(kind), tend_kinds[i]->noun);
		}
	}
	assert_true(TEND_FOUND_KIND + tend_kind_count <= 64); /* six bits */
}

static void a_full_table_of_titles_says_so(void **state)
{
	(void)state;
	struct tend_search s = {0};
	uint32_t number;
	for (int i = 0; i < TEND_SEARCH_TITLES; i++) {
		char *raw = tend_format("key-%d\nTitle %d\n", i, i);
		assert_true(tend_search_title_of(&s, raw, &number));
		assert_int_equal(number, i);
		free(raw);
	}
	assert_false(tend_search_title_of(&s, "one\nmore\n", &number));
	assert_true(tend_search_title_of(&s, "key-7\nTitle 7\n", &number));
	assert_int_equal(number, 7);
	tend_search_finish(&s);
}

int main(void)
{
	(void)setlocale(LC_CTYPE, "C.UTF-8");
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_find_records_and_the_best_comes_first),
		cmocka_unit_test(a_name_goes_before_its_beginning_a_word_and_a_part_of_it),
		cmocka_unit_test(texts_are_put_replaced_and_taken_away),
		cmocka_unit_test(bytes_are_found_where_they_are),
		cmocka_unit_test(damaged_texts_are_survived),
		cmocka_unit_test(what_is_typed_is_cut_into_words),
		cmocka_unit_test(the_best_way_to_abbreviate_is_found),
		cmocka_unit_test(names_are_abbreviated_in_any_script),
		cmocka_unit_test(the_found_characters_of_a_shown_text_are_marked),
		cmocka_unit_test(every_kind_but_points_is_searched),
		cmocka_unit_test(a_full_table_of_titles_says_so),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
