/* SPDX-License-Identifier: MIT */
/* Journeys: checking files, listing, previewing, publishing, enrolling. */
#include <stdlib.h>
#include <string.h>

#include <tend/mem.h>

#include "commands.h"

enum { DAYS_OFF_NAMED = 3 };

static void count_findings(const struct tend_findings *f, size_t *errors, size_t *warnings)
{
	*errors += f->errors;
	*warnings += f->n - f->errors;
}

static void add_json_findings(struct tend_str *out, const struct tend_findings *f, bool *first)
{
	for (size_t i = 0; i < f->n; i++) {
		const struct tend_finding *finding = &f->items[i];
		tend_str_add(out, *first ? "\n  {\"file\": " : ",\n  {\"file\": ");
		*first = false;
		tend_json_string(out, f->file);
		tend_str_addf(out,
			", \"line\": %d, \"column\": %d, \"severity\": \"%s\", \"rule\": "
			"\"%s\", \"message\": ",
			finding->line, finding->column,
			finding->severity == TEND_ERROR ? "error" : "warning", finding->rule);
		tend_json_string(out, finding->text);
		tend_str_addc(out, '}');
	}
}

static void say_count(struct cli *c, size_t files, size_t errors, size_t warnings)
{
	struct tend_str text = {0};
	tend_str_addf(
		&text, files == 1 ? _("%zu file checked: ") : _("%zu files checked: "), files);
	tend_str_addf(&text, errors == 1 ? _("%zu error, ") : _("%zu errors, "), errors);
	tend_str_addf(&text, warnings == 1 ? _("%zu warning") : _("%zu warnings"), warnings);
	cli_say(c, "%s", tend_str_text(&text));
	tend_str_finish(&text);
}

/* What is published counts too, where there is a store that can be read; nobody needs one to check files. */
static void open_if_any(struct cli *c)
{
	c->app_options.storeless = true;
	c->app_options.lazy = true;
	if (tend_app_open(&c->app_options, &c->app, NULL) != TEND_OK) {
		c->app = NULL;
	}
}

/* What was found in one file; false where it could not be read. */
static bool say_checked(
	struct cli *c, struct tend_checked *checked, struct tend_str *json, bool *first)
{
	bool read = checked->status == TEND_OK || checked->findings.errors > 0;
	if (!read) {
		cli_say(c, "tend: %s", checked->err.text);
	}
	if (c->format == TEND_AS_JSON) {
		add_json_findings(json, &checked->findings, first);
	} else {
		cli_findings(c, &checked->findings);
	}
	return read;
}

static enum tend_status run_check(struct cli *c, struct tend_error *err)
{
	open_if_any(c);
	size_t errors = 0, warnings = 0, files = 0, n = 0;
	enum tend_status worst = TEND_OK;
	struct tend_str json = {0};
	char **paths = tend_app_yaml_files((const char *const *)c->args, (size_t)c->nargs, &n);
	struct tend_checked *checked = tend_calloc(n, sizeof(*checked));
	bool first = true;
	tend_app_check_files(c->app, (const char *const *)paths, n, checked);
	tend_str_addc(&json, '[');
	for (size_t i = 0; i < n; i++) {
		files += say_checked(c, &checked[i], &json, &first);
		count_findings(&checked[i].findings, &errors, &warnings);
		worst = checked[i].status > worst ? checked[i].status : worst;
		tend_findings_finish(&checked[i].findings);
		free(paths[i]);
	}
	free(checked);
	free(paths);
	tend_str_add(&json, first ? "]\n" : "\n]\n");
	if (c->format == TEND_AS_JSON && cli_write(c, &json, err) != TEND_OK) {
		worst = TEND_FAILED;
	} else if (!cli_has(c, OPT_QUIET) && (files > 0 || n == 0)) {
		say_count(c, files, errors, warnings);
	}
	tend_str_finish(&json);
	return worst == TEND_OK && warnings > 0 && cli_has(c, OPT_STRICT) ? TEND_BAD_INPUT : worst;
}

static enum tend_status run_list(struct cli *c, struct tend_error *err)
{
	struct tend_list list = {0};
	struct tend_query q;
	enum tend_status status = cli_query(c, NULL, &q, err);
	if (status == TEND_OK) {
		status = tend_app_journeys(c->app, &list, err);
	}
	if (status == TEND_OK && q.sort != NULL) {
		status = tend_list_sort(&list, q.sort, err);
	}
	return cli_list(c, status, &list, err);
}

