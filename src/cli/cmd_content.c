/* SPDX-License-Identifier: MIT */
/* What the catalogue of content has beside the verbs of all kinds. */
#include <stdlib.h>

#include <tend/mem.h>

#include "commands.h"

static enum tend_status run_send(struct cli *c, struct tend_error *err)
{
	struct tend_date date;
	struct tend_done done = {0};
	size_t n = (size_t)c->nargs - 1;
	int64_t *ids = tend_calloc(n, sizeof(*ids));
	enum tend_status status = cli_date(c, OPT_DATE, &date, err);
	for (size_t i = 0; i < n && status == TEND_OK; i++) {
		status = cli_customer(c, c->args[i + 1], &ids[i], err);
	}
	if (status == TEND_OK) {
		status = tend_app_content_send(
			c->app, c->args[0], ids, n, c->given[OPT_CONTACT], date, &done, err);
	}
	free(ids);
	return cli_done(c, status, &done);
}

static enum tend_status run_fit(struct cli *c, struct tend_error *err)
{
	int64_t customer = 0;
	struct tend_list list = {0};
	enum tend_status status = cli_customer(c, c->args[0], &customer, err);
	if (status == TEND_OK) {
		status = tend_app_content_fit(c->app, customer, &list, err);
	}
	return cli_list(c, status, &list, err);
}

static const enum cli_option_id send_options[] = {OPT_CONTACT, OPT_DATE, OPT_COUNT};
static const enum cli_option_id fit_options[] = {OPT_COLUMNS, OPT_COUNT};

const struct cli_command cli_content_commands[] = {
	{"content", "send", CLI_NEEDS_STORE, "KEY CUSTOMER...",
		N_("note that content of the catalogue was sent to customers"), 2, -1, send_options,
		run_send},
	{"content", "fit", CLI_NEEDS_STORE, "CUSTOMER",
		N_("what of the catalogue fits a customer and was not sent yet, and why"), 1, 1,
		fit_options, run_fit},
	CLI_END,
};
