/* SPDX-License-Identifier: MIT */
/*
 * The store: the only module that knows SQL. Reads are bulk and ordered and leave no statement busy;
 * writes happen inside one transaction that is one journal entry.
 */
#ifndef TEND_STORE_H
#define TEND_STORE_H

#include <tend/error.h>
#include <tend/kind.h>
#include <tend/search.h>

struct tend_store;

enum tend_store_flags {
	TEND_STORE_CREATE = 1 << 0, /* a new file; an existing one is an error */
	TEND_STORE_READ_ONLY = 1 << 1,
};
/*
 * Checks what the file is before anything in it is read or run: application id, version, fingerprint
 * of the schema. An older version is migrated (with a verified backup beside it), a newer one refused.
 * TEND_UNAVAILABLE where it is missing, not a store, or busy.
 */
enum tend_status tend_store_open(
	const char *path, unsigned flags, struct tend_store **ret, struct tend_error *err);
void tend_store_close(struct tend_store *s);
const char *tend_store_path(const struct tend_store *s);
/* The version of the library that keeps the file, for `tend doctor`. */
const char *tend_store_library(void);
/* Changes whenever another program commits. */
int64_t tend_store_version(struct tend_store *s);
/* What is read until the release is as of one moment, and the lock for it is asked for once. Others can write
 * when it is over: keep it short. Holds may lie within holds; a transaction ends them. */
void tend_store_hold(struct tend_store *s);
void tend_store_release(struct tend_store *s);

/* Writing: begin takes the write lock (waits up to 5 s). `entry` is set for what a person does; NULL
 * for derived state, which is not journalled. An entry that touched no row leaves no trace. */
struct tend_journal_entry {
	int64_t at; /* UTC seconds */
	struct tend_date day;
	const char *actor, *command;
};
enum tend_status tend_store_begin(
	struct tend_store *s, const struct tend_journal_entry *entry, struct tend_error *err);
/* `summary` is what history shows. On failure the transaction is rolled back. `ret_changes` (may be NULL):
 * rows that the journal recorded. */
enum tend_status tend_store_commit(
	struct tend_store *s, const char *summary, int64_t *ret_changes, struct tend_error *err);
void tend_store_rollback(struct tend_store *s);

/* Which rows to read; arguments in brackets, as values in that order. All lists are ordered by the
 * customer's key, so that they can be walked side by side with CUSTOMERS, then as said; DUE, TODAY,
 * HISTORY and TEMPLATES only as said. */
