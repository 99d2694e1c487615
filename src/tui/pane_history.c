/* SPDX-License-Identifier: MIT */
/* The journal: what was done, when and by whom. */
#include <string.h>

#include "cells.h"
#include "panes.h"

static enum role time_cell(const struct grid_context *ctx, const void *record, struct tend_str *out)
{
	const struct workbench *wb = ctx->owner;
	cell_time(((const struct tend_history_row *)record)->at + wb->open.utc_offset, ctx->today,
		out);
	return ROLE_DIM;
}

static enum role summary_cell(
	const struct grid_context *ctx, const void *record, struct tend_str *out)
{
	(void)ctx;
	const struct tend_history_row *r = record;
	tend_str_add(out, r->summary != NULL ? r->summary : "");
	return r->undone > 0 ? ROLE_DIM : ROLE_TEXT;
}

static enum role undone_cell(
	const struct grid_context *ctx, const void *record, struct tend_str *out)
{
	(void)ctx;
	tend_str_add(out, ((const struct tend_history_row *)record)->undone > 0 ? _("undone") : "");
	return ROLE_SOON;
}

static enum role actor_cell(
	const struct grid_context *ctx, const void *record, struct tend_str *out)
{
	(void)ctx;
	const char *actor = ((const struct tend_history_row *)record)->actor;
	tend_str_add(out, actor != NULL ? actor : "--");
	return ROLE_DIM;
}

static enum role command_cell(
	const struct grid_context *ctx, const void *record, struct tend_str *out)
{
	(void)ctx;
	const char *command = ((const struct tend_history_row *)record)->command;
	tend_str_add(out, command != NULL ? command : "");
	return ROLE_DIM;
}

static const struct grid_column columns[] = {
	{N_("When"), 11, TEND_LEFT, 50, NULL, time_cell},
	{N_("What"), 0, TEND_LEFT, 0, NULL, summary_cell},
	{N_("Undone"), 6, TEND_LEFT, 0, NULL, undone_cell},
	{N_("Who"), 6, TEND_LEFT, 70, NULL, actor_cell},
	{N_("Command"), 36, TEND_LEFT, 110, NULL, command_cell},
};
static const struct grid_spec spec = {columns, sizeof(columns) / sizeof(columns[0]), true, NULL};

static enum tend_status load(
	struct workbench *wb, struct view *v, struct pane *p, struct tend_error *err)
{
	(void)v;
	struct tend_query q = {.sort = "-id"};
	tend_list_finish(&p->list);
	return tend_app_history(wb->app, 0, TEND_NO_DATE, &q, &p->list, err);
}

static const char *empty(struct workbench *wb, struct view *v, struct pane *p)
{
	(void)wb;
	(void)v;
	(void)p;
	return _("Nothing was changed yet. Every change appears here, and u takes the last one "
		 "back.");
}

const struct pane_ops pane_history = {
	.title = N_("Journal, newest first"),
	.offers = CX_HISTORY | CX_FILTER | CX_OPEN,
	.type = &tend_history_type,
	.spec = &spec,
	.load = load,
	.empty = empty,
};
