/* SPDX-License-Identifier: MIT */
/* The step from one template to another for one customer: three versions of each row, field by field. */
#include <stdlib.h>
#include <string.h>

#include <tend/care.h>
#include <tend/record.h>
#include <tend/str.h>

#include "upgrade.h"

struct planner {
	const struct tend_upgrade *u;
	const struct tend_upgrade_customer *c;
	struct tend_upgrade_plan *plan;
	bool dates_move; /* another start or renewal */
	/* Rows of the template by milestone of `now`: the first of each, and the next of each row. */
	size_t *first, *next;
	size_t *opening; /* the first occurrence that dates hang on, by milestone; UPGRADE_NONE */
	int *count_then; /* occurrences by milestone of `then`; NULL until somebody asks */
	bool *seen; /* rows that the schedule still has, or that do not count */
};

void tend_upgrade_plan_clear(struct tend_upgrade_plan *p)
{
	p->changes.n = p->writes.n = p->item_writes.n = 0;
	tend_arena_clear(&p->arena);
}

void tend_upgrade_plan_finish(struct tend_upgrade_plan *p)
{
	free(p->changes.items);
	free(p->writes.items);
	free(p->item_writes.items);
	tend_arena_finish(&p->arena);
	*p = (struct tend_upgrade_plan){0};
}

static bool is_own(const struct tend_milestone *m)
{
	return tend_same(m->origin, "added") || m->run_id > 0;
}

/*
 * What was done in an earlier term does not stand for this one. A start that was moved after work had been
 * done is told from a new term by its being nearer than half a term.
 */
static bool counts(const struct planner *p, const struct tend_milestone *m)
{
	int32_t start = p->c->start_then.day - (p->c->renewal_then.day - p->c->start_then.day) / 2;
	return tend_is_open_state(m->state) || m->due.day >= start
		|| (tend_has_date(m->done_on) && m->done_on.day >= start);
}

static void index_rows(struct planner *p)
{
	for (size_t i = p->c->nrows; i > 0; i--) {
		const struct tend_milestone *m = &p->c->rows[i - 1];
		const struct upgrade_key *k = upgrade_find_row(p->u, m);
		size_t at = k != NULL ? k->now : UPGRADE_NONE;
		bool stands = counts(p, m);
		p->seen[i - 1] = is_own(m) || !stands;
		if (at == UPGRADE_NONE || !stands) {
			continue;
		}
		size_t *opening = &p->opening[at];
		/* A row of the template before one of the customer's own, an open one before others. */
		if (m->occurrence == 1
			&& (*opening == UPGRADE_NONE
				|| (!is_own(m)
					&& (is_own(&p->c->rows[*opening])
						|| tend_is_open_state(m->state))))
			&& (!is_own(m) || strcmp(p->u->now->milestones[at].key, m->key) == 0)) {
			*opening = i - 1;
		}
		if (!is_own(m)) {
			p->next[i - 1] = p->first[at];
			p->first[at] = i - 1;
		}
	}
}

/* Where several rows stand for an occurrence, an open one does. */
static size_t row_of(struct planner *p, const struct tend_occurrence *o)
{
	size_t found = UPGRADE_NONE;
	for (size_t i = p->first[o->milestone]; i != UPGRADE_NONE; i = p->next[i]) {
		const struct tend_milestone *m = &p->c->rows[i];
		if (m->occurrence != o->number) {
			continue;
		}
		p->seen[i] = p->seen[i] || !tend_is_open_state(m->state);
		if (found == UPGRADE_NONE || tend_is_open_state(m->state)) {
			found = i;
		}
	}
	return found;
}

/* --- what dates hang on --- */

static struct tend_date done_of(const struct tend_milestone *m)
{
	return m != NULL && strcmp(m->state, "done") == 0 ? m->done_on : TEND_NO_DATE;
}

/* The schedule knows where a milestone of the template stands, unless a person moved it. */
static struct tend_date due_of(const struct tend_milestone *m)
{
	return m != NULL && tend_is_open_state(m->state)
			&& (tend_upgrade_due_is_own(m) || is_own(m))
		? m->due
		: TEND_NO_DATE;
}

static const struct tend_milestone *opening_row(const struct planner *p, size_t milestone)
{
	size_t at = p->opening[milestone];
	return at != UPGRADE_NONE ? &p->c->rows[at] : NULL;
}

static struct tend_date done_on(void *ctx, size_t milestone)
{
	return done_of(opening_row(ctx, milestone));
}

static struct tend_date due_now(void *ctx, size_t milestone)
{
	return due_of(opening_row(ctx, milestone));
}

/* --- lines and writes --- */

