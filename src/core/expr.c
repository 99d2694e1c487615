/* SPDX-License-Identifier: MIT */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include <tend/lang.h>

#include "expr.h"

enum tend_status tend_expr_parse(const char *text, const struct tend_names *names, bool strict,
	struct tend_findings *findings, int line, int column, struct tend_expr **ret)
{
	struct tend_expr *e = tend_alloc(sizeof(*e));
	struct expr_source s = {.text = text,
		.n = strlen(text),
		.column = 1,
		.arena = &e->arena,
		.findings = findings,
		.line = line,
		.first_column = column};
	e->text = tend_arena_strdup(&e->arena, text);
	e->root = expr_parse_tree(&s);
	if (e->root != NULL) {
		expr_check(&s, e, names, strict);
	}
	if (s.failed || e->root == NULL) {
		tend_expr_destroy(e);
		return TEND_BAD_INPUT;
	}
	*ret = e;
	return TEND_OK;
}

enum tend_status tend_expr_parse_line(const char *text, const struct tend_names *names,
	struct tend_expr **ret, struct tend_error *err)
{
	struct tend_findings findings;
	tend_findings_init(&findings, "");
	enum tend_status status = tend_expr_parse(text, names, true, &findings, 1, 1, ret);
	if (status != TEND_OK) {
		const struct tend_finding *first = NULL;
		for (size_t i = 0; i < findings.n; i++) {
			if (findings.items[i].severity == TEND_ERROR
				&& (first == NULL || findings.items[i].column < first->column)) {
				first = &findings.items[i];
			}
		}
		assert(first != NULL); /* a status without a finding */
		status = tend_fail(
			err, TEND_USAGE, _("filter: column %d: %s"), first->column, first->text);
	}
	tend_findings_finish(&findings);
	return status;
}

void tend_expr_destroy(struct tend_expr *e)
{
	if (e != NULL) {
		free(e->names);
		tend_arena_finish(&e->arena);
		free(e);
	}
}

const char *tend_expr_text(const struct tend_expr *e)
{
	return e->text;
}

struct tend_names tend_names_of(const struct tend_record_type *t)
{
	return (struct tend_names){.fields = t->fields, .nfields = t->nfields};
}