enum tend_read {
	TEND_READ_CUSTOMERS, /* with derived state; by key */
	TEND_READ_CUSTOMER, /* [id] */
	/* As stored, their journey beside: derived fields unknown, a currency only where it is their own. */
	TEND_READ_CUSTOMERS_STORED,
	TEND_READ_CUSTOMER_STORED, /* by key; [id] */
	TEND_READ_CUSTOMER_KEYS, /* id, key, name only; by key */
	TEND_READ_CUSTOMERS_LIKE, /* [text]: key begins with it, or key or name equals it */
	TEND_READ_MILESTONES, /* all; by due, position, occurrence; derived fields not filled */
	TEND_READ_MILESTONES_OF, /* [customer id] */
	TEND_READ_MILESTONES_OWNED, /* [customer id]: open ones with an owner of their own */
	TEND_READ_MILESTONES_AHEAD_OF, /* [customer id, day]: open ones, and those done on the day or later */
	/* All that are todo, doing or blocked, with what judging them needs: no stage, items, owner, `after`. */
	TEND_READ_MILESTONES_OPEN,
	/* All that are done or skipped: customer, key, occurrence, state and done_on. */
	TEND_READ_MILESTONES_CLOSED,
	/* [key, key]: of the customers from the one to the other all but closed ones of playbooks, with what
	 * planning reads: no items, no owner. In brief: id, customer_id, key, occurrence, state, origin, titles,
	 * due, template_due, done_on, position. */
	TEND_READ_MILESTONES_PLANNED,
	TEND_READ_MILESTONES_DUE, /* [from day, to day]: open ones due in between, inclusive; by due */
	TEND_READ_MILESTONE, /* [id] */
	TEND_READ_ITEMS_OF, /* [milestone id]; by position */
	TEND_READ_ITEMS_OF_CUSTOMER, /* [customer id]; by milestone, position */
	TEND_READ_SUBSCRIPTION_KEYS, /* id, customer_id, key; by key */
	/* [metric, day]: its points by date, their day and value alone, those from the day on and the newest before. */
	TEND_READ_SERIES,
	TEND_READ_SERIES_OF, /* [customer id, metric, day] */
	TEND_READ_NEXT_METRIC_OF, /* [customer id, metric]: one row, of the metric that comes next by name */
	TEND_READ_PROMISES_OF, /* [customer id]: activities with a promise that is not kept; by its day */
	TEND_READ_ACTIVITIES_LAST, /* one a customer: its id, key and the newest date only */
	/* Whom records name: as activities with customer_id, date and contact only; in no order. _OF: [customer id] */
	TEND_READ_TOUCHES,
	TEND_READ_TOUCHES_OF,
	/* [day]: promises that are not kept, until that day at the latest; by the promised day. In brief: id, customer,
	 * promise, next_step, date, contact, promised. */
	TEND_READ_UNKEPT,
	TEND_READ_UNKEPT_OF, /* [customer id, day] */
	/* [day]: complaints that are not closed, opened by that day; by the day opened. In brief: id, key, customer,
	 * opened, severity, text, first_response, responded. */
	TEND_READ_COMPLAINTS,
	TEND_READ_COMPLAINTS_OF, /* [customer id, day] */
	TEND_READ_ALERTS, /* all but the resolved; newest first */
	TEND_READ_ALERTS_ALL,
	TEND_READ_ALERTS_QUIET, /* resolved by hand, and not to be raised again until a day */
	TEND_READ_ALERTS_OF, /* _OF: not resolved, [customer id] */
	TEND_READ_ALERTS_EVER_OF, /* [customer id]: those too; by rule */
	TEND_READ_ALERT, /* [id] */
	TEND_READ_TODAY, /* [limit, offset]: by rank, highest first; without terms */
	TEND_READ_TODAY_BANDS, /* [limit, offset]: by band, then by rank */
	TEND_READ_HISTORY, /* [limit (-1: all)]: newest first */
	TEND_READ_HISTORY_OF, /* [customer id] */
	/* [entry, limit]: its rows as recorded; record: the table, action: I, U or D, before and after: images
	 * as JSON, name: what the row is called while it is there, English and Chinese apart by \x1f. */
	TEND_READ_CHANGES,
	TEND_READ_RUNS, /* of playbooks; newest first */
	TEND_READ_RUNS_OF, /* [customer id] */
	TEND_READ_CONDITIONS, /* by name */
	TEND_READ_CONDITIONS_OF, /* [customer id] */
	TEND_READ_DOCUMENTS, /* without text; by kind, key, version */
	TEND_READ_DOCUMENT, /* [kind, key, version; version 0: the newest] */
	TEND_READ_TEMPLATES, /* without text; by key, version */
	TEND_READ_TEMPLATE, /* [key, version; version 0: the newest] */
	TEND_READ_COUNT
};
#define TEND_BRIEF_COLUMNS 12
/* The records of the list's kind, ordered as the kind says; those of all by the customer's key first where
 * each has one. Derived fields are unknown. */
enum tend_of {
	TEND_OF_ALL,
	TEND_OF_CUSTOMER, /* the customer's id */
	TEND_OF_CUSTOMER_OPEN, /* the same, those that are still to be looked after */
	TEND_OF_ID, /* the record's */
	TEND_OF_KEY,
};
enum tend_status tend_store_records(struct tend_store *s, enum tend_of of, struct tend_value arg,
	struct tend_list *list, struct tend_error *err);
/* The first `limit` (0: all) of them. */
enum tend_status tend_store_some(struct tend_store *s, enum tend_of of, struct tend_value arg,
	size_t limit, struct tend_list *list, struct tend_error *err);
/* How many records of a customer there are to tell of, by tab: open ones of kinds that can be open, all notes. */
enum tend_status tend_store_tab_counts(struct tend_store *s, int64_t customer_id,
	int64_t ret[TEND_TAB_NOTES + 1], struct tend_error *err);
/* Appends to `list` (initialised by the caller with the record type that the read gives). `title` is
 * picked in the current language; a milestone's overdue_days and waiting are not filled. */
enum tend_status tend_store_read(struct tend_store *s, enum tend_read what,
	const struct tend_value *args, size_t nargs, struct tend_list *list,
	struct tend_error *err);
