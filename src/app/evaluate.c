/* SPDX-License-Identifier: MIT */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <tend/care.h>

#include "evaluate.h"

#define ROUNDS_MAX 8 /* of conditions that follow from one another, within one entry */

/* What was read of customers; what was read of the whole book stays. */
static void book_clear(struct book *b)
{
	tend_list_finish(&b->customers);
	tend_list_finish(&b->milestones);
	tend_list_finish(&b->subscriptions);
	tend_list_finish(&b->alerts);
	tend_list_finish(&b->conditions);
	tend_list_finish(&b->runs);
	tend_list_finish(&b->promises);
	tend_list_finish(&b->complaints);
	spans_finish(&b->milestones_of);
	spans_finish(&b->subscriptions_of);
	spans_finish(&b->alerts_of);
	spans_finish(&b->conditions_of);
	spans_finish(&b->runs_of);
	spans_finish(&b->promises_of);
	spans_finish(&b->complaints_of);
	if (b->facts_read) {
		facts_finish(&b->facts);
		b->facts_read = false;
	}
	needs_finish(&b->needs);
	b->conditional = false;
	tend_arena_finish(&b->arena);
}

static void book_finish(struct book *b)
{
	book_clear(b);
	tend_list_finish(&b->queue);
	if (b->has_quiet) {
		tend_list_finish(&b->quiet);
	}
}

static void book_join(struct book *b)
{
	spans_init(&b->milestones_of, &b->milestones, offsetof(struct tend_milestone, customer_id));
	spans_init(&b->subscriptions_of, &b->subscriptions,
		offsetof(struct tend_subscription, customer_id));
	spans_init(&b->alerts_of, &b->alerts, offsetof(struct tend_alert, customer_id));
	spans_init(&b->promises_of, &b->promises, offsetof(struct tend_activity, customer_id));
	spans_init(&b->complaints_of, &b->complaints, offsetof(struct tend_complaint, customer_id));
}

/* What Today asks about beside milestones and alerts; of one customer, or (0) of all. */
static enum tend_status read_owed(
	struct tend_app *a, struct book *b, int64_t customer_id, struct tend_error *err)
{
	const struct {
		enum tend_read all, of;
		int32_t day;
		struct tend_list *list;
	} reads[] = {
		{TEND_READ_UNKEPT, TEND_READ_UNKEPT_OF, a->today.day + TEND_DUE_SOON_DAYS,
			&b->promises},
		{TEND_READ_COMPLAINTS, TEND_READ_COMPLAINTS_OF, a->today.day, &b->complaints},
	};
	enum tend_status status = TEND_OK;
	bool all = customer_id == 0;
	for (size_t i = 0; b->write && i < sizeof(reads) / sizeof(reads[0]); i++) {
		struct tend_value args[] = {int_value(customer_id), int_value(reads[i].day)};
		status = status != TEND_OK
			? status
			: tend_store_read(a->store, all ? reads[i].all : reads[i].of,
				all ? args + 1 : args, all ? 1 : 2, reads[i].list, err);
	}
	return status;
}

static void keep_last_contact(
	struct tend_customer *c, const struct tend_activity *v, struct tend_date day)
{
	if (v->date.day <= day.day
		&& (!tend_has_date(c->last_contact) || v->date.day > c->last_contact.day)) {
		c->last_contact = v->date;
	}
}

static enum tend_status read_contacts_of(
	struct tend_app *a, struct tend_customer *c, struct tend_error *err)
{
	struct tend_list activities;
	enum tend_status status = read_records(a, &tend_activity_type, c->id, &activities, err);
	for (size_t i = 0; i < activities.n; i++) {
		keep_last_contact(c, tend_list_at(&activities, i), a->today);
	}
	tend_list_finish(&activities);
	return status;
}

