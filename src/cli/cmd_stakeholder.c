/* SPDX-License-Identifier: MIT */
/* The people at the customers: the portfolio, and the map of one. */
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <tend/fields.h>
#include <tend/mem.h>
#include <tend/text.h>
#include <tend/words.h>

#include "commands.h"

/* A line of the map for people: who stands where, of one influence. */
struct map_row {
	const char *influence;
	const char *champion, *supporter, *neutral, *critic, *blocker, *other;
};

#define M struct map_row
#define NAMES(m, en, zh) TEXT(M, m, TEND_F_DERIVED, en, zh)

static const struct tend_field fields[] = {
	NAMES(influence, "Influence", "影响力"),
	NAMES(champion, "Champion", "拥护"),
	NAMES(supporter, "Supporter", "支持"),
	NAMES(neutral, "Neutral", "中立"),
	NAMES(critic, "Critic", "质疑"),
	NAMES(blocker, "Blocker", "反对"),
	NAMES(other, "Not known", "未知"),
};
static const struct tend_record_type map_type =
	RECORD_TYPE_OF(M, "influence", "Stakeholders", "干系人", fields);

static const char *name_of(const struct tend_contact *c)
{
	return c->name != NULL ? c->name : c->key;
}

static void make_map(const struct tend_list *people, struct tend_list *ret)
{
	struct map_row *row = NULL;
	int rank = -1;
	tend_list_init(ret, &map_type);
	for (size_t i = 0; i < people->n; i++) {
		const struct tend_contact *c = tend_list_at(people, i);
		if (tend_influence_rank(c->influence) != rank) {
			rank = tend_influence_rank(c->influence);
			row = tend_list_add(ret);
			row->influence = rank < TEND_INFLUENCES - 1
				? tend_word("influence", c->influence)
				: _("not known");
		}
		const char **cell = (const char **)((char *)row
			+ fields[1 + tend_stance_rank(c->stance)].offset);
		*cell = tend_arena_format(&ret->arena, "%s%s%s%s", *cell != NULL ? *cell : "",
			*cell != NULL ? ", " : "", name_of(c), c->silent == 1 ? " !" : "");
	}
}

static void say_silent(const struct tend_contact *c, struct tend_str *out)
{
	if (c->silent_days == TEND_NO_INT) {
		tend_str_addf(
			out, _("silent: %s, never touched, every %s\n"), name_of(c), c->cadence);
	} else {
		tend_str_addf(out, _("silent: %s, %lld days, every %s\n"), name_of(c),
			(long long)c->silent_days, c->cadence);
	}
}

static void say_missing(const struct tend_stakeholder *s, struct tend_str *out)
{
	char *roles = tend_strdup(s->missing);
	for (char *save = NULL, *role = strtok_r(roles, ",", &save); role != NULL;
		role = strtok_r(NULL, ",", &save)) {
		tend_str_addf(out, _("missing: %s\n"), tend_word("role", role));
	}
	free(roles);
}

/* What is to be looked after, a line each, under the map. */
static void say_rest(
	const struct tend_stakeholder *s, const struct tend_list *people, struct tend_str *out)
{
	for (size_t i = 0; i < people->n; i++) {
		const struct tend_contact *c = tend_list_at(people, i);
		if (c->silent == 1) {
			say_silent(c, out);
		}
	}
	say_missing(s, out);
	if (s->single_thread == 1) {
		tend_str_addf(out, _("single thread: %s\n"), s->thread);
	} else {
		tend_str_addf(out, _("thread: %s\n"), s->thread);
	}
}

static enum tend_status print_map(struct cli *c, const struct tend_stakeholder *s,
	struct tend_list *people, struct tend_error *err)
{
	struct tend_list map;
	make_map(people, &map);
	enum tend_status status = people->n > 0 ? cli_list(c, TEND_OK, &map, err) : TEND_OK;
	struct tend_str lines = {0}, shown = {0};
	say_rest(s, people, &lines);
	(void)tend_printable_lines(&shown, tend_str_text(&lines), lines.len);
	status = status != TEND_OK ? status : cli_write(c, &shown, err);
	tend_str_finish(&lines);
	tend_str_finish(&shown);
	return status;
}

static enum tend_status run_show(struct cli *c, struct tend_error *err)
{
	int64_t customer = 0;
	struct tend_list row = {0}, people = {0};
	enum tend_status status = cli_customer(c, c->args[0], &customer, err);
	if (status == TEND_OK) {
		status = tend_app_people(c->app, customer, &people, err);
	}
	if (status != TEND_OK || c->format != TEND_AS_TABLE || cli_has(c, OPT_QUIET)) {
		return cli_list(c, status, &people, err);
	}
	status = tend_app_stakeholders(c->app, customer, NULL, &row, err);
	status = status != TEND_OK ? status : print_map(c, tend_list_at(&row, 0), &people, err);
	tend_list_finish(&row);
	tend_list_finish(&people);
	return status;
}

static enum tend_status run_list(struct cli *c, struct tend_error *err)
{
	struct tend_query q;
	struct tend_list list = {0};
	enum tend_status status = cli_query(c, c->nargs > 0 ? c->args[0] : NULL, &q, err);
	if (status == TEND_OK) {
		status = tend_app_stakeholders(c->app, 0, &q, &list, err);
	}
	return cli_list(c, status, &list, err);
}

static const enum cli_option_id list_options[] = {OPT_SORT, OPT_LIMIT, OPT_COLUMNS, OPT_COUNT};
static const enum cli_option_id show_options[] = {OPT_COLUMNS, OPT_COUNT};

const struct cli_command cli_stakeholder_commands[] = {
	{"stakeholder", "list", CLI_NEEDS_STORE, "[FILTER]",
		N_("the people of each customer: who is silent, missing, or alone"), 0, 1,
		list_options, run_list},
	{"stakeholder", "show", CLI_NEEDS_STORE, "CUSTOMER",
		N_("the map of a customer's people: influence and stance, silence, what is "
		   "missing"),
		1, 1, show_options, run_show},
	CLI_END,
};
