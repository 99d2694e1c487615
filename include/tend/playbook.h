/* SPDX-License-Identifier: MIT */
/*
 * Playbooks: a short plan for one situation, run on a day that a person chooses. Its steps are the milestones of
 * a journey with one stage without a name: one scheduler for both. Format: tend-journey(5), PLAYBOOKS.
 */
#ifndef TEND_PLAYBOOK_H
#define TEND_PLAYBOOK_H

#include <tend/journey.h>

/* All texts live in the arena of `steps`. */
struct tend_playbook {
	const char *key;
	int version; /* 1 unless said */
	struct tend_text title;
	const char *when; /* whom it suits, an expression; NULL: everybody */
	struct tend_expr *when_expr;
	/*
	 * steps->milestones are the steps, linked, keys as in the file. tend_journey_schedule with `start` the day on
	 * which it is run gives their dates; `renewal` is the customer's.
	 */
	struct tend_journey *steps;
};
void tend_playbook_destroy(struct tend_playbook *p);

#endif
