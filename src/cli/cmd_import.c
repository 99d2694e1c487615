/* SPDX-License-Identifier: MIT */
#include <string.h>

#include <tend/mem.h>

#include "commands.h"

static void say_rejects(struct cli *c, const char *file, const struct tend_import_report *report)
{
	for (size_t i = 0; i < report->n; i++) {
		const struct tend_reject *r = &report->items[i];
		cli_say(c, "%s:%d:%d: %s: %s", file, r->line, r->column > 0 ? r->column : 1,
			_("error"), r->reason);
	}
}

static void say_notes(struct cli *c, const char *file, const struct tend_import_report *report)
{
	for (size_t i = 0; i < report->nnotes; i++) {
		cli_say(c, "%s:%d:1: %s: %s", file, report->notes[i].line, _("note"),
			report->notes[i].reason);
	}
	if (report->look_alike > (int64_t)report->nnotes) {
		cli_say(c, _("tend: note: %lld more rows look like others"),
			(long long)(report->look_alike - (int64_t)report->nnotes));
	}
}

static enum tend_status check_kind(const char *kind, struct tend_error *err)
{
	size_t n = 0;
	for (; tend_import_kinds[n] != NULL; n++) {
		if (strcmp(tend_import_kinds[n], kind) == 0) {
			return TEND_OK;
		}
	}
	struct tend_str names = {0};
	for (size_t i = 0; i < n; i++) {
		tend_str_addf(&names, "%s%s", i > 0 ? ", " : "", tend_import_kinds[i]);
	}
	const char *near = tend_nearest(kind, tend_import_kinds, n);
	enum tend_status status = near != NULL
		? tend_fail(err, TEND_USAGE,
			_("nothing to import is called \"%s\"; did you mean %s?"), kind, near)
		: tend_fail(err, TEND_USAGE,
			_("nothing to import is called \"%s\"; it is one of %s"), kind,
			tend_str_text(&names));
	tend_str_finish(&names);
	return status;
}

/* A map to finish, on stdout. */
static enum tend_status inspect(struct cli *c, struct tend_error *err)
{
	const char *kind = c->nargs > 1 ? c->args[0] : NULL;
	struct tend_str map = {0};
	enum tend_status status = kind != NULL ? check_kind(kind, err) : TEND_OK;
	status = status != TEND_OK ? status
				   : tend_app_inspect(c->args[c->nargs - 1], kind, &map, err);
	status = status != TEND_OK ? status : cli_write(c, &map, err);
	tend_str_finish(&map);
	return status;
}

static enum tend_status run_import(struct cli *c, struct tend_error *err)
{
	if (cli_has(c, OPT_INSPECT)) {
		return inspect(c, err);
	}
	enum tend_status status = c->nargs > 1
		? check_kind(c->args[0], err)
		: tend_fail(err, TEND_USAGE, _("say what is imported: tend import KIND FILE"));
	if (status != TEND_OK) {
		return status;
	}
	struct tend_import_report report = {0};
	struct tend_done done = {0};
	struct tend_import_options how = {.map = c->given[OPT_MAP],
		.partial = cli_has(c, OPT_PARTIAL),
		.force = cli_has(c, OPT_FORCE)};
	status = tend_app_import(c->app, c->args[0], c->args[1], &how, &report, &done, err);
	say_rejects(c, c->args[1], &report);
	say_notes(c, c->args[1], &report);
	if (status == TEND_OK || report.read > 0) {
		struct tend_str out = {0};
		struct tend_print print = {.format = c->format, .keys_only = cli_has(c, OPT_QUIET)};
		tend_print_import(&report, &print, &out);
		enum tend_status written = cli_write(c, &out, status == TEND_OK ? err : NULL);
		status = status == TEND_OK ? written : status;
		tend_str_finish(&out);
	}
	if (status == TEND_OK && done.warning != NULL) {
		cli_say(c, _("tend: note: %s"), done.warning);
	}
	tend_done_finish(&done);
	tend_import_report_finish(&report);
	return status;
}

static const enum cli_option_id import_options[] = {
	OPT_MAP, OPT_PARTIAL, OPT_FORCE, OPT_INSPECT, OPT_COUNT};

const struct cli_command cli_import_commands[] = {
	{"import", NULL, CLI_NEEDS_STORE, "KIND FILE", N_("take in a CSV or JSON lines file"), 1, 2,
		import_options, run_import},
	CLI_END,
};
