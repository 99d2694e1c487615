/* SPDX-License-Identifier: MIT */
#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <tend/lang.h>

#include <tend/kind.h>

#include "mapping.h"
#include "rows.h"

static const char *cell_at(const struct tend_cell_row *row, size_t column)
{
	const char *text = column < row->ncells ? row->cells[column] : NULL;
	return text != NULL ? text : "";
}

struct row_inputs {
	const struct tend_mapping *mapping;
	const struct tend_cell_row *row;
};

static struct tend_value column_input(void *ctx, const char *name)
{
	const struct row_inputs *in = ctx;
	for (size_t i = 0; i < in->mapping->ncolumns; i++) {
		if (strcmp(in->mapping->columns[i], name) == 0) {
			const char *text = cell_at(in->row, i);
			return (struct tend_value){
				.type = TEND_TEXT, .null = *text == '\0', .text = text};
		}
	}
	return (struct tend_value){.type = TEND_TEXT, .null = true};
}

static bool is_wanted(const struct tend_mapping *m, const struct tend_cell_row *row)
{
	struct row_inputs ctx = {m, row};
	struct tend_inputs inputs = {.ctx = &ctx, .field = column_input};
	return m->map == NULL || m->map->where == NULL
		|| tend_expr_truth(m->map->where, &inputs) == TEND_TRUE;
}

static void read_target(const struct target *t, const struct tend_cell_row *row,
	struct cell_text *cell, struct tend_value *ret)
{
	cell->target = t;
	cell->text = t->constant != NULL ? t->constant : cell_at(row, t->column);
	if (!mapping_read(cell, ret)) {
		ret->null = true;
	}
}

static void read_fields(const struct tend_mapping *m, const struct tend_cell_row *row,
	struct cell_text *cell, void *record)
{
	struct tend_value value;
	for (size_t i = 0; i < m->fields.n; i++) {
		read_target(&m->fields.items[i], row, cell, &value);
		if (!value.null) {
			tend_field_set(m->fields.items[i].field, record, value);
		}
	}
}

static void read_own(const struct tend_mapping *m, const struct tend_cell_row *row,
	struct cell_text *cell, void *record)
{
	struct tend_value value;
	if (m->own.n == 0) {
		return;
	}
	struct tend_custom custom = {
		tend_arena_alloc(cell->arena, m->own.n * sizeof(*custom.items)), m->own.n};
	for (size_t i = 0; i < m->own.n; i++) {
		read_target(&m->own.items[i], row, cell, &value);
		custom.items[i] = (struct tend_custom_value){
			m->own.items[i].name, value.null ? NULL : value.text};
	}
	*(struct tend_custom *)(void *)((char *)record + m->type->custom) = custom;
}

static size_t column_of_field(const struct tend_mapping *m, const char *name)
{
	for (size_t i = 0; i < m->fields.n; i++) {
		const struct target *t = &m->fields.items[i];
		if (strcmp(t->field->name, name) == 0 && t->column != MAPPING_NO_COLUMN) {
			return t->column + 1;
		}
	}
	return 0;
}

/* "review#3" is the third occurrence of "review". */
static void split_occurrence(struct tend_milestone *m, struct tend_arena *arena)
{
	const char *mark = m->key != NULL ? strrchr(m->key, '#') : NULL;
	long long number;
	if (mark != NULL && mark > m->key && isdigit((unsigned char)mark[1])
		&& tend_parse_int(mark + 1, &number)) {
		m->key = tend_arena_strndup(arena, m->key, (size_t)(mark - m->key));
		m->occurrence = number;
	}
}

/* What no single field can tell. */
static void check_record(const struct tend_mapping *m, void *record, struct tend_arena *arena,
	struct tend_row_error *bad)
{
	char a[TEND_DATE_LEN], b[TEND_DATE_LEN];
	const struct tend_field *from, *to;
	if (m->type == &tend_milestone_type) {
		split_occurrence(record, arena);
	} else if (tend_kind_backwards(m->type, record, &from, &to)) {
		tend_row_bad(bad, column_of_field(m, to->name), _("%s: %s is before the %s, %s"),
			to->name, tend_date_format(tend_field_get(to, record).date, a), from->name,
			tend_date_format(tend_field_get(from, record).date, b));
	}
}

enum tend_status tend_mapping_apply(const struct tend_mapping *m, const struct tend_cell_row *row,
	struct tend_arena *arena, void *record, bool *ret_taken, size_t *ret_cleaned,
	struct tend_row_error *bad)
{
	struct cell_text cell = {.mapping = m, .arena = arena, .cleaned = ret_cleaned, .bad = bad};
	*bad = (struct tend_row_error){0};
	*ret_cleaned = 0;
	*ret_taken = is_wanted(m, row);
	if (!*ret_taken) {
		return TEND_OK;
	}
	tend_record_clear(m->type, record);
	read_fields(m, row, &cell, record);
	read_own(m, row, &cell, record);
	check_record(m, record, arena, bad);
	return bad->text[0] == '\0' ? TEND_OK : TEND_BAD_INPUT;
}

size_t tend_mapping_metrics(const struct tend_mapping *m, const size_t **ret_columns)
{
	*ret_columns = m->metric_columns;
	return m->metrics.n;
}

bool tend_mapping_metric(const struct tend_mapping *m, size_t i, const struct tend_cell_row *row,
	const char **ret_metric, double *ret_value, struct tend_row_error *bad)
{
	const struct metric *metric = &m->metrics.items[i];
	const char *text = cell_at(row, metric->column);
	struct tend_field field = *tend_field_find(&tend_point_type, "value");
	field.name = metric->name;
	const struct target target = {
		.name = metric->name, .field = &field, .column = metric->column};
	struct tend_arena arena = {0};
	size_t cleaned = 0;
	struct cell_text cell = {m, &target, text, &arena, &cleaned, bad};
	struct tend_value value;
	*bad = (struct tend_row_error){0};
	*ret_metric = metric->name;
	bool ok = mapping_read(&cell, &value);
	*ret_value = !ok || value.null ? NAN : value.number;
	tend_arena_finish(&arena);
	return ok;
}

size_t tend_mapping_extra(const struct tend_mapping *m, const size_t **ret_columns)
{
	*ret_columns = m->extra;
	return m->nextra;
}

bool tend_mapping_has(const struct tend_mapping *m, const char *field)
{
	for (size_t i = 0; i < m->fields.n; i++) {
		const struct target *t = &m->fields.items[i];
		if (strcmp(t->name, field) == 0 || strcmp(t->field->name, field) == 0) {
			return true;
		}
	}
	for (size_t i = 0; i < m->own.n; i++) {
		if (strcmp(m->own.items[i].name, field) == 0) {
			return true;
		}
	}
	return false;
}

const char *tend_mapping_via(const struct tend_mapping *m)
{
	return m->via;
}

void tend_mapping_destroy(struct tend_mapping *m)
{
	if (m == NULL) {
		return;
	}
	free(m->fields.items);
	free(m->own.items);
	free(m->metrics.items);
	free(m->taken);
	free(m->extra);
	free(m->metric_columns);
	free(m);
}
