/* SPDX-License-Identifier: MIT */
/* Reading milestones: what their rows say beside what follows from the day and their neighbours. */
#include <stdlib.h>
#include <string.h>

#include <tend/care.h>

#include "inside.h"

static bool is_open_among(const struct tend_list *rows, struct span span, const char *key, size_t n)
{
	for (size_t i = 0; i < span.n; i++) {
		const struct tend_milestone *m = tend_list_at(rows, span.first + i);
		if (tend_is_open_state(m->state) && strncmp(m->key, key, n) == 0
			&& m->key[n] == '\0') {
			return true;
		}
	}
	return false;
}

/* The keys of `after` that are still open among the customer's rows. */
static const char *waiting_for(
	const char *after, const struct tend_list *rows, struct span span, struct tend_arena *arena)
{
	struct tend_str text = {0};
	for (const char *at = after; *at != '\0';) {
		size_t n = strcspn(at, ",");
		if (n > 0 && is_open_among(rows, span, at, n)) {
			tend_str_addf(&text, "%s%.*s", text.len > 0 ? "," : "", (int)n, at);
		}
		at += n + (at[n] == ',');
	}
	const char *copy = text.len > 0 ? tend_arena_strdup(arena, tend_str_text(&text)) : NULL;
	tend_str_finish(&text);
	return copy;
}

static void fill(struct tend_app *a, struct tend_milestone *m, const char *customer_owner,
	struct tend_arena *arena)
{
	m->title = tend_pick((struct tend_text){m->title_en, m->title_zh});
	const struct tend_playbook *p = m->playbook != NULL ? playbook_kept(a, m->playbook) : NULL;
	m->playbook_title = p != NULL ? tend_arena_strdup(arena, tend_pick(p->title)) : m->playbook;
	bool late = tend_is_open_state(m->state) && m->due.day < a->today.day;
	m->overdue_days = late ? (int64_t)a->today.day - m->due.day : 0;
	if (m->owner == NULL || m->owner[0] == '\0') {
		m->owner = customer_owner;
	}
}

struct owner {
	int64_t id;
	const char *name;
};

static int by_id(const void *x, const void *y)
{
	int64_t a = ((const struct owner *)x)->id, b = ((const struct owner *)y)->id;
	return (a > b) - (a < b);
}

/* The owners of all customers, by id; names in `arena`. */
static enum tend_status read_owners(struct tend_app *a, struct tend_arena *arena,
	struct owner **ret, size_t *ret_n, struct tend_error *err)
{
	struct tend_list customers;
	enum tend_status status =
		read_list(a, TEND_READ_CUSTOMERS, 0, &tend_customer_type, &customers, err);
	*ret = tend_calloc(customers.n + 1, sizeof(**ret));
	*ret_n = customers.n;
	for (size_t i = 0; i < customers.n; i++) {
		const struct tend_customer *c = tend_list_at(&customers, i);
		(*ret)[i] = (struct owner){.id = c->id, .name = tend_arena_strdup(arena, c->owner)};
	}
	qsort(*ret, *ret_n, sizeof(**ret), by_id);
	tend_list_finish(&customers);
	return status;
}

enum tend_status milestones_fill(struct tend_app *a, struct tend_list *list,
	const struct tend_list *rows, struct tend_error *err)
{
	struct owner *owners = NULL;
	size_t nowners = 0;
	enum tend_status status = TEND_OK;
	bool one = list->n > 0;
	for (size_t i = 1; i < list->n && one; i++) {
		one = ((struct tend_milestone *)tend_list_at(list, i))->customer_id
			== ((struct tend_milestone *)tend_list_at(list, 0))->customer_id;
	}
	struct spans spans;
	spans_init(&spans, rows, offsetof(struct tend_milestone, customer_id));
	if (one) {
		const struct tend_milestone *first = tend_list_at(list, 0);
		struct tend_list customer;
		status = read_list(a, TEND_READ_CUSTOMER, first->customer_id, &tend_customer_type,
			&customer, err);
		owners = tend_calloc(1, sizeof(*owners));
		if (customer.n > 0) {
			const struct tend_customer *c = tend_list_at(&customer, 0);
			owners[nowners++] = (struct owner){
				.id = c->id, .name = tend_arena_strdup(&list->arena, c->owner)};
		}
		tend_list_finish(&customer);
	} else if (list->n > 0) {
		status = read_owners(a, &list->arena, &owners, &nowners, err);
	}
	for (size_t i = 0; i < list->n && status == TEND_OK; i++) {
		struct tend_milestone *m = tend_list_at(list, i);
		struct owner wanted = {.id = m->customer_id};
		const struct owner *o = bsearch(&wanted, owners, nowners, sizeof(*owners), by_id);
		if (m->after != NULL && m->after[0] != '\0') {
			m->waiting = waiting_for(
				m->after, rows, spans_of(&spans, m->customer_id), &list->arena);
		}
		fill(a, m, o != NULL ? o->name : NULL, &list->arena);
	}
	spans_finish(&spans);
	free(owners);
	return status;
}

