/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include <tend/file.h>
#include <tend/mem.h>

#include "cli.h"

static void say_error(struct cli *c, const struct tend_error *err)
{
	/* a message about a file begins with the file's name and place; others with ours */
	cli_say(c, "tend: %s", err->text);
}

static enum tend_status run_command(struct cli *c, struct tend_error *err)
{
	if (c->command->need != CLI_NEEDS_NOTHING) {
		/* what is only looked at needs no store */
		c->app_options.storeless =
			c->command->need == CLI_NEEDS_STORE_IF_ANY || cli_has(c, OPT_INSPECT);
		enum tend_status status = tend_app_open(&c->app_options, &c->app, err);
		if (status != TEND_OK) {
			return status;
		}
		if (!cli_has(c, OPT_LANG)) {
			char *lang = tend_app_setting(c->app, "lang");
			enum tend_lang parsed;
			if (lang != NULL && tend_lang_parse(lang, &parsed)) {
				tend_lang_set(parsed);
			}
			free(lang);
		}
	}
	enum tend_status status = c->command->run(c, err);
	tend_app_close(c->app);
	return status;
}

static enum tend_status without_command(struct cli *c, int *ret_code, struct tend_error *err)
{
	if (!cli_has(c, OPT_HELP) && c->env->out_is_terminal && c->env->workbench != NULL) {
		char *state = tend_state_dir(), *drafts = tend_path_join(state, "drafts");
		c->workbench.drafts = drafts;
		*ret_code = c->env->workbench(&c->workbench, c->env->messages);
		free(state);
		free(drafts);
		return TEND_OK;
	}
	struct tend_str help = {0};
	cli_print_help(c, &help);
	enum tend_status status = cli_write(c, &help, err);
	tend_str_finish(&help);
	*ret_code = cli_has(c, OPT_HELP) ? TEND_OK : TEND_USAGE;
	return status;
}

int tend_cli_run(int argc, char **argv, const struct tend_cli_env *env)
{
	struct tend_error err = {0};
	struct cli c = {.env = env};
	c.app_options.clock = env->clock;
	c.app_options.clock_ctx = env->clock_ctx;
	c.app_options.utc_offset = env->utc_offset;
	c.workbench.app = &c.app_options;
	int code = TEND_OK;
	enum tend_status status = cli_parse(&c, argc, argv, &err);
	c.app_options.command = c.line;
	if (status == TEND_OK) {
		if (cli_has(&c, OPT_VERSION)) {
			(void)fprintf(env->out, "tend %s\n", TEND_VERSION);
		} else if (c.command == NULL || cli_has(&c, OPT_HELP)) {
			status = without_command(&c, &code, &err);
		} else {
			status = run_command(&c, &err);
		}
	}
	if (fflush(env->out) != 0 && status == TEND_OK) {
		status = tend_fail(&err, TEND_FAILED, _("cannot write the output"));
	}
	if (status != TEND_OK && err.text[0] != '\0') {
		say_error(&c, &err);
	}
	free(c.sets);
	free(c.line);
	return status != TEND_OK ? (int)status : code;
}
