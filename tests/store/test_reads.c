/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <sqlite3.h>
#include <support.h>
#include <tend/mem.h>
#include <tend/str.h>

#include "book.h"
#include "sql/kind.h"
#include "sql/sql.h"

/* Three customers, added against the order of their keys, each with two milestones. */
static void add_some(struct book *b, int64_t ids[3])
{
	static const char *const keys[] = {"zeta", "acme", "acme-eu"};
	static const char *const names[] = {"Zeta", "Acme", "acme"};
	book_begin(b, "add");
	for (size_t i = 0; i < 3; i++) {
		ids[i] = book_add_customer(b, keys[i], names[i]);
		(void)book_add_milestone(b, ids[i], "late", 20010 - (int)i);
		(void)book_add_milestone(b, ids[i], "early", 19000);
		(void)book_add_activity(b, ids[i], 100, "old");
		(void)book_add_activity(b, ids[i], 200 + (int)i, "new");
		(void)book_add_point(b, ids[i], "logins", 2, 2);
		(void)book_add_point(b, ids[i], "logins", 1, 1);
		(void)book_add_alert(b, ids[i], "fading");
	}
	(void)book_commit(b, "added");
}

/* The given fields of all rows, as "a b, a b". */
static char *gist(const struct tend_list *list, const char *one, const char *two)
{
	struct tend_str out = {0};
	for (size_t i = 0; i < list->n; i++) {
		struct tend_value v;
		tend_str_add(&out, i > 0 ? ", " : "");
		assert_true(tend_record_get(list->type, tend_list_at(list, i), one, &v));
		tend_value_format(v, &out);
		if (two != NULL) {
			tend_str_addc(&out, ' ');
			assert_true(tend_record_get(list->type, tend_list_at(list, i), two, &v));
			tend_value_format(v, &out);
		}
	}
	return tend_str_steal(&out);
}

static void lists_are_ordered_by_key_then_as_said(void **state)
{
	struct book *b = *state;
	int64_t ids[3];
	add_some(b, ids);
	static const struct {
		enum tend_read read;
		const struct tend_record_type *type;
		const char *one, *two, *expected;
	} rows[] = {
		{TEND_READ_CUSTOMERS, &tend_customer_type, "key", NULL, "acme, acme-eu, zeta"},
		{TEND_READ_CUSTOMERS_STORED, &tend_customer_type, "key", "status",
			"acme , acme-eu , zeta "},
		{TEND_READ_CUSTOMER_KEYS, &tend_customer_type, "key", "name",
			"acme Acme, acme-eu acme, zeta Zeta"},
		{TEND_READ_MILESTONES, &tend_milestone_type, "customer", "key",
			"acme early, acme late, acme-eu early, acme-eu late, zeta early, zeta "
			"late"},
		{TEND_READ_MILESTONES_OPEN, &tend_milestone_type, "customer", "key",
			"acme early, acme late, acme-eu early, acme-eu late, zeta early, zeta "
			"late"},
		{BOOK_RECORDS, &tend_activity_type, "customer", "text",
			"acme new, acme old, acme-eu new, acme-eu old, zeta new, zeta old"},
		{TEND_READ_ACTIVITIES_LAST, &tend_activity_type, "customer", "date",
			"acme 1970-07-21, acme-eu 1970-07-22, zeta 1970-07-20"},
		{BOOK_RECORDS, &tend_point_type, "customer", "value",
			"acme 1, acme 2, acme-eu 1, acme-eu 2, zeta 1, zeta 2"},
		{TEND_READ_ALERTS, &tend_alert_type, "customer", "name",
			"acme Acme, acme-eu acme, zeta Zeta"},
		{TEND_READ_ALERTS_ALL, &tend_alert_type, "customer", "rule",
			"acme fading, acme-eu fading, zeta fading"},
		{TEND_READ_ALERTS_QUIET, &tend_alert_type, "customer", "rule", ""},
		{BOOK_RECORDS, &tend_subscription_type, "key", NULL, ""},
		{BOOK_RECORDS, &tend_complaint_type, "customer", NULL, ""},
		{BOOK_RECORDS, &tend_churn_type, "customer", NULL, ""},
		{TEND_READ_TEMPLATES, &tend_template_type, "key", NULL, ""},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct tend_list list;
		book_read(b, rows[i].read, rows[i].type, &list);
		char *text = gist(&list, rows[i].one, rows[i].two);
		assert_string_equal(text, rows[i].expected);
		free(text);
		tend_list_finish(&list);
	}
}

