/* SPDX-License-Identifier: MIT */
/*
 * Capacity: the hours that open milestones promise, per owner and week, against the hours that there are.
 * Weeks are those of ISO 8601, named by their Monday.
 */
#ifndef TEND_CAPACITY_H
#define TEND_CAPACITY_H

#include <tend/record.h>

#define TEND_CAPACITY_WEEKS 13
#define TEND_CAPACITY_WEEKS_MAX 104
/* Of a week with five workdays, where nothing else is said: the others go to what no plan knows of. */
#define TEND_CAPACITY_HOURS 30.0

struct tend_capacity_work { /* an open milestone */
	const char *owner; /* NULL: nobody's */
	struct tend_date due;
	int64_t minutes;
};

struct tend_capacity_owner {
	const char *owner;
	double hours;
};
/* What a person has for the journeys' work in a week of five workdays. */
struct tend_capacity_hours {
	double all;
	const struct tend_capacity_owner *owners; /* those who differ */
	size_t n;
	const struct tend_calendar *calendar; /* a week with holidays has fewer */
};

struct tend_capacity { /* of one owner in one week */
	const char *owner;
	struct tend_date week;
	double hours; /* of what is due in the week; in the first one also of all that is late */
	double overdue_hours; /* of what was due before the day; part of `hours` */
	double available; /* NAN for what is nobody's */
	double load; /* hours / available; NAN where nothing is available */
};
extern const struct tend_record_type tend_capacity_type;

struct tend_date tend_week_of(struct tend_date day); /* its Monday */
double tend_capacity_available(
	const struct tend_capacity_hours *h, const char *owner, struct tend_date week);
/*
 * Appends a row for each owner in `work` and each of `weeks` weeks from that of `day` on, by owner (nobody's
 * last) and week. What is due after them does not count. Owners with nothing to do are known by a work of
 * 0 minutes. Sorts `work`; names are borrowed.
 */
void tend_capacity_plan(struct tend_capacity_work *work, size_t n,
	const struct tend_capacity_hours *h, struct tend_date day, int weeks,
	struct tend_list *ret);
/* The middle one of n numbers, of the two in the middle their mean; 0 where there is none. Sorts them. */
int64_t tend_median(int64_t *numbers, size_t n);

#endif
