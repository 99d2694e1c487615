/* SPDX-License-Identifier: MIT */
/* What is known about the selected customer. */
#include <math.h>
#include <string.h>

#include <tend/care.h>
#include <tend/money.h>

#include "cells.h"
#include "panes.h"
#include "words.h"

/* So many columns hold two of labels and values. */
#define TWO_COLUMNS 70

static void text_fact(struct lines *l, const char *label, const char *value)
{
	if (value != NULL && value[0] != '\0') {
		lines_label(l, label, ROLE_TEXT, "%s", value);
	}
}

static void day_fact(struct lines *l, const char *label, struct tend_date day,
	struct tend_date today, bool judge)
{
	char text[TEND_DATE_LEN];
	struct tend_str delta = {0};
	if (!tend_has_date(day)) {
		return;
	}
	enum role role = cell_delta(day, today, &delta);
	lines_label(l, label, judge ? role : ROLE_TEXT, "%s  %s", tend_date_format(day, text),
		tend_str_text(&delta));
	tend_str_finish(&delta);
}

static void money_fact(struct lines *l, const struct tend_customer *c)
{
	struct tend_str amount = {0};
	if (c->arr != TEND_NO_MONEY) {
		cell_amount(c->arr, c->currency, &amount);
		lines_label(l, _("ARR"), ROLE_TEXT, "%s", tend_str_text(&amount));
	}
	tend_str_finish(&amount);
}

/* Its title where a list of the view has it. */
static void next_title(const struct view *v, const struct tend_customer *c, struct tend_str *out)
{
	char key[TEND_KEY_MAX + 1];
	int64_t number = 0;
	if (tend_milestone_name_parse(c->next_milestone, key, sizeof(key), &number)) {
		const struct tend_milestone *m = target_called(v, c->id, key, number);
		if (m != NULL) {
			milestone_title(m, out);
			return;
		}
	}
	tend_str_add(out, c->next_milestone);
}

static void next_fact(const struct view *v, struct lines *l, const struct tend_customer *c,
	struct tend_date today)
{
	struct tend_str delta = {0}, title = {0};
	if (c->next_milestone != NULL) {
		enum role role = cell_delta(c->next_due, today, &delta);
		next_title(v, c, &title);
		lines_label(
			l, _("next"), role, "%s  %s", tend_str_text(&title), tend_str_text(&delta));
	}
	if (c->overdue > 0) {
		lines_label(l, _("overdue"), ROLE_BAD, "%d", (int)c->overdue);
	}
	if (c->track_reason != NULL) {
		lines_label(l, word_text(c->track), ROLE_BAD, "%s", c->track_reason);
	}
	tend_str_finish(&delta);
	tend_str_finish(&title);
}

static void text(struct workbench *wb, struct view *v, struct pane *p, int columns, struct lines *l)
{
	(void)p;
	l->two = columns >= TWO_COLUMNS;
	const struct tend_customer *c = view_customer(v);
	if (c == NULL) {
		lines_add(l, ROLE_DIM, "%s", _("No customer is selected."));
		return;
	}
	struct tend_str health = {0};
	lines_label(l, _("key"), ROLE_TEXT, "%s", c->key);
	money_fact(l, c);
	day_fact(l, _("renewal"), c->renewal, wb->today, true);
	next_fact(v, l, c, wb->today);
	enum role role = cell_health(c->health, c->health_band, &health);
	lines_label(l, _("health"), role, "%s", tend_str_text(&health));
	day_fact(l, _("last contact"), c->last_contact, wb->today, false);
	text_fact(l, _("owner"), c->owner);
	text_fact(l, _("segment"), c->segment);
	text_fact(l, _("industry"), c->industry);
	text_fact(l, _("status"), c->status != NULL ? word_text(c->status) : NULL);
	text_fact(l, _("journey"), c->journey);
	day_fact(l, _("started"), c->started, wb->today, false);
	text_fact(l, _("tags"), c->tags);
	for (size_t i = 0; i < c->custom.n; i++) {
		const char *title = c->custom.items[i].name, *shown = c->custom.items[i].value;
		tend_app_custom_shown(wb->app, title, shown, &title, &shown);
		text_fact(l, title, shown);
	}
	tend_str_finish(&health);
}

const struct pane_ops pane_facts = {
	.title = N_("Facts"),
	.offers = CX_CUSTOMER | CX_WHY | CX_FACTS,
	.follows = true,
	.text = text,
};
