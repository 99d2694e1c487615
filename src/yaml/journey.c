/* SPDX-License-Identifier: MIT */
/*
 * The format is tend-journey(5), JOURNEYS. Beyond the interface's example a journey may say `next` (the
 * journey that follows it) and a milestone `deliverable` (what the customer gets in hand); an item may
 * have an `id` beside its languages or its `title`.
 */
#include <string.h>

#include <tend/lang.h>
#include <tend/str.h>

#include "extend.h"
#include "lint.h"
#include "milestone.h"
#include "standard.h"

struct raw_journey {
	struct tend_journey j;
	const struct node *stages, *milestones, *standard, *track;
};

static const struct field journey_fields[] = {
	{"journey", FIELD_KEY, offsetof(struct raw_journey, j.key), true},
	{"version", FIELD_COUNT, offsetof(struct raw_journey, j.version), true},
	{"title", FIELD_TEXT, offsetof(struct raw_journey, j.title), true},
	{"term", FIELD_DURATION, offsetof(struct raw_journey, j.term)},
	{"calendar", FIELD_KEY, offsetof(struct raw_journey, j.calendar)},
	{"health", FIELD_KEY, offsetof(struct raw_journey, j.health)},
	{"alerts", FIELD_KEY, offsetof(struct raw_journey, j.alerts)},
	{"extends", FIELD_STRING, offsetof(struct raw_journey, j.extends)},
	{"next", FIELD_KEY, offsetof(struct raw_journey, j.next)},
	{"standard", FIELD_MAP, offsetof(struct raw_journey, standard)},
	{"track", FIELD_MAP, offsetof(struct raw_journey, track)},
	{"stages", FIELD_LIST, offsetof(struct raw_journey, stages), true},
	{"milestones", FIELD_LIST, offsetof(struct raw_journey, milestones)},
};

struct raw_stage {
	struct tend_stage s;
	const struct node *when, *standard;
};

static const struct field stage_fields[] = {
	{"key", FIELD_KEY, offsetof(struct raw_stage, s.key), true},
	{"title", FIELD_TEXT, offsetof(struct raw_stage, s.title)},
	{"from", FIELD_WHEN, offsetof(struct raw_stage, s.from), true},
	{"when", FIELD_SCALAR, offsetof(struct raw_stage, when)},
	{"standard", FIELD_MAP, offsetof(struct raw_stage, standard)},
};

static void read_stage(struct reader *r, const struct node *node, const struct tend_names *names,
	struct tend_stage *ret)
{
	struct raw_stage raw = {.s = {.line = node->line, .column = node->column}};
	if (read_mapping(r, node, stage_fields, FIELD_COUNT_OF(stage_fields), &raw)) {
		const struct node *key = node_get(node, "key");
		if (key != NULL) {
			raw.s.line = key->line;
			raw.s.column = key->column;
		}
		if (raw.s.title.en == NULL && raw.s.title.zh == NULL) {
			raw.s.title = (struct tend_text){raw.s.key, raw.s.key};
		}
		if (raw.when != NULL) {
			(void)read_condition(r, raw.when, names, &raw.s.when, &raw.s.when_expr);
		}
		if (raw.standard != NULL) {
			read_standard(r, raw.standard, &raw.s.standard);
		}
	}
	*ret = raw.s;
}

static void read_stages(struct reader *r, const struct node *list, const struct tend_names *names,
	struct tend_journey *j)
{
	if (list->n == 0) {
		report(r, list, TEND_RULE_MISSING_KEY, _("\"%s\" is empty: at least one is needed"),
			"stages");
	}
	j->stages = tend_arena_alloc(r->arena, list->n * sizeof(*j->stages));
	j->nstages = list->n;
	for (size_t i = 0; i < list->n; i++) {
		read_stage(r, list->items[i], names, &j->stages[i]);
	}
}

static void check_term(struct reader *r, const struct node *root, const struct tend_journey *j)
{
	int months;
	const struct node *term = node_get(root, "term");
	if (term != NULL && !tend_duration_months(j->term, &months)) {
		report(r, term, TEND_RULE_VALUE,
			_("\"term\" is counted in months, quarters or years"));
	}
}

