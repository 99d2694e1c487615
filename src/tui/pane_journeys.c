/* SPDX-License-Identifier: MIT */
/* Journey templates, and what one of them would plan from today on. */
#include <stdlib.h>
#include <string.h>

#include <tend/mem.h>

#include "cells.h"
#include "panes.h"
#include "words.h"

static enum role key_cell(const struct grid_context *ctx, const void *record, struct tend_str *out)
{
	(void)ctx;
	const struct tend_template *t = record;
	tend_str_addf(out, "%s@%d", t->key, (int)t->version);
	return ROLE_TEXT;
}

static enum role title_cell(
	const struct grid_context *ctx, const void *record, struct tend_str *out)
{
	(void)ctx;
	const struct tend_template *t = record;
	tend_str_add(out, t->title != NULL ? t->title : "");
	return ROLE_TEXT;
}

static enum role source_cell(
	const struct grid_context *ctx, const void *record, struct tend_str *out)
{
	(void)ctx;
	const struct tend_template *t = record;
	tend_str_add(out, t->source != NULL ? word_text(t->source) : "");
	return ROLE_DIM;
}

static enum role customers_cell(
	const struct grid_context *ctx, const void *record, struct tend_str *out)
{
	(void)ctx;
	int64_t n = ((const struct tend_template *)record)->customers;
	tend_str_addf(out, "%d", (int)(n > 0 ? n : 0));
	return n > 0 ? ROLE_TEXT : ROLE_DIM;
}

static const struct grid_column columns[] = {
	{N_("Journey"), 18, TEND_LEFT, 0, NULL, key_cell},
	{N_("Title"), 0, TEND_LEFT, 0, NULL, title_cell},
	{N_("Source"), 8, TEND_LEFT, 60, NULL, source_cell},
	{N_("Customers"), 9, TEND_RIGHT, 48, NULL, customers_cell},
};
static const struct grid_spec spec = {columns, sizeof(columns) / sizeof(columns[0]), true, NULL};

static enum tend_status load(
	struct workbench *wb, struct view *v, struct pane *p, struct tend_error *err)
{
	(void)v;
	tend_list_finish(&p->list);
	return tend_app_journeys(wb->app, &p->list, err);
}

static const char *empty(struct workbench *wb, struct view *v, struct pane *p)
{
	(void)wb;
	(void)v;
	(void)p;
	return _("No journey templates. Put one as YAML into the config folder: tend journey "
		 "publish FILE.");
}

/* Built-in ones have no row of their own: key and version tell them apart. */
static int64_t identity(const void *record)
{
	const struct tend_template *t = record;
	uint64_t hash = 5381;
	for (const char *c = t->key; *c != '\0'; c++) {
		hash = hash * 33 + (unsigned char)*c;
	}
	return (int64_t)(hash * 4096 + (uint64_t)t->version);
}

const struct pane_ops pane_templates = {
	.title = N_("Journeys"),
	.offers = CX_FILTER,
	.type = &tend_template_type,
	.spec = &spec,
	.load = load,
	.empty = empty,
	.identity = identity,
};

/* --- the preview --- */

static enum role due_cell(const struct grid_context *ctx, const void *record, struct tend_str *out)
{
	(void)ctx;
	char day[TEND_DATE_LEN];
	tend_str_add(out, tend_date_format(((const struct tend_preview_row *)record)->due, day));
	return ROLE_TEXT;
}

static enum role milestone_cell(
	const struct grid_context *ctx, const void *record, struct tend_str *out)
{
	(void)ctx;
	const struct tend_preview_row *r = record;
	tend_str_addf(out, r->occurrence > 1 ? "%s #%d" : "%s", r->title, (int)r->occurrence);
	return ROLE_TEXT;
}

static enum role stage_cell(
	const struct grid_context *ctx, const void *record, struct tend_str *out)
{
	(void)ctx;
	tend_str_add(out, stage_title(NULL, ((const struct tend_preview_row *)record)->stage));
	return ROLE_ACCENT;
}

static enum role flags_cell(
	const struct grid_context *ctx, const void *record, struct tend_str *out)
{
	(void)ctx;
	const struct tend_preview_row *r = record;
	tend_str_add(out, r->conditional > 0 ? _("if") : r->required > 0 ? "" : _("optional"));
	return ROLE_DIM;
}

static const struct grid_column preview_columns[] = {
	{N_("Due"), 10, TEND_LEFT, 0, NULL, due_cell},
	{N_("Stage"), 9, TEND_LEFT, 50, NULL, stage_cell},
	{N_("Milestone"), 0, TEND_LEFT, 0, NULL, milestone_cell},
	{NULL, 8, TEND_LEFT, 44, NULL, flags_cell},
};
static const struct grid_spec preview_spec = {
	preview_columns, sizeof(preview_columns) / sizeof(preview_columns[0]), true, NULL};

static enum tend_status load_preview(
	struct workbench *wb, struct view *v, struct pane *p, struct tend_error *err)
{
	const struct pane *list = &v->panes[0];
	const struct tend_template *t = grid_selected(&list->grid, &list->list);
	if (t == NULL) {
		return TEND_OK;
	}
	char *name = tend_format("%s@%d", t->key, (int)t->version);
	tend_list_finish(&p->list);
	struct tend_duration none = {0, TEND_MONTH};
	enum tend_status status = tend_app_journey_preview(
		wb->app, name, wb->today, none, NULL, 0, &p->list, NULL, err);
	free(name);
	return status;
}

static void preview_heading(struct workbench *wb, struct view *v, struct pane *p, int room,
	struct tend_str *left, struct tend_str *right)
{
	(void)room;
	(void)v;
	(void)p;
	(void)right;
	char day[TEND_DATE_LEN];
	tend_str_addf(left, _("What it plans for a start on %s"), tend_date_format(wb->today, day));
}

static int64_t preview_identity(const void *record)
{
	const struct tend_preview_row *r = record;
	return r->due.day * 4096LL + r->occurrence;
}

const struct pane_ops pane_preview = {
	.title = N_("Preview"),
	.offers = 0,
	.type = &tend_preview_type,
	.spec = &preview_spec,
	.follows = true,
	.load = load_preview,
	.heading = preview_heading,
	.identity = preview_identity,
};
