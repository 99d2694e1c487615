/* SPDX-License-Identifier: MIT */
#include <assert.h>
#include <math.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include "pack_fixture.h"

static const char *both(const char *en, const char *zh)
{
	return tend_pick((struct tend_text){en, zh});
}

static struct tend_date day(const char *s)
{
	struct tend_date d = TEND_NO_DATE;
	bool ok = s == NULL || tend_date_parse(s, &d);
	assert(ok);
	(void)ok;
	return d;
}

static void make_customer(struct fixture *f)
{
	struct tend_customer *c = &f->customer;
	tend_record_clear(&tend_customer_type, c);
	c->key = "huadong";
	c->name = both("Huadong Channel Technology", "华东渠道科技有限公司");
	c->status = "active";
	c->stage = "renewal";
	c->month = 11;
	c->owner = both("Li Wei", "李薇");
	c->segment = "enterprise";
	c->industry = both("Distribution", "分销");
	c->journey = "tob-annual@1";
	c->started = day("2026-01-31");
	c->term_months = 12;
	c->renewal = day("2027-01-31");
	c->days_to_renewal = 53;
	c->arr = 126000000;
	c->currency = "CNY";
	c->health = 61.5;
	c->health_band = "fair";
	c->overdue = 2;
	c->next_due = day("2026-12-01");
	c->next_milestone = "annual-report";
	c->alerts = 2;
	c->tags = "key-account";
	c->last_contact = day("2026-12-04");
	c->track = "behind";
}

static void make_stages(struct fixture *f)
{
	const struct tend_pack_stage stages[] = {
		{"growth", both("Growth", "成长"), day("2026-01-31"), false},
		{"maturity", both("Maturity", "成熟"), day("2026-04-30"), false},
		{"renewal", both("Renewal", "续费"), day("2026-11-30"), true},
		{"winback", both("Win-back", "挽回"), day("2027-01-31"), false},
	};
	memcpy(f->stages, stages, sizeof(stages));
	f->pack.stages = f->stages;
	f->pack.nstages = 4;
}

struct plan {
	const char *key, *stage, *en, *zh, *due, *state, *done_on, *reason, *reason_zh, *waiting;
	int occurrence, first_item, nitems;
	bool renewal;
};

static const struct plan plans[] = {
	{"signed", "growth", "Contract signed", "签约", "2026-01-31", "done", "2026-01-31"},
	{"manual", "growth", "Product manual", "产品手册", "2026-03-31", "skipped", NULL,
		"they use their own", "客户用自己的手册"},
	{"monthly-review", "maturity", "Monthly review", "月度回访", "2026-10-30", "done",
		"2026-11-02", NULL, NULL, NULL, 6},
	{"monthly-review", "maturity", "Monthly review", "月度回访", "2026-11-30", "todo", NULL,
		NULL, NULL, NULL, 7, 0, 2},
	{"scenes", "maturity", "New scenes of use", "新场景挖掘", "2026-11-25", "blocked", NULL,
		"their CIO is away until 2026-12-20", "对方 CIO 12 月 20 日前不在", NULL, 1},
	{"renewal-call", "renewal", "Renewal call and strategy", "续费判断与策略", "2026-11-30",
		"done", "2026-12-02", NULL, NULL, NULL, 1, 2, 1, true},
	{"annual-report", "renewal", "Annual usage report", "年度使用报告", "2026-12-10", "doing",
		NULL, NULL, NULL, NULL, 1, 3, 3, true},
	{"renewal-proposal", "renewal", "Renewal proposal and quote", "续费方案与报价",
		"2026-12-20", "todo", NULL, NULL, NULL, "annual-report", 1, 6, 2, true},
	{"renewal-signed", "renewal", "Renewal contract signed", "续费合同签署", "2027-01-17",
		"todo", NULL, NULL, NULL, "renewal-proposal", 1, 0, 0, true},
};

static void make_items(struct fixture *f)
{
	const struct {
		const char *en, *zh, *done_on;
	} items[] = {
		{"Goals reached?", "目标是否达成", "2026-12-01"},
		{"Next plan agreed", "下一步计划已确认", NULL},
		{"Call made, with facts", "续费判断已给出并附事实", "2026-12-02"},
		{"Use, results and rank", "使用、成果与排名", "2026-12-05"},
		{"Service: tickets and visits", "服务：工单与拜访", NULL},
		{"Plan for the next year", "下一年度规划", NULL},
		{"New configuration: modules, seats", "新配置：模块、席位", NULL},
		{"Quote with every fee explained", "报价，每项费用都有说明", NULL},
	};
	for (size_t i = 0; i < 8; i++) {
		struct tend_item *item = &f->items[i];
		tend_record_clear(&tend_item_type, item);
		item->position = (int64_t)i + 1;
		item->title = both(items[i].en, items[i].zh);
		item->done = items[i].done_on != NULL;
		item->done_on = day(items[i].done_on);
	}
}

