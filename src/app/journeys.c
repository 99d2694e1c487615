/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <tend/file.h>

#include "inside.h"

#define JOURNEYS_KEPT 64

void journey_text_finish(struct journey_text *t)
{
	free(t->text);
	free(t->file);
	*t = (struct journey_text){0};
}

bool journey_name_parse(const char *name, char *key, size_t size, int64_t *ret_version)
{
	const char *at = strrchr(name, '@');
	size_t n = at != NULL ? (size_t)(at - name) : strlen(name);
	long long version = 0;
	if (n == 0 || n >= size
		|| (at != NULL && (!tend_parse_int(at + 1, &version) || version < 1))) {
		return false;
	}
	memcpy(key, name, n);
	key[n] = '\0';
	*ret_version = version;
	return true;
}

static bool is_path(const char *name)
{
	size_t n = strlen(name);
	return strchr(name, '/') != NULL || (n > 5 && strcmp(name + n - 5, ".yaml") == 0)
		|| (n > 4 && strcmp(name + n - 4, ".yml") == 0);
}

enum tend_status journey_from_file(
	const char *path, struct journey_text *ret, struct tend_error *err)
{
	struct tend_str text = {0};
	/* One byte more than allowed, so that the reader of YAML says what is wrong with its size. */
	enum tend_status status = tend_file_read(path, JOURNEY_SIZE_MAX * 4, &text, err);
	if (status == TEND_OK) {
		ret->size = text.len;
		ret->text = tend_str_steal(&text);
		ret->text = ret->text != NULL ? ret->text : tend_strdup("");
		ret->file = tend_strdup(path);
		ret->origin = "file";
	}
	tend_str_finish(&text);
	return status;
}

enum tend_status journey_published(struct tend_app *a, const char *key, int64_t version,
	struct journey_text *ret, struct tend_error *err)
{
	struct tend_list list;
	tend_list_init(&list, &tend_template_type);
	struct tend_value args[] = {text_value(key), int_value(version)};
	enum tend_status status = a->store != NULL
		? tend_store_read(a->store, TEND_READ_TEMPLATE, args, 2, &list, err)
		: TEND_OK;
	if (status == TEND_OK && list.n > 0) {
		const struct tend_template *t = tend_list_at(&list, 0);
		ret->text = tend_strdup(t->text);
		ret->size = strlen(t->text);
		ret->file = tend_format("%s@%lld", t->key, (long long)t->version);
		ret->origin = "store";
		ret->version = t->version;
	}
	tend_list_finish(&list);
	return status;
}

enum tend_status journey_parse(struct tend_app *a, const char *text, size_t size,
	struct tend_findings *findings, struct tend_journey **ret)
{
	struct tend_arena arena = {0};
	struct names_list custom = {0};
	(void)custom_names(a, &arena, &custom, NULL);
	struct tend_yaml_env env = sources_env(&a->sources, &arena, custom.items, custom.n);
	enum tend_status status = tend_yaml_journey(text, size, &env, findings, ret);
	tend_arena_finish(&arena);
	return status;
}

/* `given`: of the files that were given for this, or of the others. */
static void text_from_sources(struct sources *sources, bool given, const char *key, int64_t version,
	struct journey_text *ret)
{
	const struct source *f;
	for (size_t i = 0;
		ret->text == NULL && (f = sources_at(sources, TEND_KIND_JOURNEY, i)) != NULL; i++) {
		bool is_given = strcmp(f->origin, "file") == 0;
		if (is_given == given && strcmp(f->key, key) == 0
			&& !(is_given && tend_same(f->name, sources->checked))
			&& (version == 0 || tend_yaml_version(f->text, f->size) == version)) {
			ret->text = tend_strndup(f->text, f->size);
			ret->size = f->size;
			ret->file = tend_strdup(f->name);
			ret->origin = f->origin;
		}
	}
}

