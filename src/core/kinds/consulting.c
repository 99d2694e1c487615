/* SPDX-License-Identifier: MIT */
#include "kinds.h"

static const char *const states[] = {"proposed", "agreed", "doing", "delivered", "dropped", NULL};
static const char *const open_states[] = {"proposed", "agreed", "doing", NULL};

struct consulting {
	int64_t id, customer_id;
	const char *key, *customer, *title, *topic, *method, *owner, *state, *deliverable;
	const char *result, *note;
	struct tend_date date;
};

#define C struct consulting

static const struct tend_field fields[] = {
	KEY(C),
	CUSTOMER(C),
	LINE(C, title, SET_REQUIRED, "Consulting", "咨询"),
	LINE(C, topic, SET, "Topic", "主题"),
	LINE(C, method, SET_WIDE, "Method", "方法"),
	DATE(C, date, SET, "Date", "日期"),
	LINE(C, owner, SET, "Owner", "负责人"),
	WORD(C, state, SET, states, "State", "状态", .initial = "proposed"),
	LINE(C, deliverable, SET_WIDE, "Deliverable", "交付物"),
	LONG(C, result, SET_WIDE, "Result", "成果"),
	LONG(C, note, SET_WIDE, "Note", "备注"),
	ROW_ID(C, id),
	ROW_ID(C, customer_id),
};

static const struct tend_record_type consulting_type =
	RECORD_TYPE(C, "consulting", "Consulting", "咨询");

const struct tend_kind kind_consulting = {
	.type = &consulting_type,
	.noun = "consulting",
	.plural = "consultings",
	.table = "consulting",
	.order = "-date,-id",
	.made_key = "consulting",
	.label = "title",
	.detail = "result",
	.when = "date",
	.state = "state",
	.open = open_states,
	.tab = TEND_TAB_OUTCOMES,
	.titles = {"Consulting", "咨询"},
	.help = {"advice that goes with the product: topic, method, deliverable, result",
		"产品之外的咨询：主题、方法、交付物与成果"},
};
