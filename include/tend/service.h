/* SPDX-License-Identifier: MIT */
/*
 * What was promised to customers in time, and whether it was kept: promises in activities, and the clock of
 * complaints against a journey's standard. Pure. What counts how: docs/formulas.md, SERVICE.
 */
#ifndef TEND_SERVICE_H
#define TEND_SERVICE_H

#include <tend/journey.h>
#include <tend/records.h>

/* Of a promise: 0 where it was kept in time or is not due yet; unknown where it has no day. */
int64_t tend_promise_days_late(const struct tend_activity *v, struct tend_date day);

enum tend_kept {
	TEND_NOT_PROMISED,
	TEND_STILL_OPEN, /* neither done nor late */
	TEND_KEPT,
	TEND_MISSED, /* too late, or late and not done yet */
};
/* A complaint against what was promised on the day on which it was opened. */
struct tend_clock {
	struct tend_date answer_due, recovery_due; /* TEND_NO_DATE: not promised */
	struct tend_date answered, closed; /* TEND_NO_DATE: not yet */
	enum tend_kept answer, recovery;
};
/* `promised` NULL: nothing. */
struct tend_clock tend_complaint_clock(const struct tend_complaint *c,
	const struct tend_standard *promised, const struct tend_calendar *calendar,
	struct tend_date day);
/* The day of the first answer: as noted, else from the minutes; TEND_NO_DATE. */
struct tend_date tend_complaint_answered(const struct tend_complaint *c);
/* Resolved, and rated so that the customer may speak for us. */
bool tend_complaint_won(const struct tend_complaint *c);
/* Fills the derived fields. */
void tend_complaint_derive(
	struct tend_complaint *c, const struct tend_clock *clock, struct tend_date day);

#endif
