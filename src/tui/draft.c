/* SPDX-License-Identifier: MIT */
/*
 * Drafts: what was typed and not saved. In memory, and where the face names a folder, in one file for each
 * store and place, so that it outlives a hang-up and a crash. A file: a head line, then "FIELD TEXT" lines
 * with line breaks and backslashes escaped.
 */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <tend/file.h>
#include <tend/mem.h>

#include "workbench.h"

#define HEAD "tend draft 1\n"
#define FILE_BYTES_MAX (FORM_MAX * (size_t)TEND_LONG_TEXT_MAX * 2)
#define FILES_MAX 500

/* The place in the name of a file. */
static const char *const places[DRAFT_COUNT] = {
	[DRAFT_SNOOZE] = "snooze",
	[DRAFT_ADD] = "add",
	[DRAFT_MILESTONE] = "milestone",
	[DRAFT_REASON] = "reason",
	[DRAFT_COMMAND] = "command",
	[DRAFT_EDIT] = "edit",
	[DRAFT_DUE] = "due",
	[DRAFT_OWNER] = "owner",
	[DRAFT_PROFILE] = "profile",
	[DRAFT_BULK] = "bulk",
};

static char *place_of(int kind)
{
	return kind < DRAFT_COUNT ? tend_strdup(places[kind])
				  : tend_format("record-%s", tend_kinds[kind - DRAFT_COUNT]->noun);
}

static struct draft *find(
	const struct workbench *wb, enum draft_kind kind, int64_t target, size_t field)
{
	for (size_t i = 0; i < wb->drafts.n; i++) {
		struct draft *d = &wb->drafts.items[i];
		if (d->kind == kind && d->target == target && d->field == field) {
			return d;
		}
	}
	return NULL;
}

static bool keeps_files(const struct workbench *wb)
{
	return wb->o != NULL && wb->o->drafts != NULL && wb->app != NULL;
}

/* What the names of this store's files begin with: the store's absolute path as a number (FNV-1a). */
static char *prefix_of(const struct workbench *wb)
{
	char folder[4096];
	const char *store = tend_app_store_path(wb->app);
	bool relative = store[0] != '/' && getcwd(folder, sizeof(folder)) != NULL;
	char *path = tend_path_join(relative ? folder : "", store);
	uint64_t hash = UINT64_C(0xCBF29CE484222325);
	for (const char *at = path; *at != '\0'; at++) {
		hash = (hash ^ (unsigned char)*at) * UINT64_C(0x100000001B3);
	}
	free(path);
	return tend_format("%016llx-", (unsigned long long)hash);
}

static char *path_of(const struct workbench *wb, enum draft_kind kind, int64_t target)
{
	char *prefix = prefix_of(wb), *place = place_of((int)kind);
	char *name = tend_format("%s%s-%lld", prefix, place, (long long)target);
	char *path = tend_path_join(wb->o->drafts, name);
	free(prefix);
	free(place);
	free(name);
	return path;
}

static void add_escaped(struct tend_str *out, const char *text)
{
	for (; *text != '\0'; text++) {
		if (*text == '\n' || *text == '\\') {
			tend_str_add(out, *text == '\n' ? "\\n" : "\\\\");
		} else {
			tend_str_addc(out, *text);
		}
	}
}

static char *unescaped(const char *text, size_t n)
{
	struct tend_str out = {0};
	for (size_t i = 0; i < n; i++) {
		if (text[i] == '\\' && i + 1 < n) {
			i++;
			tend_str_addc(&out, text[i] == 'n' ? '\n' : text[i]);
		} else {
			tend_str_addc(&out, text[i]);
		}
	}
	char *copy = tend_strdup(tend_str_text(&out));
	tend_str_finish(&out);
	return copy;
}

static void write_group(struct workbench *wb, enum draft_kind kind, int64_t target)
{
	struct tend_str text = {0};
	char *path = path_of(wb, kind, target);
	tend_str_add(&text, HEAD);
	for (size_t i = 0; i < wb->drafts.n; i++) {
		struct draft *d = &wb->drafts.items[i];
		if (d->kind == kind && d->target == target) {
			tend_str_addf(&text, "%zu ", d->field);
			add_escaped(&text, d->text);
			tend_str_addc(&text, '\n');
			d->dirty = false;
		}
	}
	struct tend_error err = {0};
	if (tend_mkdirs(wb->o->drafts, &err) != TEND_OK
		|| tend_file_write(path, tend_str_text(&text), text.len, true, &err) != TEND_OK) {
		wb_error(wb, &err);
	}
	tend_str_finish(&text);
	free(path);
}

