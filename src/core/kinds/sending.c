/* SPDX-License-Identifier: MIT */
#include "kinds.h"

static const char *const reactions[] = {"none", "opened", "read", "used", "answered", NULL};

#define S struct tend_sending

static const struct tend_field fields[] = {
	NUMBER_KEY(S),
	CUSTOMER(S),
	DATE(S, date, SET_REQUIRED | TEND_F_PAST, "Date", "日期"),
	TEXT(S, content, REQUIRED | SET, "Content", "内容", .max = TEND_KEY_MAX,
		.refers = "content"),
	SOMEBODY(S, contact, SET, "Contact", "联系人"),
	WORD(S, reaction, SET, reactions, "Reaction", "反应", .initial = "none"),
	LONG(S, note, SET_WIDE, "Note", "备注"),
	LINE(S, actor, DERIVED_WIDE | TEND_F_STORED, "By", "记录人"),
	ROW_ID(S, customer_id),
};

const struct tend_record_type tend_sending_type =
	RECORD_TYPE(S, "sending", "Content sent", "内容发送");

const struct tend_kind kind_sending = {
	.type = &tend_sending_type,
	.noun = "sending",
	.plural = "sendings",
	.table = "sending",
	.order = "-date,-id",
	.day = "date",
	.label = "content",
	.detail = "contact",
	.when = "date",
	.state = "reaction",
	.tab = TEND_TAB_ACTIVITY,
	.titles = {"Content sent", "内容发送"},
	.help = {"which content was sent to whom, and what came of it",
		"向谁发送了哪些内容，以及反应"},
};
