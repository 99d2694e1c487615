/* SPDX-License-Identifier: MIT */
/* What differs between two templates, said in terms of their stages, milestones and items. */
#include <stdlib.h>
#include <string.h>

#include <tend/record.h>
#include <tend/str.h>
#include <tend/text.h>

#include <tend/fields.h>
#include "upgrade.h"

#define D struct tend_difference

enum { LINE_COLUMNS = 60 };

static const char *const kinds[] = {"journey", "stage", "milestone", "item", NULL};
static const char *const actions[] = {"added", "removed", "changed", "renamed", NULL};

static const struct tend_field difference_fields[] = {
	TEXT(D, what, 0, "What", "对象", .values = kinds),
	TEXT(D, key, TEND_F_KEY, "Key", "编号"),
	TEXT(D, action, 0, "Action", "变化", .values = actions),
	TEXT(D, field, 0, "Field", "字段"),
	TEXT(D, before, 0, "Before", "原值"),
	TEXT(D, after, 0, "After", "新值"),
};
const struct tend_record_type tend_difference_type = {
	.name = "difference",
	.title = {"Difference", "差异"},
	.size = sizeof(D),
	.fields = difference_fields,
	.nfields = COUNT_OF(difference_fields),
	.custom = -1,
};

struct differ {
	const struct tend_journey *then, *now;
	struct tend_list *list;
	const char *what, *key; /* what the next lines are about */
};

static void add(struct differ *d, const char *action, const char *field, const char *before,
	const char *after)
{
	struct tend_arena *arena = &d->list->arena;
	struct tend_difference *row = tend_list_add(d->list);
	row->what = d->what;
	row->key = tend_arena_strdup(arena, d->key);
	row->action = action;
	row->field = field;
	row->before = tend_arena_strdup(arena, before);
	row->after = tend_arena_strdup(arena, after);
}

static void compare_words(
	struct differ *d, const char *field, const char *before, const char *after)
{
	if (!tend_same(before, after)) {
		add(d, "changed", field, before, after);
	}
}

/* NULL where it has no words. */
static const char *words_of(struct tend_text text)
{
	const char *words = tend_pick(text);
	return words[0] != '\0' ? words : NULL;
}

/* A text that differs in the other language only is shown in that one. */
static void compare_text(
	struct differ *d, const char *field, struct tend_text before, struct tend_text after)
{
	const char *x = words_of(before), *y = words_of(after);
	if (upgrade_same_text(before, after)) {
		return;
	}
	if (tend_same(x, y)) {
		bool english = !tend_same(before.en, after.en);
		x = english ? before.en : before.zh;
		y = english ? after.en : after.zh;
	}
	add(d, "changed", field, x, y);
}

static void compare_flag(struct differ *d, const char *field, bool before, bool after)
{
	if (before != after) {
		add(d, "changed", field, before ? "yes" : "no", after ? "yes" : "no");
	}
}

/* Guides are long: only the first line that differs is shown, and of it what a line takes. */
static void compare_long(
	struct differ *d, const char *field, struct tend_text before, struct tend_text after)
{
	if (upgrade_same_text(before, after)) {
		return;
	}
	bool zh = tend_same(words_of(before), words_of(after));
	zh = zh && tend_same(before.en, after.en);
	const char *x = zh ? before.zh : tend_pick(before), *y = zh ? after.zh : tend_pick(after);
	x = x != NULL ? x : "";
	y = y != NULL ? y : "";
	for (size_t n = strcspn(x, "\n");
		n == strcspn(y, "\n") && strncmp(x, y, n) == 0 && x[n] == '\n' && y[n] == '\n';
		n = strcspn(x, "\n")) {
		x += n + 1;
		y += n + 1;
	}
	struct tend_arena *arena = &d->list->arena;
	struct tend_str lines[2] = {{0}, {0}};
	tend_clip(&lines[0], tend_arena_strndup(arena, x, strcspn(x, "\n")), LINE_COLUMNS);
	tend_clip(&lines[1], tend_arena_strndup(arena, y, strcspn(y, "\n")), LINE_COLUMNS);
	add(d, "changed", field, lines[0].len > 0 ? lines[0].data : NULL,
		lines[1].len > 0 ? lines[1].data : NULL);
	tend_str_finish(&lines[0]);
	tend_str_finish(&lines[1]);
}

