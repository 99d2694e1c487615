/* SPDX-License-Identifier: MIT */
#include <tend/people.h>

#include "derive.h"

enum tend_status derive_contacts(
	struct tend_app *a, int64_t customer_id, struct tend_list *list, struct tend_error *err)
{
	struct tend_list touches;
	enum tend_status status =
		read_list(a, customer_id != 0 ? TEND_READ_TOUCHES_OF : TEND_READ_TOUCHES,
			customer_id, &tend_activity_type, &touches, err);
	if (status == TEND_OK && list->n > 0) {
		tend_people_touch(tend_list_at(list, 0), list->n,
			touches.n > 0 ? tend_list_at(&touches, 0) : NULL, touches.n, a->today);
	}
	tend_list_finish(&touches);
	return status;
}
