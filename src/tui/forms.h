/* SPDX-License-Identifier: MIT */
/* Dialogs that several actions and commands open. */
#ifndef TUI_FORMS_H
#define TUI_FORMS_H

#include "workbench.h"

void show_import_help(struct workbench *wb);
/* Writes the checklists of these customers; asks before it replaces files. */
enum follow export_to(struct workbench *wb, const int64_t *ids, size_t n,
	enum tend_pack_format format, const char *path, bool force, struct tend_error *err,
	bool *ret_ok);
/* The forms for a customer, and for a milestone of the selected one's own. */
enum follow open_add_customer(struct workbench *wb);
enum follow open_add_milestone(struct workbench *wb);
/* The fields that were filled in (`keep_empty`: all), dates made ISO in `days`; how many. */
size_t form_assignments(struct workbench *wb, struct form *f, struct tend_assignment *ret,
	char (*days)[TEND_DATE_LEN], bool keep_empty);

#endif
