/* SPDX-License-Identifier: MIT */
#include <stdlib.h>

#include <tend/journey.h>
#include <tend/playbook.h>

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

struct tend_standard tend_journey_standard(const struct tend_journey *j, int stage)
{
	struct tend_standard ret = j->standard;
	if (stage < 0 || (size_t)stage >= j->nstages) {
		return ret;
	}
	const struct tend_standard *own = &j->stages[stage].standard;
	if (own->response > 0) {
		ret.response = own->response;
		ret.response_workdays = own->response_workdays;
	}
	if (own->recovery > 0) {
		ret.recovery = own->recovery;
		ret.recovery_workdays = own->recovery_workdays;
	}
	if (own->cadence.n > 0) {
		ret.cadence = own->cadence;
	}
	return ret;
}

void tend_playbook_destroy(struct tend_playbook *p)
{
	if (p == NULL) {
		return;
	}
	tend_expr_destroy(p->when_expr);
	tend_journey_destroy(p->steps);
	free(p);
}
