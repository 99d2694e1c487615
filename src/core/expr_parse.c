/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include <tend/date.h>
#include <tend/lang.h>
#include <tend/str.h>
#include <tend/text.h>

#include "expr.h"

struct parser {
	struct expr_source *s;
	struct expr_token token; /* the next one */
	size_t end; /* byte past the last token taken */
	int depth;
};

static struct expr_node *parse_or(struct parser *p);

static void advance(struct parser *p)
{
	p->end = p->token.at.to;
	p->token = expr_next_token(p->s);
}

static bool is_sign(const struct parser *p, const char *sign)
{
	return p->token.kind == TOKEN_SIGN && strcmp(p->token.text, sign) == 0;
}

static bool is_word(const struct parser *p, const char *word)
{
	return p->token.kind == TOKEN_NAME && strcmp(p->token.text, word) == 0;
}

static bool is_keyword(const char *name)
{
	static const char *const words[] = {"and", "or", "not", "in", "null", "true", "false"};
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (strcmp(name, words[i]) == 0) {
			return true;
		}
	}
	return false;
}

static struct expr_node *make(struct parser *p, enum expr_kind kind, struct expr_place at)
{
	struct expr_node *node = tend_arena_alloc(p->s->arena, sizeof(*node));
	node->kind = kind;
	node->at = at;
	return node;
}

/* An operator between (or, with `right` alone, before) its operands. */
static struct expr_node *join(struct parser *p, enum expr_kind kind, struct expr_node *left,
	struct expr_place sign, struct expr_node *right)
{
	struct expr_place at = left != NULL ? left->at : sign;
	at.to = p->end;
	struct expr_node *node = make(p, kind, at);
	node->sign = sign;
	node->left = left != NULL ? left : right;
	node->right = left != NULL ? right : NULL;
	return node;
}

/* Reports what is wrong with the token, once: later errors would follow from it. */
static struct expr_node *unexpected(struct parser *p, const char *expected)
{
	if (p->token.kind == TOKEN_BAD) {
		return NULL;
	}
	if (p->token.kind == TOKEN_END) {
		expr_report(p->s, TEND_ERROR, p->token.at,
			_("the expression ends where %s should follow"), expected);
	} else {
		expr_report(p->s, TEND_ERROR, p->token.at, _("%s is expected here, not %s"),
			expected, expr_excerpt(p->s, p->token.at));
	}
	return NULL;
}

static bool enter(struct parser *p)
{
	if (p->depth == TEND_EXPR_DEPTH_MAX) {
		expr_report(p->s, TEND_ERROR, p->token.at,
			_("the expression is nested deeper than %d levels"), TEND_EXPR_DEPTH_MAX);
		return false;
	}
	p->depth++;
	return true;
}

/* "30d", "4w"; months, quarters and years as 30, 90 and 365 days. */
static bool window_days(struct tend_duration d, int *ret)
{
	static const int days[] = {[TEND_DAY] = 1,
		[TEND_WEEK] = 7,
		[TEND_MONTH] = 30,
		[TEND_QUARTER] = 90,
		[TEND_YEAR] = 365};
	if (d.unit == TEND_WORKDAY || d.n < 1 || d.n > TEND_EXPR_WINDOW_MAX) {
		return false;
	}
	*ret = d.n * days[d.unit];
	return *ret <= TEND_EXPR_WINDOW_MAX;
}

/* After the comma of a call: a duration as one token, or a number and a unit in words. */
static bool parse_window(struct parser *p, struct expr_node *call)
{
	struct expr_place at = p->token.at;
	struct tend_duration d;
	const char *text = p->token.text;
	if (p->token.kind != TOKEN_DURATION && p->token.kind != TOKEN_NUMBER) {
		(void)unexpected(p, _("a window such as 30d"));
		return false;
	}
	bool number = p->token.kind == TOKEN_NUMBER;
	advance(p);
	if (number && p->token.kind == TOKEN_NAME) {
		text = tend_arena_format(p->s->arena, "%s %s", text, p->token.text);
		at.to = p->token.at.to;
		advance(p);
	}
	if (!tend_duration_parse(text, &d) || !window_days(d, &call->window)) {
		expr_report(p->s, TEND_ERROR, at,
			_("%s is not a window: write calendar days such as 30d or 4w, at most %d "
			  "days"),
			expr_excerpt(p->s, at), TEND_EXPR_WINDOW_MAX);
		return false;
	}
	call->window_at = at;
	return true;
}

/* A key as argument: it may have '-' in it. */
static bool parse_arg(struct parser *p, struct expr_node *call)
{
	call->arg_at = p->token.at;
	call->arg_is_text = p->token.kind == TOKEN_TEXT;
	if (p->token.kind != TOKEN_TEXT && p->token.kind != TOKEN_NAME
		&& p->token.kind != TOKEN_QUOTED_NAME) {
		(void)unexpected(p, _("a name"));
		return false;
	}
	struct tend_str arg = {0};
	bool name = p->token.kind == TOKEN_NAME;
	tend_str_add(&arg, p->token.text);
	advance(p);
	while (name && is_sign(p, "-") && p->token.glued) {
		advance(p);
		bool more = p->token.kind == TOKEN_NAME || p->token.kind == TOKEN_NUMBER
			|| p->token.kind == TOKEN_DURATION;
		if (!more || !p->token.glued) {
			tend_str_finish(&arg);
			(void)unexpected(p, _("the rest of the name"));
			return false;
		}
		tend_str_addf(&arg, "-%s", p->token.text);
		advance(p);
	}
	call->arg = tend_arena_strdup(p->s->arena, tend_str_text(&arg));
	call->arg_at.to = p->end;
	tend_str_finish(&arg);
	return true;
}

