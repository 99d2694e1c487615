/* SPDX-License-Identifier: MIT */
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

static void expect_on(
	struct demo *d, const char *size, const char *view, const char *keys, const char *text)
{
	char *screen = demo_screen(d, size, view, keys);
	if (strstr(screen, text) == NULL) {
		print_message("%s\n", screen);
		fail_msg("\"%s\" is not on the screen after \"%s\"", text, keys);
	}
	free(screen);
}

struct row {
	const char *view, *keys, *text;
};

static void each(const struct row *rows, size_t n)
{
	struct demo d;
	demo_make(&d);
	for (size_t i = 0; i < n; i++) {
		expect_on(&d, "80x24", rows[i].view, rows[i].keys, rows[i].text);
	}
	demo_remove(&d);
}

#define EACH(rows) each(rows, sizeof(rows) / sizeof((rows)[0]))

static void keys_move_the_cursor(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{"portfolio", "j", "> Blue Heron"},
		{"portfolio", "Down Down k", "> Blue Heron"},
		{"portfolio", "k", "> Acme"},
		{"portfolio", "G", "> 云图物流"},
		{"portfolio", "End Home", "> Acme"},
		{"portfolio", "G g g", "> Acme"},
		{"portfolio", "PgDn", "> 云图物流"},
		{"portfolio", "C-d C-u", "> Acme"},
		{"portfolio", "ｊ", "> Blue Heron"}, /* full-width twin */
		{"portfolio", "g j j", "Journeys"}, /* a prefix, then a move in the view */
		{"portfolio", "g Esc j", "> Blue Heron"},
		{"portfolio", "g 9 j", "> Blue Heron"},
	};
	EACH(rows);
}

static void views_are_reached_and_left(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{"portfolio", "g t", " tend  Today"},
		{"today", "g p", " tend  Portfolio"},
		{"today", "g a", " tend  Alerts"},
		{"today", "g h", " tend  History"},
		{"today", "g r", " tend  Renewals"},
		{"today", "g w", " tend  Win-back and pool"},
		{"today", "g j", " tend  Journeys"},
		{"today", "g a q", " tend  Today"},
		{"portfolio", "g h Esc", " tend  Portfolio"},
		{"portfolio", "j Enter", " Blue Heron &~  [Overview] Journey"},
		{"portfolio", "j Enter q", "> Blue Heron"},
		{"portfolio", "j g t g p", "> Blue Heron"},
		{"today", "Enter g p", "> Northwind"},
		{"alerts", "j Enter", "Cedar Point Clinics: The renewal is near"},
		{"alerts", "j Enter Enter", " Cedar Point ~  [Overview]"},
		{"alerts", "j Enter Esc", "> !  Cedar Point"},
		{"today", "Esc Esc", " tend  Today"},
		{"portfolio", "Enter ] ]", "[People]"},
		{"portfolio", "Enter [", "[Notes]"},
		{"portfolio", "Enter J", "[Journey]"},
		{"portfolio", "Enter P", "[People]"},
		{"portfolio", "Enter T", "[Outcomes]"},
		{"portfolio", "Enter C", "[Activity]"},
		{"portfolio", "Enter I", "[Usage]"},
		{"portfolio", "Enter M", "[Money]"},
		{"portfolio", "Enter N", "[Notes]"},
		{"portfolio", "Enter N O", "[Overview]"},
		{"portfolio", "Enter C Enter", "━ 2 Alert"},
		{"portfolio", "Enter C Enter Esc", "━ 1 Timeline"},
		{"portfolio", "Enter C Enter Esc Esc", " tend  Portfolio"},
		{"portfolio", "Enter C / gone Enter N O C", "━ 1 Timeline ━"},
		{"portfolio", "Enter Right Left", "[Overview]"},
		{"portfolio", "Enter Enter", "[Journey]"},
	};
	EACH(rows);
}

static void panes_take_the_focus(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{"portfolio", "Tab", "━ 2 Acme"},
		{"portfolio", "Tab Tab", "━ 3 Alerts"},
		{"portfolio", "S-Tab", "━ 4 Facts"},
		{"portfolio", "3 1", "━ 1 Customers"},
		{"portfolio", "2 +", "━ 2 Acme"},
		{"portfolio", "Tab Tab Tab Tab", "━ 1 Customers"},
		{"history", "Tab 4", "Journal"},
	};
	EACH(rows);
}

static void capacity_shows_weeks_and_what_is_behind_them(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{"portfolio", "g c", "1 Hours promised, by week"},
		{"capacity", NULL, "─ 2 emma, week of 11-16: 13.5 of 30.0 hours"},
		{"capacity", "] ]", "─ 2 emma, week of 11-30:"},
		{"capacity", "Right [", "─ 2 emma, week of 11-16:"},
		{"capacity", "[", "─ 2 emma, week of 11-16:"},
		{"capacity", "j Enter", "━ 2 li, week of 11-16:"},
		{"capacity", "] ] ] ] ] ] ] ] ] ] ] ] ] ]", "week of 2027-02-08"},
		{"capacity", "/ tom Enter", "─ 2 tom, week of"},
	};
	EACH(rows);
}

