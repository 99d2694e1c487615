/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include <tend/care.h>

#include "import.h"

/* Splits KEY#N; an occurrence in a column of its own does as well. */
bool import_check_milestone(struct import *im, void *record)
{
	struct tend_milestone *m = record;
	char key[TEND_KEY_MAX + 1];
	int64_t number = 0;
	if (m->key == NULL || !tend_milestone_name_parse(m->key, key, sizeof(key), &number)) {
		return import_bad(im, "key", _("key: \"%.60s\" does not name a milestone"),
			m->key != NULL ? m->key : "");
	}
	m->key = tend_arena_strdup(&im->staged.arena, key);
	if (number != 0) {
		m->occurrence = number;
	}
	if (m->occurrence == TEND_NO_INT) {
		m->occurrence = 1;
	}
	if (m->state == NULL && tend_has_date(m->done_on)) {
		m->state = "done";
	}
	if (tend_has_date(m->done_on) && !tend_same(m->state, "done")) {
		return import_bad(im, "done_on", _("done_on is given, but state is %s"), m->state);
	}
	return true;
}

static struct tend_milestone *row_of(
	const struct tend_list *rows, struct span span, const struct tend_milestone *m)
{
	struct tend_milestone *found = NULL;
	for (size_t i = 0; i < span.n; i++) {
		struct tend_milestone *row = tend_list_at(rows, span.first + i);
		if (row->occurrence == m->occurrence && strcmp(row->key, m->key) == 0) {
			found = row;
		}
	}
	return found;
}

static enum tend_status add(struct import *im, struct tend_milestone *m, struct tend_error *err)
{
	if (!tend_has_date(m->due)) {
		return tend_fail(err, TEND_BAD_INPUT,
			_("%s has no milestone \"%s\"; a new one needs due"), m->customer, m->key);
	}
	m->title_en = m->title_zh = m->title != NULL ? m->title : m->key;
	m->state = m->state != NULL ? m->state : "todo";
	if (strcmp(m->state, "done") == 0 && !tend_has_date(m->done_on)) {
		m->done_on = im->app->today;
	}
	m->required = m->required != TEND_NO_INT ? m->required : 1;
	m->visible = m->visible != TEND_NO_INT ? m->visible : 0;
	m->origin = "added";
	m->position = 1000;
	m->items = m->items_done = 0;
	m->repeats = m->projected = 0;
	im->report->added++;
	return write_insert(im->app, &tend_milestone_type, m, m->customer_id, NULL, err);
}

static bool same(const struct tend_milestone *x, const struct tend_milestone *y)
{
	return tend_same(x->state, y->state) && x->due.day == y->due.day
		&& x->done_on.day == y->done_on.day && tend_same(x->title_en, y->title_en)
		&& tend_same(x->title_zh, y->title_zh) && tend_same(x->owner, y->owner)
		&& x->required == y->required && x->visible == y->visible;
}

static enum tend_status update(struct import *im, struct tend_milestone *row,
	const struct tend_milestone *m, struct tend_error *err)
{
	struct tend_milestone before = *row;
	if (m->state != NULL) {
		row->state = m->state;
		row->done_on = tend_has_date(m->done_on) ? m->done_on
			: strcmp(m->state, "done") != 0  ? TEND_NO_DATE
			: tend_has_date(row->done_on)    ? row->done_on
							 : im->app->today;
	}
	if (tend_has_date(m->due) && m->due.day != row->due.day) {
		row->due = m->due;
		row->projected = 0;
		row->origin = tend_same(row->origin, "template") ? "edited" : row->origin;
	}
	if (m->title != NULL && !tend_same(m->title, row->title)) {
		row->title_en = row->title_zh = m->title;
		row->origin = tend_same(row->origin, "template") ? "edited" : row->origin;
	}
	row->owner = m->owner != NULL ? m->owner : row->owner;
	row->required = m->required != TEND_NO_INT ? m->required : row->required;
	row->visible = m->visible != TEND_NO_INT ? m->visible : row->visible;
	if (same(&before, row)) {
		im->report->unchanged++;
		return TEND_OK;
	}
	im->report->updated++;
	return write_update(im->app, &tend_milestone_type, row, row->customer_id, err);
}

enum tend_status import_apply_milestones(struct import *im, struct tend_error *err)
{
	struct tend_list rows;
	enum tend_status status =
		read_list(im->app, TEND_READ_MILESTONES, 0, &tend_milestone_type, &rows, err);
	struct spans spans;
	spans_init(&spans, &rows, offsetof(struct tend_milestone, customer_id));
	for (size_t i = 0; status == TEND_OK && i < im->staged.n; i++) {
		struct tend_milestone *m = tend_list_at(&im->staged, i);
		struct tend_milestone *row = row_of(&rows, spans_of(&spans, m->customer_id), m);
		status = row != NULL ? update(im, row, m, err) : add(im, m, err);
	}
	status = status != TEND_OK ? status : enroll_follow(im->app, err);
	spans_finish(&spans);
	tend_list_finish(&rows);
	return status;
}
