/* SPDX-License-Identifier: MIT */
/*
 * The kinds of records: one struct each, and its description. Field names are those of the
 * interface (tend(1), LISTS). `id` is the row's number inside the store; 0 where not stored yet.
 */
#ifndef TEND_RECORDS_H
#define TEND_RECORDS_H

#include <tend/record.h>

struct tend_customer {
	int64_t id;
	const char *key, *name;
	const char
		*status; /* active, lapsed, churned, pooled; only churned and pooled are stored */
	const char *stage; /* the key of a stage of its journey; NULL before the first begins */
	int64_t stage_order; /* its place among them, from 0; filled where it is sorted by */
	int64_t month; /* of the term; 0 before the start */
	const char *owner, *segment, *industry;
	const char *journey; /* KEY@VERSION; NULL where not enrolled */
	struct tend_date started;
	int64_t term_months;
	struct tend_date renewal; /* started + term: the first day that is not covered */
	int64_t days_to_renewal;
	int64_t arr; /* active subscriptions on the day; minor units */
	const char *currency;
	double health; /* NAN */
	const char *health_band; /* unknown until there is a profile */
	int64_t overdue; /* open milestones due before the day */
	struct tend_date next_due;
	const char *next_milestone; /* KEY, or KEY#N where it repeats */
	int64_t alerts; /* open ones */
	const char *tags;
	struct tend_date last_contact; /* of the last activity, of any kind */
	const char *track; /* on-track, behind, stuck; NULL where no journey, or gone */
	const char
		*track_reason; /* what puts it behind or makes it stuck, in the current language */
	struct tend_custom custom;
};

struct tend_milestone {
	int64_t id, customer_id;
	const char *customer; /* its key */
	const char *key;
	int64_t occurrence; /* from 1 */
	const char *stage;
	const char *title; /* in the current language */
	const char *title_en, *title_zh;
	struct tend_date due;
	struct tend_date
		template_due; /* what the template gave last; none where it has no template */
	const char *state; /* todo, doing, blocked, done, skipped */
	struct tend_date done_on;
	int64_t items, items_done;
	int64_t required, visible; /* booleans */
	const char *owner; /* its own, else the customer's */
	int64_t overdue_days; /* 0 where not overdue */
	const char *waiting; /* keys in `after` that are still open, comma-separated */
	const char *after; /* all keys in `after` */
	int64_t effort; /* minutes; TEND_NO_INT where not said */
	const char *reason; /* why blocked or skipped */
	const char *origin; /* template, edited, added */
	int64_t position; /* place in the template */
	int64_t repeats; /* boolean: more than one occurrence is planned, or it has a repeat */
	int64_t projected; /* boolean: due follows an open milestone */
	int64_t run_id; /* the playbook run that it is of; 0: of the journey, or by hand */
	const char *playbook; /* KEY@VERSION of the playbook that it is of; NULL */
	const char *playbook_title; /* in the current language */
	int64_t by_condition; /* boolean: done because its done_when became true */
};

struct tend_run { /* of a playbook, for a customer */
	int64_t id, customer_id;
	const char *customer;
	const char *playbook;
	int64_t version;
	struct tend_date day; /* from which its dates count */
	int64_t open, done; /* its milestones */
	const char *alert; /* the rule that suggested it; NULL */
};

/* What conditions said last of a milestone, and whether one has ticked it. */
struct tend_condition {
	int64_t customer_id;
	const char *customer;
	const char *name; /* KEY, or KEY#N where it repeats */
	int64_t truth; /* enum tend_truth of its `when`; TEND_NO_INT where it has none */
	int64_t ticked; /* boolean: its done_when has done it; stays when a person takes that back */
};

/* A published YAML file of any kind but journeys. */
struct tend_document {
	int64_t id;
	const char *kind, *key;
	int64_t version; /* 0: the kind has no versions, publishing it again replaces it */
	const char *title;
	const char *text;
	const char *source;
	struct tend_date published;
};

struct tend_item {
	int64_t id, milestone_id;
	int64_t position; /* from 1 */
	const char *key; /* the item's id in the template, or its position as text */
	const char *title, *title_en, *title_zh;
	int64_t done; /* boolean */
	struct tend_date done_on;
};

