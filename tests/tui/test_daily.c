/* SPDX-License-Identifier: MIT */
/* What a manager meets in a day of work: each row is keys, and what the screen must and must not show. */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <tend/lang.h>
#include <tend/mem.h>

#include "demo.h"
#include "support.h"

struct row {
	const char *size, *view, *keys;
	const char *shown, *hidden; /* NULL: anything */
};

static void check(struct demo *d, const struct row *r)
{
	char *screen = demo_screen(d, r->size, r->view, r->keys);
	bool ok = (r->shown == NULL || strstr(screen, r->shown) != NULL)
		&& (r->hidden == NULL || strstr(screen, r->hidden) == NULL);
	if (!ok) {
		print_message("%s\n", screen);
		fail_msg("after \"%s\": \"%s\" must be there, \"%s\" must not",
			r->keys != NULL ? r->keys : "", r->shown != NULL ? r->shown : "",
			r->hidden != NULL ? r->hidden : "");
	}
	free(screen);
}

/* Each row begins with the same book. */
static void each_in(enum tend_lang lang, const struct row *rows, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct demo d;
		demo_make(&d);
		tend_lang_set(lang);
		check(&d, &rows[i]);
		demo_remove(&d);
	}
}

#define EACH(rows) each_in(TEND_EN, rows, sizeof(rows) / sizeof((rows)[0]))
#define EACH_ZH(rows) each_in(TEND_ZH, rows, sizeof(rows) / sizeof((rows)[0]))
#define HUADONG "/ huadong Enter "

static void keys_that_are_no_sequence_do_nothing_and_say_so(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{"80x24", "portfolio", "g x", "g x: no such key", "done:"},
		{"80x24", "portfolio", "g 9", "g 9: no such key", NULL},
		{"80x24", "portfolio", "g x j", "> Blue Heron", "done:"},
		{"80x24", "portfolio", "g Esc x", "done:", "no such key"},
		{"80x24", "portfolio", "M-x", NULL, "done:"},
		{"80x24", "portfolio", "l M-x", "New activity:", "* x"},
	};
	EACH(rows);
}

static void keys_of_other_panes_say_that_they_do_nothing_here(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{"80x24", "today", "S", "S does nothing here; ? shows what does", NULL},
		{"80x24", "portfolio", "3 x", "x does nothing here", "done:"},
		{"80x24", "portfolio", "3 d", "d does nothing here", NULL},
		{"80x24", "portfolio", "S", "Sort by", "does nothing here"},
		{"80x24", "portfolio", "Esc", "> ", "does nothing here"},
	};
	EACH(rows);
}

static void u_in_the_history_says_that_it_is_the_newest(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{"110x24", "portfolio", HUADONG "x g h j u",
			"; u takes back the newest change, not the row's", NULL},
		{"110x24", "portfolio", HUADONG "x g h u", "undone: ", "not the row's"},
	};
	EACH(rows);
}

static void commands_complete_journeys_and_playbooks(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{"80x24", "portfolio", ": enroll Space Tab", "  tob-annual", NULL},
		{"80x24", "portfolio", ": enroll Space d Tab", ":enroll demo", NULL},
		{"80x24", "portfolio", ": playbook Space adv Tab", ":playbook advocates", NULL},
		/* A high screen shows more of a long list. */
		{"80x60", "portfolio", ": Tab", "  import", NULL},
		{"80x24", "portfolio", ": Tab", "  customer", "  journeys"},
	};
	EACH(rows);
}

#define OF_LI "/ owner Space = = Space \" li \" Enter "

static void a_filter_holds_for_its_view_and_can_be_taken_along(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{"80x24", "today", OF_LI "g p",
			"The filter holds in Today only; / Up takes it here", "owner =="},
		{"80x24", "today", OF_LI "g p / Up Enter", "Portfolio  owner == \"li\"",
			"holds in Today only"},
		{"80x24", "portfolio", OF_LI "Enter", NULL, "holds in"},
		{"80x24", "portfolio", OF_LI "Esc g t", NULL, "holds in"},
		{"80x24", "portfolio", OF_LI "g t g p", "owner == \"li\"", "holds in"},
		{"80x24", "winback", "g p", NULL, "holds in"},
		{"80x24", "alerts", OF_LI "g w", "The filter holds in Alerts only", NULL},
		{"80x24", "alerts", OF_LI "g r g p", NULL, "holds in"},
	};
	EACH(rows);
}

