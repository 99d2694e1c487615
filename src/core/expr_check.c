/* SPDX-License-Identifier: MIT */
#include <string.h>

#include <tend/lang.h>
#include <tend/rules.h>
#include <tend/str.h>

#include "expr_check.h"
#include <tend/fields.h>

static bool is_loose(enum expr_class class)
{
	return class == CLASS_ANY || class == CLASS_NULL;
}

static bool is_number(enum expr_class class)
{
	return class == CLASS_NUMBER || is_loose(class);
}

static bool is_condition(enum expr_class class)
{
	return class == CLASS_BOOL || is_loose(class);
}

static const char *sign_text(struct checker *k, const struct expr_node *node)
{
	return expr_excerpt(k->s, node->sign);
}

static void require(struct checker *k, const struct expr_node *node,
	const struct expr_node *operand, bool (*is)(enum expr_class class), const char *what)
{
	if (!is(operand->class)) {
		expr_report(k->s, TEND_ERROR, operand->at, _("\"%s\" needs %s; %s is %s"),
			sign_text(k, node), what, expr_excerpt(k->s, operand->at),
			expr_class_name(operand->class));
	}
}

/* Turns a text literal beside a date into that date; false (reported) where it is none. */
static bool read_date(struct checker *k, struct expr_node *literal)
{
	if (!tend_date_parse(literal->text, &literal->date)) {
		expr_report(k->s, TEND_ERROR, literal->at,
			_("%s is not a date: write \"YYYY-MM-DD\""),
			expr_excerpt(k->s, literal->at));
		return false;
	}
	literal->kind = EXPR_DATE;
	literal->class = CLASS_DATE;
	return true;
}

/* The literal is one of the values that the field may have, where those are known. */
static void check_value(
	struct checker *k, const struct expr_node *field, const struct expr_node *literal)
{
	const struct tend_field *f =
		field->kind == EXPR_FIELD ? expr_find_field(k->names, field->text) : NULL;
	if (f == NULL || f->values == NULL || (f->flags & TEND_F_OPEN) != 0
		|| literal->kind != EXPR_TEXT) {
		return;
	}
	size_t n = 0;
	struct tend_str all = {0};
	for (; f->values[n] != NULL; n++) {
		if (strcmp(f->values[n], literal->text) == 0) {
			tend_str_finish(&all);
			return;
		}
		tend_str_addf(&all, "%s%s", n > 0 ? ", " : "", f->values[n]);
	}
	const char *message = tend_arena_format(k->s->arena, _("%s is one of %s, never %s"),
		f->name, tend_str_text(&all), expr_excerpt(k->s, literal->at));
	tend_str_finish(&all);
	expr_report_name(k, k->strict ? TEND_ERROR : TEND_WARNING, literal->at, "%s", message,
		tend_nearest(literal->text, f->values, n));
}

static void refuse_pair(struct checker *k, const struct expr_node *sign, const struct expr_node *a,
	const struct expr_node *b)
{
	const char *hint = "";
	if (a->class == CLASS_DATE || b->class == CLASS_DATE) {
		hint = _(": a date is written in quotes, \"2026-01-31\"");
	} else if (a->class == CLASS_TEXT || b->class == CLASS_TEXT) {
		hint = _(": a text is written in quotes, a number without");
	}
	expr_report(k->s, TEND_ERROR, sign->sign, _("%s is %s and %s is %s%s"),
		expr_excerpt(k->s, a->at), expr_class_name(a->class), expr_excerpt(k->s, b->at),
		expr_class_name(b->class), hint);
}

/* Two sides of == or !=, or a value and one item of a list. */
static void check_equal(
	struct checker *k, const struct expr_node *sign, struct expr_node *a, struct expr_node *b)
{
	if (a->kind == EXPR_TEXT && b->class == CLASS_DATE) {
		(void)read_date(k, a);
		return;
	}
	if (b->kind == EXPR_TEXT && a->class == CLASS_DATE) {
		(void)read_date(k, b);
		return;
	}
	bool tag = (a->class == CLASS_TAGS && b->class == CLASS_TEXT)
		|| (a->class == CLASS_TEXT && b->class == CLASS_TAGS);
	bool same = a->class == b->class && a->class != CLASS_TAGS;
	if (!tag && !same && !is_loose(a->class) && !is_loose(b->class)) {
		refuse_pair(k, sign, a, b);
		return;
	}
	check_value(k, a, b);
	check_value(k, b, a);
}

static bool is_ordered(enum expr_class class)
{
	return class == CLASS_NUMBER || class == CLASS_DATE || is_loose(class);
}

/* A number literal, with its sign. */
static bool is_plain_number(const struct expr_node *node, double *ret)
{
	bool negative = node->kind == EXPR_NEGATE;
	const struct expr_node *literal = negative ? node->left : node;
	*ret = negative ? -literal->number : literal->number;
	return literal->kind == EXPR_NUMBER && !literal->percent;
}

