/* SPDX-License-Identifier: MIT */
/*
 * The use cases: what a person can do, one function each. Each write is one transaction and one
 * journal entry that undo takes back, and brings the derived state of the customers that it touched up
 * to the day. The screen and the command line can do nothing but call these.
 */
#ifndef TEND_APP_H
#define TEND_APP_H

#include <tend/capacity.h>
#include <tend/error.h>
#include <tend/exchange.h>
#include <tend/journey.h>
#include <tend/kind.h>
#include <tend/page.h>
#include <tend/people.h>
#include <tend/settings.h>
#include <tend/theme.h>

struct tend_app;

struct tend_app_options {
	const char *store; /* --db; NULL: $TEND_DB, else $XDG_DATA_HOME/tend/tend.db */
	struct tend_date
		today; /* --today or $TEND_TODAY; TEND_NO_DATE: the store's fixed day, else clock */
	int64_t (*clock)(void *ctx); /* UTC seconds */
	void *clock_ctx;
	int utc_offset; /* seconds to add to the clock for the local day */
	const char *actor; /* who; NULL: $USER, else as the system names who runs this */
	const char *command; /* what history shows: "tend done acme handover", "workbench" */
	const char *config_dir; /* NULL: tend_config_dir() */
	bool dry_run; /* every write is rolled back after it was tried */
	bool lazy; /* the workbench: do not bring derived state up to the day while opening */
	/* Where no file is at the store's path, go without: journeys, settings and the user's own fields are then
	 * those of the config folder and the built-in ones. Nothing else may be called with such a handle. */
	bool storeless;
};
enum tend_status tend_app_open(
	const struct tend_app_options *o, struct tend_app **ret, struct tend_error *err);
void tend_app_close(struct tend_app *a);
/* Creates a store; `sample` puts the sample book into it. */
enum tend_status tend_app_init(
	const struct tend_app_options *o, bool sample, struct tend_error *err);

/* What is read until the release is as of one moment; see tend_store_hold. NULL is fine. */
void tend_app_hold(struct tend_app *a);
void tend_app_release(struct tend_app *a);

struct tend_date tend_app_today(const struct tend_app *a);
bool tend_app_day_is_fixed(const struct tend_app *a); /* not the clock's: shown as a badge */
const char *tend_app_store_path(const struct tend_app *a);
void tend_app_set_command(struct tend_app *a, const char *command);
int64_t tend_app_now(const struct tend_app *a);
/* True once after another program changed the store, or midnight passed. */
bool tend_app_changed_outside(struct tend_app *a);

/* --- reading --- */
struct tend_query {
	const char *filter; /* expression; functions only over customers; NULL */
	const char *sort; /* "-arr,name"; NULL: the list's own order */
	size_t limit; /* 0: all */
	/* Only of the customers of a saved segment; TEND_NOT_FOUND where there is none of the key. */
	const char *segment;
	bool exact; /* a filter that is no expression is an error, never words to look for */
};
/* Lists are initialised here; the caller finishes them, also after an error. */
enum tend_status tend_app_customers(struct tend_app *a, const struct tend_query *q,
	struct tend_list *ret, struct tend_error *err);
/* What a filter of such records may name: of customers also functions, the team's fields and segments. `a` NULL:
 * fields and functions alone. */
void tend_app_names(struct tend_app *a, const struct tend_record_type *t, struct tend_arena *arena,
	struct tend_names *ret);
/* One of the fields that the team declares: its type and title, until the next write; false where there is none. */
bool tend_app_own_field(
	struct tend_app *a, const char *name, enum tend_type *ret_type, const char **ret_title);
/* Which customers a page of the workbench lists, as a filter, "" all; NULL where it lists something else. */
const char *tend_app_page_filter(const char *page);
/* What an expression, which may call functions, says about each of these customers (derived fields filled).
 * A metric that nobody knows is TEND_USAGE. */
enum tend_status tend_app_truths(struct tend_app *a, const struct tend_expr *e,
	const struct tend_list *customers, enum tend_truth *ret, struct tend_error *err);
/* Why an expression says what it says about one customer on the day, as rows of tend_trace_type (see
 * tend/expr.h): the conditions of a milestone ("KEY[#N]", also one that the plan does not have; `note` says what
 * became of it by them), or a filter of customers. */
