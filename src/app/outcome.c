/* SPDX-License-Identifier: MIT */
/* Outcomes: what they have come to, by hand. */
#include <math.h>

#include "inside.h"

enum tend_status tend_app_outcome_measure(struct tend_app *a, const char *name, const char *value,
	struct tend_date date, struct tend_done *ret, struct tend_error *err)
{
	char day[TEND_DATE_LEN];
	struct tend_list list = {0};
	date = tend_has_date(date) ? date : a->today;
	done_begin(a, ret);
	enum tend_status status = tend_app_record(a, &tend_outcome_type, name, &list, err);
	bool by_signal = false;
	if (status == TEND_OK) {
		const struct tend_outcome *o = tend_list_at(&list, 0);
		by_signal = o->metric != NULL && !isnan(o->now)
			&& (isnan(o->value) || o->now != o->value);
		const struct tend_assignment fields[] = {
			{"value", value}, {"as_of", tend_date_format(date, day)}};
		status = tend_app_record_set(a, &tend_outcome_type, name, fields, 2, ret, err);
	}
	if (status == TEND_OK && by_signal) {
		done_warn(ret, _("its signal goes before the value by hand"));
	}
	tend_list_finish(&list);
	return status;
}
