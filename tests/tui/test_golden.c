/* SPDX-License-Identifier: MIT */
/*
 * Whole screens against saved ones, in golden/. With $UPDATE_GOLDEN set they are written anew: read the
 * difference before it is committed.
 */
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

struct scene {
	const char *name;
	const char *sizes; /* apart by blanks */
	const char *view, *keys;
};

#define ALL "80x24 160x48 40x12"
#define MOST "80x24 40x12"

/* A view with filter, sort and columns. */
#define SAVE                                                                                       \
	"g p / arr Space > Space 1000 Enter : sort Space -arr Enter "                              \
	": columns Space name,arr,owner,tags,renewal Enter : view Space save Space money Enter "

static const struct scene scenes[] = {
	{"today", ALL, "today", NULL},
	{"today-why", MOST, "today", "w"},
	{"portfolio", ALL, "portfolio", NULL},
	{"portfolio-marks", "80x24", "portfolio", "j Space Space"},
	{"portfolio-range", "80x24", "portfolio", "v j j"},
	{"portfolio-milestones", MOST, "portfolio", "j j j Tab"},
	{"portfolio-facts", MOST, "portfolio", "j j j 4"},
	{"portfolio-zoom", "80x24", "portfolio", "+"},
	{"portfolio-sorted", "80x24", "portfolio", ": sort Space -arr Enter"},
	{"portfolio-sort-menu", MOST, "portfolio", "S"},
	{"filter-text", MOST, "portfolio", "/ north"},
	{"filter-expression", "80x24", "portfolio", "/ arr Space > Space 100000 Enter"},
	{"filter-wrong", "80x24", "portfolio", "/ arr Space > Space \"x"},
	{"filter-nothing", MOST, "portfolio", "/ zzz Enter"},
	{"customer", ALL, "portfolio", ": customer Space huadong Enter"},
	{"customer-journey", ALL, "portfolio", ": customer Space northwind Enter ] k"},
	{"customer-first", "80x24", "customer", NULL},
	{"alerts", ALL, "alerts", NULL},
	{"alerts-why", "80x24", "alerts", "w"},
	{"renewals", MOST, "renewals", NULL},
	{"winback", MOST, "winback", NULL},
	{"capacity", ALL, "capacity", NULL},
	{"capacity-week", MOST, "capacity", "j ] Right Enter"},
	{"playbook", MOST, "portfolio", "/ late Enter p"},
	{"playbook-plan", MOST, "portfolio", "/ late Enter p Enter"},
	{"playbook-plan-marked", "80x24", "portfolio", "v j j p / welcome Enter"},
	{"playbook-run", ALL, "portfolio", "/ late Enter p Enter Enter Tab G"},
	{"playbook-journey", MOST, "portfolio", ": customer Space late Enter p Enter Enter ] G"},
	{"history", MOST, "history", NULL},
	{"journeys", "80x24", "journeys", ": filter Space demo Enter"},
	{"help", ALL, "portfolio", "?"},
	{"help-search", MOST, "portfolio", "? / snooze"},
	{"palette", "80x24", "portfolio", "C-p undo"},
	{"prefix", MOST, "portfolio", "g"},
	{"log", MOST, "portfolio", "l Quarterly Space review"},
	{"log-wrong", "80x24", "portfolio", "l S-Tab S-Tab C-u nonsense C-s"},
	{"note", "80x24", "portfolio", "n"},
	{"state", MOST, "portfolio", "s"},
	{"state-reason", "80x24", "portfolio", "s b"},
	{"items", MOST, "portfolio", "/ huadong Enter Tab i"},
	{"snooze", MOST, "alerts", "z"},
	{"due", "80x24", "portfolio", "d"},
	{"export", MOST, "portfolio", "X"},
	{"export-path", "80x24", "portfolio", "X m"},
	{"profile", ALL, "portfolio", "F"},
	{"profile-wrong", "80x24", "portfolio", "F S-Tab S-Tab S-Tab S-Tab S-Tab S-Tab many Enter"},
	{"add", ALL, "portfolio", "a"},
	{"add-customer", MOST, "portfolio", "a C"},
	{"add-wrong", "80x24", "portfolio", "a C acme Tab Another C-s"},
	{"add-search", MOST, "portfolio", "a / con"},
	{"add-tab", "80x24", "portfolio", ": customer Space huadong Enter ] ] ] ] a"},
	{"form-contact", ALL, "portfolio", "/ huadong Enter a c Dana Space Wu"},
	{"form-contact-list", MOST, "portfolio", "/ huadong Enter a c Dana Tab Tab Down Down"},
	{"form-contact-wrong", MOST, "portfolio",
		"/ huadong Enter a c Dana Tab Tab Tab Tab Tab often C-s"},
	{"form-outcome", ALL, "portfolio", "/ huadong Enter a o"},
	{"form-outcome-signal", MOST, "portfolio", "/ huadong Enter a o Faster Tab u"},
	{"form-text", ALL, "portfolio",
		"/ huadong Enter l "
		"对方确认明年续约，但希望把培训提前到春节之前，并且再要一份按门店拆分的使用报告。"
		" Enter Enter - Space next Space step: Space a Space plan Space for Space the "
		"Space "
		"training Enter - Space 价格另议"},
	{"record-edit", MOST, "portfolio", ": customer Space huadong Enter ] ] ] ] j j e"},
	{"record-removed", "80x24", "portfolio", ": customer Space huadong Enter ] ] ] ] j j D"},
	{"edit", "80x24", "portfolio", "e"},
	{"command", MOST, "portfolio", ": s Tab"},
	{"command-wrong", "80x24", "portfolio", ": dnoe Enter"},
	{"done", "80x24", "portfolio", "x"},
	{"undo", "80x24", "portfolio", "x u"},
	{"columns", ALL, "portfolio",
		": columns Space name,stage,arr,owner,segment,tags,started,month Enter"},
	{"views", ALL, "portfolio", SAVE "V"},
	{"views-empty", "80x24", "portfolio", "V"},
	{"views-name", "80x24", "portfolio", SAVE "V s"},
	{"view-applied", MOST, "today", SAVE "g t V 1"},
	{"view-changed", "80x24", "portfolio", SAVE ": sort Space name Enter"},
	{"bulk-form", MOST, "portfolio", "v j j j e"},
	{"bulk-form-wrong", "80x24", "portfolio", "v j j j e Tab Tab Tab ,, C-s"},
	{"bulk-preview", ALL, "portfolio", "v j j j e zoe Tab mid-market Tab Tab vip C-s"},
	{"bulk-milestones", ALL, "portfolio",
		"/ huadong Enter Tab o C-u tom Enter o C-u li Enter S-Tab Esc * o zoe Enter"},
	{"bulk-stay", "80x24", "portfolio",
		"/ huadong Enter Tab o C-u tom Enter o C-u li Enter S-Tab Esc * o zoe Enter m"},
	{"bulk-done", "80x24", "portfolio", "v j j j v o zoe Enter Enter"},
	{"too-small", "29x5", "portfolio", NULL},
	{"smallest", "30x6", "portfolio", NULL},
	{"huge", "200x60", "portfolio", NULL},
};

