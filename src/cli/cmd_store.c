/* SPDX-License-Identifier: MIT */
/* The store as a whole. */
#include <stdlib.h>

#include <tend/mem.h>

#include "commands.h"

static enum tend_status run_init(struct cli *c, struct tend_error *err)
{
	enum tend_status status = tend_app_init(&c->app_options, cli_has(c, OPT_SAMPLE), err);
	if (status == TEND_OK && !cli_has(c, OPT_QUIET)) {
		struct tend_app *app;
		if (tend_app_open(&c->app_options, &app, NULL) == TEND_OK) {
			cli_say(c, _("created %s"), tend_app_store_path(app));
			tend_app_close(app);
		}
	}
	return status;
}

static enum tend_status run_check(struct cli *c, struct tend_error *err)
{
	struct tend_findings findings;
	tend_findings_init(&findings, tend_app_store_path(c->app));
	enum tend_status status = tend_app_store_check(c->app, &findings, err);
	cli_findings(c, &findings);
	if (status == TEND_OK && findings.errors > 0) {
		status = tend_fail(err, TEND_FAILED,
			_("the store has %zu faults; restore a backup: tend store restore"),
			findings.errors);
	} else if (status == TEND_OK && !cli_has(c, OPT_QUIET)) {
		cli_say(c, _("%s is sound"), tend_app_store_path(c->app));
	}
	tend_findings_finish(&findings);
	return status;
}

static enum tend_status run_backup(struct cli *c, struct tend_error *err)
{
	enum tend_status status =
		tend_app_store_backup(c->app, c->args[0], cli_has(c, OPT_FORCE), err);
	if (status == TEND_OK && !cli_has(c, OPT_QUIET)) {
		cli_say(c, _("copied to %s, and checked"), c->args[0]);
	}
	return status;
}

static enum tend_status run_restore(struct cli *c, struct tend_error *err)
{
	char *kept = NULL;
	enum tend_status status = tend_app_store_restore(&c->app_options, c->args[0], &kept, err);
	if (status == TEND_OK && !cli_has(c, OPT_QUIET)) {
		cli_say(c,
			kept != NULL ? _("restored from %s; what was there is kept as %s")
				     : _("restored from %s%s"),
			c->args[0], kept != NULL ? kept : "");
	}
	free(kept);
	return status;
}

static enum tend_status run_info(struct cli *c, struct tend_error *err)
{
	struct tend_list list = {0};
	enum tend_status status = tend_app_store_info(c->app, &list, err);
	return cli_list(c, status, &list, err);
}

static enum tend_status run_set(struct cli *c, struct tend_error *err)
{
	struct tend_assignment *settings = NULL;
	size_t n = 0;
	enum tend_status status = cli_assignments(c, 0, &settings, &n, err);
	for (size_t i = 0; i < n && status == TEND_OK; i++) {
		status = tend_app_set_setting(c->app, settings[i].field, settings[i].value, err);
	}
	free(settings);
	return status;
}

static enum tend_status run_generate(struct cli *c, struct tend_error *err)
{
	int64_t customers = 0, seed = 0;
	enum tend_status status = cli_number(c, OPT_CUSTOMERS, 100, 1, &customers, err);
	if (status == TEND_OK) {
		status = cli_number(c, OPT_SEED, 1, 0, &seed, err);
	}
	if (status == TEND_OK && c->app_options.store == NULL) {
		status = tend_fail(err, TEND_USAGE,
			_("say which new store to fill: tend --db FILE store generate"));
	}
	return status == TEND_OK ? tend_app_store_generate(&c->app_options, customers, seed, err)
				 : status;
}

static const enum cli_option_id init_options[] = {OPT_SAMPLE, OPT_COUNT};
static const enum cli_option_id backup_options[] = {OPT_FORCE, OPT_COUNT};
static const enum cli_option_id generate_options[] = {OPT_CUSTOMERS, OPT_SEED, OPT_COUNT};

const struct cli_command cli_store_commands[] = {
	{"store", "init", CLI_NEEDS_NOTHING, "", N_("create a store"), 0, 0, init_options,
		run_init},
	{"store", "check", CLI_NEEDS_STORE, "", N_("is everything in the store sound?"), 0, 0, NULL,
		run_check},
	{"store", "backup", CLI_NEEDS_STORE, "FILE", N_("a checked copy of the store"), 1, 1,
		backup_options, run_backup},
	{"store", "restore", CLI_NEEDS_NOTHING, "FILE", N_("put a copy in the store's place"), 1, 1,
		NULL, run_restore},
	{"store", "info", CLI_NEEDS_STORE, "", N_("what is in the store"), 0, 0, NULL, run_info},
	{"store", "set", CLI_NEEDS_STORE, "SETTING=VALUE...",
		N_("set what the store remembers: today, lang, theme"), 1, -1, NULL, run_set},
	{"store", "generate", CLI_NEEDS_NOTHING, "",
		N_("fill a new store with an invented book, for trials"), 0, 0, generate_options,
		run_generate},
	CLI_END,
};
