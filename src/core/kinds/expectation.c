/* SPDX-License-Identifier: MIT */
#include "kinds.h"

static const char *const fits[] = {"good", "fair", "poor", NULL};
static const char *const depths[] = {"basic", "regular", "deep", NULL};
static const char *const states[] = {"open", "met", "partly", "missed", "dropped", NULL};
static const char *const open_states[] = {"open", "partly", NULL};

struct expectation {
	int64_t id, customer_id, people;
	const char *key, *customer, *module, *fit, *department, *scene, *depth, *effect, *state;
	const char *contact, *note;
	struct tend_date agreed;
};

#define E struct expectation

static const struct tend_field fields[] = {
	KEY(E),
	CUSTOMER(E),
	LINE(E, module, SET_REQUIRED, "Module", "模块"),
	WORD(E, fit, SET, fits, "Fit", "匹配度"),
	LINE(E, department, SET, "Department", "部门"),
	INT(E, people, SET_WIDE, "People", "人数", .max = 10000000),
	LINE(E, scene, SET_WIDE, "Scene", "使用场景"),
	WORD(E, depth, SET, depths, "Depth of use", "使用深度"),
	LONG(E, effect, SET, "Expected effect", "期望效果"),
	DATE(E, agreed, SET, "Agreed on", "约定日"),
	WORD(E, state, SET, states, "State", "状态", .initial = "open"),
	SOMEBODY(E, contact, SET_WIDE, "Contact", "联系人"),
	LONG(E, note, SET_WIDE, "Note", "备注"),
	ROW_ID(E, id),
	ROW_ID(E, customer_id),
};

static const struct tend_record_type expectation_type =
	RECORD_TYPE(E, "expectation", "Expectation", "期望");

const struct tend_kind kind_expectation = {
	.type = &expectation_type,
	.noun = "expectation",
	.plural = "expectations",
	.table = "expectation",
	.order = "module,id",
	.day = "agreed",
	.made_key = "expectation",
	.label = "module",
	.detail = "effect",
	.when = "agreed",
	.state = "state",
	.open = open_states,
	.tab = TEND_TAB_OUTCOMES,
	.titles = {"Expectations", "期望"},
	.help = {"what the customer expects of each module: fit, scene, depth, effect",
		"客户对每个模块的期望：匹配度、场景、深度与效果"},
};
