/* SPDX-License-Identifier: MIT */
#include "kind_form.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <tend/mem.h>
#include <tend/words.h>

/* --- fields from their description --- */

/* The words that it may hold, and an empty one where it need not be given. */
static void add_choices(
	struct form *f, const struct tend_field *d, bool required, struct form_field *field)
{
	static const char *const truths[] = {"true", "false", NULL};
	const char *const *values = d->type == TEND_BOOL ? truths : d->values;
	size_t n = 0, at = 0;
	while (values[n] != NULL) {
		n++;
	}
	const char **choices = tend_arena_alloc(&f->arena, (n + 2) * sizeof(*choices));
	const char **titles = tend_arena_alloc(&f->arena, (n + 2) * sizeof(*titles));
	if (!required && d->initial == NULL) {
		choices[at] = "";
		titles[at++] = "--";
	}
	for (size_t i = 0; i < n; i++, at++) {
		choices[at] = values[i];
		titles[at] = d->type == TEND_BOOL ? (i == 0 ? _("yes") : _("no"))
						  : tend_word(d->name, values[i]);
	}
	field->choices = choices;
	field->titles = titles;
}

static const char *hint_of(struct form *f, const struct tend_field *d)
{
	if ((d->flags & TEND_F_DURATION) != 0) {
		return N_("7d, 2w, 1m");
	}
	if ((d->flags & TEND_F_CURRENCY) != 0) {
		return N_("the customer's where empty");
	}
	if (d->type == TEND_DATE) {
		return N_("+3d, fri, 11-25");
	}
	if (d->type == TEND_TAGS) {
		return N_("apart by commas");
	}
	if ((d->type == TEND_INT || d->type == TEND_NUMBER) && d->max > 0 && d->max <= 100) {
		return tend_arena_format(&f->arena, "%d-%zu", d->min, d->max);
	}
	return d->type == TEND_MONEY ? N_("1200, 99.50") : d->type == TEND_RATIO ? "80%" : NULL;
}

struct form_field *kind_form_field(
	struct form *f, const struct tend_field *d, const char *value, bool required)
{
	bool words = d->type == TEND_BOOL || (d->values != NULL && (d->flags & TEND_F_OPEN) == 0);
	struct form_field *field = form_add(f, d->name, tend_pick(d->title), value, NULL, NULL);
	field->described = d;
	field->required = required;
	if (words) {
		field->editor.proposed = false;
		add_choices(f, d, required, field);
		return field;
	}
	field->hint = hint_of(f, d);
	field->lines = (d->flags & TEND_F_LONG) != 0;
	field->editor.max = d->max > TEND_TEXT_MAX ? d->max : TEND_TEXT_MAX;
	field->editor.proposed = field->editor.proposed && !field->lines;
	field->proposes = tend_app_proposes(d);
	return field;
}

/* As a person writes it. */
static void add_value(const struct tend_field *d, const void *record, struct tend_str *out)
{
	struct tend_value v = tend_field_get(d, record);
	if (v.null) {
		return;
	}
	if (d->type == TEND_RATIO) {
		tend_str_addf(out, "%.6g%%", v.number * 100);
	} else if (d->type == TEND_TEXT && (d->flags & TEND_F_OPEN) != 0) {
		tend_str_add(out, tend_word(d->name, v.text));
	} else {
		tend_value_format(v, out);
	}
}

/* The word of an open choice, where what was typed is how people read it. */
static const char *kept_value(const struct form_field *field, const char *text)
{
	const struct tend_field *d = field->described;
	for (size_t i = 0; (d->flags & TEND_F_OPEN) != 0 && d->values[i] != NULL; i++) {
		if (strcmp(tend_word(d->name, d->values[i]), text) == 0) {
			return d->values[i];
		}
	}
	return text;
}

/* --- the whole form --- */

static bool must_be_given(
	const struct tend_kind *k, const struct tend_field *d, bool adding, const char *needs)
{
	return tend_same(d->name, needs)
		|| (adding ? tend_kind_requires(k, d) : (d->flags & TEND_F_REQUIRED) != 0);
}

