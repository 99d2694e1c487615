/* SPDX-License-Identifier: MIT */
#include <locale.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>
#include <jansson.h>

#include <tend/exchange.h>
#include <tend/text.h>
#include <tend/upgrade.h>
#include <tend/words.h>

#include "support.h"

static struct tend_date day(const char *s)
{
	struct tend_date d = TEND_NO_DATE;
	assert_true(tend_date_parse(s, &d));
	return d;
}

/* Two customers, one with everything and one with little more than a key. */
static void make_customers(struct tend_list *list)
{
	static struct tend_custom_value acme[] = {{"country", "DE"}, {"plan", "=1+1"}};
	static struct tend_custom_value bolt[] = {{"crm id", "0042"}};
	tend_list_init(list, &tend_customer_type);
	struct tend_customer *c = tend_list_add(list);
	c->key = "acme";
	c->name = "Acme | <b>GmbH</b>";
	c->status = "active";
	c->stage = "growth";
	c->month = 2;
	c->owner = "li";
	c->started = day("2026-01-31");
	c->term_months = 12;
	c->renewal = day("2027-01-31");
	c->days_to_renewal = 68;
	c->arr = 12000050;
	c->currency = "EUR";
	c->health = 72.25;
	c->overdue = 1;
	c->next_due = day("2026-11-20");
	c->next_milestone = "review#3";
	c->alerts = 0;
	c->tags = "vip,north";
	c->custom = (struct tend_custom){acme, 2};
	c = tend_list_add(list);
	c->key = "bolt";
	c->name = "\xe5\x8d\x8e\xe4\xb8\x9c\xe6\xb8\xa0\xe9\x81\x93\xe7\xa7\x91\xe6\x8a\x80";
	c->arr = 0;
	c->custom = (struct tend_custom){bolt, 1};
}

static const char *const some_fields[] = {"key", "name", "arr", "health", "renewal", "tags"};

static struct tend_print print(enum tend_format format, size_t fields)
{
	return (struct tend_print){
		.format = format, .fields = fields > 0 ? some_fields : NULL, .nfields = fields};
}

static void check_list(const struct tend_list *list, struct tend_print how, const char *expected)
{
	struct tend_str out = {0};
	tend_print_list(list, &how, &out);
	assert_same_text(tend_str_text(&out), expected);
	tend_str_finish(&out);
}

static void formats_are_known_by_name(void **state)
{
	(void)state;
	static const char *const names[] = {"table", "json", "csv", "tsv", "md"};
	enum tend_format format;
	for (size_t i = 0; i < 5; i++) {
		assert_true(tend_format_parse(names[i], &format));
		assert_int_equal(format, i);
	}
	assert_false(tend_format_parse("yaml", &format));
	assert_false(tend_format_parse("", &format));
	assert_false(tend_format_parse("JSON", &format));
}

static void tables_are_aligned_by_columns(void **state)
{
	(void)state;
	struct tend_list list;
	make_customers(&list);
	check_list(&list, print(TEND_AS_TABLE, 6),
		"Key   Name                      ARR  Health  Renewal     Tags\n"
		"acme  Acme | <b>GmbH</b>  120000.50   72.25  2027-01-31  vip, north\n"
		"bolt  华东渠道科技             0.00      --  --\n");
	tend_list_finish(&list);
}

static void only_the_name_gives_way_on_a_narrow_terminal(void **state)
{
	(void)state;
	struct tend_list list;
	make_customers(&list);
	struct tend_print how = print(TEND_AS_TABLE, 4);
	how.columns = 36;
	check_list(&list, how,
		"Key   Name                ARR  Health\n"
		"acme  Acme | <b>G~  120000.50   72.25\n"
		"bolt  华东渠道科技       0.00      --\n");
	tend_list_finish(&list);
}

static void heads_speak_the_language(void **state)
{
	(void)state;
	struct tend_list list;
	make_customers(&list);
	tend_lang_set(TEND_ZH);
	check_list(&list, print(TEND_AS_TABLE, 2),
		"编号  名称\nacme  Acme | <b>GmbH</b>\nbolt  华东渠道科技\n");
	tend_lang_set(TEND_EN);
	tend_list_finish(&list);
}

