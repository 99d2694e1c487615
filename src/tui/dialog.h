/* SPDX-License-Identifier: MIT */
/* What may lie over the panes: a line to type in, a list to pick from, a form, a text. */
#ifndef TUI_DIALOG_H
#define TUI_DIALOG_H

#include <tend/error.h>

#include "actions.h"
#include "canvas.h"
#include "complete.h"
#include "editor.h"
#include "key.h"

struct workbench;
struct dialog;
struct tend_field;
struct tend_kind;
struct tend_proposal;

struct dialog_ops {
	/* Every key goes to the dialog on top. */
	enum follow (*key)(struct workbench *wb, struct dialog *d, struct key k);
	void (*draw)(struct workbench *wb, struct dialog *d, struct canvas *c);
	/* What the hint row says; translated. */
	const char *(*hint)(struct workbench *wb, struct dialog *d);
	void (*finish)(struct dialog *d); /* its own parts; the rest is freed after it */
	/* Puts what was typed among the drafts; NULL where nothing is typed. */
	void (*keep)(struct workbench *wb, struct dialog *d);
	/* Does some of what is left to do while no key comes; false where nothing is. NULL: never anything. */
	bool (*tick)(struct workbench *wb, struct dialog *d);
	bool typing; /* takes text: keys are left as they are typed */
};

struct dialog {
	const struct dialog_ops *ops;
	struct dialog *below;
	char *title; /* translated */
	/* What it is about, for those who opened it. */
	int64_t *ids;
	size_t nids;
	char *word;
	int draft; /* enum draft_kind */
	int64_t draft_target;
};

/* Keeps a copy of the ids. */
void dialog_about(struct dialog *d, const int64_t *ids, size_t n, const char *word);
void dialog_destroy(struct dialog *d);
/* How many of `rows` a drawer has. */
int drawer_rows(const struct canvas *c, int rows);
/* The area of a drawer of `rows` above the status row, its rule drawn; what is inside is blank. */
struct area drawer_open(struct canvas *c, int rows, const char *title, const char *right);
/* Moves the first line that a drawer shows, as far as drawing then lets it; false where the key is another. */
bool drawer_scroll(size_t *top, struct key k);

/* --- a line to type in, on the status row --- */
struct prompt {
	struct dialog base;
	struct editor editor;
	char error[1024];
	struct completion completion;
	char *initial; /* what it began with */
	bool completes;
	char *about; /* stands above the line where nothing else does; NULL */
	void (*changed)(struct workbench *wb, struct prompt *p); /* NULL */
	/* *ret_close false: it stays, with p->error set. */
	enum follow (*submit)(struct workbench *wb, struct prompt *p, bool *ret_close);
	void (*cancelled)(struct workbench *wb, struct prompt *p); /* NULL */
};
struct prompt *prompt_create(const char *title, const char *text);
/* Takes up what was typed there before and not saved. */
void prompt_offer_draft(struct workbench *wb, struct prompt *p, int kind, int64_t target);

/* --- a list to pick from --- */
struct picker_item {
	char *title, *detail, *key, *group;
	enum role role;
	int64_t value;
	char *word;
};
struct picker {
	struct dialog base;
	struct picker_item *items;
	size_t n, cap;
	size_t *shown; /* those that match the query */
	size_t nshown, cursor, top;
	struct editor query;
	bool searchable, searching, tall;
	bool lettered; /* an item's key picks it, also where it is searchable */
	bool in_columns; /* by groups, where all have room and nothing is searched */
	enum follow (*pick_value)(
		struct workbench *wb, int64_t value); /* instead of the next; NULL */
	enum follow (*pick)(struct workbench *wb, struct picker *p, struct picker_item *item);
	bool stays; /* picking does not close it */
	/* A key that means something of its own here; true: it was one. NULL. */
	bool (*letter)(struct workbench *wb, struct picker *p, struct key k, enum follow *ret);
	const char *hint; /* of the hint row, to be translated; NULL: what all have */
};
struct picker *picker_create(const char *title);
struct picker_item *picker_add(
	struct picker *p, const char *key, const char *title, const char *detail);
void picker_clear(struct picker *p);
void picker_filter(struct picker *p); /* after items were added */

/* --- a form --- */
#define FORM_MAX 64
#define FORM_LIST_MAX 200 /* what a list of proposals shows at most */
struct form;
struct form_field {
	const char *name, *label, *hint; /* label and hint to be translated */
	struct editor editor;
	char *initial; /* what it began with */
	const char *const *choices; /* NULL-ended; NULL: free text */
	const char *const *titles; /* of the choices, for people; NULL: the words that they are */
	bool required; /* marked */
	const char *group; /* stands above it, as the first of a part; NULL */
	bool lines; /* of several lines, in which Enter makes one */
	bool proposes; /* a list of what may be meant can be opened */
	const struct tend_field *described; /* the field of a record that it gives; NULL */
	struct tend_proposal *proposals; /* NULL until they are asked for */
	size_t nproposals;
	int columns; /* that its text had when it was drawn last */
	char error[1024];
};
struct form {
	struct dialog base;
	struct form_field fields[FORM_MAX];
	size_t n, focus, top;
	struct tend_arena arena; /* of choices and proposals */
	/* The list below the field in focus: those that fit what was typed. */
	bool listing;
	size_t matches[FORM_LIST_MAX];
	size_t nmatches, match; /* match: SIZE_MAX where none is selected */
	const struct tend_kind
		*kind; /* of a form of records (kind_form.h), which base.word names; NULL */
	char error[1024];
	const char *hint; /* of the hint row, to be translated; NULL: that Enter saves */
	/* False: it stays; fields[].error or error say why. */
	bool (*submit)(struct workbench *wb, struct form *f, enum follow *ret);
};
struct form *form_create(const char *title);
struct form_field *form_add(struct form *f, const char *name, const char *label, const char *value,
	const char *const *choices, const char *hint);
const char *form_value(const struct form *f, size_t i);
/* Puts the message beside the field that it names, else below the form. */
void form_fail(struct form *f, const struct tend_error *err);
/* As the key does it. */
enum follow form_save(struct workbench *wb, struct form *f);
/* Closes it, with its draft dropped. */
void form_saved(struct workbench *wb, struct form *f);
/* Takes up what was typed before and not saved; to be called when the fields are there. */
void form_offer_draft(struct workbench *wb, struct form *f, int kind, int64_t target);
/* Of form_draw.c and form_list.c. */
void form_draw(struct workbench *wb, struct dialog *d, struct canvas *c);
const char *form_choice_title(const struct form_field *field, size_t i);
/* Finds what the list shows for what is typed, where it is open. */
void form_match(struct workbench *wb, struct form *f);
void form_close_list(struct form *f);
/* True where the key was for the list. */
bool form_list_key(struct workbench *wb, struct form *f, struct key k);

/* --- a text to read --- */
struct textbox {
	struct dialog base;
	struct lines *lines;
	size_t top;
	/* Enter closes it and does this; NULL: it only closes. */
	enum follow (*enter)(struct workbench *wb, int64_t id);
	int64_t id;
	/* The same, with what the dialog is about, before it closes. */
	enum follow (*confirm)(struct workbench *wb, const struct dialog *d);
	const char *enter_hint; /* what Enter does, to be translated; NULL without these */
};
struct textbox *textbox_create(const char *title, struct lines *lines);

#endif