static struct tend_upgrade_change *add_change(struct planner *p, enum tend_upgrade_action action,
	const struct tend_milestone *row, size_t milestone, struct tend_date due_after)
{
	struct tend_upgrade_change *ch = TEND_PUSH(&p->plan->changes);
	const struct tend_template_milestone *t =
		milestone != UPGRADE_NONE ? &p->u->now->milestones[milestone] : NULL;
	*ch = (struct tend_upgrade_change){.action = action,
		.row = row,
		.milestone = milestone,
		.key = t != NULL ? t->key : row->key,
		.due_before = row != NULL ? row->due : TEND_NO_DATE,
		.due_after = due_after,
		.template_due = due_after};
	if (row != NULL) {
		ch->occurrence = row->occurrence;
		ch->repeats = row->repeats == 1;
		ch->title = (struct tend_text){row->title_en, row->title_zh};
	} else {
		ch->repeats = t->repeats;
		ch->title = t->title;
	}
	return ch;
}

static void add_write(struct planner *p, enum tend_upgrade_op op, const struct tend_milestone *row,
	size_t milestone)
{
	*TEND_PUSH(&p->plan->writes) =
		(struct tend_upgrade_write){.op = op, .row = *row, .milestone = milestone};
}

/* --- rows that the template no longer has --- */

/* Whether a field that a person can change is not as the template then had it. */
static bool fields_are_ours(const struct planner *p, const struct tend_milestone *row)
{
	const struct upgrade_key *k = upgrade_find_row(p->u, row);
	if (tend_same(row->origin, "edited") || tend_upgrade_due_is_own(row)) {
		return true;
	}
	if (k == NULL || k->then == UPGRADE_NONE) {
		return false;
	}
	const struct tend_template_milestone *t = &p->u->then->milestones[k->then];
	return !upgrade_same_text((struct tend_text){row->title_en, row->title_zh}, t->title)
		|| row->required != t->required || row->visible != t->visible;
}

static bool is_as_planned(const struct tend_template_milestone *t, const struct tend_item *item)
{
	for (size_t i = 0; i < t->nitems; i++) {
		if (tend_same(t->items[i].key, item->key)) {
			return upgrade_same_text((struct tend_text){item->title_en, item->title_zh},
				t->items[i].title);
		}
	}
	return false;
}

/* Whether one is ticked, or is not as the template then had it. */
static bool items_are_touched(const struct planner *p, const struct tend_milestone *row)
{
	const struct upgrade_key *k = upgrade_find_row(p->u, row);
	const struct tend_template_milestone *t =
		k != NULL && k->then != UPGRADE_NONE ? &p->u->then->milestones[k->then] : NULL;
	size_t n;
	const struct tend_item *items = upgrade_items_of(p->c, row->id, &n);
	for (size_t i = 0; i < n; i++) {
		if (items[i].done == 1 || (t != NULL && !is_as_planned(t, &items[i]))) {
			return true;
		}
	}
	return false;
}

static bool is_touched(const struct planner *p, const struct tend_milestone *row)
{
	return strcmp(row->state, "todo") != 0 || (row->reason != NULL && row->reason[0] != '\0')
		|| fields_are_ours(p, row) || items_are_touched(p, row);
}

/* Whether the step, and not only what was done meanwhile, leaves this row without a place. */
static bool is_news(const struct planner *p, const struct tend_milestone *row)
{
	const struct upgrade_key *k = upgrade_find_row(p->u, row);
	if (k == NULL) {
		return false;
	}
	if (k->now == UPGRADE_NONE) {
		return true;
	}
	const struct upgrade_pair *pair = &p->u->pairs[k->now];
	return p->dates_move || pair->repeat_differs || pair->when_differs
		|| (pair->fields & TEND_UPGRADE_DUE) != 0;
}

/* A row that is left without a place. `milestone`: of the template whose condition is not true. */
static void let_go(struct planner *p, const struct tend_milestone *row, size_t milestone)
{
	if (!is_news(p, row)) {
		return;
	}
	if (!tend_is_open_state(row->state)) {
		(void)add_change(p, TEND_UPGRADE_KEPT_DONE, row, milestone, row->due);
	} else if (is_touched(p, row)) {
		(void)add_change(p, TEND_UPGRADE_KEPT_EDITED, row, milestone, row->due);
	} else {
		(void)add_change(p, TEND_UPGRADE_RETIRED, row, milestone, TEND_NO_DATE);
		add_write(p, TEND_UPGRADE_DELETE, row, milestone);
	}
}

/* --- rows that stay --- */

