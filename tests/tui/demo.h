/* SPDX-License-Identifier: MIT */
/* A small book in two languages for the tests of the screen, the same on every day. Include after cmocka. */
#ifndef TEST_DEMO_H
#define TEST_DEMO_H

#include <tend/app.h>
#include <tend/faces.h>
#include <tend/str.h>

struct demo {
	char *dir;
	char *store, *config;
	struct tend_app_options app;
	struct tend_workbench_options o;
};

/* 2026-11-16, 09:41 in the morning, eight hours east. */
void demo_make(struct demo *d);
void demo_make_without_store(struct demo *d);
void demo_make_empty(struct demo *d);
/* A second version of the journey that differs, a file that is wrong, and edits that meet the new version. */
void demo_add_journeys(struct demo *d);
/* Contacts, complaints, surveys, outcomes, notes and other records of Northwind and 华东. */
void demo_add_records(struct demo *d);
void demo_remove(struct demo *d);
/* A customer more, its fields as in a line of an import: key,name,started,term,owner,segment,arr,currency. */
void demo_add(struct demo *d, const char *line);

/* The screen after those keys; fails the test on an error. The caller frees it. */
char *demo_screen(struct demo *d, const char *size, const char *view, const char *keys);
/* The status of the same call, the message in `err`. */
enum tend_status demo_try_screen(struct demo *d, const char *size, const char *view,
	const char *keys, struct tend_error *err);
/* A field of a customer or milestone in the store, as text; the caller frees it. */
char *demo_value(struct demo *d, const char *customer, const char *field);
char *demo_milestone(
	struct demo *d, const char *customer, const char *milestone, const char *field);
/* How many records there are of a customer: "activity", "alert", or "history" of all. */
size_t demo_count(struct demo *d, const char *customer, const char *what);

#endif
