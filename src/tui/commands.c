/* SPDX-License-Identifier: MIT */
#include "commands.h"

#include "columns.h"
#include "saved_views.h"

#include <stdlib.h>
#include <string.h>

#include <tend/mem.h>

bool words_split(const char *line, struct words *ret)
{
	*ret = (struct words){.copy = tend_alloc(2 * strlen(line) + WORDS_MAX + 1)};
	char *out = ret->copy;
	const char *at = line;
	bool closed = true;
	while (*at != '\0' && ret->n < WORDS_MAX) {
		at += strspn(at, " ");
		if (*at == '\0') {
			break;
		}
		ret->rest[ret->n] = at;
		ret->items[ret->n++] = out;
		char quote = '\0';
		for (; *at != '\0' && (quote != '\0' || *at != ' '); at++) {
			if (quote != '\0' ? *at == quote : *at == '"') {
				quote = quote != '\0' ? '\0' : *at;
			} else {
				*out++ = *at;
			}
		}
		closed = quote == '\0';
		*out++ = '\0';
	}
	return closed;
}

void words_finish(struct words *w)
{
	free(w->copy);
	*w = (struct words){0};
}

/* --- looking --- */

static enum tend_status cmd_filter(
	struct workbench *wb, const struct words *w, enum follow *ret, struct tend_error *err)
{
	(void)ret;
	if ((wb_offers(wb) & CX_FILTER) == 0 && wb_view(wb)->focus == 0) {
		return tend_fail(err, TEND_USAGE, _("This view cannot be filtered."));
	}
	return view_set_filter(wb, wb_view(wb), w->n > 1 ? w->rest[1] : "", err);
}

static enum tend_status cmd_sort(
	struct workbench *wb, const struct words *w, enum follow *ret, struct tend_error *err)
{
	(void)ret;
	if (w->n != 2) {
		return tend_fail(
			err, TEND_USAGE, _("sort FIELD, or sort -FIELD from the largest down"));
	}
	if (wb_view(wb)->panes[0].ops->type == NULL || wb->app == NULL) {
		return tend_fail(err, TEND_USAGE, _("This view cannot be sorted."));
	}
	return view_set_sort(wb, wb_view(wb), w->items[1], err);
}

static enum tend_status cmd_view(
	struct workbench *wb, const struct words *w, enum follow *ret, struct tend_error *err)
{
	(void)ret;
	return wb_show(wb, w->items[0], err);
}

static enum tend_status cmd_customer(
	struct workbench *wb, const struct words *w, enum follow *ret, struct tend_error *err)
{
	(void)ret;
	int64_t id = 0;
	if (w->n < 2) {
		return wb_show(wb, "customer", err);
	}
	if (wb->app == NULL) {
		return tend_fail(err, TEND_UNAVAILABLE,
			_("There is no store yet: choose one of the ways to start."));
	}
	/* As on the command line, "show" may come first; a name may have blanks. */
	size_t at = w->n > 2 && strcmp(w->items[1], "show") == 0 ? 2 : 1;
	enum tend_status status = tend_app_find_customer(wb->app, w->items[at], &id, err);
	if (status != TEND_OK && w->n > at + 1) {
		status = tend_app_find_customer(wb->app, w->rest[at], &id, err);
	}
	if (status == TEND_OK) {
		wb_open_customer(wb, id);
	}
	return status;
}

static enum tend_status cmd_help(
	struct workbench *wb, const struct words *w, enum follow *ret, struct tend_error *err)
{
	(void)w;
	(void)err;
	*ret = act_help(wb);
	return TEND_OK;
}

static enum tend_status cmd_quit(
	struct workbench *wb, const struct words *w, enum follow *ret, struct tend_error *err)
{
	(void)wb;
	(void)w;
	(void)err;
	*ret = FOLLOW_QUIT;
	return TEND_OK;
}

