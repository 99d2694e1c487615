/* SPDX-License-Identifier: MIT */
/* The inside of the app layer: the handle, and what the use cases share. */
#ifndef APP_INSIDE_H
#define APP_INSIDE_H

#include <tend/app.h>
#include <tend/store.h>
#include <tend/str.h>
#include <tend/yaml.h>

#include "sources.h"

/* Ids, each once after ids_settle(). */
struct ids {
	int64_t *items;
	size_t n, cap;
};
void ids_add(struct ids *ids, int64_t id);
void ids_settle(struct ids *ids); /* sorts and removes doubles */
void ids_finish(struct ids *ids);

/* A published journey, parsed; kept for the life of the handle. */
struct kept_journey {
	char *name; /* KEY@VERSION */
	struct tend_journey *journey; /* NULL where it cannot be read */
};

/* Milestones that conditions did, added and took out again. */
struct condition_changes {
	int64_t done, added, gone;
};

/* A playbook as it was run, parsed; kept for the life of the handle. */
struct kept_playbook {
	char *name; /* KEY@VERSION */
	struct tend_playbook *playbook; /* NULL where it cannot be read */
};

struct tend_app {
	struct tend_store *store; /* NULL: none, see tend_app_options.storeless */
	struct tend_search_texts *search; /* NULL until something is searched for */
	char *path;
	char *actor, *command; /* actor: NULL until app_actor() is asked */
	struct sources sources;
	struct tend_date today;
	bool today_given; /* by an option, the environment or the store */
	int64_t (*clock)(void *ctx);
	void *clock_ctx;
	int utc_offset;
	bool dry_run;
	bool unwritable; /* derived state could not be written back: it is computed when read */
	int64_t version; /* of the store when it was last looked at */
	struct ids touched; /* customers that the running write changed */
	int64_t writes; /* rows that the running write changed */
	size_t cleaned; /* places that were made visible in the texts given to the running write */
	bool segments_written; /* by the running write */
	struct tend_list *
		open_rows; /* what TEND_READ_MILESTONES_OPEN would give of all customers that the running
				      * write changed, known already; NULL: it is to be read */
	struct condition_changes changed; /* by conditions, in the running write */
	struct ids found; /* customers whose plan conditions would change on the day below */
	struct tend_date found_on;
	struct kept_journey *journeys;
	size_t njourneys, journeys_cap;
	struct {
		struct kept_playbook *items;
		size_t n, cap;
	} playbooks;
};

/* The store's path by the rules of tend(1), allocated. */
enum tend_status app_store_path(
	const struct tend_app_options *o, char **ret, struct tend_error *err);

