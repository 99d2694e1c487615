/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include <tend/lang.h>
#include <tend/str.h>

#include "expr.h"
#include <tend/fields.h>

#define T struct tend_trace

static const struct tend_field trace_fields[] = {
	TEXT(T, part, TEND_F_DERIVED, "Part", "部分", .max = TEND_KEY_MAX),
	INT(T, depth, TEND_F_DERIVED | TEND_F_WIDE, "Depth", "层级"),
	TEXT(T, expression, TEND_F_DERIVED | TEND_F_KEY, "Expression", "表达式"),
	TEXT(T, value, TEND_F_DERIVED, "Value", "值"),
	INT(T, rows, TEND_F_DERIVED, "Rows", "行数"),
	DATE(T, newest, TEND_F_DERIVED, "Newest", "最新"),
	DATE(T, from, TEND_F_DERIVED, "From", "自"),
	DATE(T, to, TEND_F_DERIVED, "To", "至"),
	TEXT(T, missing, TEND_F_DERIVED, "Missing", "缺少"),
};
const struct tend_record_type tend_trace_type = {
	.name = "trace",
	.title = {"Trace", "求值过程"},
	.size = sizeof(T),
	.fields = trace_fields,
	.nfields = COUNT_OF(trace_fields),
	.custom = -1,
};

static bool is_literal(const struct expr_node *node)
{
	if (node->kind == EXPR_NEGATE) {
		return is_literal(node->left);
	}
	return node->kind != EXPR_FIELD && node->kind != EXPR_CALL && node->left == NULL;
}

/* "a and b" of "a and b and c": nobody wrote it as a part. */
static bool is_link(const struct expr_node *node, const struct expr_node *parent)
{
	bool chains = node->kind == EXPR_AND || node->kind == EXPR_OR;
	bool in_parentheses = chains && node->at.to != node->right->at.to;
	return chains && !in_parentheses && parent != NULL && parent->kind == node->kind
		&& parent->left == node;
}

/* A function that is asked; in_segment() has parts instead. */
static bool is_asked(const struct expr_node *node)
{
	return node->kind == EXPR_CALL && node->left == NULL;
}

static const char *why(const struct expr_node *node, const struct tend_basis *b)
{
	static const char *const texts[] = {
		[TEND_MISSING_FIELD] = N_("there is no value"),
		[TEND_MISSING_POINTS] = N_("there is no point up to the day"),
		[TEND_MISSING_USE] = N_("no point is above zero"),
		[TEND_MISSING_WINDOW] = N_("there is no point in the window"),
		[TEND_MISSING_BEFORE] = N_("it was zero before"),
		[TEND_MISSING_CONTACT] = N_("there is no activity"),
		[TEND_MISSING_SEGMENT] = N_("there is no such segment"),
		[TEND_MISSING_PEOPLE] = N_("nobody is there, or nobody was touched of late"),
		[TEND_MISSING_ANSWER] = N_("nobody answered such a survey"),
	};
	bool known = is_asked(node) && b->missing != TEND_MISSING_NOTHING;
	return _(texts[known ? b->missing : TEND_MISSING_FIELD]);
}

/* The unknown fields and calls among the rows from `first` on, with commas; "" where there are none. */
static const char *unknown_parts(struct tend_list *rows, size_t first, int64_t depth)
{
	struct tend_str out = {0};
	for (size_t i = first; i < rows->n; i++) {
		const struct tend_trace *t = tend_list_at(rows, i);
		bool leaf = i + 1 == rows->n
			|| ((const struct tend_trace *)tend_list_at(rows, i + 1))->depth
				<= t->depth;
		if (leaf && t->value == NULL && t->depth > depth
			&& strstr(tend_str_text(&out), t->expression) == NULL) {
			tend_str_addf(&out, "%s%s", out.len > 0 ? ", " : "", t->expression);
		}
	}
	const char *text = tend_arena_strdup(&rows->arena, tend_str_text(&out));
	tend_str_finish(&out);
	return text;
}

static const char *missing(struct tend_list *rows, size_t row, const struct expr_node *node,
	const struct tend_basis *b)
{
	if (node->kind == EXPR_FIELD || is_asked(node)) {
		return why(node, b);
	}
	const char *parts = unknown_parts(
		rows, row + 1, ((const struct tend_trace *)tend_list_at(rows, row))->depth);
	if (parts[0] != '\0') {
		return parts;
	}
	return node->kind == EXPR_DIVIDE ? _("division by zero") : _("the two cannot be compared");
}

