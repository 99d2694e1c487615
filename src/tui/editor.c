/* SPDX-License-Identifier: MIT */
#include "editor.h"

#include <stdlib.h>
#include <string.h>

#include <tend/mem.h>
#include <tend/record.h>

#define HISTORY_MAX 100

void editor_history_add(struct editor_history *h, const char *text)
{
	if (text[0] == '\0') {
		return;
	}
	for (size_t i = 0; i < h->n; i++) {
		if (strcmp(h->items[i], text) == 0) {
			char *same = h->items[i];
			memmove(&h->items[i], &h->items[i + 1], (h->n - i - 1) * sizeof(*h->items));
			h->items[h->n - 1] = same;
			return;
		}
	}
	if (h->n == HISTORY_MAX) {
		free(h->items[0]);
		memmove(&h->items[0], &h->items[1], (h->n - 1) * sizeof(*h->items));
		h->n--;
	}
	*TEND_PUSH(h) = tend_strdup(text);
}

void editor_history_finish(struct editor_history *h)
{
	for (size_t i = 0; i < h->n; i++) {
		free(h->items[i]);
	}
	free(h->items);
	*h = (struct editor_history){0};
}

const char *editor_text(const struct editor *e)
{
	return tend_str_text(&e->text);
}

static void set_line(struct editor *e, const char *text)
{
	tend_str_clear(&e->text);
	tend_str_add(&e->text, text);
	e->caret = e->text.len;
	e->scroll = 0;
}

void editor_set(struct editor *e, const char *text)
{
	set_line(e, text);
	e->back = 0;
	free(e->line);
	e->line = NULL;
	e->proposed = false;
}

void editor_propose(struct editor *e, const char *text)
{
	editor_set(e, text);
	e->proposed = text[0] != '\0';
}

void editor_finish(struct editor *e)
{
	tend_str_finish(&e->text);
	free(e->line);
	*e = (struct editor){0};
}

static size_t after(const struct editor *e, size_t at)
{
	int columns;
	size_t n = e->text.len - at;
	return n == 0 ? at : at + tend_grapheme(e->text.data + at, n, &columns);
}

/* Clusters are found from the left: the one that ends at `at`. */
static size_t before(const struct editor *e, size_t at)
{
	size_t last = 0;
	for (size_t next = 0; next < at; next = after(e, next)) {
		last = next;
	}
	return last;
}

static void cut(struct editor *e, size_t from, size_t to)
{
	if (from < to) {
		memmove(e->text.data + from, e->text.data + to, e->text.len - to + 1);
		e->text.len -= to - from;
	}
	e->caret = from;
}

void editor_insert(struct editor *e, const char *text)
{
	size_t n = strlen(text);
	if (e->text.len + n > (e->max > 0 ? e->max : TEND_TEXT_MAX)) {
		return;
	}
	char *tail = tend_strdup(tend_str_text(&e->text) + e->caret);
	e->text.len = e->caret;
	tend_str_addn(&e->text, text, n);
	e->caret = e->text.len;
	tend_str_add(&e->text, tail);
	free(tail);
}

static size_t line_start(const struct editor *e)
{
	size_t at = e->caret;
	while (at > 0 && e->text.data[at - 1] != '\n') {
		at--;
	}
	return at;
}

static size_t line_end(const struct editor *e)
{
	return e->caret + strcspn(tend_str_text(&e->text) + e->caret, "\n");
}

static size_t word_before(const struct editor *e)
{
	size_t at = e->caret;
	while (at > 0 && e->text.data[before(e, at)] == ' ') {
		at = before(e, at);
	}
	while (at > 0 && e->text.data[before(e, at)] != ' ') {
		at = before(e, at);
	}
	return at;
}

static enum editor_result recall(struct editor *e, int step)
{
	size_t n = e->history != NULL ? e->history->n : 0;
	if ((step > 0 && e->back >= n) || (step < 0 && e->back == 0)) {
		return EDITOR_MOVED;
	}
	if (e->back == 0) {
		free(e->line);
		e->line = tend_strdup(editor_text(e));
	}
	e->back = step > 0 ? e->back + 1 : e->back - 1;
	set_line(e, e->back == 0 ? e->line : e->history->items[n - e->back]);
	return EDITOR_CHANGED;
}

