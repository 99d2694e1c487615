/* SPDX-License-Identifier: MIT */
#include "import.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <tend/file.h>

#define IMPORT_SIZE_MAX ((size_t)512 * 1024 * 1024)
#define MAP_SIZE_MAX ((size_t)64 * 1024)

/* What is imported in a way of its own. */
static const struct import_kind special[] = {
	{"customers", &tend_customer_type, import_check_customer, import_apply_customers},
	{"usage", &tend_point_type, import_check_point, import_apply_points},
	{"milestones", &tend_milestone_type, import_check_milestone, import_apply_milestones},
};

/* The column that gives a field, from 1; 0 where a constant does. */
static int column_of(const struct import *im, const char *field)
{
	for (size_t i = 0; im->map != NULL && i < im->map->ncolumns; i++) {
		if (strcmp(im->map->columns[i].field, field) == 0) {
			field = im->map->columns[i].column;
			break;
		}
	}
	for (size_t i = 0; field != NULL && i < im->ncolumns; i++) {
		if (strcmp(im->columns[i], field) == 0) {
			return (int)i + 1;
		}
	}
	return 0;
}

bool import_bad(struct import *im, const char *field, const char *fmt, ...)
{
	char text[sizeof(im->bad.text)];
	va_list args;
	va_start(args, fmt);
	(void)vsnprintf(text, sizeof(text), fmt, args);
	va_end(args);
	tend_row_bad(&im->bad, field != NULL ? (size_t)column_of(im, field) : 0, "%s", text);
	return false;
}

void import_note(struct import *im, size_t staged, const char *key, const char *name)
{
	struct tend_import_report *r = im->report;
	r->look_alike++;
	if (r->nnotes < TEND_NOTES_MAX) {
		r->notes = tend_realloc(r->notes, r->nnotes + 1, sizeof(*r->notes));
		r->notes[r->nnotes++] = (struct tend_reject){.line = im->lines[staged],
			.reason = tend_arena_format(
				&r->arena, _("it looks like %s (%s)"), key, name)};
	}
}

bool import_has(const struct import *im, const char *field)
{
	return tend_mapping_has(im->mapping, field);
}

int64_t import_customer_id(const struct import *im, const char *key)
{
	size_t at = key != NULL ? table_get(&im->customer_ids, key) : TABLE_NONE;
	return at != TABLE_NONE ? ((struct tend_customer *)tend_list_at(&im->customers, at))->id
				: 0;
}

void import_merge(const struct import *im, void *to, const void *from)
{
	const struct tend_record_type *t = im->kind->type;
	for (size_t i = 0; i < t->nfields; i++) {
		const struct tend_field *f = &t->fields[i];
		if (!(f->flags & (TEND_F_HIDDEN | TEND_F_DERIVED)) && import_has(im, f->name)) {
			tend_field_set(f, to, tend_field_get(f, from));
		}
	}
}

/* --- opening --- */

static bool kind_called(const char *name, struct import_kind *ret)
{
	for (size_t i = 0; i < sizeof(special) / sizeof(special[0]); i++) {
		if (strcmp(special[i].name, name) == 0) {
			*ret = special[i];
			return true;
		}
	}
	const struct tend_kind *k = tend_kind_imported(name);
	if (k != NULL) {
		*ret = (struct import_kind){
			k->plural, k->type, import_check_record, import_apply_records};
	}
	return k != NULL;
}

static enum tend_status parse_map(
	const char *file, const char *text, size_t n, struct tend_map **ret, struct tend_error *err)
{
	struct tend_findings findings;
	tend_findings_init(&findings, file);
	enum tend_status status = tend_yaml_map(text, n, &findings, ret);
	if (status != TEND_OK && findings.n > 0) {
		struct tend_str lines = {0};
		tend_findings_format(&findings, &lines);
		while (lines.len > 0 && lines.data[lines.len - 1] == '\n') {
			lines.data[--lines.len] = '\0';
		}
		(void)tend_fail(err, status, "%s", tend_str_text(&lines));
		tend_str_finish(&lines);
	}
	tend_findings_finish(&findings);
	return status;
}

/* A path, or the key of a map that is at hand. */
static enum tend_status load_map(
	struct tend_app *a, const char *path, struct tend_map **ret, struct tend_error *err)
{
	const struct source *f =
		access(path, F_OK) == 0 ? NULL : sources_find(&a->sources, TEND_KIND_MAP, path);
	if (f != NULL) {
		return parse_map(f->name, f->text, f->size, ret, err);
	}
	struct tend_str text = {0};
	enum tend_status status = tend_file_read(path, MAP_SIZE_MAX * 4, &text, err);
	if (status == TEND_OK) {
		status = parse_map(path, tend_str_text(&text), text.len, ret, err);
	}
	tend_str_finish(&text);
	return status;
}

