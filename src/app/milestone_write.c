/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include <tend/care.h>

#include "inside.h"

#define MILESTONES_MAX 5000 /* of one customer */

static const char *const states[] = {"todo", "doing", "blocked", "done", "skipped"};

static bool is_state(const char *state)
{
	for (size_t i = 0; i < sizeof(states) / sizeof(states[0]); i++) {
		if (strcmp(states[i], state) == 0) {
			return true;
		}
	}
	return false;
}

/* What a person should know of a milestone that is done early. */
static enum tend_status warn(struct tend_app *a, const struct tend_milestone *m,
	struct tend_str *warning, struct tend_error *err)
{
	const char *gap = warning->len > 0 ? "; " : "";
	if (m->items > m->items_done) {
		tend_str_addf(warning, _("%s%s: %lld of %lld items are open"), gap, m->key,
			(long long)(m->items - m->items_done), (long long)m->items);
		gap = "; ";
	}
	if (m->after == NULL || m->after[0] == '\0') {
		return TEND_OK;
	}
	struct tend_list rows;
	enum tend_status status = read_list(
		a, TEND_READ_MILESTONES_OF, m->customer_id, &tend_milestone_type, &rows, err);
	status = status != TEND_OK ? status : milestones_fill(a, &rows, &rows, err);
	for (size_t i = 0; status == TEND_OK && i < rows.n; i++) {
		const struct tend_milestone *row = tend_list_at(&rows, i);
		if (row->id == m->id && row->waiting != NULL) {
			tend_str_addf(
				warning, _("%s%s was waiting for %s"), gap, m->key, row->waiting);
		}
	}
	tend_list_finish(&rows);
	return status;
}

struct state_change {
	const char *state, *reason;
	struct tend_str warning;
	const char *name, *customer; /* of the one that changed last, in `arena` */
	struct tend_arena *arena;
	size_t changed;
};

static enum tend_status change_state(
	struct tend_app *a, int64_t id, struct state_change *ch, struct tend_error *err)
{
	struct tend_list list;
	struct tend_milestone *m = NULL;
	enum tend_status status = milestone_read(a, id, &list, &m, err);
	if (status == TEND_OK) {
		bool done = strcmp(ch->state, "done") == 0;
		bool explains =
			strcmp(ch->state, "blocked") == 0 || strcmp(ch->state, "skipped") == 0;
		const char *reason =
			explains ? (ch->reason != NULL ? ch->reason : m->reason) : NULL;
		bool same = tend_same(m->state, ch->state) && tend_same(reason, m->reason);
		ch->name = tend_milestone_name(m, ch->arena);
		ch->customer = tend_arena_strdup(ch->arena, m->customer);
		if (!same) {
			status = done ? warn(a, m, &ch->warning, err) : TEND_OK;
			if (status == TEND_OK && !tend_is_open_state(m->state)
				&& tend_is_open_state(ch->state)) {
				status = conditions_taken_back(a, m, err);
			}
			m->by_condition = 0;
			m->state = ch->state;
			m->done_on = done ? a->today : TEND_NO_DATE;
			m->reason = reason;
			ch->changed++;
			status = status != TEND_OK
				? status
				: write_update(a, &tend_milestone_type, m, m->customer_id, err);
		}
	}
	tend_list_finish(&list);
	return status;
}

/* "milestone kickoff done (acme)" */
static const char *state_summary(struct tend_arena *arena, const struct state_change *ch, size_t n)
{
	static const struct {
		const char *state, *one, *many;
	} words[] = {
		{"todo", N_("milestone %s reopened (%s)"), N_("%zu milestones reopened")},
		{"doing", N_("milestone %s started (%s)"), N_("%zu milestones started")},
		{"blocked", N_("milestone %s blocked (%s)"), N_("%zu milestones blocked")},
		{"done", N_("milestone %s done (%s)"), N_("%zu milestones done")},
		{"skipped", N_("milestone %s skipped (%s)"), N_("%zu milestones skipped")},
	};
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (strcmp(words[i].state, ch->state) == 0) {
			return n == 1
				? tend_arena_format(arena, _(words[i].one), ch->name, ch->customer)
				: tend_arena_format(arena, _(words[i].many), n);
		}
	}
	return "";
}

