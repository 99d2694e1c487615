/* SPDX-License-Identifier: MIT */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <tend/str.h>

#include "expr.h"
#include "value.h"

enum { MINOR_UNITS = 100 };

static struct tend_value unknown(void)
{
	return (struct tend_value){.type = TEND_TEXT, .null = true};
}

static struct tend_value number(double n)
{
	return isfinite(n) ? (struct tend_value){.type = TEND_NUMBER, .number = n} : unknown();
}

static struct tend_value from_truth(enum tend_truth truth)
{
	return truth == TEND_UNKNOWN
		? (struct tend_value){.type = TEND_BOOL, .null = true}
		: (struct tend_value){.type = TEND_BOOL, .integer = truth == TEND_TRUE};
}

/* A value as expressions calculate with it: NUMBER, TEXT, TAGS, DATE or BOOL. */
static struct tend_value plain(struct tend_value v)
{
	if (v.null) {
		return unknown();
	}
	switch (v.type) {
	case TEND_INT:
		return number((double)v.integer);
	case TEND_MONEY:
		return number((double)v.integer / MINOR_UNITS);
	case TEND_NUMBER:
	case TEND_RATIO:
		return number(v.number);
	case TEND_TIME:
		return (struct tend_value){.type = TEND_DATE, .date = value_day(v.integer)};
	case TEND_TERMS:
		return unknown();
	default:
		return v;
	}
}

static struct tend_value read_field(
	const struct evaluation *ev, const struct expr_node *node, const char *name)
{
	struct tend_value v = unknown();
	if (ev->in != NULL) {
		return ev->in->field != NULL ? plain(ev->in->field(ev->in->ctx, name)) : v;
	}
	if (node != NULL && ev->fields[node->field] != NULL) {
		return plain(tend_field_get(ev->fields[node->field], ev->record));
	}
	(void)tend_record_get(ev->type, ev->record, name, &v);
	return plain(v);
}

static struct tend_value field_value(const struct evaluation *ev, const struct expr_node *node)
{
	struct tend_value v = read_field(ev, node, node->text);
	if (v.null && node->class == CLASS_BOOL && strcmp(node->text, "lapsed") == 0) {
		struct tend_value status = read_field(ev, NULL, "status");
		if (!status.null && status.type == TEND_TEXT) {
			v = from_truth(strcmp(status.text, "lapsed") == 0 ? TEND_TRUE : TEND_FALSE);
		}
	}
	return v;
}

static enum tend_truth truth_of(struct tend_value v);

/* The parts of a segment are written in its own text. */
static struct tend_value segment_value(const struct evaluation *ev, const struct expr_node *node)
{
	const char *outer = NULL;
	if (ev->trace != NULL) {
		outer = ev->trace->text;
		ev->trace->text = node->inner;
	}
	enum tend_truth truth = truth_of(expr_evaluate(ev, node->left));
	if (ev->trace != NULL) {
		ev->trace->text = outer;
	}
	return from_truth(truth);
}

static struct tend_value call_value(const struct evaluation *ev, const struct expr_node *node)
{
	if (node->left != NULL) {
		return segment_value(ev, node);
	}
	if (ev->in == NULL || ev->in->call == NULL) {
		return unknown();
	}
	if (ev->trace != NULL && ev->in->basis != NULL) {
		return plain(ev->in->basis(
			ev->in->ctx, node->text, node->arg, node->window, &ev->trace->basis));
	}
	return plain(ev->in->call(ev->in->ctx, node->text, node->arg, node->window));
}

static bool as_number(struct tend_value v, double *ret)
{
	if (v.null || (v.type != TEND_NUMBER && v.type != TEND_TEXT)) {
		return false;
	}
	if (v.type == TEND_TEXT) {
		return tend_parse_number(v.text, ret);
	}
	*ret = v.number;
	return true;
}

static bool as_date(struct tend_value v, struct tend_date *ret)
{
	if (v.null || (v.type != TEND_DATE && v.type != TEND_TEXT)) {
		return false;
	}
	if (v.type == TEND_TEXT) {
		return tend_date_parse(v.text, ret);
	}
	*ret = v.date;
	return true;
}

static enum tend_truth truth_of(struct tend_value v)
{
	bool yes;
	if (!v.null && v.type == TEND_BOOL) {
		return v.integer != 0 ? TEND_TRUE : TEND_FALSE;
	}
	if (!v.null && v.type == TEND_TEXT && value_bool_parse(v.text, &yes)) {
		return yes ? TEND_TRUE : TEND_FALSE;
	}
	return TEND_UNKNOWN;
}

