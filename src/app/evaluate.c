/* SPDX-License-Identifier: MIT */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <tend/care.h>

#include "inside.h"

/* Under so many customers, reading theirs alone is cheaper than reading the whole book in order. */
#define BULK_FROM 100
#define DUE_SOON_ROWS_MAX 200

/* All that the judgement about some customers needs, read at once and joined by spans. */
struct book {
	struct tend_list customers, milestones, subscriptions, alerts;
	struct spans milestones_of, subscriptions_of, alerts_of;
	struct tend_list
		quiet; /* resolved by hand today; read when the first alert is to be raised */
	bool has_quiet;
	bool write;
	struct tend_arena arena; /* texts of one customer at a time */
};

static void book_finish(struct book *b)
{
	tend_list_finish(&b->customers);
	tend_list_finish(&b->milestones);
	tend_list_finish(&b->subscriptions);
	tend_list_finish(&b->alerts);
	if (b->has_quiet) {
		tend_list_finish(&b->quiet);
	}
	spans_finish(&b->milestones_of);
	spans_finish(&b->subscriptions_of);
	spans_finish(&b->alerts_of);
	tend_arena_finish(&b->arena);
}

static void book_join(struct book *b)
{
	spans_init(&b->milestones_of, &b->milestones, offsetof(struct tend_milestone, customer_id));
	spans_init(&b->subscriptions_of, &b->subscriptions,
		offsetof(struct tend_subscription, customer_id));
	spans_init(&b->alerts_of, &b->alerts, offsetof(struct tend_alert, customer_id));
}

static void keep_last_contact(
	struct tend_customer *c, const struct tend_activity *v, struct tend_date day)
{
	if (v->date.day <= day.day
		&& (!tend_has_date(c->last_contact) || v->date.day > c->last_contact.day)) {
		c->last_contact = v->date;
	}
}

static enum tend_status read_contacts_all(
	struct tend_app *a, struct book *b, struct tend_error *err)
{
	struct tend_list activities;
	enum tend_status status =
		read_list(a, TEND_READ_ACTIVITIES, 0, &tend_activity_type, &activities, err);
	struct spans of;
	spans_init(&of, &activities, offsetof(struct tend_activity, customer_id));
	for (size_t i = 0; i < b->customers.n; i++) {
		struct tend_customer *c = tend_list_at(&b->customers, i);
		struct span span = spans_of(&of, c->id);
		for (size_t k = 0; k < span.n; k++) {
			keep_last_contact(c, tend_list_at(&activities, span.first + k), a->today);
		}
	}
	spans_finish(&of);
	tend_list_finish(&activities);
	return status;
}

static enum tend_status read_contacts_of(
	struct tend_app *a, struct tend_customer *c, struct tend_error *err)
{
	struct tend_list activities;
	enum tend_status status =
		read_list(a, TEND_READ_ACTIVITIES_OF, c->id, &tend_activity_type, &activities, err);
	for (size_t i = 0; i < activities.n; i++) {
		keep_last_contact(c, tend_list_at(&activities, i), a->today);
	}
	tend_list_finish(&activities);
	return status;
}

static void book_init(struct book *b)
{
	*b = (struct book){0};
	tend_list_init(&b->customers, &tend_customer_type);
	tend_list_init(&b->milestones, &tend_milestone_type);
	tend_list_init(&b->subscriptions, &tend_subscription_type);
	tend_list_init(&b->alerts, &tend_alert_type);
}

/* The whole book, one pass a table. The customers may be there already. */
static enum tend_status book_read_all(struct tend_app *a, struct book *b, struct tend_error *err)
{
	enum tend_status status = TEND_OK;
	if (b->customers.n == 0) {
		status = tend_store_read(
			a->store, TEND_READ_CUSTOMERS_STORED, NULL, 0, &b->customers, err);
	}
	status = status != TEND_OK ? status
				   : tend_store_read(a->store, TEND_READ_MILESTONES_OPEN, NULL, 0,
					   &b->milestones, err);
	status = status != TEND_OK ? status
				   : tend_store_read(a->store, TEND_READ_SUBSCRIPTIONS, NULL, 0,
					   &b->subscriptions, err);
	status = status != TEND_OK
		? status
		: tend_store_read(a->store, TEND_READ_ALERTS, NULL, 0, &b->alerts, err);
	status = status != TEND_OK ? status : read_contacts_all(a, b, err);
	book_join(b);
	return status;
}

