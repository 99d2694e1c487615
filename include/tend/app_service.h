/* SPDX-License-Identifier: MIT */
/*
 * Use cases about what is owed to customers: promises, complaints, and how well standards were kept. What counts
 * how: docs/formulas.md, SERVICE.
 */
#ifndef TEND_APP_SERVICE_H
#define TEND_APP_SERVICE_H

#include <tend/app.h>

/* Promises, by the numbers of the activities that made them: kept on a day (TEND_NO_DATE: today), or moved to one. */
enum tend_status tend_app_promise_keep(struct tend_app *a, const int64_t *ids, size_t n,
	struct tend_date day, struct tend_done *ret, struct tend_error *err);
enum tend_status tend_app_promise_move(struct tend_app *a, const int64_t *ids, size_t n,
	struct tend_date day, struct tend_done *ret, struct tend_error *err);
struct tend_promise {
	int64_t number, customer_id; /* number: of the activity */
	const char *customer, *contact, *promise;
	struct tend_date promised, kept, date; /* date: on which it was made */
	int64_t days_late; /* unknown where no day was promised */
	const char *state; /* late, open, kept, kept-late */
	const char *owner; /* the customer's */
	int64_t over; /* boolean: kept; open ones come first */
};
extern const struct tend_record_type tend_promise_type;
enum tend_status tend_app_promises(struct tend_app *a, int64_t customer_id,
	const struct tend_query *q, struct tend_list *ret, struct tend_error *err);

/* How well a promise to a customer was kept (docs/formulas.md, SERVICE); and each thing that counts. */
struct tend_standard_row {
	int64_t customer_id;
	const char *customer, *owner;
	const char *promise; /* response, recovery, cadence, promise */
	const char *promised; /* on the day: 4h, 2wd, 1 month; NULL: nothing */
	int64_t measured, kept, missed, open; /* measured: kept and missed; open: not due yet */
	double share; /* kept of measured; NAN where nothing was measured */
	const char *worst; /* the key, number or first day of what was missed by most */
	int64_t worst_days, small; /* small: boolean, below 30 measured */
};
struct tend_standard_event {
	const char *promise, *what; /* what: key or number; NULL for the time between contacts */
	struct tend_date from, due, done;
	const char *verdict; /* kept, missed, open */
	int64_t days_late;
};
extern const struct tend_record_type tend_standard_row_type, tend_standard_event_type;
/* customer_id 0: of all, in one pass. */
enum tend_status tend_app_standards(struct tend_app *a, int64_t customer_id,
	const struct tend_query *q, struct tend_list *ret, struct tend_error *err);
enum tend_status tend_app_explain_standard(
	struct tend_app *a, int64_t customer_id, struct tend_list *ret, struct tend_error *err);

/* Complaints, by their keys: answered, resolved, open again. */
struct tend_answer {
	struct tend_date day; /* TEND_NO_DATE: today, or what the minutes say */
	int64_t minutes; /* since it was opened, or TEND_NO_INT */
	const char *note; /* is logged as a message; NULL */
};
enum tend_status tend_app_complaint_respond(struct tend_app *a, const char *const *names, size_t n,
	const struct tend_answer *what, struct tend_done *ret, struct tend_error *err);
struct tend_recovery {
	struct tend_date day; /* TEND_NO_DATE: today, or as noted before */
	const char *by, *recovery, *rating; /* NULL: as noted; by: else who does this */
};
enum tend_status tend_app_complaint_resolve(struct tend_app *a, const char *const *names, size_t n,
	const struct tend_recovery *what, struct tend_done *ret, struct tend_error *err);
enum tend_status tend_app_complaint_reopen(struct tend_app *a, const char *const *names, size_t n,
	struct tend_done *ret, struct tend_error *err);

#endif
