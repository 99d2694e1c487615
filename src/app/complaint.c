/* SPDX-License-Identifier: MIT */
/* The way of a complaint: answered, resolved, opened again. */
#include <math.h>
#include <string.h>

#include <tend/app_service.h>

#include "standard.h"

/* What one of them becomes; `done` takes warnings. */
struct step {
	enum tend_status (*take)(struct tend_app *a, struct tend_complaint *c,
		const struct step *step, struct tend_done *done, struct tend_error *err);
	const struct tend_answer *answer;
	const struct tend_recovery *recovery;
	const char *one, *many; /* what was done, N_() */
};

static enum tend_status read_text(struct tend_app *a, const char *field, const char *text,
	struct tend_arena *arena, const char **ret, struct tend_error *err)
{
	struct tend_value v;
	if (text == NULL) {
		return TEND_OK;
	}
	enum tend_status status =
		given_value(a, tend_field_find(&tend_complaint_type, field), text, arena, &v, err);
	if (status == TEND_OK) {
		*ret = v.null ? NULL : v.text;
	}
	return status;
}

static enum tend_status check_day(struct tend_app *a, const struct tend_complaint *c,
	struct tend_date day, struct tend_error *err)
{
	if (day.day > a->today.day) {
		return tend_fail(
			err, TEND_USAGE, _("%s: what was done cannot be in the future"), c->key);
	}
	return day.day < c->opened.day
		? tend_fail(err, TEND_USAGE, _("complaint %s was opened later, on %s"), c->key,
			tend_date_format(c->opened, (char[TEND_DATE_LEN]){0}))
		: TEND_OK;
}

/* The answer stands in the timeline too where it is told what it was. */
static enum tend_status log_answer(struct tend_app *a, const struct tend_complaint *c,
	struct tend_date day, const char *note, struct tend_arena *arena, struct tend_error *err)
{
	struct tend_activity v;
	tend_record_clear(&tend_activity_type, &v);
	v.customer_id = c->customer_id;
	v.date = day;
	v.kind = "message";
	v.contact = c->contact;
	v.actor = app_actor(a)[0] != '\0' ? app_actor(a) : NULL;
	enum tend_status status = read_text(a, "text", note, arena, &v.text, err);
	return status == TEND_OK && v.text != NULL
		? write_insert(a, &tend_activity_type, &v, c->customer_id, NULL, err)
		: status;
}

static enum tend_status respond(struct tend_app *a, struct tend_complaint *c,
	const struct step *step, struct tend_done *done, struct tend_error *err)
{
	const struct tend_answer *w = step->answer;
	bool given = tend_has_date(w->day) || w->minutes != TEND_NO_INT;
	if (tend_has_date(tend_complaint_answered(c)) && !given) {
		return tend_fail(err, TEND_USAGE,
			_("complaint %s was answered on %s; --date or --minutes change that"),
			c->key,
			tend_date_format(tend_complaint_answered(c), (char[TEND_DATE_LEN]){0}));
	}
	/* Minutes say the day as well. */
	c->first_response = w->minutes;
	c->responded = tend_has_date(w->day) || w->minutes != TEND_NO_INT ? w->day : a->today;
	struct tend_date day = tend_complaint_answered(c);
	enum tend_status status = check_day(a, c, day, err);
	return status != TEND_OK ? status : log_answer(a, c, day, w->note, &done->arena, err);
}

static enum tend_status read_rating(
	struct tend_app *a, const char *text, struct tend_complaint *c, struct tend_error *err)
{
	struct tend_value v;
	struct tend_arena arena = {0};
	const struct tend_field *f = tend_field_find(&tend_complaint_type, "rating");
	enum tend_status status = text != NULL ? given_value(a, f, text, &arena, &v, err) : TEND_OK;
	if (status == TEND_OK && text != NULL) {
		tend_field_set(f, c, v);
	}
	tend_arena_finish(&arena);
	return status;
}

