/* SPDX-License-Identifier: MIT */
/* Moving, panes, tabs, marks and views. */
#include <stdlib.h>
#include <string.h>

#include "journeys.h"
#include "panes.h"

static int page_rows(const struct workbench *wb)
{
	const struct view *v = wb_view(wb);
	struct layout l = layout_plan(
		&v->page->shape, wb->canvas.columns, wb->canvas.rows, v->focus, v->zoom);
	int rows = l.panes[v->focus].h - 2;
	return rows > 2 ? rows : 2;
}

#define FAR 1000000000L

static enum follow move(struct workbench *wb, long by)
{
	struct view *v = wb_view(wb);
	struct pane *p = wb_pane(wb);
	if (p->ops->spec == NULL) {
		long to = p->scroll + by;
		p->scroll = to < 0 ? 0 : to > p->overflow ? p->overflow : (int)to;
		return FOLLOW_NOTHING;
	}
	if (p == &v->panes[0] && by > 0) {
		view_reach(wb, v, by == FAR ? SIZE_MAX : p->grid.cursor + (size_t)by);
	}
	size_t before = p->grid.cursor;
	grid_move(&p->grid, by);
	if (p->grid.cursor != before) {
		view_moved(wb, v);
	}
	return FOLLOW_NOTHING;
}

enum follow act_down(struct workbench *wb)
{
	return move(wb, 1);
}

enum follow act_up(struct workbench *wb)
{
	return move(wb, -1);
}

enum follow act_half_down(struct workbench *wb)
{
	return move(wb, page_rows(wb) / 2);
}

enum follow act_half_up(struct workbench *wb)
{
	return move(wb, -(page_rows(wb) / 2));
}

enum follow act_page_down(struct workbench *wb)
{
	return move(wb, page_rows(wb) - 1);
}

enum follow act_page_up(struct workbench *wb)
{
	return move(wb, -(page_rows(wb) - 1));
}

enum follow act_top(struct workbench *wb)
{
	return move(wb, -FAR);
}

enum follow act_bottom(struct workbench *wb)
{
	return move(wb, FAR);
}

static enum follow focus(struct workbench *wb, int pane)
{
	struct view *v = wb_view(wb);
	if (pane < v->page->shape.npanes) {
		/* Back in the list, the others show again what belongs to its row. */
		if (pane == 0 && v->focus != 0) {
			v->stale = true;
			wb->rest_at = wb->now;
		}
		v->list = v->panes[v->focus].ops->spec != NULL ? v->focus : v->list;
		v->focus = pane;
		v->entered = false;
	}
	return FOLLOW_NOTHING;
}

enum follow act_next_pane(struct workbench *wb)
{
	struct view *v = wb_view(wb);
	return focus(wb, (v->focus + 1) % v->page->shape.npanes);
}

enum follow act_prev_pane(struct workbench *wb)
{
	struct view *v = wb_view(wb);
	return focus(wb, (v->focus + v->page->shape.npanes - 1) % v->page->shape.npanes);
}

enum follow act_pane_1(struct workbench *wb)
{
	return focus(wb, 0);
}

enum follow act_pane_2(struct workbench *wb)
{
	return focus(wb, 1);
}

enum follow act_pane_3(struct workbench *wb)
{
	return focus(wb, 2);
}

enum follow act_pane_4(struct workbench *wb)
{
	return focus(wb, 3);
}

enum follow act_zoom(struct workbench *wb)
{
	struct view *v = wb_view(wb);
	v->zoom = !v->zoom;
	return FOLLOW_NOTHING;
}

static enum follow show_tab(struct workbench *wb, size_t at)
{
	struct view *v = wb_view(wb);
	if (v->page != &customer_tabs[at]) {
		view_set_page(v, &customer_tabs[at]);
		view_load(wb, v);
		view_follow(wb, v);
	}
	return FOLLOW_NOTHING;
}

static enum follow tab(struct workbench *wb, size_t step)
{
	size_t at = (size_t)(wb_view(wb)->page - customer_tabs);
	return show_tab(wb, (at + step) % customer_tab_count);
}

static enum follow tab_of(struct workbench *wb, enum action_id opens)
{
	size_t at = 0;
	while (at + 1 < customer_tab_count && customer_tabs[at].opens != opens) {
		at++;
	}
	return show_tab(wb, at);
}

enum follow act_tab_overview(struct workbench *wb)
{
	return tab_of(wb, ACTION_tab_overview);
}

enum follow act_tab_journey(struct workbench *wb)
{
	return tab_of(wb, ACTION_tab_journey);
}

enum follow act_tab_people(struct workbench *wb)
{
	return tab_of(wb, ACTION_tab_people);
}

enum follow act_tab_outcomes(struct workbench *wb)
{
	return tab_of(wb, ACTION_tab_outcomes);
}

enum follow act_tab_activity(struct workbench *wb)
{
	return tab_of(wb, ACTION_tab_activity);
}

enum follow act_tab_usage(struct workbench *wb)
{
	return tab_of(wb, ACTION_tab_usage);
}

enum follow act_tab_money(struct workbench *wb)
{
	return tab_of(wb, ACTION_tab_money);
}

enum follow act_tab_notes(struct workbench *wb)
{
	return tab_of(wb, ACTION_tab_notes);
}

enum follow act_tab_next(struct workbench *wb)
{
	return tab(wb, 1);
}

enum follow act_tab_prev(struct workbench *wb)
{
	return tab(wb, customer_tab_count - 1);
}

/* --- marks --- */

enum follow act_mark(struct workbench *wb)
{
	struct pane *p = wb_pane(wb);
	if (p->grid.n == 0) {
		return FOLLOW_NOTHING;
	}
	if (p->grid.ranging) {
		grid_end_range(&p->grid);
		return FOLLOW_NOTHING;
	}
	grid_mark(&p->grid, p->grid.cursor, !grid_is_marked(&p->grid, p->grid.cursor));
	return move(wb, 1);
}

