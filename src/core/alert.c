/* SPDX-License-Identifier: MIT */
#include <string.h>

#include <tend/care.h>
#include <tend/money.h>
#include <tend/str.h>

/* Each rule has its function in the table `fires` at the same place. */
const struct tend_alert_rule tend_alert_rules[] = {
	{"milestone-overdue", "medium", {"A milestone is overdue", "里程碑逾期"}, NULL},
	{"milestone-due-soon", "low", {"A milestone is due soon", "里程碑即将到期"}, NULL},
	{"renewal-window", "high", {"The renewal is near", "临近续费"}, NULL},
	{"no-contact", "medium", {"No contact for a while", "长时间未联系"}, "fading"},
	{"term-over", "high", {"The term is over, not renewed", "合同期已过，尚未续费"},
		"win-back"},
};
const size_t tend_alert_rule_count = sizeof(tend_alert_rules) / sizeof(tend_alert_rules[0]);

typedef bool rule_function(
	const struct tend_alert_facts *f, struct tend_date day, struct tend_str *reason);

static void add_value(const struct tend_alert_facts *f, struct tend_str *reason)
{
	char amount[TEND_MONEY_LEN];
	if (f->value_at_risk != TEND_NO_MONEY && f->value_at_risk > 0) {
		tend_str_addf(reason, _("; ARR %s%s"), tend_currency_sign(f->currency),
			tend_money_fold(f->value_at_risk, amount));
	}
}

static bool milestone_overdue(
	const struct tend_alert_facts *f, struct tend_date day, struct tend_str *reason)
{
	if (f->oldest == NULL) {
		return false;
	}
	char due[TEND_DATE_LEN];
	int late = day.day - f->oldest->due.day;
	struct tend_str title = {0};
	tend_milestone_title(f->oldest, &title);
	(void)tend_date_format(f->oldest->due, due);
	if (f->customer->overdue <= 1) {
		tend_str_addf(reason,
			late == 1 ? _("%s was due on %s, %d day ago")
				  : _("%s was due on %s, %d days ago"),
			tend_str_text(&title), due, late);
	} else {
		tend_str_addf(reason,
			late == 1 ? _("%lld milestones are overdue; the oldest, %s, was due on %s "
				      "(%d day ago)")
				  : _("%lld milestones are overdue; the oldest, %s, was due on %s "
				      "(%d days ago)"),
			(long long)f->customer->overdue, tend_str_text(&title), due, late);
	}
	tend_str_finish(&title);
	return true;
}

static bool milestone_due_soon(
	const struct tend_alert_facts *f, struct tend_date day, struct tend_str *reason)
{
	if (f->soon == NULL || f->soon->due.day - day.day > TEND_DUE_SOON_DAYS) {
		return false;
	}
	char due[TEND_DATE_LEN];
	int left = f->soon->due.day - day.day;
	struct tend_str title = {0};
	tend_milestone_title(f->soon, &title);
	(void)tend_date_format(f->soon->due, due);
	if (left == 0) {
		tend_str_addf(reason, _("%s is due today"), tend_str_text(&title));
	} else {
		tend_str_addf(reason,
			left == 1 ? _("%s is due on %s, in %d day")
				  : _("%s is due on %s, in %d days"),
			tend_str_text(&title), due, left);
	}
	tend_str_finish(&title);
	return true;
}

static bool renewal_window(
	const struct tend_alert_facts *f, struct tend_date day, struct tend_str *reason)
{
	const struct tend_customer *c = f->customer;
	int64_t left = (int64_t)c->renewal.day - day.day;
	if (!tend_has_date(c->renewal) || left < 0 || left > TEND_RENEWAL_WINDOW_DAYS
		|| !tend_same(c->status, "active")) {
		return false;
	}
	char date[TEND_DATE_LEN];
	(void)tend_date_format(c->renewal, date);
	if (left == 0) {
		tend_str_addf(reason, _("The term ends today, on %s"), date);
	} else {
		tend_str_addf(reason,
			left == 1 ? _("The term ends on %s, in %d day")
				  : _("The term ends on %s, in %d days"),
			date, (int)left);
	}
	add_value(f, reason);
	return true;
}

