/* SPDX-License-Identifier: MIT */
/* Lines to type in, pickers, forms and texts, each on its own over a small book. */
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
	char *last; /* what was submitted or picked last */
	int times;
	bool refuse;
};

/* The callbacks get no context of the test: there is one fixture at a time. */
static struct fixture f;

static void begin(void)
{
	struct tend_error err = {0};
	f = (struct fixture){0};
	demo_make(&f.demo);
	assert_int_equal(workbench_open(&f.wb, &f.demo.o, "portfolio", &err), TEND_OK);
	canvas_resize(&f.wb.canvas, 60, 20);
	workbench_settle(&f.wb);
}

static void end(void)
{
	workbench_close(&f.wb);
	demo_remove(&f.demo);
	free(f.last);
}

static void press(const char *keys)
{
	while (*keys != '\0') {
		size_t n = strcspn(keys, " ");
		char *name = tend_strndup(keys, n);
		struct key k;
		assert_true(key_parse(name, &k));
		(void)workbench_key(&f.wb, k);
		free(name);
		keys += n + (keys[n] == ' ' ? 1 : 0);
	}
}

static bool shows(const char *text)
{
	struct tend_str out = {0};
	workbench_draw(&f.wb);
	canvas_dump(&f.wb.canvas, &out);
	bool found = strstr(tend_str_text(&out), text) != NULL;
	tend_str_finish(&out);
	return found;
}

static void remember(const char *text)
{
	free(f.last);
	f.last = tend_strdup(text);
	f.times++;
}

/* --- prompt --- */

static enum follow submit(struct workbench *wb, struct prompt *p, bool *ret_close)
{
	(void)wb;
	remember(editor_text(&p->editor));
	*ret_close = !f.refuse;
	if (f.refuse) {
		(void)snprintf(p->error, sizeof(p->error), "%s", "not like this");
	}
	return FOLLOW_NOTHING;
}

static void cancelled(struct workbench *wb, struct prompt *p)
{
	(void)wb;
	char *text = tend_format("cancelled %s", editor_text(&p->editor));
	remember(text);
	free(text);
}

static void changed(struct workbench *wb, struct prompt *p)
{
	(void)wb;
	remember(editor_text(&p->editor));
}

static struct prompt *open_prompt(const char *text)
{
	struct prompt *p = prompt_create("Path:", text);
	p->submit = submit;
	p->cancelled = cancelled;
	wb_push(&f.wb, &p->base);
	return p;
}

static void a_prompt_gives_its_text_and_closes(void **state)
{
	(void)state;
	begin();
	(void)open_prompt("a");
	assert_true(shows("Path: a"));
	press("b c Enter");
	assert_string_equal(f.last, "abc");
	assert_null(f.wb.dialog);
	end();
}

static void a_prompt_that_is_refused_stays_with_the_reason(void **state)
{
	(void)state;
	begin();
	f.refuse = true;
	(void)open_prompt("x");
	press("Enter");
	assert_non_null(f.wb.dialog);
	assert_true(shows("not like this"));
	/* Typing on takes the message away. */
	press("y");
	assert_false(shows("not like this"));
	f.refuse = false;
	press("Enter");
	assert_string_equal(f.last, "xy");
	assert_null(f.wb.dialog);
	end();
}

static void esc_and_control_c_cancel_a_prompt(void **state)
{
	(void)state;
	static const char *const keys[] = {"z Esc", "z C-c"};
	for (size_t i = 0; i < 2; i++) {
		begin();
		(void)open_prompt("");
		press(keys[i]);
		assert_string_equal(f.last, "cancelled z");
		assert_null(f.wb.dialog);
		end();
	}
}

static void every_change_of_a_prompt_is_told(void **state)
{
	(void)state;
	begin();
	open_prompt("")->changed = changed;
	press("a");
	assert_string_equal(f.last, "a");
	press("b Left");
	assert_string_equal(f.last, "ab");
	assert_int_equal(f.times, 2);
	press("Home Delete");
	assert_string_equal(f.last, "b");
	end();
}

static void keys_of_the_views_are_letters_in_a_prompt(void **state)
{
	(void)state;
	begin();
	(void)open_prompt("");
	press("q Q j ? x u Space ： Enter");
	assert_string_equal(f.last, "qQj?xu ：");
	assert_false(f.wb.quit);
	end();
}

/* --- picker --- */