enum tend_status tend_app_explain_condition(struct tend_app *a, int64_t customer_id,
	const char *milestone, struct tend_list *ret, struct tend_str *note,
	struct tend_error *err);
enum tend_status tend_app_explain_filter(struct tend_app *a, int64_t customer_id,
	const char *filter, struct tend_list *ret, struct tend_error *err);
/* The same of a record: how far an outcome is and whether it is a success, down to the points of its signal; whether a
 * contact is silent; what a gift leaves of the budget. Of other kinds there are no rows. */
enum tend_status tend_app_explain_record(struct tend_app *a, const struct tend_record_type *t,
	const char *name, struct tend_list *ret, struct tend_error *err);
/* CUSTOMER: key, unique prefix of it, or exact name. Several: TEND_NOT_FOUND with the candidates. */
enum tend_status tend_app_find_customer(
	struct tend_app *a, const char *customer, int64_t *ret_id, struct tend_error *err);
/* One record in the list. */
enum tend_status tend_app_customer(
	struct tend_app *a, int64_t id, struct tend_list *ret, struct tend_error *err);
/* customer_id 0: all. */
enum tend_status tend_app_milestones(struct tend_app *a, int64_t customer_id,
	const struct tend_query *q, struct tend_list *ret, struct tend_error *err);
enum tend_status tend_app_due(struct tend_app *a, struct tend_duration within, bool overdue,
	const struct tend_query *q, struct tend_list *ret, struct tend_error *err);
enum tend_status tend_app_items(
	struct tend_app *a, int64_t milestone_id, struct tend_list *ret, struct tend_error *err);
enum tend_status tend_app_alerts(struct tend_app *a, int64_t customer_id, bool all,
	const struct tend_query *q, struct tend_list *ret, struct tend_error *err);
enum tend_status tend_app_today_queue(struct tend_app *a, const struct tend_query *q,
	struct tend_list *ret, struct tend_error *err);
/* The same in the order of the screen: by band, then by rank; at most `limit` (0: all). How many there
 * are without a limit, and late ones and high alerts among those. */
enum tend_status tend_app_today_bands(struct tend_app *a, size_t limit, struct tend_list *ret,
	size_t *ret_all, size_t *ret_urgent, struct tend_error *err);
enum tend_status tend_app_history(struct tend_app *a, int64_t customer_id, struct tend_date since,
	const struct tend_query *q, struct tend_list *ret, struct tend_error *err);
/* What an entry changed, one row for each field of a changed record, one for a record that was added or
 * removed; of its first 500 rows. TEND_NOT_FOUND where there is no such entry. */
enum tend_status tend_app_history_entry(
	struct tend_app *a, int64_t id, struct tend_list *ret, struct tend_error *err);
/* The records of a kind (kind.h), of a customer (0: of all and of nobody). */
enum tend_status tend_app_records(struct tend_app *a, const struct tend_record_type *t,
	int64_t customer_id, const struct tend_query *q, struct tend_list *ret,
	struct tend_error *err);
/* The profile of a customer: the fields that config: files declare in sections (man tend-journey(5)), by section. */
struct tend_profile_field {
	const char *section, *field, *title; /* titles in the current language */
	const char *value; /* as stored; NULL where it is not known */
	const char *shown; /* as people read it */
	const char *type, *values, *hint; /* type: text, number, date, yes-no */
	const char *const *words,
		*const *word_titles; /* what it may be, NULL-ended; NULL where free */
};
struct tend_profile_row { /* of a customer */
	int64_t customer_id;
	const char *customer, *name, *owner;
	int64_t known, fields;
	double share; /* known of fields; NAN where there are none */
	const char *missing; /* fields, comma-separated */
};
extern const struct tend_record_type tend_profile_field_type, tend_profile_row_type;
enum tend_status tend_app_profile(
	struct tend_app *a, int64_t customer_id, struct tend_list *ret, struct tend_error *err);
enum tend_status tend_app_profiles(struct tend_app *a, const struct tend_query *q,
	struct tend_list *ret, struct tend_error *err);
/* What a field of the user's own and its value are called, where a config: file says it; else as they are. */
void tend_app_custom_shown(struct tend_app *a, const char *name, const char *value,
	const char **ret_title, const char **ret_shown);
