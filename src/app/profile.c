/* SPDX-License-Identifier: MIT */
/* The profile of customers: fields that config: files declare in sections, and how much of it is known. */
#include <string.h>

#include <tend/fields.h>
#include <tend/settings.h>

#include "inside.h"

#define F struct tend_profile_field
#define R struct tend_profile_row

static const struct tend_field field_fields[] = {
	TEXT(F, section, 0, "Section", "部分"),
	TEXT(F, field, TEND_F_KEY, "Field", "字段"),
	TEXT(F, title, 0, "Title", "标题"),
	TEXT(F, value, 0, "Value", "内容"),
	TEXT(F, type, TEND_F_WIDE, "Type", "类型"),
	TAGS(F, values, TEND_F_WIDE, "Words", "取值"),
	TEXT(F, hint, TEND_F_WIDE, "What belongs there", "填写提示"),
	TEXT(F, shown, TEND_F_HIDDEN, "Shown", "显示"),
};
const struct tend_record_type tend_profile_field_type =
	RECORD_TYPE_OF(F, "profile", "Profile", "客户画像", field_fields);

static const struct tend_field row_fields[] = {
	TEXT(R, customer, TEND_F_KEY, "Customer", "客户"),
	TEXT(R, name, 0, "Name", "名称"),
	TEXT(R, owner, 0, "Owner", "负责人"),
	INT(R, known, 0, "Known", "已知"),
	INT(R, fields, 0, "Fields", "字段数"),
	RATIO(R, share, 0, "Share", "完整度"),
	TAGS(R, missing, TEND_F_WIDE, "Missing", "缺少"),
	ROW_ID(R, customer_id),
};
const struct tend_record_type tend_profile_row_type =
	RECORD_TYPE_OF(R, "profile", "Profile", "客户画像", row_fields);

static const char *type_word(enum tend_type type)
{
	return type == TEND_NUMBER  ? "number"
		: type == TEND_DATE ? "date"
		: type == TEND_BOOL ? "yes-no"
				    : "text";
}

/* A value as people read it: the title of a word. */
static const char *shown_value(const struct tend_config_field *f, const char *value)
{
	for (size_t i = 0; value != NULL && f->values != NULL && f->values[i] != NULL; i++) {
		if (strcmp(f->values[i], value) == 0) {
			return tend_pick(f->titles[i]);
		}
	}
	return f->type != TEND_BOOL       ? value
		: tend_same(value, "yes") ? _("yes")
		: tend_same(value, "no")  ? _("no")
					  : value;
}

/* One word for yes and one for no: files may say true or 1. */
static const char *kept_value(const struct tend_config_field *f, const char *value)
{
	const struct tend_field field = {.name = f->name, .type = TEND_BOOL};
	struct tend_arena arena = {0};
	struct tend_value v;
	if (value == NULL || f->type != TEND_BOOL
		|| tend_field_parse(&field, value, &arena, &v, NULL) != TEND_OK || v.null) {
		return value;
	}
	return v.integer != 0 ? "yes" : "no";
}

static const char *const *titles_of(const struct tend_config_field *f, struct tend_arena *arena)
{
	size_t n = 0;
	while (f->values[n] != NULL) {
		n++;
	}
	const char **titles = tend_arena_alloc(arena, (n + 1) * sizeof(*titles));
	for (size_t i = 0; i < n; i++) {
		titles[i] = tend_pick(f->titles[i]);
	}
	titles[n] = NULL;
	return titles;
}

static const char *value_of(const struct tend_customer *c, const char *field)
{
	struct tend_value v;
	return tend_record_get(&tend_customer_type, c, field, &v) && !v.null ? v.text : NULL;
}

