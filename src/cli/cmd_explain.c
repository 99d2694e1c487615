/* SPDX-License-Identifier: MIT */
/* Why something is as it is: what can be explained is a row each of the table below. */
#include <string.h>

#include <tend/text.h>

#include "commands.h"

/* For people a line each, the parts of an expression under it; for programs a list. */
static enum tend_status print_trace(
	struct cli *c, enum tend_status status, struct tend_list *list, struct tend_error *err)
{
	if (status != TEND_OK || c->format != TEND_AS_TABLE || cli_has(c, OPT_QUIET)) {
		return cli_list(c, status, list, err);
	}
	struct tend_str lines = {0}, shown = {0};
	const char *part = NULL;
	for (size_t i = 0; i < list->n; i++) {
		const struct tend_trace *t = tend_list_at(list, i);
		if (!tend_same(part, t->part)) {
			tend_str_addf(&lines, "%s\n", t->part);
			part = t->part;
		}
		tend_str_add(&lines, "  ");
		tend_trace_line(t, &lines);
		tend_str_addc(&lines, '\n');
	}
	(void)tend_printable_lines(&shown, tend_str_text(&lines), lines.len);
	status = cli_write(c, &shown, err);
	tend_str_finish(&lines);
	tend_str_finish(&shown);
	tend_list_finish(list);
	return status;
}

static enum tend_status run_condition(struct cli *c, struct tend_error *err)
{
	int64_t customer;
	struct tend_list list = {0};
	struct tend_str note = {0};
	enum tend_status status = cli_customer(c, c->args[0], &customer, err);
	if (status == TEND_OK) {
		status =
			tend_app_explain_condition(c->app, customer, c->args[1], &list, &note, err);
	}
	status = print_trace(c, status, &list, err);
	if (status == TEND_OK && note.len > 0) {
		cli_say(c, _("%s: %s"), c->args[1], tend_str_text(&note));
	}
	tend_str_finish(&note);
	return status;
}

static enum tend_status run_filter(struct cli *c, struct tend_error *err)
{
	int64_t customer;
	struct tend_list list = {0};
	enum tend_status status = cli_customer(c, c->args[0], &customer, err);
	if (status == TEND_OK) {
		status = tend_app_explain_filter(c->app, customer, c->args[1], &list, err);
	}
	return print_trace(c, status, &list, err);
}

static enum tend_status run_record(struct cli *c, struct tend_error *err)
{
	struct tend_list list = {0};
	const struct tend_kind *kind = tend_kind_called(c->command->verb);
	enum tend_status status =
		tend_app_explain_record(c->app, kind->type, c->args[0], &list, err);
	return print_trace(c, status, &list, err);
}

const struct cli_command cli_explain_commands[] = {
	{"explain", "condition", CLI_NEEDS_STORE, "CUSTOMER MILESTONE[#N]",
		N_("why a milestone is in the plan or done by its condition"), 2, 2, NULL,
		run_condition},
	{"explain", "filter", CLI_NEEDS_STORE, "CUSTOMER FILTER",
		N_("why a filter finds a customer or does not"), 2, 2, NULL, run_filter},
	{"explain", "outcome", CLI_NEEDS_STORE, "KEY",
		N_("how far an outcome is, and whether it is a success"), 1, 1, NULL, run_record},
	{"explain", "contact", CLI_NEEDS_STORE, "KEY", N_("whether a contact is silent"), 1, 1,
		NULL, run_record},
	{"explain", "gift", CLI_NEEDS_STORE, "KEY",
		N_("what the gifts of a year leave of the budget"), 1, 1, NULL, run_record},
	CLI_END,
};
