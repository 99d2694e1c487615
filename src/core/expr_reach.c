/* SPDX-License-Identifier: MIT */
/*
 * Whether a condition can be true at all. What is said of one value in parts that hold together (`arr > 5 and
 * arr < 3`) is compared pair by pair; intervals of which each two meet, meet. Alternatives fail when each does.
 */
#include <math.h>
#include <string.h>

#include <tend/str.h>

#include "expr.h"

enum { CLAIMS_MAX = 64, CHOICES_MAX = 32 };

/* What one part says of a value: that it lies in an interval, is one of some texts, or is none of them. */
struct claim {
	const struct expr_node *subject;
	enum { CLAIM_RANGE, CLAIM_NOT_NUMBER, CLAIM_TEXTS, CLAIM_NO_TEXTS } kind;
	double low, high; /* CLAIM_RANGE; `low` is the one number of CLAIM_NOT_NUMBER */
	bool low_open, high_open;
	const char *texts[CHOICES_MAX];
	size_t ntexts;
};

struct claims {
	struct claim items[CLAIMS_MAX];
	size_t n;
	bool contradicted;
};

/* Alternatives are looked at when all that stands beside them is known. */
struct choices {
	const struct expr_node *items[CHOICES_MAX];
	bool positive[CHOICES_MAX];
	size_t n;
};

static bool is_constant(const struct expr_node *node)
{
	if (node == NULL) {
		return true;
	}
	if (node->kind == EXPR_FIELD || node->kind == EXPR_CALL) {
		return false;
	}
	for (const struct expr_node *item = node->kind == EXPR_LIST ? node->left : NULL;
		item != NULL; item = item->next) {
		if (!is_constant(item)) {
			return false;
		}
	}
	return node->kind == EXPR_LIST || (is_constant(node->left) && is_constant(node->right));
}

static struct tend_value constant_value(const struct expr_node *node)
{
	static const struct tend_inputs none = {0};
	struct evaluation ev = {.in = &none};
	return expr_evaluate(&ev, node);
}

static bool is_same(const struct expr_node *a, const struct expr_node *b)
{
	if (a == NULL || b == NULL) {
		return a == b;
	}
	return a->kind == b->kind && a->kind != EXPR_LIST && tend_same(a->text, b->text)
		&& tend_same(a->arg, b->arg) && a->window == b->window && a->number == b->number
		&& a->date.day == b->date.day && is_same(a->left, b->left)
		&& is_same(a->right, b->right);
}

static bool has_text(const struct claim *c, const char *text)
{
	for (size_t i = 0; i < c->ntexts; i++) {
		if (strcmp(c->texts[i], text) == 0) {
			return true;
		}
	}
	return false;
}

/* Texts of `a` that `b` allows. */
static bool texts_meet(const struct claim *a, const struct claim *b)
{
	for (size_t i = 0; i < a->ntexts; i++) {
		if (has_text(b, a->texts[i]) == (b->kind == CLAIM_TEXTS)) {
			return true;
		}
	}
	return false;
}

static bool ranges_meet(const struct claim *a, const struct claim *b)
{
	double low = fmax(a->low, b->low), high = fmin(a->high, b->high);
	bool low_open = (a->low == low && a->low_open) || (b->low == low && b->low_open);
	bool high_open = (a->high == high && a->high_open) || (b->high == high && b->high_open);
	return low < high || (low == high && !low_open && !high_open);
}

static bool can_both_hold(const struct claim *a, const struct claim *b)
{
	if (!is_same(a->subject, b->subject)) {
		return true;
	}
	if (a->kind == CLAIM_RANGE && b->kind == CLAIM_RANGE) {
		return ranges_meet(a, b);
	}
	if (a->kind == CLAIM_RANGE && b->kind == CLAIM_NOT_NUMBER) {
		return !(a->low == b->low && a->high == b->low);
	}
	if (a->kind == CLAIM_TEXTS && (b->kind == CLAIM_TEXTS || b->kind == CLAIM_NO_TEXTS)) {
		return texts_meet(a, b);
	}
	if ((a->kind == CLAIM_NOT_NUMBER && b->kind == CLAIM_RANGE)
		|| (a->kind == CLAIM_NO_TEXTS && b->kind == CLAIM_TEXTS)) {
		return can_both_hold(b, a);
	}
	return true;
}

static void add_claim(struct claims *all, const struct claim *c)
{
	for (size_t i = 0; i < all->n; i++) {
		all->contradicted = all->contradicted || !can_both_hold(&all->items[i], c);
	}
	if (all->n < CLAIMS_MAX) {
		all->items[all->n++] = *c;
	}
}

/* --- what the parts say --- */

static enum expr_kind opposite(enum expr_kind kind)
{
	switch (kind) {
	case EXPR_EQ:
		return EXPR_NE;
	case EXPR_NE:
		return EXPR_EQ;
	case EXPR_LT:
		return EXPR_GE;
	case EXPR_LE:
		return EXPR_GT;
	case EXPR_GT:
		return EXPR_LE;
	default:
		return EXPR_LT;
	}
}

static enum expr_kind mirrored(enum expr_kind kind)
{
	switch (kind) {
	case EXPR_LT:
		return EXPR_GT;
	case EXPR_LE:
		return EXPR_GE;
	case EXPR_GT:
		return EXPR_LT;
	case EXPR_GE:
		return EXPR_LE;
	default:
		return kind;
	}
}

