/* SPDX-License-Identifier: MIT */
#include <locale.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <tend/exchange.h>
#include <tend/money.h>

#include "mapping.h"
#include "support.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))
#define COLUMNS(...) ((const char *const[]){__VA_ARGS__, NULL})

static size_t count(const char *const *names)
{
	size_t n = 0;
	while (names[n] != NULL) {
		n++;
	}
	return n;
}

static struct tend_mapping *make(
	const struct tend_record_type *type, const struct tend_map *map, const char *const *columns)
{
	struct tend_mapping *m = NULL;
	struct tend_error err = {0};
	enum tend_status status = tend_mapping_create(type, map, columns, count(columns), &m, &err);
	assert_string_equal(err.text, "");
	assert_int_equal(status, TEND_OK);
	return m;
}

static void refused(const struct tend_record_type *type, const struct tend_map *map,
	const char *const *columns, const char *message)
{
	struct tend_mapping *m = NULL;
	struct tend_error err = {0};
	assert_int_equal(
		tend_mapping_create(type, map, columns, count(columns), &m, &err), TEND_BAD_INPUT);
	assert_string_equal(err.text, message);
	assert_null(m);
}

/* What is wrong with the row, "" where nothing is. */
static const char *apply(const struct tend_mapping *m, const char *const *cells, void *record,
	struct tend_arena *arena)
{
	static struct tend_row_error bad;
	struct tend_cell_row row = {2, cells, count(cells)};
	bool taken;
	size_t cleaned;
	enum tend_status status =
		tend_mapping_apply(m, &row, arena, record, &taken, &cleaned, &bad);
	assert_true(taken);
	assert_int_equal(status, bad.text[0] == '\0' ? TEND_OK : TEND_BAD_INPUT);
	return bad.text;
}

static void headers_that_match_need_no_map(void **state)
{
	(void)state;
	struct tend_mapping *m = make(&tend_customer_type, NULL,
		COLUMNS("key", "Name", "started", "term", "arr", "journey", "tags", "color"));
	struct tend_arena arena = {0};
	struct tend_customer c;
	assert_string_equal(apply(m,
				    COLUMNS("acme", "Acme  GmbH ", "2026-01-31 10:00:00", "1y",
					    "1,200.5", "tob-annual@1", "vip, north", "red"),
				    &c, &arena),
		"");
	assert_string_equal(c.key, "acme");
	assert_string_equal(c.name, "Acme  GmbH ");
	assert_int_equal(c.term_months, 12);
	assert_int_equal(c.arr, 120050);
	assert_string_equal(c.journey, "tob-annual@1");
	assert_string_equal(c.tags, "vip,north");
	assert_null(c.owner);
	assert_int_equal(c.custom.n, 0);
	const size_t *extra;
	assert_int_equal(tend_mapping_extra(m, &extra), 1);
	assert_int_equal(extra[0], 7);
	assert_true(tend_mapping_has(m, "term"));
	assert_true(tend_mapping_has(m, "term_months"));
	assert_false(tend_mapping_has(m, "owner"));
	assert_false(tend_mapping_has(m, "color"));
	assert_null(tend_mapping_via(m));
	tend_mapping_destroy(m);
	tend_arena_finish(&arena);
}

static void headers_may_be_titles_and_an_exact_name_wins(void **state)
{
	(void)state;
	struct tend_arena arena = {0};
	struct tend_customer c;
	struct tend_mapping *m = make(&tend_customer_type, NULL,
		COLUMNS("编号", "名称", "Owner", "owner", "Term-Months"));
	assert_string_equal(apply(m, COLUMNS("a", "b", "x", "li", "6"), &c, &arena), "");
	assert_string_equal(c.key, "a");
	assert_string_equal(c.name, "b");
	assert_string_equal(c.owner, "li");
	assert_int_equal(c.term_months, 6);
	tend_mapping_destroy(m);
	struct tend_complaint complaint;
	m = make(&tend_complaint_type, NULL, COLUMNS("customer", "opened", "First Response"));
	assert_string_equal(apply(m, COLUMNS("a", "2026-01-01", "90"), &complaint, &arena), "");
	assert_int_equal(complaint.first_response, 90);
	tend_mapping_destroy(m);
	tend_arena_finish(&arena);
}

