/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <tend/care.h>
#include <tend/file.h>
#include <tend/mem.h>

#include "demo.h"
#include "support.h"

static const char journey[] =
	"journey: demo\n"
	"version: 1\n"
	"title: {en: A year together, zh: 携手一年}\n"
	"term: 12 months\n"
	"stages:\n"
	"  - {key: growth, title: {en: Growth, zh: 成长}, from: start}\n"
	"  - {key: maturity, title: {en: Maturity, zh: 成熟}, from: start + 3 months}\n"
	"  - {key: renewal, title: {en: Renewal, zh: 续费}, from: renewal - 2 months}\n"
	"  - {key: winback, title: {en: Win-back, zh: 挽回}, from: renewal, when: lapsed}\n"
	"milestones:\n"
	"  - {key: signed, stage: growth, title: {en: Contract signed, zh: 签约}, due: start}\n"
	"  - key: handover\n"
	"    stage: growth\n"
	"    title: {en: Hand-over, zh: 对接}\n"
	"    due: start + 7 days\n"
	"    effort: 6h\n"
	"    items: [{en: Papers from sales, zh: 销售交接资料}, {en: First call, zh: 首次沟通}]\n"
	"    after: [signed]\n"
	"    guide: {en: \"Meet the people before the product; the relation comes first.\", zh: "
	"\"先认识人，再谈产品：关系先行。\"}\n"
	"    deliverable: {en: Notes of the first call, zh: 首次沟通纪要}\n"
	"  - {key: golive, stage: growth, title: {en: Go-live, zh: 上线}, due: start + 2 months, "
	"effort: 34h}\n"
	"  - key: review\n"
	"    stage: maturity\n"
	"    title: {en: Monthly review, zh: 月度回访}\n"
	"    due: start + 4 months\n"
	"    effort: 90m\n"
	"    repeat: {every: 2 months, until: renewal - 2 months}\n"
	"  - {key: training, stage: maturity, title: {en: Advanced training, zh: 进阶培训}, due: "
	"start + "
	"5 months, effort: 12h, items: [{en: Plan, zh: 计划}, {en: Slides, zh: 课件}, {en: Exam, "
	"zh: 考试}]}\n"
	"  - {key: report, stage: renewal, title: {en: Annual usage report, zh: 年度使用报告}, "
	"due: "
	"renewal - 6 weeks}\n"
	"  - {key: proposal, stage: renewal, title: {en: Renewal proposal, zh: 续费方案}, due: "
	"renewal - "
	"4 weeks}\n";

static const char customers[] =
	"key,name,started,term,owner,segment,industry,arr,currency,status,tags,journey\n"
	"northwind,Northwind Traders,2026-01-05,12m,emma,enterprise,retail,1200000,USD,,vip,demo\n"
	"huadong,华东渠道科技有限公司,2026-06-01,12m,li,enterprise,渠道,320000,CNY,,重点,demo\n"
	"yuntu,云图物流,2026-10-12,12m,li,mid,物流,86000,CNY,,,demo\n"
	"acme,Acme Anvils,2026-08-03,12m,tom,small,tools,9500,USD,,,demo\n"
	"blue,Blue Heron & Sons Bookbinding of the Lower "
	"Valley,2026-03-16,12m,emma,small,crafts,4200,"
	"EUR,,,demo\n"
	"cedar,Cedar Point Clinics,2025-12-01,12m,emma,mid,health,148000,USD,,,demo\n"
	"xinghe,星河 Galaxy 教育,2026-02-02,12m,wang,mid,教育,52000,CNY,,,demo\n"
	"dune,Dune Analytics,2026-11-02,12m,tom,small,data,18000,USD,,,demo\n"
	"late,Lateward Mills,2025-10-20,12m,tom,mid,textile,61000,USD,,,demo\n"
	"gone,Goneby Foods,2025-06-01,12m,tom,small,food,0,USD,churned,,\n"
	"gonghai,公海食品,2025-05-01,12m,wang,small,食品,0,CNY,pooled,,\n"
	"plain,Plain & Simple,2026-09-01,12m,li,small,,0,USD,,,\n";

