/* SPDX-License-Identifier: MIT */
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

#include <tend/mem.h>

#include "cli.h"

enum { LONG_BASE = 256 }; /* getopt's value of a long option is its id above this */

const struct cli_option cli_options[OPT_COUNT] = {
	[OPT_DB] = {"db", N_("FILE"), 0, N_("the store to work on (else $TEND_DB)")},
	[OPT_TODAY] = {"today", N_("DATE"), 0, N_("the day to work on (else $TEND_TODAY)")},
	[OPT_FORMAT] = {"format", "table|json|csv|tsv|md", 'f', N_("how lists are printed")},
	[OPT_QUIET] = {"quiet", NULL, 'q', N_("print keys only, one a line")},
	[OPT_DRY_RUN] = {"dry-run", NULL, 'n', N_("say what would change, change nothing")},
	[OPT_LANG] = {"lang", "en|zh", 0, N_("the language of the interface")},
	[OPT_NO_COLOR] = {"no-color", NULL, 0, N_("no colours (also $NO_COLOR)")},
	[OPT_HELP] = {"help", NULL, 'h', N_("show this help")},
	[OPT_VERSION] = {"version", NULL, 0, N_("show the version")},
	[OPT_ALL] = {"all", NULL, 0, N_("all of them")},
	[OPT_ARR] = {"arr", N_("AMOUNT"), 0,
		N_("annual amount: makes one subscription over the term")},
	[OPT_BY] = {"by", N_("DATE|WHO"), 0, N_("until when it is promised; who resolved it")},
	[OPT_COLUMNS] = {"columns", N_("FIELDS"), 0,
		N_("which fields to print, separated by commas")},
	[OPT_CONTACT] = {"contact", N_("NAME"), 0, N_("whom it was with")},
	[OPT_CURRENCY] = {"currency", N_("CODE"), 0, N_("ISO 4217 code")},
	[OPT_CUSTOMER] = {"customer", N_("CUSTOMER"), 0, N_("only of this customer")},
	[OPT_CUSTOMERS] = {"customers", N_("N"), 0, N_("how many customers")},
	[OPT_DATE] = {"date", N_("DATE"), 0, N_("when it was (else today)")},
	[OPT_DUE] = {"due", N_("DATE"), 0, N_("when it is due")},
	[OPT_FORCE] = {"force", NULL, 0, N_("replace an existing file")},
	[OPT_IN] = {"in", N_("SEGMENT"), 0, N_("only customers of this saved segment")},
	[OPT_INDUSTRY] = {"industry", N_("NAME"), 0, N_("its industry")},
	[OPT_JOURNEY] = {"journey", "KEY[@V]", 0, N_("enrol in this journey")},
	[OPT_KEYS] = {"keys", N_("KEYS"), 0, N_("keys to press, separated by blanks")},
	[OPT_KIND] = {"kind", N_("KIND"), 0,
		N_("call, meeting, visit, email, message, training, note or other; for search: "
		   "what is looked for")},
	[OPT_LIMIT] = {"limit", N_("N"), 0, N_("at most so many")},
	[OPT_MAP] = {"map", N_("FILE"), 0, N_("how the file's columns become our fields")},
	[OPT_MINUTES] = {"minutes", N_("N"), 0, N_("how long it took")},
	[OPT_NEXT] = {"next", N_("TEXT"), 0, N_("the next step")},
	[OPT_NOTE] = {"note", N_("TEXT"), 0, N_("a remark to keep with it")},
	[OPT_OUT] = {"out", N_("DIR"), 0, N_("the folder to write to")},
	[OPT_OVERDUE] = {"overdue", NULL, 0, N_("the overdue ones too")},
	[OPT_OWNER] = {"owner", N_("NAME"), 0, N_("who looks after it")},
	[OPT_INSPECT] = {"inspect", NULL, 0, N_("propose a map for the file, and take nothing in")},
	[OPT_PARTIAL] = {"partial", NULL, 0, N_("take the good rows, write the others to a file")},
	[OPT_PROMISE] = {"promise", N_("TEXT"), 0, N_("what the customer was promised")},
	[OPT_RATING] = {"rating", N_("N"), 0, N_("how content the customer is, 1 to 5")},
	[OPT_REASON] = {"reason", N_("TEXT"), 0, N_("why")},
	[OPT_RECOVERY] = {"recovery", N_("TEXT"), 0, N_("what was done about it")},
	[OPT_SAMPLE] = {"sample", NULL, 0, N_("with the sample book in it")},
	[OPT_SEED] = {"seed", N_("N"), 0, N_("the same number gives the same book")},
	[OPT_SEGMENT] = {"segment", N_("NAME"), 0, N_("its segment")},
	[OPT_SET] = {"set", N_("FIELD=VALUE"), 0, N_("a field to assume; may be repeated")},
	[OPT_SINCE] = {"since", N_("DATE"), 0, N_("from this day on")},
	[OPT_SIZE] = {"size", N_("COLUMNSxROWS"), 0, N_("of the screen (80x24)")},
	[OPT_SORT] = {"sort", N_("FIELDS"), 0,
		N_("order by these fields, '-' before one for descending")},
	[OPT_STAGE] = {"stage", N_("KEY"), 0, N_("the stage that it belongs to")},
	[OPT_START] = {"start", N_("DATE"), 0,
		N_("the first day (of the journey, of the playbook)")},
	[OPT_STARTED] = {"started", N_("DATE"), 0, N_("the first day of the contract")},
	[OPT_STRICT] = {"strict", NULL, 0, N_("warnings count as errors")},
	[OPT_TAGS] = {"tags", N_("TAGS"), 0, N_("separated by commas")},
	[OPT_TEMPLATE] = {"template", N_("FILE|KEY@V"), 0,
		N_("as if this version of a journey were applied")},
	[OPT_TERM] = {"term", N_("DURATION"), 0,
		N_("how long the contract runs (the journey's, else 12m)")},
	[OPT_UNTIL] = {"until", N_("DATE"), 0, N_("until this day (7 days from today)")},
	[OPT_VIEW] = {"view", N_("NAME"), 0,
		N_("of the screen: today, portfolio, customer, renewals, alerts, journeys, "
		   "winback, capacity, stakeholders or history; of a list: a saved view")},
	[OPT_WEEKS] = {"weeks", N_("N"), 0, N_("how many weeks (13)")},
	[OPT_WHERE] = {"where", N_("FILTER"), 0, N_("all customers for which this is true")},
	[OPT_WITH_MILESTONES] = {"with-milestones", NULL, 0,
		N_("with owner=: the old owner's open milestones go along")},
	[OPT_WITHIN] = {"within", N_("DURATION"), 0, N_("from today on, so long")},
};

