/* SPDX-License-Identifier: MIT */
/* Forms of records of every kind, from the description alone: a new kind is covered without a new test. */
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

#include "add_menu.h"
#include "demo.h"
#include "kind_form.h"
#include "support.h"
#include "workbench.h"

struct fixture {
	struct demo demo;
	struct workbench wb;
	int64_t customer;
};

static void begin_in(struct fixture *f, enum tend_lang lang)
{
	struct tend_error err = {0};
	*f = (struct fixture){0};
	demo_make(&f->demo);
	tend_lang_set(lang);
	if (workbench_open(&f->wb, &f->demo.o, "portfolio", &err) != TEND_OK) {
		fail_msg("%s", err.text);
	}
	canvas_resize(&f->wb.canvas, 80, 24);
	workbench_settle(&f->wb);
	assert_int_equal(tend_app_find_customer(f->wb.app, "huadong", &f->customer, &err), TEND_OK);
}

static void begin(struct fixture *f)
{
	begin_in(f, TEND_EN);
}

static void end(struct fixture *f)
{
	workbench_close(&f->wb);
	demo_remove(&f->demo);
}

static void press(struct fixture *f, const char *keys)
{
	while (*keys != '\0') {
		size_t n = strcspn(keys, " ");
		char *name = tend_strndup(keys, n);
		struct key k;
		if (!key_parse(name, &k)) {
			fail_msg("%s is no key", name);
		}
		(void)workbench_key(&f->wb, k);
		workbench_draw(&f->wb);
		free(name);
		keys += n + (keys[n] == ' ' ? 1 : 0);
	}
}

/* Characters; a line break is the key. */
static void type(struct fixture *f, const char *text)
{
	for (size_t at = 0; text[at] != '\0';) {
		uint32_t c;
		at += (size_t)tend_utf8_decode(text + at, strlen(text + at), &c);
		(void)workbench_key(&f->wb, (struct key){c == '\n' ? (uint32_t)K_ENTER : c, 0});
	}
	workbench_draw(&f->wb);
}

static bool shows(struct fixture *f, const char *text)
{
	struct tend_str out = {0};
	workbench_draw(&f->wb);
	canvas_dump(&f->wb.canvas, &out);
	bool found = strstr(tend_str_text(&out), text) != NULL;
	tend_str_finish(&out);
	return found;
}

static struct form *form_of(struct fixture *f)
{
	return (struct form *)f->wb.dialog;
}

/* What a person types into a field that is free; NULL: it is left as it is. */
static const char *sample(const struct tend_field *d, char text[64])
{
	if (d->refers != NULL) {
		(void)snprintf(text, 64, "sample-%s", d->refers);
		return text;
	}
	if ((d->flags & TEND_F_CURRENCY) != 0) {
		return "EUR";
	}
	if ((d->flags & TEND_F_DURATION) != 0) {
		return "2w";
	}
	if (strcmp(d->name, "customer") == 0) {
		return NULL;
	}
	switch (d->type) {
	case TEND_DATE:
		return d->not_before != NULL ? "tomorrow" : "today";
	case TEND_INT:
	case TEND_NUMBER:
		(void)snprintf(text, 64, "%d", d->min > 3 ? d->min : 3);
		return text;
	case TEND_MONEY:
		return "1234.50";
	case TEND_RATIO:
		return "40%";
	case TEND_TAGS:
		return "one, two";
	default:
		break;
	}
	if ((d->flags & TEND_F_LONG) != 0) {
		return "第一行 of it\nand a second one";
	}
	if (strcmp(d->name, "filter") == 0) {
		return "arr > 0";
	}
	(void)snprintf(text, 64, (d->flags & TEND_F_KEY) != 0 ? "key-%s" : "Sample %s", d->name);
	return text;
}

static void fill_field(struct fixture *f)
{
	struct form *form = form_of(f);
	struct form_field *field = &form->fields[form->focus];
	char text[64];
	const char *value = field->choices == NULL ? sample(field->described, text) : NULL;
	if (field->choices != NULL) {
		/* The last one. */
		press(f, "Left");
		while (field->choices[1] != NULL
			&& strcmp(form_value(form, form->focus), field->initial) == 0) {
			press(f, "Right");
		}
	} else if (value != NULL) {
		press(f, "C-u");
		type(f, value);
	}
}

static void fill(struct fixture *f)
{
	size_t n = form_of(f)->n;
	form_of(f)->focus = 0;
	for (size_t i = 0; i < n; i++) {
		assert_int_equal(form_of(f)->focus, i);
		fill_field(f);
		press(f, "Tab");
	}
}

