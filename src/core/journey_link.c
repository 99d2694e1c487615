/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include <tend/journey.h>
#include <tend/rules.h>
#include <tend/str.h>
#include <tend/text.h>

/* In a file with more findings nobody is asked what was meant: it would take long. */
enum { SHOWN_COLUMNS = 60 };

struct key_at {
	const char *key;
	size_t index;
};

/* Keys sorted, for lookups and duplicates; of equal keys the first in the file comes first. */
struct key_table {
	struct key_at *items;
	const char **names; /* for did-you-mean, in the same order */
	size_t n;
};

struct linker {
	struct tend_journey *j;
	struct tend_findings *findings;
	struct key_table stages, milestones;
};

static int compare_keys(const void *a, const void *b)
{
	const struct key_at *x = a, *y = b;
	int order = strcmp(x->key, y->key);
	return order != 0 ? order : (x->index > y->index) - (x->index < y->index);
}

static void table_finish(struct key_table *t)
{
	free(t->items);
	free(t->names);
}

static void table_sort(struct key_table *t)
{
	qsort(t->items, t->n, sizeof(*t->items), compare_keys);
	for (size_t i = 0; i < t->n; i++) {
		t->names[i] = t->items[i].key;
	}
}

static void table_init(struct key_table *t, size_t n)
{
	*t = (struct key_table){.items = tend_calloc(n, sizeof(*t->items)),
		.names = tend_calloc(n, sizeof(*t->names))};
}

static void table_add(struct key_table *t, const char *key, size_t index)
{
	if (key != NULL) { /* a missing one has its own finding */
		t->items[t->n++] = (struct key_at){key, index};
	}
}

static bool table_find(const struct key_table *t, const char *key, size_t *ret)
{
	size_t low = 0, high = t->n;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (strcmp(t->items[middle].key, key) < 0) {
			low = middle + 1;
		} else {
			high = middle;
		}
	}
	if (low == t->n || strcmp(t->items[low].key, key) != 0) {
		return false;
	}
	*ret = t->items[low].index;
	return true;
}

/* A key as messages show it: it may be the very thing that is wrong. */
static void add_shown(struct tend_str *out, const char *key)
{
	struct tend_str printable = {0};
	(void)tend_printable(&printable, key, strlen(key));
	tend_clip(out, tend_str_text(&printable), SHOWN_COLUMNS);
	tend_str_finish(&printable);
}

static void find_duplicates(struct linker *l, const struct key_table *t, bool stages)
{
	const struct tend_journey *j = l->j;
	for (size_t i = 1; i < t->n; i++) {
		if (strcmp(t->items[i].key, t->items[i - 1].key) != 0) {
			continue;
		}
		size_t at = t->items[i].index;
		int line = stages ? j->stages[at].line : j->milestones[at].line;
		int column = stages ? j->stages[at].column : j->milestones[at].column;
		struct tend_str shown = {0};
		add_shown(&shown, t->items[i].key);
		tend_findings_add_rule(l->findings, TEND_ERROR, TEND_RULE_DUPLICATE, line, column,
			stages ? _("another stage has the key \"%s\"")
			       : _("another milestone has the key \"%s\""),
			tend_str_text(&shown));
		tend_str_finish(&shown);
	}
}

static void unknown(struct linker *l, const struct key_table *t, const char *key,
	struct tend_place at, const char *plain, const char *suggesting)
{
	struct tend_str shown = {0};
	add_shown(&shown, key);
	const char *near =
		l->findings->n < TEND_SUGGESTED_MAX ? tend_nearest(key, t->names, t->n) : NULL;
	tend_findings_add_rule(l->findings, TEND_ERROR, TEND_RULE_REFERENCE, at.line, at.column,
		near != NULL ? suggesting : plain, tend_str_text(&shown), near);
	tend_str_finish(&shown);
}

static void unknown_stage(struct linker *l, const char *key, struct tend_place at)
{
	unknown(l, &l->stages, key, at, _("there is no stage \"%s\""),
		_("there is no stage \"%s\"; did you mean \"%s\"?"));
}

static void unknown_milestone(struct linker *l, const char *key, struct tend_place at)
{
	unknown(l, &l->milestones, key, at, _("there is no milestone \"%s\""),
		_("there is no milestone \"%s\"; did you mean \"%s\"?"));
}

