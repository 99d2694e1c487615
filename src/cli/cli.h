/* SPDX-License-Identifier: MIT */
/*
 * The command line from inside: what a command is, and what every command needs. A command is a row of
 * a table in the file of its noun (cmd_NOUN.c); commands.c lists the tables. A command calls use cases
 * of the app and prints what they give: results to `out`, messages to `messages`.
 */
#ifndef CLI_H
#define CLI_H

#include <tend/app.h>
#include <tend/faces.h>
#include <tend/str.h>

enum cli_option_id {
	/* global */
	OPT_DB,
	OPT_TODAY,
	OPT_FORMAT,
	OPT_QUIET,
	OPT_DRY_RUN,
	OPT_LANG,
	OPT_NO_COLOR,
	OPT_HELP,
	OPT_VERSION,
	/* of commands */
	OPT_ALL,
	OPT_ARR,
	OPT_BY,
	OPT_COLUMNS,
	OPT_CONTACT,
	OPT_CURRENCY,
	OPT_CUSTOMER,
	OPT_CUSTOMERS,
	OPT_DATE,
	OPT_DUE,
	OPT_FORCE,
	OPT_IN,
	OPT_INDUSTRY,
	OPT_JOURNEY,
	OPT_KEYS,
	OPT_KIND,
	OPT_LIMIT,
	OPT_MAP,
	OPT_MINUTES,
	OPT_NEXT,
	OPT_NOTE,
	OPT_OUT,
	OPT_OVERDUE,
	OPT_OWNER,
	OPT_PARTIAL,
	OPT_INSPECT,
	OPT_PROMISE,
	OPT_RATING,
	OPT_REASON,
	OPT_RECOVERY,
	OPT_SAMPLE,
	OPT_SEED,
	OPT_SEGMENT,
	OPT_SET,
	OPT_SINCE,
	OPT_SIZE,
	OPT_SORT,
	OPT_STAGE,
	OPT_START,
	OPT_STARTED,
	OPT_STRICT,
	OPT_TAGS,
	OPT_TEMPLATE,
	OPT_TERM,
	OPT_UNTIL,
	OPT_VIEW,
	OPT_WEEKS,
	OPT_WHERE,
	OPT_WITHIN,
	OPT_WITH_MILESTONES,
	OPT_COUNT
};

/* What every command may be given beside its own options. */
struct cli_option {
	const char *name, *value; /* value: what the help calls it; NULL for a switch */
	char letter; /* 0: long only */
	const char *help; /* N_() */
};
extern const struct cli_option cli_options[OPT_COUNT];

struct cli;

enum cli_need {
	CLI_NEEDS_NOTHING,
	CLI_NEEDS_STORE_IF_ANY, /* the app is there, its store where one is at the path */
	CLI_NEEDS_STORE,
};

struct cli_command {
	const char *noun, *verb; /* verb NULL where the noun is the whole command */
	enum cli_need need;
	const char *usage; /* the arguments: "CUSTOMER MILESTONE[#N]..." */
	const char *help; /* one line, N_() */
	int least, most; /* arguments; most -1: any number */
	const enum cli_option_id *options; /* ended by OPT_COUNT; NULL where none */
	enum tend_status (*run)(struct cli *c, struct tend_error *err);
	const struct tend_kind *kind; /* of whose records it is; NULL */
};
extern const struct cli_command *const cli_tables[]; /* each ended by a row without a noun */
extern const size_t cli_table_count;

struct cli {
	const struct tend_cli_env *env;
	const struct cli_command *command; /* NULL: none was given, or help for a noun */
	struct cli_command found; /* what it points to */
	const char *noun;
	char **args; /* after the command's words */
	int nargs;
	const char *given[OPT_COUNT]; /* the last value of each option; "" for a switch */
	struct tend_assignment *sets; /* every --set F=V */
	size_t nsets, capsets;
	struct tend_app_options app_options;
	struct tend_workbench_options workbench;
	struct tend_app *app; /* where the command needs a store, or takes one */
	enum tend_format format;
	char *line; /* the command as history shows it */
};

