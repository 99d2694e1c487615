/* SPDX-License-Identifier: MIT */
/* What may stand in a file but is hardly meant: warnings, where the environment asks for them. */
#ifndef LINT_H
#define LINT_H

#include "field.h"

/* The milestones of a journey or the steps of a playbook, and the nodes that they were read from. */
void lint_milestones(struct reader *r, const struct node *list, const struct tend_journey *j);
/*
 * A linked journey without errors, on its own term: milestones outside their stage, without a day, or due before
 * what they come after.
 */
void lint_schedule(struct reader *r, const struct node *list, const struct tend_journey *j);
/* The linked steps of a playbook without errors: those due before what they come after. */
void lint_steps(struct reader *r, const struct node *list, const struct tend_journey *j);
/* Former keys (`was`) that the version before has not, and new keys that look like one of its. */
void lint_former(struct reader *r, const struct tend_journey *j);
/* Texts in one language, where others stand in both; they are forgotten then. */
void lint_languages(struct reader *r);

#endif
