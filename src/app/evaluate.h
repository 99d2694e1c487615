/* SPDX-License-Identifier: MIT */
/* The inside of an evaluation: what its three parts share. */
#ifndef APP_EVALUATE_H
#define APP_EVALUATE_H

#include "inside.h"

/* All that the judgement about some customers needs, read at once and joined by spans. */
struct book {
	struct tend_list customers, milestones, subscriptions, alerts;
	struct spans milestones_of, subscriptions_of, alerts_of;
	struct tend_list
		quiet; /* resolved by hand today; read when the first alert is to be raised */
	bool has_quiet;
	bool write;
	struct tend_arena arena; /* texts of one customer at a time */
};

/* Moves the customer's alerts to where its state (derived fields filled) puts them; counts the open. */
enum tend_status judge_alerts(
	struct tend_app *a, struct book *b, struct tend_customer *c, struct tend_error *err);
/* Writes the customer's rows of Today. */
enum tend_status queue_rows(
	struct tend_app *a, struct book *b, const struct tend_customer *c, struct tend_error *err);

#endif
