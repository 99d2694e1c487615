/* SPDX-License-Identifier: MIT */
/* Two templates side by side: which of their milestones and items are the same, and what differs. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <tend/record.h>
#include <tend/str.h>

#include "upgrade.h"

bool upgrade_same_text(struct tend_text a, struct tend_text b)
{
	return tend_same(a.en, b.en) && tend_same(a.zh, b.zh);
}

bool upgrade_same_duration(struct tend_duration a, struct tend_duration b)
{
	return a.n == b.n && (a.unit == b.unit || a.n == 0);
}

bool upgrade_same_when(const struct tend_when *a, const struct tend_when *b)
{
	return a->anchor == b->anchor && tend_same(a->ref_key, b->ref_key)
		&& a->has_offset == b->has_offset
		&& (!a->has_offset
			|| (a->offset.n == b->offset.n && a->offset.unit == b->offset.unit
				&& a->backwards == b->backwards));
}

const char *upgrade_join(struct tend_arena *arena, const char *const *words, size_t n)
{
	struct tend_str text = {0};
	for (size_t i = 0; i < n; i++) {
		tend_str_addf(&text, "%s%s", i > 0 ? "," : "", words[i]);
	}
	const char *copy = n > 0 ? tend_arena_strdup(arena, tend_str_text(&text)) : NULL;
	tend_str_finish(&text);
	return copy;
}

/* --- keys --- */

static int by_key(const void *a, const void *b)
{
	return strcmp(((const struct upgrade_key *)a)->key, ((const struct upgrade_key *)b)->key);
}

/* The keys of both templates, sorted, each once. */
static struct upgrade_key *all_keys(
	const struct tend_journey *then, const struct tend_journey *now, size_t *ret_n)
{
	struct upgrade_key *keys =
		tend_calloc(then->nmilestones + now->nmilestones + 1, sizeof(*keys));
	size_t n = 0, kept = 0;
	for (size_t i = 0; i < then->nmilestones; i++) {
		keys[n++] = (struct upgrade_key){then->milestones[i].key, i, UPGRADE_NONE};
	}
	for (size_t i = 0; i < now->nmilestones; i++) {
		keys[n++] = (struct upgrade_key){now->milestones[i].key, UPGRADE_NONE, i};
	}
	qsort(keys, n, sizeof(*keys), by_key);
	for (size_t i = 0; i < n; i++) {
		if (kept > 0 && strcmp(keys[kept - 1].key, keys[i].key) == 0) {
			struct upgrade_key *k = &keys[kept - 1];
			k->then = k->then != UPGRADE_NONE ? k->then : keys[i].then;
			k->now = k->now != UPGRADE_NONE ? k->now : keys[i].now;
			continue;
		}
		keys[kept++] = keys[i];
	}
	*ret_n = kept;
	return keys;
}

static struct upgrade_key *find_key(struct upgrade_key *keys, size_t n, const char *key)
{
	struct upgrade_key wanted = {.key = key};
	return n > 0 ? bsearch(&wanted, keys, n, sizeof(*keys), by_key) : NULL;
}

const struct upgrade_key *upgrade_find(const struct tend_upgrade *u, const char *key)
{
	return find_key(u->keys, u->nkeys, key);
}

const struct upgrade_key *upgrade_find_row(
	const struct tend_upgrade *u, const struct tend_milestone *row)
{
	int64_t place = row->position - 1;
	if (place >= 0 && place < (int64_t)u->then->nmilestones
		&& strcmp(u->by_place[place]->key, row->key) == 0) {
		return u->by_place[place];
	}
	return upgrade_find(u, row->key);
}

/*
 * The twins of `now`; a key that only `then` has and that one milestone of `now` says it had (`was`) leads
 * to that milestone from here on.
 */
static void match(
	struct upgrade_key *keys, size_t n, const struct tend_journey *now, size_t *then_of_now)
{
	for (size_t i = 0; i < now->nmilestones; i++) {
		const struct tend_template_milestone *m = &now->milestones[i];
		const struct upgrade_key *own = find_key(keys, n, m->key);
		struct upgrade_key *was = m->was != NULL ? find_key(keys, n, m->was) : NULL;
		then_of_now[i] = own->then;
		if (own->then == UPGRADE_NONE && was != NULL && was->now == UPGRADE_NONE
			&& was->then != UPGRADE_NONE) {
			was->now = i;
			then_of_now[i] = was->then;
		}
	}
}

