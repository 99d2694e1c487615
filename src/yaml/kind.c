/* SPDX-License-Identifier: MIT */
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include <tend/lang.h>
#include <tend/str.h>

#include "field.h"
#include "kinds.h"
#include "lint.h"

static const char *const kind_names[] = {
	[TEND_KIND_NONE] = "",
	[TEND_KIND_JOURNEY] = "journey",
	[TEND_KIND_PLAYBOOK] = "playbook",
	[TEND_KIND_HEALTH] = "health",
	[TEND_KIND_ALERTS] = "alerts",
	[TEND_KIND_SIGNALS] = "signals",
	[TEND_KIND_CALENDAR] = "calendar",
	[TEND_KIND_MESSAGE] = "message",
	[TEND_KIND_MAP] = "map",
	[TEND_KIND_THEME] = "theme",
	[TEND_KIND_KEYS] = "keys",
	[TEND_KIND_CONFIG] = "config",
};
enum { KINDS = FIELD_COUNT_OF(kind_names) };

const char *tend_kind_name(enum tend_file_kind kind)
{
	return (size_t)kind < KINDS ? kind_names[kind] : "";
}

enum tend_file_kind tend_yaml_kind_called(const char *key)
{
	for (size_t i = 1; i < KINDS; i++) {
		if (tend_same(key, kind_names[i])) {
			return (enum tend_file_kind)i;
		}
	}
	return TEND_KIND_NONE;
}

enum tend_file_kind tend_yaml_kind(const char *text, size_t n)
{
	struct doc_head head = doc_head(text, n);
	enum tend_file_kind kind = tend_yaml_kind_called(head.key);
	free(head.key);
	free(head.value);
	return kind;
}

char *tend_yaml_key(const char *text, size_t n)
{
	struct doc_head head = doc_head(text, n);
	free(head.key);
	if (head.value != NULL && head.value[0] == '\0') {
		free(head.value);
		return NULL;
	}
	return head.value;
}

struct tend_place tend_yaml_key_place(const char *text, size_t n)
{
	struct doc_head head = doc_head(text, n);
	free(head.key);
	free(head.value);
	return (struct tend_place){head.line, head.column};
}

int tend_yaml_version(const char *text, size_t n)
{
	struct tend_arena arena = {0};
	struct tend_findings findings;
	long long version = 0;
	tend_findings_init(&findings, "");
	const struct node *root = doc_parse(text, n, &arena, &findings);
	const struct node *at = root != NULL ? node_get(root, "version") : NULL;
	if (at == NULL || at->kind != NODE_SCALAR || !tend_parse_int(at->text, &version)
		|| version < 1 || version > INT_MAX) {
		version = 0;
	}
	tend_findings_finish(&findings);
	tend_arena_finish(&arena);
	return (int)version;
}

struct tend_text tend_yaml_title(const char *text, size_t n, struct tend_arena *arena)
{
	struct tend_findings findings;
	struct tend_text title = {0};
	tend_findings_init(&findings, "");
	struct reader r = {.arena = arena, .findings = &findings};
	const struct node *root = doc_parse(text, n, arena, &findings);
	const struct node *at = root != NULL ? node_get(root, "title") : NULL;
	if (at != NULL) {
		static const struct field field = {"title", FIELD_TEXT, 0};
		(void)read_value(&r, at, &field, &title);
	}
	(void)finish_file(&r, 0);
	tend_findings_finish(&findings);
	return title;
}

static void report_no_kind(struct reader *r, const struct node *first)
{
	const char *near = first->kind == NODE_SCALAR
		? tend_nearest(first->text, kind_names + 1, KINDS - 1)
		: NULL;
	if (near != NULL) {
		report(r, first, TEND_RULE_KIND,
			_("the first key says what the file is: unknown \"%s\"; did you mean "
			  "\"%s\"?"),
			quoted(r, first->text), near);
	} else {
		report(r, first, TEND_RULE_KIND,
			_("the first key must say what the file is: journey, playbook, health, "
			  "alerts, signals, "
			  "calendar, message, map, theme, keys or config"));
	}
}

const struct node *read_file(struct reader *r, const char *text, size_t n, enum tend_file_kind kind)
{
	const struct node *root = doc_parse(text, n, r->arena, r->findings);
	if (root == NULL) {
		return NULL;
	}
	if (report_wide_colon(r, root)) {
		return NULL;
	}
	if (root->kind != NODE_MAPPING || root->n == 0) {
		report(r, root, TEND_RULE_KIND,
			_("the file must be a mapping that begins with its kind, as in \"journey: "
			  "KEY\""));
		return NULL;
	}
	const struct node *first = root->items[0];
	enum tend_file_kind found =
		first->kind == NODE_SCALAR ? tend_yaml_kind_called(first->text) : TEND_KIND_NONE;
	if (found == TEND_KIND_NONE) {
		report_no_kind(r, first);
		return NULL;
	}
	if (found != kind) {
		report(r, first, TEND_RULE_KIND,
			_("this is a file of the kind \"%s\", expected \"%s\""),
			tend_kind_name(found), tend_kind_name(kind));
		return NULL;
	}
	return root;
}

enum tend_status finish_file(struct reader *r, size_t before)
{
	lint_languages(r);
	tend_findings_sort(r->findings);
	return r->findings->errors > before ? TEND_BAD_INPUT : TEND_OK;
}

enum tend_status tend_yaml_check(const char *text, size_t n, const struct tend_yaml_env *env,
	struct tend_findings *findings, enum tend_file_kind *ret_kind)
{
	enum tend_file_kind kind = tend_yaml_kind(text, n);
	if (ret_kind != NULL) {
		*ret_kind = kind;
	}
	return check_file(kind, text, n, env, findings);
}
