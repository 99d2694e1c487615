/* SPDX-License-Identifier: MIT */
/* A synthetic book, the same for the same seed on any day: for trials and benchmarks. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <tend/care.h>
#include <tend/facts.h>
#include <tend/upgrade.h>

#include "inside.h"

#define GENERATE_MAX 1000000
#define GENERATE_YEAR 2026
#define WEEKS 52
#define SUBSCRIPTIONS 3 /* of a customer, at most */
#define REPEATS 1 /* of a milestone: about 30 rows a customer, as in a real book */

/* splitmix64 */
struct random {
	uint64_t state;
};

static uint64_t next(struct random *r)
{
	uint64_t z = (r->state += 0x9E3779B97F4A7C15U);
	z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9U;
	z = (z ^ (z >> 27)) * 0x94D049BB133111EBU;
	return z ^ (z >> 31);
}

static int below(struct random *r, int n)
{
	return (int)(next(r) % (uint64_t)n);
}

static bool chance(struct random *r, int percent)
{
	return below(r, 100) < percent;
}

#define PICK(r, words) (words)[below((r), (int)(sizeof(words) / sizeof((words)[0])))]

static const char *const firsts[] = {"Amber", "Birch", "Cedar", "Delta", "Elm", "Fjord", "Granite",
	"Harbor", "Iris", "Juniper", "Kestrel", "Lumen", "Maple", "Nimbus", "Onyx", "Poplar",
	"云杉", "青禾", "远帆", "晨曦", "望山", "海棠", "北辰", "南风"};
static const char *const seconds[] = {"Logistics", "Foods", "Systems", "Medical", "Textiles",
	"Energy", "Retail", "Robotics", "物流", "食品", "科技", "医药", "纺织", "能源", "零售",
	"制造"};
static const char *const owners[] = {"li", "wang", "zhao", "emma", "tom", "sara", "chen", "ivan"};
static const char *const segments[] = {"enterprise", "mid", "mid", "small", "small", "small"};
static const char *const industries[] = {
	"logistics", "food", "software", "health", "textile", "energy", "retail", "manufacturing"};
static const char *const metrics[] = {"logins", "active_users", "key_actions", "seats"};
static const char *const kinds[] = {
	"call", "meeting", "email", "message", "visit", "training", "note"};
static const char *const texts[] = {"Went through the open points of the last review",
	"Asked about the new module; sends the list of users", "季度回访:使用情况良好,希望增加培训",
	"Agreed on the dates of the training", "客户反馈报表导出较慢,已转给产品",
	"Reminded of the papers that are still missing", "与新任负责人首次沟通"};

#define CONTACTS 4 /* of a customer */
static const char *const people[] = {"Ada Brook", "Ben Hollow", "Cleo Marsh", "Dana Field",
	"Evan Stone", "Fay Rivers", "Gus Heath", "Hana Wood", "周晓岚", "陈向北", "林知夏",
	"赵远山", "孙若溪", "吴长风", "何青山", "许明月"};
static const struct {
	const char *role, *title, *influence;
} posts[CONTACTS] = {{"decision-maker", "General manager", "high"},
	{"system-contact", "Head of IT", "medium"}, {"user", "Team lead", "medium"},
	{"user", "Operator", "low"}};
static const char *const stances[] = {"champion", "supporter", "neutral", "neutral", "critic"};

struct generator {
	struct tend_app *app;
	const struct tend_journey *journey;
	const struct tend_calendar *calendar;
	struct random random;
	/* of one customer */
	struct tend_subscription subscriptions[SUBSCRIPTIONS];
	size_t nsubscriptions;
	const char *people[CONTACTS];
	struct tend_arena arena;
};

static enum tend_status insert(struct generator *g, const struct tend_record_type *t,
	const void *record, int64_t *ret_id, struct tend_error *err)
{
	int64_t id;
	return tend_store_insert(g->app->store, t, record, ret_id != NULL ? ret_id : &id, err);
}