static bool no_contact(
	const struct tend_alert_facts *f, struct tend_date day, struct tend_str *reason)
{
	const struct tend_customer *c = f->customer;
	bool ever = tend_has_date(c->last_contact);
	struct tend_date since = ever ? c->last_contact : c->started;
	bool begun = !tend_has_date(c->started) || c->started.day <= day.day;
	if (!tend_has_date(since) || !begun || day.day - since.day < TEND_NO_CONTACT_DAYS) {
		return false;
	}
	char date[TEND_DATE_LEN];
	tend_str_addf(reason,
		ever ? _("The last contact was on %s, %d days ago")
		     : _("No contact since the start on %s, %d days ago"),
		tend_date_format(since, date), day.day - since.day);
	return true;
}

static bool term_over(
	const struct tend_alert_facts *f, struct tend_date day, struct tend_str *reason)
{
	const struct tend_customer *c = f->customer;
	if (!tend_same(c->status, "lapsed") || !tend_has_date(c->renewal)) {
		return false;
	}
	char date[TEND_DATE_LEN];
	int late = day.day - c->renewal.day;
	(void)tend_date_format(c->renewal, date);
	if (late == 0) {
		tend_str_addf(reason, _("The term ended today, on %s, and was not renewed"), date);
	} else {
		tend_str_addf(reason,
			late == 1 ? _("The term ended on %s, %d day ago, and was not renewed")
				  : _("The term ended on %s, %d days ago, and was not renewed"),
			date, late);
	}
	add_value(f, reason);
	return true;
}

static rule_function *const fires[] = {
	milestone_overdue, milestone_due_soon, renewal_window, no_contact, term_over};
_Static_assert(
	sizeof(fires) / sizeof(fires[0]) == sizeof(tend_alert_rules) / sizeof(tend_alert_rules[0]),
	"every rule has its function");

struct tend_alert_facts tend_alert_facts_of(const struct tend_customer *c,
	const struct tend_milestone *m, size_t n, const struct tend_subscription *subs,
	size_t nsubs, struct tend_date day)
{
	struct tend_alert_facts f = {
		.customer = c, .value_at_risk = c->arr, .currency = c->currency};
	if (tend_same(c->status, "lapsed") && tend_has_date(c->renewal)) {
		struct tend_date last = {c->renewal.day - 1};
		f.value_at_risk = tend_arr_on(subs, nsubs, last, &f.currency);
	}
	f.oldest = tend_next_milestone(m, n, TEND_NO_DATE);
	f.oldest = f.oldest != NULL && f.oldest->due.day < day.day ? f.oldest : NULL;
	f.soon = tend_next_milestone(m, n, day);
	f.soon = f.soon != NULL && tend_is_after_term(c, f.soon->due) ? NULL : f.soon;
	return f;
}

bool tend_alert_fires(
	size_t i, const struct tend_alert_facts *f, struct tend_date day, struct tend_str *reason)
{
	const struct tend_customer *c = f->customer;
	if (tend_is_gone(c)) {
		return false;
	}
	return fires[i](f, day, reason);
}

enum tend_alert_step tend_alert_next(
	const struct tend_alert *current, bool does_fire, struct tend_date day)
{
	if (current == NULL || tend_same(current->state, "resolved")) {
		return does_fire ? TEND_ALERT_RAISE : TEND_ALERT_NOTHING;
	}
	if (tend_has_date(current->last_seen) && day.day < current->last_seen.day) {
		return TEND_ALERT_NOTHING;
	}
	if (!does_fire) {
		return TEND_ALERT_RESOLVE;
	}
	if (tend_same(current->state, "snoozed") && tend_has_date(current->until)
		&& day.day >= current->until.day) {
		return TEND_ALERT_REOPEN;
	}
	return day.day > current->last_seen.day ? TEND_ALERT_SEEN : TEND_ALERT_NOTHING;
}