static void what_follows_the_selection_is_that_customers(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{"portfolio", "j j", "─ 2 Cedar Point"},
		{"portfolio", "/ north Enter", "─ 2 Northwind"},
		{"portfolio", "G 4", "yuntu"},
		{"today", "j", "─ 2 Lateward"},
		{"journeys", ": filter Space demo Enter", "2 demo@1 from 2026-11-16 on"},
	};
	EACH(rows);
}

static void filters_narrow_while_they_are_typed(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{"portfolio", "/ n o r", "1 of 12"},
		{"portfolio", "/ NORTH", "1 of 12"},
		{"portfolio", "/ 渠道", "1 of 12"},
		{"portfolio", "/ vip", "> Northwind"},
		{"portfolio", "/ owner Space == Space \"li\" Enter", "3 of 12"},
		{"portfolio",
			"/ arr Space >= Space 100000 Space and Space owner Space == Space \"emma\" "
			"Enter",
			"2 of 12"},
		{"portfolio", "/ zzz Enter", "Nothing matches the filter. Esc clears it."},
		{"portfolio", "/ north Enter Esc", " 12  "},
		{"portfolio", "/ north Esc", " 12  "},
		{"portfolio", "／ north", "1 of 12"},
		{"portfolio", "/ north Enter / ", " /north"},
		{"today", "/ cedar Enter", "> !  Cedar"},
		{"alerts", "/ silent C-u no Space contact Enter", "of 14"},
		{"history", "/ imported Enter", "imported usage"},
		{"portfolio", ": filter Space segment Space == Space \"small\" Enter", "6 of 12"},
		{"portfolio", "Enter : filter Space x Enter", "cannot be filtered"},
	};
	EACH(rows);
}

static void columns_sort_both_ways(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{"portfolio", ": sort Space -arr Enter g g", "> Northwind"},
		{"portfolio", ": sort Space name Enter G", "云图物流"},
		{"portfolio", "S j j j j j Enter g g", "> Northwind"},
		{"portfolio", "S j j j j j Enter", "ARRv"},
		{"portfolio", ": sort Space nonsense Enter", "nonsense"},
		{"portfolio", ": sort Enter", "sort FIELD"},
		{"portfolio", "j : sort Space -arr Enter", "> Blue Heron"},
		{"alerts", "S", "At stake"},
	};
	EACH(rows);
}

static void marks_are_counted_and_dropped(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{"portfolio", "Space Space", "2 marked"},
		{"portfolio", "*", "12 marked"},
		{"portfolio", "* * Space", "1 marked"},
		{"portfolio", "v j j v", "3 marked"},
		{"portfolio", "Space / north Enter", "1 marked"},
	};
	EACH(rows);
	struct demo d;
	demo_make(&d);
	char *screen = demo_screen(&d, "80x24", "portfolio", "Space Space Esc");
	assert_null(strstr(screen, "marked"));
	free(screen);
	screen = demo_screen(&d, "80x24", "portfolio", "v j Esc");
	assert_null(strstr(screen, "marked"));
	free(screen);
	demo_remove(&d);
}

static void commands_say_the_words_of_the_command_line(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{"portfolio", ": done Space huadong Space training Enter", "3 of 3 items are open"},
		{"portfolio", ": reopen Space huadong Space training Enter",
			"u: milestone training"},
		{"portfolio", ": log Space huadong Space --kind Space visit Space 见到老板 Enter",
			"u: visit logged (huadong)"},
		{"portfolio", ": note Space a Space word Enter", "u: note added (acme)"},
		{"portfolio", ": undo Enter", "u: visit logged"},
		{"portfolio", ": redo Enter", "u: note added"},
		{"portfolio", ": undo Space 2 Enter", "u: milestone training"},
		{"alerts", ": snooze Space +3d Space board Enter", "snoozed"},
		{"portfolio", ": done Space huadong Space nonsense Enter", "nonsense"},
		{"portfolio", ": undo Space x Enter", "undo N takes the last N changes back"},
		{"portfolio", ": set Space lang Space fr Enter", "fr is no language"},
		{"portfolio", ": set Space theme Space nonsense Enter", "nonsense"},
		{"portfolio", ": set Space segment=tiny Enter", "tiny"},
		{"portfolio", ": set Enter", "set lang en|zh"},
		{"portfolio", ": customer Space Northwind Space Traders Enter",
			"Northwind Tr~  [Overview]"},
		{"portfolio", ": customer Space nobody Enter", "nobody"},
		{"portfolio", ": alerts Enter", " tend  Alerts"},
		{"portfolio", ": zoom Enter", "━ 1 Customers"},
		{"portfolio", ": help Enter", "Keys: / searches"},
		{"portfolio", ": \"open Enter", "a quote is not closed"},
		{"portfolio", ": Enter", "━ 1 Customers"},
		{"portfolio", ": due Space +2d Enter", "u: "},
		{"portfolio", ": owner Space wang Enter", "u: "},
		{"portfolio", "/ plain Enter : enroll Space demo Enter", "u: "},
		{"portfolio", ": enroll Enter", "enroll JOURNEY"},
		{"portfolio", ": import Space customers Space /no/such/file Enter",
			"/no/such/file"},
		{"portfolio", ": import Enter", "import KIND FILE"},
		{"portfolio", ": export Space xls Enter", "export md|html|csv|json"},
		{"history", ": sort Space at Enter", "Journal"},
	};
	EACH(rows);
}