static void a_customer_is_found_by_the_start_of_its_key_or_its_name(void **state)
{
	struct book *b = *state;
	int64_t ids[3];
	add_some(b, ids);
	static const struct {
		const char *text, *expected;
	} rows[] = {
		{"acme", "acme, acme-eu"}, /* a key, the start of another, and its name */
		{"acme-", "acme-eu"},
		{"Acme", "acme"},
		{"Zeta", "zeta"},
		{"z", "zeta"},
		{"eta", ""},
		{"Zet", ""}, /* names only as a whole */
		{"%", ""},
		{"acme_eu", ""},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct tend_list list;
		tend_list_init(&list, &tend_customer_type);
		struct tend_value arg = book_text(rows[i].text);
		assert_done(b,
			tend_store_read(
				b->store, TEND_READ_CUSTOMERS_LIKE, &arg, 1, &list, &b->err));
		char *text = gist(&list, "key", NULL);
		assert_string_equal(text, rows[i].expected);
		free(text);
		tend_list_finish(&list);
	}
}

static void due_milestones_lie_between_both_days(void **state)
{
	struct book *b = *state;
	int64_t ids[3];
	add_some(b, ids);
	static const struct {
		int from, to;
		const char *expected;
	} rows[] = {
		{20008, 20010, "acme-eu late, acme late, zeta late"},
		{20009, 20009, "acme late"},
		{19000, 19000, "acme early, acme-eu early, zeta early"},
		{19001, 20007, ""},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct tend_list list;
		tend_list_init(&list, &tend_milestone_type);
		struct tend_value args[] = {book_date(rows[i].from), book_date(rows[i].to)};
		assert_done(b,
			tend_store_read(
				b->store, TEND_READ_MILESTONES_DUE, args, 2, &list, &b->err));
		char *text = gist(&list, "customer", "key");
		assert_string_equal(text, rows[i].expected);
		free(text);
		tend_list_finish(&list);
	}
}

static void a_read_that_is_called_wrongly_says_so(void **state)
{
	struct book *b = *state;
	struct tend_list list;
	tend_list_init(&list, &tend_item_type);
	struct tend_value arg = book_int(1);
	assert_int_equal(tend_store_read(b->store, TEND_READ_CUSTOMER, &arg, 1, &list, &b->err),
		TEND_FAILED);
	assert_int_equal(tend_store_read(b->store, TEND_READ_ITEMS_OF, NULL, 0, &list, &b->err),
		TEND_FAILED);
	assert_int_equal(
		tend_store_read(b->store, TEND_READ_COUNT, NULL, 0, &list, &b->err), TEND_FAILED);
	tend_list_finish(&list);
}