static enum tend_status make_customer(
	struct generator *g, int64_t number, struct tend_customer *c, struct tend_error *err)
{
	struct random *r = &g->random;
	tend_record_clear(&tend_customer_type, c);
	c->key = tend_arena_format(&g->arena, "c%06lld", (long long)number);
	const char *first = PICK(r, firsts), *second = PICK(r, seconds);
	bool wide = (first[0] & 0x80) != 0 && (second[0] & 0x80) != 0;
	c->name = tend_arena_format(
		&g->arena, "%s%s%s %lld", first, wide ? "" : " ", second, (long long)number);
	c->started = (struct tend_date){g->app->today.day - below(r, 400)};
	c->term_months = chance(r, 10) ? 24 : 12;
	c->owner = PICK(r, owners);
	c->segment = PICK(r, segments);
	c->industry = PICK(r, industries);
	c->currency = (first[0] & 0x80) != 0 ? "CNY" : "USD";
	c->tags = chance(r, 10) ? "vip" : NULL;
	bool over = renewal_of(c->started, c->term_months).day <= g->app->today.day;
	c->status = over && chance(r, 50) ? (chance(r, 70) ? "churned" : "pooled") : NULL;
	return insert(g, &tend_customer_type, c, &c->id, err);
}

static enum tend_status make_subscriptions(
	struct generator *g, const struct tend_customer *c, struct tend_error *err)
{
	static const char *const plans[] = {"basic", "pro", "enterprise"};
	struct random *r = &g->random;
	enum tend_status status = TEND_OK;
	int n = 1 + below(r, SUBSCRIPTIONS);
	g->nsubscriptions = (size_t)n;
	for (int i = 0; i < n && status == TEND_OK; i++) {
		struct tend_subscription s;
		tend_record_clear(&tend_subscription_type, &s);
		s.customer_id = c->id;
		s.key = tend_arena_format(&g->arena, "%s-sub-%d", c->key, i + 1);
		s.start = (struct tend_date){c->started.day + (i > 0 ? below(r, 90) : 0)};
		s.end = renewal_of(c->started, c->term_months);
		s.annual = (int64_t)(1 + below(r, 300)) * 1000 * 100 / (i + 1);
		s.plan = PICK(r, plans);
		s.currency = c->currency;
		s.seats = 5 + below(r, 200);
		s.trial = i > 0 && chance(r, 10);
		s.auto_renew = chance(r, 40);
		g->subscriptions[i] = s;
		status = insert(g, &tend_subscription_type, &s, NULL, err);
	}
	return status;
}

/* What is past is mostly done; the rest waits, and some of it is late. */
static void progress(struct generator *g, struct tend_milestone *m)
{
	struct random *r = &g->random;
	int32_t day = g->app->today.day;
	if (m->due.day < day && chance(r, 88)) {
		m->state = chance(r, 4) ? "skipped" : "done";
		int32_t on = m->due.day - 3 + below(r, 9);
		m->done_on = strcmp(m->state, "done") == 0 ? (struct tend_date){on > day ? day : on}
							   : TEND_NO_DATE;
	} else if (m->due.day < day + 14 && chance(r, 25)) {
		m->state = chance(r, 20) ? "blocked" : "doing";
	}
}

/* The customer as conditions see it: with what the book's evaluation will say. */
static struct tend_customer as_evaluated(const struct generator *g, const struct tend_customer *c)
{
	struct tend_customer copy = *c;
	struct tend_date day = g->app->today;
	bool over = renewal_of(c->started, c->term_months).day <= day.day;
	if (copy.status == NULL) {
		copy.status = over ? "lapsed" : "active";
	}
	copy.arr = tend_arr_on(g->subscriptions, g->nsubscriptions, day, &copy.currency);
	return copy;
}

