/* SPDX-License-Identifier: MIT */
#include "kinds.h"

struct debrief {
	int64_t id, customer_id;
	const char *key, *customer, *title, *milestone, *went_well, *went_badly, *lesson, *faq;
	const char *actor;
	struct tend_date date;
};

#define D struct debrief

static const struct tend_field fields[] = {
	KEY(D),
	CUSTOMER(D),
	DATE(D, date, SET_REQUIRED, "Date", "日期"),
	LINE(D, title, SET_REQUIRED, "Service", "服务"),
	TEXT(D, milestone, SET_WIDE, "Milestone", "里程碑", .max = TEND_KEY_MAX),
	LONG(D, went_well, SET, "Went well", "做得好"),
	LONG(D, went_badly, SET, "Went badly", "待改进"),
	LONG(D, lesson, SET, "Lesson", "经验"),
	TEXT(D, faq, SET_WIDE, "For the FAQ", "对应问答", .max = TEND_KEY_MAX, .refers = "faq"),
	LINE(D, actor, DERIVED_WIDE | TEND_F_STORED, "By", "记录人"),
	ROW_ID(D, id),
	ROW_ID(D, customer_id),
};

static const struct tend_record_type debrief_type = RECORD_TYPE(D, "debrief", "Debrief", "复盘");

const struct tend_kind kind_debrief = {
	.type = &debrief_type,
	.noun = "debrief",
	.plural = "debriefs",
	.table = "debrief",
	.order = "-date,-id",
	.day = "date",
	.made_key = "debrief",
	.label = "title",
	.detail = "lesson",
	.when = "date",
	.tab = TEND_TAB_NOTES,
	.titles = {"Debriefs", "复盘"},
	.help = {"what was learnt after each service", "每次服务之后的复盘"},
};
