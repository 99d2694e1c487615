/* SPDX-License-Identifier: MIT */
/* A customer at a glance: who it is, how it is, what was promised, and what is next. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <tend/care.h>
#include <tend/mem.h>
#include <tend/money.h>
#include <tend/words.h>

#include "cells.h"
#include "panes.h"

#define SPACIOUS 27 /* rows from which on there are headings, and more of each */
#define NARROW 60
#define LINES_MAX 64
#define WHOLE_USE 360 /* days */
#define SHORT_USE 60

/* Lines, each with what it weighs: the heaviest go first where there is little room. */
struct glance {
	struct workbench *wb;
	const struct view *v;
	const struct tend_customer *c;
	const struct tend_brief *b;
	struct lines lines;
	int weights[LINES_MAX];
	int columns;
	bool spacious;
};

static void put(struct glance *g, int weight, const char *label, enum role role,
	const struct tend_str *text)
{
	if (g->lines.n < LINES_MAX) {
		g->weights[g->lines.n] = weight;
		lines_label(&g->lines, label, role, "%s", tend_str_text(text));
	}
}

static void put_heading(struct glance *g, const char *title)
{
	enum { HEADING = 9 };
	if (title == NULL) {
		return;
	}
	if (g->spacious && g->lines.n + 2 < LINES_MAX) {
		g->weights[g->lines.n] = HEADING;
		lines_add(&g->lines, ROLE_TEXT, "%s", "");
	}
	if (g->lines.n < LINES_MAX) {
		g->weights[g->lines.n] = HEADING;
		lines_add(&g->lines, ROLE_ACCENT, "%s", title);
	}
}

/* " · " between what is there. */
static void join(struct tend_str *out, const char *text)
{
	if (text != NULL && text[0] != '\0') {
		tend_str_add(out, out->len > 0 ? " · " : "");
		tend_str_add(out, text);
	}
}

static void join_format(struct tend_str *out, const char *format, const char *text)
{
	char *joined = text != NULL && text[0] != '\0' ? tend_format(format, text) : NULL;
	join(out, joined);
	free(joined);
}

static void add_ago(struct tend_date day, struct tend_date today, struct tend_str *out)
{
	int n = today.day - day.day;
	if (n == 0) {
		tend_str_add(out, _("today"));
	} else {
		tend_str_addf(out, n == 1 ? _("%d day ago") : _("%d days ago"), n);
	}
}

static const char *first_line(const char *text, struct tend_str *out)
{
	const char *at = text != NULL ? text + strspn(text, " \t\r\n") : "";
	tend_str_addn(out, at, strcspn(at, "\r\n"));
	return tend_str_text(out);
}

/* --- who --- */

static void add_who(struct glance *g)
{
	const struct tend_customer *c = g->c;
	struct tend_str text = {0};
	char day[TEND_DATE_LEN];
	g->weights[0] = 3;
	lines_add(&g->lines, ROLE_TITLE, "%s", c->name);
	join(&text, c->key);
	join(&text, c->industry);
	join(&text, c->segment);
	join(&text, tend_same(c->status, "active") ? NULL : tend_word("status", c->status));
	join_format(&text, _("owner %s"), c->owner);
	join_format(&text, _("since %s"),
		tend_has_date(c->started) ? tend_date_format(c->started, day) : NULL);
	join(&text, c->tags);
	put(g, 4, _("customer"), ROLE_TEXT, &text);
	tend_str_finish(&text);
}

