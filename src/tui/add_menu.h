/* SPDX-License-Identifier: MIT */
/* What can be added, each with its letter. */
#ifndef TUI_ADD_MENU_H
#define TUI_ADD_MENU_H

#include "workbench.h"

/* Over the kinds of records: a customer, a milestone. */
enum { ADD_CUSTOMER = -1, ADD_MILESTONE = -2 };

/* The letters in the order of tend_kinds, each once and none of those that move in a list; they depend on nothing
 * but the kinds. */
void add_menu_letters(char ret[], size_t n);
/* Those of the tab that is shown come first. `pick` gets its place in tend_kinds or one of the above. */
void add_menu_open(struct workbench *wb, enum follow (*pick)(struct workbench *wb, int64_t what));

#endif
