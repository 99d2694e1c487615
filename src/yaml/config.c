/* SPDX-License-Identifier: MIT */
/*
 * config: KEY
 * title: TEXT
 * settings: {lang: zh, theme: dark, …}     the names are those of `known`
 * capacity: {hours: 30, calendar: cn, owners: {NAME: 20}}     hours a week for the journeys' work
 * fields:                                  the team's own fields of customers
 *   - {key: NAME, type: text|number|date|bool, title: TEXT}
 */
#include <ctype.h>
#include <math.h>
#include <string.h>

#include <tend/lang.h>
#include <tend/records.h>
#include <tend/str.h>

#include "field.h"
#include "kinds.h"

static const char *const languages[] = {"en", "zh", NULL};
static const char *const charts[] = {"braille", "blocks", "ascii", NULL};

/* What a setting may be. `unread` ones are known, and nothing reads them yet. */
static const struct setting {
	const char *name;
	enum field_type type;
	const char *const *values;
	bool unread;
} known[] = {
	{"calendar", FIELD_KEY, NULL, true}, /* of workdays, where a journey names none */
	{"charts", FIELD_CHOICE, charts, true},
	{"currency", FIELD_KEY, NULL, true}, /* of new amounts */
	{"escape_delay", FIELD_COUNT, NULL, true}, /* milliseconds */
	{"hours_per_week", FIELD_NUMBER, NULL, false}, /* as `capacity: {hours: N}` */
	{"lang", FIELD_CHOICE, languages, false},
	{"margin", FIELD_NUMBER, NULL, true}, /* for the lifetime value; 80% is 0.8 */
	{"mouse", FIELD_BOOL, NULL, true},
	{"owner", FIELD_STRING, NULL, true}, /* whose book the workbench opens */
	{"theme", FIELD_KEY, NULL, false},
};

static const struct {
	const char *name;
	enum tend_type type;
} types[] = {
	{"text", TEND_TEXT}, {"number", TEND_NUMBER}, {"date", TEND_DATE}, {"bool", TEND_BOOL}};
static const char *const type_names[] = {"text", "number", "date", "bool", NULL};

struct raw_config {
	const char *key;
	struct tend_text title;
	const struct node *settings, *fields, *capacity;
};

static const struct field config_fields[] = {
	{"config", FIELD_KEY, offsetof(struct raw_config, key), true},
	{"title", FIELD_TEXT, offsetof(struct raw_config, title)},
	{"settings", FIELD_MAP, offsetof(struct raw_config, settings)},
	{"fields", FIELD_LIST, offsetof(struct raw_config, fields)},
	{"capacity", FIELD_MAP, offsetof(struct raw_config, capacity)},
};

/* Room for any value that a setting is checked as. */
union setting_value {
	const char *text;
	const struct node *node;
	double number;
	int count;
	bool yes;
};

static const struct setting *find_setting(struct reader *r, const struct node *key)
{
	const char *names[FIELD_COUNT_OF(known)];
	const char *text = key->kind == NODE_SCALAR ? key->text : "";
	for (size_t i = 0; i < FIELD_COUNT_OF(known); i++) {
		names[i] = known[i].name;
		if (tend_same(text, known[i].name)) {
			return &known[i];
		}
	}
	const char *near = tend_nearest(text, names, FIELD_COUNT_OF(known));
	if (near != NULL) {
		report(r, key, TEND_RULE_UNKNOWN_KEY,
			_("unknown setting \"%s\"; did you mean \"%s\"?"), quoted(r, text), near);
	} else {
		report(r, key, TEND_RULE_UNKNOWN_KEY, _("unknown setting \"%s\""), quoted(r, text));
	}
	return NULL;
}

static void read_settings(struct reader *r, const struct node *map, struct tend_config *config)
{
	const struct node **keys = tend_arena_alloc(r->arena, map->n * sizeof(*keys));
	config->settings = tend_arena_alloc(r->arena, map->n * sizeof(*config->settings));
	for (size_t i = 0; i < map->n; i += 2) {
		const struct setting *setting = find_setting(r, map->items[i]);
		keys[i / 2] = map->items[i];
		if (setting == NULL) {
			continue;
		}
		if (setting->unread) {
			warn(r, map->items[i], TEND_RULE_NO_EFFECT,
				_("nothing reads the setting \"%s\" in this version"),
				setting->name);
		}
		union setting_value value = {0};
		struct field field = {setting->name, setting->type, 0, false, setting->values};
		if (read_value(r, map->items[i + 1], &field, &value)) {
			config->settings[config->nsettings++] = (struct tend_config_setting){
				setting->name, map->items[i + 1]->text};
		}
	}
	check_unique(r, keys, map->n / 2, _("the setting \"%s\" stands here twice"));
}

struct raw_field {
	const char *key, *type;
	struct tend_text title;
};

static const struct field field_fields[] = {
	{"key", FIELD_KEY, offsetof(struct raw_field, key), true},
	{"type", FIELD_CHOICE, offsetof(struct raw_field, type), false, type_names},
	{"title", FIELD_TEXT, offsetof(struct raw_field, title)},
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
		"change", "open", "done"};
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

