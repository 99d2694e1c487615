/* SPDX-License-Identifier: MIT */
/* Versions of journeys: how they differ, and taking customers from one to another. */
#include <stdlib.h>
#include <string.h>

#include "upgrade.h"

enum { CONFLICTS_NAMED = 3 };

enum tend_status tend_app_journey_diff(struct tend_app *a, const char *then, const char *now,
	struct tend_list *ret, struct tend_findings *findings, struct tend_error *err)
{
	struct tend_journey *before = NULL, *after = NULL;
	tend_list_init(ret, &tend_difference_type);
	enum tend_status status = tend_app_journey(a, then, NULL, &before, err);
	status = status != TEND_OK ? status : tend_app_journey(a, now, findings, &after, err);
	if (status == TEND_OK) {
		tend_journey_diff(before, after, ret);
	}
	tend_journey_destroy(before);
	tend_journey_destroy(after);
	return status;
}

/* --- whom it is about --- */

static int by_customer(const void *a, const void *b)
{
	const struct tend_enrollment *x = a, *y = b;
	return (x->customer_id > y->customer_id) - (x->customer_id < y->customer_id);
}

static const struct tend_customer *find_customer(const struct tend_list *customers, int64_t id)
{
	for (size_t i = 0; i < customers->n; i++) {
		const struct tend_customer *c = tend_list_at(customers, i);
		if (c->id == id) {
			return c;
		}
	}
	return NULL;
}

/* A customer that was named has to follow the journey. */
static enum tend_status check_named(struct upgrade_run *r, const struct tend_enrollment *all,
	size_t nall, const int64_t *ids, size_t n, struct tend_error *err)
{
	for (size_t i = 0; i < n; i++) {
		struct tend_enrollment wanted = {.customer_id = ids[i]};
		if (bsearch(&wanted, all, nall, sizeof(*all), by_customer) != NULL) {
			continue;
		}
		const struct tend_customer *c = find_customer(&r->customers, ids[i]);
		const char *key = c != NULL ? c->key : "";
		return c != NULL && c->journey != NULL
			? tend_fail(err, TEND_FAILED,
				_("%s follows %s, not %s: tend journey enroll starts another "
				  "journey"),
				key, c->journey, r->now->key)
			: tend_fail(err, TEND_FAILED, _("%s follows no journey"), key);
	}
	return TEND_OK;
}

static bool is_named(const int64_t *ids, size_t n, int64_t id)
{
	bool found = n == 0;
	for (size_t i = 0; i < n && !found; i++) {
		found = ids[i] == id;
	}
	return found;
}

/* `any`: also those who are at the version already. */
static void add_goals(struct upgrade_run *r, const struct tend_enrollment *all, size_t nall,
	const int64_t *ids, size_t n, bool any)
{
	for (size_t i = 0; i < r->customers.n; i++) {
		const struct tend_customer *c = tend_list_at(&r->customers, i);
		struct tend_enrollment wanted = {.customer_id = c->id};
		const struct tend_enrollment *e =
			bsearch(&wanted, all, nall, sizeof(*all), by_customer);
		if (e == NULL || !is_named(ids, n, c->id)
			|| (!any && e->version == r->now->version)) {
			continue;
		}
		struct tend_date renewal = renewal_of(e->start, c->term_months);
		*TEND_PUSH(&r->goals) = (struct upgrade_goal){.e = *e,
			.customer = c,
			.renewal_then = renewal,
			.start = e->start,
			.renewal = renewal};
	}
}

/* Conditions ask about derived fields and the user's own, other plans only about dates. */
static enum tend_status read_customers(struct upgrade_run *r, struct tend_error *err)
{
	enum tend_status status = tend_store_read(r->app->store,
		r->has_conditions ? TEND_READ_CUSTOMERS : TEND_READ_CUSTOMERS_STORED, NULL, 0,
		&r->customers, err);
	return status != TEND_OK || !r->has_conditions
		? status
		: tend_store_read_custom(r->app->store, 0, &r->customers, err);
}

static enum tend_status choose(
	struct upgrade_run *r, const int64_t *ids, size_t n, bool any, struct tend_error *err)
{
	struct tend_enrollment *all = NULL;
	size_t nall = 0;
	enum tend_status status = read_customers(r, err);
	status = status != TEND_OK
		? status
		: tend_store_enrollments(r->app->store, r->now->key, &all, &nall, err);
	status = status != TEND_OK ? status : check_named(r, all, nall, ids, n, err);
	if (status == TEND_OK) {
		add_goals(r, all, nall, ids, n, any);
	}
	free(all);
	return status;
}

/* "journey tob-annual@2 for 212 customers: 35 added, 12 moved" */
static void say(struct upgrade_run *r, struct tend_done *done)
{
	size_t n = r->goals.n;
	const char *what = upgrade_summary(r, &done->arena);
	done->summary = n == 1
		? tend_arena_format(&done->arena, _("journey %s@%d for %s: %s"), r->now->key,
			r->now->version, r->goals.items[0].customer->key, what)
		: tend_arena_format(&done->arena, _("journey %s@%d for %zu customers: %s"),
			r->now->key, r->now->version, n, what);
	if (n == 0) {
		done->summary = tend_arena_format(&done->arena,
			_("nobody follows %s at another version than %d"), r->now->key,
			r->now->version);
	}
}

