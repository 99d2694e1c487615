/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include <tend/care.h>
#include <tend/upgrade.h>

#include "upgrade.h"

/* --- progress of a customer in its journey --- */

static const struct tend_milestone *first_occurrence(const struct progress *p, size_t milestone)
{
	const char *key = p->journey->milestones[milestone].key;
	const struct tend_milestone *found = NULL;
	for (size_t i = 0; i < p->milestones->n; i++) {
		const struct tend_milestone *m = tend_list_at(p->milestones, i);
		if (m->occurrence == 1 && strcmp(m->key, key) == 0) {
			found = m;
		}
	}
	return found;
}

static struct tend_date done_on(void *ctx, size_t milestone)
{
	const struct tend_milestone *m = first_occurrence(ctx, milestone);
	return m != NULL && tend_same(m->state, "done") ? m->done_on : TEND_NO_DATE;
}

/* The schedule knows where a milestone of the template stands, unless a person moved it. */
static struct tend_date due_now(void *ctx, size_t milestone)
{
	const struct tend_milestone *m = first_occurrence(ctx, milestone);
	return m != NULL && tend_is_open_state(m->state)
			&& (tend_upgrade_due_is_own(m) || tend_same(m->origin, "added"))
		? m->due
		: TEND_NO_DATE;
}

void progress_fill(struct tend_schedule_input *in, struct progress *p)
{
	in->done_on = done_on;
	in->due_now = due_now;
	in->ctx = p;
}

/* --- rows of a template --- */

enum tend_status enroll_insert_items(struct tend_app *a, const struct tend_milestone *m,
	const struct tend_template_milestone *t, struct tend_error *err)
{
	enum tend_status status = TEND_OK;
	for (size_t i = 0; status == TEND_OK && i < t->nitems; i++) {
		struct tend_item item;
		tend_record_clear(&tend_item_type, &item);
		item.milestone_id = m->id;
		item.position = (int64_t)i + 1;
		item.key = t->items[i].key;
		item.title_en = t->items[i].title.en;
		item.title_zh = t->items[i].title.zh;
		item.done = tend_same(m->state, "done");
		item.done_on = m->done_on;
		status = write_insert(a, &tend_item_type, &item, m->customer_id, NULL, err);
	}
	return status;
}

enum tend_status enroll_add(struct tend_app *a, int64_t customer_id, const struct tend_journey *j,
	const struct tend_occurrence *o, struct tend_arena *arena, struct tend_error *err)
{
	struct tend_milestone m;
	tend_upgrade_row(j, o, arena, &m);
	m.customer_id = customer_id;
	enum tend_status status =
		write_insert(a, &tend_milestone_type, &m, customer_id, &m.id, err);
	return status != TEND_OK ? status
				 : enroll_insert_items(a, &m, &j->milestones[o->milestone], err);
}

/* Milestones whose condition is not true for the customer, allocated; what each says is kept. */
static enum tend_status conditions_of(struct tend_app *a, const struct tend_customer *c,
	const struct tend_journey *j, bool *out, size_t *ret_left_out, struct tend_error *err)
{
	struct needs needs = {0};
	struct facts_book facts;
	for (size_t i = 0; i < j->nmilestones; i++) {
		needs_add(&needs, j->milestones[i].when_expr);
	}
	enum tend_status status = facts_read(a, &needs, &c->id, 1, &facts, err);
	struct tend_inputs in = facts_of(&facts, c);
	*ret_left_out = 0;
	status = status != TEND_OK ? status : tend_store_clear_conditions(a->store, c->id, err);
	for (size_t i = 0; i < j->nmilestones && status == TEND_OK; i++) {
		const struct tend_expr *when = j->milestones[i].when_expr;
		enum tend_truth truth = when != NULL ? tend_expr_truth(when, &in) : TEND_UNKNOWN;
		out[i] = when != NULL && truth != TEND_TRUE;
		*ret_left_out += out[i];
		struct tend_condition said = {
			.customer_id = c->id, .name = j->milestones[i].key, .truth = truth};
		status = truth == TEND_UNKNOWN ? status
					       : tend_store_put_condition(a->store, &said, err);
	}
	facts_finish(&facts);
	needs_finish(&needs);
	return status;
}

static const struct tend_milestone *row_of(
	const struct tend_list *rows, const char *key, int64_t number)
{
	const struct tend_milestone *found = NULL;
	for (size_t i = 0; i < rows->n; i++) {
		const struct tend_milestone *m = tend_list_at(rows, i);
		if (m->occurrence == number && strcmp(m->key, key) == 0) {
			found = m;
		}
	}
	return found;
}

