/* SPDX-License-Identifier: MIT */
/* The program itself: evaluate, screen, help. */
#include <string.h>

#include <tend/mem.h>

#include "commands.h"

static enum tend_status run_evaluate(struct cli *c, struct tend_error *err)
{
	size_t left = 0;
	enum tend_status status = tend_app_evaluate(c->app, 0, &left, err);
	if (status == TEND_OK && !cli_has(c, OPT_QUIET)) {
		char day[TEND_DATE_LEN];
		cli_say(c, _("up to date for %s"), tend_date_format(tend_app_today(c->app), day));
	}
	return status;
}

static enum tend_status read_size(const char *text, int *columns, int *rows, struct tend_error *err)
{
	char copy[32];
	const char *cross = strpbrk(text, "xX");
	long long w = 0, h = 0;
	if (cross != NULL && (size_t)(cross - text) < sizeof(copy)) {
		memcpy(copy, text, (size_t)(cross - text));
		copy[cross - text] = '\0';
	}
	if (cross == NULL || (size_t)(cross - text) >= sizeof(copy) || !tend_parse_int(copy, &w)
		|| !tend_parse_int(cross + 1, &h) || w < 1 || h < 1 || w > 1000 || h > 1000) {
		return tend_fail(
			err, TEND_USAGE, _("--size: \"%s\" is not a size; write 80x24"), text);
	}
	*columns = (int)w;
	*rows = (int)h;
	return TEND_OK;
}

static enum tend_status run_screen(struct cli *c, struct tend_error *err)
{
	struct tend_screen_options s = {
		.columns = 80, .rows = 24, .view = c->given[OPT_VIEW], .keys = c->given[OPT_KEYS]};
	enum tend_status status = cli_has(c, OPT_SIZE)
		? read_size(c->given[OPT_SIZE], &s.columns, &s.rows, err)
		: TEND_OK;
	struct tend_str out = {0};
	if (status == TEND_OK && c->env->screen == NULL) {
		status = tend_fail(err, TEND_FAILED, _("this build has no workbench"));
	}
	if (status == TEND_OK) {
		status = c->env->screen(&c->workbench, &s, &out, err);
	}
	if (status == TEND_OK) {
		status = cli_write(c, &out, err);
	}
	tend_str_finish(&out);
	return status;
}

static enum tend_status run_help(struct cli *c, struct tend_error *err)
{
	struct tend_str out = {0};
	const struct cli_command *self = c->command;
	struct cli_command found;
	const char *noun = c->nargs > 0 ? c->args[0] : NULL;
	const char *verb = c->nargs > 1 ? c->args[1] : NULL;
	c->command = noun != NULL && cli_find_command(noun, verb, &found) ? &found : NULL;
	c->noun = noun;
	if (c->command == NULL && noun != NULL && (verb != NULL || !cli_is_noun(noun))) {
		c->command = self;
		return cli_unknown_command(noun, verb, err);
	}
	cli_print_help(c, &out);
	c->command = self;
	enum tend_status status = cli_write(c, &out, err);
	tend_str_finish(&out);
	return status;
}

static const enum cli_option_id screen_options[] = {OPT_SIZE, OPT_VIEW, OPT_KEYS, OPT_COUNT};

const struct cli_command cli_program_commands[] = {
	{"evaluate", NULL, CLI_NEEDS_STORE, "",
		N_("bring alerts and derived figures up to the day"), 0, 0, NULL, run_evaluate},
	{"screen", NULL, CLI_NEEDS_NOTHING, "", N_("print the workbench's screen as text"), 0, 0,
		screen_options, run_screen},
	{"help", NULL, CLI_NEEDS_NOTHING, "[COMMAND]",
		N_("show the commands, or those of one word"), 0, 2, NULL, run_help},
	CLI_END,
};
