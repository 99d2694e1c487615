/* SPDX-License-Identifier: MIT */
#include "sources.h"

#include <dirent.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <tend/file.h>
#include <tend/records.h>
#include <tend/str.h>

#include "builtin.h"
#include "inside.h"

#define FOLDER_DEPTH_MAX 8
#define SOURCE_SIZE_MAX ((size_t)64 * 1024)
#define SOURCES_MAX 2000

void sources_init(struct sources *s, const char *folder)
{
	*s = (struct sources){.folder = folder != NULL ? tend_strdup(folder) : tend_config_dir()};
}

void sources_finish(struct sources *s)
{
	for (size_t i = 0; i < s->n; i++) {
		free(s->items[i].key);
		free(s->items[i].name);
		free(s->items[i].owned);
	}
	free(s->items);
	for (size_t i = 0; i < s->ncalendars; i++) {
		tend_calendar_file_destroy(s->calendars[i]);
	}
	free(s->calendars);
	for (size_t i = 0; i < s->nsignals; i++) {
		tend_signals_file_destroy(s->signals[i]);
	}
	free(s->signals);
	for (size_t i = 0; i < s->nconfigs; i++) {
		tend_config_destroy(s->configs[i]);
	}
	free(s->configs);
	free(s->folder);
	*s = (struct sources){0};
}

void sources_forget(struct sources *s)
{
	struct tend_app *app = s->app;
	char *folder = tend_strdup(s->folder);
	sources_finish(s);
	s->folder = folder;
	s->app = app;
}

/* Published ones by kind and key, of each the newest first. */
static void load_published(struct sources *s)
{
	struct tend_list list, one;
	struct tend_store *store = s->app != NULL ? s->app->store : NULL;
	if (store == NULL) {
		return;
	}
	(void)read_list(s->app, TEND_READ_DOCUMENTS, 0, &tend_document_type, &list, NULL);
	for (size_t i = list.n; i > 0; i--) {
		const struct tend_document *d = tend_list_at(&list, i - 1);
		struct tend_value args[] = {
			text_value(d->kind), text_value(d->key), int_value(d->version)};
		tend_list_init(&one, &tend_document_type);
		if (tend_store_read(store, TEND_READ_DOCUMENT, args, 3, &one, NULL) == TEND_OK
			&& one.n > 0) {
			char *text =
				tend_strdup(((struct tend_document *)tend_list_at(&one, 0))->text);
			*TEND_PUSH(s) = (struct source){.kind = tend_yaml_kind_called(d->kind),
				.key = tend_strdup(d->key),
				.name = d->version > 0 ? tend_format("%s %s@%lld", d->kind, d->key,
						(long long)d->version)
						       : tend_format("%s %s", d->kind, d->key),
				.origin = "store",
				.version = d->version,
				.text = text,
				.size = strlen(text),
				.owned = text};
		}
		tend_list_finish(&one);
	}
	tend_list_finish(&list);
}

static void add_source(struct sources *s, enum tend_file_kind kind, char *key, const char *name,
	const char *text, size_t size, char *owned)
{
	*TEND_PUSH(s) = (struct source){.kind = kind,
		.key = key,
		.name = tend_strdup(name),
		.origin = owned != NULL ? "config" : "built-in",
		.text = text,
		.size = size,
		.owned = owned};
}

/* What each is was found out when the program was built: nothing is read before somebody wants the file. */
static void add_builtins(struct sources *s)
{
	for (size_t i = 0; i < builtin_file_count; i++) {
		const struct builtin_file *f = &builtin_files[i];
		enum tend_file_kind kind = tend_yaml_kind_called(f->kind);
		if (kind != TEND_KIND_NONE) {
			add_source(s, kind, tend_strdup(f->key), f->name, f->data, f->size, NULL);
		}
	}
}

static void load_file(void *ctx, const char *path);

void sources_give(struct sources *s, const char *path)
{
	size_t n = s->n;
	load_file(s, path);
	if (s->n > n) {
		s->items[n].origin = "file";
	}
}

static bool is_yaml_name(const char *name)
{
	size_t n = strlen(name);
	return name[0] != '.'
		&& ((n > 5 && strcmp(name + n - 5, ".yaml") == 0)
			|| (n > 4 && strcmp(name + n - 4, ".yml") == 0));
}

