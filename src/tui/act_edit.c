/* SPDX-License-Identifier: MIT */
/* Editing a customer. Where its dates change, what that does to the milestones is shown before it is saved. */
#include <stdlib.h>
#include <string.h>

#include <tend/mem.h>

#include "bulk.h"
#include "forms.h"
#include "journeys.h"
#include "kind_form.h"

#define ONE_LINE 64 /* so many columns take what happens to a milestone on one line */

/* --- the plan in words --- */

static void add_dates(const struct tend_plan_line *line, struct tend_str *out)
{
	char before[TEND_DATE_LEN], after[TEND_DATE_LEN];
	tend_date_format(line->due_before, before);
	tend_date_format(line->due_after, after);
	if (strcmp(before, after) == 0 || after[0] == '\0') {
		tend_str_add(out, before);
	} else if (before[0] == '\0') {
		tend_str_addf(out, "-> %s", after);
	} else {
		tend_str_addf(out, "%s -> %s", before, after);
	}
}

static void add_line(const struct tend_plan_line *line, int titles, int columns, struct lines *l)
{
	struct tend_str text = {0}, title = {0}, dates = {0}, word = {0};
	enum role role;
	plan_line_word(line, &role, &word);
	tend_pad(&text, tend_str_text(&word), 11, TEND_LEFT);
	tend_str_addf(
		&title, line->occurrence > 1 ? "%s #%d" : "%s", line->title, (int)line->occurrence);
	add_dates(line, &dates);
	/* What is done has had its day: that it does not follow goes without saying. */
	bool done = strcmp(line->action, "kept-done") == 0;
	const char *detail = line->detail != NULL && !done ? line->detail : "";
	bool one = columns >= ONE_LINE;
	tend_pad(&text, tend_str_text(&title), one ? titles : columns - 11, TEND_LEFT);
	if (one) {
		tend_str_addf(&text, "  %s", tend_str_text(&dates));
	}
	/* The reason stands beside the dates where there is room, else below. */
	if (one && tend_columns(tend_str_text(&text)) + tend_columns(detail) + 2 <= columns) {
		tend_str_addf(&text, "  %s", detail);
		detail = "";
	}
	lines_add(l, role, "%s", tend_str_text(&text));
	if (!one) {
		lines_add(l, ROLE_DIM, "           %s", tend_str_text(&dates));
	}
	if (detail[0] != '\0') {
		lines_add(l, ROLE_DIM, "           %s", detail);
	}
	tend_str_finish(&text);
	tend_str_finish(&title);
	tend_str_finish(&dates);
	tend_str_finish(&word);
}

static bool stays(const struct tend_plan_line *line)
{
	return strncmp(line->action, "kept", 4) == 0 || strcmp(line->action, "conflict") == 0;
}

static void plan_text(const struct tend_list *plan, int columns, struct lines *out)
{
	size_t kept = 0;
	int titles = 0;
	for (size_t i = 0; i < plan->n; i++) {
		const struct tend_plan_line *line = tend_list_at(plan, i);
		int w = tend_columns(line->title) + (line->occurrence > 1 ? 4 : 0);
		titles = w > titles ? w : titles;
		kept += stays(line) ? 1 : 0;
	}
	titles = titles > columns / 3 ? columns / 3 : titles;
	lines_add(out, ROLE_TITLE, _("%zu follow the dates, %zu stay as they are"), plan->n - kept,
		kept);
	/* What is done is past: what stays though it is open comes before it. */
	for (int pass = 0; pass < 3; pass++) {
		for (size_t i = 0; i < plan->n; i++) {
			const struct tend_plan_line *line = tend_list_at(plan, i);
			int when = strcmp(line->action, "kept-done") == 0 ? 2 : stays(line) ? 1 : 0;
			if (when == pass) {
				add_line(line, titles, columns, out);
			}
		}
	}
}

/* --- the form --- */

struct changed {
	struct tend_assignment fields[FORM_MAX];
	char days[FORM_MAX][TEND_DATE_LEN];
	size_t n;
};

