/* SPDX-License-Identifier: MIT */
/* Commands that change records, on what they name or on what is selected. */
#include <stdlib.h>
#include <string.h>

#include <tend/mem.h>

#include "commands.h"
#include "forms.h"

static enum tend_status need_app(struct workbench *wb, struct tend_error *err)
{
	return wb->app != NULL
		? TEND_OK
		: tend_fail(err, TEND_UNAVAILABLE,
			_("There is no store yet: choose one of the ways to start."));
}

/* What an action does when it has nothing to ask for. */
static enum tend_status finish(struct workbench *wb, enum tend_status status,
	struct tend_done *done, enum follow *ret, struct tend_error *err)
{
	if (status == TEND_OK) {
		*ret = wb_done(wb, status, done, err);
	} else {
		tend_done_finish(done);
	}
	return status;
}

/* MILESTONE words of `customer` from word `from` on. */
static enum tend_status find_milestones(struct workbench *wb, int64_t customer,
	const struct words *w, size_t from, struct targets *ret, struct tend_error *err)
{
	for (size_t i = from; i < w->n; i++) {
		int64_t id = 0;
		enum tend_status status =
			tend_app_find_milestone(wb->app, customer, w->items[i], &id, err);
		if (status != TEND_OK) {
			return status;
		}
		targets_add(ret, id);
	}
	return TEND_OK;
}

/* [CUSTOMER] MILESTONE…: of the selected customer, unless the first word names another one. */
static enum tend_status named_milestones(struct workbench *wb, const struct words *w,
	struct targets *ret, int64_t *ret_customer, struct tend_error *err)
{
	int64_t selected = wb_view(wb)->customer_id, named = 0;
	if (w->n == 1) {
		targets_milestones(wb, ret);
		return ret->n > 0
			? TEND_OK
			: tend_fail(err, TEND_NOT_FOUND, _("There is no open milestone here."));
	}
	struct tend_error first = {0};
	*ret_customer = selected;
	if (selected != 0 && find_milestones(wb, selected, w, 1, ret, &first) == TEND_OK) {
		return TEND_OK;
	}
	ret->n = 0;
	if (w->n > 2 && tend_app_find_customer(wb->app, w->items[1], &named, err) == TEND_OK) {
		*ret_customer = named;
		return find_milestones(wb, named, w, 2, ret, err);
	}
	return selected != 0 ? tend_fail(err, first.status, "%s", first.text)
			     : tend_fail(err, TEND_NOT_FOUND, _("No customer is selected."));
}

static enum tend_status set_states(struct workbench *wb, const struct words *w, const char *state,
	enum follow *ret, struct tend_error *err)
{
	struct targets ids = {0};
	struct tend_done done = {0};
	int64_t customer = 0;
	enum tend_status status = need_app(wb, err);
	if (status == TEND_OK) {
		status = named_milestones(wb, w, &ids, &customer, err);
	}
	if (status == TEND_OK) {
		status = tend_app_milestone_state(
			wb->app, ids.items, ids.n, state, NULL, &done, err);
		status = finish(wb, status, &done, ret, err);
		if (status == TEND_OK && customer != wb_view(wb)->customer_id) {
			*ret = FOLLOW_RELOAD;
		}
	}
	targets_finish(&ids);
	return status;
}

enum tend_status cmd_done(
	struct workbench *wb, const struct words *w, enum follow *ret, struct tend_error *err)
{
	return set_states(wb, w, "done", ret, err);
}

enum tend_status cmd_reopen(
	struct workbench *wb, const struct words *w, enum follow *ret, struct tend_error *err)
{
	return set_states(wb, w, "todo", ret, err);
}

/* --- log and note --- */

struct entry {
	const char *kind, *text;
	struct tend_date day;
	int64_t customer; /* 0: what is selected */
};

static bool is_kind(const char *word)
{
	const struct tend_field *f = tend_field_find(&tend_activity_type, "kind");
	for (size_t i = 0; f->values[i] != NULL; i++) {
		if (strcmp(f->values[i], word) == 0) {
			return true;
		}
	}
	return false;
}

