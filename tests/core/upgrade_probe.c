/* SPDX-License-Identifier: MIT */
/*
 * Plans upgrades for oracle_upgrade.py. A line of input is a case as JSON: two templates, dates, the truth of
 * conditions, and one customer's rows and items. A line of output says the lines of the plan, the rows and
 * items after it was carried out, and what planning again on those gives.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include <tend/record.h>
#include <tend/str.h>
#include <tend/upgrade.h>

struct rows {
	struct tend_milestone *items;
	size_t n, cap;
};
struct items {
	struct tend_item *items;
	size_t n, cap;
};

static _Noreturn void give_up(const char *why)
{
	(void)fprintf(stderr, "upgrade_probe: %s\n", why);
	exit(EXIT_FAILURE);
}

/* A text that lives as long as the case; NULL where it is null or not there. */
static const char *text(const json_t *o, const char *name)
{
	return json_string_value(json_object_get(o, name));
}

static int64_t number(const json_t *o, const char *name, int64_t missing)
{
	const json_t *v = json_object_get(o, name);
	return json_is_integer(v) ? json_integer_value(v) : missing;
}

static struct tend_date day(const json_t *o, const char *name)
{
	return (struct tend_date){(int32_t)number(o, name, INT32_MIN)};
}

static struct tend_text title(const json_t *o)
{
	return (struct tend_text){text(o, "title_en"), text(o, "title_zh")};
}

static struct tend_when when(struct tend_arena *arena, const char *words)
{
	struct tend_when w;
	struct tend_error err;
	if (tend_when_parse(words, arena, &w, &err) != TEND_OK) {
		give_up(err.text);
	}
	return w;
}

static void read_items(struct tend_journey *j, struct tend_template_milestone *m, const json_t *o)
{
	const json_t *items = json_object_get(o, "items");
	m->nitems = json_array_size(items);
	m->items = tend_arena_alloc(&j->arena, (m->nitems + 1) * sizeof(*m->items));
	for (size_t i = 0; i < m->nitems; i++) {
		const json_t *item = json_array_get(items, i);
		const char *id = text(item, "id");
		m->items[i].key = id != NULL ? id : tend_arena_format(&j->arena, "%zu", i + 1);
		m->items[i].title = title(item);
	}
}

static void read_milestone(
	struct tend_journey *j, struct tend_template_milestone *m, const json_t *o)
{
	const json_t *after = json_object_get(o, "after"), *repeat = json_object_get(o, "repeat");
	*m = (struct tend_template_milestone){.key = text(o, "key"),
		.was = text(o, "was"),
		.stage_key = text(o, "stage"),
		.title = title(o),
		.due = when(&j->arena, text(o, "due")),
		.required = number(o, "required", 1) == 1,
		.visible = number(o, "visible", 0) == 1,
		.effort = (int)number(o, "effort", -1),
		.when = text(o, "when")};
	m->nafter = json_array_size(after);
	m->after = tend_arena_alloc(&j->arena, (m->nafter + 1) * sizeof(*m->after));
	for (size_t i = 0; i < m->nafter; i++) {
		m->after[i] = json_string_value(json_array_get(after, i));
	}
	if (json_is_object(repeat)) {
		m->repeats = true;
		m->every = (struct tend_duration){(int)number(repeat, "every", 1), TEND_DAY};
		m->has_until = text(repeat, "until") != NULL;
		m->until = m->has_until ? when(&j->arena, text(repeat, "until")) : m->until;
	}
	read_items(j, m, o);
}

static struct tend_journey *read_journey(const json_t *o)
{
	struct tend_journey *j = tend_alloc(sizeof(*j));
	const json_t *stages = json_object_get(o, "stages");
	const json_t *milestones = json_object_get(o, "milestones");
	j->key = "j";
	j->nstages = json_array_size(stages);
	j->stages = tend_arena_alloc(&j->arena, (j->nstages + 1) * sizeof(*j->stages));
	for (size_t i = 0; i < j->nstages; i++) {
		const json_t *s = json_array_get(stages, i);
		j->stages[i] = (struct tend_stage){
			.key = text(s, "key"), .from = when(&j->arena, text(s, "from"))};
	}
	j->nmilestones = json_array_size(milestones);
	j->milestones = tend_arena_alloc(&j->arena, (j->nmilestones + 1) * sizeof(*j->milestones));
	for (size_t i = 0; i < j->nmilestones; i++) {
		read_milestone(j, &j->milestones[i], json_array_get(milestones, i));
	}
	struct tend_findings findings;
	tend_findings_init(&findings, "case");
	tend_journey_link(j, &findings);
	if (findings.errors > 0) {
		give_up(findings.items[0].text);
	}
	tend_findings_finish(&findings);
	return j;
}