static void what_lists_print_can_be_read_again(void **state)
{
	(void)state;
	struct tend_list list;
	struct tend_str out = {0};
	tend_list_init(&list, &tend_customer_type);
	struct tend_customer *c = tend_list_add(&list);
	c->key = "acme";
	c->name = "=Acme, \"the\" one";
	c->term_months = 12;
	c->arr = 4200;
	c->tags = "a,b";
	c->started = (struct tend_date){20000};
	tend_print_list(&list, &(struct tend_print){.format = TEND_AS_CSV}, &out);
	struct tend_rows *r;
	const char *const *names;
	assert_int_equal(tend_rows_open("f.csv", out.data, out.len, NULL, &r, NULL), TEND_OK);
	size_t n = tend_rows_columns(r, &names);
	struct tend_mapping *m;
	assert_int_equal(
		tend_mapping_create(&tend_customer_type, NULL, names, n, &m, NULL), TEND_OK);
	struct tend_cell_row row;
	struct tend_row_error bad;
	struct tend_customer again;
	bool taken;
	size_t cleaned;
	assert_true(tend_rows_next(r, &row, &bad));
	assert_int_equal(
		tend_mapping_apply(m, &row, &list.arena, &again, &taken, &cleaned, &bad), TEND_OK);
	assert_string_equal(again.name, c->name);
	assert_int_equal(again.term_months, 12);
	assert_int_equal(again.arr, 4200);
	assert_string_equal(again.tags, "a,b");
	assert_int_equal(again.started.day, 20000);
	tend_mapping_destroy(m);
	tend_rows_close(r);
	tend_str_finish(&out);
	tend_list_finish(&list);
}

static struct tend_map_column column(const char *field, const char *theirs)
{
	return (struct tend_map_column){.field = field, .column = theirs, .line = 4};
}

static void a_map_names_columns_constants_and_values(void **state)
{
	(void)state;
	struct tend_map_column columns[] = {column("customer", "subscription_id"),
		column("date", "usage_date"), {.field = "metric", .constant = "usage", .line = 6},
		column("value", "usage_count")};
	columns[0].via = "subscriptions";
	columns[1].format = "%d/%m/%Y";
	struct tend_map_value values[] = {{"value", "none", "0"}, {"date", "never", "01/01/2000"}};
	struct tend_map map = {.columns = columns, .ncolumns = 4, .values = values, .nvalues = 2};
	struct tend_mapping *m = make(&tend_point_type, &map,
		COLUMNS("usage_id", "subscription_id", "usage_date", "usage_count"));
	struct tend_arena arena = {0};
	struct tend_point p;
	assert_string_equal(apply(m, COLUMNS("U-1", " S-1 ", "3/7/2026", "none"), &p, &arena), "");
	assert_string_equal(p.customer, "S-1");
	assert_string_equal(p.metric, "usage");
	assert_true(p.value == 0);
	char day[TEND_DATE_LEN];
	assert_string_equal(tend_date_format(p.date, day), "2026-07-03");
	assert_string_equal(tend_mapping_via(m), "subscriptions");
	assert_string_equal(apply(m, COLUMNS("U-1", "S-1", "never", "1.5"), &p, &arena), "");
	assert_string_equal(apply(m, COLUMNS("U-1", "S-1", "2026-07-03", "1"), &p, &arena),
		"date: \"2026-07-03\" is not a date in the form %d/%m/%Y");
	const size_t *metrics;
	assert_int_equal(tend_mapping_metrics(m, &metrics), 0);
	tend_mapping_destroy(m);
	tend_arena_finish(&arena);
}

static void mistakes_of_a_map_are_all_said_at_once(void **state)
{
	(void)state;
	struct tend_map_column columns[] = {column("key", "account_idd"), column("health", "name")};
	columns[0].via = "subscriptions";
	struct tend_map map = {.columns = columns, .ncolumns = 2};
	refused(&tend_customer_type, &map, COLUMNS("account_id", "name"),
		"line 4 of the map: only \"customer\" is found through another record; line 4 of "
		"the map: the "
		"file has no column \"account_idd\"; did you mean \"account_id\"?; line 4 of the "
		"map: "
		"\"health\" cannot be imported; no column for \"key\", which is required");
	columns[0] = column("annul", "name");
	columns[1] = column("zzzzzz", "name");
	refused(&tend_subscription_type, &map, COLUMNS("key", "customer", "start", "name"),
		"line 4 of the map: no field \"annul\"; did you mean \"annual\"?; line 4 of the "
		"map: no field "
		"\"zzzzzz\"");
	refused(&tend_customer_type, NULL, COLUMNS("x", "nmae"),
		"no column for \"key\", which is required; no column for \"name\", which is "
		"required; is it "
		"\"nmae\"?");
	refused(&tend_activity_type, NULL, COLUMNS("customer"),
		"no column for \"date\", which is required");
}

