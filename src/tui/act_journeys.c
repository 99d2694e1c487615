/* SPDX-License-Identifier: MIT */
/* What can be done with a version of a journey: preview on a date, plan and carry out an upgrade. */
#include "journeys.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <tend/mem.h>

/* The version that the view is about. */
static const char *subject(const struct workbench *wb)
{
	const struct view *v = wb_view(wb);
	const struct template_row *t = template_selected(v);
	return v->subject != NULL ? v->subject : t != NULL ? t->name : NULL;
}

/* A page of the version; one that is open shows it anew. */
static void show_page(struct workbench *wb, const struct page *page, const char *name)
{
	struct view *v = wb_view(wb);
	if (v->page == page) {
		view_load(wb, v);
		view_follow(wb, v);
		return;
	}
	char *copy = tend_strdup(name); /* it may be of the view that goes */
	if (v->subject != NULL) {
		(void)wb_pop_view(wb);
	}
	wb_open_page(wb, page, copy);
	free(copy);
}

/* --- the start --- */

static bool submit_start(struct workbench *wb, struct form *f, enum follow *ret)
{
	struct tend_date start;
	struct tend_duration term = {0, TEND_MONTH};
	(void)ret;
	if (!tend_date_parse_human(form_value(f, 0), wb->today, NULL, &start)) {
		(void)snprintf(f->fields[0].error, sizeof(f->fields[0].error), "%s",
			_("not a date (2026-01-31, 11-25, +3d)"));
		f->focus = 0;
		return false;
	}
	if (form_value(f, 1)[0] != '\0'
		&& (!tend_duration_parse(form_value(f, 1), &term) || term.n == 0)) {
		(void)snprintf(f->fields[1].error, sizeof(f->fields[1].error), "%s",
			_("not a term (12m, 1y)"));
		f->focus = 1;
		return false;
	}
	wb->sample_start = start;
	wb->sample_term = term;
	show_page(wb, &preview_page, f->base.word);
	return true;
}

enum follow act_preview(struct workbench *wb)
{
	const char *name = subject(wb);
	char day[TEND_DATE_LEN];
	struct tend_str term = {0};
	if (name == NULL) {
		return FOLLOW_NOTHING;
	}
	if (wb->sample_term.n > 0) {
		tend_str_addf(&term, "%d %s%s", wb->sample_term.n,
			tend_unit_name(wb->sample_term.unit), wb->sample_term.n == 1 ? "" : "s");
	}
	char *title = tend_format(_("Preview of %s"), name);
	struct form *f = form_create(title);
	(void)form_add(f, "start", N_("Start"), tend_date_format(sample_start(wb), day), NULL,
		N_("+3d, fri, 11-25"));
	(void)form_add(f, "term", N_("Term"), tend_str_text(&term), NULL,
		N_("12m, 1y; empty: as it says"));
	f->submit = submit_start;
	f->hint = N_("Enter show  Tab next field  Esc close");
	dialog_about(&f->base, NULL, 0, name);
	wb_push(wb, &f->base);
	free(title);
	tend_str_finish(&term);
	return FOLLOW_NOTHING;
}

/* --- plan and apply --- */

enum follow act_plan(struct workbench *wb)
{
	const char *name = subject(wb);
	if (name != NULL) {
		show_page(wb, &plan_page, name);
	}
	return FOLLOW_NOTHING;
}

/* Those that are marked, else those that a filter shows; none where it is all. False: there is nobody. */
static bool chosen(const struct view *v, struct targets *ret)
{
	const struct pane *p = &v->panes[0];
	bool marked = p->grid.nmarked > 0 || p->grid.ranging;
	bool all = !marked && p->grid.n == p->list.n;
	for (size_t i = 0; !all && i < p->grid.n; i++) {
		const struct plan_row *row = tend_list_at(&p->list, p->grid.rows[i]);
		if (!marked || grid_is_marked(&p->grid, i)) {
			targets_add(ret, row->customer_id);
		}
	}
	return all || ret->n > 0;
}

static enum follow apply(struct workbench *wb, int64_t id)
{
	(void)id;
	struct view *v = wb_view(wb);
	struct targets ids = {0};
	struct tend_done done = {0};
	struct tend_error err = {0};
	if (!chosen(v, &ids)) {
		return FOLLOW_NOTHING; /* asking has found somebody */
	}
	enum tend_status status =
		tend_app_journey_apply(wb->app, v->subject, ids.items, ids.n, &done, &err);
	char *summary = status == TEND_OK && done.changes > 0 ? tend_strdup(done.summary) : NULL;
	enum follow follow = wb_done(wb, status, &done, &err);
	if (summary != NULL) {
		grid_unmark_all(&v->panes[0].grid);
		wb_say(wb, ROLE_GOOD, "%s", summary);
		wb->message_done = true;
	}
	free(summary);
	targets_finish(&ids);
	return follow == FOLLOW_REFRESH ? FOLLOW_RELOAD : follow;
}

static bool is_chosen(const struct targets *ids, int64_t id)
{
	bool found = ids->n == 0;
	for (size_t i = 0; i < ids->n && !found; i++) {
		found = ids->items[i] == id;
	}
	return found;
}

