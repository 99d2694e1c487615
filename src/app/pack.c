/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include <tend/care.h>
#include <tend/file.h>

#include "inside.h"

#define NEXT_STEPS_MAX 8
#define RENEWAL_DAYS 62 /* where no stage is named renewal, the last two months are it */

/* All that a pack points to. */
struct pack_data {
	struct tend_arena arena;
	struct tend_list customer, milestones, items, subscriptions, points, alerts, activities;
	struct tend_pack pack;
};

static void data_finish(struct pack_data *d)
{
	tend_list_finish(&d->customer);
	tend_list_finish(&d->milestones);
	tend_list_finish(&d->items);
	tend_list_finish(&d->subscriptions);
	tend_list_finish(&d->points);
	tend_list_finish(&d->alerts);
	tend_list_finish(&d->activities);
	tend_arena_finish(&d->arena);
}

static enum tend_status data_read(
	struct tend_app *a, int64_t id, struct pack_data *d, struct tend_error *err)
{
	*d = (struct pack_data){0};
	enum tend_status status = tend_app_customer(a, id, &d->customer, err);
	status = status != TEND_OK ? status : tend_app_milestones(a, id, NULL, &d->milestones, err);
	status = status != TEND_OK
		? status
		: read_list(a, TEND_READ_ITEMS_OF_CUSTOMER, id, &tend_item_type, &d->items, err);
	status = status != TEND_OK
		? status
		: tend_app_records(a, &tend_subscription_type, id, NULL, &d->subscriptions, err);
	status = status != TEND_OK
		? status
		: tend_app_records(a, &tend_point_type, id, NULL, &d->points, err);
	status = status != TEND_OK ? status : tend_app_alerts(a, id, false, NULL, &d->alerts, err);
	return status != TEND_OK
		? status
		: tend_app_records(a, &tend_activity_type, id, NULL, &d->activities, err);
}

/* --- milestones by stage --- */

static size_t stage_place(const struct tend_pack *p, const char *stage)
{
	for (size_t i = 0; i < p->nstages; i++) {
		if (tend_same(p->stages[i].key, stage)) {
			return i;
		}
	}
	return p->nstages;
}

static bool has_renewal_stage(const struct tend_pack *p)
{
	return stage_place(p, "renewal") < p->nstages;
}

static void find_items(const struct pack_data *d, struct tend_pack_milestone *m)
{
	for (size_t i = 0; i < d->items.n; i++) {
		const struct tend_item *item = tend_list_at(&d->items, i);
		if (item->milestone_id == m->milestone->id) {
			m->items = m->nitems == 0 ? item : m->items;
			m->nitems++;
		}
	}
}

/* Win-back and research belong into no paper for a customer who has not left. */
static bool is_after_the_term(const struct tend_pack *p, const struct tend_milestone *m)
{
	return tend_is_after_term(p->customer, m->due);
}

static enum tend_status fill_milestones(
	struct tend_app *a, struct pack_data *d, struct tend_error *err)
{
	struct tend_pack *p = &d->pack;
	size_t n = 0;
	struct tend_pack_milestone *rows =
		tend_arena_alloc(&d->arena, (d->milestones.n + 1) * sizeof(*rows));
	for (size_t stage = 0; stage <= p->nstages; stage++) {
		for (size_t i = 0; i < d->milestones.n; i++) {
			const struct tend_milestone *m = tend_list_at(&d->milestones, i);
			if (stage_place(p, m->stage) != stage || is_after_the_term(p, m)) {
				continue;
			}
			struct tend_milestone_detail detail;
			enum tend_status status =
				tend_app_milestone_detail(a, m, &d->arena, &detail, err);
			if (status != TEND_OK) {
				return status;
			}
			rows[n] = (struct tend_pack_milestone){.milestone = m,
				.deliverable = detail.deliverable,
				.guide = detail.guide,
				.renewal_item = has_renewal_stage(p)
					? tend_same(m->stage, "renewal")
					: m->due.day >= p->customer->renewal.day - RENEWAL_DAYS};
			find_items(d, &rows[n++]);
		}
	}
	p->milestones = rows;
	p->nmilestones = n;
	return TEND_OK;
}

/* --- next steps --- */

static void add_step(struct pack_data *d, const char **steps, const char *text)
{
	if (d->pack.nnext_steps < NEXT_STEPS_MAX) {
		steps[d->pack.nnext_steps++] = text;
	}
}