/* Open, and only the template of the former journey wanted it. */
static bool goes_with_journey(const struct tend_milestone *m)
{
	return tend_is_open_state(m->state) && tend_same(m->origin, "template") && m->run_id == 0;
}

static enum tend_status remove_open(
	struct tend_app *a, struct tend_list *rows, struct tend_error *err)
{
	for (size_t i = 0; i < rows->n; i++) {
		struct tend_milestone *m = tend_list_at(rows, i);
		if (goes_with_journey(m)) {
			enum tend_status status =
				write_delete(a, &tend_milestone_type, m->id, m->customer_id, err);
			if (status != TEND_OK) {
				return status;
			}
			m->id = 0;
		}
	}
	return TEND_OK;
}

/* Leaves the rows that stand for this term: what was done in an earlier one does not count for it. */
static void keep_of_term(struct tend_list *rows, struct tend_date start, bool next)
{
	size_t n = 0;
	for (size_t i = 0; i < rows->n; i++) {
		struct tend_milestone *m = tend_list_at(rows, i);
		bool counts = (tend_is_open_state(m->state) && !next) || m->due.day >= start.day
			|| (tend_has_date(m->done_on) && m->done_on.day >= start.day);
		if (m->id != 0 && counts) {
			memmove(tend_list_at(rows, n++), m, sizeof(*m));
		}
	}
	rows->n = n;
}

enum tend_status enroll_derive(
	struct tend_app *a, struct tend_customer *c, struct tend_list *subs, struct tend_error *err)
{
	enum tend_status status = read_records(a, &tend_subscription_type, c->id, subs, err);
	c->renewal = renewal_of(c->started, c->term_months);
	if (tend_has_date(c->started)) {
		c->days_to_renewal = (int64_t)c->renewal.day - a->today.day;
		c->month = tend_month_of_term(c->started, a->today);
	}
	c->status = tend_status_on(c->status, c->renewal, a->today);
	/* A subscription that has not begun counts from its start on: enrolling before it is usual. */
	struct tend_date day = c->started.day > a->today.day ? c->started : a->today;
	c->arr = subs->n == 0 ? 0 : tend_arr_on(tend_list_at(subs, 0), subs->n, day, &c->currency);
	return status;
}

enum tend_status enroll_schedule(struct tend_app *a, const struct tend_customer *c,
	const struct tend_journey *j, struct tend_date start, const struct tend_list *rows,
	struct tend_schedule *ret, struct tend_error *err)
{
	struct progress p = {.journey = j, .milestones = rows};
	struct tend_schedule_input in = {.start = start,
		.renewal = renewal_of(start, c->term_months),
		.calendar = journey_calendar(a, j)};
	progress_fill(&in, &p);
	return tend_journey_schedule(j, &in, ret, err);
}

static enum tend_status materialise(struct tend_app *a, struct tend_customer *c,
	const struct tend_journey *j, struct tend_date start, struct tend_list *rows,
	size_t *ret_left_out, struct tend_error *err)
{
	struct tend_schedule schedule = {0};
	enum tend_status status = enroll_schedule(a, c, j, start, rows, &schedule, err);
	if (status != TEND_OK) {
		tend_error_prefix(err, "%s", c->key);
		return status;
	}
	bool *out = tend_calloc(j->nmilestones + 1, sizeof(*out));
	status = conditions_of(a, c, j, out, ret_left_out, err);
	struct tend_arena arena = {0};
	for (size_t i = 0; status == TEND_OK && i < schedule.n; i++) {
		const struct tend_occurrence *o = &schedule.items[i];
		const char *key = j->milestones[o->milestone].key;
		if (!out[o->milestone] && row_of(rows, key, o->number) == NULL) {
			status = enroll_add(a, c->id, j, o, &arena, err);
		}
	}
	free(out);
	tend_arena_finish(&arena);
	tend_schedule_finish(&schedule);
	return status;
}

