/* SPDX-License-Identifier: MIT */
/* What people do with records in the workbench: proposals while typing, texts, drafts, changing and removing. */
#include <dirent.h>
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <tend/file.h>
#include <tend/mem.h>

#include "demo.h"
#include "kind_form.h"
#include "outside.h"
#include "support.h"
#include "workbench.h"

static struct demo demo;
static char *folder;

/* The book has two contacts of Huadong's and one of Northwind's, and a note. */
static void add(const char *noun, const char *customer, const char *field, const char *value)
{
	struct tend_app *a = NULL;
	struct tend_error err = {0};
	struct tend_done done = {0};
	struct tend_assignment set = {field, value};
	int64_t id;
	assert_int_equal(tend_app_open(&demo.app, &a, &err), TEND_OK);
	assert_int_equal(tend_app_find_customer(a, customer, &id, &err), TEND_OK);
	if (tend_app_record_add(a, tend_kind_called(noun)->type, id, &set, 1, &done, &err)
		!= TEND_OK) {
		fail_msg("%s", err.text);
	}
	tend_done_finish(&done);
	tend_app_close(a);
}

static int set_up(void **state)
{
	(void)state;
	demo_make(&demo);
	folder = tend_path_join(demo.dir, "state/drafts");
	demo.o.drafts = folder;
	add("contact", "huadong", "name", "陈经理");
	add("contact", "huadong", "name", "Dana Wu");
	add("contact", "northwind", "name", "Dorian");
	add("note", "huadong", "title", "First impressions");
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	free(folder);
	demo_remove(&demo);
	return 0;
}

static void start(struct workbench *wb)
{
	assert_int_equal(workbench_open(wb, &demo.o, "portfolio", NULL), TEND_OK);
	canvas_resize(&wb->canvas, 80, 24);
	workbench_settle(wb);
}

/* Names of keys, and words that are typed. */
static void press(struct workbench *wb, const char *keys)
{
	while (*keys != '\0') {
		size_t n = strcspn(keys, " ");
		char *name = tend_strndup(keys, n);
		struct key k;
		if (key_parse(name, &k)) {
			(void)workbench_key(wb, k);
		} else {
			for (size_t at = 0; at < n;) {
				uint32_t c;
				at += (size_t)tend_utf8_decode(name + at, n - at, &c);
				(void)workbench_key(wb, (struct key){c, 0});
			}
		}
		workbench_draw(wb);
		free(name);
		keys += n + (keys[n] == ' ' ? 1 : 0);
	}
}

static void expect(struct workbench *wb, const char *text, bool shown)
{
	struct tend_str screen = {0};
	workbench_draw(wb);
	canvas_dump(&wb->canvas, &screen);
	if ((strstr(tend_str_text(&screen), text) != NULL) != shown) {
		fail_msg("%s\n\"%s\" must %sbe there", tend_str_text(&screen), text,
			shown ? "" : "not ");
	}
	tend_str_finish(&screen);
}

static const char *value_of(const struct workbench *wb, const char *name)
{
	const struct form *f = (const struct form *)wb->dialog;
	for (size_t i = 0; i < f->n; i++) {
		if (strcmp(f->fields[i].name, name) == 0) {
			return form_value(f, i);
		}
	}
	fail_msg("there is no field %s", name);
	return NULL;
}

#define HUADONG "/ huadong Enter "

