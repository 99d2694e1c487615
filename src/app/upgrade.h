/* SPDX-License-Identifier: MIT */
/* The inside of upgrades: planning the steps of many customers in one pass, and carrying them out. */
#ifndef APP_UPGRADE_H
#define APP_UPGRADE_H

#include <tend/upgrade.h>

#include "facts.h"

/* From one published version; the template now is that of the run. */
struct upgrade_step {
	int64_t version;
	const struct tend_journey *then; /* kept by the app */
	struct tend_upgrade *upgrade;
};

/* One customer's enrolment, and where it goes. */
struct upgrade_goal {
	struct tend_enrollment e; /* as stored */
	const struct tend_customer
		*customer; /* with what conditions ask about, where there are any */
	struct tend_date renewal_then, start, renewal;
};

/* Texts that were kept last of the rows at one place. */
enum { OPEN_PLACES = 64 };
struct open_texts {
	const char *key, *title_en, *title_zh, *state, *reason;
};

struct upgrade_run {
	struct tend_app *app;
	const struct tend_journey *now;
	struct {
		struct upgrade_step *items;
		size_t n, cap;
	} steps;
	struct tend_list customers;
	struct {
		struct upgrade_goal *items; /* by the customers' keys */
		size_t n, cap;
	} goals;
	struct goal_id {
		int64_t id;
		size_t goal;
	} * by_id; /* the goals by customer id */
	size_t at; /* of the goals: the next one */
	struct tend_list items; /* of one customer */
	enum tend_truth *truths;
	struct needs needs; /* of the conditions of the template now */
	struct facts_book facts;
	bool facts_read;
	bool has_conditions;
	struct tend_upgrade_plan plan;
	struct tend_list *lines; /* NULL: they are not wanted */
	bool conflicts_only; /* of the lines */
	struct tend_upgrade_plan writes; /* of all customers, texts in its arena; where `keeps` */
	bool keeps;
	struct {
		struct upgrade_mark { /* where the writes of a goal end */
			size_t writes, item_writes, open;
		} * items;
		size_t n, cap;
	} marks; /* by goal, from the first that is not written yet */
	size_t written, open_written; /* of the goals, and of the open milestones */
	bool keeps_open;
	struct tend_list open; /* the open milestones of the goals, as they will be; in brief */
	struct open_texts open_texts[OPEN_PLACES];
	size_t counts[TEND_UPGRADE_ACTIONS];
	size_t touched; /* customers for whom there is a line */
};
void upgrade_init(struct upgrade_run *r, struct tend_app *a, const struct tend_journey *now);
void upgrade_finish(struct upgrade_run *r);
/* A goal: the same journey, on the dates that a customer has after a change. Both are borrowed. */
void upgrade_add_dates(struct upgrade_run *r, const struct tend_customer *before,
	const struct tend_customer *after, const struct tend_enrollment *e);
/* Plans all goals. */
enum tend_status upgrade_plan_all(struct upgrade_run *r, struct tend_error *err);
/* Within a write: plans all goals and writes what comes out, some customers at a time: their rows are still at
 * hand then. Of many goals the open rows are kept for the evaluation (tend_app.open_rows). */
enum tend_status upgrade_apply(struct upgrade_run *r, struct tend_error *err);
/* Within a write: what planning kept. */
enum tend_status upgrade_write(struct upgrade_run *r, struct tend_error *err);
enum tend_status upgrade_write_plan(struct tend_app *a, const struct tend_upgrade_plan *plan,
	const struct tend_journey *now, struct tend_error *err);
/* --- open milestones (upgrade_open.c) --- */
/* After planning a goal: its rows, with what the plan makes of them. */
void upgrade_keep_open(struct upgrade_run *r, const struct upgrade_goal *g,
	const struct tend_milestone *rows, size_t n);
/* After writing it: new rows have their ids, and all their places. */
void upgrade_settle_open(struct upgrade_run *r, struct upgrade_mark from, struct upgrade_mark to);

/* What a version that is not applied would make of the open milestones of all who follow the journey. */
struct imagined {
	struct tend_journey *now;
	struct {
		struct imagined_write {
			enum tend_upgrade_op op;
			struct tend_milestone row; /* as it would be; of DELETE, as it is */
		} * items;
		size_t n, cap;
	} writes;
	char *summary;
	struct tend_arena arena; /* of texts that are not the template's */
};
/* `journey` as in tend_app_journey_plan. To be finished also after an error. */
enum tend_status upgrade_imagine(
	struct tend_app *a, const char *journey, struct imagined *ret, struct tend_error *err);
void imagined_finish(struct imagined *i);
/* "35 added, 12 moved"; "nothing changes". In `arena`. */
const char *upgrade_summary(const struct upgrade_run *r, struct tend_arena *arena);

#endif
