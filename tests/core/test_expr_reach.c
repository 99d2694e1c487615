/* SPDX-License-Identifier: MIT */
/* Conditions that can never be true: those that are found are, whatever a customer is. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <tend/expr.h>
#include <tend/records.h>
#include <tend/str.h>

#include <tend/fields.h>
#include "support.h"

static struct tend_expr *parsed(const char *text)
{
	struct tend_names names = tend_names_of(&tend_customer_type);
	struct tend_findings findings;
	struct tend_expr *e = NULL;
	names.functions = true;
	tend_findings_init(&findings, "t");
	if (tend_expr_parse(text, &names, true, &findings, 1, 1, &e) != TEND_OK) {
		fail_msg("%s: %s", text, findings.items[0].text);
	}
	tend_findings_finish(&findings);
	return e;
}

static bool is_never(const char *text)
{
	struct tend_expr *e = parsed(text);
	bool ret = tend_expr_never(e, NULL, NULL);
	tend_expr_destroy(e);
	return ret;
}

static void contradictions_are_found(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		bool never;
	} rows[] = {
		{"arr > 5 and arr < 3", true},
		{"arr > 3 and arr < 5", false},
		{"arr > 5 and 5 > arr", true},
		{"arr >= 5 and arr <= 5", false},
		{"arr > 5 and arr <= 5", true},
		{"arr == 5 and arr == 6", true},
		{"arr == 5 and arr != 5", true},
		{"arr != 5 and not (arr != 5)", true},
		{"not (arr <= 5) and arr < 5", true},
		{"arr < 5 and renewal > \"2026-01-01\"", false},
		{"renewal > \"2026-02-01\" and renewal < \"2026-01-01\"", true},
		{"segment == \"a\" and segment == \"b\"", true},
		{"segment == \"a\" and segment in [\"a\", \"b\"]", false},
		{"segment == \"c\" and segment in [\"a\", \"b\"]", true},
		{"segment in [\"a\", \"b\"] and segment not in [\"b\", \"a\"]", true},
		{"segment in [\"a\", \"b\"] and segment != \"b\"", false},
		{"segment == \"a\" and not (segment == \"a\")", true},
		{"tags == \"a\" and tags == \"b\"", false},
		{"lapsed and not lapsed", true},
		{"done(\"a\") and not done(\"a\")", true},
		{"done(\"a\") and not done(\"b\")", false},
		{"days_since(logins) < 7 and days_since(logins) > 30", true},
		{"sum(logins, 30d) < 7 and sum(logins, 60d) > 30", false},
		{"arr + 1 > 5 and arr + 1 < 3", true},
		{"arr + 1 > 5 and arr + 2 < 3", false},
		{"false", true},
		{"true", false},
		{"not true", true},
		{"1 > 2 or 3 > 4", true},
		{"1 > 2 or arr > 4", false},
		{"null", true},
		{"arr == null", true},
		{"not (arr == null)", true},
		{"arr > 1 / 0", true},
		{"segment not in [\"a\", null]", true},
		{"segment in [\"a\", null]", false},
		{"segment in [null]", true},
		{"(arr < 3 or arr > 7) and arr == 5", true},
		{"(arr < 3 or arr > 7) and arr == 8", false},
		{"arr == 5 and not (arr > 3 and arr < 7)", true},
		{"(arr < 3 and arr > 5) or (segment == \"a\" and segment == \"b\")", true},
		{"arr > 5", false},
	};
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		if (is_never(rows[i].text) != rows[i].never) {
			fail_msg("%s: %s", rows[i].text, rows[i].never ? "can hold" : "never");
		}
	}
}

static void a_value_can_be_taken_for_granted(void **state)
{
	(void)state;
	struct tend_expr *e = parsed("stage == \"renewal\" and arr > 5");
	assert_false(tend_expr_never(e, NULL, NULL));
	assert_true(tend_expr_never(e, "stage", "growth"));
	assert_false(tend_expr_never(e, "stage", "renewal"));
	tend_expr_destroy(e);
	e = parsed("stage != \"growth\" or arr > 5");
	assert_false(tend_expr_never(e, "stage", "growth"));
	tend_expr_destroy(e);
	e = parsed("not (stage == \"growth\")");
	assert_true(tend_expr_never(e, "stage", "growth"));
	tend_expr_destroy(e);
}

/* --- against every customer that there can be --- */

