/* SPDX-License-Identifier: MIT */
/*
 * One write per frame: curses writes at every move of the cursor, some seventy times for a whole screen, and
 * each of them wakes the terminal. Between begin and end its descriptor leads into a file in memory.
 */
#ifndef TUI_FRAME_H
#define TUI_FRAME_H

struct frame {
	int writer; /* the descriptor that is written to */
	int output; /* where it leads */
	int memory; /* -1: there is none, what is written goes out at once */
};

void frame_init(struct frame *f, int writer, int output);
void frame_finish(struct frame *f);
void frame_begin(struct frame *f);
/* Writes what came since begin, all of it; gives up where the terminal is gone. */
void frame_end(struct frame *f);

#endif
