/* SPDX-License-Identifier: MIT */
/* The first run: ways to start, and three hints. */
#include <stdlib.h>
#include <string.h>

#include <tend/mem.h>

#include "first.h"
#include "panes.h"

static const struct tend_field fields[] = {
	{"title", TEND_TEXT, offsetof(struct offer, title), 0, {NULL, NULL}, NULL, 0},
};
const struct tend_record_type offer_type = {
	"offer", {"Offer", "选项"}, sizeof(struct offer), fields, 1, -1};

static enum role title_cell(
	const struct grid_context *ctx, const void *record, struct tend_str *out)
{
	(void)ctx;
	tend_str_add(out, _(((const struct offer *)record)->title));
	return ROLE_TEXT;
}

static enum role detail_cell(
	const struct grid_context *ctx, const void *record, struct tend_str *out)
{
	(void)ctx;
	tend_str_add(out, _(((const struct offer *)record)->detail));
	return ROLE_DIM;
}

static const struct grid_column columns[] = {
	{NULL, 26, TEND_LEFT, 0, NULL, title_cell},
	{NULL, 0, TEND_LEFT, 60, NULL, detail_cell},
};
static const struct grid_spec spec = {columns, 2, false, NULL};

static enum tend_status load(
	struct workbench *wb, struct view *v, struct pane *p, struct tend_error *err)
{
	(void)v;
	(void)err;
	static const struct offer offers[] = {
		{OFFER_SAMPLE, N_("Open the sample book"),
			N_("48 invented customers to try every key on")},
		{OFFER_ADD, N_("Add a customer"),
			N_("key, name and the day it started are enough")},
		{OFFER_IMPORT, N_("Import your customers"),
			N_("from a CSV file: shows the command")},
		{OFFER_EMPTY, N_("Start with an empty book"), N_("and add customers one by one")},
	};
	for (size_t i = 0; i < sizeof(offers) / sizeof(offers[0]); i++) {
		bool without_store = offers[i].id == OFFER_SAMPLE || offers[i].id == OFFER_EMPTY;
		bool with_store = offers[i].id == OFFER_ADD;
		if ((wb->app == NULL && !with_store) || (wb->app != NULL && !without_store)) {
			struct offer *o = tend_list_add(&p->list);
			*o = offers[i];
		}
	}
	return TEND_OK;
}

static void text(
	struct workbench *wb, struct view *v, struct pane *p, int columns_wide, struct lines *l)
{
	(void)v;
	(void)p;
	lines_add(l, ROLE_TEXT, "%s", "");
	lines_wrap(l, ROLE_TITLE, columns_wide,
		wb->app == NULL ? _("Welcome. There is no customer book yet.")
				: _("This customer book is empty."));
	lines_wrap(l, ROLE_TEXT, columns_wide,
		_("tend looks after your customers from the hand-over to the renewal: what is due, "
		  "what is "
		  "late, what is at risk, each with its reason."));
	lines_add(l, ROLE_TEXT, "%s", "");
	lines_wrap(l, ROLE_DIM, columns_wide,
		_("? shows every key. : takes commands, Tab completes them."));
	lines_wrap(l, ROLE_DIM, columns_wide,
		_("Every change is saved at once, and u takes it back."));
	lines_wrap(l, ROLE_DIM, columns_wide,
		_(":set lang zh switches to Chinese, :set lang en to English."));
	lines_add(l, ROLE_TEXT, "%s", "");
}

static void heading(struct workbench *wb, struct view *v, struct pane *p, int room,
	struct tend_str *left, struct tend_str *right)
{
	(void)room;
	(void)wb;
	(void)v;
	(void)p;
	tend_str_add(left, _("How do you want to start?"));
	(void)right;
}

const struct pane_ops pane_first = {
	.title = N_("Welcome"),
	.offers = CX_FIRST,
	.type = &offer_type,
	.spec = &spec,
	.load = load,
	.heading = heading,
	.text = text,
};