/* A file may say something else under a version that they are at already. */
static bool is_file(const char *journey, const struct tend_journey *now)
{
	char key[TEND_KEY_MAX + 1];
	int64_t version;
	return !journey_name_parse(journey, key, sizeof(key), &version)
		|| strcmp(key, now->key) != 0;
}

enum tend_status tend_app_journey_plan(struct tend_app *a, const char *journey, const int64_t *ids,
	size_t n, struct tend_list *ret, struct tend_findings *findings, struct tend_done *done,
	struct tend_error *err)
{
	done_begin(a, done);
	tend_list_init(ret, &tend_plan_type);
	struct tend_journey *now = NULL;
	enum tend_status status = tend_app_journey(a, journey, findings, &now, err);
	if (status != TEND_OK) {
		return status;
	}
	struct upgrade_run r;
	upgrade_init(&r, a, now);
	r.lines = ret;
	status = choose(&r, ids, n, is_file(journey, now), err);
	status = status != TEND_OK ? status : upgrade_plan_all(&r, err);
	say(&r, done);
	upgrade_finish(&r);
	tend_journey_destroy(now);
	return status;
}

enum tend_status upgrade_imagine(
	struct tend_app *a, const char *journey, struct imagined *ret, struct tend_error *err)
{
	*ret = (struct imagined){0};
	enum tend_status status = tend_app_journey(a, journey, NULL, &ret->now, err);
	if (status != TEND_OK) {
		return status;
	}
	struct upgrade_run r;
	struct tend_done done = {0};
	upgrade_init(&r, a, ret->now);
	r.keeps = true;
	status = choose(&r, NULL, 0, is_file(journey, ret->now), err);
	status = status != TEND_OK ? status : upgrade_plan_all(&r, err);
	for (size_t i = 0; i < r.writes.writes.n && status == TEND_OK; i++) {
		const struct tend_upgrade_write *w = &r.writes.writes.items[i];
		struct imagined_write *kept = TEND_PUSH(&ret->writes);
		*kept = (struct imagined_write){w->op, w->row};
		if (w->op == TEND_UPGRADE_INSERT) {
			/* Its other texts are the template's; this one goes with the plan. */
			kept->row.after = tend_arena_strdup(&r.writes.arena, w->row.after);
		}
	}
	ret->arena = r.writes.arena;
	r.writes.arena = (struct tend_arena){0};
	say(&r, &done);
	ret->summary = tend_strdup(done.summary);
	tend_done_finish(&done);
	upgrade_finish(&r);
	return status;
}

void imagined_finish(struct imagined *i)
{
	tend_journey_destroy(i->now);
	free(i->writes.items);
	free(i->summary);
	tend_arena_finish(&i->arena);
	*i = (struct imagined){0};
}

/* The plan of what is followed already has no conflicts any more: here they are said by name. */
static void warn_of_conflicts(const struct tend_list *lines, size_t n, struct tend_done *done)
{
	struct tend_str names = {0};
	size_t named = 0;
	for (size_t i = 0; i < lines->n && named < CONFLICTS_NAMED; i++) {
		const struct tend_plan_line *line = tend_list_at(lines, i);
		if (strcmp(line->action, tend_upgrade_action_name(TEND_UPGRADE_CONFLICT)) == 0) {
			tend_str_addf(&names, "%s%s %s", named++ > 0 ? "; " : "", line->customer,
				line->key);
			if (line->occurrence > 1) {
				tend_str_addf(&names, "#%lld", (long long)line->occurrence);
			}
			tend_str_addf(&names, " (%s)", line->detail != NULL ? line->detail : "");
		}
	}
	if (n > named) {
		tend_str_addf(&names, _("; and %zu more"), n - named);
	}
	if (n > 0) {
		done_warn(done,
			n == 1 ? _("%zu milestone stays as it is here, though the template says "
				   "otherwise: %s")
			       : _("%zu milestones stay as they are here, though the template "
				   "says otherwise: %s"),
			n, tend_str_text(&names));
	}
	tend_str_finish(&names);
}

static enum tend_status apply(struct upgrade_run *r, const char *text, const int64_t *ids, size_t n,
	struct tend_done *ret, struct tend_error *err)
{
	struct tend_app *a = r->app;
	struct tend_list lines;
	tend_list_init(&lines, &tend_plan_type);
	r->lines = &lines;
	r->conflicts_only = true;
	enum tend_status status = journey_put(a, r->now, text, err);
	int64_t published = a->writes;
	status = status != TEND_OK ? status : choose(r, ids, n, false, err);
	status = status != TEND_OK ? status : upgrade_apply(r, err);
	say(r, ret);
	if (a->writes == published) {
		a->writes = 0; /* publishing alone was not asked for */
	}
	if (status == TEND_OK) {
		warn_of_conflicts(&lines, r->counts[TEND_UPGRADE_CONFLICT], ret);
	}
	r->lines = NULL;
	tend_list_finish(&lines);
	return status;
}

