/* SPDX-License-Identifier: MIT */
/* Sequences of keys to actions: the defaults of the action list, overridden by `keys:` files. */
#ifndef TUI_KEYMAP_H
#define TUI_KEYMAP_H

#include <tend/error.h>

#include "actions.h"
#include "key.h"

#define SEQUENCE_MAX 4

struct binding {
	char *view; /* NULL: any */
	struct key keys[SEQUENCE_MAX];
	size_t n;
	enum action_id action; /* ACTION_NONE: the keys do nothing */
	bool own; /* from a file */
};

struct keymap {
	struct binding *items;
	size_t n, cap;
};

void keymap_init(struct keymap *m); /* the defaults */
void keymap_finish(struct keymap *m);
/* TEND_BAD_INPUT where the keys cannot be read or there is no such action ("none" unbinds). */
enum tend_status keymap_bind(struct keymap *m, const char *view, const char *keys,
	const char *action, struct tend_error *err);

enum keymap_result { KEYMAP_NONE, KEYMAP_PREFIX, KEYMAP_ACTION };
/* Only actions whose needs are within `offers` are found; own bindings before defaults. */
enum keymap_result keymap_find(const struct keymap *m, const char *view, unsigned offers,
	const struct key *keys, size_t n, enum action_id *ret);
/* The first keys of an action in that view, as people write them; "" where it has none. */
void keymap_keys(
	const struct keymap *m, const char *view, enum action_id action, struct tend_str *out);
/* All of them, apart by ", ". */
void keymap_all_keys(
	const struct keymap *m, const char *view, enum action_id action, struct tend_str *out);

#endif