static bool has_tag(const char *tags, const char *tag)
{
	size_t n = strlen(tag);
	while (*tags != '\0') {
		size_t length = strcspn(tags, ",");
		if (length == n && memcmp(tags, tag, n) == 0) {
			return true;
		}
		tags += length + (tags[length] == ',');
	}
	return false;
}

static enum tend_truth is(bool condition)
{
	return condition ? TEND_TRUE : TEND_FALSE;
}

/* Both are known. A text stands for what the other side is; where it does not read so: unknown. */
static enum tend_truth equal(struct tend_value a, struct tend_value b)
{
	double x, y;
	struct tend_date d, e;
	if (a.type == TEND_TAGS || b.type == TEND_TAGS) {
		struct tend_value tags = a.type == TEND_TAGS ? a : b,
				  tag = a.type == TEND_TAGS ? b : a;
		return tag.type == TEND_TEXT ? is(has_tag(tags.text, tag.text)) : TEND_UNKNOWN;
	}
	if (a.type == TEND_TEXT && b.type == TEND_TEXT) {
		return is(strcmp(a.text, b.text) == 0);
	}
	if (a.type == TEND_NUMBER || b.type == TEND_NUMBER) {
		return as_number(a, &x) && as_number(b, &y) ? is(x == y) : TEND_UNKNOWN;
	}
	if (a.type == TEND_DATE || b.type == TEND_DATE) {
		return as_date(a, &d) && as_date(b, &e) ? is(d.day == e.day) : TEND_UNKNOWN;
	}
	enum tend_truth p = truth_of(a), q = truth_of(b);
	return p == TEND_UNKNOWN || q == TEND_UNKNOWN ? TEND_UNKNOWN : is(p == q);
}

/* Less, equal, greater as -1, 0, 1; false where it cannot be said. */
static bool order_of(struct tend_value a, struct tend_value b, int *ret)
{
	double x, y;
	struct tend_date d, e;
	if (as_number(a, &x) && as_number(b, &y)) {
		*ret = (x > y) - (x < y);
		return true;
	}
	if (as_date(a, &d) && as_date(b, &e)) {
		*ret = (d.day > e.day) - (d.day < e.day);
		return true;
	}
	return false;
}

static enum tend_truth compare(const struct evaluation *ev, const struct expr_node *node)
{
	struct tend_value a = expr_evaluate(ev, node->left), b = expr_evaluate(ev, node->right);
	int order;
	if (a.null || b.null) {
		return TEND_UNKNOWN;
	}
	if (node->kind == EXPR_EQ || node->kind == EXPR_NE) {
		enum tend_truth same = equal(a, b);
		return same == TEND_UNKNOWN ? same
					    : is((same == TEND_TRUE) == (node->kind == EXPR_EQ));
	}
	if (!order_of(a, b, &order)) {
		return TEND_UNKNOWN;
	}
	switch (node->kind) {
	case EXPR_LT:
		return is(order < 0);
	case EXPR_LE:
		return is(order <= 0);
	case EXPR_GT:
		return is(order > 0);
	default:
		return is(order >= 0);
	}
}

static enum tend_truth contains(const struct evaluation *ev, const struct expr_node *node)
{
	struct tend_value v = expr_evaluate(ev, node->left);
	enum tend_truth found = TEND_FALSE;
	if (node->right->kind != EXPR_LIST) {
		struct tend_value tags = expr_evaluate(ev, node->right);
		return v.null || tags.null ? TEND_UNKNOWN : equal(v, tags);
	}
	for (const struct expr_node *item = node->right->left; item != NULL; item = item->next) {
		struct tend_value w = expr_evaluate(ev, item);
		enum tend_truth same = v.null || w.null ? TEND_UNKNOWN : equal(v, w);
		if (same == TEND_TRUE) {
			return TEND_TRUE;
		}
		found = same == TEND_UNKNOWN ? TEND_UNKNOWN : found;
	}
	return found;
}

static enum tend_truth negate(enum tend_truth truth)
{
	return truth == TEND_UNKNOWN ? TEND_UNKNOWN : is(truth == TEND_FALSE);
}

/* `decisive` is what settles the whole: false for `and`, true for `or`. */
static enum tend_truth combine(
	const struct evaluation *ev, const struct expr_node *node, enum tend_truth decisive)
{
	enum tend_truth a = truth_of(expr_evaluate(ev, node->left));
	if (a == decisive && ev->trace == NULL) {
		return a;
	}
	enum tend_truth b = truth_of(expr_evaluate(ev, node->right));
	if (a == decisive || b == decisive) {
		return decisive;
	}
	return a == TEND_UNKNOWN || b == TEND_UNKNOWN ? TEND_UNKNOWN : negate(decisive);
}