const struct command commands[] = {
	{"ack", "", cmd_ack},
	{"add", N_("[KIND [CUSTOMER] [FIELD=VALUE…]]"), cmd_add},
	{"alerts", "", cmd_view},
	{"capacity", "", cmd_view},
	{"columns", N_("[FIELD,FIELD…]"), cmd_columns},
	{"customer", N_("CUSTOMER"), cmd_customer},
	{"done", N_("[CUSTOMER] [MILESTONE[#N]]…"), cmd_done},
	{"due", N_("DATE"), cmd_due},
	{"enroll", N_("JOURNEY"), cmd_enroll},
	{"export", N_("md|html|csv|json [PATH]"), cmd_export},
	{"filter", N_("TEXT or EXPRESSION"), cmd_filter},
	{"help", "", cmd_help},
	{"history", "", cmd_view},
	{"import", N_("KIND FILE [--map FILE]"), cmd_import},
	{"journeys", "", cmd_view},
	{"log", N_("[CUSTOMER] [--kind KIND] [--date D] TEXT"), cmd_log},
	{"note", N_("[TITLE]"), cmd_note},
	{"owner", N_("NAME"), cmd_owner},
	{"playbook", N_("[KEY]"), cmd_playbook},
	{"portfolio", "", cmd_view},
	{"profile", N_("[FIELD=VALUE…]"), cmd_profile},
	{"q", "", cmd_quit},
	{"quit", "", cmd_quit},
	{"redo", "", cmd_redo},
	{"renewals", "", cmd_view},
	{"reopen", N_("[MILESTONE[#N]]…"), cmd_reopen},
	{"set", N_("lang en|zh, theme NAME, FIELD=VALUE…"), cmd_set},
	{"snooze", N_("[DATE] [REASON]"), cmd_snooze},
	{"sort", N_("[-]FIELD"), cmd_sort},
	{"stakeholders", "", cmd_view},
	{"today", "", cmd_view},
	{"undo", N_("[N]"), cmd_undo},
	{"view", N_("[NAME|save NAME|remove NAME]"), cmd_saved_view},
	{"winback", "", cmd_view},
};
const size_t command_count = sizeof(commands) / sizeof(commands[0]);

static const struct command *find(const char *name)
{
	for (size_t i = 0; i < command_count; i++) {
		if (strcmp(commands[i].name, name) == 0) {
			return &commands[i];
		}
	}
	return NULL;
}

static enum tend_status unknown(const char *name, struct tend_error *err)
{
	const char *names[128];
	size_t n = 0;
	for (size_t i = 0; i < command_count; i++) {
		names[n++] = commands[i].name;
	}
	for (size_t i = 0; i < ACTION_COUNT; i++) {
		names[n++] = actions[i].name;
	}
	const char *near = tend_nearest(name, names, n);
	return near != NULL ? tend_fail(
		       err, TEND_USAGE, _("no command is called %s: did you mean %s?"), name, near)
			    : tend_fail(err, TEND_USAGE, _("no command is called %s"), name);
}

/* Every action is a command too. */
static enum tend_status run_action(
	struct workbench *wb, const char *name, enum follow *ret, struct tend_error *err)
{
	enum action_id id = action_find(name);
	if (id == ACTION_NONE) {
		return unknown(name, err);
	}
	if ((actions[id].needs & ~wb_offers(wb)) != 0) {
		return tend_fail(
			err, TEND_USAGE, _("%s is not possible here"), _(actions[id].help));
	}
	*ret = action_handlers[id](wb);
	return TEND_OK;
}

/* A kind of records, where no action of that name is possible here. */
static bool is_record(const struct workbench *wb, const char *name)
{
	enum action_id id = action_find(name);
	return tend_kind_called(name) != NULL
		&& (id == ACTION_NONE || (actions[id].needs & ~wb_offers(wb)) != 0);
}

/* On the command line these come before the word that says what to do. */
static bool is_noun(const char *word)
{
	static const char *const nouns[] = {"milestone", "alert", "journey"};
	for (size_t i = 0; i < sizeof(nouns) / sizeof(nouns[0]); i++) {
		if (strcmp(nouns[i], word) == 0) {
			return true;
		}
	}
	return false;
}

