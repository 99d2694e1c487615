/* SPDX-License-Identifier: MIT */
/* Records of a customer that share one set of verbs: list, show, add, set. */
#include <stdlib.h>
#include <string.h>

#include <tend/mem.h>

#include "commands.h"

/* The noun of a command to the record type; "usage" is the points of the metrics. */
static const struct tend_record_type *type_of(const struct cli *c)
{
	static const struct {
		const char *noun;
		const struct tend_record_type *type;
	} nouns[] = {{"activity", &tend_activity_type}, {"subscription", &tend_subscription_type},
		{"usage", &tend_point_type}, {"complaint", &tend_complaint_type},
		{"churn", &tend_churn_type}};
	for (size_t i = 0; i < sizeof(nouns) / sizeof(nouns[0]); i++) {
		if (strcmp(nouns[i].noun, c->command->noun) == 0) {
			return nouns[i].type;
		}
	}
	return NULL;
}

static enum tend_status run_list(struct cli *c, struct tend_error *err)
{
	int64_t customer;
	struct tend_query q;
	struct tend_list list = {0};
	enum tend_status status = cli_scope(c, &customer, &q, err);
	if (status == TEND_OK) {
		status = tend_app_records(c->app, type_of(c), customer, &q, &list, err);
	}
	return cli_list(c, status, &list, err);
}

/* A record by its key, or by its number where its kind has no key. */
static const void *find_record(const struct tend_list *list, const char *name)
{
	const struct tend_field *key = tend_field_find(list->type, "key");
	const struct tend_field *id = tend_field_find(list->type, "id");
	long long number = 0;
	bool is_number = tend_parse_int(name, &number);
	for (size_t i = 0; i < list->n; i++) {
		const void *record = tend_list_at(list, i);
		if (key != NULL ? tend_same(tend_field_get(key, record).text, name)
				: id != NULL && is_number
					&& tend_field_get(id, record).integer == number) {
			return record;
		}
	}
	return NULL;
}

static enum tend_status run_show(struct cli *c, struct tend_error *err)
{
	struct tend_list list = {0};
	struct tend_query q = {0};
	const struct tend_record_type *type = type_of(c);
	enum tend_status status = tend_app_records(c->app, type, 0, &q, &list, err);
	if (status == TEND_OK) {
		const void *record = find_record(&list, c->args[0]);
		status = record != NULL
			? cli_record(c, type, record, err)
			: tend_fail(err, TEND_NOT_FOUND, _("no %s \"%s\"; see tend %s list"),
				c->command->noun, c->args[0], c->command->noun);
	}
	tend_list_finish(&list);
	return status;
}

static enum tend_status run_add(struct cli *c, struct tend_error *err)
{
	int64_t customer;
	struct tend_assignment *fields = NULL;
	size_t n = 0;
	struct tend_done done = {0};
	enum tend_status status = cli_customer(c, c->args[0], &customer, err);
	if (status == TEND_OK) {
		status = cli_assignments(c, 1, &fields, &n, err);
	}
	if (status == TEND_OK) {
		status = tend_app_record_add(c->app, type_of(c), customer, fields, n, &done, err);
	}
	free(fields);
	return cli_done(c, status, &done);
}

static enum tend_status run_set(struct cli *c, struct tend_error *err)
{
	struct tend_assignment *fields = NULL;
	size_t n = 0;
	struct tend_done done = {0};
	enum tend_status status = cli_assignments(c, 1, &fields, &n, err);
	if (status == TEND_OK) {
		status = tend_app_record_set(c->app, type_of(c), c->args[0], fields, n, &done, err);
	}
	free(fields);
	return cli_done(c, status, &done);
}

static const enum cli_option_id list_options[] = {
	OPT_CUSTOMER, OPT_SORT, OPT_LIMIT, OPT_COLUMNS, OPT_COUNT};
static const enum cli_option_id log_options[] = {OPT_KIND, OPT_DATE, OPT_CONTACT, OPT_COUNT};

#define SCOPE "[CUSTOMER] [FILTER]"
#define ADD "CUSTOMER FIELD=VALUE..."

const struct cli_command cli_activity_commands[] = {
	{"activity", "list", CLI_NEEDS_STORE, SCOPE, N_("contacts and notes, the newest first"), 0,
		2, list_options, run_list},
	{"activity", "show", CLI_NEEDS_STORE, "NUMBER", N_("one activity"), 1, 1, NULL, run_show},
	{"activity", "add", CLI_NEEDS_STORE, "CUSTOMER --kind KIND TEXT",
		N_("the same as tend log"), 2, -1, log_options, cli_log},
	{"activity", "set", CLI_NEEDS_STORE, "NUMBER FIELD=VALUE...", N_("change an activity"), 2,
		-1, NULL, run_set},
	CLI_END,
};

const struct cli_command cli_record_commands[] = {
	{"subscription", "list", CLI_NEEDS_STORE, SCOPE,
		N_("what customers pay for, and until when"), 0, 2, list_options, run_list},
	{"subscription", "show", CLI_NEEDS_STORE, "KEY", N_("one subscription"), 1, 1, NULL,
		run_show},
	{"subscription", "add", CLI_NEEDS_STORE, ADD,
		N_("add a subscription: start, annual or monthly ..."), 2, -1, NULL, run_add},
	{"subscription", "set", CLI_NEEDS_STORE, "KEY FIELD=VALUE...", N_("change a subscription"),
		2, -1, NULL, run_set},
	{"usage", "list", CLI_NEEDS_STORE, SCOPE, N_("points of the metrics, by metric and day"), 0,
		2, list_options, run_list},
	{"usage", "add", CLI_NEEDS_STORE, ADD, N_("add a point: metric, value, date"), 3, -1, NULL,
		run_add},
	{"complaint", "list", CLI_NEEDS_STORE, SCOPE,
		N_("complaints and tickets, the newest first"), 0, 2, list_options, run_list},
	{"complaint", "show", CLI_NEEDS_STORE, "KEY", N_("one complaint"), 1, 1, NULL, run_show},
	{"complaint", "add", CLI_NEEDS_STORE, ADD,
		N_("add a complaint: text, severity, opened ..."), 2, -1, NULL, run_add},
	{"complaint", "set", CLI_NEEDS_STORE, "KEY FIELD=VALUE...", N_("change a complaint"), 2, -1,
		NULL, run_set},
	{"churn", "list", CLI_NEEDS_STORE, SCOPE, N_("why customers left"), 0, 2, list_options,
		run_list},
	{"churn", "show", CLI_NEEDS_STORE, "NUMBER", N_("one reason"), 1, 1, NULL, run_show},
	{"churn", "set", CLI_NEEDS_STORE, "NUMBER FIELD=VALUE...", N_("change a reason"), 2, -1,
		NULL, run_set},
	{"churn", "add", CLI_NEEDS_STORE, ADD, N_("add a reason: date, reason, text"), 2, -1, NULL,
		run_add},
	CLI_END,
};
