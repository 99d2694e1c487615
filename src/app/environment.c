/* SPDX-License-Identifier: MIT */
/* What a file of the team may refer to: the files that are at hand, fields, metrics and segments. */
#include <string.h>

#include "inside.h"

static bool exists(void *ctx, enum tend_file_kind kind, const char *key)
{
	struct sources *s = ctx;
	struct journey_text text = {0};
	bool ret = sources_find(s, kind, key) != NULL;
	if (!ret && kind == TEND_KIND_JOURNEY && s->app != NULL) {
		ret = journey_published(s->app, key, 0, &text, NULL) == TEND_OK
			&& text.text != NULL;
		journey_text_finish(&text);
	}
	return ret;
}

/* The journey that another extends. */
static enum tend_status base(
	void *ctx, const char *name, struct tend_str *ret_text, struct tend_error *err)
{
	struct sources *s = ctx;
	struct journey_text text = {0};
	char key[TEND_KEY_MAX + 1];
	int64_t version;
	enum tend_status status = journey_name_parse(name, key, sizeof(key), &version)
		? journey_at_hand(s->app, s, key, version, &text, err)
		: TEND_OK;
	if (status == TEND_OK && text.text == NULL) {
		status = journey_unknown(s->app, s, name, err);
	} else if (status == TEND_OK) {
		tend_str_addn(ret_text, text.text, text.size);
	}
	journey_text_finish(&text);
	return status;
}

struct tend_yaml_env sources_env(
	struct sources *s, struct tend_arena *arena, const char *const *custom, size_t ncustom)
{
	(void)sources_signals(s, 0);
	(void)sources_config(s, 0);
	struct tend_yaml_env env = {.ctx = s, .exists = exists, .base = base};
	env.names = tend_names_of(&tend_customer_type);
	size_t nfields = 0, nmetrics = 0;
	for (size_t i = 0; i < s->nconfigs; i++) {
		nfields += s->configs[i]->nfields;
	}
	for (size_t i = 0; i < s->nsignals; i++) {
		nmetrics += s->signals[i]->n;
	}
	const char **names = tend_arena_alloc(arena, (nfields + ncustom + 1) * sizeof(*names));
	const char **metrics = tend_arena_alloc(arena, (nmetrics + 1) * sizeof(*metrics));
	size_t n = 0;
	for (size_t i = 0; i < s->nconfigs; i++) {
		for (size_t k = 0; k < s->configs[i]->nfields; k++) {
			names[n++] = s->configs[i]->fields[k].name;
		}
	}
	for (size_t i = 0; i < ncustom; i++) {
		names[n++] = custom[i];
	}
	size_t m = 0;
	for (size_t i = 0; i < s->nsignals; i++) {
		for (size_t k = 0; k < s->signals[i]->n; k++) {
			metrics[m++] = s->signals[i]->metrics[k].key;
		}
	}
	env.names.custom = names;
	env.names.ncustom = n;
	env.names.metrics = metrics;
	env.names.nmetrics = m;
	env.names.functions = true;
	sources_segments(s, arena, &env.names);
	return env;
}
