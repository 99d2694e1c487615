/* SPDX-License-Identifier: MIT */
/* Looking: filter, command line, help, palette, sort, why. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <tend/mem.h>
#include <tend/money.h>

#include "cells.h"
#include "workbench.h"
#include "words.h"

/* --- the filter --- */

static void try_filter(struct workbench *wb, struct prompt *p)
{
	struct tend_error err = {0};
	if (view_set_filter(wb, wb_view(wb), editor_text(&p->editor), &err) != TEND_OK) {
		(void)snprintf(p->error, sizeof(p->error), "%s", err.text);
	}
}

static enum follow keep_filter(struct workbench *wb, struct prompt *p, bool *ret_close)
{
	try_filter(wb, p);
	*ret_close = p->error[0] == '\0';
	return FOLLOW_NOTHING;
}

/* Esc leaves the filter as it was before. */
static void restore_filter(struct workbench *wb, struct prompt *p)
{
	editor_history_add(&wb->filters, editor_text(&p->editor));
	(void)view_set_filter(wb, wb_view(wb), "", NULL);
}

enum follow act_filter(struct workbench *wb)
{
	struct view *v = wb_view(wb);
	v->focus = 0;
	struct prompt *p = prompt_create("/", v->filter != NULL ? v->filter : "");
	p->editor.history = &wb->filters;
	p->changed = try_filter;
	p->submit = keep_filter;
	p->cancelled = restore_filter;
	wb_push(wb, &p->base);
	return FOLLOW_NOTHING;
}

/* --- the command line --- */

static enum follow submit_command(struct workbench *wb, struct prompt *p, bool *ret_close)
{
	struct tend_error err = {0};
	bool ok = true;
	enum follow follow = command_run(wb, editor_text(&p->editor), &err, &ok);
	if (!ok) {
		(void)snprintf(p->error, sizeof(p->error), "%s", err.text);
	}
	*ret_close = ok;
	return follow;
}

static void keep_command(struct workbench *wb, struct prompt *p)
{
	draft_keep(wb, DRAFT_COMMAND, 0, 0, editor_text(&p->editor));
	editor_history_add(&wb->commands, editor_text(&p->editor));
}

enum follow act_command(struct workbench *wb)
{
	struct prompt *p = prompt_create(":", "");
	p->editor.history = &wb->commands;
	p->completes = true;
	p->submit = submit_command;
	p->cancelled = keep_command;
	wb_push(wb, &p->base);
	return FOLLOW_NOTHING;
}

/* --- help and palette --- */

static enum follow run_picked(struct workbench *wb, struct picker *p, struct picker_item *item)
{
	enum action_id id = (enum action_id)item->value;
	/* The help closes first: what runs may open a dialog of its own. */
	(void)p;
	if (id == ACTION_NONE) {
		return FOLLOW_NOTHING;
	}
	if ((actions[id].needs & ~wb_offers(wb)) != 0) {
		wb_say(wb, ROLE_ERROR, _("%s is not possible here"), _(actions[id].help));
		return FOLLOW_NOTHING;
	}
	return action_handlers[id](wb);
}

static void add_action(struct workbench *wb, struct picker *p, enum action_id id, const char *group)
{
	struct tend_str keys = {0};
	keymap_all_keys(&wb->keymap, wb_view(wb)->page->name, id, &keys);
	struct picker_item *item = picker_add(p, tend_str_text(&keys), _(actions[id].help), NULL);
	item->value = id;
	item->word = tend_strdup(actions[id].name);
	item->group = tend_strdup(group);
	tend_str_finish(&keys);
}

static struct picker *action_picker(struct workbench *wb, const char *title)
{
	struct picker *p = picker_create(title);
	unsigned offers = wb_offers(wb);
	/* What can be done here comes first, then the rest. */
	for (int group = 0; group < GROUP_COUNT; group++) {
		for (size_t i = 0; i < ACTION_COUNT; i++) {
			bool here = (actions[i].needs & ~offers) == 0;
			bool twin = i == ACTION_undo && (offers & CX_HISTORY) == 0;
			bool other_twin = i == ACTION_undo_any && (offers & CX_HISTORY) != 0;
			if ((int)actions[i].group == group && here && !twin && !other_twin) {
				add_action(wb, p, (enum action_id)i,
					action_group_title((enum action_group)group));
			}
		}
	}
	struct picker_item *signs = picker_add(
		p, "!n ?n", _("In the title row: ! late or high, ? due soon or medium"), NULL);
	signs->value = ACTION_NONE;
	signs->group = tend_strdup(_("Signs"));
	for (size_t i = 0; i < ACTION_COUNT; i++) {
		if ((actions[i].needs & ~offers) != 0 && i != ACTION_undo && i != ACTION_run) {
			add_action(wb, p, (enum action_id)i, _("Elsewhere"));
			p->items[p->n - 1].role = ROLE_DIM;
		}
	}
	p->searchable = p->tall = true;
	p->pick = run_picked;
	picker_filter(p);
	return p;
}

