/* SPDX-License-Identifier: MIT */
/* Planning for many customers: one ordered read a table, joined here. */
#include <stdlib.h>
#include <string.h>

#include <tend/care.h>
#include <tend/expr.h>
#include <tend/fields.h>

#include "upgrade.h"

/* Customers that are planned before they are written: the pages of all fit a writer's cache. */
#define AT_ONCE 64

static const char *const actions[] = {
	"added", "moved", "changed", "retired", "kept-done", "kept-edited", "conflict", NULL};

static const struct tend_field line_fields[] = {
	TEXT(struct tend_plan_line, customer, TEND_F_KEY, "Customer", "客户"),
	TEXT(struct tend_plan_line, key, 0, "Milestone", "里程碑"),
	INT(struct tend_plan_line, occurrence, TEND_F_WIDE, "No.", "次"),
	TEXT(struct tend_plan_line, action, 0, "Action", "变化", .values = actions),
	TEXT(struct tend_plan_line, title, 0, "Title", "标题"),
	DATE(struct tend_plan_line, due_before, 0, "Due before", "原到期"),
	DATE(struct tend_plan_line, due_after, 0, "Due after", "新到期"),
	TEXT(struct tend_plan_line, detail, 0, "Detail", "说明"),
	INT(struct tend_plan_line, customer_id, TEND_F_ID | TEND_F_HIDDEN, "customer_id",
		"customer_id"),
};
const struct tend_record_type tend_plan_type =
	RECORD_TYPE_OF(struct tend_plan_line, "plan", "Plan", "变更计划", line_fields);

void upgrade_init(struct upgrade_run *r, struct tend_app *a, const struct tend_journey *now)
{
	*r = (struct upgrade_run){.app = a, .now = now};
	tend_list_init(&r->customers, &tend_customer_type);
	tend_list_init(&r->items, &tend_item_type);
	tend_list_init(&r->open, &tend_milestone_type);
	for (size_t i = 0; i < now->nmilestones; i++) {
		r->has_conditions = r->has_conditions || now->milestones[i].when_expr != NULL;
		needs_add(&r->needs, now->milestones[i].when_expr);
	}
	r->truths = tend_calloc(now->nmilestones + 1, sizeof(*r->truths));
}

void upgrade_finish(struct upgrade_run *r)
{
	for (size_t i = 0; i < r->steps.n; i++) {
		tend_upgrade_destroy(r->steps.items[i].upgrade);
	}
	free(r->steps.items);
	free(r->goals.items);
	free(r->marks.items);
	free(r->by_id);
	free(r->truths);
	if (r->facts_read) {
		facts_finish(&r->facts);
	}
	needs_finish(&r->needs);
	tend_list_finish(&r->items);
	tend_list_finish(&r->open);
	tend_list_finish(&r->customers);
	tend_upgrade_plan_finish(&r->plan);
	tend_upgrade_plan_finish(&r->writes);
}

void upgrade_add_dates(struct upgrade_run *r, const struct tend_customer *before,
	const struct tend_customer *after, const struct tend_enrollment *e)
{
	/* A start of its own stays; the customer's goes along. */
	bool follows = e->start.day == before->started.day && tend_has_date(after->started);
	struct tend_date start = follows ? after->started : e->start;
	*TEND_PUSH(&r->goals) = (struct upgrade_goal){.e = *e,
		.customer = after,
		.renewal_then = renewal_of(e->start, before->term_months),
		.start = start,
		.renewal = renewal_of(start, after->term_months)};
}

static const struct upgrade_step *step_of(
	struct upgrade_run *r, const struct tend_enrollment *e, struct tend_error *err)
{
	for (size_t i = 0; i < r->steps.n; i++) {
		if (r->steps.items[i].version == e->version) {
			return &r->steps.items[i];
		}
	}
	const struct tend_journey *then = journey_kept(r->app, e->journey, e->version);
	if (then == NULL) {
		(void)tend_fail(err, TEND_FAILED,
			_("%s@%lld, which customers follow, cannot be read any more"), e->journey,
			(long long)e->version);
		return NULL;
	}
	struct upgrade_step *step = TEND_PUSH(&r->steps);
	*step = (struct upgrade_step){
		.version = e->version, .then = then, .upgrade = tend_upgrade_create(then, r->now)};
	return step;
}