static void words_speak_the_language_where_people_read(void **state)
{
	(void)state;
	static const char *const names[] = {"customer", "severity", "state", "title"};
	static const struct {
		enum tend_lang lang;
		enum tend_format format;
		const char *text;
	} rows[] = {
		{TEND_ZH, TEND_AS_TABLE, "客户  级别  状态    标题\nacme  中    待处理  open\n"},
		{TEND_ZH, TEND_AS_MD,
			"| 客户 | 级别 | 状态   | 标题 |\n| ---- | ---- | ------ | ---- |\n"
			"| acme | 中   | 待处理 | open |\n"},
		{TEND_ZH, TEND_AS_TSV,
			"customer\tseverity\tstate\ttitle\nacme\tmedium\topen\topen\n"},
		{TEND_ZH, TEND_AS_CSV,
			"customer,severity,state,title\r\nacme,medium,open,open\r\n"},
		{TEND_ZH, TEND_AS_JSON,
			"[\n{\"customer\": \"acme\", \"severity\": \"medium\", \"state\": "
			"\"open\", "
			"\"title\": \"open\"}\n]\n"},
		/* The words that filters take. */
		{TEND_EN, TEND_AS_TABLE,
			"Customer  Severity  State  Title\nacme      medium    open   open\n"},
	};
	struct tend_list list;
	tend_list_init(&list, &tend_alert_type);
	*(struct tend_alert *)tend_list_add(&list) = (struct tend_alert){
		.customer = "acme", .severity = "medium", .state = "open", .title = "open"};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		tend_lang_set(rows[i].lang);
		check_list(&list,
			(struct tend_print){
				.format = rows[i].format, .fields = names, .nfields = 4},
			rows[i].text);
	}
	tend_lang_set(TEND_EN);
	tend_list_finish(&list);
}

static void every_word_of_a_field_has_its_chinese(void **state)
{
	(void)state;
	const struct tend_record_type *const types[] = {&tend_customer_type, &tend_milestone_type,
		&tend_template_type, &tend_document_type, &tend_alert_type, &tend_today_type,
		&tend_change_type, &tend_activity_type, &tend_complaint_type,
		&tend_difference_type};
	size_t n = 0;
	tend_lang_set(TEND_ZH);
	for (size_t t = 0; t < sizeof(types) / sizeof(types[0]); t++) {
		for (size_t i = 0; i < types[t]->nfields; i++) {
			const struct tend_field *f = &types[t]->fields[i];
			for (size_t k = 0; f->values != NULL && f->values[k] != NULL; k++, n++) {
				if (strcmp(tend_word(f->name, f->values[k]), f->values[k]) == 0) {
					fail_msg(
						"%s.%s: %s", types[t]->name, f->name, f->values[k]);
				}
			}
		}
	}
	tend_lang_set(TEND_EN);
	assert_true(n > 50);
	assert_string_equal(tend_word("action", "added"), "added");
	assert_string_equal(tend_word("origin", "added"), "added by hand");
	assert_string_equal(tend_word(NULL, "acme"), "acme");
	assert_string_equal(tend_word(NULL, NULL), "");
}

static void json_is_one_flat_object_a_line(void **state)
{
	(void)state;
	struct tend_list list;
	make_customers(&list);
	check_list(&list, print(TEND_AS_JSON, 6),
		"[\n"
		"{\"key\": \"acme\", \"name\": \"Acme | <b>GmbH</b>\", \"arr\": 120000.50, "
		"\"health\": 72.25, "
		"\"renewal\": \"2027-01-31\", \"tags\": [\"vip\", \"north\"]},\n"
		"{\"key\": \"bolt\", \"name\": \"华东渠道科技\", \"arr\": 0.00, \"health\": null, "
		"\"renewal\": "
		"null, \"tags\": []}\n"
		"]\n");
	tend_list_finish(&list);
}

static json_t *as_json(const struct tend_list *list)
{
	struct tend_print how = print(TEND_AS_JSON, 0);
	struct tend_str out = {0};
	tend_print_list(list, &how, &out);
	json_t *array = json_loads(tend_str_text(&out), JSON_REJECT_DUPLICATES, NULL);
	tend_str_finish(&out);
	assert_non_null(array);
	return array;
}

