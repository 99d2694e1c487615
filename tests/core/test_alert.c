/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <tend/care.h>
#include <tend/lang.h>
#include <tend/money.h>
#include <tend/str.h>
#include <tend/text.h>

#include <tend/fields.h>
#include "support.h"

static struct tend_date day_of(const char *text)
{
	struct tend_date day = TEND_NO_DATE;
	if (text != NULL) {
		assert_true(tend_date_parse(text, &day));
	}
	return day;
}

/* The state of a customer on 2026-05-10. */
struct situation {
	const char *status;
	int overdue;
	const char *next_due, *renewal, *last_contact, *started;
	int64_t arr;
	const char *soon; /* the due date of a second milestone, "Training" */
	int64_t ended; /* what ended with the term, beside one of 7,000 that ended long ago */
};

static struct tend_customer customer_in(const struct situation *s)
{
	struct tend_customer c;
	tend_record_clear(&tend_customer_type, &c);
	c.status = s->status != NULL ? s->status : "active";
	c.overdue = s->overdue;
	c.next_due = day_of(s->next_due);
	c.renewal = day_of(s->renewal);
	c.last_contact = day_of(s->last_contact);
	c.started = day_of(s->started);
	c.arr = s->arr;
	c.currency = "CNY";
	return c;
}

/* "rule: reason" of every rule that fires, one a line. */
static void expect_alerts(const struct situation *s, const char *expected)
{
	struct tend_customer c = customer_in(s);
	struct tend_str all = {0};
	struct tend_milestone m[2];
	m[0] = (struct tend_milestone){.key = "review",
		.title_en = "Review",
		.title_zh = "回访",
		.state = "todo",
		.due = day_of(s->next_due),
		.repeats = 1,
		.occurrence = 2};
	m[1] = (struct tend_milestone){.key = "training",
		.title_en = "Training",
		.state = "doing",
		.due = day_of(s->soon)};
	struct tend_subscription subs[2] = {{.start = day_of("2025-01-01"),
						    .end = c.renewal,
						    .annual = s->ended,
						    .monthly = TEND_NO_MONEY},
		{.start = day_of("2025-01-01"),
			.end = day_of("2025-06-01"),
			.annual = 700000,
			.monthly = TEND_NO_MONEY,
			.currency = "CNY"}};
	struct tend_alert_facts f = tend_alert_facts_of(
		&c, m, COUNT_OF(m), subs, s->ended > 0 ? COUNT_OF(subs) : 0, day_of("2026-05-10"));
	for (size_t i = 0; i < tend_alert_rule_count; i++) {
		struct tend_str reason = {0};
		if (tend_alert_fires(i, &f, day_of("2026-05-10"), &reason)) {
			tend_str_addf(
				&all, "%s: %s\n", tend_alert_rules[i].key, tend_str_text(&reason));
		} else {
			assert_int_equal(reason.len, 0);
		}
		tend_str_finish(&reason);
	}
	assert_same_text(tend_str_text(&all), expected);
	tend_str_finish(&all);
}

