/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <tend/lang.h>
#include <tend/money.h>
#include <tend/text.h>
#include <tend/words.h>

#include "clean.h"
#include "pack.h"

/* Of what was said last; the whole is in the book. */
enum { CONTACT_COLUMNS = 400, CONTACTS = 8 };

size_t pack_table_rows(const struct pack_table *t)
{
	return t->columns > 0 ? t->n / t->columns : 0;
}

const char *pack_table_cell(const struct pack_table *t, size_t row, size_t column)
{
	return t->items[row * t->columns + column];
}

void pack_table_finish(struct pack_table *t)
{
	for (size_t i = 0; i < t->n; i++) {
		free(t->items[i]);
	}
	free(t->items);
	*t = (struct pack_table){0};
}

static void start(struct pack_table *t, const char *const *heads, size_t columns, unsigned right)
{
	*t = (struct pack_table){.columns = columns};
	for (size_t i = 0; i < columns; i++) {
		t->heads[i] = _(heads[i]);
		t->right[i] = (right >> i & 1) != 0;
	}
}

/* Takes what `text` holds and leaves it empty. */
static void add(struct pack_table *t, struct tend_str *text)
{
	char *cell = tend_str_steal(text);
	*TEND_PUSH(t) = cell;
}

static void add_text(struct pack_table *t, const char *text)
{
	*TEND_PUSH(t) = tend_strdup(text != NULL && *text != '\0' ? text : PACK_UNKNOWN);
}

static void add_date(struct pack_table *t, struct tend_date date)
{
	char day[TEND_DATE_LEN];
	add_text(t, tend_date_format(date, day));
}

static void add_money(struct pack_table *t, int64_t minor, const char *currency)
{
	struct tend_str text = {0};
	pack_money(minor, currency, &text);
	add(t, &text);
}

/* A date and how far it is. */
static void add_near(struct pack_table *t, struct tend_date day, struct tend_date date)
{
	char buf[TEND_DATE_LEN];
	struct tend_str text = {0}, distance = {0};
	if (!tend_has_date(date)) {
		add_text(t, NULL);
		return;
	}
	pack_distance(day, date, &distance);
	tend_str_addf(&text, _("%s (%s)"), tend_date_format(date, buf), tend_str_text(&distance));
	tend_str_finish(&distance);
	add(t, &text);
}

/* "2026-01-31 – 2027-01-31 (exclusive), 12 months, month 10": it ends as the subscriptions do. */
static void add_term(struct pack_table *t, const struct tend_customer *c)
{
	char from[TEND_DATE_LEN], to[TEND_DATE_LEN];
	struct tend_str text = {0};
	if (!tend_has_date(c->started) || !tend_has_date(c->renewal)) {
		add_text(t, NULL);
		return;
	}
	tend_str_addf(&text, _("%s – %s (exclusive)"), tend_date_format(c->started, from),
		tend_date_format(c->renewal, to));
	if (c->term_months != TEND_NO_INT) {
		tend_str_addf(&text, _(", %d months"), (int)c->term_months);
	}
	if (c->month > 0) {
		tend_str_addf(&text, _(", now in month %d"), (int)c->month);
	}
	add(t, &text);
}

static void add_health(struct pack_table *t, const struct tend_customer *c)
{
	struct tend_str text = {0};
	if (isfinite(c->health)) {
		tend_str_addf(&text, "%.1f · ", c->health);
	}
	tend_str_add(&text, tend_word(NULL, c->health_band != NULL ? c->health_band : "unknown"));
	add(t, &text);
}

static void add_current_stage(struct pack_table *t, const struct tend_pack *p)
{
	struct tend_str text = {0};
	for (size_t i = 0; i < p->nstages; i++) {
		if (p->stages[i].current) {
			pack_stage_title(p, i, &text);
		}
	}
	add_text(t, text.len > 0 ? tend_str_text(&text) : p->customer->stage);
	tend_str_finish(&text);
}