static void make_milestones(struct fixture *f)
{
	for (size_t i = 0; i < sizeof(plans) / sizeof(plans[0]); i++) {
		const struct plan *plan = &plans[i];
		struct tend_milestone *m = &f->milestones[i];
		tend_record_clear(&tend_milestone_type, m);
		m->customer = f->customer.key;
		m->key = plan->key;
		m->occurrence = plan->occurrence > 0 ? plan->occurrence : 1;
		m->stage = plan->stage;
		m->title = both(plan->en, plan->zh);
		m->due = day(plan->due);
		m->state = plan->state;
		m->done_on = day(plan->done_on);
		m->reason = plan->reason != NULL ? both(plan->reason, plan->reason_zh) : NULL;
		m->waiting = plan->waiting;
		m->owner = f->customer.owner;
		m->required = i != 4;
		m->visible = 0;
		m->repeats = strcmp(plan->key, "monthly-review") == 0;
		m->projected = i == 8;
		m->items = plan->nitems;
		m->items_done = 0;
		f->rows[i] = (struct tend_pack_milestone){m, f->items + plan->first_item,
			(size_t)plan->nitems, NULL, NULL, plan->renewal};
		for (int k = 0; k < plan->nitems; k++) {
			m->items_done += f->items[plan->first_item + k].done;
		}
	}
	f->rows[6].deliverable =
		both("Report of 8 pages, for their boss", "八页报告，可直接交给客户老板");
	f->rows[6].guide =
		both("Begin with results, not with logins.\nAsk: \"What would you miss first?\"",
			"先写成果，再写登录。\n问：“最先会缺什么？”");
	f->rows[7].deliverable = both("Proposal and quote", "续费方案与报价单");
	f->pack.milestones = f->rows;
	f->pack.nmilestones = sizeof(plans) / sizeof(plans[0]);
}

static void make_money(struct fixture *f)
{
	for (size_t i = 0; i < 2; i++) {
		tend_record_clear(&tend_subscription_type, &f->subscriptions[i]);
		f->subscriptions[i].customer = f->customer.key;
		f->subscriptions[i].currency = "CNY";
		f->subscriptions[i].start = day("2026-01-31");
	}
	struct tend_subscription *s = &f->subscriptions[0];
	s->key = "HD-2026-01";
	s->plan = "Enterprise";
	s->end = day("2027-01-31");
	s->annual = 120000000;
	s->seats = 450;
	s->auto_renew = 0;
	s = &f->subscriptions[1];
	s->key = "HD-2026-02";
	s->plan = both("Reports", "报表");
	s->monthly = 500000;
	s->trial = 0;
	s->auto_renew = 1;
	f->pack.subscriptions = f->subscriptions;
	f->pack.nsubscriptions = 2;
}

static void make_usage(struct fixture *f)
{
	static const double logins[12] = {
		NAN, 412, 3980, 8120, 9350, 9122, 8840, 9410, 9005, 8190, 6420, 1310.5};
	static const double seats[12] = {NAN, 40, 210, 380, 401, 410, 412, 415, 411, 405, 388, 381};
	f->usage[0] = (struct tend_pack_usage){"logins", both("Logins", "登录次数"),
		both("times", "次"), 5120, 7730, (5120.0 - 7730) / 7730, day("2026-12-08"), {0}};
	f->usage[1] = (struct tend_pack_usage){"seats", both("Seats in use", "使用席位"),
		both("seats", "席"), 383, NAN, NAN, day("2026-12-07"), {0}};
	memcpy(f->usage[0].months, logins, sizeof(logins));
	memcpy(f->usage[1].months, seats, sizeof(seats));
	f->pack.usage = f->usage;
	f->pack.nusage = 2;
}