/* The numbers of those that are chosen. */
static size_t add_up(const struct view *v, const struct targets *ids, struct plan_row *sum)
{
	const struct tend_list *list = &v->panes[0].list;
	size_t n = 0;
	for (size_t i = 0; i < list->n; i++) {
		const struct plan_row *row = tend_list_at(list, i);
		if (is_chosen(ids, row->customer_id)) {
			n++;
			sum->added += row->added;
			sum->moved += row->moved;
			sum->changed += row->changed;
			sum->retired += row->retired;
			sum->kept += row->kept;
			sum->conflicts += row->conflicts;
		}
	}
	return n;
}

/* Whether the version is in the store, and the latest of its key. */
static bool is_published(struct workbench *wb, const char *name, long long *ret_newest)
{
	struct tend_list all;
	bool found = false;
	const char *at = strrchr(name, '@');
	size_t n = at != NULL ? (size_t)(at - name) : strlen(name);
	long long version = 0;
	(void)tend_app_journeys(wb->app, &all, NULL);
	(void)(at != NULL && tend_parse_int(at + 1, &version));
	*ret_newest = version;
	for (size_t i = 0; i < all.n; i++) {
		const struct tend_template *t = tend_list_at(&all, i);
		if (strncmp(t->key, name, n) == 0 && t->key[n] == '\0') {
			found = found || (t->version == version && tend_same(t->source, "store"));
			*ret_newest = t->version > *ret_newest ? t->version : *ret_newest;
		}
	}
	tend_list_finish(&all);
	return found;
}

/* What is to be known beside the numbers. */
static void add_notes(struct workbench *wb, const char *name, int columns, struct lines *l)
{
	long long newest = 0, version = 0;
	const char *at = strrchr(name, '@');
	if (!is_published(wb, name, &newest)) {
		lines_wrap(l, ROLE_TEXT, columns,
			_("The version is published first, and never changes after that."));
	}
	if (at != NULL && tend_parse_int(at + 1, &version) && version < newest) {
		char *text = tend_format(
			_("Version %lld is newer: this goes back to an older one."), newest);
		lines_wrap(l, ROLE_SOON, columns, text);
		free(text);
	}
	lines_wrap(l, ROLE_DIM, columns, _("It is one change: u takes all of it back."));
}

static void ask(struct workbench *wb, size_t n, const struct plan_row *sum)
{
	struct lines l = {0};
	const struct {
		const char *label, *what;
		int64_t n;
		enum role role;
	} rows[] = {
		{_("added"), _("milestones that are new"), sum->added, ROLE_GOOD},
		{_("moved"), _("to other dates"), sum->moved, ROLE_TEXT},
		{_("changed"), _("in title, stage, items …"), sum->changed, ROLE_TEXT},
		{_("retired"), _("open ones that go"), sum->retired, ROLE_SOON},
		{_("kept"), _("as they are: done, or edited here"), sum->kept, ROLE_TEXT},
		{_("conflict"), _("changed here and there: as they are here"), sum->conflicts,
			ROLE_BAD},
	};
	lines_add(&l, ROLE_TITLE, n == 1 ? _("%s for %zu customer") : _("%s for %zu customers"),
		wb_view(wb)->subject, n);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		lines_label(&l, rows[i].label, rows[i].n > 0 ? rows[i].role : ROLE_DIM, "%5d  %s",
			(int)rows[i].n, rows[i].what);
	}
	add_notes(wb, wb_view(wb)->subject, wb->canvas.columns - 4, &l);
	struct textbox *t = textbox_create(_("Take them to this version?"), &l);
	t->enter = apply;
	t->enter_hint = N_("Enter apply  j/k scroll  Esc close");
	wb_push(wb, &t->base);
}

enum follow act_apply(struct workbench *wb)
{
	struct view *v = wb_view(wb);
	struct targets ids = {0};
	struct plan_row sum = {0};
	size_t n = chosen(v, &ids) ? add_up(v, &ids, &sum) : 0;
	if (n == 0) {
		wb_say(wb, ROLE_HINT, "%s", _("There is nobody to take to it."));
	} else {
		ask(wb, n, &sum);
	}
	targets_finish(&ids);
	return FOLLOW_NOTHING;
}

bool open_in_journeys(struct workbench *wb)
{
	const struct pane *p = wb_pane(wb);
	const void *record = p->ops->spec != NULL ? grid_selected(&p->grid, &p->list) : NULL;
	if (p->list.type == &template_row_type) {
		if (record != NULL) {
			show_page(wb, &preview_page, ((const struct template_row *)record)->name);
		}
		return true;
	}
	if (p->list.type == &outline_row_type && record != NULL) {
		open_outline_row(wb, record);
	} else if (p->list.type == &plan_row_type) {
		wb_view(wb)->focus = 1;
	} else if (p->list.type == &tend_plan_type && record != NULL) {
		open_plan_line(wb, record);
	}
	return p->list.type == &outline_row_type || p->list.type == &plan_row_type
		|| p->list.type == &tend_plan_type;
}