static void tab_completes_what_can_stand_there(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{"portfolio", ": sn Tab", " :snooze\n"},
		{"portfolio", ": s Tab", "  snooze\n"},
		{"portfolio", ": s Tab", " :s\n"},
		{"portfolio", ": s Tab Tab", " :set\n"},
		{"portfolio", ": s Tab Tab Tab", " :snooze\n"},
		{"portfolio", ": s Tab Tab Tab", "> snooze\n"},
		{"portfolio", ": s Tab S-Tab", " :suspend\n"},
		{"portfolio", ": s Tab Tab S-Tab", " :suspend\n"},
		{"portfolio", ": s Tab Tab Tab Tab Tab Tab Tab Tab Tab Tab Tab Tab", " :set\n"},
		{"portfolio", ": s Tab Tab Esc", " :s\n"},
		{"portfolio", ": s Tab Tab Esc Esc", "j/k move"},
		{"portfolio", ": s Tab Tab Space l Tab", " :set lang\n"},
		{"portfolio", ": sort Space Tab Tab Enter g g", "> Acme"},
		{"portfolio", ": sort Space Tab Tab Tab Tab Tab Tab Tab Tab Tab Tab",
			"> journey\n"},
		{"portfolio", ": sort Space Tab Tab Tab Tab Tab Tab Tab Tab Tab Tab", "━ 9/"},
		{"portfolio", ": set Space l Tab z Tab", ":set lang zh"},
		{"portfolio", ": set Space theme Space d Tab", "  default\n"},
		{"portfolio", ": sort Space -ar Tab", ":sort -arr"},
		{"portfolio", ": customer Space hua Tab", ":customer huadong"},
		{"portfolio", ": log Space acme Space --kind Space v Tab", "--kind visit"},
		{"portfolio", "/ huadong Enter : done Space tr Tab", ":done training"},
		{"portfolio", ": import Space cus Tab", ":import customers"},
		{"portfolio", ": export Space h Tab", ":export html"},
		{"portfolio", ": zz Tab", ":zz"},
	};
	EACH(rows);
}

static void languages_switch_at_once(void **state)
{
	(void)state;
	struct demo d;
	demo_make(&d);
	expect_on(&d, "80x24", "portfolio", ": set Space lang Space zh Enter", "成熟");
	tend_lang_set(TEND_EN);
	expect_on(&d, "80x24", "portfolio", ": set Space lang Space zh Enter ?", "移动");
	expect_on(&d, "80x24", "portfolio", ": set Space lang Space en Enter", "Maturity");
	demo_remove(&d);
}

static void the_language_of_the_book_is_kept_unless_another_is_asked_for(void **state)
{
	(void)state;
	struct demo d;
	demo_make(&d);
	free(demo_screen(&d, "80x24", "portfolio", ": set Space lang Space zh Enter"));
	tend_lang_set(TEND_EN);
	expect_on(&d, "80x24", "portfolio", NULL, "成熟");
	tend_lang_set(TEND_EN);
	d.o.lang_given = true;
	expect_on(&d, "80x24", "portfolio", NULL, "Maturity");
	demo_remove(&d);
}

static void why_shows_the_arithmetic(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{"today", "w", "72 days overdue"},
		{"today", "w", "rank"},
		{"alerts", "w", "renewal-window"},
		{"portfolio", "/ north Enter w", "Monthly review #3, 72 days"},
		{"portfolio", "/ huadong Enter Tab w", "Advanced training"},
	};
	EACH(rows);
}

static void the_help_can_be_searched_and_run(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{"portfolio", "? / win-back Enter", " tend  Win-back"},
		{"portfolio", "C-p history Enter", " tend  History"},
		{"portfolio", "? / zzzz", "Nothing matches."},
		{"portfolio", "? q", "━ 1 Customers"},
		{"portfolio", "? Esc", "━ 1 Customers"},
		{"portfolio", "？", "Keys: / searches"},
		{"portfolio", "? G Enter", "is not possible here"},
	};
	EACH(rows);
}

