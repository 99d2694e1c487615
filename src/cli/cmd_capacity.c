/* SPDX-License-Identifier: MIT */
/* Capacity: the hours that are promised against those that there are. */
#include <stdlib.h>
#include <string.h>

#include <tend/mem.h>

#include "commands.h"

/* What the figures assume, a line each. */
static void say_note(struct cli *c, const struct tend_str *note)
{
	const char *text = tend_str_text(note);
	while (*text != '\0' && !cli_has(c, OPT_QUIET)) {
		size_t n = strcspn(text, "\n");
		char *line = tend_format("%.*s", (int)n, text);
		cli_say(c, _("tend: note: %s"), line);
		free(line);
		text += n + (text[n] == '\n');
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
