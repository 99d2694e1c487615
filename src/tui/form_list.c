/* SPDX-License-Identifier: MIT */
/* The list of what may be meant, below the field of a form in which it is typed. */
#include <stdlib.h>
#include <string.h>

#include "workbench.h"

static void load(struct workbench *wb, struct form *f, struct form_field *field)
{
	int64_t customer = f->base.nids > 0 ? f->base.ids[0] : 0;
	/* One that cannot be read proposes nothing. */
	if (field->proposals == NULL
		&& tend_app_proposals(wb->app, field->described, customer, &f->arena,
			   &field->proposals, &field->nproposals, NULL)
			!= TEND_OK) {
		field->nproposals = 0;
	}
}

void form_close_list(struct form *f)
{
	f->listing = false;
	f->nmatches = 0;
	f->match = SIZE_MAX;
}

void form_match(struct workbench *wb, struct form *f)
{
	struct form_field *field = &f->fields[f->focus];
	f->nmatches = 0;
	f->match = SIZE_MAX;
	if (!f->listing || !field->proposes) {
		return;
	}
	load(wb, f, field);
	/* What stands there already shows all: it is to be changed. */
	bool all = strcmp(form_value(f, f->focus), field->initial) == 0;
	char *typed = tend_fold(all ? "" : form_value(f, f->focus));
	for (size_t i = 0; i < field->nproposals && f->nmatches < FORM_LIST_MAX; i++) {
		const struct tend_proposal *p = &field->proposals[i];
		if (tend_contains_folded(p->text, typed)
			|| (p->detail != NULL && tend_contains_folded(p->detail, typed))) {
			f->matches[f->nmatches++] = i;
		}
	}
	free(typed);
	/* One that stands there already is no proposal. */
	if (f->nmatches == 1
		&& strcmp(field->proposals[f->matches[0]].text, form_value(f, f->focus)) == 0) {
		f->nmatches = 0;
	}
	f->listing = f->nmatches > 0;
}

static void take(struct form *f)
{
	struct form_field *field = &f->fields[f->focus];
	editor_set(&field->editor, field->proposals[f->matches[f->match]].text);
	field->error[0] = '\0';
	form_close_list(f);
}

/* Down opens it and goes through it; past its ends is the text, or the next field. */
static bool step(struct workbench *wb, struct form *f, int by)
{
	bool inside = f->listing && f->match < f->nmatches;
	if (by < 0) {
		f->match = inside && f->match > 0 ? f->match - 1 : SIZE_MAX;
		return inside;
	}
	if (!f->listing) {
		f->listing = true;
		form_match(wb, f);
		f->match = f->nmatches > 0 ? 0 : SIZE_MAX;
		return f->nmatches > 0;
	}
	if (inside && f->match + 1 == f->nmatches) {
		form_close_list(f);
		return false;
	}
	f->match = inside ? f->match + 1 : 0;
	return true;
}

bool form_list_key(struct workbench *wb, struct form *f, struct key k)
{
	bool inside = f->listing && f->match < f->nmatches;
	if (!f->fields[f->focus].proposes) {
		return false;
	}
	if ((k.code == K_DOWN && k.mods == 0) || (k.code == 'n' && k.mods == MOD_CTRL)) {
		return step(wb, f, 1);
	}
	if ((k.code == K_UP && k.mods == 0) || (k.code == 'p' && k.mods == MOD_CTRL)) {
		return step(wb, f, -1);
	}
	if (inside && k.code == K_ENTER) {
		take(f);
		return true;
	}
	if (inside && k.code == K_TAB && k.mods == 0) {
		take(f);
		return false; /* and to the next field */
	}
	if (f->listing && k.code == K_ESC) {
		form_close_list(f);
		return true;
	}
	return false;
}
