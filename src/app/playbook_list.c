/* SPDX-License-Identifier: MIT */
/* The playbooks that are at hand, and those that were run. */
#include <stdlib.h>
#include <string.h>

#include <tend/fields.h>

#include "playbook.h"

static const char *const sources[] = {"built-in", "config", "store", NULL};

static const struct tend_field row_fields[] = {
	TEXT(struct tend_playbook_row, key, TEND_F_KEY | TEND_F_DERIVED, "Playbook", "预案"),
	INT(struct tend_playbook_row, version, TEND_F_WIDE | TEND_F_DERIVED, "Version", "版本"),
	TEXT(struct tend_playbook_row, title, TEND_F_DERIVED, "Title", "标题"),
	INT(struct tend_playbook_row, steps, TEND_F_DERIVED, "Steps", "步骤"),
	INT(struct tend_playbook_row, effort, TEND_F_WIDE | TEND_F_DERIVED, "Effort (minutes)",
		"工作量（分钟）"),
	TEXT(struct tend_playbook_row, source, TEND_F_DERIVED, "Source", "来源", .values = sources),
	INT(struct tend_playbook_row, running, TEND_F_DERIVED, "Running", "执行中"),
	TAGS(struct tend_playbook_row, suggested, TEND_F_DERIVED, "Suggested by", "预警建议"),
	BOOL(struct tend_playbook_row, suits, TEND_F_DERIVED, "Suits", "适用"),
	TEXT(struct tend_playbook_row, when, TEND_F_WIDE | TEND_F_DERIVED, "For whom", "适用条件"),
};
const struct tend_record_type tend_playbook_row_type =
	RECORD_TYPE_OF(struct tend_playbook_row, "playbook", "Playbook", "预案", row_fields);

enum tend_status tend_app_runs(struct tend_app *a, int64_t customer_id, const struct tend_query *q,
	struct tend_list *ret, struct tend_error *err)
{
	enum tend_status status =
		read_list(a, customer_id != 0 ? TEND_READ_RUNS_OF : TEND_READ_RUNS, customer_id,
			&tend_run_type, ret, err);
	return status != TEND_OK ? status : query_apply(a, ret, q, NULL, err);
}

/* The rules of the alerts, not resolved, of these customers that suggest the playbook; all of one customer's. */
struct situation {
	struct tend_list runs, alerts, customers;
	struct ids ids; /* of the customers, in order */
};

static void situation_finish(struct situation *s)
{
	tend_list_finish(&s->runs);
	tend_list_finish(&s->alerts);
	tend_list_finish(&s->customers);
	ids_finish(&s->ids);
}

static enum tend_status situation_read(struct tend_app *a, const int64_t *ids, size_t n,
	struct situation *s, struct tend_error *err)
{
	*s = (struct situation){0};
	tend_list_init(&s->alerts, &tend_alert_type);
	tend_list_init(&s->customers, &tend_customer_type);
	enum tend_status status = read_list(a, TEND_READ_RUNS, 0, &tend_run_type, &s->runs, err);
	if (status == TEND_OK && n > 0) {
		status = playbook_customers(a, ids, n, &s->customers, err);
		status = status != TEND_OK
			? status
			: tend_app_alerts(a, n == 1 ? ids[0] : 0, false, NULL, &s->alerts, err);
	}
	for (size_t i = 0; i < n; i++) {
		ids_add(&s->ids, ids[i]);
	}
	ids_settle(&s->ids);
	return status;
}

static int by_id(const void *x, const void *y)
{
	int64_t a = *(const int64_t *)x, b = *(const int64_t *)y;
	return (a > b) - (a < b);
}

static bool is_among(const struct ids *ids, int64_t id)
{
	return ids->n > 0 && bsearch(&id, ids->items, ids->n, sizeof(*ids->items), by_id) != NULL;
}

static void fill_suggested(
	const struct situation *s, struct tend_playbook_row *row, struct tend_arena *arena)
{
	struct tend_str rules = {0};
	for (size_t i = 0; i < s->alerts.n; i++) {
		const struct tend_alert *v = tend_list_at(&s->alerts, i);
		if (playbook_named(v->suggest, row->key)
			&& !playbook_named(tend_str_text(&rules), v->rule)
			&& is_among(&s->ids, v->customer_id)) {
			tend_str_addf(&rules, "%s%s", rules.len > 0 ? "," : "", v->rule);
		}
	}
	row->suggested = rules.len > 0 ? tend_arena_strdup(arena, tend_str_text(&rules)) : NULL;
	tend_str_finish(&rules);
}

