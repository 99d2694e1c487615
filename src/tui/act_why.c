/* SPDX-License-Identifier: MIT */
/* Why: the page about a row of the queue, an alert, a milestone, a customer. */
#include <stdlib.h>
#include <string.h>

#include <tend/care.h>
#include <tend/mem.h>
#include <tend/money.h>

#include "cells.h"
#include "why_record.h"
#include "workbench.h"
#include "words.h"

static void add_title(struct lines *l, const char *whose, const char *what)
{
	char *text = tend_format(_("%s: %s"), whose, what);
	lines_add(l, ROLE_TITLE, "%s", text);
	free(text);
}

/* Who was promised what when; since when somebody waits. */
static void why_owed(
	struct workbench *wb, const struct tend_today_row *r, int columns, struct lines *l)
{
	struct tend_list one = {0};
	char day[TEND_DATE_LEN];
	bool promise = strcmp(r->kind, "promise") == 0;
	const struct tend_record_type *t = promise ? &tend_activity_type : &tend_complaint_type;
	if (!promise && strcmp(r->kind, "complaint") != 0) {
		return;
	}
	if (tend_app_record(wb->app, t, r->subject, &one, NULL) != TEND_OK) {
		tend_list_finish(&one);
		return;
	}
	if (promise) {
		const struct tend_activity *v = tend_list_at(&one, 0);
		lines_value(l, _("promised on"), tend_date_format(v->date, day));
		lines_value(l, _("promised to"), v->contact);
		lines_value(l, _("promised for"), tend_date_format(v->promised, day));
		lines_wrap(l, ROLE_DIM, columns, v->text != NULL ? v->text : "");
	} else {
		const struct tend_complaint *c = tend_list_at(&one, 0);
		lines_value(l, _("opened"), tend_date_format(c->opened, day));
		lines_value(l, _("answer due"), tend_date_format(c->answer_due, day));
		lines_value(l, _("answered"), tend_date_format(c->answered, day));
		lines_value(l, _("solution due"), tend_date_format(c->recovery_due, day));
		lines_wrap(l, ROLE_DIM, columns, c->text != NULL ? c->text : "");
		lines_wrap(l, ROLE_TEXT, columns,
			_("Who complains speaks for 26 who stay silent; a good recovery makes an "
			  "advocate."));
	}
	tend_list_finish(&one);
}

static void why_today(const struct tend_today_row *r, struct lines *l)
{
	double sum = 0;
	struct tend_str title = {0};
	const char *number = r->subject != NULL ? strchr(r->subject, '#') : NULL;
	tend_str_addf(&title, number != NULL ? "%s %s" : "%s",
		r->title != NULL ? r->title : word_text(r->subject), number);
	add_title(l, r->name != NULL ? r->name : r->customer, tend_str_text(&title));
	tend_str_finish(&title);
	for (size_t i = 0; i < r->terms.n; i++) {
		lines_add(l, ROLE_TEXT, "%+8.1f  %s", r->terms.items[i].points,
			r->terms.items[i].label);
		sum += r->terms.items[i].points;
	}
	lines_add(l, ROLE_TITLE, "%8.1f  %s", sum, _("rank"));
}

/* The titles of the playbooks that it suggests; what is not at hand goes by its key. */
static void label_playbooks(struct workbench *wb, const char *suggest, struct lines *l)
{
	struct tend_list all;
	struct tend_str titles = {0};
	(void)tend_app_playbooks(wb->app, NULL, 0, NULL, &all, NULL);
	for (const char *at = suggest != NULL ? suggest : ""; *at != '\0';) {
		size_t n = strcspn(at, ",");
		char *key = tend_strndup(at, n);
		const char *title = key;
		for (size_t i = 0; i < all.n; i++) {
			const struct tend_playbook_row *row = tend_list_at(&all, i);
			title = strcmp(row->key, key) == 0 ? row->title : title;
		}
		tend_str_addf(&titles, "%s%s", titles.len > 0 ? ", " : "", title);
		free(key);
		at += n + (at[n] == ',');
	}
	lines_value(l, _("suggests"), tend_str_text(&titles));
	tend_list_finish(&all);
	tend_str_finish(&titles);
}

