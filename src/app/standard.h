/* SPDX-License-Identifier: MIT */
/* What the journey of a customer promises, by the stage of a day. */
#ifndef APP_STANDARD_H
#define APP_STANDARD_H

#include <tend/service.h>

#include "inside.h"

/* Of one customer at a time; a struct of zeroes has none. */
struct standards {
	int64_t customer_id; /* whose; 0: nobody's */
	const struct tend_journey *journey; /* NULL: nothing is promised */
	struct tend_schedule_input in;
	struct tend_list milestones; /* of journeys whose stages hang on them */
	struct progress progress;
};
/* With the enrolment and journey (NULL: none) of a customer at hand; what was there of another is dropped. */
enum tend_status standards_of(struct tend_app *a, struct standards *s, int64_t customer_id,
	int64_t term_months, const struct tend_enrollment *e, const struct tend_journey *j,
	struct tend_error *err);
/* What was promised on a day; false where nothing was. Conditions of stages are judged by the day alone. */
bool standards_on(const struct standards *s, struct tend_date day, struct tend_standard *ret);
/* A complaint against what was promised when it was opened, on `today`. */
struct tend_clock standards_clock(
	const struct standards *s, const struct tend_complaint *c, struct tend_date today);
void standards_finish(struct standards *s);

/* What they need of one customer, or of all: read in one pass a table. A struct of zeroes has none. */
struct standards_book {
	struct tend_list customers; /* as stored */
	struct spans of;
	struct {
		struct tend_enrollment *items; /* by customer */
		size_t n, cap;
	} enrollments;
};
/* customer_id 0: of all. To be finished also after an error. */
enum tend_status standards_book_read(
	struct tend_app *a, struct standards_book *b, int64_t customer_id, struct tend_error *err);
enum tend_status standards_book_of(struct tend_app *a, const struct standards_book *b,
	int64_t customer_id, struct standards *ret, struct tend_error *err);
void standards_book_finish(struct standards_book *b);

#endif