static void read_row(struct rows *rows, const json_t *o)
{
	struct tend_milestone *m = TEND_PUSH(rows);
	tend_record_clear(&tend_milestone_type, m);
	m->id = number(o, "id", 0);
	m->key = text(o, "key");
	m->occurrence = number(o, "occurrence", 1);
	m->stage = text(o, "stage");
	m->title_en = text(o, "title_en");
	m->title_zh = text(o, "title_zh");
	m->due = day(o, "due");
	m->template_due = day(o, "template_due");
	m->state = text(o, "state");
	m->done_on = day(o, "done_on");
	m->required = number(o, "required", 1);
	m->visible = number(o, "visible", 0);
	m->owner = text(o, "owner");
	m->after = text(o, "after");
	m->effort = number(o, "effort", TEND_NO_INT);
	m->reason = text(o, "reason");
	m->origin = text(o, "origin");
	m->position = number(o, "position", 1);
	m->repeats = number(o, "repeats", 0);
	m->projected = number(o, "projected", 0);
}

static void read_item(struct items *items, const json_t *o)
{
	struct tend_item *i = TEND_PUSH(items);
	tend_record_clear(&tend_item_type, i);
	i->id = number(o, "id", 0);
	i->milestone_id = number(o, "milestone_id", 0);
	i->position = number(o, "position", 1);
	i->key = text(o, "key");
	i->title_en = text(o, "title_en");
	i->title_zh = text(o, "title_zh");
	i->done = number(o, "done", 0);
}

/* --- carrying a plan out --- */

static void put_row(struct rows *rows, const struct tend_upgrade_write *w)
{
	for (size_t i = 0; i < rows->n; i++) {
		if (rows->items[i].id == w->row.id) {
			rows->items[i] = w->row;
			if (w->op == TEND_UPGRADE_DELETE) {
				rows->items[i] = rows->items[--rows->n];
			}
			return;
		}
	}
	give_up("a write to a row that is not there");
}

static void drop_items_of(struct items *items, int64_t milestone_id)
{
	for (size_t i = items->n; i > 0; i--) {
		if (items->items[i - 1].milestone_id == milestone_id) {
			items->items[i - 1] = items->items[--items->n];
		}
	}
}

static void insert_row(struct rows *rows, struct items *items, const struct tend_upgrade_write *w,
	const struct tend_journey *now, int64_t id)
{
	struct tend_milestone *m = TEND_PUSH(rows);
	*m = w->row;
	m->id = id;
	const struct tend_template_milestone *t = &now->milestones[w->milestone];
	for (size_t i = 0; i < t->nitems; i++) {
		struct tend_item *item = TEND_PUSH(items);
		tend_record_clear(&tend_item_type, item);
		*item = (struct tend_item){.id = id * 1000 + (int64_t)i,
			.milestone_id = id,
			.position = (int64_t)i + 1,
			.key = t->items[i].key,
			.title_en = t->items[i].title.en,
			.title_zh = t->items[i].title.zh};
	}
}

static void put_item(struct items *items, const struct tend_upgrade_item_write *w, int64_t id)
{
	if (w->op == TEND_UPGRADE_INSERT) {
		struct tend_item *item = TEND_PUSH(items);
		*item = w->item;
		item->id = id;
		return;
	}
	for (size_t i = 0; i < items->n; i++) {
		if (items->items[i].id == w->item.id) {
			items->items[i] =
				w->op == TEND_UPGRADE_UPDATE ? w->item : items->items[--items->n];
			return;
		}
	}
	give_up("a write to an item that is not there");
}

