/* SPDX-License-Identifier: MIT */
#include <string.h>

#include <tend/care.h>

#include "evaluate.h"
#include "standard.h"

#define DUE_SOON_ROWS_MAX 200 /* of one customer */

/* Late first, then what calls on the day itself (alerts and renewals do), then the coming days. */
static int64_t band_of(const struct tend_today_row *row, struct tend_date today)
{
	bool owed = tend_same(row->kind, "promise") || tend_same(row->kind, "complaint");
	if (tend_same(row->kind, "overdue") || (owed && row->due.day < today.day)) {
		return 0;
	}
	bool due = owed || tend_same(row->kind, "due");
	return due && row->due.day > today.day ? 2 : 1;
}

/* An empty row at the end of the queue of the customer at hand. */
static struct tend_today_row *next_row(struct book *b)
{
	return tend_list_add(&b->queue);
}

/* The rank alone: what it follows from is kept, and said when somebody reads it. */
static void complete(struct tend_app *a, const struct tend_customer *c, struct tend_today_row *row)
{
	row->customer_id = c->id;
	row->arr = c->arr;
	row->renewal = c->renewal;
	row->day = a->today;
	row->band = band_of(row, a->today);
	tend_rank(row, c, row->severity, a->today, NULL);
}

/* Of those who are gone only what a playbook wants of us. */
static void queue_milestones(
	struct tend_app *a, struct book *b, const struct tend_customer *c, bool gone)
{
	struct span span = spans_of(&b->milestones_of, c->id);
	int64_t soon = 0, nth = 0;
	for (size_t i = 0; i < span.n; i++) {
		const struct tend_milestone *m = tend_list_at(&b->milestones, span.first + i);
		bool late = m->due.day < a->today.day;
		if (!tend_is_open_state(m->state) || (gone && m->run_id == 0)
			|| m->due.day > a->today.day + TEND_DUE_SOON_DAYS
			|| (!late && ++soon > DUE_SOON_ROWS_MAX)) {
			continue;
		}
		struct tend_today_row *row = next_row(b);
		row->id = m->id;
		row->kind = late ? "overdue" : "due";
		row->subject = tend_milestone_name(m, &b->arena);
		row->title = both_join(&b->arena, m->title_en, m->title_zh);
		row->due = m->due;
		row->required = m->required == 1;
		row->nth = late ? ++nth : TEND_NO_INT;
		complete(a, c, row);
	}
}

static void queue_promises(struct tend_app *a, struct book *b, const struct tend_customer *c)
{
	struct span span = spans_of(&b->promises_of, c->id);
	for (size_t i = 0; i < span.n; i++) {
		const struct tend_activity *v = tend_list_at(&b->promises, span.first + i);
		struct tend_today_row *row = next_row(b);
		row->id = v->id;
		row->kind = "promise";
		row->subject = tend_arena_format(&b->arena, "%lld", (long long)v->id);
		row->title = v->promise != NULL ? v->promise : v->next_step;
		row->due = v->promised;
		complete(a, c, row);
	}
}

/* The first line of what it is about. */
static const char *complaint_title(
	struct book *b, const struct tend_complaint *c, const struct tend_text *format)
{
	const char *text = c->text != NULL ? c->text : c->key != NULL ? c->key : "";
	char *line = tend_arena_strndup(&b->arena, text, strcspn(text, "\r\n"));
	struct tend_str en = {0}, zh = {0};
	tend_str_addf(&en, format->en, line);
	tend_str_addf(&zh, format->zh, line);
	char *both = both_join(&b->arena, tend_str_text(&en), tend_str_text(&zh));
	tend_str_finish(&en);
	tend_str_finish(&zh);
	return both;
}

