/* SPDX-License-Identifier: MIT */
#include "kinds.h"

static const char *const urgencies[] = {"low", "medium", "high", "urgent", NULL};

#define C struct tend_complaint

static const struct tend_field fields[] = {
	KEY(C),
	CUSTOMER(C),
	DATE(C, opened, SET_REQUIRED, "Opened", "提出日"),
	DATE(C, closed, SET, "Closed", "关闭日", .not_before = "opened"),
	WORD(C, severity, SET, urgencies, "Severity", "严重程度"),
	LONG(C, text, SET, "Text", "内容"),
	INT(C, first_response, SET, "First response (minutes)", "首次响应（分钟）"),
	NUMBER(C, rating, SET, "Rating", "评分", .min = 1, .max = 5),
	SOMEBODY(C, contact, SET_WIDE, "Contact", "联系人"),
	LINE(C, owner, SET_WIDE, "Owner", "负责人"),
	DATE(C, responded, SET_WIDE, "Answered on", "响应日", .not_before = "opened"),
	LONG(C, recovery, SET_WIDE, "Recovery", "补救措施"),
	LINE(C, recovered_by, SET_WIDE, "Recovered by", "补救人"),
	INT(C, days_open, DERIVED_WIDE, "Days open", "未结天数"),
	ROW_ID(C, id),
	ROW_ID(C, customer_id),
};

static void derive(void *record, struct tend_date day)
{
	struct tend_complaint *c = record;
	if (tend_has_date(c->opened)) {
		c->days_open = (tend_has_date(c->closed) ? c->closed.day : day.day) - c->opened.day;
	}
}

const struct tend_record_type tend_complaint_type =
	RECORD_TYPE(C, "complaint", "Complaint", "投诉");

const struct tend_kind kind_complaint = {
	.type = &tend_complaint_type,
	.noun = "complaint",
	.plural = "complaints",
	.table = "complaint",
	.order = "-opened,-id",
	.day = "opened",
	.made_key = "complaint",
	.label = "text",
	.detail = "recovery",
	.when = "opened",
	.state = "severity",
	.ended = "closed",
	.tab = TEND_TAB_ACTIVITY,
	.derive = derive,
	.titles = {"Complaints", "投诉"},
	.help = {"complaints and tickets, the newest first", "投诉与工单，最新的在前"},
};
