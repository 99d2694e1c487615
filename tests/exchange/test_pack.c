/* SPDX-License-Identifier: MIT */
#include <locale.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>

#include <tend/exchange.h>
#include <tend/text.h>

#include "pack.h"
#include "pack_fixture.h"
#include "support.h"

static void write_pack(enum tend_lang lang, enum tend_pack_format format, struct tend_str *out)
{
	struct fixture f;
	tend_lang_set(lang);
	fixture_make(&f);
	tend_pack_write(&f.pack, format, out);
	tend_lang_set(TEND_EN);
}

/* With TEND_UPDATE_GOLDEN set the file is written anew: read the difference before it is committed. */
static void check_golden(enum tend_lang lang, enum tend_pack_format format)
{
	struct tend_str out = {0}, name = {0};
	write_pack(lang, format, &out);
	tend_str_addf(&name, "pack-%s.%s", lang == TEND_ZH ? "zh" : "en", tend_pack_ending(format));
	const char *path = support_path(GOLDEN_DIR, tend_str_text(&name));
	if (getenv("TEND_UPDATE_GOLDEN") != NULL) {
		support_write_text(path, tend_str_text(&out));
	}
	char *expected = support_read(path, NULL);
	assert_non_null(expected);
	assert_same_text(tend_str_text(&out), expected);
	free(expected);
	tend_str_finish(&out);
	tend_str_finish(&name);
}

static void each_format_and_language_is_as_it_was_approved(void **state)
{
	(void)state;
	for (int format = TEND_PACK_MD; format <= TEND_PACK_HTML; format++) {
		check_golden(TEND_EN, (enum tend_pack_format)format);
		check_golden(TEND_ZH, (enum tend_pack_format)format);
	}
}

static void formats_are_known_by_their_ending(void **state)
{
	(void)state;
	enum tend_pack_format format;
	static const char *const names[] = {"md", "csv", "json", "html"};
	for (size_t i = 0; i < 4; i++) {
		assert_true(tend_pack_format_parse(names[i], &format));
		assert_string_equal(tend_pack_ending(format), names[i]);
	}
	assert_false(tend_pack_format_parse("pdf", &format));
	assert_false(tend_pack_format_parse("", &format));
}

/* 0 where the command runs and is content, -1 where it is not installed. */
static int run(const char *command, const char *file, const char *text, struct tend_str *out)
{
	char *dir = support_make_dir();
	struct tend_str line = {0};
	support_write_text(support_path(dir, file), text);
	tend_str_addf(&line, "%s %s > %s 2>&1", command, support_path(dir, file),
		support_path(dir, "out"));
	int status = system(tend_str_text(&line));
	char *said = support_read(support_path(dir, "out"), NULL);
	tend_str_add(out, said != NULL ? said : "");
	free(said);
	tend_str_finish(&line);
	support_remove_dir(dir);
	return status == 127 * 256 ? -1 : status;
}

static void html_is_well_formed(void **state)
{
	(void)state;
	for (int lang = TEND_EN; lang <= TEND_ZH; lang++) {
		struct tend_str html = {0}, said = {0};
		write_pack((enum tend_lang)lang, TEND_PACK_HTML, &html);
		int status =
			run("xmllint --noout --nonet", "pack.html", tend_str_text(&html), &said);
		assert_true(status <= 0);
		tend_str_finish(&html);
		tend_str_finish(&said);
	}
}

static const char *const hostile[] = {
	"<script>alert(1)</script>",
	"\"><img src=x onerror=alert(1)>",
	"]]></style></title><svg/onload=alert(1)>",
	"' onmouseover='x",
	"&lt;b&gt; &amp; &#60;",
	"=cmd|' /C calc'!A0",
	"[x](javascript:alert(1)) ![y](http://z) <http://q>",
	"# a\n- b\n```\n| c | d |\n|---|---|",
	"`*_~|\\",
	"\x1b]0;x\x07\xe2\x80\xae\xe2\x80\x8b\xc2\x9b\xff",
	"",
	"%s%n%d",
};
enum { HOSTILE = sizeof(hostile) / sizeof(hostile[0]) };

static size_t count_of(const char *text, const char *part)
{
	size_t n = 0;
	for (const char *p = strstr(text, part); p != NULL; p = strstr(p + 1, part)) {
		n++;
	}
	return n;
}

