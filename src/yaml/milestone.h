/* SPDX-License-Identifier: MIT */
/* The milestones of a journey, which are also the steps of a playbook. */
#ifndef MILESTONE_H
#define MILESTONE_H

#include "field.h"

/*
 * Reads the list into `j` (texts in its arena). `playbook`: steps, which have neither stage nor repeat.
 */
void read_milestones(struct reader *r, const struct node *list, const struct tend_names *names,
	bool playbook, struct tend_journey *j);

#endif
