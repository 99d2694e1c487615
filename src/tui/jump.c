/* SPDX-License-Identifier: MIT */
/* The jump: a line to type in, what it finds above it, Enter goes there. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <tend/mem.h>
#include <tend/search.h>

#include "kind_form.h"
#include "panes.h"

enum {
	HITS = 50, /* shown at most */
	KEEP_FROM = 16, /* customers that were read again, from which on they are kept */
	NARROW = 60, /* columns under which a hit is its name and its customer alone */
	KIND_MAX = 12, /* columns of the kind */
	PAGE = 10,
};

struct jump {
	struct dialog base;
	struct editor query;
	struct tend_list hits;
	size_t all, cursor, top;
	size_t left, total; /* customers that are still to be read */
	char error[1024];
};

/* --- finding --- */

static void seek(struct workbench *wb, struct jump *j)
{
	struct tend_error err = {0};
	struct tend_search_words words;
	tend_list_finish(&j->hits);
	tend_list_init(&j->hits, &tend_found_type);
	j->all = j->cursor = j->top = 0;
	j->error[0] = '\0';
	char *sought = tend_strdup(editor_text(&j->query));
	free(wb->sought);
	wb->sought = sought;
	bool any = tend_search_words_init(&words, editor_text(&j->query));
	tend_search_words_finish(&words);
	const struct tend_search_for q = {
		.text = editor_text(&j->query), .limit = HITS, .as_it_is = j->left > 0};
	if (any && tend_app_search(wb->app, &q, &j->hits, &j->all, &err) != TEND_OK) {
		(void)snprintf(j->error, sizeof(j->error), "%s", err.text);
	}
}

/* Some more customers, where not all have been read yet. */
static void renew(struct workbench *wb, struct jump *j)
{
	struct tend_error err = {0};
	if (tend_app_search_renew(wb->app, true, SLICE, &j->left, &j->total, &err) != TEND_OK) {
		(void)snprintf(j->error, sizeof(j->error), "%s", err.text);
		j->left = 0;
	} else if (j->left == 0) {
		tend_app_search_keep(wb->app, KEEP_FROM);
	}
}

static bool tick(struct workbench *wb, struct dialog *d)
{
	struct jump *j = (struct jump *)d;
	if (j->left == 0) {
		return false;
	}
	size_t cursor = j->cursor;
	renew(wb, j);
	if (j->left == 0) {
		seek(wb, j);
		j->cursor = cursor < j->hits.n ? cursor : 0;
	}
	return true;
}

/* --- going there --- */

static size_t tab_of(const struct tend_found *f)
{
	const struct tend_kind *k = tend_kind_called(f->kind);
	for (size_t i = 0; i < customer_tab_count; i++) {
		bool journey = customer_tabs[i].opens == ACTION_tab_journey;
		if (k != NULL ? k->tab != TEND_TAB_NONE && customer_tabs[i].part == k->tab
			      : journey && strcmp(f->kind, "milestone") == 0) {
			return i;
		}
	}
	return 0;
}

static bool is_record(const struct pane *p, const void *row, const char *kind, int64_t id)
{
	if (p->ops->type == &tend_entry_type) {
		const struct tend_entry *e = row;
		return e->id == id && strcmp(e->kind, kind) == 0;
	}
	const struct tend_field *field = tend_field_find(p->ops->type, "id");
	return strcmp(p->ops->type->name, kind) == 0 && field != NULL
		&& tend_field_get(field, row).integer == id;
}

void view_select_record(struct workbench *wb, struct view *v, const char *kind, int64_t id)
{
	for (int i = 0; i < v->page->shape.npanes; i++) {
		struct pane *p = &v->panes[i];
		for (size_t r = 0; p->ops->type != NULL && r < p->list.n; r++) {
			const void *row = tend_list_at(&p->list, r);
			if (is_record(p, row, kind, id) && pane_find(p, pane_identity(p, row))) {
				v->focus = i;
				view_moved(wb, v);
				view_follow(wb, v);
				return;
			}
		}
	}
}

static void go_to(struct workbench *wb, const struct tend_found *f)
{
	struct view *v = wb_view(wb);
	bool there = v->fixed && v->customer_id == f->customer_id && v->page->tab != NULL;
	if (!there) {
		if (wb->nviews == VIEWS_MAX) {
			wb_say(wb, ROLE_ERROR, "%s",
				_("Too many pages are open: close some with Esc."));
			return;
		}
		wb_open_customer(wb, f->customer_id);
		v = wb_view(wb);
	}
	const struct page *page = &customer_tabs[tab_of(f)];
	if (v->page != page) {
		view_set_page(v, page);
		view_load(wb, v);
	}
	view_follow(wb, v);
	view_select_record(wb, v, f->kind, f->id);
}

