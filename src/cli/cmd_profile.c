/* SPDX-License-Identifier: MIT */
/* The profile of customers: what is known of it, and what is missing. */
#include <stdlib.h>

#include "commands.h"

static enum tend_status run_list(struct cli *c, struct tend_error *err)
{
	struct tend_query q;
	struct tend_list list = {0};
	enum tend_status status = cli_query(c, c->nargs > 0 ? c->args[0] : NULL, &q, err);
	if (status == TEND_OK) {
		status = tend_app_profiles(c->app, &q, &list, err);
	}
	return cli_list(c, status, &list, err);
}

static enum tend_status run_show(struct cli *c, struct tend_error *err)
{
	int64_t id = 0;
	struct tend_list list = {0};
	enum tend_status status = cli_customer(c, c->args[0], &id, err);
	if (status == TEND_OK) {
		status = tend_app_profile(c->app, id, &list, err);
	}
	for (size_t i = 0; status == TEND_OK && c->format == TEND_AS_TABLE && i < list.n; i++) {
		struct tend_profile_field *f = tend_list_at(&list, i);
		f->value = f->shown; /* people read titles, machines words */
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
		status = tend_app_profile_check(c->app, fields, n, err);
	}
	if (status == TEND_OK) {
		status = tend_app_customer_set(c->app, &id, 1, fields, n, &done, err);
	}
	free(fields);
	return cli_done(c, status, &done);
}

static const enum cli_option_id list_options[] = {OPT_SORT, OPT_LIMIT, OPT_COLUMNS, OPT_COUNT};

const struct cli_command cli_profile_commands[] = {
	{"profile", "list", CLI_NEEDS_STORE, "[FILTER]",
		N_("how much of each customer's profile is known"), 0, 1, list_options, run_list},
	{"profile", "show", CLI_NEEDS_STORE, "CUSTOMER",
		N_("a customer's profile, section by section"), 1, 1, list_options, run_show},
	{"profile", "set", CLI_NEEDS_STORE, "CUSTOMER FIELD=VALUE...",
		N_("fill in a customer's profile"), 2, -1, NULL, run_set},
	CLI_END,
};