/* --- options (options.c) --- */
enum tend_status cli_parse(struct cli *c, int argc, char **argv, struct tend_error *err);
bool cli_has(const struct cli *c, enum cli_option_id id);
/* False where there is no such command. A noun that is the whole command needs no verb. The help of what is found
 * is in the language. */
bool cli_find_command(const char *noun, const char *verb, struct cli_command *ret);
/* All commands of a noun (NULL: all there are): those of the tables, then those of the kinds of records. */
void cli_verbs(const char *noun, void (*each)(void *ctx, const struct cli_command *row), void *ctx);
/* The i-th verb that kinds share, as a kind's command; false where the kind does not have it. */
size_t cli_kind_verbs(void);
bool cli_kind_command(const struct tend_kind *kind, size_t i, struct cli_command *ret);
/* TEND_NO_DATE or `fallback` where the option is not given. */
enum tend_status cli_date(
	const struct cli *c, enum cli_option_id id, struct tend_date *ret, struct tend_error *err);
enum tend_status cli_duration(const struct cli *c, enum cli_option_id id,
	struct tend_duration fallback, struct tend_duration *ret, struct tend_error *err);
enum tend_status cli_number(const struct cli *c, enum cli_option_id id, int64_t fallback,
	int64_t least, int64_t *ret, struct tend_error *err);
/* "FIELD=VALUE" in place. */
enum tend_status cli_assignment(char *text, struct tend_assignment *ret, struct tend_error *err);

/* --- help (help.c) --- */
void cli_print_help(const struct cli *c, struct tend_str *out); /* of the command, or all of them */
bool cli_is_noun(const char *word); /* a command begins with it */
enum tend_status cli_unknown_command(const char *noun, const char *verb, struct tend_error *err);

/* --- what commands share (common.c) --- */
enum tend_status cli_write(struct cli *c, const struct tend_str *text, struct tend_error *err);
enum tend_status cli_write_text(struct cli *c, const char *text, struct tend_error *err);
/* The FIELD=VALUE arguments from `first` on; the caller frees the array. */
enum tend_status cli_assignments(struct cli *c, int first, struct tend_assignment **ret,
	size_t *ret_n, struct tend_error *err);
/* `done`, and `milestone start|done|block|skip|reopen`: CUSTOMER MILESTONE[#N]... to a state. */
enum tend_status cli_milestones_to(
	struct cli *c, const char *state, const char *reason, struct tend_error *err);
/* `log` and `activity add`. */
enum tend_status cli_log(struct cli *c, struct tend_error *err);
/* Prints the list where `status` is TEND_OK, and finishes it in any case; an empty one for people is said on
 * `messages`. Returns what went wrong first. */
enum tend_status cli_list(
	struct cli *c, enum tend_status status, struct tend_list *list, struct tend_error *err);
enum tend_status cli_record(struct cli *c, const struct tend_record_type *t, const void *record,
	struct tend_error *err);
/* Says what was done (or, with -n, would be) where `status` is TEND_OK; finishes `done` in any case. */
enum tend_status cli_done(struct cli *c, enum tend_status status, struct tend_done *done);
void cli_say(struct cli *c, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void cli_findings(struct cli *c, struct tend_findings *findings);
/* --sort, --limit and the filter (NULL for none). */
enum tend_status cli_query(
	const struct cli *c, const char *filter, struct tend_query *ret, struct tend_error *err);
/*
 * What --view names: its filter beside the query's, its sort and columns where none are given. It has to be of one of
 * the pages (NULL-ended). The texts live in `ret_keep`, which the caller finishes when the list is printed.
 */
enum tend_status cli_saved_view(struct cli *c, const char *const *pages, struct tend_list *ret_keep,
	struct tend_query *q, struct tend_error *err);
enum tend_status cli_customer(
	struct cli *c, const char *name, int64_t *ret, struct tend_error *err);
/*
 * The arguments of a list over records of customers: [CUSTOMER] [FILTER]. One argument alone is a filter
 * where it has an operator in it and is no customer. 0 for all customers. --sort and --limit as well.
 */
enum tend_status cli_scope(
	struct cli *c, int64_t *ret_customer, struct tend_query *ret, struct tend_error *err);

#endif