static bool dates_move(const struct upgrade_goal *g)
{
	return g->start.day != g->e.start.day || g->renewal.day != g->renewal_then.day;
}

/* --- items --- */

/* The items that planning needs of these rows, side by side. */
static enum tend_status read_items(struct upgrade_run *r, const struct upgrade_goal *g,
	const struct tend_upgrade *u, const struct tend_milestone *rows, size_t n,
	struct tend_error *err)
{
	bool moved = dates_move(g);
	enum tend_status status = TEND_OK;
	r->items.n = 0;
	tend_arena_clear(&r->items.arena);
	for (size_t i = 0; i < n && status == TEND_OK; i++) {
		if (tend_is_open_state(rows[i].state)
			&& tend_upgrade_wants_items(u, &rows[i], moved)) {
			struct tend_value arg = int_value(rows[i].id);
			status = tend_store_read(
				r->app->store, TEND_READ_ITEMS_OF, &arg, 1, &r->items, err);
		}
	}
	return status;
}

/* --- what comes out of it --- */

static void add_line(struct upgrade_run *r, const struct upgrade_goal *g,
	const struct tend_upgrade *u, const struct tend_upgrade_change *ch)
{
	struct tend_str detail = {0};
	struct tend_arena *arena = &r->lines->arena;
	struct tend_plan_line *line = tend_list_add(r->lines);
	const struct tend_plan_line *before = r->lines->n > 1 ? line - 1 : NULL;
	bool again = before != NULL && before->customer_id == g->e.customer_id;
	tend_upgrade_detail(u, ch, &detail);
	line->customer_id = g->e.customer_id;
	line->customer = again ? before->customer : tend_arena_strdup(arena, g->customer->key);
	line->key = tend_arena_strdup(arena, ch->key);
	line->occurrence = ch->occurrence;
	line->action = tend_upgrade_action_name(ch->action);
	line->title = tend_arena_strdup(arena, tend_pick(ch->title));
	line->due_before = ch->due_before;
	line->due_after = ch->due_after;
	line->detail = detail.len > 0 ? tend_arena_strdup(arena, detail.data) : NULL;
	tend_str_finish(&detail);
}

/* The texts of a record become the arena's own. */
static void own_texts(struct tend_arena *arena, const struct tend_record_type *t, void *record)
{
	for (size_t i = 0; i < t->nfields; i++) {
		if (t->fields[i].type == TEND_TEXT || t->fields[i].type == TEND_TAGS) {
			const char **text =
				(const char **)(void *)((char *)record + t->fields[i].offset);
			*text = tend_arena_strdup(arena, *text);
		}
	}
}

static void keep_writes(struct upgrade_run *r)
{
	struct tend_arena *arena = &r->writes.arena;
	for (size_t i = 0; i < r->plan.writes.n; i++) {
		struct tend_upgrade_write *w = TEND_PUSH(&r->writes.writes);
		*w = r->plan.writes.items[i];
		if (w->op != TEND_UPGRADE_INSERT) { /* what is new borrows from the templates */
			own_texts(arena, &tend_milestone_type, &w->row);
		}
	}
	for (size_t i = 0; i < r->plan.item_writes.n; i++) {
		struct tend_upgrade_item_write *w = TEND_PUSH(&r->writes.item_writes);
		*w = r->plan.item_writes.items[i];
		own_texts(arena, &tend_item_type, &w->item);
	}
	*TEND_PUSH(&r->marks) =
		(struct upgrade_mark){r->writes.writes.n, r->writes.item_writes.n, r->open.n};
}

static void settle_truths(struct upgrade_run *r, const struct tend_customer *c)
{
	struct tend_inputs inputs = facts_of(&r->facts, c);
	for (size_t i = 0; r->has_conditions && i < r->now->nmilestones; i++) {
		const struct tend_expr *when = r->now->milestones[i].when_expr;
		r->truths[i] = when != NULL ? tend_expr_truth(when, &inputs) : TEND_TRUE;
	}
}

