/* SPDX-License-Identifier: MIT */
/*
 * The workbench: what is on screen and what keys do to it. No drawing device and no clock: keys and the
 * time come in from outside, a canvas goes out.
 */
#ifndef TUI_WORKBENCH_H
#define TUI_WORKBENCH_H

#include <tend/app.h>
#include <tend/faces.h>

#include "actions.h"
#include "canvas.h"
#include "dialog.h"
#include "filter.h"
#include "grid.h"
#include "keymap.h"
#include "layout.h"

struct pane;
struct view;
struct lines;

/* --- panes: what a part of the screen shows --- */
struct pane_ops {
	const char *title; /* to be translated */
	unsigned offers; /* enum context */
	const struct tend_record_type *type; /* of its list; NULL: text only */
	const struct grid_spec *spec;
	bool follows; /* shows what belongs to the selected customer */
	bool details; /* shows the selected row of the list: Enter goes there */
	enum tend_status (*load)(
		struct workbench *wb, struct view *v, struct pane *p, struct tend_error *err);
	/* Text of at most `room` columns in the rule, and at its right end; NULL: the defaults. */
	void (*heading)(struct workbench *wb, struct view *v, struct pane *p, int room,
		struct tend_str *left, struct tend_str *right);
	/* Puts the cursor where it belongs once the rows are there; NULL: it stays. */
	void (*settle)(struct view *v, struct pane *p);
	/* Why it is empty and which key fills it. */
	const char *(*empty)(struct workbench *wb, struct view *v, struct pane *p);
	/* Lines for that width: of a text pane, or above the list. */
	void (*text)(struct workbench *wb, struct view *v, struct pane *p, int columns,
		struct lines *out);
	/* Lines of `columns` that stand below the list on wide screens: what the selected record says,
	 * where more than `room` columns of the flexible one are needed. NULL: none. */
	void (*below)(
		const struct view *v, const void *record, int room, int columns, struct lines *out);
	bool below_everywhere; /* also where the screen is not wide */
	/* A number that tells the records apart; NULL: the id, which comes first in every record. */
	int64_t (*identity)(const void *record);
};

struct pane {
	const struct pane_ops *ops;
	struct tend_list list;
	struct grid grid;
	int scroll, overflow; /* of a text: first line shown, lines beyond */
	int height; /* lines that there is room for, as drawn last */
	char **folded; /* of a filtered list: the text that a filter looks in, made when it is needed */
	size_t nfolded;
	struct grid_spec
		chosen; /* the columns that a person chose, in `arena`; n 0: those of the ops */
	struct tend_arena arena;
	char *problem; /* it could not be loaded: the message */
};

struct page {
	const char *name; /* of `tend screen --view` and `keys:` files */
	const char *title; /* to be translated */
	struct layout_shape shape;
	const struct pane_ops *panes[PANES_MAX];
	const char *tab; /* title of the tab; NULL: no tabs */
	enum action_id opens; /* the action that goes to the tab */
	enum tend_tab part; /* the kinds of records that the tab shows */
	const char *filter, *sort; /* where it starts with one */
};

struct view {
	const struct page *page;
	bool fixed; /* about one customer */
	int64_t customer_id; /* the selected customer; 0: none */
	int64_t counts[TEND_TAB_NOTES + 1]; /* of a customer's page, by tab; 0: none to tell */
	int focus;
	int list; /* the pane with a list that was in focus last: the one that texts are about */
	bool entered; /* by Enter into the details of a row: Esc goes back to it */
	bool zoom;
	bool loaded, stale; /* stale: what follows the selection is not loaded yet */
	int64_t left_row; /* identity of a row to go to once it is there: one that was done, or added; 0 */
	size_t wanted; /* so many rows of a long queue are loaded; 0: all */
	size_t all; /* how many it has; 0 where all are loaded */
	size_t urgent; /* of those, late ones and high alerts */
	struct pane panes[PANES_MAX];
	char *filter, *sort;
	char *columns; /* names of fields, apart by commas; NULL: those of the list */
	struct saved_view {
		char *name; /* NULL: none */
		char *filter, *sort, *columns; /* as it was saved or applied */
	} saved;
	struct filter *compiled;
	struct tend_list customer; /* the selected one's record, or none */
	struct tend_brief brief; /* of the selected one, where a pane shows it */
	struct tend_arena arena; /* of the stages */
	struct tend_pack_stage *stages;
	size_t nstages;
	char *subject; /* of a page about one: KEY@V of a journey; NULL */
	int64_t row; /* identity of the row that the other panes show */
	struct tend_list lines; /* of a plan, of all customers */
	char *summary; /* of the plan; NULL */
	int week; /* of the capacity view: which one is looked at, from 0 */
};

