/* SPDX-License-Identifier: MIT */
/*
 * The people at the customers: who was touched when, who has been silent for longer than was meant, and what
 * that says of a customer. Pure; docs/formulas.md, PEOPLE.
 */
#ifndef TEND_PEOPLE_H
#define TEND_PEOPLE_H

#include <tend/records.h>

/* Days, the day itself included, in which touches of one person alone make a single thread. */
#define TEND_THREAD_DAYS 90

/*
 * Fills last_touch, silent_days and silent of contacts of any customers. Of a touch its customer, date and
 * `contact` are looked at: the key or name of one contact or several of them, apart by , ; / & or 、. Case
 * and width do not count. Touches after the day do not count yet.
 */
void tend_people_touch(struct tend_contact *contacts, size_t n, const struct tend_activity *touches,
	size_t ntouches, struct tend_date day);

struct tend_stakeholder { /* the people of one customer, in one row */
	int64_t customer_id;
	const char *customer, *name, *owner, *segment; /* the customer's */
	int64_t contacts; /* who is there; so are all counts below */
	int64_t decision_makers; /* sponsors too */
	int64_t champions, critics; /* critics: blockers too */
	int64_t silent; /* longer than their cadence */
	const char *missing; /* tags: decision-maker, system-contact, user that nobody is */
	int64_t missing_roles; /* how many */
	int64_t single_thread; /* boolean; unknown where nobody is there or was touched of late */
	const char *thread; /* why that is so, in the current language */
	struct tend_date last_touch;
	struct tend_date next_touch; /* the first day on which one of them is to be touched */
	int64_t arr; /* the customer's, minor units */
	const char *currency;
};
extern const struct tend_record_type tend_stakeholder_type;

/* What the contacts of one customer say, their touches filled; the customer's own fields are left alone. */
void tend_stakeholder_fill(struct tend_stakeholder *s, const struct tend_contact *contacts,
	size_t n, struct tend_date day, struct tend_arena *arena);
/* Still there on the day. */
bool tend_contact_is_there(const struct tend_contact *c, struct tend_date day);
/* Place of an influence (high 0, medium 1, low 2, else 3) and of a stance (champion 0 … blocker 4, else 5). */
int tend_influence_rank(const char *influence);
int tend_stance_rank(const char *stance);
#define TEND_INFLUENCES 4
#define TEND_STANCES 6

#endif
