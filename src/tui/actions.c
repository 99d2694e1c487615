/* SPDX-License-Identifier: MIT */
#include "actions.h"

#include <assert.h>
#include <string.h>

#include <tend/lang.h>

const struct action actions[ACTION_COUNT] = {
#define ACTION(id, name, keys, needs, group, hint, help)                                           \
	[ACTION_##id] = {name, keys, needs, GROUP_##group, hint, help},
#include "actions.def"
#undef ACTION
};

action_handler *const action_handlers[ACTION_COUNT] = {
#define ACTION(id, name, keys, needs, group, hint, help) [ACTION_##id] = act_##id,
#include "actions.def"
#undef ACTION
};
static_assert(sizeof(action_handlers) / sizeof(action_handlers[0])
		== sizeof(actions) / sizeof(actions[0]),
	"every action has a handler");

enum action_id action_find(const char *name)
{
	for (size_t i = 0; i < ACTION_COUNT; i++) {
		if (strcmp(actions[i].name, name) == 0) {
			return (enum action_id)i;
		}
	}
	return ACTION_NONE;
}

const char *action_group_title(enum action_group group)
{
	static const char *const titles[] = {
		[GROUP_MOVE] = N_("Moving"),
		[GROUP_DAY] = N_("Daily work"),
		[GROUP_CUSTOMER] = N_("Customer"),
		[GROUP_LIST] = N_("Lists"),
		[GROUP_VIEW] = N_("Views"),
		[GROUP_PROGRAM] = N_("Program"),
	};
	static_assert(sizeof(titles) / sizeof(titles[0]) == GROUP_COUNT, "every group has a title");
	return _(titles[group]);
}
