/* SPDX-License-Identifier: MIT */
/* What is owed to customers, in the queue: promises and complaints, done and put off. */
#include <stdlib.h>
#include <string.h>

#include <tend/app_service.h>
#include <tend/mem.h>

#include "forms.h"
#include "workbench.h"

/* A text pane is about the row of the list beside it. */
static const struct pane *queue_of(struct workbench *wb)
{
	const struct pane *p =
		wb_pane(wb)->ops->type != NULL ? wb_pane(wb) : &wb_view(wb)->panes[0];
	return p->list.type == &tend_today_type ? p : NULL;
}

/* The rows of a kind that are marked, else the selected one. */
static void rows_of(struct workbench *wb, const char *kind, struct targets *ret)
{
	const struct pane *p = queue_of(wb);
	if (p == NULL || wb->app == NULL) {
		return;
	}
	bool marked = p->grid.nmarked > 0 || p->grid.ranging;
	for (size_t i = 0; i < p->grid.n; i++) {
		const struct tend_today_row *row = tend_list_at(&p->list, p->grid.rows[i]);
		bool meant = marked ? grid_is_marked(&p->grid, i) : i == p->grid.cursor;
		if (meant && strcmp(row->kind, kind) == 0) {
			targets_add(ret, row->id);
		}
	}
}

/* The first one, for its text. */
static const struct tend_today_row *row_of(struct workbench *wb, const char *kind, int64_t id)
{
	const struct pane *p = queue_of(wb);
	for (size_t i = 0; p != NULL && i < p->list.n; i++) {
		const struct tend_today_row *row = tend_list_at(&p->list, i);
		if (row->id == id && strcmp(row->kind, kind) == 0) {
			return row;
		}
	}
	return NULL;
}

static enum tend_status keep(struct workbench *wb, const struct targets *ids,
	struct tend_done *done, struct tend_error *err)
{
	return tend_app_promise_keep(wb->app, ids->items, ids->n, TEND_NO_DATE, done, err);
}

/* Answered where they have no answer yet, else resolved: the next thing that is owed. */
static enum tend_status answer(struct workbench *wb, const struct targets *ids,
	struct tend_done *done, struct tend_error *err)
{
	const char **names = tend_calloc(ids->n, sizeof(names[0]));
	bool answered = true;
	for (size_t i = 0; i < ids->n; i++) {
		const struct tend_today_row *row = row_of(wb, "complaint", ids->items[i]);
		struct tend_list one;
		names[i] = row->subject;
		if (tend_app_record(wb->app, &tend_complaint_type, row->subject, &one, NULL)
			== TEND_OK) {
			const struct tend_complaint *c = tend_list_at(&one, 0);
			answered = answered && tend_has_date(c->answered);
		}
		tend_list_finish(&one);
	}
	const struct tend_answer said = {.day = wb->today, .minutes = TEND_NO_INT};
	const struct tend_recovery solved = {.day = TEND_NO_DATE};
	enum tend_status status = answered
		? tend_app_complaint_resolve(wb->app, names, ids->n, &solved, done, err)
		: tend_app_complaint_respond(wb->app, names, ids->n, &said, done, err);
	free(names);
	return status;
}

bool owed_done(struct workbench *wb, enum follow *ret)
{
	static const struct {
		const char *kind;
		enum tend_status (*act)(struct workbench *wb, const struct targets *ids,
			struct tend_done *done, struct tend_error *err);
	} rows[] = {{"promise", keep}, {"complaint", answer}};
	struct targets milestones = {0};
	bool any = false;
	targets_milestones(wb, &milestones);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]) && !any; i++) {
		struct targets ids = {0};
		struct tend_done done = {0};
		struct tend_error err = {0};
		rows_of(wb, rows[i].kind, &ids);
		any = ids.n > 0;
		if (any && milestones.n > 0) {
			wb_say(wb, ROLE_ERROR, "%s",
				_("Milestones and other rows are marked: x takes one kind at a "
				  "time."));
		} else if (any) {
			enum tend_status status = rows[i].act(wb, &ids, &done, &err);
			char *said = status == TEND_OK ? tend_strdup(done.summary) : NULL;
			*ret = wb_done(wb, status, &done, &err);
			if (said != NULL) {
				wb_say(wb, ROLE_GOOD, "%s", said);
				wb->message_done = true;
			}
			free(said);
		}
		targets_finish(&ids);
	}
	targets_finish(&milestones);
	return any;
}

/* --- another day --- */

static enum follow submit_day(struct workbench *wb, struct prompt *p, bool *ret_close)
{
	struct tend_done done = {0};
	struct tend_error err = {0};
	struct tend_date day;
	*ret_close = tend_date_parse_human(editor_text(&p->editor), wb->today, NULL, &day);
	if (!*ret_close) {
		(void)snprintf(
			p->error, sizeof(p->error), "%s", _("not a date (2026-01-31, 11-25, +3d)"));
		return FOLLOW_NOTHING;
	}
	enum tend_status status =
		tend_app_promise_move(wb->app, p->base.ids, p->base.nids, day, &done, &err);
	return wb_done(wb, status, &done, &err);
}

bool owed_due(struct workbench *wb)
{
	struct targets promises = {0}, complaints = {0};
	rows_of(wb, "promise", &promises);
	rows_of(wb, "complaint", &complaints);
	bool any = promises.n + complaints.n > 0;
	if (promises.n > 0) {
		const struct tend_today_row *row = row_of(wb, "promise", promises.items[0]);
		char day[TEND_DATE_LEN];
		struct prompt *p = prompt_create(_("Promised for (+3d, fri, 11-25):"), "");
		p->about = promises.n == 1
			? tend_format(_("%s: now %s"), row->title, tend_date_format(row->due, day))
			: NULL;
		p->submit = submit_day;
		dialog_about(&p->base, promises.items, promises.n, NULL);
		wb_push(wb, &p->base);
	} else if (any) {
		wb_say(wb, ROLE_ERROR, "%s",
			_("What was promised on a complaint stays: x notes the answer."));
	}
	targets_finish(&promises);
	targets_finish(&complaints);
	return any;
}
