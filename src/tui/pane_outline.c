/* SPDX-License-Identifier: MIT */
/* The outline of the selected version: its stages and milestones as written, with a date for a sample start. */
#include "journeys.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include <tend/mem.h>

#include "cells.h"
#include "panes.h"
#include "words.h"

static const struct tend_field fields[] = {
	{"key", TEND_TEXT, offsetof(struct outline_row, key), 0, {NULL, NULL}, NULL, 0},
};
const struct tend_record_type outline_row_type = {
	"outline", {"Outline", "大纲"}, sizeof(struct outline_row), fields, 1, -1};

/* --- what a template says, in words --- */

static void add_minutes(int minutes, bool workdays, struct tend_str *out)
{
	if (workdays) {
		word_duration((struct tend_duration){minutes / 1440, TEND_WORKDAY}, out);
	} else if (minutes < 60) {
		tend_str_addf(out, "%dm", minutes);
	} else {
		tend_str_addf(
			out, minutes % 60 == 0 ? "%dh" : "%dh%02d", minutes / 60, minutes % 60);
	}
}

static void add_promise(const char *fmt, struct tend_str *words, struct tend_str *out)
{
	tend_str_add(out, "  ");
	tend_str_addf(out, fmt, tend_str_text(words));
	tend_str_clear(words);
}

static void add_standard(struct tend_standard s, struct tend_str *out)
{
	struct tend_str words = {0};
	if (s.response > 0) {
		add_minutes(s.response, s.response_workdays, &words);
		add_promise(_("answer in %s"), &words, out);
	}
	if (s.recovery > 0) {
		add_minutes(s.recovery, s.recovery_workdays, &words);
		add_promise(_("solved in %s"), &words, out);
	}
	if (s.cadence.n > 0) {
		word_duration(s.cadence, &words);
		add_promise(_("contact every %s"), &words, out);
	}
	tend_str_finish(&words);
}

static char *stage_heading(const struct tend_journey *j, size_t i)
{
	const struct tend_stage *s = &j->stages[i];
	struct tend_str text = {0}, from = {0};
	tend_when_format(&s->from, &from);
	tend_str_addf(&text, "%s  ", tend_pick(s->title));
	tend_str_addf(&text, _("from %s"), tend_str_text(&from));
	if (s->when != NULL) {
		tend_str_add(&text, ", ");
		tend_str_addf(&text, _("if %s"), s->when);
	}
	add_standard(tend_journey_standard(j, (int)i), &text);
	tend_str_finish(&from);
	return tend_str_steal(&text);
}

/* As the file says it, in its words. */
static const char *due_words(struct tend_arena *arena, const struct tend_template_milestone *m)
{
	struct tend_str text = {0}, part = {0};
	tend_when_format(&m->due, &text);
	if (m->repeats) {
		tend_str_addf(&text, ", every %d %s%s", m->every.n, tend_unit_name(m->every.unit),
			m->every.n == 1 ? "" : "s");
	}
	if (m->repeats && m->has_until) {
		tend_when_format(&m->until, &part);
		tend_str_addf(&text, " until %s", tend_str_text(&part));
	}
	const char *words = tend_arena_strdup(arena, tend_str_text(&text));
	tend_str_finish(&text);
	tend_str_finish(&part);
	return words;
}

static const char *after_titles(struct tend_arena *arena, const struct tend_journey *j,
	const struct tend_template_milestone *m)
{
	struct tend_str text = {0};
	for (size_t i = 0; i < m->nafter; i++) {
		tend_str_addf(&text, "%s%s", i > 0 ? _(", ") : "",
			tend_pick(j->milestones[m->after_ref[i]].title));
	}
	const char *titles = text.len > 0 ? tend_arena_strdup(arena, tend_str_text(&text)) : NULL;
	tend_str_finish(&text);
	return titles;
}

static const char *item_titles(struct tend_arena *arena, const struct tend_template_milestone *m)
{
	struct tend_str text = {0};
	for (size_t i = 0; i < m->nitems; i++) {
		tend_str_addf(&text, "%s[ ] %s", i > 0 ? "\n" : "", tend_pick(m->items[i].title));
	}
	const char *titles = text.len > 0 ? tend_arena_strdup(arena, tend_str_text(&text)) : NULL;
	tend_str_finish(&text);
	return titles;
}

/* --- loading --- */

static const char *said(struct tend_arena *arena, struct tend_text text)
{
	const char *words = tend_pick(text);
	return words != NULL && words[0] != '\0' ? tend_arena_strdup(arena, words) : NULL;
}

