/* SPDX-License-Identifier: MIT */
/* The verbs that all kinds of records share: list, show, add, set, remove. */
#include <stdlib.h>
#include <string.h>

#include <tend/mem.h>

#include "commands.h"

static enum tend_status run_list(struct cli *c, struct tend_error *err)
{
	const struct tend_kind *kind = c->command->kind;
	int64_t customer = 0;
	struct tend_query q;
	struct tend_list list = {0};
	enum tend_status status = tend_kind_belongs(kind) == TEND_TO_NOBODY
		? cli_query(c, c->nargs > 0 ? c->args[0] : NULL, &q, err)
		: cli_scope(c, &customer, &q, err);
	if (status == TEND_OK) {
		status = tend_app_records(c->app, kind->type, customer, &q, &list, err);
	}
	return cli_list(c, status, &list, err);
}

static enum tend_status run_show(struct cli *c, struct tend_error *err)
{
	const struct tend_kind *kind = c->command->kind;
	struct tend_list list = {0};
	enum tend_status status = tend_app_record(c->app, kind->type, c->args[0], &list, err);
	if (status == TEND_OK) {
		status = cli_record(c, kind->type, tend_list_at(&list, 0), err);
	} else if (status == TEND_NOT_FOUND) {
		status = tend_fail(err, TEND_NOT_FOUND, _("no %s \"%s\"; see tend %s list"),
			kind->noun, c->args[0], kind->noun);
	}
	tend_list_finish(&list);
	return status;
}

static enum tend_status run_add(struct cli *c, struct tend_error *err)
{
	const struct tend_kind *kind = c->command->kind;
	enum tend_belongs belongs = tend_kind_belongs(kind);
	/* What may be nobody's begins with a customer where the first argument sets no field. */
	bool owned = belongs == TEND_TO_CUSTOMER
		|| (belongs == TEND_TO_ANY && strchr(c->args[0], '=') == NULL);
	int64_t customer = 0;
	struct tend_assignment *fields = NULL;
	size_t n = 0;
	struct tend_done done = {0};
	enum tend_status status = owned ? cli_customer(c, c->args[0], &customer, err) : TEND_OK;
	if (status == TEND_OK) {
		status = cli_assignments(c, owned ? 1 : 0, &fields, &n, err);
	}
	if (status == TEND_OK) {
		status = tend_app_record_add(c->app, kind->type, customer, fields, n, &done, err);
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
		status = tend_app_record_set(
			c->app, c->command->kind->type, c->args[0], fields, n, &done, err);
	}
	free(fields);
	return cli_done(c, status, &done);
}

static enum tend_status run_remove(struct cli *c, struct tend_error *err)
{
	struct tend_done done = {0};
	enum tend_status status =
		tend_app_record_remove(c->app, c->command->kind->type, c->args[0], &done, err);
	return cli_done(c, status, &done);
}

/* `activity add` is `log` where it is told a kind. */
static enum tend_status run_add_activity(struct cli *c, struct tend_error *err)
{
	c->found.kind = tend_kind_of(&tend_activity_type);
	return cli_has(c, OPT_KIND) ? cli_log(c, err) : run_add(c, err);
}

static const enum cli_option_id list_options[] = {
	OPT_CUSTOMER, OPT_IN, OPT_SORT, OPT_LIMIT, OPT_COLUMNS, OPT_COUNT};
static const enum cli_option_id shared_list_options[] = {
	OPT_SORT, OPT_LIMIT, OPT_COLUMNS, OPT_COUNT};
static const enum cli_option_id log_options[] = {
	OPT_KIND, OPT_DATE, OPT_CONTACT, OPT_PROMISE, OPT_BY, OPT_NEXT, OPT_COUNT};

/* For every kind; the noun is the kind's. */
static const struct cli_command verbs[] = {
	{NULL, "list", CLI_NEEDS_STORE, "[CUSTOMER] [FILTER]", NULL, 0, 2, list_options, run_list},
	{NULL, "show", CLI_NEEDS_STORE, "KEY", N_("one of them"), 1, 1, NULL, run_show},
	{NULL, "add", CLI_NEEDS_STORE, "CUSTOMER FIELD=VALUE...", N_("add one"), 2, -1, NULL,
		run_add},
	{NULL, "set", CLI_NEEDS_STORE, "KEY FIELD=VALUE...", N_("change one"), 2, -1, NULL,
		run_set},
	{NULL, "remove", CLI_NEEDS_STORE, "KEY", N_("take one away"), 1, 1, NULL, run_remove},
};
enum { VERBS = sizeof(verbs) / sizeof(verbs[0]) };

const struct cli_command cli_activity_commands[] = {
	{"activity", "add", CLI_NEEDS_STORE, "CUSTOMER --kind KIND TEXT | CUSTOMER FIELD=VALUE...",
		N_("the same as tend log, or with all fields"), 2, -1, log_options,
		run_add_activity},
	CLI_END,
};

/* Those that nothing can name have no key and no number that is shown. */
static bool has_name(const struct tend_kind *kind)
{
	const struct tend_field *id = tend_field_find(kind->type, "id");
	return tend_field_find(kind->type, "key") != NULL || (id->flags & TEND_F_HIDDEN) == 0;
}

size_t cli_kind_verbs(void)
{
	return VERBS;
}

bool cli_kind_command(const struct tend_kind *kind, size_t i, struct cli_command *ret)
{
	enum tend_belongs belongs = tend_kind_belongs(kind);
	*ret = verbs[i];
	ret->noun = kind->noun;
	ret->kind = kind;
	if (strcmp(ret->verb, "list") == 0) {
		ret->help = tend_pick(kind->help);
		if (belongs == TEND_TO_NOBODY) {
			ret->usage = "[FILTER]";
			ret->most = 1;
			ret->options = shared_list_options;
		}
		return true;
	}
	ret->help = _(ret->help);
	if (strcmp(ret->verb, "add") == 0) {
		ret->usage = belongs == TEND_TO_CUSTOMER ? ret->usage
			: belongs == TEND_TO_ANY         ? "[CUSTOMER] FIELD=VALUE..."
							 : "FIELD=VALUE...";
		ret->least = belongs == TEND_TO_CUSTOMER ? 2 : 1;
		return true;
	}
	return has_name(kind);
}

/* --- what the program says about the kinds themselves --- */

static enum tend_status run_kinds(struct cli *c, struct tend_error *err)
{
	struct tend_list list;
	tend_app_kinds(&list);
	return cli_list(c, TEND_OK, &list, err);
}

static enum tend_status run_fields(struct cli *c, struct tend_error *err)
{
	struct tend_list list;
	enum tend_status status = tend_app_kind_fields(c->args[0], &list, err);
	return cli_list(c, status, &list, err);
}

const struct cli_command cli_kind_commands[] = {
	{"kind", "list", CLI_NEEDS_NOTHING, "", N_("the kinds of records"), 0, 0, NULL, run_kinds},
	{"kind", "show", CLI_NEEDS_NOTHING, "KIND", N_("the fields of a kind of records"), 1, 1,
		NULL, run_fields},
	CLI_END,
};
