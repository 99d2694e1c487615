/* SPDX-License-Identifier: MIT */
/* What the step to a version would do: customer by customer, and line by line of the selected one. */
#include "journeys.h"

#include <stdlib.h>
#include <string.h>

#include <tend/mem.h>

#include "cells.h"
#include "panes.h"

/* Lists of fewer columns say the sum in short, and dates below. */
#define DATES_FROM 46

static const struct tend_field fields[] = {
	{"key", TEND_TEXT, offsetof(struct plan_row, key), 0, {NULL, NULL}, NULL, 0},
	{"name", TEND_TEXT, offsetof(struct plan_row, name), 0, {NULL, NULL}, NULL, 0},
	{"added", TEND_INT, offsetof(struct plan_row, added), 0, {NULL, NULL}, NULL, 0},
	{"moved", TEND_INT, offsetof(struct plan_row, moved), 0, {NULL, NULL}, NULL, 0},
	{"changed", TEND_INT, offsetof(struct plan_row, changed), 0, {NULL, NULL}, NULL, 0},
	{"retired", TEND_INT, offsetof(struct plan_row, retired), 0, {NULL, NULL}, NULL, 0},
	{"kept", TEND_INT, offsetof(struct plan_row, kept), 0, {NULL, NULL}, NULL, 0},
	{"conflicts", TEND_INT, offsetof(struct plan_row, conflicts), 0, {NULL, NULL}, NULL, 0},
};
const struct tend_record_type plan_row_type = {"plan-row", {"Plan", "变更计划"},
	sizeof(struct plan_row), fields, sizeof(fields) / sizeof(fields[0]), -1};

/* --- the customers --- */

static enum role name_cell(const struct grid_context *ctx, const void *record, struct tend_str *out)
{
	(void)ctx;
	const struct plan_row *r = record;
	tend_str_add(out, r->name);
	return r->n > 0 ? ROLE_TEXT : ROLE_DIM;
}

static enum role from_cell(const struct grid_context *ctx, const void *record, struct tend_str *out)
{
	(void)ctx;
	tend_str_add(out, ((const struct plan_row *)record)->from);
	return ROLE_DIM;
}

static enum role number(int64_t n, enum role role, struct tend_str *out)
{
	if (n == 0) {
		tend_str_add(out, "-");
		return ROLE_DIM;
	}
	tend_str_addf(out, "%d", (int)n);
	return role;
}

#define NUMBER_CELL(member, looks)                                                                 \
	static enum role member##_cell(                                                            \
		const struct grid_context *ctx, const void *record, struct tend_str *out)          \
	{                                                                                          \
		(void)ctx;                                                                         \
		return number(((const struct plan_row *)record)->member, looks, out);              \
	}
NUMBER_CELL(added, ROLE_GOOD)
NUMBER_CELL(moved, ROLE_TEXT)
NUMBER_CELL(changed, ROLE_TEXT)
NUMBER_CELL(retired, ROLE_SOON)
NUMBER_CELL(kept, ROLE_TEXT)
NUMBER_CELL(conflicts, ROLE_BAD)

static const struct grid_column columns[] = {
	{N_("Customer"), 0, TEND_LEFT, 0, NULL, name_cell},
	{N_("Version"), 7, TEND_LEFT, 68, NULL, from_cell},
	{N_("Added"), 6, TEND_RIGHT, 30, NULL, added_cell, 5},
	{N_("Moved"), 6, TEND_RIGHT, 30, NULL, moved_cell, 5},
	{N_("Changed"), 7, TEND_RIGHT, 60, NULL, changed_cell},
	{N_("Retired"), 7, TEND_RIGHT, 60, NULL, retired_cell},
	{N_("Kept"), 5, TEND_RIGHT, 50, NULL, kept_cell},
	{N_("Conflict"), 8, TEND_RIGHT, 0, NULL, conflicts_cell},
};
static const struct grid_spec spec = {columns, sizeof(columns) / sizeof(columns[0]), true, NULL};

