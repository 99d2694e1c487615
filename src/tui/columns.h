/* SPDX-License-Identifier: MIT */
/* The columns of a list of customers as a person chose them. */
#ifndef TUI_COLUMNS_H
#define TUI_COLUMNS_H

#include "commands.h"

/* Whether the view lists customers. */
bool columns_can_be_chosen(const struct view *v);
/* Takes field names, apart by commas or blanks; "" for those that the list has by itself. TEND_USAGE, and nothing
 * changed, where a customer has no such field. */
enum tend_status columns_choose(
	struct workbench *wb, struct view *v, const char *fields, struct tend_error *err);
/* Makes the columns of v->columns, in the pane's memory. */
void columns_build(struct workbench *wb, const struct view *v, struct pane *p);
/* Those that the word may go on with. */
void columns_complete(struct workbench *wb, const char *prefix, struct tend_str *out);
command_handler cmd_columns;

#endif
