/* SPDX-License-Identifier: MIT */
/*
 * Every statement of the store, by number, in the dialect that the engines share. Reads first, in the
 * order of enum tend_read. Arguments are `$1` …; a parameter with a name is the field of the record
 * that is written. Columns that are named like a field of a record type fill that field.
 */
#ifndef STORE_SQL_H
#define STORE_SQL_H

#include <tend/store.h>

/* In the place of this a statement has the names of rows of all kinds, by table and number. */
#define SQL_NAMES_OF_KINDS "@names "
/* And in the place of this how many records there are on each tab of a customer's page, a column each. */
#define SQL_COUNTS_OF_TABS "@counts "

enum sql {
	SQL_READS = TEND_READ_COUNT, /* the first one that is not a read */
	SQL_CUSTOM = SQL_READS, /* [customer id or 0] */
	SQL_CUSTOM_NAMES,
	SQL_CUSTOM_PUT, /* [customer id, name, value] */
	SQL_CUSTOM_REMOVE, /* [customer id, name] */
	SQL_CUSTOMER_INSERT,
	SQL_CUSTOMER_UPDATE,
	SQL_CUSTOMER_DELETE,
	SQL_MILESTONE_INSERT,
	SQL_MILESTONE_UPDATE,
	SQL_MILESTONE_REPLAN,
	SQL_MILESTONE_RENAME,
	SQL_MILESTONE_DELETE,
	SQL_ITEM_INSERT,
	SQL_ITEM_UPDATE,
	SQL_ITEM_DELETE,
	SQL_ALERT_INSERT,
	SQL_ALERT_UPDATE,
	SQL_ALERT_DELETE,
	SQL_RUN_INSERT,
	SQL_RUN_UPDATE,
	SQL_RUN_DELETE,
	SQL_DOCUMENT_INSERT,
	SQL_DOCUMENT_UPDATE,
	SQL_DOCUMENT_DELETE,
	SQL_CONDITION_PUT, /* [customer id, name, truth, ticked] */
	SQL_CONDITIONS_CLEAR, /* [customer id] */
	SQL_TEMPLATE_INSERT,
	SQL_TEMPLATE_UPDATE,
	SQL_TEMPLATE_DELETE,
	SQL_TAB_COUNTS, /* [customer id] */
	SQL_ENROLLMENT, /* [customer id] */
	SQL_ENROLLMENT_END, /* [customer id, day] */
	SQL_ENROLLMENT_INSERT, /* [customer id, journey, version, start] */
	SQL_ENROLLMENT_MOVE, /* [id, version, start] */
	SQL_ENROLLMENTS, /* [journey] */
	SQL_STATE_PUT, /* [day], and fields of a customer */
	SQL_STALE, /* [day, limit] */
	SQL_TODAY_INSERT, /* fields of a row */
	SQL_TODAY_UPDATE, /* [row], and fields of it but the customer */
	SQL_TODAY_REMOVE, /* [row] */
	SQL_TODAY_OF, /* [customer id]: row, id, kind, the other fields of each of its rows */
	SQL_TODAY_COUNT,
	SQL_TODAY_COUNTED, /* [customer id, rows, urgent ones] */
	SQL_CUSTOMER_IS, /* [id] */
	SQL_MILESTONE_IS, /* [id] */
	SQL_SETTING_GET,
	SQL_SETTING_REMOVE, /* [name] */
	SQL_SETTING_PUT, /* [name, value] */
	SQL_INFO,
	SQL_JOURNAL_OPEN, /* [at, day, actor, command]: gives id */
	SQL_JOURNAL_LAST_SEQ,
	SQL_JOURNAL_CLOSE, /* [entry, summary, first seq, last seq] */
	SQL_JOURNAL_REMOVE, /* [entry] */
	SQL_JOURNAL_BURY, /* what was undone cannot be redone */
	SQL_JOURNAL_TOUCHED, /* [entry] */
	SQL_JOURNAL_LAST_DONE,
	SQL_JOURNAL_FIRST_UNDONE, /* a history row, with first_seq and last_seq */
	SQL_JOURNAL_SPAN, /* [entry]: first_seq, last_seq */
	SQL_JOURNAL_ROWS, /* [first seq, last seq]: forwards */
	SQL_JOURNAL_ROWS_BACK, /* [last seq, first seq]: backwards */
	SQL_JOURNAL_KEEP_IMAGE, /* [seq, image] */
	SQL_JOURNAL_MARK, /* [entry, undone] */
	SQL_JOURNAL_EVENT, /* [entry, kind, at, day] */
	SQL_ALERT_CLASHES, /* [alert id]: removes other standing alerts of its customer and rule */
	SQL_SEARCH_HEAD, /* the newest entry and the newest undo or redo */
	SQL_SEARCH_MARK, /* entry, event, format, shared */
	SQL_SEARCH_MARK_PUT, /* [entry, event, format, shared] */
	SQL_SEARCH_TEXTS, /* customer id, text */
	SQL_SEARCH_TEXT_PUT, /* [customer id, text] */
	SQL_SEARCH_TEXTS_CLEAR,
	SQL_SEARCH_TITLES, /* names, by number */
	SQL_SEARCH_TITLE_PUT, /* [number, names] */
	SQL_SEARCH_TITLES_CLEAR,
	SQL_SEARCH_ALL, /* ids of customers */
	/* [entry, event]: customers that entries, undos and redos after them touched, in any order. */
	SQL_SEARCH_TOUCHED,
	SQL_SEARCH_CUSTOMERS, /* [from id, to id]: id, key, name, tags, owner, segment, industry */
	SQL_SEARCH_MILESTONES, /* [from id, to id]: customer id, id, key, titles, owner, reason, due, done, open */
	/* What must never be: how many of it there are. */
	SQL_CHECK_STRAYS,
	SQL_CHECK_SPANS,
	SQL_CHECK_STACK,
	SQL_CHECK_EVENTS,
	SQL_CHECK_ITEMS,
	SQL_CHECK_STATES,
	SQL_COUNT
};
extern const char *const sql_text[SQL_COUNT];
char *sql_whole(enum sql which); /* with the names of kinds in their place; allocated */

#endif