static enum editor_result control_key(struct editor *e, uint32_t code)
{
	size_t caret = e->caret;
	switch (code) {
	case 'a':
		e->caret = line_start(e);
		return EDITOR_MOVED;
	case 'e':
		e->caret = line_end(e);
		return EDITOR_MOVED;
	case 'b':
		e->caret = before(e, caret);
		return EDITOR_MOVED;
	case 'f':
		e->caret = after(e, caret);
		return EDITOR_MOVED;
	case 'd':
		cut(e, caret, after(e, caret));
		return EDITOR_CHANGED;
	case 'w':
		cut(e, word_before(e), caret);
		return EDITOR_CHANGED;
	case 'u':
		cut(e, line_start(e), caret);
		return EDITOR_CHANGED;
	case 'k':
		cut(e, caret, line_end(e));
		return EDITOR_CHANGED;
	case 'p':
		return recall(e, 1);
	case 'n':
		return recall(e, -1);
	default:
		return EDITOR_IGNORED;
	}
}

static enum editor_result named_key(struct editor *e, uint32_t code)
{
	switch (code) {
	case K_LEFT:
		return control_key(e, 'b');
	case K_RIGHT:
		return control_key(e, 'f');
	case K_HOME:
		return control_key(e, 'a');
	case K_END:
		return control_key(e, 'e');
	case K_DELETE:
		return control_key(e, 'd');
	case K_BACKSPACE:
		cut(e, before(e, e->caret), e->caret);
		return EDITOR_CHANGED;
	case K_UP:
		return e->history != NULL ? recall(e, 1) : EDITOR_IGNORED;
	case K_DOWN:
		return e->history != NULL ? recall(e, -1) : EDITOR_IGNORED;
	default:
		return EDITOR_IGNORED;
	}
}

static bool erases(struct key k)
{
	bool named = k.mods == 0 && (k.code == K_BACKSPACE || k.code == K_DELETE);
	return named || (k.mods == MOD_CTRL && k.code == 'd');
}

static enum editor_result edit(struct editor *e, struct key k)
{
	if ((k.mods & MOD_PASTED) != 0 && (k.code == K_ENTER || k.code == K_TAB)) {
		k.code = ' ';
	}
	if (key_is_text(k)) {
		char buf[5];
		buf[tend_utf8_encode(k.code, buf)] = '\0';
		editor_insert(e, buf);
		return EDITOR_CHANGED;
	}
	if ((k.mods & MOD_PASTED) != 0) {
		return EDITOR_MOVED;
	}
	return (k.mods & MOD_CTRL) != 0 ? control_key(e, k.code) : named_key(e, k.code);
}

enum editor_result editor_key(struct editor *e, struct key k)
{
	bool proposed = e->proposed;
	if (proposed && (key_is_text(k) || erases(k))) {
		editor_set(e, "");
		return erases(k) ? EDITOR_CHANGED : edit(e, k);
	}
	enum editor_result result = edit(e, k);
	e->proposed = proposed && result == EDITOR_IGNORED;
	return result;
}

/* Columns of the text between two offsets, as it is drawn. */
static int columns_between(const struct editor *e, size_t from, size_t to)
{
	struct tend_str shown = {0};
	tend_printable(&shown, tend_str_text(&e->text) + from, to - from);
	int columns = tend_columns(tend_str_text(&shown));
	tend_str_finish(&shown);
	return columns;
}

void editor_draw(struct editor *e, struct canvas *c, int x, int y, int columns, bool focused)
{
	if (columns < 2) {
		return;
	}
	if (e->caret < e->scroll || !focused) {
		e->scroll = focused ? before(e, e->caret) : 0;
	}
	while (columns_between(e, e->scroll, e->caret) > columns - 1) {
		e->scroll = after(e, e->scroll);
	}
	canvas_blank(c, (struct area){x, y, columns, 1}, ROLE_INPUT);
	enum role role = e->proposed && focused ? ROLE_SELECTION : ROLE_INPUT;
	canvas_text(c, x, y, columns, role, editor_text(e) + e->scroll);
	if (e->scroll > 0) {
		canvas_text(c, x, y, 1, ROLE_DIM, "<");
	}
	if (focused) {
		canvas_cursor(c, x + columns_between(e, e->scroll, e->caret), y);
	}
}