static void add_money(struct glance *g)
{
	const struct tend_customer *c = g->c;
	struct tend_str text = {0}, one = {0};
	char day[TEND_DATE_LEN], folded[TEND_MONEY_LEN];
	bool narrow = g->columns < NARROW;
	bool near = tend_has_date(c->renewal)
		&& c->renewal.day - g->wb->today.day <= TEND_RENEWAL_WINDOW_DAYS;
	if (narrow) {
		tend_str_addf(&text, "%s%s",
			c->currency != NULL ? tend_currency_sign(c->currency) : "",
			tend_money_fold(c->arr, folded));
	} else {
		cell_amount(c->arr, c->currency, &one);
		join_format(&text, _("%s a year"), tend_str_text(&one));
	}
	if (g->b->seats != TEND_NO_INT) {
		tend_str_clear(&one);
		tend_str_addf(&one, g->b->seats == 1 ? _("%lld seat") : _("%lld seats"),
			(long long)g->b->seats);
		join(&text, tend_str_text(&one));
	}
	if (tend_has_date(c->renewal)) {
		tend_str_clear(&one);
		tend_str_add(&one, narrow ? "" : tend_date_format(c->renewal, day));
		tend_str_add(&one, narrow ? "" : "  ");
		(void)cell_delta(c->renewal, g->wb->today, &one);
		join_format(&text, _("renewal %s"), tend_str_text(&one));
	}
	put(g, 1, _("money"), near ? ROLE_SOON : ROLE_TEXT, &text);
	tend_str_finish(&text);
	tend_str_finish(&one);
}

/* --- how they are --- */

static void add_health(struct glance *g)
{
	const struct tend_customer *c = g->c;
	struct tend_str text = {0};
	enum role role = cell_health(c->health, c->health_band, &text);
	if (isnan(c->health)) {
		tend_str_clear(&text);
		tend_str_add(&text, _("unknown: nothing scores it yet"));
	} else {
		tend_str_addf(&text, "  %s", tend_word("health_band", c->health_band));
	}
	if (c->alerts > 0) {
		tend_str_add(&text, " · ");
		tend_str_addf(&text, c->alerts == 1 ? _("%lld alert") : _("%lld alerts"),
			(long long)c->alerts);
		role = role == ROLE_BAD ? role : ROLE_SOON;
	}
	put(g, 2, _("health"), role, &text);
	tend_str_finish(&text);
}

static enum role use_role(const struct glance *g, const struct tend_pack_usage *u)
{
	bool old = !tend_has_date(u->newest) || g->wb->today.day - u->newest.day > 30;
	return old || u->change <= FADING ? ROLE_BAD : u->change < 0 ? ROLE_SOON : ROLE_TEXT;
}

/* "Logins 1912 +40%", or how long nothing was heard. */
static void add_metric(
	const struct glance *g, const struct tend_pack_usage *u, struct tend_str *out)
{
	char day[TEND_DATE_LEN];
	bool old = tend_has_date(u->newest) && g->wb->today.day - u->newest.day > 30;
	tend_str_add(out, u->title);
	if (old) {
		tend_str_addc(out, ' ');
		tend_str_addf(out, _("none since %s"), tend_date_format(u->newest, day));
	} else if (!isnan(u->last30)) {
		tend_str_addf(out, " %.6g", round(u->last30 * 10) / 10);
	}
	if (!old && !isnan(u->change)) {
		tend_str_addf(out, " %+.0f%%", u->change * 100);
	}
}

static void add_use(struct glance *g)
{
	const struct tend_brief *b = g->b;
	struct tend_str text = {0}, one = {0};
	enum role role = ROLE_DIM, worst = ROLE_TEXT;
	for (size_t i = 0; i < b->nusage; i++) {
		role = use_role(g, &b->usage[i]);
		worst = role == ROLE_BAD || worst == ROLE_BAD ? ROLE_BAD
			: role == ROLE_SOON                   ? role
							      : worst;
		tend_str_clear(&one);
		if (g->spacious && b->use_days >= WHOLE_USE) {
			cell_spark(b->usage[i].spans,
				sizeof(b->usage[i].spans) / sizeof(b->usage[i].spans[0]),
				g->wb->o->ascii, &one);
			tend_str_add(&one, "  ");
		}
		add_metric(g, &b->usage[i], &one);
		if (g->spacious) {
			put(g, 2, i == 0 ? _("use") : "", role, &one);
		} else {
			join(&text, tend_str_text(&one));
		}
	}
	if (b->nusage == 0) {
		tend_str_add(&text, _("none is known"));
		put(g, 5, _("use"), ROLE_DIM, &text);
	} else if (!g->spacious) {
		put(g, 2, _("use"), worst, &text);
	}
	tend_str_finish(&text);
	tend_str_finish(&one);
}

