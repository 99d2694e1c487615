/* SPDX-License-Identifier: MIT */
/* What the conditions of journeys and running playbooks do to a customer's plan when what they say changes. */
#include <stdlib.h>
#include <string.h>

#include <tend/care.h>
#include <tend/playbook.h>

#include "evaluate.h"

#define GUESSES_MAX 200

struct tend_inputs conditions_inputs(struct tend_app *a, struct book *b,
	const struct tend_customer *c, struct tend_customer *copy)
{
	*copy = *c;
	struct span subs = spans_of(&b->subscriptions_of, c->id);
	if (c->started.day > a->today.day && subs.n > 0) {
		copy->arr = tend_arr_on(tend_list_at(&b->subscriptions, subs.first), subs.n,
			c->started, &copy->currency);
	}
	struct tend_inputs in = facts_of(&b->facts, copy);
	struct span rows = spans_of(&b->milestones_of, c->id);
	b->facts.facts.nmilestones = rows.n;
	b->facts.facts.milestones = rows.n > 0 ? tend_list_at(&b->milestones, rows.first) : NULL;
	return in;
}

/* --- one look at one customer --- */

struct look {
	struct tend_app *a;
	struct book *b;
	const struct tend_customer *c;
	const struct tend_journey *j; /* its journey, or the steps of the run */
	const struct tend_run *run; /* of a playbook, NULL where it is the journey */
	int64_t number; /* the occurrence of the run's rows; 0 where it is the journey */
	struct tend_inputs in;
	const struct tend_milestone *rows; /* the customer's: all, or the open ones in brief */
	size_t nrows;
	bool first, acted;
	struct tend_arena arena;
};

static const struct tend_condition *said_of(const struct look *l, const char *name)
{
	struct span span = spans_of(&l->b->conditions_of, l->c->id);
	for (size_t i = 0; i < span.n; i++) {
		const struct tend_condition *k = tend_list_at(&l->b->conditions, span.first + i);
		if (strcmp(k->name, name) == 0) {
			return k;
		}
	}
	return NULL;
}

/* The same of a milestone. */
static const struct tend_condition *said_of_row(
	const struct look *l, const struct tend_milestone *m)
{
	struct span span = spans_of(&l->b->conditions_of, l->c->id);
	for (size_t i = 0; i < span.n; i++) {
		const struct tend_condition *k = tend_list_at(&l->b->conditions, span.first + i);
		if (tend_milestone_is_named(m, k->name)) {
			return k;
		}
	}
	return NULL;
}

static enum tend_status keep(
	const struct look *l, const char *name, int64_t truth, bool ticked, struct tend_error *err)
{
	struct tend_condition k = {
		.customer_id = l->c->id, .name = name, .truth = truth, .ticked = ticked};
	return tend_store_put_condition(l->a->store, &k, err);
}

static void found(struct look *l)
{
	ids_add(l->b->found, l->c->id);
}

static const struct tend_milestone *open_row(const struct look *l, const char *key)
{
	for (size_t i = 0; i < l->nrows; i++) {
		if (tend_is_open_state(l->rows[i].state) && tend_same(l->rows[i].key, key)) {
			return &l->rows[i];
		}
	}
	return NULL;
}

/* `number` 0: whichever occurrence. */
static bool has_key(const struct tend_milestone *rows, size_t n, const char *key, int64_t number)
{
	for (size_t i = 0; i < n; i++) {
		if (tend_same(rows[i].key, key) && (number == 0 || rows[i].occurrence == number)) {
			return true;
		}
	}
	return false;
}

/* Whether the plan has the milestone, in any state. Of a whole book those that are closed are read when that was
 * asked often. */
static enum tend_status is_planned(
	struct look *l, const char *key, bool *ret, struct tend_error *err)
{
	struct book *b = l->b;
	enum tend_status status = TEND_OK;
	*ret = has_key(l->rows, l->nrows, key, l->number);
	if (*ret || !b->all) {
		return TEND_OK;
	}
	if (!b->closed_read && b->guesses < GUESSES_MAX) {
		b->guesses++;
		return TEND_OK; /* as if it had none: the customer is looked at by itself then */
	}
	if (!b->closed_read) {
		b->closed_read = true;
		status = facts_read_closed(l->a, &b->facts, err);
	}
	if (status == TEND_OK) {
		struct span span = spans_of(&b->facts.closed_of, l->c->id);
		*ret = span.n > 0
			&& has_key(
				tend_list_at(&b->facts.closed, span.first), span.n, key, l->number);
	}
	return status;
}

/* --- when --- */

