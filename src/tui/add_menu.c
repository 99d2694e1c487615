/* SPDX-License-Identifier: MIT */
#include "add_menu.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include <tend/mem.h>

#include "kind_form.h"

#define CUSTOMER_LETTER 'C'
#define MILESTONE_LETTER 'm'
#define RESERVED "Cmjkq"

static const char *const tab_titles[] = {
	[TEND_TAB_NONE] = N_("Shared by all"),
	[TEND_TAB_PEOPLE] = N_("People"),
	[TEND_TAB_OUTCOMES] = N_("Outcomes"),
	[TEND_TAB_ACTIVITY] = N_("Activity"),
	[TEND_TAB_USAGE] = N_("Usage"),
	[TEND_TAB_MONEY] = N_("Money"),
	[TEND_TAB_NOTES] = N_("Notes"),
};
enum { TABS = sizeof(tab_titles) / sizeof(tab_titles[0]) };

/* --- letters --- */

static bool taken(char c, const char *ret, size_t n)
{
	return strchr(RESERVED, c) != NULL || memchr(ret, c, n) != NULL;
}

/* The first of the noun's letters, or of any, that is free; '\0' where none is. */
static char free_letter(const char *noun, const char *ret, size_t n)
{
	for (const char *at = noun; *at != '\0'; at++) {
		if (!taken(*at, ret, n)) {
			return *at;
		}
	}
	for (const char *at = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"; *at != '\0';
		at++) {
		if (!taken(*at, ret, n)) {
			return *at;
		}
	}
	return '\0';
}

void add_menu_letters(char ret[], size_t n)
{
	memset(ret, 0, n);
	/* First letters, then the same in upper case, then any other. */
	for (size_t i = 0; i < n; i++) {
		char c = tend_kinds[i]->noun[0];
		ret[i] = taken(c, ret, n) ? '\0' : c;
	}
	for (size_t i = 0; i < n; i++) {
		char c = (char)toupper((unsigned char)tend_kinds[i]->noun[0]);
		ret[i] = ret[i] != '\0' || taken(c, ret, n) ? ret[i] : c;
	}
	for (size_t i = 0; i < n; i++) {
		ret[i] = ret[i] != '\0' ? ret[i] : free_letter(tend_kinds[i]->noun, ret, n);
	}
}

/* --- the menu --- */

static void add_item(struct picker *p, char letter, const char *title, const char *detail,
	const char *group, int64_t value, const char *word)
{
	char key[2] = {letter, '\0'};
	struct picker_item *item = picker_add(p, key, title, detail);
	item->group = tend_strdup(group);
	item->value = value;
	item->word = tend_strdup(word);
}

static void add_tab(struct picker *p, enum tend_tab tab, const char *letters)
{
	for (size_t i = 0; i < tend_kind_count; i++) {
		const struct tend_kind *k = tend_kinds[i];
		if (k->tab == tab) {
			add_item(p, letters[i], tend_pick(k->type->title), tend_pick(k->help),
				_(tab_titles[tab]), (int64_t)i, k->noun);
		}
	}
}

static void add_plain(struct picker *p, bool milestone)
{
	const char *group = _("The book");
	add_item(p, CUSTOMER_LETTER, _("Customer"), _("a customer and the journey that it follows"),
		group, ADD_CUSTOMER, "customer");
	if (milestone) {
		add_item(p, MILESTONE_LETTER, _("Milestone"),
			_("a milestone of the customer's own"), group, ADD_MILESTONE, "milestone");
	}
}

void add_menu_open(struct workbench *wb, enum follow (*pick)(struct workbench *wb, int64_t what))
{
	char letters[128];
	const struct tend_customer *c = view_customer(wb_view(wb));
	enum tend_tab first = wb_view(wb)->page->part;
	add_menu_letters(letters, tend_kind_count);
	char *title = c != NULL ? tend_format(_("Add: %s"), c->name) : tend_strdup(_("Add"));
	struct picker *p = picker_create(title);
	free(title);
	p->searchable = p->lettered = p->in_columns = true;
	p->pick_value = pick;
	bool list = wb_pane(wb)->ops->type == &tend_customer_type;
	if (list) {
		add_plain(p, c != NULL);
	}
	if (first != TEND_TAB_NONE) {
		add_tab(p, first, letters);
	}
	for (int t = TEND_TAB_PEOPLE; t < TABS; t++) {
		if (t != (int)first) {
			add_tab(p, (enum tend_tab)t, letters);
		}
	}
	if (!list) {
		add_plain(p, c != NULL);
	}
	add_tab(p, TEND_TAB_NONE, letters);
	picker_filter(p);
	wb_push(wb, &p->base);
}
