/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "doc.h"
#include "reading.h"

#define GOOD "signals: s\nmetrics: []\n"

static void what_is_not_plain_yaml_is_refused_at_its_place(void **state)
{
	(void)state;
	static const struct reading_row rows[] = {
		{"right", GOOD, ""},
		{"empty", "", "1:1: error: the file is empty\n"},
		{"a comment alone", "# nothing\n", "1:1: error: the file is empty\n"},
		{"a list", "- a\n",
			"1:1: error: the file must be a mapping that begins with its kind, as in "
			"\"journey: KEY\"\n"},
		{"a text", "hello\n",
			"1:1: error: the file must be a mapping that begins with its kind, as in "
			"\"journey: KEY\"\n"},
		{"an empty mapping", "{}\n",
			"1:1: error: the file must be a mapping that begins with its kind, as in "
			"\"journey: KEY\"\n"},
		{"no kind", "# c\nversion: 1\n",
			"2:1: error: the first key must say what the file is: journey, playbook, "
			"health, "
			"alerts, signals, calendar, message, map, theme, keys or config\n"},
		{"a kind with a slip", "journy: x\n",
			"1:1: error: the first key says what the file is: unknown \"journy\"; did "
			"you "
			"mean \"journey\"?\n"},
		{"the kind is not the first key", "metrics: []\nsignals: s\n",
			"1:1: error: the first key must say what the file is: journey, playbook, "
			"health, "
			"alerts, signals, calendar, message, map, theme, keys or config\n"},
		{"a kind without a name", "signals:\nmetrics: []\n",
			"1:9: error: \"signals\": expected a key, found nothing\n"},
		{"an alias and its anchor", "signals: &a s\nmetrics: []\ntitle: *a\n",
			"1:10: error: anchors (&name) are not allowed: write the text out\n"
			"3:8: error: aliases (*name) are not allowed: write the text out\n"},
		{"an alias as a key", GOOD "*a : x\n",
			"3:1: error: aliases (*name) are not allowed: write the text out\n"},
		{"tags", "signals: !!str s\nmetrics: !list []\ntitle: !!map {en: x}\n",
			"1:10: error: tags (!name) are not allowed\n"
			"2:10: error: tags (!name) are not allowed\n"
			"3:8: error: tags (!name) are not allowed\n"},
		{"a tag directive", "%TAG ! tag:x,2000:\n---\nsignals: s\nmetrics: []\n",
			"1:1: error: tags (!name) are not allowed\n"},
		{"a version directive", "%YAML 1.1\n---\nsignals: s\nmetrics: []\n", ""},
		{"two documents", GOOD "---\n" GOOD,
			"3:1: error: a second document: one file is one document\n"},
		{"a document that begins and ends", "---\n" GOOD "...\n", ""},
		{"a syntax error", "signals: s\nmetrics: [a\n",
			"3:1: error: not readable as YAML: did not find expected ',' or ']'; a "
			"text "
			"with : or , in it is put in quotes\n"},
		{"a colon in a text", "signals: s\ntitle: Note: this\nmetrics: []\n",
			"2:12: error: not readable as YAML: mapping values are not allowed in this "
			"context; a text with : or , in it is put in quotes\n"},
		{"a colon in a text in braces", "signals: s\ntitle: {en: Note: this, zh: x}\n",
			"2:17: error: not readable as YAML: did not find expected ',' or '}'; a "
			"text with : or , in it is put in quotes\n"},
		{"commas in texts in braces",
			"signals: s\nmetrics: [{key: a, title: Hello, world}]\n"
			"title: {en: Hello, scope, zh: x}\n",
			"2:34: error: \"world\" stands alone after a comma: a text with , in it is "
			"put "
			"in quotes\n"
			"3:20: error: \"scope\" stands alone after a comma: a text with , in it is "
			"put "
			"in quotes\n"},
		{"a full-width colon",
			"signals: s\ntitle\xEF\xBC\x9A"
			"x\nmetrics: []\n",
			"3:1: error: not readable as YAML: could not find expected ':'; the "
			"full-width \"\xEF\xBC\x9A\" is no colon here: write \": \"\n"},
		{"full-width colons in braces",
			"signals: s\ntitle: {en\xEF\xBC\x9A"
			"x}\nmetrics: [{key\xEF\xBC\x9A"
			"a}]\n",
			"2:9: error: \"en\xEF\xBC\x9A"
			"x\": the full-width \"\xEF\xBC\x9A\" is no colon "
			"here: write \": \"\n"
			"3:11: error: the key \"key\" is missing\n"
			"3:12: error: \"key\xEF\xBC\x9A"
			"a\": the full-width \"\xEF\xBC\x9A\" is no colon "
			"here: write \": \"\n"},
		{"a full-width colon in a list",
			"signals: s\nmetrics:\n  - key\xEF\xBC\x9A"
			"a\n",
			"3:5: error: \"key\xEF\xBC\x9A"
			"a\": the full-width \"\xEF\xBC\x9A\" is no colon "
			"here: write \": \"\n"},
		{"a full-width colon at once", "signals\xEF\xBC\x9As\n",
			"1:1: error: \"signals\xEF\xBC\x9As\": the full-width \"\xEF\xBC\x9A\" is "
			"no "
			"colon here: write \": \"\n"},
		{"a full-width comma", "signals: s\nmetrics: [{key: a\xEF\xBC\x8C kind: gauge}]\n",
			"2:24: error: not readable as YAML: did not find expected ',' or '}'; the "
			"full-width \"\xEF\xBC\x8C\" is no comma here: write \", \"\n"},
		{"full-width signs in texts",
			"signals: s\nmetrics: []\ntitle: {en: a, zh: "
			"\xE4\xB8\xAD\xEF\xBC\x9A\xE4\xB8\xAD\xEF\xBC\x8C\xE4\xB8\xAD}\n",
			""},
		{"a tab as indentation", "signals: s\nmetrics:\n\t- a\n",
			"3:1: error: not readable as YAML: found character that cannot start any "
			"token\n"},
		{"an unclosed quote", "signals: \"s\n",
			"2:1: error: not readable as YAML: found unexpected end of stream\n"},
		{"an escape character", "signals: s\ntitle: \xE4\xB8\xAD\x1Bx\nmetrics: []\n",
			"2:9: error: a control character\n"},
		{"DEL and C1", "signals: \x7Fs\ntitle: \xC2\x9B\n",
			"1:10: error: a control character\n2:8: error: a control character\n"},
		{"invalid UTF-8 after CJK", "signals: s\ntitle: \xE4\xB8\xAD\xE6\x96\x87\xFFx\n",
			"2:10: error: not UTF-8: save the file in UTF-8\n"},
		{"a surrogate", "signals: \xED\xA0\x80\n",
			"1:10: error: not UTF-8: save the file in UTF-8\n"
			"1:11: error: not UTF-8: save the file in UTF-8\n"
			"1:12: error: not UTF-8: save the file in UTF-8\n"},
		{"a NUL by its escape", "signals: s\ntitle: \"a\\0b\"\nmetrics: []\n",
			"2:8: error: a NUL character inside a text\n"},
		{"CRLF", "signals: s\r\nmetrics: []\r\nwhat: x\r\n",
			"3:1: error: unknown key \"what\"\n"},
		{"a byte order mark", "\xEF\xBB\xBFsignals: s\nmetrics: []\nwhat: x\n",
			"3:1: error: unknown key \"what\"\n"},
		{"columns are characters",
			"signals: s\nmetrics: []\ntitle: {en: x, zh: \xE4\xB8\xAD, "
			"\xE6\x96\x87: x}\n",
			"3:23: warning: the language \"\xE6\x96\x87\" is never shown: en and zh "
			"are\n"},
		{"controls in messages are shown", "signals: \"a\\e[31m\"\nmetrics: []\n",
			"1:10: error: \"a\xE2\x90\x9B[31m\" is not a key: letters, digits, - _ and "
			". "
			"without blanks, at most 64 bytes\n"},
	};
	reading_assert_rows(rows, sizeof(rows) / sizeof(rows[0]), NULL);
}

