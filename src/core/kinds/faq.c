/* SPDX-License-Identifier: MIT */
#include "kinds.h"

struct faq {
	int64_t id, asked;
	const char *key, *title, *answer, *topic, *module, *industry;
	struct tend_date date;
};

#define F struct faq

static const struct tend_field fields[] = {
	KEY(F),
	LINE(F, title, SET_REQUIRED, "Question", "问题"),
	LONG(F, answer, SET, "Answer", "回答"),
	LINE(F, topic, SET, "Topic", "主题"),
	LINE(F, module, SET, "Module", "模块"),
	LINE(F, industry, SET_WIDE, "Industry", "行业"),
	INT(F, asked, SET, "Times asked", "提问次数", .max = 1000000),
	DATE(F, date, SET_WIDE, "Date", "日期"),
	ROW_ID(F, id),
};

static const struct tend_record_type faq_type = RECORD_TYPE(F, "faq", "FAQ entry", "常见问题");

const struct tend_kind kind_faq = {
	.type = &faq_type,
	.noun = "faq",
	.plural = "faqs",
	.table = "faq",
	.order = "key",
	.day = "date",
	.made_key = "faq",
	.label = "title",
	.detail = "answer",
	.tab = TEND_TAB_NONE,
	.titles = {"FAQ", "常见问题"},
	.help = {"questions that come again, with their answers", "反复出现的问题与回答"},
};