/* TEND_USAGE where one of them is no field of the profile; they are set by tend_app_customer_set. */
struct tend_assignment;
enum tend_status tend_app_profile_check(
	struct tend_app *a, const struct tend_assignment *fields, size_t n, struct tend_error *err);

/* A row (tend_stakeholder_type) for each customer who is neither churned nor pooled, or for one whoever it is. */
enum tend_status tend_app_stakeholders(struct tend_app *a, int64_t customer_id,
	const struct tend_query *q, struct tend_list *ret, struct tend_error *err);
/* The contacts of a customer who are there, those of most influence first, then the nearest to us, then by name. */
enum tend_status tend_app_people(
	struct tend_app *a, int64_t customer_id, struct tend_list *ret, struct tend_error *err);
/* What of the catalogue fits a customer's stage, industry and languages and was not sent to it yet, what fits in
 * most ways first. */
struct tend_fit {
	const char *key, *title, *kind, *topic, *stage, *industry, *language, *link;
	const char *why; /* in the current language */
	int64_t matches; /* in how many ways it fits */
	struct tend_date added;
};
extern const struct tend_record_type tend_fit_type;
enum tend_status tend_app_content_fit(
	struct tend_app *a, int64_t customer_id, struct tend_list *ret, struct tend_error *err);
/* The kinds themselves, and the fields of one (TEND_NOT_FOUND), in the current language. */
struct tend_kind_row {
	const char *kind, *import; /* noun and plural */
	const char *belongs; /* customer, any, nobody */
	const char *title, *help;
};
struct tend_kind_field {
	const char *field, *type, *given; /* given: always, when-added, never */
	const char *values, *refers, *title;
	const char *initial; /* what it is where a new record does not say: a word, or "today" */
	const char *not_before; /* the date that it must not lie before */
	int64_t required; /* boolean */
	int64_t min, max; /* max: bytes of a text, else the largest number */
};
extern const struct tend_record_type tend_kind_row_type, tend_kind_field_type;
void tend_app_kinds(struct tend_list *ret);
enum tend_status tend_app_kind_fields(
	const char *noun, struct tend_list *ret, struct tend_error *err);
/* The one in the list: by its key or its number. TEND_NOT_FOUND. */
enum tend_status tend_app_record(struct tend_app *a, const struct tend_record_type *t,
	const char *name, struct tend_list *ret, struct tend_error *err);

/*
 * What a person may mean in a field of a record of that customer (0: of nobody): for references the keys of the
 * records, else names and words that are in use; texts live in `arena`, as a person reads them. `detail` says more of
 * it, or is NULL. Which fields have some is known beforehand.
 */
struct tend_proposal {
	const char *text, *detail;
};
bool tend_app_proposes(const struct tend_field *f);
enum tend_status tend_app_proposals(struct tend_app *a, const struct tend_field *f,
	int64_t customer_id, struct tend_arena *arena, struct tend_proposal **ret, size_t *ret_n,
	struct tend_error *err);

/* Searching everything (tend/search.h), best hits first. */
struct tend_found {
	int64_t customer_id, id; /* of the customer (0: nobody's) and of the record */
	const char *customer, *name; /* the customer's key and name; NULL */
	const char *kind; /* "customer", "milestone", or a kind's noun */
	const char *record; /* key or number; KEY[#N] of a milestone */
	const char *title; /* what it is called, its first line where that is a text */
	const char *
		where; /* the line with the hit, after the title of its field; NULL where that is the title */
	int64_t score;
};
extern const struct tend_record_type tend_found_type;
struct tend_search_for {
	const char *text;
	const char *kind; /* of which alone; NULL: any */
	size_t limit; /* 0: all */
	bool as_it_is; /* look in what is held, without bringing it up to date */
};
/* `ret_all`: how many there are without the limit. TEND_USAGE where nothing is searched for, or no such kind. */
enum tend_status tend_app_search(struct tend_app *a, const struct tend_search_for *q,
	struct tend_list *ret, size_t *ret_all, struct tend_error *err);
/* Brings what is looked in up to date, at most so many customers (0: all); how many are left of how many. With `hold`
 * it stays in memory for many searches; else one search is to follow at once. A search does this by itself. */