/* With records of all kinds. */
#define NORTHWIND ": customer Space northwind Enter "
#define HUADONG ": customer Space huadong Enter "
static const struct scene record_scenes[] = {
	{"customer-records", ALL, "portfolio", NORTHWIND},
	{"customer-records-zh", ALL, "portfolio", HUADONG},
	{"customer-people", ALL, "portfolio", NORTHWIND "P"},
	{"customer-map", ALL, "portfolio", NORTHWIND "P 3"},
	{"stakeholders", MOST, "stakeholders", NULL},
	{"stakeholders-map", ALL, "stakeholders", "/ northwind Enter Tab"},
	{"stakeholders-open", "80x24", "stakeholders", "/ northwind Enter Enter"},
	{"customer-outcomes", ALL, "portfolio", NORTHWIND "T"},
	{"customer-activity", ALL, "portfolio", NORTHWIND "C"},
	{"customer-activity-detail", MOST, "portfolio", NORTHWIND "C j Enter"},
	{"customer-activity-filter", "80x24", "portfolio",
		NORTHWIND "C / kind Space == Space \"complaint\" Enter"},
	{"customer-usage", ALL, "portfolio", NORTHWIND "I"},
	{"customer-chart", MOST, "portfolio", NORTHWIND "I Enter"},
	{"customer-money", ALL, "portfolio", NORTHWIND "M"},
	{"customer-notes", ALL, "portfolio", NORTHWIND "N"},
	{"customer-note", MOST, "portfolio", NORTHWIND "N Enter"},
	{"jump", ALL, "portfolio", "f north"},
	{"jump-line", ALL, "portfolio", "f report"},
	{"jump-chinese", ALL, "portfolio", "f 华东"},
	{"jump-none", MOST, "portfolio", "f"},
	{"jump-nothing", "80x24", "portfolio", "f zzz"},
	{"jump-there", MOST, "portfolio", "f report Enter"},
	{"customer-empty", "80x24", "portfolio", ": customer Space acme Enter N"},
};