static void what_may_be_meant_is_proposed(void **state)
{
	(void)state;
	static const struct {
		const char *keys, *field, *value;
	} rows[] = {
		/* The contact of an activity is the third field behind the text. */
		{"l Tab Down Enter", "contact", "Dana Wu"},
		{"l Tab Down Down Enter", "contact", "陈经理"},
		{"l Tab 陈 Down Tab x", "contact", "陈经理"},
		{"l Tab wu Down Enter", "contact", "Dana Wu"},
		/* What nobody is called is kept as it was typed, and Tab alone takes nothing. */
		{"l Tab Dan Tab", "contact", "Dan"},
		{"l Tab Zoe Down", "contact", "Zoe"},
		{"l Tab Dan Down Esc", "contact", "Dan"},
		{"l Tab Dan Down Up", "contact", "Dan"},
		{"l Tab Dan Down Up !", "contact", "Dan!"},
		{"l Tab Down Down Down y", "next_step", "y"},
		{"l Tab C-n Enter", "contact", "Dana Wu"},
		{"l Tab C-n C-n C-p Enter", "contact", "Dana Wu"},
		{"a c x Tab Tab spon Down Enter", "role", "sponsor"},
		{"a o x Tab logi Down Enter", "metric", "logins"},
		{": add Space complaint Enter Tab Tab Tab Tab Tab Tab Tab em Down Enter", "owner",
			"emma"},
		/* Those of other customers are not. */
		{"l Tab Dor Down", "contact", "Dor"},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct workbench wb;
		start(&wb);
		press(&wb, HUADONG);
		press(&wb, rows[i].keys);
		assert_non_null(wb.dialog);
		if (strcmp(value_of(&wb, rows[i].field), rows[i].value) != 0) {
			fail_msg("after %s %s is \"%s\"", rows[i].keys, rows[i].field,
				value_of(&wb, rows[i].field));
		}
		while (wb.dialog != NULL) {
			draft_drop(&wb, (enum draft_kind)wb.dialog->draft, wb.dialog->draft_target);
			wb_pop(&wb);
		}
		workbench_close(&wb);
	}
}

static void words_are_taken_in_the_language_and_kept_as_they_are(void **state)
{
	(void)state;
	struct workbench wb;
	struct tend_list one = {0};
	start(&wb);
	tend_lang_set(TEND_ZH);
	press(&wb, HUADONG "a c 新人 Tab Tab 决策 Down Enter Enter");
	assert_null(wb.dialog);
	assert_int_equal(
		tend_app_record(wb.app, &tend_contact_type, "huadong-contact-3", &one, NULL),
		TEND_OK);
	assert_string_equal(
		((const struct tend_contact *)tend_list_at(&one, 0))->role, "decision-maker");
	tend_list_finish(&one);
	workbench_close(&wb);
}

static void a_customer_is_asked_for_where_none_is_selected(void **state)
{
	(void)state;
	struct workbench wb;
	struct tend_list one = {0};
	start(&wb);
	/* The history is about no customer. */
	press(&wb, "g h a c");
	expect(&wb, "Customer *", true);
	press(&wb, "Tab Zoe C-s");
	expect(&wb, "must be given", true);
	press(&wb, "nobody C-s");
	expect(&wb, "nobody", true);
	assert_non_null(wb.dialog);
	press(&wb, "C-u north Down Enter Tab Zoe Enter");
	assert_null(wb.dialog);
	assert_int_equal(
		tend_app_record(wb.app, &tend_contact_type, "northwind-contact-2", &one, NULL),
		TEND_OK);
	tend_list_finish(&one);
	workbench_close(&wb);
}

static void a_text_takes_lines_and_is_saved_by_control_s(void **state)
{
	(void)state;
	struct workbench wb;
	struct tend_list all = {0};
	start(&wb);
	press(&wb, HUADONG "l first Enter second Up End ! Down End ? C-s");
	assert_null(wb.dialog);
	assert_int_equal(
		tend_app_records(wb.app, &tend_activity_type, 0, NULL, &all, NULL), TEND_OK);
	const struct tend_activity *a = NULL;
	for (size_t i = 0; i < all.n; i++) {
		const struct tend_activity *row = tend_list_at(&all, i);
		a = a == NULL || row->id > a->id ? row : a;
	}
	assert_string_equal(a->text, "first!\nsecond?");
	assert_string_equal(a->kind, "call");
	tend_list_finish(&all);
	workbench_close(&wb);
}

static void pasted_lines_stay_lines(void **state)
{
	(void)state;
	struct workbench wb;
	static const char text[] = "one\ntwo";
	start(&wb);
	press(&wb, HUADONG "l");
	for (size_t i = 0; i < sizeof(text) - 1; i++) {
		uint32_t c = text[i] == '\n' ? K_ENTER : (uint32_t)text[i];
		(void)workbench_key(&wb, (struct key){c, MOD_PASTED});
	}
	assert_string_equal(value_of(&wb, "text"), "one\ntwo");
	workbench_close(&wb);
}

/* --- drafts --- */