/* --- writing (write.c) --- */
/* What the journal keeps of who and how: printable; allocated. NULL is "". */
char *app_visible(const char *text);
/* That there is none at the path, and what to do: TEND_UNAVAILABLE. */
enum tend_status app_no_store(const char *path, struct tend_error *err);
/* Who does it: "" where nobody can tell. */
const char *app_actor(struct tend_app *a);
/* Every use case that writes begins with it, before it reads what was given. */
void done_begin(struct tend_app *a, struct tend_done *ret);
/* Adds a warning to those that are there. */
void done_warn(struct tend_done *d, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* The same of milestones that a customer does not get for now; n 0: nothing. */
void done_warn_left_out(struct tend_done *d, size_t n);
enum tend_status write_begin(struct tend_app *a, struct tend_error *err);
/*
 * Ends what write_begin began: where `status` is TEND_OK the touched customers are evaluated and the
 * entry is committed under ret->summary; else, after a dry run, and where nothing was written, all is
 * rolled back. Returns the first failure.
 */
enum tend_status write_end(
	struct tend_app *a, enum tend_status status, struct tend_done *ret, struct tend_error *err);
enum tend_status write_insert(struct tend_app *a, const struct tend_record_type *t,
	const void *record, int64_t customer_id, int64_t *ret_id, struct tend_error *err);
enum tend_status write_update(struct tend_app *a, const struct tend_record_type *t,
	const void *record, int64_t customer_id, struct tend_error *err);
enum tend_status write_replan(
	struct tend_app *a, const struct tend_milestone *m, struct tend_error *err);
enum tend_status write_rename(
	struct tend_app *a, const struct tend_milestone *m, struct tend_error *err);
enum tend_status write_delete(struct tend_app *a, const struct tend_record_type *t, int64_t id,
	int64_t customer_id, struct tend_error *err);
enum tend_status write_custom(struct tend_app *a, int64_t customer_id, const char *name,
	const char *value, struct tend_error *err);

/* --- reading (query.c) --- */
/* Under so many customers, reading theirs alone is cheaper than reading the whole book in order. */
#define BULK_FROM 100
struct tend_value int_value(int64_t n);
struct tend_value text_value(const char *text);
/* Reads with no argument or one number (`id` 0: none) into `list`, initialised here; none without a store. */
enum tend_status read_list(struct tend_app *a, enum tend_read what, int64_t id,
	const struct tend_record_type *t, struct tend_list *ret, struct tend_error *err);
/* Fills the derived fields of a list of that kind; customer_id 0: of any. */
enum tend_status records_derive(struct tend_app *a, const struct tend_kind *kind,
	int64_t customer_id, struct tend_list *list, struct tend_error *err);
/* What is required is there, what it refers to exists, what belongs together fits: of what a person gave. */
enum tend_status record_check(
	struct tend_app *a, const struct tend_kind *kind, void *record, struct tend_error *err);
#define PROMISE_WITHOUT_DAY                                                                        \
	_("the promise has no day: it does not come up in Today until it has one")
/* What is to be told of a record that was just added or changed (record_notes.c). */
void record_note(struct tend_app *a, const struct tend_kind *kind, const void *record,
	struct tend_done *done);
/* What a new record of a customer (NULL: of none) has where it is not given. */
void record_defaults(struct tend_app *a, const struct tend_kind *kind,
	const struct tend_customer *c, void *record);
/* By its key or its number; `ret` holds it. */
enum tend_status record_find(struct tend_app *a, const struct tend_record_type *t, const char *name,
	struct tend_list *ret, void **ret_record, struct tend_error *err);
/* "CUSTOMER-MIDDLE-", or "MIDDLE-" where it is nobody's (NULL or ""): what made keys begin with. */
const char *record_key_stem(
	const struct tend_kind *kind, const char *customer, struct tend_arena *arena);
/* The stem with the first number that is free; within the write that uses it. `c` NULL: nobody's. */
enum tend_status record_make_key(struct tend_app *a, const struct tend_kind *kind,
	const struct tend_customer *c, struct tend_arena *arena, const char **ret,
	struct tend_error *err);
/* Of the day on which something was done: TEND_USAGE where it is after the day. */
enum tend_status record_check_past(const struct tend_app *a, const struct tend_field *f,
	struct tend_value v, struct tend_error *err);
/* TEND_USAGE where a date lies before the one that it must follow. */
enum tend_status record_check_order(
	const struct tend_record_type *t, const void *record, struct tend_error *err);
/* TEND_NOT_FOUND where a field that refers to another kind has no key of that. */
enum tend_status record_check_references(struct tend_app *a, const struct tend_kind *kind,
	const void *record, struct tend_error *err);
/* TEND_FAILED where another record has the key of this one in a field that refers to its kind. */
enum tend_status record_check_unnamed(struct tend_app *a, const struct tend_kind *kind,
	const void *record, struct tend_error *err);
/* The records of a kind, of a customer (0: all); `more_records` appends to a list that is there. */
enum tend_status read_records(struct tend_app *a, const struct tend_record_type *t,
	int64_t customer_id, struct tend_list *ret, struct tend_error *err);
enum tend_status more_records(
	struct tend_app *a, int64_t customer_id, struct tend_list *list, struct tend_error *err);
/* What a person gave in a command: as tend_field_parse, but a value that cannot be is wrong usage, and a
 * date may be written as people do ("fri", "+3d", "11-25"). Free text comes as given_text makes it. */
enum tend_status given_value(struct tend_app *a, const struct tend_field *f, const char *text,
	struct tend_arena *arena, struct tend_value *ret, struct tend_error *err);
/* "due=2026-03-13, owner=li": what was given, dates as the days that they mean. */
void given_summary(struct tend_app *a, const struct tend_record_type *t,
	const struct tend_assignment *fields, size_t n, struct tend_str *out);
/* NULL-ended words (NULL: none) as one text, apart by commas. */
const char *words_joined(const char *const *words, struct tend_arena *arena);
/* What a person calls a kind of record in the current language: its name, in Chinese its title. */
const char *record_noun(const struct tend_record_type *t);
/* What a person gave as free text, as the store keeps it: control, bidi and zero-width characters made visible
 * as imports do it, and counted for the warning of the write. NULL stays NULL; else in `arena` or as it was. */
const char *given_text(struct tend_app *a, const char *text, struct tend_arena *arena);
/* Filter, order, limit. A customer filter may call functions; one that is no expression but plain words searches
 * key, name and tags, where any has them. `custom` names the user's own fields (NULL: none). */
struct names_list {
	const char *const *items;
	size_t n;
};
enum tend_status query_apply(struct tend_app *a, struct tend_list *list, const struct tend_query *q,
	const struct names_list *custom, struct tend_error *err);
/* Keeps the records for which an expression is true; one that calls functions is over customers. */
enum tend_status query_filter(struct tend_app *a, struct tend_list *list, const struct tend_expr *e,
	struct tend_error *err);
/* Its filter alone. */
enum tend_status query_parse(struct tend_app *a, const struct tend_record_type *t,
	const char *filter, const struct names_list *custom, struct tend_expr **ret,
	struct tend_error *err);
void list_cut(struct tend_list *list, size_t n);

/* Where the rows of a customer stand in a list that is ordered by customer. */
struct span {
	size_t first, n;
};
struct spans {
	int64_t *ids;
	struct span *items;
	size_t size; /* a power of two; 0 where the list is empty */
};
void spans_init(struct spans *s, const struct tend_list *list, size_t customer_offset);
struct span spans_of(const struct spans *s, int64_t customer_id);
void spans_finish(struct spans *s);

/* A text in both languages in one column: what derived rows keep. */
char *both_join(struct tend_arena *arena, const char *en, const char *zh);
/* The half of the current language (a text without a mark is returned as it is). */
const char *both_pick(struct tend_arena *arena, const char *stored);

/* --- customers --- */
/* As stored: derived fields unknown, status NULL unless churned or pooled. One record in `ret`. */
enum tend_status customer_read(struct tend_app *a, int64_t id, struct tend_list *ret,
	struct tend_customer **ret_customer, struct tend_error *err);
/* Within a write: the one subscription from start to renewal that `arr` stands for. */
enum tend_status customer_add_arr(
	struct tend_app *a, const struct tend_customer *c, int64_t arr, struct tend_error *err);
/* The same when the customer changed from `before` to `after` (`arr` NULL: only its dates). */
enum tend_status customer_change_arr(struct tend_app *a, const struct tend_customer *before,
	const struct tend_customer *after, const int64_t *arr, struct tend_error *err);
/* Within a write: its subscription, enrolment and plan after `started` or the term changed. */
enum tend_status customer_moved(struct tend_app *a, const struct tend_customer *before,
	const struct tend_customer *after, struct tend_error *err);
/* Fails, naming the nearest field that can be given. */
enum tend_status customer_unknown_field(
	const char *field, const struct names_list *custom, struct tend_error *err);
/* Names of the custom fields in use and of those that a config file declares, in `arena`. */
enum tend_status custom_names(struct tend_app *a, struct tend_arena *arena, struct names_list *ret,
	struct tend_error *err);
struct tend_date renewal_of(struct tend_date start, int64_t term_months);
/* The contract that a bare yearly amount stands for: over the whole term; its key is left to the caller. */
struct tend_subscription arr_contract(const struct tend_customer *c, int64_t arr);
/* "12m", "1 year", "12": months. */
bool term_parse(const char *text, int64_t *ret_months);
/* The same of what was given for a field of that kind; TEND_USAGE. */
bool is_term_field(const char *name);
enum tend_status given_term(const char *text, int64_t *ret_months, struct tend_error *err);

/* --- segments (segment.c) --- */
/* The fields of a record that are expressions over customers can be read: TEND_USAGE. Segments of the list `before`
 * (may be NULL, or of another type) count as saved. */
enum tend_status filters_check(struct tend_app *a, const struct tend_record_type *t,
	const void *record, const struct tend_list *before, struct tend_error *err);
/* Keeps the rows that are, or that show, a customer of the segment. */
enum tend_status segment_keep(
	struct tend_app *a, struct tend_list *list, const char *segment, struct tend_error *err);
/* Adds those of config files that the list has none of, or (`key` not NULL) that one. */
void segments_add_files(struct tend_app *a, const char *key, struct tend_list *list);
/* Within a write, after a segment went: names those that used it. */
void segments_warn_unreadable(struct tend_app *a, struct tend_done *ret);
/* Within a write, after segments changed: conditions are read anew, and where one may name a segment, all customers
 * are to be judged. */
enum tend_status segments_touch(struct tend_app *a, struct ids *ret, struct tend_error *err);
/* All that the stored ones say, to be compared; allocated. */
char *segments_stamp(struct tend_app *a);

/* --- milestones --- */
/* As stored; one record in `ret`. */
enum tend_status milestone_read(struct tend_app *a, int64_t id, struct tend_list *ret,
	struct tend_milestone **ret_milestone, struct tend_error *err);
/* What follows from the day and the open ones among `rows` (ordered by customer; may be the list). */
enum tend_status milestones_fill(struct tend_app *a, struct tend_list *list,
	const struct tend_list *rows, struct tend_error *err);
/* Title, reason and suggestions in the current language. */
void alert_fill(struct tend_alert *v, struct tend_arena *arena);

/* --- journeys (journeys.c) --- */
#define JOURNEY_SIZE_MAX ((size_t)64 * 1024) /* of a file */
/* The text of KEY (version 0: the newest published, else config, else built in) or KEY@VERSION. */
struct journey_text {
	char *text; /* owned */
	size_t size;
	char *file; /* the name for messages; owned */
	const char *origin; /* "store", "config", "built-in", "file" */
	int64_t version; /* as published; 0 where the text has to be read to know */
};
void journey_text_finish(struct journey_text *t);
enum tend_status journey_find(
	struct tend_app *a, const char *name, struct journey_text *ret, struct tend_error *err);
/* Finds and reads it; a template with errors is TEND_BAD_INPUT with its first finding. */
enum tend_status journey_load(struct tend_app *a, const char *name, struct journey_text *ret_text,
	struct tend_journey **ret, struct tend_error *err);
/* Splits KEY[@V]; version 0 where there is none. False where V is not a number from 1. */
bool journey_name_parse(const char *name, char *key, size_t size, int64_t *ret_version);
/* The published journey, from the cache; borrowed. NULL where it is not there or cannot be read. */
const struct tend_journey *journey_kept(struct tend_app *a, const char *key, int64_t version);
/* The same for its head and stages alone, without reading its milestones where that can be avoided. */
const struct tend_journey *journey_stages(struct tend_app *a, const char *key, int64_t version);
/* Whether a stage begins at a milestone; whether one counts workdays. */
bool stages_hang_on_milestones(const struct tend_journey *j);
bool stages_count_workdays(const struct tend_journey *j);
/* After something was published, taken back, or changed by another program. */
/* And what was read of the other files: after something was published, taken back, or changed outside. */
void journeys_forget(struct tend_app *a);
const struct tend_calendar *journey_calendar(struct tend_app *a, const struct tend_journey *j);
/* As journey_find by key and version; ret->text stays NULL where there is none. `a` NULL: only `sources`. */
enum tend_status journey_at_hand(struct tend_app *a, struct sources *sources, const char *key,
	int64_t version, struct journey_text *ret, struct tend_error *err);
/* The published one alone. */
enum tend_status journey_published(struct tend_app *a, const char *key, int64_t version,
	struct journey_text *ret, struct tend_error *err);
enum tend_status journey_from_file(
	const char *path, struct journey_text *ret, struct tend_error *err);
/* TEND_NOT_FOUND, with what is near. */
enum tend_status journey_unknown(
	struct tend_app *a, struct sources *sources, const char *name, struct tend_error *err);
enum tend_status journey_parse(struct tend_app *a, const char *text, size_t size,
	struct tend_findings *findings, struct tend_journey **ret);
/* The first error of a file as one message. */
enum tend_status first_error(
	const struct tend_findings *f, enum tend_status status, struct tend_error *err);
/* Publishes the text under its key and version, if it is not there yet, and before it what it extends. */
enum tend_status journey_put(
	struct tend_app *a, const struct tend_journey *j, const char *text, struct tend_error *err);

/* --- other files (check.c) --- */
/* Any kind, with all warnings; `a` may be NULL. */
enum tend_status check_text(struct tend_app *a, struct sources *sources, const char *text,
	size_t size, struct tend_findings *findings);

/* Within a write: publishes a file under its kind, key and version; nothing where it is published so. */
enum tend_status document_put(struct tend_app *a, const struct source *f, struct tend_error *err);

/* --- playbooks (playbook.c) --- */
/* A playbook at a version, wherever it is at hand, its steps' keys as rows have them: "PLAYBOOK.KEY". Borrowed;
 * NULL where it is not there or cannot be read. `name`: KEY@VERSION. */
const struct tend_playbook *playbook_kept(struct tend_app *a, const char *name);
/* That of a run. */
const struct tend_playbook *playbook_of_run(struct tend_app *a, const struct tend_run *run);
/* Within a write: the row of a step, by index, that joins a run; `number` is the occurrence of the run's rows, `all`
 * holds the customer's milestones. */
enum tend_status playbook_add_step(struct tend_app *a, const struct tend_customer *c,
	const struct tend_run *run, size_t step, int64_t number, const struct tend_list *all,
	struct tend_error *err);
void playbooks_forget(struct tend_app *a);
/* Within a write: steps of running playbooks that hang on others, or on the renewal, move with them. */
enum tend_status playbook_follow(
	struct tend_app *a, const struct tend_customer *c, struct tend_error *err);
/* The same; or, with `lines` (tend_plan_type), only what would move. */
enum tend_status playbook_move(struct tend_app *a, const struct tend_customer *c,
	struct tend_list *lines, struct tend_error *err);
/* Whether a comma-separated list has the word. */
bool playbook_named(const char *list, const char *key);

/* --- enrolment (enroll.c) --- */
/*
 * Within a write: the customer (as stored) follows the journey from `start` on (TEND_NO_DATE: its own).
 * *ret_left_out counts milestones whose condition was not true. Nothing where it follows it already.
 */
enum tend_status enroll_customer(struct tend_app *a, const struct tend_customer *c,
	const struct tend_journey *j, struct tend_date start, size_t *ret_left_out,
	struct tend_error *err);
/* The same, also where it follows it from that day already; `start` is a day. `next`: for another term, for which
 * what a person has open of the present one does not count. */
enum tend_status enroll_anew(struct tend_app *a, const struct tend_customer *c,
	const struct tend_journey *j, struct tend_date start, bool next, size_t *ret_left_out,
	struct tend_error *err);
/* tend_app_journey_enroll without a journey (enroll_next.c). */
enum tend_status enroll_next(struct tend_app *a, const int64_t *ids, size_t n,
	struct tend_date start, struct tend_done *ret, struct tend_error *err);
/* The key of the journey of the next term. */
const char *enroll_next_name(
	struct tend_app *a, const struct tend_enrollment *e, struct tend_arena *arena);
/* The items of a stored milestone; done where it is done. */
enum tend_status enroll_insert_items(struct tend_app *a, const struct tend_milestone *m,
	const struct tend_template_milestone *t, struct tend_error *err);
/* When the first occurrences were done, or where they stand, from all milestones of one customer: the
 * context of a schedule's functions. */
struct progress {
	const struct tend_journey *journey;
	const struct tend_list *milestones;
};
void progress_fill(struct tend_schedule_input *in, struct progress *p);
/* The customer with what conditions ask about: its term, money and month on the day; `subs` are read here. */
enum tend_status enroll_derive(struct tend_app *a, struct tend_customer *c, struct tend_list *subs,
	struct tend_error *err);
/* Within a write: the enrolment and the plan of a customer whose start or term changed (upgrade.c). */
enum tend_status enroll_move(struct tend_app *a, const struct tend_customer *before,
	const struct tend_customer *after, struct tend_error *err);
/* Within a write: the customer goes on from `e` with another version of its journey (upgrade.c). */
enum tend_status enroll_upgrade(struct tend_app *a, const struct tend_customer *c,
	const struct tend_journey *j, const struct tend_enrollment *e, struct tend_error *err);
/* Within a write: the touched customers whose plan hangs on what was written move with it. */
enum tend_status enroll_follow(struct tend_app *a, struct tend_error *err);
/* The same for one customer. */
enum tend_status enroll_follow_anchors(
	struct tend_app *a, const struct tend_customer *c, struct tend_error *err);
/* The schedule of a customer whose milestones (`rows`) stand where they do. */
enum tend_status enroll_schedule(struct tend_app *a, const struct tend_customer *c,
	const struct tend_journey *j, struct tend_date start, const struct tend_list *rows,
	struct tend_schedule *ret, struct tend_error *err);
/* Within a write: the row of an occurrence with its items. */
enum tend_status enroll_add(struct tend_app *a, int64_t customer_id, const struct tend_journey *j,
	const struct tend_occurrence *o, struct tend_arena *arena, struct tend_error *err);

/* --- evaluation (evaluate.c) --- */
/* Within a transaction: brings the state, alerts and Today rows of these customers up to the day, their plans to
 * what conditions say. Within a person's entry (`entry`) that is part of it; else, after an undo, conditions change
 * nothing. */
enum tend_status evaluate_customers(
	struct tend_app *a, const int64_t *ids, size_t n, bool entry, struct tend_error *err);
/* A person takes back that a milestone is done: its condition leaves it alone from now on. */
enum tend_status conditions_taken_back(
	struct tend_app *a, const struct tend_milestone *m, struct tend_error *err);
/* What conditions changed since the last call, for a summary: "conditions: 3 milestones done, 2 added"; NULL where
 * nothing. */
const char *evaluate_changes(struct tend_app *a, struct tend_arena *arena);
/* Fills the derived fields of all customers of the list without writing. */
enum tend_status evaluate_in_memory(
	struct tend_app *a, struct tend_list *customers, struct tend_error *err);

#endif
