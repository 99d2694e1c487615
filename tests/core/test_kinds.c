/* SPDX-License-Identifier: MIT */
/* What holds the registry of kinds together, of every kind that it lists: a new one needs no new test. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <tend/fields.h>
#include <tend/kind.h>
#include <tend/str.h>
#include <tend/text.h>
#include <tend/words.h>

/* Kept apart from the kinds: what a journey, an evaluation or the journal makes. */
static const struct tend_record_type *const others[] = {&tend_customer_type, &tend_milestone_type,
	&tend_item_type, &tend_alert_type, &tend_today_type, &tend_history_type, &tend_change_type,
	&tend_template_type, &tend_run_type, &tend_condition_type, &tend_document_type};

static void for_each_type(void (*check)(const struct tend_record_type *t))
{
	for (size_t i = 0; i < tend_kind_count; i++) {
		check(tend_kinds[i]->type);
	}
	for (size_t i = 0; i < COUNT_OF(others); i++) {
		check(others[i]);
	}
}

static bool is_ascii(const char *s)
{
	while (*s != '\0' && (unsigned char)*s < 0x80) {
		s++;
	}
	return *s == '\0';
}

static void has_words(const struct tend_record_type *t)
{
	for (size_t i = 0; i < t->nfields; i++) {
		const struct tend_field *f = &t->fields[i];
		for (size_t k = 0; f->values != NULL && f->values[k] != NULL; k++) {
			const char *value = f->values[k];
			tend_lang_set(TEND_ZH);
			const char *zh = tend_word_of(t, f->name, value);
			if (is_ascii(zh)) {
				fail_msg("%s.%s: \"%s\" has no word in Chinese (src/core/words.c)",
					t->name, f->name, value);
			}
			for (size_t j = 0; j < k; j++) {
				if (strcmp(zh, tend_word_of(t, f->name, f->values[j])) == 0) {
					fail_msg("%s.%s: \"%s\" and \"%s\" are both %s", t->name,
						f->name, f->values[j], value, zh);
				}
			}
			tend_lang_set(TEND_EN);
			const char *en = tend_word_of(t, f->name, value);
			assert_true(is_ascii(en) && *en != '\0');
		}
	}
}

static void every_value_has_a_word_in_both_languages(void **state)
{
	(void)state;
	for_each_type(has_words);
}

static void a_word_of_one_type_is_not_that_of_another(void **state)
{
	(void)state;
	tend_lang_set(TEND_ZH);
	assert_string_equal(tend_word_of(&tend_outcome_type, "state", "open"), "进行中");
	assert_string_equal(tend_word_of(&tend_alert_type, "state", "open"), "待处理");
	assert_string_equal(tend_word("state", "open"), "待处理");
	assert_string_equal(tend_word("role", "champion"), "内部推动者");
	assert_string_equal(tend_word("stance", "champion"), "拥护");
	assert_string_equal(tend_word_of(&tend_contact_type, "role", "chair"), "chair");
	assert_string_equal(tend_word_of(&tend_contact_type, "role", NULL), "");
	tend_lang_set(TEND_EN);
}

static void assert_both(const char *kind, const char *what, struct tend_text text)
{
	if (text.en == NULL || text.zh == NULL || *text.en == '\0' || !is_ascii(text.en)
		|| is_ascii(text.zh)) {
		fail_msg("%s: %s is not in both languages", kind, what);
	}
}

static void titles_and_help_are_in_both_languages(void **state)
{
	(void)state;
	for (size_t i = 0; i < tend_kind_count; i++) {
		const struct tend_kind *k = tend_kinds[i];
		assert_both(k->noun, "its title", k->type->title);
		assert_both(k->noun, "the title of several", k->titles);
		assert_both(k->noun, "its help", k->help);
		for (size_t f = 0; f < k->type->nfields; f++) {
			const struct tend_field *field = &k->type->fields[f];
			if ((field->flags & TEND_F_HIDDEN) == 0) {
				assert_both(k->noun, field->name, field->title);
			}
		}
	}
}

static void imports_are_customers_milestones_and_every_kind(void **state)
{
	(void)state;
	size_t n = 0;
	while (tend_import_kinds[n] != NULL) {
		n++;
	}
	assert_int_equal(n, tend_kind_count + 2);
	for (size_t i = 0; i < n; i++) {
		const char *name = tend_import_kinds[i];
		bool other = strcmp(name, "customers") == 0 || strcmp(name, "milestones") == 0;
		assert_true(other || tend_kind_imported(name) != NULL);
		for (size_t j = 0; j < i; j++) {
			assert_string_not_equal(tend_import_kinds[j], name);
		}
	}
	assert_null(tend_kind_imported("customers"));
}

