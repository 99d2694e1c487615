/* SPDX-License-Identifier: MIT */
/* Playbooks: what is at hand, running one, what was run. */
#include <stdlib.h>

#include <tend/mem.h>

#include "commands.h"

static enum tend_status run_list(struct cli *c, struct tend_error *err)
{
	struct tend_query q;
	int64_t id = 0;
	struct tend_list list = {0};
	enum tend_status status = cli_query(c, NULL, &q, err);
	if (status == TEND_OK && c->nargs > 0) {
		status = cli_customer(c, c->args[0], &id, err);
	}
	if (status == TEND_OK) {
		status = tend_app_playbooks(c->app, &id, c->nargs > 0, &q, &list, err);
	}
	return cli_list(c, status, &list, err);
}

static enum tend_status run_show(struct cli *c, struct tend_error *err)
{
	char *text = NULL;
	enum tend_status status =
		tend_app_document_text(c->app, "playbook", c->args[0], &text, err);
	if (status == TEND_OK) {
		status = cli_write_text(c, text, err);
	}
	free(text);
	return status;
}

/* All but the last argument; allocated. */
static enum tend_status customers(struct cli *c, int64_t **ret, struct tend_error *err)
{
	size_t n = (size_t)c->nargs - 1;
	int64_t *ids = tend_calloc(n, sizeof(*ids));
	for (size_t i = 0; i < n; i++) {
		enum tend_status status = cli_customer(c, c->args[i], &ids[i], err);
		if (status != TEND_OK) {
			free(ids);
			return status;
		}
	}
	*ret = ids;
	return TEND_OK;
}

static enum tend_status run_run(struct cli *c, struct tend_error *err)
{
	int64_t *ids = NULL;
	struct tend_date day;
	struct tend_done done = {0};
	struct tend_list lines = {0};
	size_t n = (size_t)c->nargs - 1;
	const char *name = c->args[n];
	enum tend_status status = cli_date(c, OPT_START, &day, err);
	status = status != TEND_OK ? status : customers(c, &ids, err);
	if (status == TEND_OK && c->app_options.dry_run) {
		status = tend_app_playbook_plan(c->app, name, ids, n, day, &lines, &done, err);
		free(ids);
		status = cli_list(c, status, &lines, err);
		return cli_done(c, status, &done);
	}
	if (status == TEND_OK) {
		status = tend_app_playbook_run(c->app, name, ids, n, day, &done, err);
	}
	free(ids);
	return cli_done(c, status, &done);
}

static enum tend_status run_runs(struct cli *c, struct tend_error *err)
{
	int64_t customer;
	struct tend_query q;
	struct tend_list list = {0};
	enum tend_status status = cli_scope(c, &customer, &q, err);
	if (status == TEND_OK) {
		status = tend_app_runs(c->app, customer, &q, &list, err);
	}
	return cli_list(c, status, &list, err);
}

static const enum cli_option_id list_options[] = {OPT_SORT, OPT_LIMIT, OPT_COLUMNS, OPT_COUNT};
static const enum cli_option_id run_options[] = {OPT_START, OPT_COLUMNS, OPT_COUNT};
static const enum cli_option_id runs_options[] = {
	OPT_CUSTOMER, OPT_SORT, OPT_LIMIT, OPT_COLUMNS, OPT_COUNT};

const struct cli_command cli_playbook_commands[] = {
	{"playbook", "list", CLI_NEEDS_STORE_IF_ANY, "[CUSTOMER]",
		N_("playbooks; for a customer what alerts suggest first"), 0, 1, list_options,
		run_list},
	{"playbook", "show", CLI_NEEDS_STORE_IF_ANY, "KEY[@V]", N_("the YAML of a playbook"), 1, 1,
		NULL, run_show},
	{"playbook", "run", CLI_NEEDS_STORE, "CUSTOMER... KEY[@V]",
		N_("add the steps of a playbook to plans (-n shows them)"), 2, -1, run_options,
		run_run},
	{"playbook", "runs", CLI_NEEDS_STORE, "[CUSTOMER] [FILTER]",
		N_("playbooks that were run, newest first"), 0, 2, runs_options, run_runs},
	CLI_END,
};
