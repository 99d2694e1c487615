/* SPDX-License-Identifier: MIT */
/* Where the milestones of a journey come to lie, tried on its own term and from several days. */
#include "lint.h"

#include <stdlib.h>

#include <tend/lang.h>

#include "milestone.h"

/* More stages than anybody has are not looked at one by one. */
enum { STAGES_MAX = 100 };

/* Days on which customers start: the ends of months, a weekend, the middle of a year. */
static const char *const starts[] = {"2026-01-01", "2026-01-31", "2026-05-16", "2027-09-30"};
enum { STARTS = FIELD_COUNT_OF(starts) };

/*
 * Per start, the first day of a milestone, TEND_NO_DATE where it has none, and where that lies outside its stage: the
 * index of the stage that holds then plus 2, 1 where none does; 0 where it lies inside.
 */
struct tried {
	int stage[STARTS];
	struct tend_date due[STARTS];
};

static int stage_outside(const struct tend_journey *j, const struct tend_template_milestone *m,
	const struct tend_date *from, struct tend_date due)
{
	size_t holds = j->nstages;
	for (size_t i = j->nstages; i > 0 && holds == j->nstages; i--) {
		/* a stage with a condition may hold or not */
		bool may = j->stages[i - 1].when_expr == NULL || i - 1 == m->stage;
		if (may && tend_has_date(from[i - 1]) && from[i - 1].day <= due.day) {
			holds = i - 1;
		}
	}
	return holds == m->stage ? 0 : holds == j->nstages ? 1 : (int)holds + 2;
}

/* False where it cannot be scheduled from that day. */
static bool project(struct reader *r, const struct node *list, const struct tend_journey *j,
	size_t start, struct tried *ret)
{
	struct tend_schedule_input in = {0};
	struct tend_schedule s = {0};
	struct tend_error err;
	(void)tend_date_parse(starts[start], &in.start);
	in.renewal = tend_date_add(NULL, in.start, j->term);
	if (tend_journey_schedule(j, &in, &s, &err) != TEND_OK) {
		warn(r, list, TEND_RULE_SCHEDULE, "%s", err.text);
		return false;
	}
	struct tend_date from[STAGES_MAX];
	for (size_t i = 0; i < j->nstages; i++) {
		from[i] = tend_journey_stage_from(j, i, &in);
	}
	for (size_t i = 0; i < j->nmilestones; i++) {
		ret[i].due[start] = TEND_NO_DATE;
	}
	for (size_t i = 0; i < s.n; i++) {
		const struct tend_occurrence *o = &s.items[i];
		if (o->number == 1) {
			ret[o->milestone].due[start] = o->due;
			ret[o->milestone].stage[start] =
				stage_outside(j, &j->milestones[o->milestone], from, o->due);
		}
	}
	tend_schedule_finish(&s);
	return true;
}

static void warn_outside(struct reader *r, const struct node *entry, const struct tend_journey *j,
	const struct tend_template_milestone *m, const struct tried *o)
{
	const struct node *due = node_get(entry, "due");
	char day[TEND_DATE_LEN];
	due = due != NULL ? due : entry;
	(void)tend_date_format(o->due[0], day);
	if (o->stage[0] == 1) {
		warn(r, due, TEND_RULE_OUTSIDE_STAGE,
			_("due outside its stage \"%s\": a start on %s gives %s, before any stage"),
			quoted(r, m->stage_key), starts[0], day);
	} else {
		warn(r, due, TEND_RULE_OUTSIDE_STAGE,
			_("due outside its stage \"%s\": a start on %s gives %s, in \"%s\""),
			quoted(r, m->stage_key), starts[0], day,
			quoted(r, j->stages[o->stage[0] - 2].key));
	}
}

static void lint_stage(struct reader *r, const struct node *entry, const struct tend_journey *j,
	const struct tend_template_milestone *m, const struct tried *t)
{
	bool always = true;
	for (size_t k = 0; k < STARTS; k++) {
		always = always && t->stage[k] != 0;
	}
	if (always) { /* on some days alone, months and workdays differ by a day or two */
		warn_outside(r, entry, j, m, t);
	}
}

