/* SPDX-License-Identifier: MIT */
/*
 * Versions of a journey: how two of them differ, and what the step from one to the other does to the rows
 * of one customer. A three-way comparison, field by field: the template then, the template now, the row.
 * What only the template changed follows it, what only a person changed stays, what both changed
 * differently stays as the person has it and is said (a conflict). Done and skipped milestones never
 * change; at most their key follows a milestone that the template renamed (`was`).
 */
#ifndef TEND_UPGRADE_H
#define TEND_UPGRADE_H

#include <tend/journey.h>
#include <tend/records.h>

/* One difference between two templates. Texts in the list's memory, in the current language. */
struct tend_difference {
	const char *what; /* journey, stage, milestone, item */
	const char *key; /* of the stage or milestone; of an item, its milestone's */
	const char *action; /* added, removed, renamed, changed */
	const char
		*field; /* what changed, as the file names it; NULL where all of it came or went */
	const char *before, *after; /* NULL where not said */
};
extern const struct tend_record_type tend_difference_type;
/* Appends the differences in the order of the file: journey, stages, milestones with their items, and what
 * is gone last. Empty where the two say the same, however they are written. */
void tend_journey_diff(
	const struct tend_journey *then, const struct tend_journey *now, struct tend_list *ret);

enum tend_upgrade_action {
	TEND_UPGRADE_ADDED,
	TEND_UPGRADE_MOVED, /* its date */
	TEND_UPGRADE_CHANGED, /* other fields, or items */
	TEND_UPGRADE_RETIRED, /* open, untouched, and no longer in the template: it goes */
	TEND_UPGRADE_KEPT_DONE, /* done or skipped: it stays, though the template says otherwise */
	TEND_UPGRADE_KEPT_EDITED, /* no longer in the template, but touched: it stays */
	TEND_UPGRADE_CONFLICT, /* changed here and in the template: stays as it is here */
	TEND_UPGRADE_ACTIONS
};
const char *tend_upgrade_action_name(enum tend_upgrade_action action); /* "kept-done" */

/* Fields of a milestone that a change is about. */
enum tend_upgrade_field {
	TEND_UPGRADE_KEY = 1 << 0,
	TEND_UPGRADE_TITLE = 1 << 1,
	TEND_UPGRADE_STAGE = 1 << 2,
	TEND_UPGRADE_DUE = 1 << 3,
	TEND_UPGRADE_REQUIRED = 1 << 4,
	TEND_UPGRADE_VISIBLE = 1 << 5,
	TEND_UPGRADE_AFTER = 1 << 6,
	TEND_UPGRADE_EFFORT = 1 << 7,
	TEND_UPGRADE_ITEMS = 1 << 8,
};

/* One line of a plan. A row that moves, changes and is in conflict has a line for each. */
struct tend_upgrade_change {
	enum tend_upgrade_action action;
	const char *key; /* as it is after the change */
	int64_t occurrence;
	bool repeats;
	struct tend_text title; /* as it is before; of what is added, the template's */
	const struct tend_milestone *row; /* borrowed from the customer's; NULL where added */
	size_t milestone; /* index in the template now; SIZE_MAX where it has none */
	struct tend_date due_before, due_after; /* TEND_NO_DATE before it is added, after it went */
	struct tend_date template_due; /* what the template now gives */
	unsigned fields; /* enum tend_upgrade_field */
	size_t items_added, items_removed, items_changed;
	bool own; /* a conflict with a milestone of the customer's own that has the key */
};

/* What carrying the plan out writes, in this order: milestones, then items. RENAME: the key of a closed
 * milestone, whose other fields may not be there. */
enum tend_upgrade_op {
	TEND_UPGRADE_INSERT,
	TEND_UPGRADE_UPDATE,
	TEND_UPGRADE_RENAME,
	TEND_UPGRADE_DELETE
};
struct tend_upgrade_write {
	enum tend_upgrade_op op;
	struct tend_milestone
		row; /* as it is to be; texts borrowed from the rows and the upgrade */
	size_t milestone; /* INSERT: index in the template now, whose items come with it */
};
struct tend_upgrade_item_write {
	enum tend_upgrade_op op;
	struct tend_item item; /* of an existing milestone */
};
struct tend_upgrade_plan {
	struct {
		struct tend_upgrade_change *items;
		size_t n, cap;
	} changes;
	struct {
		struct tend_upgrade_write *items;
		size_t n, cap;
	} writes;
	struct {
		struct tend_upgrade_item_write *items;
		size_t n, cap;
	} item_writes;
	struct tend_arena arena; /* of keys that are made for items */
};
/* Empties it and keeps the memory of the arrays. */
void tend_upgrade_plan_clear(struct tend_upgrade_plan *p);
void tend_upgrade_plan_finish(struct tend_upgrade_plan *p);

struct tend_upgrade_customer {
	/* All of the customer; of closed ones only key, occurrence, state, origin, titles, due, template_due,
	 * done_on and position are read. */
	const struct tend_milestone *rows;
	size_t nrows;
	/* The items of open rows that tend_upgrade_wants_items() names; those of a milestone side by side. */
	const struct tend_item *items;
	size_t nitems;
	struct tend_date start_then, renewal_then; /* what the rows were planned from */
	struct tend_date start, renewal;
	const struct tend_calendar *calendar; /* of the template now */
	/* Of the conditions of the template now, by milestone; those without `when` are not read. NULL: all
	 * are unknown. One that is not true adds no milestone; one that is false lets an untouched row go where
	 * the two templates have different conditions. */
	const enum tend_truth *truths;
};

/*
 * The step from one template to another, prepared once for all customers; both are borrowed and linked. The
 * same template twice is the step to other dates.
 */
struct tend_upgrade;
struct tend_upgrade *tend_upgrade_create(
	const struct tend_journey *then, const struct tend_journey *now);
void tend_upgrade_destroy(struct tend_upgrade *u);
/* Whether planning needs the items of this open row; `moved`: dates move as well. */
bool tend_upgrade_wants_items(
	const struct tend_upgrade *u, const struct tend_milestone *row, bool moved);
/*
 * Appends to `ret`. Planning on what a plan has made of the rows, from the template now to itself, gives
 * an empty plan. Fails as tend_journey_schedule does.
 */
enum tend_status tend_upgrade_plan(struct tend_upgrade *u, const struct tend_upgrade_customer *c,
	struct tend_upgrade_plan *ret, struct tend_error *err);
/* What a change does, beside its dates, in the current language: "title: Kick-off > Kick-off call". `out` is
 * empty before; the customer's rows are still there. */
void tend_upgrade_detail(const struct tend_upgrade *u, const struct tend_upgrade_change *change,
	struct tend_str *out);

/* Whether a person gave an open milestone its date: it is not what the template gave. */
bool tend_upgrade_due_is_own(const struct tend_milestone *m);
/* The row of a template's occurrence, still to do; texts borrowed from the template, or in `arena`. */
void tend_upgrade_row(const struct tend_journey *j, const struct tend_occurrence *o,
	struct tend_arena *arena, struct tend_milestone *ret);

#endif
