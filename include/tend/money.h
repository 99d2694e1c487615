/* SPDX-License-Identifier: MIT */
/* Money in integer minor units (hundredths for every currency) beside an ISO 4217 code. */
#ifndef TEND_MONEY_H
#define TEND_MONEY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define TEND_NO_MONEY INT64_MIN
#define TEND_MONEY_LEN 32

/* "1234", "1234.5", "1,234.50", "-3.00": at most two decimals (more only if zeros), 64 bits. */
bool tend_money_parse(const char *s, int64_t *ret);
/* "1234.50", or "" for TEND_NO_MONEY. Returns buf. */
const char *tend_money_format(int64_t minor, char buf[TEND_MONEY_LEN]);
/* At most five columns: "950", "86k", "1.2M", "12M", "--" where unknown. Returns buf. */
const char *tend_money_fold(int64_t minor, char buf[TEND_MONEY_LEN]);
/* a + b, false on overflow. */
bool tend_money_add(int64_t a, int64_t b, int64_t *ret);
/* True for a code of ISO 4217. */
bool tend_currency_valid(const char *code);
/* "¥", "$", "€", "£", or the code itself. */
const char *tend_currency_sign(const char *code);

#endif