static enum tend_status make_milestones(
	struct generator *g, const struct tend_customer *c, struct tend_error *err)
{
	struct tend_customer copy = as_evaluated(g, c);
	struct tend_facts facts = {.day = g->app->today, .customer = &copy};
	struct tend_inputs inputs = tend_facts_inputs(&facts);
	struct tend_enrollment e = {
		.customer_id = c->id, .version = g->journey->version, .start = c->started};
	memcpy(e.journey, g->journey->key, strlen(g->journey->key) + 1);
	struct tend_schedule_input in = {.start = c->started,
		.renewal = renewal_of(c->started, c->term_months),
		.calendar = g->calendar};
	struct tend_schedule schedule = {0};
	enum tend_status status = tend_store_enroll(g->app->store, &e, err);
	status =
		status != TEND_OK ? status : tend_journey_schedule(g->journey, &in, &schedule, err);
	for (size_t i = 0; i < schedule.n && status == TEND_OK; i++) {
		const struct tend_template_milestone *t =
			&g->journey->milestones[schedule.items[i].milestone];
		if (schedule.items[i].number > REPEATS
			|| (t->when_expr != NULL
				&& tend_expr_truth(t->when_expr, &inputs) != TEND_TRUE)) {
			continue;
		}
		struct tend_milestone m;
		tend_upgrade_row(g->journey, &schedule.items[i], &g->arena, &m);
		m.customer_id = c->id;
		progress(g, &m);
		status = insert(g, &tend_milestone_type, &m, &m.id, err);
		status = status != TEND_OK ? status : enroll_insert_items(g->app, &m, t, err);
	}
	tend_schedule_finish(&schedule);
	tend_facts_finish(&facts);
	return status;
}

static enum tend_status make_contacts(
	struct generator *g, const struct tend_customer *c, struct tend_error *err)
{
	struct random *r = &g->random;
	enum tend_status status = TEND_OK;
	int names = (int)(sizeof(people) / sizeof(people[0])), first = below(r, names);
	for (int i = 0; i < CONTACTS && status == TEND_OK; i++) {
		struct tend_contact p;
		tend_record_clear(&tend_contact_type, &p);
		p.customer_id = c->id;
		p.key = tend_arena_format(&g->arena, "%s-contact-%d", c->key, i + 1);
		p.name = g->people[i] = people[(first + i * 3) % names];
		p.title = posts[i].title;
		p.role = posts[i].role;
		p.influence = posts[i].influence;
		p.stance = PICK(r, stances);
		p.cadence = i == 0 ? "90d" : "30d";
		p.email = tend_arena_format(&g->arena, "p%d@%s.example", i + 1, c->key);
		status = insert(g, &tend_contact_type, &p, NULL, err);
	}
	return status;
}

static enum tend_status make_activities(
	struct generator *g, const struct tend_customer *c, struct tend_error *err)
{
	struct random *r = &g->random;
	enum tend_status status = TEND_OK;
	int n = 4 + below(r, 9), silent = chance(r, 20) ? 45 : 0;
	for (int i = 0; i < n && status == TEND_OK; i++) {
		struct tend_activity v;
		tend_record_clear(&tend_activity_type, &v);
		v.customer_id = c->id;
		v.date = (struct tend_date){g->app->today.day - silent - below(r, 180)};
		v.kind = PICK(r, kinds);
		v.text = PICK(r, texts);
		v.contact = PICK(r, g->people);
		v.actor = c->owner;
		status = insert(g, &tend_activity_type, &v, NULL, err);
	}
	return status;
}

