/* SPDX-License-Identifier: MIT */
/* A long text in the person's own editor: the workbench asks for it, the loop runs it, the form takes what came. */
#ifndef TUI_OUTSIDE_H
#define TUI_OUTSIDE_H

#include <signal.h>

#include "workbench.h"

/*
 * Writes the text of the field in focus to a file beside the drafts, which only its owner reads, and asks the loop
 * for $VISUAL, $EDITOR or vi on it; `saves`: the form is saved when it comes back. FOLLOW_NOTHING, with the reason
 * said, where the file cannot be written.
 */
enum follow outside_edit(struct workbench *wb, struct form *f, bool saves);
/* Runs it, the terminal being given back; NULL, or why it did not end well (allocated). The child gets that signal
 * mask. */
char *outside_run(const char *path, const sigset_t *mask);
/* To be called after it, or with a reason where it could not be run. A text that a failed editor left is kept in its
 * file, which is named. */
void workbench_edited(struct workbench *wb, const char *failed);

#endif