static const char *const formats[] = {"table", "json", "csv", "tsv", "md"};

bool cli_has(const struct cli *c, enum cli_option_id id)
{
	return c->given[id] != NULL;
}

enum tend_status cli_date(
	const struct cli *c, enum cli_option_id id, struct tend_date *ret, struct tend_error *err)
{
	*ret = TEND_NO_DATE;
	if (!cli_has(c, id)) {
		return TEND_OK;
	}
	if (c->app != NULL ? !tend_date_parse_human(c->given[id], tend_app_today(c->app), NULL, ret)
			   : !tend_date_parse(c->given[id], ret)) {
		return tend_fail(err, TEND_USAGE, _("--%s: \"%s\" is not a date; write YYYY-MM-DD"),
			cli_options[id].name, c->given[id]);
	}
	return TEND_OK;
}

enum tend_status cli_duration(const struct cli *c, enum cli_option_id id,
	struct tend_duration fallback, struct tend_duration *ret, struct tend_error *err)
{
	*ret = fallback;
	if (cli_has(c, id) && !tend_duration_parse(c->given[id], ret)) {
		return tend_fail(err, TEND_USAGE,
			_("--%s: \"%s\" is not a duration; write 7d, 2w, 3m, 1q, 1y or 5wd"),
			cli_options[id].name, c->given[id]);
	}
	return TEND_OK;
}

