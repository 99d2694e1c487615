/* SPDX-License-Identifier: MIT */
/* The kinds of files beside journeys: what they give and what is wrong in them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "reading.h"

#define READ(kind, text, ret)                                                                      \
	do {                                                                                       \
		struct tend_findings findings;                                                     \
		tend_findings_init(&findings, "t.yaml");                                           \
		if (tend_yaml_##kind(text, strlen(text), &findings, ret) != TEND_OK) {             \
			char *found = reading_findings(&findings);                                 \
			fail_msg("%s", found);                                                     \
		}                                                                                  \
		tend_findings_finish(&findings);                                                   \
	} while (0)

static void signals_are_counters_unless_they_say_gauge(void **state)
{
	(void)state;
	struct tend_signals_file *s;
	READ(signals,
		"signals: default\nmetrics:\n"
		"  - {key: logins, title: {en: Logins, zh: \xE7\x99\xBB\xE5\xBD\x95}, unit: times, "
		"kind: counter}\n"
		"  - {key: seats, title: Seats, kind: gauge}\n"
		"  - {key: calls}\n",
		&s);
	assert_string_equal(s->key, "default");
	assert_int_equal(s->n, 3);
	assert_false(s->metrics[0].gauge);
	assert_string_equal(s->metrics[0].unit, "times");
	assert_true(s->metrics[1].gauge);
	assert_null(s->metrics[1].unit);
	assert_false(s->metrics[2].gauge);
	assert_string_equal(s->metrics[2].title.en, "calls");
	tend_signals_file_destroy(s);
}

static void wrong_signals_are_found(void **state)
{
	(void)state;
	static const struct reading_row rows[] = {
		{"no metrics", "signals: s\n", "1:1: error: the key \"metrics\" is missing\n"},
		{"unknown kind", "signals: s\nmetrics: [{key: a, kind: guage}]\n",
			"2:26: error: \"kind\": unknown \"guage\"; did you mean \"gauge\"?\n"},
		{"kind of nothing near", "signals: s\nmetrics: [{key: a, kind: histogram}]\n",
			"2:26: error: \"kind\": expected one of counter, gauge, found "
			"\"histogram\"\n"},
		{"twice", "signals: s\nmetrics: [{key: a}, {key: b}, {key: a}, {key: a}]\n",
			"2:37: error: another metric has the key \"a\"\n"
			"2:47: error: another metric has the key \"a\"\n"},
		{"without key", "signals: s\nmetrics: [{title: A}, 3]\n",
			"2:11: error: the key \"key\" is missing\n"
			"2:23: error: expected a mapping (key: value), found \"3\"\n"},
	};
	reading_assert_rows(rows, sizeof(rows) / sizeof(rows[0]), NULL);
}

static void calendars_come_sorted(void **state)
{
	(void)state;
	struct tend_calendar_file *c;
	READ(calendar,
		"calendar: cn\ntitle: {en: China, zh: \xE4\xB8\xAD\xE5\x9B\xBD}\n"
		"holidays: [2026-02-17, 2026-01-01, \"2026-02-16\"]\nworkdays: [2026-02-14]\n",
		&c);
	assert_string_equal(c->calendar.key, "cn");
	assert_string_equal(c->title.en, "China");
	assert_int_equal(c->calendar.nholidays, 3);
	assert_int_equal(c->calendar.nworkdays, 1);
	char buf[TEND_DATE_LEN];
	assert_string_equal(tend_date_format(c->calendar.holidays[0], buf), "2026-01-01");
	assert_string_equal(tend_date_format(c->calendar.holidays[2], buf), "2026-02-17");
	assert_true(tend_is_workday(&c->calendar, c->calendar.workdays[0]));
	tend_calendar_file_destroy(c);
	READ(calendar, "calendar: none\n", &c);
	assert_int_equal(c->calendar.nholidays, 0);
	tend_calendar_file_destroy(c);
}

static void wrong_calendars_are_found(void **state)
{
	(void)state;
	static const struct reading_row rows[] = {
		{"no such days", "calendar: c\nholidays: [2026-02-30, tomorrow, [x]]\n",
			"2:12: error: \"holidays\": expected a date as YYYY-MM-DD, found "
			"\"2026-02-30\"\n"
			"2:24: error: \"holidays\": expected a date as YYYY-MM-DD, found "
			"\"tomorrow\"\n"
			"2:34: error: \"holidays\": expected a date as YYYY-MM-DD, found "
			"\"\xE2\x80\xA6\"\n"},
		{"twice", "calendar: c\nholidays:\n  - 2026-01-01\n  - 2026-01-01\n",
			"4:5: warning: \"2026-01-01\" stands in the list twice\n"},
		{"both",
			"calendar: c\nholidays: [2026-01-01, 2026-01-03]\n"
			"workdays: [2026-01-01, 2026-01-03]\n",
			"3:12: error: \"2026-01-01\" is both a holiday and a workday\n"
			"3:24: error: \"2026-01-03\" is both a holiday and a workday\n"},
		{"no weekend", "calendar: c\nworkdays: [2026-01-02]\n",
			"2:12: warning: \"2026-01-02\" is a workday anyway: it is no weekend\n"},
		{"text for a list", "calendar: c\nholidays: 2026-01-01\nworkday: []\n",
			"2:11: error: \"holidays\": expected a list, found \"2026-01-01\"\n"
			"3:1: error: unknown key \"workday\"; did you mean \"workdays\"?\n"},
	};
	reading_assert_rows(rows, sizeof(rows) / sizeof(rows[0]), NULL);
}

static void maps_are_read_whole(void **state)
{
	(void)state;
	struct tend_map *m;
	READ(map,
		"map: ravenstack-usage\nkind: usage\n"
		"columns:\n"
		"  customer: {via: subscriptions, column: subscription_id}\n"
		"  date: {column: usage_date, format: \"%d/%m/%Y\"}\n"
		"  metric: {const: usage}\n"
		"  value: usage_count\n"
		"values: {metric: {\"True\": on, \"\": ~}, value: {}}\n"
		"where: usage_count > 0\n"
		"combine: max\nextra: keep\nencoding: gb18030\n",
		&m);
	assert_string_equal(m->key, "ravenstack-usage");
	assert_string_equal(m->kind, "usage");
	assert_int_equal(m->ncolumns, 4);
	assert_string_equal(m->columns[0].field, "customer");
	assert_string_equal(m->columns[0].via, "subscriptions");
	assert_string_equal(m->columns[0].column, "subscription_id");
	assert_string_equal(m->columns[1].format, "%d/%m/%Y");
	assert_string_equal(m->columns[2].constant, "usage");
	assert_null(m->columns[2].column);
	assert_string_equal(m->columns[3].column, "usage_count");
	assert_int_equal(m->columns[3].line, 7);
	assert_int_equal(m->nvalues, 2);
	assert_string_equal(m->values[0].theirs, "True");
	assert_string_equal(m->values[0].ours, "on");
	assert_string_equal(m->values[1].ours, "");
	assert_non_null(m->where);
	assert_int_equal(m->combine, TEND_COMBINE_MAX);
	assert_true(m->keep_extra);
	assert_string_equal(m->encoding, "gb18030");
	tend_map_destroy(m);
	READ(map, "map: m\nkind: usage\ncombine: last\nencoding: utf-8\nextra: ignore\n", &m);
	assert_int_equal(m->combine, TEND_COMBINE_LAST);
	assert_null(m->encoding);
	assert_false(m->keep_extra);
	tend_map_destroy(m);
}

static void wrong_maps_are_found(void **state)
{
	(void)state;
	static const struct reading_row rows[] = {
		{"unknown kind", "map: m\nkind: usages\n",
			"2:7: error: \"kind\": unknown \"usages\"; did you mean \"usage\"?\n"},
		{"no kind", "map: m\n", "1:1: error: the key \"kind\" is missing\n"},
		{"unknown fields",
			"map: m\nkind: churn\ncolumns: {custmer: c, colour: d}\nvalues: {reson: "
			"{a: b}}\n",
			"3:11: error: \"churn\" has no field \"custmer\"; did you mean "
			"\"customer\"?\n"
			"3:23: error: \"churn\" has no field \"colour\"\n"
			"4:10: error: \"churn\" has no field \"reson\"; did you mean "
			"\"reason\"?\n"},
		{"customers take fields of one's own",
			"map: m\nkind: customers\ncolumns: {colour: d}\n", ""},
		{"a field twice", "map: m\nkind: churn\ncolumns: {date: c, date: d}\n",
			"3:20: error: the key \"date\" stands here twice\n"},
		{"neither and both",
			"map: m\nkind: churn\ncolumns: {date: {}, text: {column: a, const: b}}\n",
			"3:17: error: expected either \"column\" or \"const\"\n"
			"3:27: error: expected either \"column\" or \"const\"\n"},
		{"via of a constant",
			"map: m\nkind: churn\ncolumns: {date: {const: a, via: customers}}\n",
			"3:17: error: \"via\" and \"format\" belong to a column, not to a "
			"constant\n"},
		{"a constant that is a list",
			"map: m\nkind: churn\ncolumns: {date: {const: [a]}}\n",
			"3:25: error: a constant is a text, a number or a date\n"},
		{"a column that is a list", "map: m\nkind: churn\ncolumns: {date: [a], [b]: c}\n",
			"3:17: error: \"columns\": expected a text, found a list\n"
			"3:22: error: a key must be a text\n"},
		{"formats",
			"map: m\nkind: churn\ncolumns: {date: {column: a, format: \"%d.%m\"}, "
			"text: {column: b, format: \"%j %Y\"}}\n",
			"3:37: error: \"%d.%m\" is not a date's format: %Y (or %y), %m and %d, and "
			"%H %M "
			"%S\n"
			"3:73: error: \"%j %Y\" is not a date's format: %Y (or %y), %m and %d, and "
			"%H %M "
			"%S\n"},
		{"values",
			"map: m\nkind: churn\nvalues: {reason: x, text: {a: [b], c: d, c: e}, [f]: "
			"{}}\n",
			"3:18: error: \"values\": expected a mapping, found \"x\"\n"
			"3:28: error: expected their value and ours, as in \"True\": churned\n"
			"3:42: error: the value \"c\" stands here twice\n"
			"3:49: error: a key must be a text\n"},
		{"combine for others", "map: m\nkind: churn\ncombine: sum\n",
			"3:10: error: \"combine\" is for usage only\n"},
		{"where", "map: m\nkind: churn\nwhere: a = 1\n",
			"3:10: error: \"=\" is written \"==\" here\n"},
	};
	reading_assert_rows(rows, sizeof(rows) / sizeof(rows[0]), NULL);
}

static void themes_give_roles_their_looks(void **state)
{
	(void)state;
	struct tend_theme *t;
	READ(theme,
		"theme: t\ntitle: T\nroles:\n  bad: {fg: red, attrs: [bold, underline]}\n"
		"  selection: {fg: \"#FFaa00\", bg: 17}\n  text: {}\n",
		&t);
	assert_int_equal(t->n, 3);
	assert_string_equal(t->roles[0].role, "bad");
	assert_string_equal(t->roles[0].fg, "red");
	assert_null(t->roles[0].bg);
	assert_int_equal(t->roles[0].attrs, TEND_BOLD | TEND_UNDERLINE);
	assert_string_equal(t->roles[1].bg, "17");
	assert_int_equal(t->roles[1].line, 5);
	assert_int_equal(t->roles[2].attrs, 0);
	tend_theme_destroy(t);
}

static void wrong_themes_are_found(void **state)
{
	(void)state;
	static const struct reading_row rows[] = {
		{"roles",
			"theme: t\nroles: {selecton: {}, nothing: {}, [a]: {}, bad: {}, bad: {}}\n",
			"2:9: error: unknown role \"selecton\"; did you mean \"selection\"?\n"
			"2:23: error: unknown role \"nothing\"\n"
			"2:36: error: unknown role \"\"\n"
			"2:54: error: the role \"bad\" stands here twice\n"},
		{"colours",
			"theme: t\nroles:\n  bad: {fg: rd, bg: 256}\n  good: {fg: \"#12345\", bg: "
			"purpleish}\n"
			"  soon: {fg: -1, bg: \"#12345g\"}\n",
			"3:13: error: unknown colour \"rd\"; did you mean \"red\"?\n"
			"3:21: error: unknown colour \"256\": default, a name, 0 to 255, or "
			"\"#rrggbb\" in "
			"quotes\n"
			"4:14: error: unknown colour \"#12345\": default, a name, 0 to 255, or "
			"\"#rrggbb\" "
			"in quotes\n"
			"4:28: error: unknown colour \"purpleish\": default, a name, 0 to 255, or "
			"\"#rrggbb\" in quotes\n"
			"5:14: error: unknown colour \"-1\": default, a name, 0 to 255, or "
			"\"#rrggbb\" in "
			"quotes\n"
			"5:22: error: unknown colour \"#12345g\": default, a name, 0 to 255, or "
			"\"#rrggbb\" "
			"in quotes\n"},
		{"attributes",
			"theme: t\nroles: {bad: {attrs: [bald, blinking]}, good: {attrs: bold}}\n",
			"2:23: error: \"attrs\": unknown \"bald\"; did you mean \"bold\"?\n"
			"2:29: error: \"attrs\": expected one of bold, dim, underline, reverse, "
			"italic, "
			"found \"blinking\"\n"
			"2:55: error: \"attrs\": expected a list, found \"bold\"\n"},
		{"a role that is a text", "theme: t\nroles: {bad: red}\n",
			"2:14: error: expected a mapping (key: value), found \"red\"\n"},
	};
	reading_assert_rows(rows, sizeof(rows) / sizeof(rows[0]), NULL);
}

static bool is_action(void *ctx, const char *name)
{
	(void)ctx;
	return tend_same(name, "done") || tend_same(name, "undo");
}

static void keys_bind_sequences_per_view(void **state)
{
	(void)state;
	static const char text[] =
		"keys: mine\nbindings:\n  any: {\"g x\": done, C-x: undo, u: none}\n"
		"  portfolio: {S-Tab: done, F12: undo, \xEF\xBC\x8F: undo}\n";
	struct tend_yaml_env env = {.action = is_action};
	struct tend_keys_file *k;
	struct tend_findings findings;
	tend_findings_init(&findings, "t.yaml");
	assert_int_equal(tend_yaml_keys(text, strlen(text), &env, &findings, &k), TEND_OK);
	assert_int_equal(k->n, 6);
	assert_string_equal(k->bindings[0].view, "any");
	assert_string_equal(k->bindings[0].keys, "g x");
	assert_string_equal(k->bindings[0].action, "done");
	assert_string_equal(k->bindings[5].view, "portfolio");
	assert_int_equal(k->bindings[3].line, 4);
	tend_keys_file_destroy(k);
	tend_findings_finish(&findings);
}

static void wrong_keys_are_found(void **state)
{
	(void)state;
	static const struct reading_row rows[] = {
		{"views",
			"keys: k\nbindings: {portfoli: {}, screen: {}, [a]: {}, any: {}, any: "
			"{}}\n",
			"2:12: error: unknown view \"portfoli\"; did you mean \"portfolio\"?\n"
			"2:26: error: unknown view \"screen\"\n"
			"2:38: error: unknown view \"\"\n"
			"2:56: error: the view \"any\" stands here twice\n"},
		{"sequences",
			"keys: k\nbindings:\n  any:\n    Entr: done\n    gg: done\n    \"\": done\n"
			"    a b c d e f g h i: done\n    x: done\n    x: undo\n    [y]: done\n",
			"4:5: error: unknown key name \"Entr\"; did you mean \"Enter\"?\n"
			"5:5: error: unknown key name \"gg\"\n"
			"6:5: error: a sequence has 1 to 8 keys, apart by blanks\n"
			"7:5: error: a sequence has 1 to 8 keys, apart by blanks\n"
			"9:5: error: the keys \"x\" stand here twice\n"
			"10:5: error: a key must be a text\n"},
		{"actions",
			"keys: k\nbindings:\n  any: {x: dance, y: [done], z: }\n  today: done\n",
			"3:12: error: there is no action \"dance\"\n"
			"3:22: error: expected the name of an action\n"
			"3:33: error: expected the name of an action\n"
			"4:10: error: \"bindings\": expected a mapping, found \"done\"\n"},
	};
	struct tend_yaml_env env = {.action = is_action};
	reading_assert_rows(rows, sizeof(rows) / sizeof(rows[0]), &env);
}

static void a_config_sets_and_declares(void **state)
{
	(void)state;
	struct tend_config *c;
	READ(config,
		"config: team\nsettings: {lang: zh, theme: dark, hours_per_week: 30, margin: 80%, "
		"mouse: "
		"no, escape_delay: 50}\n"
		"fields:\n  - {key: region, title: {en: Region, zh: \xE5\x8C\xBA\xE5\x9F\x9F}}\n"
		"  - {key: seats_sold, type: number}\n  - {key: audited, type: bool}\n"
		"  - {key: went_live, type: date, title: Live}\n"
		"capacity: {hours: 32.5, calendar: cn, owners: {li: 20, \xE7\x8E\x8B\xE4\xBA\x94: "
		"0}}\ngifts: {share: 1%, most: 300, currency: CNY}\n",
		&c);
	assert_string_equal(c->key, "team");
	assert_int_equal(c->nsettings, 6);
	assert_string_equal(c->settings[0].name, "lang");
	assert_string_equal(c->settings[0].value, "zh");
	assert_string_equal(c->settings[3].value, "80%");
	assert_int_equal(c->nfields, 4);
	assert_int_equal(c->fields[0].type, TEND_TEXT);
	assert_int_equal(c->fields[1].type, TEND_NUMBER);
	assert_string_equal(c->fields[1].title.zh, "seats_sold");
	assert_int_equal(c->fields[2].type, TEND_BOOL);
	assert_int_equal(c->fields[3].type, TEND_DATE);
	assert_true(c->hours == 32.5);
	assert_string_equal(c->calendar, "cn");
	assert_int_equal(c->nowners, 2);
	assert_string_equal(c->owners[1].owner, "\xE7\x8E\x8B\xE4\xBA\x94");
	assert_true(c->owners[0].hours == 20 && c->owners[1].hours == 0);
	assert_true(c->gifts.share == 0.01 && c->gifts.most == 300);
	assert_true(c->gifts.least != c->gifts.least);
	assert_string_equal(c->gifts.currency, "CNY");
	tend_config_destroy(c);
	READ(config,
		"config: team\nfields: [{key: a}]\nsections:\n  - {key: s, title: {en: S, zh: T}, "
		"fields: [{key: b, hint: h, values: [x, {key: y, title: {en: Y, zh: Z}}]}]}\n",
		&c);
	assert_int_equal(c->nsections, 1);
	assert_int_equal(c->nfields, 2);
	assert_null(c->fields[0].section);
	assert_string_equal(c->fields[1].section->title.zh, "T");
	assert_string_equal(c->fields[1].hint.en, "h");
	assert_string_equal(c->fields[1].values[1], "y");
	assert_string_equal(c->fields[1].titles[1].zh, "Z");
	assert_string_equal(c->fields[1].titles[0].en, "x");
	assert_null(c->fields[1].values[2]);
	tend_config_destroy(c);
	READ(config, "config: team\n", &c);
	assert_true(c->hours != c->hours);
	assert_null(c->calendar);
	tend_config_destroy(c);
}

static void wrong_configs_are_found(void **state)
{
	(void)state;
	static const struct reading_row rows[] = {
		{"settings",
			"config: c\nsettings: {them: dark, lang: fr, colour: x, margin: much, "
			"mouse: 3, "
			"[a]: b, owner: , lang: en}\n",
			"2:12: error: unknown setting \"them\"; did you mean \"theme\"?\n"
			"2:30: error: \"lang\": expected one of en, zh, found \"fr\"\n"
			"2:34: error: unknown setting \"colour\"\n"
			"2:45: warning: nothing reads the setting \"margin\" in this version\n"
			"2:53: error: \"margin\": expected a number, found \"much\"\n"
			"2:59: warning: nothing reads the setting \"mouse\" in this version\n"
			"2:66: error: \"mouse\": expected yes or no, found \"3\"\n"
			"2:69: error: unknown setting \"\"\n"
			"2:77: warning: nothing reads the setting \"owner\" in this version\n"
			"2:84: error: \"owner\": expected a text, found nothing\n"
			"2:86: error: the setting \"lang\" stands here twice\n"},
		{"fields",
			"config: c\nfields:\n  - {key: Region}\n  - {key: arr}\n  - {key: and}\n"
			"  - {key: 1st}\n  - {key: x, type: money}\n  - {key: x}\n  - {title: T}\n",
			"3:11: error: \"Region\" is not a field's name: lower-case letters, digits "
			"and _\n"
			"4:11: error: \"arr\" is a name that the program has already\n"
			"5:11: error: \"and\" is a name that the program has already\n"
			"6:11: error: \"1st\" is not a field's name: lower-case letters, digits "
			"and _\n"
			"7:20: error: \"type\": expected one of text, number, date, bool, found "
			"\"money\"\n"
			"8:11: error: another field has the key \"x\"\n"
			"9:5: error: the key \"key\" is missing\n"},
		{"sections",
			"config: c\nfields: [{key: a}]\nsections:\n"
			"  - {key: s, fields: [{key: a}, {key: b, type: date, values: [x]}]}\n"
			"  - {key: s, fields: [{key: d, values: [x, x, {title: T}]}]}\n"
			"  - {key: t}\n",
			"4:29: error: another field has the key \"a\"\n"
			"4:62: error: \"values\" are for fields of the type text\n"
			"5:11: error: another section has the key \"s\"\n"
			"5:44: error: the value \"x\" stands here twice\n"
			"5:47: error: the key \"key\" is missing\n"
			"6:5: error: the key \"fields\" is missing\n"},
		{"gifts",
			"config: c\ngifts: {share: 120%, least: -1, most: -2, currency: EURO, "
			"part: 1}\n",
			"2:16: error: \"share\" is a part of the annual amount, from 0% to "
			"100%\n"
			"2:29: error: \"least\" is an amount from 0 to 1000000000\n"
			"2:39: error: \"most\" is an amount from 0 to 1000000000\n"
			"2:39: error: \"most\" is less than \"least\"\n"
			"2:53: error: \"EURO\" is no currency of ISO 4217\n"
			"2:59: error: unknown key \"part\"\n"},
	};
	reading_assert_rows(rows, sizeof(rows) / sizeof(rows[0]), NULL);
}

static void a_config_has_segments(void **state)
{
	(void)state;
	struct tend_config *c;
	READ(config,
		"config: team\nsegments:\n  big: {title: {en: Large, zh: \xE5\xA4\xA7}, filter: "
		"arr "
		">= 1000}\n  big-cold: {filter: in_segment(\"big\") and lapsed}\n",
		&c);
	assert_int_equal(c->nsegments, 2);
	assert_string_equal(c->segments[0].key, "big");
	assert_string_equal(c->segments[0].title.zh, "\xE5\xA4\xA7");
	assert_string_equal(c->segments[0].filter, "arr >= 1000");
	assert_string_equal(c->segments[1].title.en, "big-cold");
	tend_config_destroy(c);
}

static void wrong_segments_are_found(void **state)
{
	(void)state;
	static const struct reading_row rows[] = {
		{"segments",
			"config: c\nsegments:\n  a: {filter: arr >}\n  b: {title: B}\n  c: "
			"{filter: "
			"lapsed, filtre: x}\n  a b: {filter: lapsed}\n  d: lapsed\n  c: {filter: "
			"arr}\n",
			"3:20: error: the expression ends where a value should follow\n"
			"4:6: error: the key \"filter\" is missing\n"
			"5:23: error: unknown key \"filtre\"; did you mean \"filter\"?\n"
			"6:3: error: expected the key of a segment, without blanks\n"
			"7:6: error: expected a mapping (key: value), found \"lapsed\"\n"
			"8:3: error: another segment has the key \"c\"\n"
			"8:15: error: a condition is expected here; arr is a number\n"},
		{"no mapping", "config: c\nsegments: [a]\n",
			"2:11: error: \"segments\": expected a mapping, found a list\n"},
	};
	reading_assert_rows(rows, sizeof(rows) / sizeof(rows[0]), NULL);
	static const struct tend_saved_filter known[] = {{"vip", "in_segment(\"a\")"}};
	static const struct tend_yaml_env env = {.names = {.segments = known, .nsegments = 1}};
	static const struct reading_row warned[] = {
		{"names",
			"config: c\nsegments:\n  a: {filter: in_segment(vipp)}\n  b: {filter: ar > "
			"3}\n",
			"3:26: warning: there is no segment vipp; did you mean vip?\n"
			"4:15: warning: there is no field \"ar\"; did you mean arr?\n"},
		{"a circle through a segment that is known otherwise",
			"config: c\nsegments:\n  a: {filter: in_segment(vip)}\n",
			"3:26: warning: in segment \"vip\", column 12: in segment \"a\", column "
			"12: "
			"segments use each other in a circle: vip, a, vip\n"},
	};
	reading_assert_rows(warned, sizeof(warned) / sizeof(warned[0]), &env);
}

static void wrong_capacities_are_found(void **state)
{
	(void)state;
	static const struct reading_row rows[] = {
		{"capacity",
			"config: c\ncapacity: {hour: 30, hours: 169, calendar: [], owners: {li: "
			"many, emma: -1, li: 8, [tom]: 3}}\n",
			"2:12: error: unknown key \"hour\"; did you mean \"hours\"?\n"
			"2:29: error: hours of a week are from 0 to 168, found \"169\"\n"
			"2:44: error: \"calendar\": expected a key, found a list\n"
			"2:61: error: \"hours\": expected a number, found \"many\"\n"
			"2:73: error: hours of a week are from 0 to 168, found \"-1\"\n"
			"2:77: error: the owner \"li\" stands here twice\n"
			"2:84: error: expected the name of an owner\n"},
		{"no mapping", "config: c\ncapacity: 30\n",
			"2:11: error: \"capacity\": expected a mapping, found \"30\"\n"},
	};
	reading_assert_rows(rows, sizeof(rows) / sizeof(rows[0]), NULL);
}

static void models_that_were_never_read_can_be_destroyed(void **state)
{
	(void)state;
	tend_journey_destroy(NULL);
	tend_map_destroy(NULL);
	tend_theme_destroy(NULL);
	tend_keys_file_destroy(NULL);
	tend_calendar_file_destroy(NULL);
	tend_signals_file_destroy(NULL);
	tend_config_destroy(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(signals_are_counters_unless_they_say_gauge),
		cmocka_unit_test(wrong_signals_are_found),
		cmocka_unit_test(calendars_come_sorted),
		cmocka_unit_test(wrong_calendars_are_found),
		cmocka_unit_test(maps_are_read_whole),
		cmocka_unit_test(wrong_maps_are_found),
		cmocka_unit_test(themes_give_roles_their_looks),
		cmocka_unit_test(wrong_themes_are_found),
		cmocka_unit_test(keys_bind_sequences_per_view),
		cmocka_unit_test(wrong_keys_are_found),
		cmocka_unit_test(a_config_sets_and_declares),
		cmocka_unit_test(wrong_configs_are_found),
		cmocka_unit_test(a_config_has_segments),
		cmocka_unit_test(wrong_segments_are_found),
		cmocka_unit_test(wrong_capacities_are_found),
		cmocka_unit_test(models_that_were_never_read_can_be_destroyed),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