static void json_has_every_field_of_the_interface_and_the_users_own(void **state)
{
	(void)state;
	static const char *const names[] = {"key", "name", "status", "stage", "month", "owner",
		"segment", "industry", "journey", "started", "term_months", "renewal",
		"days_to_renewal", "arr", "currency", "health", "health_band", "overdue",
		"next_due", "next_milestone", "alerts", "tags", "country", "plan", "crm id"};
	struct tend_list list;
	make_customers(&list);
	json_t *array = as_json(&list);
	for (size_t i = 0; i < json_array_size(array); i++) {
		json_t *object = json_array_get(array, i);
		for (size_t k = 0; k < sizeof(names) / sizeof(names[0]); k++) {
			assert_non_null(json_object_get(object, names[k]));
		}
		assert_null(json_object_get(object, "id"));
	}
	json_t *first = json_array_get(array, 0), *second = json_array_get(array, 1);
	assert_string_equal(json_string_value(json_object_get(first, "country")), "DE");
	assert_true(json_is_null(json_object_get(second, "country")));
	assert_string_equal(json_string_value(json_object_get(second, "crm id")), "0042");
	json_decref(array);
	tend_list_finish(&list);
}

static void waiting_is_an_array_and_required_a_boolean(void **state)
{
	(void)state;
	struct tend_list list;
	tend_list_init(&list, &tend_milestone_type);
	struct tend_milestone *m = tend_list_add(&list);
	m->key = "kickoff";
	m->waiting = "signed,handover";
	m->required = 1;
	m->visible = 0;
	json_t *array = as_json(&list);
	json_t *object = json_array_get(array, 0);
	assert_int_equal(json_array_size(json_object_get(object, "waiting")), 2);
	assert_true(json_is_true(json_object_get(object, "required")));
	assert_true(json_is_false(json_object_get(object, "visible")));
	assert_true(json_is_null(json_object_get(object, "due")));
	json_decref(array);
	tend_list_finish(&list);
}

static void a_field_of_ours_shadows_one_of_the_users(void **state)
{
	(void)state;
	static struct tend_custom_value own[] = {{"arr", "9"}, {"stage", "x"}};
	struct tend_list list;
	tend_list_init(&list, &tend_customer_type);
	struct tend_customer *c = tend_list_add(&list);
	c->key = "a";
	c->custom = (struct tend_custom){own, 2};
	json_t *array = as_json(&list); /* duplicates are refused */
	assert_true(json_is_null(json_object_get(json_array_get(array, 0), "arr")));
	json_decref(array);
	tend_list_finish(&list);
}

static void csv_has_crlf_and_names_and_guards(void **state)
{
	(void)state;
	static const char *const fields[] = {"key", "name", "arr", "tags", "plan", "country"};
	struct tend_list list;
	make_customers(&list);
	struct tend_print how = {.format = TEND_AS_CSV, .fields = fields, .nfields = 6};
	check_list(&list, how,
		"key,name,arr,tags,plan,country\r\n"
		"acme,Acme | <b>GmbH</b>,120000.50,\"vip,north\",'=1+1,DE\r\n"
		"bolt,华东渠道科技,0.00,,,\r\n");
	how.format = TEND_AS_TSV;
	check_list(&list, how,
		"key\tname\tarr\ttags\tplan\tcountry\n"
		"acme\tAcme | <b>GmbH</b>\t120000.50\tvip,north\t'=1+1\tDE\n"
		"bolt\t华东渠道科技\t0.00\t\t\t\n");
	tend_list_finish(&list);
}

static void negative_amounts_are_no_formulas(void **state)
{
	(void)state;
	static const char *const fields[] = {"arr", "days_to_renewal"};
	struct tend_list list;
	tend_list_init(&list, &tend_customer_type);
	struct tend_customer *c = tend_list_add(&list);
	c->arr = -150;
	c->days_to_renewal = -3;
	struct tend_print how = {.format = TEND_AS_CSV, .fields = fields, .nfields = 2};
	check_list(&list, how, "arr,days_to_renewal\r\n-1.50,-3\r\n");
	tend_list_finish(&list);
}

