/* SPDX-License-Identifier: MIT */
#include "words.h"

#include <stddef.h>
#include <string.h>

#include <tend/lang.h>

/* Apart from the catalogue: as a value a word means something else than as a key's hint. */
static const struct {
	const char *value;
	struct tend_text text;
} words[] = {
	/* customers */
	{"active", {"active", "在约"}},
	{"lapsed", {"lapsed", "已到期"}},
	{"churned", {"churned", "已流失"}},
	{"pooled", {"pooled", "公海"}},
	{"on-track", {"on track", "正常"}},
	{"behind", {"behind", "落后"}},
	{"stuck", {"stuck", "卡住"}},
	/* milestones */
	{"todo", {"to do", "待办"}},
	{"doing", {"doing", "进行中"}},
	{"blocked", {"blocked", "受阻"}},
	{"done", {"done", "完成"}},
	{"skipped", {"skipped", "跳过"}},
	{"template", {"the template", "模板"}},
	{"edited", {"the template, edited", "模板，已修改"}},
	{"added", {"added by hand", "手工添加"}},
	/* alerts */
	{"open", {"open", "待处理"}},
	{"acked", {"seen", "已知悉"}},
	{"snoozed", {"snoozed", "已推迟"}},
	{"resolved", {"resolved", "已解除"}},
	{"high", {"high", "高"}},
	{"medium", {"medium", "中"}},
	{"low", {"low", "低"}},
	/* rows of Today */
	{"overdue", {"overdue", "逾期"}},
	{"due", {"due", "到期"}},
	{"alert", {"alert", "预警"}},
	{"renewal", {"renewal", "续费"}},
	/* activities */
	{"call", {"call", "电话"}},
	{"meeting", {"meeting", "会议"}},
	{"visit", {"visit", "拜访"}},
	{"email", {"email", "邮件"}},
	{"message", {"message", "消息"}},
	{"training", {"training", "培训"}},
	{"note", {"note", "备注"}},
	{"other", {"other", "其他"}},
	/* templates */
	{"built-in", {"built-in", "内置"}},
	{"config", {"config", "配置"}},
	{"store", {"store", "数据文件"}},
	{"conditional", {"if", "条件"}},
	/* what differs between two versions */
	{"journey", {"journey", "旅程"}},
	{"stage", {"stage", "阶段"}},
	{"milestone", {"milestone", "里程碑"}},
	{"item", {"item", "清单项"}},
};

const char *word_text(const char *value)
{
	for (size_t i = 0; value != NULL && i < sizeof(words) / sizeof(words[0]); i++) {
		if (strcmp(words[i].value, value) == 0) {
			return tend_pick(words[i].text);
		}
	}
	return value != NULL ? value : "";
}

void word_duration(struct tend_duration d, struct tend_str *out)
{
	static const struct tend_text one[] = {[TEND_DAY] = {"day", "天"},
		[TEND_WORKDAY] = {"workday", "个工作日"},
		[TEND_WEEK] = {"week", "周"},
		[TEND_MONTH] = {"month", "个月"},
		[TEND_QUARTER] = {"quarter", "个季度"},
		[TEND_YEAR] = {"year", "年"}};
	bool plural = tend_lang() == TEND_EN && d.n != 1;
	tend_str_addf(out, "%d %s%s", d.n, tend_pick(one[d.unit]), plural ? "s" : "");
}
