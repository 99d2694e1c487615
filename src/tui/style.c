/* SPDX-License-Identifier: MIT */
#include "style.h"

#include <stdlib.h>
#include <string.h>

#include <tend/str.h>

static const struct {
	enum role role;
	const char *fg;
	unsigned attrs;
} builtin[] = {
	{ROLE_TITLE, NULL, TEND_BOLD},
	{ROLE_RULE, NULL, TEND_DIM},
	{ROLE_FOCUS, "cyan", TEND_BOLD},
	{ROLE_DIM, NULL, TEND_DIM},
	{ROLE_SELECTION, NULL, TEND_REVERSE},
	{ROLE_MARKED, NULL, TEND_BOLD},
	{ROLE_BAD, "red", 0},
	{ROLE_SOON, "yellow", 0},
	{ROLE_GOOD, "green", 0},
	{ROLE_ACCENT, "cyan", 0},
	{ROLE_BADGE, NULL, TEND_REVERSE},
	{ROLE_KEY, NULL, TEND_BOLD},
	{ROLE_HINT, NULL, 0},
	{ROLE_INPUT, NULL, 0},
	{ROLE_ERROR, "red", TEND_BOLD},
	{ROLE_CHART, "cyan", 0},
};

static const char *const color_names[] = {"black", "red", "green", "yellow", "blue", "magenta",
	"cyan", "white", "brightblack", "brightred", "brightgreen", "brightyellow", "brightblue",
	"brightmagenta", "brightcyan", "brightwhite"};
#define NNAMES ((int)(sizeof(color_names) / sizeof(color_names[0])))

/* The usual values of the sixteen colours; real terminals differ, the order of nearness hardly does. */
static const int palette16[] = {0x000000, 0xCD0000, 0x00CD00, 0xCDCD00, 0x0000EE, 0xCD00CD,
	0x00CDCD, 0xE5E5E5, 0x7F7F7F, 0xFF0000, 0x00FF00, 0xFFFF00, 0x5C5CFF, 0xFF00FF, 0x00FFFF,
	0xFFFFFF};

static int rgb_of_index(int index)
{
	static const int steps[] = {0, 95, 135, 175, 215, 255};
	if (index < 16) {
		return palette16[index];
	}
	if (index >= 232) {
		int grey = 8 + (index - 232) * 10;
		return grey << 16 | grey << 8 | grey;
	}
	index -= 16;
	return steps[index / 36] << 16 | steps[index / 6 % 6] << 8 | steps[index % 6];
}

static long distance(int a, int b)
{
	long r = (a >> 16 & 255) - (b >> 16 & 255);
	long g = (a >> 8 & 255) - (b >> 8 & 255);
	long blue = (a & 255) - (b & 255);
	return 3 * r * r + 4 * g * g + 2 * blue * blue;
}

static int nearest(int rgb, int first, int last)
{
	int best = first;
	for (int i = first + 1; i < last; i++) {
		if (distance(rgb_of_index(i), rgb) < distance(rgb_of_index(best), rgb)) {
			best = i;
		}
	}
	return best;
}

static bool parse_hex(const char *s, int *ret)
{
	if (s[0] != '#' || strlen(s) != 7) {
		return false;
	}
	int value = 0;
	for (int i = 1; i < 7; i++) {
		const char *digits = "0123456789abcdef";
		char c = s[i] >= 'A' && s[i] <= 'F' ? (char)(s[i] - 'A' + 'a') : s[i];
		const char *at = strchr(digits, c);
		if (at == NULL) {
			return false;
		}
		value = value * 16 + (int)(at - digits);
	}
	*ret = value;
	return true;
}

/* An index of the 256-colour palette for a terminal of fewer or more colours. */
static int lower(int index, int colors, unsigned *attrs)
{
	if (colors >= COLORS_TRUE) {
		return rgb_of_index(index);
	}
	if (index >= 16 && colors < 256) {
		index = nearest(rgb_of_index(index), 0, colors >= 16 ? 16 : 8);
	}
	if (index >= 8 && colors < 16) {
		*attrs |= index == 8 ? TEND_DIM : TEND_BOLD;
		index = index == 8 ? -1 : index - 8;
	}
	return index;
}

int style_color(const char *name, int colors, unsigned *attrs)
{
	if (name == NULL || colors == COLORS_NONE || strcmp(name, "default") == 0) {
		return -1;
	}
	for (int i = 0; i < NNAMES; i++) {
		if (strcmp(color_names[i], name) == 0) {
			return lower(i, colors, attrs);
		}
	}
	int rgb;
	if (parse_hex(name, &rgb)) {
		return colors >= COLORS_TRUE ? rgb : lower(nearest(rgb, 16, 256), colors, attrs);
	}
	long long n;
	return tend_parse_int(name, &n) && n >= 0 && n < 256 ? lower((int)n, colors, attrs) : -1;
}

/* Where colours are missing, what they said must still be seen. */
static void strengthen(struct styles *s)
{
	if (s->of[ROLE_SELECTION].attrs == 0) {
		s->of[ROLE_SELECTION].attrs = TEND_REVERSE;
	}
	if (s->of[ROLE_FOCUS].attrs == 0) {
		s->of[ROLE_FOCUS].attrs = TEND_BOLD;
	}
	if (s->of[ROLE_BAD].attrs == 0) {
		s->of[ROLE_BAD].attrs = TEND_BOLD;
	}
}

void styles_builtin(struct styles *s, int colors)
{
	for (size_t i = 0; i < ROLE_COUNT; i++) {
		s->of[i] = (struct style){-1, -1, 0};
	}
	for (size_t i = 0; i < sizeof(builtin) / sizeof(builtin[0]); i++) {
		struct style *style = &s->of[builtin[i].role];
		style->attrs = builtin[i].attrs;
		style->fg = style_color(builtin[i].fg, colors, &style->attrs);
	}
	if (colors == COLORS_NONE) {
		strengthen(s);
	}
}

void styles_from_theme(struct styles *s, const struct tend_theme *theme, int colors)
{
	styles_builtin(s, colors);
	for (size_t i = 0; i < theme->n; i++) {
		enum role role;
		if (!role_parse(theme->roles[i].role, &role)) {
			continue;
		}
		struct style style = {-1, -1, theme->roles[i].attrs};
		style.fg = style_color(theme->roles[i].fg, colors, &style.attrs);
		unsigned ignored = 0;
		style.bg = style_color(theme->roles[i].bg, colors, &ignored);
		s->of[role] = style;
	}
	if (colors == COLORS_NONE) {
		strengthen(s);
	}
}
