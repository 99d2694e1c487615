/* SPDX-License-Identifier: MIT */
/* Evaluation in bulk, in slices and after edits against a slow straightforward reckoning. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <support.h>

#include <tend/care.h>

#include "book.h"

#define CUSTOMERS 130 /* more than the number from which the whole book is read at once */

/* What is promised differs by stage; the oracle below has it in code. */
static const char promising[] = "journey: promising\n"
				"version: 1\n"
				"title: Promising\n"
				"term: 6 months\n"
				"standard: {response: 4h, recovery: 3 days}\n"
				"stages:\n"
				"  - {key: early, from: start, standard: {response: 1 day}}\n"
				"  - {key: late, from: start + 2 months}\n"
				"milestones:\n"
				"  - {key: kickoff, stage: early, title: Kick-off, due: start}\n";

/* Promises and complaints in every state, before and after the day. */
static void owe(struct book_fixture *b, struct support_random *r)
{
	static const char *const severities[] = {"low", "medium", "high", "urgent", ""};
	struct tend_import_report report;
	struct tend_done done;
	struct tend_str file = {0};
	tend_str_add(&file, "customer,date,kind,text,promise,promised,kept\n");
	struct tend_date day = book_day("2026-03-10");
	char a[TEND_DATE_LEN], c[TEND_DATE_LEN], d[TEND_DATE_LEN];
	for (int i = 0; i < CUSTOMERS; i++) {
		struct tend_date made = {day.day - (int)support_random(r, 40)};
		struct tend_date until = {made.day + (int)support_random(r, 60)};
		bool kept = support_random(r, 3) == 0;
		tend_str_addf(&file, "c%03u,%s,call,x,%s,%s,%s\n", support_random(r, CUSTOMERS),
			tend_date_format(made, a), support_random(r, 4) > 0 ? "Send it" : "",
			tend_date_format(until, c), kept ? tend_date_format(until, d) : "");
	}
	assert_int_equal(
		tend_app_import(b->app, "activities", book_file(b, "p.csv", tend_str_text(&file)),
			NULL, &report, &done, NULL),
		TEND_OK);
	tend_import_report_finish(&report);
	tend_done_finish(&done);
	tend_str_clear(&file);
	tend_str_add(&file, "key,customer,opened,responded,closed,severity,text,first_response\n");
	for (int i = 0; i < CUSTOMERS; i++) {
		struct tend_date opened = {day.day - (int)support_random(r, 30)};
		struct tend_date answered = {opened.day + (int)support_random(r, 4)};
		bool has = support_random(r, 2) == 0, minutes = support_random(r, 3) == 0;
		bool closed = support_random(r, 3) == 0;
		tend_str_addf(&file, "k%d,c%03u,%s,%s,%s,%s,Slow,", i, support_random(r, CUSTOMERS),
			tend_date_format(opened, a), has ? tend_date_format(answered, c) : "",
			closed ? tend_date_format(answered, d) : "",
			severities[support_random(r, 5)]);
		tend_str_addf(&file, !has && minutes ? "%u\n" : "\n", support_random(r, 4000));
	}
	assert_int_equal(
		tend_app_import(b->app, "complaints", book_file(b, "k.csv", tend_str_text(&file)),
			NULL, &report, &done, NULL),
		TEND_OK);
	tend_import_report_finish(&report);
	tend_done_finish(&done);
	tend_str_finish(&file);
}