static void x_says_what_it_did(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{"80x24", "portfolio", HUADONG "x",
			"done: Advanced training (华东渠~), 3 of 3 items open   u: undo",
			"training:"},
		{"110x24", "portfolio", HUADONG "x",
			"done: Advanced training (华东渠道科技有限公司), 3 of 3 items open   u: "
			"undo",
			NULL},
		{"80x24", "portfolio", HUADONG "Tab x x", "open again: Advanced training", NULL},
		{"80x24", "portfolio", HUADONG "Tab v j j v x",
			"3 milestones done, 1 with open items   u: undo", NULL},
		{"80x24", "portfolio", HUADONG "Tab j v j v x", "2 milestones done   u: undo",
			NULL},
		{"80x24", "portfolio", HUADONG "Tab j v j v x Tab S-Tab v k v x",
			"2 milestones open again", NULL},
		{"80x24", "today", "x", "done: Monthly review #3 (Northwind Traders)", NULL},
	};
	EACH(rows);
}

static void the_second_pane_shows_what_x_takes(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{"80x24", "portfolio", HUADONG, "> [!]  Advanced training", NULL},
		{"80x24", "portfolio", HUADONG "x", "> [ ]  Monthly review #2", NULL},
		{"80x24", "portfolio", HUADONG "x x", "> [ ]  Monthly review #3", NULL},
		{"80x24", "portfolio", HUADONG "Tab G", "> [ ]  Renewal proposal", NULL},
		{"80x24", "portfolio", HUADONG "Tab G S-Tab", "> [!]  Advanced training", NULL},
		{"80x24", "today", NULL, "> [!]  Monthly review #3", NULL},
		{"80x24", "today", "j j j", "> [!]  Annual usage report", NULL},
		{"80x24", "today", "j j", "> [!]  Renewal proposal", NULL},
		{"80x24", "today", "j j j j k", "> [!]  Annual usage report", NULL},
	};
	EACH(rows);
}

static void undo_brings_the_row_back_under_the_cursor(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{"80x24", "today", "j x", "> !  Lateward Mills          Annual usage report", NULL},
		{"80x24", "today", "j x u", "> !  Lateward Mills          Monthly review #4", NULL},
		{"80x24", "today", "j x j j u", "> !  Lateward Mills          Monthly review #4",
			NULL},
	};
	EACH(rows);
}

static void a_broken_expression_is_told_from_a_text(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{"80x24", "portfolio", "/ owner Space = Space \"li\"", "column", "0 of"},
		{"80x24", "portfolio", "/ ownr Space == Space \"li\"", "column", NULL},
		{"80x24", "portfolio", "/ arr Space and Space x", "column", NULL},
		{"80x24", "portfolio", "/ heron Space & Space sons", "1 of 12", "column"},
		{"80x24", "portfolio", "/ overdue(milestones) Space > Space 0", "5 of 12",
			"column"},
		{"80x24", "portfolio", "/ sum(nope, Space 30d) Space > Space 0 Enter",
			"there is no metric \"nope\"", NULL},
		{"80x24", "portfolio", "/ sand Space and Space sea", "Nothing matches", "column"},
	};
	EACH(rows);
}

static void narrow_lists_keep_the_name(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{"40x12", "today", NULL, "! Northwind T~ Monthly review", NULL},
		{"40x12", "alerts", NULL, "! Northwind T~ The term", NULL},
		{"34x10", "today", NULL, "! Northwind T~ ", NULL},
		{"30x8", "today", NULL, "! Northwind T~ ", "-72d"},
	};
	EACH(rows);
}

static void snoozed_alerts_come_last_and_do_not_count(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{"80x24", "alerts", NULL, "!3 ?11", NULL},
		{"80x24", "alerts", "z later Enter", "!2 ?11", NULL},
		{"80x24", "alerts", "z later Enter G", "> z  Northwind", NULL},
		{"80x24", "alerts", "z later Enter g g", "> !  Cedar", NULL},
	};
	EACH(rows);
}

static void a_reason_that_is_cut_stands_whole_somewhere(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{"80x24", "alerts", "Enter", "in 50 days; ARR $1.2M", NULL},
		{"80x24", "alerts", NULL, "in 50 ~", "in 50 days; ARR $1.2M"},
		{"160x48", "alerts", NULL, "in 50 days; ARR $1.2M", NULL},
		{"110x24", "alerts", "j j", "renewed; ARR $61k", NULL},
		{"109x24", "alerts", "j j", "and was no~", "and was not renewed"},
		{"160x48", "alerts", "G", "Monthly review #3 is due today", "in 50 days; ARR"},
		{"160x48", "portfolio", "/ northwind Enter Enter 3 Enter",
			"Northwind Traders: The renewal is near", "Enter open customer"},
	};
	EACH(rows);
}

