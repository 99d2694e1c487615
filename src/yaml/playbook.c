/* SPDX-License-Identifier: MIT */
#include <tend/lang.h>

#include "kinds.h"
#include "milestone.h"

struct raw_playbook {
	const char *key;
	int version;
	struct tend_text title;
	const struct node *when, *steps;
};

static const struct field playbook_fields[] = {
	{"playbook", FIELD_KEY, offsetof(struct raw_playbook, key), true},
	{"version", FIELD_COUNT, offsetof(struct raw_playbook, version)},
	{"title", FIELD_TEXT, offsetof(struct raw_playbook, title), true},
	{"when", FIELD_SCALAR, offsetof(struct raw_playbook, when)},
	{"steps", FIELD_LIST, offsetof(struct raw_playbook, steps), true},
};

/* Steps hang on the day of the start, on the renewal and on each other, as milestones do. */
static void read_steps(struct reader *r, const struct node *list, const struct tend_names *names,
	struct tend_journey *steps)
{
	if (list->n == 0) {
		report(r, list, _("\"%s\" is empty: at least one is needed"), "steps");
	}
	read_milestones(r, list, names, true, steps);
	tend_journey_link(steps, r->findings);
}

enum tend_status playbook_check(
	const char *text, size_t n, const struct tend_yaml_env *env, struct tend_findings *findings)
{
	struct tend_journey *steps = tend_alloc(sizeof(*steps));
	struct reader r = {.arena = &steps->arena, .findings = findings, .env = env};
	size_t before = findings->errors;
	const struct node *root = read_file(&r, text, n, TEND_KIND_PLAYBOOK);
	if (root != NULL) {
		struct raw_playbook raw = {0};
		struct tend_names names = reader_names(&r);
		(void)read_mapping(
			&r, root, playbook_fields, FIELD_COUNT_OF(playbook_fields), &raw);
		if (raw.when != NULL) {
			(void)read_expr(&r, raw.when, &names, NULL, NULL);
		}
		if (raw.steps != NULL) {
			read_steps(&r, raw.steps, &names, steps);
		}
	}
	enum tend_status status = finish_file(&r, before);
	tend_journey_destroy(steps);
	return status;
}
