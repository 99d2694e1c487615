/* SPDX-License-Identifier: MIT */
#include <stdlib.h>

#include <tend/journey.h>

void tend_journey_destroy(struct tend_journey *j)
{
	if (j == NULL) {
		return;
	}
	for (size_t i = 0; i < j->nstages; i++) {
		tend_expr_destroy(j->stages[i].when_expr);
	}
	for (size_t i = 0; i < j->nmilestones; i++) {
		tend_expr_destroy(j->milestones[i].when_expr);
		tend_expr_destroy(j->milestones[i].done_when_expr);
	}
	tend_arena_finish(&j->arena);
	free(j);
}
