/* SPDX-License-Identifier: MIT */
/* The people at a customer. */
#include <string.h>

#include <tend/care.h>
#include <tend/words.h>

#include "cells.h"
#include "panes.h"

/* Those who left stand back. */
static enum role plain(const struct tend_contact *c)
{
	return tend_has_date(c->left) ? ROLE_DIM : ROLE_TEXT;
}

static enum role name_cell(const struct grid_context *ctx, const void *record, struct tend_str *out)
{
	(void)ctx;
	const struct tend_contact *c = record;
	tend_str_add(out, c->name);
	return plain(c);
}

static enum role position_cell(
	const struct grid_context *ctx, const void *record, struct tend_str *out)
{
	(void)ctx;
	const struct tend_contact *c = record;
	tend_str_add(out, c->title != NULL ? c->title : "");
	return ROLE_DIM;
}

static enum role role_cell(const struct grid_context *ctx, const void *record, struct tend_str *out)
{
	(void)ctx;
	const struct tend_contact *c = record;
	tend_str_add(out, c->role != NULL ? tend_word("role", c->role) : "--");
	return c->role != NULL ? plain(c) : ROLE_DIM;
}

static enum role influence_cell(
	const struct grid_context *ctx, const void *record, struct tend_str *out)
{
	(void)ctx;
	const struct tend_contact *c = record;
	tend_str_add(out, c->influence != NULL ? tend_word("influence", c->influence) : "--");
	return c->influence != NULL ? plain(c) : ROLE_DIM;
}

static enum role stance_cell(
	const struct grid_context *ctx, const void *record, struct tend_str *out)
{
	(void)ctx;
	const struct tend_contact *c = record;
	tend_str_add(out, c->stance != NULL ? tend_word("stance", c->stance) : "--");
	return c->stance == NULL || tend_has_date(c->left)                              ? ROLE_DIM
		: tend_same(c->stance, "critic") || tend_same(c->stance, "blocker")     ? ROLE_BAD
		: tend_same(c->stance, "champion") || tend_same(c->stance, "supporter") ? ROLE_GOOD
											: ROLE_TEXT;
}

/* How long ago somebody spoke with the person, against how often it should be. */
static enum role touch_cell(
	const struct grid_context *ctx, const void *record, struct tend_str *out)
{
	const struct tend_contact *c = record;
	if (tend_has_date(c->left)) {
		tend_str_add(out, _("left"));
		return ROLE_DIM;
	}
	if (!tend_has_date(c->last_touch)) {
		tend_str_add(out, "--");
		return ROLE_DIM;
	}
	tend_str_addf(out, "%s%dd", c->silent > 0 ? "!" : "", ctx->today.day - c->last_touch.day);
	return c->silent > 0 ? ROLE_BAD : ROLE_TEXT;
}

static const struct grid_column columns[] = {
	{N_("Name"), 0, TEND_LEFT, 0, "name", name_cell},
	{N_("Position"), 18, TEND_LEFT, 76, "title", position_cell},
	{N_("Role"), 14, TEND_LEFT, 0, "role", role_cell, 10},
	{N_("Influence"), 9, TEND_LEFT, 64, "influence", influence_cell},
	{N_("Stance"), 9, TEND_LEFT, 50, "stance", stance_cell},
	{N_("Spoke"), 6, TEND_RIGHT, 0, "last_touch", touch_cell, 5},
};
static const struct grid_spec spec = {columns, sizeof(columns) / sizeof(columns[0]), true, NULL};

static enum tend_status load(
	struct workbench *wb, struct view *v, struct pane *p, struct tend_error *err)
{
	tend_list_finish(&p->list);
	return tend_app_records(wb->app, &tend_contact_type, v->customer_id, NULL, &p->list, err);
}

static const char *empty(struct workbench *wb, struct view *v, struct pane *p)
{
	(void)wb;
	(void)v;
	(void)p;
	return _("Nobody is known here yet. a adds the decision maker, the system contact and the "
		 "users.");
}

const struct pane_ops pane_contacts = {
	.title = N_("Contacts"),
	.offers = CX_CUSTOMER | CX_RECORD | CX_ADD | CX_WHY | CX_OPEN,
	.type = &tend_contact_type,
	.spec = &spec,
	.load = load,
	.empty = empty,
};
