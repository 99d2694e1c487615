/* SPDX-License-Identifier: MIT */
/* The catalogue of content: what is sent to whom, and what fits whom. */
#include <stdlib.h>
#include <string.h>

#include <tend/fields.h>
#include <tend/text.h>

#include "inside.h"

/* --- sending --- */

/* Says where the customer had it before; within a write. */
static enum tend_status warn_again(struct tend_app *a, const char *key,
	const struct tend_customer *c, struct tend_done *ret, struct tend_error *err)
{
	struct tend_list sent;
	char day[TEND_DATE_LEN];
	enum tend_status status = read_records(a, &tend_sending_type, c->id, &sent, err);
	for (size_t i = 0; status == TEND_OK && i < sent.n; i++) {
		const struct tend_sending *s = tend_list_at(&sent, i);
		if (tend_same(s->content, key)) {
			done_warn(ret, _("%s had it on %s already"), c->key,
				tend_date_format(s->date, day));
			break; /* the newest stands first */
		}
	}
	tend_list_finish(&sent);
	return status;
}

static enum tend_status send_to(struct tend_app *a, const struct tend_sending *what, int64_t id,
	struct tend_done *ret, const char **ret_customer, struct tend_error *err)
{
	struct tend_list list;
	struct tend_customer *c = NULL;
	struct tend_sending s = *what;
	enum tend_status status = customer_read(a, id, &list, &c, err);
	if (status == TEND_OK) {
		*ret_customer = tend_arena_strdup(&ret->arena, c->key);
		s.customer_id = c->id;
		record_defaults(a, tend_kind_of(&tend_sending_type), c, &s);
		status = warn_again(a, s.content, c, ret, err);
	}
	if (status == TEND_OK) {
		status = write_insert(a, &tend_sending_type, &s, id, NULL, err);
	}
	tend_list_finish(&list);
	return status;
}

/* What is in the catalogue under that key or number, and not retired by the day; its key lives in the arena. */
static enum tend_status find_content(struct tend_app *a, const char *name, struct tend_date day,
	struct tend_arena *arena, const char **ret_key, struct tend_error *err)
{
	struct tend_list list = {0};
	void *record = NULL;
	char date[TEND_DATE_LEN];
	enum tend_status status = record_find(a, &tend_content_type, name, &list, &record, err);
	if (status == TEND_OK) {
		const struct tend_content *c = record;
		*ret_key = tend_arena_strdup(arena, c->key);
		if (tend_has_date(c->retired) && c->retired.day <= day.day) {
			status = tend_fail(err, TEND_USAGE,
				_("%s is retired since %s: choose another, or tend content set %s "
				  "retired="),
				c->key, tend_date_format(c->retired, date), c->key);
		}
	}
	tend_list_finish(&list);
	return status;
}

enum tend_status tend_app_content_send(struct tend_app *a, const char *name, const int64_t *ids,
	size_t n, const char *contact, struct tend_date date, struct tend_done *ret,
	struct tend_error *err)
{
	struct tend_sending s;
	struct tend_value v = {.null = true};
	const char *customer = "";
	done_begin(a, ret);
	tend_record_clear(&tend_sending_type, &s);
	s.date = tend_has_date(date) ? date : a->today;
	const struct tend_field *sent_on = tend_field_find(&tend_sending_type, "date");
	enum tend_status status = record_check_past(a, sent_on, tend_field_get(sent_on, &s), err);
	if (status == TEND_OK && contact != NULL) {
		status = given_value(a, tend_field_find(&tend_sending_type, "contact"), contact,
			&ret->arena, &v, err);
		s.contact = status == TEND_OK && !v.null ? v.text : NULL;
	}
	status = status != TEND_OK ? status : write_begin(a, err);
	if (status != TEND_OK) {
		return status;
	}
	status = find_content(a, name, s.date, &ret->arena, &s.content, err);
	for (size_t i = 0; i < n && status == TEND_OK; i++) {
		status = send_to(a, &s, ids[i], ret, &customer, err);
	}
	if (status == TEND_OK) {
		ret->summary = n == 1
			? tend_arena_format(&ret->arena, _("%s sent (%s)"), s.content, customer)
			: tend_arena_format(
				&ret->arena, _("%s sent to %zu customers"), s.content, n);
	}
	return write_end(a, status, ret, err);
}

