/* SPDX-License-Identifier: MIT */
/* The inside of an evaluation: what its three parts share. */
#ifndef APP_EVALUATE_H
#define APP_EVALUATE_H

#include "facts.h"

/* What becomes of conditions that now say something else than they did last. */
enum conditions_mode {
	CONDITIONS_LEFT, /* nothing is looked at */
	CONDITIONS_KEPT, /* after an undo: what they say now is kept, and changes nobody's plan */
	CONDITIONS_FOUND, /* the customers whose plan would change are gathered */
	CONDITIONS_ACT, /* within an entry: their plans change */
};

/* All that the judgement about some customers needs, read at once and joined by spans. */
struct book {
	struct tend_list customers, milestones, subscriptions, alerts, conditions, runs;
	struct spans milestones_of, subscriptions_of, alerts_of, conditions_of, runs_of;
	struct tend_list promises, complaints; /* open ones, for Today: where it is written */
	struct spans promises_of, complaints_of;
	bool all; /* of all customers: of milestones the open ones alone, in brief */
	enum conditions_mode mode;
	struct ids *found; /* the customers whose plan would change */
	struct needs needs; /* of their journeys' conditions */
	struct facts_book facts;
	bool facts_read, closed_read,
		conditional; /* any of the journeys and running playbooks has a condition */
	size_t guesses; /* milestones that were taken to be in nobody's plan */
	struct tend_enrollment
		enrollment; /* of the customer at hand; its journey, NULL where it has none */
	const struct tend_journey *journey;
	struct tend_list
		quiet; /* resolved by hand today; read when the first alert is to be raised */
	bool has_quiet;
	bool raised; /* an alert of the customer at hand, just now */
	struct tend_list queue; /* its rows of Today; their texts are borrowed */
	bool write;
	struct tend_arena arena; /* texts of one customer at a time */
};

/* Fills the derived fields of a customer of the book, and what the book has of the one at hand (evaluate_state.c). */
enum tend_status derive_state(
	struct tend_app *a, struct book *b, struct tend_customer *c, struct tend_error *err);

/* --- conditions (evaluate_conditions.c; what they ask for: evaluate_needs.c) --- */
/* Reads what the conditions of these customers' journeys ask for, with the book's milestones and customers there.
 * `ids` as in facts_read. */
enum tend_status conditions_read(
	struct tend_app *a, struct book *b, const int64_t *ids, size_t n, struct tend_error *err);
/* Values about the customer at hand for conditions: a subscription that is yet to begin counts. `copy` holds it. */
struct tend_inputs conditions_inputs(struct tend_app *a, struct book *b,
	const struct tend_customer *c, struct tend_customer *copy);
/* Looks at the conditions of the customer at hand (state derived), as the mode says. *ret_acted: rows of its plan
 * changed, and have to be read again. `first`: the first look within an entry; only then a milestone goes. */
enum tend_status conditions_judge(struct tend_app *a, struct book *b, const struct tend_customer *c,
	bool first, bool *ret_acted, struct tend_error *err);

/* Moves the customer's alerts to where its state (derived fields filled) puts them; counts the open. */
enum tend_status judge_alerts(
	struct tend_app *a, struct book *b, struct tend_customer *c, struct tend_error *err);
/* Writes the customer's rows of Today. */
enum tend_status queue_rows(
	struct tend_app *a, struct book *b, const struct tend_customer *c, struct tend_error *err);

#endif
