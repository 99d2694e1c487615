/* SPDX-License-Identifier: MIT */
/* Files of every kind but journeys: publishing, listing, showing. */
#include <stdlib.h>
#include <string.h>

#include "inside.h"

/* --- publishing --- */

/* The file as a record; texts borrowed or in `arena`. */
static void describe(struct tend_app *a, const struct journey_text *text, enum tend_file_kind kind,
	struct tend_arena *arena, struct tend_document *ret)
{
	const struct source f = {.kind = kind, .text = text->text, .size = text->size};
	struct tend_text title = tend_yaml_title(text->text, text->size, arena);
	char *key = tend_yaml_key(text->text, text->size);
	tend_record_clear(&tend_document_type, ret);
	ret->kind = tend_kind_name(kind);
	ret->key = tend_arena_strdup(arena, key);
	ret->version = source_version(&f);
	ret->title =
		title.en != NULL || title.zh != NULL ? both_join(arena, title.en, title.zh) : NULL;
	ret->text = text->text;
	ret->published = a->today;
	free(key);
}

/* "playbook free-training@2", "calendar cn" */
static const char *name_of(struct tend_arena *arena, const struct tend_document *d)
{
	return d->version > 0
		? tend_arena_format(arena, "%s %s@%lld", d->kind, d->key, (long long)d->version)
		: tend_arena_format(arena, "%s %s", d->kind, d->key);
}

static enum tend_status put(struct tend_app *a, struct tend_document *d, struct tend_error *err)
{
	struct tend_list list;
	tend_list_init(&list, &tend_document_type);
	struct tend_value args[] = {text_value(d->kind), text_value(d->key), int_value(d->version)};
	enum tend_status status =
		tend_store_read(a->store, TEND_READ_DOCUMENT, args, 3, &list, err);
	const struct tend_document *before = list.n > 0 ? tend_list_at(&list, 0) : NULL;
	if (status == TEND_OK && before == NULL) {
		status = write_insert(a, &tend_document_type, d, 0, NULL, err);
	} else if (status == TEND_OK && strcmp(before->text, d->text) != 0) {
		d->id = before->id;
		status = d->version == 0
			? write_update(a, &tend_document_type, d, 0, err)
			: tend_fail(err, TEND_FAILED,
				_("%s@%d is published with another text, and a published version "
				  "does not change; give the file version: %d"),
				d->key, (int)d->version, (int)d->version + 1);
	}
	tend_list_finish(&list);
	return status;
}

enum tend_status document_put(struct tend_app *a, const struct source *f, struct tend_error *err)
{
	struct tend_arena arena = {0};
	const struct journey_text text = {
		.text = tend_arena_strndup(&arena, f->text, f->size), .size = f->size};
	struct tend_document d;
	describe(a, &text, f->kind, &arena, &d);
	enum tend_status status = put(a, &d, err);
	tend_arena_finish(&arena);
	return status;
}

static enum tend_status publish(struct tend_app *a, const struct journey_text *text,
	enum tend_file_kind kind, struct tend_done *ret, struct tend_error *err)
{
	struct tend_document d;
	describe(a, text, kind, &ret->arena, &d);
	enum tend_status status = write_begin(a, err);
	if (status != TEND_OK) {
		return status;
	}
	const char *name = name_of(&ret->arena, &d);
	ret->summary = tend_arena_format(&ret->arena, _("%s published"), name);
	status = put(a, &d, err);
	status = write_end(a, status, ret, err);
	if (status == TEND_OK && ret->changes == 0) {
		ret->summary = tend_arena_format(&ret->arena, _("%s is published already"), name);
	}
	sources_forget(&a->sources);
	return status;
}

enum tend_status tend_app_publish(struct tend_app *a, const char *path,
	struct tend_findings *findings, struct tend_done *ret, struct tend_error *err)
{
	struct journey_text text = {0};
	done_begin(a, ret);
	enum tend_status status = journey_from_file(path, &text, err);
	enum tend_file_kind kind =
		status == TEND_OK ? tend_yaml_kind(text.text, text.size) : TEND_KIND_NONE;
	if (kind == TEND_KIND_JOURNEY) {
		journey_text_finish(&text);
		return tend_app_journey_publish(a, path, findings, ret, err);
	}
	if (status == TEND_OK) {
		status = check_text(a, &a->sources, text.text, text.size, findings);
		if (status != TEND_OK) {
			(void)first_error(findings, status, err);
		}
	}
	status = status != TEND_OK ? status : publish(a, &text, kind, ret, err);
	journey_text_finish(&text);
	return status;
}

