/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <tend/mem.h>
#include <tend/text.h>

#include "cli.h"

enum tend_status cli_write(struct cli *c, const struct tend_str *text, struct tend_error *err)
{
	if (text->len > 0 && fwrite(text->data, 1, text->len, c->env->out) != text->len) {
		return tend_fail(
			err, TEND_FAILED, _("cannot write the output: %s"), strerror(errno));
	}
	return TEND_OK;
}

enum tend_status cli_write_text(struct cli *c, const char *text, struct tend_error *err)
{
	struct tend_str out = {0};
	tend_str_add(&out, text);
	enum tend_status status = cli_write(c, &out, err);
	tend_str_finish(&out);
	return status;
}

enum tend_status cli_assignments(struct cli *c, int first, struct tend_assignment **ret,
	size_t *ret_n, struct tend_error *err)
{
	size_t n = (size_t)(c->nargs - first);
	struct tend_assignment *fields = tend_calloc(n, sizeof(*fields));
	for (size_t i = 0; i < n; i++) {
		enum tend_status status = cli_assignment(c->args[first + (int)i], &fields[i], err);
		if (status != TEND_OK) {
			free(fields);
			return status;
		}
	}
	*ret = fields;
	*ret_n = n;
	return TEND_OK;
}

/* Messages carry text from outside: every line is made printable. */
static void say_lines(FILE *f, const char *text)
{
	struct tend_str line = {0};
	while (*text != '\0') {
		size_t n = strcspn(text, "\n");
		tend_str_clear(&line);
		(void)tend_printable(&line, text, n);
		(void)fprintf(f, "%s\n", tend_str_text(&line));
		text += n + (text[n] == '\n');
	}
	tend_str_finish(&line);
}

void cli_say(struct cli *c, const char *fmt, ...)
{
	va_list args;
	va_start(args, fmt);
	char *text = tend_vformat(fmt, args);
	va_end(args);
	say_lines(c->env->messages, text);
	free(text);
}

void cli_findings(struct cli *c, struct tend_findings *findings)
{
	struct tend_str text = {0};
	tend_findings_sort(findings);
	tend_findings_format(findings, &text);
	say_lines(c->env->messages, tend_str_text(&text));
	tend_str_finish(&text);
}

/* Whether the list has such a field: one of its kind, or one of the user's own. */
static bool has_field(const struct tend_list *list, const char *name)
{
	struct tend_value v;
	bool found = tend_field_find(list->type, name) != NULL;
	for (size_t i = 0; i < list->n && !found; i++) {
		found = tend_record_get(list->type, tend_list_at(list, i), name, &v);
	}
	return found;
}

/* Splits --columns in place of a copy; the fields live as long as the copy. */
static enum tend_status read_columns(const struct tend_list *list, char *copy, const char ***ret,
	size_t *ret_n, struct tend_error *err)
{
	struct {
		const char **items;
		size_t n, cap;
	} fields = {0};
	const char *names[128];
	size_t n = 0;
	const struct tend_record_type *t = list->type;
	for (; n < t->nfields && n < 128; n++) {
		names[n] = t->fields[n].name;
	}
	for (char *save = NULL, *name = strtok_r(copy, ", ", &save); name != NULL;
		name = strtok_r(NULL, ", ", &save)) {
		if (!has_field(list, name)) {
			const char *near = tend_nearest(name, names, n);
			free(fields.items);
			return tend_fail(err, TEND_USAGE,
				near != NULL ? _("--columns: no field \"%s\"; did you mean %s?")
					     : _("--columns: no field \"%s\"%s"),
				name, near != NULL ? near : "");
		}
		*TEND_PUSH(&fields) = name;
	}
	*ret = fields.items;
	*ret_n = fields.n;
	return TEND_OK;
}

static struct tend_print print_options(const struct cli *c)
{
	return (struct tend_print){.format = c->format,
		.keys_only = cli_has(c, OPT_QUIET),
		.columns = c->env->out_is_terminal ? c->env->columns : 0};
}

enum tend_status cli_list(
	struct cli *c, enum tend_status status, struct tend_list *list, struct tend_error *err)
{
	struct tend_print how = print_options(c);
	struct tend_str out = {0};
	char *copy = tend_strdup(c->given[OPT_COLUMNS]);
	const char **fields = NULL;
	if (status == TEND_OK && copy != NULL) {
		status = read_columns(list, copy, &fields, &how.nfields, err);
		how.fields = fields;
	}
	if (status == TEND_OK) {
		tend_print_list(list, &how, &out);
		status = cli_write(c, &out, err);
		if (list->n == 0 && c->format == TEND_AS_TABLE && !how.keys_only) {
			cli_say(c, _("tend: nothing to show"));
		}
	}
	tend_str_finish(&out);
	free(fields);
	free(copy);
	tend_list_finish(list);
	return status;
}

