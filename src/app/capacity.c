/* SPDX-License-Identifier: MIT */
/* Capacity: what the open milestones of the book promise, per owner and week. */
#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <tend/care.h>

#include "upgrade.h"

static const struct tend_date long_ago = {-1000000};

/* What is asked of a customer here. */
struct holder {
	int64_t id;
	const char *key, *owner, *journey; /* KEY@VERSION; NULL */
	bool ended; /* nobody works for it any more */
};

/* The customers by id, the journeys that they are on, and the open milestones up to a day. */
struct load {
	struct tend_app *a;
	struct tend_list customers, milestones;
	struct holder *holders;
	struct journey_load {
		const char *name;
		size_t customers;
		int64_t median; /* minutes, of those milestones that say an effort; 0: none does */
	} * journeys;
	size_t njourneys;
	size_t guessed, free; /* milestones without effort: counted as the median, as nothing */
};

static int by_id(const void *x, const void *y)
{
	int64_t a = ((const struct holder *)x)->id, b = ((const struct holder *)y)->id;
	return (a > b) - (a < b);
}

static int64_t median_of(const struct tend_journey *j)
{
	int64_t *efforts = tend_calloc(j->nmilestones + 1, sizeof(*efforts));
	size_t n = 0;
	for (size_t i = 0; i < j->nmilestones; i++) {
		if (j->milestones[i].effort >= 0) {
			efforts[n++] = j->milestones[i].effort;
		}
	}
	int64_t median = tend_median(efforts, n);
	free(efforts);
	return median;
}

static struct journey_load *journey_called(struct load *l, const char *name)
{
	for (size_t i = 0; i < l->njourneys; i++) {
		if (strcmp(l->journeys[i].name, name) == 0) {
			return &l->journeys[i];
		}
	}
	char key[TEND_KEY_MAX + 1];
	int64_t version = 0;
	const struct tend_journey *j = journey_name_parse(name, key, sizeof(key), &version)
		? journey_kept(l->a, key, version)
		: NULL;
	l->journeys = tend_realloc(l->journeys, l->njourneys + 1, sizeof(*l->journeys));
	l->journeys[l->njourneys] =
		(struct journey_load){.name = name, .median = j != NULL ? median_of(j) : 0};
	return &l->journeys[l->njourneys++];
}

static enum tend_status load_read(struct load *l, struct tend_app *a, struct tend_date from,
	struct tend_date to, struct tend_error *err)
{
	*l = (struct load){.a = a};
	enum tend_status status = read_list(
		a, TEND_READ_CUSTOMERS_STORED, 0, &tend_customer_type, &l->customers, err);
	l->holders = tend_calloc(l->customers.n + 1, sizeof(*l->holders));
	for (size_t i = 0; i < l->customers.n; i++) {
		const struct tend_customer *c = tend_list_at(&l->customers, i);
		l->holders[i] = (struct holder){.id = c->id,
			.key = c->key,
			.owner = c->owner,
			.journey = c->journey,
			.ended = tend_is_gone(c)};
		if (c->journey != NULL && !l->holders[i].ended) {
			journey_called(l, c->journey)->customers++;
		}
	}
	qsort(l->holders, l->customers.n, sizeof(*l->holders), by_id);
	struct tend_value args[] = {
		{.type = TEND_DATE, .date = from}, {.type = TEND_DATE, .date = to}};
	tend_list_init(&l->milestones, &tend_milestone_type);
	return status != TEND_OK
		? status
		: tend_store_read(a->store, TEND_READ_MILESTONES_DUE, args, 2, &l->milestones, err);
}

static void load_finish(struct load *l)
{
	tend_list_finish(&l->customers);
	tend_list_finish(&l->milestones);
	free(l->holders);
	free(l->journeys);
}

static const struct holder *holder_of(const struct load *l, int64_t customer_id)
{
	struct holder wanted = {.id = customer_id};
	return bsearch(&wanted, l->holders, l->customers.n, sizeof(*l->holders), by_id);
}