enum tend_status journey_at_hand(struct tend_app *a, struct sources *sources, const char *key,
	int64_t version, struct journey_text *ret, struct tend_error *err)
{
	enum tend_status status = TEND_OK;
	text_from_sources(sources, true, key, version, ret);
	if (a != NULL && ret->text == NULL) {
		status = journey_published(a, key, version, ret, err);
	}
	if (status == TEND_OK && ret->text == NULL) {
		text_from_sources(sources, false, key, version, ret);
	}
	return status;
}

enum tend_status journey_unknown(
	struct tend_app *a, struct sources *sources, const char *name, struct tend_error *err)
{
	struct tend_list published;
	tend_list_init(&published, &tend_template_type);
	if (a != NULL) {
		tend_list_finish(&published);
		(void)read_list(a, TEND_READ_TEMPLATES, 0, &tend_template_type, &published, NULL);
	}
	const char **words = NULL;
	size_t n = 0;
	for (size_t i = 0; i < published.n; i++) {
		words = tend_realloc(words, n + 1, sizeof(*words));
		words[n++] = ((const struct tend_template *)tend_list_at(&published, i))->key;
	}
	const struct source *f;
	for (size_t i = 0; (f = sources_at(sources, TEND_KIND_JOURNEY, i)) != NULL; i++) {
		words = tend_realloc(words, n + 1, sizeof(*words));
		words[n++] = f->key;
	}
	char key[TEND_KEY_MAX + 1];
	int64_t version;
	const char *near = journey_name_parse(name, key, sizeof(key), &version)
		? tend_nearest(key, words, n)
		: NULL;
	enum tend_status status = near != NULL
		? tend_fail(err, TEND_NOT_FOUND,
			_("there is no journey \"%s\"; did you mean \"%s\"?"), name, near)
		: tend_fail(err, TEND_NOT_FOUND, _("there is no journey \"%s\""), name);
	free(words);
	tend_list_finish(&published);
	return status;
}

enum tend_status journey_find(
	struct tend_app *a, const char *name, struct journey_text *ret, struct tend_error *err)
{
	*ret = (struct journey_text){0};
	char key[TEND_KEY_MAX + 1];
	int64_t version;
	if (is_path(name)) {
		return journey_from_file(name, ret, err);
	}
	if (!journey_name_parse(name, key, sizeof(key), &version)) {
		return tend_fail(err, TEND_USAGE,
			_("\"%s\" is not a journey: write KEY or KEY@VERSION"), name);
	}
	enum tend_status status = journey_at_hand(a, &a->sources, key, version, ret, err);
	if (status == TEND_OK && ret->text == NULL) {
		status = access(name, R_OK) == 0 ? journey_from_file(name, ret, err)
						 : journey_unknown(a, &a->sources, name, err);
	}
	return status;
}

enum tend_status first_error(
	const struct tend_findings *f, enum tend_status status, struct tend_error *err)
{
	for (size_t i = 0; i < f->n; i++) {
		if (f->items[i].severity == TEND_ERROR) {
			return tend_fail(err, status, "%s:%d:%d: %s", f->file, f->items[i].line,
				f->items[i].column, f->items[i].text);
		}
	}
	return status;
}

enum tend_status journey_load(struct tend_app *a, const char *name, struct journey_text *ret_text,
	struct tend_journey **ret, struct tend_error *err)
{
	enum tend_status status = journey_find(a, name, ret_text, err);
	if (status != TEND_OK) {
		return status;
	}
	struct tend_findings findings;
	tend_findings_init(&findings, ret_text->file);
	status = journey_parse(a, ret_text->text, ret_text->size, &findings, ret);
	if (status != TEND_OK) {
		status = first_error(&findings, status, err);
	}
	tend_findings_finish(&findings);
	return status;
}

/* --- the cache of published ones --- */

static const struct kept_journey *find_kept(const struct tend_app *a, const char *name)
{
	for (size_t i = 0; i < a->njourneys; i++) {
		if (strcmp(a->journeys[i].name, name) == 0) {
			return &a->journeys[i];
		}
	}
	return NULL;
}