static void wide_usage_has_a_column_for_each_metric(void **state)
{
	(void)state;
	const char *const *names = COLUMNS("customer", "logins", "date", "seats");
	struct tend_mapping *m = make(&tend_point_type, NULL, names);
	const size_t *columns, *extra;
	assert_int_equal(tend_mapping_metrics(m, &columns), 2);
	assert_int_equal(columns[0], 1);
	assert_int_equal(columns[1], 3);
	assert_int_equal(tend_mapping_extra(m, &extra), 0);
	struct tend_cell_row row = {2, COLUMNS("acme", "7.5", "2026-01-01", ""), 4};
	struct tend_row_error bad;
	const char *metric;
	double value;
	assert_true(tend_mapping_metric(m, 0, &row, &metric, &value, &bad));
	assert_string_equal(metric, "logins");
	assert_true(value == 7.5);
	assert_true(tend_mapping_metric(m, 1, &row, &metric, &value, &bad));
	assert_true(isnan(value));
	row.cells = COLUMNS("acme", "many", "2026-01-01", "");
	assert_false(tend_mapping_metric(m, 0, &row, &metric, &value, &bad));
	assert_int_equal(bad.column, 2);
	assert_string_equal(bad.text, "logins: \"many\" is not a number");
	tend_mapping_destroy(m);
	struct tend_map_column one[] = {column("seats_used", "seats")};
	struct tend_map map = {.columns = one, .ncolumns = 1};
	m = make(&tend_point_type, &map, names);
	assert_int_equal(tend_mapping_metrics(m, &columns), 1);
	assert_true(tend_mapping_metric(m, 0, &row, &metric, &value, &bad));
	assert_string_equal(metric, "seats_used");
	assert_int_equal(tend_mapping_extra(m, &extra), 1);
	tend_mapping_destroy(m);
	refused(&tend_point_type, NULL, COLUMNS("customer", "date"),
		"no column for \"metric\", which is required; no column for \"value\", which is "
		"required");
	refused(&tend_point_type, NULL, COLUMNS("customer", "date", "metric"),
		"no column for \"value\", which is required");
	refused(&tend_point_type, &map, COLUMNS("customer", "date", "metric", "value", "seats"),
		"line 4 of the map: no field \"seats_used\"");
}

static void where_leaves_rows_out(void **state)
{
	(void)state;
	struct tend_names names = {.any_column = true};
	struct tend_map map = {0};
	assert_int_equal(
		tend_expr_parse_line("value > 0 and plan == \"pro\"", &names, &map.where, NULL),
		TEND_OK);
	struct tend_mapping *m = make(
		&tend_point_type, &map, COLUMNS("customer", "date", "metric", "value", "plan"));
	static const struct {
		const char *cells[5];
		bool taken;
	} rows[] = {
		{{"a", "2026-01-01", "m", "1", "pro"}, true},
		{{"a", "2026-01-01", "m", "0", "pro"}, false},
		{{"a", "2026-01-01", "m", "1", "basic"}, false},
		{{"a", "not a date", "m", "1", ""}, false}, /* unknown is not true */
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct tend_cell_row row = {2, rows[i].cells, 5};
		struct tend_arena arena = {0};
		struct tend_point p;
		struct tend_row_error bad;
		bool taken;
		size_t cleaned;
		assert_int_equal(
			tend_mapping_apply(m, &row, &arena, &p, &taken, &cleaned, &bad), TEND_OK);
		assert_int_equal(taken, rows[i].taken);
		tend_arena_finish(&arena);
	}
	tend_mapping_destroy(m);
	refused(&tend_point_type, &map, COLUMNS("customer", "date", "metric", "value", "plam"),
		"where: the file has no column \"plan\"; did you mean \"plam\"?");
	tend_expr_destroy(map.where);
}