static void an_entry_of_the_journal_opens_to_what_it_changed(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{"80x24", "portfolio", "/ huadong Enter x g h Enter", "to do -> done", NULL},
		{"80x24", "portfolio", "/ huadong Enter x g h Enter",
			"milestone  Advanced training  (huadong)", NULL},
		{"80x24", "portfolio", "/ huadong Enter x u g h Enter", "undone", NULL},
		{"80x24", "portfolio", "l hello C-s g h Enter", "activity  hello  (acme)  added",
			NULL},
		{"80x24", "portfolio", "/ acme Enter o C-u li Enter g h Enter", "  tom -> li",
			NULL},
		{"80x24", "portfolio", "l hello C-s g h Enter Esc", "Journal", "What it changed"},
	};
	EACH(rows);
}

static void pages_name_things_by_their_titles(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{"80x24", "portfolio", "/ northwind Enter Enter ] G w", "Go-live", "golive"},
		{"160x48", "portfolio", "/ northwind Enter", "Monthly review #3  -72d", "review#3"},
		{"80x24", "portfolio", "/ northwind Enter w", "$1,200,000.00", " 1200000"},
	};
	EACH(rows);
}

static void hints_are_those_of_the_row(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{"160x48", "today", "g g", "x done", "z snooze"},
		{"160x48", "today", "g g", "x done", "A acknowledge"},
		{"160x48", "today", "/ renewal Space is Space near Enter", "z snooze", "x done"},
		{"160x48", "today", "/ renewal Space is Space near Enter", "A acknowledge",
			"d due"},
		{"160x48", "today", "* ", "z snooze", NULL},
	};
	EACH(rows);
}

static void the_stage_of_now_is_never_cut(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{"40x12", "portfolio", "/ northwind Enter Enter", "… > [Renewal", "Growth"},
		{"40x12", "portfolio", "/ late Enter Enter", "… > [Win-back", NULL},
		{"80x24", "portfolio", "/ acme Enter Enter", "Growth 08-03", "… >"},
		{"80x24", "portfolio", "/ northwind Enter Enter",
			" Growth > Maturity > [Renewal]  ", "… >"},
		{"80x24", "portfolio", "/ northwind Enter Enter",
			"   stuck: Monthly review #3 is 72 days overdue\n", NULL},
		{"40x12", "portfolio", "/ northwind Enter Enter", "   stuck: Monthly r", NULL},
	};
	EACH(rows);
}

static void stages_are_named_by_the_journey_of_the_customer(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{"80x24", "portfolio", "/ dune Enter", "Fitting-out", "Growth"},
		{"80x24", "portfolio", "/ dune Enter Enter ]", "Fitting-out", "Growth"},
		{"80x24", "portfolio", "/ acme Enter", "Growth", "Fitting-out"},
	};
	struct demo d;
	demo_make(&d);
	support_write_text(support_path(d.config, "other.yaml"),
		"journey: other\nversion: 1\ntitle: {en: Other, zh: 另一个}\nterm: 12 months\n"
		"stages:\n  - {key: growth, title: {en: Fitting-out, zh: 布置}, from: start}\n"
		"milestones:\n  - {key: one, stage: growth, title: {en: First, zh: 第一}, due: "
		"renewal}\n");
	free(demo_screen(&d, "80x24", "portfolio", "/ dune Enter : enroll Space other Enter"));
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		check(&d, &rows[i]);
	}
	demo_remove(&d);
}

static void work_after_the_term_waits_for_its_end(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{"80x24", "portfolio",
			"/ huadong Enter Tab a m bye Tab Farewell Tab Tab C-u 2027-06-02 C-s", NULL,
			"Farewell  "},
		{"80x24", "portfolio",
			"/ acme Enter Tab a m bye Tab Farewell Tab Tab C-u 2027-08-03 C-s", "3/10",
			NULL},
		{"80x24", "portfolio",
			"/ plain Enter : enroll Space none Enter Esc Tab a m bye Tab Farewell Tab "
			"growth "
			"Tab C-u 2027-10-01 C-s S-Tab x",
			"There is no open milestone here", NULL},
		/* Who has left has it to do. */
		{"80x24", "portfolio", "/ late Enter Tab a m bye Tab Farewell Tab Tab C-u +1d C-s",
			"7/11", NULL},
	};
	EACH(rows);
}

static void health_that_nobody_has_gives_its_room_away(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{"80x24", "portfolio", NULL, "Renews", "Health"},
		{"80x24", "renewals", NULL, "ARR", "Health"},
		{"220x50", "portfolio", NULL, "Health", NULL},
		{"80x24", "portfolio", "w", "no health profile is in this version", NULL},
	};
	EACH(rows);
}

