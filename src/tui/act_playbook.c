/* SPDX-License-Identifier: MIT */
/* Running a playbook: which one, what it adds, and doing it. */
#include <stdlib.h>
#include <string.h>

#include <tend/care.h>
#include <tend/mem.h>

#include "cells.h"
#include "commands.h"

static enum follow run(struct workbench *wb, const struct dialog *d)
{
	struct tend_done done = {0};
	struct tend_error err = {0};
	enum tend_status status =
		tend_app_playbook_run(wb->app, d->word, d->ids, d->nids, TEND_NO_DATE, &done, &err);
	done.warning = NULL; /* it has just been read */
	return wb_done(wb, status, &done, &err);
}

/* --- what it adds --- */

/* Each customer's name once, its milestones below it by day. */
static void add_lines(
	struct workbench *wb, const struct tend_list *plan, bool named, struct lines *l)
{
	int64_t last = 0;
	for (size_t i = 0; i < plan->n; i++) {
		const struct tend_plan_line *line = tend_list_at(plan, i);
		struct tend_str day = {0};
		if (named && line->customer_id != last) {
			lines_add(l, ROLE_ACCENT, "%s", line->customer);
		}
		last = line->customer_id;
		cell_day(line->due_after, wb->today, &day);
		lines_label(l, tend_str_text(&day), ROLE_TEXT, "%s", line->title);
		tend_str_finish(&day);
	}
}

static void show_plan(struct workbench *wb, const struct dialog *about, const char *key,
	const char *title, const struct tend_list *plan, const struct tend_done *done)
{
	struct lines l = {0};
	lines_add(&l, ROLE_TITLE,
		done->changes == 1 ? _("Adds %d milestone:") : _("Adds %d milestones:"),
		(int)done->changes);
	if (done->warning != NULL) {
		lines_wrap(&l, ROLE_SOON, wb->canvas.columns - 4, done->warning);
	}
	add_lines(wb, plan, about->nids > 1, &l);
	char *text = tend_format(_("%s: what it adds"), title);
	struct textbox *t = textbox_create(text, &l);
	t->confirm = run;
	t->enter_hint = N_("Enter run  j/k scroll  Esc close");
	dialog_about(&t->base, about->ids, about->nids, key);
	wb_push(wb, &t->base);
	free(text);
}

/* Shows what the playbook adds, or says why it is nothing; false where it failed. */
static bool show(struct workbench *wb, const struct dialog *about, const char *key,
	const char *title, struct tend_error *err)
{
	struct tend_list plan;
	struct tend_done done = {0};
	enum tend_status status = tend_app_playbook_plan(
		wb->app, key, about->ids, about->nids, TEND_NO_DATE, &plan, &done, err);
	if (status == TEND_OK && plan.n == 0) {
		wb_say(wb, ROLE_HINT, "%s", done.warning != NULL ? done.warning : done.summary);
	} else if (status == TEND_OK) {
		show_plan(wb, about, key, title, &plan, &done);
	}
	tend_list_finish(&plan);
	tend_done_finish(&done);
	return status == TEND_OK;
}

static enum follow pick(struct workbench *wb, struct picker *p, struct picker_item *item)
{
	struct tend_error err = {0};
	if (!show(wb, &p->base, item->word, item->title, &err)) {
		wb_error(wb, &err);
	}
	return FOLLOW_NOTHING;
}

/* --- which one --- */

static const char *group_of(const struct tend_playbook_row *row)
{
	return row->suggested != NULL ? _("Suggested by alerts")
		: row->suits == 1     ? _("For such customers")
				      : _("Others");
}

static void add_item(struct picker *p, const struct tend_playbook_row *row)
{
	struct tend_str detail = {0};
	tend_str_addf(&detail, row->steps == 1 ? _("%d step") : _("%d steps"), (int)row->steps);
	if (row->effort > 0) {
		tend_str_addf(&detail, _(", %.1f hours"), (double)row->effort / 60);
	}
	if (row->running > 0) {
		tend_str_addf(&detail, "; %s", _("is running"));
	}
	for (size_t i = 0; row->suggested != NULL && i < tend_alert_rule_count; i++) {
		const struct tend_alert_rule *r = &tend_alert_rules[i];
		if (strstr(row->suggested, r->key) != NULL) {
			tend_str_addf(&detail, "; %s", tend_pick(r->title));
		}
	}
	struct picker_item *item = picker_add(p, NULL, row->title, tend_str_text(&detail));
	item->word = tend_strdup(row->key);
	item->group = tend_strdup(group_of(row));
	tend_str_finish(&detail);
}

static void offer(struct workbench *wb, const struct targets *ids, const struct tend_list *rows)
{
	const struct tend_customer *c = view_customer(wb_view(wb));
	char *title = ids->n > 1 ? tend_format(_("Playbook for %zu customers"), ids->n)
		: c != NULL && c->id == ids->items[0] ? tend_format(_("Playbook for %s"), c->name)
						      : tend_strdup(_("Playbook"));
	struct picker *p = picker_create(title);
	for (size_t i = 0; i < rows->n; i++) {
		add_item(p, tend_list_at(rows, i));
	}
	p->pick = pick;
	p->searchable = true;
	picker_filter(p);
	dialog_about(&p->base, ids->items, ids->n, NULL);
	wb_push(wb, &p->base);
	free(title);
}

enum follow act_playbook(struct workbench *wb)
{
	struct targets ids = {0};
	struct tend_list rows;
	struct tend_error err = {0};
	targets_customers(wb, &ids);
	if (ids.n == 0) {
		wb_say(wb, ROLE_HINT, "%s", _("No customer is selected here."));
	} else if (tend_app_playbooks(wb->app, ids.items, ids.n, NULL, &rows, &err) != TEND_OK) {
		wb_error(wb, &err);
		tend_list_finish(&rows);
	} else {
		offer(wb, &ids, &rows);
		tend_list_finish(&rows);
	}
	targets_finish(&ids);
	return FOLLOW_NOTHING;
}

enum tend_status cmd_playbook(
	struct workbench *wb, const struct words *w, enum follow *ret, struct tend_error *err)
{
	struct targets ids = {0};
	if (w->n > 2 || wb->app == NULL) {
		return tend_fail(err, TEND_USAGE, _("playbook [KEY]: p lists the playbooks"));
	}
	if (w->n < 2) {
		*ret = act_playbook(wb);
		return TEND_OK;
	}
	targets_customers(wb, &ids);
	struct dialog about = {.ids = ids.items, .nids = ids.n};
	enum tend_status status = ids.n == 0
		? tend_fail(err, TEND_NOT_FOUND, _("No customer is selected here."))
		: show(wb, &about, w->items[1], w->items[1], err) ? TEND_OK
								  : err->status;
	targets_finish(&ids);
	return status;
}