static enum tend_status run_show(struct cli *c, struct tend_error *err)
{
	char *text = NULL;
	enum tend_status status = tend_app_journey_text(c->app, c->args[0], &text, err);
	if (status == TEND_OK) {
		status = cli_write_text(c, text, err);
	}
	free(text);
	return status;
}

/* What the rows add up to, and what falls on days off: for who writes the journey. */
static void say_preview(struct cli *c, const struct tend_list *list)
{
	struct tend_str off = {0};
	long long minutes = 0;
	size_t noff = 0, silent = 0;
	for (size_t i = 0; i < list->n; i++) {
		const struct tend_preview_row *row = tend_list_at(list, i);
		minutes += row->effort > 0 ? row->effort : 0;
		silent += row->effort < 0;
		if (row->day_off && noff++ < DAYS_OFF_NAMED) {
			char day[TEND_DATE_LEN];
			tend_str_addf(&off, "%s%s#%lld %s", noff > 1 ? ", " : "", row->key,
				(long long)row->occurrence, tend_date_format(row->due, day));
		}
	}
	if (minutes > 0 && silent == 0) {
		cli_say(c, _("tend: note: %.1f hours of effort in all"), (double)minutes / 60);
	} else if (minutes > 0) {
		cli_say(c, _("tend: note: %.1f hours of effort in all, of %zu of %zu milestones"),
			(double)minutes / 60, list->n - silent, list->n);
	}
	if (noff > 0) {
		cli_say(c,
			noff > DAYS_OFF_NAMED ? _("tend: note: %zu fall on days off: %s …")
					      : _("tend: note: %zu fall on days off: %s"),
			noff, tend_str_text(&off));
	}
	tend_str_finish(&off);
}

static enum tend_status run_preview(struct cli *c, struct tend_error *err)
{
	struct tend_date start;
	struct tend_duration term;
	struct tend_list list = {0};
	enum tend_status status = cli_date(c, OPT_START, &start, err);
	if (status == TEND_OK) {
		status = cli_duration(
			c, OPT_TERM, (struct tend_duration){0, TEND_MONTH}, &term, err);
	}
	if (status != TEND_OK) {
		return status;
	}
	if (!tend_has_date(start)) {
		start = tend_app_today(c->app);
	}
	struct tend_findings findings;
	tend_findings_init(&findings, c->args[0]);
	status = tend_app_journey_preview(
		c->app, c->args[0], start, term, c->sets, c->nsets, &list, &findings, err);
	cli_findings(c, &findings);
	tend_findings_finish(&findings);
	if (status == TEND_OK && c->format == TEND_AS_TABLE && !cli_has(c, OPT_QUIET)) {
		say_preview(c, &list);
	}
	return cli_list(c, status, &list, err);
}

static enum tend_status run_publish(struct cli *c, struct tend_error *err)
{
	struct tend_done done = {0};
	struct tend_findings findings;
	tend_findings_init(&findings, c->args[0]);
	enum tend_status status = tend_app_publish(c->app, c->args[0], &findings, &done, err);
	cli_findings(c, &findings);
	tend_findings_finish(&findings);
	return cli_done(c, status, &done);
}

static enum tend_status run_enroll(struct cli *c, struct tend_error *err)
{
	int64_t id = 0;
	struct tend_date start;
	struct tend_done done = {0};
	enum tend_status status = cli_customer(c, c->args[0], &id, err);
	if (status == TEND_OK) {
		status = cli_date(c, OPT_START, &start, err);
	}
	if (status == TEND_OK) {
		status = tend_app_journey_enroll(
			c->app, &id, 1, c->nargs > 1 ? c->args[1] : NULL, start, &done, err);
	}
	return cli_done(c, status, &done);
}

static enum tend_status run_diff(struct cli *c, struct tend_error *err)
{
	struct tend_list list = {0};
	struct tend_findings findings;
	tend_findings_init(&findings, c->args[1]);
	enum tend_status status =
		tend_app_journey_diff(c->app, c->args[0], c->args[1], &list, &findings, err);
	cli_findings(c, &findings);
	tend_findings_finish(&findings);
	return cli_list(c, status, &list, err);
}

/* The customers that are named after the journey; none: all. Allocated. */
static enum tend_status read_customers(
	struct cli *c, int64_t **ret, size_t *ret_n, struct tend_error *err)
{
	enum tend_status status = TEND_OK;
	*ret_n = (size_t)c->nargs - 1;
	*ret = tend_calloc(*ret_n + 1, sizeof(**ret));
	for (size_t i = 0; i < *ret_n && status == TEND_OK; i++) {
		status = cli_customer(c, c->args[i + 1], &(*ret)[i], err);
	}
	return status;
}