enum follow command_run(
	struct workbench *wb, const char *line, struct tend_error *err, bool *ret_ok)
{
	struct words w;
	enum follow follow = FOLLOW_NOTHING;
	enum tend_status status = TEND_OK;
	struct view *v = wb_view(wb);
	if (v->stale) {
		view_follow(wb, v);
	}
	tend_str_clear(&wb->message);
	tend_str_clear(&wb->warning);
	if (!words_split(line, &w)) {
		status = tend_fail(err, TEND_USAGE, _("a quote is not closed"));
	} else if (w.n > 1 && is_noun(w.items[0]) && find(w.items[1]) != NULL) {
		struct words verb;
		(void)words_split(w.rest[1], &verb);
		status = find(verb.items[0])->run(wb, &verb, &follow, err);
		words_finish(&verb);
	} else if (w.n > 0) {
		const struct command *c = find(w.items[0]);
		status = c != NULL                  ? c->run(wb, &w, &follow, err)
			: is_record(wb, w.items[0]) ? command_kind(wb, &w, 0, &follow, err)
						    : run_action(wb, w.items[0], &follow, err);
	}
	words_finish(&w);
	*ret_ok = status == TEND_OK;
	return follow;
}

const char *command_usage(const char *line)
{
	size_t n = strcspn(line, " ");
	for (size_t i = 0; i < command_count && n > 0; i++) {
		if (strlen(commands[i].name) == n && strncmp(commands[i].name, line, n) == 0) {
			return commands[i].usage[0] != '\0' ? _(commands[i].usage) : "";
		}
	}
	char *noun = tend_strndup(line, n);
	bool kind = tend_kind_called(noun) != NULL;
	free(noun);
	return kind ? _("[add|edit|set|remove] [CUSTOMER|KEY] [FIELD=VALUE…]") : "";
}

/* --- completion --- */

void command_offer(struct tend_str *out, const char *word, const char *prefix)
{
	if (word[0] != '\0' && tend_starts_with(word, prefix) && strchr(word, ' ') == NULL) {
		tend_str_addf(out, "%s%s", out->len > 0 ? " " : "", word);
	}
}

static void offer_fields(struct workbench *wb, const char *prefix, struct tend_str *out)
{
	const struct tend_record_type *t = wb_view(wb)->panes[0].ops->type;
	bool down = prefix[0] == '-';
	for (size_t i = 0; t != NULL && i < t->nfields; i++) {
		if ((t->fields[i].flags & TEND_F_HIDDEN) == 0) {
			char *word = tend_format("%s%s", down ? "-" : "", t->fields[i].name);
			command_offer(out, word, prefix);
			free(word);
		}
	}
}

static void offer_customers(struct workbench *wb, const char *prefix, struct tend_str *out)
{
	struct tend_list all;
	if (wb->app != NULL && tend_app_customers(wb->app, NULL, &all, NULL) == TEND_OK) {
		for (size_t i = 0; i < all.n && out->len < 400; i++) {
			command_offer(out,
				((const struct tend_customer *)tend_list_at(&all, i))->key, prefix);
		}
		tend_list_finish(&all);
	}
}

static void offer_journeys(struct workbench *wb, const char *prefix, struct tend_str *out)
{
	struct tend_list all;
	const char *last = "";
	if (wb->app != NULL && tend_app_journeys(wb->app, &all, NULL) == TEND_OK) {
		/* Versions of a journey stand together. */
		for (size_t i = 0; i < all.n; i++) {
			const char *key =
				((const struct tend_template *)tend_list_at(&all, i))->key;
			command_offer(out, strcmp(key, last) != 0 ? key : "", prefix);
			last = key;
		}
		tend_list_finish(&all);
	}
}

static void offer_playbooks(struct workbench *wb, const char *prefix, struct tend_str *out)
{
	struct tend_list all;
	if (wb->app != NULL && tend_app_playbooks(wb->app, NULL, 0, NULL, &all, NULL) == TEND_OK) {
		for (size_t i = 0; i < all.n; i++) {
			command_offer(out,
				((const struct tend_playbook_row *)tend_list_at(&all, i))->key,
				prefix);
		}
		tend_list_finish(&all);
	}
}

