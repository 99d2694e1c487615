/* SPDX-License-Identifier: MIT */
/* Keys to actions, and what goes on between the keys. */
#include <stdlib.h>
#include <string.h>

#include "workbench.h"

#define CHECK_MS 1000
#define DRAFT_MS 1000

static void reload(struct workbench *wb)
{
	wb->today = wb->app != NULL ? tend_app_today(wb->app) : wb->today;
	for (size_t i = 0; i < wb->nviews; i++) {
		wb->views[i]->loaded = false;
	}
	struct view *v = wb_view(wb);
	view_load(wb, v);
	view_follow(wb, v);
	wb_update_undo(wb);
}

enum follow workbench_follow(struct workbench *wb, enum follow follow)
{
	if (follow == FOLLOW_REFRESH) {
		struct view *v = wb_view(wb);
		view_refresh(wb, v);
	} else if (follow == FOLLOW_RELOAD) {
		reload(wb);
	} else if (follow == FOLLOW_QUIT) {
		wb->quit = true;
	}
	return follow;
}

/* Actions that only move need not wait for what follows the selection. */
static enum follow run_action(struct workbench *wb, enum action_id id)
{
	struct view *v = wb_view(wb);
	if (v->stale && actions[id].group != GROUP_MOVE) {
		view_follow(wb, v);
	}
	if (actions[id].group != GROUP_MOVE) {
		tend_str_clear(&wb->message);
		tend_str_clear(&wb->warning);
	}
	return action_handlers[id](wb);
}

/* A key that does something in other panes. */
static void say_not_here(struct workbench *wb)
{
	enum action_id id = ACTION_NONE;
	const char *view = wb_view(wb)->page->name;
	struct tend_str keys = {0};
	if (keymap_find(&wb->keymap, view, ~0U, wb->pending, wb->npending, &id) != KEYMAP_ACTION
		|| id == ACTION_NONE) {
		return;
	}
	key_name(wb->pending[0], &keys);
	wb_say(wb, ROLE_HINT, _("%s does nothing here; ? shows what does"), tend_str_text(&keys));
	tend_str_finish(&keys);
}

static void say_no_such_key(struct workbench *wb)
{
	struct tend_str keys = {0};
	for (size_t i = 0; i < wb->npending; i++) {
		tend_str_add(&keys, i > 0 ? " " : "");
		key_name(wb->pending[i], &keys);
	}
	wb_say(wb, ROLE_ERROR, _("%s: no such key"), tend_str_text(&keys));
	tend_str_finish(&keys);
}

static enum follow sequence_key(struct workbench *wb, struct key k)
{
	const char *view = wb_view(wb)->page->name;
	enum action_id id = ACTION_NONE;
	wb->popup = false;
	if (wb->npending == SEQUENCE_MAX) {
		wb->npending = 0;
	}
	wb->pending[wb->npending++] = k;
	switch (keymap_find(&wb->keymap, view, wb_offers(wb), wb->pending, wb->npending, &id)) {
	case KEYMAP_PREFIX:
		wb->pending_since = wb->now;
		return FOLLOW_NOTHING;
	case KEYMAP_ACTION:
		wb->npending = 0;
		return run_action(wb, id);
	default:
		break;
	}
	/* Esc takes the first keys back; what is no sequence does nothing at all. */
	if (wb->npending == 1) {
		say_not_here(wb);
	} else if (k.code != K_ESC) {
		say_no_such_key(wb);
	}
	wb->npending = 0;
	return FOLLOW_NOTHING;
}

enum follow workbench_key(struct workbench *wb, struct key k)
{
	enum follow follow = FOLLOW_NOTHING;
	if (wb->dialog != NULL && (k.mods & MOD_ALT) != 0) {
		return FOLLOW_NOTHING;
	}
	if (wb->dialog != NULL) {
		wb->typed = wb->typed || wb->dialog->ops->keep != NULL;
		follow = wb->dialog->ops->key(wb, wb->dialog, k);
	} else if ((k.mods & MOD_PASTED) == 0) {
		k.code = tend_ascii_twin(k.code);
		follow = sequence_key(wb, k);
	}
	return workbench_follow(wb, follow);
}

/* True where the lists were read anew. */
static bool evaluate(struct workbench *wb)
{
	size_t left = 0;
	if (tend_app_stale(wb->app, &left, NULL) != TEND_OK || left == 0) {
		wb->evaluating = false;
		return false;
	}
	if (tend_app_evaluate(wb->app, SLICE, &left, NULL) != TEND_OK || left == 0) {
		wb->evaluating = false;
		reload(wb);
		return true;
	}
	return false;
}

static bool check_outside(struct workbench *wb)
{
	if (wb->now - wb->checked_at < CHECK_MS) {
		return false;
	}
	wb->checked_at = wb->now;
	/* A day that ended moves everything that is derived. */
	if (tend_app_changed_outside(wb->app)) {
		wb->evaluating = true;
		reload(wb);
		return true;
	}
	return false;
}

static bool dialog_tick(struct workbench *wb)
{
	struct dialog *d = wb->dialog;
	return d != NULL && d->ops->tick != NULL && d->ops->tick(wb, d);
}

static int64_t sooner(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

int workbench_tick(struct workbench *wb, int64_t now, bool *ret_changed)
{
	int64_t next = CHECK_MS;
	wb->now = now;
	*ret_changed = false;
	struct view *v = wb_view(wb);
	if (wb->npending > 0 && !wb->popup) {
		if (now - wb->pending_since >= PREFIX_MS) {
			wb->popup = *ret_changed = true;
		} else {
			next = sooner(next, wb->pending_since + PREFIX_MS - now);
		}
	}
	if (wb->app == NULL) {
		return wb->npending > 0 && !wb->popup ? (int)next : -1;
	}
	if (wb->typed && now - wb->written_at >= DRAFT_MS) {
		drafts_write(wb);
	}
	if (dialog_tick(wb)) {
		*ret_changed = true;
		next = 0;
	} else if (v->stale && now >= wb->rest_at) {
		view_follow(wb, v);
		*ret_changed = true;
		next = 0;
	} else if (v->stale) {
		next = sooner(next, wb->rest_at - now);
	} else if (wb->evaluating) {
		*ret_changed = evaluate(wb) || *ret_changed;
		next = 0;
	} else {
		*ret_changed = check_outside(wb) || *ret_changed;
	}
	return (int)next;
}

void workbench_settle(struct workbench *wb)
{
	if (wb->app == NULL) {
		wb->popup = wb->npending > 0;
		return;
	}
	while (wb->evaluating) {
		(void)evaluate(wb);
	}
	while (dialog_tick(wb)) {}
	struct view *v = wb_view(wb);
	if (v->stale) {
		view_follow(wb, v);
	}
	wb->popup = wb->npending > 0;
}