/* The fields that are not as they were. */
static void changed_fields(struct workbench *wb, struct form *f, struct changed *ret)
{
	struct tend_assignment all[FORM_MAX];
	size_t n = form_assignments(wb, f, all, ret->days, true);
	const struct tend_customer *c = view_customer(wb_view(wb));
	ret->n = 0;
	for (size_t i = 0; i < n; i++) {
		const struct tend_field *field = tend_field_find(&tend_customer_type, all[i].field);
		struct tend_str now = {0};
		if (field != NULL && c != NULL) {
			tend_value_format(tend_field_get(field, c), &now);
		}
		if (field == NULL || strcmp(tend_str_text(&now), all[i].value) != 0) {
			ret->fields[ret->n++] = all[i];
		}
		tend_str_finish(&now);
	}
}

static bool save(struct workbench *wb, struct form *f, enum follow *ret)
{
	struct changed changed;
	struct tend_done done = {0};
	struct tend_error err = {0};
	changed_fields(wb, f, &changed);
	enum tend_status status = tend_app_customer_set(
		wb->app, f->base.ids, f->base.nids, changed.fields, changed.n, &done, &err);
	if (status != TEND_OK) {
		form_fail(f, &err);
		tend_done_finish(&done);
		return false;
	}
	*ret = wb_done(wb, status, &done, &err);
	return true;
}

/* Enter over the plan: the form is the dialog below. */
static enum follow confirm(struct workbench *wb, int64_t id)
{
	(void)id;
	struct form *f = (struct form *)wb->dialog;
	enum follow follow = FOLLOW_NOTHING;
	if (save(wb, f, &follow)) {
		form_saved(wb, f);
	}
	return follow;
}

static void show_plan(struct workbench *wb, const struct tend_list *plan)
{
	struct lines l = {0};
	plan_text(plan, wb->canvas.columns - 4, &l);
	struct textbox *t = textbox_create(_("What the new dates do"), &l);
	t->enter = confirm;
	t->enter_hint = N_("Enter save  j/k scroll  Esc back to the form");
	wb_push(wb, &t->base);
}

static bool submit(struct workbench *wb, struct form *f, enum follow *ret)
{
	struct changed changed;
	struct tend_list plan;
	struct tend_error err = {0};
	changed_fields(wb, f, &changed);
	if (changed.n == 0) {
		return true;
	}
	enum tend_status status = tend_app_dates_plan(
		wb->app, f->base.ids, f->base.nids, changed.fields, changed.n, &plan, &err);
	bool asks = status == TEND_OK && plan.n > 0;
	if (asks) {
		show_plan(wb, &plan);
	} else if (status != TEND_OK) {
		form_fail(f, &err);
	}
	tend_list_finish(&plan);
	return status == TEND_OK && !asks && save(wb, f, ret);
}

/* Opens the form, at a field. */
static enum follow open_edit(struct workbench *wb, const char *at)
{
	static const char *const fields[] = {
		"name", "owner", "segment", "industry", "started", "term_months", "tags"};
	const struct tend_customer *c = view_customer(wb_view(wb));
	if (c == NULL) {
		return FOLLOW_NOTHING;
	}
	char *title = tend_format("%s: %s", _("Edit"), c->name);
	struct form *f = form_create(title);
	free(title);
	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {
		const struct tend_field *d = tend_field_find(&tend_customer_type, fields[i]);
		struct tend_str value = {0};
		tend_value_format(tend_field_get(d, c), &value);
		(void)kind_form_field(f, d, tend_str_text(&value), false);
		f->focus = strcmp(fields[i], at) == 0 ? i : f->focus;
		tend_str_finish(&value);
	}
	f->submit = submit;
	dialog_about(&f->base, &c->id, 1, NULL);
	form_offer_draft(wb, f, DRAFT_EDIT, c->id);
	wb_push(wb, &f->base);
	return FOLLOW_NOTHING;
}

enum follow act_edit(struct workbench *wb)
{
	struct targets ids = {0};
	targets_customers(wb, &ids);
	enum follow follow = ids.n > 1 ? bulk_form(wb, &ids) : open_edit(wb, "name");
	targets_finish(&ids);
	return follow;
}

enum follow act_dates(struct workbench *wb)
{
	return open_edit(wb, "started");
}