static void upgrade_open(
	struct planner *p, const struct tend_milestone *row, const struct tend_occurrence *o)
{
	struct upgrade_verdict v = upgrade_compare(p->u, row, o);
	struct tend_milestone m = upgrade_follow(p->u, row, o, v.follow);
	struct tend_upgrade_change items = {0};
	unsigned changed = v.follow & ~(unsigned)TEND_UPGRADE_DUE;
	if (p->u->pairs[o->milestone].items.differ) {
		upgrade_items(p->u, o->milestone, p->c, row, p->plan, &items);
		changed |= items.items_added + items.items_removed + items.items_changed > 0
			? TEND_UPGRADE_ITEMS
			: 0;
	}
	if (!upgrade_same_row(&m, row)) {
		add_write(p, TEND_UPGRADE_UPDATE, &m, o->milestone);
	}
	if (m.due.day != row->due.day) {
		add_change(p, TEND_UPGRADE_MOVED, row, o->milestone, m.due)->fields =
			TEND_UPGRADE_DUE;
	}
	if (changed != 0) {
		struct tend_upgrade_change *ch =
			add_change(p, TEND_UPGRADE_CHANGED, row, o->milestone, m.due);
		ch->fields = changed;
		ch->items_added = items.items_added;
		ch->items_removed = items.items_removed;
		ch->items_changed = items.items_changed;
	}
	if (v.conflict != 0) {
		struct tend_upgrade_change *ch =
			add_change(p, TEND_UPGRADE_CONFLICT, row, o->milestone, m.due);
		ch->fields = v.conflict;
		ch->template_due = o->due;
	}
}

/* Done or skipped: nothing changes, save the key where the template renamed it. */
static void keep_closed(
	struct planner *p, const struct tend_milestone *row, const struct tend_occurrence *o)
{
	const struct upgrade_pair *pair = &p->u->pairs[o->milestone];
	const struct tend_template_milestone *now = &p->u->now->milestones[o->milestone];
	bool due_moves = (p->dates_move || (pair->fields & TEND_UPGRADE_DUE) != 0)
		&& row->due.day != o->due.day && !tend_upgrade_due_is_own(row);
	unsigned fields = pair->fields & ~(unsigned)TEND_UPGRADE_DUE;
	fields |= due_moves ? TEND_UPGRADE_DUE : 0;
	if (fields == 0) {
		return;
	}
	struct tend_upgrade_change *ch =
		add_change(p, TEND_UPGRADE_KEPT_DONE, row, o->milestone, row->due);
	ch->fields = fields;
	ch->template_due = o->due;
	if (strcmp(row->key, now->key) != 0) {
		struct tend_milestone m = *row;
		m.key = now->key;
		add_write(p, TEND_UPGRADE_RENAME, &m, o->milestone);
	}
}

static enum tend_truth truth_of(const struct planner *p, size_t milestone)
{
	if (p->u->now->milestones[milestone].when == NULL) {
		return TEND_TRUE;
	}
	return p->c->truths != NULL ? p->c->truths[milestone] : TEND_UNKNOWN;
}

/* --- occurrences that have no row --- */

static const struct tend_milestone *row_then(const struct planner *p, size_t milestone)
{
	const char *key = p->u->then->milestones[milestone].key;
	const struct tend_milestone *found = NULL;
	for (size_t i = 0; i < p->c->nrows; i++) {
		const struct tend_milestone *m = &p->c->rows[i];
		bool better = found == NULL || (is_own(found) && !is_own(m))
			|| (is_own(found) == is_own(m) && tend_is_open_state(m->state));
		if (m->occurrence == 1 && counts(p, m) && strcmp(m->key, key) == 0 && better) {
			found = m;
		}
	}
	return found;
}

static struct tend_date done_on_then(void *ctx, size_t milestone)
{
	return done_of(row_then(ctx, milestone));
}

static struct tend_date due_then(void *ctx, size_t milestone)
{
	return due_of(row_then(ctx, milestone));
}

/* How many occurrences the template then has of each of its milestones: counted where somebody asks. */
static void count_then(struct planner *p)
{
	const struct tend_journey *then = p->u->then;
	struct tend_schedule_input in = {.start = p->c->start_then,
		.renewal = p->c->renewal_then,
		.calendar = p->c->calendar,
		.done_on = done_on_then,
		.due_now = due_then,
		.ctx = p};
	struct tend_schedule schedule = {0};
	p->count_then = tend_calloc(then->nmilestones + 1, sizeof(*p->count_then));
	if (tend_journey_schedule(then, &in, &schedule, NULL) == TEND_OK) {
		for (size_t i = 0; i < schedule.n; i++) {
			p->count_then[schedule.items[i].milestone]++;
		}
	}
	tend_schedule_finish(&schedule);
}

/* Where neither rule nor dates differ, what the template has now it had then. */
static bool now_has_as_many(const struct planner *p, size_t milestone)
{
	const struct upgrade_pair *pair = &p->u->pairs[milestone];
	return !p->dates_move && !pair->repeat_differs && (pair->fields & TEND_UPGRADE_DUE) == 0;
}