enum tend_status cli_number(const struct cli *c, enum cli_option_id id, int64_t fallback,
	int64_t least, int64_t *ret, struct tend_error *err)
{
	*ret = fallback;
	if (!cli_has(c, id)) {
		return TEND_OK;
	}
	long long value;
	if (!tend_parse_int(c->given[id], &value) || value < least) {
		return tend_fail(err, TEND_USAGE,
			_("--%s: \"%s\" is not a whole number from %lld on"), cli_options[id].name,
			c->given[id], (long long)least);
	}
	*ret = value;
	return TEND_OK;
}

enum tend_status cli_assignment(char *text, struct tend_assignment *ret, struct tend_error *err)
{
	char *sign = strchr(text, '=');
	if (sign == NULL || sign == text) {
		return tend_fail(
			err, TEND_USAGE, _("\"%s\" does not set a field; write FIELD=VALUE"), text);
	}
	*sign = '\0';
	*ret = (struct tend_assignment){.field = text, .value = sign + 1};
	return TEND_OK;
}

static bool is_global(enum cli_option_id id)
{
	return id <= OPT_VERSION;
}

static bool is_of_command(const struct cli_command *command, enum cli_option_id id)
{
	if (command == NULL || command->options == NULL) {
		return false;
	}
	for (const enum cli_option_id *o = command->options; *o != OPT_COUNT; o++) {
		if (*o == id) {
			return true;
		}
	}
	return false;
}

/* Whether the word is an option whose value is the next word, and (*ret_known) one of any command at all. */
static bool takes_next(const char *word, bool *ret_known)
{
	size_t n = strcspn(word, "=");
	*ret_known = false;
	for (size_t i = 0; i < OPT_COUNT; i++) {
		const struct cli_option *o = &cli_options[i];
		bool is_long = tend_starts_with(word, "--")
			&& strncmp(o->name, word + 2, n > 2 ? n - 2 : 0) == 0;
		bool is_letter = o->letter != 0 && word[0] == '-' && word[1] == o->letter;
		*ret_known = *ret_known || is_long || is_letter;
		if (o->value != NULL && word[n] == '\0'
			&& (is_long || (is_letter && word[2] == '\0'))) {
			return true;
		}
	}
	return false;
}

/* Finds the words of the command among options, before getopt knows which options there are; *ret_unknown:
 * an option before the first of them that no command has, so that the word may be its value. */
static void find_words(int argc, char **argv, char **noun, char **verb, const char **ret_unknown)
{
	*noun = *verb = NULL;
	*ret_unknown = NULL;
	for (int i = 1; i < argc && *verb == NULL; i++) {
		if (strcmp(argv[i], "--") == 0) {
			return;
		}
		if (argv[i][0] == '-' && argv[i][1] != '\0') {
			bool known;
			const char *word = argv[i];
			i += takes_next(word, &known);
			*ret_unknown = *ret_unknown == NULL && !known && *noun == NULL
				? word
				: *ret_unknown;
		} else if (*noun == NULL) {
			*noun = argv[i];
		} else {
			*verb = argv[i];
		}
	}
}

static void build_getopt(const struct cli_command *command, struct option *longs, char *shorts)
{
	size_t n = 0;
	*shorts++ = ':'; /* tells a missing value from an unknown option */
	for (int i = 0; i < OPT_COUNT; i++) {
		enum cli_option_id id = (enum cli_option_id)i;
		if (!is_global(id) && !is_of_command(command, id)) {
			continue;
		}
		const struct cli_option *o = &cli_options[i];
		longs[n++] = (struct option){.name = o->name,
			.has_arg = o->value != NULL ? required_argument : no_argument,
			.val = LONG_BASE + i};
		if (o->letter != 0) {
			*shorts++ = o->letter;
			if (o->value != NULL) {
				*shorts++ = ':';
			}
		}
	}
	longs[n] = (struct option){0};
	*shorts = '\0';
}