enum tend_status enroll_anew(struct tend_app *a, const struct tend_customer *stored,
	const struct tend_journey *j, struct tend_date start, bool next, size_t *ret_left_out,
	struct tend_error *err)
{
	struct tend_customer c = *stored;
	struct tend_enrollment e;
	enum tend_status status = tend_store_enrollment(a->store, c.id, &e, err);
	if (status != TEND_OK) {
		return status;
	}
	struct tend_list rows, subs;
	status = read_list(a, TEND_READ_MILESTONES_OF, c.id, &tend_milestone_type, &rows, err);
	if (status == TEND_OK && e.id != 0) {
		status = remove_open(a, &rows, err);
	}
	keep_of_term(&rows, start, next);
	tend_list_init(&subs, &tend_subscription_type);
	status = status != TEND_OK ? status : enroll_derive(a, &c, &subs, err);
	if (status == TEND_OK) {
		e = (struct tend_enrollment){
			.customer_id = c.id, .version = j->version, .start = start};
		size_t n = strlen(j->key);
		memcpy(e.journey, j->key, n < sizeof(e.journey) ? n + 1 : sizeof(e.journey) - 1);
		status = tend_store_enroll(a->store, &e, err);
		a->writes += status == TEND_OK;
		ids_add(&a->touched, c.id);
	}
	status =
		status != TEND_OK ? status : materialise(a, &c, j, start, &rows, ret_left_out, err);
	tend_list_finish(&rows);
	tend_list_finish(&subs);
	return status;
}

enum tend_status enroll_customer(struct tend_app *a, const struct tend_customer *c,
	const struct tend_journey *j, struct tend_date start, size_t *ret_left_out,
	struct tend_error *err)
{
	struct tend_enrollment e;
	enum tend_status status = tend_store_enrollment(a->store, c->id, &e, err);
	start = tend_has_date(start) ? start : c->started;
	if (status == TEND_OK && !tend_has_date(start)) {
		return tend_fail(err, TEND_FAILED,
			_("%s has no start date: set started, or give --start"), c->key);
	}
	if (status != TEND_OK
		|| (e.id != 0 && strcmp(e.journey, j->key) == 0 && e.version == j->version
			&& e.start.day == start.day)) {
		return status;
	}
	if (e.id != 0 && strcmp(e.journey, j->key) == 0 && e.start.day == start.day
		&& journey_kept(a, e.journey, e.version) != NULL) {
		return enroll_upgrade(a, c, j, &e, err); /* another version of the same term */
	}
	return enroll_anew(a, c, j, start, false, ret_left_out, err);
}

/* --- moving what hangs on what was done --- */

static bool hangs(const struct tend_journey *j, const struct tend_when *w, int depth)
{
	if (w->anchor == TEND_AT_MILESTONE) {
		return true;
	}
	return w->anchor == TEND_AT_STAGE && depth < 64
		&& hangs(j, &j->stages[w->ref].from, depth + 1);
}

static bool anything_hangs(const struct tend_journey *j)
{
	for (size_t i = 0; i < j->nmilestones; i++) {
		if (hangs(j, &j->milestones[i].due, 0)) {
			return true;
		}
	}
	return false;
}

enum tend_status enroll_follow_anchors(
	struct tend_app *a, const struct tend_customer *c, struct tend_error *err)
{
	struct tend_enrollment e;
	enum tend_status status = tend_store_enrollment(a->store, c->id, &e, err);
	const struct tend_journey *j =
		status == TEND_OK && e.id != 0 ? journey_kept(a, e.journey, e.version) : NULL;
	if (j == NULL || !anything_hangs(j)) {
		return status;
	}
	struct upgrade_run r;
	upgrade_init(&r, a, j);
	r.keeps = true;
	upgrade_add_dates(&r, c, c, &e);
	status = upgrade_plan_all(&r, err);
	size_t n = 0;
	for (size_t i = 0; i < r.writes.writes.n; i++) {
		const struct tend_upgrade_write *w = &r.writes.writes.items[i];
		if (w->op == TEND_UPGRADE_UPDATE && hangs(j, &j->milestones[w->milestone].due, 0)) {
			r.writes.writes.items[n++] = *w;
		}
	}
	r.writes.writes.n = n;
	status = status != TEND_OK ? status : upgrade_write_plan(a, &r.writes, j, err);
	upgrade_finish(&r);
	return status;
}

enum tend_status enroll_follow(struct tend_app *a, struct tend_error *err)
{
	struct ids touched = {0};
	for (size_t i = 0; i < a->touched.n; i++) {
		ids_add(&touched, a->touched.items[i]);
	}
	ids_settle(&touched);
	enum tend_status status = TEND_OK;
	for (size_t i = 0; i < touched.n && status == TEND_OK; i++) {
		struct tend_list list;
		struct tend_customer *c = NULL;
		status = customer_read(a, touched.items[i], &list, &c, err);
		status = status != TEND_OK ? status : enroll_follow_anchors(a, c, err);
		status = status != TEND_OK ? status : playbook_follow(a, c, err);
		tend_list_finish(&list);
	}
	ids_finish(&touched);
	return status;
}

/* --- the use case --- */

