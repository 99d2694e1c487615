/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include <tend/care.h>
#include <tend/mem.h>

#include "workbench.h"

void targets_finish(struct targets *ids)
{
	free(ids->items);
	*ids = (struct targets){0};
}

void targets_add(struct targets *ids, int64_t id)
{
	/* Rows of one customer stand together in the lists where they repeat. */
	for (size_t i = ids->n; i-- > 0 && ids->n - i < 64;) {
		if (ids->items[i] == id) {
			return;
		}
	}
	if (id != 0) {
		*TEND_PUSH(ids) = id;
	}
}

typedef void adder(
	struct workbench *wb, const struct pane *p, const void *record, struct targets *ret);

static void each_target(struct workbench *wb, adder *add, struct targets *ret)
{
	struct view *v = wb_view(wb);
	/* A text pane is about the row of the list beside it. */
	struct pane *p = view_list(v);
	if (p->ops->type == NULL || wb->app == NULL) {
		return;
	}
	bool marked = p->grid.nmarked > 0 || p->grid.ranging;
	for (size_t i = 0; i < p->grid.n; i++) {
		if (marked ? grid_is_marked(&p->grid, i) : i == p->grid.cursor) {
			add(wb, p, tend_list_at(&p->list, p->grid.rows[i]), ret);
		}
	}
}

static void add_customer(
	struct workbench *wb, const struct pane *p, const void *record, struct targets *ret)
{
	(void)wb;
	const struct tend_record_type *t = p->list.type;
	if (t == &tend_customer_type) {
		targets_add(ret, ((const struct tend_customer *)record)->id);
	} else if (t == &tend_today_type) {
		targets_add(ret, ((const struct tend_today_row *)record)->customer_id);
	} else if (t == &tend_alert_type) {
		targets_add(ret, ((const struct tend_alert *)record)->customer_id);
	} else if (t == &tend_milestone_type) {
		targets_add(ret, ((const struct tend_milestone *)record)->customer_id);
	} else if (t == &tend_stakeholder_type) {
		targets_add(ret, ((const struct tend_stakeholder *)record)->customer_id);
	}
}

void targets_customers(struct workbench *wb, struct targets *ret)
{
	each_target(wb, add_customer, ret);
	const struct view *v = wb_view(wb);
	if (ret->n == 0 && v != NULL && v->customer_id != 0) {
		targets_add(ret, v->customer_id);
	}
}

static void add_milestone(
	struct workbench *wb, const struct pane *p, const void *record, struct targets *ret)
{
	const struct tend_record_type *t = p->list.type;
	if (t == &tend_milestone_type) {
		targets_add(ret, ((const struct tend_milestone *)record)->id);
	} else if (t == &tend_today_type) {
		const struct tend_today_row *row = record;
		if (strcmp(row->kind, "overdue") == 0 || strcmp(row->kind, "due") == 0) {
			targets_add(ret, row->id);
		}
	} else if (t == &tend_customer_type) {
		const struct tend_customer *c = record;
		int64_t id = 0;
		if (c->next_milestone != NULL && !tend_is_after_term(c, c->next_due)
			&& tend_app_find_milestone(wb->app, c->id, c->next_milestone, &id, NULL)
				== TEND_OK) {
			targets_add(ret, id);
		}
	}
}

void targets_milestones(struct workbench *wb, struct targets *ret)
{
	each_target(wb, add_milestone, ret);
}

static void add_alert(
	struct workbench *wb, const struct pane *p, const void *record, struct targets *ret)
{
	(void)wb;
	const struct tend_record_type *t = p->list.type;
	if (t == &tend_alert_type) {
		targets_add(ret, ((const struct tend_alert *)record)->id);
	} else if (t == &tend_today_type) {
		const struct tend_today_row *row = record;
		if (strcmp(row->kind, "alert") == 0) {
			targets_add(ret, row->id);
		}
	}
}

void targets_alerts(struct workbench *wb, struct targets *ret)
{
	each_target(wb, add_alert, ret);
}

