/* SPDX-License-Identifier: MIT */
#include <string.h>

#include <tend/care.h>
#include <tend/lang.h>
#include <tend/money.h>
#include <tend/str.h>

enum {
	TERMS_MAX = 6,
	LATE_MAX = 30,
	RENEWAL_MAX = 10,
	REQUIRED_POINTS = 3,
	MINOR_UNITS = 100,
};

static void add(struct tend_terms *terms, const char *label, double points)
{
	if (points != 0) {
		terms->items[terms->n++] = (struct tend_term){label, points};
	}
}

static void add_base(struct tend_today_row *row, const char *severity)
{
	static const struct {
		const char *kind, *severity; /* NULL: any */
		int points;
		const char *label;
	} bases[] = {
		{"overdue", NULL, 30, N_("overdue milestone")},
		{"due", NULL, 15, N_("milestone due soon")},
		{"renewal", NULL, 35, N_("renewal")},
		{"alert", "high", 40, N_("high alert")},
		{"alert", "medium", 25, N_("medium alert")},
		{"alert", NULL, 10, N_("low alert")},
	};
	for (size_t i = 0; i < sizeof(bases) / sizeof(bases[0]); i++) {
		if (tend_same(row->kind, bases[i].kind)
			&& (bases[i].severity == NULL || tend_same(severity, bases[i].severity))) {
			add(&row->terms, _(bases[i].label), bases[i].points);
			return;
		}
	}
}

static void add_dates(struct tend_today_row *row, struct tend_date day, struct tend_arena *arena)
{
	if (!tend_has_date(row->due)) {
		return;
	}
	int64_t late = (int64_t)day.day - row->due.day;
	if (tend_same(row->kind, "overdue") && late > 0) {
		add(&row->terms,
			tend_arena_format(arena,
				late == 1 ? _("%d day overdue") : _("%d days overdue"), (int)late),
			(double)(late < LATE_MAX ? late : LATE_MAX));
	}
	int64_t left = -late;
	if (tend_same(row->kind, "due") && left >= 0 && left < TEND_DUE_SOON_DAYS) {
		const char *label = left == 0 ? _("due today")
			: left == 1           ? _("due tomorrow")
				    : tend_arena_format(arena, _("due in %d days"), (int)left);
		add(&row->terms, label, (double)(TEND_DUE_SOON_DAYS - left));
	}
}

static void add_value(
	struct tend_today_row *row, const struct tend_customer *c, struct tend_arena *arena)
{
	static const struct {
		int64_t from; /* major units */
		int points;
	} steps[] = {{1000000, 10}, {500000, 8}, {100000, 6}, {50000, 4}, {10000, 2}};
	char amount[TEND_MONEY_LEN];
	for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++) {
		if (c->arr >= steps[i].from * MINOR_UNITS) {
			add(&row->terms,
				tend_arena_format(
					arena, _("ARR %s"), tend_money_fold(c->arr, amount)),
				steps[i].points);
			return;
		}
	}
}

static void add_renewal(struct tend_today_row *row, const struct tend_customer *c,
	struct tend_date day, struct tend_arena *arena)
{
	int64_t left = (int64_t)c->renewal.day - day.day;
	if (!tend_has_date(c->renewal) || left < 0 || left > TEND_RENEWAL_WINDOW_DAYS) {
		return;
	}
	int64_t points = 1 + (TEND_RENEWAL_WINDOW_DAYS - left) / 6;
	const char *label = left == 0 ? _("renewal today")
		: left == 1           ? _("renewal tomorrow")
			    : tend_arena_format(arena, _("renewal in %d days"), (int)left);
	add(&row->terms, label, (double)(points < RENEWAL_MAX ? points : RENEWAL_MAX));
}

void tend_rank(struct tend_today_row *row, const struct tend_customer *c, const char *severity,
	struct tend_date day, struct tend_arena *arena)
{
	row->terms = (struct tend_terms){
		.items = tend_arena_alloc(arena, TERMS_MAX * sizeof(row->terms.items[0]))};
	add_base(row, severity);
	add_dates(row, day, arena);
	add_value(row, c, arena);
	add_renewal(row, c, day, arena);
	if (row->required) {
		add(&row->terms, _("required"), REQUIRED_POINTS);
	}
	row->rank = 0;
	for (size_t i = 0; i < row->terms.n; i++) {
		row->rank += row->terms.items[i].points;
	}
}
