/* SPDX-License-Identifier: MIT */
#ifndef TUI_WHY_RECORD_H
#define TUI_WHY_RECORD_H

#include "workbench.h"

/* Adds why the selected record of the pane in focus says what it says; false where there is nothing to explain. */
bool why_record(struct workbench *wb, int columns, struct lines *l);
/* Who is silent, whose role nobody has, why the thread is single or not: of the contacts who are there. */
void people_flags(
	struct lines *l, int columns, const struct tend_list *people, struct tend_date today);

#endif
