/* SPDX-License-Identifier: MIT */
/*
 * A text that a person edits, by grapheme clusters: a line with a history, or (textarea.h) one of several
 * lines, where Home, End and what erases up to them stay within a line.
 */
#ifndef TUI_EDITOR_H
#define TUI_EDITOR_H

#include "canvas.h"
#include "key.h"

struct editor_history {
	char **items;
	size_t n, cap;
};
/* Keeps the last hundred, each once. */
void editor_history_add(struct editor_history *h, const char *text);
void editor_history_finish(struct editor_history *h);

struct editor {
	struct tend_str text;
	size_t caret; /* a byte offset at the edge of a cluster */
	size_t scroll; /* the first byte that is shown; of several lines the first row */
	size_t max; /* bytes that it may have; 0: TEND_TEXT_MAX */
	struct editor_history *history; /* borrowed; NULL: none */
	size_t back; /* how far in the history; 0: the line itself */
	char *line; /* the line while the history is shown */
	bool proposed; /* the text is a proposal, shown as selected */
};

enum editor_result { EDITOR_IGNORED, EDITOR_MOVED, EDITOR_CHANGED };

void editor_set(struct editor *e, const char *text); /* the caret goes to the end */
/* The same of a text that goes when something else is typed; a key that moves takes it up. */
void editor_propose(struct editor *e, const char *text);
const char *editor_text(const struct editor *e);
enum editor_result editor_key(struct editor *e, struct key k);
void editor_insert(struct editor *e, const char *text);
/* Draws it and puts the real cursor at the caret where `focused`. */
void editor_draw(struct editor *e, struct canvas *c, int x, int y, int columns, bool focused);
void editor_finish(struct editor *e);

#endif
