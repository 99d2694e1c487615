/* SPDX-License-Identifier: MIT */
/* What one entry of the journal changed: its rows' images, field by field. */
#include <stdlib.h>
#include <string.h>

#include <tend/str.h>

#include "inside.h"

enum { CHANGES_MAX = 500 };

/* A table of the store as people know it. */
struct kind {
	const char *table;
	const struct tend_record_type *type; /* NULL: none */
	struct tend_text title; /* without a type */
	const char *label; /* the column that names a row; NULL: one of the usual ones */
};

static const struct kind kinds[] = {
	{"customer", &tend_customer_type, {NULL, NULL}},
	{"custom_value", NULL, {"field", "自定义字段"}},
	{"journey_template", &tend_template_type, {NULL, NULL}},
	{"document", NULL, {"document", "文件"}},
	{"enrollment", NULL, {"enrolment", "旅程登记"}},
	{"playbook_run", NULL, {"playbook run", "预案执行"}},
	{"milestone", &tend_milestone_type, {NULL, NULL}},
	{"item", &tend_item_type, {NULL, NULL}},
	{"alert", &tend_alert_type, {NULL, NULL}},
	{"setting", NULL, {"setting", "设置"}},
};

static struct kind kind_of(const char *table)
{
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		if (tend_same(kinds[i].table, table)) {
			return kinds[i];
		}
	}
	for (size_t i = 0; i < tend_kind_count; i++) {
		const struct tend_kind *k = tend_kinds[i];
		if (tend_same(k->table, table)) {
			return (struct kind){table, k->type, {NULL, NULL}, k->label};
		}
	}
	return (struct kind){.table = table};
}

/* --- images: flat JSON objects, as the journal keeps them --- */

struct column {
	const char *name, *value; /* value NULL: null */
};
struct image {
	struct column *items;
	size_t n, cap;
};

static unsigned hex(const char *s)
{
	unsigned n = 0;
	for (int i = 0; i < 4 && s[i] != '\0'; i++) {
		const char *digits = "0123456789abcdef";
		const char *at = strchr(digits, s[i]);
		n = n * 16 + (at != NULL ? (unsigned)(at - digits) : 0);
	}
	return n;
}

/* The character that stands after a backslash. */
static char unescaped(char c)
{
	static const char names[] = "bfnrt", characters[] = "\b\f\n\r\t";
	const char *at = strchr(names, c);
	return at != NULL ? characters[at - names] : c;
}

/* The text in quotes at *at, which moves behind it. Those of \u are only of ASCII. */
static const char *read_text(const char **at, struct tend_arena *arena)
{
	struct tend_str out = {0};
	const char *s = *at + 1;
	while (*s != '\0' && *s != '"') {
		if (s[0] == '\\' && s[1] == 'u' && strlen(s) >= 6) {
			tend_str_addc(&out, (char)hex(s + 2));
			s += 6;
		} else if (s[0] == '\\' && s[1] != '\0') {
			tend_str_addc(&out, unescaped(s[1]));
			s += 2;
		} else {
			tend_str_addc(&out, *s++);
		}
	}
	*at = *s == '"' ? s + 1 : s;
	const char *copy = tend_arena_strdup(arena, tend_str_text(&out));
	tend_str_finish(&out);
	return copy;
}

static struct image read_image(const char *json, struct tend_arena *arena)
{
	struct image image = {0};
	const char *at = json != NULL && *json == '{' ? json + 1 : "";
	while (*at == '"') {
		struct column c = {.name = read_text(&at, arena)};
		at += *at == ':';
		if (*at == '"') {
			c.value = read_text(&at, arena);
		} else {
			size_t n = strcspn(at, ",}");
			c.value = strncmp(at, "null", 4) == 0 ? NULL
							      : tend_arena_strndup(arena, at, n);
			at += n;
		}
		at += *at == ',';
		*TEND_PUSH(&image) = c;
	}
	return image;
}

static const char *value_in(const struct image *image, const char *name)
{
	for (size_t i = 0; i < image->n; i++) {
		if (strcmp(image->items[i].name, name) == 0) {
			return image->items[i].value;
		}
	}
	return NULL;
}

/* --- fields --- */

/* The field of a column, NULL where it is none that a person knows. */
static const struct tend_field *field_of(const struct tend_record_type *t, const char *column)
{
	const char *lang = tend_lang() == TEND_ZH ? "title_zh" : "title_en";
	const struct tend_field *f =
		tend_field_find(t, strcmp(column, lang) == 0 ? "title" : column);
	return f == NULL || (f->flags & (TEND_F_HIDDEN | TEND_F_ID)) != 0 ? NULL : f;
}

