/* SPDX-License-Identifier: MIT */
/* All that a record of any kind says: the selected one of the list beside it. */
#include <string.h>

#include <tend/care.h>
#include <tend/words.h>

#include "cells.h"
#include "panes.h"

#define TWO_COLUMNS 70 /* hold two of labels and values */
#define LABEL_ROOM 20

static bool is_long(const struct tend_field *f, struct tend_value v)
{
	return f->type == TEND_TEXT
		&& ((f->flags & TEND_F_LONG) != 0 || strchr(v.text, '\n') != NULL);
}

/* Whose it is stands above, and what it is called in the rule and in its first line. */
static bool is_told(const struct tend_kind *k, const struct tend_field *f)
{
	return (f->flags & (TEND_F_HIDDEN | TEND_F_KEY)) != 0 || strcmp(f->name, "customer") == 0
		|| (strcmp(f->name, k->label) == 0 && f->values == NULL);
}

/* What the record is about, as against remarks on it. */
static bool is_body(const struct tend_kind *k, const struct tend_field *f)
{
	return strcmp(f->name, k->label) == 0 || strcmp(f->name, "text") == 0;
}

/* Only what is still to be done by a day is late after it. */
static bool is_late(const struct tend_kind *k, const void *record, const struct tend_field *f)
{
	return tend_kind_is_open(k, record)
		&& (strcmp(f->name, "due") == 0 || strcmp(f->name, "promised") == 0);
}

static void add_number(double number, struct tend_str *out)
{
	tend_str_addf(out, "%.6g", number);
}

/* The value as a person reads it. */
static enum role value_text(const struct workbench *wb, const struct tend_kind *k,
	const void *record, const struct tend_field *f, struct tend_str *out)
{
	struct tend_value v = tend_field_get(f, record);
	struct tend_value currency = tend_kind_value(k, record, "currency");
	char day[TEND_DATE_LEN];
	enum role role = ROLE_TEXT;
	switch (f->type) {
	case TEND_DATE:
		tend_str_add(out, tend_date_format(v.date, day));
		/* How far off what lies ahead is, and how late what should be there by now. */
		if (v.date.day > wb->today.day || is_late(k, record, f)) {
			tend_str_add(out, "  ");
			role = cell_delta(v.date, wb->today, out);
		}
		break;
	case TEND_MONEY:
		cell_amount(v.integer,
			currency.null || currency.type != TEND_TEXT ? NULL : currency.text, out);
		break;
	case TEND_BOOL:
		tend_str_add(out, v.integer > 0 ? _("yes") : _("no"));
		break;
	case TEND_NUMBER:
		add_number(v.number, out);
		break;
	case TEND_RATIO:
		tend_str_addf(out, "%.0f %%", v.number * 100);
		break;
	case TEND_TEXT:
		tend_str_add(out, f->values != NULL ? tend_word(f->name, v.text) : v.text);
		break;
	default:
		tend_value_format(v, out);
		break;
	}
	return role;
}

static void add_field(const struct workbench *wb, const struct tend_kind *k, const void *record,
	const struct tend_field *f, int columns, struct lines *l)
{
	struct tend_str text = {0};
	enum role role = value_text(wb, k, record, f, &text);
	const char *title = tend_pick(f->title);
	int room = columns - tend_columns(title) - 2;
	bool fits = tend_columns(tend_str_text(&text)) <= room;
	if (text.len > 0 && fits) {
		lines_label(l, title, role, "%s", tend_str_text(&text));
		l->items[l->n - 1].pair = true;
	} else if (text.len > 0) {
		lines_add(l, ROLE_DIM, "%s", title);
		lines_wrap(l, role, columns, tend_str_text(&text));
	}
	tend_str_finish(&text);
}

static void add_fields(const struct workbench *wb, const struct tend_kind *k, const void *record,
	int columns, struct lines *l)
{
	/* What does not fit into half the width stands below the pairs. */
	bool two = columns >= TWO_COLUMNS;
	for (int whole = 0; whole <= (two ? 1 : 0); whole++) {
		for (size_t i = 0; i < k->type->nfields; i++) {
			const struct tend_field *f = &k->type->fields[i];
			struct tend_value v = tend_field_get(f, record);
			bool wide = two && !v.null && v.type == TEND_TEXT
				&& tend_columns(v.text) > columns / 2 - LABEL_ROOM;
			if (!v.null && !is_told(k, f) && !is_long(f, v) && wide == (whole == 1)) {
				add_field(wb, k, record, f, columns, l);
				l->items[l->n - 1].pair = two && !wide;
			}
		}
	}
}