static struct tend_value calculate(const struct evaluation *ev, const struct expr_node *node)
{
	double a, b;
	bool left = as_number(expr_evaluate(ev, node->left), &a);
	if (node->kind == EXPR_NEGATE) {
		return left ? number(-a) : unknown();
	}
	if (!as_number(expr_evaluate(ev, node->right), &b) || !left) {
		return unknown();
	}
	switch (node->kind) {
	case EXPR_ADD:
		return number(a + b);
	case EXPR_SUBTRACT:
		return number(a - b);
	case EXPR_MULTIPLY:
		return number(a * b);
	default:
		return b != 0 ? number(a / b) : unknown();
	}
}

struct tend_value expr_evaluate_plain(const struct evaluation *ev, const struct expr_node *node)
{
	switch (node->kind) {
	case EXPR_NUMBER:
		return number(node->number);
	case EXPR_TEXT:
		return (struct tend_value){.type = TEND_TEXT, .text = node->text};
	case EXPR_DATE:
		return (struct tend_value){.type = TEND_DATE, .date = node->date};
	case EXPR_BOOL:
		return from_truth(is(node->number != 0));
	case EXPR_FIELD:
		return field_value(ev, node);
	case EXPR_CALL:
		return call_value(ev, node);
	case EXPR_NOT:
		return from_truth(negate(truth_of(expr_evaluate(ev, node->left))));
	case EXPR_AND:
		return from_truth(combine(ev, node, TEND_FALSE));
	case EXPR_OR:
		return from_truth(combine(ev, node, TEND_TRUE));
	case EXPR_IN:
		return from_truth(contains(ev, node));
	case EXPR_NOT_IN:
		return from_truth(negate(contains(ev, node)));
	case EXPR_NEGATE:
	case EXPR_ADD:
	case EXPR_SUBTRACT:
	case EXPR_MULTIPLY:
	case EXPR_DIVIDE:
		return calculate(ev, node);
	case EXPR_NULL:
	case EXPR_LIST:
		return unknown();
	default:
		return from_truth(compare(ev, node));
	}
}

struct tend_value expr_evaluate(const struct evaluation *ev, const struct expr_node *node)
{
	return ev->trace != NULL ? expr_evaluate_traced(ev, node) : expr_evaluate_plain(ev, node);
}

struct tend_value tend_expr_value(const struct tend_expr *e, const struct tend_inputs *in)
{
	struct evaluation ev = {.in = in};
	return expr_evaluate(&ev, e->root);
}

enum tend_truth tend_expr_truth(const struct tend_expr *e, const struct tend_inputs *in)
{
	return truth_of(tend_expr_value(e, in));
}

void tend_expr_filter(const struct tend_expr *e, struct tend_list *list)
{
	const struct tend_field **fields = tend_calloc(e->nnames, sizeof(fields[0]));
	struct evaluation ev = {.type = list->type, .fields = fields};
	size_t size = list->type->size, kept = 0;
	for (size_t i = 0; i < e->nnames; i++) {
		fields[i] = tend_field_find(list->type, e->names[i]);
	}
	for (size_t i = 0; i < list->n; i++) {
		ev.record = tend_list_at(list, i);
		if (truth_of(expr_evaluate(&ev, e->root)) == TEND_TRUE) {
			if (kept < i) {
				memcpy(list->items + kept * size, ev.record, size);
			}
			kept++;
		}
	}
	list->n = kept;
	free(fields);
}

static bool each_call(const struct expr_node *node,
	void (*each)(void *ctx, const char *function, const char *arg, int window), void *ctx)
{
	if (node == NULL) {
		return false;
	}
	bool any = node->kind == EXPR_CALL && strcmp(node->text, "in_segment") != 0;
	if (any && each != NULL) {
		each(ctx, node->text, node->arg, node->window);
	}
	any |= each_call(node->left, each, ctx);
	any |= each_call(node->right, each, ctx);
	return each_call(node->next, each, ctx) || any;
}

bool tend_expr_calls(const struct tend_expr *e,
	void (*each)(void *ctx, const char *function, const char *arg, int window), void *ctx)
{
	return each_call(e->root, each, ctx);
}

void tend_expr_fields(
	const struct tend_expr *e, void (*each)(void *ctx, const char *name), void *ctx)
{
	for (size_t i = 0; i < e->nnames; i++) {
		each(ctx, e->names[i]);
	}
}
