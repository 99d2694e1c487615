/* SPDX-License-Identifier: MIT */
#include "kinds.h"

#define S struct tend_subscription

static const struct tend_field fields[] = {
	TEXT(S, key, TEND_F_KEY | REQUIRED, "Key", "编号", .max = TEND_KEY_MAX),
	CUSTOMER(S),
	DATE(S, start, SET_REQUIRED, "Start", "开始"),
	DATE(S, end, SET, "End", "结束", .not_before = "start"),
	MONEY(S, annual, SET, "Per year", "年费"),
	MONEY(S, monthly, SET, "Per month", "月费"),
	LINE(S, plan, SET, "Plan", "套餐"),
	TEXT(S, currency, SET | TEND_F_CURRENCY, "Currency", "币种", .max = 3),
	INT(S, seats, SET, "Seats", "席位"),
	BOOL(S, trial, SET, "Trial", "试用"),
	BOOL(S, auto_renew, SET, "Renews itself", "自动续费"),
	ROW_ID(S, id),
	ROW_ID(S, customer_id),
};

const struct tend_record_type tend_subscription_type =
	RECORD_TYPE(S, "subscription", "Subscription", "订阅");

const struct tend_kind kind_subscription = {
	.type = &tend_subscription_type,
	.noun = "subscription",
	.plural = "subscriptions",
	.table = "subscription",
	.order = "start,id",
	.day = "start",
	.made_key = "sub",
	.label = "key",
	.detail = "plan",
	.ended = "end",
	.tab = TEND_TAB_MONEY,
	.titles = {"Subscriptions", "订阅"},
	.help = {"what customers pay for, and until when", "客户订阅的内容、费用与期限"},
};
