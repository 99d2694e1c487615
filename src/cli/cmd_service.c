/* SPDX-License-Identifier: MIT */
/* What was promised to customers, and whether it was kept. */
#include <stdlib.h>

#include <tend/app_service.h>
#include <tend/mem.h>
#include <tend/text.h>

#include "commands.h"

/* The arguments as numbers; the caller frees them. */
static enum tend_status numbers(struct cli *c, int64_t **ret, struct tend_error *err)
{
	*ret = tend_calloc((size_t)c->nargs + 1, sizeof(**ret));
	for (int i = 0; i < c->nargs; i++) {
		long long n;
		if (!tend_parse_int(c->args[i], &n) || n < 1) {
			return tend_fail(err, TEND_USAGE,
				_("\"%s\" is not the number of an activity; see tend promise list"),
				c->args[i]);
		}
		(*ret)[i] = n;
	}
	return TEND_OK;
}

static enum tend_status run_keep(struct cli *c, struct tend_error *err)
{
	struct tend_done done = {0};
	struct tend_date day;
	int64_t *ids = NULL;
	enum tend_status status = cli_date(c, OPT_DATE, &day, err);
	status = status == TEND_OK ? numbers(c, &ids, err) : status;
	if (status == TEND_OK) {
		status = tend_app_promise_keep(c->app, ids, (size_t)c->nargs, day, &done, err);
	}
	free(ids);
	return cli_done(c, status, &done);
}

/* The keys of complaints as they were given. */
static const char *const *keys(const struct cli *c)
{
	return (const char *const *)c->args;
}

static enum tend_status run_respond(struct cli *c, struct tend_error *err)
{
	struct tend_done done = {0};
	struct tend_answer what = {.note = c->given[OPT_NOTE]};
	enum tend_status status = cli_date(c, OPT_DATE, &what.day, err);
	status = status == TEND_OK ? cli_number(c, OPT_MINUTES, TEND_NO_INT, 0, &what.minutes, err)
				   : status;
	if (status == TEND_OK) {
		status = tend_app_complaint_respond(
			c->app, keys(c), (size_t)c->nargs, &what, &done, err);
	}
	return cli_done(c, status, &done);
}

static enum tend_status run_resolve(struct cli *c, struct tend_error *err)
{
	struct tend_done done = {0};
	struct tend_recovery what = {.by = c->given[OPT_BY],
		.recovery = c->given[OPT_RECOVERY],
		.rating = c->given[OPT_RATING]};
	enum tend_status status = cli_date(c, OPT_DATE, &what.day, err);
	if (status == TEND_OK) {
		status = tend_app_complaint_resolve(
			c->app, keys(c), (size_t)c->nargs, &what, &done, err);
	}
	return cli_done(c, status, &done);
}

static enum tend_status run_reopen(struct cli *c, struct tend_error *err)
{
	struct tend_done done = {0};
	enum tend_status status =
		tend_app_complaint_reopen(c->app, keys(c), (size_t)c->nargs, &done, err);
	return cli_done(c, status, &done);
}

static enum tend_status run_promises(struct cli *c, struct tend_error *err)
{
	int64_t customer = 0;
	struct tend_query q;
	struct tend_list list = {0};
	enum tend_status status = cli_scope(c, &customer, &q, err);
	if (status == TEND_OK) {
		status = tend_app_promises(c->app, customer, &q, &list, err);
	}
	return cli_list(c, status, &list, err);
}

static enum tend_status run_standards(struct cli *c, struct tend_error *err)
{
	int64_t customer = 0;
	struct tend_query q;
	struct tend_list list = {0};
	enum tend_status status = cli_scope(c, &customer, &q, err);
	if (status == TEND_OK) {
		status = tend_app_standards(c->app, customer, &q, &list, err);
	}
	bool few = false;
	for (size_t i = 0; status == TEND_OK && i < list.n; i++) {
		few = few || ((const struct tend_standard_row *)tend_list_at(&list, i))->small == 1;
	}
	if (few && c->format == TEND_AS_TABLE && !cli_has(c, OPT_QUIET)) {
		cli_say(c, "%s", _("shares of fewer than 30 say little"));
	}
	return cli_list(c, status, &list, err);
}

static enum tend_status run_explain(struct cli *c, struct tend_error *err)
{
	int64_t customer = 0;
	struct tend_list list = {0};
	enum tend_status status = cli_customer(c, c->args[0], &customer, err);
	if (status == TEND_OK) {
		status = tend_app_explain_standard(c->app, customer, &list, err);
	}
	return cli_list(c, status, &list, err);
}

static const enum cli_option_id list_options[] = {
	OPT_CUSTOMER, OPT_SORT, OPT_LIMIT, OPT_COLUMNS, OPT_COUNT};
static const enum cli_option_id respond_options[] = {OPT_DATE, OPT_MINUTES, OPT_NOTE, OPT_COUNT};
static const enum cli_option_id resolve_options[] = {
	OPT_DATE, OPT_BY, OPT_RECOVERY, OPT_RATING, OPT_COUNT};
static const enum cli_option_id date_options[] = {OPT_DATE, OPT_COUNT};

const struct cli_command cli_service_commands[] = {
	{"promise", "list", CLI_NEEDS_STORE, "[CUSTOMER] [FILTER]",
		N_("what customers were promised, open ones first"), 0, 2, list_options,
		run_promises},
	{"standard", "list", CLI_NEEDS_STORE, "[CUSTOMER] [FILTER]",
		N_("what is promised to customers, and how well it was kept"), 0, 2, list_options,
		run_standards},
	{"explain", "standard", CLI_NEEDS_STORE, "CUSTOMER",
		N_("what counts as kept or missed of what was promised"), 1, 1, NULL, run_explain},
	{"activity", "keep", CLI_NEEDS_STORE, "NUMBER...", N_("the promise in it was kept"), 1, -1,
		date_options, run_keep},
	{"complaint", "respond", CLI_NEEDS_STORE, "KEY...", N_("the first answer was given"), 1, -1,
		respond_options, run_respond},
	{"complaint", "resolve", CLI_NEEDS_STORE, "KEY...",
		N_("it was put right, by whom, and how content the customer is"), 1, -1,
		resolve_options, run_resolve},
	{"complaint", "reopen", CLI_NEEDS_STORE, "KEY...", N_("it was not put right after all"), 1,
		-1, NULL, run_reopen},
	CLI_END,
};
