/* SPDX-License-Identifier: MIT */
/* The people at customers: the map of one by influence and stance, and a row for each customer. */
#include <stdlib.h>
#include <string.h>

#include <tend/mem.h>
#include <tend/people.h>
#include <tend/words.h>

#include "cells.h"
#include "panes.h"
#include "why_record.h"
#include "words.h"

/* --- the map --- */

#define MAP_COLUMNS 60 /* under it a list takes the place of the grid */
#define KNOWN_STANCES (TEND_STANCES - 1)

static const char *const stances[] = {"champion", "supporter", "neutral", "critic", "blocker"};
static const char *const influences[] = {"high", "medium", "low"};

static const char *stance_word(int stance)
{
	return stance < KNOWN_STANCES ? tend_word("stance", stances[stance]) : _("not known");
}

static const char *influence_word(int influence)
{
	return influence < TEND_INFLUENCES - 1 ? tend_word("influence", influences[influence])
					       : _("not known");
}

static bool decides(const struct tend_contact *c)
{
	return tend_same(c->role, "decision-maker") || tend_same(c->role, "sponsor");
}

/* "*!Li Ming": who decides, who is silent. */
static char *marked_name(const struct tend_contact *c)
{
	return tend_format("%s%s%s", decides(c) ? "*" : " ", c->silent == 1 ? "!" : " ",
		c->name != NULL ? c->name : c->key);
}

/* The n-th contact of a cell of the map; NULL past the last. */
static const struct tend_contact *in_cell(
	const struct tend_list *people, int influence, int stance, size_t n)
{
	for (size_t i = 0; i < people->n; i++) {
		const struct tend_contact *c = tend_list_at(people, i);
		if (tend_influence_rank(c->influence) == influence
			&& tend_stance_rank(c->stance) == stance && n-- == 0) {
			return c;
		}
	}
	return NULL;
}

static int highest_stack(const struct tend_list *people, int influence)
{
	int most = 0;
	for (int stance = 0; stance < TEND_STANCES; stance++) {
		int n = 0;
		while (in_cell(people, influence, stance, (size_t)n) != NULL) {
			n++;
		}
		most = n > most ? n : most;
	}
	return most;
}

struct stance_column {
	int stance, width;
	bool used;
};

static int name_columns(const struct tend_contact *c)
{
	char *name = marked_name(c);
	int columns = tend_columns(name);
	free(name);
	return columns;
}

/* Each stance as wide as what stands in it; one that is not known has a column only where there is any. */
static size_t stance_columns(const struct tend_list *people, struct stance_column ret[TEND_STANCES])
{
	size_t n = 0;
	for (int stance = 0; stance < TEND_STANCES; stance++) {
		ret[n] = (struct stance_column){
			stance, tend_columns(stance_word(stance)) + 2, false};
		for (size_t i = 0; i < people->n; i++) {
			const struct tend_contact *c = tend_list_at(people, i);
			if (tend_stance_rank(c->stance) == stance) {
				int w = name_columns(c);
				ret[n].width = w > ret[n].width ? w : ret[n].width;
				ret[n].used = true;
			}
		}
		n += stance < KNOWN_STANCES || ret[n].used;
	}
	return n;
}

static int total(const struct stance_column *columns, size_t n)
{
	int sum = 0;
	for (size_t i = 0; i < n; i++) {
		sum += columns[i].width + 1;
	}
	return sum;
}

/* Where there is too little room, empty ones go, from the right, then the widest gets narrower. */
static size_t fit_columns(struct stance_column *columns, size_t n, int room)
{
	for (size_t i = n; i-- > 0 && total(columns, n) > room;) {
		if (!columns[i].used) {
			memmove(&columns[i], &columns[i + 1], (n - i - 1) * sizeof(*columns));
			n--;
		}
	}
	while (total(columns, n) > room) {
		size_t widest = 0;
		for (size_t i = 1; i < n; i++) {
			widest = columns[i].width > columns[widest].width ? i : widest;
		}
		if (--columns[widest].width < 1) {
			break;
		}
	}
	return n;
}

/* The n-th line of an influence. */
static void add_cells(struct lines *l, const struct tend_list *people, int influence, int n,
	const struct stance_column *columns, size_t count)
{
	struct tend_str line = {0};
	for (size_t i = 0; i < count; i++) {
		const struct tend_contact *c =
			in_cell(people, influence, columns[i].stance, (size_t)n);
		char *name = c != NULL ? marked_name(c) : tend_strdup("");
		tend_pad(&line, name, columns[i].width, TEND_LEFT);
		tend_str_addc(&line, ' ');
		free(name);
	}
	lines_label(
		l, n == 0 ? influence_word(influence) : "", ROLE_TEXT, "%s", tend_str_text(&line));
	tend_str_finish(&line);
}

