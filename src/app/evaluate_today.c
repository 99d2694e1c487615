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

/* The rank alone: what it follows from is kept, and said when somebody reads it. */
static enum tend_status put_row(struct tend_app *a, const struct tend_customer *c,
	struct tend_today_row *row, struct tend_error *err)
{
	row->customer_id = c->id;
	row->arr = c->arr;
	row->renewal = c->renewal;
	row->day = a->today;
	row->band = band_of(row, a->today);
	tend_rank(row, c, row->severity, a->today, NULL);
	return tend_store_put_today(a->store, row, err);
}

/* Of those who are gone only what a playbook wants of us. */
static enum tend_status queue_milestones(struct tend_app *a, struct book *b,
	const struct tend_customer *c, bool gone, struct tend_error *err)
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
		struct tend_today_row row;
		tend_record_clear(&tend_today_type, &row);
		row.id = m->id;
		row.kind = late ? "overdue" : "due";
		row.subject = tend_milestone_name(m, &b->arena);
		row.title = both_join(&b->arena, m->title_en, m->title_zh);
		row.due = m->due;
		row.required = m->required == 1;
		row.nth = late ? ++nth : TEND_NO_INT;
		enum tend_status status = put_row(a, c, &row, err);
		if (status != TEND_OK) {
			return status;
		}
	}
	return TEND_OK;
}

/* Read again: the alerts that were raised just now have their ids only in the store. */
static enum tend_status queue_alerts(
	struct tend_app *a, const struct tend_customer *c, struct tend_error *err)
{
	if (c->alerts == 0) {
		return TEND_OK;
	}
	struct tend_list alerts;
	enum tend_status status =
		read_list(a, TEND_READ_ALERTS_OF, c->id, &tend_alert_type, &alerts, err);
	for (size_t i = 0; status == TEND_OK && i < alerts.n; i++) {
		const struct tend_alert *v = tend_list_at(&alerts, i);
		if (!tend_same(v->state, "open")) {
			continue;
		}
		struct tend_today_row row;
		tend_record_clear(&tend_today_type, &row);
		row.id = v->id;
		row.kind = "alert";
		row.subject = v->rule;
		row.title = v->title;
		row.due = v->raised;
		row.severity = v->severity;
		status = put_row(a, c, &row, err);
	}
	tend_list_finish(&alerts);
	return status;
}

static enum tend_status queue_work(
	struct tend_app *a, struct book *b, const struct tend_customer *c, struct tend_error *err)
{
	enum tend_status status = queue_milestones(a, b, c, false, err);
	status = status != TEND_OK ? status : queue_alerts(a, c, err);
	if (status == TEND_OK && tend_same(c->status, "active") && c->days_to_renewal >= 0
		&& c->days_to_renewal <= TEND_RENEWAL_WINDOW_DAYS) {
		struct tend_today_row row;
		tend_record_clear(&tend_today_type, &row);
		row.id = c->id;
		row.kind = row.subject = "renewal";
		row.due = c->renewal;
		status = put_row(a, c, &row, err);
	}
	return status;
}

enum tend_status queue_rows(
	struct tend_app *a, struct book *b, const struct tend_customer *c, struct tend_error *err)
{
	bool gone = tend_same(c->status, "churned") || tend_same(c->status, "pooled");
	enum tend_status status = tend_store_clear_today(a->store, c->id, err);
	if (status == TEND_OK) {
		status = gone ? queue_milestones(a, b, c, true, err) : queue_work(a, b, c, err);
	}
	return status == TEND_OK ? tend_store_today_counted(a->store, c->id, err) : status;
}