static void fill(struct book_fixture *b, struct support_random *r)
{
	book_config(b, "promising.yaml", promising);
	book_reopen(b, "2026-03-10");
	struct tend_str file = {0};
	tend_str_add(&file, "key,name,started,term,status,arr,currency,journey\n");
	for (int i = 0; i < CUSTOMERS; i++) {
		static const char *const statuses[] = {
			"", "", "", "", "active", "churned", "pooled"};
		struct tend_date start = {
			book_day("2026-03-10").day - (int)support_random(r, 420) + 30};
		char day[TEND_DATE_LEN];
		tend_str_addf(&file, "c%03d,Customer %d,%s,%um,%s,%u,CNY,%s\n", i, i,
			tend_date_format(start, day), 3 + support_random(r, 12),
			statuses[support_random(r, 7)], support_random(r, 5) * 1000,
			r->state % 2 == 0                  ? "promising"
				: support_random(r, 3) > 0 ? "small"
							   : "");
	}
	struct tend_import_report report;
	struct tend_done done;
	struct tend_error err = {0};
	if (tend_app_import(b->app, "customers", book_file(b, "c.csv", tend_str_text(&file)), NULL,
		    &report, &done, &err)
		!= TEND_OK) {
		fail_msg("%s", err.text);
	}
	tend_import_report_finish(&report);
	tend_done_finish(&done);
	tend_str_clear(&file);
	tend_str_add(&file, "customer,date,kind,text\n");
	for (int i = 0; i < CUSTOMERS * 2; i++) {
		struct tend_date day = {
			book_day("2026-03-10").day - (int)support_random(r, 90) + 20};
		char text[TEND_DATE_LEN];
		tend_str_addf(&file, "c%03u,%s,call,Number %d\n", support_random(r, CUSTOMERS),
			tend_date_format(day, text), i);
	}
	if (tend_app_import(b->app, "activities", book_file(b, "a.csv", tend_str_text(&file)), NULL,
		    &report, &done, &err)
		!= TEND_OK) {
		fail_msg("%s", err.text);
	}
	tend_import_report_finish(&report);
	tend_done_finish(&done);
	tend_str_finish(&file);
	owe(b, r);
}

static void some_are_done(struct book_fixture *b, struct support_random *r)
{
	static const char *const states[] = {"done", "skipped", "blocked", "doing"};
	struct tend_list list;
	assert_int_equal(tend_app_milestones(b->app, 0, NULL, &list, NULL), TEND_OK);
	for (int s = 0; s < 4; s++) {
		int64_t ids[400];
		size_t n = 0;
		for (size_t i = 0; i < list.n && n < 400; i++) {
			if (support_random(r, 8) == 0) {
				ids[n++] = ((struct tend_milestone *)tend_list_at(&list, i))->id;
			}
		}
		struct tend_done done;
		assert_int_equal(
			tend_app_milestone_state(b->app, ids, n, states[s], NULL, &done, NULL),
			TEND_OK);
		tend_done_finish(&done);
	}
	tend_list_finish(&list);
}

/* --- the slow reckoning, from the records as they are listed --- */

struct expected {
	int overdue;
	struct tend_date next_due, last_contact;
	const char *status, *track;
	int64_t arr;
	bool alerts[5];
};

static bool is_open(const char *state)
{
	return strcmp(state, "todo") == 0 || strcmp(state, "doing") == 0
		|| strcmp(state, "blocked") == 0;
}

