/* SPDX-License-Identifier: MIT */
#include "customer_change.h"

#include <stdlib.h>
#include <string.h>

#include <tend/money.h>

void change_finish(struct change *ch)
{
	free(ch->fields);
	free(ch->custom);
	free(ch->tags);
	tend_arena_finish(&ch->arena);
}

enum tend_status customer_unknown_field(
	const char *field, const struct names_list *custom, struct tend_error *err)
{
	const struct tend_record_type *t = &tend_customer_type;
	const char **words = tend_calloc(t->nfields + custom->n + 3, sizeof(*words));
	size_t n = 0;
	for (size_t i = 0; i < t->nfields; i++) {
		if (t->fields[i].flags & TEND_F_SETTABLE) {
			words[n++] = t->fields[i].name;
		}
	}
	words[n++] = "term";
	words[n++] = "arr";
	for (size_t i = 0; i < custom->n; i++) {
		words[n++] = custom->items[i];
	}
	const char *near = tend_nearest(field, words, n);
	enum tend_status status;
	const struct tend_field *f = tend_field_find(t, field);
	if (f != NULL && !(f->flags & TEND_F_HIDDEN)) {
		status = tend_fail(err, TEND_USAGE, _("%s is computed and cannot be set"), field);
	} else if (near != NULL) {
		status = tend_fail(err, TEND_USAGE,
			_("a customer has no field \"%s\"; did you mean \"%s\"?"), field, near);
	} else {
		status = tend_fail(err, TEND_USAGE,
			_("a customer has no field \"%s\"; declare it in a config: file to use it"),
			field);
	}
	free(words);
	return status;
}

/* What is kept of a value: the day that was meant, one word for yes, a number as it was written. */
static const char *custom_text(struct change *ch, struct tend_value v, const char *given)
{
	char day[TEND_DATE_LEN];
	switch (v.type) {
	case TEND_TEXT:
	case TEND_TAGS:
		return v.text;
	case TEND_DATE:
		return tend_arena_strdup(&ch->arena, tend_date_format(v.date, day));
	case TEND_BOOL:
		return v.integer != 0 ? "yes" : "no";
	default:
		return given;
	}
}

static enum tend_status parse_custom(struct tend_app *a, struct change *ch,
	const struct tend_assignment *f, struct tend_error *err)
{
	const struct tend_config_field *declared = sources_field(&a->sources, f->field);
	struct tend_field field = {.name = f->field,
		.type = declared != NULL ? declared->type : TEND_TEXT,
		.values = declared != NULL ? declared->values : NULL};
	struct tend_value v;
	enum tend_status status = given_value(a, &field, f->value, &ch->arena, &v, err);
	ch->custom[ch->ncustom++] = (struct tend_assignment){
		f->field, status == TEND_OK && !v.null ? custom_text(ch, v, f->value) : f->value};
	return status;
}

static enum tend_status parse_term(
	struct change *ch, const struct tend_assignment *f, struct tend_error *err)
{
	ch->has_term = true;
	return given_term(f->value, &ch->customer.term_months, err);
}

static enum tend_status parse_arr(
	struct change *ch, const struct tend_assignment *f, struct tend_error *err)
{
	ch->has_arr = true;
	if (!tend_money_parse(f->value, &ch->arr) || ch->arr < 0) {
		return tend_fail(err, TEND_USAGE,
			_("arr: \"%s\" is not an amount; write it like 12000 or 12000.50"),
			f->value);
	}
	return TEND_OK;
}

/* `tags+` and `tags-`: some that come to those that there are, or go. */
static const struct tend_field *tags_named(const char *name, bool *ret_add)
{
	size_t n = strlen(name);
	if (n < 2 || (name[n - 1] != '+' && name[n - 1] != '-')) {
		return NULL;
	}
	*ret_add = name[n - 1] == '+';
	char *base = tend_strndup(name, n - 1);
	const struct tend_field *f = tend_field_find(&tend_customer_type, base);
	free(base);
	return f;
}