static void extra_columns_are_kept_where_the_map_says_so(void **state)
{
	(void)state;
	struct tend_map_column columns[] = {column("region", "country")};
	struct tend_map map = {.columns = columns, .ncolumns = 1, .keep_extra = true};
	struct tend_mapping *m = make(&tend_customer_type, &map,
		COLUMNS("key", "name", "seats", "country", "stage", "empty"));
	struct tend_arena arena = {0};
	struct tend_customer c;
	assert_string_equal(
		apply(m, COLUMNS("a", "A", "0042", "DE\x1b", "growth", ""), &c, &arena), "");
	assert_int_equal(c.custom.n, 3);
	assert_string_equal(c.custom.items[0].name, "empty");
	assert_null(c.custom.items[0].value);
	assert_string_equal(c.custom.items[1].name, "region");
	assert_string_equal(c.custom.items[1].value, "DE␛");
	assert_string_equal(c.custom.items[2].name, "seats");
	assert_string_equal(c.custom.items[2].value, "0042");
	const size_t *extra;
	assert_int_equal(tend_mapping_extra(m, &extra), 1); /* stage is computed */
	assert_int_equal(extra[0], 4);
	assert_true(tend_mapping_has(m, "region"));
	tend_mapping_destroy(m);
	tend_arena_finish(&arena);
}

static void bad_values_name_the_field_the_value_and_the_column(void **state)
{
	(void)state;
	static const struct {
		const struct tend_record_type *type;
		const char *names[6], *cells[6];
		int column;
		const char *part;
	} rows[] = {
		{&tend_customer_type, {"key", "name", "currency"}, {"a", "A", "XXQ"}, 3,
			"currency: \"XXQ\""},
		{&tend_customer_type, {"key", "name", "status"}, {"a", "A", "gone"}, 3,
			"status: \"gone\""},
		{&tend_customer_type, {"key", "name", "arr"}, {"a", "A", "99999999999999999999"}, 3,
			"arr: \"99999999999999999999\""},
		{&tend_customer_type, {"key", "name", "term"}, {"a", "A", "2w"}, 3, "term: \"2w\""},
		{&tend_customer_type, {"key", "name", "term"}, {"a", "A", "0"}, 3, "term: \"0\""},
		{&tend_customer_type, {"key", "name", "term"}, {"a", "A", "-3"}, 3, "term: \"-3\""},
		{&tend_customer_type, {"key", "name", "started"}, {"a", "A", "2026-02-30"}, 3,
			"started: \"2026-02-30\" is not a date"},
		{&tend_customer_type, {"key", "name"}, {"a", ""}, 2, "name: it must not be empty"},
		{&tend_customer_type, {"key", "name"}, {" ", "A"}, 1, "key: it must not be empty"},
		{&tend_customer_type, {"key", "name"}, {"-a", "A"}, 1, "key: \"-a\""},
		{&tend_complaint_type, {"customer", "opened", "rating"}, {"a", "2026-01-01", "6"},
			3, "rating: \"6\""},
		{&tend_complaint_type, {"customer", "opened", "severity"},
			{"a", "2026-01-01", "hgih"}, 3, "did you mean high?"},
		{&tend_subscription_type, {"key", "customer", "start", "trial"},
			{"s", "a", "2026-01-01", "maybe"}, 4, "trial: \"maybe\" is not yes or no"},
		{&tend_subscription_type, {"key", "customer", "start", "end"},
			{"s", "a", "2026-01-02", "2026-01-01"}, 4,
			"end: 2026-01-01 is before the start"},
		{&tend_point_type, {"customer", "date", "metric", "value"},
			{"a", "2026-01-01", "m", "1e999"}, 4, "value: \"1e999\""},
		{&tend_milestone_type, {"customer", "key", "state"}, {"a", "k", "finished"}, 3,
			"state: \"finished\""},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct tend_mapping *m = make(rows[i].type, NULL, rows[i].names);
		struct tend_arena arena = {0};
		struct tend_cell_row row = {2, rows[i].cells, count(rows[i].names)};
		struct tend_row_error bad;
		char record[sizeof(struct tend_customer) + sizeof(struct tend_milestone)];
		bool taken;
		size_t cleaned;
		assert_int_equal(
			tend_mapping_apply(m, &row, &arena, record, &taken, &cleaned, &bad),
			TEND_BAD_INPUT);
		assert_int_equal(bad.column, rows[i].column);
		assert_non_null(strstr(bad.text, rows[i].part));
		tend_mapping_destroy(m);
		tend_arena_finish(&arena);
	}
}

static void all_that_is_wrong_with_a_row_is_said(void **state)
{
	(void)state;
	struct tend_mapping *m = make(
		&tend_customer_type, NULL, COLUMNS("key", "name", "started", "currency", "arr"));
	struct tend_arena arena = {0};
	struct tend_customer c;
	assert_string_equal(apply(m, COLUMNS("a", "", "soon", "EUR", "x"), &c, &arena),
		"name: it must not be empty; started: \"soon\" is not a date (YYYY-MM-DD); arr: "
		"\"x\" is not "
		"an amount such as 1234.50");
	tend_mapping_destroy(m);
	tend_arena_finish(&arena);
}

