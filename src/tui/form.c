/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <tend/mem.h>

#include "workbench.h"
#include "words.h"

#define TYPED_MIN 12 /* columns that a field keeps beside its error */

struct form_field *form_add(struct form *f, const char *name, const char *label, const char *value,
	const char *const *choices, const char *hint)
{
	struct form_field *field = &f->fields[f->n++];
	*field =
		(struct form_field){.name = name, .label = label, .choices = choices, .hint = hint};
	editor_propose(&field->editor, value != NULL ? value : "");
	field->initial = tend_strdup(value != NULL ? value : "");
	return field;
}

const char *form_value(const struct form *f, size_t i)
{
	return editor_text(&f->fields[i].editor);
}

/* True where the message names the field as a word. */
static bool names_field(const char *text, const char *name)
{
	size_t n = strlen(name);
	for (const char *at = strstr(text, name); at != NULL; at = strstr(at + 1, name)) {
		bool starts = at == text || strchr(" :\"'(", at[-1]) != NULL;
		bool ends = at[n] == '\0' || strchr(" :,.\"')", at[n]) != NULL;
		if (starts && ends) {
			return true;
		}
	}
	return false;
}

void form_fail(struct form *f, const struct tend_error *err)
{
	for (size_t i = 0; i < f->n; i++) {
		if (f->fields[i].error[0] == '\0' && names_field(err->text, f->fields[i].name)) {
			(void)snprintf(
				f->fields[i].error, sizeof(f->fields[i].error), "%s", err->text);
			f->focus = i;
			return;
		}
	}
	(void)snprintf(f->error, sizeof(f->error), "%s", err->text);
}

void form_offer_draft(struct workbench *wb, struct form *f, int kind, int64_t target)
{
	f->base.draft = kind;
	f->base.draft_target = target;
	for (size_t i = 0; i < f->n; i++) {
		const char *text = draft_find(wb, (enum draft_kind)kind, target, i);
		if (text != NULL) {
			editor_set(&f->fields[i].editor, text);
		}
	}
}

/* The fields that were changed: the others may say something else by the time it is taken up. */
static void keep(struct workbench *wb, struct dialog *d)
{
	struct form *f = (struct form *)d;
	for (size_t i = 0; d->draft != DRAFT_NONE && i < f->n; i++) {
		enum draft_kind kind = (enum draft_kind)d->draft;
		if (strcmp(form_value(f, i), f->fields[i].initial) != 0
			|| draft_find(wb, kind, d->draft_target, i) != NULL) {
			draft_keep(wb, kind, d->draft_target, i, form_value(f, i));
		}
	}
}

static void cycle(struct form_field *field, int step)
{
	size_t n = 0, at = 0;
	for (; field->choices[n] != NULL; n++) {
		at = strcmp(field->choices[n], editor_text(&field->editor)) == 0 ? n : at;
	}
	editor_set(&field->editor, field->choices[(at + n + (size_t)(step + (int)n)) % n]);
}

/* A letter goes to the next choice that starts with it. */
static void choose_letter(struct form_field *field, uint32_t c)
{
	size_t n = 0, at = 0;
	for (; field->choices[n] != NULL; n++) {
		at = strcmp(field->choices[n], editor_text(&field->editor)) == 0 ? n : at;
	}
	for (size_t i = 1; i <= n; i++) {
		const char *choice = field->choices[(at + i) % n];
		if ((uint32_t)(unsigned char)choice[0] == c) {
			editor_set(&field->editor, choice);
			return;
		}
	}
}

void form_saved(struct workbench *wb, struct form *f)
{
	draft_drop(wb, (enum draft_kind)f->base.draft, f->base.draft_target);
	wb_leave(wb, &f->base);
}

static enum follow save(struct workbench *wb, struct form *f)
{
	enum follow follow = FOLLOW_NOTHING;
	f->error[0] = '\0';
	for (size_t i = 0; i < f->n; i++) {
		f->fields[i].error[0] = '\0';
	}
	if (f->submit(wb, f, &follow)) {
		form_saved(wb, f);
	}
	return follow;
}

static void field_key(struct form *f, struct key k)
{
	struct form_field *field = &f->fields[f->focus];
	if (field->choices == NULL) {
		if (editor_key(&field->editor, k) == EDITOR_CHANGED) {
			field->error[0] = '\0';
		}
	} else if ((k.mods & MOD_PASTED) == 0) {
		if (k.code == K_LEFT || k.code == K_RIGHT || k.code == ' ') {
			cycle(field, k.code == K_LEFT ? -1 : 1);
		} else if (key_is_text(k)) {
			choose_letter(field, tend_ascii_twin(k.code));
		}
	}
}

