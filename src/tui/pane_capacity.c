/* SPDX-License-Identifier: MIT */
/* The hours that are promised: a row per owner, a column per week, and the milestones behind a week. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <tend/fields.h>
#include <tend/mem.h>

#include "cells.h"
#include "panes.h"

/* One owner's weeks. */
struct load {
	int64_t id; /* from 1 */
	const char *owner; /* NULL: nobody */
	double overdue_hours, hours; /* of the weeks together */
	struct tend_capacity weeks[TEND_CAPACITY_WEEKS];
};

static const struct tend_field load_fields[] = {
	TEXT(struct load, owner, 0, "Owner", "负责人"),
	{"name", TEND_TEXT, offsetof(struct load, owner), 0, {NULL, NULL}, NULL,
		0}, /* for plain words */
	NUMBER(struct load, overdue_hours, 0, "Overdue", "逾期"),
	NUMBER(struct load, hours, 0, "Hours", "工时"),
};
static const struct tend_record_type load_type = {
	.name = "load",
	.title = {"Load", "负荷"},
	.size = sizeof(struct load),
	.fields = load_fields,
	.nfields = sizeof(load_fields) / sizeof(load_fields[0]),
	.custom = -1,
};

static enum tend_status load(
	struct workbench *wb, struct view *v, struct pane *p, struct tend_error *err)
{
	struct tend_list rows;
	const struct tend_capacity_query q = {.weeks = TEND_CAPACITY_WEEKS, .journey = v->subject};
	enum tend_status status = tend_app_capacity(wb->app, &q, &rows, NULL, err);
	for (size_t i = 0; status == TEND_OK && i < rows.n; i++) {
		const struct tend_capacity *row = tend_list_at(&rows, i);
		size_t week = i % TEND_CAPACITY_WEEKS;
		struct load *l =
			week == 0 ? tend_list_add(&p->list) : tend_list_at(&p->list, p->list.n - 1);
		if (week == 0) {
			*l = (struct load){.id = (int64_t)p->list.n,
				.owner = tend_arena_strdup(&p->list.arena, row->owner)};
		}
		l->weeks[week] = *row;
		l->overdue_hours += row->overdue_hours;
		l->hours += row->hours;
	}
	tend_list_finish(&rows);
	return status;
}

static bool is_over(const struct tend_capacity *week)
{
	return !isnan(week->available) && week->hours > week->available;
}

/* --- cells --- */

static enum role owner_cell(
	const struct grid_context *ctx, const void *record, struct tend_str *out)
{
	(void)ctx;
	const char *owner = ((const struct load *)record)->owner;
	tend_str_add(out, owner != NULL ? owner : _("nobody"));
	return owner != NULL ? ROLE_TEXT : ROLE_DIM;
}

static enum role overdue_cell(
	const struct grid_context *ctx, const void *record, struct tend_str *out)
{
	(void)ctx;
	double hours = ((const struct load *)record)->overdue_hours;
	if (hours <= 0) {
		tend_str_add(out, "--");
		return ROLE_DIM;
	}
	tend_str_addf(out, "!%.0f", ceil(hours));
	return ROLE_BAD;
}

#define CELL_MIN 4 /* a bar of one column and three digits */
#define CELL_MAX 12

/* How many columns a week has, and which is the first that is shown. */
static int week_columns(const struct view *v, int columns, int *ret_first, int *ret_n)
{
	int w = columns / TEND_CAPACITY_WEEKS;
	w = w < CELL_MIN ? CELL_MIN : w > CELL_MAX ? CELL_MAX : w;
	int n = columns / w;
	n = n > TEND_CAPACITY_WEEKS ? TEND_CAPACITY_WEEKS : n < 1 ? 1 : n;
	*ret_first = v->week >= n ? v->week - n + 1 : 0;
	*ret_n = n;
	return w;
}