/* What a person would not expect of an enrolment, over all customers. */
struct surprises {
	size_t left_out; /* milestones whose condition is not true */
	size_t gone, kept; /* open milestones of another journey: untouched ones, and the others */
	size_t other_terms; /* customers whose term is not the journey's */
};

static enum tend_status look_ahead(struct tend_app *a, const struct tend_customer *c,
	const struct tend_journey *j, struct surprises *s, struct tend_error *err)
{
	struct tend_enrollment e;
	int months = 0;
	enum tend_status status = tend_store_enrollment(a->store, c->id, &e, err);
	bool fits = !tend_duration_months(j->term, &months) || c->term_months == months;
	bool other = status == TEND_OK && (e.id == 0 || strcmp(e.journey, j->key) != 0);
	s->other_terms += other && !fits;
	if (!other || e.id == 0) {
		return status;
	}
	struct tend_list rows;
	status = read_list(a, TEND_READ_MILESTONES_OF, c->id, &tend_milestone_type, &rows, err);
	for (size_t i = 0; i < rows.n; i++) {
		const struct tend_milestone *m = tend_list_at(&rows, i);
		if (tend_is_open_state(m->state)) {
			s->gone += goes_with_journey(m);
			s->kept += !goes_with_journey(m);
		}
	}
	tend_list_finish(&rows);
	return status;
}

static void warn_of(struct tend_done *d, const struct surprises *s, const struct tend_journey *j)
{
	int months = 0;
	if (s->gone + s->kept > 0) {
		done_warn(d,
			_("open milestones of another journey: %zu that nobody touched gone, %zu "
			  "kept"),
			s->gone, s->kept);
	}
	if (s->other_terms > 0 && tend_duration_months(j->term, &months)) {
		done_warn(d,
			_("%s is made for %d months, the customer has another term: tend customer "
			  "set CUSTOMER term=%dm"),
			j->key, months, months);
	}
	done_warn_left_out(d, s->left_out);
}

static enum tend_status enroll_all(struct tend_app *a, const int64_t *ids, size_t n,
	const struct tend_journey *j, struct tend_date start, struct surprises *s, char **ret_key,
	struct tend_error *err)
{
	enum tend_status status = TEND_OK;
	for (size_t i = 0; i < n && status == TEND_OK; i++) {
		struct tend_list list;
		struct tend_customer *c = NULL;
		size_t left_out = 0;
		status = customer_read(a, ids[i], &list, &c, err);
		status = status != TEND_OK ? status
					   : tend_store_read_custom(a->store, ids[i], &list, err);
		status = status != TEND_OK ? status : look_ahead(a, c, j, s, err);
		status = status != TEND_OK ? status
					   : enroll_customer(a, c, j, start, &left_out, err);
		s->left_out += left_out;
		if (status == TEND_OK && i == 0) {
			*ret_key = tend_strdup(c->key);
		}
		tend_list_finish(&list);
	}
	return status;
}

enum tend_status tend_app_journey_enroll(struct tend_app *a, const int64_t *ids, size_t n,
	const char *journey, struct tend_date start, struct tend_done *ret, struct tend_error *err)
{
	done_begin(a, ret);
	if (journey == NULL) {
		return enroll_next(a, ids, n, start, ret, err);
	}
	struct journey_text text = {0};
	struct tend_journey *j = NULL;
	enum tend_status status = journey_load(a, journey, &text, &j, err);
	status = status != TEND_OK ? status : write_begin(a, err);
	if (status == TEND_OK) {
		struct surprises surprises = {0};
		char *key = NULL;
		status = journey_put(a, j, text.text, err);
		int64_t published = a->writes;
		status = status != TEND_OK ? status
					   : enroll_all(a, ids, n, j, start, &surprises, &key, err);
		if (a->writes == published) {
			a->writes = 0; /* nobody was enrolled: publishing alone was not asked for */
		}
		ret->summary = n == 1
			? tend_arena_format(&ret->arena, _("%s enrolled in %s@%d"),
				key != NULL ? key : "", j->key, j->version)
			: tend_arena_format(&ret->arena, _("%zu customers enrolled in %s@%d"), n,
				j->key, j->version);
		warn_of(ret, &surprises, j);
		status = write_end(a, status, ret, err);
		if (status == TEND_OK && ret->changes == 0) {
			ret->summary = tend_arena_format(&ret->arena,
				_("%s@%d runs already from that day; nothing to do"), j->key,
				j->version);
		}
		free(key);
	}
	tend_journey_destroy(j);
	journey_text_finish(&text);
	return status;
}
