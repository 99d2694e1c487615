/* SPDX-License-Identifier: MIT */
#include <tend/records.h>

#include <tend/fields.h>

static const char *const states[] = {"todo", "doing", "blocked", "done", "skipped", NULL};
static const char *const origins[] = {"template", "edited", "added", NULL};
static const char *const sources[] = {"built-in", "config", "store", NULL};

enum {
	DERIVED = TEND_F_DERIVED,
	SET = TEND_F_SETTABLE,
	WIDE = TEND_F_WIDE,
	HIDDEN = TEND_F_HIDDEN,
	REQUIRED = TEND_F_REQUIRED,
};

#define M struct tend_milestone
#define I struct tend_item
#define T struct tend_template
#define R struct tend_run
#define C struct tend_condition
#define D struct tend_document

static const struct tend_field milestone_fields[] = {
	TEXT(M, customer, REQUIRED, "Customer", "客户", .max = TEND_KEY_MAX),
	TEXT(M, key, TEND_F_KEY | REQUIRED, "Milestone", "里程碑", .max = TEND_KEY_MAX),
	INT(M, occurrence, 0, "No.", "次", .min = 1, .max = 1000),
	TEXT(M, stage, 0, "Stage", "阶段", .max = TEND_KEY_MAX),
	TEXT(M, title, SET, "Title", "标题", .max = TEND_NAME_MAX),
	DATE(M, due, SET, "Due", "到期"),
	TEXT(M, state, 0, "State", "状态", .values = states),
	DATE(M, done_on, 0, "Done on", "完成日"),
	INT(M, items, DERIVED | WIDE, "Items", "清单项"),
	INT(M, items_done, DERIVED | WIDE, "Items done", "已完成项"),
	BOOL(M, required, SET | WIDE, "Required", "必做"),
	BOOL(M, visible, SET | WIDE, "Visible to the customer", "客户可见"),
	TEXT(M, owner, SET, "Owner", "负责人", .max = TEND_NAME_MAX),
	INT(M, overdue_days, DERIVED, "Days overdue", "逾期天数"),
	TAGS(M, waiting, DERIVED | WIDE, "Waiting for", "等待"),
	TAGS(M, after, WIDE, "After", "前置"),
	INT(M, effort, WIDE, "Effort (minutes)", "工作量（分钟）"),
	TEXT(M, reason, WIDE, "Reason", "原因"),
	TEXT(M, origin, DERIVED | WIDE, "Origin", "来源", .values = origins),
	BOOL(M, projected, DERIVED | WIDE, "Projected", "预计"),
	TEXT(M, playbook, DERIVED | WIDE, "Playbook", "预案"),
	TEXT(M, playbook_title, HIDDEN | DERIVED, "Title of the playbook", "预案标题"),
	BOOL(M, by_condition, DERIVED | WIDE, "By its condition", "按条件完成"),
	ROW_ID(M, id),
	ROW_ID(M, customer_id),
	TEXT(M, title_en, HIDDEN, "Title (English)", "英文标题", .max = TEND_NAME_MAX),
	TEXT(M, title_zh, HIDDEN, "Title (Chinese)", "中文标题", .max = TEND_NAME_MAX),
	INT(M, position, HIDDEN, "Position", "位置"),
	DATE(M, template_due, HIDDEN, "Due by the template", "模板到期"),
	BOOL(M, repeats, HIDDEN, "Repeats", "重复"),
	ROW_ID(M, run_id),
};

const struct tend_record_type tend_milestone_type =
	RECORD_TYPE_OF(M, "milestone", "Milestone", "里程碑", milestone_fields);

static const struct tend_field item_fields[] = {
	INT(I, position, 0, "No.", "序号", .min = 1),
	TEXT(I, key, TEND_F_KEY, "Key", "编号", .max = TEND_KEY_MAX),
	TEXT(I, title, SET, "Title", "标题", .max = TEND_NAME_MAX),
	BOOL(I, done, SET, "Done", "完成"),
	DATE(I, done_on, 0, "Done on", "完成日"),
	ROW_ID(I, id),
	ROW_ID(I, milestone_id),
	TEXT(I, title_en, HIDDEN, "Title (English)", "英文标题", .max = TEND_NAME_MAX),
	TEXT(I, title_zh, HIDDEN, "Title (Chinese)", "中文标题", .max = TEND_NAME_MAX),
};

const struct tend_record_type tend_item_type =
	RECORD_TYPE_OF(I, "item", "Checklist item", "清单项", item_fields);

static const struct tend_field template_fields[] = {
	TEXT(T, key, TEND_F_KEY | REQUIRED, "Journey", "旅程", .max = TEND_KEY_MAX),
	INT(T, version, REQUIRED, "Version", "版本", .min = 1),
	TEXT(T, title, 0, "Title", "标题", .max = TEND_NAME_MAX),
	TEXT(T, source, DERIVED, "Source", "来源", .values = sources),
	INT(T, customers, DERIVED, "Customers", "客户数"),
	DATE(T, published, DERIVED, "Published", "发布日"),
	ROW_ID(T, id),
	TEXT(T, text, HIDDEN, "Text", "正文", .max = 64 * 1024),
};

const struct tend_record_type tend_template_type =
	RECORD_TYPE_OF(T, "journey", "Journey", "旅程模板", template_fields);

static const struct tend_field run_fields[] = {
	TEXT(R, customer, REQUIRED, "Customer", "客户", .max = TEND_KEY_MAX),
	TEXT(R, playbook, TEND_F_KEY | REQUIRED, "Playbook", "预案", .max = TEND_KEY_MAX),
	INT(R, version, WIDE, "Version", "版本", .min = 1),
	DATE(R, day, 0, "Run on", "启动日"),
	INT(R, open, DERIVED, "Open", "未完成"),
	INT(R, done, DERIVED, "Done", "已完成"),
	TEXT(R, alert, DERIVED, "For alert", "起因预警", .max = TEND_KEY_MAX),
	ROW_ID(R, id),
	ROW_ID(R, customer_id),
};

const struct tend_record_type tend_run_type =
	RECORD_TYPE_OF(R, "run", "Playbook run", "预案执行", run_fields);

static const struct tend_field condition_fields[] = {
	TEXT(C, customer, REQUIRED, "Customer", "客户", .max = TEND_KEY_MAX),
	TEXT(C, name, TEND_F_KEY | REQUIRED, "Milestone", "里程碑", .max = TEND_KEY_MAX + 8),
	INT(C, truth, DERIVED, "Truth", "真值"),
	BOOL(C, ticked, DERIVED, "Ticked", "已勾选"),
	ROW_ID(C, customer_id),
};

const struct tend_record_type tend_condition_type =
	RECORD_TYPE_OF(C, "condition", "Condition", "条件", condition_fields);

static const struct tend_field document_fields[] = {
	TEXT(D, kind, REQUIRED, "Kind", "种类", .max = TEND_KEY_MAX),
	TEXT(D, key, TEND_F_KEY | REQUIRED, "Key", "编号", .max = TEND_KEY_MAX),
	INT(D, version, REQUIRED, "Version", "版本", .min = 0),
	TEXT(D, title, 0, "Title", "标题", .max = TEND_NAME_MAX),
	TEXT(D, source, DERIVED, "Source", "来源", .values = sources),
	DATE(D, published, DERIVED, "Published", "发布日"),
	ROW_ID(D, id),
	TEXT(D, text, HIDDEN, "Text", "正文", .max = 64 * 1024),
};

const struct tend_record_type tend_document_type =
	RECORD_TYPE_OF(D, "document", "Published file", "已发布文件", document_fields);