#define VIEWS_MAX 8
#define FIRST_ROWS 48 /* what is loaded before the first frame */
#define REST_MS 50 /* what follows the selection waits until the keys rest for so long */
#define PREFIX_MS 400
#define SLICE 200 /* customers that are evaluated between two looks at the keyboard */

enum draft_kind {
	DRAFT_NONE,
	DRAFT_SNOOZE,
	DRAFT_ADD,
	DRAFT_MILESTONE,
	DRAFT_REASON,
	DRAFT_COMMAND,
	DRAFT_EDIT,
	DRAFT_DUE,
	DRAFT_OWNER,
	DRAFT_PROFILE,
	DRAFT_BULK,
	DRAFT_COUNT, /* from here on the kinds of records, in their order: for a new one the target is the
		      * customer, for a change it is the record's number, negative */
};

struct draft {
	enum draft_kind kind;
	int64_t target;
	size_t field;
	char *text;
	bool dirty; /* not in its file yet */
};
struct drafts {
	struct draft *items;
	size_t n, cap;
};

struct workbench {
	const struct tend_workbench_options *o;
	struct tend_app_options open; /* how the store is opened */
	struct tend_app *app; /* NULL while there is no store */
	struct tend_date today;
	struct canvas canvas;
	struct keymap keymap;
	struct view *bases[2]; /* Today and Portfolio: kept with their selection */
	struct view *views[VIEWS_MAX]; /* the stack; the first is one of the bases */
	size_t nviews;
	struct dialog *dialog; /* the one on top */
	struct key pending[SEQUENCE_MAX];
	size_t npending;
	int64_t pending_since, rest_at, checked_at; /* ms */
	int64_t now; /* ms of a clock that only goes forward */
	bool popup; /* the continuations of the pending keys are shown */
	bool evaluating; /* derived state is being brought up to the day */
	struct tend_str message, warning;
	enum role message_role;
	bool message_done; /* it says what `u` takes back */
	char saved[8]; /* HH:MM of the last change; "" */
	char *undo; /* what `u` would take back */
	/* What the checker said of all journeys, and of which texts: they are checked anew when one differs. */
	struct tend_list checked;
	uint64_t checked_texts;
	/* What journeys are shown for: none and 0 are the day and the term that they say. */
	struct tend_date sample_start;
	struct tend_duration sample_term;
	struct editor_history commands, filters;
	char *sought; /* what was searched for last; NULL */
	struct drafts drafts;
	char *outside; /* the file that another program is to edit (outside.h); NULL */
	bool outside_saves; /* the form is saved with what comes of it */
	bool typed; /* since the drafts were written, at written_at */
	int64_t written_at;
	char *theme; /* the name in use; the face applies it when it changed */
	bool theme_changed, quit;
};

/* Opens the store (or stays without one), reads keys and settings, and shows the first view. */
enum tend_status workbench_open(struct workbench *wb, const struct tend_workbench_options *o,
	const char *view, struct tend_error *err);
void workbench_close(struct workbench *wb);
enum follow workbench_key(struct workbench *wb, struct key k);
/* What has to be done while no key comes. Returns in how many ms to call again, -1: never. `*ret_changed`:
 * there may be something new to draw. */
int workbench_tick(struct workbench *wb, int64_t now, bool *ret_changed);
/* Brings everything up to date at once. */
void workbench_settle(struct workbench *wb);
void workbench_draw(struct workbench *wb);
/* Reads anew what an action or a dialog says has changed; returns what is left to the loop. */
enum follow workbench_follow(struct workbench *wb, enum follow follow);
/* The store was created or changed: opens it again and shows the first view. */
enum tend_status workbench_reopen(struct workbench *wb, struct tend_error *err);