const struct tend_milestone *target_loaded(const struct view *v, int64_t id)
{
	for (int i = 0; i < v->page->shape.npanes; i++) {
		const struct tend_list *list = &v->panes[i].list;
		for (size_t k = 0; list->type == &tend_milestone_type && k < list->n; k++) {
			const struct tend_milestone *m = tend_list_at(list, k);
			if (m->id == id) {
				return m;
			}
		}
	}
	return NULL;
}

const struct tend_milestone *target_called(
	const struct view *v, int64_t customer_id, const char *key, int64_t number)
{
	for (int i = 0; i < v->page->shape.npanes; i++) {
		const struct tend_list *list = &v->panes[i].list;
		for (size_t k = 0; list->type == &tend_milestone_type && k < list->n; k++) {
			const struct tend_milestone *m = tend_list_at(list, k);
			if (m->customer_id == customer_id && strcmp(m->key, key) == 0
				&& (number == 0 || m->occurrence == number)) {
				return m;
			}
		}
	}
	return NULL;
}

void titles_of_keys(
	const struct view *v, int64_t customer_id, const char *keys, struct tend_str *out)
{
	for (const char *at = keys; at != NULL && *at != '\0';) {
		size_t n = strcspn(at, ",");
		char *key = tend_strndup(at, n);
		const struct tend_milestone *m = target_called(v, customer_id, key, 0);
		tend_str_add(out, at == keys ? "" : _(", "));
		tend_str_add(out, m != NULL && m->title != NULL ? m->title : key);
		free(key);
		at += at[n] == ',' ? n + 1 : n;
	}
}

void milestone_title(const struct tend_milestone *m, struct tend_str *out)
{
	tend_str_add(out, m->title != NULL ? m->title : m->key);
	if (m->repeats > 0) {
		tend_str_addf(out, " #%d", (int)m->occurrence);
	}
}

bool target_record(struct workbench *wb, const struct tend_kind **ret_kind, int64_t *ret_customer,
	const char **ret_name)
{
	struct pane *p = view_list(wb_view(wb));
	const void *record =
		p->ops->type != NULL && wb->app != NULL ? grid_selected(&p->grid, &p->list) : NULL;
	if (record == NULL) {
		return false;
	}
	if (p->list.type == &tend_entry_type) {
		const struct tend_entry *e = record;
		*ret_kind = tend_kind_called(e->kind);
		*ret_customer = e->customer_id;
		*ret_name = e->name;
		return *ret_kind != NULL && e->name != NULL;
	}
	*ret_kind = tend_kind_of(p->list.type);
	if (*ret_kind == NULL) {
		return false;
	}
	struct tend_value key = tend_kind_value(*ret_kind, record, "key");
	struct tend_value customer = tend_kind_value(*ret_kind, record, "customer_id");
	*ret_customer = customer.null ? 0 : customer.integer;
	*ret_name = !key.null ? key.text
			      : tend_arena_format(&p->arena, "%lld",
				      (long long)tend_kind_value(*ret_kind, record, "id").integer);
	return true;
}

enum tend_status target_milestone(
	struct workbench *wb, struct tend_list *ret, struct tend_error *err)
{
	struct targets ids = {0};
	targets_milestones(wb, &ids);
	struct targets owners = {0};
	targets_customers(wb, &owners);
	struct tend_list all;
	tend_list_init(ret, &tend_milestone_type);
	if (ids.n == 0 || owners.n == 0) {
		targets_finish(&ids);
		targets_finish(&owners);
		return tend_fail(err, TEND_NOT_FOUND, _("No milestone is selected here."));
	}
	enum tend_status status = tend_app_milestones(wb->app, owners.items[0], NULL, &all, err);
	for (size_t i = 0; status == TEND_OK && i < all.n; i++) {
		const struct tend_milestone *m = tend_list_at(&all, i);
		if (m->id == ids.items[0]) {
			struct tend_milestone *copy = tend_list_add(ret);
			*copy = *m;
			/* The texts live on in the list that is given. */
			struct tend_arena arena = ret->arena;
			ret->arena = all.arena;
			all.arena = arena;
			break;
		}
	}
	tend_list_finish(&all);
	targets_finish(&ids);
	targets_finish(&owners);
	return status == TEND_OK && ret->n == 0
		? tend_fail(err, TEND_NOT_FOUND, _("No milestone is selected here."))
		: status;
}
