/* SPDX-License-Identifier: MIT */
/* Changing and reassigning many customers: a form, what it would do, then one entry. */
#include "bulk.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <tend/mem.h>

#include "draw.h"
#include "words.h"

#define GROUPS_MAX 8 /* kinds of change that are counted above the list */
#define NAME_SHARE 3 /* names take one column in so many, at most */

/* --- the preview --- */

struct bulk {
	struct dialog base; /* about the customers */
	struct tend_arena arena;
	struct tend_assignment *fields;
	size_t n;
	struct tend_list rows; /* of customers, and of the milestones that would go along */
	size_t customers, milestones; /* that would change */
	bool along; /* the milestones go along */
	struct form *form; /* below; NULL */
	size_t top;
};

static bool is_milestone(const struct tend_change *r)
{
	return strcmp(r->record, "milestone") == 0;
}

static const char *shown(const char *value)
{
	return value != NULL ? word_text(value) : "--";
}

/* Tags differ with every customer, and change all in the same way. */
static bool is_tags(const struct tend_change *r)
{
	return strcmp(r->field, "tags") == 0;
}

static bool same_change(const struct tend_change *a, const struct tend_change *b)
{
	return strcmp(a->field, b->field) == 0
		&& (is_tags(a)
			|| (tend_same(a->before, b->before) && tend_same(a->after, b->after)));
}

/* "+vip -trial" */
static void add_tags(const struct bulk *b, struct tend_str *out)
{
	for (size_t i = 0; i < b->n; i++) {
		const char *field = b->fields[i].field;
		if (tend_starts_with(field, "tags")) {
			tend_str_addf(out, "%s%s%s", out->len > 0 ? " " : "",
				field[4] != '\0' ? field + 4 : "-> ", b->fields[i].value);
		}
	}
}

struct groups {
	const struct tend_change *items[GROUPS_MAX];
	size_t counts[GROUPS_MAX];
	size_t n, more;
};

/* After those of its field. */
static size_t add_group(struct groups *g, const struct tend_change *r)
{
	size_t at = g->n;
	while (at > 0 && strcmp(g->items[at - 1]->field, r->field) != 0) {
		at--;
	}
	at = at > 0 ? at : g->n;
	memmove(&g->items[at + 1], &g->items[at], (g->n - at) * sizeof(g->items[0]));
	memmove(&g->counts[at + 1], &g->counts[at], (g->n - at) * sizeof(g->counts[0]));
	g->items[at] = r;
	g->counts[at] = 0;
	g->n++;
	return at;
}

static struct groups gather(const struct bulk *b)
{
	struct groups g = {.n = 0};
	for (size_t i = 0; i < b->rows.n; i++) {
		const struct tend_change *r = tend_list_at(&b->rows, i);
		size_t k = 0;
		while (k < g.n && (is_milestone(r) || !same_change(g.items[k], r))) {
			k++;
		}
		if (is_milestone(r)) {
			continue;
		}
		if (k == g.n && g.n < GROUPS_MAX) {
			k = add_group(&g, r);
		}
		if (k < g.n) {
			g.counts[k]++;
		} else {
			g.more++;
		}
	}
	return g;
}

/* "Owner  emma -> li  (8)": from what to what, and how many. */
static void add_groups(const struct bulk *b, struct lines *l)
{
	const struct groups g = gather(b);
	for (size_t k = 0; k < g.n; k++) {
		const struct tend_change *r = g.items[k];
		struct tend_str text = {0};
		if (is_tags(r)) {
			add_tags(b, &text);
		} else {
			tend_str_addf(&text, "%s -> %s", shown(r->before), shown(r->after));
		}
		lines_label(l, r->title, ROLE_TEXT, "%s  (%zu)", tend_str_text(&text), g.counts[k]);
		tend_str_finish(&text);
	}
	if (g.more > 0) {
		lines_label(l, "", ROLE_DIM, _("and %zu other changes"), g.more);
	}
	if (b->milestones > 0) {
		lines_label(l, _("Milestones"), b->along ? ROLE_ACCENT : ROLE_DIM,
			b->along ? _("open ones of the old owner that go along: %zu")
				 : _("open ones that stay with the old owner: %zu"),
			b->milestones);
	}
}

