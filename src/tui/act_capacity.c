/* SPDX-License-Identifier: MIT */
/* What is looked at in the capacity view: which week, and as if which version of a journey were applied. */
#include <stdlib.h>
#include <string.h>

#include <tend/mem.h>

#include "workbench.h"

/* The other pane shows what is due in the week. */
static enum follow week(struct workbench *wb, int by)
{
	struct view *v = wb_view(wb);
	int to = v->week + by;
	if (to >= 0 && to < TEND_CAPACITY_WEEKS) {
		v->week = to;
		v->stale = true;
		wb->rest_at = wb->now + REST_MS;
	}
	return FOLLOW_NOTHING;
}

enum follow act_week_next(struct workbench *wb)
{
	return week(wb, 1);
}

enum follow act_week_prev(struct workbench *wb)
{
	return week(wb, -1);
}

/* --- what if --- */

static enum follow pick(struct workbench *wb, struct picker *p, struct picker_item *item)
{
	(void)p;
	struct view *v = wb_view(wb);
	free(v->subject);
	v->subject = tend_strdup(item->word);
	view_load(wb, v);
	view_follow(wb, v);
	return FOLLOW_NOTHING;
}

/* Whether somebody is on another version of the same journey. */
static bool would_change(const struct tend_list *all, const struct tend_template *t)
{
	for (size_t i = 0; i < all->n; i++) {
		const struct tend_template *other = tend_list_at(all, i);
		if (other->customers > 0 && other->version != t->version
			&& strcmp(other->key, t->key) == 0) {
			return true;
		}
	}
	return false;
}

static void add_versions(struct picker *p, const struct tend_list *all)
{
	for (size_t i = 0; i < all->n; i++) {
		const struct tend_template *t = tend_list_at(all, i);
		if (would_change(all, t)) {
			char *name = tend_format("%s@%d", t->key, (int)t->version);
			picker_add(p, NULL, name, t->title)->word = name;
		}
	}
}

enum follow act_what_if(struct workbench *wb)
{
	struct tend_list all;
	struct tend_error err = {0};
	struct view *v = wb_view(wb);
	if (tend_app_journeys(wb->app, &all, &err) != TEND_OK) {
		wb_error(wb, &err);
		tend_list_finish(&all);
		return FOLLOW_NOTHING;
	}
	struct picker *p = picker_create(_("Hours as if everybody were on …"));
	if (v->subject != NULL) {
		(void)picker_add(p, NULL, _("As it is"), _("without what if"));
	}
	add_versions(p, &all);
	tend_list_finish(&all);
	p->pick = pick;
	picker_filter(p);
	if (p->n > 0) {
		wb_push(wb, &p->base);
	} else {
		dialog_destroy(&p->base);
		wb_say(wb, ROLE_HINT, "%s",
			_("No other version of a journey that somebody follows is at hand."));
	}
	return FOLLOW_NOTHING;
}
