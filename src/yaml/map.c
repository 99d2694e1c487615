/* SPDX-License-Identifier: MIT */
/*
 * map: KEY
 * title: TEXT
 * kind: customers|contacts|…    required
 * columns: {FIELD: COLUMN, …}   or {column: C, via: KIND, format: "%d/%m/%Y"}, or {const: X}
 * values: {FIELD: {THEIRS: OURS, …}, …}
 * where: EXPRESSION             over their columns
 * combine: sum|max|last         usage only
 * extra: keep|ignore
 * encoding: utf-8|gb18030
 */
#include <string.h>

#include <tend/kind.h>
#include <tend/lang.h>
#include <tend/str.h>

#include "field.h"

/* The fields of what is no kind of records. */
static const char *const customer_fields[] = {"key", "name", "started", "status", "term", "owner",
	"segment", "industry", "currency", "arr", "journey", "tags", NULL};
static const char *const milestone_fields[] = {"customer", "key", "state", "due", "done_on", NULL};

static const char *const combine_names[] = {"sum", "max", "last", NULL};
static const char *const extra_names[] = {"keep", "ignore", NULL};
static const char *const encodings[] = {"utf-8", "UTF-8", "gb18030", "GB18030", NULL};

struct raw_map {
	const char *key, *kind, *combine, *extra, *encoding;
	struct tend_text title;
	const struct node *columns, *values, *where;
};

static const struct field map_fields[] = {
	{"map", FIELD_KEY, offsetof(struct raw_map, key), true},
	{"title", FIELD_TEXT, offsetof(struct raw_map, title)},
	{"kind", FIELD_CHOICE, offsetof(struct raw_map, kind), true, tend_import_kinds},
	{"columns", FIELD_MAP, offsetof(struct raw_map, columns)},
	{"values", FIELD_MAP, offsetof(struct raw_map, values)},
	{"where", FIELD_SCALAR, offsetof(struct raw_map, where)},
	{"combine", FIELD_CHOICE, offsetof(struct raw_map, combine), false, combine_names},
	{"extra", FIELD_CHOICE, offsetof(struct raw_map, extra), false, extra_names},
	{"encoding", FIELD_CHOICE, offsetof(struct raw_map, encoding), false, encodings},
};

struct raw_column {
	const char *column, *via, *format;
	const struct node *constant;
};

static const struct field column_fields[] = {
	{"column", FIELD_STRING, offsetof(struct raw_column, column)},
	{"via", FIELD_CHOICE, offsetof(struct raw_column, via), false, tend_import_kinds},
	{"format", FIELD_STRING, offsetof(struct raw_column, format)},
	{"const", FIELD_NODE, offsetof(struct raw_column, constant)},
};

/* The fields that a kind takes. */
static size_t fields_of(const char *kind, struct tend_arena *arena, const char *const **ret)
{
	const struct tend_kind *k = tend_kind_imported(kind);
	size_t n = 0;
	if (k == NULL) {
		*ret = tend_same(kind, "milestones") ? milestone_fields : customer_fields;
		while ((*ret)[n] != NULL) {
			n++;
		}
		return n;
	}
	const char **fields = tend_arena_alloc(arena, k->type->nfields * sizeof(*fields));
	for (size_t i = 0; i < k->type->nfields; i++) {
		const struct tend_field *f = &k->type->fields[i];
		if ((f->flags & (TEND_F_HIDDEN | TEND_F_DERIVED)) == 0) {
			fields[n++] = f->name;
		}
	}
	*ret = fields;
	return n;
}

/* Some take others too: custom fields, or a metric a column. */
static void check_field(struct reader *r, const char *kind, const struct node *key)
{
	if (kind == NULL || tend_same(kind, "customers") || tend_same(kind, "usage")) {
		return;
	}
	const char *const *fields = NULL;
	size_t n = fields_of(kind, r->arena, &fields);
	for (size_t i = 0; i < n; i++) {
		if (tend_same(key->text, fields[i])) {
			return;
		}
	}
	const char *near = tend_nearest(key->text, fields, n);
	if (near != NULL) {
		report(r, key, TEND_RULE_REFERENCE,
			_("\"%s\" has no field \"%s\"; did you mean \"%s\"?"), kind,
			quoted(r, key->text), near);
	} else {
		report(r, key, TEND_RULE_REFERENCE, _("\"%s\" has no field \"%s\""), kind,
			quoted(r, key->text));
	}
}

/* Of what strptime knows: what a date and a time of day are made of. */
static bool is_date_format(const char *format)
{
	bool year = false, month = false, day = false;
	for (const char *s = format; *s != '\0'; s++) {
		if (*s != '%') {
			continue;
		}
		s++;
		if (*s == '\0' || strchr("YymdHMS%", *s) == NULL) {
			return false;
		}
		year = year || *s == 'Y' || *s == 'y';
		month = month || *s == 'm';
		day = day || *s == 'd';
	}
	return year && month && day;
}

static void check_column(struct reader *r, const struct node *node, const struct raw_column *raw)
{
	if ((raw->column != NULL) == (raw->constant != NULL)) {
		report(r, node, TEND_RULE_TYPE, _("expected either \"column\" or \"const\""));
	}
	if (raw->constant != NULL && (raw->via != NULL || raw->format != NULL)) {
		report(r, node, TEND_RULE_VALUE,
			_("\"via\" and \"format\" belong to a column, not to a constant"));
	}
	if (raw->format != NULL && !is_date_format(raw->format)) {
		report(r, node_get(node, "format"), TEND_RULE_VALUE,
			_("\"%s\" is not a date's format: %%Y (or %%y), %%m and %%d, and %%H %%M "
			  "%%S"),
			quoted(r, raw->format));
	}
}

