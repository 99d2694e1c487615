/* SPDX-License-Identifier: MIT */
/* The files of every kind but journeys. */
#include <stdlib.h>

#include "commands.h"

static enum tend_status run_list(struct cli *c, struct tend_error *err)
{
	struct tend_query q;
	struct tend_list list = {0};
	enum tend_status status = cli_query(c, c->nargs > 0 ? c->args[0] : NULL, &q, err);
	if (status == TEND_OK) {
		status = tend_app_documents(c->app, &q, &list, err);
	}
	return cli_list(c, status, &list, err);
}

static enum tend_status run_show(struct cli *c, struct tend_error *err)
{
	char *text = NULL;
	enum tend_status status =
		tend_app_document_text(c->app, c->args[0], c->args[1], &text, err);
	if (status == TEND_OK) {
		status = cli_write_text(c, text, err);
	}
	free(text);
	return status;
}

static const enum cli_option_id list_options[] = {OPT_SORT, OPT_LIMIT, OPT_COLUMNS, OPT_COUNT};

const struct cli_command cli_document_commands[] = {
	{"document", "list", CLI_NEEDS_STORE_IF_ANY, "[FILTER]",
		N_("files of every other kind: published, of the team, built in"), 0, 1,
		list_options, run_list},
	{"document", "show", CLI_NEEDS_STORE_IF_ANY, "KIND KEY[@V]", N_("the YAML of a file"), 2, 2,
		NULL, run_show},
	CLI_END,
};
