/* SPDX-License-Identifier: MIT */
#include "workbench.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <tend/file.h>
#include <tend/mem.h>

struct view *wb_view(const struct workbench *wb)
{
	return wb->nviews > 0 ? wb->views[wb->nviews - 1] : NULL;
}

struct pane *wb_pane(const struct workbench *wb)
{
	struct view *v = wb_view(wb);
	return v != NULL ? &v->panes[v->focus] : NULL;
}

unsigned wb_offers(const struct workbench *wb)
{
	const struct view *v = wb_view(wb);
	if (v == NULL) {
		return 0;
	}
	unsigned offers = v->panes[v->focus].ops->offers;
	offers |= v->page->shape.npanes > 1 ? CX_PANES : 0u;
	offers |= v->page->tab != NULL ? CX_TABS : 0u;
	return offers;
}

/* --- what is said --- */

void wb_say(struct workbench *wb, enum role role, const char *fmt, ...)
{
	va_list args;
	va_start(args, fmt);
	char text[1024];
	(void)vsnprintf(text, sizeof(text), fmt, args);
	va_end(args);
	tend_str_clear(&wb->message);
	tend_str_add(&wb->message, text);
	wb->message_role = role;
	wb->message_done = false;
}

void wb_error(struct workbench *wb, const struct tend_error *err)
{
	wb_say(wb, ROLE_ERROR, "%s", err->text);
}

void wb_update_undo(struct workbench *wb)
{
	free(wb->undo);
	wb->undo = wb->app != NULL ? tend_app_undo_summary(wb->app) : NULL;
}

static void note_time(struct workbench *wb)
{
	int64_t local = tend_app_now(wb->app) + wb->open.utc_offset;
	int minutes = (int)((local % 86400 + 86400) % 86400 / 60);
	(void)snprintf(wb->saved, sizeof(wb->saved), "%02d:%02d", minutes / 60, minutes % 60);
}

enum follow wb_done(struct workbench *wb, enum tend_status status, struct tend_done *done,
	const struct tend_error *err)
{
	enum follow follow = FOLLOW_NOTHING;
	tend_str_clear(&wb->warning);
	if (status != TEND_OK) {
		wb_error(wb, err);
	} else {
		note_time(wb);
		tend_str_clear(&wb->message);
		if (done->changes == 0) {
			wb_say(wb, ROLE_HINT, "%s",
				done->summary != NULL ? done->summary : _("nothing changed"));
		}
		if (done->warning != NULL) {
			tend_str_add(&wb->warning, done->warning);
		}
		wb_update_undo(wb);
		follow = FOLLOW_REFRESH;
	}
	tend_done_finish(done);
	return follow;
}

/* --- the stack of views --- */

static void enter(struct workbench *wb, struct view *v)
{
	if (!v->loaded) {
		view_load(wb, v);
	}
	wb->npending = 0;
}

void wb_open_customer(struct workbench *wb, int64_t customer_id)
{
	if (wb->nviews == VIEWS_MAX || customer_id == 0) {
		return;
	}
	struct view *v = view_create(&customer_tabs[0], customer_id);
	wb->views[wb->nviews++] = v;
	enter(wb, v);
	view_follow(wb, v); /* the page comes whole, in one frame */
}

void wb_open_page(struct workbench *wb, const struct page *page, const char *subject)
{
	if (wb->nviews == VIEWS_MAX) {
		return;
	}
	struct view *v = view_create(page, 0);
	v->subject = tend_strdup(subject);
	wb->views[wb->nviews++] = v;
	enter(wb, v);
}

bool wb_pop_view(struct workbench *wb)
{
	if (wb->nviews < 2) {
		return false;
	}
	view_destroy(wb->views[--wb->nviews]);
	struct view *v = wb_view(wb);
	view_load(wb, v);
	return true;
}

void wb_select_customer(struct workbench *wb, int64_t customer_id)
{
	struct view *v = wb_view(wb);
	struct pane *p = &v->panes[0];
	for (size_t i = 0; p->list.type == &tend_customer_type && i < p->grid.n; i++) {
		const struct tend_customer *c = tend_list_at(&p->list, p->grid.rows[i]);
		if (c->id == customer_id) {
			p->grid.cursor = i;
			v->stale = true;
		}
	}
}

