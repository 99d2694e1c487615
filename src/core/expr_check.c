/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include <tend/lang.h>
#include <tend/str.h>

#include "expr.h"
#include "fields.h"

struct checker {
	struct expr_source *s;
	struct tend_expr *e;
	const struct tend_names *names;
	bool strict;
};

enum arg_kind { ARG_METRIC, ARG_METRIC_OR_CONTACT, ARG_OPEN, ARG_OVERDUE, ARG_MILESTONE };

struct function {
	const char *name;
	enum arg_kind arg;
	bool window;
	enum expr_class class;
};

static const struct function functions[] = {
	{"latest", ARG_METRIC, false, CLASS_NUMBER},
	{"days_since", ARG_METRIC_OR_CONTACT, false, CLASS_NUMBER},
	{"sum", ARG_METRIC, true, CLASS_NUMBER},
	{"avg", ARG_METRIC, true, CLASS_NUMBER},
	{"min", ARG_METRIC, true, CLASS_NUMBER},
	{"max", ARG_METRIC, true, CLASS_NUMBER},
	{"count", ARG_METRIC, true, CLASS_NUMBER},
	{"change", ARG_METRIC, true, CLASS_NUMBER},
	{"open", ARG_OPEN, false, CLASS_NUMBER},
	{"overdue", ARG_OVERDUE, false, CLASS_NUMBER},
	{"done", ARG_MILESTONE, false, CLASS_BOOL},
};
static const char *const open_records[] = {"complaints", "milestones", "alerts"};
static const char *const overdue_records[] = {"milestones"};

/* "…; did you mean X?", or the message alone. */
static void report_name(struct checker *k, enum tend_severity severity, struct expr_place at,
	const char *message, const char *name, const char *near)
{
	const char *shown = tend_arena_format(k->s->arena, message, name);
	if (near != NULL) {
		expr_report(k->s, severity, at, _("%s; did you mean %s?"), shown, near);
	} else {
		expr_report(k->s, severity, at, "%s", shown);
	}
}

static bool is_usable(const struct tend_field *f)
{
	return (f->flags & TEND_F_HIDDEN) == 0 && f->type != TEND_TERMS;
}

static const struct tend_field *find_field(const struct tend_names *names, const char *name)
{
	for (size_t i = 0; i < names->nfields; i++) {
		if (is_usable(&names->fields[i]) && strcmp(names->fields[i].name, name) == 0) {
			return &names->fields[i];
		}
	}
	return NULL;
}

static bool is_among(const char *name, const char *const *list, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (strcmp(name, list[i]) == 0) {
			return true;
		}
	}
	return false;
}

static const struct function *find_function(const char *name)
{
	for (size_t i = 0; i < COUNT_OF(functions); i++) {
		if (strcmp(functions[i].name, name) == 0) {
			return &functions[i];
		}
	}
	return NULL;
}

static bool knows_lapsed(const struct tend_names *names)
{
	return find_field(names, "status") != NULL;
}

static const char *nearest_name(const struct checker *k, const char *name)
{
	const struct tend_names *names = k->names;
	const char **all = tend_calloc(names->nfields + names->ncustom + 1, sizeof(all[0]));
	size_t n = 0;
	for (size_t i = 0; i < names->nfields; i++) {
		if (is_usable(&names->fields[i])) {
			all[n++] = names->fields[i].name;
		}
	}
	for (size_t i = 0; i < names->ncustom; i++) {
		all[n++] = names->custom[i];
	}
	if (knows_lapsed(names)) {
		all[n++] = "lapsed";
	}
	const char *near = tend_nearest(name, all, n);
	free(all);
	return near;
}

static enum expr_class class_of(enum tend_type type)
{
	static const enum expr_class classes[] = {[TEND_TEXT] = CLASS_TEXT,
		[TEND_INT] = CLASS_NUMBER,
		[TEND_NUMBER] = CLASS_NUMBER,
		[TEND_RATIO] = CLASS_NUMBER,
		[TEND_MONEY] = CLASS_NUMBER,
		[TEND_DATE] = CLASS_DATE,
		[TEND_BOOL] = CLASS_BOOL,
		[TEND_TIME] = CLASS_DATE,
		[TEND_TAGS] = CLASS_TAGS,
		[TEND_TERMS] = CLASS_NULL};
	return classes[type];
}

static const char *class_name(enum expr_class class)
{
	static const char *const names[] = {[CLASS_ANY] = N_("a field of your own"),
		[CLASS_NULL] = N_("unknown"),
		[CLASS_NUMBER] = N_("a number"),
		[CLASS_TEXT] = N_("a text"),
		[CLASS_TAGS] = N_("a list of tags"),
		[CLASS_DATE] = N_("a date"),
		[CLASS_BOOL] = N_("yes or no")};
	return _(names[class]);
}