static enum tend_status bad_option(
	const struct cli *c, const char *word, bool no_value, struct tend_error *err)
{
	if (no_value) {
		return tend_fail(err, TEND_USAGE, _("%s needs a value; see tend --help"), word);
	}
	const char *names[OPT_COUNT];
	size_t n = 0;
	for (int i = 0; i < OPT_COUNT; i++) {
		if (is_global((enum cli_option_id)i)
			|| is_of_command(c->command, (enum cli_option_id)i)) {
			names[n++] = cli_options[i].name;
		}
	}
	char *name = tend_strndup(word, strcspn(word, "="));
	const char *near = tend_starts_with(name, "--") ? tend_nearest(name + 2, names, n) : NULL;
	free(name);
	if (near != NULL) {
		return tend_fail(
			err, TEND_USAGE, _("unknown option %s; did you mean --%s?"), word, near);
	}
	return tend_fail(err, TEND_USAGE, _("unknown option %s; see tend --help"), word);
}

static enum tend_status take_option(
	struct cli *c, enum cli_option_id id, char *value, struct tend_error *err)
{
	c->given[id] = value != NULL ? value : "";
	if (id == OPT_SET) {
		struct {
			struct tend_assignment *items;
			size_t n, cap;
		} v = {c->sets, c->nsets, c->capsets};
		struct tend_assignment *set = TEND_PUSH(&v);
		c->sets = v.items;
		c->nsets = v.n;
		c->capsets = v.cap;
		return cli_assignment(value, set, err);
	}
	return TEND_OK;
}

static enum tend_status read_options(struct cli *c, int argc, char **argv, struct tend_error *err)
{
	struct option longs[OPT_COUNT + 1];
	char shorts[2 * OPT_COUNT + 2];
	build_getopt(c->command, longs, shorts);
	opterr = 0;
	optind = 0; /* start over, with glibc's own state cleared */
	for (;;) {
		int before = optind > 0 ? optind : 1;
		int got = getopt_long(argc, argv, shorts, longs, NULL);
		if (got == -1) {
			return TEND_OK;
		}
		if (got == '?' || got == ':') {
			const char *word = argv[optind > 1 ? optind - 1 : before];
			return bad_option(c, word, got == ':', err);
		}
		int id = got - LONG_BASE;
		for (int i = 0; got < LONG_BASE && i < OPT_COUNT; i++) {
			if (cli_options[i].letter == got) {
				id = i;
			}
		}
		enum tend_status status = take_option(c, (enum cli_option_id)id, optarg, err);
		if (status != TEND_OK) {
			return status;
		}
	}
}

static enum tend_status read_globals(struct cli *c, struct tend_error *err)
{
	/* `renewal prepare` has formats of its own, which it reads itself */
	bool own = is_of_command(c->command, OPT_OUT);
	if (cli_has(c, OPT_FORMAT) && !own
		&& !tend_format_parse(c->given[OPT_FORMAT], &c->format)) {
		const char *near = tend_nearest(c->given[OPT_FORMAT], formats, 5);
		return tend_fail(err, TEND_USAGE,
			near != NULL ? _("--format: \"%s\" is none of table, json, csv, tsv, md; "
					 "did you mean %s?")
				     : _("--format: \"%s\" is none of table, json, csv, tsv, md%s"),
			c->given[OPT_FORMAT], near != NULL ? near : "");
	}
	struct tend_date today = TEND_NO_DATE;
	if (cli_has(c, OPT_TODAY) && !tend_date_parse(c->given[OPT_TODAY], &today)) {
		return tend_fail(err, TEND_USAGE,
			_("--today: \"%s\" is not a date; write YYYY-MM-DD"), c->given[OPT_TODAY]);
	}
	c->app_options.today = today;
	c->app_options.store = c->given[OPT_DB];
	c->app_options.dry_run = cli_has(c, OPT_DRY_RUN);
	c->workbench.no_color = cli_has(c, OPT_NO_COLOR);
	c->workbench.lang_given = cli_has(c, OPT_LANG);
	return TEND_OK;
}