static enum follow pick(struct workbench *wb, struct picker *p, struct picker_item *item)
{
	(void)wb;
	(void)p;
	remember(item->title);
	return FOLLOW_NOTHING;
}

static struct picker *open_picker(bool searchable)
{
	static const char *const titles[] = {"Apple", "Banana", "Cherry", "云图"};
	static const char *const keys[] = {"a", "b", "c", NULL};
	struct picker *p = picker_create("Fruit");
	for (size_t i = 0; i < 4; i++) {
		picker_add(p, keys[i], titles[i], i == 1 ? "yellow" : NULL);
	}
	p->searchable = searchable;
	p->pick = pick;
	picker_filter(p);
	wb_push(&f.wb, &p->base);
	return p;
}

static void a_picker_is_worked_by_arrows_letters_and_enter(void **state)
{
	(void)state;
	static const struct {
		const char *keys, *picked; /* NULL: nothing */
	} rows[] = {
		{"Enter", "Apple"},
		{"j Enter", "Banana"},
		{"Down Down Enter", "Cherry"},
		{"j j j j j j Enter", "云图"},
		{"G Enter", "云图"},
		{"G g Enter", "Apple"},
		{"j k Space", "Apple"},
		{"PgDn x", "云图"},
		{"c", "Cherry"},
		{"ｂ", "Banana"},
		{"Esc", NULL},
		{"q", NULL},
		{"C-c", NULL},
		{"z Esc", NULL},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		begin();
		(void)open_picker(false);
		press(rows[i].keys);
		assert_null(f.wb.dialog);
		assert_true(tend_same(f.last, rows[i].picked));
		end();
	}
}

static void a_picker_that_can_be_searched_narrows(void **state)
{
	(void)state;
	static const struct {
		const char *keys, *picked;
	} rows[] = {
		{"/ c h Enter", "Cherry"},
		{"/ Y E L Enter", "Banana"}, /* what stands beside is looked in too */
		{"/ 云 Enter", "云图"}, {"/ a n Down Enter", "Banana"},
		{"/ z z Enter Esc Esc", NULL},
		{"/ c h Esc Enter", "Apple"}, /* the query goes, the picker stays */
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		begin();
		(void)open_picker(true);
		press(rows[i].keys);
		assert_true(tend_same(f.last, rows[i].picked));
		end();
	}
}

static void a_picker_may_stay_open(void **state)
{
	(void)state;
	begin();
	open_picker(false)->stays = true;
	press("Space Space j Enter");
	assert_int_equal(f.times, 3);
	assert_string_equal(f.last, "Banana");
	assert_non_null(f.wb.dialog);
	press("Esc");
	assert_null(f.wb.dialog);
	end();
}

static void a_long_picker_scrolls(void **state)
{
	(void)state;
	begin();
	struct picker *p = picker_create("Many");
	for (int i = 0; i < 100; i++) {
		char *title = tend_format("item %d", i);
		struct picker_item *item = picker_add(p, NULL, title, NULL);
		item->group = tend_strdup(i < 50 ? "first half" : "second half");
		free(title);
	}
	p->pick = pick;
	picker_filter(p);
	wb_push(&f.wb, &p->base);
	assert_true(shows("first half"));
	assert_true(shows("> item 0"));
	press("G");
	assert_true(shows("> item 99"));
	press("PgUp PgUp PgUp PgUp PgUp");
	assert_true(shows("> item 49"));
	press("j");
	assert_true(shows("second half"));
	assert_true(shows("> item 50"));
	end();
}

/* --- form --- */

static bool save(struct workbench *wb, struct form *form, enum follow *ret)
{
	(void)wb;
	*ret = FOLLOW_NOTHING;
	char *all = tend_format(
		"%s|%s|%s", form_value(form, 0), form_value(form, 1), form_value(form, 2));
	remember(all);
	free(all);
	if (f.refuse) {
		struct tend_error err = {0};
		(void)tend_fail(&err, TEND_BAD_INPUT, "%s", "name: is too long");
		form_fail(form, &err);
	}
	return !f.refuse;
}

static struct form *open_form(void)
{
	static const char *const kinds[] = {"call", "meeting", "visit", NULL};
	struct form *form = form_create("Form");
	(void)form_add(form, "kind", "Kind", "call", kinds, NULL);
	(void)form_add(form, "name", "Name", "", NULL, "as on the contract");
	(void)form_add(form, "text", "Text", "t", NULL, NULL);
	form->submit = save;
	form_offer_draft(&f.wb, form, DRAFT_ADD, 7);
	wb_push(&f.wb, &form->base);
	return form;
}

