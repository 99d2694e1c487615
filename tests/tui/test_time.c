/* SPDX-License-Identifier: MIT */
/* The workbench between the keys: what waits, what comes by itself, and what must stay where it is. */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <tend/mem.h>

#include "demo.h"
#include "support.h"
#include "workbench.h"

struct fixture {
	struct demo demo;
	struct workbench wb;
};

static void begin(struct fixture *f, const char *view)
{
	struct tend_error err = {0};
	demo_make(&f->demo);
	assert_int_equal(workbench_open(&f->wb, &f->demo.o, view, &err), TEND_OK);
	canvas_resize(&f->wb.canvas, 80, 24);
}

static void end(struct fixture *f)
{
	workbench_close(&f->wb);
	demo_remove(&f->demo);
}

static char *frame(struct fixture *f)
{
	struct tend_str out = {0};
	workbench_draw(&f->wb);
	canvas_dump(&f->wb.canvas, &out);
	return tend_str_steal(&out);
}

static bool shows(struct fixture *f, const char *text)
{
	char *screen = frame(f);
	bool found = strstr(screen, text) != NULL;
	free(screen);
	return found;
}

static void press(struct fixture *f, const char *keys)
{
	while (*keys != '\0') {
		size_t n = strcspn(keys, " ");
		char *name = tend_strndup(keys, n);
		struct key k;
		assert_true(key_parse(name, &k));
		(void)workbench_key(&f->wb, k);
		free(name);
		keys += n + (keys[n] == ' ' ? 1 : 0);
	}
}

/* Ticks at that time until nothing is left to do at once. */
static void tick_all(struct fixture *f, int64_t now)
{
	bool changed;
	for (int i = 0; i < 100 && workbench_tick(&f->wb, now, &changed) == 0; i++) {}
}

static void what_follows_waits_until_the_keys_rest(void **state)
{
	(void)state;
	struct fixture f;
	bool changed;
	begin(&f, "portfolio");
	tick_all(&f, 1000);
	assert_true(shows(&f, "─ 2 Acme"));
	press(&f, "j");
	assert_true(shows(&f, "> Blue Heron"));
	assert_true(shows(&f, "─ 2 Acme"));
	int wait = workbench_tick(&f.wb, 1010, &changed);
	assert_true(wait > 0 && wait <= REST_MS);
	assert_false(changed);
	press(&f, "j");
	(void)workbench_tick(&f.wb, 1055, &changed);
	assert_false(changed);
	(void)workbench_tick(&f.wb, 1061, &changed);
	assert_true(changed);
	assert_true(shows(&f, "─ 2 Cedar Point"));
	end(&f);
}

static void an_action_does_not_work_on_what_was_shown_before(void **state)
{
	(void)state;
	struct fixture f;
	begin(&f, "portfolio");
	tick_all(&f, 1000);
	/* No rest between the move and the action in the pane that follows. */
	press(&f, "j j Tab x");
	char *cedar = demo_milestone(&f.demo, "cedar", "proposal", "state");
	char *acme = demo_milestone(&f.demo, "acme", "review#1", "state");
	assert_string_equal(cedar, "done");
	assert_string_equal(acme, "todo");
	free(cedar);
	free(acme);
	end(&f);
}

static void a_popup_lists_what_may_follow_after_a_while(void **state)
{
	(void)state;
	struct fixture f;
	bool changed;
	begin(&f, "portfolio");
	tick_all(&f, 1000);
	press(&f, "g");
	(void)workbench_tick(&f.wb, 1100, &changed);
	assert_false(changed);
	assert_false(shows(&f, "Alerts\n"));
	(void)workbench_tick(&f.wb, 1000 + PREFIX_MS, &changed);
	assert_true(changed);
	assert_true(shows(&f, "━ g …"));
	press(&f, "Esc");
	assert_false(shows(&f, "━ g …"));
	end(&f);
}

static void an_idle_workbench_wants_nothing_drawn(void **state)
{
	(void)state;
	struct fixture f;
	begin(&f, "portfolio");
	tick_all(&f, 1000);
	for (int64_t now = 2000; now < 20000; now += 500) {
		bool changed;
		int wait = workbench_tick(&f.wb, now, &changed);
		assert_false(changed);
		assert_true(wait >= 500);
	}
	end(&f);
}

static void changes_from_outside_are_seen_within_a_second_or_so(void **state)
{
	(void)state;
	struct fixture f;
	struct tend_app *a = NULL;
	struct tend_error err = {0};
	struct tend_done done = {0};
	int64_t id;
	bool changed;
	begin(&f, "portfolio");
	tick_all(&f, 1000);
	assert_int_equal(tend_app_open(&f.demo.app, &a, &err), TEND_OK);
	assert_int_equal(tend_app_find_customer(a, "acme", &id, &err), TEND_OK);
	struct tend_assignment name = {"name", "Acme Renamed"};
	assert_int_equal(tend_app_customer_set(a, &id, 1, &name, 1, &done, &err), TEND_OK);
	tend_done_finish(&done);
	tend_app_close(a);
	assert_false(shows(&f, "Acme Renamed"));
	(void)workbench_tick(&f.wb, 4000, &changed);
	assert_true(changed);
	assert_true(shows(&f, "Acme Renamed"));
	end(&f);
}

