/* SPDX-License-Identifier: MIT */
#include <string.h>

#include <tend/care.h>

#include "inside.h"

void alert_fill(struct tend_alert *v, struct tend_arena *arena)
{
	v->title = both_pick(arena, v->title);
	v->reason = both_pick(arena, v->reason);
	for (size_t i = 0; i < tend_alert_rule_count; i++) {
		if (tend_same(tend_alert_rules[i].key, v->rule)) {
			v->title = tend_pick(tend_alert_rules[i].title);
			v->suggest = tend_alert_rules[i].suggest;
		}
	}
}

/* The severe ones first; within them as they were. */
static void order(struct tend_list *list)
{
	static const char *const severities[] = {"high", "medium", "low"};
	struct tend_list sorted;
	tend_list_init(&sorted, list->type);
	for (size_t k = 0; k <= 3; k++) {
		for (size_t i = 0; i < list->n; i++) {
			const struct tend_alert *v = tend_list_at(list, i);
			size_t rank = 0;
			while (rank < 3 && !tend_same(v->severity, severities[rank])) {
				rank++;
			}
			if (rank == k) {
				memcpy(tend_list_add(&sorted), v, sizeof(*v));
			}
		}
	}
	sorted.arena = list->arena;
	list->arena = (struct tend_arena){0};
	tend_list_finish(list);
	*list = sorted;
}

enum tend_status tend_app_alerts(struct tend_app *a, int64_t customer_id, bool all,
	const struct tend_query *q, struct tend_list *ret, struct tend_error *err)
{
	static const enum tend_read reads[2][2] = {{TEND_READ_ALERTS, TEND_READ_ALERTS_OF},
		{TEND_READ_ALERTS_ALL, TEND_READ_ALERTS_EVER_OF}};
	enum tend_status status =
		read_list(a, reads[all][customer_id != 0], customer_id, &tend_alert_type, ret, err);
	if (status == TEND_OK && all && customer_id != 0) {
		status = tend_list_sort(ret, "-raised,id", err);
	}
	for (size_t i = 0; i < ret->n; i++) {
		alert_fill(tend_list_at(ret, i), &ret->arena);
	}
	order(ret);
	return status != TEND_OK ? status : query_apply(a, ret, q, NULL, err);
}

struct alert_change {
	const char *state, *note;
	struct tend_date until;
	const char *verb; /* msgid of the summary for one: rule, customer */
	const char *verb_many; /* for several: how many */
};

static enum tend_status change_one(struct tend_app *a, int64_t id, const struct alert_change *ch,
	struct tend_done *ret, struct tend_error *err)
{
	struct tend_list list;
	enum tend_status status = read_list(a, TEND_READ_ALERT, id, &tend_alert_type, &list, err);
	if (status == TEND_OK && list.n == 0) {
		status = tend_fail(err, TEND_NOT_FOUND, _("there is no alert %lld"), (long long)id);
	}
	if (status == TEND_OK) {
		struct tend_alert *v = tend_list_at(&list, 0);
		struct tend_alert before = *v;
		ret->summary = tend_arena_format(&ret->arena, _(ch->verb), v->rule, v->customer);
		if (tend_same(v->state, "resolved")) {
			status = strcmp(ch->state, "resolved") == 0
				? TEND_OK
				: tend_fail(err, TEND_FAILED, _("alert %lld is resolved already"),
					(long long)id);
		} else {
			v->state = ch->state;
			v->until = ch->until;
			v->note = ch->note != NULL ? ch->note : v->note;
			bool same = tend_same(v->state, before.state)
				&& v->until.day == before.until.day
				&& tend_same(v->note, before.note);
			status = same ? TEND_OK
				      : write_update(a, &tend_alert_type, v, v->customer_id, err);
		}
	}
	tend_list_finish(&list);
	return status;
}

static enum tend_status change(struct tend_app *a, const int64_t *ids, size_t n,
	const struct alert_change *ch, struct tend_done *ret, struct tend_error *err)
{
	enum tend_status status = write_begin(a, err);
	if (status != TEND_OK) {
		return status;
	}
	for (size_t i = 0; i < n && status == TEND_OK; i++) {
		status = change_one(a, ids[i], ch, ret, err);
	}
	if (n != 1) {
		ret->summary = tend_arena_format(&ret->arena, _(ch->verb_many), n);
	}
	return write_end(a, status, ret, err);
}

static enum tend_status check_note(const char *note, struct tend_error *err)
{
	return note == NULL || strlen(note) <= TEND_TEXT_MAX
		? TEND_OK
		: tend_fail(
			err, TEND_USAGE, _("the reason is longer than %d bytes"), TEND_TEXT_MAX);
}

enum tend_status tend_app_alert_ack(struct tend_app *a, const int64_t *ids, size_t n,
	const char *note, struct tend_done *ret, struct tend_error *err)
{
	done_begin(a, ret);
	struct alert_change ch = {.state = "acked",
		.note = given_text(a, note, &ret->arena),
		.until = TEND_NO_DATE,
		.verb = N_("alert %s acknowledged (%s)"),
		.verb_many = N_("%zu alerts acknowledged")};
	enum tend_status status = check_note(note, err);
	return status != TEND_OK ? status : change(a, ids, n, &ch, ret, err);
}

enum tend_status tend_app_alert_snooze(struct tend_app *a, const int64_t *ids, size_t n,
	struct tend_date until, const char *reason, struct tend_done *ret, struct tend_error *err)
{
	done_begin(a, ret);
	char day[TEND_DATE_LEN];
	enum tend_status status = check_note(reason, err);
	if (status != TEND_OK) {
		return status;
	}
	if (!tend_has_date(until) || until.day <= a->today.day) {
		return tend_fail(err, TEND_USAGE,
			_("an alert can be snoozed until a day after today (%s)"),
			tend_date_format(a->today, day));
	}
	struct alert_change ch = {.state = "snoozed",
		.note = given_text(a, reason, &ret->arena),
		.until = until,
		.verb = N_("alert %s snoozed (%s)"),
		.verb_many = N_("%zu alerts snoozed")};
	return change(a, ids, n, &ch, ret, err);
}

enum tend_status tend_app_alert_resolve(struct tend_app *a, const int64_t *ids, size_t n,
	const char *note, struct tend_done *ret, struct tend_error *err)
{
	done_begin(a, ret);
	/* `until` today: a cause that still stands does not raise it again on the same day. */
	struct alert_change ch = {.state = "resolved",
		.note = given_text(a, note, &ret->arena),
		.until = a->today,
		.verb = N_("alert %s resolved (%s)"),
		.verb_many = N_("%zu alerts resolved")};
	enum tend_status status = check_note(note, err);
	return status != TEND_OK ? status : change(a, ids, n, &ch, ret, err);
}
