/* SPDX-License-Identifier: MIT */
/*
 * Journeys: the template as its YAML file says it, and the schedule that it gives for one customer.
 * Format and date rules: tend-journey(5).
 */
#ifndef TEND_JOURNEY_H
#define TEND_JOURNEY_H

#include <tend/date.h>
#include <tend/error.h>
#include <tend/expr.h>
#include <tend/lang.h>
#include <tend/mem.h>

/* Where a word stands in the template's file; both from 1, columns in characters. */
struct tend_place {
	int line, column;
};

enum tend_anchor { TEND_AT_START, TEND_AT_RENEWAL, TEND_AT_STAGE, TEND_AT_MILESTONE };

/* ANCHOR [+|- N UNIT] */
struct tend_when {
	enum tend_anchor anchor;
	size_t ref; /* index of the stage or milestone */
	const char *ref_key;
	struct tend_duration offset; /* signed; n == 0 where there is none */
	bool has_offset, backwards; /* backwards: written with '-' (matters for 0 workdays) */
	int line, column;
};

/*
 * Parses a date expression; `ref_key` is set, `ref` is not (tend_journey_link does). The message does
 * not name the place. Blanks around + and - are optional; `milestone.a-3 days` is three days before a.
 * An offset is at most 100 years.
 */
#define TEND_OFFSET_YEARS_MAX 100
enum tend_status tend_when_parse(
	const char *text, struct tend_arena *arena, struct tend_when *ret, struct tend_error *err);
struct tend_str;
/* Appends it as a file says it: "milestone.go-live + 1 week". */
void tend_when_format(const struct tend_when *when, struct tend_str *out);

/*
 * What is promised to a customer. A day has 1440 minutes; where `…_workdays` is set they are days that are
 * worked. 0 (and cadence.n == 0): nothing is said.
 */
struct tend_standard {
	int response, recovery; /* minutes until the first answer, and until it works again */
	bool response_workdays, recovery_workdays;
	struct tend_duration cadence; /* the customer hears from us at least this often */
};

struct tend_stage {
	const char *key;
	struct tend_text title;
	struct tend_when from;
	const char *when; /* expression text; NULL */
	struct tend_expr *when_expr;
	struct tend_standard standard; /* as written: tend_journey_standard has the whole */
	int line, column; /* of its key */
};

struct tend_template_item {
	const char *key; /* `id`, else its position as text */
	struct tend_text title;
};

struct tend_template_milestone {
	const char *key;
	const char *was; /* the key that it had in an earlier version; NULL */
	struct tend_place was_at;
	size_t stage;
	const char *stage_key;
	struct tend_place stage_at;
	struct tend_text title, guide, deliverable;
	struct tend_when due;
	bool required, visible;
	int effort; /* minutes; -1 where not said */
	struct tend_template_item *items;
	size_t nitems;
	const char **after;
	const size_t *after_ref; /* indexes, once linked */
	struct tend_place *after_at;
	size_t nafter;
	const char *when, *done_when; /* expression texts; NULL */
	struct tend_expr *when_expr, *done_when_expr;
	bool repeats;
	struct tend_duration every;
	bool has_until;
	struct tend_when until;
	int line, column; /* of its key */
};

/* All texts live in `arena`; expressions are owned. */
struct tend_journey {
	struct tend_arena arena;
	const char *key;
	int version;
	struct tend_text title;
	struct tend_duration term; /* 12 months unless said */
	const char *calendar, *health, *alerts, *next; /* NULL where not said */
	const char *extends; /* KEY or KEY@V of the journey that this one is a variant of; NULL */
	struct tend_standard standard;
	/* Days by which a required milestone is overdue when the customer is behind, and when it is stuck. */
	int track_behind, track_stuck;
	struct tend_stage *stages;
	size_t nstages;
	struct tend_template_milestone *milestones;
	size_t nmilestones;
};
#define TEND_TRACK_BEHIND 0
#define TEND_TRACK_STUCK 30
void tend_journey_destroy(struct tend_journey *j);
/* What is promised in a stage (-1: in none): the stage's own, else the journey's. */
struct tend_standard tend_journey_standard(const struct tend_journey *j, int stage);
/*
 * Resolves references and finds unknown ones, duplicates and cycles; findings at their lines. A journey
 * with an error cannot be scheduled.
 */
void tend_journey_link(struct tend_journey *j, struct tend_findings *findings);

struct tend_schedule_input {
	struct tend_date start, renewal;
	const struct tend_calendar *calendar;
	/* The day on which a milestone (index, first occurrence) was done, or TEND_NO_DATE; may be NULL. */
	struct tend_date (*done_on)(void *ctx, size_t milestone);
	/* Where a milestone's open first occurrence stands now, or TEND_NO_DATE; may be NULL. */
	struct tend_date (*due_now)(void *ctx, size_t milestone);
	void *ctx;
};
struct tend_occurrence {
	size_t milestone; /* index */
	int number; /* from 1 */
	struct tend_date due;
	bool projected; /* follows a milestone that is still open */
};
struct tend_schedule {
	struct tend_occurrence *items; /* by due date, then by place in the file, then by number */
	size_t n, cap;
};
#define TEND_OCCURRENCES_MAX 1000 /* of one milestone */
#define TEND_SCHEDULE_MAX 10000 /* of all milestones together */
/* Fails where a repeat or the whole passes its limit, or a date leaves the supported years. */
enum tend_status tend_journey_schedule(const struct tend_journey *j,
	const struct tend_schedule_input *in, struct tend_schedule *ret, struct tend_error *err);
void tend_schedule_finish(struct tend_schedule *s);
/* The first day of a stage, whether or not it ever holds; TEND_NO_DATE outside the supported years. */
struct tend_date tend_journey_stage_from(
	const struct tend_journey *j, size_t stage, const struct tend_schedule_input *in);
/*
 * The stage that holds on `day`: of those begun, the later in the list. A stage whose `when` is not true
 * does not hold (`inputs` NULL: only the name `lapsed` is known). -1 before the first stage.
 */
int tend_journey_stage_on(const struct tend_journey *j, const struct tend_schedule_input *in,
	struct tend_date day, bool lapsed, const struct tend_inputs *inputs);

#endif
