/* SPDX-License-Identifier: MIT */
/* Contacts that were made, and the promises that they leave. */
#include <string.h>

#include <tend/app_service.h>
#include <tend/words.h>

#include "inside.h"

static enum tend_status parse_text(struct tend_app *a, const char *field, const char *text,
	struct tend_arena *arena, const char **ret, struct tend_error *err)
{
	const struct tend_field *f = tend_field_find(&tend_activity_type, field);
	struct tend_value v;
	enum tend_status status = given_value(a, f, text != NULL ? text : "", arena, &v, err);
	*ret = status == TEND_OK && !v.null ? v.text : NULL;
	return status;
}

static enum tend_status parse_log(struct tend_app *a, const struct tend_log *what,
	struct tend_activity *v, struct tend_arena *arena, struct tend_error *err)
{
	const struct {
		const char *field, *text;
		const char **ret;
	} texts[] = {
		{"kind", what->kind, &v->kind},
		{"text", what->text, &v->text},
		{"contact", what->contact, &v->contact},
		{"promise", what->promise, &v->promise},
		{"next_step", what->next_step, &v->next_step},
	};
	enum tend_status status = TEND_OK;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]) && status == TEND_OK; i++) {
		status = parse_text(a, texts[i].field, texts[i].text, arena, texts[i].ret, err);
	}
	v->kind = v->kind != NULL ? v->kind : "note";
	v->date = tend_has_date(what->date) ? what->date : a->today;
	v->promised = what->by;
	if (status == TEND_OK) {
		const struct tend_field *day = tend_field_find(&tend_activity_type, "date");
		status = record_check_past(a, day, tend_field_get(day, v), err);
	}
	return status != TEND_OK ? status : record_check_order(&tend_activity_type, v, err);
}

static void say_logged(
	struct tend_done *ret, const struct tend_activity *v, const char *key, size_t n)
{
	char day[TEND_DATE_LEN];
	const char *kind = tend_word("kind", v->kind);
	ret->summary = n == 1
		? tend_arena_format(&ret->arena, _("%s logged (%s)"), kind, key)
		: tend_arena_format(&ret->arena, _("%s logged for %zu customers"), kind, n);
	if (tend_has_date(v->promised)) {
		ret->summary = tend_arena_format(&ret->arena, _("%s, promised for %s"),
			ret->summary, tend_date_format(v->promised, day));
	} else if (v->promise != NULL) {
		done_warn(ret, "%s", PROMISE_WITHOUT_DAY);
	}
}

enum tend_status tend_app_log(struct tend_app *a, const int64_t *customer_ids, size_t n,
	const struct tend_log *what, struct tend_done *ret, struct tend_error *err)
{
	done_begin(a, ret);
	struct tend_activity v;
	tend_record_clear(&tend_activity_type, &v);
	enum tend_status status = parse_log(a, what, &v, &ret->arena, err);
	status = status != TEND_OK ? status : write_begin(a, err);
	if (status != TEND_OK) {
		return status;
	}
	v.actor = app_actor(a)[0] != '\0' ? app_actor(a) : NULL;
	const char *key = "";
	for (size_t i = 0; i < n && status == TEND_OK; i++) {
		struct tend_list list;
		struct tend_customer *c = NULL;
		status = customer_read(a, customer_ids[i], &list, &c, err);
		if (status == TEND_OK) {
			key = tend_arena_strdup(&ret->arena, c->key);
			v.customer_id = c->id;
			status = write_insert(a, &tend_activity_type, &v, c->id, NULL, err);
		}
		tend_list_finish(&list);
	}
	say_logged(ret, &v, key, n);
	return write_end(a, status, ret, err);
}

/* --- promises --- */

