/* SPDX-License-Identifier: MIT */
/*
 * The open milestones of many customers as an upgrade leaves them: what the evaluation that the same transaction
 * owes would read again, row for row and in the same order.
 */
#include <string.h>

#include <tend/care.h>

#include "upgrade.h"

/* The row at the same place of the customer before has most often the same texts. */
static const char *keep_text(struct upgrade_run *r, const char **before, const char *text)
{
	if (text != NULL && (*before == NULL || strcmp(*before, text) != 0)) {
		*before = tend_arena_strdup(&r->open.arena, text);
	}
	return text != NULL ? *before : NULL;
}

/* What TEND_READ_MILESTONES_OPEN gives of it. */
static void keep_row(
	struct upgrade_run *r, const struct upgrade_goal *g, const struct tend_milestone *m)
{
	struct tend_milestone *kept = tend_list_add(&r->open);
	struct open_texts *near = &r->open_texts[(uint64_t)m->position % OPEN_PLACES];
	kept->id = m->id;
	kept->customer_id = g->e.customer_id;
	kept->customer = g->customer->key;
	kept->key = keep_text(r, &near->key, m->key);
	kept->occurrence = m->occurrence;
	kept->title_en = keep_text(r, &near->title_en, m->title_en);
	kept->title_zh = keep_text(r, &near->title_zh, m->title_zh);
	kept->title = tend_pick((struct tend_text){kept->title_en, kept->title_zh});
	kept->due = m->due;
	kept->state = keep_text(r, &near->state, m->state);
	kept->required = m->required;
	kept->reason = keep_text(r, &near->reason, m->reason);
	kept->position = m->position;
	kept->repeats = m->repeats;
	kept->run_id = m->run_id;
}

static const struct tend_upgrade_write *write_of(const struct upgrade_run *r, int64_t id)
{
	for (size_t i = 0; i < r->plan.writes.n; i++) {
		const struct tend_upgrade_write *w = &r->plan.writes.items[i];
		if (w->op != TEND_UPGRADE_INSERT && w->row.id == id) {
			return w;
		}
	}
	return NULL;
}

void upgrade_keep_open(struct upgrade_run *r, const struct upgrade_goal *g,
	const struct tend_milestone *rows, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (!tend_is_open_state(rows[i].state)) {
			continue;
		}
		const struct tend_upgrade_write *w = write_of(r, rows[i].id);
		if (w == NULL || w->op != TEND_UPGRADE_DELETE) {
			keep_row(r, g, w != NULL ? &w->row : &rows[i]);
		}
	}
	for (size_t i = 0; i < r->plan.writes.n; i++) {
		if (r->plan.writes.items[i].op == TEND_UPGRADE_INSERT) {
			keep_row(r, g, &r->plan.writes.items[i].row);
		}
	}
}

/* As the store orders the milestones of a customer. */
static bool is_before(const struct tend_milestone *a, const struct tend_milestone *b)
{
	return a->due.day != b->due.day          ? a->due.day < b->due.day
		: a->position != b->position     ? a->position < b->position
		: a->occurrence != b->occurrence ? a->occurrence < b->occurrence
						 : a->id < b->id;
}

void upgrade_settle_open(struct upgrade_run *r, struct upgrade_mark from, struct upgrade_mark to)
{
	size_t at = from.open;
	for (size_t i = from.writes; i < to.writes; i++) {
		const struct tend_upgrade_write *w = &r->writes.writes.items[i];
		while (w->op == TEND_UPGRADE_INSERT && at < to.open) {
			struct tend_milestone *m = tend_list_at(&r->open, at++);
			if (m->id == 0) {
				m->id = w->row.id;
				break;
			}
		}
	}
	for (size_t i = from.open + 1; i < to.open; i++) {
		struct tend_milestone *rows = tend_list_at(&r->open, 0), m = rows[i];
		size_t place = i;
		for (; place > from.open && is_before(&m, &rows[place - 1]); place--) {
			rows[place] = rows[place - 1];
		}
		rows[place] = m;
	}
}