static void add_head(struct lines *l, const struct stance_column *columns, size_t n)
{
	struct tend_str head = {0};
	for (size_t i = 0; i < n; i++) {
		char *word = tend_format("  %s", stance_word(columns[i].stance));
		tend_pad(&head, word, columns[i].width, TEND_LEFT);
		tend_str_addc(&head, ' ');
		free(word);
	}
	lines_label(l, _("influence"), ROLE_DIM, "%s", tend_str_text(&head));
	tend_str_finish(&head);
}

static void add_grid(struct lines *l, const struct tend_list *people, int room)
{
	struct stance_column columns[TEND_STANCES] = {0};
	int label = tend_columns(_("influence"));
	for (int i = 0; i < TEND_INFLUENCES; i++) {
		int w = tend_columns(influence_word(i));
		label = w > label ? w : label;
	}
	size_t n = fit_columns(columns, stance_columns(people, columns), room - label - 2);
	add_head(l, columns, n);
	for (int influence = 0; influence < TEND_INFLUENCES; influence++) {
		int rows = highest_stack(people, influence);
		bool known = influence < TEND_INFLUENCES - 1;
		for (int i = 0; i < rows || (i == 0 && known); i++) {
			add_cells(l, people, influence, i, columns, n);
		}
	}
}

/* Where there is no room beside one another. */
static void add_list(struct lines *l, const struct tend_list *people)
{
	int before = -1;
	for (size_t i = 0; i < people->n; i++) {
		const struct tend_contact *c = tend_list_at(people, i);
		int influence = tend_influence_rank(c->influence);
		if (influence != before) {
			lines_add(l, ROLE_DIM, "%s: %s", _("influence"), influence_word(influence));
			before = influence;
		}
		char *name = marked_name(c);
		lines_add(l, ROLE_TEXT, "%s, %s", name, stance_word(tend_stance_rank(c->stance)));
		free(name);
	}
}

/* --- what is to be looked after --- */

/* A line of what is to be looked after, wrapped; frees it. */
static void add_flag(struct lines *l, enum role role, int columns, char *flag)
{
	lines_wrap(l, role, columns, flag);
	free(flag);
}

static void add_silent(struct lines *l, int columns, const struct tend_contact *c)
{
	const char *name = c->name != NULL ? c->name : c->key;
	struct tend_str every = {0};
	struct tend_duration d;
	if (tend_duration_parse(c->cadence, &d)) {
		word_duration(d, &every);
	}
	if (c->silent_days == TEND_NO_INT) {
		add_flag(l, ROLE_BAD, columns,
			tend_format(_("! %s: never touched, meant every %s"), name,
				tend_str_text(&every)));
	} else {
		add_flag(l, ROLE_BAD, columns,
			tend_format(_("! %s: silent for %lld days, meant every %s"), name,
				(long long)c->silent_days, tend_str_text(&every)));
	}
	tend_str_finish(&every);
}

static void add_missing(struct lines *l, int columns, const char *roles)
{
	struct tend_str words = {0};
	char *copy = tend_strdup(roles);
	for (char *save = NULL, *role = strtok_r(copy, ",", &save); role != NULL;
		role = strtok_r(NULL, ",", &save)) {
		tend_str_addf(&words, "%s%s", words.len > 0 ? ", " : "", tend_word("role", role));
	}
	if (words.len > 0) {
		add_flag(l, ROLE_SOON, columns,
			tend_format(_("? missing: %s"), tend_str_text(&words)));
	}
	free(copy);
	tend_str_finish(&words);
}

void people_flags(
	struct lines *l, int columns, const struct tend_list *people, struct tend_date today)
{
	struct tend_stakeholder s;
	struct tend_arena arena = {0};
	tend_record_clear(&tend_stakeholder_type, &s);
	tend_stakeholder_fill(
		&s, people->n > 0 ? tend_list_at(people, 0) : NULL, people->n, today, &arena);
	for (size_t i = 0; i < people->n; i++) {
		const struct tend_contact *c = tend_list_at(people, i);
		if (c->silent == 1) {
			add_silent(l, columns, c);
		}
	}
	if (s.single_thread == 1) {
		add_flag(l, ROLE_BAD, columns, tend_format(_("! single thread: %s"), s.thread));
	} else {
		lines_wrap(l, ROLE_DIM, columns, s.thread);
	}
	add_missing(l, columns, s.missing);
	tend_arena_finish(&arena);
}

static void text(struct workbench *wb, struct view *v, struct pane *p, int columns, struct lines *l)
{
	if (v->customer_id == 0) {
		lines_add(l, ROLE_DIM, "%s", _("No customer is selected."));
		return;
	}
	if (p->list.n == 0) {
		lines_wrap(l, ROLE_DIM, columns, _("Nobody is known here yet."));
		return;
	}
	people_flags(l, columns, &p->list, wb->today);
	lines_add(l, ROLE_TEXT, "%s", "");
	if (columns >= MAP_COLUMNS) {
		add_grid(l, &p->list, columns);
	} else {
		add_list(l, &p->list);
	}
	lines_add(l, ROLE_DIM, "%s", _("* decides  ! silent"));
}

