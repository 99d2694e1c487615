/* SPDX-License-Identifier: MIT */
#include <tend/records.h>

#include <tend/fields.h>

static const char *const severities[] = {"high", "medium", "low", NULL};
static const char *const alert_states[] = {"open", "acked", "snoozed", "resolved", NULL};
static const char *const work_kinds[] = {
	"overdue", "due", "promise", "complaint", "alert", "renewal", NULL};
static const char *const actions[] = {"added", "changed", "removed", NULL};

enum {
	DERIVED = TEND_F_DERIVED,
	DERIVED_WIDE = TEND_F_DERIVED | TEND_F_WIDE,
};

#define INSIDE (TEND_F_DERIVED | TEND_F_HIDDEN)

#define A struct tend_alert
#define W struct tend_today_row
#define H struct tend_history_row
#define E struct tend_change

static const struct tend_field alert_fields[] = {
	INT(A, id, TEND_F_ID | TEND_F_KEY | DERIVED, "Id", "编号"),
	TEXT(A, customer, DERIVED, "Customer", "客户", .max = TEND_KEY_MAX),
	TEXT(A, rule, DERIVED, "Rule", "规则", .max = TEND_KEY_MAX),
	TEXT(A, severity, DERIVED, "Severity", "级别", .values = severities),
	TEXT(A, state, DERIVED, "State", "状态", .values = alert_states),
	DATE(A, raised, DERIVED, "Raised", "触发日"),
	DATE(A, last_seen, DERIVED_WIDE, "Last seen", "最近出现"),
	INT(A, count, DERIVED_WIDE, "Count", "次数"),
	DATE(A, until, DERIVED, "Until", "推迟到"),
	TEXT(A, title, DERIVED, "Title", "标题", .max = TEND_NAME_MAX),
	TEXT(A, reason, DERIVED, "Reason", "原因"),
	MONEY(A, value_at_risk, DERIVED, "Value at risk", "风险金额"),
	TAGS(A, suggest, DERIVED_WIDE, "Suggested playbooks", "建议预案"),
	TEXT(A, name, DERIVED_WIDE, "Name", "名称", .max = TEND_NAME_MAX),
	TEXT(A, owner, DERIVED_WIDE, "Owner", "负责人", .max = TEND_NAME_MAX),
	TEXT(A, currency, DERIVED_WIDE | TEND_F_CURRENCY, "Currency", "币种", .max = 3),
	TEXT(A, note, DERIVED_WIDE, "Note", "备注"),
	ROW_ID(A, customer_id),
};

const struct tend_record_type tend_alert_type =
	RECORD_TYPE_OF(A, "alert", "Alert", "预警", alert_fields);

static const struct tend_field today_fields[] = {
	TEXT(W, kind, DERIVED, "Kind", "类型", .values = work_kinds),
	TEXT(W, customer, DERIVED, "Customer", "客户", .max = TEND_KEY_MAX),
	TEXT(W, subject, TEND_F_KEY | DERIVED, "Subject", "事项"),
	TEXT(W, title, DERIVED, "Title", "标题"),
	DATE(W, due, DERIVED, "Due", "到期"),
	NUMBER(W, rank, DERIVED, "Rank", "排序分"),
	TERMS(W, terms, DERIVED_WIDE, "Terms", "计算"),
	TEXT(W, name, DERIVED_WIDE, "Name", "名称", .max = TEND_NAME_MAX),
	TEXT(W, owner, DERIVED_WIDE, "Owner", "负责人", .max = TEND_NAME_MAX),
	TEXT(W, segment, DERIVED_WIDE, "Segment", "分层", .max = TEND_NAME_MAX),
	TEXT(W, severity, DERIVED_WIDE, "Severity", "级别", .values = severities),
	BOOL(W, required, INSIDE, "Required", "必做"),
	INT(W, nth, INSIDE, "No.", "次"),
	MONEY(W, arr, INSIDE, "ARR", "年度经常性收入"),
	DATE(W, renewal, INSIDE, "Renewal", "续费日"),
	DATE(W, day, INSIDE, "Day", "日期"),
	INT(W, band, INSIDE, "Group", "分组"),
	ROW_ID(W, id),
	ROW_ID(W, customer_id),
};

const struct tend_record_type tend_today_type =
	RECORD_TYPE_OF(W, "today", "Today", "今日", today_fields);

static const struct tend_field history_fields[] = {
	INT(H, id, TEND_F_ID | TEND_F_KEY | DERIVED, "Id", "编号"),
	TIME(H, at, DERIVED, "At", "时间"),
	TEXT(H, actor, DERIVED, "Who", "操作人", .max = TEND_NAME_MAX),
	TEXT(H, command, DERIVED_WIDE, "Command", "命令"),
	TEXT(H, summary, DERIVED, "Summary", "摘要"),
	BOOL(H, undone, DERIVED, "Undone", "已撤销"),
	DATE(H, day, DERIVED_WIDE, "Day", "工作日期"),
	INT(H, changes, DERIVED_WIDE, "Changes", "改动数"),
};

const struct tend_record_type tend_history_type =
	RECORD_TYPE_OF(H, "history", "History", "历史", history_fields);

static const struct tend_field change_fields[] = {
	TEXT(E, customer, DERIVED, "Customer", "客户", .max = TEND_KEY_MAX),
	TEXT(E, record, DERIVED, "Record", "记录"),
	TEXT(E, name, DERIVED, "Name", "名称"),
	TEXT(E, action, DERIVED, "Action", "操作", .values = actions),
	TEXT(E, field, DERIVED, "Field", "字段"),
	TEXT(E, before, DERIVED, "Before", "改前"),
	TEXT(E, after, DERIVED, "After", "改后"),
	TEXT(E, kind, INSIDE, "Kind", "类型"),
	TEXT(E, title, INSIDE, "Title", "标题"),
	ROW_ID(E, id),
};

const struct tend_record_type tend_change_type =
	RECORD_TYPE_OF(E, "change", "Change", "改动", change_fields);
