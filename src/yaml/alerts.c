/* SPDX-License-Identifier: MIT */
#include <tend/lang.h>

#include "field.h"
#include "kinds.h"

static const char *const severities[] = {"high", "medium", "low", NULL};

struct raw_alerts {
	const char *key;
	struct tend_text title;
	const struct node *rules;
};

static const struct field alerts_fields[] = {
	{"alerts", FIELD_KEY, offsetof(struct raw_alerts, key), true},
	{"title", FIELD_TEXT, offsetof(struct raw_alerts, title)},
	{"rules", FIELD_LIST, offsetof(struct raw_alerts, rules), true},
};

struct raw_rule {
	const char *key, *severity;
	struct tend_text title, why;
	struct tend_duration cooldown;
	const struct node *when, *clear, *condition, *suggest;
};

static const struct field rule_fields[] = {
	{"key", FIELD_KEY, offsetof(struct raw_rule, key), true},
	{"severity", FIELD_CHOICE, offsetof(struct raw_rule, severity), true, severities},
	{"title", FIELD_TEXT, offsetof(struct raw_rule, title), true},
	{"when", FIELD_SCALAR, offsetof(struct raw_rule, when), true},
	{"clear", FIELD_SCALAR, offsetof(struct raw_rule, clear)},
	{"cooldown", FIELD_DURATION, offsetof(struct raw_rule, cooldown)},
	{"suggest", FIELD_LIST, offsetof(struct raw_rule, suggest)},
	{"why", FIELD_TEXT, offsetof(struct raw_rule, why)},
	{"for", FIELD_SCALAR, offsetof(struct raw_rule, condition)},
};

static void read_suggest(struct reader *r, const struct node *list)
{
	static const struct field key_field = {"suggest", FIELD_KEY, 0};
	for (size_t i = 0; i < list->n; i++) {
		const char *key = NULL;
		if (read_value(r, list->items[i], &key_field, &key)) {
			check_reference(r, list->items[i], TEND_KIND_PLAYBOOK, key);
		}
	}
	check_unique(r, (const struct node *const *)list->items, list->n,
		_("\"%s\" stands in the list twice"));
}

static void read_rule(struct reader *r, const struct node *node, const struct tend_names *names)
{
	struct raw_rule raw = {0};
	(void)read_mapping(r, node, rule_fields, FIELD_COUNT_OF(rule_fields), &raw);
	const struct node *const conditions[] = {raw.when, raw.condition};
	for (size_t i = 0; i < FIELD_COUNT_OF(conditions); i++) {
		if (conditions[i] != NULL) {
			(void)read_condition(r, conditions[i], names, NULL, NULL);
		}
	}
	if (raw.clear != NULL) { /* false: a person resolves it */
		(void)read_expr(r, raw.clear, names, NULL, NULL);
	}
	if (raw.suggest != NULL) {
		read_suggest(r, raw.suggest);
	}
	check_placeholders(r, node_get(node, "why"), names);
}

enum tend_status alerts_check(
	const char *text, size_t n, const struct tend_yaml_env *env, struct tend_findings *findings)
{
	struct tend_arena arena = {0};
	struct reader r = {.arena = &arena, .findings = findings, .env = env};
	size_t before = findings->errors;
	const struct node *root = read_file(&r, text, n, TEND_KIND_ALERTS);
	struct raw_alerts raw = {0};
	if (root != NULL) {
		(void)read_mapping(&r, root, alerts_fields, FIELD_COUNT_OF(alerts_fields), &raw);
	}
	if (raw.rules != NULL) {
		struct tend_names names = reader_names(&r);
		const struct node **keys = tend_arena_alloc(&arena, raw.rules->n * sizeof(*keys));
		for (size_t i = 0; i < raw.rules->n; i++) {
			keys[i] = node_get(raw.rules->items[i], "key");
			read_rule(&r, raw.rules->items[i], &names);
		}
		check_unique(&r, keys, raw.rules->n, _("another rule has the key \"%s\""));
	}
	enum tend_status status = finish_file(&r, before);
	tend_arena_finish(&arena);
	return status;
}