static struct expr_node *parse_call(struct parser *p, struct expr_token name)
{
	struct expr_node *call = make(p, EXPR_CALL, name.at);
	call->sign = name.at;
	call->text = name.text;
	advance(p);
	if (!parse_arg(p, call)) {
		return NULL;
	}
	if (is_sign(p, ",")) {
		advance(p);
		if (!parse_window(p, call)) {
			return NULL;
		}
	}
	if (!is_sign(p, ")")) {
		return unexpected(p, "\")\"");
	}
	advance(p);
	call->at.to = p->end;
	return call;
}

static struct expr_node *parse_name(struct parser *p)
{
	struct expr_token name = p->token;
	if (is_word(p, "null") || is_word(p, "true") || is_word(p, "false")) {
		struct expr_node *node =
			make(p, is_word(p, "null") ? EXPR_NULL : EXPR_BOOL, name.at);
		node->number = is_word(p, "true");
		advance(p);
		return node;
	}
	if (name.kind == TOKEN_NAME && is_keyword(name.text)) {
		if (is_word(p, "not")) {
			expr_report(p->s, TEND_ERROR, name.at,
				_("put what \"not\" belongs to in parentheses: (not …)"));
			return NULL;
		}
		return unexpected(p, _("a value"));
	}
	advance(p);
	if (is_sign(p, "(") && name.kind == TOKEN_NAME) {
		return parse_call(p, name);
	}
	struct expr_node *node = make(p, EXPR_FIELD, name.at);
	node->text = name.text;
	return node;
}

static struct expr_node *parse_parentheses(struct parser *p)
{
	struct expr_place at = p->token.at;
	if (!enter(p)) {
		return NULL;
	}
	advance(p);
	struct expr_node *node = parse_or(p);
	p->depth--;
	if (node == NULL) {
		return NULL;
	}
	if (!is_sign(p, ")")) {
		return unexpected(p, "\")\"");
	}
	advance(p);
	node->at = at;
	node->at.to = p->end;
	return node;
}

static void report_duration(struct parser *p)
{
	struct tend_duration d;
	expr_report(p->s, TEND_ERROR, p->token.at,
		tend_duration_parse(p->token.text, &d)
			? _("%s: durations stand only as windows, as in sum(logins, 30d)")
			: _("%s is not a number"),
		expr_excerpt(p->s, p->token.at));
}

static struct expr_node *parse_primary(struct parser *p)
{
	struct expr_node *node;
	switch (p->token.kind) {
	case TOKEN_NUMBER:
		node = make(p, EXPR_NUMBER, p->token.at);
		node->number = p->token.number;
		node->percent = p->token.percent;
		advance(p);
		return node;
	case TOKEN_TEXT:
		node = make(p, EXPR_TEXT, p->token.at);
		node->text = p->token.text;
		advance(p);
		return node;
	case TOKEN_DURATION:
		report_duration(p);
		return NULL;
	case TOKEN_NAME:
	case TOKEN_QUOTED_NAME:
		return parse_name(p);
	default:
		return is_sign(p, "(") ? parse_parentheses(p) : unexpected(p, _("a value"));
	}
}

static struct expr_node *parse_unary(struct parser *p)
{
	if (!is_sign(p, "-")) {
		return parse_primary(p);
	}
	struct expr_place sign = p->token.at;
	if (!enter(p)) {
		return NULL;
	}
	advance(p);
	struct expr_node *operand = parse_unary(p);
	p->depth--;
	return operand != NULL ? join(p, EXPR_NEGATE, NULL, sign, operand) : NULL;
}

/* The kind of operator that stands at the token, of those between `first` and `last`; -1 if none. */
static int operator_kind(const struct parser *p, enum expr_kind first, enum expr_kind last)
{
	static const char *const signs[] = {[EXPR_AND] = "and",
		[EXPR_OR] = "or",
		[EXPR_ADD] = "+",
		[EXPR_SUBTRACT] = "-",
		[EXPR_MULTIPLY] = "*",
		[EXPR_DIVIDE] = "/",
		[EXPR_EQ] = "==",
		[EXPR_NE] = "!=",
		[EXPR_LT] = "<",
		[EXPR_LE] = "<=",
		[EXPR_GT] = ">",
		[EXPR_GE] = ">="};
	for (int kind = (int)first; kind <= (int)last; kind++) {
		if (is_sign(p, signs[kind]) || is_word(p, signs[kind])) {
			return kind;
		}
	}
	return -1;
}

