/* SPDX-License-Identifier: MIT */
/* What a change to many customers would do, field by field, without doing it. */
#include <stdlib.h>
#include <string.h>

#include <tend/care.h>

#include "customer_change.h"

/* The rows of one customer. */
struct preview {
	struct tend_app *app;
	const struct change *change;
	const struct tend_customer *before, *after;
	struct tend_list *rows;
};

static const char *text_of(struct tend_list *rows, struct tend_value v)
{
	struct tend_str out = {0};
	if (!v.null) {
		tend_value_format(v, &out);
	}
	const char *text =
		out.len > 0 ? tend_arena_strdup(&rows->arena, tend_str_text(&out)) : NULL;
	tend_str_finish(&out);
	return text;
}

/* Nothing where both are the same. The texts live in the list's memory, or for good. */
static struct tend_change *add(const struct preview *p, const char *field, const char *title,
	const char *before, const char *after)
{
	if (tend_same(before, after)) {
		return NULL;
	}
	struct tend_change *row = tend_list_add(p->rows);
	row->id = p->before->id;
	row->customer = tend_arena_strdup(&p->rows->arena, p->before->key);
	row->record = "customer";
	row->name = tend_arena_strdup(&p->rows->arena, p->before->name);
	row->kind = record_noun(&tend_customer_type);
	row->action = "changed";
	row->field = tend_arena_strdup(&p->rows->arena, field);
	row->title = tend_arena_strdup(&p->rows->arena, title);
	row->before = before;
	row->after = after;
	return row;
}

/* A status that follows from the term is no change of its own. */
static void add_status(const struct preview *p, const struct tend_field *f)
{
	struct tend_customer was = *p->before;
	customer_normalise_status(&was);
	const char *before = tend_arena_strdup(&p->rows->arena, p->before->status);
	const char *after = p->after->status != NULL ? p->after->status : "active";
	if (!tend_same(was.status, p->after->status)) {
		(void)add(p, f->name, tend_pick(f->title), before,
			tend_arena_strdup(&p->rows->arena, after));
	}
}

static void add_field(const struct preview *p, const struct tend_field *f)
{
	if (strcmp(f->name, "status") == 0) {
		add_status(p, f);
		return;
	}
	(void)add(p, f->name, tend_pick(f->title), text_of(p->rows, tend_field_get(f, p->before)),
		text_of(p->rows, tend_field_get(f, p->after)));
}

static void add_custom(const struct preview *p, const struct tend_assignment *given)
{
	const struct tend_config_field *declared = sources_field(&p->app->sources, given->field);
	struct tend_arena *arena = &p->rows->arena;
	const char *before = tend_arena_strdup(arena, custom_value(p->before, given->field));
	const char *after = given->value[0] != '\0' ? tend_arena_strdup(arena, given->value) : NULL;
	(void)add(p, given->field, declared != NULL ? tend_pick(declared->title) : given->field,
		before, after);
}

static void add_called(const struct preview *p, const char *name)
{
	add_field(p, tend_field_find(&tend_customer_type, name));
}

static void add_customer(const struct preview *p)
{
	const struct change *ch = p->change;
	for (size_t i = 0; i < ch->nfields; i++) {
		add_field(p, ch->fields[i]);
	}
	if (ch->ntags > 0) {
		add_called(p, "tags");
	}
	if (ch->has_term) {
		add_called(p, "term_months");
	}
	if (ch->has_arr) {
		add_called(p, "arr");
	}
	for (size_t i = 0; i < ch->ncustom; i++) {
		add_custom(p, &ch->custom[i]);
	}
}

static enum tend_status add_milestones(const struct preview *p, struct tend_error *err)
{
	struct tend_list own;
	enum tend_status status = customer_own_milestones(p->app, p->before, p->change, &own, err);
	for (size_t i = 0; i < own.n && status == TEND_OK; i++) {
		struct tend_milestone *m = tend_list_at(&own, i);
		struct tend_arena *arena = &p->rows->arena;
		const struct tend_field *f = tend_field_find(&tend_milestone_type, "owner");
		struct tend_change *row =
			add(p, f->name, tend_pick(f->title), tend_arena_strdup(arena, m->owner),
				tend_arena_strdup(arena, p->change->customer.owner));
		if (row != NULL) {
			row->record = "milestone";
			row->kind = record_noun(&tend_milestone_type);
			row->name = tend_milestone_name(m, arena);
		}
	}
	tend_list_finish(&own);
	return status;
}

static int by_id(const void *x, const void *y)
{
	int64_t a = (*(const struct tend_customer *const *)x)->id,
		b = (*(const struct tend_customer *const *)y)->id;
	return (a > b) - (a < b);
}

/* The customers by their ids; allocated. */
static const struct tend_customer **sorted(const struct tend_list *all)
{
	const struct tend_customer **ret = tend_calloc(all->n + 1, sizeof(*ret));
	for (size_t i = 0; i < all->n; i++) {
		ret[i] = tend_list_at(all, i);
	}
	qsort(ret, all->n, sizeof(*ret), by_id);
	return ret;
}

static enum tend_status preview_each(struct tend_app *a, const struct tend_bulk *b,
	const struct change *ch, const struct tend_list *all, struct tend_list *ret,
	struct tend_error *err)
{
	const struct tend_customer **customers = sorted(all);
	enum tend_status status = TEND_OK;
	for (size_t i = 0; i < b->nids && status == TEND_OK; i++) {
		const struct tend_customer wanted = {.id = b->ids[i]}, *key = &wanted;
		const struct tend_customer **found =
			bsearch(&key, customers, all->n, sizeof(*customers), by_id);
		if (found == NULL) {
			status = tend_fail(
				err, TEND_NOT_FOUND, _("there is no such customer any more"));
			break;
		}
		struct tend_customer after = **found;
		const struct preview p = {a, ch, *found, &after, ret};
		(void)change_apply(ch, &after, &ret->arena);
		after.arr = ch->has_arr ? ch->arr : after.arr;
		add_customer(&p);
		status = b->milestones ? add_milestones(&p, err) : TEND_OK;
	}
	free(customers);
	return status;
}

enum tend_status tend_app_bulk_preview(struct tend_app *a, const struct tend_bulk *b,
	struct tend_list *ret, struct tend_error *err)
{
	struct change ch;
	struct tend_list all = {0};
	tend_list_init(ret, &tend_change_type);
	enum tend_status status = change_parse(a, b->fields, b->n, false, &ch, err);
	status = status != TEND_OK ? status : tend_app_customers(a, NULL, &all, err);
	status = status != TEND_OK ? status : preview_each(a, b, &ch, &all, ret, err);
	tend_list_finish(&all);
	change_finish(&ch);
	return status;
}