static void add_row(const struct tend_change *r, bool first, int names, int titles, int columns,
	struct lines *l)
{
	struct tend_str text = {0}, cut = {0};
	bool milestone = is_milestone(r);
	tend_pad(&text, first && !milestone ? r->name : "", names, TEND_LEFT);
	tend_str_add(&text, "  ");
	tend_pad(&text, milestone ? r->name : r->title, titles, TEND_LEFT);
	tend_str_addf(&text, "  %s -> %s", shown(r->before), shown(r->after));
	tend_pad(&cut, tend_str_text(&text), columns, TEND_LEFT);
	lines_add(l, milestone ? ROLE_DIM : ROLE_TEXT, "%s", tend_str_text(&cut));
	tend_str_finish(&text);
	tend_str_finish(&cut);
}

static int wider(int columns, const char *text)
{
	int w = text != NULL ? tend_columns(text) : 0;
	return w > columns ? w : columns;
}

static void add_rows(const struct bulk *b, int columns, struct lines *l)
{
	int names = 0, titles = 0;
	int64_t last = 0;
	for (size_t i = 0; i < b->rows.n; i++) {
		const struct tend_change *r = tend_list_at(&b->rows, i);
		bool milestone = is_milestone(r);
		names = milestone ? names : wider(names, r->name);
		titles = !milestone ? wider(titles, r->title)
			: b->along  ? wider(titles, r->name)
				    : titles;
	}
	names = names > columns / NAME_SHARE ? columns / NAME_SHARE : names;
	titles = titles > columns / NAME_SHARE ? columns / NAME_SHARE : titles;
	for (size_t i = 0; i < b->rows.n; i++) {
		const struct tend_change *r = tend_list_at(&b->rows, i);
		if (!is_milestone(r) || b->along) {
			add_row(r, r->id != last, names, titles, columns, l);
		}
		last = r->id;
	}
}

static void draw(struct workbench *wb, struct dialog *d, struct canvas *c)
{
	(void)wb;
	struct bulk *b = (struct bulk *)d;
	struct lines l = {0};
	add_groups(b, &l);
	lines_add(&l, ROLE_TEXT, "%s", "");
	add_rows(b, c->columns - 4, &l);
	char *count = tend_format(_("%zu of %zu customers change"), b->customers, d->nids);
	struct area a = drawer_open(c, (int)l.n, d->title, count);
	free(count);
	size_t most = l.n > (size_t)a.h ? l.n - (size_t)a.h : 0;
	b->top = b->top > most ? most : b->top;
	a.x += 2;
	a.w -= 4;
	draw_lines(c, &l, b->top, a);
	lines_finish(&l);
}

static enum follow carry_out(struct workbench *wb, struct bulk *b)
{
	struct tend_done done = {0};
	struct tend_error err = {0};
	const struct tend_bulk how = {.ids = b->base.ids,
		.nids = b->base.nids,
		.fields = b->fields,
		.n = b->n,
		.milestones = b->along};
	enum tend_status status = tend_app_bulk_set(wb->app, &how, &done, &err);
	struct form *form = status == TEND_OK ? b->form : NULL;
	enum follow follow = wb_done(wb, status, &done, &err);
	wb_leave(wb, &b->base);
	if (form != NULL) {
		form_saved(wb, form);
	}
	return follow;
}

static enum follow key(struct workbench *wb, struct dialog *d, struct key k)
{
	struct bulk *b = (struct bulk *)d;
	if ((k.mods & MOD_PASTED) != 0 || drawer_scroll(&b->top, k)) {
		return FOLLOW_NOTHING;
	}
	switch (tend_ascii_twin(k.code)) {
	case 'm':
		b->along = !b->along && b->milestones > 0;
		break;
	case K_ENTER:
		return carry_out(wb, b);
	case K_ESC:
	case 'q':
	case 'c':
		wb_pop(wb);
		break;
	default:
		break;
	}
	return FOLLOW_NOTHING;
}

static const char *hint(struct workbench *wb, struct dialog *d)
{
	(void)wb;
	const struct bulk *b = (const struct bulk *)d;
	return b->milestones > 0 ? _("Enter change them  m milestones  j/k scroll  Esc back")
				 : _("Enter change them  j/k scroll  Esc back");
}

static void finish(struct dialog *d)
{
	struct bulk *b = (struct bulk *)d;
	free(b->fields);
	tend_list_finish(&b->rows);
	tend_arena_finish(&b->arena);
}