/* OPERAND (SIGN OPERAND)*, from the left. */
static struct expr_node *parse_chain(struct parser *p, enum expr_kind first, enum expr_kind last,
	struct expr_node *(*operand)(struct parser *p))
{
	struct expr_node *left = operand(p);
	int kind = left != NULL ? operator_kind(p, first, last) : -1;
	while (kind >= 0) {
		struct expr_place sign = p->token.at;
		advance(p);
		struct expr_node *right = operand(p);
		if (right == NULL) {
			return NULL;
		}
		left = join(p, (enum expr_kind)kind, left, sign, right);
		kind = operator_kind(p, first, last);
	}
	return left;
}

static struct expr_node *parse_product(struct parser *p)
{
	return parse_chain(p, EXPR_MULTIPLY, EXPR_DIVIDE, parse_unary);
}

static struct expr_node *parse_sum(struct parser *p)
{
	return parse_chain(p, EXPR_ADD, EXPR_SUBTRACT, parse_product);
}

static struct expr_node *parse_list(struct parser *p)
{
	struct expr_node *list = make(p, EXPR_LIST, p->token.at);
	struct expr_node **next = &list->left;
	advance(p);
	while (!is_sign(p, "]")) {
		if (list->left != NULL) {
			if (!is_sign(p, ",")) {
				return unexpected(p, _("\",\" or \"]\""));
			}
			advance(p);
		}
		*next = parse_sum(p);
		if (*next == NULL) {
			return NULL;
		}
		next = &(*next)->next;
	}
	advance(p);
	list->at.to = p->end;
	return list;
}

static struct expr_node *parse_comparison(struct parser *p)
{
	struct expr_node *left = parse_sum(p);
	if (left == NULL) {
		return NULL;
	}
	struct expr_place sign = p->token.at;
	bool not_in = is_word(p, "not");
	if (not_in || is_word(p, "in")) {
		advance(p);
		if (not_in && !is_word(p, "in")) {
			return unexpected(p, "\"in\"");
		}
		if (not_in) {
			advance(p);
		}
		struct expr_node *right = is_sign(p, "[") ? parse_list(p) : parse_sum(p);
		return right != NULL ? join(p, not_in ? EXPR_NOT_IN : EXPR_IN, left, sign, right)
				     : NULL;
	}
	int kind = operator_kind(p, EXPR_EQ, EXPR_GE);
	if (kind < 0) {
		return left;
	}
	advance(p);
	struct expr_node *right = parse_sum(p);
	if (right == NULL) {
		return NULL;
	}
	if (operator_kind(p, EXPR_EQ, EXPR_GE) >= 0) {
		expr_report(p->s, TEND_ERROR, p->token.at,
			_("comparisons do not chain: join two of them with \"and\""));
		return NULL;
	}
	return join(p, (enum expr_kind)kind, left, sign, right);
}

static struct expr_node *parse_not(struct parser *p)
{
	if (!is_word(p, "not")) {
		return parse_comparison(p);
	}
	struct expr_place sign = p->token.at;
	if (!enter(p)) {
		return NULL;
	}
	advance(p);
	struct expr_node *operand = parse_not(p);
	p->depth--;
	return operand != NULL ? join(p, EXPR_NOT, NULL, sign, operand) : NULL;
}

static struct expr_node *parse_and(struct parser *p)
{
	return parse_chain(p, EXPR_AND, EXPR_AND, parse_not);
}

static struct expr_node *parse_or(struct parser *p)
{
	return parse_chain(p, EXPR_OR, EXPR_OR, parse_and);
}

static void report_rest(struct parser *p)
{
	static const char *const words[] = {"and", "or", "in", "not"};
	if (p->token.kind == TOKEN_NAME) {
		char folded[8] = "";
		for (size_t i = 0; p->token.text[i] != '\0' && i + 1 < sizeof(folded); i++) {
			char c = p->token.text[i];
			folded[i] = (char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
		}
		const char *near = tend_nearest(folded, words, sizeof(words) / sizeof(words[0]));
		if (near != NULL) {
			expr_report(p->s, TEND_ERROR, p->token.at,
				_("an operator is expected here, not %s; did you mean \"%s\"?"),
				expr_excerpt(p->s, p->token.at), near);
			return;
		}
	}
	(void)unexpected(p, _("an operator"));
}

struct expr_node *expr_parse_tree(struct expr_source *s)
{
	struct parser p = {.s = s};
	size_t invalid = tend_utf8_invalid_at(s->text, s->n);
	if (s->n > TEND_EXPR_BYTES_MAX) {
		expr_report(s, TEND_ERROR, (struct expr_place){.column = 1},
			_("the expression has %zu bytes; at most %d are read"), s->n,
			TEND_EXPR_BYTES_MAX);
		return NULL;
	}
	if (invalid < s->n) {
		expr_report(s, TEND_ERROR, (struct expr_place){.column = 1},
			_("the expression is not valid UTF-8"));
		return NULL;
	}
	advance(&p);
	struct expr_node *root = parse_or(&p);
	if (root != NULL && p.token.kind != TOKEN_END) {
		report_rest(&p);
		return NULL;
	}
	return root;
}
