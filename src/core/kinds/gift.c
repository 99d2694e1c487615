/* SPDX-License-Identifier: MIT */
#include "kinds.h"

static const char *const gift_kinds[] = {
	"gift", "card", "voucher", "invitation", "upgrade", "other", NULL};
static const char *const states[] = {"planned", "given", "returned", NULL};
static const char *const open_states[] = {"planned", NULL};

#define G struct tend_gift

static const struct tend_field fields[] = {
	KEY(G),
	CUSTOMER(G),
	DATE(G, date, SET_REQUIRED, "Date", "日期"),
	LINE(G, title, SET_REQUIRED, "Gift", "礼品"),
	WORD(G, kind, SET, gift_kinds, "Kind", "类型"),
	MONEY(G, amount, SET_REQUIRED, "Amount", "金额"),
	CURRENCY(G),
	SOMEBODY(G, contact, SET, "Contact", "联系人"),
	LINE(G, reason, SET, "Reason", "事由"),
	WORD(G, state, SET, states, "State", "状态", .initial = "given"),
	MONEY(G, budget, DERIVED, "Budget of the year", "年度预算"),
	MONEY(G, spent, DERIVED, "Spent in the year", "年度支出"),
	MONEY(G, budget_left, DERIVED_WIDE, "Left of the budget", "预算余额"),
	ROW_ID(G, id),
	ROW_ID(G, customer_id),
};

const struct tend_record_type tend_gift_type = RECORD_TYPE(G, "gift", "Gift", "礼品");

const struct tend_kind kind_gift = {
	.type = &tend_gift_type,
	.noun = "gift",
	.plural = "gifts",
	.table = "gift",
	.order = "-date,-id",
	.day = "date",
	.made_key = "gift",
	.label = "title",
	.detail = "reason",
	.when = "date",
	.state = "state",
	.figure = "amount",
	.open = open_states,
	.tab = TEND_TAB_ACTIVITY,
	.titles = {"Gifts", "礼品"},
	.help = {"small, fitting surprises within the year's budget of the customer",
		"在客户年度预算内的小惊喜"},
};
