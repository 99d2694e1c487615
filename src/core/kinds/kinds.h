/* SPDX-License-Identifier: MIT */
/* What the files of the kinds share: short names of flags, and the kinds that kinds.c lists. */
#ifndef CORE_KINDS_H
#define CORE_KINDS_H

#include <tend/kind.h>

#include <tend/fields.h>

enum {
	SET = TEND_F_SETTABLE,
	WIDE = TEND_F_WIDE,
	REQUIRED = TEND_F_REQUIRED,
	DERIVED = TEND_F_DERIVED,
	SET_WIDE = TEND_F_SETTABLE | TEND_F_WIDE,
	SET_REQUIRED = TEND_F_SETTABLE | TEND_F_REQUIRED,
	SET_LONG = TEND_F_SETTABLE | TEND_F_LONG,
	LONG_WIDE = TEND_F_SETTABLE | TEND_F_LONG | TEND_F_WIDE,
	DERIVED_WIDE = TEND_F_DERIVED | TEND_F_WIDE,
};

/* What each kind begins with: the number where it has no key, the key, whose it is. */
#define NUMBER_KEY(s) INT(s, id, TEND_F_ID | TEND_F_KEY | TEND_F_DERIVED, "Id", "编号")
#define KEY(s) TEXT(s, key, TEND_F_KEY, "Key", "编号", .max = TEND_KEY_MAX)
#define CUSTOMER(s) TEXT(s, customer, TEND_F_REQUIRED, "Customer", "客户", .max = TEND_KEY_MAX)
#define LINE(s, m, f, ...) TEXT(s, m, f, __VA_ARGS__, .max = TEND_NAME_MAX)
#define LONG(s, m, f, ...) TEXT(s, m, (f) | TEND_F_LONG, __VA_ARGS__, .max = TEND_LONG_TEXT_MAX)
/* One of a kind's own words. */
#define WORD(s, m, f, words, ...) TEXT(s, m, f, __VA_ARGS__, .values = words)
#define SOMEBODY(s, m, f, ...) LINE(s, m, f, __VA_ARGS__, .suggests = "contact")
#define CURRENCY(s) TEXT(s, currency, SET_WIDE | TEND_F_CURRENCY, "Currency", "币种", .max = 3)

#define RECORD_TYPE(s, noun, en, zh) RECORD_TYPE_OF(s, noun, en, zh, fields)

extern const struct tend_kind kind_contact, kind_expectation, kind_outcome, kind_plan,
	kind_adoption, kind_training, kind_consulting, kind_need, kind_activity, kind_complaint,
	kind_survey, kind_content, kind_sending, kind_gift, kind_practice, kind_debrief, kind_faq,
	kind_referral, kind_note, kind_usage, kind_subscription, kind_fee, kind_churn, kind_segment,
	kind_view;

#endif
