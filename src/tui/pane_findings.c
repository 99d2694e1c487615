/* SPDX-License-Identifier: MIT */
/* What the checker says about the selected version, and how it differs from the one before. */
#include "journeys.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <tend/mem.h>
#include <tend/upgrade.h>

#include "panes.h"
#include "words.h"

/* --- findings, each with its line and a caret below the column --- */

#define BEHIND 8 /* columns that are shown after it, at the least */
#define AROUND 200 /* characters that are kept before and after a finding */

struct finding_row {
	int64_t id; /* from 1 */
	int64_t error; /* boolean */
	int64_t line, column;
	const char *text;
	const char
		*source; /* of its line, what is around it; NULL where it is about the whole file */
	int64_t at, cut; /* the column in it; boolean: the line begins before it */
};
static const struct tend_field finding_fields[] = {
	{"text", TEND_TEXT, offsetof(struct finding_row, text), 0, {NULL, NULL}, NULL, 0},
};
static const struct tend_record_type finding_type = {
	"finding", {"Finding", "检查结果"}, sizeof(struct finding_row), finding_fields, 1, -1};

/* Where the character of that number starts, from 1; the end where there are fewer. */
static size_t offset_of(const char *text, size_t n, int64_t column)
{
	size_t at = 0;
	uint32_t c;
	for (int64_t i = 1; i < column && at < n; i++) {
		int len = tend_utf8_decode(text + at, n - at, &c);
		at += len > 0 ? (size_t)len : 1;
	}
	return at;
}

/* Line `number` of a text, from 1; NULL where it has none. */
static const char *line_at(const char *text, int number)
{
	for (int line = 1; text != NULL && line < number; line++) {
		text = strchr(text, '\n');
		text = text != NULL ? text + 1 : NULL;
	}
	return number > 0 ? text : NULL;
}

/* What of the line is around the column: a file may be one line of its whole size. */
static void cut_source(struct finding_row *row, const char *text, struct tend_arena *arena)
{
	const char *line = line_at(text, (int)row->line);
	if (line == NULL) {
		return;
	}
	size_t n = strcspn(line, "\r\n"), from = 0;
	row->at = row->column;
	if (row->at > AROUND) {
		from = offset_of(line, n, row->at - AROUND + 1);
		row->at = AROUND;
		row->cut = 1;
	}
	size_t end = from + offset_of(line + from, n - from, 2 * AROUND);
	row->source = tend_arena_strndup(arena, line + from, end - from);
}

static void add_finding(
	struct tend_list *list, const struct tend_finding *f, const char *text, size_t i)
{
	struct finding_row *row = tend_list_add(list);
	*row = (struct finding_row){.id = (int64_t)i + 1,
		.error = f->severity == TEND_ERROR,
		.line = f->line,
		.column = f->column,
		.text = tend_arena_strdup(&list->arena, f->text)};
	cut_source(row, text, &list->arena);
}

static enum tend_status load_findings(
	struct workbench *wb, struct view *v, struct pane *p, struct tend_error *err)
{
	const struct template_row *t = template_selected(v);
	struct tend_findings findings;
	char *text = NULL;
	if (t == NULL) {
		return TEND_OK;
	}
	tend_findings_init(&findings, t->name);
	enum tend_status status = tend_app_journey_check(wb->app, t->name, &findings, &text, err);
	/* What makes it unusable comes first. */
	for (int error = 1; error >= 0; error--) {
		for (size_t i = 0; i < findings.n; i++) {
			if ((findings.items[i].severity == TEND_ERROR) == (error == 1)) {
				add_finding(&p->list, &findings.items[i], text, i);
			}
		}
	}
	free(text);
	tend_findings_finish(&findings);
	return status;
}

static int printed_columns(const char *text, size_t n)
{
	struct tend_str out = {0};
	tend_printable(&out, text, n);
	int w = tend_columns(tend_str_text(&out));
	tend_str_finish(&out);
	return w;
}

/* The line from where its column is in sight, and the caret below it. */
static void add_source(struct lines *l, const struct finding_row *f, int columns)
{
	char number[24];
	int width = snprintf(number, sizeof(number), "%6d  ", (int)f->line);
	size_t n = strlen(f->source), at = offset_of(f->source, n, f->at), from = 0;
	int room = columns - width - BEHIND;
	while (from < at && printed_columns(f->source + from, at - from) > room) {
		from += offset_of(f->source + from, n - from, 9);
	}
	bool cut = from > 0 || f->cut > 0;
	lines_add(l, ROLE_TEXT, "%s%s%s", number, cut ? "~" : "", f->source + from);
	if (f->column > 0) {
		int caret = width + (cut ? 1 : 0) + printed_columns(f->source + from, at - from);
		lines_add(l, f->error > 0 ? ROLE_BAD : ROLE_SOON, "%*s^", caret, "");
	}
}

