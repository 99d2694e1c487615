/* SPDX-License-Identifier: MIT */
#include "kinds.h"

static const char *const activity_kinds[] = {
	"call", "meeting", "visit", "email", "message", "training", "note", "other", NULL};

#define A struct tend_activity

static const struct tend_field fields[] = {
	NUMBER_KEY(A),
	CUSTOMER(A),
	DATE(A, date, SET_REQUIRED | TEND_F_PAST, "Date", "日期"),
	WORD(A, kind, SET, activity_kinds, "Kind", "类型", .initial = "note"),
	LONG(A, text, SET, "Text", "内容"),
	SOMEBODY(A, contact, SET, "Contact", "联系人"),
	LINE(A, actor, DERIVED_WIDE | TEND_F_STORED, "By", "记录人"),
	LINE(A, next_step, SET_WIDE, "Next step", "下一步"),
	LINE(A, promise, SET_WIDE, "Promise", "承诺"),
	DATE(A, promised, SET_WIDE, "Promised for", "承诺日期", .not_before = "date"),
	DATE(A, kept, SET_WIDE, "Kept on", "兑现日", .not_before = "date"),
	ROW_ID(A, customer_id),
};

const struct tend_record_type tend_activity_type = RECORD_TYPE(A, "activity", "Activity", "活动");

const struct tend_kind kind_activity = {
	.type = &tend_activity_type,
	.noun = "activity",
	.plural = "activities",
	.table = "activity",
	.order = "-date,-id",
	.day = "date",
	.label = "text",
	.detail = "contact",
	.when = "date",
	.state = "kind",
	.tab = TEND_TAB_ACTIVITY,
	.titles = {"Activities", "活动"},
	.help = {"contacts and notes, the newest first", "沟通与记录，最新的在前"},
};