enum tend_status tend_app_milestone_state(struct tend_app *a, const int64_t *ids, size_t n,
	const char *state, const char *reason, struct tend_done *ret, struct tend_error *err)
{
	done_begin(a, ret);
	if (!is_state(state)) {
		return tend_fail(err, TEND_USAGE,
			_("\"%s\" is not a state; it is todo, doing, blocked, done or skipped"),
			state);
	}
	struct state_change ch = {.state = state, .arena = &ret->arena, .name = "", .customer = ""};
	ch.reason = given_text(a, reason, ch.arena);
	enum tend_status status = write_begin(a, err);
	if (status != TEND_OK) {
		return status;
	}
	for (size_t i = 0; i < n && status == TEND_OK; i++) {
		status = change_state(a, ids[i], &ch, err);
	}
	status = status != TEND_OK ? status : enroll_follow(a, err);
	ret->summary = state_summary(&ret->arena, &ch,
		ch.changed > 1   ? ch.changed
			: n == 1 ? 1
				 : n);
	status = write_end(a, status, ret, err);
	if (status == TEND_OK && ret->changes == 0) {
		ret->summary = n == 1 ? tend_arena_format(&ret->arena,
				       _("milestone %s is %s already"), ch.name, _(state))
				      : tend_arena_strdup(&ret->arena, _("nothing to change"));
	}
	if (ch.warning.len > 0) {
		done_warn(ret, "%s", tend_str_text(&ch.warning));
	}
	tend_str_finish(&ch.warning);
	return status;
}

/* --- set --- */

static enum tend_status set_field(struct tend_app *a, struct tend_milestone *m,
	const struct tend_assignment *f, struct tend_arena *arena, struct tend_error *err)
{
	const struct tend_field *field = tend_field_find(&tend_milestone_type, f->field);
	if (field == NULL || !(field->flags & TEND_F_SETTABLE)) {
		static const char *const words[] = {"due", "owner", "title", "required", "visible"};
		const char *near = tend_nearest(f->field, words, sizeof(words) / sizeof(words[0]));
		return near != NULL ? tend_fail(err, TEND_USAGE,
			       _("\"%s\" of a milestone cannot be set; did you mean \"%s\"?"),
			       f->field, near)
				    : tend_fail(err, TEND_USAGE,
					    _("\"%s\" of a milestone cannot be set; these can: "
					      "due, owner, title, required, visible"),
					    f->field);
	}
	struct tend_value v;
	enum tend_status status = given_value(a, field, f->value, arena, &v, err);
	if (status != TEND_OK) {
		return status;
	}
	if (v.null && strcmp(f->field, "owner") != 0) {
		return tend_fail(err, TEND_USAGE, _("%s cannot be empty"), field->name);
	}
	tend_field_set(field, m, v);
	if (strcmp(f->field, "title") == 0) {
		m->title_en = m->title_zh = m->title;
	}
	if (strcmp(f->field, "due") == 0) {
		m->projected = 0;
	}
	return TEND_OK;
}

static bool same_milestone(const struct tend_milestone *x, const struct tend_milestone *y)
{
	return x->due.day == y->due.day && tend_same(x->owner, y->owner)
		&& tend_same(x->title_en, y->title_en) && tend_same(x->title_zh, y->title_zh)
		&& x->required == y->required && x->visible == y->visible;
}

enum tend_status tend_app_milestone_set(struct tend_app *a, const int64_t *ids, size_t nids,
	const struct tend_assignment *fields, size_t n, struct tend_done *ret,
	struct tend_error *err)
{
	done_begin(a, ret);
	enum tend_status status = write_begin(a, err);
	if (status != TEND_OK) {
		return status;
	}
	struct tend_str what = {0};
	given_summary(a, &tend_milestone_type, fields, n, &what);
	const char *name = "", *customer = "";
	for (size_t i = 0; i < nids && status == TEND_OK; i++) {
		struct tend_list list;
		struct tend_milestone *m = NULL;
		status = milestone_read(a, ids[i], &list, &m, err);
		struct tend_milestone before = m != NULL ? *m : (struct tend_milestone){0};
		for (size_t k = 0; k < n && status == TEND_OK; k++) {
			status = set_field(a, m, &fields[k], &list.arena, err);
		}
		if (status == TEND_OK) {
			name = tend_milestone_name(m, &ret->arena);
			customer = tend_arena_strdup(&ret->arena, m->customer);
		}
		if (status == TEND_OK && !same_milestone(m, &before)) {
			m->origin = tend_same(m->origin, "template") ? "edited" : m->origin;
			status = write_update(a, &tend_milestone_type, m, m->customer_id, err);
		}
		tend_list_finish(&list);
	}
	status = status != TEND_OK ? status : enroll_follow(a, err);
	ret->summary = nids == 1 ? tend_arena_format(&ret->arena, _("milestone %s set: %s (%s)"),
			       name, tend_str_text(&what), customer)
				 : tend_arena_format(&ret->arena, _("%zu milestones set: %s"), nids,
					 tend_str_text(&what));
	tend_str_finish(&what);
	return write_end(a, status, ret, err);
}