static void a_form_moves_between_its_fields(void **state)
{
	(void)state;
	static const struct {
		const char *keys, *saved;
	} rows[] = {
		{"Enter", "call||t"},
		{"Tab a b Enter", "call|ab|t"},
		{"Tab a Tab b Enter", "call|a|b"},
		{"Tab a Tab End b Enter", "call|a|tb"},
		{"S-Tab C-u z Enter", "call||z"},
		{"Down a Up Right Enter", "meeting|a|t"},
		{"Left Enter", "visit||t"},
		{"Space Space Space Enter", "call||t"},
		{"v Enter", "visit||t"},
		{"v m Enter", "meeting||t"},
		{"z Enter", "call||t"},
		{"Tab Tab Tab Tab q C-s", "call|q|t"},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		begin();
		(void)open_form();
		press(rows[i].keys);
		assert_string_equal(f.last, rows[i].saved);
		assert_null(f.wb.dialog);
		end();
	}
}

static void an_error_stands_beside_the_field_that_it_names(void **state)
{
	(void)state;
	begin();
	f.refuse = true;
	struct form *form = open_form();
	press("Enter");
	assert_non_null(f.wb.dialog);
	assert_string_equal(form->fields[1].error, "name: is too long");
	assert_int_equal(form->focus, 1);
	assert_true(shows("name: is too long"));
	struct tend_error other = {0};
	(void)tend_fail(&other, TEND_FAILED, "%s", "the disk is full");
	form_fail(form, &other);
	assert_string_equal(form->error, "the disk is full");
	assert_true(shows("the disk is full"));
	/* The text is still there, and is saved when the cause is gone. */
	f.refuse = false;
	press("x Enter");
	assert_string_equal(f.last, "call|x|t");
	end();
}

static void a_field_is_not_named_by_a_part_of_a_word(void **state)
{
	(void)state;
	begin();
	struct form *form = open_form();
	struct tend_error err = {0};
	(void)tend_fail(&err, TEND_FAILED, "%s", "renamed contexts are unkind");
	form_fail(form, &err);
	for (size_t i = 0; i < form->n; i++) {
		assert_string_equal(form->fields[i].error, "");
	}
	assert_string_equal(form->error, "renamed contexts are unkind");
	end();
}

static void a_form_that_is_left_comes_back_as_it_was(void **state)
{
	(void)state;
	begin();
	(void)open_form();
	press("v Tab a b c Esc");
	assert_null(f.last);
	(void)open_form();
	assert_true(shows("abc"));
	press("Enter");
	assert_string_equal(f.last, "visit|abc|t");
	/* Saved: the next one is new. */
	(void)open_form();
	press("Enter");
	assert_string_equal(f.last, "call||t");
	end();
}

static void the_hint_stands_beside_the_field_in_focus_only(void **state)
{
	(void)state;
	begin();
	(void)open_form();
	assert_false(shows("as on the contract"));
	press("Tab");
	assert_true(shows("as on the contract"));
	press("Tab");
	assert_false(shows("as on the contract"));
	end();
}

/* --- text and stack --- */

static void a_text_scrolls_and_closes(void **state)
{
	(void)state;
	begin();
	struct lines lines = {0};
	for (int i = 0; i < 60; i++) {
		lines_add(&lines, ROLE_TEXT, "line %d.", i);
	}
	struct textbox *t = textbox_create("Long", &lines);
	wb_push(&f.wb, &t->base);
	assert_true(shows("line 0."));
	press("j j");
	assert_false(shows("line 1."));
	assert_true(shows("line 2."));
	press("PgDn PgDn PgDn PgDn PgDn PgDn PgDn PgDn");
	assert_true(shows("line 59."));
	press("k PgUp k");
	assert_false(shows("line 59."));
	press("q");
	assert_null(f.wb.dialog);
	end();
}

static void dialogs_lie_on_each_other(void **state)
{
	(void)state;
	begin();
	(void)open_picker(false);
	(void)open_prompt("");
	press("Esc");
	assert_non_null(f.wb.dialog);
	assert_true(shows("Banana"));
	press("Esc");
	assert_null(f.wb.dialog);
	wb_pop(&f.wb);
	dialog_destroy(NULL);
	end();
}

