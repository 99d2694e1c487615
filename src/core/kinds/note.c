/* SPDX-License-Identifier: MIT */
#include "kinds.h"

struct note {
	int64_t id, customer_id, pinned;
	const char *key, *customer, *title, *text, *actor;
	struct tend_date date;
};

#define N struct note

static const struct tend_field fields[] = {
	KEY(N),
	CUSTOMER(N),
	DATE(N, date, SET_REQUIRED, "Date", "日期"),
	LINE(N, title, SET_REQUIRED, "Title", "标题"),
	LONG(N, text, SET, "Text", "内容"),
	BOOL(N, pinned, SET, "Pinned", "置顶"),
	LINE(N, actor, DERIVED_WIDE | TEND_F_STORED, "By", "记录人"),
	ROW_ID(N, id),
	ROW_ID(N, customer_id),
};

static const struct tend_record_type note_type = RECORD_TYPE(N, "note", "Note", "笔记");

const struct tend_kind kind_note = {
	.type = &note_type,
	.noun = "note",
	.plural = "notes",
	.table = "note",
	.order = "-pinned,-date,-id",
	.day = "date",
	.made_key = "note",
	.label = "title",
	.detail = "text",
	.when = "date",
	.tab = TEND_TAB_NOTES,
	.titles = {"Notes", "笔记"},
	.help = {"notes in Markdown", "Markdown 笔记"},
};
