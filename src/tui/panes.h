/* SPDX-License-Identifier: MIT */
/* All panes; pages.c puts them together. */
#ifndef TUI_PANES_H
#define TUI_PANES_H

#include "workbench.h"

extern const struct pane_ops pane_customers, pane_renewals, pane_ended, pane_today, pane_milestones,
	pane_overview, pane_journey, pane_alerts, pane_all_alerts, pane_facts, pane_detail,
	pane_touches, pane_usage, pane_chart, pane_subscriptions, pane_money_facts, pane_record,
	pane_timeline, pane_outcomes, pane_notes, pane_others, pane_contacts, pane_history,
	pane_templates, pane_outline, pane_findings, pane_difference, pane_preview, pane_plan,
	pane_plan_lines, pane_capacity, pane_capacity_work, pane_first, pane_profile, pane_map,
	pane_stakeholders;

/* A list of milestones: its columns, the open ones of the view's customer, and what a row cannot say. */
extern const struct grid_spec milestones_spec;
enum tend_status milestones_load_open(
	struct workbench *wb, struct view *v, struct pane *p, struct tend_error *err);
void milestone_below(
	const struct view *v, const void *record, int room, int columns, struct lines *out);
/* What a kind of entry is called: "Complaint". */
const char *entry_kind(const char *noun);
/* A reason why a list of customers is empty, with what fills it. */
const char *customers_empty(struct workbench *wb, struct view *v, struct pane *p);

#endif