static int64_t clock_now(void *ctx)
{
	(void)ctx;
	return 1794793260; /* 2026-11-16 01:41 UTC */
}

static void check(enum tend_status status, const struct tend_error *err)
{
	if (status != TEND_OK) {
		fail_msg("%s", err->text);
	}
}

void demo_make_without_store(struct demo *d)
{
	d->dir = support_make_dir();
	d->store = tend_path_join(d->dir, "book.db");
	d->config = tend_path_join(d->dir, "config");
	check(tend_mkdirs(d->config, NULL), NULL);
	support_write_text(support_path(d->config, "demo.yaml"), journey);
	struct tend_date today;
	assert_true(tend_date_parse("2026-11-16", &today));
	d->app = (struct tend_app_options){.store = d->store,
		.today = today,
		.clock = clock_now,
		.utc_offset = 8 * 3600,
		.actor = "li",
		.command = "workbench",
		.config_dir = d->config};
	d->o = (struct tend_workbench_options){.app = &d->app};
	tend_lang_set(TEND_EN);
}

void demo_make_empty(struct demo *d)
{
	struct tend_error err = {0};
	demo_make_without_store(d);
	check(tend_app_init(&d->app, false, &err), &err);
}

static void import(struct demo *d, const char *kind, const char *text)
{
	struct tend_app *a = NULL;
	struct tend_error err = {0};
	struct tend_import_report report = {0};
	struct tend_done done = {0};
	const char *path = support_path(d->dir, "import.csv");
	support_write_text(path, text);
	check(tend_app_open(&d->app, &a, &err), &err);
	enum tend_status status = tend_app_import(a, kind, path, NULL, &report, &done, &err);
	if (report.n > 0) {
		print_message("%d: %s\n", report.items[0].line, report.items[0].reason);
	}
	check(status, &err);
	tend_import_report_finish(&report);
	tend_done_finish(&done);
	tend_app_close(a);
}

void demo_add(struct demo *d, const char *line)
{
	char *text = tend_format(
		"key,name,started,term,owner,segment,arr,currency,journey\n%s,demo\n", line);
	import(d, "customers", text);
	free(text);
}

/* What was due by that day is done on it; Northwind and Lateward are three months behind. */
static void complete_on(struct demo *d, const char *day)
{
	struct tend_app *a = NULL;
	struct tend_list all;
	struct tend_error err = {0};
	struct tend_done done = {0};
	struct tend_app_options then = d->app;
	int64_t ids[256];
	size_t n = 0;
	assert_true(tend_date_parse(day, &then.today));
	check(tend_app_open(&then, &a, &err), &err);
	check(tend_app_milestones(a, 0, NULL, &all, &err), &err);
	for (size_t i = 0; i < all.n && n < 256; i++) {
		const struct tend_milestone *m = tend_list_at(&all, i);
		bool slow =
			strcmp(m->customer, "northwind") == 0 || strcmp(m->customer, "late") == 0;
		if (m->due.day < then.today.day - (slow ? 90 : 0) && tend_is_open_state(m->state)) {
			ids[n++] = m->id;
		}
	}
	check(tend_app_milestone_state(a, ids, n, "done", NULL, &done, &err), &err);
	tend_done_finish(&done);
	tend_list_finish(&all);
	tend_app_close(a);
}

