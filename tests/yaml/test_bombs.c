/* SPDX-License-Identifier: MIT */
/* Hostile files: each is refused with a place, in under 100 ms and 32 MiB. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "doc.h"
#include "reading.h"

enum { MILLISECONDS_MAX = 100, MEMORY_KIB_MAX = 32 * 1024 };

/* With a sanitizer both figures mean nothing. */
#if defined(__SANITIZE_ADDRESS__)
#define MEASURED false
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define MEASURED false
#endif
#endif
#ifndef MEASURED
#define MEASURED true
#endif

#define JOURNEY "journey: j\nversion: 1\ntitle: T\nstages: [{key: s, from: start}]\n"
#define FILL SIZE_MAX /* as many as 64 KiB take */

/* A file: a head, a unit many times over ("%zu" in it is the count), and a tail. */
struct bomb {
	const char *name, *head, *unit;
	size_t count;
	const char *tail;
};

static const struct bomb bombs[] = {
	{"deep lists in a flow", "journey: ", "[", FILL, ""},
	{"deep mappings in a flow", "journey: ", "{a: ", FILL, ""},
	{"deep mappings as keys", "journey: ", "{? ", FILL, ""},
	{"deep lists in blocks", "", "- ", FILL, ""},
	{"deep keys in blocks", "", "? ", FILL, ""},
	{"deep lists and mappings", "journey: ", "[{a: ", FILL, ""},
	{"deep lists on lines of their own", "journey: ", "[\n", FILL, ""},
	{"closing what was never open", "journey: j\nversion: ", "]", FILL, ""},
	{"commas alone", "journey: [", ",", FILL, "]"},
	{"nothing but items", "journey: [", "a,", FILL, "]"},
	{"nothing but empty items", "journey:\n", "-\n", FILL, ""},
	{"nothing but keys", JOURNEY, "k%zu: v\n", FILL, ""},
	{"one key over and over", JOURNEY, "a: b\n", FILL, ""},
	{"nothing but colons", "journey", ":", FILL, ""},
	{"question marks", "journey: {", "?,", FILL, "}"},
	{"aliases of aliases", "a: &a [x,x]\n", "b%zu: &b%zu [*a,*a]\n", FILL, ""},
	{"one alias many times", "journey: &a j\nversion: [", "*a ,", FILL, "]"},
	{"a merge of merges", "journey: &a {}\n", "<<: *a\n", FILL, ""},
	{"anchors", "journey: [", "&a%zu x,", FILL, "]"},
	{"tags", "journey: [", "!t x,", FILL, "]"},
	{"a long tag", "journey: !<", "t", FILL, "> x"},
	{"a long anchor", "journey: &", "t", FILL, " x"},
	{"tag directives", "", "%%TAG !e%zu! tag:e,2000:\n", FILL, "---\njourney: j\n"},
	{"documents", "journey: j\n", "---\n", FILL, ""},
	{"document ends", "journey: j\n", "...\n", FILL, "x"},
	{"a long plain text", "journey: ", "x", FILL, "\n"},
	{"a text of many lines", "journey: ", "x\n ", FILL, "\n"},
	{"a quote never closed", "journey: \"", "x", FILL, ""},
	{"escapes", "journey: \"", "\\x00", FILL, "\""},
	{"controls by escapes", "journey: \"", "\\e", FILL, "\"\n"},
	{"a block never ended", "journey: |\n", " x\n", FILL, ""},
	{"indentation without end", "journey:\n", " ", FILL, "x: [\n"},
	{"tabs", "journey:\n", "\t", FILL, "x\n"},
	{"comments", "", "# c\n", FILL, "journy: x\n"},
	{"controls", "journey: ", "\x01", FILL, "\n"},
	{"bytes that are no text", "journey: ", "\xFF", FILL, "\n"},
	{"milestones that wait for each other", JOURNEY "milestones:\n",
		"- {key: m%zu, stage: s, title: T, due: start, after: [m0, m1, m2, m3, m4, m5, m6, "
		"m7]}\n",
		FILL, ""},
	{"milestones that are all one", JOURNEY "milestones:\n",
		"- {key: m, stage: s, title: T, due: milestone.m}\n", FILL, ""},
	{"findings of every kind", JOURNEY "milestones:\n", "- {ky: m, stge: x, after: [q, r]}\n",
		FILL, ""},
	{"expressions in each other",
		JOURNEY "milestones: [{key: m, stage: s, title: T, due: start, when: ", "not ", 900,
		"}]\n"},
	{"parentheses in each other",
		JOURNEY "milestones: [{key: m, stage: s, title: T, due: start, when: ", "(", 4000,
		"}]\n"},
	{"braces in a text", "message: m\nbody: \"", "{", FILL, "\"\n"},
	{"titles that are all one", JOURNEY "milestones:\n",
		"- {key: m%zu, stage: s, title: T, due: start - 1 day, when: arr < 1 and arr > "
		"1}\n",
		FILL, "- {}\n"},
	{"references to nothing", JOURNEY "milestones:\n",
		"- {key: milestone%zu, stage: t, title: T, due: milestone.mileston, after: "
		"[milestone-a, "
		"milestone-b, milestone-c]}\n",
		FILL, ""},
	{"stages that are not there", JOURNEY "milestones:\n",
		"- {key: m%zu, stage: s%zu, due: stage.s%zu}\n", FILL, ""},
	{"conditions of conditions", JOURNEY "milestones:\n",
		"- {key: m%zu, stage: s, title: T, due: start, when: (arr < 1 or arr > 2) and (arr "
		"< 3 or "
		"arr > 4) and (arr < 5 or arr > 6)}\n",
		FILL, "- {}\n"},
	{"stages asked for",
		"journey: j\nversion: 1\ntitle: T\nstages: [{key: a, from: start}, {key: b, from: "
		"start}, {key: c, from: start}, {key: d, from: start}, {key: e, from: start}, "
		"{key: f, "
		"from: start}, {key: g, from: start}, {key: h, from: start}, {key: i, from: "
		"start}, "
		"{key: j, from: start}, {key: k, from: start}, {key: l, from: "
		"start}]\nmilestones:\n",
		"- {key: m%zu, stage: a, title: T, due: start, when: (stage != \"a\" or arr > 2) "
		"and (stage "
		"!= \"b\" or arr > 4)}\n",
		FILL, "- {}\n"},
	{"milestones asked for", JOURNEY "milestones:\n",
		"- {key: milestone%zu, stage: s, title: T, due: start, when: done(\"mileston\") or "
		"done(\"milestonf\") or done(\"g\") or done(\"h\")}\n",
		FILL, "- {}\n"},
	{"one condition of many", JOURNEY "milestones: [{key: m, stage: s, due: start, when: ",
		"(arr<%zu or arr>1) and ", 160, "arr > 1}]\n"},
	{"stages of stages", "journey: j\nversion: 1\ntitle: T\nstages:\n",
		"- {key: s%zu, from: stage.s1 + 1 day}\n", FILL, "- {}\n"},
	{"texts in one language", "signals: s\nmetrics:\n- {key: a, title: {en: A, zh: B}}\n",
		"- {key: k%zu, title: {en: A}}\n", FILL, "- {}\n"},
	{"a base that is large", "journey: j\nversion: 0\nextends: large\nmilestones:\n",
		"- {key: m%zu, before: m0}\n", FILL, ""},
	{"bases that are large", "journey: j\nversion: 0\nextends: deep1\nmilestones:\n",
		"- {key: m%zu, before: m0}\n", FILL, ""},
	{"all of a base dropped", "journey: j\nversion: 0\nextends: large\ndrop:\n", "- m%zu\n",
		FILL, "- x\n"},
	{"bases without end", "journey: j\nversion: 1\nextends: endless1\ntitle: ", "x", FILL,
		"\n"},
	{"numbers without end", "journey: j\nversion: ", "9", FILL, "\n"},
	{"a duration without end", JOURNEY "term: ", "9", FILL, " months\n"},
	/* these are large in themselves */
	{"too large", "journey: ", "x", 1024 * 1024, "\n"},
	{"far too large", "journey: ", "0123456789abcdef", 1024 * 1024, "\n"},
};

