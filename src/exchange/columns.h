/* SPDX-License-Identifier: MIT */
/* The columns that a list is printed with, and the values in them. */
#ifndef EXCHANGE_COLUMNS_H
#define EXCHANGE_COLUMNS_H

#include <tend/exchange.h>

#define COLUMN_UNKNOWN "--" /* for people, where it is no text */

struct column {
	const struct tend_field *field; /* NULL: one of the user's own */
	const char *name; /* for machines; borrowed from the list or the descriptor */
};
struct columns {
	struct column *items;
	size_t n, cap;
};

/* Those that `how` asks for, else all that the format shows. Free with columns_finish. */
void columns_of_list(
	const struct tend_list *list, const struct tend_print *how, struct columns *ret);
/* `show`: all that are not hidden, those for people included. */
void columns_of_record(const struct tend_record_type *t, const void *record,
	const struct tend_print *how, struct columns *ret);
void columns_finish(struct columns *c);

const char *column_title(const struct column *c); /* in the current language */
bool column_is_number(const struct column *c); /* right-aligned */
bool column_is_text(const struct column *c); /* free text: guarded in CSV */
struct tend_value column_value(
	const struct column *c, const struct tend_record_type *t, const void *record);
/* For people, not yet made printable: money with two decimals, ratios in percent, yes and no, the words of
 * fields that have `values` in the language. */
void column_people(const struct tend_record_type *t, const struct column *c, struct tend_value v,
	struct tend_str *out);
/* What -q prints of a record, without a newline: its key, else its first field. */
void column_keys(const struct tend_record_type *t, const void *record, struct tend_str *out);

/* The formats; `columns` not empty. */
void print_table_list(const struct tend_list *list, const struct columns *columns, int width,
	struct tend_str *out);
void print_table_record(const struct tend_record_type *t, const void *record,
	const struct columns *columns, int width, struct tend_str *out);
void print_json_list(
	const struct tend_list *list, const struct columns *columns, struct tend_str *out);
void print_json_record(const struct tend_record_type *t, const void *record,
	const struct columns *columns, struct tend_str *out);
void print_csv_list(const struct tend_list *list, const struct columns *columns, char delimiter,
	struct tend_str *out);
void print_csv_record(const struct tend_record_type *t, const void *record,
	const struct columns *columns, char delimiter, struct tend_str *out);
void print_md_list(
	const struct tend_list *list, const struct columns *columns, struct tend_str *out);
void print_md_record(const struct tend_record_type *t, const void *record,
	const struct columns *columns, struct tend_str *out);

#endif
