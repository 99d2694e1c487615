/* SPDX-License-Identifier: MIT */
/* Changes that need no more than a key or a pick: done, state, items, undo. */
#include <stdlib.h>
#include <string.h>

#include <tend/care.h>
#include <tend/mem.h>

#include "first.h"
#include "forms.h"
#include "workbench.h"
#include "words.h"

/* Of a message about one milestone: what stands around its words, and the least of a name. */
#define SAID_AROUND 36
#define NAME_MIN 8

static bool need_ids(struct workbench *wb, const struct targets *ids, const char *what)
{
	if (ids->n == 0) {
		wb_say(wb, ROLE_ERROR, "%s", what);
	}
	return ids->n > 0;
}

/* The state that a milestone of the pane is in, without asking the store. */
static bool selected_is_done(struct workbench *wb)
{
	struct pane *p = wb_pane(wb)->ops->type != NULL ? wb_pane(wb) : &wb_view(wb)->panes[0];
	if (p->list.type != &tend_milestone_type) {
		return false;
	}
	bool marked = p->grid.nmarked > 0 || p->grid.ranging, all_done = true;
	for (size_t i = 0; i < p->grid.n; i++) {
		const struct tend_milestone *m = tend_list_at(&p->list, p->grid.rows[i]);
		if (marked ? grid_is_marked(&p->grid, i) : i == p->grid.cursor) {
			all_done = all_done && !tend_is_open_state(m->state);
		}
	}
	return all_done;
}

/* What is said of a milestone once it is done; made before, while its record is there. */
static char *said_of_one(struct workbench *wb, int64_t id, const char *state)
{
	const struct view *v = wb_view(wb);
	const struct tend_milestone *m = target_loaded(v, id);
	const struct tend_customer *c = view_customer(v);
	struct tend_str title = {0}, name = {0};
	if (m == NULL) {
		return NULL;
	}
	milestone_title(m, &title);
	bool done = strcmp(state, "done") == 0;
	char *items = done && m->items > m->items_done ? tend_format(_(", %lld of %lld items open"),
			      (long long)(m->items - m->items_done), (long long)m->items)
						       : tend_strdup("");
	struct tend_str others = {0};
	titles_of_keys(v, m->customer_id, m->waiting, &others);
	char *waits = done && others.len > 0
		? tend_format(_(", was waiting for %s"), tend_str_text(&others))
		: tend_strdup("");
	tend_str_finish(&others);
	/* The name gives way to what is open and to the key that takes it back. */
	int room = wb->canvas.columns - SAID_AROUND - tend_columns(tend_str_text(&title))
		- tend_columns(items) - tend_columns(waits);
	tend_clip(&name, c != NULL ? c->name : m->customer, room < NAME_MIN ? NAME_MIN : room);
	char *said = tend_format(done ? _("done: %s (%s)%s%s") : _("open again: %s (%s)%s%s"),
		tend_str_text(&title), tend_str_text(&name), items, waits);
	free(items);
	free(waits);
	tend_str_finish(&title);
	tend_str_finish(&name);
	return said;
}

static char *said_of_many(struct workbench *wb, const struct targets *ids, const char *state)
{
	size_t open = 0;
	if (strcmp(state, "done") != 0) {
		return tend_format(_("%zu milestones open again"), ids->n);
	}
	for (size_t i = 0; i < ids->n; i++) {
		struct tend_list items;
		bool all = true;
		if (tend_app_items(wb->app, ids->items[i], &items, NULL) == TEND_OK) {
			for (size_t k = 0; k < items.n; k++) {
				all = all
					&& ((const struct tend_item *)tend_list_at(&items, k))->done
						> 0;
			}
		}
		tend_list_finish(&items);
		open += all ? 0 : 1;
	}
	return open > 0 ? tend_format(_("%zu milestones done, %zu with open items"), ids->n, open)
			: tend_format(_("%zu milestones done"), ids->n);
}

/* A row that leaves the queue comes under the cursor again when its milestone is taken back. */
static void remember_row(struct view *v)
{
	const struct pane *p = &v->panes[0];
	const void *record = v->focus == 0 && p->list.type == &tend_today_type
		? grid_selected(&p->grid, &p->list)
		: NULL;
	v->left_row = record != NULL && p->grid.nmarked == 0 ? pane_identity(p, record) : 0;
}

enum follow act_done(struct workbench *wb)
{
	struct targets ids = {0};
	struct tend_error err = {0};
	enum follow follow = FOLLOW_NOTHING;
	if (owed_done(wb, &follow)) {
		return follow;
	}
	targets_milestones(wb, &ids);
	if (need_ids(wb, &ids, _("There is no open milestone here."))) {
		/* Marked ones of both kinds all become done. */
		const char *state = selected_is_done(wb) ? "todo" : "done";
		struct tend_done done = {0};
		char *said = ids.n == 1 ? said_of_one(wb, ids.items[0], state)
					: said_of_many(wb, &ids, state);
		enum tend_status status = tend_app_milestone_state(
			wb->app, ids.items, ids.n, state, NULL, &done, &err);
		follow = wb_done(wb, status, &done, &err);
		if (status == TEND_OK && said != NULL) {
			remember_row(wb_view(wb));
			tend_str_clear(&wb->warning);
			wb_say(wb, ROLE_GOOD, "%s", said);
			wb->message_done = true;
		}
		free(said);
	}
	targets_finish(&ids);
	return follow;
}

