/* SPDX-License-Identifier: MIT */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <tend/lang.h>
#include <tend/mem.h>

#include "keymap.h"

#define EVERYTHING 0xFFFFFFFFU

static enum keymap_result find(const struct keymap *m, const char *view, unsigned offers,
	const char *keys, enum action_id *ret)
{
	struct key seq[SEQUENCE_MAX];
	size_t n = 0;
	char *copy = tend_strdup(keys), *save = NULL;
	for (char *at = strtok_r(copy, " ", &save); at != NULL; at = strtok_r(NULL, " ", &save)) {
		assert_true(key_parse(at, &seq[n++]));
	}
	free(copy);
	*ret = ACTION_NONE;
	return keymap_find(m, view, offers, seq, n, ret);
}

static void default_keys_lead_to_their_actions(void **state)
{
	(void)state;
	static const struct {
		const char *keys;
		unsigned offers;
		enum keymap_result result;
		enum action_id action;
	} rows[] = {
		{"j", 0, KEYMAP_ACTION, ACTION_down},
		{"Down", 0, KEYMAP_ACTION, ACTION_down},
		{"g", 0, KEYMAP_PREFIX, ACTION_NONE},
		{"g g", 0, KEYMAP_ACTION, ACTION_top},
		{"g p", 0, KEYMAP_ACTION, ACTION_portfolio},
		{"g ?", 0, KEYMAP_NONE, ACTION_NONE},
		{"x", CX_MILESTONE, KEYMAP_ACTION, ACTION_done},
		{"x", 0, KEYMAP_NONE, ACTION_NONE},
		{"Enter", CX_OPEN, KEYMAP_ACTION, ACTION_open},
		{"Enter", CX_FIRST, KEYMAP_ACTION, ACTION_run},
		{"Enter", 0, KEYMAP_NONE, ACTION_NONE},
		{"Q", 0, KEYMAP_ACTION, ACTION_quit},
		{"S-Tab", CX_PANES, KEYMAP_ACTION, ACTION_prev_pane},
		{"C-z", 0, KEYMAP_ACTION, ACTION_suspend},
		{"u", 0, KEYMAP_ACTION, ACTION_undo_any},
	};
	struct keymap m;
	keymap_init(&m);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		enum action_id action;
		assert_int_equal(find(&m, "portfolio", rows[i].offers, rows[i].keys, &action),
			rows[i].result);
		assert_int_equal(action, rows[i].action);
	}
	keymap_finish(&m);
}

static void every_action_can_be_reached_and_is_explained(void **state)
{
	(void)state;
	struct keymap m;
	keymap_init(&m);
	for (size_t i = 0; i < ACTION_COUNT; i++) {
		struct tend_str keys = {0};
		keymap_keys(&m, "portfolio", (enum action_id)i, &keys);
		assert_true(keys.len > 0);
		assert_true(strlen(actions[i].help) > 3);
		assert_int_equal(action_find(actions[i].name), i);
		tend_lang_set(TEND_ZH);
		assert_string_not_equal(_(actions[i].help), actions[i].help);
		assert_true(actions[i].hint[0] == '\0'
			|| strcmp(_(actions[i].hint), actions[i].hint) != 0);
		tend_lang_set(TEND_EN);
		tend_str_finish(&keys);
	}
	for (int g = 0; g < GROUP_COUNT; g++) {
		assert_true(action_group_title((enum action_group)g)[0] != '\0');
	}
	keymap_finish(&m);
}

static void no_two_actions_share_keys_in_one_place(void **state)
{
	(void)state;
	struct keymap m;
	keymap_init(&m);
	for (size_t i = 0; i < m.n; i++) {
		for (size_t k = i + 1; k < m.n; k++) {
			const struct binding *a = &m.items[i], *b = &m.items[k];
			bool same = a->n == b->n;
			for (size_t j = 0; same && j < a->n; j++) {
				same = key_same(a->keys[j], b->keys[j]);
			}
			if (same) {
				/* Enter opens or starts; u stands on the hint row of the history only. */
				assert_true(actions[a->action].needs != actions[b->action].needs);
			}
		}
	}
	keymap_finish(&m);
}

static void own_bindings_come_first(void **state)
{
	(void)state;
	struct keymap m;
	enum action_id action;
	struct tend_str keys = {0};
	keymap_init(&m);
	assert_int_equal(keymap_bind(&m, "any", "g x", "quit", NULL), TEND_OK);
	assert_int_equal(keymap_bind(&m, "portfolio", "j", "up", NULL), TEND_OK);
	assert_int_equal(keymap_bind(&m, NULL, "Q", "none", NULL), TEND_OK);
	assert_int_equal(keymap_bind(&m, "any", "C-n, C-j", "down", NULL), TEND_OK);
	assert_int_equal(find(&m, "today", EVERYTHING, "g x", &action), KEYMAP_ACTION);
	assert_int_equal(action, ACTION_quit);
	assert_int_equal(find(&m, "portfolio", EVERYTHING, "j", &action), KEYMAP_ACTION);
	assert_int_equal(action, ACTION_up);
	assert_int_equal(find(&m, "today", EVERYTHING, "j", &action), KEYMAP_ACTION);
	assert_int_equal(action, ACTION_down);
	assert_int_equal(find(&m, "today", EVERYTHING, "Q", &action), KEYMAP_NONE);
	keymap_all_keys(&m, "portfolio", ACTION_down, &keys);
	assert_string_equal(tend_str_text(&keys), "C-n, C-j, Down");
	tend_str_clear(&keys);
	keymap_keys(&m, "today", ACTION_quit, &keys);
	assert_string_equal(tend_str_text(&keys), "g x");
	tend_str_finish(&keys);
	keymap_finish(&m);
}

static void bindings_that_make_no_sense_are_refused(void **state)
{
	(void)state;
	static const struct {
		const char *keys, *action, *message;
	} rows[] = {
		{"j", "dwon", "no action is called dwon: did you mean down?"},
		{"j", "", "no action is called"},
		{"", "down", "these are no keys"},
		{"jj", "down", "these are no keys: jj"},
		{"a b c d e", "down", "these are no keys"},
		{"a  b", "down", "these are no keys"},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct keymap m;
		struct tend_error err = {0};
		keymap_init(&m);
		enum tend_status status =
			keymap_bind(&m, "any", rows[i].keys, rows[i].action, &err);
		assert_int_equal(status, TEND_BAD_INPUT);
		assert_non_null(strstr(err.text, rows[i].message));
		keymap_finish(&m);
	}
}

int main(void)
{
	(void)setlocale(LC_CTYPE, "C.UTF-8");
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(default_keys_lead_to_their_actions),
		cmocka_unit_test(every_action_can_be_reached_and_is_explained),
		cmocka_unit_test(no_two_actions_share_keys_in_one_place),
		cmocka_unit_test(own_bindings_come_first),
		cmocka_unit_test(bindings_that_make_no_sense_are_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
