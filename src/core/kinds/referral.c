/* SPDX-License-Identifier: MIT */
#include "kinds.h"

static const char *const states[] = {"new", "contacted", "qualified", "won", "lost", NULL};
static const char *const open_states[] = {"new", "contacted", "qualified", NULL};

struct referral {
	int64_t id, customer_id, value;
	const char *key, *customer, *name, *contact, *person, *email, *phone, *state, *currency;
	const char *reward, *note;
	struct tend_date date;
};

#define R struct referral

static const struct tend_field fields[] = {
	KEY(R),
	CUSTOMER(R),
	DATE(R, date, SET_REQUIRED, "Date", "日期"),
	LINE(R, name, SET_REQUIRED, "Referred company", "被推荐公司"),
	SOMEBODY(R, contact, SET, "Referred by", "推荐人"),
	LINE(R, person, SET, "Person", "对方联系人"),
	LINE(R, email, SET_WIDE, "Email", "邮箱"),
	LINE(R, phone, SET_WIDE, "Phone", "电话"),
	WORD(R, state, SET, states, "State", "状态", .initial = "new"),
	MONEY(R, value, SET, "Worth", "金额"),
	CURRENCY(R),
	LINE(R, reward, SET_WIDE, "Thanks given", "答谢"),
	LONG(R, note, SET_WIDE, "Note", "备注"),
	ROW_ID(R, id),
	ROW_ID(R, customer_id),
};

static const struct tend_record_type referral_type =
	RECORD_TYPE(R, "referral", "Referral", "转介绍");

const struct tend_kind kind_referral = {
	.type = &referral_type,
	.noun = "referral",
	.plural = "referrals",
	.table = "referral",
	.order = "-date,-id",
	.day = "date",
	.made_key = "referral",
	.label = "name",
	.detail = "person",
	.when = "date",
	.state = "state",
	.open = open_states,
	.tab = TEND_TAB_PEOPLE,
	.titles = {"Referrals", "转介绍"},
	.help = {"leads that customers bring, and what came of them", "客户带来的线索及其进展"},
};
