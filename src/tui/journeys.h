/* SPDX-License-Identifier: MIT */
/* The view of the journeys: its templates, and the pages of one of them, preview and plan. */
#ifndef TUI_JOURNEYS_H
#define TUI_JOURNEYS_H

#include "workbench.h"

/* A version of a journey with what the checker says about it. */
struct template_row {
	int64_t id;
	const char *name; /* KEY@V; KEY where its file says no version */
	const char *key;
	int64_t version;
	const char *title, *source;
	int64_t customers, errors, warnings;
	const char *before; /* KEY@V of the version before; NULL */
	const char *extends; /* KEY or KEY@V of what it is a variant of; NULL */
	int64_t newest; /* boolean: no version of the key is later */
};
extern const struct tend_record_type template_row_type;
/* What its difference is shown to: the version before, of a first one what it extends; NULL. */
const char *template_compared(const struct template_row *t);
/* Of the view's first pane; NULL. */
const struct template_row *template_selected(const struct view *v);
/* The start that dates are shown for: what was asked for, else the day. */
struct tend_date sample_start(const struct workbench *wb);

/* A milestone as its template says it. */
struct outline_row {
	int64_t id; /* its place in the file, from 1 */
	const char *key, *title, *stage; /* the stage with when it begins and what it promises */
	const char *due; /* as written, with its repeat */
	struct tend_date date; /* of the first occurrence for the sample start */
	int64_t times, effort, required;
	const char *when, *done_when, *after; /* NULL where not said; after: titles */
	const char *items, *deliverable, *guide;
};
extern const struct tend_record_type outline_row_type;
void open_outline_row(struct workbench *wb, const struct outline_row *r);

/* A customer in a plan, and how much of it is about that one. */
struct plan_row {
	int64_t customer_id;
	const char *key, *name;
	const char *from; /* the version that it follows */
	int64_t added, moved, changed, retired, kept, conflicts;
	size_t first, n; /* its lines */
};
extern const struct tend_record_type plan_row_type;
/* Lines of a plan for people. */
void plan_line_word(const struct tend_plan_line *line, enum role *ret_role, struct tend_str *out);
void open_plan_line(struct workbench *wb, const struct tend_plan_line *line);

/* Pages of one version; keys of the view hold there too. */
extern const struct page preview_page, plan_page;
/* Enter on what these panes show; false where the pane is none of them. */
bool open_in_journeys(struct workbench *wb);

#endif