/* What the fields of a kind refer to is there: "sample-NOUN". */
static void give_referred(struct fixture *f, const struct tend_kind *k)
{
	for (size_t i = 0; i < k->type->nfields; i++) {
		const struct tend_kind *other = k->type->fields[i].refers != NULL
			? tend_kind_called(k->type->fields[i].refers)
			: NULL;
		struct tend_assignment fields[FORM_MAX];
		char texts[FORM_MAX][64], key[64];
		struct tend_done done = {0};
		struct tend_error err = {0};
		size_t n = 0;
		for (size_t m = 0; other != NULL && m < other->type->nfields; m++) {
			const struct tend_field *d = &other->type->fields[m];
			bool is_key = (d->flags & TEND_F_KEY) != 0;
			if (is_key || tend_kind_requires(other, d)) {
				fields[n] = (struct tend_assignment){d->name,
					d->values != NULL ? d->values[0] : sample(d, texts[n])};
				(void)snprintf(key, sizeof(key), "sample-%s", other->noun);
				fields[n].value = is_key ? key : fields[n].value;
				n += fields[n].value != NULL ? 1 : 0;
			}
		}
		if (other != NULL
			&& tend_app_record_add(f->wb.app, other->type,
				   tend_kind_belongs(other) == TEND_TO_CUSTOMER ? f->customer : 0,
				   fields, n, &done, &err)
				!= TEND_OK) {
			fail_msg("%s", err.text);
		}
		tend_done_finish(&done);
	}
}

static size_t count(struct fixture *f, const struct tend_kind *k)
{
	struct tend_list list = {0};
	assert_int_equal(tend_app_records(f->wb.app, k->type, 0, NULL, &list, NULL), TEND_OK);
	size_t n = list.n;
	tend_list_finish(&list);
	return n;
}

/* The number of the newest one. */
static int64_t newest(struct fixture *f, const struct tend_kind *k, struct tend_list *ret)
{
	int64_t id = 0;
	assert_int_equal(tend_app_records(f->wb.app, k->type, 0, NULL, ret, NULL), TEND_OK);
	for (size_t i = 0; i < ret->n; i++) {
		int64_t other = tend_kind_value(k, tend_list_at(ret, i), "id").integer;
		id = other > id ? other : id;
	}
	return id;
}

static const void *record_of(const struct tend_kind *k, const struct tend_list *list, int64_t id)
{
	for (size_t i = 0; i < list->n; i++) {
		if (tend_kind_value(k, tend_list_at(list, i), "id").integer == id) {
			return tend_list_at(list, i);
		}
	}
	fail_msg("no %s %lld", k->noun, (long long)id);
	return NULL;
}

static void fail_with_errors(const struct form *form, const char *noun)
{
	for (size_t i = 0; i < form->n; i++) {
		if (form->fields[i].error[0] != '\0') {
			print_message("%s: %s\n", form->fields[i].name, form->fields[i].error);
		}
	}
	fail_msg("a %s is not saved: %s", noun, form->error);
}

/* What the form says is what is kept. */
static void compare(struct fixture *f, const struct tend_kind *k, char *const *said, size_t n,
	const char *const *names, const void *record)
{
	for (size_t i = 0; i < n; i++) {
		const struct tend_field *d = tend_field_find(k->type, names[i]);
		struct tend_value kept = tend_field_get(d, record), want;
		struct tend_arena arena = {0};
		struct tend_date day;
		if (strcmp(d->name, "customer") == 0) {
			continue;
		}
		if (d->type == TEND_DATE && said[i][0] != '\0') {
			assert_true(tend_date_parse_human(said[i], f->wb.today, NULL, &day));
			want = (struct tend_value){.type = TEND_DATE, .date = day};
		} else {
			assert_int_equal(
				tend_field_parse(d, said[i], &arena, &want, NULL), TEND_OK);
		}
		if (!want.null && (kept.null || tend_value_compare(kept, want) != 0)) {
			fail_msg("%s of a %s is not \"%s\"", d->name, k->noun, said[i]);
		}
		tend_arena_finish(&arena);
	}
}

