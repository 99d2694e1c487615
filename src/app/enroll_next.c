/* SPDX-License-Identifier: MIT */
/* The journey of the next term: that which the present one names, else the same again. */
#include <stdlib.h>
#include <string.h>

#include <tend/care.h>

#include "inside.h"

const char *enroll_next_name(
	struct tend_app *a, const struct tend_enrollment *e, struct tend_arena *arena)
{
	const struct tend_journey *j = journey_kept(a, e->journey, e->version);
	return tend_arena_strdup(arena, j != NULL && j->next != NULL ? j->next : e->journey);
}

/* The first day of the term that begins nearest to the day: the customer's own, or the one after it. */
static struct tend_date next_start(const struct tend_app *a, const struct tend_customer *c)
{
	struct tend_date renewal = renewal_of(c->started, c->term_months);
	int64_t to_renewal = llabs((int64_t)renewal.day - a->today.day);
	int64_t to_start = llabs((int64_t)c->started.day - a->today.day);
	return to_renewal <= to_start ? renewal : c->started;
}

static bool is_earlier(const struct tend_milestone *m, struct tend_date start)
{
	return !tend_is_open_state(m->state) && m->due.day < start.day && m->run_id == 0
		&& !tend_same(m->origin, "added");
}

static bool has_twin(const struct tend_list *rows, const struct tend_milestone *m)
{
	for (size_t i = 0; i < rows->n; i++) {
		const struct tend_milestone *other = tend_list_at(rows, i);
		if (other->due.day > m->due.day && other->occurrence == m->occurrence
			&& strcmp(other->key, m->key) == 0) {
			return true;
		}
	}
	return false;
}

/* Whether milestones of the journey were closed in an earlier term, and the plan of this one is without them: it
 * moved on with the customer's start. */
static enum tend_status lacks_some(struct tend_app *a, int64_t customer_id, struct tend_date start,
	bool *ret, struct tend_error *err)
{
	struct tend_list rows;
	enum tend_status status = read_list(
		a, TEND_READ_MILESTONES_OF, customer_id, &tend_milestone_type, &rows, err);
	bool earlier = false, renewed = false;
	for (size_t i = 0; i < rows.n; i++) {
		const struct tend_milestone *m = tend_list_at(&rows, i);
		earlier = earlier || is_earlier(m, start);
		renewed = renewed || (is_earlier(m, start) && has_twin(&rows, m));
	}
	*ret = earlier && !renewed;
	tend_list_finish(&rows);
	return status;
}

struct next {
	struct tend_arena *arena;
	size_t left_out, enrolled;
	const char *summary; /* of the last one */
};

static enum tend_status enroll(struct tend_app *a, const struct tend_customer *c,
	const struct tend_enrollment *e, struct tend_date start, struct next *n,
	struct tend_error *err)
{
	struct journey_text text = {0};
	struct tend_journey *j = NULL;
	size_t left_out = 0;
	enum tend_status status = journey_load(a, enroll_next_name(a, e, n->arena), &text, &j, err);
	bool same =
		status == TEND_OK && strcmp(e->journey, j->key) == 0 && e->start.day == start.day;
	bool anew = true;
	if (same) {
		status = lacks_some(a, c->id, start, &anew, err);
	}
	if (status == TEND_OK && (anew || e->version != j->version)) {
		char day[TEND_DATE_LEN];
		status = journey_put(a, j, text.text, err);
		if (status == TEND_OK && anew) {
			status = enroll_anew(a, c, j, start, true, &left_out, err);
		} else if (status == TEND_OK) {
			status = enroll_customer(a, c, j, start, &left_out, err);
		}
		n->enrolled++;
		n->left_out += left_out;
		n->summary = tend_arena_format(n->arena, _("%s enrolled in %s@%d from %s on"),
			c->key, j->key, j->version, tend_date_format(start, day));
	}
	if (status != TEND_OK) {
		tend_error_prefix(err, "%s", c->key);
	}
	tend_journey_destroy(j);
	journey_text_finish(&text);
	return status;
}

static enum tend_status enroll_one(struct tend_app *a, int64_t id, struct tend_date start,
	struct next *n, struct tend_error *err)
{
	struct tend_list list;
	struct tend_customer *c = NULL;
	struct tend_enrollment e = {0};
	enum tend_status status = customer_read(a, id, &list, &c, err);
	status = status != TEND_OK ? status : tend_store_read_custom(a->store, id, &list, err);
	status = status != TEND_OK ? status : tend_store_enrollment(a->store, id, &e, err);
	if (status == TEND_OK && e.id == 0) {
		status = tend_fail(err, TEND_USAGE,
			_("%s follows no journey: name one to enrol it in"), c->key);
	} else if (status == TEND_OK && !tend_has_date(start) && !tend_has_date(c->started)) {
		status = tend_fail(err, TEND_FAILED,
			_("%s has no start date: set started, or give --start"), c->key);
	} else if (status == TEND_OK) {
		start = tend_has_date(start) ? start : next_start(a, c);
		status = enroll(a, c, &e, start, n, err);
	}
	tend_list_finish(&list);
	return status;
}

enum tend_status enroll_next(struct tend_app *a, const int64_t *ids, size_t n,
	struct tend_date start, struct tend_done *ret, struct tend_error *err)
{
	struct next next = {.arena = &ret->arena};
	enum tend_status status = write_begin(a, err);
	if (status != TEND_OK) {
		return status;
	}
	for (size_t i = 0; i < n && status == TEND_OK; i++) {
		status = enroll_one(a, ids[i], start, &next, err);
	}
	ret->summary = next.enrolled == 1
		? next.summary
		: tend_arena_format(&ret->arena, _("%zu customers enrolled for their next term"),
			next.enrolled);
	done_warn_left_out(ret, next.left_out);
	status = write_end(a, status, ret, err);
	if (status == TEND_OK && ret->changes == 0) {
		ret->summary = tend_arena_strdup(
			&ret->arena, _("the journey of this term runs already; nothing to do"));
	}
	return status;
}
