/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <tend/file.h>

#include "inside.h"

#define DAY_SECONDS 86400

static bool is_url(const char *path)
{
	return strstr(path, "://") != NULL;
}

enum tend_status app_store_path(
	const struct tend_app_options *o, char **ret, struct tend_error *err)
{
	const char *path = o->store;
	if (path == NULL) {
		path = getenv("TEND_DB");
	}
	if (path == NULL || path[0] == '\0') {
		char *folder = tend_data_dir();
		*ret = tend_path_join(folder, "tend.db");
		free(folder);
		return TEND_OK;
	}
	if (is_url(path)) {
		return tend_fail(err, TEND_UNAVAILABLE,
			_("%s: only store files are supported, not servers; give a path with --db"),
			path);
	}
	*ret = tend_strdup(path);
	return TEND_OK;
}

static struct tend_date day_of(int64_t now, int offset)
{
	int64_t local = now + offset;
	int64_t day = local / DAY_SECONDS - (local % DAY_SECONDS < 0);
	return (struct tend_date){(int32_t)day};
}

/* From the option, the environment, the store, the clock, in this order. */
static enum tend_status find_day(struct tend_app *a, struct tend_date given, struct tend_error *err)
{
	a->today_given = true;
	if (tend_has_date(given)) {
		a->today = given;
		return TEND_OK;
	}
	const char *text = getenv("TEND_TODAY");
	if (text != NULL && text[0] != '\0') {
		if (!tend_date_parse(text, &a->today)) {
			return tend_fail(err, TEND_USAGE,
				_("TEND_TODAY is \"%s\", which is not a date; write it as "
				  "YYYY-MM-DD"),
				text);
		}
		return TEND_OK;
	}
	char *fixed = NULL;
	enum tend_status status =
		a->store != NULL ? tend_store_get(a->store, "today", &fixed, err) : TEND_OK;
	if (status != TEND_OK) {
		return status;
	}
	bool has = fixed != NULL && tend_date_parse(fixed, &a->today);
	free(fixed);
	if (!has) {
		a->today_given = false;
		a->today = day_of(tend_app_now(a), a->utc_offset);
	}
	return TEND_OK;
}

static struct tend_app *app_create(const struct tend_app_options *o, char *path)
{
	struct tend_app *a = tend_alloc(sizeof(*a));
	a->path = path;
	a->actor = o->actor != NULL ? app_visible(o->actor) : NULL;
	a->command = app_visible(o->command);
	a->clock = o->clock;
	a->clock_ctx = o->clock_ctx;
	a->utc_offset = o->utc_offset;
	a->dry_run = o->dry_run;
	sources_init(&a->sources, o->config_dir);
	a->sources.app = a;
	return a;
}

static bool is_nothing(const char *path)
{
	struct stat at;
	return lstat(path, &at) != 0 && (errno == ENOENT || errno == ENOTDIR);
}

enum tend_status app_no_store(const char *path, struct tend_error *err)
{
	return tend_fail(err, TEND_UNAVAILABLE,
		_("%s: there is no store; make one with `tend store init`, or name another "
		  "with --db"),
		path);
}

/* A missing store is the one failure that a person can mend by a command. */
static enum tend_status explain_missing(
	const char *path, enum tend_status status, struct tend_error *err)
{
	return status == TEND_UNAVAILABLE && access(path, F_OK) != 0 ? app_no_store(path, err)
								     : status;
}

static enum tend_status open_store(struct tend_app *a, bool storeless, struct tend_error *err)
{
	if (storeless && is_nothing(a->path)) {
		return TEND_OK;
	}
	enum tend_status status = tend_store_open(a->path, 0, &a->store, err);
	if (status != TEND_OK && access(a->path, R_OK) == 0 && access(a->path, W_OK) != 0) {
		status = tend_store_open(a->path, TEND_STORE_READ_ONLY, &a->store, err);
	}
	return status == TEND_OK ? status : explain_missing(a->path, status, err);
}