static void count_line(struct plan_row *row, const char *action)
{
	static const struct {
		const char *action;
		size_t count;
	} counts[] = {
		{"added", offsetof(struct plan_row, added)},
		{"moved", offsetof(struct plan_row, moved)},
		{"changed", offsetof(struct plan_row, changed)},
		{"retired", offsetof(struct plan_row, retired)},
		{"kept-done", offsetof(struct plan_row, kept)},
		{"kept-edited", offsetof(struct plan_row, kept)},
		{"conflict", offsetof(struct plan_row, conflicts)},
	};
	for (size_t i = 0; i < sizeof(counts) / sizeof(counts[0]); i++) {
		if (strcmp(counts[i].action, action) == 0) {
			++*(int64_t *)((char *)row + counts[i].count);
		}
	}
	row->n++;
}

/* "@1" where the customer follows another version of the key than `name` says; NULL. */
static const char *other_version(const struct tend_customer *c, const char *name)
{
	const char *at = strrchr(name, '@');
	size_t n = at != NULL ? (size_t)(at - name) : strlen(name);
	bool same_key =
		c->journey != NULL && strncmp(c->journey, name, n) == 0 && c->journey[n] == '@';
	return same_key && strcmp(c->journey, name) != 0 ? c->journey + n : NULL;
}

/* Lines and rows are in the same order: the row is the one of the line before, or one that follows. */
static struct plan_row *row_of(const struct pane *p, size_t *at, int64_t customer_id)
{
	for (size_t i = 0; i < p->list.n; i++) {
		size_t k = (*at + i) % p->list.n;
		struct plan_row *row = tend_list_at(&p->list, k);
		if (row->customer_id == customer_id) {
			*at = k;
			return row;
		}
	}
	return NULL;
}

static void add_customers(struct pane *p, const struct tend_list *customers,
	const struct tend_list *lines, const char *name)
{
	for (size_t i = 0; i < customers->n; i++) {
		const struct tend_customer *c = tend_list_at(customers, i);
		const char *from = other_version(c, name);
		if (from == NULL) {
			continue;
		}
		struct plan_row *row = tend_list_add(&p->list);
		*row = (struct plan_row){.customer_id = c->id,
			.key = tend_arena_strdup(&p->list.arena, c->key),
			.name = tend_arena_strdup(&p->list.arena, c->name),
			.from = tend_arena_strdup(&p->list.arena, from)};
	}
	size_t at = 0;
	for (size_t i = 0; i < lines->n; i++) {
		const struct tend_plan_line *line = tend_list_at(lines, i);
		struct plan_row *row = row_of(p, &at, line->customer_id);
		if (row != NULL) {
			row->first = row->n == 0 ? i : row->first;
			count_line(row, line->action);
		}
	}
}

static int by_weight(const void *a, const void *b)
{
	const struct plan_row *x = a, *y = b;
	if (x->conflicts != y->conflicts) {
		return x->conflicts > y->conflicts ? -1 : 1;
	}
	if (x->n != y->n) {
		return x->n > y->n ? -1 : 1;
	}
	return strcmp(x->key, y->key);
}

/* Conflicts first: they are what a person wants to read. */
static enum tend_status load(
	struct workbench *wb, struct view *v, struct pane *p, struct tend_error *err)
{
	struct tend_done done = {0};
	struct tend_list customers;
	tend_list_finish(&v->lines);
	enum tend_status status =
		tend_app_journey_plan(wb->app, v->subject, NULL, 0, &v->lines, NULL, &done, err);
	tend_list_init(&customers, &tend_customer_type);
	if (status == TEND_OK) {
		free(v->summary);
		v->summary = tend_strdup(done.summary);
		tend_list_finish(&customers);
		status = tend_app_customers(wb->app, NULL, &customers, err);
	}
	if (status == TEND_OK) {
		add_customers(p, &customers, &v->lines, v->subject);
	}
	if (p->list.n > 1) {
		qsort(p->list.items, p->list.n, p->list.type->size, by_weight);
	}
	tend_list_finish(&customers);
	tend_done_finish(&done);
	return status;
}

