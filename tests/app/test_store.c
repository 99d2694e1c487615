/* SPDX-License-Identifier: MIT */
/* Opening, days, settings, copies, generated books and the renewal pack. */
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

#define TODAY "2026-03-10"

static int set_up(void **state)
{
	struct book_fixture *b = tend_alloc(sizeof(*b));
	(void)unsetenv("TEND_TODAY");
	(void)unsetenv("TEND_DB");
	book_make(b, TODAY);
	*state = b;
	return 0;
}

static int tear_down(void **state)
{
	(void)unsetenv("TEND_TODAY");
	(void)unsetenv("TEND_DB");
	(void)unsetenv("TEND_SAMPLE");
	book_remove(*state);
	free(*state);
	return 0;
}

static int64_t at(void *ctx)
{
	return *(int64_t *)ctx;
}

static enum tend_status try_open(
	struct book_fixture *b, const char *store, struct tend_app **ret, struct tend_error *err)
{
	static int64_t now = 1773100800; /* 2026-03-10 00:00 UTC */
	struct tend_app_options o = {.store = store,
		.today = TEND_NO_DATE,
		.clock = at,
		.clock_ctx = &now,
		.config_dir = b->config};
	*ret = NULL;
	return tend_app_open(&o, ret, err);
}

static void a_store_that_is_not_there_says_how_to_make_one(void **state)
{
	struct book_fixture *b = *state;
	struct tend_app *a;
	struct tend_error err = {0};
	assert_int_equal(try_open(b, support_path(b->dir, "none.db"), &a, &err), TEND_UNAVAILABLE);
	assert_non_null(strstr(err.text, "store init"));
	assert_int_equal(try_open(b, "postgresql://host/db", &a, &err), TEND_UNAVAILABLE);
	assert_int_equal(try_open(b, book_file(b, "text.db", "hello"), &a, &err), TEND_UNAVAILABLE);
	assert_int_equal(try_open(b, book_file(b, "empty.db", ""), &a, &err), TEND_UNAVAILABLE);
	struct tend_app_options o = {.store = b->store};
	assert_int_equal(tend_app_init(&o, false, &err), TEND_FAILED);
}

static void the_day_comes_from_option_environment_store_or_clock(void **state)
{
	struct book_fixture *b = *state;
	struct tend_app *a;
	struct tend_error err = {0};
	assert_int_equal(try_open(b, b->store, &a, &err), TEND_OK);
	assert_int_equal(tend_app_today(a).day, book_day("2026-03-10").day);
	assert_false(tend_app_day_is_fixed(a));
	assert_int_equal(tend_app_set_setting(a, "today", "2026-05-05", &err), TEND_OK);
	tend_app_close(a);
	assert_int_equal(try_open(b, b->store, &a, &err), TEND_OK);
	assert_int_equal(tend_app_today(a).day, book_day("2026-05-05").day);
	assert_true(tend_app_day_is_fixed(a));
	tend_app_close(a);
	(void)setenv("TEND_TODAY", "2026-06-06", 1);
	(void)setenv("TEND_DB", b->store, 1);
	assert_int_equal(try_open(b, NULL, &a, &err), TEND_OK);
	assert_int_equal(tend_app_today(a).day, book_day("2026-06-06").day);
	assert_string_equal(tend_app_store_path(a), b->store);
	tend_app_close(a);
	(void)setenv("TEND_TODAY", "tomorrow", 1);
	assert_int_equal(try_open(b, b->store, &a, &err), TEND_USAGE);
	assert_non_null(strstr(err.text, "tomorrow"));
	book_reopen(b, "2026-07-07");
	assert_int_equal(tend_app_today(b->app).day, book_day("2026-07-07").day);
}

static void the_local_day_follows_the_offset_from_utc(void **state)
{
	static const struct {
		int64_t now;
		int offset;
		const char *day;
	} rows[] = {{1773100799, 0, "2026-03-09"}, {1773100800, 0, "2026-03-10"},
		{1773100799, 1, "2026-03-10"}, {1773100800, -1, "2026-03-09"},
		{1773100800 - 8 * 3600, 8 * 3600, "2026-03-10"}, {-1, 0, "1969-12-31"}};
	struct book_fixture *b = *state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		int64_t now = rows[i].now;
		struct tend_app *a = NULL;
		struct tend_app_options o = {.store = b->store,
			.today = TEND_NO_DATE,
			.clock = at,
			.clock_ctx = &now,
			.utc_offset = rows[i].offset,
			.config_dir = b->config,
			.lazy = true};
		assert_int_equal(tend_app_open(&o, &a, NULL), TEND_OK);
		assert_int_equal(tend_app_today(a).day, book_day(rows[i].day).day);
		now += 86400;
		assert_true(tend_app_changed_outside(a)); /* midnight passed */
		assert_int_equal(tend_app_today(a).day, book_day(rows[i].day).day + 1);
		assert_false(tend_app_changed_outside(a));
		tend_app_close(a);
	}
}

