/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <tend/fields.h>
#include <tend/file.h>

#include "inside.h"

char *tend_app_setting(struct tend_app *a, const char *name)
{
	char *value = NULL;
	if (a->store != NULL && tend_store_get(a->store, name, &value, NULL) != TEND_OK) {
		return NULL;
	}
	if (value == NULL) {
		value = tend_strdup(sources_setting(&a->sources, name));
	}
	return value;
}

static enum tend_status check_theme(struct tend_app *a, const char *value, struct tend_error *err)
{
	struct tend_theme *theme = NULL;
	enum tend_status status = tend_app_theme(a, value, &theme, err);
	tend_theme_destroy(theme);
	return status;
}

static enum tend_status check_setting(
	struct tend_app *a, const char *name, const char *value, struct tend_error *err)
{
	static const char *const names[] = {"lang", "theme", "today"};
	struct tend_date day;
	if (*value == '\0') {
		for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
			if (strcmp(names[i], name) == 0) {
				return TEND_OK; /* as if it had never been set */
			}
		}
	}
	if (strcmp(name, "theme") == 0) {
		return check_theme(a, value, err);
	}
	if (strcmp(name, "lang") == 0) {
		return strcmp(value, "en") == 0 || strcmp(value, "zh") == 0
			? TEND_OK
			: tend_fail(err, TEND_USAGE,
				_("lang: \"%s\" is not a language; write en or zh"), value);
	}
	if (strcmp(name, "today") == 0) {
		return tend_date_parse(value, &day)
			? TEND_OK
			: tend_fail(err, TEND_USAGE,
				_("today: \"%s\" is not a date; write YYYY-MM-DD"), value);
	}
	const char *near = tend_nearest(name, names, sizeof(names) / sizeof(*names));
	return near != NULL
		? tend_fail(err, TEND_USAGE, _("there is no setting \"%s\"; did you mean \"%s\"?"),
			name, near)
		: tend_fail(err, TEND_USAGE,
			_("there is no setting \"%s\"; there are lang, theme and today"), name);
}

enum tend_status tend_app_set_setting(
	struct tend_app *a, const char *name, const char *value, struct tend_error *err)
{
	/* Preferences are no entry of the journal: undo takes work back, not the look of the screen. */
	enum tend_status status = check_setting(a, name, value != NULL ? value : "", err);
	if (status == TEND_OK) {
		status = tend_store_begin(a->store, NULL, err);
	}
	if (status != TEND_OK) {
		return status;
	}
	status =
		tend_store_set(a->store, name, value != NULL && *value != '\0' ? value : NULL, err);
	if (status != TEND_OK || a->dry_run) {
		tend_store_rollback(a->store);
		return status;
	}
	status = tend_store_commit(a->store, NULL, NULL, err);
	a->version = tend_store_version(a->store);
	return status;
}

enum tend_status tend_app_theme(
	struct tend_app *a, const char *name, struct tend_theme **ret, struct tend_error *err)
{
	const struct source *f = sources_find(&a->sources, TEND_KIND_THEME, name);
	if (f == NULL) {
		const char *names[64];
		size_t n = 0;
		for (const struct source *t;
			n < 64 && (t = sources_at(&a->sources, TEND_KIND_THEME, n)) != NULL;) {
			names[n++] = t->key;
		}
		const char *near = tend_nearest(name, names, n);
		return near != NULL
			? tend_fail(err, TEND_NOT_FOUND,
				_("there is no theme \"%s\"; did you mean \"%s\"?"), name, near)
			: tend_fail(err, TEND_NOT_FOUND, _("there is no theme \"%s\""), name);
	}
	struct tend_findings findings;
	tend_findings_init(&findings, f->name);
	enum tend_status status = tend_yaml_theme(f->text, f->size, &findings, ret);
	if (status != TEND_OK && findings.n > 0) {
		(void)tend_fail(err, status, "%s:%d:%d: %s", f->name, findings.items[0].line,
			findings.items[0].column, findings.items[0].text);
	}
	tend_findings_finish(&findings);
	return status;
}

enum tend_status tend_app_keys(struct tend_app *a, struct tend_keys_file ***ret, size_t *ret_n,
	struct tend_findings *findings, struct tend_error *err)
{
	(void)err;
	struct tend_keys_file **files = NULL;
	size_t n = 0;
	for (size_t i = 0;; i++) {
		const struct source *f = sources_at(&a->sources, TEND_KIND_KEYS, i);
		if (f == NULL) {
			break;
		}
		struct tend_findings own;
		tend_findings_init(&own, f->name);
		struct tend_keys_file *file = NULL;
		if (tend_yaml_keys(f->text, f->size, NULL, &own, &file) == TEND_OK) {
			files = tend_realloc(files, n + 1, sizeof(*files));
			files[n++] = file;
		}
		for (size_t k = 0; findings != NULL && k < own.n; k++) {
			tend_findings_add_rule(findings, own.items[k].severity, own.items[k].rule,
				own.items[k].line, own.items[k].column, "%s", own.items[k].text);
		}
		tend_findings_finish(&own);
	}
	*ret = files;
	*ret_n = n;
	return TEND_OK;
}

static const struct tend_field setting_fields[] = {
	TEXT(struct tend_setting, name, 0, "Name", "名称"),
	TEXT(struct tend_setting, value, 0, "Value", "值"),
};
const struct tend_record_type tend_setting_type =
	RECORD_TYPE_OF(struct tend_setting, "setting", "Setting", "设置", setting_fields);

static void add_text(struct tend_list *list, const char *name, const char *value)
{
	struct tend_setting *s = tend_list_add(list);
	s->name = name;
	s->value = tend_arena_strdup(&list->arena, value);
}

static void add_count(struct tend_list *list, const char *name, int64_t value)
{
	struct tend_setting *s = tend_list_add(list);
	s->name = name;
	s->value = tend_arena_format(&list->arena, "%lld", (long long)value);
}

enum tend_status tend_app_store_info(
	struct tend_app *a, struct tend_list *ret, struct tend_error *err)
{
	tend_list_init(ret, &tend_setting_type);
	struct tend_store_info info;
	enum tend_status status = tend_store_info(a->store, &info, err);
	if (status != TEND_OK) {
		return status;
	}
	char day[TEND_DATE_LEN];
	add_text(ret, "path", a->path);
	add_count(ret, "schema_version", info.schema_version);
	add_count(ret, "bytes", info.bytes);
	add_count(ret, "customers", info.customers);
	add_count(ret, "milestones", info.milestones);
	add_count(ret, "points", info.points);
	add_count(ret, "activities", info.activities);
	add_count(ret, "entries", info.entries);
	add_text(ret, "today", tend_date_format(a->today, day));
	char *fixed = NULL;
	status = tend_store_get(a->store, "today", &fixed, err);
	add_text(ret, "fixed_day", fixed != NULL ? fixed : "");
	free(fixed);
	return status;
}

enum tend_status tend_app_store_check(
	struct tend_app *a, struct tend_findings *findings, struct tend_error *err)
{
	return tend_store_check(a->store, findings, err);
}

enum tend_status tend_app_store_backup(
	struct tend_app *a, const char *path, bool force, struct tend_error *err)
{
	return tend_store_backup(a->store, path, force, err);
}

enum tend_status tend_app_store_restore(
	const struct tend_app_options *o, const char *from, char **ret_kept, struct tend_error *err)
{
	char *path = NULL;
	enum tend_status status = app_store_path(o, &path, err);
	if (status == TEND_OK) {
		status = tend_store_restore(from, path, ret_kept, err);
	}
	free(path);
	return status;
}