/*
 * Reads all rows of a bulk read that is ordered by customer, and gives those of one customer after the other to
 * `each`, in a list that is emptied after it. `each` may read, and may not write; what it returns ends the
 * reading where it is not TEND_OK. Where `whole` says no to a row, only its first TEND_BRIEF_COLUMNS are filled.
 */
struct tend_walk {
	enum tend_read what;
	const struct tend_value *args;
	size_t nargs;
	const struct tend_record_type *type;
	bool (*whole)(const void *record); /* NULL: all are */
	enum tend_status (*each)(void *ctx, struct tend_list *list, struct tend_error *err);
	void *ctx;
};
enum tend_status tend_store_walk(
	struct tend_store *s, const struct tend_walk *w, struct tend_error *err);
/* Fills the customers' custom fields; `customer_id` 0 for all. */
enum tend_status tend_store_read_custom(struct tend_store *s, int64_t customer_id,
	struct tend_list *customers, struct tend_error *err);
/* The names of all custom fields in use, ordered; allocated in `arena`. */
enum tend_status tend_store_custom_names(struct tend_store *s, struct tend_arena *arena,
	const char *const **ret, size_t *ret_n, struct tend_error *err);

/* Rows of journalled types, by record type: insert sets `*ret_id`; update writes all stored fields of
 * the row with the record's id (TEND_NOT_FOUND where there is none). Only within begin and commit; a
 * write that fails leaves the transaction as it was before it. TEND_FAILED where the key is taken,
 * TEND_BAD_INPUT where a value is none of those allowed or a required one is missing. */
enum tend_status tend_store_insert(struct tend_store *s, const struct tend_record_type *t,
	const void *record, int64_t *ret_id, struct tend_error *err);
enum tend_status tend_store_update(struct tend_store *s, const struct tend_record_type *t,
	const void *record, struct tend_error *err);
enum tend_status tend_store_delete(
	struct tend_store *s, const struct tend_record_type *t, int64_t id, struct tend_error *err);
/* What planning may change of a milestone, and nothing else: key, stage, titles, dates, required, visible, after,
 * effort, position, repeats, projected. */
enum tend_status tend_store_replan(
	struct tend_store *s, const struct tend_milestone *m, struct tend_error *err);
/* Its key alone. */
enum tend_status tend_store_rename(
	struct tend_store *s, const struct tend_milestone *m, struct tend_error *err);
/* NULL value: the field goes. */
enum tend_status tend_store_set_custom(struct tend_store *s, int64_t customer_id, const char *name,
	const char *value, struct tend_error *err);

/* The enrolment of a customer: which journey at which version, counted from when. */
struct tend_enrollment {
	int64_t id, customer_id;
	char journey[TEND_KEY_MAX + 1];
	int64_t version;
	struct tend_date start;
};
/* id 0 where there is none. */
enum tend_status tend_store_enrollment(struct tend_store *s, int64_t customer_id,
	struct tend_enrollment *ret, struct tend_error *err);
/* Ends the running one, if any, and starts this one. */
enum tend_status tend_store_enroll(
	struct tend_store *s, struct tend_enrollment *e, struct tend_error *err);

/* Changes version and start of the enrolment with e->id: the same run of the journey goes on. */
enum tend_status tend_store_move_enrollment(
	struct tend_store *s, const struct tend_enrollment *e, struct tend_error *err);
/* The running ones of a journey, by customer id. Allocated. */
enum tend_status tend_store_enrollments(struct tend_store *s, const char *journey,
	struct tend_enrollment **ret, size_t *ret_n, struct tend_error *err);

/* Derived state, never journalled: one row per customer, and the queue of Today. */
enum tend_status tend_store_put_state(struct tend_store *s, const struct tend_customer *c,
	struct tend_date day, struct tend_error *err);
/* One row more, not counted. */
enum tend_status tend_store_put_today(
	struct tend_store *s, const struct tend_today_row *row, struct tend_error *err);
/* The columns that name a record, NULL-ended: the journal keeps them of each row that changes. The title in both
 * languages comes first. */
extern const char *const tend_store_naming[];

/* Makes the customer's rows of the queue these, one for each kind and record, and keeps how many they are; what is so
 * already is not written. After its state was put. */
enum tend_status tend_store_put_queue(struct tend_store *s, int64_t customer_id,
	const struct tend_today_row *rows, size_t n, struct tend_error *err);
/* Kept beside the records, never journalled: what conditions said (name, truth, ticked). Clearing forgets
 * all of a customer's. */
enum tend_status tend_store_put_condition(
	struct tend_store *s, const struct tend_condition *c, struct tend_error *err);