static int by_milestone(const void *a, const void *b)
{
	const struct tend_item *x = a, *y = b;
	if (x->milestone_id != y->milestone_id) {
		return x->milestone_id < y->milestone_id ? -1 : 1;
	}
	return (x->position > y->position) - (x->position < y->position);
}

static void carry_out(const struct tend_upgrade_plan *plan, const struct tend_journey *now,
	struct rows *rows, struct items *items)
{
	for (size_t i = 0; i < plan->writes.n; i++) {
		const struct tend_upgrade_write *w = &plan->writes.items[i];
		if (w->op == TEND_UPGRADE_INSERT) {
			insert_row(rows, items, w, now, 1000 + (int64_t)i);
			continue;
		}
		put_row(rows, w);
		if (w->op == TEND_UPGRADE_DELETE) {
			drop_items_of(items, w->row.id);
		}
	}
	for (size_t i = 0; i < plan->item_writes.n; i++) {
		put_item(items, &plan->item_writes.items[i], 5000000 + (int64_t)i);
	}
	if (items->n > 0) {
		qsort(items->items, items->n, sizeof(*items->items), by_milestone);
	}
}

/* --- output --- */

static json_t *day_json(struct tend_date d)
{
	return tend_has_date(d) ? json_integer(d.day) : json_null();
}

static json_t *change_json(const struct tend_upgrade *u, const struct tend_upgrade_change *ch)
{
	static const char *const names[] = {
		"key", "title", "stage", "due", "required", "visible", "after", "effort", "items"};
	json_t *fields = json_array();
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (ch->fields & 1U << i) {
			(void)json_array_append_new(fields, json_string(names[i]));
		}
	}
	struct tend_str detail = {0};
	tend_upgrade_detail(u, ch, &detail);
	json_t *o = json_pack("{s:s, s:s, s:I, s:o, s:o, s:o, s:[iii], s:b, s:s}", "action",
		tend_upgrade_action_name(ch->action), "key", ch->key, "occurrence",
		(json_int_t)ch->occurrence, "due_before", day_json(ch->due_before), "due_after",
		day_json(ch->due_after), "fields", fields, "items", (int)ch->items_added,
		(int)ch->items_removed, (int)ch->items_changed, "own", ch->own, "detail",
		tend_str_text(&detail));
	tend_str_finish(&detail);
	return o;
}

static json_t *row_json(const struct tend_milestone *m)
{
	json_t *effort = m->effort == TEND_NO_INT ? json_null() : json_integer(m->effort);
	return json_pack(
		"{s:I, s:s, s:I, s:s?, s:s?, s:s?, s:o, s:o, s:s, s:o, s:I, s:I, s:s?, s:s?, "
		"s:o, s:s?, s:s, s:I, s:I, s:I}",
		"id", (json_int_t)m->id, "key", m->key, "occurrence", (json_int_t)m->occurrence,
		"stage", m->stage, "title_en", m->title_en, "title_zh", m->title_zh, "due",
		day_json(m->due), "template_due", day_json(m->template_due), "state", m->state,
		"done_on", day_json(m->done_on), "required", (json_int_t)m->required, "visible",
		(json_int_t)m->visible, "owner", m->owner, "after", m->after, "effort", effort,
		"reason", m->reason, "origin", m->origin, "position", (json_int_t)m->position,
		"repeats", (json_int_t)m->repeats, "projected", (json_int_t)m->projected);
}

static json_t *item_json(const struct tend_item *i)
{
	return json_pack("{s:I, s:I, s:I, s:s, s:s?, s:s?, s:I}", "id", (json_int_t)i->id,
		"milestone_id", (json_int_t)i->milestone_id, "position", (json_int_t)i->position,
		"key", i->key, "title_en", i->title_en, "title_zh", i->title_zh, "done",
		(json_int_t)i->done);
}