static void check_same_elements(const char *a, const char *b)
{
	static const char *const parts[] = {"<script", "<img", "<svg", "<a ", "<b>", "<style",
		"onload=\"", "<li", "<tr", "<td", "<h1", "<h2", "<h3", "<code", "<section", "<text",
		"<rect", "<title"};
	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		assert_int_equal(count_of(a, parts[i]), count_of(b, parts[i]));
	}
}

static void no_text_adds_an_element_to_the_html(void **state)
{
	(void)state;
	struct fixture f;
	struct tend_str plain = {0};
	fixture_make_hostile(&f, "x");
	tend_pack_write(&f.pack, TEND_PACK_HTML, &plain);
	for (size_t i = 0; i < HOSTILE; i++) {
		struct tend_str html = {0}, said = {0};
		fixture_make_hostile(&f, hostile[i]);
		tend_pack_write(&f.pack, TEND_PACK_HTML, &html);
		if (hostile[i][0] != '\0') {
			check_same_elements(tend_str_text(&html), tend_str_text(&plain));
		}
		assert_true(
			run("xmllint --noout --nonet", "p.html", tend_str_text(&html), &said) <= 0);
		tend_str_finish(&html);
		tend_str_finish(&said);
	}
	tend_str_finish(&plain);
}

/* The kinds of elements that cmark finds, without texts and lines. */
static bool structure(const char *markdown, struct tend_str *out)
{
	struct tend_str xml = {0};
	int status = run("cmark --to xml", "p.md", markdown, &xml);
	for (const char *p = strchr(tend_str_text(&xml), '<'); p != NULL; p = strchr(p + 1, '<')) {
		size_t n = strcspn(p, " >");
		bool inline_text = tend_starts_with(p, "<text") || tend_starts_with(p, "</text")
			|| tend_starts_with(p, "<code ") || tend_starts_with(p, "</code>");
		if (!inline_text) {
			tend_str_addn(out, p, n);
			tend_str_addc(out, '\n');
		}
	}
	tend_str_finish(&xml);
	return status == 0;
}

static void no_text_changes_the_structure_of_the_markdown(void **state)
{
	(void)state;
	struct fixture f;
	struct tend_str text = {0}, plain = {0};
	fixture_make_hostile(&f, "x");
	tend_pack_write(&f.pack, TEND_PACK_MD, &text);
	if (!structure(tend_str_text(&text), &plain)) {
		tend_str_finish(&text);
		tend_str_finish(&plain);
		return; /* no cmark here */
	}
	for (size_t i = 0; i < HOSTILE; i++) {
		struct tend_str actual = {0};
		if (hostile[i][0] == '\0' || strchr(hostile[i], '\n') != NULL) {
			continue; /* guides have a paragraph a line */
		}
		tend_str_clear(&text);
		fixture_make_hostile(&f, hostile[i]);
		tend_pack_write(&f.pack, TEND_PACK_MD, &text);
		assert_true(structure(tend_str_text(&text), &actual));
		assert_same_text(tend_str_text(&actual), tend_str_text(&plain));
		tend_str_finish(&actual);
	}
	tend_str_finish(&text);
	tend_str_finish(&plain);
}

static void no_text_acts_on_a_terminal(void **state)
{
	(void)state;
	struct fixture f;
	for (int format = TEND_PACK_MD; format <= TEND_PACK_HTML; format++) {
		for (size_t i = 0; i < HOSTILE; i++) {
			struct tend_str out = {0};
			fixture_make_hostile(&f, hostile[i]);
			tend_pack_write(&f.pack, (enum tend_pack_format)format, &out);
			for (char *p = out.data; *p != '\0'; p++) {
				*p = *p == '\n' || *p == '\r' ? ' ' : *p;
			}
			assert_true(tend_is_printable(out.data, out.len));
			tend_str_finish(&out);
		}
	}
}

static void csv_cells_are_guarded(void **state)
{
	(void)state;
	struct fixture f;
	struct tend_str out = {0};
	fixture_make_hostile(&f, "=1+1");
	tend_pack_write(&f.pack, TEND_PACK_CSV, &out);
	assert_null(strstr(tend_str_text(&out), ",=1"));
	assert_null(strstr(tend_str_text(&out), "\n=1"));
	assert_non_null(strstr(tend_str_text(&out), ",'=1+1,"));
	tend_str_finish(&out);
}

