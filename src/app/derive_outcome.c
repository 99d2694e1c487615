/* SPDX-License-Identifier: MIT */
#include <tend/outcome.h>

#include "derive.h"
#include "facts.h"

bool outcome_counts(struct tend_app *a, const struct tend_outcome *o)
{
	const struct tend_metric *m =
		o->metric != NULL ? sources_metric(&a->sources, o->metric) : NULL;
	return m != NULL && !m->gauge;
}

enum tend_status outcome_facts(struct tend_app *a, int64_t customer_id,
	const struct tend_list *outcomes, struct needs *needs, struct facts_book *ret,
	struct tend_error *err)
{
	for (size_t i = 0; i < outcomes->n; i++) {
		const struct tend_outcome *o = tend_list_at(outcomes, i);
		if (o->metric != NULL) {
			needs_add_metric(needs, o->metric, TEND_OUTCOME_DAYS);
		}
	}
	return facts_read(a, needs, &customer_id, customer_id != 0, ret, err);
}

enum tend_status derive_outcomes(
	struct tend_app *a, int64_t customer_id, struct tend_list *list, struct tend_error *err)
{
	struct needs needs = {0};
	struct facts_book facts;
	enum tend_status status = outcome_facts(a, customer_id, list, &needs, &facts, err);
	for (size_t i = 0; status == TEND_OK && i < list->n; i++) {
		struct tend_outcome *o = tend_list_at(list, i);
		const struct tend_customer whose = {.id = o->customer_id};
		const struct tend_inputs in = facts_of(&facts, &whose);
		(void)tend_outcome_fill(o, outcome_counts(a, o), &in, a->today, NULL);
	}
	facts_finish(&facts);
	needs_finish(&needs);
	return status;
}
