/* SPDX-License-Identifier: MIT */
/* Findings at nodes, and those that are alike for all kinds of values. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <tend/lang.h>
#include <tend/str.h>
#include <tend/text.h>

#include "field.h"

enum { SHOWN_COLUMNS = 60 };

const char *quoted(struct reader *r, const char *text)
{
	struct tend_str printable = {0}, clipped = {0};
	(void)tend_printable(&printable, text, strlen(text));
	tend_clip(&clipped, tend_str_text(&printable), SHOWN_COLUMNS);
	const char *ret = tend_arena_strdup(r->arena, tend_str_text(&clipped));
	tend_str_finish(&printable);
	tend_str_finish(&clipped);
	return ret;
}

static void add_finding(struct reader *r, enum tend_severity severity, const struct node *at,
	const char *rule, const char *fmt, va_list args)
{
	char text[1024];
	(void)vsnprintf(text, sizeof(text), fmt, args);
	if (!at->broken) {
		tend_findings_add_rule(
			r->findings, severity, rule, at->line, at->column, "%s", text);
	}
}

bool reader_lints(const struct reader *r)
{
	return r->env != NULL && r->env->lint;
}

void report(struct reader *r, const struct node *at, const char *rule, const char *fmt, ...)
{
	va_list args;
	va_start(args, fmt);
	add_finding(r, TEND_ERROR, at, rule, fmt, args);
	va_end(args);
}

void warn(struct reader *r, const struct node *at, const char *rule, const char *fmt, ...)
{
	va_list args;
	va_start(args, fmt);
	add_finding(r, TEND_WARNING, at, rule, fmt, args);
	va_end(args);
}

bool report_wide_colon(struct reader *r, const struct node *node)
{
	if (node->kind != NODE_SCALAR || !node->plain
		|| strstr(node->text, DOC_WIDE_COLON) == NULL) {
		return false;
	}
	report(r, node, TEND_RULE_TYPE,
		_("\"%s\": the full-width \"：\" is no colon here: write \": \""),
		quoted(r, node->text));
	return true;
}

bool report_sign(struct reader *r, const struct node *mapping, const struct node *key,
	const struct node *value)
{
	bool alone = mapping->flow && value->kind == NODE_SCALAR && value->plain
		&& value->text[0] == '\0' && key->kind == NODE_SCALAR;
	if (report_wide_colon(r, key)) {
		return true;
	}
	if (alone) {
		report(r, key, TEND_RULE_TYPE,
			_("\"%s\" stands alone after a comma: a text with , in it is put in "
			  "quotes"),
			quoted(r, key->text));
	}
	return alone;
}