static void custom_fields_come_in_the_order_of_their_names(void **state)
{
	struct book *b = *state;
	int64_t ids[3];
	add_some(b, ids);
	book_begin(b, "set");
	static const struct {
		size_t customer;
		const char *name, *value;
	} sets[] = {{0, "tier", "1"}, {0, "region", "华东"}, {2, "tier", "9"}, {2, "tier", "2"},
		{0, "gone", "x"}, {0, "gone", NULL}, {1, "gone", NULL}};
	for (size_t i = 0; i < sizeof(sets) / sizeof(sets[0]); i++) {
		assert_done(b,
			tend_store_set_custom(b->store, ids[sets[i].customer], sets[i].name,
				sets[i].value, &b->err));
	}
	assert_int_equal(tend_store_set_custom(b->store, 99, "a", "b", &b->err), TEND_NOT_FOUND);
	(void)book_commit(b, "set");
	struct tend_list list;
	book_read(b, TEND_READ_CUSTOMERS, &tend_customer_type, &list);
	assert_done(b, tend_store_read_custom(b->store, 0, &list, &b->err));
	const struct tend_customer *c = tend_list_at(&list, 2);
	assert_int_equal(c->custom.n, 2);
	assert_string_equal(c->custom.items[0].name, "region");
	assert_string_equal(c->custom.items[0].value, "华东");
	assert_string_equal(c->custom.items[1].name, "tier");
	c = tend_list_at(&list, 1);
	assert_int_equal(c->custom.n, 1);
	assert_string_equal(c->custom.items[0].value, "2");
	c = tend_list_at(&list, 0);
	assert_int_equal(c->custom.n, 0);
	tend_list_finish(&list);
	book_read_of(b, TEND_READ_CUSTOMER, &tend_customer_type, ids[2], &list);
	assert_done(b, tend_store_read_custom(b->store, ids[2], &list, &b->err));
	assert_int_equal(((struct tend_customer *)tend_list_at(&list, 0))->custom.n, 1);
	tend_list_finish(&list);
	struct tend_arena arena = {0};
	const char *const *names;
	size_t n;
	assert_done(b, tend_store_custom_names(b->store, &arena, &names, &n, &b->err));
	assert_int_equal(n, 2);
	assert_string_equal(names[0], "region");
	assert_string_equal(names[1], "tier");
	tend_arena_finish(&arena);
}

static void add_template(struct book *b, const char *key, int64_t version)
{
	struct tend_template t;
	tend_record_clear(&tend_template_type, &t);
	t.key = key;
	t.version = version;
	t.title = "Annual";
	t.text = "journey: annual\n";
	t.source = "store";
	t.published = DAY(20000);
	int64_t id;
	assert_done(b, tend_store_insert(b->store, &tend_template_type, &t, &id, &b->err));
}

static void the_newest_template_is_version_0(void **state)
{
	struct book *b = *state;
	int64_t ids[3];
	add_some(b, ids);
	book_begin(b, "publish");
	add_template(b, "annual", 1);
	add_template(b, "annual", 3);
	struct tend_enrollment e = {
		.customer_id = ids[0], .journey = "annual", .version = 1, .start = DAY(19900)};
	assert_done(b, tend_store_enroll(b->store, &e, &b->err));
	(void)book_commit(b, "published");
	static const struct {
		int64_t asked, found;
	} rows[] = {{0, 3}, {1, 1}, {3, 3}, {2, -1}};
	for (size_t i = 0; i < 4; i++) {
		struct tend_list list;
		tend_list_init(&list, &tend_template_type);
		struct tend_value args[] = {book_text("annual"), book_int(rows[i].asked)};
		assert_done(
			b, tend_store_read(b->store, TEND_READ_TEMPLATE, args, 2, &list, &b->err));
		assert_int_equal(list.n, rows[i].found > 0);
		if (list.n > 0) {
			const struct tend_template *t = tend_list_at(&list, 0);
			assert_int_equal(t->version, rows[i].found);
			assert_string_equal(t->text, "journey: annual\n");
			assert_int_equal(t->customers, rows[i].found == 1);
		}
		tend_list_finish(&list);
	}
}

static void a_customer_has_one_running_journey(void **state)
{
	struct book *b = *state;
	int64_t ids[3];
	add_some(b, ids);
	struct tend_enrollment e;
	assert_done(b, tend_store_enrollment(b->store, ids[0], &e, &b->err));
	assert_int_equal(e.id, 0);
	book_begin(b, "enroll");
	for (int64_t version = 1; version <= 2; version++) {
		e = (struct tend_enrollment){.customer_id = ids[0],
			.journey = "annual",
			.version = version,
			.start = DAY(19900 + (int)version)};
		assert_done(b, tend_store_enroll(b->store, &e, &b->err));
		assert_true(e.id > 0);
	}
	(void)book_commit(b, "enrolled");
	assert_done(b, tend_store_enrollment(b->store, ids[0], &e, &b->err));
	assert_int_equal(e.version, 2);
	assert_int_equal(e.start.day, 19902);
	assert_string_equal(e.journey, "annual");
	assert_int_equal(
		book_number(b->path, "SELECT ended FROM enrollment WHERE version = 1"), 20000);
	struct tend_list list;
	book_read_of(b, TEND_READ_CUSTOMER, &tend_customer_type, ids[0], &list);
	assert_string_equal(((struct tend_customer *)tend_list_at(&list, 0))->journey, "annual@2");
	tend_list_finish(&list);
}

