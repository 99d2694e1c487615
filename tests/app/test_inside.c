/* SPDX-License-Identifier: MIT */
/* The small tools that the use cases are made of, and the files beside the store. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>
#include <support.h>

#include "book.h"
#include "import.h"
#include "inside.h"
#include "playbook.h"

static void ids_are_sorted_and_stand_once(void **state)
{
	(void)state;
	static const int64_t given[] = {5, 3, 3, 9, 1, 5, 3, 9, 9};
	static const int64_t expected[] = {1, 3, 5, 9};
	struct ids ids = {0};
	ids_settle(&ids);
	assert_int_equal(ids.n, 0);
	for (size_t i = 0; i < sizeof(given) / sizeof(given[0]); i++) {
		ids_add(&ids, given[i]);
	}
	ids_settle(&ids);
	assert_int_equal(ids.n, 4);
	assert_memory_equal(ids.items, expected, sizeof(expected));
	ids_finish(&ids);
	assert_int_equal(ids.n, 0);
}

static void a_table_finds_what_was_put(void **state)
{
	(void)state;
	struct table t = {0};
	struct tend_arena arena = {0};
	assert_true(table_get(&t, "x") == TABLE_NONE);
	for (size_t i = 0; i < 5000; i++) {
		table_put(&t, tend_arena_format(&arena, "key %zu", i), i);
	}
	assert_int_equal(t.n, 5000);
	for (size_t i = 0; i < 5000; i += 7) {
		char *key = tend_format("key %zu", i);
		assert_int_equal(table_get(&t, key), i);
		free(key);
	}
	assert_true(table_get(&t, "key 5000") == TABLE_NONE);
	assert_true(table_get(&t, "") == TABLE_NONE);
	table_put(&t, "key 7", 99);
	assert_int_equal(table_get(&t, "key 7"), 99);
	assert_int_equal(t.n, 5000);
	table_finish(&t);
	tend_arena_finish(&arena);
}

static void spans_tell_where_the_rows_of_a_customer_stand(void **state)
{
	(void)state;
	struct tend_list list;
	tend_list_init(&list, &tend_activity_type);
	struct spans s;
	spans_init(&s, &list, offsetof(struct tend_activity, customer_id));
	assert_int_equal(spans_of(&s, 1).n, 0);
	spans_finish(&s);
	for (int64_t id = 1; id <= 300; id++) {
		for (int64_t k = 0; k < id % 4; k++) {
			((struct tend_activity *)tend_list_add(&list))->customer_id = id * 1000003;
		}
	}
	spans_init(&s, &list, offsetof(struct tend_activity, customer_id));
	size_t first = 0;
	for (int64_t id = 1; id <= 300; id++) {
		struct span span = spans_of(&s, id * 1000003);
		assert_int_equal(span.n, id % 4);
		assert_true(span.n == 0 || span.first == first);
		first += span.n;
	}
	assert_int_equal(spans_of(&s, 17).n, 0);
	spans_finish(&s);
	tend_list_finish(&list);
}

static void a_text_in_two_languages_is_one_column(void **state)
{
	(void)state;
	static const struct {
		const char *en, *zh, *in_en, *in_zh;
	} rows[] = {{"Kick-off", "启动", "Kick-off", "启动"}, {"Only", NULL, "Only", "Only"},
		{NULL, "只有", "只有", "只有"}, {"", "", "", ""}, {NULL, NULL, "", ""}};
	struct tend_arena arena = {0};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const char *both = both_join(&arena, rows[i].en, rows[i].zh);
		tend_lang_set(TEND_EN);
		assert_string_equal(both_pick(&arena, both), rows[i].in_en);
		tend_lang_set(TEND_ZH);
		assert_string_equal(both_pick(&arena, both), rows[i].in_zh);
	}
	tend_lang_set(TEND_EN);
	assert_string_equal(both_pick(&arena, "plain"), "plain");
	assert_null(both_pick(&arena, NULL));
	tend_arena_finish(&arena);
}

static void terms_are_read_in_months(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		int64_t months; /* 0: refused */
	} rows[] = {{"12m", 12}, {"1y", 12}, {"2y", 24}, {"4q", 12}, {"18", 18}, {"12 months", 12},
		{"1 year", 12}, {"600", 600}, {"601", 0}, {"0", 0}, {"-3", 0}, {"10d", 0},
		{"2w", 0}, {"5wd", 0}, {"", 0}, {"m", 0}, {"12mm", 0}, {"1.5y", 0}, {"51y", 0},
		{"99999999999999999999", 0}};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		int64_t months = 0;
		print_message("\"%s\"\n", rows[i].text);
		assert_int_equal(term_parse(rows[i].text, &months), rows[i].months != 0);
		assert_true(rows[i].months == 0 || months == rows[i].months);
	}
}

