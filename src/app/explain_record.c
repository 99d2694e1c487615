/* SPDX-License-Identifier: MIT */
/* Why a record's derived fields say what they say: the arithmetic down to the rows. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <tend/gift.h>
#include <tend/money.h>
#include <tend/outcome.h>
#include <tend/people.h>

#include "derive.h"
#include "facts.h"

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
static void add_number(
	struct tend_list *ret, const char *part, int64_t depth, const char *expression, double n)
{
	add_line(ret, part, depth, expression, number_text(ret, n));
	struct tend_trace *t = tend_list_at(ret, ret->n - 1);
	t->missing = isnan(n) ? _("there is no value") : NULL;
}

static void add_truth(struct tend_list *ret, const char *part, int64_t depth,
	const char *expression, int64_t truth)
{
	add_line(ret, part, depth, expression, truth_text(truth));
	struct tend_trace *t = tend_list_at(ret, ret->n - 1);
	t->missing = truth == TEND_NO_INT ? _("there is no value") : NULL;
}

/* --- outcomes --- */

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
				add_number(ret, "progress", 2,
					tend_arena_strdup(
						&ret->arena, tend_date_format(p->date, day)),
					p->value);
			}
		}
	}
}

static void add_now(struct tend_list *ret, struct tend_app *a, const struct tend_outcome *o,
	bool by_signal, const struct tend_basis *b, const struct tend_facts *f)
{
	if (!by_signal) {
		add_number(ret, "progress", 1, _("now, by hand"), o->now);
		struct tend_trace *t = tend_list_at(ret, ret->n - 1);
		t->newest = isnan(o->now) ? TEND_NO_DATE : o->as_of;
		return;
	}
	const char *function = tend_outcome_function(o, outcome_counts(a, o));
	const char *call = strcmp(function, "latest") == 0
		? tend_arena_format(&ret->arena, "now = latest(%s)", o->metric)
		: tend_arena_format(
			&ret->arena, "now = %s(%s, %dd)", function, o->metric, TEND_OUTCOME_DAYS);
	add_number(ret, "progress", 1, call, o->now);
	struct tend_trace *t = tend_list_at(ret, ret->n - 1);
	t->rows = b->rows;
	t->newest = b->newest;
	t->from = b->from;
	t->to = b->to;
	add_points(ret, f, o->metric, b);
}

static void add_outcome(
	struct tend_list *ret, struct tend_app *a, struct tend_outcome *o, struct facts_book *facts)
{
	const struct tend_customer whose = {.id = o->customer_id};
	const struct tend_inputs in = facts_of(facts, &whose);
	struct tend_basis b;
	bool by_signal = tend_outcome_fill(o, outcome_counts(a, o), &in, a->today, &b);
	add_number(ret, "progress", 0, "(now - baseline) / (target - baseline)", o->progress);
	struct tend_trace *t = tend_list_at(ret, 0);
	if (o->target == o->baseline) {
		t->missing = _("division by zero");
	}
	add_now(ret, a, o, by_signal, &b, &facts->facts);
	add_number(ret, "progress", 1, "baseline", o->baseline);
	add_number(ret, "progress", 1, "target", o->target);
	add_number(ret, "progress", 1, "target - now", o->target - o->now);
	add_truth(ret, "success", 0, "result and experience", o->success);
	bool settled = o->state != NULL && strcmp(o->state, "open") != 0;
	add_truth(ret, "success", 1,
		settled ? tend_arena_format(&ret->arena, "state == \"%s\"", o->state)
			: "progress >= 100%",
		tend_outcome_result(o));
	add_truth(ret, "success", 1,
		o->experience == TEND_NO_INT
			? "experience"
			: tend_arena_format(&ret->arena, "experience %lld >= %d",
				(long long)o->experience, TEND_OUTCOME_EXPERIENCE),
		tend_outcome_felt(o));
}

static enum tend_status explain_outcome(
	struct tend_app *a, struct tend_list *list, struct tend_list *ret, struct tend_error *err)
{
	struct needs needs = {0};
	struct facts_book facts;
	struct tend_outcome *o = tend_list_at(list, 0);
	enum tend_status status = outcome_facts(a, o->customer_id, list, &needs, &facts, err);
	if (status == TEND_OK) {
		add_outcome(ret, a, o, &facts);
	}
	facts_finish(&facts);
	needs_finish(&needs);
	return status;
}

/* --- contacts --- */

#define TOUCHES_SHOWN 10

static const char *day_text(struct tend_list *ret, struct tend_date date)
{
	char day[TEND_DATE_LEN];
	return tend_has_date(date) ? tend_arena_strdup(&ret->arena, tend_date_format(date, day))
				   : NULL;
}

static int newest_first(const void *a, const void *b)
{
	const struct tend_activity *x = a, *y = b;
	return x->date.day < y->date.day ? 1 : x->date.day > y->date.day ? -1 : 0;
}

