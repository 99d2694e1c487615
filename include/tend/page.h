/* SPDX-License-Identifier: MIT */
/*
 * What a customer's page shows: its records of several kinds in one list, and the customer at a glance. Part of
 * tend/app.h.
 */
#ifndef TEND_PAGE_H
#define TEND_PAGE_H

#include <tend/exchange.h>
#include <tend/kind.h>

struct tend_app;
struct tend_query;

/* A record of any kind, in brief; also milestones that were done and alerts in the timeline. */
struct tend_entry {
	int64_t id, customer_id;
	const char *kind; /* noun of the kind, or "milestone", "alert" */
	const char *name; /* its key, or its number: what `tend NOUN show` takes */
	const char *customer; /* key */
	struct tend_date date; /* the kind's `when` */
	const char *title, *detail,
		*state; /* by the kind's roles; of title and detail the first line */
	int64_t open; /* boolean: still to be looked after */
	int64_t kind_order; /* hidden: place of the kind, for grouping */
};
extern const struct tend_record_type tend_entry_type;
/* All of a customer's, of the kinds of a tab: by kind, then as each is ordered. */
enum tend_status tend_app_entries(struct tend_app *a, int64_t customer_id, enum tend_tab tab,
	struct tend_list *ret, struct tend_error *err);
/* What has a date, also one to come, the newest first, and the milestones that were done and the alerts that
 * were raised. */
enum tend_status tend_app_timeline(struct tend_app *a, int64_t customer_id,
	const struct tend_query *q, struct tend_list *ret, struct tend_error *err);

/* What is to be known of a customer at a glance, beside its own record. Only what that takes is read. */
struct tend_brief {
	int64_t seats; /* of the subscriptions that are active; TEND_NO_INT where none says */
	struct tend_list people; /* contacts that are there: who decides first, then by influence */
	struct tend_list activities; /* the newest few, the newest first */
	struct tend_list promises; /* activities with one that is not kept, the earliest first */
	struct tend_list complaints; /* open ones, the newest first */
	struct tend_list surveys; /* the newest answer of each kind */
	struct tend_list churn; /* why they left last, or none */
	const struct tend_pack_usage *usage; /* a metric each; from the last `use_days` alone */
	size_t nusage;
	int use_days;
	struct tend_arena arena;
};
/* The caller finishes it, also after an error. `use_days`: 60 for the change within 30 days, 360 for all spans. */
enum tend_status tend_app_brief(struct tend_app *a, int64_t customer_id, int use_days,
	struct tend_brief *ret, struct tend_error *err);
void tend_brief_finish(struct tend_brief *b);
/* How many records of a customer there are to tell of on each tab: what is open, and all notes. */
enum tend_status tend_app_tab_counts(struct tend_app *a, int64_t customer_id,
	int64_t ret[TEND_TAB_NOTES + 1], struct tend_error *err);
/* The open milestones of a customer and those done on the day, by due date. */
enum tend_status tend_app_milestones_ahead(
	struct tend_app *a, int64_t customer_id, struct tend_list *ret, struct tend_error *err);

#endif