static void a_new_day_is_worked_out_in_slices_after_the_first_frame(void **state)
{
	(void)state;
	struct fixture f;
	bool changed;
	struct tend_error err = {0};
	demo_make(&f.demo);
	assert_true(tend_date_parse("2026-11-20", &f.demo.app.today));
	assert_int_equal(workbench_open(&f.wb, &f.demo.o, "portfolio", &err), TEND_OK);
	canvas_resize(&f.wb.canvas, 80, 24);
	assert_true(f.wb.evaluating);
	int rounds = 0;
	while (f.wb.evaluating && rounds < 50) {
		(void)workbench_tick(&f.wb, 1000, &changed);
		rounds++;
	}
	assert_false(f.wb.evaluating);
	/* Huadong's training was due on 1 November. */
	assert_true(shows(&f, "-19d"));
	end(&f);
}

static void the_cursor_stays_on_its_record(void **state)
{
	(void)state;
	struct fixture f;
	begin(&f, "portfolio");
	tick_all(&f, 1000);
	press(&f, "j j j");
	assert_true(shows(&f, "> Dune"));
	struct tend_error err = {0};
	assert_int_equal(view_set_sort(&f.wb, wb_view(&f.wb), "-arr", &err), TEND_OK);
	assert_true(shows(&f, "> Dune"));
	assert_int_equal(view_set_filter(&f.wb, wb_view(&f.wb), "tom", &err), TEND_OK);
	assert_int_equal(view_set_filter(&f.wb, wb_view(&f.wb), "", &err), TEND_OK);
	assert_int_equal(view_set_filter(&f.wb, wb_view(&f.wb), "dune", &err), TEND_OK);
	assert_true(shows(&f, "> Dune"));
	assert_int_equal(view_set_filter(&f.wb, wb_view(&f.wb), "", &err), TEND_OK);
	assert_true(shows(&f, "> Dune"));
	view_load(&f.wb, wb_view(&f.wb));
	assert_true(shows(&f, "> Dune"));
	end(&f);
}

static void marks_stay_on_their_records(void **state)
{
	(void)state;
	struct fixture f;
	begin(&f, "portfolio");
	tick_all(&f, 1000);
	press(&f, "Space j Space");
	assert_true(shows(&f, "2 marked"));
	assert_true(shows(&f, " *Acme"));
	assert_int_equal(view_set_sort(&f.wb, wb_view(&f.wb), "-name", NULL), TEND_OK);
	assert_true(shows(&f, "2 marked"));
	view_load(&f.wb, wb_view(&f.wb));
	assert_true(shows(&f, "2 marked"));
	assert_true(shows(&f, " *Acme"));
	assert_true(shows(&f, " *Cedar"));
	end(&f);
}

static void a_row_that_changed_stays_where_it_is(void **state)
{
	(void)state;
	struct fixture f;
	begin(&f, "portfolio");
	tick_all(&f, 1000);
	assert_int_equal(view_set_sort(&f.wb, wb_view(&f.wb), "name", NULL), TEND_OK);
	press(&f, "g g");
	tick_all(&f, 2000);
	press(&f, "e C-u Z e d C-s");
	/* Its new name would be the last one; the row is still the first. */
	char *screen = frame(&f);
	const char *renamed = strstr(screen, "> Zed"), *second = strstr(screen, "  Blue Heron");
	assert_non_null(renamed);
	assert_non_null(second);
	assert_true(renamed < second);
	free(screen);
	end(&f);
}

static void the_last_frame_is_that_of_a_fresh_start(void **state)
{
	(void)state;
	struct fixture f;
	struct support_random r = {99};
	begin(&f, "history");
	tick_all(&f, 1000);
	for (int i = 0; i < 400; i++) {
		canvas_resize(&f.wb.canvas, 1 + (int)support_random(&r, 200),
			1 + (int)support_random(&r, 70));
		workbench_draw(&f.wb);
	}
	canvas_resize(&f.wb.canvas, 80, 24);
	char *screen = frame(&f);
	char *fresh = demo_screen(&f.demo, "80x24", "history", NULL);
	assert_same_text(screen, fresh);
	free(screen);
	free(fresh);
	end(&f);
}

