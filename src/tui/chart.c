/* SPDX-License-Identifier: MIT */
#include "chart.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <tend/care.h>
#include <tend/mem.h>

#include "cells.h"

/* A row of so many columns that is written from left to right. */
struct strip {
	struct tend_str text;
	int used, columns;
};

/* False where something stands there already, or it does not fit. */
static bool strip_put(struct strip *s, int at, const char *text)
{
	if (at < s->used || at + tend_columns(text) > s->columns) {
		return false;
	}
	for (; s->used < at; s->used++) {
		tend_str_addc(&s->text, ' ');
	}
	tend_str_add(&s->text, text);
	s->used += tend_columns(text);
	return true;
}

/* --- columns --- */

#define AXIS 6 /* columns of a number beside them, at most */
#define SLOT_MAX 8 /* columns of a bar and the gap after it */
#define ROWS_MAX 12
#define BELOW 2 /* labels, values */

struct plan {
	const struct bars *b;
	double low, high;
	int columns, slot, bar, rows;
	bool ascii;
};

static void find_range(struct plan *p)
{
	p->low = p->high = 0;
	for (size_t i = 0; i < p->b->n; i++) {
		p->low = p->b->values[i] < p->low ? p->b->values[i] : p->low;
		p->high = p->b->values[i] > p->high ? p->b->values[i] : p->high;
	}
}

/* How high a bar is, in eighths of rows; what is known has one at the least. */
static int eighths(const struct plan *p, double value)
{
	if (isnan(value)) {
		return 0;
	}
	double share = p->high > p->low ? (value - p->low) / (p->high - p->low) : 0;
	int n = (int)(share * p->rows * 8 + 0.5);
	return n > 1 ? n : 1;
}

static void axis_text(const struct plan *p, int row, struct tend_str *out)
{
	bool middle = p->rows >= 4 && row == (p->rows - 1) / 2;
	struct tend_str number = {0};
	if (row == p->rows - 1 || row == 0 || middle) {
		(void)cell_quantity(row == p->rows - 1 ? p->high
				: middle               ? (p->low + p->high) / 2
						       : p->low,
			AXIS, &number);
	}
	tend_str_addf(out, "%*s", AXIS, tend_str_text(&number));
	tend_str_finish(&number);
}

static void add_bars(const struct plan *p, int row, struct lines *out)
{
	struct strip s = {.columns = p->columns};
	struct tend_str axis = {0};
	for (size_t i = 0; i < p->b->n; i++) {
		const char *block = cell_block(eighths(p, p->b->values[i]) - row * 8, p->ascii);
		for (int x = 0; x < p->bar; x++) {
			(void)strip_put(&s, (int)i * p->slot + x, block);
		}
	}
	axis_text(p, row, &axis);
	lines_label(out, tend_str_text(&axis), ROLE_CHART, "%s", tend_str_text(&s.text));
	tend_str_finish(&axis);
	tend_str_finish(&s.text);
}

/* Each ends where its bar ends, counted from the last one; between them as many are left out as must be. */
static void add_labels(const struct plan *p, struct lines *out)
{
	struct strip s = {.columns = p->columns};
	size_t every = 1;
	int w = p->b->n > 0 ? tend_columns(p->b->labels[0]) : 0;
	while ((int)every * p->slot <= w) {
		every++;
	}
	for (size_t i = 0; i < p->b->n; i++) {
		int at = (int)i * p->slot + p->bar - w;
		if ((p->b->n - 1 - i) % every == 0 && at >= 0) {
			(void)strip_put(&s, at, p->b->labels[i]);
		}
	}
	lines_label(out, "", ROLE_DIM, "%s", tend_str_text(&s.text));
	tend_str_finish(&s.text);
}