static void link_when(struct linker *l, struct tend_when *when)
{
	struct tend_place at = {when->line, when->column};
	if (when->ref_key == NULL) {
		return;
	}
	if (when->anchor == TEND_AT_STAGE && !table_find(&l->stages, when->ref_key, &when->ref)) {
		unknown_stage(l, when->ref_key, at);
	}
	if (when->anchor == TEND_AT_MILESTONE
		&& !table_find(&l->milestones, when->ref_key, &when->ref)) {
		unknown_milestone(l, when->ref_key, at);
	}
}

static void link_after(struct linker *l, struct tend_template_milestone *m)
{
	size_t *refs = tend_arena_alloc(&l->j->arena, m->nafter * sizeof(*refs));
	for (size_t i = 0; i < m->nafter; i++) {
		refs[i] = SIZE_MAX;
		struct tend_place at =
			m->after_at != NULL ? m->after_at[i] : (struct tend_place){0};
		if (!table_find(&l->milestones, m->after[i], &refs[i])) {
			unknown_milestone(l, m->after[i], at);
		}
	}
	m->after_ref = refs;
}

static void link_references(struct linker *l)
{
	struct tend_journey *j = l->j;
	for (size_t i = 0; i < j->nstages; i++) {
		link_when(l, &j->stages[i].from);
	}
	for (size_t i = 0; i < j->nmilestones; i++) {
		struct tend_template_milestone *m = &j->milestones[i];
		if (m->stage_key != NULL && !table_find(&l->stages, m->stage_key, &m->stage)) {
			unknown_stage(l, m->stage_key, m->stage_at);
		}
		link_when(l, &m->due);
		if (m->has_until) {
			link_when(l, &m->until);
		}
		link_after(l, m);
	}
}

/* A key that is given up is no longer there, and only one milestone can have had it. */
static void check_former_key(struct linker *l, size_t at, struct key_table *former)
{
	const struct tend_template_milestone *m = &l->j->milestones[at];
	size_t other;
	if (m->was == NULL) {
		return;
	}
	struct tend_str shown = {0};
	add_shown(&shown, m->was);
	if (table_find(&l->milestones, m->was, &other)) {
		tend_findings_add_rule(l->findings, TEND_ERROR, TEND_RULE_DUPLICATE, m->was_at.line,
			m->was_at.column, _("a milestone has the key \"%s\" still"),
			tend_str_text(&shown));
	} else if (table_find(former, m->was, &other) && other != at) {
		tend_findings_add_rule(l->findings, TEND_ERROR, TEND_RULE_DUPLICATE, m->was_at.line,
			m->was_at.column, _("another milestone had the key \"%s\" already"),
			tend_str_text(&shown));
	}
	tend_str_finish(&shown);
}

static void check_former_keys(struct linker *l)
{
	struct key_table former;
	table_init(&former, l->j->nmilestones);
	for (size_t i = 0; i < l->j->nmilestones; i++) {
		table_add(&former, l->j->milestones[i].was, i);
	}
	table_sort(&former);
	for (size_t i = 0; i < l->j->nmilestones; i++) {
		check_former_key(l, i, &former);
	}
	table_finish(&former);
}

/*
 * Cycles. The nodes of the graph of anchors are the stages and then the milestones; those of the graph
 * of `after` are the milestones alone.
 */
struct walk {
	struct linker *l;
	bool anchors;
	enum { NEW, OPEN, DONE } * state;
	bool *reported; /* nodes that a finding has named already */
	size_t *path;
	size_t depth;
};

static size_t edge_count(const struct walk *w, size_t node)
{
	return w->anchors ? 1 : w->l->j->milestones[node].nafter;
}

static const struct tend_when *anchor_of(const struct walk *w, size_t node)
{
	const struct tend_journey *j = w->l->j;
	return node < j->nstages ? &j->stages[node].from : &j->milestones[node - j->nstages].due;
}