static void bytes_beyond_text_are_refused(void **state)
{
	(void)state;
	static const struct {
		const char *name;
		const char *text;
		size_t n;
		const char *findings;
	} rows[] = {
		{"NUL", "signals: s\nti\0le: x\n", 19, "2:3: error: a NUL character\n"},
		{"UTF-16 LE with a mark", "\xFF\xFEj\0o\0", 6,
			"1:1: error: the file is UTF-16: save it in UTF-8\n"},
		{"UTF-16 BE with a mark", "\xFE\xFF\0j\0o", 6,
			"1:1: error: the file is UTF-16: save it in UTF-8\n"},
		{"UTF-16 LE without", "j\0o\0u\0", 6,
			"1:1: error: the file is UTF-16: save it in UTF-8\n"},
		{"UTF-16 BE without", "\0j\0o\0u", 6,
			"1:1: error: the file is UTF-16: save it in UTF-8\n"},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char *found = reading_check(rows[i].text, rows[i].n, NULL);
		if (strcmp(found, rows[i].findings) != 0) {
			fail_msg("%s: %s", rows[i].name, found);
		}
		free(found);
	}
}

/* "signals: s\ntitle: …" with `count` times `unit` and an end. */
static char *repeated(const char *head, const char *unit, size_t count, const char *tail)
{
	struct tend_str s = {0};
	tend_str_add(&s, head);
	for (size_t i = 0; i < count; i++) {
		tend_str_add(&s, unit);
	}
	tend_str_add(&s, tail);
	return tend_str_steal(&s);
}