/* --- the state menu --- */

static enum follow set_state(
	struct workbench *wb, const struct dialog *d, const char *state, const char *reason)
{
	struct tend_done done = {0};
	struct tend_error err = {0};
	enum tend_status status = tend_app_milestone_state(wb->app, d->ids, d->nids, state,
		reason != NULL && reason[0] != '\0' ? reason : NULL, &done, &err);
	return wb_done(wb, status, &done, &err);
}

static enum follow submit_reason(struct workbench *wb, struct prompt *p, bool *ret_close)
{
	*ret_close = true;
	return set_state(wb, &p->base, p->base.word, editor_text(&p->editor));
}

static enum follow pick_state(struct workbench *wb, struct picker *p, struct picker_item *item)
{
	bool asks = strcmp(item->word, "blocked") == 0 || strcmp(item->word, "skipped") == 0;
	if (!asks) {
		return set_state(wb, &p->base, item->word, NULL);
	}
	struct prompt *prompt = prompt_create(_("Reason:"), "");
	dialog_about(&prompt->base, p->base.ids, p->base.nids, item->word);
	prompt->submit = submit_reason;
	prompt_offer_draft(wb, prompt, DRAFT_REASON, p->base.ids[0]);
	wb_push(wb, &prompt->base);
	return FOLLOW_NOTHING;
}

enum follow act_state(struct workbench *wb)
{
	static const struct {
		const char *key, *state, *detail;
	} states[] = {
		{"t", "todo", N_("not begun, or open again")},
		{"d", "doing", N_("begun")},
		{"b", "blocked", N_("cannot go on: asks for the reason")},
		{"x", "done", N_("done today")},
		{"s", "skipped", N_("not needed: asks for the reason")},
	};
	struct targets ids = {0};
	targets_milestones(wb, &ids);
	if (need_ids(wb, &ids, _("There is no open milestone here."))) {
		struct picker *p = picker_create(_("State"));
		for (size_t i = 0; i < sizeof(states) / sizeof(states[0]); i++) {
			struct picker_item *item = picker_add(
				p, states[i].key, word_text(states[i].state), _(states[i].detail));
			item->word = tend_strdup(states[i].state);
		}
		dialog_about(&p->base, ids.items, ids.n, NULL);
		p->pick = pick_state;
		picker_filter(p);
		const struct tend_milestone *now = target_loaded(wb_view(wb), ids.items[0]);
		for (size_t i = 0; now != NULL && i < p->nshown; i++) {
			p->cursor = tend_same(now->state, states[i].state) ? i : p->cursor;
		}
		wb_push(wb, &p->base);
	}
	targets_finish(&ids);
	return FOLLOW_NOTHING;
}

/* --- the items of a milestone --- */

static void fill_items(struct workbench *wb, struct picker *p, int64_t milestone)
{
	struct tend_list items;
	struct tend_error err = {0};
	picker_clear(p);
	if (tend_app_items(wb->app, milestone, &items, &err) != TEND_OK) {
		wb_error(wb, &err);
	}
	for (size_t i = 0; i < items.n; i++) {
		const struct tend_item *item = tend_list_at(&items, i);
		char *title = tend_format("[%s] %s", item->done > 0 ? "x" : " ", item->title);
		struct picker_item *row = picker_add(p, NULL, title, NULL);
		row->role = item->done > 0 ? ROLE_DIM : ROLE_TEXT;
		row->value = item->id;
		row->word = tend_strdup(item->done > 0 ? "done" : "open");
		free(title);
	}
	tend_list_finish(&items);
	picker_filter(p);
}

static enum follow toggle_item(struct workbench *wb, struct picker *p, struct picker_item *item)
{
	struct tend_done done = {0};
	struct tend_error err = {0};
	int64_t milestone = p->base.ids[0];
	enum tend_status status = tend_app_item_check(
		wb->app, item->value, milestone, strcmp(item->word, "open") == 0, &done, &err);
	enum follow follow = wb_done(wb, status, &done, &err);
	size_t cursor = p->cursor;
	fill_items(wb, p, milestone);
	p->cursor = cursor + 1 < p->nshown ? cursor + 1 : cursor;
	return follow;
}

static char *title_with_customer(struct workbench *wb, const struct tend_milestone *m)
{
	const struct tend_customer *c = view_customer(wb_view(wb));
	struct tend_str title = {0};
	milestone_title(m, &title);
	tend_str_addf(&title, " (%s)", c != NULL ? c->name : m->customer);
	return tend_str_steal(&title);
}

