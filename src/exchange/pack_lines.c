/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <string.h>

#include <tend/lang.h>
#include <tend/money.h>
#include <tend/words.h>

#include "pack.h"

static const char *name_of(const struct tend_pack *p)
{
	return p->customer->name != NULL ? p->customer->name : p->customer->key;
}

void pack_title(const struct tend_pack *p, struct tend_str *out)
{
	tend_str_addf(out, _("Renewal preparation: %s"), name_of(p));
}

const char *pack_audience(void)
{
	return _("Internal: for the CSM");
}

void pack_progress(struct pack_count count, struct tend_str *out)
{
	if (count.skipped > 0) {
		tend_str_addf(out, _("%zu done, %zu skipped of %zu."),
			count.settled - count.skipped, count.skipped, count.all);
	} else {
		tend_str_addf(out, _("%zu of %zu done."), count.settled, count.all);
	}
}

static void separate(struct tend_str *out, size_t from, const char *between)
{
	if (out->len > from) {
		tend_str_add(out, between);
	}
}

/* The alerts' largest value: it is the same money that each of them sees at risk. */
static int64_t value_at_risk(const struct tend_pack *p)
{
	int64_t most = TEND_NO_MONEY;
	for (size_t i = 0; i < p->nalerts; i++) {
		most = p->alerts[i].value_at_risk > most ? p->alerts[i].value_at_risk : most;
	}
	return most;
}

static void add_alerts(const struct tend_pack *p, struct tend_str *out)
{
	int64_t value = value_at_risk(p);
	if (p->nalerts == 0) {
		tend_str_add(out, _("no open alerts"));
		return;
	}
	tend_str_addf(
		out, p->nalerts == 1 ? _("%zu open alert") : _("%zu open alerts"), p->nalerts);
	if (value != TEND_NO_MONEY && value != 0) {
		struct tend_str money = {0};
		pack_money(value, p->customer->currency, &money);
		tend_str_addf(out, _(" (%s at risk)"), tend_str_text(&money));
		tend_str_finish(&money);
	}
}

void pack_summary(const struct tend_pack *p, struct tend_str *out)
{
	const struct tend_customer *c = p->customer;
	char day[TEND_DATE_LEN];
	size_t from = out->len;
	if (tend_has_date(c->renewal)) {
		struct tend_str distance = {0};
		pack_distance(p->day, c->renewal, &distance);
		tend_str_addf(out, _("Renewal on %s, %s"), tend_date_format(c->renewal, day),
			tend_str_text(&distance));
		tend_str_finish(&distance);
	}
	if (c->arr != TEND_NO_MONEY) {
		struct tend_str money = {0};
		separate(out, from, _("; "));
		pack_money(c->arr, c->currency, &money);
		tend_str_addf(out, _("%s a year"), tend_str_text(&money));
		tend_str_finish(&money);
	}
	struct pack_count count = pack_count(p, PACK_ALL_STAGES, true);
	separate(out, from, _("; "));
	if (count.skipped > 0) {
		tend_str_addf(out, _("%zu of %zu preparation steps done, %zu skipped"),
			count.settled - count.skipped, count.all, count.skipped);
	} else if (count.all > 0) {
		tend_str_addf(
			out, _("%zu of %zu preparation steps done"), count.settled, count.all);
	} else {
		tend_str_add(out, _("no preparation planned"));
	}
	count = pack_count(p, PACK_ALL_STAGES, false);
	if (count.overdue > 0) {
		tend_str_add(out, _("; "));
		tend_str_addf(out,
			count.overdue == 1 ? _("%zu milestone overdue")
					   : _("%zu milestones overdue"),
			count.overdue);
	}
	tend_str_add(out, _("; "));
	add_alerts(p, out);
	tend_str_add(out, _("."));
}

void pack_stage_title(const struct tend_pack *p, size_t stage, struct tend_str *out)
{
	if (stage >= p->nstages) {
		tend_str_add(out, _("Without a stage"));
		return;
	}
	const struct tend_pack_stage *s = &p->stages[stage];
	tend_str_add(out, s->title != NULL && *s->title != '\0' ? s->title : s->key);
}