static enum tend_status parse_tags(struct tend_app *a, struct change *ch,
	const struct tend_field *field, bool adds, const char *value, struct tend_error *err)
{
	struct tend_value v;
	if (field->type != TEND_TAGS || (field->flags & TEND_F_SETTABLE) == 0) {
		return tend_fail(err, TEND_USAGE, _("%s: only tags take += and -=, write %s=VALUE"),
			field->name, field->name);
	}
	enum tend_status status = given_value(a, field, value, &ch->arena, &v, err);
	if (status == TEND_OK && (v.null || v.text[0] == '\0')) {
		status = tend_fail(err, TEND_USAGE, _("%s cannot be empty"), field->name);
	}
	if (status == TEND_OK) {
		ch->tags[ch->ntags++] = (struct tag_change){field, adds, v.text};
	}
	return status;
}

static enum tend_status parse_one(struct tend_app *a, struct change *ch,
	const struct tend_assignment *f, bool adding, const struct names_list *custom,
	struct tend_error *err)
{
	if (is_term_field(f->field)) {
		return parse_term(ch, f, err);
	}
	if (strcmp(f->field, "arr") == 0) {
		return parse_arr(ch, f, err);
	}
	if (adding && strcmp(f->field, "journey") == 0) {
		ch->journey = f->value;
		return TEND_OK;
	}
	const struct tend_field *field = tend_field_find(&tend_customer_type, f->field);
	if (field != NULL
		&& ((field->flags & TEND_F_SETTABLE) || (adding && (field->flags & TEND_F_KEY)))) {
		struct tend_value v;
		enum tend_status status = given_value(a, field, f->value, &ch->arena, &v, err);
		if (status == TEND_OK && (field->flags & (TEND_F_REQUIRED | TEND_F_KEY))
			&& v.null) {
			status = tend_fail(err, TEND_USAGE, _("%s cannot be empty"), field->name);
		}
		if (status != TEND_OK) {
			return status;
		}
		tend_field_set(field, &ch->customer, v);
		ch->fields[ch->nfields++] = field;
		ch->has_started = ch->has_started || strcmp(f->field, "started") == 0;
		ch->has_currency = ch->has_currency || strcmp(f->field, "currency") == 0;
		return TEND_OK;
	}
	for (size_t i = 0; i < custom->n; i++) {
		if (strcmp(custom->items[i], f->field) == 0) {
			return parse_custom(a, ch, f, err);
		}
	}
	bool adds;
	const struct tend_field *tags = adding ? NULL : tags_named(f->field, &adds);
	if (tags != NULL) {
		return parse_tags(a, ch, tags, adds, f->value, err);
	}
	return customer_unknown_field(f->field, custom, err);
}

enum tend_status change_parse(struct tend_app *a, const struct tend_assignment *fields, size_t n,
	bool adding, struct change *ret, struct tend_error *err)
{
	*ret = (struct change){0};
	tend_record_clear(&tend_customer_type, &ret->customer);
	ret->fields = tend_calloc(n + 1, sizeof(struct tend_field *));
	ret->custom = tend_calloc(n + 1, sizeof(*ret->custom));
	ret->tags = tend_calloc(n + 1, sizeof(*ret->tags));
	struct names_list custom;
	enum tend_status status = custom_names(a, &ret->arena, &custom, err);
	for (size_t i = 0; status == TEND_OK && i < n; i++) {
		status = parse_one(a, ret, &fields[i], adding, &custom, err);
	}
	if (tend_has_date(ret->customer.started) && status == TEND_OK) {
		struct tend_date last;
		if (!tend_date_from_ymd(2590, 1, 1, &last)
			|| ret->customer.started.day > last.day) {
			status = tend_fail(err, TEND_USAGE, _("started is too far in the future"));
		}
	}
	return status;
}

