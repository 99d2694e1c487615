/* SPDX-License-Identifier: MIT */
#include "kinds.h"

static const char *const fee_kinds[] = {
	"recurring", "one-off", "usage", "discount", "tax", "other", NULL};
static const char *const flags[] = {"hidden", "unexplained", NULL};

#define F struct tend_fee

static const struct tend_field fields[] = {
	KEY(F),
	CUSTOMER(F),
	DATE(F, date, SET_REQUIRED, "Date", "日期"),
	LINE(F, title, SET_REQUIRED, "Fee", "费用项"),
	WORD(F, kind, SET, fee_kinds, "Kind", "类型"),
	MONEY(F, amount, SET_REQUIRED, "Amount", "金额"),
	CURRENCY(F),
	LINE(F, basis, SET, "Basis", "计费依据"),
	LONG(F, explanation, SET, "Explanation", "说明"),
	BOOL(F, hidden, SET_WIDE, "Not announced", "未告知"),
	WORD(F, flag, DERIVED, flags, "Flag", "提示"),
	ROW_ID(F, id),
	ROW_ID(F, customer_id),
};

/* An amount that nobody can follow, or that nobody was told of. */
static void derive(void *record, struct tend_date day)
{
	struct tend_fee *f = record;
	(void)day;
	if (f->hidden == 1) {
		f->flag = "hidden";
	} else if (f->basis == NULL || f->explanation == NULL) {
		f->flag = "unexplained";
	}
}

const struct tend_record_type tend_fee_type = RECORD_TYPE(F, "fee", "Fee", "费用项");

const struct tend_kind kind_fee = {
	.type = &tend_fee_type,
	.noun = "fee",
	.plural = "fees",
	.table = "fee",
	.order = "-date,-id",
	.day = "date",
	.made_key = "fee",
	.label = "title",
	.detail = "explanation",
	.when = "date",
	.state = "flag",
	.flagged = flags,
	.figure = "amount",
	.tab = TEND_TAB_MONEY,
	.derive = derive,
	.titles = {"Fees", "费用项"},
	.help = {"every line of the bill, with its basis and a plain explanation",
		"账单的每一行，含计费依据与通俗说明"},
};