static enum tend_status book_read_one(
	struct tend_app *a, struct book *b, int64_t id, struct tend_error *err)
{
	static const enum tend_read reads[] = {TEND_READ_CUSTOMER_STORED, TEND_READ_MILESTONES_OF,
		TEND_READ_SUBSCRIPTIONS_OF, TEND_READ_ALERTS_OF};
	struct tend_list *lists[] = {&b->customers, &b->milestones, &b->subscriptions, &b->alerts};
	struct tend_value arg = int_value(id);
	size_t before = b->customers.n;
	for (size_t i = 0; i < sizeof(reads) / sizeof(reads[0]); i++) {
		enum tend_status status =
			tend_store_read(a->store, reads[i], &arg, 1, lists[i], err);
		if (status != TEND_OK) {
			return status;
		}
	}
	for (size_t i = before; i < b->customers.n; i++) {
		struct tend_customer *c = tend_list_at(&b->customers, i);
		enum tend_status status = read_contacts_of(a, c, err);
		if (status != TEND_OK) {
			return status;
		}
	}
	return TEND_OK;
}

/* --- one customer --- */

static bool stages_hang_on_milestones(const struct tend_journey *j)
{
	for (size_t i = 0; i < j->nstages; i++) {
		if (j->stages[i].from.anchor == TEND_AT_MILESTONE) {
			return true;
		}
	}
	return false;
}

static enum tend_status derive_stage(
	struct tend_app *a, struct tend_customer *c, struct tend_error *err)
{
	struct tend_enrollment e;
	enum tend_status status = tend_store_enrollment(a->store, c->id, &e, err);
	c->stage = NULL;
	if (status != TEND_OK || e.id == 0) {
		return status;
	}
	const struct tend_journey *j = journey_kept(a, e.journey, e.version);
	if (j == NULL) {
		return TEND_OK;
	}
	struct tend_list milestones;
	tend_list_init(&milestones, &tend_milestone_type);
	struct progress p = {.journey = j, .milestones = &milestones};
	struct tend_schedule_input in = {.start = e.start,
		.renewal = renewal_of(e.start, c->term_months),
		.calendar = journey_calendar(a, j)};
	if (stages_hang_on_milestones(j)) {
		struct tend_value arg = int_value(c->id);
		status = tend_store_read(
			a->store, TEND_READ_MILESTONES_OF, &arg, 1, &milestones, err);
		progress_fill(&in, &p);
	}
	struct condition_inputs ctx = {.customer = c, .day = a->today};
	struct tend_inputs inputs = customer_inputs(&ctx);
	int stage =
		tend_journey_stage_on(j, &in, a->today, tend_same(c->status, "lapsed"), &inputs);
	c->stage = stage >= 0 ? j->stages[stage].key : NULL;
	tend_list_finish(&milestones);
	return status;
}

static enum tend_status derive(
	struct tend_app *a, struct book *b, struct tend_customer *c, struct tend_error *err)
{
	struct tend_date day = a->today;
	bool begins = tend_has_date(c->started);
	c->renewal = renewal_of(c->started, c->term_months);
	c->days_to_renewal = begins ? (int64_t)c->renewal.day - day.day : TEND_NO_INT;
	c->month = begins ? tend_month_of_term(c->started, day) : TEND_NO_INT;
	c->status = tend_status_on(c->status, c->renewal, day);
	c->health = NAN;
	c->health_band = "unknown";
	struct span span = spans_of(&b->subscriptions_of, c->id);
	c->arr = span.n == 0 ? 0
			     : tend_arr_on(tend_list_at(&b->subscriptions, span.first), span.n, day,
				     &c->currency);
	span = spans_of(&b->milestones_of, c->id);
	tend_derive_milestones(c, span.n > 0 ? tend_list_at(&b->milestones, span.first) : NULL,
		span.n, day, &b->arena);
	return derive_stage(a, c, err);
}

/* --- alerts --- */

/* The reason in both languages; false where the rule does not fire. */
static bool fires(struct tend_app *a, struct book *b, size_t rule, const struct tend_customer *c,
	const char **ret_reason)
{
	enum tend_lang lang = tend_lang();
	struct tend_str en = {0}, zh = {0};
	tend_lang_set(TEND_EN);
	bool yes = tend_alert_fires(rule, c, a->today, &en);
	if (yes) {
		tend_lang_set(TEND_ZH);
		(void)tend_alert_fires(rule, c, a->today, &zh);
		*ret_reason = both_join(&b->arena, tend_str_text(&en), tend_str_text(&zh));
	}
	tend_lang_set(lang);
	tend_str_finish(&en);
	tend_str_finish(&zh);
	return yes;
}

