/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include <tend/mem.h>

#include "commands.h"

/* The ids of the milestones named from argument `first` on. */
static enum tend_status find_milestones(struct cli *c, int first, int last, int64_t *ret_customer,
	int64_t **ret_ids, size_t *ret_n, struct tend_error *err)
{
	enum tend_status status = cli_customer(c, c->args[0], ret_customer, err);
	int64_t *ids = tend_calloc((size_t)(last - first), sizeof(*ids));
	size_t n = 0;
	for (int i = first; i < last && status == TEND_OK; i++) {
		status = tend_app_find_milestone(c->app, *ret_customer, c->args[i], &ids[n++], err);
	}
	if (status != TEND_OK) {
		free(ids);
		return status;
	}
	*ret_ids = ids;
	*ret_n = n;
	return TEND_OK;
}

enum tend_status cli_milestones_to(
	struct cli *c, const char *state, const char *reason, struct tend_error *err)
{
	int64_t customer, *ids = NULL;
	size_t n = 0;
	struct tend_done done = {0};
	enum tend_status status = find_milestones(c, 1, c->nargs, &customer, &ids, &n, err);
	if (status == TEND_OK) {
		status = tend_app_milestone_state(c->app, ids, n, state, reason, &done, err);
	}
	free(ids);
	if (status != TEND_OK) {
		tend_done_finish(&done);
		return status;
	}
	bool explains = strcmp(state, "blocked") == 0 || strcmp(state, "skipped") == 0;
	if (explains && reason == NULL && !cli_has(c, OPT_QUIET)) {
		cli_say(c, _("tend: note: %s"), _("say why with --reason"));
	}
	return cli_done(c, status, &done);
}

static enum tend_status run_state(struct cli *c, struct tend_error *err)
{
	static const struct {
		const char *verb, *state;
	} verbs[] = {{"start", "doing"}, {"done", "done"}, {"block", "blocked"},
		{"skip", "skipped"}, {"reopen", "todo"}};
	for (size_t i = 0; i < sizeof(verbs) / sizeof(verbs[0]); i++) {
		if (strcmp(verbs[i].verb, c->command->verb) == 0) {
			return cli_milestones_to(c, verbs[i].state, c->given[OPT_REASON], err);
		}
	}
	return TEND_USAGE;
}

static enum tend_status run_list(struct cli *c, struct tend_error *err)
{
	int64_t customer;
	struct tend_query q;
	struct tend_list list = {0};
	enum tend_status status = cli_scope(c, &customer, &q, err);
	if (status == TEND_OK) {
		status = tend_app_milestones(c->app, customer, &q, &list, err);
	}
	return cli_list(c, status, &list, err);
}

/* The one milestone with this id, among those of its customer. */
static enum tend_status load(struct cli *c, struct tend_list *list,
	const struct tend_milestone **ret, struct tend_error *err)
{
	int64_t customer, *ids = NULL;
	size_t n;
	*list = (struct tend_list){0};
	enum tend_status status = find_milestones(c, 1, 2, &customer, &ids, &n, err);
	if (status != TEND_OK) {
		return status;
	}
	int64_t id = ids[0];
	free(ids);
	struct tend_query q = {0};
	status = tend_app_milestones(c->app, customer, &q, list, err);
	for (size_t i = 0; i < list->n && status == TEND_OK; i++) {
		const struct tend_milestone *m = tend_list_at(list, i);
		if (m->id == id) {
			*ret = m;
			return TEND_OK;
		}
	}
	return status != TEND_OK
		? status
		: tend_fail(err, TEND_NOT_FOUND, _("no milestone \"%s\""), c->args[1]);
}

/* For people, the checklist and what the template says follow the fields. */
static void say_detail(struct cli *c, const struct tend_milestone *m, struct tend_str *out)
{
	struct tend_arena arena = {0};
	struct tend_milestone_detail detail = {0};
	struct tend_list items = {0};
	if (tend_app_items(c->app, m->id, &items, NULL) == TEND_OK) {
		for (size_t i = 0; i < items.n; i++) {
			const struct tend_item *item = tend_list_at(&items, i);
			tend_str_addf(out, "%3lld [%c] %s\n", (long long)item->position,
				item->done == 1 ? 'x' : ' ', item->title);
		}
	}
	if (tend_app_milestone_detail(c->app, m, &arena, &detail, NULL) == TEND_OK) {
		if (detail.deliverable != NULL) {
			tend_str_addf(out, "\n%s: %s\n", _("Deliverable"), detail.deliverable);
		}
		if (detail.guide != NULL) {
			tend_str_addf(out, "\n%s\n", detail.guide);
		}
	}
	tend_list_finish(&items);
	tend_arena_finish(&arena);
}

static enum tend_status run_show(struct cli *c, struct tend_error *err)
{
	struct tend_list list = {0};
	const struct tend_milestone *m = NULL;
	enum tend_status status = load(c, &list, &m, err);
	if (status == TEND_OK) {
		status = cli_record(c, &tend_milestone_type, m, err);
	}
	if (status == TEND_OK && c->format == TEND_AS_TABLE && !cli_has(c, OPT_QUIET)) {
		struct tend_str out = {0};
		say_detail(c, m, &out);
		status = cli_write_text(c, tend_str_text(&out), err);
		tend_str_finish(&out);
	}
	tend_list_finish(&list);
	return status;
}

static enum tend_status run_set(struct cli *c, struct tend_error *err)
{
	int64_t customer, *ids = NULL;
	size_t n = 0, nfields = 0;
	struct tend_done done = {0};
	struct tend_assignment *fields = NULL;
	enum tend_status status = find_milestones(c, 1, 2, &customer, &ids, &n, err);
	if (status == TEND_OK) {
		status = cli_assignments(c, 2, &fields, &nfields, err);
	}
	if (status == TEND_OK) {
		status = tend_app_milestone_set(c->app, ids, n, fields, nfields, &done, err);
	}
	free(ids);
	free(fields);
	return cli_done(c, status, &done);
}