/* Of a repeated one, what was due before the day is not made up for. */
static enum tend_status add_scheduled(
	struct look *l, const struct tend_template_milestone *t, struct tend_error *err)
{
	struct tend_schedule schedule = {0};
	enum tend_status status = enroll_schedule(
		l->a, l->c, l->j, l->b->enrollment.start, &l->b->milestones, &schedule, err);
	for (size_t i = 0; i < schedule.n && status == TEND_OK; i++) {
		const struct tend_occurrence *o = &schedule.items[i];
		bool missed = t->repeats && o->due.day < l->a->today.day;
		if (&l->j->milestones[o->milestone] == t && !missed) {
			status = enroll_add(l->a, l->c->id, l->j, o, &l->arena, err);
			l->a->changed.added++;
			l->acted = true;
		}
	}
	tend_schedule_finish(&schedule);
	return status;
}

static enum tend_status add(
	struct look *l, const struct tend_template_milestone *t, struct tend_error *err)
{
	enum tend_status status;
	if (l->run != NULL) {
		l->a->changed.added++;
		l->acted = true;
		status = playbook_add_step(l->a, l->c, l->run, (size_t)(t - l->j->milestones),
			l->number, &l->b->milestones, err);
	} else {
		status = add_scheduled(l, t, err);
	}
	/* One whose dates cannot be had is no reason to judge nobody. */
	return status == TEND_BAD_INPUT ? TEND_OK : status;
}

static bool is_untouched(const struct tend_milestone *m)
{
	return tend_same(m->state, "todo") && m->items_done == 0 && tend_same(m->origin, "template")
		&& m->reason == NULL;
}

static enum tend_status take_out(
	struct look *l, const struct tend_template_milestone *t, struct tend_error *err)
{
	enum tend_status status = TEND_OK;
	for (size_t i = 0; i < l->nrows && status == TEND_OK; i++) {
		const struct tend_milestone *m = &l->rows[i];
		if (tend_same(m->key, t->key) && is_untouched(m)) {
			status = write_delete(l->a, &tend_milestone_type, m->id, l->c->id, err);
			l->a->changed.gone++;
			l->acted = true;
		}
	}
	return status;
}

static enum tend_status look_at_when(
	struct look *l, const struct tend_template_milestone *t, struct tend_error *err)
{
	enum tend_truth truth = tend_expr_truth(t->when_expr, &l->in);
	struct tend_milestone row = {
		.key = t->key, .occurrence = l->number, .repeats = l->number > 1};
	const char *name = tend_milestone_name(&row, &l->arena);
	const struct tend_condition *said = said_of(l, name);
	bool before = said != NULL && said->truth == TEND_TRUE, planned = false;
	if (truth == TEND_UNKNOWN || (said != NULL && said->truth == (int64_t)truth)) {
		return TEND_OK;
	}
	enum tend_status status = TEND_OK;
	if (truth == TEND_TRUE) {
		status = is_planned(l, t->key, &planned, err);
	}
	bool adds = truth == TEND_TRUE && !planned;
	bool takes = truth == TEND_FALSE && before && open_row(l, t->key) != NULL;
	if (status != TEND_OK) {
		return status;
	}
	if (l->b->mode == CONDITIONS_FOUND && (adds || takes)) {
		found(l);
		return TEND_OK;
	}
	if (l->b->mode == CONDITIONS_ACT && takes && !l->first) {
		return TEND_OK; /* it goes with the next entry: no condition runs in circles in one */
	}
	if (l->b->mode == CONDITIONS_ACT && adds) {
		status = add(l, t, err);
	} else if (l->b->mode == CONDITIONS_ACT && takes) {
		status = take_out(l, t, err);
	}
	return status != TEND_OK ? status
				 : keep(l, name, truth, said != NULL && said->ticked == 1, err);
}

/* --- done_when --- */

static bool is_waiting(const struct look *l, const struct tend_template_milestone *t)
{
	for (size_t i = 0; i < t->nafter; i++) {
		if (open_row(l, t->after[i]) != NULL) {
			return true;
		}
	}
	return false;
}

/* One that repeats has its turn from the day on which the one before it was due; runs of a playbook do not wait. */
static bool has_its_turn(const struct look *l, const struct tend_milestone *m)
{
	for (size_t i = 0; l->run == NULL && m->occurrence > 1 && i < l->nrows; i++) {
		const struct tend_milestone *other = &l->rows[i];
		if (other->occurrence == m->occurrence - 1 && tend_same(other->key, m->key)) {
			return other->due.day <= l->a->today.day;
		}
	}
	return true;
}