enum tend_status tend_app_profile(
	struct tend_app *a, int64_t customer_id, struct tend_list *ret, struct tend_error *err)
{
	struct tend_list customers = {0};
	tend_list_init(ret, &tend_profile_field_type);
	enum tend_status status = tend_app_customer(a, customer_id, &customers, err);
	const struct tend_config_field *f;
	for (size_t i = 0; status == TEND_OK && (f = sources_field_at(&a->sources, i)) != NULL;
		i++) {
		if (f->section == NULL) {
			continue;
		}
		struct tend_profile_field *row = tend_list_add(ret);
		const char *value = kept_value(f, value_of(tend_list_at(&customers, 0), f->name));
		*row = (struct tend_profile_field){.section = tend_pick(f->section->title),
			.field = f->name,
			.title = tend_pick(f->title),
			.value = tend_arena_strdup(&ret->arena, value),
			.shown = tend_arena_strdup(&ret->arena, shown_value(f, value)),
			.type = type_word(f->type),
			.values = words_joined(f->values, &ret->arena),
			.hint = tend_pick(f->hint),
			.words = f->values,
			.word_titles = f->values != NULL ? titles_of(f, &ret->arena) : NULL};
	}
	tend_list_finish(&customers);
	return status;
}

static void count(struct tend_app *a, const struct tend_customer *c, struct tend_profile_row *row,
	struct tend_arena *arena)
{
	struct tend_str missing = {0};
	const struct tend_config_field *f;
	row->known = row->fields = 0;
	for (size_t i = 0; (f = sources_field_at(&a->sources, i)) != NULL; i++) {
		if (f->section == NULL) {
			continue;
		}
		row->fields++;
		if (value_of(c, f->name) != NULL) {
			row->known++;
		} else {
			tend_str_addf(&missing, "%s%s", missing.len > 0 ? "," : "", f->name);
		}
	}
	row->missing = tend_arena_strdup(arena, tend_str_text(&missing));
	if (row->fields > 0) {
		row->share = (double)row->known / (double)row->fields;
	}
	tend_str_finish(&missing);
}

enum tend_status tend_app_profiles(struct tend_app *a, const struct tend_query *q,
	struct tend_list *ret, struct tend_error *err)
{
	struct tend_list customers = {0};
	tend_list_init(ret, &tend_profile_row_type);
	enum tend_status status = tend_app_customers(a, NULL, &customers, err);
	for (size_t i = 0; status == TEND_OK && i < customers.n; i++) {
		const struct tend_customer *c = tend_list_at(&customers, i);
		struct tend_profile_row *row = tend_list_add(ret);
		row->customer = tend_arena_strdup(&ret->arena, c->key);
		row->name = tend_arena_strdup(&ret->arena, c->name);
		row->owner = tend_arena_strdup(&ret->arena, c->owner);
		row->customer_id = c->id;
		count(a, c, row, &ret->arena);
	}
	tend_list_finish(&customers);
	return status != TEND_OK ? status : query_apply(a, ret, q, NULL, err);
}

enum tend_status tend_app_profile_check(
	struct tend_app *a, const struct tend_assignment *fields, size_t n, struct tend_error *err)
{
	const char *names[256];
	size_t nnames = 0;
	const struct tend_config_field *f;
	for (size_t i = 0; (f = sources_field_at(&a->sources, i)) != NULL && nnames < 256; i++) {
		if (f->section != NULL) {
			names[nnames++] = f->name;
		}
	}
	for (size_t i = 0; i < n; i++) {
		bool known = false;
		for (size_t k = 0; k < nnames && !known; k++) {
			known = strcmp(names[k], fields[i].field) == 0;
		}
		const char *near = known ? NULL : tend_nearest(fields[i].field, names, nnames);
		if (near != NULL) {
			return tend_fail(err, TEND_USAGE,
				_("the profile has no field \"%s\"; did you mean \"%s\"?"),
				fields[i].field, near);
		}
		if (!known) {
			return tend_fail(err, TEND_USAGE,
				_("the profile has no field \"%s\"; see tend profile show"),
				fields[i].field);
		}
	}
	return TEND_OK;
}

void tend_app_custom_shown(struct tend_app *a, const char *name, const char *value,
	const char **ret_title, const char **ret_shown)
{
	const struct tend_config_field *f = sources_field(&a->sources, name);
	*ret_title = f != NULL ? tend_pick(f->title) : name;
	*ret_shown = f != NULL ? shown_value(f, value) : value;
}