static enum tend_status read_entry(
	struct workbench *wb, const struct words *w, struct entry *e, struct tend_error *err)
{
	size_t i = 1;
	/* The first word is a customer where it is one and more follows. */
	if (w->n > 2
		&& tend_app_find_customer(wb->app, w->items[1], &e->customer, NULL) == TEND_OK) {
		i = 2;
	} else {
		e->customer = 0;
	}
	while (i + 1 < w->n && tend_starts_with(w->items[i], "--")) {
		if (strcmp(w->items[i], "--kind") == 0) {
			e->kind = w->items[i + 1];
		} else if (strcmp(w->items[i], "--date") != 0
			|| !tend_date_parse_human(w->items[i + 1], wb->today, NULL, &e->day)) {
			return tend_fail(err, TEND_USAGE, _("log: %s %s is not understood"),
				w->items[i], w->items[i + 1]);
		}
		i += 2;
	}
	if (i + 1 < w->n && is_kind(w->items[i])) {
		e->kind = w->items[i++];
	}
	e->text = i < w->n ? (i + 1 == w->n ? w->items[i] : w->rest[i]) : "";
	return e->text[0] != '\0' ? TEND_OK : tend_fail(err, TEND_USAGE, _("what was it about?"));
}

static enum tend_status log_entry(
	struct workbench *wb, const struct entry *e, enum follow *ret, struct tend_error *err)
{
	struct targets ids = {0};
	struct tend_done done = {0};
	if (e->customer != 0) {
		targets_add(&ids, e->customer);
	} else {
		targets_customers(wb, &ids);
	}
	enum tend_status status =
		ids.n > 0 ? TEND_OK : tend_fail(err, TEND_NOT_FOUND, _("No customer is selected."));
	if (status == TEND_OK) {
		const struct tend_log what = {
			.kind = e->kind, .date = e->day, .text = e->text, .by = TEND_NO_DATE};
		status = tend_app_log(wb->app, ids.items, ids.n, &what, &done, err);
		status = finish(wb, status, &done, ret, err);
	}
	if (status == TEND_OK && e->customer != 0) {
		*ret = FOLLOW_RELOAD;
	}
	targets_finish(&ids);
	return status;
}

enum tend_status cmd_log(
	struct workbench *wb, const struct words *w, enum follow *ret, struct tend_error *err)
{
	struct entry e = {.kind = "call", .day = TEND_NO_DATE};
	enum tend_status status = need_app(wb, err);
	if (status == TEND_OK && w->n == 1) {
		*ret = act_log(wb);
		return TEND_OK;
	}
	if (status == TEND_OK) {
		status = read_entry(wb, w, &e, err);
	}
	return status == TEND_OK ? log_entry(wb, &e, ret, err) : status;
}

/* A text alone is the title of a note; what sets fields is a command of the kind. */
enum tend_status cmd_note(
	struct workbench *wb, const struct words *w, enum follow *ret, struct tend_error *err)
{
	const struct tend_kind *kind = tend_kind_called("note");
	enum tend_status status = need_app(wb, err);
	bool plain = w->n > 1 && !command_is_verb(w->items[1]);
	for (size_t i = 1; i < w->n; i++) {
		plain = plain && strchr(w->items[i], '=') == NULL;
	}
	if (status != TEND_OK || !plain) {
		return status != TEND_OK ? status : command_kind(wb, w, 0, ret, err);
	}
	struct targets ids = {0};
	struct tend_done done = {0};
	struct tend_assignment title = {"title", w->n == 2 ? w->items[1] : w->rest[1]};
	targets_customers(wb, &ids);
	status =
		ids.n > 0 ? TEND_OK : tend_fail(err, TEND_NOT_FOUND, _("No customer is selected."));
	if (status == TEND_OK) {
		status = tend_app_record_add_each(
			wb->app, kind->type, ids.items, ids.n, &title, 1, &done, err);
		status = finish(wb, status, &done, ret, err);
	}
	targets_finish(&ids);
	return status;
}

/* --- alerts --- */

enum tend_status cmd_snooze(
	struct workbench *wb, const struct words *w, enum follow *ret, struct tend_error *err)
{
	struct targets ids = {0};
	struct tend_done done = {0};
	struct tend_date until = {wb->today.day + 7};
	enum tend_status status = need_app(wb, err);
	size_t text =
		w->n > 1 && tend_date_parse_human(w->items[1], wb->today, NULL, &until) ? 2 : 1;
	if (status == TEND_OK) {
		targets_alerts(wb, &ids);
		status = ids.n > 0 ? TEND_OK
				   : tend_fail(err, TEND_NOT_FOUND, _("There is no alert here."));
	}
	if (status == TEND_OK) {
		status = tend_app_alert_snooze(wb->app, ids.items, ids.n, until,
			text < w->n ? w->rest[text] : "", &done, err);
		status = finish(wb, status, &done, ret, err);
	}
	targets_finish(&ids);
	return status;
}