static const struct tend_journey *keep(
	struct tend_app *a, const char *name, struct tend_journey *journey)
{
	if (a->njourneys == a->journeys_cap) {
		a->journeys_cap = a->journeys_cap == 0 ? 8 : a->journeys_cap * 2;
		a->journeys = tend_realloc(a->journeys, a->journeys_cap, sizeof(*a->journeys));
	}
	a->journeys[a->njourneys++] =
		(struct kept_journey){.name = tend_strdup(name), .journey = journey};
	return journey;
}

/* Asked once a customer: without writing the name for it. */
static const struct kept_journey *find_version(
	const struct tend_app *a, const char *key, int64_t version)
{
	size_t n = strlen(key);
	for (size_t i = 0; i < a->njourneys; i++) {
		const char *name = a->journeys[i].name;
		long long number;
		if (strncmp(name, key, n) == 0 && name[n] == '@'
			&& tend_parse_int(name + n + 1, &number) && number == version) {
			return &a->journeys[i];
		}
	}
	return NULL;
}

const struct tend_journey *journey_kept(struct tend_app *a, const char *key, int64_t version)
{
	const struct kept_journey *kept = find_version(a, key, version);
	if (kept != NULL) {
		return kept->journey;
	}
	char name[TEND_KEY_MAX + 32];
	(void)snprintf(name, sizeof(name), "%s@%lld", key, (long long)version);
	struct journey_text text = {0};
	struct tend_journey *j = NULL;
	if (journey_published(a, key, version, &text, NULL) == TEND_OK && text.text != NULL) {
		struct tend_findings findings;
		tend_findings_init(&findings, text.file);
		if (journey_parse(a, text.text, text.size, &findings, &j) != TEND_OK) {
			j = NULL;
		}
		tend_findings_finish(&findings);
	}
	journey_text_finish(&text);
	return keep(a, name, j);
}

/*
 * Where the milestones begin, if they are the last that the file says; 0 where it says something after
 * them, or has none. They are nearly all of a template.
 */
static size_t before_milestones(const char *text)
{
	static const char word[] = "\nmilestones:";
	const char *at = strstr(text, word);
	for (const char *p = at; p != NULL && (p = strchr(p, '\n')) != NULL; p++) {
		bool other = p != at && p[1] != '\0' && strchr(" \t\r\n#-", p[1]) == NULL;
		if (other) {
			return 0;
		}
	}
	return at != NULL ? (size_t)(at - text) + 1 : 0;
}

static struct tend_journey *parse_stages(const struct journey_text *text)
{
	size_t n = before_milestones(text->text);
	struct tend_journey *j = NULL;
	if (n > 0) {
		struct tend_findings findings;
		tend_findings_init(&findings, text->file);
		if (tend_yaml_journey(text->text, n, NULL, &findings, &j) != TEND_OK) {
			j = NULL; /* a stage hangs on a milestone, or stages come later */
		}
		tend_findings_finish(&findings);
	}
	return j;
}

const struct tend_journey *journey_stages(struct tend_app *a, const char *key, int64_t version)
{
	char name[TEND_KEY_MAX + 32];
	const struct kept_journey *kept = find_version(a, key, version);
	if (kept != NULL) {
		return kept->journey;
	}
	(void)snprintf(name, sizeof(name), "%s@%lld/stages", key, (long long)version);
	kept = find_kept(a, name);
	if (kept != NULL) {
		return kept->journey;
	}
	struct journey_text text = {0};
	struct tend_journey *j = NULL;
	if (journey_published(a, key, version, &text, NULL) == TEND_OK && text.text != NULL) {
		j = parse_stages(&text);
	}
	journey_text_finish(&text);
	return j != NULL ? keep(a, name, j) : journey_kept(a, key, version);
}