static enum tend_status tick(struct look *l, const struct tend_milestone *row,
	const struct tend_condition *said, struct tend_error *err)
{
	enum tend_status status = TEND_OK;
	if (l->b->mode == CONDITIONS_FOUND) {
		found(l);
		return TEND_OK;
	}
	if (l->b->mode == CONDITIONS_ACT) {
		struct tend_milestone m = *row;
		m.state = "done";
		m.done_on = l->a->today;
		m.reason = NULL;
		m.by_condition = 1;
		status = write_update(l->a, &tend_milestone_type, &m, l->c->id, err);
		l->a->changed.done++;
		l->acted = true;
	}
	return status != TEND_OK ? status
				 : keep(l, tend_milestone_name(row, &l->arena),
					 said != NULL ? said->truth : TEND_NO_INT, true, err);
}

static enum tend_status look_at_done(
	struct look *l, const struct tend_template_milestone *t, struct tend_error *err)
{
	enum tend_status status = TEND_OK;
	if (open_row(l, t->key) == NULL || is_waiting(l, t)
		|| tend_expr_truth(t->done_when_expr, &l->in) != TEND_TRUE) {
		return TEND_OK;
	}
	for (size_t i = 0; i < l->nrows && status == TEND_OK; i++) {
		const struct tend_milestone *m = &l->rows[i];
		if (!tend_is_open_state(m->state) || !tend_same(m->key, t->key)
			|| !has_its_turn(l, m)) {
			continue;
		}
		const struct tend_condition *said = said_of_row(l, m);
		if (said == NULL || said->ticked != 1) {
			status = tick(l, m, said, err);
		}
	}
	return status;
}

static enum tend_status look_at_all(struct look *l, struct tend_error *err)
{
	enum tend_status status = TEND_OK;
	for (size_t i = 0; i < l->j->nmilestones && status == TEND_OK; i++) {
		const struct tend_template_milestone *t = &l->j->milestones[i];
		if (t->when_expr != NULL) {
			status = look_at_when(l, t, err);
		}
		if (status == TEND_OK && t->done_when_expr != NULL) {
			status = look_at_done(l, t, err);
		}
	}
	return status;
}

/* The occurrence of the rows of a run that goes on. */
static int64_t number_of_run(const struct look *l)
{
	for (size_t i = 0; i < l->j->nmilestones; i++) {
		const struct tend_milestone *m = open_row(l, l->j->milestones[i].key);
		if (m != NULL) {
			return m->occurrence;
		}
	}
	return 1;
}

/* The playbooks that run for the customer: the same rules for their steps. */
static enum tend_status look_at_runs(struct look *l, struct tend_error *err)
{
	enum tend_status status = TEND_OK;
	struct span span = spans_of(&l->b->runs_of, l->c->id);
	for (size_t i = 0; i < span.n && status == TEND_OK; i++) {
		const struct tend_run *run = tend_list_at(&l->b->runs, span.first + i);
		const struct tend_playbook *p = run->open > 0 ? playbook_of_run(l->a, run) : NULL;
		if (p != NULL) {
			l->run = run;
			l->j = p->steps;
			l->number = number_of_run(l);
			status = look_at_all(l, err);
		}
	}
	return status;
}

enum tend_status conditions_judge(struct tend_app *a, struct book *b, const struct tend_customer *c,
	bool first, bool *ret_acted, struct tend_error *err)
{
	*ret_acted = false;
	if (b->mode == CONDITIONS_LEFT || !b->conditional) {
		return TEND_OK;
	}
	struct tend_customer copy;
	struct span span = spans_of(&b->milestones_of, c->id);
	struct look l = {.a = a, .b = b, .c = c, .j = b->journey, .first = first, .nrows = span.n};
	l.rows = span.n > 0 ? tend_list_at(&b->milestones, span.first) : NULL;
	l.in = conditions_inputs(a, b, c, &copy);
	enum tend_status status = l.j != NULL ? look_at_all(&l, err) : TEND_OK;
	status = status != TEND_OK ? status : look_at_runs(&l, err);
	tend_arena_finish(&l.arena);
	*ret_acted = l.acted;
	return status;
}

/* --- what others need --- */

enum tend_status conditions_taken_back(
	struct tend_app *a, const struct tend_milestone *m, struct tend_error *err)
{
	struct tend_list list;
	struct tend_arena arena = {0};
	struct tend_condition mine = {.customer_id = m->customer_id,
		.name = tend_milestone_name(m, &arena),
		.truth = TEND_NO_INT,
		.ticked = 1};
	enum tend_status status = read_list(
		a, TEND_READ_CONDITIONS_OF, m->customer_id, &tend_condition_type, &list, err);
	for (size_t i = 0; i < list.n; i++) {
		const struct tend_condition *k = tend_list_at(&list, i);
		mine.truth = tend_same(k->name, mine.name) ? k->truth : mine.truth;
	}
	status = status != TEND_OK ? status : tend_store_put_condition(a->store, &mine, err);
	tend_list_finish(&list);
	tend_arena_finish(&arena);
	return status;
}
