/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include <tend/lang.h>

#include "sqlite/check.h"
#include "sqlite/schema.h"

enum { CHECK_MAX = 100 };

enum tend_status sqlite_copy(struct sqlite_db *db, const char *path, struct tend_error *err)
{
	struct sqlite_db *to = NULL;
	enum tend_status status = sqlite_connect(path, DB_NO_FOLLOW, &to, err);
	if (status != TEND_OK) {
		return status;
	}
	sqlite3_backup *copy = sqlite3_backup_init(to->handle, "main", db->handle, "main");
	if (copy == NULL) {
		status = sqlite_fail(to, err);
	} else {
		int code = sqlite3_backup_step(copy, -1);
		for (int tries = 0; (code & 0xff) == SQLITE_BUSY && tries < 500; tries++) {
			(void)sqlite3_sleep(10); /* backups do not wait by themselves */
			code = sqlite3_backup_step(copy, -1);
		}
		(void)sqlite3_backup_finish(copy);
		if (code != SQLITE_DONE) {
			status = sqlite3_errcode(to->handle) != SQLITE_OK ? sqlite_fail(to, err)
									  : sqlite_fail(db, err);
		}
	}
	sqlite_driver.close(&to->base);
	return status;
}

/* Appends what the rows of a statement say, joined by blanks. */
static enum tend_status collect(struct sqlite_db *db, const char *sql, const char *what,
	struct tend_findings *findings, struct tend_error *err)
{
	sqlite3_stmt *s = NULL;
	if (sqlite3_prepare_v2(db->handle, sql, -1, &s, NULL) != SQLITE_OK) {
		return sqlite_fail(db, err);
	}
	int code;
	while ((code = sqlite3_step(s)) == SQLITE_ROW) {
		const char *text = (const char *)sqlite3_column_text(s, 0);
		if (text != NULL && strcmp(text, "ok") != 0) {
			tend_findings_add(findings, TEND_ERROR, 0, 0, "%s: %s", what, text);
		}
	}
	(void)sqlite3_finalize(s);
	if (code != SQLITE_DONE) {
		tend_findings_add(
			findings, TEND_ERROR, 0, 0, "%s: %s", what, sqlite3_errmsg(db->handle));
	}
	return TEND_OK;
}

static enum tend_status collect_pages(
	struct sqlite_db *db, struct tend_findings *findings, struct tend_error *err)
{
	enum tend_status status =
		collect(db, "PRAGMA integrity_check(100)", _("integrity"), findings, err);
	if (status == TEND_OK) {
		status = collect(db,
			"SELECT \"table\" || ' ' || coalesce(rowid, '') || ' -> ' || parent "
			"FROM pragma_foreign_key_check LIMIT 100",
			_("foreign key"), findings, err);
	}
	return status;
}

enum tend_status sqlite_sound(struct sqlite_db *db, struct tend_error *err)
{
	struct tend_findings findings;
	tend_findings_init(&findings, db->base.path);
	enum tend_status status = collect_pages(db, &findings, err);
	if (status == TEND_OK && findings.errors > 0) {
		status = tend_fail(err, TEND_UNAVAILABLE, _("%s: the store is damaged (%s)"),
			db->base.path, findings.items[0].text);
	}
	tend_findings_finish(&findings);
	return status;
}

enum tend_status sqlite_check(
	struct sqlite_db *db, struct tend_findings *findings, struct tend_error *err)
{
	int version = 0;
	struct tend_error problem;
	if (schema_verify(db, &schema_current, &version, &problem) != TEND_OK) {
		tend_findings_add(findings, TEND_ERROR, 0, 0, "%s", problem.text);
	}
	return collect_pages(db, findings, err);
}
