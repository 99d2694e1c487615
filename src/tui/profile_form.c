/* SPDX-License-Identifier: MIT */
#include "profile_form.h"

#include <stdlib.h>
#include <string.h>

#include <tend/mem.h>

/* An empty choice first: what is not known. */
static void add_choices(
	struct form *f, const struct tend_profile_field *p, struct form_field *field)
{
	static const char *const truths[] = {"yes", "no", NULL};
	bool truth = p->words == NULL;
	const char *const *words = truth ? truths : p->words;
	size_t n = 0;
	while (words[n] != NULL) {
		n++;
	}
	const char **choices = tend_arena_alloc(&f->arena, (n + 2) * sizeof(*choices));
	const char **titles = tend_arena_alloc(&f->arena, (n + 2) * sizeof(*titles));
	choices[0] = "";
	titles[0] = "--";
	for (size_t i = 0; i < n; i++) {
		choices[i + 1] = tend_arena_strdup(&f->arena, words[i]);
		titles[i + 1] = truth ? (i == 0 ? _("yes") : _("no"))
				      : tend_arena_strdup(&f->arena, p->word_titles[i]);
	}
	field->choices = choices;
	field->titles = titles;
	field->editor.proposed = false;
}

static void add_field(struct form *f, const struct tend_profile_field *p, const char *before)
{
	struct form_field *field = form_add(f, tend_arena_strdup(&f->arena, p->field),
		tend_arena_strdup(&f->arena, p->title), p->value, NULL,
		tend_arena_strdup(&f->arena, p->hint));
	field->group =
		tend_same(p->section, before) ? NULL : tend_arena_strdup(&f->arena, p->section);
	field->editor.proposed = false;
	if (p->words != NULL || strcmp(p->type, "yes-no") == 0) {
		add_choices(f, p, field);
	}
}

static bool submit(struct workbench *wb, struct form *f, enum follow *ret)
{
	struct tend_assignment fields[FORM_MAX];
	struct tend_done done = {0};
	struct tend_error err = {0};
	size_t n = 0;
	for (size_t i = 0; i < f->n; i++) {
		if (strcmp(form_value(f, i), f->fields[i].initial) != 0) {
			fields[n++] = (struct tend_assignment){f->fields[i].name, form_value(f, i)};
		}
	}
	enum tend_status status = n == 0
		? TEND_OK
		: tend_app_customer_set(wb->app, f->base.ids, f->base.nids, fields, n, &done, &err);
	if (status != TEND_OK) {
		form_fail(f, &err);
		tend_done_finish(&done);
		return false;
	}
	*ret = n > 0 ? wb_done(wb, status, &done, &err) : FOLLOW_NOTHING;
	return true;
}

enum follow profile_form_open(struct workbench *wb, int64_t customer_id)
{
	struct tend_list list = {0};
	struct tend_error err = {0};
	const struct tend_customer *c = view_customer(wb_view(wb));
	if (wb->app == NULL || customer_id == 0) {
		wb_say(wb, ROLE_ERROR, "%s", _("No customer is selected."));
		return FOLLOW_NOTHING;
	}
	if (tend_app_profile(wb->app, customer_id, &list, &err) != TEND_OK) {
		wb_error(wb, &err);
	} else if (list.n == 0) {
		wb_say(wb, ROLE_ERROR, "%s", _("No config: file declares sections of a profile."));
	} else {
		char *title = tend_format("%s: %s", _("Profile"), c != NULL ? c->name : "");
		struct form *f = form_create(title);
		free(title);
		const char *section = NULL;
		for (size_t i = 0; i < list.n && f->n < FORM_MAX; i++) {
			const struct tend_profile_field *p = tend_list_at(&list, i);
			add_field(f, p, section);
			section = p->section;
		}
		f->submit = submit;
		dialog_about(&f->base, &customer_id, 1, NULL);
		form_offer_draft(wb, f, DRAFT_PROFILE, customer_id);
		wb_push(wb, &f->base);
	}
	tend_list_finish(&list);
	return FOLLOW_NOTHING;
}
