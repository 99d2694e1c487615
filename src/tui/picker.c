/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include <tend/mem.h>

#include "picker_columns.h"
#include "workbench.h"

struct picker_item *picker_add(
	struct picker *p, const char *key, const char *title, const char *detail)
{
	struct picker_item *item = TEND_PUSH(p);
	*item = (struct picker_item){.key = tend_strdup(key),
		.title = tend_strdup(title),
		.detail = tend_strdup(detail)};
	return item;
}

void picker_clear(struct picker *p)
{
	for (size_t i = 0; i < p->n; i++) {
		struct picker_item *item = &p->items[i];
		free(item->key);
		free(item->title);
		free(item->detail);
		free(item->group);
		free(item->word);
	}
	p->n = 0;
	p->nshown = 0;
}

static bool matches(const struct picker_item *item, const char *folded)
{
	return tend_contains_folded(item->title, folded)
		|| (item->detail != NULL && tend_contains_folded(item->detail, folded))
		|| (item->word != NULL && tend_contains_folded(item->word, folded))
		|| (item->key != NULL && tend_contains_folded(item->key, folded));
}

void picker_filter(struct picker *p)
{
	char *folded = tend_fold(editor_text(&p->query));
	p->shown = tend_realloc(p->shown, p->n + 1, sizeof(*p->shown));
	p->nshown = 0;
	for (size_t i = 0; i < p->n; i++) {
		if (folded[0] == '\0' || matches(&p->items[i], folded)) {
			p->shown[p->nshown++] = i;
		}
	}
	p->cursor = p->cursor < p->nshown ? p->cursor : p->nshown > 0 ? p->nshown - 1 : 0;
	free(folded);
}

static enum follow choose(struct workbench *wb, struct picker *p, size_t shown)
{
	if (shown >= p->nshown) {
		return FOLLOW_NOTHING;
	}
	p->cursor = shown;
	/* The callback may open other dialogs: this one leaves from wherever it is then. */
	bool stays = p->stays;
	struct picker_item *item = &p->items[p->shown[shown]];
	enum follow follow =
		p->pick_value != NULL ? p->pick_value(wb, item->value) : p->pick(wb, p, item);
	if (!stays) {
		wb_leave(wb, &p->base);
	}
	return follow;
}

static void move(struct picker *p, long by)
{
	long to = (long)p->cursor + by;
	long last = p->nshown > 0 ? (long)p->nshown - 1 : 0;
	p->cursor = (size_t)(to < 0 ? 0 : to > last ? last : to);
}

/* Moves that mean the same whether a query is typed or not. */
static bool common_key(struct picker *p, struct key k)
{
	switch (k.code) {
	case K_DOWN:
		move(p, 1);
		return true;
	case K_UP:
		move(p, -1);
		return true;
	case K_PAGE_DOWN:
		move(p, 10);
		return true;
	case K_PAGE_UP:
		move(p, -10);
		return true;
	default:
		return false;
	}
}

static enum follow search_key(struct workbench *wb, struct picker *p, struct key k)
{
	if (k.code == K_ESC || (k.code == 'c' && k.mods == MOD_CTRL)) {
		/* One level: first the query, then the dialog. */
		if (editor_text(&p->query)[0] == '\0') {
			wb_pop(wb);
			return FOLLOW_NOTHING;
		}
		editor_set(&p->query, "");
		p->searching = p->tall ? p->searching : false;
		picker_filter(p);
	} else if (k.code == K_ENTER && (k.mods & MOD_PASTED) == 0) {
		return choose(wb, p, p->cursor);
	} else if (editor_key(&p->query, k) == EDITOR_CHANGED) {
		p->cursor = 0;
		picker_filter(p);
	}
	return FOLLOW_NOTHING;
}

static enum follow letter_key(struct workbench *wb, struct picker *p, struct key k)
{
	enum follow follow = FOLLOW_NOTHING;
	if (p->letter != NULL && p->letter(wb, p, k, &follow)) {
		return follow;
	}
	struct tend_str name = {0};
	key_name(k, &name);
	size_t found = p->nshown;
	for (size_t i = 0; i < p->nshown && (!p->searchable || p->lettered); i++) {
		const char *key = p->items[p->shown[i]].key;
		if (key != NULL && strcmp(key, tend_str_text(&name)) == 0) {
			found = i;
		}
	}
	tend_str_finish(&name);
	if (found < p->nshown) {
		return choose(wb, p, found);
	}
	switch (k.code) {
	case 'j':
	case 'n':
		move(p, k.mods == 0 || k.code == 'n' ? 1 : 0);
		break;
	case 'k':
	case 'p':
		move(p, -1);
		break;
	case 'd':
	case 'u':
		move(p, k.mods == MOD_CTRL ? (k.code == 'd' ? 5 : -5) : 0);
		break;
	case 'f':
	case 'b':
		move(p, k.mods == MOD_CTRL ? (k.code == 'f' ? 10 : -10) : 0);
		break;
	case 'G':
		move(p, (long)p->nshown);
		break;
	case 'g':
		p->cursor = 0;
		break;
	case '/':
		p->searching = p->searchable;
		break;
	case K_ENTER:
	case ' ':
	case 'x':
		return choose(wb, p, p->cursor);
	case 'q':
	case '?':
		wb_pop(wb);
		break;
	default:
		break;
	}
	return FOLLOW_NOTHING;
}