static void paint_heads(
	struct workbench *wb, const struct view *v, struct canvas *c, int x, int y, int columns)
{
	int first, n, w = week_columns(v, columns, &first, &n);
	for (int i = first; i < first + n; i++, x += w) {
		struct tend_date week = {tend_week_of(wb->today).day + 7 * i};
		struct tend_str text = {0};
		if (w > 6) {
			cell_day(week, wb->today, &text);
		} else {
			int year, month, day;
			tend_date_to_ymd(week, &year, &month, &day);
			tend_str_addf(&text, "%s%d", i == v->week ? ">" : "", day);
		}
		canvas_field(c, x, y, w - 1, TEND_RIGHT, i == v->week ? ROLE_FOCUS : ROLE_DIM,
			tend_str_text(&text));
		tend_str_finish(&text);
	}
}

/* The bar before the number: of one column a block, of more a line that fills. */
static void add_bar(const struct tend_capacity *week, int columns, bool ascii, struct tend_str *out)
{
	if (is_over(week)) {
		for (int i = 0; i < columns; i++) {
			tend_str_addc(out, i == 0 ? '!' : '#');
		}
	} else if (columns == 1) {
		double values[] = {isnan(week->load) ? 0 : week->load, 1};
		struct tend_str two = {0};
		cell_spark(values, 2, ascii, &two);
		tend_str_addn(out, tend_str_text(&two), ascii ? 1 : two.len / 2);
		tend_str_finish(&two);
	} else {
		int full = isnan(week->load) ? 0 : (int)(week->load * columns + 0.5);
		for (int i = 0; i < columns; i++) {
			tend_str_addc(out, i < full ? '#' : '-');
		}
	}
}

static void paint_weeks(const struct grid_context *ctx, const void *record, struct canvas *c, int x,
	int y, int columns)
{
	struct workbench *wb = ctx->owner;
	const struct view *v = wb_view(wb);
	if (record == NULL) {
		paint_heads(wb, v, c, x, y, columns);
		return;
	}
	const struct load *l = record;
	int first, n, w = week_columns(v, columns, &first, &n);
	struct tend_str text = {0};
	for (int i = first; i < first + n; i++, x += w) {
		const struct tend_capacity *week = &l->weeks[i];
		tend_str_clear(&text);
		if (week->hours > 0) {
			int bar = w - 5 > 1 ? w - 5 : 1;
			add_bar(week, bar, c->ascii, &text);
			tend_str_addf(&text, "%*.0f", w - 1 - bar < 2 ? 2 : w - 1 - bar,
				ceil(week->hours));
		} else {
			tend_str_add(&text, "-");
		}
		enum role role = is_over(week) ? ROLE_BAD : week->hours > 0 ? ROLE_TEXT : ROLE_DIM;
		canvas_field(c, x, y, w - 1, TEND_RIGHT, role, tend_str_text(&text));
	}
	tend_str_finish(&text);
}

static const struct grid_column columns[] = {
	{N_("Owner"), 9, TEND_LEFT, 0, "owner", owner_cell, 8},
	{N_("Late"), 5, TEND_RIGHT, 0, "overdue_hours", overdue_cell},
	{NULL, 0, TEND_LEFT, 0, NULL, NULL, 0, paint_weeks},
};
static const struct grid_spec spec = {columns, sizeof(columns) / sizeof(columns[0]), true, NULL};

static const char *empty(struct workbench *wb, struct view *v, struct pane *p)
{
	(void)wb;
	(void)v;
	(void)p;
	return _("Nobody has customers here. Owners of customers and milestones appear with their "
		 "hours.");
}

static void heading(struct workbench *wb, struct view *v, struct pane *p, int room,
	struct tend_str *left, struct tend_str *right)
{
	(void)wb;
	(void)p;
	(void)room;
	(void)right;
	if (v->subject != NULL) {
		tend_str_addf(left, _("Hours as if %s were applied"), v->subject);
	}
}

