/* SPDX-License-Identifier: MIT */
/* How well what was promised was kept: per customer and promise, and what
 * stands behind each figure. */
#include <math.h>
#include <string.h>

#include <tend/app_service.h>
#include <tend/fields.h>

#include "standard.h"

#define R struct tend_standard_row
#define E struct tend_standard_event

static const char *const promises[] = {"response", "recovery", "cadence", "promise", NULL};
static const char *const verdicts[] = {"kept", "missed", "open", NULL};

static const struct tend_field row_fields[] = {
	TEXT(R, customer, TEND_F_KEY | TEND_F_DERIVED, "Customer", "客户"),
	TEXT(R, promise, TEND_F_DERIVED, "Promise", "承诺", .values = promises),
	TEXT(R, promised, TEND_F_DERIVED, "Promised", "承诺值"),
	INT(R, measured, TEND_F_DERIVED, "Measured", "已衡量"),
	INT(R, kept, TEND_F_DERIVED, "Kept", "兑现"),
	INT(R, missed, TEND_F_DERIVED, "Missed", "未兑现"),
	INT(R, open, TEND_F_DERIVED, "Open", "未到期"),
	RATIO(R, share, TEND_F_DERIVED, "Share kept", "兑现率"),
	TEXT(R, worst, TEND_F_DERIVED, "Worst", "最差"),
	INT(R, worst_days, TEND_F_DERIVED, "Days late", "延误天数"),
	BOOL(R, small, TEND_F_DERIVED | TEND_F_WIDE, "Few", "样本少"),
	TEXT(R, owner, TEND_F_DERIVED | TEND_F_WIDE, "Owner", "负责人"),
	ROW_ID(R, customer_id),
};
const struct tend_record_type tend_standard_row_type =
	RECORD_TYPE_OF(R, "standard", "Service standard", "服务标准", row_fields);

static const struct tend_field event_fields[] = {
	TEXT(E, promise, TEND_F_KEY | TEND_F_DERIVED, "Promise", "承诺", .values = promises),
	TEXT(E, what, TEND_F_DERIVED, "What", "事项"),
	DATE(E, from, TEND_F_DERIVED, "From", "起"),
	DATE(E, due, TEND_F_DERIVED, "Due", "期限"),
	DATE(E, done, TEND_F_DERIVED, "Done", "完成"),
	TEXT(E, verdict, TEND_F_DERIVED, "Verdict", "结论", .values = verdicts),
	INT(E, days_late, TEND_F_DERIVED, "Days late", "延误天数"),
};
const struct tend_record_type tend_standard_event_type =
	RECORD_TYPE_OF(E, "event", "Event", "事件", event_fields);

enum { FEW = 30 };

/* Of one customer: its complaints by day, its activities the newest first. */
struct source_rows {
	const struct tend_complaint *complaints;
	size_t ncomplaints;
	const struct tend_activity *activities;
	size_t nactivities;
};

static struct tend_standard_event *add(struct tend_list *out, const char *promise, const char *what,
	struct tend_date from, struct tend_date due, struct tend_date done, enum tend_kept kept,
	struct tend_date today)
{
	struct tend_standard_event *e = tend_list_add(out);
	e->promise = promise;
	e->what = tend_arena_strdup(&out->arena, what);
	e->from = from;
	e->due = due;
	e->done = done;
	e->verdict = kept == TEND_KEPT ? "kept" : kept == TEND_MISSED ? "missed" : "open";
	int64_t late = (int64_t)(tend_has_date(done) ? done.day : today.day) - due.day;
	e->days_late = kept == TEND_MISSED && late > 0 ? late : 0;
	return e;
}

static void add_complaints(const struct standards *s, const struct source_rows *r,
	struct tend_date today, struct tend_list *out)
{
	for (size_t i = 0; i < r->ncomplaints; i++) {
		const struct tend_complaint *c = &r->complaints[i];
		if (c->opened.day > today.day) {
			continue;
		}
		struct tend_clock k = standards_clock(s, c, today);
		if (k.answer != TEND_NOT_PROMISED) {
			(void)add(out, "response", c->key, c->opened, k.answer_due, k.answered,
				k.answer, today);
		}
		if (k.recovery != TEND_NOT_PROMISED) {
			(void)add(out, "recovery", c->key, c->opened, k.recovery_due, k.closed,
				k.recovery, today);
		}
	}
}

