/* SPDX-License-Identifier: MIT */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include <tend/kind.h>
#include <tend/lang.h>

#include "mapping.h"

/* The fields that are imported of what is no kind of records, or of one in a way of its own; '*': it must have a
 * column. */
static const struct special {
	const struct tend_record_type *type;
	const char *fields[16]; /* NULL-ended */
} specials[] = {
	{&tend_customer_type,
		{"key*", "name*", "started", "status", "term", "owner", "segment", "industry",
			"currency", "arr", "journey", "tags"}},
	{&tend_milestone_type, {"customer*", "key*", "occurrence", "state", "due", "done_on"}},
};

struct builder {
	struct tend_mapping *m;
	struct kind_field {
		char name[TEND_KEY_MAX];
		bool required;
	} * ours; /* room for all that the type has, and one more */
	size_t n;
	struct tend_str problems;
};

static void problem(struct builder *b, const char *text)
{
	tend_str_add(&b->problems, b->problems.len > 0 ? "; " : "");
	tend_str_add(&b->problems, text);
}

static void add_kind_field(struct builder *b, const char *name, size_t n, bool required)
{
	if (b->n <= b->m->type->nfields && n < sizeof(b->ours[0].name)) {
		struct kind_field *f = &b->ours[b->n++];
		memcpy(f->name, name, n);
		f->name[n] = '\0';
		f->required = required;
	}
}

static void list_fields(struct builder *b)
{
	const struct tend_record_type *t = b->m->type;
	for (size_t i = 0; i < sizeof(specials) / sizeof(specials[0]); i++) {
		const char *const *fields = specials[i].fields;
		for (size_t k = 0; specials[i].type == t && fields[k] != NULL; k++) {
			size_t n = strcspn(fields[k], "*");
			add_kind_field(b, fields[k], n, fields[k][n] == '*');
		}
	}
	bool special = b->n > 0;
	for (size_t i = 0; !special && i < t->nfields; i++) {
		unsigned flags = t->fields[i].flags;
		if ((flags & (TEND_F_HIDDEN | TEND_F_DERIVED)) == 0) {
			add_kind_field(b, t->fields[i].name, strlen(t->fields[i].name),
				(flags & TEND_F_REQUIRED) != 0);
		}
	}
}

static bool is_term(const struct builder *b, const char *name)
{
	return b->m->type == &tend_customer_type && strcmp(name, "term") == 0;
}

static const struct kind_field *find_ours(const struct builder *b, const char *name)
{
	for (size_t i = 0; i < b->n; i++) {
		if (strcmp(b->ours[i].name, name) == 0
			|| (is_term(b, b->ours[i].name) && strcmp(name, "term_months") == 0)) {
			return &b->ours[i];
		}
	}
	return NULL;
}

static size_t find_column(const struct builder *b, const char *name)
{
	for (size_t i = 0; i < b->m->ncolumns; i++) {
		if (strcmp(b->m->columns[i], name) == 0) {
			return i;
		}
	}
	return MAPPING_NO_COLUMN;
}

static void add_target(struct builder *b, struct target target, const struct kind_field *ours)
{
	target.required = ours->required;
	target.term = is_term(b, ours->name);
	const char *name = target.term ? "term_months" : ours->name;
	target.field = tend_field_find(b->m->type, name);
	target.name = target.term ? "term" : target.field->name;
	if (target.column != MAPPING_NO_COLUMN) {
		b->m->taken[target.column] = true;
	}
	*TEND_PUSH(&b->m->fields) = target;
}

static void refuse_column(struct builder *b, const struct tend_map_column *c)
{
	char *text;
	const char *near = tend_nearest(c->column, b->m->columns, b->m->ncolumns);
	if (near != NULL) {
		text = tend_format(_("line %d of the map: the file has no column \"%s\"; did you "
				     "mean \"%s\"?"),
			c->line, c->column, near);
	} else {
		text = tend_format(
			_("line %d of the map: the file has no column \"%s\""), c->line, c->column);
	}
	problem(b, text);
	free(text);
}

static void refuse_field(struct builder *b, const struct tend_map_column *c)
{
	const char **names = tend_calloc(b->n, sizeof(*names));
	char *text;
	for (size_t i = 0; i < b->n; i++) {
		names[i] = b->ours[i].name;
	}
	const char *near = tend_nearest(c->field, names, b->n);
	free(names);
	if (tend_field_find(b->m->type, c->field) != NULL) {
		text = tend_format(
			_("line %d of the map: \"%s\" cannot be imported"), c->line, c->field);
	} else if (near != NULL) {
		text = tend_format(_("line %d of the map: no field \"%s\"; did you mean \"%s\"?"),
			c->line, c->field, near);
	} else {
		text = tend_format(_("line %d of the map: no field \"%s\""), c->line, c->field);
	}
	problem(b, text);
	free(text);
}

