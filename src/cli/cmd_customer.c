/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include <tend/mem.h>

#include "commands.h"

static enum tend_status run_list(struct cli *c, struct tend_error *err)
{
	static const char *const pages[] = {"portfolio", "renewals", "winback", NULL};
	struct tend_query q;
	struct tend_list list = {0}, view = {0};
	enum tend_status status = cli_query(c, c->nargs > 0 ? c->args[0] : NULL, &q, err);
	status = status != TEND_OK ? status : cli_saved_view(c, pages, &view, &q, err);
	if (status == TEND_OK) {
		status = tend_app_customers(c->app, &q, &list, err);
	}
	status = cli_list(c, status, &list, err);
	tend_list_finish(&view);
	return status;
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

/* The customers of the filter, of the segment, or of both; allocated. */
static enum tend_status find_many(
	struct cli *c, int64_t **ret, size_t *ret_n, struct tend_error *err)
{
	const struct tend_query q = {
		.filter = c->given[OPT_WHERE], .segment = c->given[OPT_IN], .exact = true};
	struct tend_list list = {0};
	enum tend_status status = tend_app_customers(c->app, &q, &list, err);
	int64_t *ids = tend_calloc(list.n + 1, sizeof(*ids));
	for (size_t i = 0; i < list.n; i++) {
		ids[i] = ((const struct tend_customer *)tend_list_at(&list, i))->id;
	}
	*ret = ids;
	*ret_n = list.n;
	tend_list_finish(&list);
	return status;
}

/* With -n what would change, customer by customer. */
static enum tend_status set_many(struct cli *c, const struct tend_bulk *b, struct tend_error *err)
{
	struct tend_done done = {0};
	enum tend_status status = TEND_OK;
	if (b->nids == 0) {
		cli_say(c, "%s", _("no customer is meant by this: nothing is to be changed"));
		return TEND_OK;
	}
	if (c->app_options.dry_run) {
		struct tend_list list;
		status = tend_app_bulk_preview(c->app, b, &list, err);
		status = cli_list(c, status, &list, err);
	}
	status = status != TEND_OK ? status : tend_app_bulk_set(c->app, b, &done, err);
	return cli_done(c, status, &done);
}

static enum tend_status run_set_many(struct cli *c, struct tend_error *err)
{
	struct tend_assignment *fields = NULL;
	int64_t *ids = NULL;
	struct tend_bulk b = {.milestones = cli_has(c, OPT_WITH_MILESTONES)};
	enum tend_status status = cli_assignments(c, 0, &fields, &b.n, err);
	status = status != TEND_OK ? status : find_many(c, &ids, &b.nids, err);
	b.fields = fields;
	b.ids = ids;
	status = status != TEND_OK ? status : set_many(c, &b, err);
	free(fields);
	free(ids);
	return status;
}

static enum tend_status run_set(struct cli *c, struct tend_error *err)
{
	if (cli_has(c, OPT_WHERE) || cli_has(c, OPT_IN)) {
		return run_set_many(c, err);
	}
	if (c->nargs < 2) {
		return tend_fail(err, TEND_USAGE,
			_("which customers? name one, or give --where or --in, and FIELD=VALUE"));
	}
	int64_t id = 0;
	struct tend_assignment *fields = NULL;
	size_t n = 0;
	struct tend_done done = {0};
	enum tend_status status = cli_customer(c, c->args[0], &id, err);
	if (status == TEND_OK) {
		status = cli_assignments(c, 1, &fields, &n, err);
	}
	if (status == TEND_OK) {
		const struct tend_bulk b = {&id, 1, fields, n, cli_has(c, OPT_WITH_MILESTONES)};
		status = tend_app_bulk_set(c->app, &b, &done, err);
	}
	if (status == TEND_OK && c->app_options.dry_run) {
		status = show_dates(c, id, fields, n, err);
	}
	free(fields);
	return cli_done(c, status, &done);
}

static const enum cli_option_id list_options[] = {
	OPT_VIEW, OPT_IN, OPT_SORT, OPT_LIMIT, OPT_COLUMNS, OPT_COUNT};
static const enum cli_option_id add_options[] = {OPT_STARTED, OPT_TERM, OPT_ARR, OPT_CURRENCY,
	OPT_SEGMENT, OPT_INDUSTRY, OPT_OWNER, OPT_TAGS, OPT_JOURNEY, OPT_COUNT};

static const enum cli_option_id set_options[] = {
	OPT_WHERE, OPT_IN, OPT_WITH_MILESTONES, OPT_COLUMNS, OPT_COUNT};

const struct cli_command cli_customer_commands[] = {
	{"customer", "list", CLI_NEEDS_STORE, "[FILTER]", N_("the portfolio"), 0, 1, list_options,
		run_list},
	{"customer", "show", CLI_NEEDS_STORE, "CUSTOMER", N_("one customer"), 1, 1, NULL, run_show},
	{"customer", "add", CLI_NEEDS_STORE, "KEY NAME --started DATE", N_("add a customer"), 2, 2,
		add_options, run_add},
	{"customer", "set", CLI_NEEDS_STORE, "CUSTOMER|--where FILTER FIELD=VALUE...",
		N_("change fields of a customer, or of many at once"), 1, -1, set_options, run_set},
	CLI_END,
};