enum tend_status tend_store_clear_conditions(
	struct tend_store *s, int64_t customer_id, struct tend_error *err);
/* How many rows the queue has; of them late ones and high alerts. */
enum tend_status tend_store_today_count(
	struct tend_store *s, int64_t *ret_all, int64_t *ret_urgent, struct tend_error *err);
/* The customers whose state was not computed for `day`, ordered by id: at most `limit` ids. */
enum tend_status tend_store_stale(struct tend_store *s, struct tend_date day, int64_t *ids,
	size_t limit, size_t *ret_n, struct tend_error *err);
/* Ids of customers whose rows the last committed entry, undo or redo touched and that are still there,
 * ordered; within an open entry: those that it touched so far. Allocated. */
enum tend_status tend_store_touched(
	struct tend_store *s, int64_t **ret_ids, size_t *ret_n, struct tend_error *err);

/*
 * What a search looks in: what the store keeps of it, brought up to the journal's end. A handle of its own, so that
 * it can be had while it is wanted.
 */
struct tend_search_texts;
/*
 * Where nothing is kept yet, or another version of the program kept it, or a lot has changed since, all is read into
 * memory, and (part of it) is to be renewed; also where `held`, to be searched more than once. Else one search may
 * read what is kept as it goes, and until that or the closing other programs wait with their commits.
 */
enum tend_status tend_store_search_open(
	struct tend_store *s, bool held, struct tend_search_texts **ret, struct tend_error *err);
void tend_store_search_close(struct tend_store *s, struct tend_search_texts *x);
/* Reads the records of customers again that entries, undos and redos touched since: at most so many customers (0:
 * all). How many are left, and how many there were since the last time that none was. */
enum tend_status tend_store_search_renew(struct tend_store *s, struct tend_search_texts *x,
	size_t limit, size_t *ret_left, size_t *ret_all, struct tend_error *err);
enum tend_status tend_store_search_run(struct tend_store *s, struct tend_search_texts *x,
	const struct tend_search_words *w, const struct tend_search_how *how,
	struct tend_search_hits *ret, struct tend_error *err);
/* Its one search is over: it can still be kept, and nothing else. */
bool tend_store_search_is_used(const struct tend_search_texts *x);
/* Customers whose texts are not what the store keeps. */
size_t tend_store_search_changed(const struct tend_search_texts *x);
/* Keeps all of it in the store, in a transaction that is not journalled; where the store is busy, for reading only, or
 * has gone on, nothing happens. Not within a transaction, nor while customers are left. */
void tend_store_search_keep(struct tend_store *s, struct tend_search_texts *x);

/* Small settings (fixed day, language, theme, saved views). NULL value removes; get gives NULL where
 * it is not set; the caller frees it. */
enum tend_status tend_store_get(
	struct tend_store *s, const char *name, char **ret, struct tend_error *err);
enum tend_status tend_store_set(
	struct tend_store *s, const char *name, const char *value, struct tend_error *err);

/* Takes the newest entry back that is not undone, or does the newest undone one again. One transaction
 * of its own, or part of one that was begun without an entry. TEND_NOT_FOUND where there is none.
 * `row` (texts in `arena`) says what it was. */
enum tend_status tend_store_undo(struct tend_store *s, int64_t at, struct tend_date day,
	struct tend_arena *arena, struct tend_history_row *row, struct tend_error *err);
enum tend_status tend_store_redo(struct tend_store *s, int64_t at, struct tend_date day,
	struct tend_arena *arena, struct tend_history_row *row, struct tend_error *err);

/* Integrity, foreign keys, invariants of the journal and of the derived state. Appends what is wrong. */
enum tend_status tend_store_check(
	struct tend_store *s, struct tend_findings *findings, struct tend_error *err);
/* A verified copy in a new file, 0600, atomically. */
enum tend_status tend_store_backup(
	struct tend_store *s, const char *path, bool force, struct tend_error *err);
/* Puts a checked copy of the store file `from` in the place of `path`, whose present content is kept
 * beside it as a backup (`ret_kept`, allocated, may be NULL). */
enum tend_status tend_store_restore(
	const char *from, const char *path, char **ret_kept, struct tend_error *err);
struct tend_store_info {
	int64_t schema_version, customers, milestones, points, activities, entries, bytes;
};
enum tend_status tend_store_info(
	struct tend_store *s, struct tend_store_info *ret, struct tend_error *err);

#endif
