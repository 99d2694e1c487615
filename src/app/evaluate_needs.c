/* SPDX-License-Identifier: MIT */
/* What the conditions of journeys and running playbooks ask about, and reading it. */
#include <stdlib.h>
#include <string.h>

#include <tend/playbook.h>

#include "evaluate.h"

#define FEW 2 /* one in so many: more are read faster in one pass over all */

/* Who asks what: some expressions are looked at for every customer, a done_when only where its milestone is open. */
struct asked {
	struct ask {
		const char *key;
		struct needs needs;
	} * items;
	size_t n, cap;
	struct needs always;
};

static const struct tend_journey *journey_of(struct tend_app *a, const struct tend_customer *c)
{
	char key[TEND_KEY_MAX + 1];
	int64_t version;
	bool named =
		c->journey != NULL && journey_name_parse(c->journey, key, sizeof(key), &version);
	return named ? journey_kept(a, key, version) : NULL;
}

static void need_always(struct book *b, struct asked *asked, const struct tend_expr *e)
{
	needs_add(&b->needs, e);
	needs_add(&asked->always, e);
}

static void need_milestones(struct book *b, struct asked *asked, const struct tend_journey *j)
{
	for (size_t i = 0; i < j->nmilestones; i++) {
		const struct tend_template_milestone *t = &j->milestones[i];
		b->conditional |= t->when_expr != NULL || t->done_when_expr != NULL;
		need_always(b, asked, t->when_expr);
		if (t->done_when_expr != NULL) {
			*TEND_PUSH(asked) = (struct ask){.key = t->key};
			needs_add(&b->needs, t->done_when_expr);
			needs_add(&asked->items[asked->n - 1].needs, t->done_when_expr);
		}
	}
}

static void need_journey(struct book *b, struct asked *asked, const struct tend_journey *j)
{
	for (size_t i = 0; i < j->nstages; i++) {
		need_always(b, asked, j->stages[i].when_expr);
	}
	if (b->mode != CONDITIONS_LEFT) {
		need_milestones(b, asked, j);
	}
}

static void need_journeys(struct tend_app *a, struct book *b, struct asked *asked)
{
	struct {
		const struct tend_journey **items;
		size_t n, cap;
	} seen = {0};
	const char *last = NULL;
	for (size_t i = 0; i < b->customers.n; i++) {
		const struct tend_customer *c = tend_list_at(&b->customers, i);
		if (tend_same(c->journey, last)) {
			continue;
		}
		last = c->journey;
		const struct tend_journey *j = journey_of(a, c);
		bool known = j == NULL;
		for (size_t k = 0; k < seen.n && !known; k++) {
			known = seen.items[k] == j;
		}
		if (!known) {
			*TEND_PUSH(&seen) = j;
			need_journey(b, asked, j);
		}
	}
	free(seen.items);
}

/* The runs of playbooks, of all (n 0) or of each, and what the steps of those that go on ask for. */
static enum tend_status read_runs(struct tend_app *a, struct book *b, struct asked *asked,
	const int64_t *ids, size_t n, struct tend_error *err)
{
	enum tend_status status = TEND_OK;
	if (n == 0) {
		status = tend_store_read(a->store, TEND_READ_RUNS, NULL, 0, &b->runs, err);
	}
	for (size_t i = 0; i < n && status == TEND_OK; i++) {
		struct tend_value id = int_value(ids[i]);
		status = tend_store_read(a->store, TEND_READ_RUNS_OF, &id, 1, &b->runs, err);
	}
	for (size_t i = 0; i < b->runs.n && status == TEND_OK; i++) {
		const struct tend_run *run = tend_list_at(&b->runs, i);
		const struct tend_playbook *p = run->open > 0 ? playbook_of_run(a, run) : NULL;
		if (p != NULL) {
			need_milestones(b, asked, p->steps);
		}
	}
	return status;
}