static void findings_text(
	struct workbench *wb, struct view *v, struct pane *p, int columns, struct lines *l)
{
	(void)wb;
	(void)v;
	if (p->list.n == 0) {
		lines_wrap(l, ROLE_GOOD, columns,
			_("Nothing to correct: the checker has no finding."));
	}
	for (size_t i = 0; i < p->list.n; i++) {
		const struct finding_row *f = tend_list_at(&p->list, i);
		const char *word = f->error > 0 ? _("error") : _("warning");
		/* What is about the whole file, or stands in another, has no place. */
		char *text = f->line > 0
			? tend_format("%s %d:%d  %s", word, (int)f->line, (int)f->column, f->text)
			: tend_format("%s  %s", word, f->text);
		lines_wrap(l, f->error > 0 ? ROLE_BAD : ROLE_SOON, columns, text);
		free(text);
		if (f->source != NULL) {
			add_source(l, f, columns);
		}
	}
}

static void findings_heading(struct workbench *wb, struct view *v, struct pane *p, int room,
	struct tend_str *left, struct tend_str *right)
{
	(void)wb;
	(void)v;
	(void)room;
	(void)left;
	size_t errors = 0;
	for (size_t i = 0; i < p->list.n; i++) {
		errors +=
			((const struct finding_row *)tend_list_at(&p->list, i))->error > 0 ? 1 : 0;
	}
	if (errors > 0) {
		tend_str_addf(right, "!%zu", errors);
	}
	if (p->list.n > errors) {
		tend_str_addf(right, "%s?%zu", errors > 0 ? " " : "", p->list.n - errors);
	}
}

const struct pane_ops pane_findings = {
	.title = N_("Findings"),
	.offers = CX_TEMPLATE,
	.type = &finding_type,
	.follows = true,
	.load = load_findings,
	.heading = findings_heading,
	.text = findings_text,
};

/* --- the difference to the version before --- */

static enum tend_status load_difference(
	struct workbench *wb, struct view *v, struct pane *p, struct tend_error *err)
{
	const struct template_row *t = template_selected(v);
	const char *to = t != NULL ? template_compared(t) : NULL;
	if (to == NULL || t->errors > 0) {
		return TEND_OK;
	}
	tend_list_finish(&p->list);
	return tend_app_journey_diff(wb->app, to, t->name, &p->list, NULL, err);
}

static bool is_item(const struct tend_difference *d)
{
	return strcmp(d->what, "item") == 0;
}

/* All of a stage, milestone or item came or went: "+ milestone go-live  Go-live". */
static void add_whole(struct lines *l, const struct tend_difference *d)
{
	bool added = tend_same(d->action, "added");
	const char *title = added ? d->after : d->before;
	enum role role = added ? ROLE_GOOD : ROLE_BAD;
	title = title != NULL ? title : "";
	if (is_item(d)) {
		lines_add(l, role, "  %s %s: %s", added ? "+" : "-", word_text(d->what), title);
	} else {
		lines_add(l, role, "%s %s %s  %s", added ? "+" : "-", word_text(d->what), d->key,
			title);
	}
}

static void add_field(struct lines *l, const struct tend_difference *d, int columns)
{
	const char *before = d->before != NULL ? d->before : "--";
	const char *after = d->after != NULL ? d->after : "--";
	char *name = is_item(d) ? tend_format("%s %s", word_text(d->what), d->field)
				: tend_strdup(d->field);
	int w = tend_columns(name);
	if (w + tend_columns(before) + tend_columns(after) + 8 <= columns) {
		lines_add(l, ROLE_TEXT, "  %s: %s -> %s", name, before, after);
	} else {
		lines_add(l, ROLE_DIM, "  %s: %s", name, before);
		lines_add(l, ROLE_TEXT, "%*s-> %s", w + 1, "", after);
	}
	free(name);
}

static void difference_text(
	struct workbench *wb, struct view *v, struct pane *p, int columns, struct lines *l)
{
	(void)wb;
	const struct template_row *t = template_selected(v);
	const char *subject = NULL;
	if (p->list.n == 0 && t != NULL) {
		lines_wrap(l, ROLE_DIM, columns,
			t->errors > 0 ? _("It has errors: nothing to compare yet.")
				: t->before == NULL
				? _("The first version: there is none before it.")
				: _("It says the same."));
	}
	for (size_t i = 0; i < p->list.n; i++) {
		const struct tend_difference *d = tend_list_at(&p->list, i);
		bool whole = d->field == NULL;
		const char *key = d->key != NULL ? d->key : "";
		if ((!whole || is_item(d)) && !tend_same(subject, key)) {
			lines_add(l, ROLE_ACCENT, "~ %s %s",
				word_text(is_item(d) ? "milestone" : d->what), key);
			subject = key;
		}
		if (whole) {
			add_whole(l, d);
		} else {
			add_field(l, d, columns);
		}
	}
}

static void difference_heading(struct workbench *wb, struct view *v, struct pane *p, int room,
	struct tend_str *left, struct tend_str *right)
{
	(void)wb;
	(void)room;
	const struct template_row *t = template_selected(v);
	if (t != NULL && template_compared(t) != NULL) {
		tend_str_addf(left, _("Difference to %s"), template_compared(t));
	}
	if (p->list.n > 0) {
		tend_str_addf(right, "%zu", p->list.n);
	}
}

const struct pane_ops pane_difference = {
	.title = N_("Difference"),
	.offers = CX_TEMPLATE,
	.type = &tend_difference_type,
	.follows = true,
	.load = load_difference,
	.heading = difference_heading,
	.text = difference_text,
};
