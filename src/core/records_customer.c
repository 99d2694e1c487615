/* SPDX-License-Identifier: MIT */
#include <tend/records.h>

#include <tend/fields.h>

/* `lapsed` follows from the term; it is taken in, so that what was printed can be read again. */
static const char *const statuses[] = {"active", "lapsed", "churned", "pooled", NULL};
static const char *const bands[] = {"good", "fair", "poor", "unknown", NULL};
static const char *const tracks[] = {"on-track", "behind", "stuck", NULL};

enum {
	DERIVED = TEND_F_DERIVED,
	SET = TEND_F_SETTABLE,
	WIDE = TEND_F_WIDE,
};

#define S struct tend_customer

static const struct tend_field fields[] = {
	TEXT(S, key, TEND_F_KEY | TEND_F_REQUIRED, "Key", "编号", .max = TEND_KEY_MAX),
	TEXT(S, name, SET | TEND_F_REQUIRED, "Name", "名称", .max = TEND_NAME_MAX),
	TEXT(S, status, SET, "Status", "状态", .values = statuses),
	TEXT(S, stage, DERIVED, "Stage", "阶段", .order = "stage_order"),
	INT(S, stage_order, TEND_F_HIDDEN | DERIVED, "stage_order", "stage_order"),
	INT(S, month, DERIVED, "Month", "月份"),
	TEXT(S, owner, SET, "Owner", "负责人", .max = TEND_NAME_MAX),
	TEXT(S, segment, SET | WIDE, "Segment", "分层", .max = TEND_NAME_MAX),
	TEXT(S, industry, SET | WIDE, "Industry", "行业", .max = TEND_NAME_MAX),
	TEXT(S, journey, WIDE, "Journey", "旅程", .max = TEND_KEY_MAX + 12),
	DATE(S, started, SET | WIDE | TEND_F_REQUIRED, "Started", "开始日"),
	INT(S, term_months, SET | WIDE, "Term (months)", "合同期（月）", .min = 1, .max = 1200),
	DATE(S, renewal, DERIVED, "Renewal", "续费日"),
	INT(S, days_to_renewal, DERIVED | WIDE, "Days to renewal", "距续费（天）"),
	MONEY(S, arr, 0, "ARR", "年费"),
	TEXT(S, currency, SET | TEND_F_CURRENCY, "Currency", "币种", .max = 3),
	NUMBER(S, health, DERIVED, "Health", "健康分"),
	TEXT(S, health_band, DERIVED | WIDE, "Health band", "健康等级", .values = bands),
	INT(S, overdue, DERIVED, "Overdue", "逾期"),
	DATE(S, next_due, DERIVED, "Next due", "下次到期"),
	TEXT(S, next_milestone, DERIVED, "Next milestone", "下一里程碑"),
	INT(S, alerts, DERIVED, "Alerts", "预警"),
	TAGS(S, tags, SET | WIDE, "Tags", "标签"),
	DATE(S, last_contact, DERIVED | WIDE, "Last contact", "最近联系"),
	TEXT(S, track, DERIVED | WIDE, "Track", "进度", .values = tracks),
	TEXT(S, track_reason, DERIVED | WIDE, "Behind or stuck because", "落后或停滞的原因"),
	ROW_ID(S, id),
};

const struct tend_record_type tend_customer_type = {
	.name = "customer",
	.title = {"Customer", "客户"},
	.size = sizeof(S),
	.fields = fields,
	.nfields = COUNT_OF(fields),
	.custom = offsetof(S, custom),
};
