/* SPDX-License-Identifier: MIT */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <tend/care.h>
#include <tend/facts.h>
#include <tend/people.h>
#include <tend/str.h>

#include <tend/fields.h>

/* --- series --- */

enum { SUMS, LEAST, MOST, TREES };

static double merge(int tree, double a, double b)
{
	switch (tree) {
	case SUMS:
		return a + b;
	case LEAST:
		return fmin(a, b);
	default:
		return fmax(a, b);
	}
}

static double *tree_of(const struct tend_facts_series *s, int tree)
{
	return s->tree + (size_t)tree * 2 * s->n;
}

/* Leaves are [n, 2n); a node is merged of its two children, so that no sum is a difference. */
static void build(struct tend_facts_series *s)
{
	s->tree = tend_calloc(s->n, sizeof(*s->tree) * 2 * TREES);
	for (int tree = 0; tree < TREES; tree++) {
		double *t = tree_of(s, tree);
		for (size_t i = 0; i < s->n; i++) {
			t[s->n + i] = s->points[i].value;
		}
		for (size_t i = s->n - 1; i > 0; i--) {
			t[i] = merge(tree, t[2 * i], t[2 * i + 1]);
		}
	}
}

/* Over the points [from, to), of which there is one at least. */
static double over(const struct tend_facts_series *s, int tree, size_t from, size_t to)
{
	const double *t = tree_of(s, tree);
	double result = t[s->n + from];
	for (from += s->n + 1, to += s->n; from < to; from /= 2, to /= 2) {
		if (from % 2 == 1) {
			result = merge(tree, result, t[from++]);
		}
		if (to % 2 == 1) {
			result = merge(tree, result, t[--to]);
		}
	}
	return result;
}

/* The first point on or after `day`. */
static size_t lower_bound(const struct tend_facts_series *s, int32_t day)
{
	size_t low = 0, high = s->n;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (s->points[middle].date.day < day) {
			low = middle + 1;
		} else {
			high = middle;
		}
	}
	return low;
}

static struct tend_facts_series *find_series(const struct tend_facts *f, const char *metric)
{
	for (size_t i = 0; i < f->nseries; i++) {
		if (strcmp(f->series[i].metric, metric) == 0) {
			return &f->series[i];
		}
	}
	return NULL;
}

void tend_facts_clear(struct tend_facts *f)
{
	for (size_t i = 0; i < f->nseries; i++) {
		free(f->series[i].tree);
	}
	f->nseries = 0;
}

void tend_facts_series(struct tend_facts *f, const char *metric, bool gauge,
	const struct tend_point *points, size_t n)
{
	while (n > 0 && points[n - 1].date.day > f->day.day) {
		n--;
	}
	if (n > 0) {
		f->series = tend_grow(f->series, &f->nseries, &f->cap, sizeof(*f->series));
		f->series[f->nseries - 1] = (struct tend_facts_series){
			.metric = metric, .gauge = gauge, .points = points, .n = n};
	}
}

void tend_facts_finish(struct tend_facts *f)
{
	tend_facts_clear(f);
	free(f->series);
	*f = (struct tend_facts){.day = f->day};
}

/* --- functions --- */

/* What a function is asked, and what its answer rests on. */
struct question {
	const struct tend_facts *facts;
	const char *arg;
	int window;
	struct tend_basis *basis;
};

static struct tend_value number(double n)
{
	return (struct tend_value){.type = TEND_NUMBER, .number = n};
}

static struct tend_value nothing(const struct question *q, enum tend_missing why)
{
	q->basis->missing = why;
	return (struct tend_value){.type = TEND_NUMBER, .null = true};
}

static struct tend_value latest(const struct question *q)
{
	const struct tend_facts_series *s = find_series(q->facts, q->arg);
	if (s == NULL) {
		return nothing(q, TEND_MISSING_POINTS);
	}
	q->basis->rows = 1;
	q->basis->newest = s->points[s->n - 1].date;
	return number(s->points[s->n - 1].value);
}