const char *custom_value(const struct tend_customer *c, const char *name)
{
	for (size_t i = 0; i < c->custom.n; i++) {
		if (strcmp(c->custom.items[i].name, name) == 0) {
			return c->custom.items[i].value;
		}
	}
	return NULL;
}

enum tend_status change_put_custom(struct tend_app *a, int64_t id, const struct change *ch,
	const struct tend_customer *present, struct tend_error *err)
{
	enum tend_status status = TEND_OK;
	for (size_t i = 0; i < ch->ncustom && status == TEND_OK; i++) {
		const struct tend_assignment *f = &ch->custom[i];
		const char *value = f->value[0] != '\0' ? f->value : NULL;
		const char *before = present != NULL ? custom_value(present, f->field) : NULL;
		if (!tend_same(value, before)) {
			status = write_custom(a, id, f->field, value, err);
		}
	}
	return status;
}

void customer_normalise_status(struct tend_customer *c)
{
	if (!tend_same(c->status, "churned") && !tend_same(c->status, "pooled")) {
		c->status = NULL;
	}
}

static bool same_value(const struct tend_field *f, const void *x, const void *y)
{
	struct tend_value a = tend_field_get(f, x), b = tend_field_get(f, y);
	if (a.null || b.null) {
		return a.null == b.null;
	}
	if (f->type == TEND_TEXT || f->type == TEND_TAGS) {
		return strcmp(a.text, b.text) == 0;
	}
	return tend_value_compare(a, b) == 0;
}

static bool has_tag(const char *tags, const char *tag, size_t n)
{
	for (const char *t = tags; *t != '\0'; t += strcspn(t, ",") + (t[strcspn(t, ",")] == ',')) {
		if (strcspn(t, ",") == n && memcmp(t, tag, n) == 0) {
			return true;
		}
	}
	return false;
}

/* The tags of `from` that `others` has not, after what `out` has. */
static void add_tags(struct tend_str *out, const char *from, const char *others)
{
	for (const char *t = from; *t != '\0';) {
		size_t n = strcspn(t, ",");
		if (n > 0 && !has_tag(others, t, n)) {
			tend_str_add(out, out->len > 0 ? "," : "");
			tend_str_addn(out, t, n);
		}
		t += n + (t[n] == ',');
	}
}

static void apply_tags(
	const struct tag_change *tc, struct tend_customer *c, struct tend_arena *arena)
{
	struct tend_value v = tend_field_get(tc->field, c);
	const char *present = v.null ? "" : v.text;
	struct tend_str out = {0};
	if (tc->adds) {
		tend_str_add(&out, present);
		add_tags(&out, tc->tags, present);
	} else {
		add_tags(&out, present, tc->tags);
	}
	const char *text = tend_arena_strdup(arena, tend_str_text(&out));
	tend_field_set(tc->field, c,
		(struct tend_value){.type = TEND_TAGS, .null = text[0] == '\0', .text = text});
	tend_str_finish(&out);
}

bool change_apply(const struct change *ch, struct tend_customer *c, struct tend_arena *arena)
{
	struct tend_customer before = *c;
	for (size_t i = 0; i < ch->nfields; i++) {
		tend_field_set(ch->fields[i], c, tend_field_get(ch->fields[i], &ch->customer));
	}
	for (size_t i = 0; i < ch->ntags; i++) {
		apply_tags(&ch->tags[i], c, arena);
	}
	customer_normalise_status(c);
	bool changed = false;
	if (ch->has_term) {
		c->term_months = ch->customer.term_months;
		changed = c->term_months != before.term_months;
	}
	for (size_t i = 0; i < ch->nfields; i++) {
		changed = changed || !same_value(ch->fields[i], c, &before);
	}
	for (size_t i = 0; i < ch->ntags; i++) {
		changed = changed || !same_value(ch->tags[i].field, c, &before);
	}
	return changed;
}
