/* SPDX-License-Identifier: MIT */
/* What a journey and its stages promise, and when a customer counts as late. */
#ifndef STANDARD_H
#define STANDARD_H

#include "field.h"

/* {response: 4h, recovery: 2 workdays, cadence: 1 month}: what is said goes into `ret`. */
void read_standard(struct reader *r, const struct node *node, struct tend_standard *ret);
/* {behind: 1 day, stuck: 30 days} */
void read_track(struct reader *r, const struct node *node, struct tend_journey *j);

#endif
