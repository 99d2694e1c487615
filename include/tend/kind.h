/* SPDX-License-Identifier: MIT */
/*
 * Kinds of records that people keep: beside the description of its fields, what a kind is called, where it
 * lives and what is shown of it. Its table, list, form, commands, import and journal entries follow from
 * that; src/core/kinds/ has a file for each, and kinds.c lists them.
 */
#ifndef TEND_KIND_H
#define TEND_KIND_H

#include <tend/records.h>

/* Whose a record is. */
enum tend_belongs {
	TEND_TO_CUSTOMER, /* always to one */
	TEND_TO_ANY, /* to one or to nobody */
	TEND_TO_NOBODY, /* shared by all */
};

/* The part of a customer's page that shows it. */
enum tend_tab {
	TEND_TAB_NONE,
	TEND_TAB_PEOPLE,
	TEND_TAB_OUTCOMES,
	TEND_TAB_ACTIVITY,
	TEND_TAB_USAGE,
	TEND_TAB_MONEY,
	TEND_TAB_NOTES,
};

struct tend_kind {
	const struct tend_record_type *type;
	const char *noun; /* of the commands: `tend NOUN list` */
	const char *plural; /* of imports: `tend import PLURAL` */
	const char *table; /* in the store; a column for each stored field */
	/* How the records of one customer are ordered, as of tend_list_sort; an index has these columns. */
	const char *order;
	const char *day; /* the date that is the day where it is not given; NULL */
	const char *
		made_key; /* CUSTOMER-MIDDLE-N is made where no key is given; NULL: there is none to make */
	/* Of a row in a list of several kinds, in the timeline and in the history. Names of fields, NULL: none. */
	const char *label, *detail, *when, *state;
	const char *figure; /* the amount or score that belongs to the label: "nps 9"; NULL */
	const char *ended; /* a date: what has it is over; NULL */
	const char *const
		*open; /* the states that are not over, NULL-ended; NULL: none is ever open */
	/* Of a state that is derived: those that want looking at, NULL-ended; NULL. */
	const char *const *flagged;
	enum tend_tab tab;
	/* Fills what follows from the record itself and checks what no single field can; NULL. The message names the
	 * field. */
	enum tend_status (*settle)(void *record, struct tend_error *err);
	/* Fills derived fields that follow from the record and the day; NULL. */
	void (*derive)(void *record, struct tend_date day);
	struct tend_text titles; /* of several: "Gifts" */
	struct tend_text help; /* one line: what is kept and what for */
};

/* What can be imported: customers, milestones, and the plurals of all kinds; NULL-ended. */
extern const char *const tend_import_kinds[];
extern const struct tend_kind *const tend_kinds[]; /* in the order of help and pages */
extern const size_t tend_kind_count;
/* NULL where there is none. */
const struct tend_kind *tend_kind_of(const struct tend_record_type *t);
const struct tend_kind *tend_kind_called(const char *noun);
const struct tend_kind *tend_kind_imported(const char *plural);
size_t tend_kind_index(const struct tend_kind *k);

enum tend_belongs tend_kind_belongs(const struct tend_kind *k);
/* A column of its table: neither derived, nor the customer's key, nor the number of a row. */
bool tend_field_is_stored(const struct tend_field *f);
/* A person may give it: when the record is made, or (`adding` false) later as well. */
bool tend_field_is_given(const struct tend_field *f, bool adding);
/* Must be given when a record is made by hand: required, and with no default. */
bool tend_kind_requires(const struct tend_kind *k, const struct tend_field *f);
/* Still to be looked after: its state is one of the open ones and it has not ended. */
bool tend_kind_is_open(const struct tend_kind *k, const void *record);
/* What `open(PLURAL)` counts: records of a customer that are open, or flagged. */
bool tend_kind_counts_open(const struct tend_kind *k);
bool tend_kind_is_counted(const struct tend_kind *k, const void *record);
/* A field by its role: of the label, detail, date or state; a null value where the kind has none. */
struct tend_value tend_kind_value(const struct tend_kind *k, const void *record, const char *field);
/* Two dates in the wrong order, as a field's `not_before` says; false where all are right. */
bool tend_kind_backwards(const struct tend_record_type *t, const void *record,
	const struct tend_field **ret_from, const struct tend_field **ret_to);

#endif
