/* SPDX-License-Identifier: MIT */
#include "lint.h"

#include <stdlib.h>
#include <string.h>

#include <tend/lang.h>
#include <tend/str.h>

/* More stages than anybody has are not looked at one by one, and after many findings nothing is suggested. */
enum { STAGES_ASKED_MAX = 30 };

void lint_languages(struct reader *r)
{
	bool wanted = reader_lints(r) && r->both_languages;
	for (size_t i = 0; wanted && i < r->one_language.n; i++) {
		const struct tend_place *at = &r->one_language.items[i];
		tend_findings_add_rule(r->findings, TEND_WARNING, TEND_RULE_TRANSLATION, at->line,
			at->column,
			_("this text stands in one language only; others stand in en and zh"));
	}
	free(r->one_language.items);
	r->one_language = (struct places){0};
}

/* --- effort, titles, conditions --- */

static void lint_effort(struct reader *r, const struct node *list, const struct tend_journey *j)
{
	bool any = false;
	for (size_t i = 0; i < j->nmilestones; i++) {
		any = any || j->milestones[i].effort >= 0;
	}
	for (size_t i = 0; any && i < j->nmilestones; i++) {
		if (j->milestones[i].effort < 0 && node_get(list->items[i], "effort") == NULL) {
			warn(r, list->items[i], TEND_RULE_NO_EFFORT,
				_("no effort is given here; other milestones say theirs"));
		}
	}
}

struct titled {
	const char *title;
	size_t index;
};

static int by_title(const void *a, const void *b)
{
	const struct titled *x = a, *y = b;
	int order = strcmp(x->title, y->title);
	return order != 0 ? order : (x->index > y->index) - (x->index < y->index);
}

/* `again` remembers milestones that are reported already, in the other language. */
static void lint_titles(struct reader *r, const struct node *list, const struct tend_journey *j,
	bool chinese, bool *again)
{
	struct titled *titles = tend_calloc(j->nmilestones + 1, sizeof(*titles));
	size_t n = 0;
	for (size_t i = 0; i < j->nmilestones; i++) {
		struct tend_text t = j->milestones[i].title;
		const char *title = chinese ? t.zh : t.en;
		if (title != NULL) {
			titles[n++] = (struct titled){title, i};
		}
	}
	qsort(titles, n, sizeof(*titles), by_title);
	for (size_t i = 1; i < n; i++) {
		size_t at = titles[i].index;
		if (strcmp(titles[i].title, titles[i - 1].title) == 0 && !again[at]) {
			const struct node *node = node_get(list->items[at], "title");
			again[at] = true;
			warn(r, node != NULL ? node : list->items[at], TEND_RULE_SAME_TITLE,
				_("\"%s\" is the title of another milestone too"),
				quoted(r, titles[i].title));
		}
	}
	free(titles);
}

static void note_stage(void *ctx, const char *name)
{
	bool *found = ctx;
	*found = *found || strcmp(name, "stage") == 0;
}

/* True where it asks for a stage, and for none that the journey has. */
static bool is_in_no_stage(const struct tend_journey *j, const struct tend_expr *e)
{
	bool asks = false, never = j->nstages <= STAGES_ASKED_MAX;
	tend_expr_fields(e, note_stage, &asks);
	for (size_t i = 0; asks && never && i < j->nstages; i++) {
		never = j->stages[i].key == NULL || tend_expr_never(e, "stage", j->stages[i].key);
	}
	return asks && never;
}

/* done("key") in a condition of a journey. */
struct asked {
	struct reader *r;
	const struct node *at;
	const struct tend_journey *j;
};

static void lint_call(void *ctx, const char *function, const char *arg, int window)
{
	const struct asked *asked = ctx;
	const struct tend_journey *j = asked->j;
	(void)window;
	/* PLAYBOOK.KEY is a step of a playbook */
	bool looked_for = strcmp(function, "done") == 0 && strchr(arg, '.') == NULL;
	for (size_t i = 0; looked_for && i < j->nmilestones; i++) {
		looked_for = !tend_same(j->milestones[i].key, arg);
	}
	if (!looked_for) {
		return;
	}
	struct reader *r = asked->r;
	const char **keys = tend_calloc(j->nmilestones + 1, sizeof(*keys));
	size_t n = 0;
	for (size_t i = 0; i < j->nmilestones && r->findings->n < TEND_SUGGESTED_MAX; i++) {
		if (j->milestones[i].key != NULL) {
			keys[n++] = j->milestones[i].key;
		}
	}
	const char *near = tend_nearest(arg, keys, n);
	free(keys);
	if (near != NULL) {
		warn(r, asked->at, TEND_RULE_UNKNOWN_NAME,
			_("this journey has no milestone \"%s\"; did you mean \"%s\"?"),
			quoted(r, arg), near);
	} else {
		warn(r, asked->at, TEND_RULE_UNKNOWN_NAME,
			_("this journey has no milestone \"%s\""), quoted(r, arg));
	}
}

/* `own`: it holds only while the milestone's own stage does. */
static void lint_condition(struct reader *r, const struct node *at, const struct tend_expr *e,
	const struct tend_journey *j, const char *stage, bool own)
{
	if (at == NULL || e == NULL) {
		return;
	}
	struct asked asked = {r, at, j};
	(void)tend_expr_calls(e, lint_call, &asked);
	if (tend_expr_never(e, NULL, NULL)) {
		return;
	}
	if (is_in_no_stage(j, e)) {
		warn(r, at, TEND_RULE_UNREACHABLE,
			_("this condition is never true in a stage of this journey"));
	} else if (own && tend_expr_never(e, "stage", stage)) {
		warn(r, at, TEND_RULE_UNREACHABLE,
			_("this condition is never true in the stage \"%s\""), quoted(r, stage));
	}
}

static void lint_conditions(struct reader *r, const struct node *list, const struct tend_journey *j)
{
	for (size_t i = 0; i < j->nmilestones; i++) {
		const struct tend_template_milestone *m = &j->milestones[i];
		const struct node *entry = list->items[i];
		if (m->stage_key != NULL && m->stage_key[0] != '\0') { /* no step of a playbook */
			lint_condition(
				r, node_get(entry, "when"), m->when_expr, j, m->stage_key, true);
			lint_condition(r, node_get(entry, "done_when"), m->done_when_expr, j,
				m->stage_key, false);
		}
	}
}

void lint_milestones(struct reader *r, const struct node *list, const struct tend_journey *j)
{
	if (!reader_lints(r)) {
		return;
	}
	bool *again = tend_calloc(j->nmilestones + 1, sizeof(*again));
	lint_effort(r, list, j);
	lint_titles(r, list, j, false, again);
	lint_titles(r, list, j, true, again);
	lint_conditions(r, list, j);
	free(again);
}