static void add_texts(
	const struct tend_kind *k, const void *record, bool body, int columns, struct lines *l)
{
	for (size_t i = 0; i < k->type->nfields; i++) {
		const struct tend_field *f = &k->type->fields[i];
		struct tend_value v = tend_field_get(f, record);
		if (v.null || (f->flags & TEND_F_HIDDEN) != 0 || !is_long(f, v)
			|| is_body(k, f) != body) {
			continue;
		}
		if (!body) {
			lines_add(l, ROLE_TEXT, "%s", "");
			lines_add(l, ROLE_DIM, "%s", tend_pick(f->title));
		}
		lines_markdown(l, columns, v.text);
		if (body) {
			lines_add(l, ROLE_TEXT, "%s", "");
		}
	}
}

void lines_record(const struct workbench *wb, const struct tend_kind *k, const void *record,
	int columns, struct lines *l)
{
	const struct tend_field *label = tend_field_find(k->type, k->label);
	struct tend_value v = tend_field_get(label, record);
	if (!v.null && v.text[0] != '\0' && !is_long(label, v) && label->values == NULL) {
		lines_wrap(l, ROLE_TITLE, columns, v.text);
	}
	add_texts(k, record, true, columns, l);
	add_fields(wb, k, record, columns, l);
	add_texts(k, record, false, columns, l);
}

/* What an alert says; its reasons are whole sentences. */
static void alert_lines(
	const struct workbench *wb, int64_t id, int64_t customer_id, int columns, struct lines *l)
{
	struct tend_list list;
	char day[TEND_DATE_LEN];
	(void)tend_app_alerts(wb->app, customer_id, true, NULL, &list, NULL);
	for (size_t i = 0; i < list.n; i++) {
		const struct tend_alert *a = tend_list_at(&list, i);
		if (a->id != id) {
			continue;
		}
		lines_wrap(l, ROLE_TITLE, columns, a->title != NULL ? a->title : a->rule);
		lines_label(l, _("state"), ROLE_TEXT, "%s", tend_word("state", a->state));
		lines_label(l, _("severity"), severity_role(a->severity), "%s",
			tend_word("severity", a->severity));
		lines_label(l, _("raised"), ROLE_TEXT, "%s", tend_date_format(a->raised, day));
		lines_value(l, _("note"), a->note);
		lines_wrap(l, ROLE_TEXT, columns, a->reason != NULL ? a->reason : "");
	}
	tend_list_finish(&list);
}

static void entry_lines(struct workbench *wb, struct view *v, const struct tend_entry *e,
	int columns, struct lines *l)
{
	const struct tend_kind *k = tend_kind_called(e->kind);
	struct tend_list list;
	struct tend_error err = {0};
	if (k != NULL) {
		if (tend_app_record(wb->app, k->type, e->name, &list, &err) == TEND_OK) {
			lines_record(wb, k, tend_list_at(&list, 0), columns, l);
		} else {
			lines_wrap(l, ROLE_ERROR, columns, err.text);
		}
		tend_list_finish(&list);
	} else if (strcmp(e->kind, "milestone") == 0) {
		lines_milestone(wb, v, e->customer_id, e->id, columns, l);
	} else {
		alert_lines(wb, e->id, e->customer_id, columns, l);
	}
}

static void text(struct workbench *wb, struct view *v, struct pane *p, int columns, struct lines *l)
{
	(void)p;
	const struct pane *list = view_list(v);
	const void *record = grid_selected(&list->grid, &list->list);
	const struct tend_kind *k = record != NULL ? tend_kind_of(list->list.type) : NULL;
	if (record != NULL && k != NULL) {
		lines_record(wb, k, record, columns, l);
	} else if (record != NULL && list->list.type == &tend_entry_type) {
		entry_lines(wb, v, record, columns, l);
	}
}

/* What it is about: the kind of the record and its key. */
static void heading(struct workbench *wb, struct view *v, struct pane *p, int room,
	struct tend_str *left, struct tend_str *right)
{
	(void)wb;
	(void)p;
	(void)room;
	const struct pane *list = view_list(v);
	const void *record = grid_selected(&list->grid, &list->list);
	const struct tend_kind *k = record != NULL ? tend_kind_of(list->list.type) : NULL;
	if (record != NULL && list->list.type == &tend_entry_type) {
		const struct tend_entry *e = record;
		tend_str_add(left, entry_kind(e->kind));
		tend_str_add(right, e->name);
	} else if (k != NULL) {
		struct tend_value key = tend_kind_value(k, record, "key");
		tend_str_add(left, tend_pick(k->type->title));
		tend_str_add(right, key.null ? "" : key.text);
	}
}

const struct pane_ops pane_record = {
	.title = N_("Details"),
	.offers = CX_CUSTOMER | CX_RECORD | CX_ADD,
	.details = true,
	.text = text,
	.heading = heading,
};
