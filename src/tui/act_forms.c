/* SPDX-License-Identifier: MIT */
/* Changes that ask for something first: snooze, due date, owner, a new customer or milestone. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <tend/mem.h>

#include "bulk.h"
#include "forms.h"
#include "kind_form.h"

static bool parse_day(struct workbench *wb, struct form_field *field, struct tend_date *ret)
{
	if (tend_date_parse_human(editor_text(&field->editor), wb->today, NULL, ret)) {
		return true;
	}
	(void)snprintf(
		field->error, sizeof(field->error), "%s", _("not a date (2026-01-31, 11-25, +3d)"));
	return false;
}

/* "Log for Northwind", "Log for 3 customers". */
static char *title_for(struct workbench *wb, const char *what, size_t n)
{
	const struct tend_customer *c = view_customer(wb_view(wb));
	if (n == 1 && c != NULL) {
		return tend_format("%s: %s", what, c->name);
	}
	char *count = tend_format(_("%zu customers"), n);
	char *title = tend_format("%s: %s", what, count);
	free(count);
	return title;
}

/* --- snooze --- */

static bool submit_snooze(struct workbench *wb, struct form *f, enum follow *ret)
{
	struct tend_done done = {0};
	struct tend_error err = {0};
	struct tend_date until;
	if (!parse_day(wb, &f->fields[0], &until)) {
		f->focus = 0;
		return false;
	}
	enum tend_status status = tend_app_alert_snooze(
		wb->app, f->base.ids, f->base.nids, until, form_value(f, 1), &done, &err);
	if (status != TEND_OK) {
		form_fail(f, &err);
		tend_done_finish(&done);
		return false;
	}
	*ret = wb_done(wb, status, &done, &err);
	return true;
}

enum follow act_snooze(struct workbench *wb)
{
	struct targets ids = {0};
	targets_alerts(wb, &ids);
	if (ids.n == 0) {
		wb_say(wb, ROLE_ERROR, "%s", _("There is no alert here."));
	} else {
		struct form *f = form_create(_("Snooze the alert"));
		(void)form_add(f, "until", N_("Until"), "+7d", NULL, N_("+3d, fri, 11-25"));
		(void)form_add(f, "reason", N_("Reason"), "", NULL, N_("why it can wait"));
		f->focus = 1;
		f->submit = submit_snooze;
		dialog_about(&f->base, ids.items, ids.n, NULL);
		form_offer_draft(wb, f, DRAFT_SNOOZE, ids.items[0]);
		wb_push(wb, &f->base);
	}
	targets_finish(&ids);
	return FOLLOW_NOTHING;
}

/* --- due date and owner: one line --- */

static enum follow submit_due(struct workbench *wb, struct prompt *p, bool *ret_close)
{
	struct tend_done done = {0};
	struct tend_error err = {0};
	struct tend_date day;
	char text[TEND_DATE_LEN];
	if (!tend_date_parse_human(editor_text(&p->editor), wb->today, NULL, &day)) {
		(void)snprintf(
			p->error, sizeof(p->error), "%s", _("not a date (2026-01-31, 11-25, +3d)"));
		*ret_close = false;
		return FOLLOW_NOTHING;
	}
	struct tend_assignment due = {"due", tend_date_format(day, text)};
	enum tend_status status =
		tend_app_milestone_set(wb->app, p->base.ids, p->base.nids, &due, 1, &done, &err);
	return wb_done(wb, status, &done, &err);
}

/* "Monthly review #2: now 2026-12-01"; NULL for several. */
static char *present_due(struct workbench *wb, const struct targets *ids)
{
	const struct tend_milestone *m = target_loaded(wb_view(wb), ids->items[0]);
	struct tend_str title = {0};
	char day[TEND_DATE_LEN];
	if (ids->n != 1 || m == NULL) {
		return NULL;
	}
	milestone_title(m, &title);
	char *text =
		tend_format(_("%s: now %s"), tend_str_text(&title), tend_date_format(m->due, day));
	tend_str_finish(&title);
	return text;
}

enum follow act_due(struct workbench *wb)
{
	struct targets ids = {0};
	if (owed_due(wb)) {
		return FOLLOW_NOTHING;
	}
	targets_milestones(wb, &ids);
	if (ids.n == 0) {
		wb_say(wb, ROLE_ERROR, "%s", _("There is no open milestone here."));
	} else {
		struct prompt *p = prompt_create(_("Due (+3d, fri, 11-25):"), "");
		p->about = present_due(wb, &ids);
		p->submit = submit_due;
		dialog_about(&p->base, ids.items, ids.n, NULL);
		prompt_offer_draft(wb, p, DRAFT_DUE, ids.items[0]);
		wb_push(wb, &p->base);
	}
	targets_finish(&ids);
	return FOLLOW_NOTHING;
}