static struct tend_value days_since(const struct question *q)
{
	const struct tend_facts *f = q->facts;
	struct tend_date last = TEND_NO_DATE;
	bool contact = strcmp(q->arg, "contact") == 0;
	const struct tend_facts_series *s = contact ? NULL : find_series(f, q->arg);
	if (contact && f->customer != NULL) {
		last = f->customer->last_contact;
	}
	for (size_t i = s != NULL ? s->n : 0; i > 0 && !tend_has_date(last); i--) {
		last = s->points[i - 1].value > 0 ? s->points[i - 1].date : TEND_NO_DATE;
	}
	if (!tend_has_date(last)) {
		return nothing(q,
			contact             ? TEND_MISSING_CONTACT
				: s == NULL ? TEND_MISSING_POINTS
					    : TEND_MISSING_USE);
	}
	q->basis->rows = 1;
	q->basis->newest = last;
	return number((double)f->day.day - last.day);
}

enum over { OVER_SUM, OVER_AVG, OVER_MIN, OVER_MAX, OVER_COUNT };

/* A day of a counter without a point is zero. */
static struct tend_value within(
	const struct tend_facts_series *s, enum over what, size_t from, size_t to, int window)
{
	size_t n = to - from;
	bool zeros = !s->gauge && n < (size_t)window;
	switch (what) {
	case OVER_SUM:
		return number(n > 0 ? over(s, SUMS, from, to) : 0);
	case OVER_AVG:
		return number(
			n > 0 ? over(s, SUMS, from, to) / (s->gauge ? (double)n : window) : 0);
	case OVER_MIN: {
		double least = n > 0 ? over(s, LEAST, from, to) : 0;
		return number(zeros && least > 0 ? 0 : least);
	}
	case OVER_MAX: {
		double most = n > 0 ? over(s, MOST, from, to) : 0;
		return number(zeros && most < 0 ? 0 : most);
	}
	default:
		return number((double)n);
	}
}

/* Over the window that ends on `last`. */
static struct tend_value windowed(const struct question *q, enum over what, int32_t last)
{
	struct tend_facts_series *s = find_series(q->facts, q->arg);
	struct tend_basis *b = q->basis;
	if (!tend_has_date(b->to)) {
		b->to.day = last;
	}
	b->from.day = last - q->window + 1;
	if (s == NULL) {
		return nothing(q, TEND_MISSING_POINTS);
	}
	if (s->tree == NULL) {
		build(s);
	}
	size_t from = lower_bound(s, last - q->window + 1), to = lower_bound(s, last + 1);
	b->rows += (int64_t)(to - from);
	if (to > from && !tend_has_date(b->newest)) {
		b->newest = s->points[to - 1].date;
	}
	if (s->gauge && to == from && what != OVER_COUNT) {
		return nothing(q, TEND_MISSING_WINDOW);
	}
	return within(s, what, from, to, q->window);
}

static struct tend_value sum(const struct question *q)
{
	return windowed(q, OVER_SUM, q->facts->day.day);
}

static struct tend_value avg(const struct question *q)
{
	return windowed(q, OVER_AVG, q->facts->day.day);
}

static struct tend_value least(const struct question *q)
{
	return windowed(q, OVER_MIN, q->facts->day.day);
}

static struct tend_value most(const struct question *q)
{
	return windowed(q, OVER_MAX, q->facts->day.day);
}

static struct tend_value count(const struct question *q)
{
	return windowed(q, OVER_COUNT, q->facts->day.day);
}

static struct tend_value change(const struct question *q)
{
	const struct tend_facts_series *s = find_series(q->facts, q->arg);
	enum over what = s != NULL && s->gauge ? OVER_AVG : OVER_SUM;
	struct tend_value now = windowed(q, what, q->facts->day.day);
	struct tend_value before = windowed(q, what, q->facts->day.day - q->window);
	if (now.null || before.null) {
		return now.null ? now : before;
	}
	if (before.number == 0) {
		return nothing(q, TEND_MISSING_BEFORE);
	}
	return number((now.number - before.number) / before.number);
}

