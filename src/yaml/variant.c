/* SPDX-License-Identifier: MIT */
/* The tree of a variant laid over the tree of its base. */
#include "variant.h"

#include <stdlib.h>
#include <string.h>

#include <tend/lang.h>
#include <tend/str.h>

#include "extend.h"

/* In a file with more findings nobody is asked what was meant: it would take long. */
enum { ASKED_MAX = 30 };

static const char *text_of(const struct node *node)
{
	return node != NULL && node->kind == NODE_SCALAR && !node->broken ? node->text : NULL;
}

static bool is_any(const char *text, const char *const *names)
{
	for (; text != NULL && *names != NULL; names++) {
		if (tend_same(text, *names)) {
			return true;
		}
	}
	return false;
}

static void add_pair(struct node *mapping, struct node *key, struct node *value)
{
	mapping->items[mapping->n++] = key;
	mapping->items[mapping->n++] = value;
}

/* Mappings whose keys are inherited one by one. */
static const char *const nested[] = {"standard", "track", NULL};

/*
 * The pairs of `over`, then those of `base` that it does not name. `without`: names that are not inherited and,
 * as `skip`, names that are left out of `over`. A value of nothing takes the base's away.
 */
static struct node *merge_mapping(struct reader *r, const struct node *over,
	const struct node *base, const char *const *without, const char *const *skip)
{
	struct node *ret = tend_arena_alloc(r->arena, sizeof(*ret));
	*ret = *over;
	ret->n = 0;
	ret->cap = over->n + base->n;
	ret->items = tend_arena_alloc(r->arena, (ret->cap + 1) * sizeof(*ret->items));
	for (size_t i = 0; i < over->n; i += 2) {
		const char *name = text_of(over->items[i]);
		struct node *value = over->items[i + 1];
		const struct node *before = name != NULL ? node_get(base, name) : NULL;
		bool taken_away = before != NULL && node_is_null(value);
		if (is_any(name, skip) || taken_away) {
			continue;
		}
		if (before != NULL && is_any(name, nested) && value->kind == NODE_MAPPING
			&& before->kind == NODE_MAPPING) {
			static const char *const none[] = {NULL};
			value = merge_mapping(r, value, before, none, none);
		}
		add_pair(ret, over->items[i], value);
	}
	for (size_t i = 0; i < base->n; i += 2) {
		const char *name = text_of(base->items[i]);
		if (name != NULL && !is_any(name, without) && node_get(over, name) == NULL) {
			add_pair(ret, base->items[i], base->items[i + 1]);
		}
	}
	return ret;
}

/* --- lists of stages and of milestones --- */

/* An entry of the merged list; `list` is its place in the list of all, a ring through a head. */
struct slot {
	const char *key; /* NULL where it has none */
	const struct node *node;
	const struct node *own; /* what the variant says about it */
	bool dropped;
	enum { NOT_PLACED, BEING_PLACED, PLACED } state; /* by `before` */
	struct slot *prev, *next;
};

struct slots {
	struct slot *items; /* the head, then the base's, then new ones */
	size_t n;
	struct slot **sorted; /* those with a key */
	const char **names; /* of the sorted, for did-you-mean */
	size_t nsorted;
	int asked; /* how often something near was looked for */
};

static int by_key(const void *a, const void *b)
{
	const struct slot *x = *(struct slot *const *)a, *y = *(struct slot *const *)b;
	int order = strcmp(x->key, y->key);
	return order != 0 ? order : (x > y) - (x < y);
}

static void sort_slots(struct slots *s)
{
	s->nsorted = 0;
	for (size_t i = 1; i < s->n; i++) {
		if (s->items[i].key != NULL) {
			s->sorted[s->nsorted++] = &s->items[i];
		}
	}
	if (s->nsorted > 1) {
		qsort(s->sorted, s->nsorted, sizeof(struct slot *), by_key);
	}
	for (size_t i = 0; i < s->nsorted; i++) {
		s->names[i] = s->sorted[i]->key;
	}
}

static struct slot *find_slot(const struct slots *s, const char *key)
{
	size_t low = 0, high = s->nsorted;
	while (key != NULL && low < high) {
		size_t middle = low + (high - low) / 2;
		if (strcmp(s->sorted[middle]->key, key) < 0) {
			low = middle + 1;
		} else {
			high = middle;
		}
	}
	bool found = key != NULL && low < s->nsorted && tend_same(s->sorted[low]->key, key);
	return found ? s->sorted[low] : NULL;
}

static void unlink_slot(struct slot *slot)
{
	slot->prev->next = slot->next;
	slot->next->prev = slot->prev;
}