/* Rounded to the room that they have; none at all where one of them has too little. */
static void add_values(const struct plan *p, struct lines *out)
{
	struct strip s = {.columns = p->columns};
	struct tend_str number = {0};
	bool fits = true;
	for (size_t i = 0; i < p->b->n && fits; i++) {
		tend_str_clear(&number);
		(void)cell_quantity(p->b->values[i], p->bar, &number);
		int at = (int)i * p->slot + p->bar - tend_columns(tend_str_text(&number));
		/* "1e+05" is how large it is, not what it is. */
		fits = strchr(tend_str_text(&number), 'e') == NULL
			&& strip_put(&s, at, tend_str_text(&number));
	}
	if (fits) {
		lines_label(out, "", ROLE_TEXT, "%s", tend_str_text(&s.text));
	}
	tend_str_finish(&number);
	tend_str_finish(&s.text);
}

void chart_bars(const struct bars *b, int columns, int rows, bool ascii, struct lines *out)
{
	struct plan p = {.ascii = ascii, .columns = columns - AXIS - 2};
	if (b->n == 0 || p.columns <= 0) {
		return;
	}
	/* The newest, where not all have room. */
	size_t left_out = b->n > (size_t)p.columns ? b->n - (size_t)p.columns : 0;
	const struct bars shown = {b->values + left_out, b->labels + left_out, b->n - left_out};
	b = p.b = &shown;
	find_range(&p);
	p.slot = p.columns / (int)b->n;
	p.slot = p.slot > SLOT_MAX ? SLOT_MAX : p.slot < 1 ? 1 : p.slot;
	p.bar = p.slot > 1 ? p.slot - 1 : 1;
	p.rows = rows - BELOW;
	p.rows = p.rows > ROWS_MAX ? ROWS_MAX : p.rows < 1 ? 1 : p.rows;
	for (int row = p.rows - 1; row >= 0; row--) {
		add_bars(&p, row, out);
	}
	add_labels(&p, out);
	add_values(&p, out);
}

/* --- the line of a term --- */

enum mark { MARK_NONE, MARK_STAGE, MARK_DONE, MARK_OPEN, MARK_LATE };

static struct tend_date day_of(const struct tend_milestone *m)
{
	bool done = tend_same(m->state, "done") && tend_has_date(m->done_on);
	return done ? m->done_on : m->due;
}

/* The current term; for a customer that is past it, up to what comes last. */
static bool span(const struct timeline *t, struct tend_date *ret_from, struct tend_date *ret_to)
{
	struct tend_date from = t->nstages > 0 ? t->stages[0].from : TEND_NO_DATE, last = t->today;
	for (size_t i = 0; i < t->milestones->n; i++) {
		struct tend_date day = day_of(tend_list_at(t->milestones, i));
		if (t->nstages == 0 && tend_has_date(day)
			&& (!tend_has_date(from) || day.day < from.day)) {
			from = day;
		}
		last = tend_has_date(day) && day.day > last.day ? day : last;
	}
	struct tend_date to = t->customer != NULL ? t->customer->renewal : TEND_NO_DATE;
	*ret_from = from;
	*ret_to = tend_has_date(to) && to.day >= t->today.day ? to : last;
	return tend_has_date(from) && ret_to->day > from.day;
}

struct scale {
	struct tend_date from, to;
	int columns;
};

/* -1 where the day is not on it. */
static int column_of(const struct scale *s, struct tend_date day)
{
	if (!tend_has_date(day) || day.day < s->from.day || day.day > s->to.day) {
		return -1;
	}
	return (int)((int64_t)(day.day - s->from.day) * (s->columns - 1)
		/ (s->to.day - s->from.day));
}

static void put_mark(enum mark *marks, int at, enum mark mark)
{
	if (at >= 0 && mark > marks[at]) {
		marks[at] = mark;
	}
}

