/* SPDX-License-Identifier: MIT */
#include <string.h>

#include <tend/care.h>
#include <tend/lang.h>
#include <tend/money.h>
#include <tend/str.h>

enum {
	TERMS_MAX = 7,
	LATE_MAX = 30,
	RENEWAL_MAX = 10,
	REQUIRED_POINTS = 3,
	NEXT_LATE_POINTS = 5,
	NEXT_LATE_MAX = 40,
	MINOR_UNITS = 100,
};

/* A rank as it is summed up; without an arena nobody asks for its terms. */
struct sum {
	struct tend_today_row *row;
	struct tend_arena *arena;
};

static void add(struct sum *s, int64_t points, const char *label)
{
	struct tend_terms *terms = &s->row->terms;
	s->row->rank += (double)points;
	if (points != 0 && s->arena != NULL) {
		terms->items[terms->n++] = (struct tend_term){label, (double)points};
	}
}

static void add_number(struct sum *s, int64_t points, const char *label, int64_t number)
{
	add(s, points, s->arena != NULL ? tend_arena_format(s->arena, label, (int)number) : NULL);
}

static void add_base(struct sum *s, const char *severity, bool late)
{
	static const struct {
		const char *kind, *severity; /* NULL: any */
		int points;
		const char *label;
		bool late; /* only where it is late */
	} bases[] = {
		{"overdue", NULL, 30, N_("overdue milestone"), false},
		{"due", NULL, 15, N_("milestone due soon"), false},
		{"renewal", NULL, 35, N_("renewal"), false},
		{"alert", "high", 40, N_("high alert"), false},
		{"alert", "medium", 25, N_("medium alert"), false},
		{"alert", NULL, 10, N_("low alert"), false},
		{"promise", NULL, 40, N_("promise not kept"), true},
		{"promise", NULL, 20, N_("promise to keep"), false},
		{"complaint", "high", 50, N_("high complaint"), false},
		{"complaint", "medium", 40, N_("medium complaint"), false},
		{"complaint", NULL, 30, N_("low complaint"), false},
	};
	for (size_t i = 0; i < sizeof(bases) / sizeof(bases[0]); i++) {
		if (tend_same(s->row->kind, bases[i].kind) && (late || !bases[i].late)
			&& (bases[i].severity == NULL || tend_same(severity, bases[i].severity))) {
			add(s, bases[i].points, _(bases[i].label));
			return;
		}
	}
}

static void add_dates(struct sum *s, struct tend_date day)
{
	const struct tend_today_row *row = s->row;
	if (!tend_has_date(row->due)) {
		return;
	}
	int64_t late = (int64_t)day.day - row->due.day;
	bool promise = tend_same(row->kind, "promise");
	if ((promise || tend_same(row->kind, "overdue") || tend_same(row->kind, "complaint"))
		&& late > 0) {
		add_number(s, late < LATE_MAX ? late : LATE_MAX,
			late == 1 ? _("%d day overdue") : _("%d days overdue"), late);
	}
	int64_t left = -late;
	if ((promise || tend_same(row->kind, "due")) && left >= 0 && left < TEND_DUE_SOON_DAYS) {
		add_number(s, TEND_DUE_SOON_DAYS - left,
			left == 0           ? _("due today")
				: left == 1 ? _("due tomorrow")
					    : _("due in %d days"),
			left);
	}
}

static void add_value(struct sum *s, const struct tend_customer *c)
{
	static const struct {
		int64_t from; /* major units */
		int points;
	} steps[] = {{1000000, 10}, {500000, 8}, {100000, 6}, {50000, 4}, {10000, 2}};
	char amount[TEND_MONEY_LEN];
	for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++) {
		if (c->arr >= steps[i].from * MINOR_UNITS) {
			add(s, steps[i].points,
				s->arena != NULL ? tend_arena_format(
					s->arena, _("ARR %s"), tend_money_fold(c->arr, amount))
						 : NULL);
			return;
		}
	}
}

static void add_renewal(struct sum *s, const struct tend_customer *c, struct tend_date day)
{
	int64_t left = (int64_t)c->renewal.day - day.day;
	if (!tend_has_date(c->renewal) || left < 0 || left > TEND_RENEWAL_WINDOW_DAYS) {
		return;
	}
	int64_t points = 1 + (TEND_RENEWAL_WINDOW_DAYS - left) / 6;
	add_number(s, points < RENEWAL_MAX ? points : RENEWAL_MAX,
		left == 0           ? _("renewal today")
			: left == 1 ? _("renewal tomorrow")
				    : _("renewal in %d days"),
		left);
}

/* So that one customer with a long list does not fill the screen before all others. */
static void add_repeated(struct sum *s)
{
	int64_t nth = s->row->nth;
	if (tend_same(s->row->kind, "overdue") && nth > 1) {
		int64_t points = nth - 1 <= NEXT_LATE_MAX / NEXT_LATE_POINTS
			? (nth - 1) * NEXT_LATE_POINTS
			: NEXT_LATE_MAX;
		add_number(s, -points, _("late milestone no. %d of this customer"), nth);
	}
}

void tend_rank(struct tend_today_row *row, const struct tend_customer *c, const char *severity,
	struct tend_date day, struct tend_arena *arena)
{
	struct sum s = {row, arena};
	row->terms = (struct tend_terms){0};
	row->rank = 0;
	if (arena != NULL) {
		row->terms.items = tend_arena_alloc(arena, TERMS_MAX * sizeof(row->terms.items[0]));
	}
	add_base(&s, severity, tend_has_date(row->due) && row->due.day < day.day);
	add_dates(&s, day);
	add_value(&s, c);
	add_renewal(&s, c, day);
	if (row->required == 1) {
		add(&s, REQUIRED_POINTS, _("required"));
	}
	add_repeated(&s);
}