static void check_references(
	struct reader *r, const struct node *root, const struct tend_journey *j)
{
	check_reference(r, node_get(root, "calendar"), TEND_KIND_CALENDAR, j->calendar);
	check_reference(r, node_get(root, "health"), TEND_KIND_HEALTH, j->health);
	check_reference(r, node_get(root, "alerts"), TEND_KIND_ALERTS, j->alerts);
	if (!tend_same(j->next, j->key)) { /* the same again is there */
		check_reference(r, node_get(root, "next"), TEND_KIND_JOURNEY, j->next);
	}
}

/* The tree, of which `j` takes all that it says. */
static void read_journey(struct reader *r, const struct node *root, struct tend_journey *j)
{
	size_t before = r->findings->errors;
	struct raw_journey raw = {.j = {.term = {12, TEND_MONTH},
					  .track_behind = TEND_TRACK_BEHIND,
					  .track_stuck = TEND_TRACK_STUCK}};
	struct tend_names names = reader_names(r);
	(void)read_mapping(r, root, journey_fields, FIELD_COUNT_OF(journey_fields), &raw);
	if (raw.stages != NULL) {
		read_stages(r, raw.stages, &names, &raw.j);
	}
	if (raw.milestones != NULL) {
		read_milestones(r, raw.milestones, &names, false, &raw.j);
	}
	if (raw.standard != NULL) {
		read_standard(r, raw.standard, &raw.j.standard);
	}
	if (raw.track != NULL) {
		read_track(r, raw.track, &raw.j);
	}
	raw.j.arena = j->arena;
	*j = raw.j;
	check_term(r, root, j);
	check_references(r, root, j);
	tend_journey_link(j, r->findings);
	if (raw.milestones != NULL) {
		lint_milestones(r, raw.milestones, j);
		lint_former(r, j);
		if (r->findings->errors == before) {
			lint_schedule(r, raw.milestones, j);
		}
	}
}

static void forget_base_place(int *line, int *column)
{
	if (extend_is_base(*line)) {
		*line = *column = 0;
	}
}

/* Places in the base mean nothing to those who have the variant's file. */
static void forget_base_places(struct tend_journey *j)
{
	for (size_t i = 0; i < j->nstages; i++) {
		struct tend_stage *s = &j->stages[i];
		forget_base_place(&s->line, &s->column);
		forget_base_place(&s->from.line, &s->from.column);
	}
	for (size_t i = 0; i < j->nmilestones; i++) {
		struct tend_template_milestone *m = &j->milestones[i];
		forget_base_place(&m->line, &m->column);
		forget_base_place(&m->due.line, &m->due.column);
		forget_base_place(&m->until.line, &m->until.column);
		forget_base_place(&m->stage_at.line, &m->stage_at.column);
		forget_base_place(&m->was_at.line, &m->was_at.column);
		for (size_t k = 0; k < m->nafter; k++) {
			forget_base_place(&m->after_at[k].line, &m->after_at[k].column);
		}
	}
}

enum tend_status tend_yaml_journey(const char *text, size_t n, const struct tend_yaml_env *env,
	struct tend_findings *findings, struct tend_journey **ret)
{
	struct tend_journey *j = tend_alloc(sizeof(*j));
	struct reader r = {.arena = &j->arena, .findings = findings, .env = env};
	size_t before = findings->errors, first = findings->n;
	const struct node *root = read_file(&r, text, n, TEND_KIND_JOURNEY);
	if (root != NULL) {
		struct extension e;
		root = extend_root(&r, root, &e);
		if (root != NULL) {
			read_journey(&r, root, j);
		}
		lint_languages(&r);
		extend_findings(&e, root, findings, first);
		forget_base_places(j);
	}
	enum tend_status status = finish_file(&r, before);
	if (status != TEND_OK) {
		tend_journey_destroy(j);
		j = NULL;
	}
	*ret = j;
	return status;
}
