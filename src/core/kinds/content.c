/* SPDX-License-Identifier: MIT */
#include "kinds.h"

static const char *const content_kinds[] = {
	"article", "video", "webinar", "case-study", "guide", "template", "offer", "other", NULL};

#define C struct tend_content

static const struct tend_field fields[] = {
	TEXT(C, key, TEND_F_KEY | REQUIRED, "Key", "编号", .max = TEND_KEY_MAX),
	LINE(C, title, SET_REQUIRED, "Title", "标题"),
	WORD(C, kind, SET, content_kinds, "Kind", "类型"),
	LINE(C, topic, SET, "Topic", "主题"),
	LINE(C, stage, SET, "Stage", "阶段"),
	LINE(C, industry, SET, "Industry", "行业"),
	LINE(C, language, SET, "Language", "语言"),
	LINE(C, link, SET_WIDE, "Link", "链接"),
	INT(C, minutes, SET_WIDE, "Minutes", "时长（分钟）", .max = 100000),
	LONG(C, note, SET_WIDE, "Note", "备注"),
	DATE(C, added, SET_WIDE, "Added on", "收录日"),
	DATE(C, retired, SET_WIDE, "Retired on", "停用日", .not_before = "added"),
	INT(C, sent, DERIVED, "Sent", "发送次数"),
	ROW_ID(C, id),
};

const struct tend_record_type tend_content_type = RECORD_TYPE(C, "content", "Content", "内容");

const struct tend_kind kind_content = {
	.type = &tend_content_type,
	.noun = "content",
	.plural = "contents",
	.table = "content",
	.order = "key",
	.day = "added",
	.label = "title",
	.detail = "topic",
	.state = "kind",
	.ended = "retired",
	.tab = TEND_TAB_NONE,
	.titles = {"Content", "内容目录"},
	.help = {"the catalogue of content and offers, by topic, stage and industry",
		"按主题、阶段与行业编排的内容与权益目录"},
};