/* The newest of those that name the contact: it is asked one by one whether they touch it. */
static void add_touches(struct tend_list *ret, const struct tend_contact *contact,
	struct tend_list *touches, struct tend_date day)
{
	int shown = 0;
	if (touches->n > 0) {
		qsort(touches->items, touches->n, touches->type->size, newest_first);
	}
	for (size_t i = 0; i < touches->n && shown < TOUCHES_SHOWN; i++) {
		const struct tend_activity *t = tend_list_at(touches, i);
		struct tend_contact c = *contact;
		tend_people_touch(&c, 1, t, 1, day);
		if (tend_has_date(c.last_touch)) {
			add_line(ret, "silent", 2, day_text(ret, t->date),
				tend_arena_strdup(&ret->arena, t->contact));
			shown++;
		}
	}
}

static enum tend_status explain_contact(
	struct tend_app *a, struct tend_list *list, struct tend_list *ret, struct tend_error *err)
{
	struct tend_contact *c = tend_list_at(list, 0);
	struct tend_list touches;
	struct tend_duration every;
	enum tend_status status = read_list(
		a, TEND_READ_TOUCHES_OF, c->customer_id, &tend_activity_type, &touches, err);
	if (status == TEND_OK) {
		tend_people_touch(c, 1, touches.n > 0 ? tend_list_at(&touches, 0) : NULL, touches.n,
			a->today);
		bool meant = c->cadence != NULL && tend_duration_parse(c->cadence, &every);
		add_truth(ret, "silent", 0, "day > last_touch + cadence", c->silent);
		add_line(ret, "silent", 1, "last_touch", day_text(ret, c->last_touch));
		add_touches(ret, c, &touches, a->today);
		add_line(ret, "silent", 1, "cadence", tend_arena_strdup(&ret->arena, c->cadence));
		add_line(ret, "silent", 1, "last_touch + cadence",
			meant && tend_has_date(c->last_touch)
				? day_text(ret, tend_date_add(NULL, c->last_touch, every))
				: NULL);
		if (tend_has_date(c->left)) {
			add_line(ret, "silent", 1, "left", day_text(ret, c->left));
		}
		add_line(ret, "silent", 1, "day", day_text(ret, a->today));
	}
	tend_list_finish(&touches);
	return status;
}

/* --- gifts --- */

static const char *money_text(struct tend_list *ret, int64_t amount)
{
	char text[TEND_MONEY_LEN];
	return amount != TEND_NO_MONEY
		? tend_arena_strdup(&ret->arena, tend_money_format(amount, text))
		: NULL;
}

static void add_money(struct tend_list *ret, int64_t depth, const char *expression, int64_t amount)
{
	add_line(ret, "budget", depth, expression, money_text(ret, amount));
	struct tend_trace *t = tend_list_at(ret, ret->n - 1);
	t->missing = amount == TEND_NO_MONEY ? _("there is no value") : NULL;
}

static void add_budget(struct tend_list *ret, const struct tend_gift_rule *rule,
	const struct tend_gift *g, const struct tend_customer *c)
{
	add_money(ret, 1, "budget", g->budget);
	add_money(ret, 2, "arr", c->arr);
	add_number(ret, "budget", 2, "share", rule->share);
	add_number(ret, "budget", 2, "least", rule->least);
	add_number(ret, "budget", 2, "most", rule->most);
}

static enum tend_status explain_gift(
	struct tend_app *a, struct tend_list *list, struct tend_list *ret, struct tend_error *err)
{
	struct tend_gift *g = tend_list_at(list, 0);
	const struct tend_gift_rule rule = sources_gifts(&a->sources);
	struct tend_list all, customer;
	tend_list_init(&all, &tend_gift_type);
	enum tend_status status = tend_app_customer(a, g->customer_id, &customer, err);
	status = status != TEND_OK ? status : derive_gifts(a, g->customer_id, list, err);
	status = status != TEND_OK ? status : more_records(a, g->customer_id, &all, err);
	if (status == TEND_OK) {
		const struct tend_customer *c = tend_list_at(&customer, 0);
		add_money(ret, 0, "budget - spent", g->budget_left);
		add_budget(ret, &rule, g, c);
		add_money(ret, 1, "spent", g->spent);
		for (size_t i = 0; i < all.n; i++) {
			const struct tend_gift *other = tend_list_at(&all, i);
			if (gift_counts_with(other, g, c->currency)) {
				add_money(ret, 2, tend_arena_strdup(&ret->arena, other->key),
					other->amount);
			}
		}
	}
	tend_list_finish(&all);
	tend_list_finish(&customer);
	return status;
}

enum tend_status tend_app_explain_record(struct tend_app *a, const struct tend_record_type *t,
	const char *name, struct tend_list *ret, struct tend_error *err)
{
	static const struct {
		const struct tend_record_type *type;
		enum tend_status (*explain)(struct tend_app *a, struct tend_list *list,
			struct tend_list *ret, struct tend_error *err);
	} kinds[] = {
		{&tend_contact_type, explain_contact},
		{&tend_gift_type, explain_gift},
		{&tend_outcome_type, explain_outcome},
	};
	struct tend_list list;
	void *record = NULL;
	tend_list_init(ret, &tend_trace_type);
	enum tend_status status = record_find(a, t, name, &list, &record, err);
	for (size_t i = 0; status == TEND_OK && i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		if (kinds[i].type == t) {
			status = kinds[i].explain(a, &list, ret, err);
		}
	}
	tend_list_finish(&list);
	return status;
}
