/* SPDX-License-Identifier: MIT */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <sys/stat.h>
#include <unistd.h>

#include <tend/file.h>
#include <tend/mem.h>

#include "demo.h"
#include "support.h"

static void expect_on(struct demo *d, const char *view, const char *keys, const char *text)
{
	char *screen = demo_screen(d, "80x24", view, keys);
	if (strstr(screen, text) == NULL) {
		print_message("%s\n", screen);
		fail_msg("\"%s\" is not on the screen after \"%s\"", text, keys);
	}
	free(screen);
}

static void expect_not_on(struct demo *d, const char *view, const char *keys, const char *text)
{
	char *screen = demo_screen(d, "80x24", view, keys);
	if (strstr(screen, text) != NULL) {
		print_message("%s\n", screen);
		fail_msg("\"%s\" is on the screen after \"%s\"", text, keys);
	}
	free(screen);
}

static void expect_milestone(struct demo *d, const char *customer, const char *milestone,
	const char *field, const char *value)
{
	char *got = demo_milestone(d, customer, milestone, field);
	assert_string_equal(got, value);
	free(got);
}

static void press(struct demo *d, const char *view, const char *keys)
{
	free(demo_screen(d, "80x24", view, keys));
}

#define HUADONG "/ huadong Enter "

static void x_completes_the_milestone_of_a_row_at_once(void **state)
{
	(void)state;
	struct demo d;
	demo_make(&d);
	expect_on(&d, "portfolio", HUADONG "x", "done: Advanced training (");
	expect_milestone(&d, "huadong", "training", "state", "done");
	demo_remove(&d);
}

static void x_says_what_is_open_and_keeps_the_selection(void **state)
{
	(void)state;
	struct demo d;
	demo_make(&d);
	expect_on(&d, "portfolio", HUADONG "Tab x", "3 of 3 items open");
	demo_remove(&d);
	demo_make(&d);
	expect_on(&d, "portfolio", HUADONG "Tab x", "> [x]  Advanced training");
	demo_remove(&d);
}

static void x_on_a_done_milestone_opens_it_again(void **state)
{
	(void)state;
	struct demo d;
	demo_make(&d);
	press(&d, "portfolio", HUADONG "Tab x x");
	expect_milestone(&d, "huadong", "training", "state", "todo");
	demo_remove(&d);
}

static void x_works_on_all_marked_rows_as_one_entry(void **state)
{
	(void)state;
	struct demo d;
	demo_make(&d);
	size_t before = demo_count(&d, NULL, "history");
	press(&d, "portfolio", HUADONG "Tab v j j v x");
	expect_milestone(&d, "huadong", "training", "state", "done");
	expect_milestone(&d, "huadong", "review#2", "state", "done");
	expect_milestone(&d, "huadong", "review#3", "state", "done");
	assert_int_equal(demo_count(&d, NULL, "history"), before + 1);
	press(&d, "portfolio", "u");
	expect_milestone(&d, "huadong", "training", "state", "todo");
	expect_milestone(&d, "huadong", "review#3", "state", "todo");
	demo_remove(&d);
}

static void marked_customers_get_their_next_milestone_done(void **state)
{
	(void)state;
	struct demo d;
	demo_make(&d);
	press(&d, "portfolio", ": sort Space key Enter g g Space Space x");
	expect_milestone(&d, "acme", "review#1", "state", "done");
	expect_milestone(&d, "blue", "review#3", "state", "done");
	demo_remove(&d);
}

static void x_without_a_milestone_says_so(void **state)
{
	(void)state;
	struct demo d;
	demo_make(&d);
	size_t before = demo_count(&d, NULL, "history");
	expect_on(&d, "portfolio", "/ plain Enter x", "There is no open milestone here.");
	assert_int_equal(demo_count(&d, NULL, "history"), before);
	demo_remove(&d);
}

static void the_queue_of_today_is_worked_off_with_x(void **state)
{
	(void)state;
	struct demo d;
	demo_make(&d);
	expect_on(&d, "today", NULL, "> !  Northwind Traders       Monthly review #3");
	press(&d, "today", "x");
	expect_milestone(&d, "northwind", "review#3", "state", "done");
	expect_not_on(&d, "today", NULL, "> !  Northwind");
	demo_remove(&d);
}

