/* SPDX-License-Identifier: MIT */
/* Saved views: filter, sort and columns of a list together, under a name. */
#ifndef TUI_SAVED_VIEWS_H
#define TUI_SAVED_VIEWS_H

#include "commands.h"

/* Whether filter, sort or columns are not as they were saved. */
bool saved_view_changed(const struct view *v);
/* The names that may stand there. */
void saved_views_complete(struct workbench *wb, const struct words *w, size_t at,
	const char *prefix, struct tend_str *out);
command_handler cmd_saved_view;

#endif