static void leave(struct workbench *wb, struct jump *j)
{
	tend_app_search_forget(wb->app);
	wb_leave(wb, &j->base);
}

static enum follow choose(struct workbench *wb, struct jump *j)
{
	if (j->cursor >= j->hits.n) {
		return FOLLOW_NOTHING;
	}
	const struct tend_found *f = tend_list_at(&j->hits, j->cursor);
	const struct tend_kind *k = tend_kind_called(f->kind);
	enum follow follow = FOLLOW_NOTHING;
	if (f->customer_id != 0) {
		go_to(wb, f);
	} else if (k != NULL) {
		/* What is shared has no page: its form shows all of it. */
		follow = kind_form_open(wb, k, 0, f->record);
	}
	leave(wb, j);
	return follow;
}

/* --- keys --- */

static void move(struct jump *j, long by)
{
	long to = (long)j->cursor + by, last = j->hits.n > 0 ? (long)j->hits.n - 1 : 0;
	j->cursor = (size_t)(to < 0 ? 0 : to > last ? last : to);
}

static bool move_key(struct jump *j, struct key k)
{
	bool control = k.mods == MOD_CTRL;
	long by = k.code == K_DOWN || (control && k.code == 'n') ? 1
		: k.code == K_UP || (control && k.code == 'p')   ? -1
		: k.code == K_PAGE_DOWN                          ? PAGE
		: k.code == K_PAGE_UP                            ? -PAGE
								 : 0;
	move(j, by);
	return by != 0;
}

static enum follow key(struct workbench *wb, struct dialog *d, struct key k)
{
	struct jump *j = (struct jump *)d;
	bool pasted = (k.mods & MOD_PASTED) != 0;
	if (!pasted && (k.code == K_ESC || (k.code == 'c' && k.mods == MOD_CTRL))) {
		leave(wb, j);
	} else if (!pasted && k.code == K_ENTER) {
		return choose(wb, j);
	} else if ((pasted || !move_key(j, k)) && editor_key(&j->query, k) == EDITOR_CHANGED) {
		seek(wb, j);
	}
	return FOLLOW_NOTHING;
}

/* --- drawing --- */

/* A text with the found characters emphasised; returns the columns used. */
static int put(const struct tend_search_words *words, const char *text, bool fuzzy, enum role role,
	struct canvas *c, int x, int y, int room)
{
	struct tend_str shown = {0};
	(void)tend_printable(&shown, text, strlen(text));
	const char *s = tend_str_text(&shown);
	bool *marks = tend_calloc(shown.len + 1, sizeof(*marks));
	int used = canvas_text(c, x, y, room, role, s), at = 0;
	bool cut = tend_columns(s) > used;
	(void)tend_search_marks(words, s, fuzzy, marks);
	for (size_t i = 0; i < shown.len;) {
		int columns;
		size_t n = tend_grapheme(s + i, shown.len - i, &columns);
		if (marks[i] && at + columns <= used - cut) {
			canvas_restyle(c, x + at, y, columns, ROLE_ACCENT);
		}
		at += columns;
		i += n;
	}
	free(marks);
	tend_str_finish(&shown);
	return used;
}

static const char *kind_title(const struct tend_found *f)
{
	return strcmp(f->kind, tend_customer_type.name) == 0 ? tend_pick(tend_customer_type.title)
							     : entry_kind(f->kind);
}

/* Columns of the parts of a row. */
struct row_layout {
	int kind, title, customer, where;
};

static struct row_layout layout_of(const struct jump *j, int columns)
{
	struct row_layout l = {0};
	int room = columns - 3;
	if (columns >= NARROW) {
		bool lines = false; /* any is shown */
		for (size_t i = 0; i < j->hits.n; i++) {
			const struct tend_found *f = tend_list_at(&j->hits, i);
			int w = tend_columns(kind_title(f));
			l.kind = w > l.kind ? w : l.kind;
			lines = lines || f->where != NULL;
		}
		l.kind = l.kind > KIND_MAX ? KIND_MAX : l.kind;
		room -= l.kind + 2;
		l.where = lines ? room * 2 / 5 : 0;
		room -= lines ? l.where + 2 : 0;
	}
	l.customer = room * 2 / 5;
	l.title = room - l.customer - 2;
	return l;
}

