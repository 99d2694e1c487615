/* SPDX-License-Identifier: MIT */
/* What gifts to a customer may come to in a year. Pure; docs/formulas.md, GIFTS. */
#ifndef TEND_GIFT_H
#define TEND_GIFT_H

#include <stdint.h>

struct tend_gift_rule {
	double share; /* of the annual amount: 0.005; NAN: there is no budget */
	double least, most; /* major units; NAN: no bound */
	const char *currency; /* in which the bounds are; NULL: in any */
};

/* Minor units in the customer's currency; TEND_NO_MONEY where the amount or the currency is unknown. */
int64_t tend_gift_budget(const struct tend_gift_rule *rule, int64_t arr, const char *currency);

#endif
