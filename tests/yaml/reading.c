/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "reading.h"

char *reading_findings(const struct tend_findings *findings)
{
	struct tend_str out = {0};
	for (size_t i = 0; i < findings->n; i++) {
		const struct tend_finding *f = &findings->items[i];
		assert_true(f->rule != NULL && f->rule[0] != '\0');
		tend_str_addf(&out, "%d:%d: %s: %s\n", f->line, f->column,
			f->severity == TEND_ERROR ? "error" : "warning", f->text);
	}
	return tend_str_steal(&out);
}

char *reading_check(const char *text, size_t n, const struct tend_yaml_env *env)
{
	struct tend_findings findings;
	tend_findings_init(&findings, "t.yaml");
	enum tend_status status = tend_yaml_check(text, n, env, &findings, NULL);
	char *ret = reading_findings(&findings);
	assert_int_equal(status, findings.errors > 0 ? TEND_BAD_INPUT : TEND_OK);
	tend_findings_finish(&findings);
	return ret;
}

void reading_assert_rows(const struct reading_row *rows, size_t n, const struct tend_yaml_env *env)
{
	size_t wrong = 0;
	for (size_t i = 0; i < n; i++) {
		char *found = reading_check(rows[i].text, strlen(rows[i].text), env);
		if (strcmp(found, rows[i].findings) != 0) {
			print_error("%s:\n--- found\n%s--- expected\n%s", rows[i].name, found,
				rows[i].findings);
			wrong++;
		}
		free(found);
	}
	if (wrong > 0) {
		fail_msg("%zu rows of %zu", wrong, n);
	}
}

struct tend_journey *reading_journey(const char *text)
{
	struct tend_findings findings;
	struct tend_journey *j;
	tend_findings_init(&findings, "t.yaml");
	if (tend_yaml_journey(text, strlen(text), NULL, &findings, &j) != TEND_OK) {
		char *found = reading_findings(&findings);
		fail_msg("%s", found);
	}
	tend_findings_finish(&findings);
	return j;
}

static bool knows_nothing(void *ctx, enum tend_file_kind kind, const char *key)
{
	(void)ctx;
	return kind == TEND_KIND_NONE || key == NULL;
}

struct tend_yaml_env reading_strict_env(void)
{
	return (struct tend_yaml_env){.exists = knows_nothing, .lint = true};
}
