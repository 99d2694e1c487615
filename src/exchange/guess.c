/* SPDX-License-Identifier: MIT */
#include "guess.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include <tend/fields.h>
#include <tend/str.h>
#include <tend/words.h>

#include "mapping.h"

enum { NAME_MAX_BYTES = 80 };

/* What others call our fields, with underscores for blanks; a field may stand in several rows. */
static const struct synonym {
	const char *field, *names;
} synonyms[] = {
	{"key", "id no number code uid 编号 编码 客户编号 客户编码 工单号 合同编号"},
	{"name",
		"company company_name account account_name customer_name client organisation "
		"organization full_name contact_name 客户名称 公司名称 公司 企业名称 客户 名称 "
		"姓名 "
		"联系人"},
	{"customer",
		"account account_id customer_id customer_key company company_id client client_id "
		"account_name company_name 客户 客户编号 客户编码 客户名称 公司 公司名称"},
	{"started",
		"start start_date signup_date signed signed_on since contract_start created "
		"created_at 签约日期 签约日 合同开始 合同开始日期 开始日期 开通日期 注册日期"},
	{"term", "months term_months contract_months contract_term 合同期 合同期限 期限 合同月数"},
	{"status", "state churn_flag churned is_churned 状态 客户状态"},
	{"owner",
		"csm account_manager manager customer_success_manager rep assigned_to 客户经理 "
		"负责人 客户成功经理 跟进人"},
	{"segment", "tier plan_tier size customer_tier 分层 客户分层 等级 客户等级 级别"},
	{"industry", "sector vertical branch 行业 所属行业"},
	{"arr",
		"arr_amount annual_amount annual_value contract_value acv 年费 年度金额 合同金额 "
		"年合同额"},
	{"currency", "ccy currency_code 币种 货币"},
	{"tags", "labels tag 标签"},
	{"annual", "arr arr_amount annual_amount yearly 年费 年度金额"},
	{"monthly", "mrr mrr_amount monthly_amount 月费"},
	{"plan", "plan_tier tier plan_name package product edition 套餐 版本 产品"},
	{"seats", "licences licenses seat_count users 席位 席位数 账号数"},
	{"trial", "is_trial trial_flag 试用 是否试用"},
	{"auto_renew", "auto_renew_flag autorenew renews 自动续费 是否自动续费"},
	{"start", "start_date begin begins valid_from 开始日期 起始日期"},
	{"end", "end_date ends expires expiry_date valid_to 结束日期 到期日 到期日期"},
	{"opened",
		"submitted_at submitted created created_at opened_at date 提交时间 提出日期 "
		"创建时间"},
	{"closed", "closed_at resolved resolved_at 关闭时间 解决时间 关闭日期"},
	{"severity", "priority urgency level 优先级 严重程度 紧急程度"},
	{"first_response", "first_response_time_minutes first_response_minutes 首次响应分钟"},
	{"rating", "satisfaction satisfaction_score csat 满意度 评分"},
	{"text",
		"description subject comment comments details content feedback feedback_text body "
		"notes "
		"summary 描述 内容 备注 说明 详情 反馈 沟通内容"},
	{"date",
		"day on created created_at churn_date usage_date activity_date survey_date 日期 "
		"时间 "
		"沟通日期 流失日期"},
	{"reason", "reason_code why cause 原因 流失原因"},
	{"metric", "feature feature_name event event_name signal 指标 功能 功能名称"},
	{"value", "count usage_count quantity times 数值 次数 使用次数"},
	{"email", "mail e_mail email_address 邮箱 电子邮箱 邮件"},
	{"phone", "tel telephone mobile phone_number 电话 手机 手机号 联系电话"},
	{"title", "position job_title job 职位 职务 岗位 标题 主题"},
	{"role", "角色"},
	{"department", "dept team 部门"},
	{"influence", "影响力"},
	{"score", "nps nps_score points answer 评分 得分 分数"},
	{"comment", "feedback comments verbatim text 评论 评语 反馈"},
	{"contact", "person contact_name attendee 联系人 对接人"},
	{"amount", "price cost total sum 金额 费用"},
	{"kind", "type category channel 类型 类别 方式 问卷"},
	{"next_step", "next_steps follow_up 下一步"},
	{"note", "notes remark remarks memo 备注"},
};
/* What else a kind's records are called, in headers of keys and in names of files. */
static const struct synonym nouns[] = {
	{"complaint", "ticket case issue support_ticket 工单 投诉"},
	{"subscription", "contract licence 合同 订阅"},
	{"activity", "interaction touchpoint meeting call 活动 沟通 跟进"},
	{"contact", "person people 联系人"},
	{"usage", "feature_usage event metric 使用"},
	{"churn", "churn_event cancellation 流失"},
	{"survey", "nps csat response 调研 问卷"},
	{"customer", "account company client 客户 公司"},
};