static void add_explosive(struct tend_str *out, const struct bomb *b)
{
	size_t tail = strlen(b->tail), start = out->len;
	tend_str_add(out, b->head);
	for (size_t i = 0; i < b->count; i++) {
		char unit[256];
		const char *at = b->unit;
		size_t n = 0;
		while (*at != '\0'
			&& n + 24 < sizeof(unit)) { /* %zu is the count, %% a percent sign */
			if (at[0] == '%' && at[1] == '%') {
				unit[n++] = '%';
				at += 2;
			} else if (at[0] == '%') {
				n += (size_t)snprintf(unit + n, sizeof(unit) - n, "%zu", i);
				at += 3;
			} else {
				unit[n++] = *at++;
			}
		}
		if (b->count == FILL && out->len - start + n + tail > DOC_SIZE_MAX) {
			break;
		}
		tend_str_addn(out, unit, n);
	}
	tend_str_add(out, b->tail);
}

static char *explosive(const struct bomb *b)
{
	struct tend_str s = {0};
	add_explosive(&s, b);
	return tend_str_steal(&s);
}

/* What bombs extend: a journey of 64 KiB; deepN, that extend each other and end in it; endlessN, that do not end. */
static enum tend_status base(
	void *ctx, const char *name, struct tend_str *ret_text, struct tend_error *err)
{
	long long n = 0;
	char head[128];
	struct bomb b = {.unit = "- {key: m%zu, visible: yes}\n", .count = FILL, .tail = ""};
	(void)ctx;
	(void)err;
	if (strncmp(name, "large", 5) == 0) {
		b.head = JOURNEY "milestones:\n";
		b.unit = "- {key: m%zu, stage: s, title: T, due: start, after: [m0]}\n";
	} else {
		const char *digits = name + strcspn(name, "0123456789");
		assert_true(tend_parse_int(digits, &n));
		bool last = strncmp(name, "deep", 4) == 0 && n == 7;
		(void)snprintf(head, sizeof(head),
			"journey: %.*s%lld\nversion: 1\nextends: %.*s\nmilestones:\n",
			(int)(digits - name), name, n, last ? 5 : (int)(digits - name),
			last ? "large" : name);
		b.head = head;
		if (!last) {
			(void)snprintf(head, sizeof(head),
				"journey: %.*s%lld\nversion: 1\nextends: %.*s%lld\nmilestones:\n",
				(int)(digits - name), name, n, (int)(digits - name), name, n + 1);
		}
	}
	add_explosive(ret_text, &b);
	return TEND_OK;
}