/* --- what fits --- */

#define F struct tend_fit

static const struct tend_field fit_fields[] = {
	TEXT(F, key, TEND_F_KEY | TEND_F_DERIVED, "Key", "编号", .max = TEND_KEY_MAX),
	TEXT(F, title, TEND_F_DERIVED, "Title", "标题"),
	TEXT(F, kind, TEND_F_DERIVED, "Kind", "类型"),
	TEXT(F, topic, TEND_F_DERIVED, "Topic", "主题"),
	TEXT(F, why, TEND_F_DERIVED, "Why", "匹配原因"),
	INT(F, matches, TEND_F_DERIVED | TEND_F_WIDE, "Matches", "匹配数"),
	TEXT(F, stage, TEND_F_DERIVED | TEND_F_WIDE, "Stage", "阶段"),
	TEXT(F, industry, TEND_F_DERIVED | TEND_F_WIDE, "Industry", "行业"),
	TEXT(F, language, TEND_F_DERIVED | TEND_F_WIDE, "Language", "语言"),
	TEXT(F, link, TEND_F_DERIVED | TEND_F_WIDE, "Link", "链接"),
	DATE(F, added, TEND_F_DERIVED | TEND_F_WIDE, "Added on", "收录日"),
};
const struct tend_record_type tend_fit_type =
	RECORD_TYPE_OF(F, "content", "Content", "内容", fit_fields);

/* What the customer is like, folded; several words of one thing apart by commas. */
struct likeness {
	char *stage, *stage_title, *industry, *languages;
};

/* Of two lists, folded and apart by commas, a word that both have. */
static bool meets(const char *one, const char *two)
{
	for (const char *at = one; *at != '\0';) {
		size_t n = strcspn(at, ",");
		for (const char *other = two; *other != '\0';) {
			size_t m = strcspn(other, ",");
			if (n == m && n > 0 && memcmp(at, other, n) == 0) {
				return true;
			}
			other += m + (other[m] == ',');
		}
		at += n + (at[n] == ',');
	}
	return false;
}

/* Folded, without blanks around the commas, and with a comma for the one of lists. */
static char *folded_list(const char *text)
{
	static const char list_comma[] = "\xe3\x80\x81"; /* U+3001 */
	char *folded = tend_fold(text != NULL ? text : "");
	struct tend_str out = {0};
	for (const char *at = folded; *at != '\0';) {
		bool wide = strncmp(at, list_comma, sizeof(list_comma) - 1) == 0;
		bool ends = wide || *at == ',' || *at == ';';
		bool blank = *at == ' '
			&& (out.len == 0 || out.data[out.len - 1] == ',' || at[1] == ' '
				|| at[1] == ',' || at[1] == '\0');
		if (ends) {
			tend_str_addc(&out, ',');
		} else if (!blank) {
			tend_str_addc(&out, *at);
		}
		at += wide ? sizeof(list_comma) - 1 : 1;
	}
	free(folded);
	return tend_str_steal(&out);
}

/* 1: the entry asks for it and the customer is so; 0: it does not ask; -1: it does not fit. */
static int match(const char *asked, const char *is, bool unknown_fits)
{
	char *words = folded_list(asked);
	int fits = *words == '\0'  ? 0
		: *is == '\0'      ? (unknown_fits ? 0 : -1)
		: meets(words, is) ? 1
				   : -1;
	free(words);
	return fits;
}

static void add_why(struct tend_str *why, int fits, const char *format, const char *what)
{
	if (fits > 0) {
		tend_str_add(why, why->len > 0 ? ", " : "");
		char *text = tend_format("%s %s", format, what);
		tend_str_add(why, text);
		free(text);
	}
}

static const char *copy(struct tend_list *list, const char *text)
{
	return tend_arena_strdup(&list->arena, text);
}

