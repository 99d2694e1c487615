/* SPDX-License-Identifier: MIT */
/* Looking: filter, command line, help, palette, sort. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <tend/mem.h>

#include "workbench.h"

/* --- the filter --- */

static void try_filter(struct workbench *wb, struct prompt *p)
{
	struct tend_error err = {0};
	if (view_set_filter(wb, wb_view(wb), editor_text(&p->editor), &err) != TEND_OK) {
		(void)snprintf(p->error, sizeof(p->error), "%s", err.text);
	}
}

static enum follow keep_filter(struct workbench *wb, struct prompt *p, bool *ret_close)
{
	try_filter(wb, p);
	*ret_close = p->error[0] == '\0';
	return FOLLOW_NOTHING;
}

/* Esc leaves the filter as it was before. */
static void restore_filter(struct workbench *wb, struct prompt *p)
{
	editor_history_add(&wb->filters, editor_text(&p->editor));
	(void)view_set_filter(wb, wb_view(wb), "", NULL);
}

enum follow act_filter(struct workbench *wb)
{
	struct view *v = wb_view(wb);
	v->focus = 0;
	struct prompt *p = prompt_create("/", v->filter != NULL ? v->filter : "");
	p->editor.history = &wb->filters;
	p->changed = try_filter;
	p->submit = keep_filter;
	p->cancelled = restore_filter;
	wb_push(wb, &p->base);
	return FOLLOW_NOTHING;
}

/* --- the command line --- */

static enum follow submit_command(struct workbench *wb, struct prompt *p, bool *ret_close)
{
	struct tend_error err = {0};
	bool ok = true;
	enum follow follow = command_run(wb, editor_text(&p->editor), &err, &ok);
	if (!ok) {
		(void)snprintf(p->error, sizeof(p->error), "%s", err.text);
	}
	*ret_close = ok;
	return follow;
}

static void keep_command(struct workbench *wb, struct prompt *p)
{
	editor_history_add(&wb->commands, editor_text(&p->editor));
}

enum follow act_command(struct workbench *wb)
{
	struct prompt *p = prompt_create(":", "");
	const char *left = draft_find(wb, DRAFT_COMMAND, 0, 0);
	if (left != NULL) {
		editor_history_add(&wb->commands, left);
	}
	p->base.draft = DRAFT_COMMAND;
	p->editor.history = &wb->commands;
	p->completes = true;
	p->submit = submit_command;
	p->cancelled = keep_command;
	wb_push(wb, &p->base);
	return FOLLOW_NOTHING;
}

/* --- help and palette --- */

static enum follow run_picked(struct workbench *wb, struct picker *p, struct picker_item *item)
{
	enum action_id id = (enum action_id)item->value;
	/* The help closes first: what runs may open a dialog of its own. */
	(void)p;
	if (id == ACTION_NONE) {
		return FOLLOW_NOTHING;
	}
	if ((actions[id].needs & ~wb_offers(wb)) != 0) {
		wb_say(wb, ROLE_ERROR, _("%s is not possible here"), _(actions[id].help));
		return FOLLOW_NOTHING;
	}
	return action_handlers[id](wb);
}

static void add_action(struct workbench *wb, struct picker *p, enum action_id id, const char *group)
{
	struct tend_str keys = {0};
	keymap_all_keys(&wb->keymap, wb_view(wb)->page->name, id, &keys);
	struct picker_item *item = picker_add(p, tend_str_text(&keys), _(actions[id].help), NULL);
	item->value = id;
	item->word = tend_strdup(actions[id].name);
	item->group = tend_strdup(group);
	tend_str_finish(&keys);
}

/* Another action has the key here; of what is said twice, one is enough. */
static bool is_hidden(enum action_id id, unsigned offers)
{
	bool here = (actions[id].needs & ~offers) == 0;
	for (size_t i = 0; i < ACTION_COUNT; i++) {
		bool other = i != (size_t)id && (actions[i].needs & ~offers) == 0
			&& strcmp(actions[i].keys, actions[id].keys) == 0;
		if (other
			&& (here ? i < (size_t)id
				 : strcmp(actions[i].help, actions[id].help) == 0)) {
			return true;
		}
	}
	return false;
}

