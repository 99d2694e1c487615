/* SPDX-License-Identifier: MIT */
#include "kinds.h"

static const char *const sources[] = {"customer", "industry", "internal", NULL};

struct practice {
	int64_t id, customer_id, shareable;
	const char *key, *customer, *title, *industry, *module, *stage, *source, *text, *result;
	struct tend_date date;
};

#define P struct practice

static const struct tend_field fields[] = {
	KEY(P),
	TEXT(P, customer, 0, "Customer", "客户", .max = TEND_KEY_MAX),
	LINE(P, title, SET_REQUIRED, "Practice", "实践"),
	LINE(P, industry, SET, "Industry", "行业"),
	LINE(P, module, SET, "Module", "模块"),
	LINE(P, stage, SET_WIDE, "Stage", "阶段"),
	WORD(P, source, SET, sources, "Source", "来源"),
	LONG(P, text, SET_WIDE, "Text", "内容"),
	LONG(P, result, SET_WIDE, "Result", "成果"),
	BOOL(P, shareable, SET, "May be shared", "可对外分享"),
	DATE(P, date, SET, "Date", "日期"),
	ROW_ID(P, id),
	ROW_ID(P, customer_id),
};

static const struct tend_record_type practice_type =
	RECORD_TYPE(P, "practice", "Best practice", "最佳实践");

const struct tend_kind kind_practice = {
	.type = &practice_type,
	.noun = "practice",
	.plural = "practices",
	.table = "practice",
	.order = "key",
	.day = "date",
	.made_key = "practice",
	.label = "title",
	.detail = "result",
	.when = "date",
	.state = "source",
	.tab = TEND_TAB_NOTES,
	.titles = {"Best practices", "最佳实践"},
	.help = {"best practices, the customer's own and the industry's",
		"客户自己的与行业的最佳实践"},
};
