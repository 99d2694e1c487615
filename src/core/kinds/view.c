/* SPDX-License-Identifier: MIT */
#include "kinds.h"

static const char *const view_pages[] = {
	"portfolio", "today", "alerts", "renewals", "winback", NULL};

#define V struct tend_saved_view

static const struct tend_field fields[] = {
	TEXT(V, key, TEND_F_KEY | REQUIRED, "Key", "编号", .max = TEND_KEY_MAX),
	LINE(V, title, SET, "Title", "标题"),
	WORD(V, page, SET, view_pages, "Page", "页面", .initial = "portfolio"),
	TEXT(V, filter, SET, "Filter", "筛选", .max = TEND_TEXT_MAX),
	LINE(V, sort, SET, "Sort", "排序"),
	TEXT(V, columns, SET, "Columns", "列", .max = TEND_TEXT_MAX),
	INT(V, rows, DERIVED, "Rows", "行数"),
	ROW_ID(V, id),
};

const struct tend_record_type tend_saved_view_type =
	RECORD_TYPE(V, "view", "Saved view", "已存视图");

const struct tend_kind kind_view = {
	.type = &tend_saved_view_type,
	.noun = "view",
	.plural = "views",
	.table = "saved_view",
	.order = "key",
	.label = "key",
	.detail = "filter",
	.tab = TEND_TAB_NONE,
	.titles = {"Saved views", "已存视图"},
	.help = {"filter, sort and columns of a list together", "一起保存的筛选、排序与列"},
};