void upgrade_match(
	const struct tend_journey *then, const struct tend_journey *now, size_t *then_of_now)
{
	size_t n;
	struct upgrade_key *keys = all_keys(then, now, &n);
	match(keys, n, now, then_of_now);
	free(keys);
}

/* --- items --- */

/* An item without an id is named by its position. */
static bool has_id(const struct tend_template_milestone *m, size_t i)
{
	char position[24];
	(void)snprintf(position, sizeof(position), "%zu", i + 1);
	return strcmp(m->items[i].key, position) != 0;
}

static bool same_item(const struct tend_template_milestone *then, size_t t,
	const struct tend_template_milestone *now, size_t n)
{
	bool by_id = has_id(then, t), now_by_id = has_id(now, n);
	if (by_id || now_by_id) {
		return by_id && now_by_id && strcmp(then->items[t].key, now->items[n].key) == 0;
	}
	return upgrade_same_text(then->items[t].title, now->items[n].title);
}

void upgrade_match_items(const struct tend_template_milestone *then,
	const struct tend_template_milestone *now, struct tend_arena *arena, struct item_twins *ret)
{
	size_t nthen = then != NULL ? then->nitems : 0;
	ret->then_of_now = tend_arena_alloc(arena, (now->nitems + 1) * sizeof(size_t));
	ret->now_of_then = tend_arena_alloc(arena, (nthen + 1) * sizeof(size_t));
	ret->differ = nthen != now->nitems;
	for (size_t t = 0; t < nthen; t++) {
		ret->now_of_then[t] = UPGRADE_NONE;
	}
	for (size_t n = 0; n < now->nitems; n++) {
		size_t found = UPGRADE_NONE;
		for (size_t t = 0; t < nthen && found == UPGRADE_NONE; t++) {
			if (ret->now_of_then[t] == UPGRADE_NONE && same_item(then, t, now, n)) {
				found = t;
			}
		}
		ret->then_of_now[n] = found;
		if (found != UPGRADE_NONE) {
			ret->now_of_then[found] = n;
		}
		ret->differ = ret->differ || found != n
			|| !upgrade_same_text(then->items[found].title, now->items[n].title);
	}
}

/* --- dates: whether the rule behind one differs, with all that it hangs on --- */

struct date_walk {
	const struct tend_upgrade *u;
	/* Of the stages and then the milestones of `now`. */
	enum { NOT_SEEN, SAME, DIFFERS } * seen;
};

static const struct tend_stage *stage_then(const struct tend_upgrade *u, const char *key)
{
	for (size_t i = 0; i < u->then->nstages; i++) {
		if (strcmp(u->then->stages[i].key, key) == 0) {
			return &u->then->stages[i];
		}
	}
	return NULL;
}

static bool date_differs(struct date_walk *w, size_t node);

/* `then` NULL: there was none. */
static bool when_differs(
	struct date_walk *w, const struct tend_when *then, const struct tend_when *now)
{
	const struct tend_journey *j = w->u->now;
	bool differs = then == NULL || !upgrade_same_when(then, now)
		|| (now->has_offset && now->offset.unit == TEND_WORKDAY
			&& !tend_same(w->u->then->calendar, j->calendar));
	if (now->anchor == TEND_AT_STAGE) {
		return date_differs(w, now->ref) || differs;
	}
	return (now->anchor == TEND_AT_MILESTONE && date_differs(w, j->nstages + now->ref))
		|| differs;
}

static bool date_differs(struct date_walk *w, size_t node)
{
	const struct tend_upgrade *u = w->u;
	const struct tend_journey *j = u->now;
	if (w->seen[node] != NOT_SEEN) {
		return w->seen[node] == DIFFERS;
	}
	w->seen[node] = SAME; /* there are no cycles: linking refuses them */
	const struct tend_when *now, *then = NULL;
	if (node < j->nstages) {
		const struct tend_stage *stage = stage_then(u, j->stages[node].key);
		now = &j->stages[node].from;
		then = stage != NULL ? &stage->from : NULL;
	} else {
		const struct upgrade_pair *p = &u->pairs[node - j->nstages];
		now = &j->milestones[node - j->nstages].due;
		then = p->then != UPGRADE_NONE ? &u->then->milestones[p->then].due : NULL;
	}
	bool differs = when_differs(w, then, now);
	w->seen[node] = differs ? DIFFERS : SAME;
	return differs;
}

static bool repeat_differs(
	const struct tend_template_milestone *then, const struct tend_template_milestone *now)
{
	return then->repeats != now->repeats
		|| (now->repeats
			&& (!upgrade_same_duration(then->every, now->every)
				|| then->has_until != now->has_until
				|| (now->has_until
					&& !upgrade_same_when(&then->until, &now->until))));
}