static enum follow key(struct workbench *wb, struct dialog *d, struct key k)
{
	struct form *f = (struct form *)d;
	bool pasted = (k.mods & MOD_PASTED) != 0;
	if (!pasted && (k.code == K_ESC || (k.code == 'c' && k.mods == MOD_CTRL))) {
		drafts_write(wb);
		wb_pop(wb);
	} else if (!pasted && k.code == 's' && k.mods == MOD_CTRL) {
		return save(wb, f);
	} else if (!pasted && k.code == K_ENTER) {
		return save(wb, f);
	} else if (!pasted && ((k.code == K_TAB && k.mods == 0) || k.code == K_DOWN)) {
		f->focus = (f->focus + 1) % f->n;
	} else if (!pasted && (k.code == K_TAB || k.code == K_UP)) {
		f->focus = (f->focus + f->n - 1) % f->n;
	} else {
		field_key(f, k);
	}
	return FOLLOW_NOTHING;
}

static const char *choice_text(const struct form_field *field, size_t i)
{
	return field->titles != NULL ? field->titles[i] : word_text(field->choices[i]);
}

static int choices_columns(const struct form_field *field)
{
	int all = 0;
	for (size_t i = 0; field->choices[i] != NULL; i++) {
		all += tend_columns(choice_text(field, i)) + 2;
	}
	return all;
}

/* All of them where there is room, else the one that is chosen. */
static void draw_choice(
	const struct form_field *field, struct canvas *c, int x, int y, int room, bool focused)
{
	bool all = choices_columns(field) <= room;
	for (size_t i = 0; field->choices[i] != NULL; i++) {
		bool is = strcmp(field->choices[i], editor_text(&field->editor)) == 0;
		if (!is && !all) {
			continue;
		}
		char *text = tend_format(is ? "[%s]" : " %s ", choice_text(field, i));
		enum role role = !is ? ROLE_DIM : focused ? ROLE_FOCUS : ROLE_TEXT;
		x += canvas_text(c, x, y, room, role, text);
		free(text);
	}
	if (focused) {
		canvas_cursor(c, x, y);
	}
}

static void draw_field(
	struct form_field *field, bool focused, int label, struct canvas *c, struct area a, int y)
{
	if (focused) {
		canvas_text(c, a.x, y, 1, ROLE_FOCUS, ">");
	}
	canvas_text(c, a.x + 2, y, label, focused ? ROLE_FOCUS : ROLE_DIM, _(field->label));
	int x = a.x + 2 + label + 2;
	int room = a.x + a.w - 1 - x;
	if (field->choices != NULL) {
		draw_choice(field, c, x, y, room, focused);
		return;
	}
	const char *beside = field->error[0] != '\0' ? field->error
		: field->hint != NULL && focused     ? _(field->hint)
						     : "";
	int w = beside[0] != '\0' ? tend_columns(beside) + 2 : 0;
	/* An error is read before what was typed, a hint after it. */
	int most = field->error[0] != '\0' && room > TYPED_MIN ? room - TYPED_MIN : room / 2;
	w = w > most ? most : w;
	editor_draw(&field->editor, c, x, y, room - w, focused);
	if (w > 0) {
		canvas_text(c, x + room - w + 2, y, w - 2,
			field->error[0] != '\0' ? ROLE_ERROR : ROLE_DIM, beside);
	}
}

static void draw(struct workbench *wb, struct dialog *d, struct canvas *c)
{
	(void)wb;
	struct form *f = (struct form *)d;
	int label = 0;
	for (size_t i = 0; i < f->n; i++) {
		int w = tend_columns(_(f->fields[i].label));
		label = w > label ? w : label;
	}
	bool failed = f->error[0] != '\0';
	struct area a = drawer_open(c, (int)f->n + (failed ? 1 : 0), d->title, NULL);
	int fields = a.h - (failed && a.h > 1 ? 1 : 0);
	size_t first = f->focus >= (size_t)fields ? f->focus - (size_t)fields + 1 : 0;
	for (size_t i = first; i < f->n && (int)(i - first) < fields; i++) {
		draw_field(&f->fields[i], i == f->focus, label, c, a, a.y + (int)(i - first));
	}
	if (failed) {
		canvas_text(c, a.x + 2, a.y + a.h - 1, a.w - 3, ROLE_ERROR, f->error);
	}
}

static const char *hint(struct workbench *wb, struct dialog *d)
{
	(void)wb;
	const struct form *f = (const struct form *)d;
	if (f->hint != NULL) {
		return _(f->hint);
	}
	return f->fields[f->focus].choices != NULL
		? _("Enter save  Left/Right choose  Tab next field  Esc close, kept as a draft")
		: _("Enter save  Tab next field  Esc close, kept as a draft");
}

static void finish(struct dialog *d)
{
	struct form *f = (struct form *)d;
	for (size_t i = 0; i < f->n; i++) {
		editor_finish(&f->fields[i].editor);
		free(f->fields[i].initial);
	}
	tend_arena_finish(&f->arena);
}

struct form *form_create(const char *title)
{
	static const struct dialog_ops ops = {.key = key,
		.draw = draw,
		.hint = hint,
		.finish = finish,
		.keep = keep,
		.typing = true};
	struct form *f = tend_alloc(sizeof(*f));
	f->base.ops = &ops;
	f->base.title = tend_strdup(title);
	return f;
}