static bool is_quiet_alert(const struct tend_alert *v, struct tend_date day)
{
	return tend_same(v->state, "resolved") && tend_has_date(v->until)
		&& v->until.day >= day.day;
}

/* A person who resolved it while its cause stood is not asked again on that day. */
static enum tend_status is_quiet(struct tend_app *a, struct book *b, int64_t customer_id,
	const char *rule, bool *ret, struct tend_error *err)
{
	*ret = false;
	if (!b->has_quiet) {
		enum tend_status status =
			read_list(a, TEND_READ_ALERTS_ALL, 0, &tend_alert_type, &b->quiet, err);
		b->has_quiet = true;
		if (status != TEND_OK) {
			return status;
		}
		size_t n = 0;
		for (size_t i = 0; i < b->quiet.n; i++) {
			struct tend_alert *v = tend_list_at(&b->quiet, i);
			if (is_quiet_alert(v, a->today)) {
				memmove(tend_list_at(&b->quiet, n++), v, sizeof(*v));
			}
		}
		b->quiet.n = n;
	}
	for (size_t i = 0; i < b->quiet.n && !*ret; i++) {
		const struct tend_alert *v = tend_list_at(&b->quiet, i);
		*ret = v->customer_id == customer_id && tend_same(v->rule, rule);
	}
	return TEND_OK;
}

static enum tend_status alert_raise(struct tend_app *a, struct book *b,
	const struct tend_customer *c, size_t rule, const char *reason, bool *ret_raised,
	struct tend_error *err)
{
	const struct tend_alert_rule *r = &tend_alert_rules[rule];
	bool quiet = false;
	enum tend_status status = is_quiet(a, b, c->id, r->key, &quiet, err);
	if (status != TEND_OK || quiet) {
		return status;
	}
	*ret_raised = true;
	if (!b->write) {
		return TEND_OK;
	}
	struct tend_alert v;
	tend_record_clear(&tend_alert_type, &v);
	v.customer_id = c->id;
	v.rule = r->key;
	v.severity = r->severity;
	v.state = "open";
	v.raised = v.last_seen = a->today;
	v.count = 1;
	v.title = both_join(&b->arena, r->title.en, r->title.zh);
	v.reason = reason;
	v.value_at_risk = c->arr;
	v.currency = c->currency;
	v.suggest = r->suggest;
	int64_t id;
	return tend_store_insert(a->store, &tend_alert_type, &v, &id, err);
}

static enum tend_status alert_move(struct tend_app *a, struct book *b,
	const struct tend_customer *c, struct tend_alert *v, enum tend_alert_step step,
	const char *reason, struct tend_error *err)
{
	struct tend_alert before = *v;
	if (step == TEND_ALERT_RESOLVE) {
		v->state = "resolved";
		v->until = TEND_NO_DATE;
	} else if (step == TEND_ALERT_SEEN || step == TEND_ALERT_REOPEN) {
		if (step == TEND_ALERT_REOPEN) {
			v->state = "open";
			v->until = TEND_NO_DATE;
		}
		v->count += v->last_seen.day < a->today.day;
		v->last_seen = a->today;
	}
	if (reason != NULL && v->last_seen.day <= a->today.day) {
		v->reason = reason;
		v->value_at_risk = c->arr;
		v->currency = c->currency;
	}
	bool same = step == TEND_ALERT_NOTHING && tend_same(before.reason, v->reason)
		&& before.value_at_risk == v->value_at_risk
		&& tend_same(before.currency, v->currency);
	return same || !b->write ? TEND_OK : tend_store_update(a->store, &tend_alert_type, v, err);
}

static enum tend_status judge_rule(struct tend_app *a, struct book *b, struct tend_customer *c,
	size_t rule, struct tend_error *err)
{
	struct span span = spans_of(&b->alerts_of, c->id);
	struct tend_alert *current = NULL;
	const char *reason = NULL;
	bool yes = fires(a, b, rule, c, &reason), raised = false;
	for (size_t i = 0; i < span.n; i++) {
		struct tend_alert *v = tend_list_at(&b->alerts, span.first + i);
		if (!tend_same(v->rule, tend_alert_rules[rule].key)
			|| tend_same(v->state, "resolved")) {
			continue;
		}
		/* An undo can bring one back beside a later one: the older stays. */
		bool extra = current != NULL;
		enum tend_alert_step step =
			extra ? TEND_ALERT_RESOLVE : tend_alert_next(v, yes, a->today);
		current = extra ? current : v;
		enum tend_status status =
			alert_move(a, b, c, v, step, yes && !extra ? reason : NULL, err);
		if (status != TEND_OK) {
			return status;
		}
		c->alerts += tend_same(v->state, "open");
	}
	if (current == NULL && tend_alert_next(NULL, yes, a->today) == TEND_ALERT_RAISE) {
		enum tend_status status = alert_raise(a, b, c, rule, reason, &raised, err);
		c->alerts += raised;
		return status;
	}
	return TEND_OK;
}

