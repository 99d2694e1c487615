/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include <tend/mem.h>

#include "columns.h"
#include "workbench.h"

static void pane_finish(struct pane *p)
{
	tend_list_finish(&p->list); /* a text may have one too */
	for (size_t i = 0; i < p->nfolded; i++) {
		free(p->folded[i]);
	}
	free(p->folded);
	free(p->problem);
	grid_finish(&p->grid);
	tend_arena_finish(&p->arena);
	*p = (struct pane){0};
}

static void panes_init(struct view *v)
{
	for (int i = 0; i < v->page->shape.npanes; i++) {
		struct pane *p = &v->panes[i];
		*p = (struct pane){.ops = v->page->panes[i]};
		if (p->ops->type != NULL) {
			tend_list_init(&p->list, p->ops->type);
		}
	}
}

struct view *view_create(const struct page *page, int64_t customer_id)
{
	struct view *v = tend_alloc(sizeof(*v));
	v->page = page;
	v->customer_id = customer_id;
	v->fixed = customer_id != 0;
	v->wanted = FIRST_ROWS;
	v->filter = tend_strdup(page->filter);
	v->sort = tend_strdup(page->sort);
	tend_list_init(&v->customer, &tend_customer_type);
	tend_list_init(&v->lines, &tend_plan_type);
	panes_init(v);
	return v;
}

void view_destroy(struct view *v)
{
	if (v == NULL) {
		return;
	}
	for (size_t i = 0; i < PANES_MAX; i++) {
		pane_finish(&v->panes[i]);
	}
	tend_list_finish(&v->customer);
	tend_brief_finish(&v->brief);
	tend_arena_finish(&v->arena);
	tend_list_finish(&v->lines);
	filter_destroy(v->compiled);
	free(v->subject);
	free(v->summary);
	free(v->filter);
	free(v->sort);
	free(v->columns);
	saved_view_forget(v);
	free(v);
}

void view_set_page(struct view *v, const struct page *page)
{
	for (size_t i = 0; i < PANES_MAX; i++) {
		pane_finish(&v->panes[i]);
	}
	v->page = page;
	v->focus = 0;
	v->list = 0;
	v->entered = false;
	free(v->filter);
	v->filter = NULL;
	filter_destroy(v->compiled);
	v->compiled = NULL;
	free(v->sort);
	v->sort = NULL;
	v->loaded = false;
	panes_init(v);
}

struct pane *view_list(struct view *v)
{
	return &v->panes[v->panes[v->focus].ops->spec != NULL ? v->focus : v->list];
}

const struct tend_customer *view_customer(const struct view *v)
{
	return v->customer.n > 0 ? tend_list_at(&v->customer, 0) : NULL;
}

struct grid_context wb_context(struct workbench *wb)
{
	return (struct grid_context){wb, wb->today};
}

int64_t pane_identity(const struct pane *p, const void *record)
{
	return p->ops->identity != NULL ? p->ops->identity(record) : *(const int64_t *)record;
}

/* --- reloading keeps the cursor and the marks by what the records are --- */

struct kept {
	int64_t cursor;
	bool had;
	int64_t *marked;
	size_t nmarked;
};

static int compare_ids(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
	return x < y ? -1 : x > y;
}

static struct kept keep(const struct pane *p)
{
	struct kept k = {0};
	const void *selected = grid_selected(&p->grid, &p->list);
	if (selected != NULL) {
		k.cursor = pane_identity(p, selected);
		k.had = true;
	}
	if (p->grid.nmarked > 0) {
		k.marked = tend_calloc(p->list.n, sizeof(*k.marked));
		for (size_t i = 0; i < p->list.n; i++) {
			if (p->grid.marked[i] != 0) {
				k.marked[k.nmarked++] = pane_identity(p, tend_list_at(&p->list, i));
			}
		}
		qsort(k.marked, k.nmarked, sizeof(*k.marked), compare_ids);
	}
	return k;
}

static void give_back(struct workbench *wb, struct view *v, struct pane *p, struct kept *k)
{
	free(p->grid.marked);
	p->grid.marked = NULL;
	size_t cursor = p->grid.cursor;
	p->grid.n = 0; /* the rows are of the list before */
	p->grid.cursor = cursor;
	view_rows(wb, v, p);
	if (k->had) {
		(void)pane_find(p, k->cursor);
	}
	/* What was taken back stands under the cursor again. */
	if (p == &v->panes[0] && v->left_row != 0 && pane_find(p, v->left_row)) {
		v->left_row = 0;
	}
	if (p->ops->settle != NULL) {
		p->ops->settle(v, p);
	}
	for (size_t i = 0; k->nmarked > 0 && i < p->grid.n; i++) {
		int64_t id = pane_identity(p, tend_list_at(&p->list, p->grid.rows[i]));
		if (bsearch(&id, k->marked, k->nmarked, sizeof(id), compare_ids) != NULL) {
			grid_mark(&p->grid, i, true);
		}
	}
	free(k->marked);
}