static void add_promises(const struct source_rows *r, struct tend_date today, struct tend_list *out)
{
	for (size_t i = r->nactivities; i-- > 0;) {
		const struct tend_activity *v = &r->activities[i];
		if (!tend_has_date(v->promised) || v->date.day > today.day) {
			continue;
		}
		int64_t late = tend_promise_days_late(v, today);
		enum tend_kept kept = late > 0   ? TEND_MISSED
			: tend_has_date(v->kept) ? TEND_KEPT
						 : TEND_STILL_OPEN;
		(void)add(out, "promise", tend_arena_format(&out->arena, "%lld", (long long)v->id),
			v->date, v->promised, v->kept, kept, today);
	}
}

/* From the first day on, from contact to contact, and from the last one to the
 * day. */
static void add_gaps(const struct standards *s, const struct source_rows *r, struct tend_date today,
	struct tend_list *out)
{
	struct tend_date from = s->in.start;
	struct tend_standard promised;
	size_t i = r->nactivities;
	while (s->journey != NULL && tend_has_date(from) && from.day <= today.day) {
		while (i > 0 && r->activities[i - 1].date.day <= from.day) {
			i--;
		}
		struct tend_date next = i > 0 && r->activities[i - 1].date.day <= today.day
			? r->activities[i - 1].date
			: TEND_NO_DATE;
		if (standards_on(s, from, &promised) && promised.cadence.n > 0) {
			struct tend_date due =
				tend_date_add(s->in.calendar, from, promised.cadence);
			struct tend_date until = tend_has_date(next) ? next : today;
			enum tend_kept kept = until.day > due.day ? TEND_MISSED
				: tend_has_date(next)             ? TEND_KEPT
								  : TEND_STILL_OPEN;
			(void)add(out, "cadence", NULL, from, due, next, kept, today);
		}
		from = next;
	}
}

/* "4h", "2wd", "1 month"; NULL where it is not promised. */
static const char *promised_words(
	const struct tend_standard *s, const char *promise, struct tend_arena *arena)
{
	enum { HOUR = 60, DAY = 24 * HOUR };
	bool recovery = strcmp(promise, "recovery") == 0;
	int minutes = recovery ? s->recovery : s->response;
	bool workdays = recovery ? s->recovery_workdays : s->response_workdays;
	if (strcmp(promise, "cadence") == 0) {
		return s->cadence.n > 0 ? tend_arena_format(arena, "%d %s%s", s->cadence.n,
			       tend_unit_name(s->cadence.unit), s->cadence.n > 1 ? "s" : "")
					: NULL;
	}
	if (strcmp(promise, "promise") == 0 || minutes <= 0) {
		return NULL;
	}
	return minutes % DAY == 0
		? tend_arena_format(arena, workdays ? "%dwd" : "%dd", minutes / DAY)
		: minutes % HOUR == 0 ? tend_arena_format(arena, "%dh", minutes / HOUR)
				      : tend_arena_format(arena, "%dm", minutes);
}

static void count(struct tend_standard_row *row, const struct tend_standard_event *e,
	struct tend_arena *arena)
{
	char day[TEND_DATE_LEN];
	row->open += strcmp(e->verdict, "open") == 0;
	row->kept += strcmp(e->verdict, "kept") == 0;
	row->missed += strcmp(e->verdict, "missed") == 0;
	if (strcmp(e->verdict, "missed") == 0
		&& (row->worst == NULL || e->days_late > row->worst_days)) {
		row->worst_days = e->days_late;
		row->worst = tend_arena_strdup(
			arena, e->what != NULL ? e->what : tend_date_format(e->from, day));
	}
}

