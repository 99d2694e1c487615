/* SPDX-License-Identifier: MIT */
/* The kinds of files that are checked but not read into a structure yet, and the one way to check any. */
#ifndef KINDS_H
#define KINDS_H

#include <tend/yaml.h>

/*
 * health: KEY
 * title: TEXT
 * for: EXPRESSION               which customers
 * measures:                     required; weights total 100
 *   - {key: KEY, weight: N, value: EXPRESSION, good: N, bad: N, valid: DURATION, title: TEXT}
 * bands: {good: 70, fair: 40}   good > fair, both 0..100
 */
enum tend_status health_check(const char *text, size_t n, const struct tend_yaml_env *env,
	struct tend_findings *findings);

/*
 * alerts: KEY
 * title: TEXT
 * rules:                        required
 *   - {key: KEY, severity: high|medium|low, title: TEXT, when: EXPRESSION, clear: EXPRESSION,
 *      cooldown: DURATION, suggest: [PLAYBOOK, …], why: TEXT with {EXPRESSION} in it, for: EXPRESSION}
 */
enum tend_status alerts_check(const char *text, size_t n, const struct tend_yaml_env *env,
	struct tend_findings *findings);

/*
 * message: KEY
 * title: TEXT                   what it is for
 * subject: TEXT
 * body: TEXT                    required; {EXPRESSION} stands for a value, as in an alert's `why`
 */
enum tend_status message_check(const char *text, size_t n, const struct tend_yaml_env *env,
	struct tend_findings *findings);

/* As tend_yaml_signals and tend_yaml_config, with an environment (may be NULL). */
enum tend_status signals_read(const char *text, size_t n, const struct tend_yaml_env *env,
	struct tend_findings *findings, struct tend_signals_file **ret);
enum tend_status config_read(const char *text, size_t n, const struct tend_yaml_env *env,
	struct tend_findings *findings, struct tend_config **ret);

/* Any kind; TEND_KIND_NONE finds that the file says none. */
enum tend_status check_file(enum tend_file_kind kind, const char *text, size_t n,
	const struct tend_yaml_env *env, struct tend_findings *findings);

#endif