static void rules_fire_with_their_numbers(void **state)
{
	(void)state;
	static const struct {
		struct situation s;
		const char *alerts;
	} rows[] = {
		{{0}, ""},
		{{.overdue = 1, .next_due = "2026-05-09"},
			"milestone-overdue: Review #2 was due on 2026-05-09, 1 day ago\n"},
		{{.overdue = 1, .next_due = "2026-05-01"},
			"milestone-overdue: Review #2 was due on 2026-05-01, 9 days ago\n"},
		{{.overdue = 3, .next_due = "2026-04-30"},
			"milestone-overdue: 3 milestones are overdue; the oldest, Review #2, was "
			"due on 2026-04-30 "
			"(10 days ago)\n"},
		{{.overdue = 2, .next_due = "2026-05-09"},
			"milestone-overdue: 2 milestones are overdue; the oldest, Review #2, was "
			"due on 2026-05-09 "
			"(1 day ago)\n"},
		{{.overdue = 1}, ""}, /* cannot be: the earliest open one is the overdue one */
		{{.overdue = 1, .next_due = "2026-05-09", .soon = "2026-05-12"},
			"milestone-overdue: Review #2 was due on 2026-05-09, 1 day ago\n"
			"milestone-due-soon: Training is due on 2026-05-12, in 2 days\n"},
		{{.next_due = "2026-05-13", .soon = "2026-05-12"},
			"milestone-due-soon: Training is due on 2026-05-12, in 2 days\n"},
		{{.soon = "2026-05-12", .renewal = "2026-05-08", .status = "lapsed"},
			"milestone-due-soon: Training is due on 2026-05-12, in 2 days\n"
			"term-over: The term ended on 2026-05-08, 2 days ago, and was not "
			"renewed\n"},
		{{.soon = "2026-05-12", .renewal = "2026-05-12"},
			"renewal-window: The term ends on 2026-05-12, in 2 days\n"},
		{{.next_due = "2026-05-10"}, "milestone-due-soon: Review #2 is due today\n"},
		{{.next_due = "2026-05-11"},
			"milestone-due-soon: Review #2 is due on 2026-05-11, in 1 day\n"},
		{{.next_due = "2026-05-17"},
			"milestone-due-soon: Review #2 is due on 2026-05-17, in 7 days\n"},
		{{.next_due = "2026-05-18"}, ""},
		{{.renewal = "2026-07-10"}, ""},
		{{.renewal = "2026-07-09"},
			"renewal-window: The term ends on 2026-07-09, in 60 days\n"},
		{{.renewal = "2026-05-11", .arr = 123450},
			"renewal-window: The term ends on 2026-05-11, in 1 day; ARR ¥1.2k\n"},
		{{.renewal = "2026-05-10", .arr = 0},
			"renewal-window: The term ends today, on 2026-05-10\n"},
		{{.renewal = "2026-05-10", .status = "lapsed"},
			"term-over: The term ended today, on 2026-05-10, and was not "
			"renewed\n"},
		{{.renewal = "2026-05-09", .status = "lapsed"},
			"term-over: The term ended on 2026-05-09, 1 day ago, and was not "
			"renewed\n"},
		{{.renewal = "2026-05-08", .status = "lapsed", .ended = 120000000},
			"term-over: The term ended on 2026-05-08, 2 days ago, and was not "
			"renewed; ARR ¥1.2M\n"},
		{{.renewal = "2026-05-20", .ended = 120000000},
			"renewal-window: The term ends on 2026-05-20, in 10 days\n"},
		{{.last_contact = "2026-04-11", .started = "2026-01-01"}, ""},
		{{.last_contact = "2026-04-10", .started = "2026-01-01"},
			"no-contact: The last contact was on 2026-04-10, 30 days ago\n"},
		{{.last_contact = "2026-06-01", .started = "2026-01-01"}, ""},
		{{.started = "2026-04-11"}, ""},
		{{.started = "2026-04-10"},
			"no-contact: No contact since the start on 2026-04-10, 30 days ago\n"},
		{{.last_contact = "2026-01-01", .started = "2026-06-01"}, ""}, /* not begun yet */
		{{.overdue = 1,
			 .next_due = "2026-05-09",
			 .renewal = "2026-05-20",
			 .started = "2025-05-20",
			 .status = "churned"},
			""},
		{{.overdue = 1,
			 .next_due = "2026-05-09",
			 .started = "2025-05-20",
			 .status = "pooled"},
			""},
	};
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		expect_alerts(&rows[i].s, rows[i].alerts);
	}
}