static enum tend_status plan_one(struct upgrade_run *r, const struct upgrade_goal *g,
	const struct tend_milestone *rows, size_t n, struct tend_error *err)
{
	const struct upgrade_step *step = step_of(r, &g->e, err);
	if (step == NULL) {
		return TEND_FAILED;
	}
	enum tend_status status = read_items(r, g, step->upgrade, rows, n, err);
	if (status != TEND_OK) {
		return status;
	}
	settle_truths(r, g->customer);
	struct tend_upgrade_customer c = {.rows = rows,
		.nrows = n,
		.items = r->items.n > 0 ? tend_list_at(&r->items, 0) : NULL,
		.nitems = r->items.n,
		.start_then = g->e.start,
		.renewal_then = g->renewal_then,
		.start = g->start,
		.renewal = g->renewal,
		.calendar = journey_calendar(r->app, r->now),
		.truths = r->truths};
	tend_upgrade_plan_clear(&r->plan);
	status = tend_upgrade_plan(step->upgrade, &c, &r->plan, err);
	if (status != TEND_OK) {
		tend_error_prefix(err, "%s", g->customer->key);
		return status;
	}
	for (size_t i = 0; i < r->plan.changes.n; i++) {
		const struct tend_upgrade_change *ch = &r->plan.changes.items[i];
		r->counts[ch->action]++;
		if (r->lines != NULL
			&& (!r->conflicts_only || ch->action == TEND_UPGRADE_CONFLICT)) {
			add_line(r, g, step->upgrade, ch);
		}
	}
	r->touched += r->plan.changes.n > 0;
	for (size_t i = 0; i < r->plan.writes.n; i++) {
		r->plan.writes.items[i].row.customer_id = g->e.customer_id;
	}
	if (r->keeps_open) {
		upgrade_keep_open(r, g, rows, n);
	}
	if (r->keeps) {
		keep_writes(r);
	}
	return TEND_OK;
}

static int compare_ids(const void *a, const void *b)
{
	int64_t x = ((const struct goal_id *)a)->id, y = ((const struct goal_id *)b)->id;
	return (x > y) - (x < y);
}

static void index_goals(struct upgrade_run *r)
{
	r->by_id = tend_calloc(r->goals.n + 1, sizeof(*r->by_id));
	for (size_t i = 0; i < r->goals.n; i++) {
		r->by_id[i] = (struct goal_id){r->goals.items[i].e.customer_id, i};
	}
	qsort(r->by_id, r->goals.n, sizeof(*r->by_id), compare_ids);
}

/* The rows of the next customer in order: those before it that are to be planned have none. */
static enum tend_status plan_rows(void *ctx, struct tend_list *list, struct tend_error *err)
{
	struct upgrade_run *r = ctx;
	const struct tend_milestone *first = tend_list_at(list, 0);
	struct goal_id wanted = {.id = first->customer_id};
	const struct goal_id *at =
		bsearch(&wanted, r->by_id, r->goals.n, sizeof(*r->by_id), compare_ids);
	if (at == NULL) {
		return TEND_OK; /* not one of them */
	}
	enum tend_status status = TEND_OK;
	for (; r->at < at->goal && status == TEND_OK; r->at++) {
		status = plan_one(r, &r->goals.items[r->at], NULL, 0, err);
	}
	r->at++;
	return status != TEND_OK ? status
				 : plan_one(r, &r->goals.items[at->goal], first, list->n, err);
}

static bool is_open(const void *record)
{
	return tend_is_open_state(((const struct tend_milestone *)record)->state);
}

static enum tend_status plan_each(struct upgrade_run *r, struct tend_error *err)
{
	enum tend_status status = TEND_OK;
	for (size_t i = 0; i < r->goals.n && status == TEND_OK; i++) {
		const struct upgrade_goal *g = &r->goals.items[i];
		struct tend_list rows;
		status = read_list(r->app, TEND_READ_MILESTONES_OF, g->e.customer_id,
			&tend_milestone_type, &rows, err);
		const struct tend_milestone *first = rows.n > 0 ? tend_list_at(&rows, 0) : NULL;
		status = status != TEND_OK ? status : plan_one(r, g, first, rows.n, err);
		tend_list_finish(&rows);
	}
	return status;
}

