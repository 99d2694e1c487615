/* SPDX-License-Identifier: MIT */
#include <stddef.h>
#include <string.h>

#include <tend/kind.h>
#include <tend/lang.h>
#include <tend/str.h>
#include <tend/words.h>

/* Apart from the catalogue: as a value a word means something else than as a key's hint. A row with a
 * field is for that field alone, one with TYPE.FIELD for that of one type; these stand behind. */
static const struct word {
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
	{NULL, "promise", {"promise", "承诺"}},
	{NULL, "complaint", {"complaint", "投诉"}},
	/* promises and complaints */
	{NULL, "late", {"late", "超期"}},
	{NULL, "kept", {"kept", "已兑现"}},
	{NULL, "kept-late", {"kept late", "逾期兑现"}},
	{NULL, "missed", {"missed", "未兑现"}},
	{NULL, "response", {"answer", "响应"}},
	{NULL, "recovery", {"solution", "解决"}},
	{NULL, "cadence", {"contacts", "联系频次"}},
	{NULL, "waiting", {"waiting", "待响应"}},
	{NULL, "answered", {"answered", "已响应"}},
	/* activities */
	{NULL, "call", {"call", "电话"}},
	{NULL, "meeting", {"meeting", "会议"}},
	{NULL, "visit", {"visit", "拜访"}},
	{NULL, "email", {"email", "邮件"}},
	{NULL, "message", {"message", "消息"}},
	{NULL, "training", {"training", "培训"}},
	{NULL, "note", {"note", "备注"}},
	{NULL, "other", {"other", "其他"}},
	/* states of several kinds of records */
	{NULL, "planned", {"planned", "计划中"}},
	{NULL, "proposed", {"proposed", "已提议"}},
	{NULL, "agreed", {"agreed", "已约定"}},
	{NULL, "delivered", {"delivered", "已交付"}},
	{NULL, "dropped", {"dropped", "已放弃"}},
	{NULL, "cancelled", {"cancelled", "已取消"}},
	{NULL, "missed", {"missed", "未达成"}},
	{NULL, "achieved", {"achieved", "已达成"}},
	{NULL, "met", {"met", "已满足"}},
	{NULL, "partly", {"partly", "部分满足"}},
	{NULL, "in-force", {"in force", "生效中"}},
	{NULL, "ended", {"ended", "已结束"}},
	{NULL, "found", {"found", "已发现"}},
	{NULL, "validated", {"validated", "已验证"}},
	{NULL, "declined", {"declined", "已婉拒"}},
	{NULL, "given", {"given", "已送出"}},
	{NULL, "returned", {"returned", "已退回"}},
	{"outcome.state", "open", {"open", "进行中"}},
	{"expectation.state", "open", {"open", "待满足"}},
	{"expectation.state", "missed", {"missed", "未满足"}},
	{"referral.state", "new", {"new", "新线索"}},
	{"referral.state", "contacted", {"contacted", "已联系"}},
	{"referral.state", "qualified", {"qualified", "已确认意向"}},
	{"referral.state", "won", {"won", "已成交"}},
	{"referral.state", "lost", {"lost", "未成交"}},
	/* contacts */
	{"role", "decision-maker", {"decision maker", "决策人"}},
	{"role", "sponsor", {"sponsor", "高层支持者"}},
	{"role", "champion", {"champion", "内部推动者"}},
	{"role", "system-contact", {"system contact", "系统对接人"}},
	{"role", "user", {"user", "使用者"}},
	{"role", "finance", {"finance", "财务"}},
	{"role", "procurement", {"procurement", "采购"}},
	{"role", "it", {"IT", "信息技术（IT）"}},
	{"stance", "champion", {"champion", "拥护"}},
	{"stance", "supporter", {"supporter", "支持"}},
	{"stance", "neutral", {"neutral", "中立"}},
	{"stance", "critic", {"critic", "质疑"}},
	{"stance", "blocker", {"blocker", "反对"}},
	/* expectations and needs */
	{"depth", "basic", {"basic", "基础"}},
	{"depth", "regular", {"regular", "常规"}},
	{"depth", "deep", {"deep", "深入"}},
	{"kind", "need", {"need", "需求"}},
	{"kind", "wish", {"wish", "愿望"}},
	{"kind", "scene", {"scene", "场景"}},
	{"growth", "modules", {"modules", "增购模块"}},
	{"growth", "seats", {"seats", "增购席位"}},
	{"growth", "services", {"services", "增购服务"}},
	{"growth", "none", {"none", "无"}},
	/* trainings, rules that go with the system */
	{"kind", "onboarding", {"onboarding", "入门培训"}},
	{"kind", "basic", {"basic", "基础培训"}},
	{"kind", "advanced", {"advanced", "进阶培训"}},
	{"kind", "admin", {"for administrators", "管理员培训"}},
	{"kind", "refresher", {"refresher", "复训"}},
	{"kind", "rule", {"rule", "制度"}},
	{"kind", "norm", {"norm", "规范"}},
	{"kind", "incentive", {"incentive", "激励"}},
	/* surveys */
	{"kind", "nps", {"NPS", "净推荐值（NPS）"}},
	{"kind", "csat", {"CSAT", "满意度（CSAT）"}},
	{"kind", "ces", {"CES", "费力度（CES）"}},
	{"direction", "higher", {"higher", "越高越好"}},
	{"direction", "lower", {"lower", "越低越好"}},
	{"group", "promoter", {"promoter", "推荐者"}},
	{"group", "passive", {"passive", "被动者"}},
	{"group", "detractor", {"detractor", "贬损者"}},
	{"group", "satisfied", {"satisfied", "满意"}},
	{"group", "neutral", {"neutral", "一般"}},
	{"group", "unsatisfied", {"unsatisfied", "不满意"}},
	/* content and what became of it */
	{"kind", "article", {"article", "文章"}},
	{"kind", "video", {"video", "视频"}},
	{"kind", "webinar", {"webinar", "线上研讨会"}},
	{"kind", "case-study", {"case study", "客户案例"}},
	{"kind", "guide", {"guide", "指南"}},
	{"kind", "template", {"template", "模板"}},
	{"kind", "offer", {"offer", "权益"}},
	{"reading", "latest", {"newest", "最新值"}},
	{"reading", "sum", {"sum of 30 days", "30 天合计"}},
	{"reading", "average", {"average of 30 days", "30 天平均"}},
	{"reaction", "none", {"none", "无反应"}},
	{"reaction", "opened", {"opened", "已打开"}},
	{"reaction", "read", {"read", "已阅读"}},
	{"reaction", "used", {"used", "已使用"}},
	{"reaction", "answered", {"answered", "已回复"}},
	{"source", "customer", {"customer", "客户"}},
	{"source", "industry", {"industry", "行业"}},
	{"source", "internal", {"internal", "内部"}},
	/* gifts and fees */
	{"kind", "gift", {"gift", "礼品"}},
	{"kind", "card", {"card", "贺卡"}},
	{"kind", "voucher", {"voucher", "礼券"}},
	{"kind", "invitation", {"invitation", "邀请"}},
	{"kind", "upgrade", {"upgrade", "升级"}},
	{"kind", "recurring", {"recurring", "周期性费用"}},
	{"kind", "one-off", {"one-off", "一次性费用"}},
	{"kind", "usage", {"usage", "按量计费"}},
	{"kind", "discount", {"discount", "折扣"}},
	{"kind", "tax", {"tax", "税费"}},
	{"flag", "hidden", {"not announced", "未告知"}},
	{"flag", "unexplained", {"unexplained", "缺少说明"}},
	/* pages */
	{"page", "portfolio", {"portfolio", "客户清单"}},
	{"page", "today", {"today", "今日"}},
	{"page", "alerts", {"alerts", "预警"}},
	{"page", "renewals", {"renewals", "续费"}},
	{"page", "winback", {"win-back", "挽回"}},
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

/* The row is for any field, for this one, or for this one of the type. */
static bool fits(const struct word *w, const struct tend_record_type *t, const char *field)
{
	if (w->field == NULL || tend_same(w->field, field)) {
		return true;
	}
	size_t n = t != NULL ? strlen(t->name) : 0;
	return n > 0 && strncmp(w->field, t->name, n) == 0 && w->field[n] == '.'
		&& tend_same(w->field + n + 1, field);
}

const char *tend_word_of(const struct tend_record_type *t, const char *field, const char *value)
{
	const char *found = value != NULL ? value : "";
	for (size_t i = 0; value != NULL && i < sizeof(words) / sizeof(words[0]); i++) {
		if (strcmp(words[i].value, value) == 0 && fits(&words[i], t, field)) {
			found = tend_pick(words[i].text);
		}
	}
	const struct tend_kind *kind = value != NULL && found == value && tend_same(field, "kind")
		? tend_kind_called(value)
		: NULL;
	return kind != NULL && tend_lang() == TEND_ZH ? tend_pick(kind->type->title) : found;
}

/* Of the field of any type. */
static bool fits_any(const struct word *w, const char *field)
{
	const char *dot = w->field != NULL ? strchr(w->field, '.') : NULL;
	return fits(w, NULL, field) || (dot != NULL && strcmp(dot + 1, field) == 0);
}

bool tend_word_is(const char *field, const char *value, const char *text)
{
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (strcmp(words[i].value, value) == 0 && fits_any(&words[i], field)
			&& (tend_same(words[i].text.zh, text)
				|| tend_same(words[i].text.en, text))) {
			return true;
		}
	}
	return false;
}

const char *tend_word(const char *field, const char *value)
{
	return tend_word_of(NULL, field, value);
}