static void add_activity(
	const struct glance *g, const struct tend_activity *a, struct tend_str *out)
{
	struct tend_str text = {0};
	add_ago(a->date, g->wb->today, out);
	join(out, a->kind != NULL ? tend_word("kind", a->kind) : NULL);
	join(out, a->contact);
	join(out, first_line(a->text, &text));
	tend_str_finish(&text);
}

static void add_contacts(struct glance *g)
{
	const struct tend_list *all = &g->b->activities;
	struct tend_str text = {0};
	size_t shown = 0, most = g->spacious ? 4 : 1;
	for (size_t i = 0; i < all->n && shown < most; i++) {
		const struct tend_activity *a = tend_list_at(all, i);
		bool late = g->wb->today.day - a->date.day > TEND_NO_CONTACT_DAYS;
		if (a->date.day > g->wb->today.day) {
			continue;
		}
		tend_str_clear(&text);
		add_activity(g, a, &text);
		put(g, shown == 0 ? 1 : 7, shown == 0 ? _("contact") : "",
			shown > 0      ? ROLE_DIM
				: late ? ROLE_BAD
				       : ROLE_TEXT,
			&text);
		shown++;
	}
	if (shown == 0) {
		tend_str_add(&text, _("nobody has spoken with them yet"));
		put(g, 1, _("contact"), ROLE_BAD, &text);
	}
	tend_str_finish(&text);
}

static void add_complaints(struct glance *g)
{
	const struct tend_list *all = &g->b->complaints;
	struct tend_str text = {0}, words = {0};
	size_t most = g->spacious ? 4 : 1;
	for (size_t i = 0; i < all->n && i < most; i++) {
		const struct tend_complaint *c = tend_list_at(all, i);
		tend_str_clear(&text);
		tend_str_clear(&words);
		if (i == 0 && all->n > 1) {
			tend_str_addf(&text, _("%zu open"), all->n);
		}
		add_ago(c->opened, g->wb->today, &words);
		join(&text, tend_str_text(&words));
		join(&text, c->severity != NULL ? tend_word("severity", c->severity) : NULL);
		tend_str_clear(&words);
		join(&text, first_line(c->text, &words));
		put(g, i == 0 ? 0 : 6, i == 0 ? _("complaint") : "", ROLE_BAD, &text);
	}
	if (all->n == 0) {
		tend_str_add(&text, _("none is open"));
		put(g, 7, _("complaint"), ROLE_DIM, &text);
	}
	tend_str_finish(&text);
	tend_str_finish(&words);
}

static void add_surveys(struct glance *g)
{
	const struct tend_list *all = &g->b->surveys;
	struct tend_str text = {0};
	enum role role = all->n > 0 ? ROLE_TEXT : ROLE_DIM;
	for (size_t i = 0; i < all->n; i++) {
		const struct tend_survey *s = tend_list_at(all, i);
		struct tend_str one = {0};
		char day[TEND_DATE_LEN];
		tend_str_addf(
			&one, _("%s %.6g of %.6g"), tend_word("kind", s->kind), s->score, s->scale);
		tend_str_addf(&one, " %s %s", s->group != NULL ? tend_word("group", s->group) : "",
			tend_date_format(s->date, day));
		join(&text, tend_str_text(&one));
		bool bad = tend_same(s->group, "detractor") || tend_same(s->group, "unsatisfied");
		role = bad ? ROLE_BAD : role;
		tend_str_finish(&one);
	}
	if (all->n == 0) {
		tend_str_add(&text, _("never asked"));
	}
	put(g, all->n > 0 ? 3 : 8, _("asked"), role, &text);
	tend_str_finish(&text);
}