/* With a second version and a file that is wrong. */
static const struct scene journey_scenes[] = {
	{"journeys-versions", ALL, "journeys", NULL},
	{"journeys-outline", MOST, "journeys", "2 j j"},
	{"journeys-milestone", MOST, "journeys", "2 j j Enter"},
	{"journeys-wrong", ALL, "journeys", "G"},
	{"journeys-findings", MOST, "journeys", "G 3"},
	{"journeys-difference", MOST, "journeys", "4"},
	{"journeys-first", "80x24", "journeys", "j 4"},
	{"journeys-variant", ALL, "journeys", "/ ours Enter 4"},
	{"journeys-preview", ALL, "journeys", "Enter"},
	{"journeys-start", MOST, "journeys", "d"},
	{"journeys-start-wrong", "80x24", "journeys", "d C-u soon Enter"},
	{"journeys-from", "80x24", "journeys", "d C-u 2027-03-01 Tab 6m Enter"},
	{"plan", ALL, "journeys", "p"},
	{"plan-changes", MOST, "journeys", "p j Enter"},
	{"plan-change", MOST, "journeys", "p Enter Enter"},
	{"plan-ask", MOST, "journeys", "p A"},
	{"plan-marked", "80x24", "journeys", "p Space Space A"},
	{"plan-applied", "80x24", "journeys", "p A Enter"},
	{"plan-undone", "80x24", "journeys", "p A Enter u"},
	{"dates", ALL, "portfolio", "j j j e Tab Tab Tab Tab C-u 2026-11-16 Enter"},
	{"dates-back", "80x24", "portfolio", "j j j e Tab Tab Tab Tab C-u 2026-11-16 Enter Esc"},
	{"dates-term", "80x24", "portfolio", "j j j e Tab Tab Tab Tab Tab C-u 18 Enter"},
	{"what-if-versions", "80x24", "capacity", "t"},
	{"what-if", ALL, "capacity", "j t Enter ] ]"},
	{"plan-nobody", MOST, "journeys", "j p"},
	{"waiting", ALL, "journeys", "p A Enter g p / yuntu Enter Tab j"},
	{"waiting-journey", ALL, "journeys", "p A Enter : customer Space yuntu Enter ] j"},
	{"waiting-done", "80x24", "journeys", "p A Enter g p / yuntu Enter Tab j x"},
	{"by-condition", ALL, "journeys", "p A Enter : customer Space acme Enter ] k"},
};

