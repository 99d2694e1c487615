/* SPDX-License-Identifier: MIT */
#include <tend/lang.h>

#include "field.h"
#include "kinds.h"

/* A file without a kind: what is wrong with it. */
static enum tend_status check_none(const char *text, size_t n, struct tend_findings *findings)
{
	struct tend_arena arena = {0};
	struct reader r = {.arena = &arena, .findings = findings};
	(void)read_file(&r, text, n, TEND_KIND_NONE);
	tend_arena_finish(&arena);
	tend_findings_sort(findings);
	return TEND_BAD_INPUT;
}

static enum tend_status check_theme(const char *text, size_t n, struct tend_findings *findings)
{
	struct tend_theme *theme = NULL;
	enum tend_status status = tend_yaml_theme(text, n, findings, &theme);
	tend_theme_destroy(theme);
	return status;
}

static enum tend_status check_keys(
	const char *text, size_t n, const struct tend_yaml_env *env, struct tend_findings *findings)
{
	struct tend_keys_file *keys = NULL;
	enum tend_status status = tend_yaml_keys(text, n, env, findings, &keys);
	tend_keys_file_destroy(keys);
	return status;
}

static enum tend_status check_journey(
	const char *text, size_t n, const struct tend_yaml_env *env, struct tend_findings *findings)
{
	struct tend_journey *journey = NULL;
	enum tend_status status = tend_yaml_journey(text, n, env, findings, &journey);
	tend_journey_destroy(journey);
	return status;
}

static enum tend_status check_playbook(
	const char *text, size_t n, const struct tend_yaml_env *env, struct tend_findings *findings)
{
	struct tend_playbook *playbook = NULL;
	enum tend_status status = tend_yaml_playbook(text, n, env, findings, &playbook);
	tend_playbook_destroy(playbook);
	return status;
}

static enum tend_status check_signals(
	const char *text, size_t n, const struct tend_yaml_env *env, struct tend_findings *findings)
{
	struct tend_signals_file *signals = NULL;
	enum tend_status status = signals_read(text, n, env, findings, &signals);
	tend_signals_file_destroy(signals);
	return status;
}

static enum tend_status check_calendar(const char *text, size_t n, struct tend_findings *findings)
{
	struct tend_calendar_file *calendar = NULL;
	enum tend_status status = tend_yaml_calendar(text, n, findings, &calendar);
	tend_calendar_file_destroy(calendar);
	return status;
}

static enum tend_status check_map(const char *text, size_t n, struct tend_findings *findings)
{
	struct tend_map *map = NULL;
	enum tend_status status = tend_yaml_map(text, n, findings, &map);
	tend_map_destroy(map);
	return status;
}

static enum tend_status check_config(
	const char *text, size_t n, const struct tend_yaml_env *env, struct tend_findings *findings)
{
	struct tend_config *config = NULL;
	enum tend_status status = config_read(text, n, env, findings, &config);
	tend_config_destroy(config);
	return status;
}

enum tend_status check_file(enum tend_file_kind kind, const char *text, size_t n,
	const struct tend_yaml_env *env, struct tend_findings *findings)
{
	switch (kind) {
	case TEND_KIND_NONE:
		break;
	case TEND_KIND_JOURNEY:
		return check_journey(text, n, env, findings);
	case TEND_KIND_PLAYBOOK:
		return check_playbook(text, n, env, findings);
	case TEND_KIND_HEALTH:
		return health_check(text, n, env, findings);
	case TEND_KIND_ALERTS:
		return alerts_check(text, n, env, findings);
	case TEND_KIND_SIGNALS:
		return check_signals(text, n, env, findings);
	case TEND_KIND_CALENDAR:
		return check_calendar(text, n, findings);
	case TEND_KIND_MESSAGE:
		return message_check(text, n, env, findings);
	case TEND_KIND_MAP:
		return check_map(text, n, findings);
	case TEND_KIND_THEME:
		return check_theme(text, n, findings);
	case TEND_KIND_KEYS:
		return check_keys(text, n, env, findings);
	case TEND_KIND_CONFIG:
		return check_config(text, n, env, findings);
	}
	return check_none(text, n, findings);
}
