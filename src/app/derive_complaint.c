/* SPDX-License-Identifier: MIT */
/* The clock of complaints: what was promised comes from the customer's journey. */
#include "derive.h"
#include "standard.h"

enum tend_status derive_complaints(
	struct tend_app *a, int64_t customer_id, struct tend_list *list, struct tend_error *err)
{
	struct standards_book book = {0};
	struct standards s = {0};
	enum tend_status status = standards_book_read(a, &book, customer_id, err);
	for (size_t i = 0; i < list->n && status == TEND_OK; i++) {
		struct tend_complaint *c = tend_list_at(list, i);
		if (s.customer_id != c->customer_id) {
			status = standards_book_of(a, &book, c->customer_id, &s, err);
		}
		if (status == TEND_OK) {
			struct tend_clock clock = standards_clock(&s, c, a->today);
			tend_complaint_derive(c, &clock, a->today);
		}
	}
	standards_finish(&s);
	standards_book_finish(&book);
	return status;
}