void drafts_write(struct workbench *wb)
{
	for (struct dialog *d = wb->dialog; d != NULL; d = d->below) {
		if (d->ops->keep != NULL) {
			d->ops->keep(wb, d);
		}
	}
	for (size_t i = 0; keeps_files(wb) && i < wb->drafts.n; i++) {
		const struct draft *d = &wb->drafts.items[i];
		if (d->dirty) {
			write_group(wb, d->kind, d->target);
		}
	}
	wb->typed = false;
	wb->written_at = wb->now;
}

/* "place-target" */
static bool parse_name(const char *name, enum draft_kind *ret_kind, int64_t *ret_target)
{
	for (int k = DRAFT_NONE + 1; k < DRAFT_COUNT + (int)tend_kind_count; k++) {
		char *place = place_of(k);
		size_t n = strlen(place);
		long long target;
		bool is = strncmp(name, place, n) == 0 && name[n] == '-'
			&& tend_parse_int(name + n + 1, &target);
		free(place);
		if (is) {
			*ret_kind = (enum draft_kind)k;
			*ret_target = target;
			return true;
		}
	}
	return false;
}

static void read_group(struct workbench *wb, const char *path, enum draft_kind kind, int64_t target)
{
	struct tend_str text = {0};
	bool good = tend_file_read(path, FILE_BYTES_MAX, &text, NULL) == TEND_OK
		&& tend_starts_with(tend_str_text(&text), HEAD);
	const char *at = good ? tend_str_text(&text) + strlen(HEAD) : "";
	while (*at != '\0') {
		size_t n = strcspn(at, "\n"), digits = strspn(at, "0123456789");
		if (digits > 0 && digits <= 2 && at[digits] == ' ') {
			size_t field = (size_t)(at[digits - 1] - '0')
				+ (digits == 2 ? (size_t)(at[0] - '0') * 10 : 0);
			char *value = unescaped(at + digits + 1, n - digits - 1);
			draft_keep(wb, kind, target, field, value);
			find(wb, kind, target, field)->dirty = false;
			free(value);
		}
		at += at[n] == '\n' ? n + 1 : n;
	}
	tend_str_finish(&text);
}

void drafts_load(struct workbench *wb)
{
	DIR *dir = keeps_files(wb) ? opendir(wb->o->drafts) : NULL;
	if (dir == NULL) {
		return;
	}
	char *prefix = prefix_of(wb);
	const struct dirent *entry;
	for (int i = 0; i < FILES_MAX && (entry = readdir(dir)) != NULL;) {
		enum draft_kind kind;
		int64_t target;
		if (tend_starts_with(entry->d_name, prefix)
			&& parse_name(entry->d_name + strlen(prefix), &kind, &target)) {
			char *path = tend_path_join(wb->o->drafts, entry->d_name);
			read_group(wb, path, kind, target);
			free(path);
			i++;
		}
	}
	free(prefix);
	(void)closedir(dir);
}

void draft_keep(
	struct workbench *wb, enum draft_kind kind, int64_t target, size_t field, const char *text)
{
	struct draft *d = find(wb, kind, target, field);
	if (d == NULL) {
		d = TEND_PUSH(&wb->drafts);
		*d = (struct draft){kind, target, field, NULL, true};
	}
	d->dirty = d->dirty || !tend_same(d->text, text);
	char *copy = tend_strdup(text);
	free(d->text);
	d->text = copy;
}

const char *draft_find(
	const struct workbench *wb, enum draft_kind kind, int64_t target, size_t field)
{
	const struct draft *d = find(wb, kind, target, field);
	return d != NULL ? d->text : NULL;
}

void draft_drop(struct workbench *wb, enum draft_kind kind, int64_t target)
{
	bool had = false;
	for (size_t i = wb->drafts.n; i-- > 0;) {
		struct draft *d = &wb->drafts.items[i];
		if (d->kind == kind && d->target == target) {
			free(d->text);
			*d = wb->drafts.items[--wb->drafts.n];
			had = true;
		}
	}
	if (had && keeps_files(wb)) {
		char *path = path_of(wb, kind, target);
		(void)unlink(path);
		free(path);
	}
}

void drafts_finish(struct workbench *wb)
{
	for (size_t i = 0; i < wb->drafts.n; i++) {
		free(wb->drafts.items[i].text);
	}
	free(wb->drafts.items);
	wb->drafts = (struct drafts){0};
}
