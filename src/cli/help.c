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
	add_row(out, tend_str_text(&left), row->help);
	tend_str_finish(&left);
}

/* The options of one command, under its row. */
static void add_options(struct tend_str *out, const struct cli_command *row, const char *indent)
{
	for (const enum cli_option_id *o = row->options; o != NULL && *o != OPT_COUNT; o++) {
		add_option(out, *o, indent);
	}
}

/* A command of the tables. */
static void add_plain(void *ctx, const struct cli_command *row)
{
	if (row->kind == NULL) {
		add_command(ctx, row);
	}
}

static void add_with_options(void *ctx, const struct cli_command *row)
{
	add_command(ctx, row);
	add_options(ctx, row, "    ");
}

/* "list|show|add|set|remove" */
static void add_verb(void *ctx, const struct cli_command *row)
{
	struct tend_str *out = ctx;
	if (row->kind != NULL) {
		tend_str_addf(out, "%s%s", out->len > 0 ? "|" : "", row->verb);
	}
}

/* A line for each kind of records: they have the same verbs. */
static void add_kinds(struct tend_str *out)
{
	for (size_t i = 0; i < tend_kind_count; i++) {
		struct tend_str verbs = {0}, left = {0};
		cli_verbs(tend_kinds[i]->noun, add_verb, &verbs);
		tend_str_addf(&left, "%s %s", tend_kinds[i]->noun, tend_str_text(&verbs));
		add_row(out, tend_str_text(&left), tend_pick(tend_kinds[i]->help));
		tend_str_finish(&verbs);
		tend_str_finish(&left);
	}
}

/* What `add` and `set` may be given. */
static void add_fields(struct tend_str *out, const struct cli_command *command)
{
	bool adding = strcmp(command->verb, "add") == 0;
	const struct tend_record_type *t = command->kind->type;
	tend_str_addf(out, "\n%s\n", _("Fields:"));
	for (size_t i = 0; i < t->nfields; i++) {
		const struct tend_field *f = &t->fields[i];
		struct tend_str left = {0};
		if (!tend_field_is_given(f, adding)) {
			continue;
		}
		tend_str_addf(&left, "%s%s", f->name,
			adding && tend_kind_requires(command->kind, f) ? " *" : "");
		struct tend_str right = {0};
		tend_str_add(&right, tend_pick(f->title));
		for (size_t k = 0; f->values != NULL && f->values[k] != NULL; k++) {
			tend_str_addf(&right, "%s%s", k == 0 ? ": " : ", ", f->values[k]);
		}
		tend_str_add(&right, (f->flags & TEND_F_OPEN) != 0 ? ", ..." : "");
		add_row(out, tend_str_text(&left), tend_str_text(&right));
		tend_str_finish(&left);
		tend_str_finish(&right);
	}
}

static void help_command(const struct cli_command *command, struct tend_str *out)
{
	tend_str_addf(out, _("usage: tend %s%s%s [OPTION]... %s\n\n%s\n"), command->noun,
		command->verb != NULL ? " " : "", command->verb != NULL ? command->verb : "",
		_(command->usage), command->help);
	if (command->options != NULL) {
		tend_str_addf(out, "\n%s\n", _("Options:"));
		add_options(out, command, "");
	}
	if (command->kind != NULL
		&& (strcmp(command->verb, "add") == 0 || strcmp(command->verb, "set") == 0)) {
		add_fields(out, command);
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
		cli_verbs(c->noun, c->noun == NULL ? add_plain : add_with_options, out);
		if (c->noun == NULL) {
			tend_str_addf(
				out, "\n%s\n", _("Records, each with list and what follows:"));
			add_kinds(out);
		}
	}
	tend_str_addf(out, "\n%s\n", _("Options of every command:"));
	for (int i = 0; i <= OPT_VERSION; i++) {
		add_option(out, (enum cli_option_id)i, "");
	}
	if (c->command == NULL) {
		tend_str_addf(out, "\n%s\n", _("More: man tend, man tend-journey"));
	}
}

struct names {
	const char *items[512];
	size_t n;
	bool verbs;
};

static void add_name(void *ctx, const struct cli_command *row)
{
	struct names *names = ctx;
	if (names->n < sizeof(names->items) / sizeof(names->items[0])) {
		names->items[names->n++] = names->verbs ? row->verb : row->noun;
	}
}

bool cli_is_noun(const char *word)
{
	struct names names = {0};
	cli_verbs(word, add_name, &names);
	return names.n > 0;
}

enum tend_status cli_unknown_command(const char *noun, const char *verb, struct tend_error *err)
{
	struct names all = {.verbs = true};
	cli_verbs(noun, add_name, &all);
	bool known = all.n > 0;
	if (!known) {
		all.verbs = false;
		cli_verbs(NULL, add_name, &all);
	}
	const char *const *names = all.items;
	size_t n = all.n;
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