static enum follow key(struct workbench *wb, struct dialog *d, struct key k)
{
	struct picker *p = (struct picker *)d;
	if (common_key(p, k) || picker_columns_key(p, &wb->canvas, k)) {
		return FOLLOW_NOTHING;
	}
	if (p->searching) {
		return search_key(wb, p, k);
	}
	if ((k.mods & MOD_PASTED) != 0) {
		return FOLLOW_NOTHING;
	}
	k.code = tend_ascii_twin(k.code);
	if (k.code == K_ESC || (k.code == 'c' && k.mods == MOD_CTRL)) {
		wb_pop(wb);
		return FOLLOW_NOTHING;
	}
	return letter_key(wb, p, k);
}

static bool heads_group(const struct picker *p, size_t shown)
{
	const char *group = p->items[p->shown[shown]].group;
	return group != NULL
		&& (shown == 0 || !tend_same(group, p->items[p->shown[shown - 1]].group));
}

/* Lines from the first item shown to `to`, with its heading. */
static int lines_until(const struct picker *p, size_t from, size_t to)
{
	int n = 0;
	for (size_t i = from; i <= to && i < p->nshown; i++) {
		n += heads_group(p, i) ? 2 : 1;
	}
	return n;
}

static void draw_item(const struct picker *p, const struct picker_item *item, bool selected,
	int keys, int titles, struct canvas *c, struct area a, int y)
{
	(void)p;
	int x = a.x + 2;
	if (keys > 0) {
		canvas_text(c, x, y, keys, ROLE_KEY, item->key != NULL ? item->key : "");
		x += keys + 2;
	}
	int room = a.x + a.w - 1 - x;
	int used = canvas_text(c, x, y, room, item->role, item->title);
	int at = titles < room / 2 && used <= titles ? titles : used;
	if (item->detail != NULL && room - at - 2 > 4) {
		canvas_text(c, x + at + 2, y, room - at - 2, ROLE_DIM, item->detail);
	}
	if (selected) {
		canvas_text(c, a.x, y, 1, ROLE_FOCUS, ">");
		canvas_restyle(c, a.x, y, a.w, ROLE_SELECTION);
	}
}

static void draw_items(struct picker *p, struct canvas *c, struct area a)
{
	int keys = 0, titles = 0;
	for (size_t i = 0; i < p->n; i++) {
		int w = p->items[i].key != NULL ? tend_columns(p->items[i].key) : 0;
		keys = w > keys ? w : keys;
		w = tend_columns(p->items[i].title);
		titles = w > titles ? w : titles;
	}
	p->top = p->cursor < p->top ? p->cursor : p->top;
	while (lines_until(p, p->top, p->cursor) > a.h && p->top < p->cursor) {
		p->top++;
	}
	int y = a.y;
	for (size_t i = p->top; i < p->nshown && y < a.y + a.h; i++) {
		const struct picker_item *item = &p->items[p->shown[i]];
		if (heads_group(p, i) && y < a.y + a.h - 1) {
			canvas_text(c, a.x + 1, y++, a.w - 2, ROLE_ACCENT, item->group);
		}
		draw_item(p, item, i == p->cursor, keys, titles, c, a, y++);
	}
	if (p->nshown == 0) {
		canvas_text(c, a.x + 2, y, a.w - 3, ROLE_DIM, _("Nothing matches."));
	}
}

static void draw(struct workbench *wb, struct dialog *d, struct canvas *c)
{
	(void)wb;
	struct picker *p = (struct picker *)d;
	if (picker_columns_draw(p, c)) {
		return;
	}
	int rows = p->tall ? c->rows : lines_until(p, 0, p->nshown > 0 ? p->nshown - 1 : 0);
	char *count = tend_format("%zu/%zu", p->nshown > 0 ? p->cursor + 1 : 0, p->nshown);
	struct area a = drawer_open(c, rows, d->title, p->searchable ? count : NULL);
	free(count);
	draw_items(p, c, a);
	if (p->searching) {
		int y = c->rows - 2;
		canvas_blank(c, (struct area){0, y, c->columns, 1}, ROLE_TEXT);
		canvas_text(c, 1, y, 1, ROLE_FOCUS, "/");
		editor_draw(&p->query, c, 2, y, c->columns - 3, true);
	}
}

static const char *hint(struct workbench *wb, struct dialog *d)
{
	(void)wb;
	const struct picker *p = (const struct picker *)d;
	if (p->searching) {
		return _("Enter choose  Up/Down move  Esc close");
	}
	if (p->hint != NULL) {
		return _(p->hint);
	}
	return p->lettered      ? _("letter choose  j/k move  / search  Esc close")
		: p->searchable ? _("j/k move  Enter run  / search  Esc close")
		: p->stays      ? _("j/k move  Space tick  Esc close")
				: _("j/k move  Enter choose  Esc close");
}

static void finish(struct dialog *d)
{
	struct picker *p = (struct picker *)d;
	picker_clear(p);
	free(p->items);
	free(p->shown);
	editor_finish(&p->query);
}

struct picker *picker_create(const char *title)
{
	static const struct dialog_ops ops = {
		.key = key, .draw = draw, .hint = hint, .finish = finish};
	struct picker *p = tend_alloc(sizeof(*p));
	p->base.ops = &ops;
	p->base.title = tend_strdup(title);
	return p;
}