enum tend_status tend_app_open(
	const struct tend_app_options *o, struct tend_app **ret, struct tend_error *err)
{
	char *path = NULL;
	enum tend_status status = app_store_path(o, &path, err);
	if (status != TEND_OK) {
		return status;
	}
	struct tend_app *a = app_create(o, path);
	status = open_store(a, o->storeless, err);
	if (status == TEND_OK) {
		status = find_day(a, o->today, err);
	}
	if (status == TEND_OK && !o->lazy && a->store != NULL) {
		/* Reading must work where writing cannot: lists then compute what they show. */
		a->unwritable = tend_app_evaluate(a, 0, NULL, NULL) != TEND_OK;
	}
	if (status != TEND_OK) {
		tend_app_close(a);
		return status;
	}
	a->version = a->store != NULL ? tend_store_version(a->store) : 0;
	*ret = a;
	return TEND_OK;
}

void tend_app_close(struct tend_app *a)
{
	if (a == NULL) {
		return;
	}
	journeys_forget(a);
	free(a->journeys);
	free(a->playbooks.items);
	tend_app_search_forget(a);
	tend_store_close(a->store);
	sources_finish(&a->sources);
	ids_finish(&a->touched);
	ids_finish(&a->found);
	free(a->path);
	free(a->actor);
	free(a->command);
	free(a);
}

static const char *source_tree_sample(void)
{
	return TEND_SOURCE_DIR "/sample.db";
}

/* $TEND_SAMPLE, else the installed one, else that of the source tree. */
static const char *sample_path(void)
{
	const char *given = getenv("TEND_SAMPLE");
	if (given != NULL && given[0] != '\0') {
		return given;
	}
	const char *installed = TEND_DATA_DIR "/sample.db";
	return access(installed, R_OK) == 0 ? installed : source_tree_sample();
}

static enum tend_status copy_sample(const char *path, struct tend_error *err)
{
	const char *from = sample_path();
	struct tend_store *sample = NULL;
	enum tend_status status = tend_store_open(from, TEND_STORE_READ_ONLY, &sample, err);
	if (status != TEND_OK) {
		tend_error_prefix(err, "%s", _("the sample book"));
		return status;
	}
	char *folder = tend_strdup(path);
	char *slash = strrchr(folder, '/');
	if (slash != NULL && slash != folder) {
		*slash = '\0';
		status = tend_mkdirs(folder, err);
	}
	free(folder);
	if (status == TEND_OK) {
		status = tend_store_backup(sample, path, false, err);
	}
	tend_store_close(sample);
	return status;
}

enum tend_status tend_app_init(
	const struct tend_app_options *o, bool sample, struct tend_error *err)
{
	char *path = NULL;
	enum tend_status status = app_store_path(o, &path, err);
	if (status != TEND_OK) {
		return status;
	}
	if (sample) {
		status = copy_sample(path, err);
	} else {
		struct tend_store *store = NULL;
		status = tend_store_open(path, TEND_STORE_CREATE, &store, err);
		tend_store_close(store);
	}
	free(path);
	return status;
}

void tend_app_hold(struct tend_app *a)
{
	if (a != NULL && a->store != NULL) {
		tend_store_hold(a->store);
	}
}

void tend_app_release(struct tend_app *a)
{
	if (a != NULL && a->store != NULL) {
		tend_store_release(a->store);
	}
}

struct tend_date tend_app_today(const struct tend_app *a)
{
	return a->today;
}

bool tend_app_day_is_fixed(const struct tend_app *a)
{
	return a->today_given;
}

const char *tend_app_store_path(const struct tend_app *a)
{
	return a->path;
}

int64_t tend_app_now(const struct tend_app *a)
{
	return a->clock != NULL ? a->clock(a->clock_ctx) : 0;
}

void tend_app_set_command(struct tend_app *a, const char *command)
{
	free(a->command);
	a->command = app_visible(command);
}

bool tend_app_changed_outside(struct tend_app *a)
{
	bool changed = false;
	if (!a->today_given) {
		struct tend_date day = day_of(tend_app_now(a), a->utc_offset);
		changed = day.day != a->today.day;
		a->today = day;
	}
	int64_t version = tend_store_version(a->store);
	if (version != a->version) {
		a->version = version;
		journeys_forget(a);
		changed = true;
	}
	return changed;
}
