/* SPDX-License-Identifier: MIT */
#include <stdlib.h>

#include <tend/map.h>
#include <tend/settings.h>
#include <tend/theme.h>

const char *const tend_theme_roles[] = {
	"title",
	"rule",
	"focus",
	"text",
	"dim",
	"selection",
	"marked",
	"bad",
	"soon",
	"good",
	"accent",
	"badge",
	"key",
	"hint",
	"input",
	"error",
	"chart",
	NULL,
};

void tend_map_destroy(struct tend_map *m)
{
	if (m == NULL) {
		return;
	}
	tend_expr_destroy(m->where);
	tend_arena_finish(&m->arena);
	free(m);
}

void tend_theme_destroy(struct tend_theme *t)
{
	if (t == NULL) {
		return;
	}
	tend_arena_finish(&t->arena);
	free(t);
}

void tend_keys_file_destroy(struct tend_keys_file *f)
{
	if (f == NULL) {
		return;
	}
	tend_arena_finish(&f->arena);
	free(f);
}

void tend_calendar_file_destroy(struct tend_calendar_file *f)
{
	if (f == NULL) {
		return;
	}
	tend_arena_finish(&f->arena);
	free(f);
}

void tend_signals_file_destroy(struct tend_signals_file *f)
{
	if (f == NULL) {
		return;
	}
	tend_arena_finish(&f->arena);
	free(f);
}

void tend_config_destroy(struct tend_config *c)
{
	if (c == NULL) {
		return;
	}
	tend_arena_finish(&c->arena);
	free(c);
}