static void titles_say_which_one_and_whose(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{"80x24", "portfolio", "/ huadong Enter Tab i",
			"Advanced training (华东渠道科技有限公司)", NULL},
		{"80x24", "portfolio", "/ huadong Enter Tab j w",
			"华东渠道科技有限公司: Monthly review #2", NULL},
		{"80x24", "portfolio", "/ huadong Enter Tab s Esc j s", "> t  to do", NULL},
		{"80x24", "portfolio", "/ huadong Enter Tab s d s", "> d  doing", NULL},
	};
	EACH(rows);
}

static void dates_are_asked_for_with_what_is_there(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{"80x24", "portfolio", HUADONG "d", "Advanced training: now 2026-11-01", NULL},
		{"80x24", "portfolio", HUADONG "d nonsense Enter",
			"not a date (2026-01-31, 11-25, +3d)", NULL},
		{"80x24", "portfolio", "l S-Tab S-Tab", "-1d, fri, 11-25", NULL},
		{"80x24", "portfolio", "l hello S-Tab S-Tab C-u +1d Enter", "is after today",
			"saved"},
		{"80x24", "portfolio", "l hello S-Tab S-Tab C-u nonsense Enter",
			"not a date (2026-01-31, 11-25, +3d)", NULL},
		{"80x24", "portfolio", "l hello S-Tab S-Tab C-u -1d Enter", "saved",
			"is after today"},
	};
	EACH(rows);
}

static void words_of_the_command_line_work_here(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{"80x24", "today", ": customer Space show Space huadong Enter",
			"华东渠道科技~  [Overview]", NULL},
		{"80x24", "portfolio", HUADONG ": milestone Space done Space review#2 Enter",
			"saved", NULL},
		{"80x24", "portfolio", ": milestone Space dnoe Enter", "no command is called",
			NULL},
		{"80x24", "portfolio", "? C-f C-f", "21/", NULL},
		{"80x24", "portfolio", "? C-f C-b C-d", "6/", NULL},
		{"80x24", "portfolio", "? / title Space row", "! late or high, ? due soon", NULL},
	};
	EACH(rows);
}

static void heads_are_right_and_fit_in_chinese(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{"80x24", "journeys", NULL, "来源", NULL},
		{"80x24", "alerts", "w", "Northwind Traders：临近续费", "Traders: "},
		{"80x24", "portfolio", "e", "合同期（月）", "各月"},
		{"80x24", "portfolio", "o", "负责人：tom", NULL},
		{"80x24", "renewals", NULL, "续费日  距续费", NULL},
		{"80x24", "today", NULL, "排名", "~名"},
		{"80x24", "portfolio", HUADONG "Enter ]", "清单项", NULL},
		{"80x24", "history", NULL, "已撤销", NULL},
	};
	EACH_ZH(rows);
}

int main(void)
{
	(void)setlocale(LC_CTYPE, "C.UTF-8");
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(keys_that_are_no_sequence_do_nothing_and_say_so),
		cmocka_unit_test(keys_of_other_panes_say_that_they_do_nothing_here),
		cmocka_unit_test(u_in_the_history_says_that_it_is_the_newest),
		cmocka_unit_test(commands_complete_journeys_and_playbooks),
		cmocka_unit_test(a_filter_holds_for_its_view_and_can_be_taken_along),
		cmocka_unit_test(x_says_what_it_did),
		cmocka_unit_test(the_second_pane_shows_what_x_takes),
		cmocka_unit_test(undo_brings_the_row_back_under_the_cursor),
		cmocka_unit_test(a_broken_expression_is_told_from_a_text),
		cmocka_unit_test(narrow_lists_keep_the_name),
		cmocka_unit_test(snoozed_alerts_come_last_and_do_not_count),
		cmocka_unit_test(a_reason_that_is_cut_stands_whole_somewhere),
		cmocka_unit_test(an_entry_of_the_journal_opens_to_what_it_changed),
		cmocka_unit_test(pages_name_things_by_their_titles),
		cmocka_unit_test(hints_are_those_of_the_row),
		cmocka_unit_test(the_stage_of_now_is_never_cut),
		cmocka_unit_test(stages_are_named_by_the_journey_of_the_customer),
		cmocka_unit_test(work_after_the_term_waits_for_its_end),
		cmocka_unit_test(health_that_nobody_has_gives_its_room_away),
		cmocka_unit_test(titles_say_which_one_and_whose),
		cmocka_unit_test(dates_are_asked_for_with_what_is_there),
		cmocka_unit_test(words_of_the_command_line_work_here),
		cmocka_unit_test(heads_are_right_and_fit_in_chinese),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
