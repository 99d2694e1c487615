/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <support.h>

#include <tend/fields.h>
#include <tend/people.h>

enum { DAY = 20000 };

static struct tend_contact contact(const char *key, const char *name, const char *cadence)
{
	struct tend_contact c;
	tend_record_clear(&tend_contact_type, &c);
	c.customer_id = 1;
	c.key = key;
	c.name = name;
	c.cadence = cadence;
	return c;
}

static struct tend_activity touch(int64_t customer, int day, const char *names)
{
	struct tend_activity t;
	tend_record_clear(&tend_activity_type, &t);
	t.customer_id = customer;
	t.date.day = day;
	t.contact = names;
	return t;
}

/* Which of two contacts a text names: "-", "1", "2" or "12". */
static void a_text_names_one_or_several(void **state)
{
	(void)state;
	static const struct {
		const char *text, *found;
	} rows[] = {
		{"Li Ming", "1"},
		{"li ming", "1"},
		{"ＬＩ　ＭＩＮＧ", "1"},
		{"p1", "1"},
		{" Li Ming ", "1"},
		{"Li Ming, 王伟", "12"},
		{"王伟、Li Ming", "12"},
		{"王伟､p1", "12"},
		{"王伟；Li Ming", "12"},
		{"Li Ming & 王伟", "12"},
		{"/,、Li Ming,", "1"},
		{"Li", "-"},
		{"Li Ming Wang", "-"},
		{"", "-"},
		{"、", "-"},
		{NULL, "-"},
	};
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct tend_contact c[] = {
			contact("p1", "Li Ming", NULL), contact("p2", "王伟", NULL)};
		const struct tend_activity t = touch(1, DAY, rows[i].text);
		tend_people_touch(c, 2, &t, 1, (struct tend_date){DAY});
		char found[3] = "";
		strcat(found, c[0].last_touch.day == DAY ? "1" : "");
		strcat(found, c[1].last_touch.day == DAY ? "2" : "");
		print_message("%zu\n", i);
		assert_string_equal(found[0] != '\0' ? found : "-", rows[i].found);
	}
}

static void a_name_with_a_comma_is_taken_whole(void **state)
{
	(void)state;
	struct tend_contact c[] = {contact("p1", "Ming, Li", NULL), contact("p2", "Li", NULL)};
	const struct tend_activity t = touch(1, DAY, "Ming, Li");
	tend_people_touch(c, 2, &t, 1, (struct tend_date){DAY});
	assert_int_equal(c[0].silent_days, 0);
	assert_true(c[1].silent_days == TEND_NO_INT);
}

static void only_those_of_the_customer_up_to_the_day_count(void **state)
{
	(void)state;
	struct tend_contact c[] = {contact("p1", "Li", "7d"), contact("p2", "Li", NULL)};
	const struct tend_activity t[] = {touch(1, DAY - 9, "li"), touch(1, DAY + 1, "li"),
		touch(2, DAY, "li"), touch(1, DAY - 20, "li")};
	tend_people_touch(c, 2, t, COUNT_OF(t), (struct tend_date){DAY});
	assert_int_equal(c[0].silent_days, 9);
	assert_int_equal(c[1].silent_days, 9); /* of one name: nobody can say which */
	assert_int_equal(c[0].silent, 1);
	assert_true(c[1].silent == TEND_NO_INT);
}

static void silence_begins_after_the_cadence(void **state)
{
	(void)state;
	static const struct {
		const char *cadence;
		int last, left; /* days before the day; -1: never */
		int64_t silent;
	} rows[] = {
		{"30d", 30, -1, 0},
		{"30d", 31, -1, 1},
		{"1m", 30, -1, 0}, /* 2024-10-04 + 1 month is 2024-11-04 */
		{"4w", 29, -1, 1},
		{"30d", -1, -1, 1},
		{NULL, 900, -1, TEND_NO_INT},
		{"9999y", 0, -1, 0}, /* past the last day that there is */
		{"9999y", -1, -1, 1},
		{"7d", 900, 0, 0},
		{"7d", -1, 3, 0},
	};
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct tend_contact c = contact("p", "Li", rows[i].cadence);
		const struct tend_activity t = touch(1, DAY - rows[i].last, "p");
		c.left.day = rows[i].left >= 0 ? DAY - rows[i].left : c.left.day;
		tend_people_touch(&c, 1, &t, rows[i].last >= 0, (struct tend_date){DAY});
		print_message("%zu\n", i);
		assert_true(c.silent == rows[i].silent);
	}
}

static void nobody_makes_no_thread(void **state)
{
	(void)state;
	struct tend_stakeholder s;
	struct tend_arena arena = {0};
	tend_record_clear(&tend_stakeholder_type, &s);
	tend_stakeholder_fill(&s, NULL, 0, (struct tend_date){DAY}, &arena);
	assert_int_equal(s.contacts, 0);
	assert_true(s.single_thread == TEND_NO_INT);
	assert_string_equal(s.missing, "decision-maker,system-contact,user");
	assert_false(tend_has_date(s.next_touch));
	tend_arena_finish(&arena);
}

static void a_thread_is_single_where_one_alone_was_touched(void **state)
{
	(void)state;
	static const struct {
		int first, second; /* days before the day */
		bool second_left;
		int64_t single;
		const char *says;
	} rows[] = {
		{1, 89, false, 0, "2 people"},
		{1, 90, false, 1, "Ann"},
		{90, 90, false, TEND_NO_INT, "nobody"},
		{90, 1, true, 1, "only contact"},
		{1, 1, true, 1, "only contact"},
	};
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct tend_contact c[] = {contact("p1", "Ann", NULL), contact("p2", "Bo", NULL)};
		struct tend_arena arena = {0};
		struct tend_stakeholder s;
		c[0].last_touch.day = DAY - rows[i].first;
		c[1].last_touch.day = DAY - rows[i].second;
		c[1].left.day = rows[i].second_left ? DAY : c[1].left.day;
		tend_record_clear(&tend_stakeholder_type, &s);
		tend_stakeholder_fill(&s, c, 2, (struct tend_date){DAY}, &arena);
		print_message("%zu %s\n", i, s.thread);
		assert_true(s.single_thread == rows[i].single);
		assert_non_null(strstr(s.thread, rows[i].says));
		tend_arena_finish(&arena);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_text_names_one_or_several),
		cmocka_unit_test(a_name_with_a_comma_is_taken_whole),
		cmocka_unit_test(only_those_of_the_customer_up_to_the_day_count),
		cmocka_unit_test(silence_begins_after_the_cadence),
		cmocka_unit_test(nobody_makes_no_thread),
		cmocka_unit_test(a_thread_is_single_where_one_alone_was_touched),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