static void link_before(struct slot *slot, struct slot *next)
{
	slot->prev = next->prev;
	slot->next = next;
	next->prev->next = slot;
	next->prev = slot;
}

static struct slot *add_slot(struct slots *s, const struct node *entry)
{
	struct slot *slot = &s->items[s->n++];
	*slot = (struct slot){.key = text_of(node_get(entry, "key")), .node = entry};
	link_before(slot, &s->items[0]);
	return slot;
}

static void unknown_key_of(
	struct reader *r, const struct slots *s, const struct node *at, const char *key)
{
	const char *near = r->findings->n < TEND_SUGGESTED_MAX
		? tend_nearest(key, s->names, s->nsorted)
		: NULL;
	if (near != NULL) {
		report(r, at, TEND_RULE_EXTENDS, _("the base has no \"%s\"; did you mean \"%s\"?"),
			quoted(r, key), near);
	} else {
		report(r, at, TEND_RULE_EXTENDS, _("the base has no \"%s\""), quoted(r, key));
	}
}

/* What is too little for a new entry, and nearly has a key of the base, which is reported. */
static bool is_mistyped(struct reader *r, struct slots *s, const struct node *entry)
{
	const struct node *key = node_get(entry, "key");
	bool whole = node_get(entry, "from") != NULL /* of a stage, which needs no title */
		|| (node_get(entry, "title") != NULL && node_get(entry, "due") != NULL);
	if (whole || text_of(key) == NULL || s->asked++ >= ASKED_MAX
		|| tend_nearest(key->text, s->names, s->nsorted) == NULL) {
		return false;
	}
	unknown_key_of(r, s, key, key->text);
	return true;
}

/* One entry of the variant: over the base's of that key, or a new one. */
static void take_entry(struct reader *r, struct slots *s, const struct node *entry)
{
	static const char *const none[] = {NULL}, *const place[] = {"before", NULL};
	const struct node *key = node_get(entry, "key");
	struct slot *slot = find_slot(s, text_of(key));
	if (slot != NULL && slot->own != NULL) {
		report(r, key, TEND_RULE_EXTENDS, _("\"%s\" stands in the list twice"),
			quoted(r, key->text));
		return;
	}
	if (slot != NULL) {
		slot->node = merge_mapping(r, entry, slot->node, none, place);
		slot->own = entry;
		return;
	}
	slot = add_slot(s, entry);
	slot->own = entry;
	if (entry->kind == NODE_MAPPING) {
		static const struct node nothing = {.kind = NODE_MAPPING};
		struct node *own = merge_mapping(r, entry, &nothing, none, place);
		own->broken = is_mistyped(r, s, entry); /* that keys are missing is not said then */
		slot->node = own;
	}
}

/* After the one that it stands before, which may have to be placed itself. */
static void place_slot(struct reader *r, const struct slots *s, struct slot *slot)
{
	const struct node *before = slot->own != NULL ? node_get(slot->own, "before") : NULL;
	if (before == NULL || slot->state != NOT_PLACED) {
		return;
	}
	const char *key = text_of(before);
	struct slot *next = find_slot(s, key);
	slot->state = BEING_PLACED;
	if (next == NULL) {
		unknown_key_of(r, s, before, key != NULL ? key : "");
	} else if (next->dropped) {
		report(r, before, TEND_RULE_EXTENDS, _("\"%s\" is dropped"), quoted(r, key));
	} else if (next->state == BEING_PLACED) {
		report(r, before, TEND_RULE_EXTENDS, _("\"%s\" cannot stand before itself"),
			quoted(r, slot->key));
	} else {
		place_slot(r, s, next);
		unlink_slot(slot);
		link_before(slot, next);
	}
	slot->state = PLACED;
}

static void drop_slots(struct reader *r, const struct slots *s, const struct node *drop)
{
	for (size_t i = 0; drop != NULL && drop->kind == NODE_SEQUENCE && i < drop->n; i++) {
		const struct node *node = drop->items[i];
		const char *key = text_of(node);
		struct slot *slot = find_slot(s, key);
		if (slot == NULL || (slot->own != NULL && !slot->dropped)) {
			if (slot != NULL) {
				report(r, node, TEND_RULE_EXTENDS,
					_("\"%s\" is dropped and changed at once"), quoted(r, key));
			} else {
				unknown_key_of(r, s, node, key != NULL ? key : "");
			}
		} else if (slot->dropped) {
			report(r, node, TEND_RULE_EXTENDS, _("\"%s\" stands in the list twice"),
				quoted(r, key));
		} else {
			slot->dropped = true;
			unlink_slot(slot);
		}
	}
}