static const char *shown(enum tend_type type, const char *stored, struct tend_arena *arena)
{
	struct tend_value v = {.type = type};
	struct tend_str out = {0};
	long long whole = 0;
	if (stored == NULL) {
		return NULL;
	}
	switch (type) {
	case TEND_NUMBER:
	case TEND_RATIO:
		v.null = !tend_parse_number(stored, &v.number);
		break;
	case TEND_DATE:
		v.null = !tend_parse_int(stored, &whole);
		v.date = (struct tend_date){(int32_t)whole};
		break;
	case TEND_TEXT:
	case TEND_TAGS:
	case TEND_TERMS:
		return both_pick(arena, stored);
	default:
		v.null = !tend_parse_int(stored, &whole);
		v.integer = whole;
		break;
	}
	tend_value_format(v, &out);
	const char *text = tend_arena_strdup(arena, v.null ? stored : tend_str_text(&out));
	tend_str_finish(&out);
	return text;
}

/* Of tables without a type: their days. */
static enum tend_type plain_type(const char *column)
{
	static const char *const days[] = {"start", "ended", "day", "published"};
	for (size_t i = 0; i < sizeof(days) / sizeof(days[0]); i++) {
		if (strcmp(days[i], column) == 0) {
			return TEND_DATE;
		}
	}
	return TEND_TEXT;
}

static const char *name_in(const struct image *image, const char *label, struct tend_arena *arena)
{
	const char *en = value_in(image, "title_en"), *zh = value_in(image, "title_zh");
	if (label != NULL && value_in(image, label) != NULL) {
		return value_in(image, label);
	}
	if (en != NULL || zh != NULL) {
		return tend_arena_strdup(arena, tend_pick((struct tend_text){en, zh}));
	}
	for (size_t i = 0; tend_store_naming[i] != NULL; i++) {
		const char *value = value_in(image, tend_store_naming[i]);
		if (value != NULL && value[0] != '\0') {
			return value;
		}
	}
	return NULL;
}

/* --- rows --- */

static struct tend_change *add(struct tend_list *ret, const struct tend_change *raw,
	const struct kind *kind, const char *action)
{
	struct tend_change *c = tend_list_add(ret);
	c->customer = tend_arena_strdup(&ret->arena, raw->customer);
	bool typed = kind->type != NULL;
	const char *title = tend_pick(kind->title);
	c->record = typed ? kind->type->name : tend_arena_strdup(&ret->arena, raw->record);
	c->kind = typed ? record_noun(kind->type) : title != NULL ? title : c->record;
	c->name = tend_arena_strdup(&ret->arena, raw->name);
	c->action = action;
	return c;
}

static void add_field(struct tend_list *ret, const struct tend_change *raw, const struct kind *kind,
	const struct column *before, const char *after)
{
	const struct tend_field *f = kind->type != NULL ? field_of(kind->type, before->name) : NULL;
	bool plain = kind->type == NULL;
	enum tend_type type = f != NULL ? f->type : plain_type(before->name);
	if ((f == NULL && !plain) || tend_same(before->value, after)) {
		return;
	}
	struct tend_change *c = add(ret, raw, kind, "changed");
	c->field = f != NULL ? f->name : tend_arena_strdup(&ret->arena, before->name);
	c->title = f != NULL ? tend_pick(f->title) : c->field;
	c->before = shown(type, before->value, &ret->arena);
	c->after = shown(type, after, &ret->arena);
}

static void add_row(struct tend_list *ret, struct tend_change *raw)
{
	struct tend_arena *arena = &ret->arena;
	const struct kind kind = kind_of(raw->record);
	struct image before = read_image(raw->before, arena), after = read_image(raw->after, arena);
	raw->name = both_pick(arena, raw->name);
	if (raw->name == NULL) {
		raw->name = name_in(before.n > 0 ? &before : &after, kind.label, arena);
	}
	if (tend_same(raw->action, "U")) {
		for (size_t i = 0; i < before.n; i++) {
			add_field(ret, raw, &kind, &before.items[i],
				value_in(&after, before.items[i].name));
		}
	} else {
		(void)add(ret, raw, &kind, tend_same(raw->action, "I") ? "added" : "removed");
	}
	free(before.items);
	free(after.items);
}

enum tend_status tend_app_history_entry(
	struct tend_app *a, int64_t id, struct tend_list *ret, struct tend_error *err)
{
	struct tend_list raw;
	struct tend_value args[] = {int_value(id), int_value(CHANGES_MAX)};
	tend_list_init(ret, &tend_change_type);
	tend_list_init(&raw, &tend_change_type);
	enum tend_status status = tend_store_read(a->store, TEND_READ_CHANGES, args, 2, &raw, err);
	for (size_t i = 0; status == TEND_OK && i < raw.n; i++) {
		add_row(ret, tend_list_at(&raw, i));
	}
	if (status == TEND_OK && raw.n == 0) {
		status = tend_fail(err, TEND_NOT_FOUND, _("there is no entry %lld in the history"),
			(long long)id);
	}
	tend_list_finish(&raw);
	return status;
}
