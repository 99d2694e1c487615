/* SPDX-License-Identifier: MIT */
/* The customer's page: every kind of records on its tab, all that a record says, notes in Markdown. */
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
#include "draw.h"

/* --- Markdown --- */

static void notes_are_shown_as_they_are_meant(void **state)
{
	(void)state;
	static const struct {
		const char *text, *shown;
		enum role role; /* of the first line */
	} rows[] = {
		{"plain", "plain\n", ROLE_TEXT},
		{"# Top", "Top\n", ROLE_TITLE},
		{"### Third ###x", "Third ###x\n", ROLE_ACCENT},
		{"#no heading", "#no heading\n", ROLE_TEXT},
		{"a **b** *c* `d` __e__ _f_ ~~g~~", "a b c d e f g\n", ROLE_TEXT},
		{"2 * 3 * 4", "2 * 3 * 4\n", ROLE_TEXT},
		{"snake_case_name", "snake_case_name\n", ROLE_TEXT},
		{"\\*not\\*", "*not*\n", ROLE_TEXT},
		{"- one\n* two\n+ three", "- one\n- two\n- three\n", ROLE_TEXT},
		{"-no list", "-no list\n", ROLE_TEXT},
		{"  - inner", "  - inner\n", ROLE_TEXT},
		{"1. one\n12) two", "1. one\n12) two\n", ROLE_TEXT},
		{"- [ ] open\n- [x] done", "[ ] open\n[x] done\n", ROLE_TEXT},
		{"> said", "> said\n", ROLE_DIM},
		{"[site](http://a.example/b)", "site (http://a.example/b)\n", ROLE_TEXT},
		{"[no link] (x)", "[no link] (x)\n", ROLE_TEXT},
		{"a\r\nb\r\n", "a\nb\n", ROLE_TEXT},
		{"one\n\ntwo", "one\n\ntwo\n", ROLE_TEXT},
		{"***", "---\n", ROLE_TEXT},
		{"```\n**raw** _x_\n```\nafter *it*", "  **raw** _x_\nafter it\n", ROLE_DIM},
		{"- a list item that is longer than the pane",
			"- a list item that\n  is longer than the\n  pane\n", ROLE_TEXT},
		{"## 决策 **陈经理**", "决策 陈经理\n", ROLE_TITLE},
		{"**", "\n", ROLE_TEXT},
		{"[", "[\n", ROLE_TEXT},
		{"\\", "\\\n", ROLE_TEXT},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct lines l = {0};
		struct tend_str out = {0};
		lines_markdown(&l, strstr(rows[i].text, "longer") != NULL ? 20 : 60, rows[i].text);
		for (size_t k = 0; k < l.n; k++) {
			tend_str_addf(&out, "%s\n", l.items[k].text);
		}
		assert_string_equal(tend_str_text(&out), rows[i].shown);
		assert_true(l.n > 0);
		assert_int_equal(l.items[0].role, rows[i].role);
		tend_str_finish(&out);
		lines_finish(&l);
	}
}

/* --- every kind, from its description alone --- */

#define FIELDS_MAX 40

/* Something that the field may hold; NULL where that hangs on other records. */
static const char *some_value(const struct tend_field *f)
{
	switch (f->type) {
	case TEND_DATE:
		return "2026-11-10";
	case TEND_TEXT:
	case TEND_TAGS:
		return f->refers != NULL                    ? NULL
			: f->values != NULL                 ? f->values[0]
			: (f->flags & TEND_F_CURRENCY) != 0 ? "USD"
			: (f->flags & TEND_F_DURATION) != 0 ? "30d"
			: (f->flags & TEND_F_LONG) != 0     ? "Said *twice*"
							    : "Words";
	default:
		return "1";
	}
}

/* A record with all fields that can be given; 0 where it hangs on others. */
static bool add_whole(struct tend_app *a, const struct tend_kind *k, int64_t customer)
{
	struct tend_assignment fields[FIELDS_MAX];
	struct tend_done done;
	struct tend_error err = {0};
	size_t n = 0;
	for (size_t i = 0; i < k->type->nfields && n < FIELDS_MAX; i++) {
		const struct tend_field *f = &k->type->fields[i];
		const char *value = some_value(f);
		if (!tend_field_is_given(f, true) || tend_same(f->name, "filter")
			|| (f->flags & TEND_F_KEY) != 0 || tend_same(f->name, k->ended)) {
			continue;
		}
		if (value == NULL && (f->flags & TEND_F_REQUIRED) != 0) {
			return false;
		}
		if (value != NULL) {
			fields[n++] = (struct tend_assignment){f->name, value};
		}
	}
	if (tend_app_record_add(a, k->type, customer, fields, n, &done, &err) != TEND_OK) {
		fail_msg("%s: %s", k->noun, err.text);
	}
	tend_done_finish(&done);
	return true;
}

