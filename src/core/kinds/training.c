/* SPDX-License-Identifier: MIT */
#include "kinds.h"

static const char *const training_kinds[] = {
	"onboarding", "basic", "advanced", "admin", "refresher", "other", NULL};
static const char *const states[] = {"planned", "done", "cancelled", NULL};
static const char *const open_states[] = {"planned", NULL};

struct training {
	int64_t id, customer_id, people, exam, passed;
	const char *key, *customer, *title, *kind, *audience, *trainer, *material, *state, *note;
	struct tend_date date;
	double score, rating;
};

#define T struct training

static const struct tend_field fields[] = {
	KEY(T),
	CUSTOMER(T),
	LINE(T, title, SET_REQUIRED, "Training", "培训"),
	WORD(T, kind, SET, training_kinds, "Kind", "类型"),
	DATE(T, date, SET, "Date", "日期"),
	LINE(T, audience, SET, "Audience", "对象"),
	INT(T, people, SET, "People", "人数", .max = 10000000),
	LINE(T, trainer, SET_WIDE, "Trainer", "讲师"),
	LINE(T, material, SET_WIDE, "Material", "教材"),
	BOOL(T, exam, SET_WIDE, "Exam", "考试"),
	NUMBER(T, score, SET, "Average score", "平均分", .max = 100),
	INT(T, passed, SET_WIDE, "Passed", "通过人数", .max = 10000000),
	NUMBER(T, rating, SET_WIDE, "Rating", "评分", .min = 1, .max = 5),
	WORD(T, state, SET, states, "State", "状态", .initial = "planned"),
	LONG(T, note, SET_WIDE, "Note", "备注"),
	ROW_ID(T, id),
	ROW_ID(T, customer_id),
};

static const struct tend_record_type training_type = RECORD_TYPE(T, "training", "Training", "培训");

const struct tend_kind kind_training = {
	.type = &training_type,
	.noun = "training",
	.plural = "trainings",
	.table = "training",
	.order = "-date,-id",
	.made_key = "training",
	.label = "title",
	.detail = "audience",
	.when = "date",
	.state = "state",
	.open = open_states,
	.tab = TEND_TAB_OUTCOMES,
	.titles = {"Trainings", "培训"},
	.help = {"trainings per group of users: audience, material, exam and score",
		"按用户群的培训：对象、教材、考试与评分"},
};