static void why_alert(
	struct workbench *wb, const struct tend_alert *a, int columns, struct lines *l)
{
	char day[TEND_DATE_LEN];
	struct tend_str amount = {0};
	add_title(
		l, a->name != NULL ? a->name : a->customer, a->title != NULL ? a->title : a->rule);
	lines_wrap(l, ROLE_TEXT, columns, a->reason != NULL ? a->reason : "");
	lines_value(l, _("rule"), a->rule);
	lines_value(l, _("severity"), word_text(a->severity));
	lines_value(l, _("state"), word_text(a->state));
	lines_value(l, _("since"), tend_date_format(a->raised, day));
	lines_value(l, _("last seen"), tend_date_format(a->last_seen, day));
	lines_value(l, _("until"), tend_date_format(a->until, day));
	lines_value(l, _("note"), a->note);
	label_playbooks(wb, a->suggest, l);
	if (a->count > 0) {
		lines_label(l, _("days seen"), ROLE_TEXT, "%d", (int)a->count);
	}
	if (a->value_at_risk != TEND_NO_MONEY) {
		cell_amount(a->value_at_risk, a->currency, &amount);
		lines_value(l, _("At stake"), tend_str_text(&amount));
	}
	tend_str_finish(&amount);
}

/* The titles of milestones that are given by their keys. */
static void label_milestones(struct workbench *wb, const struct tend_milestone *of, struct lines *l,
	const char *label, const char *keys)
{
	struct tend_list list;
	struct tend_str titles = {0};
	if (keys == NULL || keys[0] == '\0') {
		return;
	}
	(void)tend_app_milestones(wb->app, of->customer_id, NULL, &list, NULL);
	for (const char *at = keys; *at != '\0';) {
		size_t n = strcspn(at, ",");
		const struct tend_milestone *found = NULL;
		for (size_t i = 0; i < list.n && found == NULL; i++) {
			const struct tend_milestone *m = tend_list_at(&list, i);
			found = strncmp(m->key, at, n) == 0 && m->key[n] == '\0' ? m : NULL;
		}
		tend_str_add(&titles, titles.len > 0 ? _(", ") : "");
		if (found != NULL && found->title != NULL) {
			tend_str_add(&titles, found->title);
		} else {
			tend_str_addn(&titles, at, n);
		}
		at += at[n] == ',' ? n + 1 : n;
	}
	lines_value(l, label, tend_str_text(&titles));
	tend_str_finish(&titles);
	tend_list_finish(&list);
}

