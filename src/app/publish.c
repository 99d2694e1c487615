/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "inside.h"

static enum tend_status check_same_text(const struct journey_text *published, const char *text,
	const struct tend_journey *j, struct tend_error *err)
{
	if (strcmp(published->text, text) == 0) {
		return TEND_OK;
	}
	return tend_fail(err, TEND_FAILED,
		_("%s@%d is published with another text, and a published version does not change; "
		  "give the file version: %d"),
		j->key, j->version, j->version + 1);
}

static enum tend_status put_text(
	struct tend_app *a, const struct tend_journey *j, const char *text, struct tend_error *err)
{
	struct journey_text published = {0};
	enum tend_status status = journey_published(a, j->key, j->version, &published, err);
	if (status == TEND_OK && published.text != NULL) {
		status = check_same_text(&published, text, j, err);
		journey_text_finish(&published);
		return status;
	}
	if (status != TEND_OK) {
		return status;
	}
	struct tend_template t;
	tend_record_clear(&tend_template_type, &t);
	t.key = j->key;
	t.version = j->version;
	struct tend_arena arena = {0};
	t.title = both_join(&arena, j->title.en, j->title.zh);
	t.text = text;
	t.published = a->today;
	status = write_insert(a, &tend_template_type, &t, 0, NULL, err);
	tend_arena_finish(&arena);
	return status;
}

/* The journey that `j` extends, with its text. */
static enum tend_status load_base(struct tend_app *a, const struct tend_journey *j,
	struct journey_text *ret_text, struct tend_journey **ret, struct tend_error *err)
{
	char key[TEND_KEY_MAX + 1];
	int64_t version;
	struct tend_findings findings;
	enum tend_status status = journey_name_parse(j->extends, key, sizeof(key), &version)
		? journey_at_hand(a, &a->sources, key, version, ret_text, err)
		: TEND_OK;
	if (status == TEND_OK && ret_text->text == NULL) {
		status = journey_unknown(a, &a->sources, j->extends, err);
	}
	if (status != TEND_OK) {
		return status;
	}
	tend_findings_init(&findings, ret_text->file);
	status = journey_parse(a, ret_text->text, ret_text->size, &findings, ret);
	if (status != TEND_OK) {
		status = first_error(&findings, status, err);
	}
	tend_findings_finish(&findings);
	return status;
}

/* A journey never changes once it is published, so the base of a variant is published with it. */
enum tend_status journey_put(
	struct tend_app *a, const struct tend_journey *j, const char *text, struct tend_error *err)
{
	if (j->extends == NULL) {
		return put_text(a, j, text, err);
	}
	struct journey_text base_text = {0};
	struct tend_journey *base = NULL;
	enum tend_status status = load_base(a, j, &base_text, &base, err);
	status = status != TEND_OK ? status : journey_put(a, base, base_text.text, err);
	if (status == TEND_OK) {
		char *pinned = tend_yaml_pin(text, strlen(text), base->version);
		status = strlen(pinned) > JOURNEY_SIZE_MAX ? tend_fail(err, TEND_BAD_INPUT,
				 _("%s: with the version of what it extends the file is over 64 "
				   "KiB"),
				 j->key)
							   : put_text(a, j, pinned, err);
		free(pinned);
	}
	tend_journey_destroy(base);
	journey_text_finish(&base_text);
	return status;
}

enum tend_status tend_app_journey_publish(struct tend_app *a, const char *path,
	struct tend_findings *findings, struct tend_done *ret, struct tend_error *err)
{
	done_begin(a, ret);
	struct journey_text text = {0};
	struct tend_journey *j = NULL;
	enum tend_status status = journey_from_file(path, &text, err);
	if (status == TEND_OK && memchr(text.text, '\0', text.size) != NULL) {
		status = tend_fail(err, TEND_BAD_INPUT, _("%s: the file holds a NUL byte"), path);
	}
	if (status == TEND_OK) {
		status = check_text(a, &a->sources, text.text, text.size, findings);
		if (status != TEND_OK) {
			(void)first_error(findings, status, err);
		}
	}
	struct tend_findings again;
	tend_findings_init(&again, path);
	status = status != TEND_OK ? status : journey_parse(a, text.text, text.size, &again, &j);
	tend_findings_finish(&again);
	status = status != TEND_OK ? status : write_begin(a, err);
	if (status == TEND_OK) {
		ret->summary = tend_arena_format(
			&ret->arena, _("journey %s@%d published"), j->key, j->version);
		status = journey_put(a, j, text.text, err);
		status = write_end(a, status, ret, err);
		if (status == TEND_OK && ret->changes == 0) {
			ret->summary = tend_arena_format(&ret->arena,
				_("journey %s@%d is published already"), j->key, j->version);
		}
	}
	tend_journey_destroy(j);
	journey_text_finish(&text);
	return status;
}
