/* SPDX-License-Identifier: MIT */
/* What follows for one customer from its records on the day. */
#include <math.h>

#include <tend/care.h>

#include "evaluate.h"

/* In both languages, as derived texts are kept. */
static void derive_track(struct tend_app *a, struct book *b, struct tend_customer *c)
{
	struct span span = spans_of(&b->milestones_of, c->id);
	const struct tend_milestone *rows =
		span.n > 0 ? tend_list_at(&b->milestones, span.first) : NULL;
	const struct tend_milestone *why = tend_derive_track(c, rows, span.n, b->journey, a->today);
	c->track_reason = NULL;
	if (why == NULL) {
		return;
	}
	enum tend_lang lang = tend_lang();
	struct tend_str en = {0}, zh = {0};
	tend_lang_set(TEND_EN);
	tend_track_reason(why, a->today, &en);
	tend_lang_set(TEND_ZH);
	tend_track_reason(why, a->today, &zh);
	tend_lang_set(lang);
	c->track_reason = both_join(&b->arena, tend_str_text(&en), tend_str_text(&zh));
	tend_str_finish(&en);
	tend_str_finish(&zh);
}

static enum tend_status find_journey(
	struct tend_app *a, struct book *b, const struct tend_customer *c, struct tend_error *err)
{
	struct tend_enrollment *e = &b->enrollment;
	enum tend_status status = tend_store_enrollment(a->store, c->id, e, err);
	b->journey =
		status == TEND_OK && e->id != 0 ? journey_kept(a, e->journey, e->version) : NULL;
	return status;
}

static enum tend_status derive_stage(
	struct tend_app *a, struct book *b, struct tend_customer *c, struct tend_error *err)
{
	const struct tend_journey *j = b->journey;
	enum tend_status status = TEND_OK;
	c->stage = NULL;
	if (j == NULL) {
		return TEND_OK;
	}
	struct tend_list milestones;
	tend_list_init(&milestones, &tend_milestone_type);
	struct progress p = {.journey = j, .milestones = &milestones};
	struct tend_schedule_input in = {.start = b->enrollment.start,
		.renewal = renewal_of(b->enrollment.start, c->term_months),
		.calendar = journey_calendar(a, j)};
	if (stages_hang_on_milestones(j)) {
		struct tend_value arg = int_value(c->id);
		status = tend_store_read(
			a->store, TEND_READ_MILESTONES_OF, &arg, 1, &milestones, err);
		progress_fill(&in, &p);
	}
	struct tend_customer copy;
	struct tend_inputs inputs = conditions_inputs(a, b, c, &copy);
	int stage =
		tend_journey_stage_on(j, &in, a->today, tend_same(c->status, "lapsed"), &inputs);
	c->stage = stage >= 0 ? j->stages[stage].key : NULL;
	tend_list_finish(&milestones);
	return status;
}

static void count_alerts(struct book *b, struct tend_customer *c)
{
	struct span span = spans_of(&b->alerts_of, c->id);
	c->alerts = 0;
	for (size_t i = 0; i < span.n; i++) {
		const struct tend_alert *v = tend_list_at(&b->alerts, span.first + i);
		c->alerts += tend_same(v->state, "open");
	}
}

enum tend_status derive_state(
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
	count_alerts(b, c); /* as they stand; they are judged after the conditions */
	enum tend_status status = find_journey(a, b, c, err);
	derive_track(a, b, c);
	return status != TEND_OK ? status : derive_stage(a, b, c, err);
}