void pack_facts(const struct tend_pack *p, struct pack_table *t)
{
	static const char *const heads[] = {N_("Figure"), N_("Value")};
	const struct tend_customer *c = p->customer;
	start(t, heads, 2, 0);
	add_text(t, _("Customer"));
	struct tend_str name = {0};
	tend_str_addf(&name, _("%s (%s)"), c->name != NULL ? c->name : c->key, c->key);
	add(t, &name);
	add_text(t, _("Owner"));
	add_text(t, c->owner);
	if (c->segment != NULL || c->industry != NULL) {
		add_text(t, _("Segment and industry"));
		struct tend_str text = {0};
		tend_str_add(&text, c->segment != NULL ? c->segment : "");
		tend_str_add(&text, c->segment != NULL && c->industry != NULL ? " · " : "");
		tend_str_add(&text, c->industry != NULL ? c->industry : "");
		add(t, &text);
	}
	add_text(t, _("Renewal date"));
	add_near(t, p->day, c->renewal);
	add_text(t, _("Term"));
	add_term(t, c);
	add_text(t, _("Annual value"));
	add_money(t, c->arr, c->currency);
	add_text(t, _("Stage"));
	add_current_stage(t, p);
	add_text(t, _("Status"));
	add_text(t, tend_word(NULL, c->status));
	add_text(t, _("Health"));
	add_health(t, c);
	if (c->track != NULL) {
		add_text(t, _("Progress"));
		add_text(t, tend_word(NULL, c->track));
	}
	add_text(t, _("Last contact"));
	add_near(t, p->day, c->last_contact);
}

void pack_stages(const struct tend_pack *p, struct pack_table *t)
{
	static const char *const heads[] = {N_("Stage"), N_("From"), N_("Milestones"), N_("Done"),
		N_("Skipped"), N_("Overdue"), N_("Now")};
	start(t, heads, 7, 0x3c);
	for (size_t i = 0; i < p->nstages; i++) {
		struct tend_str text = {0};
		struct pack_count count = pack_count(p, i, false);
		pack_stage_title(p, i, &text);
		add(t, &text);
		add_date(t, p->stages[i].from);
		size_t numbers[] = {
			count.all, count.settled - count.skipped, count.skipped, count.overdue};
		for (size_t k = 0; k < 4; k++) {
			tend_str_addf(&text, "%zu", numbers[k]);
			add(t, &text);
		}
		tend_str_add(&text, p->stages[i].current ? _("here") : "");
		add(t, &text);
	}
}

void pack_usage(const struct tend_pack *p, struct pack_table *t)
{
	static const char *const heads[] = {N_("Signal"), N_("Unit"), N_("Last 30 days"),
		N_("30 days before"), N_("Change"), N_("Newest")};
	start(t, heads, 6, 0x1c);
	for (size_t i = 0; i < p->nusage; i++) {
		const struct tend_pack_usage *u = &p->usage[i];
		struct tend_str text = {0};
		add_text(t, u->title != NULL ? u->title : u->metric);
		add_text(t, u->unit);
		pack_number(u->last30, &text);
		add(t, &text);
		pack_number(u->before30, &text);
		add(t, &text);
		pack_change(u->change, &text);
		add(t, &text);
		add_date(t, u->newest);
	}
}

/* The day's own month, unless the day is its last. */
static bool is_running(const struct tend_pack *p, size_t month)
{
	int year, day, this_one, next;
	tend_date_to_ymd(p->day, &year, &this_one, &day);
	tend_date_to_ymd((struct tend_date){p->day.day + 1}, &year, &next, &day);
	return month == PACK_MONTHS - 1 && next == this_one;
}

