/* SPDX-License-Identifier: MIT */
#include "kinds.h"

static const char *const states[] = {"open", "achieved", "missed", "dropped", NULL};
static const char *const open_states[] = {"open", NULL};
static const char *const readings[] = {"latest", "sum", "average", NULL};

#define O struct tend_outcome

static const struct tend_field fields[] = {
	KEY(O),
	CUSTOMER(O),
	LINE(O, title, SET_REQUIRED, "Result", "期望结果"),
	TEXT(O, metric, SET, "Signal", "信号", .max = TEND_KEY_MAX),
	WORD(O, reading, SET_WIDE, readings, "Read as", "取数方式"),
	LINE(O, unit, SET_WIDE, "Unit", "单位"),
	NUMBER(O, baseline, SET, "Baseline", "基线"),
	NUMBER(O, target, SET, "Target", "目标"),
	NUMBER(O, now, DERIVED, "Now", "当前"),
	RATIO(O, progress, DERIVED, "Progress", "完成度"),
	NUMBER(O, value, SET_WIDE, "Value by hand", "手工值"),
	DATE(O, as_of, SET_WIDE | TEND_F_PAST, "Value as of", "取值日"),
	DATE(O, agreed, SET_WIDE, "Agreed on", "约定日"),
	DATE(O, due, SET, "Due", "到期", .not_before = "agreed"),
	WORD(O, state, SET, states, "State", "状态", .initial = "open"),
	INT(O, experience, SET, "Experience (1-5)", "体验（1-5）", .min = 1, .max = 5),
	BOOL(O, success, DERIVED, "Success", "成功"),
	LONG(O, experience_note, SET_WIDE, "About the experience", "体验说明"),
	SOMEBODY(O, contact, SET_WIDE, "Contact", "联系人"),
	LONG(O, note, SET_WIDE, "Note", "备注"),
	ROW_ID(O, id),
	ROW_ID(O, customer_id),
};

const struct tend_record_type tend_outcome_type = RECORD_TYPE(O, "outcome", "Outcome", "期望结果");

const struct tend_kind kind_outcome = {
	.type = &tend_outcome_type,
	.noun = "outcome",
	.plural = "outcomes",
	.table = "outcome",
	.order = "due,id",
	.day = "agreed",
	.made_key = "outcome",
	.label = "title",
	.detail = "experience_note",
	.when = "agreed",
	.state = "state",
	.open = open_states,
	.tab = TEND_TAB_OUTCOMES,
	.titles = {"Outcomes", "期望结果"},
	.help = {"results that the customer wants: baseline, target, now, and the experience",
		"客户想要的结果：基线、目标、当前值与体验"},
};
