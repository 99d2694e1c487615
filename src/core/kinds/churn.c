/* SPDX-License-Identifier: MIT */
#include "kinds.h"

#define L struct tend_churn

static const struct tend_field fields[] = {
	NUMBER_KEY(L),
	CUSTOMER(L),
	DATE(L, date, SET_REQUIRED, "Date", "日期"),
	LINE(L, reason, SET, "Reason", "流失原因"),
	LONG(L, text, SET, "Text", "说明"),
	ROW_ID(L, customer_id),
};

const struct tend_record_type tend_churn_type = RECORD_TYPE(L, "churn", "Churn", "流失");

const struct tend_kind kind_churn = {
	.type = &tend_churn_type,
	.noun = "churn",
	.plural = "churn",
	.table = "churn",
	.order = "-date,-id",
	.day = "date",
	.label = "reason",
	.detail = "text",
	.when = "date",
	.tab = TEND_TAB_MONEY,
	.titles = {"Reasons of churn", "流失原因"},
	.help = {"why customers left", "客户流失的原因"},
};
