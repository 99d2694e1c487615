/* SPDX-License-Identifier: MIT */
/* A customer's points in brief: 30 days against the 30 before, and twelve months. */
#include <math.h>
#include <string.h>

#include "inside.h"

#define WINDOW 30
#define MONTHS 12

/* Points of one metric, by date. */
struct series {
	const struct tend_list *points;
	size_t first, n;
	bool gauge;
	struct tend_date day;
};

static const struct tend_point *point_at(const struct series *s, size_t i)
{
	return tend_list_at(s->points, s->first + i);
}

/* A counter: the sum, zero once it has begun; a gauge: the average. NAN where there is nothing. */
static double over(const struct series *s, int32_t from, int32_t to)
{
	double sum = 0;
	size_t n = 0;
	bool begun = false;
	for (size_t i = 0; i < s->n; i++) {
		const struct tend_point *p = point_at(s, i);
		if (p->date.day > s->day.day) {
			break;
		}
		begun = begun || p->date.day <= to;
		if (p->date.day >= from && p->date.day <= to) {
			sum += p->value;
			n++;
		}
	}
	if (s->gauge) {
		return n > 0 ? sum / (double)n : NAN;
	}
	return begun ? sum : NAN;
}

static void fill_months(const struct series *s, double *months)
{
	int y, m, d;
	tend_date_to_ymd(s->day, &y, &m, &d);
	struct tend_date first;
	(void)tend_date_from_ymd(y, m, 1, &first);
	for (int i = 0; i < MONTHS; i++) {
		struct tend_date from = tend_date_add_months(first, i - (MONTHS - 1));
		struct tend_date next = tend_date_add_months(first, i - (MONTHS - 2));
		months[i] = over(s, from.day, next.day - 1);
	}
}

static struct tend_pack_usage summarise(
	struct tend_app *a, const struct series *s, struct tend_arena *arena)
{
	const char *key = point_at(s, 0)->metric;
	const struct tend_metric *metric = sources_metric(&a->sources, key);
	struct tend_pack_usage u = {
		.metric = tend_arena_strdup(arena, key), .newest = TEND_NO_DATE};
	u.title = metric != NULL ? tend_arena_strdup(arena, tend_pick(metric->title)) : u.metric;
	u.unit = metric != NULL ? tend_arena_strdup(arena, metric->unit) : NULL;
	for (size_t i = 0; i < s->n && point_at(s, i)->date.day <= s->day.day; i++) {
		u.newest = point_at(s, i)->date;
	}
	int32_t day = s->day.day;
	u.last30 = over(s, day - WINDOW + 1, day);
	u.before30 = over(s, day - 2 * WINDOW + 1, day - WINDOW);
	u.change = u.before30 > 0 || u.before30 < 0 ? (u.last30 - u.before30) / u.before30 : NAN;
	fill_months(s, u.months);
	for (int i = 0; i < MONTHS; i++) {
		int32_t end = day - WINDOW * (MONTHS - 1 - i);
		u.spans[i] = over(s, end - WINDOW + 1, end);
	}
	return u;
}

void tend_app_usage(struct tend_app *a, const struct tend_list *points, struct tend_arena *arena,
	const struct tend_pack_usage **ret, size_t *ret_n)
{
	size_t n = 0;
	struct tend_pack_usage *usage = tend_arena_alloc(arena, (points->n + 1) * sizeof(*usage));
	for (size_t first = 0; first < points->n;) {
		const struct tend_point *p = tend_list_at(points, first);
		size_t end = first;
		while (end < points->n
			&& tend_same(((struct tend_point *)tend_list_at(points, end))->metric,
				p->metric)) {
			end++;
		}
		const struct tend_metric *metric = sources_metric(&a->sources, p->metric);
		struct series s = {.points = points,
			.first = first,
			.n = end - first,
			.gauge = metric != NULL && metric->gauge,
			.day = a->today};
		usage[n++] = summarise(a, &s, arena);
		first = end;
	}
	*ret = usage;
	*ret_n = n;
}
