/* SPDX-License-Identifier: MIT */
/* The items of one open milestone: the template's follow it, ticked ones and a person's stay. */
#include <stdlib.h>
#include <string.h>

#include <tend/record.h>
#include <tend/str.h>

#include "upgrade.h"

const struct tend_item *upgrade_items_of(
	const struct tend_upgrade_customer *c, int64_t milestone_id, size_t *ret_n)
{
	size_t first = 0, n = 0;
	while (first < c->nitems && c->items[first].milestone_id != milestone_id) {
		first++;
	}
	while (first + n < c->nitems && c->items[first + n].milestone_id == milestone_id) {
		n++;
	}
	*ret_n = n;
	return c->items + first;
}

struct fitting {
	const struct tend_template_milestone *then, *now; /* `then` NULL: new */
	const struct item_twins *twins;
	const struct tend_milestone *row;
	const struct tend_item *have;
	size_t nhave;
	bool *placed; /* of `have`: has its place, or goes */
	struct tend_upgrade_plan *plan;
	struct tend_upgrade_change *change;
	int64_t position;
};

static void write_item(struct fitting *f, enum tend_upgrade_op op, const struct tend_item *item)
{
	*TEND_PUSH(&f->plan->item_writes) =
		(struct tend_upgrade_item_write){.op = op, .item = *item};
}

static struct tend_text title_of(const struct tend_item *item)
{
	return (struct tend_text){item->title_en, item->title_zh};
}

/* Puts an item of the row to the next place, under this key and title. */
static void place(struct fitting *f, size_t at, const char *key, struct tend_text title)
{
	struct tend_item item = f->have[at];
	f->position++;
	f->placed[at] = true;
	if (item.position == f->position && tend_same(item.key, key)
		&& upgrade_same_text(title_of(&item), title)) {
		return;
	}
	f->change->items_changed += !upgrade_same_text(title_of(&item), title);
	item.position = f->position;
	item.key = key;
	item.title_en = title.en;
	item.title_zh = title.zh;
	write_item(f, TEND_UPGRADE_UPDATE, &item);
}

static size_t find_item(const struct fitting *f, const char *key)
{
	for (size_t i = 0; i < f->nhave; i++) {
		if (!f->placed[i] && tend_same(f->have[i].key, key)) {
			return i;
		}
	}
	return UPGRADE_NONE;
}

static void insert(struct fitting *f, const struct tend_template_item *from)
{
	struct tend_item item;
	tend_record_clear(&tend_item_type, &item);
	item.milestone_id = f->row->id;
	item.position = ++f->position;
	item.key = from->key;
	item.title_en = from->title.en;
	item.title_zh = from->title.zh;
	item.done = 0;
	f->change->items_added++;
	write_item(f, TEND_UPGRADE_INSERT, &item);
}

/* An item of the template now: its twin in the row follows it, unless it is ticked or retitled. */
static void fit_one(struct fitting *f, size_t index)
{
	const struct tend_template_item *now = &f->now->items[index];
	size_t twin = f->twins->then_of_now[index];
	const struct tend_template_item *then = twin != UPGRADE_NONE ? &f->then->items[twin] : NULL;
	size_t at = then != NULL ? find_item(f, then->key) : UPGRADE_NONE;
	if (then == NULL) {
		insert(f, now);
	} else if (at != UPGRADE_NONE) {
		const struct tend_item *item = &f->have[at];
		bool ours = item->done == 1 || !upgrade_same_text(title_of(item), then->title);
		place(f, at, now->key, ours ? title_of(item) : now->title);
	} /* else a person took it away */
}

/* Items of the template then that it has no more go, unless they are ticked or retitled. */
static void drop_gone(struct fitting *f)
{
	for (size_t t = 0; f->then != NULL && t < f->then->nitems; t++) {
		size_t at = f->twins->now_of_then[t] == UPGRADE_NONE
			? find_item(f, f->then->items[t].key)
			: UPGRADE_NONE;
		if (at == UPGRADE_NONE || f->have[at].done == 1
			|| !upgrade_same_text(title_of(&f->have[at]), f->then->items[t].title)) {
			continue;
		}
		f->placed[at] = true;
		f->change->items_removed++;
		write_item(f, TEND_UPGRADE_DELETE, &f->have[at]);
	}
}

static bool is_taken(const struct fitting *f, const char *key)
{
	for (size_t i = 0; i < f->now->nitems; i++) {
		if (strcmp(f->now->items[i].key, key) == 0) {
			return true;
		}
	}
	return false;
}

/* What is left stays at the end. A key that an item of the template has now becomes a new one. */
static void keep_rest(struct fitting *f)
{
	for (size_t i = 0; i < f->nhave; i++) {
		if (f->placed[i]) {
			continue;
		}
		const char *key = f->have[i].key;
		if (key == NULL || is_taken(f, key)) {
			key = tend_arena_format(
				&f->plan->arena, "%lld", (long long)f->position + 1);
		}
		place(f, i, key, title_of(&f->have[i]));
	}
}

void upgrade_items(const struct tend_upgrade *u, size_t milestone,
	const struct tend_upgrade_customer *c, const struct tend_milestone *row,
	struct tend_upgrade_plan *plan, struct tend_upgrade_change *change)
{
	const struct upgrade_pair *p = &u->pairs[milestone];
	struct fitting f = {.now = &u->now->milestones[milestone],
		.then = p->then != UPGRADE_NONE ? &u->then->milestones[p->then] : NULL,
		.twins = &p->items,
		.row = row,
		.plan = plan,
		.change = change};
	f.have = upgrade_items_of(c, row->id, &f.nhave);
	f.placed = tend_calloc(f.nhave + 1, sizeof(*f.placed));
	drop_gone(&f);
	for (size_t i = 0; i < f.now->nitems; i++) {
		fit_one(&f, i);
	}
	keep_rest(&f);
	free(f.placed);
}