void pack_months(const struct tend_pack *p, struct pack_table *t)
{
	static const char *const heads[] = {N_("Month")};
	size_t metrics = p->nusage < PACK_METRICS_MAX ? p->nusage : PACK_METRICS_MAX;
	start(t, heads, 1, 0);
	t->columns = 1 + metrics;
	for (size_t i = 0; i < metrics; i++) {
		const struct tend_pack_usage *u = &p->usage[i];
		t->heads[1 + i] = u->title != NULL ? u->title : u->metric;
		t->right[1 + i] = true;
	}
	for (size_t month = 0; metrics > 0 && month < PACK_MONTHS; month++) {
		char buf[TEND_DATE_LEN];
		struct tend_str label = {0};
		pack_month(p, month, buf);
		tend_str_addf(&label, is_running(p, month) ? _("%s so far") : "%s", buf);
		add(t, &label);
		for (size_t i = 0; i < metrics; i++) {
			struct tend_str text = {0};
			pack_number(p->usage[i].months[month], &text);
			add(t, &text);
		}
	}
}

void pack_contract(const struct tend_pack *p, struct pack_table *t)
{
	static const char *const heads[] = {N_("Subscription"), N_("Plan"), N_("Start"),
		N_("End (exclusive)"), N_("A year"), N_("Seats"), N_("Renews itself")};
	start(t, heads, 7, 0x30);
	for (size_t i = 0; i < p->nsubscriptions; i++) {
		const struct tend_subscription *s = &p->subscriptions[i];
		struct tend_str text = {0};
		int64_t year = s->annual;
		if (year == TEND_NO_MONEY && s->monthly != TEND_NO_MONEY
			&& __builtin_mul_overflow(s->monthly, 12, &year)) {
			year = TEND_NO_MONEY;
		}
		add_text(t, s->key);
		tend_str_addf(&text, "%s%s", s->plan != NULL ? s->plan : "",
			s->trial == 1 ? _(" (trial)") : "");
		add(t, &text);
		add_date(t, s->start);
		add_date(t, s->end);
		add_money(t, year, s->currency != NULL ? s->currency : p->customer->currency);
		pack_number(s->seats != TEND_NO_INT ? (double)s->seats : NAN, &text);
		add(t, &text);
		add_text(t,
			s->auto_renew == TEND_NO_INT ? NULL
				: s->auto_renew == 1 ? _("yes")
						     : _("no"));
	}
}

void pack_alerts(const struct tend_pack *p, struct pack_table *t)
{
	static const char *const heads[] = {
		N_("Severity"), N_("Alert"), N_("Reason"), N_("Since"), N_("Value at risk")};
	start(t, heads, 5, 0x10);
	for (size_t i = 0; i < p->nalerts; i++) {
		const struct tend_alert *a = &p->alerts[i];
		add_text(t, tend_word(NULL, a->severity));
		struct tend_str text = {0};
		tend_str_add(&text, a->title != NULL ? a->title : a->rule != NULL ? a->rule : "");
		if (a->state != NULL && !tend_same(a->state, "open")) {
			tend_str_addf(&text, _(" (%s)"), tend_word(NULL, a->state));
		}
		add(t, &text);
		add_text(t, a->reason);
		add_date(t, a->raised);
		add_money(t, a->value_at_risk,
			a->currency != NULL ? a->currency : p->customer->currency);
	}
}

void pack_contacts(const struct tend_pack *p, struct pack_table *t)
{
	static const char *const heads[] = {
		N_("Date"), N_("Kind"), N_("With"), N_("What was said")};
	start(t, heads, 4, 0);
	for (size_t i = 0; i < p->ncontacts && i < CONTACTS; i++) {
		const struct tend_activity *a = &p->contacts[i];
		struct tend_str line = {0}, text = {0};
		add_date(t, a->date);
		add_text(t, tend_word(NULL, a->kind));
		add_text(t, a->contact);
		clean_line(&line, a->text != NULL ? a->text : "");
		tend_clip(&text, tend_str_text(&line), CONTACT_COLUMNS);
		tend_str_finish(&line);
		add(t, &text);
	}
}