static void markdown_is_a_table_that_holds_its_cells(void **state)
{
	(void)state;
	struct tend_list list;
	make_customers(&list);
	check_list(&list, print(TEND_AS_MD, 3),
		"| Key  | Name                    |       ARR |\n"
		"| ---- | ----------------------- | --------: |\n"
		"| acme | Acme \\| \\<b\\>GmbH\\</b\\> | 120000.50 |\n"
		"| bolt | 华东渠道科技            |      0.00 |\n");
	tend_list_finish(&list);
}

static void what_is_unknown_is_a_dash_in_markdown(void **state)
{
	(void)state;
	static const char *const fields[] = {"key", "owner", "health"};
	struct tend_list list;
	tend_list_init(&list, &tend_customer_type);
	((struct tend_customer *)tend_list_add(&list))->key = "a";
	struct tend_print how = {.format = TEND_AS_MD, .fields = fields, .nfields = 3};
	check_list(&list, how,
		"| Key | Owner | Health |\n| --- | ----- | -----: |\n| a   |       |      – |\n");
	tend_list_finish(&list);
}

static void an_empty_list_is_an_empty_array_or_only_a_header(void **state)
{
	(void)state;
	static const struct {
		enum tend_format format;
		const char *expected;
	} rows[] = {{TEND_AS_TABLE, ""}, {TEND_AS_JSON, "[]\n"}, {TEND_AS_CSV, "key,name\r\n"},
		{TEND_AS_TSV, "key\tname\n"}, {TEND_AS_MD, "| Key | Name |\n| --- | ---- |\n"}};
	struct tend_list list;
	tend_list_init(&list, &tend_customer_type);
	for (size_t i = 0; i < 5; i++) {
		check_list(&list, print(rows[i].format, 2), rows[i].expected);
	}
	tend_list_finish(&list);
}

static void keys_stand_one_a_line(void **state)
{
	(void)state;
	struct tend_list list;
	make_customers(&list);
	check_list(&list, (struct tend_print){.keys_only = true}, "acme\nbolt\n");
	tend_list_finish(&list);
	tend_list_init(&list, &tend_milestone_type);
	struct tend_milestone *m = tend_list_add(&list);
	m->key = "review";
	m->repeats = 1;
	m->occurrence = 3;
	m = tend_list_add(&list);
	m->key = "signed\x1b";
	m->occurrence = 1;
	check_list(&list, (struct tend_print){.keys_only = true}, "review#3\nsigned\xe2\x90\x9b\n");
	tend_list_finish(&list);
}

static void check_record(const struct tend_record_type *t, const void *record,
	struct tend_print how, const char *expected)
{
	struct tend_str out = {0};
	tend_print_record(t, record, &how, &out);
	assert_same_text(tend_str_text(&out), expected);
	tend_str_finish(&out);
}

static void show_prints_one_object_or_a_row_a_field(void **state)
{
	(void)state;
	struct tend_list list;
	make_customers(&list);
	const struct tend_record_type *t = &tend_customer_type;
	const void *c = tend_list_at(&list, 0);
	check_record(t, c, print(TEND_AS_JSON, 3),
		"{\n  \"key\": \"acme\",\n  \"name\": \"Acme | <b>GmbH</b>\",\n  \"arr\": "
		"120000.50\n}\n");
	check_record(t, c, print(TEND_AS_TABLE, 6),
		"Key      acme\nName     Acme | <b>GmbH</b>\nARR      120000.50\nHealth   72.25\n"
		"Renewal  2027-01-31\nTags     vip, north\n");
	check_record(t, c, print(TEND_AS_CSV, 2),
		"field,value\r\nkey,acme\r\nname,Acme | <b>GmbH</b>\r\n");
	check_record(t, c, print(TEND_AS_TSV, 1), "field\tvalue\nkey\tacme\n");
	check_record(
		t, c, print(TEND_AS_MD, 1), "| Field | Value |\n| --- | --- |\n| Key | acme |\n");
	check_record(t, c, (struct tend_print){.keys_only = true}, "acme\n");
	tend_list_finish(&list);
}

static void show_has_the_wide_fields_and_the_users_own(void **state)
{
	(void)state;
	struct tend_list list;
	struct tend_str out = {0};
	make_customers(&list);
	tend_print_record(
		&tend_customer_type, tend_list_at(&list, 0), &(struct tend_print){0}, &out);
	assert_non_null(strstr(tend_str_text(&out), "Term (months)            12\n"));
	assert_non_null(strstr(tend_str_text(&out), "country                  DE\n"));
	tend_str_finish(&out);
	tend_list_finish(&list);
}