static enum tend_status check_map_kind(
	const struct tend_map *map, const char *kind, struct tend_error *err)
{
	return map == NULL || tend_same(map->kind, kind)
		? TEND_OK
		: tend_fail(err, TEND_BAD_INPUT, _("the map %s is for %s, not for %s"), map->key,
			map->kind, kind);
}

static enum tend_status load_customers(struct import *im, struct tend_error *err)
{
	enum tend_status status = read_list(
		im->app, TEND_READ_CUSTOMER_KEYS, 0, &tend_customer_type, &im->customers, err);
	for (size_t i = 0; i < im->customers.n; i++) {
		const struct tend_customer *c = tend_list_at(&im->customers, i);
		table_put(&im->customer_ids, c->key, i);
	}
	return status;
}

static enum tend_status load_via(struct import *im, struct tend_error *err)
{
	const char *via = tend_mapping_via(im->mapping);
	if (via == NULL) {
		return TEND_OK;
	}
	const struct tend_kind *k = tend_kind_imported(via);
	const struct tend_field *key = k != NULL ? tend_field_find(k->type, "key") : NULL;
	if (key == NULL || tend_kind_belongs(k) != TEND_TO_CUSTOMER) {
		return tend_fail(err, TEND_BAD_INPUT,
			_("a customer is found via records that have a key and a customer, such as "
			  "subscriptions, not via \"%s\""),
			via);
	}
	tend_list_finish(&im->via_rows);
	enum tend_status status = read_records(im->app, k->type, 0, &im->via_rows, err);
	for (size_t i = 0; i < im->via_rows.n; i++) {
		struct tend_value v = tend_field_get(key, tend_list_at(&im->via_rows, i));
		if (!v.null) {
			table_put(&im->via_keys, v.text, i);
		}
	}
	return status;
}

/* --- rows --- */

static const char *nearest_customer(const struct import *im, const char *key)
{
	const char **words = tend_calloc(im->customers.n + 1, sizeof(*words));
	for (size_t i = 0; i < im->customers.n; i++) {
		words[i] = ((const struct tend_customer *)tend_list_at(&im->customers, i))->key;
	}
	const char *near =
		im->report->rejected < 20 ? tend_nearest(key, words, im->customers.n) : NULL;
	free(words);
	return near;
}

/* Finds whose record it is and sets its customer_id. */
static bool resolve_customer(struct import *im, void *record)
{
	const struct tend_record_type *t = im->kind->type;
	const struct tend_field *field = tend_field_find(t, "customer");
	if (field == NULL) {
		return true;
	}
	struct tend_value v = tend_field_get(field, record);
	const char *via = tend_mapping_via(im->mapping);
	int64_t id = 0;
	if (v.null && (field->flags & TEND_F_REQUIRED) == 0) {
		return true;
	}
	if (v.null) {
		return import_bad(im, "customer", _("customer is empty"));
	}
	if (via != NULL) {
		size_t at = table_get(&im->via_keys, v.text);
		if (at == TABLE_NONE) {
			return import_bad(im, "customer",
				_("there is no record \"%s\" among the %s"), v.text, via);
		}
		id = tend_field_get(tend_field_find(im->via_rows.type, "customer_id"),
			tend_list_at(&im->via_rows, at))
			     .integer;
	} else {
		id = import_customer_id(im, v.text);
	}
	if (id == 0) {
		const char *near = nearest_customer(im, v.text);
		return near != NULL ? import_bad(im, "customer",
			       _("there is no customer \"%s\"; did you mean \"%s\"?"), v.text, near)
				    : import_bad(im, "customer", _("there is no customer \"%s\""),
					    v.text);
	}
	tend_field_set(tend_field_find(t, "customer_id"), record,
		(struct tend_value){.type = TEND_INT, .integer = id});
	return true;
}

static bool has_customer(const struct import *im, const void *record)
{
	const struct tend_field *field = tend_field_find(im->kind->type, "customer");
	return field != NULL && !tend_field_get(field, record).null;
}

/* A key must not stand twice in a file. */
static bool check_seen(struct import *im, const void *record)
{
	const struct tend_field *key = tend_field_find(im->kind->type, "key");
	if (key == NULL || im->kind->type == &tend_milestone_type) {
		return true;
	}
	struct tend_value v = tend_field_get(key, record);
	if (v.null) {
		return true;
	}
	size_t line = table_get(&im->seen, v.text);
	if (line != TABLE_NONE) {
		return import_bad(
			im, "key", _("key \"%s\" stands in line %zu already"), v.text, line);
	}
	table_put(&im->seen, v.text, (size_t)im->row->line);
	return true;
}