/* More rows than a first frame loads: each customer here is late with all of its journey. */
static void a_long_queue_is_loaded_as_one_moves_through_it(void **state)
{
	(void)state;
	struct demo d;
	demo_make(&d);
	struct tend_str lines = {0};
	for (int i = 0; i < 12; i++) {
		tend_str_addf(&lines, "%sbulk-%02d,Bulk %02d,2025-01-06,12m,li,mid,1000,CNY",
			i > 0 ? ",demo\n" : "", i, i);
	}
	demo_add(&d, tend_str_text(&lines));
	tend_str_finish(&lines);
	struct tend_app *a = NULL;
	struct tend_list page, all;
	size_t n = 0, urgent = 0;
	assert_int_equal(tend_app_open(&d.app, &a, NULL), TEND_OK);
	assert_int_equal(tend_app_today_bands(a, 48, &page, &n, &urgent, NULL), TEND_OK);
	assert_int_equal(page.n, 48);
	tend_list_finish(&page);
	assert_int_equal(tend_app_today_bands(a, 0, &all, &n, &urgent, NULL), TEND_OK);
	assert_int_equal(all.n, n);
	assert_true(n > 100 && urgent > 64 && urgent < n);
	const struct tend_today_row *last = tend_list_at(&all, n - 1);
	char count[32], name[64];
	(void)snprintf(count, sizeof(count), " %zu", n);
	(void)snprintf(name, sizeof(name), "%.10s", last->name);
	tend_list_finish(&all);
	tend_app_close(a);
	/* The count is of all, whatever is loaded; the end is one key away; a filter looks in all. */
	expect_on(&d, "today", "", count);
	expect_on(&d, "today", "G", name);
	expect_on(
		&d, "today", "C-d C-d C-d C-d C-d C-d C-d C-d C-d C-d C-d C-d C-d C-d C-d", count);
	expect_on(&d, "today", "/ bulk Space 11 Enter G", "Bulk 11");
	(void)snprintf(count, sizeof(count), "%zu marked", n);
	expect_on(&d, "today", "*", count);
	demo_remove(&d);
}

static void a_state_may_ask_for_its_reason(void **state)
{
	(void)state;
	struct demo d;
	demo_make(&d);
	press(&d, "portfolio", HUADONG "s b waits Space for Space IT Enter");
	expect_milestone(&d, "huadong", "training", "state", "blocked");
	expect_milestone(&d, "huadong", "training", "reason", "waits for IT");
	press(&d, "portfolio", HUADONG "s d");
	expect_milestone(&d, "huadong", "training", "state", "doing");
	press(&d, "portfolio", HUADONG "s j j Enter");
	expect_milestone(&d, "huadong", "training", "state", "done");
	demo_remove(&d);
}

static void items_are_ticked_one_by_one(void **state)
{
	(void)state;
	struct demo d;
	demo_make(&d);
	expect_on(&d, "portfolio", HUADONG "Tab i Space", "[x] Plan");
	expect_milestone(&d, "huadong", "training", "items_done", "1");
	expect_on(&d, "portfolio", HUADONG "Tab i Space Space Space Esc", "2/3");
	expect_milestone(&d, "huadong", "training", "items_done", "2");
	demo_remove(&d);
}

static void a_log_takes_three_keys_and_its_text(void **state)
{
	(void)state;
	struct demo d;
	demo_make(&d);
	press(&d, "portfolio", HUADONG "l 谈续费 C-s");
	assert_int_equal(demo_count(&d, "huadong", "activity"), 3);
	expect_on(&d, "portfolio", ": customer Space huadong Enter C", "谈续费");
	press(&d, "portfolio", HUADONG "l remember S-Tab n C-s");
	assert_int_equal(demo_count(&d, "huadong", "activity"), 4);
	demo_remove(&d);
}

static void a_log_without_text_or_with_a_wrong_day_stays_open(void **state)
{
	(void)state;
	struct demo d;
	demo_make(&d);
	expect_on(&d, "portfolio", HUADONG "l C-s", "must be given");
	expect_on(&d, "portfolio", HUADONG "l x S-Tab S-Tab C-u soonish C-s", "not a date");
	assert_int_equal(demo_count(&d, "huadong", "activity"), 2);
	press(&d, "portfolio", HUADONG "l x S-Tab m S-Tab C-u -3d C-s");
	expect_on(&d, "portfolio", ": customer Space huadong Enter C", "11-13");
	demo_remove(&d);
}

static void typed_text_is_never_lost_by_esc(void **state)
{
	(void)state;
	struct demo d;
	demo_make(&d);
	expect_on(&d, "portfolio", HUADONG "l long Space story Esc l", "long story");
	expect_not_on(&d, "portfolio", HUADONG "l long Space story C-s l", "long story");
	expect_on(&d, "portfolio", HUADONG "s b the Space reason Esc s b", "the reason");
	expect_on(&d, "alerts", "z it Space can Space wait Esc z", "it can wait");
	expect_on(&d, "portfolio", ": sort Space -a Esc : Up", ":sort -a");
	demo_remove(&d);
}

