/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "kinds.h"

const struct tend_kind *const tend_kinds[] = {
	&kind_activity,
	&kind_contact,
	&kind_outcome,
	&kind_expectation,
	&kind_plan,
	&kind_training,
	&kind_adoption,
	&kind_consulting,
	&kind_need,
	&kind_complaint,
	&kind_survey,
	&kind_subscription,
	&kind_fee,
	&kind_usage,
	&kind_content,
	&kind_sending,
	&kind_gift,
	&kind_note,
	&kind_practice,
	&kind_debrief,
	&kind_faq,
	&kind_referral,
	&kind_churn,
	&kind_segment,
	&kind_view,
};
const size_t tend_kind_count = COUNT_OF(tend_kinds);

const char *const tend_import_kinds[] = {"customers", "milestones", "activities", "contacts",
	"outcomes", "expectations", "plans", "trainings", "adoptions", "consultings", "needs",
	"complaints", "surveys", "subscriptions", "fees", "usage", "contents", "sendings", "gifts",
	"notes", "practices", "debriefs", "faqs", "referrals", "churn", "segments", "views", NULL};

size_t tend_kind_index(const struct tend_kind *k)
{
	size_t i = 0;
	while (i < tend_kind_count && tend_kinds[i] != k) {
		i++;
	}
	return i;
}

const struct tend_kind *tend_kind_of(const struct tend_record_type *t)
{
	for (size_t i = 0; i < tend_kind_count; i++) {
		if (tend_kinds[i]->type == t) {
			return tend_kinds[i];
		}
	}
	return NULL;
}

const struct tend_kind *tend_kind_called(const char *noun)
{
	for (size_t i = 0; i < tend_kind_count; i++) {
		if (strcmp(tend_kinds[i]->noun, noun) == 0) {
			return tend_kinds[i];
		}
	}
	return NULL;
}

const struct tend_kind *tend_kind_imported(const char *plural)
{
	for (size_t i = 0; i < tend_kind_count; i++) {
		if (strcmp(tend_kinds[i]->plural, plural) == 0) {
			return tend_kinds[i];
		}
	}
	return NULL;
}

enum tend_belongs tend_kind_belongs(const struct tend_kind *k)
{
	const struct tend_field *f = tend_field_find(k->type, "customer");
	if (f == NULL) {
		return TEND_TO_NOBODY;
	}
	return f->flags & TEND_F_REQUIRED ? TEND_TO_CUSTOMER : TEND_TO_ANY;
}

bool tend_field_is_stored(const struct tend_field *f)
{
	if ((f->flags & TEND_F_ID) != 0 || strcmp(f->name, "customer") == 0) {
		return false;
	}
	return (f->flags & TEND_F_DERIVED) == 0 || (f->flags & TEND_F_STORED) != 0;
}

bool tend_field_is_given(const struct tend_field *f, bool adding)
{
	if (strcmp(f->name, "customer") == 0 || (f->flags & TEND_F_DERIVED) != 0) {
		return false;
	}
	return (f->flags & TEND_F_SETTABLE) != 0
		|| (adding && (f->flags & (TEND_F_REQUIRED | TEND_F_KEY)) != 0);
}

bool tend_kind_requires(const struct tend_kind *k, const struct tend_field *f)
{
	return (f->flags & TEND_F_REQUIRED) != 0 && f->initial == NULL
		&& (k->day == NULL || strcmp(k->day, f->name) != 0)
		&& (k->made_key == NULL || (f->flags & TEND_F_KEY) == 0);
}

struct tend_value tend_kind_value(const struct tend_kind *k, const void *record, const char *field)
{
	const struct tend_field *f = field != NULL ? tend_field_find(k->type, field) : NULL;
	return f != NULL ? tend_field_get(f, record) : (struct tend_value){.null = true};
}

static bool is_state(const struct tend_kind *k, const void *record, const char *const *states)
{
	struct tend_value state = tend_kind_value(k, record, k->state);
	for (size_t i = 0; states != NULL && !state.null && states[i] != NULL; i++) {
		if (strcmp(states[i], state.text) == 0) {
			return true;
		}
	}
	return false;
}

bool tend_kind_is_open(const struct tend_kind *k, const void *record)
{
	if (!tend_kind_value(k, record, k->ended).null) {
		return false;
	}
	return k->open != NULL ? is_state(k, record, k->open) : k->ended != NULL;
}

bool tend_kind_counts_open(const struct tend_kind *k)
{
	return (k->open != NULL || k->flagged != NULL) && tend_kind_belongs(k) == TEND_TO_CUSTOMER;
}

bool tend_kind_is_counted(const struct tend_kind *k, const void *record)
{
	return k->flagged != NULL ? is_state(k, record, k->flagged) : tend_kind_is_open(k, record);
}

bool tend_kind_backwards(const struct tend_record_type *t, const void *record,
	const struct tend_field **ret_from, const struct tend_field **ret_to)
{
	for (size_t i = 0; i < t->nfields; i++) {
		const struct tend_field *to = &t->fields[i];
		const struct tend_field *from =
			to->not_before != NULL ? tend_field_find(t, to->not_before) : NULL;
		if (from == NULL) {
			continue;
		}
		struct tend_value a = tend_field_get(from, record), b = tend_field_get(to, record);
		if (!a.null && !b.null && b.date.day < a.date.day) {
			*ret_from = from;
			*ret_to = to;
			return true;
		}
	}
	return false;
}
