/* SPDX-License-Identifier: MIT */
/*
 * Data in and out of files: tables for people and machines, CSV and JSON lines in, import maps, and
 * the renewal checklist. Nothing here touches the store.
 */
#ifndef TEND_EXCHANGE_H
#define TEND_EXCHANGE_H

#include <tend/error.h>
#include <tend/map.h>
#include <tend/records.h>
#include <tend/str.h>

/* The versions of the libraries that read JSON and CSV, for `tend doctor`. */
const char *tend_json_library(void);
const char *tend_csv_library(void);

/* --- lists out --- */
enum tend_format { TEND_AS_TABLE, TEND_AS_JSON, TEND_AS_CSV, TEND_AS_TSV, TEND_AS_MD };
bool tend_format_parse(const char *s, enum tend_format *ret);
struct tend_print {
	enum tend_format format;
	bool keys_only; /* -q */
	int columns; /* of the terminal, for tables; 0: no limit */
	const char *const
		*fields; /* which and in which order; NULL: all (tables: all but the wide ones) */
	size_t nfields;
};
/*
 * Appends the list. JSON: an array of flat objects, custom fields included, unknown null, money with
 * two decimals, ratios with at least four, tags as an array. CSV per RFC 4180 with CRLF; CSV and TSV
 * guard cells against formulas; Markdown escapes so that a CommonMark reader shows the text literally.
 * Tables are printable text, aligned by columns, without trailing blanks.
 */
void tend_print_list(
	const struct tend_list *list, const struct tend_print *how, struct tend_str *out);
/* `show`: JSON prints one object; the other formats one "field value" row each. */
void tend_print_record(const struct tend_record_type *t, const void *record,
	const struct tend_print *how, struct tend_str *out);

/* Building blocks, each the only one of its kind. */
void tend_json_string(struct tend_str *out, const char *s); /* quoted and escaped */
void tend_json_value(struct tend_str *out, struct tend_value v);
void tend_csv_cell(struct tend_str *out, const char *s, char delimiter, bool guard);
const char *tend_csv_unguard(const char *s); /* past an apostrophe that the guard put there */
void tend_md_text(struct tend_str *out, const char *s); /* escaped, one line */
void tend_html_text(struct tend_str *out, const char *s); /* also fit for quoted attributes */

/* --- rows in --- */
/* A file of rows: CSV (comma, semicolon or tab, detected; BOM, CRLF; UTF-8 or gb18030) or JSON lines
 * (by the name's ending), nested fields by dots. */
struct tend_rows;
struct tend_cell_row {
	int line; /* the physical line where the row begins; the header of a CSV is 1 */
	const char *const *cells; /* NULL where the row has none; borrowed until the next row */
	size_t ncells;
};
/* `data` is borrowed until the reader is closed. Messages read FILE:LINE:COLUMN: error: …, COLUMN being
 * the cell's number (for a JSON line that cannot be read: of the character). */
enum tend_status tend_rows_open(const char *name, const char *data, size_t n, const char *encoding,
	struct tend_rows **ret, struct tend_error *err);
size_t tend_rows_columns(const struct tend_rows *r, const char *const **ret_names);
char tend_rows_delimiter(const struct tend_rows *r);
/* *ret NULL at the end. A row that cannot be read is given with `bad` set to the reason and its column. */
#define TEND_ROW_FAULTS_MAX 16
struct tend_row_fault {
	int column; /* from 1, 0 for the whole row */
	int at, size; /* its part of the text */
};
struct tend_row_error {
	int column; /* of the first fault */
	char text
		[512]; /* all that is wrong with the row, by column, separated by "; "; "": nothing */
	struct tend_row_fault faults[TEND_ROW_FAULTS_MAX];
	size_t nfaults;
};
/* Adds a fault in the order of the columns. One that is said already, and what there is no room for, is left
 * out. */
void tend_row_bad(struct tend_row_error *bad, size_t column, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));
bool tend_rows_next(struct tend_rows *r, struct tend_cell_row *ret, struct tend_row_error *bad);
void tend_rows_close(struct tend_rows *r);

/*
 * FILE.rejected.csv: the file's own columns and `reason` (`rejected_reason` where one of them has that name),
 * UTF-8, comma, CRLF, guarded. A row with more
 * cells than columns has the rest in its last one. A bad row's cells are what could be read of it.
 */
void tend_rejects_head(struct tend_str *out, const char *const *names, size_t n);
void tend_rejects_row(
	struct tend_str *out, const struct tend_cell_row *row, size_t ncolumns, const char *reason);

/*
 * A map applied to a file: from its columns (headers that match need no map) to the fields of a record
 * type. Reports missing required columns, columns of the map that the file lacks, unknown fields, all in
 * one message. The map and the names of the columns are borrowed.
 */