/* "First Response", "firstResponse", "first-response" as first_response. */
static void level(const char *header, char out[NAME_MAX_BYTES])
{
	size_t n = 0;
	bool lower = false;
	for (; *header != '\0' && n + 2 < NAME_MAX_BYTES; header++) {
		unsigned char c = (unsigned char)*header;
		if (isupper(c) && lower) {
			out[n++] = '_';
		}
		lower = islower(c) != 0;
		bool gap = c == ' ' || c == '-' || c == '.' || c == '/';
		if (!gap || (n > 0 && out[n - 1] != '_')) {
			out[n++] = gap ? '_' : (char)tolower(c);
		}
	}
	while (n > 0 && out[n - 1] == '_') {
		n--;
	}
	out[n] = '\0';
}

static bool has_name(const char *names, const char *name)
{
	size_t n = strlen(name);
	for (const char *at = names; *at != '\0';) {
		size_t length = strcspn(at, " ");
		if (length == n && memcmp(at, name, n) == 0) {
			return true;
		}
		at += length + (at[length] == ' ');
	}
	return false;
}

static bool is_called(const struct synonym *table, size_t rows, const char *field, const char *name)
{
	for (size_t i = 0; i < rows; i++) {
		if (strcmp(table[i].field, field) == 0 && has_name(table[i].names, name)) {
			return true;
		}
	}
	return false;
}

/* "subscription_id", "合同编号": the noun, where the header ends as keys do. */
static bool key_noun(const char *header, char out[NAME_MAX_BYTES])
{
	static const char *const ends[] = {"_id", "_key", "_no", "_number", "_code", "编号", "号"};
	level(header, out);
	size_t n = strlen(out);
	for (size_t i = 0; i < COUNT_OF(ends); i++) {
		size_t length = strlen(ends[i]);
		if (n > length && strcmp(out + n - length, ends[i]) == 0) {
			out[n - length] = '\0';
			return true;
		}
	}
	return false;
}

static bool is_noun(const char *noun, const char *plural, const char *name)
{
	return strcmp(noun, name) == 0 || strcmp(plural, name) == 0
		|| is_called(nouns, COUNT_OF(nouns), noun, name);
}

const struct tend_kind *guess_key_of(const char *header)
{
	char noun[NAME_MAX_BYTES];
	for (size_t i = 0; key_noun(header, noun) && i < tend_kind_count; i++) {
		const struct tend_kind *k = tend_kinds[i];
		if (tend_field_find(k->type, "key") != NULL && is_noun(k->noun, k->plural, noun)) {
			return k;
		}
	}
	return NULL;
}

/* The key of this kind, or of its customer. */
static bool is_key_of(const struct tend_kind *k, const char *field, const char *header)
{
	char noun[NAME_MAX_BYTES];
	bool customer = strcmp(field, "customer") == 0 || k == NULL;
	if (!customer && strcmp(field, "key") != 0) {
		return false;
	}
	if (customer && k == NULL && strcmp(field, "key") != 0) {
		return false;
	}
	return key_noun(header, noun)
		&& (customer ? is_noun("customer", "customers", noun)
			     : is_noun(k->noun, k->plural, noun));
}