static void add_churn(struct glance *g)
{
	struct tend_str text = {0}, words = {0};
	char day[TEND_DATE_LEN];
	if (g->b->churn.n > 0) {
		const struct tend_churn *c = tend_list_at(&g->b->churn, 0);
		join(&text, tend_date_format(c->date, day));
		join(&text, c->reason);
		join(&text, first_line(c->text, &words));
		put(g, 3, _("left"), ROLE_BAD, &text);
	}
	tend_str_finish(&text);
	tend_str_finish(&words);
}

/* --- people --- */

static void add_person(struct glance *g, const struct tend_contact *c, bool first)
{
	struct tend_str text = {0}, touch = {0};
	bool against = tend_same(c->stance, "critic") || tend_same(c->stance, "blocker");
	join(&text, c->name);
	join(&text, c->title);
	join(&text, c->role != NULL ? tend_word("role", c->role) : NULL);
	join(&text, c->stance != NULL ? tend_word("stance", c->stance) : NULL);
	if (tend_has_date(c->last_touch)) {
		add_ago(c->last_touch, g->wb->today, &touch);
		join(&text, tend_str_text(&touch));
	} else {
		join(&text, _("never spoken with"));
	}
	tend_str_add(&text, c->silent > 0 ? " !" : "");
	put(g, first ? 3 : 6, first ? _("people") : "",
		against || c->silent > 0 ? ROLE_BAD : ROLE_TEXT, &text);
	tend_str_finish(&text);
	tend_str_finish(&touch);
}

static void add_people(struct glance *g)
{
	const struct tend_list *all = &g->b->people;
	struct tend_str text = {0};
	size_t shown = 0, most = g->spacious ? 6 : 2;
	for (size_t i = 0; i < all->n && shown < most; i++) {
		const struct tend_contact *c = tend_list_at(all, i);
		bool decides =
			tend_same(c->role, "decision-maker") || tend_same(c->role, "sponsor");
		if (i == 0 && !decides) {
			tend_str_add(&text, _("nobody who decides is known"));
			put(g, 3, _("people"), ROLE_SOON, &text);
			shown++;
		}
		if (decides || g->spacious) {
			add_person(g, c, shown == 0);
			shown++;
		}
	}
	if (all->n == 0) {
		tend_str_add(&text, _("nobody is known"));
		put(g, 3, _("people"), ROLE_SOON, &text);
	}
	tend_str_finish(&text);
}

/* --- what was promised, what is next --- */

static void add_promises(struct glance *g)
{
	const struct tend_list *all = &g->b->promises;
	struct tend_str text = {0};
	size_t most = g->spacious ? 6 : 2;
	for (size_t i = 0; i < all->n && i < most; i++) {
		const struct tend_activity *a = tend_list_at(all, i);
		tend_str_clear(&text);
		enum role role = cell_delta(a->promised, g->wb->today, &text);
		join(&text, a->promise != NULL ? a->promise : a->text);
		join(&text, a->contact);
		if (i + 1 == most && all->n > most) {
			tend_str_add(&text, " · ");
			tend_str_addf(&text, _("and %zu more"), all->n - most);
		}
		put(g, i == 0 ? 0 : 4, i == 0 ? _("promised") : "", role, &text);
	}
	if (all->n == 0) {
		tend_str_add(&text, _("nothing is open"));
		put(g, 7, _("promised"), ROLE_DIM, &text);
	}
	tend_str_finish(&text);
}