enum tend_status tend_app_milestones(struct tend_app *a, int64_t customer_id,
	const struct tend_query *q, struct tend_list *ret, struct tend_error *err)
{
	enum tend_status status =
		read_list(a, customer_id != 0 ? TEND_READ_MILESTONES_OF : TEND_READ_MILESTONES,
			customer_id, &tend_milestone_type, ret, err);
	status = status != TEND_OK ? status : milestones_fill(a, ret, ret, err);
	return status != TEND_OK ? status : query_apply(a, ret, q, NULL, err);
}

enum tend_status tend_app_milestones_ahead(
	struct tend_app *a, int64_t customer_id, struct tend_list *ret, struct tend_error *err)
{
	struct tend_value args[] = {int_value(customer_id), {.type = TEND_DATE, .date = a->today}};
	tend_list_init(ret, &tend_milestone_type);
	enum tend_status status =
		tend_store_read(a->store, TEND_READ_MILESTONES_AHEAD_OF, args, 2, ret, err);
	/* What waits waits for open ones, which are all here. */
	return status != TEND_OK ? status : milestones_fill(a, ret, ret, err);
}

enum tend_status tend_app_due(struct tend_app *a, struct tend_duration within, bool overdue,
	const struct tend_query *q, struct tend_list *ret, struct tend_error *err)
{
	struct tend_date from = overdue ? (struct tend_date){-1000000} : a->today;
	struct tend_date to = tend_date_add(NULL, a->today, within);
	struct tend_value args[] = {
		{.type = TEND_DATE, .date = from}, {.type = TEND_DATE, .date = to}};
	tend_list_init(ret, &tend_milestone_type);
	enum tend_status status =
		tend_store_read(a->store, TEND_READ_MILESTONES_DUE, args, 2, ret, err);
	struct tend_list open;
	tend_list_init(&open, &tend_milestone_type);
	if (status == TEND_OK) {
		status = tend_store_read(a->store, TEND_READ_MILESTONES_OPEN, NULL, 0, &open, err);
	}
	status = status != TEND_OK ? status : milestones_fill(a, ret, &open, err);
	tend_list_finish(&open);
	return status != TEND_OK ? status : query_apply(a, ret, q, NULL, err);
}

enum tend_status tend_app_items(
	struct tend_app *a, int64_t milestone_id, struct tend_list *ret, struct tend_error *err)
{
	enum tend_status status =
		read_list(a, TEND_READ_ITEMS_OF, milestone_id, &tend_item_type, ret, err);
	for (size_t i = 0; i < ret->n; i++) {
		struct tend_item *item = tend_list_at(ret, i);
		item->title = tend_pick((struct tend_text){item->title_en, item->title_zh});
	}
	return status;
}

enum tend_status milestone_read(struct tend_app *a, int64_t id, struct tend_list *ret,
	struct tend_milestone **ret_milestone, struct tend_error *err)
{
	enum tend_status status =
		read_list(a, TEND_READ_MILESTONE, id, &tend_milestone_type, ret, err);
	if (status == TEND_OK && ret->n == 0) {
		status = tend_fail(err, TEND_NOT_FOUND, _("there is no such milestone any more"));
	}
	if (status == TEND_OK) {
		*ret_milestone = tend_list_at(ret, 0);
	}
	return status;
}

/* --- finding --- */

static enum tend_status explain_unknown(
	const struct tend_list *rows, const char *name, const char *key, struct tend_error *err)
{
	const char **words = tend_calloc(rows->n + 1, sizeof(*words));
	bool has_key = false;
	for (size_t i = 0; i < rows->n; i++) {
		words[i] = ((const struct tend_milestone *)tend_list_at(rows, i))->key;
		has_key = has_key || strcmp(words[i], key) == 0;
	}
	const char *near = has_key ? NULL : tend_nearest(key, words, rows->n);
	enum tend_status status = near != NULL
		? tend_fail(err, TEND_NOT_FOUND,
			_("the customer has no milestone \"%s\"; did you mean \"%s\"?"), name, near)
		: tend_fail(err, TEND_NOT_FOUND, _("the customer has no milestone \"%s\""), name);
	free(words);
	return status;
}