static void drafts_are_told_apart_by_kind_customer_and_record(void **state)
{
	(void)state;
	struct workbench wb;
	start(&wb);
	press(&wb, HUADONG "a c Newcomer Esc");
	press(&wb, "a r");
	expect(&wb, "Newcomer", false);
	press(&wb, "Esc : contact Space northwind Enter");
	expect(&wb, "Newcomer", false);
	press(&wb, "Esc : contact Space edit Space huadong-contact-1 Enter");
	expect(&wb, "Newcomer", false);
	press(&wb, "End Mei Esc : contact Space edit Space huadong-contact-2 Enter");
	expect(&wb, "Mei", false);
	press(&wb, "Esc : contact Space edit Space huadong-contact-1 Enter");
	expect(&wb, "陈经理Mei", true);
	press(&wb, "Esc a c");
	expect(&wb, "Newcomer", true);
	workbench_close(&wb);
}

static void a_crash_and_a_hang_up_keep_what_was_typed(void **state)
{
	(void)state;
	struct workbench crashed, wb;
	bool changed;
	start(&crashed);
	press(&crashed, HUADONG "a o Faster Tab Tab 12 S-Tab S-Tab ! Tab");
	(void)workbench_tick(&crashed, 5000, &changed);
	/* Another program, as if this one had died; then that one hangs up. */
	start(&wb);
	press(&wb, HUADONG "a o");
	assert_string_equal(value_of(&wb, "title"), "Faster!");
	assert_string_equal(value_of(&wb, "baseline"), "12");
	press(&wb, "Tab Tab Tab Tab Tab Tab Tab Tab Tab Tab Tab Tab line Enter two");
	assert_string_equal(value_of(&wb, "experience_note"), "line\ntwo");
	workbench_close(&wb);
	start(&wb);
	press(&wb, HUADONG "a o");
	assert_string_equal(value_of(&wb, "experience_note"), "line\ntwo");
	press(&wb, "C-s");
	assert_null(wb.dialog);
	press(&wb, "a o");
	assert_string_equal(value_of(&wb, "title"), "");
	workbench_close(&wb);
	workbench_close(&crashed);
}

/* --- changing and removing --- */

static void the_selected_record_is_changed_and_removed(void **state)
{
	(void)state;
	struct workbench wb;
	struct tend_list one = {0};
	start(&wb);
	press(&wb, HUADONG "Enter P e");
	expect(&wb, "Contact: Dana Wu", true);
	press(&wb, "End ng Enter");
	expect(&wb, "Dana Wung", true);
	press(&wb, "D");
	assert_int_equal(
		tend_app_record(wb.app, &tend_contact_type, "huadong-contact-2", &one, NULL),
		TEND_NOT_FOUND);
	tend_list_finish(&one);
	expect(&wb, "Dana Wung", false);
	press(&wb, "u");
	expect(&wb, "Dana Wung", true);
	workbench_close(&wb);
}

static void what_was_added_is_under_the_cursor(void **state)
{
	(void)state;
	static const struct {
		const char *keys, *kind, *title;
	} rows[] = {
		{"C l a Space word C-s", "activity", "a word"},
		{"P a c Abel Enter", "contact", "Abel"},
		{"T a e Orders Enter", "expectation", "Orders"},
		{"N n Last Space one Enter", "note", "Last one"},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct workbench wb;
		const struct tend_kind *kind;
		struct tend_list one = {0};
		const char *name;
		int64_t customer;
		start(&wb);
		press(&wb, HUADONG "Enter");
		press(&wb, rows[i].keys);
		assert_null(wb.dialog);
		assert_true(target_record(&wb, &kind, &customer, &name));
		assert_string_equal(kind->noun, rows[i].kind);
		assert_int_equal(tend_app_record(wb.app, kind->type, name, &one, NULL), TEND_OK);
		assert_string_equal(tend_kind_value(kind, tend_list_at(&one, 0), kind->label).text,
			rows[i].title);
		tend_list_finish(&one);
		workbench_close(&wb);
	}
}

static void rows_that_are_no_records_say_so(void **state)
{
	(void)state;
	struct workbench wb;
	start(&wb);
	/* The newest rows of the timeline are alerts. */
	press(&wb, HUADONG "Enter C g g");
	while (wb_pane(&wb)->grid.cursor < wb_pane(&wb)->grid.n) {
		const struct tend_entry *e =
			grid_selected(&wb_pane(&wb)->grid, &wb_pane(&wb)->list);
		if (strcmp(e->kind, "alert") == 0) {
			break;
		}
		press(&wb, "j");
	}
	static const char *const keys[] = {"e", "D", "E"};
	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		press(&wb, keys[i]);
		assert_null(wb.dialog);
		expect(&wb, "No record is selected here.", true);
	}
	workbench_close(&wb);
}

