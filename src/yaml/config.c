/* SPDX-License-Identifier: MIT */
/*
 * config: KEY
 * title: TEXT
 * settings: {lang: zh, theme: dark, …}     the names are those of `known`
 * gifts: {share: 0.5%, least: 0, most: 5000, currency: CODE}     what gifts of a year may come to
 * capacity: {hours: 30, calendar: cn, owners: {NAME: 20}}     hours a week for the journeys' work
 * fields:                                  the team's own fields of customers
 *   - {key: NAME, type: text|number|date|bool, title: TEXT, hint: TEXT, values: [WORD|{key: WORD, title: TEXT}]}
 * sections:                                the profile of customers, part by part
 *   - {key: KEY, title: TEXT, fields: [as above]}
 * segments: {KEY: {filter: EXPRESSION, title: TEXT}}     for in_segment("KEY"); see config_segments.c
 */
#include <math.h>
#include <string.h>

#include <tend/lang.h>
#include <tend/str.h>

#include "config.h"
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

struct raw_config {
	const char *key;
	struct tend_text title;
	const struct node *settings, *fields, *sections, *capacity, *segments, *gifts;
};

static const struct field config_fields[] = {
	{"config", FIELD_KEY, offsetof(struct raw_config, key), true},
	{"title", FIELD_TEXT, offsetof(struct raw_config, title)},
	{"settings", FIELD_MAP, offsetof(struct raw_config, settings)},
	{"fields", FIELD_LIST, offsetof(struct raw_config, fields)},
	{"sections", FIELD_LIST, offsetof(struct raw_config, sections)},
	{"capacity", FIELD_MAP, offsetof(struct raw_config, capacity)},
	{"segments", FIELD_MAP, offsetof(struct raw_config, segments)},
	{"gifts", FIELD_MAP, offsetof(struct raw_config, gifts)},
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
	config->gifts = (struct tend_gift_rule){NAN, NAN, NAN, NULL};
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
		config_read_fields(&r, raw.fields, raw.sections, config);
		if (raw.capacity != NULL) {
			read_capacity(&r, raw.capacity, config);
		}
		if (raw.segments != NULL) {
			config_read_segments(&r, raw.segments, config);
		}
		config_read_gifts(&r, raw.gifts, config);
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