enum { PASS_REQUIRED, PASS_USUAL, PASS_WIDE, PASS_KEY, PASSES };

static int pass_of(const struct tend_kind *k, const struct tend_field *d, bool adding)
{
	return must_be_given(k, d, adding, NULL) ? PASS_REQUIRED
		: (d->flags & TEND_F_KEY) != 0   ? PASS_KEY
		: (d->flags & TEND_F_WIDE) != 0  ? PASS_WIDE
						 : PASS_USUAL;
}

static void starting_value(struct workbench *wb, const struct tend_kind *k,
	const struct tend_field *d, const struct tend_assignment *given, size_t ngiven,
	struct tend_str *out)
{
	char day[TEND_DATE_LEN];
	for (size_t i = 0; i < ngiven; i++) {
		if (strcmp(given[i].field, d->name) == 0) {
			tend_str_add(out, given[i].value);
			return;
		}
	}
	if (tend_same(k->day, d->name)) {
		tend_str_add(out, tend_date_format(wb->today, day));
	} else if (d->initial != NULL) {
		tend_str_add(out, d->initial);
	}
}

/* `record` NULL: a new one. */
static void add_fields(struct workbench *wb, struct form *f, const void *record,
	const struct tend_assignment *given, size_t ngiven, const char *needs)
{
	const struct tend_kind *k = f->kind;
	bool adding = record == NULL;
	for (int pass = 0; pass < PASSES; pass++) {
		for (size_t i = 0; i < k->type->nfields; i++) {
			const struct tend_field *d = &k->type->fields[i];
			struct tend_str value = {0};
			if (!tend_field_is_given(d, adding) || pass_of(k, d, adding) != pass) {
				continue;
			}
			if (adding) {
				starting_value(wb, k, d, given, ngiven, &value);
			} else {
				add_value(d, record, &value);
			}
			struct form_field *field = kind_form_field(
				f, d, tend_str_text(&value), must_be_given(k, d, adding, needs));
			if ((d->flags & TEND_F_KEY) != 0 && !field->required) {
				field->hint = N_("made where empty");
			} else if (tend_same(k->day, d->name)) {
				field->hint = N_("-1d, fri, 11-25");
			}
			tend_str_finish(&value);
		}
	}
}

/* `c` NULL: there is none yet. */
static void add_customer(struct form *f, const struct tend_customer *c)
{
	enum tend_belongs belongs = tend_kind_belongs(f->kind);
	struct form_field *field = kind_form_field(f, tend_field_find(f->kind->type, "customer"),
		c != NULL ? c->key : "", belongs == TEND_TO_CUSTOMER);
	field->hint = belongs == TEND_TO_CUSTOMER ? NULL : N_("may stay empty");
}

static void focus_first(struct form *f)
{
	for (size_t i = 0; i < f->n; i++) {
		if (f->fields[i].required && form_value(f, i)[0] == '\0') {
			f->focus = i;
			return;
		}
	}
}

/* --- saving --- */

static void fail_field(struct form *f, size_t i, const char *text)
{
	/* The field that it names stands before it. */
	size_t n = strlen(f->fields[i].name);
	bool names = strncmp(text, f->fields[i].name, n) == 0 && text[n] == ':';
	text += names ? n + 1 : 0;
	(void)snprintf(
		f->fields[i].error, sizeof(f->fields[i].error), "%s", text + strspn(text, " "));
}

static bool field_is_right(struct workbench *wb, struct form *f, size_t i)
{
	struct form_field *field = &f->fields[i];
	const char *text = kept_value(field, form_value(f, i));
	struct tend_arena arena = {0};
	struct tend_error err = {0};
	struct tend_value v;
	struct tend_date day = TEND_NO_DATE;
	if (text[0] == '\0') {
		if (field->required) {
			fail_field(f, i, _("must be given"));
		}
		return !field->required;
	}
	bool right = field->described->type == TEND_DATE
		? tend_date_parse_human(text, wb->today, NULL, &day)
		: tend_field_parse(field->described, text, &arena, &v, &err) == TEND_OK;
	if (!right) {
		fail_field(f, i,
			field->described->type == TEND_DATE
				? _("not a date (2026-01-31, 11-25, +3d)")
				: err.text);
	}
	if (right && (field->described->flags & TEND_F_PAST) != 0 && day.day > wb->today.day) {
		fail_field(f, i, _("is after today"));
		right = false;
	}
	tend_arena_finish(&arena);
	return right;
}

