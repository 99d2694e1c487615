/* SPDX-License-Identifier: MIT */
/* The journal: undo, redo, history. */
#include <tend/mem.h>

#include "commands.h"

static enum tend_status how_many(const struct cli *c, int *ret, struct tend_error *err)
{
	long long n = 1;
	if (c->nargs > 0 && (!tend_parse_int(c->args[0], &n) || n < 1 || n > 100000)) {
		return tend_fail(
			err, TEND_USAGE, _("\"%s\" is not a number of entries"), c->args[0]);
	}
	*ret = (int)n;
	return TEND_OK;
}

static enum tend_status run_undo(struct cli *c, struct tend_error *err)
{
	int n;
	if (how_many(c, &n, err) != TEND_OK) {
		return TEND_USAGE;
	}
	struct tend_done done = {0};
	enum tend_status status = tend_app_undo(c->app, n, &done, err);
	return cli_done(c, status, &done);
}

static enum tend_status run_redo(struct cli *c, struct tend_error *err)
{
	int n;
	if (how_many(c, &n, err) != TEND_OK) {
		return TEND_USAGE;
	}
	struct tend_done done = {0};
	enum tend_status status = tend_app_redo(c->app, n, &done, err);
	return cli_done(c, status, &done);
}

static enum tend_status run_history(struct cli *c, struct tend_error *err)
{
	int64_t customer;
	struct tend_date since;
	struct tend_query q;
	struct tend_list list = {0};
	enum tend_status status = cli_scope(c, &customer, &q, err);
	if (status == TEND_OK) {
		status = cli_date(c, OPT_SINCE, &since, err);
	}
	if (status == TEND_OK) {
		status = tend_app_history(c->app, customer, since, &q, &list, err);
	}
	return cli_list(c, status, &list, err);
}

static enum tend_status run_show(struct cli *c, struct tend_error *err)
{
	long long id;
	struct tend_query q;
	struct tend_list list = {0};
	if (!tend_parse_int(c->args[0], &id) || id < 1) {
		return tend_fail(err, TEND_USAGE,
			_("\"%s\" is not the number of an entry; see tend history"), c->args[0]);
	}
	enum tend_status status = cli_query(c, NULL, &q, err);
	if (status == TEND_OK) {
		status = tend_app_history_entry(c->app, id, &list, err);
	}
	return cli_list(c, status, &list, err);
}

static const enum cli_option_id show_options[] = {OPT_COLUMNS, OPT_COUNT};
static const enum cli_option_id history_options[] = {
	OPT_SINCE, OPT_SORT, OPT_LIMIT, OPT_COLUMNS, OPT_COUNT};

const struct cli_command cli_history_commands[] = {
	{"undo", NULL, CLI_NEEDS_STORE, "[N]", N_("take the last change back, or the last N"), 0, 1,
		NULL, run_undo},
	{"redo", NULL, CLI_NEEDS_STORE, "[N]", N_("do again what undo took back"), 0, 1, NULL,
		run_redo},
	{"history", "show", CLI_NEEDS_STORE, "ENTRY", N_("what an entry changed, field by field"),
		1, 1, show_options, run_show},
	{"history", NULL, CLI_NEEDS_STORE, "[CUSTOMER] [FILTER]",
		N_("what was changed, when and by whom"), 0, 2, history_options, run_history},
	CLI_END,
};
