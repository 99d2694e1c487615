/* SPDX-License-Identifier: MIT */
#include <math.h>
#include <string.h>

#include <tend/gift.h>
#include <tend/money.h>

#define MINOR 100.0 /* minor units in a major one */

/* Amounts past this are no longer whole numbers in a double. */
#define MONEY_MAX 9007199254740992.0

int64_t tend_gift_budget(const struct tend_gift_rule *rule, int64_t arr, const char *currency)
{
	if (arr == TEND_NO_MONEY || currency == NULL || isnan(rule->share)) {
		return TEND_NO_MONEY;
	}
	double amount = (double)arr * rule->share;
	if (rule->currency == NULL || strcmp(rule->currency, currency) == 0) {
		amount = isnan(rule->most) ? amount : fmin(amount, rule->most * MINOR);
		amount = isnan(rule->least) ? amount : fmax(amount, rule->least * MINOR);
	}
	return (int64_t)llround(fmin(fmax(amount, 0), MONEY_MAX));
}