static struct tend_app *open_demo(struct demo *d, int64_t *ret_customer)
{
	struct tend_app *a = NULL;
	struct tend_error err = {0};
	assert_int_equal(tend_app_open(&d->app, &a, &err), TEND_OK);
	assert_int_equal(tend_app_find_customer(a, "acme", ret_customer, &err), TEND_OK);
	return a;
}

static const char *letter_of(enum tend_tab tab)
{
	for (size_t i = 0; i < customer_tab_count; i++) {
		if (customer_tabs[i].part == tab && tab != TEND_TAB_NONE) {
			return actions[customer_tabs[i].opens].keys;
		}
	}
	return NULL;
}

/* The only record of its kind stands on the kind's tab, under the kind's title or with a pane of its own. */
static void every_kind_stands_on_its_tab(void **state)
{
	(void)state;
	for (size_t i = 0; i < tend_kind_count; i++) {
		const struct tend_kind *k = tend_kinds[i];
		struct demo d;
		int64_t customer;
		if (k->tab == TEND_TAB_NONE) {
			continue;
		}
		demo_make(&d);
		struct tend_app *a = open_demo(&d, &customer);
		bool added = add_whole(a, k, customer);
		tend_app_close(a);
		if (added) {
			const char *letter = letter_of(k->tab);
			assert_non_null(letter);
			char *keys = tend_format(": customer Space acme Enter %s", letter);
			char *screen = demo_screen(&d, "160x48", "portfolio", keys);
			if (strstr(screen, tend_pick(k->titles)) == NULL
				&& strstr(screen, tend_pick(k->type->title)) == NULL) {
				fail_msg("%s is not on its tab:\n%s", k->noun, screen);
			}
			free(screen);
			free(keys);
		}
		demo_remove(&d);
	}
}

static bool has_line(const struct lines *l, const char *text)
{
	for (size_t i = 0; i < l->n; i++) {
		const struct line *line = &l->items[i];
		if (strstr(line->text, text) != NULL
			|| (line->label != NULL && strcmp(line->label, text) == 0)) {
			return true;
		}
	}
	return false;
}

/* Each field with a value is told, by its title or as the record's own text; none that is empty. */
static void details_tell_every_field_of_every_kind(void **state)
{
	(void)state;
	struct demo d;
	int64_t customer;
	demo_make(&d);
	struct tend_app *a = open_demo(&d, &customer);
	struct workbench wb = {.app = a, .today = tend_app_today(a)};
	for (int lang = 0; lang < 2; lang++) {
		for (size_t i = 0; i < tend_kind_count; i++) {
			const struct tend_kind *k = tend_kinds[i];
			struct tend_list list;
			if (tend_kind_belongs(k) == TEND_TO_NOBODY
				|| (lang == 0 && !add_whole(a, k, customer))) {
				continue;
			}
			tend_lang_set(lang == 0 ? TEND_EN : TEND_ZH);
			assert_int_equal(
				tend_app_records(a, k->type, customer, NULL, &list, NULL), TEND_OK);
			struct lines l = {0};
			for (size_t f = 0; list.n > 0 && f < k->type->nfields; f++) {
				const struct tend_field *field = &k->type->fields[f];
				struct tend_value v = tend_field_get(field, tend_list_at(&list, 0));
				bool hidden = (field->flags & (TEND_F_HIDDEN | TEND_F_KEY)) != 0
					|| strcmp(field->name, "customer") == 0;
				lines_finish(&l);
				lines_record(&wb, k, tend_list_at(&list, 0), 60, &l);
				bool told = has_line(&l, tend_pick(field->title))
					|| (!v.null && v.type == TEND_TEXT
						&& (has_line(&l, v.text)
							|| has_line(&l, "Said twice")));
				if (!hidden && told == v.null) {
					fail_msg("%s.%s is %s", k->noun, field->name,
						told ? "told and empty" : "not told");
				}
			}
			lines_finish(&l);
			tend_list_finish(&list);
		}
	}
	tend_app_close(a);
	demo_remove(&d);
}

