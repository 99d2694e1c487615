/* SPDX-License-Identifier: MIT */
#include <string.h>

#include <tend/mem.h>
#include <tend/str.h>

#include "internal.h"

/* One line a term: the points with 17 digits, a tab, the label. */
char *terms_format(const struct tend_terms *t)
{
	struct tend_str out = {0};
	for (size_t i = 0; i < t->n; i++) {
		tend_str_addf(&out, "%.17g\t", t->items[i].points);
		for (const char *p = t->items[i].label; p != NULL && *p != '\0'; p++) {
			tend_str_addc(&out, *p == '\n' ? ' ' : *p);
		}
		tend_str_addc(&out, '\n');
	}
	return tend_str_steal(&out);
}

struct tend_terms terms_parse(const char *text, struct tend_arena *arena)
{
	size_t lines = 0;
	for (const char *p = text; *p != '\0'; p++) {
		lines += *p == '\n';
	}
	struct tend_terms t = {.items = tend_arena_alloc(arena, (lines + 1) * sizeof(*t.items))};
	for (const char *p = text; t.n < lines; p = strchr(p, '\n') + 1) {
		const char *end = strchr(p, '\n');
		const char *tab = memchr(p, '\t', (size_t)(end - p));
		struct tend_term *term = &t.items[t.n++];
		*term = (struct tend_term){.label = ""};
		if (tab != NULL) {
			char *points = tend_arena_strndup(arena, p, (size_t)(tab - p));
			(void)tend_parse_number(points, &term->points);
			term->label = tend_arena_strndup(arena, tab + 1, (size_t)(end - tab - 1));
		}
	}
	return t;
}