static void reject(struct import *im, struct tend_str *rejects, size_t ncolumns)
{
	im->report->rejected++;
	for (size_t i = 0; i < im->bad.nfaults; i++) {
		const struct tend_row_fault *f = &im->bad.faults[i];
		struct tend_reject *r = TEND_PUSH(im->report);
		r->line = im->row->line;
		r->column = f->column;
		r->reason = tend_arena_strndup(
			&im->report->arena, im->bad.text + f->at, (size_t)f->size);
	}
	tend_rejects_row(rejects, im->row, ncolumns, im->bad.text);
}

static void stage_line(struct import *im, size_t index, int line)
{
	if (index >= im->lines_cap) {
		im->lines_cap = im->lines_cap == 0 ? 256 : im->lines_cap * 2;
		im->lines = tend_realloc(im->lines, im->lines_cap, sizeof(*im->lines));
	}
	im->lines[index] = line;
}

static void take_row(struct import *im, struct tend_str *rejects, size_t ncolumns)
{
	bool taken = true;
	size_t cleaned = 0;
	if (im->bad.text[0] == '\0') {
		void *record = tend_list_add(&im->staged);
		enum tend_status status = tend_mapping_apply(im->mapping, im->row,
			&im->staged.arena, record, &taken, &cleaned, &im->bad);
		bool good = status == TEND_OK;
		if (taken && (good || has_customer(im, record))) {
			/* a row with other faults says as well that nobody has its customer */
			good = resolve_customer(im, record) && good
				&& (im->kind->check == NULL || im->kind->check(im, record))
				&& check_seen(im, record);
		}
		if (good && taken) {
			stage_line(im, im->staged.n - 1, im->row->line);
			im->report->cleaned += (int64_t)cleaned;
			return;
		}
		im->staged.n--;
		if (good) {
			return; /* left out by `where` */
		}
	}
	reject(im, rejects, ncolumns);
}

static void read_rows(struct import *im, struct tend_rows *rows, struct tend_str *rejects)
{
	size_t ncolumns = tend_rows_columns(rows, &im->columns);
	tend_rejects_head(rejects, im->columns, ncolumns);
	struct tend_cell_row row = {0};
	/* cppcheck-suppress autoVariables ; unset again below */
	im->row = &row;
	im->bad = (struct tend_row_error){0};
	while (tend_rows_next(rows, &row, &im->bad)) {
		im->report->read++;
		take_row(im, rejects, ncolumns);
		im->bad = (struct tend_row_error){0};
	}
	im->row = NULL;
}

static void say_ignored(struct import *im)
{
	const size_t *columns = NULL;
	size_t n = tend_mapping_extra(im->mapping, &columns);
	struct tend_str names = {0};
	for (size_t i = 0; i < n; i++) {
		tend_str_addf(&names, "%s%s", i > 0 ? ", " : "", im->columns[columns[i]]);
	}
	im->report->ignored =
		names.len > 0 ? tend_arena_strdup(&im->report->arena, tend_str_text(&names)) : NULL;
	tend_str_finish(&names);
}

/* --- writing --- */

static enum tend_status write_all(
	struct import *im, const char *path, struct tend_done *done, struct tend_error *err)
{
	enum tend_status status = write_begin(im->app, err);
	if (status != TEND_OK) {
		return status;
	}
	status = im->kind->apply(im, err);
	const struct tend_import_report *r = im->report;
	const char *slash = strrchr(path, '/');
	done->summary = tend_arena_format(&done->arena,
		_("imported %s from %s: %lld added, %lld updated"),
		tend_lang() == TEND_ZH ? record_noun(im->kind->type) : im->kind->name,
		slash != NULL ? slash + 1 : path, (long long)r->added, (long long)r->updated);
	return write_end(im->app, status, done, err);
}

/* Rejects of an earlier import of the same rows need not be written again. */
static bool is_same_file(const char *path, const struct tend_str *text)
{
	struct stat at;
	struct tend_str present = {0};
	bool same = lstat(path, &at) == 0 && S_ISREG(at.st_mode) && (size_t)at.st_size == text->len
		&& tend_file_read(path, text->len, &present, NULL) == TEND_OK
		&& present.len == text->len && memcmp(present.data, text->data, text->len) == 0;
	tend_str_finish(&present);
	return same;
}

