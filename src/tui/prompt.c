/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include <tend/mem.h>

#include "workbench.h"

static enum follow submit(struct workbench *wb, struct prompt *p)
{
	bool close = true;
	p->error[0] = '\0';
	if (p->editor.history != NULL) {
		editor_history_add(p->editor.history, editor_text(&p->editor));
	}
	enum follow follow = p->submit(wb, p, &close);
	/* What was submitted may have opened a dialog of its own over this one. */
	if (close) {
		draft_drop(wb, (enum draft_kind)p->base.draft, p->base.draft_target);
		wb_leave(wb, &p->base);
	}
	return follow;
}

static enum follow key(struct workbench *wb, struct dialog *d, struct key k)
{
	struct prompt *p = (struct prompt *)d;
	bool pasted = (k.mods & MOD_PASTED) != 0;
	if (!pasted && k.code == K_ESC && completion_close(&p->completion, &p->editor, true)) {
		return FOLLOW_NOTHING;
	}
	if (!pasted && (k.code == K_ESC || (k.code == 'c' && k.mods == MOD_CTRL))) {
		drafts_write(wb);
		if (p->cancelled != NULL) {
			p->cancelled(wb, p);
		}
		wb_pop(wb);
		return FOLLOW_NOTHING;
	}
	if (!pasted && k.code == K_ENTER) {
		return submit(wb, p);
	}
	if (!pasted && k.code == K_TAB && p->completes) {
		completion_step(wb, &p->completion, &p->editor, (k.mods & MOD_SHIFT) != 0 ? -1 : 1);
		return FOLLOW_NOTHING;
	}
	if (editor_key(&p->editor, k) == EDITOR_CHANGED) {
		p->error[0] = '\0';
		(void)completion_close(&p->completion, &p->editor, false);
		if (p->changed != NULL) {
			p->changed(wb, p);
		}
	}
	return FOLLOW_NOTHING;
}

static void draw(struct workbench *wb, struct dialog *d, struct canvas *c)
{
	(void)wb;
	struct prompt *p = (struct prompt *)d;
	int y = c->rows - 2;
	const char *above = p->error;
	if (p->completion.n > 0 && above[0] == '\0') {
		completion_draw(&p->completion, c);
	} else if (above[0] == '\0' && p->completes) {
		above = command_usage(editor_text(&p->editor));
	}
	if (above[0] == '\0' && p->completion.n == 0 && p->about != NULL) {
		above = p->about;
	}
	if (above[0] != '\0' && y > 1) {
		canvas_blank(c, (struct area){0, y - 1, c->columns, 1}, ROLE_TEXT);
		canvas_text(c, 1, y - 1, c->columns - 2,
			p->error[0] != '\0' ? ROLE_ERROR : ROLE_DIM, above);
	}
	canvas_blank(c, (struct area){0, y, c->columns, 1}, ROLE_TEXT);
	int used = 1 + canvas_text(c, 1, y, c->columns / 2, ROLE_FOCUS, d->title);
	bool sign = d->title[0] != '\0' && d->title[1] == '\0';
	size_t len = strlen(d->title);
	bool wide = len >= 3 && strcmp(d->title + len - 3, "：") == 0;
	used += sign || wide ? 0 : 1;
	editor_draw(&p->editor, c, used, y, c->columns - used - 1, true);
}

static void keep(struct workbench *wb, struct dialog *d)
{
	const struct prompt *p = (const struct prompt *)d;
	enum draft_kind kind = (enum draft_kind)d->draft;
	const char *text = editor_text(&p->editor);
	if (kind != DRAFT_NONE
		&& (strcmp(text, p->initial) != 0
			|| draft_find(wb, kind, d->draft_target, 0) != NULL)) {
		draft_keep(wb, kind, d->draft_target, 0, text);
	}
}

void prompt_offer_draft(struct workbench *wb, struct prompt *p, int kind, int64_t target)
{
	const char *text = draft_find(wb, (enum draft_kind)kind, target, 0);
	p->base.draft = kind;
	p->base.draft_target = target;
	if (text != NULL) {
		editor_set(&p->editor, text);
	}
}

static const char *hint(struct workbench *wb, struct dialog *d)
{
	(void)wb;
	const struct prompt *p = (const struct prompt *)d;
	return p->completion.n > 0   ? _("Tab next  S-Tab previous  Enter run  Esc close")
		: p->completes       ? _("Enter run  Tab complete  Up history  Esc close")
		: p->changed != NULL ? _("Enter keep  Up history  Esc close")
				     : _("Enter save  Esc close");
}

static void finish(struct dialog *d)
{
	struct prompt *p = (struct prompt *)d;
	editor_finish(&p->editor);
	free(p->about);
	free(p->initial);
	completion_finish(&p->completion);
}

struct prompt *prompt_create(const char *title, const char *text)
{
	static const struct dialog_ops ops = {.key = key,
		.draw = draw,
		.hint = hint,
		.finish = finish,
		.keep = keep,
		.typing = true};
	struct prompt *p = tend_alloc(sizeof(*p));
	p->base.ops = &ops;
	p->base.title = tend_strdup(title);
	p->initial = tend_strdup(text);
	editor_set(&p->editor, text);
	return p;
}
