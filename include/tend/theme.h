/* SPDX-License-Identifier: MIT */
/* Themes and keys: what their YAML files say. Roles are what the screen draws with; a theme gives each
 * its colours. */
#ifndef TEND_THEME_H
#define TEND_THEME_H

#include <stddef.h>
#include <tend/lang.h>
#include <tend/mem.h>

struct tend_theme_role {
	const char *role; /* "title", "focus", "selection", "bad", … */
	const char *fg, *bg; /* "default", a name, 0-255, or "#rrggbb"; NULL: default */
	unsigned attrs; /* enum tend_theme_attr */
	int line, column;
};
enum tend_theme_attr {
	TEND_BOLD = 1,
	TEND_DIM = 2,
	TEND_UNDERLINE = 4,
	TEND_REVERSE = 8,
	TEND_ITALIC = 16
};
struct tend_theme {
	struct tend_arena arena;
	const char *key;
	struct tend_text title;
	struct tend_theme_role *roles;
	size_t n;
};
void tend_theme_destroy(struct tend_theme *t);
/* The roles of the screen, NULL-ended: what a theme may name. */
extern const char *const tend_theme_roles[];

/* Key sequences to actions, per view ("any" for all). */
struct tend_key_binding {
	const char *view, *keys, *action;
	int line, column;
};
struct tend_keys_file {
	struct tend_arena arena;
	const char *key;
	struct tend_key_binding *bindings;
	size_t n;
};
void tend_keys_file_destroy(struct tend_keys_file *f);

#endif
