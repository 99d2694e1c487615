/* SPDX-License-Identifier: MIT */
/* The versions of the journeys, the newest of each first, with what the checker says. */
#include "journeys.h"

#include <stdlib.h>
#include <string.h>

#include <tend/mem.h>

#include "panes.h"
#include "words.h"

static const struct tend_field fields[] = {
	{"key", TEND_TEXT, offsetof(struct template_row, name), 0, {NULL, NULL}, NULL, 0},
	{"version", TEND_INT, offsetof(struct template_row, version), 0, {NULL, NULL}, NULL, 0},
	{"title", TEND_TEXT, offsetof(struct template_row, title), 0, {NULL, NULL}, NULL, 0},
	{"source", TEND_TEXT, offsetof(struct template_row, source), 0, {NULL, NULL}, NULL, 0},
	{"customers", TEND_INT, offsetof(struct template_row, customers), 0, {NULL, NULL}, NULL, 0},
	{"errors", TEND_INT, offsetof(struct template_row, errors), 0, {NULL, NULL}, NULL, 0},
	{"warnings", TEND_INT, offsetof(struct template_row, warnings), 0, {NULL, NULL}, NULL, 0},
};
const struct tend_record_type template_row_type = {"template", {"Journey", "旅程"},
	sizeof(struct template_row), fields, sizeof(fields) / sizeof(fields[0]), -1};

const struct template_row *template_selected(const struct view *v)
{
	const struct pane *p = &v->panes[0];
	return p->list.type == &template_row_type ? grid_selected(&p->grid, &p->list) : NULL;
}

const char *template_compared(const struct template_row *t)
{
	return t->before != NULL ? t->before : t->extends;
}

struct tend_date sample_start(const struct workbench *wb)
{
	return tend_has_date(wb->sample_start) ? wb->sample_start : wb->today;
}

/* --- cells --- */

static enum role name_cell(const struct grid_context *ctx, const void *record, struct tend_str *out)
{
	(void)ctx;
	const struct template_row *t = record;
	tend_str_add(out, t->name);
	return t->newest > 0 || t->customers > 0 ? ROLE_TEXT : ROLE_DIM;
}

static enum role title_cell(
	const struct grid_context *ctx, const void *record, struct tend_str *out)
{
	(void)ctx;
	const struct template_row *t = record;
	tend_str_add(out, t->title);
	return t->newest > 0 || t->customers > 0 ? ROLE_TEXT : ROLE_DIM;
}

static enum role source_cell(
	const struct grid_context *ctx, const void *record, struct tend_str *out)
{
	(void)ctx;
	tend_str_add(out, word_text(((const struct template_row *)record)->source));
	return ROLE_DIM;
}

static enum role customers_cell(
	const struct grid_context *ctx, const void *record, struct tend_str *out)
{
	(void)ctx;
	int64_t n = ((const struct template_row *)record)->customers;
	tend_str_addf(out, "%d", (int)(n > 0 ? n : 0));
	return n > 0 ? ROLE_TEXT : ROLE_DIM;
}

static enum role findings_cell(
	const struct grid_context *ctx, const void *record, struct tend_str *out)
{
	(void)ctx;
	const struct template_row *t = record;
	if (t->errors > 0) {
		tend_str_addf(out, "!%d", (int)t->errors);
	}
	if (t->warnings > 0) {
		tend_str_addf(out, "%s?%d", t->errors > 0 ? " " : "", (int)t->warnings);
	}
	if (t->errors + t->warnings == 0) {
		tend_str_add(out, "--");
	}
	return t->errors > 0 ? ROLE_BAD : t->warnings > 0 ? ROLE_SOON : ROLE_DIM;
}

static const struct grid_column columns[] = {
	{N_("Journey"), 18, TEND_LEFT, 0, NULL, name_cell, 14},
	{N_("Title"), 0, TEND_LEFT, 0, NULL, title_cell},
	{N_("Source"), 8, TEND_LEFT, 66, NULL, source_cell},
	{N_("Customers"), 9, TEND_RIGHT, 48, NULL, customers_cell},
	{N_("Check"), 8, TEND_RIGHT, 36, NULL, findings_cell, 5},
};
static const struct grid_spec spec = {columns, sizeof(columns) / sizeof(columns[0]), true, NULL};

/* --- loading --- */

/* Goes on from `h`. */
static uint64_t hash(uint64_t h, const char *text)
{
	for (const char *c = text; *c != '\0'; c++) {
		h = h * 33 + (unsigned char)*c;
	}
	return h;
}

static const char *version_name(struct tend_arena *arena, const struct tend_template *t)
{
	return t->version > 0 ? tend_arena_format(arena, "%s@%d", t->key, (int)t->version)
			      : tend_arena_strdup(arena, t->key);
}

