/* SPDX-License-Identifier: MIT */
#include "kinds.h"

static const char *const roles[] = {"decision-maker", "sponsor", "champion", "system-contact",
	"user", "finance", "procurement", "it", "other", NULL};
static const char *const influences[] = {"high", "medium", "low", NULL};
static const char *const stances[] = {
	"champion", "supporter", "neutral", "critic", "blocker", NULL};
static const char *const skills[] = {"low", "medium", "high", NULL};

#define C struct tend_contact

static const struct tend_field fields[] = {
	KEY(C),
	CUSTOMER(C),
	LINE(C, name, SET_REQUIRED, "Name", "姓名"),
	LINE(C, title, SET, "Position", "职位"),
	TEXT(C, role, SET | TEND_F_OPEN, "Role", "角色", .values = roles, .max = TEND_NAME_MAX),
	TEXT(C, influence, SET | TEND_F_OPEN, "Influence", "影响力", .values = influences,
		.max = TEND_NAME_MAX),
	TEXT(C, stance, SET | TEND_F_OPEN, "Stance", "立场", .values = stances,
		.max = TEND_NAME_MAX),
	TEXT(C, cadence, SET | TEND_F_DURATION, "Touch every", "联系频率", .max = 20),
	LINE(C, email, SET_WIDE, "Email", "邮箱"),
	LINE(C, phone, SET_WIDE, "Phone", "电话"),
	LINE(C, department, SET_WIDE, "Department", "部门"),
	LINE(C, language, SET_WIDE, "Language", "语言"),
	WORD(C, digital, SET_WIDE, skills, "Digital skill", "数字化水平"),
	LINE(C, age_band, SET_WIDE, "Age band", "年龄段"),
	LINE(C, gender, SET_WIDE, "Gender", "性别"),
	LINE(C, kpi, SET_WIDE, "KPI", "考核指标"),
	LONG(C, note, SET_WIDE, "Note", "备注"),
	DATE(C, left, SET_WIDE, "Left on", "离职日"),
	DATE(C, last_touch, DERIVED, "Last touch", "最近接触"),
	INT(C, silent_days, DERIVED_WIDE, "Days silent", "沉默天数"),
	BOOL(C, silent, DERIVED_WIDE, "Silent too long", "超期未联系"),
	ROW_ID(C, id),
	ROW_ID(C, customer_id),
};

const struct tend_record_type tend_contact_type = RECORD_TYPE(C, "contact", "Contact", "联系人");

const struct tend_kind kind_contact = {
	.type = &tend_contact_type,
	.noun = "contact",
	.plural = "contacts",
	.table = "contact",
	.order = "name,id",
	.made_key = "contact",
	.label = "name",
	.detail = "title",
	.state = "role",
	.ended = "left",
	.tab = TEND_TAB_PEOPLE,
	.titles = {"Contacts", "联系人"},
	.help = {"people at the customer: role, influence, stance, how often to touch them",
		"客户方人员：角色、影响力、立场与联系频率"},
};
