/* SPDX-License-Identifier: MIT */
/* The frame: title row, panes with their rules, status row, hint row. */
#include "draw.h"

#include <stdlib.h>
#include <string.h>

#include <tend/mem.h>

#include "saved_views.h"
#include "words.h"

/* Of a rule: its number, its ends and what stands at the right. */
#define RULE_ROOM 18

static void draw_counts(const struct view *v, struct tend_str *out)
{
	const struct pane *p = &v->panes[0];
	if (p->ops->type == NULL || p->ops->text != NULL || v->fixed) {
		return;
	}
	if (p->grid.nmarked > 0) {
		tend_str_addf(out, _("%zu marked  "), p->grid.nmarked);
	}
	if (p->grid.n < p->list.n) {
		tend_str_addf(out, _("%zu of %zu"), p->grid.n, p->list.n);
	} else {
		tend_str_addf(out, "%zu", view_is_partial(v) ? v->all : p->list.n);
	}
}

/* How many rows of the list are bad, how many will be soon. */
static void count_signals(
	const struct view *v, struct grid_context ctx, size_t *ret_bad, size_t *ret_soon)
{
	*ret_bad = *ret_soon = 0;
	const struct pane *p = &v->panes[0];
	for (size_t i = 0; p->ops->type == &tend_customer_type && i < p->grid.n; i++) {
		const struct tend_customer *c = tend_list_at(&p->list, p->grid.rows[i]);
		bool soon = tend_has_date(c->next_due) && c->next_due.day <= ctx.today.day + 7;
		*ret_bad += c->overdue > 0 ? 1 : 0;
		*ret_soon += c->overdue <= 0 && soon ? 1 : 0;
	}
	if (view_is_partial(v)) {
		*ret_bad = v->urgent;
		*ret_soon = v->all - v->urgent;
		return;
	}
	for (size_t i = 0; p->ops->type == &tend_today_type && i < p->grid.n; i++) {
		const struct tend_today_row *r = tend_list_at(&p->list, p->grid.rows[i]);
		bool bad = r->band == 0 || tend_same(r->severity, "high");
		*ret_bad += bad ? 1 : 0;
		*ret_soon += bad ? 0 : 1;
	}
	for (size_t i = 0; p->ops->type == &tend_alert_type && i < p->grid.n; i++) {
		const struct tend_alert *a = tend_list_at(&p->list, p->grid.rows[i]);
		bool counts = !tend_same(a->state, "snoozed");
		bool high = tend_same(a->severity, "high");
		*ret_bad += counts && high ? 1 : 0;
		*ret_soon += counts && !high ? 1 : 0;
	}
}

static int draw_right(struct canvas *c, int right, int y, enum role role, const char *text)
{
	int w = tend_columns(text);
	canvas_text(c, right - w, y, w, role, text);
	return right - w;
}

static int draw_signals(struct workbench *wb, const struct view *v, int right, int y)
{
	struct canvas *c = &wb->canvas;
	size_t bad, soon;
	count_signals(v, wb_context(wb), &bad, &soon);
	if (soon > 0) {
		char *text = tend_format("?%zu", soon);
		right = draw_right(c, right, y, ROLE_SOON, text) - 1;
		free(text);
	}
	if (bad > 0) {
		char *text = tend_format("!%zu", bad);
		right = draw_right(c, right, y, ROLE_BAD, text) - 1;
		free(text);
	}
	return bad + soon > 0 ? right - 1 : right;
}

