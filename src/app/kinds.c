/* SPDX-License-Identifier: MIT */
/* What the program says about its own kinds of records. */
#include <string.h>

#include "inside.h"

#define K struct tend_kind_row
#define F struct tend_kind_field

#define OF(s, m, t, f, en, zh)                                                                     \
	{                                                                                          \
		.name = #m, .type = (t), .offset = offsetof(s, m), .flags = (f),                   \
		.title = {(en), (zh)},                                                             \
	}

static const struct tend_field kind_fields[] = {
	OF(K, kind, TEND_TEXT, TEND_F_KEY, "Kind", "种类"),
	OF(K, import, TEND_TEXT, 0, "Import as", "导入名"),
	OF(K, belongs, TEND_TEXT, 0, "Belongs to", "归属"),
	OF(K, title, TEND_TEXT, 0, "Title", "标题"),
	OF(K, help, TEND_TEXT, 0, "What it keeps", "内容"),
};
const struct tend_record_type tend_kind_row_type = {
	.name = "kind",
	.title = {"Kind", "种类"},
	.size = sizeof(K),
	.fields = kind_fields,
	.nfields = sizeof(kind_fields) / sizeof(kind_fields[0]),
	.custom = -1,
};

static const struct tend_field field_fields[] = {
	OF(F, field, TEND_TEXT, TEND_F_KEY, "Field", "字段"),
	OF(F, type, TEND_TEXT, 0, "Type", "类型"),
	OF(F, required, TEND_BOOL, 0, "Required", "必填"),
	OF(F, given, TEND_TEXT, 0, "Given", "填写"),
	OF(F, values, TEND_TAGS, 0, "Words", "取值"),
	OF(F, refers, TEND_TEXT, 0, "Refers to", "引用"),
	OF(F, max, TEND_INT, TEND_F_WIDE, "At most", "最大"),
	OF(F, title, TEND_TEXT, 0, "Title", "标题"),
};
const struct tend_record_type tend_kind_field_type = {
	.name = "field",
	.title = {"Field", "字段"},
	.size = sizeof(F),
	.fields = field_fields,
	.nfields = sizeof(field_fields) / sizeof(field_fields[0]),
	.custom = -1,
};

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

static const char *joined(const char *const *values, struct tend_arena *arena)
{
	struct tend_str text = {0};
	for (size_t i = 0; values != NULL && values[i] != NULL; i++) {
		tend_str_addf(&text, "%s%s", i > 0 ? "," : "", values[i]);
	}
	const char *copy = tend_arena_strdup(arena, tend_str_text(&text));
	tend_str_finish(&text);
	return copy;
}

enum tend_status tend_app_kind_fields(
	const char *noun, struct tend_list *ret, struct tend_error *err)
{
	const struct tend_kind *k = tend_kind_called(noun);
	tend_list_init(ret, &tend_kind_field_type);
	if (k == NULL) {
		const char *nouns[64];
		size_t n = 0;
		for (; n < tend_kind_count && n < sizeof(nouns) / sizeof(nouns[0]); n++) {
			nouns[n] = tend_kinds[n]->noun;
		}
		const char *near = tend_nearest(noun, nouns, n);
		return near != NULL
			? tend_fail(err, TEND_NOT_FOUND,
				_("no kind of records is called \"%s\"; did you mean %s?"), noun,
				near)
			: tend_fail(err, TEND_NOT_FOUND,
				_("no kind of records is called \"%s\"; see tend kind list"), noun);
	}
	for (size_t i = 0; i < k->type->nfields; i++) {
		const struct tend_field *f = &k->type->fields[i];
		if ((f->flags & TEND_F_HIDDEN) != 0) {
			continue;
		}
		struct tend_kind_field *row = tend_list_add(ret);
		bool adding = tend_field_is_given(f, true);
		*row = (struct tend_kind_field){.field = f->name,
			.type = type_word(f),
			.required = tend_kind_requires(k, f),
			.given = tend_field_is_given(f, false)               ? "always"
				: adding || strcmp(f->name, "customer") == 0 ? "when-added"
									     : "never",
			.values = joined(f->values, &ret->arena),
			.refers = f->refers,
			.max = f->max > 0 ? (int64_t)f->max : TEND_NO_INT,
			.title = tend_pick(f->title)};
	}
	return TEND_OK;
}