enum tend_status tend_app_journey_apply(struct tend_app *a, const char *journey, const int64_t *ids,
	size_t n, struct tend_done *ret, struct tend_error *err)
{
	done_begin(a, ret);
	struct journey_text text = {0};
	struct tend_journey *now = NULL;
	enum tend_status status = journey_load(a, journey, &text, &now, err);
	status = status != TEND_OK ? status : write_begin(a, err);
	if (status == TEND_OK) {
		struct upgrade_run r;
		upgrade_init(&r, a, now);
		status = apply(&r, text.text, ids, n, ret, err);
		a->open_rows = r.keeps_open ? &r.open : NULL;
		status = write_end(a, status, ret, err);
		a->open_rows = NULL;
		if (status == TEND_OK && ret->changes == 0 && n > 0) {
			ret->summary = tend_arena_format(&ret->arena,
				_("%s@%d is followed already; nothing to do"), now->key,
				now->version);
		}
		upgrade_finish(&r);
	}
	tend_journey_destroy(now);
	journey_text_finish(&text);
	return status;
}

/* --- other dates --- */

/* What the assignments say about dates; others are for tend_app_customer_set to judge. */
static enum tend_status given_dates(struct tend_app *a, const struct tend_assignment *fields,
	size_t n, struct tend_date *started, int64_t *months, struct tend_error *err)
{
	struct tend_arena arena = {0};
	enum tend_status status = TEND_OK;
	*started = TEND_NO_DATE;
	*months = TEND_NO_INT;
	for (size_t i = 0; i < n && status == TEND_OK; i++) {
		struct tend_value v = {.null = true};
		if (strcmp(fields[i].field, "started") == 0) {
			status = given_value(a, tend_field_find(&tend_customer_type, "started"),
				fields[i].value, &arena, &v, err);
			*started = v.null ? *started : v.date;
		} else if (is_term_field(fields[i].field)) {
			status = given_term(fields[i].value, months, err);
		}
	}
	tend_arena_finish(&arena);
	return status;
}

/* Plans the step of one customer to other dates, to another version, or both; `lines` NULL: writes it as well. */
static enum tend_status step_one(struct tend_app *a, const struct tend_journey *now,
	const struct tend_enrollment *e, const struct tend_customer *before,
	const struct tend_customer *after, struct tend_list *lines, struct tend_error *err)
{
	struct upgrade_run r;
	struct tend_customer c = *after;
	struct tend_list subs;
	upgrade_init(&r, a, now);
	r.lines = lines;
	r.keeps = lines == NULL;
	tend_list_init(&subs, &tend_subscription_type);
	enum tend_status status = r.has_conditions ? enroll_derive(a, &c, &subs, err) : TEND_OK;
	upgrade_add_dates(&r, before, &c, e);
	status = status != TEND_OK ? status : upgrade_plan_all(&r, err);
	status = status != TEND_OK || lines != NULL ? status : upgrade_write(&r, err);
	tend_list_finish(&subs);
	upgrade_finish(&r);
	return status;
}

static enum tend_status step_dates(struct tend_app *a, const struct tend_customer *before,
	const struct tend_customer *after, struct tend_list *lines, struct tend_error *err)
{
	struct tend_enrollment e;
	enum tend_status status = tend_store_enrollment(a->store, after->id, &e, err);
	const struct tend_journey *j =
		status == TEND_OK && e.id != 0 ? journey_kept(a, e.journey, e.version) : NULL;
	status = j != NULL ? step_one(a, j, &e, before, after, lines, err) : status;
	return status != TEND_OK ? status : playbook_move(a, after, lines, err);
}

enum tend_status enroll_upgrade(struct tend_app *a, const struct tend_customer *c,
	const struct tend_journey *j, const struct tend_enrollment *e, struct tend_error *err)
{
	return step_one(a, j, e, c, c, NULL, err);
}

enum tend_status enroll_move(struct tend_app *a, const struct tend_customer *before,
	const struct tend_customer *after, struct tend_error *err)
{
	return step_dates(a, before, after, NULL, err);
}

enum tend_status tend_app_dates_plan(struct tend_app *a, const int64_t *ids, size_t nids,
	const struct tend_assignment *fields, size_t n, struct tend_list *ret,
	struct tend_error *err)
{
	struct tend_date started;
	int64_t months;
	tend_list_init(ret, &tend_plan_type);
	enum tend_status status = given_dates(a, fields, n, &started, &months, err);
	bool moves = tend_has_date(started) || months != TEND_NO_INT;
	for (size_t i = 0; i < nids && moves && status == TEND_OK; i++) {
		struct tend_list list;
		struct tend_customer *c = NULL;
		status = customer_read(a, ids[i], &list, &c, err);
		status = status != TEND_OK ? status
					   : tend_store_read_custom(a->store, ids[i], &list, err);
		if (status == TEND_OK) {
			struct tend_customer after = *c;
			after.started = tend_has_date(started) ? started : after.started;
			after.term_months = months != TEND_NO_INT ? months : after.term_months;
			status = step_dates(a, c, &after, ret, err);
		}
		tend_list_finish(&list);
	}
	return status;
}