static void queue_complaint(struct tend_app *a, struct book *b, const struct tend_customer *c,
	const struct tend_complaint *v, const struct tend_clock *clock)
{
	static const struct tend_text unanswered = {"Not answered: %s", "未响应：%s"},
				      unsolved = {"Not solved: %s", "未解决：%s"};
	bool answered = tend_has_date(clock->answered);
	if ((answered ? clock->recovery : clock->answer) != TEND_MISSED) {
		return;
	}
	struct tend_today_row *row = next_row(b);
	row->id = v->id;
	row->kind = "complaint";
	row->subject =
		v->key != NULL ? v->key : tend_arena_format(&b->arena, "%lld", (long long)v->id);
	row->title = complaint_title(b, v, answered ? &unsolved : &unanswered);
	row->due = answered ? clock->recovery_due : clock->answer_due;
	row->severity = tend_same(v->severity, "urgent") || tend_same(v->severity, "high") ? "high"
		: tend_same(v->severity, "low")                                            ? "low"
						: "medium";
	complete(a, c, row);
}

/* Those that wait longer than was promised. */
static enum tend_status queue_complaints(
	struct tend_app *a, struct book *b, const struct tend_customer *c, struct tend_error *err)
{
	struct span span = spans_of(&b->complaints_of, c->id);
	struct standards s = {0};
	enum tend_status status = span.n == 0
		? TEND_OK
		: standards_of(a, &s, c->id, c->term_months, &b->enrollment, b->journey, err);
	for (size_t i = 0; status == TEND_OK && i < span.n; i++) {
		const struct tend_complaint *v = tend_list_at(&b->complaints, span.first + i);
		struct tend_clock clock = standards_clock(&s, v, a->today);
		queue_complaint(a, b, c, v, &clock);
	}
	standards_finish(&s);
	return status;
}

static void queue_alerts(struct tend_app *a, struct book *b, const struct tend_customer *c,
	const struct tend_list *alerts, struct span span)
{
	for (size_t i = 0; i < span.n; i++) {
		const struct tend_alert *v = tend_list_at(alerts, span.first + i);
		if (!tend_same(v->state, "open")) {
			continue;
		}
		struct tend_today_row *row = next_row(b);
		row->id = v->id;
		row->kind = "alert";
		row->subject = v->rule;
		row->title = v->title;
		row->due = v->raised;
		row->severity = v->severity;
		complete(a, c, row);
	}
}

/* Alerts that were raised just now have their ids only in the store: `fresh` is for them. */
static enum tend_status queue_work(struct tend_app *a, struct book *b,
	const struct tend_customer *c, struct tend_list *fresh, struct tend_error *err)
{
	queue_milestones(a, b, c, false);
	queue_promises(a, b, c);
	enum tend_status status = queue_complaints(a, b, c, err);
	if (status == TEND_OK && b->raised) {
		struct tend_value id = int_value(c->id);
		status = tend_store_read(a->store, TEND_READ_ALERTS_OF, &id, 1, fresh, err);
		if (status != TEND_OK) {
			return status;
		}
		queue_alerts(a, b, c, fresh, (struct span){0, fresh->n});
	} else {
		queue_alerts(a, b, c, &b->alerts, spans_of(&b->alerts_of, c->id));
	}
	if (tend_same(c->status, "active") && c->days_to_renewal >= 0
		&& c->days_to_renewal <= TEND_RENEWAL_WINDOW_DAYS) {
		struct tend_today_row *row = next_row(b);
		row->id = c->id;
		row->kind = row->subject = "renewal";
		row->due = c->renewal;
		complete(a, c, row);
	}
	return status;
}

enum tend_status queue_rows(
	struct tend_app *a, struct book *b, const struct tend_customer *c, struct tend_error *err)
{
	bool gone = tend_is_gone(c);
	struct tend_list fresh;
	enum tend_status status = TEND_OK;
	tend_list_init(&fresh, &tend_alert_type);
	b->queue.n = 0;
	if (gone) {
		queue_milestones(a, b, c, true);
	} else {
		status = queue_work(a, b, c, &fresh, err);
	}
	const struct tend_today_row *rows = b->queue.n > 0 ? tend_list_at(&b->queue, 0) : NULL;
	status = status == TEND_OK ? tend_store_put_queue(a->store, c->id, rows, b->queue.n, err)
				   : status;
	tend_list_finish(&fresh);
	return status;
}
