/* SPDX-License-Identifier: MIT */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <tend/capacity.h>
#include <tend/str.h>

#include <tend/fields.h>

#define C struct tend_capacity

static const struct tend_field capacity_fields[] = {
	TEXT(C, owner, TEND_F_KEY | TEND_F_DERIVED, "Owner", "负责人"),
	DATE(C, week, TEND_F_DERIVED, "Week of", "周（周一）"),
	NUMBER(C, hours, TEND_F_DERIVED, "Hours", "工时", .decimals = 1),
	NUMBER(C, overdue_hours, TEND_F_DERIVED, "Of them overdue", "其中逾期", .decimals = 1),
	NUMBER(C, available, TEND_F_DERIVED, "Available", "可用工时", .decimals = 1),
	FIELD_OF(C, load, TEND_RATIO, double, TEND_F_DERIVED, "Load", "负荷"),
};

const struct tend_record_type tend_capacity_type =
	RECORD_TYPE_OF(C, "capacity", "Capacity", "产能", capacity_fields);

struct tend_date tend_week_of(struct tend_date day)
{
	return (struct tend_date){day.day - (tend_date_weekday(day) - 1)};
}

double tend_capacity_available(
	const struct tend_capacity_hours *h, const char *owner, struct tend_date week)
{
	if (owner == NULL) {
		return NAN;
	}
	double hours = h->all;
	for (size_t i = 0; i < h->n; i++) {
		hours = strcmp(h->owners[i].owner, owner) == 0 ? h->owners[i].hours : hours;
	}
	int workdays = 0;
	for (int i = 0; i < 7; i++) {
		workdays += tend_is_workday(h->calendar, (struct tend_date){week.day + i});
	}
	return hours * workdays / 5;
}

/* By owner, what is nobody's last; an owner's by due date. */
static int compare_work(const void *a, const void *b)
{
	const struct tend_capacity_work *x = a, *y = b;
	if (x->owner == NULL || y->owner == NULL) {
		return (x->owner == NULL) - (y->owner == NULL);
	}
	int order = strcmp(x->owner, y->owner);
	return order != 0 ? order : (x->due.day > y->due.day) - (x->due.day < y->due.day);
}

/* What one owner has, sorted by due date. */
static void plan_owner(const struct tend_capacity_work *work, size_t n,
	const struct tend_capacity_hours *h, struct tend_date day, int weeks, struct tend_list *ret)
{
	struct tend_date week = tend_week_of(day);
	size_t at = 0;
	for (int i = 0; i < weeks; i++, week.day += 7) {
		int64_t minutes = 0, overdue = 0;
		for (; at < n && work[at].due.day < week.day + 7; at++) {
			minutes += work[at].minutes;
			overdue += work[at].due.day < day.day ? work[at].minutes : 0;
		}
		C *row = tend_list_add(ret);
		row->owner = work[0].owner;
		row->week = week;
		row->hours = (double)minutes / 60;
		row->overdue_hours = (double)overdue / 60;
		row->available = tend_capacity_available(h, row->owner, week);
		row->load = row->available > 0 ? row->hours / row->available : NAN;
	}
}

void tend_capacity_plan(struct tend_capacity_work *work, size_t n,
	const struct tend_capacity_hours *h, struct tend_date day, int weeks, struct tend_list *ret)
{
	if (n > 1) {
		qsort(work, n, sizeof(*work), compare_work);
	}
	for (size_t i = 0; i < n;) {
		size_t end = i + 1;
		while (end < n && tend_same(work[end].owner, work[i].owner)) {
			end++;
		}
		plan_owner(work + i, end - i, h, day, weeks, ret);
		i = end;
	}
}

static int compare_numbers(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
	return (x > y) - (x < y);
}

int64_t tend_median(int64_t *numbers, size_t n)
{
	if (n == 0) {
		return 0;
	}
	qsort(numbers, n, sizeof(*numbers), compare_numbers);
	return n % 2 == 1 ? numbers[n / 2] : (numbers[n / 2 - 1] + numbers[n / 2]) / 2;
}