static void make_talk(struct fixture *f)
{
	for (size_t i = 0; i < 2; i++) {
		tend_record_clear(&tend_alert_type, &f->alerts[i]);
		f->alerts[i].id = 11 + (int64_t)i;
		f->alerts[i].customer = f->customer.key;
		f->alerts[i].name = f->customer.name;
		f->alerts[i].owner = f->customer.owner;
		f->alerts[i].currency = "CNY";
		f->alerts[i].value_at_risk = 126000000;
		tend_record_clear(&tend_activity_type, &f->contacts[i]);
		f->contacts[i].customer = f->customer.key;
	}
	struct tend_alert *a = f->alerts;
	a[0].rule = "renewal-window";
	a[0].severity = "high";
	a[0].state = "open";
	a[0].raised = day("2026-12-02");
	a[0].title = both("Renewal is near", "临近续费");
	a[0].reason = both("Renewal in 60 days, 1 of 4 steps done", "60 天后续费，已完成 1/4 项");
	a[1].rule = "milestone-overdue";
	a[1].severity = "medium";
	a[1].state = "snoozed";
	a[1].raised = day("2026-11-26");
	a[1].title = both("Milestones are overdue", "里程碑逾期");
	a[1].reason = both("New scenes of use: 14 days overdue", "新场景挖掘：逾期 14 天");
	f->contacts[0].date = day("2026-12-04");
	f->contacts[0].kind = "meeting";
	f->contacts[0].contact = both("Wang Min (COO)", "王敏（COO）");
	f->contacts[0].text = both("Budget is open until the 20th.\nWants the report first.",
		"预算 20 日前都可以改。\n想先看年度报告。");
	f->contacts[1].date = day("2026-11-20");
	f->contacts[1].kind = "call";
	f->contacts[1].text = both("CIO away until 20 December", "CIO 12 月 20 日前不在");
	f->steps[0] = both(
		"Finish the annual usage report by 2026-12-10", "12 月 10 日前完成年度使用报告");
	f->steps[1] = both("Hold the overdue monthly review", "补做逾期的月度回访");
	f->steps[2] = both("Send the proposal before their budget closes on 2026-12-20",
		"在 12 月 20 日预算截止前送出方案");
	f->pack.alerts = f->alerts;
	f->pack.nalerts = 2;
	f->pack.contacts = f->contacts;
	f->pack.ncontacts = 2;
	f->pack.next_steps = f->steps;
	f->pack.nnext_steps = 3;
}

void fixture_make(struct fixture *f)
{
	memset(f, 0, sizeof(*f));
	f->pack.day = day("2026-12-09");
	make_customer(f);
	f->pack.customer = &f->customer;
	make_stages(f);
	make_items(f);
	make_milestones(f);
	make_money(f);
	make_usage(f);
	make_talk(f);
}

void fixture_make_bare(struct fixture *f)
{
	memset(f, 0, sizeof(*f));
	f->pack.day = day("2026-12-09");
	tend_record_clear(&tend_customer_type, &f->customer);
	f->customer.key = "bare";
	f->customer.name = "Bare & Co";
	f->pack.customer = &f->customer;
}

static void fill(const struct tend_record_type *t, void *record, const char *text)
{
	for (size_t i = 0; i < t->nfields; i++) {
		const struct tend_field *f = &t->fields[i];
		if ((f->type == TEND_TEXT && f->values == NULL) || f->type == TEND_TAGS) {
			tend_field_set(
				f, record, (struct tend_value){.type = f->type, .text = text});
		}
	}
}

void fixture_make_hostile(struct fixture *f, const char *text)
{
	fixture_make(f);
	fill(&tend_customer_type, &f->customer, text);
	f->customer.health_band = f->customer.status = text;
	for (size_t i = 0; i < 9; i++) {
		fill(&tend_milestone_type, &f->milestones[i], text);
		f->milestones[i].state = i % 2 == 0 ? "todo" : text;
		f->rows[i].deliverable = f->rows[i].guide = text;
	}
	for (size_t i = 0; i < 8; i++) {
		fill(&tend_item_type, &f->items[i], text);
	}
	for (size_t i = 0; i < 4; i++) {
		f->stages[i].title = f->stages[i].key = text;
	}
	for (size_t i = 0; i < 2; i++) {
		fill(&tend_subscription_type, &f->subscriptions[i], text);
		fill(&tend_alert_type, &f->alerts[i], text);
		fill(&tend_activity_type, &f->contacts[i], text);
		f->alerts[i].severity = f->alerts[i].state = f->contacts[i].kind = text;
		f->usage[i].metric = f->usage[i].title = f->usage[i].unit = text;
	}
	for (size_t i = 0; i < 3; i++) {
		f->steps[i] = text;
	}
}