int guess_name(
	const struct tend_kind *k, const char *field, struct tend_text title, const char *header)
{
	char name[NAME_MAX_BYTES], other[NAME_MAX_BYTES];
	if (strcmp(header, field) == 0) {
		return 100;
	}
	level(header, name);
	if (strcmp(name, field) == 0) {
		return 90;
	}
	if (is_key_of(k, field, header)) {
		return 85;
	}
	level(title.en != NULL ? title.en : "", other);
	if (strcmp(name, other) == 0 || tend_same(title.zh, header)) {
		return 80;
	}
	if (is_called(synonyms, COUNT_OF(synonyms), field, name)) {
		return 70;
	}
	/* "contact email", "survey_score": with the noun before it */
	size_t n = strlen(name), length = strlen(field);
	return n > length + 1 && name[n - length - 1] == '_'
			&& strcmp(name + n - length, field) == 0
		? 60
		: 0;
}

static bool is_date(const char *text, const char *format)
{
	struct tend_date day;
	return mapping_date(text, format, &day);
}

static bool fits_dates(const struct guess_column *c, const char **ret_format)
{
	static const char *const formats[] = {NULL, "%Y/%m/%d", "%Y.%m.%d", "%Y%m%d",
		"%Y年%m月%d日", "%d.%m.%Y", "%d/%m/%Y", "%m/%d/%Y", "%d-%m-%Y", "%m-%d-%Y",
		"%d/%m/%y", "%m/%d/%y"};
	for (size_t f = 0; f < COUNT_OF(formats); f++) {
		size_t i = 0;
		while (i < c->n && is_date(c->cells[i], formats[f])) {
			i++;
		}
		if (i == c->n) {
			*ret_format = formats[f];
			return true;
		}
	}
	return false;
}

const char *guess_word(
	const struct tend_record_type *t, const struct tend_field *f, const char *theirs)
{
	static const struct {
		const char *theirs, *ours;
	} alike[] = {{"critical", "urgent"}, {"blocker", "urgent"}, {"p1", "urgent"},
		{"p2", "high"}, {"p3", "medium"}, {"p4", "low"}, {"normal", "medium"},
		{"minor", "low"}, {"major", "high"}, {"true", "churned"}, {"yes", "churned"},
		{"1", "churned"}, {"false", "active"}, {"no", "active"}, {"0", "active"},
		{"是", "yes"}, {"否", "no"}, {"y", "yes"}, {"n", "no"}, {"phone", "call"},
		{"e-mail", "email"}, {"mail", "email"}, {"closed won", "won"},
		{"cancelled", "dropped"}, {"in progress", "doing"}, {"紧急", "urgent"},
		{"面谈", "visit"}, {"微信", "message"}};
	char name[NAME_MAX_BYTES];
	const char *found = NULL;
	size_t n = 0;
	for (; theirs[n] != '\0' && n + 1 < sizeof(name); n++) {
		name[n] = (char)tolower((unsigned char)theirs[n]);
	}
	name[n] = '\0';
	for (size_t i = 0; i < COUNT_OF(alike) && found == NULL; i++) {
		found = strcmp(alike[i].theirs, name) == 0 ? alike[i].ours : NULL;
		bool known = found != NULL && f->type == TEND_BOOL
			&& (strcmp(found, "yes") == 0 || strcmp(found, "no") == 0);
		for (size_t k = 0; found != NULL && f->values != NULL && f->values[k] != NULL;
			k++) {
			known = known || strcmp(f->values[k], found) == 0;
		}
		found = known ? found : NULL;
	}
	enum tend_lang lang = tend_lang();
	tend_lang_set(TEND_ZH);
	for (size_t k = 0; found == NULL && f->values != NULL && f->values[k] != NULL; k++) {
		found = strcmp(tend_word_of(t, f->name, f->values[k]), theirs) == 0 ? f->values[k]
										    : NULL;
	}
	tend_lang_set(lang);
	return found;
}

bool guess_fits(const struct tend_field *f, const struct guess_column *c, const char **ret_format)
{
	*ret_format = NULL;
	if (f->type == TEND_DATE) {
		return fits_dates(c, ret_format);
	}
	bool words = f->values != NULL || f->type == TEND_BOOL;
	if (words && c->full) {
		return false; /* more than a few are no words */
	}
	bool term = strcmp(f->name, "term_months") == 0;
	for (size_t i = 0; !words && !term && i < c->n; i++) {
		struct tend_arena arena = {0};
		struct tend_value v;
		bool good = tend_field_parse(f, c->cells[i], &arena, &v, NULL) == TEND_OK;
		tend_arena_finish(&arena);
		if (!good) {
			return false;
		}
	}
	return true;
}
