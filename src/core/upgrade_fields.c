/* SPDX-License-Identifier: MIT */
/* The fields of one row: what the template gave, what it gives now, what the row has. */
#include <string.h>

#include <tend/record.h>
#include <tend/str.h>

#include "upgrade.h"

void tend_upgrade_row(const struct tend_journey *j, const struct tend_occurrence *o,
	struct tend_arena *arena, struct tend_milestone *ret)
{
	const struct tend_template_milestone *t = &j->milestones[o->milestone];
	tend_record_clear(&tend_milestone_type, ret);
	ret->key = t->key;
	ret->occurrence = o->number;
	ret->stage = t->stage_key;
	ret->title_en = t->title.en;
	ret->title_zh = t->title.zh;
	ret->due = ret->template_due = o->due;
	ret->state = "todo";
	ret->required = t->required;
	ret->visible = t->visible;
	ret->after = arena != NULL ? upgrade_join(arena, t->after, t->nafter) : NULL;
	ret->effort = t->effort >= 0 ? t->effort : TEND_NO_INT;
	ret->origin = "template";
	ret->position = (int64_t)o->milestone + 1;
	ret->repeats = t->repeats;
	ret->projected = o->projected;
}

bool tend_upgrade_due_is_own(const struct tend_milestone *m)
{
	return tend_has_date(m->template_due) && m->due.day != m->template_due.day;
}

static void judge(struct upgrade_verdict *v, enum tend_upgrade_field field, bool ours_changed,
	bool theirs_changed, bool agree)
{
	if (agree || !theirs_changed) {
		return;
	}
	*(ours_changed ? &v->conflict : &v->follow) |= field;
}

struct upgrade_verdict upgrade_compare(const struct tend_upgrade *u,
	const struct tend_milestone *row, const struct tend_occurrence *o)
{
	struct upgrade_verdict v = {0};
	const struct upgrade_pair *pair = &u->pairs[o->milestone];
	const struct tend_template_milestone *now = &u->now->milestones[o->milestone];
	const struct tend_template_milestone *then =
		pair->then != UPGRADE_NONE ? &u->then->milestones[pair->then] : now;
	struct tend_text title = {row->title_en, row->title_zh};
	int64_t effort_now = now->effort >= 0 ? now->effort : TEND_NO_INT;
	int64_t effort_then = then->effort >= 0 ? then->effort : TEND_NO_INT;
	judge(&v, TEND_UPGRADE_TITLE, !upgrade_same_text(title, then->title),
		(pair->fields & TEND_UPGRADE_TITLE) != 0, upgrade_same_text(title, now->title));
	judge(&v, TEND_UPGRADE_STAGE, !tend_same(row->stage, then->stage_key),
		(pair->fields & TEND_UPGRADE_STAGE) != 0, tend_same(row->stage, now->stage_key));
	judge(&v, TEND_UPGRADE_REQUIRED, row->required != then->required,
		(pair->fields & TEND_UPGRADE_REQUIRED) != 0, row->required == now->required);
	judge(&v, TEND_UPGRADE_VISIBLE, row->visible != then->visible,
		(pair->fields & TEND_UPGRADE_VISIBLE) != 0, row->visible == now->visible);
	judge(&v, TEND_UPGRADE_AFTER, !tend_same(row->after, pair->after_then),
		(pair->fields & TEND_UPGRADE_AFTER) != 0, tend_same(row->after, pair->after_now));
	judge(&v, TEND_UPGRADE_EFFORT, row->effort != effort_then,
		(pair->fields & TEND_UPGRADE_EFFORT) != 0, row->effort == effort_now);
	struct tend_date base = tend_has_date(row->template_due) ? row->template_due : row->due;
	judge(&v, TEND_UPGRADE_DUE, row->due.day != base.day, o->due.day != base.day,
		row->due.day == o->due.day);
	v.follow |= strcmp(row->key, now->key) != 0 ? TEND_UPGRADE_KEY : 0;
	return v;
}

/* The row with the fields of the template that it follows, and what is only kept beside them. */
struct tend_milestone upgrade_follow(const struct tend_upgrade *u, const struct tend_milestone *row,
	const struct tend_occurrence *o, unsigned fields)
{
	struct tend_milestone m = *row;
	const struct upgrade_pair *pair = &u->pairs[o->milestone];
	const struct tend_template_milestone *now = &u->now->milestones[o->milestone];
	bool ours = tend_upgrade_due_is_own(row) && row->due.day != o->due.day;
	m.key = now->key;
	m.stage = fields & TEND_UPGRADE_STAGE ? now->stage_key : m.stage;
	m.title_en = fields & TEND_UPGRADE_TITLE ? now->title.en : m.title_en;
	m.title_zh = fields & TEND_UPGRADE_TITLE ? now->title.zh : m.title_zh;
	m.required = fields & TEND_UPGRADE_REQUIRED ? now->required : m.required;
	m.visible = fields & TEND_UPGRADE_VISIBLE ? now->visible : m.visible;
	m.after = fields & TEND_UPGRADE_AFTER ? pair->after_now : m.after;
	if (fields & TEND_UPGRADE_EFFORT) {
		m.effort = now->effort >= 0 ? now->effort : TEND_NO_INT;
	}
	m.due = ours ? m.due : o->due;
	m.projected = ours ? m.projected : o->projected;
	m.template_due = o->due;
	m.position = (int64_t)o->milestone + 1;
	m.repeats = now->repeats;
	return m;
}

bool upgrade_same_row(const struct tend_milestone *x, const struct tend_milestone *y)
{
	return tend_same(x->key, y->key) && tend_same(x->stage, y->stage)
		&& tend_same(x->title_en, y->title_en) && tend_same(x->title_zh, y->title_zh)
		&& x->due.day == y->due.day && x->template_due.day == y->template_due.day
		&& x->required == y->required && x->visible == y->visible
		&& tend_same(x->after, y->after) && x->effort == y->effort
		&& x->repeats == y->repeats && x->projected == y->projected;
}