/* --- views --- */
const struct page *page_find(const char *name);
extern const struct page pages[];
extern const size_t page_count;
/* The tabs of a customer's page. */
extern const struct page customer_tabs[];
extern const size_t customer_tab_count;

struct view *wb_view(const struct workbench *wb);
struct pane *wb_pane(const struct workbench *wb); /* the one in focus */
unsigned wb_offers(const struct workbench *wb);
enum tend_status wb_show(struct workbench *wb, const char *name, struct tend_error *err);
void wb_open_customer(struct workbench *wb, int64_t customer_id);
/* Such a page over the view, about `subject`. */
void wb_open_page(struct workbench *wb, const struct page *page, const char *subject);
bool wb_pop_view(struct workbench *wb); /* false at the root */
/* Goes to a customer's row of the list, if it is there. */
void wb_select_customer(struct workbench *wb, int64_t customer_id);

void saved_view_forget(struct view *v); /* it is none of the saved ones any more */
/* The columns that it is shown with. */
const struct grid_spec *pane_spec(const struct pane *p);
int64_t pane_identity(const struct pane *p, const void *record);
struct view *view_create(const struct page *page, int64_t customer_id);
void view_destroy(struct view *v);
void view_set_page(struct view *v, const struct page *page);
void view_load(struct workbench *wb, struct view *v); /* lists first, what follows becomes stale */
void view_follow(struct workbench *wb, struct view *v); /* now */
void view_refresh(
	struct workbench *wb, struct view *v); /* after a change to the selected customers */
void view_rows(struct workbench *wb, struct view *v, struct pane *p); /* filter, marks, groups */
/* Sets the cursor on the record of a kind (its noun, or "milestone") in the first pane that shows it, if one does. */
void view_select_record(struct workbench *wb, struct view *v, const char *kind, int64_t id);
/* Reads v->filter for the records that are there; what was read before stays where it cannot. */
enum tend_status view_compile(const struct workbench *wb, struct view *v, struct tend_error *err);
/* Sets the cursor on a record; false: it is not shown. */
bool pane_find(struct pane *p, int64_t id);
enum tend_status view_set_filter(
	struct workbench *wb, struct view *v, const char *text, struct tend_error *err);
enum tend_status view_set_sort(
	struct workbench *wb, struct view *v, const char *fields, struct tend_error *err);
void view_moved(struct workbench *wb, struct view *v); /* the selection changed */
/* Before the cursor goes to row `to` of the first pane, or SIZE_MAX for its end: loads what is there. */
void view_reach(struct workbench *wb, struct view *v, size_t to);
bool view_is_partial(const struct view *v);
/* The list that is in focus, or was before the text that is now. */
struct pane *view_list(struct view *v);
/* The selected customer, NULL where there is none. */
const struct tend_customer *view_customer(const struct view *v);
struct grid_context wb_context(struct workbench *wb);
/* A stage's title for people in a journey (KEY@VERSION, NULL: none); its key where that has none of the key, "--"
 * where that is NULL. */
const char *stage_title(const struct workbench *wb, const char *journey, const char *key);

/* --- what actions work on --- */
struct targets {
	int64_t *items;
	size_t n, cap;
};
void targets_finish(struct targets *ids);
void targets_add(struct targets *ids, int64_t id); /* once each */
/* Of the marked rows, else of the selected one. */
void targets_customers(struct workbench *wb, struct targets *ret);
/* For rows that stand for a customer, its next milestone. */
void targets_milestones(struct workbench *wb, struct targets *ret);
void targets_alerts(struct workbench *wb, struct targets *ret);
/* Where promises or complaints of the queue are meant: does what `x`, or `d`, does to them. False where there
 * is none. */
bool owed_done(struct workbench *wb, enum follow *ret);
bool owed_due(struct workbench *wb);
/* The loaded record of a milestone in a pane of the view; NULL. */
const struct tend_milestone *target_loaded(const struct view *v, int64_t id);
/* The same by its key and number (0: any) of a customer. */
const struct tend_milestone *target_called(
	const struct view *v, int64_t customer_id, const char *key, int64_t number);