static void several_customers_are_logged_at_once(void **state)
{
	(void)state;
	struct demo d;
	demo_make(&d);
	size_t before = demo_count(&d, NULL, "history");
	expect_on(&d, "portfolio", "* l", "New activity: 12 customers");
	press(&d, "portfolio", "* l newsletter C-s");
	assert_int_equal(demo_count(&d, "acme", "activity"), 2);
	assert_int_equal(demo_count(&d, "gonghai", "activity"), 1);
	assert_int_equal(demo_count(&d, NULL, "history"), before + 1);
	demo_remove(&d);
}

static void a_due_date_is_typed_as_people_say_it(void **state)
{
	(void)state;
	static const struct {
		const char *typed, *due;
	} rows[] = {{"+3d", "2026-11-19"}, {"11-25", "2026-11-25"}, {"2027-01-31", "2027-01-31"},
		{"fri", "2026-11-20"}, {"明天", "2026-11-17"}};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct demo d;
		demo_make(&d);
		char *keys = tend_format(HUADONG "d %s Enter", rows[i].typed);
		press(&d, "portfolio", keys);
		expect_milestone(&d, "huadong", "training", "due", rows[i].due);
		free(keys);
		demo_remove(&d);
	}
	struct demo d;
	demo_make(&d);
	expect_on(&d, "portfolio", HUADONG "d whenever Enter", "not a date");
	expect_milestone(&d, "huadong", "training", "due", "2026-11-01");
	demo_remove(&d);
}

static void alerts_are_snoozed_seen_and_resolved(void **state)
{
	(void)state;
	struct demo d;
	demo_make(&d);
	size_t all = demo_count(&d, NULL, "alert");
	expect_on(&d, "alerts", "z board Space decides Enter", "z  Northwind");
	expect_on(&d, "alerts", "G w", "board decides");
	expect_on(&d, "alerts", "A", "v  Cedar Point");
	press(&d, "alerts", "j R");
	assert_int_equal(demo_count(&d, NULL, "alert"), all - 1);
	expect_on(&d, "alerts", "z S-Tab C-u -1d Enter Enter", "Until");
	expect_on(&d, "portfolio", "z", " tend ");
	demo_remove(&d);
}

static void undo_and_redo_go_back_and_forth(void **state)
{
	(void)state;
	struct demo d;
	demo_make(&d);
	press(&d, "portfolio", HUADONG "x u");
	expect_milestone(&d, "huadong", "training", "state", "todo");
	press(&d, "portfolio", "U");
	expect_milestone(&d, "huadong", "training", "state", "done");
	expect_on(&d, "portfolio", NULL, "u: milestone training done (huadong)");
	demo_remove(&d);
}

static void owner_and_fields_are_edited(void **state)
{
	(void)state;
	struct demo d;
	demo_make(&d);
	press(&d, "portfolio", HUADONG "o C-u wang Enter");
	char *owner = demo_value(&d, "huadong", "owner");
	assert_string_equal(owner, "wang");
	free(owner);
	press(&d, "portfolio", HUADONG "e Tab Tab C-u mid C-s");
	char *segment = demo_value(&d, "huadong", "segment");
	assert_string_equal(segment, "mid");
	free(segment);
	size_t before = demo_count(&d, NULL, "history");
	press(&d, "portfolio", HUADONG "e C-s");
	assert_int_equal(demo_count(&d, NULL, "history"), before);
	demo_remove(&d);
}

static void customers_and_milestones_are_added(void **state)
{
	(void)state;
	struct demo d;
	demo_make(&d);
	press(&d, "portfolio",
		"a C newco Tab New Space Company Tab C-u 2026-10-01 Tab Tab 5000 Tab tom Tab Tab "
		"C-u "
		"demo C-s");
	char *name = demo_value(&d, "newco", "name");
	char *renewal = demo_value(&d, "newco", "renewal");
	assert_string_equal(name, "New Company");
	assert_string_equal(renewal, "2027-10-01");
	free(name);
	free(renewal);
	press(&d, "portfolio", HUADONG "Tab a m qbr Tab Quarterly Space talk Tab Tab C-u +9d C-s");
	expect_milestone(&d, "huadong", "qbr", "due", "2026-11-25");
	expect_milestone(&d, "huadong", "qbr", "origin", "added");
	expect_milestone(&d, "huadong", "qbr", "stage", "maturity");
	/* The stage is chosen among those of the journey, by their titles. */
	expect_on(&d, "portfolio", HUADONG "Enter a m", " Growth [Maturity] Renewal");
	press(&d, "portfolio", HUADONG "Enter a m qbr2 Tab Another Tab Right Enter");
	expect_milestone(&d, "huadong", "qbr2", "stage", "renewal");
	demo_remove(&d);
}