static void milestone_steps(struct pack_data *d, const char **steps)
{
	char due[TEND_DATE_LEN];
	size_t coming = 0;
	for (size_t i = 0; i < d->milestones.n; i++) {
		const struct tend_milestone *m = tend_list_at(&d->milestones, i);
		if (!tend_is_open_state(m->state) || is_after_the_term(&d->pack, m)) {
			continue;
		}
		if (m->overdue_days > 0) {
			add_step(d, steps,
				tend_arena_format(&d->arena, _("%s: overdue since %s"), m->title,
					tend_date_format(m->due, due)));
		} else if (coming++ < 3) {
			add_step(d, steps,
				tend_arena_format(&d->arena, _("%s: by %s"), m->title,
					tend_date_format(m->due, due)));
		}
	}
}

/* Rules whose cause stands among the steps anyway, as a date or as a milestone. */
static bool is_said_elsewhere(const char *rule)
{
	static const char *const rules[] = {
		"milestone-overdue", "milestone-due-soon", "renewal-window", "term-over"};
	for (size_t i = 0; i < sizeof(rules) / sizeof(rules[0]); i++) {
		if (tend_same(rules[i], rule)) {
			return true;
		}
	}
	return false;
}

static void fill_steps(struct pack_data *d)
{
	struct tend_pack *p = &d->pack;
	const char **steps = tend_arena_alloc(&d->arena, (NEXT_STEPS_MAX + 1) * sizeof(*steps));
	char day[TEND_DATE_LEN];
	p->next_steps = steps;
	if (!tend_has_date(p->customer->renewal)) {
		; /* without a term there is nothing to decide on */
	} else if (p->customer->days_to_renewal >= 0) {
		add_step(d, steps,
			tend_arena_format(&d->arena,
				_("Decision on the renewal by %s, in %lld days"),
				tend_date_format(p->customer->renewal, day),
				(long long)p->customer->days_to_renewal));
	} else {
		add_step(d, steps,
			tend_arena_format(&d->arena,
				_("The term ended on %s: win the customer back"),
				tend_date_format(p->customer->renewal, day)));
	}
	for (size_t i = 0; i < d->alerts.n; i++) {
		const struct tend_alert *v = tend_list_at(&d->alerts, i);
		if (!is_said_elsewhere(v->rule)) {
			add_step(d, steps,
				tend_arena_format(&d->arena, "%s: %s", v->title,
					v->reason != NULL ? v->reason : ""));
		}
	}
	milestone_steps(d, steps);
}

enum tend_status tend_app_renewal_pack(struct tend_app *a, int64_t customer_id,
	enum tend_pack_format format, struct tend_str *out, struct tend_error *err)
{
	struct pack_data d;
	enum tend_status status = data_read(a, customer_id, &d, err);
	if (status == TEND_OK) {
		struct tend_pack *p = &d.pack;
		struct tend_pack_stage *stages = NULL;
		p->day = a->today;
		p->customer = tend_list_at(&d.customer, 0);
		for (size_t i = 0; i < d.items.n; i++) {
			struct tend_item *item = tend_list_at(&d.items, i);
			item->title = tend_pick((struct tend_text){item->title_en, item->title_zh});
		}
		status = tend_app_stages(a, p->customer, &d.arena, &stages, &p->nstages, err);
		p->stages = stages;
		p->subscriptions = d.subscriptions.n > 0 ? tend_list_at(&d.subscriptions, 0) : NULL;
		p->nsubscriptions = d.subscriptions.n;
		p->alerts = d.alerts.n > 0 ? tend_list_at(&d.alerts, 0) : NULL;
		p->nalerts = d.alerts.n;
		p->contacts = d.activities.n > 0 ? tend_list_at(&d.activities, 0) : NULL;
		p->ncontacts = d.activities.n;
		status = status != TEND_OK ? status : fill_milestones(a, &d, err);
	}
	if (status == TEND_OK) {
		tend_app_usage(a, &d.points, &d.arena, &d.pack.usage, &d.pack.nusage);
		fill_steps(&d);
		tend_pack_write(&d.pack, format, out);
	}
	data_finish(&d);
	return status;
}

/* FNV-1a */
static uint32_t hash_of(const char *s)
{
	uint32_t hash = 2166136261u;
	for (; *s != '\0'; s++) {
		hash = (hash ^ (unsigned char)*s) * 16777619u;
	}
	return hash;
}

char *tend_app_renewal_file(const struct tend_customer *c, enum tend_pack_format format)
{
	const char *ending = tend_pack_ending(format);
	char *safe = tend_safe_name(c->key);
	/* Keys that differ only in what a file name cannot have must not share a file. */
	char *name = strcmp(safe, c->key) == 0
		? tend_format("%s-renewal.%s", safe, ending)
		: tend_format("%s-%08" PRIx32 "-renewal.%s", safe, hash_of(c->key), ending);
	free(safe);
	return name;
}
