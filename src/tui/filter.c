/* SPDX-License-Identifier: MIT */
#include "filter.h"

#include <stdlib.h>
#include <string.h>

#include <tend/expr.h>
#include <tend/mem.h>
#include <tend/records.h>
#include <tend/str.h>
#include <tend/text.h>

struct filter {
	struct tend_expr *expr; /* NULL: a text */
	char *needle;
};

static bool starts_with_field(const char *text, const struct tend_names *names)
{
	size_t n = strcspn(text, " ");
	for (size_t i = 0; i < names->nfields; i++) {
		const char *name = names->fields[i].name;
		if (strlen(name) == n && strncmp(name, text, n) == 0) {
			return true;
		}
	}
	return false;
}

/* Signs that no name has, apart from blanks: with them a text is meant as an expression. */
static bool looks_like_expression(const char *text, const struct tend_names *names)
{
	static const char *const signs[] = {"=", "<", ">", "in [", "in_segment("};
	static const char *const joins[] = {" and ", " or "};
	for (size_t i = 0; i < sizeof(signs) / sizeof(signs[0]); i++) {
		if (strstr(text, signs[i]) != NULL) {
			return true;
		}
	}
	/* Names have such words too: only after a field they join conditions. */
	for (size_t i = 0; i < sizeof(joins) / sizeof(joins[0]); i++) {
		if (strstr(text, joins[i]) != NULL && starts_with_field(text, names)) {
			return true;
		}
	}
	return false;
}

enum tend_status filter_create(const char *text, const struct tend_names *names,
	struct filter **ret, struct tend_error *err)
{
	*ret = NULL;
	while (*text == ' ') {
		text++;
	}
	if (*text == '\0') {
		return TEND_OK;
	}
	struct tend_expr *expr = NULL;
	struct tend_error problem;
	if (tend_expr_parse_line(text, names, &expr, &problem) != TEND_OK) {
		expr = NULL;
		if (looks_like_expression(text, names)) {
			return tend_fail(err, TEND_USAGE, "%s", problem.text);
		}
	}
	struct filter *f = tend_alloc(sizeof(*f));
	f->expr = expr;
	f->needle = expr == NULL ? tend_fold(text) : NULL;
	*ret = f;
	return TEND_OK;
}

void filter_destroy(struct filter *f)
{
	if (f != NULL) {
		tend_expr_destroy(f->expr);
		free(f->needle);
		free(f);
	}
}

bool filter_is_text(const struct filter *f)
{
	return f->expr == NULL;
}

const struct tend_expr *filter_calls(const struct filter *f)
{
	return f->expr != NULL && tend_expr_calls(f->expr, NULL, NULL) ? f->expr : NULL;
}

struct subject {
	const struct tend_record_type *type;
	const void *record;
};

static struct tend_value field(void *ctx, const char *name)
{
	const struct subject *s = ctx;
	struct tend_value v = {.type = TEND_TEXT, .null = true};
	(void)tend_record_get(s->type, s->record, name, &v);
	return v;
}

bool filter_keeps(const struct filter *f, const struct tend_record_type *type, const void *record,
	const char *folded)
{
	if (f->expr == NULL) {
		return strstr(folded, f->needle) != NULL;
	}
	struct subject subject = {type, record};
	struct tend_inputs in = {.ctx = &subject, .field = field};
	return tend_expr_truth(f->expr, &in) == TEND_TRUE;
}

char *filter_haystack(const struct tend_record_type *type, const void *record)
{
	static const char *const looked_in[] = {"key", "customer", "name", "title", "tags", "rule",
		"subject", "reason", "command", "summary", "text", "kind"};
	struct tend_str all = {0};
	for (size_t i = 0; i < sizeof(looked_in) / sizeof(looked_in[0]); i++) {
		const struct tend_field *f = tend_field_find(type, looked_in[i]);
		if (f == NULL || (f->type != TEND_TEXT && f->type != TEND_TAGS)) {
			continue;
		}
		struct tend_value v = tend_field_get(f, record);
		if (!v.null && v.text != NULL) {
			tend_str_add(&all, v.text);
			tend_str_addc(&all, '\n');
		}
	}
	char *folded = tend_fold(tend_str_text(&all));
	tend_str_finish(&all);
	return folded;
}
