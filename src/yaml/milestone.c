/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include <tend/lang.h>
#include <tend/str.h>

#include "milestone.h"

enum { EFFORT_MAX = 100000 * 60 };

/* A milestone and those of its nodes that need more than a look. */
struct raw {
	struct tend_template_milestone m;
	const struct node *key_at, *stage_at, *effort, *items, *after, *when, *done_when, *repeat;
};

static const struct field milestone_fields[] = {
	{"key", FIELD_KEY, offsetof(struct raw, m.key), true},
	{"stage", FIELD_KEY, offsetof(struct raw, m.stage_key), true},
	{"title", FIELD_TEXT, offsetof(struct raw, m.title), true},
	{"due", FIELD_WHEN, offsetof(struct raw, m.due), true},
	{"required", FIELD_BOOL, offsetof(struct raw, m.required)},
	{"visible", FIELD_BOOL, offsetof(struct raw, m.visible)},
	{"effort", FIELD_SCALAR, offsetof(struct raw, effort)},
	{"items", FIELD_LIST, offsetof(struct raw, items)},
	{"after", FIELD_LIST, offsetof(struct raw, after)},
	{"when", FIELD_SCALAR, offsetof(struct raw, when)},
	{"done_when", FIELD_SCALAR, offsetof(struct raw, done_when)},
	{"guide", FIELD_TEXT, offsetof(struct raw, m.guide)},
	{"deliverable", FIELD_TEXT, offsetof(struct raw, m.deliverable)},
	{"repeat", FIELD_MAP, offsetof(struct raw, repeat)},
	{"was", FIELD_KEY, offsetof(struct raw, m.was)},
};

/* The same without what only a journey has. */
static const struct field step_fields[] = {
	{"key", FIELD_KEY, offsetof(struct raw, m.key), true},
	{"title", FIELD_TEXT, offsetof(struct raw, m.title), true},
	{"due", FIELD_WHEN, offsetof(struct raw, m.due), true},
	{"required", FIELD_BOOL, offsetof(struct raw, m.required)},
	{"visible", FIELD_BOOL, offsetof(struct raw, m.visible)},
	{"effort", FIELD_SCALAR, offsetof(struct raw, effort)},
	{"items", FIELD_LIST, offsetof(struct raw, items)},
	{"after", FIELD_LIST, offsetof(struct raw, after)},
	{"when", FIELD_SCALAR, offsetof(struct raw, when)},
	{"done_when", FIELD_SCALAR, offsetof(struct raw, done_when)},
	{"guide", FIELD_TEXT, offsetof(struct raw, m.guide)},
	{"deliverable", FIELD_TEXT, offsetof(struct raw, m.deliverable)},
};

/* "2h" or "30m" in minutes. */
static int read_effort(struct reader *r, const struct node *node)
{
	size_t digits = strspn(node->text, "0123456789");
	char unit = node->text[digits];
	long long n;
	if (!tend_parse_int(tend_arena_strndup(r->arena, node->text, digits), &n)
		|| (unit != 'h' && unit != 'm') || node->text[digits + 1] != '\0') {
		report(r, node, TEND_RULE_TYPE,
			_("\"%s\": expected hours or minutes such as 2h or 30m, found \"%s\""),
			"effort", quoted(r, node->text));
		return -1;
	}
	int each = unit == 'h' ? 60 : 1;
	if (n > EFFORT_MAX / each) {
		report(r, node, TEND_RULE_VALUE, _("\"%s\" is too much"), "effort");
		return -1;
	}
	return (int)n * each;
}

/* {id, en, zh} or {id, title}: what is not `id` is the title. */
static void read_item_mapping(struct reader *r, const struct node *node,
	struct tend_template_item *item, const struct node **ret_id)
{
	struct titled {
		struct tend_text title;
		const struct node *id;
		const char *key;
	} t = {0};
	static const struct field titled_fields[] = {
		{"id", FIELD_KEY, offsetof(struct titled, key)},
		{"title", FIELD_TEXT, offsetof(struct titled, title), true},
	};
	static const struct field text_field = {
		"items", FIELD_TEXT, offsetof(struct titled, title)};
	if (node_get(node, "title") != NULL) {
		(void)read_mapping(r, node, titled_fields, FIELD_COUNT_OF(titled_fields), &t);
	} else {
		struct node texts = *node; /* the languages alone */
		texts.items = tend_arena_alloc(r->arena, node->n * sizeof(*texts.items));
		texts.n = 0;
		size_t ids = 0;
		for (size_t i = 0; i < node->n; i += 2) {
			struct node *key = node->items[i];
			if (key->kind == NODE_SCALAR && tend_same(key->text, "id")) {
				if (ids++ > 0) {
					report(r, key, TEND_RULE_DUPLICATE_KEY,
						_("the key \"%s\" stands here twice"), "id");
				}
				(void)read_value(r, node->items[i + 1], &titled_fields[0], &t);
				continue;
			}
			texts.items[texts.n++] = key;
			texts.items[texts.n++] = node->items[i + 1];
		}
		(void)read_value(r, &texts, &text_field, &t);
	}
	item->title = t.title;
	if (t.key != NULL) {
		item->key = t.key;
		*ret_id = node_get(node, "id");
	}
}

