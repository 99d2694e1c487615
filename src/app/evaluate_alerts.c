/* SPDX-License-Identifier: MIT */
#include <string.h>

#include <tend/care.h>

#include "evaluate.h"

/* The reason in both languages; false where the rule does not fire. */
static bool fires(struct tend_app *a, struct book *b, size_t rule, const struct tend_alert_facts *f,
	const char **ret_reason)
{
	enum tend_lang lang = tend_lang();
	struct tend_str en = {0}, zh = {0};
	tend_lang_set(TEND_EN);
	bool yes = tend_alert_fires(rule, f, a->today, &en);
	if (yes) {
		tend_lang_set(TEND_ZH);
		(void)tend_alert_fires(rule, f, a->today, &zh);
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
			read_list(a, TEND_READ_ALERTS_QUIET, 0, &tend_alert_type, &b->quiet, err);
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
	const struct tend_alert_facts *f, size_t rule, const char *reason, bool *ret_raised,
	struct tend_error *err)
{
	const struct tend_alert_rule *r = &tend_alert_rules[rule];
	bool quiet = false;
	enum tend_status status = is_quiet(a, b, f->customer->id, r->key, &quiet, err);
	if (status != TEND_OK || quiet) {
		return status;
	}
	*ret_raised = true;
	if (!b->write) {
		return TEND_OK;
	}
	struct tend_alert v;
	tend_record_clear(&tend_alert_type, &v);
	v.customer_id = f->customer->id;
	v.rule = r->key;
	v.severity = r->severity;
	v.state = "open";
	v.raised = v.last_seen = a->today;
	v.count = 1;
	v.title = both_join(&b->arena, r->title.en, r->title.zh);
	v.reason = reason;
	v.value_at_risk = f->value_at_risk;
	v.currency = f->currency;
	v.suggest = r->suggest;
	b->raised = true;
	int64_t id;
	return tend_store_insert(a->store, &tend_alert_type, &v, &id, err);
}

static enum tend_status alert_move(struct tend_app *a, struct book *b,
	const struct tend_alert_facts *f, struct tend_alert *v, enum tend_alert_step step,
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
		v->value_at_risk = f->value_at_risk;
		v->currency = f->currency;
	}
	bool same = step == TEND_ALERT_NOTHING && tend_same(before.reason, v->reason)
		&& before.value_at_risk == v->value_at_risk
		&& tend_same(before.currency, v->currency);
	return same || !b->write ? TEND_OK : tend_store_update(a->store, &tend_alert_type, v, err);
}

static enum tend_status judge_rule(struct tend_app *a, struct book *b, struct tend_customer *c,
	const struct tend_alert_facts *f, size_t rule, struct tend_error *err)
{
	struct span span = spans_of(&b->alerts_of, c->id);
	struct tend_alert *current = NULL;
	const char *reason = NULL;
	bool yes = fires(a, b, rule, f, &reason), raised = false;
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
			alert_move(a, b, f, v, step, yes && !extra ? reason : NULL, err);
		if (status != TEND_OK) {
			return status;
		}
		c->alerts += tend_same(v->state, "open");
	}
	if (current == NULL && tend_alert_next(NULL, yes, a->today) == TEND_ALERT_RAISE) {
		enum tend_status status = alert_raise(a, b, f, rule, reason, &raised, err);
		c->alerts += raised;
		return status;
	}
	return TEND_OK;
}

enum tend_status judge_alerts(
	struct tend_app *a, struct book *b, struct tend_customer *c, struct tend_error *err)
{
	c->alerts = 0;
	b->raised = false;
	struct span span = spans_of(&b->milestones_of, c->id);
	struct span subs = spans_of(&b->subscriptions_of, c->id);
	struct tend_alert_facts f = tend_alert_facts_of(c,
		span.n > 0 ? tend_list_at(&b->milestones, span.first) : NULL, span.n,
		subs.n > 0 ? tend_list_at(&b->subscriptions, subs.first) : NULL, subs.n, a->today);
	for (size_t i = 0; i < tend_alert_rule_count; i++) {
		enum tend_status status = judge_rule(a, b, c, &f, i, err);
		if (status != TEND_OK) {
			return status;
		}
	}
	return TEND_OK;
}
