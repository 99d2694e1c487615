/* SPDX-License-Identifier: MIT */
/* A picker whose items stand in columns, by groups, where all of them have room. */
#ifndef TUI_PICKER_COLUMNS_H
#define TUI_PICKER_COLUMNS_H

#include "workbench.h"

/* False where it is to be drawn as a list. */
bool picker_columns_draw(struct picker *p, struct canvas *c);
/* Left and Right go to the next column; false: the key is not for it. */
bool picker_columns_key(struct picker *p, const struct canvas *c, struct key k);

#endif
