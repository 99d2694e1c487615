/* SPDX-License-Identifier: MIT */
/* Playbooks as files and as plans: finding them, their dates, and the steps of those that run. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <tend/care.h>
#include <tend/upgrade.h>

#include "facts.h"
#include "playbook.h"

/* --- finding and keeping --- */

/* Steps are called as the rows of customers are, so that they never meet a journey's milestone. */
static void name_steps(const struct tend_playbook *p)
{
	struct tend_journey *j = p->steps;
	for (size_t i = 0; i < j->nmilestones; i++) {
		struct tend_template_milestone *m = &j->milestones[i];
		m->key = tend_arena_format(&j->arena, "%s.%s", p->key, m->key);
		for (size_t k = 0; k < m->nafter; k++) {
			m->after[k] = tend_arena_format(&j->arena, "%s.%s", p->key, m->after[k]);
		}
	}
}

static enum tend_status parse(struct tend_app *a, const struct source *f,
	struct tend_playbook **ret, struct tend_error *err)
{
	struct tend_arena arena = {0};
	struct names_list custom = {0};
	(void)custom_names(a, &arena, &custom, NULL);
	struct tend_yaml_env env = sources_env(&a->sources, &arena, custom.items, custom.n);
	struct tend_findings findings;
	tend_findings_init(&findings, f->name);
	enum tend_status status = tend_yaml_playbook(f->text, f->size, &env, &findings, ret);
	if (status != TEND_OK) {
		status = first_error(&findings, status, err);
	} else {
		name_steps(*ret);
	}
	tend_findings_finish(&findings);
	tend_arena_finish(&arena);
	return status;
}

static struct kept_playbook *find_kept(const struct tend_app *a, const char *name)
{
	for (size_t i = 0; i < a->playbooks.n; i++) {
		if (strcmp(a->playbooks.items[i].name, name) == 0) {
			return &a->playbooks.items[i];
		}
	}
	return NULL;
}

static enum tend_status keep(struct tend_app *a, const struct source *f, const char *name,
	const struct tend_playbook **ret, struct tend_error *err)
{
	struct kept_playbook *kept = find_kept(a, name);
	enum tend_status status = TEND_OK;
	if (kept == NULL) {
		kept = TEND_PUSH(&a->playbooks);
		*kept = (struct kept_playbook){tend_strdup(name), NULL};
	}
	if (kept->playbook == NULL && f != NULL) {
		status = parse(a, f, &kept->playbook, err);
	}
	*ret = kept->playbook;
	return status;
}

const struct tend_playbook *playbook_kept(struct tend_app *a, const char *name)
{
	char key[TEND_KEY_MAX + 1];
	int64_t version;
	const struct tend_playbook *p = NULL;
	const struct kept_playbook *kept = find_kept(a, name);
	if (kept == NULL && journey_name_parse(name, key, sizeof(key), &version)) {
		const struct source *f =
			sources_version(&a->sources, TEND_KIND_PLAYBOOK, key, version);
		(void)keep(a, f, name, &p, NULL);
		return p;
	}
	return kept != NULL ? kept->playbook : NULL;
}

const struct tend_playbook *playbook_of_run(struct tend_app *a, const struct tend_run *run)
{
	char name[TEND_KEY_MAX + 32];
	(void)snprintf(name, sizeof(name), "%s@%lld", run->playbook, (long long)run->version);
	return playbook_kept(a, name);
}

void playbooks_forget(struct tend_app *a)
{
	for (size_t i = 0; i < a->playbooks.n; i++) {
		free(a->playbooks.items[i].name);
		tend_playbook_destroy(a->playbooks.items[i].playbook);
	}
	a->playbooks.n = 0;
}

