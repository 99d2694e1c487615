/* SPDX-License-Identifier: MIT */
/* What a cell of the screen means. A theme says how each role looks; views know nothing else. */
#ifndef TUI_ROLE_H
#define TUI_ROLE_H

#include <stdbool.h>

enum role {
	ROLE_TEXT,
	ROLE_TITLE,
	ROLE_RULE,
	ROLE_FOCUS,
	ROLE_DIM,
	ROLE_SELECTION,
	ROLE_MARKED,
	ROLE_BAD,
	ROLE_SOON,
	ROLE_GOOD,
	ROLE_ACCENT,
	ROLE_BADGE,
	ROLE_KEY,
	ROLE_HINT,
	ROLE_INPUT,
	ROLE_ERROR,
	ROLE_CHART,
	ROLE_COUNT,
};

/* The name that a theme file uses. */
const char *role_name(enum role role);
/* False where no role has that name. */
bool role_parse(const char *name, enum role *ret);

#endif
