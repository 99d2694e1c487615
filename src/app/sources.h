/* SPDX-License-Identifier: MIT */
/*
 * The YAML files that are at hand: those published in the store (journeys apart, which journeys.c finds), those of
 * the config folder, then the built-in ones.
 */
#ifndef APP_SOURCES_H
#define APP_SOURCES_H

#include <tend/yaml.h>

struct source {
	enum tend_file_kind kind;
	char *key;
	char *name; /* path, the built-in name, or KIND KEY@V where it is published */
	const char *origin; /* "store", "config", "built-in"; "file" where it was given */
	int64_t version; /* as published; 0 where its text has to be read to know */
	const char *text;
	size_t size;
	char *owned; /* the text, where it was read from a file */
};

struct tend_app;

struct sources {
	const char *checked; /* a given file that is no base of its own; NULL */
	struct tend_app *app; /* whose store has the published files; NULL */
	char *folder;
	bool loaded;
	struct source *items; /* published, newest first; config folder by path; built-in by name */
	size_t n, cap;
	struct tend_calendar_file **calendars; /* those that were asked for */
	size_t ncalendars;
	struct tend_signals_file **signals; /* NULL until they are asked for, as are the configs */
	size_t nsignals;
	struct tend_config **configs;
	size_t nconfigs;
	bool all_configs; /* the built-in ones too */
};

/* Each YAML file of a folder by path, at any depth up to 8. */
void sources_walk(const char *folder, void (*take)(void *ctx, const char *path), void *ctx);
/* `folder` NULL: tend_config_dir(). Nothing is read until something is asked for. */
void sources_init(struct sources *s, const char *folder);
void sources_finish(struct sources *s);
/* A file to be found before all others, of origin "file"; before anything is asked for. */
void sources_give(struct sources *s, const char *path);
/* What was published or taken back is found when something is asked for again. */
void sources_forget(struct sources *s);
const struct source *sources_find(struct sources *s, enum tend_file_kind kind, const char *key);
/* The i-th file of a kind, NULL past the last. */
const struct source *sources_at(struct sources *s, enum tend_file_kind kind, size_t i);
/* As sources_find for a version (0: any). */
const struct source *sources_version(
	struct sources *s, enum tend_file_kind kind, const char *key, int64_t version);
/* The version that its text says; of a playbook without one 1, else 0 where there is none. */
int64_t source_version(const struct source *f);

/* NULL where there is none that can be read. */
const struct tend_calendar *sources_calendar(struct sources *s, const char *key);
/* NULL where no file describes it. */
const struct tend_metric *sources_metric(struct sources *s, const char *key);
/* The i-th of all that files describe, NULL past the last. */
const struct tend_metric *sources_metric_at(struct sources *s, size_t i);
/* The nearest key of a metric; NULL. */
const char *sources_metric_near(struct sources *s, const char *key);
const struct tend_config_field *sources_field(struct sources *s, const char *name);
/* The i-th declared field of customers, NULL past the last. */
const struct tend_config_field *sources_field_at(struct sources *s, size_t i);
/* Hours of a week for the journeys' work by the config files; NAN and NULL where none says them. The owners are
 * in `arena`; where two files name one, the first holds. */
struct tend_capacity_hours sources_hours(
	struct sources *s, struct tend_arena *arena, const char **ret_calendar);
/* The i-th signals: file that can be read, NULL past the last. */
const struct tend_signals_file *sources_signals(struct sources *s, size_t i);
/* The i-th config: file that can be read, NULL past the last. */
const struct tend_config *sources_config(struct sources *s, size_t i);
/* The segments that in_segment() may name: those of the store, then those of the config files (segment.c). */
void sources_segments(struct sources *s, struct tend_arena *arena, struct tend_names *names);
/* What gifts may come to: of each key what the first file says that has it. */
struct tend_gift_rule sources_gifts(struct sources *s);
/* A setting of the config files, NULL where none has it. */
const char *sources_setting(struct sources *s, const char *name);

/*
 * What a file of the team may refer to (environment.c). `custom` (may be NULL) are further custom fields; the arrays
 * live in `arena`.
 */
struct tend_yaml_env sources_env(
	struct sources *s, struct tend_arena *arena, const char *const *custom, size_t ncustom);

#endif