static void names_of_journeys_are_split(void **state)
{
	(void)state;
	static const struct {
		const char *name, *key;
		int64_t version;
	} rows[] = {{"small", "small", 0}, {"small@1", "small", 1}, {"a@b@2", "a@b", 2},
		{"@1", NULL, 0}, {"", NULL, 0}, {"a@", NULL, 0}, {"a@0", NULL, 0},
		{"a@-1", NULL, 0}, {"a@x", NULL, 0}, {"a@1.5", NULL, 0}};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char key[TEND_KEY_MAX + 1];
		int64_t version = -1;
		print_message("%s\n", rows[i].name);
		assert_int_equal(journey_name_parse(rows[i].name, key, sizeof(key), &version),
			rows[i].key != NULL);
		if (rows[i].key != NULL) {
			assert_string_equal(key, rows[i].key);
			assert_int_equal(version, rows[i].version);
		}
	}
	char key[TEND_KEY_MAX + 1], longer[TEND_KEY_MAX + 2];
	int64_t version;
	memset(longer, 'a', sizeof(longer) - 1);
	longer[sizeof(longer) - 1] = '\0';
	assert_false(journey_name_parse(longer, key, sizeof(key), &version));
}

/* --- usage in brief --- */

static void point(struct tend_list *list, const char *metric, const char *day, double value)
{
	struct tend_point *p = tend_list_add(list);
	p->metric = metric;
	p->date = book_day(day);
	p->value = value;
}

static bool same(double a, double b)
{
	return (isnan(a) && isnan(b)) || fabs(a - b) < 1e-9;
}

static void usage_is_compared_over_thirty_days(void **state)
{
	(void)state;
	struct book_fixture b;
	book_make(&b, "2026-03-31");
	static const char signals[] =
		"signals: s\nmetrics:\n"
		"  - {key: hits, title: {en: Hits, zh: 点击}, unit: times, kind: counter}\n"
		"  - {key: load, title: {en: Load, zh: 负载}, unit: pct, kind: gauge}\n";
	book_config(&b, "s.yaml", signals);
	book_reopen(&b, "2026-03-31");
	struct tend_list list;
	tend_list_init(&list, &tend_point_type);
	point(&list, "hits", "2026-01-30", 100); /* the day before the 30 before */
	point(&list, "hits", "2026-02-01", 10);
	point(&list, "hits", "2026-03-01", 20); /* the last day of the 30 before */
	point(&list, "hits", "2026-03-02", 40);
	point(&list, "hits", "2026-03-31", 5);
	point(&list, "hits", "2026-04-01", 999); /* yet to come */
	point(&list, "load", "2026-02-10", 50);
	point(&list, "load", "2026-03-10", 60);
	point(&list, "load", "2026-03-20", 80);
	point(&list, "odd", "2026-03-20", 1);
	struct tend_arena arena = {0};
	const struct tend_pack_usage *usage;
	size_t n;
	tend_app_usage(b.app, &list, &arena, &usage, &n);
	assert_int_equal(n, 3);
	assert_string_equal(usage[0].title, "Hits");
	assert_string_equal(usage[0].unit, "times");
	assert_true(same(usage[0].last30, 45));
	assert_true(same(usage[0].before30, 30));
	assert_true(same(usage[0].change, 0.5));
	assert_int_equal(usage[0].newest.day, book_day("2026-03-31").day);
	assert_true(same(usage[0].months[11], 65) && same(usage[0].months[10], 10)
		&& same(usage[0].months[9], 100) && isnan(usage[0].months[8]));
	assert_true(same(usage[1].last30, 70) && same(usage[1].before30, 50));
	assert_true(same(usage[1].months[11], 70) && isnan(usage[1].months[9]));
	assert_string_equal(usage[2].title, "odd");
	assert_true(same(usage[2].last30, 1) && isnan(usage[2].before30) && isnan(usage[2].change));
	tend_arena_finish(&arena);
	tend_list_finish(&list);
	book_remove(&b);
}

/* --- files beside the store --- */

