/* SPDX-License-Identifier: MIT */
/* Searching everything. */
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include <tend/mem.h>

#include "commands.h"

enum {
	LIMIT = 20,
	SLICE = 500, /* customers between two looks at the clock */
	PATIENCE_MS = 500, /* after which it is said how far it is */
	BAR = 30, /* columns */
	KEEP_FROM = 16, /* fewer customers are read again more cheaply than kept */
};

static int64_t now_ms(void)
{
	struct timespec t;
	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* A line that is written over itself, on a terminal alone; `part` of `all`. */
static void show_progress(FILE *to, size_t part, size_t all)
{
	char bar[BAR + 1];
	size_t full = all > 0 ? part * BAR / all : BAR;
	for (size_t i = 0; i < BAR; i++) {
		bar[i] = i < full ? '#' : '.';
	}
	bar[BAR] = '\0';
	char *text =
		tend_format(_("reading what there is to search: %s %zu of %zu"), bar, part, all);
	(void)fprintf(to, "\r%s", text);
	(void)fflush(to);
	free(text);
}

/* The first search in a store, and one after an import, read many customers. */
static enum tend_status bring_up(struct cli *c, struct tend_error *err)
{
	FILE *to = c->env->messages;
	bool terminal = isatty(fileno(to)) == 1, shown = false;
	int64_t began = now_ms();
	size_t left = 1, all = 0;
	enum tend_status status = TEND_OK;
	while (status == TEND_OK && left > 0) {
		status = tend_app_search_renew(c->app, false, SLICE, &left, &all, err);
		if (terminal && status == TEND_OK && left > 0 && now_ms() - began > PATIENCE_MS) {
			show_progress(to, all - left, all);
			shown = true;
		}
	}
	if (shown) {
		(void)fputs("\r\033[K", to);
	}
	return status;
}

static char *all_words(const struct cli *c)
{
	struct tend_str text = {0};
	for (int i = 0; i < c->nargs; i++) {
		tend_str_addf(&text, "%s%s", i > 0 ? " " : "", c->args[i]);
	}
	char *words = tend_str_steal(&text);
	return words != NULL ? words : tend_strdup("");
}

static enum tend_status run_search(struct cli *c, struct tend_error *err)
{
	int64_t limit = LIMIT;
	size_t all = 0;
	struct tend_list list = {0};
	enum tend_status status = cli_number(c, OPT_LIMIT, LIMIT, 0, &limit, err);
	status = status == TEND_OK ? bring_up(c, err) : status;
	if (status == TEND_OK) {
		char *words = all_words(c);
		const struct tend_search_for q = {
			.text = words, .kind = c->given[OPT_KIND], .limit = (size_t)limit};
		status = tend_app_search(c->app, &q, &list, &all, err);
		free(words);
	}
	size_t shown = list.n;
	status = cli_list(c, status, &list, err);
	if (status == TEND_OK && shown < all && c->format == TEND_AS_TABLE
		&& !cli_has(c, OPT_QUIET)) {
		cli_say(c, _("tend: %zu of %zu; --limit N shows more"), shown, all);
	}
	tend_app_search_keep(c->app, KEEP_FROM);
	return status;
}

static const enum cli_option_id options[] = {OPT_LIMIT, OPT_KIND, OPT_COLUMNS, OPT_COUNT};

const struct cli_command cli_search_commands[] = {
	{"search", NULL, CLI_NEEDS_STORE, "TEXT...",
		N_("find customers and everything that is known about them"), 1, -1, options,
		run_search},
	CLI_END,
};
