/* SPDX-License-Identifier: MIT */
/* An import on its way: the rows of a file become records (staged), then one entry of the journal. */
#ifndef APP_IMPORT_H
#define APP_IMPORT_H

#include "inside.h"

/* Texts to numbers. A table of zeroes is ready to use; texts are borrowed. */
struct table {
	const char **keys;
	size_t *values;
	size_t n, size;
};
#define TABLE_NONE SIZE_MAX
size_t table_get(const struct table *t, const char *key); /* TABLE_NONE where it is not there */
void table_put(struct table *t, const char *key, size_t value);
void table_finish(struct table *t);

struct import;

/* What kinds of records differ in. */
struct import_kind {
	const char *name;
	const struct tend_record_type *type;
	/* Checks a staged record further and fills what it can; false with im->bad set. May be NULL. */
	bool (*check)(struct import *im, void *record);
	/* Within a write: all staged records. */
	enum tend_status (*apply)(struct import *im, struct tend_error *err);
};

struct loaded_journey {
	char *name; /* as the file says it */
	struct tend_journey *journey;
	struct journey_text text;
};

struct import {
	struct tend_app *app;
	const struct import_kind *kind;
	const struct tend_map *map; /* NULL: none */
	struct tend_mapping *mapping;
	const struct tend_cell_row *row; /* the present one, while rows are read */
	const char *const *columns;
	size_t ncolumns;
	struct tend_import_report *report;
	struct tend_list staged;
	int *lines; /* of the staged */
	size_t lines_cap;
	struct tend_row_error bad;
	struct tend_list customers; /* id, key */
	struct table customer_ids; /* key to index in `customers` */
	struct tend_list via_rows; /* the records through which customers are found */
	struct table via_keys;
	struct table seen; /* keys of the file to lines */
	struct loaded_journey *journeys;
	size_t njourneys;
	struct usage_points *points; /* of a usage file */
	struct import_references
		*references; /* keys that others have; read when one is first asked for */
};

/* Adds to im->bad, for the column of `field`; returns false. */
bool import_bad(struct import *im, const char *field, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));
/* A row that is taken looks like another: said with its line, of many the first. */
void import_note(struct import *im, size_t staged, const char *key, const char *name);
/* True where the file gives the field. */
bool import_has(const struct import *im, const char *field);
int64_t import_customer_id(const struct import *im, const char *key); /* 0: unknown */
/* Copies the fields that the file gives from `from` to `to`. */
void import_merge(const struct import *im, void *to, const void *from);

bool import_check_customer(struct import *im, void *record);
enum tend_status import_apply_customers(struct import *im, struct tend_error *err);
bool import_check_record(struct import *im, void *record);
enum tend_status import_apply_records(struct import *im, struct tend_error *err);
void import_references_finish(struct import *im);
bool import_check_point(struct import *im, void *record);
enum tend_status import_apply_points(struct import *im, struct tend_error *err);
void import_points_finish(struct usage_points *points);
bool import_check_milestone(struct import *im, void *record);
enum tend_status import_apply_milestones(struct import *im, struct tend_error *err);

/* True where all fields that can be given are equal. */
bool record_same(const struct tend_record_type *t, const void *x, const void *y);

#endif