enum tend_status tend_app_search_renew(struct tend_app *a, bool hold, size_t limit,
	size_t *ret_left, size_t *ret_all, struct tend_error *err);
/* Keeps it in the store where at least so many customers differ from what is kept there; not in a dry run, and never
 * waiting for anybody. */
void tend_app_search_keep(struct tend_app *a, size_t least);
void tend_app_search_forget(struct tend_app *a); /* gives up the memory */

/* The points of one customer, as tend_app_records gives them, in brief: per metric its title, 30 days
 * against the 30 before (sums of a counter, averages of a gauge), twelve months and spans; in `arena`. */
void tend_app_usage(struct tend_app *a, const struct tend_list *points, struct tend_arena *arena,
	const struct tend_pack_usage **ret, size_t *ret_n);

/* What a milestone's template says beside its row; texts in `arena`, NULL where it says nothing. */
struct tend_milestone_detail {
	const char *guide, *deliverable, *stage_title;
};
enum tend_status tend_app_milestone_detail(struct tend_app *a, const struct tend_milestone *m,
	struct tend_arena *arena, struct tend_milestone_detail *ret, struct tend_error *err);
/* A stage's title in the journey KEY@VERSION (NULL: none), until the next write; NULL where that has no such stage. */
const char *tend_app_stage_title(struct tend_app *a, const char *journey, const char *stage);
/* tend_list_sort, for a list of customers by stage in the order of their journeys' stages. */
enum tend_status tend_app_sort(
	struct tend_app *a, struct tend_list *list, const char *fields, struct tend_error *err);
/* The stages of a customer's journey with their first days; none where it has no journey. */
enum tend_status tend_app_stages(struct tend_app *a, const struct tend_customer *c,
	struct tend_arena *arena, struct tend_pack_stage **ret, size_t *ret_n,
	struct tend_error *err);

/* --- writing --- */
/* What was done, for the status row and stderr; texts in `arena`. */
struct tend_done {
	struct tend_arena arena;
	const char *summary;
	const char *warning; /* "3 of 4 items are open", NULL */
	int64_t changes; /* 0: nothing to do, no entry */
	int64_t added; /* the number of the record of a kind that was added, the last of several; 0 */
};
void tend_done_finish(struct tend_done *d);

struct tend_assignment {
	const char *field, *value;
};
/* The fields of `customer add`: key, name, started required; term, arr, journey and others optional. */
enum tend_status tend_app_customer_add(struct tend_app *a, const struct tend_assignment *fields,
	size_t n, struct tend_done *ret, struct tend_error *err);
/* Several customers at once are one entry. FIELD may be a custom one that exists or is declared.
 * Changing `started` or `term` moves the open milestones of the running journey; done ones stay. */
enum tend_status tend_app_customer_set(struct tend_app *a, const int64_t *ids, size_t nids,
	const struct tend_assignment *fields, size_t n, struct tend_done *ret,
	struct tend_error *err);

/* The same change to many customers, which is one entry. */
struct tend_bulk {
	const int64_t *ids;
	size_t nids;
	const struct tend_assignment
		*fields; /* as of customer_set; "tags+" and "tags-" add some and take some away */
	size_t n;
	/* With `owner`: the customer's open milestones that have an owner of their own, the same as it had, go along;
	 * those that have none follow the customer anyway. */
	bool milestones;
};
/* What would change, one row a field (tend_change_type): `customer` its key, `record` customer or milestone, `name`. */
enum tend_status tend_app_bulk_preview(struct tend_app *a, const struct tend_bulk *b,
	struct tend_list *ret, struct tend_error *err);
enum tend_status tend_app_bulk_set(struct tend_app *a, const struct tend_bulk *b,
	struct tend_done *ret, struct tend_error *err);

/* States: todo, doing, blocked, done, skipped; `reason` for blocked and skipped (may be NULL). */
enum tend_status tend_app_milestone_state(struct tend_app *a, const int64_t *ids, size_t n,
	const char *state, const char *reason, struct tend_done *ret, struct tend_error *err);
