/* SPDX-License-Identifier: MIT */
/* The jump: what it finds while one types, and where Enter leads. */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <tend/mem.h>

#include "demo.h"
#include "support.h"
#include "workbench.h"

static int setup(void **state)
{
	struct demo *d = tend_alloc(sizeof(*d));
	demo_make(d);
	demo_add_records(d);
	*state = d;
	return 0;
}

static int teardown(void **state)
{
	demo_remove(*state);
	free(*state);
	return 0;
}

static void expect_on(struct demo *d, const char *view, const char *keys, const char *text)
{
	char *screen = demo_screen(d, "80x24", view, keys);
	if (strstr(screen, text) == NULL) {
		print_message("%s\n", screen);
		fail_msg("\"%s\" is not on the screen after \"%s\"", text, keys);
	}
	free(screen);
}

static void f_finds_in_every_view(void **state)
{
	struct demo *d = *state;
	for (size_t i = 0; i < page_count; i++) {
		expect_on(d, pages[i].name, "f northw", "> Customer      Northwind Traders");
	}
	expect_on(d, "portfolio", ": customer Space huadong Enter f northw", "> Customer ");
	expect_on(d, "portfolio", "f 华渠", "华东渠道科技有限公司");
	expect_on(d, "portfolio", "f ｎｏｒｔｈｗ", "> Customer ");
}

static void enter_leads_to_the_record_on_its_tab(void **state)
{
	static const struct {
		const char *keys, *tab, *row;
	} rows[] = {
		{"f northw Enter", "[Overview]", "Northwind"},
		{"f dana Space whit Enter", "[People", "> Dana Whitlock"},
		{"f minute Space open Enter", "[Activity", ">      05-11  Complaint"},
		{"f picked Space without Enter", "[Outcomes", "> Orders picked without"},
		{"f storage Enter", "[Money", "Extra storage"},
		{"f coverage Space cold Enter", "[Notes", "> Warehouse visit"},
		{"f north Space proposal Enter", "[Journey]", "> [ ]  Renewal proposal"},
		{"f cake Enter", "[Activity", ">      11-24"},
	};
	struct demo *d = *state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		expect_on(d, "portfolio", rows[i].keys, rows[i].tab);
		expect_on(d, "portfolio", rows[i].keys, rows[i].row);
	}
}

static void esc_goes_back_and_f_again_has_what_was_typed(void **state)
{
	struct demo *d = *state;
	expect_on(d, "portfolio", "f north Esc", "1 Customers");
	expect_on(d, "portfolio", "f north Enter Esc", "1 Customers");
	expect_on(d, "portfolio", "f northw Esc f", " > northw");
	expect_on(d, "portfolio", "f northw Esc f", "> Customer ");
	expect_on(d, "portfolio", "f northw Esc f dune", " > dune");
	expect_on(d, "portfolio", "f Enter", " >\n"); /* nothing to go to */
	/* On the customer's page it changes the tab. */
	expect_on(d, "portfolio", "f northw Enter f dana Space whit Enter Esc", "1 Customers");
}

static void what_is_typed_meanwhile_finds_what_was_changed_meanwhile(void **state)
{
	struct demo *d = *state;
	expect_on(d, "portfolio", "l Zeppelin C-s f zepp", "> Activity  Zeppelin");
	expect_on(d, "portfolio", "l Balloon C-s f ballo Esc u f", "Nothing matches.");
	expect_on(d, "portfolio", "l Glider C-s f glid Esc u U f", "> Activity  Glider");
}

static void hits_beyond_the_screen_are_reached(void **state)
{
	struct demo *d = *state;
	expect_on(d, "portfolio", "f e PgDn PgDn PgDn", " 31/");
	expect_on(d, "portfolio", "f e PgDn PgUp Down C-n C-p Up", " 1/");
}

static struct workbench *open(struct demo *d)
{
	struct workbench *wb = tend_alloc(sizeof(*wb));
	struct tend_error err;
	assert_int_equal(workbench_open(wb, &d->o, "portfolio", &err), TEND_OK);
	canvas_resize(&wb->canvas, 80, 24);
	return wb;
}

static void press(struct workbench *wb, const char *text)
{
	for (; *text != '\0'; text++) {
		(void)workbench_key(wb, (struct key){.code = (uint32_t)*text});
	}
}

static void found_characters_are_emphasised(void **state)
{
	struct demo *d = *state;
	struct workbench *wb = open(d);
	struct tend_str roles = {0};
	press(wb, "fport");
	workbench_settle(wb);
	workbench_draw(wb);
	/* The second row, as the first is selected. */
	canvas_dump_roles(&wb->canvas, 3, &roles);
	const char *marked = strstr(tend_str_text(&roles), "aaaa");
	assert_non_null(marked);
	int at = (int)(marked - tend_str_text(&roles));
	const struct cell *first = canvas_at(&wb->canvas, at, 3);
	assert_int_equal(first->text[0], 'p');
	assert_int_equal(canvas_at(&wb->canvas, at + 3, 3)->text[0], 't');
	tend_str_finish(&roles);
	canvas_finish(&wb->canvas);
	workbench_close(wb);
	free(wb);
}

static void it_is_read_in_slices_between_the_keys(void **state)
{
	struct demo *d = *state;
	struct tend_str lines = {0}, text = {0};
	for (int i = 0; i < SLICE + 20; i++) {
		tend_str_addf(&lines, "%szz%d,Zeppelin %d,2026-01-05,12m,li,,1,USD",
			i > 0 ? ",demo\n" : "", i, i);
	}
	demo_add(d, tend_str_text(&lines));
	struct workbench *wb = open(d);
	bool changed = false;
	press(wb, "fzeppelin");
	workbench_draw(wb);
	canvas_dump(&wb->canvas, &text);
	assert_non_null(strstr(tend_str_text(&text), "reading 200 of 232"));
	assert_non_null(strstr(tend_str_text(&text), "Zeppelin 0 "));
	assert_int_equal(workbench_tick(wb, wb->now + 1, &changed), 0);
	assert_true(changed);
	while (changed) {
		(void)workbench_tick(wb, wb->now + 1, &changed);
	}
	workbench_draw(wb);
	tend_str_clear(&text);
	canvas_dump(&wb->canvas, &text);
	assert_non_null(strstr(tend_str_text(&text), " 1/220 "));
	tend_str_finish(&text);
	tend_str_finish(&lines);
	canvas_finish(&wb->canvas);
	workbench_close(wb);
	free(wb);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	(void)setlocale(LC_ALL, "C.UTF-8");
	const struct CMUnitTest tests[] = {
		TEST(f_finds_in_every_view),
		TEST(enter_leads_to_the_record_on_its_tab),
		TEST(esc_goes_back_and_f_again_has_what_was_typed),
		TEST(what_is_typed_meanwhile_finds_what_was_changed_meanwhile),
		TEST(hits_beyond_the_screen_are_reached),
		TEST(found_characters_are_emphasised),
		TEST(it_is_read_in_slices_between_the_keys),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