/* The rejects stand before the entry is committed, so that no row can get lost between them. */
static enum tend_status finish_rows(struct import *im, const char *path,
	const struct tend_import_options *o, const struct tend_str *rejects, struct tend_done *done,
	struct tend_error *err)
{
	if (im->report->rejected > 0 && !o->partial) {
		return tend_fail(err, TEND_BAD_INPUT,
			_("%s: nothing was taken: %lld of %lld rows are bad (--partial takes the "
			  "good ones)"),
			path, (long long)im->report->rejected, (long long)im->report->read);
	}
	char *file = NULL;
	bool kept = false;
	if (im->report->rejected > 0 && !im->app->dry_run) {
		file = tend_format("%s.rejected.csv", path);
		kept = is_same_file(file, rejects);
		enum tend_status status = kept
			? TEND_OK
			: tend_file_write(file, rejects->data, rejects->len, o->force, err);
		if (status != TEND_OK) {
			free(file);
			return status;
		}
	}
	enum tend_status status = write_all(im, path, done, err);
	if (status != TEND_OK && file != NULL && !kept) {
		(void)unlink(file);
	} else if (status == TEND_OK && file != NULL) {
		done_warn(done, _("the bad rows are in %s"), file);
	}
	free(file);
	return status;
}

static void import_finish(struct import *im)
{
	tend_mapping_destroy(im->mapping);
	import_references_finish(im);
	tend_list_finish(&im->staged);
	tend_list_finish(&im->customers);
	tend_list_finish(&im->via_rows);
	table_finish(&im->customer_ids);
	table_finish(&im->via_keys);
	table_finish(&im->seen);
	free(im->lines);
	for (size_t i = 0; i < im->njourneys; i++) {
		free(im->journeys[i].name);
		tend_journey_destroy(im->journeys[i].journey);
		journey_text_finish(&im->journeys[i].text);
	}
	free(im->journeys);
	import_points_finish(im->points);
}

static enum tend_status run(struct import *im, struct tend_rows *rows, const char *path,
	const struct tend_import_options *o, struct tend_done *done, struct tend_error *err)
{
	im->ncolumns = tend_rows_columns(rows, &im->columns);
	enum tend_status status = tend_mapping_create(
		im->kind->type, im->map, im->columns, im->ncolumns, &im->mapping, err);
	if (status != TEND_OK) {
		tend_error_prefix(err, "%s:1:1: %s", path, _("error"));
		return status;
	}
	status = load_customers(im, err);
	status = status != TEND_OK ? status : load_via(im, err);
	if (status != TEND_OK) {
		return status;
	}
	struct tend_str rejects = {0};
	read_rows(im, rows, &rejects);
	say_ignored(im);
	status = finish_rows(im, path, o, &rejects, done, err);
	tend_str_finish(&rejects);
	return status;
}

enum tend_status tend_app_import(struct tend_app *a, const char *kind, const char *path,
	const struct tend_import_options *o, struct tend_import_report *ret, struct tend_done *done,
	struct tend_error *err)
{
	static const struct tend_import_options plain = {0};
	o = o != NULL ? o : &plain;
	*ret = (struct tend_import_report){0};
	done_begin(a, done);
	struct import_kind the_kind;
	struct import im = {.app = a, .kind = &the_kind, .report = ret};
	if (!kind_called(kind, &the_kind)) {
		return tend_fail(
			err, TEND_USAGE, _("\"%s\" is not a kind of records to import"), kind);
	}
	tend_list_init(&im.staged, im.kind->type);
	tend_list_init(&im.customers, &tend_customer_type);
	tend_list_init(&im.via_rows, &tend_subscription_type);
	struct tend_map *map = NULL;
	struct tend_str text = {0};
	struct tend_rows *rows = NULL;
	enum tend_status status = tend_file_read(path, IMPORT_SIZE_MAX, &text, err);
	if (status == TEND_OK && o->map != NULL) {
		status = load_map(a, o->map, &map, err);
		status = status != TEND_OK ? status : check_map_kind(map, kind, err);
	}
	status = status != TEND_OK ? status
				   : tend_rows_open(path, tend_str_text(&text), text.len,
					   map != NULL ? map->encoding : NULL, &rows, err);
	if (status == TEND_OK) {
		im.map = map;
		status = run(&im, rows, path, o, done, err);
	}
	tend_rows_close(rows);
	import_finish(&im);
	tend_map_destroy(map);
	tend_str_finish(&text);
	return status;
}

enum tend_status tend_app_inspect(
	const char *path, const char *kind, struct tend_str *ret, struct tend_error *err)
{
	struct tend_str text = {0};
	enum tend_status status = tend_file_read(path, IMPORT_SIZE_MAX, &text, err);
	status = status != TEND_OK
		? status
		: tend_map_propose(path, tend_str_text(&text), text.len, kind, ret, err);
	tend_str_finish(&text);
	return status;
}