static void compare(struct tend_upgrade *u, size_t index)
{
	struct upgrade_pair *p = &u->pairs[index];
	const struct tend_template_milestone *now = &u->now->milestones[index];
	const struct tend_template_milestone *then =
		p->then != UPGRADE_NONE ? &u->then->milestones[p->then] : NULL;
	p->after_now = upgrade_join(&u->arena, now->after, now->nafter);
	upgrade_match_items(then, now, &u->arena, &p->items);
	if (then == NULL) {
		p->when_differs = p->repeat_differs = true;
		return;
	}
	p->after_then = upgrade_join(&u->arena, then->after, then->nafter);
	p->when_differs = !tend_same(then->when, now->when);
	p->repeat_differs = repeat_differs(then, now);
	p->fields = (strcmp(then->key, now->key) != 0 ? TEND_UPGRADE_KEY : 0)
		| (!upgrade_same_text(then->title, now->title) ? TEND_UPGRADE_TITLE : 0)
		| (!tend_same(then->stage_key, now->stage_key) ? TEND_UPGRADE_STAGE : 0)
		| (then->required != now->required ? TEND_UPGRADE_REQUIRED : 0)
		| (then->visible != now->visible ? TEND_UPGRADE_VISIBLE : 0)
		| (!tend_same(p->after_then, p->after_now) ? TEND_UPGRADE_AFTER : 0)
		| (then->effort != now->effort ? TEND_UPGRADE_EFFORT : 0)
		| (p->items.differ ? TEND_UPGRADE_ITEMS : 0);
}

static void compare_dates(struct tend_upgrade *u)
{
	const struct tend_journey *j = u->now;
	struct date_walk w = {
		.u = u, .seen = tend_calloc(j->nstages + j->nmilestones + 1, sizeof(*w.seen))};
	for (size_t i = 0; i < j->nmilestones; i++) {
		struct upgrade_pair *p = &u->pairs[i];
		if (date_differs(&w, j->nstages + i)) {
			p->fields |= TEND_UPGRADE_DUE;
		}
		const struct tend_template_milestone *m = &j->milestones[i];
		p->repeat_differs = p->repeat_differs
			|| (m->has_until
				&& when_differs(
					&w, &u->then->milestones[p->then].until, &m->until));
		u->same = u->same && p->then == i && p->fields == 0 && !p->when_differs
			&& !p->repeat_differs;
	}
	free(w.seen);
}

struct tend_upgrade *tend_upgrade_create(
	const struct tend_journey *then, const struct tend_journey *now)
{
	struct tend_upgrade *u = tend_alloc(sizeof(*u));
	u->then = then;
	u->now = now;
	u->same = then->nmilestones == now->nmilestones;
	u->keys = all_keys(then, now, &u->nkeys);
	u->pairs = tend_calloc(now->nmilestones + 1, sizeof(*u->pairs));
	u->by_place = tend_calloc(then->nmilestones + 1, sizeof(struct upgrade_key *));
	for (size_t i = 0; i < then->nmilestones; i++) {
		u->by_place[i] = upgrade_find(u, then->milestones[i].key);
	}
	size_t *twins = tend_calloc(now->nmilestones + 1, sizeof(*twins));
	match(u->keys, u->nkeys, now, twins);
	for (size_t i = 0; i < now->nmilestones; i++) {
		u->pairs[i].then = twins[i];
		compare(u, i);
	}
	compare_dates(u);
	free(twins);
	return u;
}

void tend_upgrade_destroy(struct tend_upgrade *u)
{
	if (u == NULL) {
		return;
	}
	free(u->keys);
	free(u->pairs);
	free(u->by_place);
	tend_arena_finish(&u->arena);
	free(u);
}

bool tend_upgrade_wants_items(
	const struct tend_upgrade *u, const struct tend_milestone *row, bool moved)
{
	const struct upgrade_key *k = upgrade_find_row(u, row);
	if (k == NULL || k->now == UPGRADE_NONE) {
		return k != NULL; /* it may have to go */
	}
	const struct upgrade_pair *p = &u->pairs[k->now];
	const struct tend_template_milestone *now = &u->now->milestones[k->now];
	bool occurrences_go = p->repeat_differs
		|| (now->repeats && (moved || (p->fields & TEND_UPGRADE_DUE) != 0));
	return occurrences_go || p->when_differs || p->items.differ;
}
