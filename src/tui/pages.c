/* SPDX-License-Identifier: MIT */
/* Which panes each view has, and how they share the screen. */
#include <string.h>

#include "journeys.h"
#include "panes.h"

const struct page pages[] = {
	{"today", N_("Today"), {3, {9, 5, 0}, {0, 6, 5}, 0},
		{&pane_today, &pane_milestones, &pane_facts}},
	{"portfolio", N_("Portfolio"), {4, {5, 3, 2, 0}, {0, 6, 3, 5}, 0},
		{&pane_customers, &pane_milestones, &pane_alerts, &pane_facts}},
	{"alerts", N_("Alerts"), {3, {8, 5, 0}, {0, 6, 5}, 0},
		{&pane_all_alerts, &pane_milestones, &pane_facts}},
	{"renewals", N_("Renewals"), {4, {6, 4, 0, 0}, {0, 6, 3, 5}, 0},
		{&pane_renewals, &pane_milestones, &pane_alerts, &pane_facts}},
	{"winback", N_("Win-back and pool"), {4, {6, 4, 0, 0}, {0, 6, 3, 5}, 0},
		{&pane_ended, &pane_milestones, &pane_alerts, &pane_facts}},
	{"stakeholders", N_("Stakeholders"), {3, {4, 8, 0}, {0, 6, 4}, 0, 50},
		{&pane_stakeholders, &pane_map, &pane_facts}, .sort = "-silent"},
	{"capacity", N_("Capacity"), {2, {6, 6}, {0, 1}, 0}, {&pane_capacity, &pane_capacity_work}},
	{"history", N_("History"), {1, {1}, {1}, 0}, {&pane_history}},
	{"journeys", N_("Journeys"), {4, {4, 8, 0, 0}, {0, 8, 4, 5}, 0, 44},
		{&pane_templates, &pane_outline, &pane_findings, &pane_difference}},
};
const size_t page_count = sizeof(pages) / sizeof(pages[0]);

const struct page preview_page = {"journeys", N_("Preview"), {1, {1}, {1}, 0}, {&pane_preview}};
const struct page plan_page = {
	"journeys", N_("Upgrade plan"), {2, {5, 6}, {0, 1}, 0, 48}, {&pane_plan, &pane_plan_lines}};

static const struct page first_page = {"first", N_("Welcome"), {1, {1}, {1}, 0}, {&pane_first}};

#define TAB(its_title, action, kinds)                                                              \
	.name = "customer", .title = N_("Customer"), .tab = its_title, .opens = ACTION_##action,   \
	.part = kinds

const struct page customer_tabs[] = {
	{TAB(N_("Overview"), tab_overview, TEND_TAB_NONE),
		.shape = {4, {1, 0, 0, 0}, {0, 5, 4, 5}, 1},
		.panes = {&pane_overview, &pane_facts, &pane_alerts, &pane_touches}},
	{TAB(N_("Journey"), tab_journey, TEND_TAB_NONE), .shape = {2, {6, 4}, {0, 1}, 1},
		.panes = {&pane_journey, &pane_detail}},
	{TAB(N_("People"), tab_people, TEND_TAB_PEOPLE),
		.shape = {4, {6, 6, 0, 0}, {0, 4, 6, 2}, 1},
		.panes = {&pane_contacts, &pane_record, &pane_map, &pane_others}},
	{TAB(N_("Outcomes"), tab_outcomes, TEND_TAB_OUTCOMES), .shape = {2, {6, 5}, {0, 1}, 1},
		.panes = {&pane_outcomes, &pane_record}},
	{TAB(N_("Activity"), tab_activity, TEND_TAB_ACTIVITY), .shape = {2, {6, 5}, {0, 1}, 1},
		.panes = {&pane_timeline, &pane_record}},
	{TAB(N_("Usage"), tab_usage, TEND_TAB_USAGE), .shape = {2, {4, 7}, {0, 1}, 1},
		.panes = {&pane_usage, &pane_chart}},
	{TAB(N_("Money"), tab_money, TEND_TAB_MONEY), .shape = {4, {5, 4, 5, 0}, {0, 3, 4, 6}, 1},
		.panes = {&pane_subscriptions, &pane_money_facts, &pane_others, &pane_record}},
	{TAB(N_("Notes"), tab_notes, TEND_TAB_NOTES), .shape = {3, {4, 6, 4}, {0, 5, 4}, 1, 44},
		.panes = {&pane_notes, &pane_record, &pane_profile}},
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
