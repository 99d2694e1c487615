/* SPDX-License-Identifier: MIT */
/* Changing fields of customers, one or many at once: what that would do, and doing it in one entry. */
#include <stdlib.h>
#include <string.h>

#include "customer_change.h"

/* How much a set has changed so far. */
struct tally {
	size_t customers, milestones;
};

/* --- milestones that go along with the owner --- */

static const struct tend_field *owner_field(const struct change *ch)
{
	for (size_t i = 0; i < ch->nfields; i++) {
		if (strcmp(ch->fields[i]->name, "owner") == 0) {
			return ch->fields[i];
		}
	}
	return NULL;
}

enum tend_status customer_own_milestones(struct tend_app *a, const struct tend_customer *c,
	const struct change *ch, struct tend_list *ret, struct tend_error *err)
{
	const struct tend_field *f = owner_field(ch);
	tend_list_init(ret, &tend_milestone_type);
	if (f == NULL || c->owner == NULL || tend_same(c->owner, ch->customer.owner)) {
		return TEND_OK;
	}
	struct tend_value id = int_value(c->id);
	enum tend_status status =
		tend_store_read(a->store, TEND_READ_MILESTONES_OWNED, &id, 1, ret, err);
	size_t n = 0;
	for (size_t i = 0; i < ret->n; i++) {
		const struct tend_milestone *m = tend_list_at(ret, i);
		if (tend_same(m->owner, c->owner)) {
			memmove(tend_list_at(ret, n++), m, sizeof(*m));
		}
	}
	ret->n = n;
	return status;
}

static enum tend_status hand_over(struct tend_app *a, const struct tend_customer *before,
	const struct change *ch, struct tally *tally, struct tend_error *err)
{
	struct tend_list own;
	enum tend_status status = customer_own_milestones(a, before, ch, &own, err);
	for (size_t i = 0; i < own.n && status == TEND_OK; i++) {
		struct tend_milestone *m = tend_list_at(&own, i);
		m->owner = ch->customer.owner;
		m->origin = tend_same(m->origin, "template") ? "edited" : m->origin;
		status = write_update(a, &tend_milestone_type, m, m->customer_id, err);
		tally->milestones++;
	}
	tend_list_finish(&own);
	return status;
}

/* --- setting --- */

/* What follows from other dates, another currency or another amount. */
static enum tend_status follow(struct tend_app *a, const struct tend_customer *before,
	const struct tend_customer *after, const struct change *ch, bool changed,
	struct tend_error *err)
{
	enum tend_status status = TEND_OK;
	bool dates = ch->has_started || ch->has_term;
	if (ch->has_arr || (changed && (dates || ch->has_currency))) {
		status = customer_change_arr(a, before, after, ch->has_arr ? &ch->arr : NULL, err);
	}
	return status == TEND_OK && changed && dates ? enroll_move(a, before, after, err) : status;
}

static enum tend_status set_one(struct tend_app *a, int64_t id, const struct change *ch,
	bool milestones, struct tally *tally, struct tend_error *err)
{
	struct tend_list list;
	struct tend_customer *c = NULL;
	int64_t writes = a->writes;
	enum tend_status status = customer_read(a, id, &list, &c, err);
	if (status == TEND_OK && ch->ncustom > 0) {
		status = tend_store_read_custom(a->store, id, &list, err);
	}
	if (status == TEND_OK) {
		struct tend_customer before = *c;
		bool changed = change_apply(ch, c, &list.arena);
		if (milestones) {
			status = hand_over(a, &before, ch, tally, err);
		}
		if (status == TEND_OK && changed) {
			status = write_update(a, &tend_customer_type, c, id, err);
		}
		status = status != TEND_OK ? status : change_put_custom(a, id, ch, &before, err);
		status = status != TEND_OK ? status : follow(a, &before, c, ch, changed, err);
	}
	tally->customers += a->writes != writes;
	tend_list_finish(&list);
	return status;
}

/* `key` NULL: of several, of which so many changed. */
static const char *set_summary(struct tend_app *a, struct tend_arena *arena,
	const struct tend_bulk *b, const char *key, const struct tally *tally)
{
	struct tend_str text = {0};
	given_summary(a, &tend_customer_type, b->fields, b->n, &text);
	if (tally->milestones > 0) {
		tend_str_addf(&text, "; ");
		tend_str_addf(&text,
			tally->milestones == 1 ? _("%zu milestone goes along")
					       : _("%zu milestones go along"),
			tally->milestones);
	}
	const char *summary = key != NULL
		? tend_arena_format(arena, _("customer %s set: %s"), key, tend_str_text(&text))
		: tend_arena_format(
			arena, _("%zu customers set: %s"), tally->customers, tend_str_text(&text));
	tend_str_finish(&text);
	return summary;
}

/* A start past the end of the term that was is that of the next one. */
static void propose_next(
	struct tend_app *a, const struct tend_customer *before, struct tend_done *ret)
{
	struct tend_list list;
	struct tend_customer *c = NULL;
	struct tend_enrollment e = {0};
	struct tend_date renewal = renewal_of(before->started, before->term_months);
	if (customer_read(a, before->id, &list, &c, NULL) == TEND_OK
		&& tend_has_date(before->started) && c->started.day >= renewal.day
		&& tend_store_enrollment(a->store, c->id, &e, NULL) == TEND_OK && e.id != 0) {
		done_warn(ret, _("a new term: tend journey enroll %s starts %s for it"), c->key,
			enroll_next_name(a, &e, &ret->arena));
	}
	tend_list_finish(&list);
}

enum tend_status tend_app_bulk_set(struct tend_app *a, const struct tend_bulk *b,
	struct tend_done *ret, struct tend_error *err)
{
	done_begin(a, ret);
	struct change ch;
	struct tally tally = {0};
	struct tend_list first = {0};
	struct tend_customer *c = NULL;
	enum tend_status status = change_parse(a, b->fields, b->n, false, &ch, err);
	if (status == TEND_OK && b->nids == 1) {
		status = customer_read(a, b->ids[0], &first, &c, err);
	}
	status = status != TEND_OK ? status : write_begin(a, err);
	if (status == TEND_OK) {
		for (size_t i = 0; i < b->nids && status == TEND_OK; i++) {
			status = set_one(a, b->ids[i], &ch, b->milestones, &tally, err);
		}
		ret->summary = set_summary(a, &ret->arena, b, c != NULL ? c->key : NULL, &tally);
		status = write_end(a, status, ret, err);
	}
	if (status == TEND_OK && c != NULL) {
		propose_next(a, c, ret);
	}
	tend_list_finish(&first);
	change_finish(&ch);
	return status;
}

enum tend_status tend_app_customer_set(struct tend_app *a, const int64_t *ids, size_t nids,
	const struct tend_assignment *fields, size_t n, struct tend_done *ret,
	struct tend_error *err)
{
	const struct tend_bulk b = {.ids = ids, .nids = nids, .fields = fields, .n = n};
	return tend_app_bulk_set(a, &b, ret, err);
}