static void heading(struct workbench *wb, struct view *v, struct pane *p, int room,
	struct tend_str *left, struct tend_str *right)
{
	(void)wb;
	(void)right;
	const char *summary = v->summary != NULL ? v->summary : "";
	if (p->list.n == 0 && p->problem == NULL) {
		tend_str_add(left, v->subject); /* that it is nobody stands below */
	} else if (p->list.n > 0 && room < DATES_FROM && tend_columns(summary) > room) {
		tend_str_addf(left,
			p->list.n == 1 ? _("%s for %zu customer") : _("%s for %zu customers"),
			v->subject, p->list.n);
	} else {
		tend_str_add(left, summary);
	}
}

static const char *empty(struct workbench *wb, struct view *v, struct pane *p)
{
	(void)wb;
	(void)v;
	(void)p;
	return _("Nobody follows another version of it: there is nothing to do. Esc goes back.");
}

const struct pane_ops pane_plan = {
	.title = N_("Upgrade plan"),
	.offers = CX_PLAN | CX_MARK | CX_FILTER | CX_OPEN,
	.type = &plan_row_type,
	.spec = &spec,
	.load = load,
	.heading = heading,
	.empty = empty,
};

/* --- what happens to one of them --- */

void plan_line_word(const struct tend_plan_line *line, enum role *ret_role, struct tend_str *out)
{
	static const struct {
		const char *action, *word;
		enum role role;
	} words[] = {
		{"added", N_("+ added"), ROLE_GOOD},
		{"moved", N_("~ moved"), ROLE_TEXT},
		{"changed", N_("~ changed"), ROLE_TEXT},
		{"retired", N_("- retired"), ROLE_SOON},
		{"kept-done", N_("= done"), ROLE_DIM},
		{"kept-edited", N_("= edited"), ROLE_DIM},
		{"conflict", N_("! conflict"), ROLE_BAD},
	};
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (strcmp(words[i].action, line->action) == 0) {
			tend_str_add(out, _(words[i].word));
			*ret_role = words[i].role;
			return;
		}
	}
	tend_str_add(out, line->action);
	*ret_role = ROLE_TEXT;
}

static enum role action_cell(
	const struct grid_context *ctx, const void *record, struct tend_str *out)
{
	(void)ctx;
	enum role role;
	plan_line_word(record, &role, out);
	return role;
}

static enum role title_cell(
	const struct grid_context *ctx, const void *record, struct tend_str *out)
{
	(void)ctx;
	const struct tend_plan_line *line = record;
	tend_str_addf(
		out, line->occurrence > 1 ? "%s #%d" : "%s", line->title, (int)line->occurrence);
	return ROLE_TEXT;
}

/* "11-20 -> 11-25", "11-25" where nothing moves. */
static enum role dates_cell(
	const struct grid_context *ctx, const void *record, struct tend_str *out)
{
	const struct tend_plan_line *line = record;
	bool before = tend_has_date(line->due_before), after = tend_has_date(line->due_after);
	if (before) {
		cell_day(line->due_before, ctx->today, out);
	}
	if (after && (!before || line->due_after.day != line->due_before.day)) {
		tend_str_add(out, before ? " -> " : "-> ");
		cell_day(line->due_after, ctx->today, out);
	}
	return ROLE_TEXT;
}

static enum role detail_cell(
	const struct grid_context *ctx, const void *record, struct tend_str *out)
{
	(void)ctx;
	const char *detail = ((const struct tend_plan_line *)record)->detail;
	tend_str_add(out, detail != NULL ? detail : "");
	return ROLE_DIM;
}

static const struct grid_column line_columns[] = {
	{N_("Change"), 10, TEND_LEFT, 0, NULL, action_cell},
	{N_("Milestone"), 0, TEND_LEFT, 0, NULL, title_cell},
	{N_("Due"), 24, TEND_LEFT, DATES_FROM + 4, NULL, dates_cell},
	{N_("Detail"), 28, TEND_LEFT, 84, NULL, detail_cell},
};
static const struct grid_spec line_spec = {
	line_columns, sizeof(line_columns) / sizeof(line_columns[0]), true, NULL};