static void save_and_compare(struct fixture *f, const struct tend_kind *k)
{
	char *said[FORM_MAX];
	const char *names[FORM_MAX];
	struct tend_list all = {0};
	size_t n = form_of(f)->n;
	for (size_t i = 0; i < n; i++) {
		said[i] = tend_strdup(form_value(form_of(f), i));
		names[i] = form_of(f)->fields[i].name;
	}
	press(f, "C-s");
	if (f->wb.dialog != NULL) {
		fail_with_errors(form_of(f), k->noun);
	}
	int64_t id = newest(f, k, &all);
	const void *record = record_of(k, &all, id);
	compare(f, k, said, n, names, record);
	if (tend_kind_belongs(k) != TEND_TO_NOBODY) {
		assert_string_equal(tend_kind_value(k, record, "customer").text, "huadong");
	}
	tend_list_finish(&all);
	for (size_t i = 0; i < n; i++) {
		free(said[i]);
	}
}

static void every_kind_is_added_with_all_its_fields(void **state)
{
	(void)state;
	for (int lang = TEND_EN; lang <= TEND_ZH; lang++) {
		for (size_t i = 0; i < tend_kind_count; i++) {
			const struct tend_kind *k = tend_kinds[i];
			struct fixture f;
			begin_in(&f, (enum tend_lang)lang);
			give_referred(&f, k);
			size_t before = count(&f, k);
			(void)kind_form_open(&f.wb, k, f.customer, NULL);
			fill(&f);
			save_and_compare(&f, k);
			assert_int_equal(count(&f, k), before + 1);
			/* One key takes it back. */
			press(&f, "u");
			assert_int_equal(count(&f, k), before);
			end(&f);
		}
	}
}

/* Its key, or its number; NULL where nothing names it. */
static char *name_of(const struct tend_kind *k, const void *record)
{
	struct tend_value key = tend_kind_value(k, record, "key");
	const struct tend_field *id = tend_field_find(k->type, "id");
	return !key.null ? tend_strdup(key.text)
		: (id->flags & TEND_F_HIDDEN) != 0
		? NULL
		: tend_format("%lld", (long long)tend_field_get(id, record).integer);
}

static char *add_one(struct fixture *f, const struct tend_kind *k)
{
	struct tend_list all = {0};
	give_referred(f, k);
	(void)kind_form_open(&f->wb, k, f->customer, NULL);
	fill(f);
	press(f, "C-s");
	assert_null(f->wb.dialog);
	char *name = name_of(k, record_of(k, &all, newest(f, k, &all)));
	tend_list_finish(&all);
	return name;
}

/* A free text that may be changed. */
static struct form_field *free_text(struct form *form)
{
	for (size_t i = 0; i < form->n; i++) {
		struct form_field *field = &form->fields[i];
		const struct tend_field *d = field->described;
		bool words = (d->flags & (TEND_F_CURRENCY | TEND_F_DURATION)) != 0
			|| d->refers != NULL || strcmp(d->name, "filter") == 0;
		if (field->choices == NULL && d->type == TEND_TEXT && !words) {
			form->focus = i;
			return field;
		}
	}
	return NULL;
}

static size_t entries(struct fixture *f)
{
	struct tend_list all = {0};
	assert_int_equal(tend_app_history(f->wb.app, 0, TEND_NO_DATE, NULL, &all, NULL), TEND_OK);
	size_t n = all.n;
	tend_list_finish(&all);
	return n;
}

static void every_kind_is_changed_field_by_field(void **state)
{
	(void)state;
	for (size_t i = 0; i < tend_kind_count; i++) {
		const struct tend_kind *k = tend_kinds[i];
		struct fixture f;
		begin(&f);
		char *name = add_one(&f, k);
		size_t before = entries(&f);
		if (name == NULL) {
			end(&f);
			continue;
		}
		/* Saved as it is, nothing is written. */
		(void)kind_form_open(&f.wb, k, 0, name);
		assert_non_null(f.wb.dialog);
		press(&f, "C-s");
		if (f.wb.dialog != NULL) {
			fail_with_errors(form_of(&f), k->noun);
		}
		assert_int_equal(entries(&f), before);
		(void)kind_form_open(&f.wb, k, 0, name);
		struct form_field *field = free_text(form_of(&f));
		if (field == NULL) {
			free(name);
			end(&f);
			continue;
		}
		char *changed = tend_strdup(field->name);
		press(&f, "End");
		type(&f, " 再");
		save_and_compare(&f, k);
		assert_int_equal(entries(&f), before + 1);
		free(changed);
		free(name);
		end(&f);
	}
}