static const char *const parts[] = {"arr < 3", "arr <= 3", "arr == 3", "arr != 3", "arr >= 3",
	"arr > 3", "5 > arr", "arr >= 5", "segment == \"a\"", "segment != \"a\"",
	"segment in [\"a\", \"b\"]", "segment not in [\"b\", \"c\"]", "lapsed", "arr == null",
	"true", "1 > 2"};
static const double amounts[] = {0, 2, 3, 4, 5, 6};
static const char *const segments[] = {"a", "b", "c", "d"};

struct somebody {
	size_t amount, segment, lapsed; /* past the last: unknown */
};

static struct tend_value field(void *ctx, const char *name)
{
	const struct somebody *s = ctx;
	struct tend_value v = {.type = TEND_TEXT, .null = true};
	if (strcmp(name, "arr") == 0 && s->amount < COUNT_OF(amounts)) {
		v = (struct tend_value){.type = TEND_NUMBER, .number = amounts[s->amount]};
	} else if (strcmp(name, "segment") == 0 && s->segment < COUNT_OF(segments)) {
		v = (struct tend_value){.type = TEND_TEXT, .text = segments[s->segment]};
	} else if (strcmp(name, "lapsed") == 0 && s->lapsed < 2) {
		v = (struct tend_value){.type = TEND_BOOL, .integer = s->lapsed == 1};
	}
	return v;
}

static bool is_true_of_somebody(const struct tend_expr *e)
{
	struct somebody s;
	struct tend_inputs in = {.ctx = &s, .field = field};
	for (s.amount = 0; s.amount <= COUNT_OF(amounts); s.amount++) {
		for (s.segment = 0; s.segment <= COUNT_OF(segments); s.segment++) {
			for (s.lapsed = 0; s.lapsed <= 2; s.lapsed++) {
				if (tend_expr_truth(e, &in) == TEND_TRUE) {
					return true;
				}
			}
		}
	}
	return false;
}

static void never_means_that_it_is_true_of_nobody(void **state)
{
	(void)state;
	static const char *const forms[] = {"%s and %s and %s", "(%s or %s) and %s",
		"not (%s or %s) and %s", "not (%s and %s) and %s", "%s and not (%s and not (%s))",
		"(%s and %s) or (%s and lapsed)"};
	size_t n = COUNT_OF(parts), found = 0, missed = 0;
	for (size_t form = 0; form < COUNT_OF(forms); form++) {
		for (size_t i = 0; i < n * n * n; i++) {
			struct tend_str text = {0};
			const char *rest = forms[form];
			size_t which[] = {i % n, i / n % n, i / n / n};
			for (size_t k = 0; *rest != '\0'; rest++) {
				if (rest[0] == '%') {
					tend_str_add(&text, parts[which[k++]]);
					rest++;
				} else {
					tend_str_addc(&text, *rest);
				}
			}
			struct tend_expr *e = parsed(tend_str_text(&text));
			bool never = tend_expr_never(e, NULL, NULL);
			bool somebody = is_true_of_somebody(e);
			if (never && somebody) {
				fail_msg("%s: true of somebody", tend_str_text(&text));
			}
			found += never;
			missed += !never && !somebody;
			tend_expr_destroy(e);
			tend_str_finish(&text);
		}
	}
	print_message("%zu found, %zu missed\n", found, missed);
	assert_true(found > 10 * missed);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(contradictions_are_found),
		cmocka_unit_test(a_value_can_be_taken_for_granted),
		cmocka_unit_test(never_means_that_it_is_true_of_nobody),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