static void settings_are_set_and_removed(void **state)
{
	struct book *b = *state;
	char *value = NULL;
	assert_done(b, tend_store_get(b->store, "lang", &value, &b->err));
	assert_null(value);
	assert_done(
		b, tend_store_set(b->store, "lang", "zh", &b->err)); /* a transaction of its own */
	assert_int_equal(book_number(b->path, "SELECT count(*) FROM journal"), 0);
	book_begin(b, "set lang");
	assert_done(b, tend_store_set(b->store, "lang", "en", &b->err));
	assert_int_equal(book_commit(b, "lang en"), 1);
	book_reopen(b);
	assert_done(b, tend_store_get(b->store, "lang", &value, &b->err));
	assert_string_equal(value, "en");
	free(value);
	assert_done(b, tend_store_set(b->store, "lang", NULL, &b->err));
	assert_done(b, tend_store_get(b->store, "lang", &value, &b->err));
	assert_null(value);
}

/* What the planner does for a statement, one line a step. */
static char *plan_of(sqlite3 *db, const char *text)
{
	char *sql = tend_format("EXPLAIN QUERY PLAN %s", text);
	sqlite3_stmt *s = NULL;
	assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &s, NULL), SQLITE_OK);
	struct tend_str out = {0};
	while (sqlite3_step(s) == SQLITE_ROW) {
		tend_str_addf(&out, "%s\n", (const char *)sqlite3_column_text(s, 3));
	}
	(void)sqlite3_finalize(s);
	free(sql);
	return tend_str_steal(&out);
}

static void no_read_scans_or_sorts_more_than_it_gives(void **state)
{
	struct book *b = *state;
	sqlite3 *db = NULL;
	assert_int_equal(sqlite3_open(b->path, &db), SQLITE_OK);
	static const struct {
		int sql; /* enum tend_read or enum sql */
		bool scans; /* reads a whole table, which it gives */
	} rows[] = {
		{TEND_READ_CUSTOMERS, true},
		{TEND_READ_CUSTOMERS_STORED, true},
		{TEND_READ_CUSTOMER_STORED, false},
		{TEND_READ_CUSTOMER, false},
		{TEND_READ_CUSTOMER_KEYS, true},
		{TEND_READ_MILESTONES, true},
		{TEND_READ_MILESTONES_OF, false},
		{TEND_READ_MILESTONES_OWNED, false},
		{TEND_READ_MILESTONES_AHEAD_OF, false},
		{TEND_READ_MILESTONES_OPEN, true},
		{TEND_READ_MILESTONES_CLOSED, true},
		{TEND_READ_MILESTONE, false},
		{TEND_READ_ITEMS_OF, false},
		{TEND_READ_ITEMS_OF_CUSTOMER, false},
		{TEND_READ_SERIES, true},
		{TEND_READ_SERIES_OF, false},
		{TEND_READ_NEXT_METRIC_OF, false},
		{TEND_READ_PROMISES_OF, false},
		{SQL_TAB_COUNTS, false},
		{TEND_READ_ACTIVITIES_LAST, true},
		{TEND_READ_UNKEPT, true},
		{TEND_READ_UNKEPT_OF, false},
		{TEND_READ_COMPLAINTS, true},
		{TEND_READ_COMPLAINTS_OF, false},
		{TEND_READ_ALERTS, true},
		{TEND_READ_ALERTS_ALL, true},
		{TEND_READ_ALERTS_QUIET, true},
		{TEND_READ_ALERTS_OF, false},
		{TEND_READ_ALERTS_EVER_OF, false},
		{TEND_READ_ALERT, false},
		{TEND_READ_TODAY_BANDS, true},
		{SQL_TODAY_COUNT, true},
		{SQL_CUSTOMER_IS, false},
		{SQL_MILESTONE_IS, false},
		{TEND_READ_HISTORY, true},
		{TEND_READ_HISTORY_OF, false},
		{TEND_READ_TEMPLATE, false},
		{SQL_CUSTOM, false},
		{SQL_ENROLLMENT, false},
		{SQL_SETTING_GET, false},
		{SQL_JOURNAL_ROWS, false},
		{SQL_JOURNAL_ROWS_BACK, false},
		{SQL_JOURNAL_TOUCHED, false},
		{SQL_TODAY_OF, false},
		{SQL_TODAY_UPDATE, false},
		{SQL_TODAY_REMOVE, false},
		{SQL_SEARCH_HEAD, true},
		{SQL_SEARCH_MARK, true},
		{SQL_SEARCH_TEXTS, true},
		{SQL_SEARCH_TITLES, true},
		{SQL_SEARCH_ALL, true},
		{SQL_SEARCH_TOUCHED, false},
		{SQL_SEARCH_CUSTOMERS, false},
		{SQL_SEARCH_MILESTONES, false},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char *sql = sql_whole((enum sql)rows[i].sql), *plan = plan_of(db, sql);
		bool sorts = strstr(plan, "TEMP B-TREE") != NULL
			&& rows[i].sql != TEND_READ_ALERTS_ALL
			&& rows[i].sql != TEND_READ_ALERTS_QUIET;
		if ((!rows[i].scans && strstr(plan, "SCAN") != NULL) || sorts) {
			print_error("%s\n%s", sql, plan);
			fail();
		}
		free(sql);
		free(plan);
	}
	(void)sqlite3_close(db);
}

