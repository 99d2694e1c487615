/* SPDX-License-Identifier: MIT */
/* Which records of a view's list are shown: its filter, the marks and the groups. */
#include <stdlib.h>
#include <string.h>

#include <tend/mem.h>

#include "workbench.h"

static const char *haystack(struct pane *p, size_t i)
{
	if (p->folded == NULL) {
		p->folded = tend_calloc(p->list.n + 1, sizeof(*p->folded));
		p->nfolded = p->list.n;
	}
	if (p->folded[i] == NULL) {
		p->folded[i] = filter_haystack(p->list.type, tend_list_at(&p->list, i));
	}
	return p->folded[i];
}

/* What the filter's functions say of all rows; NULL where it has none. Allocated. */
static enum tend_truth *truths(struct workbench *wb, const struct view *v, const struct pane *p)
{
	bool filtered = v->compiled != NULL && p == &v->panes[0];
	const struct tend_expr *e = filtered ? filter_calls(v->compiled) : NULL;
	if (e == NULL) {
		return NULL;
	}
	enum tend_truth *all = tend_calloc(p->list.n + 1, sizeof(*all));
	struct tend_error err = {0};
	if (tend_app_truths(wb->app, e, &p->list, all, &err) != TEND_OK) {
		wb_say(wb, ROLE_BAD, "%s", err.text);
	}
	return all;
}

static bool keeps(
	const struct view *v, struct pane *p, const enum tend_truth *truths_or_null, size_t i)
{
	if (v->compiled == NULL || p != &v->panes[0]) {
		return true;
	}
	if (truths_or_null != NULL) {
		return truths_or_null[i] == TEND_TRUE;
	}
	const char *text = filter_is_text(v->compiled) ? haystack(p, i) : NULL;
	return filter_keeps(v->compiled, p->list.type, tend_list_at(&p->list, i), text);
}

bool pane_find(struct pane *p, int64_t id)
{
	for (size_t i = 0; i < p->grid.n; i++) {
		if (pane_identity(p, tend_list_at(&p->list, p->grid.rows[i])) == id) {
			p->grid.cursor = i;
			return true;
		}
	}
	return false;
}

void view_rows(struct workbench *wb, struct view *v, struct pane *p)
{
	const void *selected = grid_selected(&p->grid, &p->list);
	int64_t id = selected != NULL ? pane_identity(p, selected) : 0;
	size_t *rows = tend_calloc(p->list.n + 1, sizeof(*rows)), n = 0;
	enum tend_truth *said = truths(wb, v, p);
	for (size_t i = 0; i < p->list.n; i++) {
		if (keeps(v, p, said, i)) {
			rows[n++] = i;
		}
	}
	free(said);
	grid_set(&p->grid, rows, n, p->list.n);
	if (selected != NULL) {
		(void)pane_find(p, id);
	}
	struct grid_context ctx = wb_context(wb);
	if (p->ops->spec != NULL) {
		grid_group(&p->grid, pane_spec(p), &p->list, &ctx);
	}
}

enum tend_status view_compile(const struct workbench *wb, struct view *v, struct tend_error *err)
{
	struct tend_arena arena = {0};
	struct tend_names names;
	struct filter *f = NULL;
	tend_app_names(wb->app, v->panes[0].list.type, &arena, &names);
	enum tend_status status =
		filter_create(v->filter != NULL ? v->filter : "", &names, &f, err);
	tend_arena_finish(&arena);
	if (status == TEND_OK) {
		filter_destroy(v->compiled);
		v->compiled = f;
	}
	return status;
}