static void take_via(struct builder *b, const struct tend_map_column *c)
{
	if (c->via == NULL) {
		return;
	}
	if (strcmp(c->field, "customer") == 0) {
		b->m->via = c->via;
		return;
	}
	char *text = tend_format(
		_("line %d of the map: only \"customer\" is found through another record"),
		c->line);
	problem(b, text);
	free(text);
}

static bool is_usage(const struct builder *b)
{
	return b->m->type == &tend_point_type;
}

/* A name that is no field of ours: a metric of a wide file, or one of the user's own fields. */
static void add_other(struct builder *b, struct target target, const struct tend_map_column *c)
{
	struct tend_mapping *m = b->m;
	bool known = tend_field_find(m->type, c->field) != NULL;
	if (is_usage(b) && target.constant == NULL && !known) {
		*TEND_PUSH(&m->metrics) = (struct metric){c->field, target.column};
	} else if (m->type->custom >= 0 && !known) {
		target.name = c->field;
		*TEND_PUSH(&m->own) = target;
	} else {
		refuse_field(b, c);
		return;
	}
	if (target.column != MAPPING_NO_COLUMN) {
		m->taken[target.column] = true;
	}
}

static void take_map(struct builder *b)
{
	const struct tend_map *map = b->m->map;
	for (size_t i = 0; map != NULL && i < map->ncolumns; i++) {
		const struct tend_map_column *c = &map->columns[i];
		const struct kind_field *ours = find_ours(b, c->field);
		struct target target = {
			.column = MAPPING_NO_COLUMN, .constant = c->constant, .format = c->format};
		take_via(b, c);
		if (c->constant == NULL) {
			target.column = find_column(b, c->column);
			if (target.column == MAPPING_NO_COLUMN) {
				refuse_column(b, c);
				continue;
			}
		}
		if (ours != NULL) {
			add_target(b, target, ours);
		} else {
			add_other(b, target, c);
		}
	}
}

/* Lower case, blanks and hyphens as underscores: "First Response" is first_response. */
static bool is_alike(const char *header, const char *name)
{
	for (; *header != '\0' && *name != '\0'; header++, name++) {
		char c = *header == ' ' || *header == '-' ? '_'
							  : (char)tolower((unsigned char)*header);
		if (c != *name) {
			return false;
		}
	}
	return *header == *name;
}

static bool has_title(const struct builder *b, const struct kind_field *ours, const char *header)
{
	const struct tend_field *f =
		tend_field_find(b->m->type, is_term(b, ours->name) ? "term_months" : ours->name);
	return tend_same(f->title.en, header) || tend_same(f->title.zh, header);
}

/* The column whose header is the field's name, else like it, else its title in a language. */
static size_t matching_column(const struct builder *b, const struct kind_field *ours)
{
	size_t exact = find_column(b, ours->name);
	if (exact != MAPPING_NO_COLUMN) {
		return exact;
	}
	for (int round = 0; round < 3; round++) {
		for (size_t i = 0; i < b->m->ncolumns; i++) {
			const char *header = b->m->columns[i];
			bool months = round == 0 && is_term(b, ours->name)
				&& is_alike(header, "term_months");
			bool alike = round == 1 && is_alike(header, ours->name);
			bool title = round == 2 && has_title(b, ours, header);
			if (!b->m->taken[i] && (months || alike || title)) {
				return i;
			}
		}
	}
	return MAPPING_NO_COLUMN;
}

static bool has_target(const struct builder *b, const struct kind_field *ours)
{
	return tend_mapping_has(b->m, ours->name);
}

static void take_headers(struct builder *b)
{
	for (size_t i = 0; i < b->n; i++) {
		if (has_target(b, &b->ours[i])) {
			continue;
		}
		size_t column = matching_column(b, &b->ours[i]);
		if (column != MAPPING_NO_COLUMN) {
			add_target(b, (struct target){.column = column}, &b->ours[i]);
		}
	}
}

/* Usage with neither metric nor value: each column that is left is a metric. */
static bool take_metrics(struct builder *b)
{
	struct tend_mapping *m = b->m;
	bool is_long = tend_mapping_has(m, "metric") || tend_mapping_has(m, "value");
	if (!is_usage(b) || is_long) {
		return false;
	}
	bool all = m->metrics.n == 0; /* the map names none */
	for (size_t i = 0; all && i < m->ncolumns; i++) {
		if (!m->taken[i]) {
			*TEND_PUSH(&m->metrics) = (struct metric){m->columns[i], i};
		}
	}
	m->metric_columns = tend_calloc(m->metrics.n, sizeof(*m->metric_columns));
	for (size_t i = 0; i < m->metrics.n; i++) {
		m->metric_columns[i] = m->metrics.items[i].column;
		m->taken[m->metric_columns[i]] = true;
	}
	return m->metrics.n > 0;
}