static void compare(const char *name, const char *lang, const char *size, const char *screen)
{
	char *file = tend_format("%s/%s.%s.%s.txt", GOLDEN_DIR, name, size, lang);
	if (getenv("UPDATE_GOLDEN") != NULL) {
		support_write_text(file, screen);
	}
	char *saved = support_read(file, NULL);
	if (saved == NULL) {
		fail_msg("%s is missing: run with UPDATE_GOLDEN=1 and read what it shows", file);
	}
	if (strcmp(saved, screen) != 0) {
		print_message("%s differs\n", file);
	}
	assert_same_text(screen, saved);
	free(saved);
	free(file);
}

static void each_size(struct demo *d, const struct scene *s, const char *lang)
{
	const char *at = s->sizes;
	while (*at != '\0') {
		size_t n = strcspn(at, " ");
		char *size = tend_strndup(at, n);
		char *screen = demo_screen(d, size, s->view, s->keys);
		compare(s->name, lang, size, screen);
		free(screen);
		free(size);
		at += n + strspn(at + n, " ");
	}
}

static void journey_pages(enum tend_lang lang, const char *name)
{
	for (size_t i = 0; i < sizeof(journey_scenes) / sizeof(journey_scenes[0]); i++) {
		const struct scene *s = &journey_scenes[i];
		struct demo d;
		demo_make(&d);
		demo_add_journeys(&d);
		tend_lang_set(lang);
		each_size(&d, s, name);
		demo_remove(&d);
	}
}

static void pages_with_records_are_as_they_were(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(record_scenes) / sizeof(record_scenes[0]); i++) {
		struct demo d;
		demo_make(&d);
		demo_add_records(&d);
		each_size(&d, &record_scenes[i], "en");
		tend_lang_set(TEND_ZH);
		each_size(&d, &record_scenes[i], "zh");
		demo_remove(&d);
	}
}

static void pages_of_journeys_are_as_they_were(void **state)
{
	(void)state;
	journey_pages(TEND_EN, "en");
	journey_pages(TEND_ZH, "zh");
}

static void all_scenes(enum tend_lang lang, const char *name)
{
	for (size_t i = 0; i < sizeof(scenes) / sizeof(scenes[0]); i++) {
		struct demo d;
		demo_make(&d);
		tend_lang_set(lang);
		each_size(&d, &scenes[i], name);
		demo_remove(&d);
	}
}

static void screens_are_as_they_were_in_english(void **state)
{
	(void)state;
	all_scenes(TEND_EN, "en");
}

static void screens_are_as_they_were_in_chinese(void **state)
{
	(void)state;
	all_scenes(TEND_ZH, "zh");
}

static void the_first_run_offers_ways_to_start(void **state)
{
	(void)state;
	static const struct scene first = {"first-run", ALL, NULL, NULL};
	static const struct scene import = {"first-run-import", "80x24", NULL, "j Enter"};
	static const struct scene empty = {"empty-book", ALL, NULL, NULL};
	static const struct scene lists[] = {{"empty-portfolio", MOST, "portfolio", NULL},
		{"empty-today", MOST, "today", NULL}, {"empty-alerts", "80x24", "alerts", NULL},
		{"empty-history", "80x24", "history", NULL}};
	for (int zh = 0; zh < 2; zh++) {
		struct demo d;
		const char *lang = zh != 0 ? "zh" : "en";
		demo_make_without_store(&d);
		tend_lang_set(zh != 0 ? TEND_ZH : TEND_EN);
		each_size(&d, &first, lang);
		each_size(&d, &import, lang);
		demo_remove(&d);
		demo_make_empty(&d);
		tend_lang_set(zh != 0 ? TEND_ZH : TEND_EN);
		each_size(&d, &empty, lang);
		for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++) {
			each_size(&d, &lists[i], lang);
		}
		demo_remove(&d);
	}
}

int main(void)
{
	(void)setlocale(LC_CTYPE, "C.UTF-8");
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(screens_are_as_they_were_in_english),
		cmocka_unit_test(screens_are_as_they_were_in_chinese),
		cmocka_unit_test(pages_of_journeys_are_as_they_were),
		cmocka_unit_test(pages_with_records_are_as_they_were),
		cmocka_unit_test(the_first_run_offers_ways_to_start),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
