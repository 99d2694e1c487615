/* SPDX-License-Identifier: MIT */
/*
 * calendar: KEY
 * title: TEXT
 * holidays: [YYYY-MM-DD, …]     days off
 * workdays: [YYYY-MM-DD, …]     weekend days that are worked
 */
#include <stdlib.h>

#include <tend/lang.h>
#include <tend/str.h>

#include "field.h"

struct raw_calendar {
	const char *key;
	struct tend_text title;
	const struct node *holidays, *workdays;
};

static const struct field calendar_fields[] = {
	{"calendar", FIELD_KEY, offsetof(struct raw_calendar, key), true},
	{"title", FIELD_TEXT, offsetof(struct raw_calendar, title)},
	{"holidays", FIELD_LIST, offsetof(struct raw_calendar, holidays)},
	{"workdays", FIELD_LIST, offsetof(struct raw_calendar, workdays)},
};

struct day {
	struct tend_date date;
	const struct node *at;
};
struct days {
	struct day *items;
	size_t n;
};

static int compare_days(const void *a, const void *b)
{
	const struct day *x = a, *y = b;
	if (x->date.day != y->date.day) {
		return x->date.day < y->date.day ? -1 : 1;
	}
	return (x->at->line > y->at->line) - (x->at->line < y->at->line);
}

static struct days read_days(struct reader *r, const struct node *list, const char *name)
{
	struct days days = {0};
	if (list == NULL) {
		return days;
	}
	days.items = tend_arena_alloc(r->arena, list->n * sizeof(*days.items));
	for (size_t i = 0; i < list->n; i++) {
		const struct node *node = list->items[i];
		struct day day = {.at = node};
		if (node->kind == NODE_SCALAR && tend_date_parse(node->text, &day.date)) {
			days.items[days.n++] = day;
		} else {
			report(r, node, TEND_RULE_TYPE,
				_("\"%s\": expected a date as YYYY-MM-DD, found \"%s\""), name,
				node->kind == NODE_SCALAR ? quoted(r, node->text) : "…");
		}
	}
	if (days.n > 1) {
		qsort(days.items, days.n, sizeof(*days.items), compare_days);
	}
	return days;
}

/* The sorted dates, each once. */
static const struct tend_date *unique_days(struct reader *r, const struct days *days, size_t *ret_n)
{
	struct tend_date *dates = tend_arena_alloc(r->arena, days->n * sizeof(*dates));
	size_t n = 0;
	for (size_t i = 0; i < days->n; i++) {
		if (n > 0 && dates[n - 1].day == days->items[i].date.day) {
			warn(r, days->items[i].at, TEND_RULE_NO_EFFECT,
				_("\"%s\" stands in the list twice"),
				quoted(r, days->items[i].at->text));
			continue;
		}
		dates[n++] = days->items[i].date;
	}
	*ret_n = n;
	return dates;
}

static void check_workdays(
	struct reader *r, const struct days *workdays, const struct tend_calendar *calendar)
{
	const struct tend_calendar holidays = {
		.holidays = calendar->holidays, .nholidays = calendar->nholidays};
	enum { SATURDAY = 6 };
	for (size_t i = 0; i < workdays->n; i++) {
		const struct day *day = &workdays->items[i];
		if (tend_date_weekday(day->date) >= SATURDAY) {
			const struct tend_date *h = calendar->holidays;
			for (size_t k = 0; k < calendar->nholidays; k++) {
				if (h[k].day == day->date.day) {
					report(r, day->at, TEND_RULE_VALUE,
						_("\"%s\" is both a holiday and a workday"),
						quoted(r, day->at->text));
				}
			}
		} else if (!tend_is_workday(&holidays, day->date)) {
			report(r, day->at, TEND_RULE_VALUE,
				_("\"%s\" is both a holiday and a workday"),
				quoted(r, day->at->text));
		} else {
			warn(r, day->at, TEND_RULE_NO_EFFECT,
				_("\"%s\" is a workday anyway: it is no weekend"),
				quoted(r, day->at->text));
		}
	}
}

static void read_calendar(
	struct reader *r, const struct node *root, struct tend_calendar_file *file)
{
	struct raw_calendar raw = {0};
	(void)read_mapping(r, root, calendar_fields, FIELD_COUNT_OF(calendar_fields), &raw);
	struct days holidays = read_days(r, raw.holidays, "holidays");
	struct days workdays = read_days(r, raw.workdays, "workdays");
	struct tend_calendar *calendar = &file->calendar;
	file->title = raw.title;
	calendar->key = raw.key;
	calendar->holidays = unique_days(r, &holidays, &calendar->nholidays);
	calendar->workdays = unique_days(r, &workdays, &calendar->nworkdays);
	check_workdays(r, &workdays, calendar);
}

enum tend_status tend_yaml_calendar(
	const char *text, size_t n, struct tend_findings *findings, struct tend_calendar_file **ret)
{
	struct tend_calendar_file *file = tend_alloc(sizeof(*file));
	struct reader r = {.arena = &file->arena, .findings = findings};
	size_t before = findings->errors;
	const struct node *root = read_file(&r, text, n, TEND_KIND_CALENDAR);
	if (root != NULL) {
		read_calendar(&r, root, file);
	}
	enum tend_status status = finish_file(&r, before);
	if (status != TEND_OK) {
		tend_calendar_file_destroy(file);
		file = NULL;
	}
	*ret = file;
	return status;
}