/* Its conditions, each with what its parts gave. */
static void add_conditions(
	struct workbench *wb, const struct tend_milestone *m, int columns, struct lines *l)
{
	struct tend_list list;
	struct tend_arena arena = {0};
	struct tend_str note = {0}, line = {0};
	const char *part = NULL;
	(void)tend_app_explain_condition(
		wb->app, m->customer_id, tend_milestone_name(m, &arena), &list, &note, NULL);
	for (size_t i = 0; i < list.n; i++) {
		const struct tend_trace *t = tend_list_at(&list, i);
		if (!tend_same(part, t->part)) {
			part = t->part;
			lines_label(l, tend_same(part, "when") ? _("when") : _("done when"),
				ROLE_TEXT, "%s",
				t->value == NULL                      ? _("unknown")
					: tend_same(t->value, "true") ? _("yes")
								      : _("no"));
		}
		tend_str_clear(&line);
		tend_str_add(&line, "  ");
		tend_trace_line(t, &line);
		lines_wrap(l, ROLE_DIM, columns, tend_str_text(&line));
	}
	if (list.n > 0 && note.len > 0) {
		lines_add(l, ROLE_TEXT, "  %s", tend_str_text(&note));
	}
	tend_str_finish(&line);
	tend_str_finish(&note);
	tend_list_finish(&list);
	tend_arena_finish(&arena);
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
	add_title(l, c != NULL ? c->name : m->customer, tend_str_text(&title));
	tend_str_finish(&title);
	lines_label(l, _("state"), ROLE_TEXT, "%s%s%s", word_text(m->state),
		m->by_condition > 0 ? "  " : "",
		m->by_condition > 0 ? _("done by its condition") : "");
	lines_label(
		l, _("due"), role, "%s  %s", tend_date_format(m->due, day), tend_str_text(&delta));
	lines_value(l, _("stage"), detail.stage_title != NULL ? detail.stage_title : m->stage);
	label_milestones(wb, m, l, _("waits for"), m->waiting);
	label_milestones(wb, m, l, _("comes after"), m->after);
	lines_value(l, _("reason"), m->reason);
	lines_value(l, _("from"), m->origin != NULL ? word_text(m->origin) : NULL);
	add_conditions(wb, m, columns, l);
	lines_value(l, _("deliverable"), detail.deliverable);
	if (detail.guide != NULL) {
		lines_wrap(l, ROLE_TEXT, columns, detail.guide);
	}
	tend_str_finish(&delta);
	tend_arena_finish(&arena);
}

static void why_customer(struct workbench *wb, const struct tend_customer *c, struct lines *l)
{
	struct tend_list list;
	lines_add(l, ROLE_TITLE, "%s", c->name);
	if (c->track_reason != NULL) {
		lines_label(l, word_text(c->track), ROLE_BAD, "%s", c->track_reason);
	}
	if (tend_app_milestones(wb->app, c->id, NULL, &list, NULL) == TEND_OK) {
		for (size_t i = 0; i < list.n; i++) {
			const struct tend_milestone *m = tend_list_at(&list, i);
			if (m->overdue_days > 0) {
				struct tend_str title = {0};
				milestone_title(m, &title);
				lines_label(l, _("overdue"), ROLE_BAD,
					m->overdue_days == 1 ? _("%s, %d day") : _("%s, %d days"),
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
				struct tend_str amount = {0};
				cell_amount(year, s->currency != NULL ? s->currency : c->currency,
					&amount);
				lines_label(l, _("ARR"), ROLE_TEXT, "%s%s  %s",
					tend_str_text(&amount),
					s->annual != TEND_NO_MONEY ? "" : " x 12",
					s->plan != NULL ? s->plan : s->key);
				tend_str_finish(&amount);
			}
		}
	}
	tend_list_finish(&list);
	lines_label(l, _("health"), ROLE_DIM, "%s",
		_("unknown: no health profile is in this version's data, so no score is computed"));
}

static enum follow open_customer(struct workbench *wb, int64_t id)
{
	wb_open_customer(wb, id);
	return FOLLOW_NOTHING;
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
		why_owed(wb, record, columns, &lines);
	} else if (record != NULL && p->list.type == &tend_alert_type) {
		why_alert(wb, record, columns, &lines);
	} else if (record != NULL && p->list.type == &tend_milestone_type) {
		why_milestone(wb, record, columns, &lines);
	} else if (why_record(wb, columns, &lines)) {
		/* it has said so */
	} else if (view_customer(v) != NULL) {
		why_customer(wb, view_customer(v), &lines);
	} else {
		return FOLLOW_NOTHING;
	}
	struct textbox *t = textbox_create(_("Why"), &lines);
	if (record != NULL && p->list.type == &tend_alert_type && !v->fixed) {
		t->id = ((const struct tend_alert *)record)->customer_id;
		t->enter = open_customer;
		t->enter_hint = N_("j/k scroll  Enter open customer  Esc close");
	}
	wb_push(wb, &t->base);
	return FOLLOW_NOTHING;
}