static void limits_hold_exactly(void **state)
{
	(void)state;
	static const struct {
		const char *name, *head, *unit, *tail;
		size_t good, bad;
		const char *findings;
	} rows[] = {
		{"bytes", GOOD "#", "x", "\n", 65536 - 25, 65536 - 24,
			"3:65514: error: the file is too large: over 64 KiB\n"},
		/* the root is a level too */
		{"depth", GOOD "what: ", "[", "", 0, 16,
			"3:22: error: nested too deeply (over 16 levels)\n"},
		/* stream and document: 4; root: 2; signals, metrics: 5; key and list: 3 */
		{"events", GOOD "what: [", "a,", "]\n", 20000 - 14, 20000,
			"3:39988: error: too many entries in one file (over 20000)\n"},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char *bad = repeated(rows[i].head, rows[i].unit, rows[i].bad, rows[i].tail);
		char *found = reading_check(bad, strlen(bad), NULL);
		if (strcmp(found, rows[i].findings) != 0) {
			fail_msg("%s: %s", rows[i].name, found);
		}
		free(found);
		free(bad);
		char *good = repeated(rows[i].head, rows[i].unit, rows[i].good, rows[i].tail);
		found = reading_check(good, strlen(good), NULL);
		if (strstr(found, "too") != NULL || strstr(found, "nested") != NULL) {
			fail_msg("%s: %s", rows[i].name, found);
		}
		free(found);
		free(good);
	}
}

static void sixteen_levels_are_read(void **state)
{
	(void)state;
	const char *text = GOOD "what: [[[[[[[[[[[[[[[x]]]]]]]]]]]]]]]\n";
	char *found = reading_check(text, strlen(text), NULL);
	assert_string_equal(found, "3:1: error: unknown key \"what\"\n");
	free(found);
}

static void a_flood_of_problems_is_given_up(void **state)
{
	(void)state;
	char *text = repeated(GOOD "what: [", "*a ,", 600, "]\n");
	char *found = reading_check(text, strlen(text), NULL);
	assert_non_null(strstr(found, "too many problems"));
	free(found);
	free(text);
}