/* A row for each promise that is made now, or of which something counts. */
static void add_rows(const struct tend_customer *c, const struct tend_standard *now,
	const struct tend_list *events, struct tend_list *out)
{
	for (size_t p = 0; promises[p] != NULL; p++) {
		const char *words = promised_words(now, promises[p], &out->arena);
		struct tend_standard_row row;
		tend_record_clear(&tend_standard_row_type, &row);
		row.kept = row.missed = row.open = 0;
		for (size_t i = 0; i < events->n; i++) {
			const struct tend_standard_event *e = tend_list_at(events, i);
			if (strcmp(e->promise, promises[p]) == 0) {
				count(&row, e, &out->arena);
			}
		}
		row.measured = row.kept + row.missed;
		if (words == NULL && row.measured + row.open == 0) {
			continue;
		}
		row.customer_id = c->id;
		row.customer = tend_arena_strdup(&out->arena, c->key);
		row.owner = tend_arena_strdup(&out->arena, c->owner);
		row.promise = promises[p];
		row.promised = words;
		row.share = row.measured > 0 ? (double)row.kept / (double)row.measured : NAN;
		row.small = row.measured < FEW;
		memcpy(tend_list_add(out), &row, sizeof(row));
	}
}

/* --- reading --- */

struct reading {
	struct standards_book book;
	struct tend_list complaints, activities;
	struct spans complaints_of, activities_of;
};

static enum tend_status read_all(
	struct tend_app *a, struct reading *r, int64_t customer_id, struct tend_error *err)
{
	enum tend_status status = standards_book_read(a, &r->book, customer_id, err);
	tend_list_init(&r->complaints, &tend_complaint_type);
	tend_list_init(&r->activities, &tend_activity_type);
	status = status != TEND_OK ? status : more_records(a, customer_id, &r->complaints, err);
	status = status != TEND_OK ? status : more_records(a, customer_id, &r->activities, err);
	spans_init(&r->complaints_of, &r->complaints, offsetof(struct tend_complaint, customer_id));
	spans_init(&r->activities_of, &r->activities, offsetof(struct tend_activity, customer_id));
	return status;
}

static void finish(struct reading *r)
{
	spans_finish(&r->complaints_of);
	spans_finish(&r->activities_of);
	tend_list_finish(&r->complaints);
	tend_list_finish(&r->activities);
	standards_book_finish(&r->book);
}

/* What counts of one customer; `now`: what is promised on the day. */
static enum tend_status collect(struct tend_app *a, const struct reading *r,
	const struct tend_customer *c, struct tend_list *events, struct tend_standard *now,
	struct tend_error *err)
{
	struct standards s = {0};
	struct span k = spans_of(&r->complaints_of, c->id), v = spans_of(&r->activities_of, c->id);
	const struct source_rows rows = {
		.complaints = k.n > 0 ? tend_list_at(&r->complaints, k.first) : NULL,
		.ncomplaints = k.n,
		.activities = v.n > 0 ? tend_list_at(&r->activities, v.first) : NULL,
		.nactivities = v.n};
	enum tend_status status = standards_book_of(a, &r->book, c->id, &s, err);
	*now = (struct tend_standard){0};
	if (status == TEND_OK) {
		(void)standards_on(&s, a->today, now);
		add_complaints(&s, &rows, a->today, events);
		add_gaps(&s, &rows, a->today, events);
		add_promises(&rows, a->today, events);
	}
	standards_finish(&s);
	return status;
}

enum tend_status tend_app_standards(struct tend_app *a, int64_t customer_id,
	const struct tend_query *q, struct tend_list *ret, struct tend_error *err)
{
	struct reading r = {0};
	tend_list_init(ret, &tend_standard_row_type);
	enum tend_status status = read_all(a, &r, customer_id, err);
	for (size_t i = 0; status == TEND_OK && i < r.book.customers.n; i++) {
		const struct tend_customer *c = tend_list_at(&r.book.customers, i);
		struct tend_standard now;
		struct tend_list events;
		tend_list_init(&events, &tend_standard_event_type);
		status = collect(a, &r, c, &events, &now, err);
		if (status == TEND_OK) {
			add_rows(c, &now, &events, ret);
		}
		tend_list_finish(&events);
	}
	finish(&r);
	return status != TEND_OK ? status : query_apply(a, ret, q, NULL, err);
}

enum tend_status tend_app_explain_standard(
	struct tend_app *a, int64_t customer_id, struct tend_list *ret, struct tend_error *err)
{
	struct reading r = {0};
	struct tend_standard now;
	tend_list_init(ret, &tend_standard_event_type);
	enum tend_status status = read_all(a, &r, customer_id, err);
	if (status == TEND_OK && r.book.customers.n > 0) {
		status = collect(a, &r, tend_list_at(&r.book.customers, 0), ret, &now, err);
	}
	finish(&r);
	return status;
}