enum tend_status cmd_ack(
	struct workbench *wb, const struct words *w, enum follow *ret, struct tend_error *err)
{
	struct targets ids = {0};
	struct tend_done done = {0};
	enum tend_status status = need_app(wb, err);
	if (status == TEND_OK) {
		targets_alerts(wb, &ids);
		status = ids.n > 0 ? TEND_OK
				   : tend_fail(err, TEND_NOT_FOUND, _("There is no alert here."));
	}
	if (status == TEND_OK) {
		status = tend_app_alert_ack(
			wb->app, ids.items, ids.n, w->n > 1 ? w->rest[1] : NULL, &done, err);
		status = finish(wb, status, &done, ret, err);
	}
	targets_finish(&ids);
	return status;
}

/* --- undo --- */

enum tend_status cmd_undo(
	struct workbench *wb, const struct words *w, enum follow *ret, struct tend_error *err)
{
	struct tend_done done = {0};
	long long n = 1;
	enum tend_status status = need_app(wb, err);
	if (status == TEND_OK && w->n > 1
		&& (!tend_parse_int(w->items[1], &n) || n < 1 || n > 1000)) {
		return tend_fail(err, TEND_USAGE, _("undo N takes the last N changes back"));
	}
	if (status == TEND_OK) {
		status = tend_app_undo(wb->app, (int)n, &done, err);
		status = finish(wb, status, &done, ret, err);
	}
	*ret = status == TEND_OK ? FOLLOW_RELOAD : *ret;
	return status;
}

enum tend_status cmd_redo(
	struct workbench *wb, const struct words *w, enum follow *ret, struct tend_error *err)
{
	(void)w;
	enum tend_status status = need_app(wb, err);
	if (status == TEND_OK) {
		*ret = act_redo(wb);
	}
	return status;
}

/* --- fields --- */

enum tend_status cmd_due(
	struct workbench *wb, const struct words *w, enum follow *ret, struct tend_error *err)
{
	struct targets ids = {0};
	struct tend_done done = {0};
	struct tend_date day;
	char text[TEND_DATE_LEN];
	enum tend_status status = need_app(wb, err);
	if (status == TEND_OK
		&& (w->n < 2 || !tend_date_parse_human(w->rest[1], wb->today, NULL, &day))) {
		return tend_fail(err, TEND_USAGE, _("not a date (2026-01-31, 11-25, +3d)"));
	}
	if (status == TEND_OK) {
		targets_milestones(wb, &ids);
		status = ids.n > 0
			? TEND_OK
			: tend_fail(err, TEND_NOT_FOUND, _("There is no open milestone here."));
	}
	if (status == TEND_OK) {
		struct tend_assignment due = {"due", tend_date_format(day, text)};
		status = tend_app_milestone_set(wb->app, ids.items, ids.n, &due, 1, &done, err);
		status = finish(wb, status, &done, ret, err);
	}
	targets_finish(&ids);
	return status;
}

static enum tend_status set_customers(struct workbench *wb, const struct tend_assignment *fields,
	size_t n, enum follow *ret, struct tend_error *err)
{
	struct targets ids = {0};
	struct tend_done done = {0};
	enum tend_status status = need_app(wb, err);
	if (status == TEND_OK) {
		targets_customers(wb, &ids);
		status = ids.n > 0 ? TEND_OK
				   : tend_fail(err, TEND_NOT_FOUND, _("No customer is selected."));
	}
	if (status == TEND_OK) {
		status = tend_app_customer_set(wb->app, ids.items, ids.n, fields, n, &done, err);
		status = finish(wb, status, &done, ret, err);
	}
	targets_finish(&ids);
	return status;
}

enum tend_status cmd_owner(
	struct workbench *wb, const struct words *w, enum follow *ret, struct tend_error *err)
{
	struct tend_assignment owner = {"owner", w->n > 1 ? w->rest[1] : ""};
	return set_customers(wb, &owner, 1, ret, err);
}

enum tend_status cmd_enroll(
	struct workbench *wb, const struct words *w, enum follow *ret, struct tend_error *err)
{
	struct targets ids = {0};
	struct tend_done done = {0};
	enum tend_status status = need_app(wb, err);
	if (status == TEND_OK && w->n != 2) {
		return tend_fail(err, TEND_USAGE, _("enroll JOURNEY: g j lists the journeys"));
	}
	if (status == TEND_OK) {
		targets_customers(wb, &ids);
		status = ids.n > 0 ? TEND_OK
				   : tend_fail(err, TEND_NOT_FOUND, _("No customer is selected."));
	}
	if (status == TEND_OK) {
		status = tend_app_journey_enroll(
			wb->app, ids.items, ids.n, w->items[1], TEND_NO_DATE, &done, err);
		status = finish(wb, status, &done, ret, err);
	}
	targets_finish(&ids);
	return status;
}

/* --- settings --- */