/* What lies ahead is told by its distance; late is only what is still to be done by a day. */
static void details_call_late_what_is_still_to_be_done(void **state)
{
	(void)state;
	static const struct {
		const char *state;
		bool late;
	} rows[] = {{"open", true}, {"achieved", false}};
	const struct tend_kind *k = tend_kind_called("outcome");
	struct tend_outcome o;
	tend_record_clear(k->type, &o);
	struct workbench wb = {0};
	assert_true(tend_date_parse("2026-11-16", &wb.today));
	assert_true(tend_date_parse("2026-11-10", &o.due));
	assert_true(tend_date_parse("2026-11-20", &o.as_of));
	assert_true(tend_date_parse("2026-01-02", &o.agreed));
	o.title = "Words";
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct lines l = {0};
		o.state = rows[i].state;
		lines_record(&wb, k, &o, 60, &l);
		assert_true(has_line(&l, "-6d") == rows[i].late);
		assert_true(has_line(&l, "+4d") && !has_line(&l, "2026-01-02  "));
		lines_finish(&l);
	}
}

/* --- the overview --- */

static const char *const always[] = {"Plan for hall 3", "Scanners lose", "$1,2"};

/* Whatever the height, what counts most is there, and the list below keeps some rows. */
static void the_overview_keeps_what_counts_at_every_height(void **state)
{
	(void)state;
	struct demo d;
	demo_make(&d);
	demo_add_records(&d);
	for (int rows = 12; rows < 60; rows += 3) {
		char *size = tend_format("80x%d", rows);
		char *screen =
			demo_screen(&d, size, "portfolio", ": customer Space northwind Enter");
		for (size_t i = 0; i < sizeof(always) / sizeof(always[0]); i++) {
			if (strstr(screen, always[i]) == NULL) {
				fail_msg("%s: %s is gone:\n%s", size, always[i], screen);
			}
		}
		assert_non_null(strstr(screen, "> [!] "));
		assert_true(rows < 24 || strstr(screen, "next step") != NULL);
		assert_true((strstr(screen, "How they are") != NULL) == (rows >= 36));
		free(screen);
		free(size);
	}
	demo_remove(&d);
}

static void milestones_are_worked_on_from_the_overview(void **state)
{
	(void)state;
	struct demo d;
	demo_make(&d);
	free(demo_screen(&d, "80x24", "portfolio", ": customer Space huadong Enter x"));
	char *done = demo_milestone(&d, "huadong", "training", "state");
	assert_string_equal(done, "done");
	free(done);
	demo_remove(&d);
}

/* --- in two columns --- */

static void pairs_take_half_the_rows(void **state)
{
	(void)state;
	struct lines l = {0};
	lines_add(&l, ROLE_TITLE, "%s", "Title");
	for (int i = 0; i < 5; i++) {
		lines_label(&l, "label", ROLE_TEXT, "%d", i);
		l.items[l.n - 1].pair = true;
	}
	lines_add(&l, ROLE_TEXT, "%s", "after");
	assert_int_equal(lines_rows(&l), 1 + 3 + 1);
	struct canvas c = {0};
	struct tend_str out = {0};
	canvas_resize(&c, 30, 4);
	canvas_clear(&c);
	draw_lines(&c, &l, 1, (struct area){0, 0, 30, 4});
	canvas_dump(&c, &out);
	assert_string_equal(tend_str_text(&out),
		"label  0        label  3\nlabel  1        label  4\nlabel  2\nafter\n");
	tend_str_finish(&out);
	canvas_finish(&c);
	lines_finish(&l);
}

int main(void)
{
	(void)setlocale(LC_CTYPE, "C.UTF-8");
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(notes_are_shown_as_they_are_meant),
		cmocka_unit_test(every_kind_stands_on_its_tab),
		cmocka_unit_test(details_tell_every_field_of_every_kind),
		cmocka_unit_test(details_call_late_what_is_still_to_be_done),
		cmocka_unit_test(the_overview_keeps_what_counts_at_every_height),
		cmocka_unit_test(milestones_are_worked_on_from_the_overview),
		cmocka_unit_test(pairs_take_half_the_rows),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