/* Every field that is wrong says so at once; the first one gets the focus. */
static bool all_are_right(struct workbench *wb, struct form *f)
{
	bool right = true;
	for (size_t i = f->n; i-- > 0;) {
		if (!field_is_right(wb, f, i)) {
			f->focus = i;
			right = false;
		}
	}
	return right;
}

static bool is_customer_field(const struct form_field *field)
{
	return strcmp(field->name, "customer") == 0;
}

/* What was given, or what is not as it was. */
static size_t assignments(struct form *f, struct tend_assignment *ret)
{
	size_t n = 0;
	bool adding = f->base.word == NULL;
	for (size_t i = 0; i < f->n; i++) {
		const char *text = form_value(f, i);
		bool wanted = adding ? text[0] != '\0' : strcmp(text, f->fields[i].initial) != 0;
		if (wanted && !is_customer_field(&f->fields[i])) {
			ret[n++] = (struct tend_assignment){
				f->fields[i].name, kept_value(&f->fields[i], text)};
		}
	}
	return n;
}

/* The customer that was typed: true where it is one, or where none is asked for. */
static bool find_customer(struct workbench *wb, struct form *f, int64_t *ret)
{
	struct tend_error err = {0};
	for (size_t i = 0; i < f->n; i++) {
		if (!is_customer_field(&f->fields[i])) {
			continue;
		}
		*ret = 0;
		if (form_value(f, i)[0] != '\0'
			&& tend_app_find_customer(wb->app, form_value(f, i), ret, &err)
				!= TEND_OK) {
			fail_field(f, i, err.text);
			f->focus = i;
			return false;
		}
	}
	return true;
}

static enum tend_status write(struct workbench *wb, struct form *f, int64_t customer,
	struct tend_done *done, struct tend_error *err)
{
	struct tend_assignment fields[FORM_MAX];
	size_t n = assignments(f, fields);
	if (f->base.word != NULL) {
		return tend_app_record_set(
			wb->app, f->kind->type, f->base.word, fields, n, done, err);
	}
	bool several = f->base.nids > 1;
	return tend_app_record_add_each(wb->app, f->kind->type, several ? f->base.ids : &customer,
		several ? f->base.nids : 1, fields, n, done, err);
}

static bool submit(struct workbench *wb, struct form *f, enum follow *ret)
{
	struct tend_done done = {0};
	struct tend_error err = {0};
	int64_t customer = f->base.nids > 0 ? f->base.ids[0] : 0;
	if (!all_are_right(wb, f) || !find_customer(wb, f, &customer)) {
		return false;
	}
	enum tend_status status = write(wb, f, customer, &done, &err);
	if (status != TEND_OK) {
		form_fail(f, &err);
		tend_done_finish(&done);
		return false;
	}
	int64_t added = done.added;
	*ret = wb_done(wb, status, &done, &err);
	/* On the customer's page the cursor goes to it. */
	struct view *v = wb_view(wb);
	if (added != 0 && v->fixed) {
		*ret = workbench_follow(wb, *ret) == FOLLOW_REFRESH ? FOLLOW_NOTHING : *ret;
		view_select_record(wb, v, f->kind->noun, added);
	}
	return true;
}

/* --- opening --- */

const char *kind_called(const struct tend_kind *k)
{
	return tend_lang() == TEND_ZH ? tend_pick(k->type->title) : k->type->name;
}

