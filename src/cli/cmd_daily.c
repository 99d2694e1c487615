/* SPDX-License-Identifier: MIT */
/* The day's work: today, due, done, log. */
#include <stdlib.h>

#include <tend/mem.h>

#include "commands.h"

static enum tend_status run_today(struct cli *c, struct tend_error *err)
{
	static const char *const pages[] = {"today", NULL};
	struct tend_query q;
	struct tend_list list = {0}, view = {0};
	enum tend_status status = cli_query(c, c->nargs > 0 ? c->args[0] : NULL, &q, err);
	status = status != TEND_OK ? status : cli_saved_view(c, pages, &view, &q, err);
	if (status == TEND_OK) {
		status = tend_app_today_queue(c->app, &q, &list, err);
	}
	status = cli_list(c, status, &list, err);
	tend_list_finish(&view);
	return status;
}

static enum tend_status run_due(struct cli *c, struct tend_error *err)
{
	struct tend_query q;
	struct tend_list list = {0};
	struct tend_duration within;
	enum tend_status status = cli_query(c, c->nargs > 0 ? c->args[0] : NULL, &q, err);
	if (status == TEND_OK) {
		status = cli_duration(
			c, OPT_WITHIN, (struct tend_duration){7, TEND_DAY}, &within, err);
	}
	if (status == TEND_OK) {
		status = tend_app_due(c->app, within, cli_has(c, OPT_OVERDUE), &q, &list, err);
	}
	return cli_list(c, status, &list, err);
}

static enum tend_status run_done(struct cli *c, struct tend_error *err)
{
	return cli_milestones_to(c, "done", NULL, err);
}

enum tend_status cli_log(struct cli *c, struct tend_error *err)
{
	int64_t id = 0;
	struct tend_date date, by;
	struct tend_done done = {0};
	struct tend_str text = {0};
	if (!cli_has(c, OPT_KIND)) {
		return tend_fail(
			err, TEND_USAGE, _("--kind is needed: %s"), _(cli_options[OPT_KIND].help));
	}
	enum tend_status status = cli_customer(c, c->args[0], &id, err);
	if (status == TEND_OK) {
		status = cli_date(c, OPT_DATE, &date, err);
		status = status == TEND_OK ? cli_date(c, OPT_BY, &by, err) : status;
	}
	if (status == TEND_OK) {
		for (int i = 1; i < c->nargs; i++) {
			tend_str_addf(&text, "%s%s", i > 1 ? " " : "", c->args[i]);
		}
		const struct tend_log what = {.kind = c->given[OPT_KIND],
			.date = date,
			.text = tend_str_text(&text),
			.contact = c->given[OPT_CONTACT],
			.promise = c->given[OPT_PROMISE],
			.by = by,
			.next_step = c->given[OPT_NEXT]};
		status = tend_app_log(c->app, &id, 1, &what, &done, err);
	}
	tend_str_finish(&text);
	return cli_done(c, status, &done);
}

static enum tend_status run_timeline(struct cli *c, struct tend_error *err)
{
	int64_t id = 0;
	struct tend_query q;
	struct tend_list list = {0};
	enum tend_status status = cli_query(c, c->nargs > 1 ? c->args[1] : NULL, &q, err);
	if (status == TEND_OK) {
		status = cli_customer(c, c->args[0], &id, err);
	}
	if (status == TEND_OK) {
		status = tend_app_timeline(c->app, id, &q, &list, err);
	}
	return cli_list(c, status, &list, err);
}

static const enum cli_option_id list_options[] = {OPT_SORT, OPT_LIMIT, OPT_COLUMNS, OPT_COUNT};
static const enum cli_option_id today_options[] = {
	OPT_VIEW, OPT_IN, OPT_SORT, OPT_LIMIT, OPT_COLUMNS, OPT_COUNT};
static const enum cli_option_id due_options[] = {
	OPT_WITHIN, OPT_OVERDUE, OPT_IN, OPT_SORT, OPT_LIMIT, OPT_COLUMNS, OPT_COUNT};
static const enum cli_option_id log_options[] = {
	OPT_KIND, OPT_DATE, OPT_CONTACT, OPT_PROMISE, OPT_BY, OPT_NEXT, OPT_COUNT};

const struct cli_command cli_daily_commands[] = {
	{"today", NULL, CLI_NEEDS_STORE, "[FILTER]",
		N_("what needs you today, the most urgent first"), 0, 1, today_options, run_today},
	{"due", NULL, CLI_NEEDS_STORE, "[FILTER]", N_("open milestones of the next days"), 0, 1,
		due_options, run_due},
	{"done", NULL, CLI_NEEDS_STORE, "CUSTOMER MILESTONE[#N]...", N_("complete milestones"), 2,
		-1, NULL, run_done},
	{"log", NULL, CLI_NEEDS_STORE, "CUSTOMER --kind KIND TEXT", N_("log a contact or a note"),
		2, -1, log_options, cli_log},
	{"timeline", NULL, CLI_NEEDS_STORE, "CUSTOMER [FILTER]",
		N_("all that happened with a customer, and what has a date ahead"), 1, 2,
		list_options, run_timeline},
	CLI_END,
};