static void count_findings(struct workbench *wb, struct template_row *row)
{
	struct tend_findings findings;
	char *text = NULL;
	tend_findings_init(&findings, row->name);
	if (tend_app_journey_check(wb->app, row->name, &findings, &text, NULL) == TEND_OK) {
		row->errors = (int64_t)findings.errors;
		row->warnings = (int64_t)(findings.n - findings.errors);
	}
	free(text);
	tend_findings_finish(&findings);
}

static const char *extended(struct workbench *wb, const char *name, struct tend_arena *arena)
{
	struct tend_journey *j = NULL;
	const char *extends = NULL;
	if (tend_app_journey(wb->app, name, NULL, &j, NULL) == TEND_OK) {
		extends = tend_arena_strdup(arena, j->extends);
	}
	tend_journey_destroy(j);
	return extends;
}

static void add_row(struct pane *p, const struct tend_list *all, size_t i)
{
	const struct tend_template *t = tend_list_at(all, i);
	const struct tend_template *older = i > 0 ? tend_list_at(all, i - 1) : NULL;
	const struct tend_template *later = i + 1 < all->n ? tend_list_at(all, i + 1) : NULL;
	struct tend_arena *arena = &p->list.arena;
	struct template_row *row = tend_list_add(&p->list);
	row->name = version_name(arena, t);
	row->id = (int64_t)(hash(5381, row->name) >> 1);
	row->key = tend_arena_strdup(arena, t->key);
	row->version = t->version;
	row->title = tend_arena_strdup(arena, t->title != NULL ? t->title : "");
	row->source = tend_arena_strdup(arena, t->source);
	row->customers = t->customers > 0 ? t->customers : 0;
	row->newest = later == NULL || strcmp(later->key, t->key) != 0;
	row->before = older != NULL && strcmp(older->key, t->key) == 0 ? version_name(arena, older)
								       : NULL;
	row->errors = row->warnings = 0;
	row->extends = NULL;
}

static uint64_t hash_texts(struct workbench *wb, const struct tend_list *rows)
{
	uint64_t h = 5381;
	for (size_t i = 0; i < rows->n; i++) {
		const struct template_row *row = tend_list_at(rows, i);
		char *text = NULL;
		h = hash(h, row->name);
		if (tend_app_journey_text(wb->app, row->name, &text, NULL) == TEND_OK) {
			h = hash(h, text);
		}
		free(text);
	}
	return h;
}

static void check_all(struct workbench *wb, const struct tend_list *rows)
{
	tend_list_finish(&wb->checked);
	tend_list_init(&wb->checked, &template_row_type);
	for (size_t i = 0; i < rows->n; i++) {
		struct template_row *row = tend_list_add(&wb->checked);
		*row = (struct template_row){
			.name = ((const struct template_row *)tend_list_at(rows, i))->name};
		count_findings(wb, row);
		row->extends =
			row->errors == 0 ? extended(wb, row->name, &wb->checked.arena) : NULL;
		row->name = NULL; /* it is the pane's */
	}
}

/* Checking takes some milliseconds for each: it is done once for the same texts. */
static void add_checks(struct workbench *wb, struct tend_list *rows)
{
	uint64_t texts = hash_texts(wb, rows);
	if (wb->checked.n != rows->n || wb->checked_texts != texts) {
		check_all(wb, rows);
		wb->checked_texts = texts;
	}
	for (size_t i = 0; i < rows->n; i++) {
		struct template_row *row = tend_list_at(rows, i);
		const struct template_row *said = tend_list_at(&wb->checked, i);
		row->errors = said->errors;
		row->warnings = said->warnings;
		row->extends = tend_arena_strdup(&rows->arena, said->extends);
	}
}

static bool same_key(const struct tend_list *all, size_t a, size_t b)
{
	const struct tend_template *x = tend_list_at(all, a), *y = tend_list_at(all, b);
	return strcmp(x->key, y->key) == 0;
}

static enum tend_status load(
	struct workbench *wb, struct view *v, struct pane *p, struct tend_error *err)
{
	(void)v;
	struct tend_list all;
	enum tend_status status = tend_app_journeys(wb->app, &all, err);
	/* They come by key and version. */
	for (size_t first = 0, end; first < all.n; first = end) {
		for (end = first + 1; end < all.n && same_key(&all, first, end); end++) {}
		for (size_t i = end; i-- > first;) {
			add_row(p, &all, i);
		}
	}
	tend_list_finish(&all);
	add_checks(wb, &p->list);
	return status;
}

static const char *empty(struct workbench *wb, struct view *v, struct pane *p)
{
	(void)wb;
	(void)v;
	(void)p;
	return _("No journey templates. Put one as YAML into the config folder: tend journey "
		 "publish FILE.");
}

const struct pane_ops pane_templates = {
	.title = N_("Journeys"),
	.offers = CX_FILTER | CX_TEMPLATE | CX_OPEN,
	.type = &template_row_type,
	.spec = &spec,
	.load = load,
	.empty = empty,
};