/* Lists that belong to nobody are short: they may be sorted. */
static void no_read_of_a_kind_scans_or_sorts_more_than_it_gives(void **state)
{
	struct book *b = *state;
	sqlite3 *db = NULL;
	assert_int_equal(sqlite3_open(b->path, &db), SQLITE_OK);
	for (size_t i = 0; i < tend_kind_count; i++) {
		const struct tend_kind *k = tend_kinds[i];
		enum tend_belongs belongs = tend_kind_belongs(k);
		for (int what = KIND_ALL; what <= KIND_WORDS; what++) {
			bool opens = k->open != NULL || k->ended != NULL;
			if (((what == KIND_OF || what == KIND_OPEN) && belongs == TEND_TO_NOBODY)
				|| (what == KIND_OPEN && !opens)
				|| (what == KIND_CALLED
					&& tend_field_find(k->type, "key") == NULL)) {
				continue;
			}
			char *sql = kind_sql(k, (enum kind_sql)what), *plan = plan_of(db, sql);
			bool whole = what == KIND_ALL
				|| (what == KIND_WORDS && belongs == TEND_TO_NOBODY);
			bool sorts = strstr(plan, "TEMP B-TREE") != NULL;
			if ((!whole && strstr(plan, "SCAN") != NULL)
				|| (sorts && (!whole || belongs == TEND_TO_CUSTOMER))) {
				print_error("%s\n%s", sql, plan);
				fail();
			}
			free(sql);
			free(plan);
		}
	}
	(void)sqlite3_close(db);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, book_setup, book_teardown)
	const struct CMUnitTest tests[] = {
		TEST(lists_are_ordered_by_key_then_as_said),
		TEST(a_customer_is_found_by_the_start_of_its_key_or_its_name),
		TEST(due_milestones_lie_between_both_days),
		TEST(a_read_that_is_called_wrongly_says_so),
		TEST(custom_fields_come_in_the_order_of_their_names),
		TEST(the_newest_template_is_version_0),
		TEST(a_customer_has_one_running_journey),
		TEST(settings_are_set_and_removed),
		TEST(no_read_scans_or_sorts_more_than_it_gives),
		TEST(no_read_of_a_kind_scans_or_sorts_more_than_it_gives),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
