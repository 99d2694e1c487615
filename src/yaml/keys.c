/* SPDX-License-Identifier: MIT */
/*
 * keys: KEY
 * title: TEXT
 * bindings:                     required
 *   VIEW: {SEQUENCE: ACTION, …}
 * VIEW: any (all of them) or a view's name. SEQUENCE: keys apart by blanks, as in "g x" or "C-x Enter": a
 * character, a name (Enter Esc Tab Space Up PgDn F1 …), C- for control, S- for shift. ACTION: a name from the
 * help, or `none`.
 */
#include <string.h>

#include <tend/lang.h>
#include <tend/str.h>
#include <tend/text.h>

#include "field.h"

enum { SEQUENCE_MAX = 8 };

static const char *const views[] = {"any", "today", "portfolio", "customer", "renewals", "alerts",
	"metrics", "journeys", "history", "winback", "capacity", "stakeholders"};

static const char *const key_names[] = {"Enter", "Esc", "Tab", "Space", "Backspace", "BS", "Delete",
	"Del", "Insert", "Ins", "Up", "Down", "Left", "Right", "Home", "End", "PgUp", "PgDn",
	"Comma", "F1", "F2", "F3", "F4", "F5", "F6", "F7", "F8", "F9", "F10", "F11", "F12"};

struct raw_keys {
	const char *key;
	struct tend_text title;
	const struct node *bindings;
};

static const struct field keys_fields[] = {
	{"keys", FIELD_KEY, offsetof(struct raw_keys, key), true},
	{"title", FIELD_TEXT, offsetof(struct raw_keys, title)},
	{"bindings", FIELD_MAP, offsetof(struct raw_keys, bindings), true},
};

struct bindings {
	struct tend_key_binding *items;
	size_t n, cap;
};

static bool is_one_key(const char *name)
{
	uint32_t c;
	size_t n = strlen(name);
	if (n > 2 && name[1] == '-' && (name[0] == 'C' || name[0] == 'S')) {
		return is_one_key(name + 2);
	}
	for (size_t i = 0; i < FIELD_COUNT_OF(key_names); i++) {
		if (tend_same(name, key_names[i])) {
			return true;
		}
	}
	return tend_utf8_decode(name, n, &c) == (int)n && c > ' ' && c != 0x7F;
}

static void check_sequence(struct reader *r, const struct node *node)
{
	size_t count = 0;
	for (const char *at = node->text; *at != '\0';) {
		at += strspn(at, " ");
		size_t n = strcspn(at, " ");
		if (n == 0) {
			break;
		}
		const char *name = tend_arena_strndup(r->arena, at, n);
		if (!is_one_key(name)) {
			const char *near = tend_nearest(name, key_names, FIELD_COUNT_OF(key_names));
			if (near != NULL) {
				report(r, node, TEND_RULE_REFERENCE,
					_("unknown key name \"%s\"; did you mean \"%s\"?"),
					quoted(r, name), near);
			} else {
				report(r, node, TEND_RULE_REFERENCE, _("unknown key name \"%s\""),
					quoted(r, name));
			}
		}
		at += n;
		count++;
	}
	if (count == 0 || count > SEQUENCE_MAX) {
		report(r, node, TEND_RULE_VALUE, _("a sequence has 1 to %d keys, apart by blanks"),
			SEQUENCE_MAX);
	}
}

static void check_action(struct reader *r, const struct node *node)
{
	if (node->kind != NODE_SCALAR || node_is_null(node) || node->text[0] == '\0') {
		report(r, node, TEND_RULE_TYPE, _("expected the name of an action"));
		return;
	}
	bool known = r->env == NULL || r->env->action == NULL || tend_same(node->text, "none")
		|| r->env->action(r->env->ctx, node->text);
	if (!known) {
		report(r, node, TEND_RULE_REFERENCE, _("there is no action \"%s\""),
			quoted(r, node->text));
	}
}

static void read_view(
	struct reader *r, const char *view, const struct node *map, struct bindings *bindings)
{
	const struct node **keys = tend_arena_alloc(r->arena, map->n * sizeof(*keys));
	for (size_t i = 0; i < map->n; i += 2) {
		const struct node *key = map->items[i], *value = map->items[i + 1];
		if (key->kind != NODE_SCALAR) {
			report(r, key, TEND_RULE_TYPE, _("a key must be a text"));
			continue;
		}
		check_sequence(r, key);
		check_action(r, value);
		keys[i / 2] = key;
		bindings->items[bindings->n++] = (struct tend_key_binding){.view = view,
			.keys = key->text,
			.action = value->text,
			.line = key->line,
			.column = key->column};
	}
	check_unique(r, keys, map->n / 2, _("the keys \"%s\" stand here twice"));
}

static void check_view(struct reader *r, const struct node *key)
{
	const char *text = key->kind == NODE_SCALAR ? key->text : "";
	for (size_t i = 0; i < FIELD_COUNT_OF(views); i++) {
		if (tend_same(text, views[i])) {
			return;
		}
	}
	const char *near = tend_nearest(text, views, FIELD_COUNT_OF(views));
	if (near != NULL) {
		report(r, key, TEND_RULE_UNKNOWN_KEY,
			_("unknown view \"%s\"; did you mean \"%s\"?"), quoted(r, text), near);
	} else {
		report(r, key, TEND_RULE_UNKNOWN_KEY, _("unknown view \"%s\""), quoted(r, text));
	}
}

static void read_bindings(struct reader *r, const struct node *map, struct tend_keys_file *file)
{
	static const struct field view_field = {"bindings", FIELD_MAP, 0};
	const struct node **keys = tend_arena_alloc(r->arena, map->n * sizeof(*keys));
	size_t total = 0;
	for (size_t i = 1; i < map->n; i += 2) {
		total += map->items[i]->n;
	}
	struct bindings bindings = {0};
	bindings.items = tend_arena_alloc(r->arena, total * sizeof(*bindings.items));
	for (size_t i = 0; i < map->n; i += 2) {
		const struct node *view = NULL;
		keys[i / 2] = map->items[i];
		check_view(r, map->items[i]);
		if (read_value(r, map->items[i + 1], &view_field, &view)) {
			read_view(r, map->items[i]->text, view, &bindings);
		}
	}
	check_unique(r, keys, map->n / 2, _("the view \"%s\" stands here twice"));
	file->bindings = bindings.items;
	file->n = bindings.n;
}

enum tend_status tend_yaml_keys(const char *text, size_t n, const struct tend_yaml_env *env,
	struct tend_findings *findings, struct tend_keys_file **ret)
{
	struct tend_keys_file *file = tend_alloc(sizeof(*file));
	struct reader r = {.arena = &file->arena, .findings = findings, .env = env};
	size_t before = findings->errors;
	const struct node *root = read_file(&r, text, n, TEND_KIND_KEYS);
	if (root != NULL) {
		struct raw_keys raw = {0};
		(void)read_mapping(&r, root, keys_fields, FIELD_COUNT_OF(keys_fields), &raw);
		file->key = raw.key;
		if (raw.bindings != NULL) {
			read_bindings(&r, raw.bindings, file);
		}
	}
	enum tend_status status = finish_file(&r, before);
	if (status != TEND_OK) {
		tend_keys_file_destroy(file);
		file = NULL;
	}
	*ret = file;
	return status;
}