static struct bulk *bulk_create(const struct targets *ids, const struct tend_assignment *fields,
	size_t n, struct form *form)
{
	static const struct dialog_ops ops = {
		.key = key, .draw = draw, .hint = hint, .finish = finish};
	struct bulk *b = tend_alloc(sizeof(*b));
	b->base.ops = &ops;
	b->base.title = tend_strdup(_("What would change"));
	b->fields = tend_calloc(n + 1, sizeof(*b->fields));
	b->n = n;
	b->form = form;
	for (size_t i = 0; i < n; i++) {
		b->fields[i] =
			(struct tend_assignment){tend_arena_strdup(&b->arena, fields[i].field),
				tend_arena_strdup(&b->arena, fields[i].value)};
	}
	dialog_about(&b->base, ids->items, ids->n, NULL);
	return b;
}

static void count(struct bulk *b)
{
	int64_t last = 0;
	for (size_t i = 0; i < b->rows.n; i++) {
		const struct tend_change *r = tend_list_at(&b->rows, i);
		b->milestones += is_milestone(r) ? 1 : 0;
		b->customers += r->id != last ? 1 : 0;
		last = r->id;
	}
	b->along = b->milestones > 0;
}

bool bulk_preview(struct workbench *wb, const struct targets *ids,
	const struct tend_assignment *fields, size_t n, struct form *form, struct tend_error *err)
{
	struct bulk *b = bulk_create(ids, fields, n, form);
	const struct tend_bulk how = {.ids = b->base.ids,
		.nids = b->base.nids,
		.fields = b->fields,
		.n = n,
		.milestones = true};
	bool good = tend_app_bulk_preview(wb->app, &how, &b->rows, err) == TEND_OK;
	count(b);
	if (good && b->rows.n > 0) {
		wb_push(wb, &b->base);
		return true;
	}
	if (good) {
		wb_say(wb, ROLE_HINT, "%s", _("Nothing would change."));
	}
	dialog_destroy(&b->base);
	return good;
}

/* --- the form --- */

static bool submit(struct workbench *wb, struct form *f, enum follow *ret)
{
	struct tend_assignment fields[FORM_MAX];
	struct tend_error err = {0};
	struct targets ids = {f->base.ids, f->base.nids, f->base.nids};
	size_t n = 0;
	*ret = FOLLOW_NOTHING;
	for (size_t i = 0; i < f->n; i++) {
		if (form_value(f, i)[0] != '\0') {
			fields[n++] = (struct tend_assignment){f->fields[i].name, form_value(f, i)};
		}
	}
	if (n == 0) {
		(void)snprintf(f->error, sizeof(f->error), "%s", _("Nothing is filled in."));
	} else if (!bulk_preview(wb, &ids, fields, n, f, &err)) {
		form_fail(f, &err);
	}
	return false; /* it closes with the preview */
}

enum follow bulk_form(struct workbench *wb, const struct targets *ids)
{
	static const char *const statuses[] = {"", "active", "churned", "pooled", NULL};
	char *what = tend_format(_("%zu customers"), ids->n);
	char *title = tend_format("%s: %s", _("Edit"), what);
	struct form *f = form_create(title);
	free(title);
	free(what);
	const char *as_is = N_("empty: as it is");
	(void)form_add(f, "owner", N_("Owner"), "", NULL, as_is);
	(void)form_add(f, "segment", N_("Segment"), "", NULL, as_is);
	(void)form_add(f, "industry", N_("Industry"), "", NULL, as_is);
	(void)form_add(f, "tags+", N_("Add tags"), "", NULL, N_("apart by commas"));
	(void)form_add(f, "tags-", N_("Take tags away"), "", NULL, N_("apart by commas"));
	struct form_field *status = form_add(f, "status", N_("Status"), "", statuses, NULL);
	const char **titles = tend_arena_alloc(&f->arena, sizeof(statuses));
	for (size_t i = 0; statuses[i] != NULL; i++) {
		titles[i] = i == 0 ? _("as it is") : word_text(statuses[i]);
	}
	status->titles = titles;
	f->submit = submit;
	dialog_about(&f->base, ids->items, ids->n, NULL);
	form_offer_draft(wb, f, DRAFT_BULK, 0);
	wb_push(wb, &f->base);
	return FOLLOW_NOTHING;
}