static void the_kind_is_known_by_the_first_key(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		enum tend_file_kind kind;
		const char *key;
	} rows[] = {
		{"journey: tob-annual\nversion: [broken\n", TEND_KIND_JOURNEY, "tob-annual"},
		{"# c\n---\nplaybook: x", TEND_KIND_PLAYBOOK, "x"},
		{"{health: h}", TEND_KIND_HEALTH, "h"},
		{"alerts: a", TEND_KIND_ALERTS, "a"},
		{"signals: s", TEND_KIND_SIGNALS, "s"},
		{"\xEF\xBB\xBF"
		 "calendar: cn",
			TEND_KIND_CALENDAR, "cn"},
		{"message: m", TEND_KIND_MESSAGE, "m"},
		{"map: m", TEND_KIND_MAP, "m"},
		{"theme: t", TEND_KIND_THEME, "t"},
		{"\"keys\": k", TEND_KIND_KEYS, "k"},
		{"config:\n", TEND_KIND_CONFIG, NULL},
		{"version: 1\njourney: x\n", TEND_KIND_NONE, "1"},
		{"journey: {a: b}\n", TEND_KIND_JOURNEY, NULL},
		{"- journey\n", TEND_KIND_NONE, NULL},
		{"", TEND_KIND_NONE, NULL},
		{"\xFF\xFEj", TEND_KIND_NONE, NULL},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char *key = tend_yaml_key(rows[i].text, strlen(rows[i].text));
		assert_int_equal(tend_yaml_kind(rows[i].text, strlen(rows[i].text)), rows[i].kind);
		if (!tend_same(key, rows[i].key)) {
			fail_msg("%s: %s", rows[i].text, key);
		}
		free(key);
	}
	assert_string_equal(tend_kind_name(TEND_KIND_CONFIG), "config");
	assert_string_equal(tend_kind_name((enum tend_file_kind)99), "");
}

static void a_reader_refuses_the_file_of_another(void **state)
{
	(void)state;
	struct tend_findings findings;
	struct tend_theme *theme;
	tend_findings_init(&findings, "t.yaml");
	assert_int_equal(tend_yaml_theme(GOOD, strlen(GOOD), &findings, &theme), TEND_BAD_INPUT);
	assert_null(theme);
	assert_string_equal(findings.items[0].text,
		"this is a file of the kind \"signals\", expected \"theme\"");
	tend_findings_finish(&findings);
}

static void texts_know_where_they_begin(void **state)
{
	(void)state;
	static const char text[] =
		"a: plain\nb: 'single'\nc: |\n    block\n    more\nd: >-\n\n  fold\n"
		"e: \xE4\xB8\xAD\nf: {g: \"h\"}\n";
	static const struct {
		size_t pair;
		int line, column;
	} rows[] = {{0, 1, 4}, {1, 2, 5}, {2, 4, 5}, {3, 8, 3}, {4, 9, 4}};
	struct tend_arena arena = {0};
	struct tend_findings findings;
	tend_findings_init(&findings, "t.yaml");
	const struct node *root = doc_parse(text, sizeof(text) - 1, &arena, &findings);
	assert_non_null(root);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct node *value = root->items[rows[i].pair * 2 + 1];
		assert_int_equal(value->text_line, rows[i].line);
		assert_int_equal(value->text_column, rows[i].column);
	}
	tend_findings_finish(&findings);
	tend_arena_finish(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_not_plain_yaml_is_refused_at_its_place),
		cmocka_unit_test(bytes_beyond_text_are_refused),
		cmocka_unit_test(limits_hold_exactly),
		cmocka_unit_test(sixteen_levels_are_read),
		cmocka_unit_test(a_flood_of_problems_is_given_up),
		cmocka_unit_test(the_kind_is_known_by_the_first_key),
		cmocka_unit_test(a_reader_refuses_the_file_of_another),
		cmocka_unit_test(texts_know_where_they_begin),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