const struct pane_ops pane_capacity = {
	.title = N_("Hours promised, by week"),
	.heading = heading,
	.offers = CX_FILTER | CX_SORT | CX_OPEN | CX_WEEKS,
	.type = &load_type,
	.spec = &spec,
	.load = load,
	.empty = empty,
};

/* --- what is behind a week --- */

static enum role box_cell(const struct grid_context *ctx, const void *record, struct tend_str *out)
{
	(void)ctx;
	return cell_box(record, out);
}

static enum role customer_cell(
	const struct grid_context *ctx, const void *record, struct tend_str *out)
{
	(void)ctx;
	tend_str_add(out, ((const struct tend_milestone *)record)->customer);
	return ROLE_TEXT;
}

static enum role title_cell(
	const struct grid_context *ctx, const void *record, struct tend_str *out)
{
	(void)ctx;
	milestone_title(record, out);
	return ROLE_TEXT;
}

static enum role effort_cell(
	const struct grid_context *ctx, const void *record, struct tend_str *out)
{
	(void)ctx;
	tend_str_addf(out, "%.1f", (double)((const struct tend_milestone *)record)->effort / 60);
	return ROLE_DIM;
}

static enum role due_cell(const struct grid_context *ctx, const void *record, struct tend_str *out)
{
	const struct tend_milestone *m = record;
	return cell_delta(m->due, ctx->today, out);
}

static const struct grid_column work_columns[] = {
	{NULL, 3, TEND_LEFT, 0, NULL, box_cell},
	{N_("Customer"), 14, TEND_LEFT, 0, NULL, customer_cell, 9},
	{N_("Milestone"), 0, TEND_LEFT, 0, NULL, title_cell},
	{N_("Hours"), 5, TEND_RIGHT, 0, NULL, effort_cell},
	{N_("Due"), 5, TEND_RIGHT, 0, NULL, due_cell},
};
static const struct grid_spec work_spec = {
	work_columns, sizeof(work_columns) / sizeof(work_columns[0]), true, NULL};

static const struct load *selected(const struct view *v)
{
	return grid_selected(&v->panes[0].grid, &v->panes[0].list);
}

static enum tend_status load_work(
	struct workbench *wb, struct view *v, struct pane *p, struct tend_error *err)
{
	const struct load *l = selected(v);
	if (l == NULL) {
		return TEND_OK;
	}
	tend_list_finish(&p->list);
	return tend_app_capacity_milestones(
		wb->app, l->owner, l->weeks[v->week].week, v->subject, &p->list, err);
}

static void work_heading(struct workbench *wb, struct view *v, struct pane *p, int room,
	struct tend_str *left, struct tend_str *right)
{
	(void)p;
	(void)room;
	(void)right;
	const struct load *l = selected(v);
	if (l == NULL) {
		return;
	}
	const struct tend_capacity *week = &l->weeks[v->week];
	struct tend_str day = {0};
	cell_day(week->week, wb->today, &day);
	const char *owner = l->owner != NULL ? l->owner : _("nobody");
	if (isnan(week->available)) {
		tend_str_addf(left, _("%s, week of %s: %.1f hours"), owner, tend_str_text(&day),
			week->hours);
	} else {
		tend_str_addf(left, _("%s, week of %s: %.1f of %.1f hours"), owner,
			tend_str_text(&day), week->hours, week->available);
	}
	tend_str_finish(&day);
}

static const char *work_empty(struct workbench *wb, struct view *v, struct pane *p)
{
	(void)wb;
	(void)v;
	(void)p;
	return _("Nothing is due in this week. ] and [ go to the weeks beside it.");
}

const struct pane_ops pane_capacity_work = {
	.title = N_("What is due in the week"),
	.offers = CX_CUSTOMER | CX_MILESTONE | CX_MARK | CX_OPEN | CX_WEEKS,
	.type = &tend_milestone_type,
	.spec = &work_spec,
	.follows = true,
	.load = load_work,
	.heading = work_heading,
	.empty = work_empty,
};
