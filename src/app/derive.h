/* SPDX-License-Identifier: MIT */
/* Fields of records that follow from other records: a function for each kind that has such. */
#ifndef APP_DERIVE_H
#define APP_DERIVE_H

#include "inside.h"

/*
 * Fills them in a list of that kind (ordered by customer where it is of several). customer_id 0: of any, which is
 * to be done in one ordered pass per table, never with a query for each row.
 */
typedef enum tend_status (*derive_records)(
	struct tend_app *a, int64_t customer_id, struct tend_list *list, struct tend_error *err);

enum tend_status derive_complaints(
	struct tend_app *a, int64_t customer_id, struct tend_list *list, struct tend_error *err);
enum tend_status derive_contacts(
	struct tend_app *a, int64_t customer_id, struct tend_list *list, struct tend_error *err);
enum tend_status derive_views(
	struct tend_app *a, int64_t customer_id, struct tend_list *list, struct tend_error *err);
enum tend_status derive_segments(
	struct tend_app *a, int64_t customer_id, struct tend_list *list, struct tend_error *err);

enum tend_status derive_outcomes(
	struct tend_app *a, int64_t customer_id, struct tend_list *list, struct tend_error *err);
enum tend_status derive_contents(
	struct tend_app *a, int64_t customer_id, struct tend_list *list, struct tend_error *err);
enum tend_status derive_gifts(
	struct tend_app *a, int64_t customer_id, struct tend_list *list, struct tend_error *err);
/* They are added up: of one customer, year and currency, and not given back. `currency`: the customer's. */
bool gift_counts_with(
	const struct tend_gift *gift, const struct tend_gift *with, const char *currency);
/* Within a write: says in `ret` where the gifts of its year come to more than the budget. */
enum tend_status gift_warn(struct tend_app *a, const struct tend_gift *gift, struct tend_done *ret,
	struct tend_error *err);

/* What outcomes rest on. */
struct needs;
struct facts_book;
/* The signal of one is known to be a counter. */
bool outcome_counts(struct tend_app *a, const struct tend_outcome *o);
/* Reads the signals of outcomes of a customer, or (0) of all. */
enum tend_status outcome_facts(struct tend_app *a, int64_t customer_id,
	const struct tend_list *outcomes, struct needs *needs, struct facts_book *ret,
	struct tend_error *err);

#endif
