/* SPDX-License-Identifier: MIT */
#include <math.h>

#include <tend/lang.h>

#include "field.h"
#include "kinds.h"

static const double weight_total = 100, weight_slack = 1e-6, band_max = 100;

struct raw_health {
	const char *key;
	struct tend_text title;
	const struct node *condition, *measures, *bands;
};

static const struct field health_fields[] = {
	{"health", FIELD_KEY, offsetof(struct raw_health, key), true},
	{"title", FIELD_TEXT, offsetof(struct raw_health, title)},
	{"for", FIELD_SCALAR, offsetof(struct raw_health, condition)},
	{"measures", FIELD_LIST, offsetof(struct raw_health, measures), true},
	{"bands", FIELD_MAP, offsetof(struct raw_health, bands)},
};

struct raw_measure {
	const char *key;
	struct tend_text title;
	double weight, good, bad;
	const struct node *value;
	struct tend_duration valid;
};

static const struct field measure_fields[] = {
	{"key", FIELD_KEY, offsetof(struct raw_measure, key), true},
	{"weight", FIELD_NUMBER, offsetof(struct raw_measure, weight), true},
	{"value", FIELD_SCALAR, offsetof(struct raw_measure, value), true},
	{"good", FIELD_NUMBER, offsetof(struct raw_measure, good), true},
	{"bad", FIELD_NUMBER, offsetof(struct raw_measure, bad), true},
	{"valid", FIELD_DURATION, offsetof(struct raw_measure, valid)},
	{"title", FIELD_TEXT, offsetof(struct raw_measure, title)},
};

struct bands {
	double good, fair;
};

static const struct field band_fields[] = {
	{"good", FIELD_NUMBER, offsetof(struct bands, good), true},
	{"fair", FIELD_NUMBER, offsetof(struct bands, fair), true},
};

/* Adds its weight to `total`; false where it has none, so that the total means nothing. */
static bool read_measure(
	struct reader *r, const struct node *node, const struct tend_names *names, double *total)
{
	struct raw_measure raw = {.weight = NAN, .good = NAN, .bad = NAN};
	(void)read_mapping(r, node, measure_fields, FIELD_COUNT_OF(measure_fields), &raw);
	if (raw.value != NULL) {
		struct tend_names values = *names;
		values.any_type = true;
		(void)read_expr(r, raw.value, &values, NULL, NULL);
	}
	if (raw.good == raw.bad) {
		report(r, node_get(node, "bad"), TEND_RULE_VALUE,
			_("\"good\" and \"bad\" are equal"));
	}
	if (raw.weight <= 0) {
		report(r, node_get(node, "weight"), TEND_RULE_VALUE,
			_("a weight must be more than 0"));
	}
	*total += raw.weight;
	return !isnan(raw.weight);
}

static void read_measures(struct reader *r, const struct node *list)
{
	struct tend_names names = names_with(r, reader_names(r), "judgement", TEND_NUMBER);
	const struct node **keys = tend_arena_alloc(r->arena, list->n * sizeof(*keys));
	double total = 0;
	bool all = true;
	for (size_t i = 0; i < list->n; i++) {
		keys[i] = node_get(list->items[i], "key");
		all = read_measure(r, list->items[i], &names, &total) && all;
	}
	if (all && fabs(total - weight_total) > weight_slack) {
		report(r, list, TEND_RULE_VALUE, _("the weights total %g, not 100"), total);
	}
	check_unique(r, keys, list->n, _("another measure has the key \"%s\""));
}

static void read_bands(struct reader *r, const struct node *node)
{
	struct bands bands = {NAN, NAN};
	(void)read_mapping(r, node, band_fields, FIELD_COUNT_OF(band_fields), &bands);
	if (bands.good <= bands.fair) {
		report(r, node, TEND_RULE_VALUE, _("the band \"good\" must begin above \"fair\""));
	}
	if (bands.good > band_max || bands.good < 0) {
		report(r, node_get(node, "good"), TEND_RULE_VALUE,
			_("a band begins between 0 and 100"));
	}
	if (bands.fair > band_max || bands.fair < 0) {
		report(r, node_get(node, "fair"), TEND_RULE_VALUE,
			_("a band begins between 0 and 100"));
	}
}

enum tend_status health_check(
	const char *text, size_t n, const struct tend_yaml_env *env, struct tend_findings *findings)
{
	struct tend_arena arena = {0};
	struct reader r = {.arena = &arena, .findings = findings, .env = env};
	size_t before = findings->errors;
	const struct node *root = read_file(&r, text, n, TEND_KIND_HEALTH);
	if (root != NULL) {
		struct raw_health raw = {0};
		(void)read_mapping(&r, root, health_fields, FIELD_COUNT_OF(health_fields), &raw);
		if (raw.condition != NULL) {
			struct tend_names names = reader_names(&r);
			(void)read_condition(&r, raw.condition, &names, NULL, NULL);
		}
		if (raw.measures != NULL) {
			read_measures(&r, raw.measures);
		}
		if (raw.bands != NULL) {
			read_bands(&r, raw.bands);
		}
	}
	enum tend_status status = finish_file(&r, before);
	tend_arena_finish(&arena);
	return status;
}