static void what_another_program_changed_meanwhile_stays(void **state)
{
	(void)state;
	struct fixture f;
	struct tend_done done = {0};
	struct tend_error err = {0};
	struct tend_list all = {0};
	const struct tend_kind *k = tend_kind_called("contact");
	static const struct tend_assignment phone = {"phone", "555-1"};
	begin(&f);
	char *name = add_one(&f, k);
	(void)kind_form_open(&f.wb, k, 0, name);
	press(&f, "Tab C-u B o s s");
	assert_int_equal(
		tend_app_record_set(f.wb.app, k->type, name, &phone, 1, &done, &err), TEND_OK);
	tend_done_finish(&done);
	press(&f, "Enter");
	assert_null(f.wb.dialog);
	const struct tend_contact *c = record_of(k, &all, newest(&f, k, &all));
	assert_string_equal(c->phone, "555-1");
	assert_string_equal(c->title, "Boss");
	tend_list_finish(&all);
	free(name);
	end(&f);
}

static void required_fields_come_first_and_are_marked(void **state)
{
	(void)state;
	for (size_t i = 0; i < tend_kind_count; i++) {
		const struct tend_kind *k = tend_kinds[i];
		struct fixture f;
		begin(&f);
		size_t before = count(&f, k);
		(void)kind_form_open(&f.wb, k, f.customer, NULL);
		struct form *form = form_of(&f);
		size_t required = 0;
		while (required < form->n && form->fields[required].required) {
			required++;
		}
		for (size_t n = required; n < form->n; n++) {
			assert_false(form->fields[n].required);
			assert_false(tend_kind_requires(k, form->fields[n].described)
				&& strcmp(form->fields[n].name, "customer") != 0);
		}
		if (required > 0) {
			assert_true(shows(&f, " *"));
			press(&f, "C-s");
			assert_ptr_equal(f.wb.dialog, &form->base);
			for (size_t n = 0; n < required; n++) {
				assert_string_equal(form->fields[n].error, "must be given");
			}
			assert_int_equal(form->focus, 0);
			assert_true(shows(&f, "must be given"));
			assert_int_equal(count(&f, k), before);
		}
		end(&f);
	}
}

static void each_wrong_field_says_so_beside_it(void **state)
{
	(void)state;
	static const struct {
		const char *noun, *field, *typed, *said;
	} rows[] = {
		{"outcome", "baseline", "lots", "is not a number"},
		{"outcome", "due", "someday", "not a date"},
		{"outcome", "experience", "9", "not"},
		{"gift", "amount", "cheap", "is not"},
		{"gift", "currency", "dollars", "is not"},
		{"contact", "cadence", "often", "is not"},
		{"activity", "date", "+1d", "is after today"},
		{"sending", "content", "nothing-such", "there is no content"},
		{"complaint", "closed", "-9d", "lies before"},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct tend_kind *k = tend_kind_called(rows[i].noun);
		struct fixture f;
		begin(&f);
		give_referred(&f, k);
		(void)kind_form_open(&f.wb, k, f.customer, NULL);
		fill(&f);
		struct form *form = form_of(&f);
		for (size_t n = 0; n < form->n; n++) {
			form->focus =
				strcmp(form->fields[n].name, rows[i].field) == 0 ? n : form->focus;
		}
		size_t at = form->focus;
		press(&f, "C-u");
		type(&f, rows[i].typed);
		size_t before = count(&f, k);
		press(&f, "C-s");
		assert_ptr_equal(f.wb.dialog, &form->base);
		if (strstr(form->fields[at].error, rows[i].said) == NULL) {
			fail_msg("%s %s: \"%s\" beside it, \"%s\" below", rows[i].noun,
				rows[i].field, form->fields[at].error, form->error);
		}
		assert_int_equal(form->focus, at);
		assert_string_equal(form->error, "");
		assert_int_equal(count(&f, k), before);
		end(&f);
	}
}

static void the_menu_has_a_letter_for_every_kind(void **state)
{
	(void)state;
	char letters[128];
	assert_true(tend_kind_count < sizeof(letters));
	add_menu_letters(letters, tend_kind_count);
	for (size_t i = 0; i < tend_kind_count; i++) {
		struct fixture f;
		assert_int_not_equal(letters[i], '\0');
		for (size_t n = 0; n < i; n++) {
			assert_int_not_equal(letters[i], letters[n]);
		}
		char keys[] = {'a', ' ', letters[i], '\0'};
		begin(&f);
		press(&f, keys);
		assert_ptr_equal(form_of(&f)->kind, tend_kinds[i]);
		end(&f);
	}
}

static void every_kind_is_a_command(void **state)
{
	(void)state;
	for (size_t i = 0; i < tend_kind_count; i++) {
		struct fixture f;
		struct tend_error err = {0};
		bool ok = false;
		char *lines[] = {tend_format("%s", tend_kinds[i]->noun),
			tend_format("add %s", tend_kinds[i]->noun),
			tend_format("%s add huadong", tend_kinds[i]->noun)};
		for (size_t n = 0; n < sizeof(lines) / sizeof(lines[0]); n++) {
			begin(&f);
			(void)command_run(&f.wb, lines[n], &err, &ok);
			assert_true(ok);
			assert_ptr_equal(form_of(&f)->kind, tend_kinds[i]);
			end(&f);
			free(lines[n]);
		}
	}
}

