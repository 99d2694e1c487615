/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include <tend/journey.h>
#include <tend/record.h>
#include <tend/str.h>

enum { MOVED_BY_HAND = 200 };
enum { FEW = 128 }; /* stages and milestones that need no memory from the heap */

/* A date expression's day, and whether it hangs on a milestone that is still open. */
struct moment {
	struct tend_date day; /* TEND_NO_DATE where it leaves the supported years */
	bool projected;
	enum { UNKNOWN, BEING_FOUND, FOUND } state;
};

/* The moments of the stages and then those of the milestones' first occurrences, found once each. */
struct resolver {
	const struct tend_journey *j;
	const struct tend_schedule_input *in;
	struct moment *moments;
	struct moment few[FEW];
};

static void resolver_init(
	struct resolver *r, const struct tend_journey *j, const struct tend_schedule_input *in)
{
	size_t n = j->nstages + j->nmilestones;
	r->j = j;
	r->in = in;
	r->moments = r->few;
	if (n > FEW) {
		r->moments = tend_calloc(n, sizeof(*r->moments));
	} else {
		memset(r->few, 0, n * sizeof(r->few[0]));
	}
}

static void resolver_finish(struct resolver *r)
{
	if (r->moments != r->few) {
		free(r->moments);
	}
}

/* Day numbers of 1600-01-01 and 2600-12-31. */
static const int32_t first_day = -135140, last_day = 230467;

static struct tend_date within_years(struct tend_date d)
{
	return d.day >= first_day && d.day <= last_day ? d : TEND_NO_DATE;
}

static struct tend_date add_offset(
	const struct resolver *r, struct tend_date d, struct tend_duration by, bool backwards)
{
	if (!tend_has_date(d)) {
		return d;
	}
	if (by.unit == TEND_WORKDAY) {
		return within_years(tend_add_workdays(r->in->calendar, d, by.n, backwards));
	}
	return within_years(tend_date_add(r->in->calendar, d, by));
}

static struct moment node_moment(struct resolver *r, size_t node);

static struct moment milestone_anchor(struct resolver *r, size_t milestone)
{
	const struct tend_schedule_input *in = r->in;
	struct tend_date done =
		in->done_on != NULL ? in->done_on(in->ctx, milestone) : TEND_NO_DATE;
	if (tend_has_date(done)) {
		return (struct moment){.day = done, .state = FOUND};
	}
	struct tend_date due = in->due_now != NULL ? in->due_now(in->ctx, milestone) : TEND_NO_DATE;
	struct moment ret = {.day = due, .state = FOUND};
	if (!tend_has_date(due)) {
		ret = node_moment(r, r->j->nstages + milestone);
	}
	ret.projected = true;
	return ret;
}

static struct moment anchor_moment(struct resolver *r, const struct tend_when *when)
{
	switch (when->anchor) {
	case TEND_AT_START:
		break;
	case TEND_AT_RENEWAL:
		return (struct moment){.day = r->in->renewal, .state = FOUND};
	case TEND_AT_STAGE:
		return node_moment(r, when->ref);
	case TEND_AT_MILESTONE:
		return milestone_anchor(r, when->ref);
	}
	return (struct moment){.day = r->in->start, .state = FOUND};
}

static struct moment when_moment(struct resolver *r, const struct tend_when *when)
{
	struct moment ret = anchor_moment(r, when);
	if (when->has_offset) {
		ret.day = add_offset(r, ret.day, when->offset, when->backwards);
	}
	return ret;
}

static struct moment node_moment(struct resolver *r, size_t node)
{
	struct moment *m = &r->moments[node];
	if (m->state == BEING_FOUND) { /* a cycle: linking refuses those */
		return (struct moment){.day = TEND_NO_DATE, .state = FOUND};
	}
	if (m->state == UNKNOWN) {
		m->state = BEING_FOUND;
		const struct tend_when *when = node < r->j->nstages
			? &r->j->stages[node].from
			: &r->j->milestones[node - r->j->nstages].due;
		*m = when_moment(r, when);
		m->state = FOUND;
	}
	return *m;
}

static void add_occurrence(
	struct tend_schedule *s, size_t milestone, int number, struct tend_date due, bool projected)
{
	*TEND_PUSH(s) = (struct tend_occurrence){
		.milestone = milestone, .number = number, .due = due, .projected = projected};
}

static enum tend_status fail_years(const struct tend_template_milestone *m, struct tend_error *err)
{
	return tend_fail(err, TEND_BAD_INPUT,
		_("the date of milestone \"%s\" leaves the years 1600 to 2600"), m->key);
}

/*
 * The k-th occurrence after the first one (k = 0), or TEND_NO_DATE past the supported years. Workdays are
 * counted on from the occurrence before, `last`: the same day as counted from `due`, found sooner.
 */
static struct tend_date nth_date(struct resolver *r, const struct tend_template_milestone *m,
	struct tend_date anchor, struct tend_date due, struct tend_date last, int k)
{
	struct tend_duration every = m->every;
	int offset, step;
	if (k == 0) {
		return due;
	}
	if (every.unit == TEND_WORKDAY) {
		return add_offset(r, last, every, false);
	}
	if (m->due.has_offset && tend_duration_months(m->due.offset, &offset)
		&& tend_duration_months(every, &step)) {
		struct tend_duration months = {.n = offset + k * step, .unit = TEND_MONTH};
		return add_offset(r, anchor, months, false);
	}
	every.n *= k;
	return add_offset(r, due, every, false);
}