static const struct tend_yaml_env env = {.base = base, .lint = true};

static double milliseconds(void)
{
	struct timespec t;
	(void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

/*
 * The most memory that the process held since the last call, in KiB. Not that of getrusage: before it became this
 * program, the process was one of whoever started it, and that counts there.
 */
static long peak_kib(void)
{
	char line[256];
	long long kib = 0;
	FILE *status = fopen("/proc/self/status", "r");
	while (status != NULL && fgets(line, sizeof(line), status) != NULL) {
		if (strncmp(line, "VmHWM:", 6) == 0) {
			const char *digits = line + strcspn(line, "0123456789");
			char *end = tend_strndup(digits, strspn(digits, "0123456789"));
			assert_true(tend_parse_int(end, &kib));
			free(end);
		}
	}
	if (status != NULL) {
		(void)fclose(status);
	}
	FILE *refs = fopen("/proc/self/clear_refs", "w");
	if (refs != NULL) { /* 5: begin anew */
		(void)fputs("5\n", refs);
		(void)fclose(refs);
	}
	return (long)kib;
}

/* The least of some readings: what else the machine does can only add to one. */
static double time_of_check(const char *text, double enough)
{
	double least = 0;
	for (int i = 0; i < 5; i++) {
		struct tend_findings findings;
		tend_findings_init(&findings, "bomb.yaml");
		double before = milliseconds();
		(void)tend_yaml_check(text, strlen(text), &env, &findings, NULL);
		double took = milliseconds() - before;
		tend_findings_finish(&findings);
		least = i == 0 || took < least ? took : least;
		if (least <= enough) {
			break;
		}
	}
	return least;
}

static void every_bomb_is_refused_at_once_with_its_place(void **state)
{
	(void)state;
	size_t n = sizeof(bombs) / sizeof(bombs[0]);
	assert_true(n >= 40);
	(void)peak_kib();
	for (size_t i = 0; i < n; i++) {
		char *text = explosive(&bombs[i]);
		struct tend_findings findings;
		tend_findings_init(&findings, "bomb.yaml");
		enum tend_status status =
			tend_yaml_check(text, strlen(text), &env, &findings, NULL);
		if (status != TEND_BAD_INPUT || findings.errors == 0) {
			fail_msg("%s: was taken", bombs[i].name);
		}
		if (findings.items[0].line < 1 || findings.items[0].column < 1) {
			fail_msg("%s: has no place: %s", bombs[i].name, findings.items[0].text);
		}
		double took = MEASURED ? time_of_check(text, MILLISECONDS_MAX) : 0;
		if (took > MILLISECONDS_MAX) {
			fail_msg("%s: took %.0f ms", bombs[i].name, took);
		}
		tend_findings_finish(&findings);
		free(text);
		long kib = peak_kib();
		if (getenv("BOMBS_SHOW") != NULL) {
			print_message("%6.1f ms %6ld KiB %s\n", took, kib, bombs[i].name);
		}
		if (MEASURED && bombs[i].count == FILL && kib > MEMORY_KIB_MAX) {
			fail_msg("%s: %ld KiB", bombs[i].name, kib);
		}
	}
}

static void a_bomb_of_any_kind_is_refused_as_well(void **state)
{
	(void)state;
	for (int kind = TEND_KIND_JOURNEY; kind <= TEND_KIND_CONFIG; kind++) {
		char *text = tend_format(
			"%s: [[[[[[[[[[[[[[[[[[", tend_kind_name((enum tend_file_kind)kind));
		char *found = reading_check(text, strlen(text), NULL);
		assert_non_null(strstr(found, "nested too deeply"));
		free(found);
		free(text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_bomb_is_refused_at_once_with_its_place),
		cmocka_unit_test(a_bomb_of_any_kind_is_refused_as_well),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