static void a_dialog_keeps_copies_of_what_it_is_about(void **state)
{
	(void)state;
	begin();
	struct prompt *p = open_prompt("");
	{
		int64_t ids[2] = {4, 5};
		char word[] = "milestone";
		dialog_about(&p->base, ids, 2, word);
		ids[0] = 0;
		word[0] = 'x';
	}
	assert_int_equal(p->base.nids, 2);
	assert_int_equal(p->base.ids[0], 4);
	assert_string_equal(p->base.word, "milestone");
	dialog_about(&p->base, NULL, 0, NULL);
	assert_int_equal(p->base.nids, 0);
	assert_null(p->base.word);
	end();
}

static void pasted_text_is_typed_into_fields_and_nowhere_else(void **state)
{
	(void)state;
	begin();
	static const char text[] = "x\nq";
	(void)open_form();
	press("Tab");
	for (size_t i = 0; i < sizeof(text) - 1; i++) {
		uint32_t c = text[i] == '\n' ? K_ENTER : (uint32_t)text[i];
		(void)workbench_key(&f.wb, (struct key){c, MOD_PASTED});
	}
	assert_non_null(f.wb.dialog);
	press("Enter");
	assert_string_equal(f.last, "call|x q|t");
	(void)open_picker(false);
	(void)workbench_key(&f.wb, (struct key){K_ENTER, MOD_PASTED});
	(void)workbench_key(&f.wb, (struct key){'b', MOD_PASTED});
	assert_non_null(f.wb.dialog);
	press("Esc");
	(void)workbench_key(&f.wb, (struct key){'Q', MOD_PASTED});
	assert_false(f.wb.quit);
	end();
}

/* What is changed is set and nothing else; a word is chosen by its title. */
static void the_profile_is_filled_in_section_by_section(void **state)
{
	(void)state;
	begin();
	struct tend_list list = {0};
	press("F");
	assert_true(shows("Company"));
	assert_true(shows("[--]"));
	press("Right Right Tab Tab S e e d Enter");
	assert_false(shows("Company"));
	int64_t id = wb_view(&f.wb)->customer_id;
	assert_int_equal(tend_app_profile(f.wb.app, id, &list, NULL), TEND_OK);
	size_t known = 0;
	for (size_t i = 0; i < list.n; i++) {
		const struct tend_profile_field *p = tend_list_at(&list, i);
		known += p->value != NULL;
		if (strcmp(p->field, "company_size") == 0) {
			assert_string_equal(p->value, "50-200");
		} else if (strcmp(p->field, "funding") == 0) {
			assert_string_equal(p->value, "Seed");
		}
	}
	assert_int_equal(known, 2);
	tend_list_finish(&list);
	press("u");
	assert_int_equal(tend_app_profile(f.wb.app, id, &list, NULL), TEND_OK);
	assert_null(((struct tend_profile_field *)tend_list_at(&list, 0))->value);
	tend_list_finish(&list);
	end();
}

int main(void)
{
	(void)setlocale(LC_CTYPE, "C.UTF-8");
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_prompt_gives_its_text_and_closes),
		cmocka_unit_test(a_prompt_that_is_refused_stays_with_the_reason),
		cmocka_unit_test(esc_and_control_c_cancel_a_prompt),
		cmocka_unit_test(every_change_of_a_prompt_is_told),
		cmocka_unit_test(keys_of_the_views_are_letters_in_a_prompt),
		cmocka_unit_test(a_picker_is_worked_by_arrows_letters_and_enter),
		cmocka_unit_test(a_picker_that_can_be_searched_narrows),
		cmocka_unit_test(a_picker_may_stay_open),
		cmocka_unit_test(a_long_picker_scrolls),
		cmocka_unit_test(a_form_moves_between_its_fields),
		cmocka_unit_test(an_error_stands_beside_the_field_that_it_names),
		cmocka_unit_test(a_field_is_not_named_by_a_part_of_a_word),
		cmocka_unit_test(a_form_that_is_left_comes_back_as_it_was),
		cmocka_unit_test(the_hint_stands_beside_the_field_in_focus_only),
		cmocka_unit_test(the_profile_is_filled_in_section_by_section),
		cmocka_unit_test(a_text_scrolls_and_closes),
		cmocka_unit_test(dialogs_lie_on_each_other),
		cmocka_unit_test(a_dialog_keeps_copies_of_what_it_is_about),
		cmocka_unit_test(pasted_text_is_typed_into_fields_and_nowhere_else),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