static void check_field(struct checker *k, struct expr_node *node)
{
	struct tend_expr *e = k->e;
	for (node->field = 0; node->field < e->nnames; node->field++) {
		if (strcmp(e->names[node->field], node->text) == 0) {
			break;
		}
	}
	if (node->field == e->nnames) {
		struct {
			const char **items;
			size_t n, cap;
		} names = {e->names, e->nnames, e->names_cap};
		*TEND_PUSH(&names) = node->text;
		e->names = names.items;
		e->nnames = names.n;
		e->names_cap = names.cap;
	}
	const struct tend_field *f = find_field(k->names, node->text);
	if (f != NULL) {
		node->class = class_of(f->type);
	} else if (is_among(node->text, k->names->custom, k->names->ncustom)
		|| k->names->any_column) {
		node->class = CLASS_ANY;
	} else if (strcmp(node->text, "lapsed") == 0 && knows_lapsed(k->names)) {
		node->class = CLASS_BOOL;
	} else {
		node->class = CLASS_ANY;
		const char *name = expr_excerpt(k->s, node->at);
		if (k->names->functions && find_function(node->text) != NULL) {
			expr_report(k->s, TEND_ERROR, node->at,
				_("%s is a function: write what it is about in parentheses"), name);
			return;
		}
		report_name(k, k->strict ? TEND_ERROR : TEND_WARNING, node->at,
			_("there is no field \"%s\""), name, nearest_name(k, node->text));
	}
}

static void check_metric(struct checker *k, const struct expr_node *node)
{
	const struct tend_names *names = k->names;
	if (names->metrics != NULL && !is_among(node->arg, names->metrics, names->nmetrics)) {
		report_name(k, k->strict ? TEND_ERROR : TEND_WARNING, node->arg_at,
			_("there is no metric \"%s\""), expr_excerpt(k->s, node->arg_at),
			tend_nearest(node->arg, names->metrics, names->nmetrics));
	}
}

static void check_records(struct checker *k, const struct expr_node *node, const char *message,
	const char *const *records, size_t n)
{
	if (!is_among(node->arg, records, n)) {
		report_name(k, TEND_ERROR, node->arg_at, message, expr_excerpt(k->s, node->arg_at),
			tend_nearest(node->arg, records, n));
	}
}

static void check_arg(struct checker *k, const struct expr_node *node, enum arg_kind kind)
{
	switch (kind) {
	case ARG_METRIC:
		check_metric(k, node);
		break;
	case ARG_METRIC_OR_CONTACT:
		if (strcmp(node->arg, "contact") != 0) {
			check_metric(k, node);
		}
		break;
	case ARG_OPEN:
		check_records(k, node, _("open() counts complaints, milestones or alerts, not %s"),
			open_records, COUNT_OF(open_records));
		break;
	case ARG_OVERDUE:
		check_records(k, node, _("overdue() counts milestones, not %s"), overdue_records,
			COUNT_OF(overdue_records));
		break;
	case ARG_MILESTONE: /* of any journey: nobody can say which keys there are */
		break;
	}
}

static void check_call(struct checker *k, struct expr_node *node)
{
	const char *name = expr_excerpt(k->s, node->sign);
	const struct function *f = find_function(node->text);
	node->class = f != NULL ? f->class : CLASS_ANY;
	if (f == NULL) {
		const char *names[COUNT_OF(functions)];
		for (size_t i = 0; i < COUNT_OF(functions); i++) {
			names[i] = functions[i].name;
		}
		report_name(k, TEND_ERROR, node->sign, _("there is no function \"%s\""), name,
			tend_nearest(node->text, names, COUNT_OF(names)));
		return;
	}
	if (!k->names->functions) {
		expr_report(k->s, TEND_ERROR, node->sign,
			_("functions such as %s() cannot be used here, only fields"), name);
		return;
	}
	if (f->window && node->window == 0) {
		expr_report(k->s, TEND_ERROR, node->sign,
			_("%s() needs a window, as in %s(%s, 30d)"), name, name,
			expr_excerpt(k->s, node->arg_at));
	}
	if (!f->window && node->window != 0) {
		expr_report(k->s, TEND_ERROR, node->window_at, _("%s() takes no window"), name);
	}
	check_arg(k, node, f->arg);
}

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
			class_name(operand->class));
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
		field->kind == EXPR_FIELD ? find_field(k->names, field->text) : NULL;
	if (f == NULL || f->values == NULL || literal->kind != EXPR_TEXT) {
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
	report_name(k, k->strict ? TEND_ERROR : TEND_WARNING, literal->at, "%s", message,
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
		expr_excerpt(k->s, a->at), class_name(a->class), expr_excerpt(k->s, b->at),
		class_name(b->class), hint);
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
				class_name(sides[i]->class));
			return;
		}
	}
	if (a->class != b->class && !is_loose(a->class) && !is_loose(b->class)) {
		refuse_pair(k, node, a, b);
	}
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
			expr_excerpt(k->s, right->at), class_name(right->class));
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
		check_field(k, node);
		break;
	case EXPR_CALL:
		check_call(k, node);
		break;
	default:
		check_operator(k, node);
	}
}

void expr_check(
	struct expr_source *s, struct tend_expr *e, const struct tend_names *names, bool strict)
{
	struct checker k = {.s = s, .e = e, .names = names, .strict = strict};
	check(&k, e->root);
	if (!s->failed && !names->any_type && !is_condition(e->root->class)) {
		expr_report(s, TEND_ERROR, e->root->at, _("a condition is expected here; %s is %s"),
			expr_excerpt(s, e->root->at), class_name(e->root->class));
	}
}