static void check_item_ids(
	struct reader *r, const struct tend_template_milestone *m, const struct node *const *ids)
{
	for (size_t i = 0; i < m->nitems; i++) {
		for (size_t k = 0; ids[i] != NULL && k < m->nitems; k++) {
			bool earlier = k < i || ids[k] == NULL;
			if (k != i && earlier && tend_same(m->items[i].key, m->items[k].key)) {
				report(r, ids[i], TEND_RULE_DUPLICATE,
					_("another item has the id \"%s\""),
					quoted(r, m->items[i].key));
				break;
			}
		}
	}
}

static void read_items(struct reader *r, const struct node *list, struct tend_template_milestone *m)
{
	static const struct field text_field = {
		"items", FIELD_TEXT, offsetof(struct tend_template_item, title)};
	m->items = tend_arena_alloc(r->arena, list->n * sizeof(*m->items));
	m->nitems = list->n;
	const struct node **ids = tend_arena_alloc(r->arena, list->n * sizeof(*ids));
	for (size_t i = 0; i < list->n; i++) {
		struct tend_template_item *item = &m->items[i];
		item->key = tend_arena_format(r->arena, "%zu", i + 1);
		if (list->items[i]->kind == NODE_MAPPING) {
			read_item_mapping(r, list->items[i], item, &ids[i]);
		} else {
			(void)read_value(r, list->items[i], &text_field, item);
		}
	}
	check_item_ids(r, m, ids);
}

static void read_after(struct reader *r, const struct node *list, struct tend_template_milestone *m)
{
	static const struct field key_field = {"after", FIELD_KEY, 0};
	const char **keys = tend_arena_alloc(r->arena, list->n * sizeof(*keys));
	struct tend_place *places = tend_arena_alloc(r->arena, list->n * sizeof(*places));
	size_t n = 0;
	for (size_t i = 0; i < list->n; i++) {
		const struct node *node = list->items[i];
		if (read_value(r, node, &key_field, &keys[n])) {
			places[n++] = (struct tend_place){node->line, node->column};
		}
	}
	check_unique(r, (const struct node *const *)list->items, list->n,
		_("\"%s\" stands in the list twice"));
	m->after = keys;
	m->after_at = places;
	m->nafter = n;
}

bool repeat_never(const struct tend_template_milestone *m)
{
	return m->repeats && !m->has_until && m->due.anchor == TEND_AT_RENEWAL && !m->due.backwards
		&& m->due.line > 0;
}

static void read_repeat(
	struct reader *r, const struct node *node, struct tend_template_milestone *m)
{
	static const struct field fields[] = {
		{"every", FIELD_DURATION, offsetof(struct tend_template_milestone, every), true},
		{"until", FIELD_WHEN, offsetof(struct tend_template_milestone, until)},
	};
	(void)read_mapping(r, node, fields, FIELD_COUNT_OF(fields), m);
	m->repeats = true;
	m->has_until = node_get(node, "until") != NULL;
	if (repeat_never(m)) {
		warn(r, node, TEND_RULE_NEVER,
			_("this never happens: without \"until\" it repeats only before the "
			  "renewal"));
	}
}

static void read_milestone(struct reader *r, const struct node *node,
	const struct tend_names *names, bool playbook, struct raw *raw)
{
	raw->m.required = true;
	raw->m.effort = -1;
	raw->m.line = node->line;
	raw->m.column = node->column;
	bool ok = playbook
		? read_mapping(r, node, step_fields, FIELD_COUNT_OF(step_fields), raw)
		: read_mapping(r, node, milestone_fields, FIELD_COUNT_OF(milestone_fields), raw);
	if (!ok) {
		return;
	}
	const struct node *key = node_get(node, "key"), *stage = node_get(node, "stage");
	if (key != NULL) {
		raw->m.line = key->line;
		raw->m.column = key->column;
	}
	if (stage != NULL) {
		raw->m.stage_at = (struct tend_place){stage->line, stage->column};
	}
	const struct node *was = node_get(node, "was");
	if (was != NULL) {
		raw->m.was_at = (struct tend_place){was->line, was->column};
	}
	if (raw->effort != NULL) {
		raw->m.effort = read_effort(r, raw->effort);
	}
	if (raw->items != NULL) {
		read_items(r, raw->items, &raw->m);
	}
	if (raw->after != NULL) {
		read_after(r, raw->after, &raw->m);
	}
	if (raw->when != NULL) {
		(void)read_condition(r, raw->when, names, &raw->m.when, &raw->m.when_expr);
	}
	if (raw->done_when != NULL) {
		(void)read_condition(
			r, raw->done_when, names, &raw->m.done_when, &raw->m.done_when_expr);
	}
	if (raw->repeat != NULL) {
		read_repeat(r, raw->repeat, &raw->m);
	}
}

void read_milestones(struct reader *r, const struct node *list, const struct tend_names *names,
	bool playbook, struct tend_journey *j)
{
	j->milestones = tend_arena_alloc(r->arena, list->n * sizeof(*j->milestones));
	j->nmilestones = list->n;
	for (size_t i = 0; i < list->n; i++) {
		struct raw raw = {0};
		read_milestone(r, list->items[i], names, playbook, &raw);
		j->milestones[i] = raw.m;
	}
}