static enum tend_status judge(
	struct tend_app *a, struct book *b, struct tend_customer *c, struct tend_error *err)
{
	c->alerts = 0;
	for (size_t i = 0; i < tend_alert_rule_count; i++) {
		enum tend_status status = judge_rule(a, b, c, i, err);
		if (status != TEND_OK) {
			return status;
		}
	}
	return TEND_OK;
}

/* --- the queue of Today --- */

/* The rank, with its labels in both languages: they are read in the one that is set then. */
static void rank(struct tend_app *a, struct book *b, const struct tend_customer *c,
	struct tend_today_row *row)
{
	enum tend_lang lang = tend_lang();
	struct tend_today_row zh = *row;
	tend_lang_set(TEND_ZH);
	tend_rank(&zh, c, row->severity, a->today, &b->arena);
	tend_lang_set(TEND_EN);
	tend_rank(row, c, row->severity, a->today, &b->arena);
	tend_lang_set(lang);
	for (size_t i = 0; i < row->terms.n && i < zh.terms.n; i++) {
		row->terms.items[i].label =
			both_join(&b->arena, row->terms.items[i].label, zh.terms.items[i].label);
	}
}

static enum tend_status put_row(struct tend_app *a, struct book *b, const struct tend_customer *c,
	struct tend_today_row *row, struct tend_error *err)
{
	row->customer_id = c->id;
	row->customer = c->key;
	row->name = c->name;
	rank(a, b, c, row);
	return tend_store_put_today(a->store, row, err);
}

static enum tend_status queue_milestones(
	struct tend_app *a, struct book *b, const struct tend_customer *c, struct tend_error *err)
{
	struct span span = spans_of(&b->milestones_of, c->id);
	size_t soon = 0;
	for (size_t i = 0; i < span.n; i++) {
		const struct tend_milestone *m = tend_list_at(&b->milestones, span.first + i);
		bool late = m->due.day < a->today.day;
		if (!tend_is_open_state(m->state) || m->due.day > a->today.day + TEND_DUE_SOON_DAYS
			|| (!late && ++soon > DUE_SOON_ROWS_MAX)) {
			continue;
		}
		struct tend_today_row row;
		tend_record_clear(&tend_today_type, &row);
		row.id = m->id;
		row.kind = late ? "overdue" : "due";
		row.subject = tend_milestone_name(m, &b->arena);
		row.title = both_join(&b->arena, m->title_en, m->title_zh);
		row.due = m->due;
		row.required = m->required == 1;
		enum tend_status status = put_row(a, b, c, &row, err);
		if (status != TEND_OK) {
			return status;
		}
	}
	return TEND_OK;
}

/* Read again: the alerts that were raised just now have their ids only in the store. */
static enum tend_status queue_alerts(
	struct tend_app *a, struct book *b, const struct tend_customer *c, struct tend_error *err)
{
	if (c->alerts == 0) {
		return TEND_OK;
	}
	struct tend_list alerts;
	enum tend_status status =
		read_list(a, TEND_READ_ALERTS_OF, c->id, &tend_alert_type, &alerts, err);
	for (size_t i = 0; status == TEND_OK && i < alerts.n; i++) {
		const struct tend_alert *v = tend_list_at(&alerts, i);
		if (!tend_same(v->state, "open")) {
			continue;
		}
		struct tend_today_row row;
		tend_record_clear(&tend_today_type, &row);
		row.id = v->id;
		row.kind = "alert";
		row.subject = v->rule;
		row.title = v->title;
		row.due = v->raised;
		row.severity = v->severity;
		status = put_row(a, b, c, &row, err);
	}
	tend_list_finish(&alerts);
	return status;
}

