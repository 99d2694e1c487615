/* SPDX-License-Identifier: MIT */
/* Capacity: the hours that are promised against those that there are. */
#include <tend/mem.h>

#include "commands.h"

/* What the figures assume, a line each. */
static void say_note(struct cli *c, const struct tend_str *note)
{
	if (note->len > 0 && !cli_has(c, OPT_QUIET)) {
		cli_say(c, "%s", tend_str_text(note));
	}
}

static enum tend_status run_capacity(struct cli *c, struct tend_error *err)
{
	struct tend_query q;
	struct tend_list list = {0};
	struct tend_str note = {0};
	int64_t weeks;
	enum tend_status status = cli_query(c, c->nargs > 0 ? c->args[0] : NULL, &q, err);
	if (status == TEND_OK) {
		status = cli_number(c, OPT_WEEKS, TEND_CAPACITY_WEEKS, 1, &weeks, err);
	}
	if (status == TEND_OK) {
		struct tend_capacity_query what = {.owner = c->given[OPT_OWNER],
			.journey = c->given[OPT_TEMPLATE],
			.weeks = weeks > INT_MAX ? INT_MAX : (int)weeks,
			.query = &q};
		status = tend_app_capacity(c->app, &what, &list, &note, err);
	}
	if (status == TEND_OK) {
		say_note(c, &note);
	}
	tend_str_finish(&note);
	return cli_list(c, status, &list, err);
}

static const enum cli_option_id options[] = {
	OPT_WEEKS, OPT_OWNER, OPT_TEMPLATE, OPT_SORT, OPT_LIMIT, OPT_COLUMNS, OPT_COUNT};

const struct cli_command cli_capacity_commands[] = {
	{"capacity", NULL, CLI_NEEDS_STORE, "[FILTER]",
		N_("the hours that milestones promise, per owner and week"), 0, 1, options,
		run_capacity},
	CLI_END,
};
