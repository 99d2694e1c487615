/* SPDX-License-Identifier: MIT */
#include <string.h>

#include <tend/lang.h>
#include <tend/record.h>

#include "lint.h"
#include "milestone.h"

/* The steps live in a journey of one stage, which no file can name. */
#define STAGE_KEY ""

struct raw_playbook {
	struct tend_playbook p;
	const struct node *when, *steps;
};

static const struct field playbook_fields[] = {
	{"playbook", FIELD_KEY, offsetof(struct raw_playbook, p.key), true},
	{"version", FIELD_COUNT, offsetof(struct raw_playbook, p.version)},
	{"title", FIELD_TEXT, offsetof(struct raw_playbook, p.title), true},
	{"when", FIELD_SCALAR, offsetof(struct raw_playbook, when)},
	{"steps", FIELD_LIST, offsetof(struct raw_playbook, steps), true},
};

/* A milestone made of a step is called PLAYBOOK.STEP, and a key has its limit. */
static void check_key_lengths(struct reader *r, const struct node *list, const char *key)
{
	size_t taken = key != NULL ? strlen(key) + 1 : 0;
	for (size_t i = 0; i < list->n; i++) {
		const struct node *step = list->items[i];
		const struct node *own = step->kind == NODE_MAPPING ? node_get(step, "key") : NULL;
		if (own != NULL && own->kind == NODE_SCALAR
			&& taken + strlen(own->text) > TEND_KEY_MAX) {
			report(r, own, TEND_RULE_VALUE,
				_("the keys of playbook and step together have at most %d letters"),
				TEND_KEY_MAX - 1);
		}
	}
}

static void read_steps(struct reader *r, const struct node *list, const struct tend_names *names,
	const char *key, struct tend_journey *steps)
{
	if (list->n == 0) {
		report(r, list, TEND_RULE_MISSING_KEY, _("\"%s\" is empty: at least one is needed"),
			"steps");
	}
	steps->stages = tend_arena_alloc(r->arena, sizeof(*steps->stages));
	steps->stages[0].key = STAGE_KEY;
	steps->nstages = 1;
	read_milestones(r, list, names, true, steps);
	for (size_t i = 0; i < steps->nmilestones; i++) {
		steps->milestones[i].stage_key = STAGE_KEY;
	}
	check_key_lengths(r, list, key);
	tend_journey_link(steps, r->findings);
	lint_milestones(r, list, steps);
}

/* What the scheduler and those who show steps ask of a journey. */
static void describe(const struct tend_playbook *p)
{
	p->steps->key = p->key;
	p->steps->version = p->version;
	p->steps->title = p->title;
	p->steps->term = (struct tend_duration){12, TEND_MONTH};
	p->steps->track_stuck = TEND_TRACK_STUCK;
}

enum tend_status tend_yaml_playbook(const char *text, size_t n, const struct tend_yaml_env *env,
	struct tend_findings *findings, struct tend_playbook **ret)
{
	struct raw_playbook raw = {.p = {.version = 1}};
	raw.p.steps = tend_alloc(sizeof(*raw.p.steps));
	struct reader r = {.arena = &raw.p.steps->arena, .findings = findings, .env = env};
	size_t before = findings->errors;
	const struct node *root = read_file(&r, text, n, TEND_KIND_PLAYBOOK);
	if (root != NULL) {
		struct tend_names names = reader_names(&r);
		(void)read_mapping(
			&r, root, playbook_fields, FIELD_COUNT_OF(playbook_fields), &raw);
		if (raw.when != NULL) {
			(void)read_condition(&r, raw.when, &names, &raw.p.when, &raw.p.when_expr);
		}
		if (raw.steps != NULL) {
			read_steps(&r, raw.steps, &names, raw.p.key, raw.p.steps);
		}
		describe(&raw.p);
		if (raw.steps != NULL && findings->errors == before) {
			lint_steps(&r, raw.steps, raw.p.steps);
		}
	}
	enum tend_status status = finish_file(&r, before);
	struct tend_playbook *p = tend_alloc(sizeof(*p));
	*p = raw.p;
	if (status != TEND_OK) {
		tend_playbook_destroy(p);
		p = NULL;
	}
	*ret = p;
	return status;
}
