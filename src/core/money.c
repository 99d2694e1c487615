/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include <tend/money.h>
#include <tend/str.h>

/* Appends one digit to an amount that is counted downwards, so that the smallest one fits. */
static bool push_digit(int64_t *amount, char c)
{
	return !__builtin_mul_overflow(*amount, 10, amount)
		&& !__builtin_sub_overflow(*amount, c - '0', amount);
}

/* Digits, alone or in groups of three by commas. Sets where they end. */
static bool read_whole(const char *s, const char **ret_end, int64_t *amount)
{
	size_t first = strspn(s, "0123456789");
	bool grouped = first > 0 && first <= 3 && s[first] == ',';
	for (size_t i = 0; i < first; i++) {
		if (!push_digit(amount, s[i])) {
			return false;
		}
	}
	s += first;
	while (grouped && *s == ',') {
		if (strspn(s + 1, "0123456789") != 3) {
			return false;
		}
		for (int i = 1; i <= 3; i++) {
			if (!push_digit(amount, s[i])) {
				return false;
			}
		}
		s += 4;
	}
	*ret_end = s;
	return first > 0;
}

bool tend_money_parse(const char *s, int64_t *ret)
{
	bool negative = *s == '-';
	int64_t amount = 0;
	s += *s == '-' || *s == '+';
	if (!read_whole(s, &s, &amount)) {
		return false;
	}
	const char *decimals = "";
	if (*s == '.') {
		decimals = s + 1;
		if (*decimals == '\0') {
			return false;
		}
	}
	size_t n = strspn(decimals, "0123456789");
	if (*s != '\0' && (*s != '.' || decimals[n] != '\0')) {
		return false;
	}
	if (!push_digit(&amount, n > 0 ? decimals[0] : '0')
		|| !push_digit(&amount, n > 1 ? decimals[1] : '0')) {
		return false;
	}
	if (n > 2 && strspn(decimals + 2, "0") != n - 2) {
		return false;
	}
	if (amount == TEND_NO_MONEY) {
		return false;
	}
	*ret = negative ? amount : -amount;
	return true;
}

const char *tend_money_format(int64_t minor, char buf[TEND_MONEY_LEN])
{
	if (minor == TEND_NO_MONEY) {
		buf[0] = '\0';
		return buf;
	}
	uint64_t size = minor < 0 ? (uint64_t)-minor : (uint64_t)minor;
	(void)snprintf(buf, TEND_MONEY_LEN, "%s%llu.%02llu", minor < 0 ? "-" : "",
		(unsigned long long)(size / 100), (unsigned long long)(size % 100));
	return buf;
}

/* value / unit, rounded half up. */
static uint64_t rounded(uint64_t value, uint64_t unit)
{
	return value / unit + (value % unit >= unit - value % unit);
}

const char *tend_money_fold(int64_t minor, char buf[TEND_MONEY_LEN])
{
	static const char suffixes[] = "\0kMBT";
	if (minor == TEND_NO_MONEY) {
		(void)snprintf(buf, TEND_MONEY_LEN, "--");
		return buf;
	}
	uint64_t size = minor < 0 ? (uint64_t)-minor : (uint64_t)minor;
	const char *sign = minor < 0 && rounded(size, 100) > 0 ? "-" : "";
	uint64_t unit = 100;
	for (size_t i = 0; i < sizeof(suffixes) - 1; i++, unit *= 1000) {
		uint64_t tenths = i > 0 ? rounded(size, unit / 10) : 100;
		if (tenths < 100) {
			(void)snprintf(buf, TEND_MONEY_LEN, "%s%llu.%llu%c", sign,
				(unsigned long long)(tenths / 10),
				(unsigned long long)(tenths % 10), suffixes[i]);
			return buf;
		}
		if (rounded(size, unit) < 1000) {
			(void)snprintf(buf, TEND_MONEY_LEN, "%s%llu%.1s", sign,
				(unsigned long long)rounded(size, unit), &suffixes[i]);
			return buf;
		}
	}
	(void)snprintf(buf, TEND_MONEY_LEN, "%s", minor < 0 ? "<-1P" : ">1P");
	return buf;
}