static void add_line(
	const struct timeline *t, const struct scale *scale, bool ascii, struct lines *out)
{
	static const char *const glyphs[2][2][5] = {
		{{"─", "┼", "●", "○", "!"}, {"━", "╋", "●", "○", "!"}},
		{{"-", "|", "x", "o", "!"}, {"=", "|", "x", "o", "!"}}};
	enum mark *marks = tend_calloc((size_t)scale->columns, sizeof(*marks));
	struct tend_str text = {0};
	for (size_t i = 1; i < t->nstages; i++) {
		put_mark(marks, column_of(scale, t->stages[i].from), MARK_STAGE);
	}
	for (size_t i = 0; i < t->milestones->n; i++) {
		const struct tend_milestone *m = tend_list_at(t->milestones, i);
		bool open = tend_is_open_state(m->state);
		bool late = open && tend_has_date(m->due) && m->due.day < t->today.day;
		if (open || tend_same(m->state, "done")) {
			put_mark(marks, column_of(scale, day_of(m)),
				late           ? MARK_LATE
					: open ? MARK_OPEN
					       : MARK_DONE);
		}
	}
	for (int x = 0; x < scale->columns; x++) {
		bool past = x <= column_of(scale, t->today) || t->today.day > scale->to.day;
		tend_str_add(&text, glyphs[ascii ? 1 : 0][past ? 1 : 0][marks[x]]);
	}
	lines_add(out, ROLE_CHART, "%s", tend_str_text(&text));
	tend_str_finish(&text);
	free(marks);
}

/* The first day, today and the last one; today points from the side on which both others have room. */
static void add_days(const struct timeline *t, const struct scale *scale, struct lines *out)
{
	struct strip s = {.columns = scale->columns};
	struct tend_str from = {0}, to = {0}, now = {0};
	cell_day(scale->from, t->today, &from);
	cell_day(scale->to, t->today, &to);
	int at = column_of(scale, t->today), w = tend_columns(_("today")) + 2;
	int begin = tend_columns(tend_str_text(&from)) + 1;
	int end = scale->columns - tend_columns(tend_str_text(&to));
	bool left = at + w >= end && (at - w + 1 >= begin || at + w > scale->columns);
	tend_str_addf(&now, left ? "%s ^" : "^ %s", _("today"));
	at -= left ? w - 1 : 0;
	if (at < 0 || at >= begin) {
		(void)strip_put(&s, 0, tend_str_text(&from));
	}
	if (at >= 0) {
		(void)strip_put(&s, at, tend_str_text(&now));
	}
	if (end > s.used) {
		(void)strip_put(&s, end, tend_str_text(&to));
	}
	lines_add(out, ROLE_DIM, "%s", tend_str_text(&s.text));
	tend_str_finish(&from);
	tend_str_finish(&to);
	tend_str_finish(&now);
	tend_str_finish(&s.text);
}

/* Each above its first day, cut where the next one begins. */
static void add_stages(const struct timeline *t, const struct scale *scale, struct lines *out)
{
	enum { TITLE_MIN = 3 };
	struct strip s = {.columns = scale->columns};
	struct tend_str title = {0}, cut = {0};
	for (size_t i = 0; i < t->nstages; i++) {
		int at = column_of(scale, t->stages[i].from);
		int next = i + 1 < t->nstages ? column_of(scale, t->stages[i + 1].from) : -1;
		int room = (next >= 0 ? next - 1 : scale->columns) - at;
		if (at < 0 || room < TITLE_MIN) {
			continue;
		}
		tend_str_clear(&title);
		tend_str_clear(&cut);
		tend_str_addf(&title, t->stages[i].current ? "[%s]" : "%s", t->stages[i].title);
		tend_clip(&cut, tend_str_text(&title), room);
		(void)strip_put(&s, at, tend_str_text(&cut));
	}
	lines_add(out, ROLE_DIM, "%s", tend_str_text(&s.text));
	tend_str_finish(&title);
	tend_str_finish(&cut);
	tend_str_finish(&s.text);
}

bool chart_timeline(const struct timeline *t, int columns, int rows, bool ascii, struct lines *out)
{
	struct scale scale = {.columns = columns};
	if (columns < 2 || !span(t, &scale.from, &scale.to)) {
		return false;
	}
	if (rows >= 3 && t->nstages > 0) {
		add_stages(t, &scale, out);
	}
	add_line(t, &scale, ascii, out);
	if (rows >= 2) {
		add_days(t, &scale, out);
	}
	return true;
}