static void refuse_metric_of_long(struct builder *b)
{
	const struct tend_map *map = b->m->map;
	for (size_t i = 0; map != NULL && i < map->ncolumns; i++) {
		if (find_ours(b, map->columns[i].field) == NULL) {
			refuse_field(b, &map->columns[i]);
		}
	}
	b->m->metrics.n = 0;
}

static void check_required(struct builder *b, bool wide)
{
	for (size_t i = 0; i < b->n; i++) {
		const char *name = b->ours[i].name;
		bool replaced = wide && (strcmp(name, "metric") == 0 || strcmp(name, "value") == 0);
		if (b->ours[i].required && !replaced && !has_target(b, &b->ours[i])) {
			char *text =
				tend_format(_("no column for \"%s\", which is required"), name);
			const char *near = tend_nearest(name, b->m->columns, b->m->ncolumns);
			if (near != NULL) {
				char *more = tend_format(_("%s; is it \"%s\"?"), text, near);
				free(text);
				text = more;
			}
			problem(b, text);
			free(text);
		}
	}
}

static void check_where(void *ctx, const char *name)
{
	struct builder *b = ctx;
	if (find_column(b, name) != MAPPING_NO_COLUMN) {
		return;
	}
	const char *near = tend_nearest(name, b->m->columns, b->m->ncolumns);
	char *text = near != NULL
		? tend_format(
			_("where: the file has no column \"%s\"; did you mean \"%s\"?"), name, near)
		: tend_format(_("where: the file has no column \"%s\""), name);
	problem(b, text);
	free(text);
}

static int by_name(const void *a, const void *b)
{
	return strcmp(((const struct target *)a)->name, ((const struct target *)b)->name);
}

/* What lists of a kind print and nobody gives: it follows from the rest when it is imported again. */
static bool is_printed_by_us(const struct tend_record_type *t, const char *column)
{
	const struct tend_field *f = tend_field_find(t, column);
	return f != NULL && tend_kind_of(t) != NULL && (f->flags & TEND_F_DERIVED) != 0
		&& (f->flags & TEND_F_HIDDEN) == 0;
}

/* Extra columns; kept ones become the user's own fields unless ours have their name. */
static void take_extra(struct builder *b)
{
	struct tend_mapping *m = b->m;
	bool keep = m->map != NULL && m->map->keep_extra && m->type->custom >= 0;
	m->extra = tend_calloc(m->ncolumns, sizeof(*m->extra));
	for (size_t i = 0; i < m->ncolumns; i++) {
		if (m->taken[i]) {
			continue;
		}
		bool shadowed = tend_field_find(m->type, m->columns[i]) != NULL
			|| tend_mapping_has(m, m->columns[i]);
		if (keep && !shadowed) {
			*TEND_PUSH(&m->own) = (struct target){.name = m->columns[i], .column = i};
		} else if (!is_printed_by_us(m->type, m->columns[i])) {
			m->extra[m->nextra++] = i;
		}
	}
	if (m->own.n > 0) {
		qsort(m->own.items, m->own.n, sizeof(*m->own.items), by_name);
	}
}

enum tend_status tend_mapping_create(const struct tend_record_type *type,
	const struct tend_map *map, const char *const *columns, size_t ncolumns,
	struct tend_mapping **ret, struct tend_error *err)
{
	struct builder b = {.m = tend_alloc(sizeof(*b.m))};
	struct tend_mapping *m = b.m;
	m->type = type;
	m->map = map;
	m->columns = columns;
	m->ncolumns = ncolumns;
	m->taken = tend_calloc(ncolumns, sizeof(*m->taken));
	b.ours = tend_calloc(type->nfields + 1, sizeof(*b.ours));
	list_fields(&b);
	take_map(&b);
	take_headers(&b);
	bool wide = take_metrics(&b);
	if (!wide && m->metrics.n > 0) {
		refuse_metric_of_long(&b);
	}
	check_required(&b, wide);
	if (map != NULL && map->where != NULL) {
		tend_expr_fields(map->where, check_where, &b);
	}
	take_extra(&b);
	enum tend_status status = TEND_OK;
	if (b.problems.len > 0) {
		status = tend_fail(err, TEND_BAD_INPUT, "%s", tend_str_text(&b.problems));
		tend_mapping_destroy(m);
	} else {
		*ret = m;
	}
	free(b.ours);
	tend_str_finish(&b.problems);
	return status;
}
