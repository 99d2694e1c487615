/* SPDX-License-Identifier: MIT */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "import.h"

/* One value of a file; several rows may give one for the same customer, metric and day. */
struct point {
	int64_t customer_id;
	const char *metric;
	struct tend_date date;
	double value;
	size_t order;
};
struct usage_points {
	struct point *items;
	size_t n, cap;
};

void import_points_finish(struct usage_points *points)
{
	if (points != NULL) {
		free(points->items);
		free(points);
	}
}

static void add_point(
	struct import *im, const struct tend_point *p, const char *metric, double value)
{
	struct point *point = TEND_PUSH(im->points);
	*point = (struct point){.customer_id = p->customer_id,
		.metric = metric,
		.date = p->date,
		.value = value,
		.order = im->points->n};
}

/* A wide row gives one point a metric; empty cells give none. */
static bool check_wide(struct import *im, const struct tend_point *p, size_t n)
{
	size_t before = im->points->n;
	for (size_t i = 0; i < n; i++) {
		const char *metric;
		double value;
		if (!tend_mapping_metric(im->mapping, i, im->row, &metric, &value, &im->bad)) {
			im->points->n = before;
			return false;
		}
		if (!isnan(value)) {
			add_point(im, p, metric, value);
		}
	}
	return true;
}

bool import_check_point(struct import *im, void *record)
{
	const struct tend_point *p = record;
	const size_t *columns = NULL;
	size_t n = tend_mapping_metrics(im->mapping, &columns);
	if (im->points == NULL) {
		im->points = tend_alloc(sizeof(*im->points));
	}
	if (n > 0) {
		return check_wide(im, p, n);
	}
	add_point(im, p, p->metric, p->value);
	return true;
}

static int compare(const struct point *a, const struct point *b)
{
	if (a->customer_id != b->customer_id) {
		return a->customer_id < b->customer_id ? -1 : 1;
	}
	int order = a->metric == b->metric ? 0 : strcmp(a->metric, b->metric);
	if (order != 0) {
		return order;
	}
	return (a->date.day > b->date.day) - (a->date.day < b->date.day);
}

static int by_place(const void *x, const void *y)
{
	const struct point *a = x, *b = y;
	int order = compare(a, b);
	return order != 0 ? order : (a->order > b->order) - (a->order < b->order);
}

/* Makes one point of all that a file says for one place. */
static void combine(struct import *im)
{
	struct usage_points *p = im->points;
	int how = im->map != NULL ? (int)im->map->combine : TEND_COMBINE_SUM;
	size_t n = 0;
	qsort(p->items, p->n, sizeof(*p->items), by_place);
	for (size_t i = 0; i < p->n; i++) {
		struct point *last = n > 0 ? &p->items[n - 1] : NULL;
		if (last == NULL || compare(last, &p->items[i]) != 0) {
			p->items[n++] = p->items[i];
		} else if (how == TEND_COMBINE_SUM) {
			last->value += p->items[i].value;
		} else if (how == TEND_COMBINE_LAST || p->items[i].value > last->value) {
			last->value = p->items[i].value;
		}
	}
	p->n = n;
}

/* The points of the customers that the file names, sorted by place. */
static enum tend_status load_present(struct import *im, struct tend_list *list,
	struct usage_points *present, struct tend_error *err)
{
	tend_list_init(list, &tend_point_type);
	size_t customers = 0;
	for (size_t i = 0; i < im->points->n; i++) {
		customers += i == 0
			|| im->points->items[i].customer_id != im->points->items[i - 1].customer_id;
	}
	enum tend_status status = TEND_OK;
	if (customers * 4 > im->customers.n) {
		status = more_records(im->app, 0, list, err);
	} else {
		for (size_t i = 0; status == TEND_OK && i < im->points->n; i++) {
			if (i > 0
				&& im->points->items[i].customer_id
					== im->points->items[i - 1].customer_id) {
				continue;
			}
			status = more_records(im->app, im->points->items[i].customer_id, list, err);
		}
	}
	for (size_t i = 0; i < list->n; i++) {
		const struct tend_point *p = tend_list_at(list, i);
		*TEND_PUSH(present) = (struct point){.customer_id = p->customer_id,
			.metric = p->metric,
			.date = p->date,
			.value = p->value,
			.order = i};
	}
	if (present->n > 1) {
		qsort(present->items, present->n, sizeof(*present->items), by_place);
	}
	return status;
}

static enum tend_status put(struct import *im, const struct point *p, const struct point *present,
	const struct tend_list *rows, struct tend_error *err)
{
	struct tend_point record;
	if (present != NULL) {
		if (present->value == p->value) {
			im->report->unchanged++;
			return TEND_OK;
		}
		im->report->updated++;
		record = *(const struct tend_point *)tend_list_at(rows, present->order);
		record.value = p->value;
		return write_update(im->app, &tend_point_type, &record, p->customer_id, err);
	}
	im->report->added++;
	tend_record_clear(&tend_point_type, &record);
	record.customer_id = p->customer_id;
	record.metric = p->metric;
	record.date = p->date;
	record.value = p->value;
	return write_insert(im->app, &tend_point_type, &record, p->customer_id, NULL, err);
}

enum tend_status import_apply_points(struct import *im, struct tend_error *err)
{
	if (im->points == NULL || im->points->n == 0) {
		return TEND_OK;
	}
	combine(im);
	struct tend_list rows;
	struct usage_points present = {0};
	enum tend_status status = load_present(im, &rows, &present, err);
	size_t at = 0;
	for (size_t i = 0; status == TEND_OK && i < im->points->n; i++) {
		const struct point *p = &im->points->items[i];
		while (at < present.n && compare(&present.items[at], p) < 0) {
			at++;
		}
		bool has = at < present.n && compare(&present.items[at], p) == 0;
		status = put(im, p, has ? &present.items[at] : NULL, &rows, err);
	}
	free(present.items);
	tend_list_finish(&rows);
	return status;
}