static int64_t minutes_of(struct load *l, const struct holder *h, const struct tend_milestone *m)
{
	if (m->effort != TEND_NO_INT) {
		return m->effort;
	}
	const struct tend_playbook *p =
		m->playbook != NULL ? playbook_kept(l->a, m->playbook) : NULL;
	int64_t median = p != NULL   ? median_of(p->steps)
		: h->journey != NULL ? journey_called(l, h->journey)->median
				     : 0;
	l->guessed += median > 0;
	l->free += median == 0;
	return median;
}

/* For those who left only what playbooks want of us is done. */
static bool counts(const struct holder *h, const struct tend_milestone *m)
{
	return h != NULL && (!h->ended || m->run_id != 0);
}

static const char *named(const char *owner)
{
	return owner != NULL && owner[0] != '\0' ? owner : NULL;
}

/* The work of everybody; those who have customers and nothing to do are in it too. Allocated. */
static struct tend_capacity_work *work_of(struct load *l, const char *owner, size_t *ret_n)
{
	size_t n = 0;
	struct tend_capacity_work *work =
		tend_calloc(l->milestones.n + l->customers.n + 1, sizeof(*work));
	for (size_t i = 0; i < l->milestones.n; i++) {
		const struct tend_milestone *m = tend_list_at(&l->milestones, i);
		const struct holder *h = holder_of(l, m->customer_id);
		if (counts(h, m) && (owner == NULL || tend_same(m->owner, owner))) {
			work[n++] = (struct tend_capacity_work){
				named(m->owner), m->due, minutes_of(l, h, m)};
		}
	}
	for (size_t i = 0; i < l->customers.n; i++) {
		const char *name = named(l->holders[i].owner);
		if (!l->holders[i].ended && name != NULL
			&& (owner == NULL || strcmp(name, owner) == 0)) {
			work[n++] = (struct tend_capacity_work){name, l->a->today, 0};
		}
	}
	*ret_n = n;
	return work;
}

/* A line of the note, where somebody takes one. */
static void note_line(struct tend_str *note, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));
static void note_line(struct tend_str *note, const char *fmt, ...)
{
	if (note == NULL) {
		return;
	}
	va_list args;
	va_start(args, fmt);
	char *line = tend_vformat(fmt, args);
	va_end(args);
	tend_str_addf(note, "%s%s", note->len > 0 ? "\n" : "", line);
	free(line);
}

/* --- as if another version were applied --- */

struct place {
	int64_t id;
	size_t at; /* in the list of milestones */
};

static int by_place(const void *x, const void *y)
{
	int64_t a = ((const struct place *)x)->id, b = ((const struct place *)y)->id;
	return (a > b) - (a < b);
}

static void add_imagined(struct load *l, const struct imagined_write *w)
{
	struct tend_arena *arena = &l->milestones.arena;
	const struct holder *h = holder_of(l, w->row.customer_id);
	if (h == NULL) {
		return;
	}
	struct tend_milestone *m = tend_list_add(&l->milestones);
	*m = w->row;
	m->customer = tend_arena_strdup(arena, h->key);
	m->owner = tend_arena_strdup(arena, m->owner != NULL ? m->owner : h->owner);
	m->key = tend_arena_strdup(arena, m->key);
	m->stage = tend_arena_strdup(arena, m->stage);
	m->title_en = tend_arena_strdup(arena, m->title_en);
	m->title_zh = tend_arena_strdup(arena, m->title_zh);
	m->after = tend_arena_strdup(arena, m->after);
	m->reason = NULL;
}