static void show_base(struct workbench *wb, int which, const struct page *page)
{
	int64_t from = wb->nviews > 0 && wb_view(wb)->fixed ? wb_view(wb)->customer_id : 0;
	while (wb->nviews > 1) {
		view_destroy(wb->views[--wb->nviews]);
	}
	if (wb->nviews == 1 && wb->views[0] != wb->bases[0] && wb->views[0] != wb->bases[1]) {
		view_destroy(wb->views[0]);
	}
	if (wb->bases[which] == NULL) {
		wb->bases[which] = view_create(page, 0);
	} else {
		/* It may have been changed from the other views. */
		wb->bases[which]->loaded = false;
	}
	wb->views[0] = wb->bases[which];
	wb->nviews = 1;
	enter(wb, wb->views[0]);
	if (from != 0) {
		wb_select_customer(wb, from);
	}
}

static enum tend_status open_first_customer(struct workbench *wb, struct tend_error *err)
{
	struct view *v = wb_view(wb);
	int64_t id = v != NULL ? v->customer_id : 0;
	if (id == 0 && v != NULL) {
		workbench_settle(wb);
		id = v->customer_id;
	}
	if (id == 0) {
		return tend_fail(err, TEND_NOT_FOUND, _("No customer is selected here."));
	}
	wb_open_customer(wb, id);
	return TEND_OK;
}

static enum tend_status show(struct workbench *wb, const char *name, struct tend_error *err)
{
	const struct page *page = page_find(name);
	if (page == NULL) {
		struct tend_str known = {0};
		for (size_t i = 0; i < page_count; i++) {
			tend_str_addf(&known, " %s", pages[i].name);
		}
		enum tend_status status =
			tend_fail(err, TEND_USAGE, _("there is no view %s; there are:%s customer"),
				name, tend_str_text(&known));
		tend_str_finish(&known);
		return status;
	}
	if (wb->app == NULL) {
		return tend_fail(err, TEND_UNAVAILABLE,
			_("There is no store yet: choose one of the ways to start."));
	}
	if (strcmp(name, "today") == 0 || strcmp(name, "portfolio") == 0) {
		show_base(wb, strcmp(name, "today") == 0 ? 0 : 1, page);
		return TEND_OK;
	}
	if (page == &customer_tabs[0]) {
		if (wb->nviews == 0) {
			show_base(wb, 1, page_find("portfolio"));
		}
		return open_first_customer(wb, err);
	}
	/* Such a view lies over a base, once. */
	while (wb->nviews > 1) {
		view_destroy(wb->views[--wb->nviews]);
	}
	if (wb->nviews == 0) {
		show_base(wb, 1, page_find("portfolio"));
	}
	struct view *v = view_create(page, 0);
	wb->views[wb->nviews++] = v;
	enter(wb, v);
	return TEND_OK;
}

/* A filter that was typed belongs to its view: in another one it is at hand. */
static void offer_filter(struct workbench *wb, const char *title, const char *filter)
{
	const struct view *v = wb_view(wb);
	if (v->fixed || v->filter != NULL || (v->panes[0].ops->offers & CX_FILTER) == 0) {
		return;
	}
	editor_history_add(&wb->filters, filter);
	wb_say(wb, ROLE_HINT, _("The filter holds in %s only; / Up takes it here"), title);
}

enum tend_status wb_show(struct workbench *wb, const char *name, struct tend_error *err)
{
	const struct view *v = wb_view(wb);
	const struct page *page = v != NULL ? v->page : NULL; /* the view may go */
	char *filter =
		v != NULL && !tend_same(v->filter, v->page->filter) ? tend_strdup(v->filter) : NULL;
	enum tend_status status = show(wb, name, err);
	if (status == TEND_OK && filter != NULL && wb_view(wb)->page != page) {
		offer_filter(wb, _(page->title), filter);
	}
	free(filter);
	return status;
}

/* --- opening --- */

static char *store_path(const struct tend_app_options *o)
{
	const char *path = o->store != NULL ? o->store : getenv("TEND_DB");
	if (path != NULL && path[0] != '\0') {
		return tend_strdup(path);
	}
	char *dir = tend_data_dir();
	char *joined = tend_path_join(dir, "tend.db");
	free(dir);
	return joined;
}

static void show_first_run(struct workbench *wb)
{
	struct view *v = view_create(page_find("first"), 0);
	wb->views[0] = v;
	wb->nviews = 1;
	enter(wb, v);
}

/* Today where there is due work, else Portfolio; an empty book offers ways to start. What follows the
 * selection is there in the first frame. */
static void show_first_view(struct workbench *wb)
{
	(void)wb_show(wb, "today", NULL);
	if (wb_view(wb)->panes[0].list.n == 0) {
		(void)wb_show(wb, "portfolio", NULL);
	}
	if (wb_view(wb)->panes[0].list.n == 0) {
		show_first_run(wb);
	}
	view_follow(wb, wb_view(wb));
}