enum tend_status tend_app_find_milestone(struct tend_app *a, int64_t customer_id, const char *name,
	int64_t *ret_id, struct tend_error *err)
{
	char key[TEND_KEY_MAX + 1];
	int64_t number = 0;
	if (!tend_milestone_name_parse(name, key, sizeof(key), &number)) {
		return tend_fail(err, TEND_NOT_FOUND,
			_("\"%s\" does not name a milestone; write KEY, or KEY#N where it repeats"),
			name);
	}
	struct tend_list rows;
	enum tend_status status = read_list(
		a, TEND_READ_MILESTONES_OF, customer_id, &tend_milestone_type, &rows, err);
	const struct tend_milestone *found = NULL;
	for (size_t i = 0; i < rows.n; i++) {
		const struct tend_milestone *m = tend_list_at(&rows, i);
		if (strcmp(m->key, key) != 0 || (number != 0 && m->occurrence != number)) {
			continue;
		}
		/* The first open one; where none is open, the last. */
		if (found == NULL || !tend_is_open_state(found->state)) {
			found = m;
		}
	}
	if (found != NULL) {
		*ret_id = found->id;
	} else if (status == TEND_OK) {
		status = explain_unknown(&rows, name, key, err);
	}
	tend_list_finish(&rows);
	return status;
}

/* --- what the template says --- */

static void fill_detail(const struct tend_journey *j, const struct tend_milestone *m,
	struct tend_arena *arena, struct tend_milestone_detail *ret)
{
	for (size_t i = 0; i < j->nmilestones; i++) {
		const struct tend_template_milestone *t = &j->milestones[i];
		if (!tend_same(t->key, m->key)) {
			continue;
		}
		if (t->guide.en != NULL || t->guide.zh != NULL) {
			ret->guide = tend_arena_strdup(arena, tend_pick(t->guide));
		}
		if (t->deliverable.en != NULL || t->deliverable.zh != NULL) {
			ret->deliverable = tend_arena_strdup(arena, tend_pick(t->deliverable));
		}
	}
}

enum tend_status tend_app_milestone_detail(struct tend_app *a, const struct tend_milestone *m,
	struct tend_arena *arena, struct tend_milestone_detail *ret, struct tend_error *err)
{
	*ret = (struct tend_milestone_detail){0};
	struct tend_enrollment e;
	const struct tend_playbook *p = m->playbook != NULL ? playbook_kept(a, m->playbook) : NULL;
	if (p != NULL) {
		fill_detail(p->steps, m, arena, ret);
	}
	enum tend_status status = tend_store_enrollment(a->store, m->customer_id, &e, err);
	const struct tend_journey *j =
		status == TEND_OK && e.id != 0 ? journey_kept(a, e.journey, e.version) : NULL;
	if (j == NULL) {
		return status;
	}
	for (size_t i = 0; i < j->nstages; i++) {
		if (tend_same(j->stages[i].key, m->stage)) {
			ret->stage_title = tend_arena_strdup(arena, tend_pick(j->stages[i].title));
		}
	}
	fill_detail(j, m, arena, ret);
	return TEND_OK;
}

enum tend_status tend_app_stages(struct tend_app *a, const struct tend_customer *c,
	struct tend_arena *arena, struct tend_pack_stage **ret, size_t *ret_n,
	struct tend_error *err)
{
	*ret = NULL;
	*ret_n = 0;
	struct tend_enrollment e;
	enum tend_status status = tend_store_enrollment(a->store, c->id, &e, err);
	const struct tend_journey *j =
		status == TEND_OK && e.id != 0 ? journey_stages(a, e.journey, e.version) : NULL;
	if (j == NULL) {
		return status;
	}
	struct tend_list rows;
	tend_list_init(&rows, &tend_milestone_type);
	struct progress p = {.journey = j, .milestones = &rows};
	struct tend_schedule_input in = {.start = e.start,
		.renewal = renewal_of(e.start, c->term_months),
		.calendar = stages_count_workdays(j) ? journey_calendar(a, j) : NULL};
	if (stages_hang_on_milestones(j)) {
		tend_list_finish(&rows);
		status = read_list(
			a, TEND_READ_MILESTONES_OF, c->id, &tend_milestone_type, &rows, err);
		progress_fill(&in, &p);
	}
	struct tend_pack_stage *stages =
		tend_arena_alloc(arena, (j->nstages + 1) * sizeof(*stages));
	for (size_t i = 0; i < j->nstages; i++) {
		stages[i] =
			(struct tend_pack_stage){.key = tend_arena_strdup(arena, j->stages[i].key),
				.title = tend_arena_strdup(arena, tend_pick(j->stages[i].title)),
				.from = tend_journey_stage_from(j, i, &in),
				.current = tend_same(j->stages[i].key, c->stage)};
	}
	tend_list_finish(&rows);
	*ret = stages;
	*ret_n = j->nstages;
	return status;
}
