/* SPDX-License-Identifier: MIT */
#include <tend/records.h>

#include "fields.h"

static const char *const activity_kinds[] = {
	"call", "meeting", "visit", "email", "message", "training", "note", "other", NULL};
static const char *const urgencies[] = {"low", "medium", "high", "urgent", NULL};

enum {
	SET = TEND_F_SETTABLE,
	WIDE = TEND_F_WIDE,
	REQUIRED = TEND_F_REQUIRED,
	SET_REQUIRED = TEND_F_SETTABLE | TEND_F_REQUIRED,
};

#define S struct tend_subscription
#define P struct tend_point
#define A struct tend_activity
#define C struct tend_complaint
#define L struct tend_churn

static const struct tend_field subscription_fields[] = {
	TEXT(S, key, TEND_F_KEY | REQUIRED, "Key", "编号", .max = TEND_KEY_MAX),
	TEXT(S, customer, REQUIRED, "Customer", "客户", .max = TEND_KEY_MAX),
	DATE(S, start, SET_REQUIRED, "Start", "开始"),
	DATE(S, end, SET, "End", "结束"),
	MONEY(S, annual, SET, "Per year", "年费"),
	MONEY(S, monthly, SET, "Per month", "月费"),
	TEXT(S, plan, SET, "Plan", "套餐", .max = TEND_NAME_MAX),
	TEXT(S, currency, SET | TEND_F_CURRENCY, "Currency", "币种", .max = 3),
	INT(S, seats, SET, "Seats", "席位"),
	BOOL(S, trial, SET, "Trial", "试用"),
	BOOL(S, auto_renew, SET, "Renews itself", "自动续费"),
	ROW_ID(S, id),
	ROW_ID(S, customer_id),
};

const struct tend_record_type tend_subscription_type = {
	.name = "subscription",
	.title = {"Subscription", "订阅"},
	.size = sizeof(S),
	.fields = subscription_fields,
	.nfields = COUNT_OF(subscription_fields),
	.custom = -1,
};

static const struct tend_field point_fields[] = {
	TEXT(P, customer, REQUIRED, "Customer", "客户", .max = TEND_KEY_MAX),
	DATE(P, date, REQUIRED, "Date", "日期"),
	TEXT(P, metric, REQUIRED, "Metric", "信号", .max = TEND_KEY_MAX),
	NUMBER(P, value, REQUIRED, "Value", "数值"),
	ROW_ID(P, id),
	ROW_ID(P, customer_id),
};

const struct tend_record_type tend_point_type = {
	.name = "usage",
	.title = {"Usage", "使用量"},
	.size = sizeof(P),
	.fields = point_fields,
	.nfields = COUNT_OF(point_fields),
	.custom = -1,
};

static const struct tend_field activity_fields[] = {
	INT(A, id, TEND_F_ID | TEND_F_KEY | TEND_F_DERIVED, "Id", "编号"),
	TEXT(A, customer, REQUIRED, "Customer", "客户", .max = TEND_KEY_MAX),
	DATE(A, date, SET_REQUIRED, "Date", "日期"),
	TEXT(A, kind, SET, "Kind", "类型", .values = activity_kinds),
	TEXT(A, text, SET, "Text", "内容", .max = TEND_LONG_TEXT_MAX),
	TEXT(A, contact, SET, "Contact", "联系人", .max = TEND_NAME_MAX),
	TEXT(A, actor, TEND_F_DERIVED | WIDE, "By", "记录人", .max = TEND_NAME_MAX),
	ROW_ID(A, customer_id),
};

const struct tend_record_type tend_activity_type = {
	.name = "activity",
	.title = {"Activity", "活动"},
	.size = sizeof(A),
	.fields = activity_fields,
	.nfields = COUNT_OF(activity_fields),
	.custom = -1,
};

static const struct tend_field complaint_fields[] = {
	TEXT(C, key, TEND_F_KEY, "Key", "编号", .max = TEND_KEY_MAX),
	TEXT(C, customer, REQUIRED, "Customer", "客户", .max = TEND_KEY_MAX),
	DATE(C, opened, SET_REQUIRED, "Opened", "提出日"),
	DATE(C, closed, SET, "Closed", "关闭日"),
	TEXT(C, severity, SET, "Severity", "严重程度", .values = urgencies),
	TEXT(C, text, SET, "Text", "内容", .max = TEND_LONG_TEXT_MAX),
	INT(C, first_response, SET, "First response (minutes)", "首次响应（分钟）"),
	NUMBER(C, rating, SET, "Rating", "评分", .min = 1, .max = 5),
	ROW_ID(C, id),
	ROW_ID(C, customer_id),
};

const struct tend_record_type tend_complaint_type = {
	.name = "complaint",
	.title = {"Complaint", "投诉"},
	.size = sizeof(C),
	.fields = complaint_fields,
	.nfields = COUNT_OF(complaint_fields),
	.custom = -1,
};

static const struct tend_field churn_fields[] = {
	INT(L, id, TEND_F_ID | TEND_F_KEY | TEND_F_DERIVED, "Id", "编号"),
	TEXT(L, customer, REQUIRED, "Customer", "客户", .max = TEND_KEY_MAX),
	DATE(L, date, SET_REQUIRED, "Date", "日期"),
	TEXT(L, reason, SET, "Reason", "流失原因", .max = TEND_NAME_MAX),
	TEXT(L, text, SET, "Text", "说明", .max = TEND_LONG_TEXT_MAX),
	ROW_ID(L, customer_id),
};

const struct tend_record_type tend_churn_type = {
	.name = "churn",
	.title = {"Churn", "流失"},
	.size = sizeof(L),
	.fields = churn_fields,
	.nfields = COUNT_OF(churn_fields),
	.custom = -1,
};
