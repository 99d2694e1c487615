/* SPDX-License-Identifier: MIT */
/* The columns of a list of customers as a person chose them: any field, the team's own too. */
#include "columns.h"

#include <stdlib.h>
#include <string.h>

#include <tend/mem.h>

#include "panes.h"

const struct grid_spec *pane_spec(const struct pane *p)
{
	return p->chosen.n > 0 ? &p->chosen : p->ops->spec;
}

bool columns_can_be_chosen(const struct view *v)
{
	return v->panes[0].ops->type == &tend_customer_type && !v->fixed;
}

/* How the column of a field looks where the list has one of its own; NULL. */
static const struct grid_column *column_of(const struct grid_spec *spec, const char *field)
{
	for (size_t i = 0; i < spec->n; i++) {
		if (tend_same(spec->columns[i].sort, field)) {
			return &spec->columns[i];
		}
	}
	return NULL;
}

static int width_of(enum tend_type type)
{
	static const int widths[] = {[TEND_TEXT] = 12,
		[TEND_INT] = 6,
		[TEND_NUMBER] = 8,
		[TEND_RATIO] = 6,
		[TEND_MONEY] = 6,
		[TEND_DATE] = 10,
		[TEND_BOOL] = 5,
		[TEND_TIME] = 11,
		[TEND_TAGS] = 14,
		[TEND_TERMS] = 0};
	return widths[type];
}

/* A title is shown whole up to this. */
#define TITLE_MAX 14

static struct grid_column make_column(
	struct workbench *wb, const struct pane *p, const char *field, size_t at)
{
	const struct grid_column *known = column_of(p->ops->spec, field);
	known = known != NULL ? known : column_of(pane_customers.spec, field);
	if (known != NULL) {
		struct grid_column column = *known;
		column.from = column.width > 0 ? (int)at + 1 : 0;
		return column;
	}
	const struct tend_field *f = tend_field_find(&tend_customer_type, field);
	enum tend_type type = f != NULL ? f->type : TEND_TEXT;
	const char *title = f != NULL ? tend_pick(f->title) : field;
	if (f == NULL) {
		(void)tend_app_own_field(wb->app, field, &type, &title);
	}
	int width = tend_columns(title) < TITLE_MAX ? tend_columns(title) : TITLE_MAX;
	bool number =
		type == TEND_INT || type == TEND_NUMBER || type == TEND_RATIO || type == TEND_MONEY;
	return (struct grid_column){.title = title,
		.width = width > width_of(type) ? width : width_of(type),
		.align = number ? TEND_RIGHT : TEND_LEFT,
		.from = (int)at + 1,
		.sort = field,
		.field = field};
}

void columns_build(struct workbench *wb, const struct view *v, struct pane *p)
{
	p->chosen = (struct grid_spec){0};
	if (v->columns == NULL || p != &v->panes[0] || !columns_can_be_chosen(v)) {
		return;
	}
	struct grid_column *columns =
		tend_arena_alloc(&p->arena, (GRID_COLUMNS_MAX + 1) * sizeof(*columns));
	char *fields = tend_arena_strdup(&p->arena, v->columns);
	size_t n = 0;
	bool named = false;
	for (char *save = NULL, *field = strtok_r(fields, ", ", &save);
		field != NULL && n < GRID_COLUMNS_MAX; field = strtok_r(NULL, ", ", &save)) {
		struct grid_column column = make_column(wb, p, field, n);
		column.title = tend_arena_strdup(&p->arena, column.title);
		columns[n++] = column;
		named = named || strcmp(field, "name") == 0;
	}
	/* Whose row it is has to be told. */
	if (!named) {
		n = n < GRID_COLUMNS_MAX ? n : n - 1;
		memmove(columns + 1, columns, n * sizeof(*columns));
		columns[0] = make_column(wb, p, "name", 0);
		n++;
	}
	p->chosen = *p->ops->spec;
	p->chosen.columns = columns;
	p->chosen.n = n;
	p->grid.hidden = 0; /* what somebody asked for is shown */
}

static enum tend_status check(struct workbench *wb, const char *field, struct tend_error *err)
{
	struct tend_arena arena = {0};
	struct tend_names names;
	tend_app_names(wb->app, &tend_customer_type, &arena, &names);
	const char **words = tend_calloc(names.nfields + names.ncustom + 1, sizeof(*words));
	size_t n = 0;
	bool found = false;
	for (size_t i = 0; i < names.nfields; i++) {
		const struct tend_field *f = &names.fields[i];
		if ((f->flags & TEND_F_HIDDEN) == 0 && f->type != TEND_TERMS) {
			words[n++] = f->name;
		}
	}
	for (size_t i = 0; i < names.ncustom; i++) {
		words[n++] = names.custom[i];
	}
	for (size_t i = 0; i < n && !found; i++) {
		found = strcmp(words[i], field) == 0;
	}
	const char *near = found ? NULL : tend_nearest(field, words, n);
	enum tend_status status = found ? TEND_OK
		: near != NULL
		? tend_fail(err, TEND_USAGE,
			_("a customer has no field \"%s\"; did you mean \"%s\"?"), field, near)
		: tend_fail(err, TEND_USAGE, _("a customer has no field \"%s\""), field);
	free(words);
	tend_arena_finish(&arena);
	return status;
}

enum tend_status columns_choose(
	struct workbench *wb, struct view *v, const char *fields, struct tend_error *err)
{
	if (!columns_can_be_chosen(v) || wb->app == NULL) {
		return tend_fail(
			err, TEND_USAGE, _("Only lists of customers have columns to choose."));
	}
	char *copy = tend_strdup(fields);
	struct tend_str clean = {0};
	size_t n = 0;
	enum tend_status status = TEND_OK;
	for (char *save = NULL, *field = strtok_r(copy, ", ", &save);
		field != NULL && status == TEND_OK; field = strtok_r(NULL, ", ", &save), n++) {
		tend_str_addf(&clean, "%s%s", n > 0 ? "," : "", field);
		status = check(wb, field, err);
	}
	if (status == TEND_OK && n > GRID_COLUMNS_MAX) {
		status = tend_fail(err, TEND_USAGE, _("at most %d columns"), GRID_COLUMNS_MAX);
	}
	if (status == TEND_OK) {
		free(v->columns);
		v->columns = n > 0 ? tend_str_steal(&clean) : NULL;
		view_load(wb, v);
	}
	tend_str_finish(&clean);
	free(copy);
	return status;
}

enum tend_status cmd_columns(
	struct workbench *wb, const struct words *w, enum follow *ret, struct tend_error *err)
{
	(void)ret;
	return columns_choose(wb, wb_view(wb), w->n > 1 ? w->rest[1] : "", err);
}

void columns_complete(struct workbench *wb, const char *prefix, struct tend_str *out)
{
	struct tend_arena arena = {0};
	struct tend_names names;
	const char *comma = strrchr(prefix, ',');
	int before = comma != NULL ? (int)(comma - prefix) + 1 : 0;
	tend_app_names(wb->app, &tend_customer_type, &arena, &names);
	for (size_t i = 0; i < names.nfields + names.ncustom; i++) {
		bool own = i >= names.nfields;
		if (own || (names.fields[i].flags & TEND_F_HIDDEN) == 0) {
			const char *name =
				own ? names.custom[i - names.nfields] : names.fields[i].name;
			command_offer(out,
				tend_arena_format(&arena, "%.*s%s", before, prefix, name), prefix);
		}
	}
	tend_arena_finish(&arena);
}
