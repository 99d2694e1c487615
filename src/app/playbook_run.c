/* SPDX-License-Identifier: MIT */
/* Running a playbook: what it adds to whose plan, to be read before or done. */
#include <stdlib.h>
#include <string.h>

#include <tend/care.h>
#include <tend/upgrade.h>

#include "playbook.h"

/* Customers as messages name them: the first few. */
#define NAMES_SHOWN 5

struct names {
	struct tend_str text;
	size_t n;
};

struct run {
	struct tend_app *a;
	const struct source *file;
	const struct tend_playbook *p;
	struct tend_date day;
	struct tend_list customers;
	struct playbook_truths truths;
	struct tend_list *lines; /* what would be added; NULL: it is */
	size_t started, added, left_out;
	struct names misfits, running, empty;
	struct tend_arena arena;
};

static void name_add(struct names *names, const char *key)
{
	if (names->n < NAMES_SHOWN) {
		tend_str_addf(&names->text, "%s%s", names->n > 0 ? ", " : "", key);
	} else if (names->n == NAMES_SHOWN) {
		tend_str_add(&names->text, ", …");
	}
	names->n++;
}

static void run_finish(struct run *r)
{
	tend_str_finish(&r->misfits.text);
	tend_str_finish(&r->running.text);
	tend_str_finish(&r->empty.text);
	playbook_truths_finish(&r->truths);
	tend_list_finish(&r->customers);
	tend_arena_finish(&r->arena);
}

static enum tend_status run_init(struct run *r, struct tend_app *a, const char *name,
	const int64_t *ids, size_t n, struct tend_date day, struct tend_error *err)
{
	*r = (struct run){.a = a, .day = tend_has_date(day) ? day : a->today};
	tend_list_init(&r->customers, &tend_customer_type);
	enum tend_status status = playbook_find(a, name, &r->file, &r->p, err);
	status = status != TEND_OK ? status : playbook_customers(a, ids, n, &r->customers, err);
	return status != TEND_OK ? status : playbook_judge(a, r->p, &r->customers, &r->truths, err);
}

/* --- one customer --- */

static enum tend_status is_running(
	struct run *r, const struct tend_customer *c, bool *ret, struct tend_error *err)
{
	struct tend_list runs;
	enum tend_status status =
		read_list(r->a, TEND_READ_RUNS_OF, c->id, &tend_run_type, &runs, err);
	*ret = false;
	for (size_t i = 0; i < runs.n; i++) {
		const struct tend_run *run = tend_list_at(&runs, i);
		*ret = *ret || (run->open > 0 && tend_same(run->playbook, r->p->key));
	}
	tend_list_finish(&runs);
	return status;
}

/* How often it ran for the customer with this one, by its rows: the number of theirs. */
static int64_t next_number(const struct run *r, const struct tend_list *rows)
{
	int64_t last = 0;
	size_t n = strlen(r->p->key);
	for (size_t i = 0; i < rows->n; i++) {
		const struct tend_milestone *m = tend_list_at(rows, i);
		if (strncmp(m->key, r->p->key, n) == 0 && m->key[n] == '.'
			&& m->occurrence > last) {
			last = m->occurrence;
		}
	}
	return last + 1;
}

/* The rule whose alert, not resolved, suggests the playbook: the most severe. */
static const char *rule_of(struct run *r, const struct tend_customer *c)
{
	struct tend_list alerts;
	const char *rule = NULL;
	if (tend_app_alerts(r->a, c->id, false, NULL, &alerts, NULL) == TEND_OK) {
		for (size_t i = 0; i < alerts.n && rule == NULL; i++) {
			const struct tend_alert *v = tend_list_at(&alerts, i);
			rule = playbook_named(v->suggest, r->p->key)
				? tend_arena_strdup(&r->arena, v->rule)
				: NULL;
		}
	}
	tend_list_finish(&alerts);
	return rule;
}

static void add_line(struct run *r, const struct tend_customer *c, const struct tend_milestone *m)
{
	struct tend_plan_line *line = tend_list_add(r->lines);
	*line = (struct tend_plan_line){.customer_id = c->id,
		.customer = tend_arena_strdup(&r->lines->arena, c->key),
		.key = tend_arena_strdup(&r->lines->arena, m->key),
		.occurrence = m->occurrence,
		.action = tend_upgrade_action_name(TEND_UPGRADE_ADDED),
		.title = tend_arena_strdup(
			&r->lines->arena, tend_pick((struct tend_text){m->title_en, m->title_zh})),
		.due_before = TEND_NO_DATE,
		.due_after = m->due};
}