static void log_contacts(struct tend_app *a)
{
	static const struct {
		const char *customer, *kind, *day, *text, *contact;
	} contacts[] = {
		{"huadong", "call", "2026-11-10", "确认进阶培训时间，对方希望下周二下午。",
			"陈经理"},
		{"huadong", "meeting", "2026-10-21", "季度回顾：渠道下单量上升，审批仍慢。",
			"陈经理"},
		{"northwind", "email", "2026-11-02",
			"Asked for the usage figures of the third quarter.", "Dana"},
		{"northwind", "visit", "2026-09-15",
			"Walked the warehouse; scanners are still off-line.", NULL},
		{"acme", "call", "2026-11-13", "Happy with the first reports.", NULL},
		{"cedar", "call", "2026-11-12", "The board decides about the renewal on the 24th.",
			"Ruth"},
	};
	for (size_t i = 0; i < sizeof(contacts) / sizeof(contacts[0]); i++) {
		struct tend_done done = {0};
		struct tend_error err = {0};
		int64_t id;
		struct tend_date day;
		check(tend_app_find_customer(a, contacts[i].customer, &id, &err), &err);
		assert_true(tend_date_parse(contacts[i].day, &day));
		check(tend_app_log(a, &id, 1,
			      &(struct tend_log){.kind = contacts[i].kind,
				      .text = contacts[i].text,
				      .date = day,
				      .contact = contacts[i].contact,
				      .by = TEND_NO_DATE},
			      &done, &err),
			&err);
		tend_done_finish(&done);
	}
}

static void build(struct demo *d)
{
	struct tend_app *a = NULL;
	struct tend_error err = {0};
	demo_make_empty(d);
	import(d, "customers", customers);
	complete_on(d, "2026-03-02");
	complete_on(d, "2026-06-15");
	complete_on(d, "2026-08-24");
	complete_on(d, "2026-10-26");
	check(tend_app_open(&d->app, &a, &err), &err);
	log_contacts(a);
	tend_app_close(a);
	import(d, "usage",
		"customer,metric,date,value\n"
		"northwind,logins,2026-11-10,120\nnorthwind,logins,2026-10-10,220\n"
		"northwind,logins,2026-09-10,240\nnorthwind,logins,2026-07-10,300\n"
		"northwind,reports,2026-11-01,14\nhuadong,logins,2026-11-12,88\n");
}

/* The first version with other words and dates: what a text is replaced by, NULL-ended. */
static const char *const second_version[][2] = {
	{"version: 1", "version: 2"},
	{"due: start + 7 days", "due: start + 5 days"},
	{"en: First call", "en: First call and what comes next"},
	{"Annual usage report", "Usage report of the year"},
	{"renewal - 4 weeks", "renewal - 5 weeks, when: segment == \"enterprise\""},
	{"  - {key: golive,",
		"  - key: golive-talk\n    stage: growth\n    title: {en: Talk after go-live, zh: "
		"上线后回访}\n    due: milestone.golive + 1 week\n    effort: 1h\n    required: "
		"no\n"
		"    after: [golive]\n    done_when: days_since(contact) < 7\n  - {key: golive,"},
	{NULL, NULL},
};

static const char variant[] =
	"journey: ours\n"
	"version: 1\n"
	"extends: demo@1\n"
	"title: {en: A year together in retail, zh: 携手零售一年}\n"
	"drop: [training]\n"
	"milestones:\n"
	"  - {key: golive, due: start + 6 weeks}\n"
	"  - {key: stores, stage: maturity, title: {en: All stores live, zh: 全部门店上线}, "
	"due: start + 6 months, effort: 8h}\n";

static const char wrong_journey[] =
	"journey: wrong\n"
	"version: 1\n"
	"title: {en: \"A journey with a title that is much longer than any column\", zh: "
	"标题很长而且写错了的旅程模板，长得放不下}\n"
	"stages:\n"
	"  - {key: a, title: {en: Start, zh: 启动}, from: start}\n"
	"milestones:\n"
	"  - {key: one, stage: b, title: {en: One}, due: start + 3 dayz}\n"
	"  - {key: two, stage: a, title: {en: Two, zh: "
	"第二个里程碑的标题很长很长很长很长很长很长很长}, due: milestone.thre + 3 days}\n";

static char *replaced(const char *text, const char *from, const char *to)
{
	const char *at = strstr(text, from);
	assert_non_null(at);
	return tend_format("%.*s%s%s", (int)(at - text), text, to, at + strlen(from));
}

