/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include <tend/lang.h>
#include <tend/money.h>

#include "pack.h"

/* Digits before the point in groups of three. */
static void add_grouped(const char *digits, struct tend_str *out)
{
	if (*digits == '-') {
		tend_str_addc(out, *digits++);
	}
	size_t whole = strspn(digits, "0123456789");
	for (size_t i = 0; i < whole; i++) {
		if (i > 0 && (whole - i) % 3 == 0) {
			tend_str_addc(out, ',');
		}
		tend_str_addc(out, digits[i]);
	}
	tend_str_add(out, digits + whole);
}

void pack_money(int64_t minor, const char *currency, struct tend_str *out)
{
	char buf[TEND_MONEY_LEN];
	if (minor == TEND_NO_MONEY) {
		tend_str_add(out, PACK_UNKNOWN);
		return;
	}
	const char *sign = tend_currency_sign(currency);
	tend_str_add(out, sign);
	if (sign[0] >= 'A' && sign[0] <= 'Z') {
		tend_str_addc(out, ' ');
	}
	add_grouped(tend_money_format(minor, buf), out);
}

void pack_number(double number, struct tend_str *out)
{
	char buf[512];
	if (!isfinite(number)) {
		tend_str_add(out, PACK_UNKNOWN);
		return;
	}
	int n = snprintf(buf, sizeof(buf), "%.*f", fabs(number) < 1 ? 2 : 1, number);
	while (n > 0 && buf[n - 1] == '0') {
		buf[--n] = '\0';
	}
	if (n > 0 && buf[n - 1] == '.') {
		buf[--n] = '\0';
	}
	add_grouped(strcmp(buf, "-0") == 0 ? "0" : buf, out);
}

void pack_change(double change, struct tend_str *out)
{
	if (isfinite(change)) {
		tend_str_addf(out, "%+.1f %%", change * 100);
	} else {
		tend_str_add(out, PACK_UNKNOWN);
	}
}

void pack_distance(struct tend_date from, struct tend_date to, struct tend_str *out)
{
	int days = to.day - from.day;
	if (days == 0) {
		tend_str_add(out, _("today"));
	} else if (days == 1) {
		tend_str_add(out, _("tomorrow"));
	} else if (days == -1) {
		tend_str_add(out, _("yesterday"));
	} else if (days > 0) {
		tend_str_addf(out, _("in %d days"), days);
	} else {
		tend_str_addf(out, _("%d days ago"), -days);
	}
}

void pack_month(const struct tend_pack *p, size_t i, char buf[TEND_DATE_LEN])
{
	int year, month, day;
	struct tend_date first;
	tend_date_to_ymd(p->day, &year, &month, &day);
	(void)tend_date_from_ymd(year, month, 1, &first);
	tend_date_format(tend_date_add_months(first, (int)i - (PACK_MONTHS - 1)), buf);
	buf[7] = '\0';
}

bool pack_is_settled(const struct tend_milestone *m)
{
	return tend_same(m->state, "done") || tend_same(m->state, "skipped");
}

bool pack_is_skipped(const struct tend_milestone *m)
{
	return tend_same(m->state, "skipped");
}

bool pack_shows_items(const struct tend_pack_milestone *m)
{
	bool done = tend_same(m->milestone->state, "done");
	return !pack_is_settled(m->milestone) || (m->renewal_item && done);
}

bool pack_is_in(const struct tend_pack *p, const struct tend_pack_milestone *m, size_t stage)
{
	size_t own = 0;
	while (own < p->nstages && !tend_same(p->stages[own].key, m->milestone->stage)) {
		own++;
	}
	return stage == PACK_ALL_STAGES || stage == own;
}

struct pack_count pack_count(const struct tend_pack *p, size_t stage, bool renewal_only)
{
	struct pack_count count = {0};
	for (size_t i = 0; i < p->nmilestones; i++) {
		const struct tend_pack_milestone *m = &p->milestones[i];
		if (!pack_is_in(p, m, stage) || (renewal_only && !m->renewal_item)) {
			continue;
		}
		bool settled = pack_is_settled(m->milestone);
		bool late = tend_has_date(m->milestone->due) && m->milestone->due.day < p->day.day;
		count.all++;
		count.settled += settled;
		count.skipped += pack_is_skipped(m->milestone);
		count.overdue += !settled && late;
	}
	return count;
}