static void read_fields(struct reader *r, const struct node *list, struct tend_config *config)
{
	const struct node **keys = tend_arena_alloc(r->arena, list->n * sizeof(*keys));
	config->fields = tend_arena_alloc(r->arena, list->n * sizeof(*config->fields));
	config->nfields = list->n;
	for (size_t i = 0; i < list->n; i++) {
		struct raw_field raw = {0};
		struct tend_config_field *field = &config->fields[i];
		(void)read_mapping(
			r, list->items[i], field_fields, FIELD_COUNT_OF(field_fields), &raw);
		keys[i] = node_get(list->items[i], "key");
		check_field_name(r, keys[i], raw.key);
		field->name = raw.key;
		field->type = TEND_TEXT;
		field->title = raw.title;
		if (raw.title.en == NULL && raw.title.zh == NULL) {
			field->title = (struct tend_text){raw.key, raw.key};
		}
		for (size_t k = 0; k < FIELD_COUNT_OF(types); k++) {
			if (tend_same(raw.type, types[k].name)) {
				field->type = types[k].type;
			}
		}
	}
	check_unique(r, keys, list->n, _("another field has the key \"%s\""));
}

#define HOURS_MAX 168.0 /* a week has no more */

struct raw_capacity {
	double hours;
	const char *calendar;
	const struct node *owners;
};

static const struct field capacity_fields[] = {
	{"hours", FIELD_NUMBER, offsetof(struct raw_capacity, hours)},
	{"calendar", FIELD_KEY, offsetof(struct raw_capacity, calendar)},
	{"owners", FIELD_MAP, offsetof(struct raw_capacity, owners)},
};

static void check_hours(struct reader *r, const struct node *at, double hours)
{
	if (at != NULL && (hours < 0 || hours > HOURS_MAX)) {
		report(r, at, TEND_RULE_VALUE,
			_("hours of a week are from 0 to %.0f, found \"%s\""), HOURS_MAX,
			quoted(r, at->text));
	}
}

static void read_owners(struct reader *r, const struct node *map, struct tend_config *config)
{
	static const struct field field = {"hours", FIELD_NUMBER, 0, false, NULL};
	const struct node **keys = tend_arena_alloc(r->arena, (map->n + 1) * sizeof(*keys));
	config->owners = tend_arena_alloc(r->arena, (map->n + 1) * sizeof(*config->owners));
	for (size_t i = 0; i + 1 < map->n; i += 2) {
		const struct node *key = map->items[i], *value = map->items[i + 1];
		double hours = 0;
		keys[i / 2] = key;
		if (key->kind != NODE_SCALAR || key->text[0] == '\0') {
			report(r, key, TEND_RULE_TYPE, _("expected the name of an owner"));
		} else if (read_value(r, value, &field, &hours)) {
			check_hours(r, value, hours);
			config->owners[config->nowners++] =
				(struct tend_capacity_owner){key->text, hours};
		}
	}
	check_unique(r, keys, map->n / 2, _("the owner \"%s\" stands here twice"));
}

static void read_capacity(struct reader *r, const struct node *map, struct tend_config *config)
{
	struct raw_capacity raw = {.hours = NAN};
	(void)read_mapping(r, map, capacity_fields, FIELD_COUNT_OF(capacity_fields), &raw);
	config->hours = raw.hours;
	check_hours(r, node_get(map, "hours"), isnan(raw.hours) ? 0 : raw.hours);
	config->calendar = raw.calendar;
	check_reference(r, node_get(map, "calendar"), TEND_KIND_CALENDAR, raw.calendar);
	if (raw.owners != NULL) {
		read_owners(r, raw.owners, config);
	}
}

enum tend_status config_read(const char *text, size_t n, const struct tend_yaml_env *env,
	struct tend_findings *findings, struct tend_config **ret)
{
	struct tend_config *config = tend_alloc(sizeof(*config));
	config->hours = NAN;
	struct reader r = {.arena = &config->arena, .findings = findings, .env = env};
	size_t before = findings->errors;
	const struct node *root = read_file(&r, text, n, TEND_KIND_CONFIG);
	if (root != NULL) {
		struct raw_config raw = {0};
		(void)read_mapping(&r, root, config_fields, FIELD_COUNT_OF(config_fields), &raw);
		config->key = raw.key;
		if (raw.settings != NULL) {
			read_settings(&r, raw.settings, config);
		}
		if (raw.fields != NULL) {
			read_fields(&r, raw.fields, config);
		}
		if (raw.capacity != NULL) {
			read_capacity(&r, raw.capacity, config);
		}
	}
	enum tend_status status = finish_file(&r, before);
	if (status != TEND_OK) {
		tend_config_destroy(config);
		config = NULL;
	}
	*ret = config;
	return status;
}

enum tend_status tend_yaml_config(
	const char *text, size_t n, struct tend_findings *findings, struct tend_config **ret)
{
	return config_read(text, n, NULL, findings, ret);
}