static void add_row(
	struct tend_list *list, const struct tend_journey *j, size_t i, const char *stage)
{
	const struct tend_template_milestone *m = &j->milestones[i];
	struct tend_arena *arena = &list->arena;
	struct outline_row *row = tend_list_add(list);
	*row = (struct outline_row){.id = (int64_t)i + 1,
		.key = tend_arena_strdup(arena, m->key),
		.title = tend_arena_strdup(arena, tend_pick(m->title)),
		.stage = stage,
		.due = due_words(arena, m),
		.date = TEND_NO_DATE,
		.effort = m->effort,
		.required = m->required,
		.when = tend_arena_strdup(arena, m->when),
		.done_when = tend_arena_strdup(arena, m->done_when),
		.after = after_titles(arena, j, m),
		.items = item_titles(arena, m),
		.deliverable = said(arena, m->deliverable),
		.guide = said(arena, m->guide)};
}

static void add_rows(struct tend_list *list, const struct tend_journey *j)
{
	for (size_t s = 0; s < j->nstages; s++) {
		char *heading = stage_heading(j, s);
		const char *stage = tend_arena_strdup(&list->arena, heading);
		free(heading);
		for (size_t i = 0; i < j->nmilestones; i++) {
			if (j->milestones[i].stage == s) {
				add_row(list, j, i, stage);
			}
		}
	}
}

static void add_dates(struct tend_list *list, const struct tend_list *preview)
{
	for (size_t i = 0; i < list->n; i++) {
		struct outline_row *row = tend_list_at(list, i);
		for (size_t k = 0; k < preview->n; k++) {
			const struct tend_preview_row *p = tend_list_at(preview, k);
			if (strcmp(p->key, row->key) == 0) {
				row->times++;
				row->date = p->occurrence == 1 ? p->due : row->date;
			}
		}
	}
}

static enum tend_status load(
	struct workbench *wb, struct view *v, struct pane *p, struct tend_error *err)
{
	const struct template_row *t = template_selected(v);
	struct tend_journey *j = NULL;
	struct tend_list preview;
	if (t == NULL || t->errors > 0) {
		return TEND_OK;
	}
	enum tend_status status = tend_app_journey(wb->app, t->name, NULL, &j, err);
	if (status != TEND_OK) {
		return status;
	}
	add_rows(&p->list, j);
	/* A start for which there is no plan leaves the outline without dates. */
	(void)tend_app_journey_preview(
		wb->app, t->name, sample_start(wb), wb->sample_term, NULL, 0, &preview, NULL, NULL);
	add_dates(&p->list, &preview);
	tend_list_finish(&preview);
	tend_journey_destroy(j);
	return TEND_OK;
}

/* --- cells --- */

static enum role title_cell(
	const struct grid_context *ctx, const void *record, struct tend_str *out)
{
	(void)ctx;
	tend_str_add(out, ((const struct outline_row *)record)->title);
	return ROLE_TEXT;
}

static enum role due_cell(const struct grid_context *ctx, const void *record, struct tend_str *out)
{
	(void)ctx;
	tend_str_add(out, ((const struct outline_row *)record)->due);
	return ROLE_DIM;
}

static enum role date_cell(const struct grid_context *ctx, const void *record, struct tend_str *out)
{
	(void)ctx;
	char day[TEND_DATE_LEN];
	tend_str_add(out, tend_date_format(((const struct outline_row *)record)->date, day));
	return ROLE_TEXT;
}

static enum role times_cell(
	const struct grid_context *ctx, const void *record, struct tend_str *out)
{
	(void)ctx;
	int64_t times = ((const struct outline_row *)record)->times;
	if (times > 1) {
		tend_str_addf(out, "x%d", (int)times);
	}
	return ROLE_DIM;
}

static enum role effort_cell(
	const struct grid_context *ctx, const void *record, struct tend_str *out)
{
	(void)ctx;
	int64_t effort = ((const struct outline_row *)record)->effort;
	if (effort > 0) {
		add_minutes((int)effort, false, out);
	}
	return ROLE_DIM;
}

static enum role rules_cell(
	const struct grid_context *ctx, const void *record, struct tend_str *out)
{
	(void)ctx;
	const struct outline_row *r = record;
	if (r->when != NULL) {
		tend_str_add(out, word_text("conditional"));
	}
	if (r->done_when != NULL) {
		tend_str_addf(out, "%s%s", out->len > 0 ? " " : "", _("auto"));
	}
	if (r->required <= 0) {
		tend_str_add(out, out->len > 0 ? " " : "");
		tend_str_add(out, out->len > 0 ? _("opt") : _("optional"));
	}
	return ROLE_ACCENT;
}