/* change() falls by 100% at most, and hardly rises tenfold: what is compared with 30 was meant as 30%. */
static void check_percent(
	struct checker *k, const struct expr_node *call, const struct expr_node *other)
{
	enum { RISE_MAX = 10 };
	double n;
	bool is_change = call->kind == EXPR_CALL && strcmp(call->text, "change") == 0;
	if (is_change && is_plain_number(other, &n) && (n < -1 || n >= RISE_MAX)) {
		const struct expr_source *s = k->s;
		const char *shown = expr_excerpt(k->s, other->at);
		tend_findings_add_rule(s->findings, TEND_WARNING, TEND_RULE_PERCENT, s->line,
			s->first_column + other->at.column - 1,
			_("change() is a part of 1, and %s is %g%%; did you mean %s%%?"), shown,
			n * 100, shown);
	}
}

static void check_order(struct checker *k, struct expr_node *node)
{
	struct expr_node *a = node->left, *b = node->right;
	if (a->kind == EXPR_TEXT && (b->class == CLASS_DATE || b->class == CLASS_ANY)) {
		if (!read_date(k, a)) {
			return;
		}
	}
	if (b->kind == EXPR_TEXT && (a->class == CLASS_DATE || a->class == CLASS_ANY)) {
		if (!read_date(k, b)) {
			return;
		}
	}
	const struct expr_node *sides[] = {a, b};
	for (size_t i = 0; i < COUNT_OF(sides); i++) {
		if (!is_ordered(sides[i]->class)) {
			expr_report(k->s, TEND_ERROR, sides[i]->at,
				_("\"%s\" compares numbers and dates; %s is %s"),
				sign_text(k, node), expr_excerpt(k->s, sides[i]->at),
				expr_class_name(sides[i]->class));
			return;
		}
	}
	if (a->class != b->class && !is_loose(a->class) && !is_loose(b->class)) {
		refuse_pair(k, node, a, b);
	}
	check_percent(k, a, b);
	check_percent(k, b, a);
}

static void check_in(struct checker *k, struct expr_node *node)
{
	struct expr_node *right = node->right;
	if (right->kind == EXPR_LIST) {
		for (struct expr_node *item = right->left; item != NULL; item = item->next) {
			check_equal(k, node, node->left, item);
		}
		return;
	}
	if (right->class != CLASS_TAGS) {
		expr_report(k->s, TEND_ERROR, right->at,
			_("\"in\" needs a list in brackets, or tags; %s is %s"),
			expr_excerpt(k->s, right->at), expr_class_name(right->class));
		return;
	}
	if (node->left->class != CLASS_TEXT && !is_loose(node->left->class)) {
		refuse_pair(k, node, node->left, right);
	}
}

static void check_operator(struct checker *k, struct expr_node *node)
{
	node->class = CLASS_BOOL;
	switch (node->kind) {
	case EXPR_NEGATE:
	case EXPR_ADD:
	case EXPR_SUBTRACT:
	case EXPR_MULTIPLY:
	case EXPR_DIVIDE:
		node->class = CLASS_NUMBER;
		require(k, node, node->left, is_number, _("numbers"));
		if (node->right != NULL) {
			require(k, node, node->right, is_number, _("numbers"));
		}
		break;
	case EXPR_NOT:
	case EXPR_AND:
	case EXPR_OR:
		require(k, node, node->left, is_condition, _("conditions"));
		if (node->right != NULL) {
			require(k, node, node->right, is_condition, _("conditions"));
		}
		break;
	case EXPR_EQ:
	case EXPR_NE:
		check_equal(k, node, node->left, node->right);
		break;
	case EXPR_IN:
	case EXPR_NOT_IN:
		check_in(k, node);
		break;
	default:
		check_order(k, node);
	}
}

/* Operands first. The depth is bounded by the length of the text. */
static void check(struct checker *k, struct expr_node *node)
{
	if (node == NULL) {
		return;
	}
	if (node->kind == EXPR_LIST) {
		for (struct expr_node *item = node->left; item != NULL; item = item->next) {
			check(k, item);
		}
		return;
	}
	expr_mark_values(k, node);
	check(k, node->left);
	check(k, node->right);
	switch (node->kind) {
	case EXPR_NUMBER:
		node->class = CLASS_NUMBER;
		break;
	case EXPR_TEXT:
		node->class = CLASS_TEXT;
		break;
	case EXPR_BOOL:
		node->class = CLASS_BOOL;
		break;
	case EXPR_NULL:
		node->class = CLASS_NULL;
		break;
	case EXPR_FIELD:
		expr_check_field(k, node);
		break;
	case EXPR_CALL:
		expr_check_call(k, node);
		break;
	default:
		check_operator(k, node);
	}
}

void expr_check_tree(struct checker *k, struct expr_node *root)
{
	check(k, root);
	if (!k->s->failed && !k->names->any_type && !is_condition(root->class)) {
		expr_report(k->s, TEND_ERROR, root->at, _("a condition is expected here; %s is %s"),
			expr_excerpt(k->s, root->at), expr_class_name(root->class));
	}
}

void expr_check(
	struct expr_source *s, struct tend_expr *e, const struct tend_names *names, bool strict)
{
	struct checker k = {.s = s, .e = e, .names = names, .strict = strict};
	expr_check_tree(&k, e->root);
}
