/* SPDX-License-Identifier: MIT */
/* Derived fields of records: what follows from a record and the day, and what follows from others. */
#include "inside.h"

enum tend_status records_derive(struct tend_app *a, const struct tend_kind *kind,
	int64_t customer_id, struct tend_list *list, struct tend_error *err)
{
	(void)customer_id;
	(void)err;
	for (size_t i = 0; kind->derive != NULL && i < list->n; i++) {
		kind->derive(tend_list_at(list, i), a->today);
	}
	return TEND_OK;
}
