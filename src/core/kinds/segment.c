/* SPDX-License-Identifier: MIT */
#include "kinds.h"

#define S struct tend_segment

static const struct tend_field fields[] = {
	TEXT(S, key, TEND_F_KEY | REQUIRED, "Key", "编号", .max = TEND_KEY_MAX),
	LINE(S, title, SET, "Title", "标题"),
	TEXT(S, filter, SET_REQUIRED | TEND_F_FILTER, "Filter", "筛选", .max = TEND_TEXT_MAX),
	LONG(S, note, SET_WIDE, "Note", "备注"),
	INT(S, customers, DERIVED, "Customers", "客户数"),
	TEXT(S, origin, DERIVED_WIDE, "From", "来源"),
	ROW_ID(S, id),
};

const struct tend_record_type tend_segment_type = RECORD_TYPE(S, "segment", "Segment", "客户群");

const struct tend_kind kind_segment = {
	.type = &tend_segment_type,
	.noun = "segment",
	.plural = "segments",
	.table = "saved_segment",
	.order = "key",
	.label = "key",
	.detail = "filter",
	.tab = TEND_TAB_NONE,
	.titles = {"Segments", "客户群"},
	.help = {"expressions over customers, by a name", "以名称保存的客户表达式"},
};