static void set_field(struct tend_app *a, const char *customer, const char *milestone,
	const char *field, const char *value)
{
	struct tend_error err = {0};
	struct tend_done done = {0};
	struct tend_assignment set = {field, value};
	int64_t id, milestone_id;
	check(tend_app_find_customer(a, customer, &id, &err), &err);
	check(tend_app_find_milestone(a, id, milestone, &milestone_id, &err), &err);
	check(tend_app_milestone_set(a, &milestone_id, 1, &set, 1, &done, &err), &err);
	tend_done_finish(&done);
}

void demo_add_journeys(struct demo *d)
{
	struct tend_app *a = NULL;
	struct tend_error err = {0};
	char *text = tend_strdup(journey);
	for (size_t i = 0; second_version[i][0] != NULL; i++) {
		char *next = replaced(text, second_version[i][0], second_version[i][1]);
		free(text);
		text = next;
	}
	support_write_text(support_path(d->config, "demo-2.yaml"), text);
	support_write_text(support_path(d->config, "ours.yaml"), variant);
	support_write_text(support_path(d->config, "wrong.yaml"), wrong_journey);
	free(text);
	check(tend_app_open(&d->app, &a, &err), &err);
	set_field(a, "dune", "handover", "due", "2026-11-20");
	set_field(a, "huadong", "report", "title", "2026 年度报告");
	set_field(a, "acme", "proposal", "due", "2027-07-01");
	tend_app_close(a);
}