static void edits_of_another_program_are_noticed_once(void **state)
{
	struct book_fixture *b = *state, other = *b;
	book_add(b, "key=acme|name=Acme|started=2026-01-01");
	assert_false(tend_app_changed_outside(b->app));
	other.app = NULL;
	book_reopen(&other, TODAY);
	book_log(&other, "acme", "call", NULL, "from elsewhere");
	assert_true(tend_app_changed_outside(b->app));
	assert_false(tend_app_changed_outside(b->app));
	tend_app_close(other.app);
}

static void a_read_only_store_can_still_be_read(void **state)
{
	struct book_fixture *b = *state;
	book_add(b, "key=acme|name=Acme|started=2026-01-01|arr=100|journey=small");
	tend_app_close(b->app);
	b->app = NULL;
	assert_int_equal(chmod(b->store, 0400), 0);
	assert_int_equal(chmod(b->dir, 0500), 0);
	book_reopen(b, "2026-04-20");
	/* root writes anyway; what is read is the same */
	assert_string_equal(book_value(b, "acme", "month"), "4");
	assert_string_equal(book_value(b, "acme", "arr"), "100.00");
	assert_string_equal(book_value(b, "acme", "overdue"), "6");
	assert_int_equal(chmod(b->dir, 0700), 0);
	assert_int_equal(chmod(b->store, 0600), 0);
}

static void a_lazy_start_is_brought_up_in_slices(void **state)
{
	struct book_fixture *b = *state;
	char fields[64];
	for (int i = 0; i < 7; i++) {
		(void)snprintf(
			fields, sizeof(fields), "key=c%d|name=C|started=2026-01-0%d", i, i + 1);
		book_add(b, fields);
	}
	struct tend_app *a = NULL;
	struct tend_app_options o = {.store = b->store,
		.today = book_day("2026-04-20"),
		.config_dir = b->config,
		.lazy = true};
	assert_int_equal(tend_app_open(&o, &a, NULL), TEND_OK);
	static const size_t left[] = {4, 1, 0, 0};
	for (size_t i = 0; i < 4; i++) {
		size_t n = 99;
		assert_int_equal(tend_app_evaluate(a, 3, &n, NULL), TEND_OK);
		assert_int_equal(n, left[i]);
	}
	tend_app_close(a);
	book_reopen(b, "2026-04-20");
	assert_string_equal(book_value(b, "c3", "month"), "4");
}

static void settings_are_kept_without_an_entry(void **state)
{
	struct book_fixture *b = *state;
	assert_null(tend_app_setting(b->app, "theme"));
	assert_int_equal(tend_app_set_setting(b->app, "theme", "dark", NULL), TEND_OK);
	char *value = tend_app_setting(b->app, "theme");
	assert_string_equal(value, "dark");
	free(value);
	assert_null(tend_app_undo_summary(b->app));
	assert_int_equal(tend_app_set_setting(b->app, "theme", NULL, NULL), TEND_OK);
	book_config(b, "team.yaml", "config: team\nsettings: {theme: light}\n");
	book_reopen(b, TODAY);
	value = tend_app_setting(b->app, "theme");
	assert_string_equal(value, "light");
	free(value);
}

static void themes_and_keys_come_from_the_folder_then_built_in(void **state)
{
	struct book_fixture *b = *state;
	struct tend_theme *theme = NULL;
	struct tend_error err = {0};
	assert_int_equal(tend_app_theme(b->app, "dark", &theme, &err), TEND_OK);
	tend_theme_destroy(theme);
	assert_int_equal(tend_app_theme(b->app, "darc", &theme, &err), TEND_NOT_FOUND);
	assert_non_null(strstr(err.text, "dark"));
	book_config(b, "deep-keys.yaml", "keys: mine\nbindings: {any: {\"Q\": quit}}\n");
	book_config(b, "broken.yaml", "keys: [\n");
	book_config(b, "theme.yaml", "theme: dark\ntitle: Mine\nrols: {}\n");
	book_reopen(b, TODAY);
	struct tend_keys_file **files = NULL;
	size_t n = 0;
	struct tend_findings findings;
	tend_findings_init(&findings, "keys");
	assert_int_equal(tend_app_keys(b->app, &files, &n, &findings, &err), TEND_OK);
	assert_int_equal(n, 1);
	assert_string_equal(files[0]->key, "mine");
	tend_keys_file_destroy(files[0]);
	free(files);
	tend_findings_finish(&findings);
	assert_int_equal(tend_app_theme(b->app, "dark", &theme, &err), TEND_BAD_INPUT);
	assert_non_null(strstr(err.text, "theme.yaml:"));
}