static enum follow submit_owner(struct workbench *wb, struct prompt *p, bool *ret_close)
{
	struct tend_done done = {0};
	struct tend_error err = {0};
	struct tend_assignment owner = {"owner", editor_text(&p->editor)};
	*ret_close = true;
	if (p->base.nids > 1 && tend_same(p->base.word, "customer")) {
		const struct targets ids = {p->base.ids, p->base.nids, p->base.nids};
		if (!bulk_preview(wb, &ids, &owner, 1, NULL, &err)) {
			(void)snprintf(p->error, sizeof(p->error), "%s", err.text);
			*ret_close = false;
		}
		return FOLLOW_NOTHING;
	}
	enum tend_status status = tend_same(p->base.word, "milestone")
		? tend_app_milestone_set(wb->app, p->base.ids, p->base.nids, &owner, 1, &done, &err)
		: tend_app_customer_set(wb->app, p->base.ids, p->base.nids, &owner, 1, &done, &err);
	return wb_done(wb, status, &done, &err);
}

enum follow act_owner(struct workbench *wb)
{
	struct targets ids = {0};
	bool milestone = wb_pane(wb)->ops->type == &tend_milestone_type;
	if (milestone) {
		targets_milestones(wb, &ids);
	} else {
		targets_customers(wb, &ids);
	}
	if (ids.n > 0) {
		const struct tend_customer *c = view_customer(wb_view(wb));
		struct prompt *p =
			prompt_create(milestone ? _("Owner of the milestone:") : _("Owner:"),
				c != NULL && c->owner != NULL ? c->owner : "");
		p->editor.proposed = editor_text(&p->editor)[0] != '\0';
		p->submit = submit_owner;
		dialog_about(&p->base, ids.items, ids.n, milestone ? "milestone" : "customer");
		prompt_offer_draft(wb, p, DRAFT_OWNER, milestone ? -ids.items[0] : ids.items[0]);
		wb_push(wb, &p->base);
	}
	targets_finish(&ids);
	return FOLLOW_NOTHING;
}

/* --- a customer, a milestone --- */

size_t form_assignments(struct workbench *wb, struct form *f, struct tend_assignment *ret,
	char (*days)[TEND_DATE_LEN], bool keep_empty)
{
	size_t n = 0;
	for (size_t i = 0; i < f->n; i++) {
		const char *value = form_value(f, i);
		struct tend_date day;
		const struct tend_field *d = f->fields[i].described;
		bool is_day = d != NULL && d->type == TEND_DATE;
		if (value[0] == '\0' && !keep_empty) {
			continue;
		}
		if (is_day && tend_date_parse_human(value, wb->today, NULL, &day)) {
			value = tend_date_format(day, days[i]);
		}
		ret[n++] = (struct tend_assignment){f->fields[i].name, value};
	}
	return n;
}

static bool submit_customer(struct workbench *wb, struct form *f, enum follow *ret)
{
	struct tend_assignment fields[FORM_MAX];
	char days[FORM_MAX][TEND_DATE_LEN];
	struct tend_done done = {0};
	struct tend_error err = {0};
	size_t n = form_assignments(wb, f, fields, days, false);
	enum tend_status status = tend_app_customer_add(wb->app, fields, n, &done, &err);
	if (status != TEND_OK) {
		form_fail(f, &err);
		tend_done_finish(&done);
		return false;
	}
	/* A long warning would hide what was done, which is said beside `u`. */
	char *summary = tend_strdup(done.summary);
	(void)wb_done(wb, status, &done, &err);
	wb_say(wb, ROLE_GOOD, "%s", summary);
	wb->message_done = true;
	free(summary);
	if (strcmp(wb_view(wb)->page->name, "first") == 0) {
		(void)wb_show(wb, "portfolio", NULL);
	}
	/* The next key is meant for the one that was added. */
	struct view *v = wb_view(wb);
	int64_t id = 0;
	if (v->panes[0].list.type == &tend_customer_type
		&& tend_app_find_customer(wb->app, form_value(f, 0), &id, NULL) == TEND_OK) {
		v->left_row = id;
		v->focus = 0;
	}
	*ret = FOLLOW_RELOAD;
	return true;
}

static bool submit_milestone(struct workbench *wb, struct form *f, enum follow *ret)
{
	struct tend_assignment fields[FORM_MAX];
	char days[FORM_MAX][TEND_DATE_LEN];
	struct tend_done done = {0};
	struct tend_error err = {0};
	size_t n = form_assignments(wb, f, fields, days, false);
	enum tend_status status =
		tend_app_milestone_add(wb->app, f->base.ids[0], fields, n, &done, &err);
	if (status != TEND_OK) {
		form_fail(f, &err);
		tend_done_finish(&done);
		return false;
	}
	*ret = wb_done(wb, status, &done, &err);
	return true;
}