struct tend_mapping;
enum tend_status tend_mapping_create(const struct tend_record_type *type,
	const struct tend_map *map, const char *const *columns, size_t ncolumns,
	struct tend_mapping **ret, struct tend_error *err);
void tend_mapping_destroy(struct tend_mapping *m);
/* Columns that nothing takes: ignored. What a kind of records derives is not among them. */
size_t tend_mapping_extra(const struct tend_mapping *m, const size_t **ret_columns);
/* By our name, the user's own included ("term" and "term_months" are the same). */
bool tend_mapping_has(const struct tend_mapping *m, const char *field);
/*
 * One row to a record: the fields that the file has, the others unknown; texts in `arena`, invisible
 * characters made visible and counted in *ret_cleaned. `customer` is left as the text found; `via` names
 * the record kind through which it is found, or NULL. TEND_OK with *ret_taken false where `where`
 * leaves the row out. A customer's custom list has the fields that the map names and, with
 * `extra: keep`, the columns that no field takes; `value` NULL where the cell is empty.
 */
enum tend_status tend_mapping_apply(const struct tend_mapping *m, const struct tend_cell_row *row,
	struct tend_arena *arena, void *record, bool *ret_taken, size_t *ret_cleaned,
	struct tend_row_error *bad);
const char *tend_mapping_via(const struct tend_mapping *m);
/* Wide usage files (neither metric nor value): the columns that are metrics; else 0. */
size_t tend_mapping_metrics(const struct tend_mapping *m, const size_t **ret_columns);
/* The i-th of them in a row: its metric's name, and the value or NAN where the cell is empty. False
 * with `bad` set where it is no number. */
bool tend_mapping_metric(const struct tend_mapping *m, size_t i, const struct tend_cell_row *row,
	const char **ret_metric, double *ret_value, struct tend_row_error *bad);

/* What an import did. */
struct tend_reject { /* one fault of a row */
	int line, column;
	const char *reason;
};
#define TEND_NOTES_MAX 20
struct tend_import_report {
	struct tend_arena arena;
	int64_t read, added, updated, unchanged, rejected, cleaned; /* rows; cleaned: places */
	struct tend_reject *items; /* by line, then by column; a rejected row has one or more */
	size_t n, cap;
	const char *ignored; /* columns that nothing took, comma-separated */
	/* Rows that were taken and look like others, by line; no more than TEND_NOTES_MAX, `look_alike` counts all. */
	struct tend_reject *notes;
	size_t nnotes;
	int64_t look_alike;
};
/*
 * Appends a map: file (YAML) for the rows of a file, proposed from its headers and first rows, for a person to
 * finish: what cannot be told is a comment that begins with "# ?". `kind` NULL: the kind that fits best.
 */
enum tend_status tend_map_propose(const char *path, const char *text, size_t n, const char *kind,
	struct tend_str *out, struct tend_error *err);
void tend_import_report_finish(struct tend_import_report *r);
void tend_print_import(
	const struct tend_import_report *r, const struct tend_print *how, struct tend_str *out);

/* --- the renewal checklist --- */
enum tend_pack_format { TEND_PACK_MD, TEND_PACK_CSV, TEND_PACK_JSON, TEND_PACK_HTML };
bool tend_pack_format_parse(const char *s, enum tend_pack_format *ret);
const char *tend_pack_ending(enum tend_pack_format format); /* "md" */

struct tend_pack_milestone {
	const struct tend_milestone *milestone;
	const struct tend_item *items;
	size_t nitems;
	const char *deliverable, *guide; /* in the current language; NULL */
	bool renewal_item; /* belongs to the preparation of the renewal (J17-J20) */
};
struct tend_pack_stage {
	const char *key, *title;
	struct tend_date from;
	bool current;
};
struct tend_pack_usage {
	const char *metric, *title, *unit;
	double last30, before30, change; /* NAN where unknown */
	struct tend_date newest;
	double months[12]; /* oldest first, ending with the day's month; NAN where nothing */
	double spans
		[12]; /* of 30 days each, oldest first, ending with the day; NAN where nothing */
};
struct tend_pack {
	struct tend_date day;
	const struct tend_customer *customer;
	const struct tend_pack_stage *stages;
	size_t nstages;
	const struct tend_pack_milestone *milestones; /* by stage, then due */
	size_t nmilestones;
	const struct tend_subscription *subscriptions;
	size_t nsubscriptions;
	const struct tend_pack_usage *usage;
	size_t nusage;
	const struct tend_alert *alerts;
	size_t nalerts;
	const struct tend_activity *contacts; /* newest first */
	size_t ncontacts;
	const char *const *next_steps;
	size_t nnext_steps;
};
void tend_pack_write(const struct tend_pack *p, enum tend_pack_format format, struct tend_str *out);

#endif
