/* SPDX-License-Identifier: MIT */
#include <string.h>

#include <tend/care.h>

#include "evaluate.h"

#define DUE_SOON_ROWS_MAX 200 /* of one customer */

/* Late first, then what calls on the day itself (alerts and renewals do), then the coming days. */
static int64_t band_of(const struct tend_today_row *row, struct tend_date today)
{
	if (tend_same(row->kind, "overdue")) {
		return 0;
	}
	return tend_same(row->kind, "due") && row->due.day > today.day ? 2 : 1;
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
	if (b->raised) {
		struct tend_value id = int_value(c->id);
		enum tend_status status =
			tend_store_read(a->store, TEND_READ_ALERTS_OF, &id, 1, fresh, err);
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
	return TEND_OK;
}

enum tend_status queue_rows(
	struct tend_app *a, struct book *b, const struct tend_customer *c, struct tend_error *err)
{
	bool gone = tend_same(c->status, "churned") || tend_same(c->status, "pooled");
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
