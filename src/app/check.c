/* SPDX-License-Identifier: MIT */
#include <tend/file.h>

#include "inside.h"

#define FILE_SIZE_READ ((size_t)4 * 1024 * 1024)

enum tend_status tend_app_check(struct tend_app *a, const char *path,
	struct tend_findings *findings, struct tend_error *err)
{
	struct tend_str text = {0};
	struct sources own = {0};
	struct sources *sources = &own;
	struct tend_arena arena = {0};
	struct names_list custom = {0};
	enum tend_status status = tend_file_read(path, FILE_SIZE_READ, &text, err);
	if (status == TEND_OK) {
		if (a != NULL) {
			sources = &a->sources;
			(void)custom_names(a, &arena, &custom, NULL);
		} else {
			sources_init(&own, NULL);
		}
		struct tend_yaml_env env = sources_env(sources, &arena, custom.items, custom.n);
		env.lint = true;
		enum tend_file_kind kind = TEND_KIND_NONE;
		status = tend_yaml_check(tend_str_text(&text), text.len, &env, findings, &kind);
		tend_findings_sort(findings);
	}
	if (a == NULL) {
		sources_finish(&own);
	}
	tend_arena_finish(&arena);
	tend_str_finish(&text);
	return status;
}
