/* SPDX-License-Identifier: MIT */
/* The fields and functions that an expression names. */
#include <stdlib.h>
#include <string.h>

#include <tend/kind.h>
#include <tend/lang.h>
#include <tend/str.h>

#include "expr_check.h"
#include <tend/fields.h>

enum arg_kind {
	ARG_METRIC,
	ARG_METRIC_OR_CONTACT,
	ARG_OPEN,
	ARG_OVERDUE,
	ARG_MILESTONE,
	ARG_SEGMENT,
	ARG_CONTACTS,
	ARG_SURVEY
};

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
	{"in_segment", ARG_SEGMENT, false, CLASS_BOOL},
	{"silent", ARG_CONTACTS, false, CLASS_NUMBER},
	{"missing", ARG_CONTACTS, false, CLASS_NUMBER},
	{"single_thread", ARG_CONTACTS, false, CLASS_BOOL},
	{"latest_score", ARG_SURVEY, false, CLASS_NUMBER},
};
static const char *const overdue_records[] = {"milestones"};
static const char *const contact_records[] = {"contacts"};
static const char *const surveys[] = {"nps", "csat", "ces"};

void expr_report_name(struct checker *k, enum tend_severity severity, struct expr_place at,
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

const struct tend_field *expr_find_field(const struct tend_names *names, const char *name)
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
	return expr_find_field(names, "status") != NULL;
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

const char *expr_class_name(enum expr_class class)
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

/* A field whose values are texts, or may be. */
static bool is_text_field(const struct checker *k, const struct expr_node *node)
{
	if (node->kind != EXPR_FIELD) {
		return false;
	}
	const struct tend_field *f = expr_find_field(k->names, node->text);
	return f != NULL ? f->type == TEND_TEXT || f->type == TEND_TAGS
			 : is_among(node->text, k->names->custom, k->names->ncustom);
}

void expr_mark_values(struct checker *k, struct expr_node *node)
{
	bool compares = node->kind == EXPR_EQ || node->kind == EXPR_NE || node->kind == EXPR_IN
		|| node->kind == EXPR_NOT_IN;
	if (!compares) {
		return;
	}
	struct expr_node *left = node->left, *right = node->right;
	left->beside_text = is_text_field(k, right);
	right->beside_text = is_text_field(k, left);
	for (struct expr_node *item = right->kind == EXPR_LIST ? right->left : NULL; item != NULL;
		item = item->next) {
		item->beside_text = right->beside_text;
	}
}

void expr_check_field(struct checker *k, struct expr_node *node)
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
	const struct tend_field *f = expr_find_field(k->names, node->text);
	if (f != NULL) {
		node->class = class_of(f->type);
	} else if (is_among(node->text, k->names->custom, k->names->ncustom)
		|| k->names->any_column) {
		node->class = CLASS_ANY;
	} else if (strcmp(node->text, "lapsed") == 0 && knows_lapsed(k->names)) {
		node->class = CLASS_BOOL;
	} else {
		node->class = CLASS_ANY;
		enum tend_severity severity = k->strict ? TEND_ERROR : TEND_WARNING;
		const char *name = expr_excerpt(k->s, node->at);
		if (k->names->functions && find_function(node->text) != NULL) {
			expr_report(k->s, TEND_ERROR, node->at,
				_("%s is a function: write what it is about in parentheses"), name);
			return;
		}
		if (node->beside_text) {
			expr_report(k->s, severity, node->at,
				_("there is no field \"%s\"; a text is written in quotes: \"%s\""),
				name, name);
			return;
		}
		expr_report_name(k, severity, node->at, _("there is no field \"%s\""), name,
			nearest_name(k, node->text));
	}
}

static void check_metric(struct checker *k, const struct expr_node *node)
{
	const struct tend_names *names = k->names;
	if (names->metrics != NULL && !is_among(node->arg, names->metrics, names->nmetrics)) {
		expr_report_name(k, k->strict ? TEND_ERROR : TEND_WARNING, node->arg_at,
			_("there is no metric \"%s\""), expr_excerpt(k->s, node->arg_at),
			tend_nearest(node->arg, names->metrics, names->nmetrics));
	}
}

static void check_records(struct checker *k, const struct expr_node *node, const char *message,
	const char *const *records, size_t n)
{
	if (!is_among(node->arg, records, n)) {
		expr_report_name(k, TEND_ERROR, node->arg_at, message,
			expr_excerpt(k->s, node->arg_at), tend_nearest(node->arg, records, n));
	}
}

/* Milestones, alerts, and the kinds of records that can be open. */
static void check_open(struct checker *k, const struct expr_node *node)
{
	const char **names = tend_calloc(tend_kind_count + 3, sizeof(*names));
	size_t n = 0;
	names[n++] = "milestones";
	names[n++] = "alerts";
	names[n++] = "complaints"; /* by the days on which they were opened and closed */
	for (size_t i = 0; i < tend_kind_count; i++) {
		if (tend_kind_counts_open(tend_kinds[i])) {
			names[n++] = tend_kinds[i]->plural;
		}
	}
	check_records(k, node,
		_("open() counts milestones, alerts, complaints and other records that can be "
		  "open, "
		  "not %s"),
		names, n);
	free(names);
}

static void check_arg(struct checker *k, struct expr_node *node, enum arg_kind kind)
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
		check_open(k, node);
		break;
	case ARG_OVERDUE:
		check_records(k, node, _("overdue() counts milestones, not %s"), overdue_records,
			COUNT_OF(overdue_records));
		break;
	case ARG_SEGMENT:
		expr_check_segment(k, node);
		break;
	case ARG_CONTACTS:
		check_records(k, node,
			_("silent(), missing() and single_thread() are about contacts, not %s"),
			contact_records, COUNT_OF(contact_records));
		break;
	case ARG_SURVEY:
		check_records(k, node, _("latest_score() is about nps, csat or ces, not %s"),
			surveys, COUNT_OF(surveys));
		break;
	case ARG_MILESTONE: /* of any journey: nobody can say which keys there are */
		break;
	}
}

void expr_check_call(struct checker *k, struct expr_node *node)
{
	const char *name = expr_excerpt(k->s, node->sign);
	const struct function *f = find_function(node->text);
	node->class = f != NULL ? f->class : CLASS_ANY;
	if (f == NULL) {
		const char *names[COUNT_OF(functions)];
		for (size_t i = 0; i < COUNT_OF(functions); i++) {
			names[i] = functions[i].name;
		}
		expr_report_name(k, TEND_ERROR, node->sign, _("there is no function \"%s\""), name,
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
