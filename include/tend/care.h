/* SPDX-License-Identifier: MIT */
/*
 * The judgements about a customer on a day: what is derived from its records, which alerts its state
 * raises, and how its work ranks. Pure: everything comes in as an argument.
 */
#ifndef TEND_CARE_H
#define TEND_CARE_H

#include <tend/journey.h>
#include <tend/records.h>

/* Annual amounts of the subscriptions active on `day` (start <= day < end; trials count 0; monthly
 * alone counts 12 times). Sums the given subscriptions of one customer in *ret_currency or, where that
 * is NULL, in the currency of the first active one (one that is paid before a trial), which is set. One
 * without a currency is in the customer's. `ret_currency` may be NULL: all are taken to be in one. */
int64_t tend_arr_on(const struct tend_subscription *subs, size_t n, struct tend_date day,
	const char **ret_currency);

bool tend_is_open_state(const char *milestone_state); /* todo, doing, blocked */
/* "active" or "lapsed" from the term, unless `stored` is churned or pooled. */
const char *tend_status_on(const char *stored, struct tend_date renewal, struct tend_date day);
/* Somebody said so: churned, or in the pool for winning back. */
bool tend_is_gone(const struct tend_customer *c);
/* Work due on or after the renewal day belongs to a customer who has left (win-back, research): while
 * the customer is active it is not part of what is to be done. */
bool tend_is_after_term(const struct tend_customer *c, struct tend_date due);
/* Fills overdue, next_due and next_milestone (texts from `arena`) of `c` from all its milestones. */
void tend_derive_milestones(struct tend_customer *c, const struct tend_milestone *m, size_t n,
	struct tend_date day, struct tend_arena *arena);
/*
 * Fills track of `c`; NULL without a journey, and where the customer is gone (churned, pooled). Behind: a
 * required milestone is overdue by more than the days that the journey says (`j` NULL: the usual ones). Stuck:
 * one is blocked, or a required one is overdue by more than its days for that. Returns the milestone that makes
 * it so: the one that is overdue longest, else the blocked one that is due first; NULL where it is on track.
 */
const struct tend_milestone *tend_derive_track(struct tend_customer *c,
	const struct tend_milestone *m, size_t n, const struct tend_journey *j,
	struct tend_date day);
/* "Kick-off is 12 days overdue", in the current language. */
void tend_track_reason(
	const struct tend_milestone *why, struct tend_date day, struct tend_str *out);
/* The first open milestone in the order of work that is due on `from` or later, or NULL. */
const struct tend_milestone *tend_next_milestone(
	const struct tend_milestone *m, size_t n, struct tend_date from);
/* What people call it: its title in the current language, "TITLE #N" where it repeats. */
void tend_milestone_title(const struct tend_milestone *m, struct tend_str *out);
/* "KEY", or "KEY#N" where it repeats. */
const char *tend_milestone_name(const struct tend_milestone *m, struct tend_arena *arena);
/* Whether it is called that. */
bool tend_milestone_is_named(const struct tend_milestone *m, const char *name);
/* "KEY[#N]": splits in place; number 0 where there is none. False where N is not a number from 1. */
bool tend_milestone_name_parse(const char *name, char *key, size_t size, int64_t *ret_number);

/* The alert rules of the product: the precursor of alert sets in YAML. */
struct tend_alert_rule {
	const char *key, *severity;
	struct tend_text title;
	const char *suggest;
};
extern const struct tend_alert_rule tend_alert_rules[];
extern const size_t tend_alert_rule_count;
#define TEND_DUE_SOON_DAYS 7
#define TEND_RENEWAL_WINDOW_DAYS 60
#define TEND_NO_CONTACT_DAYS 30
/* What the rules look at. */
struct tend_alert_facts {
	const struct tend_customer *customer; /* derived fields filled */
	const struct tend_milestone
		*oldest; /* of the overdue ones, in the order of work; or NULL */
	const struct tend_milestone *soon; /* the next one due on the day or later; or NULL */
	int64_t value_at_risk; /* minor units: ARR; of a lapsed customer, what ended at the renewal */
	const char *currency;
};
/* Finds them in all milestones and subscriptions of `c`; work after the term of an active customer is
 * none. */
struct tend_alert_facts tend_alert_facts_of(const struct tend_customer *c,
	const struct tend_milestone *m, size_t n, const struct tend_subscription *subs,
	size_t nsubs, struct tend_date day);
/* Whether rule `i` fires on `day`; writes the reason in the current language, with its numbers.
 * Churned and pooled customers fire nothing. */
bool tend_alert_fires(
	size_t i, const struct tend_alert_facts *f, struct tend_date day, struct tend_str *reason);

/* What becomes of the one alert of a customer and rule on a day. */
enum tend_alert_step {
	TEND_ALERT_NOTHING,
	TEND_ALERT_RAISE,
	TEND_ALERT_SEEN,
	TEND_ALERT_REOPEN,
	TEND_ALERT_RESOLVE
};
/*
 * `current` is the alert that is not resolved, or NULL. SEEN: last_seen and count move, at most once a
 * day; REOPEN: a snooze is over and the cause is still there; nothing moves on days before last_seen.
 */
enum tend_alert_step tend_alert_next(
	const struct tend_alert *current, bool fires, struct tend_date day);

/* The rank of a row of Today; reads its kind, due, required and nth; fills row->rank and row->terms (from
 * `arena`; NULL: no terms), labels in the current language. Formula: docs/formulas.md, RANK. */
void tend_rank(struct tend_today_row *row, const struct tend_customer *c, const char *severity,
	struct tend_date day, struct tend_arena *arena);

/* An answer on the usual scale of its kind, the good end up: nps 0 to 10, csat 1 to 5, ces 1 to 7; NAN where it
 * has no score or scale. */
double tend_survey_score(const struct tend_survey *s);

#endif