static void good_values_are_taken_in_their_usual_forms(void **state)
{
	(void)state;
	struct tend_arena arena = {0};
	struct tend_subscription s;
	struct tend_mapping *m = make(&tend_subscription_type, NULL,
		COLUMNS("key", "customer", "start", "end", "trial", "auto_renew", "annual",
			"currency"));
	assert_string_equal(apply(m,
				    COLUMNS("s", "a", "2026-01-01T00:00:00Z", "2026-01-01", "FALSE",
					    "1", "12.00", "usd"),
				    &s, &arena),
		"");
	assert_int_equal(s.trial, 0);
	assert_int_equal(s.auto_renew, 1);
	assert_int_equal(s.start.day, s.end.day);
	assert_string_equal(s.currency, "USD");
	assert_string_equal(
		apply(m, COLUMNS("s", "a", "2026-01-01", "", "", "", "", ""), &s, &arena), "");
	assert_false(tend_has_date(s.end));
	assert_true(s.trial == TEND_NO_INT);
	assert_true(s.annual == TEND_NO_MONEY);
	tend_mapping_destroy(m);
	struct tend_milestone ms;
	m = make(&tend_milestone_type, NULL, COLUMNS("customer", "key", "state"));
	assert_string_equal(apply(m, COLUMNS("a", "review#3", "done"), &ms, &arena), "");
	assert_string_equal(ms.key, "review");
	assert_int_equal(ms.occurrence, 3);
	assert_string_equal(apply(m, COLUMNS("a", "c#", "done"), &ms, &arena), "");
	assert_string_equal(ms.key, "c#");
	tend_mapping_destroy(m);
	tend_arena_finish(&arena);
}

static void invisible_characters_become_visible_and_are_counted(void **state)
{
	(void)state;
	struct tend_mapping *m =
		make(&tend_activity_type, NULL, COLUMNS("customer", "date", "text", "contact"));
	struct tend_arena arena = {0};
	struct tend_activity a;
	struct tend_row_error bad;
	bool taken;
	size_t cleaned;
	struct tend_cell_row row = {2,
		COLUMNS("a", "2026-01-01", "one\r\ntwo\nthree\xe2\x80\x8b\x1b[0m",
			"\xe2\x80\xaeli"),
		4};
	assert_int_equal(tend_mapping_apply(m, &row, &arena, &a, &taken, &cleaned, &bad), TEND_OK);
	assert_string_equal(a.text, "one\r\ntwo\nthree<U+200B>␛[0m");
	assert_string_equal(a.contact, "<U+202E>li");
	assert_int_equal(cleaned, 3);
	tend_mapping_destroy(m);
	tend_arena_finish(&arena);
}

static void dates_are_read_in_many_forms_and_no_others(void **state)
{
	(void)state;
	static const struct {
		const char *text, *format, *expected; /* NULL: refused */
	} rows[] = {
		{"2026-01-31", NULL, "2026-01-31"},
		{"2026-01-31 23:59", NULL, "2026-01-31"},
		{"2026-01-31 23:59:59", NULL, "2026-01-31"},
		{"2026-01-31T23:59:59Z", NULL, "2026-01-31"},
		{"2026-01-31T23:59:59.123Z", NULL, "2026-01-31"},
		{"2026-01-31T23:59:59+08:00", NULL, "2026-01-31"},
		{"2026-01-31T23:59:59.000+0000", NULL, "2026-01-31"},
		{"2026-01-31 24:00", NULL, NULL},
		{"2026-01-31 1:00", NULL, NULL},
		{"2026-01-31 noon", NULL, NULL},
		{"2026-01-31T", NULL, NULL},
		{"2026-01-31 12:00:00.", NULL, NULL},
		{"2026-01-31Z", NULL, NULL},
		{"2026-1-31", NULL, NULL},
		{"2026-02-29", NULL, NULL},
		{"31.01.2026", NULL, NULL},
		{"", NULL, NULL},
		{"31/01/2026", "%d/%m/%Y", "2026-01-31"},
		{"1/2/2026", "%d/%m/%Y", "2026-02-01"},
		{"1/2/2026 10:30", "%d/%m/%Y", "2026-02-01"},
		{"1/31/26", "%m/%d/%y", "2026-01-31"},
		{"1/31/70", "%m/%d/%y", "1970-01-31"},
		{"20260131", "%Y%m%d", "2026-01-31"},
		{"2026年1月31日", "%Y年%m月%d日", "2026-01-31"},
		{"10:30:00 31.1.2026", "%H:%M:%S %d.%m.%Y", "2026-01-31"},
		{"100% 2026-1-1", "100%% %Y-%m-%d", "2026-01-01"},
		{"31/01/2026x", "%d/%m/%Y", NULL},
		{"31/01", "%d/%m/%Y", NULL},
		{"31-01-2026", "%d/%m/%Y", NULL},
		{"26/01/31", "%Y/%m/%d", NULL},
		{"30/02/2026", "%d/%m/%Y", NULL},
		{"x", "%", NULL},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct tend_date date = TEND_NO_DATE;
		char day[TEND_DATE_LEN];
		bool ok = mapping_date(rows[i].text, rows[i].format, &date);
		assert_int_equal(ok, rows[i].expected != NULL);
		if (ok) {
			assert_string_equal(tend_date_format(date, day), rows[i].expected);
		}
	}
}