/* --- add --- */

static enum tend_status parse_new(struct tend_app *a, const struct tend_assignment *fields,
	size_t n, struct tend_milestone *m, struct tend_arena *arena, struct tend_error *err)
{
	static const char *const words[] = {
		"key", "title", "stage", "due", "owner", "required", "visible", "after", "effort"};
	const size_t nwords = sizeof(words) / sizeof(words[0]);
	for (size_t i = 0; i < n; i++) {
		bool known = false;
		for (size_t k = 0; k < nwords && !known; k++) {
			known = strcmp(words[k], fields[i].field) == 0;
		}
		if (!known) {
			const char *near = tend_nearest(fields[i].field, words, nwords);
			return near != NULL
				? tend_fail(err, TEND_USAGE,
					_("a milestone has no field \"%s\"; did you mean \"%s\"?"),
					fields[i].field, near)
				: tend_fail(err, TEND_USAGE, _("a milestone has no field \"%s\""),
					fields[i].field);
		}
		const struct tend_field *f = tend_field_find(&tend_milestone_type, fields[i].field);
		struct tend_value v;
		enum tend_status status = given_value(a, f, fields[i].value, arena, &v, err);
		if (status != TEND_OK) {
			return status;
		}
		tend_field_set(f, m, v);
	}
	const char *missing = m->key == NULL ? "key" : !tend_has_date(m->due) ? "due" : NULL;
	if (missing != NULL) {
		return tend_fail(err, TEND_USAGE, _("a milestone needs %s"), missing);
	}
	/* KEY#N names an occurrence, and lists of keys are separated by commas. */
	return strpbrk(m->key, "#,") == NULL
		? TEND_OK
		: tend_fail(
			err, TEND_USAGE, _("key: \"%s\" must have neither # nor comma"), m->key);
}

/* Where no stage is given: the one that the customer is in. */
static enum tend_status place_new(struct tend_app *a, struct tend_milestone *m,
	const struct tend_customer *c, struct tend_error *err)
{
	struct tend_list rows;
	enum tend_status status =
		read_list(a, TEND_READ_MILESTONES_OF, c->id, &tend_milestone_type, &rows, err);
	m->position = 1;
	m->occurrence = 1;
	if (status == TEND_OK && rows.n >= MILESTONES_MAX) {
		status = tend_fail(err, TEND_FAILED, _("%s has %zu milestones, which is the limit"),
			c->key, rows.n);
	}
	for (size_t i = 0; i < rows.n && status == TEND_OK; i++) {
		const struct tend_milestone *row = tend_list_at(&rows, i);
		if (strcmp(row->key, m->key) == 0) {
			status = tend_fail(err, TEND_FAILED, _("%s has a milestone \"%s\" already"),
				c->key, m->key);
		}
		m->position = row->position >= m->position ? row->position + 1 : m->position;
	}
	tend_list_finish(&rows);
	return status;
}

/* A stage that the customer's journey has; any where it has none. */
static enum tend_status check_stage(struct tend_app *a, const struct tend_customer *c,
	const char *stage, struct tend_error *err)
{
	struct tend_arena arena = {0};
	struct tend_pack_stage *stages = NULL;
	size_t n = 0;
	enum tend_status status = tend_app_stages(a, c, &arena, &stages, &n, err);
	const char **keys = tend_arena_alloc(&arena, (n + 1) * sizeof(*keys));
	bool known = n == 0 || stage == NULL;
	for (size_t i = 0; i < n; i++) {
		keys[i] = stages[i].key;
		known = known || strcmp(keys[i], stage) == 0;
	}
	if (status == TEND_OK && !known) {
		const char *near = tend_nearest(stage, keys, n);
		status = near != NULL ? tend_fail(err, TEND_USAGE,
				 _("%s has no stage \"%s\"; did you mean \"%s\"?"), c->journey,
				 stage, near)
				      : tend_fail(err, TEND_USAGE, _("%s has no stage \"%s\""),
					      c->journey, stage);
	}
	tend_arena_finish(&arena);
	return status;
}

