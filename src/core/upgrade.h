/* SPDX-License-Identifier: MIT */
/* The inside of an upgrade: which milestones and items of two templates are the same. */
#ifndef CORE_UPGRADE_H
#define CORE_UPGRADE_H

#include <tend/upgrade.h>

#define UPGRADE_NONE SIZE_MAX

/* The items of two milestones: for each of the one now its twin then (UPGRADE_NONE: new), and back. */
struct item_twins {
	size_t *then_of_now, *now_of_then;
	bool differ; /* any is new, gone, retitled or elsewhere */
};
/* In `arena`. Items with an id of their own are the same by it, others by their titles. */
void upgrade_match_items(const struct tend_template_milestone *then,
	const struct tend_template_milestone *now, struct tend_arena *arena,
	struct item_twins *ret);

/* A milestone of the template now, and what differs from its twin then. */
struct upgrade_pair {
	size_t then; /* UPGRADE_NONE: new */
	const char *after_then, *after_now; /* joined; NULL where none */
	unsigned
		fields; /* enum tend_upgrade_field that the template changed, dates by their rule */
	bool when_differs; /* the condition */
	bool repeat_differs; /* how often, or until when, with all that this hangs on */
	struct item_twins items;
};

struct upgrade_key {
	const char *key;
	size_t then, now; /* indexes; UPGRADE_NONE where it has none */
};

struct tend_upgrade {
	const struct tend_journey *then, *now;
	struct upgrade_pair *pairs; /* by milestone of `now` */
	struct upgrade_key
		*keys; /* of both, sorted; a renamed key has the `now` of its successor */
	size_t nkeys;
	const struct upgrade_key **by_place; /* those of the template then, in its order */
	bool same; /* nothing differs */
	struct tend_arena arena;
};
const struct upgrade_key *upgrade_find(const struct tend_upgrade *u, const char *key);
/* The same for a row, whose place in the template nearly always says it. */
const struct upgrade_key *upgrade_find_row(
	const struct tend_upgrade *u, const struct tend_milestone *row);

bool upgrade_same_text(struct tend_text a, struct tend_text b);
/* Whether two date expressions say the same, what they hang on apart. */
bool upgrade_same_when(const struct tend_when *a, const struct tend_when *b);
bool upgrade_same_duration(struct tend_duration a, struct tend_duration b);
/* The keys that come before, joined by commas, in `arena`; NULL where there are none. */
const char *upgrade_join(struct tend_arena *arena, const char *const *words, size_t n);
/* For each milestone of `now` its twin in `then`: by key, or by `was` where that is plain. */
void upgrade_match(
	const struct tend_journey *then, const struct tend_journey *now, size_t *then_of_now);

/* Fields of an open row that follow the template, and fields that both changed. */
struct upgrade_verdict {
	unsigned follow, conflict;
};
struct upgrade_verdict upgrade_compare(const struct tend_upgrade *u,
	const struct tend_milestone *row, const struct tend_occurrence *o);
/* The row with those fields as the template has them, and with what is kept beside them. */
struct tend_milestone upgrade_follow(const struct tend_upgrade *u, const struct tend_milestone *row,
	const struct tend_occurrence *o, unsigned fields);
/* Another place in the file alone is no reason to write a row: it orders what is due on one day. */
bool upgrade_same_row(const struct tend_milestone *x, const struct tend_milestone *y);

/* What the items of a row become; counts in `change`. */
void upgrade_items(const struct tend_upgrade *u, size_t milestone,
	const struct tend_upgrade_customer *c, const struct tend_milestone *row,
	struct tend_upgrade_plan *plan, struct tend_upgrade_change *change);
/* The items of a row among those of the customer. */
const struct tend_item *upgrade_items_of(
	const struct tend_upgrade_customer *c, int64_t milestone_id, size_t *ret_n);

#endif
