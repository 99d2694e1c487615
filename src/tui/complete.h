/* SPDX-License-Identifier: MIT */
/* Completion of the last word of a line: what may stand there as a popup list that Tab walks. */
#ifndef TUI_COMPLETE_H
#define TUI_COMPLETE_H

#include "canvas.h"
#include "editor.h"

struct workbench;

#define COMPLETION_ROWS 8 /* that the list shows at a time; more on high screens */

struct completion {
	struct tend_str words; /* apart by blanks */
	size_t n; /* how many; 0: the list is closed */
	size_t current; /* the one in the line; SIZE_MAX: none, the line is as it was typed */
	size_t start; /* where the word starts in the line */
	char *typed; /* the line before one was chosen */
};

/* Tab (1) or Shift-Tab (-1): types what all candidates begin with and opens the list, or walks the open
 * list round. One candidate alone is typed at once. */
void completion_step(struct workbench *wb, struct completion *c, struct editor *e, int step);
/* Closes the list; the line becomes again what was typed where `restore`. False: it was not open. */
bool completion_close(struct completion *c, struct editor *e, bool restore);
void completion_draw(const struct completion *c, struct canvas *canvas);
void completion_finish(struct completion *c);

#endif
