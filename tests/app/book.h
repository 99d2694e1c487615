/* SPDX-License-Identifier: MIT */
/* A store in a folder of its own, and what the tests of use cases do with it. Include after cmocka. */
#ifndef TEST_BOOK_H
#define TEST_BOOK_H

#include <tend/app.h>
#include <tend/str.h>

struct book_fixture {
	char *dir;
	char *store, *config;
	struct tend_app *app;
	int64_t now;
	bool dry_run;
};

void book_make(struct book_fixture *b, const char *today);
void book_remove(struct book_fixture *b);
/* Opens the store again on another day (NULL: none given). */
void book_reopen(struct book_fixture *b, const char *today);
/* Writes a file into the config folder; known after the next reopening. */
void book_config(struct book_fixture *b, const char *name, const char *text);
const char *book_file(struct book_fixture *b, const char *name, const char *text); /* its path */

struct tend_date book_day(const char *text);
int64_t book_customer(struct book_fixture *b, const char *name); /* fails the test where unknown */
/* "key name started=… …": words of an add, separated by '|': "key=acme|name=Acme". */
enum tend_status book_try_add(struct book_fixture *b, const char *fields, struct tend_error *err);
int64_t book_add(struct book_fixture *b, const char *fields);
enum tend_status book_try_set(
	struct book_fixture *b, const char *customer, const char *fields, struct tend_error *err);
void book_set(struct book_fixture *b, const char *customer, const char *fields);
int64_t book_milestone(struct book_fixture *b, const char *customer, const char *name);
void book_state(
	struct book_fixture *b, const char *customer, const char *milestone, const char *state);
void book_log(struct book_fixture *b, const char *customer, const char *kind, const char *date,
	const char *text);

/* "date=… metric=… value=…" of a record of the customer, separated by '|' as in an add. */
void book_record(struct book_fixture *b, const struct tend_record_type *t, const char *customer,
	const char *fields);
/* A point of a metric. */
void book_point(struct book_fixture *b, const char *customer, const char *metric, const char *date,
	const char *value);
/* The keys of the customers that the filter finds, comma-separated; lasts as book_value. */
const char *book_found(struct book_fixture *b, const char *filter);

/* A value of the one customer's record as text; lasts until the eighth call after this one. */
const char *book_value(struct book_fixture *b, const char *customer, const char *field);
const char *book_milestone_value(
	struct book_fixture *b, const char *customer, const char *milestone, const char *field);
/* The rules of the alerts that stand for a customer, sorted, comma-separated. */
const char *book_alerts(struct book_fixture *b, const char *customer);
/* All lists of the book as text, history apart: what undo and dry runs must leave as it was. */
char *book_dump(struct book_fixture *b);
/* What `write` did can be taken back and done again; the dumps agree. */
void book_assert_undo(struct book_fixture *b, const char *before);

extern const char book_journey[]; /* a small journey "small", 6 months */

#endif
