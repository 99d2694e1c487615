/* SPDX-License-Identifier: MIT */
#include <string.h>

#include <tend/lang.h>
#include <tend/records.h>
#include <tend/str.h>

#include "field.h"

struct tend_names names_with(
	struct reader *r, struct tend_names names, const char *name, enum tend_type type)
{
	for (size_t i = 0; i < names.nfields; i++) {
		if (tend_same(names.fields[i].name, name)) {
			return names;
		}
	}
	struct tend_field *fields =
		tend_arena_alloc(r->arena, (names.nfields + 1) * sizeof(*fields));
	if (names.nfields > 0) {
		memcpy(fields, names.fields, names.nfields * sizeof(*fields));
	}
	fields[names.nfields] = (struct tend_field){.name = name, .type = type};
	names.fields = fields;
	names.nfields++;
	return names;
}

struct tend_names reader_names(struct reader *r)
{
	struct tend_names names = r->env != NULL ? r->env->names : (struct tend_names){0};
	if (names.nfields == 0) {
		struct tend_names customer = tend_names_of(&tend_customer_type);
		names.fields = customer.fields;
		names.nfields = customer.nfields;
	}
	names.functions = true;
	names.any_column = false;
	return names_with(r, names, "lapsed", TEND_BOOL);
}

/* Without an environment nobody can say which names are unknown. */
static void keep_findings(struct reader *r, const struct tend_findings *from)
{
	for (size_t i = 0; i < from->n; i++) {
		const struct tend_finding *f = &from->items[i];
		if (f->severity == TEND_ERROR || r->env != NULL) {
			const char *rule = f->severity == TEND_ERROR ? TEND_RULE_EXPRESSION
				: f->rule[0] != '\0'                 ? f->rule
								     : TEND_RULE_UNKNOWN_NAME;
			tend_findings_add_rule(
				r->findings, f->severity, rule, f->line, f->column, "%s", f->text);
		}
	}
}

static bool parse_at(struct reader *r, const char *text, const struct tend_names *names, int line,
	int column, struct tend_expr **ret)
{
	struct tend_findings found;
	struct tend_expr *e = NULL;
	tend_findings_init(&found, r->findings->file);
	bool ok = tend_expr_parse(text, names, false, &found, line, column, &e) == TEND_OK;
	keep_findings(r, &found);
	tend_findings_finish(&found);
	if (ok && ret != NULL) {
		*ret = e;
	} else {
		tend_expr_destroy(e);
	}
	return ok;
}

bool read_expr(struct reader *r, const struct node *node, const struct tend_names *names,
	const char **ret_text, struct tend_expr **ret)
{
	if (!parse_at(r, node->text, names, node->text_line, node->text_column, ret)) {
		return false;
	}
	if (ret_text != NULL) {
		*ret_text = node->text;
	}
	return true;
}

bool read_condition(struct reader *r, const struct node *node, const struct tend_names *names,
	const char **ret_text, struct tend_expr **ret)
{
	struct tend_expr *e = NULL;
	if (!read_expr(r, node, names, ret_text, &e)) {
		return false;
	}
	if (reader_lints(r) && tend_expr_never(e, NULL, NULL)) {
		warn(r, node, TEND_RULE_UNREACHABLE, _("this condition is never true"));
	}
	if (ret != NULL) {
		*ret = e;
	} else {
		tend_expr_destroy(e);
	}
	return true;
}

static int characters(const char *from, const char *to)
{
	int n = 0;
	for (; from < to; from++) {
		n += ((unsigned char)*from & 0xC0) != 0x80;
	}
	return n;
}

static void check_braces(struct reader *r, const struct node *node, const struct tend_names *names)
{
	const char *rest = node->text;
	for (const char *open = strpbrk(rest, "{}"); open != NULL; open = strpbrk(rest, "{}")) {
		const char *close = open + strcspn(open + 1, "{}") + 1;
		if (*open == '}' || *close != '}') {
			report(r, node, TEND_RULE_VALUE,
				_("a brace without its other half: {…} holds an expression"));
			return;
		}
		const char *text =
			tend_arena_strndup(r->arena, open + 1, (size_t)(close - open - 1));
		int column = node->text_column + characters(node->text, open + 1);
		(void)parse_at(r, text, names, node->text_line, column, NULL);
		rest = close + 1;
	}
}

void check_placeholders(struct reader *r, const struct node *node, const struct tend_names *names)
{
	if (node == NULL) {
		return;
	}
	struct tend_names values = *names;
	values.any_type = true;
	if (node->kind == NODE_SCALAR) {
		check_braces(r, node, &values);
	}
	for (size_t i = 0; node->kind == NODE_MAPPING && i < node->n; i += 2) {
		if (node->items[i + 1]->kind == NODE_SCALAR) {
			check_braces(r, node->items[i + 1], &values);
		}
	}
}

void check_reference(
	struct reader *r, const struct node *node, enum tend_file_kind kind, const char *key)
{
	if (node == NULL || key == NULL || r->env == NULL || r->env->exists == NULL
		|| r->env->exists(r->env->ctx, kind, key)) {
		return;
	}
	warn(r, node, TEND_RULE_UNKNOWN_FILE, _("there is no file \"%s: %s\""),
		tend_kind_name(kind), quoted(r, key));
}
