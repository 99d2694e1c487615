/* SPDX-License-Identifier: MIT */
/* What expressions ask about customers, read in one ordered pass a table and only where one asks for it. */
#ifndef APP_FACTS_H
#define APP_FACTS_H

#include <limits.h>

#include <tend/facts.h>

#include "inside.h"

#define NEED_ALL INT_MAX

/* What some expressions read. A struct of zeroes reads nothing. */
struct needs {
	struct tend_arena arena;
	struct need { /* a metric, each once */
		const char *metric;
		int reach; /* how many days its points are asked about; NEED_ALL: since ever */
		bool limited; /* of a read of all: only `only` are asked about it */
		struct ids only;
	} * items;
	size_t n, cap;
	bool milestones, done, complaints, contacts, surveys, custom;
	struct {
		const struct tend_kind **items; /* whose open records are counted, each once */
		size_t n, cap;
	} kinds;
};
void needs_add(struct needs *n, const struct tend_expr *e);
/* The points of `reach` days, and the newest before them. */
void needs_add_metric(struct needs *n, const char *metric, int reach);
void needs_finish(struct needs *n);

struct facts_book {
	struct series *series; /* by metric, as in the needs */
	size_t nseries;
	struct tend_list milestones, closed, complaints, contacts, surveys;
	struct spans milestones_of, closed_of, complaints_of, contacts_of, surveys_of;
	struct kind_rows { /* of the kinds in the needs */
		const struct tend_kind *kind;
		struct tend_list list;
		struct spans of;
	} * kinds;
	struct tend_facts_records *records; /* of the customer, likewise */
	size_t nkinds;
	struct tend_facts facts; /* of the customer that was asked for last */
};
/* Of these customers, or (n 0) of all. To be finished also after an error. */
enum tend_status facts_read(struct tend_app *a, const struct needs *needs, const int64_t *ids,
	size_t n, struct facts_book *ret, struct tend_error *err);
/* Reads the done and skipped milestones of all, where that was not asked for before. */
enum tend_status facts_read_closed(
	struct tend_app *a, struct facts_book *b, struct tend_error *err);
/* Values about the customer (derived fields filled) until the next is asked for. */
struct tend_inputs facts_of(struct facts_book *b, const struct tend_customer *c);
void facts_finish(struct facts_book *b);

#endif