struct tend_subscription {
	int64_t id, customer_id;
	const char *key, *customer;
	struct tend_date start, end; /* active where start <= day < end; no end: open */
	int64_t annual, monthly; /* minor units; monthly alone counts 12 times */
	const char *plan, *currency;
	int64_t seats, trial, auto_renew;
};

struct tend_point { /* of a metric */
	int64_t id, customer_id;
	const char *customer, *metric;
	struct tend_date date;
	double value;
};

struct tend_activity {
	int64_t id, customer_id;
	const char *customer;
	struct tend_date date;
	const char *kind; /* call, meeting, visit, email, message, training, note, other */
	const char *text, *contact, *actor;
	const char *next_step;
	const char *promise; /* what was promised to the customer */
	struct tend_date promised, kept; /* until when, and when it was kept */
};

struct tend_contact { /* a person at the customer */
	int64_t id, customer_id;
	const char *key, *customer;
	const char *name, *title, *role, *department;
	const char *influence,
		*stance; /* high medium low; champion supporter neutral critic blocker; or others */
	const char *cadence; /* how long it may be silent: 30d */
	const char *email, *phone, *language, *digital, *age_band, *gender, *kpi, *note;
	struct tend_date left; /* the day the person left; none: is there */
	struct tend_date last_touch; /* of the newest activity that names the contact */
	int64_t silent_days; /* since then; unknown where there was none */
	int64_t silent; /* boolean: longer than the cadence */
};

struct tend_outcome { /* a result that the customer wants */
	int64_t id, customer_id;
	const char *key, *customer, *title;
	const char *metric; /* the signal that measures it; NULL: by hand */
	const char *reading; /* of the signal: latest, sum, average; NULL: as suits it */
	const char *unit;
	double baseline, target, value; /* value: by hand, on as_of */
	struct tend_date as_of, agreed, due;
	const char *state; /* open, achieved, missed, dropped */
	int64_t experience; /* 1..5: how reaching it felt to the customer */
	const char *experience_note, *contact, *note;
	double now; /* of the signal, else the value */
	double progress; /* (now - baseline) / (target - baseline); NAN */
	int64_t success; /* boolean: the result and the experience both */
};

struct tend_survey { /* an answer to one */
	int64_t id, customer_id;
	const char *customer;
	struct tend_date date;
	const char *kind; /* nps, csat, ces */
	double score;
	double scale; /* the highest score */
	const char *direction; /* higher, lower: which end is good */
	const char *contact, *comment;
	const char *group; /* promoter passive detractor; satisfied neutral unsatisfied */
};

struct tend_content { /* of the catalogue, for everybody */
	int64_t id, minutes;
	const char *key, *title, *kind, *topic;
	const char *stage, *industry, *language; /* whom it fits; NULL: all */
	const char *link, *note;
	struct tend_date added, retired;
	int64_t sent; /* how often */
};

struct tend_sending { /* of content to a customer */
	int64_t id, customer_id;
	const char *customer, *content, *contact, *reaction, *note, *actor;
	struct tend_date date;
};

struct tend_gift {
	int64_t id, customer_id;
	const char *key, *customer, *title;
	struct tend_date date;
	const char *kind, *currency, *contact, *reason, *state;
	int64_t amount;
	/* Of its customer and year, minor units; spent: all that are given or planned in its currency. */
	int64_t budget, spent, budget_left;
};

struct tend_fee { /* a line of the customer's bill */
	int64_t id, customer_id;
	const char *key, *customer, *title;
	struct tend_date date;
	const char *kind, *currency;
	int64_t amount;
	const char *basis; /* what it is counted from: "20 seats x 30" */
	const char *explanation; /* in plain words, for the customer */
	int64_t hidden; /* boolean: neither in the contract nor announced */
	const char *flag; /* hidden, unexplained; NULL */
};

struct tend_segment { /* a saved expression over customers */
	int64_t id;
	const char *key, *title, *filter, *note;
	int64_t customers; /* derived: for how many it is true */
	const char *origin; /* derived: store, config */
};

struct tend_saved_view { /* filter, sort and columns of a list together */
	int64_t id;
	const char *key, *title, *page, *filter, *sort, *columns;
	int64_t rows; /* derived: how many it shows */
};

