/* SPDX-License-Identifier: MIT */
/*
 * All that an expression may ask about one customer on one day, and the answers to its functions.
 * Pure: the records come in, read once for all expressions. Meanings: docs/formulas.md, FUNCTIONS.
 */
#ifndef TEND_FACTS_H
#define TEND_FACTS_H

#include <tend/expr.h>
#include <tend/kind.h>

/* The points of one metric, and what windows over them are made of. */
struct tend_facts_series {
	const char *metric;
	bool gauge;
	const struct tend_point *points; /* up to the day, by date; one a day */
	size_t n;
	double *tree; /* sums, least and most of runs of points; NULL until a window asks */
};

/* A customer's records of a kind, with what the kind itself derives. */
struct tend_facts_records {
	const struct tend_kind *kind;
	const void *rows;
	size_t n;
};

/* A struct of zeroes with `day` set knows nothing. What it points to is borrowed. */
struct tend_facts {
	struct tend_date day;
	const struct tend_customer
		*customer; /* derived fields filled; NULL: every field is unknown */
	const struct tend_milestone *milestones;
	size_t nmilestones;
	const struct tend_milestone *closed; /* done and skipped ones, where they are apart */
	size_t nclosed;
	const struct tend_complaint *complaints;
	size_t ncomplaints;
	const struct tend_contact *contacts; /* their touches filled */
	size_t ncontacts;
	const struct tend_survey *surveys;
	size_t nsurveys;
	const struct tend_facts_records *records;
	size_t nrecords;
	struct tend_facts_series *series;
	size_t nseries, cap;
};

/*
 * Adds the customer's points of one metric, by date; later ones than the day do not count. A window costs
 * O(log n) after one pass over its series.
 */
void tend_facts_series(struct tend_facts *f, const char *metric, bool gauge,
	const struct tend_point *points, size_t n);
/* Forgets all series; their memory is used again. */
void tend_facts_clear(struct tend_facts *f);
/* Values for expressions, good as long as the facts stay where they are. */
struct tend_inputs tend_facts_inputs(struct tend_facts *f);
void tend_facts_finish(struct tend_facts *f);

#endif