/* Other nouns of the command line, other tables of the store. */
static bool is_taken(const char *name)
{
	static const char *const names[] = {"customer", "milestone", "alert", "journey", "playbook",
		"renewal", "store", "kind", "item", "document", "journal", "enrolment"};
	for (size_t i = 0; i < COUNT_OF(names); i++) {
		if (strcmp(names[i], name) == 0) {
			return true;
		}
	}
	return false;
}

static void nouns_plurals_and_tables_are_unique(void **state)
{
	(void)state;
	for (size_t i = 0; i < tend_kind_count; i++) {
		const struct tend_kind *k = tend_kinds[i];
		assert_ptr_equal(tend_kind_called(k->noun), k);
		assert_ptr_equal(tend_kind_imported(k->plural), k);
		assert_ptr_equal(tend_kind_of(k->type), k);
		assert_int_equal(tend_kind_index(k), i);
		assert_string_equal(k->type->name, k->noun);
		assert_false(is_taken(k->noun) || is_taken(k->table));
		for (size_t j = 0; j < i; j++) {
			assert_string_not_equal(tend_kinds[j]->table, k->table);
			assert_true(tend_kinds[j]->made_key == NULL || k->made_key == NULL
				|| strcmp(tend_kinds[j]->made_key, k->made_key) != 0);
		}
	}
}

static void names_a_field(
	const struct tend_kind *k, const char *role, const char *name, enum tend_type type)
{
	const struct tend_field *f = name != NULL ? tend_field_find(k->type, name) : NULL;
	if (name != NULL && (f == NULL || f->type != type)) {
		fail_msg("%s: %s says \"%s\", which is no field of that type", k->noun, role, name);
	}
}

static void order_names_fields(const struct tend_kind *k)
{
	assert_non_null(k->order);
	for (const char *at = k->order; *at != '\0'; at += *at == ',') {
		at += *at == '-';
		size_t n = strcspn(at, ",");
		char *name = tend_strndup(at, n);
		const struct tend_field *f = tend_field_find(k->type, name);
		if (f == NULL || (strcmp(name, "id") != 0 && !tend_field_is_stored(f))) {
			fail_msg("%s: it cannot be ordered by \"%s\"", k->noun, name);
		}
		free(name);
		at += n;
	}
}

static void roles_name_fields_that_there_are(void **state)
{
	(void)state;
	for (size_t i = 0; i < tend_kind_count; i++) {
		const struct tend_kind *k = tend_kinds[i];
		names_a_field(k, "label", k->label, TEND_TEXT);
		names_a_field(k, "detail", k->detail, TEND_TEXT);
		names_a_field(k, "state", k->state, TEND_TEXT);
		names_a_field(k, "when", k->when, TEND_DATE);
		names_a_field(k, "day", k->day, TEND_DATE);
		names_a_field(k, "ended", k->ended, TEND_DATE);
		assert_non_null(k->label);
		order_names_fields(k);
		const struct tend_field *state_field =
			k->state != NULL ? tend_field_find(k->type, k->state) : NULL;
		for (size_t s = 0; k->open != NULL && k->open[s] != NULL; s++) {
			bool found = false;
			for (size_t v = 0; state_field->values[v] != NULL; v++) {
				found = found || strcmp(state_field->values[v], k->open[s]) == 0;
			}
			if (!found) {
				fail_msg("%s: open state \"%s\" is no state", k->noun, k->open[s]);
			}
		}
	}
}

static void check_field(const struct tend_kind *k, const struct tend_field *f)
{
	if (f->refers != NULL || f->suggests != NULL) {
		const char *noun = f->refers != NULL ? f->refers : f->suggests;
		const struct tend_kind *other = tend_kind_called(noun);
		if (other == NULL || tend_field_find(other->type, "key") == NULL) {
			fail_msg("%s.%s: there are no records with a key called %s", k->noun,
				f->name, noun);
		}
		assert_true(f->type == TEND_TEXT && (f->refers == NULL || f->suggests == NULL));
	}
	names_a_field(k, "not_before", f->not_before, TEND_DATE);
	assert_true(f->not_before == NULL || f->type == TEND_DATE);
	if (f->initial != NULL) {
		struct tend_arena arena = {0};
		struct tend_value v;
		assert_int_equal(tend_field_parse(f, f->initial, &arena, &v, NULL), TEND_OK);
		assert_true(f->type == TEND_TEXT); /* set_text fills it */
		tend_arena_finish(&arena);
	}
	assert_true((f->flags & TEND_F_LONG) == 0 || f->type == TEND_TEXT);
	assert_true((f->flags & TEND_F_STORED) == 0 || (f->flags & TEND_F_DERIVED) != 0);
	assert_false((f->flags & TEND_F_SETTABLE) != 0 && (f->flags & TEND_F_DERIVED) != 0);
	assert_ptr_equal(tend_field_find(k->type, f->name), f);
}