struct tend_complaint {
	int64_t id, customer_id;
	const char *key, *customer;
	struct tend_date opened, closed;
	const char *severity, *text; /* severity: low, medium, high, urgent */
	int64_t first_response; /* minutes */
	double rating; /* 1..5 */
	const char *contact, *owner;
	struct tend_date responded; /* the first answer */
	const char *recovery, *recovered_by; /* what was done about it, and who did it */
	const char *state; /* waiting (for an answer), late, answered, resolved */
	struct tend_date answered; /* as noted, from the minutes, or closed without an answer */
	struct tend_date answer_due, recovery_due; /* what was promised; none: nothing */
	int64_t late; /* boolean: a promise is or was broken; unknown where there is none */
	int64_t advocate; /* boolean: resolved, and rated 4 or 5; unknown before it is rated */
	int64_t days_open; /* to the day it was closed, else to the day */
};

struct tend_churn { /* a customer left, or said why */
	int64_t id, customer_id;
	const char *customer;
	struct tend_date date;
	const char *reason, *text;
};

struct tend_alert {
	int64_t id, customer_id;
	const char *customer;
	const char *name, *owner; /* the customer's */
	const char *rule, *severity; /* high, medium, low */
	const char *state; /* open, acked, snoozed, resolved */
	struct tend_date raised, last_seen;
	int64_t count;
	struct tend_date until; /* snoozed until */
	const char *title,
		*reason; /* title of the rule; reason: why it fired, or why it was snoozed */
	int64_t value_at_risk; /* minor units */
	const char *suggest; /* playbooks, comma-separated */
	const char *currency;
	const char *note; /* the reason given when it was snoozed or acknowledged */
};

struct tend_today_row {
	int64_t id, customer_id; /* id of the record that it is about */
	const char *kind; /* overdue, due, promise, complaint, alert, renewal */
	const char *customer, *name, *owner, *segment; /* the customer's */
	const char *
		subject; /* milestone KEY[#N], activity's number, complaint's key, rule key, "renewal" */
	const char *title;
	struct tend_date due;
	double rank;
	struct tend_terms terms; /* sum of the points is the rank */
	const char *severity;
	/* What the rank follows from, never printed; on which day it was made. */
	int64_t required; /* boolean: the milestone's */
	int64_t nth; /* of the customer's late milestones, by due date, from 1 */
	int64_t arr; /* the customer's, minor units */
	struct tend_date renewal, day; /* the customer's; the day */
	int64_t band; /* 0 late, 1 for the day itself, 2 for the coming days */
};

struct tend_history_row {
	int64_t id; /* journal entry */
	int64_t at; /* UTC seconds */
	struct tend_date day; /* the day that was worked on */
	const char *actor, *command, *summary;
	int64_t undone; /* boolean */
	int64_t changes; /* rows touched */
};

struct tend_change { /* of one field by an entry of the journal, or of a whole record */
	int64_t id;
	const char *customer; /* its key; NULL where the record is nobody's */
	const char *record, *name; /* the kind, and what it is called */
	const char *kind; /* the kind, for people */
	const char *action; /* added, changed, removed */
	const char *field, *before, *after; /* of changed ones; NULL: empty */
	const char *title; /* the field's, for people */
};

struct tend_template { /* a published journey */
	int64_t id;
	const char *key;
	int64_t version;
	const char *title, *text; /* text: the YAML as published */
	const char *source; /* built-in, config, store */
	int64_t customers; /* enrolled and running */
	struct tend_date published;
};

extern const struct tend_record_type tend_contact_type, tend_outcome_type, tend_survey_type,
	tend_gift_type, tend_content_type, tend_sending_type, tend_fee_type, tend_segment_type,
	tend_saved_view_type;
extern const struct tend_record_type tend_customer_type, tend_milestone_type, tend_item_type,
	tend_subscription_type, tend_point_type, tend_activity_type, tend_complaint_type,
	tend_churn_type, tend_alert_type, tend_today_type, tend_history_type, tend_change_type,
	tend_template_type, tend_run_type, tend_condition_type, tend_document_type;

#endif