/* The language has to be known before the first message. */
static enum tend_status early_language(int argc, char **argv, struct tend_error *err)
{
	for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
		const char *value = NULL;
		if (strcmp(argv[i], "--lang") == 0 && i + 1 < argc) {
			value = argv[i + 1];
		} else if (tend_starts_with(argv[i], "--lang=")) {
			value = argv[i] + strlen("--lang=");
		}
		enum tend_lang lang;
		if (value != NULL && !tend_lang_parse(value, &lang)) {
			return tend_fail(err, TEND_USAGE,
				_("--lang: \"%s\" is not a language; write en or zh"), value);
		}
		if (value != NULL) {
			tend_lang_set(lang);
		}
	}
	return TEND_OK;
}

static bool asks_for_help(int argc, char **argv)
{
	for (int i = 1; i < argc; i++) {
		if (strcmp(argv[i], "-h") == 0 || strcmp(argv[i], "--help") == 0) {
			return true;
		}
	}
	return false;
}

/* The command as history shows it: quoted where the shell would need it. */
static char *command_line(int argc, char **argv)
{
	struct tend_str line = {0};
	tend_str_add(&line, "tend");
	for (int i = 1; i < argc; i++) {
		bool plain =
			argv[i][0] != '\0' && strpbrk(argv[i], " \t\n\"'\\$&|<>();*?#") == NULL;
		tend_str_addf(&line, plain ? " %s" : " '%s'", argv[i]);
	}
	return tend_str_steal(&line);
}

enum tend_status cli_parse(struct cli *c, int argc, char **argv, struct tend_error *err)
{
	char *noun, *verb;
	const char *unknown;
	find_words(argc, argv, &noun, &verb, &unknown);
	c->line = command_line(argc, argv);
	c->noun = noun;
	enum tend_status status = early_language(argc, argv, err);
	if (status != TEND_OK) {
		return status;
	}
	if (noun != NULL) {
		c->command = cli_find_command(noun, verb, &c->found) ? &c->found : NULL;
		if (c->command == NULL && unknown != NULL) {
			return bad_option(c, unknown, false, err);
		}
		/* the help of a noun lists its commands; of a word that is none there is nothing to list */
		bool lists = verb == NULL && cli_is_noun(noun) && asks_for_help(argc, argv);
		if (c->command == NULL && !lists) {
			return cli_unknown_command(noun, verb, err);
		}
	}
	status = read_options(c, argc, argv, err);
	if (status == TEND_OK) {
		status = read_globals(c, err);
	}
	if (status != TEND_OK || cli_has(c, OPT_HELP) || cli_has(c, OPT_VERSION)) {
		return status;
	}
	if (c->command == NULL) {
		return TEND_OK;
	}
	int words = c->command->verb != NULL ? 2 : 1;
	c->args = argv + optind + words;
	c->nargs = argc - optind - words;
	const char *name = c->command->verb != NULL ? c->command->verb : "";
	if (c->nargs < c->command->least
		|| (c->command->most >= 0 && c->nargs > c->command->most)) {
		return tend_fail(err, TEND_USAGE,
			c->nargs < c->command->least
				? _("too few arguments; usage: tend %s%s%s %s")
				: _("too many arguments; usage: tend %s%s%s %s"),
			c->command->noun, *name != '\0' ? " " : "", name, c->command->usage);
	}
	return TEND_OK;
}