static const char *const records[][2] = {
	{"contacts",
		"key,customer,name,title,role,influence,stance,cadence,email,left\n"
		"dana,northwind,Dana "
		"Whitlock,COO,decision-maker,high,supporter,30d,dana@northwind.example,\n"
		"piet,northwind,Piet Sommer,IT lead,system-contact,medium,critic,14d,,\n"
		"lou,northwind,Lou Brandt,Warehouse lead,user,low,champion,,,\n"
		"max,northwind,Max Orr,Controller,finance,medium,,,,2026-08-01\n"
		"chen,huadong,陈经理,渠道总监,decision-maker,high,supporter,30d,,\n"
		"zhao,huadong,赵工,信息主管,system-contact,medium,neutral,14d,,\n"},
	{"referrals",
		"customer,date,name,contact,person,state\n"
		"northwind,2026-07-02,Harbor Line Foods,Dana Whitlock,P. Quill,contacted\n"},
	{"complaints",
		"key,customer,opened,closed,severity,text,first_response,rating\n"
		"N-1,northwind,2026-11-03,,high,Scanners lose the connection in hall 3.,95,\n"
		"N-2,northwind,2026-05-11,2026-05-20,medium,Reports took a minute to open.,30,4\n"
		"H-1,huadong,2026-11-12,,medium,审批页面打开很慢。,20,\n"},
	{"surveys",
		"customer,date,kind,score,contact,comment\n"
		"northwind,2026-10-01,nps,6,Dana Whitlock,Good people; the scanners have to work.\n"
		"northwind,2026-04-01,nps,9,Dana Whitlock,\n"
		"northwind,2026-10-20,csat,3,Lou Brandt,\n"
		"huadong,2026-09-15,nps,9,陈经理,服务响应快\n"},
	{"outcomes",
		"key,customer,title,metric,baseline,target,due,state,experience,agreed,note\n"
		"N-O1,northwind,Orders picked without "
		"paper,,10,90,2026-12-31,open,3,2026-02-01,Counted by "
		"the warehouse each month.\n"
		"N-O2,northwind,Month closed in three days,,8,3,2026-06-30,achieved,5,2026-02-01,\n"
		"H-O1,huadong,渠道下单线上化,logins,20,100,2026-12-31,open,4,2026-06-10,\n"},
	{"expectations",
		"customer,module,fit,department,depth,effect,agreed,state\n"
		"northwind,Warehouse,fair,Logistics,regular,No paper lists,2026-02-01,open\n"
		"northwind,Ledger,good,Finance,deep,Close in three days,2026-02-01,met\n"},
	{"trainings",
		"customer,title,kind,date,audience,people,score,state\n"
		"northwind,Scanner basics,basic,2026-03-10,Warehouse,24,82,done\n"
		"northwind,Scanners for the night "
		"shift,refresher,2026-12-08,Warehouse,12,,planned\n"
		"huadong,渠道下单培训,basic,2026-07-08,渠道经理,30,88,done\n"},
	{"needs",
		"customer,title,kind,found,growth,value,currency,state\n"
		"northwind,Returns desk on the same "
		"scanners,scene,2026-09-15,modules,24000,USD,validated\n"},
	{"subscriptions",
		"key,customer,start,end,annual,plan,currency,seats\n"
		"N-S0,northwind,2025-01-05,2026-01-05,900000,core,USD,300\n"},
	{"fees",
		"key,customer,date,title,kind,amount,currency,basis,explanation\n"
		"N-F1,northwind,2026-01-05,Licences,recurring,1200000,USD,400 seats x 3000,One "
		"year for all "
		"sites\n"
		"N-F2,northwind,2026-10-05,Extra storage,usage,1800,USD,,\n"},
	{"gifts",
		"customer,date,title,kind,amount,currency,contact,reason,state\n"
		"northwind,2026-11-24,Cake for the hall,gift,80,USD,Lou Brandt,A year "
		"live,planned\n"},
	{"notes",
		"key,customer,date,title,text,pinned\n"
		"N-N1,northwind,2026-01-06,How they decide,\"# Who decides\n\nDana **signs**, but "
		"only after "
		"*Piet* agrees:\n\n- ask Piet first\n- figures as a "
		"[table](https://northwind.example/t), never as "
		"prose\n- [x] budget round is in `October`\n\n> We buy what the hall likes.\n\n1. "
		"Spring: plan\n2. "
		"Autumn: budget\n\",yes\n"
		"N-N2,northwind,2026-09-16,Warehouse visit,Hall 3 has no coverage behind the cold "
		"store.,\n"
		"H-N1,huadong,2026-06-02,决策链,陈经理拍板，赵工把关技术。,yes\n"},
	{"practices",
		"key,customer,title,industry,source,text,date\n"
		"N-P1,northwind,Scanner captains per shift,retail,customer,One person per shift "
		"answers "
		"first.,2026-05-01\n"},
	{"debriefs",
		"customer,date,title,went_well,went_badly,lesson\n"
		"northwind,2026-04-20,Go-live,Training in the hall,Coverage was not "
		"measured,Measure the network "
		"before go-live.\n"},
	{"activities",
		"customer,date,kind,text,contact,next_step,promise,promised\n"
		"northwind,2026-11-05,call,\"Piet wants a date for hall 3.\nHe will not wait for "
		"the "
		"renewal.\",Piet Sommer,Ask the network team for a date,Plan for hall "
		"3,2026-11-12\n"
		"northwind,2026-10-01,meeting,Quarter with Dana,Dana Whitlock,,Figures of the "
		"third "
		"quarter,2026-11-20\n"
		"huadong,2026-11-11,message,已发培训日程。,赵工,周二前确认参训名单,审批提速方案,"
		"2026-11-18\n"},
};

void demo_add_records(struct demo *d)
{
	for (size_t i = 0; i < sizeof(records) / sizeof(records[0]); i++) {
		import(d, records[i][0], records[i][1]);
	}
}

/* Built once; later ones are copies of the same file. */
void demo_make(struct demo *d)
{
	static char *bytes;
	static size_t n;
	if (bytes == NULL) {
		build(d);
		bytes = support_read(d->store, &n);
		return;
	}
	demo_make_without_store(d);
	support_write(d->store, bytes, n);
}

void demo_remove(struct demo *d)
{
	free(d->store);
	free(d->config);
	support_remove_dir(d->dir);
	tend_lang_set(TEND_EN);
}