static void json_holds_the_numbers_and_every_line(void **state)
{
	(void)state;
	struct tend_str out = {0};
	write_pack(TEND_EN, TEND_PACK_JSON, &out);
	json_t *pack = json_loads(tend_str_text(&out), JSON_REJECT_DUPLICATES, NULL);
	assert_non_null(pack);
	json_t *customer = json_object_get(pack, "customer");
	assert_true(json_real_value(json_object_get(customer, "arr")) == 1260000.0);
	assert_string_equal(json_string_value(json_object_get(pack, "title")),
		"Renewal preparation: Huadong Channel Technology");
	assert_int_equal(json_array_size(json_object_get(pack, "preparation")), 4);
	assert_int_equal(json_array_size(json_object_get(pack, "milestones")), 5);
	json_t *report = json_array_get(json_object_get(pack, "preparation"), 1);
	assert_int_equal(json_array_size(json_object_get(report, "checklist")), 3);
	json_t *usage = json_array_get(json_object_get(pack, "usage"), 1);
	assert_true(json_is_null(json_object_get(usage, "change")));
	assert_int_equal(json_array_size(json_object_get(usage, "months")), 12);
	json_decref(pack);
	tend_str_finish(&out);
}

static void a_customer_with_nothing_has_a_pack_too(void **state)
{
	(void)state;
	struct fixture f;
	fixture_make_bare(&f);
	for (int format = TEND_PACK_MD; format <= TEND_PACK_HTML; format++) {
		struct tend_str out = {0};
		tend_pack_write(&f.pack, (enum tend_pack_format)format, &out);
		assert_non_null(strstr(tend_str_text(&out), "Bare &"));
		assert_null(strstr(tend_str_text(&out), "nan"));
		assert_null(strstr(tend_str_text(&out), "(null)"));
		tend_str_finish(&out);
	}
}

static void figures_are_written_for_people(void **state)
{
	(void)state;
	static const struct {
		int64_t minor;
		const char *currency, *expected;
	} money[] = {{0, "EUR", "€0.00"}, {99999, "USD", "$999.99"},
		{100000000, "CNY", "¥1,000,000.00"}, {-123456789, "CHF", "CHF -1,234,567.89"},
		{INT64_MIN, "EUR", "–"}, {500, NULL, "5.00"}};
	for (size_t i = 0; i < sizeof(money) / sizeof(money[0]); i++) {
		struct tend_str out = {0};
		pack_money(money[i].minor, money[i].currency, &out);
		assert_string_equal(tend_str_text(&out), money[i].expected);
		tend_str_finish(&out);
	}
	static const struct {
		double number;
		const char *expected;
	} numbers[] = {{0, "0"}, {-0.001, "0"}, {1310.5, "1,310.5"}, {999, "999"},
		{1e6, "1,000,000"}, {-1234.375, "-1,234.4"}, {0.25, "0.25"}, {4.4667, "4.5"},
		{NAN, "–"}, {INFINITY, "–"}};
	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
		struct tend_str out = {0};
		pack_number(numbers[i].number, &out);
		assert_string_equal(tend_str_text(&out), numbers[i].expected);
		tend_str_finish(&out);
	}
	static const struct {
		int days;
		const char *expected;
	} distances[] = {{0, "today"}, {1, "tomorrow"}, {-1, "yesterday"}, {2, "in 2 days"},
		{-30, "30 days ago"}};
	for (size_t i = 0; i < sizeof(distances) / sizeof(distances[0]); i++) {
		struct tend_str out = {0};
		pack_distance(
			(struct tend_date){100}, (struct tend_date){100 + distances[i].days}, &out);
		assert_string_equal(tend_str_text(&out), distances[i].expected);
		tend_str_finish(&out);
	}
}