static void the_cursor_goes_to_the_customer_that_was_added(void **state)
{
	(void)state;
	struct demo d;
	demo_make(&d);
#define ADD_IT "a C newco Tab New Space Company Enter"
	expect_on(&d, "portfolio", ADD_IT, "> New Company");
	demo_remove(&d);
	demo_make(&d);
	/* Not hidden by the note on milestones that were left out. */
	expect_on(&d, "portfolio", ADD_IT, " customer newco added (New Company)   ");
	demo_remove(&d);
	demo_make(&d);
	press(&d, "portfolio", ADD_IT " l kickoff Space talk C-s");
	assert_int_equal(demo_count(&d, "newco", "activity"), 1);
	demo_remove(&d);
#undef ADD_IT
}

static void the_export_lands_beside_and_never_over_a_file(void **state)
{
	(void)state;
	struct demo d;
	char *here = getcwd(NULL, 0);
	demo_make(&d);
	assert_int_equal(chdir(d.dir), 0);
	expect_on(&d, "portfolio", HUADONG "X", "md");
	expect_on(&d, "portfolio", HUADONG "X m Enter", "written: huadong-renewal.md");
	assert_int_equal(support_mode(support_path(d.dir, "huadong-renewal.md")), 0600);
	char *text = support_read(support_path(d.dir, "huadong-renewal.md"), NULL);
	assert_non_null(strstr(text, "华东渠道科技有限公司"));
	free(text);
	support_write_text(support_path(d.dir, "huadong-renewal.md"), "mine");
	expect_on(&d, "portfolio", HUADONG "X m Enter", "Replace it?");
	/* "No" is selected. */
	press(&d, "portfolio", HUADONG "X m Enter Enter");
	text = support_read(support_path(d.dir, "huadong-renewal.md"), NULL);
	assert_string_equal(text, "mine");
	free(text);
	press(&d, "portfolio", HUADONG "X m Enter y");
	text = support_read(support_path(d.dir, "huadong-renewal.md"), NULL);
	assert_non_null(strstr(text, "华东渠道科技有限公司"));
	free(text);
	press(&d, "portfolio", HUADONG "X j C-u other.json Enter");
	assert_true(support_exists(support_path(d.dir, "other.json")));
	expect_on(&d, "portfolio", HUADONG "X c C-u no/such/folder/x.csv Enter", "Write to:");
	press(&d, "portfolio", "Space Space X h Enter");
	assert_true(support_exists(support_path(d.dir, "acme-renewal.html")));
	assert_true(support_exists(support_path(d.dir, "blue-renewal.html")));
	assert_int_equal(chdir(here), 0);
	free(here);
	demo_remove(&d);
}

static void a_book_is_begun_from_the_first_screen(void **state)
{
	(void)state;
	struct demo d;
	demo_make_without_store(&d);
	assert_false(support_exists(d.store));
	expect_on(&d, NULL, "j j Enter", "This customer book is empty.");
	assert_true(support_exists(d.store));
	expect_on(&d, NULL, "Enter one Tab One Space Only C-s", "One Only");
	demo_remove(&d);
}

int main(void)
{
	(void)setlocale(LC_CTYPE, "C.UTF-8");
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(x_completes_the_milestone_of_a_row_at_once),
		cmocka_unit_test(x_says_what_is_open_and_keeps_the_selection),
		cmocka_unit_test(x_on_a_done_milestone_opens_it_again),
		cmocka_unit_test(x_works_on_all_marked_rows_as_one_entry),
		cmocka_unit_test(marked_customers_get_their_next_milestone_done),
		cmocka_unit_test(x_without_a_milestone_says_so),
		cmocka_unit_test(the_queue_of_today_is_worked_off_with_x),
		cmocka_unit_test(a_long_queue_is_loaded_as_one_moves_through_it),
		cmocka_unit_test(a_state_may_ask_for_its_reason),
		cmocka_unit_test(items_are_ticked_one_by_one),
		cmocka_unit_test(a_log_takes_three_keys_and_its_text),
		cmocka_unit_test(a_log_without_text_or_with_a_wrong_day_stays_open),
		cmocka_unit_test(typed_text_is_never_lost_by_esc),
		cmocka_unit_test(several_customers_are_logged_at_once),
		cmocka_unit_test(a_due_date_is_typed_as_people_say_it),
		cmocka_unit_test(alerts_are_snoozed_seen_and_resolved),
		cmocka_unit_test(undo_and_redo_go_back_and_forth),
		cmocka_unit_test(owner_and_fields_are_edited),
		cmocka_unit_test(customers_and_milestones_are_added),
		cmocka_unit_test(the_cursor_goes_to_the_customer_that_was_added),
		cmocka_unit_test(the_export_lands_beside_and_never_over_a_file),
		cmocka_unit_test(a_book_is_begun_from_the_first_screen),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