/* The activity with a promise in it, by its number. */
static enum tend_status find_promise(struct tend_app *a, int64_t id, struct tend_list *list,
	struct tend_activity **ret, struct tend_error *err)
{
	tend_list_init(list, &tend_activity_type);
	enum tend_status status =
		tend_store_records(a->store, TEND_OF_ID, int_value(id), list, err);
	*ret = status == TEND_OK && list->n > 0 ? tend_list_at(list, 0) : NULL;
	if (status == TEND_OK
		&& (*ret == NULL
			|| ((*ret)->promise == NULL && !tend_has_date((*ret)->promised)))) {
		status = tend_fail(err, TEND_NOT_FOUND,
			*ret == NULL ? _("there is no activity %lld; see tend promise list")
				     : _("activity %lld promises nothing; see tend promise list"),
			(long long)id);
	}
	return status;
}

/* One change of each of them: sets the day, or says (`ret_same`) that it is so. */
typedef enum tend_status changer(struct tend_app *a, struct tend_activity *v, struct tend_date day,
	bool *ret_same, struct tend_error *err);

static enum tend_status keep(struct tend_app *a, struct tend_activity *v, struct tend_date day,
	bool *ret_same, struct tend_error *err)
{
	const struct tend_field *kept = tend_field_find(&tend_activity_type, "kept");
	*ret_same = tend_has_date(v->kept);
	v->kept = day;
	enum tend_status status = record_check_past(a, kept, tend_field_get(kept, v), err);
	return status != TEND_OK ? status : record_check_order(&tend_activity_type, v, err);
}

static enum tend_status move(struct tend_app *a, struct tend_activity *v, struct tend_date day,
	bool *ret_same, struct tend_error *err)
{
	(void)a;
	if (tend_has_date(v->kept)) {
		return tend_fail(err, TEND_USAGE, _("promise %lld was kept"), (long long)v->id);
	}
	*ret_same = v->promised.day == day.day;
	v->promised = day;
	return record_check_order(&tend_activity_type, v, err);
}

static enum tend_status change_promises(struct tend_app *a, const int64_t *ids, size_t n,
	struct tend_date day, changer *change, struct tend_done *ret, struct tend_error *err)
{
	const char *name = "";
	enum tend_status status = write_begin(a, err);
	if (status != TEND_OK) {
		return status;
	}
	for (size_t i = 0; i < n && status == TEND_OK; i++) {
		struct tend_list list;
		struct tend_activity *v = NULL;
		bool same = false;
		status = find_promise(a, ids[i], &list, &v, err);
		status = status != TEND_OK ? status : change(a, v, day, &same, err);
		if (status == TEND_OK && !same) {
			status = write_update(a, &tend_activity_type, v, v->customer_id, err);
		}
		if (status == TEND_OK) {
			const char *what = v->promise != NULL ? v->promise : v->next_step;
			name = tend_arena_format(&ret->arena, what != NULL ? "%s (%s)" : "%s%s",
				what != NULL ? what : "", v->customer);
		}
		tend_list_finish(&list);
	}
	char text[TEND_DATE_LEN];
	if (change == keep) {
		ret->summary = n == 1 ? tend_arena_format(&ret->arena, _("promise kept: %s"), name)
				      : tend_arena_format(&ret->arena, _("%zu promises kept"), n);
	} else {
		(void)tend_date_format(day, text);
		ret->summary = n == 1
			? tend_arena_format(&ret->arena, _("promised for %s: %s"), text, name)
			: tend_arena_format(&ret->arena, _("%zu promises are for %s"), n, text);
	}
	return write_end(a, status, ret, err);
}

enum tend_status tend_app_promise_keep(struct tend_app *a, const int64_t *ids, size_t n,
	struct tend_date day, struct tend_done *ret, struct tend_error *err)
{
	done_begin(a, ret);
	return change_promises(a, ids, n, tend_has_date(day) ? day : a->today, keep, ret, err);
}

enum tend_status tend_app_promise_move(struct tend_app *a, const int64_t *ids, size_t n,
	struct tend_date day, struct tend_done *ret, struct tend_error *err)
{
	done_begin(a, ret);
	return change_promises(a, ids, n, day, move, ret, err);
}