static void every_format_says_that_it_is_internal(void **state)
{
	(void)state;
	static const char *const words[] = {"Internal: for the CSM", "内部资料"};
	for (int format = TEND_PACK_MD; format <= TEND_PACK_HTML; format++) {
		for (int lang = TEND_EN; lang <= TEND_ZH; lang++) {
			struct tend_str out = {0};
			write_pack((enum tend_lang)lang, (enum tend_pack_format)format, &out);
			assert_non_null(strstr(tend_str_text(&out), words[lang == TEND_ZH]));
			tend_str_finish(&out);
		}
	}
}

static void skipped_steps_have_no_tick_and_are_counted_apart(void **state)
{
	(void)state;
	struct tend_str out = {0};
	write_pack(TEND_EN, TEND_PACK_MD, &out);
	assert_non_null(strstr(tend_str_text(&out), "- [ ] **Product manual** · skipped"));
	assert_null(strstr(tend_str_text(&out), "[x] **Product manual"));
	assert_null(strstr(tend_str_text(&out), "`monthly-review#7`"));
	tend_str_clear(&out);
	write_pack(TEND_EN, TEND_PACK_HTML, &out);
	assert_non_null(strstr(tend_str_text(&out), "\"milestone skipped\""));
	tend_str_clear(&out);
	pack_progress((struct pack_count){.all = 6, .settled = 3, .skipped = 1}, &out);
	assert_string_equal(tend_str_text(&out), "2 done, 1 skipped of 6.");
	tend_str_clear(&out);
	pack_progress((struct pack_count){.all = 6, .settled = 3}, &out);
	assert_string_equal(tend_str_text(&out), "3 of 6 done.");
	tend_str_finish(&out);
}

static void months_end_with_the_days_own(void **state)
{
	(void)state;
	struct fixture f;
	char month[TEND_DATE_LEN];
	fixture_make_bare(&f);
	assert_true(tend_date_parse("2026-03-31", &f.pack.day));
	pack_month(&f.pack, 11, month);
	assert_string_equal(month, "2026-03");
	pack_month(&f.pack, 10, month);
	assert_string_equal(month, "2026-02");
	pack_month(&f.pack, 0, month);
	assert_string_equal(month, "2025-04");
}

static void large_figures_are_folded_over_their_bars(void **state)
{
	(void)state;
	struct fixture f;
	struct tend_str out = {0};
	fixture_make(&f);
	f.usage[0].months[11] = 12345678;
	f.usage[0].months[10] = -5;
	pack_chart(&f.pack, &f.usage[0], &out);
	assert_non_null(strstr(tend_str_text(&out), ">12M</text>"));
	assert_non_null(strstr(tend_str_text(&out), "2026-12: 12,345,678</desc>"));
	assert_int_equal(
		count_of(tend_str_text(&out), "<rect"), 10); /* none where nothing or less */
	tend_str_finish(&out);
}

static void only_what_matters_has_its_items_listed(void **state)
{
	(void)state;
	static const struct {
		const char *state;
		bool renewal, listed;
	} rows[] = {{"todo", false, true}, {"blocked", true, true}, {"done", true, true},
		{"done", false, false}, {"skipped", true, false}, {"skipped", false, false}};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct fixture f;
		struct tend_str md = {0}, html = {0};
		fixture_make(&f);
		f.milestones[5].state = rows[i].state;
		f.rows[5].renewal_item = rows[i].renewal;
		tend_pack_write(&f.pack, TEND_PACK_MD, &md);
		tend_pack_write(&f.pack, TEND_PACK_HTML, &html);
		assert_int_equal(
			count_of(tend_str_text(&md), "Call made, with facts"), rows[i].listed);
		assert_int_equal(
			count_of(tend_str_text(&html), "Call made, with facts"), rows[i].listed);
		tend_str_finish(&md);
		tend_str_finish(&html);
	}
}

static void waiting_names_what_is_open_by_its_title(void **state)
{
	(void)state;
	struct fixture f;
	struct tend_str out = {0};
	fixture_make(&f);
	f.milestones[8].waiting = "monthly-review,annual-report,elsewhere";
	pack_milestone_note(&f.pack, &f.milestones[8], &out);
	assert_string_equal(tend_str_text(&out),
		"due about 2027-01-17 (in 39 days) · Li Wei · waiting for: Monthly review #7, "
		"Annual "
		"usage report, elsewhere");
	tend_str_finish(&out);
}

