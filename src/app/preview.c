/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include <tend/fields.h>
#include <tend/facts.h>

#include "inside.h"

static const struct tend_field preview_fields[] = {
	TEXT(struct tend_preview_row, key, 0, "Key", "键"),
	INT(struct tend_preview_row, occurrence, 0, "#", "次"),
	TEXT(struct tend_preview_row, stage, 0, "Stage", "阶段"),
	TEXT(struct tend_preview_row, title, 0, "Title", "标题"),
	DATE(struct tend_preview_row, due, 0, "Due", "到期"),
	BOOL(struct tend_preview_row, required, 0, "Required", "必需"),
	BOOL(struct tend_preview_row, visible, 0, "Visible", "客户可见"),
	TAGS(struct tend_preview_row, after, 0, "After", "前置"),
	BOOL(struct tend_preview_row, conditional, 0, "Conditional", "有条件"),
};
const struct tend_record_type tend_preview_type =
	RECORD_TYPE_OF(struct tend_preview_row, "preview", "Preview", "预览", preview_fields);

static bool is_custom(const struct names_list *custom, const char *name)
{
	bool found = false;
	for (size_t i = 0; i < custom->n && !found; i++) {
		found = strcmp(custom->items[i], name) == 0;
	}
	return found;
}

static enum tend_status imagine(struct tend_app *a, const struct tend_assignment *set, size_t n,
	struct tend_arena *arena, struct tend_customer *ret, struct tend_error *err)
{
	tend_record_clear(&tend_customer_type, ret);
	struct names_list custom = {0};
	enum tend_status status = custom_names(a, arena, &custom, err);
	ret->custom.items = tend_arena_alloc(arena, (n + 1) * sizeof(*ret->custom.items));
	for (size_t i = 0; i < n && status == TEND_OK; i++) {
		const struct tend_field *f = tend_field_find(&tend_customer_type, set[i].field);
		if (strcmp(set[i].field, "lapsed") == 0) {
			bool yes =
				tend_same(set[i].value, "yes") || tend_same(set[i].value, "true");
			ret->status = yes ? "lapsed" : "active";
			continue;
		}
		if (f == NULL && !is_custom(&custom, set[i].field)) {
			return customer_unknown_field(set[i].field, &custom, err);
		}
		if (f == NULL) {
			ret->custom.items[ret->custom.n++] = (struct tend_custom_value){
				.name = set[i].field, .value = set[i].value};
			continue;
		}
		struct tend_value v;
		status = given_value(a, f, set[i].value, arena, &v, err);
		if (status == TEND_OK) {
			tend_field_set(f, ret, v);
		}
	}
	return status;
}

static void fill_row(struct tend_list *list, const struct tend_journey *j,
	const struct tend_calendar *calendar, const struct tend_occurrence *o)
{
	const struct tend_template_milestone *t = &j->milestones[o->milestone];
	struct tend_preview_row *row = tend_list_add(list);
	struct tend_str after = {0};
	for (size_t i = 0; i < t->nafter; i++) {
		tend_str_addf(&after, "%s%s", i > 0 ? "," : "", t->after[i]);
	}
	row->key = tend_arena_strdup(&list->arena, t->key);
	row->occurrence = o->number;
	row->stage = tend_arena_strdup(&list->arena, t->stage_key);
	row->title = tend_arena_strdup(&list->arena, tend_pick(t->title));
	row->due = o->due;
	row->required = t->required;
	row->visible = t->visible;
	row->after = tend_arena_strdup(&list->arena, tend_str_text(&after));
	row->conditional = t->when != NULL;
	row->effort = t->effort;
	row->day_off = !tend_is_workday(calendar, o->due);
	tend_str_finish(&after);
}

enum tend_status tend_app_journey_preview(struct tend_app *a, const char *name,
	struct tend_date start, struct tend_duration term, const struct tend_assignment *set,
	size_t nset, struct tend_list *ret, struct tend_findings *findings, struct tend_error *err)
{
	tend_list_init(ret, &tend_preview_type);
	struct tend_arena arena = {0};
	struct tend_customer c;
	struct tend_journey *j = NULL;
	enum tend_status status = imagine(a, set, nset, &arena, &c, err);
	status = status != TEND_OK ? status : tend_app_journey(a, name, findings, &j, err);
	struct tend_schedule schedule = {0};
	const struct tend_calendar *calendar = NULL;
	if (status == TEND_OK) {
		calendar = journey_calendar(a, j);
		term = term.n != 0 ? term : j->term;
		struct tend_schedule_input in = {.start = start,
			.calendar = calendar,
			.renewal = tend_date_add(calendar, start, term)};
		status = tend_journey_schedule(j, &in, &schedule, err);
	}
	struct tend_facts facts = {.day = start, .customer = &c};
	struct tend_inputs inputs = tend_facts_inputs(&facts);
	inputs.call = NULL; /* nobody has points and records yet */
	for (size_t i = 0; status == TEND_OK && i < schedule.n; i++) {
		const struct tend_expr *when = j->milestones[schedule.items[i].milestone].when_expr;
		if (nset == 0 || when == NULL || tend_expr_truth(when, &inputs) != TEND_FALSE) {
			fill_row(ret, j, calendar, &schedule.items[i]);
		}
	}
	tend_schedule_finish(&schedule);
	tend_journey_destroy(j);
	tend_arena_finish(&arena);
	return status;
}
