/* SPDX-License-Identifier: MIT */
/* Fields of records that follow from other records: a function for each kind that has such. */
#ifndef APP_DERIVE_H
#define APP_DERIVE_H

#include "inside.h"

/*
 * Fills them in a list of that kind (ordered by customer where it is of several). customer_id 0: of any, which is
 * to be done in one ordered pass per table, never with a query for each row.
 */
typedef enum tend_status (*derive_records)(
	struct tend_app *a, int64_t customer_id, struct tend_list *list, struct tend_error *err);

enum tend_status derive_contacts(
	struct tend_app *a, int64_t customer_id, struct tend_list *list, struct tend_error *err);

#endif