enum follow act_help(struct workbench *wb)
{
	struct picker *p = action_picker(wb, _("Keys: / searches, Enter runs"));
	wb_push(wb, &p->base);
	return FOLLOW_NOTHING;
}

enum follow act_palette(struct workbench *wb)
{
	struct picker *p = action_picker(wb, _("Find an action"));
	p->searching = true;
	wb_push(wb, &p->base);
	return FOLLOW_NOTHING;
}

/* --- sorting --- */

static enum follow pick_sort(struct workbench *wb, struct picker *p, struct picker_item *item)
{
	(void)p;
	struct tend_error err = {0};
	struct view *v = wb_view(wb);
	/* The same column again turns the order round. */
	bool same = tend_same(v->sort, item->word);
	char *fields = same ? tend_format("%s%s", item->word[0] == '-' ? "" : "-",
			       item->word[0] == '-' ? item->word + 1 : item->word)
			    : tend_strdup(item->word);
	if (view_set_sort(wb, v, fields, &err) != TEND_OK) {
		wb_error(wb, &err);
	}
	free(fields);
	return FOLLOW_NOTHING;
}

enum follow act_sort(struct workbench *wb)
{
	static const char letters[] = "nosmhrwtaxyz";
	struct view *v = wb_view(wb);
	const struct grid_spec *spec = v->panes[0].ops->spec;
	struct picker *p = picker_create(_("Sort by; the same again turns the order round"));
	for (size_t i = 0; i < spec->n && i < sizeof(letters) - 1; i++) {
		const struct grid_column *col = &spec->columns[i];
		if (col->sort == NULL || col->title == NULL) {
			continue;
		}
		const struct tend_field *f = tend_field_find(v->panes[0].list.type, col->sort);
		/* Amounts and counts are wanted from the largest down. */
		bool down =
			f != NULL && (f->type == TEND_MONEY || strcmp(col->sort, "alerts") == 0);
		const char key[] = {letters[p->n], '\0'};
		const char *title =
			f != NULL && col->title[0] == '!' ? tend_pick(f->title) : _(col->title);
		struct picker_item *item = picker_add(p, key, title, NULL);
		item->word = tend_format("%s%s", down ? "-" : "", col->sort);
		bool now = tend_same(v->sort, item->word)
			|| (v->sort != NULL && v->sort[0] == '-'
				&& strcmp(v->sort + 1, col->sort) == 0);
		item->detail = now
			? tend_strdup(v->sort[0] == '-' ? _("now, falling") : _("now, rising"))
			: NULL;
		p->cursor = now ? p->n - 1 : p->cursor;
	}
	p->pick = pick_sort;
	picker_filter(p);
	wb_push(wb, &p->base);
	return FOLLOW_NOTHING;
}

/* --- why --- */

static void why_today(const struct tend_today_row *r, struct lines *l)
{
	double sum = 0;
	const char *number = r->subject != NULL ? strchr(r->subject, '#') : NULL;
	lines_add(l, ROLE_TITLE, "%s: %s %s", r->name != NULL ? r->name : r->customer,
		r->title != NULL ? r->title : r->subject, number != NULL ? number : "");
	for (size_t i = 0; i < r->terms.n; i++) {
		lines_add(l, ROLE_TEXT, "%+8.1f  %s", r->terms.items[i].points,
			r->terms.items[i].label);
		sum += r->terms.items[i].points;
	}
	lines_add(l, ROLE_TITLE, "%8.1f  %s", sum, _("rank"));
}

static void label_text(struct lines *l, const char *label, const char *text)
{
	if (text != NULL && text[0] != '\0') {
		lines_label(l, label, ROLE_TEXT, "%s", text);
	}
}

static void why_alert(
	struct workbench *wb, const struct tend_alert *a, int columns, struct lines *l)
{
	char day[TEND_DATE_LEN];
	lines_add(l, ROLE_TITLE, "%s: %s", a->name != NULL ? a->name : a->customer,
		a->title != NULL ? a->title : a->rule);
	lines_wrap(l, ROLE_TEXT, columns, a->reason != NULL ? a->reason : "");
	label_text(l, _("rule"), a->rule);
	label_text(l, _("severity"), word_text(a->severity));
	label_text(l, _("state"), word_text(a->state));
	label_text(l, _("since"), tend_date_format(a->raised, day));
	label_text(l, _("last seen"), tend_date_format(a->last_seen, day));
	label_text(l, _("until"), tend_date_format(a->until, day));
	label_text(l, _("note"), a->note);
	label_text(l, _("suggests"), a->suggest);
	if (a->count > 0) {
		lines_label(l, _("days seen"), ROLE_TEXT, "%d", (int)a->count);
	}
	(void)wb;
}