static void read_column(struct reader *r, const struct node *node, struct tend_map_column *column)
{
	static const struct field name_field = {"columns", FIELD_STRING, 0};
	if (node->kind != NODE_MAPPING) {
		(void)read_value(r, node, &name_field, &column->column);
		return;
	}
	struct raw_column raw = {0};
	(void)read_mapping(r, node, column_fields, FIELD_COUNT_OF(column_fields), &raw);
	check_column(r, node, &raw);
	column->column = raw.column;
	column->via = raw.via;
	column->format = raw.format;
	if (raw.constant != NULL && raw.constant->kind != NODE_SCALAR) {
		report(r, raw.constant, TEND_RULE_TYPE,
			_("a constant is a text, a number or a date"));
	} else if (raw.constant != NULL) {
		column->constant = node_is_null(raw.constant) ? "" : raw.constant->text;
	}
}

static void read_columns(
	struct reader *r, const char *kind, const struct node *map, struct tend_map *ret)
{
	const struct node **keys = tend_arena_alloc(r->arena, map->n * sizeof(*keys));
	ret->columns = tend_arena_alloc(r->arena, map->n * sizeof(*ret->columns));
	for (size_t i = 0; i < map->n; i += 2) {
		const struct node *key = map->items[i];
		if (key->kind != NODE_SCALAR) {
			report(r, key, TEND_RULE_TYPE, _("a key must be a text"));
			continue;
		}
		keys[i / 2] = key;
		check_field(r, kind, key);
		struct tend_map_column *column = &ret->columns[ret->ncolumns++];
		*column = (struct tend_map_column){
			.field = key->text, .line = key->line, .col = key->column};
		read_column(r, map->items[i + 1], column);
	}
	check_unique(r, keys, map->n / 2, _("the key \"%s\" stands here twice"));
}

/* theirs -> ours, of one field. */
static void read_field_values(
	struct reader *r, const char *field, const struct node *map, struct tend_map *ret)
{
	const struct node **keys = tend_arena_alloc(r->arena, map->n * sizeof(*keys));
	for (size_t i = 0; i < map->n; i += 2) {
		const struct node *theirs = map->items[i], *ours = map->items[i + 1];
		if (theirs->kind != NODE_SCALAR || ours->kind != NODE_SCALAR) {
			report(r, theirs, TEND_RULE_TYPE,
				_("expected their value and ours, as in \"True\": churned"));
			continue;
		}
		keys[i / 2] = theirs;
		ret->values[ret->nvalues++] = (struct tend_map_value){
			field, theirs->text, node_is_null(ours) ? "" : ours->text};
	}
	check_unique(r, keys, map->n / 2, _("the value \"%s\" stands here twice"));
}

static void read_values(
	struct reader *r, const char *kind, const struct node *map, struct tend_map *ret)
{
	static const struct field field_map = {"values", FIELD_MAP, 0};
	const struct node **keys = tend_arena_alloc(r->arena, map->n * sizeof(*keys));
	size_t total = 0;
	for (size_t i = 1; i < map->n; i += 2) {
		total += map->items[i]->n / 2;
	}
	ret->values = tend_arena_alloc(r->arena, total * sizeof(*ret->values));
	for (size_t i = 0; i < map->n; i += 2) {
		const struct node *key = map->items[i], *values = NULL;
		if (key->kind != NODE_SCALAR) {
			report(r, key, TEND_RULE_TYPE, _("a key must be a text"));
			continue;
		}
		keys[i / 2] = key;
		check_field(r, kind, key);
		if (read_value(r, map->items[i + 1], &field_map, &values)) {
			read_field_values(r, key->text, values, ret);
		}
	}
	check_unique(r, keys, map->n / 2, _("the key \"%s\" stands here twice"));
}

static void read_map(struct reader *r, const struct node *root, struct tend_map *map)
{
	struct raw_map raw = {0};
	(void)read_mapping(r, root, map_fields, FIELD_COUNT_OF(map_fields), &raw);
	map->key = raw.key;
	map->kind = raw.kind;
	map->keep_extra = raw.extra == extra_names[0];
	map->combine = raw.combine == combine_names[1] ? TEND_COMBINE_MAX
		: raw.combine == combine_names[2]      ? TEND_COMBINE_LAST
						       : TEND_COMBINE_SUM;
	if (raw.encoding != NULL && (raw.encoding[0] == 'g' || raw.encoding[0] == 'G')) {
		map->encoding = "gb18030";
	}
	if (raw.combine != NULL && raw.kind != NULL && !tend_same(raw.kind, "usage")) {
		report(r, node_get(root, "combine"), TEND_RULE_VALUE,
			_("\"combine\" is for usage only"));
	}
	if (raw.columns != NULL) {
		read_columns(r, raw.kind, raw.columns, map);
	}
	if (raw.values != NULL) {
		read_values(r, raw.kind, raw.values, map);
	}
	if (raw.where != NULL) {
		struct tend_names names = {.any_column = true};
		(void)read_condition(r, raw.where, &names, NULL, &map->where);
	}
}

enum tend_status tend_yaml_map(
	const char *text, size_t n, struct tend_findings *findings, struct tend_map **ret)
{
	struct tend_map *map = tend_alloc(sizeof(*map));
	struct reader r = {.arena = &map->arena, .findings = findings};
	size_t before = findings->errors;
	const struct node *root = read_file(&r, text, n, TEND_KIND_MAP);
	if (root != NULL) {
		read_map(&r, root, map);
	}
	enum tend_status status = finish_file(&r, before);
	if (status != TEND_OK) {
		tend_map_destroy(map);
		map = NULL;
	}
	*ret = map;
	return status;
}