static struct tend_value open_of_kind(const struct question *q, const struct tend_kind *kind)
{
	for (size_t i = 0; i < q->facts->nrecords; i++) {
		const struct tend_facts_records *r = &q->facts->records[i];
		for (size_t k = 0; r->kind == kind && k < r->n; k++) {
			const void *row = (const char *)r->rows + k * kind->type->size;
			struct tend_value day = tend_kind_value(kind, row, kind->when);
			if (!tend_kind_is_counted(kind, row)) {
				continue;
			}
			q->basis->rows++;
			if (!day.null && day.date.day > q->basis->newest.day) {
				q->basis->newest = day.date;
			}
		}
	}
	return number((double)q->basis->rows);
}

static struct tend_value open_records(const struct question *q)
{
	const struct tend_facts *f = q->facts;
	struct tend_basis *b = q->basis;
	if (strcmp(q->arg, "alerts") == 0) {
		if (f->customer == NULL || f->customer->alerts == TEND_NO_INT) {
			return nothing(q, TEND_MISSING_FIELD);
		}
		b->rows = f->customer->alerts;
		return number((double)b->rows);
	}
	const struct tend_kind *kind = tend_kind_imported(q->arg);
	if (kind != NULL && kind->type != &tend_complaint_type) {
		return open_of_kind(q, kind);
	}
	bool milestones = strcmp(q->arg, "milestones") == 0;
	for (size_t i = 0; milestones && i < f->nmilestones; i++) {
		b->rows += tend_is_open_state(f->milestones[i].state);
	}
	for (size_t i = 0; !milestones && i < f->ncomplaints; i++) {
		const struct tend_complaint *c = &f->complaints[i];
		bool opened = !tend_has_date(c->opened) || c->opened.day <= f->day.day;
		bool closed = tend_has_date(c->closed) && c->closed.day <= f->day.day;
		if (opened && !closed) {
			b->rows++;
			b->newest = c->opened.day > b->newest.day ? c->opened : b->newest;
		}
	}
	return number((double)b->rows);
}

static struct tend_value overdue(const struct question *q)
{
	const struct tend_facts *f = q->facts;
	for (size_t i = 0; i < f->nmilestones; i++) {
		const struct tend_milestone *m = &f->milestones[i];
		q->basis->rows += tend_is_open_state(m->state) && tend_has_date(m->due)
			&& m->due.day < f->day.day;
	}
	return number((double)q->basis->rows);
}

static void count_done(const struct question *q, const char *key, int64_t occurrence,
	const struct tend_milestone *rows, size_t n)
{
	struct tend_basis *b = q->basis;
	for (size_t i = 0; i < n; i++) {
		const struct tend_milestone *m = &rows[i];
		if (tend_same(m->key, key) && tend_same(m->state, "done")
			&& (occurrence == 0 || m->occurrence == occurrence)) {
			b->rows++;
			b->newest = m->done_on.day > b->newest.day ? m->done_on : b->newest;
		}
	}
}

/* KEY: any occurrence; KEY#N: that one. What the plan does not have was not done. */
static struct tend_value done(const struct question *q)
{
	const struct tend_facts *f = q->facts;
	char key[TEND_KEY_MAX * 2 + 2];
	int64_t occurrence = 0;
	if (tend_milestone_name_parse(q->arg, key, sizeof(key), &occurrence)) {
		count_done(q, key, occurrence, f->milestones, f->nmilestones);
		count_done(q, key, occurrence, f->closed, f->nclosed);
	}
	return (struct tend_value){.type = TEND_BOOL, .integer = q->basis->rows > 0};
}

/* Those that are there are part of the expression. */
static struct tend_value in_segment(const struct question *q)
{
	return nothing(q, TEND_MISSING_SEGMENT);
}

/* --- people and what they answered --- */

