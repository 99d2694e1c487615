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
/* A repeat of which its text alone tells that it gives no day; read_milestones warns of it. */
bool repeat_never(const struct tend_template_milestone *m);

#endif
