/* SPDX-License-Identifier: MIT */
#include "kinds.h"

static const char *const states[] = {"planned", "doing", "done", "dropped", NULL};
static const char *const open_states[] = {"planned", "doing", NULL};

struct plan {
	int64_t id, customer_id;
	const char *key, *customer, *title, *expectation, *outcome, *owner, *cadence, *state, *note;
	struct tend_date due, done_on;
};

#define P struct plan

static const struct tend_field fields[] = {
	KEY(P),
	CUSTOMER(P),
	LINE(P, title, SET_REQUIRED, "Service", "服务"),
	TEXT(P, expectation, SET_WIDE, "For expectation", "对应期望", .max = TEND_KEY_MAX,
		.refers = "expectation"),
	TEXT(P, outcome, SET_WIDE, "For outcome", "对应结果", .max = TEND_KEY_MAX,
		.refers = "outcome"),
	LINE(P, owner, SET, "Owner", "负责人"),
	TEXT(P, cadence, SET | TEND_F_DURATION, "Every", "频率", .max = 20),
	DATE(P, due, SET, "Due", "到期"),
	WORD(P, state, SET, states, "State", "状态", .initial = "planned"),
	DATE(P, done_on, SET_WIDE, "Done on", "完成日"),
	LONG(P, note, SET_WIDE, "Note", "备注"),
	ROW_ID(P, id),
	ROW_ID(P, customer_id),
};

static const struct tend_record_type plan_type = RECORD_TYPE(P, "plan", "Service plan", "服务计划");

const struct tend_kind kind_plan = {
	.type = &plan_type,
	.noun = "plan",
	.plural = "plans",
	.table = "service_plan",
	.order = "due,id",
	.made_key = "plan",
	.label = "title",
	.detail = "note",
	.when = "due",
	.state = "state",
	.open = open_states,
	.tab = TEND_TAB_OUTCOMES,
	.titles = {"Service plan", "服务计划"},
	.help = {"what the CSM will do for the expectations and outcomes, and how often",
		"为期望与结果所做的服务安排及频率"},
};