/* Whether the template then had this occurrence for the customer. */
static bool was_planned(struct planner *p, size_t milestone, int number)
{
	size_t then = p->u->pairs[milestone].then;
	if (!p->u->then->milestones[then].repeats) {
		return number == 1;
	}
	if (now_has_as_many(p, milestone)) {
		return true;
	}
	if (p->count_then == NULL) {
		count_then(p);
	}
	return number <= p->count_then[then];
}

/*
 * What the template had and the customer has not was left out by its condition, or taken away: it comes only by
 * another condition. What the template did not have comes, where its condition is true.
 */
static bool may_add(struct planner *p, const struct tend_occurrence *o)
{
	const struct upgrade_pair *pair = &p->u->pairs[o->milestone];
	if (truth_of(p, o->milestone) != TEND_TRUE || (p->u->same && !p->dates_move)) {
		return false;
	}
	if (pair->then == UPGRADE_NONE || !was_planned(p, o->milestone, o->number)) {
		return true;
	}
	return pair->when_differs && p->u->then->milestones[pair->then].when != NULL;
}

/* One of the customer's own has the key. */
static bool is_taken(const struct planner *p, const struct tend_occurrence *o)
{
	const char *key = p->u->now->milestones[o->milestone].key;
	for (size_t i = 0; i < p->c->nrows; i++) {
		const struct tend_milestone *m = &p->c->rows[i];
		if (is_own(m) && (m->occurrence == 1 || m->occurrence == o->number)
			&& strcmp(m->key, key) == 0) {
			return true;
		}
	}
	return false;
}

static void add_missing(struct planner *p, const struct tend_occurrence *o)
{
	const struct upgrade_pair *pair = &p->u->pairs[o->milestone];
	if (!may_add(p, o)) {
		return;
	}
	if (is_taken(p, o)) {
		if (pair->then == UPGRADE_NONE && o->number == 1) {
			struct tend_upgrade_change *ch =
				add_change(p, TEND_UPGRADE_CONFLICT, NULL, o->milestone, o->due);
			ch->occurrence = 1;
			ch->own = true;
		}
		return;
	}
	struct tend_milestone m;
	tend_upgrade_row(p->u->now, o, NULL, &m);
	m.after = pair->after_now;
	add_change(p, TEND_UPGRADE_ADDED, NULL, o->milestone, o->due)->occurrence = o->number;
	add_write(p, TEND_UPGRADE_INSERT, &m, o->milestone);
}

static void take(struct planner *p, const struct tend_occurrence *o)
{
	size_t at = row_of(p, o);
	if (at == UPGRADE_NONE) {
		add_missing(p, o);
		return;
	}
	const struct tend_milestone *row = &p->c->rows[at];
	p->seen[at] = true;
	if (!tend_is_open_state(row->state)) {
		keep_closed(p, row, o);
		return;
	}
	if (p->u->pairs[o->milestone].when_differs && truth_of(p, o->milestone) == TEND_FALSE) {
		let_go(p, row, o->milestone);
		if (!is_touched(p, row)) {
			return;
		}
	}
	upgrade_open(p, row, o);
}

static void planner_init(struct planner *p)
{
	size_t n = p->u->now->nmilestones, rows = p->c->nrows;
	p->dates_move = p->c->start.day != p->c->start_then.day
		|| p->c->renewal.day != p->c->renewal_then.day;
	p->first = tend_calloc(2 * n + rows + 1, sizeof(*p->first));
	p->opening = p->first + n;
	p->next = p->opening + n;
	p->seen = tend_calloc(rows + 1, sizeof(*p->seen));
	for (size_t i = 0; i < 2 * n + rows; i++) {
		p->first[i] = UPGRADE_NONE; /* all three are one array */
	}
	index_rows(p);
}

enum tend_status tend_upgrade_plan(struct tend_upgrade *u, const struct tend_upgrade_customer *c,
	struct tend_upgrade_plan *ret, struct tend_error *err)
{
	struct planner p = {.u = u, .c = c, .plan = ret};
	planner_init(&p);
	struct tend_schedule_input in = {.start = c->start,
		.renewal = c->renewal,
		.calendar = c->calendar,
		.done_on = done_on,
		.due_now = due_now,
		.ctx = &p};
	struct tend_schedule schedule = {0};
	enum tend_status status = tend_journey_schedule(u->now, &in, &schedule, err);
	for (size_t i = 0; i < schedule.n; i++) {
		take(&p, &schedule.items[i]);
	}
	for (size_t i = 0; status == TEND_OK && i < c->nrows; i++) {
		if (!p.seen[i]) {
			let_go(&p, &c->rows[i], UPGRADE_NONE);
		}
	}
	tend_schedule_finish(&schedule);
	free(p.first);
	free(p.seen);
	free(p.count_then);
	return status;
}
