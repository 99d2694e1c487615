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
		grid_group(&p->grid, p->ops->spec, &p->list, &ctx);
	}
}

static const char *const *custom_names(struct pane *p, size_t *ret_n)
{
	*ret_n = 0;
	if (p->list.n == 0 || p->list.type->custom < 0) {
		return NULL;
	}
	/* Every record carries the fields that any has, or fewer: the names are gathered from all. */
	const char **names = NULL;
	size_t cap = 0;
	for (size_t i = 0; i < p->list.n; i++) {
		const struct tend_custom *c = (const void *)((const char *)tend_list_at(&p->list, i)
			+ p->list.type->custom);
		for (size_t k = 0; k < c->n; k++) {
			bool known = false;
			for (size_t j = 0; j < *ret_n && !known; j++) {
				known = strcmp(names[j], c->items[k].name) == 0;
			}
			if (!known) {
				if (*ret_n == cap) {
					cap = cap > 0 ? 2 * cap : 8;
					names = tend_realloc(names, cap, sizeof(*names));
				}
				names[(*ret_n)++] = c->items[k].name;
			}
		}
	}
	return names;
}

enum tend_status view_compile(struct view *v, struct tend_error *err)
{
	size_t n;
	struct pane *p = &v->panes[0];
	const char *const *names = custom_names(p, &n);
	struct filter *f = NULL;
	enum tend_status status =
		filter_create(v->filter != NULL ? v->filter : "", p->list.type, names, n, &f, err);
	free((void *)names);
	if (status == TEND_OK) {
		filter_destroy(v->compiled);
		v->compiled = f;
	}
	return status;
}