static void long_texts_wrap_under_their_first_line(void **state)
{
	(void)state;
	static const char *const fields[] = {"kind", "text"};
	struct tend_activity a;
	tend_record_clear(&tend_activity_type, &a);
	a.kind = "call";
	a.text = "they asked for a plan\r\nand two\n\nmore seats";
	struct tend_print how = {.columns = 20, .fields = fields, .nfields = 2};
	check_record(&tend_activity_type, &a, how,
		"Kind  call\nText  they asked for\n      a plan\n      and two\n\n      more "
		"seats\n");
}

static void no_text_acts_on_the_terminal(void **state)
{
	(void)state;
	static const char hostile[] = "\x1b]0;x\x07\xe2\x80\xae\xc2\x9b\x7f\r\n\xe2\x80\x8b\xff";
	struct tend_list list;
	tend_list_init(&list, &tend_customer_type);
	struct tend_custom_value own[] = {{hostile, hostile}};
	struct tend_customer *c = tend_list_add(&list);
	c->key = c->name = c->owner = c->tags = c->stage = hostile;
	c->custom = (struct tend_custom){own, 1};
	for (int format = TEND_AS_TABLE; format <= TEND_AS_MD; format++) {
		struct tend_print how = {.format = (enum tend_format)format, .columns = 80};
		struct tend_str out = {0};
		tend_print_list(&list, &how, &out);
		tend_print_record(list.type, c, &how, &out);
		for (char *p = out.data; *p != '\0'; p++) {
			*p = *p == '\n' || *p == '\r' || *p == '\t' ? ' ' : *p;
		}
		assert_true(tend_is_printable(out.data, out.len));
		tend_str_finish(&out);
	}
	tend_list_finish(&list);
}

/* A row of metrics: every type that no record of today has. */
struct figures {
	double grr;
	struct tend_terms terms;
	int64_t gone, at;
	const char *tags;
	double rank;
};

#define FIGURE(m, t, head)                                                                         \
	{                                                                                          \
		.name = #m, .type = (t), .offset = offsetof(struct figures, m), .title = { head }  \
	}

static const struct tend_field figure_fields[] = {
	FIGURE(grr, TEND_RATIO, "GRR"),
	FIGURE(terms, TEND_TERMS, "Terms"),
	FIGURE(gone, TEND_BOOL, "Gone"),
	FIGURE(at, TEND_TIME, "At"),
	FIGURE(tags, TEND_TAGS, "Tags"),
	FIGURE(rank, TEND_NUMBER, ""),
};

static const struct tend_record_type figures_type = {.name = "figures",
	.size = sizeof(struct figures),
	.fields = figure_fields,
	.nfields = 6,
	.custom = -1};

static void every_type_has_its_form_for_people_and_for_machines(void **state)
{
	(void)state;
	static struct tend_term terms[] = {{"late", 12}, {"ARR", -0.004}};
	struct tend_list list;
	tend_list_init(&list, &figures_type);
	struct figures *f = tend_list_add(&list);
	*f = (struct figures){0.90666667, {terms, 2}, 1, 1785542400, "a,b", 1234.5};
	(void)tend_list_add(&list);
	check_list(&list, (struct tend_print){0},
		"    GRR  Terms           Gone  At                    Tags    rank\n"
		"90.67 %  late 12, ARR 0  yes   2026-08-01T00:00:00Z  a, b  1234.5\n"
		"     --                  --    --                              --\n");
	check_list(&list, (struct tend_print){.format = TEND_AS_CSV},
		"grr,terms,gone,at,tags,rank\r\n"
		"0.906667,\"late +12; ARR "
		"-0.004\",true,2026-08-01T00:00:00Z,\"a,b\",1234.5\r\n,,,,,\r\n");
	check_list(&list, (struct tend_print){.keys_only = true}, "0.906667\n\n");
	tend_list_finish(&list);
}

