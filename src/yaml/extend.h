/* SPDX-License-Identifier: MIT */
/*
 * Variants: a journey that says `extends` is read as one tree, its own over that of its base. What comes from a
 * base has lines of its own, so that findings about it can be told apart: those of the base at distance d are
 * counted from d * EXTEND_LINES.
 */
#ifndef EXTEND_H
#define EXTEND_H

#include "field.h"

#define EXTEND_DEPTH_MAX 8 /* bases of bases */
#define EXTEND_LINES (1 << 20) /* more than a file can have */

struct extension {
	const struct node *at; /* the value of `extends`; NULL where there is none */
	const char *names[EXTEND_DEPTH_MAX + 1]; /* KEY@V, this file's first */
	size_t n;
};

/*
 * The tree to read: `root` itself where it extends nothing. NULL where the base cannot be had, which is reported.
 * Without `extends` nothing changes.
 */
const struct node *extend_root(struct reader *r, const struct node *root, struct extension *ret);
/*
 * Findings from the `first` on that lie in a base go to the place of `extends`, and say where they are, with the key
 * of the stage or milestone of `root` (may be NULL).
 */
void extend_findings(const struct extension *e, const struct node *root,
	struct tend_findings *findings, size_t first);
/* KEY or KEY@V; *ret_key (may be NULL) in `arena`, *ret_version 0 where none is said. */
bool extend_name(
	struct tend_arena *arena, const char *name, const char **ret_key, int *ret_version);
/* Whether the place is one of a base. */
bool extend_is_base(int line);

#endif
