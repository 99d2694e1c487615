/* SPDX-License-Identifier: MIT */
#include <stddef.h>
#include <string.h>

#include <tend/kind.h>
#include <tend/lang.h>
#include <tend/str.h>
#include <tend/words.h>

/* Apart from the catalogue: as a value a word means something else than as a key's hint. A row with a
 * field is for that field alone, and stands after those for any. */
static const struct {
	const char *field, *value;
	struct tend_text text;
} words[] = {
	/* customers */
	{NULL, "active", {"active", "在约"}},
	{NULL, "lapsed", {"lapsed", "已到期"}},
	{NULL, "churned", {"churned", "已流失"}},
	{NULL, "pooled", {"pooled", "公海"}},
	{NULL, "on-track", {"on track", "正常"}},
	{NULL, "behind", {"behind", "落后"}},
	{NULL, "stuck", {"stuck", "卡住"}},
	{NULL, "good", {"good", "良好"}},
	{NULL, "fair", {"fair", "一般"}},
	{NULL, "poor", {"poor", "较差"}},
	{NULL, "unknown", {"unknown", "未知"}},
	/* milestones */
	{NULL, "todo", {"to do", "待办"}},
	{NULL, "doing", {"doing", "进行中"}},
	{NULL, "blocked", {"blocked", "受阻"}},
	{NULL, "done", {"done", "完成"}},
	{NULL, "skipped", {"skipped", "已跳过"}},
	{NULL, "template", {"the template", "模板"}},
	{NULL, "edited", {"the template, edited", "模板，已修改"}},
	{NULL, "added", {"added by hand", "手工添加"}},
	/* alerts */
	{NULL, "open", {"open", "待处理"}},
	{NULL, "acked", {"seen", "已知悉"}},
	{NULL, "snoozed", {"snoozed", "已推迟"}},
	{NULL, "resolved", {"resolved", "已解除"}},
	{NULL, "urgent", {"urgent", "紧急"}},
	{NULL, "high", {"high", "高"}},
	{NULL, "medium", {"medium", "中"}},
	{NULL, "low", {"low", "低"}},
	/* rows of Today */
	{NULL, "overdue", {"overdue", "逾期"}},
	{NULL, "due", {"due", "到期"}},
	{NULL, "alert", {"alert", "预警"}},
	{NULL, "renewal", {"renewal", "续费"}},
	/* activities */
	{NULL, "call", {"call", "电话"}},
	{NULL, "meeting", {"meeting", "会议"}},
	{NULL, "visit", {"visit", "拜访"}},
	{NULL, "email", {"email", "邮件"}},
	{NULL, "message", {"message", "消息"}},
	{NULL, "training", {"training", "培训"}},
	{NULL, "note", {"note", "备注"}},
	{NULL, "other", {"other", "其他"}},
	/* templates */
	{NULL, "built-in", {"built-in", "内置"}},
	{NULL, "config", {"config", "配置"}},
	{NULL, "store", {"store", "数据文件"}},
	{NULL, "conditional", {"if", "条件"}},
	/* what the doctor finds */
	{"state", "ok", {"ok", "正常"}},
	{"state", "warning", {"warning", "警告"}},
	{"state", "error", {"error", "错误"}},
	/* what differs between two versions */
	{NULL, "journey", {"journey", "旅程"}},
	{NULL, "stage", {"stage", "阶段"}},
	{NULL, "milestone", {"milestone", "里程碑"}},
	{NULL, "item", {"item", "清单项"}},
	/* what a step to other dates or another version does, and what an entry of the journal did */
	{"action", "added", {"added", "新增"}},
	{"action", "moved", {"moved", "改期"}},
	{"action", "changed", {"changed", "修改"}},
	{"action", "renamed", {"renamed", "改名"}},
	{"action", "removed", {"removed", "删除"}},
	{"action", "retired", {"retired", "移除"}},
	{"action", "kept-done", {"kept: done", "保留（已完成）"}},
	{"action", "kept-edited", {"kept: edited", "保留（已修改）"}},
	{"action", "conflict", {"conflict", "冲突"}},
};

const char *tend_word(const char *field, const char *value)
{
	const char *found = value != NULL ? value : "";
	for (size_t i = 0; value != NULL && i < sizeof(words) / sizeof(words[0]); i++) {
		bool for_field = words[i].field == NULL || tend_same(words[i].field, field);
		if (for_field && strcmp(words[i].value, value) == 0) {
			found = tend_pick(words[i].text);
		}
	}
	const struct tend_kind *kind = value != NULL && found == value && tend_same(field, "kind")
		? tend_kind_called(value)
		: NULL;
	return kind != NULL && tend_lang() == TEND_ZH ? tend_pick(kind->type->title) : found;
}