static enum tend_status unknown(
	struct tend_app *a, const char *key, const char *name, struct tend_error *err)
{
	const char **words = NULL;
	size_t n = 0;
	const struct source *f;
	while ((f = sources_at(&a->sources, TEND_KIND_PLAYBOOK, n)) != NULL) {
		words = tend_realloc(words, n + 1, sizeof(*words));
		words[n++] = f->key;
	}
	const char *near = tend_nearest(key, words, n);
	free(words);
	return near != NULL
		? tend_fail(err, TEND_NOT_FOUND,
			_("there is no playbook \"%s\"; did you mean \"%s\"?"), name, near)
		: tend_fail(err, TEND_NOT_FOUND, _("there is no playbook \"%s\""), name);
}

enum tend_status playbook_find(struct tend_app *a, const char *name, const struct source **ret_file,
	const struct tend_playbook **ret, struct tend_error *err)
{
	char key[TEND_KEY_MAX + 1], full[TEND_KEY_MAX + 32];
	int64_t version;
	if (!journey_name_parse(name, key, sizeof(key), &version)) {
		return tend_fail(err, TEND_USAGE,
			_("\"%s\" is not a playbook: write KEY or KEY@VERSION"), name);
	}
	const struct source *f = sources_version(&a->sources, TEND_KIND_PLAYBOOK, key, version);
	if (f == NULL) {
		return unknown(a, key, name, err);
	}
	(void)snprintf(full, sizeof(full), "%s@%lld", key, (long long)source_version(f));
	*ret_file = f;
	enum tend_status status = keep(a, f, full, ret, err);
	return status;
}

bool playbook_named(const char *list, const char *key)
{
	size_t n = strlen(key);
	for (const char *at = list; at != NULL && *at != '\0';) {
		size_t word = strcspn(at, ",");
		if (word == n && strncmp(at, key, n) == 0) {
			return true;
		}
		at += word + (at[word] == ',');
	}
	return false;
}

/* --- what is known of customers --- */

static int by_id(const void *x, const void *y)
{
	int64_t a = *(const int64_t *)x, b = *(const int64_t *)y;
	return (a > b) - (a < b);
}

enum tend_status playbook_customers(struct tend_app *a, const int64_t *ids, size_t n,
	struct tend_list *ret, struct tend_error *err)
{
	if (n == 1) {
		enum tend_status status = tend_app_customer(a, ids[0], ret, err);
		return status != TEND_OK || ret->n > 0
			? status
			: tend_fail(err, TEND_NOT_FOUND, _("there is no such customer any more"));
	}
	enum tend_status status = tend_app_customers(a, NULL, ret, err);
	int64_t *sorted = tend_calloc(n + 1, sizeof(*sorted));
	for (size_t i = 0; i < n; i++) {
		sorted[i] = ids[i];
	}
	qsort(sorted, n, sizeof(*sorted), by_id);
	size_t kept = 0;
	for (size_t i = 0; i < ret->n; i++) {
		struct tend_customer *c = tend_list_at(ret, i);
		if (bsearch(&c->id, sorted, n, sizeof(*sorted), by_id) != NULL) {
			memmove(tend_list_at(ret, kept++), c, sizeof(*c));
		}
	}
	ret->n = kept;
	free(sorted);
	return status;
}

enum tend_status playbook_judge(struct tend_app *a, const struct tend_playbook *p,
	const struct tend_list *customers, struct playbook_truths *ret, struct tend_error *err)
{
	struct needs needs = {0};
	struct facts_book book;
	size_t n = customers->n, steps = p->steps->nmilestones;
	*ret = (struct playbook_truths){.suits = tend_calloc(n + 1, sizeof(*ret->suits)),
		.steps = tend_calloc(n * steps + 1, sizeof(*ret->steps))};
	int64_t *ids = tend_calloc(n + 1, sizeof(*ids));
	for (size_t i = 0; i < n; i++) {
		ids[i] = ((const struct tend_customer *)tend_list_at(customers, i))->id;
	}
	if (p->when_expr != NULL) {
		needs_add(&needs, p->when_expr);
	}
	for (size_t k = 0; k < steps; k++) {
		if (p->steps->milestones[k].when_expr != NULL) {
			needs_add(&needs, p->steps->milestones[k].when_expr);
		}
	}
	size_t nread = n < BULK_FROM ? n : 0; /* 0: of all */
	enum tend_status status = n > 0 ? facts_read(a, &needs, ids, nread, &book, err) : TEND_OK;
	for (size_t i = 0; status == TEND_OK && i < n; i++) {
		struct tend_inputs in = facts_of(&book, tend_list_at(customers, i));
		ret->suits[i] =
			p->when_expr != NULL ? tend_expr_truth(p->when_expr, &in) : TEND_TRUE;
		for (size_t k = 0; k < steps; k++) {
			const struct tend_expr *when = p->steps->milestones[k].when_expr;
			ret->steps[i * steps + k] =
				when != NULL ? tend_expr_truth(when, &in) : TEND_TRUE;
		}
	}
	if (n > 0) {
		facts_finish(&book);
	}
	needs_finish(&needs);
	free(ids);
	return status;
}

