/* SPDX-License-Identifier: MIT */
/* What the checks of names and of types share. */
#ifndef CORE_EXPR_CHECK_H
#define CORE_EXPR_CHECK_H

#include "expr.h"

struct checker {
	struct expr_source *s;
	struct tend_expr *e;
	const struct tend_names *names;
	bool strict;
};

/* The name of a field, or a call with its argument; both fill the node's class. */
void expr_check_field(struct checker *k, struct expr_node *node);
void expr_check_call(struct checker *k, struct expr_node *node);
/* in_segment(): puts the tree of the segment in. */
void expr_check_segment(struct checker *k, struct expr_node *node);
/* Checks a tree that is part of the expression `k->e`, in the names' own terms; a condition unless any type will do. */
void expr_check_tree(struct checker *k, struct expr_node *root);
/* What stands as a bare word beside a field of text, for expr_check_field: a comparison, before its operands. */
void expr_mark_values(struct checker *k, struct expr_node *node);
/* A field that expressions may use, or NULL. */
const struct tend_field *expr_find_field(const struct tend_names *names, const char *name);
/* "…; did you mean X?", or the message alone, where `near` is NULL. */
void expr_report_name(struct checker *k, enum tend_severity severity, struct expr_place at,
	const char *message, const char *name, const char *near);
const char *expr_class_name(enum expr_class class); /* "a number", … */

#endif