/* What conditions ask about: of the customers at hand, or of all where there are many. */
static enum tend_status read_facts(struct upgrade_run *r, struct tend_error *err)
{
	struct ids ids = {0};
	for (size_t i = 0; i < r->goals.n && r->goals.n < BULK_FROM; i++) {
		ids_add(&ids, r->goals.items[i].e.customer_id);
	}
	r->facts_read = true;
	enum tend_status status = facts_read(r->app, &r->needs, ids.items, ids.n, &r->facts, err);
	ids_finish(&ids);
	return status;
}

/* What all goals need. */
static enum tend_status get_ready(struct upgrade_run *r, struct tend_error *err)
{
	enum tend_status status = TEND_OK;
	for (size_t i = 0; i < r->goals.n && status == TEND_OK; i++) {
		status = step_of(r, &r->goals.items[i].e, err) != NULL ? TEND_OK : TEND_FAILED;
	}
	status = status != TEND_OK || r->goals.n == 0 ? status : read_facts(r, err);
	if (status == TEND_OK && r->goals.n >= BULK_FROM) {
		index_goals(r);
	}
	return status;
}

/* The goals up to that one, in one walk. */
static enum tend_status plan_up_to(struct upgrade_run *r, size_t end, struct tend_error *err)
{
	struct tend_value keys[] = {text_value(r->goals.items[r->at].customer->key),
		text_value(r->goals.items[end - 1].customer->key)};
	struct tend_walk walk = {.what = TEND_READ_MILESTONES_PLANNED,
		.args = keys,
		.nargs = sizeof(keys) / sizeof(keys[0]),
		.type = &tend_milestone_type,
		.whole = is_open,
		.each = plan_rows,
		.ctx = r};
	enum tend_status status = tend_store_walk(r->app->store, &walk, err);
	for (; r->at < end && status == TEND_OK; r->at++) {
		status = plan_one(r, &r->goals.items[r->at], NULL, 0, err);
	}
	return status;
}

enum tend_status upgrade_plan_all(struct upgrade_run *r, struct tend_error *err)
{
	enum tend_status status = get_ready(r, err);
	if (status != TEND_OK || r->goals.n < BULK_FROM) {
		return status != TEND_OK ? status : plan_each(r, err);
	}
	return plan_up_to(r, r->goals.n, err);
}

/* --- carrying it out --- */

static enum tend_status write_row(struct tend_app *a, struct tend_upgrade_write *w,
	const struct tend_journey *now, struct tend_error *err)
{
	int64_t customer = w->row.customer_id;
	enum tend_status status;
	switch (w->op) {
	case TEND_UPGRADE_UPDATE:
		return write_replan(a, &w->row, err);
	case TEND_UPGRADE_RENAME:
		return write_rename(a, &w->row, err);
	case TEND_UPGRADE_DELETE:
		return write_delete(a, &tend_milestone_type, w->row.id, customer, err);
	case TEND_UPGRADE_INSERT:
		break;
	}
	status = write_insert(a, &tend_milestone_type, &w->row, customer, &w->row.id, err);
	return status != TEND_OK
		? status
		: enroll_insert_items(a, &w->row, &now->milestones[w->milestone], err);
}

static enum tend_status write_item(
	struct tend_app *a, struct tend_upgrade_item_write *w, struct tend_error *err)
{
	switch (w->op) {
	case TEND_UPGRADE_INSERT:
		return write_insert(a, &tend_item_type, &w->item, 0, NULL, err);
	case TEND_UPGRADE_UPDATE:
		return write_update(a, &tend_item_type, &w->item, 0, err);
	case TEND_UPGRADE_DELETE:
		return write_delete(a, &tend_item_type, w->item.id, 0, err);
	case TEND_UPGRADE_RENAME: /* of milestones only */
		break;
	}
	return TEND_OK;
}

