/* SPDX-License-Identifier: MIT */
/* Outcomes: how far a result is, and whether it was a success. Pure; docs/formulas.md, OUTCOMES. */
#ifndef TEND_OUTCOME_H
#define TEND_OUTCOME_H

#include <tend/expr.h>
#include <tend/records.h>

/* Days over which a signal is summed or averaged, the day included. */
#define TEND_OUTCOME_DAYS 30
/* The experience, of 5, that a success needs. */
#define TEND_OUTCOME_EXPERIENCE 4

/* How its signal is read: the function of expressions, "latest", "sum" or "avg". Where the outcome does not say
 * it, the sum of what is known to be a counter (`counter`), else the newest point. */
const char *tend_outcome_function(const struct tend_outcome *o, bool counter);
/*
 * Fills now, progress and success. `in` answers about the customer's signals (NULL: by hand only); `ret_basis`
 * (may be NULL) gets what the answer of the signal rests on. False where the value by hand counts, or none.
 */
bool tend_outcome_fill(struct tend_outcome *o, bool counter, const struct tend_inputs *in,
	struct tend_date day, struct tend_basis *ret_basis);
/* Whether the result is there: by its state, else by the progress; 0, 1 or TEND_NO_INT. */
int64_t tend_outcome_result(const struct tend_outcome *o);
/* Whether the experience was good; 0, 1 or TEND_NO_INT. */
int64_t tend_outcome_felt(const struct tend_outcome *o);

#endif