static const char *stage_group(const struct grid_context *ctx, const void *record)
{
	(void)ctx;
	return ((const struct outline_row *)record)->stage;
}

static const struct grid_column columns[] = {
	{N_("Milestone"), 0, TEND_LEFT, 0, NULL, title_cell},
	{N_("Due as written"), 24, TEND_LEFT, 60, NULL, due_cell},
	{N_("Date"), 10, TEND_LEFT, 36, NULL, date_cell},
	{N_("Times"), 5, TEND_RIGHT, 72, NULL, times_cell},
	{N_("Effort"), 7, TEND_RIGHT, 84, NULL, effort_cell},
	{N_("Rules"), 9, TEND_LEFT, 50, NULL, rules_cell},
};
static const struct grid_spec spec = {
	columns, sizeof(columns) / sizeof(columns[0]), true, stage_group};

static void heading(struct workbench *wb, struct view *v, struct pane *p, int room,
	struct tend_str *left, struct tend_str *right)
{
	(void)room;
	(void)p;
	(void)right;
	char day[TEND_DATE_LEN];
	const struct template_row *t = template_selected(v);
	if (t == NULL) {
		return;
	}
	tend_date_format(sample_start(wb), day);
	if (t->extends != NULL) {
		tend_str_addf(left, _("%s, a variant of %s, from %s on"), t->name, t->extends, day);
	} else {
		tend_str_addf(left, _("%s from %s on"), t->name, day);
	}
}

static const char *empty(struct workbench *wb, struct view *v, struct pane *p)
{
	(void)wb;
	(void)p;
	const struct template_row *t = template_selected(v);
	return t != NULL && t->errors > 0
		? _("It has errors and plans nothing: 3 shows where they are.")
		: _("It has no milestones.");
}

static void below(
	const struct view *v, const void *record, int room, int columns_wide, struct lines *l)
{
	(void)v;
	const struct outline_row *r = record;
	if (tend_columns(r->title) > room) {
		lines_wrap(l, ROLE_TITLE, columns_wide, r->title);
	}
	lines_label(l, _("due"), ROLE_TEXT, "%s", r->due);
	if (r->when != NULL) {
		lines_label(l, _("if"), ROLE_TEXT, "%s", r->when);
	}
	if (r->done_when != NULL) {
		lines_label(l, _("done when"), ROLE_TEXT, "%s", r->done_when);
	}
	if (r->after != NULL) {
		lines_label(l, _("comes after"), ROLE_TEXT, "%s", r->after);
	}
}

const struct pane_ops pane_outline = {
	.title = N_("Outline"),
	.offers = CX_TEMPLATE | CX_OPEN,
	.type = &outline_row_type,
	.spec = &spec,
	.follows = true,
	.load = load,
	.heading = heading,
	.empty = empty,
	.below = below,
	.below_everywhere = true,
};

/* --- one of them in full --- */

static void section(struct lines *l, const char *title, int columns_wide, const char *text)
{
	if (text != NULL) {
		lines_add(l, ROLE_ACCENT, "%s", title);
		lines_wrap(l, ROLE_TEXT, columns_wide, text);
	}
}

void open_outline_row(struct workbench *wb, const struct outline_row *r)
{
	struct lines l = {0};
	struct tend_str effort = {0};
	int columns_wide = wb->canvas.columns - 4;
	char day[TEND_DATE_LEN];
	lines_add(&l, ROLE_TITLE, "%s", r->title);
	lines_label(&l, _("key"), ROLE_TEXT, "%s", r->key);
	lines_label(&l, _("stage"), ROLE_TEXT, "%s", r->stage);
	below(NULL, r, INT_MAX, columns_wide, &l);
	lines_label(&l, _("date"), ROLE_TEXT, r->times > 1 ? "%s  x%d" : "%s",
		tend_has_date(r->date) ? tend_date_format(r->date, day) : "--", (int)r->times);
	if (r->effort > 0) {
		add_minutes((int)r->effort, false, &effort);
		lines_label(&l, _("effort"), ROLE_TEXT, "%s", tend_str_text(&effort));
	}
	lines_label(&l, _("required"), ROLE_TEXT, "%s", r->required > 0 ? _("yes") : _("no"));
	section(&l, _("Items"), columns_wide, r->items);
	section(&l, _("Deliverable"), columns_wide, r->deliverable);
	section(&l, _("Guide"), columns_wide, r->guide);
	wb_push(wb, &textbox_create(_("Milestone of the template"), &l)->base);
	tend_str_finish(&effort);
}