/* What the contacts say; the newest touch is what the answer rests on. */
static struct tend_stakeholder people(const struct question *q)
{
	const struct tend_facts *f = q->facts;
	struct tend_stakeholder s;
	struct tend_arena arena = {0};
	tend_record_clear(&tend_stakeholder_type, &s);
	tend_stakeholder_fill(&s, f->contacts, f->ncontacts, f->day, &arena);
	q->basis->rows = s.contacts;
	q->basis->newest = s.last_touch;
	tend_arena_finish(&arena);
	s.missing = s.thread = NULL; /* lived in it */
	return s;
}

static struct tend_value silent(const struct question *q)
{
	return number((double)people(q).silent);
}

static struct tend_value missing_roles(const struct question *q)
{
	return number((double)people(q).missing_roles);
}

static struct tend_value single_thread(const struct question *q)
{
	struct tend_stakeholder s = people(q);
	if (s.single_thread == TEND_NO_INT) {
		return nothing(q, TEND_MISSING_PEOPLE);
	}
	return (struct tend_value){.type = TEND_BOOL, .integer = s.single_thread};
}

/* Of several on the newest day the one that was noted last. */
static struct tend_value latest_score(const struct question *q)
{
	const struct tend_facts *f = q->facts;
	const struct tend_survey *newest = NULL;
	for (size_t i = 0; i < f->nsurveys; i++) {
		const struct tend_survey *s = &f->surveys[i];
		bool counts = tend_same(s->kind, q->arg) && tend_has_date(s->date)
			&& s->date.day <= f->day.day && !isnan(tend_survey_score(s));
		q->basis->rows += counts;
		if (counts
			&& (newest == NULL || s->date.day > newest->date.day
				|| (s->date.day == newest->date.day && s->id > newest->id))) {
			newest = s;
		}
	}
	if (newest == NULL) {
		return nothing(q, TEND_MISSING_ANSWER);
	}
	q->basis->newest = newest->date;
	return number(tend_survey_score(newest));
}

static const struct {
	const char *name;
	struct tend_value (*answer)(const struct question *q);
} functions[] = {
	{"latest", latest},
	{"days_since", days_since},
	{"sum", sum},
	{"avg", avg},
	{"min", least},
	{"max", most},
	{"count", count},
	{"change", change},
	{"open", open_records},
	{"overdue", overdue},
	{"done", done},
	{"in_segment", in_segment},
	{"silent", silent},
	{"missing", missing_roles},
	{"single_thread", single_thread},
	{"latest_score", latest_score},
};

static struct tend_value basis(
	void *ctx, const char *function, const char *arg, int window, struct tend_basis *ret)
{
	const struct question q = {.facts = ctx, .arg = arg, .window = window, .basis = ret};
	*ret = (struct tend_basis){
		.from = TEND_NO_DATE, .to = TEND_NO_DATE, .newest = TEND_NO_DATE};
	for (size_t i = 0; i < COUNT_OF(functions); i++) {
		if (strcmp(functions[i].name, function) == 0) {
			return functions[i].answer(&q);
		}
	}
	return nothing(&q, TEND_MISSING_FIELD);
}

static struct tend_value call(void *ctx, const char *function, const char *arg, int window)
{
	struct tend_basis unused;
	return basis(ctx, function, arg, window, &unused);
}

static struct tend_value field(void *ctx, const char *name)
{
	const struct tend_facts *f = ctx;
	struct tend_value v = {.type = TEND_TEXT, .null = true};
	if (f->customer == NULL) {
		return v;
	}
	if (strcmp(name, "lapsed") == 0) {
		return (struct tend_value){.type = TEND_BOOL,
			.null = f->customer->status == NULL,
			.integer = tend_same(f->customer->status, "lapsed")};
	}
	(void)tend_record_get(&tend_customer_type, f->customer, name, &v);
	return v;
}

struct tend_inputs tend_facts_inputs(struct tend_facts *f)
{
	return (struct tend_inputs){.ctx = f, .field = field, .call = call, .basis = basis};
}