static void every_dialog_outlives_every_size(void **state)
{
	(void)state;
	static const char *const openers[] = {
		"l", "?", "s", "X", "a", "e", ":", "/", "S", "w", "d", "o", "C-p", "X m", "s b"};
	struct support_random r = {5};
	for (size_t i = 0; i < sizeof(openers) / sizeof(openers[0]); i++) {
		struct fixture f;
		begin(&f, "portfolio");
		tick_all(&f, 1000);
		press(&f, openers[i]);
		for (int k = 0; k < 60; k++) {
			canvas_resize(&f.wb.canvas, 1 + (int)support_random(&r, 120),
				1 + (int)support_random(&r, 40));
			workbench_draw(&f.wb);
			assert_true(f.wb.canvas.cursor_x < f.wb.canvas.columns);
			assert_true(f.wb.canvas.cursor_y < f.wb.canvas.rows);
		}
		canvas_resize(&f.wb.canvas, 80, 24);
		workbench_draw(&f.wb);
		/* Where text is typed the real cursor is there, and never on the last row. */
		bool typing = f.wb.dialog != NULL && f.wb.dialog->ops->typing;
		assert_true(!typing || f.wb.canvas.cursor_x >= 0);
		assert_true(f.wb.canvas.cursor_y < 23);
		press(&f, "Esc");
		end(&f);
	}
}

static void leaving_gives_every_byte_back(void **state)
{
	(void)state;
	/* The sanitizers look; here it is only that all kinds of views and dialogs are open. */
	struct fixture f;
	begin(&f, "today");
	press(&f, "Enter ] ] l a b c");
	end(&f);
	begin(&f, "journeys");
	press(&f, "j ? / x");
	end(&f);
	begin(&f, NULL);
	press(&f, "g p v j X m");
	end(&f);
}

static void too_many_views_are_not_stacked(void **state)
{
	(void)state;
	struct fixture f;
	begin(&f, "portfolio");
	tick_all(&f, 1000);
	int64_t id = wb_view(&f.wb)->customer_id;
	for (int i = 0; i < 20; i++) {
		wb_open_customer(&f.wb, id);
	}
	assert_int_equal(f.wb.nviews, VIEWS_MAX);
	for (int i = 0; i < 20; i++) {
		(void)wb_pop_view(&f.wb);
	}
	assert_int_equal(f.wb.nviews, 1);
	assert_false(wb_pop_view(&f.wb));
	end(&f);
}

static void ids_are_taken_once(void **state)
{
	(void)state;
	struct targets t = {0};
	targets_add(&t, 5);
	targets_add(&t, 7);
	targets_add(&t, 5);
	targets_add(&t, 0);
	assert_int_equal(t.n, 2);
	targets_finish(&t);
	assert_int_equal(t.n, 0);
}

static void lines_are_wrapped_and_labelled(void **state)
{
	(void)state;
	struct lines l = {0};
	lines_wrap(&l, ROLE_TEXT, 10, "one two three\nfour 云图物流云图");
	assert_int_equal(l.n, 4);
	assert_string_equal(l.items[0].text, "one two");
	assert_string_equal(l.items[1].text, "three");
	lines_label(&l, "负责人", ROLE_TEXT, "%s", "li");
	assert_int_equal(l.label, 6);
	lines_finish(&l);
	assert_int_equal(l.n, 0);
}

static void drafts_are_kept_by_what_they_are_about(void **state)
{
	(void)state;
	struct fixture f;
	begin(&f, "portfolio");
	draft_keep(&f.wb, DRAFT_SNOOZE, 1, 2, "first");
	draft_keep(&f.wb, DRAFT_SNOOZE, 1, 2, "second");
	draft_keep(&f.wb, DRAFT_SNOOZE, 2, 2, "other");
	draft_keep(&f.wb, DRAFT_REASON, 1, 2, "note");
	assert_string_equal(draft_find(&f.wb, DRAFT_SNOOZE, 1, 2), "second");
	assert_null(draft_find(&f.wb, DRAFT_SNOOZE, 1, 0));
	draft_drop(&f.wb, DRAFT_SNOOZE, 1);
	assert_null(draft_find(&f.wb, DRAFT_SNOOZE, 1, 2));
	assert_string_equal(draft_find(&f.wb, DRAFT_SNOOZE, 2, 2), "other");
	assert_string_equal(draft_find(&f.wb, DRAFT_REASON, 1, 2), "note");
	end(&f);
}

int main(void)
{
	(void)setlocale(LC_CTYPE, "C.UTF-8");
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_follows_waits_until_the_keys_rest),
		cmocka_unit_test(an_action_does_not_work_on_what_was_shown_before),
		cmocka_unit_test(a_popup_lists_what_may_follow_after_a_while),
		cmocka_unit_test(an_idle_workbench_wants_nothing_drawn),
		cmocka_unit_test(changes_from_outside_are_seen_within_a_second_or_so),
		cmocka_unit_test(a_new_day_is_worked_out_in_slices_after_the_first_frame),
		cmocka_unit_test(the_cursor_stays_on_its_record),
		cmocka_unit_test(marks_stay_on_their_records),
		cmocka_unit_test(a_row_that_changed_stays_where_it_is),
		cmocka_unit_test(the_last_frame_is_that_of_a_fresh_start),
		cmocka_unit_test(every_dialog_outlives_every_size),
		cmocka_unit_test(leaving_gives_every_byte_back),
		cmocka_unit_test(too_many_views_are_not_stacked),
		cmocka_unit_test(ids_are_taken_once),
		cmocka_unit_test(lines_are_wrapped_and_labelled),
		cmocka_unit_test(drafts_are_kept_by_what_they_are_about),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
