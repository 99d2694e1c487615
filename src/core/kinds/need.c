/* SPDX-License-Identifier: MIT */
#include "kinds.h"

static const char *const need_kinds[] = {"need", "wish", "scene", NULL};
static const char *const growths[] = {"modules", "seats", "services", "none", NULL};
static const char *const states[] = {
	"found", "validated", "planned", "delivered", "declined", NULL};
static const char *const open_states[] = {"found", "validated", "planned", NULL};

struct need {
	int64_t id, customer_id, value;
	const char *key, *customer, *title, *kind, *contact, *department, *text, *growth, *currency;
	const char *state, *became;
	struct tend_date found, validated;
};

#define N struct need

static const struct tend_field fields[] = {
	KEY(N),
	CUSTOMER(N),
	LINE(N, title, SET_REQUIRED, "Need", "需求"),
	WORD(N, kind, SET, need_kinds, "Kind", "类型", .initial = "need"),
	DATE(N, found, SET_REQUIRED, "Found on", "发现日"),
	SOMEBODY(N, contact, SET, "Contact", "联系人"),
	LINE(N, department, SET_WIDE, "Department", "部门"),
	LONG(N, text, SET_WIDE, "Text", "内容"),
	DATE(N, validated, SET_WIDE, "Validated on", "验证日", .not_before = "found"),
	WORD(N, growth, SET, growths, "Growth", "增长方式"),
	MONEY(N, value, SET, "Worth", "金额"),
	CURRENCY(N),
	WORD(N, state, SET, states, "State", "状态", .initial = "found"),
	LINE(N, became, SET_WIDE, "What became of it", "结果"),
	ROW_ID(N, id),
	ROW_ID(N, customer_id),
};

static const struct tend_record_type need_type = RECORD_TYPE(N, "need", "Need", "需求");

const struct tend_kind kind_need = {
	.type = &need_type,
	.noun = "need",
	.plural = "needs",
	.table = "need",
	.order = "-found,-id",
	.day = "found",
	.made_key = "need",
	.label = "title",
	.detail = "became",
	.when = "found",
	.state = "state",
	.open = open_states,
	.tab = TEND_TAB_OUTCOMES,
	.titles = {"Needs and scenes", "需求与场景"},
	.help = {"needs, wishes and new scenes of use, and what became of them",
		"需求、愿望与新的使用场景，以及结果"},
};