/* What the base wrote waits no longer for what is dropped. */
static struct node *without_dropped(
	struct reader *r, const struct slots *s, const struct node *entry)
{
	struct node *ret = tend_arena_alloc(r->arena, sizeof(*ret));
	*ret = *entry;
	for (size_t i = 0; i < entry->n; i += 2) {
		const struct node *list = entry->items[i + 1];
		if (!tend_same(text_of(entry->items[i]), "after") || list->kind != NODE_SEQUENCE
			|| !extend_is_base(list->line)) {
			continue;
		}
		struct node *kept = tend_arena_alloc(r->arena, sizeof(*kept));
		*kept = *list;
		kept->items = tend_arena_alloc(r->arena, (list->n + 1) * sizeof(*kept->items));
		kept->n = 0;
		for (size_t k = 0; k < list->n; k++) {
			const struct slot *slot = find_slot(s, text_of(list->items[k]));
			if (slot == NULL || !slot->dropped) {
				kept->items[kept->n++] = list->items[k];
			}
		}
		ret->items = tend_arena_alloc(r->arena, entry->n * sizeof(*ret->items));
		memcpy(ret->items, entry->items, entry->n * sizeof(*ret->items));
		ret->items[i + 1] = kept;
	}
	return ret;
}

static struct node *list_of(
	struct reader *r, const struct slots *s, const struct node *at, bool dropping)
{
	struct node *ret = tend_arena_alloc(r->arena, sizeof(*ret));
	*ret = *at;
	ret->kind = NODE_SEQUENCE;
	ret->items = tend_arena_alloc(r->arena, s->n * sizeof(*ret->items));
	ret->n = 0;
	const struct slot *head = &s->items[0];
	for (const struct slot *slot = head->next; slot != head; slot = slot->next) {
		struct node *entry = tend_arena_alloc(r->arena, sizeof(*entry));
		*entry = *slot->node;
		ret->items[ret->n++] =
			dropping && entry->n > 0 ? without_dropped(r, s, entry) : entry;
	}
	return ret;
}

/* `over`, `base` and `drop` may be NULL. */
static struct node *merge_list(
	struct reader *r, const struct node *over, const struct node *base, const struct node *drop)
{
	size_t most = 1 + (over != NULL ? over->n : 0) + (base != NULL ? base->n : 0);
	struct slots s = {.items = tend_arena_alloc(r->arena, most * sizeof(*s.items)), .n = 1};
	s.sorted = tend_arena_alloc(r->arena, most * sizeof(struct slot *));
	s.names = tend_arena_alloc(r->arena, most * sizeof(*s.names));
	s.items[0].prev = s.items[0].next = &s.items[0];
	for (size_t i = 0; base != NULL && i < base->n; i++) {
		(void)add_slot(&s, base->items[i]);
	}
	sort_slots(&s);
	for (size_t i = 0; over != NULL && i < over->n; i++) {
		take_entry(r, &s, over->items[i]);
	}
	drop_slots(r, &s, drop);
	sort_slots(&s);
	for (size_t i = 1; i < s.n; i++) {
		place_slot(r, &s, &s.items[i]);
	}
	return list_of(r, &s, over != NULL ? over : base, drop != NULL);
}

static void set_pair(struct node *mapping, const char *name, struct node *value)
{
	for (size_t i = 0; i < mapping->n; i += 2) {
		if (tend_same(text_of(mapping->items[i]), name)) {
			mapping->items[i + 1] = value;
			return;
		}
	}
}

const struct node *merge_variant(struct reader *r, const struct node *over, const struct node *base)
{
	static const char *const own[] = {"journey", "version", "extends", "drop", NULL};
	static const char *const skip[] = {"drop", NULL};
	static const char *const lists[] = {"stages", "milestones"};
	struct node *ret = merge_mapping(r, over, base, own, skip);
	const struct node *drop = node_get(over, "drop");
	if (drop != NULL && drop->kind != NODE_SEQUENCE) {
		report(r, drop, TEND_RULE_EXTENDS, _("\"%s\": expected a list of keys"), "drop");
	}
	for (size_t i = 0; i < FIELD_COUNT_OF(lists); i++) {
		const struct node *mine = node_get(over, lists[i]);
		const struct node *theirs = node_get(base, lists[i]);
		const struct node *dropped = i == 1 ? drop : NULL;
		bool readable = (mine == NULL || mine->kind == NODE_SEQUENCE)
			&& (theirs == NULL || theirs->kind == NODE_SEQUENCE);
		if (readable && (theirs != NULL || mine != NULL)) {
			set_pair(ret, lists[i], merge_list(r, mine, theirs, dropped));
		}
	}
	return ret;
}