static void a_command_with_fields_needs_no_form(void **state)
{
	(void)state;
	static const struct {
		const char *line, *error; /* NULL: it is done */
	} rows[] = {
		{"contact add northwind name=Dana title=\"Head of IT\"", NULL},
		{"contact name=Dana", NULL},
		{"add gift huadong title=Tea amount=30", NULL},
		{"faq key=login title=\"How do I sign in?\"", NULL},
		{"contact add northwind", NULL},
		{"add contcat", "did you mean contact?"},
		{"contact nobody name=x", "nobody"},
		{"contact name=x rubbish", "is not FIELD=VALUE"},
		{"contact add huadong naem=x", "did you mean \"name\"?"},
		{"contact set", "which one?"},
		{"contact set none name=x", "there is no contact"},
		{"contact edit", "which one?"},
		{"contact remove none", "there is no contact"},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct fixture f;
		struct tend_error err = {0};
		bool ok = false;
		begin(&f);
		(void)command_run(&f.wb, rows[i].line, &err, &ok);
		if (ok != (rows[i].error == NULL)
			|| (!ok && strstr(err.text, rows[i].error) == NULL)) {
			fail_msg("%s: %s", rows[i].line, ok ? "done" : err.text);
		}
		end(&f);
	}
}

static void a_command_changes_and_removes_by_key(void **state)
{
	(void)state;
	struct fixture f;
	struct tend_error err = {0};
	struct tend_list one = {0};
	bool ok;
	const struct tend_kind *k = tend_kind_called("contact");
	begin(&f);
	(void)command_run(&f.wb, "contact huadong name=Dana", &err, &ok);
	(void)command_run(&f.wb, "contact set huadong-contact-1 name=\"Dana W\"", &err, &ok);
	assert_true(ok);
	assert_int_equal(
		tend_app_record(f.wb.app, k->type, "huadong-contact-1", &one, &err), TEND_OK);
	assert_string_equal(((const struct tend_contact *)tend_list_at(&one, 0))->name, "Dana W");
	tend_list_finish(&one);
	(void)command_run(&f.wb, "contact edit huadong-contact-1", &err, &ok);
	assert_true(shows(&f, "Contact: Dana W"));
	press(&f, "Esc");
	(void)command_run(&f.wb, "contact remove huadong-contact-1", &err, &ok);
	assert_true(ok);
	assert_int_equal(count(&f, k), 0);
	end(&f);
}

static void forms_fit_every_size(void **state)
{
	(void)state;
	static const int sizes[][2] = {{80, 24}, {160, 48}, {40, 12}, {30, 6}, {20, 5}, {1, 1}};
	struct fixture f;
	begin(&f);
	for (size_t i = 0; i < tend_kind_count; i++) {
		(void)kind_form_open(&f.wb, tend_kinds[i], f.customer, NULL);
		for (size_t s = 0; s < sizeof(sizes) / sizeof(sizes[0]); s++) {
			canvas_resize(&f.wb.canvas, sizes[s][0], sizes[s][1]);
			for (size_t n = 0; n < form_of(&f)->n; n++) {
				press(&f, "Tab");
				/* The field in focus is always on the screen. */
				const struct form *form = form_of(&f);
				assert_true(form->focus >= form->top);
				assert_true(sizes[s][1] < 6 || f.wb.canvas.cursor_x >= 0);
			}
		}
		wb_pop(&f.wb);
	}
	end(&f);
}

int main(void)
{
	(void)setlocale(LC_CTYPE, "C.UTF-8");
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_kind_is_added_with_all_its_fields),
		cmocka_unit_test(every_kind_is_changed_field_by_field),
		cmocka_unit_test(what_another_program_changed_meanwhile_stays),
		cmocka_unit_test(required_fields_come_first_and_are_marked),
		cmocka_unit_test(each_wrong_field_says_so_beside_it),
		cmocka_unit_test(the_menu_has_a_letter_for_every_kind),
		cmocka_unit_test(every_kind_is_a_command),
		cmocka_unit_test(a_command_with_fields_needs_no_form),
		cmocka_unit_test(a_command_changes_and_removes_by_key),
		cmocka_unit_test(forms_fit_every_size),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