/* "KEY[#N]" of a customer: the given or, where it repeats and none is given, the first open one. */
enum tend_status tend_app_find_milestone(struct tend_app *a, int64_t customer_id, const char *name,
	int64_t *ret_id, struct tend_error *err);
/* Fields: due, owner, title, required, visible. */
enum tend_status tend_app_milestone_set(struct tend_app *a, const int64_t *ids, size_t nids,
	const struct tend_assignment *fields, size_t n, struct tend_done *ret,
	struct tend_error *err);
/* A milestone of the customer's own: fields key, title, stage, due. */
enum tend_status tend_app_milestone_add(struct tend_app *a, int64_t customer_id,
	const struct tend_assignment *fields, size_t n, struct tend_done *ret,
	struct tend_error *err);
/* Milestones of the customer's own (origin "added") go; any other is TEND_USAGE. */
enum tend_status tend_app_milestone_remove(struct tend_app *a, const int64_t *ids, size_t n,
	struct tend_done *ret, struct tend_error *err);
enum tend_status tend_app_item_check(struct tend_app *a, int64_t item_id, int64_t milestone_id,
	bool done, struct tend_done *ret, struct tend_error *err);

/* A contact that was made, and what it leaves to do; NULL where there is nothing to say. */
struct tend_log {
	const char *kind, *text, *contact; /* kind NULL: a note */
	struct tend_date date; /* TEND_NO_DATE: today */
	const char *promise, *next_step;
	struct tend_date by; /* until when it is promised, or TEND_NO_DATE */
};
enum tend_status tend_app_log(struct tend_app *a, const int64_t *customer_ids, size_t n,
	const struct tend_log *what, struct tend_done *ret, struct tend_error *err);

enum tend_status tend_app_alert_ack(struct tend_app *a, const int64_t *ids, size_t n,
	const char *note, struct tend_done *ret, struct tend_error *err);
enum tend_status tend_app_alert_snooze(struct tend_app *a, const int64_t *ids, size_t n,
	struct tend_date until, const char *reason, struct tend_done *ret, struct tend_error *err);
enum tend_status tend_app_alert_resolve(struct tend_app *a, const int64_t *ids, size_t n,
	const char *note, struct tend_done *ret, struct tend_error *err);

/* The last n entries, all of them or (TEND_NOT_FOUND) none. */
enum tend_status tend_app_undo(
	struct tend_app *a, int n, struct tend_done *ret, struct tend_error *err);
enum tend_status tend_app_redo(
	struct tend_app *a, int n, struct tend_done *ret, struct tend_error *err);
/* What `u` would take back ("milestone kickoff done"); NULL where nothing. Allocated. */
char *tend_app_undo_summary(struct tend_app *a);

/* Notes that content of the catalogue was sent to customers, in one entry; `date` TEND_NO_DATE: today. What is
 * retired by then is refused. */
enum tend_status tend_app_content_send(struct tend_app *a, const char *name, const int64_t *ids,
	size_t n, const char *contact, struct tend_date date, struct tend_done *ret,
	struct tend_error *err);
/* Says by hand what an outcome has come to; `date` TEND_NO_DATE: today. */
enum tend_status tend_app_outcome_measure(struct tend_app *a, const char *name, const char *value,
	struct tend_date date, struct tend_done *ret, struct tend_error *err);
/*
 * Records of a kind from FIELD=VALUE, of a customer or (0) of nobody; a missing date is the day, a missing key is
 * made from the customer's. `name`: the record's key or its number.
 */
enum tend_status tend_app_record_add(struct tend_app *a, const struct tend_record_type *t,
	int64_t customer_id, const struct tend_assignment *fields, size_t n, struct tend_done *ret,
	struct tend_error *err);
/* The same for each of these customers, in one entry. */
enum tend_status tend_app_record_add_each(struct tend_app *a, const struct tend_record_type *t,
	const int64_t *customer_ids, size_t ncustomers, const struct tend_assignment *fields,
	size_t n, struct tend_done *ret, struct tend_error *err);
enum tend_status tend_app_record_set(struct tend_app *a, const struct tend_record_type *t,
	const char *name, const struct tend_assignment *fields, size_t n, struct tend_done *ret,
	struct tend_error *err);
enum tend_status tend_app_record_remove(struct tend_app *a, const struct tend_record_type *t,
	const char *name, struct tend_done *ret, struct tend_error *err);