static void claim_number(
	struct claims *all, const struct expr_node *subject, enum expr_kind kind, double n)
{
	struct claim c = {.subject = subject, .low = -INFINITY, .high = INFINITY};
	switch (kind) {
	case EXPR_EQ:
		c.low = c.high = n;
		break;
	case EXPR_NE:
		c.kind = CLAIM_NOT_NUMBER;
		c.low = n;
		break;
	case EXPR_LT:
	case EXPR_LE:
		c.high = n;
		c.high_open = kind == EXPR_LT;
		break;
	default:
		c.low = n;
		c.low_open = kind == EXPR_GT;
		break;
	}
	add_claim(all, &c);
}

static void claim_value(struct claims *all, const struct expr_node *subject, enum expr_kind kind,
	struct tend_value v)
{
	if (v.null) { /* what is compared with null is never true, and its opposite neither */
		all->contradicted = true;
	} else if (v.type == TEND_NUMBER) {
		claim_number(all, subject, kind, v.number);
	} else if (v.type == TEND_DATE) {
		claim_number(all, subject, kind, v.date.day);
	} else if (v.type == TEND_BOOL) {
		claim_number(all, subject, kind, (double)v.integer);
	} else if (v.type == TEND_TEXT && subject->class == CLASS_TEXT) {
		struct claim c = {.subject = subject,
			.kind = kind == EXPR_EQ ? CLAIM_TEXTS : CLAIM_NO_TEXTS,
			.texts = {v.text},
			.ntexts = 1};
		add_claim(all, &c);
	}
}

static void claim_comparison(struct claims *all, const struct expr_node *node, bool positive)
{
	enum expr_kind kind = positive ? node->kind : opposite(node->kind);
	if (is_constant(node->right)) {
		claim_value(all, node->left, kind, constant_value(node->right));
	} else if (is_constant(node->left)) {
		claim_value(all, node->right, mirrored(kind), constant_value(node->left));
	}
}

static void claim_list(struct claims *all, const struct expr_node *node, bool positive)
{
	struct claim c = {.subject = node->left, .kind = positive ? CLAIM_TEXTS : CLAIM_NO_TEXTS};
	if (node->right->kind != EXPR_LIST || node->left->class != CLASS_TEXT) {
		return;
	}
	for (const struct expr_node *item = node->right->left; item != NULL; item = item->next) {
		if (!is_constant(item) || c.ntexts == CHOICES_MAX) {
			return;
		}
		struct tend_value v = constant_value(item);
		if (v.null && !positive) { /* whether it is that one is never known */
			all->contradicted = true;
		}
		if (!v.null && v.type == TEND_TEXT) {
			c.texts[c.ntexts++] = v.text;
		}
	}
	all->contradicted = all->contradicted || (positive && c.ntexts == 0);
	add_claim(all, &c);
}

static void claim_constant(struct claims *all, const struct expr_node *node, bool positive)
{
	struct tend_value v = constant_value(node);
	if (v.null || (v.type == TEND_BOOL && (v.integer != 0) != positive)) {
		all->contradicted = true;
	}
}

static void collect(
	struct claims *all, struct choices *later, const struct expr_node *node, bool positive)
{
	if (is_constant(node)) {
		claim_constant(all, node, positive);
		return;
	}
	switch (node->kind) {
	case EXPR_NOT:
		collect(all, later, node->left, !positive);
		break;
	case EXPR_AND:
	case EXPR_OR:
		if ((node->kind == EXPR_AND) == positive) {
			collect(all, later, node->left, positive);
			collect(all, later, node->right, positive);
		} else if (later->n < CHOICES_MAX) {
			later->items[later->n] = node;
			later->positive[later->n++] = positive;
		}
		break;
	case EXPR_EQ:
	case EXPR_NE:
	case EXPR_LT:
	case EXPR_LE:
	case EXPR_GT:
	case EXPR_GE:
		claim_comparison(all, node, positive);
		break;
	case EXPR_IN:
	case EXPR_NOT_IN:
		claim_list(all, node, (node->kind == EXPR_IN) == positive);
		break;
	case EXPR_FIELD:
	case EXPR_CALL:
		if (node->kind == EXPR_CALL && node->left != NULL) {
			collect(all, later, node->left, positive); /* what a segment says */
		} else if (node->class == CLASS_BOOL) {
			claim_number(all, node, EXPR_EQ, positive);
		}
		break;
	default:
		break;
	}
}

/* Beside what is claimed already, which is as before when it returns. */
static bool never(struct claims *all, const struct expr_node *node, bool positive)
{
	size_t n = all->n;
	struct choices later = {0};
	collect(all, &later, node, positive);
	for (size_t i = 0; i < later.n && !all->contradicted; i++) {
		all->contradicted = never(all, later.items[i]->left, later.positive[i])
			&& never(all, later.items[i]->right, later.positive[i]);
	}
	bool ret = all->contradicted;
	all->contradicted = false;
	all->n = n;
	return ret;
}

bool tend_expr_never(const struct tend_expr *e, const char *field, const char *text)
{
	struct claims all; /* large, and filled as far as it is used */
	all.n = 0;
	all.contradicted = false;
	struct expr_node subject = {.kind = EXPR_FIELD, .class = CLASS_TEXT, .text = field};
	if (field != NULL) {
		struct claim c = {
			.subject = &subject, .kind = CLAIM_TEXTS, .texts = {text}, .ntexts = 1};
		add_claim(&all, &c);
	}
	return never(&all, e->root, true);
}
