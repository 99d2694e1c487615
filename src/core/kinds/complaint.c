/* SPDX-License-Identifier: MIT */
#include <tend/lang.h>
#include <tend/service.h>

#include "kinds.h"

enum { MINUTES_A_DAY = 24 * 60 };

static const char *const urgencies[] = {"low", "medium", "high", "urgent", NULL};
static const char *const states[] = {"waiting", "late", "answered", "resolved", NULL};

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
	DATE(C, responded, SET_WIDE, "Answer noted on", "响应记录日", .not_before = "opened"),
	LONG(C, recovery, SET_WIDE, "Recovery", "补救措施"),
	LINE(C, recovered_by, SET_WIDE, "Recovered by", "补救人"),
	DATE(C, answered, DERIVED_WIDE, "Answered", "首次响应日"),
	WORD(C, state, DERIVED, states, "State", "状态"),
	DATE(C, answer_due, DERIVED, "Answer due", "应答期限"),
	DATE(C, recovery_due, DERIVED_WIDE, "Solution due", "解决期限"),
	BOOL(C, late, DERIVED, "Late", "超时"),
	BOOL(C, advocate, DERIVED_WIDE, "Possible advocate", "潜在超级会员"),
	INT(C, days_open, DERIVED_WIDE, "Days open", "未结天数"),
	ROW_ID(C, id),
	ROW_ID(C, customer_id),
};

/* Minutes and day of the first answer say the same: the hour of opening is not known, so the day may be the next. */
static enum tend_status settle(void *record, struct tend_error *err)
{
	const struct tend_complaint *c = record;
	if (c->first_response == TEND_NO_INT || !tend_has_date(c->opened)) {
		return TEND_OK;
	}
	if (c->first_response < 0) {
		return tend_fail(err, TEND_BAD_INPUT, _("%s: expected a number of minutes from 0"),
			"first_response");
	}
	int64_t days = c->first_response / MINUTES_A_DAY;
	int64_t noted = (int64_t)c->responded.day - c->opened.day;
	if (tend_has_date(c->responded) && noted != days && noted != days + 1) {
		return tend_fail(err, TEND_BAD_INPUT,
			_("responded: does not fit first_response, %lld minutes after it was "
			  "opened"),
			(long long)c->first_response);
	}
	return TEND_OK;
}

/* Without a journey that promises anything. */
static void derive(void *record, struct tend_date day)
{
	struct tend_complaint *c = record;
	struct tend_clock clock = tend_complaint_clock(c, NULL, NULL, day);
	tend_complaint_derive(c, &clock, day);
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
	.state = "state",
	.ended = "closed",
	.tab = TEND_TAB_ACTIVITY,
	.settle = settle,
	.derive = derive,
	.titles = {"Complaints", "投诉"},
	.help = {"complaints and tickets, the newest first", "投诉与工单，最新的在前"},
};