/* --- journeys --- */
/* Without an app only what the file itself says and the built-in files are known. */
enum tend_status tend_app_check(struct tend_app *a_or_null, const char *path,
	struct tend_findings *findings, struct tend_error *err);
/* The paths, folders replaced by the YAML files in them at any depth, by name; all allocated. */
char **tend_app_yaml_files(const char *const *paths, size_t n, size_t *ret_n);
/* What came of one file; the caller finishes the findings. */
struct tend_checked {
	enum tend_status status;
	struct tend_error err; /* where it could not be read at all */
	struct tend_findings findings; /* sorted */
};
/* Files that are checked together know each other, before all other files. `ret` has n members. */
void tend_app_check_files(
	struct tend_app *a_or_null, const char *const *paths, size_t n, struct tend_checked *ret);
/* As tend_app_check, of a journey by its name; the text that the findings' lines count in is allocated. What is wrong
 * with it is no failure. */
enum tend_status tend_app_journey_check(struct tend_app *a, const char *name,
	struct tend_findings *findings, char **ret_text, struct tend_error *err);
/* Published, config and built-in ones, also those that are wrong; `text` not filled. */
enum tend_status tend_app_journeys(
	struct tend_app *a, struct tend_list *ret, struct tend_error *err);
/* KEY or KEY@VERSION, or the path of a file; the caller destroys it. `findings` may be NULL. */
enum tend_status tend_app_journey(struct tend_app *a, const char *name,
	struct tend_findings *findings, struct tend_journey **ret, struct tend_error *err);
/* Its YAML text, allocated. */
enum tend_status tend_app_journey_text(
	struct tend_app *a, const char *name, char **ret, struct tend_error *err);
struct tend_preview_row {
	const char *key;
	int64_t occurrence;
	const char *stage, *title;
	struct tend_date due;
	int64_t required, visible; /* booleans */
	const char *after;
	int64_t conditional; /* boolean */
	/* Beside the fields of the list: minutes, -1 where it says none; not a workday of the journey's calendar. */
	int64_t effort, day_off;
};
extern const struct tend_record_type tend_preview_type;
/* `set`: customer fields for conditions; those found false drop out. */
enum tend_status tend_app_journey_preview(struct tend_app *a, const char *name,
	struct tend_date start, struct tend_duration term, const struct tend_assignment *set,
	size_t nset, struct tend_list *ret, struct tend_findings *findings, struct tend_error *err);
enum tend_status tend_app_journey_publish(struct tend_app *a, const char *path,
	struct tend_findings *findings, struct tend_done *ret, struct tend_error *err);
/*
 * A file of any kind; a journey as tend_app_journey_publish. A playbook's version never changes; other kinds have
 * none, and what is published again replaces what was.
 */
enum tend_status tend_app_publish(struct tend_app *a, const char *path,
	struct tend_findings *findings, struct tend_done *ret, struct tend_error *err);
/* Files of every kind but journeys (tend_document_type, without texts): published, config, built in. */
enum tend_status tend_app_documents(struct tend_app *a, const struct tend_query *q,
	struct tend_list *ret, struct tend_error *err);
/* The YAML text of KEY or KEY@VERSION of a kind, allocated. */
enum tend_status tend_app_document_text(
	struct tend_app *a, const char *kind, const char *name, char **ret, struct tend_error *err);
/*
 * start TEND_NO_DATE: the customer's. `journey` NULL: that of the next term, which each customer's own names (`next`),
 * else the same again, from the first day of the term that begins nearest to the day.
 */
enum tend_status tend_app_journey_enroll(struct tend_app *a, const int64_t *ids, size_t n,
	const char *journey, struct tend_date start, struct tend_done *ret, struct tend_error *err);

/* How two journeys differ (tend/upgrade.h); each KEY[@V] or the path of a file. */
enum tend_status tend_app_journey_diff(struct tend_app *a, const char *then, const char *now,
	struct tend_list *ret, struct tend_findings *findings, struct tend_error *err);