static void why_milestone(
	struct workbench *wb, const struct tend_milestone *m, int columns, struct lines *l)
{
	struct tend_arena arena = {0};
	struct tend_milestone_detail detail = {0};
	char day[TEND_DATE_LEN];
	struct tend_str delta = {0};
	(void)tend_app_milestone_detail(wb->app, m, &arena, &detail, NULL);
	enum role role = cell_delta(m->due, wb->today, &delta);
	struct tend_str title = {0};
	const struct tend_customer *c = view_customer(wb_view(wb));
	milestone_title(m, &title);
	lines_add(
		l, ROLE_TITLE, "%s: %s", c != NULL ? c->name : m->customer, tend_str_text(&title));
	tend_str_finish(&title);
	lines_label(l, _("state"), ROLE_TEXT, "%s", word_text(m->state));
	lines_label(
		l, _("due"), role, "%s  %s", tend_date_format(m->due, day), tend_str_text(&delta));
	label_text(l, _("stage"), detail.stage_title != NULL ? detail.stage_title : m->stage);
	label_text(l, _("waits for"), m->waiting);
	label_text(l, _("comes after"), m->after);
	label_text(l, _("reason"), m->reason);
	label_text(l, _("from"), m->origin != NULL ? word_text(m->origin) : NULL);
	label_text(l, _("deliverable"), detail.deliverable);
	if (detail.guide != NULL) {
		lines_wrap(l, ROLE_TEXT, columns, detail.guide);
	}
	tend_str_finish(&delta);
	tend_arena_finish(&arena);
}

static void why_customer(struct workbench *wb, const struct tend_customer *c, struct lines *l)
{
	struct tend_list list;
	char text[TEND_MONEY_LEN];
	lines_add(l, ROLE_TITLE, "%s", c->name);
	if (tend_app_milestones(wb->app, c->id, NULL, &list, NULL) == TEND_OK) {
		for (size_t i = 0; i < list.n; i++) {
			const struct tend_milestone *m = tend_list_at(&list, i);
			if (m->overdue_days > 0) {
				struct tend_str title = {0};
				milestone_title(m, &title);
				lines_label(l, _("overdue"), ROLE_BAD, _("%s, %d days"),
					tend_str_text(&title), (int)m->overdue_days);
				tend_str_finish(&title);
			}
		}
	}
	tend_list_finish(&list);
	if (tend_app_alerts(wb->app, c->id, false, NULL, &list, NULL) == TEND_OK) {
		for (size_t i = 0; i < list.n; i++) {
			const struct tend_alert *a = tend_list_at(&list, i);
			lines_label(l, _("alert"), severity_role(a->severity), "%s",
				a->reason != NULL ? a->reason : a->rule);
		}
	}
	tend_list_finish(&list);
	if (tend_app_records(wb->app, &tend_subscription_type, c->id, NULL, &list, NULL)
		== TEND_OK) {
		for (size_t i = 0; i < list.n; i++) {
			const struct tend_subscription *s = tend_list_at(&list, i);
			bool runs = s->start.day <= wb->today.day
				&& (!tend_has_date(s->end) || wb->today.day < s->end.day)
				&& s->trial <= 0;
			int64_t year = s->annual != TEND_NO_MONEY ? s->annual : s->monthly;
			if (runs) {
				lines_label(l, _("ARR"), ROLE_TEXT, "%s%s  %s",
					tend_money_format(year, text),
					s->annual != TEND_NO_MONEY ? "" : " x 12", s->key);
			}
		}
	}
	tend_list_finish(&list);
	lines_label(l, _("health"), ROLE_DIM, "%s",
		_("unknown: no health profile is in this version's data, so no score is computed"));
}

enum follow act_why(struct workbench *wb)
{
	struct view *v = wb_view(wb);
	struct pane *p = wb_pane(wb);
	struct lines lines = {0};
	const void *record = p->ops->type != NULL ? grid_selected(&p->grid, &p->list) : NULL;
	int columns = wb->canvas.columns - 4;
	if (record != NULL && p->list.type == &tend_today_type) {
		why_today(record, &lines);
	} else if (record != NULL && p->list.type == &tend_alert_type) {
		why_alert(wb, record, columns, &lines);
	} else if (record != NULL && p->list.type == &tend_milestone_type) {
		why_milestone(wb, record, columns, &lines);
	} else if (view_customer(v) != NULL) {
		why_customer(wb, view_customer(v), &lines);
	} else {
		return FOLLOW_NOTHING;
	}
	struct textbox *t = textbox_create(_("Why"), &lines);
	wb_push(wb, &t->base);
	return FOLLOW_NOTHING;
}