static enum tend_status add_repeated(struct resolver *r, size_t index, struct moment first,
	struct tend_schedule *s, struct tend_error *err)
{
	const struct tend_template_milestone *m = &r->j->milestones[index];
	struct tend_date anchor = anchor_moment(r, &m->due).day;
	struct tend_date until = {r->in->renewal.day - 1}, due = first.day;
	if (m->has_until) {
		until = when_moment(r, &m->until).day;
		if (!tend_has_date(until)) {
			return fail_years(m, err);
		}
	}
	for (int k = 0; k <= TEND_OCCURRENCES_MAX; k++) {
		due = nth_date(r, m, anchor, first.day, due, k);
		if (!tend_has_date(due)
			|| due.day > until.day) { /* past the years is past `until` */
			return TEND_OK;
		}
		if (k < TEND_OCCURRENCES_MAX) {
			add_occurrence(s, index, k + 1, due, first.projected);
		}
	}
	return tend_fail(err, TEND_BAD_INPUT, _("milestone \"%s\" repeats more than %d times"),
		m->key, TEND_OCCURRENCES_MAX);
}

static int compare_occurrences(const void *a, const void *b)
{
	const struct tend_occurrence *x = a, *y = b;
	if (x->due.day != y->due.day) {
		return x->due.day < y->due.day ? -1 : 1;
	}
	if (x->milestone != y->milestone) {
		return x->milestone < y->milestone ? -1 : 1;
	}
	return (x->number > y->number) - (x->number < y->number);
}

/* Files go by date nearly: moving the few that do not costs least, as long as there are not many. */
static void sort_occurrences(struct tend_schedule *s)
{
	if (s->n > MOVED_BY_HAND) {
		qsort(s->items, s->n, sizeof(*s->items), compare_occurrences);
		return;
	}
	for (size_t i = 1; i < s->n; i++) {
		struct tend_occurrence moved = s->items[i];
		size_t at = i;
		for (; at > 0 && compare_occurrences(&s->items[at - 1], &moved) > 0; at--) {
			s->items[at] = s->items[at - 1];
		}
		s->items[at] = moved;
	}
}

enum tend_status tend_journey_schedule(const struct tend_journey *j,
	const struct tend_schedule_input *in, struct tend_schedule *ret, struct tend_error *err)
{
	struct tend_schedule s = {0};
	struct resolver r;
	resolver_init(&r, j, in);
	enum tend_status status = TEND_OK;
	for (size_t i = 0; i < j->nmilestones && status == TEND_OK; i++) {
		const struct tend_template_milestone *m = &j->milestones[i];
		struct moment first = node_moment(&r, j->nstages + i);
		if (!tend_has_date(first.day)) {
			status = fail_years(m, err);
		} else if (m->repeats) {
			status = add_repeated(&r, i, first, &s, err);
		} else {
			add_occurrence(&s, i, 1, first.day, first.projected);
		}
		if (status == TEND_OK && s.n > TEND_SCHEDULE_MAX) {
			status = tend_fail(err, TEND_BAD_INPUT,
				_("the journey has more than %d milestones with their repeats"),
				TEND_SCHEDULE_MAX);
		}
	}
	resolver_finish(&r);
	if (status != TEND_OK) {
		tend_schedule_finish(&s);
		return status;
	}
	sort_occurrences(&s);
	*ret = s;
	return TEND_OK;
}

void tend_schedule_finish(struct tend_schedule *s)
{
	free(s->items);
	*s = (struct tend_schedule){0};
}

struct tend_date tend_journey_stage_from(
	const struct tend_journey *j, size_t stage, const struct tend_schedule_input *in)
{
	struct resolver r;
	resolver_init(&r, j, in);
	struct tend_date from = node_moment(&r, stage).day;
	resolver_finish(&r);
	return from;
}

/* What the conditions of stages may ask: everything that the caller knows, and `lapsed`. */
struct stage_inputs {
	const struct tend_inputs *more;
	bool lapsed;
};

static struct tend_value unknown_value(void)
{
	return (struct tend_value){.type = TEND_TEXT, .null = true};
}

static struct tend_value stage_field(void *ctx, const char *name)
{
	const struct stage_inputs *s = ctx;
	if (tend_same(name, "lapsed")) {
		return (struct tend_value){.type = TEND_BOOL, .integer = s->lapsed};
	}
	if (s->more == NULL || s->more->field == NULL) {
		return unknown_value();
	}
	return s->more->field(s->more->ctx, name);
}

static struct tend_value stage_call(void *ctx, const char *function, const char *arg, int window)
{
	const struct stage_inputs *s = ctx;
	if (s->more == NULL || s->more->call == NULL) {
		return unknown_value();
	}
	return s->more->call(s->more->ctx, function, arg, window);
}

int tend_journey_stage_on(const struct tend_journey *j, const struct tend_schedule_input *in,
	struct tend_date day, bool lapsed, const struct tend_inputs *inputs)
{
	struct stage_inputs ctx = {.more = inputs, .lapsed = lapsed};
	struct tend_inputs known = {.ctx = &ctx, .field = stage_field, .call = stage_call};
	struct resolver r;
	resolver_init(&r, j, in);
	int holds = -1;
	for (size_t i = j->nstages; i > 0 && holds < 0; i--) {
		const struct tend_stage *stage = &j->stages[i - 1];
		struct tend_date from = node_moment(&r, i - 1).day;
		if (!tend_has_date(from) || from.day > day.day) {
			continue;
		}
		if (stage->when_expr == NULL
			|| tend_expr_truth(stage->when_expr, &known) == TEND_TRUE) {
			holds = (int)(i - 1);
		}
	}
	resolver_finish(&r);
	return holds;
}