/* A line of a plan: what an upgrade, or other dates, do to a milestone of a customer. */
struct tend_plan_line {
	int64_t customer_id;
	const char *customer, *key;
	int64_t occurrence;
	const char *action; /* added, moved, changed, retired, kept-done, kept-edited, conflict */
	const char *title;
	struct tend_date due_before, due_after; /* none before it is added, none after it went */
	const char *detail; /* NULL where the dates say all */
};
extern const struct tend_record_type tend_plan_type;
/*
 * What the step to a version of their journey would do: to these customers, or (n 0) to all that follow it at
 * another version. `journey`: KEY (the newest published), KEY@V, or the path of a file that need not be
 * published. Nothing is written; `done` says how many customers and changes it would be.
 */
enum tend_status tend_app_journey_plan(struct tend_app *a, const char *journey, const int64_t *ids,
	size_t n, struct tend_list *ret, struct tend_findings *findings, struct tend_done *done,
	struct tend_error *err);
/* Does it, in one entry; publishes the version first where it is not yet. A second time changes nothing. */
enum tend_status tend_app_journey_apply(struct tend_app *a, const char *journey, const int64_t *ids,
	size_t n, struct tend_done *ret, struct tend_error *err);
/* What tend_app_customer_set with these fields (of which `started` and `term` count) would do to the open
 * milestones: the same lines. Empty where no date moves. */
enum tend_status tend_app_dates_plan(struct tend_app *a, const int64_t *ids, size_t nids,
	const struct tend_assignment *fields, size_t n, struct tend_list *ret,
	struct tend_error *err);

/* --- playbooks --- */
struct tend_playbook_row {
	const char *key;
	int64_t version;
	const char *title;
	int64_t steps, effort; /* effort: minutes of all steps that say it */
	const char *source; /* store, config, built-in */
	int64_t running; /* customers for whom milestones of it are open */
	const char *suggested; /* the rules of alerts that suggest it, comma-separated; NULL */
	int64_t suits; /* boolean: its condition is true; unknown where no customer was asked about */
	const char *when; /* NULL: it suits everybody */
};
extern const struct tend_record_type tend_playbook_row_type;
/*
 * Published, config and built-in ones. With customers `running`, `suggested` and `suits` are about them (suits: all
 * of them), each key is there once, as it would be run, and what alerts suggest comes first.
 */
enum tend_status tend_app_playbooks(struct tend_app *a, const int64_t *ids, size_t n,
	const struct tend_query *q, struct tend_list *ret, struct tend_error *err);
/* What was run, newest first; customer_id 0: of all. */
enum tend_status tend_app_runs(struct tend_app *a, int64_t customer_id, const struct tend_query *q,
	struct tend_list *ret, struct tend_error *err);
/*
 * Adds the steps of a playbook (KEY or KEY@VERSION) to the plans of customers, counted from `day` (TEND_NO_DATE:
 * today), in one entry, and publishes it where it is not. Not for those who have open milestones of it already;
 * not the steps whose condition is not true. Both are said, as is whom it does not suit.
 */
enum tend_status tend_app_playbook_run(struct tend_app *a, const char *name, const int64_t *ids,
	size_t n, struct tend_date day, struct tend_done *ret, struct tend_error *err);
/* What that would add (tend_plan_type), with what it would say. */
enum tend_status tend_app_playbook_plan(struct tend_app *a, const char *name, const int64_t *ids,
	size_t n, struct tend_date day, struct tend_list *ret, struct tend_done *done,
	struct tend_error *err);

/* --- capacity --- */
struct tend_capacity_query {
	const char *owner; /* NULL: all */
	int weeks; /* from 1 to TEND_CAPACITY_WEEKS_MAX */
	/* As if this version (as in tend_app_journey_plan) were applied to all who follow the journey; NULL. */
	const char *journey;
	const struct tend_query *query; /* filter, order, limit of the rows; NULL */
};
/*
 * The hours that open milestones promise; of customers that are churned or pooled only those of playbooks. One that
 * says no effort counts with the median of its journey. `note` (may be NULL) gets lines that say what was assumed.
 */
enum tend_status tend_app_capacity(struct tend_app *a, const struct tend_capacity_query *q,
	struct tend_list *ret, struct tend_str *note, struct tend_error *err);
/* The milestones behind the hours of an owner (NULL: nobody) in a week, with what each counts as `effort`: due
 * in it and, where it is that of the day, late ones. `journey` as in the query; what it would add has no id. */