static void copies_can_be_made_and_put_back(void **state)
{
	struct book_fixture *b = *state;
	struct tend_error err = {0};
	book_add(b, "key=acme|name=Acme|started=2026-01-01");
	const char *copy = support_path(b->dir, "copy.db");
	assert_int_equal(tend_app_store_backup(b->app, copy, false, &err), TEND_OK);
	assert_int_equal(tend_app_store_backup(b->app, copy, false, &err), TEND_FAILED);
	assert_int_equal(tend_app_store_backup(b->app, copy, true, &err), TEND_OK);
	book_set(b, "acme", "name=Changed");
	tend_app_close(b->app);
	b->app = NULL;
	char *kept = NULL;
	struct tend_app_options o = {.store = b->store};
	assert_int_equal(tend_app_store_restore(&o, copy, &kept, &err), TEND_OK);
	assert_non_null(kept);
	free(kept);
	book_reopen(b, TODAY);
	assert_string_equal(book_value(b, "acme", "name"), "Acme");
	struct tend_list info;
	assert_int_equal(tend_app_store_info(b->app, &info, &err), TEND_OK);
	bool found = false;
	for (size_t i = 0; i < info.n; i++) {
		const struct tend_setting *s = tend_list_at(&info, i);
		found = found || (strcmp(s->name, "customers") == 0 && strcmp(s->value, "1") == 0);
	}
	assert_true(found);
	tend_list_finish(&info);
}

static void the_sample_is_a_private_copy(void **state)
{
	struct book_fixture *b = *state;
	struct tend_error err = {0};
	book_add(b, "key=acme|name=Acme|started=2026-01-01");
	(void)setenv("TEND_SAMPLE", b->store, 1);
	char *path = tend_format("%s/sub/mine.db", b->dir);
	struct tend_app_options o = {
		.store = path, .config_dir = b->config, .today = book_day(TODAY)};
	if (tend_app_init(&o, true, &err) != TEND_OK) {
		fail_msg("%s", err.text);
	}
	assert_int_equal(support_mode(path), 0600);
	assert_int_equal(tend_app_init(&o, true, &err), TEND_FAILED);
	struct tend_app *a = NULL;
	int64_t id;
	assert_int_equal(tend_app_open(&o, &a, &err), TEND_OK);
	assert_int_equal(tend_app_find_customer(a, "acme", &id, &err), TEND_OK);
	tend_app_close(a);
	(void)setenv("TEND_SAMPLE", "/no/such/sample.db", 1);
	o.store = support_path(b->dir, "other.db");
	assert_int_not_equal(tend_app_init(&o, true, &err), TEND_OK);
	assert_false(support_exists(o.store));
	free(path);
}

static char *generated(struct book_fixture *b, const char *name, int64_t seed, const char *today)
{
	struct tend_error err = {0};
	struct book_fixture g = *b;
	g.app = NULL;
	g.store = tend_strdup(support_path(b->dir, name));
	struct tend_app_options o = {.store = g.store,
		.config_dir = b->config,
		.today = today != NULL ? book_day(today) : TEND_NO_DATE};
	if (tend_app_store_generate(&o, 12, seed, &err) != TEND_OK) {
		fail_msg("%s", err.text);
	}
	book_reopen(&g, NULL);
	char *dump = book_dump(&g);
	struct tend_findings findings;
	tend_findings_init(&findings, name);
	assert_int_equal(tend_app_store_check(g.app, &findings, &err), TEND_OK);
	assert_int_equal(findings.n, 0);
	tend_findings_finish(&findings);
	tend_app_close(g.app);
	free(g.store);
	return dump;
}