static struct form_field *add_described(struct form *f, const struct tend_record_type *t,
	const char *name, const char *value, const char *hint)
{
	struct form_field *field = kind_form_field(f, tend_field_find(t, name), value, false);
	field->hint = hint;
	return field;
}

enum follow open_add_customer(struct workbench *wb)
{
	char day[TEND_DATE_LEN];
	struct form *f = form_create(_("Add a customer"));
	add_described(f, &tend_customer_type, "key", "", N_("short, without blanks"))->required =
		true;
	add_described(f, &tend_customer_type, "name", "", NULL)->required = true;
	(void)add_described(f, &tend_customer_type, "started", tend_date_format(wb->today, day),
		N_("first day of the term"));
	(void)form_add(f, "term", N_("Term"), "12m", NULL, N_("12m, 1y"));
	(void)add_described(f, &tend_customer_type, "arr", "", N_("a year, may stay empty"));
	(void)add_described(f, &tend_customer_type, "owner", "", N_("may stay empty"));
	(void)add_described(f, &tend_customer_type, "segment", "", N_("may stay empty"));
	(void)form_add(f, "journey", N_("Journey"), "tob-annual", NULL,
		N_("g j lists them; may stay empty"));
	f->submit = submit_customer;
	form_offer_draft(wb, f, DRAFT_ADD, 0);
	wb_push(wb, &f->base);
	return FOLLOW_NOTHING;
}

/* The stages of the customer's journey to choose from; a key to type where there are none. */
static void add_stage(struct workbench *wb, struct form *f, const char *stage)
{
	const struct view *v = wb_view(wb);
	if (v->nstages == 0) {
		(void)form_add(f, "stage", N_("Stage"), stage, NULL, NULL);
		return;
	}
	size_t room = (v->nstages + 1) * sizeof(const char *);
	const char **keys = tend_arena_alloc(&f->arena, room);
	const char **titles = tend_arena_alloc(&f->arena, room);
	const char *now = NULL;
	for (size_t i = 0; i < v->nstages; i++) {
		keys[i] = tend_arena_strdup(&f->arena, v->stages[i].key);
		titles[i] = tend_arena_strdup(&f->arena,
			v->stages[i].title != NULL ? v->stages[i].title : v->stages[i].key);
		now = tend_same(keys[i], stage) ? keys[i] : now;
	}
	struct form_field *field =
		form_add(f, "stage", N_("Stage"), now != NULL ? now : keys[0], keys, NULL);
	field->titles = titles;
}

enum follow open_add_milestone(struct workbench *wb)
{
	int64_t customer = wb_view(wb)->customer_id;
	const struct tend_customer *c = view_customer(wb_view(wb));
	char *title = title_for(wb, _("Add a milestone"), 1);
	struct form *f = form_create(title);
	free(title);
	add_described(f, &tend_milestone_type, "key", "", N_("short, without blanks"))->required =
		true;
	add_described(f, &tend_milestone_type, "title", "", NULL)->required = true;
	add_stage(wb, f, c != NULL ? c->stage : NULL);
	(void)add_described(f, &tend_milestone_type, "due", "+7d", N_("+3d, fri, 11-25"));
	f->submit = submit_milestone;
	dialog_about(&f->base, &customer, 1, NULL);
	form_offer_draft(wb, f, DRAFT_MILESTONE, customer);
	wb_push(wb, &f->base);
	return FOLLOW_NOTHING;
}

void show_import_help(struct workbench *wb)
{
	struct lines l = {0};
	lines_add(&l, ROLE_TITLE, "%s", _("From the shell:"));
	lines_add(&l, ROLE_ACCENT, "%s", "  tend import customers customers.csv");
	lines_wrap(&l, ROLE_TEXT, wb->canvas.columns - 4,
		_("The first line names the columns: key,name,started are required; term, owner, "
		  "segment, "
		  "industry, currency, arr, journey and tags are known; others stay as your own "
		  "fields with a "
		  "map."));
	lines_add(&l, ROLE_TEXT, "%s", "");
	lines_add(&l, ROLE_TITLE, "%s", _("Then, each with its own file:"));
	lines_add(&l, ROLE_ACCENT, "%s", "  tend import subscriptions subscriptions.csv");
	lines_add(&l, ROLE_ACCENT, "%s", "  tend import usage usage.csv");
	lines_add(&l, ROLE_TEXT, "%s", "");
	lines_wrap(&l, ROLE_DIM, wb->canvas.columns - 4,
		wb->app != NULL ? _("Or here: :import customers FILE.csv. Nothing is taken from a "
				    "file with a bad row.")
				: _("Start with an empty book first: tend store init"));
	struct textbox *t = textbox_create(_("Import your customers"), &l);
	wb_push(wb, &t->base);
}