static enum tend_status run_add(struct cli *c, struct tend_error *err)
{
	int64_t customer;
	struct tend_done done = {0};
	enum tend_status status = cli_customer(c, c->args[0], &customer, err);
	struct tend_assignment fields[5] = {{"key", c->args[1]}, {"title", c->args[2]}};
	size_t n = 2;
	static const enum cli_option_id ids[] = {OPT_STAGE, OPT_DUE, OPT_OWNER};
	for (size_t i = 0; i < 3; i++) {
		if (cli_has(c, ids[i])) {
			fields[n++] = (struct tend_assignment){
				cli_options[ids[i]].name, c->given[ids[i]]};
		}
	}
	if (status == TEND_OK) {
		status = tend_app_milestone_add(c->app, customer, fields, n, &done, err);
	}
	return cli_done(c, status, &done);
}

static enum tend_status run_remove(struct cli *c, struct tend_error *err)
{
	int64_t customer, *ids = NULL;
	size_t n = 0;
	struct tend_done done = {0};
	enum tend_status status = find_milestones(c, 1, c->nargs, &customer, &ids, &n, err);
	if (status == TEND_OK) {
		status = tend_app_milestone_remove(c->app, ids, n, &done, err);
	}
	free(ids);
	return cli_done(c, status, &done);
}

/* ITEM is its number in the checklist, its key, or its title. */
static const struct tend_item *find_item(const struct tend_list *items, const char *name)
{
	long long number = 0;
	bool is_number = tend_parse_int(name, &number);
	for (size_t i = 0; i < items->n; i++) {
		const struct tend_item *item = tend_list_at(items, i);
		if ((is_number && item->position == number) || tend_same(item->key, name)
			|| tend_same(item->title_en, name) || tend_same(item->title_zh, name)) {
			return item;
		}
	}
	return NULL;
}

static enum tend_status run_check(struct cli *c, struct tend_error *err)
{
	int64_t customer, *ids = NULL;
	size_t n = 0;
	struct tend_list items = {0};
	struct tend_done done = {0};
	enum tend_status status = find_milestones(c, 1, 2, &customer, &ids, &n, err);
	if (status == TEND_OK) {
		status = tend_app_items(c->app, ids[0], &items, err);
	}
	if (status == TEND_OK) {
		const struct tend_item *item = find_item(&items, c->args[2]);
		status = item == NULL ? tend_fail(err, TEND_NOT_FOUND,
				 _("milestone \"%s\" has no item \"%s\"; see tend milestone show"),
				 c->args[1], c->args[2])
				      : tend_app_item_check(c->app, item->id, ids[0],
					      strcmp(c->command->verb, "check") == 0, &done, err);
	}
	free(ids);
	tend_list_finish(&items);
	return cli_done(c, status, &done);
}

static const enum cli_option_id list_options[] = {
	OPT_CUSTOMER, OPT_IN, OPT_SORT, OPT_LIMIT, OPT_COLUMNS, OPT_COUNT};
static const enum cli_option_id reason_options[] = {OPT_REASON, OPT_COUNT};
static const enum cli_option_id add_options[] = {OPT_STAGE, OPT_DUE, OPT_OWNER, OPT_COUNT};

#define NAMED "CUSTOMER MILESTONE[#N]..."

const struct cli_command cli_milestone_commands[] = {
	{"milestone", "list", CLI_NEEDS_STORE, "[CUSTOMER] [FILTER]",
		N_("milestones of one or all customers"), 0, 2, list_options, run_list},
	{"milestone", "show", CLI_NEEDS_STORE, "CUSTOMER MILESTONE[#N]",
		N_("one milestone with its checklist and guide"), 2, 2, NULL, run_show},
	{"milestone", "start", CLI_NEEDS_STORE, NAMED, N_("begin milestones"), 2, -1, NULL,
		run_state},
	{"milestone", "done", CLI_NEEDS_STORE, NAMED, N_("complete milestones"), 2, -1, NULL,
		run_state},
	{"milestone", "block", CLI_NEEDS_STORE, NAMED, N_("say what holds milestones up"), 2, -1,
		reason_options, run_state},
	{"milestone", "skip", CLI_NEEDS_STORE, NAMED, N_("leave milestones out"), 2, -1,
		reason_options, run_state},
	{"milestone", "reopen", CLI_NEEDS_STORE, NAMED, N_("open milestones again"), 2, -1, NULL,
		run_state},
	{"milestone", "set", CLI_NEEDS_STORE, "CUSTOMER MILESTONE[#N] FIELD=VALUE...",
		N_("change due, owner, title, required or visible"), 3, -1, NULL, run_set},
	{"milestone", "add", CLI_NEEDS_STORE, "CUSTOMER KEY TITLE --due DATE",
		N_("add a milestone of the customer's own"), 3, 3, add_options, run_add},
	{"milestone", "remove", CLI_NEEDS_STORE, "CUSTOMER MILESTONE...",
		N_("remove milestones that were added by hand"), 2, -1, NULL, run_remove},
	{"milestone", "check", CLI_NEEDS_STORE, "CUSTOMER MILESTONE[#N] ITEM",
		N_("tick a checklist item"), 3, 3, NULL, run_check},
	{"milestone", "uncheck", CLI_NEEDS_STORE, "CUSTOMER MILESTONE[#N] ITEM",
		N_("take a tick back"), 3, 3, NULL, run_check},
	CLI_END,
};