static void add_next_step(struct glance *g)
{
	const struct tend_list *all = &g->b->activities;
	struct tend_str text = {0}, day = {0};
	for (size_t i = 0; i < all->n && text.len == 0; i++) {
		const struct tend_activity *a = tend_list_at(all, i);
		if (a->next_step != NULL && a->next_step[0] != '\0') {
			join(&text, a->next_step);
			cell_day(a->date, g->wb->today, &day);
			join_format(&text, _("said %s"), tend_str_text(&day));
			put(g, 1, _("next step"), ROLE_TEXT, &text);
		}
	}
	tend_str_finish(&text);
	tend_str_finish(&day);
}

/* The heaviest go, the last of them first, until the others fit; what stays is moved. */
static void fit(struct glance *g, size_t rows, struct lines *out)
{
	bool gone[LINES_MAX] = {false};
	size_t left = g->lines.n;
	while (left > rows && left > 0) {
		size_t worst = LINES_MAX;
		for (size_t i = 0; i < g->lines.n; i++) {
			bool heavier = worst == LINES_MAX || g->weights[i] >= g->weights[worst];
			worst = !gone[i] && heavier ? i : worst;
		}
		if (worst == LINES_MAX) {
			break;
		}
		gone[worst] = true;
		left--;
	}
	for (size_t i = 0; i < g->lines.n; i++) {
		if (!gone[i]) {
			*TEND_PUSH(out) = g->lines.items[i];
			g->lines.items[i] = (struct line){0};
		}
	}
	out->label = g->lines.label;
	lines_finish(&g->lines);
}

static void text(struct workbench *wb, struct view *v, struct pane *p, int columns, struct lines *l)
{
	struct glance g = {.wb = wb,
		.v = v,
		.c = view_customer(v),
		.b = &v->brief,
		.columns = columns,
		.spacious = p->height >= SPACIOUS};
	if (g.c == NULL || v->brief.people.type == NULL) {
		return;
	}
	add_who(&g);
	add_money(&g);
	put_heading(&g, g.spacious ? _("How they are") : NULL);
	add_health(&g);
	add_use(&g);
	add_contacts(&g);
	add_complaints(&g);
	add_surveys(&g);
	add_churn(&g);
	put_heading(&g, g.spacious ? _("People") : NULL);
	add_people(&g);
	put_heading(&g, g.spacious ? _("What was promised") : NULL);
	add_promises(&g);
	add_next_step(&g);
	put_heading(&g,
		p->grid.n > 0                  ? _("What is next")
			: g.c->journey != NULL ? _("All milestones are done.")
					       : _("No journey yet: :enroll JOURNEY starts one."));
	fit(&g, p->height > 0 ? (size_t)p->height : 0, l);
}

static enum tend_status load(
	struct workbench *wb, struct view *v, struct pane *p, struct tend_error *err)
{
	/* A line of twelve spans is shown only where there is room for it. */
	int days = wb->canvas.rows > SPACIOUS ? WHOLE_USE : SHORT_USE;
	enum tend_status status = milestones_load_open(wb, v, p, err);
	tend_brief_finish(&v->brief);
	return status != TEND_OK ? status
				 : tend_app_brief(wb->app, v->customer_id, days, &v->brief, err);
}

static void heading(struct workbench *wb, struct view *v, struct pane *p, int room,
	struct tend_str *left, struct tend_str *right)
{
	(void)wb;
	(void)v;
	(void)room;
	(void)left;
	size_t open = 0;
	for (size_t i = 0; i < p->list.n; i++) {
		const struct tend_milestone *m = tend_list_at(&p->list, i);
		open += tend_is_open_state(m->state) ? 1 : 0;
	}
	tend_str_addf(right, open == 1 ? _("%zu milestone") : _("%zu milestones"), open);
}

const struct pane_ops pane_overview = {
	.title = N_("At a glance"),
	.offers = CX_CUSTOMER | CX_MILESTONE | CX_MARK | CX_WHY | CX_OPEN | CX_ADD,
	.type = &tend_milestone_type,
	.spec = &milestones_spec,
	.load = load,
	.heading = heading,
	.text = text,
	.below = milestone_below,
};
