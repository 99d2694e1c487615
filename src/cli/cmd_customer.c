/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include <tend/mem.h>

#include "commands.h"

static enum tend_status run_list(struct cli *c, struct tend_error *err)
{
	struct tend_query q;
	struct tend_list list = {0};
	enum tend_status status = cli_query(c, c->nargs > 0 ? c->args[0] : NULL, &q, err);
	if (status == TEND_OK) {
		status = tend_app_customers(c->app, &q, &list, err);
	}
	return cli_list(c, status, &list, err);
}

static enum tend_status run_show(struct cli *c, struct tend_error *err)
{
	int64_t id = 0;
	struct tend_list list = {0};
	enum tend_status status = cli_customer(c, c->args[0], &id, err);
	if (status == TEND_OK) {
		status = tend_app_customer(c->app, id, &list, err);
	}
	if (status == TEND_OK) {
		status = cli_record(c, &tend_customer_type, tend_list_at(&list, 0), err);
	}
	tend_list_finish(&list);
	return status;
}

static enum tend_status run_add(struct cli *c, struct tend_error *err)
{
	static const enum cli_option_id ids[] = {OPT_STARTED, OPT_TERM, OPT_ARR, OPT_CURRENCY,
		OPT_SEGMENT, OPT_INDUSTRY, OPT_OWNER, OPT_TAGS, OPT_JOURNEY};
	enum { IDS = sizeof(ids) / sizeof(ids[0]) };
	if (!cli_has(c, OPT_STARTED)) {
		return tend_fail(err, TEND_USAGE, _("--started is needed: %s"),
			_(cli_options[OPT_STARTED].help));
	}
	struct tend_assignment fields[IDS + 2] = {{"key", c->args[0]}, {"name", c->args[1]}};
	size_t n = 2;
	for (size_t i = 0; i < IDS; i++) {
		if (cli_has(c, ids[i])) {
			fields[n++] = (struct tend_assignment){
				cli_options[ids[i]].name, c->given[ids[i]]};
		}
	}
	struct tend_done done = {0};
	enum tend_status status = tend_app_customer_add(c->app, fields, n, &done, err);
	return cli_done(c, status, &done);
}

/* Beside what would be done, what other dates would do to the plan. */
static enum tend_status show_dates(struct cli *c, int64_t id, const struct tend_assignment *fields,
	size_t n, struct tend_error *err)
{
	struct tend_list list = {0};
	enum tend_status status = tend_app_dates_plan(c->app, &id, 1, fields, n, &list, err);
	if (status != TEND_OK || list.n == 0) {
		tend_list_finish(&list);
		return status;
	}
	return cli_list(c, status, &list, err);
}

static enum tend_status run_set(struct cli *c, struct tend_error *err)
{
	int64_t id = 0;
	struct tend_assignment *fields = NULL;
	size_t n = 0;
	struct tend_done done = {0};
	enum tend_status status = cli_customer(c, c->args[0], &id, err);
	if (status == TEND_OK) {
		status = cli_assignments(c, 1, &fields, &n, err);
	}
	if (status == TEND_OK) {
		status = tend_app_customer_set(c->app, &id, 1, fields, n, &done, err);
	}
	if (status == TEND_OK && c->app_options.dry_run) {
		status = show_dates(c, id, fields, n, err);
	}
	free(fields);
	return cli_done(c, status, &done);
}

static const enum cli_option_id list_options[] = {
	OPT_IN, OPT_SORT, OPT_LIMIT, OPT_COLUMNS, OPT_COUNT};
static const enum cli_option_id add_options[] = {OPT_STARTED, OPT_TERM, OPT_ARR, OPT_CURRENCY,
	OPT_SEGMENT, OPT_INDUSTRY, OPT_OWNER, OPT_TAGS, OPT_JOURNEY, OPT_COUNT};

const struct cli_command cli_customer_commands[] = {
	{"customer", "list", CLI_NEEDS_STORE, "[FILTER]", N_("the portfolio"), 0, 1, list_options,
		run_list},
	{"customer", "show", CLI_NEEDS_STORE, "CUSTOMER", N_("one customer"), 1, 1, NULL, run_show},
	{"customer", "add", CLI_NEEDS_STORE, "KEY NAME --started DATE", N_("add a customer"), 2, 2,
		add_options, run_add},
	{"customer", "set", CLI_NEEDS_STORE, "CUSTOMER FIELD=VALUE...",
		N_("change fields of a customer"), 2, -1, NULL, run_set},
	CLI_END,
};