enum tend_status cli_record(
	struct cli *c, const struct tend_record_type *t, const void *record, struct tend_error *err)
{
	struct tend_print how = print_options(c);
	struct tend_str out = {0};
	tend_print_record(t, record, &how, &out);
	enum tend_status status = cli_write(c, &out, err);
	tend_str_finish(&out);
	return status;
}

enum tend_status cli_done(struct cli *c, enum tend_status status, struct tend_done *done)
{
	if (status != TEND_OK) {
		tend_done_finish(done);
		return status;
	}
	if (!cli_has(c, OPT_QUIET) && done->summary != NULL) {
		if (c->app_options.dry_run) {
			cli_say(c, _("would be done: %s"), done->summary);
		} else {
			cli_say(c, "%s", done->summary);
		}
	}
	if (done->warning != NULL) {
		cli_say(c, _("tend: note: %s"), done->warning);
	}
	tend_done_finish(done);
	return TEND_OK;
}

enum tend_status cli_query(
	const struct cli *c, const char *filter, struct tend_query *ret, struct tend_error *err)
{
	int64_t limit;
	enum tend_status status = cli_number(c, OPT_LIMIT, 0, 0, &limit, err);
	*ret = (struct tend_query){.filter = filter,
		.segment = c->given[OPT_IN],
		.sort = c->given[OPT_SORT],
		.limit = (size_t)limit};
	return status;
}

/* Both hold. */
static const char *join_filters(struct tend_arena *arena, const char *a, const char *b)
{
	bool has_a = a != NULL && a[0] != '\0', has_b = b != NULL && b[0] != '\0';
	return has_a && has_b ? tend_arena_format(arena, "(%s) and (%s)", a, b)
		: has_a       ? a
		: has_b       ? b
			      : NULL;
}

static enum tend_status check_page(
	const struct tend_saved_view *v, const char *const *pages, struct tend_error *err)
{
	for (size_t i = 0; pages[i] != NULL; i++) {
		if (tend_same(pages[i], v->page)) {
			return TEND_OK;
		}
	}
	return tend_fail(err, TEND_USAGE, _("the view %s is of the page %s, not of this list"),
		v->key, v->page != NULL ? v->page : "portfolio");
}

enum tend_status cli_saved_view(struct cli *c, const char *const *pages, struct tend_list *ret_keep,
	struct tend_query *q, struct tend_error *err)
{
	*ret_keep = (struct tend_list){0};
	if (!cli_has(c, OPT_VIEW)) {
		return TEND_OK;
	}
	enum tend_status status =
		tend_app_record(c->app, &tend_saved_view_type, c->given[OPT_VIEW], ret_keep, err);
	if (status != TEND_OK) {
		return status;
	}
	const struct tend_saved_view *v = tend_list_at(ret_keep, 0);
	q->filter = join_filters(&ret_keep->arena,
		join_filters(&ret_keep->arena, tend_app_page_filter(v->page), v->filter),
		q->filter);
	q->sort = q->sort != NULL ? q->sort : v->sort;
	if (!cli_has(c, OPT_COLUMNS)) {
		c->given[OPT_COLUMNS] = v->columns;
	}
	return check_page(v, pages, err);
}

enum tend_status cli_customer(struct cli *c, const char *name, int64_t *ret, struct tend_error *err)
{
	return tend_app_find_customer(c->app, name, ret, err);
}

enum tend_status cli_scope(
	struct cli *c, int64_t *ret_customer, struct tend_query *ret, struct tend_error *err)
{
	const char *customer = c->given[OPT_CUSTOMER], *filter = NULL;
	*ret_customer = 0;
	if (c->nargs == 2) {
		customer = c->args[0];
		filter = c->args[1];
	} else if (c->nargs == 1 && customer != NULL) {
		filter = c->args[0];
	} else if (c->nargs == 1) {
		bool is_filter =
			strpbrk(c->args[0], "=<>") != NULL || strstr(c->args[0], " in ") != NULL;
		if (is_filter
			&& tend_app_find_customer(c->app, c->args[0], ret_customer, NULL)
				!= TEND_OK) {
			filter = c->args[0];
		} else {
			customer = c->args[0];
		}
	}
	enum tend_status status = cli_query(c, filter, ret, err);
	return status == TEND_OK && customer != NULL ? cli_customer(c, customer, ret_customer, err)
						     : status;
}