/* --- in the editor --- */

/* What an editor would do. */
static void edited(struct workbench *wb, const char *text, const char *failed)
{
	assert_non_null(wb->outside);
	if (text != NULL) {
		assert_int_equal(
			tend_file_write(wb->outside, text, strlen(text), true, NULL), TEND_OK);
	}
	workbench_edited(wb, failed);
}

static void the_text_of_a_record_goes_to_the_editor_and_back(void **state)
{
	(void)state;
	struct workbench wb;
	struct tend_list one = {0};
	const struct tend_kind *note = tend_kind_called("note");
	start(&wb);
	press(&wb, HUADONG "Enter N E");
	edited(&wb, "# A heading\n\nand more\n", NULL);
	assert_null(wb.dialog);
	assert_int_equal(
		tend_app_record(wb.app, note->type, "huadong-note-1", &one, NULL), TEND_OK);
	assert_string_equal(tend_kind_value(note, tend_list_at(&one, 0), "text").text,
		"# A heading\n\nand more");
	tend_list_finish(&one);
	/* As it was: nothing is written, and nothing stays open. */
	press(&wb, "E");
	edited(&wb, NULL, NULL);
	assert_null(wb.dialog);
	expect(&wb, "The text is as it was.", true);
	press(&wb, "E");
	edited(&wb, NULL, "vi ended with 1");
	assert_null(wb.dialog);
	expect(&wb, "vi ended with 1", true);
	workbench_close(&wb);
}

static void a_text_that_cannot_be_saved_stays_in_the_form(void **state)
{
	(void)state;
	struct workbench wb;
	char *text = tend_alloc(TEND_LONG_TEXT_MAX + 10);
	memset(text, 'x', TEND_LONG_TEXT_MAX + 5);
	start(&wb);
	press(&wb, HUADONG "Enter N E");
	edited(&wb, text, NULL);
	assert_non_null(wb.dialog);
	expect(&wb, "are kept", true);
	assert_string_equal(value_of(&wb, "text"), text);
	free(text);
	workbench_close(&wb);
}

static void of_several_texts_one_is_picked(void **state)
{
	(void)state;
	struct workbench wb;
	struct tend_list one = {0};
	const struct tend_kind *k = tend_kind_called("outcome");
	add("outcome", "huadong", "title", "Faster orders");
	start(&wb);
	press(&wb, HUADONG "Enter T E");
	expect(&wb, "Which text?", true);
	press(&wb, "j Enter");
	edited(&wb, "a remark", NULL);
	assert_null(wb.dialog);
	assert_int_equal(
		tend_app_record(wb.app, k->type, "huadong-outcome-1", &one, NULL), TEND_OK);
	assert_string_equal(tend_kind_value(k, tend_list_at(&one, 0), "note").text, "a remark");
	tend_list_finish(&one);
	workbench_close(&wb);
}

static void without_a_folder_there_is_no_editor(void **state)
{
	(void)state;
	struct workbench wb;
	demo.o.drafts = NULL;
	start(&wb);
	press(&wb, HUADONG "l kept C-e");
	assert_null(wb.outside);
	assert_string_equal(value_of(&wb, "text"), "kept");
	workbench_close(&wb);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
	(void)setlocale(LC_CTYPE, "C.UTF-8");
	const struct CMUnitTest tests[] = {
		TEST(what_may_be_meant_is_proposed),
		TEST(words_are_taken_in_the_language_and_kept_as_they_are),
		TEST(a_customer_is_asked_for_where_none_is_selected),
		TEST(a_text_takes_lines_and_is_saved_by_control_s),
		TEST(pasted_lines_stay_lines),
		TEST(drafts_are_told_apart_by_kind_customer_and_record),
		TEST(a_crash_and_a_hang_up_keep_what_was_typed),
		TEST(the_selected_record_is_changed_and_removed),
		TEST(what_was_added_is_under_the_cursor),
		TEST(rows_that_are_no_records_say_so),
		TEST(the_text_of_a_record_goes_to_the_editor_and_back),
		TEST(a_text_that_cannot_be_saved_stays_in_the_form),
		TEST(of_several_texts_one_is_picked),
		TEST(without_a_folder_there_is_no_editor),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