static enum tend_status add(struct tend_app *a, int64_t customer_id, struct tend_milestone *m,
	struct tend_done *ret, struct tend_error *err)
{
	struct tend_list list = {0};
	enum tend_status status = tend_app_customer(a, customer_id, &list, err);
	const struct tend_customer *c = status == TEND_OK ? tend_list_at(&list, 0) : NULL;
	status = status != TEND_OK ? status : check_stage(a, c, m->stage, err);
	status = status != TEND_OK ? status : place_new(a, m, c, err);
	if (status == TEND_OK) {
		m->customer_id = customer_id;
		m->title = m->title != NULL ? m->title : m->key;
		m->title_en = m->title_zh = m->title;
		m->stage = m->stage != NULL ? m->stage : c->stage;
		m->state = "todo";
		m->origin = "added";
		m->repeats = m->projected = 0;
		ret->summary = tend_arena_format(
			&ret->arena, _("milestone %s added (%s)"), m->key, c->key);
		status = write_insert(a, &tend_milestone_type, m, customer_id, NULL, err);
	}
	tend_list_finish(&list);
	return status;
}

enum tend_status tend_app_milestone_add(struct tend_app *a, int64_t customer_id,
	const struct tend_assignment *fields, size_t n, struct tend_done *ret,
	struct tend_error *err)
{
	done_begin(a, ret);
	struct tend_milestone m;
	tend_record_clear(&tend_milestone_type, &m);
	m.required = 1;
	m.visible = 0;
	enum tend_status status = parse_new(a, fields, n, &m, &ret->arena, err);
	status = status != TEND_OK ? status : write_begin(a, err);
	if (status == TEND_OK) {
		status = add(a, customer_id, &m, ret, err);
		status = write_end(a, status, ret, err);
	}
	return status;
}

/* --- remove --- */

static enum tend_status remove_one(
	struct tend_app *a, int64_t id, struct tend_done *ret, struct tend_error *err)
{
	struct tend_list list;
	struct tend_milestone *m = NULL;
	enum tend_status status = milestone_read(a, id, &list, &m, err);
	if (status == TEND_OK && !tend_same(m->origin, "added")) {
		status = tend_fail(err, TEND_USAGE,
			_("%s is of a template: only milestones that were added by hand can be "
			  "removed; skip it instead"),
			tend_milestone_name(m, &ret->arena));
	} else if (status == TEND_OK) {
		ret->summary = tend_arena_format(
			&ret->arena, _("milestone %s removed (%s)"), m->key, m->customer);
		status = write_delete(a, &tend_milestone_type, m->id, m->customer_id, err);
	}
	tend_list_finish(&list);
	return status;
}

enum tend_status tend_app_milestone_remove(struct tend_app *a, const int64_t *ids, size_t n,
	struct tend_done *ret, struct tend_error *err)
{
	done_begin(a, ret);
	enum tend_status status = write_begin(a, err);
	if (status != TEND_OK) {
		return status;
	}
	for (size_t i = 0; i < n && status == TEND_OK; i++) {
		status = remove_one(a, ids[i], ret, err);
	}
	if (n > 1) {
		ret->summary = tend_arena_format(&ret->arena, _("%zu milestones removed"), n);
	}
	return write_end(a, status, ret, err);
}

/* --- items --- */

static enum tend_status check_item(struct tend_app *a, int64_t item_id,
	const struct tend_milestone *m, bool done, struct tend_done *ret, struct tend_error *err)
{
	struct tend_list items;
	struct tend_item *item = NULL;
	enum tend_status status = tend_app_items(a, m->id, &items, err);
	for (size_t i = 0; i < items.n; i++) {
		struct tend_item *row = tend_list_at(&items, i);
		item = row->id == item_id ? row : item;
	}
	if (status == TEND_OK && item == NULL) {
		status = tend_fail(err, TEND_NOT_FOUND, _("there is no such item any more"));
	}
	if (status == TEND_OK) {
		ret->summary = tend_arena_format(&ret->arena,
			done ? _("item \"%s\" of %s checked (%s)")
			     : _("item \"%s\" of %s unchecked (%s)"),
			item->title, tend_milestone_name(m, &ret->arena), m->customer);
		if ((item->done == 1) != done) {
			item->done = done;
			item->done_on = done ? a->today : TEND_NO_DATE;
			status = write_update(a, &tend_item_type, item, m->customer_id, err);
		}
	}
	tend_list_finish(&items);
	return status;
}

enum tend_status tend_app_item_check(struct tend_app *a, int64_t item_id, int64_t milestone_id,
	bool done, struct tend_done *ret, struct tend_error *err)
{
	done_begin(a, ret);
	enum tend_status status = write_begin(a, err);
	if (status != TEND_OK) {
		return status;
	}
	struct tend_list list;
	struct tend_milestone *m = NULL;
	status = milestone_read(a, milestone_id, &list, &m, err);
	status = status != TEND_OK ? status : check_item(a, item_id, m, done, ret, err);
	tend_list_finish(&list);
	return write_end(a, status, ret, err);
}
