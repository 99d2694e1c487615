/* SPDX-License-Identifier: MIT */
#include <math.h>

#include <tend/service.h>

enum { MINUTES_A_DAY = 24 * 60, GOOD_RATING = 4 };

int64_t tend_promise_days_late(const struct tend_activity *v, struct tend_date day)
{
	if (!tend_has_date(v->promised)) {
		return TEND_NO_INT;
	}
	int64_t late = (int64_t)(tend_has_date(v->kept) ? v->kept.day : day.day) - v->promised.day;
	return late > 0 ? late : 0;
}

/* The last day on which it is still in time. Of hours the whole days count: when in the day it began is not known. */
static struct tend_date due_within(
	int minutes, bool workdays, struct tend_date from, const struct tend_calendar *calendar)
{
	if (minutes <= 0 || !tend_has_date(from)) {
		return TEND_NO_DATE;
	}
	return tend_date_add(workdays ? calendar : NULL, from,
		(struct tend_duration){
			minutes / MINUTES_A_DAY, workdays ? TEND_WORKDAY : TEND_DAY});
}

struct tend_date tend_complaint_answered(const struct tend_complaint *c)
{
	if (tend_has_date(c->responded) || c->first_response == TEND_NO_INT
		|| !tend_has_date(c->opened)) {
		return c->responded;
	}
	return (struct tend_date){c->opened.day + (int32_t)(c->first_response / MINUTES_A_DAY)};
}

/* What comes after the day has not happened yet. */
static struct tend_date until(struct tend_date when, struct tend_date day)
{
	return when.day <= day.day ? when : TEND_NO_DATE;
}

static enum tend_kept judge(struct tend_date due, struct tend_date done, struct tend_date day)
{
	if (!tend_has_date(due)) {
		return TEND_NOT_PROMISED;
	}
	if (tend_has_date(done)) {
		return done.day <= due.day ? TEND_KEPT : TEND_MISSED;
	}
	return day.day > due.day ? TEND_MISSED : TEND_STILL_OPEN;
}

struct tend_clock tend_complaint_clock(const struct tend_complaint *c,
	const struct tend_standard *promised, const struct tend_calendar *calendar,
	struct tend_date day)
{
	static const struct tend_standard nothing;
	const struct tend_standard *s = promised != NULL ? promised : &nothing;
	struct tend_clock k = {
		.answer_due = due_within(s->response, s->response_workdays, c->opened, calendar),
		.recovery_due = due_within(s->recovery, s->recovery_workdays, c->opened, calendar),
		.answered = until(tend_complaint_answered(c), day),
		.closed = until(c->closed, day)};
	/* What was closed without an answer that anybody noted was answered by that. */
	if (!tend_has_date(k.answered)) {
		k.answered = k.closed;
	}
	k.answer = judge(k.answer_due, k.answered, day);
	k.recovery = judge(k.recovery_due, k.closed, day);
	if (k.answer != TEND_NOT_PROMISED && tend_has_date(k.answered)
		&& c->first_response != TEND_NO_INT && !s->response_workdays) {
		k.answer = c->first_response <= s->response ? TEND_KEPT : TEND_MISSED;
	}
	return k;
}

bool tend_complaint_won(const struct tend_complaint *c)
{
	return tend_has_date(c->closed) && !isnan(c->rating) && c->rating >= GOOD_RATING;
}

void tend_complaint_derive(
	struct tend_complaint *c, const struct tend_clock *clock, struct tend_date day)
{
	bool closed = tend_has_date(clock->closed), answered = tend_has_date(clock->answered);
	bool opened = tend_has_date(c->opened) && c->opened.day <= day.day;
	bool promised = clock->answer != TEND_NOT_PROMISED || clock->recovery != TEND_NOT_PROMISED;
	c->answered = clock->answered;
	c->answer_due = clock->answer_due;
	c->recovery_due = clock->recovery_due;
	c->state = !opened                     ? NULL
		: closed                       ? "resolved"
		: answered                     ? "answered"
		: clock->answer == TEND_MISSED ? "late"
					       : "waiting";
	c->late = promised ? clock->answer == TEND_MISSED || clock->recovery == TEND_MISSED
			   : TEND_NO_INT;
	c->advocate = closed && !isnan(c->rating) ? tend_complaint_won(c) : TEND_NO_INT;
	if (opened) {
		c->days_open = (closed ? clock->closed.day : day.day) - c->opened.day;
	}
}
