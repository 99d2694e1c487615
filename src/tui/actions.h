/* SPDX-License-Identifier: MIT */
/* The one list of actions (actions.def) as data. */
#ifndef TUI_ACTIONS_H
#define TUI_ACTIONS_H

#include <stddef.h>

/* What a pane offers; an action is there where the pane in focus has all that it needs. */
enum context {
	CX_CUSTOMER = 1 << 0, /* a row stands for a customer */
	CX_TASK = 1 << 24, /* can be done, and has a day */
	CX_MILESTONE = 1 << 1 | CX_TASK,
	CX_ALERT = 1 << 2,
	CX_MARK = 1 << 3,
	CX_FILTER = 1 << 4,
	CX_SORT = 1 << 5,
	CX_TABS = 1 << 6,
	CX_WHY = 1 << 7,
	CX_OPEN = 1 << 8,
	CX_HISTORY = 1 << 9,
	CX_PANES = 1 << 10, /* there are several panes */
	CX_ADD = 1 << 11,
	CX_FIRST = 1 << 12, /* the offer of the first run */
	CX_WEEKS = 1 << 13, /* columns of weeks */
	CX_TEMPLATE = 1 << 14, /* about a version of a journey */
	CX_PLAN = 1 << 15, /* the plan of an upgrade */
	CX_FACTS = 1 << 16, /* what is known about a customer, its start and term too */
	CX_RECORD = 1 << 17, /* rows are records of a kind (kind.h), or stand for such */
};

/* In the order in which help shows them: that in which a day goes. */
enum action_group {
	GROUP_MOVE, /* these only move: what is said stays */
	GROUP_DAY,
	GROUP_CUSTOMER,
	GROUP_LIST,
	GROUP_VIEW,
	GROUP_PROGRAM,
	GROUP_COUNT
};

enum action_id {
#define ACTION(id, name, keys, needs, group, hint, help) ACTION_##id,
#include "actions.def"
#undef ACTION
	ACTION_COUNT,
	ACTION_NONE = ACTION_COUNT,
};

struct action {
	const char *name, *keys;
	unsigned needs; /* enum context */
	enum action_group group;
	const char *hint, *help; /* to be translated */
};

extern const struct action actions[ACTION_COUNT];
/* ACTION_NONE where there is none of that name. */
enum action_id action_find(const char *name);
const char *action_group_title(enum action_group group);

/* What must follow an action; handlers never draw. */
enum follow {
	FOLLOW_NOTHING,
	FOLLOW_REFRESH, /* records of the selected customer changed */
	FOLLOW_RELOAD, /* anything may have changed */
	FOLLOW_REDRAW, /* the terminal's content is not known any more */
	FOLLOW_SUSPEND,
	FOLLOW_EDIT, /* wb->outside is to be edited by another program */
	FOLLOW_QUIT,
};

struct workbench;
typedef enum follow action_handler(struct workbench *wb);
/* One per action: a missing one does not link. */
#define ACTION(id, name, keys, needs, group, hint, help) action_handler act_##id;
#include "actions.def"
#undef ACTION
extern action_handler *const action_handlers[ACTION_COUNT];

#endif