static void reasons_come_in_chinese_too(void **state)
{
	(void)state;
	static const struct situation s = {.overdue = 2,
		.next_due = "2026-04-30",
		.renewal = "2026-05-20",
		.started = "2025-05-20",
		.arr = 5000000};
	tend_lang_set(TEND_ZH);
	expect_alerts(&s,
		"milestone-overdue: 2 个里程碑逾期；最早的 回访 #2 应于 2026-04-30 完成（已逾期 "
		"10 天）\n"
		"renewal-window: 合同期至 2026-05-20，还有 10 天；年费 ¥50k\n"
		"no-contact: 自 2025-05-20 开始以来尚未联系，已过 355 天\n");
	tend_lang_set(TEND_EN);
}

static void rules_have_keys_titles_and_known_severities(void **state)
{
	(void)state;
	const struct tend_field *severity = tend_field_find(&tend_alert_type, "severity");
	for (size_t i = 0; i < tend_alert_rule_count; i++) {
		const struct tend_alert_rule *rule = &tend_alert_rules[i];
		struct tend_value v;
		assert_int_equal(
			tend_field_parse(severity, rule->severity, NULL, &v, NULL), TEND_OK);
		assert_non_null(rule->title.en);
		assert_non_null(rule->title.zh);
		for (size_t j = 0; j < i; j++) {
			assert_string_not_equal(rule->key, tend_alert_rules[j].key);
		}
	}
}

static void alerts_move_from_step_to_step(void **state)
{
	(void)state;
	static const struct {
		const char *state, *last_seen, *until;
		bool fires;
		enum tend_alert_step step;
	} rows[] = {
		{NULL, NULL, NULL, true, TEND_ALERT_RAISE},
		{NULL, NULL, NULL, false, TEND_ALERT_NOTHING},
		{"resolved", "2026-05-01", NULL, true, TEND_ALERT_RAISE},
		{"resolved", "2026-05-01", NULL, false, TEND_ALERT_NOTHING},
		{"open", "2026-05-09", NULL, true, TEND_ALERT_SEEN},
		{"open", "2026-05-10", NULL, true, TEND_ALERT_NOTHING}, /* once a day */
		{"open", "2026-05-10", NULL, false, TEND_ALERT_RESOLVE},
		{"open", "2026-05-11", NULL, true, TEND_ALERT_NOTHING}, /* a day before the last */
		{"open", "2026-05-11", NULL, false, TEND_ALERT_NOTHING},
		{"open", NULL, NULL, true, TEND_ALERT_SEEN},
		{"acked", "2026-05-09", NULL, true, TEND_ALERT_SEEN},
		{"acked", "2026-05-09", NULL, false, TEND_ALERT_RESOLVE},
		{"snoozed", "2026-05-09", "2026-05-11", true, TEND_ALERT_SEEN},
		{"snoozed", "2026-05-09", "2026-05-10", true, TEND_ALERT_REOPEN},
		{"snoozed", "2026-05-10", "2026-05-10", true, TEND_ALERT_REOPEN},
		{"snoozed", "2026-05-09", "2026-05-01", true, TEND_ALERT_REOPEN},
		{"snoozed", "2026-05-09", NULL, true, TEND_ALERT_SEEN},
		{"snoozed", "2026-05-09", "2026-05-20", false, TEND_ALERT_RESOLVE},
		{"snoozed", "2026-05-12", "2026-05-10", true, TEND_ALERT_NOTHING},
	};
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct tend_alert a;
		tend_record_clear(&tend_alert_type, &a);
		a.state = rows[i].state;
		a.last_seen = day_of(rows[i].last_seen);
		a.until = day_of(rows[i].until);
		enum tend_alert_step step = tend_alert_next(
			rows[i].state != NULL ? &a : NULL, rows[i].fires, day_of("2026-05-10"));
		if (step != rows[i].step) {
			fail_msg("row %zu: %d, not %d", i, step, rows[i].step);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rules_fire_with_their_numbers),
		cmocka_unit_test(reasons_come_in_chinese_too),
		cmocka_unit_test(rules_have_keys_titles_and_known_severities),
		cmocka_unit_test(alerts_move_from_step_to_step),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
