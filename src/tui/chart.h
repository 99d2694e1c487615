/* SPDX-License-Identifier: MIT */
/* Pictures made of text: the lines of a pane. */
#ifndef TUI_CHART_H
#define TUI_CHART_H

#include "workbench.h"

/* Values side by side as columns, each with a label of its own below. */
struct bars {
	const double *values; /* NAN where nothing is known */
	const char *const *labels; /* of the same length all */
	size_t n;
};
/* Columns that stand on 0, or on the least value below it, at the left the numbers of top, middle and ground; below
 * them the labels, and the values where each has room. `rows` are those that there are for all of it. */
void chart_bars(const struct bars *b, int columns, int rows, bool ascii, struct lines *out);

/* Milestones on the line of a term, or of what comes after it. */
struct timeline {
	const struct tend_customer *customer;
	const struct tend_pack_stage *stages;
	size_t nstages;
	const struct tend_list *milestones;
	struct tend_date today;
};
/* What is past is drawn heavily: done ones stand on their day of completion, open ones on their due date, late ones
 * as '!'. One row is the line alone, two have the first day, today and the last below, three the stages above. False,
 * and nothing, where there is no span of time. */
bool chart_timeline(const struct timeline *t, int columns, int rows, bool ascii, struct lines *out);

#endif