static void load_pane(struct workbench *wb, struct view *v, struct pane *p)
{
	struct tend_error err = {0};
	free(p->problem);
	p->problem = NULL;
	struct kept kept = {0};
	if (p->ops->type != NULL) {
		kept = keep(p);
		tend_list_finish(&p->list);
		tend_list_init(&p->list, p->ops->type);
		for (size_t i = 0; i < p->nfolded; i++) {
			free(p->folded[i]);
		}
		free(p->folded);
		p->folded = NULL;
		p->nfolded = 0;
	}
	tend_arena_finish(&p->arena);
	columns_build(wb, v, p);
	if (p->ops->load != NULL && p->ops->load(wb, v, p, &err) != TEND_OK) {
		p->problem = tend_strdup(err.text);
	}
	if (p->ops->type != NULL) {
		if (p == &v->panes[0] && v->sort != NULL) {
			(void)tend_app_sort(wb->app, &p->list, v->sort, NULL);
		}
		if (p == &v->panes[0] && v->filter != NULL && v->compiled == NULL) {
			(void)view_compile(wb, v, NULL);
		}
		give_back(wb, v, p, &kept);
	}
}

#define ROWS_AHEAD 12

bool view_is_partial(const struct view *v)
{
	return v->panes[0].list.n < v->all;
}

void view_reach(struct workbench *wb, struct view *v, size_t to)
{
	struct pane *p = &v->panes[0];
	/* A screen more than is asked for: what comes next is there before one gets to it. */
	if (!view_is_partial(v) || (to != SIZE_MAX && to + ROWS_AHEAD < p->list.n)) {
		return;
	}
	while (v->wanted != 0 && v->wanted <= v->all && v->wanted <= to + FIRST_ROWS) {
		v->wanted *= 4;
	}
	v->wanted = to == SIZE_MAX || v->wanted > v->all ? 0 : v->wanted;
	load_pane(wb, v, p);
}

enum tend_status view_set_filter(
	struct workbench *wb, struct view *v, const char *text, struct tend_error *err)
{
	free(v->filter);
	v->filter = text[0] != '\0' ? tend_strdup(text) : NULL;
	if (v->filter != NULL) {
		view_reach(wb, v, SIZE_MAX);
	}
	enum tend_status status = view_compile(wb, v, err);
	if (status != TEND_OK) {
		/* While an expression is not finished all rows are there. */
		filter_destroy(v->compiled);
		v->compiled = NULL;
	}
	view_rows(wb, v, &v->panes[0]);
	v->panes[0].grid.top = 0;
	view_moved(wb, v);
	return status;
}

static int64_t customer_of(const struct view *v)
{
	const struct pane *p = &v->panes[0];
	const void *record = p->ops->type != NULL ? grid_selected(&p->grid, &p->list) : NULL;
	if (v->fixed || record == NULL) {
		return v->fixed ? v->customer_id : 0;
	}
	if (p->list.type == &tend_customer_type) {
		return ((const struct tend_customer *)record)->id;
	}
	return p->list.type == &tend_stakeholder_type
		? ((const struct tend_stakeholder *)record)->customer_id
		: p->list.type == &tend_today_type
		? ((const struct tend_today_row *)record)->customer_id
		: p->list.type == &tend_alert_type
		? ((const struct tend_alert *)record)->customer_id
		: 0;
}

static void load_customer(struct workbench *wb, struct view *v)
{
	tend_list_finish(&v->customer);
	tend_list_init(&v->customer, &tend_customer_type);
	tend_arena_finish(&v->arena);
	v->stages = NULL;
	v->nstages = 0;
	if (v->customer_id == 0 || wb->app == NULL
		|| tend_app_customer(wb->app, v->customer_id, &v->customer, NULL) != TEND_OK) {
		return;
	}
	const struct tend_customer *c = view_customer(v);
	if (v->fixed) {
		(void)tend_app_tab_counts(wb->app, v->customer_id, v->counts, NULL);
	}
	if (c != NULL && c->journey != NULL
		&& tend_app_stages(wb->app, c, &v->arena, &v->stages, &v->nstages, NULL)
			!= TEND_OK) {
		v->nstages = 0;
	}
}