static void files_are_found_at_any_depth_and_before_the_built_in(void **state)
{
	(void)state;
	char *dir = support_make_dir();
	const char *deep = support_path(dir, "a");
	assert_int_equal(mkdir(deep, 0700), 0);
	support_write_text(
		support_path(deep, "mine.yaml"), "calendar: cn\nholidays: [2026-05-05]\n");
	support_write_text(support_path(dir, "x.txt"), "calendar: no\nholidays: []\n");
	support_write_text(support_path(dir, ".hidden.yaml"), "calendar: hidden\nholidays: []\n");
	support_write_text(support_path(dir, "broken.yaml"), "calendar: [\n");
	support_write_text(support_path(dir, "empty.yml"), "");
	support_write_text(
		support_path(dir, "wrong.yaml"), "calendar: wrong\nholidays: [2026-99-99]\n");
	assert_int_equal(symlink(dir, support_path(dir, "loop")), 0);
	struct sources s;
	sources_init(&s, dir);
	const struct source *f = sources_find(&s, TEND_KIND_CALENDAR, "cn");
	assert_non_null(f);
	assert_string_equal(f->origin, "config");
	const struct tend_calendar *c = sources_calendar(&s, "cn");
	assert_non_null(c);
	assert_int_equal(c->nholidays, 1);
	assert_ptr_equal(sources_calendar(&s, "cn"), c); /* read once */
	assert_null(sources_find(&s, TEND_KIND_CALENDAR, "no"));
	assert_null(sources_find(&s, TEND_KIND_CALENDAR, "hidden"));
	assert_null(sources_calendar(&s, "nowhere"));
	assert_null(sources_calendar(&s, "wrong"));
	f = sources_find(&s, TEND_KIND_JOURNEY, "tob-annual");
	assert_non_null(f);
	assert_string_equal(f->origin, "built-in");
	assert_non_null(sources_at(&s, TEND_KIND_JOURNEY, 0));
	assert_null(sources_at(&s, TEND_KIND_JOURNEY, 1000));
	sources_finish(&s);
	support_remove_dir(dir);
}

static void a_playbook_that_was_not_there_is_found_once_it_is(void **state)
{
	(void)state;
	struct book_fixture b;
	const struct source *file = NULL;
	const struct tend_playbook *p = NULL;
	book_make(&b, "2026-03-10");
	assert_null(playbook_kept(b.app, "hello@1"));
	assert_int_equal(playbook_find(b.app, "hello", &file, &p, NULL), TEND_NOT_FOUND);
	book_config(&b, "hello.yaml",
		"playbook: hello\ntitle: Hello\nsteps:\n  - {key: call, title: Call, due: "
		"start}\n");
	sources_forget(&b.app->sources);
	assert_int_equal(playbook_find(b.app, "hello", &file, &p, NULL), TEND_OK);
	assert_string_equal(p->key, "hello");
	assert_ptr_equal(playbook_kept(b.app, "hello@1"), p);
	book_remove(&b);
}

static void settings_fields_and_metrics_are_merged_from_all_files(void **state)
{
	(void)state;
	char *dir = support_make_dir();
	support_write_text(support_path(dir, "a.yaml"),
		"config: profile\nsettings: {theme: dark}\nfields:\n" /* instead of the built-in one */
		"  - {key: region, type: text, title: {en: Region, zh: 区域}}\n");
	support_write_text(support_path(dir, "b.yaml"),
		"config: b\nsettings: {lang: zh}\nfields:\n"
		"  - {key: size, type: number, title: {en: Size, zh: 规模}}\n");
	support_write_text(support_path(dir, "c.yaml"),
		"signals: c\nmetrics:\n"
		"  - {key: logins, title: {en: Mine, zh: 我的}, unit: x, kind: gauge}\n");
	struct sources s;
	sources_init(&s, dir);
	assert_string_equal(sources_setting(&s, "theme"), "dark");
	assert_string_equal(sources_setting(&s, "lang"), "zh");
	assert_null(sources_setting(&s, "none"));
	assert_int_equal(sources_field(&s, "size")->type, TEND_NUMBER);
	assert_int_equal(sources_field(&s, "region")->type, TEND_TEXT);
	assert_null(sources_field(&s, "none"));
	assert_true(sources_metric(&s, "logins")->gauge); /* the team's own comes first */
	assert_non_null(sources_metric(&s, "seats"));
	assert_null(sources_metric(&s, "none"));
	struct tend_arena arena = {0};
	const char *const used[] = {"kept"};
	struct tend_yaml_env env = sources_env(&s, &arena, used, 1);
	assert_int_equal(env.names.ncustom, 3);
	assert_true(env.names.functions);
	assert_true(env.exists(env.ctx, TEND_KIND_CALENDAR, "cn"));
	assert_false(env.exists(env.ctx, TEND_KIND_CALENDAR, "xx"));
	tend_arena_finish(&arena);
	sources_finish(&s);
	sources_init(&s, "/nonexistent");
	assert_null(sources_setting(&s, "theme"));
	assert_non_null(sources_find(&s, TEND_KIND_THEME, "default"));
	sources_finish(&s);
	support_remove_dir(dir);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ids_are_sorted_and_stand_once),
		cmocka_unit_test(a_table_finds_what_was_put),
		cmocka_unit_test(spans_tell_where_the_rows_of_a_customer_stand),
		cmocka_unit_test(a_text_in_two_languages_is_one_column),
		cmocka_unit_test(terms_are_read_in_months),
		cmocka_unit_test(names_of_journeys_are_split),
		cmocka_unit_test(usage_is_compared_over_thirty_days),
		cmocka_unit_test(files_are_found_at_any_depth_and_before_the_built_in),
		cmocka_unit_test(a_playbook_that_was_not_there_is_found_once_it_is),
		cmocka_unit_test(settings_fields_and_metrics_are_merged_from_all_files),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