/* The last ones alone, unless they are yet to come. */
static enum tend_status read_contacts_all(
	struct tend_app *a, struct book *b, struct tend_error *err)
{
	struct tend_list last;
	enum tend_status status =
		read_list(a, TEND_READ_ACTIVITIES_LAST, 0, &tend_activity_type, &last, err);
	struct spans of;
	spans_init(&of, &last, offsetof(struct tend_activity, customer_id));
	for (size_t i = 0; status == TEND_OK && i < b->customers.n; i++) {
		struct tend_customer *c = tend_list_at(&b->customers, i);
		struct span span = spans_of(&of, c->id);
		const struct tend_activity *v = span.n > 0 ? tend_list_at(&last, span.first) : NULL;
		if (v != NULL && v->date.day > a->today.day) {
			status = read_contacts_of(a, c, err);
		} else if (v != NULL) {
			c->last_contact = v->date;
		}
	}
	spans_finish(&of);
	tend_list_finish(&last);
	return status;
}

static void book_init(struct book *b)
{
	*b = (struct book){0};
	tend_list_init(&b->customers, &tend_customer_type);
	tend_list_init(&b->milestones, &tend_milestone_type);
	tend_list_init(&b->subscriptions, &tend_subscription_type);
	tend_list_init(&b->alerts, &tend_alert_type);
	tend_list_init(&b->conditions, &tend_condition_type);
	tend_list_init(&b->runs, &tend_run_type);
	tend_list_init(&b->promises, &tend_activity_type);
	tend_list_init(&b->complaints, &tend_complaint_type);
	tend_list_init(&b->queue, &tend_today_type);
}

/* Who wrote them may have them at hand, as the write left them; taken over then. */
static enum tend_status read_open(struct tend_app *a, struct book *b, struct tend_error *err)
{
	if (a->open_rows == NULL) {
		return tend_store_read(
			a->store, TEND_READ_MILESTONES_OPEN, NULL, 0, &b->milestones, err);
	}
	tend_list_finish(&b->milestones);
	b->milestones = *a->open_rows;
	tend_list_init(a->open_rows, &tend_milestone_type);
	a->open_rows = NULL;
	return TEND_OK;
}

/* The whole book, one pass a table. The customers may be there already. */
static enum tend_status book_read_all(struct tend_app *a, struct book *b, struct tend_error *err)
{
	enum tend_status status = TEND_OK;
	if (b->customers.n == 0) {
		status = tend_store_read(
			a->store, TEND_READ_CUSTOMERS_STORED, NULL, 0, &b->customers, err);
	}
	status = status != TEND_OK ? status : read_open(a, b, err);
	status = status != TEND_OK ? status : more_records(a, 0, &b->subscriptions, err);
	status = status != TEND_OK
		? status
		: tend_store_read(a->store, TEND_READ_ALERTS, NULL, 0, &b->alerts, err);
	status = status != TEND_OK ? status : read_contacts_all(a, b, err);
	status = status != TEND_OK ? status : read_owed(a, b, 0, err);
	book_join(b);
	b->all = true;
	return status != TEND_OK ? status : conditions_read(a, b, NULL, 0, err);
}

static enum tend_status book_read_one(
	struct tend_app *a, struct book *b, int64_t id, struct tend_error *err)
{
	static const enum tend_read reads[] = {
		TEND_READ_CUSTOMER_STORED, TEND_READ_MILESTONES_OF, TEND_READ_ALERTS_OF};
	struct tend_list *lists[] = {&b->customers, &b->milestones, &b->alerts};
	struct tend_value arg = int_value(id);
	book_clear(b);
	for (size_t i = 0; i < sizeof(reads) / sizeof(reads[0]); i++) {
		enum tend_status status =
			tend_store_read(a->store, reads[i], &arg, 1, lists[i], err);
		if (status != TEND_OK) {
			return status;
		}
	}
	enum tend_status status = more_records(a, id, &b->subscriptions, err);
	status = status != TEND_OK ? status : read_owed(a, b, id, err);
	book_join(b);
	status = status != TEND_OK ? status : conditions_read(a, b, &id, 1, err);
	if (status == TEND_OK && b->customers.n > 0) {
		status = read_contacts_of(a, tend_list_at(&b->customers, 0), err);
	}
	return status;
}

/* --- together --- */

/* After derive. `pending`: conditions have yet to act, the state counts as that of the day before. */
static enum tend_status bring_up(struct tend_app *a, struct book *b, struct tend_customer *c,
	bool pending, struct tend_error *err)
{
	struct tend_date day = {a->today.day - pending};
	enum tend_status status = judge_alerts(a, b, c, err);
	if (b->write) {
		status = status != TEND_OK ? status : tend_store_put_state(a->store, c, day, err);
		status = status != TEND_OK ? status : queue_rows(a, b, c, err);
		tend_arena_clear(&b->arena);
	}
	return status;
}