static void draw_title(struct workbench *wb, const struct view *v, struct area a)
{
	struct canvas *c = &wb->canvas;
	struct tend_str counts = {0};
	int right = draw_signals(wb, v, a.w - 1, a.y);
	draw_counts(v, &counts);
	right = draw_right(c, right, a.y, ROLE_TEXT, tend_str_text(&counts)) - 2;
	tend_str_finish(&counts);
	if (v->fixed && view_customer(v) != NULL) {
		draw_tabs(wb, v, a.y, right);
		return;
	}
	int x = 1;
	x += canvas_text(c, x, a.y, 4, ROLE_ACCENT, "tend") + 2;
	x += canvas_text(c, x, a.y, right - x, ROLE_TITLE, _(v->page->title));
	x += v->saved.name != NULL ? 1 : 2;
	if (v->saved.name != NULL && x < right) {
		char *name = tend_format("[%s%s]", v->saved.name, saved_view_changed(v) ? "*" : "");
		x += canvas_text(c, x, a.y, right - x, ROLE_ACCENT, name) + 2;
		free(name);
	}
	if (v->filter != NULL && x < right) {
		(void)canvas_text(c, x, a.y, right - x, ROLE_ACCENT, v->filter);
	}
}

static void draw_ribbon_row(struct workbench *wb, const struct view *v, struct area a)
{
	const struct tend_customer *c = view_customer(v);
	if (a.h == 0 || c == NULL) {
		return;
	}
	struct tend_str text = {0}, right = {0};
	draw_standing(v, a.w, &right);
	int w = tend_columns(tend_str_text(&right));
	draw_stages(v, a.w - w - 4, &text);
	canvas_text(&wb->canvas, 1, a.y, a.w - w - 4, ROLE_ACCENT, tend_str_text(&text));
	enum role role = tend_same(c->track, "on-track") ? ROLE_GOOD
		: c->track != NULL                       ? ROLE_BAD
							 : ROLE_DIM;
	draw_right(&wb->canvas, a.w - 1, a.y, role, tend_str_text(&right));
	tend_str_finish(&text);
	tend_str_finish(&right);
}

static void default_heading(struct view *v, struct pane *p, int height, struct tend_str *right)
{
	size_t first, last;
	if (p->ops->type == NULL || p->ops->text != NULL) {
		return;
	}
	grid_shown(&p->grid, height, &first, &last);
	if (p->grid.n == 0) {
		return;
	}
	size_t all = p == &v->panes[0] && view_is_partial(v) ? v->all : p->grid.n;
	if (last - first + 1 < all) {
		tend_str_addf(right, "%zu-%zu/%zu", first, last, all);
	} else {
		tend_str_addf(right, "%zu", all);
	}
}

static void draw_rule(struct workbench *wb, struct view *v, int index, struct area a)
{
	struct canvas *c = &wb->canvas;
	struct pane *p = &v->panes[index];
	bool focused = index == v->focus;
	enum role role = focused ? ROLE_FOCUS : ROLE_RULE;
	canvas_line(c, a.x, a.y, a.w, role, focused ? "━" : "─");
	struct tend_str left = {0}, right = {0};
	if (v->page->shape.npanes > 1) {
		tend_str_addf(&left, "%d ", index + 1);
	}
	size_t before = left.len;
	if (p->ops->heading != NULL) {
		p->ops->heading(wb, v, p, a.w - RULE_ROOM, &left, &right);
	}
	if (left.len == before) {
		tend_str_add(&left, _(p->ops->title));
	}
	bool header = p->ops->spec != NULL && p->ops->spec->header && a.h > 2;
	if (right.len == 0) {
		default_heading(v, p, p->height - (header ? 1 : 0), &right);
	}
	int w = right.len > 0 ? tend_columns(tend_str_text(&right)) + 4 : 0;
	int used = canvas_text(c, a.x + 2, a.y, a.w - w - 6, focused ? ROLE_FOCUS : ROLE_TITLE,
		tend_str_text(&left));
	canvas_text(c, a.x + 1, a.y, 1, role, " ");
	canvas_text(c, a.x + 2 + used, a.y, 1, role, " ");
	if (w > 0) {
		canvas_text(c, a.x + a.w - w, a.y, 1, role, " ");
		canvas_text(c, a.x + a.w - w + 1, a.y, w - 4, ROLE_TEXT, tend_str_text(&right));
		canvas_text(c, a.x + a.w - 3, a.y, 1, role, " ");
	}
	tend_str_finish(&left);
	tend_str_finish(&right);
}