static enum tend_status add_step(struct run *r, const struct tend_customer *c,
	const struct tend_occurrence *o, int64_t run_id, int64_t number, struct tend_error *err)
{
	struct tend_milestone m;
	playbook_row(r->p, o, c, run_id, number, &r->arena, &m);
	r->added++;
	if (r->lines != NULL) {
		add_line(r, c, &m);
		return TEND_OK;
	}
	enum tend_status status = write_insert(r->a, &tend_milestone_type, &m, c->id, &m.id, err);
	return status != TEND_OK
		? status
		: enroll_insert_items(r->a, &m, &r->p->steps->milestones[o->milestone], err);
}

static enum tend_status add_run(
	struct run *r, const struct tend_customer *c, int64_t *ret_id, struct tend_error *err)
{
	struct tend_run run;
	tend_record_clear(&tend_run_type, &run);
	run.customer_id = c->id;
	run.playbook = r->p->key;
	run.version = r->p->version;
	run.day = r->day;
	run.alert = rule_of(r, c);
	return write_insert(r->a, &tend_run_type, &run, c->id, ret_id, err);
}

/* What conditions said of an earlier run that had the number, and was taken back, is forgotten. */
static enum tend_status forget_said(
	struct run *r, const struct tend_customer *c, int64_t number, struct tend_error *err)
{
	enum tend_status status = TEND_OK;
	for (size_t i = 0; i < r->p->steps->nmilestones && status == TEND_OK; i++) {
		const struct tend_template_milestone *t = &r->p->steps->milestones[i];
		struct tend_milestone row = {
			.key = t->key, .occurrence = number, .repeats = number > 1};
		struct tend_condition none = {.customer_id = c->id,
			.name = tend_milestone_name(&row, &r->arena),
			.truth = TEND_NO_INT};
		if (t->when_expr != NULL || t->done_when_expr != NULL) {
			status = tend_store_put_condition(r->a->store, &none, err);
		}
	}
	return status;
}

static size_t count_left_out(const struct run *r, const enum tend_truth *steps)
{
	size_t n = 0;
	for (size_t i = 0; i < r->p->steps->nmilestones; i++) {
		n += steps[i] != TEND_TRUE;
	}
	return n;
}

static enum tend_status start(struct run *r, const struct tend_customer *c,
	const enum tend_truth *steps, struct tend_error *err)
{
	struct tend_list rows, none;
	struct tend_schedule schedule = {0};
	int64_t run_id = 0;
	tend_list_init(&none, &tend_milestone_type);
	enum tend_status status =
		read_list(r->a, TEND_READ_MILESTONES_OF, c->id, &tend_milestone_type, &rows, err);
	status = status != TEND_OK
		? status
		: playbook_schedule(r->a, r->p, c, r->day, &none, &schedule, err);
	if (status == TEND_OK && r->lines == NULL) {
		status = add_run(r, c, &run_id, err);
	}
	int64_t number = next_number(r, &rows);
	if (status == TEND_OK && r->lines == NULL) {
		status = forget_said(r, c, number, err);
	}
	for (size_t i = 0; i < schedule.n && status == TEND_OK; i++) {
		if (steps[schedule.items[i].milestone] == TEND_TRUE) {
			status = add_step(r, c, &schedule.items[i], run_id, number, err);
		}
	}
	r->started++;
	r->left_out += count_left_out(r, steps);
	tend_schedule_finish(&schedule);
	tend_list_finish(&rows);
	return status;
}

static enum tend_status run_all(struct run *r, struct tend_error *err)
{
	enum tend_status status = TEND_OK;
	for (size_t i = 0; i < r->customers.n && status == TEND_OK; i++) {
		const struct tend_customer *c = tend_list_at(&r->customers, i);
		const enum tend_truth *steps = r->truths.steps + i * r->p->steps->nmilestones;
		bool running;
		status = is_running(r, c, &running, err);
		if (status != TEND_OK) {
			break;
		}
		if (running) {
			name_add(&r->running, c->key);
			continue;
		}
		if (r->truths.suits[i] != TEND_TRUE) {
			name_add(&r->misfits, c->key);
		}
		if (count_left_out(r, steps) == r->p->steps->nmilestones) {
			name_add(&r->empty, c->key);
			continue;
		}
		status = start(r, c, steps, err);
	}
	return status;
}

