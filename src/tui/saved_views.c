/* SPDX-License-Identifier: MIT */
/* Saved views: filter, sort and columns of a list together, under a name. */
#include "saved_views.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <tend/mem.h>

#include "columns.h"

void saved_view_forget(struct view *v)
{
	free(v->saved.name);
	free(v->saved.filter);
	free(v->saved.sort);
	free(v->saved.columns);
	v->saved = (struct saved_view){0};
}

static void remember(struct view *v, const char *name)
{
	saved_view_forget(v);
	v->saved = (struct saved_view){tend_strdup(name), tend_strdup(v->filter),
		tend_strdup(v->sort), tend_strdup(v->columns)};
}

bool saved_view_changed(const struct view *v)
{
	return !tend_same(v->saved.filter, v->filter) || !tend_same(v->saved.sort, v->sort)
		|| !tend_same(v->saved.columns, v->columns);
}

/* --- applying --- */

/* All three together; what cannot be applied is said, the rest holds. */
static enum tend_status apply(
	struct workbench *wb, const struct tend_saved_view *s, struct tend_error *err)
{
	enum tend_status status = wb_show(wb, s->page != NULL ? s->page : "portfolio", err);
	if (status != TEND_OK) {
		return status;
	}
	struct view *v = wb_view(wb);
	bool chosen = columns_can_be_chosen(v) || s->columns != NULL;
	free(v->sort);
	v->sort = tend_strdup(v->page->sort);
	status =
		chosen ? columns_choose(wb, v, s->columns != NULL ? s->columns : "", err) : TEND_OK;
	view_load(wb, v);
	if (status == TEND_OK && s->sort != NULL) {
		status = view_set_sort(wb, v, s->sort, err);
	}
	struct tend_error other;
	enum tend_status filtered =
		view_set_filter(wb, v, s->filter != NULL ? s->filter : "", &other);
	if (status == TEND_OK && filtered != TEND_OK) {
		*err = other;
		status = filtered;
	}
	v->focus = 0;
	v->panes[0].grid.cursor = 0;
	remember(v, s->key);
	return status;
}

static enum tend_status apply_called(struct workbench *wb, const char *name, struct tend_error *err)
{
	struct tend_list list;
	enum tend_status status = tend_app_record(wb->app, &tend_saved_view_type, name, &list, err);
	if (status == TEND_OK) {
		status = apply(wb, tend_list_at(&list, 0), err);
	}
	tend_list_finish(&list);
	return status;
}

/* --- saving --- */

static bool is_saved_page(const char *page)
{
	const char *const *word = tend_field_find(&tend_saved_view_type, "page")->values;
	for (; *word != NULL; word++) {
		if (strcmp(*word, page) == 0) {
			return true;
		}
	}
	return false;
}

static enum tend_status save(
	struct workbench *wb, const char *name, struct tend_done *done, struct tend_error *err)
{
	struct view *v = wb_view(wb);
	if (!is_saved_page(v->page->name)) {
		return tend_fail(err, TEND_USAGE,
			_("Today, portfolio, alerts, renewals and win-back can be saved as "
			  "views."));
	}
	const struct tend_assignment fields[] = {{"key", name}, {"page", v->page->name},
		{"filter", v->filter != NULL ? v->filter : ""},
		{"sort", v->sort != NULL ? v->sort : ""},
		{"columns", v->columns != NULL ? v->columns : ""}};
	enum { FIELDS = sizeof(fields) / sizeof(fields[0]) };
	struct tend_list there;
	bool known = tend_app_record(wb->app, &tend_saved_view_type, name, &there, NULL) == TEND_OK;
	tend_list_finish(&there);
	enum tend_status status = known
		? tend_app_record_set(
			wb->app, &tend_saved_view_type, name, fields + 1, FIELDS - 1, done, err)
		: tend_app_record_add(wb->app, &tend_saved_view_type, 0, fields, FIELDS, done, err);
	if (status == TEND_OK) {
		remember(v, name);
	}
	return status;
}

static enum follow submit_name(struct workbench *wb, struct prompt *p, bool *ret_close)
{
	struct tend_done done = {0};
	struct tend_error err = {0};
	enum tend_status status = save(wb, editor_text(&p->editor), &done, &err);
	if (status != TEND_OK) {
		(void)snprintf(p->error, sizeof(p->error), "%s", err.text);
		*ret_close = false;
		tend_done_finish(&done);
		return FOLLOW_NOTHING;
	}
	return wb_done(wb, status, &done, &err);
}

static void ask_name(struct workbench *wb)
{
	const struct view *v = wb_view(wb);
	struct prompt *p =
		prompt_create(_("Save the view as:"), v->saved.name != NULL ? v->saved.name : "");
	p->editor.proposed = v->saved.name != NULL;
	p->submit = submit_name;
	wb_push(wb, &p->base);
}

/* --- the list --- */

static enum follow remove_called(struct workbench *wb, const char *name)
{
	struct tend_done done = {0};
	struct tend_error err = {0};
	enum tend_status status =
		tend_app_record_remove(wb->app, &tend_saved_view_type, name, &done, &err);
	if (status == TEND_OK && tend_same(wb_view(wb)->saved.name, name)) {
		saved_view_forget(wb_view(wb));
	}
	return wb_done(wb, status, &done, &err);
}