void playbook_truths_finish(struct playbook_truths *t)
{
	free(t->suits);
	free(t->steps);
	*t = (struct playbook_truths){0};
}

/* --- dates --- */

static const struct tend_calendar *calendar_of(struct tend_app *a, int64_t customer_id)
{
	struct tend_enrollment e;
	const struct tend_journey *j =
		tend_store_enrollment(a->store, customer_id, &e, NULL) == TEND_OK && e.id != 0
		? journey_kept(a, e.journey, e.version)
		: NULL;
	return j != NULL ? journey_calendar(a, j) : NULL;
}

enum tend_status playbook_schedule(struct tend_app *a, const struct tend_playbook *p,
	const struct tend_customer *c, struct tend_date day, const struct tend_list *rows,
	struct tend_schedule *ret, struct tend_error *err)
{
	for (size_t i = 0; !tend_has_date(c->started) && i < p->steps->nmilestones; i++) {
		if (p->steps->milestones[i].due.anchor == TEND_AT_RENEWAL) {
			return tend_fail(err, TEND_FAILED,
				_("%s has no start date, and %s hangs on its renewal: set started"),
				c->key, p->steps->milestones[i].key);
		}
	}
	struct progress progress = {.journey = p->steps, .milestones = rows};
	struct tend_schedule_input in = {.start = day,
		.renewal = renewal_of(c->started, c->term_months),
		.calendar = calendar_of(a, c->id)};
	progress_fill(&in, &progress);
	enum tend_status status = tend_journey_schedule(p->steps, &in, ret, err);
	if (status != TEND_OK) {
		tend_error_prefix(err, "%s", c->key);
	}
	return status;
}

void playbook_row(const struct tend_playbook *p, const struct tend_occurrence *o,
	const struct tend_customer *c, int64_t run, int64_t number, struct tend_arena *arena,
	struct tend_milestone *ret)
{
	tend_upgrade_row(p->steps, o, arena, ret);
	ret->customer_id = c->id;
	ret->occurrence = number;
	ret->repeats = number > 1;
	ret->stage = c->stage;
	ret->run_id = run;
}

/* The rows of one run, as the schedule knows them: each once. */
static void rows_of(const struct tend_list *all, int64_t run, struct tend_list *ret)
{
	tend_list_init(ret, &tend_milestone_type);
	for (size_t i = 0; i < all->n; i++) {
		const struct tend_milestone *m = tend_list_at(all, i);
		if (m->run_id == run) {
			struct tend_milestone *copy = tend_list_add(ret);
			*copy = *m;
			copy->occurrence = 1;
		}
	}
}

static const struct tend_milestone *row_called(
	const struct tend_list *all, int64_t run, const char *key)
{
	for (size_t i = 0; i < all->n; i++) {
		const struct tend_milestone *m = tend_list_at(all, i);
		if (m->run_id == run && strcmp(m->key, key) == 0) {
			return m;
		}
	}
	return NULL;
}