static void add_fit(
	struct tend_list *ret, const struct tend_content *c, const struct likeness *like)
{
	int stage = match(c->stage, like->stage, false);
	stage = stage < 0 ? match(c->stage, like->stage_title, false) : stage;
	int industry = match(c->industry, like->industry, false);
	int language = match(c->language, like->languages, true);
	if (stage < 0 || industry < 0 || language < 0) {
		return;
	}
	struct tend_str why = {0};
	add_why(&why, stage, _("stage"), c->stage);
	add_why(&why, industry, _("industry"), c->industry);
	add_why(&why, language, _("language"), c->language);
	struct tend_fit *f = tend_list_add(ret);
	f->key = copy(ret, c->key);
	f->title = copy(ret, c->title);
	f->kind = copy(ret, c->kind);
	f->topic = copy(ret, c->topic);
	f->stage = copy(ret, c->stage);
	f->industry = copy(ret, c->industry);
	f->language = copy(ret, c->language);
	f->link = copy(ret, c->link);
	f->added = c->added;
	f->matches = stage + industry + language;
	f->why = copy(ret, why.len > 0 ? tend_str_text(&why) : _("for everybody"));
	tend_str_finish(&why);
}

/* The language that somebody wrote of the customer itself, and those of its people. */
static enum tend_status languages_of(struct tend_app *a, const struct tend_customer *c,
	struct tend_str *out, struct tend_error *err)
{
	struct tend_list people;
	struct tend_value v;
	if (tend_record_get(&tend_customer_type, c, "language", &v) && !v.null) {
		tend_str_add(out, v.text);
	}
	enum tend_status status = tend_app_people(a, c->id, &people, err);
	for (size_t i = 0; status == TEND_OK && i < people.n; i++) {
		const struct tend_contact *p = tend_list_at(&people, i);
		if (p->language != NULL) {
			tend_str_addf(out, "%s%s", out->len > 0 ? "," : "", p->language);
		}
	}
	tend_list_finish(&people);
	return status;
}

static enum tend_status likeness_of(struct tend_app *a, const struct tend_customer *c,
	struct likeness *ret, struct tend_error *err)
{
	struct tend_str languages = {0};
	enum tend_status status = languages_of(a, c, &languages, err);
	ret->stage = folded_list(c->stage);
	ret->stage_title = folded_list(tend_app_stage_title(a, c->journey, c->stage));
	ret->industry = folded_list(c->industry);
	ret->languages = folded_list(tend_str_text(&languages));
	tend_str_finish(&languages);
	return status;
}

static void likeness_finish(struct likeness *like)
{
	free(like->stage);
	free(like->stage_title);
	free(like->industry);
	free(like->languages);
}

static bool was_sent(const struct tend_list *sent, const char *key)
{
	for (size_t i = 0; i < sent->n; i++) {
		const struct tend_sending *s = tend_list_at(sent, i);
		if (tend_same(s->content, key)) {
			return true;
		}
	}
	return false;
}

enum tend_status tend_app_content_fit(
	struct tend_app *a, int64_t customer_id, struct tend_list *ret, struct tend_error *err)
{
	struct likeness like = {0};
	struct tend_list customer, catalogue, sent;
	tend_list_init(ret, &tend_fit_type);
	tend_list_init(&catalogue, &tend_content_type);
	tend_list_init(&sent, &tend_sending_type);
	enum tend_status status = tend_app_customer(a, customer_id, &customer, err);
	status =
		status != TEND_OK ? status : likeness_of(a, tend_list_at(&customer, 0), &like, err);
	status = status != TEND_OK ? status : more_records(a, 0, &catalogue, err);
	status = status != TEND_OK ? status : more_records(a, customer_id, &sent, err);
	for (size_t i = 0; status == TEND_OK && i < catalogue.n; i++) {
		const struct tend_content *c = tend_list_at(&catalogue, i);
		bool retired = tend_has_date(c->retired) && c->retired.day <= a->today.day;
		if (!retired && !was_sent(&sent, c->key)) {
			add_fit(ret, c, &like);
		}
	}
	likeness_finish(&like);
	tend_list_finish(&customer);
	tend_list_finish(&catalogue);
	tend_list_finish(&sent);
	return status != TEND_OK ? status : tend_list_sort(ret, "-matches,-added,key", err);
}
