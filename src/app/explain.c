/* SPDX-License-Identifier: MIT */
/* Why a condition or a filter says what it says about one customer. */
#include <stdlib.h>
#include <string.h>

#include <tend/care.h>
#include <tend/playbook.h>
#include <tend/text.h>

#include "facts.h"

/* The customer on the day, as conditions see it. */
struct subject {
	struct tend_list list, subs;
	struct tend_customer *customer;
};

static enum tend_status subject_read(
	struct tend_app *a, int64_t id, struct subject *s, struct tend_error *err)
{
	tend_list_init(&s->subs, &tend_subscription_type);
	enum tend_status status = tend_app_customer(a, id, &s->list, err);
	if (status != TEND_OK) {
		return status;
	}
	s->customer = tend_list_at(&s->list, 0);
	if (s->customer->started.day <= a->today.day) {
		return TEND_OK;
	}
	status = read_records(a, &tend_subscription_type, id, &s->subs, err);
	if (status == TEND_OK && s->subs.n > 0) {
		s->customer->arr = tend_arr_on(tend_list_at(&s->subs, 0), s->subs.n,
			s->customer->started, &s->customer->currency);
	}
	return status;
}

static void subject_finish(struct subject *s)
{
	tend_list_finish(&s->list);
	tend_list_finish(&s->subs);
}

/* Traces each of the expressions that is there. */
static enum tend_status trace(struct tend_app *a, const struct subject *s,
	const struct tend_expr *const *exprs, const char *const *parts, size_t n,
	struct tend_list *ret, struct tend_error *err)
{
	struct needs needs = {0};
	struct facts_book facts;
	for (size_t i = 0; i < n; i++) {
		needs_add(&needs, exprs[i]);
	}
	enum tend_status status = facts_read(a, &needs, &s->customer->id, 1, &facts, err);
	struct tend_inputs in = facts_of(&facts, s->customer);
	for (size_t i = 0; i < n && status == TEND_OK; i++) {
		if (exprs[i] != NULL) {
			(void)tend_expr_trace(exprs[i], &in, parts[i], ret);
		}
	}
	facts_finish(&facts);
	needs_finish(&needs);
	return status;
}

/* --- conditions --- */

/* "KEY[#N]" of a customer: its place in the template, and its row. */
struct asked {
	char key[TEND_KEY_MAX + 1];
	int64_t number;
	const struct tend_template_milestone *t;
	const struct tend_milestone
		*row; /* the given occurrence, else the first open, else the last */
	struct tend_list rows;
};

static enum tend_status no_milestone(
	const struct tend_journey *j, const char *name, struct tend_error *err)
{
	const char **keys = tend_calloc(j->nmilestones + 1, sizeof(*keys));
	for (size_t i = 0; i < j->nmilestones; i++) {
		keys[i] = j->milestones[i].key;
	}
	const char *near = tend_nearest(name, keys, j->nmilestones);
	free(keys);
	return near != NULL ? tend_fail(err, TEND_NOT_FOUND,
		       _("no milestone \"%s\"; did you mean \"%s\"?"), name, near)
			    : tend_fail(err, TEND_NOT_FOUND, _("no milestone \"%s\""), name);
}

static void find_row(struct asked *q)
{
	for (size_t i = 0; i < q->rows.n; i++) {
		const struct tend_milestone *m = tend_list_at(&q->rows, i);
		bool mine =
			tend_same(m->key, q->key) && (q->number == 0 || m->occurrence == q->number);
		bool settled = q->row != NULL && tend_is_open_state(q->row->state);
		if (mine && !settled) {
			q->row = m;
		}
	}
}