static void fields_agree_with_each_other(void **state)
{
	(void)state;
	for (size_t i = 0; i < tend_kind_count; i++) {
		const struct tend_kind *k = tend_kinds[i];
		const struct tend_field *id = tend_field_find(k->type, "id");
		assert_true(id != NULL && (id->flags & TEND_F_ID) != 0);
		bool owned = tend_field_find(k->type, "customer_id") != NULL;
		assert_int_equal(owned, tend_kind_belongs(k) != TEND_TO_NOBODY);
		for (size_t f = 0; f < k->type->nfields; f++) {
			check_field(k, &k->type->fields[f]);
			for (size_t j = 0; j < f; j++) {
				assert_int_not_equal(
					k->type->fields[j].offset, k->type->fields[f].offset);
			}
		}
	}
}

static void what_is_open_and_what_is_backwards_follow_from_the_description(void **state)
{
	(void)state;
	const struct tend_kind *k = tend_kind_called("outcome");
	struct tend_outcome o;
	const struct tend_field *from = NULL, *to = NULL;
	tend_record_clear(k->type, &o);
	assert_false(tend_kind_is_open(k, &o));
	o.state = "open";
	assert_true(tend_kind_is_open(k, &o));
	o.state = "achieved";
	assert_false(tend_kind_is_open(k, &o));
	o.agreed = (struct tend_date){10};
	assert_false(tend_kind_backwards(k->type, &o, &from, &to));
	o.due = (struct tend_date){10};
	assert_false(tend_kind_backwards(k->type, &o, &from, &to));
	o.due = (struct tend_date){9};
	assert_true(tend_kind_backwards(k->type, &o, &from, &to));
	assert_string_equal(from->name, "agreed");
	assert_string_equal(to->name, "due");
	k = tend_kind_called("complaint");
	struct tend_complaint c;
	tend_record_clear(k->type, &c);
	assert_true(tend_kind_is_open(k, &c));
	c.closed = (struct tend_date){10};
	assert_false(tend_kind_is_open(k, &c));
	assert_null(tend_kind_called("complaints"));
	assert_null(tend_kind_of(&tend_customer_type));
}

static void words_of_ones_own_are_taken_where_the_field_is_open(void **state)
{
	static const struct {
		const char *field, *text, *value;
	} rows[] = {
		{"role", "Chair of the board", "Chair of the board"},
		{"role", "  Chair\t", "Chair"},
		{"role", "   ", NULL},
		{"role", "Decision Maker", "decision-maker"},
		{"influence", " HIGH ", "high"},
		{"influence", "highest", "highest"},
		{"influence", "高", "high"},
		{"role", "决策人", "decision-maker"},
		{"cadence", "30天", "30d"},
		{"cadence", "2 个月", "2m"},
		{"cadence", "14", "14d"},
	};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct tend_arena arena = {0};
		struct tend_value v;
		const struct tend_field *f = tend_field_find(&tend_contact_type, rows[i].field);
		assert_int_equal(tend_field_parse(f, rows[i].text, &arena, &v, NULL), TEND_OK);
		assert_int_equal(v.null, rows[i].value == NULL);
		if (!v.null) {
			assert_string_equal(v.text, rows[i].value);
		}
		tend_arena_finish(&arena);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_value_has_a_word_in_both_languages),
		cmocka_unit_test(a_word_of_one_type_is_not_that_of_another),
		cmocka_unit_test(titles_and_help_are_in_both_languages),
		cmocka_unit_test(imports_are_customers_milestones_and_every_kind),
		cmocka_unit_test(nouns_plurals_and_tables_are_unique),
		cmocka_unit_test(roles_name_fields_that_there_are),
		cmocka_unit_test(fields_agree_with_each_other),
		cmocka_unit_test(words_of_ones_own_are_taken_where_the_field_is_open),
		cmocka_unit_test(what_is_open_and_what_is_backwards_follow_from_the_description),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