/* What the version makes of the open milestones, also of those that were due later than is planned here. */
static void imagine_rows(struct load *l, const struct imagined *im)
{
	size_t n = l->milestones.n, kept = 0;
	struct place *places = tend_calloc(n + 1, sizeof(*places));
	bool *gone = tend_calloc(n + 1, sizeof(*gone));
	for (size_t i = 0; i < n; i++) {
		const struct tend_milestone *m = tend_list_at(&l->milestones, i);
		places[i] = (struct place){m->id, i};
	}
	qsort(places, n, sizeof(*places), by_place);
	for (size_t i = 0; i < im->writes.n; i++) {
		const struct imagined_write *w = &im->writes.items[i];
		struct place wanted = {.id = w->row.id};
		const struct place *p = bsearch(&wanted, places, n, sizeof(*places), by_place);
		if (w->op == TEND_UPGRADE_INSERT || (w->op == TEND_UPGRADE_UPDATE && p == NULL)) {
			add_imagined(l, w);
		} else if (p != NULL && w->op == TEND_UPGRADE_UPDATE) {
			struct tend_milestone *m = tend_list_at(&l->milestones, p->at);
			m->due = w->row.due;
			m->effort = w->row.effort;
		} else if (p != NULL) {
			gone[p->at] = w->op == TEND_UPGRADE_DELETE;
		}
	}
	for (size_t i = 0; i < l->milestones.n; i++) {
		if (i >= n || !gone[i]) {
			memmove(tend_list_at(&l->milestones, kept++),
				tend_list_at(&l->milestones, i), sizeof(struct tend_milestone));
		}
	}
	l->milestones.n = kept;
	free(places);
	free(gone);
}

static bool follows(const struct holder *h, const char *key)
{
	size_t n = strlen(key);
	return h->journey != NULL && strncmp(h->journey, key, n) == 0 && h->journey[n] == '@';
}

static void imagine(struct load *l, const struct imagined *im, struct tend_str *note)
{
	const char *name =
		tend_arena_format(&l->customers.arena, "%s@%d", im->now->key, im->now->version);
	journey_called(l, name)->median = median_of(im->now);
	for (size_t i = 0; i < l->customers.n; i++) {
		if (follows(&l->holders[i], im->now->key)) {
			l->holders[i].journey = name;
		}
	}
	imagine_rows(l, im);
	note_line(note, _("as if applied: %s"), im->summary);
}

/* The calendar of most customers' journeys, unless the team names one. */
static const struct tend_calendar *calendar_of(
	struct load *l, const char *key, struct tend_str *note)
{
	if (key != NULL) {
		const struct tend_calendar *c = sources_calendar(&l->a->sources, key);
		if (c == NULL) {
			note_line(note,
				_("there is no calendar \"%s\": Monday to Friday are worked"), key);
		}
		return c;
	}
	const struct tend_calendar *found = NULL;
	size_t most = 0;
	for (size_t i = 0; i < l->njourneys; i++) {
		char name[TEND_KEY_MAX + 1];
		int64_t version = 0;
		const struct tend_journey *j =
			journey_name_parse(l->journeys[i].name, name, sizeof(name), &version)
			? journey_kept(l->a, name, version)
			: NULL;
		if (j != NULL && l->journeys[i].customers > most) {
			most = l->journeys[i].customers;
			found = journey_calendar(l->a, j);
		}
	}
	return found;
}

static struct tend_capacity_hours hours_of(
	struct load *l, struct tend_arena *arena, struct tend_str *note)
{
	const char *calendar;
	struct tend_capacity_hours hours = sources_hours(&l->a->sources, arena, &calendar);
	const char *setting = sources_setting(&l->a->sources, "hours_per_week");
	double number;
	if (isnan(hours.all) && setting != NULL && tend_parse_number(setting, &number)
		&& number >= 0) {
		hours.all = number;
	}
	hours.all = isnan(hours.all) ? TEND_CAPACITY_HOURS : hours.all;
	hours.calendar = calendar_of(l, calendar, note);
	return hours;
}

static void say_assumed(const struct load *l, struct tend_str *note)
{
	if (l->guessed > 0) {
		note_line(note,
			l->guessed == 1
				? _("%zu milestone says no effort: it counts as the median of its "
				    "journey")
				: _("%zu milestones say no effort: each counts as the median of "
				    "its journey"),
			l->guessed);
	}
	if (l->free > 0) {
		note_line(note,
			l->free == 1 ? _("%zu milestone says no effort, nor does its journey: it "
					 "counts as nothing")
				     : _("%zu milestones say no effort, nor do their journeys: "
					 "they count as nothing"),
			l->free);
	}
}

