/* SPDX-License-Identifier: MIT */
#include "field.h"
#include "kinds.h"

struct raw_message {
	const char *key;
	struct tend_text title, subject, body;
};

static const struct field message_fields[] = {
	{"message", FIELD_KEY, offsetof(struct raw_message, key), true},
	{"title", FIELD_TEXT, offsetof(struct raw_message, title)},
	{"subject", FIELD_TEXT, offsetof(struct raw_message, subject)},
	{"body", FIELD_TEXT, offsetof(struct raw_message, body), true},
};

enum tend_status message_check(
	const char *text, size_t n, const struct tend_yaml_env *env, struct tend_findings *findings)
{
	struct tend_arena arena = {0};
	struct reader r = {.arena = &arena, .findings = findings, .env = env};
	size_t before = findings->errors;
	const struct node *root = read_file(&r, text, n, TEND_KIND_MESSAGE);
	if (root != NULL) {
		struct raw_message raw = {0};
		struct tend_names names = reader_names(&r);
		(void)read_mapping(&r, root, message_fields, FIELD_COUNT_OF(message_fields), &raw);
		check_placeholders(&r, node_get(root, "subject"), &names);
		check_placeholders(&r, node_get(root, "body"), &names);
	}
	enum tend_status status = finish_file(&r, before);
	tend_arena_finish(&arena);
	return status;
}
