/* SPDX-License-Identifier: MIT */
#include <stdlib.h>

#include <tend/lang.h>
#include <tend/mem.h>
#include <tend/str.h>

#include "place.h"
#include "sqlite/check.h"
#include "sqlite/schema.h"

static const uint64_t fingerprints[] = {
	[0] = 0,
	[1] = UINT64_C(0xe725446f62facd40),
	[2] = UINT64_C(0x4dc55c97081527bd),
	[3] = UINT64_C(0xf9ee6cd32a34c76b),
	[4] = UINT64_C(0x6be8457fd69c9b40),
};
static const struct schema_step steps[] = {
	{.version = 1, .statements = schema_version_1},
	{.version = 2, .statements = schema_version_2},
	{.version = 3, .statements = schema_version_3},
	{.version = 4, .statements = schema_version_4},
};
const struct schema schema_current = {
	.version = SCHEMA_VERSION,
	.steps = steps,
	.nsteps = sizeof(steps) / sizeof(steps[0]),
	.fingerprints = fingerprints,
};

static uint64_t hash(uint64_t h, const char *text)
{
	do { /* FNV-1a, the NUL included, so that "a","b" is not "ab","" */
		h = (h ^ (unsigned char)*text) * UINT64_C(1099511628211);
	} while (*text++ != '\0');
	return h;
}

/* They may be there: they only guide the order of joins. Nothing else is by such a name. */
static bool is_statistics(const char *name, const char *type)
{
	static const char *const names[] = {
		"sqlite_stat1", "sqlite_stat2", "sqlite_stat3", "sqlite_stat4"};
	bool found = false;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]) && tend_same(type, "table"); i++) {
		found = found || tend_same(name, names[i]);
	}
	return found;
}

enum tend_status schema_fingerprint(struct sqlite_db *db, uint64_t *ret, struct tend_error *err)
{
	static const char sql[] = "SELECT name, type, tbl_name, sql FROM sqlite_schema";
	sqlite3_stmt *s = NULL;
	if (sqlite3_prepare_v2(db->handle, sql, -1, &s, NULL) != SQLITE_OK) {
		return sqlite_fail(db, err);
	}
	uint64_t sum =
		0; /* of the rows, whatever their order: sorting them took half of the time */
	int code;
	while ((code = sqlite3_step(s)) == SQLITE_ROW) {
		uint64_t h = UINT64_C(14695981039346656037);
		bool counts = !is_statistics((const char *)sqlite3_column_text(s, 0),
			(const char *)sqlite3_column_text(s, 1));
		for (int i = 0; i < 4 && counts; i++) {
			const char *text = (const char *)sqlite3_column_text(s, i);
			h = hash(h, text != NULL ? text : "");
		}
		sum += counts ? h : 0;
	}
	(void)sqlite3_finalize(s);
	if (code != SQLITE_DONE) {
		return sqlite_fail(db, err);
	}
	*ret = sum;
	return TEND_OK;
}

static enum tend_status run_steps(
	struct sqlite_db *db, const struct schema *schema, int version, struct tend_error *err)
{
	enum tend_status status = TEND_OK;
	for (size_t i = 0; i < schema->nsteps && status == TEND_OK; i++) {
		const struct schema_step *step = &schema->steps[i];
		for (size_t k = 0; step->version > version && step->statements[k] != NULL; k++) {
			status = sqlite_run(db, step->statements[k], err);
			if (status != TEND_OK) {
				return status;
			}
		}
	}
	return status;
}

static enum tend_status stamp(struct sqlite_db *db, int version, struct tend_error *err)
{
	struct tend_str sql = {0};
	tend_str_addf(&sql, "PRAGMA application_id = %d; PRAGMA user_version = %d",
		SCHEMA_APPLICATION, version);
	enum tend_status status = sqlite_run(db, tend_str_text(&sql), err);
	tend_str_finish(&sql);
	return status;
}

enum tend_status schema_create(struct sqlite_db *db, struct tend_error *err)
{
	enum tend_status status = sqlite_run(db, "BEGIN IMMEDIATE", err);
	status = status == TEND_OK ? run_steps(db, &schema_current, 0, err) : status;
	status = status == TEND_OK ? stamp(db, schema_current.version, err) : status;
	status = status == TEND_OK ? sqlite_run(db, "COMMIT", err) : status;
	return status;
}