enum tend_status tend_app_capacity_milestones(struct tend_app *a, const char *owner,
	struct tend_date week, const char *journey, struct tend_list *ret, struct tend_error *err);

/* --- in and out --- */
struct tend_import_options {
	const char *map; /* a path, or the key of a map that is at hand; NULL: none */
	bool partial; /* take the good rows and write the others to PATH.rejected.csv */
	bool force; /* replace one that is there with other rows; the same one is kept without */
};
/* `o` NULL: no map, all rows or none. */
enum tend_status tend_app_import(struct tend_app *a, const char *kind, const char *path,
	const struct tend_import_options *o, struct tend_import_report *ret, struct tend_done *done,
	struct tend_error *err);
/* tend_map_propose of a file. */
enum tend_status tend_app_inspect(
	const char *path, const char *kind, struct tend_str *ret, struct tend_error *err);
/* The text of one customer's renewal checklist. */
enum tend_status tend_app_renewal_pack(struct tend_app *a, int64_t customer_id,
	enum tend_pack_format format, struct tend_str *out, struct tend_error *err);
/* KEY-renewal.ENDING; a key that no file name can have comes safe and with a hash. Allocated. */
char *tend_app_renewal_file(const struct tend_customer *c, enum tend_pack_format format);
/* Customers whose renewal lies between today and today + within. */
enum tend_status tend_app_renewals_within(struct tend_app *a, struct tend_duration within,
	struct tend_list *ret, struct tend_error *err);

/* --- the store and settings --- */
/* Brings derived state up to the day for up to `limit` customers (0: all); *ret_left: how many are left. */
enum tend_status tend_app_evaluate(
	struct tend_app *a, size_t limit, size_t *ret_left, struct tend_error *err);
/* For how many customers that would have to be done. */
enum tend_status tend_app_stale(struct tend_app *a, size_t *ret_n, struct tend_error *err);
enum tend_status tend_app_store_check(
	struct tend_app *a, struct tend_findings *findings, struct tend_error *err);
enum tend_status tend_app_store_backup(
	struct tend_app *a, const char *path, bool force, struct tend_error *err);
enum tend_status tend_app_store_restore(const struct tend_app_options *o, const char *from,
	char **ret_kept, struct tend_error *err);
/* `tend doctor`: one thing that was looked at. */
struct tend_checkup {
	const char *area; /* "path", "config" … */
	const char *name, *value;
	const char *state; /* "ok", "warning", "error" */
	const char *note; /* what is to be said about it; NULL */
};
extern const struct tend_record_type tend_checkup_type;
/* Adds one; `fmt` is the note (NULL: none). Texts are copied. */
void tend_checkup_add(struct tend_list *list, const char *area, const char *name, const char *value,
	const char *state, const char *fmt, ...) __attribute__((format(printf, 6, 7)));
/* Adds the store, the folders and the files of the team: whether they are there, can be written and read. No
 * store is needed. */
void tend_app_doctor(const struct tend_app_options *o, struct tend_list *list);

struct tend_setting {
	const char *name, *value;
};
extern const struct tend_record_type tend_setting_type;
enum tend_status tend_app_store_info(
	struct tend_app *a, struct tend_list *ret, struct tend_error *err);
enum tend_status tend_app_store_generate(
	const struct tend_app_options *o, int64_t customers, int64_t seed, struct tend_error *err);
/* Settings of the store (lang, theme, …); NULL where not set; the caller frees it. */
char *tend_app_setting(struct tend_app *a, const char *name);
/* lang (en, zh), theme (one that is there), today (a date: the store's fixed day); "" or NULL takes
 * it back. */
enum tend_status tend_app_set_setting(
	struct tend_app *a, const char *name, const char *value, struct tend_error *err);
/* By name: from the config folder, then built in. */
enum tend_status tend_app_theme(
	struct tend_app *a, const char *name, struct tend_theme **ret, struct tend_error *err);
/* All `keys:` files of the config folder, in order; NULL list where none. */
enum tend_status tend_app_keys(struct tend_app *a, struct tend_keys_file ***ret, size_t *ret_n,
	struct tend_findings *findings, struct tend_error *err);

#endif