static int64_t count_running(const struct situation *s, const char *key, bool of_some)
{
	int64_t n = 0;
	for (size_t i = 0; i < s->runs.n; i++) {
		const struct tend_run *run = tend_list_at(&s->runs, i);
		n += run->open > 0 && strcmp(run->playbook, key) == 0
			&& (!of_some || is_among(&s->ids, run->customer_id));
	}
	return n;
}

/* Whether it suits all of the customers. */
static enum tend_status fill_suits(struct tend_app *a, const struct tend_playbook *p,
	const struct situation *s, struct tend_playbook_row *row, struct tend_error *err)
{
	struct playbook_truths truths;
	enum tend_status status = playbook_judge(a, p, &s->customers, &truths, err);
	row->suits = 1;
	for (size_t i = 0; i < s->customers.n; i++) {
		row->suits = row->suits == 1 && truths.suits[i] == TEND_TRUE;
	}
	playbook_truths_finish(&truths);
	return status;
}

static enum tend_status fill(struct tend_app *a, const struct tend_playbook *p,
	const struct source *f, const struct situation *s, bool of_some,
	struct tend_playbook_row *row, struct tend_arena *arena, struct tend_error *err)
{
	tend_record_clear(&tend_playbook_row_type, row);
	row->key = tend_arena_strdup(arena, p->key);
	row->version = p->version;
	row->title = tend_arena_strdup(arena, tend_pick(p->title));
	row->steps = (int64_t)p->steps->nmilestones;
	row->effort = 0;
	for (size_t i = 0; i < p->steps->nmilestones; i++) {
		int effort = p->steps->milestones[i].effort;
		row->effort += effort > 0 ? effort : 0;
	}
	row->source = f->origin;
	row->when = tend_arena_strdup(arena, p->when);
	row->running = count_running(s, p->key, of_some);
	if (!of_some) {
		return TEND_OK;
	}
	fill_suggested(s, row, arena);
	return fill_suits(a, p, s, row, err);
}

/* Suggested ones first, then those that suit; by key. */
static int compare(const void *x, const void *y)
{
	const struct tend_playbook_row *a = x, *b = y;
	int order = (b->suggested != NULL) - (a->suggested != NULL);
	order = order != 0 ? order : (b->suits == 1) - (a->suits == 1);
	order = order != 0 ? order : strcmp(a->key, b->key);
	return order != 0 ? order : (a->version > b->version) - (a->version < b->version);
}

static bool is_listed(const struct tend_list *list, const char *key, int64_t version)
{
	for (size_t i = 0; i < list->n; i++) {
		const struct tend_playbook_row *row = tend_list_at(list, i);
		if (strcmp(row->key, key) == 0 && (version == 0 || row->version == version)) {
			return true;
		}
	}
	return false;
}

enum tend_status tend_app_playbooks(struct tend_app *a, const int64_t *ids, size_t n,
	const struct tend_query *q, struct tend_list *ret, struct tend_error *err)
{
	struct situation s;
	tend_list_init(ret, &tend_playbook_row_type);
	enum tend_status status = situation_read(a, ids, n, &s, err);
	const struct source *f;
	for (size_t i = 0;
		status == TEND_OK && (f = sources_at(&a->sources, TEND_KIND_PLAYBOOK, i)) != NULL;
		i++) {
		const struct tend_playbook *p = NULL;
		const struct source *same;
		char *name = tend_format("%s@%lld", f->key, (long long)source_version(f));
		/* For customers each once, as it would be run; one that cannot be read is for check to explain. */
		if (!is_listed(ret, f->key, n > 0 ? 0 : source_version(f))
			&& playbook_find(a, name, &same, &p, NULL) == TEND_OK) {
			status = fill(a, p, f, &s, n > 0, tend_list_add(ret), &ret->arena, err);
		}
		free(name);
	}
	if (ret->n > 1) {
		qsort(ret->items, ret->n, ret->type->size, compare);
	}
	situation_finish(&s);
	return status != TEND_OK ? status : query_apply(a, ret, q, NULL, err);
}
