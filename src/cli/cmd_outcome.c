/* SPDX-License-Identifier: MIT */
/* What outcomes have beside the verbs of all kinds. */
#include "commands.h"

static enum tend_status run_measure(struct cli *c, struct tend_error *err)
{
	struct tend_date date;
	struct tend_done done = {0};
	enum tend_status status = cli_date(c, OPT_DATE, &date, err);
	if (status == TEND_OK) {
		status = tend_app_outcome_measure(c->app, c->args[0], c->args[1], date, &done, err);
	}
	return cli_done(c, status, &done);
}

static const enum cli_option_id measure_options[] = {OPT_DATE, OPT_COUNT};

const struct cli_command cli_outcome_commands[] = {
	{"outcome", "measure", CLI_NEEDS_STORE, "KEY VALUE",
		N_("say by hand what an outcome has come to"), 2, 2, measure_options, run_measure},
	CLI_END,
};