static enum tend_status load_map(
	struct workbench *wb, struct view *v, struct pane *p, struct tend_error *err)
{
	if (v->customer_id == 0) {
		return TEND_OK;
	}
	tend_list_finish(&p->list);
	return tend_app_people(wb->app, v->customer_id, &p->list, err);
}

const struct pane_ops pane_map = {
	.title = N_("Map"),
	.offers = CX_CUSTOMER | CX_OPEN,
	.type = &tend_contact_type,
	.follows = true,
	.load = load_map,
	.text = text,
};

/* --- of all customers --- */

#define ROW(name) const struct tend_stakeholder *name = record

static enum role flag_cell(const struct grid_context *ctx, const void *record, struct tend_str *out)
{
	ROW(s);
	(void)ctx;
	bool bad = s->silent > 0 || s->single_thread == 1;
	tend_str_add(out, bad ? "!" : s->missing_roles > 0 ? "?" : " ");
	return bad ? ROLE_BAD : ROLE_SOON;
}

static enum role name_cell(const struct grid_context *ctx, const void *record, struct tend_str *out)
{
	ROW(s);
	(void)ctx;
	tend_str_add(out, s->name != NULL ? s->name : s->customer);
	return ROLE_TEXT;
}

static enum role number(int64_t n, enum role role, struct tend_str *out)
{
	tend_str_addf(out, "%lld", (long long)n);
	return n > 0 ? role : ROLE_DIM;
}

static enum role contacts_cell(
	const struct grid_context *ctx, const void *record, struct tend_str *out)
{
	ROW(s);
	(void)ctx;
	return number(s->contacts, ROLE_TEXT, out);
}

static enum role champions_cell(
	const struct grid_context *ctx, const void *record, struct tend_str *out)
{
	ROW(s);
	(void)ctx;
	return number(s->champions, ROLE_GOOD, out);
}

static enum role critics_cell(
	const struct grid_context *ctx, const void *record, struct tend_str *out)
{
	ROW(s);
	(void)ctx;
	return number(s->critics, ROLE_BAD, out);
}

static enum role silent_cell(
	const struct grid_context *ctx, const void *record, struct tend_str *out)
{
	ROW(s);
	(void)ctx;
	return number(s->silent, ROLE_BAD, out);
}

static enum role missing_cell(
	const struct grid_context *ctx, const void *record, struct tend_str *out)
{
	ROW(s);
	(void)ctx;
	char *copy = tend_strdup(s->missing);
	for (char *save = NULL, *role = strtok_r(copy, ",", &save); role != NULL;
		role = strtok_r(NULL, ",", &save)) {
		tend_str_addf(out, "%s%s", out->len > 0 ? ", " : "", tend_word("role", role));
	}
	free(copy);
	return ROLE_SOON;
}

static enum role thread_cell(
	const struct grid_context *ctx, const void *record, struct tend_str *out)
{
	ROW(s);
	(void)ctx;
	bool known = s->single_thread != TEND_NO_INT;
	tend_str_add(out, !known ? "--" : s->single_thread != 0 ? _("single") : _("several"));
	return !known ? ROLE_DIM : s->single_thread != 0 ? ROLE_BAD : ROLE_TEXT;
}

static enum role next_cell(const struct grid_context *ctx, const void *record, struct tend_str *out)
{
	ROW(s);
	return cell_delta(s->next_touch, ctx->today, out);
}

static const struct grid_column columns[] = {
	{NULL, 1, TEND_LEFT, 0, NULL, flag_cell},
	{N_("Customer"), 0, TEND_LEFT, 0, "name", name_cell},
	{N_("People"), 6, TEND_RIGHT, 50, "contacts", contacts_cell},
	{N_("For us"), 6, TEND_RIGHT, 72, "champions", champions_cell},
	{N_("Against"), 7, TEND_RIGHT, 72, "critics", critics_cell},
	{N_("Silent"), 7, TEND_RIGHT, 0, "silent", silent_cell},
	{N_("Thread"), 8, TEND_LEFT, 0, "single_thread", thread_cell},
	{N_("Missing"), 36, TEND_LEFT, 110, "missing_roles", missing_cell},
	{N_("Next"), 6, TEND_RIGHT, 60, "next_touch", next_cell},
};
static const struct grid_spec spec = {columns, sizeof(columns) / sizeof(columns[0]), true, NULL};

static enum tend_status load(
	struct workbench *wb, struct view *v, struct pane *p, struct tend_error *err)
{
	(void)v;
	tend_list_finish(&p->list);
	return tend_app_stakeholders(wb->app, 0, NULL, &p->list, err);
}

static const char *empty(struct workbench *wb, struct view *v, struct pane *p)
{
	(void)wb;
	(void)v;
	(void)p;
	return _("No customers yet. g p shows how to add one.");
}

const struct pane_ops pane_stakeholders = {
	.title = N_("Stakeholders"),
	.offers = CX_CUSTOMER | CX_MARK | CX_FILTER | CX_SORT | CX_WHY | CX_OPEN,
	.type = &tend_stakeholder_type,
	.spec = &spec,
	.load = load,
	.empty = empty,
};