void journeys_forget(struct tend_app *a)
{
	sources_forget(&a->sources);
	for (size_t i = 0; i < a->njourneys; i++) {
		free(a->journeys[i].name);
		tend_journey_destroy(a->journeys[i].journey);
	}
	a->njourneys = 0;
	playbooks_forget(a);
}

bool stages_hang_on_milestones(const struct tend_journey *j)
{
	for (size_t i = 0; i < j->nstages; i++) {
		if (j->stages[i].from.anchor == TEND_AT_MILESTONE) {
			return true;
		}
	}
	return false;
}

bool stages_count_workdays(const struct tend_journey *j)
{
	for (size_t i = 0; i < j->nstages; i++) {
		if (j->stages[i].from.has_offset && j->stages[i].from.offset.unit == TEND_WORKDAY) {
			return true;
		}
	}
	return false;
}

const struct tend_calendar *journey_calendar(struct tend_app *a, const struct tend_journey *j)
{
	return j->calendar != NULL ? sources_calendar(&a->sources, j->calendar) : NULL;
}

/* --- reading --- */

enum tend_status tend_app_journey(struct tend_app *a, const char *name,
	struct tend_findings *findings, struct tend_journey **ret, struct tend_error *err)
{
	struct journey_text text = {0};
	struct tend_findings own;
	enum tend_status status = journey_find(a, name, &text, err);
	if (status == TEND_OK) {
		tend_findings_init(&own, text.file);
		struct tend_findings *f = findings != NULL ? findings : &own;
		status = journey_parse(a, text.text, text.size, f, ret);
		if (status != TEND_OK) {
			status = first_error(f, status, err);
		}
		tend_findings_finish(&own);
	}
	journey_text_finish(&text);
	return status;
}

enum tend_status tend_app_journey_text(
	struct tend_app *a, const char *name, char **ret, struct tend_error *err)
{
	struct journey_text text = {0};
	enum tend_status status = journey_find(a, name, &text, err);
	if (status == TEND_OK) {
		*ret = text.text;
		text.text = NULL;
	}
	journey_text_finish(&text);
	return status;
}

static bool is_listed(const struct tend_list *list, const char *key, int64_t version)
{
	for (size_t i = 0; i < list->n; i++) {
		const struct tend_template *t = tend_list_at(list, i);
		if (t->version == version && strcmp(t->key, key) == 0) {
			return true;
		}
	}
	return false;
}

/* One that is wrong is there by what its file says about itself. */
static void list_source(struct tend_app *a, const struct source *f, struct tend_list *list)
{
	struct tend_findings findings;
	tend_findings_init(&findings, f->name);
	struct tend_journey *j = NULL;
	bool good = journey_parse(a, f->text, f->size, &findings, &j) == TEND_OK;
	int version = good ? j->version : tend_yaml_version(f->text, f->size);
	if (!is_listed(list, f->key, version)) {
		struct tend_template *t = tend_list_add(list);
		struct tend_text title =
			good ? j->title : tend_yaml_title(f->text, f->size, &list->arena);
		t->key = tend_arena_strdup(&list->arena, f->key);
		t->version = version;
		t->title = tend_arena_strdup(&list->arena, tend_pick(title));
		t->source = f->origin;
		t->customers = 0;
	}
	tend_journey_destroy(j);
	tend_findings_finish(&findings);
}

enum tend_status tend_app_journeys(
	struct tend_app *a, struct tend_list *ret, struct tend_error *err)
{
	enum tend_status status =
		read_list(a, TEND_READ_TEMPLATES, 0, &tend_template_type, ret, err);
	if (status != TEND_OK) {
		return status;
	}
	for (size_t i = 0; i < ret->n; i++) {
		struct tend_template *t = tend_list_at(ret, i);
		t->title = both_pick(&ret->arena, t->title);
		t->source = "store";
	}
	const struct source *f;
	for (size_t i = 0; (f = sources_at(&a->sources, TEND_KIND_JOURNEY, i)) != NULL; i++) {
		list_source(a, f, ret);
	}
	return tend_list_sort(ret, "key,version", err);
}
