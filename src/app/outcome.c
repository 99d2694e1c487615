/* SPDX-License-Identifier: MIT */
/* Outcomes: what they come to, and the arithmetic of it. */
#include <math.h>
#include <string.h>

#include <tend/outcome.h>

#include "derive.h"
#include "facts.h"

enum tend_status tend_app_outcome_measure(struct tend_app *a, const char *name, const char *value,
	struct tend_date date, struct tend_done *ret, struct tend_error *err)
{
	char day[TEND_DATE_LEN];
	struct tend_list list = {0};
	date = tend_has_date(date) ? date : a->today;
	done_begin(a, ret);
	if (date.day > a->today.day) {
		return tend_fail(err, TEND_USAGE, _("nothing was measured in the future"));
	}
	enum tend_status status = tend_app_record(a, &tend_outcome_type, name, &list, err);
	bool by_signal = false;
	if (status == TEND_OK) {
		const struct tend_outcome *o = tend_list_at(&list, 0);
		by_signal = o->metric != NULL && !isnan(o->now)
			&& (isnan(o->value) || o->now != o->value);
		const struct tend_assignment fields[] = {
			{"value", value}, {"as_of", tend_date_format(date, day)}};
		status = tend_app_record_set(a, &tend_outcome_type, name, fields, 2, ret, err);
	}
	if (status == TEND_OK && by_signal) {
		done_warn(ret, _("its signal goes before the value by hand"));
	}
	tend_list_finish(&list);
	return status;
}

/* --- why --- */

static void add_line(struct tend_list *ret, const char *part, int64_t depth, const char *expression,
	const char *value)
{
	struct tend_trace *t = tend_list_add(ret);
	t->part = part;
	t->depth = depth;
	t->expression = expression;
	t->value = value;
}

static const char *number_text(struct tend_list *ret, double n)
{
	struct tend_str out = {0};
	tend_value_format((struct tend_value){.type = TEND_NUMBER, .number = n}, &out);
	const char *text = isnan(n) ? NULL : tend_arena_strdup(&ret->arena, tend_str_text(&out));
	tend_str_finish(&out);
	return text;
}

static const char *truth_text(int64_t truth)
{
	return truth == TEND_NO_INT ? NULL : truth != 0 ? "true" : "false";
}

/* What is unknown says so. */
static void add_number(struct tend_list *ret, int64_t depth, const char *expression, double n)
{
	add_line(ret, "progress", depth, expression, number_text(ret, n));
	struct tend_trace *t = tend_list_at(ret, ret->n - 1);
	t->missing = isnan(n) ? _("there is no value") : NULL;
}

static void add_truth(struct tend_list *ret, int64_t depth, const char *expression, int64_t truth)
{
	add_line(ret, "success", depth, expression, truth_text(truth));
	struct tend_trace *t = tend_list_at(ret, ret->n - 1);
	t->missing = truth == TEND_NO_INT ? _("there is no value") : NULL;
}

/* The points that the signal's answer is made of, a line each. */
static void add_points(struct tend_list *ret, const struct tend_facts *f, const char *metric,
	const struct tend_basis *b)
{
	for (size_t i = 0; i < f->nseries; i++) {
		const struct tend_facts_series *s = &f->series[i];
		for (size_t k = 0; strcmp(s->metric, metric) == 0 && k < s->n; k++) {
			const struct tend_point *p = &s->points[k];
			char day[TEND_DATE_LEN];
			bool counts =
				tend_has_date(b->from) ? p->date.day >= b->from.day : k == s->n - 1;
			if (counts) {
				add_number(ret, 2,
					tend_arena_strdup(
						&ret->arena, tend_date_format(p->date, day)),
					p->value);
			}
		}
	}
}

static void add_now(struct tend_list *ret, struct tend_app *a, const struct tend_outcome *o,
	const struct tend_basis *b, const struct tend_facts *f)
{
	if (b->rows == 0) {
		add_number(ret, 1, _("now, by hand"), o->now);
		struct tend_trace *t = tend_list_at(ret, ret->n - 1);
		t->newest = isnan(o->now) ? TEND_NO_DATE : o->as_of;
		return;
	}
	const char *function = tend_outcome_function(o, outcome_counts(a, o));
	const char *call = strcmp(function, "latest") == 0
		? tend_arena_format(&ret->arena, "now = latest(%s)", o->metric)
		: tend_arena_format(
			&ret->arena, "now = %s(%s, %dd)", function, o->metric, TEND_OUTCOME_DAYS);
	add_number(ret, 1, call, o->now);
	struct tend_trace *t = tend_list_at(ret, ret->n - 1);
	t->rows = b->rows;
	t->newest = b->newest;
	t->from = b->from;
	t->to = b->to;
	add_points(ret, f, o->metric, b);
}

static void explain(
	struct tend_list *ret, struct tend_app *a, struct tend_outcome *o, struct facts_book *facts)
{
	const struct tend_customer whose = {.id = o->customer_id};
	const struct tend_inputs in = facts_of(facts, &whose);
	struct tend_basis b;
	tend_outcome_fill(o, outcome_counts(a, o), &in, a->today, &b);
	add_number(ret, 0, "(now - baseline) / (target - baseline)", o->progress);
	struct tend_trace *t = tend_list_at(ret, 0);
	if (o->target == o->baseline) {
		t->missing = _("division by zero");
	}
	add_now(ret, a, o, &b, &facts->facts);
	add_number(ret, 1, "baseline", o->baseline);
	add_number(ret, 1, "target", o->target);
	add_number(ret, 1, "target - now", o->target - o->now);
	add_truth(ret, 0, "result and experience", o->success);
	bool settled = o->state != NULL && strcmp(o->state, "open") != 0;
	add_truth(ret, 1,
		settled ? tend_arena_format(&ret->arena, "state == \"%s\"", o->state)
			: "progress >= 100%",
		tend_outcome_result(o));
	add_truth(ret, 1,
		o->experience == TEND_NO_INT
			? "experience"
			: tend_arena_format(&ret->arena, "experience %lld >= %d",
				(long long)o->experience, TEND_OUTCOME_EXPERIENCE),
		tend_outcome_felt(o));
}

enum tend_status tend_app_explain_outcome(
	struct tend_app *a, const char *name, struct tend_list *ret, struct tend_error *err)
{
	struct needs needs = {0};
	struct facts_book facts = {0};
	struct tend_list list;
	void *record = NULL;
	tend_list_init(ret, &tend_trace_type);
	enum tend_status status = record_find(a, &tend_outcome_type, name, &list, &record, err);
	if (status == TEND_OK) {
		struct tend_outcome *o = record;
		status = outcome_facts(a, o->customer_id, &list, &needs, &facts, err);
		if (status == TEND_OK) {
			explain(ret, a, o, &facts);
		}
		facts_finish(&facts);
		needs_finish(&needs);
	}
	tend_list_finish(&list);
	return status;
}
