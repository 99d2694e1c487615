/* SPDX-License-Identifier: MIT */
#include <string.h>

#include <tend/mem.h>
#include <tend/text.h>

#include "cli.h"

enum { HELP_COLUMN = 46 };

static void add_row(struct tend_str *out, const char *left, const char *right)
{
	struct tend_str cell = {0};
	tend_str_addf(&cell, "  %s", left);
	if (tend_columns(tend_str_text(&cell)) < HELP_COLUMN) {
		tend_pad(out, tend_str_text(&cell), HELP_COLUMN, TEND_LEFT);
	} else {
		tend_str_addf(out, "%s\n%*s", tend_str_text(&cell), HELP_COLUMN, "");
	}
	tend_str_addf(out, "%s\n", right);
	tend_str_finish(&cell);
}

static void add_option(struct tend_str *out, enum cli_option_id id, const char *indent)
{
	const struct cli_option *o = &cli_options[id];
	struct tend_str left = {0};
	tend_str_add(&left, indent);
	if (o->letter != 0) {
		tend_str_addf(&left, "-%c, ", o->letter);
	}
	tend_str_addf(&left, "--%s", o->name);
	if (o->value != NULL) {
		tend_str_addf(&left, " %s", _(o->value));
	}
	add_row(out, tend_str_text(&left), _(o->help));
	tend_str_finish(&left);
}

static void add_command(struct tend_str *out, const struct cli_command *row)
{
	struct tend_str left = {0};
	tend_str_add(&left, row->noun);
	if (row->verb != NULL) {
		tend_str_addf(&left, " %s", row->verb);
	}
	if (*row->usage != '\0') {
		tend_str_addf(&left, " %s", _(row->usage));
	}
	add_row(out, tend_str_text(&left), _(row->help));
	tend_str_finish(&left);
}

/* The options of one command, under its row. */
static void add_options(struct tend_str *out, const struct cli_command *row, const char *indent)
{
	for (const enum cli_option_id *o = row->options; o != NULL && *o != OPT_COUNT; o++) {
		add_option(out, *o, indent);
	}
}

static void add_commands(struct tend_str *out, const char *noun)
{
	for (size_t t = 0; t < cli_table_count; t++) {
		for (const struct cli_command *row = cli_tables[t]; row->noun != NULL; row++) {
			if (noun == NULL || strcmp(row->noun, noun) == 0) {
				add_command(out, row);
				if (noun != NULL) {
					add_options(out, row, "    ");
				}
			}
		}
	}
}

static void help_command(const struct cli_command *command, struct tend_str *out)
{
	tend_str_addf(out, _("usage: tend %s%s%s [OPTION]... %s\n\n%s\n"), command->noun,
		command->verb != NULL ? " " : "", command->verb != NULL ? command->verb : "",
		_(command->usage), _(command->help));
	if (command->options != NULL) {
		tend_str_addf(out, "\n%s\n", _("Options:"));
		add_options(out, command, "");
	}
}

void cli_print_help(const struct cli *c, struct tend_str *out)
{
	if (c->command != NULL) {
		help_command(c->command, out);
	} else {
		tend_str_add(out,
			_("usage: tend [OPTION]... [COMMAND [ARGUMENT]...]\n\n"
			  "The workbench of a customer success manager. Without a command on a "
			  "terminal it opens the workbench.\n"));
		tend_str_addf(out, "\n%s\n", _("Commands:"));
		add_commands(out, c->noun);
	}
	tend_str_addf(out, "\n%s\n", _("Options of every command:"));
	for (int i = 0; i <= OPT_VERSION; i++) {
		add_option(out, (enum cli_option_id)i, "");
	}
	if (c->command == NULL) {
		tend_str_addf(out, "\n%s\n", _("More: man tend, man tend-journey"));
	}
}

bool cli_is_noun(const char *word)
{
	for (size_t t = 0; t < cli_table_count; t++) {
		for (const struct cli_command *row = cli_tables[t]; row->noun != NULL; row++) {
			if (strcmp(row->noun, word) == 0) {
				return true;
			}
		}
	}
	return false;
}

enum tend_status cli_unknown_command(const char *noun, const char *verb, struct tend_error *err)
{
	const char *names[256];
	size_t n = 0;
	bool known = cli_is_noun(noun);
	for (size_t t = 0; t < cli_table_count; t++) {
		for (const struct cli_command *row = cli_tables[t]; row->noun != NULL && n < 256;
			row++) {
			if (!known) {
				names[n++] = row->noun;
			} else if (strcmp(row->noun, noun) == 0) {
				names[n++] = row->verb;
			}
		}
	}
	const char *word = known ? verb : noun;
	const char *near = word != NULL ? tend_nearest(word, names, n) : NULL;
	struct tend_str text = {0};
	if (known && verb == NULL) {
		tend_str_addf(&text, _("tend %s needs to be told what: "), noun);
		for (size_t i = 0; i < n; i++) {
			tend_str_addf(&text, "%s%s", i > 0 ? ", " : "", names[i]);
		}
	} else if (near != NULL) {
		tend_str_addf(&text, _("unknown command \"%s%s%s\"; did you mean \"%s%s%s\"?"),
			noun, known ? " " : "", known ? verb : "", known ? noun : "",
			known ? " " : "", near);
	} else {
		tend_str_addf(&text, _("unknown command \"%s%s%s\"; see tend --help"), noun,
			known ? " " : "", known ? verb : "");
	}
	enum tend_status status = tend_fail(err, TEND_USAGE, "%s", tend_str_text(&text));
	tend_str_finish(&text);
	return status;
}