static struct expected reckon(const struct tend_customer *c, const struct tend_list *milestones,
	const struct tend_list *subs, const struct tend_list *activities, struct tend_date today)
{
	struct expected e = {.next_due = TEND_NO_DATE, .last_contact = TEND_NO_DATE, .track = NULL};
	struct tend_date renewal = tend_date_add_months(c->started, (int)c->term_months);
	bool left = strcmp(c->status, "churned") == 0 || strcmp(c->status, "pooled") == 0;
	e.status = left ? c->status : today.day >= renewal.day ? "lapsed" : "active";
	bool behind = false, stuck = false;
	for (size_t i = 0; i < milestones->n; i++) {
		const struct tend_milestone *m = tend_list_at(milestones, i);
		if (m->customer_id != c->id || !is_open(m->state)) {
			continue;
		}
		bool late = m->due.day < today.day;
		e.overdue += late;
		behind = behind || (late && m->required == 1);
		stuck = stuck || strcmp(m->state, "blocked") == 0
			|| (late && m->required == 1 && today.day - m->due.day > TEND_TRACK_STUCK);
		bool after = strcmp(e.status, "active") == 0 && m->due.day >= renewal.day;
		e.alerts[1] =
			e.alerts[1] || (!left && !late && !after && m->due.day <= today.day + 7);
		if (!tend_has_date(e.next_due) || m->due.day < e.next_due.day) {
			e.next_due = m->due;
		}
	}
	e.track = c->journey == NULL || left ? NULL
		: stuck                      ? "stuck"
		: behind                     ? "behind"
					     : "on-track";
	for (size_t i = 0; i < subs->n; i++) {
		const struct tend_subscription *s = tend_list_at(subs, i);
		if (s->customer_id == c->id && s->start.day <= today.day
			&& today.day < s->end.day) {
			e.arr += s->annual;
		}
	}
	for (size_t i = 0; i < activities->n; i++) {
		const struct tend_activity *v = tend_list_at(activities, i);
		if (v->customer_id == c->id && v->date.day <= today.day
			&& (!tend_has_date(e.last_contact) || v->date.day > e.last_contact.day)) {
			e.last_contact = v->date;
		}
	}
	int days = renewal.day - today.day;
	struct tend_date since = tend_has_date(e.last_contact) ? e.last_contact : c->started;
	e.alerts[0] = !left && e.overdue > 0;
	e.alerts[2] = !left && days >= 0 && days <= 60 && strcmp(e.status, "active") == 0;
	e.alerts[3] = !left && c->started.day <= today.day && today.day - since.day >= 30;
	e.alerts[4] = strcmp(e.status, "lapsed") == 0;
	return e;
}

/* The day on which a row about the complaint is due; TEND_NO_DATE where none is to be there. */
static struct tend_date complaint_due(
	const struct tend_customer *c, const struct tend_complaint *k, struct tend_date today)
{
	if (c->journey == NULL || strcmp(c->journey, "promising@1") != 0 || tend_has_date(k->closed)
		|| k->opened.day > today.day) {
		return TEND_NO_DATE;
	}
	bool early = k->opened.day >= c->started.day
		&& k->opened.day < tend_date_add_months(c->started, 2).day;
	int response = early ? 1 : 0, answered = TEND_NO_DATE.day;
	if (tend_has_date(k->answered)) { /* as listed: from the minutes too */
		answered = k->answered.day;
	}
	if (answered != TEND_NO_DATE.day && answered <= today.day) {
		struct tend_date due = {k->opened.day + 3};
		return today.day > due.day ? due : TEND_NO_DATE;
	}
	struct tend_date due = {k->opened.day + response};
	return today.day > due.day ? due : TEND_NO_DATE;
}