static enum tend_status load_lines(
	struct workbench *wb, struct view *v, struct pane *p, struct tend_error *err)
{
	(void)wb;
	(void)err;
	const struct pane *list = &v->panes[0];
	const struct plan_row *row = grid_selected(&list->grid, &list->list);
	for (size_t i = 0; row != NULL && i < row->n; i++) {
		const struct tend_plan_line *from = tend_list_at(&v->lines, row->first + i);
		struct tend_plan_line *line = tend_list_add(&p->list);
		struct tend_arena *arena = &p->list.arena;
		*line = *from; /* the plan may be made anew while these are on screen */
		line->customer = tend_arena_strdup(arena, from->customer);
		line->key = tend_arena_strdup(arena, from->key);
		line->action = tend_arena_strdup(arena, from->action);
		line->title = tend_arena_strdup(arena, from->title);
		line->detail = tend_arena_strdup(arena, from->detail);
	}
	return TEND_OK;
}

static void lines_heading(struct workbench *wb, struct view *v, struct pane *p, int room,
	struct tend_str *left, struct tend_str *right)
{
	(void)wb;
	(void)p;
	(void)right;
	const struct pane *list = &v->panes[0];
	const struct plan_row *row = grid_selected(&list->grid, &list->list);
	if (row != NULL) {
		tend_clip(left, row->name, room);
	}
}

static const char *lines_empty(struct workbench *wb, struct view *v, struct pane *p)
{
	(void)wb;
	(void)p;
	return v->panes[0].grid.n > 0
		? _("Nothing of it changes: only the version that it follows.")
		: _("No customer is selected.");
}

static void below(
	const struct view *v, const void *record, int room, int columns_wide, struct lines *l)
{
	(void)v;
	(void)room;
	const struct tend_plan_line *line = record;
	char day[TEND_DATE_LEN];
	if (columns_wide < DATES_FROM && tend_has_date(line->due_before)) {
		lines_label(l, _("due before"), ROLE_TEXT, "%s",
			tend_date_format(line->due_before, day));
	}
	if (columns_wide < DATES_FROM && tend_has_date(line->due_after)
		&& line->due_after.day != line->due_before.day) {
		lines_label(
			l, _("due after"), ROLE_TEXT, "%s", tend_date_format(line->due_after, day));
	}
	if (line->detail != NULL) {
		lines_wrap(l, ROLE_TEXT, columns_wide, line->detail);
	}
}

static int64_t line_identity(const void *record)
{
	const struct tend_plan_line *line = record;
	uint64_t h = 5381;
	for (const char *c = line->key; *c != '\0'; c++) {
		h = h * 33 + (unsigned char)*c;
	}
	return (int64_t)(((h << 14) + (uint64_t)line->occurrence * 8
				 + (uint64_t)line->action[0] % 8)
		>> 1);
}

const struct pane_ops pane_plan_lines = {
	.title = N_("Changes"),
	.offers = CX_PLAN | CX_OPEN,
	.type = &tend_plan_type,
	.spec = &line_spec,
	.follows = true,
	.load = load_lines,
	.heading = lines_heading,
	.empty = lines_empty,
	.below = below,
	.below_everywhere = true,
	.identity = line_identity,
};

void open_plan_line(struct workbench *wb, const struct tend_plan_line *line)
{
	struct lines l = {0};
	struct tend_str text = {0};
	enum role role;
	char day[TEND_DATE_LEN];
	lines_add(&l, ROLE_TITLE, line->occurrence > 1 ? "%s #%d" : "%s", line->title,
		(int)line->occurrence);
	plan_line_word(line, &role, &text);
	lines_label(&l, _("change"), role, "%s", tend_str_text(&text));
	lines_label(&l, _("key"), ROLE_TEXT, "%s", line->key);
	if (tend_has_date(line->due_before)) {
		lines_label(&l, _("due before"), ROLE_TEXT, "%s",
			tend_date_format(line->due_before, day));
	}
	if (tend_has_date(line->due_after)) {
		lines_label(&l, _("due after"), ROLE_TEXT, "%s",
			tend_date_format(line->due_after, day));
	}
	if (line->detail != NULL) {
		lines_wrap(&l, ROLE_TEXT, wb->canvas.columns - 4, line->detail);
	}
	wb_push(wb, &textbox_create(_("What happens to it"), &l)->base);
	tend_str_finish(&text);
}
