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
extern const char *const activity_kinds[];

#endif
