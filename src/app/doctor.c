/* SPDX-License-Identifier: MIT */
/* Where everything lies, and whether it can be used. */
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <tend/fields.h>
#include <tend/file.h>

#include "inside.h"

static const char *const states[] = {"ok", "warning", "error", NULL};

static const struct tend_field checkup_fields[] = {
	TEXT(struct tend_checkup, area, 0, "Area", "范围"),
	TEXT(struct tend_checkup, name, TEND_F_KEY, "Name", "名称"),
	TEXT(struct tend_checkup, value, 0, "Value", "值"),
	TEXT(struct tend_checkup, state, 0, "State", "状态", .values = states),
	TEXT(struct tend_checkup, note, 0, "Note", "说明"),
};
const struct tend_record_type tend_checkup_type =
	RECORD_TYPE_OF(struct tend_checkup, "checkup", "Check-up", "检查", checkup_fields);

void tend_checkup_add(struct tend_list *list, const char *area, const char *name, const char *value,
	const char *state, const char *fmt, ...)
{
	struct tend_checkup *c = tend_list_add(list);
	c->area = tend_arena_strdup(&list->arena, area);
	c->name = tend_arena_strdup(&list->arena, name);
	c->value = value != NULL ? tend_arena_strdup(&list->arena, value) : NULL;
	c->state = tend_arena_strdup(&list->arena, state);
	if (fmt != NULL) {
		va_list args;
		va_start(args, fmt);
		char *note = tend_vformat(fmt, args);
		va_end(args);
		c->note = tend_arena_strdup(&list->arena, note);
		free(note);
	}
}

/* The nearest folder above that is there can be written. */
static bool can_be_made(const char *path)
{
	char *folder = tend_strdup(path);
	struct stat at;
	bool can = false;
	for (char *slash; (slash = strrchr(folder, '/')) != NULL;) {
		slash[slash == folder] = '\0';
		if (stat(folder, &at) == 0) {
			can = S_ISDIR(at.st_mode) && access(folder, W_OK | X_OK) == 0;
			break;
		}
		if (slash == folder) {
			break;
		}
	}
	can = can || (strchr(path, '/') == NULL && access(".", W_OK | X_OK) == 0);
	free(folder);
	return can;
}

enum place_flags {
	PLACE_FOLDER = 1 << 0,
	PLACE_PRIVATE = 1 << 1, /* nobody else is to open it */
};

/* Returns whether it is there. */
static bool look_at(struct tend_list *list, const char *name, const char *path, unsigned flags)
{
	struct stat at;
	bool folder = (flags & PLACE_FOLDER) != 0;
	if (stat(path, &at) != 0) {
		bool can = can_be_made(path);
		tend_checkup_add(list, "path", name, path, can ? "ok" : "warning", "%s",
			can ? _("not there; it can be made")
			    : _("not there, and it cannot be made"));
		return false;
	}
	unsigned mode = (unsigned)at.st_mode & 07777U;
	bool right = folder ? S_ISDIR(at.st_mode) : S_ISREG(at.st_mode);
	bool reads = access(path, folder ? R_OK | X_OK : R_OK) == 0;
	bool writes = access(path, folder ? W_OK | X_OK : W_OK) == 0;
	bool open = (flags & PLACE_PRIVATE) != 0 && (mode & 077U) != 0;
	const char *state = !right || !reads ? "error" : !writes || open ? "warning" : "ok";
	const char *what = !right ? (folder ? _("it is no folder") : _("it is no file"))
		: !reads          ? _("it cannot be read")
		: !writes         ? _("it can be read, not written")
		: open            ? _("it can be written; others on this machine may open it")
				  : _("it can be written");
	tend_checkup_add(list, "path", name, path, state, _("mode %04o; %s"), mode, what);
	return true;
}

static void look_at_store(const struct tend_app_options *o, struct tend_list *list)
{
	char *path = NULL;
	struct tend_error err = {0};
	if (app_store_path(o, &path, &err) != TEND_OK) {
		tend_checkup_add(list, "path", "store", o->store, "error", "%s", err.text);
		return;
	}
	if (look_at(list, "store", path, PLACE_PRIVATE)) {
		struct tend_store *store = NULL;
		struct tend_store_info info = {0};
		/* as every command opens it: one of an older version is brought to this one */
		unsigned flags = access(path, W_OK) == 0 ? 0 : TEND_STORE_READ_ONLY;
		enum tend_status status = tend_store_open(path, flags, &store, &err);
		status = status != TEND_OK ? status : tend_store_info(store, &info, &err);
		if (status == TEND_OK) {
			tend_checkup_add(list, "store", "open", NULL, "ok",
				_("schema %lld, %lld customers"), (long long)info.schema_version,
				(long long)info.customers);
		} else {
			tend_checkup_add(list, "store", "open", NULL, "error", "%s", err.text);
		}
		tend_store_close(store);
	} else {
		tend_checkup_add(list, "store", "open", NULL, "warning", "%s",
			_("there is none; make one with `tend store init`"));
	}
	free(path);
}

struct team_files {
	struct tend_app app; /* without a store */
	struct tend_list *list;
	size_t n;
};

static void look_at_file(void *ctx, const char *path)
{
	struct team_files *team = ctx;
	struct tend_findings findings;
	struct tend_error err = {0};
	tend_findings_init(&findings, path);
	enum tend_status status = tend_app_check(&team->app, path, &findings, &err);
	for (size_t i = 0; i < findings.n; i++) {
		const struct tend_finding *f = &findings.items[i];
		char *place = tend_format("%d:%d", f->line, f->column);
		tend_checkup_add(team->list, "config", path, place,
			f->severity == TEND_ERROR ? "error" : "warning", "%s", f->text);
		free(place);
	}
	if (findings.n == 0) {
		tend_checkup_add(team->list, "config", path, NULL,
			status == TEND_OK ? "ok" : "error", status == TEND_OK ? NULL : "%s",
			err.text);
	}
	tend_findings_finish(&findings);
	team->n++;
}

void tend_app_doctor(const struct tend_app_options *o, struct tend_list *list)
{
	struct team_files team = {.list = list};
	tend_checkup_add(list, "library", "SQLite", tend_store_library(), "ok", NULL);
	tend_checkup_add(list, "library", "libyaml", tend_yaml_library(), "ok", NULL);
	look_at_store(o, list);
	char *data = tend_data_dir();
	(void)look_at(list, "data", data, PLACE_FOLDER | PLACE_PRIVATE);
	free(data);
	sources_init(&team.app.sources, o->config_dir);
	if (look_at(list, "config", team.app.sources.folder, PLACE_FOLDER)) {
		sources_walk(team.app.sources.folder, look_at_file, &team);
	}
	sources_finish(&team.app.sources);
}
