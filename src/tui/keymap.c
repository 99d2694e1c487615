/* SPDX-License-Identifier: MIT */
#include "keymap.h"

#include <stdlib.h>
#include <string.h>

#include <tend/lang.h>
#include <tend/mem.h>

static bool parse_sequence(const char *text, size_t len, struct binding *ret)
{
	char *copy = tend_strndup(text, len);
	bool ok = true;
	ret->n = 0;
	for (char *at = copy; ok && *at != '\0';) {
		size_t n = strcspn(at, " ");
		bool last = at[n] == '\0';
		at[n] = '\0';
		ok = n > 0 && ret->n < SEQUENCE_MAX && key_parse(at, &ret->keys[ret->n]);
		ret->n++;
		at += last ? n : n + 1;
	}
	ok = ok && ret->n > 0;
	free(copy);
	return ok;
}

/* Adds one binding per alternative; false where one cannot be read. */
static bool bind_all(
	struct keymap *m, const char *view, const char *keys, enum action_id action, bool own)
{
	while (*keys != '\0') {
		const char *end = strstr(keys, ", ");
		size_t len = end != NULL ? (size_t)(end - keys) : strlen(keys);
		struct binding b = {.action = action, .own = own};
		if (!parse_sequence(keys, len, &b)) {
			return false;
		}
		b.view = tend_strdup(view);
		*TEND_PUSH(m) = b;
		keys += end != NULL ? len + 2 : len;
	}
	return true;
}

void keymap_init(struct keymap *m)
{
	*m = (struct keymap){0};
	for (size_t i = 0; i < ACTION_COUNT; i++) {
		(void)bind_all(m, NULL, actions[i].keys, (enum action_id)i, false);
	}
}

void keymap_finish(struct keymap *m)
{
	for (size_t i = 0; i < m->n; i++) {
		free(m->items[i].view);
	}
	free(m->items);
	*m = (struct keymap){0};
}

enum tend_status keymap_bind(struct keymap *m, const char *view, const char *keys,
	const char *action, struct tend_error *err)
{
	enum action_id id = action_find(action);
	if (id == ACTION_NONE && strcmp(action, "none") != 0) {
		const char *known[ACTION_COUNT];
		for (size_t i = 0; i < ACTION_COUNT; i++) {
			known[i] = actions[i].name;
		}
		const char *near = tend_nearest(action, known, ACTION_COUNT);
		return near != NULL
			? tend_fail(err, TEND_BAD_INPUT,
				_("no action is called %s: did you mean %s?"), action, near)
			: tend_fail(err, TEND_BAD_INPUT, _("no action is called %s"), action);
	}
	const char *where = view == NULL || strcmp(view, "any") == 0 ? NULL : view;
	if (keys[0] == '\0' || !bind_all(m, where, keys, id, true)) {
		return tend_fail(err, TEND_BAD_INPUT, _("these are no keys: %s"), keys);
	}
	return TEND_OK;
}

static bool in_view(const struct binding *b, const char *view)
{
	return b->view == NULL || (view != NULL && strcmp(b->view, view) == 0);
}

static bool starts_with(const struct binding *b, const struct key *keys, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (i >= b->n || !key_same(b->keys[i], keys[i])) {
			return false;
		}
	}
	return true;
}

static bool offered(const struct binding *b, unsigned offers)
{
	return b->action == ACTION_NONE || (actions[b->action].needs & ~offers) == 0;
}

/* Own bindings of the view, then own ones for any view, then the defaults. */
static int weight(const struct binding *b)
{
	return (b->own ? 2 : 0) + (b->own && b->view != NULL ? 1 : 0);
}

enum keymap_result keymap_find(const struct keymap *m, const char *view, unsigned offers,
	const struct key *keys, size_t n, enum action_id *ret)
{
	const struct binding *best = NULL;
	bool prefix = false;
	for (size_t i = 0; i < m->n; i++) {
		const struct binding *b = &m->items[i];
		if (!in_view(b, view) || !offered(b, offers) || !starts_with(b, keys, n)) {
			continue;
		}
		if (b->n > n) {
			prefix = true;
		} else if (best == NULL || weight(b) > weight(best)
			|| (b->own && weight(b) == weight(best))) {
			best = b;
		}
	}
	if (best != NULL) {
		*ret = best->action;
		return best->action == ACTION_NONE ? KEYMAP_NONE : KEYMAP_ACTION;
	}
	return prefix ? KEYMAP_PREFIX : KEYMAP_NONE;
}

static void add_keys(const struct binding *b, struct tend_str *out)
{
	for (size_t i = 0; i < b->n; i++) {
		if (i > 0) {
			tend_str_addc(out, ' ');
		}
		key_name(b->keys[i], out);
	}
}

/* True where these keys still lead to the binding's action. */
static bool in_effect(const struct keymap *m, const char *view, const struct binding *b)
{
	enum action_id found = ACTION_NONE;
	return in_view(b, view)
		&& keymap_find(m, view, actions[b->action].needs, b->keys, b->n, &found)
		== KEYMAP_ACTION
		&& found == b->action;
}

static void list_keys(const struct keymap *m, const char *view, enum action_id action, bool all,
	struct tend_str *out)
{
	size_t start = out->len;
	for (int own = 1; own >= 0; own--) {
		for (size_t i = 0; i < m->n; i++) {
			const struct binding *b = &m->items[i];
			if (b->action != action || b->own != (own == 1) || !in_effect(m, view, b)) {
				continue;
			}
			if (out->len > start) {
				if (!all) {
					return;
				}
				tend_str_add(out, ", ");
			}
			add_keys(b, out);
		}
	}
}

void keymap_keys(
	const struct keymap *m, const char *view, enum action_id action, struct tend_str *out)
{
	list_keys(m, view, action, false, out);
}

void keymap_all_keys(
	const struct keymap *m, const char *view, enum action_id action, struct tend_str *out)
{
	list_keys(m, view, action, true, out);
}