/* SIZE_MAX where the edge leads nowhere. */
static size_t edge(const struct walk *w, size_t node, size_t i)
{
	const struct tend_journey *j = w->l->j;
	if (!w->anchors) {
		return j->milestones[node].after_ref[i];
	}
	const struct tend_when *when = anchor_of(w, node);
	size_t found;
	switch (when->anchor) {
	case TEND_AT_STAGE:
		return when->ref_key != NULL && table_find(&w->l->stages, when->ref_key, &found)
			? found
			: SIZE_MAX;
	case TEND_AT_MILESTONE:
		return when->ref_key != NULL && table_find(&w->l->milestones, when->ref_key, &found)
			? found + j->nstages
			: SIZE_MAX;
	case TEND_AT_START:
	case TEND_AT_RENEWAL:
		break;
	}
	return SIZE_MAX;
}

static struct tend_place edge_at(const struct walk *w, size_t node, size_t i)
{
	if (w->anchors) {
		const struct tend_when *when = anchor_of(w, node);
		return (struct tend_place){when->line, when->column};
	}
	const struct tend_template_milestone *m = &w->l->j->milestones[node];
	return m->after_at != NULL ? m->after_at[i] : (struct tend_place){m->line, m->column};
}

static void add_name(const struct walk *w, struct tend_str *out, size_t node)
{
	const struct tend_journey *j = w->l->j;
	if (!w->anchors) {
		add_shown(out, j->milestones[node].key);
	} else if (node < j->nstages) {
		tend_str_add(out, "stage.");
		add_shown(out, j->stages[node].key);
	} else {
		tend_str_add(out, "milestone.");
		add_shown(out, j->milestones[node - j->nstages].key);
	}
}

/* The cycle from path[first] over the end of the path and back. */
static void report_cycle(struct walk *w, size_t first, struct tend_place at)
{
	struct tend_str names = {0};
	for (size_t i = first; i < w->depth; i++) {
		if (w->reported[w->path[i]]) { /* one finding for cycles that share a node */
			tend_str_finish(&names);
			return;
		}
		add_name(w, &names, w->path[i]);
		tend_str_add(&names, " > ");
	}
	add_name(w, &names, w->path[first]);
	for (size_t i = first; i < w->depth; i++) {
		w->reported[w->path[i]] = true;
	}
	tend_findings_add_rule(w->l->findings, TEND_ERROR, TEND_RULE_CYCLE, at.line, at.column,
		w->anchors ? _("these dates wait for each other: %s")
			   : _("these milestones wait for each other: %s"),
		tend_str_text(&names));
	tend_str_finish(&names);
}

static void visit(struct walk *w, size_t node)
{
	w->state[node] = OPEN;
	w->path[w->depth++] = node;
	for (size_t i = 0; i < edge_count(w, node); i++) {
		size_t next = edge(w, node, i);
		if (next == SIZE_MAX || w->state[next] == DONE) {
			continue;
		}
		if (w->state[next] == NEW) {
			visit(w, next);
			continue;
		}
		size_t first = w->depth;
		while (w->path[first - 1] != next) {
			first--;
		}
		report_cycle(w, first - 1, edge_at(w, node, i));
	}
	w->depth--;
	w->state[node] = DONE;
}

static void find_cycles(struct linker *l, bool anchors)
{
	size_t n = l->j->nmilestones + (anchors ? l->j->nstages : 0);
	struct walk w = {.l = l, .anchors = anchors};
	w.state = tend_calloc(n, sizeof(*w.state));
	w.reported = tend_calloc(n, sizeof(*w.reported));
	w.path = tend_calloc(n, sizeof(*w.path));
	for (size_t i = 0; i < n; i++) {
		if (w.state[i] == NEW) {
			visit(&w, i);
		}
	}
	free(w.path);
	free(w.reported);
	free(w.state);
}

void tend_journey_link(struct tend_journey *j, struct tend_findings *findings)
{
	struct linker l = {.j = j, .findings = findings};
	table_init(&l.stages, j->nstages);
	table_init(&l.milestones, j->nmilestones);
	for (size_t i = 0; i < j->nstages; i++) {
		table_add(&l.stages, j->stages[i].key, i);
	}
	for (size_t i = 0; i < j->nmilestones; i++) {
		table_add(&l.milestones, j->milestones[i].key, i);
	}
	table_sort(&l.stages);
	table_sort(&l.milestones);
	find_duplicates(&l, &l.stages, true);
	find_duplicates(&l, &l.milestones, false);
	link_references(&l);
	check_former_keys(&l);
	find_cycles(&l, false);
	find_cycles(&l, true);
	table_finish(&l.stages);
	table_finish(&l.milestones);
}