static enum follow pick(struct workbench *wb, struct picker *p, struct picker_item *item)
{
	(void)p;
	struct tend_error err = {0};
	if (item->word == NULL) {
		ask_name(wb);
	} else if (apply_called(wb, item->word, &err) != TEND_OK) {
		wb_error(wb, &err);
	}
	return FOLLOW_NOTHING;
}

/* D removes the one under the cursor; the list stays open. */
static bool letter(struct workbench *wb, struct picker *p, struct key k, enum follow *ret)
{
	const struct picker_item *item =
		p->cursor < p->nshown ? &p->items[p->shown[p->cursor]] : NULL;
	if (k.code != 'D' || item == NULL || item->word == NULL) {
		return false;
	}
	char *name = tend_strdup(item->word);
	size_t cursor = p->cursor;
	wb_pop(wb);
	*ret = remove_called(wb, name);
	free(name);
	(void)act_views(wb);
	p = (struct picker *)wb->dialog;
	if (p != NULL) {
		p->cursor = cursor < p->nshown ? cursor : p->nshown - 1;
	}
	return true;
}

/* "12  Portfolio  owner == "li"  -arr  name, arr" */
static char *detail_of(const struct tend_saved_view *s)
{
	const struct page *page = page_find(s->page != NULL ? s->page : "portfolio");
	const char *const parts[] = {
		page != NULL ? _(page->title) : s->page, s->filter, s->sort, s->columns};
	struct tend_str text = {0};
	if (s->rows != TEND_NO_INT) {
		tend_str_addf(&text, "%5lld", (long long)s->rows);
	} else {
		tend_str_add(&text, "   --");
	}
	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		if (parts[i] != NULL && parts[i][0] != '\0') {
			tend_str_addf(&text, "  %s", parts[i]);
		}
	}
	return tend_str_steal(&text);
}

static void add_view(struct workbench *wb, struct picker *p, const struct tend_saved_view *s)
{
	const char key[] = {(char)('1' + p->n), '\0'};
	char *detail = detail_of(s);
	struct picker_item *item = picker_add(p, p->n < 9 ? key : NULL,
		s->title != NULL && s->title[0] != '\0' ? s->title : s->key, detail);
	free(detail);
	item->word = tend_strdup(s->key);
	if (tend_same(wb_view(wb)->saved.name, s->key)) {
		p->cursor = p->n - 1;
	}
}

enum follow act_views(struct workbench *wb)
{
	struct tend_list list;
	struct tend_error err = {0};
	if (wb->app == NULL) {
		return FOLLOW_NOTHING;
	}
	if (tend_app_records(wb->app, &tend_saved_view_type, 0, NULL, &list, &err) != TEND_OK) {
		wb_error(wb, &err);
		tend_list_finish(&list);
		return FOLLOW_NOTHING;
	}
	struct picker *p = picker_create(_("Saved views"));
	for (size_t i = 0; i < list.n; i++) {
		add_view(wb, p, tend_list_at(&list, i));
	}
	tend_list_finish(&list);
	(void)picker_add(p, "s", _("Save this one: filter, sort and columns"), NULL);
	p->pick = pick;
	p->letter = letter;
	p->hint = N_("Enter apply  s save  D remove  Esc close");
	picker_filter(p);
	wb_push(wb, &p->base);
	return FOLLOW_NOTHING;
}

/* --- the command --- */

enum tend_status cmd_saved_view(
	struct workbench *wb, const struct words *w, enum follow *ret, struct tend_error *err)
{
	if (wb->app == NULL) {
		return tend_fail(err, TEND_UNAVAILABLE,
			_("There is no store yet: choose one of the ways to start."));
	}
	bool removes = w->n > 1 && strcmp(w->items[1], "remove") == 0;
	/* As of every kind of records: its form. */
	if (w->n == 1 || (command_is_verb(w->items[1]) && !removes)) {
		return command_kind(wb, w, 0, ret, err);
	}
	bool saves = strcmp(w->items[1], "save") == 0;
	if (saves && w->n == 2) {
		ask_name(wb);
		return TEND_OK;
	}
	if (saves) {
		struct tend_done done = {0};
		enum tend_status status = save(wb, w->items[2], &done, err);
		*ret = status == TEND_OK ? wb_done(wb, status, &done, err) : FOLLOW_NOTHING;
		return status;
	}
	if (removes && w->n == 3) {
		*ret = remove_called(wb, w->items[2]);
		return TEND_OK;
	}
	return apply_called(wb, w->items[1], err);
}

void saved_views_complete(struct workbench *wb, const struct words *w, size_t at,
	const char *prefix, struct tend_str *out)
{
	struct tend_list list;
	if (at == 1) {
		command_offer(out, "save", prefix);
		command_offer(out, "remove", prefix);
	}
	bool names = at == 1
		|| (at == 2
			&& (strcmp(w->items[1], "save") == 0
				|| strcmp(w->items[1], "remove") == 0));
	if (!names || wb->app == NULL) {
		return;
	}
	if (tend_app_records(wb->app, &tend_saved_view_type, 0, NULL, &list, NULL) == TEND_OK) {
		for (size_t i = 0; i < list.n; i++) {
			command_offer(out,
				((const struct tend_saved_view *)tend_list_at(&list, i))->key,
				prefix);
		}
	}
	tend_list_finish(&list);
}
