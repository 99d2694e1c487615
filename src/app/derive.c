/* SPDX-License-Identifier: MIT */
/* Derived fields of records: what follows from a record and the day, and what follows from others. */
#include "derive.h"

static const struct {
	const struct tend_record_type *type;
	derive_records derive;
} kinds[] = {
	{&tend_complaint_type, derive_complaints},
	{&tend_contact_type, derive_contacts},
	{&tend_content_type, derive_contents},
	{&tend_gift_type, derive_gifts},
	{&tend_outcome_type, derive_outcomes},
	{&tend_segment_type, derive_segments},
	{&tend_saved_view_type, derive_views},
};

/* Of a single record only its own customer's are read. */
static int64_t customer_of(const struct tend_list *list)
{
	const struct tend_field *f = tend_field_find(list->type, "customer_id");
	return f != NULL && list->n == 1 ? tend_field_get(f, tend_list_at(list, 0)).integer : 0;
}

enum tend_status records_derive(struct tend_app *a, const struct tend_kind *kind,
	int64_t customer_id, struct tend_list *list, struct tend_error *err)
{
	for (size_t i = 0; kind->derive != NULL && i < list->n; i++) {
		kind->derive(tend_list_at(list, i), a->today);
	}
	customer_id = customer_id != 0 ? customer_id : customer_of(list);
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		if (kinds[i].type == kind->type && list->n > 0) {
			return kinds[i].derive(a, customer_id, list, err);
		}
	}
	return TEND_OK;
}