static enum tend_status run_plan(struct cli *c, struct tend_error *err)
{
	int64_t *ids = NULL;
	size_t n = 0;
	struct tend_list list = {0};
	struct tend_done done = {0};
	struct tend_findings findings;
	tend_findings_init(&findings, c->args[0]);
	enum tend_status status = read_customers(c, &ids, &n, err);
	if (status == TEND_OK) {
		status = tend_app_journey_plan(
			c->app, c->args[0], ids, n, &list, &findings, &done, err);
	}
	cli_findings(c, &findings);
	tend_findings_finish(&findings);
	free(ids);
	if (status == TEND_OK && !cli_has(c, OPT_QUIET)) {
		cli_say(c, "%s", done.summary);
	}
	tend_done_finish(&done);
	if (status == TEND_OK && list.n == 0 && c->format == TEND_AS_TABLE) {
		tend_list_finish(&list); /* the line above has said it */
		return TEND_OK;
	}
	return cli_list(c, status, &list, err);
}

static enum tend_status run_apply(struct cli *c, struct tend_error *err)
{
	int64_t *ids = NULL;
	size_t n = 0;
	struct tend_done done = {0};
	if ((c->nargs > 1) == cli_has(c, OPT_ALL)) {
		return tend_fail(err, TEND_USAGE,
			_("name the customers, or give --all for all that follow the journey"));
	}
	enum tend_status status = read_customers(c, &ids, &n, err);
	if (status == TEND_OK) {
		status = tend_app_journey_apply(c->app, c->args[0], ids, n, &done, err);
	}
	free(ids);
	return cli_done(c, status, &done);
}

static const enum cli_option_id check_options[] = {OPT_STRICT, OPT_COUNT};
static const enum cli_option_id list_options[] = {OPT_SORT, OPT_COLUMNS, OPT_COUNT};
static const enum cli_option_id preview_options[] = {
	OPT_START, OPT_TERM, OPT_SET, OPT_COLUMNS, OPT_COUNT};
static const enum cli_option_id line_options[] = {OPT_COLUMNS, OPT_COUNT};
static const enum cli_option_id apply_options[] = {OPT_ALL, OPT_COUNT};
static const enum cli_option_id enroll_options[] = {OPT_START, OPT_COUNT};

const struct cli_command cli_journey_commands[] = {
	{"check", NULL, CLI_NEEDS_NOTHING, "FILE|FOLDER...",
		N_("find what is wrong in YAML files of any kind"), 1, -1, check_options,
		run_check},
	{"journey", "list", CLI_NEEDS_STORE_IF_ANY, "",
		N_("journeys: published, of the team, built in"), 0, 0, list_options, run_list},
	{"journey", "show", CLI_NEEDS_STORE_IF_ANY, "KEY[@V]", N_("the YAML of a journey"), 1, 1,
		NULL, run_show},
	{"journey", "preview", CLI_NEEDS_STORE_IF_ANY, "FILE|KEY[@V] --start DATE",
		N_("the milestones and dates that a start gives"), 1, 1, preview_options,
		run_preview},
	{"journey", "publish", CLI_NEEDS_STORE, "FILE",
		N_("put a version of a journey into the store"), 1, 1, NULL, run_publish},
	{"journey", "diff", CLI_NEEDS_STORE_IF_ANY, "KEY@V|FILE KEY@V|FILE",
		N_("how two versions of a journey differ"), 2, 2, line_options, run_diff},
	{"journey", "plan", CLI_NEEDS_STORE, "KEY[@V]|FILE [CUSTOMER...]",
		N_("what an upgrade to a version would do to customers"), 1, -1, line_options,
		run_plan},
	{"journey", "apply", CLI_NEEDS_STORE, "KEY[@V] CUSTOMER...|--all",
		N_("take customers to a version of their journey"), 1, -1, apply_options,
		run_apply},
	{"journey", "enroll", CLI_NEEDS_STORE, "CUSTOMER [KEY[@V]]",
		N_("start a journey for a customer; without KEY that of its next term"), 1, 2,
		enroll_options, run_enroll},
	{"publish", NULL, CLI_NEEDS_STORE, "FILE", N_("put a file of any kind into the store"), 1,
		1, NULL, run_publish},
	CLI_END,
};