/* One after the other, each with what its conditions do. */
static enum tend_status evaluate_each(
	struct tend_app *a, struct book *b, const int64_t *ids, size_t n, struct tend_error *err)
{
	enum tend_status status = TEND_OK;
	for (size_t i = 0; i < n && status == TEND_OK; i++) {
		struct tend_customer *c = NULL;
		bool acted = true;
		size_t known = b->found != NULL ? b->found->n : 0;
		for (int round = 0; acted && status == TEND_OK; round++) {
			acted = false;
			status = book_read_one(a, b, ids[i], err);
			c = b->customers.n > 0 ? tend_list_at(&b->customers, 0) : NULL;
			if (c == NULL) {
				break;
			}
			status = status != TEND_OK ? status : derive_state(a, b, c, err);
			if (status == TEND_OK && round < ROUNDS_MAX) {
				status = conditions_judge(a, b, c, round == 0, &acted, err);
			}
			if (status == TEND_OK && acted) {
				status = enroll_follow_anchors(a, c, err);
				status = status != TEND_OK ? status : playbook_follow(a, c, err);
			}
		}
		bool pending = b->found != NULL && b->found->n > known;
		status = status != TEND_OK || c == NULL ? status : bring_up(a, b, c, pending, err);
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

/* In one pass. Those whose conditions would change their plan are gathered; where they act at once (`skip`) the
 * rest is left to that. */
static enum tend_status evaluate_bulk(struct tend_app *a, struct book *b, const int64_t *ids,
	size_t n, bool skip, struct tend_error *err)
{
	enum tend_status status = book_read_all(a, b, err);
	for (size_t i = 0; status == TEND_OK && i < b->customers.n; i++) {
		struct tend_customer *c = tend_list_at(&b->customers, i);
		size_t known = b->found != NULL ? b->found->n : 0;
		bool acted;
		if (!among(ids, n, c->id)) {
			continue;
		}
		status = derive_state(a, b, c, err);
		status = status != TEND_OK ? status : conditions_judge(a, b, c, true, &acted, err);
		bool pending = b->found != NULL && b->found->n > known;
		if (status == TEND_OK && !(pending && skip)) {
			status = bring_up(a, b, c, pending, err);
		}
	}
	return status;
}

static enum tend_status evaluate_some(struct tend_app *a, const int64_t *ids, size_t n,
	enum conditions_mode mode, struct ids *found, struct tend_error *err)
{
	struct book b;
	book_init(&b);
	b.write = true;
	b.mode = mode;
	b.found = found;
	enum tend_status status;
	if (n < BULK_FROM) {
		status = evaluate_each(a, &b, ids, n, err);
	} else if (mode != CONDITIONS_ACT) {
		status = evaluate_bulk(a, &b, ids, n, false, err);
	} else {
		struct ids acting = {0};
		b.mode = CONDITIONS_FOUND;
		b.found = &acting;
		status = evaluate_bulk(a, &b, ids, n, true, err);
		book_clear(&b);
		b.all = false;
		b.mode = CONDITIONS_ACT;
		b.found = NULL;
		status = status != TEND_OK ? status
					   : evaluate_each(a, &b, acting.items, acting.n, err);
		ids_finish(&acting);
	}
	book_finish(&b);
	return status;
}

enum tend_status evaluate_customers(
	struct tend_app *a, const int64_t *ids, size_t n, bool entry, struct tend_error *err)
{
	/* What conditions write is added to the customers that were touched: these are a copy. */
	struct ids copy = {0};
	for (size_t i = 0; i < n; i++) {
		ids_add(&copy, ids[i]);
	}
	enum tend_status status = evaluate_some(
		a, copy.items, copy.n, entry ? CONDITIONS_ACT : CONDITIONS_KEPT, NULL, err);
	ids_finish(&copy);
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
		status = derive_state(a, &b, c, err);
		status = status != TEND_OK ? status : bring_up(a, &b, c, false, err);
		c->next_milestone = tend_arena_strdup(&b.customers.arena, c->next_milestone);
		c->currency = tend_arena_strdup(&b.customers.arena, c->currency);
		c->track_reason = tend_arena_strdup(&b.customers.arena, c->track_reason);
	}
	*customers = b.customers;
	tend_list_init(&b.customers, &tend_customer_type);
	book_finish(&b);
	return status;
}

/* The customers whose state is not of the day and that are not gathered already, by id; allocated. */
static enum tend_status stale(
	struct tend_app *a, int64_t **ret, size_t *ret_n, struct tend_error *err)
{
	size_t cap = 1024, n = 0;
	if (a->found_on.day != a->today.day) {
		a->found.n = 0;
		a->found_on = a->today;
	}
	for (;; cap *= 8) {
		*ret = tend_realloc(*ret, cap, sizeof(**ret));
		enum tend_status status =
			tend_store_stale(a->store, a->today, *ret, cap, ret_n, err);
		if (status != TEND_OK) {
			return status;
		}
		if (*ret_n < cap) {
			break;
		}
	}
	for (size_t i = 0; i < *ret_n; i++) {
		if (!among(a->found.items, a->found.n, (*ret)[i])) {
			(*ret)[n++] = (*ret)[i];
		}
	}
	*ret_n = n;
	return TEND_OK;
}

static enum tend_status end_transaction(
	struct tend_app *a, enum tend_status status, const char *summary, struct tend_error *err)
{
	if (status == TEND_OK) {
		return tend_store_commit(a->store, summary, NULL, err);
	}
	tend_store_rollback(a->store);
	return status;
}

const char *evaluate_changes(struct tend_app *a, struct tend_arena *arena)
{
	const struct condition_changes n = a->changed;
	const char *const words[] = {
		n.done == 1 ? _("%lld milestone done") : _("%lld milestones done"), _("%lld added"),
		_("%lld taken out")};
	const int64_t counts[] = {n.done, n.added, n.gone};
	struct tend_str out = {0};
	for (size_t i = 0; i < sizeof(counts) / sizeof(counts[0]); i++) {
		if (counts[i] > 0) {
			tend_str_add(&out, out.len > 0 ? ", " : "");
			tend_str_addf(&out, words[i], (long long)counts[i]);
		}
	}
	const char *text = out.len > 0
		? tend_arena_format(arena, _("conditions: %s"), tend_str_text(&out))
		: NULL;
	tend_str_finish(&out);
	a->changed = (struct condition_changes){0};
	return text;
}

/* What conditions do on a new day is an entry of its own. */
static enum tend_status act_on_found(struct tend_app *a, struct tend_error *err)
{
	struct tend_journal_entry entry = {
		.at = tend_app_now(a), .day = a->today, .actor = "tend", .command = "evaluate"};
	struct tend_arena arena = {0};
	a->touched.n = 0;
	a->changed = (struct condition_changes){0};
	enum tend_status status = tend_store_begin(a->store, &entry, err);
	if (status == TEND_OK) {
		struct book b;
		book_init(&b);
		b.write = true;
		b.mode = CONDITIONS_ACT;
		status = evaluate_each(a, &b, a->found.items, a->found.n, err);
		book_finish(&b);
		const char *summary = evaluate_changes(a, &arena);
		status = end_transaction(
			a, status, summary != NULL ? summary : _("conditions: nothing"), err);
	}
	a->found.n = status == TEND_OK ? 0 : a->found.n;
	tend_arena_finish(&arena);
	return status;
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
			status = evaluate_some(a, ids, now, CONDITIONS_FOUND, &a->found, err);
			status = end_transaction(a, status, NULL, err);
			ids_settle(&a->found);
		}
	}
	/* A dry run leaves them as they are: of the day before. */
	if (status == TEND_OK && now == n && a->found.n > 0 && !a->dry_run) {
		status = act_on_found(a, err);
	}
	a->version = tend_store_version(a->store);
	if (ret_left != NULL) {
		*ret_left = n - now;
	}
	free(ids);
	return status;
}

enum tend_status tend_app_stale(struct tend_app *a, size_t *ret_n, struct tend_error *err)
{
	int64_t *ids = NULL;
	enum tend_status status = stale(a, &ids, ret_n, err);
	*ret_n += status == TEND_OK && !a->dry_run ? a->found.n : 0;
	free(ids);
	return status;
}