static void read_keys(struct workbench *wb)
{
	struct tend_keys_file **files = NULL;
	size_t n = 0;
	struct tend_error err = {0};
	if (tend_app_keys(wb->app, &files, &n, NULL, &err) != TEND_OK) {
		wb_error(wb, &err);
		return;
	}
	for (size_t i = 0; i < n; i++) {
		for (size_t k = 0; k < files[i]->n; k++) {
			const struct tend_key_binding *b = &files[i]->bindings[k];
			if (keymap_bind(&wb->keymap, b->view, b->keys, b->action, &err)
				!= TEND_OK) {
				wb_say(wb, ROLE_ERROR, _("keys: line %d: %s"), b->line, err.text);
			}
		}
		tend_keys_file_destroy(files[i]);
	}
	free(files);
}

/* What was set in this book holds until another language is asked for. */
static void read_language(const struct workbench *wb)
{
	char *name = wb->o->lang_given ? NULL : tend_app_setting(wb->app, "lang");
	enum tend_lang lang;
	if (name != NULL && tend_lang_parse(name, &lang)) {
		tend_lang_set(lang);
	}
	free(name);
}

static enum tend_status open_store(struct workbench *wb, struct tend_error *err)
{
	char *path = store_path(&wb->open);
	bool missing = strstr(path, "://") == NULL && access(path, F_OK) != 0;
	free(path);
	if (missing) {
		return TEND_OK;
	}
	enum tend_status status = tend_app_open(&wb->open, &wb->app, err);
	if (status != TEND_OK) {
		wb->app = NULL;
		return status;
	}
	tend_app_hold(wb->app);
	read_language(wb);
	wb->today = tend_app_today(wb->app);
	wb->evaluating = true;
	wb_update_undo(wb);
	drafts_finish(wb);
	drafts_load(wb);
	tend_app_release(wb->app);
	return TEND_OK;
}

enum tend_status workbench_open(struct workbench *wb, const struct tend_workbench_options *o,
	const char *view, struct tend_error *err)
{
	*wb = (struct workbench){.o = o, .open = *o->app, .sample_start = TEND_NO_DATE};
	wb->open.lazy = true;
	wb->open.command = "workbench";
	keymap_init(&wb->keymap);
	wb->canvas.ascii = o->ascii;
	enum tend_status status = open_store(wb, err);
	if (status != TEND_OK) {
		return status;
	}
	if (wb->app == NULL) {
		show_first_run(wb);
		return view != NULL ? wb_show(wb, view, err) : TEND_OK;
	}
	tend_app_hold(wb->app);
	read_keys(wb);
	if (view == NULL) {
		show_first_view(wb);
	} else {
		status = wb_show(wb, view, err);
	}
	tend_app_release(wb->app);
	return status;
}

static void forget_views(struct workbench *wb)
{
	for (size_t i = 0; i < wb->nviews; i++) {
		if (wb->views[i] != wb->bases[0] && wb->views[i] != wb->bases[1]) {
			view_destroy(wb->views[i]);
		}
	}
	view_destroy(wb->bases[0]);
	view_destroy(wb->bases[1]);
	wb->bases[0] = wb->bases[1] = NULL;
	wb->nviews = 0;
}

enum tend_status workbench_reopen(struct workbench *wb, struct tend_error *err)
{
	if (wb->app == NULL) {
		enum tend_status status = open_store(wb, err);
		if (status != TEND_OK) {
			return status;
		}
		if (wb->app != NULL) {
			read_keys(wb);
		}
	}
	forget_views(wb);
	if (wb->app == NULL) {
		show_first_run(wb);
	} else {
		show_first_view(wb);
	}
	return TEND_OK;
}

void workbench_close(struct workbench *wb)
{
	if (wb->dialog != NULL) {
		drafts_write(wb); /* the terminal may have gone */
	}
	while (wb->dialog != NULL) {
		wb_pop(wb);
	}
	forget_views(wb);
	drafts_finish(wb);
	tend_app_close(wb->app);
	keymap_finish(&wb->keymap);
	canvas_finish(&wb->canvas);
	editor_history_finish(&wb->commands);
	free(wb->sought);
	editor_history_finish(&wb->filters);
	tend_str_finish(&wb->message);
	tend_str_finish(&wb->warning);
	free(wb->undo);
	free(wb->outside);
	tend_list_finish(&wb->checked);
	free(wb->theme);
	*wb = (struct workbench){0};
}
