/* SPDX-License-Identifier: MIT */
/* What a team sets by YAML: calendars, metrics, settings and its own fields. */
#ifndef TEND_SETTINGS_H
#define TEND_SETTINGS_H

#include <stdbool.h>
#include <tend/capacity.h>
#include <tend/date.h>
#include <tend/gift.h>
#include <tend/lang.h>
#include <tend/mem.h>
#include <tend/record.h>

struct tend_calendar_file {
	struct tend_arena arena;
	struct tend_text title;
	struct tend_calendar calendar;
};
void tend_calendar_file_destroy(struct tend_calendar_file *f);

struct tend_metric {
	const char *key;
	struct tend_text title;
	const char *unit;
	bool gauge;
};
struct tend_signals_file {
	struct tend_arena arena;
	const char *key;
	struct tend_metric *metrics;
	size_t n;
};
void tend_signals_file_destroy(struct tend_signals_file *f);

struct tend_config_section { /* a part of the profile */
	const char *key;
	struct tend_text title;
};
struct tend_config_field {
	const char *name;
	enum tend_type type; /* TEXT, NUMBER, DATE, BOOL */
	struct tend_text title, hint; /* hint: what belongs there; empty */
	const char *const *values; /* what it may hold, NULL-ended; NULL where free */
	const struct tend_text *titles; /* of the values */
	const struct tend_config_section *section; /* NULL: of none */
};
struct tend_config_setting {
	const char *name, *value; /* lang, theme, charts, hours_per_week, … */
};
struct tend_config_segment { /* an expression over customers, by a name */
	const char *key, *filter;
	struct tend_text title;
};
struct tend_config {
	struct tend_arena arena;
	const char *key;
	struct tend_config_setting *settings;
	size_t nsettings;
	struct tend_config_section *sections;
	size_t nsections;
	struct tend_config_field *fields;
	size_t nfields;
	struct tend_config_segment *segments;
	size_t nsegments;
	double hours; /* `capacity:` of everybody; NAN where it is not said */
	const char *calendar; /* `capacity:` whose workdays count; NULL */
	struct tend_capacity_owner *owners; /* `capacity:` of those who differ */
	size_t nowners;
	struct tend_gift_rule gifts; /* NAN and NULL where it is not said */
};
void tend_config_destroy(struct tend_config *c);

#endif
