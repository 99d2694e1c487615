/* SPDX-License-Identifier: MIT */
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <tend/mem.h>

#include "outside.h"
#include "textarea.h"
#include "workbench.h"

struct form_field *form_add(struct form *f, const char *name, const char *label, const char *value,
	const char *const *choices, const char *hint)
{
	assert(f->n < FORM_MAX);
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

/* Where the message names the field as a word; NULL. */
static const char *named_at(const char *text, const char *name)
{
	size_t n = strlen(name);
	for (const char *at = strstr(text, name); at != NULL; at = strstr(at + 1, name)) {
		bool starts = at == text || strchr(" :\"'(", at[-1]) != NULL;
		bool ends = at[n] == '\0' || strchr(" :,.\"')", at[n]) != NULL
			|| (unsigned char)at[n] >= 0x80;
		if (starts && ends) {
			return at;
		}
	}
	return NULL;
}

/* Of several that are named ("closed lies before opened") the first one is wrong. */
void form_fail(struct form *f, const struct tend_error *err)
{
	const char *first = NULL;
	size_t field = 0;
	for (size_t i = 0; i < f->n; i++) {
		const char *at = named_at(err->text, f->fields[i].name);
		if (at != NULL && f->fields[i].error[0] == '\0' && (first == NULL || at < first)) {
			first = at;
			field = i;
		}
	}
	if (first == NULL) {
		(void)snprintf(f->error, sizeof(f->error), "%s", err->text);
		return;
	}
	(void)snprintf(f->fields[field].error, sizeof(f->fields[field].error), "%s", err->text);
	f->focus = field;
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

/* A letter goes to the next choice that starts with it, as it is shown or as it is kept. */
static void choose_letter(struct form_field *field, uint32_t c)
{
	size_t n = 0, at = 0;
	for (; field->choices[n] != NULL; n++) {
		at = strcmp(field->choices[n], editor_text(&field->editor)) == 0 ? n : at;
	}
	for (size_t i = 1; i <= n; i++) {
		const char *choice = field->choices[(at + i) % n];
		const char *title = form_choice_title(field, (at + i) % n);
		uint32_t first = 0;
		(void)tend_utf8_decode(title, strlen(title), &first);
		if ((uint32_t)(unsigned char)choice[0] == c || first == c) {
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

enum follow form_save(struct workbench *wb, struct form *f)
{
	enum follow follow = FOLLOW_NOTHING;
	f->error[0] = '\0';
	form_close_list(f);
	for (size_t i = 0; i < f->n; i++) {
		f->fields[i].error[0] = '\0';
	}
	if (f->submit(wb, f, &follow)) {
		form_saved(wb, f);
	}
	return follow;
}

static void field_key(struct workbench *wb, struct form *f, struct key k)
{
	struct form_field *field = &f->fields[f->focus];
	bool pasted = (k.mods & MOD_PASTED) != 0;
	if (field->choices == NULL) {
		enum editor_result result = EDITOR_CHANGED;
		if (field->lines && k.code == K_ENTER) {
			editor_insert(&field->editor, "\n");
			field->editor.proposed = false;
		} else {
			result = editor_key(&field->editor, k);
		}
		if (result == EDITOR_CHANGED) {
			field->error[0] = '\0';
			f->listing = field->proposes && form_value(f, f->focus)[0] != '\0';
			form_match(wb, f);
		}
	} else if (!pasted) {
		if (k.code == K_LEFT || k.code == K_RIGHT || k.code == ' ') {
			cycle(field, k.code == K_LEFT ? -1 : 1);
		} else if (key_is_text(k)) {
			choose_letter(field, tend_ascii_twin(k.code));
		}
		field->error[0] = '\0';
	}
}

/* Up and down within a text, and from its first and last row to the next field. */
static void go_to(struct form *f, int step)
{
	f->focus = (f->focus + f->n + (size_t)((int)f->n + step)) % f->n;
	form_close_list(f);
}

static void move(struct form *f, int step)
{
	struct form_field *field = &f->fields[f->focus];
	if (!field->lines || !textarea_move(&field->editor, field->columns, step)) {
		go_to(f, step);
	}
}

static enum follow key(struct workbench *wb, struct dialog *d, struct key k)
{
	struct form *f = (struct form *)d;
	const struct form_field *field = &f->fields[f->focus];
	bool pasted = (k.mods & MOD_PASTED) != 0;
	if (!pasted && form_list_key(wb, f, k)) {
		return FOLLOW_NOTHING;
	}
	if (!pasted && (k.code == K_ESC || (k.code == 'c' && k.mods == MOD_CTRL))) {
		drafts_write(wb);
		wb_pop(wb);
	} else if (!pasted && k.code == 's' && k.mods == MOD_CTRL) {
		return form_save(wb, f);
	} else if (!pasted && k.code == K_ENTER && !field->lines) {
		return form_save(wb, f);
	} else if (!pasted && k.code == 'e' && k.mods == MOD_CTRL && field->lines) {
		return outside_edit(wb, f, false);
	} else if (!pasted && k.code == K_TAB) {
		go_to(f, k.mods == 0 ? 1 : -1);
	} else if (!pasted && (k.code == K_DOWN || k.code == K_UP)) {
		move(f, k.code == K_DOWN ? 1 : -1);
	} else {
		field_key(wb, f, k);
	}
	return FOLLOW_NOTHING;
}

static const char *hint(struct workbench *wb, struct dialog *d)
{
	(void)wb;
	const struct form *f = (const struct form *)d;
	const struct form_field *field = &f->fields[f->focus];
	if (f->listing && f->match < f->nmatches) {
		return _("Enter take it  Up/Down move  Tab take it, next field  Esc back to the "
			 "text");
	}
	if (f->listing && f->nmatches > 0) {
		return _("Down to the list  Enter save  Tab next field  Esc close the list");
	}
	if (field->lines) {
		return _("C-s save  Enter new line  Tab next field  C-e editor  Esc close, kept as "
			 "a draft");
	}
	if (f->hint != NULL) {
		return _(f->hint);
	}
	return field->choices != NULL
		? _("Enter save  Left/Right choose  Tab next field  Esc close, kept as a draft")
		: field->proposes
		? _("Enter save  Down list  Tab next field  Esc close, kept as a draft")
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
		.draw = form_draw,
		.hint = hint,
		.finish = finish,
		.keep = keep,
		.typing = true};
	struct form *f = tend_alloc(sizeof(*f));
	f->base.ops = &ops;
	f->base.title = tend_strdup(title);
	f->match = SIZE_MAX;
	return f;
}