static const char *value_text(struct tend_list *rows, struct tend_value v)
{
	struct tend_str out = {0};
	if (v.null) {
		return NULL;
	}
	tend_value_format(v, &out);
	const char *text = tend_arena_strdup(&rows->arena, tend_str_text(&out));
	tend_str_finish(&out);
	return text;
}

struct tend_value expr_evaluate_traced(const struct evaluation *ev, const struct expr_node *node)
{
	struct expr_trace *trace = ev->trace;
	struct tend_list *rows = trace->rows;
	const struct expr_node *parent = trace->parent;
	if (is_literal(node) || is_link(node, parent)) {
		trace->parent = node;
		struct tend_value v = expr_evaluate_plain(ev, node);
		trace->parent = parent;
		return v;
	}
	size_t row = rows->n;
	struct tend_trace *t = tend_list_add(rows);
	t->part = trace->part;
	t->depth = trace->depth++;
	t->expression = tend_arena_strndup(
		&rows->arena, trace->text + node->at.from, node->at.to - node->at.from);
	trace->parent = node;
	trace->basis = (struct tend_basis){
		.from = TEND_NO_DATE, .to = TEND_NO_DATE, .newest = TEND_NO_DATE};
	struct tend_value v = expr_evaluate_plain(ev, node);
	trace->parent = parent;
	trace->depth--;
	t = tend_list_at(rows, row);
	t->value = value_text(rows, v);
	if (is_asked(node)) {
		t->rows = trace->basis.rows;
		t->newest = trace->basis.newest;
		t->from = trace->basis.from;
		t->to = trace->basis.to;
	}
	t->missing = v.null ? missing(rows, row, node, &trace->basis) : NULL;
	return v;
}

struct tend_value tend_expr_trace(const struct tend_expr *e, const struct tend_inputs *in,
	const char *part, struct tend_list *ret)
{
	struct expr_trace trace = {.text = e->text, .part = part, .rows = ret};
	const struct evaluation ev = {.in = in, .trace = &trace};
	return expr_evaluate(&ev, e->root);
}

/* "from D to D, points: N, newest D"; of records without a window only the newest. */
static void add_basis(const struct tend_trace *t, struct tend_str *out)
{
	char from[TEND_DATE_LEN], to[TEND_DATE_LEN];
	if (tend_has_date(t->from)) {
		tend_str_addf(out, _("from %s to %s, points: %lld"),
			tend_date_format(t->from, from), tend_date_format(t->to, to),
			(long long)t->rows);
	}
	if (tend_has_date(t->newest)) {
		tend_str_add(out, out->len > 0 ? ", " : "");
		tend_str_addf(out, _("newest %s"), tend_date_format(t->newest, from));
	}
}

/* Four decimals are enough for people. */
static void add_value(const char *value, struct tend_str *out)
{
	enum { DECIMALS = 4 };
	double number;
	const char *point = strchr(value, '.');
	bool is_long = point != NULL && strlen(point + 1) > DECIMALS;
	if (!is_long || !tend_parse_number(value, &number)) {
		tend_str_add(out, value);
		return;
	}
	char *text = tend_format("%.*f", DECIMALS, number);
	size_t n = strlen(text);
	while (text[n - 1] == '0') {
		n--;
	}
	tend_str_addn(out, text, text[n - 1] == '.' ? n - 1 : n);
	free(text);
}

void tend_trace_line(const struct tend_trace *t, struct tend_str *out)
{
	for (int64_t i = 0; i < t->depth; i++) {
		tend_str_add(out, "  ");
	}
	tend_str_addf(out, "%s: ", t->expression);
	add_value(t->value != NULL ? t->value : _("unknown"), out);
	if (t->missing != NULL) {
		tend_str_addf(out, ", %s", t->missing);
	}
	struct tend_str basis = {0};
	add_basis(t, &basis);
	if (basis.len > 0) {
		tend_str_addf(out, " (%s)", tend_str_text(&basis));
	}
	tend_str_finish(&basis);
}
