/* SPDX-License-Identifier: MIT */
/* Which panes each view has, and how they share the screen. */
#include <string.h>

#include "journeys.h"
#include "panes.h"

const struct page pages[] = {
	{"today", N_("Today"), {3, {9, 5, 0}, {0, 6, 5}, 0},
		{&pane_today, &pane_milestones, &pane_facts}, NULL, NULL, NULL},
	{"portfolio", N_("Portfolio"), {4, {5, 3, 2, 0}, {0, 6, 3, 5}, 0},
		{&pane_customers, &pane_milestones, &pane_alerts, &pane_facts}, NULL, NULL, NULL},
	{"alerts", N_("Alerts"), {3, {8, 5, 0}, {0, 6, 5}, 0},
		{&pane_all_alerts, &pane_milestones, &pane_facts}, NULL, NULL, NULL},
	{"renewals", N_("Renewals"), {4, {6, 4, 0, 0}, {0, 6, 3, 5}, 0},
		{&pane_renewals, &pane_milestones, &pane_alerts, &pane_facts}, NULL, NULL, NULL},
	{"winback", N_("Win-back and pool"), {4, {6, 4, 0, 0}, {0, 6, 3, 5}, 0},
		{&pane_ended, &pane_milestones, &pane_alerts, &pane_facts}, NULL, NULL, NULL},
	{"capacity", N_("Capacity"), {2, {6, 6}, {0, 1}, 0}, {&pane_capacity, &pane_capacity_work},
		NULL, NULL, NULL},
	{"history", N_("History"), {1, {1}, {1}, 0}, {&pane_history}, NULL, NULL, NULL},
	{"journeys", N_("Journeys"), {4, {4, 8, 0, 0}, {0, 8, 4, 5}, 0, 44},
		{&pane_templates, &pane_outline, &pane_findings, &pane_difference}, NULL, NULL,
		NULL},
};
const size_t page_count = sizeof(pages) / sizeof(pages[0]);

const struct page preview_page = {
	"journeys", N_("Preview"), {1, {1}, {1}, 0}, {&pane_preview}, NULL, NULL, NULL};
const struct page plan_page = {"journeys", N_("Upgrade plan"), {2, {5, 6}, {0, 1}, 0, 48},
	{&pane_plan, &pane_plan_lines}, NULL, NULL, NULL};

static const struct page first_page = {
	"first", N_("Welcome"), {1, {1}, {1}, 0}, {&pane_first}, NULL, NULL, NULL};

const struct page customer_tabs[] = {
	{"customer", N_("Customer"), {4, {4, 5, 3, 3}, {0, 4, 5, 4}, 1},
		{&pane_open_milestones, &pane_facts, &pane_alerts, &pane_touches}, N_("Overview"),
		NULL, NULL},
	{"customer", N_("Customer"), {2, {6, 4}, {0, 1}, 1}, {&pane_journey, &pane_detail},
		N_("Journey"), NULL, NULL},
	{"customer", N_("Customer"), {2, {6, 4}, {0, 1}, 1},
		{&pane_activities, &pane_activity_text}, N_("Activity"), NULL, NULL},
	{"customer", N_("Customer"), {1, {1}, {1}, 1}, {&pane_usage}, N_("Usage"), NULL, NULL},
	{"customer", N_("Customer"), {2, {5, 5}, {0, 1}, 1},
		{&pane_subscriptions, &pane_money_facts}, N_("Money"), NULL, NULL},
};
const size_t customer_tab_count = sizeof(customer_tabs) / sizeof(customer_tabs[0]);

const struct page *page_find(const char *name)
{
	for (size_t i = 0; i < page_count; i++) {
		if (strcmp(pages[i].name, name) == 0) {
			return &pages[i];
		}
	}
	return strcmp(name, "customer") == 0 ? &customer_tabs[0]
		: strcmp(name, "first") == 0 ? &first_page
					     : NULL;
}
