/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include <tend/mem.h>

#include "commands.h"

static enum tend_status run_list(struct cli *c, struct tend_error *err)
{
	static const char *const pages[] = {"alerts", NULL};
	int64_t customer;
	struct tend_query q;
	struct tend_list list = {0}, view = {0};
	enum tend_status status = cli_scope(c, &customer, &q, err);
	status = status != TEND_OK ? status : cli_saved_view(c, pages, &view, &q, err);
	if (status == TEND_OK) {
		status = tend_app_alerts(c->app, customer, cli_has(c, OPT_ALL), &q, &list, err);
	}
	status = cli_list(c, status, &list, err);
	tend_list_finish(&view);
	return status;
}

static enum tend_status alert_id(const char *word, int64_t *ret, struct tend_error *err)
{
	long long id;
	if (!tend_parse_int(word, &id) || id < 1) {
		return tend_fail(err, TEND_USAGE,
			_("\"%s\" is not the number of an alert; see tend alert list"), word);
	}
	*ret = id;
	return TEND_OK;
}

static enum tend_status alert_ids(struct cli *c, int64_t **ret, struct tend_error *err)
{
	int64_t *ids = tend_calloc((size_t)c->nargs, sizeof(*ids));
	for (int i = 0; i < c->nargs; i++) {
		enum tend_status status = alert_id(c->args[i], &ids[i], err);
		if (status != TEND_OK) {
			free(ids);
			return status;
		}
	}
	*ret = ids;
	return TEND_OK;
}

static enum tend_status snooze(
	struct cli *c, const int64_t *ids, struct tend_done *done, struct tend_error *err)
{
	struct tend_date until;
	if (!cli_has(c, OPT_REASON)) {
		return tend_fail(
			err, TEND_USAGE, _("--reason is needed: why can this alert wait?"));
	}
	enum tend_status status = cli_date(c, OPT_UNTIL, &until, err);
	if (status != TEND_OK) {
		return status;
	}
	if (!tend_has_date(until)) {
		until = (struct tend_date){tend_app_today(c->app).day + 7};
	}
	return tend_app_alert_snooze(
		c->app, ids, (size_t)c->nargs, until, c->given[OPT_REASON], done, err);
}

static enum tend_status run_change(struct cli *c, struct tend_error *err)
{
	int64_t *ids;
	struct tend_done done = {0};
	enum tend_status status = alert_ids(c, &ids, err);
	if (status != TEND_OK) {
		return status;
	}
	size_t n = (size_t)c->nargs;
	if (strcmp(c->command->verb, "ack") == 0) {
		status = tend_app_alert_ack(c->app, ids, n, c->given[OPT_NOTE], &done, err);
	} else if (strcmp(c->command->verb, "resolve") == 0) {
		status = tend_app_alert_resolve(c->app, ids, n, c->given[OPT_NOTE], &done, err);
	} else {
		status = snooze(c, ids, &done, err);
	}
	free(ids);
	return cli_done(c, status, &done);
}

static enum tend_status run_show(struct cli *c, struct tend_error *err)
{
	int64_t id = 0;
	struct tend_list list = {0};
	struct tend_query q = {0};
	enum tend_status status = alert_id(c->args[0], &id, err);
	if (status != TEND_OK) {
		return status;
	}
	status = tend_app_alerts(c->app, 0, true, &q, &list, err);
	const struct tend_alert *found = NULL;
	for (size_t i = 0; i < list.n && status == TEND_OK; i++) {
		const struct tend_alert *alert = tend_list_at(&list, i);
		found = alert->id == id ? alert : found;
	}
	if (status == TEND_OK) {
		status = found != NULL
			? cli_record(c, &tend_alert_type, found, err)
			: tend_fail(err, TEND_NOT_FOUND,
				_("no alert %lld; see tend alert list --all"), (long long)id);
	}
	tend_list_finish(&list);
	return status;
}

static const enum cli_option_id list_options[] = {
	OPT_ALL, OPT_CUSTOMER, OPT_VIEW, OPT_IN, OPT_SORT, OPT_LIMIT, OPT_COLUMNS, OPT_COUNT};
static const enum cli_option_id note_options[] = {OPT_NOTE, OPT_COUNT};
static const enum cli_option_id snooze_options[] = {OPT_UNTIL, OPT_REASON, OPT_COUNT};

const struct cli_command cli_alert_commands[] = {
	{"alert", "list", CLI_NEEDS_STORE, "[CUSTOMER] [FILTER]",
		N_("alerts that are not resolved"), 0, 2, list_options, run_list},
	{"alert", "show", CLI_NEEDS_STORE, "ALERT", N_("one alert, by its number"), 1, 1, NULL,
		run_show},
	{"alert", "ack", CLI_NEEDS_STORE, "ALERT...", N_("acknowledge alerts"), 1, -1, note_options,
		run_change},
	{"alert", "snooze", CLI_NEEDS_STORE, "ALERT... --reason TEXT",
		N_("let alerts wait until a day"), 1, -1, snooze_options, run_change},
	{"alert", "resolve", CLI_NEEDS_STORE, "ALERT...", N_("close alerts"), 1, -1, note_options,
		run_change},
	CLI_END,
};