static enum tend_status find_asked(struct tend_app *a, const struct tend_customer *c,
	const char *name, struct asked *q, struct tend_error *err)
{
	struct tend_enrollment e;
	enum tend_status status = tend_app_milestones(a, c->id, NULL, &q->rows, err);
	status = status != TEND_OK ? status : tend_store_enrollment(a->store, c->id, &e, err);
	if (status != TEND_OK) {
		return status;
	}
	const struct tend_journey *j = e.id != 0 ? journey_kept(a, e.journey, e.version) : NULL;
	if (!tend_milestone_name_parse(name, q->key, sizeof(q->key), &q->number)) {
		return tend_fail(err, TEND_USAGE, _("\"%s\" is not the key of a milestone"), name);
	}
	find_row(q);
	for (size_t i = 0; j != NULL && i < j->nmilestones; i++) {
		q->t = tend_same(j->milestones[i].key, q->key) ? &j->milestones[i] : q->t;
	}
	const struct tend_playbook *p = q->row != NULL && q->row->playbook != NULL
		? playbook_kept(a, q->row->playbook)
		: NULL;
	for (size_t i = 0; p != NULL && i < p->steps->nmilestones; i++) {
		const struct tend_template_milestone *t = &p->steps->milestones[i];
		q->t = tend_same(t->key, q->key) ? t : q->t;
	}
	if (q->t == NULL && q->row == NULL) {
		return j != NULL ? no_milestone(j, name, err)
				 : tend_fail(err, TEND_NOT_FOUND, _("no milestone \"%s\""), name);
	}
	return TEND_OK;
}

/* What became of the milestone, where its conditions have to do with that. */
static enum tend_status add_note(
	struct tend_app *a, const struct asked *q, struct tend_str *note, struct tend_error *err)
{
	const struct tend_milestone *m = q->row;
	char day[TEND_DATE_LEN];
	if (q->t == NULL || (q->t->when_expr == NULL && q->t->done_when_expr == NULL)) {
		tend_str_add(note, _("no condition"));
		return TEND_OK;
	}
	if (m == NULL) {
		tend_str_add(note, _("not in the plan"));
		return TEND_OK;
	}
	if (m->by_condition == 1 && tend_has_date(m->done_on)) {
		tend_str_addf(
			note, _("done by its condition on %s"), tend_date_format(m->done_on, day));
		return TEND_OK;
	}
	if (!tend_is_open_state(m->state) || q->t->done_when_expr == NULL) {
		return TEND_OK;
	}
	struct tend_list said;
	struct tend_arena arena = {0};
	const char *name = tend_milestone_name(m, &arena);
	enum tend_status status = read_list(
		a, TEND_READ_CONDITIONS_OF, m->customer_id, &tend_condition_type, &said, err);
	for (size_t i = 0; i < said.n; i++) {
		const struct tend_condition *k = tend_list_at(&said, i);
		if (k->ticked == 1 && tend_same(k->name, name)) {
			tend_str_add(
				note, _("taken back by a person: its condition leaves it alone"));
		}
	}
	if (note->len == 0 && m->waiting != NULL) {
		tend_str_addf(note, _("waits for %s"), m->waiting);
	}
	tend_list_finish(&said);
	tend_arena_finish(&arena);
	return status;
}

enum tend_status tend_app_explain_condition(struct tend_app *a, int64_t customer_id,
	const char *milestone, struct tend_list *ret, struct tend_str *note, struct tend_error *err)
{
	static const char *const parts[] = {"when", "done_when"};
	struct subject s = {0};
	struct asked q = {0};
	tend_list_init(ret, &tend_trace_type);
	tend_list_init(&q.rows, &tend_milestone_type);
	enum tend_status status = subject_read(a, customer_id, &s, err);
	status = status != TEND_OK ? status : find_asked(a, s.customer, milestone, &q, err);
	if (status == TEND_OK && q.t != NULL) {
		const struct tend_expr *exprs[] = {q.t->when_expr, q.t->done_when_expr};
		status = trace(a, &s, exprs, parts, 2, ret, err);
	}
	status = status != TEND_OK ? status : add_note(a, &q, note, err);
	tend_list_finish(&q.rows);
	subject_finish(&s);
	return status;
}

/* --- filters --- */

enum tend_status tend_app_explain_filter(struct tend_app *a, int64_t customer_id,
	const char *filter, struct tend_list *ret, struct tend_error *err)
{
	static const char *const parts[] = {"filter"};
	struct subject s = {0};
	struct tend_arena arena = {0};
	struct names_list custom = {0};
	struct tend_expr *e = NULL;
	tend_list_init(ret, &tend_trace_type);
	enum tend_status status = subject_read(a, customer_id, &s, err);
	status = status != TEND_OK ? status : custom_names(a, &arena, &custom, err);
	status = status != TEND_OK ? status
				   : query_parse(a, &tend_customer_type, filter, &custom, &e, err);
	if (status == TEND_OK) {
		const struct tend_expr *exprs[] = {e};
		status = trace(a, &s, exprs, parts, 1, ret, err);
	}
	tend_expr_destroy(e);
	tend_arena_finish(&arena);
	subject_finish(&s);
	return status;
}
