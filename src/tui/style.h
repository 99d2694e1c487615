/* SPDX-License-Identifier: MIT */
/* Roles to colours: a theme brought down to what the terminal can do. Pure. */
#ifndef TUI_STYLE_H
#define TUI_STYLE_H

#include <tend/theme.h>

#include "role.h"

/* How many colours there are: 0 (none), 8, 16, 256 or 1 << 24. */
enum { COLORS_NONE = 0, COLORS_TRUE = 1 << 24 };

struct style {
	int fg, bg; /* -1: the terminal's own; else a palette index, or 0xRRGGBB in true colour */
	unsigned attrs; /* enum tend_theme_attr */
};

struct styles {
	struct style of[ROLE_COUNT];
};

/* The look where no theme can be read. */
void styles_builtin(struct styles *s, int colors);
/* Roles that the theme does not name keep the built-in look. */
void styles_from_theme(struct styles *s, const struct tend_theme *theme, int colors);
/* "default", a colour's name, 0-255 or "#rrggbb" for a terminal of `colors`; -1 where it is none. */
int style_color(const char *name, int colors, unsigned *attrs);

#endif