enum follow act_mark_all(struct workbench *wb)
{
	struct pane *p = wb_pane(wb);
	if (p == &wb_view(wb)->panes[0]) {
		view_reach(wb, wb_view(wb), SIZE_MAX);
	}
	bool all = p->grid.nmarked >= p->grid.n;
	grid_unmark_all(&p->grid);
	for (size_t i = 0; !all && i < p->grid.n; i++) {
		grid_mark(&p->grid, i, true);
	}
	return FOLLOW_NOTHING;
}

enum follow act_range(struct workbench *wb)
{
	struct pane *p = wb_pane(wb);
	if (p->grid.ranging) {
		grid_end_range(&p->grid);
	} else if (p->grid.n > 0) {
		p->grid.ranging = true;
		p->grid.anchor = p->grid.cursor;
		wb_say(wb, ROLE_HINT, "%s",
			_("Move to the end of the range, then v. Esc leaves it."));
	}
	return FOLLOW_NOTHING;
}

/* --- views --- */

static enum follow go(struct workbench *wb, const char *name)
{
	struct tend_error err = {0};
	if (wb_show(wb, name, &err) != TEND_OK) {
		wb_error(wb, &err);
	}
	return FOLLOW_NOTHING;
}

enum follow act_today(struct workbench *wb)
{
	return go(wb, "today");
}

enum follow act_portfolio(struct workbench *wb)
{
	return go(wb, "portfolio");
}

enum follow act_alerts(struct workbench *wb)
{
	return go(wb, "alerts");
}

enum follow act_renewals(struct workbench *wb)
{
	return go(wb, "renewals");
}

enum follow act_winback(struct workbench *wb)
{
	return go(wb, "winback");
}

enum follow act_history(struct workbench *wb)
{
	return go(wb, "history");
}

enum follow act_stakeholders(struct workbench *wb)
{
	return go(wb, "stakeholders");
}

enum follow act_capacity(struct workbench *wb)
{
	return go(wb, "capacity");
}

enum follow act_journeys(struct workbench *wb)
{
	return go(wb, "journeys");
}

/* The text about the row, from which Esc leads back. */
static void open_details(struct workbench *wb, struct view *v)
{
	for (int i = 0; i < v->page->shape.npanes; i++) {
		if (v->panes[i].ops->details) {
			(void)focus(wb, i);
			v->entered = true;
			return;
		}
	}
}

enum follow act_open(struct workbench *wb)
{
	if (wb_pane(wb)->list.type == &tend_alert_type && wb_pane(wb)->grid.n > 0) {
		return act_why(wb); /* the alert in full; from there on to its customer */
	}
	if (wb_pane(wb)->list.type == &tend_history_type) {
		return open_entry(wb);
	}
	if (open_in_journeys(wb)) {
		return FOLLOW_NOTHING;
	}
	if (wb_pane(wb)->ops == &pane_capacity) {
		return focus(wb, 1);
	}
	struct targets ids = {0};
	targets_customers(wb, &ids);
	struct view *v = wb_view(wb);
	if (v->fixed) {
		/* Already on the customer's page: the milestone in full is on the next tab. */
		struct pane *p = wb_pane(wb);
		bool from_list =
			p->ops->type == &tend_milestone_type && v->page == &customer_tabs[0];
		const struct tend_milestone *m = p->ops->type == &tend_milestone_type
			? grid_selected(&p->grid, &p->list)
			: NULL;
		int64_t wanted = m != NULL ? m->id : 0;
		if (from_list) {
			(void)tab(wb, 1);
			struct pane *journey = &v->panes[0];
			for (size_t i = 0; i < journey->grid.n; i++) {
				m = tend_list_at(&journey->list, journey->grid.rows[i]);
				journey->grid.cursor = m->id == wanted ? i : journey->grid.cursor;
			}
		} else if (v->page->shape.npanes > 1) {
			open_details(wb, v);
		}
	} else if (ids.n > 0) {
		/* Of several marked ones it is the selected that opens. */
		wb_open_customer(wb, v->customer_id != 0 ? v->customer_id : ids.items[0]);
		if (v->panes[0].ops->type == &tend_stakeholder_type) {
			(void)act_tab_people(wb);
		}
	}
	targets_finish(&ids);
	return FOLLOW_NOTHING;
}

/* Range, marks, then the filter, then the view. */
enum follow act_cancel(struct workbench *wb)
{
	struct view *v = wb_view(wb);
	struct pane *p = wb_pane(wb);
	if (p->grid.ranging) {
		p->grid.ranging = false;
	} else if (p->grid.nmarked > 0) {
		grid_unmark_all(&p->grid);
	} else if (v->zoom) {
		v->zoom = false;
	} else if (v->entered) {
		(void)focus(wb, v->list);
	} else if (v->subject != NULL && v->focus > 0) {
		(void)focus(wb, 0); /* a page is left as it was entered */
	} else if (v->filter != NULL) {
		(void)view_set_filter(wb, v, "", NULL);
	} else {
		(void)wb_pop_view(wb);
	}
	return FOLLOW_NOTHING;
}

enum follow act_back(struct workbench *wb)
{
	return wb_pop_view(wb) ? FOLLOW_NOTHING : FOLLOW_QUIT;
}

enum follow act_quit(struct workbench *wb)
{
	(void)wb;
	return FOLLOW_QUIT;
}

enum follow act_redraw(struct workbench *wb)
{
	(void)wb;
	return FOLLOW_REDRAW;
}

enum follow act_suspend(struct workbench *wb)
{
	(void)wb;
	return FOLLOW_SUSPEND;
}