/* --- values as files write them --- */

static const char *duration_words(struct tend_arena *arena, struct tend_duration v)
{
	return v.n == 0 ? NULL
			: tend_arena_format(
				arena, "%d %s%s", v.n, tend_unit_name(v.unit), v.n == 1 ? "" : "s");
}

static const char *when_words(struct tend_arena *arena, const struct tend_when *w)
{
	struct tend_str text = {0};
	tend_when_format(w, &text);
	const char *copy = tend_arena_strdup(arena, tend_str_text(&text));
	tend_str_finish(&text);
	return copy;
}

static const char *repeat_words(struct tend_arena *arena, const struct tend_template_milestone *m)
{
	if (!m->repeats) {
		return NULL;
	}
	const char *every = duration_words(arena, m->every);
	return m->has_until
		? tend_arena_format(arena, "every %s until %s", every, when_words(arena, &m->until))
		: tend_arena_format(arena, "every %s", every);
}

/* Minutes, as "2h" or "30m"; days of standards as "2 workdays". */
static const char *minutes_words(struct tend_arena *arena, int minutes, bool workdays)
{
	if (minutes <= 0) {
		return NULL;
	}
	if (workdays) {
		return tend_arena_format(arena, minutes == 24 * 60 ? "%d workday" : "%d workdays",
			minutes / (24 * 60));
	}
	return minutes % 60 == 0 ? tend_arena_format(arena, "%dh", minutes / 60)
				 : tend_arena_format(arena, "%dm", minutes);
}

static void compare_standard(
	struct differ *d, const struct tend_standard *before, const struct tend_standard *after)
{
	struct tend_arena *arena = &d->list->arena;
	compare_words(d, "standard.response",
		minutes_words(arena, before->response, before->response_workdays),
		minutes_words(arena, after->response, after->response_workdays));
	compare_words(d, "standard.recovery",
		minutes_words(arena, before->recovery, before->recovery_workdays),
		minutes_words(arena, after->recovery, after->recovery_workdays));
	compare_words(d, "standard.cadence", duration_words(arena, before->cadence),
		duration_words(arena, after->cadence));
}

/* --- the journey and its stages --- */

static void diff_journey(struct differ *d)
{
	const struct tend_journey *x = d->then, *y = d->now;
	struct tend_arena *arena = &d->list->arena;
	d->what = "journey";
	d->key = y->key;
	compare_words(d, "journey", x->key, y->key);
	compare_text(d, "title", x->title, y->title);
	compare_words(d, "term", duration_words(arena, x->term), duration_words(arena, y->term));
	compare_words(d, "calendar", x->calendar, y->calendar);
	compare_words(d, "health", x->health, y->health);
	compare_words(d, "alerts", x->alerts, y->alerts);
	compare_words(d, "next", x->next, y->next);
	compare_standard(d, &x->standard, &y->standard);
	compare_words(d, "track.behind", tend_arena_format(arena, "%d days", x->track_behind),
		tend_arena_format(arena, "%d days", y->track_behind));
	compare_words(d, "track.stuck", tend_arena_format(arena, "%d days", x->track_stuck),
		tend_arena_format(arena, "%d days", y->track_stuck));
}

static const struct tend_stage *find_stage(const struct tend_journey *j, const char *key)
{
	for (size_t i = 0; i < j->nstages; i++) {
		if (strcmp(j->stages[i].key, key) == 0) {
			return &j->stages[i];
		}
	}
	return NULL;
}

static void diff_stages(struct differ *d)
{
	struct tend_arena *arena = &d->list->arena;
	d->what = "stage";
	for (size_t i = 0; i < d->now->nstages; i++) {
		const struct tend_stage *now = &d->now->stages[i];
		const struct tend_stage *then = find_stage(d->then, now->key);
		d->key = now->key;
		if (then == NULL) {
			add(d, "added", NULL, NULL, words_of(now->title));
			continue;
		}
		compare_text(d, "title", then->title, now->title);
		compare_words(
			d, "from", when_words(arena, &then->from), when_words(arena, &now->from));
		compare_words(d, "when", then->when, now->when);
		compare_standard(d, &then->standard, &now->standard);
	}
	for (size_t i = 0; i < d->then->nstages; i++) {
		const struct tend_stage *then = &d->then->stages[i];
		d->key = then->key;
		if (find_stage(d->now, then->key) == NULL) {
			add(d, "removed", NULL, words_of(then->title), NULL);
		}
	}
}