/* --- reading --- */

static void list_source(const struct source *f, struct tend_list *list)
{
	struct tend_arena arena = {0};
	struct tend_document *d = tend_list_add(list);
	d->kind = tend_kind_name(f->kind);
	d->key = tend_arena_strdup(&list->arena, f->key);
	d->version = source_version(f);
	d->version = d->version != 0 ? d->version : TEND_NO_INT;
	d->title = tend_arena_strdup(
		&list->arena, tend_pick(tend_yaml_title(f->text, f->size, &arena)));
	d->source = f->origin;
	tend_arena_finish(&arena);
}

/* The store's rows know on which day each was published. */
static void fill_published(struct tend_app *a, struct tend_list *list)
{
	struct tend_list stored;
	(void)read_list(a, TEND_READ_DOCUMENTS, 0, &tend_document_type, &stored, NULL);
	for (size_t i = 0; i < list->n; i++) {
		struct tend_document *d = tend_list_at(list, i);
		for (size_t k = 0; k < stored.n && strcmp(d->source, "store") == 0; k++) {
			const struct tend_document *s = tend_list_at(&stored, k);
			bool same = s->version == d->version
				|| (s->version == 0 && d->version == TEND_NO_INT);
			if (same && strcmp(s->kind, d->kind) == 0 && strcmp(s->key, d->key) == 0) {
				d->published = s->published;
			}
		}
	}
	tend_list_finish(&stored);
}

enum tend_status tend_app_documents(struct tend_app *a, const struct tend_query *q,
	struct tend_list *ret, struct tend_error *err)
{
	tend_list_init(ret, &tend_document_type);
	for (int kind = TEND_KIND_JOURNEY + 1; kind <= TEND_KIND_CONFIG; kind++) {
		const struct source *f;
		for (size_t i = 0;
			(f = sources_at(&a->sources, (enum tend_file_kind)kind, i)) != NULL; i++) {
			list_source(f, ret);
		}
	}
	fill_published(a, ret);
	return query_apply(a, ret, q, NULL, err);
}

static enum tend_status unknown(struct tend_app *a, enum tend_file_kind kind, const char *key,
	const char *name, struct tend_error *err)
{
	const struct source *f;
	const char **words = NULL;
	size_t n = 0;
	while ((f = sources_at(&a->sources, kind, n)) != NULL) {
		words = tend_realloc(words, n + 1, sizeof(*words));
		words[n++] = f->key;
	}
	const char *near = tend_nearest(key, words, n);
	free(words);
	return near != NULL ? tend_fail(err, TEND_NOT_FOUND,
		       _("there is no file \"%s: %s\"; did you mean \"%s\"?"), tend_kind_name(kind),
		       name, near)
			    : tend_fail(err, TEND_NOT_FOUND, _("there is no file \"%s: %s\""),
				    tend_kind_name(kind), name);
}

enum tend_status tend_app_document_text(struct tend_app *a, const char *kind_name, const char *name,
	char **ret, struct tend_error *err)
{
	char key[TEND_KEY_MAX + 1];
	int64_t version;
	enum tend_file_kind kind = tend_yaml_kind_called(kind_name);
	if (kind == TEND_KIND_JOURNEY) {
		return tend_app_journey_text(a, name, ret, err);
	}
	if (kind == TEND_KIND_NONE) {
		return tend_fail(err, TEND_USAGE,
			_("\"%s\" is no kind of file: playbook, health, alerts, signals, calendar, "
			  "message, map, theme, keys, config or journey"),
			kind_name);
	}
	if (!journey_name_parse(name, key, sizeof(key), &version)) {
		return tend_fail(
			err, TEND_USAGE, _("\"%s\" is no file: write KEY or KEY@VERSION"), name);
	}
	const struct source *f = sources_version(&a->sources, kind, key, version);
	if (f == NULL) {
		return unknown(a, kind, key, name, err);
	}
	*ret = tend_strndup(f->text, f->size);
	return TEND_OK;
}