/* Growing, steady, fading or silent. */
static enum tend_status make_points(
	struct generator *g, const struct tend_customer *c, struct tend_error *err)
{
	struct random *r = &g->random;
	enum tend_status status = TEND_OK;
	int trend = below(r, 4);
	for (size_t m = 0; m < sizeof(metrics) / sizeof(metrics[0]); m++) {
		int base = 10 + below(r, 200);
		for (int week = 0; week < WEEKS && status == TEND_OK; week++) {
			int value = base + below(r, 1 + base / 4);
			value = trend == 0                ? value + base * week / WEEKS
				: trend == 2              ? value - base * week / (WEEKS + 10)
				: trend == 3 && week > 44 ? 0
							  : value;
			struct tend_point p;
			tend_record_clear(&tend_point_type, &p);
			p.customer_id = c->id;
			p.metric = metrics[m];
			p.date = (struct tend_date){g->app->today.day - (WEEKS - 1 - week) * 7};
			p.value = value > 0 ? value : 0;
			status = insert(g, &tend_point_type, &p, NULL, err);
		}
	}
	return status;
}

static enum tend_status make_all(struct generator *g, int64_t customers, struct tend_error *err)
{
	enum tend_status status = TEND_OK;
	for (int64_t i = 1; i <= customers && status == TEND_OK; i++) {
		struct tend_customer c;
		status = make_customer(g, i, &c, err);
		status = status != TEND_OK ? status : make_subscriptions(g, &c, err);
		status = status != TEND_OK ? status : make_milestones(g, &c, err);
		status = status != TEND_OK ? status : make_contacts(g, &c, err);
		status = status != TEND_OK ? status : make_activities(g, &c, err);
		status = status != TEND_OK ? status : make_points(g, &c, err);
		tend_arena_finish(&g->arena);
	}
	return status;
}

static enum tend_status fill(
	struct tend_app *a, int64_t customers, int64_t seed, struct tend_error *err)
{
	struct journey_text text = {0};
	struct tend_journey *j = NULL;
	enum tend_status status = journey_load(a, "tob-annual", &text, &j, err);
	if (status == TEND_OK) {
		struct generator g = {.app = a,
			.journey = j,
			.calendar = journey_calendar(a, j),
			.random = {(uint64_t)seed}};
		char day[TEND_DATE_LEN];
		status = tend_store_begin(a->store, NULL, err);
		status = status != TEND_OK
			? status
			: tend_store_set(a->store, "today", tend_date_format(a->today, day), err);
		status = status != TEND_OK ? status : journey_put(a, j, text.text, err);
		status = status != TEND_OK ? status : make_all(&g, customers, err);
		if (status == TEND_OK) {
			status = tend_store_commit(a->store, NULL, NULL, err);
		} else {
			tend_store_rollback(a->store);
		}
		tend_arena_finish(&g.arena);
	}
	tend_journey_destroy(j);
	journey_text_finish(&text);
	status = status != TEND_OK ? status : tend_app_evaluate(a, 0, NULL, err);
	/* What a search looks in is there from the beginning. */
	size_t left, all;
	status = status != TEND_OK ? status : tend_app_search_renew(a, true, 0, &left, &all, err);
	if (status == TEND_OK) {
		tend_app_search_keep(a, 0);
		tend_app_search_forget(a);
	}
	return status;
}

enum tend_status tend_app_store_generate(
	const struct tend_app_options *o, int64_t customers, int64_t seed, struct tend_error *err)
{
	if (customers < 1 || customers > GENERATE_MAX) {
		return tend_fail(
			err, TEND_USAGE, _("the number of customers is 1 to %d"), GENERATE_MAX);
	}
	struct tend_app_options options = *o;
	options.lazy = true;
	options.dry_run = false;
	/* The same book on any day: its day is fixed, whatever the clock says. */
	(void)tend_date_from_ymd(GENERATE_YEAR, 6, 15, &options.today);
	struct tend_app *a = NULL;
	enum tend_status status = tend_app_init(&options, false, err);
	if (status != TEND_OK) {
		return status;
	}
	status = tend_app_open(&options, &a, err);
	status = status != TEND_OK ? status : fill(a, customers, seed, err);
	if (status != TEND_OK && a != NULL) {
		(void)unlink(a->path); /* made just now: half a book is no book */
	}
	tend_app_close(a);
	return status;
}