/* What conditions said before; of all (n 0), or of each. */
static enum tend_status read_said(
	struct tend_app *a, struct book *b, const int64_t *ids, size_t n, struct tend_error *err)
{
	enum tend_status status = TEND_OK;
	if (n == 0) {
		status = tend_store_read(
			a->store, TEND_READ_CONDITIONS, NULL, 0, &b->conditions, err);
	}
	for (size_t i = 0; i < n && status == TEND_OK; i++) {
		struct tend_value id = int_value(ids[i]);
		status = tend_store_read(
			a->store, TEND_READ_CONDITIONS_OF, &id, 1, &b->conditions, err);
	}
	return status;
}

static bool needs_metric(const struct needs *n, const char *metric)
{
	bool found = false;
	for (size_t i = 0; i < n->n && !found; i++) {
		found = strcmp(n->items[i].metric, metric) == 0;
	}
	return found;
}

/* The customer of a row that a done_when may be looked at for, with the metrics that only such ask about. */
static void add_asked(struct book *b, const struct ask *ask, int64_t customer_id)
{
	for (size_t i = 0; i < b->needs.n; i++) {
		struct need *need = &b->needs.items[i];
		if (need->limited && needs_metric(&ask->needs, need->metric)) {
			ids_add(&need->only, customer_id);
		}
	}
}

/*
 * Of a whole book: a metric that only done_when asks about is asked about only for customers who have such a
 * milestone open. Those are few, as most are done or yet to come.
 */
static void limit(struct book *b, const struct asked *asked)
{
	for (size_t i = 0; i < b->needs.n; i++) {
		struct need *need = &b->needs.items[i];
		need->limited = !needs_metric(&asked->always, need->metric);
	}
	for (size_t k = 0; k < b->milestones.n && asked->n > 0; k++) {
		const struct tend_milestone *m = tend_list_at(&b->milestones, k);
		for (size_t i = 0; i < asked->n; i++) {
			if (strcmp(asked->items[i].key, m->key) == 0) {
				add_asked(b, &asked->items[i], m->customer_id);
			}
		}
	}
	for (size_t i = 0; i < b->needs.n; i++) {
		struct need *need = &b->needs.items[i];
		ids_settle(&need->only);
		need->limited = need->limited && need->only.n <= b->customers.n / FEW;
	}
}

static void asked_finish(struct asked *asked)
{
	for (size_t i = 0; i < asked->n; i++) {
		needs_finish(&asked->items[i].needs);
	}
	free(asked->items);
	needs_finish(&asked->always);
}

/* What the expressions ask for beside the records that the book has. */
static enum tend_status read_needs(
	struct tend_app *a, struct book *b, const int64_t *ids, size_t n, struct tend_error *err)
{
	enum tend_status status = TEND_OK;
	b->needs.milestones = false; /* the book has them */
	if (b->needs.custom) {
		for (size_t i = 0; i < (n == 0 ? 1 : n) && status == TEND_OK; i++) {
			status = tend_store_read_custom(
				a->store, n == 0 ? 0 : ids[i], &b->customers, err);
		}
	}
	if (status == TEND_OK && b->conditional) {
		status = read_said(a, b, ids, n, err);
	}
	spans_init(&b->conditions_of, &b->conditions, offsetof(struct tend_condition, customer_id));
	if (status == TEND_OK) {
		b->facts_read = true;
		b->closed_read = b->needs.done;
		status = facts_read(a, &b->needs, ids, n, &b->facts, err);
	}
	return status;
}

enum tend_status conditions_read(
	struct tend_app *a, struct book *b, const int64_t *ids, size_t n, struct tend_error *err)
{
	struct asked asked = {0};
	enum tend_status status = TEND_OK;
	need_journeys(a, b, &asked);
	if (b->mode != CONDITIONS_LEFT) {
		status = read_runs(a, b, &asked, ids, n, err);
	}
	spans_init(&b->runs_of, &b->runs, offsetof(struct tend_run, customer_id));
	if (n == 0) {
		limit(b, &asked);
	}
	asked_finish(&asked);
	return status != TEND_OK ? status : read_needs(a, b, ids, n, err);
}