static void add_moved(struct tend_list *lines, const struct tend_milestone *m, struct tend_date due)
{
	if (m->due.day == due.day) {
		return;
	}
	struct tend_plan_line *line = tend_list_add(lines);
	line->customer_id = m->customer_id;
	line->customer = tend_arena_strdup(&lines->arena, m->customer);
	line->key = tend_arena_strdup(&lines->arena, m->key);
	line->occurrence = m->occurrence;
	line->action = tend_upgrade_action_name(TEND_UPGRADE_MOVED);
	line->title = tend_arena_strdup(
		&lines->arena, tend_pick((struct tend_text){m->title_en, m->title_zh}));
	line->due_before = m->due;
	line->due_after = due;
}

static enum tend_status move_rows(struct tend_app *a, const struct tend_customer *c,
	const struct tend_run *run, const struct tend_playbook *p, const struct tend_list *all,
	struct tend_list *lines, struct tend_error *err)
{
	struct tend_list rows;
	struct tend_schedule schedule = {0};
	rows_of(all, run->id, &rows);
	enum tend_status status = playbook_schedule(a, p, c, run->day, &rows, &schedule, err);
	for (size_t i = 0; i < schedule.n && status == TEND_OK; i++) {
		const struct tend_occurrence *o = &schedule.items[i];
		const struct tend_milestone *row =
			row_called(all, run->id, p->steps->milestones[o->milestone].key);
		if (row == NULL || !tend_is_open_state(row->state) || tend_upgrade_due_is_own(row)
			|| (row->due.day == o->due.day && row->projected == o->projected)) {
			continue;
		}
		if (lines != NULL) {
			add_moved(lines, row, o->due);
			continue;
		}
		struct tend_milestone m = *row;
		m.due = m.template_due = o->due;
		m.projected = o->projected;
		status = write_update(a, &tend_milestone_type, &m, c->id, err);
	}
	tend_schedule_finish(&schedule);
	tend_list_finish(&rows);
	return status;
}

enum tend_status playbook_follow(
	struct tend_app *a, const struct tend_customer *c, struct tend_error *err)
{
	return playbook_move(a, c, NULL, err);
}

enum tend_status playbook_move(struct tend_app *a, const struct tend_customer *c,
	struct tend_list *lines, struct tend_error *err)
{
	struct tend_list runs, all;
	enum tend_status status =
		read_list(a, TEND_READ_RUNS_OF, c->id, &tend_run_type, &runs, err);
	bool read = false;
	tend_list_init(&all, &tend_milestone_type);
	for (size_t i = 0; i < runs.n && status == TEND_OK; i++) {
		const struct tend_run *run = tend_list_at(&runs, i);
		const struct tend_playbook *p = run->open > 0 ? playbook_of_run(a, run) : NULL;
		if (p == NULL) {
			continue;
		}
		if (!read) {
			struct tend_value id = int_value(c->id);
			status = tend_store_read(
				a->store, TEND_READ_MILESTONES_OF, &id, 1, &all, err);
			read = true;
		}
		status = status != TEND_OK ? status : move_rows(a, c, run, p, &all, lines, err);
	}
	tend_list_finish(&all);
	tend_list_finish(&runs);
	return status;
}

enum tend_status playbook_add_step(struct tend_app *a, const struct tend_customer *c,
	const struct tend_run *run, size_t step, int64_t number, const struct tend_list *all,
	struct tend_error *err)
{
	const struct tend_playbook *p = playbook_of_run(a, run);
	struct tend_list rows;
	struct tend_schedule schedule = {0};
	struct tend_arena arena = {0};
	rows_of(all, run->id, &rows);
	enum tend_status status = playbook_schedule(a, p, c, run->day, &rows, &schedule, err);
	for (size_t i = 0; i < schedule.n && status == TEND_OK; i++) {
		if (schedule.items[i].milestone == step) {
			struct tend_milestone m;
			playbook_row(p, &schedule.items[i], c, run->id, number, &arena, &m);
			status = write_insert(a, &tend_milestone_type, &m, c->id, &m.id, err);
			status = status != TEND_OK
				? status
				: enroll_insert_items(a, &m, &p->steps->milestones[step], err);
		}
	}
	tend_arena_finish(&arena);
	tend_schedule_finish(&schedule);
	tend_list_finish(&rows);
	return status;
}