/* From one mark up to the other. */
static enum tend_status write_between(struct tend_app *a, const struct tend_upgrade_plan *plan,
	struct upgrade_mark from, struct upgrade_mark to, const struct tend_journey *now,
	struct tend_error *err)
{
	enum tend_status status = TEND_OK;
	for (size_t i = from.writes; i < to.writes && status == TEND_OK; i++) {
		status = write_row(a, &plan->writes.items[i], now, err);
	}
	for (size_t i = from.item_writes; i < to.item_writes && status == TEND_OK; i++) {
		status = write_item(a, &plan->item_writes.items[i], err);
	}
	return status;
}

enum tend_status upgrade_write_plan(struct tend_app *a, const struct tend_upgrade_plan *plan,
	const struct tend_journey *now, struct tend_error *err)
{
	struct upgrade_mark end = {plan->writes.n, plan->item_writes.n};
	return write_between(a, plan, (struct upgrade_mark){0}, end, now, err);
}

static enum tend_status move_enrollment(
	struct upgrade_run *r, const struct upgrade_goal *g, struct tend_error *err)
{
	struct tend_enrollment e = g->e;
	e.version = r->now->version;
	e.start = g->start;
	if (e.version == g->e.version && e.start.day == g->e.start.day) {
		return TEND_OK;
	}
	enum tend_status status = tend_store_move_enrollment(r->app->store, &e, err);
	r->app->writes += status == TEND_OK;
	ids_add(&r->app->touched, e.customer_id);
	return status;
}

/* Customer by customer: what belongs to one lies close together in the store. */
enum tend_status upgrade_write(struct upgrade_run *r, struct tend_error *err)
{
	enum tend_status status = TEND_OK;
	struct upgrade_mark from = {.open = r->open_written};
	for (size_t i = 0; i < r->marks.n && status == TEND_OK; i++) {
		struct upgrade_mark to = r->marks.items[i];
		status = move_enrollment(r, &r->goals.items[r->written++], err);
		status = status != TEND_OK
			? status
			: write_between(r->app, &r->writes, from, to, r->now, err);
		if (status == TEND_OK && r->keeps_open) {
			upgrade_settle_open(r, from, to);
		}
		from = to;
	}
	r->open_written = from.open;
	r->marks.n = 0;
	tend_upgrade_plan_clear(&r->writes);
	return status;
}

enum tend_status upgrade_apply(struct upgrade_run *r, struct tend_error *err)
{
	r->keeps = true;
	if (r->goals.n < BULK_FROM) {
		enum tend_status status = upgrade_plan_all(r, err);
		return status != TEND_OK ? status : upgrade_write(r, err);
	}
	r->keeps_open = true;
	enum tend_status status = get_ready(r, err);
	while (status == TEND_OK && r->at < r->goals.n) {
		size_t left = r->goals.n - r->at;
		status = plan_up_to(r, r->at + (left < AT_ONCE ? left : AT_ONCE), err);
		status = status != TEND_OK ? status : upgrade_write(r, err);
	}
	return status;
}

const char *upgrade_summary(const struct upgrade_run *r, struct tend_arena *arena)
{
	static const char *const words[TEND_UPGRADE_ACTIONS] = {
		[TEND_UPGRADE_ADDED] = N_("%zu added"),
		[TEND_UPGRADE_MOVED] = N_("%zu moved"),
		[TEND_UPGRADE_CHANGED] = N_("%zu changed"),
		[TEND_UPGRADE_RETIRED] = N_("%zu retired"),
		[TEND_UPGRADE_KEPT_DONE] = N_("%zu kept because done"),
		[TEND_UPGRADE_KEPT_EDITED] = N_("%zu kept because touched"),
		[TEND_UPGRADE_CONFLICT] = N_("%zu in conflict"),
	};
	struct tend_str text = {0};
	for (size_t i = 0; i < TEND_UPGRADE_ACTIONS; i++) {
		if (r->counts[i] > 0) {
			tend_str_add(&text, text.len > 0 ? _(", ") : "");
			tend_str_addf(&text, _(words[i]), r->counts[i]);
		}
	}
	if (text.len == 0) {
		tend_str_add(&text, _("no milestone changes"));
	}
	const char *copy = tend_arena_strdup(arena, tend_str_text(&text));
	tend_str_finish(&text);
	return copy;
}