static int by_text(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

struct name_list {
	char **items;
	size_t n, cap;
};

static struct name_list folder_names(const char *folder)
{
	struct name_list names = {0};
	DIR *dir = opendir(folder);
	if (dir == NULL) {
		return names;
	}
	for (struct dirent *e = readdir(dir); e != NULL && names.n < SOURCES_MAX;
		e = readdir(dir)) {
		if (e->d_name[0] != '.') {
			*TEND_PUSH(&names) = tend_strdup(e->d_name);
		}
	}
	(void)closedir(dir);
	if (names.n > 1) {
		qsort(names.items, names.n, sizeof(*names.items), by_text);
	}
	return names;
}

static void load_file(void *ctx, const char *path)
{
	struct sources *s = ctx;
	struct tend_str text = {0};
	if (s->n < SOURCES_MAX && tend_file_read(path, SOURCE_SIZE_MAX, &text, NULL) == TEND_OK) {
		size_t size = text.len;
		char *owned = tend_str_steal(&text);
		enum tend_file_kind kind = tend_yaml_kind(owned, size);
		char *key = kind != TEND_KIND_NONE ? tend_yaml_key(owned, size) : NULL;
		if (key != NULL) {
			add_source(s, kind, key, path, owned, size, owned);
		} else {
			free(owned);
		}
	}
	tend_str_finish(&text);
}

static void walk(
	const char *folder, int depth, void (*take)(void *ctx, const char *path), void *ctx)
{
	struct name_list names = folder_names(folder);
	for (size_t i = 0; i < names.n; i++) {
		char *path = tend_path_join(folder, names.items[i]);
		struct stat st;
		bool there = stat(path, &st) == 0;
		if (there && S_ISDIR(st.st_mode) && depth < FOLDER_DEPTH_MAX) {
			walk(path, depth + 1, take, ctx);
		} else if (there && S_ISREG(st.st_mode) && is_yaml_name(names.items[i])) {
			take(ctx, path);
		}
		free(path);
		free(names.items[i]);
	}
	free(names.items);
}

void sources_walk(const char *folder, void (*take)(void *ctx, const char *path), void *ctx)
{
	walk(folder, 0, take, ctx);
}

static void load(struct sources *s)
{
	if (s->loaded) {
		return;
	}
	s->loaded = true;
	load_published(s);
	walk(s->folder, 0, load_file, s);
	add_builtins(s);
}

const struct source *sources_find(struct sources *s, enum tend_file_kind kind, const char *key)
{
	load(s);
	for (size_t i = 0; i < s->n; i++) {
		if (s->items[i].kind == kind && strcmp(s->items[i].key, key) == 0) {
			return &s->items[i];
		}
	}
	return NULL;
}

const struct source *sources_at(struct sources *s, enum tend_file_kind kind, size_t at)
{
	load(s);
	for (size_t i = 0; i < s->n; i++) {
		if (s->items[i].kind == kind && at-- == 0) {
			return &s->items[i];
		}
	}
	return NULL;
}

int64_t source_version(const struct source *f)
{
	int64_t version = f->version != 0 ? f->version : tend_yaml_version(f->text, f->size);
	return version == 0 && f->kind == TEND_KIND_PLAYBOOK ? 1 : version;
}

const struct source *sources_version(
	struct sources *s, enum tend_file_kind kind, const char *key, int64_t version)
{
	const struct source *f;
	for (size_t i = 0; (f = sources_at(s, kind, i)) != NULL; i++) {
		if (strcmp(f->key, key) == 0 && (version == 0 || source_version(f) == version)) {
			return f;
		}
	}
	return NULL;
}

const struct tend_calendar *sources_calendar(struct sources *s, const char *key)
{
	for (size_t i = 0; i < s->ncalendars; i++) {
		if (tend_same(s->calendars[i]->calendar.key, key)) {
			return &s->calendars[i]->calendar;
		}
	}
	const struct source *f = sources_find(s, TEND_KIND_CALENDAR, key);
	if (f == NULL) {
		return NULL;
	}
	struct tend_findings findings;
	tend_findings_init(&findings, f->name);
	struct tend_calendar_file *file = NULL;
	enum tend_status status = tend_yaml_calendar(f->text, f->size, &findings, &file);
	tend_findings_finish(&findings);
	if (status != TEND_OK || file == NULL) {
		return NULL;
	}
	s->calendars = tend_realloc(s->calendars, s->ncalendars + 1, sizeof(*s->calendars));
	s->calendars[s->ncalendars++] = file;
	return &file->calendar;
}

static void load_signals(struct sources *s)
{
	if (s->signals != NULL) {
		return;
	}
	load(s);
	s->signals = tend_calloc(s->n + 1, sizeof(struct tend_signals_file *));
	for (size_t i = 0; i < s->n; i++) {
		const struct source *f = &s->items[i];
		struct tend_signals_file *file = NULL;
		struct tend_findings findings;
		tend_findings_init(&findings, f->name);
		if (f->kind == TEND_KIND_SIGNALS
			&& tend_yaml_signals(f->text, f->size, &findings, &file) == TEND_OK) {
			s->signals[s->nsignals++] = file;
		}
		tend_findings_finish(&findings);
	}
}

static bool is_built_in(const struct source *f)
{
	return strcmp(f->origin, "built-in") == 0;
}

static void read_configs(struct sources *s, bool built_in)
{
	for (size_t i = 0; i < s->n; i++) {
		const struct source *f = &s->items[i];
		struct tend_config *file = NULL;
		struct tend_findings findings;
		tend_findings_init(&findings, f->name);
		/* one of the team's takes the place of a built-in one with its key */
		if (f->kind == TEND_KIND_CONFIG && is_built_in(f) == built_in
			&& sources_find(s, f->kind, f->key) == f
			&& tend_yaml_config(f->text, f->size, &findings, &file) == TEND_OK) {
			s->configs[s->nconfigs++] = file;
		}
		tend_findings_finish(&findings);
	}
}

/* Those of the team alone: settings, which no built-in one has, are asked for before the first screen. */
static void load_team_configs(struct sources *s)
{
	if (s->configs == NULL) {
		load(s);
		s->configs = tend_calloc(s->n + 1, sizeof(struct tend_config *));
		read_configs(s, false);
	}
}

/* With the built-in ones after them. */
static void load_configs(struct sources *s)
{
	load_team_configs(s);
	if (!s->all_configs) {
		s->all_configs = true;
		read_configs(s, true);
	}
}

const struct tend_config *sources_config(struct sources *s, size_t i)
{
	load_configs(s);
	return i < s->nconfigs ? s->configs[i] : NULL;
}

const struct tend_signals_file *sources_signals(struct sources *s, size_t i)
{
	load_signals(s);
	return i < s->nsignals ? s->signals[i] : NULL;
}

const struct tend_metric *sources_metric(struct sources *s, const char *key)
{
	load_signals(s);
	for (size_t i = 0; i < s->nsignals; i++) {
		for (size_t k = 0; k < s->signals[i]->n; k++) {
			if (strcmp(s->signals[i]->metrics[k].key, key) == 0) {
				return &s->signals[i]->metrics[k];
			}
		}
	}
	return NULL;
}

const struct tend_metric *sources_metric_at(struct sources *s, size_t i)
{
	load_signals(s);
	for (size_t k = 0; k < s->nsignals; k++) {
		if (i < s->signals[k]->n) {
			return &s->signals[k]->metrics[i];
		}
		i -= s->signals[k]->n;
	}
	return NULL;
}

const char *sources_metric_near(struct sources *s, const char *key)
{
	struct {
		const char **items;
		size_t n, cap;
	} keys = {0};
	load_signals(s);
	for (size_t i = 0; i < s->nsignals; i++) {
		for (size_t k = 0; k < s->signals[i]->n; k++) {
			*TEND_PUSH(&keys) = s->signals[i]->metrics[k].key;
		}
	}
	const char *near = tend_nearest(key, keys.items, keys.n);
	free(keys.items);
	return near;
}

const struct tend_config_field *sources_field(struct sources *s, const char *name)
{
	load_configs(s);
	for (size_t i = 0; i < s->nconfigs; i++) {
		for (size_t k = 0; k < s->configs[i]->nfields; k++) {
			if (strcmp(s->configs[i]->fields[k].name, name) == 0) {
				return &s->configs[i]->fields[k];
			}
		}
	}
	return NULL;
}

const struct tend_config_field *sources_field_at(struct sources *s, size_t at)
{
	load_configs(s);
	for (size_t i = 0; i < s->nconfigs; i++) {
		if (at < s->configs[i]->nfields) {
			return &s->configs[i]->fields[at];
		}
		at -= s->configs[i]->nfields;
	}
	return NULL;
}

struct tend_gift_rule sources_gifts(struct sources *s)
{
	struct tend_gift_rule rule = {NAN, NAN, NAN, NULL};
	load_configs(s);
	for (size_t i = 0; i < s->nconfigs; i++) {
		const struct tend_gift_rule *said = &s->configs[i]->gifts;
		rule.share = isnan(rule.share) ? said->share : rule.share;
		rule.least = isnan(rule.least) ? said->least : rule.least;
		rule.most = isnan(rule.most) ? said->most : rule.most;
		rule.currency = rule.currency == NULL ? said->currency : rule.currency;
	}
	return rule;
}

const char *sources_setting(struct sources *s, const char *name)
{
	load_team_configs(s);
	for (size_t i = 0; i < s->nconfigs; i++) {
		for (size_t k = 0; k < s->configs[i]->nsettings; k++) {
			if (strcmp(s->configs[i]->settings[k].name, name) == 0) {
				return s->configs[i]->settings[k].value;
			}
		}
	}
	return NULL;
}

struct tend_capacity_hours sources_hours(
	struct sources *s, struct tend_arena *arena, const char **ret_calendar)
{
	load_configs(s);
	size_t n = 0;
	for (size_t i = 0; i < s->nconfigs; i++) {
		n += s->configs[i]->nowners;
	}
	struct tend_capacity_owner *owners = tend_arena_alloc(arena, (n + 1) * sizeof(*owners));
	struct tend_capacity_hours hours = {.all = NAN, .owners = owners};
	*ret_calendar = NULL;
	for (size_t i = s->nconfigs; i > 0; i--) {
		const struct tend_config *c = s->configs[i - 1];
		for (size_t k = 0; k < c->nowners; k++) {
			owners[hours.n++] = c->owners[k];
		}
		hours.all = isnan(c->hours) ? hours.all : c->hours;
		*ret_calendar = c->calendar != NULL ? c->calendar : *ret_calendar;
	}
	return hours;
}