bool tend_money_add(int64_t a, int64_t b, int64_t *ret)
{
	int64_t sum;
	if (a == TEND_NO_MONEY || b == TEND_NO_MONEY || __builtin_add_overflow(a, b, &sum)
		|| sum == TEND_NO_MONEY) {
		return false;
	}
	*ret = sum;
	return true;
}

/* ISO 4217, sorted; without the codes for tests (XTS) and for no currency (XXX). */
static const char codes[][4] = {"AED", "AFN", "ALL", "AMD", "ANG", "AOA", "ARS", "AUD", "AWG",
	"AZN", "BAM", "BBD", "BDT", "BGN", "BHD", "BIF", "BMD", "BND", "BOB", "BOV", "BRL", "BSD",
	"BTN", "BWP", "BYN", "BZD", "CAD", "CDF", "CHE", "CHF", "CHW", "CLF", "CLP", "CNY", "COP",
	"COU", "CRC", "CUP", "CVE", "CZK", "DJF", "DKK", "DOP", "DZD", "EGP", "ERN", "ETB", "EUR",
	"FJD", "FKP", "GBP", "GEL", "GHS", "GIP", "GMD", "GNF", "GTQ", "GYD", "HKD", "HNL", "HTG",
	"HUF", "IDR", "ILS", "INR", "IQD", "IRR", "ISK", "JMD", "JOD", "JPY", "KES", "KGS", "KHR",
	"KMF", "KPW", "KRW", "KWD", "KYD", "KZT", "LAK", "LBP", "LKR", "LRD", "LSL", "LYD", "MAD",
	"MDL", "MGA", "MKD", "MMK", "MNT", "MOP", "MRU", "MUR", "MVR", "MWK", "MXN", "MXV", "MYR",
	"MZN", "NAD", "NGN", "NIO", "NOK", "NPR", "NZD", "OMR", "PAB", "PEN", "PGK", "PHP", "PKR",
	"PLN", "PYG", "QAR", "RON", "RSD", "RUB", "RWF", "SAR", "SBD", "SCR", "SDG", "SEK", "SGD",
	"SHP", "SLE", "SOS", "SRD", "SSP", "STN", "SVC", "SYP", "SZL", "THB", "TJS", "TMT", "TND",
	"TOP", "TRY", "TTD", "TWD", "TZS", "UAH", "UGX", "USD", "USN", "UYI", "UYU", "UYW", "UZS",
	"VED", "VES", "VND", "VUV", "WST", "XAF", "XAG", "XAU", "XBA", "XBB", "XBC", "XBD", "XCD",
	"XCG", "XDR", "XOF", "XPD", "XPF", "XPT", "XSU", "XUA", "YER", "ZAR", "ZMW", "ZWG"};

bool tend_currency_valid(const char *code)
{
	size_t low = 0, high = sizeof(codes) / sizeof(codes[0]);
	while (code != NULL && low < high) {
		size_t middle = low + (high - low) / 2;
		int order = strcmp(codes[middle], code);
		if (order == 0) {
			return true;
		}
		if (order < 0) {
			low = middle + 1;
		} else {
			high = middle;
		}
	}
	return false;
}

/* The yen keeps its code: its sign is taken by the yuan. */
const char *tend_currency_sign(const char *code)
{
	static const char *const signs[][2] = {
		{"CNY", "¥"}, {"USD", "$"}, {"EUR", "€"}, {"GBP", "£"}};
	for (size_t i = 0; i < sizeof(signs) / sizeof(signs[0]); i++) {
		if (tend_same(code, signs[i][0])) {
			return signs[i][1];
		}
	}
	return code != NULL ? code : "";
}