static enum tend_status verify_fingerprint(
	struct sqlite_db *db, const struct schema *schema, int version, struct tend_error *err)
{
	uint64_t fingerprint = 0;
	enum tend_status status = schema_fingerprint(db, &fingerprint, err);
	if (status == TEND_OK && fingerprint != schema->fingerprints[version]) {
		status = tend_fail(err, TEND_UNAVAILABLE,
			_("%s: refused: its tables or triggers are not those that tend made; put a "
			  "backup in "
			  "its place with `tend store restore`"),
			db->base.path);
	}
	return status;
}

enum tend_status schema_verify(
	struct sqlite_db *db, const struct schema *schema, int *ret_version, struct tend_error *err)
{
	const char *path = db->base.path;
	int64_t application = sqlite_number(db, "PRAGMA application_id");
	if (application < 0 && sqlite3_errcode(db->handle) != SQLITE_OK) {
		return sqlite_fail(db, err);
	}
	int64_t version = sqlite_number(db, "PRAGMA user_version");
	if (application != SCHEMA_APPLICATION || version < 1) {
		return tend_fail(err, TEND_UNAVAILABLE,
			_("%s: not a store of tend: another program's database"), path);
	}
	if (version > schema->version) {
		return tend_fail(err, TEND_UNAVAILABLE,
			_("%s: the store is of a newer tend (schema %d, this one knows %d): use "
			  "that version"),
			path, (int)version, schema->version);
	}
	enum tend_status status = verify_fingerprint(db, schema, (int)version, err);
	if (status == TEND_OK) {
		*ret_version = (int)version;
	}
	return status;
}

/* FILE.v1.bak, or the first FILE.v1.bak-N that is free. */
static enum tend_status keep_backup(struct sqlite_db *db, int version, struct tend_error *err)
{
	char *suffix = tend_format(".v%d.bak", version);
	char *temp = NULL, *kept = NULL;
	enum tend_status status = place_temp(db->base.path, &temp, err);
	status = status == TEND_OK ? sqlite_copy(db, temp, err) : status;
	struct sqlite_db *copy = NULL;
	status = status == TEND_OK ? sqlite_connect(temp, DB_NO_FOLLOW, &copy, err) : status;
	status = status == TEND_OK ? sqlite_sound(copy, err) : status;
	if (copy != NULL) {
		sqlite_driver.close(&copy->base);
	}
	status = status == TEND_OK ? place_beside(temp, db->base.path, suffix, &kept, err) : status;
	place_discard(temp);
	free(suffix);
	free(kept);
	return status;
}

enum tend_status schema_migrate(
	struct sqlite_db *db, const struct schema *schema, int version, struct tend_error *err)
{
	enum tend_status status = sqlite_sound(db, err);
	status = status == TEND_OK ? keep_backup(db, version, err) : status;
	/* Tables are made anew under their old names: their references must not follow. */
	status = status == TEND_OK ? sqlite_run(db,
			 "PRAGMA foreign_keys = OFF; PRAGMA legacy_alter_table = ON; BEGIN "
			 "IMMEDIATE",
			 err)
				   : status;
	if (status != TEND_OK) {
		return status;
	}
	/* Another program may have been faster. */
	if (sqlite_number(db, "PRAGMA user_version") == version) {
		status = run_steps(db, schema, version, err);
		status = status == TEND_OK ? stamp(db, schema->version, err) : status;
		status = status == TEND_OK ? verify_fingerprint(db, schema, schema->version, err)
					   : status;
		status = status == TEND_OK ? sqlite_sound(db, err) : status;
	}
	status = status == TEND_OK ? sqlite_run(db, "COMMIT", err) : status;
	if (status != TEND_OK) {
		db->base.driver->rollback(&db->base);
		tend_error_prefix(err, "%s", _("the store could not be brought to this version"));
	}
	enum tend_status on =
		sqlite_run(db, "PRAGMA legacy_alter_table = OFF; PRAGMA foreign_keys = ON",
			status == TEND_OK ? err : NULL);
	return status == TEND_OK ? on : status;
}
