/* SPDX-License-Identifier: MIT */
/* Why a record says what it says: the arithmetic of an outcome, of a silence, of a budget; a customer's people. */
#include "why_record.h"

#include <stdlib.h>
#include <string.h>

#include <tend/expr.h>
#include <tend/mem.h>
#include <tend/words.h>

static void add_trace(struct lines *l, const struct tend_list *rows)
{
	const char *part = NULL;
	for (size_t i = 0; i < rows->n; i++) {
		const struct tend_trace *t = tend_list_at(rows, i);
		struct tend_str line = {0};
		if (part == NULL || strcmp(part, t->part) != 0) {
			lines_add(l, ROLE_DIM, "%s", t->part);
			part = t->part;
		}
		tend_trace_line(t, &line);
		lines_add(l, t->depth == 0 ? ROLE_TITLE : ROLE_TEXT, "%s", tend_str_text(&line));
		tend_str_finish(&line);
	}
}

static bool why_stakeholder(
	struct workbench *wb, const struct tend_stakeholder *s, int columns, struct lines *l)
{
	struct tend_list people;
	lines_add(l, ROLE_TITLE, "%s", s->name != NULL ? s->name : s->customer);
	if (tend_app_people(wb->app, s->customer_id, &people, NULL) == TEND_OK) {
		people_flags(l, columns, &people, wb->today);
	}
	tend_list_finish(&people);
	return true;
}

bool why_record(struct workbench *wb, int columns, struct lines *l)
{
	const struct pane *p = wb_pane(wb);
	const void *selected = p->ops->type != NULL ? grid_selected(&p->grid, &p->list) : NULL;
	const struct tend_kind *kind = NULL;
	const char *name = NULL;
	int64_t customer = 0;
	if (selected != NULL && p->ops->type == &tend_stakeholder_type) {
		return why_stakeholder(wb, selected, columns, l);
	}
	if (p->ops->spec == NULL || !target_record(wb, &kind, &customer, &name)) {
		return false;
	}
	struct tend_list rows;
	bool any = tend_app_explain_record(wb->app, kind->type, name, &rows, NULL) == TEND_OK
		&& rows.n > 0;
	if (any) {
		lines_add(l, ROLE_TITLE, "%s", name);
		add_trace(l, &rows);
	}
	tend_list_finish(&rows);
	return any;
}