/* All panes as of one moment. */
void view_load(struct workbench *wb, struct view *v)
{
	tend_app_hold(wb->app);
	if (v->fixed) {
		load_customer(wb, v);
	}
	for (int i = 0; i < v->page->shape.npanes; i++) {
		if (!v->panes[i].ops->follows) {
			load_pane(wb, v, &v->panes[i]);
		}
	}
	tend_app_release(wb->app);
	v->loaded = true;
	v->stale = true;
	wb->rest_at = wb->now;
}

void view_follow(struct workbench *wb, struct view *v)
{
	int64_t id = customer_of(v);
	const struct pane *first = &v->panes[0];
	const void *record =
		first->ops->type != NULL ? grid_selected(&first->grid, &first->list) : NULL;
	int64_t row = record != NULL ? pane_identity(first, record) : 0;
	bool same = id == v->customer_id && !v->fixed && (id != 0 || row == v->row);
	v->row = row;
	v->customer_id = id;
	tend_app_hold(wb->app);
	if (!v->fixed) {
		load_customer(wb, v); /* of a page it is there since that was loaded */
	}
	for (int i = 0; i < v->page->shape.npanes; i++) {
		struct pane *p = &v->panes[i];
		if (p->ops->follows) {
			if (!same) {
				p->grid.cursor = 0;
				p->grid.top = 0;
				p->scroll = 0;
				free(p->grid.marked);
				p->grid.marked = NULL;
				p->grid.nmarked = 0;
			}
			load_pane(wb, v, p);
		}
	}
	tend_app_release(wb->app);
	v->stale = false;
}

/* The one record that changed, in place: nothing moves that the user did not move. */
static void replace_customer(struct view *v, int64_t id, const struct tend_customer *fresh)
{
	struct pane *p = &v->panes[0];
	for (size_t i = 0; i < p->list.n; i++) {
		struct tend_customer *c = tend_list_at(&p->list, i);
		if (c->id != id) {
			continue;
		}
		*c = *fresh;
		for (size_t f = 0; f < tend_customer_type.nfields; f++) {
			const struct tend_field *field = &tend_customer_type.fields[f];
			struct tend_value value = tend_field_get(field, c);
			if ((field->type == TEND_TEXT || field->type == TEND_TAGS) && !value.null) {
				value.text = tend_arena_strdup(&p->list.arena, value.text);
				tend_field_set(field, c, value);
			}
		}
		size_t n = fresh->custom.n;
		c->custom.items =
			tend_arena_alloc(&p->list.arena, (n + 1) * sizeof(*c->custom.items));
		for (size_t k = 0; k < n; k++) {
			c->custom.items[k].name =
				tend_arena_strdup(&p->list.arena, fresh->custom.items[k].name);
			c->custom.items[k].value =
				tend_arena_strdup(&p->list.arena, fresh->custom.items[k].value);
		}
		if (i < p->nfolded) {
			free(p->folded[i]);
			p->folded[i] = NULL;
		}
	}
}

void view_refresh(struct workbench *wb, struct view *v)
{
	struct pane *p = &v->panes[0];
	if (p->ops->type != &tend_customer_type || p->grid.nmarked > 0 || v->customer_id == 0) {
		view_load(wb, v);
		view_follow(wb, v);
		return;
	}
	view_follow(wb, v);
	const struct tend_customer *fresh = view_customer(v);
	if (fresh != NULL) {
		replace_customer(v, v->customer_id, fresh);
	}
}

enum tend_status view_set_sort(
	struct workbench *wb, struct view *v, const char *fields, struct tend_error *err)
{
	struct pane *p = &v->panes[0];
	char *text = tend_strdup(fields);
	view_reach(wb, v, SIZE_MAX);
	struct kept kept = keep(p);
	enum tend_status status = tend_app_sort(wb->app, &p->list, text, err);
	for (size_t i = 0; i < p->nfolded; i++) {
		free(p->folded[i]);
	}
	free(p->folded);
	p->folded = NULL;
	p->nfolded = 0;
	give_back(wb, v, p, &kept);
	if (status == TEND_OK) {
		free(v->sort);
		v->sort = text;
	} else {
		free(text);
	}
	return status;
}

void view_moved(struct workbench *wb, struct view *v)
{
	/* The panes that follow belong to the first one's row. */
	if (v->focus == 0 && v->page->shape.npanes > 1) {
		v->stale = true;
		wb->rest_at = wb->now + REST_MS;
	}
}

const char *stage_title(const struct workbench *wb, const char *journey, const char *key)
{
	const char *title = wb->app != NULL ? tend_app_stage_title(wb->app, journey, key) : NULL;
	return title != NULL ? title : key != NULL ? key : "--";
}