/* --- milestones and their items --- */

static void diff_items(struct differ *d, const struct tend_template_milestone *then,
	const struct tend_template_milestone *now)
{
	struct item_twins twins;
	upgrade_match_items(then, now, &d->list->arena, &twins);
	d->what = "item";
	size_t last = 0;
	for (size_t i = 0; i < now->nitems; i++) {
		size_t twin = twins.then_of_now[i];
		if (twin == UPGRADE_NONE) {
			add(d, "added", NULL, NULL, words_of(now->items[i].title));
			continue;
		}
		compare_text(d, "title", then->items[twin].title, now->items[i].title);
		if (twin < last) {
			add(d, "changed", "place", words_of(then->items[twin].title),
				words_of(now->items[i].title));
		}
		last = twin > last ? twin : last;
	}
	for (size_t i = 0; i < then->nitems; i++) {
		if (twins.now_of_then[i] == UPGRADE_NONE) {
			add(d, "removed", NULL, words_of(then->items[i].title), NULL);
		}
	}
	d->what = "milestone";
}

static void diff_milestone(struct differ *d, const struct tend_template_milestone *then,
	const struct tend_template_milestone *now)
{
	struct tend_arena *arena = &d->list->arena;
	if (strcmp(then->key, now->key) != 0) {
		add(d, "renamed", "key", then->key, now->key);
	}
	compare_words(d, "stage", then->stage_key, now->stage_key);
	compare_text(d, "title", then->title, now->title);
	compare_words(d, "due", when_words(arena, &then->due), when_words(arena, &now->due));
	compare_words(d, "repeat", repeat_words(arena, then), repeat_words(arena, now));
	compare_flag(d, "required", then->required, now->required);
	compare_flag(d, "visible", then->visible, now->visible);
	compare_words(d, "effort", minutes_words(arena, then->effort, false),
		minutes_words(arena, now->effort, false));
	compare_words(d, "after", upgrade_join(arena, then->after, then->nafter),
		upgrade_join(arena, now->after, now->nafter));
	compare_words(d, "when", then->when, now->when);
	compare_words(d, "done_when", then->done_when, now->done_when);
	compare_long(d, "guide", then->guide, now->guide);
	compare_long(d, "deliverable", then->deliverable, now->deliverable);
	diff_items(d, then, now);
}

static void diff_milestones(struct differ *d)
{
	size_t n = d->now->nmilestones;
	size_t *twins = tend_calloc(n + 1, sizeof(*twins));
	bool *has_twin = tend_calloc(d->then->nmilestones + 1, sizeof(*has_twin));
	upgrade_match(d->then, d->now, twins);
	d->what = "milestone";
	for (size_t i = 0; i < n; i++) {
		const struct tend_template_milestone *now = &d->now->milestones[i];
		d->key = now->key;
		if (twins[i] == UPGRADE_NONE) {
			add(d, "added", NULL, NULL, words_of(now->title));
			continue;
		}
		has_twin[twins[i]] = true;
		diff_milestone(d, &d->then->milestones[twins[i]], now);
	}
	for (size_t i = 0; i < d->then->nmilestones; i++) {
		const struct tend_template_milestone *then = &d->then->milestones[i];
		d->key = then->key;
		if (!has_twin[i]) {
			add(d, "removed", NULL, words_of(then->title), NULL);
		}
	}
	free(twins);
	free(has_twin);
}

void tend_journey_diff(
	const struct tend_journey *then, const struct tend_journey *now, struct tend_list *ret)
{
	struct differ d = {.then = then, .now = now, .list = ret};
	diff_journey(&d);
	diff_stages(&d);
	diff_milestones(&d);
}
