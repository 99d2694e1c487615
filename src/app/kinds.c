/* SPDX-License-Identifier: MIT */
/* What the program says about its own kinds of records. */
#include <stdlib.h>
#include <string.h>

#include <tend/fields.h>

#include "inside.h"

#define K struct tend_kind_row
#define F struct tend_kind_field

static const struct tend_field kind_fields[] = {
	TEXT(K, kind, TEND_F_KEY, "Kind", "种类"),
	TEXT(K, import, 0, "Import as", "导入名"),
	TEXT(K, belongs, 0, "Belongs to", "归属"),
	TEXT(K, title, 0, "Title", "标题"),
	TEXT(K, help, 0, "What it keeps", "内容"),
};
const struct tend_record_type tend_kind_row_type =
	RECORD_TYPE_OF(K, "kind", "Kind", "种类", kind_fields);

static const struct tend_field field_fields[] = {
	TEXT(F, field, TEND_F_KEY, "Field", "字段"),
	TEXT(F, type, 0, "Type", "类型"),
	BOOL(F, required, 0, "Required", "必填"),
	TEXT(F, given, 0, "Given", "填写"),
	TAGS(F, values, 0, "Words", "取值"),
	TEXT(F, refers, 0, "Refers to", "引用"),
	TEXT(F, initial, 0, "Unless said", "默认值"),
	INT(F, min, TEND_F_WIDE, "At least", "最小"),
	INT(F, max, TEND_F_WIDE, "At most", "最大"),
	TEXT(F, not_before, TEND_F_WIDE, "Not before", "不早于"),
	TEXT(F, title, 0, "Title", "标题"),
};
const struct tend_record_type tend_kind_field_type =
	RECORD_TYPE_OF(F, "field", "Field", "字段", field_fields);

void tend_app_kinds(struct tend_list *ret)
{
	static const char *const belongs[] = {[TEND_TO_CUSTOMER] = "customer",
		[TEND_TO_ANY] = "any",
		[TEND_TO_NOBODY] = "nobody"};
	tend_list_init(ret, &tend_kind_row_type);
	for (size_t i = 0; i < tend_kind_count; i++) {
		const struct tend_kind *k = tend_kinds[i];
		struct tend_kind_row *row = tend_list_add(ret);
		*row = (struct tend_kind_row){.kind = k->noun,
			.import = k->plural,
			.belongs = belongs[tend_kind_belongs(k)],
			.title = tend_pick(k->titles),
			.help = tend_pick(k->help)};
	}
}

static const char *type_word(const struct tend_field *f)
{
	static const char *const words[] = {[TEND_TEXT] = "text",
		[TEND_INT] = "integer",
		[TEND_NUMBER] = "number",
		[TEND_RATIO] = "ratio",
		[TEND_MONEY] = "money",
		[TEND_DATE] = "date",
		[TEND_BOOL] = "yes-no",
		[TEND_TIME] = "time",
		[TEND_TAGS] = "tags",
		[TEND_TERMS] = "terms"};
	if (f->type != TEND_TEXT) {
		return words[f->type];
	}
	return (f->flags & TEND_F_LONG) != 0        ? "lines"
		: (f->flags & TEND_F_DURATION) != 0 ? "duration"
		: (f->flags & TEND_F_CURRENCY) != 0 ? "currency"
		: f->values == NULL                 ? "text"
		: (f->flags & TEND_F_OPEN) != 0     ? "word-or-text"
						    : "word";
}

static void describe(const struct tend_kind *k, const struct tend_field *f, struct tend_list *ret)
{
	bool number = f->type == TEND_INT || f->type == TEND_NUMBER;
	bool today = k->day != NULL && strcmp(k->day, f->name) == 0;
	bool adding = tend_field_is_given(f, true) || strcmp(f->name, "customer") == 0;
	struct tend_kind_field *row = tend_list_add(ret);
	*row = (struct tend_kind_field){.field = f->name,
		.type = type_word(f),
		.required = tend_kind_requires(k, f),
		.given = tend_field_is_given(f, false) ? "always"
			: adding                       ? "when-added"
						       : "never",
		.values = words_joined(f->values, &ret->arena),
		.refers = f->refers,
		.initial = today ? "today" : f->initial,
		.min = f->type == TEND_INT || (number && f->max > 0) ? f->min : TEND_NO_INT,
		.max = f->max > 0 ? (int64_t)f->max : TEND_NO_INT,
		.not_before = f->not_before,
		.title = tend_pick(f->title)};
}

enum tend_status tend_app_kind_fields(
	const char *noun, struct tend_list *ret, struct tend_error *err)
{
	const struct tend_kind *k = tend_kind_called(noun);
	tend_list_init(ret, &tend_kind_field_type);
	if (k == NULL) {
		const char **nouns = tend_calloc(tend_kind_count, sizeof(*nouns));
		for (size_t i = 0; i < tend_kind_count; i++) {
			nouns[i] = tend_kinds[i]->noun;
		}
		const char *near = tend_nearest(noun, nouns, tend_kind_count);
		free(nouns);
		return near != NULL
			? tend_fail(err, TEND_NOT_FOUND,
				_("no kind of records is called \"%s\"; did you mean %s?"), noun,
				near)
			: tend_fail(err, TEND_NOT_FOUND,
				_("no kind of records is called \"%s\"; see tend kind list"), noun);
	}
	for (size_t i = 0; i < k->type->nfields; i++) {
		if ((k->type->fields[i].flags & TEND_F_HIDDEN) == 0) {
			describe(k, &k->type->fields[i], ret);
		}
	}
	return TEND_OK;
}