/* --- what is said --- */

static void say(const struct run *r, struct tend_done *done)
{
	struct tend_arena *arena = &done->arena;
	const char *key = r->p->key;
	const char *customer = r->customers.n == 1
		? ((const struct tend_customer *)tend_list_at(&r->customers, 0))->key
		: NULL;
	if (r->started == 0) {
		done->summary = tend_arena_format(arena, _("playbook %s: nothing added"), key);
	} else if (customer != NULL) {
		done->summary = tend_arena_format(arena,
			r->added == 1 ? _("playbook %s started for %s: %zu milestone")
				      : _("playbook %s started for %s: %zu milestones"),
			key, customer, r->added);
	} else {
		done->summary = tend_arena_format(arena,
			r->started == 1
				? _("playbook %s started for %zu customer: %zu milestones")
				: _("playbook %s started for %zu customers: %zu milestones"),
			key, r->started, r->added);
	}
	if (r->running.n > 0) {
		done_warn(done, _("%s is running already for %s"), key,
			tend_str_text(&r->running.text));
	}
	if (r->misfits.n > 0) {
		done_warn(done, _("its condition (%s) is not true for %s"), r->p->when,
			tend_str_text(&r->misfits.text));
	}
	if (r->empty.n > 0) {
		done_warn(done, _("no step's condition is true for %s"),
			tend_str_text(&r->empty.text));
	}
	done_warn_left_out(done, r->left_out);
}

/* What is published comes before what lies in the folder, also where that is newer. */
static void say_newer(struct run *r, struct tend_done *done)
{
	const struct source *f;
	int64_t newest = 0;
	for (size_t i = 0; (f = sources_at(&r->a->sources, TEND_KIND_PLAYBOOK, i)) != NULL; i++) {
		int64_t version = strcmp(f->key, r->p->key) == 0 ? source_version(f) : 0;
		newest = version > newest ? version : newest;
	}
	if (newest > r->p->version) {
		done_warn(done, _("version %d of %s is at hand too: run %s@%d, or publish it"),
			(int)newest, r->p->key, r->p->key, (int)newest);
	}
}

enum tend_status tend_app_playbook_plan(struct tend_app *a, const char *name, const int64_t *ids,
	size_t n, struct tend_date day, struct tend_list *ret, struct tend_done *done,
	struct tend_error *err)
{
	struct run r;
	done_begin(a, done);
	tend_list_init(ret, &tend_plan_type);
	enum tend_status status = run_init(&r, a, name, ids, n, day, err);
	r.lines = ret;
	status = status != TEND_OK ? status : run_all(&r, err);
	if (status == TEND_OK) {
		say(&r, done);
		done->changes = (int64_t)r.added;
		if (strchr(name, '@') == NULL) {
			say_newer(&r, done);
		}
	}
	run_finish(&r);
	return status;
}

enum tend_status tend_app_playbook_run(struct tend_app *a, const char *name, const int64_t *ids,
	size_t n, struct tend_date day, struct tend_done *ret, struct tend_error *err)
{
	struct run r;
	done_begin(a, ret);
	enum tend_status status = run_init(&r, a, name, ids, n, day, err);
	if (status == TEND_OK) {
		status = write_begin(a, err);
		if (status != TEND_OK) {
			run_finish(&r);
			return status;
		}
		bool stored = strcmp(r.file->origin, "store") == 0;
		status = stored ? TEND_OK : document_put(a, r.file, err);
		int64_t published = a->writes;
		status = status != TEND_OK ? status : run_all(&r, err);
		if (a->writes == published) {
			a->writes = 0; /* publishing alone was not asked for */
		}
		if (status == TEND_OK) {
			say(&r, ret);
			if (strchr(name, '@') == NULL) {
				say_newer(&r, ret);
			}
		}
		status = write_end(a, status, ret, err);
		sources_forget(&a->sources);
	}
	run_finish(&r);
	return status;
}