static void help_is_on_the_hint_row_at_every_size(void **state)
{
	(void)state;
	static const char *const sizes[] = {
		"30x6", "31x7", "40x12", "59x16", "60x16", "80x24", "110x30", "160x48"};
	static const char *const views[] = {"today", "portfolio", "customer", "alerts", "capacity",
		"history", "journeys", "renewals", "winback", "stakeholders"};
	struct demo d;
	demo_make(&d);
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		for (size_t k = 0; k < sizeof(views) / sizeof(views[0]); k++) {
			char *screen = demo_screen(&d, sizes[i], views[k], NULL);
			screen[strlen(screen) - 1] = '\0';
			char *last = strrchr(screen, '\n');
			assert_non_null(last);
			assert_non_null(strstr(last, "? help"));
			free(screen);
		}
	}
	demo_remove(&d);
}

/* Whatever the size, keys and dialogs: no crash, as many rows as there are. */
static void every_size_takes_every_dialog(void **state)
{
	(void)state;
	static const char *const keys[] = {"l", "?", "s", "X", "a", "e", ":", "/", "S", "w", "g",
		"z", "d", "Tab i", "v G", "* x", "Enter ] Tab"};
	static const char *const sizes[] = {
		"1x1", "2x40", "40x2", "30x6", "29x6", "30x5", "37x9", "61x17", "109x16", "240x80"};
	struct demo d;
	demo_make(&d);
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		for (size_t k = 0; k < sizeof(keys) / sizeof(keys[0]); k++) {
			char *screen = demo_screen(&d, sizes[i], "portfolio", keys[k]);
			size_t rows = 0;
			for (const char *at = screen; *at != '\0'; at++) {
				rows += *at == '\n' ? 1 : 0;
			}
			assert_true(rows <= strtoul(strchr(sizes[i], 'x') + 1, NULL, 10));
			free(screen);
		}
	}
	demo_remove(&d);
}

static void an_unknown_view_is_refused_by_name(void **state)
{
	(void)state;
	struct demo d;
	struct tend_error err = {0};
	demo_make(&d);
	assert_int_equal(demo_try_screen(&d, "80x24", "nonsense", NULL, &err), TEND_USAGE);
	assert_non_null(strstr(err.text, "nonsense"));
	assert_non_null(strstr(err.text, "portfolio"));
	demo_remove(&d);
	demo_make_without_store(&d);
	assert_int_equal(demo_try_screen(&d, "80x24", "portfolio", NULL, &err), TEND_UNAVAILABLE);
	demo_remove(&d);
}

static void keys_files_change_the_keys(void **state)
{
	(void)state;
	struct demo d;
	demo_make(&d);
	support_write_text(support_path(d.config, "keys.yaml"),
		"keys: mine\nbindings: {any: {\"C-n\": down, \"g x\": quit}, portfolio: {o: "
		"open}}\n");
	expect_on(&d, "80x24", "portfolio", "C-n", "> Blue Heron");
	expect_on(&d, "80x24", "portfolio", "o", " Acme Anvils  [Overview]");
	expect_on(&d, "80x24", "portfolio", NULL, "C-n/k move");
	support_write_text(support_path(d.config, "keys.yaml"),
		"keys: mine\nbindings: {any: {\"C-n\": dwon}}\n");
	expect_on(&d, "80x24", "portfolio", NULL, "did you mean down?");
	demo_remove(&d);
}

int main(void)
{
	(void)setlocale(LC_CTYPE, "C.UTF-8");
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(keys_move_the_cursor),
		cmocka_unit_test(views_are_reached_and_left),
		cmocka_unit_test(panes_take_the_focus),
		cmocka_unit_test(capacity_shows_weeks_and_what_is_behind_them),
		cmocka_unit_test(what_follows_the_selection_is_that_customers),
		cmocka_unit_test(filters_narrow_while_they_are_typed),
		cmocka_unit_test(columns_sort_both_ways),
		cmocka_unit_test(marks_are_counted_and_dropped),
		cmocka_unit_test(commands_say_the_words_of_the_command_line),
		cmocka_unit_test(tab_completes_what_can_stand_there),
		cmocka_unit_test(languages_switch_at_once),
		cmocka_unit_test(the_language_of_the_book_is_kept_unless_another_is_asked_for),
		cmocka_unit_test(why_shows_the_arithmetic),
		cmocka_unit_test(the_help_can_be_searched_and_run),
		cmocka_unit_test(help_is_on_the_hint_row_at_every_size),
		cmocka_unit_test(every_size_takes_every_dialog),
		cmocka_unit_test(an_unknown_view_is_refused_by_name),
		cmocka_unit_test(keys_files_change_the_keys),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