static struct picker *action_picker(struct workbench *wb, const char *title)
{
	struct picker *p = picker_create(title);
	unsigned offers = wb_offers(wb);
	/* What can be done here comes first, then the rest. */
	for (int group = 0; group < GROUP_COUNT; group++) {
		for (size_t i = 0; i < ACTION_COUNT; i++) {
			bool here = (actions[i].needs & ~offers) == 0;
			if ((int)actions[i].group == group && here
				&& !is_hidden((enum action_id)i, offers)) {
				add_action(wb, p, (enum action_id)i,
					action_group_title((enum action_group)group));
			}
		}
	}
	struct picker_item *signs = picker_add(
		p, "!n ?n", _("In the title row: ! late or high, ? due soon or medium"), NULL);
	signs->value = ACTION_NONE;
	signs->group = tend_strdup(_("Signs"));
	signs = picker_add(p, "[.] [c]", _("Waits for others; done by its condition"), NULL);
	signs->value = ACTION_NONE;
	signs->group = tend_strdup(_("Signs"));
	for (size_t i = 0; i < ACTION_COUNT; i++) {
		if ((actions[i].needs & ~offers) != 0 && i != ACTION_run
			&& !is_hidden((enum action_id)i, offers)) {
			add_action(wb, p, (enum action_id)i, _("Elsewhere"));
			p->items[p->n - 1].role = ROLE_DIM;
		}
	}
	p->searchable = p->tall = true;
	p->pick = run_picked;
	picker_filter(p);
	return p;
}

enum follow act_help(struct workbench *wb)
{
	struct picker *p = action_picker(wb, _("Keys: / searches, Enter runs"));
	wb_push(wb, &p->base);
	return FOLLOW_NOTHING;
}

enum follow act_palette(struct workbench *wb)
{
	struct picker *p = action_picker(wb, _("Find an action"));
	p->searching = true;
	wb_push(wb, &p->base);
	return FOLLOW_NOTHING;
}

/* --- sorting --- */

static enum follow pick_sort(struct workbench *wb, struct picker *p, struct picker_item *item)
{
	(void)p;
	struct tend_error err = {0};
	struct view *v = wb_view(wb);
	/* The same column again turns the order round. */
	bool same = tend_same(v->sort, item->word);
	char *fields = same ? tend_format("%s%s", item->word[0] == '-' ? "" : "-",
			       item->word[0] == '-' ? item->word + 1 : item->word)
			    : tend_strdup(item->word);
	if (view_set_sort(wb, v, fields, &err) != TEND_OK) {
		wb_error(wb, &err);
	}
	free(fields);
	return FOLLOW_NOTHING;
}

enum follow act_sort(struct workbench *wb)
{
	static const char letters[] = "nosmhrwtaxyz";
	struct view *v = wb_view(wb);
	const struct grid_spec *spec = pane_spec(&v->panes[0]);
	struct picker *p = picker_create(_("Sort by; the same again turns the order round"));
	for (size_t i = 0; i < spec->n && i < sizeof(letters) - 1; i++) {
		const struct grid_column *col = &spec->columns[i];
		if (col->sort == NULL || col->title == NULL) {
			continue;
		}
		const struct tend_field *f = tend_field_find(v->panes[0].list.type, col->sort);
		/* Amounts and counts are wanted from the largest down. */
		bool down =
			f != NULL && (f->type == TEND_MONEY || strcmp(col->sort, "alerts") == 0);
		const char key[] = {letters[p->n], '\0'};
		const char *title =
			f != NULL && col->title[0] == '!' ? tend_pick(f->title) : _(col->title);
		struct picker_item *item = picker_add(p, key, title, NULL);
		item->word = tend_format("%s%s", down ? "-" : "", col->sort);
		bool now = tend_same(v->sort, item->word)
			|| (v->sort != NULL && v->sort[0] == '-'
				&& strcmp(v->sort + 1, col->sort) == 0);
		item->detail = now
			? tend_strdup(v->sort[0] == '-' ? _("now, falling") : _("now, rising"))
			: NULL;
		p->cursor = now ? p->n - 1 : p->cursor;
	}
	p->pick = pick_sort;
	picker_filter(p);
	wb_push(wb, &p->base);
	return FOLLOW_NOTHING;
}