static void draw_pane(struct workbench *wb, struct view *v, int index, struct area a)
{
	draw_content(wb, v, index, (struct area){a.x, a.y + 1, a.w, a.h - 1});
	draw_rule(wb, v, index, a);
}

static void draw_status(struct workbench *wb, struct area a)
{
	struct canvas *c = &wb->canvas;
	int right = a.w - 1;
	if (wb->app != NULL && tend_app_day_is_fixed(wb->app)) {
		char day[TEND_DATE_LEN];
		char *text = tend_format(" %s ", tend_date_format(wb->today, day));
		right = draw_right(c, right, a.y, ROLE_BADGE, text) - 2;
		free(text);
	}
	int x = 1;
	if (wb->message.len > 0) {
		x += canvas_text(
			     c, x, a.y, right - x, wb->message_role, tend_str_text(&wb->message))
			+ 3;
	} else if (wb->saved[0] != '\0') {
		char *text = tend_format(_("saved %s"), wb->saved);
		x += canvas_text(c, x, a.y, right - x, ROLE_GOOD, text) + 3;
		free(text);
	}
	if (wb->warning.len > 0 && x < right) {
		x += canvas_text(c, x, a.y, right - x, ROLE_SOON, tend_str_text(&wb->warning)) + 3;
	}
	bool failed = wb->message.len > 0 && wb->message_role == ROLE_ERROR;
	if (wb->undo != NULL && x + 8 < right && !failed) {
		x += canvas_text(c, x, a.y, right - x, ROLE_KEY, "u:") + 1;
		(void)canvas_text(
			c, x, a.y, right - x, ROLE_DIM, wb->message_done ? _("undo") : wb->undo);
	}
}

/* One entry of the hint row. */
static void hint_text(struct workbench *wb, enum action_id id, struct tend_str *out)
{
	const char *view = wb_view(wb)->page->name;
	keymap_keys(&wb->keymap, view, id, out);
	if (id == ACTION_down) {
		tend_str_addc(out, '/');
		keymap_keys(&wb->keymap, view, ACTION_up, out);
	}
	tend_str_addf(out, " %s", _(actions[id].hint));
}

/* What the selected row offers: a queue holds rows of several kinds, and a plan may be of nobody. */
static unsigned row_offers(const struct workbench *wb)
{
	const struct pane *p = wb_pane(wb);
	unsigned offers = wb_offers(wb);
	if ((offers & CX_PLAN) != 0 && wb_view(wb)->panes[0].grid.n == 0) {
		offers &= ~((unsigned)CX_PLAN | CX_MARK | CX_OPEN);
	}
	const struct tend_today_row *row =
		p->ops->type == &tend_today_type ? grid_selected(&p->grid, &p->list) : NULL;
	if (row == NULL || p->grid.nmarked > 0 || p->grid.ranging) {
		return offers;
	}
	bool alert = strcmp(row->kind, "alert") == 0, renewal = strcmp(row->kind, "renewal") == 0;
	bool owed = strcmp(row->kind, "promise") == 0 || strcmp(row->kind, "complaint") == 0;
	offers &= ~(alert ? 0u : (unsigned)CX_ALERT);
	return owed ? offers & ~((unsigned)CX_MILESTONE & ~(unsigned)CX_TASK)
		    : offers & ~(alert || renewal ? (unsigned)CX_MILESTONE : 0u);
}

/* In a plan Enter goes to the other pane too: marking is what has to be told. */
static bool comes_last(unsigned offers, enum action_id id)
{
	return id == ACTION_next_pane && (offers & CX_PLAN) != 0 && (offers & CX_MARK) != 0;
}

/* Its columns; 0 where there is no room for it. */
static int add_hint(struct workbench *wb, enum action_id id, int room, struct tend_str *out)
{
	struct tend_str one = {0};
	hint_text(wb, id, &one);
	int w = tend_columns(tend_str_text(&one)) + 2;
	w = w <= room ? w : 0;
	if (w > 0) {
		tend_str_addf(out, "%s  ", tend_str_text(&one));
	}
	tend_str_finish(&one);
	return w;
}