enum follow act_items(struct workbench *wb)
{
	struct tend_list one;
	struct tend_error err = {0};
	if (target_milestone(wb, &one, &err) != TEND_OK) {
		wb_error(wb, &err);
		tend_list_finish(&one);
		return FOLLOW_NOTHING;
	}
	const struct tend_milestone *m = tend_list_at(&one, 0);
	if (m->items <= 0) {
		wb_say(wb, ROLE_HINT, _("%s has no items; x completes it"), m->title);
	} else {
		char *title = title_with_customer(wb, m);
		struct picker *p = picker_create(title);
		free(title);
		dialog_about(&p->base, &m->id, 1, NULL);
		p->stays = true;
		p->pick = toggle_item;
		fill_items(wb, p, m->id);
		wb_push(wb, &p->base);
	}
	tend_list_finish(&one);
	return FOLLOW_NOTHING;
}

/* --- undo and redo --- */

static enum follow after_undo(struct workbench *wb, enum tend_status status, struct tend_done *done,
	const struct tend_error *err)
{
	char *summary = status == TEND_OK && done->changes > 0 ? tend_strdup(done->summary) : NULL;
	enum follow follow = wb_done(wb, status, done, err);
	if (summary != NULL) {
		wb_say(wb, ROLE_GOOD, "%s", summary);
	}
	free(summary);
	return follow == FOLLOW_REFRESH ? FOLLOW_RELOAD : follow;
}

/* The cursor is on an entry of the journal that is not the one that is taken back next. */
static bool on_another_entry(const struct workbench *wb)
{
	const struct pane *p = wb_pane(wb);
	if (p->ops->type != &tend_history_type) {
		return false;
	}
	const struct tend_history_row *row = grid_selected(&p->grid, &p->list);
	for (size_t i = 0; row != NULL && i < p->list.n; i++) {
		const struct tend_history_row *newest = tend_list_at(&p->list, i);
		if (newest->undone <= 0) {
			return newest->id != row->id;
		}
	}
	return false;
}

enum follow act_undo(struct workbench *wb)
{
	struct tend_done done = {0};
	struct tend_error err = {0};
	if (wb->app == NULL) {
		return FOLLOW_NOTHING;
	}
	bool another = on_another_entry(wb);
	enum tend_status status = tend_app_undo(wb->app, 1, &done, &err);
	enum follow follow = after_undo(wb, status, &done, &err);
	if (another && follow == FOLLOW_RELOAD) {
		tend_str_add(&wb->message, _("; u takes back the newest change, not the row's"));
	}
	return follow;
}

enum follow act_undo_any(struct workbench *wb)
{
	return act_undo(wb);
}

enum follow act_redo(struct workbench *wb)
{
	struct tend_done done = {0};
	struct tend_error err = {0};
	if (wb->app == NULL) {
		return FOLLOW_NOTHING;
	}
	enum tend_status status = tend_app_redo(wb->app, 1, &done, &err);
	return after_undo(wb, status, &done, &err);
}

/* --- alerts --- */

static enum follow on_alerts(struct workbench *wb,
	enum tend_status (*use_case)(struct tend_app *a, const int64_t *ids, size_t n,
		const char *note, struct tend_done *ret, struct tend_error *err))
{
	struct targets ids = {0};
	struct tend_done done = {0};
	struct tend_error err = {0};
	enum follow follow = FOLLOW_NOTHING;
	targets_alerts(wb, &ids);
	if (need_ids(wb, &ids, _("There is no alert here."))) {
		enum tend_status status = use_case(wb->app, ids.items, ids.n, NULL, &done, &err);
		follow = wb_done(wb, status, &done, &err);
	}
	targets_finish(&ids);
	return follow;
}

enum follow act_ack(struct workbench *wb)
{
	return on_alerts(wb, tend_app_alert_ack);
}

enum follow act_resolve(struct workbench *wb)
{
	return on_alerts(wb, tend_app_alert_resolve);
}

/* --- the first run --- */

static enum follow start_book(struct workbench *wb, bool sample)
{
	struct tend_error err = {0};
	if (tend_app_init(&wb->open, sample, &err) != TEND_OK
		|| workbench_reopen(wb, &err) != TEND_OK) {
		wb_error(wb, &err);
	}
	return FOLLOW_NOTHING;
}

enum follow act_run(struct workbench *wb)
{
	struct pane *p = wb_pane(wb);
	const struct offer *offer = grid_selected(&p->grid, &p->list);
	if (offer == NULL) {
		return FOLLOW_NOTHING;
	}
	switch ((enum offer_id)offer->id) {
	case OFFER_SAMPLE:
		return start_book(wb, true);
	case OFFER_EMPTY:
		return start_book(wb, false);
	case OFFER_ADD:
		return open_add_customer(wb);
	case OFFER_IMPORT:
		show_import_help(wb);
		return FOLLOW_NOTHING;
	}
	return FOLLOW_NOTHING;
}
