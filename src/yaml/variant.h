/* SPDX-License-Identifier: MIT */
/*
 * What a variant does to its base: top-level keys replace the base's, entries of `stages` and `milestones` with an
 * existing key change the fields given, others are new (at the end, or `before: KEY`), `drop` leaves milestones
 * out. A value of nothing takes the base's away.
 */
#ifndef VARIANT_H
#define VARIANT_H

#include "field.h"

/* The merged tree; the base's nodes are shared. Problems are reported at the variant's places. */
const struct node *merge_variant(
	struct reader *r, const struct node *over, const struct node *base);

#endif