static void lint_repeat(struct reader *r, const struct node *entry,
	const struct tend_template_milestone *m, const struct tried *t)
{
	const struct node *repeat = node_get(entry, "repeat");
	bool never = true;
	for (size_t k = 0; k < STARTS; k++) {
		never = never && !tend_has_date(t->due[k]);
	}
	if (never && !repeat_never(m)) {
		warn(r, repeat != NULL ? repeat : entry, TEND_RULE_NEVER,
			m->has_until
				? _("this never happens: \"until\" lies before the first day")
				: _("this never happens: without \"until\" it repeats only before "
				    "the renewal"));
	}
}

/* Whether `a` is due before `b`, wherever the customer starts. */
static bool is_before(const struct tried *a, const struct tried *b)
{
	for (size_t k = 0; k < STARTS; k++) {
		if (!tend_has_date(a->due[k]) || !tend_has_date(b->due[k])
			|| a->due[k].day >= b->due[k].day) {
			return false;
		}
	}
	return true;
}

static void lint_order(struct reader *r, const struct tend_template_milestone *m,
	const struct tried *all, const struct tried *t)
{
	char day[TEND_DATE_LEN], other[TEND_DATE_LEN];
	for (size_t i = 0; i < m->nafter; i++) {
		const struct tried *before = &all[m->after_ref[i]];
		if (is_before(t, before)) {
			struct node at = {
				.line = m->after_at[i].line, .column = m->after_at[i].column};
			(void)tend_date_format(t->due[0], day);
			(void)tend_date_format(before->due[0], other);
			warn(r, &at, TEND_RULE_ORDER,
				_("due before \"%s\", after which it comes: a start on %s gives %s "
				  "and %s"),
				quoted(r, m->after[i]), starts[0], day, other);
		}
	}
}

void lint_schedule(struct reader *r, const struct node *list, const struct tend_journey *j)
{
	if (!reader_lints(r) || j->nstages > STAGES_MAX) {
		return;
	}
	struct tried *tried = tend_calloc(j->nmilestones + 1, sizeof(*tried));
	bool scheduled = true;
	for (size_t i = 0; i < STARTS && scheduled; i++) {
		scheduled = project(r, list, j, i, tried);
	}
	for (size_t i = 0; i < j->nmilestones && scheduled; i++) {
		const struct tend_template_milestone *m = &j->milestones[i];
		lint_stage(r, list->items[i], j, m, &tried[i]);
		lint_repeat(r, list->items[i], m, &tried[i]);
		lint_order(r, m, tried, &tried[i]);
	}
	free(tried);
}

/* Whether its day is counted from the renewal, which lies anywhere from the day of a run. */
static bool hangs_on_renewal(const struct tend_journey *j, const struct tend_when *due)
{
	while (due->anchor == TEND_AT_MILESTONE) {
		due = &j->milestones[due->ref].due;
	}
	return due->anchor == TEND_AT_RENEWAL;
}

void lint_steps(struct reader *r, const struct node *list, const struct tend_journey *j)
{
	if (!reader_lints(r)) {
		return;
	}
	struct tried *tried = tend_calloc(j->nmilestones + 1, sizeof(*tried));
	bool scheduled = true;
	for (size_t i = 0; i < STARTS && scheduled; i++) {
		scheduled = project(r, list, j, i, tried);
	}
	for (size_t i = 0; i < j->nmilestones && scheduled; i++) {
		if (hangs_on_renewal(j, &j->milestones[i].due)) {
			tried[i].due[0] = TEND_NO_DATE;
		}
	}
	for (size_t i = 0; i < j->nmilestones && scheduled; i++) {
		lint_order(r, &j->milestones[i], tried, &tried[i]);
	}
	free(tried);
}