/* "New contact: Northwind", "New contact: 3 customers", "New FAQ". */
static char *new_title(const struct tend_kind *k, const struct tend_customer *c, size_t n)
{
	char *what = tend_format(_("New %s"), kind_called(k)), *title = what;
	if (n > 1) {
		char *count = tend_format(_("%zu customers"), n);
		title = tend_format("%s: %s", what, count);
		free(count);
		free(what);
	} else if (n == 1 && c != NULL) {
		title = tend_format("%s: %s", what, c->name);
		free(what);
	}
	return title;
}

static struct form *create(const char *title, const struct tend_kind *k, const int64_t *ids,
	size_t n, const char *name)
{
	struct form *f = form_create(title);
	f->kind = k;
	f->submit = submit;
	dialog_about(&f->base, ids, n, name);
	return f;
}

static int draft_of(const struct tend_kind *k)
{
	return DRAFT_COUNT + (int)tend_kind_index(k);
}

struct form *kind_form_new(struct workbench *wb, const struct tend_kind *k,
	const int64_t *customers, size_t n, const struct tend_assignment *given, size_t ngiven,
	const char *needs)
{
	enum tend_belongs belongs = tend_kind_belongs(k);
	struct tend_list customer = {0};
	n = belongs == TEND_TO_NOBODY ? 0 : n;
	const struct tend_customer *c =
		n == 1 && tend_app_customer(wb->app, customers[0], &customer, NULL) == TEND_OK
		? tend_list_at(&customer, 0)
		: NULL;
	char *title = new_title(k, c, n);
	struct form *f = create(title, k, customers, n, NULL);
	free(title);
	/* The kind wants one that is not known, or may have one. */
	if (belongs == TEND_TO_CUSTOMER && n == 0) {
		add_customer(f, NULL);
	}
	add_fields(wb, f, NULL, given, ngiven, needs);
	if (belongs == TEND_TO_ANY && n < 2) {
		add_customer(f, c);
	}
	tend_list_finish(&customer);
	focus_first(f);
	form_offer_draft(wb, f, draft_of(k), n > 0 ? customers[0] : 0);
	wb_push(wb, &f->base);
	return f;
}

static enum follow open_change(struct workbench *wb, const struct tend_kind *k, const char *name)
{
	struct tend_list list = {0};
	struct tend_error err = {0};
	struct tend_str title = {0};
	if (tend_app_record(wb->app, k->type, name, &list, &err) != TEND_OK) {
		wb_error(wb, &err);
		tend_list_finish(&list);
		return FOLLOW_NOTHING;
	}
	const void *record = tend_list_at(&list, 0);
	struct tend_value owner = tend_kind_value(k, record, "customer_id");
	struct tend_value label = tend_kind_value(k, record, k->label);
	int64_t customer = owner.null ? 0 : owner.integer;
	int64_t id = tend_kind_value(k, record, "id").integer;
	tend_str_addf(&title, "%s: ", tend_pick(k->type->title));
	tend_str_add(&title, label.null || label.type != TEND_TEXT ? name : label.text);
	struct form *f = create(tend_str_text(&title), k, &customer, customer != 0 ? 1 : 0, name);
	tend_str_finish(&title);
	add_fields(wb, f, record, NULL, 0, NULL);
	tend_list_finish(&list);
	if (f->n == 0) {
		wb_say(wb, ROLE_ERROR,
			_("Nothing of a %s can be changed: remove it and add another."),
			kind_called(k));
		dialog_destroy(&f->base);
		return FOLLOW_NOTHING;
	}
	form_offer_draft(wb, f, draft_of(k), -id);
	wb_push(wb, &f->base);
	return FOLLOW_NOTHING;
}

enum follow kind_form_open(
	struct workbench *wb, const struct tend_kind *k, int64_t customer_id, const char *name)
{
	if (wb->app == NULL) {
		return FOLLOW_NOTHING;
	}
	if (name != NULL) {
		return open_change(wb, k, name);
	}
	(void)kind_form_new(wb, k, &customer_id, customer_id != 0 ? 1 : 0, NULL, 0, NULL);
	return FOLLOW_NOTHING;
}
