/* SPDX-License-Identifier: MIT */
/*
 * theme: KEY
 * title: TEXT
 * roles:                        required; roles that are not named look like `text`
 *   ROLE: {fg: COLOUR, bg: COLOUR, attrs: [bold, dim, underline, reverse, italic]}
 * COLOUR: default, black red green yellow blue magenta cyan white (and bright…, as in brightblue), 0 to 255,
 * or "#rrggbb". Terminals with fewer colours take the nearest.
 */
#include <ctype.h>
#include <string.h>

#include <tend/lang.h>
#include <tend/str.h>

#include "field.h"

static const struct {
	const char *name;
	enum tend_theme_attr attr;
} attributes[] = {
	{"bold", TEND_BOLD},
	{"dim", TEND_DIM},
	{"underline", TEND_UNDERLINE},
	{"reverse", TEND_REVERSE},
	{"italic", TEND_ITALIC},
};
static const char *const attribute_names[] = {
	"bold", "dim", "underline", "reverse", "italic", NULL};

static const char *const colors[] = {"default", "black", "red", "green", "yellow", "blue",
	"magenta", "cyan", "white", "brightblack", "brightred", "brightgreen", "brightyellow",
	"brightblue", "brightmagenta", "brightcyan", "brightwhite"};

struct raw_theme {
	const char *key;
	struct tend_text title;
	const struct node *roles;
};

static const struct field theme_fields[] = {
	{"theme", FIELD_KEY, offsetof(struct raw_theme, key), true},
	{"title", FIELD_TEXT, offsetof(struct raw_theme, title)},
	{"roles", FIELD_MAP, offsetof(struct raw_theme, roles), true},
};

struct raw_role {
	const char *fg, *bg;
	const struct node *attrs;
};

static const struct field role_fields[] = {
	{"fg", FIELD_STRING, offsetof(struct raw_role, fg)},
	{"bg", FIELD_STRING, offsetof(struct raw_role, bg)},
	{"attrs", FIELD_LIST, offsetof(struct raw_role, attrs)},
};

static bool is_color(const char *s)
{
	long long n;
	for (size_t i = 0; i < FIELD_COUNT_OF(colors); i++) {
		if (tend_same(s, colors[i])) {
			return true;
		}
	}
	if (s[0] == '#') {
		return strlen(s) == 7 && strspn(s + 1, "0123456789abcdefABCDEF") == 6;
	}
	return isdigit((unsigned char)s[0]) && tend_parse_int(s, &n) && n <= 255;
}

static void check_color(struct reader *r, const struct node *at, const char *color)
{
	if (at == NULL || color == NULL || is_color(color)) {
		return;
	}
	const char *near = tend_nearest(color, colors, FIELD_COUNT_OF(colors));
	if (near != NULL) {
		report(r, at, TEND_RULE_TYPE, _("unknown colour \"%s\"; did you mean \"%s\"?"),
			quoted(r, color), near);
	} else {
		report(r, at, TEND_RULE_TYPE,
			_("unknown colour \"%s\": default, a name, 0 to 255, or \"#rrggbb\" in "
			  "quotes"),
			quoted(r, color));
	}
}

static unsigned read_attrs(struct reader *r, const struct node *list)
{
	static const struct field attr_field = {"attrs", FIELD_CHOICE, 0, false, attribute_names};
	unsigned attrs = 0;
	for (size_t i = 0; i < list->n; i++) {
		const char *name = NULL;
		(void)read_value(r, list->items[i], &attr_field, &name);
		for (size_t k = 0; k < FIELD_COUNT_OF(attributes); k++) {
			if (tend_same(name, attributes[k].name)) {
				attrs |= attributes[k].attr;
			}
		}
	}
	return attrs;
}

static const char *known_role(struct reader *r, const struct node *key)
{
	size_t n = 0;
	for (; tend_theme_roles[n] != NULL; n++) {
		if (key->kind == NODE_SCALAR && tend_same(key->text, tend_theme_roles[n])) {
			return tend_theme_roles[n];
		}
	}
	const char *text = key->kind == NODE_SCALAR ? key->text : "";
	const char *near = tend_nearest(text, tend_theme_roles, n);
	if (near != NULL) {
		report(r, key, TEND_RULE_UNKNOWN_KEY,
			_("unknown role \"%s\"; did you mean \"%s\"?"), quoted(r, text), near);
	} else {
		report(r, key, TEND_RULE_UNKNOWN_KEY, _("unknown role \"%s\""), quoted(r, text));
	}
	return NULL;
}

static void read_roles(struct reader *r, const struct node *map, struct tend_theme *theme)
{
	const struct node **keys = tend_arena_alloc(r->arena, map->n * sizeof(*keys));
	theme->roles = tend_arena_alloc(r->arena, map->n * sizeof(*theme->roles));
	for (size_t i = 0; i < map->n; i += 2) {
		const struct node *key = map->items[i], *value = map->items[i + 1];
		struct raw_role raw = {0};
		const char *role = known_role(r, key);
		(void)read_mapping(r, value, role_fields, FIELD_COUNT_OF(role_fields), &raw);
		check_color(r, node_get(value, "fg"), raw.fg);
		check_color(r, node_get(value, "bg"), raw.bg);
		keys[i / 2] = key;
		theme->roles[theme->n++] = (struct tend_theme_role){.role = role,
			.fg = raw.fg,
			.bg = raw.bg,
			.attrs = raw.attrs != NULL ? read_attrs(r, raw.attrs) : 0,
			.line = key->line,
			.column = key->column};
	}
	check_unique(r, keys, map->n / 2, _("the role \"%s\" stands here twice"));
}

enum tend_status tend_yaml_theme(
	const char *text, size_t n, struct tend_findings *findings, struct tend_theme **ret)
{
	struct tend_theme *theme = tend_alloc(sizeof(*theme));
	struct reader r = {.arena = &theme->arena, .findings = findings};
	size_t before = findings->errors;
	const struct node *root = read_file(&r, text, n, TEND_KIND_THEME);
	if (root != NULL) {
		struct raw_theme raw = {0};
		(void)read_mapping(&r, root, theme_fields, FIELD_COUNT_OF(theme_fields), &raw);
		theme->key = raw.key;
		theme->title = raw.title;
		if (raw.roles != NULL) {
			read_roles(&r, raw.roles, theme);
		}
	}
	enum tend_status status = finish_file(&r, before);
	if (status != TEND_OK) {
		tend_theme_destroy(theme);
		theme = NULL;
	}
	*ret = theme;
	return status;
}
