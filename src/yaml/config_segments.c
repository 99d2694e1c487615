/* SPDX-License-Identifier: MIT */
/*
 * segments:                                expressions over customers, by names
 *   KEY: {title: TEXT, filter: EXPRESSION}
 */
#include "config.h"

#include <string.h>

#include <tend/lang.h>
#include <tend/str.h>

struct raw_segment {
	struct tend_text title;
	const struct node *filter;
};

static const struct field segment_fields[] = {
	{"title", FIELD_TEXT, offsetof(struct raw_segment, title)},
	{"filter", FIELD_SCALAR, offsetof(struct raw_segment, filter), true},
};

/* What the filters may name: the file's own segments and fields, then those of the environment. */
static struct tend_names names_here(struct reader *r, const struct tend_config *config)
{
	struct tend_names names = reader_names(r);
	size_t n = config->nsegments, m = config->nfields;
	struct tend_saved_filter *all =
		tend_arena_alloc(r->arena, (n + names.nsegments + 1) * sizeof(*all));
	const char **custom = tend_arena_alloc(r->arena, (m + names.ncustom + 1) * sizeof(*custom));
	for (size_t i = 0; i < n; i++) {
		all[i] = (struct tend_saved_filter){
			config->segments[i].key, config->segments[i].filter};
	}
	for (size_t i = 0; i < names.nsegments; i++) {
		all[n + i] = names.segments[i];
	}
	for (size_t i = 0; i < m; i++) {
		custom[i] = config->fields[i].name != NULL ? config->fields[i].name : "";
	}
	for (size_t i = 0; i < names.ncustom; i++) {
		custom[m + i] = names.custom[i];
	}
	names.segments = all;
	names.nsegments += n;
	names.custom = custom;
	names.ncustom += m;
	return names;
}

static void read_segment(struct reader *r, const struct node *key, const struct node *value,
	struct tend_config *config, const struct node **ret_filter)
{
	struct raw_segment raw = {0};
	if (key->kind != NODE_SCALAR || !is_key(key->text)) {
		report(r, key, TEND_RULE_VALUE, _("expected the key of a segment, without blanks"));
	} else if (read_mapping(r, value, segment_fields, FIELD_COUNT_OF(segment_fields), &raw)
		&& raw.filter != NULL) {
		bool named = raw.title.en != NULL || raw.title.zh != NULL;
		*ret_filter = raw.filter;
		config->segments[config->nsegments++] =
			(struct tend_config_segment){key->text, raw.filter->text,
				named ? raw.title : (struct tend_text){key->text, key->text}};
	}
}

void config_read_segments(struct reader *r, const struct node *map, struct tend_config *config)
{
	size_t n = map->n / 2;
	const struct node **keys = tend_arena_alloc(r->arena, (n + 1) * sizeof(*keys));
	const struct node **filters = tend_arena_alloc(r->arena, (n + 1) * sizeof(*filters));
	config->segments = tend_arena_alloc(r->arena, (n + 1) * sizeof(*config->segments));
	for (size_t i = 0; i < n; i++) {
		keys[i] = map->items[2 * i];
		filters[i] = NULL;
		read_segment(r, keys[i], map->items[2 * i + 1], config, &filters[i]);
	}
	check_unique(r, keys, n, _("another segment has the key \"%s\""));
	struct tend_names names = names_here(r, config);
	for (size_t i = 0; i < n; i++) {
		if (filters[i] != NULL) {
			(void)read_condition(r, filters[i], &names, NULL, NULL);
		}
	}
}
