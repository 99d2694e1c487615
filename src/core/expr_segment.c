/* SPDX-License-Identifier: MIT */
/* Segments in expressions: in_segment("key") is the segment's own expression, put in where it is named. */
#include <stdlib.h>
#include <string.h>

#include <tend/lang.h>
#include <tend/str.h>

#include "expr_check.h"

static const struct tend_saved_filter *find_segment(const struct tend_names *names, const char *key)
{
	for (size_t i = 0; i < names->nsegments; i++) {
		if (strcmp(names->segments[i].key, key) == 0) {
			return &names->segments[i];
		}
	}
	return NULL;
}

/* What is wrong with a segment of a file is no fault of the text that names it: it says nothing then. */
static enum tend_severity severity(const struct checker *k)
{
	return k->strict ? TEND_ERROR : TEND_WARNING;
}

static void report_unknown(struct checker *k, const struct expr_node *node)
{
	const struct tend_names *names = k->names;
	const char **keys = tend_calloc(names->nsegments + 1, sizeof(*keys));
	for (size_t i = 0; i < names->nsegments; i++) {
		keys[i] = names->segments[i].key;
	}
	expr_report_name(k, severity(k), node->arg_at, _("there is no segment %s"),
		expr_excerpt(k->s, node->arg_at), tend_nearest(node->arg, keys, names->nsegments));
	free(keys);
}

/* How deep it stands, and whether the key stands around it already. */
static size_t depth_of(const struct expr_within *within, const char *key, bool *ret_cycle)
{
	size_t n = 0;
	*ret_cycle = false;
	for (; within != NULL; within = within->outer, n++) {
		*ret_cycle = *ret_cycle || strcmp(within->key, key) == 0;
	}
	return n;
}

/* "a, b, a": from the outside in. */
static void add_chain(const struct expr_within *within, struct tend_str *out)
{
	if (within != NULL) {
		add_chain(within->outer, out);
		tend_str_addf(out, "%s, ", within->key);
	}
}

static void report_cycle(struct checker *k, const struct expr_node *node)
{
	struct tend_str chain = {0};
	add_chain(k->s->within, &chain);
	expr_report(k->s, severity(k), node->arg_at, _("segments use each other in a circle: %s%s"),
		tend_str_text(&chain), node->arg);
	tend_str_finish(&chain);
}

/* The first error of a segment, else the first name in it that nobody knows. */
static const struct tend_finding *worst(const struct tend_findings *found)
{
	const struct tend_finding *first = NULL;
	for (size_t i = 0; i < found->n; i++) {
		const struct tend_finding *f = &found->items[i];
		if (f->severity == TEND_ERROR) {
			return f;
		}
		first = first == NULL && f->rule[0] == '\0' ? f : first;
	}
	return first;
}

static void report_inner(
	struct checker *k, const struct expr_node *node, const struct tend_findings *found)
{
	const struct tend_finding *f = worst(found);
	if (f != NULL) {
		expr_report(k->s, severity(k), node->arg_at, _("in segment \"%s\", column %d: %s"),
			node->arg, f->column, f->text);
	}
}

static void put_in(struct checker *k, struct expr_node *node, const char *filter)
{
	struct tend_findings found;
	struct tend_names names = *k->names;
	struct expr_within within = {node->arg, k->s->within};
	struct expr_source s = {.text = tend_arena_strdup(k->s->arena, filter),
		.n = strlen(filter),
		.column = 1,
		.arena = k->s->arena,
		.findings = &found,
		.line = 1,
		.first_column = 1,
		.within = &within};
	struct checker inner = {.s = &s, .e = k->e, .names = &names, .strict = k->strict};
	tend_findings_init(&found, "");
	names.any_type = false;
	struct expr_node *root = expr_parse_tree(&s);
	if (root != NULL) {
		expr_check_tree(&inner, root);
	}
	if (root != NULL && !s.failed) {
		node->left = root;
		node->inner = s.text;
	}
	report_inner(k, node, &found);
	tend_findings_finish(&found);
}

void expr_check_segment(struct checker *k, struct expr_node *node)
{
	bool cycle;
	if (k->names->segments == NULL) {
		return;
	}
	const struct tend_saved_filter *segment = find_segment(k->names, node->arg);
	size_t depth = depth_of(k->s->within, node->arg, &cycle);
	if (segment == NULL) {
		report_unknown(k, node);
	} else if (cycle) {
		report_cycle(k, node);
	} else if (depth >= TEND_EXPR_SEGMENT_DEPTH_MAX
		|| k->e->nsegments >= TEND_EXPR_SEGMENTS_MAX) {
		expr_report(k->s, severity(k), node->arg_at,
			_("too many segments in one another: at most %d deep, %d in all"),
			TEND_EXPR_SEGMENT_DEPTH_MAX, TEND_EXPR_SEGMENTS_MAX);
	} else {
		k->e->nsegments++;
		put_in(k, node, segment->filter);
	}
}