enum tend_status demo_try_screen(struct demo *d, const char *size, const char *view,
	const char *keys, struct tend_error *err)
{
	struct tend_str out = {0};
	long long columns = 0, rows = 0;
	char *copy = tend_strdup(size);
	char *x = strchr(copy, 'x');
	*x = '\0';
	assert_true(tend_parse_int(copy, &columns) && tend_parse_int(x + 1, &rows));
	free(copy);
	struct tend_screen_options s = {(int)columns, (int)rows, view, keys};
	enum tend_status status = tend_workbench_screen(&d->o, &s, &out, err);
	tend_str_finish(&out);
	return status;
}

char *demo_screen(struct demo *d, const char *size, const char *view, const char *keys)
{
	struct tend_str out = {0};
	struct tend_error err = {0};
	long long columns = 0, rows = 0;
	char *copy = tend_strdup(size);
	char *x = strchr(copy, 'x');
	*x = '\0';
	assert_true(tend_parse_int(copy, &columns) && tend_parse_int(x + 1, &rows));
	free(copy);
	struct tend_screen_options s = {(int)columns, (int)rows, view, keys};
	check(tend_workbench_screen(&d->o, &s, &out, &err), &err);
	return tend_str_steal(&out);
}

static char *value_text(const struct tend_record_type *t, const void *record, const char *field)
{
	struct tend_str text = {0};
	struct tend_value v;
	assert_true(tend_record_get(t, record, field, &v));
	tend_value_format(v, &text);
	tend_str_addn(&text, "", 0);
	char *copy = tend_strdup(tend_str_text(&text));
	tend_str_finish(&text);
	return copy;
}

char *demo_value(struct demo *d, const char *customer, const char *field)
{
	struct tend_app *a = NULL;
	struct tend_error err = {0};
	struct tend_list one;
	int64_t id;
	check(tend_app_open(&d->app, &a, &err), &err);
	check(tend_app_find_customer(a, customer, &id, &err), &err);
	check(tend_app_customer(a, id, &one, &err), &err);
	char *text = value_text(&tend_customer_type, tend_list_at(&one, 0), field);
	tend_list_finish(&one);
	tend_app_close(a);
	return text;
}

char *demo_milestone(struct demo *d, const char *customer, const char *milestone, const char *field)
{
	struct tend_app *a = NULL;
	struct tend_error err = {0};
	struct tend_list all;
	int64_t id, wanted;
	char *text = NULL;
	check(tend_app_open(&d->app, &a, &err), &err);
	check(tend_app_find_customer(a, customer, &id, &err), &err);
	check(tend_app_find_milestone(a, id, milestone, &wanted, &err), &err);
	check(tend_app_milestones(a, id, NULL, &all, &err), &err);
	for (size_t i = 0; i < all.n; i++) {
		const struct tend_milestone *m = tend_list_at(&all, i);
		if (m->id == wanted) {
			text = value_text(&tend_milestone_type, m, field);
		}
	}
	tend_list_finish(&all);
	tend_app_close(a);
	return text;
}

size_t demo_count(struct demo *d, const char *customer, const char *what)
{
	struct tend_app *a = NULL;
	struct tend_error err = {0};
	struct tend_list all;
	int64_t id = 0;
	check(tend_app_open(&d->app, &a, &err), &err);
	if (customer != NULL) {
		check(tend_app_find_customer(a, customer, &id, &err), &err);
	}
	enum tend_status status = strcmp(what, "alert") == 0
		? tend_app_alerts(a, id, false, NULL, &all, &err)
		: strcmp(what, "history") == 0
		? tend_app_history(a, id, TEND_NO_DATE, NULL, &all, &err)
		: tend_app_records(a, &tend_activity_type, id, NULL, &all, &err);
	check(status, &err);
	size_t n = all.n;
	tend_list_finish(&all);
	tend_app_close(a);
	return n;
}
