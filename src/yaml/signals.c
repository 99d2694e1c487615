/* SPDX-License-Identifier: MIT */
/*
 * signals: KEY
 * title: TEXT
 * metrics:                      required
 *   - {key: KEY, title: TEXT, unit: WORD, kind: counter|gauge}
 */
#include <tend/lang.h>

#include "field.h"
#include "kinds.h"

static const char *const metric_kinds[] = {"counter", "gauge", NULL};

struct raw_metric {
	struct tend_metric m;
	const char *kind;
};

static const struct field metric_fields[] = {
	{"key", FIELD_KEY, offsetof(struct raw_metric, m.key), true},
	{"title", FIELD_TEXT, offsetof(struct raw_metric, m.title)},
	{"unit", FIELD_STRING, offsetof(struct raw_metric, m.unit)},
	{"kind", FIELD_CHOICE, offsetof(struct raw_metric, kind), false, metric_kinds},
};

struct raw_signals {
	const char *key;
	struct tend_text title;
	const struct node *metrics;
};

static const struct field signals_fields[] = {
	{"signals", FIELD_KEY, offsetof(struct raw_signals, key), true},
	{"title", FIELD_TEXT, offsetof(struct raw_signals, title)},
	{"metrics", FIELD_LIST, offsetof(struct raw_signals, metrics), true},
};

static void read_metrics(
	struct reader *r, const struct node *list, struct tend_signals_file *signals)
{
	const struct node **keys = tend_arena_alloc(r->arena, list->n * sizeof(*keys));
	signals->metrics = tend_arena_alloc(r->arena, list->n * sizeof(*signals->metrics));
	signals->n = list->n;
	for (size_t i = 0; i < list->n; i++) {
		struct raw_metric raw = {0};
		(void)read_mapping(
			r, list->items[i], metric_fields, FIELD_COUNT_OF(metric_fields), &raw);
		keys[i] = node_get(list->items[i], "key");
		raw.m.gauge = raw.kind == metric_kinds[1];
		if (raw.m.title.en == NULL && raw.m.title.zh == NULL) {
			raw.m.title = (struct tend_text){raw.m.key, raw.m.key};
		}
		signals->metrics[i] = raw.m;
	}
	check_unique(r, keys, list->n, _("another metric has the key \"%s\""));
}

enum tend_status signals_read(const char *text, size_t n, const struct tend_yaml_env *env,
	struct tend_findings *findings, struct tend_signals_file **ret)
{
	struct tend_signals_file *signals = tend_alloc(sizeof(*signals));
	struct reader r = {.arena = &signals->arena, .findings = findings, .env = env};
	size_t before = findings->errors;
	const struct node *root = read_file(&r, text, n, TEND_KIND_SIGNALS);
	if (root != NULL) {
		struct raw_signals raw = {0};
		(void)read_mapping(&r, root, signals_fields, FIELD_COUNT_OF(signals_fields), &raw);
		signals->key = raw.key;
		if (raw.metrics != NULL) {
			read_metrics(&r, raw.metrics, signals);
		}
	}
	enum tend_status status = finish_file(&r, before);
	if (status != TEND_OK) {
		tend_signals_file_destroy(signals);
		signals = NULL;
	}
	*ret = signals;
	return status;
}

enum tend_status tend_yaml_signals(
	const char *text, size_t n, struct tend_findings *findings, struct tend_signals_file **ret)
{
	return signals_read(text, n, NULL, findings, ret);
}
