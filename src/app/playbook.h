/* SPDX-License-Identifier: MIT */
/* The inside of playbooks: planning a run for customers, and carrying it out. */
#ifndef APP_PLAYBOOK_H
#define APP_PLAYBOOK_H

#include <tend/expr.h>
#include <tend/playbook.h>

#include "inside.h"

/* KEY (as `run` takes it) or KEY@VERSION. TEND_NOT_FOUND with what is near. `ret_file` is borrowed until the
 * sources are forgotten. */
enum tend_status playbook_find(struct tend_app *a, const char *name, const struct source **ret_file,
	const struct tend_playbook **ret, struct tend_error *err);
/* The days of its steps for a customer (derived fields filled), some of them done or moved: `rows` are those of
 * one run, with occurrence 1. */
enum tend_status playbook_schedule(struct tend_app *a, const struct tend_playbook *p,
	const struct tend_customer *c, struct tend_date day, const struct tend_list *rows,
	struct tend_schedule *ret, struct tend_error *err);
/* The row of a step of a run, not yet stored; `number`: how often the playbook ran for the customer with it. */
void playbook_row(const struct tend_playbook *p, const struct tend_occurrence *o,
	const struct tend_customer *c, int64_t run, int64_t number, struct tend_arena *arena,
	struct tend_milestone *ret);
/* What is asked about each customer: whether the playbook suits it, and whether each step is added. */
struct playbook_truths {
	enum tend_truth *suits; /* of each customer */
	enum tend_truth
		*steps; /* of each customer, of each step; TEND_TRUE where it has no condition */
};
enum tend_status playbook_judge(struct tend_app *a, const struct tend_playbook *p,
	const struct tend_list *customers, struct playbook_truths *ret, struct tend_error *err);
void playbook_truths_finish(struct playbook_truths *t);
/* These customers, derived fields and the user's own filled, by key; `n` 0: none. */
enum tend_status playbook_customers(struct tend_app *a, const int64_t *ids, size_t n,
	struct tend_list *ret, struct tend_error *err);

#endif
