/* SPDX-License-Identifier: MIT */
/* `tend doctor`: the program, its libraries, the terminal, the locale, widths, paths and the team's files. */
#include <langinfo.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>

#include <tend/mem.h>
#include <tend/text.h>

#include "commands.h"

/* What terminals differ about; columns as Unicode's tables have them. */
static const struct {
	const char *name, *text;
	int columns;
} widths[] = {
	{"latin", "abc", 3},
	{"cjk", "中文", 4},
	{"half-width", "\xEF\xBD\xB6\xEF\xBD\xB5", 2},
	{"emoji", "\xF0\x9F\x98\x80", 2},
	{"emoji-joined", "\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x92\xBB", 2},
	{"combining", "e\xCC\x81", 1},
	{"ambiguous", "\xE2\x94\x80\xC2\xB7", 2},
};
#define WIDTHS (sizeof(widths) / sizeof(widths[0]))

static void add_environment(struct tend_list *list, const char *area, const char *name)
{
	tend_checkup_add(list, area, name, getenv(name), "ok", NULL);
}

static void add_libraries(const struct tend_terminal *t, struct tend_list *list)
{
	tend_checkup_add(list, "library", "utf8proc", tend_text_library(), "ok", NULL);
	tend_checkup_add(list, "library", "jansson", tend_json_library(), "ok", NULL);
	tend_checkup_add(list, "library", "libcsv", tend_csv_library(), "ok", NULL);
	if (t->library != NULL) {
		tend_checkup_add(list, "library", "ncurses", t->library, "ok", NULL);
	}
}

static void add_terminal(struct cli *c, const struct tend_terminal *t, struct tend_list *list)
{
	char number[32];
	tend_checkup_add(list, "terminal", "TERM", getenv("TERM"), t->known ? "ok" : "warning",
		t->known ? NULL : _("not in the list of terminals: the workbench cannot open"));
	tend_checkup_add(list, "terminal", "cursor", t->cursor ? "yes" : "no",
		t->cursor ? "ok" : "warning",
		t->cursor ? NULL : _("the workbench needs a terminal that can place a cursor"));
	(void)snprintf(number, sizeof(number), "%d", t->colors);
	tend_checkup_add(list, "terminal", "colors", number, "ok", NULL);
	(void)snprintf(number, sizeof(number), "%d", c->env->columns);
	tend_checkup_add(list, "terminal", "columns", c->env->columns > 0 ? number : NULL, "ok",
		c->env->columns > 0 ? NULL : _("not on a terminal"));
	add_environment(list, "terminal", "NO_COLOR");
	(void)snprintf(number, sizeof(number), "%d", t->escape_ms);
	tend_checkup_add(list, "terminal", "ESCDELAY", number, "ok",
		_("milliseconds that Esc waits for the rest of a key"));
}

static void add_locale(struct tend_list *list)
{
	const char *codeset = nl_langinfo(CODESET);
	bool utf8 = strcmp(codeset, "UTF-8") == 0;
	tend_checkup_add(list, "locale", "LC_CTYPE", setlocale(LC_CTYPE, NULL), "ok", NULL);
	tend_checkup_add(list, "locale", "codeset", codeset, utf8 ? "ok" : "error",
		utf8 ? NULL : _("not UTF-8: set LC_ALL=C.UTF-8"));
	tend_checkup_add(
		list, "locale", "language", tend_lang() == TEND_ZH ? "zh" : "en", "ok", NULL);
}

static void add_widths(struct tend_list *list)
{
	for (size_t i = 0; i < WIDTHS; i++) {
		int columns = tend_columns(widths[i].text);
		bool same = columns == widths[i].columns;
		tend_checkup_add(list, "width", widths[i].name, widths[i].text,
			same ? "ok" : "warning",
			!same                  ? _("%d columns; expected %d")
				: columns == 1 ? _("%d column")
					       : _("%d columns"),
			columns, widths[i].columns);
	}
}

/* Two lines whose bars stand one below the other where the terminal counts as tend does. */
static void add_ruler(struct tend_str *out)
{
	tend_str_addc(out, '\n');
	for (size_t i = 0; i < WIDTHS; i++) {
		tend_str_addf(out, "|%s", widths[i].text);
	}
	tend_str_add(out, "|\n");
	for (size_t i = 0; i < WIDTHS; i++) {
		tend_str_addf(out, "|%.*s", widths[i].columns, "--------");
	}
	tend_str_addf(out, "|\n%s\n",
		_("Where the bars of both lines do not stand one below the other, the terminal "
		  "counts "
		  "columns in its own way."));
}

static size_t errors_in(const struct tend_list *list)
{
	size_t n = 0;
	for (size_t i = 0; i < list->n; i++) {
		n += tend_same(
			((const struct tend_checkup *)tend_list_at(list, i))->state, "error");
	}
	return n;
}

static enum tend_status run_doctor(struct cli *c, struct tend_error *err)
{
	struct tend_list list;
	struct tend_terminal t = {0}; /* without a library: nobody can tell */
	if (c->env->terminal != NULL) {
		c->env->terminal(&t);
	}
	tend_list_init(&list, &tend_checkup_type);
	tend_checkup_add(&list, "program", "tend", TEND_VERSION, "ok", NULL);
	add_libraries(&t, &list);
	tend_app_doctor(&c->app_options, &list);
	if (t.library != NULL) {
		add_terminal(c, &t, &list);
	}
	add_locale(&list);
	add_widths(&list);
	size_t errors = errors_in(&list);
	enum tend_status status = cli_list(c, TEND_OK, &list, err);
	if (status == TEND_OK && c->format == TEND_AS_TABLE && !cli_has(c, OPT_QUIET)) {
		struct tend_str out = {0};
		add_ruler(&out);
		status = cli_write(c, &out, err);
		tend_str_finish(&out);
	}
	if (status == TEND_OK && errors > 0) {
		status = tend_fail(err, TEND_FAILED,
			errors == 1 ? _("%zu of them is an error: its note says what to do")
				    : _("%zu of them are errors: their notes say what to do"),
			errors);
	}
	return status;
}

static const enum cli_option_id doctor_options[] = {OPT_COLUMNS, OPT_COUNT};

const struct cli_command cli_doctor_commands[] = {
	{"doctor", NULL, CLI_NEEDS_NOTHING, "",
		N_("look at the terminal, the paths and your files"), 0, 0, doctor_options,
		run_doctor},
	CLI_END,
};
