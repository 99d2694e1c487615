/* SPDX-License-Identifier: MIT */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <tend/money.h>
#include <tend/record.h>
#include <tend/str.h>

static void *member(const struct tend_field *f, void *record)
{
	return (char *)record + f->offset;
}

static const void *const_member(const struct tend_field *f, const void *record)
{
	return (const char *)record + f->offset;
}

void tend_record_clear(const struct tend_record_type *t, void *record)
{
	memset(record, 0, t->size);
	for (size_t i = 0; i < t->nfields; i++) {
		const struct tend_field *f = &t->fields[i];
		if ((f->flags & TEND_F_ID) == 0) {
			tend_field_set(
				f, record, (struct tend_value){.type = f->type, .null = true});
		}
	}
}

const struct tend_field *tend_field_find(const struct tend_record_type *t, const char *name)
{
	for (size_t i = 0; i < t->nfields; i++) {
		if (strcmp(t->fields[i].name, name) == 0) {
			return &t->fields[i];
		}
	}
	return NULL;
}

struct tend_value tend_field_get(const struct tend_field *f, const void *record)
{
	const void *p = const_member(f, record);
	struct tend_value v = {.type = f->type};
	switch (f->type) {
	case TEND_TEXT:
		v.text = *(const char *const *)p;
		v.null = v.text == NULL;
		break;
	case TEND_TAGS:
		v.text = *(const char *const *)p;
		v.text = v.text != NULL ? v.text : "";
		break;
	case TEND_INT:
	case TEND_BOOL:
	case TEND_TIME:
	case TEND_MONEY:
		v.integer = *(const int64_t *)p;
		v.null = v.integer == TEND_NO_INT;
		break;
	case TEND_NUMBER:
	case TEND_RATIO:
		v.number = *(const double *)p;
		v.null = isnan(v.number);
		break;
	case TEND_DATE:
		v.date = *(const struct tend_date *)p;
		v.null = !tend_has_date(v.date);
		break;
	case TEND_TERMS:
		v.terms = p;
		v.null = v.terms->n == 0;
		break;
	}
	return v;
}

void tend_field_set(const struct tend_field *f, void *record, struct tend_value v)
{
	void *p = member(f, record);
	switch (f->type) {
	case TEND_TEXT:
	case TEND_TAGS:
		*(const char **)p = v.null ? NULL : v.text;
		break;
	case TEND_INT:
	case TEND_BOOL:
	case TEND_TIME:
	case TEND_MONEY:
		*(int64_t *)p = v.null ? TEND_NO_INT : v.integer;
		break;
	case TEND_NUMBER:
	case TEND_RATIO:
		*(double *)p = v.null ? (double)NAN : v.number;
		break;
	case TEND_DATE:
		*(struct tend_date *)p = v.null ? TEND_NO_DATE : v.date;
		break;
	case TEND_TERMS:
		*(struct tend_terms *)p = v.null ? (struct tend_terms){0} : *v.terms;
		break;
	}
}

static int compare_custom(const void *name, const void *item)
{
	return strcmp(name, ((const struct tend_custom_value *)item)->name);
}

bool tend_record_get(const struct tend_record_type *t, const void *record, const char *name,
	struct tend_value *ret)
{
	const struct tend_field *f = tend_field_find(t, name);
	if (f != NULL) {
		*ret = tend_field_get(f, record);
		return true;
	}
	*ret = (struct tend_value){.type = TEND_TEXT, .null = true};
	if (t->custom < 0) {
		return false;
	}
	const struct tend_custom *custom =
		(const struct tend_custom *)(const void *)((const char *)record + t->custom);
	const struct tend_custom_value *found = custom->n == 0
		? NULL
		: bsearch(name, custom->items, custom->n, sizeof(custom->items[0]), compare_custom);
	if (found == NULL) {
		return false;
	}
	*ret = (struct tend_value){
		.type = TEND_TEXT, .text = found->value, .null = found->value == NULL};
	return true;
}

void tend_list_init(struct tend_list *list, const struct tend_record_type *type)
{
	*list = (struct tend_list){.type = type};
}

void *tend_list_add(struct tend_list *list)
{
	size_t size = list->type->size;
	if (list->blank == NULL) {
		list->blank = tend_alloc(size);
		tend_record_clear(list->type, list->blank);
	}
	if (list->n == list->cap) {
		list->cap = list->cap > 0 ? list->cap * 2 : 8;
		list->items = tend_realloc(list->items, list->cap, size);
	}
	void *record = list->items + list->n++ * size;
	memcpy(record, list->blank, size);
	return record;
}

void *tend_list_at(const struct tend_list *list, size_t i)
{
	return list->items + i * list->type->size;
}

void tend_list_finish(struct tend_list *list)
{
	free(list->items);
	free(list->blank);
	tend_arena_finish(&list->arena);
	*list = (struct tend_list){.type = list->type};
}
