/* SPDX-License-Identifier: MIT */
/* What a person may mean in a field: the completion of forms. */
#include <stdlib.h>
#include <string.h>

#include <tend/words.h>

#include "inside.h"
#include "sources.h"

struct proposals {
	struct tend_proposal *items;
	size_t n, cap;
};

/* Names of people and groups that stand in many records: those of the customers. */
static const char *const shared[] = {"owner", "segment", "industry"};
#define NSHARED (sizeof(shared) / sizeof(shared[0]))

static const struct tend_field *shared_field(const struct tend_field *f)
{
	for (size_t i = 0; i < NSHARED; i++) {
		if (strcmp(f->name, shared[i]) == 0) {
			return tend_field_find(&tend_customer_type, f->name);
		}
	}
	return NULL;
}

static bool is_customer(const struct tend_field *f)
{
	return strcmp(f->name, "customer") == 0;
}

static bool is_metric(const struct tend_field *f)
{
	return strcmp(f->name, "metric") == 0;
}

static bool has_words(const struct tend_field *f)
{
	return f->values != NULL && (f->flags & TEND_F_OPEN) != 0;
}

bool tend_app_proposes(const struct tend_field *f)
{
	return f->refers != NULL || f->suggests != NULL || has_words(f) || is_customer(f)
		|| is_metric(f) || shared_field(f) != NULL;
}

static void add(struct proposals *p, struct tend_arena *arena, const char *text, const char *detail)
{
	for (size_t i = p->n; i-- > 0 && text != NULL;) {
		if (strcmp(p->items[i].text, text) == 0) {
			return;
		}
	}
	if (text != NULL && text[0] != '\0') {
		*TEND_PUSH(p) = (struct tend_proposal){
			tend_arena_strdup(arena, text), tend_arena_strdup(arena, detail)};
	}
}

static enum tend_status add_records(struct tend_app *a, const char *noun, bool keys,
	int64_t customer_id, struct proposals *p, struct tend_arena *arena, struct tend_error *err)
{
	const struct tend_kind *kind = tend_kind_called(noun);
	struct tend_list list;
	/* What belongs to customers is proposed for its own one only. */
	int64_t of = tend_kind_belongs(kind) == TEND_TO_NOBODY ? 0 : customer_id;
	enum tend_status status = tend_app_records(a, kind->type, of, NULL, &list, err);
	for (size_t i = 0; status == TEND_OK && i < list.n; i++) {
		const void *record = tend_list_at(&list, i);
		struct tend_value key = tend_kind_value(kind, record, "key");
		struct tend_value label = tend_kind_value(kind, record, kind->label);
		struct tend_value detail = tend_kind_value(kind, record, kind->detail);
		if (keys && !key.null) {
			add(p, arena, key.text, label.null ? NULL : label.text);
		} else if (!keys && !label.null) {
			add(p, arena, label.text, detail.null ? NULL : detail.text);
		}
	}
	tend_list_finish(&list);
	return status;
}

static int by_text(const void *x, const void *y)
{
	return strcmp(
		((const struct tend_proposal *)x)->text, ((const struct tend_proposal *)y)->text);
}

/* The keys of all customers, or what they have in a field. */
static enum tend_status add_customers(struct tend_app *a, const struct tend_field *f,
	struct proposals *p, struct tend_arena *arena, struct tend_error *err)
{
	struct tend_list all;
	enum tend_status status = tend_app_customers(a, NULL, &all, err);
	for (size_t i = 0; status == TEND_OK && i < all.n; i++) {
		const struct tend_customer *c = tend_list_at(&all, i);
		if (f == NULL) {
			/* Each is there once. */
			*TEND_PUSH(p) = (struct tend_proposal){tend_arena_strdup(arena, c->key),
				tend_arena_strdup(arena, c->name)};
		} else {
			struct tend_value v = tend_field_get(f, c);
			add(p, arena, v.null ? NULL : v.text, NULL);
		}
	}
	tend_list_finish(&all);
	if (p->n > 0) {
		qsort(p->items, p->n, sizeof(*p->items), by_text);
	}
	return status;
}

static enum tend_status add_metrics(struct tend_app *a, int64_t customer_id, struct proposals *p,
	struct tend_arena *arena, struct tend_error *err)
{
	const struct tend_metric *m;
	for (size_t i = 0; (m = sources_metric_at(&a->sources, i)) != NULL; i++) {
		add(p, arena, m->key, tend_pick(m->title));
	}
	if (customer_id == 0) {
		return TEND_OK;
	}
	struct tend_list points;
	enum tend_status status = read_records(a, &tend_point_type, customer_id, &points, err);
	for (size_t i = 0; status == TEND_OK && i < points.n; i++) {
		add(p, arena, ((const struct tend_point *)tend_list_at(&points, i))->metric, NULL);
	}
	tend_list_finish(&points);
	return status;
}

enum tend_status tend_app_proposals(struct tend_app *a, const struct tend_field *f,
	int64_t customer_id, struct tend_arena *arena, struct tend_proposal **ret, size_t *ret_n,
	struct tend_error *err)
{
	struct proposals p = {0};
	enum tend_status status = TEND_OK;
	if (f->refers != NULL || f->suggests != NULL) {
		status = add_records(a, f->refers != NULL ? f->refers : f->suggests,
			f->refers != NULL, customer_id, &p, arena, err);
	} else if (has_words(f)) {
		for (size_t i = 0; f->values[i] != NULL; i++) {
			add(&p, arena, tend_word(f->name, f->values[i]), NULL);
		}
	} else if (is_metric(f)) {
		status = add_metrics(a, customer_id, &p, arena, err);
	} else if (is_customer(f) || shared_field(f) != NULL) {
		status = add_customers(a, shared_field(f), &p, arena, err);
	}
	*ret = tend_arena_alloc(arena, (p.n + 1) * sizeof(**ret));
	if (p.n > 0) {
		memcpy(*ret, p.items, p.n * sizeof(**ret));
	}
	*ret_n = p.n;
	free(p.items);
	return status;
}
