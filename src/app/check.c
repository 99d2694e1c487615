/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <tend/file.h>
#include <tend/rules.h>

#include "inside.h"

#define FILE_SIZE_READ ((size_t)4 * 1024 * 1024)

/* What is read in full, but acts on nothing yet. */
static void say_unused(const char *text, size_t size, struct tend_findings *findings)
{
	enum tend_file_kind kind = tend_yaml_kind(text, size);
	if (kind == TEND_KIND_HEALTH || kind == TEND_KIND_ALERTS || kind == TEND_KIND_MESSAGE) {
		tend_findings_add_rule(findings, TEND_WARNING, TEND_RULE_NO_EFFECT, 1, 1,
			_("files of the kind %s are checked, but not used by this version"),
			tend_kind_name(kind));
	}
}

enum tend_status check_text(struct tend_app *a, struct sources *sources, const char *text,
	size_t size, struct tend_findings *findings)
{
	struct tend_arena arena = {0};
	struct names_list custom = {0};
	if (a != NULL) {
		(void)custom_names(a, &arena, &custom, NULL);
	}
	struct tend_yaml_env env = sources_env(sources, &arena, custom.items, custom.n);
	env.lint = true;
	enum tend_status status = tend_yaml_check(text, size, &env, findings, NULL);
	if (status == TEND_OK) {
		say_unused(text, size, findings);
	}
	tend_arena_finish(&arena);
	return status;
}

static enum tend_status check_path(struct tend_app *a, struct sources *sources, const char *path,
	struct tend_findings *findings, struct tend_error *err)
{
	struct tend_str text = {0};
	enum tend_status status = tend_file_read(path, FILE_SIZE_READ, &text, err);
	if (status == TEND_OK) {
		status = check_text(a, sources, tend_str_text(&text), text.len, findings);
		tend_findings_sort(findings);
	}
	tend_str_finish(&text);
	return status;
}

enum tend_status tend_app_check(struct tend_app *a, const char *path,
	struct tend_findings *findings, struct tend_error *err)
{
	if (a != NULL) {
		return check_path(a, &a->sources, path, findings, err);
	}
	struct sources own;
	sources_init(&own, NULL);
	enum tend_status status = check_path(NULL, &own, path, findings, err);
	sources_finish(&own);
	return status;
}

struct paths {
	char **items;
	size_t n, cap;
};

static void add_path(void *ctx, const char *path)
{
	struct paths *paths = ctx;
	*TEND_PUSH(paths) = tend_strdup(path);
}

char **tend_app_yaml_files(const char *const *paths, size_t n, size_t *ret_n)
{
	struct paths found = {0};
	for (size_t i = 0; i < n; i++) {
		struct stat st;
		if (stat(paths[i], &st) == 0 && S_ISDIR(st.st_mode)) {
			sources_walk(paths[i], add_path, &found);
		} else {
			add_path(&found, paths[i]); /* one that is not there is said as such */
		}
	}
	*ret_n = found.n;
	return found.items;
}

/* Files of these kinds add to each other; of the others one is found. */
static bool is_merged(enum tend_file_kind kind)
{
	return kind == TEND_KIND_SIGNALS || kind == TEND_KIND_CONFIG || kind == TEND_KIND_KEYS;
}

/* A warning where a file that was given before says that it is the same. */
static void check_twice(
	const struct sources *sources, const char *path, struct tend_findings *findings)
{
	const struct source *own = NULL;
	for (size_t i = 0; i < sources->n; i++) {
		const struct source *f = &sources->items[i];
		if (strcmp(f->origin, "file") == 0 && strcmp(f->name, path) == 0) {
			own = f;
		}
	}
	for (const struct source *f = sources->items; own != NULL && f < own; f++) {
		if (f->kind == own->kind && !is_merged(f->kind) && strcmp(f->name, path) != 0
			&& strcmp(f->key, own->key) == 0
			&& source_version(f) == source_version(own)) {
			struct tend_place at = tend_yaml_key_place(own->text, own->size);
			tend_findings_add_rule(findings, TEND_WARNING, TEND_RULE_NO_EFFECT, at.line,
				at.column, _("%s is \"%s: %s\" too: one of them is found"), f->name,
				tend_kind_name(f->kind), f->key);
			return;
		}
	}
}

void tend_app_check_files(
	struct tend_app *a, const char *const *paths, size_t n, struct tend_checked *ret)
{
	struct sources own;
	sources_init(&own, a != NULL ? a->sources.folder : NULL);
	own.app = a;
	for (size_t i = 0; i < n; i++) {
		sources_give(&own, paths[i]);
	}
	for (size_t i = 0; i < n; i++) {
		ret[i] = (struct tend_checked){0};
		tend_findings_init(&ret[i].findings, paths[i]);
		own.checked = paths[i];
		ret[i].status = check_path(a, &own, paths[i], &ret[i].findings, &ret[i].err);
		check_twice(&own, paths[i], &ret[i].findings);
		tend_findings_sort(&ret[i].findings);
	}
	sources_finish(&own);
}

enum tend_status tend_app_journey_check(struct tend_app *a, const char *name,
	struct tend_findings *findings, char **ret_text, struct tend_error *err)
{
	struct journey_text text = {0};
	enum tend_status status = journey_find(a, name, &text, err);
	if (status == TEND_OK) {
		(void)check_text(a, &a->sources, text.text, text.size, findings);
		tend_findings_sort(findings);
		*ret_text = text.text;
		text.text = NULL;
	}
	journey_text_finish(&text);
	return status;
}
