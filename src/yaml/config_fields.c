/* SPDX-License-Identifier: MIT */
/* Fields of the team's own for customers, alone or as parts of the profile. */
#include <ctype.h>
#include <string.h>

#include <tend/lang.h>
#include <tend/records.h>
#include <tend/str.h>

#include "config.h"

static const struct {
	const char *name;
	enum tend_type type;
} types[] = {
	{"text", TEND_TEXT}, {"number", TEND_NUMBER}, {"date", TEND_DATE}, {"bool", TEND_BOOL}};
static const char *const type_names[] = {"text", "number", "date", "bool", NULL};

struct raw_field {
	const char *key, *type;
	struct tend_text title, hint;
	const struct node *values;
};

static const struct field field_fields[] = {
	{"key", FIELD_KEY, offsetof(struct raw_field, key), true},
	{"type", FIELD_CHOICE, offsetof(struct raw_field, type), false, type_names},
	{"title", FIELD_TEXT, offsetof(struct raw_field, title)},
	{"hint", FIELD_TEXT, offsetof(struct raw_field, hint)},
	{"values", FIELD_LIST, offsetof(struct raw_field, values)},
};

struct raw_value {
	const char *key;
	struct tend_text title;
};

static const struct field value_fields[] = {
	{"key", FIELD_STRING, offsetof(struct raw_value, key), true},
	{"title", FIELD_TEXT, offsetof(struct raw_value, title)},
};

struct raw_section {
	const char *key;
	struct tend_text title;
	const struct node *fields;
};

static const struct field section_fields[] = {
	{"key", FIELD_KEY, offsetof(struct raw_section, key), true},
	{"title", FIELD_TEXT, offsetof(struct raw_section, title)},
	{"fields", FIELD_LIST, offsetof(struct raw_section, fields), true},
};

/* A word that expressions can read. */
static bool is_name(const char *s)
{
	for (size_t i = 0; s[i] != '\0'; i++) {
		unsigned char c = (unsigned char)s[i];
		bool start = islower(c) || c == '_';
		if (!start && (i == 0 || !isdigit(c))) {
			return false;
		}
	}
	return s[0] != '\0';
}

static bool is_reserved(const char *name)
{
	static const char *const words[] = {"and", "or", "not", "in", "null", "true", "false",
		"yes", "no", "lapsed", "latest", "days_since", "sum", "avg", "count", "min", "max",
		"change", "open", "done", "in_segment"};
	for (size_t i = 0; i < FIELD_COUNT_OF(words); i++) {
		if (tend_same(name, words[i])) {
			return true;
		}
	}
	return tend_field_find(&tend_customer_type, name) != NULL;
}

static void check_field_name(struct reader *r, const struct node *at, const char *name)
{
	if (at == NULL || name == NULL) {
		return;
	}
	if (!is_name(name)) {
		report(r, at, TEND_RULE_VALUE,
			_("\"%s\" is not a field's name: lower-case letters, digits and _"),
			quoted(r, name));
	} else if (is_reserved(name)) {
		report(r, at, TEND_RULE_VALUE, _("\"%s\" is a name that the program has already"),
			name);
	}
}

static struct tend_text or_key(struct tend_text title, const char *key)
{
	return title.en == NULL && title.zh == NULL ? (struct tend_text){key, key} : title;
}

/* A word, or a word with what it is called. */
static void read_words(struct reader *r, const struct node *list, struct tend_config_field *field)
{
	static const struct field word = {"values", FIELD_STRING, 0};
	const struct node **keys = tend_arena_alloc(r->arena, (list->n + 1) * sizeof(*keys));
	const char **words = tend_arena_alloc(r->arena, (list->n + 1) * sizeof(*words));
	struct tend_text *titles = tend_arena_alloc(r->arena, (list->n + 1) * sizeof(*titles));
	size_t n = 0;
	for (size_t i = 0; i < list->n; i++) {
		const struct node *item = list->items[i];
		struct raw_value raw = {0};
		bool read = item->kind == NODE_MAPPING
			? read_mapping(r, item, value_fields, FIELD_COUNT_OF(value_fields), &raw)
			: read_value(r, item, &word, &raw.key);
		keys[i] = item->kind == NODE_MAPPING ? node_get(item, "key") : item;
		if (read && raw.key != NULL) {
			words[n] = raw.key;
			titles[n++] = or_key(raw.title, raw.key);
		}
	}
	words[n] = NULL;
	field->values = words;
	field->titles = titles;
	check_unique(r, keys, list->n, _("the value \"%s\" stands here twice"));
}

static void read_field(struct reader *r, const struct node *node, struct tend_config_field *field)
{
	struct raw_field raw = {0};
	(void)read_mapping(r, node, field_fields, FIELD_COUNT_OF(field_fields), &raw);
	check_field_name(r, node_get(node, "key"), raw.key);
	*field = (struct tend_config_field){.name = raw.key,
		.type = TEND_TEXT,
		.title = or_key(raw.title, raw.key),
		.hint = raw.hint};
	for (size_t k = 0; k < FIELD_COUNT_OF(types); k++) {
		if (tend_same(raw.type, types[k].name)) {
			field->type = types[k].type;
		}
	}
	if (raw.values != NULL && field->type != TEND_TEXT) {
		report(r, node_get(node, "values"), TEND_RULE_VALUE,
			_("\"values\" are for fields of the type text"));
	} else if (raw.values != NULL) {
		read_words(r, raw.values, field);
	}
}

/* Appends those of a list; their keys go to `keys`, so that all can be told apart. */
static void read_list(struct reader *r, const struct node *list,
	const struct tend_config_section *of, const struct node **keys, struct tend_config *config)
{
	for (size_t i = 0; list != NULL && i < list->n; i++) {
		keys[config->nfields] = node_get(list->items[i], "key");
		struct tend_config_field *field = &config->fields[config->nfields++];
		read_field(r, list->items[i], field);
		field->section = of;
	}
}

static size_t count_fields(const struct node *fields, const struct node *sections)
{
	size_t n = fields != NULL ? fields->n : 0;
	for (size_t i = 0; sections != NULL && i < sections->n; i++) {
		const struct node *list = node_get(sections->items[i], "fields");
		n += list != NULL ? list->n : 0;
	}
	return n;
}

void config_read_fields(struct reader *r, const struct node *fields, const struct node *sections,
	struct tend_config *config)
{
	size_t n = count_fields(fields, sections), nsections = sections != NULL ? sections->n : 0;
	const struct node **keys = tend_arena_alloc(r->arena, (n + 1) * sizeof(*keys));
	const struct node **parts = tend_arena_alloc(r->arena, (nsections + 1) * sizeof(*parts));
	config->fields = tend_arena_alloc(r->arena, (n + 1) * sizeof(*config->fields));
	config->sections = tend_arena_alloc(r->arena, (nsections + 1) * sizeof(*config->sections));
	read_list(r, fields, NULL, keys, config);
	for (size_t i = 0; i < nsections; i++) {
		struct raw_section raw = {0};
		(void)read_mapping(r, sections->items[i], section_fields,
			FIELD_COUNT_OF(section_fields), &raw);
		parts[i] = node_get(sections->items[i], "key");
		struct tend_config_section *section = &config->sections[config->nsections++];
		*section = (struct tend_config_section){raw.key, or_key(raw.title, raw.key)};
		read_list(r, raw.fields, section, keys, config);
	}
	check_unique(r, keys, config->nfields, _("another field has the key \"%s\""));
	check_unique(r, parts, nsections, _("another section has the key \"%s\""));
}