static void a_seed_gives_the_same_book_on_any_day(void **state)
{
	struct book_fixture *b = *state;
	char *one = generated(b, "g1.db", 5, NULL), *again = generated(b, "g2.db", 5, "2030-01-01");
	char *other = generated(b, "g3.db", 6, NULL);
	assert_same_text(again, one);
	assert_string_not_equal(other, one);
	assert_non_null(strstr(one, "|c000012|"));
	free(one);
	free(again);
	free(other);
	struct tend_error err = {0};
	struct tend_app_options o = {.store = b->store};
	assert_int_equal(tend_app_store_generate(&o, 1, 1, &err), TEND_FAILED);
	assert_int_equal(tend_app_store_generate(&o, 0, 1, &err), TEND_USAGE);
}

static void a_pack_says_what_the_renewal_needs(void **state)
{
	static const struct {
		enum tend_pack_format format;
		const char *file, *says;
	} rows[] = {{TEND_PACK_MD, "acme-renewal.md", "# "},
		{TEND_PACK_CSV, "acme-renewal.csv", "kickoff"},
		{TEND_PACK_JSON, "acme-renewal.json", "\"offer\""},
		{TEND_PACK_HTML, "acme-renewal.html", "<html"}};
	struct book_fixture *b = *state;
	int64_t id =
		book_add(b, "key=acme|name=Acme 有限|started=2026-03-02|journey=small|arr=900");
	book_log(b, "acme", "call", "2026-03-05", "Talked about the offer");
	const struct tend_assignment point[] = {{"metric", "logins"}, {"value", "12"}};
	struct tend_done done;
	assert_int_equal(
		tend_app_record_add(b->app, &tend_point_type, id, point, 2, &done, NULL), TEND_OK);
	tend_done_finish(&done);
	struct tend_list list;
	assert_int_equal(tend_app_customer(b->app, id, &list, NULL), TEND_OK);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct tend_str text = {0};
		struct tend_error err = {0};
		assert_int_equal(
			tend_app_renewal_pack(b->app, id, rows[i].format, &text, &err), TEND_OK);
		assert_non_null(strstr(tend_str_text(&text), rows[i].says));
		assert_non_null(strstr(tend_str_text(&text), "Acme 有限"));
		char *name = tend_app_renewal_file(tend_list_at(&list, 0), rows[i].format);
		assert_string_equal(name, rows[i].file);
		free(name);
		tend_str_finish(&text);
	}
	tend_list_finish(&list);
	struct tend_str text = {0};
	assert_int_equal(
		tend_app_renewal_pack(b->app, 999, TEND_PACK_MD, &text, NULL), TEND_NOT_FOUND);
	tend_str_finish(&text);
}

static void renewals_come_up_within_their_window(void **state)
{
	struct book_fixture *b = *state;
	book_add(b, "key=soon|name=S|started=2025-04-01");
	book_add(b, "key=today|name=T|started=2025-03-10");
	book_add(b, "key=late|name=L|started=2025-09-01");
	book_add(b, "key=gone|name=G|started=2025-04-01|status=churned");
	book_add(b, "key=over|name=O|started=2025-03-09");
	static const struct {
		int days;
		const char *keys;
	} rows[] = {{0, "today "}, {22, "today soon "}, {21, "today "}, {365, "today soon late "}};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct tend_list list;
		struct tend_str keys = {0};
		struct tend_duration within = {rows[i].days, TEND_DAY};
		assert_int_equal(tend_app_renewals_within(b->app, within, &list, NULL), TEND_OK);
		for (size_t k = 0; k < list.n; k++) {
			tend_str_addf(&keys, "%s ",
				((struct tend_customer *)tend_list_at(&list, k))->key);
		}
		assert_string_equal(tend_str_text(&keys), rows[i].keys);
		tend_str_finish(&keys);
		tend_list_finish(&list);
	}
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_store_that_is_not_there_says_how_to_make_one),
		TEST(the_day_comes_from_option_environment_store_or_clock),
		TEST(the_local_day_follows_the_offset_from_utc),
		TEST(edits_of_another_program_are_noticed_once),
		TEST(a_read_only_store_can_still_be_read),
		TEST(a_lazy_start_is_brought_up_in_slices),
		TEST(settings_are_kept_without_an_entry),
		TEST(themes_and_keys_come_from_the_folder_then_built_in),
		TEST(copies_can_be_made_and_put_back),
		TEST(the_sample_is_a_private_copy),
		TEST(a_seed_gives_the_same_book_on_any_day),
		TEST(a_pack_says_what_the_renewal_needs),
		TEST(renewals_come_up_within_their_window),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