static enum tend_status queue(
	struct tend_app *a, struct book *b, const struct tend_customer *c, struct tend_error *err)
{
	enum tend_status status = tend_store_clear_today(a->store, c->id, err);
	if (status != TEND_OK || tend_same(c->status, "churned")
		|| tend_same(c->status, "pooled")) {
		return status;
	}
	status = queue_milestones(a, b, c, err);
	status = status != TEND_OK ? status : queue_alerts(a, b, c, err);
	if (status == TEND_OK && tend_same(c->status, "active") && c->days_to_renewal >= 0
		&& c->days_to_renewal <= TEND_RENEWAL_WINDOW_DAYS) {
		struct tend_today_row row;
		tend_record_clear(&tend_today_type, &row);
		row.id = c->id;
		row.kind = row.subject = "renewal";
		row.due = c->renewal;
		status = put_row(a, b, c, &row, err);
	}
	return status;
}

/* --- together --- */

static enum tend_status bring_up(
	struct tend_app *a, struct book *b, struct tend_customer *c, struct tend_error *err)
{
	enum tend_status status = derive(a, b, c, err);
	status = status != TEND_OK ? status : judge(a, b, c, err);
	if (b->write) {
		status = status != TEND_OK ? status
					   : tend_store_put_state(a->store, c, a->today, err);
		status = status != TEND_OK ? status : queue(a, b, c, err);
		tend_arena_finish(&b->arena);
	}
	return status;
}

static bool among(const int64_t *ids, size_t n, int64_t id)
{
	size_t low = 0, high = n;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (ids[middle] < id) {
			low = middle + 1;
		} else {
			high = middle;
		}
	}
	return low < n && ids[low] == id;
}

enum tend_status evaluate_customers(
	struct tend_app *a, const int64_t *ids, size_t n, struct tend_error *err)
{
	struct book b;
	book_init(&b);
	b.write = true;
	enum tend_status status = TEND_OK;
	if (n >= BULK_FROM) {
		status = book_read_all(a, &b, err);
	} else {
		for (size_t i = 0; i < n && status == TEND_OK; i++) {
			status = book_read_one(a, &b, ids[i], err);
		}
		book_join(&b);
	}
	for (size_t i = 0; status == TEND_OK && i < b.customers.n; i++) {
		struct tend_customer *c = tend_list_at(&b.customers, i);
		if (n < BULK_FROM || among(ids, n, c->id)) {
			status = bring_up(a, &b, c, err);
		}
	}
	book_finish(&b);
	return status;
}

enum tend_status evaluate_in_memory(
	struct tend_app *a, struct tend_list *customers, struct tend_error *err)
{
	if (customers->n == 0) {
		return TEND_OK;
	}
	struct book b;
	book_init(&b);
	tend_list_finish(&b.customers);
	b.customers = *customers;
	enum tend_status status = book_read_all(a, &b, err);
	for (size_t i = 0; status == TEND_OK && i < b.customers.n; i++) {
		struct tend_customer *c = tend_list_at(&b.customers, i);
		status = bring_up(a, &b, c, err);
		c->next_milestone = tend_arena_strdup(&b.customers.arena, c->next_milestone);
		c->currency = tend_arena_strdup(&b.customers.arena, c->currency);
	}
	*customers = b.customers;
	tend_list_init(&b.customers, &tend_customer_type);
	book_finish(&b);
	return status;
}

/* The customers whose state is not of the day, by id; allocated. */
static enum tend_status stale(
	struct tend_app *a, int64_t **ret, size_t *ret_n, struct tend_error *err)
{
	size_t cap = 1024;
	for (;; cap *= 8) {
		*ret = tend_realloc(*ret, cap, sizeof(**ret));
		enum tend_status status =
			tend_store_stale(a->store, a->today, *ret, cap, ret_n, err);
		if (status != TEND_OK || *ret_n < cap) {
			return status;
		}
	}
}

enum tend_status tend_app_evaluate(
	struct tend_app *a, size_t limit, size_t *ret_left, struct tend_error *err)
{
	int64_t *ids = NULL;
	size_t n = 0;
	enum tend_status status = stale(a, &ids, &n, err);
	size_t now = limit == 0 || limit > n ? n : limit;
	if (status == TEND_OK && now > 0) {
		status = tend_store_begin(a->store, NULL, err);
		if (status == TEND_OK) {
			status = evaluate_customers(a, ids, now, err);
			if (status == TEND_OK) {
				status = tend_store_commit(a->store, NULL, NULL, err);
			} else {
				tend_store_rollback(a->store);
			}
		}
	}
	a->version = tend_store_version(a->store);
	if (ret_left != NULL) {
		*ret_left = n - now;
	}
	free(ids);
	return status;
}
