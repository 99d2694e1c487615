/* SPDX-License-Identifier: MIT */
/* Promises and complaints in the queue: how they look, and what the keys do to them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <tend/lang.h>
#include <tend/mem.h>

#include "demo.h"
#include "support.h"

#define STANDARD                                                                                   \
	"journey: kept\n"                                                                          \
	"version: 1\n"                                                                             \
	"title: Kept\n"                                                                            \
	"standard: {response: 4h, recovery: 2 days}\n"                                             \
	"stages:\n"                                                                                \
	"  - {key: all, from: start}\n"                                                            \
	"milestones:\n"                                                                            \
	"  - {key: end, stage: all, title: End, due: renewal}\n"

static void done(enum tend_status status, struct tend_done *d, const struct tend_error *err)
{
	if (status != TEND_OK) {
		fail_msg("%s", err->text);
	}
	tend_done_finish(d);
}

/* Of the one customer Owed Ltd: a promise that is late, one to come, and a complaint that waits. */
static void make(struct demo *d)
{
	struct tend_app *a = NULL;
	struct tend_error err = {0};
	struct tend_done said;
	int64_t id;
	demo_make_empty(d);
	support_write_text(support_path(d->config, "kept.yaml"), STANDARD);
	assert_int_equal(tend_app_open(&d->app, &a, &err), TEND_OK);
	const struct tend_assignment fields[] = {{"key", "owed"}, {"name", "Owed Ltd"},
		{"started", "2026-10-01"}, {"term", "12m"}, {"journey", "kept"}};
	done(tend_app_customer_add(a, fields, 5, &said, &err), &said, &err);
	assert_int_equal(tend_app_find_customer(a, "owed", &id, &err), TEND_OK);
	struct tend_date today = tend_app_today(a);
	const struct tend_log logs[] = {
		{.kind = "call",
			.text = "Spoke about the plan",
			.contact = "Dana",
			.date = {today.day - 9},
			.promise = "Send the plan",
			.by = {today.day - 4}},
		{.kind = "call",
			.text = "Spoke",
			.date = today,
			.promise = "Quote",
			.by = {today.day + 2}},
	};
	for (size_t i = 0; i < sizeof(logs) / sizeof(logs[0]); i++) {
		done(tend_app_log(a, &id, 1, &logs[i], &said, &err), &said, &err);
	}
	const struct tend_assignment complaint[] = {{"key", "slow"},
		{"text", "Reports are slow\nvery"}, {"severity", "low"}, {"opened", "2026-11-15"}};
	done(tend_app_record_add(a, &tend_complaint_type, id, complaint, 4, &said, &err), &said,
		&err);
	tend_app_close(a);
}

struct row {
	const char *size, *keys;
	const char *shown, *hidden; /* NULL: anything */
};

static void check_all(enum tend_lang lang, const struct row *rows, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct demo d;
		make(&d);
		tend_lang_set(lang);
		char *screen = demo_screen(&d, rows[i].size, "today", rows[i].keys);
		if ((rows[i].shown != NULL && strstr(screen, rows[i].shown) == NULL)
			|| (rows[i].hidden != NULL && strstr(screen, rows[i].hidden) != NULL)) {
			print_message("%s\n", screen);
			fail_msg("row %zu: \"%s\" must be there, \"%s\" must not", i,
				rows[i].shown != NULL ? rows[i].shown : "",
				rows[i].hidden != NULL ? rows[i].hidden : "");
		}
		free(screen);
		demo_remove(&d);
	}
}

#define EACH(lang, rows) check_all(lang, rows, sizeof(rows) / sizeof((rows)[0]))

static void what_is_owed_stands_with_what_is_late(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{"80x24", NULL,
			"> !  Owed Ltd                Send the plan              promise      -4d  "
			"   44",
			NULL},
		{"80x24", NULL,
			"!  Owed Ltd                Not answered: Reports ar~  complaint    -1d    "
			" 31",
			NULL},
		{"80x24", NULL,
			"Owed Ltd                Quote                      promise      +2d     "
			"25",
			NULL},
		{"40x12", NULL, "Send the plan", NULL},
		{"80x24", "w", "promise not kept", NULL},
		{"80x24", "w", "promised to   Dana", NULL},
		{"80x24", "j w", "26 who stay silent", "promised to"},
		/* hints: what x and d do, not what only milestones have */
		{"160x48", NULL, "x done", "i items"},
		{"160x48", NULL, "x done", "z snooze"},
	};
	EACH(TEND_EN, rows);
	static const struct row zh[] = {
		{"80x24", NULL, "承诺", "promise"},
		{"80x24", "j w", "26 位沉默的客户", NULL},
		{"80x24", "w", "未兑现的承诺", NULL},
	};
	EACH(TEND_ZH, zh);
}

static void x_keeps_answers_and_resolves(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{"80x24", "x", "promise kept: Send the plan (owed)",
			"Send the plan              pr"},
		{"80x24", "x u", "Send the plan              promise      -4d", NULL},
		{"80x24", "Space j j Space x", "2 promises kept", NULL},
		{"80x24", "j x", "complaint slow answered (owed)", "Not answered"},
		{"80x24", "j x u", "Not answered", NULL},
		{"80x24", "j z", NULL, "Snooze the alert"},
	};
	EACH(TEND_EN, rows);
}

static void d_moves_a_promise(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{"80x24", "d", "Send the plan: now 2026-11-12", NULL},
		{"80x24", "d + 1 d Enter", "Send the plan              promise      +1d", NULL},
		{"80x24", "d x Enter", "not a date", NULL},
		{"80x24", "d - 1 m Enter", "promised lies before date", NULL},
		{"80x24", "j d", "What was promised on a complaint stays", NULL},
	};
	EACH(TEND_EN, rows);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_owed_stands_with_what_is_late),
		cmocka_unit_test(x_keeps_answers_and_resolves),
		cmocka_unit_test(d_moves_a_promise),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
