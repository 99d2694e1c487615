/* SPDX-License-Identifier: MIT */
/*
 * Readers of the YAML files. Each takes the text of a file and a list of findings (whose `file` names
 * it), reports every problem with line and column, and returns TEND_BAD_INPUT where one is an error.
 * Limits: 64 KiB, depth 16, 20,000 events; no aliases, tags or second documents.
 */
#ifndef TEND_YAML_H
#define TEND_YAML_H

#include <tend/error.h>
#include <tend/journey.h>
#include <tend/map.h>
#include <tend/playbook.h>
#include <tend/settings.h>
#include <tend/str.h>
#include <tend/theme.h>

enum tend_file_kind {
	TEND_KIND_NONE,
	TEND_KIND_JOURNEY,
	TEND_KIND_PLAYBOOK,
	TEND_KIND_HEALTH,
	TEND_KIND_ALERTS,
	TEND_KIND_SIGNALS,
	TEND_KIND_CALENDAR,
	TEND_KIND_MESSAGE,
	TEND_KIND_MAP,
	TEND_KIND_THEME,
	TEND_KIND_KEYS,
	TEND_KIND_CONFIG,
};

/* What a file may refer to; NULL functions know everything (no warning). */
struct tend_yaml_env {
	void *ctx;
	bool (*exists)(void *ctx, enum tend_file_kind kind, const char *key);
	struct tend_names names; /* for conditions */
	/* Are `action` names of keys: files valid? NULL accepts all. */
	bool (*action)(void *ctx, const char *name);
	bool lint; /* look also for what may be, but is hardly meant */
	/* The text of the journey KEY or KEY@VERSION that another extends. NULL: there are none. */
	enum tend_status (*base)(
		void *ctx, const char *name, struct tend_str *ret_text, struct tend_error *err);
};

/* The version of the library that reads YAML, for `tend doctor`. */
const char *tend_yaml_library(void);
/* The kind by the first key, without a full check. */
enum tend_file_kind tend_yaml_kind(const char *text, size_t n);
const char *tend_kind_name(enum tend_file_kind kind); /* "journey", … */
enum tend_file_kind tend_yaml_kind_called(const char *name); /* TEND_KIND_NONE: no kind */
/* The value of the first key ("tob-annual"); allocated, NULL where there is none. */
char *tend_yaml_key(const char *text, size_t n);
/* Where that value stands; 0 where there is none. */
struct tend_place tend_yaml_key_place(const char *text, size_t n);
/* Checks a file of any kind, for `tend check` and publishing. */
enum tend_status tend_yaml_check(const char *text, size_t n, const struct tend_yaml_env *env,
	struct tend_findings *findings, enum tend_file_kind *ret_kind);

/* The number after `version:`, or 0. */
int tend_yaml_version(const char *text, size_t n);

/* What `title:` says, in `arena`; nothing where it says none. */
struct tend_text tend_yaml_title(const char *text, size_t n, struct tend_arena *arena);

/*
 * journey: — linked; the caller destroys it. NULL is returned where there was an error. A variant comes with what
 * it has of its base; places in the base's file are 0.
 */
enum tend_status tend_yaml_journey(const char *text, size_t n, const struct tend_yaml_env *env,
	struct tend_findings *findings, struct tend_journey **ret);

/*
 * The text of a variant that holds its base to a version: "KEY" after `extends:` becomes "KEY@VERSION". Allocated;
 * the text as it is where a version is said, or it extends nothing.
 */
char *tend_yaml_pin(const char *text, size_t n, int version);

/* playbook: — its steps linked; the same rules. */
enum tend_status tend_yaml_playbook(const char *text, size_t n, const struct tend_yaml_env *env,
	struct tend_findings *findings, struct tend_playbook **ret);

/* calendar: — days sorted. */
enum tend_status tend_yaml_calendar(const char *text, size_t n, struct tend_findings *findings,
	struct tend_calendar_file **ret);

/* signals: */
enum tend_status tend_yaml_signals(
	const char *text, size_t n, struct tend_findings *findings, struct tend_signals_file **ret);

/* map: */
enum tend_status tend_yaml_map(
	const char *text, size_t n, struct tend_findings *findings, struct tend_map **ret);

/* theme: */
enum tend_status tend_yaml_theme(
	const char *text, size_t n, struct tend_findings *findings, struct tend_theme **ret);
/* keys: */
enum tend_status tend_yaml_keys(const char *text, size_t n, const struct tend_yaml_env *env,
	struct tend_findings *findings, struct tend_keys_file **ret);

/* config: */
enum tend_status tend_yaml_config(
	const char *text, size_t n, struct tend_findings *findings, struct tend_config **ret);

#endif