static void the_state_of_a_milestone_is_said_in_words(void **state)
{
	(void)state;
	static const struct {
		const char *state, *due, *done_on, *reason, *expected;
	} rows[] = {
		{"todo", "2026-12-09", NULL, NULL, "due 2026-12-09 (today)"},
		{"todo", "2026-12-08", NULL, NULL, "due 2026-12-08 (1 day overdue)"},
		{"todo", NULL, NULL, NULL, "no date"},
		{"doing", "2026-12-10", NULL, NULL, "due 2026-12-10 (tomorrow) · doing"},
		{"blocked", "2026-12-07", NULL, "legal",
			"due 2026-12-07 (2 days overdue) · blocked: legal"},
		{"done", "2026-12-07", "2026-12-06", NULL, "done 2026-12-06"},
		{"done", "2026-12-07", NULL, NULL, "done"},
		{"skipped", "2026-12-07", NULL, "", "skipped"},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct fixture f;
		struct tend_milestone m;
		struct tend_str out = {0};
		fixture_make_bare(&f);
		tend_record_clear(&tend_milestone_type, &m);
		m.state = rows[i].state;
		m.reason = rows[i].reason;
		assert_true(rows[i].due == NULL || tend_date_parse(rows[i].due, &m.due));
		assert_true(
			rows[i].done_on == NULL || tend_date_parse(rows[i].done_on, &m.done_on));
		pack_milestone_note(&f.pack, &m, &out);
		assert_string_equal(tend_str_text(&out), rows[i].expected);
		tend_str_finish(&out);
	}
}

static void the_summary_says_only_what_is_known(void **state)
{
	(void)state;
	struct fixture f;
	struct tend_str out = {0};
	fixture_make_bare(&f);
	pack_summary(&f.pack, &out);
	assert_string_equal(tend_str_text(&out), "no preparation planned; no open alerts.");
	tend_str_clear(&out);
	fixture_make(&f);
	f.pack.nalerts = 1;
	f.alerts[0].value_at_risk = 0;
	f.customer.arr = INT64_MIN;
	f.pack.day = f.customer.renewal;
	f.pack.nmilestones = 2;
	pack_summary(&f.pack, &out);
	assert_string_equal(tend_str_text(&out),
		"Renewal on 2027-01-31, today; no preparation planned; 1 open alert.");
	tend_str_finish(&out);
}

static void milestones_of_no_stage_are_not_lost(void **state)
{
	(void)state;
	struct fixture f;
	struct tend_str out = {0};
	fixture_make(&f);
	f.milestones[3].stage = "gone";
	f.milestones[4].stage = NULL;
	tend_pack_write(&f.pack, TEND_PACK_MD, &out);
	assert_non_null(strstr(tend_str_text(&out), "### Without a stage\n"));
	assert_int_equal(count_of(tend_str_text(&out), "New scenes of use**"), 1);
	tend_str_finish(&out);
}

int main(void)
{
	(void)setlocale(LC_CTYPE, "C.UTF-8");
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_format_and_language_is_as_it_was_approved),
		cmocka_unit_test(formats_are_known_by_their_ending),
		cmocka_unit_test(html_is_well_formed),
		cmocka_unit_test(no_text_adds_an_element_to_the_html),
		cmocka_unit_test(no_text_changes_the_structure_of_the_markdown),
		cmocka_unit_test(no_text_acts_on_a_terminal),
		cmocka_unit_test(csv_cells_are_guarded),
		cmocka_unit_test(json_holds_the_numbers_and_every_line),
		cmocka_unit_test(a_customer_with_nothing_has_a_pack_too),
		cmocka_unit_test(figures_are_written_for_people),
		cmocka_unit_test(every_format_says_that_it_is_internal),
		cmocka_unit_test(skipped_steps_have_no_tick_and_are_counted_apart),
		cmocka_unit_test(months_end_with_the_days_own),
		cmocka_unit_test(large_figures_are_folded_over_their_bars),
		cmocka_unit_test(only_what_matters_has_its_items_listed),
		cmocka_unit_test(waiting_names_what_is_open_by_its_title),
		cmocka_unit_test(the_state_of_a_milestone_is_said_in_words),
		cmocka_unit_test(the_summary_says_only_what_is_known),
		cmocka_unit_test(milestones_of_no_stage_are_not_lost),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