/* "Hand-over, Go-live": milestones of a customer by their keys, apart by commas; what no pane has loaded stays
 * a key. */
void titles_of_keys(
	const struct view *v, int64_t customer_id, const char *keys, struct tend_str *out);
/* "Monthly review #2" */
void milestone_title(const struct tend_milestone *m, struct tend_str *out);
/*
 * The record of a kind (kind.h) that is selected in the pane in focus, or in the list that a text is about, the
 * customer that it belongs to (0: none), and the key or number that names it, until the pane is loaded again. False:
 * there is none.
 */
bool target_record(struct workbench *wb, const struct tend_kind **ret_kind, int64_t *ret_customer,
	const char **ret_name);
/* The selected milestone, or NULL; loaded where the row is not one. */
enum tend_status target_milestone(
	struct workbench *wb, struct tend_list *ret, struct tend_error *err);

/* --- what is said --- */
void wb_say(struct workbench *wb, enum role role, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));
void wb_error(struct workbench *wb, const struct tend_error *err);
/* Tells what was done, takes the marks away and frees `done`; FOLLOW_REFRESH, or NOTHING with the error
 * said where the status is not OK. */
enum follow wb_done(struct workbench *wb, enum tend_status status, struct tend_done *done,
	const struct tend_error *err);
void wb_update_undo(struct workbench *wb);

/* --- dialogs on the stack --- */
void wb_push(struct workbench *wb, struct dialog *d);
void wb_pop(struct workbench *wb);
/* Takes a dialog away wherever it stands by now: others may have opened over it. */
void wb_leave(struct workbench *wb, struct dialog *d);
void draft_keep(
	struct workbench *wb, enum draft_kind kind, int64_t target, size_t field, const char *text);
/* NULL where there is none. */
const char *draft_find(
	const struct workbench *wb, enum draft_kind kind, int64_t target, size_t field);
void draft_drop(struct workbench *wb, enum draft_kind kind, int64_t target);
/* Those of the open dialogs and all that is not in a file yet, where the face names a folder for them. */
void drafts_write(struct workbench *wb);
void drafts_load(struct workbench *wb); /* those of the store that was opened */
void drafts_finish(struct workbench *wb);

/* --- lines of text panes --- */
struct line {
	char *label; /* drawn dim before the text; NULL */
	char *text;
	enum role role;
	bool pair; /* with others beside it that stand in two columns */
};
struct lines {
	struct line *items;
	size_t n, cap;
	int label; /* columns of the labels */
	bool two; /* all are pairs */
};
void lines_add(struct lines *l, enum role role, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));
void lines_label(struct lines *l, const char *label, enum role role, const char *fmt, ...)
	__attribute__((format(printf, 4, 5)));
/* The same of a text that may be NULL or empty: then nothing. */
void lines_value(struct lines *l, const char *label, const char *text);
/* Wrapped to `columns`. */
void lines_wrap(struct lines *l, enum role role, int columns, const char *text);
/* Markdown as plain lines: headings and lists are seen, marks of emphasis are gone. */
void lines_markdown(struct lines *l, int columns, const char *text);
/* All that a record of the kind says; a milestone by its number. */
void lines_record(const struct workbench *wb, const struct tend_kind *k, const void *record,
	int columns, struct lines *l);
void lines_milestone(struct workbench *wb, const struct view *v, int64_t customer_id, int64_t id,
	int columns, struct lines *l);
void lines_finish(struct lines *l);

/* The page of the journal's selected entry. */
enum follow open_entry(struct workbench *wb);

/* --- commands --- */
enum follow command_run(
	struct workbench *wb, const char *line, struct tend_error *err, bool *ret_ok);
/* What may follow the command that the line starts with; "" where nothing. Translated. */
const char *command_usage(const char *line);
/* What may stand where the last word of `line` is; returns where that word starts. */
size_t command_complete(struct workbench *wb, const char *line, struct tend_str *ret_words);

#endif
