/* SPDX-License-Identifier: MIT */
#include <stdlib.h>

#include <tend/file.h>
#include <tend/mem.h>

#include "commands.h"

/* One pack into DIR, or onto stdout where there is no --out and one customer. */
static enum tend_status write_pack(struct cli *c, const struct tend_customer *customer,
	enum tend_pack_format format, bool to_stdout, struct tend_error *err)
{
	struct tend_str text = {0};
	enum tend_status status = tend_app_renewal_pack(c->app, customer->id, format, &text, err);
	if (status == TEND_OK && to_stdout) {
		status = cli_write(c, &text, err);
	} else if (status == TEND_OK) {
		char *name = tend_app_renewal_file(customer, format);
		char *path = tend_path_join(cli_has(c, OPT_OUT) ? c->given[OPT_OUT] : ".", name);
		if (c->app_options.dry_run) {
			cli_say(c, _("would write %s"), path);
		} else {
			status = tend_file_write(
				path, tend_str_text(&text), text.len, cli_has(c, OPT_FORCE), err);
		}
		if (status == TEND_OK && !c->app_options.dry_run) {
			status = cli_write_text(c, path, err);
			status = status == TEND_OK ? cli_write_text(c, "\n", err) : status;
		}
		free(path);
		free(name);
	}
	tend_str_finish(&text);
	return status;
}

/* The customers named, or those of --within. */
static enum tend_status chosen(struct cli *c, struct tend_list *list, struct tend_error *err)
{
	if (cli_has(c, OPT_WITHIN)) {
		struct tend_duration within;
		enum tend_status status = cli_duration(
			c, OPT_WITHIN, (struct tend_duration){60, TEND_DAY}, &within, err);
		if (status != TEND_OK) {
			return status;
		}
		if (c->nargs > 0) {
			return tend_fail(
				err, TEND_USAGE, _("name customers or give --within, not both"));
		}
		return tend_app_renewals_within(c->app, within, list, err);
	}
	if (c->nargs == 0) {
		return tend_fail(err, TEND_USAGE, _("name a customer, or give --within 60d"));
	}
	tend_list_init(list, &tend_customer_type);
	for (int i = 0; i < c->nargs; i++) {
		int64_t id;
		struct tend_list one = {0};
		enum tend_status status = cli_customer(c, c->args[i], &id, err);
		if (status == TEND_OK) {
			status = tend_app_customer(c->app, id, &one, err);
		}
		if (status == TEND_OK) {
			const struct tend_customer *found = tend_list_at(&one, 0);
			struct tend_customer *copy = tend_list_add(list);
			copy->id = found->id; /* what a file name and a pack need */
			copy->key = tend_arena_strdup(&list->arena, found->key);
			copy->name = tend_arena_strdup(&list->arena, found->name);
		}
		tend_list_finish(&one);
		if (status != TEND_OK) {
			return status;
		}
	}
	return TEND_OK;
}

static enum tend_status run_prepare(struct cli *c, struct tend_error *err)
{
	enum tend_pack_format format = TEND_PACK_MD;
	if (cli_has(c, OPT_FORMAT) && !tend_pack_format_parse(c->given[OPT_FORMAT], &format)) {
		return tend_fail(err, TEND_USAGE,
			_("--format: \"%s\" is none of md, html, csv, json"), c->given[OPT_FORMAT]);
	}
	struct tend_list list = {0};
	enum tend_status status = chosen(c, &list, err);
	bool to_stdout = !cli_has(c, OPT_OUT) && !cli_has(c, OPT_WITHIN) && list.n == 1;
	if (status == TEND_OK && cli_has(c, OPT_OUT) && !c->app_options.dry_run) {
		status = tend_mkdirs(c->given[OPT_OUT], err);
	}
	for (size_t i = 0; i < list.n && status == TEND_OK; i++) {
		status = write_pack(c, tend_list_at(&list, i), format, to_stdout, err);
	}
	if (status == TEND_OK && list.n == 0) {
		cli_say(c, _("tend: no renewal in this time"));
	}
	tend_list_finish(&list);
	return status;
}

static const enum cli_option_id prepare_options[] = {OPT_WITHIN, OPT_OUT, OPT_FORCE, OPT_COUNT};

const struct cli_command cli_renewal_commands[] = {
	{"renewal", "prepare", CLI_NEEDS_STORE,
		"CUSTOMER...|--within 60d [--format md|html|csv|json]",
		N_("write the renewal checklist of customers"), 0, -1, prepare_options,
		run_prepare},
	CLI_END,
};