void pack_milestone_title(const struct tend_milestone *m, struct tend_str *out)
{
	tend_str_add(out,
		m->title != NULL && *m->title != '\0' ? m->title
			: m->key != NULL              ? m->key
						      : "");
	if (m->repeats == 1) {
		tend_str_addf(out, " #%" PRId64, m->occurrence);
	}
}

void pack_milestone_key(const struct tend_milestone *m, struct tend_str *out)
{
	tend_str_add(out, m->key != NULL ? m->key : "");
	if (m->repeats == 1) {
		tend_str_addf(out, "#%" PRId64, m->occurrence);
	}
}

/* What is to say of an open one's date. */
static void add_due(const struct tend_pack *p, const struct tend_milestone *m, struct tend_str *out)
{
	char day[TEND_DATE_LEN];
	if (!tend_has_date(m->due)) {
		tend_str_add(out, _("no date"));
		return;
	}
	int late = p->day.day - m->due.day;
	tend_str_addf(out, m->projected == 1 ? _("due about %s") : _("due %s"),
		tend_date_format(m->due, day));
	if (late > 0) {
		tend_str_addf(
			out, late == 1 ? _(" (%d day overdue)") : _(" (%d days overdue)"), late);
	} else {
		struct tend_str distance = {0};
		pack_distance(p->day, m->due, &distance);
		tend_str_addf(out, _(" (%s)"), tend_str_text(&distance));
		tend_str_finish(&distance);
	}
}

static void add_state(const struct tend_milestone *m, struct tend_str *out)
{
	char day[TEND_DATE_LEN];
	if (tend_same(m->state, "done") && tend_has_date(m->done_on)) {
		tend_str_addf(out, _("done %s"), tend_date_format(m->done_on, day));
	} else {
		tend_str_add(out, tend_word(NULL, m->state));
	}
	bool why = tend_same(m->state, "blocked") || tend_same(m->state, "skipped");
	if (why && m->reason != NULL && *m->reason != '\0') {
		tend_str_addf(out, _(": %s"), m->reason);
	}
}

/* The title behind a key of `waiting`, the first open occurrence where it repeats. */
static void add_title_of(const struct tend_pack *p, const char *key, size_t n, struct tend_str *out)
{
	for (size_t i = 0; i < p->nmilestones; i++) {
		const struct tend_milestone *m = p->milestones[i].milestone;
		if (m->key != NULL && strlen(m->key) == n && memcmp(m->key, key, n) == 0
			&& !pack_is_settled(m)) {
			pack_milestone_title(m, out);
			return;
		}
	}
	tend_str_addn(out, key, n);
}

static void add_waiting(const struct tend_pack *p, const char *keys, struct tend_str *out)
{
	struct tend_str titles = {0};
	while (*keys != '\0') {
		size_t n = strcspn(keys, ",");
		tend_str_add(&titles, titles.len > 0 ? _(", ") : "");
		add_title_of(p, keys, n, &titles);
		keys += n + (keys[n] == ',');
	}
	tend_str_addf(out, _("waiting for: %s"), tend_str_text(&titles));
	tend_str_finish(&titles);
}

void pack_milestone_note(
	const struct tend_pack *p, const struct tend_milestone *m, struct tend_str *out)
{
	static const char between[] = " · ";
	size_t from = out->len;
	bool settled = pack_is_settled(m);
	if (!settled) {
		add_due(p, m, out);
	}
	if (m->state != NULL && !tend_same(m->state, "todo")) {
		separate(out, from, between);
		add_state(m, out);
	}
	if (!settled && m->owner != NULL && *m->owner != '\0') {
		separate(out, from, between);
		tend_str_add(out, m->owner);
	}
	if (!settled && m->items > 0) {
		separate(out, from, between);
		tend_str_addf(out, _("%d of %d items"), (int)m->items_done, (int)m->items);
	}
	if (!settled && m->waiting != NULL && *m->waiting != '\0') {
		separate(out, from, between);
		add_waiting(p, m->waiting, out);
	}
	if (m->required == 0) {
		separate(out, from, between);
		tend_str_add(out, _("optional"));
	}
}

void pack_foot(const struct tend_pack *p, struct tend_str *out)
{
	char day[TEND_DATE_LEN];
	tend_str_addf(out, _("As of %s, from the book of tend."), tend_date_format(p->day, day));
}
