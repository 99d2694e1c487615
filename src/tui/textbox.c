/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include <tend/mem.h>

#include "draw.h"
#include "workbench.h"

static enum follow enter(struct workbench *wb, const struct textbox *t)
{
	if (t->confirm != NULL) {
		enum follow follow = t->confirm(wb, &t->base);
		wb_pop(wb);
		return follow;
	}
	enum follow (*then)(struct workbench *, int64_t) = t->enter;
	int64_t id = t->id;
	wb_pop(wb);
	return then != NULL ? then(wb, id) : FOLLOW_NOTHING;
}

static enum follow key(struct workbench *wb, struct dialog *d, struct key k)
{
	struct textbox *t = (struct textbox *)d;
	if ((k.mods & MOD_PASTED) != 0 || drawer_scroll(&t->top, k)) {
		return FOLLOW_NOTHING;
	}
	switch (tend_ascii_twin(k.code)) {
	case K_ENTER:
		return enter(wb, t);
	case K_ESC:
	case 'q':
	case 'w':
	case '?':
	case 'c':
		wb_pop(wb);
		break;
	default:
		break;
	}
	return FOLLOW_NOTHING;
}

static void draw(struct workbench *wb, struct dialog *d, struct canvas *c)
{
	(void)wb;
	struct textbox *t = (struct textbox *)d;
	struct area a = drawer_open(c, (int)t->lines->n, d->title, NULL);
	size_t most = t->lines->n > (size_t)a.h ? t->lines->n - (size_t)a.h : 0;
	t->top = t->top > most ? most : t->top;
	a.x++;
	a.w -= 2;
	draw_lines(c, t->lines, t->top, a);
}

static const char *hint(struct workbench *wb, struct dialog *d)
{
	(void)wb;
	const struct textbox *t = (const struct textbox *)d;
	return t->enter_hint != NULL ? _(t->enter_hint) : _("j/k scroll  Esc close");
}

static void finish(struct dialog *d)
{
	struct textbox *t = (struct textbox *)d;
	lines_finish(t->lines);
	free(t->lines);
}

struct textbox *textbox_create(const char *title, struct lines *lines)
{
	static const struct dialog_ops ops = {
		.key = key, .draw = draw, .hint = hint, .finish = finish};
	struct textbox *t = tend_alloc(sizeof(*t));
	t->base.ops = &ops;
	t->base.title = tend_strdup(title);
	t->lines = tend_alloc(sizeof(*t->lines));
	*t->lines = *lines;
	*lines = (struct lines){0};
	return t;
}