static void add_all(json_t *out, const struct rows *rows, const struct items *items)
{
	json_t *r = json_array(), *i = json_array();
	for (size_t k = 0; k < rows->n; k++) {
		(void)json_array_append_new(r, row_json(&rows->items[k]));
	}
	for (size_t k = 0; k < items->n; k++) {
		(void)json_array_append_new(i, item_json(&items->items[k]));
	}
	(void)json_object_set_new(out, "rows", r);
	(void)json_object_set_new(out, "items", i);
}

static enum tend_truth *read_truths(const json_t *o, const struct tend_journey *now)
{
	enum tend_truth *truths = tend_calloc(now->nmilestones + 1, sizeof(*truths));
	for (size_t i = 0; i < now->nmilestones; i++) {
		const char *word = text(o, now->milestones[i].key);
		truths[i] = tend_same(word, "true") ? TEND_TRUE
			: tend_same(word, "false")  ? TEND_FALSE
						    : TEND_UNKNOWN;
	}
	return truths;
}

static void plan_once(struct tend_upgrade *u, const struct tend_journey *now,
	struct tend_upgrade_customer *c, struct rows *rows, struct items *items,
	struct tend_arena *arena, json_t *out, const char *name)
{
	struct tend_upgrade_plan plan = {0};
	struct tend_error err;
	c->rows = rows->items;
	c->nrows = rows->n;
	c->items = items->items;
	c->nitems = items->n;
	if (tend_upgrade_plan(u, c, &plan, &err) != TEND_OK) {
		give_up(err.text);
	}
	json_t *changes = json_array();
	for (size_t i = 0; i < plan.changes.n; i++) {
		(void)json_array_append_new(changes, change_json(u, &plan.changes.items[i]));
	}
	(void)json_object_set_new(out, name, changes);
	carry_out(&plan, now, rows, items);
	/* Keys that the plan made live in it; the case's memory outlasts the plan. */
	for (size_t i = 0; i < items->n; i++) {
		items->items[i].key = tend_arena_strdup(arena, items->items[i].key);
	}
	if (strcmp(name, "again") == 0) {
		(void)json_object_set_new(out, "writes_again",
			json_integer((json_int_t)(plan.writes.n + plan.item_writes.n)));
	}
	tend_upgrade_plan_finish(&plan);
}

static void answer(const json_t *o)
{
	struct tend_journey *then = read_journey(json_object_get(o, "then"));
	struct tend_journey *now = read_journey(json_object_get(o, "now"));
	struct rows rows = {0};
	struct items items = {0};
	for (size_t i = 0; i < json_array_size(json_object_get(o, "rows")); i++) {
		read_row(&rows, json_array_get(json_object_get(o, "rows"), i));
	}
	for (size_t i = 0; i < json_array_size(json_object_get(o, "items")); i++) {
		read_item(&items, json_array_get(json_object_get(o, "items"), i));
	}
	enum tend_truth *truths = read_truths(json_object_get(o, "truths"), now);
	struct tend_upgrade_customer c = {.start_then = day(o, "start_then"),
		.renewal_then = day(o, "renewal_then"),
		.start = day(o, "start"),
		.renewal = day(o, "renewal"),
		.truths = truths};
	json_t *out = json_object();
	struct tend_upgrade *step = tend_upgrade_create(then, now);
	struct tend_upgrade *stay = tend_upgrade_create(now, now);
	plan_once(step, now, &c, &rows, &items, &then->arena, out, "changes");
	add_all(out, &rows, &items);
	c.start_then = c.start;
	c.renewal_then = c.renewal;
	plan_once(stay, now, &c, &rows, &items, &then->arena, out, "again");
	char *line = json_dumps(out, JSON_COMPACT | JSON_ENSURE_ASCII);
	puts(line);
	free(line);
	json_decref(out);
	free(truths);
	free(rows.items);
	free(items.items);
	tend_upgrade_destroy(step);
	tend_upgrade_destroy(stay);
	tend_journey_destroy(then);
	tend_journey_destroy(now);
}

int main(void)
{
	static char line[1 << 20];
	while (fgets(line, sizeof(line), stdin) != NULL) {
		json_error_t error;
		json_t *o = json_loads(line, 0, &error);
		if (o == NULL) {
			give_up(error.text);
		}
		answer(o);
		json_decref(o);
	}
	return EXIT_SUCCESS;
}
