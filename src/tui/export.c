/* SPDX-License-Identifier: MIT */
/* The renewal checklist as a file. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <tend/file.h>
#include <tend/mem.h>

#include "forms.h"

static const struct {
	const char *key, *word, *title;
} formats[] = {
	{"m", "md", N_("Markdown, to read and to tick")},
	{"h", "html", N_("HTML, internal, to print")},
	{"c", "csv", N_("CSV, for a spreadsheet")},
	{"j", "json", N_("JSON, for programs")},
};

static bool is_folder(const char *path)
{
	struct stat st;
	return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

static bool is_there(const char *path)
{
	struct stat st;
	return lstat(path, &st) == 0;
}

/* Several customers, or a folder: each under its own name in there. */
static char *target(
	const char *path, const struct tend_customer *c, enum tend_pack_format format, bool several)
{
	if (!several && !is_folder(path)) {
		return tend_strdup(path);
	}
	char *name = tend_app_renewal_file(c, format);
	char *joined = tend_path_join(path[0] != '\0' ? path : ".", name);
	free(name);
	return joined;
}

static enum tend_status write_one(struct workbench *wb, int64_t id, enum tend_pack_format format,
	const char *path, bool several, bool force, char **ret_file, struct tend_error *err)
{
	struct tend_list one;
	struct tend_str text = {0};
	enum tend_status status = tend_app_customer(wb->app, id, &one, err);
	*ret_file = status == TEND_OK ? target(path, tend_list_at(&one, 0), format, several) : NULL;
	if (status == TEND_OK) {
		status = tend_app_renewal_pack(wb->app, id, format, &text, err);
	}
	if (status == TEND_OK) {
		status = tend_file_write(*ret_file, tend_str_text(&text), text.len, force, err);
	}
	tend_list_finish(&one);
	tend_str_finish(&text);
	return status;
}

static enum follow pick_replace(struct workbench *wb, struct picker *p, struct picker_item *item);

/* Asks; "no" is selected. */
static void ask_replace(struct workbench *wb, const int64_t *ids, size_t n,
	enum tend_pack_format format, const char *path, const char *file)
{
	char *title = tend_format(_("%s is there already. Replace it?"), file);
	struct picker *p = picker_create(title);
	free(title);
	picker_add(p, "n", _("No, keep it"), NULL)->value = -1;
	picker_add(p, "y", _("Yes, replace it"), NULL)->value = (int64_t)format;
	dialog_about(&p->base, ids, n, path);
	p->pick = pick_replace;
	picker_filter(p);
	wb_push(wb, &p->base);
}

enum follow export_to(struct workbench *wb, const int64_t *ids, size_t n,
	enum tend_pack_format format, const char *path, bool force, struct tend_error *err,
	bool *ret_ok)
{
	*ret_ok = true;
	for (size_t i = 0; i < n; i++) {
		char *file = NULL;
		enum tend_status status =
			write_one(wb, ids[i], format, path, n > 1, force, &file, err);
		if (status != TEND_OK && !force && file != NULL && is_there(file)) {
			/* What is left is asked about; what is written stays. */
			ask_replace(wb, ids + i, n - i, format, path, file);
			free(file);
			return FOLLOW_NOTHING;
		}
		if (status != TEND_OK) {
			free(file);
			*ret_ok = false;
			return FOLLOW_NOTHING;
		}
		if (n == 1) {
			wb_say(wb, ROLE_GOOD, _("written: %s"), file);
		} else {
			wb_say(wb, ROLE_GOOD, _("%zu files written, the last %s"), i + 1, file);
		}
		free(file);
	}
	return FOLLOW_NOTHING;
}

static enum follow pick_replace(struct workbench *wb, struct picker *p, struct picker_item *item)
{
	struct tend_error err = {0};
	bool ok = true;
	if (item->value < 0) {
		wb_say(wb, ROLE_HINT, "%s", _("Nothing was replaced."));
		return FOLLOW_NOTHING;
	}
	(void)export_to(wb, p->base.ids, p->base.nids, (enum tend_pack_format)item->value,
		p->base.word, true, &err, &ok);
	if (!ok) {
		wb_error(wb, &err);
	}
	return FOLLOW_NOTHING;
}

static enum follow submit_path(struct workbench *wb, struct prompt *p, bool *ret_close)
{
	struct tend_error err = {0};
	enum tend_pack_format format = TEND_PACK_MD;
	bool ok = true;
	(void)tend_pack_format_parse(p->base.word, &format);
	(void)export_to(
		wb, p->base.ids, p->base.nids, format, editor_text(&p->editor), false, &err, &ok);
	if (!ok) {
		(void)snprintf(p->error, sizeof(p->error), "%s", err.text);
	}
	*ret_close = ok;
	return FOLLOW_NOTHING;
}

static enum follow pick_format(struct workbench *wb, struct picker *p, struct picker_item *item)
{
	struct tend_list one;
	struct tend_error err = {0};
	enum tend_pack_format format = TEND_PACK_MD;
	(void)tend_pack_format_parse(item->word, &format);
	if (tend_app_customer(wb->app, p->base.ids[0], &one, &err) != TEND_OK) {
		wb_error(wb, &err);
		tend_list_finish(&one);
		return FOLLOW_NOTHING;
	}
	char *name = p->base.nids == 1 ? tend_app_renewal_file(tend_list_at(&one, 0), format)
				       : tend_strdup(".");
	struct prompt *prompt =
		prompt_create(p->base.nids == 1 ? _("Write to:") : _("Write into folder:"), name);
	free(name);
	tend_list_finish(&one);
	dialog_about(&prompt->base, p->base.ids, p->base.nids, item->word);
	prompt->submit = submit_path;
	wb_push(wb, &prompt->base);
	return FOLLOW_NOTHING;
}

enum follow act_export(struct workbench *wb)
{
	struct targets ids = {0};
	targets_customers(wb, &ids);
	if (ids.n > 0) {
		struct picker *p = picker_create(_("Export the renewal checklist as"));
		for (size_t i = 0; i < sizeof(formats) / sizeof(formats[0]); i++) {
			struct picker_item *item =
				picker_add(p, formats[i].key, formats[i].word, _(formats[i].title));
			item->word = tend_strdup(formats[i].word);
		}
		dialog_about(&p->base, ids.items, ids.n, NULL);
		p->pick = pick_format;
		picker_filter(p);
		wb_push(wb, &p->base);
	}
	targets_finish(&ids);
	return FOLLOW_NOTHING;
}
