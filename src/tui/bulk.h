/* SPDX-License-Identifier: MIT */
/* The same change to many customers: what it would do is shown first. */
#ifndef TUI_BULK_H
#define TUI_BULK_H

#include "workbench.h"

/*
 * Opens the preview of a change, of which copies are kept; Enter carries it out. `form` (may be NULL) is the dialog
 * below, which is closed with it. False, with `err` set, where the change is not possible; where it would change
 * nothing that is said.
 */
bool bulk_preview(struct workbench *wb, const struct targets *ids,
	const struct tend_assignment *fields, size_t n, struct form *form, struct tend_error *err);
/* The form of what can be changed of many. */
enum follow bulk_form(struct workbench *wb, const struct targets *ids);

#endif
