/* SPDX-License-Identifier: MIT */
/* The profile of the selected customer: what is known of it, part by part. */
#include <stdlib.h>

#include <tend/mem.h>

#include "panes.h"

static enum tend_status load(
	struct workbench *wb, struct view *v, struct pane *p, struct tend_error *err)
{
	tend_list_finish(&p->list);
	return v->customer_id != 0 ? tend_app_profile(wb->app, v->customer_id, &p->list, err)
				   : TEND_OK;
}

static size_t known(const struct pane *p)
{
	size_t n = 0;
	for (size_t i = 0; p->list.type != NULL && i < p->list.n; i++) {
		const struct tend_profile_field *f = tend_list_at(&p->list, i);
		n += f->value != NULL;
	}
	return n;
}

static void heading(struct workbench *wb, struct view *v, struct pane *p, int room,
	struct tend_str *left, struct tend_str *right)
{
	(void)wb;
	(void)v;
	(void)room;
	tend_str_add(left, _("Profile"));
	tend_str_addf(right, "%zu/%zu", known(p), p->list.type != NULL ? p->list.n : 0);
}

/* What is known, and below it in one line what is not. */
static void text(struct workbench *wb, struct view *v, struct pane *p, int columns, struct lines *l)
{
	(void)wb;
	(void)v;
	struct tend_str missing = {0};
	const char *section = NULL;
	for (size_t i = 0; p->list.type != NULL && i < p->list.n; i++) {
		const struct tend_profile_field *f = tend_list_at(&p->list, i);
		if (f->value == NULL) {
			tend_str_addf(&missing, "%s%s", missing.len > 0 ? ", " : "", f->title);
			continue;
		}
		if (!tend_same(section, f->section)) {
			lines_add(l, ROLE_ACCENT, "%s", f->section);
			section = f->section;
		}
		lines_label(l, f->title, ROLE_TEXT, "%s", f->shown);
	}
	if (missing.len > 0) {
		char *line = tend_format("%s: %s", _("not known yet"), tend_str_text(&missing));
		lines_wrap(l, ROLE_DIM, columns, line);
		free(line);
	}
	tend_str_finish(&missing);
}

const struct pane_ops pane_profile = {
	.title = N_("Profile"),
	.offers = CX_CUSTOMER | CX_ADD,
	.follows = true,
	.load = load,
	.heading = heading,
	.text = text,
};
