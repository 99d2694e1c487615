/* SPDX-License-Identifier: MIT */
/* Saved views: how many rows each shows, and one as a query. */
#include <stdlib.h>
#include <string.h>

#include "derive.h"

const char *tend_app_page_filter(const char *page)
{
	static const struct {
		const char *page, *filter;
	} pages[] = {
		{"portfolio", ""},
		{"renewals",
			"days_to_renewal <= 180 and (status == \"active\" or status == "
			"\"lapsed\")"},
		{"winback", "status != \"active\""},
	};
	for (size_t i = 0; i < sizeof(pages) / sizeof(pages[0]); i++) {
		if (tend_same(pages[i].page, page)) {
			return pages[i].filter;
		}
	}
	return NULL;
}

/* Of the customers, which are not touched, those that the page lists and the filter keeps. */
static enum tend_status count_customers(struct tend_app *a, const struct tend_list *customers,
	const struct names_list *custom, const struct tend_saved_view *v, const char *page,
	int64_t *ret)
{
	struct tend_list copy = *customers;
	const struct tend_query q[] = {{.filter = page}, {.filter = v->filter}};
	copy.items = tend_calloc(customers->n + 1, customers->type->size);
	memcpy(copy.items, customers->items, customers->n * customers->type->size);
	enum tend_status status = query_apply(a, &copy, &q[0], custom, NULL);
	status = status != TEND_OK ? status : query_apply(a, &copy, &q[1], custom, NULL);
	*ret = (int64_t)copy.n;
	free(copy.items);
	return status;
}

static enum tend_status count_others(
	struct tend_app *a, const struct tend_saved_view *v, int64_t *ret)
{
	const struct tend_query q = {.filter = v->filter};
	struct tend_list list;
	enum tend_status status = tend_same(v->page, "today")
		? tend_app_today_queue(a, &q, &list, NULL)
		: tend_app_alerts(a, 0, false, &q, &list, NULL);
	*ret = (int64_t)list.n;
	tend_list_finish(&list);
	return status;
}

/* Unknown where the filter cannot be read. */
enum tend_status derive_views(
	struct tend_app *a, int64_t customer_id, struct tend_list *list, struct tend_error *err)
{
	(void)customer_id;
	struct tend_arena arena = {0};
	struct names_list custom;
	struct tend_list customers;
	enum tend_status status = tend_app_customers(a, NULL, &customers, err);
	status = status != TEND_OK ? status : custom_names(a, &arena, &custom, err);
	for (size_t i = 0; i < list->n && status == TEND_OK; i++) {
		struct tend_saved_view *v = tend_list_at(list, i);
		const char *page = tend_app_page_filter(v->page);
		int64_t n = 0;
		enum tend_status counted = page != NULL
			? count_customers(a, &customers, &custom, v, page, &n)
			: count_others(a, v, &n);
		v->rows = counted == TEND_OK ? n : TEND_NO_INT;
	}
	tend_list_finish(&customers);
	tend_arena_finish(&arena);
	return status;
}

void tend_app_names(struct tend_app *a, const struct tend_record_type *t, struct tend_arena *arena,
	struct tend_names *ret)
{
	struct names_list custom = {0};
	*ret = tend_names_of(t);
	ret->functions = t == &tend_customer_type;
	if (a != NULL && ret->functions && custom_names(a, arena, &custom, NULL) == TEND_OK) {
		ret->custom = custom.items;
		ret->ncustom = custom.n;
		sources_segments(&a->sources, arena, ret);
	}
}

bool tend_app_own_field(
	struct tend_app *a, const char *name, enum tend_type *ret_type, const char **ret_title)
{
	const struct tend_config_field *f = sources_field(&a->sources, name);
	if (f != NULL) {
		*ret_type = f->type;
		*ret_title = tend_pick(f->title);
	}
	return f != NULL;
}