/* The rows of Today that are promises and complaints, one by one. */
static void compare_owed(struct book_fixture *b)
{
	struct tend_list today, customers, activities, complaints;
	struct tend_date day = tend_app_today(b->app);
	const struct tend_query q = {.filter = "kind in [\"promise\", \"complaint\"]"};
	assert_int_equal(tend_app_today_queue(b->app, &q, &today, NULL), TEND_OK);
	assert_int_equal(tend_app_customers(b->app, NULL, &customers, NULL), TEND_OK);
	assert_int_equal(
		tend_app_records(b->app, &tend_activity_type, 0, NULL, &activities, NULL), TEND_OK);
	assert_int_equal(tend_app_records(b->app, &tend_complaint_type, 0, NULL, &complaints, NULL),
		TEND_OK);
	size_t expected = 0;
	for (size_t i = 0; i < customers.n; i++) {
		const struct tend_customer *c = tend_list_at(&customers, i);
		if (strcmp(c->status, "churned") == 0 || strcmp(c->status, "pooled") == 0) {
			continue;
		}
		for (size_t k = 0; k < activities.n + complaints.n; k++) {
			bool promise = k < activities.n;
			const struct tend_activity *v =
				promise ? tend_list_at(&activities, k) : NULL;
			const struct tend_complaint *w =
				promise ? NULL : tend_list_at(&complaints, k - activities.n);
			if ((promise ? v->customer_id : w->customer_id) != c->id) {
				continue;
			}
			struct tend_date due = promise ? v->promised : complaint_due(c, w, day);
			bool stands = tend_has_date(due)
				&& (!promise
					|| (!tend_has_date(v->kept) && due.day <= day.day + 7));
			size_t found = 0;
			for (size_t n = 0; n < today.n; n++) {
				const struct tend_today_row *row = tend_list_at(&today, n);
				bool same = row->id == (promise ? v->id : w->id)
					&& strcmp(row->kind, promise ? "promise" : "complaint")
						== 0;
				found += same && row->due.day == due.day
					&& row->band
						== (due.day < day.day               ? 0
								: due.day > day.day ? 2
										    : 1);
			}
			assert_int_equal(found, stands);
			expected += stands;
		}
	}
	assert_int_equal(today.n, expected);
	tend_list_finish(&today);
	tend_list_finish(&customers);
	tend_list_finish(&activities);
	tend_list_finish(&complaints);
}

static void compare(struct book_fixture *b)
{
	static const char *const rules[] = {"milestone-overdue", "milestone-due-soon",
		"renewal-window", "no-contact", "term-over"};
	struct tend_list customers, milestones, subs, activities, alerts;
	assert_int_equal(tend_app_customers(b->app, NULL, &customers, NULL), TEND_OK);
	assert_int_equal(tend_app_milestones(b->app, 0, NULL, &milestones, NULL), TEND_OK);
	assert_int_equal(
		tend_app_records(b->app, &tend_subscription_type, 0, NULL, &subs, NULL), TEND_OK);
	assert_int_equal(
		tend_app_records(b->app, &tend_activity_type, 0, NULL, &activities, NULL), TEND_OK);
	assert_int_equal(tend_app_alerts(b->app, 0, false, NULL, &alerts, NULL), TEND_OK);
	for (size_t i = 0; i < customers.n; i++) {
		const struct tend_customer *c = tend_list_at(&customers, i);
		struct expected e =
			reckon(c, &milestones, &subs, &activities, tend_app_today(b->app));
		assert_string_equal(c->status, e.status);
		assert_int_equal(c->overdue, e.overdue);
		assert_int_equal(c->next_due.day, e.next_due.day);
		assert_int_equal(c->last_contact.day, e.last_contact.day);
		assert_int_equal(c->arr, e.arr);
		assert_string_equal(
			c->track != NULL ? c->track : "", e.track != NULL ? e.track : "");
		int n = 0;
		for (int r = 0; r < 5; r++) {
			int standing = 0;
			for (size_t k = 0; k < alerts.n; k++) {
				const struct tend_alert *v = tend_list_at(&alerts, k);
				standing +=
					v->customer_id == c->id && strcmp(v->rule, rules[r]) == 0;
			}
			assert_int_equal(standing, e.alerts[r]);
			n += e.alerts[r];
		}
		assert_int_equal(c->alerts, n);
	}
	tend_list_finish(&customers);
	tend_list_finish(&milestones);
	tend_list_finish(&subs);
	tend_list_finish(&activities);
	tend_list_finish(&alerts);
	compare_owed(b);
}