static void a_hundred_thousand_customers_print_in_a_moment(void **state)
{
	(void)state;
	struct tend_list list;
	tend_list_init(&list, &tend_customer_type);
	for (int i = 0; i < 100000; i++) {
		struct tend_customer *c = tend_list_add(&list);
		c->key = tend_arena_format(&list.arena, "c%d", i);
		c->name = i % 2 == 0 ? "华东渠道科技有限公司" : "Northwind Traders, Inc.";
		c->status = "active";
		c->arr = i * 100;
		c->started = (struct tend_date){20000 + i % 400};
		c->tags = "vip,north";
	}
	for (int format = TEND_AS_TABLE; format <= TEND_AS_MD; format++) {
		struct tend_str out = {0};
		double from = (double)clock() / CLOCKS_PER_SEC;
		tend_print_list(
			&list, &(struct tend_print){.format = (enum tend_format)format}, &out);
		double took = (double)clock() / CLOCKS_PER_SEC - from;
		print_message("format %d: %.3f s, %zu bytes\n", format, took, out.len);
		assert_true(took < 20); /* far below it without a sanitizer */
		tend_str_finish(&out);
	}
	tend_list_finish(&list);
}

static void lines_have_no_trailing_blanks(void **state)
{
	(void)state;
	struct tend_list list;
	struct tend_str out = {0};
	make_customers(&list);
	tend_print_list(&list, &(struct tend_print){.columns = 60}, &out);
	tend_print_record(list.type, tend_list_at(&list, 1), &(struct tend_print){0}, &out);
	assert_null(strstr(tend_str_text(&out), " \n"));
	tend_str_finish(&out);
	tend_list_finish(&list);
}

static void every_kind_of_record_prints_in_every_format(void **state)
{
	(void)state;
	static const struct tend_record_type *const types[] = {&tend_customer_type,
		&tend_milestone_type, &tend_item_type, &tend_subscription_type, &tend_point_type,
		&tend_activity_type, &tend_complaint_type, &tend_churn_type, &tend_alert_type,
		&tend_today_type, &tend_history_type, &tend_template_type};
	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
		struct tend_list list;
		tend_list_init(&list, types[i]);
		(void)tend_list_add(&list);
		json_t *array = as_json(&list);
		assert_int_equal(json_array_size(array), 1);
		json_decref(array);
		for (int format = TEND_AS_TABLE; format <= TEND_AS_MD; format++) {
			struct tend_str out = {0};
			tend_print_list(&list,
				&(struct tend_print){.format = (enum tend_format)format}, &out);
			assert_true(out.len > 0);
			tend_str_finish(&out);
		}
		tend_list_finish(&list);
	}
}

int main(void)
{
	(void)setlocale(LC_CTYPE, "C.UTF-8");
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(formats_are_known_by_name),
		cmocka_unit_test(tables_are_aligned_by_columns),
		cmocka_unit_test(only_the_name_gives_way_on_a_narrow_terminal),
		cmocka_unit_test(heads_speak_the_language),
		cmocka_unit_test(words_speak_the_language_where_people_read),
		cmocka_unit_test(every_word_of_a_field_has_its_chinese),
		cmocka_unit_test(json_is_one_flat_object_a_line),
		cmocka_unit_test(json_has_every_field_of_the_interface_and_the_users_own),
		cmocka_unit_test(waiting_is_an_array_and_required_a_boolean),
		cmocka_unit_test(a_field_of_ours_shadows_one_of_the_users),
		cmocka_unit_test(csv_has_crlf_and_names_and_guards),
		cmocka_unit_test(negative_amounts_are_no_formulas),
		cmocka_unit_test(markdown_is_a_table_that_holds_its_cells),
		cmocka_unit_test(what_is_unknown_is_a_dash_in_markdown),
		cmocka_unit_test(an_empty_list_is_an_empty_array_or_only_a_header),
		cmocka_unit_test(keys_stand_one_a_line),
		cmocka_unit_test(show_prints_one_object_or_a_row_a_field),
		cmocka_unit_test(show_has_the_wide_fields_and_the_users_own),
		cmocka_unit_test(long_texts_wrap_under_their_first_line),
		cmocka_unit_test(no_text_acts_on_the_terminal),
		cmocka_unit_test(every_type_has_its_form_for_people_and_for_machines),
		cmocka_unit_test(a_hundred_thousand_customers_print_in_a_moment),
		cmocka_unit_test(lines_have_no_trailing_blanks),
		cmocka_unit_test(every_kind_of_record_prints_in_every_format),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
