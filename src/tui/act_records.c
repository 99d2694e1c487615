/* SPDX-License-Identifier: MIT */
/* Records of every kind: added, changed and removed; notes and contacts that were made. */
#include <string.h>

#include <tend/mem.h>

#include "add_menu.h"
#include "forms.h"
#include "kind_form.h"
#include "outside.h"
#include "profile_form.h"

/* --- adding --- */

static enum follow add_picked(struct workbench *wb, int64_t what)
{
	int64_t customer = wb_view(wb)->customer_id;
	if (what == ADD_CUSTOMER) {
		return open_add_customer(wb);
	}
	if (what == ADD_MILESTONE) {
		return open_add_milestone(wb);
	}
	return kind_form_open(wb, tend_kinds[what], customer, NULL);
}

enum follow act_add(struct workbench *wb)
{
	if (wb->app != NULL) {
		add_menu_open(wb, add_picked);
	}
	return FOLLOW_NOTHING;
}

enum follow act_add_any(struct workbench *wb)
{
	return act_add(wb);
}

/* Of the marked customers, else of the selected one. */
static enum follow open_for_targets(struct workbench *wb, const struct tend_kind *k,
	const struct tend_assignment *given, size_t ngiven, const char *needs)
{
	struct targets ids = {0};
	targets_customers(wb, &ids);
	if (ids.n > 0) {
		(void)kind_form_new(wb, k, ids.items, ids.n, given, ngiven, needs);
	}
	targets_finish(&ids);
	return FOLLOW_NOTHING;
}

enum follow act_log(struct workbench *wb)
{
	static const struct tend_assignment call = {"kind", "call"};
	return open_for_targets(wb, tend_kind_of(&tend_activity_type), &call, 1, "text");
}

enum follow act_note(struct workbench *wb)
{
	return open_for_targets(wb, tend_kind_called("note"), NULL, 0, NULL);
}

enum follow act_profile(struct workbench *wb)
{
	return profile_form_open(wb, wb_view(wb)->customer_id);
}

/* --- what is selected --- */

static bool selected(struct workbench *wb, const struct tend_kind **kind, const char **name)
{
	int64_t customer;
	if (target_record(wb, kind, &customer, name)) {
		return true;
	}
	wb_say(wb, ROLE_ERROR, "%s", _("No record is selected here."));
	return false;
}

enum follow act_edit_record(struct workbench *wb)
{
	const struct tend_kind *k;
	const char *name;
	return selected(wb, &k, &name) ? kind_form_open(wb, k, 0, name) : FOLLOW_NOTHING;
}

enum follow act_remove_record(struct workbench *wb)
{
	const struct tend_kind *k;
	const char *name;
	struct tend_done done = {0};
	struct tend_error err = {0};
	if (!selected(wb, &k, &name)) {
		return FOLLOW_NOTHING;
	}
	enum tend_status status = tend_app_record_remove(wb->app, k->type, name, &done, &err);
	return wb_done(wb, status, &done, &err);
}

/* The form holds the text while the editor runs, and stays with the reason where it cannot be saved. */
static enum follow edit_text(
	struct workbench *wb, const struct tend_kind *k, const char *name, const char *field)
{
	const struct dialog *before = wb->dialog;
	(void)kind_form_open(wb, k, 0, name);
	if (wb->dialog == before) {
		return FOLLOW_NOTHING;
	}
	struct form *f = (struct form *)wb->dialog;
	for (size_t i = 0; i < f->n; i++) {
		f->focus = strcmp(f->fields[i].name, field) == 0 ? i : f->focus;
	}
	enum follow follow = outside_edit(wb, f, true);
	if (follow != FOLLOW_EDIT) {
		wb_pop(wb);
	}
	return follow;
}

static enum follow pick_text(struct workbench *wb, struct picker *p, struct picker_item *item)
{
	const struct tend_kind *k = tend_kinds[p->base.ids[0]];
	/* The picker leaves when this returns: from below the form. */
	return edit_text(wb, k, p->base.word, item->word);
}

enum follow act_edit_text(struct workbench *wb)
{
	const struct tend_kind *k;
	const char *name;
	if (!selected(wb, &k, &name)) {
		return FOLLOW_NOTHING;
	}
	struct picker *p = picker_create(_("Which text?"));
	for (size_t i = 0; i < k->type->nfields; i++) {
		const struct tend_field *d = &k->type->fields[i];
		if ((d->flags & TEND_F_LONG) != 0 && tend_field_is_given(d, false)) {
			picker_add(p, NULL, tend_pick(d->title), NULL)->word = tend_strdup(d->name);
		}
	}
	if (p->n > 1) {
		int64_t kind = (int64_t)tend_kind_index(k);
		dialog_about(&p->base, &kind, 1, name);
		p->pick = pick_text;
		picker_filter(p);
		wb_push(wb, &p->base);
		return FOLLOW_NOTHING;
	}
	enum follow follow = FOLLOW_NOTHING;
	if (p->n == 1) {
		follow = edit_text(wb, k, name, p->items[0].word);
	} else {
		wb_say(wb, ROLE_ERROR, _("A %s has no long text; e changes its fields."),
			kind_called(k));
	}
	dialog_destroy(&p->base);
	return follow;
}
