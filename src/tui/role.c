/* SPDX-License-Identifier: MIT */
#include "role.h"

#include <assert.h>
#include <stddef.h>
#include <string.h>

static const char *const names[] = {
	[ROLE_TEXT] = "text",
	[ROLE_TITLE] = "title",
	[ROLE_RULE] = "rule",
	[ROLE_FOCUS] = "focus",
	[ROLE_DIM] = "dim",
	[ROLE_SELECTION] = "selection",
	[ROLE_MARKED] = "marked",
	[ROLE_BAD] = "bad",
	[ROLE_SOON] = "soon",
	[ROLE_GOOD] = "good",
	[ROLE_ACCENT] = "accent",
	[ROLE_BADGE] = "badge",
	[ROLE_KEY] = "key",
	[ROLE_HINT] = "hint",
	[ROLE_INPUT] = "input",
	[ROLE_ERROR] = "error",
	[ROLE_CHART] = "chart",
};
static_assert(sizeof(names) / sizeof(names[0]) == ROLE_COUNT, "every role has a name");

const char *role_name(enum role role)
{
	return names[role];
}

bool role_parse(const char *name, enum role *ret)
{
	for (size_t i = 0; i < ROLE_COUNT; i++) {
		if (strcmp(names[i], name) == 0) {
			*ret = (enum role)i;
			return true;
		}
	}
	return false;
}