static enum tend_status resolve(struct tend_app *a, struct tend_complaint *c,
	const struct step *step, struct tend_done *done, struct tend_error *err)
{
	const struct tend_recovery *w = step->recovery;
	if (tend_has_date(c->closed) && c->closed.day <= a->today.day && !tend_has_date(w->day)
		&& w->by == NULL && w->recovery == NULL && w->rating == NULL) {
		return tend_fail(err, TEND_USAGE, _("complaint %s was resolved on %s"), c->key,
			tend_date_format(c->closed, (char[TEND_DATE_LEN]){0}));
	}
	if (!tend_has_date(tend_complaint_answered(c))) {
		done_warn(done, _("complaint %s had no answer noted: this counts as the answer"),
			c->key);
	}
	c->closed = tend_has_date(w->day)  ? w->day
		: tend_has_date(c->closed) ? c->closed
					   : a->today;
	const char *by = w->by != NULL ? w->by : c->recovered_by == NULL ? app_actor(a) : NULL;
	enum tend_status status = check_day(a, c, c->closed, err);
	status = status != TEND_OK ? status : read_rating(a, w->rating, c, err);
	status = status != TEND_OK
		? status
		: read_text(a, "recovery", w->recovery, &done->arena, &c->recovery, err);
	status = status != TEND_OK
		? status
		: read_text(a, "recovered_by", by, &done->arena, &c->recovered_by, err);
	if (status == TEND_OK && tend_complaint_won(c)) {
		done_warn(done,
			_("%s: a good recovery makes an advocate; see the playbook advocates"),
			c->customer);
	}
	return status;
}

static enum tend_status reopen(struct tend_app *a, struct tend_complaint *c,
	const struct step *step, struct tend_done *done, struct tend_error *err)
{
	(void)a;
	(void)step;
	(void)done;
	if (!tend_has_date(c->closed)) {
		return tend_fail(err, TEND_USAGE, _("complaint %s is open"), c->key);
	}
	c->closed = TEND_NO_DATE;
	c->rating = NAN;
	return TEND_OK;
}

static enum tend_status take_one(struct tend_app *a, const char *name, const struct step *step,
	struct tend_done *ret, const char **ret_customer, struct tend_error *err)
{
	struct tend_list list;
	void *record = NULL;
	enum tend_status status = record_find(a, &tend_complaint_type, name, &list, &record, err);
	struct tend_complaint *c = record;
	if (status == TEND_OK) {
		c->key = c->key != NULL ? c->key : name;
		*ret_customer = tend_arena_strdup(&ret->arena, c->customer);
		status = step->take(a, c, step, ret, err);
	}
	status = status != TEND_OK ? status
				   : record_check(a, tend_kind_of(&tend_complaint_type), c, err);
	status = status != TEND_OK ? status
				   : write_update(a, &tend_complaint_type, c, c->customer_id, err);
	tend_list_finish(&list);
	return status;
}

static enum tend_status take_all(struct tend_app *a, const char *const *names, size_t n,
	const struct step *step, struct tend_done *ret, struct tend_error *err)
{
	const char *customer = "";
	done_begin(a, ret);
	enum tend_status status = write_begin(a, err);
	if (status != TEND_OK) {
		return status;
	}
	for (size_t i = 0; i < n && status == TEND_OK; i++) {
		status = take_one(a, names[i], step, ret, &customer, err);
	}
	ret->summary = n == 1 ? tend_arena_format(&ret->arena, step->one, names[0], customer)
			      : tend_arena_format(&ret->arena, step->many, n);
	return write_end(a, status, ret, err);
}

enum tend_status tend_app_complaint_respond(struct tend_app *a, const char *const *names, size_t n,
	const struct tend_answer *what, struct tend_done *ret, struct tend_error *err)
{
	const struct step step = {.take = respond,
		.answer = what,
		.one = _("complaint %s answered (%s)"),
		.many = _("%zu complaints answered")};
	return take_all(a, names, n, &step, ret, err);
}

enum tend_status tend_app_complaint_resolve(struct tend_app *a, const char *const *names, size_t n,
	const struct tend_recovery *what, struct tend_done *ret, struct tend_error *err)
{
	const struct step step = {.take = resolve,
		.recovery = what,
		.one = _("complaint %s resolved (%s)"),
		.many = _("%zu complaints resolved")};
	return take_all(a, names, n, &step, ret, err);
}

enum tend_status tend_app_complaint_reopen(struct tend_app *a, const char *const *names, size_t n,
	struct tend_done *ret, struct tend_error *err)
{
	const struct step step = {.take = reopen,
		.one = _("complaint %s is open again (%s)"),
		.many = _("%zu complaints are open again")};
	return take_all(a, names, n, &step, ret, err);
}