static void every_way_of_evaluating_agrees_with_the_slow_one(void **state)
{
	(void)state;
	struct book_fixture b;
	struct support_random r = {20260310};
	book_make(&b, "2026-03-10");
	fill(&b, &r);
	compare(&b);
	some_are_done(&b, &r);
	compare(&b);
	static const char *const days[] = {"2026-03-11", "2026-03-31", "2026-06-01", "2026-12-24"};
	for (size_t i = 0; i < sizeof(days) / sizeof(days[0]); i++) {
		book_reopen(&b, days[i]); /* the whole book at once */
		compare(&b);
		char key[8], date[32];
		for (int k = 0; k < 15; k++) { /* one customer at a time */
			(void)snprintf(key, sizeof(key), "c%03u", support_random(&r, CUSTOMERS));
			(void)snprintf(date, sizeof(date), "started=2026-0%u-01",
				1 + support_random(&r, 9));
			book_set(&b, key, date);
		}
		compare(&b);
	}
	book_remove(&b);
}

static void slices_give_what_one_pass_gives(void **state)
{
	(void)state;
	struct book_fixture b;
	struct support_random r = {77};
	book_make(&b, "2026-03-10");
	fill(&b, &r);
	const char *copy = support_path(b.dir, "copy.db");
	assert_int_equal(tend_app_store_backup(b.app, copy, false, NULL), TEND_OK);
	book_reopen(&b, "2026-04-15");
	char *at_once = book_dump(&b);
	struct tend_app *a = NULL;
	struct tend_app_options o = {.store = copy,
		.today = book_day("2026-04-15"),
		.config_dir = b.config,
		.lazy = true};
	assert_int_equal(tend_app_open(&o, &a, NULL), TEND_OK);
	for (size_t left = 1; left > 0;) {
		assert_int_equal(tend_app_evaluate(a, 7, &left, NULL), TEND_OK);
	}
	tend_app_close(b.app);
	b.app = a;
	char *in_slices = book_dump(&b);
	/* Alerts get their numbers in the order in which they are raised. */
	assert_int_equal(strlen(in_slices), strlen(at_once));
	compare(&b);
	free(at_once);
	free(in_slices);
	book_remove(&b);
}

static void evaluating_again_changes_nothing(void **state)
{
	(void)state;
	struct book_fixture b;
	struct support_random r = {5};
	book_make(&b, "2026-03-10");
	fill(&b, &r);
	char *before = book_dump(&b);
	size_t left = 9;
	assert_int_equal(tend_app_evaluate(b.app, 0, &left, NULL), TEND_OK);
	assert_int_equal(left, 0);
	char *after = book_dump(&b);
	assert_same_text(after, before);
	free(after);
	book_reopen(&b, "2026-03-10");
	after = book_dump(&b);
	assert_same_text(after, before);
	free(after);
	free(before);
	book_remove(&b);
}

static void a_customer_without_a_start_has_no_term(void **state)
{
	(void)state;
	struct book_fixture b;
	struct tend_import_report report;
	struct tend_done done;
	book_make(&b, "2026-03-10");
	assert_int_equal(
		tend_app_import(b.app, "customers", book_file(&b, "c.csv", "key,name\nx,X\n"), NULL,
			&report, &done, NULL),
		TEND_OK);
	tend_import_report_finish(&report);
	tend_done_finish(&done);
	static const struct {
		const char *field, *value;
	} rows[] = {{"status", "active"}, {"month", "null"}, {"renewal", "null"},
		{"days_to_renewal", "null"}, {"arr", "0.00"}, {"alerts", "0"}, {"started", "null"}};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		assert_string_equal(book_value(&b, "x", rows[i].field), rows[i].value);
	}
	struct tend_error err = {0};
	int64_t id = book_customer(&b, "x");
	assert_int_equal(tend_app_journey_enroll(b.app, &id, 1, "small", TEND_NO_DATE, &done, &err),
		TEND_FAILED);
	assert_non_null(strstr(err.text, "start"));
	tend_done_finish(&done);
	book_remove(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_way_of_evaluating_agrees_with_the_slow_one),
		cmocka_unit_test(slices_give_what_one_pass_gives),
		cmocka_unit_test(evaluating_again_changes_nothing),
		cmocka_unit_test(a_customer_without_a_start_has_no_term),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