/* As many as there is room for, in the order of the list, and help always. */
static void draw_hint_row(struct workbench *wb, struct area a)
{
	if (wb->dialog != NULL) {
		draw_hints(&wb->canvas, a.y, a.w, wb->dialog->ops->hint(wb, wb->dialog));
		return;
	}
	unsigned offers = row_offers(wb);
	struct tend_str all = {0}, last = {0};
	hint_text(wb, ACTION_help, &last);
	int room = a.w - 2 - tend_columns(tend_str_text(&last)), used = 0;
	for (size_t i = 0; i < ACTION_COUNT; i++) {
		if (actions[i].hint[0] == '\0' || (actions[i].needs & ~offers) != 0
			|| i == ACTION_help || comes_last(offers, (enum action_id)i)) {
			continue;
		}
		used += add_hint(wb, (enum action_id)i, room - used, &all);
	}
	if (comes_last(offers, ACTION_next_pane)) {
		(void)add_hint(wb, ACTION_next_pane, room - used, &all);
	}
	tend_str_add(&all, tend_str_text(&last));
	draw_hints(&wb->canvas, a.y, a.w, tend_str_text(&all));
	tend_str_finish(&all);
	tend_str_finish(&last);
}

/* What may follow the keys that are pressed. */
static void draw_prefix(struct workbench *wb)
{
	const char *view = wb_view(wb)->page->name;
	struct lines lines = {0};
	struct tend_str title = {0}, keys = {0};
	for (size_t i = 0; i < wb->npending; i++) {
		key_name(wb->pending[i], &title);
		tend_str_add(&title, " ");
	}
	for (size_t i = 0; i < ACTION_COUNT; i++) {
		tend_str_clear(&keys);
		keymap_all_keys(&wb->keymap, view, (enum action_id)i, &keys);
		const char *at = strstr(tend_str_text(&keys), tend_str_text(&title));
		if (at != NULL && (at == keys.data || at[-1] == ' ')) {
			char *next = tend_strndup(at + title.len, strcspn(at + title.len, ","));
			lines_label(&lines, next, ROLE_TEXT, "%s", _(actions[i].help));
			free(next);
		}
	}
	tend_str_add(&title, "…");
	struct area a = drawer_open(&wb->canvas, (int)lines.n, tend_str_text(&title), NULL);
	draw_lines(&wb->canvas, &lines, 0, (struct area){a.x + 2, a.y, a.w - 4, a.h});
	lines_finish(&lines);
	tend_str_finish(&title);
	tend_str_finish(&keys);
}

static void draw_too_small(struct canvas *c)
{
	char *text = tend_format(
		_("tend needs %dx%d, this is %dx%d"), MIN_COLUMNS, MIN_ROWS, c->columns, c->rows);
	canvas_text(c, 0, 0, c->columns, ROLE_TEXT, text);
	free(text);
}

void workbench_draw(struct workbench *wb)
{
	struct canvas *c = &wb->canvas;
	struct view *v = wb_view(wb);
	canvas_clear(c);
	struct layout l = layout_plan(&v->page->shape, c->columns, c->rows, v->focus, v->zoom);
	if (l.too_small) {
		draw_too_small(c);
		return;
	}
	draw_title(wb, v, l.title);
	draw_ribbon_row(wb, v, l.ribbon);
	for (int i = 0; i < v->page->shape.npanes; i++) {
		if (l.panes[i].h > 0) {
			draw_pane(wb, v, i, l.panes[i]);
		}
	}
	for (int y = l.panes[0].y; l.divider >= 0 && y < l.panes[0].y + l.panes[0].h; y++) {
		canvas_line(c, l.divider, y, 1, ROLE_RULE, "│");
	}
	draw_status(wb, l.status);
	draw_hint_row(wb, l.hint);
	if (wb->popup) {
		draw_prefix(wb);
	}
	/* Those below show what they ask about; the one on top has the keys. */
	if (wb->dialog != NULL) {
		wb->dialog->ops->draw(wb, wb->dialog, c);
	}
}