static void the_report_prints_in_every_format(void **state)
{
	(void)state;
	struct tend_import_report r = {
		.read = 4, .added = 1, .updated = 1, .rejected = 2, .cleaned = 3};
	r.ignored = "color, size";
	*TEND_PUSH(&r) = (struct tend_reject){3, 2, "=\"x\"\x1b"};
	*TEND_PUSH(&r) = (struct tend_reject){7, 0, "row"};
	static const char *const expected[] = {
		"read 4  added 1  updated 1  unchanged 0  rejected 2  made visible 3\n"
		"columns that nothing took: color, size\n",
		"{\n  \"read\": 4,\n  \"added\": 1,\n  \"updated\": 1,\n  \"unchanged\": 0,\n  "
		"\"rejected\": 2,\n"
		"  \"cleaned\": 3,\n  \"ignored\": [\"color\", \"size\"],\n  \"look_alike\": 0,\n"
		"  \"notes\": [],\n  \"rejects\": [\n"
		"    {\"line\": 3, \"column\": 2, \"reason\": \"=\\\"x\\\"\\u001b\"},\n"
		"    {\"line\": 7, \"column\": null, \"reason\": \"row\"}\n  ]\n}\n",
		"line,column,reason\r\n3,2,\"'=\"\"x\"\"␛\"\r\n7,,row\r\n",
		"line\tcolumn\treason\n3\t2\t\"'=\"\"x\"\"␛\"\n7\t\trow\n",
		"- read: 4\n- added: 1\n- updated: 1\n- unchanged: 0\n- rejected: 2\n- made "
		"visible: 3\n\n"
		"| Line | Reason |\n| ---: | --- |\n| 3 | \\=\"x\"␛ |\n| 7 | row |\n",
	};
	for (int format = TEND_AS_TABLE; format <= TEND_AS_MD; format++) {
		struct tend_str out = {0};
		tend_print_import(
			&r, &(struct tend_print){.format = (enum tend_format)format}, &out);
		assert_same_text(tend_str_text(&out), expected[format]);
		tend_str_finish(&out);
	}
	tend_import_report_finish(&r);
	struct tend_str out = {0};
	tend_print_import(&r, &(struct tend_print){.format = TEND_AS_JSON}, &out);
	assert_non_null(strstr(tend_str_text(&out), "\"rejects\": []\n"));
	tend_str_finish(&out);
}

int main(void)
{
	(void)setlocale(LC_CTYPE, "C.UTF-8");
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(headers_that_match_need_no_map),
		cmocka_unit_test(headers_may_be_titles_and_an_exact_name_wins),
		cmocka_unit_test(what_lists_print_can_be_read_again),
		cmocka_unit_test(a_map_names_columns_constants_and_values),
		cmocka_unit_test(mistakes_of_a_map_are_all_said_at_once),
		cmocka_unit_test(wide_usage_has_a_column_for_each_metric),
		cmocka_unit_test(where_leaves_rows_out),
		cmocka_unit_test(extra_columns_are_kept_where_the_map_says_so),
		cmocka_unit_test(bad_values_name_the_field_the_value_and_the_column),
		cmocka_unit_test(all_that_is_wrong_with_a_row_is_said),
		cmocka_unit_test(good_values_are_taken_in_their_usual_forms),
		cmocka_unit_test(invisible_characters_become_visible_and_are_counted),
		cmocka_unit_test(dates_are_read_in_many_forms_and_no_others),
		cmocka_unit_test(the_report_prints_in_every_format),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