enum tend_status tend_app_capacity(struct tend_app *a, const struct tend_capacity_query *q,
	struct tend_list *ret, struct tend_str *note, struct tend_error *err)
{
	tend_list_init(ret, &tend_capacity_type);
	if (q->weeks < 1 || q->weeks > TEND_CAPACITY_WEEKS_MAX) {
		return tend_fail(err, TEND_USAGE, _("%d weeks: from 1 to %d can be planned"),
			q->weeks, TEND_CAPACITY_WEEKS_MAX);
	}
	struct load l;
	struct imagined im = {0};
	struct tend_date last = {tend_week_of(a->today).day + 7 * q->weeks - 1};
	enum tend_status status = load_read(&l, a, long_ago, last, err);
	if (status == TEND_OK && q->journey != NULL) {
		status = upgrade_imagine(a, q->journey, &im, err);
		if (status == TEND_OK) {
			imagine(&l, &im, note);
		}
	}
	if (status == TEND_OK) {
		size_t n = 0;
		struct tend_capacity_work *work = work_of(&l, q->owner, &n);
		struct tend_capacity_hours hours = hours_of(&l, &ret->arena, note);
		tend_capacity_plan(work, n, &hours, a->today, q->weeks, ret);
		for (size_t i = 0; i < ret->n; i++) {
			struct tend_capacity *row = tend_list_at(ret, i);
			row->owner = tend_arena_strdup(&ret->arena, row->owner);
		}
		say_assumed(&l, note);
		free(work);
	}
	load_finish(&l);
	imagined_finish(&im);
	return status != TEND_OK ? status : query_apply(a, ret, q->query, NULL, err);
}

/* Leaves what is the owner's from `from` to `to`, with what each counts. */
static void keep_week(struct load *l, const char *owner, struct tend_date from, struct tend_date to)
{
	size_t n = 0;
	for (size_t i = 0; i < l->milestones.n; i++) {
		struct tend_milestone *m = tend_list_at(&l->milestones, i);
		const struct holder *h = holder_of(l, m->customer_id);
		if (counts(h, m) && tend_same(named(m->owner), owner) && m->due.day >= from.day
			&& m->due.day <= to.day) {
			m->effort = minutes_of(l, h, m);
			memmove(tend_list_at(&l->milestones, n++), m, sizeof(*m));
		}
	}
	l->milestones.n = n;
}

enum tend_status tend_app_capacity_milestones(struct tend_app *a, const char *owner,
	struct tend_date week, const char *journey, struct tend_list *ret, struct tend_error *err)
{
	struct load l;
	struct imagined im = {0};
	struct tend_list open;
	bool first = week.day == tend_week_of(a->today).day;
	struct tend_date from = first ? long_ago : week, to = {week.day + 6};
	/* What moves into the week or out of it is found among all. */
	enum tend_status status = load_read(&l, a, journey != NULL ? long_ago : from, to, err);
	if (status == TEND_OK && journey != NULL) {
		status = upgrade_imagine(a, journey, &im, err);
		if (status == TEND_OK) {
			imagine(&l, &im, NULL);
		}
	}
	keep_week(&l, owner, from, to);
	tend_list_init(&open, &tend_milestone_type);
	status = status != TEND_OK
		? status
		: tend_store_read(a->store, TEND_READ_MILESTONES_OPEN, NULL, 0, &open, err);
	status = status != TEND_OK ? status : milestones_fill(a, &l.milestones, &open, err);
	status = status != TEND_OK ? status : tend_list_sort(&l.milestones, "due,customer", err);
	tend_list_finish(&open);
	*ret = l.milestones;
	tend_list_init(&l.milestones, &tend_milestone_type);
	load_finish(&l);
	imagined_finish(&im);
	return status;
}