static void offer_milestones(struct workbench *wb, const char *prefix, struct tend_str *out)
{
	struct tend_list all;
	const struct view *v = wb_view(wb);
	if (wb->app == NULL || v->customer_id == 0
		|| tend_app_milestones(wb->app, v->customer_id, NULL, &all, NULL) != TEND_OK) {
		return;
	}
	for (size_t i = 0; i < all.n; i++) {
		const struct tend_milestone *m = tend_list_at(&all, i);
		char *name =
			tend_format(m->repeats > 0 ? "%s#%d" : "%s", m->key, (int)m->occurrence);
		if (strcmp(m->state, "done") != 0) {
			command_offer(out, name, prefix);
		}
		free(name);
	}
	tend_list_finish(&all);
}

static void offer_list(const char *const *words, const char *prefix, struct tend_str *out)
{
	for (size_t i = 0; words[i] != NULL; i++) {
		command_offer(out, words[i], prefix);
	}
}

static void complete_argument(struct workbench *wb, const struct words *w, size_t at,
	const char *prefix, struct tend_str *out)
{
	static const char *const settings[] = {"lang", "theme", NULL};
	static const char *const langs[] = {"en", "zh", NULL};
	static const char *const themes[] = {"default", "light", "dark", "mono", NULL};
	static const char *const endings[] = {"md", "html", "csv", "json", NULL};
	const char *const *kinds = tend_field_find(&tend_activity_type, "kind")->values;
	const char *name = w->items[0];
	bool after_kind = at > 1 && strcmp(w->items[at - 1], "--kind") == 0;
	if (after_kind) {
		offer_list(kinds, prefix, out);
	} else if (strcmp(name, "add") == 0 || tend_kind_called(name) != NULL) {
		command_kind_complete(wb, w, at, prefix, out);
	} else if (strcmp(name, "columns") == 0) {
		columns_complete(wb, prefix, out);
	} else if (strcmp(name, "view") == 0) {
		saved_views_complete(wb, w, at, prefix, out);
	} else if (strcmp(name, "sort") == 0 || strcmp(name, "filter") == 0) {
		offer_fields(wb, prefix, out);
	} else if (strcmp(name, "set") == 0) {
		offer_list(at == 1                                 ? settings
				: strcmp(w->items[1], "lang") == 0 ? langs
								   : themes,
			prefix, out);
	} else if (strcmp(name, "import") == 0 && at == 1) {
		offer_list(tend_import_kinds, prefix, out);
	} else if (strcmp(name, "export") == 0 && at == 1) {
		offer_list(endings, prefix, out);
	} else if (strcmp(name, "enroll") == 0 && at == 1) {
		offer_journeys(wb, prefix, out);
	} else if (strcmp(name, "playbook") == 0 && at == 1) {
		offer_playbooks(wb, prefix, out);
	} else if (strcmp(name, "customer") == 0 || (strcmp(name, "log") == 0 && at == 1)) {
		offer_customers(wb, prefix, out);
	} else if (strcmp(name, "done") == 0 || strcmp(name, "reopen") == 0) {
		offer_milestones(wb, prefix, out);
		if (at == 1) {
			offer_customers(wb, prefix, out);
		}
	}
}

size_t command_complete(struct workbench *wb, const char *line, struct tend_str *ret_words)
{
	struct words w;
	(void)words_split(line, &w);
	size_t len = strlen(line);
	bool new_word = len == 0 || line[len - 1] == ' ';
	size_t at = new_word ? w.n : w.n - 1;
	const char *prefix = new_word ? "" : w.items[at];
	size_t start = new_word ? len : (size_t)(w.rest[at] - line);
	if (at == 0) {
		for (size_t i = 0; i < command_count; i++) {
			command_offer(ret_words, commands[i].name, prefix);
		}
		for (size_t i = 0; prefix[0] != '\0' && i < tend_kind_count; i++) {
			if (find(tend_kinds[i]->noun) == NULL) {
				command_offer(ret_words, tend_kinds[i]->noun, prefix);
			}
		}
		for (size_t i = 0; prefix[0] != '\0' && i < ACTION_COUNT; i++) {
			if (find(actions[i].name) == NULL
				&& tend_kind_called(actions[i].name) == NULL) {
				command_offer(ret_words, actions[i].name, prefix);
			}
		}
	} else {
		complete_argument(wb, &w, at, prefix, ret_words);
	}
	words_finish(&w);
	return start;
}