static enum tend_status set_lang(
	struct workbench *wb, const char *value, enum follow *ret, struct tend_error *err)
{
	enum tend_lang lang;
	if (!tend_lang_parse(value, &lang)) {
		return tend_fail(err, TEND_USAGE, _("%s is no language: en, zh"), value);
	}
	tend_lang_set(lang);
	*ret = FOLLOW_RELOAD;
	return wb->app != NULL ? tend_app_set_setting(wb->app, "lang", value, err) : TEND_OK;
}

static enum tend_status set_theme(struct workbench *wb, const char *value, struct tend_error *err)
{
	struct tend_theme *theme = NULL;
	enum tend_status status = need_app(wb, err);
	if (status == TEND_OK) {
		status = tend_app_theme(wb->app, value, &theme, err);
	}
	if (status == TEND_OK) {
		tend_theme_destroy(theme);
		free(wb->theme);
		wb->theme = tend_strdup(value);
		wb->theme_changed = true;
		status = tend_app_set_setting(wb->app, "theme", value, err);
	}
	return status;
}

enum tend_status cmd_set(
	struct workbench *wb, const struct words *w, enum follow *ret, struct tend_error *err)
{
	if (w->n == 3 && strcmp(w->items[1], "lang") == 0) {
		return set_lang(wb, w->items[2], ret, err);
	}
	if (w->n == 3 && strcmp(w->items[1], "theme") == 0) {
		return set_theme(wb, w->items[2], err);
	}
	struct tend_assignment fields[WORDS_MAX];
	size_t n = 0;
	for (size_t i = 1; i < w->n; i++) {
		char *equals = strchr(w->items[i], '=');
		if (equals == NULL) {
			break;
		}
		*equals = '\0';
		fields[n++] = (struct tend_assignment){w->items[i], equals + 1};
	}
	if (n == 0 || n + 1 != w->n) {
		return tend_fail(
			err, TEND_USAGE, _("set lang en|zh, set theme NAME, or set FIELD=VALUE…"));
	}
	return set_customers(wb, fields, n, ret, err);
}

/* --- in and out --- */

enum tend_status cmd_import(
	struct workbench *wb, const struct words *w, enum follow *ret, struct tend_error *err)
{
	struct tend_import_report report = {0};
	struct tend_done done = {0};
	enum tend_status status = need_app(wb, err);
	bool with_map = w->n == 5 && strcmp(w->items[3], "--map") == 0;
	if (status == TEND_OK && w->n != 3 && !with_map) {
		return tend_fail(err, TEND_USAGE, _("import KIND FILE [--map FILE]"));
	}
	if (status != TEND_OK) {
		return status;
	}
	struct tend_import_options how = {.map = with_map ? w->items[4] : NULL};
	status = tend_app_import(wb->app, w->items[1], w->items[2], &how, &report, &done, err);
	if (status != TEND_OK && report.n > 0) {
		(void)tend_fail(err, status,
			_("%s:%d:%d: error: %s (%d bad rows; nothing was changed)"), w->items[2],
			report.items[0].line, report.items[0].column, report.items[0].reason,
			(int)report.rejected);
	}
	status = finish(wb, status, &done, ret, err);
	if (status == TEND_OK) {
		*ret = FOLLOW_RELOAD;
		wb_say(wb, ROLE_GOOD, _("%d added, %d updated, %d unchanged"), (int)report.added,
			(int)report.updated, (int)report.unchanged);
		if (strcmp(wb_view(wb)->page->name, "first") == 0) {
			(void)wb_show(wb, "portfolio", NULL);
		}
	}
	tend_import_report_finish(&report);
	return status;
}

enum tend_status cmd_export(
	struct workbench *wb, const struct words *w, enum follow *ret, struct tend_error *err)
{
	enum tend_pack_format format;
	struct targets ids = {0};
	enum tend_status status = need_app(wb, err);
	if (status == TEND_OK && w->n == 1) {
		*ret = act_export(wb);
		return TEND_OK;
	}
	if (status == TEND_OK && (w->n > 3 || !tend_pack_format_parse(w->items[1], &format))) {
		return tend_fail(err, TEND_USAGE, _("export md|html|csv|json [PATH]"));
	}
	if (status == TEND_OK) {
		targets_customers(wb, &ids);
		status = ids.n > 0 ? TEND_OK
				   : tend_fail(err, TEND_NOT_FOUND, _("No customer is selected."));
	}
	if (status == TEND_OK) {
		bool ok = true;
		*ret = export_to(wb, ids.items, ids.n, format, w->n > 2 ? w->items[2] : ".", false,
			err, &ok);
		status = ok ? TEND_OK : TEND_FAILED;
	}
	targets_finish(&ids);
	return status;
}