static void draw_hit(const struct tend_search_words *words, const struct tend_found *f,
	const struct row_layout *l, bool selected, struct canvas *c, struct area a, int y)
{
	bool customer = strcmp(f->kind, tend_customer_type.name) == 0;
	bool named = customer || strcmp(f->kind, tend_contact_type.name) == 0;
	int x = a.x + 2;
	if (l->kind > 0) {
		canvas_text(c, x, y, l->kind, ROLE_DIM, kind_title(f));
		x += l->kind + 2;
	}
	const char *title = f->title != NULL ? f->title : f->record;
	(void)put(words, title, named, ROLE_TEXT, c, x, y, l->title);
	x += l->title + 2;
	const char *beside = customer ? f->record : f->name;
	if (beside != NULL) {
		(void)put(words, beside, customer, ROLE_DIM, c, x, y, l->customer);
	}
	x += l->customer + 2;
	if (l->where > 0 && f->where != NULL) {
		(void)put(words, f->where, customer, ROLE_DIM, c, x, y, l->where);
	}
	if (selected) {
		canvas_text(c, a.x, y, 1, ROLE_FOCUS, ">");
		canvas_restyle(c, a.x, y, a.w, ROLE_SELECTION);
	}
}

static void draw_hits(struct jump *j, struct canvas *c, struct area a)
{
	struct tend_search_words words;
	(void)tend_search_words_init(&words, editor_text(&j->query));
	struct row_layout l = layout_of(j, a.w);
	size_t rows = (size_t)a.h;
	j->top = j->cursor < j->top ? j->cursor : j->top;
	j->top = j->cursor >= j->top + rows ? j->cursor - rows + 1 : j->top;
	for (size_t i = 0; i < rows && j->top + i < j->hits.n; i++) {
		size_t at = j->top + i;
		draw_hit(&words, tend_list_at(&j->hits, at), &l, at == j->cursor, c, a,
			a.y + (int)i);
	}
	if (j->error[0] != '\0') {
		canvas_text(c, a.x + 2, a.y, a.w - 3, ROLE_ERROR, j->error);
	} else if (j->hits.n == 0) {
		canvas_text(c, a.x + 2, a.y, a.w - 3, ROLE_DIM,
			words.n == 0 ? _("A part of a name, a note, a milestone, in any script; "
					 "several words narrow it.")
				     : _("Nothing matches."));
	}
	tend_search_words_finish(&words);
}

static void draw(struct workbench *wb, struct dialog *d, struct canvas *c)
{
	(void)wb;
	struct jump *j = (struct jump *)d;
	char *count = j->left > 0
		? tend_format(_("reading %zu of %zu"), j->total - j->left, j->total)
		: tend_format("%zu/%zu", j->hits.n > 0 ? j->cursor + 1 : 0, j->all);
	struct area a = drawer_open(c, c->rows, d->title, count);
	free(count);
	draw_hits(j, c, a);
	int y = c->rows - 2;
	canvas_blank(c, (struct area){0, y, c->columns, 1}, ROLE_TEXT);
	canvas_text(c, 1, y, 1, ROLE_FOCUS, ">");
	editor_draw(&j->query, c, 3, y, c->columns - 4, true);
}

static const char *hint(struct workbench *wb, struct dialog *d)
{
	(void)wb;
	(void)d;
	return _("Enter go there  Up/Down move  Esc close");
}

static void finish(struct dialog *d)
{
	struct jump *j = (struct jump *)d;
	editor_finish(&j->query);
	tend_list_finish(&j->hits);
}

enum follow act_jump(struct workbench *wb)
{
	static const struct dialog_ops ops = {.key = key,
		.draw = draw,
		.hint = hint,
		.finish = finish,
		.tick = tick,
		.typing = true};
	if (wb->app == NULL) {
		return FOLLOW_NOTHING;
	}
	struct jump *j = tend_alloc(sizeof(*j));
	j->base.ops = &ops;
	j->base.title = tend_strdup(_("Find"));
	j->query.max = TEND_SEARCH_MAX;
	tend_list_init(&j->hits, &tend_found_type);
	renew(wb, j);
	if (wb->sought != NULL) {
		editor_propose(&j->query, wb->sought);
		seek(wb, j);
	}
	wb_push(wb, &j->base);
	return FOLLOW_NOTHING;
}
